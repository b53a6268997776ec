/*
 * wlan.c: IEEE 802.11 wireless LAN, IEEE 802.11-2016, section 9.2: data frames (with and without QoS, aggregated,
 * protected) down to what they carry; of management, control and extension frames the header. Leaves out decryption,
 * fragments that belong together, mesh control, what HT Control says, and the bodies of management frames.
 *
 *	 0                   1                   2                   3
 *	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *	+-------+---+---+---------------+-------------------------------+
 *	|subtype|typ|ver|     flags     |          duration/ID          |
 *	+-------+---+---+---------------+-------------------------------+
 *	|      address 1 (6)   address 2 (6)   address 3 (6)           ...
 *	+-------------------------------+-------------------------------+
 *	|       sequence control        |  address 4 (6), from DS to DS ...
 *	+-------------------------------+-------------------------------+
 *	|   QoS control, of QoS data    |  HT Control (4), if +HTC     ...
 *	+-------------------------------+-------------------------------+
 */

#include "dissect/link.h"

enum {
	WLAN, TYPE_SUBTYPE, FRAME_CONTROL, VERSION, TYPE, SUBTYPE, FLAGS,
	DS, HIDDEN_TO_DS, HIDDEN_FROM_DS, MORE_FRAGMENTS, RETRY, POWER, MORE_DATA, PROTECTED, ORDER, /* in the order of add_bits() */
	RETRY_NOTE, DURATION, DURATION_ID, ASSOCIATION_ID,
	RECEIVER, TRANSMITTER, DESTINATION, SOURCE, BSSID, STATION, THIRD, FRAGMENT, SEQUENCE,
	QOS, TID, PRIORITY, EOSP, BIT_4, ACK_POLICY, PAYLOAD_TYPE, TXOP_LIMIT, TXOP_DURATION, QUEUE_SIZE,
	BUFFER_STATE, BUFFER_INDICATED, BUFFER_CATEGORY, BUFFERED_LOAD, HT_CONTROL,
	PARAMETERS, WEP_IV, TKIP_IV, CCMP_IV, KEY_INDEX, WEP_ICV, EXTRA, N_FIELDS
};
enum { AGGREGATE, SUBFRAME, SUBFRAME_LENGTH, N_AGGREGATE };

enum { MANAGEMENT, CONTROL, DATA, EXTENSION };
enum {
	TO_DS = 0x01, FROM_DS = 0x02, MORE_FRAGMENTS_BIT = 0x04, RETRY_BIT = 0x08, PROTECTED_BIT = 0x40, ORDER_BIT = 0x80,
};
enum { SUBTYPE_POLL = 0x2, SUBTYPE_NULL = 0x4, SUBTYPE_QOS = 0x8, SUBTYPE_QOS_POLL = 0xa }; /* of data frames */
enum { PS_POLL = 0x1a };
enum { QOS_BIT_4 = 0x10, QOS_AGGREGATE = 0x80, QOS_BUFFERED = 0x0200 };
enum { ADDRESS = 6, SEQUENCE_AT = 22, HEADER = 24, LONG_HEADER = 30, SUBFRAME_HEADER = 14 };

