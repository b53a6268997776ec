/*
 * http_stream.c: requests and responses of a conversation over HTTP/1.x.
 *
 * A request begins an exchange; a response belongs to the exchange that began last, or to one of its own where that has
 * its response already: as tshark counts them, not as pipelining (RFC 9112, section 9.3.2) would have it.
 */

#include <stdlib.h>

#include "dissect/session.h"
#include "dissect/websocket.h"

enum { URI_LARGEST = 1024 }; /* octets of one that are kept for its response */

void http_state_begin(void *state)
{
	map_init(&((struct http_state *)state)->streams, sizeof(uint32_t), sizeof(struct http_stream));
}

void http_state_end(void *memory)
{
	struct http_state *state = memory;

	for (uint32_t i = 0; i < state->streams.count; i++) {
		struct http_stream *stream = map_value(&state->streams, i);
		free(stream->exchanges);
		websocket_free(stream->websocket);
	}
	map_free(&state->streams);
	arena_free(&state->texts);
}

/* ---- pass 1 and pass 2 ---- */

/* All that a frame has of HTTP is one fact, under the frame itself: its messages share it. */
enum { FRAME_LAYER = 0 };

const struct http_fact *http_fact_of(struct dissection *d)
{
	return facts_find(&d->session->facts, &d->facts_from, d->frame->number, FRAME_LAYER, FACT_HTTP);
}

bool http_is_known(const struct dissection *d)
{
	const struct http_state *state = find_state(d, &protocol_http);
	uint64_t from = d->facts_from;

	if (!state)
		return false;
	if (d->first_pass)
		return d->has_conversation && map_get(&state->streams, &d->conversation);
	return facts_find(&d->session->facts, &from, d->frame->number, FRAME_LAYER, FACT_HTTP);
}

static struct http_stream *begin_frame(struct dissection *d)
{
	struct http_state *state = protocol_state(d, &protocol_http);
	const uint32_t known = state->streams.count;
	bool is_new;

	if (!d->has_conversation || d->quoted)
		return NULL;
	struct http_stream *stream = map_put(&state->streams, &d->conversation, &is_new);
	if (state->frame == d->frame->number)
		return stream;
	state->frame = d->frame->number;
	state->fact = facts_add(&d->session->facts, d->frame->number, FRAME_LAYER, FACT_HTTP, sizeof *state->fact, NULL);
	if (state->fact)
		state->fact->stream = is_new ? known + 1 : stream->number + 1;
	if (is_new)
		stream->number = known;
	return stream;
}

struct http_stream *http_stream_of(struct dissection *d)
{
	if (d->first_pass)
		return begin_frame(d);
	const struct http_fact *fact = http_fact_of(d);
	const struct http_state *state = find_state(d, &protocol_http);
	return fact && fact->stream && state ? map_value(&state->streams, fact->stream - 1) : NULL;
}

/* ---- pass 1 ---- */

static struct http_exchange *add_exchange(struct http_stream *stream)
{
	if (stream->count == stream->capacity) {
		stream->capacity = stream->capacity ? stream->capacity * 2 : 2;
		stream->exchanges = must_realloc(stream->exchanges, stream->capacity * sizeof *stream->exchanges);
	}
	stream->exchanges[stream->count] = (struct http_exchange){ 0 };
	return &stream->exchanges[stream->count++];
}

/* Often the same is asked for again. */
static void keep_uri(struct http_state *state, struct http_stream *stream, const char *uri)
{
	const size_t n = strnlen(uri, URI_LARGEST);

	if (!stream->uri || strlen(stream->uri) != n || memcmp(stream->uri, uri, n) != 0) {
		char *text = arena_alloc(&state->texts, n + 1);
		memcpy(text, uri, n);
		text[n] = 0;
		stream->uri = text;
	}
}

static const char *uri_text(struct dissection *d, struct http_text uri)
{
	const struct http_text ascii = http_ascii(d, uri);
	char *text = arena_alloc(d->arena, ascii.length + 1);

	memcpy(text, ascii.at, ascii.length);
	text[ascii.length] = 0;
	return text;
}

static void meet_response(struct dissection *d, struct http_stream *stream,
                          const struct http_message *message)
{
	struct http_exchange *last = stream->count ? &stream->exchanges[stream->count - 1] : NULL;

	if (!last || last->response)
		last = add_exchange(stream);
	last->response = d->frame->number;
	last->uri = stream->uri;
	if (stream->is_connect && message->status / 100 == 2 && !stream->tunnel_frame)
		stream->tunnel_frame = d->frame->number;
	if (message->status == 101 && message->upgrade.length && !stream->upgrade_frame) {
		stream->upgrade_frame = d->frame->number;
		if (http_is(message->upgrade, "websocket"))
			stream->websocket = websocket_new(message->websocket_extensions);
	}
}

