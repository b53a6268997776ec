/*
 * icmpv6_mobility.c: Mobile IPv6 (RFC 6275), fast handovers (RFC 5568), and locators of the Identifier-Locator
 * Network Protocol (RFC 6743).
 */

#include "dissect/icmpv6.h"

enum {
	MIP_IDENTIFIER, MIP_HOME_AGENT, MIP_FLAGS, MIP_M, MIP_O, MIP_RESERVED, FMIP_SUBTYPE, FMIP_FLAGS,
	FMIP_S, FMIP_A, FMIP_RESERVED, FMIP_IDENTIFIER, LOCATOR_COUNT, LOCATOR, LOCATOR_PREFERENCE,
	LOCATOR_LIFETIME, N_FIELDS
};

static const struct name fmip_subtypes[] = {
	{ 2, "Router Solicitation for Proxy Advertisement" },
	{ 3, "Proxy Router Advertisement" },
	{ 4, "Handover Initiate" },
	{ 5, "Handover Acknowledge" },
};
/* What codes mean for the subtypes that have some. */
static const struct name proxy_codes[] = {
	{ 0, "MN should use AP-ID, AR-info tuple" }, { 1, "Network Initiated Handover trigger" },
	{ 2, "No new router information" }, { 3, "Limited new router information" }, { 4, "Unsolicited" },
};
static const struct name initiate_codes[] = {
	{ 0, "FBU sent from previous link" }, { 1, "FBU sent from new link" },
};
static const struct name acknowledge_codes[] = {
	{ 0, "Handover Accepted, NCoA valid" }, { 1, "Handover Accepted, NCoA not valid" },
	{ 2, "Handover Accepted, NCoA in use" }, { 3, "Handover Accepted, NCoA assigned" },
	{ 4, "Handover Accepted, NCoA not assigned" },
	{ 128, "Handover Not Accepted, reason unspecified" }, { 129, "Administratively prohibited" },
	{ 130, "Insufficient resources" },
};

