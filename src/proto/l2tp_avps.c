/*
 * l2tp_avps.c: the attribute-value pairs of L2TP's control messages, RFC 2661, section 4, RFC 3931, section 5, and of Cisco,
 * Ericsson, the Broadband Forum (RFC 5515) and CableLabs (DEPI). Leaves out the values of hidden ones, and message digests are
 * not verified.
 */

#include "dissect/enterprises.h"
#include "dissect/l2tp.h"
#include "dissect/ppp.h"

enum { IETF = 0, CISCO = 9, ERICSSON = 193, BROADBAND_FORUM = 3561, CABLELABS = 4491 };
enum { HEADER = 6 };

/* An AVP being read. A value is read as long as it should be, whatever length the AVP claims. */
struct avp {
	struct l2tp_message *message;
	const struct row *row;
	uint16_t length; /* of its value */
};

/* An AVP's value: fields in the order of their declarations, or what a function makes of it. */
struct row {
	uint16_t vendor, type;
	uint16_t first, last; /* fields */
	bool is_optional;     /* each is there only if the AVP is long enough */
	uint8_t skip;         /* reserved octets in front of them */
	uint8_t size;         /* octets of a value that has no width of its own; 0: up to the end */
	void (*add)(struct dissection *d, struct wire *w, const struct avp *avp);
};

static void add_value(struct dissection *d, struct wire *w, const struct field *field, uint32_t rest)
{
	const unsigned width = field->type == BOOLEAN ? 1 : field_width(field);

	if (field->type == STRING) {
		add_string(d, w, field, rest);
	} else if (field->type == OCTETS) {
		add_octets(d, w, field, rest);
	} else {
		const uint8_t *p = wire_bytes(w, width);
		if (p)
			add_node(d, w, field, w->at - width, width, be_value(p, width));
	}
}

static void add_values(struct dissection *d, struct wire *w, const struct avp *avp)
{
	const struct row *row = avp->row;
	const uint32_t end = w->at + avp->length;

	if (row->is_optional && avp->length < row->skip)
		return;
	wire_skip(w, row->skip);
	for (unsigned i = row->first; i <= row->last && w->state == WIRE_GOOD; i++) {
		const struct field *field = &l2tp_fields[i];
		const uint32_t rest = row->size ? row->size : end > w->at ? end - w->at : 0;
		const unsigned width = field_width(field);
		if (row->is_optional && rest < (width ? width : 1))
			return;
		add_value(d, w, field, rest);
	}
}

/* Flags: the fields are the bits of `size` octets. */
static void add_bit_values(struct dissection *d, struct wire *w, const struct avp *avp)
{
	const struct row *row = avp->row;
	const uint8_t *p = wire_bytes(w, row->size);

	if (p)
		add_bits(d, w, &l2tp_fields[row->first], &l2tp_fields[row->last], row->size, be_value(p, row->size));
}

static void add_message_type(struct dissection *d, struct wire *w, const struct avp *avp)
{
	avp->message->type = add_uint16(d, w, &l2tp_fields[L2TP_AVP_MESSAGE_TYPE]);
}

/* Stop-Control-Connection-Notification has result codes of its own (RFC 2661, section 4.4.2). */
static void add_result(struct dissection *d, struct wire *w, const struct avp *avp)
{
	enum { STOP_CCN = 4 };
	static const struct row rest = { .first = L2TP_AVP_ERROR_CODE, .last = L2TP_AVP_ERROR_MESSAGE, .is_optional = true };

	if (avp->message->type != STOP_CCN || avp->length < 2) {
		add_values(d, w, avp);
		return;
	}
	add_uint16(d, w, &l2tp_fields[L2TP_CONNECTION_RESULT]);
	add_values(d, w, &(struct avp){ .row = &rest, .length = (uint16_t)(avp->length - 2) });
}

