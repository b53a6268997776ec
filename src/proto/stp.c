/*
 * stp.c: bridge protocol data units of the spanning tree protocols: STP, RSTP and MSTP, IEEE 802.1Q, clause 14, with
 * what Cisco's PVST+ and its MSTP of before the standard add. Leaves out the extension of Shortest Path Bridging.
 *
 *	+----------------------+---------+------+-------+---------------------+-----------+
 *	| protocol (2)         | version | type | flags | root bridge (8)     | cost (4)  |
 *	+----------------------+---------+------+-------+---------------------+-----------+
 *	| bridge (8)           | port (2)       | message age, maximum age, hello time,   |
 *	+--------------------------------------+   forward delay (2 each)                 |
 *	+-------------------------------------------------------------------------------+
 *	| version 1 length (1) | version 3 length (2) | MST extension ...                 |
 *	+-------------------------------------------------------------------------------+
 */

#include "dissect/dissection.h"

enum {
	STP, PROTOCOL_ID, VERSION, TYPE, FLAGS, TC_ACK, AGREEMENT, FORWARDING, LEARNING, PORT_ROLE, PROPOSAL, TC,
	ROOT, ROOT_PRIORITY, ROOT_EXTENSION, ROOT_MAC, COST, BRIDGE, BRIDGE_PRIORITY, BRIDGE_EXTENSION, BRIDGE_MAC,
	PORT, MESSAGE_AGE, MAX_AGE, HELLO, FORWARD, VERSION_1_LENGTH, VERSION_3_LENGTH, VERSION_4_LENGTH,
	MST, SELECTOR, NAME, REVISION, DIGEST, INTERNAL_COST, CIST, CIST_PRIORITY, CIST_EXTENSION, CIST_MAC, HOPS,
	MSTI, MSTI_FLAGS, PRIORITY, MSTID, MSTI_ROOT_ID, MSTI_ROOT_MAC, MSTI_COST, MSTI_BRIDGE_ID, MSTI_BRIDGE_ID_PRIORITY,
	MSTI_BRIDGE_MAC, MSTI_BRIDGE_PRIORITY, MSTI_PORT_PRIORITY, MSTI_PORT, MSTI_HOPS,
	TLV, TLV_TYPE, TLV_LENGTH, TLV_VLAN, TLV_VALUE,
	NOTE_VERSION, NOTE_TYPE, NOTE_CUT, NOTE_LENGTH, NOTE_NO_VLAN, NOTE_TLV, N_FIELDS
};

enum { TYPE_CONFIGURATION, TYPE_RAPID = 2, TYPE_TOPOLOGY_CHANGE = 0x80 };
enum { VERSION_MST = 3, VERSION_SPT };

static const struct name protocol_ids[] = { { 0, "Spanning Tree Protocol" } };
static const struct name versions[] = {
	{ 0, "Spanning Tree" },
	{ 2, "Rapid Spanning Tree" },
	{ VERSION_MST, "Multiple Spanning Tree" },
	{ VERSION_SPT, "Shortest Path Tree" },
};
static const struct name types[] = {
	{ TYPE_CONFIGURATION, "Configuration" },
	{ TYPE_RAPID, "Rapid/Multiple Spanning Tree" },
	{ TYPE_TOPOLOGY_CHANGE, "Topology Change Notification" },
};
static const struct name roles[] = { { 1, "Alternate or Backup" }, { 2, "Root" }, { 3, "Designated" } };
static const struct name tlv_types[] = { { 0, "Originating VLAN" } };

