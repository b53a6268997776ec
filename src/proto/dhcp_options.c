/*
 * dhcp_options.c: DHCP options, RFC 2132 and those that IANA lists (BOOTP Vendor Extensions and DHCP Options).
 * Those without a format that is known are shown as octets. Lists of suboptions are read in dhcp_vendor.c.
 */

#include "dissect/ascii.h"
#include "dissect/dhcp.h"
#include "dissect/dns.h"
#include "dissect/duid.h"
#include "dissect/text.h"

#define F DHCP_FIELD

enum {
	PAD = 0, END = 255,
	OVERLOAD_FILE = 1, OVERLOAD_SNAME = 2, /* RFC 2132, section 9.3 */
	SNAME = 44, SNAME_OCTETS = 64, FILE_NAME = 108, FILE_OCTETS = 128, /* where those fields stand in the message */
	NAME_STEPS = 1024, /* for what compression pointers may have read twice */
	INFINITY_SECONDS = UINT32_MAX,
};

/* ---- forms ---- */

/* What a value of a form consists of. */
static const struct { uint8_t octets; bool is_list; } elements[] = {
	[FORM_ADDRESS] = { 4, false }, [FORM_ADDRESSES] = { 4, true }, [FORM_UINT8] = { 1, false }, [FORM_UINT8S] = { 1, true },
	[FORM_UINT16] = { 2, false }, [FORM_UINT16S] = { 2, true }, [FORM_UINT32] = { 4, false }, [FORM_SECONDS] = { 4, false },
	[FORM_BOOLEAN] = { 1, false }, [FORM_MAC] = { 6, false }, [FORM_READ_ONE] = { 0, false },
};

static void add_seconds_text(struct dissection *d, struct wire *w, const struct field *field)
{
	uint32_t seconds = add_uint32(d, w, field);
	bool is_negative = field->type == INT32 && seconds > INT32_MAX;
	char text[128];

	if (!SHOWING(d, w))
		return;
	if (seconds == INFINITY_SECONDS && field->type != INT32) {
		value_text(d, w, d->last, "(%us) infinity", seconds);
		return;
	}
	const char *sign = is_negative ? "-" : "";
	uint64_t span = is_negative ? 0u - seconds : seconds;
	*put_duration(text, span * 1000) = 0;
	value_text(d, w, d->last, "(%s%llus) %s%s", sign, (unsigned long long)span, sign, text);
}

static void add_element(struct dhcp_option *o, struct wire *w, enum dhcp_form form)
{
	struct dissection *d = o->d;

	switch (form) {
	case FORM_ADDRESS: {
		uint32_t address = add_ipv4(d, w, o->field);
		if (SHOWING(d, w))
			append_text(d, w, o->node, " (%s)", ipv4_text(d, address));
		break;
	}
	case FORM_ADDRESSES:
		add_ipv4(d, w, o->field);
		break;
	case FORM_UINT8: case FORM_UINT8S: case FORM_BOOLEAN:
		add_uint8(d, w, o->field);
		break;
	case FORM_UINT16: case FORM_UINT16S:
		add_uint16(d, w, o->field);
		break;
	case FORM_UINT32:
		add_uint32(d, w, o->field);
		break;
	case FORM_MAC:
		add_mac(d, w, o->field);
		break;
	default:
		add_seconds_text(d, w, o->field);
	}
}

bool dhcp_read_value(struct dhcp_option *o, struct wire *w, enum dhcp_form form)
{
	struct dissection *d = o->d;
	uint32_t size = elements[form].octets;

	if (form == FORM_EMPTY && o->n)
		add_note_text(d, w, F(BAD_LENGTH), "length isn't 0");
	if (form == FORM_EMPTY || form == FORM_IGNORED || form == FORM_UNKNOWN)
		return form != FORM_UNKNOWN;
	if (!size) {
		if (form == FORM_STRING)
			add_ascii(d, w, o->field, o->n);
		else
			add_octets(d, w, o->field, o->n);
		return o->n > 0;
	}
	if (!elements[form].is_list && o->n != size) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't %u", size);
		return false;
	}
	for (uint32_t left = o->n; left >= size && w->state == WIRE_GOOD; left -= size)
		add_element(o, w, form);
	if (o->n % size)
		add_note_text(d, w, F(BAD_LENGTH), "Option length isn't a multiple of %u", size);
	return o->n >= size;
}

/* Is it neither too short nor too long for its form? */
static bool fits(const struct dhcp_row *row, uint32_t n)
{
	const uint32_t size = elements[row->form].octets;

	return n && (size && !elements[row->form].is_list ? n == size : n >= size);
}

/* A value that does not fit its form is shown as octets. */
static void read_by_form(struct dhcp_option *o, struct wire *w, const struct dhcp_row *row)
{
	if (row->form != FORM_OCTETS && !fits(row, o->n)) {
		struct wire value = *w;
		add_octets(o->d, &value, F(OPTION_VALUE), o->n);
	}
	dhcp_read_value(o, w, row->form);
}

/* Filters find the octets of every option. */
static void add_hidden_value(struct dhcp_option *o, struct wire value, const struct dhcp_row *row)
{
	const bool is_shown = row->read                ? row->form == FORM_READ_SOME && !o->n
	                      : row->form == FORM_OCTETS ? row->field == DHCP_OPTION_VALUE
	                                               : !fits(row, o->n);

	if (!is_shown)
		add_octets(o->d, &value, F(HIDDEN_VALUE), o->n);
}

static bool has_length(struct dhcp_option *o, const struct wire *w, bool is_right, const char *complaint)
{
	if (!is_right)
		add_note_text(o->d, w, F(BAD_LENGTH), "%s", complaint);
	return is_right;
}

/* ---- names ---- */

/* A copy with the end of a name behind it, which may be missing on the wire: its cursor covers that and no more. */
static struct wire ended_copy(struct dissection *d, const uint8_t *octets, uint32_t n, uint8_t source)
{
	uint8_t *copy = arena_alloc(d->arena, n + 1);

	memcpy(copy, octets, n);
	copy[n] = 0;
	return wire_over(copy, n + 1, n + 1, source);
}

/* The names in n octets, each shown over `w`, which stands behind them. */
static void add_names(struct dissection *d, struct wire *w, const struct field *field, const uint8_t *octets, uint32_t n)
{
	struct wire at = ended_copy(d, octets, n, w->source);
	struct dns_message message = { .steps = NAME_STEPS };
	struct dns_name name;

	while (w->state == WIRE_GOOD && at.at < n) {
		const uint32_t from = at.at;
		if (!dns_name(d, &at, &message, &name)) {
			wire_fail(w, UINT32_MAX);
			return;
		}
		add_string_value(d, w, field, (const char *)name.octets, name.length);
		if (w->at >= n)
			place(d, w->at - n + from, at.at - from);
	}
}

