/* geneve.c: Generic Network Virtualization Encapsulation, RFC 8926. Options' data is shown as it is. */

#include "dissect/link.h"

enum {
	GENEVE, VERSION, UNKNOWN_VERSION, LENGTH, FLAGS, OAM, CRITICAL, RESERVED_FLAGS, TYPE, VNI, RESERVED, OPTIONS, OPTION,
	OPTION_CLASS, OPTION_TYPE, OPTION_FLAGS, OPTION_RESERVED, OPTION_LENGTH, OPTION_LENGTH_BAD, OPTION_DATA,
	UNKNOWN_TEXT, N_FIELDS
};

static const struct name classes[] = {
	{ 0x0000, "Standard", 0x00ff },
	{ 0x0100, "Linux" },
	{ 0x0101, "Open vSwitch" },
	{ 0x0102, "Open Virtual Networking (OVN)" },
	{ 0x0103, "In-band Network Telemetry (INT)" },
	{ 0x0104, "VMware" },
	{ 0x0105, "Amazon.com, Inc." },
	{ 0x0106, "Cisco Systems, Inc." },
	{ 0x0107, "Oracle Corporation" },
	{ 0x0108, "Amazon.com, Inc.", 0x0110 },
	{ 0x0111, "IBM", 0x0118 },
	{ 0x0119, "Ericsson", 0x0128 },
	{ 0x0129, "Oxide Computer Company" },
	{ 0x0130, "Cisco Systems, Inc.", 0x0131 },
	{ 0x0132, "Google LLC", 0x0135 },
	{ 0x0136, "InfoQuick Global Connection Tech Ltd." },
	{ 0x0137, "Unassigned", 0xfeff },
	{ 0xfff0, "Experimental", 0xffff },
};

