/* test_base.c: cursor, arena, map, text, time. */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"
#include "dissect/map.h"
#include "dissect/text.h"
#include "dissect/wire.h"

/* ---- wire ---- */

static const uint8_t octets[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

static void cursor_reads_in_network_order(void **state)
{
	struct wire w = wire_over(octets, 10, 10, 0);
	(void)state;
	assert_int_equal(wire_u8(&w), 0x01);
	assert_int_equal(wire_u16(&w), 0x0203);
	assert_int_equal(wire_u24(&w), 0x040506);
	assert_int_equal(wire_u32(&w), 0x0708090a);
	assert_int_equal(wire_left(&w), 0);
	assert_int_equal(w.state, WIRE_GOOD);
}

static void cursor_stays_ended(void **state)
{
	struct wire w = wire_over(octets, 3, 3, 0);
	(void)state;
	assert_int_equal(wire_u16(&w), 0x0102);
	assert_int_equal(wire_u16(&w), 0);
	assert_int_equal(w.state, WIRE_MALFORMED);
	assert_int_equal(wire_u8(&w), 0); /* there is one, but the cursor has ended */
	assert_false(wire_more(&w));
	assert_int_equal(wire_left(&w), 0);
}

static void cursor_says_what_ended_it(void **state)
{
	struct wire cut = wire_over(octets, 4, 10, 0);
	(void)state;
	wire_skip(&cut, 6);
	assert_int_equal(cut.state, WIRE_CUT);

	struct wire beyond = wire_over(octets, 4, 10, 0);
	wire_skip(&beyond, 11);
	assert_int_equal(beyond.state, WIRE_MALFORMED);

	struct wire whole = wire_over(octets, 10, 10, 0);
	struct wire part = wire_part(&whole, 4);
	wire_skip(&part, 5);
	assert_int_equal(part.state, WIRE_MALFORMED);
	part = wire_part(&whole, 20);
	wire_skip(&part, 11);
	assert_int_equal(part.state, WIRE_OVERRUN);
	part = wire_part(&whole, 20);
	wire_skip(&part, 21);
	assert_int_equal(part.state, WIRE_MALFORMED);

	struct wire fragment = wire_over(octets, 4, 4, 0);
	fragment.fragment = true;
	wire_u64(&fragment);
	assert_int_equal(fragment.state, WIRE_UNREASSEMBLED);
}

static void parts_end_where_they_were_cut(void **state)
{
	struct wire w = wire_over(octets, 10, 10, 0);
	(void)state;
	struct wire part = wire_take(&w, 4);
	assert_int_equal(wire_left(&part), 4);
	assert_int_equal(wire_u8(&w), 5);
	assert_int_equal(wire_u32(&part), 0x01020304);
	assert_false(wire_more(&part));
	struct wire rest = wire_take(&w, 1000);
	assert_int_equal(wire_left(&rest), 5);
	wire_skip(&rest, 6);
	wire_join(&w, &rest);
	assert_int_equal(w.state, WIRE_OVERRUN); /* it claimed to have more */
}

static void huge_lengths_do_not_wrap(void **state)
{
	struct wire w = wire_over(octets, 10, 10, 0);
	(void)state;
	wire_skip(&w, 8);
	assert_null(wire_bytes(&w, UINT32_MAX));
	assert_int_equal(w.state, WIRE_MALFORMED);
	struct wire v = wire_over(octets, 10, 10, 0);
	wire_skip(&v, 8);
	struct wire part = wire_part(&v, UINT32_MAX);
	assert_int_equal(wire_left(&part), 2);
}

/* ---- arena ---- */

static void arena_gives_aligned_pieces(void **state)
{
	struct arena arena = { 0 };
	(void)state;
	for (size_t n = 1; n < 100000; n = n * 3 + 1) {
		char *p = arena_alloc(&arena, n);
		assert_int_equal((uintptr_t)p % 8, 0);
		memset(p, 0xa5, n);
	}
	arena_reset(&arena);
	assert_non_null(arena_alloc(&arena, 10));
	arena_free(&arena);
}

static void arena_extends_in_place(void **state)
{
	struct arena arena = { 0 };
	(void)state;
	char *p = arena_copy(&arena, "abc", 3);
	char *q = arena_extend(&arena, p, 3, 100);
	assert_ptr_equal(p, q);
	arena_alloc(&arena, 1);
	char *r = arena_extend(&arena, q, 103, 1);
	assert_ptr_not_equal(q, r);
	assert_memory_equal(r, "abc", 3);
	arena_free(&arena);
}

/* ---- map ---- */

static void map_finds_what_was_put(void **state)
{
	struct map map;
	(void)state;
	map_init(&map, sizeof(uint32_t), sizeof(uint64_t));
	assert_null(map_get(&map, &(uint32_t){ 1 }));
	for (uint32_t i = 0; i < 100000; i++) {
		bool is_new;
		uint64_t *value = map_put(&map, &i, &is_new);
		assert_true(is_new);
		assert_int_equal(*value, 0);
		*value = (uint64_t)i * i;
	}
	for (uint32_t i = 0; i < 100000; i++) {
		assert_int_equal(*(uint64_t *)map_get(&map, &i), (uint64_t)i * i);
		assert_int_equal(*(const uint32_t *)map_key(&map, i), i);
	}
	assert_null(map_get(&map, &(uint32_t){ 100000 }));
	map_free(&map);
}

static void map_values_do_not_move(void **state)
{
	struct map map;
	bool is_new;
	(void)state;
	map_init(&map, sizeof(uint32_t), sizeof(uint32_t));
	uint32_t *first = map_put(&map, &(uint32_t){ 7 }, &is_new);
	*first = 42;
	for (uint32_t i = 100; i < 10000; i++)
		map_put(&map, &i, &is_new);
	assert_ptr_equal(first, map_get(&map, &(uint32_t){ 7 }));
	assert_int_equal(*first, 42);
	map_free(&map);
}

static void map_forgets_what_was_removed(void **state)
{
	struct map map;
	bool is_new;
	(void)state;
	map_init(&map, sizeof(uint32_t), sizeof(uint32_t));
	for (uint32_t round = 0; round < 1000; round++) {
		for (uint32_t i = 0; i < 20; i++)
			map_put(&map, &i, &is_new);
		for (uint32_t i = 0; i < 20; i++)
			map_remove(&map, &i);
		assert_null(map_get(&map, &(uint32_t){ 3 }));
	}
	assert_true(map.slots <= 4096); /* removed slots are used again */
	map_free(&map);
}

/* ---- text ---- */

#define ASSERT_PUT(wanted, call)                                                                            \
	do {                                                                                                \
		char text[256];                                                                             \
		char *to = text;                                                                            \
		*(call) = 0;                                                                                \
		assert_string_equal(text, wanted);                                                          \
	} while (0)

static void numbers_read_as_printf_writes_them(void **state)
{
	static const uint64_t values[] = { 0, 1, 9, 10, 99, 100, 101, 999, 1000, 65535, 4294967295u, 10000000000u, UINT64_MAX };
	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char wanted[64];
		snprintf(wanted, sizeof wanted, "%llu", (unsigned long long)values[i]);
		ASSERT_PUT(wanted, put_decimal(to, values[i]));
		snprintf(wanted, sizeof wanted, "%lld", (long long)values[i]);
		ASSERT_PUT(wanted, put_signed(to, (int64_t)values[i]));
		for (unsigned digits = 1; digits <= 8; digits++) {
			snprintf(wanted, sizeof wanted, "%0*llx", (int)digits, (unsigned long long)values[i]);
			ASSERT_PUT(wanted, put_hex(to, values[i], digits));
		}
	}
}

