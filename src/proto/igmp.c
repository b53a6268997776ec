/*
 * igmp.c: Internet Group Management Protocol, versions 0 (RFC 988), 1 (RFC 1112), 2 (RFC 2236) and 3 (RFC 3376), and the
 * multicast traceroute that goes with it (draft-ietf-idmr-traceroute-ipm).
 *
 * Left out: DVMRP, PIM version 1 and IGAP, which share its protocol number and are no IGMP.
 */

#include "dissect/checksum.h"
#include "dissect/checksum_fields.h"
#include "dissect/ip.h"
#include "dissect/text.h"

enum {
	IGMP, VERSION, TYPE, GROUP_TYPE, REPLY, REPLY_PENDING, MAX_RESPONSE, EXPONENT, MANTISSA, RESERVED,
	CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, /* N_CHECKSUM_FIELDS of them */
	IDENTIFIER, GROUP, ACCESS_KEY, DATA, SUPPRESS, QRV, QQIC, SOURCE_COUNT, SOURCE,
	RECORD_COUNT, RECORD, RECORD_TYPE, AUX_LENGTH, AUX_DATA,
	MTRACE_HOPS, MTRACE_SOURCE, MTRACE_RECEIVER, MTRACE_RESPONSE, MTRACE_TTL, MTRACE_ID, MTRACE_BLOCK, MTRACE_ARRIVAL,
	MTRACE_IN, MTRACE_OUT, MTRACE_PREVIOUS, MTRACE_IN_PACKETS, MTRACE_OUT_PACKETS, MTRACE_TOTAL, MTRACE_PROTOCOL,
	MTRACE_FORWARD_TTL, MTRACE_MBZ, MTRACE_S, MTRACE_MASK, MTRACE_CODE,
	N_FIELDS
};

static const struct name types[] = {
	{ 0x01, "Create Group Request" },
	{ 0x02, "Create Group Reply" },
	{ 0x03, "Join Group Request" },
	{ 0x04, "Join Group Reply" },
	{ 0x05, "Leave Group Request" },
	{ 0x06, "Leave Group Reply" },
	{ 0x07, "Confirm Group Request" },
	{ 0x08, "Confirm Group Reply" },
	{ 0x11, "Membership Query" },
	{ 0x12, "Membership Report" },
	{ 0x13, "DVMRP Protocol" },
	{ 0x14, "PIM Routing Message" },
	{ 0x16, "Membership Report" },
	{ 0x17, "Leave Group" },
	{ 0x1e, "Traceroute Response" },
	{ 0x1f, "Traceroute Query or Request" },
	{ 0x22, "Membership Report" },
};
static const struct name group_types[] = { { 0, "Public Group" }, { 1, "Private Group" } };
static const struct name replies[] = {
	{ 0, "Request Granted" },
	{ 1, "Request Denied, No Resources" },
	{ 2, "Request Denied, Invalid Code" },
	{ 3, "Request Denied, Invalid Group" },
	{ 4, "Request Denied, Invalid Key" },
};
static const struct name suppression[] = {
	{ 0, "Do not suppress router side processing" }, { 1, "SUPPRESS router side processing" },
};
static const struct name record_types[] = {
	{ 1, "Mode Is Include" },        { 2, "Mode Is Exclude" },   { 3, "Change To Include Mode" },
	{ 4, "Change To Exclude Mode" }, { 5, "Allow New Sources" }, { 6, "Block Old Sources" },
};
static const struct name routing_protocols[] = {
	{ 1, "DVMRP" },
	{ 2, "MOSPF" },
	{ 3, "PIM" },
	{ 4, "CBT" },
	{ 5, "PIM using special routing table" },
	{ 6, "PIM using a static route" },
	{ 7, "DVMRP using a static route" },
	{ 8, "PIM using MBGP (aka BGP4+) route" },
	{ 9, "CBT using special routing table" },
	{ 10, "CBT using a static route" },
	{ 11, "PIM using state created by Assert processing" },
};
static const struct name forwarding_codes[] = {
	{ 0x00, "NO_ERROR" },       { 0x01, "WRONG_IF" },     { 0x02, "PRUNE_SENT" },   { 0x03, "PRUNE_RCVD" },
	{ 0x04, "SCOPED" },         { 0x05, "NO_ROUTE" },     { 0x06, "WRONG_LAST_HOP" }, { 0x07, "NOT_FORWARDING" },
	{ 0x08, "REACHED_RP" },     { 0x09, "RPF_IF" },       { 0x0a, "NO_MULTICAST" }, { 0x0b, "INFO_HIDDEN" },
	{ 0x81, "NO_SPACE" },       { 0x82, "OLD_ROUTER" },   { 0x83, "ADMIN_PROHIB" },
};

