/*
 * dns_options.c: what DNS carries as code, length and value: EDNS options (RFC 6891, section 6.1.2), service parameters
 * (RFC 9460, section 2.2), stateful operations (RFC 8490, section 5.4). Codes that have no row are shown as octets.
 */

#include "dissect/dns.h"
#include "dissect/text.h"

#define F DNS_FIELD

enum { ELEMENT_STEPS = 16 }; /* for an element of a list, whose length may reach beyond its record's end */

/* ---- EDNS options ---- */

/* An option: its value is the next n octets of w, which are shown as octets already. */
struct option {
	struct dissection *d;
	struct dns_message *message;
	node_ref length_node;
	uint32_t n;
	const struct field *field; /* of the row */
};

/* RFC 6975: algorithms that are understood, one octet each */
static void read_algorithms(const struct option *o, struct wire *w)
{
	for (uint32_t i = 0; i < o->n && w->state == WIRE_GOOD; i++) {
		add_uint8(o->d, w, o->field);
		dns_take_steps(o->message, w, ELEMENT_STEPS);
	}
}

/* Client subnet, RFC 7871, section 6 */
static void read_subnet(const struct option *o, struct wire *w)
{
	struct dissection *d = o->d;
	uint32_t n = o->n - 4;
	uint8_t address[16] = { 0 };

	if (o->n < 4 || n > 16)
		note_on(d, o->length_node, F(RR_OPT_BAD_LENGTH));
	uint16_t family = add_uint16(d, w, F(OPT_CLIENT_FAMILY));
	add_uint8(d, w, F(OPT_CLIENT_NETMASK));
	add_uint8(d, w, F(OPT_CLIENT_SCOPE));
	const uint8_t *p = wire_bytes(w, n);
	if (!p)
		return;
	uint32_t most = family == 1 ? 4 : 16;
	memcpy(address, p, n < most ? n : most);
	if (family == 1)
		add_node(d, w, F(OPT_CLIENT_ADDR4), w->at - n, n, be32(address));
	else if (family == 2)
		add_node_octets(d, w, F(OPT_CLIENT_ADDR6), w->at - n, n, arena_copy(d->arena, address, 16), 16);
	else
		add_node_octets(d, w, F(OPT_CLIENT_ADDR), w->at - n, n, p, n);
}

/* RFC 7873 */
static void read_cookies(const struct option *o, struct wire *w)
{
	add_octets(o->d, w, F(OPT_COOKIE_CLIENT), 8);
	add_octets(o->d, w, F(OPT_COOKIE_SERVER), o->n - 8);
}

/* RFC 7828 */
static void read_keepalive(const struct option *o, struct wire *w)
{
	if (o->n == 2)
		add_uint16(o->d, w, F(OPT_EDNS_TCP_KEEPALIVE_TIMEOUT));
}

static void read_octets(const struct option *o, struct wire *w)
{
	add_octets(o->d, w, o->field, o->n);
}

static void read_string(const struct option *o, struct wire *w)
{
	if (o->n)
		dns_add_text(o->d, w, o->field, o->n);
}

/* RFC 8914 */
static void read_extended_error(const struct option *o, struct wire *w)
{
	if (o->n < 2)
		return;
	add_uint16(o->d, w, F(OPT_EXT_ERROR_INFO_CODE));
	if (o->n > 2)
		dns_add_text(o->d, w, F(OPT_EXT_ERROR_EXTRA_TEXT), o->n - 2);
}

struct option_row {
	uint16_t code;
	uint16_t field;
	void (*read)(const struct option *o, struct wire *w);
};

/* IANA: DNS EDNS0 Option Codes */
static const struct option_row option_rows[] = {
	{ 5, DNS_OPT_DAU, read_algorithms },
	{ 6, DNS_OPT_DHU, read_algorithms },
	{ 7, DNS_OPT_N3U, read_algorithms },
	{ 8, 0, read_subnet },
	{ 10, 0, read_cookies },
	{ 11, 0, read_keepalive },
	{ 12, DNS_OPT_PADDING, read_octets },
	{ 13, DNS_OPT_CHAIN_FQDN, read_string },
	{ 15, 0, read_extended_error },
	{ 20730, 0, read_subnet },
};

