/*
 * icmpv6_rpl.c: control messages of RPL, the routing protocol for low-power and lossy networks, RFC 6550, with its metrics
 * (RFC 6551) and point-to-point routes (RFC 6997).
 *
 *	|   Option Type   |  Option Length  |  Option Data ...   Pad1 has its type only
 */

#include "dissect/icmpv6.h"

enum {
	RESERVED,
	DIS_FLAGS,
	DIO_INSTANCE, DIO_VERSION, DIO_RANK, DIO_FLAGS, DIO_G, DIO_ZERO, DIO_MODE, DIO_PREFERENCE, DIO_DTSN, DIO_DAGID,
	DAO_INSTANCE, DAO_FLAGS, DAO_K, DAO_D, DAO_RESERVED, DAO_SEQUENCE, DAO_DODAGID,
	ACK_INSTANCE, ACK_FLAGS, ACK_D, ACK_RESERVED, ACK_SEQUENCE, ACK_STATUS, ACK_DODAGID,
	CC_INSTANCE, CC_FLAGS, CC_R, CC_RESERVED, CC_NONCE, CC_DODAGID, CC_COUNTER,
	SECURE_FLAGS, SECURE_T, SECURE_T_RESERVED, SECURE_ALGORITHM, SECURE_LEVEL_FLAGS, SECURE_KIM, SECURE_LEVEL,
	SECURE_RESERVED, SECURE_COUNTER, SECURE_SOURCE, SECURE_INDEX,
	DRO_INSTANCE, DRO_VERSION, DRO_FLAGS, DRO_STOP, DRO_ACK, DRO_SEQUENCE, DRO_RESERVED, DRO_DAGID, DRO_ZERO_NOTE,
	DROACK_FLAGS, DROACK_SEQUENCE, DROACK_RESERVED,
	OPTION, TYPE, LENGTH, OPTION_RESERVED, PADN, DATA, UNKNOWN_DATA, UNKNOWN_DATA_NOTE, UNDECODED, BAD_LENGTH,
	METRIC, METRIC_FLAGS, METRIC_RESERVED, METRIC_P, METRIC_C, METRIC_O, METRIC_R, METRIC_A, METRIC_PRECEDENCE,
	METRIC_LENGTH, METRIC_UNKNOWN,
	NSA, NSA_RESERVED, NSA_FLAGS, NSA_A, NSA_O, NSA_TLV, NSA_TLV_TYPE, NSA_TLV_LENGTH, NSA_TLV_DATA,
	ENERGY, ENERGY_FLAGS, ENERGY_I, ENERGY_TYPE, ENERGY_E, ENERGY_VALUE,
	HOPS, HOPS_RESERVED, HOPS_FLAGS, HOPS_COUNT, THROUGHPUT, LATENCY,
	QUALITY_RESERVED, QUALITY, QUALITY_VALUE, QUALITY_COUNTER, ETX,
	COLOR_RESERVED, COLOR, COLOR_COLOR, COLOR_COUNTER,
	ROUTE_LENGTH, ROUTE_FLAGS, ROUTE_PREFERENCE, ROUTE_RESERVED, ROUTE_LIFETIME, ROUTE_PREFIX,
	CONFIG_FLAGS, CONFIG_RESERVED, CONFIG_A, CONFIG_PCS, CONFIG_DOUBLINGS, CONFIG_MINIMUM, CONFIG_REDUNDANCY,
	CONFIG_RANK, CONFIG_HOP_RANK, CONFIG_OCP, CONFIG_REST, CONFIG_LIFETIME, CONFIG_UNIT,
	TARGET_RESERVED, TARGET_LENGTH, TARGET,
	TRANSIT_FLAGS, TRANSIT_E, TRANSIT_RESERVED, TRANSIT_CONTROL, TRANSIT_SEQUENCE, TRANSIT_LIFETIME, TRANSIT_PARENT,
	SOLICITED_INSTANCE, SOLICITED_FLAGS, SOLICITED_V, SOLICITED_I, SOLICITED_D, SOLICITED_RESERVED, SOLICITED_DODAGID,
	SOLICITED_VERSION,
	PREFIX_LENGTH, PREFIX_FLAGS, PREFIX_L, PREFIX_A, PREFIX_R, PREFIX_RESERVED, PREFIX_VALID, PREFIX_PREFERRED, PREFIX,
	DESCRIPTOR,
	RDO_FLAGS, RDO_REPLY, RDO_HOP_BY_HOP, RDO_ROUTES, RDO_COMPR, RDO_LIFETIME, RDO_MAXRANK, RDO_NH, RDO_TARGET,
	RDO_VECTOR, RDO_ADDRESS, RDO_HOP_BY_HOP_NOTE, RDO_ROUTES_NOTE, RDO_ZERO_NOTE,
	N_FIELDS
};

static const struct name codes[] = {
	{ 0, "DODAG Information Solicitation" },
	{ 1, "DODAG Information Object" },
	{ 2, "Destination Advertisement Object" },
	{ 3, "Destination Advertisement Object Acknowledgment" },
	{ 4, "P2P Discovery Reply Object" },
	{ 5, "P2P Discovery Reply Object Acknowledgement" },
	{ 128, "Secure DODAG Information Solicitation" },
	{ 129, "Secure DODAG Information Object" },
	{ 130, "Secure Destination Advertisement Object" },
	{ 131, "Secure Destination Advertisement Object Acknowledgment" },
	{ 132, "P2P Secure Discovery Reply Object" },
	{ 133, "P2P Secure Discovery Reply Object Acknowledgement" },
	{ 138, "Consistency Check" },
};