static const struct name types[] = {
	{ 0, "Management frame" }, { 1, "Control frame" }, { 2, "Data frame" }, { 3, "Extension frame" },
};
static const struct name subtypes[] = {
	{ 0, "Association Request" }, { 1, "Association Response" }, { 2, "Reassociation Request" },
	{ 3, "Reassociation Response" }, { 4, "Probe Request" }, { 5, "Probe Response" },
	{ 6, "Measurement Pilot" }, { 8, "Beacon frame" }, { 9, "ATIM" }, { 10, "Disassociate" },
	{ 11, "Authentication" }, { 12, "Deauthentication" }, { 13, "Action" }, { 14, "Action No Ack" },
	{ 15, "Aruba Management" }, { 18, "Trigger" }, { 20, "Beamforming Report Poll" },
	{ 21, "VHT/HE NDP Announcement" }, { 23, "Control Wrapper" }, { 24, "802.11 Block Ack Req" },
	{ 25, "802.11 Block Ack" }, { 26, "Power-Save poll" }, { 27, "Request-to-send" },
	{ 28, "Clear-to-send" }, { 29, "Acknowledgement" }, { 30, "CF-End (Control-frame)" },
	{ 31, "CF-End + CF-Ack (Control-frame)" }, { 32, "Data" }, { 33, "Data + CF-Ack" },
	{ 34, "Data + CF-Poll" }, { 35, "Data + CF-Ack + CF-Poll" }, { 36, "Null function (No data)" },
	{ 37, "Acknowledgement (No data)" }, { 38, "CF-Poll (No data)" }, { 39, "CF-Ack/Poll (No data)" },
	{ 40, "QoS Data" }, { 41, "QoS Data + CF-Acknowledgment" }, { 42, "QoS Data + CF-Poll" },
	{ 43, "QoS Data + CF-Ack + CF-Poll" }, { 44, "QoS Null function (No data)" },
	{ 46, "QoS CF-Poll (No Data)" }, { 47, "QoS CF-Ack + CF-Poll (No data)" }, { 48, "DMG Beacon" },
	{ 49, "S1G Beacon" }, { 354, "Poll" }, { 355, "Service Period Request" }, { 356, "Grant" },
	{ 357, "DMG Clear-to-send" }, { 358, "DMG Denial-to-send" }, { 359, "Grant Acknowledgment" },
	{ 360, "Sector Sweep" }, { 361, "Sector Sweep Feedback" }, { 362, "Sector Sweep Acknowledgment" },
};
static const struct name ds_states[] = {
	{ 0, "Not leaving DS or network is operating in AD-HOC mode (To DS: 0 From DS: 0)" },
	{ 1, "Frame from STA to DS via an AP (To DS: 1 From DS: 0)" },
	{ 2, "Frame from DS to a STA via AP(To DS: 0 From DS: 1)" },
	{ 3, "WDS (AP to AP) or Mesh (MP to MP) Frame (To DS: 1 From DS: 1)" },
};
static const struct name to_ds[] = { { 0, "Frame is not entering DS" }, { 1, "Frame is entering DS" } };
static const struct name from_ds[] = { { 0, "Frame is not exiting DS" }, { 1, "Frame is exiting DS" } };
static const struct name more_fragments[] = { { 0, "This is the last fragment" }, { 1, "More fragments follow" } };
static const struct name retry[] = { { 0, "Frame is not being retransmitted" }, { 1, "Frame is being retransmitted" } };
static const struct name power[] = { { 0, "STA will stay up" }, { 1, "STA will go to sleep" } };
static const struct name more_data[] = { { 0, "No data buffered" }, { 1, "Data is buffered for STA at AP" } };
static const struct name protection[] = { { 0, "Data is not protected" }, { 1, "Data is protected" } };
static const struct name order[] = { { 0, "Not strictly ordered" }, { 1, "Strictly ordered" } };
static const struct name priorities[] = {
	{ 0, "Best Effort (Best Effort)" }, { 1, "Background (Background)" }, { 2, "Spare (Background)" },
	{ 3, "Excellent Effort (Best Effort)" }, { 4, "Controlled Load (Video)" }, { 5, "Video (Video)" },
	{ 6, "Voice (Voice)" }, { 7, "Network Control (Voice)" },
};
static const struct name eosp[] = { { 0, "Service period" }, { 1, "End of service period" } };
static const struct name bit_4[] = {
	{ 0, "Bits 8-15 of QoS Control field are TXOP Duration Requested" },
	{ 1, "Bits 8-15 of QoS Control field are Queue Size" },
};
static const struct name ack_policies[] = {
	{ 0, "Normal Ack" }, { 1, "No Ack" }, { 2, "No explicit acknowledgment" }, { 3, "Block Ack" },
};
static const struct name payload_types[] = { { 0, "MSDU" }, { 1, "A-MSDU" } };
static const struct name txop_limits[] = { { 0, "transmit one frame immediately" } };
static const struct name txop_durations[] = { { 0, "no TXOP requested" } };
static const struct name queue_sizes[] = {
	{ 0, "no buffered traffic in the queue" }, { 254, "more than 64768 octets" }, { 255, "unspecified or unknown" },
};
static const struct name loads[] = { { 0, "no buffered traffic" }, { 15, "greater than 57344 octets" } };
static const struct name categories[] = {
	{ 0, "Best Effort" }, { 1, "Background" }, { 2, "Video" }, { 3, "Voice" },
};

/* Beside each address: its name; beside the first two, the address under another name, too. */
#define ALSO_RESOLVED(filter, label) { filter "_resolved", label " (resolved)", STRING }
#define ALSO_ADDRESS { "wlan.addr", "Hardware address", MAC }, ALSO_RESOLVED("wlan.addr", "Hardware address")
static const struct field receiver_too[] = { ALSO_RESOLVED("wlan.ra", "Receiver address"), ALSO_ADDRESS };
static const struct field transmitter_too[] = { ALSO_RESOLVED("wlan.ta", "Transmitter address"), ALSO_ADDRESS };
static const struct field destination_too[] = { ALSO_RESOLVED("wlan.da", "Destination address") };
static const struct field source_too[] = { ALSO_RESOLVED("wlan.sa", "Source address") };
static const struct field bssid_too[] = { ALSO_RESOLVED("wlan.bssid", "BSS Id") };
static const struct field station_too[] = { ALSO_RESOLVED("wlan.staa", "STA address") };
static const struct field address_too[] = { ALSO_RESOLVED("wlan.addr", "Hardware address") };

