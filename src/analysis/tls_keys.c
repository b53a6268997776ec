/*
 * tls_keys.c: how secrets become keys, and what those open: TLS 1.0 to 1.2 (RFC 2246, RFC 4346, RFC 5246), TLS 1.3 (RFC 8446) with its drafts
 * from the 20th on, DTLS 1.0 and 1.2 (RFC 4347, RFC 6347); AEAD ciphers (RFC 5288, RFC 6655, RFC 7905), CBC with either order
 * of encryption and authentication (RFC 7366), RC4, and no encryption at all.
 *
 * Where a record cannot be decrypted without those before it, pass 1 keeps what it begins with: an IV, or for RC4 the state of
 * the cipher every RC4_STEP octets.
 *
 * Left out: SSL 3.0, suites for export, ARIA, GOST, SM4, Camellia in AEAD modes; compressed records.
 */

#include "dissect/tls_keys.h"

#include <stdlib.h>

#include "dissect/rc4.h"

enum { EXPLICIT_NONCE = 8, NONCE = 12, RC4_KEY_LENGTH = 16, RC4_STEP = 16384, RECORD_HEADER = 13 };

/* Where a record stands in the key stream: that far behind a state. */
struct tls_rc4_mark {
	uint32_t state, skip;
};

struct tls_rc4_state {
	struct rc4 rc4;
};

/* ---- cipher suites ---- */

/* Ciphers as the names of suites have them; the first that fits counts. */
static const struct {
	const char *name;
	struct tls_suite suite;
} ciphers[] = {
	{ "AES_128_GCM", { CIPHER_AES_128_GCM, .tag = 16, .is_aead = true } },
	{ "AES_256_GCM", { CIPHER_AES_256_GCM, .tag = 16, .is_aead = true } },
	{ "AES_128_CCM_8", { CIPHER_AES_128_CCM, .tag = 8, .is_aead = true } },
	{ "AES_256_CCM_8", { CIPHER_AES_256_CCM, .tag = 8, .is_aead = true } },
	{ "AES_128_CCM", { CIPHER_AES_128_CCM, .tag = 16, .is_aead = true } },
	{ "AES_256_CCM", { CIPHER_AES_256_CCM, .tag = 16, .is_aead = true } },
	{ "CHACHA20_POLY1305", { CIPHER_CHACHA20_POLY1305, .tag = 16, .is_aead = true } },
	{ "AES_128_CBC", { CIPHER_AES_128_CBC } },
	{ "AES_256_CBC", { CIPHER_AES_256_CBC } },
	{ "CAMELLIA_128_CBC", { CIPHER_CAMELLIA_128_CBC } },
	{ "CAMELLIA_256_CBC", { CIPHER_CAMELLIA_256_CBC } },
	{ "3DES_EDE_CBC", { CIPHER_3DES_CBC } },
	{ "DES_CBC", { CIPHER_DES_CBC } },
	{ "IDEA_CBC", { CIPHER_IDEA_CBC } },
	{ "SEED_CBC", { CIPHER_SEED_CBC } },
	{ "RC4_128", { CIPHER_NONE, .is_rc4 = true } },
	{ "NULL", { CIPHER_NONE } },
};

static const struct {
	const char *name;
	enum digest digest;
} hashes[] = {
	{ "_SHA384", DIGEST_SHA384 }, { "_SHA256", DIGEST_SHA256 }, { "_SHA", DIGEST_SHA1 }, { "_MD5", DIGEST_MD5 }, { "", DIGEST_NONE },
};