/* A name that must not reach beyond the cursor. Moves behind it, and says where it started. */
static bool read_name(struct dissection *d, struct wire *w, struct dns_name *name, uint32_t *start)
{
	struct wire at = ended_copy(d, wire_here(w), wire_captured(w), w->source);
	struct dns_message message = { .steps = NAME_STEPS };

	*start = w->at;
	if (w->state != WIRE_GOOD || !dns_name(d, &at, &message, name)) {
		wire_fail(w, UINT32_MAX);
		return false;
	}
	wire_skip(w, at.at < wire_left(w) ? at.at : wire_left(w));
	return true;
}

void dhcp_add_name(struct dissection *d, struct wire *w, const struct field *field)
{
	struct dns_name name;
	uint32_t start;

	if (read_name(d, w, &name, &start))
		add_node_octets(d, w, field, start, w->at - start, name.octets, name.length);
}

const char *dhcp_name_text(struct dissection *d, struct wire *w)
{
	struct dns_name name;
	uint32_t start;

	return read_name(d, w, &name, &start) ? name.text : "";
}

/*
 * RFC 3396: the pieces of a value that is split over options of one code are to be read as one. All but the last say
 * so; for that, the whole value is given. NULL: this is not the last.
 */
static const uint8_t *join_pieces(struct dhcp_option *o, struct wire *w, struct dhcp_split *split,
                                  const struct field *detected, const struct field *refer, uint32_t *n)
{
	struct dissection *d = o->d;

	*n = o->n;
	if (split->pieces < 2)
		return wire_bytes(w, o->n);
	split->met++;
	add_string_value(d, w, detected, "", 0);
	value_text(d, w, d->last, "%u/%u", split->met, split->pieces);
	if (split->met < split->pieces) {
		add_string_value(d, w, refer, "", 0);
		value_text(d, w, d->last, "%u/%u", split->pieces, split->pieces);
		return NULL;
	}
	const uint8_t *at = w->data + o->message->options, *end = w->data + w->end;
	uint8_t *joined = arena_alloc(d->arena, (size_t)(end - at)), *to = joined;
	while (end - at >= 2 && *at != END) {
		if (*at == PAD) {
			at++;
			continue;
		}
		if (end - at < 2 + at[1])
			break;
		if (*at == o->code)
			to = (uint8_t *)put_bytes((char *)to, at + 2, at[1]);
		at += 2 + at[1];
	}
	*n = (uint32_t)(to - joined);
	return joined;
}

/* RFC 3397 */
static void read_search(struct dhcp_option *o, struct wire *w)
{
	uint32_t n;
	const uint8_t *names = join_pieces(o, w, &o->message->search, F(SEARCH_RFC_3396_DETECTED),
	                                   F(SEARCH_REFER_LAST_OPTION), &n);

	if (names)
		add_names(o->d, w, F(SEARCH_FQDN), names, n);
}

/* ---- RFC 2132 ---- */

static void read_pairs(struct dhcp_option *o, struct wire *w, const struct field *first, const struct field *second)
{
	for (unsigned i = 0; i < o->n / 8u; i++) {
		add_ipv4(o->d, w, first);
		add_ipv4(o->d, w, second);
	}
	if (o->n % 8)
		add_note_text(o->d, w, F(BAD_LENGTH), "Option length isn't a multiple of 8");
}

static void read_policy_filter(struct dhcp_option *o, struct wire *w)
{
	read_pairs(o, w, F(POLICY_FILTER_IP), F(POLICY_FILTER_SUBNET_MASK));
}

static void read_static_routes(struct dhcp_option *o, struct wire *w)
{
	read_pairs(o, w, F(STATIC_ROUTE_IP), F(STATIC_ROUTE_ROUTER));
}

/* "file" or "sname", which holds options instead. */
static void read_overloaded(struct dhcp_option *o, struct wire *w, uint32_t offset, uint32_t n, const char *title,
                            const struct field *end_missing)
{
	struct dissection *d = o->d;
	struct dhcp_message inner = *o->message;
	struct wire at = *w;

	at.at = inner.start + offset;
	at.end = at.reported = at.contained = at.at + n;
	add_node(d, &at, F(OVERLOADED), at.at, n, 0);
	inner.node = open_subtree(d);
	set_text(d, &at, inner.node, "%s", title);
	inner.nested = true;
	struct wire start = at;
	bool has_ended = dhcp_read_options(&inner, &at);
	if (!has_ended)
		add_note(d, &start, end_missing);
	close_subtree(d, inner.node, NULL);
}

static void read_overload(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (!o->n) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 1");
		return;
	}
	uint8_t overload = add_uint8(d, w, F(OPTION_OVERLOAD));
	if (overload > (OVERLOAD_FILE | OVERLOAD_SNAME) || o->message->nested)
		return;
	if (overload & OVERLOAD_SNAME)
		read_overloaded(o, w, SNAME, SNAME_OCTETS, "Server host name option overload",
		                F(OPTION_OVERLOAD_SNAME_END_MISSING));
	if (overload & OVERLOAD_FILE)
		read_overloaded(o, w, FILE_NAME, FILE_OCTETS, "Boot file name option overload",
		                F(OPTION_OVERLOAD_FILE_END_MISSING));
}

static void read_message_type(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	uint8_t type = add_uint8(d, w, F(MESSAGE_TYPE));

	if (!SHOWING(d, w))
		return;
	const char *name = name_of(F(MESSAGE_TYPE)->names, type);
	if (!name)
		name = text_of(d, "Unknown Message Type (0x%02x)", type);
	append_text(d, w, o->node, " (%s)", name);
	append_text(d, w, o->message->node, " (%s)", name);
}

static const char *option_name(uint8_t code);

static void read_requests(struct dhcp_option *o, struct wire *w)
{
	while (wire_more(w)) {
		uint8_t code = add_uint8(o->d, w, F(REQUEST_LIST_ITEM));
		value_text(o->d, w, o->d->last, "(%u) %s", code, option_name(code));
	}
}

/* RFC 4361: a DUID of RFC 8415 behind the identifier of an identity association. */
static void read_duid(struct dissection *d, struct wire *w)
{
	enum { DUID_LLT = 1, DUID_EN, DUID_LL };
	const uint8_t *iaid = add_octets(d, w, F(CLIENT_ID_IAID), 4);
	if (iaid)
		value_text(d, w, d->last, "%08x", be32(iaid));
	uint16_t type = add_uint16(d, w, F(CLIENT_ID_DUID_TYPE));
	if (type == DUID_EN) {
		add_uint32(d, w, F(CLIENT_ID_ENTERPRISE_NUM));
		add_octets(d, w, F(CLIENT_ID), wire_left(w));
		return;
	}
	if (type != DUID_LLT && type != DUID_LL)
		return;
	uint16_t hardware = add_uint16(d, w, type == DUID_LLT ? F(CLIENT_ID_DUID_LLT_HW_TYPE) : F(CLIENT_ID_DUID_LL_HW_TYPE));
	if (type == DUID_LLT)
		add_uint32(d, w, F(CLIENT_ID_TIME));
	add_hardware_address(d, w, F(CLIENT_ID_LINK_LAYER_ADDRESS), wire_left(w), hardware);
}

