/*
 * pppoe_discovery.c: how sessions of PPP over Ethernet are found, RFC 2516, with the access line's characteristics of TR-101 and
 * the credits and metrics of RFC 5578.
 */

#include "dissect/link.h"

enum {
	DISCOVERY, TAGS, TAG, TAG_LENGTH, UNKNOWN, SERVICE_NAME, AC_NAME, HOST_UNIQ, AC_COOKIE, RELAY_SESSION, HURL, MOTM,
	MAX_PAYLOAD, ROUTE_ADD, SERVICE_NAME_ERROR, AC_SYSTEM_ERROR, GENERIC_ERROR, SEQUENCE, CREDIT_SCALE, BAD_LENGTH,
	CREDITS, FCN, BCN, METRICS, MDR_UNITS, CDR_UNITS, RECEIVE_ONLY, QUALITY, RESOURCE, LATENCY, CURRENT_RATE, MAXIMUM_RATE,
	VENDOR, VENDOR_UNSPECIFIED, VENDOR_TAGS, VENDOR_TAG, VENDOR_TAG_LENGTH, CIRCUIT_ID, REMOTE_ID,
	FIRST_RATE, LAST_RATE = FIRST_RATE + 13, ENCAPSULATION, DATA_LINK, ENCAPSULATION_1, ENCAPSULATION_2, N_FIELDS
};

static const struct name tags[] = {
	{ 0x0000, "End-Of-List" },       { 0x0101, "Service-Name" },       { 0x0102, "AC-Name" },
	{ 0x0103, "Host-Uniq" },         { 0x0104, "AC-Cookie" },          { 0x0105, "Vendor-Specific" },
	{ 0x0106, "Credits" },           { 0x0107, "Metrics" },            { 0x0108, "Sequence Number" },
	{ 0x0109, "Credit Scale Factor" }, { 0x0110, "Relay-Session-Id" }, { 0x0111, "HURL" },
	{ 0x0112, "MOTM" },              { 0x0120, "PPP-Max-Payload" },    { 0x0121, "IP Route Add" },
	{ 0x0201, "Service-Name-Error" }, { 0x0202, "AC-System-Error" },   { 0x0203, "Generic-Error" },
};
static const struct name vendor_tags[] = {
	{ 0x01, "Circuit-ID" },
	{ 0x02, "Remote-ID" },
	{ 0x81, "Actual-Data-Rate-Up" },
	{ 0x82, "Actual-Data-Rate-Down" },
	{ 0x83, "Min-Data-Rate-Up" },
	{ 0x84, "Min-Data-Rate-Down" },
	{ 0x85, "Attainable-Data-Rate-Up" },
	{ 0x86, "Attainable-Data-Rate-Down" },
	{ 0x87, "Max-Data-Rate-Up" },
	{ 0x88, "Max-Data-Rate-Down" },
	{ 0x89, "Min-Data-Rate-Up-Low-Power" },
	{ 0x8a, "Min-Data-Rate-Down-Low-Power" },
	{ 0x8b, "Max-Interleaving-Delay-Up" },
	{ 0x8c, "Actual-Interleaving-Delay-Up" },
	{ 0x8d, "Max-Interleaving-Delay-Down" },
	{ 0x8e, "Actual-Interleaving-Delay-Down" },
	{ 0x90, "Access-Loop-Encapsulation" },
};
static const struct name units[] = {
	{ 0, "kilobits per second" }, { 1, "megabits per second" }, { 2, "gigabits per second" }, { 3, "terabits per second" },
};
static const struct name data_links[] = { { 0, "ATM AAL5" }, { 1, "Ethernet" } };
static const struct name encapsulations_1[] = {
	{ 0, "NA" }, { 1, "Untagged Ethernet" }, { 2, "Single-tagged Ethernet" }, { 3, "Double-tagged Ethernet" },
};
static const struct name encapsulations_2[] = {
	{ 0, "NA" },
	{ 1, "PPPoA LLC" },
	{ 2, "PPPoA Null" },
	{ 3, "IPoA LLC" },
	{ 4, "IPoA Null" },
	{ 5, "Ethernet over AAL5 LLC w FCS" },
	{ 6, "Ethernet over AAL5 LLC w/o FCS" },
	{ 7, "Ethernet over AAL5 Null w FCS" },
	{ 8, "Ethernet over AAL5 Null w/o FCS" },
};

