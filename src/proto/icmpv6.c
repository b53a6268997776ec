/*
 * icmpv6.c: ICMPv6, RFC 4443: errors, echo, multicast listeners (RFC 2710, 3810), neighbour discovery (RFC 4861), router
 * renumbering (RFC 2894), node information (RFC 4620), Mobile IPv6 (RFC 6275, 5568), certification paths (RFC 3971),
 * multicast routers (RFC 4286), locators (RFC 6743), duplicate addresses in 6LoWPAN (RFC 6775), MPL (RFC 7731), extended
 * echo (RFC 8335). Options are in icmpv6_options.c, RPL (RFC 6550) in icmpv6_rpl.c.
 *
 *	 0                   1                   2                   3
 *	|     Type      |     Code      |           Checksum            |
 *	|                         Message body ...
 */

#include "dissect/icmpv6.h"

#include "dissect/checksum.h"
#include "dissect/dns.h"
#include "dissect/icmp.h"
#include "dissect/ip.h"
#include "dissect/text.h"

enum {
	ICMPV6, TYPE,
	CODE, CODE_UNREACHABLE, CODE_EXCEEDED, CODE_PARAMETER, CODE_RENUMBERING, CODE_QUERY, CODE_REPLY, CODE_RPL,
	CODE_EXTENDED_REQUEST, CODE_EXTENDED_REPLY,
	CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, /* N_CHECKSUM_FIELDS of them */
	RESPONSE_IN_FRAME, RESPONSE_TO_FRAME, DELAY, NO_RESPONSE_SEEN, NOT_FOUND, /* N_ECHO_FIELDS of them */
	RESERVED, DATA, UNDECODED, ORIGINAL_LENGTH, MTU, POINTER, IDENTIFIER, SEQUENCE,
	MAX_DELAY, MAX_CODE, GROUP, QUERY_FLAGS, FLAG_SUPPRESS, FLAG_QRV, FLAG_QUERY_RESERVED, QQIC, SOURCE_COUNT, QUERY_SOURCE,
	RECORD_COUNT, RECORD, RECORD_TYPE, RECORD_AUX_LENGTH, RECORD_SOURCES, RECORD_GROUP, RECORD_SOURCE, RECORD_AUX,
	HOP_LIMIT, RA_FLAGS, RA_M, RA_O, RA_H, RA_PREFERENCE, RA_P, RA_RESERVED, ROUTER_LIFETIME, REACHABLE_TIME,
	RETRANS_TIMER,
	NS_TARGET, NA_FLAGS, NA_R, NA_S, NA_O, NA_RESERVED, NA_TARGET, REDIRECT_TARGET, REDIRECT_DESTINATION,
	RR_SEQUENCE, RR_SEGMENT, RR_FLAGS, RR_T, RR_R, RR_A, RR_S, RR_P, RR_RESERVED, RR_DELAY,
	RR_MATCH, RR_OPCODE, RR_OPLENGTH, RR_ORDINAL, RR_MATCHLEN, RR_MINLEN, RR_MAXLEN, RR_MATCH_PREFIX, RR_MATCHLEN_BAD,
	RR_USE, RR_USELEN, RR_KEEPLEN, RR_MASK, RR_MASK_L, RR_MASK_A, RR_MASK_RESERVED, RR_RAFLAGS, RR_RAFLAGS_L,
	RR_RAFLAGS_A, RR_RAFLAGS_RESERVED, RR_VALID, RR_PREFERRED, RR_USE_FLAGS, RR_USE_V, RR_USE_P, RR_USE_RESERVED,
	RR_USE_PREFIX,
	RR_RESULT, RR_RESULT_FLAGS, RR_RESULT_RESERVED, RR_RESULT_B, RR_RESULT_F, RR_RESULT_ORDINAL, RR_MATCHEDLEN,
	RR_INTERFACE, RR_MATCHED_PREFIX, RR_MATCHEDLEN_BAD,
	NI_TYPE, NI_FLAGS, NI_G, NI_S, NI_L, NI_C, NI_A, NI_T, NI_RESERVED, NI_NONCE, NI_SUBJECT_V6, NI_SUBJECT_NAME,
	NI_SUBJECT_V4, NI_TTL, NI_NAME, NI_V6, NI_V4,
	MIP_IDENTIFIER, MIP_HOME_AGENT, MIP_FLAGS, MIP_M, MIP_O, MIP_RESERVED,
	SEND_IDENTIFIER, SEND_ALL, SEND_COMPONENT,
	FMIP_SUBTYPE, FMIP_FLAGS, FMIP_S, FMIP_A, FMIP_RESERVED, FMIP_IDENTIFIER,
	MRD_INTERVAL, MRD_ROBUSTNESS,
	LOCATOR_COUNT, LOCATOR, LOCATOR_PREFERENCE, LOCATOR_LIFETIME,
	DA_STATUS, DA_RESERVED, DA_LIFETIME, DA_EUI64, DA_ADDRESS,
	MPL_UNKNOWN, MPL_CODE_NOTE, MPL_SEED, MPL_MIN_SEQUENCE, MPL_LENGTH, MPL_ID_LENGTH, MPL_ID, MPL_MESSAGES, MPL_SEQUENCE,
	EXTENDED_SEQUENCE, EXTENDED_RESERVED, EXTENDED_LOCAL, STATE, STATE_RESERVED, STATE_ACTIVE, STATE_IPV4, STATE_IPV6,
	N_FIELDS
};