/* RFC 4578, section 2.3: its first three numbers are little-endian, as PXE has them. */
static void add_uuid(struct dissection *d, struct wire *w)
{
	static const uint8_t order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	const uint8_t *octets = wire_bytes(w, 16);
	uint8_t *guid = arena_alloc(d->arena, 16);

	for (unsigned i = 0; octets && i < 16; i++)
		guid[i] = octets[order[i]];
	if (octets)
		add_node_octets(d, w, F(CLIENT_ID_UUID), w->at - 16, 16, guid, 16);
}

/* Options 61, and 97 of RFC 4578. */
static void read_client_identifier(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	uint8_t type = o->n ? wire_peek_u8(w, 0) : 0;

	if (o->n == 7 && type > 0 && type < 48) {
		add_uint8(d, w, F(HW_TYPE));
		if (type == 1 || type == 6)
			add_mac(d, w, F(HW_MAC_ADDR));
		else
			add_hardware_address(d, w, F(CLIENT_HARDWARE_ADDRESS), 6, type);
	} else if (o->n == 17 && type == 0) {
		wire_skip(w, 1);
		add_uuid(d, w);
	} else if (type == 255 && o->code == 61) {
		wire_skip(w, 1);
		read_duid(d, w);
	} else if (o->n > 1 && type == 0 && o->code == 61) {
		add_uint8(d, w, F(CLIENT_ID_TYPE));
		add_ascii(d, w, F(CLIENT_ID_UNDEF), wire_left(w));
	}
}

/* RFC 3004; many send a text that has no lengths in it. */
static void read_user_classes(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (o->n < 2) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 2");
		return;
	}
	for (unsigned i = 0; wire_more(w); i++) {
		uint8_t n = wire_peek_u8(w, 0);
		if (n >= wire_left(w)) {
			add_ascii(d, w, F(USER_CLASS_TEXT), wire_left(w));
			note_on(d, d->last, F(NONSTD_DATA));
			return;
		}
		add_node(d, w, F(USER_CLASS), w->at, 1u + n, i);
		value_text(d, w, d->last, "[%u]", i);
		node_ref node = open_subtree(d);
		add_uint8(d, w, F(USER_CLASS_LENGTH));
		if (!n)
			note_text_on(d, d->last, F(BAD_LENGTH), "UC_Len_%u isn't >= 1 (UC_Len_%u = 0)", i, i);
		else
			add_octets(d, w, F(USER_CLASS_DATA), n);
		close_subtree(d, node, NULL);
		if (!n)
			return;
	}
}

/* RFC 2610, section 3 */
static void read_directory_agents(struct dhcp_option *o, struct wire *w)
{
	if (!o->n) {
		add_note_text(o->d, w, F(BAD_LENGTH), "length isn't >= 1");
		return;
	}
	add_uint8(o->d, w, F(SLP_DIRECTORY_AGENT_VALUE));
	struct dhcp_option rest = *o;
	rest.n--;
	rest.field = F(SLP_DIRECTORY_AGENT_SLPDA_ADDRESS);
	dhcp_read_value(&rest, w, FORM_ADDRESSES);
}

/* RFC 2610, section 4 */
static void read_service_scope(struct dhcp_option *o, struct wire *w)
{
	add_uint8(o->d, w, F(SLP_SERVICE_SCOPE_VALUE));
	add_ascii(o->d, w, F(SLP_SERVICE_SCOPE_STRING), wire_left(w));
}

/* The field of a set bit, highest first, in the text of the field that holds the bits. */
static void say_bits(struct dissection *d, const struct wire *w, node_ref node, const struct field *first,
                     const struct field *last, uint64_t value)
{
	for (const struct field *bit = first; bit <= last; bit++) {
		if (value & bit->mask)
			append_text(d, w, node, ", %s", bit->label);
	}
}

/* RFC 4702 */
static void read_fqdn(struct dhcp_option *o, struct wire *w)
{
	enum { CANONICAL = 0x04 };
	struct dissection *d = o->d;

	if (o->n < 3) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 3");
		return;
	}
	uint8_t flags = add_uint8(d, w, F(FQDN_FLAGS));
	say_bits(d, w, d->last, F(FQDN_N), F(FQDN_S), flags);
	node_ref node = open_subtree(d);
	add_bits(d, w, F(FQDN_MBZ), F(FQDN_S), 1, flags);
	close_subtree(d, node, NULL);
	add_uint8(d, w, F(FQDN_RCODE1));
	add_uint8(d, w, F(FQDN_RCODE2));
	if (!wire_more(w))
		return;
	if (flags & CANONICAL)
		dhcp_add_name(d, w, F(FQDN_NAME));
	else
		add_ascii(d, w, F(FQDN_NAME), wire_left(w));
}

static void read_novell_servers(struct dhcp_option *o, struct wire *w)
{
	o->field = F(NOVELL_DSS_IP);
	dhcp_read_value(o, w, FORM_ADDRESSES);
}

/* RFC 3118 */
static void read_authentication(struct dhcp_option *o, struct wire *w)
{
	enum { DELAYED = 1, HMAC_MD5 = 1, MONOTONIC = 0, DHCPDISCOVER = 1 };
	struct dissection *d = o->d;

	if (o->n < 11) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 11");
		return;
	}
	uint8_t protocol = add_uint8(d, w, F(AUTH_PROTOCOL));
	uint8_t algorithm = add_uint8(d, w, protocol == DELAYED ? F(AUTH_ALG_DELAY) : F(AUTH_ALGORITHM));
	uint8_t method = add_uint8(d, w, F(AUTH_RDM));
	if (method == MONOTONIC)
		add_uint64(d, w, F(AUTH_RDM_REPLAY_DETECTION));
	else
		add_ascii(d, w, F(AUTH_RDM_RDV), 8);
	if (protocol == DELAYED && algorithm == HMAC_MD5) {
		if (o->message->type == DHCPDISCOVER)
			return;
		if (!has_length(o, w, wire_left(w) >= 20, "length isn't >= 20"))
			return;
		add_uint32(d, w, F(AUTH_SECRET_ID));
		add_octets(d, w, F(AUTH_HMAC_MD5_HASH), 16);
		return;
	}
	if (wire_more(w))
		add_ascii(d, w, F(AUTH_INFORMATION), wire_left(w));
}

