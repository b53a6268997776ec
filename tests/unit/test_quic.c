/* test_quic.c: keys, header protection, packet numbers: RFC 9001, appendix A; RFC 9000, appendix A.3; RFC 9369, appendix A. */

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "dissect/quic.h"

static const struct quic_id client_id = { 8, { 0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08 } };

static void expect_octets(const uint8_t *octets, const char *hex)
{
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		static const char digits[] = "0123456789abcdef";
		assert_int_equal(octets[i] >> 4, strchr(digits, hex[2 * i]) - digits);
		assert_int_equal(octets[i] & 15, strchr(digits, hex[2 * i + 1]) - digits);
	}
}

static struct crypto *crypto;

static void derive_initial(struct quic_keys keys[QUIC_SIDES], uint32_t version)
{
	for (unsigned side = 0; side < QUIC_SIDES; side++) {
		const struct quic_secret secret = quic_initial_secret(crypto, version, &client_id, side);
		assert_true(quic_derive(crypto, &keys[side], version, 0x1301, &secret));
	}
}

/* RFC 9001, appendix A.1 */
static void initial_keys(void **unused)
{
	struct quic_keys keys[2];

	(void)unused;
	derive_initial(keys, QUIC_VERSION_1);
	expect_octets(keys[0].key, "1f369613dd76d5467730efcbe3b1a22d");
	expect_octets(keys[0].iv, "fa044b2f42a3fd3b46fb255c");
	expect_octets(keys[0].header, "9f50449e04a0e810283a1e9933adedd2");
	expect_octets(keys[1].key, "cf3a5331653c364c88f0f379b6067e37");
	expect_octets(keys[1].iv, "0ac1493ca1905853b0bba03e");
	expect_octets(keys[1].header, "c206b8d9b9f0f37644430b490eeaa314");
}

/* RFC 9369, appendix A.1 */
static void initial_keys_of_version_2(void **unused)
{
	struct quic_keys keys[2];

	(void)unused;
	derive_initial(keys, QUIC_VERSION_2);
	expect_octets(keys[0].key, "8b1a0bc121284290a29e0971b5cd045d");
	expect_octets(keys[0].iv, "91f73e2351d8fa91660e909f");
	expect_octets(keys[0].header, "45b95e15235d6f45a6b19cbcb0294ba9");
}

/* RFC 9001, appendices A.2 and A.3: the samples of the client's and the server's first packets. */
static void header_masks(void **unused)
{
	static const uint8_t client[QUIC_SAMPLE] = { 0xd1, 0xb1, 0xc9, 0x8d, 0xd7, 0x68, 0x9f, 0xb8,
		                                     0xec, 0x11, 0xd2, 0x42, 0xb1, 0x23, 0xdc, 0x9b };
	static const uint8_t server[QUIC_SAMPLE] = { 0x2c, 0xd0, 0x99, 0x1c, 0xd2, 0x5b, 0x0a, 0xac,
		                                     0x40, 0x6a, 0x58, 0x16, 0xb6, 0x39, 0x41, 0x00 };
	struct quic_keys keys[2];
	uint8_t mask[5];

	(void)unused;
	derive_initial(keys, QUIC_VERSION_1);
	assert_true(quic_header_mask(crypto, mask, &keys[0], client));
	expect_octets(mask, "437b9aec36");
	assert_true(quic_header_mask(crypto, mask, &keys[1], server));
	expect_octets(mask, "2ec0d8356a");
}

