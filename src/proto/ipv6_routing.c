/*
 * ipv6_routing.c: the routing header of IPv6, RFC 8200, section 4.4, of the types: source route (RFC 2460), type 2
 * (RFC 6275), RPL source route (RFC 6554), segment routing (RFC 8754, without its TLVs) and compact routing (RFC 9631).
 */

#include "dissect/ip.h"

enum {
	HEADER, NEXT_HEADER, LENGTH, OCTETS_LONG, TYPE, SEGMENTS_LEFT, UNKNOWN_DATA,
	RESERVED, ADDRESS, HOME_RESERVED, HOME_ADDRESS,
	COMPRESSED_INTERNAL, COMPRESSED_FINAL, PADDING, RPL_RESERVED, ADDRESS_COUNT, RPL_ADDRESS, FULL_ADDRESS,
	LAST_ENTRY, FLAGS, TAG, SEGMENT_ADDRESS, IDENTIFIERS, CURRENT_16, SEGMENT_16, CURRENT_32, SEGMENT_32,
	DEPRECATED, BAD_LENGTH, BAD_SEGMENTS_LEFT, MULTICAST, DESTINATION_MULTICAST, IS_SOURCE, IS_DESTINATION,
	BAD_PADDING, BAD_RESERVED,
	BAD_COUNT, UNDECODED, N_FIELDS
};

static const struct name types[] = {
	{ 0, "Source Route" },
	{ 1, "Nimrod" },
	{ 2, "Type 2 Routing" },
	{ 3, "RPL Source Route" },
	{ 4, "Segment Routing" },
	{ 5, "Compact Routing Header 16" },
	{ 6, "Compact Routing Header 32" },
	{ 253, "Experiment 1" },
	{ 254, "Experiment 2" },
};

#define WARN .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL
#define MALFORMED .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED

