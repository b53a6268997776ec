/*
 * gtp.c: the user plane of the GPRS Tunnelling Protocol, GTP-U: 3GPP TS 29.281, with the session container of
 * TS 38.415, and that of version 0, GSM 09.60. Leaves out the information elements of its signalling messages
 * and which of them answers which, the control plane, and charging (GTP').
 */

#include "dissect/dissection.h"

enum {
	GTP, FLAGS, VERSION, PROTOCOL_TYPE, RESERVED, HAS_EXTENSION, HAS_SEQUENCE, HAS_NPDU, RESERVED_V0,
	HAS_LLC_NUMBER, MESSAGE, LENGTH, TUNNEL, SEQUENCE, FLOW_LABEL, LLC_NUMBER, TUNNEL_V0, NPDU, NEXT,
	EXTENSION, EXTENSION_LENGTH, LENGTH_ZERO, UDP_PORT, PDCP_SEQUENCE, LONG_SPARE, LONG_SEQUENCE,
	SPARE_OCTETS, RAN, XW_RAN, CONTAINER, PDU_TYPE, TYPE_SPARE, PAGING_PRESENT, REFLECTIVE, UPLINK_SPARE,
	FLOW, PAGING, PAGING_SPARE, UNKNOWN_PDU, UNKNOWN_PDU_NOTE, PAYLOAD, N_FIELDS
};

static const struct name versions[] = {
	{ 0, "GTP release 97/98 version" }, { 1, "GTP release 99 version" }, { 2, "GTPv2-C" }, { 3, "None", 7 },
};
static const struct name protocol_types[] = { { 0, "GTP'" }, { 1, "GTP" } };
static const struct name pdu_types[] = { { 0, "DL PDU SESSION INFORMATION" }, { 1, "UL PDU SESSION INFORMATION" } };
static const struct name presences[] = { { 0, "Not Present" }, { 1, "Present" } };
static const struct name extensions[] = {
	{ 0x00, "No more extension headers" },
	{ 0x01, "MBMS support indication" },
	{ 0x02, "MS Info Change Reporting support indication" },
	{ 0x03, "Long PDCP PDU Number" },
	{ 0x20, "Service Class Indicator" },
	{ 0x40, "UDP Port number" },
	{ 0x81, "RAN container" },
	{ 0x82, "Long PDCP PDU number" },
	{ 0x83, "Xw RAN container" },
	{ 0x84, "NR RAN container" },
	{ 0x85, "PDU Session container" },
	{ 0xc0, "PDCP PDU number" },
	{ 0xc1, "Suspend Request" },
	{ 0xc2, "Suspend Response" },
};
static const struct name messages[] = {
	{ 0, "For future use" },
	{ 1, "Echo request" },
	{ 2, "Echo response" },
	{ 3, "Version not supported" },
	{ 4, "Node alive request" },
	{ 5, "Node alive response" },
	{ 6, "Redirection request" },
	{ 7, "Redirection response" },
	{ 16, "Create PDP context request" },
	{ 17, "Create PDP context response" },
	{ 18, "Update PDP context request" },
	{ 19, "Update PDP context response" },
	{ 20, "Delete PDP context request" },
	{ 21, "Delete PDP context response" },
	{ 22, "Initiate PDP Context Activation Request" },
	{ 23, "Initiate PDP Context Activation Response" },
	{ 24, "Delete AA PDP Context Request" },
	{ 25, "Delete AA PDP Context Response" },
	{ 26, "Error indication" },
	{ 27, "PDU notification request" },
	{ 28, "PDU notification response" },
	{ 29, "PDU notification reject request" },
	{ 30, "PDU notification reject response" },
	{ 31, "Supported extension header notification" },
	{ 32, "Send routing information for GPRS request" },
	{ 33, "Send routing information for GPRS response" },
	{ 34, "Failure report request" },
	{ 35, "Failure report response" },
	{ 36, "Note MS GPRS present request" },
	{ 37, "Note MS GPRS present response" },
	{ 48, "Identification request" },
	{ 49, "Identification response" },
	{ 50, "SGSN context request" },
	{ 51, "SGSN context response" },
	{ 52, "SGSN context acknowledgement" },
	{ 53, "Forward relocation request" },
	{ 54, "Forward relocation response" },
	{ 55, "Forward relocation complete" },
	{ 56, "Relocation cancel request" },
	{ 57, "Relocation cancel response" },
	{ 58, "Forward SRNS context" },
	{ 59, "Forward relocation complete acknowledge" },
	{ 60, "Forward SRNS context acknowledge" },
	{ 61, "UE Registration Query Request" },
	{ 62, "UE Registration Query Response" },
	{ 70, "RAN Information Relay" },
	{ 96, "MBMS Notification Request" },
	{ 97, "MBMS Notification Response" },
	{ 98, "MBMS Notification Reject Request" },
	{ 99, "MBMS Notification Reject Response" },
	{ 100, "Create MBMS Context Request" },
	{ 101, "Create MBMS Context Response" },
	{ 102, "Update MBMS Context Request" },
	{ 103, "Update MBMS Context Response" },
	{ 104, "Delete MBMS Context Request" },
	{ 105, "Delete MBMS Context Response" },
	{ 112, "MBMS Registration Request" },
	{ 113, "MBMS Registration Response" },
	{ 114, "MBMS De-Registration Request" },
	{ 115, "MBMS De-Registration Response" },
	{ 116, "MBMS Session Start Request" },
	{ 117, "MBMS Session Start Response" },
	{ 118, "MBMS Session Stop Request" },
	{ 119, "MBMS Session Stop Response" },
	{ 120, "MBMS Session Update Request" },
	{ 121, "MBMS Session Update Response" },
	{ 128, "MS Info Change Notification Request" },
	{ 129, "MS Info Change Notification Response" },
	{ 240, "Data record transfer request" },
	{ 241, "Data record transfer response" },
	{ 254, "End Marker" },
	{ 255, "T-PDU" },
};