static void read_option(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;

	add_node(d, w, F(OPT), w->at, wire_has(w, 4) ? 4u + wire_peek_u16(w, 2) : 4, 0);
	node_ref node = open_subtree(d);
	uint16_t code = add_uint16(d, w, F(OPT_CODE));
	const char *name = name_of(F(OPT_CODE)->names, code);
	if (name)
		append_text(d, w, node, ": %s", name);
	else
		append_text(d, w, node, ": Unknown (%u)", code);
	if (code == 20730)
		note_text_on(d, d->last, F(DEPR_OPC), "Deprecated opcode. Client subnet OPT assigned as 8.");
	uint16_t n = add_uint16(d, w, F(OPT_LEN));
	struct option option = { d, r->message, d->last, n, NULL };
	struct wire value = *w;
	add_octets(d, w, F(OPT_DATA), n);
	for (unsigned i = 0; i < sizeof option_rows / sizeof *option_rows; i++) {
		if (option_rows[i].code == code && w->state == WIRE_GOOD) {
			option.field = &dns_fields[option_rows[i].field];
			option_rows[i].read(&option, &value);
			wire_join(w, &value);
		}
	}
	close_subtree(d, node, w);
}

void dns_read_options(struct dns_record *r, struct wire *w)
{
	while (w->state == WIRE_GOOD && w->at < r->end)
		read_option(r, w);
}

/* ---- service parameters ---- */

/* A parameter: n octets of w; what its heading says is collected behind `text`. */
struct parameter {
	struct dissection *d;
	struct dns_message *message;
	node_ref heading;
	uint32_t end;   /* of the value */
	const char *separator;
};

static bool has_more(struct parameter *p, struct wire *w)
{
	dns_take_steps(p->message, w, ELEMENT_STEPS);
	return w->state == WIRE_GOOD && w->at < p->end;
}

static const char *key_name(struct dissection *d, uint16_t key)
{
	const char *name = name_of(F(SVCB_SVCPARAM_KEY)->names, key);
	return name ? name : text_of(d, "key%u", key);
}

/* One more value in the heading: behind "=", or a comma. */
static void say(struct parameter *p, const struct wire *w, const char *value)
{
	append_text(p->d, w, p->heading, "%s%s", p->separator, value);
	p->separator = ",";
}

static void read_mandatory(struct parameter *p, struct wire *w)
{
	while (has_more(p, w)) {
		uint16_t key = add_uint16(p->d, w, F(SVCB_SVCPARAM_MANDATORY_KEY));
		if (SHOWING(p->d, w))
			say(p, w, key_name(p->d, key));
	}
}

static void read_alpn(struct parameter *p, struct wire *w)
{
	while (has_more(p, w)) {
		uint8_t n = add_uint8(p->d, w, F(SVCB_SVCPARAM_ALPN_LENGTH));
		const uint8_t *octets = w->data + w->at;
		dns_add_text(p->d, w, F(SVCB_SVCPARAM_ALPN), n);
		if (SHOWING(p->d, w))
			say(p, w, printable(p->d, octets, strnlen((const char *)octets, n)));
	}
}

static void read_port(struct parameter *p, struct wire *w)
{
	uint16_t port = add_uint16(p->d, w, F(SVCB_SVCPARAM_PORT));

	if (SHOWING(p->d, w))
		say(p, w, text_of(p->d, "%u", port));
}

static void read_ipv4_hints(struct parameter *p, struct wire *w)
{
	while (has_more(p, w)) {
		uint32_t address = add_ipv4(p->d, w, F(SVCB_SVCPARAM_IPV4HINT_IP));
		if (SHOWING(p->d, w))
			say(p, w, ipv4_text(p->d, address));
	}
}

static void read_ipv6_hints(struct parameter *p, struct wire *w)
{
	while (has_more(p, w)) {
		const uint8_t *address = add_ipv6(p->d, w, F(SVCB_SVCPARAM_IPV6HINT_IP));
		if (SHOWING(p->d, w))
			say(p, w, ipv6_text(p->d, address));
	}
}

static const char *base64(struct dissection *d, const uint8_t *p, uint32_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *text = arena_alloc(d->arena, (size_t)(n + 2) / 3 * 4 + 1), *to = text;

	for (uint32_t i = 0; i < n; i += 3) {
		uint32_t left = n - i;
		uint32_t bits = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0);
		*to++ = digits[bits >> 18];
		*to++ = digits[bits >> 12 & 63];
		*to++ = left > 1 ? digits[bits >> 6 & 63] : '=';
		*to++ = left > 2 ? digits[bits & 63] : '=';
	}
	*to = 0;
	return text;
}

