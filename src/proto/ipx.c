/*
 * ipx.c: Internetwork Packet Exchange of Novell NetWare (IPX Router Specification, version 1.30, chapter 2), and its
 * Routing Information Protocol (chapter 3).
 *
 *	+-------------------------------+-------------------------------+
 *	|           Checksum            |         Packet Length         |
 *	+---------------+---------------+-------------------------------+
 *	| Transp. Contr.|  Packet Type  | destination network (4), node |
 *	+---------------+---------------+ (6), socket (2); source: same |
 *
 * Leaves out SPX, the NetWare Core Protocol, and the other protocols that no socket below leads to.
 */

#include "dissect/ipx.h"
#include "dissect/link.h"

enum {
	IPX, CHECKSUM, LENGTH, HOPS, PACKET_TYPE, DESTINATION, DESTINATION_NETWORK, DESTINATION_NODE,
	DESTINATION_SOCKET, SOURCE, SOURCE_NETWORK, SOURCE_NODE, SOURCE_SOCKET, N_FIELDS
};
enum { RIP, RIP_TYPE, RIP_NETWORK, RIP_HOPS, RIP_TICKS, N_RIP };

enum {
	AT_LENGTH = 2, AT_PACKET_TYPE = 5, AT_DESTINATION = 6, AT_SOURCE = 18, AT_SOURCE_SOCKET = 28,
	NETWORK = 4, NODE = 6,
};

static const struct name packet_types[] = {
	{ 0x00, "IPX" }, { 0x01, "RIP" }, { 0x02, "Echo" }, { 0x03, "Error" }, { 0x04, "PEP" }, { 0x05, "SPX" },
	{ 0x10, "Experimental Protocol" }, { 0x11, "NCP" }, { 0x12, "Experimental Protocol", 0x13 },
	{ 0x14, "NetBIOS Broadcast" }, { 0x15, "Experimental Protocol", 0x1f },
};
static const struct name sockets[] = {
	{ 0x0002, "CISCO PING" }, { 0x0451, "NCP" }, { 0x0452, "SAP" }, { 0x0453, "RIP" },
	{ 0x0455, "NetBIOS" }, { 0x0456, "Diagnostic" }, { 0x0457, "Serialization" },
	{ 0x0550, "NWLink SMB Server" }, { 0x0551, "NWLink SMB Name Query" },
	{ 0x0552, "NWLink SMB Redirector" }, { 0x0553, "NWLink SMB Mailslot Datagram" },
	{ 0x0554, "NWLink SMB Messenger" }, { 0x0555, "NWLink SMB Browse" },
	{ 0x055d, "Attachmate Gateway" }, { 0x4001, "IPX Message" }, { 0x4003, "IPX Message" },
	{ 0x4006, "NetWare Directory Server" }, { 0x400c, "HP LaserJet/QuickSilver" },
	{ 0x8104, "NetWare 386" }, { 0x8522, "ADSM" }, { 0x85be, "Cisco EIGRP for IPX" },
	{ 0x8f83, "Powerchute UPS Monitoring" }, { 0x9001, "NetWare Link Services Protocol" },
	{ 0x9004, "IPX WAN" }, { 0x900f, "SNMP Agent" }, { 0x9010, "SNMP Sink" },
	{ 0x907b, "SMS Testing and Development" }, { 0x9086, "Novell PING" },
	{ 0x9091, "TCP Tunnel" }, { 0x9092, "UDP Tunnel" }, { 0x90b2, "NDPS Printer Agent/PSM" },
	{ 0x90b3, "NDPS Broker" }, { 0x90b4, "NDPS Service Registry Service" },
	{ 0x90b5, "NDPS Event Notification Service" }, { 0x90b6, "NDPS Remote Management Service" },
	{ 0x90b7, "NDPS Notify Listener" }, { 0xe885, "NT Server-RPC/GW" },
};
const struct names ipx_socket_names = { sockets, sizeof sockets / sizeof *sockets };

static const struct name rip_types[] = { { 1, "Request" }, { 2, "Response" } };

