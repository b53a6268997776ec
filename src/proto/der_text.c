/*
 * der_text.c: the strings and times of ASN.1 as UTF-8.
 *
 * Teletex strings are read as T.61 with its letters and combining marks, not with the character sets that escape sequences could
 * bring in. UTF8String is shown as it is: what shows it minds what is no UTF-8.
 */

#include "dissect/der_text.h"

#include <string.h>

#include "dissect/der.h"
#include "dissect/text.h"

enum { REPLACEMENT = 0xfffd, UTF8_LARGEST = 4 };

static bool is_surrogate(uint32_t c)
{
	return c >= 0xd800 && c < 0xe000;
}

/* ---- strings ---- */

/* IA5String and its subsets: seven bits. */
static char *put_ascii(char *to, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to = put_utf8(to, octets[i] < 0x80 ? octets[i] : REPLACEMENT);
	return to;
}

static char *put_bmp(char *to, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2) {
		const uint32_t c = be16(octets + i);
		to = put_utf8(to, is_surrogate(c) ? REPLACEMENT : c);
	}
	return to;
}

static char *put_universal(char *to, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i + 3 < n; i += 4) {
		const uint32_t c = be32(octets + i);
		to = put_utf8(to, c > 0x10ffff || is_surrogate(c) ? REPLACEMENT : c);
	}
	return to;
}

/* What T.61 has at 0xa0 and above; 0: nothing. Marks, at 0xc1 to 0xcf, stand before their letter. */
static const uint16_t t61_high[96] = {
	0xa0, 0xa1, 0xa2, 0xa3, '$', 0xa5, '#', 0xa7, 0xa4, 0, 0, 0xab, 0, 0, 0, 0,
	0xb0, 0xb1, 0xb2, 0xb3, 0xd7, 0xb5, 0xb6, 0xb7, 0xf7, 0, 0, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf,
	0, 0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0, 0x30a, 0x327, 0x332, 0x30b, 0x328, 0x30c,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0x2126, 0xc6, 0xd0, 0xaa, 0x126, 0, 0x132, 0x13f, 0x141, 0xd8, 0x152, 0xba, 0xde, 0x166, 0x14a, 0x149,
	0x138, 0xe6, 0x111, 0xf0, 0x127, 0x131, 0x133, 0x140, 0x142, 0xf8, 0x153, 0xdf, 0xfe, 0x167, 0x14b, 0,
};

/* Letters that have a character of their own with a mark. */
static const struct {
	uint8_t code;
	uint16_t mark;
	const char *letters, *with_mark;
} t61_marks[] = {
	{ 0xc1, 0x0300, "AEINOUWYaeinouwy", "ÀÈÌǸÒÙẀỲàèìǹòùẁỳ" },
	{ 0xc2, 0x0301, "ACEGIKLMNOPRSUWYZacegiklmnoprsuwyz", "ÁĆÉǴÍḰĹḾŃÓṔŔŚÚẂÝŹáćéǵíḱĺḿńóṕŕśúẃýź" },
	{ 0xc3, 0x0302, "ACEGHIJOSUWYZaceghijosuwyz", "ÂĈÊĜĤÎĴÔŜÛŴŶẐâĉêĝĥîĵôŝûŵŷẑ" },
	{ 0xc4, 0x0303, "AEINOUVYaeinouvy", "ÃẼĨÑÕŨṼỸãẽĩñõũṽỹ" },
	{ 0xc5, 0x0304, "AEGIOUYaegiouy", "ĀĒḠĪŌŪȲāēḡīōūȳ" },
	{ 0xc6, 0x0306, "AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ" },
	{ 0xc7, 0x0307, "ABCDEFGHIMNOPRSTWXYZabcdefghmnoprstwxyz", "ȦḂĊḊĖḞĠḢİṀṄȮṖṘṠṪẆẊẎŻȧḃċḋėḟġḣṁṅȯṗṙṡṫẇẋẏż" },
	{ 0xc8, 0x0308, "AEHIOUWXYaehiotuwxy", "ÄËḦÏÖÜẄẌŸäëḧïöẗüẅẍÿ" },
	{ 0xca, 0x030a, "AUauwy", "ÅŮåůẘẙ" },
	{ 0xcb, 0x0327, "CDEGHKLNRSTcdeghklnrst", "ÇḐȨĢḨĶĻŅŖŞŢçḑȩģḩķļņŗşţ" },
	{ 0xcd, 0x030b, "OUou", "ŐŰőű" },
	{ 0xce, 0x0328, "AEIOUaeiou", "ĄĘĮǪŲąęįǫų" },
	{ 0xcf, 0x030c, "ACDEGHIKLNORSTUZacdeghijklnorstuz", "ǍČĎĚǦȞǏǨĽŇǑŘŠŤǓŽǎčďěǧȟǐǰǩľňǒřšťǔž" },
};