static const struct name types[] = {
	{ 1, "Destination Unreachable" },
	{ 2, "Packet Too Big" },
	{ 3, "Time Exceeded" },
	{ 4, "Parameter Problem" },
	{ 100, "Private experimentation", 101 },
	{ 127, "Reserved for expansion of ICMPv6 error messages" },
	{ 128, "Echo (ping) request" },
	{ 129, "Echo (ping) reply" },
	{ 130, "Multicast Listener Query" },
	{ 131, "Multicast Listener Report" },
	{ 132, "Multicast Listener Done" },
	{ 133, "Router Solicitation" },
	{ 134, "Router Advertisement" },
	{ 135, "Neighbor Solicitation" },
	{ 136, "Neighbor Advertisement" },
	{ 137, "Redirect" },
	{ 138, "Router Renumbering" },
	{ 139, "Node Information Query" },
	{ 140, "Node Information Reply" },
	{ 141, "Inverse Neighbor Discovery Solicitation" },
	{ 142, "Inverse Neighbor Discovery Advertisement" },
	{ 143, "Multicast Listener Report Message v2" },
	{ 144, "Home Agent Address Discovery Request" },
	{ 145, "Home Agent Address Discovery Reply" },
	{ 146, "Mobile Prefix Solicitation" },
	{ 147, "Mobile Prefix Advertisement" },
	{ 148, "Certification Path Solicitation" },
	{ 149, "Certification Path Advertisement" },
	{ 150, "Experimental Mobility" },
	{ 151, "Multicast Router Advertisement" },
	{ 152, "Multicast Router Solicitation" },
	{ 153, "Multicast Router Termination" },
	{ 154, "FMIPv6" },
	{ 155, "RPL Control" },
	{ 156, "Locator Update" },
	{ 157, "Duplicate Address Request" },
	{ 158, "Duplicate Address Confirmation" },
	{ 159, "MPL Control Message" },
	{ 160, "Extended Echo request" },
	{ 161, "Extended Echo reply" },
	{ 200, "Private experimentation", 201 },
	{ 255, "Reserved for expansion of ICMPv6 informational messages" },
};
static const struct name unreachable_codes[] = {
	{ 0, "no route to destination" },
	{ 1, "Administratively prohibited" },
	{ 2, "Beyond scope of source address" },
	{ 3, "Address unreachable" },
	{ 4, "Port unreachable" },
	{ 5, "Source address failed ingress/egress policy" },
	{ 6, "Reject route to destination" },
	{ 7, "Error in Source Routing Header" },
	{ 8, "Unknown", 255 },
};
static const struct name exceeded_codes[] = {
	{ 0, "hop limit exceeded in transit" }, { 1, "fragment reassembly time exceeded" },
};
static const struct name parameter_codes[] = {
	{ 0, "erroneous header field encountered" },
	{ 1, "unrecognized Next Header type encountered" },
	{ 2, "unrecognized IPv6 option encountered" },
	{ 3, "IPv6 First Fragment has incomplete IPv6 Header Chain" },
};
static const struct name renumbering_codes[] = {
	{ 0, "Command" }, { 1, "Result" }, { 255, "Sequence number reset" },
};
static const struct name query_codes[] = {
	{ 0, "Query subject = IPv6 addresses" },
	{ 1, "Query subject = DNS name or empty" },
	{ 2, "Query subject = IPv4 addresses" },
};
static const struct name reply_codes[] = {
	{ 0, "Successful" }, { 1, "Refused" }, { 2, "Unknown query type" },
};
static const struct name extended_request_codes[] = { { 0, "No error" } };
static const struct name extended_reply_codes[] = {
	{ 0, "No error" }, { 1, "Malformed Query" }, { 2, "No Such Interface" }, { 3, "No Such Table Entry" },
	{ 4, "Multiple Interfaces Satisfy Query" },
};
static const struct name preferences[] = { { 0, "Medium" }, { 1, "High" }, { 2, "Reserved" }, { 3, "Low" } };
static const struct name record_types[] = {
	{ 1, "Include" }, { 2, "Exclude" }, { 3, "Changed to include" }, { 4, "Changed to exclude" },
	{ 5, "Allow new sources" }, { 6, "Block old sources" },
};
static const struct name opcodes[] = { { 1, "Add" }, { 2, "Change" }, { 3, "Set Global" } };
static const struct name infinity[] = { { 0xffffffff, "Infinity" } };
static const struct name query_types[] = {
	{ 0, "NOOP" }, { 1, "Supported query types (Obsolete)" }, { 2, "Node Name" }, { 3, "Node addresses" },
	{ 4, "IPv4 node addresses" },
};
static const struct name unicast[] = { { 0, "Unicast addresses on the queried interface" }, { 1, "All unicast address" } };
static const struct name fmip_subtypes[] = {
	{ 2, "Router Solicitation for Proxy Advertisement" },
	{ 3, "Proxy Router Advertisement" },
	{ 4, "Handover Initiate" },
	{ 5, "Handover Acknowledge" },
};
/* What codes mean for the subtypes that have some. */
static const struct name proxy_codes[] = {
	{ 0, "MN should use AP-ID, AR-info tuple" }, { 1, "Network Initiated Handover trigger" },
	{ 2, "No new router information" }, { 3, "Limited new router information" }, { 4, "Unsolicited" },
};
static const struct name initiate_codes[] = {
	{ 0, "FBU sent from previous link" }, { 1, "FBU sent from new link" },
};
static const struct name acknowledge_codes[] = {
	{ 0, "Handover Accepted, NCoA valid" }, { 1, "Handover Accepted, NCoA not valid" },
	{ 2, "Handover Accepted, NCoA in use" }, { 3, "Handover Accepted, NCoA assigned" },
	{ 4, "Handover Accepted, NCoA not assigned" },
	{ 128, "Handover Not Accepted, reason unspecified" }, { 129, "Administratively prohibited" },
	{ 130, "Insufficient resources" },
};
static const struct name da_statuses[] = {
	{ 0, "Success" }, { 1, "Duplicate Exists" }, { 2, "Neighbor Cache Full" },
};
static const struct name seed_id_lengths[] = {
	{ 0, "0 bit, not included in MPL Seed Info" }, { 1, "16 bits" }, { 2, "64 bits" }, { 3, "128 bits" },
};
static const struct name states[] = {
	{ 0, "Reserved" }, { 1, "Incomplete" }, { 2, "Reachable" }, { 3, "Stale" }, { 4, "Delay" }, { 5, "Probe" },
	{ 6, "Failed" },
};

