/* ipv4.c: Internet Protocol version 4, RFC 791, with differentiated services (RFC 2474) and ECN (RFC 3168). */

#include "dissect/checksum.h"
#include "dissect/checksum_fields.h"
#include "dissect/geoip_fields.h"
#include "dissect/ip.h"
#include "dissect/resolver.h"
#include "dissect/session.h"
#include "dissect/text.h"

enum {
	IP, VERSION, HEADER_LENGTH, DSFIELD, DSCP, ECN, LENGTH, ID, FLAGS, RESERVED, DONT_FRAGMENT,
	MORE_FRAGMENTS, OFFSET, TTL, PROTOCOL_NUMBER,
	CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, CALCULATED, /* N_CALCULATED_CHECKSUM_FIELDS of them */
	SOURCE, DESTINATION, CURRENT_ROUTE, GEOIP, GEOIP_LAST = GEOIP + N_GEOIP_FIELDS - 1, BOGUS_VERSION, BOGUS_HEADER_LENGTH, BOGUS_LENGTH, LENGTH_TOO_LONG,
	TTL_LOCAL, TTL_SMALL, FIRST_FRAGMENT, N_FIELDS = FIRST_FRAGMENT + N_FRAGMENT_FIELDS
};

static const struct name header_lengths[] = {
	{ 0, "0 bytes" },   { 1, "4 bytes" },   { 2, "8 bytes" },   { 3, "12 bytes" },
	{ 4, "16 bytes" },  { 5, "20 bytes" },  { 6, "24 bytes" },  { 7, "28 bytes" },
	{ 8, "32 bytes" },  { 9, "36 bytes" },  { 10, "40 bytes" }, { 11, "44 bytes" },
	{ 12, "48 bytes" }, { 13, "52 bytes" }, { 14, "56 bytes" }, { 15, "60 bytes" },
};

static const struct field source_too[] = {
	{ "ip.addr", "Source or Destination Address", IPV4 },
	{ "ip.src_host", "Source Host", STRING },
	{ "ip.host", "Source or Destination Host", STRING },
};
const struct field ip_destination_too[3] = {
	{ "ip.addr", "Source or Destination Address", IPV4 },
	{ "ip.dst_host", "Destination Host", STRING },
	{ "ip.host", "Source or Destination Host", STRING },
};
static const struct field current_route_too[] = { { "ip.cur_rt_host", "Current Route Host", STRING } };

