/*
 * nbipx.c: NetBIOS over IPX (IPX Router Specification, version 1.30, chapter 5), and the Name Management Protocol over
 * IPX, by which Microsoft's networks find names and write to mailslots: their broadcasts begin alike, with the networks
 * that they crossed. Parts of a session's message are not put together.
 */

#include "dissect/flags.h"
#include "dissect/ipx.h"
#include "dissect/netbios.h"

enum {
	NBIPX, NETWORK, NAME_FLAGS, GROUP, IN_USE, REGISTERED, DUPLICATED, DEREGISTERED, CONTROL, SYSTEM,
	ACKNOWLEDGEMENT, ATTENTION, END_OF_MESSAGE, RESEND, TYPE, SOURCE_CONNECTION, DESTINATION_CONNECTION,
	SEND_SEQUENCE, TOTAL_LENGTH, OFFSET, DATA_LENGTH, RECEIVE_SEQUENCE, BYTES_RECEIVED, NAME, RECEIVER, SENDER,
	CHARACTERS, SUFFIX, N_FIELDS
};
enum { NMPI, NMPI_NETWORK, OPCODE, NAME_TYPE, MESSAGE, REQUESTED, SOURCE, N_NMPI };

enum { SESSION_DATA = 0x06, SESSION_END_ACK = 0x08, DATAGRAM = 0x0b, MAILSLOT_WRITE = 0xfc };

static const struct name types[] = {
	{ 0x01, "Find name" }, { 0x02, "Name recognized" }, { 0x03, "Check name" }, { 0x04, "Name in use" },
	{ 0x05, "Deregister name" }, { SESSION_DATA, "Session data" }, { 0x07, "Session end" },
	{ SESSION_END_ACK, "Session end ACK" }, { 0x09, "Status query" }, { 0x0a, "Status response" },
	{ DATAGRAM, "Directed datagram" },
};
static const struct name opcodes[] = {
	{ 0xf1, "Claim name" }, { 0xf2, "Delete name" }, { 0xf3, "Query name" }, { 0xf4, "Name found" },
	{ 0xf5, "Messenger hangup" }, { MAILSLOT_WRITE, "Mailslot write" }, { 0xfd, "Find mailslot name" },
	{ 0xfe, "Mailslot name found" },
};
static const struct name name_types[] = { { 1, "Machine" }, { 2, "Workgroup" }, { 3, "Browser" } };

