/*
 * nbds.c: NetBIOS Datagram Service, RFC 1002, section 4.4, over UDP.
 *
 *	+---------------+---------------+-------------------------------+
 *	|   MSG_TYPE    |     FLAGS     |            DGM_ID             |
 *	+---------------+---------------+-------------------------------+
 *	|                           SOURCE_IP                           |
 *	+-------------------------------+-------------------------------+
 *	|          SOURCE_PORT          |          DGM_LENGTH           |
 *	+-------------------------------+-------------------------------+
 *	|         PACKET_OFFSET         | source and destination names, |
 *	+-------------------------------+ data                          |
 *
 * Fragments are not put together.
 */

#include "dissect/flags.h"
#include "dissect/netbios.h"

enum {
	NBDGM, TYPE, FLAGS, MORE, FIRST, NODE_TYPE, ID, SOURCE_IP, SOURCE_PORT, LENGTH, OFFSET, ERROR_CODE,
	SOURCE_NAME, DESTINATION_NAME, N_FIELDS
};

enum {
	DIRECT_UNIQUE = 0x10, DIRECT_GROUP, BROADCAST, DATAGRAM_ERROR, QUERY_REQUEST, POSITIVE_RESPONSE,
	NEGATIVE_RESPONSE
};

static const struct name types[] = {
	{ DIRECT_UNIQUE, "Direct_unique datagram" },
	{ DIRECT_GROUP, "Direct_group datagram" },
	{ BROADCAST, "Broadcast datagram" },
	{ DATAGRAM_ERROR, "Datagram error" },
	{ QUERY_REQUEST, "Datagram query request" },
	{ POSITIVE_RESPONSE, "Datagram positive query response" },
	{ NEGATIVE_RESPONSE, "Datagram negative query response" },
};

static const struct name node_types[] = { { 0, "B node" }, { 1, "P node" }, { 2, "M node" }, { 3, "NBDD" } };

static const struct name error_codes[] = {
	{ 0x82, "Destination name not present" },
	{ 0x83, "Invalid source name format" },
	{ 0x84, "Invalid destination name format" },
};

static const struct field fields[N_FIELDS] = {
	[NBDGM]            = { "nbdgm", "NetBIOS Datagram Service", PROTOCOL },
	[TYPE]             = { "nbdgm.type", "Message Type", UINT8, .names = NAMES(types) },
	[FLAGS]            = { "nbdgm.flags", "Flags", UINT8, HEX },
	[MORE]             = { "nbdgm.next", "More fragments follow", BOOLEAN, .mask = 0x01, .names = &yes_or_no },
	[FIRST]            = { "nbdgm.first", "This is first fragment", BOOLEAN, .mask = 0x02, .names = &yes_or_no },
	[NODE_TYPE]        = { "nbdgm.node_type", "Node Type", UINT8, .mask = 0x0c, .names = NAMES(node_types) },
	[ID]               = { "nbdgm.dgram_id", "Datagram ID", UINT16, HEX },
	[SOURCE_IP]        = { "nbdgm.src.ip", "Source IP", IPV4 },
	[SOURCE_PORT]      = { "nbdgm.src.port", "Source Port", UINT16 },
	[LENGTH]           = { "nbdgm.dgram_len", "Datagram length", UINT16, .unit = " bytes" },
	[OFFSET]           = { "nbdgm.pkt_offset", "Packet offset", UINT16, .unit = " bytes" },
	[ERROR_CODE]       = { "nbdgm.error_code", "Error code", UINT8, HEX, .names = NAMES(error_codes) },
	[SOURCE_NAME]      = { "nbdgm.source_name", "Source name", STRING },
	[DESTINATION_NAME] = { "nbdgm.destination_name", "Destination name", STRING },
};

static void add_byte_count(struct dissection *d, struct wire *w, const struct field *field)
{
	if (add_uint16(d, w, field) == 1)
		value_text(d, w, d->last, "1 byte");
}

static void add_header(struct dissection *d, struct wire *w)
{
	uint8_t flags = add_uint8(d, w, &fields[FLAGS]);

	add_flags(d, w, &fields[MORE], &fields[NODE_TYPE], 1, flags);
	add_uint16(d, w, &fields[ID]);
	add_ipv4(d, w, &fields[SOURCE_IP]);
	add_uint16(d, w, &fields[SOURCE_PORT]);
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (d->first_pass)
		return;
	node_ref top = open_protocol(d, w, &fields[NBDGM]);
	uint8_t type = add_uint8(d, w, &fields[TYPE]);
	const char *name = name_of(fields[TYPE].names, type);
	set_info(d, w, "%s", name ? name : text_of(d, "Unknown message type (0x%02X)", type));
	add_header(d, w);
	switch (type) {
	case DIRECT_UNIQUE:
	case DIRECT_GROUP:
	case BROADCAST:
		add_byte_count(d, w, &fields[LENGTH]);
		add_byte_count(d, w, &fields[OFFSET]);
		netbios_add_name(d, w, &fields[SOURCE_NAME]);
		netbios_add_name(d, w, &fields[DESTINATION_NAME]);
		close_subtree(d, top, w);
		netbios_dissect_payload(d, *w);
		return;
	case DATAGRAM_ERROR:
		add_uint8(d, w, &fields[ERROR_CODE]);
		break;
	case QUERY_REQUEST:
	case POSITIVE_RESPONSE:
	case NEGATIVE_RESPONSE:
		netbios_add_name(d, w, &fields[DESTINATION_NAME]);
		break;
	}
	close_subtree(d, top, w);
}

const struct protocol protocol_nbds = {
	.name = "NetBIOS Datagram Service",
	.short_name = "NBDS",
	.filter = "nbdgm",
	.is_application = true,
	.column = "NBDS",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
