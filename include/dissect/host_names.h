#ifndef DISSECT_HOST_NAMES_H
#define DISSECT_HOST_NAMES_H
/* host_names: names of network addresses, from files and from the capture. The name that is told last counts. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/address.h"
#include "dissect/arena.h"
#include "dissect/map.h"

enum { HOST_NAMES_MOST = 64 * 1024 * 1024 }; /* octets that addresses and names may take; later ones are left out */

struct host_name {
	const char *text; /* printable, not ended by a NUL */
	uint8_t length, room;
};

struct host_names {
	struct map ipv4, ipv6; /* address, as on the wire -> struct host_name */
	struct arena texts;
	size_t octets;
};

void host_names_begin(struct host_names *names);
void host_names_end(struct host_names *names);

/* A file like /etc/hosts. False, and errno set, when it cannot be read. */
bool host_names_read(struct host_names *names, const char *path);

/* /etc/hosts itself: there the name that is told first counts. */
void host_names_read_system(struct host_names *names);

/* Those that Wireshark and the user have. */
void host_names_read_usual(struct host_names *names);

/* Names an address of that kind; true when that was news. */
bool host_names_learn(struct host_names *names, enum address_kind kind, const uint8_t *octets, const void *name,
                      size_t n);

/* The name, or NULL. */
const struct host_name *host_name_of(const struct host_names *names, enum address_kind kind, const uint8_t *octets);

#endif