static void add_capabilities(struct dissection *d, struct wire *w, const struct avp *avp)
{
	struct wire list = wire_take(w, avp->length);

	add_node(d, &list, &l2tp_fields[L2TP_LIST], list.at, avp->length, 0);
	const node_ref node = open_subtree(d);
	while (wire_left(&list) >= 2)
		add_uint16(d, &list, &l2tp_fields[avp->row->first]);
	close_subtree(d, node, NULL);
	wire_join(w, &list);
}

static void add_session_id(struct dissection *d, struct wire *w, const struct avp *avp)
{
	struct l2tp_session *session = &avp->message->session;
	const bool is_local = avp->row->first == L2TP_AVP_LOCAL_SESSION_ID || avp->row->first == L2TP_CISCO_LOCAL_SESSION_ID;
	const uint32_t id = add_uint32(d, w, &l2tp_fields[avp->row->first]);

	*(is_local ? &session->local : &session->remote) = id;
	*(is_local ? &session->has_local : &session->has_remote) = true;
	if (avp->row->vendor == IETF)
		append_info(d, w, ", %s: %2u", is_local ? "LSID" : "RSID", id);
}

static void add_cookie(struct dissection *d, struct wire *w, const struct avp *avp)
{
	struct l2tp_session *session = &avp->message->session;

	add_octets(d, w, &l2tp_fields[avp->row->first], avp->length);
	session->has_cookie = true;
	session->cookie = avp->length == 4 || avp->length == 8 ? (uint8_t)avp->length : 0;
}

static void add_pseudowire(struct dissection *d, struct wire *w, const struct avp *avp)
{
	avp->message->session.pseudowire = add_uint16(d, w, &l2tp_fields[avp->row->first]);
	avp->message->session.has_pseudowire = true;
}

static void add_sublayer(struct dissection *d, struct wire *w, const struct avp *avp)
{
	avp->message->session.sublayer = (uint8_t)add_uint16(d, w, &l2tp_fields[avp->row->first]);
	avp->message->session.has_sublayer = true;
}

/* What a proxy has heard and said of LCP (RFC 2661, section 4.4.5). */
static void add_proxy_options(struct dissection *d, struct wire *w, const struct avp *avp)
{
	struct wire options = wire_part(w, avp->length);

	add_octets(d, w, &l2tp_fields[avp->row->first], avp->length);
	if (!SHOWING(d, w) || !avp->length)
		return;
	trail(d, "ppp");
	const node_ref node = open_subtree(d);
	ppp_read_lcp_options(d, &options, node);
	close_subtree(d, node, NULL);
}

/* RFC 5515, section 5: connect speeds of 4 octets, and of 8 in version 3. */
static void add_speed_update(struct dissection *d, struct wire *w, const struct avp *avp)
{
	enum { LENGTH = 12 };

	add_node(d, w, &l2tp_fields[L2TP_AVP_CSU], w->at, avp->length, 0);
	const node_ref node = open_subtree(d);
	if (avp->length == LENGTH) {
		add_uint16(d, w, &l2tp_fields[L2TP_AVP_CSU_RES]);
		add_uint16(d, w, &l2tp_fields[L2TP_AVP_CSU_REMOTE_SESSION_ID]);
		add_uint32(d, w, &l2tp_fields[L2TP_AVP_CSU_CURRENT_TX_SPEED]);
		add_uint32(d, w, &l2tp_fields[L2TP_AVP_CSU_CURRENT_RX_SPEED]);
	}
	close_subtree(d, node, NULL);
}

static void add_encapsulation(struct dissection *d, struct wire *w, const struct avp *avp)
{
	add_node(d, w, &l2tp_fields[L2TP_BB_LOOP], w->at, avp->length, 0);
	const node_ref node = open_subtree(d);
	for (unsigned i = L2TP_BB_LOOP_DATA_LINK; i <= L2TP_BB_LOOP_ENC2; i++)
		add_uint8(d, w, &l2tp_fields[i]);
	close_subtree(d, node, NULL);
}

