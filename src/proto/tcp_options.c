/*
 * tcp_options.c: options of the TCP header: RFC 9293 (MSS), RFC 7323 (window scale, timestamps),
 * RFC 2018 and RFC 2883 (SACK), RFC 1072 (echo), RFC 1644 (CC), RFC 2385 (MD5), RFC 5925 (AO),
 * RFC 4782 (quick-start), RFC 5482 (user timeout), RFC 7413 (fast open), RFC 6994 (experiments),
 * CCSDS 714.0-B-2 (SCPS), the drafts of Accurate ECN and of the ACK rate request, Riverbed's own.
 *
 * That of Multipath TCP is in mptcp.c.
 */

#include "dissect/mptcp.h"
#include "dissect/tcp.h"

enum {
	OPTIONS, EOL, NOP, MSS, WINDOW_SCALE, SACK_PERMITTED, SACK, ECHO, ECHO_REPLY, TIMESTAMPS,
	CC, CC_NEW, CC_ECHO, MD5, SCPS, SNACK, SCPS_RECORD, SCPS_CORRUPTION, QUICK_START,
	USER_TIMEOUT, AUTHENTICATION, MULTIPATH, FAST_OPEN, RIVERBED_PROBE, RIVERBED_TRANSPARENCY,
	ACCURATE_ECN, EXPERIMENTAL, UNKNOWN, BAD_OPTION, PADDING, KIND, LENGTH, MSS_VALUE, SHIFT,
	MULTIPLIER, SACK_LEFT, SACK_RIGHT, SACK_COUNT, DSACK_LEFT, DSACK_RIGHT, SUBOPTION_TEXT,
	DSACK_TEXT, ECHO_VALUE, CC_VALUE, TSVAL, TSECR, MD5_DIGEST, SCPS_VECTOR, SCPS_BETS,
	SCPS_SNACK1, SCPS_SNACK2, SCPS_COMP, SCPS_NLTS, SCPS_RESERVED, SCPS_CONNECTION,
	SCPS_COMMUNITY, SCPS_EXTENDED, SCPS_DATA,
	SNACK_OFFSET, SNACK_SIZE, QS_RATE, QS_TTL_DIFF, UTO_GRANULARITY, UTO_VALUE, AO_KEY,
	AO_NEXT_KEY, AO_MAC, COOKIE_REQUEST, COOKIE, EXPERIMENT, EXPERIMENT_DATA, TARR_RATE,
	TARR_RESERVED, ECT0_OCTETS, CE_OCTETS, ECT1_OCTETS, PAYLOAD, PROBE_TYPE, PROBE_VERSION,
	PROBE_TYPE2, PROBE_VERSION2, PROBE_RESERVED, PROBE_PROBER, PROBE_APPLICATION, PROBE_PROXY,
	PROBE_PORT, PROBE_CLIENT, PROBE_STORE, PROBE_FLAGS, PROBE_NOT_CFE, PROBE_LAST,
	PROBE_NO_CACHE, PROBE_TLS, PROBE_SERVER, TRANSPARENCY, TRANSPARENCY_PROBE,
	TRANSPARENCY_INNER, TRANSPARENCY_RESET, TRANSPARENCY_CHECKSUM, TRANSPARENCY_OOB,
	TRANSPARENCY_MODE, TRANSPARENCY_SOURCE, TRANSPARENCY_DESTINATION, TRANSPARENCY_SOURCE_PORT,
	TRANSPARENCY_DESTINATION_PORT,
	NOTE_LENGTH, NOTE_NOPS, NOTE_PADDING, NOTE_MSS_ABSENT, NOTE_MSS_PRESENT, NOTE_SHIFT,
	NOTE_SUBOPTION, NOTE_DSACK, NOTE_COOKIE, N_FIELDS
};

/* IANA's TCP option kinds. */
enum {
	KIND_MSS = 2, KIND_WINDOW_SCALE = 3, KIND_SACK = 5, KIND_SCPS = 20, KIND_FAST_OPEN = 34,
	KIND_ECN_0 = 172, KIND_ECN_1 = 174,
	KIND_EXPERIMENT = 253, /* and 254 */
};
static const struct name kinds[] = {
	{ 0, "End of Option List" },
	{ 1, "No-Operation" },
	{ 2, "Maximum Segment Size" },
	{ 3, "Window Scale" },
	{ 4, "SACK Permitted" },
	{ 5, "SACK" },
	{ 6, "Echo" },
	{ 7, "Echo Reply" },
	{ 8, "Time Stamp Option" },
	{ 9, "Partial Order Connection Permitted" },
	{ 10, "Partial Order Service Profile" },
	{ 11, "CC" },
	{ 12, "CC.NEW" },
	{ 13, "CC.ECHO" },
	{ 14, "TCP Alternate Checksum Request" },
	{ 15, "TCP Alternate Checksum Data" },
	{ 16, "Skeeter" },
	{ 17, "Bubba" },
	{ 18, "Trailer Checksum Option" },
	{ 19, "MD5 Signature Option" },
	{ 20, "SCPS Capabilities" },
	{ 21, "Selective Negative Acknowledgements" },
	{ 22, "Record Boundaries" },
	{ 23, "Corruption experienced" },
	{ 24, "SNAP" },
	{ 25, "Unassigned" },
	{ 26, "TCP Compression Filter" },
	{ 27, "Quick-Start Response" },
	{ 28, "User Timeout Option" },
	{ 29, "The TCP Authentication Option" },
	{ 30, "Multipath TCP" },
	{ 34, "TCP Fast Open Cookie" },
	{ 76, "Riverbed Probe" },
	{ 78, "Riverbed Transparency" },
	{ 172, "Accurate ECN Order 0" },
	{ 174, "Accurate ECN Order 1" },
	{ 253, "RFC3692-style Experiment 1" },
	{ 254, "RFC3692-style Experiment 2" },
};
/* RFC 6994: IANA's TCP experimental option experiment identifiers. */
enum { EXPERIMENT_TARR = 0x00ac, EXPERIMENT_ECN_0 = 0xacc0, EXPERIMENT_ECN_1 = 0xacc1, EXPERIMENT_FAST_OPEN = 0xf989 };
static const struct name experiments[] = {
	{ EXPERIMENT_TARR, "TCP ACK Rate Request" },
	{ 0x0348, "Host ID" },
	{ 0x0a0d, "Autonomous System Compensation" },
	{ 0x0ca0, "Capability Option" },
	{ 0x0ed0, "Extended Data Offset" },
	{ 0x454e, "Encryption Negotiation" },
	{ 0x5323, "Service Number" },
	{ 0x75ec, "Timestamp Interval" },
	{ EXPERIMENT_ECN_0, "Accurate ECN - Order 0" },
	{ EXPERIMENT_ECN_1, "Accurate ECN - Order 1" },
	{ 0xacce, "Accurate ECN" },
	{ 0xe2d4, "Shared Memory communications over RMDA protocol" },
	{ EXPERIMENT_FAST_OPEN, "Fast Open" },
	{ 0xf990, "Low Latency" },
};
static const struct name rates[] = {
	{ 0, "0 bit/s" },        { 1, "80 Kbit/s" },      { 2, "160 Kbit/s" },     { 3, "320 Kbit/s" },
	{ 4, "640 Kbit/s" },     { 5, "1.28 Mbit/s" },    { 6, "2.56 Mbit/s" },    { 7, "5.12 Mbit/s" },
	{ 8, "10.24 Mbit/s" },   { 9, "20.48 Mbit/s" },   { 10, "40.96 Mbit/s" },  { 11, "81.92 Mbit/s" },
	{ 12, "163.84 Mbit/s" }, { 13, "327.68 Mbit/s" }, { 14, "655.36 Mbit/s" }, { 15, "1.31072 Gbit/s" },
};
static const struct name granularities[] = { { 0, "Seconds" }, { 1, "Minutes" } };
static const struct name transparency_modes[] = { { 0, "Full Transparency" }, { 1, "Port Transparency" } };

