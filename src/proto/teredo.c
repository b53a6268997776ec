/* teredo.c: Teredo, IPv6 over UDP through address translators, RFC 4380, section 5.1.1. Nothing is verified. */

#include "dissect/dissection.h"

enum {
	TEREDO, AUTHENTICATION, ID_LENGTH, VALUE_LENGTH, ID, VALUE, NONCE, CONFIRMATION, ORIGIN, ORIGIN_PORT, ORIGIN_ADDRESS,
	N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[TEREDO]         = { "teredo", "Teredo IPv6 over UDP tunneling", PROTOCOL },
	[AUTHENTICATION] = { "teredo.auth", "Teredo Authentication header", SUBTREE },
	[ID_LENGTH]      = { "teredo.auth.idlen", "Client identifier length", UINT8 },
	[VALUE_LENGTH]   = { "teredo.auth.aulen", "Authentication value length", UINT8 },
	[ID]             = { "teredo.auth.id", "Client identifier", OCTETS },
	[VALUE]          = { "teredo.auth.value", "Authentication value", OCTETS },
	[NONCE]          = { "teredo.auth.nonce", "Nonce value", OCTETS },
	[CONFIRMATION]   = { "teredo.auth.conf", "Confirmation byte", OCTETS },
	[ORIGIN]         = { "teredo.orig", "Teredo Origin Indication header", SUBTREE },
	[ORIGIN_PORT]    = { "teredo.orig.port", "Origin UDP port", UINT16 },
	[ORIGIN_ADDRESS] = { "teredo.orig.addr", "Origin IPv4 address", IPV4 },
};

/* What stands before the packet begins with zero, which no IPv6 packet does. */
enum { ORIGIN_INDICATION = 0x0000, AUTHENTICATION_HEADER = 0x0001 };

static void add_authentication(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[AUTHENTICATION]);
	wire_skip(w, 2);
	uint8_t id = add_uint8(d, w, &fields[ID_LENGTH]);
	uint8_t value = add_uint8(d, w, &fields[VALUE_LENGTH]);

	if (id)
		add_octets(d, w, &fields[ID], id);
	if (value)
		add_octets(d, w, &fields[VALUE], value);
	add_octets(d, w, &fields[NONCE], 8);
	add_octets(d, w, &fields[CONFIRMATION], 1);
	close_subtree(d, node, w);
}

/* Port and address are sent with every bit turned over, so that translators leave them alone. */
static void add_origin(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[ORIGIN]);
	wire_skip(w, 2);
	uint16_t port = (uint16_t)~wire_u16(w);
	add_node(d, w, &fields[ORIGIN_PORT], w->at - 2, 2, port);
	uint32_t address = ~wire_u32(w);
	add_node(d, w, &fields[ORIGIN_ADDRESS], w->at - 4, 4, address);
	close_subtree(d, node, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[TEREDO]);

	if (wire_peek_u16(w, 0) == AUTHENTICATION_HEADER)
		add_authentication(d, w);
	if (wire_peek_u16(w, 0) == ORIGIN_INDICATION)
		add_origin(d, w);
	close_subtree(d, top, NULL);
	if (w->state == WIRE_GOOD)
		dissect_next(d, *w, BY_ETHERTYPE, 0x86dd);
}

const struct protocol protocol_teredo = {
	.name = "Teredo IPv6 over UDP tunneling",
	.short_name = "Teredo",
	.filter = "teredo",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
