/*
 * ppp.c: the header of the Point-to-Point Protocol, RFC 1661, with or without the address and control octets of
 * RFC 1662.
 */

#include "dissect/link.h"

enum { PPP, ADDRESS, CONTROL, NUMBER, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[PPP]     = { "ppp", "Point-to-Point Protocol", PROTOCOL },
	[ADDRESS] = { "ppp.address", "Address", UINT8, HEX },
	[CONTROL] = { "ppp.control", "Control", UINT8, HEX },
	[NUMBER]  = { "ppp.protocol", "Protocol", UINT16, HEX, .names = &ppp_protocol_names },
};

enum { ALL_STATIONS = 0xff, CISCO_UNICAST = 0x0f, CISCO_MULTICAST = 0x8f };

extern const struct protocol protocol_chdlc;

static void dissect_with(struct dissection *d, struct wire *w, bool may_have_address)
{
	node_ref top = open_protocol(d, w, &fields[PPP]);

	if (may_have_address && wire_peek_u8(w, 0) == ALL_STATIONS) {
		add_uint8(d, w, &fields[ADDRESS]);
		add_uint8(d, w, &fields[CONTROL]);
	}
	/* The lowest bit of a number's last octet, and of no other, is set: a small one may be shortened to one octet. */
	unsigned n = wire_peek_u8(w, 0) & 1 ? 1 : 2;
	const uint8_t *p = wire_bytes(w, n);
	if (!p)
		return;
	uint16_t number = (uint16_t)be_value(p, n);
	add_node(d, w, &fields[NUMBER], w->at - n, n, number);
	close_subtree(d, top, w);
	if (!protocol_by(BY_PPP_PROTOCOL, number)) {
		set_column(d, w, "0x%04x", number);
		set_info(d, w, "PPP %s (0x%04x)", name_or(fields[NUMBER].names, number, "Unknown"), number);
	}
	dissect_next(d, *w, BY_PPP_PROTOCOL, number);
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (LISTING(d, w))
		columns_begin_link(d->columns, "PPP", "");
	dissect_with(d, w, true);
}

static void dissect_bare(struct dissection *d, struct wire *w)
{
	dissect_with(d, w, false);
}

/* A serial line: PPP or Cisco's HDLC, as its first octet says. */
static void dissect_serial(struct dissection *d, struct wire *w)
{
	uint8_t first = wire_has(w, 1) ? *wire_here(w) : 0;

	if (first == CISCO_UNICAST || first == CISCO_MULTICAST)
		dissect_protocol(d, *w, &protocol_chdlc);
	else
		dissect(d, w);
}

const struct protocol protocol_ppp = {
	.name = "Point-to-Point Protocol",
	.short_name = "PPP",
	.filter = "ppp",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_serial = {
	.name = "PPP in HDLC-Like Framing",
	.short_name = "PPP",
	.filter = "ppp",
	.dissect = dissect_serial,
};
/* Without address and control octets, as over Ethernet (RFC 2516, section 7). */
const struct protocol protocol_ppp_bare = {
	.name = "Point-to-Point Protocol",
	.short_name = "PPP",
	.filter = "ppp",
	.dissect = dissect_bare,
};
