/*
 * http_body.c: the content of a message of HTTP/1.x: transfer codings (RFC 9112, section 7), content codings
 * (RFC 9110, section 8.4.1) by zlib, then what the media type says.
 */

#include <zlib.h>

#include "dissect/http.h"
#include "dissect/media.h"

/* ---- chunks ---- */

struct chunks {
	uint8_t *octets; /* of all of them */
	uint32_t length;
	bool is_any; /* one was there, if only the last */
};

static void read_trailer(struct dissection *d, struct wire *w)
{
	const uint8_t *start = wire_here(w);
	uint32_t n = 0;
	struct http_line line;

	for (;;) {
		line = http_line_at(start + n, wire_captured(w) - n);
		if (!line.length || line.length == line.whole)
			break;
		n += line.whole;
	}
	if (n)
		http_add_line(d, w, &http_fields[HTTP_TRAILER], n, (struct http_text){ start, n });
	if (n)
		set_text(d, w, d->last, "trailer-part: %s", printable(d, start, n));
	if (!line.length && line.whole)
		http_add_line(d, w, &http_fields[HTTP_END_OF_TRAILER], line.whole, (struct http_text){ 0 });
}

/* The cursor stands on a chunk. */
static void read_chunk(struct dissection *d, struct wire *w, const struct http_chunk *chunk, struct chunks *chunks)
{
	if (chunk->size && !wire_need(w, (uint64_t)chunk->size_length + chunk->size + HTTP_CHUNK_END))
		return;
	add_node(d, w, &http_fields[chunk->size ? HTTP_CHUNK : HTTP_LAST_CHUNK], w->at,
	         chunk->size_length + chunk->size + (chunk->size ? HTTP_CHUNK_END : 0), 0);
	if (chunk->size)
		set_text(d, w, d->last, "Data chunk (%u octets)", chunk->size);
	node_ref top = open_subtree(d);
	add_node(d, w, &http_fields[HTTP_CHUNK_SIZE], w->at, chunk->size_length, chunk->size);
	value_text(d, w, d->last, "%u octet%s", chunk->size, chunk->size == 1 ? "" : "s");
	wire_skip(w, chunk->size_length);
	if (chunk->size) {
		const uint8_t *octets = add_octets(d, w, &http_fields[HTTP_CHUNK_DATA], chunk->size);
		if (chunks->octets)
			memcpy(chunks->octets + chunks->length, octets, chunk->size);
		chunks->length += chunk->size;
		add_octets(d, w, &http_fields[HTTP_CHUNK_BOUNDARY], HTTP_CHUNK_END);
	}
	close_subtree(d, top, NULL);
}

/* Moves w behind the chunks; *body is a cursor over what they hold. False: there is no chunk, or one is cut. */
static bool read_chunks(struct dissection *d, struct wire *w, struct wire *body)
{
	const uint32_t start = w->at;
	struct chunks chunks = { d->tree ? arena_alloc(d->arena, wire_captured(w)) : NULL, 0, false };
	struct http_chunk chunk;

	add_node(d, w, &http_fields[HTTP_CHUNKED], w->at, wire_left(w), 0);
	node_ref top = open_subtree(d);
	while (wire_captured(w) && http_chunk_at(wire_here(w), wire_captured(w), &chunk)) {
		if (!chunk.size && !wire_need(w, (uint64_t)chunk.size_length + HTTP_CHUNK_END))
			break;
		read_chunk(d, w, &chunk, &chunks);
		chunks.is_any = true;
		if (chunk.size || w->state != WIRE_GOOD)
			continue;
		read_trailer(d, w);
		break;
	}
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD && w->at == start)
		wire_skip(w, wire_captured(w));
	if (!d->tree || w->state != WIRE_GOOD || !chunks.is_any)
		return false;
	*body = add_source(d, "De-chunked entity body", chunks.octets, chunks.length);
	return body->state == WIRE_GOOD;
}

/* ---- content codings ---- */

enum {
	DECODED_LARGEST = 64 * 1024 * 1024, /* octets */
	DECODED_RATIO = 1100,               /* more than DEFLATE (RFC 1951) can reach */
	DECODED_STEP = 16 * 1024,
};

