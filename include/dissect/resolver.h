#ifndef DISSECT_RESOLVER_H
#define DISSECT_RESOLVER_H
/*
 * resolver: names for addresses and ports. What pass 1 learns of the capture is settled when pass 2 begins. Nobody is ever asked over
 * the network.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/address.h"
#include "dissect/organizations.h"

struct capture;
struct resolver;

/* What names are wanted for. */
enum resolution {
	RESOLVE_MAC = 1,       /* MAC addresses */
	RESOLVE_NETWORK = 2,   /* network addresses: files of hosts, name resolution blocks */
	RESOLVE_CAPTURED = 4,  /* those also by the DNS answers in the capture */
	RESOLVE_PORTS = 8,
	RESOLVE_VLANS = 16,
	RESOLVE_EXTERNAL = 32, /* network addresses also by /etc/hosts */
};

enum { RESOLVED_LARGEST = 320 }; /* characters that a resolve_ function writes at most */

/*
 * A resolver of what `kinds` has (enum resolution); NULL where that is nothing, which all functions take. Thread-safe as long as
 * nothing is learned. `hosts` are files like /etc/hosts. Neither takes ownership.
 */
struct resolver *resolver_new(struct organizations *organizations, const struct capture *capture, unsigned kinds,
                              const char *const *hosts, unsigned host_count);
void resolver_free(struct resolver *resolver);
bool resolves(const struct resolver *resolver, enum resolution kind);

/* What a DNS answer says: the name of an address. */
void resolver_learn(struct resolver *resolver, enum address_kind kind, const uint8_t *octets, const void *name,
                    size_t n);

/*
 * What ARP says in a frame: whose MAC address that is. From there on it has the name of that host; before the first such
 * frame, that of the last one whose name was known in time.
 */
void resolver_bind(struct resolver *resolver, uint32_t frame, const uint8_t mac[6], const uint8_t ipv4[4]);

/* True when the name of a MAC address may depend on the frame. */
bool resolver_has_bindings(const struct resolver *resolver);

/* Takes in the names that the capture's blocks have told since. */
void resolver_catch_up(struct resolver *resolver);

/* Changes whenever a name that was shown may be another one now. */
uint32_t resolver_state(const struct resolver *resolver);

/* The address with its name as trees show it: "Broadcast (ff:ff:ff:ff:ff:ff)"; that which it has behind a frame. */
char *resolve_mac(const struct resolver *resolver, uint32_t frame, char *to, const uint8_t octets[6]);
char *resolve_ipv4(const struct resolver *resolver, char *to, uint32_t address);
char *resolve_ipv6(const struct resolver *resolver, char *to, const uint8_t octets[16]);

/* The name alone, or, where there is none, the address; a MAC address has that which it has at last, or behind a frame. */
char *resolve_name(const struct resolver *resolver, char *to, const struct address *address);
char *resolve_mac_name(const struct resolver *resolver, uint32_t frame, char *to, const uint8_t octets[6]);

/* A port of an IP protocol (6: TCP) with its name: "https (443)". */
char *resolve_port(const struct resolver *resolver, char *to, uint8_t protocol, uint16_t port);

/* The name alone; NULL: there is none, or none is wanted. */
const char *port_name(const struct resolver *resolver, uint8_t protocol, uint16_t port);

/* The name of a virtual LAN, where such names are wanted; else NULL. */
const char *vlan_name(const struct resolver *resolver, uint16_t id);

#endif
