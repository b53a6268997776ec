/*
 * ipv6_options.c: the hop-by-hop and destination options headers of IPv6, RFC 8200, sections 4.2, 4.3 and 4.6, and
 * the options of IANA's registry. Of in situ OAM (RFC 9486) only traces are read further.
 */

#include "dissect/ip.h"

enum {
	HOP_HEADER, HOP_NEXT_HEADER, HOP_LENGTH, HOP_OCTETS_LONG, NOT_FIRST,
	DESTINATION_HEADER, DESTINATION_NEXT_HEADER, DESTINATION_LENGTH, DESTINATION_OCTETS_LONG,
	OPTION, TYPE, TYPE_ACTION, TYPE_CHANGE, TYPE_REST, LENGTH, PAD1, PADN, TUNNEL_LIMIT, ROUTER_ALERT, JUMBO,
	DOI, COMPARTMENT_LENGTH, SENSITIVITY, CALIPSO_CHECKSUM, COMPARTMENTS,
	HASH_BIT, TAGGER_TYPE, TAGGER_LENGTH, TAGGER_ID, IDENTIFIER, HASH_ASSIST,
	SCALE_RECEIVED, SCALE_SENT, PSN_THIS, PSN_LAST, DELTA_RECEIVED, DELTA_SENT,
	QUICK_START, QUICK_START_LAST = QUICK_START + N_QUICK_START_FIELDS - 1,
	PMTU_MINIMUM, PMTU_RETURN, PMTU_FLAG, TPF, HOME_ADDRESS,
	RPL_FLAG, RPL_DOWN, RPL_RANK_ERROR, RPL_FORWARDING_ERROR, RPL_RESERVED, RPL_INSTANCE, RPL_RANK,
	NONCE, LINE_LENGTH, LINE_ID,
	MPL_FLAG, MPL_SEED_LENGTH, MPL_LARGEST, MPL_VERSION, MPL_RESERVED, MPL_SEQUENCE, MPL_SEED,
	DFF_FLAGS, DFF_VERSION, DFF_DUPLICATE, DFF_RETURN, DFF_RESERVED, DFF_SEQUENCE,
	EXPERIMENTAL, UNKNOWN_PAYLOAD, UNKNOWN_DATA,
	IOAM_RESERVED, IOAM_TYPE, IOAM_HEADING, TRACE_NAMESPACE, TRACE_NODE_LENGTH, TRACE_FLAGS, TRACE_OVERFLOW,
	TRACE_LOOPBACK,
	TRACE_ACTIVE, TRACE_FLAG_RESERVED, TRACE_REMAINING, TRACE_TYPE,
	TRACE_BIT_0, TRACE_BIT_11 = TRACE_BIT_0 + 11, TRACE_UNDEFINED, TRACE_SNAPSHOT, TRACE_BIT_RESERVED,
	TRACE_RESERVED,
	TRACE_FREE, NODE_HEADING, NODE_HOP_LIMIT, NODE_ID, NODE_INGRESS, NODE_EGRESS, NODE_SECONDS, NODE_FRACTION,
	NODE_DELAY,
	NODE_DATA, NODE_QUEUE, NODE_CHECKSUM, NODE_ID_WIDE, NODE_INGRESS_WIDE, NODE_EGRESS_WIDE, NODE_DATA_WIDE,
	NODE_BUFFER,
	NODE_UNDEFINED, SNAPSHOT_LENGTH, SNAPSHOT_SCHEMA, SNAPSHOT_DATA,
	JUMBO_PROHIBITED, JUMBO_TRUNCATED, BAD_LENGTH, MISMATCH, DEPRECATED, UNKNOWN_NOTE, SEED_IS_SOURCE, STRAY,
	BAD_NODE_LENGTH, BAD_REMAINING, BAD_TRACE_TYPE, N_FIELDS
};

enum {
	OPTION_PAD1, OPTION_PADN, OPTION_TUNNEL_LIMIT = 4, OPTION_ROUTER_ALERT, OPTION_CALIPSO = 7, OPTION_SMF_DPD,
	OPTION_PDM = 15,
	OPTION_QUICK_START = 38, OPTION_PMTU = 48, OPTION_IOAM, OPTION_TPF = 65, OPTION_RPL = 99, OPTION_MPL = 109,
	OPTION_ENDPOINT = 138, OPTION_ILNP, OPTION_LINE, OPTION_JUMBO = 194, OPTION_HOME_ADDRESS = 201,
	OPTION_DFF = 238,
};

static const struct name types[] = {
	{ OPTION_PAD1, "Pad1" },
	{ OPTION_PADN, "PadN" },
	{ OPTION_TUNNEL_LIMIT, "Tunnel Encapsulation Limit" },
	{ OPTION_ROUTER_ALERT, "Router Alert" },
	{ OPTION_CALIPSO, "CALIPSO" },
	{ OPTION_SMF_DPD, "SMF_DPD" },
	{ OPTION_PDM, "Performance and Diagnostic Metrics" },
	{ 0x1e, "Experimental (0x1E)" },
	{ OPTION_QUICK_START, "Quick-Start" },
	{ OPTION_PMTU, "Path MTU Option" },
	{ OPTION_IOAM, "IOAM Option" },
	{ 0x3e, "Experimental (0x3E)" },
	{ OPTION_TPF, "Tunnel Payload Forwarding (TPF) Information" },
	{ 0x5e, "Experimental (0x5E)" },
	{ OPTION_RPL, "RPL Option" },
	{ OPTION_MPL, "MPL Option" },
	{ 0x7e, "Experimental (0x7E)" },
	{ OPTION_ENDPOINT, "Endpoint Identification" },
	{ OPTION_ILNP, "ILNP Nonce" },
	{ OPTION_LINE, "Line-Identification Option" },
	{ 0x9e, "Experimental (0x9E)" },
	{ 0xbe, "Experimental (0xBE)" },
	{ OPTION_JUMBO, "Jumbo Payload" },
	{ OPTION_HOME_ADDRESS, "Home Address" },
	{ 0xde, "Experimental (0xDE)" },
	{ OPTION_DFF, "IP_DFF" },
	{ 0xfe, "Experimental (0xFE)" },
};
static const struct name actions[] = {
	{ 0, "Skip and continue" },
	{ 1, "Discard" },
	{ 2, "Discard and send ICMP Parameter Problem" },
	{ 3, "Discard and send ICMP if not multicast" },
};
static const struct name alerts[] = { { 0, "MLD" }, { 1, "RSVP" }, { 2, "Active Network" } };
static const struct name taggers[] = { { 0, "NULL" }, { 1, "DEFAULT" }, { 2, "IPv4" }, { 3, "IPv6" } };
static const struct name seed_lengths[] = {
	{ 0, "0" }, { 1, "16-bit unsigned integer" }, { 2, "64-bit unsigned integer" },
	{ 3, "128-bit unsigned integer" },
};
static const struct name ioam_types[] = {
	{ 0, "Pre-allocated Trace" }, { 1, "Incremental Trace" }, { 2, "Proof of Transit" }, { 3, "Edge to Edge" },
};