static const struct field fields[N_FIELDS] = {
	[WLAN]             = { "wlan", "IEEE 802.11", PROTOCOL },
	[TYPE_SUBTYPE]     = { "wlan.fc.type_subtype", "Type/Subtype", UINT16, HEX, .names = NAMES(subtypes) },
	[FRAME_CONTROL]    = { "wlan.fc", "Frame Control Field", UINT16, HEX },
	[VERSION]          = { "wlan.fc.version", "Version", UINT8, .mask = 0x03 },
	[TYPE]             = { "wlan.fc.type", "Type", UINT8, .mask = 0x0c, .names = NAMES(types) },
	[SUBTYPE]          = { "wlan.fc.subtype", "Subtype", UINT8, .mask = 0xf0 },
	[FLAGS]            = { "wlan.flags", "Flags", UINT8, HEX },
	[DS]               = { "wlan.fc.ds", "DS status", UINT8, HEX, .mask = 0x03, .names = NAMES(ds_states) },
	[HIDDEN_TO_DS]     = { "wlan.fc.tods", "To DS", BOOLEAN, .mask = 0x01, .hidden = true, .names = NAMES(to_ds) },
	[HIDDEN_FROM_DS]   = { "wlan.fc.fromds", "From DS", BOOLEAN, .mask = 0x02, .hidden = true, .names = NAMES(from_ds) },
	[MORE_FRAGMENTS]   = { "wlan.fc.frag", "More Fragments", BOOLEAN, .mask = 0x04, .names = NAMES(more_fragments) },
	[RETRY]            = { "wlan.fc.retry", "Retry", BOOLEAN, .mask = 0x08, .names = NAMES(retry) },
	[POWER]            = { "wlan.fc.pwrmgt", "PWR MGT", BOOLEAN, .mask = 0x10, .names = NAMES(power) },
	[MORE_DATA]        = { "wlan.fc.moredata", "More Data", BOOLEAN, .mask = 0x20, .names = NAMES(more_data) },
	[PROTECTED]        = { "wlan.fc.protected", "Protected flag", BOOLEAN, .mask = 0x40, .names = NAMES(protection) },
	[ORDER]            = { "wlan.fc.order", "+HTC/Order flag", BOOLEAN, .mask = 0x80, .names = NAMES(order) },
	[RETRY_NOTE]       = { "wlan.fc.retry.expert", "Retransmission (retry)", NOTE, .severity = SEVERITY_NOTE,
	                       .group = GROUP_SEQUENCE },
	[DURATION]         = { "wlan.duration", "Duration", UINT16, .mask = 0x7fff, .unit = " microseconds" },
	[DURATION_ID]      = { NULL, "Duration/ID", UINT16 },
	[ASSOCIATION_ID]   = { "wlan.aid", "Association ID", UINT16, .mask = 0x3fff },
	[RECEIVER]         = { "wlan.ra", "Receiver address", MAC, .ALSO(receiver_too) },
	[TRANSMITTER]      = { "wlan.ta", "Transmitter address", MAC, .ALSO(transmitter_too) },
	[DESTINATION]      = { "wlan.da", "Destination address", MAC, .ALSO(destination_too) },
	[SOURCE]           = { "wlan.sa", "Source address", MAC, .ALSO(source_too) },
	[BSSID]            = { "wlan.bssid", "BSS Id", MAC, .ALSO(bssid_too) },
	[STATION]          = { "wlan.staa", "STA address", MAC, .ALSO(station_too) },
	[THIRD]            = { "wlan.addr", "Hardware address", MAC, .hidden = true, .ALSO(address_too) },
	[FRAGMENT]         = { "wlan.frag", "Fragment number", UINT16, .mask = 0x000f },
	[SEQUENCE]         = { "wlan.seq", "Sequence number", UINT16, .mask = 0xfff0 },
	[QOS]              = { "wlan.qos", "Qos Control", UINT16, HEX },
	[TID]              = { "wlan.qos.tid", "TID", UINT16, .mask = 0x000f },
	[PRIORITY]         = { "wlan.qos.priority", "Priority", UINT16, .generated = true, .mask = 0x0007,
	                       .names = NAMES(priorities) },
	[EOSP]             = { "wlan.qos.eosp", "EOSP", BOOLEAN, .mask = 0x0010, .names = NAMES(eosp) },
	[BIT_4]            = { "wlan.qos.bit4", "QoS bit 4", BOOLEAN, .mask = 0x0010, .names = NAMES(bit_4) },
	[ACK_POLICY]       = { "wlan.qos.ack", "Ack Policy", UINT16, HEX, .mask = 0x0060, .names = NAMES(ack_policies) },
	[PAYLOAD_TYPE]     = { "wlan.qos.amsdupresent", "Payload Type", BOOLEAN, .mask = 0x0080,
	                       .names = NAMES(payload_types) },
	[TXOP_LIMIT]       = { "wlan.qos.txop_limit", "TXOP Limit", UINT16, NUMBER_NAME, .mask = 0xff00,
	                       .names = NAMES(txop_limits) },
	[TXOP_DURATION]    = { "wlan.qos.txop_dur_req", "TXOP Duration Requested", UINT16, NUMBER_NAME, .mask = 0xff00,
	                       .names = NAMES(txop_durations) },
	[QUEUE_SIZE]       = { "wlan.qos.queue_size", "Queue Size", UINT16, NUMBER_NAME, .mask = 0xff00,
	                       .names = NAMES(queue_sizes) },
	[BUFFER_STATE]     = { "wlan.qos.ps_buf_state", "QAP PS Buffer State", UINT16, HEX, .mask = 0xff00 },
	[BUFFER_INDICATED] = { "wlan.qos.buf_state_indicated", "Buffer State Indicated", BOOLEAN, .mask = 0x0200,
	                       .names = &yes_or_no },
	[BUFFER_CATEGORY]  = { "wlan.qos.highest_pri_buf_ac", "Highest-Priority Buffered AC", UINT16, .mask = 0x0c00,
	                       .names = NAMES(categories) },
	[BUFFERED_LOAD]    = { "wlan.qos.qap_buf_load", "QAP Buffered Load", UINT16, NUMBER_NAME, .mask = 0xf000,
	                       .names = NAMES(loads) },
	[HT_CONTROL]       = { "wlan.htc", "HT Control (+HTC)", UINT32, HEX },
	[PARAMETERS]       = { NULL, "WEP parameters", SUBTREE },
	[WEP_IV]           = { "wlan.wep.iv", "Initialization Vector", UINT24, HEX },
	[TKIP_IV]          = { "wlan.tkip.extiv", "TKIP Ext. Initialization Vector", UINT48, HEX },
	[CCMP_IV]          = { "wlan.ccmp.extiv", "CCMP Ext. Initialization Vector", UINT48, HEX },
	[KEY_INDEX]        = { "wlan.wep.key", "Key Index", UINT8 },
	[WEP_ICV]          = { "wlan.wep.icv", "WEP ICV", UINT32, HEX },
	[EXTRA]            = { "wlan.mysterious_extra_stuff", "Mysterious extra OLPC/Ruckus/Atheros/Vector/??? stuff", SUBTREE },
};

