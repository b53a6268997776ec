/* reassembly.c: pieces collected in the order of their place, read again when the whole is wanted. */

#include "dissect/reassembly.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/capture.h"

void reassembly_begin(struct reassembly *reassembly)
{
	*reassembly = (struct reassembly){ 0 };
	map_init(&reassembly->open, ASSEMBLY_KEY, sizeof(uint32_t));
}

void reassembly_end(struct reassembly *reassembly)
{
	for (uint32_t i = 0; i < reassembly->count; i++) {
		free(reassembly->all[i].pieces);
		free(reassembly->all[i].kept);
	}
	free(reassembly->all);
	map_free(&reassembly->open);
}

uint32_t reassembly_open(struct reassembly *reassembly, const uint8_t key[ASSEMBLY_KEY])
{
	bool is_new;
	uint32_t *number = map_put(&reassembly->open, key, &is_new);

	if (!is_new)
		return *number;
	if (reassembly->count == reassembly->capacity) {
		reassembly->capacity = reassembly->capacity ? reassembly->capacity * 2 : 64;
		reassembly->all = must_realloc(reassembly->all, reassembly->capacity * sizeof *reassembly->all);
	}
	reassembly->all[reassembly->count] = (struct assembly){ 0 };
	return *number = reassembly->count++;
}

void reassembly_close(struct reassembly *reassembly, const uint8_t key[ASSEMBLY_KEY])
{
	map_remove(&reassembly->open, key);
}

struct assembly *reassembly_at(const struct reassembly *reassembly, uint32_t number)
{
	return number < reassembly->count ? &reassembly->all[number] : NULL;
}

/* The octets of a piece, into `to`. */
static bool read_piece(const struct assembly *assembly, const struct piece *piece, const struct capture *capture,
                       uint32_t skip, uint8_t *to, uint32_t n)
{
	if (assembly->kept) {
		memcpy(to, assembly->kept + piece->from + skip, n);
		return true;
	}
	return capture_read(capture, piece->from + skip, to, n) == n;
}

static void insert(struct assembly *assembly, struct piece piece)
{
	if (assembly->piece_count == assembly->piece_capacity) {
		assembly->piece_capacity = assembly->piece_capacity ? assembly->piece_capacity * 2 : 4;
		assembly->pieces = must_realloc(assembly->pieces, assembly->piece_capacity * sizeof *assembly->pieces);
	}
	uint32_t i = assembly->piece_count++;
	for (; i && assembly->pieces[i - 1].at > piece.at; i--)
		assembly->pieces[i] = assembly->pieces[i - 1];
	assembly->pieces[i] = piece;
}

/* Octets from the start that are there without a hole. */
static uint32_t contiguous(const struct assembly *assembly)
{
	uint32_t filled = 0;

	for (uint32_t i = 0; i < assembly->piece_count && assembly->pieces[i].at <= filled; i++) {
		uint32_t end = assembly->pieces[i].at + assembly->pieces[i].length;
		if (end > filled)
			filled = end;
	}
	return filled;
}

/* Marks pieces that reach over octets of earlier ones, and compares what both say. */
static void mark_overlaps(struct assembly *assembly, const uint8_t *octets, const struct capture *capture)
{
	uint32_t filled = 0;

	for (uint32_t i = 0; i < assembly->piece_count; i++) {
		struct piece *piece = &assembly->pieces[i];
		uint32_t end = piece->at + piece->length;
		if (piece->at < filled) {
			uint32_t n = (end < filled ? end : filled) - piece->at;
			uint8_t *again = must_alloc(n);
			assembly->overlap = piece->overlap = true;
			if (read_piece(assembly, piece, capture, 0, again, n) && memcmp(again, octets + piece->at, n) != 0)
				assembly->conflict = piece->conflict = true;
			free(again);
		}
		if (end > filled)
			filled = end;
	}
}

enum piece_result reassembly_add(struct reassembly *reassembly, const struct capture *capture, uint32_t number,
                                 struct piece piece, const uint8_t *octets, bool last)
{
	struct assembly *assembly = &reassembly->all[number];
	uint64_t end = (uint64_t)piece.at + piece.length;

	if (end > ASSEMBLY_LARGEST || assembly->piece_count >= ASSEMBLY_PIECES)
		return PIECE_REFUSED;
	if (piece.from == UINT64_MAX || !capture_is_seekable(capture)) {
		assembly->kept = must_realloc(assembly->kept, assembly->kept_length + piece.length);
		memcpy(assembly->kept + assembly->kept_length, octets, piece.length);
		piece.from = assembly->kept_length;
		assembly->kept_length += piece.length;
	}
	if (last) {
		piece.second_end = assembly->has_end && assembly->length != end;
		if (!assembly->has_end)
			assembly->length = (uint32_t)end;
		assembly->has_end = true;
	}
	piece.too_long = assembly->has_end && end > assembly->length;
	insert(assembly, piece);
	if (!assembly->has_end || contiguous(assembly) < assembly->length)
		return PIECE_KEPT;

	assembly->frame = piece.frame;
	struct arena arena = { 0 };
	const uint8_t *whole = assembly_octets(assembly, capture, &arena);
	if (whole)
		mark_overlaps(assembly, whole, capture);
	arena_free(&arena);
	return PIECE_COMPLETES;
}

const uint8_t *assembly_octets(const struct assembly *assembly, const struct capture *capture, struct arena *arena)
{
	uint8_t *whole = arena_alloc(arena, assembly->length ? assembly->length : 1);
	uint32_t filled = 0;

	for (uint32_t i = 0; i < assembly->piece_count; i++) {
		const struct piece *piece = &assembly->pieces[i];
		uint32_t end = piece->at + piece->length < assembly->length ? piece->at + piece->length : assembly->length;
		if (end <= filled)
			continue;
		uint32_t skip = filled - piece->at;
		if (piece->at > filled || !read_piece(assembly, piece, capture, skip, whole + filled, end - filled))
			return NULL;
		filled = end;
	}
	return filled == assembly->length ? whole : NULL;
}