#define TITLE(name, label) { "tcp.options." name, "TCP Option - " label, PROTOCOL, .is_octets = true }
#define BIT(name, label, bit) { "tcp.options." name, label, BOOLEAN, .mask = bit, .names = &set_or_not }
#define SEQUENCE_NOTE .severity = SEVERITY_NOTE, .group = GROUP_SEQUENCE
#define PROTOCOL_WARNING .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL

static const struct field fields[N_FIELDS] = {
	[OPTIONS]          = { "tcp.options", "Options", SUBTREE, .is_octets = true },
	[EOL]              = TITLE("eol", "End of Option List (EOL)"),
	[NOP]              = TITLE("nop", "No-Operation (NOP)"),
	[MSS]              = TITLE("mss", "Maximum segment size"),
	[WINDOW_SCALE]     = TITLE("wscale", "Window scale"),
	[SACK_PERMITTED]   = TITLE("sack_perm", "SACK permitted"),
	[SACK]             = TITLE("sack", "SACK"),
	[ECHO]             = TITLE("echo", "Echo"),
	[ECHO_REPLY]       = TITLE("echoreply", "Echo"),
	[TIMESTAMPS]       = TITLE("timestamp", "Timestamps"),
	[CC]               = TITLE("cc", "CC"),
	[CC_NEW]           = TITLE("ccnew", "CC"),
	[CC_ECHO]          = TITLE("ccecho", "CC"),
	[MD5]              = TITLE("md5", "TCP MD5 signature"),
	[SCPS]             = TITLE("scps", "SCPS capabilities"),
	[SNACK]            = TITLE("snack", "Selective Negative Acknowledgment"),
	[SCPS_RECORD]      = TITLE("scpsrec", "SCPS record boundary"),
	[SCPS_CORRUPTION]  = TITLE("scpscor", "SCPS corruption experienced"),
	[QUICK_START]      = TITLE("qs", "Quick-Start"),
	[USER_TIMEOUT]     = TITLE("user_to", "User Timeout"),
	[AUTHENTICATION]   = TITLE("ao", "TCP AO"),
	[MULTIPATH]        = { "mptcp", "Multipath Transmission Control Protocol", PROTOCOL },
	[FAST_OPEN]        = TITLE("tfo", "TCP Fast Open"),
	[RIVERBED_PROBE]   = TITLE("rvbd.probe", "Riverbed Probe"),
	[RIVERBED_TRANSPARENCY] = TITLE("rvbd.trpy", "Riverbed Transparency"),
	[ACCURATE_ECN]     = TITLE("acc_ecn", "Accurate ECN"),
	[EXPERIMENTAL]     = TITLE("experimental", "Experimental"),
	[UNKNOWN]          = TITLE("unknown", "Unknown"),
	[BAD_OPTION]       = { NULL, "Unknown", SUBTREE },
	[PADDING]          = { NULL, "Non-zero header padding", SUBTREE },
	[KIND]             = { "tcp.option_kind", "Kind", UINT8, .names = NAMES(kinds) },
	[LENGTH]           = { "tcp.option_len", "Length", UINT8 },
	[MSS_VALUE]        = { "tcp.options.mss_val", "MSS Value", UINT16 },
	[SHIFT]            = { "tcp.options.wscale.shift", "Shift count", UINT8 },
	[MULTIPLIER]       = { "tcp.options.wscale.multiplier", "Multiplier", UINT16, .generated = true },
	[SACK_LEFT]        = { "tcp.options.sack_le", "left edge", UINT32 },
	[SACK_RIGHT]       = { "tcp.options.sack_re", "right edge", UINT32 },
	[SACK_COUNT]       = { "tcp.options.sack.count", "TCP SACK Count", UINT8, .generated = true },
	[DSACK_LEFT]       = { "tcp.options.sack.dsack_le", "D-SACK Left Edge", UINT32, .generated = true },
	[DSACK_RIGHT]      = { "tcp.options.sack.dsack_re", "D-SACK Right Edge", UINT32, .generated = true },
	[SUBOPTION_TEXT]   = { NULL, "suboption would go past end of option", SUBTREE },
	[DSACK_TEXT]       = { NULL, "D-SACK Sequence", SUBTREE },
	[ECHO_VALUE]       = { "tcp.options.echo_value", "TCP Echo Option", UINT32 },
	[CC_VALUE]         = { "tcp.options.cc_value", "TCP CC Option", UINT32 },
	[TSVAL]            = { "tcp.options.timestamp.tsval", "Timestamp value", UINT32 },
	[TSECR]            = { "tcp.options.timestamp.tsecr", "Timestamp echo reply", UINT32 },
	[MD5_DIGEST]       = { "tcp.options.md5.digest", "MD5 digest", OCTETS },
	[SCPS_VECTOR]      = { "tcp.options.scps.vector", "TCP SCPS Capabilities Vector", UINT8, HEX },
	[SCPS_BETS]        = BIT("scpsflags.bets", "Partial Reliability Capable (BETS)", 0x80),
	[SCPS_SNACK1]      = BIT("scpsflags.snack1", "Short Form SNACK Capable (SNACK1)", 0x40),
	[SCPS_SNACK2]      = BIT("scpsflags.snack2", "Long Form SNACK Capable (SNACK2)", 0x20),
	[SCPS_COMP]        = BIT("scpsflags.compress", "Lossless Header Compression (COMP)", 0x10),
	[SCPS_NLTS]        = BIT("scpsflags.nlts", "Network Layer Timestamp (NLTS)", 0x08),
	[SCPS_RESERVED]    = { "tcp.options.scpsflags.reserved", "Reserved", UINT8, .mask = 0x07 },
	[SCPS_CONNECTION]  = { "tcp.options.scps.binding", "Connection ID", UINT8 },
	[SCPS_COMMUNITY]   = { "tcp.options.scps.binding.id", "Binding Space (Community) ID", UINT8 },
	[SCPS_EXTENDED]    = { "tcp.options.scps.binding.len", "Extended Capability Length", UINT8 },
	[SCPS_DATA]        = { "tcp.options.scps.binding.data", "Binding Space Data", OCTETS },
	[SNACK_OFFSET]     = { "tcp.options.snack.offset", "TCP SNACK Offset", UINT16 },
	[SNACK_SIZE]       = { "tcp.options.snack.size", "TCP SNACK Size", UINT16 },
	[QS_RATE]          = { "tcp.options.qs.rate", "QS Rate", UINT8, .mask = 0x0f, .names = NAMES(rates) },
	[QS_TTL_DIFF]      = { "tcp.options.qs.ttl_diff", "QS Rate", UINT8 },
	[UTO_GRANULARITY]  = { "tcp.options.user_to_granularity", "Granularity", BOOLEAN, .mask = 0x8000,
	                       .names = NAMES(granularities) },
	[UTO_VALUE]        = { "tcp.options.user_to_val", "User Timeout", UINT16, .mask = 0x7fff },
	[AO_KEY]           = { "tcp.options.ao.keyid", "AO KeyID", UINT8 },
	[AO_NEXT_KEY]      = { "tcp.options.ao.rnextkeyid", "AO RNextKeyID", UINT8 },
	[AO_MAC]           = { "tcp.options.ao.mac", "AO MAC", OCTETS },
	[COOKIE_REQUEST]   = { "tcp.options.tfo.request", "Fast Open Cookie Request", SUBTREE },
	[COOKIE]           = { "tcp.options.tfo.cookie", "Fast Open Cookie", OCTETS },
	[EXPERIMENT]       = { "tcp.options.experimental.exid", "Experiment Identifier", UINT16, HEX,
	                       .names = NAMES(experiments) },
	[EXPERIMENT_DATA]  = { "tcp.options.experimental.data", "Data", OCTETS },
	[TARR_RATE]        = { "tcp.options.tarr.rate", "TARR Rate", UINT8, .mask = 0xfe },
	[TARR_RESERVED]    = { "tcp.options.tar.reserved", "TARR Reserved", UINT8, .mask = 0x01 },
	[ECT0_OCTETS]      = { "tcp.options.acc_ecn.ee0b", "Accurate ECN Echo ECT(0) Byte Counter", UINT24 },
	[CE_OCTETS]        = { "tcp.options.acc_ecn.eceb", "Accurate ECN Echo CE Byte Counter", UINT24 },
	[ECT1_OCTETS]      = { "tcp.options.acc_ecn.ee1b", "Accurate ECN Echo ECT(1) Byte Counter", UINT24 },
	[PAYLOAD]          = { "tcp.options.unknown.payload", "Payload", OCTETS },

	[PROBE_TYPE]       = { "tcp.options.rvbd.probe.type1", "Type", UINT8, .mask = 0xf0 },
	[PROBE_VERSION]    = { "tcp.options.rvbd.probe.version", "Version", UINT8, .mask = 0x0f },
	[PROBE_TYPE2]      = { "tcp.options.rvbd.probe.type2", "Type", UINT8, .mask = 0xfe },
	[PROBE_VERSION2]   = { "tcp.options.rvbd.probe.version_raw", "Version", UINT8, .mask = 0x01 },
	[PROBE_RESERVED]   = { "tcp.options.rvbd.probe.reserved", "Reserved", UINT8, HEX },
	[PROBE_PROBER]     = { "tcp.options.rvbd.probe.prober", "CSH IP", IPV4 },
	[PROBE_APPLICATION] = { "tcp.options.rvbd.probe.appli_ver", "Application Version", UINT16 },
	[PROBE_PROXY]      = { "tcp.options.rvbd.probe.proxy.ip", "SSH IP", IPV4 },
	[PROBE_PORT]       = { "tcp.options.rvbd.probe.proxy.port", "SSH Port", UINT16 },
	[PROBE_CLIENT]     = { "tcp.options.rvbd.probe.client.ip", "Client IP", IPV4 },
	[PROBE_STORE]      = { "tcp.options.rvbd.probe.storeid", "CFE Store ID", UINT32 },
	[PROBE_FLAGS]      = { "tcp.options.rvbd.probe.flags", "Probe Flags", UINT8, HEX },
	[PROBE_NOT_CFE]    = BIT("rvbd.probe.flags.notcfe", "Not CFE", 0x04),
	[PROBE_LAST]       = BIT("rvbd.probe.flags.last", "Last Notify", 0x01),
	[PROBE_NO_CACHE]   = BIT("rvbd.probe.flags.probe", "Disable Probe Cache on CSH", 0x10),
	[PROBE_TLS]        = BIT("rvbd.probe.flags.ssl", "SSL Enabled", 0x02),
	[PROBE_SERVER]     = BIT("rvbd.probe.flags.server", "SSH outer to server established", 0x01),
	[TRANSPARENCY]     = { "tcp.options.rvbd.trpy.flags", "Transparency Options", UINT16, HEX },
	[TRANSPARENCY_PROBE] = BIT("rvbd.trpy.flags.fw_rst_probe", "Enable FW traversal feature", 0x0400),
	[TRANSPARENCY_INNER] = BIT("rvbd.trpy.flags.fw_rst_inner", "Enable Inner FW feature on All FWs", 0x0200),
	[TRANSPARENCY_RESET] = BIT("rvbd.trpy.flags.fw_rst", "Enable Transparency FW feature on All FWs", 0x0100),
	[TRANSPARENCY_CHECKSUM] = BIT("rvbd.trpy.flags.chksum", "Reserved", 0x0004),
	[TRANSPARENCY_OOB] = BIT("rvbd.trpy.flags.oob", "Out of band connection", 0x0002),
	[TRANSPARENCY_MODE] = { "tcp.options.rvbd.trpy.flags.mode", "Transparency Mode", BOOLEAN, .mask = 0x0001,
	                        .names = NAMES(transparency_modes) },
	[TRANSPARENCY_SOURCE] = { "tcp.options.rvbd.trpy.src.ip", "Src SH IP Addr", IPV4 },
	[TRANSPARENCY_DESTINATION] = { "tcp.options.rvbd.trpy.dst.ip", "Dst SH IP Addr", IPV4 },
	[TRANSPARENCY_SOURCE_PORT] = { "tcp.options.rvbd.trpy.src.port", "Src SH Inner Port", UINT16 },
	[TRANSPARENCY_DESTINATION_PORT] = { "tcp.options.rvbd.trpy.dst.port", "Dst SH Inner Port", UINT16 },

	[NOTE_LENGTH]      = { "tcp.option.len.invalid", "Invalid length for option", NOTE, SEQUENCE_NOTE },
	[NOTE_NOPS]        = { "tcp.nop", "4 NOP in a row - a router may have removed some options", NOTE, PROTOCOL_WARNING },
	[NOTE_PADDING]     = { "tcp.non_zero_bytes_after_eol", "Non-zero header padding", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_PROTOCOL },
	[NOTE_MSS_ABSENT]  = { "tcp.options.mss.absent", "The SYN packet does not contain a MSS option", NOTE,
	                       .severity = SEVERITY_NOTE, .group = GROUP_PROTOCOL },
	[NOTE_MSS_PRESENT] = { "tcp.options.mss.present", "The non-SYN packet does contain a MSS option", NOTE,
	                       PROTOCOL_WARNING },
	[NOTE_SHIFT]       = { "tcp.options.wscale.shift.invalid", "Window scale shift exceeds 14", NOTE, PROTOCOL_WARNING },
	[NOTE_SUBOPTION]   = { "tcp.suboption_malformed", "suboption would go past end of option", NOTE,
	                       .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[NOTE_DSACK]       = { "tcp.options.sack.dsack", "D-SACK Sequence", NOTE, .severity = SEVERITY_WARNING,
	                       .group = GROUP_SEQUENCE },
	[NOTE_COOKIE]      = { "tcp.analysis.tfo_syn", "TCP SYN with TFO Cookie", NOTE, SEQUENCE_NOTE },
};

enum { SCPS_LENGTH = 4 }; /* octets of the option that has the common capabilities */

/* An option that is being shown. */
struct option {
	const struct tcp_view *view;
	node_ref title, length_node;
	uint8_t kind;
	uint8_t length; /* octets, with kind and length */
	bool extends;   /* SCPS capabilities stood before it */
};

/* ---- bodies: w holds what stands behind the length ---- */

static void show_mss(struct dissection *d, struct wire *w, const struct option *o)
{
	uint16_t mss = add_uint16(d, w, &fields[MSS_VALUE]);
	append_text(d, w, o->title, ": %u bytes", mss);
	append_info_number(d, w, " MSS=", mss);
}

static void show_window_scale(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t shift = add_uint8(d, w, &fields[SHIFT]), used = shift;

	if (shift > 14) {
		note_on(d, d->last, &fields[NOTE_SHIFT]);
		used = 14;
	}
	add_node(d, w, &fields[MULTIPLIER], w->at - 1, 1, 1u << used);
	append_text(d, w, o->title, ": %u (multiply by %u)", shift, 1u << used);
	append_info_number(d, w, " WS=", 1u << used);
}

static uint32_t add_edge(struct dissection *d, struct wire *w, const struct option *o, unsigned field)
{
	const uint32_t edge = wire_u32(w) - o->view->other_base;

	add_node(d, w, &fields[field], w->at - 4, 4, edge);
	set_text(d, w, d->last, "%s = %u (relative)", fields[field].label, edge);
	return edge;
}

static bool is_at_or_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) <= 0;
}