static const struct field aggregate_fields[N_AGGREGATE] = {
	[AGGREGATE]       = { "wlan_aggregate", "IEEE 802.11 Aggregate MSDU", PROTOCOL },
	[SUBFRAME]        = { "wlan_aggregate.a_mdsu.subframe", "A-MSDU Subframe", SUBTREE },
	[SUBFRAME_LENGTH] = { "wlan_aggregate.a_mdsu.length", "A-MSDU Length", UINT16 },
};

extern const struct protocol protocol_wlan, protocol_eth, protocol_llc;

/* A header that was read as far as its meaning goes; the octets stay in the cursor. */
struct header {
	uint32_t at;       /* of its first octet */
	uint8_t type, subtype, flags;
	bool is_aggregate; /* several MSDUs follow */
};

/* Which address stands where, for those that stand behind the receiver's: 0 ends the list. */
struct role {
	uint8_t field;
	uint8_t address; /* 0: the first one */
};

enum { ROLES = 6 };

/* IEEE 802.11-2016, table 9-26, by To DS and From DS; aggregates say destination and source in their subframes. */
static const struct role data_roles[4][ROLES] = {
	{ { TRANSMITTER, 1 }, { DESTINATION, 0 }, { SOURCE, 1 }, { BSSID, 2 } },
	{ { TRANSMITTER, 1 }, { DESTINATION, 2 }, { SOURCE, 1 }, { BSSID, 0 }, { STATION, 1 } },
	{ { TRANSMITTER, 1 }, { DESTINATION, 0 }, { SOURCE, 2 }, { BSSID, 1 }, { STATION, 0 } },
	{ { TRANSMITTER, 1 }, { DESTINATION, 2 }, { SOURCE, 3 } },
};
static const struct role aggregate_roles[4][ROLES] = {
	{ { TRANSMITTER, 1 }, { DESTINATION, 0 }, { SOURCE, 1 }, { BSSID, 2 } },
	{ { TRANSMITTER, 1 }, { SOURCE, 1 }, { BSSID, 0 }, { STATION, 1 } },
	{ { TRANSMITTER, 1 }, { DESTINATION, 0 }, { BSSID, 1 }, { STATION, 0 } },
	{ { TRANSMITTER, 1 }, { BSSID, 2 }, { BSSID, 3 } },
};
static const struct role management_roles[4][ROLES] = {
	{ { DESTINATION, 0 }, { TRANSMITTER, 1 }, { SOURCE, 1 }, { BSSID, 2 } },
	{ { DESTINATION, 0 }, { TRANSMITTER, 1 }, { SOURCE, 1 }, { BSSID, 2 }, { STATION, 1 } },
	{ { DESTINATION, 0 }, { TRANSMITTER, 1 }, { SOURCE, 1 }, { BSSID, 2 }, { STATION, 0 } },
	{ { DESTINATION, 0 }, { TRANSMITTER, 1 }, { SOURCE, 1 }, { BSSID, 2 } },
};
/* Control frames by subtype: IEEE 802.11-2016, section 9.3.1. */
static const struct role control_roles[16][ROLES] = {
	[0x2] = { { TRANSMITTER, 1 } }, [0x4] = { { TRANSMITTER, 1 } }, [0x5] = { { TRANSMITTER, 1 } },
	[0x8] = { { TRANSMITTER, 1 } }, [0x9] = { { TRANSMITTER, 1 } },
	[0xa] = { { BSSID, 0 }, { TRANSMITTER, 1 } },
	[0xb] = { { TRANSMITTER, 1 } }, [0xe] = { { BSSID, 1 } }, [0xf] = { { TRANSMITTER, 1 } },
};

