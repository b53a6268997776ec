/*
 * icmpv6_mpl.c: control messages of the Multicast Protocol for Low-Power and Lossy Networks, RFC 7731, section
 * 6.2.
 */

#include "dissect/icmpv6.h"
#include "dissect/text.h"

enum {
	MPL_UNKNOWN, MPL_CODE_NOTE, MPL_SEED, MPL_MIN_SEQUENCE, MPL_LENGTH, MPL_ID_LENGTH, MPL_ID,
	MPL_MESSAGES, MPL_SEQUENCE, N_FIELDS
};

static const struct name seed_id_lengths[] = {
	{ 0, "0 bit, not included in MPL Seed Info" }, { 1, "16 bits" }, { 2, "64 bits" }, { 3, "128 bits" },
};

static const struct field fields[N_FIELDS] = {
	[MPL_UNKNOWN]      = { "icmpv6.unknown_data", "Unknown Data", OCTETS },
	[MPL_CODE_NOTE]    = { "icmpv6.unknown_data.expert", "Code must be 0", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_MALFORMED },
	[MPL_SEED]         = { NULL, "MPL Seed Info", SUBTREE },
	[MPL_MIN_SEQUENCE] = { "icmpv6.mpl.seed_info.min_sequence", "MinSequence", UINT8 },
	[MPL_LENGTH]       = { "icmpv6.mpl.seed_info.bm_len", "Buffered Messages Length", UINT8, .mask = 0xfc },
	[MPL_ID_LENGTH]    = { "icmpv6.mpl.seed_info.s", "Seed ID Length", UINT8, .mask = 0x03,
	                       .names = NAMES(seed_id_lengths) },
	[MPL_ID]           = { "icmpv6.mpl.seed_info.seed_id", "Seed ID", STRING },
	[MPL_MESSAGES]     = { NULL, "Buffered Messages", SUBTREE },
	[MPL_SEQUENCE]     = { "icmpv6.mpl.seed_info.sequence", "Sequence", UINT8 },
};

static void add_seed_id(struct dissection *d, struct wire *w, unsigned kind)
{
	static const uint8_t lengths[] = { 0, 2, 8, 16 };
	const uint8_t *p = wire_bytes(w, lengths[kind]);
	char text[64];

	if (!p || !SHOWING(d, w))
		return;
	const char *id = text;
	switch (kind) {
	case 0:
		id = address_text(d, &d->source); /* who sent it */
		break;
	case 3:
		id = ipv6_text(d, p);
		break;
	default:
		*put_octets(text, p, lengths[kind], kind == 2 ? ':' : 0) = 0;
	}
	uint32_t at = w->at;
	w->at -= lengths[kind];
	add_string_value(d, w, &fields[MPL_ID], id, strlen(id));
	set_length(d, d->last, lengths[kind]);
	w->at = at;
}

/* RFC 7731, section 6.2: a bit for each message that the sender holds, from the least sequence number on. */
static void add_seed(struct dissection *d, struct wire *w, unsigned ordinal)
{
	if (!wire_need(w, 2))
		return;
	node_ref top = open_heading(d, w, &fields[MPL_SEED]);
	append_text(d, w, top, ": [%u]", ordinal);
	uint8_t sequence = add_uint8(d, w, &fields[MPL_MIN_SEQUENCE]);
	uint8_t lengths = wire_u8(w);
	add_bits(d, w, &fields[MPL_LENGTH], &fields[MPL_ID_LENGTH], 1, lengths);
	add_seed_id(d, w, lengths & 3);
	unsigned octets = lengths >> 2;
	if (octets && w->state == WIRE_GOOD) {
		node_ref messages = open_heading(d, w, &fields[MPL_MESSAGES]);
		for (; octets && w->state == WIRE_GOOD; octets--) {
			uint8_t bits = wire_u8(w);
			for (unsigned i = 0; i < 8; i++, sequence++)
				if (bits & 0x80 >> i)
					add_node(d, w, &fields[MPL_SEQUENCE], w->at - 1, 1, sequence);
		}
		close_subtree(d, messages, w);
	}
	close_subtree(d, top, w);
}

static void add_mpl(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	if (m->code) {
		add_octets(d, w, &fields[MPL_UNKNOWN], 1);
		if (w->state == WIRE_GOOD)
			note_on(d, d->last, &fields[MPL_CODE_NOTE]);
		return;
	}
	if (wire_left(w) == 1) {
		add_octets(d, w, &fields[MPL_UNKNOWN], 0);
		note_text_on(d, d->last, &fields[MPL_CODE_NOTE], "1 bytes data is left after dissecting MPL Control Message");
		return;
	}
	for (unsigned i = 1; wire_more(w); i++)
		add_seed(d, w, i);
}

const struct icmpv6_body icmpv6_mpl[] = {
	{ 159, NULL, add_mpl },
	{ 0 },
};

const struct protocol protocol_icmpv6_mpl = {
	.name = "ICMPv6 MPL control",
	.short_name = "ICMPv6 MPL",
	.filter = "icmpv6_mpl",
	.fields = fields,
	.field_count = N_FIELDS,
};