/* RFC 2883: a first block that ends below what is acknowledged, or within the second: octets that came twice. */
static void show_dsack(struct dissection *d, struct wire blocks, const struct option *o, struct wire *w)
{
	add_edge(d, &blocks, o, DSACK_LEFT);
	add_edge(d, &blocks, o, DSACK_RIGHT);
	add_node(d, &blocks, &fields[DSACK_TEXT], blocks.at - 8, 8, 0);
	note_on(d, d->last, &fields[NOTE_DSACK]);
	wire_join(w, &blocks);
}

static void add_broken_suboption(struct dissection *d, struct wire *w)
{
	if (wire_left(w) >= 4)
		return;
	add_node(d, w, &fields[SUBOPTION_TEXT], w->at, 0, 0);
	note_on(d, d->last, &fields[NOTE_SUBOPTION]);
}

static void show_sack(struct dissection *d, struct wire *w, const struct option *o)
{
	const struct wire blocks = *w;
	uint32_t left[2] = { 0 }, right[2] = { 0 };
	unsigned count = 0;

	while (wire_more(w)) {
		add_broken_suboption(d, w);
		if (wire_left(w) < 4)
			break;
		uint32_t l = add_edge(d, w, o, SACK_LEFT);
		add_broken_suboption(d, w);
		if (wire_left(w) < 4)
			break;
		uint32_t r = add_edge(d, w, o, SACK_RIGHT);
		if (count < 2) {
			left[count] = l;
			right[count] = r;
		}
		count++;
		append_text(d, w, o->title, " %u-%u", l, r);
		append_info_number(d, w, " SLE=", l);
		append_info_number(d, w, " SRE=", r);
	}
	add_number(d, w, &fields[SACK_COUNT], count);
	uint32_t ack = o->view->segment.ack - o->view->other_base;
	if (w->state != WIRE_GOOD)
		return;
	if (is_at_or_before(right[0], ack) ||
	    (count > 1 && !is_at_or_before(right[0], left[1]) && is_at_or_before(right[0], right[1])))
		show_dsack(d, blocks, o, w);
}

