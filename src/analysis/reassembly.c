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
		free(reassembly->all[i].waiting);
		free(reassembly->all[i].kept);
		free(reassembly->all[i].held);
	}
	free(reassembly->all);
	map_free(&reassembly->open);
}

uint32_t reassembly_new(struct reassembly *reassembly)
{
	if (reassembly->count == reassembly->capacity) {
		reassembly->capacity = reassembly->capacity ? reassembly->capacity * 2 : 64;
		reassembly->all = must_realloc(reassembly->all, reassembly->capacity * sizeof *reassembly->all);
	}
	reassembly->all[reassembly->count] = (struct assembly){ 0 };
	return reassembly->count++;
}

uint32_t reassembly_open(struct reassembly *reassembly, const uint8_t key[ASSEMBLY_KEY])
{
	bool is_new;
	uint32_t *number = map_put(&reassembly->open, key, &is_new);

	if (is_new)
		*number = reassembly_new(reassembly);
	return *number;
}

void reassembly_close(struct reassembly *reassembly, const uint8_t key[ASSEMBLY_KEY])
{
	map_remove(&reassembly->open, key);
}

struct assembly *reassembly_at(const struct reassembly *reassembly, uint32_t number)
{
	return number < reassembly->count ? &reassembly->all[number] : NULL;
}

/* Octets of a piece, into `to`. */
static bool read_piece(const struct assembly *assembly, const struct piece *piece, const struct capture *capture,
                       uint32_t skip, uint8_t *to, uint32_t n)
{
	if (!piece->is_kept)
		return capture_read(capture, piece->from + skip, to, n) == n;
	if (!assembly->kept)
		return false;
	memcpy(to, assembly->kept + piece->from + skip, n);
	return true;
}

/* ---- the prefix that is filled ---- */

/* Is the piece with number a to be taken from the heap before that with number b? */
static bool is_before(const struct assembly *assembly, uint32_t a, uint32_t b)
{
	return assembly->pieces[a].at < assembly->pieces[b].at;
}

static void put_in_heap(struct assembly *assembly, uint32_t number)
{
	if (assembly->waiting_count == assembly->waiting_capacity) {
		assembly->waiting_capacity = assembly->waiting_capacity ? assembly->waiting_capacity * 2 : 4;
		assembly->waiting = must_realloc(assembly->waiting, assembly->waiting_capacity * sizeof *assembly->waiting);
	}
	uint32_t *heap = assembly->waiting, i = assembly->waiting_count++;
	for (; i && is_before(assembly, number, heap[(i - 1) / 2]); i = (i - 1) / 2)
		heap[i] = heap[(i - 1) / 2];
	heap[i] = number;
}

/* Takes the foremost piece from the heap. */
static void take_from_heap(struct assembly *assembly)
{
	uint32_t *heap = assembly->waiting, n = --assembly->waiting_count, last = heap[n], i = 0;

	for (uint32_t child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && is_before(assembly, heap[child + 1], heap[child]))
			child++;
		if (!is_before(assembly, heap[child], last))
			break;
		heap[i] = heap[child];
	}
	heap[i] = last;
}

static void fill(struct assembly *assembly, const struct piece *piece)
{
	uint32_t end = piece->at + piece->length;
	if (end > assembly->filled)
		assembly->filled = end;
}

/* The piece added last fills a hole at the front, or waits until that is filled. */
static void fit(struct assembly *assembly)
{
	uint32_t number = assembly->piece_count - 1;

	if (assembly->pieces[number].at > assembly->filled) {
		put_in_heap(assembly, number);
		return;
	}
	fill(assembly, &assembly->pieces[number]);
	while (assembly->waiting_count && assembly->pieces[assembly->waiting[0]].at <= assembly->filled) {
		fill(assembly, &assembly->pieces[assembly->waiting[0]]);
		take_from_heap(assembly);
	}
}

/* ---- pieces ---- */

static int compare_places(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->frame != y->frame)
		return x->frame < y->frame ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* Puts the pieces in the order of their place. Mostly they came in it. Those that still wait do so in vain. */
