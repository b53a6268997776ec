/* checksum.c: ones' complement sums, eight octets at a time (RFC 1071, section 2). */

#include "dissect/checksum.h"

#include <string.h>

/* Folds the carries of a sum of words back into it. */
static uint16_t fold(uint64_t sum)
{
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* Both ways between the order of the wire and ours. */
static uint16_t network_order(uint16_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return __builtin_bswap16(word);
#else
	return word;
#endif
}

uint16_t checksum_add(uint16_t start, const uint8_t *octets, size_t n)
{
	/* The sum of swapped words is the swapped sum (section 2 (B)): swap once, at the end. */
	uint64_t sum = network_order(start);

	for (; n >= 8; octets += 8, n -= 8) {
		uint64_t words;
		memcpy(&words, octets, 8);
		sum += words;
		sum += sum < words; /* the carry */
	}
	if (n) {
		uint64_t words = 0;
		memcpy(&words, octets, n);
		sum += words;
		sum += sum < words;
	}
	return network_order(fold(sum));
}

uint16_t checksum_pseudo_header(const struct address *source, const struct address *destination, uint8_t protocol,
                                uint32_t length)
{
	const uint8_t end[] = { (uint8_t)(length >> 24), (uint8_t)(length >> 16), (uint8_t)(length >> 8), (uint8_t)length,
		                0, 0, 0, protocol };
	size_t n = source->kind == ADDRESS_IPV6 ? 16 : 4;
	uint16_t sum = checksum_add(0, source->octets, n);

	sum = checksum_add(sum, destination->octets, n);
	return checksum_add(sum, end, sizeof end);
}

uint16_t checksum_expected(uint16_t sum, uint16_t found)
{
	return fold((uint64_t)(uint16_t)~sum + found);
}