/* RFC 4578, section 2.1 */
static void read_architectures(struct dhcp_option *o, struct wire *w)
{
	enum { EFI_BC = 9 };

	for (unsigned left = o->n; left >= 2; left -= 2) {
		if (add_uint16(o->d, w, F(CLIENT_SYSTEM_ARCHITECTURE)) == EFI_BC)
			note_text_on(o->d, o->d->last, F(CLIENT_ARCHITECTURE_AMBIGUOUS),
			             "Client Architecture ID 9 is often incorrectly used for EFI x64");
	}
	if (o->n % 2)
		add_note_text(o->d, w, F(BAD_LENGTH), "Option length isn't a multiple of 2");
}

/* RFC 4578, section 2.2 */
static void read_interface(struct dhcp_option *o, struct wire *w)
{
	if (wire_u8(w) != 1 || o->n < 3)
		return;
	add_uint8(o->d, w, F(CLIENT_NETWORK_ID_MAJOR));
	add_uint8(o->d, w, F(CLIENT_NETWORK_ID_MINOR));
}

/* RFC 4776 */
static void read_civic_location(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (o->n < 3)
		return;
	add_uint8(d, w, F(CIVIC_WHAT));
	add_ascii(d, w, F(CIVIC_COUNTRY), 2);
	while (wire_left(w) >= 2) {
		add_uint8(d, w, F(CIVIC_CA_TYPE));
		uint8_t n = add_uint8(d, w, F(CIVIC_CA_LENGTH));
		if (n > wire_left(w)) {
			add_note(d, w, F(CIVIC_BAD_CATTYPE));
			return;
		}
		if (n)
			add_ascii(d, w, F(CIVIC_CA_VALUE), n);
	}
}

/* RFC 2937 */
static void read_name_services(struct dhcp_option *o, struct wire *w)
{
	static const struct name services[] = {
		{ 0, "Local naming information (e.g., an /etc/hosts file on a UNIX machine)" },
		{ 6, "Domain Name Server Option" },
		{ 41, "Network Information Servers Option" },
		{ 44, "NetBIOS over TCP/IP Name Server Option" },
		{ 65, "Network Information Service+ Servers Option" },
	};
	struct dissection *d = o->d;

	if (o->n < 2)
		add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 2");
	else if (o->n % 2)
		add_note_text(d, w, F(BAD_LENGTH), "length (%u) isn't even number", o->n);
	while (o->n % 2 == 0 && wire_more(w)) {
		uint16_t code = wire_peek_u16(w, 0);
		const char *name = name_of(NAMES(services), code);
		if (name) {
			add_octets(d, w, F(NAME_SERVICE_SEARCH_OPTION), 2);
			value_text(d, w, d->last, "%s (%u)", name, code);
			continue;
		}
		wire_skip(w, 2);
		add_note_text(d, w, F(NAME_SERVICE_INVALID),
		              "Invalid Name Service (%u). RFC 2937 defines only 0, 6, 41, 44, and 65 as possible values.", code);
	}
}

/* RFC 3361 */
static void read_sip_servers(struct dhcp_option *o, struct wire *w)
{
	enum { NAMES_FOLLOW, ADDRESSES_FOLLOW };
	struct dissection *d = o->d;
	uint32_t n;
	const uint8_t *octets = join_pieces(o, w, &o->message->sip, F(SIP_SERVER_RFC_3396_DETECTED),
	                                    F(SIP_SERVER_REFER_LAST_OPTION), &n);

	if (!octets || !n)
		return;
	add_number(d, w, F(SIP_SERVER_ENCODING), octets[0]);
	if (octets[0] > ADDRESSES_FOLLOW) {
		add_note_text(d, w, F(SIP_SERVER_ADDRESS_ENCODING),
		              "RFC 3361 defines only 0 and 1 for Encoding byte (Encoding = %u).", octets[0]);
	} else if (octets[0] == NAMES_FOLLOW) {
		if (n < 3)
			add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 3 (len = %u)", n);
		else
			add_names(d, w, F(SIP_SERVER_NAME), octets + 1, n - 1);
	} else if (n < 5) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 5 (len = %u)", n);
	} else if (n % 4 != 1) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't a multiple of 4 plus 1 (len = %u).%s", n,
		              o->message->sip.pieces < 2 ? "" :
		              " For your information with RFC 3396, the length is the length sum of all options 120 into "
		              "this BOOTP packet.");
	} else {
		for (uint32_t i = 1; i < n; i += 4)
			add_number(d, w, F(SIP_SERVER_ADDRESS), be32(octets + i));
	}
}

/* RFC 3442: as many octets of a subnet's number as its mask has. */
static void read_classless_routes(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (o->n < 5) {
		add_note_text(d, w, F(BAD_LENGTH), "length isn't >= 5");
		return;
	}
	while (wire_more(w)) {
		uint32_t at = w->at, subnet = 0;
		uint8_t width = wire_u8(w);
		if (width > 32) {
			add_note_text(d, w, F(CLASSLESS_STATIC_MASK), "Mask width (%u) > 32", width);
			return;
		}
		for (unsigned i = 0; i < (width + 7u) / 8; i++)
			subnet |= (uint32_t)wire_u8(w) << (24 - 8 * i);
		uint32_t router = wire_u32(w);
		if (!SHOWING(d, w))
			return;
		node_ref node = add_node_octets(d, w, F(CLASSLESS_STATIC_ROUTE), at, w->at - at, w->data + at, w->at - at);
		if (width)
			set_text(d, w, node, " %s/%u-%s", ipv4_text(d, subnet), width, ipv4_text(d, router));
		else
			set_text(d, w, node, " default-%s", ipv4_text(d, router));
	}
}

/*
 * CableLabs' use of option 123: identifiers of DSS, a primary and a secondary one. The 16 octets of RFC 6225 are
 * not shown.
 */
static void read_coordinates(struct dhcp_option *o, struct wire *w)
{
	enum { RFC_6225_OCTETS = 16 };
	struct dissection *d = o->d;

	for (unsigned i = 0; i < 2 && o->n != RFC_6225_OCTETS && wire_more(w); i++) {
		add_uint8(d, w, F(CL_DSS_ID_OPTION));
		uint8_t n = add_uint8(d, w, F(CL_DSS_ID_LEN));
		add_ascii(d, w, F(CL_DSS_ID), n);
	}
}

/* ---- what later RFCs have ---- */

