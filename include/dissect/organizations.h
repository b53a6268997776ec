#ifndef DISSECT_ORGANIZATIONS_H
#define DISSECT_ORGANIZATIONS_H
/* organizations: whose a MAC address is, by IEEE's registry and the list of well-known groups. */

#include <stdbool.h>
#include <stdint.h>

struct organizations;

enum {
	ORGANIZATION_LARGEST = 255, /* characters of an organisation's name; what is more is cut off */
};

/* The list of organisations, opened at the first call that needs it. Thread-safe. */
struct organizations *organizations_new(void);
void organizations_free(struct organizations *organizations);

/* The name of an organisation by its number of 24 bits. False: there is no such organisation, or no list. */
bool organization_of(struct organizations *organizations, uint32_t oui, char name[ORGANIZATION_LARGEST + 1]);

/*
 * The name of a MAC address, at most 80 characters: "Broadcast", "Apple_09:85:15". Returns the place behind it; NULL: nobody has the
 * address. Thread-safe.
 */
char *organizations_put_name(struct organizations *organizations, char *to, uint64_t address);

#endif
