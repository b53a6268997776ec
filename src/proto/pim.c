/*
 * pim.c: Protocol Independent Multicast, version 2: sparse mode (RFC 7761), dense mode (RFC 3973),
 * bidirectional (RFC 5015), the bootstrap router (RFC 5059), join attributes (RFC 5384), source discovery (RFC
 * 8364). Leaves out version 1, redirects among equal paths (RFC 6754), and what a designated forwarder's
 * election adds to its offer.
 *
 *	|PIM Ver| Type  |   Reserved    |           Checksum            |
 *	|                      depends on the type
 */

#include "dissect/checksum.h"
#include "dissect/checksum_fields.h"
#include "dissect/ip.h"

enum {
	PIM, VERSION, TYPE, DF_SUBTYPE, DF_RESERVED, NO_FORWARD, RESERVED,
	CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, /* N_CHECKSUM_FIELDS of them */
	OPTIONS, OPTION, OPTION_TYPE, OPTION_LENGTH, OPTION_VALUE, ADDRESS_LIST, HOLDTIME_HELLO, HOLDTIME,
	PRUNE_T, PROPAGATION_DELAY, OVERRIDE_INTERVAL, DR_PRIORITY, GENERATION_ID, REFRESH_VERSION,
	REFRESH_INTERVAL, REFRESH_RESERVED, REGISTER_FLAGS, FLAG_BORDER, FLAG_NULL, IP_VERSION, DUMMY_HEADER,
	DUMMY_SOURCE, DUMMY_SOURCE_V6, DUMMY_GROUP, DUMMY_GROUP_V6,
	/* Addresses: that of IPv6 stands behind that of IPv4. */
	UNICAST, UNICAST_V6, GROUP, GROUP_V6, SOURCE, SOURCE_V6, UPSTREAM, UPSTREAM_V6, JOINED, JOINED_V6,
	PRUNED, PRUNED_V6, LISTED, LISTED_V6, BSR, BSR_V6, RP, RP_V6, ORIGINATOR, ORIGINATOR_V6, FAMILY,
	ENCODING, MASK_LENGTH, GROUP_FLAGS, GROUP_B, GROUP_RESERVED, GROUP_Z, SOURCE_FLAGS, SOURCE_RESERVED,
	SOURCE_S, SOURCE_W, SOURCE_R, ATTRIBUTE, ATTRIBUTE_FLAGS, ATTRIBUTE_F, ATTRIBUTE_E, ATTRIBUTE_TYPE,
	ATTRIBUTE_LENGTH, ATTRIBUTE_VALUE, RLOC, GROUP_COUNT, GROUP_SET, JOINS, PRUNES, FRAGMENT_TAG, HASH_MASK,
	BSR_PRIORITY, RP_COUNT, FRAGMENT_RP_COUNT, PRIORITY, PREFIX_COUNT, RP_TREE, METRIC_PREFERENCE, METRIC,
	DF_PREFERENCE, TTL, PRUNE_INDICATOR, PRUNE_NOW, ASSERT_OVERRIDE, INTERVAL, TRANSITIVE, PFM_TYPE,
	SOURCE_COUNT, SOURCE_HOLDTIME, N_FIELDS
};

static const struct name types[] = {
	{ 0, "Hello" }, { 1, "Register" }, { 2, "Register-stop" }, { 3, "Join/Prune" }, { 4, "Bootstrap" }, { 5, "Assert" },
	{ 6, "Graft" }, { 7, "Graft-Ack" }, { 8, "Candidate-RP-Advertisement" }, { 9, "State-Refresh" },
	{ 10, "DF election" }, { 11, "ECMP redirect" }, { 12, "PFM source discovery" },
};
static const struct name df_subtypes[] = { { 1, "offer" }, { 2, "DF Winner" }, { 3, "DF Backoff" }, { 4, "DF Pass" } };
static const struct name truths[] = { { 0, "False" }, { 1, "True" } };
static const struct name option_types[] = {
	{ 1, "Hold Time" },
	{ 2, "LAN Prune Delay" },
	{ 17, "Label Parameters" },
	{ 18, "Deprecated" },
	{ 19, "DR Priority" },
	{ 20, "Generation ID" },
	{ 21, "State-Refresh" },
	{ 22, "Bidirectional Capable" },
	{ 23, "VCI Capability" },
	{ 24, "Address List" },
	{ 25, "Neighbor List TLV" },
	{ 26, "Join Attribute" },
	{ 27, "PIM-over-TCP-Capable" },
	{ 28, "PIM-over-SCTP-Capable" },
	{ 29, "Pop-Count" },
	{ 30, "PIM MT-ID" },
	{ 31, "Interface ID" },
	{ 32, "PIM ECMP Redirect Hello Option" },
	{ 33, "vPC Peer ID" },
	{ 34, "DR Load Balancing Capability" },
	{ 35, "DR Load Balancing List" },
	{ 36, "Hierarchical Join/Prune Attribute" },
	{ 65001, "Address list, old implementation" },
	{ 65004, "RPF Proxy Vector (Cisco proprietary)" },
};
static const struct name hello_holdtimes[] = { { 0, "goodbye" }, { 65535, "Infinity" } };
static const struct name holdtimes[] = { { 65535, "Infinity" } };
static const struct name ip_versions[] = { { 0, "Dummy Header" }, { 4, "IPv4" }, { 6, "IPv6" } };
static const struct name families[] = { { 0, "Reserved" }, { 1, "IPv4" }, { 2, "IPv6" } };
static const struct name encodings[] = { { 0, "Native" }, { 1, "Native with Join Attribute" } };
static const struct name attributes[] = {
	{ 0, "RPF Vector TLV" }, { 1, "MVPN Join Attribute" }, { 2, "MT-ID Join Attribute" }, { 3, "Pop-Count" },
	{ 4, "Explicit RPF Vector" }, { 5, "Transport Attribute" }, { 6, "Receiver RLOC Attribute" },
};

