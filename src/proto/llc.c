/*
 * llc.c: Logical Link Control, IEEE 802.2 (ISO/IEC 8802-2), with its basic XID information, and SNAP, IEEE 802,
 * section 10. Leaves out what an LLC connection carries but for what a SAP names.
 *
 *	 0                   1                   2
 *	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
 *	+---------------+---------------+---------------+---------------+
 *	|     DSAP      |     SSAP      |   control (unnumbered: one octet)
 *	+---------------+---------------+---------------+---------------+
 */

#include "dissect/link.h"

#include "dissect/resolver.h"
#include "dissect/session.h"
#include "dissect/text.h"

enum {
	LLC, DSAP, DSAP_SAP, DSAP_GROUP, SSAP, SSAP_SAP, SSAP_RESPONSE, CONTROL,
	NUMBER_RECEIVED, NUMBER_SENT, POLL, FINAL, SUPERVISORY, SUPERVISORY_TYPE, INFORMATION_TYPE,
	U_POLL, U_FINAL, U_COMMAND, U_RESPONSE, U_TYPE, OUI, TYPE, PID, N_OWN_FIELDS,
	WLCCP_PID = N_OWN_FIELDS, APPLETALK_PID, FOUNDRY_PID, CIMETRICS_PID, NORTEL_PID, CISCO_PID, IANA_PID, AWDL_PID,
	FORCE10_PID, BLUETOOTH_PID, HP_PID, EXTREME_PID, N_FIELDS
};
enum { XID, XID_FORMAT, XID_TYPES, XID_WINDOW, N_XID };

enum { SAP_SNAP = 0xaa };
enum { CONTROL_UI = 0x03, CONTROL_XID = 0xaf, POLL_FINAL = 0x10, UNNUMBERED = 0x03 };

static const struct name saps[] = {
	{ 0x00, "NULL LSAP" }, { 0x01, "NULL LSAP" }, { 0x02, "LLC Sub-Layer Management" },
	{ 0x04, "SNA Path Control" }, { 0x06, "TCP/IP" }, { 0x08, "SNA" }, { 0x0c, "SNA" },
	{ 0x0e, "PROWAY (IEC955) Network Management and Initialization" },
	{ 0x10, "NetWare (unofficial?)" }, { 0x14, "ISO Network Layer (OSLAN 1)" },
	{ 0x18, "Texas Instruments" }, { 0x20, "ISO Network Layer (unofficial?)" },
	{ 0x34, "ISO Network Layer (unofficial?)" }, { 0x42, "Spanning Tree BPDU" },
	{ 0x4e, "EIA RS-511 Manufacturing Message Service" },
	{ 0x54, "ISO Network Layer (OSLAN 2)" }, { 0x7e, "ISO 8208 (X.25 over 802.2)" },
	{ 0x7f, "ISO 802.2" }, { 0x80, "XNS" }, { 0x82, "BACnet" }, { 0x86, "Nestar" },
	{ 0x8e, "PROWAY (IEC955) Active Station List Maintenance" }, { 0x98, "ARP" },
	{ 0xaa, "SNAP" }, { 0xb4, "HP JetDirect Printer" }, { 0xba, "Banyan Vines" },
	{ 0xbc, "Banyan Vines" }, { 0xe0, "NetWare" }, { 0xf0, "NetBIOS" },
	{ 0xf4, "IBM Net Management" }, { 0xf8, "HP Extended LLC" }, { 0xfa, "Ungermann-Bass" },
	{ 0xfc, "Remote Program Load" }, { 0xfe, "ISO Network Layer" }, { 0xff, "Global LSAP" },
};
static const struct name supervisory[] = {
	{ 0, "Receiver ready" }, { 1, "Receiver not ready" }, { 2, "Reject" },
	{ 3, "Selective reject" },
};
static const struct name commands[] = {
	{ 0x00, "Unnumbered Information" }, { 0x01, "Set Initialization Mode" },
	{ 0x03, "Set Asynchronous Response Mode" }, { 0x08, "Unnumbered Poll" },
	{ 0x0b, "Set Asynchronous Balanced Mode" }, { 0x10, "Disconnect" },
	{ 0x13, "Set Asynchronous Response Mode Extended" }, { 0x18, "Unnumbered Acknowledge" },
	{ 0x1b, "Set Asynchronous Balanced Mode Extended" }, { 0x20, "Set Normal Response Mode" },
	{ 0x21, "Frame reject" }, { 0x23, "Reset" }, { 0x2b, "Exchange identification" },
	{ 0x31, "Configure" }, { 0x33, "Set Normal Response Mode Extended" }, { 0x38, "Test" },
	{ 0x3b, "Beacon" },
};
static const struct name responses[] = {
	{ 0x00, "Unnumbered Information" }, { 0x01, "Request Initialization Mode" },
	{ 0x03, "Disconnected mode" }, { 0x08, "Unnumbered Poll" },
	{ 0x0b, "Set Asynchronous Balanced Mode" }, { 0x10, "Request Disconnect" },
	{ 0x13, "Set Asynchronous Response Mode Extended" }, { 0x18, "Unnumbered Acknowledge" },
	{ 0x1b, "Set Asynchronous Balanced Mode Extended" }, { 0x20, "Set Normal Response Mode" },
	{ 0x21, "Frame reject" }, { 0x23, "Reset" }, { 0x2b, "Exchange identification" },
	{ 0x31, "Configure" }, { 0x33, "Set Normal Response Mode Extended" }, { 0x38, "Test" },
	{ 0x3b, "Beacon" },
};
static const struct name frame_types[] = {
	{ 0, "Information frame" }, { 1, "Supervisory frame" }, { 3, "Unnumbered frame" },
};
static const struct name group[] = { { 0, "Individual" }, { 1, "Group" } };
static const struct name response[] = { { 0, "Command" }, { 1, "Response" } };