/* Where an address stands: the fourth one behind the sequence control. */
static uint32_t address_at(const struct header *header, unsigned address)
{
	return header->at + (address < 3 ? 4 + ADDRESS * address : HEADER);
}

static const uint8_t *address_in(const struct wire *w, const struct header *header, unsigned address)
{
	return w->data + address_at(header, address);
}

static void add_address(struct dissection *d, const struct wire *w, const struct header *header, struct role role)
{
	add_node(d, w, &fields[role.field], address_at(header, role.address), ADDRESS,
	         be48(address_in(w, header, role.address)));
}

static unsigned type_subtype(const struct header *header)
{
	return (unsigned)header->type << 4 | header->subtype;
}

static void add_frame_control(struct dissection *d, struct wire *w, const struct header *header, bool is_swapped)
{
	uint16_t raw = wire_u16(w);
	uint32_t first = w->at - 2 + is_swapped, second = w->at - 1 - is_swapped;

	if (!SHOWING(d, w))
		return;
	add_node(d, w, &fields[TYPE_SUBTYPE], first, 1, type_subtype(header));
	add_node(d, w, &fields[FRAME_CONTROL], w->at - 2, 2, raw);
	if (is_swapped)
		append_literal(d, w, d->last, "(Swapped)");
	node_ref control = open_subtree(d);
	for (unsigned i = VERSION; i <= SUBTYPE; i++)
		add_node(d, w, &fields[i], first, 1, w->data[first]);
	add_node(d, w, &fields[FLAGS], second, 1, header->flags);
	node_ref flags = open_subtree(d);
	for (unsigned i = DS; i <= ORDER; i++) {
		add_node(d, w, &fields[i], second, 1, header->flags);
		if (i == RETRY && header->flags & RETRY_BIT)
			note_on(d, d->last, &fields[RETRY_NOTE]);
	}
	close_subtree(d, flags, NULL);
	close_subtree(d, control, NULL);
}

static void add_duration(struct dissection *d, struct wire *w, const struct header *header)
{
	enum { IS_ID = 0x8000, ID = 0x3fff, ASSOCIATION_LARGEST = 2007 };
	const uint8_t *p = wire_bytes(w, 2);

	if (!p || d->first_pass)
		return;
	uint16_t value = le16(p);
	uint16_t id = value & ID;
	if (!(value & IS_ID)) {
		add_node(d, w, &fields[DURATION], w->at - 2, 2, value);
	} else if (type_subtype(header) == PS_POLL && (value & ~ID) == 0xc000 && id && id <= ASSOCIATION_LARGEST) {
		add_node(d, w, &fields[ASSOCIATION_ID], w->at - 2, 2, value);
	} else if (value == IS_ID) {
		add_node(d, w, &fields[DURATION_ID], w->at - 2, 2, value);
	} else {
		add_node(d, w, &fields[DURATION_ID], w->at - 2, 2, id);
		append_literal(d, w, d->last, " (reserved)");
	}
}

/* The title, once the header is known to be whole. */
static void finish_title(struct dissection *d, const struct wire *w, const struct header *header, node_ref top)
{
	static const char letters[] = "opmPRMFT";
	char flags[] = "........";

	if (!SHOWING(d, w))
		return;
	for (unsigned i = 0; i < 8; i++) {
		if (header->flags & 0x80 >> i)
			flags[i] = letters[i];
	}
	append_text(d, w, top, ", Flags: %s", flags);
}