static const struct field fields[N_FIELDS] = {
	[GTP]              = { "gtp", "GPRS Tunneling Protocol", PROTOCOL },
	[FLAGS]            = { "gtp.flags", "Flags", UINT8, HEX },
	[VERSION]          = { "gtp.flags.version", "Version", UINT8, DEC, .mask = 0xe0, .names = NAMES(versions) },
	[PROTOCOL_TYPE]    = { "gtp.flags.payload", "Protocol type", UINT8, DEC, .mask = 0x10,
	                       .names = NAMES(protocol_types) },
	[RESERVED]         = { "gtp.flags.reserved", "Reserved", UINT8, DEC, .mask = 0x08 },
	[HAS_EXTENSION]    = { "gtp.flags.e", "Is Next Extension Header present?", BOOLEAN, .mask = 0x04,
	                       .names = &yes_or_no },
	[HAS_SEQUENCE]     = { "gtp.flags.s", "Is Sequence Number present?", BOOLEAN, .mask = 0x02, .names = &yes_or_no },
	[HAS_NPDU]         = { "gtp.flags.pn", "Is N-PDU number present?", BOOLEAN, .mask = 0x01, .names = &yes_or_no },
	[RESERVED_V0]      = { "gtp.flags.reserved", "Reserved", UINT8, DEC, .mask = 0x0e },
	[HAS_LLC_NUMBER]   = { "gtp.flags.snn", "Is SNDCP N-PDU included?", BOOLEAN, .mask = 0x01, .names = &yes_or_no },
	[MESSAGE]          = { "gtp.message", "Message Type", UINT8, HEX, .names = NAMES(messages) },
	[LENGTH]           = { "gtp.length", "Length", UINT16 },
	[TUNNEL]           = { "gtp.teid", "TEID", UINT32, HEX_DEC },
	[SEQUENCE]         = { "gtp.seq_number", "Sequence number", UINT16, HEX_DEC },
	[FLOW_LABEL]       = { "gtp.flow_label", "Flow label", UINT16, HEX },
	[LLC_NUMBER]       = { "gtp.sndcp_number", "SNDCP N-PDU LLC Number", UINT8, HEX },
	[TUNNEL_V0]        = { "gtp.tid", "TID", STRING },
	[NPDU]             = { "gtp.npdu_number", "N-PDU Number", UINT8, HEX },
	[NEXT]             = { "gtp.ext_hdr.next", "Next extension header type", UINT8, HEX, .names = NAMES(extensions) },
	[EXTENSION]        = { "gtp.ext_hdr", "Extension header", SUBTREE },
	[EXTENSION_LENGTH] = { "gtp.ext_hdr.length", "Extension Header Length", UINT8 },
	[LENGTH_ZERO]      = { "gtp.ext_length_zero", "Extension header length is zero", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_MALFORMED },
	[UDP_PORT]         = { "gtp.ext_hdr.udp_port", "UDP Port", UINT16 },
	[PDCP_SEQUENCE]    = { "gtp.ext_hdr.pdcp_sn", "PDCP Sequence Number", UINT16 },
	[LONG_SPARE]       = { "gtp.ext_hdr.spare_bits", "Spare", UINT8, HEX, .mask = 0xfc },
	[LONG_SEQUENCE]    = { "gtp.ext_hdr.long_pdcp_sn", "Long PDCP Sequence Number", UINT24 },
	[SPARE_OCTETS]     = { "gtp.ext_hdr.spare_bytes", "Spare", OCTETS },
	[RAN]              = { "gtp.ext_hdr.ran_cont", "RAN Container", OCTETS },
	[XW_RAN]           = { "gtp.ext_hdr.xw_ran_cont", "Xw RAN Container", OCTETS },
	[CONTAINER]        = { NULL, "PDU Session Container", SUBTREE },
	[PDU_TYPE]         = { "gtp.ext_hdr.pdu_ses_con.pdu_type", "PDU Type", UINT8, DEC, .mask = 0xf0,
	                       .names = NAMES(pdu_types) },
	[TYPE_SPARE]       = { "gtp.ext_hdr.spare_bits", "Spare", UINT8, HEX, .mask = 0x0f },
	[PAGING_PRESENT]   = { "gtp.ext_hdr.pdu_ses_cont.ppp", "Paging Policy Presence (PPP)", BOOLEAN, .mask = 0x80,
	                       .names = NAMES(presences) },
	[REFLECTIVE]       = { "gtp.ext_hdr.pdu_ses_cont.rqi", "Reflective QoS Indicator (RQI)", BOOLEAN, .mask = 0x40,
	                       .names = NAMES(presences) },
	[UPLINK_SPARE]     = { "gtp.ext_hdr.spare_bits", "Spare", UINT8, HEX, .mask = 0xc0 },
	[FLOW]             = { "gtp.ext_hdr.pdu_ses_con.qos_flow_id", "QoS Flow Identifier (QFI)", UINT8, DEC,
	                       .mask = 0x3f },
	[PAGING]           = { "gtp.ext_hdr.pdu_ses_cont.ppi", "Paging Policy Indicator (PPI)", UINT8, DEC, .mask = 0xe0 },
	[PAGING_SPARE]     = { "gtp.ext_hdr.spare_bits", "Spare", UINT8, HEX, .mask = 0x1f },
	[UNKNOWN_PDU]      = { NULL, "Unknown PDU type", SUBTREE },
	[UNKNOWN_PDU_NOTE] = { "gtp.unknown_pdu_type", "Unknown PDU type", NOTE, .severity = SEVERITY_WARNING,
	                       .group = GROUP_PROTOCOL },
	[PAYLOAD]          = { "gtp.tpdu_data", "T-PDU Data", OCTETS },
};