static const struct name wlccp_pids[] = {
	{ 0x0000, "WLCCP" },
};
static const struct name apple_atalk_pids[] = {
	{ 0x809b, "AppleTalk" },
};
static const struct name foundry_pids[] = {
	{ 0x2000, "FDP" },
};
static const struct name cimetrics_pids[] = {
	{ 0x0001, "U+4 MS/TP" },
};
static const struct name nortel_pids[] = {
	{ 0x01a1, "NDP flatnet hello" }, { 0x01a2, "NDP segment hello" },
	{ 0x01a3, "NDP bridge hello" },
};
static const struct name cisco_pids[] = {
	{ 0x0102, "DRIP" }, { 0x0104, "PAgP" }, { 0x0105, "MLS Hello" },
	{ 0x0108, "RLQ BPDUs (request)" }, { 0x0109, "RLQ BPDUs (response)" },
	{ 0x010b, "PVSTP+" }, { 0x010c, "VLAN Bridge" }, { 0x0111, "UDLD" }, { 0x0139, "MCP" },
	{ 0x2000, "CDP" }, { 0x2001, "CGMP" }, { 0x2003, "VTP" }, { 0x2004, "DTP" },
	{ 0x200a, "STP Uplink Fast" },
};
static const struct name iana_pids[] = {
	{ 0x0001, "MARS Data Messages (short form)" }, { 0x0002, "Reserved for future NHRP use" },
	{ 0x0003, "MARS/NHRP Control Messages" }, { 0x0004, "MARS Data Messages (long form)" },
	{ 0x0005, "SCSP" }, { 0x0006, "VRID" }, { 0x0007, "L2TP" }, { 0x0008, "VPN ID" },
	{ 0x0009, "MSDP-GRE-Protocol Type" },
};
static const struct name apple_awdl_pids[] = {
	{ 0x0800, "AWDL" },
};
static const struct name force10_pids[] = {
	{ 0x0111, "FEFD" },
};
static const struct name bluetooth_pids[] = {
	{ 0x0001, "AMP_U L2CAP ACL data" }, { 0x0002, "AMP-C Activity Report" },
	{ 0x0003, "AMP-C Security frames" }, { 0x0004, "AMP-C Link supervision request" },
	{ 0x0005, "AMP-C Link supervision reply" },
};
static const struct name hpteam_pids[] = {
	{ 0x0002, "HP Teaming heartbeat" },
};
static const struct name extreme_pids[] = {
	{ 0x00bb, "EDP" },
};

