/* resolver.c: names for addresses and ports: from files, and from the capture. */

#include "dissect/resolver.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"
#include "dissect/capture.h"
#include "dissect/host_names.h"
#include "dissect/map.h"
#include "dissect/names_file.h"
#include "dissect/services.h"
#include "dissect/text.h"
#include "dissect/wire.h"

enum { KNOWN = 4096 }; /* MAC addresses whose names are kept; a power of two */

/* An address and its text with its name. */
struct known {
	uint64_t address;
	uint8_t length;
	char text[RESOLVED_LARGEST];
};

/*
 * Addresses that were asked for, each in the one place it may have: what is there stays, so that a reader needs no lock. An address
 * whose place is taken is looked up every time.
 */
struct cache {
	pthread_mutex_t lock; /* for who adds */
	struct arena texts;
	struct known *known[KNOWN];
};

/* What a MAC address is called that has a name of its own. */
struct station {
	const char *name; /* by a file of `ethers`, printable; or NULL */
	uint32_t last;    /* of its bindings, the number + 1; 0: it has none */
	uint32_t count;   /* of its bindings */
};

/* From a frame on, the station is that host: so ARP says. */
struct binding {
	uint32_t frame;
	uint32_t earlier; /* as struct station's `last` */
	uint8_t ipv4[4];
	bool was_named;   /* when it was said */
};

enum {
	VLANS = 4096,
	BINDINGS_MOST = 1024 * 1024,
	BINDINGS_OF_ONE = 64, /* later ones are left out */
};

struct resolver {
	unsigned kinds; /* enum resolution */
	struct organizations *organizations;
	struct cache *cache;
	struct map stations; /* MAC address -> struct station */
	struct binding *bindings;
	uint32_t binding_count, binding_capacity;
	struct host_names hosts;
	struct services *services;
	struct arena texts;
	const char **vlans; /* names of the VLANS there can be; NULL: not wanted */
	const struct capture *capture;
	size_t taken;   /* of the capture's names: where the next one stands */
	uint32_t state; /* see resolver_state() */
};

/* ---- the resolver ---- */

static const char *keep_name(struct resolver *resolver, const char *name, size_t n)
{
	char text[NAME_ROOM + 1];

	n = printable_name(text, name, n);
	text[n] = 0;
	return arena_copy(&resolver->texts, text, n + 1);
}

/* "00:00:5e:00:53:01 name", as in ethers(5) */
static void learn_ether(void *context, const char *word, const char *rest)
{
#define OCTET "%2hhx"
#define NEXT "%*1[:.-]" OCTET
	struct resolver *resolver = context;
	uint8_t o[6];
	bool is_new;

	if (sscanf(word, OCTET NEXT NEXT NEXT NEXT NEXT, &o[0], &o[1], &o[2], &o[3], &o[4], &o[5]) != 6)
		return;
	struct station *station = map_put(&resolver->stations, o, &is_new);
	station->name = keep_name(resolver, rest, word_length(rest));
#undef NEXT
#undef OCTET
}

/* "123 name of it" */
static void learn_vlan(void *context, const char *word, const char *rest)
{
	struct resolver *resolver = context;
	char *end;
	unsigned long id = strtoul(word, &end, 10);

	if (!*end && id < VLANS)
		resolver->vlans[id] = keep_name(resolver, rest, strlen(rest));
}

/* What is read later counts. Files that are not there name nobody. */
static void read_files(struct resolver *resolver, const char *const *hosts, unsigned host_count)
{
	if (resolver->kinds & RESOLVE_MAC) {
		names_file_read("/etc/ethers", learn_ether, resolver);
		names_file_read_own("ethers", learn_ether, resolver);
	}
	if (resolver->kinds & RESOLVE_VLANS) {
		resolver->vlans = must_zero(VLANS, sizeof *resolver->vlans);
		names_file_read_own("vlans", learn_vlan, resolver);
	}
	if (resolver->kinds & RESOLVE_NETWORK) {
		if (resolver->kinds & RESOLVE_EXTERNAL)
			host_names_read_system(&resolver->hosts);
		host_names_read_usual(&resolver->hosts);
		for (unsigned i = 0; i < host_count; i++)
			host_names_read(&resolver->hosts, hosts[i]);
	}
}

struct resolver *resolver_new(struct organizations *organizations, const struct capture *capture, unsigned kinds,
                              const char *const *hosts, unsigned host_count)
{
	enum { SHOWN = RESOLVE_MAC | RESOLVE_NETWORK | RESOLVE_PORTS | RESOLVE_VLANS };

	if (!(kinds & SHOWN))
		return NULL;
	struct resolver *resolver = must_zero(1, sizeof *resolver);
	resolver->kinds = kinds;
	resolver->organizations = organizations;
	resolver->capture = capture;
	resolver->cache = must_zero(1, sizeof *resolver->cache);
	pthread_mutex_init(&resolver->cache->lock, NULL);
	map_init(&resolver->stations, 6, sizeof(struct station));
	host_names_begin(&resolver->hosts);
	resolver->services = services_new();
	read_files(resolver, hosts, host_count);
	return resolver;
}

