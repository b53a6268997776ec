/*
 * dhcpv6_options.c: DHCPv6 options, RFC 8415 and those that IANA lists. The values of those without a row are not shown.
 */

#include "dissect/ascii.h"
#include "dissect/dhcpv6.h"
#include "dissect/dns.h"
#include "dissect/duid.h"
#include "dissect/text.h"

#define F DHCPV6_FIELD

enum {
	INFINITY_SECONDS = UINT32_MAX,
	CABLELABS = 4491,      /* private enterprise number */
	NAME_LARGEST = 255,    /* octets of an encoded domain name, RFC 1035, section 3.1 */
};

/* An option: its value is all that its cursor covers. */
struct option {
	struct dissection *d;
	struct dhcpv6_message *message;
	node_ref node;
	uint32_t n;
	const struct field *field; /* of the row */
	node_ref enterprise;       /* whose vendor-specific information it is */
	const char *complaint;     /* how the option is called when it is malformed */
};

enum form {
	FORM_READ,       /* by a function of its own */
	FORM_OCTETS, FORM_STRING, FORM_UINT8, FORM_UINT16, FORM_UINT32, FORM_ADDRESS,
	FORM_ADDRESSES, FORM_NUMBERED, /* addresses, with and without their ordinals */
	FORM_CODES,      /* of 16 bits */
	FORM_OPTIONS,    /* more options */
	FORM_EMPTY,      /* it has no value */
};

static const uint8_t octets_of[] = { [FORM_UINT8] = 1, [FORM_UINT16] = 2, [FORM_UINT32] = 4, [FORM_ADDRESS] = 16 };

struct row {
	uint16_t code;
	uint16_t field;
	uint8_t form;
	uint8_t least;         /* octets that it cannot do without */
	const char *complaint; /* NULL: no length is wrong */
	void (*read)(struct option *o, struct wire *w);
};

static void complain(struct option *o, const struct wire *w)
{
	add_note_text(o->d, w, F(MALFORMED_OPTION), "%s: malformed option", o->complaint);
}

/* ---- parts ---- */

static void add_lifetime(struct dissection *d, struct wire *w, const struct field *field, const struct field *forever)
{
	uint32_t seconds = wire_peek_u32(w, 0);

	add_uint32(d, w, seconds == INFINITY_SECONDS ? forever : field);
	if (seconds == INFINITY_SECONDS)
		value_text(d, w, d->last, "infinity");
}

static void add_identity(struct dissection *d, struct wire *w, const struct field *field)
{
	const uint8_t *octets = wire_bytes(w, 4);
	char text[8];

	if (octets)
		add_string_value(d, w, field, text, (size_t)(put_octets(text, octets, 4, 0) - text));
	cover(d, w, 4);
}

/* A prefix of so many octets, in an address. */
static void add_prefix(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *octets = wire_bytes(w, n);
	uint8_t *address = arena_alloc(d->arena, 16);

	if (!octets)
		return;
	memset(address, 0, 16);
	memcpy(address, octets, n < 16 ? n : 16);
	add_node_octets(d, w, field, w->at - n, n, address, 16);
}

static void add_flags(struct dissection *d, struct wire *w, const struct field *field, const struct field *first,
                      const struct field *last, unsigned n)
{
	uint16_t flags = n == 1 ? add_uint8(d, w, field) : add_uint16(d, w, field);

	for (const struct field *bit = first; bit <= last; bit++) {
		if (flags & bit->mask)
			append_text(d, w, d->last, ", %s", bit->label);
	}
	node_ref node = open_subtree(d);
	add_bits(d, w, first, last, n, flags);
	close_subtree(d, node, NULL);
}

/* ---- DUIDs, RFC 8415, section 11 ---- */

static void add_link_layer_address(struct dissection *d, struct wire *w, const struct field *field, uint16_t type)
{
	if (wire_more(w))
		add_hardware_address(d, w, field, wire_left(w), type);
}

/* Since 2000, RFC 8415, section 11.2. */
static void add_duid_time(struct dissection *d, struct wire *w)
{
	enum { YEAR_2000 = 946684800 };
	struct wire at = *w;
	uint32_t seconds = wire_u32(w);

	if (w->state != WIRE_GOOD)
		return;
	set_length(d, add_time(d, &at, F(DUIDLLT_TIME), (struct timestamp){ (int32_t)seconds + (int64_t)YEAR_2000, 0 }), 4);
}

static void read_duid(struct option *o, struct wire *w)
{
	enum { DUID_LLT = 1, DUID_EN, DUID_LL, DUID_UUID };
	static const uint8_t least[] = { [DUID_LLT] = 6, [DUID_EN] = 4, [DUID_LL] = 2, [DUID_UUID] = 16 };
	struct dissection *d = o->d;
	struct wire whole = *w;

	add_octets(d, &whole, F(DUID_BYTES), o->n);
	uint16_t type = add_uint16(d, w, F(DUID_TYPE));
	if (type < DUID_LLT || type > DUID_UUID)
		return;
	if (wire_left(w) < least[type]) {
		complain(o, w);
		return;
	}
	if (type == DUID_LLT) {
		uint16_t hardware = add_uint16(d, w, F(DUIDLLT_HWTYPE));
		add_duid_time(d, w);
		add_link_layer_address(d, w, F(DUIDLLT_LINK_LAYER_ADDR), hardware);
	} else if (type == DUID_LL) {
		uint16_t hardware = add_uint16(d, w, F(DUIDLL_HWTYPE));
		add_link_layer_address(d, w, F(DUIDLL_LINK_LAYER_ADDR), hardware);
	} else if (type == DUID_EN) {
		add_uint32(d, w, F(DUIDEN_ENTERPRISE));
		if (wire_more(w))
			add_octets(d, w, F(DUIDEN_IDENTIFIER), wire_left(w));
	} else {
		add_octets(d, w, F(DUIDUUID_BYTES), wire_left(w));
	}
}

/* ---- identity associations, RFC 8415, sections 21.4 to 21.6, 21.21 and 21.22 ---- */