static const struct name modes[] = {
	{ 0, "No Downward routes maintained by RPL" },
	{ 1, "Non-Storing Mode of Operation" },
	{ 2, "Storing Mode of Operation with no multicast support" },
	{ 3, "Storing Mode of Operation with multicast support" },
	{ 4, "P2P Route Discovery Mode of Operation" },
};
static const struct name algorithms[] = { { 0, "Encryption: CCM with AES-128 / Signature: RSA with SHA-256" } };
static const struct name option_types[] = {
	{ 0, "1-byte padding" }, { 1, "n-byte padding" }, { 2, "DAG Metric container" }, { 3, "Routing Information" },
	{ 4, "DODAG configuration" }, { 5, "RPL Target" }, { 6, "Transit Information" }, { 7, "Solicited Information" },
	{ 8, "Prefix Information" }, { 9, "RPL Target Descriptor" }, { 10, "P2P Route Discovery" },
};
static const struct name metric_types[] = {
	{ 1, "Node State and Attribute" }, { 2, "Node Energy" }, { 3, "Hop Count" }, { 4, "Link Throughput" },
	{ 5, "Link Latency" }, { 6, "Link Quality Level" }, { 7, "Link ETX" }, { 8, "Link Color" },
};
static const struct name preferences[] = { { 0, "Medium" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" } };
static const struct name infinity[] = { { 0xffffffff, "Infinity" } };
static const struct name lifetimes[] = { { 0, "1 sec" }, { 1, "4 sec" }, { 2, "16 sec" }, { 3, "64 sec" } };
static const struct name ranks[] = { { 0, "Infinity" } };

static const struct field fields[N_FIELDS] = {
	[RESERVED]          = { "icmpv6.reserved", "Reserved", OCTETS },
	[DIS_FLAGS]         = { "icmpv6.rpl.dis.flags", "Flags", UINT8 },
	[DIO_INSTANCE]      = { "icmpv6.rpl.dio.instance", "RPLInstanceID", UINT8 },
	[DIO_VERSION]       = { "icmpv6.rpl.dio.version", "Version", UINT8 },
	[DIO_RANK]          = { "icmpv6.rpl.dio.rank", "Rank", UINT16 },
	[DIO_FLAGS]         = { "icmpv6.rpl.dio.flag", "Flags", UINT8, HEX },
	[DIO_G]             = { "icmpv6.rpl.dio.flag.g", "Grounded (G)", BOOLEAN, .mask = 0x80 },
	[DIO_ZERO]          = { "icmpv6.rpl.dio.flag.0", "Zero", BOOLEAN, .mask = 0x40 },
	[DIO_MODE]          = { "icmpv6.rpl.dio.flag.mop", "Mode of Operation (MOP)", UINT8, HEX, .mask = 0x38,
	                        .names = NAMES(modes) },
	[DIO_PREFERENCE]    = { "icmpv6.rpl.dio.flag.preference", "DODAG Preference", UINT8, .mask = 0x07 },
	[DIO_DTSN]          = { "icmpv6.rpl.dio.dtsn", "Destination Advertisement Trigger Sequence Number (DTSN)", UINT8 },
	[DIO_DAGID]         = { "icmpv6.rpl.dio.dagid", "DODAGID", IPV6 },
	[DAO_INSTANCE]      = { "icmpv6.rpl.dao.instance", "RPLInstanceID", UINT8 },
	[DAO_FLAGS]         = { "icmpv6.rpl.dao.flag", "Flags", UINT8, HEX },
	[DAO_K]             = { "icmpv6.rpl.dao.flag.k", "DAO-ACK Request (K)", BOOLEAN, .mask = 0x80 },
	[DAO_D]             = { "icmpv6.rpl.dao.flag.d", "DODAGID Present (D)", BOOLEAN, .mask = 0x40 },
	[DAO_RESERVED]      = { "icmpv6.rpl.dao.flag.rsv", "Reserved", UINT8, .mask = 0x3f },
	[DAO_SEQUENCE]      = { "icmpv6.rpl.dao.sequence", "DAO Sequence", UINT8 },
	[DAO_DODAGID]       = { "icmpv6.rpl.dao.dodagid", "DODAGID", IPV6 },
	[ACK_INSTANCE]      = { "icmpv6.rpl.daoack.instance", "RPLInstanceID", UINT8 },
	[ACK_FLAGS]         = { "icmpv6.rpl.daoack.flag", "Flag", UINT8, HEX },
	[ACK_D]             = { "icmpv6.rpl.daoack.flag.d", "DODAGID Present (D)", BOOLEAN, .mask = 0x80 },
	[ACK_RESERVED]      = { "icmpv6.rpl.daoack.flag.rsv", "Reserved", UINT8, .mask = 0x7f },
	[ACK_SEQUENCE]      = { "icmpv6.rpl.daoack.sequence", "DAO-ACK Sequence", UINT8 },
	[ACK_STATUS]        = { "icmpv6.rpl.daoack.status", "Status", UINT8 },
	[ACK_DODAGID]       = { "icmpv6.rpl.daoack.dodagid", "DODAGID", IPV6 },
	[CC_INSTANCE]       = { "icmpv6.rpl.cc.instance", "RPLInstanceID", UINT8 },
	[CC_FLAGS]          = { "icmpv6.rpl.cc.flag", "Flag", UINT8, HEX },
	[CC_R]              = { "icmpv6.rpl.cc.flag.r", "Response (R)", BOOLEAN, .mask = 0x80 },
	[CC_RESERVED]       = { "icmpv6.rpl.cc.flag.rsv", "Reserved", UINT8, .mask = 0x7f },
	[CC_NONCE]          = { "icmpv6.rpl.cc.nonce", "CC Nonce", UINT16, HEX },
	[CC_DODAGID]        = { "icmpv6.rpl.cc.dodagid", "DODAGID", IPV6 },
	[CC_COUNTER]        = { "icmpv6.rpl.cc.destination_counter", "Destination Counter", UINT32 },
	[SECURE_FLAGS]      = { "icmpv6.rpl.secure.flag", "Flags", UINT8, HEX },
	[SECURE_T]          = { "icmpv6.rpl.secure.flag.t", "Counter is Time (T)", BOOLEAN, .mask = 0x80 },
	[SECURE_T_RESERVED] = { "icmpv6.rpl.secure.flag.rsv", "Reserved", UINT8, .mask = 0x7f },
	[SECURE_ALGORITHM]  = { "icmpv6.rpl.secure.algorithm", "Algorithm", UINT8, .names = NAMES(algorithms) },
	[SECURE_LEVEL_FLAGS] = { "icmpv6.rpl.secure.flag", "Flags", UINT8, HEX },
	[SECURE_KIM]        = { "icmpv6.rpl.secure.kim", "Key Identifier Mode (KIM)", UINT8, .mask = 0xc0 },
	[SECURE_LEVEL]      = { "icmpv6.rpl.secure.lvl", "Security Level (LVL)", UINT8, .mask = 0x07 },
	[SECURE_RESERVED]   = { "icmpv6.rpl.secure.rsv", "Reserved", UINT8, .mask = 0x38 },
	[SECURE_COUNTER]    = { "icmpv6.rpl.secure.counter", "Counter", UINT32 },
	[SECURE_SOURCE]     = { "icmpv6.rpl.secure.key.source", "Key Source", OCTETS },
	[SECURE_INDEX]      = { "icmpv6.rpl.secure.key.index", "Key Source", UINT8 },
	[DRO_INSTANCE]      = { "icmpv6.rpl.p2p.dro.instance", "RPLInstanceID", UINT8 },
	[DRO_VERSION]       = { "icmpv6.rpl.p2p.dro.version", "Version", UINT8 },
	[DRO_FLAGS]         = { "icmpv6.rpl.p2p.dro.flag", "Flags", UINT16, HEX },
	[DRO_STOP]          = { "icmpv6.rpl.p2p.dro.flag.stop", "Stop", BOOLEAN, .mask = 0x8000, .names = &yes_or_no },
	[DRO_ACK]           = { "icmpv6.rpl.p2p.dro.flag.ack", "Ack", BOOLEAN, .mask = 0x4000, .names = &yes_or_no },
	[DRO_SEQUENCE]      = { "icmpv6.rpl.p2p.dro.flag.seq", "Seq", UINT16, .mask = 0x3000 },
	[DRO_RESERVED]      = { "icmpv6.rpl.p2p.dro.flag.reserved", "Reserved", UINT16, .mask = 0x0fff },
	[DRO_DAGID]         = { "icmpv6.rpl.p2p.dro.dagid", "DODAGID", IPV6 },
	[DRO_ZERO_NOTE]     = { "icmpv6.rpl.p2p.dro.zero", "This field MUST be set to zero", NOTE,
	                        .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[DROACK_FLAGS]      = { "icmpv6.rpl.p2p.droack.flag", "Flags", UINT16, HEX },
	[DROACK_SEQUENCE]   = { "icmpv6.rpl.p2p.droack.flag.seq", "Seq", UINT16, .mask = 0xc000 },
	[DROACK_RESERVED]   = { "icmpv6.rpl.p2p.droack.flag.reserved", "Reserved", UINT16, .mask = 0x3fff },
	[OPTION]            = { NULL, "ICMPv6 RPL Option", SUBTREE },
	[TYPE]              = { "icmpv6.rpl.opt.type", "Type", UINT8, .names = NAMES(option_types) },
	[LENGTH]            = { "icmpv6.rpl.opt.length", "Length", UINT8 },
	[OPTION_RESERVED]   = { "icmpv6.rpl.opt.reserved", "Reserved", SUBTREE },
	[PADN]              = { "icmpv6.rpl.opt.padn", "Paddn", SUBTREE },
	[DATA]              = { "icmpv6.data", "Data", OCTETS },
	[UNKNOWN_DATA]      = { "icmpv6.unknown_data", "Unknown Data", OCTETS },
	[UNKNOWN_DATA_NOTE] = { "icmpv6.unknown_data.expert", "Unknown Data (not interpreted)", NOTE,
	                        .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[UNDECODED]         = { "icmpv6.undecoded.rpl_option", "Undecoded RPL Option", NOTE, .severity = SEVERITY_NOTE,
	                        .group = GROUP_UNDECODED },
	[BAD_LENGTH]        = { "icmpv6.invalid_option_length", "Invalid Option Length", NOTE, .severity = SEVERITY_ERROR,
	                        .group = GROUP_MALFORMED },
	[METRIC]            = { "icmpv6.rpl.opt.metric.type", "Routing Metric/Constraint Type", UINT8,
	                        .names = NAMES(metric_types) },
	[METRIC_FLAGS]      = { "icmpv6.rpl.opt.metric.flags", "Flags", UINT16, HEX },
	[METRIC_RESERVED]   = { "icmpv6.rpl.opt.metric.reserved", "Reserved Flags", UINT16, HEX, .mask = 0xf800 },
	[METRIC_P]          = { "icmpv6.rpl.opt.metric.flag.p", "Flag P", BOOLEAN, .mask = 0x0400, .names = &set_or_not },
	[METRIC_C]          = { "icmpv6.rpl.opt.metric.flag.c", "Flag C", BOOLEAN, .mask = 0x0200, .names = &set_or_not },
	[METRIC_O]          = { "icmpv6.rpl.opt.metric.flag.o", "Flag O", BOOLEAN, .mask = 0x0100, .names = &set_or_not },
	[METRIC_R]          = { "icmpv6.rpl.opt.metric.flag.r", "Flag R", BOOLEAN, .mask = 0x0080, .names = &set_or_not },
	[METRIC_A]          = { "icmpv6.rpl.opt.metric.flag.a", "A Field", UINT16, HEX, .mask = 0x0070 },
	[METRIC_PRECEDENCE] = { "icmpv6.rpl.opt.metric.prec", "Precedence field", UINT16, HEX, .mask = 0x000f },
	[METRIC_LENGTH]     = { "icmpv6.rpl.opt.metric.length", "Metric Length", UINT8 },
	[METRIC_UNKNOWN]    = { "icmpv6.rpl.unknown.metric", "Unknown RPL metric/constraint type", NOTE,
	                        .severity = SEVERITY_NOTE, .group = GROUP_UNDECODED },
	[NSA]               = { "icmpv6.rpl.opt.metric.nsa.object", "Node State and Attribute Object", UINT16, HEX },
	[NSA_RESERVED]      = { "icmpv6.rpl.opt.metric.nsa.object.reserved", "Reserved field", UINT16, HEX, .mask = 0xff00 },
	[NSA_FLAGS]         = { "icmpv6.rpl.opt.metric.nsa.object.flags", "Flags", UINT16, HEX, .mask = 0x00fc },
	[NSA_A]             = { "icmpv6.rpl.opt.metric.nsa.object.flag.a", "Flag A", BOOLEAN, .mask = 0x0002,
	                        .names = &set_or_not },
	[NSA_O]             = { "icmpv6.rpl.opt.metric.nsa.object.flag.o", "Flag O", BOOLEAN, .mask = 0x0001,
	                        .names = &set_or_not },
	[NSA_TLV]           = { "icmpv6.rpl.opt.metric.nsa.object.opttlv.object", "Node State and Attribute Optional TLV",
	                        UINT8 },
	[NSA_TLV_TYPE]      = { "icmpv6.rpl.opt.metric.nsa.object.opttlv.object.type",
	                        "Node State and Attribute Optional TLV Type", UINT8 },
	[NSA_TLV_LENGTH]    = { "icmpv6.rpl.opt.metric.nsa.object.opttlv.object.length",
	                        "Node State and Attribute Optional TLV Length", UINT8 },
	[NSA_TLV_DATA]      = { "icmpv6.rpl.opt.metric.nsa.object.opttlv.object.data", "Raw Data", OCTETS },
	[ENERGY]            = { "icmpv6.rpl.opt.metric.ne.object", "Node Energy Object", UINT16, HEX },
	[ENERGY_FLAGS]      = { "icmpv6.rpl.opt.metric.ne.object.flags", "Flags field", UINT16, HEX, .mask = 0xf000 },
	[ENERGY_I]          = { "icmpv6.rpl.opt.metric.ne.object.flag.i", "Flag I", BOOLEAN, .mask = 0x0800,
	                        .names = &set_or_not },
	[ENERGY_TYPE]       = { "icmpv6.rpl.opt.metric.ne.object.type", "Type", UINT16, HEX, .mask = 0x0600 },
	[ENERGY_E]          = { "icmpv6.rpl.opt.metric.ne.object.flag.e", "Flag E", BOOLEAN, .mask = 0x0100,
	                        .names = &set_or_not },
	[ENERGY_VALUE]      = { "icmpv6.rpl.opt.metric.ne.object.energy", "Energy", UINT16, HEX, .mask = 0x00ff },
	[HOPS]              = { "icmpv6.rpl.opt.metric.hp.object", "Hop Count Object", UINT16, HEX },
	[HOPS_RESERVED]     = { "icmpv6.rpl.opt.metric.hp.object.reserved", "Reserved field", UINT16, HEX, .mask = 0xf000 },
	[HOPS_FLAGS]        = { "icmpv6.rpl.opt.metric.hp.object.flags", "Flags", UINT16, HEX, .mask = 0x0f00 },
	[HOPS_COUNT]        = { "icmpv6.rpl.opt.metric.hp.object.hp", "Hop Count", UINT16, .mask = 0x00ff },
	[THROUGHPUT]        = { "icmpv6.rpl.opt.metric.lt.object.lt", "Link Throughput", UINT32 },
	[LATENCY]           = { "icmpv6.rpl.opt.metric.ll.object.ll", "Link Latency", UINT32 },
	[QUALITY_RESERVED]  = { "icmpv6.rpl.opt.metric.lql.object.res", "Reserved field", UINT8, HEX, .mask = 0xff },
	[QUALITY]           = { "icmpv6.rpl.opt.metric.lql.object", "Link Quality Level Object", UINT8, HEX },
	[QUALITY_VALUE]     = { "icmpv6.rpl.opt.metric.lql.object.val", "Val(ue)", UINT8, HEX, .mask = 0xe0 },
	[QUALITY_COUNTER]   = { "icmpv6.rpl.opt.metric.lql.object.counter", "Counter", UINT8, .mask = 0x1f },
	[ETX]               = { "icmpv6.rpl.opt.metric.etx.object.etx", "ETX", UINT16 },
	[COLOR_RESERVED]    = { "icmpv6.rpl.opt.metric.lc.object.res", "Reserved field", UINT8, HEX, .mask = 0xff },
	[COLOR]             = { "icmpv6.rpl.opt.metric.lc.object", "Link Color Object", SUBTREE },
	[COLOR_COLOR]       = { "icmpv6.rpl.opt.metric.lc.object.lc", "Link Color", UINT16, HEX, .mask = 0xffc0 },
	[COLOR_COUNTER]     = { "icmpv6.rpl.opt.metric.lc.object.counter", "Counter", UINT16, .mask = 0x003f },
	[ROUTE_LENGTH]      = { "icmpv6.rpl.opt.route.prefix_length", "Prefix Length", UINT8 },
	[ROUTE_FLAGS]       = { "icmpv6.rpl.opt.route.flag", "Flag", UINT8, HEX },
	[ROUTE_PREFERENCE]  = { "icmpv6.rpl.opt.route.pref", "Preference", UINT8, .mask = 0x18, .names = NAMES(preferences) },
	[ROUTE_RESERVED]    = { "icmpv6.rpl.opt.route.reserved", "Reserved", UINT8, .mask = 0xe7 },
	[ROUTE_LIFETIME]    = { "icmpv6.rpl.opt.route.lifetime", "Route Lifetime", UINT32, .names = NAMES(infinity),
	                        .names_only = true },
	[ROUTE_PREFIX]      = { "icmpv6.rpl.opt.route.prefix", "Prefix", IPV6 },
	[CONFIG_FLAGS]      = { "icmpv6.rpl.opt.config.flag", "Flag", UINT8, HEX },
	[CONFIG_RESERVED]   = { "icmpv6.rpl.opt.config.reserved", "Reserved", UINT8, .mask = 0xf0 },
	[CONFIG_A]          = { "icmpv6.rpl.opt.config.auth", "Authentication Enabled", BOOLEAN, .mask = 0x08,
	                        .names = &set_or_not },
	[CONFIG_PCS]        = { "icmpv6.rpl.opt.config.pcs", "Path Control Size", UINT8, .mask = 0x07 },
	[CONFIG_DOUBLINGS]  = { "icmpv6.rpl.opt.config.interval_double", "DIOIntervalDoublings", UINT8 },
	[CONFIG_MINIMUM]    = { "icmpv6.rpl.opt.config.interval_min", "DIOIntervalMin", UINT16 },
	[CONFIG_REDUNDANCY] = { "icmpv6.rpl.opt.config.redundancy", "DIORedundancyConstant", UINT8 },
	[CONFIG_RANK]       = { "icmpv6.rpl.opt.config.max_rank_inc", "MaxRankInc", UINT16 },
	[CONFIG_HOP_RANK]   = { "icmpv6.rpl.opt.config.min_hop_rank_inc", "MinHopRankInc", UINT16 },
	[CONFIG_OCP]        = { "icmpv6.rpl.opt.config.ocp", "OCP (Objective Code Point)", UINT16 },
	[CONFIG_REST]       = { "icmpv6.rpl.opt.config.rsv", "Reserved", UINT8 },
	[CONFIG_LIFETIME]   = { "icmpv6.rpl.opt.config.def_lifetime", "Default Lifetime", UINT8 },
	[CONFIG_UNIT]       = { "icmpv6.rpl.opt.config.lifetime_unit", "Lifetime Unit", UINT16 },
	[TARGET_RESERVED]   = { "icmpv6.rpl.opt.target.flag", "Reserved", SUBTREE },
	[TARGET_LENGTH]     = { "icmpv6.rpl.opt.target.prefix_length", "Target Length", UINT8 },
	[TARGET]            = { "icmpv6.rpl.opt.target.prefix", "Target", IPV6 },
	[TRANSIT_FLAGS]     = { "icmpv6.rpl.opt.transit.flag", "Flags", UINT8, HEX },
	[TRANSIT_E]         = { "icmpv6.rpl.opt.transit.flag.e", "External", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[TRANSIT_RESERVED]  = { "icmpv6.rpl.opt.transit.flag.rsv", "Reserved", UINT8, .mask = 0x7f },
	[TRANSIT_CONTROL]   = { "icmpv6.rpl.opt.transit.pathctl", "Path Control", UINT8 },
	[TRANSIT_SEQUENCE]  = { "icmpv6.rpl.opt.transit.pathseq", "Path Sequence", UINT8 },
	[TRANSIT_LIFETIME]  = { "icmpv6.rpl.opt.transit.pathlifetime", "Path Lifetime", UINT8 },
	[TRANSIT_PARENT]    = { "icmpv6.rpl.opt.transit.parent", "Parent Address", IPV6 },
	[SOLICITED_INSTANCE] = { "icmpv6.rpl.opt.solicited.instance", "Instance", UINT8 },
	[SOLICITED_FLAGS]   = { "icmpv6.rpl.opt.solicited.flag", "Flag", UINT8, HEX },
	[SOLICITED_V]       = { "icmpv6.rpl.opt.solicited.flag.v", "Version predicate", BOOLEAN, .mask = 0x80 },
	[SOLICITED_I]       = { "icmpv6.rpl.opt.solicited.flag.i", "InstanceID predicate", BOOLEAN, .mask = 0x40 },
	[SOLICITED_D]       = { "icmpv6.rpl.opt.solicited.flag.d", "DODAGID predicate", BOOLEAN, .mask = 0x20 },
	[SOLICITED_RESERVED] = { "icmpv6.rpl.opt.solicited.flag.rsv", "Reserved", UINT8, .mask = 0x1f },
	[SOLICITED_DODAGID] = { "icmpv6.rpl.opt.solicited.dodagid", "DODAGID", IPV6 },
	[SOLICITED_VERSION] = { "icmpv6.rpl.opt.solicited.version", "Version", UINT8 },
	[PREFIX_LENGTH]     = { "icmpv6.rpl.opt.prefix.length", "Prefix Length", UINT8 },
	[PREFIX_FLAGS]      = { "icmpv6.rpl.opt.prefix.flag", "Flag", UINT8, HEX },
	[PREFIX_L]          = { "icmpv6.rpl.opt.prefix.flag.l", "On Link", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[PREFIX_A]          = { "icmpv6.rpl.opt.config.flag.a", "Auto Address Config", BOOLEAN, .mask = 0x40,
	                        .names = &set_or_not },
	[PREFIX_R]          = { "icmpv6.rpl.opt.config.flag.r", "Router Address", BOOLEAN, .mask = 0x20,
	                        .names = &set_or_not },
	[PREFIX_RESERVED]   = { "icmpv6.rpl.opt.config.flag.rsv", "Reserved", UINT8, .mask = 0x1f },
	[PREFIX_VALID]      = { "icmpv6.rpl.opt.prefix.valid_lifetime", "Valid Lifetime", UINT32, .names = NAMES(infinity),
	                        .names_only = true },
	[PREFIX_PREFERRED]  = { "icmpv6.rpl.opt.prefix.preferred_lifetime", "Preferred Lifetime", UINT32,
	                        .names = NAMES(infinity), .names_only = true },
	[PREFIX]            = { "icmpv6.rpl.opt.prefix", "Destination Prefix", IPV6 },
	[DESCRIPTOR]        = { "icmpv6.rpl.opt.targetdesc.descriptor", "Descriptor", UINT32, HEX },
	[RDO_FLAGS]         = { "icmpv6.rpl.opt.routediscovery.flag", "Flags", SUBTREE },
	[RDO_REPLY]         = { "icmpv6.rpl.opt.routediscovery.flag.reply", "Reply", BOOLEAN, .mask = 0x80,
	                        .names = &yes_or_no },
	[RDO_HOP_BY_HOP]    = { "icmpv6.rpl.opt.routediscovery.flag.hopbyhop", "Hop-by-Hop", BOOLEAN, .mask = 0x40,
	                        .names = &yes_or_no },
	[RDO_ROUTES]        = { "icmpv6.rpl.opt.routediscovery.flag.numofroutes", "Number of Routes", UINT8, .mask = 0x30 },
	[RDO_COMPR]         = { "icmpv6.rpl.opt.routediscovery.flag.compr", "Compr", UINT8, .mask = 0x0f },
	[RDO_LIFETIME]      = { "icmpv6.rpl.opt.routediscovery.lifetime", "Lifetime", UINT8, NUMBER_NAME, .mask = 0xc0 },
	[RDO_MAXRANK]       = { "icmpv6.rpl.opt.routediscovery.maxrank", "MaxRank", UINT8, NUMBER_NAME, .mask = 0x3f,
	                        .names = NAMES(ranks) },
	[RDO_NH]            = { "icmpv6.rpl.opt.routediscovery.nh", "NH", UINT8, .mask = 0x3f },
	[RDO_TARGET]        = { "icmpv6.rpl.opt.routediscovery.targetaddr", "Target Address", IPV6 },
	[RDO_VECTOR]        = { "icmpv6.rpl.opt.routediscovery.addr_vec", "Address Vector", SUBTREE },
	[RDO_ADDRESS]       = { "icmpv6.rpl.opt.routediscovery.addrvec.addr", "Address", IPV6 },
	[RDO_HOP_BY_HOP_NOTE] = { "icmpv6.rpl.p2p.hop_by_hop",
	                          "Reply MUST be set to one in order to establish a Hop-by-Hop Route", NOTE,
	                          .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[RDO_ROUTES_NOTE]   = { "icmpv6.rpl.p2p.num_of_routes",
	                        "This field MUST be set to zero when Hop-by-Hop Routes are being discovered", NOTE,
	                        .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[RDO_ZERO_NOTE]     = { "icmpv6.rpl.p2p.dro.rdo.zero",
	                        "This field MUST be set to zero when the P2P-RDO is included in a P2P-DRO", NOTE,
	                        .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
};

const struct protocol protocol_icmpv6_rpl = {
	.name = "ICMPv6 RPL control", .short_name = "ICMPv6", .filter = "icmpv6.rpl", .is_lower = true, .fields = fields,
	.field_count = N_FIELDS,
};

enum { DIS, DIO, DAO, DAO_ACK, P2P_DRO, P2P_DRO_ACK, CONSISTENCY_CHECK = 10, SECURE = 0x80 };

/* An option that is being read. What it says may reach beyond what its length says, and is read all the same. */
struct option {
	uint32_t end;    /* in the byte source */
	uint8_t length;
	uint8_t code;    /* of the message */
	node_ref node, length_node;
};

static uint32_t left_before(const struct wire *w, uint32_t end)
{
	return w->state == WIRE_GOOD && w->at < end ? end - w->at : 0;
}

static void add_blank(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	add_node(d, w, field, w->at, n, 0);
	wire_skip(w, n);
}

/* ---- metrics, RFC 6551 ---- */

static void add_node_state(struct dissection *d, struct wire *w, uint32_t end)
{
	icmpv6_flags16(d, w, &fields[NSA], &fields[NSA_O]);
	while (left_before(w, end)) {
		add_node(d, w, &fields[NSA_TLV], w->at, 1, wire_peek_u8(w, 0));
		node_ref node = open_subtree(d);
		add_uint8(d, w, &fields[NSA_TLV_TYPE]);
		uint8_t length = add_uint8(d, w, &fields[NSA_TLV_LENGTH]);
		add_octets(d, w, &fields[NSA_TLV_DATA], length);
		close_subtree(d, node, w);
	}
}

static void add_node_energy(struct dissection *d, struct wire *w, uint32_t end)
{
	while (left_before(w, end))
		icmpv6_flags16(d, w, &fields[ENERGY], &fields[ENERGY_VALUE]);
}

static void add_hop_count(struct dissection *d, struct wire *w, uint32_t end)
{
	(void)end;
	icmpv6_flags16(d, w, &fields[HOPS], &fields[HOPS_COUNT]);
}

static void add_throughput(struct dissection *d, struct wire *w, uint32_t end)
{
	while (left_before(w, end))
		add_uint32(d, w, &fields[THROUGHPUT]);
}

static void add_latency(struct dissection *d, struct wire *w, uint32_t end)
{
	while (left_before(w, end))
		add_uint32(d, w, &fields[LATENCY]);
}

static void add_link_quality(struct dissection *d, struct wire *w, uint32_t end)
{
	add_uint8(d, w, &fields[QUALITY_RESERVED]);
	while (left_before(w, end))
		icmpv6_flags8(d, w, &fields[QUALITY], &fields[QUALITY_COUNTER]);
}

static void add_etx(struct dissection *d, struct wire *w, uint32_t end)
{
	while (left_before(w, end))
		add_uint16(d, w, &fields[ETX]);
}

static void add_link_color(struct dissection *d, struct wire *w, uint32_t end)
{
	add_uint8(d, w, &fields[COLOR_RESERVED]);
	while (left_before(w, end)) {
		node_ref node = open_heading(d, w, &fields[COLOR]);
		uint16_t value = wire_u16(w);
		add_bits(d, w, &fields[COLOR_COLOR], &fields[COLOR_COUNTER], 2, value);
		close_subtree(d, node, w);
	}
}

static void (*const metrics[])(struct dissection *d, struct wire *w, uint32_t end) = {
	NULL, add_node_state, add_node_energy, add_hop_count, add_throughput, add_latency, add_link_quality, add_etx,
	add_link_color,
};

static void add_metrics(struct dissection *d, struct wire *w, const struct option *o)
{
	while (left_before(w, o->end) >= 3) {
		uint8_t type = add_uint8(d, w, &fields[METRIC]);
		node_ref node = open_subtree(d);
		icmpv6_flags16(d, w, &fields[METRIC_FLAGS], &fields[METRIC_PRECEDENCE]);
		uint8_t length = add_uint8(d, w, &fields[METRIC_LENGTH]);
		uint32_t end = w->at + length;
		if (type < sizeof metrics / sizeof *metrics && metrics[type])
			metrics[type](d, w, end);
		else if (w->state == WIRE_GOOD)
			note_on(d, o->length_node, &fields[METRIC_UNKNOWN]);
		close_subtree(d, node, w);
	}
}

/* ---- options, RFC 6550, section 6.7 ---- */

static void add_padding(struct dissection *d, struct wire *w, const struct option *o)
{
	add_blank(d, w, &fields[PADN], o->length);
	append_text(d, w, d->last, " (Length : %u bytes)", o->length);
}

/* A prefix that an option may leave out, in whole or by half. Says so when its length allows for neither. */
static void add_short_prefix(struct dissection *d, struct wire *w, const struct option *o, const struct field *field,
                             uint32_t n, bool allowed, uint8_t length)
{
	if (!allowed) {
		if (w->state == WIRE_GOOD)
			note_on(d, o->length_node, &fields[BAD_LENGTH]);
		return;
	}
	const uint8_t *p = wire_bytes(w, n);
	if (!p || !SHOWING(d, w))
		return;
	uint8_t *address = arena_zero(d->arena, 16);
	memcpy(address, p, n);
	if (n)
		add_node_octets(d, w, field, w->at - n, n, address, 16);
	append_text(d, w, o->node, " %s/%u", ipv6_text(d, address), length);
}

static void add_route(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t length = add_uint8(d, w, &fields[ROUTE_LENGTH]);
	uint8_t flags = add_uint8(d, w, &fields[ROUTE_FLAGS]);
	node_ref node = open_subtree(d);
	append_text(d, w, node, ", Preference: %s", preferences[flags >> 3 & 3].text);
	add_bits(d, w, &fields[ROUTE_PREFERENCE], &fields[ROUTE_RESERVED], 1, flags);
	close_subtree(d, node, NULL);
	add_uint32(d, w, &fields[ROUTE_LIFETIME]);
	uint32_t n = o->length - 6u;
	add_short_prefix(d, w, o, &fields[ROUTE_PREFIX], n, n == 0 || n == 8 || n == 16, length);
}

static void add_configuration(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	icmpv6_flags8(d, w, &fields[CONFIG_FLAGS], &fields[CONFIG_PCS]);
	add_uint8(d, w, &fields[CONFIG_DOUBLINGS]);
	uint8_t minimum = wire_u8(w);
	add_node(d, w, &fields[CONFIG_MINIMUM], w->at - 1, 1, minimum);
	add_uint8(d, w, &fields[CONFIG_REDUNDANCY]);
	add_uint16(d, w, &fields[CONFIG_RANK]);
	add_uint16(d, w, &fields[CONFIG_HOP_RANK]);
	add_uint16(d, w, &fields[CONFIG_OCP]);
	add_uint8(d, w, &fields[CONFIG_REST]);
	add_uint8(d, w, &fields[CONFIG_LIFETIME]);
	add_uint16(d, w, &fields[CONFIG_UNIT]);
}

static void add_target(struct dissection *d, struct wire *w, const struct option *o)
{
	add_blank(d, w, &fields[TARGET_RESERVED], 1);
	uint8_t length = add_uint8(d, w, &fields[TARGET_LENGTH]);
	uint32_t n = o->length - 2u;
	add_short_prefix(d, w, o, &fields[TARGET], n, n == 0 || n == 8 || n == 16, length);
}

static void add_transit(struct dissection *d, struct wire *w, const struct option *o)
{
	icmpv6_flags8(d, w, &fields[TRANSIT_FLAGS], &fields[TRANSIT_RESERVED]);
	add_uint8(d, w, &fields[TRANSIT_CONTROL]);
	add_uint8(d, w, &fields[TRANSIT_SEQUENCE]);
	add_uint8(d, w, &fields[TRANSIT_LIFETIME]);
	if (!left_before(w, o->end))
		return;
	const uint8_t *parent = add_ipv6(d, w, &fields[TRANSIT_PARENT]);
	if (SHOWING(d, w))
		append_text(d, w, o->node, " %s", ipv6_text(d, parent));
}

static void add_solicited(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	add_uint8(d, w, &fields[SOLICITED_INSTANCE]);
	icmpv6_flags8(d, w, &fields[SOLICITED_FLAGS], &fields[SOLICITED_RESERVED]);
	add_ipv6(d, w, &fields[SOLICITED_DODAGID]);
	add_uint8(d, w, &fields[SOLICITED_VERSION]);
}

static void add_prefix(struct dissection *d, struct wire *w, const struct option *o)
{
	uint8_t length = add_uint8(d, w, &fields[PREFIX_LENGTH]);
	icmpv6_flags8(d, w, &fields[PREFIX_FLAGS], &fields[PREFIX_RESERVED]);
	add_uint32(d, w, &fields[PREFIX_VALID]);
	add_uint32(d, w, &fields[PREFIX_PREFERRED]);
	add_blank(d, w, &fields[OPTION_RESERVED], 4);
	const uint8_t *prefix = add_ipv6(d, w, &fields[PREFIX]);
	if (SHOWING(d, w))
		append_text(d, w, o->node, " %s/%u", ipv6_text(d, prefix), length);
}

static void add_descriptor(struct dissection *d, struct wire *w, const struct option *o)
{
	(void)o;
	add_uint32(d, w, &fields[DESCRIPTOR]);
}

/* RFC 6997, section 7. */
static void add_route_discovery(struct dissection *d, struct wire *w, const struct option *o)
{
	bool in_reply = (o->code & ~SECURE) == P2P_DRO;
	node_ref node = open_heading(d, w, &fields[RDO_FLAGS]);
	uint8_t flags = add_uint8(d, w, &fields[RDO_REPLY]);
	if (in_reply && flags & 0x80)
		note_on(d, d->last, &fields[RDO_ZERO_NOTE]);
	add_node(d, w, &fields[RDO_HOP_BY_HOP], w->at - 1, 1, flags);
	if (!in_reply && (flags & 0xc0) == 0x40)
		note_on(d, d->last, &fields[RDO_HOP_BY_HOP_NOTE]);
	add_node(d, w, &fields[RDO_ROUTES], w->at - 1, 1, flags);
	if (flags & 0x30 && (in_reply || flags & 0x40))
		note_on(d, d->last, &fields[in_reply ? RDO_ZERO_NOTE : RDO_ROUTES_NOTE]);
	add_node(d, w, &fields[RDO_COMPR], w->at - 1, 1, flags);
	close_subtree(d, node, w);

	uint8_t rank = add_uint8(d, w, &fields[RDO_LIFETIME]);
	if (!in_reply)
		append_text(d, w, d->last, " (%s)", lifetimes[rank >> 6].text);
	else if (rank >> 6)
		note_on(d, d->last, &fields[RDO_ZERO_NOTE]);
	add_node(d, w, &fields[in_reply ? RDO_NH : RDO_MAXRANK], w->at - 1, 1, rank);
	add_ipv6(d, w, &fields[RDO_TARGET]);

	unsigned elided = flags & 0xf, n = 16 - elided;
	unsigned count = left_before(w, o->end) / n;
	node_ref vector = open_heading(d, w, &fields[RDO_VECTOR]);
	append_text(d, w, vector, " (%u Address%s)", count, count == 1 ? "" : "es");
	for (; count && w->state == WIRE_GOOD; count--) {
		const uint8_t *p = wire_bytes(w, n);
		if (!p || d->first_pass)
			continue;
		uint8_t *address = arena_zero(d->arena, 16);
		memcpy(address + elided, p, n);
		add_node_octets(d, w, &fields[RDO_ADDRESS], w->at - n, n, address, 16);
	}
	close_subtree(d, vector, w);
}

static void (*const options[])(struct dissection *d, struct wire *w, const struct option *o) = {
	NULL, add_padding, add_metrics, add_route, add_configuration, add_target, add_transit, add_solicited, add_prefix,
	add_descriptor, add_route_discovery,
};

static void add_undecoded(struct dissection *d, struct wire *w, const struct option *o, uint8_t type)
{
	add_note_text(d, w, &fields[UNDECODED],
	              "Dissector for ICMPv6 RPL Option (%u) code not implemented, Contact Wireshark developers if you want this supported",
	              type);
	add_octets(d, w, &fields[DATA], left_before(w, o->end));
}

static void add_option(struct dissection *d, struct wire *w, uint8_t code)
{
	struct option o = { .code = code };
	uint8_t type = wire_peek_u8(w, 0);
	const char *name = name_of(fields[TYPE].names, type);

	if (type && !wire_need(w, 2))
		return;
	o.node = open_heading(d, w, &fields[OPTION]);
	append_text(d, w, o.node, " (%s", name ? name : text_of(d, "Unknown %u", type));
	add_uint8(d, w, &fields[TYPE]);
	if (type) {
		o.length = add_uint8(d, w, &fields[LENGTH]);
		o.length_node = d->last;
		o.end = w->at + o.length;
		if (type < sizeof options / sizeof *options)
			options[type](d, w, &o);
		else
			add_undecoded(d, w, &o, type);
		uint32_t rest = left_before(w, o.end);
		if (rest) {
			add_octets(d, w, &fields[UNKNOWN_DATA], rest);
			if (w->state == WIRE_GOOD)
				note_on(d, d->last, &fields[UNKNOWN_DATA_NOTE]);
		}
		if (w->state == WIRE_GOOD)
			w->at = o.end;
	}
	append_literal(d, w, o.node, ")");
	close_subtree(d, o.node, w);
}

/* ---- messages, RFC 6550, sections 6.1 to 6.6 ---- */

static void add_security(struct dissection *d, struct wire *w)
{
	/* By level: is there a key's source, its index. */
	static const uint8_t has_source = 0x4c, has_index = 0x5d;

	icmpv6_flags8(d, w, &fields[SECURE_FLAGS], &fields[SECURE_T_RESERVED]);
	add_uint8(d, w, &fields[SECURE_ALGORITHM]);
	uint8_t level = add_uint8(d, w, &fields[SECURE_LEVEL_FLAGS]);
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[SECURE_KIM], &fields[SECURE_RESERVED], 1, level);
	close_subtree(d, node, NULL);
	add_uint8(d, w, &fields[SECURE_LEVEL_FLAGS]);
	add_uint32(d, w, &fields[SECURE_COUNTER]);
	if (has_source >> (level & 7) & 1)
		add_octets(d, w, &fields[SECURE_SOURCE], 8);
	if (has_index >> (level & 7) & 1)
		add_uint8(d, w, &fields[SECURE_INDEX]);
}

static void add_solicitation(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[DIS_FLAGS]);
	add_octets(d, w, &fields[RESERVED], 1);
}

static void add_information(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[DIO_INSTANCE]);
	add_uint8(d, w, &fields[DIO_VERSION]);
	add_uint16(d, w, &fields[DIO_RANK]);
	uint8_t flags = add_uint8(d, w, &fields[DIO_FLAGS]);
	node_ref node = open_subtree(d);
	for (unsigned i = DIO_G; i <= DIO_ZERO; i++)
		if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	append_text(d, w, node, ", %s: %s", fields[DIO_MODE].label,
	            name_or(fields[DIO_MODE].names, flags >> 3 & 7, text_of(d, "Unknown (%u)", flags >> 3 & 7)));
	add_bits(d, w, &fields[DIO_G], &fields[DIO_PREFERENCE], 1, flags);
	close_subtree(d, node, NULL);
	add_uint8(d, w, &fields[DIO_DTSN]);
	add_uint8(d, w, &fields[SECURE_FLAGS]);
	add_octets(d, w, &fields[RESERVED], 1);
	add_ipv6(d, w, &fields[DIO_DAGID]);
}

static void add_advertisement(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[DAO_INSTANCE]);
	uint8_t flags = wire_peek_u8(w, 0);
	icmpv6_flags8(d, w, &fields[DAO_FLAGS], &fields[DAO_RESERVED]);
	add_octets(d, w, &fields[RESERVED], 1);
	add_uint8(d, w, &fields[DAO_SEQUENCE]);
	if (flags & 0x40)
		add_ipv6(d, w, &fields[DAO_DODAGID]);
}

static void add_acknowledgment(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[ACK_INSTANCE]);
	uint8_t flags = wire_peek_u8(w, 0);
	icmpv6_flags8(d, w, &fields[ACK_FLAGS], &fields[ACK_RESERVED]);
	add_uint8(d, w, &fields[ACK_SEQUENCE]);
	add_uint8(d, w, &fields[ACK_STATUS]);
	if (flags & 0x80)
		add_ipv6(d, w, &fields[ACK_DODAGID]);
}

static void add_discovery_start(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[DRO_INSTANCE]);
	if (add_uint8(d, w, &fields[DRO_VERSION]))
		note_on(d, d->last, &fields[DRO_ZERO_NOTE]);
}

static void add_discovery_reply(struct dissection *d, struct wire *w)
{
	add_discovery_start(d, w);
	icmpv6_flags16(d, w, &fields[DRO_FLAGS], &fields[DRO_RESERVED]);
	add_ipv6(d, w, &fields[DRO_DAGID]);
}

static void add_discovery_acknowledgment(struct dissection *d, struct wire *w)
{
	add_discovery_start(d, w);
	icmpv6_flags16(d, w, &fields[DROACK_FLAGS], &fields[DROACK_RESERVED]);
	add_ipv6(d, w, &fields[DRO_DAGID]);
}

static void add_consistency_check(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[CC_INSTANCE]);
	icmpv6_flags8(d, w, &fields[CC_FLAGS], &fields[CC_RESERVED]);
	add_uint16(d, w, &fields[CC_NONCE]);
	add_ipv6(d, w, &fields[CC_DODAGID]);
	add_uint32(d, w, &fields[CC_COUNTER]);
}

/* By code; those of secure messages have one bit more. Options follow all of them but the acknowledgment of a discovery. */
static void (*const messages[])(struct dissection *d, struct wire *w) = {
	[DIS] = add_solicitation, [DIO] = add_information, [DAO] = add_advertisement, [DAO_ACK] = add_acknowledgment,
	[P2P_DRO] = add_discovery_reply, [P2P_DRO_ACK] = add_discovery_acknowledgment,
	[CONSISTENCY_CHECK] = add_consistency_check,
};

static void add_rpl(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	uint8_t code = m->code;
	unsigned kind = code & ~SECURE & 0xff;

	if (code & SECURE)
		add_security(d, w);
	if (kind >= sizeof messages / sizeof *messages || !messages[kind] || code == CONSISTENCY_CHECK)
		return;
	messages[kind](d, w);
	while (kind != P2P_DRO_ACK && wire_more(w))
		add_option(d, w, code);
}

const struct icmpv6_body icmpv6_rpl[] = {
	{ 155, NAMES(codes), add_rpl },
	{ 0 },
};
