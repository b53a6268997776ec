/* rc4.c: RC4 whose state can be kept. */

#include "dissect/rc4.h"

void rc4_begin(struct rc4 *rc4, const uint8_t *key, size_t key_length)
{
	RC4_set_key(&rc4->state, (int)key_length, key);
}

void rc4_run(struct rc4 *rc4, const uint8_t *from, uint8_t *to, size_t n)
{
	static const uint8_t none[512];
	uint8_t waste[sizeof none];

	if (to) {
		RC4(&rc4->state, n, from, to);
		return;
	}
	for (size_t step; n; n -= step) {
		step = n < sizeof none ? n : sizeof none;
		RC4(&rc4->state, step, none, waste);
	}
}