static const struct field fields[N_FIELDS] = {
	[NBIPX]             = { "nbipx", "NetBIOS over IPX", PROTOCOL },
	[NETWORK]           = { "nmpi.ipx_network", "IPX Network", UINT32, HEX },
	[NAME_FLAGS]        = { "nmpi.name_flags", "Name type flag", UINT8, HEX },
	[GROUP]             = { "nmpi.name_flags.group", "Name", BOOLEAN, .mask = 0x80,
	                        EITHER("Unique name", "Group name") },
	[IN_USE]            = { "nmpi.name_flags.in_use", "In use", BOOLEAN, .mask = 0x40, EITHER("Not used", "Used") },
	[REGISTERED]        = { "nmpi.name_flags.registered", "Registered", BOOLEAN, .mask = 0x04, .names = &yes_or_no },
	[DUPLICATED]        = { "nmpi.name_flags.duplicated", "Duplicated", BOOLEAN, .mask = 0x02, .names = &yes_or_no },
	[DEREGISTERED]      = { "nmpi.name_flags.deregistered", "Deregistered", BOOLEAN, .mask = 0x01,
	                        .names = &yes_or_no },
	[CONTROL]           = { "nmpi.conn_control", "Connection control", UINT8, HEX },
	[SYSTEM]            = { "nmpi.conn_control.sys_packet", "Packet", BOOLEAN, .mask = 0x80,
	                        EITHER("Non-system packet", "System packet") },
	[ACKNOWLEDGEMENT]   = { "nmpi.conn_control.ack", "Acknowledgement", BOOLEAN, .mask = 0x40,
	                        EITHER("Not required", "Required") },
	[ATTENTION]         = { "nmpi.conn_control.attention", "Attention", BOOLEAN, .mask = 0x20, .names = &yes_or_no },
	[END_OF_MESSAGE]    = { "nmpi.conn_control.end_msg", "End of message", BOOLEAN, .mask = 0x10,
	                        .names = &yes_or_no },
	[RESEND]            = { "nmpi.conn_control.resend", "Resend", BOOLEAN, .mask = 0x08, .names = &yes_or_no },
	[TYPE]              = { "nmpi.packettype", "Packet Type", UINT8, HEX, .names = NAMES(types) },
	[SOURCE_CONNECTION] = { "nmpi.session.src_conn_id", "Source connection ID", UINT16, HEX },
	[DESTINATION_CONNECTION] = { "nmpi.session.dest_conn_id", "Destination connection ID", UINT16, HEX },
	[SEND_SEQUENCE]     = { "nmpi.session.send_seq_number", "Send sequence number", UINT16 },
	[TOTAL_LENGTH]      = { "nmpi.session.total_data_length", "Total data length", UINT16 },
	[OFFSET]            = { "nmpi.session.offset", "Offset", UINT16 },
	[DATA_LENGTH]       = { "nmpi.session.data_length", "Data length", UINT16 },
	[RECEIVE_SEQUENCE]  = { "nmpi.session.recv_seq_number", "Receive sequence number", UINT16 },
	[BYTES_RECEIVED]    = { "nmpi.session.bytes_received", "Bytes received", UINT16 },
	[NAME]              = { NULL, "Name", SUBTREE },
	[RECEIVER]          = { NULL, "Receiver's Name", SUBTREE },
	[SENDER]            = { NULL, "Sender's Name", SUBTREE },
	[CHARACTERS]        = { "netbios.nb_name", "NetBIOS Name", STRING },
	[SUFFIX]            = { "netbios.nb_name_type", "NetBIOS Name Type", UINT8, HEX },
};

static const struct field nmpi_fields[N_NMPI] = {
	[NMPI]         = { "nmpi", "Name Management Protocol over IPX", PROTOCOL },
	[NMPI_NETWORK] = { "nmpi.ipx_network", "IPX Network", UINT32, HEX },
	[OPCODE]       = { "nmpi.opcode", "Opcode", UINT8, HEX, .names = NAMES(opcodes) },
	[NAME_TYPE]    = { "nmpi.name_type", "Name Type", UINT8, HEX, .names = NAMES(name_types) },
	[MESSAGE]      = { "nmpi.messageid", "Message ID", UINT16, HEX },
	[REQUESTED]    = { NULL, "Requested name", SUBTREE },
	[SOURCE]       = { NULL, "Source name", SUBTREE },
};

/* What the packet list says of an operation, in front of the name and behind it. */
static const struct {
	uint8_t opcode;
	const char *before, *behind;
} operations[] = {
	{ 0xf1, "Claim name ", "" },         { 0xf2, "Delete name ", "" },
	{ 0xf3, "Query name ", "" },         { 0xf4, "Name ", " found" },
	{ 0xf5, "Messenger hangup on ", "" }, { MAILSLOT_WRITE, "Mailslot write to ", "" },
	{ 0xfd, "Find mailslot name ", "" }, { 0xfe, "Mailslot name ", " found" },
};

static void add_name(struct dissection *d, struct wire *w, const struct field *heading)
{
	netbios_add_name_heading(d, w, heading, &fields[CHARACTERS], &fields[SUFFIX]);
}

static void add_octet_of_flags(struct dissection *d, struct wire *w, const struct field *field,
                               const struct field *last)
{
	uint8_t flags = add_uint8(d, w, field);
	node_ref node = open_subtree(d);

	add_bits(d, w, field + 1, last, 1, flags);
	close_subtree(d, node, NULL);
}

