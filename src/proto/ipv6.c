/*
 * ipv6.c: Internet Protocol version 6, RFC 8200, with differentiated services (RFC 2474) and ECN (RFC 3168), and
 * what addresses say about how they were made. Its extension headers are protocols of their own (ipv6_options.c and
 * others); they are shown in its tree.
 */

#include "dissect/geoip_fields.h"
#include "dissect/ip.h"

enum {
	IP, VERSION, TRAFFIC_CLASS, DSCP, ECN, FLOW_LABEL, PAYLOAD_LENGTH, NEXT_HEADER, HOP_LIMIT, SOURCE, DESTINATION,
	SOURCE_6TO4, SOURCE_SLA, SOURCE_TEREDO_SERVER, SOURCE_TEREDO_PORT, SOURCE_TEREDO_CLIENT,
	SOURCE_ISATAP, SOURCE_EMBEDDED, SOURCE_SLAAC,
	DESTINATION_6TO4, DESTINATION_SLA, DESTINATION_TEREDO_SERVER, DESTINATION_TEREDO_PORT,
	DESTINATION_TEREDO_CLIENT, DESTINATION_ISATAP, DESTINATION_EMBEDDED, DESTINATION_SLAAC,
	EMBEDDED_PREFIX, EMBEDDED, GEOIP, GEOIP_LAST = GEOIP + N_GEOIP_FIELDS - 1,
	BOGUS_VERSION, INVALID_HEADER, LENGTH_ZERO, LENGTH_EXCEEDS, JUMBO_MISSING, N_FIELDS
};

static const struct field version_too[] = { {
	"ip.version", "Version", UINT8, DEC, .mask = 0xf0,
	.unit = " [This field makes the filter match on \"ip.version == 6\" possible]",
} };
static const struct field source_too[] = {
	{ "ipv6.addr", "Source or Destination Address", IPV6 },
	{ "ipv6.src_host", "Source Host", STRING },
	{ "ipv6.host", "Source or Destination Host", STRING },
};
static const struct field destination_too[] = {
	{ "ipv6.addr", "Source or Destination Address", IPV6 },
	{ "ipv6.dst_host", "Destination Host", STRING },
	{ "ipv6.host", "Source or Destination Host", STRING },
};