#define WARN .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL
#define ERROR .severity = SEVERITY_ERROR, .group = GROUP_PROTOCOL

static const struct field fields[N_FIELDS] = {
	[HOP_HEADER]      = { "ipv6.hopopts", "IPv6 Hop-by-Hop Option", PROTOCOL },
	[HOP_NEXT_HEADER] = { "ipv6.hopopts.nxt", "Next Header", UINT8, DEC, .names = &ip_protocol_names },
	[HOP_LENGTH]      = { "ipv6.hopopts.len", "Length", UINT8 },
	[HOP_OCTETS_LONG] = { "ipv6.hopopts.len_oct", "Length", UINT16, .generated = true, .unit = " bytes" },
	[NOT_FIRST]       = { "ipv6.hopopts.not_first",
	                      "IPv6 Hop-by-Hop extension header must appear immediately after IPv6 header", NOTE,
	                      ERROR },
	[DESTINATION_HEADER] = { "ipv6.dstopts", "Destination Options for IPv6", PROTOCOL },
	[DESTINATION_NEXT_HEADER] = { "ipv6.dstopts.nxt", "Next Header", UINT8, DEC, .names = &ip_protocol_names },
	[DESTINATION_LENGTH] = { "ipv6.dstopts.len", "Length", UINT8 },
	[DESTINATION_OCTETS_LONG] = { "ipv6.dstopts.len_oct", "Length", UINT16, .generated = true, .unit = " bytes" },
	[OPTION]          = { "ipv6.opt", "IPv6 Option", SUBTREE },
	[TYPE]            = { "ipv6.opt.type", "Type", UINT8, HEX, .names = NAMES(types) },
	[TYPE_ACTION]     = { "ipv6.opt.type.action", "Action", UINT8, DEC, .mask = 0xc0, .names = NAMES(actions) },
	[TYPE_CHANGE]     = { "ipv6.opt.type.change", "May Change", BOOLEAN, .mask = 0x20, .names = &yes_or_no },
	[TYPE_REST]       = { "ipv6.opt.type.rest", "Low-Order Bits", UINT8, HEX, .mask = 0x1f },
	[LENGTH]          = { "ipv6.opt.length", "Length", UINT8 },
	[PAD1]            = { "ipv6.opt.pad1", "Pad1", SUBTREE },
	[PADN]            = { "ipv6.opt.padn", "PadN", OCTETS },
	[TUNNEL_LIMIT]    = { "ipv6.opt.tel", "Tunnel Encapsulation Limit", UINT8 },
	[ROUTER_ALERT]    = { "ipv6.opt.router_alert", "Router Alert", UINT16, .names = NAMES(alerts) },
	[JUMBO]           = { "ipv6.opt.jumbo", "Payload Length", UINT32 },
	[DOI]             = { "ipv6.opt.calipso.doi", "CALIPSO Domain of Interpretation", UINT32 },
	[COMPARTMENT_LENGTH] = { "ipv6.opt.calipso.cmpt.length", "Compartment Length", UINT8 },
	[SENSITIVITY]     = { "ipv6.opt.calipso.sens_level", "Sensitivity Level", UINT8 },
	[CALIPSO_CHECKSUM] = { "ipv6.opt.calipso.checksum", "Checksum", UINT16, HEX },
	[COMPARTMENTS]    = { "ipv6.opt.calipso.cmpt_bitmap", "Compartment Bitmap", OCTETS },
	[HASH_BIT]        = { "ipv6.opt.smf_dpd.hash_bit", "H-bit", BOOLEAN, .mask = 0x80 },
	[TAGGER_TYPE]     = { "ipv6.opt.smf_dpd.tid_type", "TaggerID Type", UINT8, DEC, .mask = 0x70,
	                      .names = NAMES(taggers) },
	[TAGGER_LENGTH]   = { "ipv6.opt.smf_dpd.tid_len", "TaggerID Length", UINT8, DEC, .mask = 0x0f },
	[TAGGER_ID]       = { "ipv6.opt.smf_dpd.tagger_id", "TaggerID", OCTETS },
	[IDENTIFIER]      = { "ipv6.opt.smf_dpd.ident", "Identifier", OCTETS },
	[HASH_ASSIST]     = { "ipv6.opt.smf_dpd.hav", "Hash Assist Value", OCTETS },
	[SCALE_RECEIVED]  = { "ipv6.opt.pdm.scale_dtlr", "Scale DTLR", UINT8 },
	[SCALE_SENT]      = { "ipv6.opt.pdm.scale_dtls", "Scale DTLS", UINT8 },
	[PSN_THIS]        = { "ipv6.opt.pdm.psn_this_pkt", "PSN This Packet", UINT16 },
	[PSN_LAST]        = { "ipv6.opt.pdm.psn_last_recv", "PSN Last Received", UINT16 },
	[DELTA_RECEIVED]  = { "ipv6.opt.pdm.delta_last_recv", "Delta Time Last Received", UINT16 },
	[DELTA_SENT]      = { "ipv6.opt.pdm.delta_last_sent", "Delta Time Last Sent", UINT16 },
	QUICK_START_FIELDS(QUICK_START, "ipv6.opt."),
	[PMTU_MINIMUM]    = { "ipv6.opt.pmtu.min", "Minimum Reported PMTU", UINT16 },
	[PMTU_RETURN]     = { "ipv6.opt.pmtu.rtn", "Return Minimum PMTU", UINT16 },
	[PMTU_FLAG]       = { "ipv6.opt.pmtu.r_flag", "Return Flag", BOOLEAN },
	[TPF]             = { "ipv6.opt.tpf_information", "TPF Information", UINT32, HEX },
	[HOME_ADDRESS]    = { "ipv6.opt.mipv6.home_address", "MIPv6 Home Address", IPV6 },
	[RPL_FLAG]        = { "ipv6.opt.rpl.flag", "Flag", UINT8, HEX },
	[RPL_DOWN]        = { "ipv6.opt.rpl.flag.o", "Down", BOOLEAN, .mask = 0x80 },
	[RPL_RANK_ERROR]  = { "ipv6.opt.rpl.flag.r", "Rank Error", BOOLEAN, .mask = 0x40 },
	[RPL_FORWARDING_ERROR] = { "ipv6.opt.rpl.flag.f", "Forwarding Error", BOOLEAN, .mask = 0x20 },
	[RPL_RESERVED]    = { "ipv6.opt.rpl.flag.rsv", "Reserved", UINT8, HEX, .mask = 0x1f },
	[RPL_INSTANCE]    = { "ipv6.opt.rpl.instance_id", "RPLInstanceID", UINT8, HEX },
	[RPL_RANK]        = { "ipv6.opt.rpl.sender_rank", "Sender Rank", UINT16, HEX },
	[NONCE]           = { "ipv6.opt.ilnp_nonce", "ILNP Nonce", OCTETS },
	[LINE_LENGTH]     = { "ipv6.opt.lio.length", "LineIDLen", UINT8 },
	[LINE_ID]         = { "ipv6.opt.lio.line_id", "Line ID", STRING },
	[MPL_FLAG]        = { "ipv6.opt.mpl.flag", "Flag", UINT8, HEX },
	[MPL_SEED_LENGTH] = { "ipv6.opt.mpl.flag.s", "Seed ID Length", UINT8, DEC, .mask = 0xc0,
	                      .names = NAMES(seed_lengths) },
	[MPL_LARGEST]     = { "ipv6.opt.mpl.flag.m", "Largest Sequence", BOOLEAN, .mask = 0x20 },
	[MPL_VERSION]     = { "ipv6.opt.mpl.flag.v", "Version", BOOLEAN, .mask = 0x10 },
	[MPL_RESERVED]    = { "ipv6.opt.mpl.flag.rsv", "Reserved", UINT8, HEX, .mask = 0x0f },
	[MPL_SEQUENCE]    = { "ipv6.opt.mpl.sequence", "Sequence", UINT8, HEX },
	[MPL_SEED]        = { "ipv6.opt.mpl.seed_id", "Seed ID", OCTETS },
	[DFF_FLAGS]       = { "ipv6.opt.dff.flags", "Flags", UINT8, HEX },
	[DFF_VERSION]     = { "ipv6.opt.dff.flag.ver", "Version (VER)", UINT8, DEC, .mask = 0xc0 },
	[DFF_DUPLICATE]   = { "ipv6.opt.dff.flag.dup", "Duplicate (DUP)", BOOLEAN, .mask = 0x20 },
	[DFF_RETURN]      = { "ipv6.opt.dff.flag.ret", "Return (RET)", BOOLEAN, .mask = 0x10 },
	[DFF_RESERVED]    = { "ipv6.opt.dff.flag.rsv", "Reserved", UINT8, HEX, .mask = 0x0f },
	[DFF_SEQUENCE]    = { "ipv6.opt.dff.sequence_number", "Sequence Number", UINT16, DEC_HEX },
	[EXPERIMENTAL]    = { "ipv6.opt.experimental", "Experimental Option", OCTETS },
	[UNKNOWN_PAYLOAD] = { "ipv6.opt.unknown", "Unknown Option Payload", OCTETS },
	[UNKNOWN_DATA]    = { "ipv6.opt_unknown_data", "Unknown Data", OCTETS },

	[IOAM_RESERVED]   = { "ipv6.opt.ioam.rsv", "Reserved", UINT8 },
	[IOAM_TYPE]       = { "ipv6.opt.ioam.opt_type", "Option-Type", UINT8, .names = NAMES(ioam_types) },
	[IOAM_HEADING]    = { NULL, "Trace Data", SUBTREE },
	[TRACE_NAMESPACE] = { "ipv6.opt.ioam.trace.ns", "Namespace ID", UINT16 },
	[TRACE_NODE_LENGTH] = { "ipv6.opt.ioam.trace.nodelen", "Node Length", UINT8, DEC, .mask = 0xf8 },
	[TRACE_FLAGS]     = { "ipv6.opt.ioam.trace.flags", "Flags", UINT16, HEX, .mask = 0x0780 },
	[TRACE_OVERFLOW]  = { "ipv6.opt.ioam.trace.flag.o", "Overflow", BOOLEAN, .mask = 0x0400 },
	[TRACE_LOOPBACK]  = { "ipv6.opt.ioam.trace.flag.l", "Loopback", BOOLEAN, .mask = 0x0200 },
	[TRACE_ACTIVE]    = { "ipv6.opt.ioam.trace.flag.a", "Active", BOOLEAN, .mask = 0x0100 },
	[TRACE_FLAG_RESERVED] = { "ipv6.opt.ioam.trace.flag.rsv", "Reserved", BOOLEAN, .mask = 0x0080 },
	[TRACE_REMAINING] = { "ipv6.opt.ioam.trace.remlen", "Remaining Length", UINT8, DEC, .mask = 0x7f },
	[TRACE_TYPE]      = { "ipv6.opt.ioam.trace.type", "Trace Type", UINT24, HEX },
#define BIT(n, label) [TRACE_BIT_0 + n] = { "ipv6.opt.ioam.trace.type.bit" #n, label, BOOLEAN, .mask = 0x800000 >> n }
	BIT(0, "Hop_Lim and Node ID (short)"),
	BIT(1, "Ingress and Egress IDs (short)"),
	BIT(2, "Timestamp seconds"),
	BIT(3, "Timestamp fraction"),
	BIT(4, "Transit delay"),
	BIT(5, "IOAM-Namespace specific data (short)"),
	BIT(6, "Queue depth"),
	BIT(7, "Checksum complement"),
	BIT(8, "Hop_Lim and Node ID (wide)"),
	BIT(9, "Ingress and Egress IDs (wide)"),
	BIT(10, "IOAM-Namespace specific data (wide)"),
	BIT(11, "Buffer occupancy"),
#undef BIT
	[TRACE_UNDEFINED] = { "ipv6.opt.ioam.trace.type.undef", "Undefined", BOOLEAN, .mask = 0x000ffc },
	[TRACE_SNAPSHOT]  = { "ipv6.opt.ioam.trace.type.bit22", "Opaque State Snapshot", BOOLEAN, .mask = 0x000002 },
	[TRACE_BIT_RESERVED] = { "ipv6.opt.ioam.trace.type.rsv", "Reserved", BOOLEAN, .mask = 0x000001 },
	[TRACE_RESERVED]  = { "ipv6.opt.ioam.trace.rsv", "Reserved", UINT8 },
	[TRACE_FREE]      = { "ipv6.opt.ioam.trace.free_space", "Free space", OCTETS },
	[NODE_HEADING]    = { NULL, "Node", SUBTREE },
	[NODE_HOP_LIMIT]  = { "ipv6.opt.ioam.trace.node.hlim", "Hop Limit", UINT8 },
	[NODE_ID]         = { "ipv6.opt.ioam.trace.node.id", "ID", UINT24, HEX },
	[NODE_INGRESS]    = { "ipv6.opt.ioam.trace.node.iif", "Ingress ID", UINT16, HEX },
	[NODE_EGRESS]     = { "ipv6.opt.ioam.trace.node.eif", "Egress ID", UINT16, HEX },
	[NODE_SECONDS]    = { "ipv6.opt.ioam.trace.node.tss", "Timestamp Seconds", UINT32, HEX },
	[NODE_FRACTION]   = { "ipv6.opt.ioam.trace.node.tsf", "Timestamp Fraction", UINT32, HEX },
	[NODE_DELAY]      = { "ipv6.opt.ioam.trace.node.trdelay", "Transit Delay", UINT32, HEX },
	[NODE_DATA]       = { "ipv6.opt.ioam.trace.node.nsdata", "Namespace Data (short)", UINT32, HEX },
	[NODE_QUEUE]      = { "ipv6.opt.ioam.trace.node.qdepth", "Queue Depth", UINT32, HEX },
	[NODE_CHECKSUM]   = { "ipv6.opt.ioam.trace.node.csum", "Checksum Complement", UINT32, HEX },
	[NODE_ID_WIDE]    = { "ipv6.opt.ioam.trace.node.id_wide", "ID", UINT56, HEX },
	[NODE_INGRESS_WIDE] = { "ipv6.opt.ioam.trace.node.iif_wide", "Ingress ID", UINT32, HEX },
	[NODE_EGRESS_WIDE] = { "ipv6.opt.ioam.trace.node.eif_wide", "Egress ID", UINT32, HEX },
	[NODE_DATA_WIDE]  = { "ipv6.opt.ioam.trace.node.nsdata_wide", "Namespace Data (wide)", UINT64, HEX },
	[NODE_BUFFER]     = { "ipv6.opt.ioam.trace.node.bufoccup", "Buffer Occupancy", UINT32, HEX },
	[NODE_UNDEFINED]  = { "ipv6.opt.ioam.trace.node.undefined", "Undefined bit", UINT32, HEX },
	[SNAPSHOT_LENGTH] = { "ipv6.opt.ioam.trace.node.oss.len", "Length", UINT8 },
	[SNAPSHOT_SCHEMA] = { "ipv6.opt.ioam.trace.node.oss.scid", "Schema ID", UINT24, HEX },
	[SNAPSHOT_DATA]   = { "ipv6.opt.ioam.trace.node.oss.data", "Data", OCTETS },

	[JUMBO_PROHIBITED] = { "ipv6.opt.jumbo.prohibited",
	                       "When IPv6 payload length does not equal 0 a Jumbo Payload option must not be present",
	                       NOTE, WARN },
	[JUMBO_TRUNCATED] = { "ipv6.opt.jumbo.truncated", "Jumbo Payload option present and jumbo length < 65536",
	                      NOTE, WARN },
	[BAD_LENGTH]      = { "ipv6.opt.invalid_len", "Invalid IPv6 option length", NOTE, .severity = SEVERITY_ERROR,
	                      .group = GROUP_MALFORMED },
	[MISMATCH]        = { "ipv6.opt.header_mismatch", "Wrong options extension header for type", NOTE, WARN },
	[DEPRECATED]      = { "ipv6.opt.deprecated", "Option type is deprecated", NOTE, .severity = SEVERITY_NOTE,
	                      .group = GROUP_DEPRECATED },
	[UNKNOWN_NOTE]    = { "ipv6.opt.unknown_data.expert", "Unknown Data (not interpreted)", NOTE,
	                      .severity = SEVERITY_NOTE, .group = GROUP_UNDECODED },
	[SEED_IS_SOURCE]  = { "ipv6.opt.mpl.ipv6_src_seed_id", "Seed ID is the IPv6 Source Address", NOTE,
	                      .severity = SEVERITY_COMMENT, .group = GROUP_PROTOCOL },
	[STRAY]           = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
	[BAD_NODE_LENGTH] = { "ipv6.opt.ioam.trace.invalid_nodelen", "Invalid \"NodeLen\" value: cannot be 0", NOTE,
	                      ERROR },
	[BAD_REMAINING]   = { "ipv6.opt.ioam.trace.invalid_remlen", "Invalid \"RemLen\" value", NOTE, ERROR },
	[BAD_TRACE_TYPE]  = { "ipv6.opt.ioam.trace.invalid_type", "Mismatch between Trace Type and NodeLen", NOTE,
	                      ERROR },
};

