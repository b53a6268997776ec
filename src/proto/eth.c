/* eth.c: Ethernet II and IEEE 802.3 framing. */
#include "dissect/dissection.h"
enum { ETH, DST, DST_ADDR, DST_LG, DST_IG, SRC, SRC_ADDR, SRC_LG, SRC_IG, TYPE, N_FIELDS };
static const struct name ethertypes[] = { { 0x0800, "IPv4" }, { 0x0806, "ARP" }, { 0x8100, "802.1Q Virtual LAN" }, { 0x86dd, "IPv6" } };
static const struct name lg[] = { { 0, "Globally unique address (factory default)" }, { 1, "Locally administered address (this is NOT the factory default)" } };
static const struct name ig[] = { { 0, "Individual address (unicast)" }, { 1, "Group address (multicast/broadcast)" } };
static const struct field fields[N_FIELDS] = {
	[ETH]  = { "eth", "Ethernet II", PROTOCOL },
	[DST]  = { "eth.dst", "Destination", MAC },
	[DST_ADDR]  = { "eth.addr", "Address", MAC },
	[DST_LG] = { "eth.dst.lg", "LG bit", BOOLEAN, .mask = 0x020000, .names = NAMES(lg) },
	[DST_IG] = { "eth.dst.ig", "IG bit", BOOLEAN, .mask = 0x010000, .names = NAMES(ig) },
	[SRC]  = { "eth.src", "Source", MAC },
	[SRC_ADDR]  = { "eth.addr", "Address", MAC },
	[SRC_LG] = { "eth.src.lg", "LG bit", BOOLEAN, .mask = 0x020000, .names = NAMES(lg) },
	[SRC_IG] = { "eth.src.ig", "IG bit", BOOLEAN, .mask = 0x010000, .names = NAMES(ig) },
	[TYPE] = { "eth.type", "Type", UINT16, HEX, .names = NAMES(ethertypes) },
};
static const uint8_t *add_address(struct dissection *d, struct wire *w, unsigned first)
{
	const uint8_t *p = add_mac(d, w, &fields[first]);
	if (!BUILDING(d, w))
		return p;
	node_ref node = open_subtree(d);
	add_node(d, w, &fields[first + 1], w->at - 6, 6, be48(p));
	add_node(d, w, &fields[first + 2], w->at - 6, 3, be24(p));
	add_node(d, w, &fields[first + 3], w->at - 6, 3, be24(p));
	close_subtree(d, node, NULL);
	return p;
}
static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[ETH]);
	const uint8_t *dst = add_address(d, w, DST);
	const uint8_t *src = add_address(d, w, SRC);
	if (src)
		append_text(d, w, top, ", Src: %s, Dst: %s", mac_text(d, src), mac_text(d, dst));
	uint16_t type = add_uint16(d, w, &fields[TYPE]);
	close_subtree(d, top, w);
	trail(d, "ethertype");
	dissect_next(d, wire_take(w, wire_left(w)), BY_ETHERTYPE, type);
}
const struct protocol protocol_eth = {
	.name = "Ethernet", .short_name = "Ethernet", .filter = "eth", .fields = fields, .field_count = N_FIELDS, .dissect = dissect,
};
