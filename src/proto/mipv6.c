/*
 * mipv6.c: the mobility header of Mobile IPv6, RFC 6275, with fast handovers (RFC 5568), heartbeat (RFC 5847), binding
 * revocation (RFC 5846) and the options that are no more than a list of fields; of the others only the length is shown.
 */

#include "dissect/ip.h"

enum {
	HEADER, PAYLOAD_PROTOCOL, HEADER_LENGTH, TYPE, HEADER_RESERVED, CHECKSUM, DATA, UNKNOWN_TYPE_DATA, MESSAGE,
	OPTIONS,
	OPTION, OPTION_NUMBER, OPTION_LENGTH, BAD_LENGTH, UNDECODED,
	BINDING_REFRESH_REQUEST, HOTI_COOKIE, COTI_COOKIE, HOT_NINDEX, HOT_COOKIE, HOT_TOKEN,
	COT_NINDEX, COT_COOKIE, BU_SEQNR, BU_A_FLAG, BU_H_FLAG, BU_L_FLAG, BU_K_FLAG, BU_M_FLAG,
	NEMO_BU_R_FLAG, BU_P_FLAG, BU_F_FLAG, BU_T_FLAG, BU_B_FLAG, BU_LIFETIME, BA_STATUS, BA_K_FLAG,
	NEMO_BA_R_FLAG, BA_P_FLAG, BA_T_FLAG, BA_B_FLAG, BA_SEQNR, BA_LIFETIME, BE_STATUS, BE_HADDR,
	FBU_SEQNR, FBU_A_FLAG, FBU_H_FLAG, FBU_L_FLAG, FBU_K_FLAG, FBU_LIFETIME, FBACK_STATUS,
	FBACK_K_FLAG, FBACK_SEQNR, FBACK_LIFETIME, FAST_NEIGHBOR_ADVERTISEMENT, HB_U_FLAG, HB_R_FLAG,
	HB_SEQNR, HI_SEQNR, HI_S_FLAG, HI_U_FLAG, HI_CODE, HACK_SEQNR, HACK_CODE, BRI_BR_TYPE,
	BRI_R_TRIGGER, BRI_SEQNR, BRI_IP, BRI_IV, BRI_IG, BRI_RES, PADN, BRA_INTERVAL, ACOA_ACOA,
	NI_HNI, NI_CNI, BAD_AUTH, NEMO_MNP_PFL, NEMO_MNP_MNP, LLA_OPTCODE, LLA, MNID_SUBTYPE,
	MNID_IDENTIFIER, AUTH_SUBTYPE, AUTH_MOBILITY_SPI, AUTH_AUTH_DATA, CGAR_CGA_PAR, SIGN_SIGN,
	PHKT_PHKT, MOCOT_CO_KEYGEN_TOK, EM_DATA, SS_IDENTIFIER, BADFF_SPI, BADFF_AUTH, HI_RESERVED, HI,
	ATT_RESERVED, ATT, MNLLI_RESERVED, MNLLI_LLI, LILA_LLA, RC, IPV4COA_RESERVED, IPV4COA_ADDR,
	IPV4DRA_RESERVED, IPV4DRA_DRA, IPV4DSM_RESERVED, IPV4DSM_S_FLAG, RECAP_RESERVED,
	LOAD_INF_PRIORITY, LOAD_INF_SESSIONS_IN_USE, LOAD_INF_MAXIMUM_SESSIONS, LOAD_INF_USED_CAPACITY,
	LOAD_INF_MAXIMUM_CAPACITY, ALT_IP4, MAG_IPV6_RESERVED, MAG_IPV6_ADDRESS_LENGTH,
	MAG_IPV6_ADDRESS,
	N_FIELDS
};

static const struct name types[] = {
	{ 0, "Binding Refresh Request" },
	{ 1, "Home Test Init" },
	{ 2, "Care-of Test Init" },
	{ 3, "Home Test" },
	{ 4, "Care-of Test" },
	{ 5, "Binding Update" },
	{ 6, "Binding Acknowledgement" },
	{ 7, "Binding Error" },
	{ 8, "Fast Binding Update" },
	{ 9, "Fast Binding Acknowledgment" },
	{ 10, "Fast Neighbor Advertisement" },
	{ 11, "Experimental Mobility Header" },
	{ 12, "Home Agent Switch" },
	{ 13, "Heartbeat" },
	{ 14, "Handover Initiate" },
	{ 15, "Handover Acknowledge" },
	{ 16, "Binding Revocation" },
	{ 17, "Localized Routing Initiation" },
	{ 18, "Localized Routing Acknowledgment" },
};
static const struct name option_numbers[] = {
	{ 0, "Pad1" },
	{ 1, "PadN" },
	{ 2, "Binding Refresh Advice" },
	{ 3, "Alternate Care-of Address" },
	{ 4, "Nonce Indices" },
	{ 5, "Authorization Data" },
	{ 6, "Mobile Network Prefix" },
	{ 7, "Mobility Header Link-Layer Address" },
	{ 8, "Mobile Node Identifier" },
	{ 9, "AUTH" },
	{ 10, "MESG-ID" },
	{ 11, "CGA Parameters Request" },
	{ 12, "CGA Parameters" },
	{ 13, "Signature" },
	{ 14, "Permanent Home Keygen Token" },
	{ 15, "Care-of Test Init" },
	{ 16, "Care-of Test" },
	{ 17, "DNS-UPDATE-TYPE" },
	{ 18, "Experimental" },
	{ 19, "Vendor Specific" },
	{ 20, "Service Selection" },
	{ 21, "Binding Authorization Data for FMIPv6 (BADF)" },
	{ 22, "Home Network Prefix" },
	{ 23, "Handoff Indicator" },
	{ 24, "Access Technology Type" },
	{ 25, "Mobile Node Link-layer Identifier" },
	{ 26, "Link-local Address" },
	{ 27, "Timestamp" },
	{ 28, "Restart Counter" },
	{ 29, "IPv4 Home Address" },
	{ 30, "IPv4 Address Acknowledgement" },
	{ 31, "NAT Detection" },
	{ 32, "IPv4 Care-of Address" },
	{ 33, "GRE Key" },
	{ 34, "Mobility Header IPv6 Address/Prefix" },
	{ 35, "Binding Identifier" },
	{ 36, "IPv4 Home Address Request" },
	{ 37, "IPv4 Home Address Reply" },
	{ 38, "IPv4 Default-Router Address" },
	{ 39, "IPv4 DHCP Support Mode" },
	{ 40, "Context Request" },
	{ 41, "Local Mobility Anchor Address" },
	{ 42, "Mobile Node Link-local Address Interface Identifier" },
	{ 43, "Transient Binding" },
	{ 44, "Flow Summary" },
	{ 45, "Flow Identification" },
	{ 46, "Redirect-Capability" },
	{ 47, "Redirect" },
	{ 48, "Load Information" },
	{ 49, "Alternate IPv4 Care-of Address" },
	{ 50, "Mobile Node Group Identifier" },
	{ 51, "MAG IPv6 Address" },
	{ 52, "Access Network Identifier" },
	{ 55, "Delegated Mobile Network Prefix" },
};
static const struct name bu_a_flag_names[] = { { 0, "Binding Acknowledgement not requested" }, { 1,
	"Binding Acknowledgement requested" } };