static void show_echo(struct dissection *d, struct wire *w, const struct option *o)
{
	uint32_t value = add_uint32(d, w, &fields[ECHO_VALUE]);
	append_text(d, w, o->title, ": %u", value);
	append_info(d, w, " ECHO=%u", value);
}

static void show_timestamps(struct dissection *d, struct wire *w, const struct option *o)
{
	uint32_t value = add_uint32(d, w, &fields[TSVAL]);
	uint32_t echo = add_uint32(d, w, &fields[TSECR]);
	append_text(d, w, o->title, ": TSval %u, TSecr %u", value, echo);
	append_info_number(d, w, " TSval=", value);
	append_info_number(d, w, " TSecr=", echo);
}

static void show_cc(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	uint32_t value = add_uint32(d, w, &fields[CC_VALUE]);
	append_info(d, w, " CC=%u", value);
}

static void show_md5(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	add_octets(d, w, &fields[MD5_DIGEST], 16);
}

/* CCSDS 714.0-B-2: capabilities of communities, behind the common ones of the same segment. */
static void show_scps_bindings(struct dissection *d, struct wire *w)
{
	while (wire_more(w)) {
		uint8_t community = add_uint8(d, w, &fields[SCPS_COMMUNITY]);
		append_info(d, w, " EXCAP=%u", community);
		const uint8_t length = (uint8_t)((wire_u8(w) >> 4) * 2);
		add_node(d, w, &fields[SCPS_EXTENDED], w->at - 1, 1, length);
		add_octets(d, w, &fields[SCPS_DATA], length);
	}
}

