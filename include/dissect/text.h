#ifndef DISSECT_TEXT_H
#define DISSECT_TEXT_H
/*
 * text: numbers, times and addresses as characters, without locale or printf.
 *
 * A put_ function writes at `to`, where there must be room, and returns the place behind what it wrote; nothing is
 * terminated by a NUL.
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dissect/timestamp.h"

char *put_decimal(char *to, uint64_t value);             /* up to 20 characters */
char *put_signed(char *to, int64_t value);               /* up to 20 */
char *put_hex(char *to, uint64_t value, unsigned digits); /* at least `digits`, lower case, no 0x; up to 16 */
char *put_octets(char *to, const uint8_t *octets, size_t n, char separator); /* 0: none; up to 3n */
char *put_ipv4(char *to, uint32_t address);              /* dotted; host order; up to 15 */
char *put_ipv6(char *to, const uint8_t octets[16]);      /* RFC 5952; up to 45 */
char *put_mac(char *to, const uint8_t octets[6]);        /* 17, with colons */
char *put_guid(char *to, const uint8_t octets[16]);      /* in RFC 4122's groups; 36 */
char *put_ipx(char *to, const uint8_t octets[10]);       /* network.node; 21 */
char *put_nanoseconds(char *to, uint32_t nanoseconds);   /* 9 digits, more when out of range */
char *put_span(char *to, struct timestamp span);         /* -1.500000000; up to 32 */
char *put_date(char *to, struct timestamp time);         /* Sep  9, 2020 21:24:12.555538000 UTC; up to 64 */
char *put_double(char *to, double value, unsigned significant); /* as %.*g; up to 32 */
char *put_fixed(char *to, double value, unsigned decimals); /* as %.*f, decimals up to 6; up to FIXED_LARGEST */
char *put_duration(char *to, uint64_t milliseconds);     /* 1 day, 2 hours, 3 minutes, 4.567 seconds; up to 96 */

/* The two hex digits of every octet and a space. */
extern const char hex_octets[256][4];

enum { FIXED_LARGEST = 32 };

static inline char *put_bytes(char *to, const void *from, size_t n)
{
	memcpy(to, from, n);
	return to + n;
}

/* A string literal, its length known. */
#define put_literal(to, literal) put_bytes(to, literal, sizeof(literal) - 1)

/* The number of octets that put_escaped() writes at most for n octets. */
#define ESCAPED_SIZE(n) ((size_t)(n) * 4)

/*
 * Hostile octets as printable UTF-8: control characters as \n, \t, ... or octal \NNN escapes, what is not UTF-8 as U+FFFD.
 */
char *put_escaped(char *to, const void *octets, size_t n);

/* Does anything but NULs stand behind the NUL that ends a string? */
bool has_stray_characters(const void *octets, size_t n);

/* Is a character, from 0x80 on, one that can be shown? */
bool character_is_printable(uint32_t character);

/*
 * Our own formatter: %u %d %x %X %o %c %s %% with 0, width, '-' , precision of %s (also .*), l, ll, z, h, hh.
 * Writes at most `size` characters and returns how many the whole text has. Control characters of a %s are escaped, so
 * that nothing from the wire reaches a terminal through here.
 */
size_t text_format(char *to, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t text_vformat(char *to, size_t size, const char *format, va_list arguments);

/* A growing buffer. Ready when zeroed; text_free() gives it back. */
struct text {
	char *data;
	size_t length, capacity;
};

void text_grow(struct text *text, size_t n);

/* Room for n more characters: the place where they go. The caller sets length afterwards. */
static inline char *text_room(struct text *text, size_t n)
{
	if (__builtin_expect(text->capacity - text->length < n, 0))
		text_grow(text, n);
	return text->data + text->length;
}

void text_put(struct text *text, const void *from, size_t n);
void text_free(struct text *text);

/* A code point in UTF-8 (RFC 3629): one octet to four. */
char *put_utf8(char *to, uint32_t character);

#endif
