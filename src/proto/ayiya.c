/*
 * ayiya.c: Anything in Anything, draft-massar-v6ops-ayiya-02: tunnels through address translators. Nothing is
 * verified.
 */

#include "dissect/ip.h"

enum {
	AYIYA, ID_LENGTH, ID_TYPE, SIGNATURE_LENGTH, HASH_METHOD, AUTHENTICATION, OPERATION, NEXT_HEADER, EPOCH,
	IDENTITY, SIGNATURE, N_FIELDS
};

static const struct name id_types[] = { { 0, "None" }, { 1, "Integer" }, { 2, "ASCII string" } };
static const struct name hash_methods[] = { { 0, "No hash" }, { 1, "MD5" }, { 2, "SHA1" } };
static const struct name authentications[] = {
	{ 0, "No authentication" }, { 1, "Hash using a Shared Secret" }, { 2, "Hash using a public/private key method" },
};
static const struct name operations[] = {
	{ 0, "No Operation / Heartbeat" }, { 1, "Forward" }, { 2, "Echo Request" }, { 3, "Echo Request and Forward" },
	{ 4, "Echo Response" }, { 5, "MOTD" }, { 6, "Query Request" }, { 7, "Query Response" },
};

static const struct field fields[N_FIELDS] = {
	[AYIYA]            = { "ayiya", "AYIYA", PROTOCOL },
	[ID_LENGTH]        = { "ayiya.idlen", "Identity field length", UINT8, HEX, .mask = 0xf0, .scale = 1 },
	[ID_TYPE]          = { "ayiya.idtype", "Identity field type", UINT8, HEX, .mask = 0x0f, .scale = 1, .names = NAMES(id_types) },
	[SIGNATURE_LENGTH] = { "ayiya.siglen", "Signature Length", UINT8, HEX, .mask = 0xf0, .scale = 1 },
	[HASH_METHOD]      = { "ayiya.hashmethod", "Hash method", UINT8, HEX, .mask = 0x0f, .scale = 1, .names = NAMES(hash_methods) },
	[AUTHENTICATION]   = { "ayiya.authmethod", "Authentication method", UINT8, HEX, .mask = 0xf0, .scale = 1,
	                       .names = NAMES(authentications) },
	[OPERATION]        = { "ayiya.opcode", "Operation Code", UINT8, HEX, .mask = 0x0f, .scale = 1, .names = NAMES(operations) },
	[NEXT_HEADER]      = { "ayiya.nextheader", "Next Header", UINT8, HEX, .names = &ip_protocol_names },
	[EPOCH]            = { "ayiya.epoch", "Epoch", ABSOLUTE_TIME },
	[IDENTITY]         = { "ayiya.identity", "Identity", OCTETS },
	[SIGNATURE]        = { "ayiya.signature", "Signature", OCTETS },
};

enum { FORWARD = 1 };

/* An octet whose halves are a field each. */
static uint8_t add_halves(struct dissection *d, struct wire *w, const struct field *first)
{
	uint8_t value = wire_u8(w);

	for (unsigned i = 0; i < 2; i++) {
		unsigned half = i ? value & 0xfu : value >> 4;
		add_node(d, w, &first[i], w->at - 1, 1, value);
		if (first[i].names)
			value_text(d, w, d->last, "%s (0x%02x)", name_or(first[i].names, half, "Unknown"), half);
		else
			value_text(d, w, d->last, "0x%02x", half);
	}
	return value;
}

static void dissect(struct dissection *d, struct wire *w)
{
	set_column(d, w, "AYIYA");
	node_ref top = open_protocol(d, w, &fields[AYIYA]);
	uint8_t identity = add_halves(d, w, &fields[ID_LENGTH]);
	uint8_t signature = add_halves(d, w, &fields[SIGNATURE_LENGTH]);
	uint8_t operation = add_halves(d, w, &fields[AUTHENTICATION]);
	uint8_t next_header = add_uint8(d, w, &fields[NEXT_HEADER]);
	add_seconds(d, w, &fields[EPOCH]);
	add_octets(d, w, &fields[IDENTITY], 1u << (identity >> 4)); /* a power of two */
	add_octets(d, w, &fields[SIGNATURE], (signature >> 4) * 4u);
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD && (operation & 0xf) == FORWARD)
		dissect_by(d, *w, BY_IP_PROTOCOL, next_header);
}

const struct protocol protocol_ayiya = {
	.name = "Anything in Anything Protocol",
	.short_name = "AYIYA",
	.filter = "ayiya",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
