/* frame.c: what the capture says about a frame. */

#include "dissect/frame.h"

#include "dissect/session.h"
#include "dissect/text.h"

enum {
	FRAME, SECTION, INTERFACE_ID, INTERFACE_NAME, INTERFACE_DESCRIPTION,
	FLAGS, DIRECTION, RECEPTION, FCS_LENGTH, RESERVED, CRC_ERROR, TOO_LONG, TOO_SHORT, GAP, UNALIGNED, DELIMITER,
	PREAMBLE, SYMBOL,
	PACKET_ID, QUEUE, DROPS, ENCAPSULATION, ARRIVAL, TIME_SHIFT, EPOCH, DELTA, DELTA_DISPLAYED, SINCE_FIRST, NUMBER,
	FRAME_LENGTH, CAPTURE_LENGTH, MARKED, IGNORED, PROTOCOLS, BAD_FRACTION, SHORT_LENGTH,
	N_FIELDS
};

/* Wireshark's numbers of encapsulations, by LINKTYPE_ value. */
static const struct encapsulation {
	uint16_t link_type, number;
} encapsulations[] = {
	{ 0, 15 }, { 1, 1 }, { 2, 184 }, { 3, 148 }, { 6, 2 }, { 7, 8 }, { 8, 3 }, { 9, 4 },
	{ 10, 6 }, { 11, 10 }, { 12, 7 }, { 13, 38 }, { 14, 7 }, { 16, 11 }, { 18, 11 },
	{ 19, 11 }, { 32, 69 }, { 50, 4 }, { 51, 139 }, { 99, 61 }, { 100, 10 }, { 101, 7 },
	{ 104, 28 }, { 105, 20 }, { 106, 11 }, { 107, 26 }, { 108, 174 }, { 109, 38 }, { 112, 28 },
	{ 113, 25 }, { 114, 30 }, { 117, 39 }, { 118, 29 }, { 119, 21 }, { 121, 32 }, { 122, 18 },
	{ 123, 13 }, { 127, 23 }, { 128, 37 }, { 129, 9 }, { 130, 81 }, { 131, 82 }, { 133, 87 },
	{ 135, 68 }, { 136, 151 }, { 137, 67 }, { 138, 62 }, { 139, 75 }, { 140, 42 }, { 141, 43 },
	{ 142, 101 }, { 143, 33 }, { 147, 45 }, { 148, 46 }, { 149, 47 }, { 150, 48 }, { 151, 49 },
	{ 152, 50 }, { 153, 51 }, { 154, 52 }, { 155, 53 }, { 156, 54 }, { 157, 55 }, { 158, 56 },
	{ 159, 57 }, { 160, 58 }, { 161, 59 }, { 162, 60 }, { 163, 24 }, { 165, 63 }, { 167, 76 },
	{ 169, 66 }, { 170, 178 }, { 171, 179 }, { 172, 77 }, { 173, 78 }, { 178, 83 },
	{ 179, 84 }, { 180, 85 }, { 181, 86 }, { 183, 91 }, { 184, 181 }, { 186, 92 }, { 187, 41 },
	{ 188, 93 }, { 189, 95 }, { 190, 109 }, { 192, 97 }, { 195, 104 }, { 196, 100 },
	{ 197, 98 }, { 199, 103 }, { 200, 197 }, { 201, 99 }, { 202, 147 }, { 203, 131 },
	{ 204, 19 }, { 209, 112 }, { 210, 106 }, { 211, 108 }, { 212, 107 }, { 213, 111 },
	{ 214, 105 }, { 215, 113 }, { 220, 115 }, { 224, 121 }, { 225, 122 }, { 226, 124 },
	{ 227, 125 }, { 228, 129 }, { 229, 130 }, { 230, 127 }, { 231, 146 }, { 235, 132 },
	{ 236, 133 }, { 237, 157 }, { 239, 141 }, { 240, 135 }, { 241, 136 }, { 242, 180 },
	{ 243, 138 }, { 245, 140 }, { 248, 149 }, { 249, 152 }, { 250, 153 }, { 251, 154 },
	{ 252, 155 }, { 253, 158 }, { 254, 159 }, { 255, 160 }, { 256, 161 }, { 258, 171 },
	{ 259, 172 }, { 260, 173 }, { 264, 177 }, { 266, 182 }, { 268, 36 }, { 270, 183 },
	{ 271, 185 }, { 272, 186 }, { 273, 199 }, { 274, 198 }, { 275, 200 }, { 276, 210 },
	{ 279, 204 }, { 280, 205 }, { 283, 206 }, { 287, 211 }, { 288, 208 }, { 290, 212 },
	{ 292, 214 }, { 293, 215 }, { 294, 216 }, { 295, 217 },
};