/* A letter and the mark that stood before it: one character where there is one. */
static char *put_marked(char *to, uint8_t code, uint8_t letter)
{
	for (size_t i = 0; i < sizeof t61_marks / sizeof *t61_marks; i++) {
		const char *at = letter < 0x80 ? strchr(t61_marks[i].letters, letter) : NULL;
		if (t61_marks[i].code != code || !at || !letter)
			continue;
		const char *p = t61_marks[i].with_mark;
		for (size_t skip = (size_t)(at - t61_marks[i].letters) + 1; skip; p++)
			skip -= (p[1] & 0xc0) != 0x80;
		const char *end = p--;
		while ((*p & 0xc0) == 0x80)
			p--;
		memcpy(to, p, (size_t)(end - p));
		return to + (end - p);
	}
	return put_utf8(put_utf8(to, letter), t61_high[code - 0xa0]);
}

static char *put_t61(char *to, const uint8_t *octets, size_t n)
{
	static const char absent[] = "#$\\^`{}~";

	for (size_t i = 0; i < n; i++) {
		const uint8_t c = octets[i];
		const bool mark = c > 0xc0 && c < 0xd0 && t61_high[c - 0xa0];
		if (mark && i + 1 < n)
			to = put_marked(to, c, octets[++i]);
		else if (c >= 0xa0)
			to = put_utf8(to, t61_high[c - 0xa0] && !mark ? t61_high[c - 0xa0] : REPLACEMENT);
		else
			to = put_utf8(to, !c || strchr(absent, c) ? REPLACEMENT : c);
	}
	return to;
}

/* Cut at the first NUL. */
static struct der_text terminated(const char *text, size_t n)
{
	return (struct der_text){ text, strnlen(text, n), false };
}

/* Whether anything but NULs stands behind the NUL at `from`. */
static bool has_stray(const uint8_t *octets, size_t from, size_t n)
{
	for (size_t i = from; i < n; i++)
		if (octets[i])
			return true;
	return false;
}

struct der_text der_text(struct dissection *d, unsigned kind, const uint8_t *octets, size_t n)
{
	static char *(*const readers[])(char *, const uint8_t *, size_t) = {
		[DER_TELETEX_STRING] = put_t61, [DER_UNIVERSAL_STRING] = put_universal, [DER_BMP_STRING] = put_bmp,
	};

	char *(*reader)(char *, const uint8_t *, size_t) = kind < sizeof readers / sizeof *readers ? readers[kind] : NULL;
	struct der_text result = terminated((const char *)octets, n);

	if (kind != DER_UTF8_STRING) {
		char *text = arena_alloc(d->arena, n * UTF8_LARGEST + 1);
		char *end = (reader ? reader : put_ascii)(text, octets, n);
		arena_shrink(d->arena, end);
		result = terminated(text, (size_t)(end - text));
	}
	result.stray = !reader && has_stray(octets, result.length, n);
	return result;
}

/* ---- times ---- */

static bool are_digits(const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (octets[i] < '0' || octets[i] > '9')
			return false;
	return true;
}

static unsigned number_of(const uint8_t *octets, size_t n)
{
	unsigned number = 0;

	for (size_t i = 0; i < n; i++)
		number = number * 10 + octets[i] - '0';
	return number;
}

#define MALFORMED_UTC "malformed UTCTime encoding, "