void resolver_free(struct resolver *resolver)
{
	if (!resolver)
		return;
	arena_free(&resolver->cache->texts);
	pthread_mutex_destroy(&resolver->cache->lock);
	free(resolver->cache);
	map_free(&resolver->stations);
	free(resolver->bindings);
	host_names_end(&resolver->hosts);
	services_free(resolver->services);
	arena_free(&resolver->texts);
	free(resolver->vlans);
	free(resolver);
}

bool resolves(const struct resolver *resolver, enum resolution kind)
{
	return resolver && resolver->kinds & kind;
}

uint32_t resolver_state(const struct resolver *resolver)
{
	return resolver ? resolver->state : 0;
}

/* ---- what the capture tells ---- */

static void learn_block_name(void *context, int family, const uint8_t *address, const char *name)
{
	struct resolver *resolver = context;
	resolver->state += host_names_learn(&resolver->hosts, family == 4 ? ADDRESS_IPV4 : ADDRESS_IPV6, address, name,
	                                    strlen(name));
}

void resolver_catch_up(struct resolver *resolver)
{
	if (resolves(resolver, RESOLVE_NETWORK) && resolver->capture)
		resolver->taken = capture_names(resolver->capture, resolver->taken, learn_block_name, resolver);
}

void resolver_learn(struct resolver *resolver, enum address_kind kind, const uint8_t *octets, const void *name,
                    size_t n)
{
	resolver_catch_up(resolver); /* blocks that stand before this */
	resolver->state += host_names_learn(&resolver->hosts, kind, octets, name, n);
}

static void add_binding(struct resolver *resolver, struct station *station, const struct binding *binding)
{
	if (resolver->binding_count == resolver->binding_capacity) {
		resolver->binding_capacity = resolver->binding_capacity ? resolver->binding_capacity * 2 : 64;
		resolver->bindings =
			must_realloc(resolver->bindings, resolver->binding_capacity * sizeof *resolver->bindings);
	}
	resolver->bindings[resolver->binding_count++] = *binding;
	station->last = resolver->binding_count;
	station->count++;
	resolver->state++;
}

void resolver_bind(struct resolver *resolver, uint32_t frame, const uint8_t mac[6], const uint8_t ipv4[4])
{
	bool is_new;

	if (!resolves(resolver, RESOLVE_MAC) || !resolves(resolver, RESOLVE_NETWORK))
		return;
	resolver_catch_up(resolver);
	bool is_named = host_name_of(&resolver->hosts, ADDRESS_IPV4, ipv4) != NULL;
	struct station *station = map_get(&resolver->stations, mac);
	if (station && station->last) {
		struct binding *last = &resolver->bindings[station->last - 1];
		if (!memcmp(last->ipv4, ipv4, 4)) {
			last->was_named |= is_named;
			return;
		}
	}
	if (resolver->binding_count >= BINDINGS_MOST || (station && station->count >= BINDINGS_OF_ONE))
		return;
	if (!station)
		station = map_put(&resolver->stations, mac, &is_new);
	struct binding binding = { .frame = frame, .earlier = station->last, .was_named = is_named };
	memcpy(binding.ipv4, ipv4, 4);
	add_binding(resolver, station, &binding);
}

bool resolver_has_bindings(const struct resolver *resolver)
{
	return resolver && resolver->binding_count;
}

/* ---- addresses ---- */

/* " (00:11:22:33:44:55)" */
static char *put_address_behind(char *to, const uint8_t octets[6])
{
	to = put_literal(to, " (");
	to = put_mac(to, octets);
	*to++ = ')';
	return to;
}

static char *put_with_name(struct organizations *o, char *to, uint64_t address, const uint8_t octets[6])
{
	char *end = organizations_put_name(o, to, address);
	return put_address_behind(end ? end : put_mac(to, octets), octets);
}

/* The host that the station is behind a frame, or else the last one that was known by name in time; NULL: none with a name. */
static const struct host_name *find_host(const struct resolver *resolver, const struct station *station, uint32_t frame)
{
	const struct host_name *otherwise = NULL;

	for (uint32_t i = station->last; i;) {
		const struct binding *binding = &resolver->bindings[i - 1];
		const struct host_name *name = host_name_of(&resolver->hosts, ADDRESS_IPV4, binding->ipv4);
		if (name && binding->frame <= frame)
			return name;
		if (!otherwise && binding->was_named)
			otherwise = name;
		i = binding->earlier;
	}
	return otherwise;
}

