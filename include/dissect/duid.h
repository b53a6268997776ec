#ifndef DISSECT_DUID_H
#define DISSECT_DUID_H
/* duid: what DHCP and DHCPv6 share of DHCP unique identifiers, RFC 8415, section 11. */

#include "dissect/dissection.h"

/* A link-layer address of a type of hardware (IANA): its value is n octets, its text never a name. */
void add_hardware_address(struct dissection *d, struct wire *w, const struct field *field, uint32_t n, uint16_t type);

#endif
