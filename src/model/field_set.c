/* field_set.c: declarations that somebody asks for. */

#include "dissect/field_set.h"

#include <stdlib.h>

#include "dissect/arena.h"

static void put(struct field_set *set, struct field_set_slot slot)
{
	uint32_t i = field_set_start(set, slot.field);

	while (set->slots[i].field)
		i = (i + 1) & (set->capacity - 1);
	set->slots[i] = slot;
}

static void grow(struct field_set *set)
{
	const struct field_set old = *set;

	set->capacity = old.capacity ? old.capacity * 2 : 16;
	set->slots = must_zero(set->capacity, sizeof *set->slots);
	for (uint32_t i = 0; i < old.capacity; i++)
		if (old.slots[i].field)
			put(set, old.slots[i]);
	free(old.slots);
}

void field_set_add(struct field_set *set, const struct field *field, uint32_t number)
{
	if (field_set_find(set, field))
		return;
	if (2 * (set->count + 1) > set->capacity)
		grow(set);
	put(set, (struct field_set_slot){ field, number });
	set->count++;
	set->hints |= field_set_hint(field);
}

void field_set_add_all(struct field_set *set, const struct field_set *other)
{
	for (uint32_t i = 0; i < other->capacity; i++)
		if (other->slots[i].field)
			field_set_add(set, other->slots[i].field, 0);
}

void field_set_free(struct field_set *set)
{
	free(set->slots);
	*set = (struct field_set){ 0 };
}
