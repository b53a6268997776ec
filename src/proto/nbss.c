/*
 * nbss.c: NetBIOS Session Service, RFC 1002, section 4.3, over TCP; SMB directly over TCP begins its
 * messages like it.
 *
 *	+---------------+-------------+-+-------------------------------+
 *	|     TYPE      |    FLAGS    |E|            LENGTH             |
 *	+---------------+-------------+-+-------------------------------+
 *
 * E is the highest bit of the length; over it, SMB takes all of the flags for its length (MS-SMB2, section 2.1).
 */

#include "dissect/flags.h"
#include "dissect/netbios.h"
#include "dissect/tcp_reassembly.h"

enum {
	NBSS, TYPE, FLAGS, EXTEND, LENGTH, CALLED_NAME, CALLING_NAME, ERROR_CODE, RETARGET_ADDRESS,
	RETARGET_PORT, CONTINUATION, N_FIELDS
};

enum {
	SESSION_MESSAGE = 0x00, SESSION_REQUEST = 0x81, POSITIVE_RESPONSE, NEGATIVE_RESPONSE, RETARGET, KEEP_ALIVE,
	HEADER = 4, /* octets */
	SMB_PORT = 445,
};

static const struct name types[] = {
	{ SESSION_MESSAGE, "Session message" },
	{ SESSION_REQUEST, "Session request" },
	{ POSITIVE_RESPONSE, "Positive session response" },
	{ NEGATIVE_RESPONSE, "Negative session response" },
	{ RETARGET, "Retarget session response" },
	{ KEEP_ALIVE, "Session keep-alive" },
};

static const struct name error_codes[] = {
	{ 0x80, "Not listening on called name" },
	{ 0x81, "Not listening for calling name" },
	{ 0x82, "Called name not present" },
	{ 0x83, "Called name present, but insufficient resources" },
	{ 0x8f, "Unspecified error" },
};

static const struct field fields[N_FIELDS] = {
	[NBSS]             = { "nbss", "NetBIOS Session Service", PROTOCOL },
	[TYPE]             = { "nbss.type", "Message Type", UINT8, HEX, .names = NAMES(types) },
	[FLAGS]            = { "nbss.flags", "Flags", UINT8, HEX },
	[EXTEND]           = { "nbss.flags.e", "Extend", BOOLEAN, .mask = 0x01,
	                       EITHER("Add 0 to length", "Add 65536 to length") },
	[LENGTH]           = { "nbss.length", "Length", UINT24 },
	[CALLED_NAME]      = { "nbss.called_name", "Called name", STRING },
	[CALLING_NAME]     = { "nbss.calling_name", "Calling name", STRING },
	[ERROR_CODE]       = { "nbss.error_code", "Error code", UINT8, HEX, .names = NAMES(error_codes) },
	[RETARGET_ADDRESS] = { "nbss.retarget_ip_address", "Retarget IP address", IPV4 },
	[RETARGET_PORT]    = { "nbss.retarget_port", "Retarget port", UINT16 },
	[CONTINUATION]     = { "nbss.continuation_data", "Continuation data", OCTETS },
};

/* What the header at the cursor says of the message's length. */
static uint32_t length_of(const struct wire *w, bool is_smb)
{
	return be24(wire_here(w) + 1) & (is_smb ? 0xffffff : 0x1ffff);
}

/* ---- one message ---- */

static void add_names(struct dissection *d, struct wire *w)
{
	const char *called = netbios_add_name(d, w, &fields[CALLED_NAME]);
	const char *calling = netbios_add_name(d, w, &fields[CALLING_NAME]);

	append_info(d, w, ", to %s from %s", called, calling);
}

