/* text.c: characters out of numbers, times, addresses and hostile octets. */

#include "dissect/text.h"

#include <stdio.h>
#include <stdlib.h>

#include "dissect/arena.h"
#include "dissect/wire.h"

static const char DIGIT_PAIRS[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
				  "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
				  "8081828384858687888990919293949596979899";
static const char HEX_DIGITS[] = "0123456789abcdef";

/* Two digits and a space for every octet: a hex dump is one copy of four octets each. */
#define HEX_ROW(h)                                                                                          \
	{ h, '0', ' ' }, { h, '1', ' ' }, { h, '2', ' ' }, { h, '3', ' ' }, { h, '4', ' ' }, { h, '5', ' ' },  \
	{ h, '6', ' ' }, { h, '7', ' ' }, { h, '8', ' ' }, { h, '9', ' ' }, { h, 'a', ' ' }, { h, 'b', ' ' },  \
	{ h, 'c', ' ' }, { h, 'd', ' ' }, { h, 'e', ' ' }, { h, 'f', ' ' }
const char hex_octets[256][4] = {
	HEX_ROW('0'), HEX_ROW('1'), HEX_ROW('2'), HEX_ROW('3'), HEX_ROW('4'), HEX_ROW('5'), HEX_ROW('6'),
	HEX_ROW('7'), HEX_ROW('8'), HEX_ROW('9'), HEX_ROW('a'), HEX_ROW('b'), HEX_ROW('c'), HEX_ROW('d'),
	HEX_ROW('e'), HEX_ROW('f'),
};
#undef HEX_ROW

/* How many digits a number has: a guess by its bits, which may be one too few. */
static unsigned decimal_digits(uint64_t value)
{
	static const uint64_t powers[] = {
		10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u, 1000000000u, 10000000000u,
		100000000000u, 1000000000000u, 10000000000000u, 100000000000000u, 1000000000000000u, 10000000000000000u,
		100000000000000000u, 1000000000000000000u, 10000000000000000000u, UINT64_MAX,
	};
	unsigned bits = 63u - (unsigned)__builtin_clzll(value | 1);
	unsigned guess = bits * 1233 >> 12; /* log 2 is 1233 / 4096, nearly */
	return guess + 1 + (value >= powers[guess]);
}

char *put_decimal(char *to, uint64_t value)
{
	char *end = to + decimal_digits(value), *at = end;

	for (; value >= 100; value /= 100)
		memcpy(at -= 2, DIGIT_PAIRS + value % 100 * 2, 2);
	if (value >= 10)
		memcpy(to, DIGIT_PAIRS + value * 2, 2);
	else
		*to = (char)('0' + value);
	return end;
}

char *put_signed(char *to, int64_t value)
{
	if (value >= 0)
		return put_decimal(to, (uint64_t)value);
	*to++ = '-';
	return put_decimal(to, -(uint64_t)value);
}

char *put_hex(char *to, uint64_t value, unsigned digits)
{
	if (digits == 4 && value <= UINT16_MAX) { /* offsets of hex dumps, most values of 16 bits */
		memcpy(to, hex_octets[value >> 8], 2);
		memcpy(to + 2, hex_octets[value & 0xff], 2);
		return to + 4;
	}
	while (digits < 16 && value >> (digits * 4))
		digits++;
	for (unsigned i = digits; i--; value >>= 4)
		to[i] = HEX_DIGITS[value & 15];
	return to + digits;
}

char *put_octets(char *to, const uint8_t *octets, size_t n, char separator)
{
	if (!separator) {
		for (size_t i = 0; i < n; i++, to += 2)
			memcpy(to, hex_octets[octets[i]], 2);
		return to;
	}
	for (size_t i = 0; i < n; i++, to += 3) {
		memcpy(to, hex_octets[octets[i]], 2);
		to[2] = separator;
	}
	return n ? to - 1 : to;
}

char *put_ipv4(char *to, uint32_t address)
{
	for (int shift = 24; shift >= 0; shift -= 8) {
		unsigned octet = address >> shift & 255;
		if (octet >= 100) {
			*to++ = (char)('0' + octet / 100);
			octet %= 100;
			to = put_bytes(to, DIGIT_PAIRS + octet * 2, 2);
		} else if (octet >= 10) {
			to = put_bytes(to, DIGIT_PAIRS + octet * 2, 2);
		} else {
			*to++ = (char)('0' + octet);
		}
		*to++ = '.';
	}
	return to - 1;
}

/* RFC 5952, section 4: the longest run of two or more zero groups is written "::", the first of equals. */
char *put_ipv6(char *to, const uint8_t octets[16])
{
	uint16_t group[8];
	int best = -1, best_length = 1;

	for (int i = 0; i < 8; i++)
		group[i] = (uint16_t)(octets[2 * i] << 8 | octets[2 * i + 1]);
	for (int i = 0; i < 8;) {
		int run = 0;
		while (i + run < 8 && !group[i + run])
			run++;
		if (run > best_length) {
			best = i;
			best_length = run;
		}
		i += run ? run : 1;
	}
	/* Section 5: IPv4-mapped and IPv4-compatible addresses end in dotted form. */
	bool mixed = best == 0 && (best_length == 6 || (best_length == 5 && group[5] == 0xffff));
	for (int i = 0; i < (mixed ? 6 : 8); i++) {
		if (i == best) {
			to = put_literal(to, "::");
			i += best_length - 1;
			continue;
		}
		if (i && i != best + best_length)
			*to++ = ':';
		else if (i && best < 0)
			*to++ = ':';
		to = put_hex(to, group[i], 1);
	}
	if (!mixed)
		return to;
	if (group[5])
		*to++ = ':';
	return put_ipv4(to, (uint32_t)group[6] << 16 | group[7]);
}

char *put_mac(char *to, const uint8_t octets[6])
{
	return put_octets(to, octets, 6, ':');
}

char *put_guid(char *to, const uint8_t octets[16])
{
	static const uint8_t groups[] = { 4, 2, 2, 2, 6 };

	for (unsigned i = 0; i < sizeof groups; octets += groups[i++]) {
		if (i)
			*to++ = '-';
		to = put_octets(to, octets, groups[i], 0);
	}
	return to;
}

char *put_ipx(char *to, const uint8_t octets[10])
{
	to = put_hex(to, be32(octets), 8);
	*to++ = '.';
	return put_hex(to, be48(octets + 4), 12);
}

char *put_nanoseconds(char *to, uint32_t nanoseconds)
{
	if (nanoseconds >= 1000000000)
		return put_decimal(to, nanoseconds);
	for (int i = 7; i >= 1; i -= 2) {
		memcpy(to + i, DIGIT_PAIRS + nanoseconds % 100 * 2, 2);
		nanoseconds /= 100;
	}
	*to = (char)('0' + nanoseconds);
	return to + 9;
}

/* Where the two parts have not one sign (a damaged capture), each is shown without its own behind the minus. */
char *put_span(char *to, struct timestamp span)
{
	if (span.seconds < 0 || span.nanoseconds < 0)
		*to++ = '-';
	to = put_decimal(to, span.seconds < 0 ? -(uint64_t)span.seconds : (uint64_t)span.seconds);
	*to++ = '.';
	return put_nanoseconds(to, span.nanoseconds < 0 ? -(uint32_t)span.nanoseconds : (uint32_t)span.nanoseconds);
}

char *put_date(char *to, struct timestamp time)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = civil_from_seconds(time.seconds);

	to = put_bytes(to, months + 3 * (c.month - 1), 3);
	*to++ = ' ';
	if (c.day < 10)
		*to++ = ' ';
	to = put_decimal(to, c.day);
	to = put_literal(to, ", ");
	to = put_signed(to, c.year);
	*to++ = ' ';
	to = put_bytes(to, DIGIT_PAIRS + c.hour * 2, 2);
	*to++ = ':';
	to = put_bytes(to, DIGIT_PAIRS + c.minute * 2, 2);
	*to++ = ':';
	to = put_bytes(to, DIGIT_PAIRS + c.second * 2, 2);
	*to++ = '.';
	if (time.nanoseconds < 0)
		*to++ = '-';
	to = put_nanoseconds(to, time.nanoseconds < 0 ? -(uint32_t)time.nanoseconds : (uint32_t)time.nanoseconds);
	return put_literal(to, " UTC");
}