/* With the header that window_bits asks for; 0: nothing could be decoded. */
static uint32_t inflate_some(struct dissection *d, const struct wire *w, int window_bits, uint8_t **to, bool *is_whole)
{
	const uint32_t n = wire_captured(w);
	const uint64_t most = (uint64_t)n * DECODED_RATIO < DECODED_LARGEST ? (uint64_t)n * DECODED_RATIO : DECODED_LARGEST;
	uint32_t capacity = n < DECODED_STEP / 4 ? DECODED_STEP : 4 * n;
	z_stream z = { .next_in = (uint8_t *)(uintptr_t)wire_here(w), .avail_in = n };
	int result = Z_OK;

	if (inflateInit2(&z, window_bits) != Z_OK)
		return 0;
	*to = arena_alloc(d->arena, capacity);
	while (result == Z_OK) {
		if (z.total_out == capacity) {
			if (capacity >= most)
				break;
			uint8_t *larger = arena_alloc(d->arena, 2 * (size_t)capacity);
			memcpy(larger, *to, capacity);
			*to = larger;
			capacity *= 2;
		}
		z.next_out = *to + z.total_out;
		z.avail_out = capacity - (uint32_t)z.total_out;
		result = inflate(&z, Z_SYNC_FLUSH);
	}
	*is_whole = result == Z_STREAM_END;
	const bool is_bad = result != Z_STREAM_END && result != Z_OK && result != Z_BUF_ERROR;
	const uint32_t length = is_bad && !z.total_out ? 0 : (uint32_t)z.total_out;
	inflateEnd(&z);
	return length;
}

/* gzip (RFC 1952) or zlib (RFC 1950) by its header, or bare (RFC 1951). False: it is neither. */
static bool decode(struct dissection *d, const struct wire *w, struct wire *decoded)
{
	enum { BY_HEADER = 15 + 32, BARE = -15 };
	bool is_whole = false;
	uint8_t *octets;
	uint32_t n = inflate_some(d, w, BY_HEADER, &octets, &is_whole);

	if (!n && !is_whole)
		n = inflate_some(d, w, BARE, &octets, &is_whole);
	if (!n && !is_whole)
		return false;
	*decoded = add_source(d, "Uncompressed entity body", octets, n);
	return true;
}

static bool is_deflated(struct http_text coding)
{
	return http_is(coding, "gzip") || http_is(coding, "x-gzip") || http_is(coding, "deflate") ||
	       http_is(coding, "x-deflate");
}

/* False: it cannot be decoded, and is shown as it is. */
static bool read_coded(struct dissection *d, struct wire *body, struct http_text coding)
{
	const uint32_t n = wire_left(body);
	const char *name = printable(d, coding.at, coding.length);
	struct wire decoded;

	add_node(d, body, &http_fields[HTTP_ENCODED], body->at, n, 0);
	const node_ref node = d->last;
	set_text(d, body, node, "Content-encoded entity body (%s): %u bytes", name, n);
	if (wire_captured(body) == n && is_deflated(coding) && decode(d, body, &decoded)) {
		append_text(d, body, node, " -> %u bytes", decoded.reported);
		*body = decoded;
		return true;
	}
	open_subtree(d);
	add_note(d, body, &http_fields[HTTP_NOTE_DECODING]);
	dissect_data(d, *body);
	close_subtree(d, node, NULL);
	return false;
}

/* ---- the body ---- */

static void show_body(struct dissection *d, struct wire body, const struct http_message *message)
{
	if (message->is_coded) {
		dissect_data(d, body);
		close_subtree(d, message->top, NULL);
		return;
	}
	if (message->content_encoding.at && !http_is(message->content_encoding, "identity") && wire_left(&body) &&
	    !read_coded(d, &body, message->content_encoding)) {
		close_subtree(d, message->top, NULL);
		return;
	}
	add_node(d, &body, &http_fields[HTTP_FILE_DATA], body.at, wire_left(&body), 0);
	value_text(d, &body, d->last, "%u bytes", wire_left(&body));
	if (!message->content_type.at)
		dissect_data(d, body);
	close_subtree(d, message->top, NULL);
	if (message->content_type.at)
		dissect_media(d, body, read_media_type(d, message->content_type.at, message->content_type.length));
}

/* How many octets are there for the body, RFC 9112, section 6.3, as far as they have come. */
static uint32_t body_length(const struct wire *w, const struct http_message *message)
{
	const uint32_t left = wire_left(w);
	const bool is_answer = message->kind == HTTP_RESPONSE;

	if (message->has_transfer_coding)
		return left;
	if (message->has_content_length)
		return message->content_length < left ? (uint32_t)message->content_length : left;
	if (is_answer && !http_has_no_content(message->status))
		return left;
	return message->kind == HTTP_OTHER ? left : 0;
}

void http_read_body(struct dissection *d, struct wire *w, struct http_message *message)
{
	const uint32_t n = body_length(w, message);
	const uint32_t captured = n < wire_captured(w) ? n : wire_captured(w);
	struct wire body = wire_part(w, captured);
	bool has_body = captured;

	if (captured && message->is_chunked)
		has_body = read_chunks(d, w, &body);
	else
		wire_skip(w, captured);
	if (d->tree && has_body)
		show_body(d, body, message);
	else
		close_subtree(d, message->top, NULL);
	if (captured < n && w->state == WIRE_GOOD)
		wire_need(w, 1);
}