extern const struct protocol protocol_eth, protocol_ipv4, protocol_ipv6;

enum { EXTENSION_FLAG = 0x04, SEQUENCE_FLAG = 0x02, NPDU_FLAG = 0x01, OPTIONAL = 0x07 };
enum { ETHERNET_HEADER = 14 };
enum { MESSAGE_PDU = 255 };
enum { VERSION_0 = 0x10, VERSION_1 = 0x30 }; /* the first octet's upper half: GTP and not GTP' */

static void add_container(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[CONTAINER]);
	uint8_t type = wire_u8(w);

	add_bits(d, w, &fields[PDU_TYPE], &fields[TYPE_SPARE], 1, type);
	if (type >> 4 > 1) {
		add_node(d, w, &fields[UNKNOWN_PDU], w->at, 0, 0);
		note_on(d, d->last, &fields[UNKNOWN_PDU_NOTE]);
		close_subtree(d, node, w);
		return;
	}
	bool is_uplink = type >> 4;
	uint8_t flow = wire_u8(w);
	if (is_uplink)
		add_bits(d, w, &fields[UPLINK_SPARE], &fields[UPLINK_SPARE], 1, flow);
	else
		add_bits(d, w, &fields[PAGING_PRESENT], &fields[REFLECTIVE], 1, flow);
	add_bits(d, w, &fields[FLOW], &fields[FLOW], 1, flow);
	if (!is_uplink && flow & 0x80) {
		uint8_t paging = wire_u8(w);
		add_bits(d, w, &fields[PAGING], &fields[PAGING_SPARE], 1, paging);
	}
	close_subtree(d, node, w);
}