/* A downstream channel's settings, behind the group that they are of; as many as the AVP has room for. */
static void add_channel(struct dissection *d, struct wire *w, const struct avp *avp)
{
	const uint32_t end = w->at + avp->length;
	const uint16_t group = wire_u16(w);

	add_bits(d, w, &l2tp_fields[L2TP_CABLEL_L_BIT], &l2tp_fields[L2TP_CABLEL_TSID_GROUP_ID], 2, group);
	if (avp->row->first == L2TP_CABLEL_MODULATION) {
		const uint8_t *p = wire_bytes(w, 2);
		if (p)
			add_bits(d, w, &l2tp_fields[L2TP_CABLEL_MODULATION], &l2tp_fields[L2TP_CABLEL_MODULATION], 2,
			         group);
		return;
	}
	if (avp->row->first == L2TP_CABLEL_FREQUENCY) {
		add_uint32(d, w, &l2tp_fields[L2TP_CABLEL_FREQUENCY]);
		return;
	}
	while (w->state == WIRE_GOOD && w->at < end) {
		add_uint16(d, w, &l2tp_fields[L2TP_CABLEL_M]);
		add_uint16(d, w, &l2tp_fields[L2TP_CABLEL_N]);
	}
}

static void add_ericsson_message(struct dissection *d, struct wire *w, const struct avp *avp)
{
	static const char *const names[] = { "TCN", "PN", "TCRQ", "TCRP", "ALTCRQ", "ALTCRP", "LCCSN" };
	const uint16_t type = add_uint16(d, w, &l2tp_fields[avp->row->first]);

	if (type < sizeof names / sizeof *names)
		set_info(d, w, "Control Message - %s", names[type]);
	else
		set_info(d, w, "Control Message - Unknown (0x%x)", type);
}

static void add_cisco_ack(struct dissection *d, struct wire *w, const struct avp *avp)
{
	wire_skip(w, avp->length);
	set_info(d, w, "Control Message - Cisco ACK (ccid=%u)", avp->message->connection);
}

static void add_transport(struct dissection *d, struct wire *w, const struct avp *avp)
{
	const uint32_t end = w->at + avp->length;

	add_uint16(d, w, &l2tp_fields[L2TP_ER_OVERLOAD_THRESH]);
	add_uint8(d, w, &l2tp_fields[L2TP_ER_TC_NUM_GROUPS]);
	while (w->state == WIRE_GOOD && w->at < end) {
		const node_ref node = open_heading(d, w, &l2tp_fields[L2TP_GROUP]);
		add_uint8(d, w, &l2tp_fields[L2TP_ER_TC_GROUP_ID]);
		for (unsigned n = add_uint8(d, w, &l2tp_fields[L2TP_ER_TC_NUM_SAPI]); n; n--)
			add_uint8(d, w, &l2tp_fields[L2TP_ER_TCG_SAPI]);
		for (unsigned i = L2TP_ER_TCG_IP; i <= L2TP_ER_TCG_BUNDLE_MAX_PKT; i++)
			add_value(d, w, &l2tp_fields[i], 0);
		close_subtree(d, node, w);
	}
}

static void add_map(struct dissection *d, struct wire *w, const struct avp *avp)
{
	const uint32_t end = w->at + avp->length;

	add_uint8(d, w, &l2tp_fields[L2TP_ER_NUM_MAPS]);
	for (unsigned n = 0; w->state == WIRE_GOOD && w->at < end; n++) {
		const node_ref node = open_heading(d, w, &l2tp_fields[L2TP_GROUP]);
		append_text(d, w, node, " %u", n);
		for (unsigned i = L2TP_ER_MAP_TEI_LOW; i <= L2TP_ER_MAP_SSC; i++)
			add_uint8(d, w, &l2tp_fields[i]);
		close_subtree(d, node, w);
	}
}

#define ONE(vendor, type, field)      { vendor, type, field, field, false, 0, 0, add_values }
#define OPTIONAL(vendor, type, field) { vendor, type, field, field, true, 0, 0, add_values }
#define RUN(vendor, type, first, last) { vendor, type, first, last, true, 0, 0, add_values }
#define BITS(vendor, type, first, last, size) { vendor, type, first, last, false, 0, size, add_bit_values }
#define BY(vendor, type, field, add)  { vendor, type, field, field, false, 0, 0, add }