/* An option, once its type and length were read: its data go from w to `end`, though not every reader cares. */
struct opened {
	node_ref node, type_node, length_node;
	uint8_t type;
	uint8_t length;
	uint32_t end;
};

enum home { EITHER, HOP_BY_HOP, DESTINATION };

/* One kind of option. */
struct option {
	uint8_t type;
	uint8_t home;             /* enum home: the header that it belongs to */
	uint8_t shortest, longest; /* octets of data; longest 0: any length will do */
	const char *bad_length;   /* what is said of another length */
	void (*dissect)(struct dissection *d, struct wire *w, const struct opened *o);
};

/* Octets up to the option's end. */
static uint32_t left_of(const struct wire *w, const struct opened *o)
{
	return o->end > w->at ? o->end - w->at : 0;
}

/* Flags in n octets just read: the labels of those that are set stand behind the value. */
static void add_flags(struct dissection *d, struct wire *w, node_ref node, const struct field *first,
                      const struct field *last, unsigned n, uint32_t value)
{
	if (!SHOWING(d, w))
		return;
	for (const struct field *field = first; field <= last; field++)
		if (field->type == BOOLEAN && (value & field->mask))
			append_text(d, w, node, ", %s", field->label);
	d->last = node;
	open_subtree(d);
	add_bits(d, w, first, last, n, value);
	close_subtree(d, node, NULL);
}