static void show_scps(struct dissection *d, struct wire *w, const struct option *o)
{
	static const char names[][9] = { "BETS", "SNACK1", "SNACK2", "COMP", "NLTS", "RESERVED" };
	static const uint8_t bits[] = { 0x80, 0x40, 0x20, 0x10, 0x08, 0x07 };

	if (o->length != SCPS_LENGTH) {
		set_text(d, w, o->title, "%sSCPS Extended Capabilities (%u bytes)", o->extends ? "" : "Illegal ", o->length);
		if (o->extends)
			show_scps_bindings(d, w);
		return;
	}
	uint8_t vector = add_uint8(d, w, &fields[SCPS_VECTOR]);
	node_ref node = d->last;
	bool is_first = true;
	for (unsigned i = 0; i < sizeof bits; i++) {
		if (!(vector & bits[i]))
			continue;
		append_text(d, w, node, "%s%s", is_first ? " (" : ", ", names[i]);
		append_info(d, w, "%s%s", is_first ? " SCPS[" : ", ", names[i]);
		is_first = false;
	}
	if (vector) {
		append_literal(d, w, node, ")");
		append_info(d, w, "]");
	}
	d->last = node;
	node = open_subtree(d);
	add_bits(d, w, &fields[SCPS_BETS], &fields[SCPS_RESERVED], 1, vector);
	close_subtree(d, node, NULL);
	uint8_t connection = add_uint8(d, w, &fields[SCPS_CONNECTION]);
	if (connection)
		append_info(d, w, " Connection ID=%u", connection);
}

static void show_snack(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	add_uint16(d, w, &fields[SNACK_OFFSET]);
	add_uint16(d, w, &fields[SNACK_SIZE]);
	wire_skip(w, 1); /* tshark looks for more than an option of that length has */
}

static void show_quick_start(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	uint8_t rate = add_uint8(d, w, &fields[QS_RATE]);
	append_info(d, w, " QSresp=%s", rates[rate & 0x0f].text);
	add_uint8(d, w, &fields[QS_TTL_DIFF]);
}

static void show_user_timeout(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	uint16_t value = wire_u16(w);
	add_bits(d, w, &fields[UTO_GRANULARITY], &fields[UTO_VALUE], 2, value);
	append_info(d, w, " USER_TO=%u", value & 0x7fff);
}

static void show_authentication(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	add_uint8(d, w, &fields[AO_KEY]);
	add_uint8(d, w, &fields[AO_NEXT_KEY]);
	if (wire_more(w))
		add_octets(d, w, &fields[AO_MAC], wire_left(w));
}