static const struct field fields[N_FIELDS] = {
	[ICMPV6]              = { "icmpv6", "Internet Control Message Protocol v6", PROTOCOL },
	[TYPE]                = { "icmpv6.type", "Type", UINT8, .names = NAMES(types) },
	[CODE]                = { "icmpv6.code", "Code", UINT8 },
	[CODE_UNREACHABLE]    = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(unreachable_codes) },
	[CODE_EXCEEDED]       = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(exceeded_codes) },
	[CODE_PARAMETER]      = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(parameter_codes) },
	[CODE_RENUMBERING]    = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(renumbering_codes) },
	[CODE_QUERY]          = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(query_codes) },
	[CODE_REPLY]          = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(reply_codes) },
	[CODE_RPL]            = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = &icmpv6_rpl_codes },
	[CODE_EXTENDED_REQUEST] = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(extended_request_codes) },
	[CODE_EXTENDED_REPLY] = { "icmpv6.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(extended_reply_codes) },
	[CHECKSUM]            = { "icmpv6.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS]     = { "icmpv6.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                          .names = &checksum_status_names },
	[CHECKSUM_BAD]        = { "icmpv6.checksum_bad.expert", "Bad checksum", NOTE, .severity = SEVERITY_WARNING,
	                          .group = GROUP_CHECKSUM },
	[RESPONSE_IN_FRAME]   = { "icmpv6.resp_in", "Response In", FRAME_NUMBER, .generated = true },
	[RESPONSE_TO_FRAME]   = { "icmpv6.resp_to", "Response To", FRAME_NUMBER, .generated = true },
	[DELAY]               = { "icmpv6.resptime", "Response Time", DOUBLE, .generated = true },
	[NO_RESPONSE_SEEN]    = { "icmpv6.no_resp", "No response seen", SUBTREE, .generated = true },
	[NOT_FOUND]           = { "icmpv6.resp_not_found", "Response not found", NOTE, .severity = SEVERITY_WARNING,
	                          .group = GROUP_SEQUENCE },
	[RESERVED]            = { "icmpv6.reserved", "Reserved", OCTETS },
	[DATA]                = { "icmpv6.data", "Data", OCTETS },
	[UNDECODED]           = { "icmpv6.undecoded.type", "Undecoded type", NOTE, .severity = SEVERITY_NOTE,
	                          .group = GROUP_UNDECODED },
	[ORIGINAL_LENGTH]     = { "icmpv6.length", "Length of original datagram", UINT8 },
	[MTU]                 = { "icmpv6.mtu", "MTU", UINT32 },
	[POINTER]             = { "icmpv6.pointer", "Pointer", UINT32 },
	[IDENTIFIER]          = { "icmpv6.echo.identifier", "Identifier", UINT16, HEX },
	[SEQUENCE]            = { "icmpv6.echo.sequence_number", "Sequence", UINT16 },
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
	[HOP_LIMIT]           = { "icmpv6.nd.ra.cur_hop_limit", "Cur hop limit", UINT8 },
	[RA_FLAGS]            = { "icmpv6.nd.ra.flag", "Flags", UINT8, HEX },
	[RA_M]                = { "icmpv6.nd.ra.flag.m", "Managed address configuration", BOOLEAN, .mask = 0x80,
	                          .names = &set_or_not },
	[RA_O]                = { "icmpv6.nd.ra.flag.o", "Other configuration", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[RA_H]                = { "icmpv6.nd.ra.flag.h", "Home Agent", BOOLEAN, .mask = 0x20, .names = &set_or_not },
	[RA_PREFERENCE]       = { "icmpv6.nd.ra.flag.prf", "Prf (Default Router Preference)", UINT8, .mask = 0x18,
	                          .names = NAMES(preferences) },
	[RA_P]                = { "icmpv6.nd.ra.flag.p", "Proxy", BOOLEAN, .mask = 0x04, .names = &set_or_not },
	[RA_RESERVED]         = { "icmpv6.nd.ra.flag.rsv", "Reserved", UINT8, .mask = 0x03 },
	[ROUTER_LIFETIME]     = { "icmpv6.nd.ra.router_lifetime", "Router lifetime (s)", UINT16 },
	[REACHABLE_TIME]      = { "icmpv6.nd.ra.reachable_time", "Reachable time (ms)", UINT32 },
	[RETRANS_TIMER]       = { "icmpv6.nd.ra.retrans_timer", "Retrans timer (ms)", UINT32 },
	[NS_TARGET]           = { "icmpv6.nd.ns.target_address", "Target Address", IPV6 },
	[NA_FLAGS]            = { "icmpv6.nd.na.flag", "Flags", UINT32, HEX },
	[NA_R]                = { "icmpv6.nd.na.flag.r", "Router", BOOLEAN, .mask = 0x80000000, .names = &set_or_not },
	[NA_S]                = { "icmpv6.nd.na.flag.s", "Solicited", BOOLEAN, .mask = 0x40000000, .names = &set_or_not },
	[NA_O]                = { "icmpv6.nd.na.flag.o", "Override", BOOLEAN, .mask = 0x20000000, .names = &set_or_not },
	[NA_RESERVED]         = { "icmpv6.nd.na.flag.rsv", "Reserved", UINT32, .mask = 0x1fffffff },
	[NA_TARGET]           = { "icmpv6.nd.na.target_address", "Target Address", IPV6 },
	[REDIRECT_TARGET]     = { "icmpv6.nd.rd.target_address", "Target Address", IPV6 },
	[REDIRECT_DESTINATION] = { "icmpv6.rd.na.destination_address", "Destination Address", IPV6 },
	[RR_SEQUENCE]         = { "icmpv6.rr.sequence_number", "Sequence Number", UINT32 },
	[RR_SEGMENT]          = { "icmpv6.rr.segment_number", "Segment Number", UINT8 },
	[RR_FLAGS]            = { "icmpv6.rr.flag", "Flags", UINT8, HEX },
	[RR_T]                = { "icmpv6.rr.flag.t", "Test Command", BOOLEAN, .mask = 0x80, .names = &set_or_not },
	[RR_R]                = { "icmpv6.rr.flag.r", "Result requested", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[RR_A]                = { "icmpv6.rr.flag.a", "All Interfaces", BOOLEAN, .mask = 0x20, .names = &set_or_not },
	[RR_S]                = { "icmpv6.rr.flag.s", "Site-specific", BOOLEAN, .mask = 0x10, .names = &set_or_not },
	[RR_P]                = { "icmpv6.rr.flag.p", "Processed previously", BOOLEAN, .mask = 0x08, .names = &set_or_not },
	[RR_RESERVED]         = { "icmpv6.rr.flag.rsv", "Reserved", UINT8, .mask = 0x07 },
	[RR_DELAY]            = { "icmpv6.rr.maxdelay", "Max Delay", UINT16 },
	[RR_MATCH]            = { "icmpv6.rr.pco.mp", "Match-Prefix Part", SUBTREE },
	[RR_OPCODE]           = { "icmpv6.rr.pco.mp.opcode", "OpCode", UINT8, .names = NAMES(opcodes) },
	[RR_OPLENGTH]         = { "icmpv6.rr.pco.mp.oplength", "OpLength", UINT8 },
	[RR_ORDINAL]          = { "icmpv6.rr.pco.mp.ordinal", "Ordinal", UINT8, HEX },
	[RR_MATCHLEN]         = { "icmpv6.rr.pco.mp.matchlen", "MatchLen", UINT8 },
	[RR_MINLEN]           = { "icmpv6.rr.pco.mp.minlen", "MinLen", UINT8 },
	[RR_MAXLEN]           = { "icmpv6.rr.pco.mp.maxlen", "MaxLen", UINT8 },
	[RR_MATCH_PREFIX]     = { "icmpv6.rr.pco.mp.matchprefix", "MatchPrefix", IPV6 },
	[RR_MATCHLEN_BAD]     = { "icmpv6.rr.pco.mp.matchlen.gt128", "MatchLen is greater than 128", NOTE,
	                          .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[RR_USE]              = { "icmpv6.rr.pco.up", "Use-Prefix Part", SUBTREE },
	[RR_USELEN]           = { "icmpv6.rr.pco.up.uselen", "UseLen", UINT8 },
	[RR_KEEPLEN]          = { "icmpv6.rr.pco.up.keeplen", "KeepLen", UINT8 },
	[RR_MASK]             = { "icmpv6.rr.pco.up.flagmask", "FlagMask", UINT8, HEX },
	[RR_MASK_L]           = { "icmpv6.rr.pco.up.flagmask.l", "On-link flag(L)", BOOLEAN, .mask = 0x80,
	                          .names = &set_or_not },
	[RR_MASK_A]           = { "icmpv6.rr.pco.up.flagmask.a", "Autonomous address-configuration flag(A)", BOOLEAN,
	                          .mask = 0x40, .names = &set_or_not },
	[RR_MASK_RESERVED]    = { "icmpv6.rr.pco.up.flagmask.reserved", "Reserved", UINT8, .mask = 0x3f },
	[RR_RAFLAGS]          = { "icmpv6.rr.pco.up.raflags", "RAFlags", UINT8, HEX },
	[RR_RAFLAGS_L]        = { "icmpv6.rr.pco.up.flagmask.l", "On-link flag(L)", BOOLEAN, .mask = 0x80,
	                          .names = &set_or_not },
	[RR_RAFLAGS_A]        = { "icmpv6.rr.pco.up.flagmask.a", "Autonomous address-configuration flag(A)", BOOLEAN,
	                          .mask = 0x40, .names = &set_or_not },
	[RR_RAFLAGS_RESERVED] = { "icmpv6.rr.pco.up.flagmask.reserved", "Reserved", UINT8, .mask = 0x3f },
	[RR_VALID]            = { "icmpv6.rr.pco.up.validlifetime", "Valid Lifetime", UINT32, .names = NAMES(infinity),
	                          .names_only = true },
	[RR_PREFERRED]        = { "icmpv6.rr.pco.up.preferredlifetime", "Preferred Lifetime", UINT32,
	                          .names = NAMES(infinity), .names_only = true },
	[RR_USE_FLAGS]        = { "icmpv6.rr.pco.up.flag", "Flags", UINT32, HEX },
	[RR_USE_V]            = { "icmpv6.rr.pco.up.flag.v", "Decrement valid lifetime", BOOLEAN, .mask = 0x80000000,
	                          .names = &set_or_not },
	[RR_USE_P]            = { "icmpv6.rr.pco.up.flag.p", "Decrement preferred lifetime", BOOLEAN, .mask = 0x40000000,
	                          .names = &set_or_not },
	[RR_USE_RESERVED]     = { "icmpv6.rr.pco.up.flag.reserved", "Reserved", UINT32, .mask = 0x3fffffff },
	[RR_USE_PREFIX]       = { "icmpv6.rr.pco.up.useprefix", "UsePrefix", IPV6 },
	[RR_RESULT]           = { "icmpv6.rr.rm", "Result Message", SUBTREE },
	[RR_RESULT_FLAGS]     = { "icmpv6.rr.rm.flag", "Flags", UINT16, HEX },
	[RR_RESULT_RESERVED]  = { "icmpv6.rr.rm.flag.reserved", "Reserved", UINT16, .mask = 0xfffc },
	[RR_RESULT_B]         = { "icmpv6.rr.rm.flag.b", "Bounds", BOOLEAN, .mask = 0x0002, .names = &set_or_not },
	[RR_RESULT_F]         = { "icmpv6.rr.rm.flag.f", "Forbidden", BOOLEAN, .mask = 0x0001, .names = &set_or_not },
	[RR_RESULT_ORDINAL]   = { "icmpv6.rr.rm.ordinal", "Ordinal", UINT8, HEX },
	[RR_MATCHEDLEN]       = { "icmpv6.rr.rm.matchedlen", "MatchedLen", UINT8 },
	[RR_INTERFACE]        = { "icmpv6.rr.rm.interfaceindex", "InterfaceIndex", UINT32 },
	[RR_MATCHED_PREFIX]   = { "icmpv6.rr.rm.matchedprefix", "MatchedPrefix", IPV6 },
	[RR_MATCHEDLEN_BAD]   = { "icmpv6.rr.pco.mp.matchedlen.gt128", "MatchedLen is greater than 128", NOTE,
	                          .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[NI_TYPE]             = { "icmpv6.ni.qtype", "Qtype", UINT16, .names = NAMES(query_types) },
	[NI_FLAGS]            = { "icmpv6.ni.flag", "Flags", UINT16, HEX },
	[NI_G]                = { "icmpv6.ni.flag.g", "Global-scope addresses", BOOLEAN, .mask = 0x0020,
	                          .names = &set_or_not },
	[NI_S]                = { "icmpv6.ni.flag.s", "Site-local addresses", BOOLEAN, .mask = 0x0010,
	                          .names = &set_or_not },
	[NI_L]                = { "icmpv6.ni.flag.l", "Link-local addresses", BOOLEAN, .mask = 0x0008,
	                          .names = &set_or_not },
	[NI_C]                = { "icmpv6.ni.flag.c", "Compression", BOOLEAN, .mask = 0x0004, .names = &set_or_not },
	[NI_A]                = { "icmpv6.ni.flag.a", "Unicast Addresses", BOOLEAN, .mask = 0x0002, .names = NAMES(unicast) },
	[NI_T]                = { "icmpv6.ni.flag.t", "Truncated", BOOLEAN, .mask = 0x0001, .names = &set_or_not },
	[NI_RESERVED]         = { "icmpv6.ni.flag.rsv", "Reserved", UINT16, HEX, .mask = 0xffc0 },
	[NI_NONCE]            = { "icmpv6.ni.nonce", "Nonce", UINT64, HEX },
	[NI_SUBJECT_V6]       = { "icmpv6.ni.query.subject_ipv6", "IPv6 subject address", IPV6 },
	[NI_SUBJECT_NAME]     = { "icmpv6.ni.query.subject_fqdn", "FQDN subject", STRING },
	[NI_SUBJECT_V4]       = { "icmpv6.ni.query.subject_ipv4", "IPv4 subject address", IPV4 },
	[NI_TTL]              = { "icmpv6.ni.reply.node_ttl", "TTL", UINT32 },
	[NI_NAME]             = { "icmpv6.ni.reply.node_name", "Name Node", STRING },
	[NI_V6]               = { "icmpv6.ni.reply.node_address", "IPv6 Node address", IPV6 },
	[NI_V4]               = { "icmpv6.ni.reply.ipv4_address", "IPv4 Node address", IPV4 },
	[MIP_IDENTIFIER]      = { "icmpv6.mip6.identifier", "Identifier", UINT16, DEC_HEX },
	[MIP_HOME_AGENT]      = { "icmpv6.mip6.home_agent_address", "Home Agent Address", IPV6 },
	[MIP_FLAGS]           = { "icmpv6.mip6.flag", "Flags", UINT16, HEX },
	[MIP_M]               = { "icmpv6.mip6.flag.m", "Managed address configuration", BOOLEAN, .mask = 0x8000,
	                          .names = &set_or_not },
	[MIP_O]               = { "icmpv6.mip6.flag.o", "Other configuration", BOOLEAN, .mask = 0x4000,
	                          .names = &set_or_not },
	[MIP_RESERVED]        = { "icmpv6.mip6.flag.rsv", "Reserved", UINT16, .mask = 0x3fff },
	[SEND_IDENTIFIER]     = { "icmpv6.send.identifier", "Identifier", UINT16 },
	[SEND_ALL]            = { "icmpv6.send.all_components", "All Components", UINT16 },
	[SEND_COMPONENT]      = { "icmpv6.send.component", "Component", UINT16 },
	[FMIP_SUBTYPE]        = { "icmpv6.fmip6.subtype", "Subtype", UINT8, .names = NAMES(fmip_subtypes) },
	[FMIP_FLAGS]          = { "icmpv6.fmip6.hi.flag", "Flag", UINT8, HEX },
	[FMIP_S]              = { "icmpv6.fmip6.hi.flag.s", "Assigned address configuration", BOOLEAN, .mask = 0x80,
	                          .names = &set_or_not },
	[FMIP_A]              = { "icmpv6.fmip6.hi.flag.a", "Buffer", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[FMIP_RESERVED]       = { "icmpv6.fmip6.hi.flag.reserved", "Reserved", UINT8, .mask = 0x3f },
	[FMIP_IDENTIFIER]     = { "icmpv6.fmip6.identifier", "Identifier", UINT16, DEC_HEX },
	[MRD_INTERVAL]        = { "icmpv6.mcast_ra.query_interval", "Query Interval", UINT16 },
	[MRD_ROBUSTNESS]      = { "icmpv6.mcast_ra.robustness_variable", "Robustness Variable", UINT16 },
	[LOCATOR_COUNT]       = { "icmpv6.ilnp.nb_locs", "Num of Locs", UINT8 },
	[LOCATOR]             = { "icmpv6.ilnp.nb_locator", "Locator", UINT64, HEX },
	[LOCATOR_PREFERENCE]  = { "icmpv6.ilnp.nb_preference", "Preference", UINT32 },
	[LOCATOR_LIFETIME]    = { "icmpv6.ilnp.nb_lifetime", "Lifetime", UINT32 },
	[DA_STATUS]           = { "icmpv6.6lowpannd.da.status", "Status", UINT8, .names = NAMES(da_statuses) },
	[DA_RESERVED]         = { "icmpv6.6lowpannd.da.rsv", "Reserved", UINT8 },
	[DA_LIFETIME]         = { "icmpv6.6lowpannd.da.lifetime", "Lifetime", UINT16 },
	[DA_EUI64]            = { "icmpv6.6lowpannd.da.eui64", "EUI-64", EUI64 },
	[DA_ADDRESS]          = { "icmpv6.6lowpannd.da.reg_addr", "Registered Address", IPV6 },
	[MPL_UNKNOWN]         = { "icmpv6.unknown_data", "Unknown Data", OCTETS },
	[MPL_CODE_NOTE]       = { "icmpv6.unknown_data.expert", "Code must be 0", NOTE, .severity = SEVERITY_ERROR,
	                          .group = GROUP_MALFORMED },
	[MPL_SEED]            = { NULL, "MPL Seed Info", SUBTREE },
	[MPL_MIN_SEQUENCE]    = { "icmpv6.mpl.seed_info.min_sequence", "MinSequence", UINT8 },
	[MPL_LENGTH]          = { "icmpv6.mpl.seed_info.bm_len", "Buffered Messages Length", UINT8, .mask = 0xfc },
	[MPL_ID_LENGTH]       = { "icmpv6.mpl.seed_info.s", "Seed ID Length", UINT8, .mask = 0x03,
	                          .names = NAMES(seed_id_lengths) },
	[MPL_ID]              = { "icmpv6.mpl.seed_info.seed_id", "Seed ID", STRING },
	[MPL_MESSAGES]        = { NULL, "Buffered Messages", SUBTREE },
	[MPL_SEQUENCE]        = { "icmpv6.mpl.seed_info.sequence", "Sequence", UINT8 },
	[EXTENDED_SEQUENCE]   = { "icmpv6.ext.echo.seq", "Sequence number", UINT8, DEC_HEX },
	[EXTENDED_RESERVED]   = { "icmpv6.ext.echo.req.res", "Reserved", UINT8, HEX, .mask = 0xfe },
	[EXTENDED_LOCAL]      = { "icmpv6.ext.echo.req.local", "Local bit", BOOLEAN, .mask = 0x01, .names = &set_or_not },
	[STATE]               = { "icmpv6.ext.echo.rsp.state", "State", UINT8, .mask = 0xe0, .names = NAMES(states) },
	[STATE_RESERVED]      = { "icmpv6.ext.echo.rsp.res", "Reserved", UINT8, HEX, .mask = 0x18 },
	[STATE_ACTIVE]        = { "icmpv6.ext.echo.rsp.active", "Active bit", BOOLEAN, .mask = 0x04, .names = &set_or_not },
	[STATE_IPV4]          = { "icmpv6.ext.echo.rsp.ipv4", "IPv4 bit", BOOLEAN, .mask = 0x02, .names = &set_or_not },
	[STATE_IPV6]          = { "icmpv6.ext.echo.rsp.ipv6", "IPv6 bit", BOOLEAN, .mask = 0x01, .names = &set_or_not },
};

enum { PROTOCOL_ICMPV6 = 58, PREFIX_BITS = 128, NAME_STEPS = 128 /* labels behind compression pointers */ };

enum {
	ECHO_REQUEST = 128, ECHO_REPLY = 129, RENUMBERING_COMMAND = 0, RENUMBERING_RESULT = 1,
	QUERY_BY_V6 = 0, QUERY_BY_NAME = 1, QUERY_BY_V4 = 2, NODE_NAME = 2, NODE_ADDRESSES = 3, NODE_V4_ADDRESSES = 4,
	PROXY_SOLICITATION = 2, PROXY_ADVERTISEMENT = 3, HANDOVER_INITIATE = 4, HANDOVER_ACKNOWLEDGE = 5,
	EXTENDED_REPLY = 161,
};

/* A message, as far as its parts need to know of the whole. */
struct message {
	uint32_t start;    /* in the byte source */
	uint8_t type, code;
	uint16_t checksum;
	node_ref top, code_node;
};

void icmpv6_flags(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
                  uint64_t value)
{
	node_ref node = open_subtree(d);

	for (const struct field *field = first; field <= last; field++)
		if (field->type == BOOLEAN && value & field->mask)
			append_text(d, w, node, ", %s", field->label);
	add_bits(d, w, first, last, n, value);
	close_subtree(d, node, NULL);
}

static void add_flags8(struct dissection *d, struct wire *w, unsigned flags, unsigned last)
{
	uint8_t value = add_uint8(d, w, &fields[flags]);
	icmpv6_flags(d, w, &fields[flags + 1], &fields[last], 1, value);
}

static void add_flags16(struct dissection *d, struct wire *w, unsigned flags, unsigned last)
{
	uint16_t value = add_uint16(d, w, &fields[flags]);
	icmpv6_flags(d, w, &fields[flags + 1], &fields[last], 2, value);
}

static void add_flags32(struct dissection *d, struct wire *w, unsigned flags, unsigned last)
{
	uint32_t value = add_uint32(d, w, &fields[flags]);
	icmpv6_flags(d, w, &fields[flags + 1], &fields[last], 4, value);
}

static void add_reserved(struct dissection *d, struct wire *w, uint32_t n)
{
	add_octets(d, w, &fields[RESERVED], n);
}

/* ---- errors ---- */

void icmpv6_quoted(struct dissection *d, struct wire *w, struct wire quoted)
{
	uint8_t first = wire_peek_u8(&quoted, 0);

	wire_join(w, &quoted);
	if (w->state != WIRE_GOOD)
		return;
	if (first >> 4 == 6)
		dissect_quoted(d, w, quoted, protocol_by(BY_ETHERTYPE, 0x86dd));
	else
		dissect_data(d, quoted);
}

/* Extensions; where they are of a version that nobody knows, their octets as they are. */
static void add_extensions(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	unsigned version = wire_left(w) >= 4 ? wire_peek_u8(w, 0) >> 4 : 0;
	bool known = version == 1 || version == 2;

	if (known)
		trail(d, "icmp");
	dissect_icmp_extensions(d, w);
	if (known || w->state != WIRE_GOOD)
		return;
	w->at = start;
	dissect_data(d, wire_take(w, wire_left(w)));
}

/* Destination unreachable, time exceeded: RFC 4884, section 4 says how long the quoted packet is. */
static void add_sized_error(struct dissection *d, struct wire *w, const struct message *m)
{
	uint32_t words = wire_peek_u8(w, 0);

	if (words)
		add_uint8(d, w, &fields[ORIGINAL_LENGTH]);
	add_reserved(d, w, words ? 3 : 4);
	uint32_t start = w->at;
	icmpv6_quoted(d, w, *w);
	if (!words || w->state != WIRE_GOOD)
		return;
	node_ref saved = reopen(d, m->top);
	/* A length beyond the message leaves its very beginning to be read. */
	w->at = words * 8 <= w->reported - start ? start + words * 8 : m->start;
	if (w->at > w->end)
		wire_fail(w, 1);
	add_extensions(d, w);
	close_late(d, saved);
}

static void add_too_big(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_uint32(d, w, &fields[MTU]);
	icmpv6_quoted(d, w, *w);
}

static void add_parameter_problem(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_uint32(d, w, &fields[POINTER]);
	icmpv6_quoted(d, w, *w);
}

/* ---- echo ---- */

static void add_echo(struct dissection *d, struct wire *w, const struct message *m)
{
	struct echo echo = { .id = add_uint16(d, w, &fields[IDENTIFIER]), .sequence = add_uint16(d, w, &fields[SEQUENCE]) };
	bool request = m->type == ECHO_REQUEST;

	if (w->state != WIRE_GOOD)
		return;
	if (d->first_pass && !d->quoted) {
		struct echo_state *state = protocol_state(d, d->layers[d->layer]);
		const uint8_t types_apart[] = { 0xfe, 0xff }; /* -1 in the upper octet */
		echo.checksum = m->checksum;
		if (request) {
			echo.checksum = checksum_add(m->checksum, types_apart, 2);
			echo_request(d, state, PROTOCOL_ICMPV6, echo, FACT_ICMPV6);
		} else {
			echo_reply(d, state, PROTOCOL_ICMPV6, echo, FACT_ICMPV6);
		}
	}
	if (!d->tree)
		return;
	if (!d->quoted && request)
		show_echo_request(d, w, &fields[RESPONSE_IN_FRAME], FACT_ICMPV6,
		                  d->destination.octets[0] == 0xff ? NULL :
		                  text_of(d, "No response seen to ICMPv6 request in frame %u", d->frame->number));
	else if (!d->quoted && !request)
		show_echo_reply(d, w, &fields[RESPONSE_IN_FRAME], FACT_ICMPV6);
	dissect_data(d, wire_take(w, wire_left(w)));
}

static void add_extended_echo(struct dissection *d, struct wire *w, const struct message *m)
{
	add_uint16(d, w, &fields[IDENTIFIER]);
	add_uint8(d, w, &fields[EXTENDED_SEQUENCE]);
	uint8_t bits = wire_u8(w);
	if (m->type == EXTENDED_REPLY) {
		add_bits(d, w, &fields[STATE], &fields[STATE_IPV6], 1, bits);
		return;
	}
	add_bits(d, w, &fields[EXTENDED_RESERVED], &fields[EXTENDED_LOCAL], 1, bits);
	if (w->state == WIRE_GOOD)
		add_extensions(d, w);
}

/* ---- multicast listeners ---- */

/* RFC 3810, sections 5.1.3 and 5.1.9: above half their range, codes are floating point numbers of `bits` bits. */
static uint32_t code_value(uint32_t code, unsigned bits)
{
	unsigned mantissa_bits = bits - 4, exponent = code >> mantissa_bits & 7;

	if (code >> (bits - 1) == 0)
		return code;
	return ((code & ((1u << mantissa_bits) - 1)) | 1u << mantissa_bits) << (exponent + 3);
}

static void add_listener(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_uint16(d, w, &fields[MAX_DELAY]);
	add_reserved(d, w, 2);
	add_ipv6(d, w, &fields[GROUP]);
}

static void add_listener_query(struct dissection *d, struct wire *w, const struct message *m)
{
	if (wire_left(w) < 24) {
		add_listener(d, w, m);
		return;
	}
	uint16_t code = add_uint16(d, w, &fields[MAX_CODE]);
	if (code & 0x8000)
		value_text(d, w, d->last, "%u", code_value(code, 16));
	add_reserved(d, w, 2);
	add_ipv6(d, w, &fields[GROUP]);
	add_flags8(d, w, QUERY_FLAGS, FLAG_QUERY_RESERVED);
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

	if (BUILDING(d, w)) {
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

static void add_listener_report(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_reserved(d, w, 2);
	add_uint16(d, w, &fields[RECORD_COUNT]);
	while (wire_more(w))
		add_listener_record(d, w);
}

/* ---- neighbour discovery ---- */

static void add_solicitation(struct dissection *d, struct wire *w, const struct message *m)
{
	add_reserved(d, w, 4);
	icmpv6_options(d, w, m->top);
}

static void add_router_advertisement(struct dissection *d, struct wire *w, const struct message *m)
{
	add_uint8(d, w, &fields[HOP_LIMIT]);
	uint8_t flags = add_uint8(d, w, &fields[RA_FLAGS]);
	node_ref node = open_subtree(d);
	for (unsigned i = RA_M; i <= RA_P; i++)
		if (i == RA_PREFERENCE)
			append_text(d, w, node, ", %s: %s", fields[i].label, preferences[flags >> 3 & 3].text);
		else if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	add_bits(d, w, &fields[RA_M], &fields[RA_RESERVED], 1, flags);
	close_subtree(d, node, NULL);
	add_uint16(d, w, &fields[ROUTER_LIFETIME]);
	add_uint32(d, w, &fields[REACHABLE_TIME]);
	add_uint32(d, w, &fields[RETRANS_TIMER]);
	icmpv6_options(d, w, m->top);
}

static void add_neighbor_solicitation(struct dissection *d, struct wire *w, const struct message *m)
{
	add_reserved(d, w, 4);
	add_ipv6(d, w, &fields[NS_TARGET]);
	icmpv6_options(d, w, m->top);
}

static void add_neighbor_advertisement(struct dissection *d, struct wire *w, const struct message *m)
{
	add_flags32(d, w, NA_FLAGS, NA_RESERVED);
	add_ipv6(d, w, &fields[NA_TARGET]);
	icmpv6_options(d, w, m->top);
}

static void add_redirect(struct dissection *d, struct wire *w, const struct message *m)
{
	add_reserved(d, w, 4);
	add_ipv6(d, w, &fields[REDIRECT_TARGET]);
	add_ipv6(d, w, &fields[REDIRECT_DESTINATION]);
	icmpv6_options(d, w, m->top);
}

/* ---- router renumbering, RFC 2894 ---- */

static void add_match_prefix(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[RR_MATCH]);
	uint8_t opcode = add_uint8(d, w, &fields[RR_OPCODE]);
	add_uint8(d, w, &fields[RR_OPLENGTH]);
	add_uint8(d, w, &fields[RR_ORDINAL]);
	uint8_t length = add_uint8(d, w, &fields[RR_MATCHLEN]);
	if (length > PREFIX_BITS)
		note_on(d, d->last, &fields[RR_MATCHLEN_BAD]);
	uint8_t least = add_uint8(d, w, &fields[RR_MINLEN]);
	uint8_t most = add_uint8(d, w, &fields[RR_MAXLEN]);
	add_reserved(d, w, 2);
	const uint8_t *prefix = add_ipv6(d, w, &fields[RR_MATCH_PREFIX]);
	if (BUILDING(d, w)) {
		const char *name = name_of(fields[RR_OPCODE].names, opcode);
		append_text(d, w, node, ": %s %s/%u (%u-%u)", name ? name : text_of(d, "Unknown %u", opcode),
		            ipv6_text(d, prefix), length, least, most);
	}
	close_subtree(d, node, w);
}

static void add_use_prefix(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[RR_USE]);
	uint8_t length = add_uint8(d, w, &fields[RR_USELEN]);
	uint8_t keep = add_uint8(d, w, &fields[RR_KEEPLEN]);
	add_flags8(d, w, RR_MASK, RR_MASK_RESERVED);
	add_flags8(d, w, RR_RAFLAGS, RR_RAFLAGS_RESERVED);
	add_uint32(d, w, &fields[RR_VALID]);
	add_uint32(d, w, &fields[RR_PREFERRED]);
	add_flags32(d, w, RR_USE_FLAGS, RR_USE_RESERVED);
	const uint8_t *prefix = add_ipv6(d, w, &fields[RR_USE_PREFIX]);
	if (BUILDING(d, w))
		append_text(d, w, node, ": %s/%u (keep %u)", ipv6_text(d, prefix), length, keep);
	close_subtree(d, node, w);
}

static void add_result(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[RR_RESULT]);
	add_flags16(d, w, RR_RESULT_FLAGS, RR_RESULT_F);
	add_uint8(d, w, &fields[RR_RESULT_ORDINAL]);
	uint8_t length = add_uint8(d, w, &fields[RR_MATCHEDLEN]);
	if (length > PREFIX_BITS)
		note_on(d, d->last, &fields[RR_MATCHEDLEN_BAD]);
	uint32_t interface = add_uint32(d, w, &fields[RR_INTERFACE]);
	const uint8_t *prefix = add_ipv6(d, w, &fields[RR_MATCHED_PREFIX]);
	if (BUILDING(d, w))
		append_text(d, w, node, ": %s/%u (interface %u)", ipv6_text(d, prefix), length, interface);
	close_subtree(d, node, w);
}

static void add_renumbering(struct dissection *d, struct wire *w, const struct message *m)
{
	add_uint32(d, w, &fields[RR_SEQUENCE]);
	add_uint8(d, w, &fields[RR_SEGMENT]);
	add_flags8(d, w, RR_FLAGS, RR_RESERVED);
	add_uint16(d, w, &fields[RR_DELAY]);
	add_reserved(d, w, 4);
	if (m->code == RENUMBERING_COMMAND) {
		add_match_prefix(d, w);
		while (wire_more(w))
			add_use_prefix(d, w);
	} else if (m->code == RENUMBERING_RESULT) {
		while (wire_more(w))
			add_result(d, w);
	}
}

/* ---- node information, RFC 4620 ---- */

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
	add_flags16(d, w, NI_FLAGS, NI_RESERVED);
	add_uint64(d, w, &fields[NI_NONCE]);
	return type;
}

static void add_information_query(struct dissection *d, struct wire *w, const struct message *m)
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

static void add_information_reply(struct dissection *d, struct wire *w, const struct message *m)
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

/* ---- mobility, certification paths, multicast routers ---- */

static void add_agent_discovery(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_uint16(d, w, &fields[MIP_IDENTIFIER]);
	add_reserved(d, w, 2);
}

static void add_agent_reply(struct dissection *d, struct wire *w, const struct message *m)
{
	add_agent_discovery(d, w, m);
	while (wire_more(w))
		add_ipv6(d, w, &fields[MIP_HOME_AGENT]);
}

static void add_prefix_advertisement(struct dissection *d, struct wire *w, const struct message *m)
{
	add_uint16(d, w, &fields[MIP_IDENTIFIER]);
	add_flags16(d, w, MIP_FLAGS, MIP_RESERVED);
	icmpv6_options(d, w, m->top);
}

static void add_path_solicitation(struct dissection *d, struct wire *w, const struct message *m)
{
	add_uint16(d, w, &fields[SEND_IDENTIFIER]);
	add_uint16(d, w, &fields[SEND_COMPONENT]);
	icmpv6_options(d, w, m->top);
}

static void add_path_advertisement(struct dissection *d, struct wire *w, const struct message *m)
{
	add_uint16(d, w, &fields[SEND_IDENTIFIER]);
	add_uint16(d, w, &fields[SEND_ALL]);
	add_uint16(d, w, &fields[SEND_COMPONENT]);
	add_reserved(d, w, 2);
	icmpv6_options(d, w, m->top);
}

/* RFC 5568, section 6: the subtype says what the code means. */
static void add_fast_handover(struct dissection *d, struct wire *w, const struct message *m)
{
#define CODES(array) { array, sizeof array / sizeof *array }
	static const struct names codes[] = {
		[PROXY_ADVERTISEMENT] = CODES(proxy_codes), [HANDOVER_INITIATE] = CODES(initiate_codes),
		[HANDOVER_ACKNOWLEDGE] = CODES(acknowledge_codes),
	};
#undef CODES
	uint8_t subtype = add_uint8(d, w, &fields[FMIP_SUBTYPE]);

	if (subtype >= PROXY_ADVERTISEMENT && subtype <= HANDOVER_ACKNOWLEDGE && BUILDING(d, w)) {
		const char *name = name_of(&codes[subtype], m->code);
		value_text(d, w, m->code_node, "%u (%s)", m->code, name ? name : text_of(d, "Unknown %u", m->code));
	}
	if (subtype == HANDOVER_INITIATE)
		add_flags8(d, w, FMIP_FLAGS, FMIP_RESERVED);
	else if (subtype >= PROXY_SOLICITATION && subtype <= HANDOVER_ACKNOWLEDGE)
		add_reserved(d, w, 1);
	else
		wire_skip(w, 1);
	add_uint16(d, w, &fields[FMIP_IDENTIFIER]);
	icmpv6_options(d, w, m->top);
}

static void add_multicast_router(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_uint16(d, w, &fields[MRD_INTERVAL]);
	add_uint16(d, w, &fields[MRD_ROBUSTNESS]);
}

/* ---- others ---- */

static void add_rpl(struct dissection *d, struct wire *w, const struct message *m)
{
	icmpv6_rpl(d, w, m->code);
}

static void add_locators(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	uint8_t count = add_uint8(d, w, &fields[LOCATOR_COUNT]);
	add_reserved(d, w, 1);
	add_reserved(d, w, 2);
	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++) {
		add_uint64(d, w, &fields[LOCATOR]);
		uint16_t value = wire_u16(w);
		add_node(d, w, &fields[LOCATOR_PREFERENCE], w->at - 2, 2, value);
		value = wire_u16(w);
		add_node(d, w, &fields[LOCATOR_LIFETIME], w->at - 2, 2, value);
	}
}

static void add_duplicate_address(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_uint8(d, w, &fields[DA_STATUS]);
	add_uint8(d, w, &fields[DA_RESERVED]);
	add_uint16(d, w, &fields[DA_LIFETIME]);
	add_uint64(d, w, &fields[DA_EUI64]);
	add_ipv6(d, w, &fields[DA_ADDRESS]);
}

static void add_seed_id(struct dissection *d, struct wire *w, unsigned kind)
{
	static const uint8_t lengths[] = { 0, 2, 8, 16 };
	const uint8_t *p = wire_bytes(w, lengths[kind]);
	char text[64];

	if (!p || !BUILDING(d, w))
		return;
	const char *id = text;
	switch (kind) {
	case 0:
		id = address_text(d, &d->source); /* who sent it */
		break;
	case 3:
		id = ipv6_text(d, p);
		break;
	default:
		*put_octets(text, p, lengths[kind], kind == 2 ? ':' : 0) = 0;
	}
	uint32_t at = w->at;
	w->at -= lengths[kind];
	add_string_value(d, w, &fields[MPL_ID], id, strlen(id));
	set_length(d, d->last, lengths[kind]);
	w->at = at;
}

/* RFC 7731, section 6.2: a bit for each message that the sender holds, from the least sequence number on. */
static void add_seed(struct dissection *d, struct wire *w, unsigned ordinal)
{
	if (!wire_need(w, 2))
		return;
	node_ref top = open_heading(d, w, &fields[MPL_SEED]);
	append_text(d, w, top, ": [%u]", ordinal);
	uint8_t sequence = add_uint8(d, w, &fields[MPL_MIN_SEQUENCE]);
	uint8_t lengths = wire_u8(w);
	add_bits(d, w, &fields[MPL_LENGTH], &fields[MPL_ID_LENGTH], 1, lengths);
	add_seed_id(d, w, lengths & 3);
	unsigned octets = lengths >> 2;
	if (octets && w->state == WIRE_GOOD) {
		node_ref messages = open_heading(d, w, &fields[MPL_MESSAGES]);
		for (; octets && w->state == WIRE_GOOD; octets--) {
			uint8_t bits = wire_u8(w);
			for (unsigned i = 0; i < 8; i++, sequence++)
				if (bits & 0x80 >> i)
					add_node(d, w, &fields[MPL_SEQUENCE], w->at - 1, 1, sequence);
		}
		close_subtree(d, messages, w);
	}
	close_subtree(d, top, w);
}

static void add_mpl(struct dissection *d, struct wire *w, const struct message *m)
{
	if (m->code) {
		add_octets(d, w, &fields[MPL_UNKNOWN], 1);
		if (w->state == WIRE_GOOD)
			note_on(d, d->last, &fields[MPL_CODE_NOTE]);
		return;
	}
	if (wire_left(w) == 1) {
		add_octets(d, w, &fields[MPL_UNKNOWN], 0);
		note_text_on(d, d->last, &fields[MPL_CODE_NOTE], "1 bytes data is left after dissecting MPL Control Message");
		return;
	}
	for (unsigned i = 1; wire_more(w); i++)
		add_seed(d, w, i);
}

static void add_nothing(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)d, (void)w, (void)m;
}

/* ---- the message ---- */

static const struct {
	uint8_t type, code; /* the declaration of its codes */
	void (*add)(struct dissection *d, struct wire *w, const struct message *m);
} messages[] = {
	{ 1, CODE_UNREACHABLE, add_sized_error },
	{ 2, CODE, add_too_big },
	{ 3, CODE_EXCEEDED, add_sized_error },
	{ 4, CODE_PARAMETER, add_parameter_problem },
	{ ECHO_REQUEST, CODE, add_echo },
	{ ECHO_REPLY, CODE, add_echo },
	{ 130, CODE, add_listener_query },
	{ 131, CODE, add_listener },
	{ 132, CODE, add_listener },
	{ 133, CODE, add_solicitation },
	{ 134, CODE, add_router_advertisement },
	{ 135, CODE, add_neighbor_solicitation },
	{ 136, CODE, add_neighbor_advertisement },
	{ 137, CODE, add_redirect },
	{ 138, CODE_RENUMBERING, add_renumbering },
	{ 139, CODE_QUERY, add_information_query },
	{ 140, CODE_REPLY, add_information_reply },
	{ 141, CODE, add_solicitation },
	{ 142, CODE, add_solicitation },
	{ 143, CODE, add_listener_report },
	{ 144, CODE, add_agent_discovery },
	{ 145, CODE, add_agent_reply },
	{ 146, CODE, add_agent_discovery },
	{ 147, CODE, add_prefix_advertisement },
	{ 148, CODE, add_path_solicitation },
	{ 149, CODE, add_path_advertisement },
	{ 150, CODE, add_fast_handover },
	{ 151, CODE, add_multicast_router },
	{ 152, CODE, add_nothing },
	{ 153, CODE, add_nothing },
	{ 154, CODE, add_fast_handover },
	{ 155, CODE_RPL, add_rpl },
	{ 156, CODE, add_locators },
	{ 157, CODE, add_duplicate_address },
	{ 158, CODE, add_duplicate_address },
	{ 159, CODE, add_mpl },
	{ 160, CODE_EXTENDED_REQUEST, add_extended_echo },
	{ EXTENDED_REPLY, CODE_EXTENDED_REPLY, add_extended_echo },
};

static uint16_t add_message_checksum(struct dissection *d, struct wire *w, const struct message *m)
{
	if (d->quoted || w->fragment || w->end < w->reported)
		return add_unverified_checksum(d, w, &fields[CHECKSUM]);
	uint16_t sum = 0;
	if (d->tree) {
		uint32_t length = w->end - m->start;
		sum = checksum_pseudo_header(&d->source, &d->destination, PROTOCOL_ICMPV6, length);
		sum = checksum_add(sum, w->data + m->start, length);
	}
	return add_checksum(d, w, &fields[CHECKSUM], sum);
}

static void add_undecoded(struct dissection *d, struct wire *w, uint8_t type)
{
	add_note_text(d, w, &fields[UNDECODED],
	              "Dissector for ICMPv6 Type (%u) code not implemented, Contact Wireshark developers if you want this supported",
	              type);
	if (wire_need(w, 1))
		add_octets(d, w, &fields[DATA], wire_left(w));
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct message m = { .start = w->at };

	m.top = open_protocol(d, w, &fields[ICMPV6]);
	m.type = add_uint8(d, w, &fields[TYPE]);
	unsigned i = 0, count = sizeof messages / sizeof *messages;
	while (i < count && messages[i].type != m.type)
		i++;
	const struct field *code = &fields[i < count ? messages[i].code : CODE];
	m.code = add_uint8(d, w, code);
	m.code_node = d->last;
	if (code->names && !name_of(code->names, m.code))
		value_text(d, w, d->last, "%u (Unknown (%u))", m.code, m.code);
	m.checksum = add_message_checksum(d, w, &m);
	if (i < count)
		messages[i].add(d, w, &m);
	else
		add_undecoded(d, w, m.type);
	close_subtree(d, m.top, w);
}

const struct protocol protocol_icmpv6 = {
	.name = "Internet Control Message Protocol v6",
	.short_name = "ICMPv6",
	.filter = "icmpv6",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.state_size = sizeof(struct echo_state),
	.state_begin = echo_begin,
	.state_end = echo_end,
};
