/* test_mptcp.c: what a key stands for, data sequence numbers, and which streams are one connection. */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "dissect/mptcp.h"

/* RFC 6824, section 3.1 and 3.2: token and IDSN are the first 32 and the last 64 bits of the key's SHA-1. */
static void version_0_hashes_with_sha_1(void **state)
{
	(void)state;
	struct mptcp_names names = mptcp_names_of(0x1122334455667788, 0);
	assert_int_equal(names.token, 3183496201u);
	assert_true(names.idsn == 15011795807459873237u);
}

/* RFC 8684, the same sections: of its SHA-256. */
static void version_1_hashes_with_sha_256(void **state)
{
	(void)state;
	struct mptcp_names names = mptcp_names_of(3001306557161771836u, 1);
	assert_int_equal(names.token, 2740809090u);
	assert_true(names.idsn == 11713449205243392241u);
}

static void other_versions_have_no_names(void **state)
{
	(void)state;
	struct mptcp_names names = mptcp_names_of(5, 2);
	assert_int_equal(names.token, 0);
	assert_true(names.idsn == 0);
}

static void numbers_count_from_the_initial_one(void **state)
{
	const uint64_t idsn = 0x62815714b76ae9a5;
	(void)state;
	assert_true(mptcp_relative(idsn + 11, idsn, true) == 11);
	assert_true(mptcp_relative(idsn + 11, idsn, false) == 11);
	assert_true(mptcp_relative(idsn - 1, idsn, true) == UINT64_MAX);
}

/* RFC 8684, section 3.3.1: those of 4 octets are the lower half. */
static void short_numbers_count_from_its_lower_half(void **state)
{
	const uint64_t idsn = 0x62815714b76ae9a5;
	(void)state;
	assert_true(mptcp_relative((uint32_t)idsn + 21, idsn, false) == 21);
	/* Around the end they are short of it. */
	assert_true(mptcp_relative(5, 0xfffffff0, false) == 5 - UINT64_C(0xfffffff0));
	/* Beside a long acknowledgment the whole is taken off. */
	assert_true(mptcp_relative(0xb76ae9a6, idsn, true) == 0xb76ae9a6 - idsn);
}

static const uint8_t capable_0[] = { 30, 12, 0x00, 0x81, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88 };
static const uint8_t join[] = { 30, 12, 0x10, 1, 0xbd, 0xc0, 0x33, 0x09, 0, 0, 0, 7 };
static const uint8_t dss[] = { 30, 8, 0x20, 0x01, 0, 0, 0, 1 };

static void streams_join_by_token(void **state)
{
	struct mptcp_connections all;
	uint8_t token[sizeof join];
	(void)state;
	mptcp_connections_begin(&all);
	const struct mptcp_subflow *first = mptcp_learn(&all, 3, 0, capable_0, sizeof capable_0, sizeof capable_0);
	for (unsigned i = 0; i < sizeof join; i++)
		token[i] = i >= 4 && i < 8 ? (uint8_t)(first->connection->sides[0].names.token >> (56 - 8 * i)) : join[i];
	const struct mptcp_subflow *second = mptcp_learn(&all, 9, 1, token, sizeof token, sizeof token);
	assert_ptr_equal(first->connection, second->connection);
	assert_int_equal(first->connection->stream_count, 2);
	assert_int_equal(first->connection->master, 3);
	assert_int_equal(mptcp_side_of(second, 1), 0);
	/* Told again, it is listed once. */
	mptcp_learn(&all, 9, 1, token, sizeof token, sizeof token);
	assert_int_equal(first->connection->stream_count, 2);
	mptcp_connections_end(&all);
}

static void a_stream_without_keys_is_a_connection_of_its_own(void **state)
{
	struct mptcp_connections all;
	(void)state;
	mptcp_connections_begin(&all);
	const struct mptcp_subflow *a = mptcp_learn(&all, 0, 0, dss, sizeof dss, sizeof dss);
	const struct mptcp_subflow *b = mptcp_learn(&all, 1, 0, dss, sizeof dss, sizeof dss);
	assert_int_equal(a->connection->number, 0);
	assert_int_equal(b->connection->number, 1);
	assert_int_equal(a->connection->master, NO_STREAM);
	assert_int_equal(a->connection->stream_count, 0);
	mptcp_connections_end(&all);
}

static void cut_options_tell_what_is_there(void **state)
{
	struct mptcp_connections all;
	(void)state;
	mptcp_connections_begin(&all);
	for (unsigned i = 1; i < sizeof capable_0; i++)
		assert_null(mptcp_learn(&all, 0, 0, capable_0, sizeof capable_0, i)->connection);
	assert_null(mptcp_learn(&all, 1, 0, join, sizeof join, 7)->connection);
	assert_non_null(mptcp_learn(&all, 2, 0, dss, sizeof dss, 3)->connection);
	mptcp_connections_end(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(version_0_hashes_with_sha_1),
		cmocka_unit_test(version_1_hashes_with_sha_256),
		cmocka_unit_test(other_versions_have_no_names),
		cmocka_unit_test(numbers_count_from_the_initial_one),
		cmocka_unit_test(short_numbers_count_from_its_lower_half),
		cmocka_unit_test(streams_join_by_token),
		cmocka_unit_test(a_stream_without_keys_is_a_connection_of_its_own),
		cmocka_unit_test(cut_options_tell_what_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
