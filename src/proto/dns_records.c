/*
 * dns_records.c: the data of resource records, a row for each type of IANA's registry.
 *
 * Most types are lists of items in wire order; the others have a function. What a type does not have here is shown as
 * octets. Leaves out: the GSS-API tokens within TKEY and TSIG.
 */

#include "dissect/dns.h"
#include "dissect/text.h"

#define F DNS_FIELD

enum item_kind {
	END,
	VALUE,       /* a number or an address, as the field's type says */
	SPAN,        /* 32 bits of seconds */
	DATE,        /* 32 bits of seconds since 1970 */
	DOMAIN,        /* a domain name */
	TEXT,        /* an octet of length, and a string in the field behind */
	TEXTS,       /* those up to the end, which they must meet */
	REST,        /* the octets up to the end, if any */
	REST_ALWAYS, /* those, or that there are none */
	EIGHT,       /* eight octets */
	TYPES,       /* a bit map of record types, RFC 4034, section 4.1.2 */
	SAY,         /* nothing: the heading says what was read so far, should the rest fail or not */
};

struct item {
	uint16_t field;      /* enum dns_field */
	uint8_t kind;        /* enum item_kind */
	const char *summary; /* what the record's heading says in front of the value; NULL: nothing */
};

/* ---- small things that records are made of ---- */

static void summarize(struct dns_record *r, const char *label, const char *value)
{
	if (!r->d->first_pass && r->summary_count < sizeof r->summary / sizeof *r->summary)
		r->summary[r->summary_count++] = (struct dns_summary){ label, value };
}

/* The heading says what was collected; the packet list only the values. */
static void say_summary(struct dns_record *r, const struct wire *w)
{
	for (unsigned i = 0; i < r->summary_count; i++) {
		append_text(r->d, w, r->heading, "%s%s", r->summary[i].label, r->summary[i].value);
		append_info(r->d, w, " %s", r->summary[i].value);
	}
	r->summary_count = 0;
}

void dns_add_text(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *p = add_string(d, w, field, n);
	if (!p || d->first_pass)
		return;
	for (uint32_t i = (uint32_t)strnlen((const char *)p, n); i < n; i++) {
		if (p[i]) {
			note_on(d, d->last, F(STRAY));
			return;
		}
	}
}

/* One part of a span: "2 minutes", behind a comma where it is not the first. */
static char *put_part(char *to, const char *start, uint32_t value, const char *unit, size_t unit_length)
{
	if (!value)
		return to;
	if (to != start)
		to = put_literal(to, ", ");
	to = put_decimal(to, value);
	*to++ = ' ';
	to = put_bytes(to, unit, unit_length);
	if (value != 1)
		*to++ = 's';
	return to;
}

uint32_t dns_add_span(struct dissection *d, struct wire *w, const struct field *field)
{
	uint32_t seconds = add_uint32(d, w, field);
	char words[96];

	if (!SHOWING(d, w))
		return seconds;
	char *to = put_part(words, words, seconds / 86400, "day", 3);
	to = put_part(to, words, seconds / 3600 % 24, "hour", 4);
	to = put_part(to, words, seconds / 60 % 60, "minute", 6);
	to = put_part(to, words, seconds % 60, "second", 6);
	if (!seconds)
		to = put_literal(to, "0 seconds");
	append_text(d, w, d->last, " (%.*s)", (int)(to - words), words);
	return seconds;
}

/* The octets up to the end of the data; where that lies one octet back, up to the end of the message. */
static uint32_t rest_length(const struct dns_record *r, const struct wire *w)
{
	uint32_t n = dns_data_left(r, w);
	return n == UINT32_MAX && wire_left(w) ? wire_left(w) : n;
}

/* More items follow: a last octet is none. */
static bool has_items(const struct dns_record *r, const struct wire *w)
{
	return w->state == WIRE_GOOD && w->at + 1 < r->end;
}

static void add_rest(struct dns_record *r, struct wire *w, const struct field *field)
{
	uint32_t n = rest_length(r, w);

	if (n && field->type == STRING)
		dns_add_text(r->d, w, field, n);
	else if (n)
		add_octets(r->d, w, field, n);
}

static void add_type_line(struct dissection *d, const struct wire *w, uint32_t at, uint32_t type)
{
	const char *name = name_of(&dns_type_names, type);

	add_node(d, w, F(RR_BITMAP_TYPE), at, 1, type);
	if (name)
		set_text(d, w, d->last, "RR type in bit map: %s", name);
	else
		set_text(d, w, d->last, "RR type in bit map: Unknown (%u)", type);
}

/* n octets of a bit map, whose first bit stands for `type`. */
static void add_types(struct dissection *d, struct wire *w, uint32_t n, uint32_t type)
{
	for (; n && w->state == WIRE_GOOD; n--, type += 8) {
		uint8_t bits = wire_u8(w);
		for (unsigned i = 0; i < 8; i++) {
			if (bits & 0x80u >> i)
				add_type_line(d, w, w->at - 1, (type + i) & UINT16_MAX);
		}
	}
}

static void read_type_windows(struct dns_record *r, struct wire *w)
{
	while (dns_data_left(r, w)) {
		uint8_t window = wire_u8(w);
		uint8_t n = wire_u8(w);
		add_types(r->d, w, n, window * 256u);
	}
}