static const struct name bu_h_flag_names[] = { { 0, "No Home Registration" }, { 1, "Home Registration" } };
static const struct name bu_l_flag_names[] = { { 0, "No Link-Local Address Compatibility" }, { 1,
	"Link-Local Address Compatibility" } };
static const struct name bu_k_flag_names[] = { { 0, "No Key Management Mobility Compatibility" }, { 1,
	"Key Management Mobility Compatibility" } };
static const struct name bu_m_flag_names[] = { { 0, "No MAP Registration Compatibility" }, { 1,
	"MAP Registration Compatibility" } };
static const struct name nemo_bu_r_flag_names[] = { { 0, "No Mobile Router Compatibility" }, { 1,
	"Mobile Router Compatibility" } };
static const struct name bu_p_flag_names[] = { { 0, "No Proxy Registration" }, { 1, "Proxy Registration" } };
static const struct name bu_f_flag_names[] = { { 0, "No Forcing UDP encapsulation" }, { 1,
	"Forcing UDP encapsulation used" } };
static const struct name bu_t_flag_names[] = { { 0, "No TLV-header format" }, { 1, "TLV-header format used" } };
static const struct name bu_b_flag_names[] = { { 0, "Disable bulk binding update support" }, { 1,
	"Enable bulk binding update support" } };
static const struct name ba_status_names[] = {
	{ 0, "Binding Update accepted" },
	{ 1, "Accepted but prefix discovery necessary" },
	{ 2, "GRE_KEY_OPTION_NOT_REQUIRED" },
	{ 3, "GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED" },
	{ 4, "MCOA NOTCOMPLETE" },
	{ 5, "MCOA RETURNHOME WO/NDP" },
	{ 6, "PBU_ACCEPTED_TB_IGNORED_SETTINGSMISMATCH" },
	{ 128, "Reason unspecified" },
	{ 129, "Administratively prohibited" },
	{ 130, "Insufficient resources" },
	{ 131, "Home registration not supported" },
	{ 132, "Not home subnet" },
	{ 133, "Not home agent for this mobile node" },
	{ 134, "Duplicate Address Detection failed" },
	{ 135, "Sequence number out of window" },
	{ 136, "Expired home nonce index" },
	{ 137, "Expired care-of nonce index" },
	{ 138, "Expired nonces" },
	{ 139, "Registration type change disallowed" },
	{ 140, "Mobile Router Operation not permitted" },
	{ 141, "Invalid Prefix" },
	{ 142, "Not Authorized for Prefix" },
	{ 143, "Mobile Network Prefix information unavailable" },
	{ 145, "Proxy Registration not supported by the LMA" },
	{ 146, "Proxy Registrations from this MAG not allowed" },
	{ 147, "No home address for this NAI" },
	{ 148, "Invalid Time Stamp Option" },
	{ 149, "Permanent home keygen token exists" },
	{ 150, "Non-null home nonce index expected" },
	{ 151, "SERVICE_AUTHORIZATION_FAILED" },
	{ 152, "PROXY_REG_NOT_ENABLED" },
	{ 153, "NOT_LMA_FOR_THIS_MOBILE_NODE" },
	{ 154, "MAG_NOT_AUTHORIZED_FOR_PROXY_REG" },
	{ 155, "NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX" },
	{ 156, "TIMESTAMP_MISMATCH" },
	{ 157, "TIMESTAMP_LOWER_THAN_PREV_ACCEPTED" },
	{ 158, "MISSING_HOME_NETWORK_PREFIX_OPTION" },
	{ 159, "BCE_PBU_PREFIX_SET_DO_NOT_MATCH" },
	{ 160, "MISSING_MN_IDENTIFIER_OPTION" },
	{ 161, "MISSING_HANDOFF_INDICATOR_OPTION" },
	{ 162, "MISSING_ACCESS_TECH_TYPE_OPTION" },
	{ 163, "GRE_KEY_OPTION_REQUIRED" },
	{ 164, "MCOA MALFORMED" },
	{ 165, "MCOA NON-MCOA BINDING EXISTS" },
	{ 166, "MCOA PROHIBITED" },
	{ 167, "MCOA UNKNOWN COA" },
	{ 168, "MCOA BULK REGISTRATION PROHIBITED" },
	{ 169, "MCOA SIMULTANEOUS HOME AND FOREIGN PROHIBITED" },
	{ 170, "NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE" },
	{ 171, "NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS" },
	{ 172, "NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE" },
	{ 173, "MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED" },
	{ 174, "Invalid Care-of Address" },
	{ 175, "INVALID_MOBILE_NODE_GROUP_IDENTIFIER" },
	{ 176, "REINIT_SA_WITH_HAC" },
	{ 177, "NOT_AUTHORIZED_FOR_DELEGATED_MNP" },
	{ 178, "REQUESTED_DMNP_IN_USE" },
};
static const struct name ba_b_flag_names[] = { { 0, "Disabled bulk binding update support" }, { 1,
	"Enabled bulk binding update support" } };
static const struct name be_status_names[] = {
	{ 1, "Unknown binding for Home Address destination option" },
	{ 2, "Unrecognized MH type value" },
};
static const struct name fbu_a_flag_names[] = { { 0, "Fast Binding Acknowledgement not requested" }, { 1,
	"Fast Binding Acknowledgement requested" } };