static const struct field address_too[] = { { "ipx.addr", "Src/Dst Address", STRING } };
static const struct field network_too[] = { { "ipx.net", "Source or Destination Network", UINT32, HEX } };
static const struct field node_too[] = { { "ipx.node", "Source or Destination Node", MAC } };
static const struct field socket_too[] = {
	{ "ipx.socket", "Source or Destination Socket", UINT16, HEX, .names = &ipx_socket_names },
};

static const struct field fields[N_FIELDS] = {
	[IPX]                 = { "ipx", "Internetwork Packet eXchange", PROTOCOL },
	[CHECKSUM]            = { "ipx.checksum", "Checksum", UINT16, HEX },
	[LENGTH]              = { "ipx.len", "Length", UINT16, .unit = " bytes" },
	[HOPS]                = { "ipx.hops", "Transport Control (Hops)", UINT8 },
	[PACKET_TYPE]         = { "ipx.packet_type", "Packet Type", UINT8, HEX, .names = NAMES(packet_types) },
	[DESTINATION]         = { "ipx.dst", "Destination Address", STRING, .hidden = true, .ALSO(address_too) },
	[DESTINATION_NETWORK] = { "ipx.dst.net", "Destination Network", UINT32, HEX, .ALSO(network_too) },
	[DESTINATION_NODE]    = { "ipx.dst.node", "Destination Node", MAC, .ALSO(node_too) },
	[DESTINATION_SOCKET]  = { "ipx.dst.socket", "Destination Socket", UINT16, HEX, .names = &ipx_socket_names,
	                          .ALSO(socket_too) },
	[SOURCE]              = { "ipx.src", "Source Address", STRING, .hidden = true, .ALSO(address_too) },
	[SOURCE_NETWORK]      = { "ipx.src.net", "Source Network", UINT32, HEX, .ALSO(network_too) },
	[SOURCE_NODE]         = { "ipx.src.node", "Source Node", MAC, .ALSO(node_too) },
	[SOURCE_SOCKET]       = { "ipx.src.socket", "Source Socket", UINT16, HEX, .names = &ipx_socket_names,
	                          .ALSO(socket_too) },
};

static const struct field rip_fields[N_RIP] = {
	[RIP]         = { "ipxrip", "IPX Routing Information Protocol", PROTOCOL },
	[RIP_TYPE]    = { "ipxrip.packet_type", "RIP packet type", UINT16, .names = NAMES(rip_types) },
	[RIP_NETWORK] = { "ipxrip.route_vector", "Route Vector", UINT32, HEX },
	[RIP_HOPS]    = { "ipxrip.hops", "Hops", UINT16 },
	[RIP_TICKS]   = { "ipxrip.ticks", "Ticks", UINT16 },
};

extern const struct protocol protocol_ipxrip, protocol_ipxsap, protocol_nbipx, protocol_nmpi, protocol_smb;

/* Who listens on a socket. */
static const struct socket_row {
	uint16_t socket;
	const struct protocol *protocol;
} socket_rows[] = {
	{ 0x0452, &protocol_ipxsap }, { 0x0453, &protocol_ipxrip }, { 0x0455, &protocol_nbipx },
	{ 0x0550, &protocol_smb },    { 0x0551, &protocol_nmpi },   { 0x0552, &protocol_smb },
	{ 0x0553, &protocol_nmpi },   { 0x0554, &protocol_smb },
};

uint8_t ipx_packet_type(const struct wire *w)
{
	return w->data[w->at - IPX_HEADER + AT_PACKET_TYPE];
}

uint32_t ipx_add_network(struct dissection *d, struct wire *w, const struct field *field)
{
	uint32_t network = add_uint32(d, w, field);

	value_text(d, w, d->last, "%02x (0x%08X)", network >> 24, network);
	return network;
}

void ipx_add_crossed_networks(struct dissection *d, struct wire *w, const struct field *field)
{
	enum { CROSSED = 8 };

	for (unsigned i = 0; i < CROSSED; i++) {
		if (wire_peek_u32(w, 0))
			ipx_add_network(d, w, field);
		else
			wire_skip(w, NETWORK);
	}
}