static const struct field fields[N_FIELDS] = {
	[HEADER]        = { "ipv6.routing", "Routing Header for IPv6", PROTOCOL },
	[NEXT_HEADER]   = { "ipv6.routing.nxt", "Next Header", UINT8, DEC, .names = &ip_protocol_names },
	[LENGTH]        = { "ipv6.routing.len", "Length", UINT8 },
	[OCTETS_LONG]   = { "ipv6.routing.len_oct", "Length", UINT16, .generated = true, .unit = " bytes" },
	[TYPE]          = { "ipv6.routing.type", "Type", UINT8, .names = NAMES(types) },
	[SEGMENTS_LEFT] = { "ipv6.routing.segleft", "Segments Left", UINT8 },
	[UNKNOWN_DATA]  = { "ipv6.routing.unknown_data", "Type-Specific Data", OCTETS },
	[RESERVED]      = { "ipv6.routing.src.reserved", "Reserved", OCTETS },
	[ADDRESS]       = { "ipv6.routing.src.addr", "Address", IPV6 },
	[HOME_RESERVED] = { "ipv6.routing.mipv6.reserved", "Reserved", OCTETS },
	[HOME_ADDRESS]  = { "ipv6.routing.mipv6.home_address", "Home Address", IPV6 },
	[COMPRESSED_INTERNAL] = { "ipv6.routing.rpl.cmprI", "Compressed Internal Octets (CmprI)", UINT32, DEC,
	                          .mask = 0xf0000000 },
	[COMPRESSED_FINAL] = { "ipv6.routing.rpl.cmprE", "Compressed Final Octets (CmprE)", UINT32, DEC,
	                       .mask = 0x0f000000 },
	[PADDING]       = { "ipv6.routing.rpl.pad", "Padding Bytes", UINT32, DEC, .mask = 0x00f00000 },
	[RPL_RESERVED]  = { "ipv6.routing.rpl.reserved", "Reserved", UINT32, DEC, .mask = 0x000fffff },
	[ADDRESS_COUNT] = { "ipv6.routing.rpl.addr_count", "Total Address Count", INT32, .generated = true },
	[RPL_ADDRESS]   = { "ipv6.routing.rpl.address", "Address", OCTETS },
	[FULL_ADDRESS]  = { "ipv6.routing.rpl.full_address", "Full Address", IPV6, .generated = true },
	[LAST_ENTRY]    = { "ipv6.routing.srh.last_entry", "Last Entry", UINT8 },
	[FLAGS]         = { "ipv6.routing.srh.flags", "Flags", UINT8, HEX },
	[TAG]           = { "ipv6.routing.srh.tag", "Tag", OCTETS },
	[SEGMENT_ADDRESS] = { "ipv6.routing.srh.addr", "Address", IPV6 },
	[IDENTIFIERS]   = { NULL, "Segment Identifiers", SUBTREE },
	[CURRENT_16]    = { "ipv6.routing.crh16.current_sid", "Current SID", UINT16, .generated = true },
	[SEGMENT_16]    = { "ipv6.routing.crh16.sid", "Segment ID", UINT16 },
	[CURRENT_32]    = { "ipv6.routing.crh32.current_sid", "Current SID", UINT32, .generated = true },
	[SEGMENT_32]    = { "ipv6.routing.crh32.sid", "Segment ID", UINT32 },
	[DEPRECATED]    = { "ipv6.routing.deprecated", "Routing header type is deprecated", NOTE,
	                    .severity = SEVERITY_NOTE,
	                    .group = GROUP_DEPRECATED },
	[BAD_LENGTH]    = { "ipv6.routing.invalid_length", "Invalid IPv6 Routing header length", NOTE, MALFORMED },
	[BAD_SEGMENTS_LEFT] = { "ipv6.routing.invalid_segleft",
	                        "IPv6 Routing Header segments left field must not exceed address count", NOTE, WARN },
	[MULTICAST]     = { "ipv6.src_route_list.multicast_addr",
	                    "Multicast addresses must not appear in the source route list", NOTE, WARN },
	[DESTINATION_MULTICAST] = { "ipv6.dst_addr.not_multicast",
	                            "Destination address must not be a multicast address",
	                            NOTE, WARN },
	[IS_SOURCE]     = { "ipv6.src_route_list.src_addr", "Source address must not appear in the source route list",
	                    NOTE,
	                    WARN },
	[IS_DESTINATION] = { "ipv6.src_route_list.dst_addr",
	                     "Destination address must not appear in the source route list", NOTE, WARN },
	[BAD_PADDING]   = { "ipv6.routing.rpl.cmprI_cmprE_pad",
	                    "When cmprI equals 0 and cmprE equals 0, pad MUST equal 0 but instead was X", NOTE,
	                    WARN },
	[BAD_RESERVED]  = { "ipv6.routing.rpl.reserved_not0", "Reserved field must equal 0 but instead was X", NOTE,
	                    .severity = SEVERITY_NOTE, .group = GROUP_PROTOCOL },
	[BAD_COUNT]     = { "ipv6.routing.rpl.addr_count_ge0",
	                    "Calculated total address count must be greater than or equal to 0, instead was X", NOTE,
	                    MALFORMED },
	[UNDECODED]     = { "ipv6.routing.undecoded", "Undecoded IPv6 routing header field", NOTE,
	                    .severity = SEVERITY_NOTE,
	                    .group = GROUP_UNDECODED },
};

/* What every type has, for those that read the rest. */
struct header {
	uint8_t length;        /* in units of 8 octets, without the first */
	uint8_t segments_left;
	node_ref length_node, type_node, segments_left_node;
};

static void check_segments_left(struct dissection *d, const struct header *h, const char *what, unsigned count)
{
	if (h->segments_left > count)
		note_text_on(d, h->segments_left_node, &fields[BAD_SEGMENTS_LEFT],
		             "IPv6 %s Routing Header segments left field must not exceed address count (%u)", what,
		             count);
}

static const uint8_t *add_route_address(struct dissection *d, struct wire *w, const struct field *field, unsigned number)
{
	const uint8_t *address = add_ipv6(d, w, field);

	if (!BUILDING(d, w))
		return address;
	set_text(d, w, d->last, "Address[%u]: %s", number, named_ipv6_text(d, address));
	if (address[0] == 0xff && field != &fields[SEGMENT_ADDRESS])
		note_on(d, d->last, &fields[MULTICAST]);
	return address;
}

/* Checksums are made with where the packet goes in the end: RFC 8200, section 8.1. */
static void go_to(struct dissection *d, const struct header *h, const uint8_t *address)
{
	if (address && h->segments_left)
		d->destination = address_of(ADDRESS_IPV6, address);
}