/* The text of a value that was just read. */
static const char *value_as_text(struct dissection *d, const struct field *field, const uint8_t *p, uint64_t value)
{
	if (field->type == IPV4)
		return ipv4_text(d, (uint32_t)value);
	if (field->type == IPV6)
		return ipv6_text(d, p);
	return text_of(d, "%u", (unsigned)value);
}

static void read_value(struct dns_record *r, struct wire *w, const struct item *item)
{
	struct dissection *d = r->d;
	const struct field *field = &dns_fields[item->field];
	const uint8_t *p = NULL;
	uint64_t value = 0;

	switch (field->type) {
	case UINT8:
		value = add_uint8(d, w, field);
		break;
	case UINT16:
		value = add_uint16(d, w, field);
		break;
	case UINT32:
	case BOOLEAN:
		value = add_uint32(d, w, field);
		break;
	case IPV4:
		value = add_ipv4(d, w, field);
		break;
	case IPV6:
		p = add_ipv6(d, w, field);
		break;
	case MAC:
		add_mac(d, w, field);
		break;
	default:
		value = add_uint64(d, w, field);
	}
	if (item->summary && SHOWING(d, w))
		summarize(r, item->summary, value_as_text(d, field, p, value));
}

static void read_text(struct dns_record *r, struct wire *w, const struct item *item)
{
	uint8_t n = add_uint8(r->d, w, &dns_fields[item->field]);

	if (w->state != WIRE_GOOD)
		return;
	const uint8_t *p = wire_here(w);
	dns_add_text(r->d, w, &dns_fields[item->field + 1], n);
	if (item->summary && SHOWING(r->d, w))
		summarize(r, item->summary, printable(r->d, p, strnlen((const char *)p, n)));
}

static void read_name(struct dns_record *r, struct wire *w, const struct item *item)
{
	struct dns_name name;

	if (dns_add_name(r->d, w, r->message, &dns_fields[item->field], &name) && item->summary && !r->d->first_pass)
		summarize(r, item->summary, name.text);
}

static void read_items(struct dns_record *r, struct wire *w, const struct item *item)
{
	for (; item->kind != END && w->state == WIRE_GOOD; item++) {
		const struct field *field = &dns_fields[item->field];
		switch (item->kind) {
		case VALUE:
			read_value(r, w, item);
			break;
		case SPAN:
			dns_add_span(r->d, w, field);
			break;
		case DATE:
			add_seconds(r->d, w, field);
			break;
		case DOMAIN:
			read_name(r, w, item);
			break;
		case TEXT:
			read_text(r, w, item);
			break;
		case TEXTS:
			while (dns_data_left(r, w))
				read_text(r, w, item);
			break;
		case REST:
			add_rest(r, w, field);
			break;
		case REST_ALWAYS:
			add_octets(r->d, w, field, rest_length(r, w));
			break;
		case EIGHT:
			add_octets(r->d, w, field, 8);
			break;
		case TYPES:
			read_type_windows(r, w);
			break;
		default:
			say_summary(r, w);
		}
	}
}

/* Items written out on the spot. */
#define ITEMS(...) ((const struct item[]){ __VA_ARGS__, { 0, END } })
#define READ(r, w, ...) read_items(r, w, ITEMS(__VA_ARGS__))

/* ---- types that are more than a list ---- */

/* WKS, RFC 1035, section 3.4.2: a bit for every port. */
static void read_services(struct dns_record *r, struct wire *w)
{
	READ(r, w, { DNS_WKS_ADDRESS, VALUE, ", addr " }, { 0, SAY }, { DNS_WKS_PROTOCOL, VALUE });
	for (unsigned port = 0; dns_data_left(r, w); port += 8) {
		if (!wire_has(w, 1) || wire_peek_u8(w, 0) == 0) {
			wire_skip(w, 1);
			continue;
		}
		uint8_t bits = add_uint8(r->d, w, F(WKS_BITS));
		const char *separator = " (";
		for (unsigned i = 0; i < 8; i++) {
			if (bits & 0x80u >> i) {
				append_text(r->d, w, r->d->last, "%s%u", separator, port + i);
				separator = ", ";
			}
		}
		append_literal(r->d, w, r->d->last, ")");
	}
}

/* ISDN, RFC 1183, section 3.2 */
static void read_isdn(struct dns_record *r, struct wire *w)
{
	READ(r, w, { DNS_IDSN_LENGTH, TEXT });
	if (has_items(r, w))
		READ(r, w, { DNS_IDSN_SA_LENGTH, TEXT });
}

/* The key tag of a key record's data, RFC 4034, appendix B. */
static uint16_t key_tag(const uint8_t *p, uint32_t n, uint8_t algorithm)
{
	uint32_t sum = 0;

	if (algorithm == 1)
		return n >= 3 ? be16(p + n - 3) : 0;
	for (uint32_t i = 0; i < n; i++)
		sum += i & 1 ? p[i] : (uint32_t)p[i] << 8;
	return (uint16_t)(sum + (sum >> 16 & UINT16_MAX));
}

