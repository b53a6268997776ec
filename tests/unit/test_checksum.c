/* test_checksum.c: the Internet checksum, and the texts that lean on exact rounding. */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/checksum.h"
#include "dissect/text.h"

/* Word by word, as RFC 1071 defines it. */
static uint16_t plain_sum(uint16_t start, const uint8_t *octets, size_t n)
{
	uint32_t sum = start;

	for (size_t i = 0; i < n; i += 2) {
		sum += (uint32_t)octets[i] << 8 | (i + 1 < n ? octets[i + 1] : 0);
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return (uint16_t)sum;
}

static void sums_the_rfc_example(void **state)
{
	static const uint8_t octets[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7 };
	(void)state;
	assert_int_equal(checksum_add(0, octets, sizeof octets), 0xddf2);
}

static void sums_as_the_definition_does(void **state)
{
	uint8_t octets[203];
	uint32_t random = 1;
	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		for (unsigned i = 0; i < sizeof octets; i++)
			octets[i] = round % 3 == 0 ? 0xff : (uint8_t)((random = random * 1103515245 + 12345) >> 16);
		size_t n = round % sizeof octets;
		uint16_t start = (uint16_t)(random >> 8);
		assert_int_equal(checksum_add(start, octets, n), plain_sum(start, octets, n));
	}
}

static void an_echo_request_checks(void **state)
{
	uint8_t echo[] = { 8, 0, 0xf7, 0xfc, 0, 1, 0, 2 };
	(void)state;
	assert_int_equal(checksum_add(0, echo, sizeof echo), CHECKSUM_GOOD);
	echo[7] = 3;
	assert_int_equal(checksum_expected(checksum_add(0, echo, sizeof echo), 0xf7fc), 0xf7fb);
}

static void a_pseudo_header_is_summed(void **state)
{
	static const uint8_t a[] = { 10, 0, 0, 1 }, b[] = { 10, 0, 0, 2 };
	struct address from = address_of(ADDRESS_IPV4, a), to = address_of(ADDRESS_IPV4, b);
	static const uint8_t whole[] = { 10, 0, 0, 1, 10, 0, 0, 2, 0, 17, 0, 8 };
	(void)state;
	assert_int_equal(checksum_pseudo_header(&from, &to, 17, 8), checksum_add(0, whole, sizeof whole));
}

static void fixed_rounds_as_printf_does(void **state)
{
	static const double values[] = { 0, 0.0005, 0.0015, 0.0625, 0.1875, 1.2345, 2.5, 999.9995, 1e-9, -0.25, 400000, 1234567.8905 };
	(void)state;
	for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
		for (unsigned decimals = 0; decimals <= 6; decimals++) {
			char ours[FIXED_LARGEST + 1], libc[64];
			*put_fixed(ours, values[i], decimals) = 0;
			snprintf(libc, sizeof libc, "%.*f", (int)decimals, values[i]);
			assert_string_equal(ours, libc);
		}
	}
}

static void durations_name_their_units(void **state)
{
	static const struct {
		uint64_t milliseconds;
		const char *text;
	} rows[] = {
		{ 0, "0 seconds" },
		{ 1, "0.001 seconds" },
		{ 1000, "1 second" },
		{ 61000, "1 minute, 1 second" },
		{ 3600001, "1 hour, 0.001 seconds" },
		{ 90061001, "1 day, 1 hour, 1 minute, 1.001 seconds" },
	};
	char text[96];
	(void)state;
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		*put_duration(text, rows[i].milliseconds) = 0;
		assert_string_equal(text, rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_the_rfc_example),
		cmocka_unit_test(sums_as_the_definition_does),
		cmocka_unit_test(an_echo_request_checks),
		cmocka_unit_test(a_pseudo_header_is_summed),
		cmocka_unit_test(fixed_rounds_as_printf_does),
		cmocka_unit_test(durations_name_their_units),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
