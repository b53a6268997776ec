/*
 * icmp_extensions.c: extensions behind the packet that an ICMP error quotes (RFC 4884): MPLS label stacks (RFC 4950), the interface
 * that a packet met (RFC 5837); and the interface that an extended echo asks for (RFC 8335).
 *
 *	 0                   1                   2                   3
 *	|Version|       (reserved)      |           Checksum            |
 *	|            Length             |   Class-Num   |    C-Type     |  an object: its length counts these octets too
 *	|                   (object payload) ...
 */

#include "dissect/checksum.h"
#include "dissect/link.h"
#include "dissect/icmp.h"
#include "dissect/ip.h"

enum {
	EXTENSIONS, EXT_VERSION, EXT_RESERVED,
	EXT_CHECKSUM, EXT_CHECKSUM_STATUS, EXT_CHECKSUM_BAD, /* N_CHECKSUM_FIELDS of them */
	NO_CHECKSUM, OBJECT, OBJECT_LENGTH, OBJECT_CLASS, OBJECT_TYPE, OBJECT_DATA,
	MPLS_STACK, MPLS_LABEL, MPLS_EXPERIMENTAL, MPLS_BOTTOM, MPLS_TTL, MPLS_DATA,
	INFO_ROLE, INFO_RESERVED, INFO_IFINDEX, INFO_ADDRESS, INFO_NAME, INFO_MTU, /* the bits of its C-Type */
	IF_INDEX, IP_SUB_OBJECT, IP_FAMILY, IP_RESERVED, IP_V4, IP_V6, NAME_SUB_OBJECT, NAME_LENGTH, NAME_TEXT, MTU,
	ID_NAME, ID_INDEX, ID_FAMILY, ID_LENGTH, ID_RESERVED, ID_V4, ID_V6, ID_OTHER,
	N_FIELDS
};