static void add_key_tag(struct dns_record *r, struct wire *w, const struct field *field, uint8_t algorithm)
{
	uint32_t n = r->end - r->start;
	struct wire data = *w;

	if (n < 4) {
		add_node(r->d, w, F(SECTION), w->at, 0, 0);
		mark_generated(r->d, r->d->last);
		set_text(r->d, w, r->d->last, "%s", F(KEY_ID_BUFFER_TOO_SHORT)->label);
		note_on(r->d, r->d->last, F(KEY_ID_BUFFER_TOO_SHORT));
		return;
	}
	data.at = r->start;
	const uint8_t *p = wire_bytes(&data, n);
	wire_join(w, &data);
	if (p)
		add_number(r->d, w, field, key_tag(p, n, algorithm));
}

/* KEY, RFC 2535, section 3.1; flags as RFC 2065 had them */
static void read_key(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	uint16_t flags = add_uint16(d, w, F(KEY_FLAGS));
	node_ref node = open_subtree(d);
	add_bits(d, w, F(KEY_FLAGS_AUTHENTICATION), F(KEY_FLAGS_CONFIDENTIALITY), 2, flags);
	if ((flags & 0xc000) != 0xc000)
		add_bits(d, w, F(KEY_FLAGS_REQUIRED), F(KEY_FLAGS_SIGNATORY), 2, flags);
	close_subtree(d, node, NULL);
	add_uint8(d, w, F(KEY_PROTOCOL));
	uint8_t algorithm = add_uint8(d, w, F(KEY_ALGORITHM));
	add_key_tag(r, w, F(KEY_KEY_ID), algorithm);
	add_rest(r, w, F(KEY_PUBLIC_KEY));
}

/* DNSKEY, RFC 4034, section 2 */
static void read_dns_key(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	uint16_t flags = add_uint16(d, w, F(DNSKEY_FLAGS));
	node_ref node = open_subtree(d);
	add_bits(d, w, F(DNSKEY_FLAGS_ZONE_KEY), F(DNSKEY_FLAGS_RESERVED), 2, flags);
	close_subtree(d, node, NULL);
	add_uint8(d, w, F(DNSKEY_PROTOCOL));
	uint8_t algorithm = add_uint8(d, w, F(DNSKEY_ALGORITHM));
	add_key_tag(r, w, F(DNSKEY_KEY_ID), algorithm);
	add_octets(d, w, F(DNSKEY_PUBLIC_KEY), rest_length(r, w));
}

/* A size of LOC: two digits, mantissa and power of ten, in centimetres. */
static void add_size(struct dissection *d, struct wire *w, const struct field *field)
{
	uint8_t size = add_uint8(d, w, field);
	double metres = size >> 4;
	char text[32];

	for (unsigned power = size & 15; power; power--)
		metres *= 10;
	append_text(d, w, d->last, " (%.*s m)", (int)(put_double(text, metres / 100, 6) - text), text);
}

/* Thousandths of a second of arc, from 2^31 on. */
static void add_angle(struct dissection *d, struct wire *w, const struct field *field, uint32_t most, char plus,
                      char minus)
{
	uint32_t value = add_uint32(d, w, field);
	char side = value & 0x80000000 ? plus : minus;
	uint32_t angle = value & 0x80000000 ? value - 0x80000000 : 0x80000000 - value;

	if (angle > most * 3600000u) {
		append_literal(d, w, d->last, " (Value out of range)");
		return;
	}
	append_text(d, w, d->last, " (%u deg %u min %u.%03u sec %c)", angle / 3600000, angle / 60000 % 60,
	            angle / 1000 % 60, angle % 1000, side);
}

/* LOC, RFC 1876 */
static void read_location(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	char text[32];

	if (add_uint8(d, w, F(LOC_VERSION)) != 0) {
		w->at = r->start;
		add_rest(r, w, F(LOC_UNKNOWN_DATA));
		return;
	}
	add_size(d, w, F(LOC_SIZE));
	add_size(d, w, F(LOC_HORIZONTAL_PRECISION));
	add_size(d, w, F(LOC_VERTICAL_PRECISION));
	add_angle(d, w, F(LOC_LATITUDE), 90, 'N', 'S');
	add_angle(d, w, F(LOC_LONGITUDE), 180, 'E', 'W');
	int32_t altitude = (int32_t)(add_uint32(d, w, F(LOC_ALTITUDE)) - 10000000);
	append_text(d, w, d->last, " (%.*s m)", (int)(put_double(text, altitude / 100.0, 6) - text), text);
}

/* NXT, RFC 2535, section 5: one bit map, from type 0 on. */
static void read_next(struct dns_record *r, struct wire *w)
{
	READ(r, w, { DNS_NXT_NEXT_DOMAIN_NAME, DOMAIN, ", next domain name " }, { 0, SAY });
	add_types(r->d, w, dns_data_left(r, w), 0);
}

/* NAPTR, RFC 3403 */
static void read_authority_pointer(struct dns_record *r, struct wire *w)
{
	struct dns_name name;

	READ(r, w, { DNS_NAPTR_ORDER, VALUE, ", order " }, { DNS_NAPTR_PREFERENCE, VALUE, ", preference " },
	     { DNS_NAPTR_FLAGS_LENGTH, TEXT, ", flags " }, { DNS_NAPTR_SERVICE_LENGTH, TEXT },
	     { DNS_NAPTR_REGEX_LENGTH, TEXT });
	uint32_t start = w->at;
	if (!dns_name(r->d, w, r->message, &name) || r->d->first_pass)
		return;
	add_number(r->d, w, F(NAPTR_REPLACEMENT_LENGTH), name.length);
	add_node_octets(r->d, w, F(NAPTR_REPLACEMENT), start, w->at - start, name.octets, name.length);
}