static const struct field fields[N_FIELDS] = {
	[IP]              = { "ip", "Internet Protocol Version 4", PROTOCOL },
	[VERSION]         = { "ip.version", "Version", UINT8, DEC, .mask = 0xf0, .scale = 1 },
	[HEADER_LENGTH]   = { "ip.hdr_len", "Header Length", UINT8, DEC, .mask = 0x0f, .names = NAMES(header_lengths), .scale = 4 },
	[DSFIELD]         = { "ip.dsfield", "Differentiated Services Field", UINT8, HEX },
	[DSCP]            = { "ip.dsfield.dscp", "Differentiated Services Codepoint", UINT8, DEC, .mask = 0xfc,
	                      .names = &dscp_names },
	[ECN]             = { "ip.dsfield.ecn", "Explicit Congestion Notification", UINT8, DEC, .mask = 0x03,
	                      .names = &ecn_names },
	[LENGTH]          = { "ip.len", "Total Length", UINT16 },
	[ID]              = { "ip.id", "Identification", UINT16, HEX_DEC },
	[FLAGS]           = { "ip.flags", "Flags", UINT8, HEX, .mask = 0xe0 },
	[RESERVED]        = { "ip.flags.rb", "Reserved bit", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[DONT_FRAGMENT]   = { "ip.flags.df", "Don't fragment", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[MORE_FRAGMENTS]  = { "ip.flags.mf", "More fragments", BOOLEAN, .mask = 0x20, .names = &set_or_not },
	[OFFSET]          = { "ip.frag_offset", "Fragment Offset", UINT16, DEC, .mask = 0x1fff },
	[TTL]             = { "ip.ttl", "Time to Live", UINT8 },
	[PROTOCOL_NUMBER] = { "ip.proto", "Protocol", UINT8, DEC, .names = &ip_protocol_names },
	[CHECKSUM]        = { "ip.checksum", "Header Checksum", UINT16, HEX },
	[CHECKSUM_STATUS] = { "ip.checksum.status", "Header checksum status", UINT8, NAME_ONLY, .generated = true,
	                      .names = &checksum_status_names },
	[CHECKSUM_BAD]    = { "ip.checksum_bad.expert", "Bad checksum", NOTE, .severity = SEVERITY_ERROR,
	                      .group = GROUP_CHECKSUM },
	[CALCULATED]      = { "ip.checksum_calculated", "Calculated Checksum", UINT16, HEX, .generated = true },
	[SOURCE]          = { "ip.src", "Source Address", IPV4, .ALSO(source_too) },
	[DESTINATION]     = { "ip.dst", "Destination Address", IPV4, .ALSO(ip_destination_too) },
	[CURRENT_ROUTE]   = { "ip.cur_rt", "Current Route", IPV4, .ALSO(current_route_too) },
	GEOIP_FIELDS(GEOIP, "ip"),
	[BOGUS_VERSION]   = { "ip.bogus_ip_version", "Bogus IPv4 version", NOTE, .severity = SEVERITY_ERROR,
	                      .group = GROUP_PROTOCOL },
	[BOGUS_HEADER_LENGTH] = { "ip.bogus_header_length", "Bogus IP header length", NOTE, .severity = SEVERITY_ERROR,
	                          .group = GROUP_PROTOCOL },
	[BOGUS_LENGTH]    = { "ip.bogus_ip_length", "Bogus IP length", NOTE, .severity = SEVERITY_ERROR,
	                      .group = GROUP_PROTOCOL },
	[LENGTH_TOO_LONG] = { "ip.bogus_ip_length", "IPv4 total length exceeds packet length", NOTE,
	                      .severity = SEVERITY_ERROR, .group = GROUP_PROTOCOL },
	[TTL_LOCAL]       = { "ip.ttl.lncb", "Time To Live", NOTE, .severity = SEVERITY_NOTE, .group = GROUP_SEQUENCE },
	[TTL_SMALL]       = { "ip.ttl.too_small", "Time To Live", NOTE, .severity = SEVERITY_NOTE,
	                      .group = GROUP_SEQUENCE },

	[FIRST_FRAGMENT + FRAGMENTS] = { "ip.fragments", "IPv4 Fragments", OCTETS, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT] = { "ip.fragment", "IPv4 Fragment", FRAME_NUMBER, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_OVERLAP] = { "ip.fragment.overlap", "Fragment overlap", BOOLEAN, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_CONFLICT] = { "ip.fragment.overlap.conflict", "Conflicting data in fragment overlap",
	                                         BOOLEAN, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_TAILS] = { "ip.fragment.multipletails", "Multiple tail fragments found", BOOLEAN,
	                                      .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_TOO_LONG] = { "ip.fragment.toolongfragment", "Fragment too long", BOOLEAN,
	                                         .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_COUNT] = { "ip.fragment.count", "Fragment count", UINT32, .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_LENGTH] = { "ip.reassembled.length", "Reassembled IPv4 length", UINT32,
	                                          .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_DATA] = { "ip.reassembled.data", "Reassembled IPv4 data", OCTETS,
	                                        .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_IN] = { "ip.reassembled_in", "Reassembled IPv4 in frame", FRAME_NUMBER,
	                                      .generated = true },
};

enum { SMALLEST_HEADER = 20, TTL_WORTH_A_NOTE = 5 };
enum { PROTOCOL_IGMP = 2, PROTOCOL_OSPF = 89, PROTOCOL_PIM = 103 };

static void add_dsfield(struct dissection *d, struct wire *w)
{
	uint8_t value = add_uint8(d, w, &fields[DSFIELD]);

	if (!BUILDING(d, w))
		return;
	if (value)
		append_text(d, w, d->last, " (DSCP: %s, ECN: %s)", name_or(&dscp_short_names, value >> 2, "Unknown"),
		            name_of(&ecn_short_names, value & 3));
	else
		append_literal(d, w, d->last, " (DSCP: CS0, ECN: Not-ECT)");
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[DSCP], &fields[ECN], 1, value);
	close_subtree(d, node, NULL);
}

/* Flags share two octets with the fragment offset. */
static uint16_t add_fragmentation(struct dissection *d, struct wire *w)
{
	uint16_t value = wire_u16(w);

	if (!BUILDING(d, w))
		return value;
	node_ref node = add_node(d, w, &fields[FLAGS], w->at - 2, 1, value >> 8);
	if (value & 0x8000)
		append_literal(d, w, node, ", Reserved bit");
	if (value & 0x4000)
		append_literal(d, w, node, ", Don't fragment");
	if (value & 0x2000)
		append_literal(d, w, node, ", More fragments");
	open_subtree(d);
	for (unsigned i = RESERVED; i <= MORE_FRAGMENTS; i++)
		add_node(d, w, &fields[i], w->at - 2, 1, value >> 8);
	close_subtree(d, node, NULL);
	add_node(d, w, &fields[OFFSET], w->at - 2, 2, value);
	if (value & 0x1fff)
		value_text(d, w, d->last, "%u", (value & 0x1fff) * 8);
	return value;
}

/* Groups of 224.0.0/24 whose protocols send with another time to live than 1: VRRP, mDNS and their kind. */
static uint8_t local_group_ttl(uint32_t destination, uint8_t protocol)
{
	if (protocol == PROTOCOL_IGMP)
		return 1;
	switch (destination & 0xff) {
	case 18:  /* VRRP, RFC 5798 */
	case 102: /* HSRPv2, GLBP */
	case 251: /* mDNS, RFC 6762 */
		return 255;
	case 252: /* LLMNR, RFC 4795: any */
		return 0;
	default:
		return 1;
	}
}

static void note_ttl(struct dissection *d, const struct wire *w, node_ref node, uint8_t ttl, uint32_t destination,
                     uint8_t protocol)
{
	if (!BUILDING(d, w))
		return;
	if (destination >> 8 == 0xe00000) {
		uint8_t expected = local_group_ttl(destination, protocol);
		if (expected && ttl != expected)
			note_text_on(d, node, &fields[TTL_LOCAL],
			             "\"Time To Live\" != %u for a packet sent to the Local Network Control Block (see RFC 3171)",
			             expected);
	} else if (ttl < TTL_WORTH_A_NOTE && destination >> 28 != 0xe && protocol != PROTOCOL_PIM &&
	           protocol != PROTOCOL_OSPF) {
		note_text_on(d, node, &fields[TTL_SMALL], "\"Time To Live\" only %u", ttl);
	}
}

/* What the total length says of the octets that are there. */
enum length_verdict { LENGTH_GOOD, LENGTH_BOGUS, LENGTH_PAST_END };

/* The total length as trees show it; returns the octets of the datagram that are there. */
static uint32_t add_length(struct dissection *d, struct wire *w, uint32_t start, unsigned header_length,
                           enum length_verdict *verdict)
{
	uint32_t there = w->reported - start;
	uint16_t length = wire_u16(w);

	*verdict = LENGTH_GOOD;
	d->last = 0;
	if (w->state != WIRE_GOOD)
		return there;
	add_node(d, w, &fields[LENGTH], w->at - 2, 2, length);
	if (!length) {
		/* The host's interface cuts the segment, after the capture: RFC 791 knows no zero. */
		set_text(d, w, d->last,
		         "Total Length: %u bytes (reported as 0, presumed to be because of \"TCP segmentation offload\" (TSO))",
		         there);
		mark_generated(d, d->last);
		return there;
	}
	if (length < header_length) {
		value_text(d, w, d->last, "%u bytes (bogus, less than header length %u)", length, header_length);
		note_on(d, d->last, &fields[BOGUS_LENGTH]);
		set_info(d, w, "Bogus IP length (%u, less than header length %u)", length, header_length);
		*verdict = LENGTH_BOGUS;
		return there;
	}
	if (length > there) {
		*verdict = LENGTH_PAST_END;
		if (!d->quoted)
			note_text_on(d, d->last, &fields[LENGTH_TOO_LONG],
			             "IPv4 total length exceeds packet length (%u bytes)", there);
		return there;
	}
	return length;
}

static void add_header_checksum(struct dissection *d, struct wire *w, uint32_t start, uint32_t length)
{
	static const struct offloaded_checksum look = {
		.fields = &fields[CHECKSUM], .excuse = "(may be caused by \"IP checksum offload\"?)",
	};

	if (!d->session->options.check_ip)
		add_unverified_checksum(d, w, &fields[CHECKSUM], " [validation disabled]");
	else if (w->state == WIRE_GOOD && w->end - start < length)
		add_unverified_checksum(d, w, &fields[CHECKSUM], " [not all data available]");
	else
		add_offloaded_checksum(d, w, &look, d->tree ? checksum_add(0, w->data + start, length) : 0);
}

static void add_title(struct dissection *d, node_ref top, uint32_t source, uint32_t destination)
{
	char *text = begin_text(d, 2 * RESOLVED_LARGEST + 16), *to = text;

	to = put_literal(to, ", Src: ");
	to = resolve_ipv4(d->session->resolver, to, source);
	to = put_literal(to, ", Dst: ");
	to = resolve_ipv4(d->session->resolver, to, destination);
	end_text(d, top, TEXT_APPEND, text, to);
}

static void add_addresses(struct dissection *d, struct wire *w, node_ref top, unsigned options_length)
{
	uint32_t source = add_ipv4(d, w, &fields[SOURCE]);
	if (w->state == WIRE_GOOD) {
		if (d->link_is_inner && !wire_has(w, 4))
			d->destination = d->link_destination;
		d->link_is_inner = false;
		d->source = address_of(ADDRESS_IPV4, w->data + w->at - 4);
	}
	if (!wire_has(w, 4))
		append_text(d, w, top, ", Src: %s", named_ipv4_text(d, source));
	uint32_t next_hop = wire_u32(w), final = next_hop;

	if (w->state != WIRE_GOOD)
		return;
	bool routed = options_length && ip_final_destination(wire_part(w, options_length), &final);
	add_node(d, w, &fields[routed ? CURRENT_ROUTE : DESTINATION], w->at - 4, 4, next_hop);
	d->destination = address_of(ADDRESS_IPV4, w->data + w->at - 4);
	if (routed)
		for (unsigned i = 0; i < 4; i++)
			d->destination.octets[i] = (uint8_t)(final >> (24 - 8 * i));
	if (!BUILDING(d, w))
		return;
	if (SAYING(d, w, top))
		add_title(d, top, source, final);
	if (routed)
		append_text(d, w, top, ", Via: %s", named_ipv4_text(d, next_hop));
	add_places(d, w, &fields[GEOIP]);
}

/* Hands the payload on: as it is, or as the datagram that its fragments make. */
static void dissect_payload(struct dissection *d, struct wire *w, node_ref top, struct wire payload, uint16_t id,
                            uint16_t fragmentation, uint8_t protocol, bool is_whole)
{
	struct wire whole;
	struct fragment fragment = { .id = id, .header = AT_PARENT, .offset = (fragmentation & 0x1fffu) * 8, .protocol = protocol,
		                     .more = fragmentation & 0x2000, .is_listed = true, .name = "IPv4", .fields = &fields[FIRST_FRAGMENT] };

	if (!fragment.more && !fragment.offset) {
		close_subtree(d, top, w);
		if (!wire_left(&payload))
			return;
		if (dissect_by(d, payload, BY_IP_PROTOCOL, protocol))
			return;
		set_info(d, w, "%s (%u)", name_or(&ip_protocol_names, protocol, "Unknown"), protocol);
		dissect_data(d, payload);
		return;
	}
	set_info(d, w, "Fragmented IP protocol (proto=%s %u, off=%u, ID=%04x)",
	         name_or(&ip_protocol_names, protocol, "Unknown"), protocol, fragment.offset, id);
	/* Only what was captured whole can be put together. */
	bool complete = is_whole && wire_captured(&payload) == wire_left(&payload);
	bool reassembled = complete && !d->quoted && reassemble_fragment(d, &payload, &fragment, &whole);
	close_subtree(d, top, w);
	if (reassembled) {
		dissect_next(d, whole, BY_IP_PROTOCOL, protocol);
	} else if (!fragment.offset && (!complete || d->quoted)) {
		payload.fragment = true;
		dissect_next(d, payload, BY_IP_PROTOCOL, protocol);
	} else {
		dissect_data(d, payload);
	}
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	if (!wire_need(w, 1))
		return;
	begin_columns(d, w, "IPv4");
	node_ref top = open_protocol(d, w, &fields[IP]);
	uint8_t first = wire_u8(w);
	add_node(d, w, &fields[VERSION], start, 1, first);
	if (first >> 4 != 4) {
		note_on(d, d->last, &fields[BOGUS_VERSION]);
		set_info(d, w, "Bogus IPv4 version (%u, must be 4)", first >> 4);
		close_subtree(d, top, w);
		w->at = start;
		if (first >> 4 == 6) /* as some links say 0x0800 for both */
			dissect_by(d, *w, BY_ETHERTYPE, 0x86dd);
		return;
	}
	unsigned header_length = (first & 0xf) * 4u;
	add_node(d, w, &fields[HEADER_LENGTH], start, 1, first);
	if (header_length < SMALLEST_HEADER) {
		note_text_on(d, d->last, &fields[BOGUS_HEADER_LENGTH],
		             "Bogus IP header length (%u, must be at least 20)", header_length);
		set_info(d, w, "Bogus IP header length (%u, must be at least 20)", header_length);
		return;
	}
	add_dsfield(d, w);
	enum length_verdict verdict;
	uint32_t length = add_length(d, w, start, header_length, &verdict);
	if (verdict == LENGTH_BOGUS)
		return;
	if (length < w->reported - start)
		claim_length(d, w, start + length);

	uint16_t id = add_uint16(d, w, &fields[ID]);
	uint16_t fragmentation = add_fragmentation(d, w);
	uint8_t ttl = add_uint8(d, w, &fields[TTL]);
	node_ref ttl_node = d->last;
	d->ip_ttl = ttl;
	uint8_t protocol = add_uint8(d, w, &fields[PROTOCOL_NUMBER]);
	add_header_checksum(d, w, start, header_length);
	add_addresses(d, w, top, header_length - SMALLEST_HEADER);
	note_ttl(d, w, ttl_node, ttl, be32(d->destination.octets), protocol);
	if (header_length > SMALLEST_HEADER) {
		struct wire options = wire_take(w, header_length - SMALLEST_HEADER);
		dissect_ip_options(d, &options);
		wire_join(w, &options);
	}
	if (w->state != WIRE_GOOD)
		return;
	dissect_payload(d, w, top, wire_part(w, start + length - w->at), id, fragmentation, protocol,
	                verdict == LENGTH_GOOD);
}

static void dissect_either(struct dissection *d, struct wire *w)
{
	uint8_t version = wire_peek_u8(w, 0) >> 4;

	if (w->state != WIRE_GOOD)
		return;
	if (version == 4) {
		dissect(d, w);
	} else if (version == 6) {
		dissect_by(d, *w, BY_ETHERTYPE, 0x86dd);
	} else {
		node_ref top = open_protocol(d, w, &fields[IP]);
		set_text(d, w, top, "Internet Protocol, bogus version (%u)", version);
		set_column(d, w, "IP");
		set_info(d, w, "Bogus IP version (%u)", version);
		add_uint8(d, w, &fields[VERSION]);
		if (w->state == WIRE_GOOD)
			note_text_on(d, d->last, &fields[BOGUS_VERSION], "Bogus IP version");
		close_subtree(d, top, w);
	}
}

/* What only says of its payload that it is IP, of one version or the other; an ethertype says which. */
const struct protocol protocol_ip = {
	.name = "Internet Protocol",
	.short_name = "IPv4",
	.filter = "ip",
	.dissect = dissect_either,
};
const struct protocol protocol_ipv4 = {
	.name = "Internet Protocol Version 4",
	.short_name = "IPv4",
	.filter = "ip",
	.is_lower = true,
	.column = "IPv4",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
