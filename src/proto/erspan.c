/*
 * erspan.c: Encapsulated Remote Switch Packet Analysis, draft-foschiano-erspan: frames that a switch mirrors over GRE. Type I
 * has no header at all.
 */

#include "dissect/dissection.h"

enum {
	ERSPAN, VERSION, VLAN, COS, ENCAPSULATION, TRUNCATED, SPAN_ID, RESERVED, INDEX, UNKNOWN_VERSION,
	INTEGRITY, TIMESTAMP, GROUP_TAG, HAS_FRAME, FRAME_TYPE, HARDWARE, DIRECTION, GRANULARITY, HAS_SUBHEADER, PLATFORM,
	RESERVED_20, DOMAIN, PORT_32, RESERVED_14, PORT_14, SECONDS_UPPER, UNUSED_14, UNUSED_32, SWITCH, PORT_16, SECONDS,
	RESERVED_6, SOURCE_INDEX, UNKNOWN_PLATFORM, N_FIELDS
};

static const struct name versions[] = { { 1, "Type II" }, { 2, "Type III" } };
static const struct name encapsulations[] = {
	{ 0, "Originally without VLAN tag" },
	{ 1, "Originally ISL encapsulated" },
	{ 2, "Originally 802.1Q encapsulated" },
	{ 3, "VLAN tag preserved in frame" },
};
static const struct name integrities[] = {
	{ 0, "Good or unknown integrity" }, { 1, "Short frame" }, { 2, "Oversized frame" }, { 3, "CRC or alignment error" },
};
static const struct name truncated[] = { { 0, "Not truncated" }, { 1, "Truncated" } };
static const struct name frame_types[] = { { 0, "Ethernet" }, { 2, "IP" } };
static const struct name directions[] = { { 0, "Ingress" }, { 1, "Egress" } };
static const struct name granularities[] = {
	{ 0, "100 microseconds" }, { 1, "100 nanoseconds" }, { 2, "IEEE 1588" }, { 3, "Custom granularity" },
};