static const struct name xid_types[] = {
	{ 1, "Type 1 LLC (Class I LLC)" }, { 2, "Type 2 LLC" },
	{ 3, "Type 1 and Type 2 LLCs (Class II LLC)" }, { 4, "Type 3 LLC" },
	{ 5, "Type 1 and Type 3 LLCs (Class III LLC)" }, { 6, "Type 2 and Type 3 LLCs" },
	{ 7, "Type 1 and Type 2 and Type 3 LLCs (Class IV LLC)" },
};
static const struct name xid_formats[] = {
	{ 0x81, "LLC basic format" },
};

static const struct field fields[N_FIELDS] = {
	[LLC]              = { "llc", "Logical-Link Control", PROTOCOL },
	[DSAP]             = { "llc.dsap", "DSAP", UINT8, HEX, .names = NAMES(saps) },
	[DSAP_SAP]         = { "llc.dsap.sap", "SAP", UINT8, .mask = 0xfe },
	[DSAP_GROUP]       = { "llc.dsap.ig", "IG Bit", BOOLEAN, .mask = 0x01, .names = NAMES(group) },
	[SSAP]             = { "llc.ssap", "SSAP", UINT8, HEX, .names = NAMES(saps) },
	[SSAP_SAP]         = { "llc.ssap.sap", "SAP", UINT8, .mask = 0xfe },
	[SSAP_RESPONSE]    = { "llc.ssap.cr", "CR Bit", BOOLEAN, .mask = 0x01, .names = NAMES(response) },
	[CONTROL]          = { "llc.control", "Control", UINT16, HEX },
	[NUMBER_RECEIVED]  = { "llc.control.n_r", "N(R)", UINT16, DEC, .mask = 0xfe00 },
	[NUMBER_SENT]      = { "llc.control.n_s", "N(S)", UINT16, DEC, .mask = 0x00fe },
	[POLL]             = { "llc.control.p", "Poll", BOOLEAN, .mask = 0x0100, .names = &set_or_not },
	[FINAL]            = { "llc.control.f", "Final", BOOLEAN, .mask = 0x0100, .names = &set_or_not },
	[SUPERVISORY]      = { "llc.control.s_ftype", "Supervisory frame type", UINT16, HEX, .mask = 0x000c,
	                       .names = NAMES(supervisory) },
	[SUPERVISORY_TYPE] = { "llc.control.ftype", "Frame type", UINT16, HEX, .mask = 0x0003, .names = NAMES(frame_types) },
	[INFORMATION_TYPE] = { "llc.control.ftype", "Frame type", UINT16, HEX, .mask = 0x0001, .names = NAMES(frame_types) },
	[U_POLL]           = { "llc.control.p", "Poll", BOOLEAN, .mask = 0x10, .names = &set_or_not },
	[U_FINAL]          = { "llc.control.f", "Final", BOOLEAN, .mask = 0x10, .names = &set_or_not },
	[U_COMMAND]        = { "llc.control.u_modifier_cmd", "Command", UINT8, HEX, .mask = 0xec, .names = NAMES(commands) },
	[U_RESPONSE]       = { "llc.control.u_modifier_resp", "Response", UINT8, HEX, .mask = 0xec,
	                       .names = NAMES(responses) },
	[U_TYPE]           = { "llc.control.ftype", "Frame type", UINT8, HEX, .mask = 0x03, .names = NAMES(frame_types) },
	[OUI]              = { "llc.oui", "Organization Code", UINT24 },
	[TYPE]             = { "llc.type", "Type", UINT16, HEX, .names = &ethertype_names },
	[PID]              = { "llc.pid", "Protocol ID", UINT16, HEX },
	[WLCCP_PID]        = { "llc.wlccp_pid", "PID", UINT16, HEX, .names = NAMES(wlccp_pids) },
	[APPLETALK_PID]    = { "llc.apple_atalk_pid", "PID", UINT16, HEX, .names = NAMES(apple_atalk_pids) },
	[FOUNDRY_PID]      = { "llc.foundry_pid", "PID", UINT16, HEX, .names = NAMES(foundry_pids) },
	[CIMETRICS_PID]    = { "llc.cimetrics_pid", "PID", UINT16, HEX, .names = NAMES(cimetrics_pids) },
	[NORTEL_PID]       = { "llc.nortel_pid", "PID", UINT16, HEX, .names = NAMES(nortel_pids) },
	[CISCO_PID]        = { "llc.cisco_pid", "PID", UINT16, HEX, .names = NAMES(cisco_pids) },
	[IANA_PID]         = { "llc.iana_pid", "PID", UINT16, HEX, .names = NAMES(iana_pids) },
	[AWDL_PID]         = { "llc.apple_awdl_pid", "PID", UINT16, HEX, .names = NAMES(apple_awdl_pids) },
	[FORCE10_PID]      = { "llc.force10_pid", "PID", UINT16, HEX, .names = NAMES(force10_pids) },
	[BLUETOOTH_PID]    = { "llc.bluetooth_pid", "PID", UINT16, HEX, .names = NAMES(bluetooth_pids) },
	[HP_PID]           = { "llc.hpteam_pid", "PID", UINT16, HEX, .names = NAMES(hpteam_pids) },
	[EXTREME_PID]      = { "llc.extreme_pid", "PID", UINT16, HEX, .names = NAMES(extreme_pids) },
};