static void sort(struct assembly *assembly)
{
	assembly->waiting_count = 0;
	if (assembly->is_disordered)
		qsort(assembly->pieces, assembly->piece_count, sizeof *assembly->pieces, compare_places);
	assembly->is_disordered = false;
}

static void append(struct assembly *assembly, struct piece piece)
{
	if (assembly->piece_count == assembly->piece_capacity) {
		assembly->piece_capacity = assembly->piece_capacity ? assembly->piece_capacity * 2 : 2;
		assembly->pieces = must_realloc(assembly->pieces, assembly->piece_capacity * sizeof *assembly->pieces);
	}
	if (assembly->piece_count && piece.at < assembly->pieces[assembly->piece_count - 1].at)
		assembly->is_disordered = true;
	assembly->pieces[assembly->piece_count++] = piece;
}

/* A stream's messages have been shown when the next frame comes. */
static void forget_spent(struct reassembly *reassembly, uint32_t frame)
{
	while (reassembly->spent && reassembly->all[reassembly->spent - 1].frame != frame) {
		struct assembly *assembly = &reassembly->all[reassembly->spent - 1];
		reassembly->spent = assembly->next_spent;
		assembly->is_spent = false;
		if (!assembly->frame) /* taken up again: it is not whole yet */
			continue;
		reassembly->kept -= assembly->kept_length;
		free(assembly->kept);
		assembly->kept = NULL;
		assembly->kept_length = assembly->kept_capacity = 0;
	}
}

/* Keeps the octets of a piece that the capture cannot give again. False when all there may be are kept already. */
static bool keep(struct reassembly *reassembly, struct assembly *assembly, struct piece *piece, const uint8_t *octets)
{
	const uint32_t needed = assembly->kept_length + piece->length;

	if (reassembly->kept + piece->length > ASSEMBLIES_KEPT || needed > 2 * ASSEMBLY_LARGEST)
		return false;
	if (needed > assembly->kept_capacity) {
		assembly->kept_capacity = needed > 2 * assembly->kept_capacity ? needed : 2 * assembly->kept_capacity;
		assembly->kept = must_realloc(assembly->kept, assembly->kept_capacity);
	}
	if (piece->length)
		memcpy(assembly->kept + assembly->kept_length, octets, piece->length);
	piece->from = assembly->kept_length;
	piece->is_kept = true;
	assembly->kept_length = needed;
	reassembly->kept += piece->length;
	return true;
}

/* Marks pieces that reach over octets of earlier ones, and compares what both say. */
static void mark_overlaps(struct assembly *assembly, const struct capture *capture)
{
	struct arena arena = { 0 };
	const uint8_t *octets = assembly_octets(assembly, capture, &arena);
	uint32_t filled = 0;

	for (uint32_t i = 0; i < assembly->piece_count; i++) {
		struct piece *piece = &assembly->pieces[i];
		uint32_t end = piece->at + piece->length < assembly->length ? piece->at + piece->length : assembly->length;
		if (piece->at < filled) {
			uint32_t n = (end < filled ? end : filled) - piece->at;
			uint8_t *again = must_alloc(n);
			assembly->overlap = piece->overlap = true;
			if (octets && read_piece(assembly, piece, capture, 0, again, n) &&
			    memcmp(again, octets + piece->at, n) != 0)
				assembly->conflict = piece->conflict = true;
			free(again);
		}
		if (end > filled)
			filled = end;
	}
	arena_free(&arena);
}

enum piece_result reassembly_add(struct reassembly *reassembly, const struct capture *capture, uint32_t number,
                                 struct piece piece, const uint8_t *octets, bool last)
{
	struct assembly *assembly = &reassembly->all[number];
	uint64_t end = (uint64_t)piece.at + piece.length;

	forget_spent(reassembly, piece.frame);
	if (end > ASSEMBLY_LARGEST || assembly->piece_count >= ASSEMBLY_PIECES)
		return PIECE_REFUSED;
	if ((piece.from == UINT64_MAX || !capture_is_seekable(capture)) && !keep(reassembly, assembly, &piece, octets))
		return PIECE_REFUSED;
	if (last) {
		piece.second_end = assembly->has_end && assembly->length != end;
		if (!assembly->has_end)
			assembly->length = (uint32_t)end;
		assembly->has_end = true;
	}
	piece.too_long = assembly->has_end && end > assembly->length;
	append(assembly, piece);
	assembly->added += piece.length;
	fit(assembly);
	if (!assembly->has_end || assembly->filled < assembly->length)
		return PIECE_KEPT;

