/* sll.c: the headers that Linux puts in place of a link layer's ("cooked"): LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2. */

#include "dissect/link.h"

enum {
	SLL, PACKET_TYPE, HARDWARE_TYPE, ADDRESS_LENGTH, SOURCE_MAC, SOURCE_IPV4, SOURCE_OTHER, UNUSED, LINUX_TYPE, GRE_TYPE,
	TYPE, INTERFACE, TRAILER, N_FIELDS
};

static const struct name packet_types[] = {
	{ 0, "Unicast to us" }, { 1, "Broadcast" }, { 2, "Multicast" }, { 3, "Unicast to another host" }, { 4, "Sent by us" },
};
static const struct name linux_types[] = {
	{ 0x0001, "Raw 802.3" },  { 0x0003, "Ethernet" }, { 0x0004, "802.2 LLC" },
	{ 0x0007, "PPP (HDLC)" }, { 0x000c, "CAN" },      { 0x000d, "CAN FD" },
	{ 0x0017, "IrDA LAP" },   { 0x00f5, "ISI" },      { 0x00f6, "IEEE 802.15.4" },
};

static const struct field fields[N_FIELDS] = {
	[SLL]            = { "sll", "Linux cooked capture", PROTOCOL },
	[PACKET_TYPE]    = { "sll.pkttype", "Packet type", UINT16, DEC, .names = NAMES(packet_types) },
	[HARDWARE_TYPE]  = { "sll.hatype", "Link-layer address type", UINT16, DEC, .names = &hardware_type_names },
	[ADDRESS_LENGTH] = { "sll.halen", "Link-layer address length", UINT16 },
	[SOURCE_MAC]     = { "sll.src.eth", "Source", MAC },
	[SOURCE_IPV4]    = { "sll.src.ipv4", "Source", IPV4 },
	[SOURCE_OTHER]   = { "sll.src.other", "Source", OCTETS },
	[UNUSED]         = { "sll.unused", "Unused", OCTETS },
	[LINUX_TYPE]     = { "sll.ltype", "Protocol", UINT16, HEX, .names = NAMES(linux_types) },
	[GRE_TYPE]       = { "sll.gretype", "Protocol", UINT16, HEX, .names = &gre_protocol_names },
	[TYPE]           = { "sll.etype", "Protocol", UINT16, HEX, .names = &ethertype_names },
	[INTERFACE]      = { "sll.ifindex", "Interface index", UINT32 },
	[TRAILER]        = { "sll.trailer", "Trailer", OCTETS },
};

enum { HARDWARE_GRE = 778, ADDRESS_ROOM = 8 };
enum { LINUX_RAW_802_3 = 0x0001, LINUX_ETHERNET = 0x0003, LINUX_LLC = 0x0004, LINUX_PPP = 0x0007 };

extern const struct protocol protocol_eth, protocol_llc, protocol_ppp;

static void add_source_address(struct dissection *d, struct wire *w, unsigned length)
{
	if (length == 6) {
		const uint8_t *p = add_mac(d, w, &fields[SOURCE_MAC]);
		if (p)
			d->link_source = address_of(ADDRESS_MAC, p);
	} else if (length == 4) {
		const uint8_t *p = wire_has(w, 4) ? wire_here(w) : NULL;
		add_ipv4(d, w, &fields[SOURCE_IPV4]);
		if (p)
			d->link_source = address_of(ADDRESS_IPV4, p);
	} else if (length) {
		add_octets(d, w, &fields[SOURCE_OTHER], length < ADDRESS_ROOM ? length : ADDRESS_ROOM);
	}
	if (length < ADDRESS_ROOM)
		add_octets(d, w, &fields[UNUSED], ADDRESS_ROOM - length);
}

/* What numbers the protocol. */
static unsigned type_field(uint16_t hardware_type, uint16_t type)
{
	return hardware_type == HARDWARE_GRE ? GRE_TYPE : type < ETHERTYPE_SMALLEST ? LINUX_TYPE : TYPE;
}

static void dissect_payload(struct dissection *d, struct wire *w, node_ref top, uint16_t hardware_type, uint16_t type)
{
	if (w->state != WIRE_GOOD)
		return;
	switch (type_field(hardware_type, type)) {
	case GRE_TYPE:
		dissect_next(d, *w, BY_GRE_PROTOCOL, type);
		break;
	case TYPE:
		dissect_ethertype(d, *w, type, top, &fields[TRAILER], 0);
		break;
	default:
		if (type == LINUX_RAW_802_3)
			dissect_next(d, *w, BY_ETHERTYPE, ETHERTYPE_IPX);
		else if (type == LINUX_ETHERNET)
			dissect_protocol(d, *w, &protocol_eth);
		else if (type == LINUX_LLC)
			dissect_protocol(d, *w, &protocol_llc);
		else if (type == LINUX_PPP)
			dissect_protocol(d, *w, &protocol_ppp);
		else
			dissect_data(d, *w);
	}
}

static void list_packet_type(struct dissection *d, const struct wire *w, unsigned type)
{
	const char *name = name_of(fields[PACKET_TYPE].names, type);

	set_column(d, w, "SLL");
	if (name)
		set_info(d, w, "%s", name);
	else
		set_info(d, w, "Unknown (%u)", type);
}

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[SLL]);
	append_text(d, w, top, " v1");
	list_packet_type(d, w, add_uint16(d, w, &fields[PACKET_TYPE]));
	uint16_t hardware_type = add_uint16(d, w, &fields[HARDWARE_TYPE]);
	uint16_t length = add_uint16(d, w, &fields[ADDRESS_LENGTH]);
	add_source_address(d, w, length);
	uint16_t type = wire_peek_u16(w, 0);
	add_uint16(d, w, &fields[type_field(hardware_type, type)]);
	close_subtree(d, top, w);
	dissect_payload(d, w, top, hardware_type, type);
}

static void dissect_v2(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[SLL]);
	append_text(d, w, top, " v2");
	uint16_t type = wire_peek_u16(w, 0);
	uint16_t hardware_type = wire_peek_u16(w, 8);
	add_uint16(d, w, &fields[type_field(hardware_type, type)]);
	wire_skip(w, 2); /* reserved */
	add_uint32(d, w, &fields[INTERFACE]);
	add_uint16(d, w, &fields[HARDWARE_TYPE]);
	add_uint8(d, w, &fields[PACKET_TYPE]);
	uint8_t length = add_uint8(d, w, &fields[ADDRESS_LENGTH]);
	list_packet_type(d, w, length); /* tshark takes the octet behind the packet type for it */
	add_source_address(d, w, length);
	close_subtree(d, top, w);
	dissect_payload(d, w, top, hardware_type, type);
}

const struct protocol protocol_sll = {
	.name = "Linux cooked-mode capture",
	.short_name = "SLL",
	.filter = "sll",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_sll2 = {
	.name = "Linux cooked-mode capture",
	.short_name = "SLL",
	.filter = "sll",
	.dissect = dissect_v2,
};