static const struct field fields[N_FIELDS] = {
	[DISCOVERY]          = { "pppoed", "PPP-over-Ethernet Discovery", PROTOCOL },
	[TAGS]               = { "pppoed.tags", "PPPoE Tags", SUBTREE },
	[TAG]                = { "pppoed.tag", "Tag", UINT16, HEX, .names = NAMES(tags) },
	[TAG_LENGTH]         = { "pppoed.tag_length", "Tag Length", UINT16 },
	[UNKNOWN]            = { "pppoed.tag.unknown_data", "Unknown Data", OCTETS },
	[SERVICE_NAME]       = { "pppoed.tags.service_name", "Service-Name", STRING },
	[AC_NAME]            = { "pppoed.tags.ac_name", "AC-Name", STRING },
	[HOST_UNIQ]          = { "pppoed.tags.host_uniq", "Host-Uniq", OCTETS },
	[AC_COOKIE]          = { "pppoed.tags.ac_cookie", "AC-Cookie", OCTETS },
	[RELAY_SESSION]      = { "pppoed.tags.relay_session_id", "Relay-Session-Id", OCTETS },
	[HURL]               = { "pppoed.tags.hurl", "HURL", OCTETS },
	[MOTM]               = { "pppoed.tags.motm", "MOTM", OCTETS },
	[MAX_PAYLOAD]        = { "pppoed.tags.max_payload", "PPP-Max-Payload", OCTETS },
	[ROUTE_ADD]          = { "pppoed.tags.ip_route_add", "IP Route Add", OCTETS },
	[SERVICE_NAME_ERROR] = { "pppoed.tags.service_name_error", "Service-Name-Error", STRING },
	[AC_SYSTEM_ERROR]    = { "pppoed.tags.ac_system_error", "AC-System-Error", STRING },
	[GENERIC_ERROR]      = { "pppoed.tags.generic_error", "Generic-Error", STRING },
	[SEQUENCE]           = { "pppoed.tags.seq_num", "Sequence Number", UINT16, HEX },
	[CREDIT_SCALE]       = { "pppoed.tags.credit_scale", "Credit Scale Factor", UINT16 },
	[BAD_LENGTH]         = { "pppoed.tag_length.invalid", "Wrong length", NOTE, .severity = SEVERITY_WARNING,
	                         .group = GROUP_MALFORMED },
	[CREDITS]            = { "pppoed.tags.credits", "Credits", OCTETS },
	[FCN]                = { "pppoed.tags.credits.fcn", "FCN", UINT16 },
	[BCN]                = { "pppoed.tags.credits.bcn", "BCN", UINT16 },
	[METRICS]            = { "pppoed.tags.metrics", "Metrics", OCTETS },
	[MDR_UNITS]          = { "pppoed.tags.metrics.mdr_units", "MDR Units", UINT16, HEX, .mask = 0x0018,
	                         .names = NAMES(units) },
	[CDR_UNITS]          = { "pppoed.tags.metrics.cdr_units", "CDR Units", UINT16, HEX, .mask = 0x0006,
	                         .names = NAMES(units) },
	[RECEIVE_ONLY]       = { "pppoed.tags.metrics.r", "Receive Only", BOOLEAN, .mask = 0x0001 },
	[QUALITY]            = { "pppoed.tags.metrics.rlq", "Relative Link Quality", UINT8 },
	[RESOURCE]           = { "pppoed.tags.metrics.resource", "Resource", UINT8 },
	[LATENCY]            = { "pppoed.tags.metrics.latency", "Latency", UINT16 },
	[CURRENT_RATE]       = { "pppoed.tags.metrics.curr_drate", "Curr. datarate", UINT16 },
	[MAXIMUM_RATE]       = { "pppoed.tags.metrics.max_drate", "Max. datarate", UINT16 },
	[VENDOR]             = { "pppoed.tags.vendor_id", "Vendor id", UINT32 },
	[VENDOR_UNSPECIFIED] = { "pppoed.tags.vendor_unspecified", "Vendor unspecified", OCTETS },
	[VENDOR_TAGS]        = { "pppoed.tags.vendorspecific.tags", "Vendor Specific PPPoE Tags", SUBTREE },
	[VENDOR_TAG]         = { "pppoed.tags.vendorspecific.tag", "Tag", UINT8, HEX, .names = NAMES(vendor_tags) },
	[VENDOR_TAG_LENGTH]  = { "pppoed.tag_length_8", "Tag Length", UINT8 },
	[CIRCUIT_ID]         = { "pppoed.tags.circuit_id", "Circuit ID", STRING },
	[REMOTE_ID]          = { "pppoed.tags.remote_id", "Remote ID", STRING },
	[FIRST_RATE]         = { "pppoed.tags.act_data_rate_up", "Actual Data Rate Upstream", UINT32 },
	[FIRST_RATE + 1]     = { "pppoed.tags.act_data_rate_down", "Actual Data Rate Downstream", UINT32 },
	[FIRST_RATE + 2]     = { "pppoed.tags.min_data_rate_up", "Minimum Data Rate Upstream", UINT32 },
	[FIRST_RATE + 3]     = { "pppoed.tags.min_data_rate_down", "Minimum Data Rate Downstream", UINT32 },
	[FIRST_RATE + 4]     = { "pppoed.tags.attainable_data_rate_up", "Attainable DataRate Upstream", UINT32 },
	[FIRST_RATE + 5]     = { "pppoed.tags.attainable_data_rate_down", "Attainable DataRate Downstream", UINT32 },
	[FIRST_RATE + 6]     = { "pppoed.tags.max_data_rate_up", "Maximum Data Rate Upstream", UINT32 },
	[FIRST_RATE + 7]     = { "pppoed.tags.max_data_rate_down", "Maximum Data Rate Downstream", UINT32 },
	[FIRST_RATE + 8]     = { "pppoed.tags.min_data_rate_up_lp", "Min DataRate Upstream in low power state", UINT32 },
	[FIRST_RATE + 9]     = { "pppoed.tags.min_data_rate_down_lp", "Minimum Data Rate Downstream in low power state",
	                         UINT32 },
	[FIRST_RATE + 10]    = { "pppoed.tags.max_int_delay_up", "Max Interleaving Delay Upstream", UINT32 },
	[FIRST_RATE + 11]    = { "pppoed.tags.act_int_delay_up", "Actual Interleaving Delay Upstream", UINT32 },
	[FIRST_RATE + 12]    = { "pppoed.tags.max_int_delay_down", "Maximum Interleaving Delay Downstream", UINT32 },
	[LAST_RATE]          = { "pppoed.tags.act_int_delay_down", "Actual Interleaving Delay Downstream", UINT32 },
	[ENCAPSULATION]      = { "pppoed.tags.access_loop_encap", "Access-Loop-Encapsulation", SUBTREE },
	[DATA_LINK]          = { "pppoed.tags.access_loop_encap.data_link", "Data link", UINT8, HEX,
	                         .names = NAMES(data_links) },
	[ENCAPSULATION_1]    = { "pppoed.tags.access_loop_encap.encap_1", "Encaps 1", UINT8, HEX,
	                         .names = NAMES(encapsulations_1) },
	[ENCAPSULATION_2]    = { "pppoed.tags.access_loop_encap.encap_2", "Encaps 2", UINT8, HEX,
	                         .names = NAMES(encapsulations_2) },
};