static void dissect_source_route(struct dissection *d, struct wire *w, const struct header *h)
{
	unsigned count = h->length / 2;

	if (h->length & 1)
		note_text_on(d, h->length_node, &fields[BAD_LENGTH],
		             "IPv6 Routing Header extension header length must not be odd");
	check_segments_left(d, h, "Type 0", count);
	add_octets(d, w, &fields[RESERVED], 4);
	for (unsigned i = 1; i <= count; i++)
		add_route_address(d, w, &fields[ADDRESS], i);
	if (w->state == WIRE_GOOD && count)
		go_to(d, h, w->data + w->at - 16);
	if (w->state == WIRE_GOOD)
		note_on(d, h->type_node, &fields[DEPRECATED]); /* RFC 5095 */
}

static void dissect_type_2(struct dissection *d, struct wire *w, const struct header *h)
{
	if (h->length != 2)
		note_text_on(d, h->length_node, &fields[BAD_LENGTH],
		             "IPv6 Type 2 Routing Header extension header length must equal 2");
	if (h->segments_left != 1)
		note_text_on(d, h->segments_left_node, &fields[BAD_SEGMENTS_LEFT],
		             "IPv6 Type 2 Routing Header segments left field must equal 1");
	add_octets(d, w, &fields[HOME_RESERVED], 4);
	go_to(d, h, add_route_address(d, w, &fields[HOME_ADDRESS], 1));
}

/* An address without the octets that it has in common with the destination. */
static void add_compressed_address(struct dissection *d, struct wire *w, uint8_t address[16], unsigned number,
                                   unsigned elided)
{
	const uint8_t *octets = add_octets(d, w, &fields[RPL_ADDRESS], 16 - elided);

	if (!octets)
		return;
	memcpy(address, d->destination.octets, elided);
	memcpy(address + elided, octets, 16 - elided);
	if (!BUILDING(d, w))
		return;
	add_node_octets(d, w, &fields[FULL_ADDRESS], w->at - (16 - elided), 16 - elided, octets, 16 - elided);
	set_text(d, w, d->last, "Address[%u]: %s", number, named_ipv6_text(d, address));
	if (address[0] == 0xff)
		note_on(d, d->last, &fields[MULTICAST]);
	else if (!memcmp(address, d->source.octets, 16))
		note_on(d, d->last, &fields[IS_SOURCE]);
	else if (!memcmp(address, d->destination.octets, 16))
		note_on(d, d->last, &fields[IS_DESTINATION]);
}

static void dissect_rpl(struct dissection *d, struct wire *w, const struct header *h)
{
	if (d->destination.kind == ADDRESS_IPV6 && d->destination.octets[0] == 0xff)
		add_note(d, w, &fields[DESTINATION_MULTICAST]);
	uint32_t value = add_uint32(d, w, &fields[COMPRESSED_INTERNAL]);
	int internal = value >> 28, final = value >> 24 & 0xf, padding = value >> 20 & 0xf;
	unsigned reserved = value & 0xfffff;
	add_bits(d, w, &fields[COMPRESSED_FINAL], &fields[PADDING], 4, value);
	if (!internal && !final && padding)
		note_text_on(d, d->last, &fields[BAD_PADDING],
		             "When cmprI equals 0 and cmprE equals 0, pad MUST equal 0 but instead was %u", padding);
	add_bits(d, w, &fields[RPL_RESERVED], &fields[RPL_RESERVED], 4, value);
	if (reserved)
		note_text_on(d, d->last, &fields[BAD_RESERVED], "Reserved field must equal 0 but instead was %u",
		             reserved);
	/* RFC 6554, section 3 */
	int count = (h->length * 8 - padding - (16 - final)) / (16 - internal) + 1;
	add_number(d, w, &fields[ADDRESS_COUNT], (uint64_t)(int64_t)count);
	if (count < 0)
		note_text_on(d, d->last, &fields[BAD_COUNT],
		             "Calculated total address count must be greater than or equal to 0, instead was %d",
		             count);
	else
		check_segments_left(d, h, "RPL", (unsigned)count);
	uint8_t address[16];
	for (int i = 1; i <= count && w->state == WIRE_GOOD; i++)
		add_compressed_address(d, w, address, (unsigned)i, (unsigned)(i < count ? internal : final));
	if (w->state == WIRE_GOOD && count > 0)
		go_to(d, h, address);
}