static const struct field fields[N_FIELDS] = {
	[IGMP]              = { "igmp", "Internet Group Management Protocol", PROTOCOL },
	[VERSION]           = { "igmp.version", "IGMP Version", UINT8, .generated = true },
	[TYPE]              = { "igmp.type", "Type", UINT8, HEX, .names = NAMES(types) },
	[GROUP_TYPE]        = { "igmp.group_type", "Type Of Group", UINT8, .names = NAMES(group_types) },
	[REPLY]             = { "igmp.reply", "Reply", UINT8, .names = NAMES(replies) },
	[REPLY_PENDING]     = { "igmp.reply.pending", "Reply Pending", UINT8 },
	[MAX_RESPONSE]      = { "igmp.max_resp", "Max Resp Time", UINT8 },
	[EXPONENT]          = { "igmp.max_resp.exp", "Exponent", UINT8, HEX, .mask = 0x70 },
	[MANTISSA]          = { "igmp.max_resp.mant", "Mantissa", UINT8, HEX, .mask = 0x0f },
	[RESERVED]          = { "igmp.reserved", "Reserved", OCTETS },
	[CHECKSUM]          = { "igmp.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS]   = { "igmp.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                        .names = &checksum_status_names },
	[CHECKSUM_BAD]      = { "igmp.bad_checksum", "Bad checksum", NOTE, .severity = SEVERITY_ERROR,
	                        .group = GROUP_CHECKSUM },
	[IDENTIFIER]        = { "igmp.identifier", "Identifier", UINT32 },
	[GROUP]             = { "igmp.maddr", "Multicast Address", IPV4 },
	[ACCESS_KEY]        = { "igmp.access_key", "Access Key", OCTETS },
	[DATA]              = { "igmp.data", "Data", OCTETS },
	[SUPPRESS]          = { "igmp.s", "S", BOOLEAN, .mask = 0x08, .names = NAMES(suppression) },
	[QRV]               = { "igmp.qrv", "QRV", UINT8, .mask = 0x07 },
	[QQIC]              = { "igmp.qqic", "QQIC", UINT8 },
	[SOURCE_COUNT]      = { "igmp.num_src", "Num Src", UINT16 },
	[SOURCE]            = { "igmp.saddr", "Source Address", IPV4 },
	[RECORD_COUNT]      = { "igmp.num_grp_recs", "Num Group Records", UINT16 },
	[RECORD]            = { NULL, "Group Record", SUBTREE },
	[RECORD_TYPE]       = { "igmp.record_type", "Record Type", UINT8, .names = NAMES(record_types) },
	[AUX_LENGTH]        = { "igmp.aux_data_len", "Aux Data Len", UINT8 },
	[AUX_DATA]          = { "igmp.aux_data", "Aux Data", OCTETS },
	[MTRACE_HOPS]       = { "igmp.mtrace.max_hops", "# hops", UINT8 },
	[MTRACE_SOURCE]     = { "igmp.mtrace.saddr", "Source Address", IPV4 },
	[MTRACE_RECEIVER]   = { "igmp.mtrace.raddr", "Receiver Address", IPV4 },
	[MTRACE_RESPONSE]   = { "igmp.mtrace.rspaddr", "Response Address", IPV4 },
	[MTRACE_TTL]        = { "igmp.mtrace.resp_ttl", "Response TTL", UINT8 },
	[MTRACE_ID]         = { "igmp.mtrace.q_id", "Query ID", UINT24 },
	[MTRACE_BLOCK]      = { NULL, "Response data block", SUBTREE },
	[MTRACE_ARRIVAL]    = { "igmp.mtrace.q_arrival", "Query Arrival", UINT32 },
	[MTRACE_IN]         = { "igmp.mtrace.q_inaddr", "In itf addr", IPV4 },
	[MTRACE_OUT]        = { "igmp.mtrace.q_outaddr", "Out itf addr", IPV4 },
	[MTRACE_PREVIOUS]   = { "igmp.mtrace.q_prevrtr", "Previous rtr addr", IPV4 },
	[MTRACE_IN_PACKETS] = { "igmp.mtrace.q_inpkt", "In pkts", UINT32 },
	[MTRACE_OUT_PACKETS] = { "igmp.mtrace.q_outpkt", "Out pkts", UINT32 },
	[MTRACE_TOTAL]      = { "igmp.mtrace.q_total", "S,G pkt count", UINT32 },
	[MTRACE_PROTOCOL]   = { "igmp.mtrace.q_rtg_proto", "Rtg Protocol", UINT8, .names = NAMES(routing_protocols) },
	[MTRACE_FORWARD_TTL] = { "igmp.mtrace.q_fwd_ttl", "FwdTTL", UINT8 },
	[MTRACE_MBZ]        = { "igmp.mtrace.q_mbz", "MBZ", UINT8, HEX, .mask = 0x80 },
	[MTRACE_S]          = { "igmp.mtrace.q_s", "S", UINT8, HEX, .mask = 0x40 },
	[MTRACE_MASK]       = { "igmp.mtrace.q_src_mask", "Src Mask", UINT8, HEX, .mask = 0x3f },
	[MTRACE_CODE]       = { "igmp.mtrace.q_fwd_code", "Forwarding Code", UINT8, HEX, .names = NAMES(forwarding_codes) },
};