enum { HEADER = 6, TAG_HEADER = 4, VENDOR_TAG_HEADER = 2 };
enum { END_OF_LIST = 0, VENDOR_BROADBAND_FORUM = 3561 };
enum { FIRST_RATE_TAG = 0x81, LAST_RATE_TAG = 0x8e };

/* What a tag's value is: one field, or what a function makes of it. */
struct tag {
	uint16_t code;
	uint8_t field;
	void (*add)(struct dissection *d, struct wire *w, uint16_t length);
};

static void add_wrong_length(struct dissection *d, struct wire *w, const char *name, uint16_t length, unsigned expected)
{
	const char *text = text_of(d, "%s tag: Wrong length: %u (expected %u)", name, length, expected);

	add_node(d, w, &fields[TAGS], w->at, length, 0);
	set_text(d, w, d->last, "%s", text);
	note_text_on(d, d->last, &fields[BAD_LENGTH], "%s", text);
	wire_skip(w, length);
}

static void add_sequence(struct dissection *d, struct wire *w, uint16_t length)
{
	if (length == 2)
		add_uint16(d, w, &fields[SEQUENCE]);
	else if (SHOWING(d, w))
		add_wrong_length(d, w, "Sequence Number", length, 2);
}

static void add_credit_scale(struct dissection *d, struct wire *w, uint16_t length)
{
	if (length == 2)
		add_uint16(d, w, &fields[CREDIT_SCALE]);
	else if (SHOWING(d, w))
		add_wrong_length(d, w, "Credit Scale Factor", length, 2);
}