/* ---- the options ---- */

static void dissect_padn(struct dissection *d, struct wire *w, const struct opened *o)
{
	add_octets(d, w, &fields[PADN], o->length);
	if (!o->length)
		value_text(d, w, d->last, "<none>");
}

static void dissect_tunnel_limit(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	add_uint8(d, w, &fields[TUNNEL_LIMIT]);
}

static void dissect_router_alert(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	add_uint16(d, w, &fields[ROUTER_ALERT]);
}

static void dissect_jumbo(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	if (add_uint32(d, w, &fields[JUMBO]) <= UINT16_MAX)
		note_on(d, d->last, &fields[JUMBO_TRUNCATED]);
	if (d->ipv6 && d->ipv6->payload_length)
		add_note(d, w, &fields[JUMBO_PROHIBITED]);
}

/* RFC 5570 */
static void dissect_calipso(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	add_uint32(d, w, &fields[DOI]);
	uint32_t length = add_uint8(d, w, &fields[COMPARTMENT_LENGTH]) * 4u;
	add_uint8(d, w, &fields[SENSITIVITY]);
	add_uint16(d, w, &fields[CALIPSO_CHECKSUM]);
	add_octets(d, w, &fields[COMPARTMENTS], length);
}

/* Duplicate packet detection, RFC 6621: by a hash, or by an identifier of him who tagged the packet. */
static void dissect_smf_dpd(struct dissection *d, struct wire *w, const struct opened *o)
{
	uint8_t first = wire_peek_u8(w, 0);

	add_node(d, w, &fields[HASH_BIT], w->at, 1, first);
	if (first & 0x80) {
		add_octets(d, w, &fields[HASH_ASSIST], o->length);
		return;
	}
	wire_skip(w, 1);
	add_bits(d, w, &fields[TAGGER_TYPE], &fields[TAGGER_LENGTH], 1, first);
	if (first & 0x70)
		add_octets(d, w, &fields[TAGGER_ID], (first & 0xf) + 1u);
	if (left_of(w, o))
		add_octets(d, w, &fields[IDENTIFIER], left_of(w, o));
}