static void show_fast_open(struct dissection *d, struct wire *w, const struct option *o)
{
	if (!wire_more(w)) {
		add_node(d, w, &fields[COOKIE_REQUEST], w->at - 2, 2, 0);
		append_info(d, w, " TFO=R");
		return;
	}
	add_octets(d, w, &fields[COOKIE], wire_left(w));
	append_info(d, w, " TFO=C");
	if ((o->view->segment.flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)
		note_on(d, d->last, &fields[NOTE_COOKIE]);
}

/* Up to three counters of three octets. */
static bool is_counters_length(unsigned length)
{
	return length <= 9 && length % 3 == 0;
}

/* Counters of octets by their mark; the order says whether those of ECT(0) or of ECT(1) come first. */
static void show_counters(struct dissection *d, struct wire *w, const struct option *o, bool is_order_1)
{
	static const struct { uint8_t field; char name[5]; } orders[2][3] = {
		{ { ECT0_OCTETS, "EE0B" }, { CE_OCTETS, "ECEB" }, { ECT1_OCTETS, "EE1B" } },
		{ { ECT1_OCTETS, "EE1B" }, { CE_OCTETS, "ECEB" }, { ECT0_OCTETS, "EE0B" } },
	};

	uint32_t values[3];
	unsigned count = 0;
	while (count < 3 && wire_more(w)) {
		values[count] = add_uint24(d, w, &fields[orders[is_order_1][count].field]);
		count++;
	}
	for (unsigned i = 0; i < count; i++) {
		if (i == 0)
			append_text(d, w, o->title, " (Order %u)", is_order_1);
		append_text(d, w, o->title, "%s %s %u", i == 0 ? ":" : ",", orders[is_order_1][i].name, values[i]);
		append_info(d, w, " %s=%u", orders[is_order_1][i].name, values[i]);
	}
	if (!count)
		append_info(d, w, " AccECN");
}

static void show_accurate_ecn(struct dissection *d, struct wire *w, const struct option *o)
{
	if (!is_counters_length(o->length - 2u)) {
		note_text_on(d, o->length_node, &fields[NOTE_LENGTH],
		             "option length should be 2, 5, 8, or 11 instead of %u", o->length);
		return;
	}
	show_counters(d, w, o, o->kind == KIND_ECN_1);
}

static void show_ack_rate(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t rate = wire_u8(w);
	add_bits(d, w, &fields[TARR_RATE], &fields[TARR_RESERVED], 1, rate);
	append_text(d, w, o->title, " %u", rate >> 1);
	append_info(d, w, "=%u", rate >> 1);
}

static void show_experimental(struct dissection *d, struct wire *w, const struct option *o)
{
	if (o->length < 4) {
		note_text_on(d, o->length_node, &fields[NOTE_LENGTH], "option length %u smaller than 4", o->length);
		return;
	}
	uint16_t experiment = wire_peek_u16(w, 0);
	if (experiment == EXPERIMENT_TARR && o->length > 5)
		note_text_on(d, o->length_node, &fields[NOTE_LENGTH], "option length should be 4 or 5 instead of %u",
		             o->length);
	add_uint16(d, w, &fields[EXPERIMENT]);
	append_text(d, w, o->title, ": %s", name_or(fields[EXPERIMENT].names, experiment, "Unknown"));
	switch (experiment) {
	case EXPERIMENT_TARR:
		if (o->length <= 5)
			append_info(d, w, " TARR");
		if (o->length == 5)
			show_ack_rate(d, w, o);
		break;
	case EXPERIMENT_ECN_0:
	case EXPERIMENT_ECN_1:
		if (!is_counters_length(o->length - 4u)) {
			note_text_on(d, o->length_node, &fields[NOTE_LENGTH],
			             "option length should be 4, 7, 10, or 13 instead of %u", o->length);
			break;
		}
		append_literal(d, w, o->title, ": Accurate ECN");
		show_counters(d, w, o, experiment == EXPERIMENT_ECN_1);
		break;
	case EXPERIMENT_FAST_OPEN:
		show_fast_open(d, w, o);
		break;
	default:
		append_info(d, w, " ExID=%X", experiment);
		if (wire_more(w))
			add_octets(d, w, &fields[EXPERIMENT_DATA], wire_left(w));
	}
}

/* Riverbed's probes: what version 1 puts behind a reserved octet, and version 2 behind its type. */
static const struct probe {
	const char *name;
	uint8_t v1[4];      /* fields behind the reserved octet; 0: no more */
	uint8_t v2_flags;   /* the first of the flags; 0: none */
	uint8_t v2_last;
	uint8_t v2_more;    /* field among the flags */
	bool bare;          /* nothing behind type and version 1 */
	const char *listed; /* in front of Info, of version 1 */
} probes[] = {
	{ "Query", { PROBE_PROBER, PROBE_APPLICATION }, .listed = "S+, " },
	{ "Response", { PROBE_PROBER, PROBE_PROXY, PROBE_PORT }, .listed = "SA+, " },
	{ "Internal", .bare = true },
	{ "Trace", { PROBE_PROBER, PROBE_APPLICATION }, .listed = "S#, " },
	{ "Query SH", { PROBE_PROBER, PROBE_APPLICATION }, .listed = "S+, " },
	{ "Response SH", { PROBE_PROBER, PROBE_CLIENT, PROBE_PROXY, PROBE_PORT }, .listed = "SA+, " },
	{ "Query Info", { PROBE_PROBER }, PROBE_NOT_CFE, PROBE_LAST },
	{ "Response Info", { PROBE_PROBER }, PROBE_NO_CACHE, PROBE_SERVER },
	{ "Query Info SH", { PROBE_PROBER }, PROBE_NOT_CFE, PROBE_LAST, PROBE_CLIENT },
	{ "Query Info Store ID", { PROBE_PROBER }, PROBE_NOT_CFE, PROBE_LAST, PROBE_STORE },
	{ "Reset", { PROBE_PROBER } },
};
enum { PROBE_QUERY_INFO = 6 };

static void show_probe_1(struct dissection *d, struct wire *w, const struct option *o, const struct probe *probe)
{
	uint32_t prober = 0, proxy = 0;

	add_uint8(d, w, &fields[PROBE_RESERVED]);
	for (unsigned i = 0; i < sizeof probe->v1 && probe->v1[i]; i++) {
		const struct field *field = &fields[probe->v1[i]];
		switch (probe->v1[i]) {
		case PROBE_PROBER:
			prober = add_ipv4(d, w, field);
			break;
		case PROBE_PROXY:
			proxy = add_ipv4(d, w, field);
			break;
		case PROBE_CLIENT:
			add_ipv4(d, w, field);
			break;
		case PROBE_APPLICATION:
			add_uint16(d, w, field);
			append_text(d, w, o->title, ", CSH IP: %s", ipv4_text(d, prober));
			break;
		case PROBE_PORT: {
			uint16_t port = add_uint16(d, w, field);
			append_text(d, w, o->title, ", Server Steelhead: %s:%u", ipv4_text(d, proxy), port);
			break;
		}
		}
	}
	if (probe->listed)
		prepend_info(d, w, "%s", probe->listed);
}

static void show_probe_2(struct dissection *d, struct wire *w, const struct probe *probe)
{
	uint8_t flags = add_uint8(d, w, &fields[PROBE_FLAGS]);

	if (!probe->v2_flags)
		return;
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[probe->v2_flags], &fields[probe->v2_last], 1, flags);
	if (probe->v2_more)
		add_uint32(d, w, &fields[probe->v2_more]);
	close_subtree(d, node, NULL);
}

static void show_probe(struct dissection *d, struct wire *w, const struct option *o)
{
	if (o->length < 3) {
		note_text_on(d, o->length_node, &fields[NOTE_LENGTH], "option length should be >= 3)");
		return;
	}
	uint8_t first = wire_u8(w);
	const bool is_1 = first & 1;
	unsigned type = is_1 ? first >> 4 : first >> 1;
	if (type >= sizeof probes / sizeof *probes) {
		append_literal(d, w, o->title, ": Probe Unknown");
		return;
	}
	const struct probe *probe = &probes[type];
	append_text(d, w, o->title, ": Probe %s", probe->name);
	if (is_1)
		add_bits(d, w, &fields[PROBE_TYPE], &fields[PROBE_VERSION], 1, first);
	else
		add_bits(d, w, &fields[PROBE_TYPE2], &fields[PROBE_VERSION2], 1, first);
	if (!is_1)
		value_text(d, w, d->last, "2");
	if (is_1 && !probe->bare)
		show_probe_1(d, w, o, probe);
	else if (!is_1 && type >= PROBE_QUERY_INFO)
		show_probe_2(d, w, probe);
}