static void add_credits(struct dissection *d, struct wire *w, uint16_t length)
{
	if (length != 4) {
		add_octets(d, w, &fields[CREDITS], length);
		return;
	}
	add_uint16(d, w, &fields[FCN]);
	add_uint16(d, w, &fields[BCN]);
}

static void add_metrics(struct dissection *d, struct wire *w, uint16_t length)
{
	static const char *const rates[] = { "kbps", "mbps", "gbps", "tbps" };

	if (length != 10) {
		add_octets(d, w, &fields[METRICS], length);
		return;
	}
	uint16_t flags = wire_u16(w);
	add_bits(d, w, &fields[MDR_UNITS], &fields[RECEIVE_ONLY], 2, flags);
	add_uint8(d, w, &fields[QUALITY]);
	add_uint8(d, w, &fields[RESOURCE]);
	add_uint16(d, w, &fields[LATENCY]);
	add_uint16(d, w, &fields[CURRENT_RATE]);
	append_text(d, w, d->last, " %s", rates[flags >> 1 & 3]);
	add_uint16(d, w, &fields[MAXIMUM_RATE]);
	append_text(d, w, d->last, " %s", rates[flags >> 3 & 3]);
}

/* Its three fields stand there, whatever length it claims. */
static void add_encapsulation(struct dissection *d, struct wire *w, uint8_t length)
{
	enum { LENGTH = 3 };
	node_ref node = open_heading(d, w, &fields[ENCAPSULATION]);

	if (length != LENGTH)
		add_note_text(d, w, &fields[BAD_LENGTH], "Access-Loop-Encapsulation: Wrong length: %u (expected %u)", length,
		              LENGTH);
	struct wire part = *w;
	wire_skip(w, length);
	add_uint8(d, &part, &fields[DATA_LINK]);
	add_uint8(d, &part, &fields[ENCAPSULATION_1]);
	add_uint8(d, &part, &fields[ENCAPSULATION_2]);
	close_subtree(d, node, &part);
	wire_join(w, &part);
}

/* A tag of the Broadband Forum (TR-101, section 3.9.2). */
static void add_vendor_tag(struct dissection *d, struct wire *w)
{
	enum { CIRCUIT = 1, REMOTE = 2, LOOP = 0x90 };
	uint8_t code = wire_peek_u8(w, 0), length = wire_peek_u8(w, 1);

	wire_skip(w, VENDOR_TAG_HEADER);
	if (code == CIRCUIT) {
		add_string(d, w, &fields[CIRCUIT_ID], length);
	} else if (code == REMOTE) {
		add_string(d, w, &fields[REMOTE_ID], length);
	} else if (code >= FIRST_RATE_TAG && code <= LAST_RATE_TAG) {
		if (length == 4) {
			add_uint32(d, w, &fields[FIRST_RATE + code - FIRST_RATE_TAG]);
		} else {
			add_note_text(d, w, &fields[BAD_LENGTH], "%s: Wrong length: %u (expected == 4)",
			              name_or(NAMES(vendor_tags), code, ""), length);
			wire_skip(w, length);
		}
	} else if (code == LOOP) {
		add_encapsulation(d, w, length);
	} else {
		add_node(d, w, &fields[VENDOR_TAG], w->at - 2, 1, code);
		if (!name_of(NAMES(vendor_tags), code))
			value_text(d, w, d->last, "Unknown (0x%04x)", code);
		add_node(d, w, &fields[VENDOR_TAG_LENGTH], w->at - 1, 1, length);
		add_octets(d, w, &fields[UNKNOWN], length);
	}
}

static void add_vendor(struct dissection *d, struct wire *w, uint16_t length)
{
	struct wire part = wire_take(w, length);

	if (length < 4)
		return;
	uint32_t vendor = add_uint32(d, &part, &fields[VENDOR]);
	if (vendor != VENDOR_BROADBAND_FORUM) {
		if (length > 4)
			add_octets(d, &part, &fields[VENDOR_UNSPECIFIED], length - 4u);
	} else if (wire_more(&part)) {
		node_ref node = open_heading(d, &part, &fields[VENDOR_TAGS]);
		while (wire_more(&part))
			add_vendor_tag(d, &part);
		close_subtree(d, node, NULL);
	}
	wire_join(w, &part);
}