static const struct name fback_status_names[] = {
	{ 0, "Fast Binding Update accepted" },
	{ 1, "Accepted but use supplied NCoA" },
	{ 128, "Reason unspecified" },
	{ 129, "Administratively prohibited" },
	{ 130, "Insufficient resources" },
	{ 131, "Incorrect interface identifier length" },
};
static const struct name hb_u_flag_names[] = { { 0, "Otherwise" }, { 1, "Unsolicited Heartbeat Response" } };
static const struct name hb_r_flag_names[] = { { 0, "Heartbeat Request" }, { 1, "Heartbeat Response" } };
static const struct name bri_r_trigger_names[] = {
	{ 0, "Unspecified" },
	{ 1, "Administrative Reason" },
	{ 2, "Inter-MAG Handover - same Access Type" },
	{ 3, "Inter-MAG Handover - different Access Type" },
	{ 4, "Inter-MAG Handover - Unknown" },
	{ 5, "User Initiated Session(s) Termination" },
	{ 6, "Access Network Session(s) Termination" },
	{ 7, "Possible Out-of Sync BCE State" },
	{ 128, "Per-Peer Policy" },
	{ 129, "Revoking Mobility Node Local Policy" },
};
static const struct name lla_optcode_names[] = {
	{ 2, "Link Layer Address of the MN" },
};
static const struct name mnid_subtype_names[] = {
	{ 1, "Network Access Identifier (NAI)" },
};
static const struct name auth_subtype_names[] = {
	{ 0, "Reserved (not available for assignment)" },
	{ 3, "HMAC_SHA1_SPI" },
	{ 5, "Reserved for use by 3GPP2" },
};
static const struct name hi_names[] = {
	{ 0, "Reserved" },
	{ 1, "Attachment over a new interface" },
	{ 2, "Handoff between two different interfaces of the mobile node" },
	{ 3, "Handoff between mobile access gateways for the same interface" },
	{ 4, "Handoff state unknown" },
	{ 5, "Handoff state not changed (Re-registration)" },
};
static const struct name att_names[] = {
	{ 0, "Reserved" },
	{ 1, "Virtual" },
	{ 2, "PPP" },
	{ 3, "IEEE 802.3" },
	{ 4, "IEEE 802.11a/b/g" },
	{ 5, "IEEE 802.16e" },
	{ 6, "3GPP GERAN" },
	{ 7, "3GPP UTRAN" },
	{ 8, "3GPP E-UTRAN" },
	{ 9, "3GPP2 eHRPD" },
	{ 10, "3GPP2 HRPD" },
	{ 11, "3GPP2 1xRTT" },
	{ 12, "3GPP2 UMB" },
};
static const struct name ipv4dsm_s_flag_names[] = { { 0, "DHCP Relay" }, { 1, "DHCP Server" } };

