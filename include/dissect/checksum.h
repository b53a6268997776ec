#ifndef DISSECT_CHECKSUM_H
#define DISSECT_CHECKSUM_H
/*
 * checksum: the Internet checksum (RFC 1071).
 *
 * A sum is the ones' complement sum of 16-bit words in network order. Over octets that carry their own checksum it is
 * CHECKSUM_GOOD when none of them was changed.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/address.h"

enum { CHECKSUM_GOOD = 0xffff };

/* The sum of n octets and an earlier sum; an odd last octet counts as if a zero followed. */
uint16_t checksum_add(uint16_t sum, const uint8_t *octets, size_t n);

/*
 * The sum of the pseudo header (RFC 793, section 3.1; RFC 8200, section 8.1) of `length` octets of an upper-layer protocol
 * between two IPv4 or two IPv6 addresses.
 */
uint16_t checksum_pseudo_header(const struct address *source, const struct address *destination, uint8_t protocol,
                                uint32_t length);

/* What the checksum should have been, where `sum` was made over octets that hold `found`. */
uint16_t checksum_expected(uint16_t sum, uint16_t found);

#endif