static const struct field xid_fields[N_XID] = {
	[XID]        = { "basicxid", "Logical-Link Control Basic Format XID", PROTOCOL },
	[XID_FORMAT] = { "basicxid.llc.xid.format", "XID Format", UINT8, HEX, .names = NAMES(xid_formats) },
	[XID_TYPES]  = { "basicxid.llc.xid.types", "LLC Types/Classes", UINT8, HEX, .names = NAMES(xid_types) },
	[XID_WINDOW] = { "basicxid.llc.xid.wsize", "Receive Window Size", UINT8 },
};

/* Who numbers the protocols of a SNAP header. */
static const struct organization {
	uint32_t oui;
	uint8_t field;
} organizations[] = {
	{ 0x00000c, CISCO_PID },     { 0x00005e, IANA_PID },    { 0x000081, NORTEL_PID }, { 0x0001e8, FORCE10_PID },
	{ 0x001090, CIMETRICS_PID }, { 0x0017f2, AWDL_PID },    { 0x001958, BLUETOOTH_PID }, { 0x004096, WLCCP_PID },
	{ 0x00805f, HP_PID },        { 0x00e02b, EXTREME_PID }, { 0x00e052, FOUNDRY_PID }, { 0x080007, APPLETALK_PID },
};
extern const struct protocol protocol_basicxid, protocol_stp, protocol_pvst;

/* What stands behind SNAP headers with numbers of organizations. */
static const struct snap_row {
	uint32_t oui;
	uint16_t number;
	const struct protocol *protocol;
} snap_rows[] = {
	{ 0x00000c, 0x010b, &protocol_pvst },
	{ 0x00000c, 0x010c, &protocol_stp },
};

enum { OUI_ETHERTYPE = 0x000000, OUI_CISCO_90 = 0x0000f8, OUI_BRIDGED = 0x0080c2 };

/* The short names of unnumbered frames, by what their modifier bits say. */
static const struct name short_commands[] = {
	{ 0x00, "UI" },   { 0x01, "SIM" },  { 0x03, "SARM" }, { 0x08, "UP" },    { 0x0b, "SABM" }, { 0x10, "DISC" },
	{ 0x13, "SARME" }, { 0x18, "UA" },  { 0x1b, "SABME" }, { 0x20, "SNRM" }, { 0x21, "FRMR" }, { 0x23, "RESET" },
	{ 0x2b, "XID" },  { 0x31, "CFGR" }, { 0x33, "SNRME" }, { 0x38, "TEST" }, { 0x3b, "BCN" },
};
static const struct name short_responses[] = {
	{ 0x00, "UI" },   { 0x01, "RIM" },  { 0x03, "DM" },    { 0x08, "UP" },   { 0x0b, "SABM" }, { 0x10, "RD" },
	{ 0x13, "SARME" }, { 0x18, "UA" },  { 0x1b, "SABME" }, { 0x20, "SNRM" }, { 0x21, "FRMR" }, { 0x23, "RESET" },
	{ 0x2b, "XID" },  { 0x31, "CFGR" }, { 0x33, "SNRME" }, { 0x38, "TEST" }, { 0x3b, "BCN" },
};
static const struct name short_supervisory[] = { { 0, "RR" }, { 1, "RNR" }, { 2, "REJ" }, { 3, "SREJ" } };

