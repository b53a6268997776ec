#ifndef DISSECT_FIELD_SET_H
#define DISSECT_FIELD_SET_H
/* field_set: declarations that somebody asks for, each with a number. */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/field.h"

struct field_set_slot {
	const struct field *field; /* NULL: free */
	uint32_t number;
};

struct field_set {
	struct field_set_slot *slots;
	uint32_t capacity; /* a power of two, at least twice the count; 0: the set is empty */
	uint32_t count;
	uint64_t hints; /* field_set_hint() of every field that is in it */
};

/* A bit by which most of the fields that are not in a set are known without a look into it. */
static inline uint64_t field_set_hint(const struct field *field)
{
	return 1ULL << ((uintptr_t)field * 0x9e3779b97f4a7c15u >> 58);
}

/* Adds a field, unless it is there already, in any case without giving it another number. Ready when zeroed. */
void field_set_add(struct field_set *set, const struct field *field, uint32_t number);
/* Every field of another set. */
void field_set_add_all(struct field_set *set, const struct field_set *other);
void field_set_free(struct field_set *set);

static inline uint32_t field_set_start(const struct field_set *set, const struct field *field)
{
	return (uint32_t)((uintptr_t)field * 0x9e3779b97f4a7c15u >> 32) & (set->capacity - 1);
}

/* The slot of a field, or NULL. */
static inline const struct field_set_slot *field_set_find(const struct field_set *set, const struct field *field)
{
	if (!set->capacity)
		return NULL;
	for (uint32_t i = field_set_start(set, field); set->slots[i].field; i = (i + 1) & (set->capacity - 1))
		if (set->slots[i].field == field)
			return &set->slots[i];
	return NULL;
}

#endif
