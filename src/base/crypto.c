/* crypto.c: libcrypto, so that nothing is looked up twice. */

#include "dissect/crypto.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include "dissect/arena.h"

struct crypto {
	EVP_CIPHER *ciphers[CIPHERS];
	EVP_CIPHER_CTX *context;
	EVP_MAC_CTX *macs[DIGESTS];
	EVP_MD *digests[DIGESTS];
	OSSL_PROVIDER *legacy; /* of what is out of use */
};

static const struct { const char *name; uint8_t length; } digests[DIGESTS] = {
	[DIGEST_NONE]   = { "NULL", 0 },    [DIGEST_MD5]    = { "MD5", 16 },   [DIGEST_SHA1] = { "SHA1", 20 },
	[DIGEST_SHA256] = { "SHA256", 32 }, [DIGEST_SHA384] = { "SHA384", 48 },
};

static const struct {
	const char *name;
	uint8_t key, block; /* octets */
	bool is_ccm, is_mask, is_legacy;
} ciphers[CIPHERS] = {
	[CIPHER_NONE]              = { "NULL", 0, 1 },
	[CIPHER_AES_128_GCM]       = { "AES-128-GCM", 16, 1 },
	[CIPHER_AES_256_GCM]       = { "AES-256-GCM", 32, 1 },
	[CIPHER_AES_128_CCM]       = { "AES-128-CCM", 16, 1, .is_ccm = true },
	[CIPHER_AES_256_CCM]       = { "AES-256-CCM", 32, 1, .is_ccm = true },
	[CIPHER_CHACHA20_POLY1305] = { "ChaCha20-Poly1305", 32, 1 },
	[CIPHER_AES_128_CBC]       = { "AES-128-CBC", 16, 16 },
	[CIPHER_AES_256_CBC]       = { "AES-256-CBC", 32, 16 },
	[CIPHER_CAMELLIA_128_CBC]  = { "CAMELLIA-128-CBC", 16, 16 },
	[CIPHER_CAMELLIA_256_CBC]  = { "CAMELLIA-256-CBC", 32, 16 },
	[CIPHER_3DES_CBC]          = { "DES-EDE3-CBC", 24, 8 },
	[CIPHER_DES_CBC]           = { "DES-CBC", 8, 8, .is_legacy = true },
	[CIPHER_IDEA_CBC]          = { "IDEA-CBC", 16, 8, .is_legacy = true },
	[CIPHER_SEED_CBC]          = { "SEED-CBC", 16, 16, .is_legacy = true },
	[CIPHER_AES_128_ECB]       = { "AES-128-ECB", 16, 16, .is_mask = true },
	[CIPHER_AES_256_ECB]       = { "AES-256-ECB", 32, 16, .is_mask = true },
	[CIPHER_CHACHA20]          = { "ChaCha20", 32, 1 },
};

struct crypto *crypto_new(void)
{
	struct crypto *crypto = must_zero(1, sizeof *crypto);

	crypto->context = EVP_CIPHER_CTX_new();
	return crypto;
}

void crypto_free(struct crypto *crypto)
{
	if (!crypto)
		return;
	for (unsigned i = 0; i < CIPHERS; i++)
		EVP_CIPHER_free(crypto->ciphers[i]);
	for (unsigned i = 0; i < DIGESTS; i++) {
		EVP_MAC_CTX_free(crypto->macs[i]);
		EVP_MD_free(crypto->digests[i]);
	}
	EVP_CIPHER_CTX_free(crypto->context);
	if (crypto->legacy)
		OSSL_PROVIDER_unload(crypto->legacy);
	free(crypto);
}

uint8_t digest_length(enum digest digest)
{
	return digests[digest].length;
}

uint8_t cipher_key_length(enum cipher cipher)
{
	return ciphers[cipher].key;
}

uint8_t cipher_block_length(enum cipher cipher)
{
	return ciphers[cipher].block;
}

/* ---- digests ---- */

bool crypto_digest(struct crypto *crypto, enum digest digest, struct octets octets, uint8_t *to)
{
	if (!crypto->digests[digest])
		crypto->digests[digest] = EVP_MD_fetch(NULL, digests[digest].name, NULL);
	return crypto->digests[digest] && EVP_Digest(octets.at, octets.length, to, NULL, crypto->digests[digest], NULL) == 1;
}

