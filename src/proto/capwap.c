/*
 * capwap.c: packets of CAPWAP, which controls wireless access points and carries their frames: RFC 5415, section 4, with the
 * binding for IEEE 802.11, RFC 5416, section 4. Control messages are in capwap_control.c.
 *
 *	|preamble |  HLEN   |   RID   | WBID    |T|F|L|W|M|K|Flags|
 *	|          Fragment ID          |     Frag Offset         |Rsvd |
 *	|                 (optional) Radio MAC Address                  |
 *	|            (optional) Wireless Specific Information           |
 */

#include "dissect/capwap.h"
#include "dissect/ip.h"

enum {
	CAPWAP, PREAMBLE, VERSION, TYPE, DTLS_RESERVED, HEADER, LENGTH, LENGTH_NOTE, RADIO, BINDING, FLAGS,
	FLAG_T, FLAG_F, FLAG_L, FLAG_W, FLAG_M, FLAG_K, FLAGS_RESERVED, FRAGMENT_ID, OFFSET, OFFSET_RESERVED,
	MAC_LENGTH, MAC_48, MAC_64, MAC_OTHER, WIRELESS_LENGTH, WIRELESS, FRAME_INFO, RSSI, SNR, RATE,
	DESTINATIONS, WLAN_BITMAP, WLAN_RESERVED, PADDING, KEEP_ALIVE, KEEP_ALIVE_LENGTH, KEEP_ALIVE_NOTE,
	FIRST_FRAGMENT,
	N_FIELDS = FIRST_FRAGMENT + N_FRAGMENT_FIELDS
};

static const struct name types[] = { { 0, "CAPWAP Header" }, { 1, "CAPWAP DTLS Header" } };
static const struct name bindings[] = {
	{ 0, "Reserved" }, { 1, "IEEE 802.11" }, { 2, "IEEE 802.16" }, { 3, "EPCGlobal" },
};
static const struct name payload_types[] = {
	{ 0, "IEEE 802.3 frame" }, { 1, "Native frame format (see Wireless Binding ID field)" },
};
static const struct name fragmented[] = { { 0, "Don't Fragment" }, { 1, "Fragmented" } };
static const struct name last[] = { { 0, "More fragments follow" }, { 1, "This is the last fragment" } };
static const struct name wireless[] = {
	{ 0, "No Wireless Specific Information" }, { 1, "Wireless Specific Information is present" },
};
static const struct name radio_mac[] = { { 0, "No Radio MAC Address" }, { 1, "Radio MAC Address is present" } };
static const struct name keep_alive[] = { { 0, "No Keep-Alive" }, { 1, "Keep-Alive Packet" } };