/* RFC 4174 */
static void read_isns(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	static const struct { uint16_t field, first, last; uint8_t octets; } bitmaps[] = {
		{ DHCP_ISNS_FUNCTIONS, DHCP_ISNS_FUNCTIONS_ENABLED, DHCP_ISNS_FUNCTIONS_RESERVED, 2 },
		{ DHCP_ISNS_DISCOVERY_DOMAIN_ACCESS, DHCP_ISNS_DISCOVERY_DOMAIN_ACCESS_ENABLED,
		  DHCP_ISNS_DISCOVERY_DOMAIN_ACCESS_RESERVED, 2 },
		{ DHCP_ISNS_ADMINISTRATIVE_FLAGS, DHCP_ISNS_ADMINISTRATIVE_FLAGS_ENABLED,
		  DHCP_ISNS_ADMINISTRATIVE_FLAGS_RESERVED, 2 },
		{ DHCP_ISNS_SERVER_SECURITY_BITMAP, DHCP_ISNS_SERVER_SECURITY_BITMAP_ENABLED,
		  DHCP_ISNS_SERVER_SECURITY_BITMAP_RESERVED, 4 },
	};
	enum { ADDRESSES_AT = 10, HEARTBEAT = 2, ENABLED = 1 };

	if (!has_length(o, w, o->n >= 14, "length must be >= 14"))
		return;
	uint16_t administrative = wire_has(w, 6) ? be16(wire_here(w) + 4) : 0;
	for (unsigned i = 0; i < sizeof bitmaps / sizeof *bitmaps; i++) {
		const struct field *first = &dhcp_fields[bitmaps[i].first], *last = &dhcp_fields[bitmaps[i].last];
		uint32_t bits = bitmaps[i].octets == 2 ? add_uint16(d, w, &dhcp_fields[bitmaps[i].field])
		                                       : add_uint32(d, w, &dhcp_fields[bitmaps[i].field]);
		node_ref bitmap = d->last;
		say_bits(d, w, bitmap, first, last - 1, bits);
		node_ref node = open_subtree(d);
		add_bits(d, w, first, last, 2, bits);
		close_subtree(d, node, NULL);
		if (bits && !(bits & ENABLED))
			note_on(d, bitmap, F(ISNS_IGNORED_BITFIELD));
	}
	if ((administrative & (HEARTBEAT | ENABLED)) == (HEARTBEAT | ENABLED))
		add_ipv4(d, w, F(ISNS_HEARTBEAT_ORIGINATOR_ADDR));
	add_ipv4(d, w, F(ISNS_PRIMARY_SERVER_ADDR));
	if (!wire_more(w))
		return;
	node_ref node = open_heading(d, w, F(ISNS_SECONDARY));
	struct dhcp_option rest = *o;
	rest.n = (uint8_t)wire_left(w);
	rest.field = F(ISNS_SECONDARY_SERVER_ADDR);
	dhcp_read_value(&rest, w, FORM_ADDRESSES);
	close_subtree(d, node, w);
}

/* RFC 6731 */
static void read_rdnss(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (!has_length(o, w, o->n >= 10, "length must be >= 10"))
		return;
	uint8_t flags = wire_u8(w);
	add_bits(d, w, F(RDNSS_RESERVED), F(RDNSS_PREFERENCE), 1, flags);
	add_ipv4(d, w, F(RDNSS_PRIMARY_DNS));
	add_ipv4(d, w, F(RDNSS_SECONDARY_DNS));
	dhcp_add_name(d, w, F(RDNSS_DOMAIN));
}

/* RFC 6926, section 6.2.2 */
static void read_status(struct dhcp_option *o, struct wire *w)
{
	if (!has_length(o, w, o->n >= 1, "length must >= 1"))
		return;
	add_uint8(o->d, w, F(LEASE_STATUS_CODE));
	if (wire_more(w))
		add_ascii(o->d, w, F(LEASE_STATUS_CODE_MESSAGE), wire_left(w));
}

static void read_lease_time(struct dhcp_option *o, struct wire *w)
{
	if (has_length(o, w, o->n == 4, "length must be 4"))
		add_seconds(o->d, w, o->field);
}

/* RFC 7291: lists, each with the count of its octets. */
static void read_pcp_servers(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (!has_length(o, w, o->n >= 5, "length must >= 5"))
		return;
	while (wire_more(w)) {
		if (!wire_need(w, 1u + wire_peek_u8(w, 0)))
			return;
		node_ref node = open_heading(d, w, F(PCP_LIST));
		struct wire list = *w;
		uint8_t n = add_uint8(d, &list, F(PCP_LIST_LENGTH));
		for (unsigned i = 1; i < n / 4u + (n % 4 != 0); i++)
			add_ipv4(d, &list, F(PCP_SERVER));
		wire_skip(w, 1);
		close_subtree(d, node, w);
	}
}

/* RFC 7618 */
static void read_port_parameters(struct dhcp_option *o, struct wire *w)
{
	if (!has_length(o, w, o->n == 4, "length must be 4"))
		return;
	add_uint8(o->d, w, F(PORTPARAMS_OFFSET));
	add_uint8(o->d, w, F(PORTPARAMS_PSID_LENGTH));
	add_octets(o->d, w, F(PORTPARAMS_PSID), 2);
}

/* RFC 5969 */
static void read_6rd(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (o->n < 22) {
		add_note(d, w, F(6RD_MALFORMED));
		return;
	}
	add_uint8(d, w, F(6RD_IPV4_MASK_LEN));
	add_uint8(d, w, F(6RD_PREFIX_LEN));
	add_ipv6(d, w, F(6RD_PREFIX));
	struct dhcp_option rest = *o;
	rest.n = (uint8_t)wire_left(w);
	rest.field = F(6RD_BORDER_RELAY_IP);
	dhcp_read_value(&rest, w, FORM_ADDRESSES);
}

/* ---- the options ---- */