/* Network, node and socket, in a run of declarations behind that of the whole address. */
static uint16_t add_address(struct dissection *d, struct wire *w, const struct field *first)
{
	const uint8_t *p = wire_has(w, NETWORK + NODE) ? wire_here(w) : NULL;

	if (p && SHOWING(d, w)) {
		const char *text = text_of(d, "%08x.%08x%04x", be32(p), be32(p + NETWORK), be16(p + NETWORK + 4));
		add_string_value(d, w, first, text, strlen(text));
	}
	ipx_add_network(d, w, first + 1);
	add_mac(d, w, first + 2);
	return add_uint16(d, w, first + 3);
}

static const struct protocol *listener(uint16_t socket)
{
	for (unsigned i = 0; i < sizeof socket_rows / sizeof *socket_rows; i++)
		if (socket_rows[i].socket == socket)
			return socket_rows[i].protocol;
	return NULL;
}

/* The lower socket is the better known one. */
static void dissect_sockets(struct dissection *d, struct wire w, uint16_t a, uint16_t b)
{
	const struct protocol *reader = listener(a < b ? a : b);
	unsigned place = d->trail_count;

	if (!reader)
		reader = listener(a < b ? b : a);
	if (!reader) {
		dissect_data(d, w);
		return;
	}
	dissect_protocol(d, w, reader);
	/* What a socket leads to is not named among the protocols of the frame. */
	if (place < d->trail_count)
		memmove(&d->trail[place], &d->trail[place + 1], (--d->trail_count - place) * sizeof *d->trail);
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct wire packet = *w;
	uint16_t length = wire_peek_u16(w, AT_LENGTH);

	if (w->state != WIRE_GOOD)
		return;
	claim_length(d, w, w->at + length);
	wire_shorten(&packet, length);
	if (!wire_need(&packet, AT_SOURCE_SOCKET)) {
		wire_join(w, &packet);
		return;
	}
	d->destination = address_of(ADDRESS_IPX, wire_here(w) + AT_DESTINATION);
	d->source = address_of(ADDRESS_IPX, wire_here(w) + AT_SOURCE);
	d->link_is_inner = false;
	node_ref top = open_protocol(d, w, &fields[IPX]);
	add_uint16(d, w, &fields[CHECKSUM]);
	add_uint16(d, w, &fields[LENGTH]);
	uint8_t hops = add_uint8(d, w, &fields[HOPS]);
	set_text(d, w, d->last, "Transport Control: %u hops", hops);
	add_uint8(d, w, &fields[PACKET_TYPE]);
	uint16_t destination = add_address(d, w, &fields[DESTINATION]);
	set_info(d, w, "%s", name_or(&ipx_socket_names, destination, text_of(d, "Unknown (0x%04x)", destination)));
	uint16_t source = add_address(d, w, &fields[SOURCE]);
	close_subtree(d, top, w);
	wire_skip(&packet, IPX_HEADER);
	wire_join(w, &packet);
	if (w->state == WIRE_GOOD)
		dissect_sockets(d, packet, destination, source);
}

/* ---- routes ---- */

static void dissect_rip(struct dissection *d, struct wire *w)
{
	enum { ROUTE = 8, TICKS_PER_SECOND = 18 };

	if (d->first_pass || !wire_need(w, 2))
		return;
	node_ref top = open_protocol(d, w, &rip_fields[RIP]);
	uint16_t type = add_uint16(d, w, &rip_fields[RIP_TYPE]);

	set_info(d, w, "%s", name_or(NAMES(rip_types), type, "Unknown"));
	while (wire_more(w) && wire_need(w, ROUTE)) {
		ipx_add_network(d, w, &rip_fields[RIP_NETWORK]);
		add_uint16(d, w, &rip_fields[RIP_HOPS]);
		uint16_t ticks = add_uint16(d, w, &rip_fields[RIP_TICKS]);
		if (type)
			value_text(d, w, d->last, "%u ms", ticks * 1000u / TICKS_PER_SECOND);
	}
	close_subtree(d, top, w);
}

const struct protocol protocol_ipx = {
	.name = "Internetwork Packet eXchange",
	.short_name = "IPX",
	.filter = "ipx",
	.column = "IPX",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_ipxrip = {
	.name = "IPX Routing Information Protocol",
	.short_name = "IPX RIP",
	.filter = "ipxrip",
	.column = "IPX RIP",
	.fields = rip_fields,
	.field_count = N_RIP,
	.dissect = dissect_rip,
};