enum {
	CREATE_REQUEST = 0x01, QUERY = 0x11, REPORT_V1 = 0x12, DVMRP = 0x13, PIM = 0x14, REPORT_V2 = 0x16, LEAVE = 0x17, MTRACE_REPLY = 0x1e,
	MTRACE_QUERY = 0x1f, REPORT_V3 = 0x22, IGAP_FIRST = 0x40, IGAP_LAST = 0x42,
	OLDEST_TYPES_END = 0x10, /* what is less is of version 0 */
	V0_LENGTH = 20, V2_LENGTH = 8, V3_QUERY_LENGTH = 12, /* octets; of version 3 without the sources */
	MTRACE_HEADER_LENGTH = 24, MTRACE_BLOCK_LENGTH = 32,
};

/* A checksum over `length` octets from `start`: verified where they are all there. */
static void add_message_checksum(struct dissection *d, struct wire *w, uint32_t start, uint32_t length)
{
	bool is_there = w->state == WIRE_GOOD && length <= w->end - start;

	if (is_there)
		add_checksum(d, w, &fields[CHECKSUM], d->tree ? checksum_add(0, w->data + start, length) : 0);
	else
		add_unverified_checksum(d, w, &fields[CHECKSUM], " [unverified]");
}

static void add_type(struct dissection *d, struct wire *w, unsigned version)
{
	set_column(d, w, "IGMPv%u", version);
	add_number(d, w, &fields[VERSION], version);
	add_uint8(d, w, &fields[TYPE]);
}