static const struct row rows[] = {
	BY(IETF, 0, L2TP_AVP_MESSAGE_TYPE, add_message_type),
	{ IETF, 1, L2TP_RESULT_CODE, L2TP_AVP_ERROR_MESSAGE, true, 0, 0, add_result },
	{ IETF, 2, L2TP_AVP_PROTOCOL_VERSION, L2TP_AVP_PROTOCOL_REVISION, false, 0, 0, add_values },
	BITS(IETF, 3, L2TP_AVP_ASYNC_FRAMING_SUPPORTED, L2TP_AVP_SYNC_FRAMING_SUPPORTED, 4),
	BITS(IETF, 4, L2TP_AVP_ANALOG_ACCESS_SUPPORTED, L2TP_AVP_DIGITAL_ACCESS_SUPPORTED, 4),
	ONE(IETF, 5, L2TP_TIE_BREAKER),
	ONE(IETF, 6, L2TP_AVP_FIRMWARE_REVISION),
	ONE(IETF, 7, L2TP_AVP_HOST_NAME),
	ONE(IETF, 8, L2TP_AVP_VENDOR_NAME),
	ONE(IETF, 9, L2TP_AVP_ASSIGNED_TUNNEL_ID),
	ONE(IETF, 10, L2TP_AVP_RECEIVE_WINDOW_SIZE),
	ONE(IETF, 11, L2TP_AVP_CHAP_CHALLENGE),
	RUN(IETF, 12, L2TP_AVP_CAUSE_CODE, L2TP_AVP_ADVISORY_MSG),
	{ IETF, 13, L2TP_AVP_CHAP_CHALLENGE_RESPONSE, L2TP_AVP_CHAP_CHALLENGE_RESPONSE, false, 0, 16, add_values },
	ONE(IETF, 14, L2TP_AVP_ASSIGNED_SESSION_ID),
	ONE(IETF, 15, L2TP_AVP_CALL_SERIAL_NUMBER),
	ONE(IETF, 16, L2TP_AVP_MIN_BPS),
	ONE(IETF, 17, L2TP_AVP_MAX_BPS),
	BITS(IETF, 18, L2TP_AVP_ANALOG_BEARER_TYPE, L2TP_AVP_DIGITAL_BEARER_TYPE, 4),
	BITS(IETF, 19, L2TP_AVP_ASYNC_FRAMING_TYPE, L2TP_AVP_SYNC_FRAMING_TYPE, 4),
	OPTIONAL(IETF, 21, L2TP_AVP_CALLED_NUMBER),
	OPTIONAL(IETF, 22, L2TP_AVP_CALLING_NUMBER),
	OPTIONAL(IETF, 23, L2TP_AVP_SUB_ADDRESS),
	ONE(IETF, 24, L2TP_AVP_CONNECT_SPEED),
	ONE(IETF, 25, L2TP_AVP_PHYSICAL_CHANNEL),
	BY(IETF, 26, L2TP_AVP_INITIAL_RECEIVED_LCP_CONFREQ, add_proxy_options),
	BY(IETF, 27, L2TP_AVP_LAST_SENT_LCP_CONFREQ, add_proxy_options),
	BY(IETF, 28, L2TP_AVP_LAST_RECEIVED_LCP_CONFREQ, add_proxy_options),
	ONE(IETF, 29, L2TP_AVP_PROXY_AUTHEN_TYPE),
	OPTIONAL(IETF, 30, L2TP_AVP_PROXY_AUTHEN_NAME),
	ONE(IETF, 31, L2TP_AVP_PROXY_AUTHEN_CHALLENGE),
	{ IETF, 32, L2TP_AVP_PROXY_AUTHEN_ID, L2TP_AVP_PROXY_AUTHEN_ID, false, 1, 0, add_values },
	ONE(IETF, 33, L2TP_AVP_PROXY_AUTHEN_RESPONSE),
	{ IETF, 34, L2TP_AVP_CRC_ERRORS, L2TP_AVP_ALIGNMENT_ERRORS, true, 2, 0, add_values },
	{ IETF, 35, L2TP_AVP_SEND_ACCM, L2TP_AVP_RECEIVE_ACCM, true, 2, 0, add_values },
	ONE(IETF, 36, L2TP_AVP_RANDOM_VECTOR),
	ONE(IETF, 37, L2TP_AVP_PRIVATE_GROUP_ID),
	ONE(IETF, 38, L2TP_AVP_RX_CONNECT_SPEED),
	RUN(IETF, 46, L2TP_AVP_DISCONNECT_CODE, L2TP_AVP_CAUSE_CODE_MESSAGE),
	ONE(IETF, 59, L2TP_AVP_MESSAGE_DIGEST),
	ONE(IETF, 60, L2TP_AVP_ROUTER_ID),
	ONE(IETF, 61, L2TP_AVP_ASSIGNED_CONTROL_CONN_ID),
	BY(IETF, 62, L2TP_AVP_PW_TYPE, add_capabilities),
	BY(IETF, 63, L2TP_AVP_LOCAL_SESSION_ID, add_session_id),
	BY(IETF, 64, L2TP_AVP_REMOTE_SESSION_ID, add_session_id),
	BY(IETF, 65, L2TP_AVP_ASSIGNED_COOKIE, add_cookie),
	ONE(IETF, 66, L2TP_AVP_REMOTE_END_ID),
	BY(IETF, 68, L2TP_AVP_PSEUDOWIRE_TYPE, add_pseudowire),
	BY(IETF, 69, L2TP_AVP_LAYER2_SPECIFIC_SUBLAYER, add_sublayer),
	ONE(IETF, 70, L2TP_AVP_DATA_SEQUENCING),
	BITS(IETF, 71, L2TP_AVP_CIRCUIT_STATUS, L2TP_AVP_CIRCUIT_TYPE, 2),
	ONE(IETF, 72, L2TP_AVP_PREFERRED_LANGUAGE),
	ONE(IETF, 73, L2TP_AVP_NONCE),
	OPTIONAL(IETF, 74, L2TP_AVP_TX_CONNECT_SPEED_V3),
	OPTIONAL(IETF, 75, L2TP_AVP_RX_CONNECT_SPEED_V3),
	BY(IETF, 97, L2TP_AVP_CSU, add_speed_update),
	BY(CISCO, 0, 0, add_cisco_ack),
	ONE(CISCO, 1, L2TP_CISCO_ASSIGNED_CONTROL_CONNECTION_ID),
	BY(CISCO, 2, L2TP_CISCO_PW_TYPE, add_capabilities),
	BY(CISCO, 3, L2TP_CISCO_LOCAL_SESSION_ID, add_session_id),
	BY(CISCO, 4, L2TP_CISCO_REMOTE_SESSION_ID, add_session_id),
	BY(CISCO, 5, L2TP_CISCO_ASSIGNED_COOKIE, add_cookie),
	ONE(CISCO, 6, L2TP_CISCO_REMOTE_END_ID),
	BY(CISCO, 7, L2TP_CISCO_PSEUDOWIRE_TYPE, add_pseudowire),
	BITS(CISCO, 8, L2TP_CISCO_CIRCUIT_STATUS, L2TP_CISCO_CIRCUIT_TYPE, 2),
	ONE(CISCO, 9, L2TP_CISCO_TIE_BREAKER),
	ONE(CISCO, 10, L2TP_CISCO_DRAFT_AVP_VERSION),
	ONE(CISCO, 12, L2TP_CISCO_MESSAGE_DIGEST),
	ONE(CISCO, 13, L2TP_CISCO_NONCE),
	ONE(CISCO, 14, L2TP_CISCO_INTERFACE_MTU),
	BY(ERICSSON, 0, L2TP_ER_MSG_TYPE, add_ericsson_message),
	BY(ERICSSON, 1, 0, add_transport),
	RUN(ERICSSON, 3, L2TP_ER_VER_PREF, L2TP_ER_VER_3),
	ONE(ERICSSON, 4, L2TP_ER_CONN_TYPE),
	{ ERICSSON, 5, L2TP_ER_CRC32_ENABLE, L2TP_ER_CRC32_ENABLE, false, 0, 0, add_values },
	ONE(ERICSSON, 6, L2TP_ER_STN_NAME),
	ONE(ERICSSON, 7, L2TP_ER_ABIS_LOWER_MODE),
	BY(ERICSSON, 8, 0, add_map),
	ONE(BROADBAND_FORUM, 1, L2TP_BB_AGENT_CIRCUIT_ID),
	ONE(BROADBAND_FORUM, 2, L2TP_BB_AGENT_REMOTE_ID),
	ONE(BROADBAND_FORUM, 129, L2TP_BB_ACTUAL_DR_UP),
	ONE(BROADBAND_FORUM, 130, L2TP_BB_ACTUAL_DR_DOWN),
	ONE(BROADBAND_FORUM, 131, L2TP_BB_MIN_DR_UP),
	ONE(BROADBAND_FORUM, 132, L2TP_BB_MIN_DR_DOWN),
	ONE(BROADBAND_FORUM, 133, L2TP_BB_ATT_DR_UP),
	ONE(BROADBAND_FORUM, 134, L2TP_BB_ATT_DR_DOWN),
	ONE(BROADBAND_FORUM, 135, L2TP_BB_MAX_DR_UP),
	ONE(BROADBAND_FORUM, 136, L2TP_BB_MAX_DR_DOWN),
	ONE(BROADBAND_FORUM, 137, L2TP_BB_MIN_DR_UP_LOW_POWER),
	ONE(BROADBAND_FORUM, 138, L2TP_BB_MIN_DR_DOWN_LOW_POWER),
	ONE(BROADBAND_FORUM, 139, L2TP_BB_MAX_DELAY_UP),
	ONE(BROADBAND_FORUM, 140, L2TP_BB_ACTUAL_DELAY_UP),
	ONE(BROADBAND_FORUM, 141, L2TP_BB_MAX_DELAY_DOWN),
	ONE(BROADBAND_FORUM, 142, L2TP_BB_ACTUAL_DELAY_DOWN),
	BY(BROADBAND_FORUM, 144, 0, add_encapsulation),
	ONE(BROADBAND_FORUM, 145, L2TP_BB_ANCP_ACCESS_LINE_TYPE),
	ONE(BROADBAND_FORUM, 254, L2TP_BB_IWF_SESSION),
	BY(CABLELABS, 101, L2TP_CABLEL_FREQUENCY, add_channel),
	BY(CABLELABS, 103, L2TP_CABLEL_MODULATION, add_channel),
	BY(CABLELABS, 105, L2TP_CABLEL_M, add_channel),
};

