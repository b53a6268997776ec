/*
 * quic_crypto.c: the protection of QUIC's Initial and Retry packets, whose keys follow from what stands on the wire: RFC 9001
 * (version 1), RFC 9369 (version 2) and the drafts before them. Keys are derived by HKDF, RFC 5869, with SHA-256.
 *
 * Left out: the keys of other packets, which follow from the secrets of the TLS handshake.
 */

#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "dissect/quic.h"

enum { SECRET = 32, LABEL_LARGEST_HERE = 32 };

/* What differs from version to version. */
struct suite {
	uint32_t first, last; /* drafts by their number, others by the version */
	uint8_t salt[20];
	uint8_t retry_key[16], retry_nonce[12]; /* zeroes: its Retry packets have no tag */
	const char *labels[3];                  /* of key, IV and header protection */
};

#define LABELS   { "quic key", "quic iv", "quic hp" }
#define LABELS_2 { "quicv2 key", "quicv2 iv", "quicv2 hp" }

static const struct suite drafts[] = {
	{ 0, 24,
	  { 0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7, 0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9,
	    0xf5, 0x02 },
	  { 0 }, { 0 }, LABELS },
	{ 25, 28,
	  { 0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7, 0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9,
	    0xf5, 0x02 },
	  { 0x4d, 0x32, 0xec, 0xdb, 0x2a, 0x21, 0x33, 0xc8, 0x41, 0xe4, 0x04, 0x3d, 0xf2, 0x7d, 0x44, 0x30 },
	  { 0x4d, 0x16, 0x11, 0xd0, 0x55, 0x13, 0xa5, 0x52, 0xc5, 0x87, 0xd5, 0x75 }, LABELS },
	{ 29, 32,
	  { 0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97, 0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90,
	    0xa8, 0x99 },
	  { 0xcc, 0xce, 0x18, 0x7e, 0xd0, 0x9a, 0x09, 0xd0, 0x57, 0x28, 0x15, 0x5a, 0x6c, 0xb9, 0x6b, 0xe1 },
	  { 0xe5, 0x49, 0x30, 0xf9, 0x7f, 0x21, 0x36, 0xf0, 0x53, 0x0a, 0x8c, 0x1c }, LABELS },
};

static const struct suite version_1 = {
	QUIC_VERSION_1, QUIC_VERSION_1,
	{ 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f,
	  0x0a },
	{ 0xbe, 0x0c, 0x69, 0x0b, 0x9f, 0x66, 0x57, 0x5a, 0x1d, 0x76, 0x6b, 0x54, 0xe3, 0x68, 0xc8, 0x4e },
	{ 0x46, 0x15, 0x99, 0xd3, 0x5d, 0x63, 0x2b, 0xf2, 0x23, 0x98, 0x25, 0xbb }, LABELS,
};

static const struct suite version_2 = {
	QUIC_VERSION_2, QUIC_VERSION_2,
	{ 0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93, 0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e,
	  0xd9 },
	{ 0x8f, 0xb4, 0xb0, 0x1b, 0x56, 0xac, 0x48, 0xe2, 0x60, 0xfb, 0xcb, 0xce, 0xad, 0x7c, 0xcc, 0x92 },
	{ 0xd8, 0x69, 0x69, 0xbc, 0x2d, 0x7c, 0x6d, 0x99, 0x90, 0xef, 0xb0, 0x4a }, LABELS_2,
};

unsigned quic_draft_of(uint32_t version)
{
	static const struct {
		uint32_t version;
		unsigned draft;
	} followers[] = { { 0xfaceb001, 22 }, { 0xfaceb002, 27 }, { 0xfaceb00e, 27 } };

	for (size_t i = 0; i < sizeof followers / sizeof *followers; i++) {
		if (followers[i].version == version)
			return followers[i].draft;
	}
	return version >> 8 == 0xff0000 ? version & 0xff : 0;
}

/* A version that nobody knows is taken for draft 29, as tshark does; later drafts are version 1. */
static const struct suite *suite_of(uint32_t version)
{
	unsigned draft = quic_draft_of(version);

	for (size_t i = 0; draft && i < sizeof drafts / sizeof *drafts; i++) {
		if (draft >= drafts[i].first && draft <= drafts[i].last)
			return &drafts[i];
	}
	if (version == QUIC_VERSION_2)
		return &version_2;
	return draft || version == QUIC_VERSION_1 ? &version_1 : &drafts[2];
}

static void hmac(uint8_t to[SECRET], const uint8_t *key, size_t key_length, const uint8_t *octets, size_t n)
{
	unsigned length = SECRET;

	if (!HMAC(EVP_sha256(), key, (int)key_length, octets, n, to, &length))
		memset(to, 0, SECRET);
}