bool tls_suite_of(uint16_t number, struct tls_suite *suite)
{
	const char *name = name_or(&tls_cipher_suites, number, ""), *with = strstr(name, "_WITH_");
	unsigned i = 0, j = 0;

	if (strncmp(name, "TLS_", 4) || strstr(name, "_EXPORT_"))
		return false;
	name = with ? with + 6 : name + 4;
	while (strncmp(name, ciphers[i].name, strlen(ciphers[i].name)) != 0)
		if (++i == sizeof ciphers / sizeof *ciphers)
			return false;
	name += strlen(ciphers[i].name);
	while (strcmp(name, hashes[j].name) != 0)
		if (++j == sizeof hashes / sizeof *hashes)
			return false;
	*suite = ciphers[i].suite;
	suite->derivation = hashes[j].digest == DIGEST_SHA384 ? DIGEST_SHA384 : DIGEST_SHA256;
	if (!suite->is_aead)
		suite->mac = hashes[j].digest;
	return suite->is_aead || suite->mac != DIGEST_NONE;
}

void tls_keys_end(struct tls_keys *keys)
{
	free(keys->ivs);
	free(keys->marks);
	free(keys->states);
}

/* ---- TLS 1.3 ---- */

bool tls_derive_traffic_keys(struct crypto *crypto, struct tls_keys *keys, uint16_t version, uint16_t suite,
                             const uint8_t *secret, uint32_t length)
{
	enum { DRAFT_WITH_LABELS = 20, DRAFT_WITH_ASSOCIATED = 25 };
	const unsigned draft = tls_draft_of(version);

	*keys = (struct tls_keys){ .is_1_3 = true, .has_associated = !draft || draft >= DRAFT_WITH_ASSOCIATED };
	if ((draft && draft < DRAFT_WITH_LABELS) || !tls_suite_of(suite, &keys->suite) || !keys->suite.is_aead)
		return false;
	const enum digest digest = keys->suite.derivation;
	if (length < digest_length(digest))
		return false;
	memcpy(keys->secret, secret, digest_length(digest));
	return crypto_expand_label(crypto, digest, secret, "key", keys->key, cipher_key_length(keys->suite.cipher)) &&
	       crypto_expand_label(crypto, digest, secret, "iv", keys->iv, NONCE);
}

bool tls_derive_next_keys(struct crypto *crypto, struct tls_keys *keys, const struct tls_keys *before)
{
	const enum digest digest = before->suite.derivation;

	*keys = (struct tls_keys){ .suite = before->suite, .is_1_3 = true, .has_associated = before->has_associated };
	return crypto_expand_label(crypto, digest, before->secret, "traffic upd", keys->secret, digest_length(digest)) &&
	       crypto_expand_label(crypto, digest, keys->secret, "key", keys->key, cipher_key_length(keys->suite.cipher)) &&
	       crypto_expand_label(crypto, digest, keys->secret, "iv", keys->iv, NONCE);
}

/* ---- TLS 1.2 and before ---- */

/* P_hash, RFC 5246, section 5, XORed into n octets. */
static bool expand(struct crypto *crypto, enum digest digest, struct octets secret, const char *label, struct octets seed,
                   uint8_t *to, size_t n)
{
	uint8_t a[DIGEST_LARGEST], block[DIGEST_LARGEST];
	const size_t length = digest_length(digest);
	struct octets parts[3] = { { NULL, 0 }, { label, strlen(label) }, seed };
	bool good = crypto_hmac(crypto, digest, secret, parts + 1, 2, a);

	for (size_t at = 0; good && at < n; at += length) {
		parts[0] = (struct octets){ a, length };
		good = crypto_hmac(crypto, digest, secret, parts, 3, block) && crypto_hmac(crypto, digest, secret, parts, 1, a);
		for (size_t i = 0; i < length && at + i < n; i++)
			to[at + i] ^= block[i];
	}
	return good;
}

static bool is_before_1_2(uint16_t version)
{
	return version < TLS_1_2 || version == DTLS_1_0 || version == DTLS_OPENSSL;
}