static void read_base64(struct parameter *p, struct wire *w, const struct field *field)
{
	uint32_t n = p->end - w->at;
	const uint8_t *octets = add_octets(p->d, w, field, n);

	if (!octets || p->d->first_pass)
		return;
	const char *text = base64(p->d, octets, n);
	value_text(p->d, w, p->d->last, "%s", text);
	say(p, w, text);
}

static void read_ech(struct parameter *p, struct wire *w)
{
	read_base64(p, w, F(SVCB_SVCPARAM_ECHCONFIG));
}

static void read_odoh(struct parameter *p, struct wire *w)
{
	read_base64(p, w, F(SVCB_SVCPARAM_ODOHCONFIG));
}

static void read_unknown(struct parameter *p, struct wire *w)
{
	uint32_t n = p->end - w->at;

	if (!n)
		return;
	const uint8_t *octets = add_octets(p->d, w, F(SVCB_SVCPARAM_VALUE), n);
	if (octets && !p->d->first_pass)
		say(p, w, printable(p->d, octets, n));
}

static void read_nothing(struct parameter *p, struct wire *w)
{
	(void)p;
	(void)w;
}

/* IANA: Service Parameter Keys (SvcParamKeys) */
static const struct {
	uint16_t key;
	void (*read)(struct parameter *p, struct wire *w);
} parameter_rows[] = {
	{ 0, read_mandatory },  { 1, read_alpn }, { 2, read_nothing },    { 3, read_port },
	{ 4, read_ipv4_hints }, { 5, read_ech },  { 6, read_ipv6_hints }, { 32769, read_odoh },
};

static void read_parameter(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	unsigned row = 0;

	add_node(d, w, F(SVCB_SVCPARAM), w->at, 4, 0);
	node_ref node = open_subtree(d);
	uint16_t key = add_uint16(d, w, F(SVCB_SVCPARAM_KEY));
	uint16_t n = add_uint16(d, w, F(SVCB_SVCPARAM_VALUE_LENGTH));
	if (SHOWING(d, w))
		append_text(d, w, node, ": %s", key_name(d, key));
	struct parameter parameter = { d, r->message, node, w->at + n, "=" };
	while (row < sizeof parameter_rows / sizeof *parameter_rows && parameter_rows[row].key != key)
		row++;
	if (w->state == WIRE_GOOD)
		(row < sizeof parameter_rows / sizeof *parameter_rows ? parameter_rows[row].read : read_unknown)(&parameter, w);
	close_subtree(d, node, w);
}

void dns_read_service_parameters(struct dns_record *r, struct wire *w)
{
	while (w->state == WIRE_GOOD && w->at < r->end)
		read_parameter(r, w);
}

/* ---- stateful operations ---- */

static void read_operation(struct dissection *d, struct wire *w)
{
	add_node(d, w, F(DSO_TLV), w->at, 4, 0);
	node_ref node = open_subtree(d);
	uint16_t type = add_uint16(d, w, F(DSO_TLV_TYPE));
	uint16_t n = add_uint16(d, w, F(DSO_TLV_LENGTH));
	append_text(d, w, node, ": %s", name_or(F(DSO_TLV_TYPE)->names, type, "Unknown"));
	if (!wire_need(w, n)) {
		close_subtree(d, node, w);
		return;
	}
	struct wire value = wire_take(w, n);
	switch (type) {
	case 1:
		add_uint32(d, &value, F(DSO_TLV_KEEPALIVE_INACTIVITY));
		add_uint32(d, &value, F(DSO_TLV_KEEPALIVE_INTERVAL));
		break;
	case 2:
		add_uint32(d, &value, F(DSO_TLV_RETRYDELAY_RETRYDELAY));
		break;
	default:
		if (n)
			add_octets(d, &value, type == 3 ? F(DSO_TLV_ENCPAD_PADDING) : F(DSO_TLV_DATA), n);
	}
	w->at = value.at; /* what it has more is not looked at */
	wire_join(w, &value);
	close_subtree(d, node, w);
}

void dns_read_stateful(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 1))
		return;
	node_ref node = open_heading(d, w, F(DSO));
	while (wire_left(w) >= 4)
		read_operation(d, w);
	close_subtree(d, node, w);
}
