/* filter_literal.c: what the values in a display filter mean, by the type of the field that they are compared with. */

#include "dissect/filter_private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

struct literal {
	struct arena *arena;
	const struct token *token;
	const struct wanted *wanted;
	struct value *value;
	struct filter_error *error;
};

static bool fault(const struct literal *l, const char *what)
{
	filter_fault(l->error, l->token->span, "\"%s\" is not %s", l->token->text, what);
	return false;
}

static bool is_quoted(const struct literal *l)
{
	return l->token->type == TOKEN_STRING;
}

/* ---- numbers ---- */

static bool is_number(const char *s)
{
	return *s >= '0' && *s <= '9';
}

/* Decimal, 0x, 0b, or octal after a 0, all of the text. */
static bool read_unsigned(const char *s, uint64_t *value)
{
	const bool is_binary = s[0] == '0' && (s[1] == 'b' || s[1] == 'B');
	char *end;

	if (!is_number(s))
		return false;
	errno = 0;
	*value = is_binary ? strtoull(s + 2, &end, 2) : strtoull(s, &end, 0);
	return !*end && !errno;
}

/* A value by one of its names. */
static bool find_name(const struct literal *l)
{
	const struct names *names = l->wanted->field ? l->wanted->field->names : NULL;

	for (uint32_t i = 0; names && i < names->count; i++) {
		if (!strcasecmp(names->rows[i].text, l->token->text)) {
			l->value->number = names->rows[i].value;
			return true;
		}
	}
	return false;
}

static bool read_character(const struct literal *l)
{
	l->value->number = (uint8_t)*l->token->text;
	return l->token->length == 1 || fault(l, "one character");
}

static bool read_boolean(const struct literal *l)
{
	static const char *const texts[] = { "FALSE", "TRUE", "False", "True" };

	if (l->token->type == TOKEN_CHARACTER ? read_character(l) : !is_quoted(l) && read_unsigned(l->token->text, &l->value->number)) {
		l->value->number = l->value->number != 0;
		return true;
	}
	if (find_name(l))
		return true;
	for (unsigned i = 0; i < 4 && !is_quoted(l); i++) {
		if (!strcmp(l->token->text, texts[i])) {
			l->value->number = i % 2;
			return true;
		}
	}
	return fault(l, "among the values of this field: 0, 1, TRUE, FALSE or one of its own names");
}

static uint64_t largest_of(enum field_type type)
{
	const unsigned bits = 8 * field_width(&(struct field){ .type = (uint8_t)type }) - (filter_types[type].value_type == VALUE_SIGNED);

	return bits >= 64 ? UINT64_MAX : (1ULL << bits) - 1;
}

static bool read_number(const struct literal *l)
{
	const uint64_t largest = largest_of(l->wanted->type);

	if (l->token->type == TOKEN_CHARACTER)
		return read_character(l);
	if (is_quoted(l) || !is_number(l->token->text)) {
		if (find_name(l))
			return true;
		return fault(l, l->wanted->field && l->wanted->field->names ? "a number or a name among the values of this field" : "a number");
	}
	if (!read_unsigned(l->token->text, &l->value->number))
		return fault(l, "a number");
	if (l->value->number > largest) {
		filter_fault(l->error, l->token->span, "\"%s\" is more than this field holds: %llu at most", l->token->text,
		             (unsigned long long)largest);
		return false;
	}
	return true;
}

static bool read_real(const struct literal *l)
{
	char *end;

	errno = 0;
	l->value->real = strtod(l->token->text, &end);
	return (l->token->type == TOKEN_WORD && !*end && end > l->token->text && errno != ERANGE) || fault(l, "a number");
}

/* ---- times ---- */

static bool read_digits(const char **s, unsigned least, unsigned most, unsigned *value)
{
	unsigned n = 0;

	for (*value = 0; n < most && is_number(*s); n++)
		*value = *value * 10 + (unsigned)(*(*s)++ - '0');
	return n >= least;
}