bool tls_derive(struct crypto *crypto, uint16_t version, enum digest digest, struct octets secret, const char *label,
                struct octets seed, uint8_t *to, size_t n)
{
	memset(to, 0, n);
	if (!is_before_1_2(version))
		return expand(crypto, digest, secret, label, seed, to, n);
	const size_t half = (secret.length + 1) / 2; /* RFC 4346, section 5 */
	const struct octets second = { (const uint8_t *)secret.at + secret.length - half, half };
	secret.length = half;
	return expand(crypto, DIGEST_MD5, secret, label, seed, to, n) && expand(crypto, DIGEST_SHA1, second, label, seed, to, n);
}

bool tls_hash_messages(struct crypto *crypto, uint16_t version, enum digest digest, struct octets messages, uint8_t *to,
                       size_t *length)
{
	if (!is_before_1_2(version)) {
		*length = digest_length(digest);
		return crypto_digest(crypto, digest, messages, to);
	}
	*length = digest_length(DIGEST_MD5) + digest_length(DIGEST_SHA1);
	return crypto_digest(crypto, DIGEST_MD5, messages, to) &&
	       crypto_digest(crypto, DIGEST_SHA1, messages, to + digest_length(DIGEST_MD5));
}

static const uint8_t *take(const uint8_t **block, size_t n)
{
	const uint8_t *from = *block;

	*block += n;
	return from;
}

bool tls_derive_keys(struct crypto *crypto, struct tls_keys keys[2], uint16_t version, uint16_t suite,
                     const uint8_t master[TLS_MASTER_SECRET], const uint8_t randoms[64], bool encrypt_then_mac)
{
	enum { SALT = 4 };
	struct tls_keys common = { .has_associated = true, .is_blind = !master };
	uint8_t octets[2 * (DIGEST_LARGEST + CIPHER_KEY_LARGEST + CIPHER_IV_LARGEST)];
	const uint8_t *block = octets;

	if (version == TLS_SSL_3 || !tls_suite_of(suite, &common.suite))
		return false;
	const struct tls_suite *s = &common.suite;
	const bool is_cbc = !s->is_aead && s->cipher != CIPHER_NONE;
	const size_t mac = digest_length(s->mac), key = s->is_rc4 ? RC4_KEY_LENGTH : cipher_key_length(s->cipher);
	const size_t iv = is_cbc ? cipher_block_length(s->cipher) : s->cipher == CIPHER_CHACHA20_POLY1305 ? NONCE :
	                  s->is_aead ? SALT : 0;

	common.encrypt_then_mac = encrypt_then_mac && is_cbc;
	common.has_implicit_iv = is_cbc && version <= TLS_1_0 && version != DTLS_OPENSSL;
	keys[0] = keys[1] = common;
	if (!master)
		return s->cipher == CIPHER_NONE && !s->is_rc4;
	if (!tls_derive(crypto, version, s->derivation, (struct octets){ master, TLS_MASTER_SECRET }, "key expansion",
	                (struct octets){ randoms, 64 }, octets, 2 * (mac + key + iv)))
		return false;
	for (unsigned i = 0; i < 2; i++)
		memcpy(keys[i].mac_key, take(&block, mac), mac);
	for (unsigned i = 0; i < 2; i++)
		memcpy(keys[i].key, take(&block, key), key);
	for (unsigned i = 0; i < 2; i++)
		memcpy(keys[i].iv, take(&block, iv), iv);
	return true;
}

/* ---- records ---- */

static void put_be(uint8_t *to, uint64_t value, unsigned octets)
{
	while (octets--) {
		to[octets] = (uint8_t)value;
		value >>= 8;
	}
}

/* What is authenticated of a record besides its content, RFC 5246, section 6.2.3. */
static void put_header(uint8_t to[RECORD_HEADER], uint64_t sequence, const struct tls_sealed *sealed, uint32_t length)
{
	put_be(to, sequence, 8);
	to[8] = sealed->type;
	put_be(to + 9, sealed->version, 2);
	put_be(to + 11, length, 2);
}

