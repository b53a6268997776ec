/* icmpv6_renumbering.c: router renumbering, RFC 2894. */

#include "dissect/icmpv6.h"

enum {
	RR_SEQUENCE, RR_SEGMENT, RR_FLAGS, RR_T, RR_R, RR_A, RR_S, RR_P, RR_RESERVED, RR_DELAY, RR_MATCH,
	RR_OPCODE, RR_OPLENGTH, RR_ORDINAL, RR_MATCHLEN, RR_MINLEN, RR_MAXLEN, RR_MATCH_PREFIX,
	RR_MATCHLEN_BAD, RR_USE, RR_USELEN, RR_KEEPLEN, RR_MASK, RR_MASK_L, RR_MASK_A, RR_MASK_RESERVED,
	RR_RAFLAGS, RR_RAFLAGS_L, RR_RAFLAGS_A, RR_RAFLAGS_RESERVED, RR_VALID, RR_PREFERRED, RR_USE_FLAGS,
	RR_USE_V, RR_USE_P, RR_USE_RESERVED, RR_USE_PREFIX, RR_RESULT, RR_RESULT_FLAGS, RR_RESULT_RESERVED,
	RR_RESULT_B, RR_RESULT_F, RR_RESULT_ORDINAL, RR_MATCHEDLEN, RR_INTERFACE, RR_MATCHED_PREFIX,
	RR_MATCHEDLEN_BAD, N_FIELDS
};

static const struct name renumbering_codes[] = {
	{ 0, "Command" }, { 1, "Result" }, { 255, "Sequence number reset" },
};
static const struct name opcodes[] = { { 1, "Add" }, { 2, "Change" }, { 3, "Set Global" } };
static const struct name infinity[] = { { 0xffffffff, "Infinity" } };

