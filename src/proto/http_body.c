/*
 * http_body.c: the content of a message of HTTP/1.x: transfer codings (RFC 9112, section 7), content codings
 * (RFC 9110, section 8.4.1) by zlib and libbrotlidec, then what the media type says.
 */

#include "dissect/http.h"
#include "dissect/inflate.h"
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
	         chunk->size_length + chunk->size + HTTP_CHUNK_END, 0);
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
	struct chunks chunks = { !d->first_pass ? arena_alloc(d->arena, wire_captured(w)) : NULL, 0, false };
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
	if (d->first_pass || w->state != WIRE_GOOD || !chunks.is_any)
		return false;
	*body = add_source(d, "De-chunked entity body", chunks.octets, chunks.length);
	return body->state == WIRE_GOOD;
}

/* ---- content codings ---- */

enum { DECODED_LARGEST = 64 * 1024 * 1024 }; /* octets */

/* With the header that window_bits asks for. False: it has none, or nothing could be decoded. */
static bool inflate_some(struct dissection *d, const struct wire *w, int window_bits, struct inflated *inflated)
{
	const uint32_t n = wire_captured(w);
	const uint64_t most = (uint64_t)n * INFLATED_RATIO;
	z_stream z = { .next_in = (uint8_t *)(uintptr_t)wire_here(w), .avail_in = n };

	*inflated = (struct inflated){ 0 };
	if (inflateInit2(&z, window_bits) != Z_OK)
		return false;
	const int result = inflate_more(d->arena, &z, most < DECODED_LARGEST ? (uint32_t)most : DECODED_LARGEST, inflated);
	inflateEnd(&z);
	return inflated->length || result == Z_STREAM_END;
}

/* gzip (RFC 1952) or zlib (RFC 1950) by its header, or bare (RFC 1951). */
static bool decode_deflate(struct dissection *d, const struct wire *w, struct inflated *inflated)
{
	enum { BY_HEADER = MAX_WBITS + 32, BARE = -MAX_WBITS };

	return inflate_some(d, w, BY_HEADER, inflated) || inflate_some(d, w, BARE, inflated);
}

/* RFC 7932 */
static bool decode_brotli(struct dissection *d, const struct wire *w, struct inflated *inflated)
{
	bool complete;
	const bool good = unpack_brotli(d->arena, wire_here(w), wire_captured(w), DECODED_LARGEST, inflated, &complete);

	return complete || (good && inflated->length);
}

static const struct coding {
	const char *name;
	bool (*decode)(struct dissection *d, const struct wire *w, struct inflated *inflated);
} codings[] = {
	{ "gzip", decode_deflate },
	{ "x-gzip", decode_deflate },
	{ "deflate", decode_deflate },
	{ "x-deflate", decode_deflate },
	{ "br", decode_brotli },
};

/* False: it cannot be decoded. */
static bool decode(struct dissection *d, const struct wire *w, struct http_text name, struct wire *decoded)
{
	struct inflated inflated;

	for (const struct coding *coding = codings; coding < codings + sizeof codings / sizeof *codings; coding++) {
		if (!http_is(name, coding->name) || !coding->decode(d, w, &inflated))
			continue;
		*decoded = add_source(d, "Uncompressed entity body", inflated.octets, inflated.length);
		return true;
	}
	return false;
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
	if (wire_captured(body) == n && decode(d, body, coding, &decoded)) {
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

/* Closes the message's tree. Is it of a protocol that we know? */
static bool show_body(struct dissection *d, struct wire body, const struct http_message *message)
{
	if (message->is_coded) {
		dissect_data(d, body);
		close_subtree(d, message->top, NULL);
		return false;
	}
	if (message->content_encoding.at && !http_is(message->content_encoding, "identity") && wire_left(&body) &&
	    !read_coded(d, &body, message->content_encoding)) {
		close_subtree(d, message->top, NULL);
		return false;
	}
	const uint32_t captured = wire_captured(&body);
	add_node_octets(d, &body, &http_fields[HTTP_FILE_DATA], body.at, wire_left(&body), wire_here(&body),
	                captured ? (uint32_t)strnlen((const char *)wire_here(&body), captured) : 0);
	value_text(d, &body, d->last, "%u bytes", wire_left(&body));
	if (!message->content_type.at) {
		const bool is_known = dissect_untyped_media(d, body);
		close_subtree(d, message->top, NULL);
		return is_known;
	}
	const struct media_type *media = read_media_type(d, message->content_type.at, message->content_type.length);
	if (wire_left(&body) && media_is_refused(d, body, media))
		add_note(d, &body, &http_fields[HTTP_NOTE_BODY]);
	close_subtree(d, message->top, NULL);
	return dissect_media(d, body, media);
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
	const struct wire head = *w;
	struct wire body = wire_part(w, captured);
	bool has_body = captured;

	if (captured && message->is_chunked)
		has_body = read_chunks(d, w, &body);
	else
		wire_skip(w, captured);
	bool is_beside = captured && message->is_chunked;
	if (!d->first_pass && has_body)
		is_beside |= show_body(d, body, message);
	else
		close_subtree(d, message->top, NULL);
	if (is_beside)
		reach(d, message->top, &head);
	if (captured < n && w->state == WIRE_GOOD)
		wire_need(w, 1);
}