static void read_association(struct option *o, struct wire *w)
{
	add_identity(o->d, w, F(IAID));
	add_lifetime(o->d, w, F(IAID_T1), F(IAID_T1));
	add_lifetime(o->d, w, F(IAID_T2), F(IAID_T2));
	dhcpv6_read_options(o->message, w);
}

static void read_temporary_association(struct option *o, struct wire *w)
{
	add_identity(o->d, w, F(IATA));
	dhcpv6_read_options(o->message, w);
}

/* The client's is in the packet list, too. */
static void read_client(struct option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (LISTING(d, w) && wire_has(w, o->n)) {
		char *text = arena_alloc(d->arena, 2 * (size_t)o->n + 1);
		*put_octets(text, wire_here(w), o->n, 0) = 0;
		append_info(d, w, "CID: %s ", text);
	}
	read_duid(o, w);
}

static void read_address(struct option *o, struct wire *w)
{
	const uint8_t *address = add_ipv6(o->d, w, F(IAADDR_IP));
	append_info(o->d, w, "IAA: %s ", ipv6_text(o->d, address));
	add_lifetime(o->d, w, F(IAADDR_PREF_LIFETIME), F(IAADDR_PREF_LIFETIME));
	add_lifetime(o->d, w, F(IAADDR_VALID_LIFETIME), F(IAADDR_PREF_LIFETIME));
	dhcpv6_read_options(o->message, w);
}

static void read_prefix(struct option *o, struct wire *w)
{
	add_lifetime(o->d, w, F(IAPREFIX_PREF_LIFETIME), F(IAPREFIX_PREF_LIFETIME));
	add_lifetime(o->d, w, F(IAPREFIX_VALID_LIFETIME), F(IAPREFIX_VALID_LIFETIME));
	add_uint8(o->d, w, F(IAPREFIX_PREF_LEN));
	add_ipv6(o->d, w, F(IAPREFIX_PREF_ADDR));
	dhcpv6_read_options(o->message, w);
}

/* RFC 6603 */
static void read_excluded_prefix(struct option *o, struct wire *w)
{
	if (o->n > 17) {
		complain(o, w);
		return;
	}
	add_uint8(o->d, w, F(PD_EXCLUDE_PREF_LEN));
	add_octets(o->d, w, F(PD_EXCLUDE_SUBNET_ID), wire_left(w));
}

/* ---- RFC 8415 ---- */

static void read_elapsed(struct option *o, struct wire *w)
{
	const uint32_t milliseconds = 10u * wire_u16(w);

	add_number(o->d, w, F(ELAPSED_TIME), milliseconds);
	cover(o->d, w, 2);
	append_literal(o->d, w, o->d->last, "ms");
}

static void read_relayed(struct option *o, struct wire *w)
{
	struct dhcpv6_message inner = *o->message;

	inner.depth++;
	node_ref node = open_heading(o->d, w, F(RELAYED));
	dhcpv6_read_message(&inner, w);
	close_subtree(o->d, node, NULL);
}

/* Section 21.11; of the delayed protocol, RFC 3315, a realm and a digest with its key. */
static void read_authentication(struct option *o, struct wire *w)
{
	enum { DELAYED = 2, KEY_AND_DIGEST = 20 };
	struct dissection *d = o->d;

	uint8_t protocol = add_uint8(d, w, F(AUTH_PROTOCOL));
	add_uint8(d, w, F(AUTH_ALGORITHM));
	add_uint8(d, w, F(AUTH_RDM));
	add_octets(d, w, F(AUTH_REPLAY_DETECTION), 8);
	if (protocol == DELAYED && wire_left(w) > KEY_AND_DIGEST) {
		add_ascii(d, w, F(AUTH_REALM), wire_left(w) - KEY_AND_DIGEST);
		add_uint32(d, w, F(AUTH_KEY_ID));
		add_octets(d, w, F(AUTH_MD5_DATA), 16);
	} else {
		add_octets(d, w, F(AUTH_INFO), wire_left(w));
	}
}

static void read_status(struct option *o, struct wire *w)
{
	add_uint16(o->d, w, F(STATUS_CODE));
	if (wire_more(w))
		add_ascii(o->d, w, F(STATUS_MSG), wire_left(w));
}

static void read_user_classes(struct option *o, struct wire *w)
{
	struct dissection *d = o->d;

	while (wire_more(w)) {
		uint32_t n = wire_has(w, 2) ? be16(wire_here(w)) : 0;
		if (wire_left(w) < 2 + n) {
			add_note_text(d, w, F(MALFORMED_OPTION), "User Class: suboption too long");
			return;
		}
		add_node(d, w, F(USERCLASS), w->at, 2 + n, 0);
		node_ref node = open_subtree(d);
		add_uint16(d, w, F(USERCLASS_LENGTH));
		add_octets(d, w, F(USERCLASS_OPAQUE_DATA), n);
		close_subtree(d, node, NULL);
	}
}

static void read_vendor_class(struct option *o, struct wire *w)
{
	add_uint32(o->d, w, F(VENDORCLASS_ENTERPRISE));
	if (!wire_more(w))
		return;
	uint32_t n = wire_u16(w);
	add_ascii(o->d, w, F(VENDORCLASS_DATA), n < wire_left(w) ? n : wire_left(w));
}

static void read_interface_id(struct option *o, struct wire *w)
{
	add_octets(o->d, w, F(INTERFACE_ID), o->n);
}

/* ---- vendor-specific information, section 21.17 ---- */

static void read_vendor_option(struct dissection *d, struct wire *w)
{
	uint32_t n = 4u + wire_peek_u16(w, 2);

	add_node(d, w, F(VENDOR_OPTION), w->at, n, 0);
	node_ref node = open_subtree(d);
	add_uint16(d, w, F(VENDOROPTS_ENTERPRISE_OPTION_CODE));
	uint16_t length = add_uint16(d, w, F(VENDOROPTS_ENTERPRISE_OPTION_LENGTH));
	add_octets(d, w, F(VENDOROPTS_ENTERPRISE_OPTION_DATA), length);
	close_subtree(d, node, NULL);
}