static const struct field fields[N_FIELDS] = {
	[HEADER] = { "mipv6", "Mobile IPv6", PROTOCOL },
	[PAYLOAD_PROTOCOL] = { "mip6.proto", "Payload protocol", UINT8, .names = &ip_protocol_names },
	[HEADER_LENGTH] = { "mip6.hlen", "Header length", UINT8 },
	[TYPE] = { "mip6.mhtype", "Mobility Header Type", UINT8, .names = NAMES(types) },
	[HEADER_RESERVED] = { "mip6.reserved", "Reserved", UINT8, HEX },
	[CHECKSUM] = { "mip6.csum", "Checksum", UINT16, HEX },
	[DATA] = { "mip6.em.data", "Data", OCTETS },
	[UNKNOWN_TYPE_DATA] = { "mip6.unknown_type_data", "Message Data", OCTETS },
	[MESSAGE] = { NULL, "Message", SUBTREE },
	[OPTIONS] = { NULL, "Mobility Options", SUBTREE },
	[OPTION] = { NULL, "MIPv6 Option", SUBTREE },
	[OPTION_NUMBER] = { "mip6.mobility_opt", "Mobility Option", UINT8, .names = NAMES(option_numbers) },
	[OPTION_LENGTH] = { "mip6.mobility_opt.len", "Length", UINT8 },
	[BAD_LENGTH] = { "mip6.opt.len.invalid", "Invalid length for option", NOTE, .severity = SEVERITY_WARNING,
	                 .group = GROUP_PROTOCOL },
	[UNDECODED] = { "mip6.ie_not_dissected", "IE data not dissected yet", NOTE, .severity = SEVERITY_NOTE,
	                .group = GROUP_UNDECODED },
	[BINDING_REFRESH_REQUEST] = { "mip6.binding_refresh_request", "Binding Refresh Request", OCTETS },
	[HOTI_COOKIE] = { "mip6.hoti.cookie", "Home Init Cookie", UINT64, HEX },
	[COTI_COOKIE] = { "mip6.coti.cookie", "Care-of Init Cookie", UINT64, HEX },
	[HOT_NINDEX] = { "mip6.hot.nindex", "Home Nonce Index", UINT16 },
	[HOT_COOKIE] = { "mip6.hot.cookie", "Home Init Cookie", UINT64, HEX },
	[HOT_TOKEN] = { "mip6.hot.token", "Home Keygen Token", UINT64, HEX },
	[COT_NINDEX] = { "mip6.cot.nindex", "Care-of Nonce Index", UINT16 },
	[COT_COOKIE] = { "mip6.cot.cookie", "Care-of Init Cookie", UINT64, HEX },
	[BU_SEQNR] = { "mip6.bu.seqnr", "Sequence number", UINT16 },
	[BU_A_FLAG] = { "mip6.bu.a_flag", "Acknowledge (A) flag", BOOLEAN, .mask = 0x8000,
	                .names = NAMES(bu_a_flag_names) },
	[BU_H_FLAG] = { "mip6.bu.h_flag", "Home Registration (H) flag", BOOLEAN, .mask = 0x4000,
	                .names = NAMES(bu_h_flag_names) },
	[BU_L_FLAG] = { "mip6.bu.l_flag", "Link-Local Compatibility (L) flag", BOOLEAN, .mask = 0x2000,
	                .names = NAMES(bu_l_flag_names) },
	[BU_K_FLAG] = { "mip6.bu.k_flag", "Key Management Compatibility (K) flag", BOOLEAN, .mask = 0x1000,
	                .names = NAMES(bu_k_flag_names) },
	[BU_M_FLAG] = { "mip6.bu.m_flag", "MAP Registration Compatibility (M) flag", BOOLEAN, .mask = 0x800,
	                .names = NAMES(bu_m_flag_names) },
	[NEMO_BU_R_FLAG] = { "mip6.nemo.bu.r_flag", "Mobile Router (R) flag", BOOLEAN, .mask = 0x400,
	                     .names = NAMES(nemo_bu_r_flag_names) },
	[BU_P_FLAG] = { "mip6.bu.p_flag", "Proxy Registration (P) flag", BOOLEAN, .mask = 0x200,
	                .names = NAMES(bu_p_flag_names) },
	[BU_F_FLAG] = { "mip6.bu.f_flag", "Forcing UDP encapsulation (F) flag", BOOLEAN, .mask = 0x100,
	                .names = NAMES(bu_f_flag_names) },
	[BU_T_FLAG] = { "mip6.bu.t_flag", "TLV-header format (T) flag", BOOLEAN, .mask = 0x80,
	                .names = NAMES(bu_t_flag_names) },
	[BU_B_FLAG] = { "mip6.bu.b_flag", "Bulk-Binding-Update flag (B)", BOOLEAN, .mask = 0x40,
	                .names = NAMES(bu_b_flag_names) },
	[BU_LIFETIME] = { "mip6.bu.lifetime", "Lifetime", UINT16 },
	[BA_STATUS] = { "mip6.ba.status", "Status", UINT8, .names = NAMES(ba_status_names) },
	[BA_K_FLAG] = { "mip6.ba.k_flag", "Key Management Compatibility (K) flag", BOOLEAN, .mask = 0x80,
	                .names = NAMES(bu_k_flag_names) },
	[NEMO_BA_R_FLAG] = { "mip6.nemo.ba.r_flag", "Mobile Router (R) flag", BOOLEAN, .mask = 0x40,
	                     .names = NAMES(nemo_bu_r_flag_names) },
	[BA_P_FLAG] = { "mip6.ba.p_flag", "Proxy Registration (P) flag", BOOLEAN, .mask = 0x20,
	                .names = NAMES(bu_p_flag_names) },
	[BA_T_FLAG] = { "mip6.ba.t_flag", "TLV-header format (T) flag", BOOLEAN, .mask = 0x10,
	                .names = NAMES(bu_t_flag_names) },
	[BA_B_FLAG] = { "mip6.ba.b_flag", "Bulk-Binding-Update flag (B)", BOOLEAN, .mask = 0x8,
	                .names = NAMES(ba_b_flag_names) },
	[BA_SEQNR] = { "mip6.ba.seqnr", "Sequence number", UINT16 },
	[BA_LIFETIME] = { "mip6.ba.lifetime", "Lifetime", UINT16 },
	[BE_STATUS] = { "mip6.be.status", "Status", UINT8, .names = NAMES(be_status_names) },
	[BE_HADDR] = { "mip6.be.haddr", "Home Address", IPV6 },
	[FBU_SEQNR] = { "mip6.fbu.seqnr", "Sequence number", UINT16 },
	[FBU_A_FLAG] = { "mip6.fbu.a_flag", "Acknowledge (A) flag", BOOLEAN, .mask = 0x80,
	                 .names = NAMES(fbu_a_flag_names) },
	[FBU_H_FLAG] = { "mip6.fbu.h_flag", "Home Registration (H) flag", BOOLEAN, .mask = 0x40,
	                 .names = NAMES(bu_h_flag_names) },
	[FBU_L_FLAG] = { "mip6.fbu.l_flag", "Link-Local Compatibility (L) flag", BOOLEAN, .mask = 0x20,
	                 .names = NAMES(bu_l_flag_names) },
	[FBU_K_FLAG] = { "mip6.fbu.k_flag", "Key Management Compatibility (K) flag", BOOLEAN, .mask = 0x10,
	                 .names = NAMES(bu_k_flag_names) },
	[FBU_LIFETIME] = { "mip6.fbu.lifetime", "Lifetime", UINT16 },
	[FBACK_STATUS] = { "mip6.fback.status", "Status", UINT8, .names = NAMES(fback_status_names) },
	[FBACK_K_FLAG] = { "mip6.fback.k_flag", "Key Management Compatibility (K) flag", BOOLEAN, .mask = 0x80,
	                   .names = NAMES(bu_k_flag_names) },
	[FBACK_SEQNR] = { "mip6.fback.seqnr", "Sequence number", UINT16 },
	[FBACK_LIFETIME] = { "mip6.fback.lifetime", "Lifetime", UINT16 },
	[FAST_NEIGHBOR_ADVERTISEMENT] = { "mip6.fast_neighbor_advertisement", "Fast Neighbor Advertisement", OCTETS },
	[HB_U_FLAG] = { "mip6.hb.u_flag", "Unsolicited (U) flag", BOOLEAN, .mask = 0x2,
	                .names = NAMES(hb_u_flag_names) },
	[HB_R_FLAG] = { "mip6.hb.r_flag", "Response (R) flag", BOOLEAN, .mask = 0x1,
	                .names = NAMES(hb_r_flag_names) },
	[HB_SEQNR] = { "mip6.hb.seqnr", "Sequence number", UINT32 },
	[HI_SEQNR] = { "mip6.hi.seqnr", "Sequence number", UINT16 },
	[HI_S_FLAG] = { "mip6.hi.s_flag", "Assigned address configuration flag (S) flag", BOOLEAN, .mask = 0x80 },
	[HI_U_FLAG] = { "mip6.hi.u_flag", "Buffer flag (U) flag", BOOLEAN, .mask = 0x40 },
	[HI_CODE] = { "mip6.hi.code", "Code", UINT8 },
	[HACK_SEQNR] = { "mip6.hack.seqnr", "Sequence number", UINT16 },
	[HACK_CODE] = { "mip6.hack.code", "Code", UINT8 },
	[BRI_BR_TYPE] = { "mip6.bri_br.type", "B.R. Type", UINT8 },
	[BRI_R_TRIGGER] = { "mip6.bri_r.trigger", "R. Trigger", UINT8, .names = NAMES(bri_r_trigger_names) },
	[BRI_SEQNR] = { "mip6.bri_seqnr", "Sequence Number", UINT16 },
	[BRI_IP] = { "mip6.bri_ip", "Proxy Binding (P) Flag", BOOLEAN, .mask = 0x8000, .names = &set_or_not },
	[BRI_IV] = { "mip6.bri_iv", "IPv4 HoA Binding Only (V) Flag", BOOLEAN, .mask = 0x4000, .names = &set_or_not },
	[BRI_IG] = { "mip6.bri_ig", "Global (G) Flag", BOOLEAN, .mask = 0x2000, .names = &set_or_not },
	[BRI_RES] = { "mip6.bri_res", "Reserved", UINT16, HEX, .mask = 0x1fff },
	[PADN] = { "mip6.padn", "PadN", OCTETS },
	[BRA_INTERVAL] = { "mip6.bra.interval", "Refresh interval", UINT16 },
	[ACOA_ACOA] = { "mip6.acoa.acoa", "Alternate care-of address", IPV6 },
	[NI_HNI] = { "mip6.ni.hni", "Home nonce index", UINT16 },
	[NI_CNI] = { "mip6.ni.cni", "Care-of nonce index", UINT16 },
	[BAD_AUTH] = { "mip6.bad.auth", "Authenticator", OCTETS },
	[NEMO_MNP_PFL] = { "mip6.nemo.mnp.pfl", "Mobile Network Prefix Length", UINT8 },
	[NEMO_MNP_MNP] = { "mip6.nemo.mnp.mnp", "Mobile Network Prefix", IPV6 },
	[LLA_OPTCODE] = { "mip6.lla.optcode", "Option-Code", UINT8, .names = NAMES(lla_optcode_names) },
	[LLA] = { "mip6.lla", "Link-layer address", OCTETS, COLONS },
	[MNID_SUBTYPE] = { "mip6.mnid.subtype", "Subtype", UINT8, .names = NAMES(mnid_subtype_names) },
	[MNID_IDENTIFIER] = { "mip6.mnid.identifier", "Identifier", STRING },
	[AUTH_SUBTYPE] = { "mip6.auth.subtype", "Subtype", UINT8, .names = NAMES(auth_subtype_names) },
	[AUTH_MOBILITY_SPI] = { "mip6.auth.mobility_spi", "Mobility SPI", UINT32 },
	[AUTH_AUTH_DATA] = { "mip6.auth.auth_data", "Authentication Data", OCTETS },
	[CGAR_CGA_PAR] = { "mip6.cgar.cga_par", "CGA Parameters", OCTETS },
	[SIGN_SIGN] = { "mip6.sign.sign", "CGA Parameters", OCTETS },
	[PHKT_PHKT] = { "mip6.phkt.phkt", "Permanent Home Keygen Token", OCTETS },
	[MOCOT_CO_KEYGEN_TOK] = { "mip6.mocot.co_keygen_tok", "Care-of Keygen Token", OCTETS },
	[EM_DATA] = { "mip6.em.data", "Data", OCTETS },
	[SS_IDENTIFIER] = { "mip6.ss.identifier", "Identifier", STRING },
	[BADFF_SPI] = { "mip6.badff.spi", "SPI", UINT32 },
	[BADFF_AUTH] = { "mip6.badff.auth", "Authenticator", OCTETS },
	[HI_RESERVED] = { "mip6.hi.reserved", "Reserved", UINT8 },
	[HI] = { "mip6.hi", "Handoff Indicator", UINT8, .names = NAMES(hi_names) },
	[ATT_RESERVED] = { "mip6.att.reserved", "Reserved", UINT8 },
	[ATT] = { "mip6.att", "Access Technology Type", UINT8, .names = NAMES(att_names) },
	[MNLLI_RESERVED] = { "mip6.mnlli.reserved", "Reserved", UINT16, .mask = 0xffff },
	[MNLLI_LLI] = { "mip6.mnlli.lli", "Link-layer Identifier", OCTETS },
	[LILA_LLA] = { "mip6.lila_lla", "Link-local Address", IPV6 },
	[RC] = { "mip6.rc", "Restart Counter", UINT32 },
	[IPV4COA_RESERVED] = { "mip6.ipv4coa.reserved", "Reserved", UINT16, .mask = 0xffff },
	[IPV4COA_ADDR] = { "mip6.ipv4coa.addr", "IPv4 Care-of address", IPV4 },
	[IPV4DRA_RESERVED] = { "mip6.ipv4dra.reserved", "Reserved", UINT16 },
	[IPV4DRA_DRA] = { "mip6.ipv4dra.dra", "IPv4 Default-Router Address", IPV4 },
	[IPV4DSM_RESERVED] = { "mip6.ipv4dsm.reserved", "Reserved", UINT16, .mask = 0xfffe },
	[IPV4DSM_S_FLAG] = { "mip6.ipv4dsm.s_flag", "DHCP Support Mode (S)", BOOLEAN, .mask = 0x1,
	                     .names = NAMES(ipv4dsm_s_flag_names) },
	[RECAP_RESERVED] = { "mip6.recap.reserved", "Reserved", UINT16, HEX },
	[LOAD_INF_PRIORITY] = { "mip6.load_inf.priority", "Priority", UINT16 },
	[LOAD_INF_SESSIONS_IN_USE] = { "mip6.load_inf.sessions_in_use", "Sessions in Use", UINT32 },
	[LOAD_INF_MAXIMUM_SESSIONS] = { "mip6.load_inf.maximum_sessions", "Maximum Sessions", UINT32 },
	[LOAD_INF_USED_CAPACITY] = { "mip6.load_inf.used_capacity", "Used Capacity", UINT32 },
	[LOAD_INF_MAXIMUM_CAPACITY] = { "mip6.load_inf.maximum_capacity", "Maximum Capacity", UINT32 },
	[ALT_IP4] = { "mip6.alt_ip4", "Alternate IPv4 Care-of Address", IPV4 },
	[MAG_IPV6_RESERVED] = { "mip6.mag_ipv6.reserved", "Reserved", UINT8, HEX },
	[MAG_IPV6_ADDRESS_LENGTH] = { "mip6.mag_ipv6.address_length", "Address Length", UINT8 },
	[MAG_IPV6_ADDRESS] = { "mip6.mag_ipv6.address", "Address", IPV6 },
};