static const struct tag tag_rows[] = {
	{ 0x0101, SERVICE_NAME },        { 0x0102, AC_NAME },         { 0x0103, HOST_UNIQ },   { 0x0104, AC_COOKIE },
	{ 0x0105, .add = add_vendor },   { 0x0106, .add = add_credits }, { 0x0107, .add = add_metrics },
	{ 0x0108, .add = add_sequence }, { 0x0109, .add = add_credit_scale }, { 0x0110, RELAY_SESSION },
	{ 0x0111, HURL },                { 0x0112, MOTM },            { 0x0120, MAX_PAYLOAD }, { 0x0121, ROUTE_ADD },
	{ 0x0201, SERVICE_NAME_ERROR },  { 0x0202, AC_SYSTEM_ERROR }, { 0x0203, GENERIC_ERROR },
};

static const struct tag *find_tag(uint16_t code)
{
	for (unsigned i = 0; i < sizeof tag_rows / sizeof *tag_rows; i++) {
		if (tag_rows[i].code == code)
			return &tag_rows[i];
	}
	return NULL;
}

static void add_tag(struct dissection *d, struct wire *w, uint16_t code, uint16_t length)
{
	const struct tag *tag = find_tag(code);

	wire_skip(w, TAG_HEADER);
	if (!tag && length) {
		add_node(d, w, &fields[TAG], w->at - 4, 2, code);
		add_node(d, w, &fields[TAG_LENGTH], w->at - 2, 2, length);
		/* tshark takes what is unknown from two octets before its place. */
		struct wire part = *w;
		part.at -= 2;
		add_octets(d, &part, &fields[UNKNOWN], length);
		wire_skip(w, length);
	} else if (!tag) {
		return;
	} else if (tag->add) {
		tag->add(d, w, length);
	} else if (fields[tag->field].type != STRING) {
		add_octets(d, w, &fields[tag->field], length);
	} else if (length || tag->field != SERVICE_NAME) { /* any service will do */
		const uint8_t *text = add_string(d, w, &fields[tag->field], length);
		if (tag->field == AC_NAME && text)
			append_info(d, w, " AC-Name='%s'", printable(d, text, length));
	}
}

static void list_message(struct dissection *d, const struct wire *w, uint8_t code)
{
	static const struct name names[] = {
		{ 0x00, "Session Data" },
		{ 0x07, "Active Discovery Offer (PADO)" }, { 0x09, "Active Discovery Initiation (PADI)" },
		{ 0x0a, "Active Discovery Session-Grant (PADG)" }, { 0x0b, "Active Discovery Session-Credit Resp.(PADC)" },
		{ 0x0c, "Active Discovery Quality (PADQ)" }, { 0x19, "Active Discovery Request (PADR)" },
		{ 0x65, "Active Discovery Session-confirmation (PADS)" }, { 0xa7, "Active Discovery Terminate (PADT)" },
		{ 0xd3, "Active Discovery Message (PADM)" }, { 0xd4, "Active Discovery Network (PADN)" },
	};

	set_info(d, w, "%s", name_or(NAMES(names), code, "Unknown"));
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, HEADER))
		return;
	node_ref top = open_protocol(d, w, &fields[DISCOVERY]);
	list_message(d, w, wire_peek_u8(w, 1));
	uint16_t length = add_pppoe_header(d, w);

	if (length && !d->first_pass) {
		uint32_t end = w->at + length;
		node_ref node = open_heading(d, w, &fields[TAGS]);
		while (w->state == WIRE_GOOD && w->at < end) {
			uint16_t code = wire_peek_u16(w, 0), octets = wire_peek_u16(w, 2);
			if (code == END_OF_LIST)
				break;
			add_tag(d, w, code, octets);
		}
		close_subtree(d, node, w);
	}
	close_subtree(d, top, w);
}

const struct protocol protocol_pppoed = {
	.name = "PPP-over-Ethernet Discovery",
	.short_name = "PPPoED",
	.filter = "pppoed",
	.column = "PPPoED",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