static void read_name(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 2 + NETBIOS_NAME))
		return;
	list_info(d, w, " ", "%s", netbios_plain_name(d, wire_here(w) + 2));
	add_octet_of_flags(d, w, &fields[NAME_FLAGS], &fields[DEREGISTERED]);
	add_uint8(d, w, &fields[TYPE]);
	add_name(d, w, &fields[NAME]);
}

static void read_session(struct dissection *d, struct wire *w)
{
	add_octet_of_flags(d, w, &fields[CONTROL], &fields[RESEND]);
	add_uint8(d, w, &fields[TYPE]);
	for (unsigned i = SOURCE_CONNECTION; i <= BYTES_RECEIVED; i++)
		add_le16(d, w, &fields[i]);
}

static void read_datagram(struct dissection *d, struct wire *w)
{
	add_octet_of_flags(d, w, &fields[CONTROL], &fields[RESEND]);
	add_uint8(d, w, &fields[TYPE]);
	add_name(d, w, &fields[RECEIVER]);
	add_name(d, w, &fields[SENDER]);
}

static void dissect_nbipx(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[NBIPX]);

	if (ipx_packet_type(w) == IPX_NETBIOS_BROADCAST)
		ipx_add_crossed_networks(d, w, &fields[NETWORK]);
	uint8_t type = wire_peek_u8(w, 1);
	if (type > 0 && type < SESSION_DATA && !wire_need(w, 2 + NETBIOS_NAME))
		return;
	set_info(d, w, "%s", name_or(NAMES(types), type, "Unknown"));
	if (type > 0 && type < SESSION_DATA) {
		read_name(d, w);
	} else if (type >= SESSION_DATA && type <= SESSION_END_ACK) {
		read_session(d, w);
	} else if (type == DATAGRAM) {
		read_datagram(d, w);
	} else {
		wire_skip(w, 1);
		add_uint8(d, w, &fields[TYPE]);
	}
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD && ((type >= SESSION_DATA && type <= SESSION_END_ACK) || type == DATAGRAM))
		netbios_dissect_payload(d, *w);
}

static void list_operation(struct dissection *d, const struct wire *w, uint8_t opcode, const uint8_t *octets)
{
	const char *name = netbios_plain_name(d, octets);

	for (unsigned i = 0; i < sizeof operations / sizeof *operations; i++) {
		if (operations[i].opcode == opcode) {
			set_info(d, w, "%s%s%s", operations[i].before, name, operations[i].behind);
			return;
		}
	}
	set_info(d, w, "Unknown NMPI op 0x%02x: name %s", opcode, name);
}

static void dissect_nmpi(struct dissection *d, struct wire *w)
{
	enum { HEADER = 4 };
	node_ref top = open_protocol(d, w, &nmpi_fields[NMPI]);

	ipx_add_crossed_networks(d, w, &nmpi_fields[NMPI_NETWORK]);
	if (!wire_need(w, HEADER + 2 * NETBIOS_NAME))
		return;
	if (LISTING(d, w))
		list_operation(d, w, *wire_here(w), wire_here(w) + HEADER);
	uint8_t opcode = add_uint8(d, w, &nmpi_fields[OPCODE]);
	add_uint8(d, w, &nmpi_fields[NAME_TYPE]);
	add_le16(d, w, &nmpi_fields[MESSAGE]);
	add_name(d, w, &nmpi_fields[REQUESTED]);
	add_name(d, w, &nmpi_fields[SOURCE]);
	close_subtree(d, top, w);
	if (opcode == MAILSLOT_WRITE)
		netbios_dissect_payload(d, *w);
}

const struct protocol protocol_nbipx = {
	.name = "NetBIOS over IPX",
	.short_name = "NBIPX",
	.filter = "nbipx",
	.column = "NBIPX",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect_nbipx,
};
const struct protocol protocol_nmpi = {
	.name = "Name Management Protocol over IPX",
	.short_name = "NMPI",
	.filter = "nmpi",
	.column = "NMPI",
	.fields = nmpi_fields,
	.field_count = N_NMPI,
	.dissect = dissect_nmpi,
};