/* Both declarations of an address. */
#define ADDRESS(name, filter, label)                   \
	[name] = { filter, label, IPV4 },              \
	[name##_V6] = { filter "_ip6", label, IPV6 }

static const struct field fields[N_FIELDS] = {
	[PIM]             = { "pim", "Protocol Independent Multicast", PROTOCOL },
	[VERSION]         = { "pim.version", "Version", UINT8, DEC, .mask = 0xf0 },
	[TYPE]            = { "pim.type", "Type", UINT8, DEC, .mask = 0x0f, .names = NAMES(types) },
	[DF_SUBTYPE]      = { "pim.df_elect.subtype", "DF Subtype", UINT8, DEC, .mask = 0xf0, .names = NAMES(df_subtypes) },
	[DF_RESERVED]     = { "pim.df_elect.rsvd", "DF reserved", UINT8, DEC, .mask = 0x0f },
	[NO_FORWARD]      = { "pim.pfmnoforwardbit", "Pfm no forward bit", BOOLEAN, .mask = 0x80, .names = NAMES(truths) },
	[RESERVED]        = { "pim.res_bytes", "Reserved byte(s)", OCTETS },
	[CHECKSUM]        = { "pim.cksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS] = { "pim.cksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                      .names = &checksum_status_names },
	[CHECKSUM_BAD]    = { "pim.bad_checksum", "Bad checksum", NOTE, .severity = SEVERITY_ERROR,
	                      .group = GROUP_CHECKSUM },
	[OPTIONS]         = { "pim.option", "PIM Options", SUBTREE },
	[OPTION]          = { NULL, "Option", SUBTREE },
	[OPTION_TYPE]     = { "pim.optiontype", "Type", UINT16 },
	[OPTION_LENGTH]   = { "pim.optionlength", "Length", UINT16 },
	[OPTION_VALUE]    = { "pim.optionvalue", "Unknown", OCTETS },
	[ADDRESS_LIST]    = { NULL, "Address List", SUBTREE },
	[HOLDTIME_HELLO]  = { "pim.holdtime", "Holdtime", UINT16, DEC, .names_only = true, .names = NAMES(hello_holdtimes) },
	[HOLDTIME]        = { "pim.holdtime", "Holdtime", UINT16, DEC, .names_only = true, .names = NAMES(holdtimes) },
	[PRUNE_T]         = { "pim.t", "T", BOOLEAN, .mask = 0x80, .names = NAMES(truths) },
	[PROPAGATION_DELAY] = { "pim.propagation_delay", "Propagation Delay", UINT16, DEC, .mask = 0x7fff },
	[OVERRIDE_INTERVAL] = { "pim.override_interval", "Override Interval", UINT16 },
	[DR_PRIORITY]     = { "pim.dr_priority", "DR Priority", UINT32 },
	[GENERATION_ID]   = { "pim.generation_id", "Generation ID", UINT32 },
	[REFRESH_VERSION] = { "pim.state_refresh_version", "Version", UINT8 },
	[REFRESH_INTERVAL] = { "pim.state_refresh_interval", "Interval", UINT8 },
	[REFRESH_RESERVED] = { "pim.state_refresh_reserved", "Reserved", UINT16 },
	[REGISTER_FLAGS]  = { "pim.register_flag", "Flags", UINT32, HEX },
	[FLAG_BORDER]     = { "pim.register_flag.border", "Border", BOOLEAN, .mask = 0x80000000, .names = &yes_or_no },
	[FLAG_NULL]       = { "pim.register_flag.null_register", "Null-Register", BOOLEAN, .mask = 0x40000000,
	                      .names = &yes_or_no },
	[IP_VERSION]      = { "pim.ip_version", "IP Version", UINT8, DEC, .mask = 0xf0, .names = NAMES(ip_versions) },
	[DUMMY_HEADER]    = { "pim.dummy_header", "Dummy Header", SUBTREE },
	ADDRESS(DUMMY_SOURCE, "pim.source", "Source"),
	ADDRESS(DUMMY_GROUP, "pim.group", "Group"),
	[UNICAST]         = { "pim.unicast", "Unicast", IPV4 },
	[UNICAST_V6]      = { "pim.unicast_ipv6", "Unicast", IPV6 },
	ADDRESS(GROUP, "pim.group", "Group"),
	ADDRESS(SOURCE, "pim.source", "Source"),
	ADDRESS(UPSTREAM, "pim.upstream_neighbor", "Upstream-neighbor"),
	ADDRESS(JOINED, "pim.join_ip", "IP address"),
	ADDRESS(PRUNED, "pim.prune_ip", "IP address"),
	ADDRESS(LISTED, "pim.address_list", "Address"),
	ADDRESS(BSR, "pim.bsr", "BSR"),
	ADDRESS(RP, "pim.rp", "RP"),
	ADDRESS(ORIGINATOR, "pim.originator", "Originator"),
	[FAMILY]          = { "pim.addr_address_family", "Address Family", UINT8, DEC, .names = NAMES(families) },
	[ENCODING]        = { "pim.addr_encoding_type", "Encoding Type", UINT8, DEC, .names = NAMES(encodings) },
	[MASK_LENGTH]     = { "pim.mask_len", "Masklen", UINT8 },
	[GROUP_FLAGS]     = { "pim.group_addr.flags", "Flags", UINT8, HEX },
	[GROUP_B]         = { "pim.group_addr.flags.b", "Bidirectional PIM", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[GROUP_RESERVED]  = { "pim.group_addr.flags.reserved", "Reserved", UINT8, HEX, .mask = 0x7e },
	[GROUP_Z]         = { "pim.group_addr.flags.z", "Admin Scope Zone", BOOLEAN, .mask = 0x01, .names = &set_or_not },
	[SOURCE_FLAGS]    = { "pim.source_addr.flags", "Flags", UINT8, HEX },
	[SOURCE_RESERVED] = { "pim.source_addr.flags.reserved", "Reserved", UINT8, HEX, .mask = 0xf8 },
	[SOURCE_S]        = { "pim.source_addr.flags.s", "Sparse", BOOLEAN, .mask = 0x04, .names = &set_or_not },
	[SOURCE_W]        = { "pim.source_addr.flags.w", "WildCard", BOOLEAN, .mask = 0x02, .names = &set_or_not },
	[SOURCE_R]        = { "pim.source_addr.flags.r", "Rendezvous Point Tree", BOOLEAN, .mask = 0x01,
	                      .names = &set_or_not },
	[ATTRIBUTE]       = { "pim.source_ja", "Join Attribute", SUBTREE },
	[ATTRIBUTE_FLAGS] = { "pim.source_ja.flags", "Flags", UINT8, HEX },
	[ATTRIBUTE_F]     = { "pim.source_ja.flags.f", "Forward", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[ATTRIBUTE_E]     = { "pim.source_ja.flags.e", "End of Attributes", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[ATTRIBUTE_TYPE]  = { "pim.source_ja.flags.attr_type", "Attribute Type", UINT8, DEC, .mask = 0x3f,
	                      .names = NAMES(attributes) },
	[ATTRIBUTE_LENGTH] = { "pim.source_ja.length", "Length", UINT8 },
	[ATTRIBUTE_VALUE] = { "pim.source_ja.value", "Value", OCTETS },
	[RLOC]            = { "pim.rloc", "RLOC", IPV4 },
	[GROUP_COUNT]     = { "pim.numgroups", "Num Groups", UINT8 },
	[GROUP_SET]       = { "pim.group_set", "Group", SUBTREE },
	[JOINS]           = { "pim.numjoins", "Num Joins", UINT16 },
	[PRUNES]          = { "pim.numprunes", "Num Prunes", UINT16 },
	[FRAGMENT_TAG]    = { "pim.fragment_tag", "Fragment tag", UINT16, HEX },
	[HASH_MASK]       = { "pim.hash_mask_len", "Hash mask len", UINT8 },
	[BSR_PRIORITY]    = { "pim.bsr_priority", "BSR priority", UINT8 },
	[RP_COUNT]        = { "pim.rp_count", "RP count", UINT8 },
	[FRAGMENT_RP_COUNT] = { "pim.frp_count", "FRP count", UINT8 },
	[PRIORITY]        = { "pim.priority", "Priority", UINT8 },
	[PREFIX_COUNT]    = { "pim.prefix_count", "Prefix-count", UINT8 },
	[RP_TREE]         = { "pim.rpt", "RP Tree", BOOLEAN, .mask = 0x80, .names = NAMES(truths) },
	[METRIC_PREFERENCE] = { "pim.metric_pref", "Metric Preference", UINT32, DEC, .mask = 0x7fffffff },
	[METRIC]          = { "pim.metric", "Metric", UINT32 },
	[DF_PREFERENCE]   = { "pim.df_metric_pref", "DF Metric Preference", UINT32 },
	[TTL]             = { "pim.ttl", "TTL", UINT8 },
	[PRUNE_INDICATOR] = { "pim.prune_indicator", "Prune indicator", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[PRUNE_NOW]       = { "pim.prune_now", "Prune now", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[ASSERT_OVERRIDE] = { "pim.assert_override", "Assert override", BOOLEAN, .mask = 0x20, .names = &set_or_not },
	[INTERVAL]        = { "pim.interval", "Interval", UINT8 },
	[TRANSITIVE]      = { "pim.transitivetype", "Transitive Type", BOOLEAN, .mask = 0x80, .names = NAMES(truths) },
	[PFM_TYPE]        = { "pim.optiontype", "Type", UINT16, DEC, .mask = 0x7fff },
	[SOURCE_COUNT]    = { "pim.srccount", "Source Count", UINT16 },
	[SOURCE_HOLDTIME] = { "pim.srcholdtime", "Source Holdtime", UINT16, DEC, .names_only = true,
	                      .names = NAMES(hello_holdtimes) },
};

enum { VERSION_2 = 2, HELLO = 0, REGISTER = 1, BOOTSTRAP = 4, DF_ELECTION = 10, SOURCE_DISCOVERY = 12, PROTOCOL_PIM = 103 };
enum { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2, NATIVE = 0, WITH_ATTRIBUTES = 1 };

/* A message, as far as its parts need to know of the whole. */
struct message {
	node_ref top, options;
};

/* ---- encoded addresses, RFC 7761, section 4.9.1 ---- */

/* The octets of an address of the family that w stands at; 0 where it, or its encoding, is none we know. */
static uint32_t address_length(struct wire *w)
{
	uint8_t family = wire_peek_u8(w, 0), encoding = wire_peek_u8(w, 1);

	if (encoding != NATIVE && encoding != WITH_ATTRIBUTES)
		return 0;
	return family == FAMILY_IPV4 ? 4 : family == FAMILY_IPV6 ? 16 : 0;
}

/* A node over `length` octets, with the address that stands at `at`. */
static void add_address_over(struct dissection *d, const struct wire *w, unsigned field, uint32_t from, uint32_t length,
                             uint32_t at, uint32_t n)
{
	const uint8_t *p = w->data + at;

	if (n == 4)
		add_node(d, w, &fields[field], from, length, be32(p));
	else
		add_node_octets(d, w, &fields[field + 1], from, length, p, n);
}

static const char *text_at(struct dissection *d, const struct wire *w, uint32_t at, uint32_t n)
{
	return n == 4 ? named_ipv4_text(d, be32(w->data + at)) : named_ipv6_text(d, w->data + at);
}

/*
 * False where the address cannot be read, and what follows it neither. `ordinal`: among others of its kind; -1:
 * alone.
 */
static bool add_unicast(struct dissection *d, struct wire *w, unsigned field, int ordinal)
{
	uint32_t n = address_length(w);

	if (!n || !wire_need(w, 2 + n))
		return false;
	add_address_over(d, w, field, w->at, 2 + n, w->at + 2, n);
	if (ordinal >= 0)
		set_text(d, w, d->last, "%s %d: %s", fields[field].label, ordinal, text_at(d, w, w->at + 2, n));
	node_ref node = open_subtree(d);
	add_uint8(d, w, &fields[FAMILY]);
	add_uint8(d, w, &fields[ENCODING]);
	add_address_over(d, w, UNICAST, w->at, n, w->at, n);
	wire_skip(w, n);
	close_subtree(d, node, NULL);
	return true;
}

/* Family, encoding, flags, mask length and address of a group or a source, below its line. */
static void add_masked(struct dissection *d, struct wire *w, unsigned first_flag, unsigned last_flag, unsigned field,
                       uint32_t n)
{
	add_uint8(d, w, &fields[FAMILY]);
	add_uint8(d, w, &fields[ENCODING]);
	uint8_t flags = add_uint8(d, w, &fields[first_flag]);
	node_ref node = open_subtree(d);
	for (unsigned i = first_flag + 1; i <= last_flag; i++)
		if (fields[i].type == BOOLEAN && flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	add_bits(d, w, &fields[first_flag + 1], &fields[last_flag], 1, flags);
	close_subtree(d, node, NULL);
	add_uint8(d, w, &fields[MASK_LENGTH]);
	add_address_over(d, w, field, w->at, n, w->at, n);
	wire_skip(w, n);
}

/* Opens the group's subtree in *node where it is wanted. */
static bool add_group(struct dissection *d, struct wire *w, int ordinal, node_ref *group)
{
	uint32_t n = address_length(w);

	if (!n || !wire_need(w, 4 + n))
		return false;
	add_address_over(d, w, GROUP, w->at, 4 + n, w->at + 4, n);
	const char *address = text_at(d, w, w->at + 4, n);
	if (ordinal >= 0)
		set_text(d, w, d->last, "Group %d: %s/%u", ordinal, address, w->data[w->at + 3]);
	else
		set_text(d, w, d->last, "Group: %s/%u", address, w->data[w->at + 3]);
	node_ref node = open_subtree(d);
	add_masked(d, w, GROUP_FLAGS, GROUP_Z, GROUP, n);
	close_subtree(d, node, NULL);
	if (group)
		*group = node;
	return true;
}

/* RFC 5384, section 3.1. */
static void add_attributes(struct dissection *d, struct wire *w)
{
	enum { END = 0x40, RECEIVER_RLOC = 6 };
	uint8_t flags;

	do {
		node_ref node = open_heading(d, w, &fields[ATTRIBUTE]);
		flags = add_uint8(d, w, &fields[ATTRIBUTE_FLAGS]);
		unsigned type = flags & 0x3f;
		const char *name = name_or(fields[ATTRIBUTE_TYPE].names, type, "Unknown");
		append_text(d, w, node, ": %s", name);
		node_ref bits = open_subtree(d);
		for (unsigned i = ATTRIBUTE_F; i <= ATTRIBUTE_E; i++)
			if (flags & fields[i].mask)
				append_text(d, w, bits, ", %s", fields[i].label);
		append_text(d, w, bits, ", Attribute Type: %s", name);
		add_bits(d, w, &fields[ATTRIBUTE_F], &fields[ATTRIBUTE_TYPE], 1, flags);
		close_subtree(d, bits, NULL);
		uint8_t length = add_uint8(d, w, &fields[ATTRIBUTE_LENGTH]);
		if (type == RECEIVER_RLOC && wire_need(w, 5)) {
			struct wire locator = *w;
			add_node(d, w, &fields[RLOC], w->at, length, be32(wire_here(w) + 1));
			node_ref rloc = open_subtree(d);
			add_uint8(d, &locator, &fields[FAMILY]);
			add_ipv4(d, &locator, &fields[RLOC]); /* of whatever family, says tshark */
			close_subtree(d, rloc, NULL);
			wire_skip(w, length);
		} else {
			add_octets(d, w, &fields[ATTRIBUTE_VALUE], length);
		}
		close_subtree(d, node, w);
	} while (w->state == WIRE_GOOD && !(flags & END));
}

static bool add_masked_source(struct dissection *d, struct wire *w, unsigned field)
{
	uint32_t n = address_length(w);

	if (!n || !wire_need(w, 4 + n))
		return false;
	const uint8_t *p = wire_here(w);
	add_address_over(d, w, field, w->at, 4 + n, w->at + 4, n);
	set_text(d, w, d->last, "IP address: %s/%u%s%s%s%s%s", text_at(d, w, w->at + 4, n), p[3], p[2] & 7 ? " (" : "",
	         p[2] & 4 ? "S" : "", p[2] & 2 ? "W" : "", p[2] & 1 ? "R" : "", p[2] & 7 ? ")" : "");
	node_ref node = open_subtree(d);
	add_masked(d, w, SOURCE_FLAGS, SOURCE_R, SOURCE, n);
	if (p[1] == WITH_ATTRIBUTES)
		add_attributes(d, w);
	close_subtree(d, node, w);
	return true;
}

/* ---- hello ---- */

static void add_hold_time(struct dissection *d, struct wire *w, node_ref option)
{
	uint16_t time = add_uint16(d, w, &fields[HOLDTIME_HELLO]);
	const char *name = name_of(fields[HOLDTIME_HELLO].names, time);

	append_text(d, w, option, ": %u", time);
	if (name)
		append_text(d, w, option, " (%s)", name);
}

static void add_prune_delay(struct dissection *d, struct wire *w, node_ref option)
{
	uint16_t delay = wire_u16(w);

	add_node(d, w, &fields[PRUNE_T], w->at - 2, 1, delay >> 8);
	add_node(d, w, &fields[PROPAGATION_DELAY], w->at - 2, 2, delay);
	uint16_t override = add_uint16(d, w, &fields[OVERRIDE_INTERVAL]);
	append_text(d, w, option, ": T = %u, Propagation Delay = %ums, Override Interval = %ums", delay >> 15, delay & 0x7fff,
	            override);
}

static void add_dr_priority(struct dissection *d, struct wire *w, node_ref option)
{
	uint32_t priority = add_uint32(d, w, &fields[DR_PRIORITY]);
	append_text(d, w, option, ": %u", priority);
}

static void add_generation(struct dissection *d, struct wire *w, node_ref option)
{
	uint32_t id = add_uint32(d, w, &fields[GENERATION_ID]);
	append_text(d, w, option, ": %u", id);
}

static void add_refresh_capability(struct dissection *d, struct wire *w, node_ref option)
{
	uint8_t version = add_uint8(d, w, &fields[REFRESH_VERSION]);
	uint8_t interval = add_uint8(d, w, &fields[REFRESH_INTERVAL]);
	add_uint16(d, w, &fields[REFRESH_RESERVED]);
	append_text(d, w, option, ": Version = %u, Interval = %us", version, interval);
}

static void add_addresses(struct dissection *d, struct wire *w, const char *title)
{
	node_ref node = open_heading(d, w, &fields[ADDRESS_LIST]);

	set_text(d, w, node, "%s", title);
	while (wire_more(w) && add_unicast(d, w, LISTED, -1))
		;
	close_subtree(d, node, w);
}

static void add_address_list(struct dissection *d, struct wire *w, node_ref option)
{
	(void)option;
	add_addresses(d, w, "Address List (24)");
}

static void add_old_address_list(struct dissection *d, struct wire *w, node_ref option)
{
	(void)option;
	add_addresses(d, w, "old Address List (65001)");
}

/* What an option holds that is not shown as octets. Those of a fixed length are read whatever length they say. */
static const struct {
	uint16_t type;
	bool is_list;
	void (*add)(struct dissection *d, struct wire *w, node_ref option);
} hello_options[] = {
	{ 1, false, add_hold_time },
	{ 2, false, add_prune_delay },
	{ 19, false, add_dr_priority },
	{ 20, false, add_generation },
	{ 21, false, add_refresh_capability },
	{ 24, true, add_address_list },
	{ 65001, true, add_old_address_list },
};

static void add_hello_option(struct dissection *d, struct wire *w)
{
	uint16_t type = wire_peek_u16(w, 0), length = wire_peek_u16(w, 2);

	if (!wire_need(w, 4u + length))
		return;
	node_ref node = open_heading(d, w, &fields[OPTION]);
	const char *name = name_of(NAMES(option_types), type);
	set_text(d, w, node, "Option %u: %s", type, name ? name : text_of(d, "Unknown: %u", type));
	add_uint16(d, w, &fields[OPTION_TYPE]);
	add_uint16(d, w, &fields[OPTION_LENGTH]);
	unsigned i = 0, count = sizeof hello_options / sizeof *hello_options;
	while (i < count && hello_options[i].type != type)
		i++;
	if (i < count) {
		struct wire value = *w;
		if (hello_options[i].is_list)
			value = wire_part(w, length);
		hello_options[i].add(d, &value, node);
		if (value.state == WIRE_OVERRUN)
			value.state = WIRE_MALFORMED; /* of the message, not of the option */
		wire_join(w, &value);
		wire_skip(w, length);
	} else if (length) {
		add_octets(d, w, &fields[OPTION_VALUE], length);
	}
	close_subtree(d, node, w);
}

static void add_hello(struct dissection *d, struct wire *w, const struct message *m)
{
	unsigned count = 0;

	for (; wire_more(w); count++)
		add_hello_option(d, w);
	append_text(d, w, m->options, ": %u", count);
}

/* ---- register ---- */

/*
 * RFC 7761, section 4.4.1: what a null register has for a packet, when it is no packet: addresses where a
 * header has them.
 */
static void add_dummy_header(struct dissection *d, struct wire *w)
{
	bool is_ipv6 = d->source.kind == ADDRESS_IPV6;
	uint32_t n = is_ipv6 ? 16 : 4;

	add_node(d, w, &fields[DUMMY_HEADER], w->at, wire_left(w), 0);
	set_text(d, w, d->last, "Dummy Header%s", is_ipv6 ? "IPv6" : "IPv4");
	wire_skip(w, is_ipv6 ? 8 : 12);
	for (unsigned field = DUMMY_SOURCE; field <= DUMMY_GROUP; field += 2) {
		if (!wire_need(w, n))
			return;
		add_address_over(d, w, field, w->at, n, w->at, n);
		wire_skip(w, n);
	}
}

static void add_register(struct dissection *d, struct wire *w, const struct message *m)
{
	struct columns *const columns = d->columns;
	uint32_t flags = add_uint32(d, w, &fields[REGISTER_FLAGS]);
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[FLAG_BORDER], &fields[FLAG_NULL], 4, flags);
	close_subtree(d, node, NULL);
	uint8_t first = wire_peek_u8(w, 0);

	if (w->state != WIRE_GOOD)
		return;
	add_node(d, w, &fields[IP_VERSION], w->at, 1, first);
	switch (first >> 4) {
	case 0:
		add_dummy_header(d, w);
		break;
	case 4:
	case 6:
		close_subtree(d, m->options, w);
		close_subtree(d, m->top, w);
		/* The packet list names the addresses of the packet within, but says no more of it. */
		d->columns = NULL;
		dissect_next(d, *w, BY_ETHERTYPE, first >> 4 == 4 ? 0x0800 : 0x86dd);
		d->columns = columns;
		break;
	}
}

static void add_register_stop(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	if (add_group(d, w, -1, NULL))
		add_unicast(d, w, SOURCE, -1);
}

/* ---- joins and prunes, and grafts ---- */

static bool add_sources(struct dissection *d, struct wire *w, unsigned count_field, unsigned field, uint16_t count,
                        uint32_t at)
{
	bool good = true;

	add_node(d, w, &fields[count_field], at, 2, count);
	node_ref node = open_subtree(d);
	while (count-- && good)
		good = add_masked_source(d, w, field);
	close_subtree(d, node, w);
	return good;
}

static bool add_group_set(struct dissection *d, struct wire *w, unsigned ordinal)
{
	node_ref node = open_heading(d, w, &fields[GROUP_SET]);
	set_text(d, w, node, "Group %u", ordinal);
	bool good = add_group(d, w, (int)ordinal, NULL);

	if (good) {
		uint16_t joins = wire_peek_u16(w, 0), prunes = wire_peek_u16(w, 2);
		uint32_t at = w->at;
		wire_skip(w, 4);
		good = w->state == WIRE_GOOD && add_sources(d, w, JOINS, JOINED, joins, at) &&
		       add_sources(d, w, PRUNES, PRUNED, prunes, at + 2);
	}
	close_subtree(d, node, w);
	return good;
}

static void add_join_prune(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	if (!add_unicast(d, w, UPSTREAM, -1))
		return;
	add_octets(d, w, &fields[RESERVED], 1);
	uint8_t count = add_uint8(d, w, &fields[GROUP_COUNT]);
	add_uint16(d, w, &fields[HOLDTIME]);
	for (unsigned i = 0; i < count && w->state == WIRE_GOOD && add_group_set(d, w, i); i++)
		;
}

/* ---- bootstrap, RFC 5059 ---- */

/* A rendezvous point of a group; its priority is shown with the group, what is reserved behind the options. */
static bool add_rendezvous_point(struct dissection *d, struct wire *w, node_ref group, int ordinal)
{
	if (!add_unicast(d, w, RP, ordinal))
		return false;
	add_uint16(d, w, &fields[HOLDTIME]);
	node_ref saved = reopen(d, group);
	add_uint8(d, w, &fields[PRIORITY]);
	close_late(d, saved);
	wire_skip(w, 1);
	return w->state == WIRE_GOOD;
}

static void add_bootstrap(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_uint16(d, w, &fields[FRAGMENT_TAG]);
	add_uint8(d, w, &fields[HASH_MASK]);
	add_uint8(d, w, &fields[BSR_PRIORITY]);
	bool good = add_unicast(d, w, BSR, -1);
	node_ref group;

	for (int i = 0; good && wire_more(w) && add_group(d, w, i, &group); i++) {
		node_ref saved = reopen(d, group);
		add_uint8(d, w, &fields[RP_COUNT]);
		uint8_t count = add_uint8(d, w, &fields[FRAGMENT_RP_COUNT]);
		close_late(d, saved);
		wire_skip(w, wire_left(w) < 2 ? wire_captured(w) : 2);
		for (int j = 0; j < count && good; j++)
			good = add_rendezvous_point(d, w, group, j);
	}
}

/* Moves over `before` octets and an encoded address. */
static bool skip_address(struct wire *w, uint32_t before)
{
	uint32_t n = address_length(w);

	wire_skip(w, before + n);
	return n && w->state == WIRE_GOOD;
}

/* Reads the message again, for the octets that are reserved. */
static void add_bootstrap_reserved(struct dissection *d, struct wire w)
{
	wire_skip(&w, 4);
	bool good = skip_address(&w, 2);

	while (good && wire_more(&w) && skip_address(&w, 4)) {
		uint8_t count = wire_peek_u8(&w, 1);
		wire_skip(&w, 4);
		for (; count && good; count--) {
			good = skip_address(&w, 2);
			wire_skip(&w, 3);
			if (good)
				add_octets(d, &w, &fields[RESERVED], 1);
			good = good && w.state == WIRE_GOOD;
		}
	}
}

static void add_candidate(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	uint8_t count = add_uint8(d, w, &fields[PREFIX_COUNT]);
	add_uint8(d, w, &fields[PRIORITY]);
	add_uint16(d, w, &fields[HOLDTIME]);
	bool good = add_unicast(d, w, RP, -1);
	for (int i = 0; i < count && good; i++)
		good = add_group(d, w, i, NULL);
}

/* ---- assert, state refresh, designated forwarders ---- */

static void add_metrics(struct dissection *d, struct wire *w)
{
	uint32_t preference = wire_u32(w);

	add_node(d, w, &fields[RP_TREE], w->at - 4, 1, preference >> 24);
	add_node(d, w, &fields[METRIC_PREFERENCE], w->at - 4, 4, preference);
	add_uint32(d, w, &fields[METRIC]);
}

static void add_assert(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	if (add_group(d, w, -1, NULL) && add_unicast(d, w, SOURCE, -1))
		add_metrics(d, w);
}

static void add_state_refresh(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	if (!add_group(d, w, -1, NULL) || !add_unicast(d, w, SOURCE, -1) || !add_unicast(d, w, ORIGINATOR, -1))
		return;
	add_metrics(d, w);
	add_uint8(d, w, &fields[MASK_LENGTH]);
	add_uint8(d, w, &fields[TTL]);
	uint8_t flags = wire_u8(w);
	add_bits(d, w, &fields[PRUNE_INDICATOR], &fields[ASSERT_OVERRIDE], 1, flags);
	add_uint8(d, w, &fields[INTERVAL]);
}

static void add_df_election(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	if (!add_unicast(d, w, RP, -1))
		return;
	add_uint32(d, w, &fields[DF_PREFERENCE]);
	add_uint32(d, w, &fields[METRIC]);
}

/* ---- source discovery, RFC 8364 ---- */

static bool add_group_sources(struct dissection *d, struct wire *w)
{
	if (!add_group(d, w, -1, NULL))
		return false;
	uint16_t count = add_uint16(d, w, &fields[SOURCE_COUNT]);
	add_uint16(d, w, &fields[SOURCE_HOLDTIME]);
	bool good = w->state == WIRE_GOOD;
	while (count-- && good)
		good = add_unicast(d, w, SOURCE, -1);
	return good;
}

static void add_source_discovery(struct dissection *d, struct wire *w, const struct message *m)
{
	enum { GROUP_SOURCE_HOLDTIME = 1 };
	bool good = add_unicast(d, w, ORIGINATOR, -1);
	unsigned count = 0;

	for (; good && wire_more(w); count++) {
		uint16_t type = wire_peek_u16(w, 0), length = wire_peek_u16(w, 2);
		bool is_known = (type & 0x7fff) == GROUP_SOURCE_HOLDTIME;
		if (!wire_need(w, 4u + length))
			return;
		node_ref node = open_heading(d, w, &fields[OPTION]);
		set_text(d, w, node, "Option %u: %s", type & 0x7fff,
		         is_known ? "Group Source Holdtime TLV" : text_of(d, "Unknown: %u", type & 0x7fff));
		add_node(d, w, &fields[TRANSITIVE], w->at, 1, type >> 8);
		add_uint16(d, w, &fields[PFM_TYPE]);
		add_uint16(d, w, &fields[OPTION_LENGTH]);
		if (!is_known && length)
			add_octets(d, w, &fields[OPTION_VALUE], length);
		close_subtree(d, node, w);
		if (is_known)
			good = add_group_sources(d, w);
	}
	append_text(d, w, m->options, ": %u", count);
}

/* ---- the message ---- */

static void (*const messages[])(struct dissection *d, struct wire *w, const struct message *m) = {
	[HELLO] = add_hello, [REGISTER] = add_register, [2] = add_register_stop, [3] = add_join_prune, [BOOTSTRAP] = add_bootstrap,
	[5] = add_assert, [6] = add_join_prune, [7] = add_join_prune, [8] = add_candidate, [9] = add_state_refresh,
	[DF_ELECTION] = add_df_election, [SOURCE_DISCOVERY] = add_source_discovery,
};

/* Of a register only its first 8 octets: RFC 7761, section 4.9.3. */
static void add_message_checksum(struct dissection *d, struct wire *w, uint32_t start, uint8_t version, uint8_t type)
{
	uint32_t length = type == REGISTER ? 8 : w->reported - start;

	if (version != VERSION_2 || w->fragment || w->state != WIRE_GOOD || length > w->end - start) {
		add_unverified_checksum(d, w, &fields[CHECKSUM], " [unverified]");
		return;
	}
	uint16_t sum = 0;
	if (d->source.kind == ADDRESS_IPV6)
		sum = checksum_pseudo_header(&d->source, &d->destination, PROTOCOL_PIM, length);
	add_checksum(d, w, &fields[CHECKSUM], checksum_add(sum, w->data + start, length));
}

static void list_message(struct dissection *d, const struct wire *w, uint8_t version, uint8_t type)
{
	const char *name = version == VERSION_2 ? name_of(fields[TYPE].names, type) : "Unknown";

	set_column(d, w, "PIMv%u", version == 0 ? 1 : version);
	if (name)
		set_info(d, w, "%s", name);
	else
		set_info(d, w, "Unknown (%u)", type);
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	struct message m = { .top = open_protocol(d, w, &fields[PIM]) };
	uint8_t first = wire_u8(w), type = first & 0xf, version = first >> 4;

	add_bits(d, w, &fields[VERSION], &fields[TYPE], 1, first);
	list_message(d, w, version, type);
	if (type == DF_ELECTION) {
		uint8_t subtype = wire_u8(w);
		add_bits(d, w, &fields[DF_SUBTYPE], &fields[DF_RESERVED], 1, subtype);
	} else {
		if (type == SOURCE_DISCOVERY)
			add_node(d, w, &fields[NO_FORWARD], w->at, 1, wire_peek_u8(w, 0));
		add_octets(d, w, &fields[RESERVED], 1);
	}
	add_message_checksum(d, w, start, version, type);
	if (wire_more(w)) {
		struct wire again = *w;
		m.options = open_heading(d, w, &fields[OPTIONS]);
		if (version == VERSION_2 && type < sizeof messages / sizeof *messages && messages[type])
			messages[type](d, w, &m);
		close_subtree(d, m.options, w);
		if (version == VERSION_2 && type == BOOTSTRAP && !d->first_pass)
			add_bootstrap_reserved(d, again);
	}
	close_subtree(d, m.top, w);
}

const struct protocol protocol_pim = {
	.name = "Protocol Independent Multicast",
	.short_name = "PIM",
	.filter = "pim",
	.column = "PIM",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