/* The last n octets of an IPv6 address, or the first. Zeroes for the others. */
static const uint8_t *part_of_ipv6(struct dissection *d, struct wire *w, uint32_t n, bool first)
{
	const uint8_t *p = wire_bytes(w, n);
	uint8_t *address = arena_zero(d->arena, 16);

	if (p)
		memcpy(first ? address : address + 16 - n, p, n);
	return address;
}

/* A6, RFC 2874 */
static void read_a6(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	struct dns_name name = { .text = "" };
	uint8_t prefix = add_uint8(d, w, F(A6_PREFIX_LEN));
	uint32_t n = prefix > 128 ? 16 : (128u - prefix + 7) / 8;
	const uint8_t *address = part_of_ipv6(d, w, n, false);

	if (n)
		add_node_octets(d, w, F(A6_ADDRESS_SUFFIX), w->at - n, n, address, 16);
	if (prefix > 128)
		wire_fail(w, UINT32_MAX);
	else if (prefix)
		dns_add_name(d, w, r->message, F(A6_PREFIX_NAME), &name);
	if (SHOWING(d, w))
		append_text(d, w, r->heading, ", addr %u %s %s", prefix, ipv6_text(d, address), name.text);
}

/* APL, RFC 3123 */
static void read_prefixes(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;

	while (has_items(r, w)) {
		uint16_t family = add_uint16(d, w, F(APL_ADDRESS_FAMILY));
		add_uint8(d, w, F(APL_CODED_PREFIX));
		uint8_t length = wire_u8(w);
		add_bits(d, w, F(APL_NEGATION), F(APL_AFDLENGTH), 1, length);
		uint32_t n = length & 0x7f;
		if (family == 1 && n <= 4) {
			const uint8_t *address = part_of_ipv6(d, w, n, true);
			add_node(d, w, F(APL_AFDPART_IPV4), w->at - n, n, be32(address));
		} else if (family == 2 && n <= 16) {
			const uint8_t *address = part_of_ipv6(d, w, n, true);
			add_node_octets(d, w, F(APL_AFDPART_IPV6), w->at - n, n, address, 16);
		} else {
			add_octets(d, w, F(APL_AFDPART_DATA), n);
		}
	}
}

/* IPSECKEY, RFC 4025 */
static void read_ipsec_key(struct dns_record *r, struct wire *w)
{
	static const struct item gateways[][2] = {
		{ { 0, END } }, /* none */
		{ { DNS_IPSECKEY_GATEWAY_IPV4, VALUE } },
		{ { DNS_IPSECKEY_GATEWAY_IPV6, VALUE } },
		{ { DNS_IPSECKEY_GATEWAY_DNS, DOMAIN } },
	};

	add_uint8(r->d, w, F(IPSECKEY_GATEWAY_PRECEDENCE));
	uint8_t type = add_uint8(r->d, w, F(IPSECKEY_GATEWAY_TYPE));
	add_uint8(r->d, w, F(IPSECKEY_GATEWAY_ALGORITHM));
	if (type < sizeof gateways / sizeof *gateways)
		read_items(r, w, gateways[type]);
	add_rest(r, w, F(IPSECKEY_PUBLIC_KEY));
}

/* Octets in base 32 with extended hex alphabet, RFC 4648, section 7, in lower case and without padding */
static char *put_base32(char *to, const uint8_t *p, uint32_t n)
{
	uint32_t bits = 0;
	unsigned held = 0;

	for (uint32_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (held += 8; held >= 5; held -= 5)
			*to++ = "0123456789abcdefghijklmnopqrstuv"[bits >> (held - 5) & 31];
	}
	if (held)
		*to++ = "0123456789abcdefghijklmnopqrstuv"[bits << (5 - held) & 31];
	return to;
}

/* NSEC3, RFC 5155, section 3 */
static void read_nsec3(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	char text[UINT8_MAX * 2];

	add_uint8(d, w, F(NSEC3_ALGO));
	uint8_t flags = add_uint8(d, w, F(NSEC3_FLAGS));
	node_ref node = open_subtree(d);
	add_bits(d, w, F(NSEC3_FLAGS_OPT_OUT), F(NSEC3_FLAGS_OPT_OUT), 1, flags);
	close_subtree(d, node, NULL);
	add_uint16(d, w, F(NSEC3_ITERATIONS));
	add_octets(d, w, F(NSEC3_SALT_VALUE), add_uint8(d, w, F(NSEC3_SALT_LENGTH)));
	uint8_t n = add_uint8(d, w, F(NSEC3_HASH_LENGTH));
	const uint8_t *p = wire_bytes(w, n);
	if (n && p && !d->first_pass)
		add_string_value(d, w, F(NSEC3_HASH_VALUE), text, (size_t)(put_base32(text, p, n) - text));
	read_type_windows(r, w);
}