static bool open_1_3(struct crypto *crypto, const struct tls_keys *keys, const uint8_t nonce[NONCE],
                     const struct tls_sealed *sealed, uint8_t *to, uint32_t *length, uint8_t *type)
{
	uint8_t header[TLS_RECORD_HEADER] = { sealed->type };
	uint32_t n;

	put_be(header + 1, sealed->version, 2);
	put_be(header + 3, sealed->length, 2);
	if (!crypto_open(crypto, keys->suite.cipher, keys->key, nonce, keys->suite.tag,
	                 (struct octets){ header, keys->has_associated ? sizeof header : 0 },
	                 (struct octets){ sealed->octets, sealed->length }, to))
		return false;
	for (n = sealed->length - keys->suite.tag; n && !to[n - 1]; n--) /* padding, RFC 8446, section 5.4 */
		;
	if (!n)
		return false;
	*length = n - 1;
	*type = to[n - 1];
	return true;
}

static bool open_aead(struct crypto *crypto, const struct tls_keys *keys, uint64_t sequence, const struct tls_sealed *sealed,
                      uint8_t *to, uint32_t *length, uint8_t *type)
{
	const bool has_explicit = !keys->is_1_3 && keys->suite.cipher != CIPHER_CHACHA20_POLY1305;
	const uint32_t skip = has_explicit ? EXPLICIT_NONCE : 0;
	uint8_t nonce[NONCE], header[RECORD_HEADER];

	if (sealed->length < skip + keys->suite.tag)
		return false;
	memcpy(nonce, keys->iv, NONCE);
	if (has_explicit)
		memcpy(nonce + NONCE - EXPLICIT_NONCE, sealed->octets, EXPLICIT_NONCE);
	else
		for (unsigned i = 0; i < 8; i++)
			nonce[NONCE - 1 - i] ^= (uint8_t)(sequence >> (8 * i));
	if (keys->is_1_3)
		return open_1_3(crypto, keys, nonce, sealed, to, length, type);
	*length = sealed->length - skip - keys->suite.tag;
	*type = sealed->type;
	put_header(header, sequence, sealed, *length);
	return crypto_open(crypto, keys->suite.cipher, keys->key, nonce, keys->suite.tag, (struct octets){ header, sizeof header },
	                   (struct octets){ sealed->octets + skip, sealed->length - skip }, to);
}

/* Is the code behind the n octets at `octets` theirs? */
static bool is_authentic(struct crypto *crypto, const struct tls_keys *keys, uint64_t sequence, const struct tls_sealed *sealed,
                         const uint8_t *octets, uint32_t n)
{
	const uint8_t length = digest_length(keys->suite.mac);
	uint8_t header[RECORD_HEADER], code[DIGEST_LARGEST];
	const struct octets parts[] = { { header, sizeof header }, { octets, n } };

	put_header(header, sequence, sealed, n);
	return crypto_hmac(crypto, keys->suite.mac, (struct octets){ keys->mac_key, length }, parts, 2, code) &&
	       !memcmp(code, octets + n, length);
}

/* Makes room for one more element behind `count`. */
static void *grown(void *array, uint32_t count, uint32_t *capacity, size_t size)
{
	if (count < *capacity)
		return array;
	*capacity = *capacity ? *capacity * 2 : 8;
	return must_realloc(array, *capacity * size);
}

/* Pass 1: the next record begins with this block. */
static void keep_iv(struct tls_keys *keys, const uint8_t *block)
{
	keys->ivs = grown(keys->ivs, keys->begun, &keys->begun_capacity, sizeof *keys->ivs);
	memcpy(keys->ivs[keys->begun++], block, cipher_block_length(keys->suite.cipher));
}