static void show_transparency(struct dissection *d, struct wire *w, const struct option *o)
{
	prepend_info(d, w, "TRPY, ");
	uint16_t flags = add_uint16(d, w, &fields[TRANSPARENCY]);
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[TRANSPARENCY_PROBE], &fields[TRANSPARENCY_MODE], 2, flags);
	close_subtree(d, node, NULL);
	uint32_t source = add_ipv4(d, w, &fields[TRANSPARENCY_SOURCE]);
	uint32_t destination = add_ipv4(d, w, &fields[TRANSPARENCY_DESTINATION]);
	uint16_t source_port = add_uint16(d, w, &fields[TRANSPARENCY_SOURCE_PORT]);
	uint16_t destination_port = add_uint16(d, w, &fields[TRANSPARENCY_DESTINATION_PORT]);
	append_text(d, w, o->title, " %s:%u -> %s:%u", ipv4_text(d, source), source_port, ipv4_text(d, destination),
	            destination_port);
}

static void show_unknown(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	if (wire_more(w))
		add_octets(d, w, &fields[PAYLOAD], wire_left(w));
}

static void show_multipath(struct dissection *d, struct wire *w, const struct option *o)
{
	set_column(d, w, "MPTCP");
	show_mptcp_option(d, w, o->view, o->title);
}

/* ---- the list ---- */

struct option_kind {
	uint8_t kind;
	uint8_t field;  /* its title */
	uint8_t length; /* that it must have; 0: not just one */
	uint8_t least;  /* length that it must have at least */
	const char *name;
	void (*show)(struct dissection *d, struct wire *w, const struct option *o);
	const char *listed; /* in Info, whatever the option's length is */
};

static const struct option_kind option_kinds[] = {
	{ 0, EOL, 1, 0, "End of Option List (EOL)", NULL },
	{ 1, NOP, 1, 0, "No-Operation (NOP)", NULL },
	{ KIND_MSS, MSS, 4, 0, "Maximum segment size", show_mss },
	{ KIND_WINDOW_SCALE, WINDOW_SCALE, 3, 0, "Window scale", show_window_scale },
	{ 4, SACK_PERMITTED, 2, 0, "SACK permitted", NULL, " SACK_PERM" },
	{ 5, SACK, 0, 0, "SACK", show_sack },
	{ 6, ECHO, 6, 0, "Echo", show_echo },
	{ 7, ECHO_REPLY, 6, 0, "Echo reply", show_echo },
	{ 8, TIMESTAMPS, 10, 0, "Timestamps", show_timestamps },
	{ 11, CC, 6, 0, "CC", show_cc },
	{ 12, CC_NEW, 6, 0, "CC.NEW", show_cc },
	{ 13, CC_ECHO, 6, 0, "CC.ECHO", show_cc },
	{ 19, MD5, 18, 0, "TCP MD5 signature", show_md5, " MD5" },
	{ KIND_SCPS, SCPS, 0, 0, "SCPS capabilities", show_scps },
	{ 21, SNACK, 6, 0, "Selective Negative Acknowledgment", show_snack },
	{ 22, SCPS_RECORD, 2, 0, "SCPS record boundary", NULL },
	{ 23, SCPS_CORRUPTION, 2, 0, "SCPS corruption experienced", NULL },
	{ 27, QUICK_START, 8, 0, "Quick-Start", show_quick_start },
	{ 28, USER_TIMEOUT, 4, 0, "User Timeout", show_user_timeout },
	{ 29, AUTHENTICATION, 0, 4, "TCP AO", show_authentication, "TCP AO" },
	{ KIND_MULTIPATH, MULTIPATH, 0, 0, "MPTCP", show_multipath },
	{ KIND_FAST_OPEN, FAST_OPEN, 0, 0, "TCP Fast Open", show_fast_open },
	{ 76, RIVERBED_PROBE, 0, 0, "Riverbed Probe", show_probe },
	{ 78, RIVERBED_TRANSPARENCY, 16, 0, "Riverbed Transparency", show_transparency },
	{ KIND_ECN_0, ACCURATE_ECN, 0, 0, "Accurate ECN", show_accurate_ecn },
	{ KIND_ECN_1, ACCURATE_ECN, 0, 0, "Accurate ECN", show_accurate_ecn },
	{ KIND_EXPERIMENT, EXPERIMENTAL, 0, 0, "Experimental", show_experimental },
	{ 254, EXPERIMENTAL, 0, 0, "Experimental", show_experimental },
};
static const struct option_kind unknown_kind = { 0, UNKNOWN, 0, 0, NULL, show_unknown };

static const struct option_kind *find_kind(uint8_t kind)
{
	for (unsigned i = 0; i < sizeof option_kinds / sizeof *option_kinds; i++) {
		if (option_kinds[i].kind == kind)
			return &option_kinds[i];
	}
	return &unknown_kind;
}

/* An option that cannot be read: a line that says why. */
static void add_bad_option(struct dissection *d, struct wire *w, const struct option_kind *kind, uint8_t number,
                           const char *why)
{
	const char *name = kind->name ? kind->name : text_of(d, "Unknown (0x%02x)", number);

	add_node(d, w, &fields[BAD_OPTION], w->at, 0, 0);
	set_text(d, w, d->last, "%s (%s)", name, why);
	note_text_on(d, d->last, &fields[NOTE_LENGTH], "%s (%s)", name, why);
}

