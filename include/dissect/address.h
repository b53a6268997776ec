#ifndef DISSECT_ADDRESS_H
#define DISSECT_ADDRESS_H
/* address: link and network addresses of any kind. */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum address_kind { ADDRESS_NONE, ADDRESS_MAC, ADDRESS_IPV4, ADDRESS_IPV6, ADDRESS_IPX };

/* Comparable by memcmp(): what lies behind an address is zero. */
struct address {
	uint8_t kind;
	uint8_t octets[16]; /* as on the wire */
};

static inline struct address address_of(enum address_kind kind, const uint8_t *octets)
{
	static const uint8_t sizes[] = { [ADDRESS_MAC] = 6, [ADDRESS_IPV4] = 4, [ADDRESS_IPV6] = 16, [ADDRESS_IPX] = 10 };
	struct address a = { .kind = (uint8_t)kind };
	if (octets)
		memcpy(a.octets, octets, sizes[kind]);
	return a;
}

static inline bool address_equal(const struct address *a, const struct address *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

#endif