static const struct field fields[N_FIELDS] = {
	[IP]             = { "ipv6", "Internet Protocol Version 6", PROTOCOL },
	[VERSION]        = { "ipv6.version", "Version", UINT8, DEC, .mask = 0xf0, .scale = 1, .ALSO(version_too) },
	[TRAFFIC_CLASS]  = { "ipv6.tclass", "Traffic Class", UINT32, HEX, .mask = 0x0ff00000 },
	[DSCP]           = { "ipv6.tclass.dscp", "Differentiated Services Codepoint", UINT32, DEC, .mask = 0x0fc00000,
	                     .names = &dscp_names },
	[ECN]            = { "ipv6.tclass.ecn", "Explicit Congestion Notification", UINT32, DEC, .mask = 0x00300000,
	                     .names = &ecn_names },
	[FLOW_LABEL]     = { "ipv6.flow", "Flow Label", UINT24, HEX, .mask = 0x0fffff },
	[PAYLOAD_LENGTH] = { "ipv6.plen", "Payload Length", UINT16 },
	[NEXT_HEADER]    = { "ipv6.nxt", "Next Header", UINT8, DEC, .names = &ip_protocol_names },
	[HOP_LIMIT]      = { "ipv6.hlim", "Hop Limit", UINT8 },
	[SOURCE]         = { "ipv6.src", "Source Address", IPV6, .ALSO(source_too) },
	[DESTINATION]    = { "ipv6.dst", "Destination Address", IPV6, .ALSO(destination_too) },
#define ROW(row, prefix, name, of, label, type) \
	[row] = { "ipv6." prefix "_" name, of " " label, type, .generated = true, \
	            .also = &(const struct field){ "ipv6." name, label, type }, .also_count = 1 },
#define MADE(which, prefix, of) \
	ROW(which##_6TO4, prefix, "6to4_gw_ipv4", of, "6to4 Gateway IPv4", IPV4) \
	ROW(which##_SLA, prefix, "6to4_sla_id", of, "6to4 SLA ID", UINT16) \
	ROW(which##_TEREDO_SERVER, prefix, "ts_ipv4", of, "Teredo Server IPv4", IPV4) \
	ROW(which##_TEREDO_PORT, prefix, "tc_port", of, "Teredo Port", UINT16) \
	ROW(which##_TEREDO_CLIENT, prefix, "tc_ipv4", of, "Teredo Client IPv4", IPV4) \
	ROW(which##_ISATAP, prefix, "isatap_ipv4", of, "ISATAP IPv4", IPV4) \
	ROW(which##_EMBEDDED, prefix, "embed_ipv4", of, "Embedded IPv4", IPV4) \
	ROW(which##_SLAAC, prefix, "slaac_mac", of, "SLAAC MAC", MAC)
	MADE(SOURCE, "src", "Source")
	MADE(DESTINATION, "dst", "Destination")
	GEOIP_FIELDS(GEOIP, "ipv6"),
#undef MADE
#undef ROW
	[EMBEDDED_PREFIX] = { "ipv6.embed_ipv4_prefix", "Embedded IPv4 Prefix", OCTETS, .generated = true },
	[EMBEDDED]       = { "ipv6.embed_ipv4", "Embedded IPv4", IPV4, .generated = true },
	[BOGUS_VERSION]  = { "ipv6.bogus_ipv6_version", "Bogus IPv6 version", NOTE, .severity = SEVERITY_ERROR,
	                     .group = GROUP_MALFORMED },
	[INVALID_HEADER] = { "ipv6.invalid_header", "IPv6 header must be exactly 40 bytes", NOTE,
	                     .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[LENGTH_ZERO]    = { "ipv6.plen_zero",
	                     "IPv6 payload length equals 0 (maybe because of \"TCP segmentation offload\" (TSO))", NOTE,
	                     .severity = SEVERITY_CHAT, .group = GROUP_PROTOCOL },
	[LENGTH_EXCEEDS] = { "ipv6.plen_exceeds_framing",
	                     "IPv6 payload length does not match expected framing length", NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[JUMBO_MISSING]  = { "ipv6.opt.jumbo.missing",
	                     "IPv6 payload length equals 0 and Hop-By-Hop present and Jumbo Payload option missing", NOTE,
	                     .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
};

enum { HEADER_LENGTH = 40, OPTION_PAD1 = 0, OPTION_JUMBO = 0xc2 };
enum {
	HOP_BY_HOP = 0, ROUTING = 43, FRAGMENT_HEADER = 44, AUTHENTICATION = 51, NO_NEXT_HEADER = 59,
	DESTINATION_OPTIONS = 60, MOBILITY = 135, SHIM6 = 140,
};

/* ---- extension headers ---- */

static bool is_extension(uint8_t protocol)
{
	switch (protocol) {
	case HOP_BY_HOP:
	case ROUTING:
	case FRAGMENT_HEADER:
	case AUTHENTICATION:
	case DESTINATION_OPTIONS:
	case MOBILITY:
	case SHIM6:
		return true;
	default:
		return false;
	}
}

node_ref open_extension(struct dissection *d, const struct wire *w, const struct field *field)
{
	if (d->ipv6)
		d->depth++;
	return open_protocol(d, w, field);
}

void close_extension(struct dissection *d, node_ref node, const struct wire *w)
{
	close_subtree(d, node, w);
	if (!d->ipv6)
		return;
	d->depth--;
	if (d->ipv6->source == w->source)
		d->ipv6->last = w->at;
}

void dissect_ip_payload(struct dissection *d, struct wire w, uint8_t protocol)
{
	if (!d->ipv6) {
		dissect_next(d, w, BY_IP_PROTOCOL, protocol);
		return;
	}
	d->ipv6->goes_on = true;
	d->ipv6->end = d->ipv6->last;
	d->ipv6->next_header = protocol;
	d->ipv6->rest = w;
}

static void dissect_payload(struct dissection *d, struct wire w, uint8_t protocol)
{
	if (protocol == NO_NEXT_HEADER)
		set_info(d, &w, "IPv6 no next header");
	else if (!protocol_by(BY_IP_PROTOCOL, protocol))
		set_info(d, &w, "Unknown IP Protocol: %s (%u)", name_or(&ip_protocol_names, protocol, "Unknown"), protocol);
	dissect_next(d, w, BY_IP_PROTOCOL, protocol);
}

/* The extension headers, one after the other, and the payload. */
static void dissect_chain(struct dissection *d, struct ipv6_header *header)
{
	struct ipv6_header *outer = d->ipv6;

	while (header->goes_on) {
		header->goes_on = false;
		if (d->quoted && header->rest.state == WIRE_GOOD && !wire_left(&header->rest))
			break;
		d->ipv6 = is_extension(header->next_header) ? header : NULL;
		dissect_payload(d, header->rest, header->next_header);
	}
	d->ipv6 = outer;
}

/* ---- what addresses are made of ---- */

/* Each shows one address's rows, `rows` being its _6TO4. */
static void add_6to4(struct dissection *d, const struct wire *w, const struct field *rows, uint32_t at, const uint8_t *p)
{
	if (be16(p) != 0x2002) /* RFC 3056 */
		return;
	add_node(d, w, &rows[0], at + 2, 4, be32(p + 2));
	add_node(d, w, &rows[SOURCE_SLA - SOURCE_6TO4], at + 6, 2, be16(p + 6));
}

/* RFC 4380: port and client are inverted. */
static void add_teredo(struct dissection *d, const struct wire *w, const struct field *rows, uint32_t at,
                       const uint8_t *p)
{
	if (be32(p) != 0x20010000)
		return;
	add_node(d, w, &rows[SOURCE_TEREDO_SERVER - SOURCE_6TO4], at + 4, 4, be32(p + 4));
	add_node(d, w, &rows[SOURCE_TEREDO_PORT - SOURCE_6TO4], at + 10, 2, (uint16_t)~be16(p + 10));
	add_node(d, w, &rows[SOURCE_TEREDO_CLIENT - SOURCE_6TO4], at + 12, 4, (uint32_t)~be32(p + 12));
}

/* RFC 4291, appendix A. */
static void add_slaac(struct dissection *d, const struct wire *w, const struct field *rows, uint32_t at, const uint8_t *p)
{
	if (p[8] & 2 && be16(p + 11) == 0xfffe)
		add_node(d, w, &rows[SOURCE_SLAAC - SOURCE_6TO4], at + 8, 8,
		         (uint64_t)(be24(p + 8) ^ 0x020000) << 24 | be24(p + 13));
}

/* RFC 5214. */
static void add_isatap(struct dissection *d, const struct wire *w, const struct field *rows, uint32_t at,
                       const uint8_t *p)
{
	if ((be32(p + 8) & 0xfcffffff) == 0x00005efe)
		add_node(d, w, &rows[SOURCE_ISATAP - SOURCE_6TO4], at + 12, 4, be32(p + 12));
}

/* RFC 6052: the well-known prefix. */
static void add_embedded(struct dissection *d, const struct wire *w, const struct field *rows, uint32_t at,
                         const uint8_t *p)
{
	static const uint8_t well_known[12] = { 0x00, 0x64, 0xff, 0x9b };

	if (memcmp(p, well_known, sizeof well_known))
		return;
	add_node_octets(d, w, &fields[EMBEDDED_PREFIX], at, 12, p, 12);
	add_node(d, w, &rows[SOURCE_EMBEDDED - SOURCE_6TO4], at + 12, 4, be32(p + 12));
	add_node(d, w, &fields[EMBEDDED], at + 12, 4, be32(p + 12));
}

static void add_addresses(struct dissection *d, struct wire *w, node_ref top)
{
	const uint8_t *source = add_ipv6(d, w, &fields[SOURCE]);
	if (source) {
		if (d->link_is_inner && !wire_has(w, 16))
			d->destination = d->link_destination;
		d->link_is_inner = false;
		d->source = address_of(ADDRESS_IPV6, source);
	}
	const uint8_t *destination = add_ipv6(d, w, &fields[DESTINATION]);

	if (w->state != WIRE_GOOD)
		return;
	d->destination = address_of(ADDRESS_IPV6, destination);
	if (!BUILDING(d, w))
		return;
	append_text(d, w, top, ", Src: %s, Dst: %s", named_ipv6_text(d, source), named_ipv6_text(d, destination));
	static void (*const makers[])(struct dissection *, const struct wire *, const struct field *, uint32_t,
	                              const uint8_t *) = {
		add_6to4, add_teredo, add_slaac, add_isatap, add_embedded,
	};
	for (unsigned i = 0; i < sizeof makers / sizeof *makers; i++) {
		makers[i](d, w, &fields[SOURCE_6TO4], w->at - 32, source);
		makers[i](d, w, &fields[DESTINATION_6TO4], w->at - 16, destination);
	}
	add_places(d, w, &fields[GEOIP]);
}

/* ---- the fixed header ---- */

static void add_traffic_class(struct dissection *d, struct wire *w)
{
	uint32_t value = wire_peek_u32(w, 0);

	if (!BUILDING(d, w))
		return;
	add_node(d, w, &fields[TRAFFIC_CLASS], w->at, 4, value);
	if (value & fields[TRAFFIC_CLASS].mask)
		append_text(d, w, d->last, " (DSCP: %s, ECN: %s)",
		            name_or(&dscp_short_names, value >> 22 & 0x3f, "Unknown"),
		            name_of(&ecn_short_names, value >> 20 & 3));
	else
		append_literal(d, w, d->last, " (DSCP: CS0, ECN: Not-ECT)");
	node_ref node = open_subtree(d);
	add_node(d, w, &fields[DSCP], w->at, 4, value);
	add_node(d, w, &fields[ECN], w->at, 4, value);
	close_subtree(d, node, NULL);
}

/* The length by a jumbo payload option (RFC 2675) of the hop-by-hop header in w; 0: it has none that counts. */
static uint32_t jumbo_length(struct wire w)
{
	uint32_t length = 0;

	wire_skip(&w, 1);
	uint32_t rest = wire_u8(&w) * 8u + 6;
	struct wire options = wire_part(&w, rest);
	while (wire_more(&options)) {
		uint8_t type = wire_u8(&options);
		if (type == OPTION_PAD1)
			continue;
		uint8_t n = wire_u8(&options);
		struct wire body = wire_take(&options, n);
		if (type == OPTION_JUMBO && n == 4 && wire_has(&body, 4)) {
			length = be32(wire_here(&body));
			break;
		}
	}
	return length > UINT16_MAX ? length : 0;
}

/* Says what is odd about the payload length; returns the length that counts. */
static uint32_t check_length(struct dissection *d, const struct wire *w, node_ref node, struct ipv6_header *header)
{
	uint32_t length = header->payload_length, there = wire_left(w);

	if (!length && header->next_header == HOP_BY_HOP) {
		length = jumbo_length(*w);
		header->is_jumbogram = length;
		if (length) {
			append_literal(d, w, node, " (Jumbogram)");
		} else {
			note_on(d, node, &fields[JUMBO_MISSING]);
			set_info(d, w, "Invalid IPv6 payload length");
		}
	} else if (!length && header->next_header != NO_NEXT_HEADER) {
		note_on(d, node, &fields[LENGTH_ZERO]);
	}
	if (length > there) {
		header->is_cut = true;
		if (!d->quoted)
			note_text_on(d, node, &fields[LENGTH_EXCEEDS],
			             "IPv6 payload length exceeds framing length (%u bytes)", there);
		return there;
	}
	return length;
}

/* Who carries it calls it the unknown payload that it is to him: in the Protocol column, where that is not his own name, and in Info. */
static const struct bogus {
	const char *carrier, *column, *info;
} bogus[] = {
	{ "ethertype", "0x86dd", "IPv6" },
	{ "ppp", "0x0057", "PPP Internet Protocol version 6 (0x0057)" },
	{ "ip", NULL, "IPv6 (41)" },
	{ "ipv6", NULL, "Unknown IP Protocol: IPv6 (41)" },
};

static void list_bogus(struct dissection *d, const struct wire *w, unsigned version)
{
	const char *carrier = d->trail_count ? d->trail[d->trail_count - 1] : "";

	set_info(d, w, "Bogus IPv6 version (%u, must be 6)", version);
	for (unsigned i = 0; i < sizeof bogus / sizeof *bogus; i++) {
		if (strcmp(carrier, bogus[i].carrier))
			continue;
		if (bogus[i].column)
			set_column(d, w, "%s", bogus[i].column);
		set_info(d, w, "%s", bogus[i].info);
	}
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct ipv6_header header = { 0 };
	struct wire all = *w;
	node_ref top = open_protocol(d, w, &fields[IP]);
	uint8_t first = wire_peek_u8(w, 0);

	add_node(d, w, &fields[VERSION], w->at, 1, first);
	if (w->state != WIRE_GOOD)
		return;
	if (first >> 4 != 6) {
		note_on(d, d->last, &fields[BOGUS_VERSION]);
		close_subtree(d, top, NULL);
		d->trail_count--;
		list_bogus(d, w, first >> 4);
		dissect_data(d, all);
		return;
	}
	if (wire_left(w) < HEADER_LENGTH) {
		add_note(d, w, &fields[INVALID_HEADER]);
		set_info(d, w, "Invalid IPv6 header (%u bytes, need exactly %u)", wire_left(w), HEADER_LENGTH);
	}
	add_traffic_class(d, w);
	wire_skip(w, 1);
	add_uint24(d, w, &fields[FLOW_LABEL]);
	header.payload_length = add_uint16(d, w, &fields[PAYLOAD_LENGTH]);
	node_ref length_node = d->last;
	header.next_header = add_uint8(d, w, &fields[NEXT_HEADER]);
	d->ip_ttl = add_uint8(d, w, &fields[HOP_LIMIT]);
	add_addresses(d, w, top);
	if (w->state != WIRE_GOOD)
		return;
	uint32_t length = check_length(d, w, length_node, &header);
	close_subtree(d, top, w);
	if (length < wire_left(w)) {
		claim_length(d, w, w->at + length);
		wire_shorten(w, length);
	}
	header.source = w->source;
	header.end = header.last = w->at;
	header.rest = *w;
	header.goes_on = true;
	dissect_chain(d, &header);
	set_length(d, top, header.end - all.at);
}

const struct protocol protocol_ipv6 = {
	.name = "Internet Protocol Version 6",
	.short_name = "IPv6",
	.filter = "ipv6",
	.is_lower = true,
	.column = "IPv6",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
