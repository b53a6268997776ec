/* filter_literal.c: what the values in a display filter mean, by the type of the field that they are compared with. */

#include "dissect/filter_private.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct literal {
	struct arena *arena;
	const struct token *token;
	const struct field *field; /* that it is compared with; NULL: something worked out */
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
	*value = is_binary ? strtoull(s + 2, &end, 2) : strtoull(s, &end, 0);
	return !*end && end > s + 2 * is_binary;
}

/* A value by one of its names. */
static bool find_name(const struct literal *l)
{
	const struct names *names = l->field ? l->field->names : NULL;

	for (uint32_t i = 0; names && i < names->count; i++) {
		if (!strcasecmp(names->rows[i].text, l->token->text)) {
			l->value->number = names->rows[i].value;
			return true;
		}
	}
	return false;
}

static bool read_boolean(const struct literal *l)
{
	static const char *const texts[] = { "FALSE", "TRUE", "False", "True" };

	if (read_unsigned(l->token->text, &l->value->number)) {
		l->value->number = l->value->number != 0;
		return true;
	}
	if (find_name(l))
		return true;
	for (unsigned i = 0; i < 4; i++) {
		if (!strcmp(l->token->text, texts[i])) {
			l->value->number = i % 2;
			return true;
		}
	}
	return fault(l, "among the values of this field: 0, 1, TRUE, FALSE or one of its own names");
}

static uint64_t largest_of(const struct field *field)
{
	const unsigned width = field ? field_width(field) : 0;

	return !width || width >= 8 ? UINT64_MAX : (1ULL << 8 * width) - 1;
}

static bool read_number(const struct literal *l)
{
	if (l->field && l->field->type == BOOLEAN)
		return read_boolean(l);
	if (l->token->type == TOKEN_CHARACTER) {
		l->value->number = (uint8_t)*l->token->text;
		return l->token->length == 1 || fault(l, "one character");
	}
	if (is_quoted(l) || !is_number(l->token->text)) {
		if (find_name(l))
			return true;
		return fault(l, l->field && l->field->names ? "a number or a name among the values of this field" : "a number");
	}
	if (!read_unsigned(l->token->text, &l->value->number))
		return fault(l, "a number");
	if (l->value->number > largest_of(l->field)) {
		filter_fault(l->error, l->token->span, "\"%s\" is more than this field holds: %llu at most", l->token->text,
		             (unsigned long long)largest_of(l->field));
		return false;
	}
	return true;
}

static bool read_real(const struct literal *l)
{
	char *end;

	l->value->real = strtod(l->token->text, &end);
	return (!*end && end > l->token->text && !is_quoted(l)) || fault(l, "a number");
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
static bool read_fraction(const char **s, int32_t *nanoseconds)
{
	int32_t unit = 100000000;

	*nanoseconds = 0;
	if (**s != '.')
		return true;
	++*s;
	for (; is_number(*s); ++*s, unit /= 10)
		*nanoseconds += (**s - '0') * unit;
	return true;
}

/* "1.5", "-0.25", "3s" */
static bool read_span(const struct literal *l)
{
	const char *s = l->token->text;
	struct timestamp *time = &l->value->time;

	time->seconds = 0;
	if (is_quoted(l) || (!is_number(s) && *s != '.'))
		return fault(l, "a time in seconds");
	if (strpbrk(s, "eE")) { /* 1.6e9 */
		char *end;
		const double seconds = strtod(s, &end);
		if (*end || !(seconds < 9e15))
			return fault(l, "a time in seconds");
		time->seconds = (int64_t)seconds;
		time->nanoseconds = (int32_t)((seconds - (double)time->seconds) * 1e9);
		return true;
	}
	for (; is_number(s) && time->seconds < INT64_MAX / 100; s++)
		time->seconds = time->seconds * 10 + (*s - '0');
	read_fraction(&s, &time->nanoseconds);
	if (*s == 's')
		s++;
	return !*s || fault(l, "a time in seconds");
}

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
	/* Years that begin in March end with the day that leap years have more. */
	const int64_t y = month > 2 ? year : year - 1;
	const int64_t days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return days - 719468;
}

/* "Nov 12, 1999 " */
static bool read_named_date(const char **s, unsigned *year, unsigned *month, unsigned *day)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (*month = 1; *month <= 12; ++*month)
		if (!strncasecmp(*s, months + 3 * (*month - 1), 3))
			break;
	if (*month > 12)
		return false;
	*s += 3;
	*s += strspn(*s, " ");
	if (!read_digits(s, 1, 2, day) || **s != ',')
		return false;
	++*s;
	*s += strspn(*s, " ");
	return read_digits(s, 4, 4, year) && **s == ' ';
}

