#ifndef DISSECT_RESOLVER_H
#define DISSECT_RESOLVER_H
/* resolver: names for addresses: organisations and well-known groups for MAC addresses. */

#include <stdint.h>

struct resolver;

enum { RESOLVED_LARGEST = 128 }; /* characters that a resolve_ function writes at most */

/* Opens the list of organisations at the first call that needs it; NULL resolver: no names. Thread-safe. */
struct resolver *resolver_new(void);
void resolver_free(struct resolver *resolver);

/* The address with its name as trees show it: "Broadcast (ff:ff:ff:ff:ff:ff)"; without a name the address alone. */
char *resolve_mac(const struct resolver *resolver, char *to, const uint8_t octets[6]);
char *resolve_ipv4(const struct resolver *resolver, char *to, uint32_t address);
char *resolve_ipv6(const struct resolver *resolver, char *to, const uint8_t octets[16]);

#endif