/* Performance and diagnostic metrics, RFC 8250. */
static void dissect_pdm(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	add_uint8(d, w, &fields[SCALE_RECEIVED]);
	add_uint8(d, w, &fields[SCALE_SENT]);
	add_uint16(d, w, &fields[PSN_THIS]);
	add_uint16(d, w, &fields[PSN_LAST]);
	add_uint16(d, w, &fields[DELTA_RECEIVED]);
	add_uint16(d, w, &fields[DELTA_SENT]);
}

static void dissect_quick_start(struct dissection *d, struct wire *w, const struct opened *o)
{
	add_quick_start(d, w, &fields[QUICK_START], o->node);
}

/* RFC 9268 */
static void dissect_pmtu(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	add_uint16(d, w, &fields[PMTU_MINIMUM]);
	uint16_t value = wire_u16(w);
	add_node(d, w, &fields[PMTU_RETURN], w->at - 2, 2, value & 0xfffe);
	add_node(d, w, &fields[PMTU_FLAG], w->at - 1, 1, value & 1);
}

static void dissect_tpf(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	add_uint32(d, w, &fields[TPF]);
}

static void dissect_home_address(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	const uint8_t *home = add_ipv6(d, w, &fields[HOME_ADDRESS]);

	/* RFC 6275, section 11.3.1: checksums are made as if the packet came from there. */
	if (home)
		d->source = address_of(ADDRESS_IPV6, home);
}