/* What is wrong with a UTCTime (X.680, 47.3), or NULL. */
static const char *wrong_utc(struct dissection *d, const uint8_t *octets, size_t n)
{
	enum { LEAST = 10, MOST = 19 };
	size_t zone = 10;

	if (n < LEAST || n > MOST)
		return text_of(d, "UTCTime invalid length: %u", (unsigned)n);
	if (!are_digits(octets, 10))
		return MALFORMED_UTC "first 10 octets have to contain YYMMDDhhmm in digits";
	if (n > zone && are_digits(octets + zone, 1) && n > 11) {
		if (!are_digits(octets + zone, 2))
			return MALFORMED_UTC "if 11th octet is a digit for seconds, the 12th octet has to be a digit, too";
		zone = 12;
	}
	const uint8_t c = n > zone ? octets[zone] : 0;
	if (c == 'Z')
		return n == zone + 1 ? NULL : MALFORMED_UTC "there must be no further octets after 'Z'";
	if (c == '+' || c == '-')
		return n == zone + 5 && are_digits(octets + zone + 1, 4)
			       ? NULL
			       : MALFORMED_UTC "4 digits must follow on '+' resp. '-'";
	return zone == 10 ? MALFORMED_UTC "unexpected character in 11th octet, must be 'Z', '+' or '-'"
	                  : MALFORMED_UTC "unexpected character in 13th octet, must be 'Z', '+' or '-'";
}

struct der_text der_utc_text(struct dissection *d, const uint8_t *octets, size_t n, const char **wrong)
{
	enum { SHOWN = 19 };
	const char *o = (const char *)octets;

	*wrong = wrong_utc(d, octets, n);
	if (*wrong)
		return terminated(o, n < SHOWN ? n : SHOWN);
	const bool seconds = are_digits(octets + 10, 1);
	const size_t zone = seconds ? 12 : 10;
	const char *text = text_of(d, "%s%.2s-%.2s-%.2s %.2s:%.2s%s%.*s (UTC%.*s)", octets[0] < '5' ? "20" : "19", o, o + 2,
	                           o + 4, o + 6, o + 8, seconds ? ":" : "", seconds ? 2 : 0, o + 10,
	                           octets[zone] == 'Z' ? 0 : 5, o + zone);
	return (struct der_text){ text, strlen(text), false };
}

/* Days from 1970-01-01 to a day of the proleptic Gregorian calendar. */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
	/* Years from March on, in eras of 400, so that the leap day comes last. */
	year -= month <= 2;
	const int64_t era = (year >= 0 ? year : year - 399) / 400;
	const int64_t of_era = year - era * 400;
	const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool is_day(unsigned year, unsigned month, unsigned day)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0);

	return month >= 1 && month <= 12 && day <= days[month - 1] + (leap ? 1u : 0u);
}

/* A fraction of a second: up to nine digits. */
static size_t read_fraction(const uint8_t *octets, size_t n, int32_t *nanoseconds)
{
	size_t digits = 0;

	while (digits < n && are_digits(octets + digits, 1))
		digits++;
	if (digits > 9)
		return n; /* more than can be shown: nothing of it is, nor of what follows */
	*nanoseconds = (int32_t)number_of(octets, digits);
	for (size_t i = digits; i < 9; i++)
		*nanoseconds *= 10;
	return digits;
}

bool der_generalized_time_value(const uint8_t *octets, size_t n, struct timestamp *time)
{
	unsigned second = 0;
	size_t at = 12;

	*time = (struct timestamp){ 0 };
	if (n < GENERALIZED_TIME_LEAST || !are_digits(octets, 12))
		return false;
	const unsigned year = number_of(octets, 4), month = number_of(octets + 4, 2), day = number_of(octets + 6, 2);
	const unsigned hour = number_of(octets + 8, 2), minute = number_of(octets + 10, 2);
	if (n >= 14 && are_digits(octets + at, 2)) {
		second = number_of(octets + at, 2);
		at += 2;
		if (at < n && (octets[at] == '.' || octets[at] == ',')) {
			at++;
			at += read_fraction(octets + at, n - at, &time->nanoseconds);
		}
	}
	if (!is_day(year, month, day) || hour > 23 || minute > 59 || second > 60)
		return false;
	int64_t minutes = (int64_t)hour * 60 + minute;
	if (at + 3 <= n && (octets[at] == '+' || octets[at] == '-') && are_digits(octets + at + 1, 2)) {
		int64_t offset = number_of(octets + at + 1, 2) * 60;
		if (at + 5 <= n && are_digits(octets + at + 3, 2))
			offset += number_of(octets + at + 3, 2);
		minutes -= octets[at] == '+' ? offset : -offset;
	}
	time->seconds = days_of(year, month, day) * 86400 + minutes * 60 + second;
	return true;
}