/* CableLabs' own: CL-SP-CANN-DHCP-Reg. What they hold stands behind their name. */
static void say_octets(struct dissection *d, const struct wire *w, node_ref node, char separator)
{
	char text[3 * 16 + 1];
	*put_octets(text, wire_here(w), wire_captured(w) < 16 ? wire_captured(w) : 16, separator) = 0;
	append_text(d, w, node, "%s", text);
}

/* TLV5: what a cable modem, or a telephone adapter, is able to do. */
static void read_capabilities(struct dissection *d, struct wire *w, const struct field *type)
{
	while (wire_more(w)) {
		add_uint8(d, w, type);
		node_ref node = open_subtree(d);
		uint8_t n = add_uint8(d, w, F(CCCV6_TLV5_SUBOPTION_LENGTH));
		if (n == 1)
			add_uint8(d, w, F(CCCV6_TLV5_SUBOPTION_VALUE_NUMBER));
		else
			add_octets(d, w, F(CCCV6_TLV5_SUBOPTION_VALUE), n);
		close_subtree(d, node, NULL);
	}
}

/* RFC 3495, its addresses of IPv4 servers. */
static void read_client_configuration(struct dissection *d, struct wire *w)
{
	enum { PRIMARY = 1, SECONDARY, ADDRESS_OCTETS = 4 };

	while (wire_left(w) >= 4) {
		uint16_t code = add_uint16(d, w, F(PACKETCABLE_CCC_SUBOPTION));
		node_ref node = open_subtree(d);
		uint16_t n = wire_u16(w);
		bool is_known = code == PRIMARY || code == SECONDARY;
		if (is_known && n == ADDRESS_OCTETS)
			add_ipv4(d, w, code == PRIMARY ? F(PACKETCABLE_CCC_PRI_DHCP) : F(PACKETCABLE_CCC_SEC_DHCP));
		else if (is_known)
			note_text_on(d, node, F(BOGUS_LENGTH), "Bogus length: %u", n);
		close_subtree(d, node, NULL);
		if (!is_known || n != ADDRESS_OCTETS)
			return;
	}
}

/* What a suboption of n octets, all that the cursor covers, says behind its name, and below it. */
struct cablelabs_row {
	uint16_t code;
	void (*say)(struct option *o, struct wire *w, node_ref node, uint32_t n);
};

static void say_codes(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	for (; n >= 2; n -= 2)
		append_text(o->d, w, node, " %u", wire_u16(w));
}

static void say_string(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	(void)n;
	const uint8_t *octets = wire_here(w);
	append_text(o->d, w, node, "\"%s\"",
	            printable(o->d, octets, strnlen((const char *)octets, wire_captured(w))));
}

/* The type of a device also says whose capabilities follow. */
static void say_device_type(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	say_string(o, w, node, n);
	if (wire_has(w, 4) && memcmp(wire_here(w), "EMTA", 4) == 0)
		o->field = F(PACKETCABLE_CCCV6_TLV5_SUBOPTION);
}

static void say_oui(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	if (n == 6)
		say_string(o, w, node, n);
	else if (n == 3)
		say_octets(o->d, w, node, ':');
	else
		note_text_on(o->d, node, F(BOGUS_LENGTH), "Suboption 8: suboption length isn't 3 or 6");
}

static void say_servers(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	(void)node;
	for (unsigned i = 1; n >= 16; n -= 16, i++) {
		const uint8_t *address = add_ipv6(o->d, w, F(CABLELABS_IPV6_SERVER));
		if (address && SHOWING(o->d, w))
			set_text(o->d, w, o->d->last, " %u IPv6 address: %s", i, ipv6_text(o->d, address));
	}
}

static void say_capabilities(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	(void)node;
	(void)n;
	read_capabilities(o->d, w, o->field);
}

static void say_six_octets(struct option *o, struct wire *w, node_ref node, uint32_t n, char separator)
{
	if (n == 6)
		say_octets(o->d, w, node, separator);
	else
		note_text_on(o->d, node, F(BOGUS_LENGTH), "Bogus length: %u", n);
}

static void say_identifier(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	say_six_octets(o, w, node, n, 0);
}

static void say_mac(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	say_six_octets(o, w, node, n, ':');
}

static void say_time_offset(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	(void)n;
	append_text(o->d, w, node, "%d", (int32_t)wire_peek_u32(w, 0));
}

static void say_preference(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	(void)n;
	uint8_t preference = wire_peek_u8(w, 0);
	if (preference == 1 || preference == 2)
		append_text(o->d, w, node, "%s", preference == 1 ? "IPv4" : "IPv6");
	else
		append_text(o->d, w, node, "Invalid IP Preference value %u", preference);
}

static void say_container(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	append_text(o->d, w, node, " ");
	say_octets(o->d, w, node, 0);
	append_text(o->d, w, node, " (len=%u)", n);
}

static void say_configuration(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	append_text(o->d, w, node, " (%u bytes)", n);
	read_client_configuration(o->d, w);
}

static void say_correlation(struct option *o, struct wire *w, node_ref node, uint32_t n)
{
	if (n == 4)
		append_text(o->d, w, node, "%u", wire_peek_u32(w, 0));
	else
		append_text(o->d, w, node, "Bogus value length=%u", n);
}

static const struct cablelabs_row cablelabs_rows[] = {
	{ 1, say_codes }, { 2, say_device_type }, { 3, say_string }, { 4, say_string }, { 5, say_string }, { 6, say_string },
	{ 7, say_string }, { 8, say_oui }, { 9, say_string }, { 10, say_string }, { 32, say_servers }, { 33, say_string },
	{ 34, say_servers }, { 35, say_capabilities }, { 36, say_identifier }, { 37, say_servers }, { 38, say_time_offset },
	{ 39, say_preference }, { 61, say_servers }, { 1026, say_mac }, { 1027, say_container }, { 2170, say_configuration },
	{ 2172, say_correlation },
};