/* The addresses, and the sequence control where there is one; `length` octets of header are known to be there. */
static void add_addresses(struct dissection *d, struct wire *w, const struct header *header, const struct role *roles,
                          uint32_t length)
{
	if (SHOWING(d, w)) {
		for (unsigned i = 0; i < ROLES && roles[i].field; i++)
			add_address(d, w, header, roles[i]);
		if (length >= HEADER) {
			uint32_t at = header->at + SEQUENCE_AT;
			uint16_t sequence = le16(w->data + at);
			add_node(d, w, &fields[FRAGMENT], at, 2, sequence);
			add_node(d, w, &fields[SEQUENCE], at, 2, sequence);
			add_address(d, w, header, (struct role){ THIRD, 2 });
		}
	}
	w->at = header->at + length;
}

/* The high octet of the QoS control: it depends on who sends it. IEEE 802.11-2016, table 9-6. */
static void add_qos_high(struct dissection *d, struct wire *w, const struct header *header, uint16_t qos)
{
	enum { QUEUE_UNIT = 256, QUEUE_LARGEST = 253, LOAD_UNIT = 4096, LOAD_LARGEST = 14 };
	uint32_t at = w->at - 2;
	unsigned high = qos >> 8, load = qos >> 12;

	if (!(header->flags & FROM_DS)) {
		if (header->subtype == SUBTYPE_QOS_POLL)
			return;
		add_node(d, w, &fields[qos & QOS_BIT_4 ? QUEUE_SIZE : TXOP_DURATION], at, 2, qos);
		if (qos & QOS_BIT_4 && high && high <= QUEUE_LARGEST)
			append_text(d, w, d->last, " (%u bytes)", high * QUEUE_UNIT);
		return;
	}
	if (header->subtype & SUBTYPE_POLL) {
		add_node(d, w, &fields[TXOP_LIMIT], at, 2, qos);
		return;
	}
	add_node(d, w, &fields[BUFFER_STATE], at, 2, qos);
	node_ref state = open_subtree(d);
	add_node(d, w, &fields[BUFFER_INDICATED], at, 2, qos);
	if (qos & QOS_BUFFERED) {
		add_node(d, w, &fields[BUFFER_CATEGORY], at, 2, qos);
		add_node(d, w, &fields[BUFFERED_LOAD], at, 2, qos);
		if (load && load <= LOAD_LARGEST)
			append_text(d, w, d->last, " (%u octets)", load * LOAD_UNIT);
	}
	close_subtree(d, state, NULL);
}

static void add_qos(struct dissection *d, struct wire *w, const struct header *header)
{
	uint16_t qos = add_le16(d, w, &fields[QOS]);

	if (!SHOWING(d, w))
		return;
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[TID], &fields[PRIORITY], 2, qos);
	add_node(d, w, &fields[header->flags & FROM_DS ? EOSP : BIT_4], w->at - 2, 2, qos);
	add_node(d, w, &fields[ACK_POLICY], w->at - 2, 2, qos);
	if (!(header->subtype & SUBTYPE_NULL))
		add_node(d, w, &fields[PAYLOAD_TYPE], w->at - 2, 2, qos);
	add_qos_high(d, w, header, qos);
	close_subtree(d, node, NULL);
}

/* What stands around encrypted octets: IEEE 802.11-2016, sections 12.3.2.2 (WEP), 12.5.2.2 (TKIP) and 12.5.3.2 (CCMP). */
static void dissect_protected(struct dissection *d, struct wire *w, node_ref top)
{
	enum { IV = 4, EXTENDED_IV = 8, ICV = 4, IS_EXTENDED = 0x20 };

	if (!wire_need(w, IV))
		return;
	const uint8_t *p = wire_here(w);
	bool is_extended = p[3] & IS_EXTENDED && wire_has(w, EXTENDED_IV);
	struct wire payload = *w;

	wire_skip(w, is_extended ? EXTENDED_IV : IV);
	payload.at = w->at;
	add_node(d, w, &fields[PARAMETERS], w->at - (is_extended ? EXTENDED_IV : IV), is_extended ? EXTENDED_IV : IV, 0);
	node_ref node = open_subtree(d);
	if (!is_extended) {
		add_node(d, w, &fields[WEP_IV], w->at - IV, 3, be24(p));
	} else if (p[1] == ((p[0] | 0x20) & 0x7f)) {
		set_text(d, w, node, "TKIP parameters");
		add_node(d, w, &fields[TKIP_IV], w->at - EXTENDED_IV, EXTENDED_IV,
		         (uint64_t)le32(p + 4) << 16 | (unsigned)p[0] << 8 | p[2]);
	} else if (!p[2]) {
		set_text(d, w, node, "CCMP parameters");
		add_node(d, w, &fields[CCMP_IV], w->at - EXTENDED_IV, EXTENDED_IV, (uint64_t)le32(p + 4) << 16 | le16(p));
	} else {
		set_text(d, w, node, "TKIP/CCMP parameters");
	}
	add_node(d, w, &fields[KEY_INDEX], w->at - (is_extended ? 5 : 1), 1, p[3] >> 6);
	if (!is_extended && wire_left(w) >= ICV && wire_has(w, wire_left(w))) {
		uint32_t at = w->reported - ICV;
		add_node(d, w, &fields[WEP_ICV], at, ICV, be32(w->data + at));
		append_literal(d, w, d->last, " (not verified)");
		wire_shorten(&payload, wire_left(&payload) - ICV);
	}
	close_subtree(d, node, NULL);
	close_subtree(d, top, w);
	dissect_data(d, payload);
}