enum { SHORTENED_REST = 254, REST = 255 };

/* A field of a message or option; HEADER stands for octets that are skipped; no octets: the end of the list. */
struct part {
	uint8_t field;
	uint8_t octets; /* REST: all there are; SHORTENED_REST: but for two, as users of Wireshark know it */
	bool stays;     /* the next part is in the same octets */
};

static const struct part brr_parts[] = { { BINDING_REFRESH_REQUEST, 2 }, { 0 } };
static const struct part hoti_parts[] = { { 0, 2 }, { HOTI_COOKIE, 8 }, { 0 } };
static const struct part coti_parts[] = { { 0, 2 }, { COTI_COOKIE, 8 }, { 0 } };
static const struct part hot_parts[] = { { HOT_NINDEX, 2 }, { HOT_COOKIE, 8 }, { HOT_TOKEN, 8 }, { 0 } };
static const struct part cot_parts[] = { { COT_NINDEX, 2 }, { COT_COOKIE, 8 }, { HOT_TOKEN, 8 }, { 0 } };
static const struct part bu_parts[] = { { BU_SEQNR, 2 }, { BU_A_FLAG, 2, true }, { BU_H_FLAG, 2, true }, { BU_L_FLAG,
	2, true }, { BU_K_FLAG, 2, true }, { BU_M_FLAG, 2, true }, { NEMO_BU_R_FLAG, 2, true }, { BU_P_FLAG, 2,
	true }, { BU_F_FLAG, 2, true }, { BU_T_FLAG, 2, true }, { BU_B_FLAG, 2 }, { BU_LIFETIME, 2 }, { 0 } };
