/* test_filter.c: which display filters compile, and what is said of those that do not. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dissect/arena.h"
#include "dissect/field_set.h"
#include "dissect/filter.h"

static void compiles(void **state)
{
	static const char *const expressions[] = {
		"tcp", "!tcp", "not (tcp or udp) and ip", "tcp.port == 80", "ip.addr#[-1] == 10.0.0.0/8", "tcp[2:2] == 00:50",
		"tcp[0:4][0] == 1", "ip.src in {10.0.0.1, 10.0.0.4..10.0.0.9}", "tcp.port not in {80..90}", "any tcp.port != 80",
		"frame.number == {1 + 2} * 3", "frame.number & 3 == 1", "max(tcp.srcport, 3) == 80", ".tcp.port == 80", "ip.src == ${ip.src}", "{tcp.seq + 1} == tcp.ack", "tcp[0:2] == ip.src",
		"-frame.number < 0", "x509af.algorithm.id == 1.2.840.113549.1.1.11", "frame.time > \"2020-1-1T0:00+01\"",
		"http.host matches r\"^www\\.\"", "http.host contains \"a\\x62\"", "frame.time > \"2020-01-01 00:00:00.5 UTC\"",
		"tcp.flags.syn == True", "frame.len < ip.len < 100", "eth.src[0:3] == 00-11-22", "_ws.col.info contains \"GET\"",
	};
	(void)state;

	for (unsigned i = 0; i < sizeof expressions / sizeof *expressions; i++) {
		struct filter_error error;
		struct filter *filter = filter_compile(expressions[i], &error);
		if (!filter)
			fail_msg("%s: %s", expressions[i], error.text);
		filter_free(filter);
	}
}

/* What is wrong stands where the error says; a part of what it says. */
static void says_what_is_wrong(void **state)
{
	static const struct {
		const char *expression, *culprit, *text;
	} wrong[] = {
		{ "tcp.prot == 1", "tcp.prot", "near it: tcp.port" },
		{ "tcp.port == 80a", "80a", "not a number" },
		{ "tcp.port == 70000", "70000", "65535 at most" },
		{ "tcp.port == \"80\"", "\"80\"", "not a number" },
		{ "ip.src == 10.0.0.0/33", "10.0.0.0/33", "32 at most" },
		{ "eth.src == 00:11", "00:11", "2 octets, where this field has 6" },
		{ "tcp.port == ip.src", "tcp.port == ip.src", "cannot be compared" },
		{ "tcp.port matches \"8\"", "tcp.port", "cannot be searched" },
		{ "http.host matches \"(\"", "\"(\"", "regular expression" },
		{ "http.host == \"\\q\"", "\\q", "escaped" },
		{ "http.host == \"abc", "\"abc", "quote" },
		{ "tcp udp", "udp", "not expected" },
		{ "80 == tcp.port", "80", "neither a field" },
		{ "foo(tcp)", "foo", "no function" },
		{ "tcp[3-2] == 1", "3-2", "no slice" },
		{ "tcp.port[0] == 1", "tcp.port", "no octets" },
		{ "tcp ^ udp", "^", "means nothing" },
		{ "(tcp", "", "ends where more of it is expected" },
		{ "", "", "ends" },
	};
	(void)state;

	for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		const char *expression = wrong[i].expression;
		struct filter_error error;
		struct filter *filter = filter_compile(expression, &error);
		if (filter)
			fail_msg("%s compiles", expression);
		if (!strstr(error.text, wrong[i].text))
			fail_msg("%s: %s", expression, error.text);
		if (error.length != strlen(wrong[i].culprit) || strncmp(expression + error.at, wrong[i].culprit, error.length))
			fail_msg("%s: blames %.*s", expression, (int)error.length, expression + error.at);
	}
}

/* Long lists do not descend; parentheses and sums have a limit, and say so. */
static void is_bounded(void **state)
{
	enum { PARTS = 4000, DEEP = 5000 };
	char *text = must_alloc(DEEP * 16), *to = text;
	struct filter_error error;
	(void)state;

	for (unsigned i = 0; i < PARTS; i++)
		to += sprintf(to, "%s%s", i ? " || " : "", i % 2 ? "udp" : "!tcp");
	struct filter *filter = filter_compile(text, &error);
	assert_non_null(filter);
	filter_free(filter);

	memset(text, '(', DEEP);
	strcpy(text + DEEP, "tcp");
	assert_null(filter_compile(text, &error));
	assert_non_null(strstr(error.text, "too deep"));

	to = text + sprintf(text, "frame.len == 1");
	for (unsigned i = 0; i < DEEP; i++)
		to += sprintf(to, " + 1");
	assert_null(filter_compile(text, &error));
	assert_non_null(strstr(error.text, "too long"));
	free(text);
}

static void knows_what_it_asks_for(void **state)
{
	struct filter_error error;
	struct filter *filter = filter_compile("ip.addr == 10.0.0.1", &error);
	(void)state;

	assert_int_equal(filter_fields(filter)->count > 1, true); /* ip.src and ip.dst, wherever they are declared */
	assert_false(filter_needs_columns(filter));
	filter_free(filter);
	filter = filter_compile("_ws.col.protocol == \"DNS\"", &error);
	assert_int_equal(filter_fields(filter)->count, 0);
	assert_true(filter_needs_columns(filter));
	filter_free(filter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compiles), cmocka_unit_test(says_what_is_wrong), cmocka_unit_test(is_bounded),
		cmocka_unit_test(knows_what_it_asks_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