/* NSEC3PARAM, RFC 5155, section 4 */
static void read_nsec3_parameters(struct dns_record *r, struct wire *w)
{
	READ(r, w, { DNS_NSEC3_ALGO, VALUE }, { DNS_NSEC3_FLAGS, VALUE }, { DNS_NSEC3_ITERATIONS, VALUE });
	add_octets(r->d, w, F(NSEC3_SALT_VALUE), add_uint8(r->d, w, F(NSEC3_SALT_LENGTH)));
}

/* HIP, RFC 8005, section 5 */
static void read_host_identity(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	struct dns_name name;
	uint8_t tag_length = add_uint8(d, w, F(HIP_HIT_LENGTH));

	add_uint8(d, w, F(HIP_HIT_PK_ALGO));
	uint16_t key_length = add_uint16(d, w, F(HIP_PK_LENGTH));
	add_octets(d, w, F(HIP_HIT), tag_length);
	add_octets(d, w, F(HIP_PK), key_length);
	while (has_items(r, w))
		dns_add_name(d, w, r->message, F(HIP_RENDEZVOUS_SERVER), &name);
}

/* CSYNC, RFC 7477 */
static void read_child_sync(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;

	add_uint32(d, w, F(CSYNC_SOA));
	uint16_t flags = add_uint16(d, w, F(CSYNC_FLAGS));
	node_ref node = open_subtree(d);
	add_bits(d, w, F(CSYNC_FLAGS_IMMEDIATE), F(CSYNC_FLAGS_SOAMINIMUM), 2, flags);
	close_subtree(d, node, NULL);
	struct wire map = *w;
	add_octets(d, w, F(CSYNC_TYPE_BITMAP), rest_length(r, w));
	if (w->state == WIRE_GOOD) {
		read_type_windows(r, &map);
		wire_join(w, &map);
	}
}

/* SVCB and HTTPS, RFC 9460 */
static void read_service_binding(struct dns_record *r, struct wire *w)
{
	READ(r, w, { DNS_SVCB_SVCPRIORITY, VALUE }, { DNS_SVCB_TARGETNAME, DOMAIN });
	dns_read_service_parameters(r, w);
}

/* TKEY, RFC 2930 */
static void read_transaction_key(struct dns_record *r, struct wire *w)
{
	READ(r, w, { DNS_TKEY_ALGO_NAME, DOMAIN }, { DNS_TKEY_SIGNATURE_INCEPTION, DATE },
	     { DNS_TKEY_SIGNATURE_EXPIRATION, DATE }, { DNS_TKEY_MODE, VALUE }, { DNS_TKEY_ERROR, VALUE });
	uint16_t n = add_uint16(r->d, w, F(TKEY_KEY_SIZE));
	if (n)
		add_octets(r->d, w, F(TKEY_KEY_DATA), n);
	n = add_uint16(r->d, w, F(TKEY_OTHER_SIZE));
	if (n)
		add_octets(r->d, w, F(TKEY_OTHER_DATA), n);
}

/* TSIG, RFC 8945, section 4.2 */
static void read_transaction_signature(struct dns_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	struct dns_name name = { .text = "" };

	dns_add_name(d, w, r->message, F(TSIG_ALGORITHM_NAME), &name);
	uint16_t high = wire_u16(w);
	uint32_t low = wire_u32(w);
	add_time(d, w, F(TSIG_TIME_SIGNED), (struct timestamp){ (int64_t)((uint64_t)high << 32 | low), 0 });
	cover(d, w, 6);
	if (high)
		append_literal(d, w, d->last, " (high bits set)");
	add_uint16(d, w, F(TSIG_FUDGE));
	uint16_t n = add_uint16(d, w, F(TSIG_MAC_SIZE));
	if (n) {
		add_node(d, w, F(TSIG_MAC), w->at, n, 0);
		if (SHOWING(d, w))
			note_text_on(d, d->last, F(TSIG_NOALG), "No dissector for algorithm:%s", name.text);
		wire_skip(w, n);
	}
	add_uint16(d, w, F(TSIG_ORIGINAL_ID));
	add_uint16(d, w, F(TSIG_ERROR));
	n = add_uint16(d, w, F(TSIG_OTHER_LEN));
	if (n)
		add_octets(d, w, F(TSIG_OTHER_DATA), n);
}

/* CAA, RFC 8659: a property whose tag names the value's meaning */
static void read_certification_authority(struct dns_record *r, struct wire *w)
{
	static const struct { const char *tag; uint16_t field; } tags[] = {
		{ "issue", DNS_CAA_ISSUE }, { "issuewild", DNS_CAA_ISSUEWILD }, { "iodef", DNS_CAA_IODEF },
	};
	struct dissection *d = r->d;

	uint8_t flags = add_uint8(d, w, F(CAA_FLAGS));
	node_ref node = open_subtree(d);
	add_bits(d, w, F(CAA_FLAGS_ISSUER_CRITICAL), F(CAA_FLAGS_ISSUER_CRITICAL), 1, flags);
	close_subtree(d, node, NULL);

	struct wire tag = *w;
	uint8_t n = wire_u8(w);
	const char *word = (const char *)wire_bytes(w, n);
	uint32_t value_length = dns_data_left(r, w);
	if (!word)
		return;
	uint16_t field = DNS_CAA_UNKNOWN;
	for (unsigned i = 0; i < sizeof tags / sizeof *tags && field == DNS_CAA_UNKNOWN; i++) {
		if (strncmp(word, tags[i].tag, n) == 0)
			field = tags[i].field;
	}
	struct wire value = *w;
	add_octets(d, &value, &dns_fields[field], value_length);
	place(d, tag.at, 1 + n + value_length);
	wire_join(w, &value);
	if (w->state != WIRE_GOOD)
		return;
	node = open_subtree(d);
	add_uint8(d, &tag, F(CAA_TAG_LENGTH));
	dns_add_text(d, &tag, F(CAA_TAG), n);
	add_octets(d, w, F(CAA_VALUE), value_length);
	close_subtree(d, node, NULL);
}