static const struct name encapsulation_names[] = {
	{ 0, "Unknown" },
	{ 1, "Ethernet" },
	{ 2, "Token Ring" },
	{ 3, "SLIP" },
	{ 4, "PPP" },
	{ 6, "FDDI with bit-swapped MAC addresses" },
	{ 7, "Raw IP" },
	{ 8, "ARCNET" },
	{ 9, "Linux ARCNET" },
	{ 10, "RFC 1483 ATM" },
	{ 11, "Linux ATM CLIP" },
	{ 13, "ATM PDUs" },
	{ 15, "NULL/Loopback" },
	{ 18, "RFC 2625 IP-over-Fibre Channel" },
	{ 19, "PPP with Directional Info" },
	{ 20, "IEEE 802.11 Wireless LAN" },
	{ 21, "IEEE 802.11 plus Prism II monitor mode radio header" },
	{ 23, "IEEE 802.11 plus radiotap radio header" },
	{ 24, "IEEE 802.11 plus AVS radio header" },
	{ 25, "Linux cooked-mode capture v1" },
	{ 26, "Frame Relay" },
	{ 28, "Cisco HDLC" },
	{ 29, "Cisco IOS internal" },
	{ 30, "Localtalk" },
	{ 32, "HiPath HDLC" },
	{ 33, "Data Over Cable Service Interface Specification" },
	{ 36, "SDLC" },
	{ 37, "Tazmen sniffer protocol" },
	{ 38, "OpenBSD enc(4) encapsulating interface" },
	{ 39, "OpenBSD PF Firewall logs" },
	{ 41, "Bluetooth H4" },
	{ 42, "SS7 MTP2" },
	{ 43, "SS7 MTP3" },
	{ 45, "USER 0" },
	{ 46, "USER 1" },
	{ 47, "USER 2" },
	{ 48, "USER 3" },
	{ 49, "USER 4" },
	{ 50, "USER 5" },
	{ 51, "USER 6" },
	{ 52, "USER 7" },
	{ 53, "USER 8" },
	{ 54, "USER 9" },
	{ 55, "USER 10" },
	{ 56, "USER 11" },
	{ 57, "USER 12" },
	{ 58, "USER 13" },
	{ 59, "USER 14" },
	{ 60, "USER 15" },
	{ 61, "Symantec Enterprise Firewall" },
	{ 62, "Apple IP-over-IEEE 1394" },
	{ 63, "BACnet MS/TP" },
	{ 66, "GPRS LLC" },
	{ 67, "Juniper ATM1" },
	{ 68, "Juniper ATM2" },
	{ 69, "Redback SmartEdge" },
	{ 75, "MTP2 with pseudoheader" },
	{ 76, "Juniper PPPoE" },
	{ 77, "GCOM TIE1" },
	{ 78, "GCOM Serial" },
	{ 81, "Juniper MLPPP" },
	{ 82, "Juniper MLFR" },
	{ 83, "Juniper Ethernet" },
	{ 84, "Juniper PPP" },
	{ 85, "Juniper Frame-Relay" },
	{ 86, "Juniper C-HDLC" },
	{ 87, "Juniper GGSN" },
	{ 91, "Juniper Voice PIC" },
	{ 92, "USB packets with FreeBSD header" },
	{ 93, "IEEE 802.16 MAC Common Part Sublayer" },
	{ 95, "USB packets with Linux header" },
	{ 97, "Per-Packet Information header" },
	{ 98, "Extensible Record Format" },
	{ 99, "Bluetooth H4 with linux header" },
	{ 100, "SITA WAN packets" },
	{ 101, "SS7 SCCP" },
	{ 103, "Intelligent Platform Management Bus with Kontron pseudo-header" },
	{ 104, "IEEE 802.15.4 Wireless PAN" },
	{ 105, "X2E Xoraya" },
	{ 106, "FlexRay" },
	{ 107, "Local Interconnect Network" },
	{ 108, "Media Oriented Systems Transport" },
	{ 109, "Controller Area Network 2.0B" },
	{ 111, "X2E serial line capture" },
	{ 112, "I2C with Linux-specific pseudo-header" },
	{ 113, "IEEE 802.15.4 Wireless PAN non-ASK PHY" },
	{ 115, "USB packets with Linux header and padding" },
	{ 121, "Fibre Channel FC-2" },
	{ 122, "Fibre Channel FC-2 With Frame Delimiter" },
	{ 124, "Solaris IPNET" },
	{ 125, "SocketCAN" },
	{ 127, "IEEE 802.15.4 Wireless PAN with FCS not present" },
	{ 129, "Raw IPv4" },
	{ 130, "Raw IPv6" },
	{ 131, "LAPD" },
	{ 132, "DVB-CI (Common Interface)" },
	{ 133, "MUX27010" },
	{ 135, "Hilscher netANALYZER" },
	{ 136, "Hilscher netANALYZER-Transparent" },
	{ 138, "ISO/IEC 13818-1 MPEG2-TS" },
	{ 139, "PPP-over-Ethernet session" },
	{ 140, "NFC LLCP" },
	{ 141, "NFLOG" },
	{ 146, "D-Bus" },
	{ 147, "AX.25 with KISS header" },
	{ 148, "Amateur Radio AX.25" },
	{ 149, "SCTP" },
	{ 151, "Juniper Services" },
	{ 152, "USB packets with USBPcap header" },
	{ 153, "RTAC serial-line" },
	{ 154, "Bluetooth Low Energy Link Layer" },
	{ 155, "Wireshark Upper PDU export" },
	{ 157, "STANAG 5066 Data Transfer Sublayer PDUs(D_PDU)" },
	{ 158, "Linux Netlink" },
	{ 159, "Bluetooth Linux Monitor" },
	{ 160, "Bluetooth BR/EDR Baseband RF" },
	{ 161, "Bluetooth Low Energy Link Layer RF" },
	{ 171, "Apple PKTAP" },
	{ 172, "Ethernet Passive Optical Network" },
	{ 173, "IPMI Trace Data Collection" },
	{ 174, "OpenBSD loopback" },
	{ 177, "ISO 14443 contactless smartcard standards" },
	{ 178, "ITU-T G.7041/Y.1303 Generic Framing Procedure Transparent mode" },
	{ 179, "ITU-T G.7041/Y.1303 Generic Framing Procedure Frame-mapped mode" },
	{ 180, "IP over IB" },
	{ 181, "Juniper VN" },
	{ 182, "USB packets with Darwin (macOS, etc.) headers" },
	{ 183, "LoRaTap" },
	{ 184, "Xerox 3MB Ethernet" },
	{ 185, "Linux vsock" },
	{ 186, "nRF Sniffer for Bluetooth LE" },
	{ 197, "Juniper Secure Tunnel Information" },
	{ 198, "IEEE 802.3br mPackets" },
	{ 199, "DOCSIS with Excentis XRA pseudo-header" },
	{ 200, "DisplayPort AUX channel with Unigraf pseudo-header" },
	{ 204, "Elektrobit High Speed Capture and Replay" },
	{ 205, "Vector Packet Processing graph dispatch trace" },
	{ 206, "IEEE 802.15.4 Wireless with TAP pseudo-header" },
	{ 208, "USB 2.0/1.1/1.0 packets" },
	{ 210, "Linux cooked-mode capture v2" },
	{ 211, "Z-Wave Serial API packets" },
	{ 212, "Event Tracing for Windows messages" },
	{ 214, "ZBOSS NCP" },
	{ 215, "Low-Speed USB 2.0/1.1/1.0 packets" },
	{ 216, "Full-Speed USB 2.0/1.1/1.0 packets" },
	{ 217, "High-Speed USB 2.0 packets" },
};