static const struct field fields[N_FIELDS] = {
	[MIP_IDENTIFIER]     = { "icmpv6.mip6.identifier", "Identifier", UINT16, DEC_HEX },
	[MIP_HOME_AGENT]     = { "icmpv6.mip6.home_agent_address", "Home Agent Address", IPV6 },
	[MIP_FLAGS]          = { "icmpv6.mip6.flag", "Flags", UINT16, HEX },
	[MIP_M]              = { "icmpv6.mip6.flag.m", "Managed address configuration", BOOLEAN, .mask = 0x8000,
	                         .names = &set_or_not },
	[MIP_O]              = { "icmpv6.mip6.flag.o", "Other configuration", BOOLEAN, .mask = 0x4000,
	                         .names = &set_or_not },
	[MIP_RESERVED]       = { "icmpv6.mip6.flag.rsv", "Reserved", UINT16, .mask = 0x3fff },
	[FMIP_SUBTYPE]       = { "icmpv6.fmip6.subtype", "Subtype", UINT8, .names = NAMES(fmip_subtypes) },
	[FMIP_FLAGS]         = { "icmpv6.fmip6.hi.flag", "Flag", UINT8, HEX },
	[FMIP_S]             = { "icmpv6.fmip6.hi.flag.s", "Assigned address configuration", BOOLEAN, .mask = 0x80,
	                         .names = &set_or_not },
	[FMIP_A]             = { "icmpv6.fmip6.hi.flag.a", "Buffer", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[FMIP_RESERVED]      = { "icmpv6.fmip6.hi.flag.reserved", "Reserved", UINT8, .mask = 0x3f },
	[FMIP_IDENTIFIER]    = { "icmpv6.fmip6.identifier", "Identifier", UINT16, DEC_HEX },
	[LOCATOR_COUNT]      = { "icmpv6.ilnp.nb_locs", "Num of Locs", UINT8 },
	[LOCATOR]            = { "icmpv6.ilnp.nb_locator", "Locator", UINT64, HEX },
	[LOCATOR_PREFERENCE] = { "icmpv6.ilnp.nb_preference", "Preference", UINT32 },
	[LOCATOR_LIFETIME]   = { "icmpv6.ilnp.nb_lifetime", "Lifetime", UINT32 },
};

enum { PROXY_SOLICITATION = 2, PROXY_ADVERTISEMENT = 3, HANDOVER_INITIATE = 4, HANDOVER_ACKNOWLEDGE = 5 };

static void add_agent_discovery(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	add_uint16(d, w, &fields[MIP_IDENTIFIER]);
	icmpv6_reserved(d, w, 2);
}

static void add_agent_reply(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_agent_discovery(d, w, m);
	while (wire_more(w))
		add_ipv6(d, w, &fields[MIP_HOME_AGENT]);
}

static void add_prefix_advertisement(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_uint16(d, w, &fields[MIP_IDENTIFIER]);
	icmpv6_flags16(d, w, &fields[MIP_FLAGS], &fields[MIP_RESERVED]);
	icmpv6_options(d, w, m->top);
}

/* RFC 5568, section 6: the subtype says what the code means. */
static void add_fast_handover(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
#define CODES(array) { array, sizeof array / sizeof *array }
	static const struct names codes[] = {
		[PROXY_ADVERTISEMENT] = CODES(proxy_codes), [HANDOVER_INITIATE] = CODES(initiate_codes),
		[HANDOVER_ACKNOWLEDGE] = CODES(acknowledge_codes),
	};
#undef CODES
	uint8_t subtype = add_uint8(d, w, &fields[FMIP_SUBTYPE]);
	const char *subtype_name = name_of(fields[FMIP_SUBTYPE].names, subtype);

	if (subtype_name)
		append_info(d, w, " (%s)", subtype_name);
	else
		append_info(d, w, " (Unknown (%u))", subtype);
	if (subtype >= PROXY_ADVERTISEMENT && subtype <= HANDOVER_ACKNOWLEDGE && SHOWING(d, w)) {
		const char *name = name_of(&codes[subtype], m->code);
		value_text(d, w, m->code_node, "%u (%s)", m->code, name ? name : text_of(d, "Unknown %u", m->code));
	}
	if (subtype == HANDOVER_INITIATE)
		icmpv6_flags8(d, w, &fields[FMIP_FLAGS], &fields[FMIP_RESERVED]);
	else if (subtype >= PROXY_SOLICITATION && subtype <= HANDOVER_ACKNOWLEDGE)
		icmpv6_reserved(d, w, 1);
	else
		wire_skip(w, 1);
	add_uint16(d, w, &fields[FMIP_IDENTIFIER]);
	icmpv6_options(d, w, m->top);
}

static void add_locators(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	uint8_t count = add_uint8(d, w, &fields[LOCATOR_COUNT]);
	icmpv6_reserved(d, w, 1);
	icmpv6_reserved(d, w, 2);
	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++) {
		add_uint64(d, w, &fields[LOCATOR]);
		uint16_t value = wire_u16(w);
		add_node(d, w, &fields[LOCATOR_PREFERENCE], w->at - 2, 2, value);
		value = wire_u16(w);
		add_node(d, w, &fields[LOCATOR_LIFETIME], w->at - 2, 2, value);
	}
}

const struct icmpv6_body icmpv6_mobility[] = {
	{ 144, NULL, add_agent_discovery },
	{ 145, NULL, add_agent_reply },
	{ 146, NULL, add_agent_discovery },
	{ 147, NULL, add_prefix_advertisement },
	{ 150, NULL, add_fast_handover },
	{ 154, NULL, add_fast_handover },
	{ 156, NULL, add_locators },
	{ 0 },
};

const struct protocol protocol_icmpv6_mobility = {
	.name = "ICMPv6 mobility",
	.short_name = "ICMPv6 MIP",
	.filter = "icmpv6_mobility",
	.fields = fields,
	.field_count = N_FIELDS,
};
