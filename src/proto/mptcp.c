/*
 * mptcp.c: the option of Multipath TCP, RFC 8684 (version 1) and RFC 6824 (version 0), and what is
 * known of the connection that a segment belongs to.
 *
 * HMACs and checksums are shown, not verified; which segment carries which mapping is not worked
 * out.
 */

#include "dissect/mptcp.h"

#include "dissect/tcp.h"
#include "dissect/text.h"

enum {
	SUBTYPE, VERSION, FLAGS, CHECKSUM_REQUIRED, EXTENSIBILITY, NO_MORE_SUBFLOWS, SHA1, SHA256,
	RESERVED_0, RESERVED_1, SEND_KEY, EXPECTED_TOKEN, EXPECTED_IDSN, RECEIVE_KEY, BACKUP,
	ADDRESS_ID, TOKEN, RANDOM, TRUNCATED_HMAC, RESERVED, HMAC, DATA_FIN, SEQUENCE_IS_LONG,
	SEQUENCE_IS_THERE, ACK_IS_LONG, ACK_IS_THERE, ACK, RELATIVE_ACK, SEQUENCE,
	RELATIVE_SEQUENCE, SUBFLOW_SEQUENCE, LENGTH, CHECKSUM, IP_VERSION, ECHO, IPV4_ADDRESS,
	IPV6_ADDRESS, PORT, ADDRESS_HMAC, REMOVED, FLAG_U, FLAG_V, FLAG_W, TRANSIENT, REASON,
	ANALYSIS, MASTER, CONNECTION, SUBFLOWS, NOTE_NO_ALGORITHM, NOTE_ALGORITHM, NOTE_ECHO,
	NOTE_INFINITE, N_FIELDS
};

static const struct name subtypes[] = {
	{ MPTCP_CAPABLE, "Multipath Capable" },
	{ MPTCP_JOIN, "Join Connection" },
	{ MPTCP_DSS, "Data Sequence Signal" },
	{ MPTCP_ADD_ADDRESS, "Add Address" },
	{ MPTCP_REMOVE_ADDRESS, "Remove Address" },
	{ MPTCP_PRIORITY, "Change Subflow Priority" },
	{ MPTCP_FAIL, "TCP Fallback" },
	{ MPTCP_FAST_CLOSE, "Fast Close" },
	{ MPTCP_RESET, "TCP Reset" },
};
static const struct name reset_reasons[] = {
	{ 0, "Unspecified error" },       { 1, "MPTCP-specific error" },    { 2, "Lack of resources" },
	{ 3, "Administratively prohibited" }, { 4, "Too much outstanding data" }, { 5, "Unacceptable performance" },
	{ 6, "Middlebox interference" },
};

#define OPTION(name) "tcp.options.mptcp." name
#define BIT(name, label, bit) { OPTION(name), label, UINT8, .mask = bit }
#define BIT4(name, label, bit) { OPTION(name), label, BOOLEAN, .mask = bit, .bits = 4, .names = &set_or_not }
#define WARNING .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL

static const struct field fields[N_FIELDS] = {
	[SUBTYPE]           = { OPTION("subtype"), "Multipath TCP subtype", UINT8, .mask = 0xf0, .names = NAMES(subtypes) },
	[VERSION]           = { OPTION("version"), "Multipath TCP version", UINT8, .mask = 0x0f },
	[FLAGS]             = { OPTION("flags"), "Multipath TCP flags", UINT8, HEX },
	[CHECKSUM_REQUIRED] = BIT("checksumreq.flags", "Checksum required", 0x80),
	[EXTENSIBILITY]     = BIT("extensibility.flag", "Extensibility", 0x40),
	[NO_MORE_SUBFLOWS]  = BIT("nomoresubflows.flag", "Do not attempt to establish new subflows to this address and port",
	                          0x20),
	[SHA1]              = BIT("sha1.flag", "Use HMAC-SHA1", 0x01),
	[SHA256]            = BIT("sha256.flag", "Use HMAC-SHA256", 0x01),
	[RESERVED_0]        = { OPTION("reserved.flag"), "Reserved", UINT8, HEX, .mask = 0x3e },
	[RESERVED_1]        = { OPTION("reserved.flag"), "Reserved", UINT8, HEX, .mask = 0x1e },
	[SEND_KEY]          = { OPTION("sendkey"), "Sender's Key", UINT64 },
	[EXPECTED_TOKEN]    = { "mptcp.expected_token", "Subflow token generated from key", UINT32, .generated = true },
	[EXPECTED_IDSN]     = { "mptcp.expected_idsn", "Subflow expected IDSN", UINT64, .generated = true,
	                        .unit = " (64bits version)" },
	[RECEIVE_KEY]       = { OPTION("recvkey"), "Receiver's Key", UINT64 },
	[BACKUP]            = BIT("backup.flag", "Backup flag", 0x01),
	[ADDRESS_ID]        = { OPTION("addrid"), "Address ID", UINT8 },
	[TOKEN]             = { OPTION("recvtok"), "Receiver's Token", UINT32 },
	[RANDOM]            = { OPTION("sendrand"), "Sender's Random Number", UINT32 },
	[TRUNCATED_HMAC]    = { OPTION("sendtrunchmac"), "Sender's Truncated HMAC", UINT64 },
	[RESERVED]          = { OPTION("reserved"), "Reserved", UINT16, HEX, .mask = 0x0fff },
	[HMAC]              = { OPTION("sendhmac"), "Sender's HMAC", OCTETS },
	[DATA_FIN]          = BIT("datafin.flag", "DATA_FIN", DSS_FIN),
	[SEQUENCE_IS_LONG]  = BIT("dseqn8.flag", "Data Sequence Number is 8 octets", DSS_LONG_SEQUENCE),
	[SEQUENCE_IS_THERE] = BIT("dseqnpresent.flag",
	                          "Data Sequence Number, Subflow Sequence Number, Data-level Length, Checksum present",
	                          DSS_MAPPING),
	[ACK_IS_LONG]       = BIT("dataack8.flag", "Data ACK is 8 octets", DSS_LONG_ACK),
	[ACK_IS_THERE]      = BIT("dataackpresent.flag", "Data ACK is present", DSS_ACK),
	[ACK]               = { OPTION("rawdataack"), "Original MPTCP Data ACK", UINT64 },
	[RELATIVE_ACK]      = { "mptcp.ack", "Multipath TCP Data ACK", UINT64, .generated = true, .unit = " (Relative)" },
	[SEQUENCE]          = { OPTION("rawdataseqno"), "Data Sequence Number", UINT64 },
	[RELATIVE_SEQUENCE] = { "mptcp.dss.dsn", "DSS Data Sequence Number", UINT64, .generated = true, .unit = " (Relative)" },
	[SUBFLOW_SEQUENCE]  = { OPTION("subflowseqno"), "Subflow Sequence Number", UINT32 },
	[LENGTH]            = { OPTION("datalvllen"), "Data-level Length", UINT16 },
	[CHECKSUM]          = { OPTION("checksum"), "Checksum", UINT16, HEX },
	[IP_VERSION]        = { OPTION("ipver"), "IP version", UINT8, .mask = 0x0f },
	[ECHO]              = BIT("echo", "Echo", 0x01),
	[IPV4_ADDRESS]      = { OPTION("ipv4"), "Advertised IPv4 Address", IPV4 },
	[IPV6_ADDRESS]      = { OPTION("ipv6"), "Advertised IPv6 Address", IPV6 },
	[PORT]              = { OPTION("port"), "Advertised port", UINT16 },
	[ADDRESS_HMAC]      = { OPTION("addaddrtrunchmac"), "Truncated HMAC", UINT64 },
	[REMOVED]           = { "mptcp.rm_addr.count", "Number of removed addresses", UINT8, .generated = true },
	[FLAG_U]            = BIT4("flag_U.flag", "Flag U", 0x8),
	[FLAG_V]            = BIT4("flag_V.flag", "Flag V", 0x4),
	[FLAG_W]            = BIT4("flag_W.flag", "Flag W", 0x2),
	[TRANSIENT]         = BIT4("flag_T.flag", "Transient", 0x1),
	[REASON]            = { OPTION("rst_reason"), "TCPRST Reason", UINT8, HEX, .names = NAMES(reset_reasons) },
	[ANALYSIS]          = { "mptcp.analysis", "MPTCP analysis", SUBTREE, .generated = true },
	[MASTER]            = { "mptcp.master", "Master flow", BOOLEAN, .generated = true },
	[CONNECTION]        = { "mptcp.stream", "Stream index", UINT32, .generated = true },
	[SUBFLOWS]          = { "mptcp.analysis.subflows", "TCP subflow stream id(s)", STRING, .generated = true },
	[NOTE_NO_ALGORITHM] = { "mptcp.connection.missing_algorithm", "No crypto algorithm specified", NOTE, WARNING },
	[NOTE_ALGORITHM]    = { "mptcp.connection.unsupported_algorithm", "Unsupported algorithm", NOTE, WARNING },
	[NOTE_ECHO]         = { "mptcp.connection.echoed_key_mismatch",
	                        "The echoed key in the ACK of the MPTCP handshake does not match the key of the SYN/ACK", NOTE,
	                        WARNING },
	[NOTE_INFINITE]     = { "mptcp.dss.infinite_mapping", "Fallback to infinite mapping", NOTE, WARNING },
};