static void read_cablelabs(struct option *o, struct wire *w)
{
	struct dissection *d = o->d;
	uint16_t code = wire_peek_u16(w, 0), n = wire_peek_u16(w, 2);

	if (!n) {
		note_text_on(d, o->enterprise, F(BOGUS_LENGTH), "Bogus length: %u", 4);
		wire_skip(w, 4);
		return;
	}
	add_node(d, w, F(CABLELABS_OPT), w->at, 4u + n, code);
	node_ref node = open_subtree(d);
	value_text(d, w, node, "%s (%u)", name_or(F(CABLELABS_OPT)->names, code, "Unknown"), code);
	wire_skip(w, 4);
	struct wire value = *w;
	wire_skip(w, n);
	wire_shorten(&value, n);
	for (unsigned i = 0; i < sizeof cablelabs_rows / sizeof *cablelabs_rows && w->state == WIRE_GOOD; i++) {
		if (cablelabs_rows[i].code == code)
			cablelabs_rows[i].say(o, &value, node, n);
	}
	close_subtree(d, node, NULL);
}

static void read_vendor_options(struct option *o, struct wire *w)
{
	uint32_t enterprise = add_uint32(o->d, w, F(VENDOROPTS_ENTERPRISE));

	if (enterprise == CABLELABS) {
		o->enterprise = o->d->last;
		o->field = F(DOCSIS_CCCV6_TLV5_SUBOPTION);
		while (wire_left(w) >= 4)
			read_cablelabs(o, w);
		return;
	}
	while (wire_more(w))
		read_vendor_option(o->d, w);
}

/* ---- domain names, RFC 8415, section 10 ---- */

/* A name as it is read: its labels so far, with dots between them. */
struct name_text {
	uint8_t octets[NAME_LARGEST + 1];
	uint32_t length;
	unsigned labels;
	bool is_ended; /* by the root's label */
};

/* False where what stands there is no name. */
static bool read_labels(struct wire *w, struct name_text *name)
{
	enum { LABEL_LARGEST_OCTETS = 63 };

	*name = (struct name_text){ .length = 0 };
	while (wire_more(w) && !name->is_ended) {
		uint8_t n = wire_u8(w);
		if (n > LABEL_LARGEST_OCTETS || n > wire_left(w) || name->length + n + 1 > NAME_LARGEST)
			return false;
		if (!n) {
			name->is_ended = true;
			break;
		}
		const uint8_t *label = wire_bytes(w, n);
		if (!label)
			return false;
		memcpy(name->octets + name->length, label, n);
		name->length += n;
		name->octets[name->length++] = '.';
		name->labels++;
	}
	return true;
}

/* A heading that complains, and the complaint below it. */
static void add_complaint(struct dissection *d, const struct wire *w, const struct field *note)
{
	node_ref node = open_heading(d, w, F(COMPLAINT));
	set_text(d, w, node, "%s", note->label);
	note_on(d, node, note);
	close_subtree(d, node, NULL);
}

static void add_named(struct dissection *d, const struct wire *w, const struct field *field, uint32_t at, const char *label,
                      const uint8_t *octets, uint32_t n)
{
	uint32_t length = n;
	const uint8_t *shown = ascii(d->arena, arena_copy(d->arena, octets, n ? n : 1), &length);

	add_node_octets(d, w, field, at, w->at - at, shown, length);
	if (label)
		set_text(d, w, d->last, "%s: %s", label, printable(d, shown, length));
}

/* Names up to the end of the cursor. False at one that cannot be read. */
static bool read_name(struct dissection *d, struct wire *w, const struct field *field)
{
	struct name_text name;
	uint32_t at = w->at;

	if (!read_labels(w, &name)) {
		w->at = w->end;
		return false;
	}
	if (name.is_ended && !name.labels) {
		add_named(d, w, F(ROOT_ONLY_DOMAIN_NAME), at, NULL, name.octets, 0);
		set_text(d, w, d->last, "Root only domain name: ['.' (0)]");
		node_ref node = open_subtree(d);
		add_complaint(d, w, F(EXPERT_ROOT_ONLY_DOMAIN_NAME));
		close_subtree(d, node, NULL);
	} else if (name.is_ended && name.labels == 1) {
		add_named(d, w, F(TLD), at, "Top Level Domain name (TLD)", name.octets, name.length);
		node_ref node = open_subtree(d);
		add_complaint(d, w, F(EXPERT_TLD_LOOKUP));
		close_subtree(d, node, NULL);
	} else if (name.is_ended) {
		add_named(d, w, field, at, NULL, name.octets, name.length);
	} else if (name.labels == 1) {
		add_named(d, w, field, at, "Partial domain name", name.octets, name.length - 1);
	} else {
		add_named(d, w, field, at, "Multi-part partially qualified Domain Name", name.octets, name.length - 1);
	}
	return true;
}

static void read_names(struct option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (!wire_more(w)) {
		add_node(d, w, F(DOMAIN_FIELD_LEN), w->at, 0, 0);
		set_text(d, w, d->last, "Empty domain field: the client requests the server to provide a domain name");
	}
	while (wire_more(w) && read_name(d, w, o->field))
		;
}

/* Names below a title of their own. */
static void read_titled_names(struct option *o, struct wire *w)
{
	static const struct { uint16_t field; const char *title; } titles[] = {
		{ DHCPV6_SIP_SERVER_DOMAIN_SEARCH_FQDN, "SIP Servers Domain Search List" },
		{ DHCPV6_SEARCH_LIST_ENTRY, "Domain name suffix search list" },
		{ DHCPV6_NIS_FQDN, "nis-domain-name" },
		{ DHCPV6_NISP_FQDN, "nisp-domain-name" },
		{ DHCPV6_BCMCS_SERVER_FQDN, "BCMCS Servers Domain Search List" },
	};

	if (!o->n)
		return;
	node_ref node = open_heading(o->d, w, F(NAMES));
	for (unsigned i = 0; i < sizeof titles / sizeof *titles; i++) {
		if (&dhcpv6_fields[titles[i].field] == o->field)
			set_text(o->d, w, node, "%s", titles[i].title);
	}
	read_names(o, w);
	close_subtree(o->d, node, w);
}