/* Off every hot path, and not worth an algorithm of our own. */
char *put_double(char *to, double value, unsigned significant)
{
	int n = snprintf(to, 32, "%.*g", (int)significant, value);
	return to + (n < 31 ? n : 31);
}

char *put_fixed(char *to, double value, unsigned decimals)
{
	static const uint32_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
	const uint64_t scale = powers[decimals];

	if (value < 0) {
		*to++ = '-';
		value = -value;
	}
	if (!(value < 1e12)) {
		int n = snprintf(to, FIXED_LARGEST - 1, "%.*g", 15, value);
		return to + n;
	}
	/* Twice the precision of what a double holds: the product is exact, and so is the choice of a tie's even side. */
	long double scaled = (long double)value * (long double)scale;
	uint64_t whole = (uint64_t)scaled;
	long double rest = scaled - (long double)whole;
	whole += rest > 0.5L || (rest == 0.5L && (whole & 1));
	to = put_decimal(to, whole / scale);
	if (!decimals)
		return to;
	*to++ = '.';
	whole %= scale;
	for (unsigned i = decimals; i--; whole /= 10)
		to[i] = (char)('0' + whole % 10);
	return to + decimals;
}

static char *put_unit(char *to, const char *start, uint64_t n, const char *unit)
{
	if (!n)
		return to;
	if (to != start)
		to = put_literal(to, ", ");
	to = put_decimal(to, n);
	to = put_bytes(to, unit, strlen(unit));
	if (n != 1)
		*to++ = 's';
	return to;
}