static const struct part ba_parts[] = { { BA_STATUS, 1 }, { BA_K_FLAG, 1, true }, { NEMO_BA_R_FLAG, 1, true },
	{ BA_P_FLAG, 1, true }, { BA_T_FLAG, 1, true }, { BA_B_FLAG, 1 }, { BA_SEQNR, 2 }, { BA_LIFETIME, 2 },
	{ 0 } };
static const struct part be_parts[] = { { BE_STATUS, 1 }, { 0, 1 }, { BE_HADDR, 16 }, { 0 } };
static const struct part fbu_parts[] = { { FBU_SEQNR, 2 }, { FBU_A_FLAG, 1, true }, { FBU_H_FLAG, 1, true },
	{ FBU_L_FLAG, 1, true }, { FBU_K_FLAG, 1 }, { 0, 1 }, { FBU_LIFETIME, 2 }, { 0 } };
static const struct part fback_parts[] = { { FBACK_STATUS, 1 }, { FBACK_K_FLAG, 1 }, { FBACK_SEQNR, 2 },
	{ FBACK_LIFETIME, 2 }, { 0 } };
static const struct part fna_parts[] = { { FAST_NEIGHBOR_ADVERTISEMENT, 2 }, { 0 } };
static const struct part hb_parts[] = { { 0, 1 }, { HB_U_FLAG, 1, true }, { HB_R_FLAG, 1 }, { HB_SEQNR, 4 }, { 0 } };
static const struct part hi_parts[] = { { HI_SEQNR, 2 }, { HI_S_FLAG, 1, true }, { HI_U_FLAG, 1 }, { HI_CODE, 1 },
	{ 0 } };
static const struct part hack_parts[] = { { HACK_SEQNR, 2 }, { 0, 1 }, { HACK_CODE, 1 }, { 0 } };
static const struct part br_parts[] = { { BRI_BR_TYPE, 1 }, { BRI_R_TRIGGER, 1 }, { BRI_SEQNR, 2 }, { BRI_IP, 2,
	true }, { BRI_IV, 2, true }, { BRI_IG, 2, true }, { BRI_RES, 2 }, { 0 } };

/* How messages go on behind the header; without a heading, their fields stand beside the header's. */
static const struct message {
	uint8_t type;
	const char *heading;
	const struct part *parts;
} messages[] = {
	{ 0, NULL, brr_parts },
	{ 1, "Home Test Init", hoti_parts },
	{ 2, "Care-of Test Init", coti_parts },
	{ 3, "Home Test", hot_parts },
	{ 4, "Care-of Test", cot_parts },
	{ 5, "Binding Update", bu_parts },
	{ 6, "Binding Acknowledgement", ba_parts },
	{ 7, "Binding Error", be_parts },
	{ 8, "Fast Binding Update", fbu_parts },
	{ 9, "Fast Binding Acknowledgement", fback_parts },
	{ 10, NULL, fna_parts },
	{ 13, "Heartbeat", hb_parts },
	{ 14, "Handover Initiate", hi_parts },
	{ 15, "Handover Acknowledge ", hack_parts },
	{ 16, "Binding Revocation Indication", br_parts },
};

static const struct part option_1_parts[] = { { PADN, REST }, { 0 } };
static const struct part option_2_parts[] = { { BRA_INTERVAL, 2 }, { 0 } };
static const struct part option_3_parts[] = { { ACOA_ACOA, 16 }, { 0 } };
static const struct part option_4_parts[] = { { NI_HNI, 2 }, { NI_CNI, 2 }, { 0 } };
static const struct part option_5_parts[] = { { BAD_AUTH, REST }, { 0 } };
static const struct part option_6_parts[] = { { 0, 1 }, { NEMO_MNP_PFL, 1 }, { NEMO_MNP_MNP, 16 }, { 0 } };
static const struct part option_7_parts[] = { { LLA_OPTCODE, 1 }, { LLA, REST }, { 0 } };
static const struct part option_8_parts[] = { { MNID_SUBTYPE, 1 }, { MNID_IDENTIFIER, REST }, { 0 } };
static const struct part option_9_parts[] = { { AUTH_SUBTYPE, 1 }, { AUTH_MOBILITY_SPI, 4 }, { AUTH_AUTH_DATA,
	SHORTENED_REST }, { 0 } };
