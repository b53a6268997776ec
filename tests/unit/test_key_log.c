/* test_key_log.c: the lines of a key log: what is kept, what is passed over, what is said of damaged ones. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dissect/key_log.h"

#define RANDOM "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define OTHER  "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define HEX_16 "2222222222222222" "2222222222222222"
#define HEX_32 HEX_16 HEX_16
#define HEX_48 HEX_32 HEX_16

static const uint8_t client_random[32] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
	                                   16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };

/* The log that a text is, and what is said of it in `complaints` (256 characters). */
static struct key_log *log_of(const char *text, char *complaints)
{
	struct key_log *log = key_log_new();
	FILE *from = fmemopen((void *)(uintptr_t)text, strlen(text), "r"), *to = fmemopen(complaints, 256, "w");

	assert_true(key_log_read(log, from, "keys", to));
	fclose(from);
	fclose(to);
	return log;
}

static uint32_t length_of(const struct key_log *log, enum secret_label label)
{
	const struct secret *secret = key_log_find(log, label, client_random);

	return secret ? secret->length : 0;
}

static void labels(void **state)
{
	char said[256] = "";
	struct key_log *log = log_of("# SSL/TLS secrets log file\n\n"
	                             "CLIENT_RANDOM " RANDOM " " HEX_48 "\r\n"
	                             "CLIENT_HANDSHAKE_TRAFFIC_SECRET " RANDOM " " HEX_32 "\n"
	                             "SERVER_HANDSHAKE_TRAFFIC_SECRET " OTHER " " HEX_32 "\n"
	                             "CLIENT_TRAFFIC_SECRET_0 " RANDOM " " HEX_48 " what follows\n"
	                             "CLIENT_TRAFFIC_SECRET_1 " RANDOM " 00\n"
	                             "ECH_SECRET x y\n"
	                             "EXPORTER_SECRET " RANDOM " " HEX_32 "\n"
	                             "SERVER_TRAFFIC_SECRET_0 " RANDOM " " HEX_48, said);

	(void)state;
	assert_string_equal(said, "");
	assert_int_equal(length_of(log, SECRET_MASTER), 48);
	assert_int_equal(length_of(log, SECRET_CLIENT_HANDSHAKE_TRAFFIC), 32);
	assert_int_equal(length_of(log, SECRET_SERVER_HANDSHAKE_TRAFFIC), 0);
	assert_int_equal(length_of(log, SECRET_CLIENT_TRAFFIC), 48);
	assert_int_equal(length_of(log, SECRET_SERVER_TRAFFIC), 48);
	assert_int_equal(length_of(log, SECRET_CLIENT_EARLY_TRAFFIC), 0);
	assert_int_equal(length_of(NULL, SECRET_MASTER), 0);
	key_log_free(log);
}

static void rsa(void **state)
{
	const uint8_t encrypted[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, id[2] = { 0xab, 0xcd };
	char said[256] = "";
	struct key_log *log = log_of("RSA 0102030405060708 " HEX_48 "\nRSA Session-ID:ABcd Master-Key:" HEX_48 "\n", said);

	(void)state;
	assert_string_equal(said, "");
	assert_int_equal(key_log_find_encrypted(log, encrypted)->length, 48);
	assert_int_equal(key_log_find_session(log, id, sizeof id)->length, 48);
	assert_null(key_log_find_session(log, id, 1));
	assert_null(key_log_find_session(log, encrypted, sizeof encrypted));
	key_log_free(log);
}

static void last_counts(void **state)
{
	char said[256] = "";
	struct key_log *log = log_of("CLIENT_TRAFFIC_SECRET_0 " RANDOM " " HEX_48 "\n"
	                             "CLIENT_TRAFFIC_SECRET_0 " RANDOM " 11" HEX_48 "\n"
	                             "CLIENT_TRAFFIC_SECRET_0 " RANDOM " 33" HEX_32 "\n", said);

	(void)state;
	assert_int_equal(length_of(log, SECRET_CLIENT_TRAFFIC), 33);
	assert_int_equal(key_log_find(log, SECRET_CLIENT_TRAFFIC, client_random)->octets[0], 0x33);
	key_log_free(log);
}

/* A damaged line is named, the others count. */
static void damage(void **state)
{
	static const struct { const char *line, *said; } rows[] = {
		{ "CLIENT_RANDOM 00010203 " HEX_48, "dissect: keys:1: the client random is not 64 hex digits\n" },
		{ "CLIENT_RANDOM " RANDOM HEX_48, "dissect: keys:1: the secret does not follow where it should\n" },
		{ "CLIENT_RANDOM " RANDOM " " HEX_32, "dissect: keys:1: the secret is too short, or no hex\n" },
		{ "SERVER_TRAFFIC_SECRET_0 " RANDOM " " HEX_48 "2",
		  "dissect: keys:1: the secret is too long, or ends within an octet\n" },
		{ "RSA 01 " HEX_48, "dissect: keys:1: the start of the encrypted secret is not 16 hex digits\n" },
		{ "RSA Session-ID: Master-Key:" HEX_48, "dissect: keys:1: the session id is no hex\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char said[256] = "", text[512];
		snprintf(text, sizeof text, "%s\nCLIENT_HANDSHAKE_TRAFFIC_SECRET " RANDOM " " HEX_32, rows[i].line);
		struct key_log *log = log_of(text, said);
		assert_string_equal(said, rows[i].said);
		assert_int_equal(length_of(log, SECRET_CLIENT_HANDSHAKE_TRAFFIC), 32);
		key_log_free(log);
	}
}

/* A line longer than any that means something does not become two. */
static void long_line(void **state)
{
	char *text = malloc(300000), said[256] = "";

	(void)state;
	memset(text, '#', 250000);
	strcpy(text + 250000, "CLIENT_RANDOM x\nCLIENT_HANDSHAKE_TRAFFIC_SECRET " RANDOM " " HEX_32 "\n");
	struct key_log *log = log_of(text, said);
	assert_string_equal(said, "");
	assert_int_equal(length_of(log, SECRET_CLIENT_HANDSHAKE_TRAFFIC), 32);
	key_log_free(log);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels), cmocka_unit_test(rsa), cmocka_unit_test(last_counts), cmocka_unit_test(damage),
		cmocka_unit_test(long_line),
	};

	return cmocka_run_group_tests_name("key_log", tests, NULL, NULL);
}
