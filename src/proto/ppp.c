/*
 * ppp.c: the header of the Point-to-Point Protocol, RFC 1661, with or without the address and control octets of RFC 1662. Leaves
 * out PPP's own control protocols.
 */

#include "dissect/link.h"

enum { PPP, ADDRESS, CONTROL, NUMBER, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[PPP]     = { "ppp", "Point-to-Point Protocol", PROTOCOL },
	[ADDRESS] = { "ppp.address", "Address", UINT8, HEX },
	[CONTROL] = { "ppp.control", "Control", UINT8, HEX },
	[NUMBER]  = { "ppp.protocol", "Protocol", UINT16, HEX, .names = &ppp_protocol_names },
};

enum { ALL_STATIONS = 0xff };

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[PPP]);

	if (wire_peek_u8(w, 0) == ALL_STATIONS) {
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
	dissect_next(d, *w, BY_PPP_PROTOCOL, number);
}

const struct protocol protocol_ppp = {
	.name = "Point-to-Point Protocol",
	.short_name = "PPP",
	.filter = "ppp",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