static const struct dhcp_row rows[] = {
	{ 1, FORM_ADDRESS, DHCP_SUBNET_MASK, "Subnet Mask" },
	{ 2, FORM_SECONDS, DHCP_TIME_OFFSET, "Time Offset" },
	{ 3, FORM_ADDRESSES, DHCP_ROUTER, "Router" },
	{ 4, FORM_ADDRESSES, DHCP_TIME_SERVER, "Time Server" },
	{ 5, FORM_ADDRESSES, DHCP_NAME_SERVER, "Name Server" },
	{ 6, FORM_ADDRESSES, DHCP_DOMAIN_NAME_SERVER, "Domain Name Server" },
	{ 7, FORM_ADDRESSES, DHCP_LOG_SERVER, "Log Server" },
	{ 8, FORM_ADDRESSES, DHCP_QUOTES_SERVER, "Quotes Server" },
	{ 9, FORM_ADDRESSES, DHCP_LPR_SERVER, "LPR Server" },
	{ 10, FORM_ADDRESSES, DHCP_IMPRESS_SERVER, "Impress Server" },
	{ 11, FORM_ADDRESSES, DHCP_RESOURCE_LOCATION_SERVER, "Resource Location Server" },
	{ 12, FORM_STRING, DHCP_HOSTNAME, "Host Name" },
	{ 13, FORM_UINT16, DHCP_BOOT_FILE_SIZE, "Boot File Size" },
	{ 14, FORM_STRING, DHCP_MERIT_DUMP_FILE, "Merit Dump File" },
	{ 15, FORM_STRING, DHCP_DOMAIN_NAME, "Domain Name" },
	{ 16, FORM_ADDRESS, DHCP_SWAP_SERVER, "Swap Server" },
	{ 17, FORM_STRING, DHCP_ROOT_PATH, "Root Path" },
	{ 18, FORM_STRING, DHCP_EXTENSION_PATH, "Extensions Path" },
	{ 19, FORM_BOOLEAN, DHCP_IP_FORWARDING, "IP Forwarding" },
	{ 20, FORM_BOOLEAN, DHCP_NON_LOCAL_SOURCE_ROUTING, "Non-Local Source Routing" },
	{ 21, FORM_READ_SOME, 0, "Policy Filter", read_policy_filter },
	{ 22, FORM_UINT16, DHCP_MAX_DATAGRAM_REASSEMBLY_SIZE, "Maximum Datagram Reassembly Size" },
	{ 23, FORM_UINT8, DHCP_DEFAULT_IP_TTL, "Default IP Time-to-Live" },
	{ 24, FORM_SECONDS, DHCP_PATH_MTU_AGING_TIMEOUT, "Path MTU Aging Timeout" },
	{ 25, FORM_UINT16S, DHCP_PATH_MTU_PLATEAU_TABLE_ITEM, "Path MTU Plateau Table" },
	{ 26, FORM_UINT16, DHCP_INTERFACE_MTU, "Interface MTU" },
	{ 27, FORM_BOOLEAN, DHCP_ALL_SUBNETS_ARE_LOCAL, "All Subnets are Local" },
	{ 28, FORM_ADDRESS, DHCP_BROADCAST_ADDRESS, "Broadcast Address" },
	{ 29, FORM_BOOLEAN, DHCP_PERFORM_MASK_DISCOVERY, "Perform Mask Discovery" },
	{ 30, FORM_BOOLEAN, DHCP_MASK_SUPPLIER, "Mask Supplier" },
	{ 31, FORM_BOOLEAN, DHCP_PERFORM_ROUTER_DISCOVER, "Perform Router Discover" },
	{ 32, FORM_ADDRESS, DHCP_ROUTER_SOLICITATION_ADDRESS, "Router Solicitation Address" },
	{ 33, FORM_READ_SOME, 0, "Static Route", read_static_routes },
	{ 34, FORM_BOOLEAN, DHCP_TRAILER_ENCAPSULATION, "Trailer Encapsulation" },
	{ 35, FORM_SECONDS, DHCP_ARP_CACHE_TIMEOUT, "ARP Cache Timeout" },
	{ 36, FORM_BOOLEAN, DHCP_ETHERNET_ENCAPSULATION, "Ethernet Encapsulation" },
	{ 37, FORM_UINT8, DHCP_TCP_DEFAULT_TTL, "TCP Default TTL" },
	{ 38, FORM_SECONDS, DHCP_TCP_KEEPALIVE_INTERVAL, "TCP Keepalive Interval" },
	{ 39, FORM_BOOLEAN, DHCP_TCP_KEEPALIVE_GARBAGE, "TCP Keepalive Garbage" },
	{ 40, FORM_STRING, DHCP_NIS_DOMAIN, "Network Information Service Domain" },
	{ 41, FORM_ADDRESSES, DHCP_NIS_SERVER, "Network Information Service Servers" },
	{ 42, FORM_ADDRESSES, DHCP_NTP_SERVER, "Network Time Protocol Servers" },
	{ 43, FORM_READ_SOME, 0, "Vendor-Specific Information", dhcp_read_vendor_specific },
	{ 44, FORM_ADDRESSES, DHCP_NETBIOS_OVER_TCPIP_NAME_SERVER, "NetBIOS over TCP/IP Name Server" },
	{ 45, FORM_ADDRESSES, DHCP_NETBIOS_OVER_TCPIP_DD_NAME_SERVER,
	  "NetBIOS over TCP/IP Datagram Distribution Name Server" },
	{ 46, FORM_UINT8, DHCP_NETBIOS_OVER_TCPIP_NODE_TYPE, "NetBIOS over TCP/IP Node Type" },
	{ 47, FORM_STRING, DHCP_NETBIOS_OVER_TCPIP_SCOPE, "NetBIOS over TCP/IP Scope" },
	{ 48, FORM_ADDRESSES, DHCP_XWINDOWS_SYSTEM_FONT_SERVER, "X Window System Font Server" },
	{ 49, FORM_ADDRESSES, DHCP_XWINDOWS_SYSTEM_DISPLAY_MANAGER, "X Window System Display Manager" },
	{ 50, FORM_ADDRESS, DHCP_REQUESTED_IP_ADDRESS, "Requested IP Address" },
	{ 51, FORM_SECONDS, DHCP_IP_ADDRESS_LEASE_TIME, "IP Address Lease Time" },
	{ 52, FORM_READ, 0, "Option Overload", read_overload },
	{ 53, FORM_READ_ONE, DHCP_DHCP, "DHCP Message Type", read_message_type },
	{ 54, FORM_ADDRESS, DHCP_DHCP_SERVER_ID, "DHCP Server Identifier" },
	{ 55, FORM_READ_SOME, 0, "Parameter Request List", read_requests },
	{ 56, FORM_STRING, DHCP_MESSAGE, "Message" },
	{ 57, FORM_UINT16, DHCP_DHCP_MAX_MESSAGE_SIZE, "Maximum DHCP Message Size" },
	{ 58, FORM_SECONDS, DHCP_RENEWAL_TIME_VALUE, "Renewal Time Value" },
	{ 59, FORM_SECONDS, DHCP_REBINDING_TIME_VALUE, "Rebinding Time Value" },
	{ 60, FORM_READ_SOME, DHCP_VENDOR_CLASS_ID, "Vendor class identifier", dhcp_read_vendor_class },
	{ 61, FORM_READ_SOME, 0, "Client identifier", read_client_identifier },
	{ 62, FORM_OCTETS, DHCP_OPTION_VALUE, "Novell/Netware IP domain" },
	{ 63, FORM_READ_SOME, 0, "Novell Options", dhcp_read_novell },
	{ 64, FORM_STRING, DHCP_NIS_PLUS_DOMAIN, "Network Information Service+ Domain" },
	{ 65, FORM_ADDRESSES, DHCP_NIS_PLUS_SERVER, "Network Information Service+ Servers" },
	{ 66, FORM_STRING, DHCP_TFTP_SERVER_NAME, "TFTP Server Name" },
	{ 67, FORM_STRING, DHCP_BOOTFILE_NAME, "Bootfile name" },
	{ 68, FORM_ADDRESSES, DHCP_MOBILE_IP_HOME_AGENT, "Mobile IP Home Agent" },
	{ 69, FORM_ADDRESSES, DHCP_SMTP_SERVER, "SMTP Server" },
	{ 70, FORM_ADDRESSES, DHCP_POP3_SERVER, "POP3 Server" },
	{ 71, FORM_ADDRESSES, DHCP_NNTP_SERVER, "NNTP Server" },
	{ 72, FORM_ADDRESSES, DHCP_DEFAULT_WWW_SERVER, "Default WWW Server" },
	{ 73, FORM_ADDRESSES, DHCP_DEFAULT_FINGER_SERVER, "Default Finger Server" },
	{ 74, FORM_ADDRESSES, DHCP_DEFAULT_IRC_SERVER, "Default IRC Server" },
	{ 75, FORM_ADDRESSES, DHCP_STREETTALK_SERVER, "StreetTalk Server" },
	{ 76, FORM_ADDRESSES, DHCP_STREETTALK_DA_SERVER, "StreetTalk Directory Assistance Server" },
	{ 77, FORM_READ, 0, "User Class Information", read_user_classes },
	{ 78, FORM_READ, 0, "Directory Agent Information", read_directory_agents },
	{ 79, FORM_READ_ONE, 0, "Service Location Agent Scope", read_service_scope },
	{ 80, FORM_OCTETS, DHCP_OPTION_VALUE, "Rapid commit" },
	{ 81, FORM_READ, 0, "Client Fully Qualified Domain Name", read_fqdn },
	{ 82, FORM_READ_SOME, 0, "Agent Information Option", dhcp_read_relay_agent },
	{ 83, FORM_READ, 0, "iSNS", read_isns },
	{ 84, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/Unassigned" },
	{ 85, FORM_READ_SOME, 0, "Novell Directory Services Servers", read_novell_servers },
	{ 86, FORM_STRING, DHCP_NOVELL_DS_TREE_NAME, "Novell Directory Services Tree Name" },
	{ 87, FORM_STRING, DHCP_NOVELL_DS_CONTEXT, "Novell Directory Services Context" },
	{ 88, FORM_OCTETS, DHCP_OPTION_VALUE, "BCMCS Controller Domain Name [TODO:RFC4280]" },
	{ 89, FORM_OCTETS, DHCP_OPTION_VALUE, "BCMCS Controller IPv4 address [TODO:RFC4280]" },
	{ 90, FORM_READ, 0, "Authentication", read_authentication },
	{ 91, FORM_SECONDS, DHCP_CLIENT_LAST_TRANSACTION_TIME, "Client last transaction time" },
	{ 92, FORM_ADDRESSES, DHCP_ASSOCIATED_IP_OPTION, "Associated IP option" },
	{ 93, FORM_READ_SOME, 0, "Client System Architecture", read_architectures },
	{ 94, FORM_READ_ONE, 0, "Client Network Device Interface", read_interface },
	{ 95, FORM_OCTETS, DHCP_OPTION_VALUE, "LDAP [TODO:RFC3679]" },
	{ 96, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/Unassigned" },
	{ 97, FORM_READ_SOME, 0, "UUID/GUID-based Client Identifier", read_client_identifier },
	{ 98, FORM_OCTETS, DHCP_OPTION_VALUE, "Open Group's User Authentication [TODO:RFC2485]" },
	{ 99, FORM_READ_SOME, 0, "Civic Addresses Configuration", read_civic_location },
	{ 100, FORM_STRING, DHCP_TZ_PCODE, "PCode" },
	{ 101, FORM_STRING, DHCP_TZ_TCODE, "TCode" },
	{ 102, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/unassigned" },
	{ 103, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/unassigned" },
	{ 104, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/unassigned" },
	{ 105, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/unassigned" },
	{ 106, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/unassigned" },
	{ 107, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/unassigned" },
	{ 108, FORM_OCTETS, DHCP_OPTION_VALUE, "IPv6-Only Preferred" },
	{ 110, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/Unassigned" },
	{ 112, FORM_ADDRESSES, DHCP_NETINFO_PARENT_SERVER_ADDRESS, "NetInfo Parent Server Address" },
	{ 113, FORM_STRING, DHCP_NETINFO_PARENT_SERVER_TAG, "NetInfo Parent Server Tag" },
	{ 114, FORM_STRING, DHCP_CAPTIVE_PORTAL, "DHCP Captive-Portal" },
	{ 115, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/Unassigned" },
	{ 116, FORM_UINT8, DHCP_DHCP_AUTO_CONFIGURATION, "DHCP Auto-Configuration" },
	{ 117, FORM_READ, 0, "Name Service Search", read_name_services },
	{ 118, FORM_ADDRESSES, DHCP_SUBNET_SELECTION_OPTION, "Subnet Selection Option" },
	{ 119, FORM_READ_SOME, 0, "Domain Search", read_search },
	{ 120, FORM_READ_SOME, 0, "SIP Servers", read_sip_servers },
	{ 121, FORM_READ, 0, "Classless Static Route", read_classless_routes },
	{ 122, FORM_READ_SOME, 0, "CableLabs Client Configuration [TODO:RFC3495]", dhcp_read_packetcable },
	{ 123, FORM_READ_ONE, 0, "Coordinate-based Location Configuration", read_coordinates },
	{ 124, FORM_READ_SOME, 0, "V-I Vendor Class", dhcp_read_vi_class },
	{ 125, FORM_READ_SOME, 0, "V-I Vendor-specific Information", dhcp_read_vi_specific },
	{ 126, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/Unassigned" },
	{ 127, FORM_OCTETS, DHCP_OPTION_VALUE, "Removed/Unassigned" },
	{ 128, FORM_OCTETS, DHCP_OPTION_VALUE, "DOCSIS full security server IP [TODO]" },
	{ 129, FORM_OCTETS, DHCP_OPTION_VALUE, "PXE - undefined (vendor specific)" },
	{ 130, FORM_OCTETS, DHCP_OPTION_VALUE, "PXE - undefined (vendor specific)" },
	{ 131, FORM_OCTETS, DHCP_OPTION_VALUE, "PXE - undefined (vendor specific)" },
	{ 132, FORM_OCTETS, DHCP_OPTION_VALUE, "PXE - undefined (vendor specific)" },
	{ 133, FORM_OCTETS, DHCP_OPTION_VALUE, "PXE - undefined (vendor specific)" },
	{ 134, FORM_OCTETS, DHCP_OPTION_VALUE, "PXE - undefined (vendor specific)" },
	{ 135, FORM_OCTETS, DHCP_OPTION_VALUE, "PXE - undefined (vendor specific)" },
	{ 136, FORM_ADDRESSES, DHCP_PANA_AGENT, "PANA Authentication Agent" },
	{ 137, FORM_STRING, DHCP_LOST_SERVER_DOMAIN_NAME, "LoST Server Domain Name" },
	{ 138, FORM_ADDRESSES, DHCP_CAPWAP_ACCESS_CONTROLLER, "CAPWAP Access Controllers" },
	{ 139, FORM_OCTETS, DHCP_OPTION_VALUE, "IPv4 Address-MoS" },
	{ 140, FORM_OCTETS, DHCP_OPTION_VALUE, "IPv4 FQDN-MoS" },
	{ 141, FORM_OCTETS, DHCP_OPTION_VALUE, "SIP UA Configuration Domains" },
	{ 142, FORM_ADDRESSES, DHCP_ANDSF_SERVER, "IPv4 Address ANDSF" },
	{ 143, FORM_OCTETS, DHCP_OPTION_VALUE, "Zerotouch Redirect [TODO: draft-ietf-netconf-zerotouch]" },
	{ 144, FORM_OCTETS, DHCP_OPTION_VALUE, "Geospatial Location [TODO:RFC6225]" },
	{ 145, FORM_UINT8S, DHCP_FORCERENEW_NONCE_ALGORITHM, "Forcerenew Nonce Capable" },
	{ 146, FORM_READ, 0, "RDNSS Selection", read_rdnss },
	{ 150, FORM_ADDRESSES, DHCP_TFTP_SERVER_ADDRESS, "TFTP Server Address" },
	{ 151, FORM_READ, 0, "Leasequery Status code", read_status },
	{ 152, FORM_READ, DHCP_LEASE_BASE_TIME, "Leasequery Base Time", read_lease_time },
	{ 153, FORM_SECONDS, DHCP_LEASE_START_TIME_OF_STATE, "Leasequery Start Time of State" },
	{ 154, FORM_READ, DHCP_LEASE_QUERY_START_TIME, "Leasequery Query Start Time", read_lease_time },
	{ 155, FORM_READ, DHCP_LEASE_QUERY_END_TIME, "Leasequery Query End Time", read_lease_time },
	{ 156, FORM_UINT8, DHCP_LEASE_DHCP_STATE, "Leasequery Dhcp State" },
	{ 157, FORM_BOOLEAN, DHCP_LEASE_DATA_SOURCE, "Leasequery Data Source" },
	{ 158, FORM_READ, 0, "PCP Server", read_pcp_servers },
	{ 159, FORM_READ, 0, "Portparams", read_port_parameters },
	{ 160, FORM_STRING, DHCP_CAPTIVE_PORTAL, "Unassigned (ex DHCP Captive-Portal)" },
	{ 161, FORM_STRING, DHCP_MUDURL, "Manufacturer Usage Description" },
	{ 175, FORM_OCTETS, DHCP_OPTION_VALUE, "Etherboot" },
	{ 176, FORM_OCTETS, DHCP_OPTION_VALUE, "IP Telephone" },
	{ 177, FORM_OCTETS, DHCP_OPTION_VALUE, "Etherboot" },
	{ 208, FORM_OCTETS, DHCP_OPTION_VALUE, "PXELINUX Magic" },
	{ 209, FORM_STRING, DHCP_PXE_CONFIG_FILE, "PXE Configuration file" },
	{ 210, FORM_STRING, DHCP_PXE_PATH_PREFIX, "PXE Path Prefix" },
	{ 211, FORM_OCTETS, DHCP_OPTION_VALUE, "Reboot Time" },
	{ 212, FORM_READ, 0, "6RD", read_6rd },
	{ 213, FORM_OCTETS, DHCP_OPTION_VALUE, "V4 Access Domain" },
	{ 220, FORM_OCTETS, DHCP_OPTION_VALUE, "Subnet Allocation" },
	{ 221, FORM_OCTETS, DHCP_OPTION_VALUE, "Virtual Subnet Selection" },
	{ 242, FORM_STRING, DHCP_AVAYA, "Private/Avaya IP Telephone" },
	{ 249, FORM_READ, 0, "Private/Classless Static Route (Microsoft)", read_classless_routes },
	{ 252, FORM_STRING, DHCP_PRIVATE_PROXY_AUTODISCOVERY, "Private/Proxy autodiscovery" },
};

static const struct dhcp_row *find_row(uint8_t code)
{
	for (unsigned i = 0; i < sizeof rows / sizeof *rows && rows[i].code <= code; i++) {
		if (rows[i].code == code)
			return &rows[i];
	}
	return NULL;
}

static const char *option_name(uint8_t code)
{
	enum { FIRST_PRIVATE = 224 };
	const struct dhcp_row *row = find_row(code);

	if (row)
		return row->name;
	return code == PAD ? "Padding" : code == END ? "End" : code < FIRST_PRIVATE ? "Unassigned" : "Private";
}

static void read_option(struct dhcp_message *message, struct wire *w)
{
	static const struct dhcp_row other = { .form = FORM_OCTETS, .field = DHCP_OPTION_VALUE };
	struct dissection *d = message->d;
	uint8_t code = wire_peek_u8(w, 0), n = wire_peek_u8(w, 1);
	const struct dhcp_row *row = find_row(code);

	if (!row)
		row = &other;
	add_node(d, w, F(OPTION_TYPE), w->at, 2u + n, code);
	set_text(d, w, d->last, "Option: (%u) %s", code, option_name(code));
	struct dhcp_option o = { d, message, open_subtree(d), code, n, &dhcp_fields[row->field] };
	wire_skip(w, 1);
	add_uint8(d, w, F(OPTION_LENGTH));
	struct wire value = *w;
	wire_skip(w, n);
	if (wire_left(&value) < n || (row->form == FORM_READ_ONE && !n))
		wire_fail(&value, UINT32_MAX);
	wire_shorten(&value, n);
	add_hidden_value(&o, value, row);
	if (row->form == FORM_READ_SOME && !n)
		add_octets(d, &value, F(OPTION_VALUE), 0);
	if (row->read)
		row->read(&o, &value);
	else
		read_by_form(&o, &value, row);
	wire_join(w, &value);
	close_subtree(d, o.node, NULL);
}

/* Octets that pad options, as one. */
static void read_padding(struct dissection *d, struct wire *w)
{
	uint32_t n = 1;

	while (n < wire_captured(w) && wire_here(w)[n] == PAD)
		n++;
	add_node(d, w, F(OPTION_TYPE), w->at, n, PAD);
	set_text(d, w, d->last, "Option: (0) Padding");
	node_ref node = open_subtree(d);
	add_octets(d, w, F(OPTION_PADDING), n);
	close_subtree(d, node, NULL);
}

static void read_end(struct dhcp_message *message, struct wire *w)
{
	struct dissection *d = message->d;

	add_node(d, w, F(OPTION_TYPE), w->at, 1, PAD); /* so tshark has it */
	set_text(d, w, d->last, "Option: (255) End");
	node_ref node = open_subtree(d);
	add_uint8(d, w, F(OPTION_END));
	if (message->overload > (OVERLOAD_FILE | OVERLOAD_SNAME))
		set_text(d, w, d->last, "Option End (Overload): 255");
	close_subtree(d, node, NULL);
}

bool dhcp_read_options(struct dhcp_message *message, struct wire *w)
{
	while (wire_more(w)) {
		uint8_t code = wire_peek_u8(w, 0);
		if (code == END) {
			read_end(message, w);
			return true;
		}
		if (code == PAD)
			read_padding(message->d, w);
		else
			read_option(message, w);
	}
	return false;
}