static void add_long_number(struct dissection *d, struct wire *w)
{
	uint32_t number = wire_u24(w);

	add_node(d, w, &fields[LONG_SPARE], w->at - 3, 1, number >> 16);
	add_node(d, w, &fields[LONG_SEQUENCE], w->at - 3, 3, number & 0x3ffff);
	add_octets(d, w, &fields[SPARE_OCTETS], 3);
}

/* What an extension header holds between its length, which counts words, and the next header's type. */
static void add_content(struct dissection *d, struct wire w, uint8_t type, uint32_t octets)
{
	switch (type) {
	case 0x40:
		add_uint16(d, &w, &fields[UDP_PORT]);
		break;
	case 0x81:
		add_octets(d, &w, &fields[RAN], octets + 1);
		break;
	case 0x82:
		add_long_number(d, &w);
		break;
	case 0x83:
		add_octets(d, &w, &fields[XW_RAN], octets + 1);
		break;
	case 0x85:
		add_container(d, &w);
		break;
	case 0xc0:
		add_uint16(d, &w, &fields[PDCP_SEQUENCE]);
		break;
	}
}

/* The chain of extension headers; false where it cannot be followed. */
static bool add_extensions(struct dissection *d, struct wire *w, uint8_t next)
{
	while (next && w->state == WIRE_GOOD) {
		node_ref node = open_heading(d, w, &fields[EXTENSION]);
		uint8_t words = add_uint8(d, w, &fields[EXTENSION_LENGTH]);
		if (!words) {
			if (w->state == WIRE_GOOD)
				note_on(d, d->last, &fields[LENGTH_ZERO]);
			close_subtree(d, node, w);
			return false;
		}
		append_text(d, w, node, " (%s)", name_or(NAMES(extensions), next, "Unknown"));
		add_content(d, *w, next, words * 4u - 2);
		wire_skip(w, words * 4u - 2);
		next = add_uint8(d, w, &fields[NEXT]);
		close_subtree(d, node, w);
	}
	return w->state == WIRE_GOOD;
}

/* Does a longer payload begin like an Ethernet frame that carries IP or ARP? */
static bool is_ethernet(const struct wire *w)
{
	enum { TYPE_AT = 12, IPV4_TYPE = 0x0800, ARP_TYPE = 0x0806, IPV6_TYPE = 0x86dd };
	uint16_t type = wire_has(w, ETHERNET_HEADER) ? be16(wire_here(w) + TYPE_AT) : 0;

	return type == IPV4_TYPE || type == ARP_TYPE || type == IPV6_TYPE;
}

/* An IPv4 or IPv6 packet by its first octet, or an Ethernet frame; of anything else only what is short is shown. */
static void dissect_payload(struct dissection *d, struct wire w)
{
	if (!wire_captured(&w))
		return;
	const struct protocol *protocol = NULL;
	uint8_t first = *wire_here(&w);
	if (first >= 0x45 && first <= 0x4e)
		protocol = &protocol_ipv4;
	else if (first >> 4 == 6)
		protocol = &protocol_ipv6;
	else if (wire_left(&w) <= ETHERNET_HEADER)
		add_octets(d, &w, &fields[PAYLOAD], wire_captured(&w));
	else if (is_ethernet(&w))
		protocol = &protocol_eth;
	if (!protocol)
		return;
	dissect_protocol(d, w, protocol);
	if (d->columns && d->end_said == WIRE_GOOD)
		column_wrap(d->columns, "GTP <", ">");
}

