#ifndef DISSECT_RC4_H
#define DISSECT_RC4_H
/* rc4: the stream cipher RC4, whose state can be kept and taken up again. */

#include <stddef.h>
#include <stdint.h>

struct rc4 {
	uint8_t state[256];
	uint8_t i, j;
};

void rc4_begin(struct rc4 *rc4, const uint8_t *key, size_t key_length);

/* Encrypts or decrypts n octets; NULLs: passes over them. */
void rc4_run(struct rc4 *rc4, const uint8_t *from, uint8_t *to, size_t n);

#endif