char *put_duration(char *to, uint64_t milliseconds)
{
	const char *start = to;
	uint64_t seconds = milliseconds / 1000;
	unsigned rest = (unsigned)(milliseconds % 1000);

	to = put_unit(to, start, seconds / 86400, " day");
	to = put_unit(to, start, seconds / 3600 % 24, " hour");
	to = put_unit(to, start, seconds / 60 % 60, " minute");
	seconds %= 60;
	if (!rest)
		return milliseconds ? put_unit(to, start, seconds, " second") : put_literal(to, "0 seconds");
	if (to != start)
		to = put_literal(to, ", ");
	to = put_decimal(to, seconds);
	*to++ = '.';
	to[0] = (char)('0' + rest / 100);
	to[1] = (char)('0' + rest / 10 % 10);
	to[2] = (char)('0' + rest % 10);
	return put_literal(to + 3, " seconds");
}

enum { NO_CHARACTER = 0x110000 };

/*
 * The character that the octets at p, from 0x80 on, begin with, and in *length how many of them say it (or fail to say one:
 * NO_CHARACTER). As Wireshark reads UTF-8: what is cut short fails as a whole, what is longer than it need be counts.
 */
static uint32_t utf8_character(const uint8_t *p, size_t n, size_t *length)
{
	uint8_t lead = p[0];
	unsigned more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf8 ? 3 : lead < 0xfc ? 4 : lead < 0xfe ? 5 : 0;
	uint32_t character = lead & (0x3fu >> more);

	*length = 1;
	while (*length <= more && *length < n && (p[*length] & 0xc0) == 0x80)
		character = character << 6 | (p[(*length)++] & 0x3f);
	if (!more || more > 3 || *length <= more || character > 0x10ffff || (character >= 0xd800 && character < 0xe000))
		return NO_CHARACTER;
	return character;
}

static char *put_character(char *to, uint32_t character)
{
	unsigned more = character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
	static const uint8_t leads[] = { 0, 0xc0, 0xe0, 0xf0 };

	*to++ = (char)(leads[more] | character >> 6 * more);
	while (more--)
		*to++ = (char)(0x80 | (character >> 6 * more & 0x3f));
	return to;
}

static char *put_character_code(char *to, uint32_t character)
{
	unsigned digits = character > 0xffff ? 8 : 4;

	*to++ = '\\';
	*to++ = digits == 8 ? 'U' : 'u';
	for (unsigned i = digits; i--;)
		*to++ = "0123456789ABCDEF"[character >> 4 * i & 15];
	return to;
}

