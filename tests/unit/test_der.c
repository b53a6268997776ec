/* test_der.c: lengths, identifiers, strings and times of DER, and types that do not end. */

#include "bench.h"

#include <string.h>

#include "dissect/der.h"
#include "dissect/der_text.h"

enum { TOP, NUMBER, TEXT, WHEN, N_FIELDS };
static const struct field fields[N_FIELDS] = {
	[TOP]    = { "t", "Top", SUBTREE },
	[NUMBER] = { "t.number", "Number", INT32 },
	[TEXT]   = { "t.text", "Text", STRING },
	[WHEN]   = { "t.when", "When", ABSOLUTE_TIME },
};

static const struct der_member members[] = {
	{ &fields[NUMBER], &der_integer, EXPLICIT(0), OPTIONAL },
	{ &fields[TEXT], &der_utf8_string },
	{ &fields[WHEN], &der_generalized_time, IMPLICIT(1), OPTIONAL },
};
static const struct der_type type = DER_SEQUENCE_TYPE(members);

static void expect(const uint8_t *octets, size_t n, uint8_t wanted_state, const char *wanted)
{
	struct bench *b = bench_begin();
	struct der der = { .d = &b->d };
	struct wire w = wire_over(octets, (uint32_t)n, (uint32_t)n, 0);

	der_read(&der, &w, &type, &fields[TOP]);
	assert_int_equal(w.state, wanted_state);
	bench_expect(b, wanted);
}

#define EXPECT(octets, state, wanted) expect((const uint8_t *)(octets), sizeof(octets) - 1, state, wanted)

/* ---- lengths ---- */

static void header_of(const char *octets, size_t n, bool good, uint32_t length)
{
	struct wire w = wire_over((const uint8_t *)octets, (uint32_t)n, (uint32_t)n, 0);
	struct der_header header;

	assert_int_equal(der_header(&w, &header), good);
	if (good)
		assert_int_equal(header.length, length);
	else
		assert_int_equal(w.state, WIRE_MALFORMED);
}

#define HEADER(octets, good, length) header_of(octets, sizeof(octets) - 1, good, length)

static void lengths_are_short_long_or_found(void **state)
{
	(void)state;
	HEADER("\x30\x03", true, 3);
	HEADER("\x30\x81\x90", true, 0x90);
	HEADER("\x30\x84\x00\x01\x00\x00", true, 0x10000);
	HEADER("\x30\x85\x00\x00\x00\x00\x07", true, 7);
	HEADER("\x30\x84\xff\xff\xff\xff", false, 0);
	HEADER("\x30\xff\x00", false, 0);
	HEADER("\x30", false, 0);
	HEADER("\x3f\x81\x10\x02", true, 2);
	HEADER("\x30\x80\x02\x01\x05\x00\x00", true, 3);
	HEADER("\x30\x80\x30\x80\x04\x00\x00\x00\x00\x00", true, 6);
	HEADER("\x30\x80\x02\x01\x05\x00", false, 0);
}

/* Values of indefinite length within each other: looked through without recursion. */
static void open_values_without_end_are_refused(void **state)
{
	uint8_t octets[65536];
	(void)state;
	for (size_t i = 0; i < sizeof octets; i += 2)
		memcpy(octets + i, "\x30\x80", 2);
	header_of((const char *)octets, sizeof octets, false, 0);
}

/* ---- types ---- */

static void sequences_say_what_is_in_them(void **state)
{
	(void)state;
	EXPECT("\x30\x09\xa0\x03\x02\x01\xfb\x0c\x02hi", WIRE_GOOD, "Top\n    Number: -5\n    Text: hi\n\n");
	EXPECT("\x30\x80\x0c\x02hi\x00\x00", WIRE_GOOD, "Top\n    Text: hi\n\n");
	EXPECT("\x30\x00", WIRE_GOOD, "Top [0 length]\n\n");
	EXPECT("\x30\x13\x0c\x00\x81\x0f" "20200102030405Z", WIRE_GOOD,
	       "Top\n    Text: \n    When: Jan  2, 2020 03:04:05.000000000 UTC\n\n");
	EXPECT("\x30\x0e\x02\x0a\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0c\x00", WIRE_GOOD,
	       "Top\n"
	       "    BER Error: Wrong field in SEQUENCE: expected class:UNIVERSAL(0) tag:12(UTF8String) but found "
	       "class:UNIVERSAL(0) tag:2\n"
	       "        [Expert Info (Warning/Malformed): BER Error: Wrong field in SEQUENCE: expected class:UNIVERSAL(0) "
	       "tag:12(UTF8String) but found class:UNIVERSAL(0) tag:2]\n"
	       "            [BER Error: Wrong field in SEQUENCE: expected class:UNIVERSAL(0) tag:12(UTF8String) but found "
	       "class:UNIVERSAL(0) tag:2]\n"
	       "            [Severity level: Warning]\n"
	       "            [Group: Malformed]\n"
	       "    BER Error: This field lies beyond the end of the known sequence definition.\n"
	       "        [Expert Info (Warning/Malformed): BER Error: This field lies beyond the end of the known sequence "
	       "definition.]\n"
	       "            [BER Error: This field lies beyond the end of the known sequence definition.]\n"
	       "            [Severity level: Warning]\n"
	       "            [Group: Malformed]\n\n");
}

