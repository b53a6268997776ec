/* test_http.c: where lines, heads and chunked bodies of HTTP/1.x end. */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "dissect/http.h"

static const uint8_t *octets(const char *text)
{
	return (const uint8_t *)text;
}

static uint32_t length(const char *text)
{
	return (uint32_t)strlen(text);
}

static void ends_lines(void **state)
{
	static const struct {
		const char *text;
		uint32_t length, whole;
		bool is_open;
	} cases[] = {
		{ "a\r\nb", 1, 3, false }, { "a\nb", 1, 2, false }, { "a\rb", 1, 2, false },
		{ "\r\n", 0, 2, false },   { "", 0, 0, true },      { "abc", 3, 3, true },
		{ "abc\r", 3, 4, true }, /* a line feed may follow */
	};
	(void)state;
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct http_line line = http_line_at(octets(cases[i].text), length(cases[i].text));
		assert_int_equal(line.length, cases[i].length);
		assert_int_equal(line.whole, cases[i].whole);
		assert_int_equal(line.is_open, cases[i].is_open);
	}
}

static void tells_start_lines(void **state)
{
	static const struct {
		const char *text;
		enum http_kind kind;
	} cases[] = {
		{ "GET / HTTP/1.1", HTTP_REQUEST },       { "GET", HTTP_REQUEST },         { "get / HTTP/1.1", HTTP_OTHER },
		{ "GETX / HTTP/1.1", HTTP_OTHER },        { "GE", HTTP_OTHER },            { "", HTTP_OTHER },
		{ "VERSION-CONTROL / x", HTTP_REQUEST },  { "BASELINE-CONTROL", HTTP_REQUEST },
		{ "NOTIFY * HTTP/1.1", HTTP_NOTIFICATION }, { "HTTP/1.1 200 OK", HTTP_RESPONSE },
		{ "HTTP 200", HTTP_OTHER },               { "ICY 200 OK", HTTP_RESPONSE },
	};
	(void)state;
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(http_kind_of(octets(cases[i].text), length(cases[i].text)), cases[i].kind);
}

static void splits_fields(void **state)
{
	const char text[] = "Name: \t a: b \t\r\n";
	const struct http_line line = http_line_at(octets(text), length(text));
	const struct http_line bare = http_line_at(octets("no colon\n"), 9);
	struct http_text name, value;
	(void)state;
	assert_true(http_split_field(&line, &name, &value));
	assert_true(http_is(name, "name"));
	assert_int_equal(value.length, 4);
	assert_memory_equal(value.at, "a: b", 4);
	assert_false(http_split_field(&bare, &name, &value));
}

static void ends_heads(void **state)
{
	const char whole[] = "HTTP/1.1 206 x\r\nContent-Length: 7\r\nA: b\r\n\r\nbody";
	const struct http_head head = http_read_head(octets(whole), length(whole));
	(void)state;
	assert_int_equal(head.length, length(whole) - 4);
	assert_int_equal(head.status, 206);
	assert_true(head.has_content_length);
	assert_int_equal(head.content_length, 7);
	assert_false(head.is_chunked);
	for (uint32_t n = 0; n < head.length; n++)
		assert_int_equal(http_read_head(octets(whole), n).length, 0);
}

static void reads_lengths(void **state)
{
	static const struct {
		const char *field;
		bool has_length, is_chunked;
	} cases[] = {
		{ "content-length:5 ", true, false },       { "Content-Length: 5x", false, false },
		{ "Content-Length: -1", false, false },     { "Content-Length: 99999999999", false, false },
		{ "Content-Length: 18446744073709551617", false, false }, { "Content-Length :5", false, false },
		{ "Transfer-Encoding: Chunked", false, true }, { "Transfer-Encoding: gzip, chunked", false, false },
	};
	char text[128];
	(void)state;
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		const int n = snprintf(text, sizeof text, "POST / HTTP/1.1\r\n%s\r\n\r\n", cases[i].field);
		const struct http_head head = http_read_head(octets(text), (uint32_t)n);
		assert_int_equal(head.length, n);
		assert_int_equal(head.has_content_length, cases[i].has_length);
		assert_int_equal(head.is_chunked, cases[i].is_chunked);
	}
}

static void measures_chunks(void **state)
{
	static const struct {
		const char *text;
		uint32_t missing;
	} cases[] = {
		{ "", 1 },                          { "5", 1 },                { "5\r\n", 7 },
		{ "5\r\nabc", 4 },                  { "5\r\nabcde\r\n", 1 },   { "5\r\nabcde\r\n0\r\n", 2 },
		{ "5\r\nabcde\r\n0\r\n\r\n", 0 },   { "a;x=y\r\n", 12 },       { "0x5\r\nabcde\r\n0\r\n\r\n", 0 },
		{ "\r\nabc", 0 },                   { "FFFFFFFF\r\nabc", 0 },  { "-5\r\nabc", 0 },
		{ "7FFFFFFF\r\n", 0x80000001u },    { "5\r\nabcde\r\n0\r\nA: b\r\n\r\n", 0 },
	};
	(void)state;
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(http_chunks_missing(octets(cases[i].text), length(cases[i].text)), cases[i].missing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_lines),   cmocka_unit_test(tells_start_lines), cmocka_unit_test(splits_fields),
		cmocka_unit_test(ends_heads),   cmocka_unit_test(reads_lengths),     cmocka_unit_test(measures_chunks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