static const struct field fields[N_FIELDS] = {
	[ERSPAN]        = { "erspan", "Encapsulated Remote Switch Packet ANalysis", PROTOCOL },
	[VERSION]       = { "erspan.version", "Version", UINT16, DEC, .mask = 0xf000, .names = NAMES(versions) },
	[VLAN]          = { "erspan.vlan", "Vlan", UINT16, DEC, .mask = 0x0fff },
	[COS]           = { "erspan.cos", "COS", UINT16, DEC, .mask = 0xe000 },
	[ENCAPSULATION] = { "erspan.encap", "Encap", UINT16, DEC, .mask = 0x1800, .names = NAMES(encapsulations) },
	[TRUNCATED]     = { "erspan.truncated", "Truncated", UINT16, DEC, .mask = 0x0400, .names = NAMES(truncated) },
	[SPAN_ID]       = { "erspan.spanid", "SpanID", UINT16, DEC, .mask = 0x03ff },
	[RESERVED]      = { "erspan.reserved", "Reserved", UINT32, DEC, .mask = 0xfff00000 },
	[INDEX]         = { "erspan.index", "Index", UINT32, DEC, .mask = 0x000fffff },
	[UNKNOWN_VERSION] = { "erspan.version.unknown",
	                      "Unknown version, please report or test to use fake ERSPAN preference", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
	[INTEGRITY]     = { "erspan.bso", "Bad/Short/Oversized", UINT16, DEC, .mask = 0x1800, .names = NAMES(integrities) },
	[TIMESTAMP]     = { "erspan.timestamp", "Timestamp", UINT32, DEC, .mask = 0xffffffff },
	[GROUP_TAG]     = { "erspan.sgt", "Security Group Tag", UINT16, DEC, .mask = 0xffff },
	[HAS_FRAME]     = { "erspan.p", "Has Ethernet PDU", UINT16, DEC, .mask = 0x8000 },
	[FRAME_TYPE]    = { "erspan.ft", "Frame Type", UINT16, DEC, .mask = 0x7c00, .names = NAMES(frame_types) },
	[HARDWARE]      = { "erspan.hw", "Hardware ID", UINT16, DEC, .mask = 0x03f0 },
	[DIRECTION]     = { "erspan.direction", "Direction", BOOLEAN, .mask = 0x0008, .names = NAMES(directions) },
	[GRANULARITY]   = { "erspan.gra", "Timestamp granularity", UINT16, DEC, .mask = 0x0006,
	                    .names = NAMES(granularities) },
	[HAS_SUBHEADER] = { "erspan.o", "Optional Sub headers", UINT16, DEC, .mask = 0x0001 },
	[PLATFORM]      = { "erspan.platid", "Platform ID", UINT32, DEC, .mask = 0xfc000000 },
	[RESERVED_20]   = { "erspan.pid1.rsvd1", "Reserved", UINT32, DEC, .mask = 0x03fff000 },
	[DOMAIN]        = { "erspan.pid1.vsmid", "VSM Domain ID", UINT32, DEC, .mask = 0x00000fff },
	[PORT_32]       = { "erspan.pid1.port_index", "Port ID/Index", UINT32, DEC, .mask = 0xffffffff },
	[RESERVED_14]   = { "erspan.pid3.rsvd1", "Reserved", UINT32, DEC, .mask = 0x03ffc000 },
	[PORT_14]       = { "erspan.pid3.port_index", "Port ID/Index", UINT32, DEC, .mask = 0x00003fff },
	[SECONDS_UPPER] = { "erspan.pid3.timestamp", "Upper 32-bit Timestamp", UINT32, DEC, .mask = 0xffffffff },
	[UNUSED_14]     = { "erspan.pid4.rsvd2", "Reserved", UINT32, DEC, .mask = 0x00003fff },
	[UNUSED_32]     = { "erspan.pid4.rsvd3", "Reserved", UINT32, DEC, .mask = 0xffffffff },
	[SWITCH]        = { "erspan.pid5.switchid", "Switch ID", UINT32, DEC, .mask = 0x03ff0000 },
	[PORT_16]       = { "erspan.pid5.port_index", "Port ID/Index", UINT32, DEC, .mask = 0x0000ffff },
	[SECONDS]       = { "erspan.pid5.timestamp", "Timestamp (seconds)", UINT32, DEC, .mask = 0xffffffff },
	[RESERVED_6]    = { "erspan.pid7.rsvd1", "Reserved", UINT32, DEC, .mask = 0x03f00000 },
	[SOURCE_INDEX]  = { "erspan.pid7.source_index", "Source Index", UINT32, DEC, .mask = 0x000fffff },
	[UNKNOWN_PLATFORM] = { "erspan.pid.rsvd", "Reserved", UINT64, DEC, .mask = 0x03ffffff },
};

/* The sub-headers of type III: which fields a platform puts into the first word and the second. */
static const struct platform {
	uint8_t id, high, low, second;
} platforms[] = {
	{ 0, RESERVED_6, SOURCE_INDEX, SECONDS_UPPER },
	{ 1, RESERVED_20, DOMAIN, PORT_32 },
	{ 3, RESERVED_14, PORT_14, SECONDS_UPPER },
	{ 4, RESERVED_14, UNUSED_14, UNUSED_32 },
	{ 5, SWITCH, PORT_16, SECONDS },
	{ 6, SWITCH, PORT_16, SECONDS },
	{ 7, RESERVED_6, SOURCE_INDEX, SECONDS_UPPER },
};

extern const struct protocol protocol_eth;

enum { TYPE_2 = 1, TYPE_3 = 2, FRAME_ETHERNET = 0 };

static void add_subheader(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at, first = wire_u32(w);

	add_bits(d, w, &fields[PLATFORM], &fields[PLATFORM], 4, first);
	for (unsigned i = 0; i < sizeof platforms / sizeof *platforms; i++) {
		if (platforms[i].id != first >> 26)
			continue;
		add_bits(d, w, &fields[platforms[i].high], &fields[platforms[i].high], 4, first);
		add_bits(d, w, &fields[platforms[i].low], &fields[platforms[i].low], 4, first);
		add_uint32(d, w, &fields[platforms[i].second]);
		return;
	}
	uint32_t second = wire_u32(w);
	add_node(d, w, &fields[UNKNOWN_PLATFORM], start, 8, (uint64_t)first << 32 | second);
}

/* What follows the first two words of type III: true when they carry an Ethernet frame. */
static bool add_type_3(struct dissection *d, struct wire *w)
{
	add_uint32(d, w, &fields[TIMESTAMP]);
	add_uint16(d, w, &fields[GROUP_TAG]);
	uint16_t flags = wire_u16(w);
	add_bits(d, w, &fields[HAS_FRAME], &fields[HAS_SUBHEADER], 2, flags);
	if (flags & 1)
		add_subheader(d, w);
	return (flags >> 10 & 0x1f) == FRAME_ETHERNET;
}

static void dissect(struct dissection *d, struct wire *w)
{
	set_info(d, w, "ERSPAN:");
	node_ref top = open_protocol(d, w, &fields[ERSPAN]);
	uint16_t first = wire_u16(w);
	unsigned version = first >> 12;
	bool is_ethernet = true;

	append_text(d, w, top, " %s", name_or(NAMES(versions), version, "Unknown"));
	add_bits(d, w, &fields[VERSION], &fields[VERSION], 2, first);
	if (version != TYPE_2 && version != TYPE_3) {
		add_bits(d, w, &fields[VERSION], &fields[VERSION], 2, first);
		if (w->state == WIRE_GOOD)
			note_on(d, d->last, &fields[UNKNOWN_VERSION]);
		return;
	}
	add_bits(d, w, &fields[VLAN], &fields[VLAN], 2, first);
	uint16_t second = wire_u16(w);
	const struct field *integrity = &fields[version == TYPE_2 ? ENCAPSULATION : INTEGRITY];
	add_bits(d, w, &fields[COS], &fields[COS], 2, second);
	add_bits(d, w, integrity, integrity, 2, second);
	add_bits(d, w, &fields[TRUNCATED], &fields[SPAN_ID], 2, second);
	if (version == TYPE_2) {
		uint32_t index = wire_u32(w);
		add_bits(d, w, &fields[RESERVED], &fields[INDEX], 4, index);
	} else {
		is_ethernet = add_type_3(d, w);
	}
	close_subtree(d, top, NULL);
	if (w->state != WIRE_GOOD)
		return;
	if (is_ethernet)
		dissect_protocol(d, *w, &protocol_eth);
	else
		dissect_data(d, *w);
}

static void dissect_type_1(struct dissection *d, struct wire *w)
{
	set_info(d, w, "ERSPAN:");
	node_ref top = open_protocol(d, w, &fields[ERSPAN]);

	append_literal(d, w, top, " Type I");
	close_subtree(d, top, w);
	dissect_protocol(d, *w, &protocol_eth);
}

const struct protocol protocol_erspan = {
	.name = "Encapsulated Remote Switch Packet ANalysis",
	.short_name = "ERSPAN",
	.filter = "erspan",
	.column = "ERSPAN",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_erspan_type_1 = {
	.name = "Encapsulated Remote Switch Packet ANalysis",
	.short_name = "ERSPAN",
	.filter = "erspan",
	.column = "ERSPAN",
	.dissect = dissect_type_1,
};