static const struct field fields[N_FIELDS] = {
	[CAPWAP]          = { "capwap.data", "Control And Provisioning of Wireless Access Points - Data", PROTOCOL },
	[PREAMBLE]        = { "capwap.preamble", "Preamble", SUBTREE },
	[VERSION]         = { "capwap.preamble.version", "Version", UINT8, DEC, .mask = 0xf0 },
	[TYPE]            = { "capwap.preamble.type", "Type", UINT8, DEC, .mask = 0x0f, .names = NAMES(types) },
	[DTLS_RESERVED]   = { "capwap.preamble.reserved", "Reserved", UINT24 },
	[HEADER]          = { "capwap.header", "Header", SUBTREE },
	[LENGTH]          = { "capwap.header.length", "Header Length", UINT24, DEC, .mask = 0xf80000 },
	[LENGTH_NOTE]     = { "capwap.header.length.bad", "Wrong calculate length =! header length", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },
	[RADIO]           = { "capwap.header.rid", "Radio ID", UINT24, DEC, .mask = 0x07c000 },
	[BINDING]         = { "capwap.header.wbid", "Wireless Binding ID", UINT24, DEC, .mask = 0x003e00,
	                      .names = NAMES(bindings) },
	[FLAGS]           = { "capwap.header.flags", "Header Flags", UINT24, HEX, .mask = 0x0001ff },
	[FLAG_T]          = { "capwap.header.flags.t", "Payload Type", BOOLEAN, .mask = 0x000100, .bits = 24,
	                      .names = NAMES(payload_types) },
	[FLAG_F]          = { "capwap.header.flags.f", "Fragment", BOOLEAN, .mask = 0x000080, .bits = 24,
	                      .names = NAMES(fragmented) },
	[FLAG_L]          = { "capwap.header.flags.l", "Last Fragment", BOOLEAN, .mask = 0x000040, .bits = 24,
	                      .names = NAMES(last) },
	[FLAG_W]          = { "capwap.header.flags.w", "Wireless header", BOOLEAN, .mask = 0x000020, .bits = 24,
	                      .names = NAMES(wireless) },
	[FLAG_M]          = { "capwap.header.flags.m", "Radio MAC header", BOOLEAN, .mask = 0x000010, .bits = 24,
	                      .names = NAMES(radio_mac) },
	[FLAG_K]          = { "capwap.header.flags.k", "Keep-Alive", BOOLEAN, .mask = 0x000008, .bits = 24,
	                      .names = NAMES(keep_alive) },
	[FLAGS_RESERVED]  = { "capwap.header.flags.r", "Reserved", UINT24, HEX, .mask = 0x000007 },
	[FRAGMENT_ID]     = { "capwap.header.fragment.id", "Fragment ID", UINT16 },
	[OFFSET]          = { "capwap.header.fragment.offset", "Fragment Offset", UINT16, DEC, .mask = 0xfff8 },
	[OFFSET_RESERVED] = { "capwap.header.fragment.reserved", "Reserved", UINT16, DEC, .mask = 0x0007, .bits = 16 },
	[MAC_LENGTH]      = { "capwap.header.mac.length", "MAC length", UINT8 },
	[MAC_48]          = { "capwap.header.mac.eui48", "MAC address", MAC },
	[MAC_64]          = { "capwap.header.mac.eui64", "MAC address", EUI64 },
	[MAC_OTHER]       = { "capwap.header.mac.data", "MAC address", OCTETS },
	[WIRELESS_LENGTH] = { "capwap.header.wireless.length", "Wireless length", UINT8 },
	[WIRELESS]        = { "capwap.header.wireless.data", "Wireless data", OCTETS },
	[FRAME_INFO]      = { "capwap.header.wireless.data.ieee80211.fi", "Wireless data ieee80211 Frame Info", OCTETS },
	[RSSI]            = { "capwap.header.wireless.data.ieee80211.fi.rssi", "Wireless data ieee80211 RSSI (dBm)", INT8 },
	[SNR]             = { "capwap.header.wireless.data.ieee80211.fi.snr", "Wireless data ieee80211 SNR (dB)", UINT8 },
	[RATE]            = { "capwap.header.wireless.data.ieee80211.fi.data_rate",
	                      "Wireless data ieee80211 Data Rate (Mbps)", UINT16 },
	[DESTINATIONS]    = { "capwap.header.wireless.data.ieee80211.dw", "Wireless data ieee80211 Destination WLANs",
	                      OCTETS },
	[WLAN_BITMAP]     = { "capwap.header.wireless.data.ieee80211.dw.wlan_id_bitmap",
	                      "Wireless data ieee80211 Destination Wlan Id bitmap", UINT16 },
	[WLAN_RESERVED]   = { "capwap.header.wireless.data.ieee80211.dw.reserved",
	                      "Wireless data ieee80211 Destination Wlan reserved", UINT16 },
	[PADDING]         = { "capwap.header.padding", "Padding for 4 Byte Alignment", OCTETS },
	[KEEP_ALIVE]      = { "capwap.keep_alive", "Keep-Alive", SUBTREE },
	[KEEP_ALIVE_LENGTH] = { "capwap.keep_alive.length", "Message Element Length", UINT16 },
	[KEEP_ALIVE_NOTE] = { "capwap.keep_alive.length.bad", "Invalid Keep Alive length", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },

	[FIRST_FRAGMENT + FRAGMENTS] = { "capwap.fragments", "Message fragments", SUBTREE, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT] = { "capwap.fragment", "Message fragment", FRAME_NUMBER, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_OVERLAP] = { "capwap.fragment.overlap", "Message fragment overlap", BOOLEAN,
	                                        .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_CONFLICT] = { "capwap.fragment.overlap.conflicts",
	                                         "Message fragment overlapping with conflicting data", BOOLEAN,
	                                         .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_TAILS] = { "capwap.fragment.multiple_tails", "Message has multiple tail fragments",
	                                      BOOLEAN, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_TOO_LONG] = { "capwap.fragment.too_long_fragment", "Message fragment too long", BOOLEAN,
	                                         .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_COUNT] = { "capwap.fragment.count", "Message fragment count", UINT32,
	                                      .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_LENGTH] = { "capwap.reassembled.length", "Reassembled CAPWAP length", UINT32,
	                                          .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_DATA] = { NULL, "Reassembled CAPWAP data", OCTETS, .generated = true,
	                                        .hidden = true },
	[FIRST_FRAGMENT + REASSEMBLED_IN] = { "capwap.reassembled.in", "Reassembled in", FRAME_NUMBER, .generated = true },
};

