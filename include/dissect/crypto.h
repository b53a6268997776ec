#ifndef DISSECT_CRYPTO_H
#define DISSECT_CRYPTO_H
/*
 * crypto: what protocols that are encrypted have in common, by libcrypto: each thread has one, whose algorithms are fetched at their
 * first use (see crypto_of() in dissection.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct crypto;

enum digest { DIGEST_NONE, DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384, DIGESTS };

enum { DIGEST_LARGEST = 48, CIPHER_KEY_LARGEST = 32, CIPHER_IV_LARGEST = 16 };

enum cipher {
	CIPHER_NONE,
	CIPHER_AES_128_GCM, CIPHER_AES_256_GCM, CIPHER_AES_128_CCM, CIPHER_AES_256_CCM, CIPHER_CHACHA20_POLY1305,
	CIPHER_AES_128_CBC, CIPHER_AES_256_CBC, CIPHER_CAMELLIA_128_CBC, CIPHER_CAMELLIA_256_CBC, CIPHER_3DES_CBC,
	CIPHER_DES_CBC, CIPHER_IDEA_CBC, CIPHER_SEED_CBC,
	CIPHER_AES_128_ECB, CIPHER_AES_256_ECB, CIPHER_CHACHA20,
	CIPHERS
};

struct crypto *crypto_new(void);
void crypto_free(struct crypto *crypto);

uint8_t digest_length(enum digest digest);
uint8_t cipher_key_length(enum cipher cipher);
uint8_t cipher_block_length(enum cipher cipher); /* of CBC modes; else 1 */

struct octets {
	const void *at;
	size_t length;
};

bool crypto_digest(struct crypto *crypto, enum digest digest, struct octets octets, uint8_t *to);

/* RFC 2104, over parts one behind the other; digest_length() octets. */
bool crypto_hmac(struct crypto *crypto, enum digest digest, struct octets key, const struct octets *parts, unsigned count,
                 uint8_t *to);

/*
 * HKDF-Expand-Label of TLS 1.3 without a context, RFC 8446, section 7.1, of a secret as long as the digest
 * (NULL: that of the last call with it, which need not be prepared again): n octets, one block at most.
 */
bool crypto_expand_label(struct crypto *crypto, enum digest digest, const uint8_t *secret, const char *label, uint8_t *to,
                         size_t n);

/*
 * Opens what an AEAD cipher sealed with a nonce of 12 octets: `sealed` ends with a tag of `tag_length`, `to` has room for what
 * stands before that. False: it is not authentic.
 */
bool crypto_open(struct crypto *crypto, enum cipher cipher, const uint8_t *key, const uint8_t nonce[12], unsigned tag_length,
                 struct octets associated, struct octets sealed, uint8_t *to);

/* Decrypts with another cipher: whole blocks, without a look at any padding. ECB encrypts: that makes masks. */
bool crypto_run(struct crypto *crypto, enum cipher cipher, const uint8_t *key, const uint8_t *iv, struct octets from, uint8_t *to);

#endif