static bool open_cbc(struct crypto *crypto, struct tls_keys *keys, uint64_t sequence, const struct tls_sealed *sealed,
                     bool first_pass, uint8_t *to, uint32_t *length)
{
	const uint32_t block = cipher_block_length(keys->suite.cipher), mac = digest_length(keys->suite.mac);
	const uint8_t *from = sealed->octets, *iv = from;
	uint32_t n = sealed->length;

	if (keys->encrypt_then_mac) {
		if (n < mac || (first_pass && !is_authentic(crypto, keys, sequence, sealed, from, n - mac)))
			return false;
		n -= mac;
	}
	if (!keys->has_implicit_iv) {
		from += block;
		n -= n < block ? n : block;
	} else {
		if (!keys->begun)
			keep_iv(keys, keys->iv);
		iv = keys->ivs[sequence];
	}
	if (!n || n % block || !crypto_run(crypto, keys->suite.cipher, keys->key, iv, (struct octets){ from, n }, to))
		return false;
	const uint32_t padding = to[n - 1] + 1u, behind = padding + (keys->encrypt_then_mac ? 0 : mac);
	if (n < behind)
		return false;
	*length = n - behind;
	if (first_pass && !keys->encrypt_then_mac && !is_authentic(crypto, keys, sequence, sealed, to, *length))
		return false;
	if (first_pass && keys->has_implicit_iv)
		keep_iv(keys, from + n - block);
	return true;
}

/* Pass 1: the next record stands there in the key stream. */
static void keep_mark(struct tls_keys *keys, struct tls_rc4_mark mark, const struct rc4 *state)
{
	if (!keys->state_count || mark.skip >= RC4_STEP) {
		keys->states = grown(keys->states, keys->state_count, &keys->state_capacity, sizeof *keys->states);
		keys->states[keys->state_count].rc4 = *state;
		mark = (struct tls_rc4_mark){ keys->state_count++, 0 };
	}
	keys->marks = grown(keys->marks, keys->begun, &keys->begun_capacity, sizeof *keys->marks);
	keys->marks[keys->begun++] = mark;
}

static bool open_rc4(struct crypto *crypto, struct tls_keys *keys, uint64_t sequence, const struct tls_sealed *sealed,
                     bool first_pass, uint8_t *to, uint32_t length)
{
	struct rc4 rc4;

	if (!first_pass && sequence >= keys->begun) /* pass 1 did not come that far: nothing is added now */
		return false;
	if (!keys->begun) {
		rc4_begin(&rc4, keys->key, RC4_KEY_LENGTH);
		keep_mark(keys, (struct tls_rc4_mark){ 0, 0 }, &rc4);
	}
	const struct tls_rc4_mark mark = keys->marks[sequence];
	rc4 = keys->states[mark.state].rc4;
	rc4_run(&rc4, NULL, NULL, mark.skip);
	rc4_run(&rc4, sealed->octets, to, sealed->length);
	if (!first_pass)
		return true;
	if (!is_authentic(crypto, keys, sequence, sealed, to, length))
		return false;
	keep_mark(keys, (struct tls_rc4_mark){ mark.state, mark.skip + sealed->length }, &rc4);
	return true;
}

static bool open_clear(struct crypto *crypto, struct tls_keys *keys, uint64_t sequence, const struct tls_sealed *sealed,
                       bool first_pass, uint8_t *to, uint32_t length)
{
	memcpy(to, sealed->octets, sealed->length);
	return !first_pass || keys->is_blind || is_authentic(crypto, keys, sequence, sealed, to, length);
}

bool tls_unseal(struct crypto *crypto, struct tls_keys *keys, uint64_t sequence, const struct tls_sealed *sealed,
                bool first_pass, uint8_t *to, uint32_t *length, uint8_t *type)
{
	const uint32_t mac = digest_length(keys->suite.mac);

	*type = sealed->type;
	if (keys->suite.is_aead)
		return open_aead(crypto, keys, sequence, sealed, to, length, type);
	if (keys->suite.cipher != CIPHER_NONE)
		return open_cbc(crypto, keys, sequence, sealed, first_pass, to, length);
	if (!sealed->length || sealed->length < mac)
		return false;
	*length = sealed->length - mac;
	return (keys->suite.is_rc4 ? open_rc4 : open_clear)(crypto, keys, sequence, sealed, first_pass, to, *length);
}
