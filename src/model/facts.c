/* facts.c: records in chunks, in the order of their frames. */

#include "dissect/facts.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"

enum { CHUNK_BITS = 20, CHUNK = 1 << CHUNK_BITS };

/* Stands before every record. A size of 0 ends a chunk. */
struct header {
	uint32_t frame;
	uint8_t kind;
	uint8_t layer;
	uint8_t size; /* of the record, in units of 8 octets */
	uint8_t pad;
};

static char *at(const struct facts *facts, uint64_t position)
{
	return facts->chunks[position >> CHUNK_BITS] + (position & (CHUNK - 1));
}

void facts_free(struct facts *facts)
{
	for (uint32_t i = 0; i < facts->chunk_count; i++)
		free(facts->chunks[i]);
	free(facts->chunks);
	*facts = (struct facts){ 0 };
}

static void add_chunk(struct facts *facts)
{
	if ((facts->chunk_count & (facts->chunk_count - 1)) == 0)
		facts->chunks = must_realloc(facts->chunks,
		                             (facts->chunk_count ? facts->chunk_count * 2 : 1) * sizeof *facts->chunks);
	facts->end = (uint64_t)facts->chunk_count << CHUNK_BITS;
	facts->chunks[facts->chunk_count++] = must_zero(1, CHUNK);
}

void *facts_add(struct facts *facts, uint32_t frame_number, unsigned layer, enum fact_kind kind, size_t size,
                fact_ref *ref)
{
	size_t units = (size + 7) / 8;
	size_t whole = sizeof(struct header) + units * 8;

	if (ref)
		*ref = 0;
	if (layer > UINT8_MAX || units > UINT8_MAX || !units)
		return NULL;
	/* One header more must always fit: the end mark. */
	if (!facts->chunk_count || (facts->end & (CHUNK - 1)) + whole + sizeof(struct header) > CHUNK)
		add_chunk(facts);
	struct header *header = (struct header *)at(facts, facts->end);
	*header = (struct header){ frame_number, (uint8_t)kind, (uint8_t)layer, (uint8_t)units, 0 };
	if (ref)
		*ref = facts->end + 1; /* 0 means none */
	facts->end += whole;
	return header + 1;
}

void *facts_at(const struct facts *facts, fact_ref ref)
{
	if (!ref || ref - 1 < facts->base)
		return NULL;
	return at(facts, ref - 1) + sizeof(struct header);
}

const void *facts_find(const struct facts *facts, uint64_t *from, uint32_t frame_number, unsigned layer,
                       enum fact_kind kind)
{
	uint64_t position = *from;

	while (position < facts->end) {
		const struct header *header = (const struct header *)at(facts, position);
		if (!header->size) {
			position = ((position >> CHUNK_BITS) + 1) << CHUNK_BITS;
			continue;
		}
		if (header->frame > frame_number)
			return NULL;
		if (header->frame < frame_number)
			*from = position;
		else if (header->kind == kind && header->layer == layer)
			return header + 1;
		position += sizeof *header + header->size * 8u;
	}
	return NULL;
}

void facts_forget(struct facts *facts)
{
	facts->base = facts->end;
	for (uint32_t i = 0; i < facts->end >> CHUNK_BITS; i++) {
		free(facts->chunks[i]);
		facts->chunks[i] = NULL;
	}
}
