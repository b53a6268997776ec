#ifndef DISSECT_PROTOCOL_H
#define DISSECT_PROTOCOL_H
/* protocol: the descriptor that every dissector file exports, and the tables by which one protocol names the next. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dissection;
struct field;
struct wire;

struct protocol {
	const char *name;       /* Domain Name System */
	const char *short_name; /* DNS: as in [Malformed Packet: DNS] */
	const char *filter;     /* dns: as in [Protocols in frame: eth:ethertype:ip:udp:dns] */
	const char *column;     /* what the packet list calls it, where a message of its own starts; NULL: it adds to its carrier's row */
	const struct field *fields;
	unsigned field_count;

	/*
	 * Does it stand up to the transport layer? Does it stand above that, and never has packets within? Who asks for fields of
	 * the former alone is not shown the latter.
	 */
	bool is_lower, is_application;

	/*
	 * Reads one message: adds what it shows (pass 2), learns what later frames need (pass 1), and hands its payload
	 * on. Must show the same in pass 2 whatever frames were shown before. What it leaves unread is left to its caller.
	 */
	void (*dissect)(struct dissection *d, struct wire *w);

	/* May these octets be this protocol, when a port or a type says that they are? NULL: always. */
	bool (*accepts)(const struct dissection *d, struct wire w);

	/* Are they, when nothing says so? NULL: never asked. */
	bool (*resembles)(const struct dissection *d, struct wire w);

	/* What pass 1 keeps for this protocol (protocol_state()): how large, how to begin and to give back what it holds. */
	size_t state_size;
	void (*state_begin)(void *state); /* NULL: zeroes are enough */
	void (*state_end)(void *state);
};

/* The tables in which a payload's protocol is looked up: what the number is a number of. */
enum table {
	BY_LINK_TYPE = 1, /* LINKTYPE_ values */
	BY_ETHERTYPE,
	BY_LLC_SAP,
	BY_SNAP_OUI,      /* the protocol that reads the rest of a SNAP header with that OUI */
	BY_PPP_PROTOCOL,
	BY_NULL_FAMILY,   /* address families of LINKTYPE_NULL, after their many values were made one (IP: 2, IPv6: 24) */
	BY_IP_PROTOCOL,
	BY_UDP_PORT,
	BY_TCP_PORT,
	BY_GRE_PROTOCOL,
};

struct table_row {
	uint16_t table; /* enum table */
	uint32_t key;
	const struct protocol *protocol;
};

/* Every protocol there is; NULL behind the last. Defined in proto/registry.c. */
extern const struct protocol *const protocols[];

/* Number of protocols: their states are numbered by their place in `protocols`. */
unsigned protocol_count(void);

/* The protocol under a key, or NULL. */
const struct protocol *protocol_by(enum table table, uint32_t key);

/*
 * The rows once more, hashed: every layer of every frame looks its payload up, for which protocol_by() is too slow. Made once for a
 * session.
 */
enum { INDEX_SLOTS = 1024 }; /* at least twice as many as there are rows; a power of two */

struct protocol_index {
	struct {
		uint64_t key; /* 0: free */
		const struct protocol *protocol;
	} slots[INDEX_SLOTS];
};

void protocol_index_make(struct protocol_index *index);

static inline uint64_t index_key(enum table table, uint32_t key)
{
	return (uint64_t)table << 32 | key;
}

/* Where a key is, or else where it would be put. */
static inline unsigned index_slot(const struct protocol_index *index, uint64_t key)
{
	unsigned i = key * 0x9e3779b97f4a7c15u >> 32 & (INDEX_SLOTS - 1);

	while (index->slots[i].key && index->slots[i].key != key)
		i = (i + 1) & (INDEX_SLOTS - 1);
	return i;
}

static inline const struct protocol *protocol_indexed(const struct protocol_index *index, enum table table, uint32_t key)
{
	return index->slots[index_slot(index, index_key(table, key))].protocol;
}

/* Every row of every table, in rising order of table and key. */
const struct table_row *table_rows(unsigned *count);

/* The protocols that are asked for a datagram that no port claims, in this order; NULL behind the last. */
extern const struct protocol *const udp_heuristics[];
extern const struct protocol *const tcp_heuristics[];

#endif