/* RFC 6553 */
static void dissect_rpl(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	uint8_t flags = add_uint8(d, w, &fields[RPL_FLAG]);
	add_flags(d, w, d->last, &fields[RPL_DOWN], &fields[RPL_RESERVED], 1, flags);
	add_uint8(d, w, &fields[RPL_INSTANCE]);
	add_uint16(d, w, &fields[RPL_RANK]);
}

/* RFC 6744 */
static void dissect_nonce(struct dissection *d, struct wire *w, const struct opened *o)
{
	add_octets(d, w, &fields[NONCE], o->length);
}

/* RFC 6788 */
static void dissect_line(struct dissection *d, struct wire *w, const struct opened *o)
{
	uint32_t length = add_uint8(d, w, &fields[LINE_LENGTH]);
	uint32_t there = o->length ? left_of(w, o) : wire_left(w);

	if (length > there || !o->length)
		length = there;
	const uint8_t *line = add_string(d, w, &fields[LINE_ID], length);
	uint32_t shown = line ? (uint32_t)strnlen((const char *)line, length) : 0;
	for (uint32_t i = shown; i < length && line; i++) {
		if (line[i]) {
			note_on(d, d->last, &fields[STRAY]);
			break;
		}
	}
	if (!o->length && line)
		w->at = o->end;
}

/* RFC 7731 */
static void dissect_mpl(struct dissection *d, struct wire *w, const struct opened *o)
{
	static const uint8_t octets[] = { 0, 2, 8, 16 };
	uint8_t flags = add_uint8(d, w, &fields[MPL_FLAG]);

	append_text(d, w, d->last, ", Seed ID Length: %s", name_of(NAMES(seed_lengths), flags >> 6));
	add_flags(d, w, d->last, &fields[MPL_SEED_LENGTH], &fields[MPL_RESERVED], 1, flags);
	add_uint8(d, w, &fields[MPL_SEQUENCE]);
	if (w->state != WIRE_GOOD)
		return;
	if (flags >> 6)
		add_octets(d, w, &fields[MPL_SEED], octets[flags >> 6]);
	else
		note_on(d, o->type_node, &fields[SEED_IS_SOURCE]);
}

/* RFC 6971 */
static void dissect_dff(struct dissection *d, struct wire *w, const struct opened *o)
{
	(void)o;
	uint8_t flags = add_uint8(d, w, &fields[DFF_FLAGS]);
	add_flags(d, w, d->last, &fields[DFF_VERSION], &fields[DFF_RESERVED], 1, flags);
	add_uint16(d, w, &fields[DFF_SEQUENCE]);
}

static void dissect_experimental(struct dissection *d, struct wire *w, const struct opened *o)
{
	add_octets(d, w, &fields[EXPERIMENTAL], o->length);
}

static void dissect_unknown(struct dissection *d, struct wire *w, const struct opened *o)
{
	add_octets(d, w, &fields[UNKNOWN_PAYLOAD], o->length);
	if (d->last)
		note_on(d, d->last, &fields[UNKNOWN_NOTE]);
}

static void dissect_endpoint(struct dissection *d, struct wire *w, const struct opened *o)
{
	note_on(d, o->type_node, &fields[DEPRECATED]);
	dissect_unknown(d, w, o);
}

/* ---- in situ operations, administration and maintenance: RFC 9197, RFC 9486 ---- */

enum { WORD = 4, WIDE_BITS = 0x00e000, KNOWN_BITS = 0xfff000, UNDEFINED_BITS = 0x000ffc, SNAPSHOT_BIT = 2 };

/* A limit and an identifier, or two identifiers. */
static void add_pair(struct dissection *d, struct wire *w, const struct field *bit, const struct field *first,
                     const struct field *second, unsigned first_width, unsigned width)
{
	if (!wire_need(w, width))
		return;
	const uint8_t *p = wire_here(w);
	add_node(d, w, &fields[IOAM_HEADING], w->at, width, 0);
	node_ref node = d->last;
	set_text(d, w, node, "%s", bit->label);
	open_subtree(d);
	add_node(d, w, first, w->at, first_width, be_value(p, first_width));
	unsigned rest = width - first_width;
	add_node(d, w, second, w->at + first_width, rest, be_value(p + first_width, rest));
	wire_skip(w, width);
	close_subtree(d, node, NULL);
}

/* What a node noted down, as the trace type says. */
static void add_node_data(struct dissection *d, struct wire *w, uint32_t type)
{
	static const uint8_t words[12] = { [2] = NODE_SECONDS, [3] = NODE_FRACTION, [4] = NODE_DELAY, [5] = NODE_DATA,
		                           [6] = NODE_QUEUE, [7] = NODE_CHECKSUM, [11] = NODE_BUFFER };

	for (unsigned bit = 0; bit < 22; bit++) {
		const struct field *heading = &fields[TRACE_BIT_0 + bit];
		if (!(type & 0x800000 >> bit))
			continue;
		if (bit == 0)
			add_pair(d, w, heading, &fields[NODE_HOP_LIMIT], &fields[NODE_ID], 1, 4);
		else if (bit == 1)
			add_pair(d, w, heading, &fields[NODE_INGRESS], &fields[NODE_EGRESS], 2, 4);
		else if (bit == 8)
			add_pair(d, w, heading, &fields[NODE_HOP_LIMIT], &fields[NODE_ID_WIDE], 1, 8);
		else if (bit == 9)
			add_pair(d, w, heading, &fields[NODE_INGRESS_WIDE], &fields[NODE_EGRESS_WIDE], 4, 8);
		else if (bit == 10)
			add_uint64(d, w, &fields[NODE_DATA_WIDE]);
		else
			add_uint32(d, w, &fields[bit < 12 ? words[bit] : NODE_UNDEFINED]);
	}
}

