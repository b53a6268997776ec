/*
 * mpls.c: MultiProtocol Label Switching, RFC 3032: the label stack; and what stands below it in pseudowires: the Ethernet control
 * word of RFC 4448 and the associated channel of RFC 4385 and RFC 5586.
 *
 * Nothing in a label stack says what it carries. By the first four bits below it, as RFC 4928 would have it: 4 and 6 are the
 * versions of IP, 1 is an associated channel, and 0 a control word or the beginning of an Ethernet frame. Leaves out
 * OAM (Y.1711, Y.1731) and the channels' own protocols.
 */

#include "dissect/dissection.h"
#include "dissect/resolver.h"
#include "dissect/session.h"

enum { MPLS, LABEL, EXPERIMENTAL, BOTTOM, TTL, INVALID, INVALID_NOTE, N_FIELDS };
enum { CHANNEL, CHANNEL_VERSION, CHANNEL_RESERVED, CHANNEL_TYPE, RESERVED_NOTE, N_CHANNEL };
enum { CONTROL_WORD, SEQUENCE, N_CONTROL_WORD };

static const struct name labels[] = {
	{ 0, "IPv4 Explicit-Null" },
	{ 1, "Router Alert" },
	{ 2, "IPv6 Explicit-Null" },
	{ 3, "Implicit-Null" },
	{ 7, "Entropy Label Indicator (ELI)" },
	{ 13, "Generic Associated Channel Label (GAL)" },
	{ 14, "OAM Alert" },
};

static const struct name channel_types[] = {
	{ 0x0000, "Reserved" },
	{ 0x0001, "Management Communication Channel (MCC)" },
	{ 0x0002, "Signaling Communication Channel (SCC)" },
	{ 0x0007, "BFD Control, PW-ACH-encapsulated (BFD Without IP/UDP Headers)" },
	{ 0x000a, "MPLS Direct Loss Measurement (DLM)" },
	{ 0x000b, "MPLS Inferred Loss Measurement (ILM)" },
	{ 0x000c, "MPLS Delay Measurement (DM)" },
	{ 0x000d, "MPLS Direct Loss and Delay Measurement (DLM+DM)" },
	{ 0x000e, "MPLS Inferred Loss and Delay Measurement (ILM+DM)" },
	{ 0x0021, "IPv4 packet" },
	{ 0x0022, "MPLS-TP CC message" },
	{ 0x0023, "MPLS-TP CV message" },
	{ 0x0024, "Protection State Coordination Protocol (PSC)" },
	{ 0x0025, "On-Demand CV" },
	{ 0x0026, "LI" },
	{ 0x0027, "Pseudo-Wire OAM" },
	{ 0x0028, "MAC Withdraw OAM Msg" },
	{ 0x0057, "IPv6 packet" },
	{ 0x0058, "Fault OAM" },
	{ 0x7ff8, "Reserved for Experimental Use", 0x7fff },
	{ 0x8902, "MPLS-TP OAM" },
};