/* What the packet list says of a group; no address: all groups. */
static void list_group(struct dissection *d, const struct wire *w, const char *before, uint32_t group)
{
	if (!LISTING(d, w))
		return;
	if (group)
		append_info(d, w, "%s%s", before, ipv4_text(d, group));
	else
		append_info(d, w, ", general");
}

/* The sources that stand at the cursor, in braces. */
static void list_sources(struct dissection *d, struct wire w, const char *before, unsigned count)
{
	if (!LISTING(d, &w))
		return;
	append_info(d, &w, "%s{", before);
	for (unsigned i = 0; i < count; i++) {
		uint32_t source = wire_u32(&w);
		append_info(d, &w, i ? ", %s" : "%s", ipv4_text(d, source));
	}
	append_info(d, &w, "}");
}

/* In tenths of a second; in version 3 a floating point number where it is large (RFC 3376, section 4.1.1). */
static void add_max_response(struct dissection *d, struct wire *w, bool version_3)
{
	uint8_t code = add_uint8(d, w, &fields[MAX_RESPONSE]);
	uint32_t tenths = code;

	if (version_3 && code & 0x80)
		tenths = ((code & 0xfu) | 0x10) << ((code >> 4 & 7) + 3);
	value_text(d, w, d->last, "%u.%u sec (0x%02x)", tenths / 10, tenths % 10, code);
	if (version_3 && code & 0x80) {
		node_ref node = open_subtree(d);
		add_bits(d, w, &fields[EXPONENT], &fields[MANTISSA], 1, code);
		close_subtree(d, node, NULL);
	}
}

static void add_v0(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	uint8_t type = wire_peek_u8(w, 0), code = wire_peek_u8(w, 1);

	add_type(d, w, 0);
	if (type == CREATE_REQUEST)
		add_uint8(d, w, &fields[GROUP_TYPE]);
	else if (type % 2 == 0)
		add_uint8(d, w, &fields[code < 5 ? REPLY : REPLY_PENDING]);
	else
		wire_skip(w, 1);
	add_message_checksum(d, w, start, V0_LENGTH);
	add_uint32(d, w, &fields[IDENTIFIER]);
	add_ipv4(d, w, &fields[GROUP]);
	add_octets(d, w, &fields[ACCESS_KEY], 8);
}

static void add_v1(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;

	add_type(d, w, 1);
	add_octets(d, w, &fields[RESERVED], 1);
	add_message_checksum(d, w, start, V2_LENGTH);
	add_ipv4(d, w, &fields[GROUP]);
}

static void add_v2(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	uint8_t type = wire_peek_u8(w, 0);

	add_type(d, w, 2);
	add_max_response(d, w, false);
	add_message_checksum(d, w, start, V2_LENGTH);
	uint32_t group = add_ipv4(d, w, &fields[GROUP]);
	list_group(d, w, type == QUERY ? ", specific for group " : type == REPORT_V2 ? " group " : " ", group);
}

static void add_v3_query(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at, length = wire_left(w);

	add_type(d, w, 3);
	if (!wire_need(w, V3_QUERY_LENGTH - 1))
		return;
	add_max_response(d, w, true);
	add_message_checksum(d, w, start, length);
	uint32_t group = add_ipv4(d, w, &fields[GROUP]);
	list_group(d, w, ", specific for group ", group);
	uint8_t flags = wire_u8(w);
	add_bits(d, w, &fields[SUPPRESS], &fields[QRV], 1, flags);
	add_uint8(d, w, &fields[QQIC]);
	uint16_t count = add_uint16(d, w, &fields[SOURCE_COUNT]);
	if (count)
		list_sources(d, *w, count == 1 ? ", source " : ", sources ", count);
	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++)
		add_ipv4(d, w, &fields[SOURCE]);
}