/* What pass 1 knows of a segment with such options. */
struct mptcp_fact {
	const struct mptcp_subflow *subflow;
	uint32_t master; /* of its connection when it came; NO_STREAM: no key was seen yet */
	uint32_t pad;
};

void mptcp_follow(struct dissection *d, uint32_t stream, unsigned direction,
                  const uint8_t *options, uint32_t length, uint32_t captured)
{
	struct mptcp_connections *connections = protocol_state(d, &protocol_mptcp);
	const struct mptcp_subflow *subflow = NULL;

	for (uint32_t at = 0, size = 1; at < captured && options[at]; at += size) {
		const uint32_t there = captured - at;
		size = 1;
		if (options[at] == KIND_NOP)
			continue;
		size = there > 1 ? options[at + 1] : 0;
		if (size < 2 || size > length - at)
			break;
		if (options[at] == KIND_MULTIPATH)
			subflow = mptcp_learn(connections, stream, direction, options + at, size, size < there ? size : there);
	}
	struct mptcp_fact *fact = subflow ? add_fact(d, FACT_MPTCP, sizeof *fact, NULL) : NULL;
	if (fact)
		*fact = (struct mptcp_fact){ subflow, subflow->connection ? subflow->connection->master : NO_STREAM, 0 };
}

/* ---- options: w holds what stands behind the length ---- */

enum { HEADER = 2 }; /* octets of kind and length */

/* The sender's side of the connection and the other; NULL where there is none. */
struct sides {
	const struct mptcp_side *own, *other;
};

static struct sides find_sides(struct dissection *d, const struct tcp_view *view)
{
	const struct mptcp_fact *fact = find_fact(d, FACT_MPTCP);

	if (!fact || !fact->subflow->connection)
		return (struct sides){ 0 };
	const struct mptcp_side *sides = fact->subflow->connection->sides;
	const unsigned own = mptcp_side_of(fact->subflow, view->segment.direction);
	return (struct sides){ &sides[own], &sides[!own] };
}

static uint8_t add_flags(struct dissection *d, struct wire *w, unsigned first, unsigned last)
{
	uint8_t flags = add_uint8(d, w, &fields[FLAGS]);
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[first], &fields[last], 1, flags);
	close_subtree(d, node, NULL);
	return flags;
}

static void show_keys(struct dissection *d, struct wire *w, struct sides sides, unsigned length)
{
	node_ref idsn = 0;

	if (!capable_has_key(length))
		return;
	add_uint64(d, w, &fields[SEND_KEY]);
	if (sides.own && sides.own->has_key) {
		add_node(d, w, &fields[EXPECTED_TOKEN], w->at, 0, sides.own->names.token);
		idsn = add_node(d, w, &fields[EXPECTED_IDSN], w->at, 0, sides.own->names.idsn);
	}
	if (!capable_has_keys(length))
		return;
	const uint64_t echoed = add_uint64(d, w, &fields[RECEIVE_KEY]);
	if (sides.other && sides.other->has_key && echoed != sides.other->key)
		note_on(d, idsn, &fields[NOTE_ECHO]);
}

static void show_capable(struct dissection *d, struct wire *w, struct sides sides)
{
	const bool is_1 = (wire_peek_u8(w, 0) & 0x0f) == 1;
	const unsigned length = HEADER + wire_left(w);
	const unsigned algorithm = is_1 ? SHA256 : SHA1, reserved = is_1 ? RESERVED_1 : RESERVED_0;

	add_uint8(d, w, &fields[VERSION]);
	uint8_t flags = add_uint8(d, w, &fields[FLAGS]);
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[CHECKSUM_REQUIRED], &fields[is_1 ? NO_MORE_SUBFLOWS : EXTENSIBILITY], 1, flags);
	add_bits(d, w, &fields[algorithm], &fields[algorithm], 1, flags);
	add_bits(d, w, &fields[reserved], &fields[reserved], 1, flags);
	if (!(flags & 0x3f))
		add_note(d, w, &fields[NOTE_NO_ALGORITHM]);
	if ((flags & 0x3f) != 0x01)
		add_note(d, w, &fields[NOTE_ALGORITHM]);
	close_subtree(d, node, NULL);

	show_keys(d, w, sides, length);
	if ((length == CAPABLE_LENGTH || length == CAPABLE_CHECKSUM) && !add_uint16(d, w, &fields[LENGTH]))
		add_note(d, w, &fields[NOTE_INFINITE]);
	if (length == CAPABLE_CHECKSUM)
		add_uint16(d, w, &fields[CHECKSUM]);
}