/* ".5": the digits behind a dot as nanoseconds. */
static void read_fraction(const char **s, int32_t *nanoseconds)
{
	int32_t unit = 100000000;

	*nanoseconds = 0;
	if (**s != '.' && **s != ',')
		return;
	++*s;
	for (; is_number(*s); ++*s, unit /= 10)
		*nanoseconds += (**s - '0') * unit;
}

/* "1.5"; what stands behind the fraction does not count. */
static bool read_span(const struct literal *l)
{
	const char *s = l->token->text;
	struct timestamp *time = &l->value->time;

	time->seconds = 0;
	if (l->token->type != TOKEN_WORD || !is_number(s))
		return fault(l, "a time in seconds");
	for (; is_number(s); s++)
		if (time->seconds < INT32_MAX * INT64_C(1000))
			time->seconds = time->seconds * 10 + (*s - '0');
	const size_t digits = *s == '.' ? strspn(s + 1, "0123456789") : 0;
	read_fraction(&s, &time->nanoseconds);
	return (digits <= 9 && (digits || !*s)) || fault(l, "a time in seconds");
}

/* "12:34", "12:34:56.7": minutes must be told. */
static bool read_clock(const char **s, struct tm *date, int32_t *nanoseconds)
{
	unsigned clock[3] = { 0 }, n = 0;

	do {
		if (!read_digits(s, 1, 2, &clock[n++]))
			return false;
	} while (n < 3 && **s == ':' && ++*s);
	if (n == 3)
		read_fraction(s, nanoseconds);
	date->tm_hour = (int)clock[0];
	date->tm_min = (int)clock[1];
	date->tm_sec = (int)clock[2];
	return n > 1 && clock[0] < 24 && clock[1] < 60 && clock[2] <= 60;
}

/* "Z", "+1", "+0100", "+01:00": seconds that the clock is ahead of UTC. Nothing: UTC. */
static bool read_zone(const char **s, int64_t *ahead)
{
	unsigned hours, minutes = 0;

	if (**s == 'Z') {
		++*s;
		return true;
	}
	if (**s != '+' && **s != '-')
		return true;
	const int sign = *(*s)++ == '-' ? -1 : 1;
	if (!read_digits(s, 1, 2, &hours))
		return false;
	const bool has_colon = **s == ':';
	*s += has_colon;
	if ((has_colon || is_number(*s)) && !read_digits(s, 1, 2, &minutes))
		return false;
	*ahead = sign * (int64_t)(hours * 3600 + minutes * 60);
	return true;
}