/* False when it does not fit the option. */
static bool add_snapshot(struct dissection *d, struct wire *w, const struct opened *o)
{
	node_ref top = open_heading(d, w, &fields[IOAM_HEADING]);
	bool fits = true;

	set_text(d, w, top, "Opaque State Snapshot");
	uint32_t length = add_uint8(d, w, &fields[SNAPSHOT_LENGTH]) * WORD;
	add_uint24(d, w, &fields[SNAPSHOT_SCHEMA]);
	if (length > left_of(w, o)) {
		note_text_on(d, o->length_node, &fields[BAD_LENGTH], "IOAM Option: Invalid length (%u bytes)",
		             o->length);
		fits = false;
	} else if (length) {
		add_octets(d, w, &fields[SNAPSHOT_DATA], length);
	}
	close_subtree(d, top, w);
	return fits;
}

static void add_trace_data(struct dissection *d, struct wire *w, const struct opened *o, uint32_t type,
                           uint32_t node_length, uint32_t free_length)
{
	node_ref top = open_heading(d, w, &fields[IOAM_HEADING]);

	if (free_length)
		add_octets(d, w, &fields[TRACE_FREE], free_length);
	for (unsigned i = 1; left_of(w, o) >= node_length && w->state == WIRE_GOOD; i++) {
		uint32_t start = w->at;
		bool goes_on = true;
		node_ref node = open_heading(d, w, &fields[NODE_HEADING]);
		set_text(d, w, node, "Node %u", i);
		add_node_data(d, w, type);
		if (w->state == WIRE_GOOD && w->at - start != node_length) {
			w->at = start;
			goes_on = false;
		} else if (type & SNAPSHOT_BIT) {
			goes_on = add_snapshot(d, w, o);
		}
		close_subtree(d, node, w);
		if (!goes_on)
			break;
	}
	close_subtree(d, top, w);
}

static void dissect_trace(struct dissection *d, struct wire *w, const struct opened *o)
{
	add_uint16(d, w, &fields[TRACE_NAMESPACE]);
	uint16_t value = wire_u16(w);
	uint32_t node_length = (value >> 11) * WORD, free_length = (value & 0x7f) * WORD;
	add_node(d, w, &fields[TRACE_NODE_LENGTH], w->at - 2, 1, value >> 8);
	if (!node_length)
		note_on(d, d->last, &fields[BAD_NODE_LENGTH]);
	add_node(d, w, &fields[TRACE_FLAGS], w->at - 2, 2, value);
	add_flags(d, w, d->last, &fields[TRACE_OVERFLOW], &fields[TRACE_FLAG_RESERVED], 2, value);
	add_node(d, w, &fields[TRACE_REMAINING], w->at - 1, 1, value);
	bool is_good = o->length >= 10 && free_length <= o->length - 10u;
	if (!is_good)
		note_text_on(d, d->last, &fields[BAD_REMAINING], "IOAM RemLen: Invalid length (%u bytes)",
		             free_length);
	uint32_t type = add_uint24(d, w, &fields[TRACE_TYPE]);
	node_ref type_node = d->last;
	add_flags(d, w, type_node, &fields[TRACE_BIT_0], &fields[TRACE_BIT_RESERVED], 3, type);
	int words = __builtin_popcount(type & KNOWN_BITS) + __builtin_popcount(type & WIDE_BITS);
	if (node_length && !(type & UNDEFINED_BITS) && node_length != (uint32_t)words * WORD)
		note_on(d, type_node, &fields[BAD_TRACE_TYPE]);
	add_uint8(d, w, &fields[TRACE_RESERVED]);
	if (is_good && node_length)
		add_trace_data(d, w, o, type, node_length, free_length);
}

static void dissect_ioam(struct dissection *d, struct wire *w, const struct opened *o)
{
	add_uint8(d, w, &fields[IOAM_RESERVED]);
	uint8_t type = add_uint8(d, w, &fields[IOAM_TYPE]);
	if (!o->length)
		wire_fail(w, UINT32_MAX);
	if (o->length && type <= 1 && (o->length - 2) % 4)
		note_text_on(d, o->length_node, &fields[BAD_LENGTH], "IOAM Option: Invalid length (%u bytes)",
		             o->length);
	node_ref top = open_heading(d, w, &fields[IOAM_HEADING]);
	set_text(d, w, top, "%s", name_or(NAMES(ioam_types), type, "Unknown Option-Type"));
	if (type <= 1)
		dissect_trace(d, w, o);
	close_subtree(d, top, w);
}

static const struct option options[] = {
	{ OPTION_PADN, EITHER, 0, 0, NULL, dissect_padn },
	{ OPTION_TUNNEL_LIMIT, DESTINATION, 1, 1, "Tunnel Encapsulation Limit: Invalid length", dissect_tunnel_limit },
	{ OPTION_ROUTER_ALERT, HOP_BY_HOP, 2, 2, "Router alert: Invalid Length", dissect_router_alert },
	{ OPTION_CALIPSO, HOP_BY_HOP, 8, 255, "CALIPSO: Invalid Length", dissect_calipso },
	{ OPTION_SMF_DPD, HOP_BY_HOP, 0, 0, NULL, dissect_smf_dpd },
	{ OPTION_PDM, DESTINATION, 10, 10, "PDM: Invalid length", dissect_pdm },
	{ 0x1e, EITHER, 0, 0, NULL, dissect_experimental },
	{ OPTION_QUICK_START, HOP_BY_HOP, 6, 6, "Quick-Start: Invalid Length", dissect_quick_start },
	{ OPTION_PMTU, HOP_BY_HOP, 4, 4, "PMTU Option: Invalid Length", dissect_pmtu },
	{ OPTION_IOAM, HOP_BY_HOP, 2, 255, "IOAM Option: Invalid length", dissect_ioam },
	{ 0x3e, EITHER, 0, 0, NULL, dissect_experimental },
	{ OPTION_TPF, DESTINATION, 4, 4, "TPF: Invalid Length", dissect_tpf },
	{ 0x5e, EITHER, 0, 0, NULL, dissect_experimental },
	{ OPTION_RPL, HOP_BY_HOP, 4, 255, "RPL Option: Invalid length", dissect_rpl },
	{ OPTION_MPL, HOP_BY_HOP, 0, 0, NULL, dissect_mpl },
	{ 0x7e, EITHER, 0, 0, NULL, dissect_experimental },
	{ OPTION_ENDPOINT, EITHER, 0, 0, NULL, dissect_endpoint },
	{ OPTION_ILNP, DESTINATION, 0, 0, NULL, dissect_nonce },
	{ OPTION_LINE, DESTINATION, 0, 0, NULL, dissect_line },
	{ 0x9e, EITHER, 0, 0, NULL, dissect_experimental },
	{ 0xbe, EITHER, 0, 0, NULL, dissect_experimental },
	{ OPTION_JUMBO, HOP_BY_HOP, 4, 4, "Jumbo Payload: Invalid length", dissect_jumbo },
	{ OPTION_HOME_ADDRESS, DESTINATION, 16, 16, "Home Address: Invalid length", dissect_home_address },
	{ 0xde, EITHER, 0, 0, NULL, dissect_experimental },
	{ OPTION_DFF, HOP_BY_HOP, 3, 3, "IPv6 DFF: Invalid length", dissect_dff },
	{ 0xfe, EITHER, 0, 0, NULL, dissect_experimental },
};
static const struct option unknown_option = { 0, EITHER, 0, 0, NULL, dissect_unknown };