static void dissect_segment_routing(struct dissection *d, struct wire *w, const struct header *h)
{
	unsigned last = add_uint8(d, w, &fields[LAST_ENTRY]);
	add_uint8(d, w, &fields[FLAGS]);
	add_octets(d, w, &fields[TAG], 2);
	for (unsigned i = 0; i <= last && w->state == WIRE_GOOD; i++) {
		const uint8_t *address = add_route_address(d, w, &fields[SEGMENT_ADDRESS], i);
		if (i == 0) /* RFC 8754, section 2: the last one */
			go_to(d, h, address);
	}
}

/* Segment identifiers of 2 or 4 octets, up to one that is zero. */
static void dissect_compact(struct dissection *d, struct wire *w, const struct header *h, unsigned size,
                            const struct field *current, const struct field *segment)
{
	/* Those that fit the first 8 octets of the header are not counted by its length. */
	unsigned first = 4 / size, rest = h->segments_left > first ? h->segments_left - first : 0;

	if ((rest + 8 / size - 1) / (8 / size) > h->length)
		note_text_on(d, h->length_node, &fields[BAD_LENGTH],
		             "IPv6 Compact Routing Header minimum length must not exceed header length (%u)",
		             h->length);
	uint32_t ahead = h->segments_left * size;
	if (!wire_need(w, ahead + size))
		return;
	add_node(d, w, current, w->at + ahead, size, be_value(wire_here(w) + ahead, size));
	node_ref top = open_heading(d, w, &fields[IDENTIFIERS]);
	for (unsigned i = 0; w->state == WIRE_GOOD; i++) {
		uint32_t id = size == 2 ? wire_u16(w) : wire_u32(w);
		if (w->state != WIRE_GOOD || !id)
			break;
		add_node(d, w, segment, w->at - size, size, id);
		set_text(d, w, d->last, "SID[%u] = %u", i, id);
	}
	close_subtree(d, top, w);
}

static void dissect_compact_16(struct dissection *d, struct wire *w, const struct header *h)
{
	dissect_compact(d, w, h, 2, &fields[CURRENT_16], &fields[SEGMENT_16]);
}

static void dissect_compact_32(struct dissection *d, struct wire *w, const struct header *h)
{
	dissect_compact(d, w, h, 4, &fields[CURRENT_32], &fields[SEGMENT_32]);
}

static void dissect_unknown(struct dissection *d, struct wire *w, const struct header *h)
{
	(void)h;
	add_octets(d, w, &fields[UNKNOWN_DATA], wire_left(w));
	if (d->last)
		note_on(d, d->last, &fields[UNDECODED]);
}

static void (*const routes[])(struct dissection *d, struct wire *w, const struct header *h) = {
	[0] = dissect_source_route, [1] = dissect_unknown, [2] = dissect_type_2, [3] = dissect_rpl,
	[4] = dissect_segment_routing, [5] = dissect_compact_16, [6] = dissect_compact_32,
};

static void dissect(struct dissection *d, struct wire *w)
{
	struct header h;
	list_info(d, w, " , ", "IPv6 routing");
	node_ref top = open_extension(d, w, &fields[HEADER]);
	uint8_t next_header = add_uint8(d, w, &fields[NEXT_HEADER]);
	h.length = add_uint8(d, w, &fields[LENGTH]);
	h.length_node = d->last;
	add_number(d, w, &fields[OCTETS_LONG], h.length * 8u + 8);
	uint8_t type = add_uint8(d, w, &fields[TYPE]);
	h.type_node = d->last;
	const char *name = name_of(NAMES(types), type);
	if (name)
		append_text(d, w, top, " (%s)", name);
	else
		append_text(d, w, top, " (Unknown type %u)", type);
	h.segments_left = add_uint8(d, w, &fields[SEGMENTS_LEFT]);
	h.segments_left_node = d->last;

	uint32_t rest = h.length * 8u + 4, start = w->at;
	struct wire body = wire_take(w, rest);
	body.contained = start + rest;
	(type < sizeof routes / sizeof *routes ? routes[type] : dissect_unknown)(d, &body, &h);
	wire_join(w, &body);
	if (w->state == WIRE_GOOD && w->at < start + rest)
		wire_skip(w, start + rest - w->at);
	close_extension(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_ip_payload(d, *w, next_header);
}

const struct protocol protocol_ipv6_routing = {
	.name = "Routing Header for IPv6",
	.short_name = "IPv6 Routing",
	.filter = "ipv6.routing",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