enum { T_BIT = 0x100, F_BIT = 0x080, L_BIT = 0x040, W_BIT = 0x020, M_BIT = 0x010, K_BIT = 0x008 };
enum { DTLS = 1, BINDING_IEEE80211 = 1, DATA_PORT = 5247, OTHER_PROTOCOL = 255 };

extern const struct protocol protocol_eth, protocol_wlan_swapped, protocol_dtls;

/* What an element of the header is filled up with to whole words; its length stands before it. */
static void add_padding(struct dissection *d, struct wire *w, uint8_t length)
{
	uint32_t padding = -(length + 1u) & 3u;

	if (padding)
		add_octets(d, w, &fields[PADDING], padding);
}

static void add_radio_mac(struct dissection *d, struct wire *w)
{
	uint8_t length = add_uint8(d, w, &fields[MAC_LENGTH]);

	if (length == 6)
		add_mac(d, w, &fields[MAC_48]);
	else if (length == 8)
		add_uint64(d, w, &fields[MAC_64]);
	else
		add_octets(d, w, &fields[MAC_OTHER], length);
	add_padding(d, w, length);
}

/* RFC 5416, section 4: what a station's frame was received with, or which WLANs a frame is for. */
static void add_ieee80211(struct dissection *d, struct wire w)
{
	bool is_received = d->destination_port == DATA_PORT;
	struct wire four = w;

	add_octets(d, &w, &fields[is_received ? FRAME_INFO : DESTINATIONS], 4);
	node_ref node = open_subtree(d);
	if (is_received) {
		add_uint8(d, &four, &fields[RSSI]);
		add_uint8(d, &four, &fields[SNR]);
		uint16_t rate = add_uint16(d, &four, &fields[RATE]);
		append_text(d, &four, d->last, " (%u.%u Mb/s)", rate / 10, rate % 10);
	} else {
		add_uint16(d, &four, &fields[WLAN_BITMAP]);
		add_uint16(d, &four, &fields[WLAN_RESERVED]);
	}
	close_subtree(d, node, NULL);
}

static void add_wireless(struct dissection *d, struct wire *w, unsigned binding)
{
	uint8_t length = add_uint8(d, w, &fields[WIRELESS_LENGTH]);
	struct wire information = *w;

	add_octets(d, w, &fields[WIRELESS], length);
	if (binding == BINDING_IEEE80211 && w->state == WIRE_GOOD)
		add_ieee80211(d, information);
	add_padding(d, w, length);
}

/* The header behind the preamble; returns its first three octets, the fragment's place in its packet in *place. */
static uint32_t add_header(struct dissection *d, struct wire *w, uint32_t start, uint16_t *id, uint16_t *place)
{
	node_ref node = open_heading(d, w, &fields[HEADER]);
	uint32_t first = wire_u24(w);
	unsigned length = first >> 19, binding = first >> 9 & 0x1f;

	add_node(d, w, &fields[LENGTH], w->at - 3, 3, first);
	node_ref length_node = d->last;
	append_text(d, w, d->last, " (%u)", length * 4);
	add_bits(d, w, &fields[RADIO], &fields[FLAGS], 3, first);
	node_ref flags = open_subtree(d);
	add_bits(d, w, &fields[FLAG_T], &fields[FLAGS_RESERVED], 3, first);
	close_subtree(d, flags, NULL);
	*id = add_uint16(d, w, &fields[FRAGMENT_ID]);
	*place = wire_u16(w);
	add_node(d, w, &fields[OFFSET], w->at - 2, 2, *place);
	add_node(d, w, &fields[OFFSET_RESERVED], w->at - 1, 1, *place);
	if (first & M_BIT)
		add_radio_mac(d, w);
	if (first & W_BIT)
		add_wireless(d, w, binding);
	if (w->state == WIRE_GOOD && w->at - start != length * 4)
		note_text_on(d, length_node, &fields[LENGTH_NOTE],
		             "Wrong calculate length (%d) =! header length (%d) ! (May be try to use Cisco Wireless Controller "
		             "Support Preference ?)",
		             (int)(w->at - start) - 1, (int)(length * 4) - 1);
	close_subtree(d, node, w);
	return first;
}