/* WINS, WINS-R: Microsoft's [MS-DNSP], section 2.2.2.2.4 */
static void read_wins(struct dns_record *r, struct wire *w)
{
	READ(r, w, { DNS_WINS_LOCAL_FLAG, VALUE }, { DNS_WINS_LOOKUP_TIMEOUT, VALUE },
	     { DNS_WINS_CACHE_TIMEOUT, VALUE });
	uint32_t servers = add_uint32(r->d, w, F(WINS_NB_WINS_SERVERS));
	for (; servers && dns_data_left(r, w); servers--)
		add_ipv4(r->d, w, F(WINS_WINS_SERVER));
}

/* XPF: draft-bellis-dnsop-xpf */
static void read_proxied(struct dns_record *r, struct wire *w)
{
	uint8_t version = add_uint8(r->d, w, F(XPF_IP_VERSION)) & 15;

	if (version == 4)
		READ(r, w, { DNS_XPF_PROTOCOL, VALUE }, { DNS_XPF_SOURCE_IPV4, VALUE },
		     { DNS_XPF_DESTINATION_IPV4, VALUE }, { DNS_XPF_SPORT, VALUE }, { DNS_XPF_DPORT, VALUE });
	else if (version == 6)
		READ(r, w, { DNS_XPF_PROTOCOL, VALUE }, { DNS_XPF_SOURCE_IPV6, VALUE },
		     { DNS_XPF_DESTINATION_IPV6, VALUE }, { DNS_XPF_SPORT, VALUE }, { DNS_XPF_DPORT, VALUE });
}

/* ---- the table ---- */

struct type_row {
	uint16_t type;
	const char *mnemonic;
	const struct item *items; /* the data, item by item; */
	void (*read)(struct dns_record *r, struct wire *w); /* or what reads it; neither: it is shown as octets */
	bool whole;               /* shown only when all of it can be read */
};

#define WHOLE(...) LIST(__VA_ARGS__), .whole = true
#define LIST(...) .items = (const struct item[]){ __VA_ARGS__, { 0, END } }