/* RFC 4704 */
static void add_fqdn_flags(struct dissection *d, struct wire *w, bool is_server)
{
	enum { S = 1, N = 4 };
	static const char *const of_client[] = { /* by N and S */
		"  [CLIENT wants to update its AAAA RRs and SERVER to update its PTR RRs]",
		"  [CLIENT wants SERVER to update both its AAAA and PTR RRs]",
		"  [CLIENT prefers that the server not perform *any* DNS updates]",
		("  [ERROR: CLIENT prefers that the server not perform *any* DNS updates\n"
		 "        In which case the 'S' bit MUST be 0]"),
	};
	static const char *const of_server[] = { /* by N, O and S */
		"  [CLIENT SHALL update AAAA RRs; SERVER SHALL update PTR RRs]",
		"  [SERVER SHALL update both AAAA and PTR RRs]",
		"  [CLIENT SHALL update AAAA RRs; SERVER SHALL update PTR RRs]\n[Server has overridden the client's S bit]",
		"  [SERVER SHALL update both AAAA and PTR RRs]\n[Server has overridden the client's S bit]",
		"  [CLIENT SHALL update AAAA RRs; SERVER SHALL NOT perform any DNS updates]",
		"  [ERROR: SERVER SHALL NOT perform *any* DNS updates in which case         the 'S' bit MUST be 0]",
		"  [CLIENT SHALL update AAAA RRs; SERVER SHALL NOT perform any DNS updates]",
		"  [ERROR: SERVER SHALL NOT perform *any* DNS updates in which case         the 'S' bit MUST be 0]",
	};
	uint8_t flags = add_uint8(d, w, F(CLIENT_FQDN_FLAGS));
	const struct field *first = is_server ? F(CLIENTFQDN_SERVER_N) : F(CLIENTFQDN_CLIENT_N);
	const struct field *last = is_server ? F(CLIENTFQDN_SERVER_S) : F(CLIENTFQDN_CLIENT_S);
	const char *meaning = is_server ? of_server[flags & 7] : of_client[(flags & N) / 2 | (flags & S)];

	if (!SHOWING(d, w))
		return;
	node_literal(d, d->last, meaning, strlen(meaning));
	node_ref node = open_subtree(d);
	add_bits(d, w, first, last, 1, flags);
	close_subtree(d, node, NULL);
	if ((flags & (N | S)) == (N | S))
		add_complaint(d, w, F(S_BIT_SHOULD_BE_ZERO));
}

static void read_fqdn(struct option *o, struct wire *w)
{
	const unsigned from_clients = 1u << SOLICIT | 1u << REQUEST | 1u << RENEW | 1u << REBIND;
	const unsigned from_servers = 1u << ADVERTISE | 1u << REPLY;
	unsigned type = o->message->type < 32 ? 1u << o->message->type : 0;
	struct dissection *d = o->d;

	if (!(type & (from_clients | from_servers))) {
		node_ref node = open_heading(d, w, F(WRONG_TYPE));
		add_complaint(d, w, F(BAD_MSGTYPE));
		close_subtree(d, node, NULL);
		return;
	}
	add_fqdn_flags(d, w, type & from_servers);
	read_names(o, w);
}

/* RFC 7653 and others: a name in which nothing is complained about. */
static void read_plain_name(struct option *o, struct wire *w)
{
	uint32_t at = w->at, n = wire_left(w);
	uint8_t *copy = arena_alloc(o->d->arena, n + 1);
	struct dns_message message = { .steps = 256 };
	struct dns_name name;

	memcpy(copy, wire_here(w), wire_captured(w));
	copy[wire_captured(w)] = 0;
	struct wire ended = wire_over(copy, wire_captured(w) + 1, n + 1, w->source);
	if (!dns_name(o->d, &ended, &message, &name)) {
		wire_fail(w, UINT32_MAX);
		return;
	}
	wire_skip(w, n);
	add_node_octets(o->d, w, o->field, at, n, name.octets, name.length);
}

/* ---- others ---- */

/* RFC 4649 */
static void read_remote_id(struct option *o, struct wire *w)
{
	add_uint32(o->d, w, F(REMOTEID_ENTERPRISE));
	add_octets(o->d, w, F(REMOTEID_ENTERPRISE_ID), wire_left(w));
}

/* RFC 5007, section 4.1.2.1, and RFC 5460, section 5.4.1 */
static void read_query(struct option *o, struct wire *w)
{
	enum { BY_RELAY_ID = 3, BY_REMOTE_ID = 5 };
	uint8_t type = add_uint8(o->d, w, F(LQ_QUERY));

	if (type >= BY_RELAY_ID && type <= BY_REMOTE_ID && !o->message->is_bulk)
		note_on(o->d, o->d->last, F(BULK_LEASEQUERY_BAD_QUERY_TYPE));
	add_ipv6(o->d, w, F(LQ_QUERY_LINK_ADDRESS));
	dhcpv6_read_options(o->message, w);
}

static void read_relay_data(struct option *o, struct wire *w)
{
	add_ipv6(o->d, w, F(LQ_RELAY_DATA_PEER_ADDR));
	dns_add_text(o->d, w, F(LQ_RELAY_DATA_MSG), wire_left(w));
}