static const struct row *find_row(uint16_t vendor, uint16_t type)
{
	for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++)
		if (row->vendor == vendor && row->type == type)
			return row;
	return NULL;
}

/* The field of AVP types by the vendor's own names; NULL: a vendor whose names are not known. */
static const struct field *type_field(uint16_t vendor)
{
	static const struct { uint16_t vendor, field; } types[] = {
		{ IETF, L2TP_AVP_TYPE }, { CISCO, L2TP_AVP_CISCOTYPE }, { ERICSSON, L2TP_AVP_ERICSSONTYPE },
		{ BROADBAND_FORUM, L2TP_AVP_BROADBANDTYPE }, { CABLELABS, L2TP_AVP_CABLELABSTYPE },
	};

	for (unsigned i = 0; i < sizeof types / sizeof *types; i++)
		if (types[i].vendor == vendor)
			return &l2tp_fields[types[i].field];
	return NULL;
}

static void title_avp(struct dissection *d, const struct wire *w, uint16_t vendor, uint16_t type)
{
	const struct field *field = type_field(vendor);
	const char *name = field ? name_of(field->names, type) : NULL;

	if (!name)
		name = text_of(d, "Unknown (%u)", type);
	if (vendor == IETF)
		set_text(d, w, d->last, "%s AVP", name);
	else if (field)
		set_text(d, w, d->last, "Vendor %s (%u): %s AVP", name_or(&enterprise_names, vendor, "Unknown"), vendor, name);
	else
		set_text(d, w, d->last, "Vendor %s (%u) AVP Type %u", name_or(&enterprise_names, vendor, "Unknown"), vendor,
		         type);
}