/* IANA: Resource Record (RR) TYPEs, in rising order */
static const struct type_row types[] = {
	{ 0, "Unused" },
	{ 1, "A", LIST({ DNS_A, VALUE, ", addr " }) },
	{ 2, "NS", LIST({ DNS_NS, DOMAIN, ", ns " }) },
	{ 3, "MD", LIST({ DNS_MD, DOMAIN }) },
	{ 4, "MF", LIST({ DNS_MF, DOMAIN }) },
	{ 5, "CNAME", LIST({ DNS_CNAME, DOMAIN, ", cname " }) },
	{ 6, "SOA", LIST({ DNS_SOA_MNAME, DOMAIN, ", mname " }, { 0, SAY }, { DNS_SOA_RNAME, DOMAIN },
	       { DNS_SOA_SERIAL_NUMBER, VALUE }, { DNS_SOA_REFRESH_INTERVAL, SPAN },
	       { DNS_SOA_RETRY_INTERVAL, SPAN }, { DNS_SOA_EXPIRE_LIMIT, SPAN },
	       { DNS_SOA_MINIMUM_TTL, SPAN }) },
	{ 7, "MB", LIST({ DNS_MB, DOMAIN }) },
	{ 8, "MG", LIST({ DNS_MG, DOMAIN }) },
	{ 9, "MR", LIST({ DNS_MR, DOMAIN }) },
	{ 10, "NULL", LIST({ DNS_NULL, REST }) },
	{ 11, "WKS", .read = read_services },
	{ 12, "PTR", LIST({ DNS_PTR_DOMAIN_NAME, DOMAIN, ", " }) },
	{ 13, "HINFO", WHOLE({ DNS_HINFO_CPU_LENGTH, TEXT, ", CPU " },
	       { DNS_HINFO_OS_LENGTH, TEXT, ", OS " }) },
	{ 14, "MINFO", LIST({ DNS_MINFO_R, DOMAIN }, { DNS_MINFO_E, DOMAIN }) },
	{ 15, "MX", WHOLE({ DNS_MX_PREFERENCE, VALUE, ", preference " },
	       { DNS_MX_MAIL_EXCHANGE, DOMAIN, ", mx " }) },
	{ 16, "TXT", LIST({ DNS_TXT_LENGTH, TEXTS }) },
	{ 17, "RP", LIST({ DNS_RP_MAILBOX, DOMAIN }, { DNS_RP_TXT_RR, DOMAIN }) },
	{ 18, "AFSDB", WHOLE({ DNS_AFSDB_SUBTYPE, VALUE }, { DNS_AFSDB_HOSTNAME, DOMAIN }) },
	{ 19, "X25", LIST({ DNS_X25_LENGTH, TEXT }) },
	{ 20, "ISDN", .read = read_isdn },
	{ 21, "RT", WHOLE({ DNS_RT_SUBTYPE, VALUE }, { DNS_RT_INTERMEDIATE_HOST, DOMAIN }) },
	{ 22, "NSAP", LIST({ DNS_NSAP_RDATA, REST }) },
	{ 23, "NSAP-PTR", LIST({ DNS_NSAP_PTR_OWNER, DOMAIN }) },
	{ 24, "SIG", LIST({ DNS_RRSIG_TYPE_COVERED, VALUE }, { DNS_RRSIG_ALGORITHM, VALUE },
	       { DNS_RRSIG_LABELS, VALUE }, { DNS_RRSIG_ORIGINAL_TTL, SPAN },
	       { DNS_RRSIG_SIGNATURE_EXPIRATION, DATE }, { DNS_RRSIG_SIGNATURE_INCEPTION, DATE },
	       { DNS_RRSIG_KEY_TAG, VALUE }, { DNS_RRSIG_SIGNERS_NAME, DOMAIN },
	       { DNS_RRSIG_SIGNATURE, REST }) },
	{ 25, "KEY", .read = read_key },
	{ 26, "PX", LIST({ DNS_PX_PREFERENCE, VALUE }, { DNS_PX_MAP822, DOMAIN }, { DNS_PX_MAP400, DOMAIN }) },
	{ 27, "GPOS", LIST({ DNS_GPOS_LONGITUDE_LENGTH, TEXT }, { DNS_GPOS_LATITUDE_LENGTH, TEXT },
	       { DNS_GPOS_ALTITUDE_LENGTH, TEXT }) },
	{ 28, "AAAA", LIST({ DNS_AAAA, VALUE, ", addr " }) },
	{ 29, "LOC", .read = read_location },
	{ 30, "NXT", .read = read_next },
	{ 31, "EID" },
	{ 32, "NIMLOC" },
	{ 33, "SRV", LIST({ DNS_SRV_PRIORITY, VALUE, ", priority " },
	       { DNS_SRV_WEIGHT, VALUE, ", weight " }, { DNS_SRV_PORT, VALUE, ", port " },
	       { DNS_SRV_TARGET, DOMAIN, ", target " }) },
	{ 34, "ATMA" },
	{ 35, "NAPTR", .read = read_authority_pointer },
	{ 36, "KX", WHOLE({ DNS_KX_PREFERENCE, VALUE, ", preference " },
	       { DNS_KX_KEY_EXCHANGE, DOMAIN, ", kx " }) },
	{ 37, "CERT", LIST({ DNS_CERT_TYPE, VALUE }, { DNS_CERT_KEY_TAG, VALUE },
	       { DNS_CERT_ALGORITHM, VALUE }, { DNS_CERT_CERTIFICATE, REST }) },
	{ 38, "A6", .read = read_a6, .whole = true },
	{ 39, "DNAME", LIST({ DNS_DNAME, DOMAIN, ", dname " }) },
	{ 40, "SINK" },
	{ 41, "OPT", .read = dns_read_options },
	{ 42, "APL", .read = read_prefixes },
	{ 43, "DS", LIST({ DNS_DS_KEY_ID, VALUE }, { DNS_DS_ALGORITHM, VALUE },
	       { DNS_DS_DIGEST_TYPE, VALUE }, { DNS_DS_DIGEST, REST_ALWAYS }) },
	{ 44, "SSHFP", LIST({ DNS_SSHFP_ALGORITHM, VALUE }, { DNS_SSHFP_FINGERPRINT_TYPE, VALUE },
	       { DNS_SSHFP_FINGERPRINT, REST }) },
	{ 45, "IPSECKEY", .read = read_ipsec_key },
	{ 46, "RRSIG", LIST({ DNS_RRSIG_TYPE_COVERED, VALUE }, { DNS_RRSIG_ALGORITHM, VALUE },
	       { DNS_RRSIG_LABELS, VALUE }, { DNS_RRSIG_ORIGINAL_TTL, SPAN },
	       { DNS_RRSIG_SIGNATURE_EXPIRATION, DATE }, { DNS_RRSIG_SIGNATURE_INCEPTION, DATE },
	       { DNS_RRSIG_KEY_TAG, VALUE }, { DNS_RRSIG_SIGNERS_NAME, DOMAIN },
	       { DNS_RRSIG_SIGNATURE, REST }) },
	{ 47, "NSEC", LIST({ DNS_NSEC_NEXT_DOMAIN_NAME, DOMAIN, ", next domain name " }, { 0, SAY },
	       { 0, TYPES }) },
	{ 48, "DNSKEY", .read = read_dns_key },
	{ 49, "DHCID", LIST({ DNS_DHCID_RDATA, REST }) },
	{ 50, "NSEC3", .read = read_nsec3 },
	{ 51, "NSEC3PARAM", .read = read_nsec3_parameters },
	{ 52, "TLSA", LIST({ DNS_TLSA_CERTIFICATE_USAGE, VALUE }, { DNS_TLSA_SELECTOR, VALUE },
	       { DNS_TLSA_MATCHING_TYPE, VALUE },
	       { DNS_TLSA_CERTIFICATE_ASSOCIATION_DATA, REST_ALWAYS }) },
	{ 55, "HIP", .read = read_host_identity },
	{ 57, "RKEY" },
	{ 58, "TALINK" },
	{ 59, "CDS", LIST({ DNS_DS_KEY_ID, VALUE }, { DNS_DS_ALGORITHM, VALUE },
	       { DNS_DS_DIGEST_TYPE, VALUE }, { DNS_DS_DIGEST, REST_ALWAYS }) },
	{ 60, "CDNSKEY", .read = read_dns_key },
	{ 61, "OPENPGPKEY", LIST({ DNS_OPENPGPKEY, REST }) },
	{ 62, "CSYNC", .read = read_child_sync },
	{ 63, "ZONEMD", LIST({ DNS_ZONEMD_SERIAL, VALUE }, { DNS_ZONEMD_SCHEME, VALUE },
	       { DNS_ZONEMD_HASH_ALGO, VALUE }, { DNS_ZONEMD_DIGEST, REST_ALWAYS }) },
	{ 64, "SVCB", .read = read_service_binding },
	{ 65, "HTTPS", .read = read_service_binding },
	{ 99, "SPF", LIST({ DNS_SPF_LENGTH, TEXTS }) },
	{ 100, "UINFO" },
	{ 101, "UID" },
	{ 102, "GID" },
	{ 103, "UNSPEC" },
	{ 104, "NID", LIST({ DNS_ILNP_NID_PREFERENCE, VALUE }, { DNS_ILNP_NID, EIGHT }) },
	{ 105, "L32", LIST({ DNS_ILNP_L32_PREFERENCE, VALUE }, { DNS_ILNP_L32, VALUE }) },
	{ 106, "L64", LIST({ DNS_ILNP_L64_PREFERENCE, VALUE }, { DNS_ILNP_L64, EIGHT }) },
	{ 107, "LP", LIST({ DNS_ILNP_LP_PREFERENCE, VALUE }, { DNS_ILNP_LP, DOMAIN }) },
	{ 108, "EUI48", LIST({ DNS_EUI48, VALUE }) },
	{ 109, "EUI64", LIST({ DNS_EUI64, VALUE }) },
	{ 249, "TKEY", .read = read_transaction_key },
	{ 250, "TSIG", .read = read_transaction_signature },
	{ 251, "IXFR" },
	{ 252, "AXFR" },
	{ 253, "MAILA" },
	{ 254, "MAILB" },
	{ 255, "ANY" },
	{ 256, "URI" },
	{ 257, "CAA", .read = read_certification_authority },
	{ 32768, "TA" },
	{ 32769, "DLV", LIST({ DNS_DS_KEY_ID, VALUE }, { DNS_DS_ALGORITHM, VALUE },
	       { DNS_DS_DIGEST_TYPE, VALUE }, { DNS_DS_DIGEST, REST_ALWAYS }) },
	{ 65281, "WINS", .read = read_wins },
	{ 65282, "WINS-R", LIST({ DNS_WINSR_LOCAL_FLAG, VALUE }, { DNS_WINSR_LOOKUP_TIMEOUT, VALUE },
	       { DNS_WINSR_CACHE_TIMEOUT, VALUE },
	       { DNS_WINSR_NAME_RESULT_DOMAIN, DOMAIN, ", name result domain " }) },
	{ 65422, "XPF", .read = read_proxied },
};

