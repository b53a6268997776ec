/*
 * nsh.c: Network Service Header, RFC 8300.
 *
 *	|Ver|O|U|    TTL    |   Length  |U|U|U|U|MD Type| Next Protocol |
 *	|          Service Path Identifier              | Service Index |
 *	|                        Context Headers ...
 */

#include "dissect/dissection.h"

enum {
	NSH, VERSION, O_BIT, C_BIT, TTL, LENGTH, LENGTH_NOTE, MD_TYPE, NEXT_PROTOCOL, SPI, SI, CONTEXT,
	METADATA_CLASS, METADATA_TYPE, METADATA_UNASSIGNED, METADATA_LENGTH, METADATA, N_FIELDS
};

static const struct name next_protocols[] = {
	{ 0, "None" }, { 1, "IPv4" }, { 2, "IPv6" }, { 3, "Ethernet" }, { 4, "NSH" }, { 5, "MPLS" },
	{ 254, "Experiment 1" }, { 255, "Experiment 2" },
};

static const struct field fields[N_FIELDS] = {
	[NSH]             = { "nsh", "Network Service Header", PROTOCOL },
	[VERSION]         = { "nsh.version", "Version", UINT16, DEC_HEX, .mask = 0xc000 },
	[O_BIT]           = { "nsh.Obit", "O Bit", UINT16, DEC, .mask = 0x2000 },
	[C_BIT]           = { "nsh.CBit", "C Bit", UINT16, DEC, .mask = 0x1000 },
	[TTL]             = { "nsh.ttl", "Time to live", UINT16, HEX, .mask = 0x0fc0 },
	[LENGTH]          = { "nsh.length", "Length", UINT16, DEC_HEX, .mask = 0x003f },
	[LENGTH_NOTE]     = { "nsh.length.invalid", "Length MUST be of value 0x6 for MD Type equal to 0x1", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[MD_TYPE]         = { "nsh.mdtype", "MD Type", UINT8, DEC_HEX },
	[NEXT_PROTOCOL]   = { "nsh.nextproto", "Next Protocol", UINT8, DEC, .names = NAMES(next_protocols) },
	[SPI]             = { "nsh.spi", "SPI", UINT24, DEC_HEX },
	[SI]              = { "nsh.si", "SI", UINT8, DEC_HEX },
	[CONTEXT]         = { "nsh.contextheader", "Context Header", OCTETS },
	[METADATA_CLASS]  = { "nsh.metadataclass", "TLV Class", UINT16, DEC_HEX },
	[METADATA_TYPE]   = { "nsh.metadatatype", "Type", UINT8, DEC_HEX },
	[METADATA_UNASSIGNED] = { "nsh.metadataunassignedbit", "Unassigned Bit", UINT8, HEX, .mask = 0x80 },
	[METADATA_LENGTH] = { "nsh.metadatalen", "Length", UINT8, HEX, .mask = 0x7f },
	[METADATA]        = { "nsh.metadata", "Variable Metadata", OCTETS },
};

extern const struct protocol protocol_eth, protocol_ip, protocol_ipv6, protocol_mpls, protocol_nsh;

static const struct protocol *const payloads[] = {
	[1] = &protocol_ip, [2] = &protocol_ipv6, [3] = &protocol_eth, [4] = &protocol_nsh, [5] = &protocol_mpls,
};

enum { FIXED_LENGTH = 1, VARIABLE_LENGTH = 2 }; /* MD types */
enum { BASE_WORDS = 2, FIXED_WORDS = 6, CONTEXTS = 4 };

/* RFC 8300, section 2.5.1: each one is padded to whole words. */
static void add_metadata(struct dissection *d, struct wire *w, uint32_t end)
{
	while (w->state == WIRE_GOOD && w->at < end) {
		add_uint16(d, w, &fields[METADATA_CLASS]);
		add_uint8(d, w, &fields[METADATA_TYPE]);
		uint8_t length = wire_u8(w);
		add_bits(d, w, &fields[METADATA_UNASSIGNED], &fields[METADATA_LENGTH], 1, length);
		length &= 0x7f;
		if (length)
			add_octets(d, w, &fields[METADATA], length);
		wire_skip(w, -length & 3u);
	}
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	set_info(d, w, "Network Service Header");
	node_ref top = open_protocol(d, w, &fields[NSH]);
	uint16_t first = wire_u16(w);
	unsigned words = first & 0x3f;

	add_bits(d, w, &fields[VERSION], &fields[LENGTH], 2, first);
	node_ref length = d->last;
	uint8_t type = add_uint8(d, w, &fields[MD_TYPE]);
	if (w->state == WIRE_GOOD && type == FIXED_LENGTH && words != FIXED_WORDS)
		note_on(d, length, &fields[LENGTH_NOTE]);
	uint8_t next = add_uint8(d, w, &fields[NEXT_PROTOCOL]);
	add_uint24(d, w, &fields[SPI]);
	add_uint8(d, w, &fields[SI]);
	if (type == FIXED_LENGTH) {
		for (unsigned i = 0; i < CONTEXTS; i++)
			add_octets(d, w, &fields[CONTEXT], 4);
	} else if (type == VARIABLE_LENGTH) {
		add_metadata(d, w, start + words * 4);
	} else if (words > BASE_WORDS) {
		wire_skip(w, (words - BASE_WORDS) * 4);
	}
	close_subtree(d, top, w);

	if (!wire_more(w))
		return;
	if (next < sizeof payloads / sizeof *payloads && payloads[next])
		dissect_protocol(d, *w, payloads[next]);
	else
		dissect_data(d, *w);
}

const struct protocol protocol_nsh = {
	.name = "Network Service Header",
	.short_name = "NSH",
	.filter = "nsh",
	.column = "NSH",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