/* "2011-07-04" */
static bool read_iso_date(const char **s, unsigned *year, unsigned *month, unsigned *day)
{
	return read_digits(s, 4, 4, year) && *(*s)++ == '-' && read_digits(s, 2, 2, month) && *(*s)++ == '-' &&
	       read_digits(s, 2, 2, day) && (!**s || **s == 'T' || **s == ' ' || **s == 'Z');
}

/* "Z", "UTC", "+0100", "+01:00": seconds that the clock is ahead of UTC. Nothing: UTC. */
static bool read_zone(const char *s, int64_t *ahead)
{
	unsigned hours, minutes;

	s += strspn(s, " ");
	*ahead = 0;
	if (!*s || !strcmp(s, "Z") || !strcmp(s, "UTC"))
		return true;
	const int sign = *s == '-' ? -1 : 1;
	if (*s != '+' && *s != '-')
		return false;
	s++;
	if (!read_digits(&s, 2, 2, &hours))
		return false;
	if (*s == ':')
		s++;
	if (!read_digits(&s, 2, 2, &minutes) || *s)
		return false;
	*ahead = sign * (int64_t)(hours * 3600 + minutes * 60);
	return true;
}

/* "12", "12:34", "12:34:56.7": what is not told is 0. */
static bool read_clock(const char **s, unsigned clock[3], int32_t *nanoseconds)
{
	for (unsigned i = 0; i < 3 && is_number(*s); i++) {
		if (!read_digits(s, 2, 2, &clock[i]))
			return false;
		if (i < 2 && **s == ':')
			++*s;
	}
	return read_fraction(s, nanoseconds) && clock[0] < 24 && clock[1] < 60 && clock[2] <= 60;
}

static bool read_time(const struct literal *l)
{
	static const char wanted[] = "a date: \"2011-07-04 12:34:56\", \"Nov 12, 1999 08:55:44.123\"";
	const char *s = l->token->text;
	unsigned year, month, day, clock[3] = { 0, 0, 0 };
	int64_t ahead;

	if (is_number(s) ? !read_iso_date(&s, &year, &month, &day) : !read_named_date(&s, &year, &month, &day))
		return fault(l, wanted);
	s += *s == 'T' || *s == ' ';
	if (month < 1 || month > 12 || day < 1 || day > 31 || !read_clock(&s, clock, &l->value->time.nanoseconds) ||
	    !read_zone(s, &ahead))
		return fault(l, wanted);
	l->value->time.seconds = days_of(year, month, day) * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2] - ahead;
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

	if (is_quoted(l) || n >= sizeof text)
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

	if (!strncasecmp(s, "0x", 2) && strlen(s) <= 4)
		s += 2;
	while (*s) {
		const int high = hex_digit(*s++), low = *s ? hex_digit(*s) : -1;
		if (high < 0 || (low < 0 && *s && !strchr(":-.", *s)))
			return false;
		*to++ = (uint8_t)(low < 0 ? high : high << 4 | low);
		s += low >= 0;
		if (*s && strchr(":-.", *s) && s[1])
			s++;
	}
	l->value->octets = octets;
	l->value->length = (uint32_t)(to - octets);
	return to > octets;
}

/* How many octets values of the field have; 0: any number. */
static unsigned octets_of(const struct field *field)
{
	switch (field ? field->type : OCTETS) {
	case MAC:
		return 6;
	case EUI64:
		return 8;
	case GUID:
		return 16;
	default:
		return 0;
	}
}

static bool read_octets(const struct literal *l)
{
	const unsigned wanted = octets_of(l->field);

	if (l->token->type != TOKEN_WORD)
		take_text(l);
	else if (!read_hex(l))
		return fault(l, "a string of octets: 00:11:22, 001122, \"text\"");
	if (wanted && l->value->length != wanted) {
		filter_fault(l->error, l->token->span, "\"%s\" has %u octets, where this field has %u", l->token->text,
		             l->value->length, wanted);
		return false;
	}
	return true;
}

bool filter_literal(struct arena *arena, const struct token *token, const struct field *field, enum value_type type,
                    struct value *value, struct filter_error *error)
{
	const struct literal l = { arena, token, field, value, error };

	*value = (struct value){ .type = (uint8_t)type };
	switch (type) {
	case VALUE_UNSIGNED:
	case VALUE_SIGNED:
		return read_number(&l);
	case VALUE_REAL:
		return read_real(&l);
	case VALUE_IPV4:
		return read_ipv4(&l);
	case VALUE_IPV6:
		return read_ipv6(&l);
	case VALUE_TIME:
		return read_time(&l);
	case VALUE_SPAN:
		return read_span(&l);
	case VALUE_OCTETS:
		return read_octets(&l);
	case VALUE_STRING:
		take_text(&l);
		return true;
	default:
		return fault(&l, "of use here: the field has no value to compare it with");
	}
}