static const struct field fields[N_FIELDS] = {
	[STP]               = { "stp", "Spanning Tree Protocol", PROTOCOL },
	[PROTOCOL_ID]       = { "stp.protocol", "Protocol Identifier", UINT16, HEX, .names = NAMES(protocol_ids) },
	[VERSION]           = { "stp.version", "Protocol Version Identifier", UINT8, .names = NAMES(versions) },
	[TYPE]              = { "stp.type", "BPDU Type", UINT8, HEX, .names = NAMES(types) },
	[FLAGS]             = { "stp.flags", "BPDU flags", UINT8, HEX },
	[TC_ACK]            = { "stp.flags.tcack", "Topology Change Acknowledgment", BOOLEAN, .mask = 0x80,
	                        .names = &yes_or_no },
	[AGREEMENT]         = { "stp.flags.agreement", "Agreement", BOOLEAN, .mask = 0x40, .names = &yes_or_no },
	[FORWARDING]        = { "stp.flags.forwarding", "Forwarding", BOOLEAN, .mask = 0x20, .names = &yes_or_no },
	[LEARNING]          = { "stp.flags.learning", "Learning", BOOLEAN, .mask = 0x10, .names = &yes_or_no },
	[PORT_ROLE]         = { "stp.flags.port_role", "Port Role", UINT8, .mask = 0x0c, .names = NAMES(roles) },
	[PROPOSAL]          = { "stp.flags.proposal", "Proposal", BOOLEAN, .mask = 0x02, .names = &yes_or_no },
	[TC]                = { "stp.flags.tc", "Topology Change", BOOLEAN, .mask = 0x01, .names = &yes_or_no },
	[ROOT]              = { NULL, "Root Identifier", SUBTREE },
	[ROOT_PRIORITY]     = { "stp.root.prio", "Root Bridge Priority", UINT16 },
	[ROOT_EXTENSION]    = { "stp.root.ext", "Root Bridge System ID Extension", UINT16 },
	[ROOT_MAC]          = { "stp.root.hw", "Root Bridge System ID", MAC },
	[COST]              = { "stp.root.cost", "Root Path Cost", UINT32 },
	[BRIDGE]            = { NULL, "Bridge Identifier", SUBTREE },
	[BRIDGE_PRIORITY]   = { "stp.bridge.prio", "Bridge Priority", UINT16 },
	[BRIDGE_EXTENSION]  = { "stp.bridge.ext", "Bridge System ID Extension", UINT16 },
	[BRIDGE_MAC]        = { "stp.bridge.hw", "Bridge System ID", MAC },
	[PORT]              = { "stp.port", "Port identifier", UINT16, HEX },
	[MESSAGE_AGE]       = { "stp.msg_age", "Message Age", DOUBLE },
	[MAX_AGE]           = { "stp.max_age", "Max Age", DOUBLE },
	[HELLO]             = { "stp.hello", "Hello Time", DOUBLE },
	[FORWARD]           = { "stp.forward", "Forward Delay", DOUBLE },
	[VERSION_1_LENGTH]  = { "stp.version_1_length", "Version 1 Length", UINT8 },
	[VERSION_3_LENGTH]  = { "mstp.version_3_length", "Version 3 Length", UINT16 },
	[VERSION_4_LENGTH]  = { "mstp.version_4_length", "Version 4 Length", UINT16 },
	[MST]               = { NULL, "MST Extension", SUBTREE },
	[SELECTOR]          = { "mstp.config_format_selector", "MST Config ID format selector", UINT8 },
	[NAME]              = { "mstp.config_name", "MST Config name", STRING, NUL_PADDED },
	[REVISION]          = { "mstp.config_revision_level", "MST Config revision", UINT16 },
	[DIGEST]            = { "mstp.config_digest", "MST Config digest", OCTETS },
	[INTERNAL_COST]     = { "mstp.cist_internal_root_path_cost", "CIST Internal Root Path Cost", UINT32 },
	[CIST]              = { NULL, "CIST Bridge Identifier", SUBTREE },
	[CIST_PRIORITY]     = { "mstp.cist_bridge.prio", "CIST Bridge Priority", UINT16 },
	[CIST_EXTENSION]    = { "mstp.cist_bridge.ext", "CIST Bridge Identifier System ID Extension", UINT16 },
	[CIST_MAC]          = { "mstp.cist_bridge.hw", "CIST Bridge Identifier System ID", MAC },
	[HOPS]              = { "mstp.cist_remaining_hops", "CIST Remaining hops", UINT8 },
	[MSTI]              = { NULL, "MSTI", SUBTREE },
	[MSTI_FLAGS]        = { "mstp.msti.flags", "MSTI flags", UINT8, HEX },
	[PRIORITY]          = { "mstp.msti.priority", "Priority", UINT8, HEX, .mask = 0xf0 },
	[MSTID]             = { "mstp.msti.msti_id", "MSTID", UINT16, .mask = 0x0fff },
	[MSTI_ROOT_ID]      = { "mstp.msti.regional_root_id", "MSTI Regional Root Identifier", UINT16 },
	[MSTI_ROOT_MAC]     = { "mstp.msti.root.hw", "Regional Root", MAC },
	[MSTI_COST]         = { "mstp.msti.root_cost", "Internal root path cost", UINT32 },
	[MSTI_BRIDGE_ID]    = { "mstp.msti.bridge_id", "MSTI Bridge Identifier", UINT16, .mask = 0x0fff },
	[MSTI_BRIDGE_ID_PRIORITY] = { "mstp.msti.bridge_id_priority", "MSTI Bridge Priority", UINT16, .mask = 0xf000 },
	[MSTI_BRIDGE_MAC]   = { "mstp.msti.bridge_id_mac", "MSTI Bridge MAC", MAC },
	[MSTI_BRIDGE_PRIORITY] = { "mstp.msti.bridge_priority", "Bridge Identifier Priority", UINT8 },
	[MSTI_PORT_PRIORITY] = { "mstp.msti.port_priority", "Port identifier priority", UINT8 },
	[MSTI_PORT]         = { "mstp.msti.port", "Port identifier", UINT16, HEX },
	[MSTI_HOPS]         = { "mstp.msti.remaining_hops", "Remaining hops", UINT8 },
	[TLV]               = { NULL, "Originating VLAN", SUBTREE },
	[TLV_TYPE]          = { "stp.pvst.tlvtype", "Type", UINT16, HEX, .names = NAMES(tlv_types) },
	[TLV_LENGTH]        = { "stp.pvst.tlvlen", "Length", UINT16 },
	[TLV_VLAN]          = { "stp.pvst.origvlan", "Originating VLAN", UINT16 },
	[TLV_VALUE]         = { "stp.pvst.tlvval", "Value", OCTETS },
	[NOTE_VERSION]      = { "stp.version.unknown", "This version of Wireshark only knows about versions 0, 2, 3 & 4",
	                        NOTE, .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[NOTE_TYPE]         = { "stp.type.unknown", "Unknown BPDU type data", NOTE, .severity = SEVERITY_WARNING,
	                        .group = GROUP_PROTOCOL },
	[NOTE_CUT]          = { "stp.pvst.tlv.truncated", "TLV record is truncated prematurely", NOTE,
	                        .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[NOTE_LENGTH]       = { "stp.pvst.tlvlen.invalid", "Indicated length is not valid for this record type", NOTE,
	                        .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[NOTE_NO_VLAN]      = { "stp.pvst.origvlan.missing", "Originating (PVID) VLAN TLV is missing or corrupt", NOTE,
	                        .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[NOTE_TLV]          = { "stp.pvst.tlv.unknown", "TLV type is unknown", NOTE, .severity = SEVERITY_COMMENT,
	                        .group = GROUP_UNDECODED },
};

/* ---- flags and identifiers ---- */

static void show_flag(struct dissection *d, const struct wire *w, node_ref flags, unsigned field, uint8_t value)
{
	add_node(d, w, &fields[field], w->at - 1, 1, value);
	if (field == PORT_ROLE)
		append_text(d, w, flags, ", Port Role: %s", name_or(fields[field].names, value >> 2 & 3, "Unknown"));
	else if (value & fields[field].mask)
		append_text(d, w, flags, ", %s", fields[field].label);
}

/* A configuration BPDU has two of them only. */
static void read_flags(struct dissection *d, struct wire *w, unsigned field, bool has_all)
{
	const uint8_t value = add_uint8(d, w, &fields[field]);
	const node_ref flags = d->last;

	open_subtree(d);
	for (unsigned i = TC_ACK; i <= TC; i++)
		if (has_all || i == TC_ACK || i == TC)
			show_flag(d, w, flags, i, value);
	close_subtree(d, flags, w);
}

/* Priority, system ID extension, and address: clause 14.2.5. Its fields are declared behind its heading. */
static void read_bridge(struct dissection *d, struct wire *w, unsigned field)
{
	if (!wire_need(w, 8))
		return;
	const uint16_t priority = be16(wire_here(w));
	add_node(d, w, &fields[field], w->at, 8, 0);
	set_text(d, w, d->last, "%s: %u / %u / %s", fields[field].label, priority & 0xf000, priority & 0x0fff,
	         !d->first_pass ? mac_text(d, wire_here(w) + 2) : "");
	node_ref node = open_subtree(d);
	add_node(d, w, &fields[field + 1], w->at, 1, priority & 0xf000);
	add_node(d, w, &fields[field + 2], w->at, 2, priority & 0x0fff);
	wire_skip(w, 2);
	add_mac(d, w, &fields[field + 3]);
	close_subtree(d, node, w);
}

/* In units of 1/256 second. */
static void read_time(struct dissection *d, struct wire *w, unsigned field)
{
	const uint16_t time = wire_u16(w);

	add_real(d, w, &fields[field], time / 256.0);
	cover(d, w, 2);
}

/* ---- MSTP ---- */

enum { INSTANCE = 16, EARLY_INSTANCE = 26 }; /* octets */

static void title_instance(struct dissection *d, const struct wire *w, node_ref node, const uint8_t *root)
{
	if (SHOWING(d, w))
		set_text(d, w, node, "MSTID %u, Regional Root Identifier %u / %s", be16(root) & 0x0fff,
		         be16(root) & 0xf000, mac_text(d, root + 2));
}

static void read_priority(struct dissection *d, struct wire *w, unsigned field)
{
	const uint8_t value = wire_u8(w);

	add_node(d, w, &fields[field], w->at - 1, 1, value >> 4);
}

/* Clause 14.4.1 */
static void read_instance(struct dissection *d, struct wire *w)
{
	enum { ROOT_AT = 1 };

	if (!wire_need(w, INSTANCE))
		return;
	add_node(d, w, &fields[MSTI], w->at, INSTANCE, 0);
	node_ref node = open_subtree(d);
	title_instance(d, w, node, wire_here(w) + ROOT_AT);
	read_flags(d, w, MSTI_FLAGS, true);
	const uint16_t id = wire_u16(w);
	add_node(d, w, &fields[PRIORITY], w->at - 2, 1, id >> 8);
	add_node(d, w, &fields[MSTID], w->at - 2, 2, id);
	add_mac(d, w, &fields[MSTI_ROOT_MAC]);
	add_uint32(d, w, &fields[MSTI_COST]);
	read_priority(d, w, MSTI_BRIDGE_PRIORITY);
	read_priority(d, w, MSTI_PORT_PRIORITY);
	add_uint8(d, w, &fields[MSTI_HOPS]);
	close_subtree(d, node, w);
}

/* The same before the standard. */
static void read_early_instance(struct dissection *d, struct wire *w)
{
	enum { ROOT_AT = 3 };

	if (!wire_need(w, EARLY_INSTANCE))
		return;
	add_node(d, w, &fields[MSTI], w->at, EARLY_INSTANCE, 0);
	node_ref node = open_subtree(d);
	title_instance(d, w, node, wire_here(w) + ROOT_AT);
	const uint16_t id = wire_u16(w);
	add_node(d, w, &fields[MSTID], w->at - 2, 2, id);
	set_text(d, w, d->last, "MSTID: %u", id);
	read_flags(d, w, MSTI_FLAGS, true);
	const uint16_t root = wire_peek_u16(w, 0);
	add_node(d, w, &fields[PRIORITY], w->at, 1, root >> 8);
	add_uint16(d, w, &fields[MSTI_ROOT_ID]);
	add_mac(d, w, &fields[MSTI_ROOT_MAC]);
	add_uint32(d, w, &fields[MSTI_COST]);
	const uint16_t bridge = add_uint16(d, w, &fields[MSTI_BRIDGE_ID]);
	add_bits(d, w, &fields[MSTI_BRIDGE_ID_PRIORITY], &fields[MSTI_BRIDGE_ID_PRIORITY], 2, bridge);
	add_mac(d, w, &fields[MSTI_BRIDGE_MAC]);
	add_uint16(d, w, &fields[MSTI_PORT]);
	add_uint8(d, w, &fields[MSTI_HOPS]);
	close_subtree(d, node, w);
}

/*
 * Clause 14.4: the configuration identifier, the common and internal tree, and the other instances. Before the standard the
 * length stood an octet further on, where the selector is now, and the cost behind the bridge.
 */
static void read_extension(struct dissection *d, struct wire *w, uint16_t version_3_length)
{
	enum { NAME_SIZE = 32, DIGEST_SIZE = 16, COMMON = 64, NEITHER = 12 };
	node_ref top = open_heading(d, w, &fields[MST]);
	place(d, w->at - 2, 2 + wire_left(w)); /* from the length in front of it */
	const uint8_t selector = add_uint8(d, w, &fields[SELECTOR]);
	const bool is_early = !version_3_length && selector;
	const uint32_t length = is_early ? selector : version_3_length;

	add_string(d, w, &fields[NAME], NAME_SIZE);
	add_uint16(d, w, &fields[REVISION]);
	add_octets(d, w, &fields[DIGEST], DIGEST_SIZE);
	if (is_early)
		read_bridge(d, w, CIST);
	if (length)
		add_uint32(d, w, &fields[INTERNAL_COST]);
	else
		wire_skip(w, NEITHER);
	if (length && !is_early)
		read_bridge(d, w, CIST);
	add_uint8(d, w, &fields[HOPS]);
	if (length && length < COMMON)
		wire_fail(w, (uint64_t)UINT32_MAX + 1);
	const uint64_t end = w->at + (length > COMMON ? length - COMMON : 0);
	while (w->at < end && w->state == WIRE_GOOD) {
		if (end - w->at < (is_early ? EARLY_INSTANCE : INSTANCE))
			wire_fail(w, (uint64_t)UINT32_MAX + 1);
		else if (is_early)
			read_early_instance(d, w);
		else
			read_instance(d, w);
	}
	close_subtree(d, top, w);
}

static void read_versions(struct dissection *d, struct wire *w, uint8_t version)
{
	enum { SHORTEST = 64 }; /* octets of an extension */
	const uint8_t version_1_length = add_uint8(d, w, &fields[VERSION_1_LENGTH]);

	if (version < VERSION_MST || version > VERSION_SPT || version_1_length || wire_left(w) < 2 + SHORTEST)
		return;
	read_extension(d, w, add_uint16(d, w, &fields[VERSION_3_LENGTH]));
	if (version == VERSION_SPT && wire_has(w, 2) && be16(wire_here(w)))
		add_uint16(d, w, &fields[VERSION_4_LENGTH]);
}

/* ---- PVST+ ---- */

/* False: it does not say which VLAN the BPDU is of. */
static bool read_tlv(struct dissection *d, struct wire *w)
{
	enum { HEADER = 4, VLAN_SIZE = 2 };
	const uint16_t type = wire_peek_u16(w, 0), length = wire_peek_u16(w, 2);
	const bool is_vlan = !type && length == VLAN_SIZE;

	if (!wire_need(w, (uint64_t)HEADER + length))
		return false;
	add_node(d, w, &fields[TLV], w->at, HEADER + (uint32_t)length, 0);
	node_ref node = open_subtree(d);
	add_uint16(d, w, &fields[TLV_TYPE]);
	add_uint16(d, w, &fields[TLV_LENGTH]);
	if (is_vlan) {
		const uint16_t vlan = add_uint16(d, w, &fields[TLV_VLAN]);
		append_text(d, w, node, " (PVID): %u", vlan);
	} else if (!type) {
		note_on(d, d->last, &fields[NOTE_LENGTH]);
		wire_skip(w, length);
	} else {
		set_text(d, w, node, "Unknown TLV type: 0x%04x", type);
		add_octets(d, w, &fields[TLV_VALUE], length);
		note_on(d, node, &fields[NOTE_TLV]);
	}
	close_subtree(d, node, w);
	return is_vlan;
}

static void read_tlvs(struct dissection *d, struct wire *w)
{
	enum { HEADER = 4 };
	bool has_vlan = false;

	if (wire_left(w) < HEADER)
		add_note(d, w, &fields[NOTE_CUT]);
	while (wire_left(w) >= HEADER)
		has_vlan |= read_tlv(d, w);
	if (!has_vlan && w->state == WIRE_GOOD)
		add_note(d, w, &fields[NOTE_NO_VLAN]);
}

/* ---- BPDUs ---- */

static void read_tree(struct dissection *d, struct wire *w, uint8_t version, uint8_t type, bool is_pvst)
{
	read_flags(d, w, FLAGS, type == TYPE_RAPID);
	read_bridge(d, w, ROOT);
	add_uint32(d, w, &fields[COST]);
	read_bridge(d, w, BRIDGE);
	add_uint16(d, w, &fields[PORT]);
	read_time(d, w, MESSAGE_AGE);
	read_time(d, w, MAX_AGE);
	read_time(d, w, HELLO);
	read_time(d, w, FORWARD);
	if (type == TYPE_RAPID)
		read_versions(d, w, version);
	else if (is_pvst && wire_left(w))
		wire_skip(w, 1);
	if (is_pvst)
		read_tlvs(d, w);
}

static void list_bpdu(struct dissection *d, struct wire w, uint8_t version, uint8_t type)
{
	static const char *const trees[] = { [VERSION_MST] = "MST", [VERSION_SPT] = "SPT" };
	enum { TOPOLOGY_CHANGE = 0x01, TYPE_CHANGE = 0x80 };

	if (!LISTING(d, &w))
		return;
	if (type == TYPE_CHANGE) {
		set_info(d, &w, "Topology Change Notification");
		return;
	}
	if (type != TYPE_CONFIGURATION && type != TYPE_RAPID) {
		set_info(d, &w, "Unknown BPDU type (%u)", type);
		return;
	}
	const char *tree = type == TYPE_CONFIGURATION ? "Conf" :
	                   version < sizeof trees / sizeof *trees && trees[version] ? trees[version] : "RST";
	uint8_t flags = wire_u8(&w);
	uint16_t root = wire_u16(&w);
	const uint8_t *address = wire_bytes(&w, 6);
	uint32_t cost = wire_u32(&w);
	wire_skip(&w, 8);
	uint16_t port = wire_u16(&w);
	if (address)
		set_info(d, &w, "%s. %sRoot = %u/%u/%s  Cost = %u  Port = 0x%04x", tree, flags & TOPOLOGY_CHANGE ? "TC + " : "",
		         root & 0xf000, root & 0xfff, mac_name(d, address), cost, port);
}

static void read_bpdu(struct dissection *d, struct wire *w, bool is_pvst)
{
	enum { TYPE_AT = 3, TO_PORT = 27 }; /* octets up to the port, without which nothing is shown */
	const uint8_t kind = wire_peek_u8(w, TYPE_AT);

	if ((kind == TYPE_CONFIGURATION || kind == TYPE_RAPID) && !wire_need(w, TO_PORT))
		return;
	node_ref top = open_protocol(d, w, &fields[STP]);
	add_uint16(d, w, &fields[PROTOCOL_ID]);
	const uint8_t version = add_uint8(d, w, &fields[VERSION]);
	if (SHOWING(d, w) && !name_of(fields[VERSION].names, version))
		note_on(d, d->last, &fields[NOTE_VERSION]);
	const uint8_t type = add_uint8(d, w, &fields[TYPE]);
	if (SHOWING(d, w) && !name_of(fields[TYPE].names, type))
		note_on(d, d->last, &fields[NOTE_TYPE]);
	list_bpdu(d, *w, version, type);
	if (type == TYPE_CONFIGURATION || type == TYPE_RAPID)
		read_tree(d, w, version, type, is_pvst);
	close_subtree(d, top, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	read_bpdu(d, w, false);
}

static void dissect_pvst(struct dissection *d, struct wire *w)
{
	read_bpdu(d, w, true);
}

const struct protocol protocol_stp = {
	.name = "Spanning Tree Protocol", .short_name = "STP", .filter = "stp", .column = "STP", .fields = fields, .field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_pvst = {
	.name = "Per-VLAN Spanning Tree", .short_name = "STP", .filter = "stp", .column = "STP", .dissect = dissect_pvst,
};
