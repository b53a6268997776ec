/* arena.c: chunks that double in size up to a limit. */

#include "dissect/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 64 * 1024, LARGEST_CHUNK = 4 * 1024 * 1024, ALIGNMENT = 8 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	_Alignas(ALIGNMENT) char data[];
};

static void *checked(void *memory)
{
	if (!memory) {
		fputs("dissect: out of memory\n", stderr);
		exit(2);
	}
	return memory;
}

void *must_alloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *must_zero(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *must_aligned(size_t alignment, size_t size)
{
	return memset(checked(aligned_alloc(alignment, size)), 0, size);
}

void *must_realloc(void *old, size_t size)
{
	return checked(realloc(old, size ? size : 1));
}

static size_t rounded(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static void use_chunk(struct arena *arena, struct arena_chunk *chunk)
{
	arena->chunk = chunk;
	arena->at = chunk->data;
	arena->end = chunk->data + chunk->size;
}

static void add_chunk(struct arena *arena, size_t least)
{
	size_t size = arena->chunk ? arena->chunk->size * 2 : FIRST_CHUNK;
	if (size > LARGEST_CHUNK)
		size = LARGEST_CHUNK;
	if (size < least)
		size = least;
	struct arena_chunk *chunk = must_alloc(sizeof *chunk + size);
	chunk->size = size;
	chunk->next = NULL;
	if (arena->chunk)
		arena->chunk->next = chunk;
	else
		arena->first = chunk;
	use_chunk(arena, chunk);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size = rounded(size);
	if ((size_t)(arena->end - arena->at) <= size) /* even for nothing: an empty arena has no place to give */
		add_chunk(arena, size);
	void *piece = arena->at;
	arena->at += size;
	return piece;
}

void *arena_zero(struct arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

void *arena_copy(struct arena *arena, const void *from, size_t size)
{
	void *piece = arena_alloc(arena, size);
	if (size)
		memcpy(piece, from, size);
	return piece;
}

void *arena_extend(struct arena *arena, void *piece, size_t size, size_t more)
{
	const size_t wanted = rounded(size + more);
	if (piece && (char *)piece + rounded(size) == arena->at && (size_t)(arena->end - (char *)piece) >= wanted) {
		arena->at = (char *)piece + wanted;
		return piece;
	}
	void *copy = arena_alloc(arena, size + more);
	if (size)
		memcpy(copy, piece, size);
	return copy;
}

void arena_shrink(struct arena *arena, void *end)
{
	arena->at = arena->chunk->data + rounded((size_t)((char *)end - arena->chunk->data));
}

void arena_reset(struct arena *arena)
{
	if (!arena->first)
		return;
	struct arena_chunk *next = arena->first->next;
	while (next) {
		struct arena_chunk *gone = next;
		next = next->next;
		free(gone);
	}
	arena->first->next = NULL;
	use_chunk(arena, arena->first);
}

void arena_free(struct arena *arena)
{
	arena_reset(arena);
	free(arena->first);
	*arena = (struct arena){ 0 };
}