static const struct field fields[N_FIELDS] = {
	[GENEVE]          = { "geneve", "Generic Network Virtualization Encapsulation", PROTOCOL },
	[VERSION]         = { "geneve.version", "Version", UINT8 },
	[UNKNOWN_VERSION] = { "geneve.version.unknown", "Unknown version", NOTE, .severity = SEVERITY_WARNING,
	                      .group = GROUP_PROTOCOL },
	[LENGTH]          = { NULL, "Length", UINT8, DEC, .unit = " bytes" },
	[FLAGS]           = { "geneve.flags", "Flags", UINT8, HEX },
	[OAM]             = { "geneve.flags.oam", "Operations, Administration and Management Frame", BOOLEAN, .mask = 0x80 },
	[CRITICAL]        = { "geneve.flags.critical", "Critical Options Present", BOOLEAN, .mask = 0x40 },
	[RESERVED_FLAGS]  = { "geneve.flags.reserved", "Reserved", BOOLEAN, .mask = 0x3f },
	[TYPE]            = { "geneve.proto_type", "Protocol Type", UINT16, HEX, .names = &ethertype_names },
	[VNI]             = { "geneve.vni", "Virtual Network Identifier (VNI)", UINT24, HEX_DEC },
	[RESERVED]        = { "geneve.reserved", "Reserved", UINT8, HEX },
	[OPTIONS]         = { "geneve.options", "Geneve Options", SUBTREE },
	[OPTION]          = { "geneve.option", "Option", SUBTREE },
	[OPTION_CLASS]    = { "geneve.option.class", "Class", UINT16, HEX, .names = NAMES(classes) },
	[OPTION_TYPE]     = { "geneve.option.type", "Type", UINT8, HEX },
	[OPTION_FLAGS]    = { "geneve.option.flags", "Flags", UINT8, HEX },
	[OPTION_RESERVED] = { "geneve.option.flags.reserved", "Reserved", BOOLEAN, .mask = 0xe0 },
	[OPTION_LENGTH]   = { "geneve.option.length", "Length", UINT8, DEC, .unit = " bytes" },
	[OPTION_LENGTH_BAD] = { "geneve.option.length.invalid", "Invalid length for option", NOTE,
	                        .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[OPTION_DATA]     = { "geneve.option.unknown.data", "Unknown Option Data", OCTETS },
	[UNKNOWN_TEXT]    = { NULL, "Unknown version", SUBTREE },
};

enum { OPTION_HEADER = 4 };

/* An option: what it is, and its data, whose length counts words. False where it does not fit. */
static bool add_option(struct dissection *d, struct wire *w)
{
	uint16_t class = wire_peek_u16(w, 0);
	uint8_t type = wire_peek_u8(w, 2), last = wire_peek_u8(w, 3);
	unsigned length = OPTION_HEADER + (last & 0x1fu) * 4;

	if (w->state != WIRE_GOOD)
		return false;
	node_ref top = add_node(d, w, &fields[OPTION], w->at, length, 0);
	const char *name = name_or(NAMES(classes), class, "Unknown");
	if (length > wire_left(w)) {
		const char *text = text_of(d, "Unknown, Class: %s (0x%04x) Type: 0x%02x (length of %u is past end of options)",
		                           name, class, type, length);
		set_text(d, w, top, "%s", text);
		note_text_on(d, top, &fields[OPTION_LENGTH_BAD], "%s", text);
		return false;
	}
	const char *kind = type & 0x80 ? "Critical" : "Non-critical";
	set_text(d, w, top, "Unknown, Class: %s (0x%04x) Type: 0x%02x (%s)", name, class, type, kind);
	open_subtree(d);
	add_uint16(d, w, &fields[OPTION_CLASS]);
	add_uint8(d, w, &fields[OPTION_TYPE]);
	append_text(d, w, d->last, " (%s)", kind);
	wire_skip(w, 1);
	if (last >> 5) {
		add_node(d, w, &fields[OPTION_FLAGS], w->at - 1, 1, last >> 5);
		append_literal(d, w, d->last, " (RSVD)");
		node_ref flags = open_subtree(d);
		add_bits(d, w, &fields[OPTION_RESERVED], &fields[OPTION_RESERVED], 1, last);
		close_subtree(d, flags, NULL);
	}
	add_node(d, w, &fields[OPTION_LENGTH], w->at - 1, 1, length);
	add_octets(d, w, &fields[OPTION_DATA], length - OPTION_HEADER);
	close_subtree(d, top, w);
	return true;
}

static void add_options(struct dissection *d, struct wire *w, uint32_t length)
{
	if (!length || !wire_need(w, length))
		return;
	struct wire options = wire_take(w, length);
	if (!SHOWING(d, w))
		return;
	node_ref top = open_heading(d, &options, &fields[OPTIONS]);
	set_text(d, w, top, "Options: (%u bytes)", length);
	while (wire_more(&options) && add_option(d, &options))
		;
	close_subtree(d, top, NULL);
}

/* The flags whose names stand behind the flags' value. */
static void add_flags(struct dissection *d, struct wire *w)
{
	uint8_t flags = add_uint8(d, w, &fields[FLAGS]);
	node_ref node = open_subtree(d);

	for (unsigned i = OAM; i <= RESERVED_FLAGS; i++) {
		if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	}
	add_bits(d, w, &fields[OAM], &fields[RESERVED_FLAGS], 1, flags);
	close_subtree(d, node, NULL);
}

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[GENEVE]);
	uint8_t first = wire_u8(w);
	unsigned version = first >> 6, length = (first & 0x3fu) * 4;

	add_node(d, w, &fields[VERSION], w->at - 1, 1, version);
	if (version) {
		add_node(d, w, &fields[UNKNOWN_TEXT], w->at - 1, 1, 0);
		set_text(d, w, d->last, "Unknown version %u", version);
		note_text_on(d, d->last, &fields[UNKNOWN_VERSION], "Unknown version %u", version);
	}
	add_node(d, w, &fields[LENGTH], w->at - 1, 1, length);
	uint8_t flags = wire_has(w, 1) ? *wire_here(w) : 0;
	add_flags(d, w);
	uint16_t type = add_uint16(d, w, &fields[TYPE]);
	const char *name = name_of(fields[TYPE].names, type);
	set_info(d, w, "Encapsulated %s", name ? name : text_of(d, "0x%04x (unknown)", type));
	uint32_t vni = add_uint24(d, w, &fields[VNI]);
	append_text(d, w, top, ", VNI: 0x%06x%s", vni, flags & 0x80 ? ", OAM" : "");
	uint8_t reserved = wire_u8(w);
	if (reserved)
		add_node(d, w, &fields[RESERVED], w->at - 1, 1, reserved);
	add_options(d, w, length);
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_next(d, *w, BY_ETHERTYPE, type);
}

const struct protocol protocol_geneve = {
	.name = "Generic Network Virtualization Encapsulation",
	.short_name = "Geneve",
	.filter = "geneve",
	.column = "Geneve",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
