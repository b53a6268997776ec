/*
 * icmpv6_options.c: options of neighbour discovery (RFC 4861) and of what is built like it: Mobile IPv6 (RFC 6275, 4068,
 * 5568, 4140), secure neighbour discovery (RFC 3971, 6496), router preferences (RFC 4191), DNS (RFC 8106), handover keys
 * (RFC 5269), 6LoWPAN (RFC 6775, 7400), captive portals (RFC 8910), NAT64 prefixes (RFC 8781).
 *
 * Left out: what X.509 names, keys and certificates say.
 *
 *	|     Type      |    Length     |              ...              |  the length counts 8 octets
 */

#include "dissect/dns.h"
#include "dissect/icmpv6.h"
#include "dissect/text.h"

enum {
	OPTION, TYPE, LENGTH, RESERVED, PADDING, DATA, UNKNOWN_DATA, UNKNOWN_DATA_NOTE, UNDECODED, BAD_LENGTH,
	SOURCE_LINK, SOURCE_LINK_MAC, TARGET_LINK, TARGET_LINK_MAC,
	PREFIX_LENGTH, PREFIX_FLAGS, PREFIX_L, PREFIX_A, PREFIX_R, PREFIX_RESERVED, PREFIX_VALID, PREFIX_PREFERRED, PREFIX,
	REDIRECTED, MTU, SHORTCUT_LIMIT, ADVERTISEMENT_INTERVAL, HOME_PREFERENCE, HOME_LIFETIME, ADDRESS,
	CGA_PAD_LENGTH, CGA, CGA_MODIFIER, CGA_PREFIX, CGA_COUNT, CGA_KEY, CGA_EXT_TYPE, CGA_EXT_LENGTH, CGA_EXT_DATA,
	RSA_KEY_HASH, SIGNATURE, PS_KEY_HASH, TIMESTAMP, NONCE, NAME_TYPE, NAME_X501, NAME_FQDN, CERTIFICATE_TYPE,
	CERTIFICATE,
	IPA_CODE, IPA_PREFIX_LENGTH, IPA_ADDRESS, NRPI_CODE, NRPI_PREFIX_LENGTH, NRPI_PREFIX, LLA_CODE, LLA_OCTETS,
	NAACK_CODE, NAACK_STATUS, NAACK_COA,
	MAP_DISTANCE, MAP_PREFERENCE, MAP_FLAGS, MAP_R, MAP_RESERVED, MAP_VALID, MAP_ADDRESS,
	ROUTE_FLAGS, ROUTE_PREFERENCE, ROUTE_RESERVED, ROUTE_LIFETIME,
	RDNSS_LIFETIME, RDNSS, RA_FLAGS, RA_M, RA_O, RA_H, RA_PREFERENCE, RA_P, RA_RESERVED,
	HKR_PAD_LENGTH, HKR_AT, HKR_RESERVED, HKR_PUBLIC_KEY, HKR_PADDING, HKR_LIFETIME, HKR_HANDOVER_KEY,
	HAI_CODE, HAI_LENGTH, HAI_VALUE, MN_CODE, MN_LENGTH, MN_VALUE,
	DNSSL_LIFETIME, DNSSL,
	ARO_STATUS, ARO_LIFETIME, ARO_EUI64,
	CONTEXT_LENGTH, CONTEXT_FLAGS, CONTEXT_C, CONTEXT_ID, CONTEXT_RESERVED, CONTEXT_LIFETIME, CONTEXT_PREFIX,
	BORDER_LOW, BORDER_HIGH, BORDER_VALID, BORDER_ADDRESS,
	CAPABILITY_UNASSIGNED, CAPABILITY_G, CAPABILITY_REST,
	PORTAL, PREF64_LIFETIME, PREF64_CODE, PREF64_PREFIX,
	N_FIELDS
};

