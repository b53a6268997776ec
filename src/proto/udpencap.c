/* udpencap.c: UDP encapsulation of IPsec packets, RFC 3948. */

#include "dissect/dissection.h"

enum { ENCAPSULATION, KEEPALIVE, NON_ESP_MARKER, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[ENCAPSULATION]  = { "udpencap", "UDP Encapsulation of IPsec Packets", PROTOCOL },
	[KEEPALIVE]      = { "udpencap.nat_keepalive", "NAT-keepalive packet", SUBTREE },
	[NON_ESP_MARKER] = { "udpencap.non_esp_marker", "Non-ESP Marker", SUBTREE },
};

extern const struct protocol protocol_esp;

/* No security parameters index is zero: what begins so is for the key exchange (section 2.2). */
static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[ENCAPSULATION]);

	if (wire_left(w) == 1 && wire_has(w, 1) && *wire_here(w) == 0xff) {
		add_node(d, w, &fields[KEEPALIVE], w->at, 1, 0);
		set_info(d, w, "NAT-keepalive");
		wire_skip(w, 1);
	} else if (wire_peek_u32(w, 0) == 0 && w->state == WIRE_GOOD) {
		add_node(d, w, &fields[NON_ESP_MARKER], w->at, 4, 0);
		wire_skip(w, 4);
		close_subtree(d, top, w);
		dissect_data(d, *w);
	} else if (w->state == WIRE_GOOD) {
		close_subtree(d, top, w);
		dissect_protocol(d, *w, &protocol_esp);
	}
}

const struct protocol protocol_udpencap = {
	.name = "UDP Encapsulation of IPsec Packets",
	.short_name = "UDPENCAP",
	.filter = "udpencap",
	.column = "UDPENCAP",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
