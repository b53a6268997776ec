#ifndef DISSECT_RESOLVER_H
#define DISSECT_RESOLVER_H
/* resolver: names for addresses: organisations and well-known groups for MAC addresses. */

#include <stdint.h>

struct resolver;
struct organizations;

enum { RESOLVED_LARGEST = 128 }; /* characters that a resolve_ function writes at most */

/* NULL resolver: no names. Thread-safe once it is made. */
struct resolver *resolver_new(struct organizations *organizations);
void resolver_free(struct resolver *resolver);

/*
 * The list of organisations, opened at the first call that needs it; NULL: no such organisation, or no list. Thread-safe.
 * `oui` is the number of 24 bits.
 */
struct organizations *organizations_new(void);
void organizations_free(struct organizations *organizations);
const char *organization_of(struct organizations *organizations, uint32_t oui);

/* The address with its name as trees show it: "Broadcast (ff:ff:ff:ff:ff:ff)"; without a name the address alone. */
char *resolve_mac(const struct resolver *resolver, char *to, const uint8_t octets[6]);
char *resolve_ipv4(const struct resolver *resolver, char *to, uint32_t address);
char *resolve_ipv6(const struct resolver *resolver, char *to, const uint8_t octets[16]);

#endif