static void values_that_end_early_end_the_cursor(void **state)
{
	(void)state;
	EXPECT("\x30\x04\x0c\x06hi", WIRE_MALFORMED, "Top\n    Text: hi\n\n");
	EXPECT("\x30\x05\xa0\x08\x02\x01\x05", WIRE_MALFORMED, "Top\n    Number: 5\n\n");
	EXPECT("\x30", WIRE_MALFORMED, "\n");
}

static const struct der_type nest;
static const struct der_member nest_members[] = { { NULL, &nest, OPTIONAL } };
static const struct der_type nest = DER_SEQUENCE_TYPE(nest_members);

static void nesting_has_a_limit(void **state)
{
	enum { LEVELS = 20000 };
	uint8_t *octets = malloc(6 * LEVELS), *at = octets + 6 * LEVELS;
	(void)state;
	for (size_t n = 0; at - octets >= 6; n += 6) {
		at -= 6;
		memcpy(at, (uint8_t[]){ 0x30, 0x84, (uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n }, 6);
	}
	struct bench *b = bench_begin();
	struct wire w = wire_over(octets, 6 * LEVELS, 6 * LEVELS, 0);
	struct der der = { .d = &b->d };
	assert_true(der_read(&der, &w, &nest, &fields[TOP]));
	assert_int_equal(w.state, WIRE_GOOD);
	assert_int_equal(w.at, 6 * LEVELS);
	assert_int_equal(der.nesting, 0);
	bench_end(b);
	free(octets);
}

/* ---- identifiers ---- */

static void oid_of(const char *octets, size_t n, const char *text, const char *name)
{
	struct bench *b = bench_begin();
	struct oid oid;

	oid_read(&oid, (const uint8_t *)octets, n);
	assert_string_equal(oid.text, text);
	assert_string_equal(oid_name(&b->d, &oid), name);
	bench_end(b);
}

#define OID(octets, text, name) oid_of(octets, sizeof(octets) - 1, text, name)

static void identifiers_have_names_or_begin_with_one(void **state)
{
	(void)state;
	OID("\x55\x04\x03", "2.5.4.3", "id-at-commonName");
	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", "1.2.840.113549.1.1.11", "sha256WithRSAEncryption");
	OID("\x60\x86\x48\x01\x65\x03\x04\x03\x11", "2.16.840.1.101.3.4.3.17", "sigAlgs.17");
	OID("\x2a\x03\x04", "1.2.3.4", "iso.2.3.4");
	OID("\x88\x37\x03", "2.999.3", "joint-iso-itu-t.999.3");
	OID("\x00", "0.0", "itu-t.0");
	OID("\x2a\x8f\xff\xff\xff\x7f", "1.2.4294967295", "iso.2.4294967295");
	OID("\x2a\x90\x80\x80\x80\x00", "", "*** Malformed OID ***");
	OID("\x2a\x83\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "", "*** Malformed OID ***");
	OID("\x2a\x83", "1.2", "iso.2");
	OID("", "", "*** Malformed OID ***");
}

static void long_identifiers_are_cut(void **state)
{
	uint8_t octets[4096];
	struct oid oid;
	(void)state;
	for (size_t i = 0; i < sizeof octets; i += 2)
		memcpy(octets + i, "\x87\x68", 2);
	oid_read(&oid, octets, sizeof octets);
	assert_in_range(strlen(oid.text), OID_TEXT - 48, OID_TEXT - 1);
}

static void tables_of_syntaxes_rise(void **state)
{
	(void)state;
	for (const struct der_syntaxes *const *table = der_syntaxes; *table; table++)
		for (size_t i = 1; i < (*table)->count; i++)
			if (strcmp((*table)->rows[i - 1].oid, (*table)->rows[i].oid) >= 0)
				fail_msg("%s does not rise", (*table)->rows[i].oid);
	for (const struct der_syntaxes *const *table = der_syntaxes; *table; table++)
		for (size_t i = 0; i < (*table)->count; i++)
			assert_non_null(oid_known((*table)->rows[i].oid, strlen((*table)->rows[i].oid)));
}

/* ---- strings and times ---- */

static void text_of_string(unsigned kind, const char *octets, size_t n, const char *wanted, bool stray)
{
	struct bench *b = bench_begin();
	struct der_text text = der_text(&b->d, kind, (const uint8_t *)octets, n);

	assert_int_equal(text.length, strlen(wanted));
	assert_memory_equal(text.octets, wanted, text.length);
	assert_int_equal(text.stray, stray);
	bench_end(b);
}

#define STRING_IS(kind, octets, wanted, stray) text_of_string(kind, octets, sizeof(octets) - 1, wanted, stray)

static void strings_become_utf8(void **state)
{
	(void)state;
	STRING_IS(DER_UTF8_STRING, "Z\xc3\xbcrich", "Z\xc3\xbcrich", false);
	STRING_IS(DER_PRINTABLE_STRING, "a\xe9", "a\xef\xbf\xbd", false);
	STRING_IS(DER_IA5_STRING, "a\0b", "a", true);
	STRING_IS(DER_IA5_STRING, "a\0\0", "a", false);
	STRING_IS(DER_BMP_STRING, "\0a\x20\xac\xd8\0\0", "a\xe2\x82\xac\xef\xbf\xbd", false);
	STRING_IS(DER_UNIVERSAL_STRING, "\0\0\0a\0\1\xf6\0\xff\0\0\0", "a\xf0\x9f\x98\x80\xef\xbf\xbd", false);
	STRING_IS(DER_TELETEX_STRING, "M\xc8uller \xe9\xc0", "M\xc3\xbcller \xc3\x98\xef\xbf\xbd", false);
	STRING_IS(DER_TELETEX_STRING, "\xc2q\xc8", "q\xcc\x81\xef\xbf\xbd", false);
	STRING_IS(DER_TELETEX_STRING, "", "", false);
}

static void utc_is(const char *octets, const char *wanted, bool good)
{
	struct bench *b = bench_begin();
	const char *wrong;
	struct der_text text = der_utc_text(&b->d, (const uint8_t *)octets, strlen(octets), &wrong);

	assert_int_equal(text.length, strlen(wanted));
	assert_memory_equal(text.octets, wanted, text.length);
	assert_int_equal(wrong == NULL, good);
	bench_end(b);
}

static void utc_times_have_a_century(void **state)
{
	(void)state;
	utc_is("491231235959Z", "2049-12-31 23:59:59 (UTC)", true);
	utc_is("500101000000Z", "1950-01-01 00:00:00 (UTC)", true);
	utc_is("2001020304Z", "2020-01-02 03:04 (UTC)", true);
	utc_is("200102030405+0130", "2020-01-02 03:04:05 (UTC+0130)", true);
	utc_is("200102030405", "200102030405", false);
	utc_is("2020", "2020", false);
	utc_is("20010203040506070809", "2001020304050607080", false);
}

static void general_is(const char *octets, bool good, int64_t seconds, int32_t nanoseconds)
{
	struct timestamp time;

	assert_int_equal(der_generalized_time_value((const uint8_t *)octets, strlen(octets), &time), good);
	if (!good)
		return;
	assert_int_equal(time.seconds, seconds);
	assert_int_equal(time.nanoseconds, nanoseconds);
}

static void generalized_times_are_points_in_time(void **state)
{
	(void)state;
	general_is("19700101000000Z", true, 0, 0);
	general_is("20200229123456.25Z", true, 1582979696, 250000000);
	general_is("19691231235959Z", true, -1, 0);
	general_is("20200101013000+0130", true, 1577836800, 0);
	general_is("202001010000Z", true, 1577836800, 0);
	general_is("20190229000000Z", false, 0, 0);
	general_is("20201301000000Z", false, 0, 0);
	general_is("20200101240000Z", false, 0, 0);
	general_is("2020010100", false, 0, 0);
	general_is("", false, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_are_short_long_or_found),
		cmocka_unit_test(open_values_without_end_are_refused),
		cmocka_unit_test(sequences_say_what_is_in_them),
		cmocka_unit_test(values_that_end_early_end_the_cursor),
		cmocka_unit_test(nesting_has_a_limit),
		cmocka_unit_test(identifiers_have_names_or_begin_with_one),
		cmocka_unit_test(long_identifiers_are_cut),
		cmocka_unit_test(tables_of_syntaxes_rise),
		cmocka_unit_test(strings_become_utf8),
		cmocka_unit_test(utc_times_have_a_century),
		cmocka_unit_test(generalized_times_are_points_in_time),
	};
	return cmocka_run_group_tests_name("der", tests, NULL, NULL);
}
