/* ascii.c: strings in ASCII, as ascii.h tells. */

#include "dissect/ascii.h"
#include "dissect/text.h"

const uint8_t *ascii(struct arena *arena, const uint8_t *octets, uint32_t *n)
{
	uint32_t i = 0;

	while (i < *n && octets[i] < 0x80)
		i++;
	if (i == *n)
		return octets;
	char *copy = arena_alloc(arena, 3 * (size_t)*n), *to = copy;
	for (i = 0; i < *n; i++) {
		if (octets[i] < 0x80)
			*to++ = (char)octets[i];
		else
			to = put_literal(to, "\xef\xbf\xbd");
	}
	*n = (uint32_t)(to - copy);
	return (const uint8_t *)copy;
}

const uint8_t *add_ascii(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	d->last = 0;
	const uint8_t *octets = wire_bytes(w, n);
	if (octets && !d->first_pass) {
		uint32_t length = (uint32_t)strnlen((const char *)octets, n);
		const uint8_t *shown = ascii(d->arena, octets, &length);
		add_node_octets(d, w, field, w->at - n, n, shown, length);
	}
	return octets;
}