/* RFC 9112, section 3.2.3: CONNECT names a host and a port. */
static void meet_tunnel(struct http_state *state, struct http_stream *stream, struct http_text uri)
{
	const uint8_t *colon = uri.length ? memrchr(uri.at, ':', uri.length) : NULL;
	uint64_t port;

	if (!colon)
		return;
	const struct http_text digits = { colon + 1, uri.length - (uint32_t)(colon + 1 - uri.at) };
	const size_t n = (size_t)(colon - uri.at) < URI_LARGEST ? (size_t)(colon - uri.at) : URI_LARGEST;
	char *host = arena_alloc(&state->texts, n + 1);
	memcpy(host, uri.at, n);
	host[n] = 0;
	stream->tunnel_host = host;
	stream->tunnel_port = http_number(digits, &port) ? (uint16_t)port : 0;
}

void http_meet(struct dissection *d, struct http_stream *stream, const struct http_message *message)
{
	struct http_state *state = protocol_state(d, &protocol_http);

	if (message->full_uri)
		keep_uri(state, stream, message->full_uri);
	stream->has_full_uri |= message->full_uri != NULL;
	if (message->kind == HTTP_REQUEST || message->kind == HTTP_NOTIFICATION) {
		if (!stream->has_full_uri)
			keep_uri(state, stream, uri_text(d, message->uri));
		stream->is_http = true;
		stream->is_head = message->is_head;
		stream->is_connect = message->is_connect;
		stream->client_port = d->source_port;
	}
	if (message->kind == HTTP_REQUEST) {
		struct http_exchange *exchange = add_exchange(stream);
		exchange->request = d->frame->number;
		exchange->time = d->frame->time;
		if (message->is_connect)
			meet_tunnel(state, stream, message->uri);
	} else if (message->kind == HTTP_RESPONSE) {
		meet_response(d, stream, message);
	} else {
		return;
	}
	if (state->fact)
		state->fact->exchange = stream->count;
}

/* ---- pass 2 ---- */

static void add_frame(struct dissection *d, const struct wire *w, unsigned field, uint32_t frame)
{
	if (frame)
		add_number(d, w, &http_fields[field], frame);
}

static void show_response(struct dissection *d, const struct wire *w, const struct http_stream *stream,
                          const struct http_exchange *exchange, const struct http_exchange *previous,
                          const struct http_exchange *next)
{
	const char *uri = exchange->uri ? exchange->uri : stream->uri;

	if (exchange->request)
		add_time(d, w, &http_fields[HTTP_TIME], timestamp_span(d->frame->time, exchange->time));
	add_frame(d, w, HTTP_PREVIOUS_REQUEST, previous->request);
	add_frame(d, w, HTTP_PREVIOUS_RESPONSE, previous->response);
	add_frame(d, w, HTTP_REQUEST_IN, exchange->request);
	add_frame(d, w, HTTP_NEXT_REQUEST, next->request);
	add_frame(d, w, HTTP_NEXT_RESPONSE, next->response);
	if (uri)
		add_string_value(d, w, &http_fields[HTTP_RESPONSE_FOR], uri, strlen(uri));
}

void http_show_exchange(struct dissection *d, const struct wire *w, const struct http_message *message)
{
	static const struct http_exchange none;
	const struct http_stream *stream = http_stream_of(d);
	const struct http_fact *fact = http_fact_of(d);
	const bool is_response = message->kind == HTTP_RESPONSE;

	if (!SHOWING(d, w) || !stream || !fact || !fact->exchange)
		return;
	const struct http_exchange *exchange = &stream->exchanges[fact->exchange - 1];
	const struct http_exchange *previous = fact->exchange > 1 ? exchange - 1 : &none;
	const struct http_exchange *next = fact->exchange < stream->count ? exchange + 1 : &none;

	add_number(d, w, &http_fields[is_response ? HTTP_RESPONSE_NUMBER : HTTP_REQUEST_NUMBER], fact->exchange);
	set_text(d, w, d->last, "HTTP %s %u/%u", is_response ? "response" : "request", fact->exchange, stream->count);
	if (is_response) {
		show_response(d, w, stream, exchange, previous, next);
		return;
	}
	add_frame(d, w, HTTP_PREVIOUS_REQUEST, previous->request);
	add_frame(d, w, HTTP_RESPONSE_IN, exchange->response);
	add_frame(d, w, HTTP_NEXT_REQUEST, next->request);
}

