#ifndef DISSECT_MAP_H
#define DISSECT_MAP_H
/*
 * map: a hash table from keys of one size to values of one size.
 *
 * Entries are numbered in the order they were put, stay where they are, and can be walked by number. The index over
 * them grows; its hash is keyed by a random seed, so that a capture cannot choose its collisions.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAP_CHUNK = 256 }; /* entries in a chunk */

struct map {
	uint32_t key_size;   /* octets */
	uint32_t entry_size; /* key and value, each rounded up to 8 */
	uint32_t count;      /* entries; ids run from 0 to count - 1 */
	uint32_t slots;      /* a power of two */
	uint32_t used;       /* slots that are taken or were */
	struct map_slot *index;
	char **chunks;
	uint32_t chunk_count;
};

/* Sizes in octets. Nothing is allocated before the first map_put(). */
void map_init(struct map *map, size_t key_size, size_t value_size);
void map_free(struct map *map);

/* The value under the key, or NULL. */
void *map_get(const struct map *map, const void *key);

/* The value under the key; a new one is zeroed and *is_new is set. */
void *map_put(struct map *map, const void *key, bool *is_new);

/* Takes a key out of the index: its entry stays, but is not found any more. */
void map_remove(struct map *map, const void *key);

/* The value and the key of entry `id`. */
void *map_value(const struct map *map, uint32_t id);
const void *map_key(const struct map *map, uint32_t id);

#endif