/* An A-MSDU: IEEE 802.11-2016, section 9.3.2.2. Each subframe but the last is padded to four octets. */
static void dissect_aggregate(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &aggregate_fields[AGGREGATE]);
	unsigned ordinal = 0;

	do {
		if (!wire_need(w, SUBFRAME_HEADER))
			break;
		node_ref node = open_heading(d, w, &aggregate_fields[SUBFRAME]);
		append_text(d, w, node, " #%u", ++ordinal);
		add_mac(d, w, &fields[DESTINATION]);
		add_mac(d, w, &fields[SOURCE]);
		uint16_t length = add_uint16(d, w, &aggregate_fields[SUBFRAME_LENGTH]);
		uint32_t padded = (SUBFRAME_HEADER + (uint32_t)length + 3) / 4 * 4 - SUBFRAME_HEADER;
		dissect_protocol(d, wire_part(w, length), &protocol_llc);
		wire_skip(w, padded < wire_left(w) ? padded : wire_left(w));
		close_subtree(d, node, w);
	} while (wire_left(w) > SUBFRAME_HEADER);
	close_subtree(d, top, w);
}

/* Most bodies are LLC; some bridges send whole Ethernet frames, some IPX without LLC, and some put two zeroes in front. */
static void dissect_body(struct dissection *d, struct wire *w, const struct header *header)
{
	const struct role *roles = data_roles[header->flags & (TO_DS | FROM_DS)];
	const uint8_t *p = wire_here(w);

	if (wire_has(w, 2) && be16(p) == 0xffff) {
		dissect_next(d, *w, BY_ETHERTYPE, ETHERTYPE_IPX);
		return;
	}
	if (wire_has(w, 2 * ADDRESS) && (!memcmp(p, address_in(w, header, roles[1].address), ADDRESS) ||
	                                 !memcmp(p + ADDRESS, address_in(w, header, roles[2].address), ADDRESS))) {
		dissect_protocol(d, *w, &protocol_eth);
		return;
	}
	if (wire_has(w, 2) && !be16(p)) {
		add_node(d, w, &fields[EXTRA], w->at, 2, 0);
		wire_skip(w, 2);
	}
	dissect_protocol(d, *w, &protocol_llc);
}

static void dissect_data_frame(struct dissection *d, struct wire *w, const struct header *header, node_ref top)
{
	unsigned ds = header->flags & (TO_DS | FROM_DS);
	const struct role *roles = data_roles[ds];
	uint32_t length = ds == (TO_DS | FROM_DS) ? LONG_HEADER : HEADER;

	if (!wire_need(w, length - (w->at - header->at)))
		return;
	d->link_destination = address_of(ADDRESS_MAC, address_in(w, header, roles[1].address));
	d->link_source = address_of(ADDRESS_MAC, address_in(w, header, roles[2].address));
	d->link_is_inner = true;
	add_addresses(d, w, header, header->is_aggregate ? aggregate_roles[ds] : roles, length);
	finish_title(d, w, header, top);
	if (header->subtype & SUBTYPE_QOS) {
		add_qos(d, w, header);
		if (header->flags & ORDER_BIT)
			add_le32(d, w, &fields[HT_CONTROL]);
	}
	if (w->state != WIRE_GOOD || header->subtype & SUBTYPE_NULL) {
		close_subtree(d, top, w);
		return;
	}
	if (header->flags & PROTECTED_BIT) {
		dissect_protected(d, w, top);
		return;
	}
	close_subtree(d, top, w);
	if (header->flags & MORE_FRAGMENTS_BIT)
		dissect_data(d, *w);
	else if (header->is_aggregate && wire_left(w))
		dissect_aggregate(d, w);
	else
		dissect_body(d, w, header);
}