static const struct name types[] = {
	{ 1, "Source link-layer address" },
	{ 2, "Target link-layer address" },
	{ 3, "Prefix information" },
	{ 4, "Redirected header" },
	{ 5, "MTU" },
	{ 6, "NBMA Shortcut Limit Option" },
	{ 7, "Advertisement Interval" },
	{ 8, "Home Agent Information" },
	{ 9, "Source Address List" },
	{ 10, "Target Address List" },
	{ 11, "CGA" },
	{ 12, "RSA Signature" },
	{ 13, "Timestamp" },
	{ 14, "Nonce" },
	{ 15, "Trust Anchor" },
	{ 16, "Certificate" },
	{ 17, "IP Address/Prefix Option" },
	{ 18, "New Router Prefix Information" },
	{ 19, "Link-layer Address" },
	{ 20, "Neighbor Advertisement Acknowledgment" },
	{ 23, "MAP" },
	{ 24, "Route Information" },
	{ 25, "Recursive DNS Server" },
	{ 26, "RA Flags Extension" },
	{ 27, "Handover Key Request" },
	{ 28, "Handover Key Reply" },
	{ 29, "Handover Assist Information" },
	{ 30, "Mobile Node Identifier Option" },
	{ 31, "DNS Search List Option" },
	{ 32, "Proxy Signature (PS)" },
	{ 33, "Address Registration Option" },
	{ 34, "6LoWPAN Context Option" },
	{ 35, "Authoritative Border Router" },
	{ 36, "6LoWPAN Capability Indication Option" },
	{ 37, "DHCP Captive-Portal" },
	{ 38, "PREF64 Option" },
	{ 138, "CARD Request" },
	{ 139, "CARD Reply" },
	{ 253, "RFC3692-style Experiment 1" },
	{ 254, "RFC3692-style Experiment 2" },
};
static const struct name preferences[] = { { 0, "Medium" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" } };
static const struct name infinity[] = { { 0xffffffff, "Infinity" } };
static const struct name name_types[] = {
	{ 1, "DER Encoded X.501 Name" },
	{ 2, "FQDN" },
	{ 3, "SHA-1 Subject Key Identifier (SKI)" },
	{ 4, "SHA-224 Subject Key Identifier (SKI)" },
	{ 5, "SHA-256 Subject Key Identifier (SKI)" },
	{ 6, "SHA-384 Subject Key Identifier (SKI)" },
	{ 7, "SHA-512 Subject Key Identifier (SKI)" },
	{ 253, "Reserved for Experimental Use", 254 },
	{ 255, "Reserved" },
};
static const struct name certificate_types[] = { { 1, "X.509v3 Certificate" } };
static const struct name ipa_codes[] = {
	{ 1, "Old Care-of Address" }, { 2, "New Care-of Address" }, { 3, "NAR's IP address" },
	{ 4, "NAR's Prefix (sent in PrRtAdv)" },
};
static const struct name lla_codes[] = {
	{ 0, "Wildcard" },
	{ 1, "Link-layer Address of the New Access Point" },
	{ 2, "Link-layer Address of the MN" },
	{ 3, "Link-layer Address of the NAR" },
	{ 4, "Link-layer Address of the source" },
	{ 5, "The AP belongs to the current interface of the router" },
	{ 6, "No prefix information available" },
	{ 7, "No fast handovers support available" },
};
static const struct name naack_statuses[] = {
	{ 1, "New CoA is invalid, perform address configuration" },
	{ 2, "New CoA is invalid, use the supplied CoA" },
	{ 3, "NCoA is invalid, use NAR's IP address as NCoA in FBU" },
	{ 4, "PCoA supplied, do not send FBU" },
	{ 128, "LLA is unrecognized" },
};
static const struct name rdnss_lifetimes[] = {
	{ 0, "RDNSS address MUST no longer be used" }, { 0xffffffff, "Infinity" },
};
static const struct name dnssl_lifetimes[] = {
	{ 0, "DNSSL domain name MUST no longer be used" }, { 0xffffffff, "Infinity" },
};
static const struct name hai_codes[] = { { 1, "Access Network Identifier (AN ID)" }, { 2, "Sector ID" } };
static const struct name mn_codes[] = { { 1, "NAI" }, { 2, "IMSI" } };
static const struct name aro_statuses[] = {
	{ 0, "Success" }, { 1, "Duplicate Exists" }, { 2, "Neighbor Cache Full" },
};
static const struct name prefix_codes[] = {
	{ 0, "96 bits prefix length" }, { 1, "64 bits prefix length" }, { 2, "56 bits prefix length" },
	{ 3, "48 bits prefix length" }, { 4, "40 bits prefix length" }, { 5, "32 bits prefix length" },
};

static const struct field fields[N_FIELDS] = {
	[OPTION]            = { "icmpv6.opt", "ICMPv6 Option", SUBTREE },
	[TYPE]              = { "icmpv6.opt.type", "Type", UINT8, .names = NAMES(types) },
	[LENGTH]            = { "icmpv6.opt.length", "Length", UINT8 },
	[RESERVED]          = { "icmpv6.opt.reserved", "Reserved", SUBTREE },
	[PADDING]           = { "icmpv6.opt.padding", "Padding", SUBTREE },
	[DATA]              = { "icmpv6.data", "Data", OCTETS },
	[UNKNOWN_DATA]      = { "icmpv6.unknown_data", "Unknown Data", OCTETS },
	[UNKNOWN_DATA_NOTE] = { "icmpv6.unknown_data.expert", "Unknown Data (not interpreted)", NOTE,
	                        .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[UNDECODED]         = { "icmpv6.undecoded.option", "Undecoded option", NOTE, .severity = SEVERITY_NOTE,
	                        .group = GROUP_UNDECODED },
	[BAD_LENGTH]        = { "icmpv6.invalid_option_length", "Invalid Option Length", NOTE,
	                        .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
#define LINK_ADDRESS(prefix, of, type) \
	{ "icmpv6.opt.linkaddr", "Link-layer address", type, \
	  .also = &(const struct field){ "icmpv6.opt." prefix "_linkaddr", of " Link-layer address", type }, .also_count = 1 }
	[SOURCE_LINK]       = LINK_ADDRESS("src", "Source", OCTETS),
	[SOURCE_LINK_MAC]   = LINK_ADDRESS("src", "Source", MAC),
	[TARGET_LINK]       = LINK_ADDRESS("target", "Target", OCTETS),
	[TARGET_LINK_MAC]   = LINK_ADDRESS("target", "Target", MAC),
#undef LINK_ADDRESS
	[PREFIX_LENGTH]     = { "icmpv6.opt.prefix.length", "Prefix Length", UINT8 },
	[PREFIX_FLAGS]      = { "icmpv6.opt.prefix.flag", "Flag", UINT8, HEX },
	[PREFIX_L]          = { "icmpv6.opt.prefix.flag.l", "On-link flag(L)", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[PREFIX_A]          = { "icmpv6.opt.prefix.flag.a", "Autonomous address-configuration flag(A)", BOOLEAN,
	                        .mask = 0x40, .names = &set_or_not },
	[PREFIX_R]          = { "icmpv6.opt.prefix.flag.r", "Router address flag(R)", BOOLEAN, .mask = 0x20,
	                        .names = &set_or_not },
	[PREFIX_RESERVED]   = { "icmpv6.opt.prefix.flag.reserved", "Reserved", UINT8, .mask = 0x1f },
	[PREFIX_VALID]      = { "icmpv6.opt.prefix.valid_lifetime", "Valid Lifetime", UINT32, .names = NAMES(infinity),
	                        .names_only = true },
	[PREFIX_PREFERRED]  = { "icmpv6.opt.prefix.preferred_lifetime", "Preferred Lifetime", UINT32,
	                        .names = NAMES(infinity), .names_only = true },
	[PREFIX]            = { "icmpv6.opt.prefix", "Prefix", IPV6 },
	[REDIRECTED]        = { "icmpv6.opt.redirected_packet", "Redirected Packet", SUBTREE },
	[MTU]               = { "icmpv6.opt.mtu", "MTU", UINT32 },
	[SHORTCUT_LIMIT]    = { "icmpv6.opt.nbma.shortcut_limit", "Shortcut Limit", UINT8 },
	[ADVERTISEMENT_INTERVAL] = { "icmpv6.opt.advertisement_interval", "Advertisement Interval", UINT32 },
	[HOME_PREFERENCE]   = { "icmpv6.opt.home_agent_preference", "Home Agent Preference", UINT16 },
	[HOME_LIFETIME]     = { "icmpv6.opt.home_agent_lifetime", "Home Agent Preference", UINT16 },
	[ADDRESS]           = { "icmpv6.opt.ipv6_address", "IPv6 Address", IPV6 },
	[CGA_PAD_LENGTH]    = { "icmpv6.opt.cga.pad_length", "Pad Length", UINT8 },
	[CGA]               = { "icmpv6.opt.cga", "CGA", OCTETS },
	[CGA_MODIFIER]      = { "icmpv6.opt.cga.modifier", "Modifier", OCTETS },
	[CGA_PREFIX]        = { "icmpv6.opt.cga.subnet_prefix", "Subnet Prefix", OCTETS },
	[CGA_COUNT]         = { "icmpv6.opt.cga.count", "Count", OCTETS },
	[CGA_KEY]           = { "icmpv6.opt.cga.subject_public_key_info", "Subject Public Key Info", SUBTREE },
	[CGA_EXT_TYPE]      = { "icmpv6.opt.cga.ext_type", "Ext Type", UINT16 },
	[CGA_EXT_LENGTH]    = { "icmpv6.opt.cga.ext_length", "Ext Length", UINT16 },
	[CGA_EXT_DATA]      = { "icmpv6.opt.cga.ext_data", "Ext Data", OCTETS },
	[RSA_KEY_HASH]      = { "icmpv6.opt.rsa.key_hash", "Key Hash", OCTETS },
	[SIGNATURE]         = { "icmpv6.opt.digital_signature_padding", "Digital Signature and Padding", SUBTREE },
	[PS_KEY_HASH]       = { "icmpv6.opt.ps.key_hash", "Key Hash", OCTETS },
	[TIMESTAMP]         = { "icmpv6.opt.timestamp", "Timestamp", ABSOLUTE_TIME },
	[NONCE]             = { "icmpv6.opt.nonce", "Nonce", OCTETS },
	[NAME_TYPE]         = { "icmpv6.opt.name_type", "Name Type", UINT8, .names = NAMES(name_types) },
	[NAME_X501]         = { "icmpv6.opt.name_x501", "DER Encoded X.501 Name", OCTETS },
	[NAME_FQDN]         = { "icmpv6.opt.name_type.fqdn", "FQDN", STRING },
	[CERTIFICATE_TYPE]  = { "icmpv6.opt.name_type", "Cert Type", UINT8, .names = NAMES(certificate_types) },
	[CERTIFICATE]       = { "icmpv6.x509_Certificate", "Certificate", SUBTREE },
	[IPA_CODE]          = { "icmpv6.opt.ipa.option_code", "Option-code", UINT8, .names = NAMES(ipa_codes) },
	[IPA_PREFIX_LENGTH] = { "icmpv6.opt.ipa.prefix_len", "Prefix Length", UINT8 },
	[IPA_ADDRESS]       = { "icmpv6.opt.ipa.ipv6_address", "IPv6 Address", IPV6 },
	[NRPI_CODE]         = { "icmpv6.opt.nrpi.option_code", "Option-code", UINT8 },
	[NRPI_PREFIX_LENGTH] = { "icmpv6.opt.nrpi.prefix_len", "Prefix Length", UINT8 },
	[NRPI_PREFIX]       = { "icmpv6.opt.nrpi.prefix", "Prefix", IPV6 },
	[LLA_CODE]          = { "icmpv6.opt.lla.option_code", "Option-code", UINT8, .names = NAMES(lla_codes) },
	[LLA_OCTETS]        = { "icmpv6.opt.lla.bytes", "Link-Layer Address", OCTETS },
	[NAACK_CODE]        = { "icmpv6.opt.naack.option_code", "Option-Code", UINT8 },
	[NAACK_STATUS]      = { "icmpv6.opt.naack.status", "Status", UINT8, .names = NAMES(naack_statuses) },
	[NAACK_COA]         = { "icmpv6.opt.naack.supplied_ncoa", "Supplied NCoA", IPV6 },
	[MAP_DISTANCE]      = { "icmpv6.opt.map.distance", "Distance", UINT8, .mask = 0xf0 },
	[MAP_PREFERENCE]    = { "icmpv6.opt.map.preference", "Preference", UINT8, .mask = 0x0f },
	[MAP_FLAGS]         = { "icmpv6.opt.map.flag", "Flag", UINT8, HEX },
	[MAP_R]             = { "icmpv6.opt.map.flag.r", "RCoA Flag", BOOLEAN, .mask = 0x80 },
	[MAP_RESERVED]      = { "icmpv6.opt.map.flag.reserved", "Reserved", UINT8, .mask = 0x7f },
	[MAP_VALID]         = { "icmpv6.opt.map.valid_lifetime", "Valid Lifetime", UINT32 },
	[MAP_ADDRESS]       = { "icmpv6.opt.map.global_address", "Global Address", IPV6 },
	[ROUTE_FLAGS]       = { "icmpv6.opt.route_info.flag", "Flag", UINT8, HEX },
	[ROUTE_PREFERENCE]  = { "icmpv6.opt.route_info.flag.route_preference", "Route Preference", UINT8, .mask = 0x18,
	                        .names = NAMES(preferences) },
	[ROUTE_RESERVED]    = { "icmpv6.opt.route_info.flag.reserved", "Reserved", UINT8, .mask = 0xe7 },
	[ROUTE_LIFETIME]    = { "icmpv6.opt.route_lifetime", "Route Lifetime", UINT32, .names = NAMES(infinity),
	                        .names_only = true },
	[RDNSS_LIFETIME]    = { "icmpv6.opt.rdnss.lifetime", "Lifetime", UINT32, .names = NAMES(rdnss_lifetimes),
	                        .names_only = true },
	[RDNSS]             = { "icmpv6.opt.rdnss", "Recursive DNS Servers", IPV6 },
	[RA_FLAGS]          = { "icmpv6.opt.efo", "Flags Expansion Option", UINT16, HEX },
	[RA_M]              = { "icmpv6.opt.efo.m", "Managed address configuration", BOOLEAN, .mask = 0x8000,
	                        .names = &set_or_not },
	[RA_O]              = { "icmpv6.opt.efo.o", "Other configuration", BOOLEAN, .mask = 0x4000, .names = &set_or_not },
	[RA_H]              = { "icmpv6.opt.efo.h", "Home Agent", BOOLEAN, .mask = 0x2000, .names = &set_or_not },
	[RA_PREFERENCE]     = { "icmpv6.opt.efo.prf", "Prf (Default Router Preference)", UINT16, .mask = 0x1800,
	                        .names = NAMES(preferences) },
	[RA_P]              = { "icmpv6.opt.efo.p", "Proxy", BOOLEAN, .mask = 0x0400, .names = &set_or_not },
	[RA_RESERVED]       = { "icmpv6.opt.efo.rsv", "Reserved", UINT16, .mask = 0x02ff },
	[HKR_PAD_LENGTH]    = { "icmpv6.opt.hkr.pad_length", "Pad Length", UINT8 },
	[HKR_AT]            = { "icmpv6.opt.hkr.at", "AT", UINT8, .mask = 0xf0 },
	[HKR_RESERVED]      = { "icmpv6.opt.hkr.reserved", "Reserved", UINT8, .mask = 0x0f },
	[HKR_PUBLIC_KEY]    = { "icmpv6.opt.hkr.encryption_public_key", "Handover Key Encryption Public Key", OCTETS },
	[HKR_PADDING]       = { "icmpv6.opt.hkr.padding", "Padding", OCTETS },
	[HKR_LIFETIME]      = { "icmpv6.opt.hkr.lifetime", "Padding", UINT16 },
	[HKR_HANDOVER_KEY]  = { "icmpv6.opt.hkr.encrypted_handover_key", "Encrypted Handover Key", OCTETS },
	[HAI_CODE]          = { "icmpv6.opt.hai.option_code", "Option-Code", UINT8, .names = NAMES(hai_codes) },
	[HAI_LENGTH]        = { "icmpv6.opt.hai.length", "HAI-Length", UINT8 },
	[HAI_VALUE]         = { "icmpv6.opt.hai.value", "HAI-Value", OCTETS },
	[MN_CODE]           = { "icmpv6.opt.mn.option_code", "Option-Code", UINT8, .names = NAMES(mn_codes) },
	[MN_LENGTH]         = { "icmpv6.opt.mn.length", "MN-Length", UINT8 },
	[MN_VALUE]          = { "icmpv6.opt.mn.value", "MN-Value", OCTETS },
	[DNSSL_LIFETIME]    = { "icmpv6.opt.dnssl.lifetime", "Lifetime", UINT32, .names = NAMES(dnssl_lifetimes),
	                        .names_only = true },
	[DNSSL]             = { "icmpv6.opt.dnssl", "Domain Names", STRING },
	[ARO_STATUS]        = { "icmpv6.opt.aro.status", "Status", UINT8, .names = NAMES(aro_statuses) },
	[ARO_LIFETIME]      = { "icmpv6.opt.aro.registration_lifetime", "Registration  Lifetime", UINT16 },
	[ARO_EUI64]         = { "icmpv6.opt.aro.eui64", "EUI-64", EUI64 },
	[CONTEXT_LENGTH]    = { "icmpv6.opt.6co.context_length", "Context Length", UINT8 },
	[CONTEXT_FLAGS]     = { "icmpv6.opt.6co.flag", "Flag", UINT8, HEX },
	[CONTEXT_C]         = { "icmpv6.opt.6co.flag.c", "Compression Flag", BOOLEAN, .mask = 0x10, .names = &set_or_not },
	[CONTEXT_ID]        = { "icmpv6.opt.6co.flag.cid", "CID", UINT8, .mask = 0x0f },
	[CONTEXT_RESERVED]  = { "icmpv6.opt.6co.flag.reserved", "Reserved", UINT8, .mask = 0xe0 },
	[CONTEXT_LIFETIME]  = { "icmpv6.opt.6co.valid_lifetime", "Lifetime", UINT16 },
	[CONTEXT_PREFIX]    = { "icmpv6.opt.6co.context_prefix", "Context Prefix", IPV6 },
	[BORDER_LOW]        = { "icmpv6.opt.abro.version_low", "Version Low", UINT16 },
	[BORDER_HIGH]       = { "icmpv6.opt.abro.version_high", "Version", UINT16 },
	[BORDER_VALID]      = { "icmpv6.opt.abro.valid_lifetime", "Valid Lifetime", UINT16 },
	[BORDER_ADDRESS]    = { "icmpv6.opt.abro.6lbr_address", "6LBR Address", IPV6 },
	[CAPABILITY_UNASSIGNED] = { "icmpv6.opt.6cio.unassigned1", "Unassigned", UINT16, HEX, .mask = 0xfffe },
	[CAPABILITY_G]      = { "icmpv6.opt.6cio.flag_g", "G", UINT16, HEX, .mask = 0x0001 },
	[CAPABILITY_REST]   = { "icmpv6.opt.6cio.unassigned2", "Unassigned", UINT32, HEX },
	[PORTAL]            = { "icmpv6.opt.captive_portal", "Captive Portal", STRING },
	[PREF64_LIFETIME]   = { "icmpv6.opt.pref64.scaled_lifetime", "Scaled Lifetime", UINT16, .mask = 0xfff8 },
	[PREF64_CODE]       = { "icmpv6.opt.pref64.plc", "PLC (Prefix Length Code)", UINT16, HEX, .mask = 0x0007,
	                        .names = NAMES(prefix_codes) },
	[PREF64_PREFIX]     = { "icmpv6.opt.pref64.prefix", "Prefix", IPV6 },
};

const struct protocol protocol_icmpv6_options = {
	.name = "ICMPv6 options", .short_name = "ICMPv6", .filter = "icmpv6.opt", .is_lower = true, .fields = fields, .field_count = N_FIELDS,
};

enum { REDIRECTED_HEADER = 4 };

enum { UNIT = 8, NAME_STEPS = 128 /* labels behind compression pointers */ };

/* An option that is being read. What it says may reach beyond what its length says, and is read all the same. */
struct option {
	uint32_t start, length; /* octets in the byte source, with type and length */
	uint8_t type;
	node_ref node, length_node;
};

static uint32_t left(const struct wire *w, const struct option *o)
{
	uint32_t end = o->start + o->length;
	return w->state == WIRE_GOOD && w->at < end ? end - w->at : 0;
}

/* Octets without a value of their own: shown even when they are not there. */
static void add_blank(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	add_node(d, w, field, w->at, n, 0);
	wire_skip(w, n);
}

static void add_reserved(struct dissection *d, struct wire *w, uint32_t n)
{
	add_blank(d, w, &fields[RESERVED], n);
}

/* The first n octets of an address; the others are zero. */
static const uint8_t *add_prefix(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *p = wire_bytes(w, n);

	if (!p || !SHOWING(d, w))
		return NULL;
	uint8_t *address = arena_zero(d->arena, 16);
	memcpy(address, p, n < 16 ? n : 16);
	if (n)
		add_node_octets(d, w, field, w->at - n, n, address, 16);
	return address;
}

static void add_link_address(struct dissection *d, struct wire *w, const struct option *o)
{
	uint32_t n = left(w, o);
	const struct field *field = &fields[o->type == 1 ? SOURCE_LINK : TARGET_LINK];
	const uint8_t *p = n == 6 ? add_mac(d, w, field + 1) : add_octets(d, w, field, n);

	if (n == 6 && SHOWING(d, w)) {
		char text[sizeof "00:00:00:00:00:00"];
		*put_mac(text, p) = 0;
		append_text(d, w, o->node, " : %s", text);
		append_info(d, w, o->type == 1 ? " from %s" : " is at %s", text);
	}
}

static void add_prefix_information(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t length = add_uint8(d, w, &fields[PREFIX_LENGTH]);
	uint8_t flags = add_uint8(d, w, &fields[PREFIX_FLAGS]);
	icmpv6_flags(d, w, &fields[PREFIX_L], &fields[PREFIX_RESERVED], 1, flags);
	add_uint32(d, w, &fields[PREFIX_VALID]);
	add_uint32(d, w, &fields[PREFIX_PREFERRED]);
	add_reserved(d, w, 4);
	const uint8_t *prefix = add_ipv6(d, w, &fields[PREFIX]);
	if (SHOWING(d, w))
		append_text(d, w, o->node, " : %s/%u", ipv6_text(d, prefix), length);
}

static void add_redirected(struct dissection *d, struct wire *w, const struct option *o)
{
	add_reserved(d, w, 6);
	uint32_t n = left(w, o);
	if (!n)
		return;
	add_node(d, w, &fields[REDIRECTED], w->at, n, 0);
	/* The packet may end before its option does. */
	enum { IPV6_HEADER = 40 };
	uint32_t length = n;
	if (n >= IPV6_HEADER && wire_has(w, IPV6_HEADER) && wire_here(w)[0] >> 4 == 6) {
		length = IPV6_HEADER + be16(wire_here(w) + 4);
		length = length < n ? length : n;
	}
	struct wire quoted = wire_part(w, n);
	wire_skip(w, length);
	icmpv6_quoted(d, w, quoted);
}

static void add_mtu(struct dissection *d, struct wire *w, const struct option *o)
{
	add_reserved(d, w, 2);
	uint32_t mtu = add_uint32(d, w, &fields[MTU]);
	append_text(d, w, o->node, " : %u", mtu);
}

static void add_shortcut_limit(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t limit = add_uint8(d, w, &fields[SHORTCUT_LIMIT]);
	append_text(d, w, o->node, " : %u", limit);
	add_reserved(d, w, 1);
	add_node(d, w, &fields[RESERVED], w->at, 4, 0);
	wire_skip(w, 3);
}

static void add_advertisement_interval(struct dissection *d, struct wire *w, const struct option *o)
{
	add_reserved(d, w, 2);
	uint32_t interval = add_uint32(d, w, &fields[ADVERTISEMENT_INTERVAL]);
	append_text(d, w, o->node, " : %u", interval);
}

static void add_home_agent(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	add_reserved(d, w, 2);
	add_uint16(d, w, &fields[HOME_PREFERENCE]);
	add_uint16(d, w, &fields[HOME_LIFETIME]);
}

/* RFC 3122, section 3.1. */
static void add_address_list(struct dissection *d, struct wire *w, const struct option *o)
{
	add_reserved(d, w, 6);
	while (left(w, o)) {
		const uint8_t *address = add_ipv6(d, w, &fields[ADDRESS]);
		if (SHOWING(d, w))
			append_text(d, w, o->node, " %s", ipv6_text(d, address));
	}
}

/* RFC 3971, section 5.1 and RFC 3972, section 3. */
static void add_cga(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t padding = add_uint8(d, w, &fields[CGA_PAD_LENGTH]);
	add_reserved(d, w, 1);
	uint32_t n = left(w, o);
	if (n < padding || !wire_need(w, n - padding))
		return;
	n -= padding;
	add_node_octets(d, w, &fields[CGA], w->at, n, wire_here(w), n);
	node_ref node = open_subtree(d);
	add_octets(d, w, &fields[CGA_MODIFIER], 16);
	add_octets(d, w, &fields[CGA_PREFIX], 8);
	add_octets(d, w, &fields[CGA_COUNT], 1);
	uint32_t key = left(w, o);
	add_blank(d, w, &fields[CGA_KEY], key > padding ? key - padding : 0);
	close_subtree(d, node, NULL);
	add_blank(d, w, &fields[PADDING], padding);
}

static void add_signature(struct dissection *d, struct wire *w, const struct option *o)
{
	add_reserved(d, w, 2);
	add_octets(d, w, &fields[o->type == 12 ? RSA_KEY_HASH : PS_KEY_HASH], 16);
	add_blank(d, w, &fields[SIGNATURE], left(w, o));
}

/* RFC 3971, section 5.3.1: 48 bits of seconds since 1970, 16 of a second's fraction. */
static void add_timestamp(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	add_reserved(d, w, 6);
	uint64_t time = wire_u64(w);
	struct timestamp when = { (int64_t)(time >> 16), (int32_t)((time & 0xffff) * 1000000000 >> 16) };
	add_time(d, w, &fields[TIMESTAMP], when);
	set_length(d, d->last, 8);
}

static void add_nonce(struct dissection *d, struct wire *w, const struct option *o)
{
	add_octets(d, w, &fields[NONCE], left(w, o));
}

static void add_trust_anchor(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t type = add_uint8(d, w, &fields[NAME_TYPE]);
	uint8_t padding = add_uint8(d, w, &fields[CGA_PAD_LENGTH]);
	uint32_t n = left(w, o);

	n = n > padding ? n - padding : 0;
	if (type == 1) {
		add_octets(d, w, &fields[NAME_X501], n);
	} else if (type == 2) {
		add_string(d, w, &fields[NAME_FQDN], n);
	} else {
		wire_skip(w, n);
	}
	add_blank(d, w, &fields[PADDING], padding);
}

static void add_certificate(struct dissection *d, struct wire *w, const struct option *o)
{
	add_uint8(d, w, &fields[CERTIFICATE_TYPE]);
	add_reserved(d, w, 1);
	add_blank(d, w, &fields[CERTIFICATE], left(w, o));
	add_blank(d, w, &fields[PADDING], 0);
}

static void add_ip_address(struct dissection *d, struct wire *w, const struct option *o)
{
	bool prefix_only = o->type == 18;
	add_uint8(d, w, &fields[prefix_only ? NRPI_CODE : IPA_CODE]);
	uint8_t length = add_uint8(d, w, &fields[prefix_only ? NRPI_PREFIX_LENGTH : IPA_PREFIX_LENGTH]);
	add_reserved(d, w, 4);
	const uint8_t *address = add_ipv6(d, w, &fields[prefix_only ? NRPI_PREFIX : IPA_ADDRESS]);
	if (SHOWING(d, w))
		append_text(d, w, o->node, " %s/%u", ipv6_text(d, address), length);
}

static void add_link_layer(struct dissection *d, struct wire *w, const struct option *o)
{
	add_uint8(d, w, &fields[LLA_CODE]);
	add_octets(d, w, &fields[LLA_OCTETS], left(w, o));
}

static void add_acknowledgment(struct dissection *d, struct wire *w, const struct option *o)
{
	add_uint8(d, w, &fields[NAACK_CODE]);
	uint8_t status = add_uint8(d, w, &fields[NAACK_STATUS]);
	if (status == 2)
		add_ipv6(d, w, &fields[NAACK_COA]);
	else
		add_reserved(d, w, left(w, o));
}

static void add_map(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	uint8_t value = wire_u8(w);
	add_bits(d, w, &fields[MAP_DISTANCE], &fields[MAP_PREFERENCE], 1, value);
	value = add_uint8(d, w, &fields[MAP_FLAGS]);
	icmpv6_flags(d, w, &fields[MAP_R], &fields[MAP_RESERVED], 1, value);
	add_uint32(d, w, &fields[MAP_VALID]);
	add_ipv6(d, w, &fields[MAP_ADDRESS]);
}

/* A prefix that takes as many octets as the length of its option leaves. */
static void add_short_prefix(struct dissection *d, struct wire *w, const struct option *o, const struct field *field,
                             uint8_t length)
{
	if (o->length > 3 * UNIT) {
		if (w->state == WIRE_GOOD)
			note_on(d, o->length_node, &fields[BAD_LENGTH]);
		return;
	}
	const uint8_t *prefix = add_prefix(d, w, field, o->length - UNIT);
	if (SHOWING(d, w))
		append_text(d, w, o->node, " %s/%u", ipv6_text(d, prefix), length);
}

static void add_route(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t length = add_uint8(d, w, &fields[PREFIX_LENGTH]);
	uint8_t flags = add_uint8(d, w, &fields[ROUTE_FLAGS]);
	node_ref node = open_subtree(d);
	append_text(d, w, node, ", Route Preference: %s", preferences[flags >> 3 & 3].text);
	append_text(d, w, o->node, " : %s", preferences[flags >> 3 & 3].text);
	add_bits(d, w, &fields[ROUTE_PREFERENCE], &fields[ROUTE_RESERVED], 1, flags);
	close_subtree(d, node, NULL);
	add_uint32(d, w, &fields[ROUTE_LIFETIME]);
	add_short_prefix(d, w, o, &fields[PREFIX], length);
}

static void add_dns_servers(struct dissection *d, struct wire *w, const struct option *o)
{
	add_reserved(d, w, 2);
	add_uint32(d, w, &fields[RDNSS_LIFETIME]);
	while (left(w, o)) {
		const uint8_t *address = add_ipv6(d, w, &fields[RDNSS]);
		if (SHOWING(d, w))
			append_text(d, w, o->node, " %s", ipv6_text(d, address));
	}
}

static void add_ra_flags(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	uint16_t flags = add_uint16(d, w, &fields[RA_FLAGS]);
	node_ref node = open_subtree(d);
	for (unsigned i = RA_M; i <= RA_P; i++)
		if (i == RA_PREFERENCE)
			append_text(d, w, node, ", %s: %s", fields[i].label, preferences[flags >> 11 & 3].text);
		else if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	add_bits(d, w, &fields[RA_M], &fields[RA_RESERVED], 2, flags);
	close_subtree(d, node, NULL);
	add_reserved(d, w, 4);
}

static void add_handover_key(struct dissection *d, struct wire *w, const struct option *o)
{
	bool reply = o->type == 28;
	uint8_t padding = add_uint8(d, w, &fields[HKR_PAD_LENGTH]);
	uint8_t value = wire_u8(w);
	add_bits(d, w, &fields[HKR_AT], &fields[HKR_RESERVED], 1, value);
	if (reply)
		add_uint16(d, w, &fields[HKR_LIFETIME]);
	uint32_t n = left(w, o);
	if (n < padding)
		return;
	add_octets(d, w, &fields[reply ? HKR_HANDOVER_KEY : HKR_PUBLIC_KEY], n - padding);
	add_octets(d, w, &fields[HKR_PADDING], padding);
}

static void add_identity(struct dissection *d, struct wire *w, const struct option *o)
{
	unsigned first = o->type == 29 ? HAI_CODE : MN_CODE;
	add_uint8(d, w, &fields[first]);
	uint8_t length = add_uint8(d, w, &fields[first + 1]);
	add_octets(d, w, &fields[first + 2], length);
	add_node(d, w, &fields[PADDING], w->at, 0, 0);
	/* The padding reaches up to the last unit, which is shown as what it is not known to be. */
	uint32_t rest = o->start + o->length - UNIT;
	if (rest > w->end)
		wire_fail(w, rest - w->at);
	else if (w->state == WIRE_GOOD)
		w->at = rest;
}

static void add_search_list(struct dissection *d, struct wire *w, const struct option *o)
{
	add_reserved(d, w, 2);
	add_uint32(d, w, &fields[DNSSL_LIFETIME]);
	while (left(w, o)) {
		if (wire_peek_u8(w, 0) == 0) {
			add_blank(d, w, &fields[PADDING], left(w, o));
			break;
		}
		struct dns_message message = { .base = w->at, .steps = NAME_STEPS };
		struct dns_name name;
		if (dns_add_name(d, w, &message, &fields[DNSSL], &name))
			append_text(d, w, o->node, " %s", name.text);
	}
}

static void add_registration(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t status = add_uint8(d, w, &fields[ARO_STATUS]);
	add_reserved(d, w, 3);
	add_uint16(d, w, &fields[ARO_LIFETIME]);
	uint64_t eui64 = add_uint64(d, w, &fields[ARO_EUI64]);
	if (SHOWING(d, w))
		append_text(d, w, o->node, " : Register %02x:%02x:%02x:%02x:%02x:%02x:%02x:%02x %s",
		            (unsigned)(eui64 >> 56), (unsigned)(eui64 >> 48 & 0xff), (unsigned)(eui64 >> 40 & 0xff),
		            (unsigned)(eui64 >> 32 & 0xff), (unsigned)(eui64 >> 24 & 0xff), (unsigned)(eui64 >> 16 & 0xff),
		            (unsigned)(eui64 >> 8 & 0xff), (unsigned)(eui64 & 0xff),
		            name_or(fields[ARO_STATUS].names, status, text_of(d, "Unknown %u", status)));
}

static void add_context(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t length = add_uint8(d, w, &fields[CONTEXT_LENGTH]);
	uint8_t flags = add_uint8(d, w, &fields[CONTEXT_FLAGS]);
	icmpv6_flags(d, w, &fields[CONTEXT_C], &fields[CONTEXT_RESERVED], 1, flags);
	add_reserved(d, w, 2);
	add_uint16(d, w, &fields[CONTEXT_LIFETIME]);
	add_short_prefix(d, w, o, &fields[CONTEXT_PREFIX], length);
}

static void add_border_router(struct dissection *d, struct wire *w, const struct option *o)
{
	uint16_t low = add_uint16(d, w, &fields[BORDER_LOW]);
	uint16_t high = add_uint16(d, w, &fields[BORDER_HIGH]);
	uint16_t valid = add_uint16(d, w, &fields[BORDER_VALID]);
	const uint8_t *address = add_ipv6(d, w, &fields[BORDER_ADDRESS]);
	if (SHOWING(d, w))
		append_text(d, w, o->node, " : Version %u.%u, Valid Lifetime : %u, 6LBR : %s", high, low, valid,
		            ipv6_text(d, address));
}

static void add_capability(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	uint16_t value = wire_u16(w);
	add_bits(d, w, &fields[CAPABILITY_UNASSIGNED], &fields[CAPABILITY_G], 2, value);
	add_uint32(d, w, &fields[CAPABILITY_REST]);
}

static void add_portal(struct dissection *d, struct wire *w, const struct option *o)
{
	add_string(d, w, &fields[PORTAL], left(w, o));
}

static void add_pref64(struct dissection *d, struct wire *w, const struct option *o)
{
	static const uint8_t octets[] = { 12, 8, 7, 6, 5, 4 };
	uint16_t value = wire_u16(w);
	unsigned code = value & 7;

	if (code >= sizeof octets && w->state == WIRE_GOOD)
		note_on(d, o->length_node, &fields[BAD_LENGTH]);
	add_bits(d, w, &fields[PREF64_LIFETIME], &fields[PREF64_CODE], 2, value);
	if (!wire_need(w, 12))
		return;
	struct wire prefix = wire_take(w, 12);
	add_prefix(d, &prefix, &fields[PREF64_PREFIX], code < sizeof octets ? octets[code] : 0);
}

static const struct {
	uint8_t type;
	void (*add)(struct dissection *d, struct wire *w, const struct option *o);
} options[] = {
	{ 1, add_link_address },
	{ 2, add_link_address },
	{ 3, add_prefix_information },
	{ 4, add_redirected },
	{ 5, add_mtu },
	{ 6, add_shortcut_limit },
	{ 7, add_advertisement_interval },
	{ 8, add_home_agent },
	{ 9, add_address_list },
	{ 10, add_address_list },
	{ 11, add_cga },
	{ 12, add_signature },
	{ 13, add_timestamp },
	{ 14, add_nonce },
	{ 15, add_trust_anchor },
	{ 16, add_certificate },
	{ 17, add_ip_address },
	{ 18, add_ip_address },
	{ 19, add_link_layer },
	{ 20, add_acknowledgment },
	{ 23, add_map },
	{ 24, add_route },
	{ 25, add_dns_servers },
	{ 26, add_ra_flags },
	{ 27, add_handover_key },
	{ 28, add_handover_key },
	{ 29, add_identity },
	{ 30, add_identity },
	{ 31, add_search_list },
	{ 32, add_signature },
	{ 33, add_registration },
	{ 34, add_context },
	{ 35, add_border_router },
	{ 36, add_capability },
	{ 37, add_portal },
	{ 38, add_pref64 },
};

static void add_undecoded(struct dissection *d, struct wire *w, const struct option *o)
{
	add_note_text(d, w, &fields[UNDECODED],
	              "Dissector for ICMPv6 Option (%u) code not implemented, Contact Wireshark developers if you want this supported",
	              o->type);
	add_octets(d, w, &fields[DATA], left(w, o));
}

/* An option; false when nothing can follow it. */
static bool add_option(struct dissection *d, struct wire *w)
{
	struct option o = { .start = w->at, .type = wire_peek_u8(w, 0) };
	unsigned i = 0, count = sizeof options / sizeof *options;
	const char *name = name_of(fields[TYPE].names, o.type);

	if (!wire_need(w, 2))
		return false;
	o.length = wire_peek_u8(w, 1) * (uint32_t)UNIT;
	o.node = open_heading(d, w, &fields[OPTION]);
	append_text(d, w, o.node, " (%s", name ? name : text_of(d, "Unknown %u", o.type));
	add_uint8(d, w, &fields[TYPE]);
	add_uint8(d, w, &fields[LENGTH]);
	append_text(d, w, d->last, " (%u bytes)", o.length);
	o.length_node = d->last;
	if (!o.length) {
		note_text_on(d, d->last, &fields[BAD_LENGTH], "Invalid option length (Zero)");
		close_subtree(d, o.node, w);
		return false;
	}
	while (i < count && options[i].type != o.type)
		i++;
	if (i < count)
		options[i].add(d, w, &o);
	else
		add_undecoded(d, w, &o);
	/* What a quoted packet carries may stand beside the message. */
	node_ref saved = o.type == REDIRECTED_HEADER ? reopen(d, o.node) : 0;
	uint32_t rest = left(w, &o);
	if (rest) {
		add_octets(d, w, &fields[UNKNOWN_DATA], rest);
		if (w->state == WIRE_GOOD)
			note_on(d, d->last, &fields[UNKNOWN_DATA_NOTE]);
	}
	if (o.type == REDIRECTED_HEADER)
		close_late(d, saved);
	append_literal(d, w, o.node, ")");
	if (w->state == WIRE_GOOD)
		w->at = o.start + o.length;
	close_subtree(d, o.node, w);
	return w->state == WIRE_GOOD;
}

void icmpv6_options(struct dissection *d, struct wire *w, node_ref message)
{
	bool late = false;
	node_ref saved = 0;

	while (wire_more(w)) {
		bool redirected = wire_peek_u8(w, 0) == REDIRECTED_HEADER;
		if (!add_option(d, w))
			break;
		if (redirected && !late) {
			late = true;
			saved = reopen(d, message);
		}
	}
	if (late)
		close_late(d, saved);
}