static const struct field fields[N_FIELDS] = {
	[RR_SEQUENCE]         = { "icmpv6.rr.sequence_number", "Sequence Number", UINT32 },
	[RR_SEGMENT]          = { "icmpv6.rr.segment_number", "Segment Number", UINT8 },
	[RR_FLAGS]            = { "icmpv6.rr.flag", "Flags", UINT8, HEX },
	[RR_T]                = { "icmpv6.rr.flag.t", "Test Command", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[RR_R]                = { "icmpv6.rr.flag.r", "Result requested", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[RR_A]                = { "icmpv6.rr.flag.a", "All Interfaces", BOOLEAN, .mask = 0x20, .names = &set_or_not },
	[RR_S]                = { "icmpv6.rr.flag.s", "Site-specific", BOOLEAN, .mask = 0x10, .names = &set_or_not },
	[RR_P]                = { "icmpv6.rr.flag.p", "Processed previously", BOOLEAN, .mask = 0x08, .names = &set_or_not },
	[RR_RESERVED]         = { "icmpv6.rr.flag.rsv", "Reserved", UINT8, .mask = 0x07 },
	[RR_DELAY]            = { "icmpv6.rr.maxdelay", "Max Delay", UINT16 },
	[RR_MATCH]            = { "icmpv6.rr.pco.mp", "Match-Prefix Part", SUBTREE },
	[RR_OPCODE]           = { "icmpv6.rr.pco.mp.opcode", "OpCode", UINT8, .names = NAMES(opcodes) },
	[RR_OPLENGTH]         = { "icmpv6.rr.pco.mp.oplength", "OpLength", UINT8 },
	[RR_ORDINAL]          = { "icmpv6.rr.pco.mp.ordinal", "Ordinal", UINT8, HEX },
	[RR_MATCHLEN]         = { "icmpv6.rr.pco.mp.matchlen", "MatchLen", UINT8 },
	[RR_MINLEN]           = { "icmpv6.rr.pco.mp.minlen", "MinLen", UINT8 },
	[RR_MAXLEN]           = { "icmpv6.rr.pco.mp.maxlen", "MaxLen", UINT8 },
	[RR_MATCH_PREFIX]     = { "icmpv6.rr.pco.mp.matchprefix", "MatchPrefix", IPV6 },
	[RR_MATCHLEN_BAD]     = { "icmpv6.rr.pco.mp.matchlen.gt128", "MatchLen is greater than 128", NOTE,
	                          .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[RR_USE]              = { "icmpv6.rr.pco.up", "Use-Prefix Part", SUBTREE },
	[RR_USELEN]           = { "icmpv6.rr.pco.up.uselen", "UseLen", UINT8 },
	[RR_KEEPLEN]          = { "icmpv6.rr.pco.up.keeplen", "KeepLen", UINT8 },
	[RR_MASK]             = { "icmpv6.rr.pco.up.flagmask", "FlagMask", UINT8, HEX },
	[RR_MASK_L]           = { "icmpv6.rr.pco.up.flagmask.l", "On-link flag(L)", BOOLEAN, .mask = 0x80,
	                          .names = &set_or_not },
	[RR_MASK_A]           = { "icmpv6.rr.pco.up.flagmask.a", "Autonomous address-configuration flag(A)", BOOLEAN,
	                          .mask = 0x40, .names = &set_or_not },
	[RR_MASK_RESERVED]    = { "icmpv6.rr.pco.up.flagmask.reserved", "Reserved", UINT8, .mask = 0x3f },
	[RR_RAFLAGS]          = { "icmpv6.rr.pco.up.raflags", "RAFlags", UINT8, HEX },
	[RR_RAFLAGS_L]        = { "icmpv6.rr.pco.up.flagmask.l", "On-link flag(L)", BOOLEAN, .mask = 0x80,
	                          .names = &set_or_not },
	[RR_RAFLAGS_A]        = { "icmpv6.rr.pco.up.flagmask.a", "Autonomous address-configuration flag(A)", BOOLEAN,
	                          .mask = 0x40, .names = &set_or_not },
	[RR_RAFLAGS_RESERVED] = { "icmpv6.rr.pco.up.flagmask.reserved", "Reserved", UINT8, .mask = 0x3f },
	[RR_VALID]            = { "icmpv6.rr.pco.up.validlifetime", "Valid Lifetime", UINT32, .names = NAMES(infinity),
	                          .names_only = true },
	[RR_PREFERRED]        = { "icmpv6.rr.pco.up.preferredlifetime", "Preferred Lifetime", UINT32,
	                          .names = NAMES(infinity), .names_only = true },
	[RR_USE_FLAGS]        = { "icmpv6.rr.pco.up.flag", "Flags", UINT32, HEX },
	[RR_USE_V]            = { "icmpv6.rr.pco.up.flag.v", "Decrement valid lifetime", BOOLEAN, .mask = 0x80000000,
	                          .names = &set_or_not },
	[RR_USE_P]            = { "icmpv6.rr.pco.up.flag.p", "Decrement preferred lifetime", BOOLEAN, .mask = 0x40000000,
	                          .names = &set_or_not },
	[RR_USE_RESERVED]     = { "icmpv6.rr.pco.up.flag.reserved", "Reserved", UINT32, .mask = 0x3fffffff },
	[RR_USE_PREFIX]       = { "icmpv6.rr.pco.up.useprefix", "UsePrefix", IPV6 },
	[RR_RESULT]           = { "icmpv6.rr.rm", "Result Message", SUBTREE },
	[RR_RESULT_FLAGS]     = { "icmpv6.rr.rm.flag", "Flags", UINT16, HEX },
	[RR_RESULT_RESERVED]  = { "icmpv6.rr.rm.flag.reserved", "Reserved", UINT16, .mask = 0xfffc },
	[RR_RESULT_B]         = { "icmpv6.rr.rm.flag.b", "Bounds", BOOLEAN, .mask = 0x0002, .names = &set_or_not },
	[RR_RESULT_F]         = { "icmpv6.rr.rm.flag.f", "Forbidden", BOOLEAN, .mask = 0x0001, .names = &set_or_not },
	[RR_RESULT_ORDINAL]   = { "icmpv6.rr.rm.ordinal", "Ordinal", UINT8, HEX },
	[RR_MATCHEDLEN]       = { "icmpv6.rr.rm.matchedlen", "MatchedLen", UINT8 },
	[RR_INTERFACE]        = { "icmpv6.rr.rm.interfaceindex", "InterfaceIndex", UINT32 },
	[RR_MATCHED_PREFIX]   = { "icmpv6.rr.rm.matchedprefix", "MatchedPrefix", IPV6 },
	[RR_MATCHEDLEN_BAD]   = { "icmpv6.rr.pco.mp.matchedlen.gt128", "MatchedLen is greater than 128", NOTE,
	                          .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
};

enum { PREFIX_BITS = 128, RENUMBERING_COMMAND = 0, RENUMBERING_RESULT = 1 };

static void add_match_prefix(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[RR_MATCH]);
	uint8_t opcode = add_uint8(d, w, &fields[RR_OPCODE]);
	add_uint8(d, w, &fields[RR_OPLENGTH]);
	add_uint8(d, w, &fields[RR_ORDINAL]);
	uint8_t length = add_uint8(d, w, &fields[RR_MATCHLEN]);
	if (length > PREFIX_BITS)
		note_on(d, d->last, &fields[RR_MATCHLEN_BAD]);
	uint8_t least = add_uint8(d, w, &fields[RR_MINLEN]);
	uint8_t most = add_uint8(d, w, &fields[RR_MAXLEN]);
	icmpv6_reserved(d, w, 2);
	const uint8_t *prefix = add_ipv6(d, w, &fields[RR_MATCH_PREFIX]);
	if (SHOWING(d, w)) {
		const char *name = name_of(fields[RR_OPCODE].names, opcode);
		append_text(d, w, node, ": %s %s/%u (%u-%u)", name ? name : text_of(d, "Unknown %u", opcode),
		            ipv6_text(d, prefix), length, least, most);
	}
	close_subtree(d, node, w);
}

static void add_use_prefix(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[RR_USE]);
	uint8_t length = add_uint8(d, w, &fields[RR_USELEN]);
	uint8_t keep = add_uint8(d, w, &fields[RR_KEEPLEN]);
	icmpv6_flags8(d, w, &fields[RR_MASK], &fields[RR_MASK_RESERVED]);
	icmpv6_flags8(d, w, &fields[RR_RAFLAGS], &fields[RR_RAFLAGS_RESERVED]);
	add_uint32(d, w, &fields[RR_VALID]);
	add_uint32(d, w, &fields[RR_PREFERRED]);
	icmpv6_flags32(d, w, &fields[RR_USE_FLAGS], &fields[RR_USE_RESERVED]);
	const uint8_t *prefix = add_ipv6(d, w, &fields[RR_USE_PREFIX]);
	if (SHOWING(d, w))
		append_text(d, w, node, ": %s/%u (keep %u)", ipv6_text(d, prefix), length, keep);
	close_subtree(d, node, w);
}

static void add_result(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[RR_RESULT]);
	icmpv6_flags16(d, w, &fields[RR_RESULT_FLAGS], &fields[RR_RESULT_F]);
	add_uint8(d, w, &fields[RR_RESULT_ORDINAL]);
	uint8_t length = add_uint8(d, w, &fields[RR_MATCHEDLEN]);
	if (length > PREFIX_BITS)
		note_on(d, d->last, &fields[RR_MATCHEDLEN_BAD]);
	uint32_t interface = add_uint32(d, w, &fields[RR_INTERFACE]);
	const uint8_t *prefix = add_ipv6(d, w, &fields[RR_MATCHED_PREFIX]);
	if (SHOWING(d, w))
		append_text(d, w, node, ": %s/%u (interface %u)", ipv6_text(d, prefix), length, interface);
	close_subtree(d, node, w);
}

static void add_renumbering(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_uint32(d, w, &fields[RR_SEQUENCE]);
	add_uint8(d, w, &fields[RR_SEGMENT]);
	icmpv6_flags8(d, w, &fields[RR_FLAGS], &fields[RR_RESERVED]);
	add_uint16(d, w, &fields[RR_DELAY]);
	icmpv6_reserved(d, w, 4);
	if (m->code == RENUMBERING_COMMAND) {
		add_match_prefix(d, w);
		while (wire_more(w))
			add_use_prefix(d, w);
	} else if (m->code == RENUMBERING_RESULT) {
		while (wire_more(w))
			add_result(d, w);
	}
}

const struct icmpv6_body icmpv6_renumbering[] = {
	{ 138, NAMES(renumbering_codes), add_renumbering },
	{ 0 },
};

const struct protocol protocol_icmpv6_renumbering = {
	.name = "ICMPv6 router renumbering",
	.short_name = "ICMPv6 RR",
	.filter = "icmpv6_renumbering",
	.fields = fields,
	.field_count = N_FIELDS,
};