/* The option of `length` octets that w stands at the start of. */
static void show_option(struct dissection *d, struct wire *w, const struct option_kind *kind, struct option o)
{
	const uint8_t length = o.length;
	struct wire part = wire_part(w, length);

	o.title = open_heading(d, &part, &fields[kind->field]);
	if (kind->kind == KIND_MSS && !(o.view->segment.flags & TCP_SYN))
		add_note(d, &part, &fields[NOTE_MSS_PRESENT]);
	o.kind = add_uint8(d, &part, &fields[KIND]);
	if (length > 1) {
		add_uint8(d, &part, &fields[LENGTH]);
		o.length_node = d->last;
	}
	if (kind->listed)
		append_info(d, &part, "%s", kind->listed);
	if (kind->length && length != kind->length)
		note_text_on(d, o.length_node, &fields[NOTE_LENGTH], "option length should be %u", kind->length);
	else if (length < kind->least)
		note_text_on(d, o.length_node, &fields[NOTE_LENGTH], "option length should be >= than %u", kind->least);
	else if (kind->show)
		kind->show(d, &part, &o);
	close_subtree(d, o.title, NULL);
	wire_join(w, &part);
	/* Where the snapshot length cut what nobody reads of the last option, nothing is missed. */
	wire_skip(w, length < wire_captured(w) ? length : wire_captured(w));
}

/* The length of the option ahead; 0 when it is not to be read, which is said. `left`: octets of options ahead. */
static uint8_t option_length(struct dissection *d, struct wire *w, const struct option_kind *kind, uint8_t number,
                             uint32_t left)
{
	if (kind->length == 1)
		return 1;
	if (left < 2) {
		add_bad_option(d, w, kind, number, "length byte past end of options");
		return 0;
	}
	uint8_t length = wire_peek_u8(w, 1);
	if (w->state != WIRE_GOOD)
		return 0;
	if (length < 2) {
		add_bad_option(d, w, kind, number,
		               text_of(d, "with too-short option length = %u byte%s", length, length == 1 ? "" : "s"));
		return 0;
	}
	if (length > left) {
		add_bad_option(d, w, kind, number,
		               text_of(d, "option length = %u byte%s says option goes past end of options", length,
		                       length == 1 ? "" : "s"));
		return 0;
	}
	return length;
}

/* Behind the end of the list only zeroes stand. */
static bool add_padding(struct dissection *d, struct wire *w)
{
	if (!wire_has(w, 1) || !*wire_here(w))
		return false;
	add_node(d, w, &fields[PADDING], w->at, wire_left(w), 0);
	note_on(d, d->last, &fields[NOTE_PADDING]);
	return true;
}

enum wire_state dissect_tcp_options(struct dissection *d, struct wire *w, uint32_t length, const struct tcp_view *view)
{
	struct wire options = wire_part(w, length);
	options.contained = options.reported; /* only what an option says that it has is missed as such */
	const uint32_t end = w->at + length;
	unsigned nops = 0;
	bool is_over = false, has_mss = false, has_scps = false, is_bad = false, is_last = false;

	add_node(d, w, &fields[OPTIONS], w->at, length, 0);
	node_ref top = open_subtree(d);
	set_text(d, w, top, "Options: (%u bytes)", length);
	while (options.state == WIRE_GOOD && options.at < end && !is_last) {
		uint8_t number = wire_peek_u8(&options, 0);
		is_bad = is_over && add_padding(d, &options);
		if (is_bad || options.state != WIRE_GOOD)
			break;
		const struct option_kind *kind = find_kind(number);
		if (number == 1)
			nops = nops && (options.at - w->at) % 4 == 0 ? 0 : nops + 1;
		if (number == 1 && nops == 4)
			add_note(d, &options, &fields[NOTE_NOPS]);
		uint8_t size = option_length(d, &options, kind, number, end - options.at);
		is_bad = !size;
		if (is_bad)
			break;
		if (number == KIND_MULTIPATH)
			trail(d, "mptcp");
		is_last = size == end - options.at;
		show_option(d, &options, kind, (struct option){ .view = view, .length = size, .extends = has_scps });
		if (kind->name)
			append_text(d, &options, top, ", %s", kind->name);
		else
			append_text(d, &options, top, ", Unknown (0x%02x)", number);
		is_over |= number == 0;
		has_mss |= number == KIND_MSS;
		has_scps |= number == KIND_SCPS && size == SCPS_LENGTH;
	}
	if (view->segment.flags & TCP_SYN && !has_mss && !is_bad && options.state == WIRE_GOOD)
		add_note(d, &options, &fields[NOTE_MSS_ABSENT]);
	close_subtree(d, top, NULL);
	if (options.state == WIRE_GOOD)
		wire_skip(w, length < wire_captured(w) ? length : wire_captured(w));
	return options.state;
}

static void read_experiment(struct tcp_option_values *values, uint16_t experiment, unsigned length)
{
	if (experiment == EXPERIMENT_FAST_OPEN)
		values->fast_open |= length > 0;
	else if (experiment == EXPERIMENT_ECN_0 || experiment == EXPERIMENT_ECN_1)
		values->accurate_ecn |= is_counters_length(length);
}

struct tcp_option_values tcp_read_options(const uint8_t *p, uint32_t length, uint32_t captured)
{
	struct tcp_option_values values = { .scale = SCALE_UNKNOWN };

	for (uint32_t i = 0; i < captured && p[i];) {
		if (p[i] == 1) {
			i++;
			continue;
		}
		uint32_t left = length - i, there = captured - i;
		if (there < 2 || p[i + 1] < 2 || p[i + 1] > left)
			break;
		uint8_t kind = p[i], size = p[i + 1];
		if (kind == KIND_MULTIPATH && !values.multipath) {
			values.multipath = p + i;
			values.multipath_length = left;
			values.multipath_captured = there;
		}
		if (size > there)
			break;
		if (kind == KIND_WINDOW_SCALE && size == 3)
			values.scale = p[i + 2] < 14 ? (int8_t)p[i + 2] : 14;
		else if (kind == KIND_FAST_OPEN && size > 2)
			values.fast_open = true;
		else if (kind == KIND_SACK)
			for (uint32_t edges = 2; edges + 8 <= size; edges += 8)
				values.sacked += be32(p + i + edges + 4) - be32(p + i + edges);
		else if (kind == KIND_ECN_0 || kind == KIND_ECN_1)
			values.accurate_ecn |= is_counters_length(size - 2u);
		else if ((kind == KIND_EXPERIMENT || kind == KIND_EXPERIMENT + 1) && size >= 4)
			read_experiment(&values, be16(p + i + 2), size - 4u);
		i += size;
	}
	return values;
}

/* For those who look for fields: nothing is dissected by it. */
const struct protocol protocol_tcp_options = {
	.name = "TCP options", .short_name = "TCP options", .filter = "tcp", .is_lower = true, .fields = fields, .field_count = N_FIELDS,
};
