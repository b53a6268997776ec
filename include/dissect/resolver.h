#ifndef DISSECT_RESOLVER_H
#define DISSECT_RESOLVER_H
/* resolver: names for addresses: organisations and well-known groups for MAC addresses. */

#include <stdbool.h>
#include <stdint.h>

struct resolver;
struct organizations;

enum {
	RESOLVED_LARGEST = 128,     /* characters that a resolve_ function writes at most */
	ORGANIZATION_LARGEST = 255, /* characters of an organisation's name; what is more is cut off */
};

/* NULL resolver: no names. Thread-safe once it is made. */
struct resolver *resolver_new(struct organizations *organizations);
void resolver_free(struct resolver *resolver);

/* The list of organisations, opened at the first call that needs it. Thread-safe. */
struct organizations *organizations_new(void);
void organizations_free(struct organizations *organizations);

/* The name of an organisation by its number of 24 bits. False: there is no such organisation, or no list. */
bool organization_of(struct organizations *organizations, uint32_t oui, char name[ORGANIZATION_LARGEST + 1]);

/* The address with its name as trees show it: "Broadcast (ff:ff:ff:ff:ff:ff)"; without a name the address alone. */
char *resolve_mac(const struct resolver *resolver, char *to, const uint8_t octets[6]);
char *resolve_ipv4(const struct resolver *resolver, char *to, uint32_t address);
char *resolve_ipv6(const struct resolver *resolver, char *to, const uint8_t octets[16]);

#endif
