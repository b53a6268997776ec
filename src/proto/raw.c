/* raw.c: packets without a link layer (LINKTYPE_RAW): IPv4, IPv6, or what some capture programs leave in front of them. */

#include "dissect/link.h"

static const struct field fields[] = { { "raw", "Raw packet data", PROTOCOL } };

enum { PPP_ADDRESS_CONTROL = 0xff03, AFTER_ISDN = 0x07ff03, UNUSED = 10 };

extern const struct protocol protocol_ppp;

static void dissect(struct dissection *d, struct wire *w)
{
	static const uint8_t zeros[UNUSED];
	if (LISTING(d, w))
		columns_begin_link(d->columns, "N/A", "Raw packet data");
	node_ref top = open_protocol(d, w, &fields[0]);
	uint16_t first = wire_peek_u16(w, 0);
	uint8_t third = wire_peek_u8(w, 2);

	close_subtree(d, top, NULL);
	if (w->state != WIRE_GOOD)
		return;
	if (first == PPP_ADDRESS_CONTROL) {
		dissect_protocol(d, *w, &protocol_ppp);
	} else if ((uint32_t)first << 8 == (AFTER_ISDN & 0xffff00) && third == (AFTER_ISDN & 0xff)) {
		wire_skip(w, 1);
		dissect_protocol(d, *w, &protocol_ppp);
	} else if (wire_has(w, UNUSED) && memcmp(wire_here(w), zeros, UNUSED) == 0) {
		wire_skip(w, UNUSED);
		dissect_next(d, *w, BY_ETHERTYPE, 0x0800);
	} else {
		unsigned version = first >> 12;
		dissect_next(d, *w, BY_ETHERTYPE, version == 4 ? 0x0800 : version == 6 ? 0x86dd : 0);
	}
}

const struct protocol protocol_raw = {
	.name = "Raw packet data",
	.short_name = "Raw",
	.filter = "raw",
	.fields = fields,
	.field_count = 1,
	.dissect = dissect,
};
