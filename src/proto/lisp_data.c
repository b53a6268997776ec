/*
 * lisp_data.c: packets in the Locator/ID Separation Protocol's data plane, RFC 6830, section 5.3.
 *
 *	|N|L|E|V|I|flags|            Nonce / Map-Version                |
 *	|                 Instance ID / Locator-Status-Bits             |
 */

#include "dissect/dissection.h"

enum {
	LISP, FLAGS, FLAG_N, FLAG_L, FLAG_E, FLAG_V, FLAG_I, FLAGS_RESERVED, ECHO_NOTE, BOTH_NOTE, NONCE,
	MAP_VERSION, SOURCE_VERSION, DESTINATION_VERSION, INSTANCE, STATUS_BITS, SHORT_STATUS_BITS, N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[LISP]           = { "lisp-data", "Locator/ID Separation Protocol (Data)", PROTOCOL },
	[FLAGS]          = { "lisp-data.flags", "Flags", UINT8, HEX },
	[FLAG_N]         = { "lisp-data.flags.nonce", "N bit (Nonce present)", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[FLAG_L]         = { "lisp-data.flags.lsb", "L bit (Locator-Status-Bits field enabled)", BOOLEAN, .mask = 0x40,
	                     .names = &set_or_not },
	[FLAG_E]         = { "lisp-data.flags.enr", "E bit (Echo-Nonce-Request)", BOOLEAN, .mask = 0x20,
	                     .names = &set_or_not },
	[FLAG_V]         = { "lisp-data.flags.mv", "V bit (Map-Version present)", BOOLEAN, .mask = 0x10,
	                     .names = &set_or_not },
	[FLAG_I]         = { "lisp-data.flags.iid", "I bit (Instance ID present)", BOOLEAN, .mask = 0x08,
	                     .names = &set_or_not },
	[FLAGS_RESERVED] = { "lisp-data.flags.res", "Reserved", UINT8, HEX, .mask = 0x07 },
	[ECHO_NOTE]      = { "lisp-data.flags.en_invalid", "Invalid flag combination: if E is set, N MUST be set", NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[BOTH_NOTE]      = { "lisp-data.flags.nv_invalid", "Invalid flag combination: N and V can't be set both", NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[NONCE]          = { "lisp-data.nonce", "Nonce", UINT24, DEC_HEX },
	[MAP_VERSION]    = { "lisp-data.mapver", "Map-Version", UINT24, HEX },
	[SOURCE_VERSION] = { "lisp-data.srcmapver", "Source Map-Version", UINT24, DEC, .mask = 0xfff000 },
	[DESTINATION_VERSION] = { "lisp-data.dstmapver", "Destination Map-Version", UINT24, DEC, .mask = 0x000fff },
	[INSTANCE]       = { "lisp-data.iid", "Instance ID", UINT24 },
	[STATUS_BITS]    = { "lisp-data.lsb", "Locator-Status-Bits", UINT32, HEX, .mask = 0xffffffff },
	[SHORT_STATUS_BITS] = { "lisp-data.lsb8", "Locator-Status-Bits", UINT8, HEX, .mask = 0xff },
};

enum { N_BIT = 0x80, L_BIT = 0x40, E_BIT = 0x20, V_BIT = 0x10, I_BIT = 0x08, HEADER = 8 };

static uint8_t add_flags(struct dissection *d, struct wire *w)
{
	uint8_t flags = add_uint8(d, w, &fields[FLAGS]);
	node_ref node = open_subtree(d);

	add_bits(d, w, &fields[FLAG_N], &fields[FLAGS_RESERVED], 1, flags);
	if (flags & E_BIT && !(flags & N_BIT))
		add_note(d, w, &fields[ECHO_NOTE]);
	if (flags & N_BIT && flags & V_BIT)
		add_note(d, w, &fields[BOTH_NOTE]);
	close_subtree(d, node, NULL);
	return flags;
}

static void dissect(struct dissection *d, struct wire *w)
{
	set_info(d, w, "LISP Encapsulation Header");
	node_ref top = open_protocol(d, w, &fields[LISP]);
	uint8_t flags = add_flags(d, w);

	if (flags & N_BIT) {
		add_uint24(d, w, &fields[NONCE]);
	} else if (flags & V_BIT) {
		uint32_t versions = add_uint24(d, w, &fields[MAP_VERSION]);
		node_ref node = open_subtree(d);
		add_bits(d, w, &fields[SOURCE_VERSION], &fields[DESTINATION_VERSION], 3, versions);
		close_subtree(d, node, NULL);
	} else {
		wire_skip(w, 3);
	}
	if (flags & I_BIT)
		add_uint24(d, w, &fields[INSTANCE]);
	uint32_t bits = flags & I_BIT ? wire_u8(w) : wire_u32(w);
	if (flags & L_BIT)
		add_node(d, w, &fields[flags & I_BIT ? SHORT_STATUS_BITS : STATUS_BITS], w->at - (flags & I_BIT ? 1 : 4),
		         flags & I_BIT ? 1 : 4, bits);
	close_subtree(d, top, w);

	switch (wire_peek_u8(w, 0) >> 4) {
	case 4:
		dissect_next(d, *w, BY_ETHERTYPE, 0x0800);
		break;
	case 6:
		dissect_next(d, *w, BY_ETHERTYPE, 0x86dd);
		break;
	}
}

static bool accepts(const struct dissection *d, struct wire w)
{
	(void)d;
	return wire_has(&w, HEADER);
}

const struct protocol protocol_lisp_data = {
	.name = "Locator/ID Separation Protocol (Data)",
	.short_name = "LISP Data",
	.filter = "lisp-data",
	.column = "LISP",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.accepts = accepts,
};