static const struct part option_11_parts[] = { { 0 } };
static const struct part option_12_parts[] = { { CGAR_CGA_PAR, SHORTENED_REST }, { 0 } };
static const struct part option_13_parts[] = { { SIGN_SIGN, SHORTENED_REST }, { 0 } };
static const struct part option_14_parts[] = { { PHKT_PHKT, SHORTENED_REST }, { 0 } };
static const struct part option_15_parts[] = { { 0 } };
static const struct part option_16_parts[] = { { MOCOT_CO_KEYGEN_TOK, SHORTENED_REST }, { 0 } };
static const struct part option_18_parts[] = { { EM_DATA, SHORTENED_REST }, { 0 } };
static const struct part option_20_parts[] = { { SS_IDENTIFIER, REST }, { 0 } };
static const struct part option_21_parts[] = { { BADFF_SPI, 4 }, { BADFF_AUTH, SHORTENED_REST }, { 0 } };
static const struct part option_22_parts[] = { { 0, 1 }, { NEMO_MNP_PFL, 1 }, { NEMO_MNP_MNP, 16 }, { 0 } };
static const struct part option_23_parts[] = { { HI_RESERVED, 1 }, { HI, 1 }, { 0 } };
static const struct part option_24_parts[] = { { ATT_RESERVED, 1 }, { ATT, 1 }, { 0 } };
static const struct part option_25_parts[] = { { MNLLI_RESERVED, 2 }, { MNLLI_LLI, REST }, { 0 } };
static const struct part option_26_parts[] = { { LILA_LLA, 16 }, { 0 } };
static const struct part option_28_parts[] = { { RC, 4 }, { 0 } };
static const struct part option_32_parts[] = { { IPV4COA_RESERVED, 2 }, { IPV4COA_ADDR, 4 }, { 0 } };
static const struct part option_38_parts[] = { { IPV4DRA_RESERVED, 2 }, { IPV4DRA_DRA, 4 }, { 0 } };
static const struct part option_39_parts[] = { { IPV4DSM_RESERVED, 2, true }, { IPV4DSM_S_FLAG, 2 }, { 0 } };
static const struct part option_46_parts[] = { { RECAP_RESERVED, 2 }, { 0 } };
static const struct part option_48_parts[] = { { LOAD_INF_PRIORITY, 2 }, { LOAD_INF_SESSIONS_IN_USE, 4 },
	{ LOAD_INF_MAXIMUM_SESSIONS, 4 }, { LOAD_INF_USED_CAPACITY, 4 }, { LOAD_INF_MAXIMUM_CAPACITY, 4 }, { 0 } };
static const struct part option_49_parts[] = { { ALT_IP4, 4 }, { 0 } };
static const struct part option_51_parts[] = { { MAG_IPV6_RESERVED, 1 }, { MAG_IPV6_ADDRESS_LENGTH, 1 },
	{ MAG_IPV6_ADDRESS, 16 }, { 0 } };

enum { ANY = -1 };

static const struct option {
	uint8_t type;
	int16_t length; /* that it must have, or ANY */
	const char *name;
	const struct part *parts;
} options[] = {
	{ 1, ANY, "PadN", option_1_parts },
	{ 2, 2, "Binding Refresh Advice", option_2_parts },
	{ 3, 16, "Alternate Care-of Address", option_3_parts },
	{ 4, 4, "Nonce Indices", option_4_parts },
	{ 5, ANY, "Authorization Data", option_5_parts },
	{ 6, 18, "Mobile Network Prefix", option_6_parts },
	{ 7, ANY, "Mobility Header Link-Layer Address", option_7_parts },
	{ 8, ANY, "Mobile Node Identifier", option_8_parts },
	{ 9, ANY, "AUTH-OPTION-TYPE", option_9_parts },
	{ 11, 0, "CGA Parameters Request", option_11_parts },
	{ 12, ANY, "CGA Parameters", option_12_parts },
	{ 13, ANY, "Signature", option_13_parts },
	{ 14, ANY, "Permanent Home Keygen Token", option_14_parts },
	{ 15, 0, "Care-of Test Init", option_15_parts },
	{ 16, 8, "Care-of Test", option_16_parts },
	{ 18, ANY, "Experimental", option_18_parts },
	{ 20, ANY, "Service Selection", option_20_parts },
	{ 21, ANY, "Binding Authorization Data for FMIPv6 (BADF)", option_21_parts },
	{ 22, 18, "Home Network Prefix", option_22_parts },
	{ 23, 2, "Handoff Indicator", option_23_parts },
	{ 24, 2, "Access Technology Type Option", option_24_parts },
	{ 25, ANY, "Mobile Node Link-layer Identifier", option_25_parts },
	{ 26, 16, "Link-local Address", option_26_parts },
	{ 28, 4, "Restart Counter", option_28_parts },
	{ 32, 6, "IPv4 Care-of Address", option_32_parts },
	{ 38, 6, "IPv4 Default-Router Address", option_38_parts },
	{ 39, 2, "IPv4 DHCP Support Mode", option_39_parts },
	{ 46, 2, "Redirect-Capability", option_46_parts },
	{ 48, 18, "Load Information", option_48_parts },
	{ 49, 4, "Alternate IPv4", option_49_parts },
	{ 51, 16, "MAG IPv6 Address", option_51_parts },
};

enum { EXPERIMENT = 11 };
enum { PAD1 = 0, MOBILE_NETWORK_PREFIX = 6, NODE_IDENTIFIER = 8, SERVICE_SELECTION = 20, HOME_NETWORK_PREFIX = 22,
HANDOFF = 23,
       ACCESS_TECHNOLOGY = 24 };

/* The fields of a list; `end` is where a REST of octets goes to. */
static void add_parts(struct dissection *d, struct wire *w, const struct part *parts, uint32_t end)
{
	for (const struct part *part = parts; part->octets; part++) {
		const struct field *field = &fields[part->field];
		uint32_t rest = end > w->at ? end - w->at : 0, n = part->octets;
		if (n == REST)
			n = rest;
		else if (n == SHORTENED_REST)
			n = rest > 2 ? rest - 2 : 0;
		if (part->field == HEADER) {
			wire_skip(w, n);
			continue;
		}
		if (!wire_need(w, n))
			return;
		const uint8_t *p = wire_here(w);
		if (field->type == OCTETS || field->type == IPV6)
			add_node_octets(d, w, field, w->at, n, p, n);
		else if (field->type == STRING)
			add_node_octets(d, w, field, w->at, n, p, (uint32_t)strnlen((const char *)p, n));
		else
			add_node(d, w, field, w->at, n, be_value(p, n));
		if (part->field == BU_LIFETIME || part->field == BA_LIFETIME || part->field == FBU_LIFETIME ||
		    part->field == FBACK_LIFETIME || part->field == BRA_INTERVAL)
			append_text(d, w, d->last, " (%u seconds)", be16(p) * 4);
		if (!part->stays)
			wire_skip(w, n);
	}
}