/* SYN, SYN-ACK and ACK of a subflow differ in length. */
static void show_join(struct dissection *d, struct wire *w, struct sides sides)
{
	(void)sides;
	switch (HEADER + wire_left(w)) {
	case JOIN_SYN:
		add_flags(d, w, BACKUP, BACKUP);
		add_uint8(d, w, &fields[ADDRESS_ID]);
		add_uint32(d, w, &fields[TOKEN]);
		add_uint32(d, w, &fields[RANDOM]);
		break;
	case JOIN_SYN_ACK:
		add_flags(d, w, BACKUP, BACKUP);
		add_uint8(d, w, &fields[ADDRESS_ID]);
		add_uint64(d, w, &fields[TRUNCATED_HMAC]);
		add_uint32(d, w, &fields[RANDOM]);
		break;
	case JOIN_ACK:
		add_uint16(d, w, &fields[RESERVED]);
		add_octets(d, w, &fields[HMAC], 20);
		break;
	}
}

/* A number of 4 octets, or of 8, with what it is relative to the side that counts it. */
static void add_relative(struct dissection *d, struct wire *w, const struct field *field, uint64_t number,
                         const struct mptcp_side *side, uint8_t flags)
{
	if (side && side->is_relative)
		add_number(d, w, field, mptcp_relative(number, side->names.idsn, flags & DSS_LONG_ACK));
}

static void show_mapping(struct dissection *d, struct wire *w, uint8_t flags, const struct mptcp_side *own)
{
	uint64_t sequence;

	if (flags & DSS_LONG_SEQUENCE) {
		sequence = add_uint64(d, w, &fields[SEQUENCE]);
		append_literal(d, w, d->last, "  (64bits version)");
	} else {
		sequence = add_uint32(d, w, &fields[SEQUENCE]);
		append_literal(d, w, d->last, "  (32bits version)");
	}
	add_uint32(d, w, &fields[SUBFLOW_SEQUENCE]);
	if (!add_uint16(d, w, &fields[LENGTH]))
		add_note(d, w, &fields[NOTE_INFINITE]);
	add_relative(d, w, &fields[RELATIVE_SEQUENCE], sequence, own, flags);
}

/* Data Sequence Signal, section 3.3. */
static void show_dss(struct dissection *d, struct wire *w, struct sides sides)
{
	wire_skip(w, 1);
	const uint8_t flags = add_flags(d, w, DATA_FIN, ACK_IS_THERE);
	if (flags & DSS_ACK) {
		uint64_t ack;
		if (flags & DSS_LONG_ACK) {
			ack = add_uint64(d, w, &fields[ACK]);
			append_literal(d, w, d->last, " (64bits)");
		} else {
			ack = add_uint32(d, w, &fields[ACK]);
		}
		add_relative(d, w, &fields[RELATIVE_ACK], ack, sides.other, flags);
	}
	if (flags & DSS_MAPPING)
		show_mapping(d, w, flags, sides.own);
}

/*
 * Section 3.4.1. Version 0 has the address family in place of the echo bit; the length says what is
 * there.
 */
static void show_add_address(struct dissection *d, struct wire *w, struct sides sides)
{
	enum { FIXED = 4, HAS_IPV4 = 4, HAS_IPV6 = 16, HAS_PORT = 2, HAS_HMAC = 8 };
	(void)sides;
	const uint8_t family = wire_peek_u8(w, 0) & 0x0f;
	uint32_t rest = HEADER + wire_left(w) - FIXED;

	add_uint8(d, w, &fields[family == 4 || family == 6 ? IP_VERSION : ECHO]);
	add_uint8(d, w, &fields[ADDRESS_ID]);
	const bool is_ipv6 = rest >= HAS_IPV6;
	rest -= is_ipv6 ? HAS_IPV6 : HAS_IPV4;
	const bool has_hmac = rest >= HAS_HMAC;
	rest -= has_hmac ? HAS_HMAC : 0;
	if (rest != 0 && rest != HAS_PORT)
		return;
	if (is_ipv6)
		add_ipv6(d, w, &fields[IPV6_ADDRESS]);
	else
		add_ipv4(d, w, &fields[IPV4_ADDRESS]);
	if (rest == HAS_PORT)
		add_uint16(d, w, &fields[PORT]);
	if (has_hmac)
		add_uint64(d, w, &fields[ADDRESS_HMAC]);
}

