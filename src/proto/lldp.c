/*
 * lldp.c: Link Layer Discovery Protocol, IEEE 802.1AB: the elements that every implementation has. Those of organizations
 * are in lldp_organizations.c.
 *
 *	+-------------+-----------------+----------------------+
 *	|  type (7)   |   length (9)    | value, 0 to 511      |
 *	+-------------+-----------------+----------------------+
 */

#include "dissect/lldp.h"
#include "dissect/link.h"

#include "dissect/der.h"
#include "dissect/text.h"

enum {
	LLDP, ELEMENT, INVALID, TYPE, LENGTH, CHASSIS_SUBTYPE, FAMILY, CHASSIS_ID, CHASSIS_MAC, CHASSIS_IPV4, CHASSIS_IPV6,
	PORT_SUBTYPE, PORT_ID, PORT_MAC, PORT_IPV4, PORT_IPV6, TIME_TO_LIVE, PORT_DESCRIPTION, SYSTEM_NAME,
	SYSTEM_DESCRIPTION, CAPABILITIES, CAPABILITIES_LAST = CAPABILITIES + 8, ENABLED, ENABLED_LAST = ENABLED + 8,
	MANAGEMENT_LENGTH, MANAGEMENT_FAMILY, MANAGEMENT_IPV4, MANAGEMENT_IPV6, MANAGEMENT_OTHER, INTERFACE_KIND, INTERFACE_NUMBER,
	OBJECT_LENGTH, OBJECT, NOTE_TYPE, NOTE_LENGTH, NOTE_STRAY, N_FIELDS
};

enum { END, CHASSIS, PORT, TTL, DESCRIPTION, NAME, SYSTEM, SYSTEM_CAPABILITIES, MANAGEMENT, ORGANIZATION = 127 };

static const struct name types[] = {
	{ 0, "End of LLDPDU" }, { 1, "Chassis Id" }, { 2, "Port Id" }, { 3, "Time to Live" },
	{ 4, "Port Description" }, { 5, "System Name" }, { 6, "System Description" },
	{ 7, "System Capabilities" }, { 8, "Management Address" },
	{ 127, "Organization Specific" },
};
static const struct name chassis_subtypes[] = {
	{ 0, "Reserved" }, { 1, "Chassis component" }, { 2, "Interface alias" },
	{ 3, "Port component" }, { 4, "MAC address" }, { 5, "Network address" },
	{ 6, "Interface name" }, { 7, "Locally assigned" },
};
static const struct name port_subtypes[] = {
	{ 0, "Reserved" }, { 1, "Interface alias" }, { 2, "Port component" },
	{ 3, "MAC address" }, { 4, "Network address" }, { 5, "Interface name" },
	{ 6, "Agent circuit Id" }, { 7, "Locally assigned" },
};
static const struct name capable[] = {
	{ 0, "Not capable" }, { 1, "Capable" },
};
static const struct name mgn_interface_subtypes[] = {
	{ 1, "Unknown" }, { 2, "ifIndex" }, { 3, "System port number" },
};