static const struct option *option_of(uint8_t type)
{
	for (unsigned i = 0; i < sizeof options / sizeof *options; i++)
		if (options[i].type == type)
			return &options[i];
	return &unknown_option;
}

/* ---- the headers ---- */

static node_ref add_type(struct dissection *d, struct wire *w, const struct option *option, enum home home)
{
	uint8_t type = add_uint8(d, w, &fields[TYPE]);
	node_ref node = open_subtree(d);

	if (option->home != EITHER && option->home != home)
		add_note_text(d, w, &fields[MISMATCH], "%s must use a %s options header",
		              name_or(NAMES(types), type, ""),
		              option->home == HOP_BY_HOP ? "hop-by-hop" : "destination");
	add_bits(d, w, &fields[TYPE_ACTION], &fields[TYPE_REST], 1, type);
	close_subtree(d, node, NULL);
	return node;
}

static void dissect_option(struct dissection *d, struct wire *w, enum home home)
{
	struct opened o = { .type = wire_peek_u8(w, 0) };
	const struct option *option = option_of(o.type);
	const char *name = name_of(NAMES(types), o.type);

	if (o.type != OPTION_PAD1 && !wire_need(w, 2))
		return;
	o.node = open_heading(d, w, &fields[OPTION]);
	if (name)
		set_text(d, w, o.node, "%s", name);
	else
		set_text(d, w, o.node, "Unknown IPv6 Option (%u)", o.type);
	if (o.type == OPTION_PAD1) {
		add_uint8(d, w, &fields[TYPE]);
		add_node(d, w, &fields[PAD1], w->at - 1, 1, 0);
		close_subtree(d, o.node, w);
		return;
	}
	o.type_node = add_type(d, w, option, home);
	o.length = add_uint8(d, w, &fields[LENGTH]);
	o.length_node = d->last;
	o.end = w->at + o.length;
	if (option->longest && (o.length < option->shortest || o.length > option->longest))
		note_text_on(d, o.length_node, &fields[BAD_LENGTH], "%s (%u bytes)", option->bad_length, o.length);
	option->dissect(d, w, &o);
	/* Some look further than their length says: the next one stands behind both. */
	if (w->state == WIRE_GOOD && left_of(w, &o)) {
		add_octets(d, w, &fields[UNKNOWN_DATA], left_of(w, &o));
		if (d->last)
			note_on(d, d->last, &fields[UNKNOWN_NOTE]);
	}
	close_subtree(d, o.node, w);
}

/* A header whose declarations start at `first`. */
static void dissect_header(struct dissection *d, struct wire *w, const struct field *first, enum home home,
                           bool is_misplaced)
{
	enum { HEADER, NEXT_HEADER, HEADER_LENGTH, OCTETS_LONG };

	if (!wire_need(w, 2))
		return;
	uint32_t start = w->at;
	node_ref top = open_extension(d, w, &first[HEADER]);
	if (is_misplaced)
		add_note(d, w, &fields[NOT_FIRST]);
	uint8_t next_header = add_uint8(d, w, &first[NEXT_HEADER]);
	uint32_t end = start + add_uint8(d, w, &first[HEADER_LENGTH]) * 8u + 8;
	add_node(d, w, &first[OCTETS_LONG], w->at - 1, 1, end - start);
	while (w->at < end && w->state == WIRE_GOOD)
		dissect_option(d, w, home);
	if (w->state == WIRE_GOOD) {
		w->at = start;
		wire_skip(w, end - start);
	}
	close_extension(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_ip_payload(d, *w, next_header);
}

static void dissect_hop_by_hop(struct dissection *d, struct wire *w)
{
	list_info(d, w, " , ", "IPv6 hop-by-hop options");
	bool is_misplaced = !d->layer || d->layers[d->layer - 1] != &protocol_ipv6;

	dissect_header(d, w, &fields[HOP_HEADER], HOP_BY_HOP, is_misplaced);
}

static void dissect_destination(struct dissection *d, struct wire *w)
{
	list_info(d, w, " , ", "IPv6 destination options");
	dissect_header(d, w, &fields[DESTINATION_HEADER], DESTINATION, false);
}

const struct protocol protocol_ipv6_hop_by_hop = {
	.name = "IPv6 Hop-by-Hop Option",
	.short_name = "IPv6 Hop-by-Hop",
	.filter = "ipv6.hopopts",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect_hop_by_hop,
};

const struct protocol protocol_ipv6_destination = {
	.name = "Destination Options for IPv6",
	.short_name = "IPv6 Destination",
	.filter = "ipv6.dstopts",
	.is_lower = true,
	.dissect = dissect_destination,
};