static const struct name directions[] = {
	{ 0, "Unknown" }, { 1, "Inbound" }, { 2, "Outbound" },
};
static const struct name receptions[] = {
	{ 0, "Not specified" }, { 1, "Unicast" }, { 2, "Multicast" }, { 3, "Broadcast" }, { 4, "Promiscuous" },
};

static const struct field fields[N_FIELDS] = {
	[FRAME]        = { "frame", "Frame", PROTOCOL },
	[SECTION]      = { "frame.section_number", "Section number", UINT32 },
	[INTERFACE_ID] = { "frame.interface_id", "Interface id", UINT32 },
	[INTERFACE_NAME] = { "frame.interface_name", "Interface name", STRING },
	[INTERFACE_DESCRIPTION] = { "frame.interface_description", "Interface description", STRING },
	[FLAGS]        = { "frame.packet_flags", "Packet flags", UINT32, HEX },
	[DIRECTION]    = { "frame.packet_flags_direction", "Direction", UINT32, HEX, .mask = 0x3, .bits = 32, .names = NAMES(directions) },
	[RECEPTION]    = { "frame.packet_flags_reception_type", "Reception type", UINT32, DEC, .mask = 0x1c, .bits = 32,
	                   .names = NAMES(receptions) },
	[FCS_LENGTH]   = { "frame.packet_flags_fcs_length", "FCS length", UINT32, DEC, .mask = 0x1e0, .bits = 32 },
	[RESERVED]     = { "frame.packet_flags_reserved", "Reserved", UINT32, DEC, .mask = 0xfe00, .bits = 32 },
	[CRC_ERROR]    = { "frame.packet_flags_crc_error", "CRC error", BOOLEAN, .mask = 0x01000000, .bits = 32, .names = &set_or_not },
	[TOO_LONG]     = { "frame.packet_flags_packet_too_error", "Packet too long error", BOOLEAN, .mask = 0x02000000, .bits = 32,
	                   .names = &set_or_not },
	[TOO_SHORT]    = { "frame.packet_flags_packet_too_short_error", "Packet too short error", BOOLEAN,
	                   .mask = 0x04000000, .bits = 32, .names = &set_or_not },
	[GAP]          = { "frame.packet_flags_wrong_inter_frame_gap_error", "Wrong interframe gap error", BOOLEAN,
	                   .mask = 0x08000000, .bits = 32, .names = &set_or_not },
	[UNALIGNED]    = { "frame.packet_flags_unaligned_frame_error", "Unaligned frame error", BOOLEAN,
	                   .mask = 0x10000000, .bits = 32, .names = &set_or_not },
	[DELIMITER]    = { "frame.packet_flags_start_frame_delimiter_error", "Start frame delimiter error", BOOLEAN,
	                   .mask = 0x20000000, .bits = 32, .names = &set_or_not },
	[PREAMBLE]     = { "frame.packet_flags_preamble_error", "Preamble error", BOOLEAN, .mask = 0x40000000, .bits = 32,
	                   .names = &set_or_not },
	[SYMBOL]       = { "frame.packet_flags_symbol_error", "Symbol error", BOOLEAN, .mask = 0x80000000, .bits = 32,
	                   .names = &set_or_not },
	[PACKET_ID]    = { "frame.packet_id", "Packet identifier", UINT64, HEX_DEC },
	[QUEUE]        = { "frame.interface_queue", "Interface queue", UINT32 },
	[DROPS]        = { "frame.drop_count", "Drop Count", UINT64 },
	[ENCAPSULATION] = { "frame.encap_type", "Encapsulation type", INT16, .names = NAMES(encapsulation_names) },
	[ARRIVAL]      = { "frame.time", "Arrival Time", ABSOLUTE_TIME, LOCAL },
	[TIME_SHIFT]   = { "frame.offset_shift", "Time shift for this packet", RELATIVE_TIME, .generated = true },
	[EPOCH]        = { "frame.time_epoch", "Epoch Time", RELATIVE_TIME },
	[DELTA]        = { "frame.time_delta", "Time delta from previous captured frame", RELATIVE_TIME, .generated = true },
	[DELTA_DISPLAYED] = { "frame.time_delta_displayed", "Time delta from previous displayed frame", RELATIVE_TIME,
	                      .generated = true },
	[SINCE_FIRST]  = { "frame.time_relative", "Time since reference or first frame", RELATIVE_TIME, .generated = true },
	[NUMBER]       = { "frame.number", "Frame Number", UINT32 },
	[FRAME_LENGTH] = { "frame.len", "Frame Length", UINT32, OCTETS_BITS },
	[CAPTURE_LENGTH] = { "frame.cap_len", "Capture Length", UINT32, OCTETS_BITS },
	[MARKED]       = { "frame.marked", "Frame is marked", BOOLEAN, .generated = true },
	[IGNORED]      = { "frame.ignored", "Frame is ignored", BOOLEAN, .generated = true },
	[PROTOCOLS]    = { "frame.protocols", "Protocols in frame", STRING, .generated = true, .of_all = true },
	[BAD_FRACTION] = { "frame.time_invalid", "Arrival Time: Fractional second is invalid", NOTE,
	                   .severity = SEVERITY_NOTE, .group = GROUP_SEQUENCE },
	[SHORT_LENGTH] = { "frame.len_lt_caplen", "Frame length is less than captured length", NOTE,
	                   .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
};

enum { COMMENT_TOP, COMMENT_TEXT, COMMENT_NOTE, N_COMMENT };

static const struct field comment_fields[N_COMMENT] = {
	[COMMENT_TOP]  = { "pkt_comment", "Packet comments", PROTOCOL },
	[COMMENT_TEXT] = { "frame.comment", "Comment", STRING },
	[COMMENT_NOTE] = { "frame.comment.expert", "Formatted comment", NOTE, .severity = SEVERITY_COMMENT,
	                   .group = GROUP_COMMENT },
};

const struct protocol protocol_frame = {
	.name = "Frame", .short_name = "Frame", .filter = "frame", .is_lower = true, .fields = fields, .field_count = N_FIELDS,
};
const struct protocol protocol_comment = {
	.name = "Packet comments", .short_name = "Comments", .filter = "pkt_comment", .fields = comment_fields,
	.field_count = N_COMMENT,
};

static void show_comments(struct dissection *d, struct wire *w)
{
	size_t n;
	uint32_t cursor = 0;
	const char *comment = frame_comment(d->frame, &cursor, &n);

	if (!comment)
		return;
	node_ref top = open_protocol(d, w, &comment_fields[COMMENT_TOP]);
	for (; comment; comment = frame_comment(d->frame, &cursor, &n)) {
		const char *text = printable(d, comment, n);
		node_ref line = add_string_value(d, w, &comment_fields[COMMENT_TEXT], comment, n);
		set_text(d, w, line, "%s", text);
		note_text_on(d, line, &comment_fields[COMMENT_NOTE], "%s", text);
	}
	close_subtree(d, top, NULL);
}

static void show_interface(struct dissection *d, struct wire *w)
{
	const struct frame *frame = d->frame;
	const struct interface *interface = frame->interface;

	if (!capture_is_pcapng(d->session->capture))
		return;
	add_number(d, w, &fields[SECTION], frame->section + 1);
	if (!interface)
		return;
	const char *name = interface->name ? interface->name : "unknown";
	add_number(d, w, &fields[INTERFACE_ID], interface->id);
	value_text(d, w, d->last, "%u (%s)", interface->id, name);
	node_ref id = open_subtree(d);
	add_string_value(d, w, &fields[INTERFACE_NAME], name, strlen(name));
	if (interface->description)
		add_string_value(d, w, &fields[INTERFACE_DESCRIPTION], interface->description,
		                 strlen(interface->description));
	close_subtree(d, id, NULL);
}

static void show_options(struct dissection *d, struct wire *w)
{
	const struct frame *frame = d->frame;

	if (frame->has_flags) {
		/* They stand in the capture's block, not in the frame. */
		add_node(d, w, &fields[FLAGS], 0, 0, frame->flags);
		node_ref flags = open_subtree(d);
		for (unsigned i = DIRECTION; i <= SYMBOL; i++)
			add_node(d, w, &fields[i], 0, 0, frame->flags);
		close_subtree(d, flags, NULL);
	}
	if (frame->has_packet_id)
		add_number(d, w, &fields[PACKET_ID], frame->packet_id);
	if (frame->has_queue)
		add_number(d, w, &fields[QUEUE], frame->queue);
}

static void show_encapsulation(struct dissection *d, struct wire *w)
{
	unsigned i = 0, count = sizeof encapsulations / sizeof *encapsulations;

	while (i < count && encapsulations[i].link_type != d->frame->link_type)
		i++;
	add_number(d, w, &fields[ENCAPSULATION], i < count ? encapsulations[i].number : 0);
}

static void show_times(struct dissection *d, struct wire *w, const struct frame_times *times)
{
	const struct timestamp zero = { 0, 0 };
	struct timestamp now = d->frame->time, delta = zero, delta_shown = zero, since = zero;

	if (!d->frame->has_time)
		return;
	add_time(d, w, &fields[ARRIVAL], now);
	if (now.nanoseconds < 0 || now.nanoseconds >= 1000000000)
		add_note_text(d, w, &fields[BAD_FRACTION],
		              "Arrival Time: Fractional second %d is invalid, the valid range is 0-1000000000",
		              now.nanoseconds);
	if (times->has_previous)
		delta = timestamp_span(now, times->previous);
	if (times->has_shown)
		delta_shown = timestamp_span(now, times->shown);
	if (times->has_first)
		since = timestamp_span(now, times->first);
	add_time(d, w, &fields[TIME_SHIFT], zero);
	add_time(d, w, &fields[EPOCH], now);
	add_time(d, w, &fields[DELTA], delta);
	add_time(d, w, &fields[DELTA_DISPLAYED], delta_shown);
	add_time(d, w, &fields[SINCE_FIRST], since);
}

/* "103 bytes on wire (824 bits)" */
static char *put_size(char *to, uint32_t octets, const char *where)
{
	to = put_decimal(to, octets);
	to = octets == 1 ? put_literal(to, " byte") : put_literal(to, " bytes");
	to = put_bytes(to, where, strlen(where));
	to = put_literal(to, " (");
	to = put_decimal(to, (uint64_t)octets * 8);
	return put_literal(to, " bits)");
}

/* " 1: 103 bytes on wire (824 bits), 103 bytes captured (824 bits) on interface eth0, id 0" */
static void add_title(struct dissection *d, struct wire *w, node_ref top)
{
	const struct frame *frame = d->frame;
	const struct interface *interface = frame->interface;

	if (!SAYING(d, w, top))
		return;
	char *text = begin_text(d, 160), *to = text;

	*to++ = ' ';
	to = put_decimal(to, frame->number);
	to = put_literal(to, ": ");
	to = put_size(to, frame->length, " on wire");
	to = put_literal(to, ", ");
	to = put_size(to, frame->captured, " captured");
	end_text(d, top, TEXT_APPEND, text, to);
	if (interface)
		append_text(d, w, top, " on interface %s, id %u", interface->name ? interface->name : "unknown",
		            interface->id);
}

/* The frame's block but for what only its dissection tells. Returns the node of the protocol list. */
static node_ref show_frame(struct dissection *d, struct wire *w, const struct frame_times *times)
{
	const struct frame *frame = d->frame;

	show_comments(d, w);
	node_ref top = open_protocol(d, w, &fields[FRAME]);
	add_title(d, w, top);
	show_interface(d, w);
	show_options(d, w);
	show_encapsulation(d, w);
	show_times(d, w, times);
	add_number(d, w, &fields[NUMBER], frame->number);
	add_number(d, w, &fields[FRAME_LENGTH], frame->length);
	if (frame->length < frame->captured)
		note_on(d, d->last, &fields[SHORT_LENGTH]);
	add_number(d, w, &fields[CAPTURE_LENGTH], frame->captured);
	if (frame->has_drop_count)
		add_number(d, w, &fields[DROPS], frame->drop_count);
	add_number(d, w, &fields[MARKED], false);
	add_number(d, w, &fields[IGNORED], false);
	node_ref list = add_string_value(d, w, &fields[PROTOCOLS], "", 0);
	close_subtree(d, top, NULL);
	return list;
}

/* eth:ethertype:ip:udp:dns */
static void show_protocols(struct dissection *d, node_ref list)
{
	size_t n = 1;

	for (unsigned i = 0; i < d->trail_count; i++)
		n += strlen(d->trail[i]) + 1;
	char *text = arena_alloc(d->arena, n), *to = text;
	for (unsigned i = 0; i < d->trail_count; i++) {
		if (i)
			*to++ = ':';
		to = put_bytes(to, d->trail[i], strlen(d->trail[i]));
	}
	struct node *node = &d->tree->nodes[list];
	node->octets = (const uint8_t *)text;
	node->value_length = (uint32_t)(to - text);
}

void dissect_frame(struct dissection *d, const struct frame_times *times)
{
	const struct frame *frame = d->frame;
	node_ref list = 0;

	d->sources[0] = (struct source){ frame->data, frame->captured, "Frame", frame->data_offset, NULL };
	d->source_count = 1;
	d->caught_at = 0;
	struct wire w = wire_over(frame->data, frame->captured, frame->length, 0);
	if (d->tree)
		list = show_frame(d, &w, times);
	dissect_next(d, w, BY_LINK_TYPE, frame->link_type);
	if (list && SAYING(d, &w, list))
		show_protocols(d, list);
}