/* RFC 5908 */
static void read_ntp_servers(struct option *o, struct wire *w)
{
	enum { SERVER_ADDRESS = 1, MULTICAST_ADDRESS, SERVER_FQDN };
	struct dissection *d = o->d;

	while (wire_left(w) >= 4) {
		uint16_t code = wire_peek_u16(w, 0), n = wire_peek_u16(w, 2);
		const char *name = name_of(F(NTPSERVER_OPTION_TYPE)->names, code);
		if (wire_left(w) - 4 < n) {
			add_note_text(d, w, F(MALFORMED_OPTION), "NTP Server: suboption too long");
			return;
		}
		add_node(d, w, F(NTP_SUBOPTION), w->at, 4u + n, 0);
		node_ref node = open_subtree(d);
		if (name)
			set_text(d, w, node, "%s", name);
		else
			set_text(d, w, node, "NTP Server suboption %u", code);
		add_uint16(d, w, F(NTPSERVER_OPTION_TYPE));
		add_uint16(d, w, F(NTPSERVER_OPTION_LENGTH));
		struct wire value = *w;
		wire_skip(w, n);
		wire_shorten(&value, n);
		struct option inner = { .d = d, .message = o->message, .node = node, .n = n, .field = F(NTPSERVER_FQDN) };
		if (code == SERVER_FQDN)
			read_names(&inner, &value);
		else if (code == SERVER_ADDRESS || code == MULTICAST_ADDRESS)
			add_ipv6(d, &value, code == SERVER_ADDRESS ? F(NTPSERVER_ADDR) : F(NTPSERVER_MC_ADDR));
		wire_join(w, &value);
		close_subtree(d, node, NULL);
	}
}

/* ---- softwires, RFC 7598 ---- */

static bool is_prefix_length(struct option *o, const struct wire *w, uint8_t length, uint8_t largest)
{
	if (length > largest)
		complain(o, w);
	return length <= largest;
}

static void read_s46_rule(struct option *o, struct wire *w)
{
	struct dissection *d = o->d;

	add_flags(d, w, F(S46_RULE_FLAGS), F(S46_RULE_FLAGS_RESERVED), F(S46_RULE_FLAGS_FMR), 1);
	add_uint8(d, w, F(S46_RULE_EA_LEN));
	uint8_t narrow = add_uint8(d, w, F(S46_RULE_IPV4_PREF_LEN));
	if (!is_prefix_length(o, w, narrow, 32))
		return;
	add_ipv4(d, w, F(S46_RULE_IPV4_PREFIX));
	uint8_t wide = add_uint8(d, w, F(S46_RULE_IPV6_PREFIX_LEN));
	if (!is_prefix_length(o, w, wide, 128))
		return;
	add_prefix(d, w, F(S46_RULE_IPV6_PREFIX), (wide + 7u) / 8);
	dhcpv6_read_options(o->message, w);
}

static void read_s46_dmr(struct option *o, struct wire *w)
{
	uint8_t length = add_uint8(o->d, w, F(S46_DMR_DMR_PREF_LEN));

	if (is_prefix_length(o, w, length, 128))
		add_prefix(o->d, w, F(S46_DMR_DMR_PREFIX), (length + 7u) / 8);
}

static void read_s46_binding(struct option *o, struct wire *w)
{
	add_ipv4(o->d, w, F(S46_V4V6BIND_IPV4_ADDRESS));
	uint8_t length = add_uint8(o->d, w, F(S46_V4V6BIND_IPV6_PREF_LEN));
	if (!is_prefix_length(o, w, length, 128))
		return;
	add_prefix(o->d, w, F(S46_V4V6BIND_IPV6_PREFIX), (length + 7u) / 8);
	dhcpv6_read_options(o->message, w);
}

static void read_s46_ports(struct option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (o->n != 4) {
		complain(o, w);
		return;
	}
	uint8_t offset = add_uint8(d, w, F(S46_PORTPARAM_OFFSET));
	if (!is_prefix_length(o, w, offset, 15))
		return;
	uint8_t length = add_uint8(d, w, F(S46_PORTPARAM_PSID_LEN));
	if (!is_prefix_length(o, w, length, 16))
		return;
	uint16_t psid = wire_peek_u16(w, 0);
	add_node(d, w, F(S46_PORTPARAM_PSID), w->at, 2, length ? psid >> (16 - length) : 0);
	wire_skip(w, 2);
}

/* ---- failover, RFC 8156 ---- */

static void read_connect_flags(struct option *o, struct wire *w)
{
	add_flags(o->d, w, F(FAILOVER_CONNECT_FLAGS), F(FAILOVER_CONNECT_FLAGS_RESERVED), F(FAILOVER_CONNECT_FLAGS_F), 2);
}

static void read_dns_flags(struct option *o, struct wire *w)
{
	add_flags(o->d, w, F(FAILOVER_DNS_FLAGS), F(FAILOVER_DNS_FLAGS_RESERVED), F(FAILOVER_DNS_FLAGS_F), 2);
}

static void read_server_flags(struct option *o, struct wire *w)
{
	add_flags(o->d, w, F(FAILOVER_SERVER_FLAGS), F(FAILOVER_SERVER_FLAGS_RESERVED), F(FAILOVER_SERVER_FLAGS_C), 1);
}

static void read_protocol_version(struct option *o, struct wire *w)
{
	add_uint16(o->d, w, F(FAILOVER_PROTOCOL_MAJOR_VERSION));
	add_uint16(o->d, w, F(FAILOVER_PROTOCOL_MINOR_VERSION));
}

static void read_reconfigure_data(struct option *o, struct wire *w)
{
	add_uint32(o->d, w, F(FAILOVER_RECONFIGURE_TIME));
	add_octets(o->d, w, F(FAILOVER_RECONFIGURE_KEY), wire_left(w));
}

/* ---- the options ---- */