static const struct field fields[N_FIELDS] = {
	[LLDP] = { "lldp", "Link Layer Discovery Protocol", PROTOCOL },
	[ELEMENT] = { NULL, "Unknown TLV", SUBTREE },
	[INVALID] = { NULL, "Invalid", SUBTREE },
	[TYPE] = { "lldp.tlv.type", "TLV Type", UINT16, .mask = 0xfe00,
		.names = NAMES(types) },
	[LENGTH] = { "lldp.tlv.len", "TLV Length", UINT16, .mask = 0x1ff },
	[CHASSIS_SUBTYPE] = { "lldp.chassis.subtype", "Chassis Id Subtype", UINT8,
		.names = NAMES(chassis_subtypes) },
	[FAMILY] = { "lldp.network_address.subtype", "Network Address family", UINT8,
		.names = &address_family_names },
	[CHASSIS_ID] = { "lldp.chassis.id", "Chassis Id", OCTETS },
	[CHASSIS_MAC] = { "lldp.chassis.id.mac", "Chassis Id", MAC },
	[CHASSIS_IPV4] = { "lldp.chassis.id.ip4", "Chassis Id", IPV4 },
	[CHASSIS_IPV6] = { "lldp.chassis.id.ip6", "Chassis Id", IPV6 },
	[PORT_SUBTYPE] = { "lldp.port.subtype", "Port Id Subtype", UINT8,
		.names = NAMES(port_subtypes) },
	[PORT_ID] = { "lldp.port.id", "Port Id", STRING },
	[PORT_MAC] = { "lldp.port.id.mac", "Port Id", MAC },
	[PORT_IPV4] = { "lldp.port.id.ip4", "Port Id", IPV4 },
	[PORT_IPV6] = { "lldp.port.id.ip6", "Port Id", IPV6 },
	[TIME_TO_LIVE] = { "lldp.time_to_live", "Seconds", UINT16 },
	[PORT_DESCRIPTION] = { "lldp.port.desc", "Port Description", STRING },
	[SYSTEM_NAME] = { "lldp.tlv.system.name", "System Name", STRING },
	[SYSTEM_DESCRIPTION] = { "lldp.tlv.system.desc", "System Description", STRING },
	[CAPABILITIES] = { "lldp.tlv.system_cap", "Capabilities", UINT16, .show = HEX },
	{ "lldp.tlv.system_cap.other", "Other", BOOLEAN, .mask = 0x1, .names = NAMES(capable) },
	{ "lldp.tlv.system_cap.repeater", "Repeater", BOOLEAN, .mask = 0x2,
		.names = NAMES(capable) },
	{ "lldp.tlv.system_cap.bridge", "Bridge", BOOLEAN, .mask = 0x4, .names = NAMES(capable) },
	{ "lldp.tlv.system_cap.wlan_access_pt", "WLAN access point", BOOLEAN, .mask = 0x8,
		.names = NAMES(capable) },
	{ "lldp.tlv.system_cap.router", "Router", BOOLEAN, .mask = 0x10, .names = NAMES(capable) },
	{ "lldp.tlv.system_cap.telephone", "Telephone", BOOLEAN, .mask = 0x20,
		.names = NAMES(capable) },
	{ "lldp.tlv.system_cap.docsis_cable_device", "DOCSIS cable device", BOOLEAN, .mask = 0x40,
		.names = NAMES(capable) },
	{ "lldp.tlv.system_cap.station_only", "Station only", BOOLEAN, .mask = 0x80,
		.names = NAMES(capable) },
	[ENABLED] = { "lldp.tlv.enable_system_cap", "Enabled Capabilities", UINT16, .show = HEX },
	{ "lldp.tlv.enable_system_cap.other", "Other", BOOLEAN, .mask = 0x1,
		.names = NAMES(capable) },
	{ "lldp.tlv.enable_system_cap.repeater", "Repeater", BOOLEAN, .mask = 0x2,
		.names = NAMES(capable) },
	{ "lldp.tlv.enable_system_cap.bridge", "Bridge", BOOLEAN, .mask = 0x4,
		.names = NAMES(capable) },
	{ "lldp.tlv.enable_system_cap.wlan_access_pt", "WLAN access point", BOOLEAN, .mask = 0x8,
		.names = NAMES(capable) },
	{ "lldp.tlv.enable_system_cap.router", "Router", BOOLEAN, .mask = 0x10,
		.names = NAMES(capable) },
	{ "lldp.tlv.enable_system_cap.telephone", "Telephone", BOOLEAN, .mask = 0x20,
		.names = NAMES(capable) },
	{ "lldp.tlv.enable_system_cap.docsis_cable_device", "DOCSIS cable device", BOOLEAN,
		.mask = 0x40, .names = NAMES(capable) },
	{ "lldp.tlv.enable_system_cap.station_only", "Station only", BOOLEAN, .mask = 0x80,
		.names = NAMES(capable) },
	[MANAGEMENT_LENGTH] = { "lldp.mgn.address.len", "Address String Length", UINT8 },
	[MANAGEMENT_FAMILY] = { "lldp.mgn.address.subtype", "Address Subtype", UINT8,
		.names = &address_family_names },
	[MANAGEMENT_IPV4] = { "lldp.mgn.addr.ip4", "Management Address", IPV4 },
	[MANAGEMENT_IPV6] = { "lldp.mgn.addr.ip6", "Management Address", IPV6 },
	[MANAGEMENT_OTHER] = { "lldp.mgn.addr.hex", "Management Address", OCTETS },
	[INTERFACE_KIND] = { "lldp.mgn.interface.subtype", "Interface Subtype", UINT8,
		.names = NAMES(mgn_interface_subtypes) },
	[INTERFACE_NUMBER] = { "lldp.mgn.interface.number", "Interface Number", UINT32 },
	[OBJECT_LENGTH] = { "lldp.mgn.obj.len", "OID String Length", UINT8 },
	[OBJECT] = { "lldp.mgn.obj.id", "Object Identifier", STRING },
	[NOTE_TYPE] = { "lldp.bad_type", "Incorrect type", NOTE, .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },
	[NOTE_LENGTH] = { "lldp.bad_length", "Invalid length", NOTE, .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },
	[NOTE_STRAY] = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
		.severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

/* ---- for both files ---- */

/* Octets that a number takes; a boolean has those that its mask reaches over. */
static unsigned width_of(const struct field *field, unsigned current)
{
	const unsigned least = field->mask > 0xffff ? 3 : field->mask > 0xff ? 2 : 1;

	return field->type != BOOLEAN ? field_width(field) : current > least ? current : least;
}

node_ref lldp_read_run(struct dissection *d, struct wire *w, const struct field *first, const struct field *last)
{
	node_ref top = 0;

	for (const struct field *field = first; field <= last && w->state == WIRE_GOOD;) {
		const unsigned width = width_of(field, 0);
		const uint8_t *p = wire_bytes(w, width);
		if (!p)
			break;
		const uint64_t value = be_value(p, width);
		uint64_t used = field->mask;
		node_ref node = add_node(d, w, field, w->at - width, width, value);
		if (!top)
			top = node;
		if (!used)
			open_subtree(d);
		const bool is_open = !used;
		for (field++; field <= last && field->mask && !(used & field->mask) && width_of(field, width) == width; field++) {
			used |= field->mask;
			add_node(d, w, field, w->at - width, width, value);
		}
		if (is_open)
			close_subtree(d, node, NULL);
	}
	return top;
}

void lldp_add_string(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *octets = add_string(d, w, field, n);

	if (octets && !d->first_pass && has_stray_characters(octets, n))
		note_on(d, d->last, &fields[NOTE_STRAY]);
}

/* ---- who and where: chassis and port ---- */

/* How the octets of an identifier are to be shown, by its subtype. */
enum form { RESERVED, CHARACTERS, HEXADECIMAL, MAC_ADDRESS, NETWORK_ADDRESS };

static const struct identity {
	const char *name;
	uint8_t subtype, id; /* fields; behind `id` stand those for MAC, IPv4 and IPv6 */
	uint8_t forms[8];
	char initials[8][3]; /* of the subtypes, in the list */
	bool names_unknown;  /* subtypes, by that word */
} chassis_identity = {
	"Chassis", CHASSIS_SUBTYPE, CHASSIS_ID,
	{ RESERVED, CHARACTERS, CHARACTERS, HEXADECIMAL, MAC_ADDRESS, NETWORK_ADDRESS, CHARACTERS, CHARACTERS },
	{ "Rs", "CC", "IA", "PC", "MA", "NA", "IN", "LA" }, false,
}, port_identity = {
	"Port", PORT_SUBTYPE, PORT_ID,
	{ RESERVED, CHARACTERS, HEXADECIMAL, MAC_ADDRESS, NETWORK_ADDRESS, CHARACTERS, CHARACTERS, CHARACTERS },
	{ "Rs", "IA", "PC", "MA", "NA", "IN", "AC", "LA" }, true,
};

static const char *hexadecimal(struct dissection *d, const uint8_t *octets, uint32_t n)
{
	char *text = arena_alloc(d->arena, 2 * (size_t)n + 1);

	*put_octets(text, octets, n, 0) = 0;
	return text;
}

/* What the title says of an identifier that is shown by field `field`. */
static const char *identity_text(struct dissection *d, const struct identity *identity, unsigned field,
                                 enum form form, const uint8_t *octets, uint32_t n)
{
	if (field == identity->id + 1u)
		return mac_text(d, octets);
	if (field == identity->id + 2u)
		return ipv4_text(d, be32(octets));
	if (field == identity->id + 3u)
		return ipv6_text(d, octets);
	if (form == CHARACTERS)
		return printable(d, octets, strnlen((const char *)octets, n));
	return form == RESERVED ? "Reserved" : hexadecimal(d, octets, n);
}

static void note_length(struct dissection *d, node_ref length, const struct identity *identity, uint32_t n,
                        const char *type, uint32_t expected)
{
	note_text_on(d, length, &fields[NOTE_LENGTH], "Invalid %s ID Length (%u) for Type (%s), expected (%u)",
	             identity->name, n, type, expected);
}

/* The field for octets of an identifier that are left; 0: they are not as many as they should be. */
static unsigned identity_field(struct dissection *d, struct wire *w, const struct identity *identity, enum form form,
                               node_ref length)
{
	enum { IPV4_FAMILY = 1, IPV6_FAMILY = 2 };
	static const struct { const char *type; uint32_t size; } known[] = {
		{ "MAC address", 6 }, { "Network address, IPv4", 4 }, { "Network address, IPv6", 16 },
	};
	unsigned kind = 0;

	if (form == NETWORK_ADDRESS) {
		const uint8_t family = add_uint8(d, w, &fields[FAMILY]);
		kind = family == IPV4_FAMILY ? 2 : family == IPV6_FAMILY ? 3 : 0;
	} else if (form == MAC_ADDRESS) {
		kind = 1;
	}
	if (kind && wire_left(w) != known[kind - 1].size) {
		const uint32_t before = form == NETWORK_ADDRESS ? 2 : 1;
		note_length(d, length, identity, wire_left(w) + before, known[kind - 1].type, known[kind - 1].size + before);
		return 0;
	}
	return identity->id + kind;
}

static void add_identity(struct dissection *d, struct wire *w, const struct identity *identity, unsigned field)
{
	const uint32_t n = wire_left(w);

	if (field == identity->id && identity->id == PORT_ID)
		lldp_add_string(d, w, &fields[field], n);
	else if (field == identity->id + 1u)
		add_mac(d, w, &fields[field]);
	else if (field == identity->id + 2u)
		add_ipv4(d, w, &fields[field]);
	else
		add_octets(d, w, &fields[field], n);
}

/* Clauses 8.5.2 and 8.5.3 */
static void read_identity(struct dissection *d, struct wire *w, node_ref top, node_ref length,
                          const struct identity *identity)
{
	const struct names *names = fields[identity->subtype].names;
	const uint32_t n = wire_left(w);
	const uint8_t subtype = wire_peek_u8(w, 0);
	const enum form form = subtype < 8 ? identity->forms[subtype] : RESERVED;

	set_text(d, w, top, "%s Subtype = %s", identity->name,
	         name_or(names, subtype, identity->names_unknown ? "Unknown" : "Reserved"));
	if (n < 2) {
		note_text_on(d, length, &fields[NOTE_LENGTH], "Invalid %s ID Length (%u), expected > (2)", identity->name, n);
		return;
	}
	add_uint8(d, w, &fields[identity->subtype]);
	const unsigned field = identity_field(d, w, identity, form, length);
	if (!field || !wire_need(w, wire_left(w)))
		return;
	if (!d->first_pass) {
		const char *text = identity_text(d, identity, field, form, wire_here(w), wire_left(w));
		append_text(d, w, top, ", Id: %s", text);
		append_info(d, w, "%s/%s ", identity->initials[subtype < 8 ? subtype : 0], text);
	}
	add_identity(d, w, identity, field);
}

static void read_chassis(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	read_identity(d, w, top, length, &chassis_identity);
}

static void read_port(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	read_identity(d, w, top, length, &port_identity);
}

/* ---- the other elements ---- */

static void read_time_to_live(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	(void)length;
	const uint16_t seconds = add_uint16(d, w, &fields[TIME_TO_LIVE]);
	set_text(d, w, top, "Time To Live = %u sec", seconds);
	append_info(d, w, "%u ", seconds);
}

/* `listed`: what stands before it in the list; NULL: it is not listed. */
static void read_text(struct dissection *d, struct wire *w, node_ref top, unsigned field, const char *listed)
{
	const uint32_t n = wire_left(w);

	if (SHOWING(d, w) && wire_has(w, n)) {
		const char *text = printable(d, wire_here(w), strnlen((const char *)wire_here(w), n));
		set_text(d, w, top, "%s = %s", fields[field].label, text);
		if (listed)
			append_info(d, w, "%s=%s ", listed, text);
	}
	lldp_add_string(d, w, &fields[field], n);
}

static void read_description(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	(void)length;
	read_text(d, w, top, PORT_DESCRIPTION, NULL);
}

static void read_name(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	(void)length;
	read_text(d, w, top, SYSTEM_NAME, "SysN");
}

static void read_system(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	(void)length;
	read_text(d, w, top, SYSTEM_DESCRIPTION, "SysD");
}

static void overrun(struct wire *w)
{
	w->state = WIRE_OVERRUN;
	w->at = w->end;
}

/* What an element has behind what is known of it is more than its container has. */
static void end_element(struct wire *w)
{
	if (wire_left(w))
		overrun(w);
}

static void read_capabilities(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	(void)length;
	set_text(d, w, top, "Capabilities");
	lldp_read_run(d, w, &fields[CAPABILITIES], &fields[CAPABILITIES_LAST]);
	lldp_read_run(d, w, &fields[ENABLED], &fields[ENABLED_LAST]);
	end_element(w);
}

static void read_object(struct dissection *d, struct wire *w, uint8_t n)
{
	struct oid oid;
	const uint8_t *octets = wire_bytes(w, n);

	if (!octets || !SHOWING(d, w))
		return;
	oid_read(&oid, octets, n);
	add_node_octets(d, w, &fields[OBJECT], w->at - n, n, (const uint8_t *)oid.text, (uint32_t)strlen(oid.text));
	if (oid.text[0] == '1')
		append_text(d, w, d->last, " (iso%s)", oid.text + 1);
}

/* Clause 8.5.9 */
static void read_management(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	enum { IPV4_FAMILY = 1, IPV6_FAMILY = 2 };

	(void)length;
	set_text(d, w, top, "Management Address");
	const uint8_t n = add_uint8(d, w, &fields[MANAGEMENT_LENGTH]);
	const uint8_t family = add_uint8(d, w, &fields[MANAGEMENT_FAMILY]);
	struct wire after = *w;
	wire_skip(&after, n ? n - 1u : 0);
	if (family == IPV4_FAMILY)
		add_ipv4(d, w, &fields[MANAGEMENT_IPV4]);
	else if (family == IPV6_FAMILY)
		add_ipv6(d, w, &fields[MANAGEMENT_IPV6]);
	else
		add_octets(d, w, &fields[MANAGEMENT_OTHER], n ? n - 1u : 0);
	if (w->state != WIRE_GOOD)
		return;
	*w = after;
	add_uint8(d, w, &fields[INTERFACE_KIND]);
	add_uint32(d, w, &fields[INTERFACE_NUMBER]);
	const uint8_t object = add_uint8(d, w, &fields[OBJECT_LENGTH]);
	if (object)
		read_object(d, w, object);
	end_element(w);
}

static void read_organization(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	(void)length;
	lldp_read_organization(d, w, top);
}

static void read_end(struct dissection *d, struct wire *w, node_ref top, node_ref length)
{
	(void)length;
	set_text(d, w, top, "End of LLDPDU");
}

/* ---- LLDPDUs ---- */

static const struct element {
	uint8_t type;
	uint8_t least; /* octets, without which nothing of it is shown */
	void (*read)(struct dissection *d, struct wire *w, node_ref top, node_ref length);
	const char *name; /* of one that comes first, and once */
} elements[] = {
	{ END, 0, read_end },
	{ CHASSIS, 1, read_chassis, "Chassis ID" },
	{ PORT, 1, read_port, "Port ID" },
	{ TTL, 2, read_time_to_live, "Time-To-Live" },
	{ DESCRIPTION, 0, read_description },
	{ NAME, 0, read_name },
	{ SYSTEM, 0, read_system },
	{ SYSTEM_CAPABILITIES, 0, read_capabilities },
	{ MANAGEMENT, 0, read_management },
	{ ORGANIZATION, 4, read_organization },
};

static const struct element *element_of(uint8_t type)
{
	for (unsigned i = 0; i < sizeof elements / sizeof *elements; i++)
		if (elements[i].type == type)
			return &elements[i];
	return NULL;
}

/* False: none is read behind it. The end and an identifier of the wrong length end the PDU. */
static bool read_element(struct dissection *d, struct wire *w, uint8_t *type)
{
	const uint16_t header = wire_peek_u16(w, 0);
	const uint32_t n = header & 0x1ff;
	const struct element *element = element_of(header >> 9);

	*type = header >> 9;
	if (w->state != WIRE_GOOD)
		return false;
	if (element && n < element->least)
		wire_fail(w, (uint64_t)UINT32_MAX + 1);
	else if (wire_left(w) < 2 + n)
		overrun(w);
	if (!wire_need(w, 2 + n))
		return false;
	add_node(d, w, &fields[ELEMENT], w->at, 2 + n, 0);
	node_ref top = open_subtree(d);
	wire_skip(w, 2);
	add_bits(d, w, &fields[TYPE], &fields[LENGTH], 2, header);
	const node_ref length = d->last;
	struct wire value = wire_take(w, n);
	if (element)
		element->read(d, &value, top, length);
	close_subtree(d, top, w);
	wire_join(w, &value);
	const bool is_wrong = (*type == CHASSIS || *type == PORT) && wire_left(&value);
	if (is_wrong)
		set_info(d, w, "Invalid %s TLV", element->name);
	return w->state == WIRE_GOOD && *type != END && !is_wrong;
}

/* Clause 8.2: which elements come first. False: another one does. */
static bool read_first(struct dissection *d, struct wire *w, uint8_t type)
{
	const char *name = element_of(type)->name;
	const uint16_t header = wire_peek_u16(w, 0);
	uint8_t found = header >> 9;

	if (wire_left(w) >= 2 && wire_left(w) < 2u + (header & 0x1ff))
		overrun(w);
	if (w->state == WIRE_GOOD && found != type && type != TTL) {
		add_node(d, w, &fields[INVALID], w->at, 2, 0);
		set_text(d, w, d->last, "Invalid %s (0x%02X), expected (0x%02X)", name, found, type);
		note_text_on(d, d->last, &fields[NOTE_TYPE], "Invalid %s (0x%02X), expected (0x%02X)", name, found, type);
	}
	if (w->state == WIRE_GOOD && found != type)
		set_info(d, w, "Invalid %s TLV", type == TTL ? "Time-to-Live" : name);
	if (w->state != WIRE_GOOD || found != type)
		return false;
	return read_element(d, w, &found);
}

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[LLDP]);
	bool goes_on = read_first(d, w, CHASSIS) && read_first(d, w, PORT) && read_first(d, w, TTL);
	uint8_t type = ORGANIZATION;
	uint32_t last = w->at;

	while (goes_on && wire_more(w)) {
		last = w->at;
		goes_on = read_element(d, w, &type) && type > TTL;
	}
	close_subtree(d, top, NULL);
	if (type >= CHASSIS && type <= TTL)
		set_info(d, w, "Duplicate %s TLV", element_of(type)->name);
	if (type <= TTL && w->state == WIRE_GOOD) /* tshark counts an octet more to what stands behind it */
		claim_length(d, w, last - 1);
}

const struct protocol protocol_lldp = {
	.name = "Link Layer Discovery Protocol", .short_name = "LLDP", .filter = "lldp", .column = "LLDP", .fields = fields,
	.field_count = N_FIELDS, .dissect = dissect,
};