static void read_message(struct dissection *d, struct wire *w, bool is_smb)
{
	if (d->first_pass)
		return;
	node_ref top = open_protocol(d, w, &fields[NBSS]);
	uint32_t length = length_of(w, is_smb);
	uint8_t type = add_uint8(d, w, &fields[TYPE]);
	append_info(d, w, "%s", name_or(fields[TYPE].names, type, "Unknown"));
	struct wire field = *w;
	if (!is_smb) {
		uint8_t flags = add_uint8(d, &field, &fields[FLAGS]);
		add_flags(d, &field, &fields[EXTEND], &fields[EXTEND], 1, flags);
	}
	wire_skip(w, HEADER - 1);
	add_node(d, w, &fields[LENGTH], w->at - (HEADER - 1), HEADER - 1, length);
	switch (type) {
	case SESSION_REQUEST:
		add_names(d, w);
		break;
	case NEGATIVE_RESPONSE:
		if (length)
			add_uint8(d, w, &fields[ERROR_CODE]);
		break;
	case RETARGET:
		if (length) {
			add_ipv4(d, w, &fields[RETARGET_ADDRESS]);
			add_uint16(d, w, &fields[RETARGET_PORT]);
		}
		break;
	}
	close_subtree(d, top, w);
	if (type == SESSION_MESSAGE && wire_captured(w))
		netbios_dissect_payload(d, *w);
}

static void dissect_netbios_message(struct dissection *d, struct wire *w)
{
	read_message(d, w, false);
}

static void dissect_smb_message(struct dissection *d, struct wire *w)
{
	read_message(d, w, true);
}

#define MESSAGE(function) \
	{ .name = "NetBIOS Session Service", .short_name = "NBSS", .filter = "nbss", .dissect = function }

static const struct protocol netbios_message = MESSAGE(dissect_netbios_message);
static const struct protocol smb_message = MESSAGE(dissect_smb_message);

/* ---- the messages of a segment ---- */

static uint32_t measure(const struct wire *w)
{
	return HEADER + length_of(w, false);
}

static bool is_smb(const struct wire *w)
{
	return wire_has(w, HEADER + 4) && wire_here(w)[0] == SESSION_MESSAGE && length_of(w, true) >= 1 &&
	       !memcmp(wire_here(w) + HEADER + 1, "SMB", 3);
}

/* May a message begin here? The octets may also be the rest of one whose beginning was not seen. */
static bool is_message(const struct wire *w)
{
	enum { SHORTEST_REQUEST = 2, LONGEST_REQUEST = 256 };

	if (!wire_has(w, HEADER))
		return false;
	const uint8_t *header = wire_here(w);
	uint32_t length = be24(header + 1);
	switch (header[0]) {
	case SESSION_MESSAGE:
		return length && length <= 0x1ffff;
	case SESSION_REQUEST:
		return length >= SHORTEST_REQUEST && length <= LONGEST_REQUEST;
	case POSITIVE_RESPONSE:
	case KEEP_ALIVE:
		return length == 0;
	case NEGATIVE_RESPONSE:
		return length == 1;
	case RETARGET:
		return length == 6;
	}
	return false;
}

static void show_continuation(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[NBSS]);

	append_info(d, w, "NBSS Continuation Message");
	add_octets(d, w, &fields[CONTINUATION], wire_captured(w));
	close_subtree(d, top, w);
}

/*
 * The first message of a segment says of all of them whether they are SMB; where it was put together from several
 * segments, the port does.
 */
static void dissect(struct dissection *d, struct wire *w)
{
	static const struct tcp_framing netbios = {
		HEADER, .measure = measure, .protocol = &netbios_message, .is_unsized = true,
	};
	static const struct tcp_framing smb = {
		HEADER, .field = { 1, 3, false, HEADER }, .protocol = &smb_message, .is_unsized = true,
	};

	bool is_reassembled = d->offer && d->offer->is_reassembled;
	bool has_smb_port = d->source_port == SMB_PORT || d->destination_port == SMB_PORT;

	if (is_reassembled ? has_smb_port : is_smb(w))
		dissect_tcp_pdus(d, w, &smb);
	else if (is_reassembled || is_message(w))
		dissect_tcp_pdus(d, w, &netbios);
	else
		show_continuation(d, w);
}

const struct protocol protocol_nbss = {
	.name = "NetBIOS Session Service",
	.short_name = "NBSS",
	.filter = "nbss",
	.column = "NBSS",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
