#ifndef DISSECT_RC4_H
#define DISSECT_RC4_H
/*
 * rc4: the stream cipher RC4 of libcrypto, by its own interface from before EVP: only that gives out the state, which must be kept
 * and taken up again where records are opened in any order.
 */

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/rc4.h>

#include <stddef.h>
#include <stdint.h>

struct rc4 {
	RC4_KEY state;
};

void rc4_begin(struct rc4 *rc4, const uint8_t *key, size_t key_length);

/* Encrypts or decrypts n octets; NULLs: passes over them. */
void rc4_run(struct rc4 *rc4, const uint8_t *from, uint8_t *to, size_t n);

#endif