/* What some options say in their heading, too. */
static void append_summary(struct dissection *d, const struct wire *w, node_ref node, uint8_t type, const uint8_t *data,
                           unsigned length)
{
	if (type == MOBILE_NETWORK_PREFIX || type == HOME_NETWORK_PREFIX)
		append_text(d, w, node, ": %s/%u", ipv6_text(d, data + 2), data[1]);
	else if (type == HANDOFF)
		append_text(d, w, node, ": %s", name_or(fields[HI].names, data[1], "<unknown>"));
	else if (type == ACCESS_TECHNOLOGY)
		append_text(d, w, node, ": %s", name_or(fields[ATT].names, data[1], "<unknown>"));
	else if (type == NODE_IDENTIFIER && length > 1)
		append_text(d, w, node, ": %s", printable(d, data + 1, length - 1));
	else if (type == SERVICE_SELECTION)
		append_text(d, w, node, ": %s", printable(d, data, length));
}

static void add_unknown_option(struct dissection *d, struct wire *w, uint8_t type)
{
	node_ref node = open_heading(d, w, &fields[OPTION]);

	set_text(d, w, node, "Unknown (0x%02x)", type);
	add_uint8(d, w, &fields[OPTION_NUMBER]);
	uint8_t length = add_uint8(d, w, &fields[OPTION_LENGTH]);
	add_note(d, w, &fields[UNDECODED]);
	wire_skip(w, length);
	close_subtree(d, node, w);
}

static const struct option *option_of(uint8_t type)
{
	for (unsigned i = 0; i < sizeof options / sizeof *options; i++)
		if (options[i].type == type)
			return &options[i];
	return NULL;
}

/* One option; false when those behind it cannot be found. */
static bool dissect_option(struct dissection *d, struct wire *w, uint32_t end)
{
	uint8_t type = wire_peek_u8(w, 0);
	const struct option *option = option_of(type);

	if (type == PAD1) {
		add_node(d, w, &fields[OPTION], w->at, 1, 0);
		set_text(d, w, d->last, "MIPv6 Option - Pad1");
		wire_skip(w, 1);
		return true;
	}
	unsigned length = w->at + 1 < end ? wire_peek_u8(w, 1) : 0;
	const char *name = option ? option->name : name_of(NAMES(option_numbers), type);
	if (w->at + 2 + length > end) {
		add_node(d, w, &fields[OPTION], w->at, end - w->at, 0);
		set_text(d, w, d->last, "%s (option length = %u byte%s says option goes past end of options)",
		         name ? name : "Unknown", length, length == 1 ? "" : "s");
		note_text_on(d, d->last, &fields[BAD_LENGTH],
		             "%s (option length = %u byte%s says option goes past end of options)",
		             name ? name : "Unknown",
		             length, length == 1 ? "" : "s");
		return false;
	}
	if (!option) {
		add_unknown_option(d, w, type);
		return true;
	}
	struct wire body = wire_take(w, length + 2);
	body.contained = body.reported;
	node_ref node = open_heading(d, &body, &fields[OPTION]);
	set_text(d, &body, node, "MIPv6 Option - %s", name);
	wire_skip(&body, 1);
	add_uint8(d, &body, &fields[OPTION_LENGTH]);
	if (option->length != ANY && option->length != (int)length)
		note_text_on(d, d->last, &fields[BAD_LENGTH], "%s (with option length = %u byte%s; should be %d)",
		             name, length,
		             length == 1 ? "" : "s", option->length);
	const uint8_t *data = wire_here(&body);
	add_parts(d, &body, option->parts, body.reported);
	if (body.state == WIRE_GOOD)
		append_summary(d, &body, node, type, data, length);
	close_subtree(d, node, NULL);
	wire_join(w, &body);
	return true;
}

static void dissect_options(struct dissection *d, struct wire *w, uint32_t end)
{
	if (w->at >= end || !wire_need(w, end - w->at))
		return;
	node_ref top = open_heading(d, w, &fields[OPTIONS]);
	while (w->at < end && w->state == WIRE_GOOD && dissect_option(d, w, end))
		;
	close_subtree(d, top, w);
}

static void dissect_message(struct dissection *d, struct wire *w, uint8_t type, uint32_t end)
{
	for (unsigned i = 0; i < sizeof messages / sizeof *messages; i++) {
		const struct message *message = &messages[i];
		if (message->type != type)
			continue;
		node_ref node = 0;
		if (message->heading) {
			node = open_heading(d, w, &fields[MESSAGE]);
			set_text(d, w, node, "%s", message->heading);
		}
		add_parts(d, w, message->parts, end);
		if (message->heading)
			close_subtree(d, node, w);
		dissect_options(d, w, end);
		return;
	}
	add_octets(d, w, &fields[type == EXPERIMENT ? DATA : UNKNOWN_TYPE_DATA], end > w->at ? end - w->at : 0);
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	node_ref top = open_extension(d, w, &fields[HEADER]);

	add_uint8(d, w, &fields[PAYLOAD_PROTOCOL]);
	uint32_t length = add_uint8(d, w, &fields[HEADER_LENGTH]) * 8u + 8;
	append_text(d, w, d->last, " (%u bytes)", length);
	uint8_t type = add_uint8(d, w, &fields[TYPE]);
	const char *name = name_of(fields[TYPE].names, type);
	if (name)
		set_info(d, w, "%s", name);
	add_uint8(d, w, &fields[HEADER_RESERVED]);
	add_uint16(d, w, &fields[CHECKSUM]);
	if (w->state == WIRE_GOOD)
		dissect_message(d, w, type, start + length);
	close_extension(d, top, w);
}

const struct protocol protocol_mipv6 = {
	.name = "Mobile IPv6",
	.short_name = "MIPv6",
	.filter = "mipv6",
	.column = "MIPv6",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
