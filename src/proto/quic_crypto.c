/*
 * quic_crypto.c: the protection of QUIC's packets: RFC 9001 (version 1), RFC 9369 (version 2) and the drafts before them. Keys
 * are derived by HKDF, RFC 5869: those of Initial and Retry packets from what stands on the wire, others from the
 * secrets of the TLS handshake.
 */

#include <stdlib.h>

#include "dissect/quic.h"

enum label { LABEL_KEY, LABEL_IV, LABEL_HEADER, LABEL_UPDATE, LABELS_OF_VERSION };

/* What differs from version to version. */
struct edition {
	uint32_t first, last; /* drafts by their number, others by the version */
	uint8_t salt[20];
	uint8_t retry_key[16], retry_nonce[12]; /* zeroes: its Retry packets have no tag */
	const char *labels[LABELS_OF_VERSION];
};

#define LABELS   { "quic key", "quic iv", "quic hp", "quic ku" }
#define LABELS_2 { "quicv2 key", "quicv2 iv", "quicv2 hp", "quicv2 ku" }

static const struct edition drafts[] = {
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

/* Google's, which have no Retry packets of their own. */
static const struct edition google[] = {
	{ QUIC_GOOGLE_50, QUIC_GOOGLE_50,
	  { 0x50, 0x45, 0x74, 0xef, 0xd0, 0x66, 0xfe, 0x2f, 0x9d, 0x94, 0x5c, 0xfc, 0xdb, 0xd3, 0xa7, 0xf0, 0xd3, 0xb5,
	    0x6b, 0x45 },
	  { 0 }, { 0 }, LABELS },
	{ QUIC_GOOGLE_TLS_50, QUIC_GOOGLE_TLS_50,
	  { 0x7f, 0xf5, 0x79, 0xe5, 0xac, 0xd0, 0x72, 0x91, 0x55, 0x80, 0x30, 0x4c, 0x43, 0xa2, 0x36, 0x7c, 0x60, 0x48,
	    0x83, 0x10 },
	  { 0 }, { 0 }, LABELS },
	{ QUIC_GOOGLE_TLS_51, QUIC_GOOGLE_TLS_51,
	  { 0x7a, 0x4e, 0xde, 0xf4, 0xe7, 0xcc, 0xee, 0x5f, 0xa4, 0x50, 0x6c, 0x19, 0x12, 0x4f, 0xc8, 0xcc, 0xda, 0x6e,
	    0x03, 0x3d },
	  { 0 }, { 0 }, LABELS },
};

static const struct edition version_1 = {
	QUIC_VERSION_1, QUIC_VERSION_1,
	{ 0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f,
	  0x0a },
	{ 0xbe, 0x0c, 0x69, 0x0b, 0x9f, 0x66, 0x57, 0x5a, 0x1d, 0x76, 0x6b, 0x54, 0xe3, 0x68, 0xc8, 0x4e },
	{ 0x46, 0x15, 0x99, 0xd3, 0x5d, 0x63, 0x2b, 0xf2, 0x23, 0x98, 0x25, 0xbb }, LABELS,
};

static const struct edition version_2 = {
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
static const struct edition *edition_of(uint32_t version)
{
	unsigned draft = quic_draft_of(version);

	for (size_t i = 0; draft && i < sizeof drafts / sizeof *drafts; i++) {
		if (draft >= drafts[i].first && draft <= drafts[i].last)
			return &drafts[i];
	}
	for (size_t i = 0; i < sizeof google / sizeof *google; i++) {
		if (version == google[i].first)
			return &google[i];
	}
	if (version == QUIC_VERSION_2)
		return &version_2;
	return draft || version == QUIC_VERSION_1 ? &version_1 : &drafts[2];
}

/* RFC 8446, appendix B.4; RFC 9001, sections 5.3 and 5.4. That with a short tag is not for QUIC. */
static const struct suite {
	uint16_t number;
	enum digest digest;
	enum cipher aead, header;
} suites[] = {
	{ 0x1301, DIGEST_SHA256, CIPHER_AES_128_GCM, CIPHER_AES_128_ECB },
	{ 0x1302, DIGEST_SHA384, CIPHER_AES_256_GCM, CIPHER_AES_256_ECB },
	{ 0x1303, DIGEST_SHA256, CIPHER_CHACHA20_POLY1305, CIPHER_CHACHA20 },
	{ 0x1304, DIGEST_SHA256, CIPHER_AES_128_CCM, CIPHER_AES_128_ECB },
};

static const struct suite *suite_of(uint16_t number)
{
	for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
		if (suites[i].number == number)
			return &suites[i];
	}
	return NULL;
}

/* ---- secrets and keys ---- */

struct quic_secret quic_initial_secret(struct crypto *crypto, uint32_t version, const struct quic_id *id,
                                       enum quic_side side)
{
	static const char *const labels[] = { "client in", "server in" };
	const struct edition *edition = edition_of(version);
	const struct octets octets = { id->octets, id->length };
	struct quic_secret secret = { .length = digest_length(DIGEST_SHA256) };
	uint8_t initial[DIGEST_LARGEST] = { 0 };

	crypto_hmac(crypto, DIGEST_SHA256, (struct octets){ edition->salt, sizeof edition->salt }, &octets, 1, initial);
	crypto_expand_label(crypto, DIGEST_SHA256, initial, labels[side], secret.octets, secret.length);
	return secret;
}

bool quic_derive(struct crypto *crypto, struct quic_keys *keys, uint32_t version, uint16_t suite,
                 const struct quic_secret *secret)
{
	const struct edition *edition = edition_of(version);
	const struct suite *row = suite_of(suite);

	if (!row || secret->length != digest_length(row->digest))
		return false;
	const size_t n = cipher_key_length(row->aead);
	keys->suite = suite;
	return crypto_expand_label(crypto, row->digest, secret->octets, edition->labels[LABEL_KEY], keys->key, n) &&
	       crypto_expand_label(crypto, row->digest, NULL, edition->labels[LABEL_IV], keys->iv, sizeof keys->iv) &&
	       crypto_expand_label(crypto, row->digest, NULL, edition->labels[LABEL_HEADER], keys->header, n);
}

void quic_update(struct crypto *crypto, struct quic_keys *keys, uint32_t version, struct quic_secret *secret)
{
	const char *label = edition_of(version)->labels[LABEL_UPDATE];
	const struct quic_keys before = *keys;
	struct quic_secret next = { .length = secret->length };

	crypto_expand_label(crypto, suite_of(keys->suite)->digest, secret->octets, label, next.octets, next.length);
	*secret = next;
	quic_derive(crypto, keys, version, keys->suite, secret);
	memcpy(keys->header, before.header, sizeof before.header); /* it stays as it is */
}

/* ---- packets ---- */

bool quic_header_mask(struct crypto *crypto, uint8_t mask[QUIC_MASK], const struct quic_keys *keys,
                      const uint8_t sample[QUIC_SAMPLE])
{
	const enum cipher cipher = suite_of(keys->suite)->header;
	const struct octets nothing = { (const uint8_t[QUIC_MASK]){ 0 }, QUIC_MASK }, octets = { sample, QUIC_SAMPLE };
	uint8_t block[QUIC_SAMPLE];

	if (cipher == CIPHER_CHACHA20) /* the sample is its counter and nonce */
		return crypto_run(crypto, cipher, keys->header, sample, nothing, mask);
	if (!crypto_run(crypto, cipher, keys->header, NULL, octets, block))
		return false;
	memcpy(mask, block, QUIC_MASK);
	return true;
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

bool quic_open(struct crypto *crypto, uint8_t *to, const struct quic_keys *keys, uint64_t number, const uint8_t *header,
               size_t header_length, const uint8_t *sealed, size_t n)
{
	uint8_t nonce[sizeof keys->iv];

	memcpy(nonce, keys->iv, sizeof nonce);
	for (unsigned i = 0; i < 8; i++)
		nonce[4 + i] ^= (uint8_t)(number >> (56 - 8 * i));
	return crypto_open(crypto, suite_of(keys->suite)->aead, keys->key, nonce, QUIC_TAG,
	                   (struct octets){ header, header_length }, (struct octets){ sealed, n }, to);
}

bool quic_retry_tag_is_good(struct crypto *crypto, uint32_t version, const struct quic_id *original, const uint8_t *packet,
                            size_t n, const uint8_t tag[QUIC_TAG])
{
	const struct edition *edition = edition_of(version);
	const size_t length = 1u + original->length + n;
	uint8_t *pseudo = must_alloc(length), none[QUIC_TAG];

	pseudo[0] = original->length;
	memcpy(pseudo + 1, original->octets, original->length);
	memcpy(pseudo + 1 + original->length, packet, n);
	bool good = crypto_open(crypto, CIPHER_AES_128_GCM, edition->retry_key, edition->retry_nonce, QUIC_TAG,
	                        (struct octets){ pseudo, length }, (struct octets){ tag, QUIC_TAG }, none);
	free(pseudo);
	return good;
}