static const struct field fields[N_FIELDS] = {
	[MPLS]         = { "mpls", "MultiProtocol Label Switching Header", PROTOCOL },
	[LABEL]        = { "mpls.label", "MPLS Label", UINT32, DEC, .mask = 0xfffff000, .names = NAMES(labels) },
	[EXPERIMENTAL] = { "mpls.exp", "MPLS Experimental Bits", UINT32, DEC, .mask = 0x0e00 },
	[BOTTOM]       = { "mpls.bottom", "MPLS Bottom Of Label Stack", UINT32, DEC, .mask = 0x0100 },
	[TTL]          = { "mpls.ttl", "MPLS TTL", UINT32, DEC, .mask = 0x00ff },
	[INVALID]      = { NULL, "Invalid Label", SUBTREE },
	[INVALID_NOTE] = { "mpls.invalid_label", "Invalid Label", NOTE, .severity = SEVERITY_WARNING,
	                   .group = GROUP_PROTOCOL },
};
static const struct field channel_fields[N_CHANNEL] = {
	[CHANNEL]          = { "pwach", "Associated Channel Header", PROTOCOL },
	[CHANNEL_VERSION]  = { "pwach.ver", "Channel Version", UINT8, DEC, .mask = 0x0f },
	[CHANNEL_RESERVED] = { "pwach.res", "Reserved", UINT8, HEX },
	[CHANNEL_TYPE]     = { "pwach.channel_type", "Channel Type", UINT16, HEX, .names = NAMES(channel_types) },
	[RESERVED_NOTE]    = { "pwach.res.not_zero", "Error: this byte is reserved and must be 0", NOTE,
	                       .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
};
static const struct field control_word_fields[N_CONTROL_WORD] = {
	[CONTROL_WORD] = { "pwethcw", "PW Ethernet Control Word", PROTOCOL },
	[SEQUENCE]     = { "pweth.cw.sequence_number", "Sequence Number", UINT16 },
};

extern const struct protocol protocol_eth, protocol_ipv4, protocol_ipv6;
extern const struct protocol protocol_pseudowire, protocol_pseudowire_channel, protocol_pseudowire_frame,
	protocol_pseudowire_control_word;

enum { LABELS_RESERVED = 16, LABEL_CHANNEL = 13 };
enum { CHANNEL_IPV4 = 0x0021, CHANNEL_IPV6 = 0x0057 };

static const char *const names_by_label[] = { "PW Associated Channel Header", "Generic Associated Channel Header" };

/* One entry of the stack: its label; *is_bottom when no other follows. */
static uint32_t add_entry(struct dissection *d, struct wire *w, bool *is_bottom)
{
	uint32_t entry = wire_peek_u32(w, 0), label = entry >> 12;
	const char *name = name_or(NAMES(labels), label, label < LABELS_RESERVED ? "Reserved - Unknown" : NULL);

	*is_bottom = entry & 0x100;
	if (w->state != WIRE_GOOD || d->first_pass) {
		wire_skip(w, 4);
		return label;
	}
	node_ref top = open_protocol(d, w, &fields[MPLS]);
	wire_skip(w, 4);
	append_text(d, w, top, ", Label: %u%s%s%s, Exp: %u, S: %u, TTL: %u", label, name ? " (" : "", name ? name : "",
	            name ? ")" : "", entry >> 9 & 7, entry >> 8 & 1, entry & 0xff);
	add_node(d, w, &fields[LABEL], w->at - 4, 4, entry);
	if (label >= LABELS_RESERVED)
		value_text(d, w, d->last, "%u (0x%05x)", label, label);
	add_bits(d, w, &fields[EXPERIMENTAL], &fields[TTL], 4, entry);
	close_subtree(d, top, w);
	if (label == LABEL_CHANNEL && !*is_bottom) {
		add_node(d, w, &fields[INVALID], w->at - 4, 4, 0);
		note_on(d, d->last, &fields[INVALID_NOTE]);
	}
	return label;
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t label;
	bool is_bottom;

	set_info(d, w, "MPLS Label Switched Packet");
	do {
		label = add_entry(d, w, &is_bottom);
	} while (w->state == WIRE_GOOD && !is_bottom);
	uint8_t nibble = wire_peek_u8(w, 0) >> 4;
	if (w->state != WIRE_GOOD)
		return;
	if (label == LABEL_CHANNEL || nibble == 1)
		dissect_protocol(d, *w, &protocol_pseudowire_channel);
	else if (nibble == 4)
		dissect_protocol(d, *w, &protocol_ipv4);
	else if (nibble == 6)
		dissect_protocol(d, *w, &protocol_ipv6);
	else if (nibble == 0)
		dissect_protocol(d, *w, &protocol_pseudowire);
	else
		dissect_data(d, *w);
}

/* Do the octets begin with two addresses of known makers? */
static bool begins_with_addresses(struct dissection *d, const struct wire *w)
{
	const uint8_t *p = wire_here(w);
	char name[ORGANIZATION_LARGEST + 1];

	return wire_has(w, 14) && organization_of(d->session->organizations, be24(p), name) &&
	       organization_of(d->session->organizations, be24(p + 6), name);
}

static void dissect_pseudowire(struct dissection *d, struct wire *w)
{
	if (wire_left(w) < 4)
		dissect_data(d, *w);
	else if (begins_with_addresses(d, w))
		dissect_protocol(d, *w, &protocol_pseudowire_frame);
	else
		dissect_protocol(d, *w, &protocol_pseudowire_control_word);
}

static void dissect_frame(struct dissection *d, struct wire *w)
{
	dissect_protocol(d, *w, &protocol_eth);
}

static void dissect_control_word(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 4))
		return;
	node_ref top = open_protocol(d, w, &control_word_fields[CONTROL_WORD]);
	wire_skip(w, 2);
	add_uint16(d, w, &control_word_fields[SEQUENCE]);
	close_subtree(d, top, w);
	dissect_protocol(d, *w, &protocol_eth);
}

static void dissect_channel(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 4))
		return;
	node_ref top = open_protocol(d, w, &channel_fields[CHANNEL]);
	/* A generic channel stands below its own label. */
	bool is_generic = w->at >= 4 && be32(wire_here(w) - 4) >> 12 == LABEL_CHANNEL;
	set_text(d, w, top, "%s", names_by_label[is_generic]);
	uint8_t first = wire_u8(w);
	add_bits(d, w, &channel_fields[CHANNEL_VERSION], &channel_fields[CHANNEL_VERSION], 1, first);
	uint8_t reserved = add_uint8(d, w, &channel_fields[CHANNEL_RESERVED]);
	if (reserved)
		note_on(d, d->last, &channel_fields[RESERVED_NOTE]);
	uint16_t type = add_uint16(d, w, &channel_fields[CHANNEL_TYPE]);
	close_subtree(d, top, w);
	if (type == CHANNEL_IPV4)
		dissect_protocol(d, *w, &protocol_ipv4);
	else if (type == CHANNEL_IPV6)
		dissect_protocol(d, *w, &protocol_ipv6);
	else
		dissect_data(d, *w);
}

const struct protocol protocol_mpls = {
	.name = "MultiProtocol Label Switching Header",
	.short_name = "MPLS",
	.filter = "mpls",
	.column = "MPLS",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_pseudowire = {
	.name = "Ethernet PW (CW heuristic)",
	.short_name = "Ethernet PW (CW heuristic)",
	.filter = "pwethheuristic",
	.dissect = dissect_pseudowire,
};
const struct protocol protocol_pseudowire_frame = {
	.name = "Ethernet PW (no CW)",
	.short_name = "Ethernet PW (no CW)",
	.filter = "pwethnocw",
	.dissect = dissect_frame,
};
const struct protocol protocol_pseudowire_control_word = {
	.name = "PW Ethernet Control Word",
	.short_name = "Ethernet PW (with CW)",
	.filter = "pwethcw",
	.fields = control_word_fields,
	.field_count = N_CONTROL_WORD,
	.dissect = dissect_control_word,
};
const struct protocol protocol_pseudowire_channel = {
	.name = "PW Associated Channel Header",
	.short_name = "PW Associated Channel",
	.filter = "pwach",
	.fields = channel_fields,
	.field_count = N_CHANNEL,
	.dissect = dissect_channel,
};