/* The name that the station has of its own; NULL: none. */
static char *put_station(const struct resolver *resolver, uint32_t frame, char *to, const uint8_t octets[6])
{
	const struct station *station = resolver->stations.count ? map_get(&resolver->stations, octets) : NULL;

	if (!station)
		return NULL;
	const struct host_name *host = find_host(resolver, station, frame);
	if (host)
		return put_bytes(to, host->text, host->length);
	return station->name ? put_bytes(to, station->name, strlen(station->name)) : NULL;
}

static void keep(struct cache *cache, struct known **place, uint64_t address, const char *text, size_t n)
{
	pthread_mutex_lock(&cache->lock);
	if (!*place) {
		struct known *known = arena_alloc(&cache->texts, offsetof(struct known, text) + n);
		known->address = address;
		known->length = (uint8_t)n;
		memcpy(known->text, text, n);
		__atomic_store_n(place, known, __ATOMIC_RELEASE);
	}
	pthread_mutex_unlock(&cache->lock);
}

char *resolve_mac(const struct resolver *resolver, uint32_t frame, char *to, const uint8_t octets[6])
{
	if (!resolves(resolver, RESOLVE_MAC))
		return put_mac(to, octets);
	char *end = put_station(resolver, frame, to, octets);
	if (end)
		return put_address_behind(end, octets);
	uint64_t address = 0;
	for (unsigned i = 0; i < 6; i++)
		address = address << 8 | octets[i];
	struct known **place = &resolver->cache->known[address * 0x9e3779b97f4a7c15u >> 40 & (KNOWN - 1)];
	const struct known *known = __atomic_load_n(place, __ATOMIC_ACQUIRE);
	if (known && known->address == address)
		return put_bytes(to, known->text, known->length);
	end = put_with_name(resolver->organizations, to, address, octets);
	if (!known)
		keep(resolver->cache, place, address, to, (size_t)(end - to));
	return end;
}

/* The name of a host, or its address where it has none. */
static char *put_host(const struct resolver *resolver, char *to, enum address_kind kind, const uint8_t *octets)
{
	const struct host_name *name =
		resolves(resolver, RESOLVE_NETWORK) ? host_name_of(&resolver->hosts, kind, octets) : NULL;

	if (name)
		return put_bytes(to, name->text, name->length);
	return kind == ADDRESS_IPV4 ? put_ipv4(to, be32(octets)) : put_ipv6(to, octets);
}

char *resolve_ipv4(const struct resolver *resolver, char *to, uint32_t address)
{
	if (!resolves(resolver, RESOLVE_NETWORK))
		return put_ipv4(to, address);
	const uint32_t octets = htonl(address);
	to = put_literal(put_host(resolver, to, ADDRESS_IPV4, (const uint8_t *)&octets), " (");
	to = put_ipv4(to, address);
	*to++ = ')';
	return to;
}

char *resolve_ipv6(const struct resolver *resolver, char *to, const uint8_t octets[16])
{
	if (!resolves(resolver, RESOLVE_NETWORK))
		return put_ipv6(to, octets);
	to = put_literal(put_host(resolver, to, ADDRESS_IPV6, octets), " (");
	to = put_ipv6(to, octets);
	*to++ = ')';
	return to;
}

char *resolve_mac_name(const struct resolver *resolver, uint32_t frame, char *to, const uint8_t octets[6])
{
	enum { BEHIND = sizeof " (00:11:22:33:44:55)" - 1 };

	to = resolve_mac(resolver, frame, to, octets);
	return resolves(resolver, RESOLVE_MAC) ? to - BEHIND : to;
}

char *resolve_name(const struct resolver *resolver, char *to, const struct address *address)
{
	switch (address->kind) {
	case ADDRESS_IPV4:
	case ADDRESS_IPV6:
		return put_host(resolver, to, address->kind, address->octets);
	case ADDRESS_MAC:
		return resolve_mac_name(resolver, UINT32_MAX, to, address->octets);
	default:
		return to;
	}
}

/* ---- ports and virtual LANs ---- */

const char *port_name(const struct resolver *resolver, uint8_t protocol, uint16_t port)
{
	return resolves(resolver, RESOLVE_PORTS) ? service_name(resolver->services, protocol, port) : NULL;
}

char *resolve_port(const struct resolver *resolver, char *to, uint8_t protocol, uint16_t port)
{
	const char *name = port_name(resolver, protocol, port);

	to = name ? put_bytes(to, name, strlen(name)) : put_decimal(to, port);
	if (!resolves(resolver, RESOLVE_PORTS))
		return to;
	to = put_literal(to, " (");
	to = put_decimal(to, port);
	*to++ = ')';
	return to;
}

const char *vlan_name(const struct resolver *resolver, uint16_t id)
{
	return resolves(resolver, RESOLVE_VLANS) && id < VLANS ? resolver->vlans[id] : NULL;
}