/* A service access point: its number, and the bit that is not part of it. */
static uint8_t add_sap(struct dissection *d, struct wire *w, unsigned first)
{
	uint8_t sap = add_uint8(d, w, &fields[first]);

	if (!SHOWING(d, w))
		return sap;
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[first + 1], &fields[first + 1], 1, sap);
	value_text(d, w, d->last, "%s", name_or(fields[first].names, sap & 0xfe, "Unknown"));
	add_bits(d, w, &fields[first + 2], &fields[first + 2], 1, sap);
	close_subtree(d, node, NULL);
	return sap;
}

static void add_unnumbered(struct dissection *d, struct wire *w, uint8_t control, bool is_response)
{
	unsigned modifier = is_response ? U_RESPONSE : U_COMMAND;
	const struct names *names = is_response ? NAMES(short_responses) : NAMES(short_commands);

	add_node(d, w, &fields[CONTROL], w->at - 1, 1, control);
	const char *flag = !(control & POLL_FINAL) ? "" : is_response ? " F" : " P";
	const char *name = name_or(names, (control & 0xec) >> 2, "Unknown");
	set_text(d, w, d->last, "Control field: U%s, func=%s (0x%02X)", flag, name, control);
	set_info(d, w, "U%s, func=%s", flag, name);
	node_ref node = open_subtree(d);
	if (control & POLL_FINAL)
		add_node(d, w, &fields[is_response ? U_FINAL : U_POLL], w->at - 1, 1, control);
	add_node(d, w, &fields[modifier], w->at - 1, 1, control);
	add_node(d, w, &fields[U_TYPE], w->at - 1, 1, control);
	close_subtree(d, node, NULL);
}

/* Information and supervisory frames have a control field of two octets, the low one first. */
static void add_numbered(struct dissection *d, struct wire *w, uint16_t control, bool is_response)
{
	bool is_supervisory = control & 1;
	is_response &= is_supervisory;
	const char *flag = !(control & 0x0100) ? "" : is_response ? " F" : " P";

	add_node(d, w, &fields[CONTROL], w->at - 2, 2, control);
	const char *text = is_supervisory ?
		text_of(d, "S%s, func=%s, N(R)=%u", flag, name_or(NAMES(short_supervisory), control >> 2 & 3, ""), control >> 9) :
		text_of(d, "I%s, N(R)=%u, N(S)=%u", flag, control >> 9, control >> 1 & 0x7f);
	set_text(d, w, d->last, "Control field: %s (0x%04X)", text, control);
	set_info(d, w, "%s", text);
	node_ref node = open_subtree(d);
	add_node(d, w, &fields[NUMBER_RECEIVED], w->at - 2, 2, control);
	if (!is_supervisory)
		add_node(d, w, &fields[NUMBER_SENT], w->at - 2, 2, control);
	if (control & 0x0100)
		add_node(d, w, &fields[is_response ? FINAL : POLL], w->at - 2, 2, control);
	if (is_supervisory)
		add_node(d, w, &fields[SUPERVISORY], w->at - 2, 2, control);
	add_node(d, w, &fields[is_supervisory ? SUPERVISORY_TYPE : INFORMATION_TYPE], w->at - 2, 2, control);
	close_subtree(d, node, NULL);
}

/* The control field: of an unnumbered frame its value; of another its lowest two bits. */
static uint8_t add_control(struct dissection *d, struct wire *w, bool is_response)
{
	uint8_t first = wire_peek_u8(w, 0);

	if ((first & 3) == UNNUMBERED) {
		wire_skip(w, 1);
		if (SHOWING(d, w))
			add_unnumbered(d, w, first, is_response);
		return first;
	}
	const uint8_t *p = wire_bytes(w, 2);
	if (p && !d->first_pass)
		add_numbered(d, w, le16(p), is_response);
	return first & 3;
}

uint32_t add_oui(struct dissection *d, struct wire *w, const struct field *field)
{
	enum { SHOWN = 31 }; /* characters of a number with its name */
	uint32_t oui = add_uint24(d, w, field);

	if (!SHOWING(d, w))
		return oui;
	char name[ORGANIZATION_LARGEST + 1];
	const char *number = text_of(d, "%02x:%02x:%02x", oui >> 16, oui >> 8 & 0xff, oui & 0xff);
	bool has_name = organization_of(d->session->organizations, oui, name);
	const char *text = has_name ? text_of(d, "%s (%s)", number, name) : number;
	value_text(d, w, d->last, "%.*s", SHOWN, text);
	return oui;
}