/* For those read by functions of their own, `form` says what lengths are right: FORM_READ any from `least` on. */
static const struct row rows[] = {
	{ 1, 0, FORM_READ, 2, "DUID", read_client },
	{ 2, 0, FORM_READ, 2, "DUID", read_duid },
	{ 3, 0, FORM_READ, 12, "IA_NA", read_association },
	{ 4, 0, FORM_READ, 4, "IA_TA", read_temporary_association },
	{ 5, 0, FORM_READ, 24, "IA_TA", read_address },
	{ 6, DHCPV6_REQUESTED_OPTION_CODE, FORM_CODES, 0, NULL, NULL },
	{ 7, DHCPV6_OPTION_PREFERENCE, FORM_UINT8, 0, "PREFERENCE", NULL },
	{ 8, 0, FORM_UINT16, 0, "ELAPSED-TIME", read_elapsed },
	{ 9, 0, FORM_READ, 1, "RELAY-MSG", read_relayed },
	{ 11, 0, FORM_READ, 11, "AUTH", read_authentication },
	{ 12, DHCPV6_UNICAST, FORM_ADDRESS, 0, "UNICAST", NULL },
	{ 13, 0, FORM_READ, 0, NULL, read_status },
	{ 15, 0, FORM_READ, 0, NULL, read_user_classes },
	{ 16, 0, FORM_READ, 4, "VENDOR_CLASS", read_vendor_class },
	{ 17, 0, FORM_READ, 4, "VENDOR_OPTS", read_vendor_options },
	{ 18, 0, FORM_READ, 1, "INTERFACE_ID", read_interface_id },
	{ 19, DHCPV6_RECONF_MSG, FORM_UINT8, 0, "RECONF_MSG", NULL },
	{ 20, 0, FORM_EMPTY, 0, "RECONF_ACCEPT", NULL },
	{ 21, DHCPV6_SIP_SERVER_DOMAIN_SEARCH_FQDN, FORM_READ, 0, NULL, read_titled_names },
	{ 22, DHCPV6_SIP_SERVER_A, FORM_ADDRESSES, 0, "SIP servers address", NULL },
	{ 23, DHCPV6_DNS_SERVER, FORM_NUMBERED, 0, "DNS servers address", NULL },
	{ 24, DHCPV6_SEARCH_LIST_ENTRY, FORM_READ, 0, NULL, read_titled_names },
	{ 25, 0, FORM_READ, 12, "IA_PD", read_association },
	{ 26, 0, FORM_READ, 25, "IAPREFIX", read_prefix },
	{ 27, DHCPV6_NIS_SERVER, FORM_ADDRESSES, 0, "NIS servers address", NULL },
	{ 28, DHCPV6_NISP_SERVER, FORM_ADDRESSES, 0, "NISP servers address", NULL },
	{ 29, DHCPV6_NIS_FQDN, FORM_READ, 0, NULL, read_titled_names },
	{ 30, DHCPV6_NISP_FQDN, FORM_READ, 0, NULL, read_titled_names },
	{ 31, DHCPV6_SNTP_SERVER, FORM_NUMBERED, 0, "SNTP servers address", NULL },
	{ 32, DHCPV6_LIFETIME, FORM_UINT32, 0, "LIFETIME", NULL },
	{ 33, DHCPV6_BCMCS_SERVER_FQDN, FORM_READ, 0, NULL, read_titled_names },
	{ 34, DHCPV6_BCMCS_SERVER_A, FORM_ADDRESSES, 0, "BCMCS servers address", NULL },
	{ 37, 0, FORM_READ, 4, "REMOTE_ID", read_remote_id },
	{ 38, DHCPV6_SUBSCRIBER_ID, FORM_STRING, 1, "SUBSCRIBER_ID", NULL },
	{ 39, DHCPV6_CLIENT_DOMAIN, FORM_READ, 1, "FQDN", read_fqdn },
	{ 40, DHCPV6_PANA_AGENT, FORM_ADDRESSES, 0, "PANA agent address", NULL },
	{ 41, DHCPV6_TIMEZONE, FORM_STRING, 0, NULL, NULL },
	{ 42, DHCPV6_TZDB, FORM_STRING, 0, NULL, NULL },
	{ 43, DHCPV6_REQUESTED_OPTION_CODE, FORM_CODES, 0, NULL, NULL },
	{ 44, 0, FORM_READ, 17, "LQ-QUERY", read_query },
	{ 45, 0, FORM_OPTIONS, 0, NULL, NULL },
	{ 46, DHCPV6_CLT_TIME, FORM_UINT32, 0, "CLT_TIME", NULL },
	{ 47, 0, FORM_READ, 16, "LQ_RELAY_DATA", read_relay_data },
	{ 48, DHCPV6_LQ_CLIENT_LINK, FORM_ADDRESSES, 0, "LQ client links address", NULL },
	{ 52, DHCPV6_CAPWAP_AC_V6, FORM_ADDRESSES, 0, "CAPWAP Access Controllers address", NULL },
	{ 53, 0, FORM_READ, 2, "DUID", read_duid },
	{ 56, 0, FORM_READ, 4, "NTP Server", read_ntp_servers },
	{ 64, DHCPV6_AFTR_NAME, FORM_READ, 0, NULL, read_names },
	{ 67, 0, FORM_READ, 2, "PD_EXCLUDE", read_excluded_prefix },
	{ 89, 0, FORM_READ, 8, "S46_RULE", read_s46_rule },
	{ 90, DHCPV6_S46_BR_ADDRESS, FORM_ADDRESS, 0, "S46_BR", NULL },
	{ 91, 0, FORM_READ, 1, "S46_DMR", read_s46_dmr },
	{ 92, 0, FORM_READ, 5, "S46_V4V6BIND", read_s46_binding },
	{ 93, 0, FORM_READ, 4, "S46_PORTPARAMS", read_s46_ports },
	{ 94, 0, FORM_OPTIONS, 0, NULL, NULL },
	{ 95, 0, FORM_OPTIONS, 0, NULL, NULL },
	{ 96, 0, FORM_OPTIONS, 0, NULL, NULL },
	{ 103, DHCPV6_CAPTIVE_PORTAL, FORM_STRING, 0, NULL, NULL },
	{ 111, DHCPV6_OPTION_CODE, FORM_CODES, 0, NULL, NULL },
	{ 112, DHCPV6_MUDURL, FORM_STRING, 0, NULL, NULL },
	{ 114, DHCPV6_FAILOVER_BINDING_STATUS, FORM_UINT8, 0, "Failover", NULL },
	{ 115, 0, FORM_UINT16, 0, "Failover", read_connect_flags },
	{ 117, DHCPV6_FAILOVER_DNS_HOSTNAME, FORM_READ, 0, NULL, read_plain_name },
	{ 118, DHCPV6_FAILOVER_DNS_ZONENAME, FORM_READ, 0, NULL, read_plain_name },
	{ 119, 0, FORM_UINT16, 0, "Failover", read_dns_flags },
	{ 120, DHCPV6_FAILOVER_EXPIRATION_TIME, FORM_UINT32, 0, "Failover", NULL },
	{ 121, DHCPV6_FAILOVER_MAX_UNACKED_BNDUPD, FORM_UINT32, 0, "Failover", NULL },
	{ 122, DHCPV6_FAILOVER_MCLT, FORM_UINT32, 0, "Failover", NULL },
	{ 123, DHCPV6_FAILOVER_PARTNER_LIFETIME, FORM_UINT32, 0, "Failover", NULL },
	{ 124, DHCPV6_FAILOVER_PARTNER_LIFETIME_SENT, FORM_UINT32, 0, "Failover", NULL },
	{ 125, DHCPV6_FAILOVER_PARTNER_DOWN_TIME, FORM_UINT32, 0, "Failover", NULL },
	{ 126, DHCPV6_FAILOVER_PARTNER_RAW_CLT_TIME, FORM_UINT32, 0, "Failover", NULL },
	{ 127, 0, FORM_UINT32, 0, "Failover", read_protocol_version },
	{ 128, DHCPV6_FAILOVER_KEEPALIVE_TIME, FORM_UINT32, 0, "Failover", NULL },
	{ 129, 0, FORM_READ, 4, "Failover", read_reconfigure_data },
	{ 130, DHCPV6_FAILOVER_RELATIONSHIP_NAME, FORM_STRING, 0, NULL, NULL },
	{ 131, 0, FORM_UINT8, 0, "Failover", read_server_flags },
	{ 132, DHCPV6_FAILOVER_SERVER_STATE, FORM_UINT8, 0, "Failover", NULL },
	{ 133, DHCPV6_FAILOVER_START_TIME_OF_STATE, FORM_UINT32, 0, "Failover", NULL },
	{ 134, DHCPV6_FAILOVER_STATE_EXPIRATION_TIME, FORM_UINT32, 0, "Failover", NULL },
	{ 135, DHCPV6_RELAY_PORT, FORM_UINT16, 0, "Relay Port", NULL },
};

