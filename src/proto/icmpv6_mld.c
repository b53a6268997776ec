/*
 * icmpv6_mld.c: multicast listener discovery, versions 1 (RFC 2710) and 2 (RFC 3810), and multicast router
 * discovery (RFC 4286).
 */

#include "dissect/icmpv6.h"

enum {
	MAX_DELAY, MAX_CODE, GROUP, QUERY_FLAGS, FLAG_SUPPRESS, FLAG_QRV, FLAG_QUERY_RESERVED, QQIC,
	SOURCE_COUNT, QUERY_SOURCE, RECORD_COUNT, RECORD, RECORD_TYPE, RECORD_AUX_LENGTH, RECORD_SOURCES,
	RECORD_GROUP, RECORD_SOURCE, RECORD_AUX, MRD_INTERVAL, MRD_ROBUSTNESS, N_FIELDS
};

static const struct name record_types[] = {
	{ 1, "Include" }, { 2, "Exclude" }, { 3, "Changed to include" }, { 4, "Changed to exclude" },
	{ 5, "Allow new sources" }, { 6, "Block old sources" },
};

static const struct field fields[N_FIELDS] = {
	[MAX_DELAY]           = { "icmpv6.mld.maximum_response_delay", "Maximum Response Delay [ms]", UINT16 },
	[MAX_CODE]            = { "icmpv6.mld.maximum_response_code", "Maximum Response Code", UINT16 },
	[GROUP]               = { "icmpv6.mld.multicast_address", "Multicast Address", IPV6 },
	[QUERY_FLAGS]         = { "icmpv6.mld.flag", "Flags", UINT8, HEX },
	[FLAG_SUPPRESS]       = { "icmpv6.mld.flag.s", "Suppress Router-Side Processing", BOOLEAN, .mask = 0x08 },
	[FLAG_QRV]            = { "icmpv6.mld.flag.qrv", "QRV (Querier's Robustness Variable)", UINT8, .mask = 0x07 },
	[FLAG_QUERY_RESERVED] = { "icmpv6.mld.flag.reserved", "Reserved", UINT8, .mask = 0xf0 },
	[QQIC]                = { "icmpv6.mld.qqi", "QQIC (Querier's Query Interval Code)", UINT8 },
	[SOURCE_COUNT]        = { "icmpv6.mld.nb_sources", "Number of Sources", UINT16 },
	[QUERY_SOURCE]        = { "icmpv6.mld.source_address", "Source Address", IPV6 },
	[RECORD_COUNT]        = { "icmpv6.mldr.nb_mcast_records", "Number of Multicast Address Records", UINT16 },
	[RECORD]              = { "icmpv6.mldr.mar", "Multicast Address Record", SUBTREE },
	[RECORD_TYPE]         = { "icmpv6.mldr.mar.record_type", "Record Type", UINT8, .names = NAMES(record_types) },
	[RECORD_AUX_LENGTH]   = { "icmpv6.mldr.mar.aux_data_len", "Aux Data Len", UINT8 },
	[RECORD_SOURCES]      = { "icmpv6.mldr.mar.nb_sources", "Number of Sources", UINT16 },
	[RECORD_GROUP]        = { "icmpv6.mldr.mar.multicast_address", "Multicast Address", IPV6 },
	[RECORD_SOURCE]       = { "icmpv6.mldr.mar.source_address", "Source Address", IPV6 },
	[RECORD_AUX]          = { "icmpv6.mldr.mar.auxiliary_data", "Auxiliary Data", OCTETS },
	[MRD_INTERVAL]        = { "icmpv6.mcast_ra.query_interval", "Query Interval", UINT16 },
	[MRD_ROBUSTNESS]      = { "icmpv6.mcast_ra.robustness_variable", "Robustness Variable", UINT16 },
};

/* RFC 3810, sections 5.1.3 and 5.1.9: above half their range, codes are floating point numbers of `bits` bits. */
static uint32_t code_value(uint32_t code, unsigned bits)
{
	unsigned mantissa_bits = bits - 4, exponent = code >> mantissa_bits & 7;

	if (code >> (bits - 1) == 0)
		return code;
	return ((code & ((1u << mantissa_bits) - 1)) | 1u << mantissa_bits) << (exponent + 3);
}

static void add_listener(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	add_uint16(d, w, &fields[MAX_DELAY]);
	icmpv6_reserved(d, w, 2);
	add_ipv6(d, w, &fields[GROUP]);
}

static void add_listener_query(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	if (wire_left(w) < 24) {
		add_listener(d, w, m);
		return;
	}
	uint16_t code = add_uint16(d, w, &fields[MAX_CODE]);
	if (code & 0x8000)
		value_text(d, w, d->last, "%u", code_value(code, 16));
	icmpv6_reserved(d, w, 2);
	add_ipv6(d, w, &fields[GROUP]);
	icmpv6_flags8(d, w, &fields[QUERY_FLAGS], &fields[FLAG_QUERY_RESERVED]);
	code = add_uint8(d, w, &fields[QQIC]);
	if (code & 0x80)
		value_text(d, w, d->last, "%u", code_value(code, 8));
	uint16_t sources = add_uint16(d, w, &fields[SOURCE_COUNT]);
	for (unsigned i = 0; i < sources && w->state == WIRE_GOOD; i++)
		add_ipv6(d, w, &fields[QUERY_SOURCE]);
}

static void add_listener_record(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[RECORD]);
	uint8_t type = add_uint8(d, w, &fields[RECORD_TYPE]);
	uint8_t aux = add_uint8(d, w, &fields[RECORD_AUX_LENGTH]);
	uint16_t sources = add_uint16(d, w, &fields[RECORD_SOURCES]);
	const uint8_t *group = add_ipv6(d, w, &fields[RECORD_GROUP]);

	if (SHOWING(d, w)) {
		const char *name = name_of(fields[RECORD_TYPE].names, type);
		if (name)
			append_text(d, w, node, " %s: %s", name, ipv6_text(d, group));
		else
			append_text(d, w, node, " Unknown Record Type (%u): %s", type, ipv6_text(d, group));
	}
	for (unsigned i = 0; i < sources && w->state == WIRE_GOOD; i++)
		add_ipv6(d, w, &fields[RECORD_SOURCE]);
	if (aux)
		add_octets(d, w, &fields[RECORD_AUX], aux * 4u);
	close_subtree(d, node, w);
}

static void add_listener_report(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	icmpv6_reserved(d, w, 2);
	add_uint16(d, w, &fields[RECORD_COUNT]);
	while (wire_more(w))
		add_listener_record(d, w);
}

static void add_multicast_router(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	add_uint16(d, w, &fields[MRD_INTERVAL]);
	add_uint16(d, w, &fields[MRD_ROBUSTNESS]);
}

static void add_nothing(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)d, (void)w, (void)m;
}

const struct icmpv6_body icmpv6_mld[] = {
	{ 130, NULL, add_listener_query },
	{ 131, NULL, add_listener },
	{ 132, NULL, add_listener },
	{ 143, NULL, add_listener_report },
	{ 151, NULL, add_multicast_router },
	{ 152, NULL, add_nothing },
	{ 153, NULL, add_nothing },
	{ 0 },
};

const struct protocol protocol_icmpv6_mld = {
	.name = "ICMPv6 multicast listeners",
	.short_name = "ICMPv6 MLD",
	.filter = "icmpv6_mld",
	.fields = fields,
	.field_count = N_FIELDS,
};
