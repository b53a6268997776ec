/*
 * null.c: the loopback headers of BSD: LINKTYPE_NULL, an address family in the byte order of who captured, and
 * LINKTYPE_LOOP, the same in network byte order.
 */

#include "dissect/link.h"

enum { NULL_HEADER, FAMILY, TYPE, N_FIELDS };

static const struct name families[] = {
	{ 2, "IP" },    { 7, "OSI" },   { 16, "Appletalk" }, { 23, "Netware IPX/SPX" },
	{ 24, "IPv6" }, { 28, "IPv6" }, { 30, "IPv6" },
};

static const struct field fields[N_FIELDS] = {
	[NULL_HEADER] = { "null", "Null/Loopback", PROTOCOL },
	[FAMILY]      = { "null.family", "Family", UINT32, DEC, .names = NAMES(families) },
	[TYPE]        = { "null.type", "Type", UINT16, HEX, .names = &ethertype_names },
};

extern const struct protocol protocol_ppp;

enum { FAMILY_IPV6 = 24, PPP_ADDRESS_CONTROL = 0xff03 };

static void dissect_family(struct dissection *d, struct wire *w, uint32_t family)
{
	if (family == 28 || family == 30) /* of FreeBSD and of Darwin */
		family = FAMILY_IPV6;
	dissect_next(d, *w, BY_NULL_FAMILY, family);
}

/* The family, whatever the byte order and whether it takes the first two octets, the last two, or all four. */
static uint32_t family_of(uint32_t header)
{
	if (header & 0xffff0000 && !(header & 0xffff))
		return !(header & 0xff000000) && header < 0x00060000 ? header >> 16 : __builtin_bswap32(header);
	if (!(header & 0xff) && (header & 0xff00) < 0x0600)
		return header >> 8 & 0xff;
	return header;
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (wire_has(w, 2) && be16(wire_here(w)) == PPP_ADDRESS_CONTROL) {
		dissect_protocol(d, *w, &protocol_ppp);
		return;
	}
	uint32_t start = w->at;
	uint32_t family = family_of(wire_peek_u32(w, 0));
	if (w->state != WIRE_GOOD)
		return;
	node_ref top = open_protocol(d, w, &fields[NULL_HEADER]);
	if (LISTING(d, w))
		columns_begin_link(d->columns, "N/A", "Null/Loopback");
	wire_skip(w, 4);
	if (family > LENGTH_LARGEST)
		add_node(d, w, &fields[TYPE], start, 4, family & 0xffff);
	else
		add_node(d, w, &fields[FAMILY], start, 4, family);
	close_subtree(d, top, w);
	if (family > LENGTH_LARGEST)
		dissect_next(d, *w, BY_ETHERTYPE, family & 0xffff);
	else
		dissect_family(d, w, family);
}

static void dissect_loop(struct dissection *d, struct wire *w)
{
	if (LISTING(d, w))
		columns_begin_link(d->columns, "N/A", "Null/Loopback");
	if (!wire_need(w, 4))
		return;
	node_ref top = open_protocol(d, w, &fields[NULL_HEADER]);
	uint32_t family = add_uint32(d, w, &fields[FAMILY]);
	close_subtree(d, top, w);
	dissect_family(d, w, family);
}

const struct protocol protocol_null = {
	.name = "Null/Loopback",
	.short_name = "Null",
	.filter = "null",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_loop = {
	.name = "Null/Loopback",
	.short_name = "Null",
	.filter = "null",
	.dissect = dissect_loop,
};