static void addresses_read_as_their_rfcs_say(void **state)
{
	static const struct {
		uint8_t octets[16];
		const char *text;
	} rows[] = {
		{ { 0 }, "::" },
		{ { [15] = 1 }, "::1" },
		{ { 0x20, 1, 0xd, 0xb8, [15] = 1 }, "2001:db8::1" },
		/* RFC 5952, section 4.2.2: one zero group is not shortened. */
		{ { 0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 }, "2001:db8:0:1:1:1:1:1" },
		/* 4.2.3: the longest run; of equal ones the first. */
		{ { 0x20, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1 }, "2001:0:0:1::1" },
		{ { 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1 }, "2001:db8::1:0:0:1" },
		{ { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1 }, "::ffff:192.0.2.1" },
		{ { 0xfe, 0x80 }, "fe80::" },
		{ { 0xff, 2, [15] = 0xfb }, "ff02::fb" },
		{ { 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8 }, "1:2:3:4:5:6:7:8" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ASSERT_PUT(rows[i].text, put_ipv6(to, rows[i].octets));
	ASSERT_PUT("0.0.0.0", put_ipv4(to, 0));
	ASSERT_PUT("192.0.2.255", put_ipv4(to, 0xc00002ff));
	ASSERT_PUT("10.9.100.1", put_ipv4(to, 0x0a096401));
	ASSERT_PUT("01:02:03:04:05:06", put_mac(to, octets));
}

static void hostile_octets_are_escaped(void **state)
{
	(void)state;
	ASSERT_PUT("a\\nb\\033[31m\\000", put_escaped(to, "a\nb\033[31m\0", 9));
	ASSERT_PUT("\xc3\xa9", put_escaped(to, "\xc3\xa9", 2));
	ASSERT_PUT("\xef\xbf\xbd\xef\xbf\xbd", put_escaped(to, "\xff\xfe", 2));
	ASSERT_PUT("\\u009B", put_escaped(to, "\xc2\x9b", 2));              /* CSI, a C1 control */
	ASSERT_PUT("\\u0000", put_escaped(to, "\xc0\x80", 2));               /* overlong */
	ASSERT_PUT("\xef\xbf\xbd", put_escaped(to, "\xe2", 1));             /* cut */
}

static void formatter_agrees_with_printf(void **state)
{
	char ours[128], theirs[128];
	(void)state;
#define AGREE(...)                                                                                          \
	do {                                                                                                \
		size_t n = text_format(ours, sizeof ours, __VA_ARGS__);                                     \
		ours[n] = 0;                                                                                \
		assert_int_equal(n, snprintf(theirs, sizeof theirs, __VA_ARGS__));                          \
		assert_string_equal(ours, theirs);                                                          \
	} while (0)
	AGREE("plain");
	AGREE("%u %d %x %X %o", 12u, -34, 0xbeefu, 0xbeefu, 8u);
	AGREE("%5u|%-5u|%05u|%05d", 12u, 12u, 12u, -12);
	AGREE("%08lx %lu %ld", 0xabcdeful, 1234567890123ul, -5l);
	AGREE("%s|%10s|%-10s|%.3s|%.*s", "abc", "abc", "abc", "abcdef", 2, "xyz");
	AGREE("%c%%%c", 'a', 'b');
	AGREE("%hhu %hu", (unsigned char)200, (unsigned short)60000);
}

static void formatter_stops_at_its_room(void **state)
{
	char text[8] = "zzzzzzz";
	(void)state;
	assert_int_equal(text_format(text, 4, "%s-%u", "abc", 12345u), 9);
	assert_memory_equal(text, "abc-zzz", 7);
	assert_int_equal(text_format(text, 0, "%u", 1u), 1);
}

static void formatter_escapes_strings(void **state)
{
	char text[64];
	(void)state;
	size_t n = text_format(text, sizeof text, "<%s>", "a\033]0;x\a");
	text[n] = 0;
	assert_string_equal(text, "<a\\033]0;x\\a>");
}

/* ---- time ---- */

static void dates_are_gregorian(void **state)
{
	(void)state;
	ASSERT_PUT("Jan  1, 1970 00:00:00.000000000 UTC", put_date(to, (struct timestamp){ 0, 0 }));
	ASSERT_PUT("Feb 29, 2000 12:34:56.000000001 UTC", put_date(to, (struct timestamp){ 951827696, 1 }));
	ASSERT_PUT("Dec 31, 1969 23:59:59.500000000 UTC", put_date(to, (struct timestamp){ -1, 500000000 }));
	ASSERT_PUT("Sep  9, 2020 21:24:12.555538000 UTC", put_date(to, (struct timestamp){ 1599686652, 555538000 }));
	assert_int_equal(civil_from_seconds(1599686652).weekday, 3);
	assert_int_equal(civil_from_seconds(951827696).day_of_year, 60);
}

static void spans_have_one_sign(void **state)
{
	struct timestamp a = { 10, 100 }, b = { 9, 999999999 };
	(void)state;
	struct timestamp forward = timestamp_span(a, b), back = timestamp_span(b, a);
	assert_int_equal(forward.seconds, 0);
	assert_int_equal(forward.nanoseconds, 101);
	assert_int_equal(back.seconds, 0);
	assert_int_equal(back.nanoseconds, -101);
	ASSERT_PUT("-0.000000101", put_span(to, back));
	assert_true(timestamp_compare(a, b) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cursor_reads_in_network_order),
		cmocka_unit_test(cursor_stays_ended),
		cmocka_unit_test(cursor_says_what_ended_it),
		cmocka_unit_test(parts_end_where_they_were_cut),
		cmocka_unit_test(huge_lengths_do_not_wrap),
		cmocka_unit_test(arena_gives_aligned_pieces),
		cmocka_unit_test(arena_extends_in_place),
		cmocka_unit_test(map_finds_what_was_put),
		cmocka_unit_test(map_values_do_not_move),
		cmocka_unit_test(map_forgets_what_was_removed),
		cmocka_unit_test(numbers_read_as_printf_writes_them),
		cmocka_unit_test(addresses_read_as_their_rfcs_say),
		cmocka_unit_test(hostile_octets_are_escaped),
		cmocka_unit_test(formatter_agrees_with_printf),
		cmocka_unit_test(formatter_stops_at_its_room),
		cmocka_unit_test(formatter_escapes_strings),
		cmocka_unit_test(dates_are_gregorian),
		cmocka_unit_test(spans_have_one_sign),
	};
	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