/* RFC 5415, section 4.4.1: it holds the session's identifier, and nothing else. */
static void add_keep_alive(struct dissection *d, struct wire *w)
{
	uint32_t there = wire_left(w);
	node_ref node = open_heading(d, w, &fields[KEEP_ALIVE]);
	uint16_t length = add_uint16(d, w, &fields[KEEP_ALIVE_LENGTH]);

	if (w->state == WIRE_GOOD && length != there)
		note_on(d, d->last, &fields[KEEP_ALIVE_NOTE]);
	capwap_add_elements(d, w);
	close_subtree(d, node, w);
}

static void dissect_payload(struct dissection *d, struct wire w, uint32_t header)
{
	if (!(header & T_BIT))
		dissect_protocol(d, w, &protocol_eth);
	else if ((header >> 9 & 0x1f) == BINDING_IEEE80211)
		dissect_protocol(d, w, &protocol_wlan_swapped);
	else
		dissect_data(d, w);
}

/* A packet's payload, which may be in fragments. False: it is not all there. */
static bool find_payload(struct dissection *d, struct wire *w, uint32_t header, uint16_t id, uint16_t place)
{
	struct fragment fragment = { .id = id, .header = AT_PARENT, .offset = place & ~7u, .more = !(header & L_BIT),
		                     .protocol = OTHER_PROTOCOL, .name = "CAPWAP", .fields = &fields[FIRST_FRAGMENT] };

	if (!(header & F_BIT))
		return true;
	return wire_captured(w) == wire_left(w) && reassemble_fragment(d, w, &fragment, w);
}

/* A message, which is shown below the top line: behind that when it was put together only now. */
static void dissect_message(struct dissection *d, struct wire *w, node_ref top, bool is_late)
{
	const node_ref saved = is_late ? reopen(d, top) : 0;

	capwap_dissect_message(d, w);
	if (is_late)
		close_late(d, saved);
	else
		close_subtree(d, top, w);
}

static void dissect_dtls(struct dissection *d, struct wire *w, node_ref top, node_ref preamble)
{
	add_uint24(d, w, &fields[DTLS_RESERVED]);
	close_subtree(d, preamble, w);
	close_subtree(d, top, NULL);
	if (w->state == WIRE_GOOD)
		dissect_protocol(d, *w, &protocol_dtls);
}

void capwap_dissect(struct dissection *d, struct wire *w, const struct field *title, bool is_control)
{
	const uint32_t start = w->at;
	const node_ref top = open_protocol(d, w, title), node = open_heading(d, w, &fields[PREAMBLE]);
	const char *name = is_control ? "CAPWAP-Control" : "CAPWAP-Data";

	begin_columns(d, w, name);
	append_info(d, w, "%s", name);
	const uint8_t preamble = wire_u8(w);

	add_bits(d, w, &fields[VERSION], &fields[TYPE], 1, preamble);
	if ((preamble & 0xf) == DTLS) {
		dissect_dtls(d, w, top, node);
		return;
	}
	close_subtree(d, node, w);
	uint16_t id, place;
	const uint32_t header = add_header(d, w, start, &id, &place);
	const bool is_keep_alive = header & K_BIT && !is_control;
	if (is_keep_alive) {
		append_info(d, w, " Keep-Alive");
		add_keep_alive(d, w);
	}
	const bool is_whole = is_control && !(header & F_BIT);
	if (!is_whole)
		close_subtree(d, top, NULL);
	if (w->state != WIRE_GOOD || is_keep_alive)
		return;
	w->at = start; /* the payload stands where the header's length says */
	wire_skip(w, (header >> 19) * 4);
	if (w->state != WIRE_GOOD)
		return;
	if (!find_payload(d, w, header, id, place)) {
		append_info(d, w, " (Fragment ID: %u, Fragment Offset: %u)", id, place >> 3);
		dissect_data(d, *w);
	} else if (is_control) {
		dissect_message(d, w, top, !is_whole);
		if (!is_whole)
			append_info(d, w, " (Reassembled, Fragment ID: %u)", id);
	} else {
		dissect_payload(d, *w, header);
	}
}

static void dissect(struct dissection *d, struct wire *w)
{
	capwap_dissect(d, w, &fields[CAPWAP], false);
}

const struct protocol protocol_capwap_data = {
	.name = "Control And Provisioning of Wireless Access Points - Data",
	.short_name = "CAPWAP-DATA",
	.filter = "capwap.data",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
