/* test_tls_keys.c: how secrets become keys, and what those open, by published vectors. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dissect/rc4.h"
#include "dissect/tls_keys.h"

static struct crypto *crypto;

static int begin(void **state)
{
	(void)state;
	crypto = crypto_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	crypto_free(crypto);
	return 0;
}

static size_t from_hex(uint8_t *to, const char *hex)
{
	static const char digits[] = "0123456789abcdef";
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++)
		to[i] = (uint8_t)((strchr(digits, hex[2 * i]) - digits) << 4 | (strchr(digits, hex[2 * i + 1]) - digits));
	return n;
}

static void expect(const uint8_t *octets, const char *hex)
{
	uint8_t wanted[128];

	assert_memory_equal(octets, wanted, from_hex(wanted, hex));
}

static void suites(void **state)
{
	static const struct { uint16_t number; enum cipher cipher; enum digest mac, derivation; uint8_t tag; } rows[] = {
		{ 0x002f, CIPHER_AES_128_CBC, DIGEST_SHA1, DIGEST_SHA256, 0 },
		{ 0x009d, CIPHER_AES_256_GCM, DIGEST_NONE, DIGEST_SHA384, 16 },
		{ 0xc028, CIPHER_AES_256_CBC, DIGEST_SHA384, DIGEST_SHA384, 0 },
		{ 0xc0a0, CIPHER_AES_128_CCM, DIGEST_NONE, DIGEST_SHA256, 8 },
		{ 0xcca8, CIPHER_CHACHA20_POLY1305, DIGEST_NONE, DIGEST_SHA256, 16 },
		{ 0x1302, CIPHER_AES_256_GCM, DIGEST_NONE, DIGEST_SHA384, 16 },
		{ 0x1305, CIPHER_AES_128_CCM, DIGEST_NONE, DIGEST_SHA256, 8 },
		{ 0x0002, CIPHER_NONE, DIGEST_SHA1, DIGEST_SHA256, 0 },
	};
	struct tls_suite suite;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(tls_suite_of(rows[i].number, &suite));
		assert_int_equal(suite.cipher, rows[i].cipher);
		assert_int_equal(suite.mac, rows[i].mac);
		assert_int_equal(suite.derivation, rows[i].derivation);
		assert_int_equal(suite.tag, rows[i].tag);
	}
	assert_true(tls_suite_of(0x0004, &suite) && suite.is_rc4 && suite.mac == DIGEST_MD5);
	assert_false(tls_suite_of(0x0000, &suite)); /* nothing is authenticated */
	assert_false(tls_suite_of(0x0003, &suite)); /* for export */
	assert_false(tls_suite_of(0x00ff, &suite)); /* none */
	assert_false(tls_suite_of(0x9999, &suite));
}

/* RFC 8448, section 3: the server's handshake keys. */
static void traffic_keys(void **state)
{
	struct tls_keys keys, next;
	uint8_t secret[32];

	(void)state;
	from_hex(secret, "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
	assert_true(tls_derive_traffic_keys(crypto, &keys, TLS_1_3, 0x1301, secret, sizeof secret));
	expect(keys.key, "3fce516009c21727d0f2e4e86ee403bc");
	expect(keys.iv, "5d313eb2671276ee13000b30");
	assert_true(tls_derive_next_keys(crypto, &next, &keys));
	assert_memory_not_equal(next.key, keys.key, 16);
	assert_false(tls_derive_traffic_keys(crypto, &keys, TLS_1_3, 0x1302, secret, sizeof secret)); /* too short */
	assert_false(tls_derive_traffic_keys(crypto, &keys, TLS_1_3, 0x002f, secret, sizeof secret)); /* not of TLS 1.3 */
}

/* The vector of mailarchive.ietf.org/arch/msg/tls/fzVCzk-z3FShgGJ6DOXqM1ydxms */
static void derivation(void **state)
{
	uint8_t secret[16], seed[16], to[100];

	(void)state;
	from_hex(secret, "9bbe436ba940f017b17652849a71db35");
	from_hex(seed, "a0ba9f936cda311827a6f796ffd5198c");
	assert_true(tls_derive(crypto, TLS_1_2, DIGEST_SHA256, (struct octets){ secret, 16 }, "test label",
	                       (struct octets){ seed, 16 }, to, sizeof to));
	expect(to, "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af"
	           "0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701"
	           "87347b66");
}

/* RFC 6229: a key of 128 bits, octets 0 to 15 and 4096 to 4111 of its stream. */
static void rc4(void **state)
{
	static const uint8_t zero[16] = { 0 };
	uint8_t key[16], to[16];
	struct rc4 cipher, kept;

	(void)state;
	from_hex(key, "0102030405060708090a0b0c0d0e0f10");
	rc4_begin(&cipher, key, sizeof key);
	rc4_run(&cipher, zero, to, sizeof to);
	expect(to, "9ac7cc9a609d1ef7b2932899cde41b97");
	rc4_run(&cipher, NULL, NULL, 4096 - 16);
	kept = cipher;
	rc4_run(&cipher, zero, to, sizeof to);
	expect(to, "a36a4c301ae8ac13610ccbc12256cacc");
	rc4_run(&kept, zero, to, sizeof to);
	expect(to, "a36a4c301ae8ac13610ccbc12256cacc");
}

/* What is too short for what it should hold is not opened, by no cipher. */
static void short_records(void **state)
{
	static const uint16_t all[] = { 0x002f, 0x009c, 0xc0a0, 0xcca8, 0x0005, 0x0002, 0x000a };
	static const uint16_t versions[] = { TLS_1_0, TLS_1_1, TLS_1_2 };
	static const uint8_t master[TLS_MASTER_SECRET] = { 1 }, randoms[64] = { 2 };
	uint8_t octets[64] = { 3 }, to[64], type;
	uint32_t length;

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (size_t v = 0; v < 3; v++) {
			for (uint32_t n = 1; n < sizeof octets; n++) {
				struct tls_keys keys[2];
				const struct tls_sealed sealed = { 23, TLS_1_2, octets, n };
				assert_true(tls_derive_keys(crypto, keys, versions[v], all[i], master, randoms, n % 2));
				assert_false(tls_unseal(crypto, &keys[0], 0, &sealed, true, to, &length, &type));
				tls_keys_end(&keys[0]);
				tls_keys_end(&keys[1]);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suites), cmocka_unit_test(traffic_keys), cmocka_unit_test(derivation), cmocka_unit_test(rc4),
		cmocka_unit_test(short_records),
	};

	return cmocka_run_group_tests_name("tls_keys", tests, begin, end);
}