/* What a record asks for, by its type, and by whether it names no source, one or more. */
static const struct {
	const char *verb, *words[3];
} requests[] = {
	{ "Group", { ", unknown record type (?)", ", unknown record type (?), sources ", ", unknown record type (?), sources " } },
	{ "Join group", { NULL, " for source ", " for sources in " } },
	{ "Join group", { " for any sources", ", for source not ", ", for sources not in " } },
	{ "Join group", { NULL, " for source ", " for sources in " } },
	{ "Join group", { " for any sources", ", for source not ", ", for sources not in " } },
	{ "Group", { ", ALLOW_NEW_SOURCES but no source specified (?)", ", new source ", ", new sources " } },
	{ "Group", { ", BLOCK_OLD_SOURCES but no source specified (?)", ", block source ", ", block sources " } },
};

static void list_record(struct dissection *d, const struct wire *w, uint8_t type, uint32_t group, unsigned sources)
{
	unsigned row = type < sizeof requests / sizeof *requests ? type : 0;
	const char *words = requests[row].words[sources < 2 ? sources : 2];

	if (!LISTING(d, w))
		return;
	append_info(d, w, " / %s %s", words ? requests[row].verb : "Leave group", ipv4_text(d, group));
	if (sources)
		list_sources(d, *w, words, sources);
	else if (words)
		append_info(d, w, "%s", words);
}

static void add_record(struct dissection *d, struct wire *w)
{
	uint16_t sources = wire_peek_u16(w, 2);
	uint32_t group = wire_peek_u32(w, 4);
	node_ref node = open_heading(d, w, &fields[RECORD]);
	uint8_t type = add_uint8(d, w, &fields[RECORD_TYPE]);

	if (SHOWING(d, w))
		append_text(d, w, node, " : %s  %s", ipv4_text(d, group), name_or(fields[RECORD_TYPE].names, type, ""));
	uint8_t aux = add_uint8(d, w, &fields[AUX_LENGTH]);
	add_uint16(d, w, &fields[SOURCE_COUNT]);
	add_ipv4(d, w, &fields[GROUP]);
	list_record(d, w, type, group, sources);
	for (unsigned i = 0; i < sources && w->state == WIRE_GOOD; i++)
		add_ipv4(d, w, &fields[SOURCE]);
	if (aux)
		add_octets(d, w, &fields[AUX_DATA], aux * 4u);
	close_subtree(d, node, w);
}

static void add_v3_report(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at, length = wire_left(w);

	add_type(d, w, 3);
	add_octets(d, w, &fields[RESERVED], 1);
	add_message_checksum(d, w, start, length);
	add_octets(d, w, &fields[RESERVED], 2);
	uint16_t count = add_uint16(d, w, &fields[RECORD_COUNT]);
	if (!count)
		append_info(d, w, " - General query");
	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++)
		add_record(d, w);
}

static void add_mtrace_block(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[MTRACE_BLOCK]);

	add_uint32(d, w, &fields[MTRACE_ARRIVAL]);
	uint32_t in = add_ipv4(d, w, &fields[MTRACE_IN]);
	uint32_t out = add_ipv4(d, w, &fields[MTRACE_OUT]);
	add_ipv4(d, w, &fields[MTRACE_PREVIOUS]);
	add_uint32(d, w, &fields[MTRACE_IN_PACKETS]);
	add_uint32(d, w, &fields[MTRACE_OUT_PACKETS]);
	add_uint32(d, w, &fields[MTRACE_TOTAL]);
	uint8_t protocol = add_uint8(d, w, &fields[MTRACE_PROTOCOL]);
	add_uint8(d, w, &fields[MTRACE_FORWARD_TTL]);
	uint8_t bits = wire_u8(w);
	add_bits(d, w, &fields[MTRACE_MBZ], &fields[MTRACE_MASK], 1, bits);
	uint8_t code = add_uint8(d, w, &fields[MTRACE_CODE]);
	if (SHOWING(d, w))
		append_text(d, w, node, ": %s -> %s,  Proto: %s,  Forwarding Code: %s", ipv4_text(d, in), ipv4_text(d, out),
		            name_or(fields[MTRACE_PROTOCOL].names, protocol, "Unknown"),
		            name_or(fields[MTRACE_CODE].names, code, "Unknown"));
	close_subtree(d, node, w);
}