static const struct name classes[] = {
	{ 1, "MPLS Label Stack Class" }, { 2, "Interface Information Object" }, { 3, "Interface Identification Object" },
};
static const struct name roles[] = {
	{ 0, "IP interface upon which datagram arrived" },
	{ 1, "sub-IP component of an IP interface upon which datagram arrived" },
	{ 2, "IP interface through which datagram would be forwarded" },
	{ 3, "IP next-hop to which datagram would be forwarded" },
};
static const struct name presence[] = { { 0, "Not Present" }, { 1, "Present" } };
static const struct field fields[N_FIELDS] = {
	[EXTENSIONS]          = { "icmp.ext", "ICMP Multi-Part Extensions", SUBTREE },
	[EXT_VERSION]         = { "icmp.ext.version", "Version", UINT8 },
	[EXT_RESERVED]        = { "icmp.ext.res", "Reserved", UINT16, HEX, .mask = 0x0fff },
	[EXT_CHECKSUM]        = { "icmp.ext.checksum", "Checksum", UINT16, HEX },
	[EXT_CHECKSUM_STATUS] = { "icmp.ext.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                          .names = &checksum_status_names },
	[EXT_CHECKSUM_BAD]    = { "icmp.ext.checksum_bad", "Bad checksum", NOTE, .severity = SEVERITY_WARNING,
	                          .group = GROUP_CHECKSUM },
	[NO_CHECKSUM]         = { "icmp.ext.checksum", "Checksum: [missing]", SUBTREE, .generated = true },
	[OBJECT]              = { NULL, "", SUBTREE },
	[OBJECT_LENGTH]       = { "icmp.ext.length", "Length", UINT16 },
	[OBJECT_CLASS]        = { "icmp.ext.class", "Class", UINT8, .names = NAMES(classes) },
	[OBJECT_TYPE]         = { "icmp.ext.ctype", "C-Type", UINT8 },
	[OBJECT_DATA]         = { "icmp.ext.data", "Data", OCTETS },
	[MPLS_STACK]          = { NULL, "", SUBTREE },
	[MPLS_LABEL]          = { "icmp.mpls.label", "Label", UINT24, .mask = 0xfffff0 },
	[MPLS_EXPERIMENTAL]   = { "icmp.mpls.exp", "Experimental", UINT24, .mask = 0x00000e },
	[MPLS_BOTTOM]         = { "icmp.mpls.s", "Stack bit", BOOLEAN, .mask = 0x000001, .names = &set_or_not },
	[MPLS_TTL]            = { "icmp.mpls.ttl", "Time to live", UINT8 },
	[MPLS_DATA]           = { "icmp.mpls.data", "Data", OCTETS },
	[INFO_ROLE]           = { "icmp.int_info.role", "Interface Role", UINT8, .mask = 0xc0, .names = NAMES(roles) },
	[INFO_RESERVED]       = { "icmp.int_info.reserved", "Reserved", UINT8, .mask = 0x30 },
	[INFO_IFINDEX]        = { "icmp.int_info.ifindex", "ifIndex", BOOLEAN, .mask = 0x08 },
	[INFO_ADDRESS]        = { "icmp.int_info.ipaddr", "IP Address", BOOLEAN, .mask = 0x04, .names = NAMES(presence) },
	[INFO_NAME]           = { "icmp.int_info.name_present", "Interface Name", BOOLEAN, .mask = 0x02,
	                          .names = NAMES(presence) },
	[INFO_MTU]            = { "icmp.int_info.mtu_present", "MTU", BOOLEAN, .mask = 0x01, .names = NAMES(presence) },
	[IF_INDEX]            = { "icmp.int_info.index", "Interface Index", UINT32 },
	[IP_SUB_OBJECT]       = { NULL, "IP Address Sub-Object", SUBTREE },
	[IP_FAMILY]           = { "icmp.int_info.afi", "Address Family Identifier", UINT16 },
	[IP_RESERVED]         = { "icmp.reserved", "Reserved", OCTETS },
	[IP_V4]               = { "icmp.int_info.ipv4", "Source", IPV4 },
	[IP_V6]               = { "icmp.int_info.ipv6", "Source", IPV6 },
	[NAME_SUB_OBJECT]     = { NULL, "Interface Name Sub-Object", SUBTREE },
	[NAME_LENGTH]         = { "icmp.int_info.name_length", "Name Length", UINT8 },
	[NAME_TEXT]           = { "icmp.int_info.name", "Name", STRING },
	[MTU]                 = { "icmp.int_info.mtu", "Maximum Transmission Unit", UINT32 },
	[ID_NAME]             = { "icmp.int_ident.name", "Name", STRING },
	[ID_INDEX]            = { "icmp.int_ident.index", "Interface Index", UINT32 },
	[ID_FAMILY]           = { "icmp.int_ident.afi", "Address Family Identifier", UINT16, .names = &address_family_names },
	[ID_LENGTH]           = { "icmp.int_ident.addr_length", "Address Length", UINT8 },
	[ID_RESERVED]         = { "icmp.int_ident.reserved", "Reserved", OCTETS },
	[ID_V4]               = { "icmp.int_ident.ipv4", "Address", IPV4 },
	[ID_V6]               = { "icmp.int_ident.ipv6", "Address", IPV6 },
	[ID_OTHER]            = { "icmp.int_ident.address", "Address", OCTETS },
};

const struct protocol protocol_icmp_extensions = {
	.name = "ICMP extensions", .short_name = "ICMP", .filter = "icmp.ext", .is_lower = true, .fields = fields, .field_count = N_FIELDS,
};

enum { OBJECT_HEADER = 4, FAMILY_IPV4 = 1, FAMILY_IPV6 = 2 };

static void add_rest(struct dissection *d, struct wire *w, const struct field *field)
{
	if (wire_left(w))
		add_octets(d, w, field, wire_left(w));
}

/* ---- objects: each reads what is behind the C-Type, and says what its heading is ---- */

static const char *add_unknown(struct dissection *d, struct wire *w, uint8_t class, uint8_t type)
{
	add_rest(d, w, &fields[OBJECT_DATA]);
	return text_of(d, "Unknown object (%u/%u)", class, type);
}

static const char *add_odd_type(struct dissection *d, struct wire *w, uint8_t class, uint8_t type)
{
	add_node(d, w, &fields[OBJECT_TYPE], w->at - 1, 1, type);
	return add_unknown(d, w, class, type);
}

static const char *add_payload(struct dissection *d, struct wire *w, uint8_t class, uint8_t type)
{
	add_node(d, w, &fields[OBJECT_TYPE], w->at - 1, 1, type);
	if (type != 1)
		return add_odd_type(d, w, class, type);
	add_rest(d, w, &fields[OBJECT_DATA]);
	return "Extended Payload";
}

static const char *add_label_stack(struct dissection *d, struct wire *w, uint8_t class, uint8_t type)
{
	add_node(d, w, &fields[OBJECT_TYPE], w->at - 1, 1, type);
	if (type != 1)
		return add_odd_type(d, w, class, type);
	while (wire_left(w) >= 4) {
		uint32_t entry = wire_peek_u32(w, 0);
		node_ref node = open_heading(d, w, &fields[MPLS_STACK]);
		set_text(d, w, node, "Label: %u, Exp: %u, S: %u, TTL: %u", entry >> 12, entry >> 9 & 7, entry >> 8 & 1,
		         entry & 0xff);
		wire_skip(w, 3);
		add_bits(d, w, &fields[MPLS_LABEL], &fields[MPLS_BOTTOM], 3, entry >> 8);
		add_uint8(d, w, &fields[MPLS_TTL]);
		close_subtree(d, node, w);
	}
	add_rest(d, w, &fields[MPLS_DATA]);
	return "MPLS Stack Entry";
}

static void add_ip_sub_object(struct dissection *d, struct wire *w)
{
	uint16_t family = wire_peek_u16(w, 0);
	if (!wire_need(w, family == FAMILY_IPV4 ? 8 : family == FAMILY_IPV6 ? 20 : UINT32_MAX))
		return;
	node_ref node = open_heading(d, w, &fields[IP_SUB_OBJECT]);
	add_uint16(d, w, &fields[IP_FAMILY]);
	add_octets(d, w, &fields[IP_RESERVED], 2);
	if (family == FAMILY_IPV4)
		add_ipv4(d, w, &fields[IP_V4]);
	else
		add_ipv6(d, w, &fields[IP_V6]);
	close_subtree(d, node, w);
}

static void add_name_sub_object(struct dissection *d, struct wire *w)
{
	uint8_t length = wire_peek_u8(w, 0);
	if (!wire_need(w, length))
		return;
	node_ref node = open_heading(d, w, &fields[NAME_SUB_OBJECT]);
	add_uint8(d, w, &fields[NAME_LENGTH]);
	if (length && wire_left(w) >= length)
		add_string(d, w, &fields[NAME_TEXT], length - 1u);
	close_subtree(d, node, w);
}

/* RFC 5837, section 4.1: the bits of the C-Type say what follows. */
static const char *add_interface(struct dissection *d, struct wire *w, uint8_t class, uint8_t type)
{
	(void)class;
	add_node(d, w, &fields[OBJECT_TYPE], w->at - 1, 1, type);
	node_ref node = open_subtree(d);
	append_text(d, w, node, ", Interface Role: %s", roles[type >> 6].text);
	for (unsigned i = INFO_IFINDEX; i <= INFO_MTU; i++)
		if (type & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	add_bits(d, w, &fields[INFO_ROLE], &fields[INFO_MTU], 1, type);
	close_subtree(d, node, NULL);
	if (type & 0x08)
		add_uint32(d, w, &fields[IF_INDEX]);
	if (type & 0x04)
		add_ip_sub_object(d, w);
	if (type & 0x02)
		add_name_sub_object(d, w);
	if (type & 0x01)
		add_uint32(d, w, &fields[MTU]);
	return "Interface Information Object";
}

/* RFC 8335, section 2.1. */
static void add_interface_address(struct dissection *d, struct wire *w)
{
	uint16_t family = add_uint16(d, w, &fields[ID_FAMILY]);
	add_uint8(d, w, &fields[ID_LENGTH]);
	add_octets(d, w, &fields[ID_RESERVED], 1);
	if (family == FAMILY_IPV4)
		while (wire_more(w))
			add_ipv4(d, w, &fields[ID_V4]);
	else if (family == FAMILY_IPV6)
		while (wire_more(w))
			add_ipv6(d, w, &fields[ID_V6]);
	else
		add_rest(d, w, &fields[ID_OTHER]);
}

static const char *add_identification(struct dissection *d, struct wire *w, uint8_t class, uint8_t type)
{
	static const char *const ways[] = { NULL, "Name", "Index", "Address" };

	add_node(d, w, &fields[OBJECT_TYPE], w->at - 1, 1, type);
	if (!wire_left(w))
		return add_unknown(d, w, class, type);
	if (type >= 1 && type <= 3)
		value_text(d, w, d->last, "%u (Identifies Interface By %s)", type, ways[type]);
	else
		value_text(d, w, d->last, "%u (Unknown C-Type %u)", type, type);
	if (type == 1)
		add_string(d, w, &fields[ID_NAME], wire_left(w));
	else if (type == 2)
		add_uint32(d, w, &fields[ID_INDEX]);
	else if (type == 3)
		add_interface_address(d, w);
	return "Interface Identification Object";
}

static const char *(*const objects[])(struct dissection *d, struct wire *w, uint8_t class, uint8_t type) = {
	add_payload, add_label_stack, add_interface, add_identification,
};

/* An object; false when nothing can follow it. */
static bool add_object(struct dissection *d, struct wire *w)
{
	uint16_t length = wire_peek_u16(w, 0);
	uint8_t class = wire_peek_u8(w, 2);
	bool truncated = length > wire_left(w);
	node_ref node = open_heading(d, w, &fields[OBJECT]);

	if (length < OBJECT_HEADER) {
		set_text(d, w, node, "Object with bad length");
		add_uint16(d, w, &fields[OBJECT_LENGTH]);
		add_uint8(d, w, &fields[OBJECT_CLASS]);
		close_subtree(d, node, w);
		return false;
	}
	/* Until it has been read: what a broken one is called. */
	set_text(d, w, node, "%s", name_or(fields[OBJECT_CLASS].names, class, ""));
	struct wire object = wire_take(w, length);
	object.contained = object.reported; /* what a length hides from it is missing for good */
	add_uint16(d, &object, &fields[OBJECT_LENGTH]);
	add_uint8(d, &object, &fields[OBJECT_CLASS]);
	uint8_t type = wire_u8(&object);
	const char *heading;
	if (class < sizeof objects / sizeof *objects) {
		heading = objects[class](d, &object, class, type);
	} else {
		add_node(d, &object, &fields[OBJECT_TYPE], object.at - 1, 1, type);
		heading = add_unknown(d, &object, class, type);
	}
	set_text(d, &object, node, "%s%s", heading, truncated ? " (truncated)" : "");
	close_subtree(d, node, w);
	wire_join(w, &object);
	return true;
}

static void add_extension_checksum(struct dissection *d, struct wire *w, uint32_t start)
{
	if (wire_peek_u16(w, 0)) {
		if (!wire_need(w, w->reported - w->at))
			return;
		uint16_t sum = checksum_add(0, w->data + start, w->end - start);
		add_checksum(d, w, &fields[EXT_CHECKSUM], sum);
		return;
	}
	add_node(d, w, &fields[NO_CHECKSUM], w->at, 2, 0);
	add_number(d, w, &fields[EXT_CHECKSUM_STATUS], 3);
	wire_skip(w, 2);
}

void dissect_icmp_extensions(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	node_ref top = open_heading(d, w, &fields[EXTENSIONS]);

	if (wire_left(w) >= 4) {
		uint16_t first = wire_u16(w);
		unsigned version = first >> 12;
		add_node(d, w, &fields[EXT_VERSION], w->at - 2, 1, version);
		add_node(d, w, &fields[EXT_RESERVED], w->at - 2, 2, first);
		if (version != 1 && version != 2)
			append_literal(d, w, top, " (unsupported version)");
		add_extension_checksum(d, w, start);
		if (version == 1 || version == 2)
			while (wire_left(w) >= OBJECT_HEADER && add_object(d, w))
				;
	}
	close_subtree(d, top, w);
}