	assembly->frame = piece.frame;
	sort(assembly);
	if (assembly->added != assembly->length)
		mark_overlaps(assembly, capture);
	if (!capture_is_seekable(capture) && !assembly->is_spent) {
		assembly->is_spent = true;
		assembly->next_spent = reassembly->spent;
		reassembly->spent = number + 1;
	}
	return PIECE_COMPLETES;
}

void assembly_reopen(struct assembly *assembly)
{
	assembly->frame = 0;
	assembly->has_end = false;
	for (uint32_t i = assembly->piece_count; i-- && assembly->pieces[i].at > assembly->filled;)
		put_in_heap(assembly, i);
}

void reassembly_restart(struct reassembly *reassembly, uint32_t number)
{
	struct assembly *assembly = &reassembly->all[number];

	reassembly->kept -= assembly->kept_length;
	assembly->kept_length = 0;
	assembly->piece_count = assembly->waiting_count = 0;
	assembly->filled = 0;
	assembly->added = 0;
	assembly->has_end = false;
}

void assembly_shorten(struct assembly *assembly, uint32_t length)
{
	assembly->length = length;
	for (uint32_t i = assembly->piece_count; i--;) {
		struct piece *piece = &assembly->pieces[i];
		if (piece->at >= length)
			piece->length = 0;
		else if (piece->at + piece->length > length)
			piece->length = length - piece->at;
	}
}

/* Puts the octets of the pieces from number i on behind the first `filled` ones of a message. How many there are then. */
static uint32_t copy_pieces(const struct assembly *assembly, const struct capture *capture, uint32_t i, uint8_t *to,
                            uint32_t filled)
{
	for (; i < assembly->piece_count; i++) {
		const struct piece *piece = &assembly->pieces[i];
		uint32_t end = piece->at + piece->length < assembly->length ? piece->at + piece->length : assembly->length;
		if (end <= filled)
			continue;
		uint32_t skip = filled - piece->at;
		if (piece->at > filled || !read_piece(assembly, piece, capture, skip, to + filled, end - filled))
			break;
		filled = end;
	}
	return filled;
}

const uint8_t *assembly_octets(const struct assembly *assembly, const struct capture *capture, struct arena *arena)
{
	uint8_t *whole = arena_alloc(arena, assembly->length ? assembly->length : 1);

	return copy_pieces(assembly, capture, 0, whole, 0) == assembly->length ? whole : NULL;
}

const uint8_t *reassembly_hold(struct reassembly *reassembly, const struct capture *capture, uint32_t number)
{
	struct assembly *assembly = &reassembly->all[number];
	const uint32_t length = assembly->length, capacity = assembly->held_capacity;
	uint32_t i = assembly->piece_count;

	if (length > capacity || !capacity) {
		if (reassembly->held + length > ASSEMBLIES_HELD)
			return NULL;
		assembly->held_capacity = length > 2 * capacity ? length + 1 : 2 * capacity;
		assembly->held = must_realloc(assembly->held, assembly->held_capacity);
		reassembly->held += assembly->held_capacity - capacity;
	}
	while (i && assembly->pieces[i - 1].at + assembly->pieces[i - 1].length > assembly->held_length)
		i--;
	assembly->held_length = copy_pieces(assembly, capture, i, assembly->held, assembly->held_length);
	if (assembly->held_length < length) /* a piece reaches beyond those that begin behind it */
		assembly->held_length = copy_pieces(assembly, capture, 0, assembly->held, assembly->held_length);
	return assembly->held_length == length ? assembly->held : NULL;
}

void reassembly_release(struct reassembly *reassembly, uint32_t number)
{
	struct assembly *assembly = &reassembly->all[number];

	reassembly->held -= assembly->held_capacity;
	free(assembly->held);
	assembly->held = NULL;
	assembly->held_length = assembly->held_capacity = 0;
}