static void add_mtrace(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at, length = wire_left(w);
	uint8_t type = add_uint8(d, w, &fields[TYPE]);

	if (type == MTRACE_QUERY)
		value_text(d, w, d->last, "Traceroute %s (0x1f)", length == MTRACE_HEADER_LENGTH ? "Query" : "Request");
	if (type == MTRACE_QUERY)
		set_info(d, w, "Traceroute %s", length == MTRACE_HEADER_LENGTH ? "Query" : "Request");
	else
		set_info(d, w, "Traceroute Response, %u blocks",
		         length > MTRACE_HEADER_LENGTH ? (length - MTRACE_HEADER_LENGTH) / MTRACE_BLOCK_LENGTH : 0);
	add_uint8(d, w, &fields[MTRACE_HOPS]);
	add_message_checksum(d, w, start, length);
	add_ipv4(d, w, &fields[GROUP]);
	add_ipv4(d, w, &fields[MTRACE_SOURCE]);
	add_ipv4(d, w, &fields[MTRACE_RECEIVER]);
	add_ipv4(d, w, &fields[MTRACE_RESPONSE]);
	add_uint8(d, w, &fields[MTRACE_TTL]);
	add_uint24(d, w, &fields[MTRACE_ID]);
	while (wire_left(w) >= MTRACE_BLOCK_LENGTH)
		add_mtrace_block(d, w);
}

static void add_unknown(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[TYPE]);
	add_octets(d, w, &fields[DATA], wire_left(w));
}

/* A query's version is told by its length and by whether it allows for time (RFC 3376, section 7.1). */
static void add_query(struct dissection *d, struct wire *w)
{
	if (wire_left(w) >= V3_QUERY_LENGTH)
		add_v3_query(d, w);
	else if (wire_left(w) > 1 && wire_peek_u8(w, 1) == 0)
		add_v1(d, w);
	else
		add_v2(d, w);
}

static const struct {
	uint8_t type;
	void (*add)(struct dissection *d, struct wire *w);
} messages[] = {
	{ QUERY, add_query }, { REPORT_V1, add_v1 }, { REPORT_V2, add_v2 }, { LEAVE, add_v2 },
	{ MTRACE_REPLY, add_mtrace }, { MTRACE_QUERY, add_mtrace }, { REPORT_V3, add_v3_report },
};

static void dissect(struct dissection *d, struct wire *w)
{
	if (!wire_left(w))
		return;
	uint8_t type = wire_peek_u8(w, 0);
	unsigned i = 0, count = sizeof messages / sizeof *messages;

	if (w->state != WIRE_GOOD)
		return;
	if (type == DVMRP || type == PIM || (type >= IGAP_FIRST && type <= IGAP_LAST)) {
		dissect_data(d, *w);
		return;
	}
	node_ref top = open_protocol(d, w, &fields[IGMP]);
	while (i < count && messages[i].type != type)
		i++;
	const char *name = name_of(fields[TYPE].names, type);
	if (name)
		set_info(d, w, "%s", name);
	else
		set_info(d, w, "Unknown Type:0x%02x", type);
	if (i < count || type < OLDEST_TYPES_END)
		trail(d, "igmp"); /* each version counts as a protocol of its own */
	if (i < count)
		messages[i].add(d, w);
	else if (type < OLDEST_TYPES_END)
		add_v0(d, w);
	else
		add_unknown(d, w);
	close_subtree(d, top, w);
}

const struct protocol protocol_igmp = {
	.name = "Internet Group Management Protocol",
	.short_name = "IGMP",
	.filter = "igmp",
	.is_lower = true,
	.column = "IGMP",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
