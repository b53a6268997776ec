/* rc4.c: RC4, as RFC 6229 has vectors of. libcrypto does not give out its state. */

#include "dissect/rc4.h"

static void swap(uint8_t *a, uint8_t *b)
{
	uint8_t c = *a;

	*a = *b;
	*b = c;
}

void rc4_begin(struct rc4 *rc4, const uint8_t *key, size_t key_length)
{
	uint8_t j = 0;

	rc4->i = rc4->j = 0;
	for (unsigned i = 0; i < 256; i++)
		rc4->state[i] = (uint8_t)i;
	for (unsigned i = 0; i < 256; i++) {
		j = (uint8_t)(j + rc4->state[i] + key[i % key_length]);
		swap(&rc4->state[i], &rc4->state[j]);
	}
}

void rc4_run(struct rc4 *rc4, const uint8_t *from, uint8_t *to, size_t n)
{
	uint8_t *s = rc4->state, i = rc4->i, j = rc4->j;

	for (size_t k = 0; k < n; k++) {
		i++;
		j = (uint8_t)(j + s[i]);
		swap(&s[i], &s[j]);
		if (to)
			to[k] = from[k] ^ s[(uint8_t)(s[i] + s[j])];
	}
	rc4->i = i;
	rc4->j = j;
}