static void dissect_organization(struct dissection *d, struct wire w, uint32_t oui, uint16_t number)
{
	for (unsigned i = 0; i < sizeof snap_rows / sizeof *snap_rows; i++) {
		if (snap_rows[i].oui == oui && snap_rows[i].number == number) {
			dissect_protocol(d, w, snap_rows[i].protocol);
			return;
		}
	}
	dissect_data(d, w);
}

static void dissect_snap(struct dissection *d, struct wire *w, node_ref top)
{
	if (!wire_need(w, 5))
		return;
	uint32_t oui = add_oui(d, w, &fields[OUI]);
	unsigned field = oui == OUI_ETHERTYPE || oui == OUI_CISCO_90 ? TYPE : PID;

	for (unsigned i = 0; i < sizeof organizations / sizeof *organizations; i++) {
		if (organizations[i].oui == oui)
			field = organizations[i].field;
	}
	uint16_t number = add_uint16(d, w, &fields[field]);
	if (LISTING(d, w)) {
		char name[ORGANIZATION_LARGEST + 1];
		bool has_name = organization_of(d->session->organizations, oui, name);
		append_info(d, w, "; SNAP, OUI 0x%06X (%s), PID 0x%04X", oui, has_name ? name : "Unknown", number);
	}
	close_subtree(d, top, w);
	if (w->state != WIRE_GOOD)
		return;
	if (field == TYPE)
		dissect_next(d, *w, BY_ETHERTYPE, number);
	else
		dissect_organization(d, *w, oui, number);
}

static const char *sap_text(struct dissection *d, uint8_t sap)
{
	const char *name = name_of(fields[DSAP].names, sap & 0xfe);

	return name ? name : text_of(d, "0x%02x", sap & 0xfe);
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 1))
		return;
	node_ref top = open_protocol(d, w, &fields[LLC]);
	uint8_t dsap = add_sap(d, w, DSAP);
	uint8_t ssap = add_sap(d, w, SSAP);
	uint8_t control = add_control(d, w, ssap & 1);

	if (w->state != WIRE_GOOD)
		return;
	if (dsap == SAP_SNAP && (ssap & 0xfe) == SAP_SNAP) {
		dissect_snap(d, w, top);
		return;
	}
	append_info(d, w, "; DSAP %s %s, SSAP %s %s", sap_text(d, dsap), dsap & 1 ? "Group" : "Individual",
	            sap_text(d, ssap), ssap & 1 ? "Response" : "Command");
	close_subtree(d, top, w);
	if (control == CONTROL_XID && wire_has(w, 1) && *wire_here(w) == 0x81)
		dissect_protocol(d, *w, &protocol_basicxid);
	else if (wire_left(w) && (control == CONTROL_UI || !(control & 1)))
		dissect_next(d, *w, BY_LLC_SAP, dsap);
	else
		dissect_data(d, *w);
}

static void dissect_xid(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &xid_fields[XID]);

	add_uint8(d, w, &xid_fields[XID_FORMAT]);
	uint8_t types = add_uint8(d, w, &xid_fields[XID_TYPES]);
	const char *name = name_of(xid_fields[XID_TYPES].names, types & 0x1f);
	append_info(d, w, "Basic Format; %s", name ? name : text_of(d, "0x%02x", types & 0x1f));
	uint8_t window = wire_u8(w);
	add_node(d, w, &xid_fields[XID_WINDOW], w->at - 1, 1, window >> 1);
	append_info(d, w, "; Window Size %u", window >> 1);
	close_subtree(d, top, w);
}

const struct protocol protocol_llc = {
	.name = "Logical-Link Control",
	.short_name = "LLC",
	.filter = "llc",
	.column = "LLC",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_basicxid = {
	.name = "Logical-Link Control Basic Format XID",
	.short_name = "Basic Format XID",
	.filter = "basicxid",
	.column = "XID",
	.fields = xid_fields,
	.field_count = N_XID,
	.dissect = dissect_xid,
};
