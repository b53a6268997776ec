/* icmpv6_information.c: node information queries, RFC 4620. */

#include "dissect/dns.h"
#include "dissect/icmpv6.h"

enum {
	NI_TYPE, NI_FLAGS, NI_G, NI_S, NI_L, NI_C, NI_A, NI_T, NI_RESERVED, NI_NONCE, NI_SUBJECT_V6,
	NI_SUBJECT_NAME, NI_SUBJECT_V4, NI_TTL, NI_NAME, NI_V6, NI_V4, N_FIELDS
};

static const struct name query_codes[] = {
	{ 0, "Query subject = IPv6 addresses" },
	{ 1, "Query subject = DNS name or empty" },
	{ 2, "Query subject = IPv4 addresses" },
};
static const struct name reply_codes[] = {
	{ 0, "Successful" }, { 1, "Refused" }, { 2, "Unknown query type" },
};
static const struct name query_types[] = {
	{ 0, "NOOP" }, { 1, "Supported query types (Obsolete)" }, { 2, "Node Name" }, { 3, "Node addresses" },
	{ 4, "IPv4 node addresses" },
};
static const struct name unicast[] = { { 0, "Unicast addresses on the queried interface" }, { 1, "All unicast address" } };

static const struct field fields[N_FIELDS] = {
	[NI_TYPE]         = { "icmpv6.ni.qtype", "Qtype", UINT16, .names = NAMES(query_types) },
	[NI_FLAGS]        = { "icmpv6.ni.flag", "Flags", UINT16, HEX },
	[NI_G]            = { "icmpv6.ni.flag.g", "Global-scope addresses", BOOLEAN, .mask = 0x0020,
	                      .names = &set_or_not },
	[NI_S]            = { "icmpv6.ni.flag.s", "Site-local addresses", BOOLEAN, .mask = 0x0010,
	                      .names = &set_or_not },
	[NI_L]            = { "icmpv6.ni.flag.l", "Link-local addresses", BOOLEAN, .mask = 0x0008,
	                      .names = &set_or_not },
	[NI_C]            = { "icmpv6.ni.flag.c", "Compression", BOOLEAN, .mask = 0x0004, .names = &set_or_not },
	[NI_A]            = { "icmpv6.ni.flag.a", "Unicast Addresses", BOOLEAN, .mask = 0x0002, .names = NAMES(unicast) },
	[NI_T]            = { "icmpv6.ni.flag.t", "Truncated", BOOLEAN, .mask = 0x0001, .names = &set_or_not },
	[NI_RESERVED]     = { "icmpv6.ni.flag.rsv", "Reserved", UINT16, HEX, .mask = 0xffc0 },
	[NI_NONCE]        = { "icmpv6.ni.nonce", "Nonce", UINT64, HEX },
	[NI_SUBJECT_V6]   = { "icmpv6.ni.query.subject_ipv6", "IPv6 subject address", IPV6 },
	[NI_SUBJECT_NAME] = { "icmpv6.ni.query.subject_fqdn", "FQDN subject", STRING },
	[NI_SUBJECT_V4]   = { "icmpv6.ni.query.subject_ipv4", "IPv4 subject address", IPV4 },
	[NI_TTL]          = { "icmpv6.ni.reply.node_ttl", "TTL", UINT32 },
	[NI_NAME]         = { "icmpv6.ni.reply.node_name", "Name Node", STRING },
	[NI_V6]           = { "icmpv6.ni.reply.node_address", "IPv6 Node address", IPV6 },
	[NI_V4]           = { "icmpv6.ni.reply.ipv4_address", "IPv4 Node address", IPV4 },
};

enum { NAME_STEPS = 128 /* labels behind compression pointers */ };
enum { QUERY_BY_V6 = 0, QUERY_BY_NAME = 1, QUERY_BY_V4 = 2, NODE_NAME = 2, NODE_ADDRESSES = 3, NODE_V4_ADDRESSES = 4 };

static void add_name(struct dissection *d, struct wire *w, const struct field *field)
{
	struct dns_message message = { .base = w->at, .steps = NAME_STEPS };
	struct dns_name name;
	dns_add_name(d, w, &message, field, &name);
}

/* What queries and replies begin with. Returns the type of the query. */
static uint16_t add_information(struct dissection *d, struct wire *w)
{
	uint16_t type = add_uint16(d, w, &fields[NI_TYPE]);
	icmpv6_flags16(d, w, &fields[NI_FLAGS], &fields[NI_RESERVED]);
	add_uint64(d, w, &fields[NI_NONCE]);
	return type;
}

static void add_information_query(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_information(d, w);
	if (!wire_more(w))
		return;
	if (m->code == QUERY_BY_V6)
		add_ipv6(d, w, &fields[NI_SUBJECT_V6]);
	else if (m->code == QUERY_BY_NAME)
		add_name(d, w, &fields[NI_SUBJECT_NAME]);
	else if (m->code == QUERY_BY_V4)
		add_ipv4(d, w, &fields[NI_SUBJECT_V4]);
}

static void add_information_reply(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	uint16_t type = add_information(d, w);

	(void)m;
	if (type == NODE_NAME && wire_more(w)) {
		add_uint32(d, w, &fields[NI_TTL]);
		while (wire_more(w) && wire_peek_u8(w, 0))
			add_name(d, w, &fields[NI_NAME]);
	}
	while ((type == NODE_ADDRESSES || type == NODE_V4_ADDRESSES) && wire_more(w)) {
		add_uint32(d, w, &fields[NI_TTL]);
		if (type == NODE_ADDRESSES)
			add_ipv6(d, w, &fields[NI_V6]);
		else
			add_ipv4(d, w, &fields[NI_V4]);
	}
}

const struct icmpv6_body icmpv6_information[] = {
	{ 139, NAMES(query_codes), add_information_query },
	{ 140, NAMES(reply_codes), add_information_reply },
	{ 0 },
};

const struct protocol protocol_icmpv6_information = {
	.name = "ICMPv6 node information",
	.short_name = "ICMPv6 NI",
	.filter = "icmpv6_information",
	.fields = fields,
	.field_count = N_FIELDS,
};