/* The octets that any of its flags makes a header longer by; false where extension headers cannot be followed. */
static bool add_optional(struct dissection *d, struct wire *w, uint8_t flags)
{
	uint16_t sequence = wire_u16(w);
	if (flags & SEQUENCE_FLAG)
		add_node(d, w, &fields[SEQUENCE], w->at - 2, 2, sequence);
	uint8_t number = wire_u8(w);
	if (flags & NPDU_FLAG)
		add_node(d, w, &fields[NPDU], w->at - 1, 1, number);
	uint8_t next = wire_u8(w);
	if (!(flags & EXTENSION_FLAG))
		return true;
	add_node(d, w, &fields[NEXT], w->at - 1, 1, next);
	return add_extensions(d, w, next);
}

/* Two digits in an octet, the lower half first; what is no digit is blank. */
static void add_tunnel(struct dissection *d, struct wire *w)
{
	enum { OCTETS_OF_IT = 8 };
	char digits[2 * OCTETS_OF_IT];
	const uint8_t *p = wire_bytes(w, OCTETS_OF_IT);

	if (!p || d->first_pass)
		return;
	for (unsigned i = 0; i < sizeof digits; i++) {
		unsigned digit = p[i / 2] >> (i % 2 ? 4 : 0) & 0xf;
		digits[i] = digit < 10 ? (char)('0' + digit) : ' ';
	}
	w->at -= OCTETS_OF_IT;
	add_string_value(d, w, &fields[TUNNEL_V0], digits, sizeof digits);
	set_length(d, d->last, OCTETS_OF_IT);
	w->at += OCTETS_OF_IT;
}

static void add_header_v0(struct dissection *d, struct wire *w, uint16_t length)
{
	add_uint16(d, w, &fields[SEQUENCE]);
	add_uint16(d, w, &fields[FLOW_LABEL]);
	add_uint8(d, w, &fields[LLC_NUMBER]);
	wire_skip(w, 3);
	add_tunnel(d, w);
	wire_shorten(w, length);
}

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[GTP]);
	uint8_t flags = add_uint8(d, w, &fields[FLAGS]);
	bool is_v0 = (flags & 0xf0) == VERSION_0, is_complete = true;
	node_ref node = open_subtree(d);

	add_bits(d, w, &fields[VERSION], &fields[PROTOCOL_TYPE], 1, flags);
	add_bits(d, w, &fields[is_v0 ? RESERVED_V0 : RESERVED], &fields[is_v0 ? HAS_LLC_NUMBER : HAS_NPDU], 1, flags);
	close_subtree(d, node, NULL);
	uint8_t message = add_uint8(d, w, &fields[MESSAGE]);
	const char *name = name_of(fields[MESSAGE].names, message);
	set_info(d, w, "%s", name ? name : "Unknown");
	uint16_t length = add_uint16(d, w, &fields[LENGTH]);
	if (is_v0) {
		add_header_v0(d, w, length);
	} else {
		add_uint32(d, w, &fields[TUNNEL]);
		wire_shorten(w, length);
		if (flags & OPTIONAL) /* any of them is there when one is said to be */
			is_complete = add_optional(d, w, flags);
	}
	close_subtree(d, top, w);
	if (message == MESSAGE_PDU && is_complete && w->state == WIRE_GOOD)
		dissect_payload(d, *w);
}

static bool is_user_data(const struct wire *w)
{
	return wire_has(w, 2) && wire_here(w)[1] == MESSAGE_PDU;
}

static bool accepts(const struct dissection *d, struct wire w)
{
	uint8_t version = wire_peek_u8(&w, 0) & 0xf0;

	(void)d;
	return version == VERSION_1 || (version == VERSION_0 && is_user_data(&w));
}

static bool accepts_user_data(const struct dissection *d, struct wire w)
{
	return accepts(d, w) && is_user_data(&w);
}

const struct protocol protocol_gtp = {
	.name = "GPRS Tunneling Protocol",
	.short_name = "GTP",
	.filter = "gtp",
	.column = "GTP",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.accepts = accepts,
};

/* The port of version 0, and of charging. */
const struct protocol protocol_gtpprime = {
	.name = "GPRS Tunneling Protocol Prime",
	.short_name = "GTP (Prime)",
	.filter = "gtpprime",
	.column = "GTP",
	.dissect = dissect,
	.accepts = accepts_user_data,
};
