/*
 * icmpv6_nd.c: neighbour discovery (RFC 4861), inverse (RFC 3122), secure (certification paths, RFC 3971) and
 * in 6LoWPAN (duplicate addresses, RFC 6775). Options are in icmpv6_options.c.
 */

#include "dissect/icmpv6.h"

enum {
	HOP_LIMIT, RA_FLAGS, RA_M, RA_O, RA_H, RA_PREFERENCE, RA_P, RA_RESERVED, ROUTER_LIFETIME,
	REACHABLE_TIME, RETRANS_TIMER, NS_TARGET, NA_FLAGS, NA_R, NA_S, NA_O, NA_RESERVED, NA_TARGET,
	REDIRECT_TARGET, REDIRECT_DESTINATION, SEND_IDENTIFIER, SEND_ALL, SEND_COMPONENT, DA_STATUS,
	DA_RESERVED, DA_LIFETIME, DA_EUI64, DA_ADDRESS, N_FIELDS
};

static const struct name preferences[] = { { 0, "Medium" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" } };
static const struct name da_statuses[] = {
	{ 0, "Success" }, { 1, "Duplicate Exists" }, { 2, "Neighbor Cache Full" },
};

static const struct field fields[N_FIELDS] = {
	[HOP_LIMIT]            = { "icmpv6.nd.ra.cur_hop_limit", "Cur hop limit", UINT8 },
	[RA_FLAGS]             = { "icmpv6.nd.ra.flag", "Flags", UINT8, HEX },
	[RA_M]                 = { "icmpv6.nd.ra.flag.m", "Managed address configuration", BOOLEAN, .mask = 0x80,
	                           .names = &set_or_not },
	[RA_O]                 = { "icmpv6.nd.ra.flag.o", "Other configuration", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[RA_H]                 = { "icmpv6.nd.ra.flag.h", "Home Agent", BOOLEAN, .mask = 0x20, .names = &set_or_not },
	[RA_PREFERENCE]        = { "icmpv6.nd.ra.flag.prf", "Prf (Default Router Preference)", UINT8, .mask = 0x18,
	                           .names = NAMES(preferences) },
	[RA_P]                 = { "icmpv6.nd.ra.flag.p", "Proxy", BOOLEAN, .mask = 0x04, .names = &set_or_not },
	[RA_RESERVED]          = { "icmpv6.nd.ra.flag.rsv", "Reserved", UINT8, .mask = 0x03 },
	[ROUTER_LIFETIME]      = { "icmpv6.nd.ra.router_lifetime", "Router lifetime (s)", UINT16 },
	[REACHABLE_TIME]       = { "icmpv6.nd.ra.reachable_time", "Reachable time (ms)", UINT32 },
	[RETRANS_TIMER]        = { "icmpv6.nd.ra.retrans_timer", "Retrans timer (ms)", UINT32 },
	[NS_TARGET]            = { "icmpv6.nd.ns.target_address", "Target Address", IPV6 },
	[NA_FLAGS]             = { "icmpv6.nd.na.flag", "Flags", UINT32, HEX },
	[NA_R]                 = { "icmpv6.nd.na.flag.r", "Router", BOOLEAN, .mask = 0x80000000, .names = &set_or_not },
	[NA_S]                 = { "icmpv6.nd.na.flag.s", "Solicited", BOOLEAN, .mask = 0x40000000, .names = &set_or_not },
	[NA_O]                 = { "icmpv6.nd.na.flag.o", "Override", BOOLEAN, .mask = 0x20000000, .names = &set_or_not },
	[NA_RESERVED]          = { "icmpv6.nd.na.flag.rsv", "Reserved", UINT32, .mask = 0x1fffffff },
	[NA_TARGET]            = { "icmpv6.nd.na.target_address", "Target Address", IPV6 },
	[REDIRECT_TARGET]      = { "icmpv6.nd.rd.target_address", "Target Address", IPV6 },
	[REDIRECT_DESTINATION] = { "icmpv6.rd.na.destination_address", "Destination Address", IPV6 },
	[SEND_IDENTIFIER]      = { "icmpv6.send.identifier", "Identifier", UINT16 },
	[SEND_ALL]             = { "icmpv6.send.all_components", "All Components", UINT16 },
	[SEND_COMPONENT]       = { "icmpv6.send.component", "Component", UINT16 },
	[DA_STATUS]            = { "icmpv6.6lowpannd.da.status", "Status", UINT8, .names = NAMES(da_statuses) },
	[DA_RESERVED]          = { "icmpv6.6lowpannd.da.rsv", "Reserved", UINT8 },
	[DA_LIFETIME]          = { "icmpv6.6lowpannd.da.lifetime", "Lifetime", UINT16 },
	[DA_EUI64]             = { "icmpv6.6lowpannd.da.eui64", "EUI-64", EUI64 },
	[DA_ADDRESS]           = { "icmpv6.6lowpannd.da.reg_addr", "Registered Address", IPV6 },
};

static void add_solicitation(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	icmpv6_reserved(d, w, 4);
	icmpv6_options(d, w, m->top);
}

static void add_router_advertisement(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_uint8(d, w, &fields[HOP_LIMIT]);
	uint8_t flags = add_uint8(d, w, &fields[RA_FLAGS]);
	node_ref node = open_subtree(d);
	for (unsigned i = RA_M; i <= RA_P; i++)
		if (i == RA_PREFERENCE)
			append_text(d, w, node, ", %s: %s", fields[i].label, preferences[flags >> 3 & 3].text);
		else if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	add_bits(d, w, &fields[RA_M], &fields[RA_RESERVED], 1, flags);
	close_subtree(d, node, NULL);
	add_uint16(d, w, &fields[ROUTER_LIFETIME]);
	add_uint32(d, w, &fields[REACHABLE_TIME]);
	add_uint32(d, w, &fields[RETRANS_TIMER]);
	icmpv6_options(d, w, m->top);
}

static void add_neighbor_solicitation(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	icmpv6_reserved(d, w, 4);
	const uint8_t *target = add_ipv6(d, w, &fields[NS_TARGET]);
	if (LISTING(d, w))
		append_info(d, w, " for %s", ipv6_text(d, target));
	icmpv6_options(d, w, m->top);
}

static void list_advertisement(struct dissection *d, const struct wire *w, const uint8_t *target, uint32_t flags)
{
	static const char *const names[] = {
		"none", "ovr", "sol", "sol, ovr", "rtr", "rtr, ovr", "rtr, sol", "rtr, sol, ovr",
	};

	append_info(d, w, " %s (%s)", ipv6_text(d, target), names[flags >> 29]);
}

static void add_neighbor_advertisement(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	uint32_t flags = wire_peek_u32(w, 0);
	icmpv6_flags32(d, w, &fields[NA_FLAGS], &fields[NA_RESERVED]);
	const uint8_t *target = add_ipv6(d, w, &fields[NA_TARGET]);
	if (LISTING(d, w))
		list_advertisement(d, w, target, flags);
	icmpv6_options(d, w, m->top);
}

static void add_redirect(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	icmpv6_reserved(d, w, 4);
	add_ipv6(d, w, &fields[REDIRECT_TARGET]);
	add_ipv6(d, w, &fields[REDIRECT_DESTINATION]);
	icmpv6_options(d, w, m->top);
}

static void add_path_solicitation(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_uint16(d, w, &fields[SEND_IDENTIFIER]);
	add_uint16(d, w, &fields[SEND_COMPONENT]);
	icmpv6_options(d, w, m->top);
}

static void add_path_advertisement(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_uint16(d, w, &fields[SEND_IDENTIFIER]);
	add_uint16(d, w, &fields[SEND_ALL]);
	add_uint16(d, w, &fields[SEND_COMPONENT]);
	icmpv6_reserved(d, w, 2);
	icmpv6_options(d, w, m->top);
}

static void add_duplicate_address(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	add_uint8(d, w, &fields[DA_STATUS]);
	add_uint8(d, w, &fields[DA_RESERVED]);
	add_uint16(d, w, &fields[DA_LIFETIME]);
	add_uint64(d, w, &fields[DA_EUI64]);
	add_ipv6(d, w, &fields[DA_ADDRESS]);
}

const struct icmpv6_body icmpv6_nd[] = {
	{ 133, NULL, add_solicitation },
	{ 134, NULL, add_router_advertisement },
	{ 135, NULL, add_neighbor_solicitation },
	{ 136, NULL, add_neighbor_advertisement },
	{ 137, NULL, add_redirect },
	{ 141, NULL, add_solicitation },
	{ 142, NULL, add_solicitation },
	{ 148, NULL, add_path_solicitation },
	{ 149, NULL, add_path_advertisement },
	{ 157, NULL, add_duplicate_address },
	{ 158, NULL, add_duplicate_address },
	{ 0 },
};

const struct protocol protocol_icmpv6_nd = {
	.name = "ICMPv6 neighbour discovery",
	.short_name = "ICMPv6 ND",
	.filter = "icmpv6_nd",
	.fields = fields,
	.field_count = N_FIELDS,
};