/* RFC 9001, appendix A.3: the server's Initial packet, without header protection. */
static void server_packet(void **unused)
{
	static const uint8_t header[] = { 0xc1, 0, 0, 0, 1, 0, 8, 0xf0, 0x67, 0xa5, 0x50, 0x2a, 0x42, 0x62, 0xb5, 0, 0x40, 0x75, 0, 1 };
	static const uint8_t sealed[] = {
		0x5a, 0x48, 0x2c, 0xd0, 0x99, 0x1c, 0xd2, 0x5b, 0x0a, 0xac, 0x40, 0x6a, 0x58, 0x16, 0xb6, 0x39,
		0x41, 0x00, 0xf3, 0x7a, 0x1c, 0x69, 0x79, 0x75, 0x54, 0x78, 0x0b, 0xb3, 0x8c, 0xc5, 0xa9, 0x9f,
		0x5e, 0xde, 0x4c, 0xf7, 0x3c, 0x3e, 0xc2, 0x49, 0x3a, 0x18, 0x39, 0xb3, 0xdb, 0xcb, 0xa3, 0xf6,
		0xea, 0x46, 0xc5, 0xb7, 0x68, 0x4d, 0xf3, 0x54, 0x8e, 0x7d, 0xde, 0xb9, 0xc3, 0xbf, 0x9c, 0x73,
		0xcc, 0x3f, 0x3b, 0xde, 0xd7, 0x4b, 0x56, 0x2b, 0xfb, 0x19, 0xfb, 0x84, 0x02, 0x2f, 0x8e, 0xf4,
		0xcd, 0xd9, 0x37, 0x95, 0xd7, 0x7d, 0x06, 0xed, 0xbb, 0x7a, 0xaf, 0x2f, 0x58, 0x89, 0x18, 0x50,
		0xab, 0xbd, 0xca, 0x3d, 0x20, 0x39, 0x8c, 0x27, 0x64, 0x56, 0xcb, 0xc4, 0x21, 0x58, 0x40, 0x7d,
		0xd0, 0x74, 0xee,
	};
	struct quic_keys keys[2];
	uint8_t opened[sizeof sealed], broken[sizeof sealed];

	(void)unused;
	derive_initial(keys, QUIC_VERSION_1);
	assert_true(quic_open(crypto, opened, &keys[1], 1, header, sizeof header, sealed, sizeof sealed));
	expect_octets(opened, "02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf739");
	memcpy(broken, sealed, sizeof sealed);
	broken[3] ^= 1;
	assert_false(quic_open(crypto, opened, &keys[1], 1, header, sizeof header, broken, sizeof broken));
	assert_false(quic_open(crypto, opened, &keys[1], 2, header, sizeof header, sealed, sizeof sealed));
	assert_false(quic_open(crypto, opened, &keys[1], 1, header, sizeof header, sealed, QUIC_TAG - 1));
}

static const struct quic_secret secret_of_a5 = {
	32, { 0x9a, 0xc3, 0x12, 0xa7, 0xf8, 0x77, 0x46, 0x8e, 0xbe, 0x69, 0x42, 0x27, 0x48, 0xad, 0x00, 0xa1,
	      0x54, 0x43, 0xf1, 0x82, 0x03, 0xa0, 0x7d, 0x60, 0x60, 0xf6, 0x88, 0xf3, 0x0f, 0x21, 0x63, 0x2b },
};

/* RFC 9001, appendix A.5: a packet with a short header, by ChaCha20-Poly1305. */
static void short_packet(void **unused)
{
	static const uint8_t header[] = { 0x42, 0x00, 0xbf, 0xf4 };
	static const uint8_t sealed[] = { 0x65, 0x5e, 0x5c, 0xd5, 0x5c, 0x41, 0xf6, 0x90, 0x80, 0x57, 0x5d, 0x79, 0x99,
		                          0xc2, 0x5a, 0x5b, 0xfb };
	struct quic_keys keys = { 0 };
	uint8_t mask[5], opened[1];

	(void)unused;
	assert_true(quic_derive(crypto, &keys, QUIC_VERSION_1, 0x1303, &secret_of_a5));
	expect_octets(keys.key, "c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8");
	expect_octets(keys.iv, "e0459b3474bdd0e44a41c144");
	expect_octets(keys.header, "25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4");
	assert_true(quic_header_mask(crypto, mask, &keys, sealed + 1));
	expect_octets(mask, "aefefe7d03");
	assert_true(quic_open(crypto, opened, &keys, 654360564, header, sizeof header, sealed, sizeof sealed));
	expect_octets(opened, "01");
}