static void add_avp_value(struct dissection *d, struct wire *w, struct avp *avp)
{
	const uint16_t vendor = add_uint16(d, w, &l2tp_fields[L2TP_AVP_VENDOR_ID]);
	if (vendor == IETF)
		value_text(d, w, d->last, "Reserved (0)");
	const struct field *types = type_field(vendor);
	const uint16_t type = add_uint16(d, w, types ? types : &l2tp_fields[L2TP_AVP_TYPE]);

	avp->row = find_row(vendor, type);
	if (avp->row && (avp->length || vendor != IETF || type != 2)) {
		avp->row->add(d, w, avp);
	} else if (avp->length) {
		add_node(d, w, &l2tp_fields[L2TP_VENDOR_DATA], w->at, avp->length, 0);
		note_on(d, d->last, &l2tp_fields[L2TP_VENDOR_SPECIFIC_AVP_DATA]);
	}
}

/* False: none can be read behind it. */
static bool read_avp(struct dissection *d, struct wire *w, struct l2tp_message *message, node_ref *last)
{
	const uint16_t flags = wire_peek_u16(w, 0), length = flags & 0x3ff;

	if (w->state != WIRE_GOOD)
		return false;
	if (length < HEADER) {
		const node_ref saved = *last ? reopen(d, *last) : 0;
		add_node(d, w, &l2tp_fields[L2TP_BAD_LENGTH], w->at, 2, 0);
		set_text(d, w, d->last, "AVP length must be >= 6, got %u", length);
		note_text_on(d, d->last, &l2tp_fields[L2TP_AVP_LENGTH_BAD], "AVP length must be >= 6, got %u", length);
		if (*last)
			close_late(d, saved);
		return false;
	}
	if (!wire_need(w, length))
		return false;
	struct wire value = *w;
	wire_skip(w, length);
	add_node(d, &value, &l2tp_fields[L2TP_AVP], value.at, length, 0);
	title_avp(d, &value, be16(wire_here(&value) + 2), be16(wire_here(&value) + 4));
	const node_ref node = open_subtree(d);
	wire_skip(&value, 2);
	add_bits(d, &value, &l2tp_fields[L2TP_AVP_MANDATORY], &l2tp_fields[L2TP_AVP_LENGTH], 2, flags);
	if (!(flags & 0x4000))
		add_avp_value(d, &value, &(struct avp){ .message = message, .length = (uint16_t)(length - HEADER) });
	close_subtree(d, node, NULL);
	wire_join(w, &value);
	*last = node;
	return true;
}

void l2tp_read_avps(struct dissection *d, struct wire *w, struct l2tp_message *message)
{
	node_ref last = 0;

	while (wire_more(w) && read_avp(d, w, message, &last))
		;
}

const char *l2tp_message_name(struct dissection *d, uint16_t type)
{
	static const char *const names[] = {
		NULL, "SCCRQ", "SCCRP", "SCCCN", "StopCCN", "Reserved", "Hello", "OCRQ", "OCRP", "OCCN", "ICRQ", "ICRP", "ICCN",
		"Reserved", "CDN", "WEN", "SLI", "MDMST", "SRRQ", "SRRP", "ACK", "FSQ", "FSR", "MSRQ", "MSRP", "MSE", "MSI",
		"MSEN", "CSUN", "CSURQ",
	};

	if (type < sizeof names / sizeof *names && names[type])
		return names[type];
	return text_of(d, "Unknown (%u)", type);
}
