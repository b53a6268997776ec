/*
 * http.c: Hypertext Transfer Protocol, HTTP/1.x, RFC 9112: messages, and what stands between them. What follows
 * CONNECT is given to the protocol on the port that it names; what follows a change of the protocol is WebSocket, or
 * shown as data.
 *
 *	start line CRLF
 *	field: value CRLF ...
 *	CRLF
 *	content, by its length, in chunks, or up to the end of the connection
 */

#include "dissect/ascii.h"
#include "dissect/http.h"
#include "dissect/session.h"
#include "dissect/tcp_reassembly.h"
#include "dissect/text.h"

static const struct name status_names[] = {
	{ 100, "Continue" },
	{ 101, "Switching Protocols" },
	{ 102, "Processing" },
	{ 103, "Early Hints" },
	{ 199, "Informational - Others" },
	{ 200, "OK" },
	{ 201, "Created" },
	{ 202, "Accepted" },
	{ 203, "Non-authoritative Information" },
	{ 204, "No Content" },
	{ 205, "Reset Content" },
	{ 206, "Partial Content" },
	{ 207, "Multi-Status" },
	{ 208, "Already Reported" },
	{ 226, "IM Used" },
	{ 299, "Success - Others" },
	{ 300, "Multiple Choices" },
	{ 301, "Moved Permanently" },
	{ 302, "Found" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 305, "Use Proxy" },
	{ 307, "Temporary Redirect" },
	{ 308, "Permanent Redirect" },
	{ 399, "Redirection - Others" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 402, "Payment Required" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 406, "Not Acceptable" },
	{ 407, "Proxy Authentication Required" },
	{ 408, "Request Time-out" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 411, "Length Required" },
	{ 412, "Precondition Failed" },
	{ 413, "Request Entity Too Large" },
	{ 414, "Request-URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 416, "Requested Range Not Satisfiable" },
	{ 417, "Expectation Failed" },
	{ 418, "I'm a teapot" },
	{ 421, "Misdirected Request" },
	{ 422, "Unprocessable Entity" },
	{ 423, "Locked" },
	{ 424, "Failed Dependency" },
	{ 425, "Too Early" },
	{ 426, "Upgrade Required" },
	{ 428, "Precondition Required" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 451, "Unavailable For Legal Reasons" },
	{ 499, "Client Error - Others" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 502, "Bad Gateway" },
	{ 503, "Service Unavailable" },
	{ 504, "Gateway Time-out" },
	{ 505, "HTTP Version not supported" },
	{ 506, "Variant Also Negotiates" },
	{ 507, "Insufficient Storage" },
	{ 508, "Loop Detected" },
	{ 510, "Not Extended" },
	{ 511, "Network Authentication Required" },
	{ 599, "Server Error - Others" },
};
static const struct names status_texts = { status_names, sizeof status_names / sizeof *status_names };

#define TLS_PORT_NOTE \
	"Unencrypted HTTP protocol detected over encrypted port, could indicate a dangerous misconfiguration."
#define LEADING_CRLF "Leading CRLF previous message in the stream may have extra CRLF"

const struct field http_fields[N_HTTP_FIELDS] = {
	[HTTP]                   = { "http", "Hypertext Transfer Protocol", PROTOCOL },
	[HTTP_SSDP]              = { "ssdp", "Simple Service Discovery Protocol", PROTOCOL },
	[HTTP_LEADING_CRLF]      = { NULL, LEADING_CRLF, SUBTREE },
	[HTTP_START_LINE]        = { NULL, "Start line", SUBTREE },
	[HTTP_CHAT]              = { "http.chat", "Formatted text", NOTE, .severity = SEVERITY_CHAT,
	                             .group = GROUP_SEQUENCE },
	[HTTP_METHOD]            = { "http.request.method", "Request Method", STRING },
	[HTTP_URI]               = { "http.request.uri", "Request URI", STRING },
	[HTTP_URI_PATH]          = { "http.request.uri.path", "Request URI Path", STRING },
	[HTTP_URI_QUERY]         = { "http.request.uri.query", "Request URI Query", STRING },
	[HTTP_URI_PARAMETER]     = { "http.request.uri.query.parameter", "Request URI Query Parameter", STRING },
	[HTTP_REQUEST_VERSION]   = { "http.request.version", "Request Version", STRING },
	[HTTP_RESPONSE_VERSION]  = { "http.response.version", "Response Version", STRING },
	[HTTP_STATUS]            = { "http.response.code", "Status Code", UINT16 },
	[HTTP_STATUS_TEXT]       = { "http.response.code.desc", "Status Code Description", STRING, .generated = true },
	[HTTP_PHRASE]            = { "http.response.phrase", "Response Phrase", STRING },
	[HTTP_END_OF_HEAD]       = { NULL, "End of head", SUBTREE },
	[HTTP_FULL_URI]          = { "http.request.full_uri", "Full request URI", STRING, .generated = true },
	[HTTP_IS_REQUEST]        = { "http.request", "Request", BOOLEAN, .generated = true, .hidden = true },
	[HTTP_IS_RESPONSE]       = { "http.response", "Response", BOOLEAN, .generated = true, .hidden = true },
	[HTTP_IS_NOTIFICATION]   = { "http.notification", "Notification", BOOLEAN, .generated = true, .hidden = true },
	[HTTP_REQUEST_NUMBER]    = { "http.request_number", "Request number", UINT32, .generated = true },
	[HTTP_RESPONSE_NUMBER]   = { "http.response_number", "Response number", UINT32, .generated = true },
	[HTTP_TIME]              = { "http.time", "Time since request", RELATIVE_TIME, .generated = true },
	[HTTP_PREVIOUS_REQUEST]  = { "http.prev_request_in", "Prev request in frame", FRAME_NUMBER, .generated = true },
	[HTTP_PREVIOUS_RESPONSE] = { "http.prev_response_in", "Prev response in frame", FRAME_NUMBER,
	                             .generated = true },
	[HTTP_REQUEST_IN]        = { "http.request_in", "Request in frame", FRAME_NUMBER, .generated = true },
	[HTTP_RESPONSE_IN]       = { "http.response_in", "Response in frame", FRAME_NUMBER, .generated = true },
	[HTTP_NEXT_REQUEST]      = { "http.next_request_in", "Next request in frame", FRAME_NUMBER, .generated = true },
	[HTTP_NEXT_RESPONSE]     = { "http.next_response_in", "Next response in frame", FRAME_NUMBER, .generated = true },
	[HTTP_RESPONSE_FOR]      = { "http.response_for.uri", "Request URI", STRING, .generated = true },
	[HTTP_TUNNEL_HOST]       = { "http.proxy_connect_host", "Proxy-Connect-Hostname", STRING, .generated = true },
	[HTTP_TUNNEL_PORT]       = { "http.proxy_connect_port", "Proxy-Connect-Port", UINT16, .generated = true },
	[HTTP_CHUNKED]           = { NULL, "HTTP chunked response", SUBTREE },
	[HTTP_CHUNK]             = { NULL, "Data chunk", SUBTREE },
	[HTTP_LAST_CHUNK]        = { NULL, "End of chunked encoding", SUBTREE },
	[HTTP_CHUNK_SIZE]        = { "http.chunk_size", "Chunk size", UINT32 },
	[HTTP_CHUNK_DATA]        = { "http.chunk_data", "Chunk data", OCTETS },
	[HTTP_CHUNK_BOUNDARY]    = { "http.chunk_boundary", "Chunk boundary", OCTETS },
	[HTTP_TRAILER]           = { "http.chunked_trailer_part", "trailer-part", STRING },
	[HTTP_END_OF_TRAILER]    = { NULL, "End of trailer", SUBTREE },
	[HTTP_ENCODED]           = { NULL, "Content-encoded entity body", SUBTREE },
	[HTTP_FILE_DATA]         = { "http.file_data", "File Data", STRING },
	[HTTP_NOTE_LEADING_CRLF] = { "http.leading_crlf", LEADING_CRLF, NOTE, .severity = SEVERITY_ERROR,
	                             .group = GROUP_MALFORMED },
	[HTTP_NOTE_DECODING]     = { "http.decompression_failed", "Decompression failed", NOTE,
	                             .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
	[HTTP_NOTE_BODY]         = { "http.subdissector_failed",
	                             "HTTP body subdissector failed, trying heuristic subdissector", NOTE,
	                             .severity = SEVERITY_NOTE, .group = GROUP_MALFORMED },
	[HTTP_NOTE_TLS_PORT]     = { "http.tls_port", TLS_PORT_NOTE, NOTE, .severity = SEVERITY_WARNING,
	                             .group = GROUP_SECURITY },
};

#define F(name) (&http_fields[HTTP_##name])

/* ---- lines ---- */

node_ref http_add_line(struct dissection *d, struct wire *w, const struct field *field, uint32_t n,
                       struct http_text value)
{
	const uint8_t *octets = wire_bytes(w, n);

	if (!octets || !BUILDING(d, w))
		return 0;
	node_ref node = add_node_octets(d, w, field, w->at - n, n, value.at, value.length);
	if (!SAYING(d, w, node))
		return node;
	char *text = begin_text(d, ESCAPED_SIZE(n));
	end_text(d, node, TEXT_WHOLE, text, put_escaped(text, octets, n));
	return node;
}

struct http_text http_ascii(struct dissection *d, struct http_text text)
{
	text.at = ascii(d->arena, text.at, &text.length);
	return text;
}

/* A part of a line that was read, shown in ASCII. */
static void add_part(struct dissection *d, const struct wire *w, const struct field *field, struct http_text part)
{
	d->last = 0;
	if (!BUILDING(d, w))
		return;
	const struct http_text shown = http_ascii(d, part);
	add_node_octets(d, w, field, (uint32_t)(part.at - w->data), part.length, shown.at, shown.length);
}

/* RFC 3986, section 3.4: what stands behind the first question mark, taken for a list by "&". */
static void show_query(struct dissection *d, const struct wire *w, struct http_text uri)
{
	const uint8_t *mark = uri.length ? memchr(uri.at, '?', uri.length) : NULL, *end = uri.at + uri.length;

	if (!mark || mark + 1 == end)
		return;
	node_ref node = open_subtree(d);
	add_part(d, w, F(URI_PATH), (struct http_text){ uri.at, (uint32_t)(mark - uri.at) });
	add_part(d, w, F(URI_QUERY), (struct http_text){ mark + 1, (uint32_t)(end - mark - 1) });
	node_ref query = open_subtree(d);
	for (const uint8_t *at = mark + 1; at < end;) {
		const uint8_t *stop = memchr(at, '&', (size_t)(end - at));
		if (!stop)
			stop = end;
		if (stop > at)
			add_part(d, w, F(URI_PARAMETER), (struct http_text){ at, (uint32_t)(stop - at) });
		at = stop + 1;
	}
	close_subtree(d, query, NULL);
	close_subtree(d, node, NULL);
}

static void read_request_line(struct dissection *d, struct wire *w, struct http_message *message,
                              const struct http_line *line)
{
	uint32_t from = 0;

	message->method = http_word(line, &from);
	message->uri = http_word(line, &from);
	message->is_head = message->method.length == 4 && memcmp(message->method.at, "HEAD", 4) == 0;
	message->is_connect = message->method.length == 7 && memcmp(message->method.at, "CONNECT", 7) == 0;
	add_part(d, w, F(METHOD), message->method);
	add_part(d, w, F(URI), message->uri);
	if (BUILDING(d, w))
		show_query(d, w, message->uri);
	add_part(d, w, F(REQUEST_VERSION), (struct http_text){ line->text + from, line->length - from });
}

static void skip_spaces(const struct http_line *line, uint32_t *from)
{
	while (*from < line->length && line->text[*from] == ' ')
		++*from;
}

static void read_status_line(struct dissection *d, struct wire *w, struct http_message *message,
                             const struct http_line *line)
{
	uint32_t from = 0;

	add_part(d, w, F(RESPONSE_VERSION), http_word(line, &from));
	skip_spaces(line, &from);
	const struct http_text word = http_word(line, &from);
	if (!http_status(word, &message->status))
		return;
	add_node(d, w, F(STATUS), (uint32_t)(word.at - w->data), 3, message->status);
	if (BUILDING(d, w)) {
		const char *name = name_of(&status_texts, message->status);
		if (!name)
			name = text_of(d, "Unknown (%u)", message->status);
		add_string_value(d, w, F(STATUS_TEXT), name, strlen(name));
		place(d, (uint32_t)(word.at - w->data), 3);
	}
	skip_spaces(line, &from);
	if (from < line->length)
		add_part(d, w, F(PHRASE), (struct http_text){ line->text + from, line->length - from });
}

static void read_start_line(struct dissection *d, struct wire *w, struct http_message *message,
                            const struct http_line *line)
{
	node_ref node = http_add_line(d, w, F(START_LINE), line->whole, (struct http_text){ 0 });

	open_subtree(d);
	if (BUILDING(d, w))
		add_note_text(d, w, F(CHAT), "%s", printable(d, line->text, line->whole));
	append_info(d, w, "%s ", printable(d, line->text, line->length));
	if (message->kind == HTTP_RESPONSE)
		read_status_line(d, w, message, line);
	else
		read_request_line(d, w, message, line);
	close_subtree(d, node, NULL);
}

/* ---- requests and responses ---- */

/* The request's target as RFC 9112, section 3.3, reconstructs it; NULL: the host is not known. */
static const char *full_uri(struct dissection *d, const struct http_message *message)
{
	const struct http_text uri = http_ascii(d, message->uri);
	const struct http_text host = message->host;

	if (message->kind == HTTP_RESPONSE || message->kind == HTTP_OTHER || !host.at)
		return NULL;
	const bool is_whole = message->is_connect || http_begins(uri, "http://") || http_begins(uri, "https://");
	const char *scheme = d->offer && d->offer->is_decrypted ? "https://" : "http://";
	const size_t before = is_whole ? 0 : strlen(scheme) + strnlen((const char *)host.at, host.length);
	char *text = arena_alloc(d->arena, before + uri.length + 1);
	if (!is_whole) {
		memcpy(text, scheme, strlen(scheme));
		memcpy(text + strlen(scheme), host.at, before - strlen(scheme));
	}
	memcpy(text + before, uri.at, uri.length);
	text[before + uri.length] = 0;
	return text;
}

/* ---- is it all there? ---- */

/* What remote procedure calls over HTTP ([MS-RPCH], section 2.1.2.1) say for the length of a channel. */
enum { CHANNEL_LENGTH = 1 << 30 };

/* Asks for more of the body that follows the head. */
static bool asks_for_body(struct dissection *d, const struct wire *w, const struct http_head *head,
                          enum http_kind kind, const struct http_stream *stream)
{
	const uint32_t n = wire_captured(w) - head->length;
	const bool is_answer = kind == HTTP_RESPONSE;

	if (is_answer && (http_has_no_content(head->status) || (stream && stream->is_head)))
		return false;
	if (head->is_chunked) {
		const uint32_t missing = http_chunks_missing(wire_here(w) + head->length, n);
		return missing && tcp_ask_at_least(d, w, missing);
	}
	if (head->is_channel && head->content_length >= CHANNEL_LENGTH)
		return false;
	if (head->has_content_length)
		return head->content_length > n && tcp_ask(d, w, head->content_length - n);
	if (!is_answer || (stream && stream->is_connect && head->status / 100 == 2))
		return false;
	return tcp_ask(d, w, (uint32_t)TCP_UNTIL_END);
}

/* Leaves the cursor where it is. */
static bool asks_for_more(struct dissection *d, const struct wire *w, enum http_kind kind, const struct http_line *line,
                          const struct http_stream *stream)
{
	if (!d->offer || !d->offer->can_ask)
		return false;
	if (line->is_open)
		return tcp_ask(d, w, (uint32_t)TCP_ONE_SEGMENT);
	if (kind == HTTP_OTHER)
		return false;
	const struct http_head head = http_read_head(line->text, wire_captured(w) - (uint32_t)(line->text - wire_here(w)));
	if (!head.length)
		return tcp_ask(d, w, (uint32_t)TCP_ONE_SEGMENT);
	struct wire message = *w;
	message.at += (uint32_t)(line->text - wire_here(w));
	return asks_for_body(d, &message, &head, kind, stream);
}

/* ---- messages ---- */

static bool is_printable(uint8_t c)
{
	return c >= ' ' && c < 0x7f;
}

static bool has_leading_crlf(const struct wire *w)
{
	return wire_captured(w) > 2 && memcmp(wire_here(w), "\r\n", 2) == 0;
}

/* RFC 9112, section 2.2: readers are lenient. */
static void skip_leading_crlf(struct dissection *d, struct wire *w)
{
	if (!has_leading_crlf(w))
		return;
	add_node(d, w, F(LEADING_CRLF), w->at, 2, 0);
	note_on(d, d->last, F(NOTE_LEADING_CRLF));
	wire_skip(w, 2);
}

static node_ref open_message(struct dissection *d, const struct wire *w, const struct field *top, const char *column)
{
	if (column)
		begin_columns(d, w, column);
	const node_ref node = open_protocol(d, w, top);
	tcp_reach_end(d, node, w);
	return node;
}

/* What is no message: all that is left. Nothing is shown of it where no message was ever seen. */
static enum http_result read_other(struct dissection *d, struct wire *w, const struct field *top, const char *column,
                                   const struct http_stream *stream, bool is_text)
{
	struct http_message message = { .kind = HTTP_OTHER };

	if (stream && !stream->is_http) {
		wire_skip(w, wire_captured(w));
		return HTTP_NOTHING;
	}
	message.top = open_message(d, w, top, column);
	append_info(d, w, "Continuation");
	if (is_text) {
		skip_leading_crlf(d, w);
		http_read_body(d, w, &message);
		return HTTP_SHOWN;
	}
	wire_shorten(w, wire_captured(w));
	if (!d->first_pass)
		dissect_data(d, *w);
	wire_skip(w, wire_captured(w));
	close_subtree(d, message.top, w);
	return HTTP_SHOWN;
}

static void read_whole(struct dissection *d, struct wire *w, const struct field *top, const char *column,
                       struct http_message *message, const struct http_line *line, struct http_stream *stream)
{
	enum { TLS_PORT = 443 };

	message->top = open_message(d, w, top, column);
	if (d->offer && !d->offer->is_decrypted && (d->source_port == TLS_PORT || d->destination_port == TLS_PORT))
		add_note(d, w, F(NOTE_TLS_PORT));
	skip_leading_crlf(d, w);
	if (message->kind != HTTP_OTHER)
		read_start_line(d, w, message, line);
	else
		append_info(d, w, "Continuation");
	const bool is_cut = wire_left(w) && !wire_captured(w); /* a head that is cut further on counts for nothing */
	if (!is_cut)
		http_read_header(d, w, message);
	message->full_uri = full_uri(d, message);
	if (d->first_pass && stream && w->state == WIRE_GOOD)
		http_meet(d, stream, message);
	if (message->full_uri && BUILDING(d, w))
		add_string_value(d, w, F(FULL_URI), message->full_uri, strlen(message->full_uri));
	static const unsigned kinds[] = {
		[HTTP_REQUEST] = HTTP_IS_REQUEST, [HTTP_NOTIFICATION] = HTTP_IS_NOTIFICATION, [HTTP_RESPONSE] = HTTP_IS_RESPONSE,
	};
	if (message->kind != HTTP_OTHER)
		add_number(d, w, &http_fields[kinds[message->kind]], 1);
	if (message->kind == HTTP_REQUEST || message->kind == HTTP_RESPONSE)
		http_show_exchange(d, w, message);
	if (is_cut)
		http_read_header(d, w, message);
	http_read_body(d, w, message);
}

enum http_result http_read_message(struct dissection *d, struct wire *w, const struct field *top, const char *column)
{
	struct http_stream *stream = http_stream_of(d);
	struct http_message message = { 0 };
	struct http_text name, value;
	const uint8_t *octets = wire_here(w);
	const uint32_t n = wire_captured(w);
	const uint32_t skipped = has_leading_crlf(w) ? 2 : 0;

	if (!n) {
		wire_need(w, 1);
		return HTTP_NOTHING;
	}
	if (!is_printable(octets[skipped]))
		return read_other(d, w, top, column, stream, false);
	const struct http_line line = http_line_at(octets + skipped, n - skipped);
	message.kind = http_kind_of(line.text, line.length);
	if (asks_for_more(d, w, message.kind, &line, stream))
		return HTTP_NOTHING;
	if (message.kind == HTTP_OTHER && !http_split_field(&line, &name, &value))
		return read_other(d, w, top, column, stream, true);
	read_whole(d, w, top, column, &message, &line, stream);
	return message.kind == HTTP_RESPONSE && message.status == 101 && message.upgrade.length ? HTTP_UPGRADED :
	                                                                                          HTTP_SHOWN;
}

/* ---- what follows messages ---- */

/* No tunnel leads into itself. */
static bool dissect_by_port(struct dissection *d, struct wire w, uint16_t port)
{
	return protocol_by(BY_TCP_PORT, port) != &protocol_http && dissect_by(d, w, BY_TCP_PORT, port);
}

/* The protocol of a tunnel's octets, the lower port first. */
static void dissect_inside(struct dissection *d, struct wire w, const struct http_stream *stream)
{
	const bool from_client = d->source_port == stream->client_port;
	const uint16_t other = from_client ? d->source_port : d->destination_port;
	const uint16_t low = other < stream->tunnel_port ? other : stream->tunnel_port;
	const uint16_t high = other < stream->tunnel_port ? stream->tunnel_port : other;

	if (!dissect_by_port(d, w, low) && !dissect_by_port(d, w, high) && !dissect_heuristic(d, w, tcp_heuristics))
		dissect_data(d, w);
}

static void read_tunnel(struct dissection *d, struct wire *w, const struct http_stream *stream)
{
	if (!stream->tunnel_host) {
		d->trail_count--;
		return;
	}
	node_ref top = open_protocol(d, w, &http_fields[HTTP]);
	tcp_reach_end(d, top, w);
	add_string_value(d, w, F(TUNNEL_HOST), stream->tunnel_host, strlen(stream->tunnel_host));
	add_number(d, w, F(TUNNEL_PORT), stream->tunnel_port);
	close_subtree(d, top, NULL);
	dissect_inside(d, *w, stream);
}

/* ---- what a connection was upgraded to ---- */

extern const struct protocol protocol_websocket;

static void read_upgraded(struct dissection *d, const struct wire *w, const struct http_stream *stream)
{
	if (stream && stream->websocket)
		dissect_protocol(d, *w, &protocol_websocket);
	else
		dissect_data(d, *w);
}

/* ---- the protocol ---- */

#undef F

static void dissect(struct dissection *d, struct wire *w)
{
	const struct http_stream *stream = http_stream_of(d);
	bool is_shown = false;

	if (stream && stream->tunnel_frame && d->frame->number > stream->tunnel_frame) {
		read_tunnel(d, w, stream);
		return;
	}
	if (stream && stream->upgrade_frame && d->frame->number > stream->upgrade_frame) {
		begin_columns(d, w, "HTTP");
		read_upgraded(d, w, stream);
		return;
	}
	enum http_result result = HTTP_SHOWN;
	while (wire_more(w) && result == HTTP_SHOWN) {
		result = http_read_message(d, w, &http_fields[HTTP], is_shown ? NULL : "HTTP");
		is_shown |= result != HTTP_NOTHING;
	}
	if (result == HTTP_UPGRADED && wire_more(w)) {
		fence_info(d, w);
		read_upgraded(d, w, stream);
	}
	if (!is_shown)
		d->trail_count--;
}

/* RFC 9112, sections 3 and 4: a whole first line with the version at its end or its beginning. */
static bool resembles(const struct dissection *d, struct wire w)
{
	enum { VERSION = 8 };
	static const char prefix[] = "HTTP/1.";

	if (d->layers[d->layer] == &protocol_http)
		return false; /* inside a tunnel */
	if (http_is_known(d))
		return true;
	if (!d->first_pass || !wire_captured(&w))
		return false;
	const struct http_line line = http_line_at(wire_here(&w), wire_captured(&w));
	if (line.is_open || line.length <= VERSION)
		return false;
	return memcmp(line.text, prefix, sizeof prefix - 1) == 0 ||
	       memcmp(line.text + line.length - VERSION, prefix, sizeof prefix - 1) == 0;
}

const struct protocol protocol_http = {
	.name = "Hypertext Transfer Protocol", .short_name = "HTTP", .filter = "http", .fields = http_fields,
	.field_count = N_HTTP_FIELDS, .dissect = dissect, .resembles = resembles,
	.state_size = sizeof(struct http_state), .state_begin = http_state_begin, .state_end = http_state_end,
};