/* RFC 9001, appendix A.5: the secret behind it. Header protection stays. */
static void key_update(void **unused)
{
	struct quic_keys keys = { 0 }, next;
	struct quic_secret secret = secret_of_a5;

	(void)unused;
	assert_true(quic_derive(crypto, &keys, QUIC_VERSION_1, 0x1303, &secret));
	next = keys;
	quic_update(crypto, &next, QUIC_VERSION_1, &secret);
	expect_octets(secret.octets, "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9");
	assert_memory_not_equal(next.key, keys.key, sizeof keys.key);
	assert_memory_equal(next.header, keys.header, sizeof keys.header);
}

/* A secret is as long as the hash of its suite. */
static void suites(void **unused)
{
	static const struct { uint16_t suite; uint8_t length; bool good; } rows[] = {
		{ 0x1301, 32, true }, { 0x1302, 48, true }, { 0x1302, 32, false }, { 0x1304, 32, true }, { 0x1304, 48, false },
		{ 0x1305, 32, false }, { 0, 32, false },
	};
	struct quic_keys keys = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct quic_secret secret = { .length = rows[i].length };
		assert_int_equal(quic_derive(crypto, &keys, QUIC_VERSION_1, rows[i].suite, &secret), rows[i].good);
	}
}

/* RFC 9001, appendix A.4 */
static void retry(void **unused)
{
	static const uint8_t packet[] = { 0xff, 0, 0, 0, 1, 0, 8, 0xf0, 0x67, 0xa5, 0x50, 0x2a, 0x42, 0x62, 0xb5,
		                          't', 'o', 'k', 'e', 'n', 0x04, 0xa2, 0x65, 0xba, 0x2e, 0xff, 0x4d,
		                          0x82, 0x90, 0x58, 0xfb, 0x3f, 0x0f, 0x24, 0x96, 0xba };
	const size_t n = sizeof packet - QUIC_TAG;
	struct quic_id other = client_id;

	(void)unused;
	assert_true(quic_retry_tag_is_good(crypto, QUIC_VERSION_1, &client_id, packet, n, packet + n));
	other.octets[0]++;
	assert_false(quic_retry_tag_is_good(crypto, QUIC_VERSION_1, &other, packet, n, packet + n));
	assert_false(quic_retry_tag_is_good(crypto, QUIC_VERSION_2, &client_id, packet, n, packet + n));
}

/* RFC 9000, appendix A.3, and what lies at the ends. */
static void packet_numbers(void **unused)
{
	(void)unused;
	assert_int_equal(quic_expand_number(0xa82f30eb, 0x9b32, 2), 0xa82f9b32);
	assert_int_equal(quic_expand_number(0, 0, 1), 0);
	assert_int_equal(quic_expand_number(0, 0xff, 1), 0xff);
	assert_int_equal(quic_expand_number(0x100, 0xff, 1), 0xff);
	assert_int_equal(quic_expand_number(0xff, 0x00, 1), 0x100);
}

static void drafts(void **unused)
{
	(void)unused;
	assert_int_equal(quic_draft_of(0xff00001d), 29);
	assert_int_equal(quic_draft_of(0xfaceb002), 27);
	assert_int_equal(quic_draft_of(QUIC_VERSION_1), 0);
}

static int begin(void **unused)
{
	(void)unused;
	crypto = crypto_new();
	return 0;
}

static int end(void **unused)
{
	(void)unused;
	crypto_free(crypto);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(initial_keys), cmocka_unit_test(initial_keys_of_version_2),
		cmocka_unit_test(header_masks), cmocka_unit_test(server_packet),
		cmocka_unit_test(short_packet), cmocka_unit_test(key_update), cmocka_unit_test(suites),
		cmocka_unit_test(retry), cmocka_unit_test(packet_numbers), cmocka_unit_test(drafts),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