static char *put_control(char *to, uint8_t octet)
{
	static const char letters[] = "abtnvfr"; /* 7 to 13 */

	*to++ = '\\';
	if (octet >= 7 && octet <= 13) {
		*to++ = letters[octet - 7];
		return to;
	}
	*to++ = (char)('0' + (octet >> 6));
	*to++ = (char)('0' + (octet >> 3 & 7));
	*to++ = (char)('0' + (octet & 7));
	return to;
}

/*
 * Are eight octets all printable ASCII? Each is tested in its own place of a word: one below 0x20 borrows, one above 0x7e has its
 * highest bit set once one is added. What a neighbour borrows or carries over can only make a good one look bad.
 */
static bool is_plain(const void *octets)
{
	const uint64_t each = 0x0101010101010101u;
	uint64_t word;

	memcpy(&word, octets, 8);
	return (((word - 0x20 * each) | (word + each)) & 0x80 * each) == 0;
}

char *put_escaped(char *to, const void *octets, size_t n)
{
	const uint8_t *p = octets;

	for (size_t i = 0; i < n;) {
		if (n - i >= 8 && is_plain(p + i)) {
			memcpy(to, p + i, 8);
			to += 8;
			i += 8;
			continue;
		}
		if (p[i] >= 0x20 && p[i] < 0x7f) {
			*to++ = (char)p[i++];
			continue;
		}
		if (p[i] < 0x80) {
			to = put_control(to, p[i++]);
			continue;
		}
		size_t length;
		uint32_t character = utf8_character(p + i, n - i, &length);
		if (character == NO_CHARACTER)
			to = put_literal(to, "\xef\xbf\xbd");
		else if (character < 0x20 || character == 0x7f || !character_is_printable(character))
			to = put_character_code(to, character);
		else
			to = put_character(to, character);
		i += length;
	}
	return to;
}

/* As tshark counts: what is no UTF-8 is longer once it is U+FFFD, and may so reach over the end. */
bool has_stray_characters(const void *octets, size_t n)
{
	const uint8_t *p = octets;
	size_t i = 0, shown = 0, length;

	while (i < n && p[i]) {
		length = 1;
		const bool is_wrong = p[i] >= 0x80 && utf8_character(p + i, n - i, &length) == NO_CHARACTER;
		shown += is_wrong ? 3 : length;
		i += length;
	}
	while (i < n && !p[i])
		i++;
	return i < n && shown < n;
}

/* One conversion of a format. */
struct conversion {
	bool left, zero;
	unsigned width;
	int precision; /* -1: none */
	unsigned size; /* octets of the argument's type */
	char letter;
};

static const char *parse_conversion(const char *format, struct conversion *c, va_list *arguments)
{
	*c = (struct conversion){ .precision = -1, .size = sizeof(int) };
	for (;; format++) {
		if (*format == '-')
			c->left = true;
		else if (*format == '0')
			c->zero = true;
		else
			break;
	}
	if (*format == '*') {
		c->width = va_arg(*arguments, unsigned);
		format++;
	}
	for (; *format >= '0' && *format <= '9'; format++)
		c->width = c->width * 10 + (unsigned)(*format - '0');
	if (*format == '.') {
		c->precision = 0;
		if (*++format == '*') {
			c->precision = va_arg(*arguments, int);
			format++;
		}
		for (; *format >= '0' && *format <= '9'; format++)
			c->precision = c->precision * 10 + (*format - '0');
	}
	for (;; format++) {
		if (*format == 'l' || *format == 'z' || *format == 'j')
			c->size = 8;
		else if (*format != 'h')
			break;
	}
	c->letter = *format;
	return format + (*format != 0);
}

struct output {
	char *to, *end;
	size_t wanted; /* what did not fit */
};

static void emit(struct output *out, const char *from, size_t n)
{
	size_t room = (size_t)(out->end - out->to);
	size_t fits = n < room ? n : room;
	memcpy(out->to, from, fits);
	out->to += fits;
	out->wanted += n - fits;
}

static void emit_fill(struct output *out, char c, size_t n)
{
	while (n--)
		emit(out, &c, 1);
}