static EVP_MAC_CTX *mac_of(struct crypto *crypto, enum digest digest)
{
	OSSL_PARAM parameters[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)(uintptr_t)digests[digest].name, 0),
		OSSL_PARAM_construct_end(),
	};

	if (!crypto->macs[digest]) {
		EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
		EVP_MAC_CTX *mac = hmac ? EVP_MAC_CTX_new(hmac) : NULL;
		EVP_MAC_free(hmac);
		if (mac && EVP_MAC_CTX_set_params(mac, parameters) != 1) {
			EVP_MAC_CTX_free(mac);
			mac = NULL;
		}
		crypto->macs[digest] = mac;
	}
	return crypto->macs[digest];
}

bool crypto_hmac(struct crypto *crypto, enum digest digest, struct octets key, const struct octets *parts, unsigned count,
                 uint8_t *to)
{
	EVP_MAC_CTX *mac = mac_of(crypto, digest);
	bool good = mac && EVP_MAC_init(mac, key.at, key.length, NULL) == 1;
	size_t length;

	for (unsigned i = 0; good && i < count; i++)
		good = EVP_MAC_update(mac, parts[i].at, parts[i].length) == 1;
	return good && EVP_MAC_final(mac, to, &length, digests[digest].length) == 1;
}

bool crypto_expand_label(struct crypto *crypto, enum digest digest, const uint8_t *secret, const char *label, uint8_t *to,
                         size_t n)
{
	static const char prefix[] = "tls13 ";
	const size_t length = strlen(label);
	const uint8_t head[3] = { 0, (uint8_t)n, (uint8_t)(sizeof prefix - 1 + length) };
	static const uint8_t tail[2] = { 0, 1 }; /* length of the context, number of the block */
	const struct octets parts[] = {
		{ head, sizeof head }, { prefix, sizeof prefix - 1 }, { label, length }, { tail, sizeof tail },
	};
	uint8_t block[DIGEST_LARGEST];

	if (n > digests[digest].length ||
	    !crypto_hmac(crypto, digest, (struct octets){ secret, digests[digest].length }, parts, 4, block))
		return false;
	memcpy(to, block, n);
	return true;
}

/* ---- ciphers ---- */

static const EVP_CIPHER *fetch(struct crypto *crypto, enum cipher cipher)
{
	if (crypto->ciphers[cipher])
		return crypto->ciphers[cipher];
	if (ciphers[cipher].is_legacy && !crypto->legacy)
		crypto->legacy = OSSL_PROVIDER_try_load(NULL, "legacy", 1);
	return crypto->ciphers[cipher] = EVP_CIPHER_fetch(NULL, ciphers[cipher].name, NULL);
}

bool crypto_open(struct crypto *crypto, enum cipher cipher, const uint8_t *key, const uint8_t nonce[12], unsigned tag_length,
                 struct octets associated, struct octets sealed, uint8_t *to)
{
	EVP_CIPHER_CTX *context = crypto->context;
	const EVP_CIPHER *algorithm = fetch(crypto, cipher);
	const bool is_ccm = ciphers[cipher].is_ccm;
	uint8_t tag[16], none[16];
	int n = 0;

	if (!algorithm || sealed.length < tag_length || tag_length > sizeof tag)
		return false;
	const size_t length = sealed.length - tag_length;
	memcpy(tag, (const uint8_t *)sealed.at + length, tag_length);
	return EVP_DecryptInit_ex(context, algorithm, NULL, NULL, NULL) == 1 &&
	       EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, 12, NULL) == 1 &&
	       EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)tag_length, tag) == 1 &&
	       EVP_DecryptInit_ex(context, NULL, NULL, key, nonce) == 1 &&
	       (!is_ccm || EVP_DecryptUpdate(context, NULL, &n, NULL, (int)length) == 1) &&
	       EVP_DecryptUpdate(context, NULL, &n, associated.at, (int)associated.length) == 1 &&
	       ((!length && !is_ccm) || EVP_DecryptUpdate(context, to, &n, sealed.at, (int)length) == 1) &&
	       (is_ccm || EVP_DecryptFinal_ex(context, none, &n) == 1);
}

bool crypto_run(struct crypto *crypto, enum cipher cipher, const uint8_t *key, const uint8_t *iv, struct octets from, uint8_t *to)
{
	const EVP_CIPHER *algorithm = fetch(crypto, cipher);
	int n = 0;

	return algorithm &&
	       EVP_CipherInit_ex(crypto->context, algorithm, NULL, key, iv, ciphers[cipher].is_mask) == 1 &&
	       EVP_CIPHER_CTX_set_padding(crypto->context, 0) == 1 &&
	       EVP_CipherUpdate(crypto->context, to, &n, from.at, (int)from.length) == 1 && (size_t)n == from.length;
}