/* NULL: no such type. The common ones stand at their number. */
static const struct type_row *find_type(uint16_t type)
{
	unsigned low = 0, high = sizeof types / sizeof *types;

	if (type < 53)
		return &types[type];
	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		if (types[middle].type == type)
			return &types[middle];
		if (types[middle].type < type)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *dns_type_mnemonic(uint16_t type)
{
	const struct type_row *row = find_type(type);
	return row ? row->mnemonic : NULL;
}

static void read_row(struct dns_record *r, struct wire *w, const struct type_row *row)
{
	if (row->read)
		row->read(r, w);
	else
		read_items(r, w, row->items);
}

/* Ends the cursor when the data cannot be read to its end. The packet list has what could be. */
static void try_row(struct dns_record *r, struct wire *w, const struct type_row *row)
{
	struct tree *tree = r->d->tree;
	struct wire ahead = *w;

	r->d->tree = NULL;
	read_row(r, &ahead, row);
	say_summary(r, &ahead);
	r->d->tree = tree;
	wire_join(w, &ahead);
}

void dns_read_data(struct dns_record *r, struct wire *w)
{
	const struct type_row *row = find_type(r->type);

	if (r->start == r->end)
		return;
	if (!row || (!row->read && !row->items)) {
		add_note_text(r->d, w, F(UNDECODED_TYPE),
		              "Dissector for DNS Type (%u) code not implemented, Contact Wireshark developers if you want "
		              "this supported", r->type);
		add_rest(r, w, F(DATA));
		return;
	}
	struct columns *columns = r->d->columns;
	if (row->whole) {
		try_row(r, w, row);
		r->d->columns = NULL;
	}
	if (w->state == WIRE_GOOD)
		read_row(r, w, row);
	say_summary(r, w);
	r->d->columns = columns;
}