/* "2011-07-04", "2011-07-04 12:34", "2011-07-04T12:34:56.7+01:00" (ISO 8601) */
static bool read_iso_date(const char *s, struct tm *date, int32_t *nanoseconds, int64_t *ahead)
{
	unsigned year, month, day;

	if (!read_digits(&s, 4, 4, &year) || *s++ != '-' || !read_digits(&s, 1, 2, &month) || *s++ != '-' ||
	    !read_digits(&s, 1, 2, &day) || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	*date = (struct tm){ .tm_year = (int)year - 1900, .tm_mon = (int)month - 1, .tm_mday = (int)day };
	if (!*s)
		return true;
	const size_t blanks = *s == 'T' ? 1 : strspn(s, " ");
	s += blanks;
	return blanks && read_clock(&s, date, nanoseconds) && read_zone(&s, ahead) && !*s;
}

/* "Nov 12, 1999 08:55:44.123", "2011-07-04 12": blanks count little, and "UTC" may stand behind. */
static bool read_spelled_date(const char *s, struct tm *date, int32_t *nanoseconds)
{
	static const char *const forms[] = { "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H", "%Y-%m-%d", "%b %d, %Y %H:%M:%S" };
	const char *rest = NULL, *form = NULL;

	*nanoseconds = 0;
	for (unsigned i = 0; i < sizeof forms / sizeof *forms && !rest; i++) {
		form = forms[i];
		*date = (struct tm){ 0 };
		rest = strptime(s, form, date);
	}
	if (!rest)
		return false;
	if (*rest == '.' && strstr(form, "%S")) {
		const size_t digits = strspn(rest + 1, "0123456789");
		if (!digits || digits > 9)
			return false;
		read_fraction(&rest, nanoseconds);
	}
	rest += strspn(rest, " ");
	rest += strncmp(rest, "UTC", 3) ? 0 : 3;
	return !*rest;
}

static bool read_time(const struct literal *l)
{
	const char *s = l->token->text;
	struct tm date;
	int64_t ahead = 0;
	struct timestamp *time = &l->value->time;

	if (is_quoted(l) && !s[strspn(s, " ")]) /* the epoch */
		return true;
	if (l->token->type == TOKEN_CHARACTER || (!read_iso_date(s, &date, &time->nanoseconds, &ahead) &&
	                                          !read_spelled_date(s, &date, &time->nanoseconds)))
		return fault(l, "a date: \"2011-07-04 12:34:56\", \"Nov 12, 1999 08:55:44.123\"");
	time->seconds = timegm(&date) - ahead;
	return true;
}

/* ---- addresses ---- */

/* "10.0.0.0/8", "fe80::/10" */
static bool read_address(const struct literal *l, int family, unsigned bits, uint8_t *octets)
{
	char text[64];
	const char *slash = strchr(l->token->text, '/');
	const size_t n = slash ? (size_t)(slash - l->token->text) : l->token->length;
	uint64_t prefix = bits;

	if (l->token->type != TOKEN_WORD || n >= sizeof text)
		return false;
	memcpy(text, l->token->text, n);
	text[n] = 0;
	if (inet_pton(family, text, octets) != 1)
		return false;
	if (slash && (!read_unsigned(slash + 1, &prefix) || prefix > bits)) {
		filter_fault(l->error, l->token->span, "the prefix of \"%s\" has more bits than the address: %u at most",
		             l->token->text, bits);
		return false;
	}
	l->value->prefix = (uint8_t)prefix;
	return true;
}

static bool read_ipv4(const struct literal *l)
{
	uint8_t octets[4];

	if (!read_address(l, AF_INET, 32, octets))
		return fault(l, "an IPv4 address, or a prefix like 10.0.0.0/8");
	l->value->number = be32(octets);
	return true;
}

static bool read_ipv6(const struct literal *l)
{
	uint8_t octets[16];

	if (!read_address(l, AF_INET6, 128, octets))
		return fault(l, "an IPv6 address, or a prefix like fe80::/10");
	l->value->octets = arena_copy(l->arena, octets, sizeof octets);
	l->value->length = sizeof octets;
	return true;
}

/* ---- octets and strings ---- */

static void take_text(const struct literal *l)
{
	l->value->octets = (const uint8_t *)l->token->text;
	l->value->length = l->token->length;
}

static int hex_digit(char c)
{
	const char *all = "0123456789abcdef", *at = c ? strchr(all, c | 0x20) : NULL;

	return is_number(&c) ? c - '0' : at && at - all > 9 ? (int)(at - all) : -1;
}

/* Pairs of hex digits, with a sign between them or none. */
static bool read_hex(const struct literal *l)
{
	const char *s = l->token->text;
	uint8_t *octets = arena_alloc(l->arena, l->token->length / 2 + 1), *to = octets;

	if (!strncasecmp(s, "0x", 2) && strlen(s) == 4)
		s += 2;
	s += *s == ':';
	while (*s) {
		const int high = hex_digit(*s++), low = *s ? hex_digit(*s) : -1;
		if (high < 0 || (low < 0 && *s && !strchr(":-.", *s)))
			return false;
		*to++ = (uint8_t)(low < 0 ? high : high << 4 | low);
		s += low >= 0;
		if (*s && strchr(":-.", *s) && (s[1] || *s == '-'))
			s++;
	}
	l->value->octets = octets;
	l->value->length = (uint32_t)(to - octets);
	return to > octets;
}

static bool read_octets(const struct literal *l)
{
	const enum field_type type = l->wanted->type;
	const bool takes_text = type == OCTETS || type == PROTOCOL;
	const uint32_t width = field_width(&(struct field){ .type = (uint8_t)type });

	if (l->token->type == TOKEN_CHARACTER && l->token->length != 1)
		return fault(l, "one character");
	if (l->token->type != TOKEN_WORD && takes_text)
		take_text(l);
	else if (l->token->type != TOKEN_WORD || !read_hex(l))
		return fault(l, takes_text ? "a string of octets: 00:11:22, 001122, \"text\"" : "a string of octets: 00:11:22, 001122");
	if (width && (l->wanted->is_sought ? l->value->length > width : l->value->length != width)) {
		filter_fault(l->error, l->token->span, "\"%s\" has %u octets, where this field has %u", l->token->text,
		             l->value->length, width);
		return false;
	}
	return true;
}

/* "00010203-0405-0607-0809-0a0b0c0d0e0f" */
static bool read_guid(const struct literal *l)
{
	const char *s = l->token->text;

	if (l->token->length != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-')
		return fault(l, "a GUID: 00010203-0405-0607-0809-0a0b0c0d0e0f");
	return read_octets(l);
}

/* As octets, or as a number. */
static bool read_eui64(const struct literal *l)
{
	if (l->token->type == TOKEN_WORD && (l->token->length < 16 || l->token->text[1] == 'x') &&
	    read_unsigned(l->token->text, &l->value->number))
		return true;
	if (!read_octets(l))
		return false;
	l->value->number = be64(l->value->octets);
	return true;
}

/* "1.2.840.113549", in the octets that it has on the wire (X.690 8.19). */
static bool read_oid(const struct literal *l)
{
	const char *s = l->token->text;
	uint8_t *octets = arena_alloc(l->arena, l->token->length + 1), *to = octets;
	uint64_t first = 0, number;
	char *end;

	if (l->token->type != TOKEN_WORD)
		return fault(l, "an object identifier: 1.2.840.113549");
	for (unsigned n = 0;; n++, s = end + 1) {
		number = is_number(s) ? strtoull(s, &end, 10) : UINT64_MAX;
		if (number > UINT32_MAX || (n == 0 && number > 2) || (n == 1 && first < 2 && number > 39) || (*end && *end != '.') ||
		    (n == 0 && !*end))
			return fault(l, "an object identifier: 1.2.840.113549");
		if (n == 0) {
			first = number;
			continue;
		}
		number += n == 1 ? 40 * first : 0;
		for (int shift = 35; shift >= 0; shift -= 7)
			if (number >> shift || !shift)
				*to++ = (uint8_t)((number >> shift & 0x7f) | (shift ? 0x80 : 0));
		if (!*end)
			break;
	}
	l->value->octets = octets;
	l->value->length = (uint32_t)(to - octets);
	return true;
}

static bool read_string(const struct literal *l)
{
	if (l->token->type == TOKEN_CHARACTER && l->token->length != 1)
		return fault(l, "one character");
	take_text(l);
	return true;
}

bool filter_literal(struct arena *arena, const struct token *token, const struct wanted *wanted, struct value *value,
                    struct filter_error *error)
{
	static bool (*const readers[])(const struct literal *l) = {
		[VALUE_UNSIGNED] = read_number, [VALUE_SIGNED] = read_number, [VALUE_REAL] = read_real,
		[VALUE_IPV4] = read_ipv4, [VALUE_IPV6] = read_ipv6, [VALUE_OCTETS] = read_octets, [VALUE_STRING] = read_string,
		[VALUE_TIME] = read_time, [VALUE_SPAN] = read_span,
	};
	const struct literal l = { arena, token, wanted, value, error };
	const struct type *type = &filter_types[wanted->type];

	*value = (struct value){ .type = type->value_type, .is_wide = type->is_wide };
	if (!type->value_type)
		return fault(&l, "of use here: the field has no value to compare it with");
	if (wanted->is_calculated && token->type != TOKEN_WORD)
		return fault(&l, "something to calculate with");
	switch (wanted->type) {
	case BOOLEAN:
		return read_boolean(&l);
	case EUI64:
		return read_eui64(&l);
	case GUID:
		return read_guid(&l);
	case OID:
		return read_oid(&l);
	default:
		return readers[type->value_type](&l);
	}
}