/* Management, control and extension frames: their addresses. */
static void dissect_other_frame(struct dissection *d, struct wire *w, const struct header *header, node_ref top)
{
	static const struct role none[ROLES];
	const struct role *roles = header->type == MANAGEMENT ? management_roles[header->flags & (TO_DS | FROM_DS)] :
	                           header->type == CONTROL ? control_roles[header->subtype] : none;
	uint32_t length = header->type == MANAGEMENT ? HEADER : 4 + ADDRESS;

	if (header->type == CONTROL && roles[0].field)
		length += ADDRESS;
	if (wire_need(w, length - (w->at - header->at))) {
		add_addresses(d, w, header, roles, length);
		finish_title(d, w, header, top);
	}
	close_subtree(d, top, w);
}

/* Other versions than 0. */
static void dissect_version(struct dissection *d, struct wire *w, unsigned version)
{
	node_ref top = open_protocol(d, w, &fields[WLAN]);

	append_text(d, w, top, " Unknown Protocol Version:%u", version);
	dissect_data(d, *w);
	wire_skip(w, wire_captured(w));
	close_subtree(d, top, w);
}

/* Sequence and fragment number stand behind three addresses, but in control and extension frames. */
static void list_frame(struct dissection *d, const struct wire *w, const struct header *header, const char *name)
{
	static const char letters[] = "opmPRMFT"; /* of the flags, from the highest bit on */
	enum { N_LETTERS = sizeof letters - 1 };
	char flags[N_LETTERS + 1] = "";

	if (!LISTING(d, w))
		return;
	for (unsigned i = 0; i < N_LETTERS; i++)
		flags[i] = header->flags >> (N_LETTERS - 1 - i) & 1 ? letters[i] : '.';
	set_info(d, w, "%s", name);
	if ((header->type == MANAGEMENT || header->type == DATA) && wire_has(w, SEQUENCE_AT + 2)) {
		uint16_t sequence = le16(wire_here(w) + SEQUENCE_AT);
		append_info(d, w, ", SN=%u, FN=%u", sequence >> 4, sequence & 0xf);
	}
	append_info(d, w, ", Flags=%s", flags);
}

static void dissect_frame(struct dissection *d, struct wire *w, bool is_swapped)
{
	if (!wire_need(w, 2))
		return;
	const uint8_t *p = wire_here(w);
	uint8_t control = p[is_swapped];
	struct header header = { .at = w->at, .type = control >> 2 & 3, .subtype = control >> 4, .flags = p[!is_swapped] };

	if (control & 3) {
		dissect_version(d, w, control & 3);
		return;
	}
	if (header.type == DATA && header.subtype & SUBTYPE_QOS) {
		uint32_t length = (header.flags & (TO_DS | FROM_DS)) == (TO_DS | FROM_DS) ? LONG_HEADER : HEADER;
		if (!wire_need(w, length + 2))
			return;
		header.is_aggregate = !(header.subtype & SUBTYPE_NULL) && p[length] & QOS_AGGREGATE;
	}
	if (header.type == MANAGEMENT && wire_has(w, 4 + 2 * ADDRESS)) {
		d->link_destination = address_of(ADDRESS_MAC, p + 4);
		d->link_source = address_of(ADDRESS_MAC, p + 4 + ADDRESS);
		d->link_is_inner = true;
	}
	node_ref top = open_protocol(d, w, &fields[WLAN]);
	const char *name = name_or(NAMES(subtypes), type_subtype(&header), "Unrecognized (Reserved frame)");
	append_text(d, w, top, " %s", name);
	list_frame(d, w, &header, name);
	add_frame_control(d, w, &header, is_swapped);
	add_duration(d, w, &header);
	if (wire_need(w, ADDRESS) && !d->first_pass)
		add_address(d, w, &header, (struct role){ RECEIVER, 0 });
	wire_skip(w, ADDRESS);
	if (header.type == DATA)
		dissect_data_frame(d, w, &header, top);
	else
		dissect_other_frame(d, w, &header, top);
}

static void dissect(struct dissection *d, struct wire *w)
{
	dissect_frame(d, w, false);
}

/* CAPWAP's access controllers send the frame control's octets in the wrong order. */
static void dissect_swapped(struct dissection *d, struct wire *w)
{
	dissect_frame(d, w, true);
}

const struct protocol protocol_wlan = {
	.name = "IEEE 802.11 wireless LAN",
	.short_name = "IEEE 802.11",
	.filter = "wlan",
	.column = "802.11",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_wlan_swapped = {
	.name = "IEEE 802.11 wireless LAN with swapped frame control",
	.short_name = "IEEE 802.11",
	.filter = "wlan",
	.column = "802.11",
	.dissect = dissect_swapped,
};
const struct protocol protocol_wlan_aggregate = {
	.name = "IEEE 802.11 wireless LAN aggregate frame",
	.short_name = "IEEE 802.11 Aggregate Data",
	.filter = "wlan_aggregate",
	.fields = aggregate_fields,
	.field_count = N_AGGREGATE,
};