static void show_remove_address(struct dissection *d, struct wire *w, struct sides sides)
{
	(void)sides;
	wire_skip(w, 1);
	add_number(d, w, &fields[REMOVED], wire_left(w));
	while (wire_more(w))
		add_uint8(d, w, &fields[ADDRESS_ID]);
}

static void show_priority(struct dissection *d, struct wire *w, struct sides sides)
{
	(void)sides;
	const bool has_address = HEADER + wire_left(w) == 4;
	add_flags(d, w, BACKUP, BACKUP);
	if (has_address)
		add_uint8(d, w, &fields[ADDRESS_ID]);
}

static void show_fail(struct dissection *d, struct wire *w, struct sides sides)
{
	(void)sides;
	add_uint16(d, w, &fields[RESERVED]);
	add_uint64(d, w, &fields[SEQUENCE]);
}

static void show_fast_close(struct dissection *d, struct wire *w, struct sides sides)
{
	(void)sides;
	add_uint16(d, w, &fields[RESERVED]);
	add_uint64(d, w, &fields[RECEIVE_KEY]);
}

static void show_reset(struct dissection *d, struct wire *w, struct sides sides)
{
	(void)sides;
	uint8_t flags = add_uint8(d, w, &fields[FLAGS]);
	node_ref node = open_subtree(d);

	for (unsigned i = FLAG_U; i <= TRANSIENT; i++) {
		if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	}
	add_bits(d, w, &fields[FLAG_U], &fields[TRANSIENT], 1, flags);
	close_subtree(d, node, NULL);
	add_uint8(d, w, &fields[REASON]);
}

void show_mptcp_option(struct dissection *d, struct wire *w, const struct tcp_view *view, node_ref title)
{
	static void (*const shows[])(struct dissection *, struct wire *, struct sides) = {
		[MPTCP_CAPABLE] = show_capable,
		[MPTCP_JOIN] = show_join,
		[MPTCP_DSS] = show_dss,
		[MPTCP_ADD_ADDRESS] = show_add_address,
		[MPTCP_REMOVE_ADDRESS] = show_remove_address,
		[MPTCP_PRIORITY] = show_priority,
		[MPTCP_FAIL] = show_fail,
		[MPTCP_FAST_CLOSE] = show_fast_close,
		[MPTCP_RESET] = show_reset,
	};
	const unsigned subtype = wire_peek_u8(w, 0) >> 4;
	const bool is_known = subtype < sizeof shows / sizeof *shows;

	if (is_known)
		append_text(d, w, title, ": %s", name_of(fields[SUBTYPE].names, subtype));
	else
		append_text(d, w, title, ": Unknown (%u)", subtype);
	if (!wire_has(w, 1))
		return;
	add_node(d, w, &fields[SUBTYPE], w->at, 1, *wire_here(w));
	if (is_known)
		shows[subtype](d, w, find_sides(d, view));
}

/* ---- the connection ---- */

/*
 * The latest first. A line has no room for more, and to list all in every frame would cost the
 * square of their number.
 */
static void add_subflows(struct dissection *d, const struct wire *w, const struct mptcp_connection *connection)
{
	char text[LABEL_LARGEST + 32], *to = text;

	for (uint32_t i = connection->stream_count; i && to - text < LABEL_LARGEST; i--) {
		to = put_decimal(to, connection->streams[i - 1]);
		*to++ = ' ';
	}
	add_string_value(d, w, &fields[SUBFLOWS], text, (size_t)(to - text));
}

void show_mptcp_analysis(struct dissection *d, const struct wire *w)
{
	const struct mptcp_fact *fact = find_fact(d, FACT_MPTCP);
	const struct mptcp_connection *connection = fact ? fact->subflow->connection : NULL;

	if (!connection)
		return;
	const uint32_t master = fact->master != NO_STREAM ? fact->master : connection->master;
	node_ref top = open_heading(d, w, &fields[ANALYSIS]);
	add_number(d, w, &fields[MASTER], master != NO_STREAM);
	if (master != NO_STREAM)
		value_text(d, w, d->last, "Master is tcp stream %u", master);
	add_number(d, w, &fields[CONNECTION], connection->number);
	add_subflows(d, w, connection);
	close_subtree(d, top, NULL);
}

/* No protocol of its own: an option that TCP shows. */
const struct protocol protocol_mptcp = {
	.name = "Multipath Transmission Control Protocol",
	.short_name = "MPTCP",
	.filter = "mptcp",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.state_size = sizeof(struct mptcp_connections),
	.state_begin = mptcp_connections_begin,
	.state_end = mptcp_connections_end,
};