static const struct row *find_row(uint16_t code)
{
	const struct row *row = rows, *end = rows + sizeof rows / sizeof *rows;

	while (row < end && row->code < code)
		row++;
	return row < end && row->code == code ? row : NULL;
}

static bool is_length(const struct row *row, uint32_t n)
{
	switch (row->form) {
	case FORM_UINT8: case FORM_UINT16: case FORM_UINT32: case FORM_ADDRESS:
		return n == octets_of[row->form];
	case FORM_ADDRESSES: case FORM_NUMBERED:
		return n % 16 == 0;
	case FORM_EMPTY:
		return n == 0;
	default:
		return n >= row->least;
	}
}

static void add_addresses(struct option *o, struct wire *w, bool numbered)
{
	for (unsigned i = 1; wire_more(w); i++) {
		const uint8_t *address = add_ipv6(o->d, w, o->field);
		if (numbered && address && SHOWING(o->d, w))
			set_text(o->d, w, o->d->last, " %u %s: %s", i, o->field->label, ipv6_text(o->d, address));
	}
}

static void read_value(struct option *o, struct wire *w, enum form form)
{
	struct dissection *d = o->d;

	switch (form) {
	case FORM_UINT8:
		add_uint8(d, w, o->field);
		break;
	case FORM_UINT16:
		add_uint16(d, w, o->field);
		break;
	case FORM_UINT32:
		add_uint32(d, w, o->field);
		break;
	case FORM_ADDRESS: case FORM_ADDRESSES: case FORM_NUMBERED:
		add_addresses(o, w, form == FORM_NUMBERED);
		break;
	case FORM_STRING:
		dns_add_text(d, w, o->field, o->n);
		break;
	case FORM_CODES:
		while (wire_more(w))
			add_uint16(d, w, o->field);
		break;
	case FORM_OPTIONS:
		dhcpv6_read_options(o->message, w);
		break;
	default:
		break;
	}
}

static void read_option(struct dhcpv6_message *message, struct wire *w)
{
	struct dissection *d = message->d;
	uint16_t code = wire_peek_u16(w, 0), n = wire_peek_u16(w, 2);
	const struct row *row = find_row(code);
	const char *name = name_of(F(OPTION_TYPE)->names, code);

	if (!name)
		name = text_of(d, "DHCP option %u", code);
	add_node_octets(d, w, F(OPTION), w->at, 4u + n, (const uint8_t *)name, (uint32_t)strlen(name));
	struct option o = { .d = d, .message = message, .node = open_subtree(d), .n = n };

	if (row) {
		o.field = &dhcpv6_fields[row->field];
		o.complaint = row->complaint;
	}
	set_text(d, w, o.node, "%s", name);
	add_uint16(d, w, F(OPTION_TYPE));
	add_uint16(d, w, F(OPTION_LENGTH));
	struct wire value = *w;
	wire_skip(w, n);
	wire_shorten(&value, n);
	if (row && !is_length(row, n) && row->complaint)
		complain(&o, &value);
	else if (row && row->read)
		row->read(&o, &value);
	else if (row)
		read_value(&o, &value, row->form);
	wire_join(w, &value);
	close_subtree(d, o.node, NULL);
}

void dhcpv6_read_options(struct dhcpv6_message *message, struct wire *w)
{
	if (message->depth >= DHCPV6_NESTING)
		return;
	message->depth++;
	while (!message->has_ended && wire_left(w) >= 4 && wire_left(w) >= 4u + wire_peek_u16(w, 2))
		read_option(message, w);
	message->depth--;
	message->has_ended |= wire_more(w);
}
