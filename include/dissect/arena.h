#ifndef DISSECT_ARENA_H
#define DISSECT_ARENA_H
/* arena: memory that is given out piece by piece and taken back all at once. */

#include <stdbool.h>
#include <stddef.h>

struct arena {
	struct arena_chunk *first; /* kept over resets */
	struct arena_chunk *chunk; /* the one that pieces come from */
	char *at, *end;
};

/* An arena is ready when zeroed. Gives `size` octets, aligned to 8; ends the program when memory is out. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same, zeroed. */
void *arena_zero(struct arena *arena, size_t size);

/* A copy of `size` octets. */
void *arena_copy(struct arena *arena, const void *from, size_t size);

/*
 * Makes the piece at `piece`, `size` octets long, `more` octets longer: in place when it was the last one given, else
 * copied to a new place, which is returned.
 */
void *arena_extend(struct arena *arena, void *piece, size_t size, size_t more);

/* Takes back what lies behind `end` of the piece that was given last. */
void arena_shrink(struct arena *arena, void *end);

/* Takes everything back; keeps one chunk for what comes next. */
void arena_reset(struct arena *arena);

void arena_free(struct arena *arena);

/* malloc and friends that end the program with one line when memory is out. */
void *must_alloc(size_t size);
void *must_zero(size_t count, size_t size);
void *must_aligned(size_t alignment, size_t size); /* zeroed; size a multiple of alignment */
void *must_realloc(void *old, size_t size);

#endif