/* HKDF-Expand-Label of TLS 1.3, RFC 8446, section 7.1, without a context; n octets, at most those of one hash. */
static void expand(uint8_t *to, size_t n, const uint8_t secret[SECRET], const char *label)
{
	static const char prefix[] = "tls13 ";
	uint8_t info[4 + sizeof prefix + LABEL_LARGEST_HERE] = { 0, (uint8_t)n }, block[SECRET];
	size_t label_length = strlen(label), at = 3;

	info[2] = (uint8_t)(sizeof prefix - 1 + label_length);
	memcpy(info + at, prefix, sizeof prefix - 1);
	at += sizeof prefix - 1;
	memcpy(info + at, label, label_length);
	at += label_length;
	info[at++] = 0; /* length of the context */
	info[at++] = 1; /* number of the block */
	hmac(block, secret, SECRET, info, at);
	memcpy(to, block, n);
}

void quic_initial_keys(struct quic_keys keys[2], uint32_t version, const struct quic_id *id)
{
	static const char *const sides[] = { "client in", "server in" };
	const struct suite *suite = suite_of(version);
	uint8_t initial[SECRET], secret[SECRET];

	hmac(initial, suite->salt, sizeof suite->salt, id->octets, id->length);
	for (unsigned side = 0; side < 2; side++) {
		expand(secret, sizeof secret, initial, sides[side]);
		expand(keys[side].key, sizeof keys[side].key, secret, suite->labels[0]);
		expand(keys[side].iv, sizeof keys[side].iv, secret, suite->labels[1]);
		expand(keys[side].header, sizeof keys[side].header, secret, suite->labels[2]);
	}
}

bool quic_header_mask(uint8_t mask[5], const struct quic_keys *keys, const uint8_t sample[QUIC_SAMPLE])
{
	uint8_t block[2 * QUIC_SAMPLE];
	int n = 0;
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	bool good = context && EVP_EncryptInit_ex(context, EVP_aes_128_ecb(), NULL, keys->header, NULL) == 1 &&
	            EVP_EncryptUpdate(context, block, &n, sample, QUIC_SAMPLE) == 1 && n >= 5;

	EVP_CIPHER_CTX_free(context);
	if (good)
		memcpy(mask, block, 5);
	return good;
}

uint64_t quic_expand_number(uint64_t expected, uint64_t sent, unsigned octets)
{
	uint64_t window = UINT64_C(1) << (8 * octets);
	uint64_t candidate = (expected & ~(window - 1)) | sent;

	if (candidate + window / 2 <= expected && candidate < (UINT64_C(1) << 62) - window)
		return candidate + window;
	if (candidate > expected + window / 2 && candidate >= window)
		return candidate - window;
	return candidate;
}

/* AES-128-GCM: opens n octets behind which the tag stands. */
static bool open_gcm(uint8_t *to, const uint8_t key[16], const uint8_t nonce[12], const uint8_t *more, size_t more_length,
                     const uint8_t *sealed, size_t n, const uint8_t tag[QUIC_TAG])
{
	uint8_t expected[QUIC_TAG], none[QUIC_TAG];
	int length = 0;
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

	memcpy(expected, tag, QUIC_TAG);
	bool good = context && EVP_DecryptInit_ex(context, EVP_aes_128_gcm(), NULL, key, nonce) == 1 &&
	            EVP_DecryptUpdate(context, NULL, &length, more, (int)more_length) == 1 &&
	            (!n || EVP_DecryptUpdate(context, to, &length, sealed, (int)n) == 1) &&
	            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, QUIC_TAG, expected) == 1 &&
	            EVP_DecryptFinal_ex(context, none, &length) == 1;
	EVP_CIPHER_CTX_free(context);
	return good;
}

bool quic_open(uint8_t *to, const struct quic_keys *keys, uint64_t number, const uint8_t *header, size_t header_length,
               const uint8_t *sealed, size_t n)
{
	uint8_t nonce[12];

	if (n < QUIC_TAG)
		return false;
	memcpy(nonce, keys->iv, sizeof nonce);
	for (unsigned i = 0; i < 8; i++)
		nonce[4 + i] ^= (uint8_t)(number >> (56 - 8 * i));
	return open_gcm(to, keys->key, nonce, header, header_length, sealed, n - QUIC_TAG, sealed + n - QUIC_TAG);
}

bool quic_retry_tag_is_good(uint32_t version, const struct quic_id *original, const uint8_t *packet, size_t n,
                            const uint8_t tag[QUIC_TAG])
{
	const struct suite *suite = suite_of(version);
	uint8_t *pseudo = must_alloc(1 + QUIC_ID_LARGEST + n), none[QUIC_TAG];

	pseudo[0] = original->length;
	memcpy(pseudo + 1, original->octets, original->length);
	memcpy(pseudo + 1 + original->length, packet, n);
	bool good = open_gcm(none, suite->retry_key, suite->retry_nonce, pseudo, 1u + original->length + n, NULL, 0, tag);
	free(pseudo);
	return good;
}