static void emit_padded(struct output *out, const struct conversion *c, const char *from, size_t n)
{
	size_t fill = c->width > n ? c->width - n : 0;
	if (fill && !c->left) {
		bool zeros = c->zero && c->letter != 's';
		if (zeros && n && *from == '-') {
			emit(out, from++, 1);
			n--;
		}
		emit_fill(out, zeros ? '0' : ' ', fill);
	}
	emit(out, from, n);
	if (fill && c->left)
		emit_fill(out, ' ', fill);
}

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

/* The common case is a short string without control characters, and room for it. */
static void emit_string(struct output *out, const struct conversion *c, const char *s)
{
	size_t n = c->precision >= 0 ? strnlen(s, (size_t)c->precision) : strlen(s);
	bool clean = true;
	size_t plain = 0;

	while (n - plain >= 8 && is_plain(s + plain))
		plain += 8;
	for (size_t i = plain; i < n; i++)
		clean &= !is_control(s[i]);
	if (clean) {
		emit_padded(out, c, s, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		char escaped[4] = { s[i] };
		size_t length = is_control(s[i]) ? (size_t)(put_control(escaped, (uint8_t)s[i]) - escaped) : 1;
		emit(out, escaped, length);
	}
}

static void emit_number(struct output *out, const struct conversion *c, uint64_t value)
{
	char digits[24], *end;

	if (c->letter == 'd' || c->letter == 'i') {
		end = put_signed(digits, c->size == 8 ? (int64_t)value : (int64_t)(int32_t)value);
	} else if (c->letter == 'u') {
		end = put_decimal(digits, value);
	} else if (c->letter == 'o') {
		char *first = digits + sizeof digits;
		size_t n = 0;
		do {
			*--first = (char)('0' + (value & 7));
			n++;
		} while (value >>= 3);
		memmove(digits, first, n);
		end = digits + n;
	} else {
		end = put_hex(digits, value, 1);
		for (char *p = digits; c->letter == 'X' && p < end; p++)
			if (*p >= 'a')
				*p = (char)(*p - 'a' + 'A');
	}
	emit_padded(out, c, digits, (size_t)(end - digits));
}

enum { NUMBER_ROOM = 20 };

size_t text_vformat(char *to, size_t size, const char *format, va_list given)
{
	struct output out = { to, to + size, 0 };
	va_list arguments;

	va_copy(arguments, given);
	while (*format) {
		if (*format != '%') {
			const char *plain = format;
			do
				format++;
			while (*format && *format != '%');
			emit(&out, plain, (size_t)(format - plain));
			continue;
		}
		if (format[1] == 'u' && out.end - out.to >= NUMBER_ROOM) {
			out.to = put_decimal(out.to, va_arg(arguments, unsigned));
			format += 2;
			continue;
		}
		struct conversion c;
		format = parse_conversion(format + 1, &c, &arguments);
		switch (c.letter) {
		case 's':
			emit_string(&out, &c, va_arg(arguments, const char *));
			break;
		case 'c': {
			char one[2] = { (char)va_arg(arguments, int), 0 };
			emit_string(&out, &c, one);
			break;
		}
		case '%':
			emit(&out, "%", 1);
			break;
		default:
			emit_number(&out, &c, c.size == 8 ? va_arg(arguments, uint64_t) : va_arg(arguments, unsigned));
		}
	}
	va_end(arguments);
	return (size_t)(out.to - to) + out.wanted;
}

size_t text_format(char *to, size_t size, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	size_t n = text_vformat(to, size, format, arguments);
	va_end(arguments);
	return n;
}

void text_grow(struct text *text, size_t n)
{
	size_t capacity = text->capacity ? text->capacity * 2 : 64 * 1024;
	while (capacity - text->length < n)
		capacity *= 2;
	text->data = must_realloc(text->data, capacity);
	text->capacity = capacity;
}

void text_put(struct text *text, const void *from, size_t n)
{
	memcpy(text_room(text, n), from, n);
	text->length += n;
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}

char *put_utf8(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*to++ = (char)(0xe0 | c >> 12);
		} else {
			*to++ = (char)(0xf0 | c >> 18);
			*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (c & 0x3f));
	return to;
}
