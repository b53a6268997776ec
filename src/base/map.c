/* map.c: an index of (hash, entry number) slots, probed linearly, over entries in chunks that never move. */

#include "dissect/map.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "dissect/arena.h"

struct map_slot {
	uint32_t hash;
	uint32_t entry; /* number + 1; 0: free; GONE: removed */
};

enum { FIRST_SLOTS = 64 };
static const uint32_t GONE = UINT32_MAX;

static uint64_t seed(void)
{
	static uint64_t value; /* chosen once; every thread that races here finds some seed before any map has one */
	uint64_t v = __atomic_load_n(&value, __ATOMIC_ACQUIRE);
	if (v)
		return v;
	uint64_t fresh = 0;
	if (getrandom(&fresh, sizeof fresh, 0) != sizeof fresh)
		fresh = (uintptr_t)&fresh;
	fresh |= 1;
	if (__atomic_compare_exchange_n(&value, &v, fresh, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return fresh;
	return v;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint32_t hash_of(const void *key, size_t n)
{
	const unsigned char *p = key;
	uint64_t state = seed() ^ n;
	while (n >= 8) {
		uint64_t word;
		memcpy(&word, p, 8);
		state = mix(state ^ word, 0x9e3779b97f4a7c15u);
		p += 8;
		n -= 8;
	}
	uint64_t tail = 0;
	memcpy(&tail, p, n);
	state = mix(state ^ tail, 0xd6e8feb86659fd93u);
	return (uint32_t)(state ^ state >> 32);
}

static size_t rounded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

void map_init(struct map *map, size_t key_size, size_t value_size)
{
	*map = (struct map){ .key_size = (uint32_t)key_size,
		             .entry_size = (uint32_t)(rounded(key_size) + rounded(value_size)) };
}

void map_free(struct map *map)
{
	for (uint32_t i = 0; i < map->chunk_count; i++)
		free(map->chunks[i]);
	free(map->chunks);
	free(map->index);
	map_init(map, map->key_size, map->entry_size - rounded(map->key_size));
}

static char *entry_at(const struct map *map, uint32_t id)
{
	return map->chunks[id / MAP_CHUNK] + (size_t)(id % MAP_CHUNK) * map->entry_size;
}

void *map_value(const struct map *map, uint32_t id)
{
	return entry_at(map, id) + rounded(map->key_size);
}

const void *map_key(const struct map *map, uint32_t id)
{
	return entry_at(map, id);
}

/* The slot of the key, or the free one where it would go. */
static struct map_slot *find(const struct map *map, const void *key, uint32_t hash)
{
	uint32_t mask = map->slots - 1;
	for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
		struct map_slot *slot = &map->index[i];
		if (!slot->entry)
			return slot;
		if (slot->hash == hash && slot->entry != GONE &&
		    memcmp(entry_at(map, slot->entry - 1), key, map->key_size) == 0)
			return slot;
	}
}

void *map_get(const struct map *map, const void *key)
{
	if (!map->slots)
		return NULL;
	struct map_slot *slot = find(map, key, hash_of(key, map->key_size));
	return slot->entry ? map_value(map, slot->entry - 1) : NULL;
}

/* Slots of removed keys are dropped on the way, so that they do not fill the index. */
static void grow(struct map *map)
{
	struct map_slot *old = map->index;
	uint32_t count = map->slots, live = 0;
	for (uint32_t i = 0; i < count; i++)
		live += old[i].entry && old[i].entry != GONE;
	map->slots = count ? count : FIRST_SLOTS;
	while (map->slots < live * 2 + FIRST_SLOTS / 2)
		map->slots *= 2;
	map->index = must_zero(map->slots, sizeof *map->index);
	map->used = live;
	for (uint32_t i = 0; i < count; i++) {
		if (!old[i].entry || old[i].entry == GONE)
			continue;
		uint32_t at = old[i].hash & (map->slots - 1);
		while (map->index[at].entry)
			at = (at + 1) & (map->slots - 1);
		map->index[at] = old[i];
	}
	free(old);
}

static void add_chunk(struct map *map)
{
	if ((map->chunk_count & (map->chunk_count - 1)) == 0)
		map->chunks = must_realloc(map->chunks, (map->chunk_count ? map->chunk_count * 2 : 1) * sizeof *map->chunks);
	map->chunks[map->chunk_count++] = must_alloc((size_t)MAP_CHUNK * map->entry_size);
}

void *map_put(struct map *map, const void *key, bool *is_new)
{
	if (map->used >= map->slots / 4 * 3)
		grow(map);
	uint32_t hash = hash_of(key, map->key_size);
	struct map_slot *slot = find(map, key, hash);
	bool fresh = !slot->entry;
	if (is_new)
		*is_new = fresh;
	if (!fresh)
		return map_value(map, slot->entry - 1);
	if (map->count == map->chunk_count * MAP_CHUNK)
		add_chunk(map);
	uint32_t id = map->count++;
	*slot = (struct map_slot){ hash, id + 1 };
	map->used++;
	memcpy(entry_at(map, id), key, map->key_size);
	return memset(map_value(map, id), 0, map->entry_size - rounded(map->key_size));
}

void map_remove(struct map *map, const void *key)
{
	if (!map->slots)
		return;
	struct map_slot *slot = find(map, key, hash_of(key, map->key_size));
	if (slot->entry)
		slot->entry = GONE;
}
