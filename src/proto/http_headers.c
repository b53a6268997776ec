/*
 * http_headers.c: header fields of HTTP, RFC 9110: those with a filter name of their own, and what some of them say of
 * the message. Tokens of NTLM and GSS-API in them are not decoded, nor are settings of HTTP/2.
 */

#include "dissect/http.h"
#include "dissect/text.h"

enum {
	ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONNECTION,
	CONTENT_ENCODING, CONTENT_LENGTH_FIELD, CONTENT_TYPE, COOKIE, DATE, HOST, HTTP2_SETTINGS,
	LAST_MODIFIED, LOCATION, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, REFERER,
	WEBSOCKET_ACCEPT, WEBSOCKET_EXTENSIONS, WEBSOCKET_KEY, WEBSOCKET_PROTOCOL, WEBSOCKET_VERSION,
	SERVER, SET_COOKIE, TRANSFER_ENCODING, UPGRADE, USER_AGENT, WWW_AUTHENTICATE, FORWARDED_FOR,
	UNKNOWN, REQUEST_LINE, RESPONSE_LINE, REQUEST_LINE_TOO, RESPONSE_LINE_TOO, CONTENT_LENGTH, COOKIE_PAIR, CREDENTIALS, NOTE_NAME, NOTE_STRAY, NOTE_CODING,
	NOTE_BOTH_LENGTHS, N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[ACCEPT]               = { "http.accept", "Accept", STRING },
	[ACCEPT_ENCODING]      = { "http.accept_encoding", "Accept Encoding", STRING },
	[ACCEPT_LANGUAGE]      = { "http.accept_language", "Accept-Language", STRING },
	[AUTHORIZATION]        = { "http.authorization", "Authorization", STRING },
	[CACHE_CONTROL]        = { "http.cache_control", "Cache-Control", STRING },
	[CONNECTION]           = { "http.connection", "Connection", STRING },
	[CONTENT_ENCODING]     = { "http.content_encoding", "Content-Encoding", STRING },
	[CONTENT_LENGTH_FIELD] = { "http.content_length_header", "Content-Length", STRING },
	[CONTENT_TYPE]         = { "http.content_type", "Content-Type", STRING },
	[COOKIE]               = { "http.cookie", "Cookie", STRING },
	[DATE]                 = { "http.date", "Date", STRING },
	[HOST]                 = { "http.host", "Host", STRING },
	[HTTP2_SETTINGS]       = { "http.http2_settings", "HTTP2-Settings", STRING },
	[LAST_MODIFIED]        = { "http.last_modified", "Last-Modified", STRING },
	[LOCATION]             = { "http.location", "Location", STRING },
	[PROXY_AUTHENTICATE]   = { "http.proxy_authenticate", "Proxy-Authenticate", STRING },
	[PROXY_AUTHORIZATION]  = { "http.proxy_authorization", "Proxy-Authorization", STRING },
	[REFERER]              = { "http.referer", "Referer", STRING },
	[WEBSOCKET_ACCEPT]     = { "http.sec_websocket_accept", "Sec-WebSocket-Accept", STRING },
	[WEBSOCKET_EXTENSIONS] = { "http.sec_websocket_extensions", "Sec-WebSocket-Extensions", STRING },
	[WEBSOCKET_KEY]        = { "http.sec_websocket_key", "Sec-WebSocket-Key", STRING },
	[WEBSOCKET_PROTOCOL]   = { "http.sec_websocket_protocol", "Sec-WebSocket-Protocol", STRING },
	[WEBSOCKET_VERSION]    = { "http.sec_websocket_version", "Sec-WebSocket-Version", STRING },
	[SERVER]               = { "http.server", "Server", STRING },
	[SET_COOKIE]           = { "http.set_cookie", "Set-Cookie", STRING },
	[TRANSFER_ENCODING]    = { "http.transfer_encoding", "Transfer-Encoding", STRING },
	[UPGRADE]              = { "http.upgrade", "Upgrade", STRING },
	[USER_AGENT]           = { "http.user_agent", "User-Agent", STRING },
	[WWW_AUTHENTICATE]     = { "http.www_authenticate", "WWW-Authenticate", STRING },
	[FORWARDED_FOR]        = { "http.x_forwarded_for", "X-Forwarded-For", STRING },
	[UNKNOWN]              = { "http.unknown_header", "Unknown header", STRING },
	[REQUEST_LINE]         = { "http.request.line", "Request line", STRING },
	[RESPONSE_LINE]        = { "http.response.line", "Response line", STRING },
	[REQUEST_LINE_TOO]     = { "http.request.line", "Request line", STRING, .hidden = true },
	[RESPONSE_LINE_TOO]    = { "http.response.line", "Response line", STRING, .hidden = true },
	[CONTENT_LENGTH]       = { "http.content_length", "Content length", UINT64, .generated = true },
	[COOKIE_PAIR]          = { "http.cookie_pair", "Cookie pair", STRING },
	[CREDENTIALS]          = { "http.authbasic", "Credentials", STRING },
	[NOTE_NAME]            = { "http.bad_header_name", "Illegal characters found in header name", NOTE,
	                           .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[NOTE_STRAY]           = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                           .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
	[NOTE_CODING]          = { "http.te_unknown", "Unknown transfer coding name in Transfer-Encoding header", NOTE,
	                           .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
	[NOTE_BOTH_LENGTHS]    = { "http.te_and_length",
	                           "The Content-Length and Transfer-Encoding header must not be set together", NOTE,
	                           .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },
};

/* A field's value, where its line is being shown. */
struct value {
	struct dissection *d;
	const struct wire *w;
	struct http_message *message;
	struct http_text text;
	uint32_t whole; /* octets of the line, which ends at the cursor */
};

/* A node below the line, over a part of the value. */
static void add_part(const struct value *value, const struct field *field, const uint8_t *at, uint32_t n)
{
	add_node_octets(value->d, value->w, field, (uint32_t)(at - value->w->data), n, at, n);
}

/* ---- what a field says ---- */

static void note_both_lengths(const struct value *value)
{
	if (value->message->has_content_length && value->message->has_transfer_coding)
		add_note(value->d, value->w, &fields[NOTE_BOTH_LENGTHS]);
}

static void read_content_length(const struct value *value)
{
	struct http_message *message = value->message;

	message->has_content_length = http_number(http_first_word(value->text), &message->content_length) &&
	                              message->content_length <= INT64_MAX;
	if (!message->has_content_length)
		return;
	add_number(value->d, value->w, &fields[CONTENT_LENGTH], message->content_length);
	cover(value->d, value->w, value->whole);
	note_both_lengths(value);
}

/* RFC 9112, section 6.1. Their names are compared as they are written. */
static void read_transfer_encoding(const struct value *value)
{
	static const char *const codings[] = { "chunked", "identity", "gzip", "deflate", "compress" };
	struct http_message *message = value->message;
	const char *at = (const char *)value->text.at, *end = at + strnlen(at, value->text.length);

	message->has_transfer_coding = value->text.length;
	while (at < end) {
		unsigned i = 0;
		while (i < 5 && ((size_t)(end - at) < strlen(codings[i]) || memcmp(at, codings[i], strlen(codings[i])) != 0))
			i++;
		if (i == 5) {
			add_note(value->d, value->w, &fields[NOTE_CODING]);
			break;
		}
		message->is_chunked |= i == 0;
		message->is_coded |= i > 1;
		at += strlen(codings[i]);
		while (at < end && (*at == ' ' || *at == '\t' || *at == ','))
			at++;
	}
	note_both_lengths(value);
}

static void read_content_type(const struct value *value)
{
	value->message->content_type = value->text;
}

static void read_content_encoding(const struct value *value)
{
	value->message->content_encoding = value->text;
}

static void read_host(const struct value *value)
{
	value->message->host = value->text;
}

static void read_upgrade(const struct value *value)
{
	value->message->upgrade = value->text;
}

static void read_websocket_extensions(const struct value *value)
{
	value->message->websocket_extensions = value->text;
}

/* RFC 6265, section 4.2.1 */
static void read_cookie(const struct value *value)
{
	const uint8_t *at = value->text.at, *end = at + value->text.length, *behind = value->w->data + value->w->at;

	while (end < behind && (*end == ' ' || *end == '\t'))
		end++; /* the last pair keeps what stands behind it */
	while (SHOWING(value->d, value->w) && at < end) {
		const uint8_t *stop = memchr(at, ';', (size_t)(end - at));
		if (!stop)
			stop = end;
		while (at < stop && *at == ' ')
			at++;
		if (at < stop)
			add_part(value, &fields[COOKIE_PAIR], at, (uint32_t)(stop - at));
		at = stop + 1;
	}
}

static int base64_digit(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : c == '=' ? 0 : -1;
}

/* RFC 4648, section 4; what is no digit of it is passed over. Needs 3/4 of the room. */
static uint32_t decode_base64(struct http_text text, uint8_t *to)
{
	uint32_t bits = 0, digits = 0, padding = 0, n = 0;

	for (uint32_t i = 0; i < text.length; i++) {
		const int digit = base64_digit(text.at[i]);
		if (digit < 0)
			continue;
		bits = bits << 6 | (unsigned)digit;
		padding += text.at[i] == '=';
		if (++digits % 4)
			continue;
		for (unsigned octet = 0; octet < 3 && octet + padding < 3; octet++)
			to[n++] = (uint8_t)(bits >> (16 - 8 * octet));
	}
	return n;
}

/* RFC 7617: the user's name and password */
static void read_authorization(const struct value *value)
{
	static const char scheme[] = "Basic ";
	enum { SCHEME = sizeof scheme - 1 };
	struct dissection *d = value->d;

	if (!SHOWING(d, value->w) || value->text.length <= SCHEME || memcmp(value->text.at, scheme, SCHEME) != 0)
		return;
	const struct http_text coded = { value->text.at + SCHEME, value->text.length - SCHEME };
	uint8_t *octets = arena_alloc(d->arena, coded.length);
	const uint32_t n = decode_base64(coded, octets);
	add_node_octets(d, value->w, &fields[CREDENTIALS], (uint32_t)(coded.at - value->w->data), coded.length, octets,
	                (uint32_t)strnlen((const char *)octets, n));
}

/* ---- the fields ---- */

static const struct row {
	const char *name; /* in lower case */
	unsigned field;
	void (*read)(const struct value *value);
} rows[] = {
	{ "date", DATE, NULL },
	{ "host", HOST, read_host },
	{ "accept", ACCEPT, NULL },
	{ "cookie", COOKIE, read_cookie },
	{ "server", SERVER, NULL },
	{ "referer", REFERER, NULL },
	{ "upgrade", UPGRADE, read_upgrade },
	{ "location", LOCATION, NULL },
	{ "connection", CONNECTION, NULL },
	{ "set-cookie", SET_COOKIE, NULL },
	{ "user-agent", USER_AGENT, NULL },
	{ "content-type", CONTENT_TYPE, read_content_type },
	{ "authorization", AUTHORIZATION, read_authorization },
	{ "cache-control", CACHE_CONTROL, NULL },
	{ "last-modified", LAST_MODIFIED, NULL },
	{ "content-length", CONTENT_LENGTH_FIELD, read_content_length },
	{ "http2-settings", HTTP2_SETTINGS, NULL },
	{ "accept-encoding", ACCEPT_ENCODING, NULL },
	{ "accept-language", ACCEPT_LANGUAGE, NULL },
	{ "x-forwarded-for", FORWARDED_FOR, NULL },
	{ "content-encoding", CONTENT_ENCODING, read_content_encoding },
	{ "www-authenticate", WWW_AUTHENTICATE, NULL },
	{ "sec-websocket-key", WEBSOCKET_KEY, NULL },
	{ "transfer-encoding", TRANSFER_ENCODING, read_transfer_encoding },
	{ "proxy-authenticate", PROXY_AUTHENTICATE, NULL },
	{ "proxy-authorization", PROXY_AUTHORIZATION, read_authorization },
	{ "sec-websocket-accept", WEBSOCKET_ACCEPT, NULL },
	{ "sec-websocket-version", WEBSOCKET_VERSION, NULL },
	{ "sec-websocket-protocol", WEBSOCKET_PROTOCOL, NULL },
	{ "sec-websocket-extensions", WEBSOCKET_EXTENSIONS, read_websocket_extensions },
};

static const struct row *find_row(struct http_text name)
{
	for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++)
		if (http_is(name, row->name))
			return row;
	return NULL;
}

/* RFC 9110, section 5.6.2 */
static bool is_token(struct http_text name)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";

	for (uint32_t i = 0; i < name.length; i++) {
		const uint8_t c = name.at[i], letter = c | 0x20;
		if (!c || !((letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || strchr(marks, c)))
			return false;
	}
	return name.length;
}

/* Does the line end earlier by a NUL? tshark measures it as UTF-8, where what is not ASCII takes more than one octet. */
static bool has_stray(const struct http_line *line)
{
	const uint32_t n = (uint32_t)strnlen((const char *)line->text, line->length);
	uint32_t shown = n;

	for (uint32_t i = 0; i < n; i++)
		shown += line->text[i] < 0x80 ? 0 : 2;
	return n < line->length && shown < line->whole;
}

/* The whole line of a field without a name of its own. */
static node_ref add_unknown(struct dissection *d, struct wire *w, enum http_kind kind, const struct http_line *line)
{
	struct http_text whole = { line->text, line->whole };

	if (kind == HTTP_REQUEST || kind == HTTP_RESPONSE)
		return http_add_line(d, w, &fields[kind == HTTP_REQUEST ? REQUEST_LINE : RESPONSE_LINE], whole.length, whole);
	const char *shown = SHOWING(d, w) ? printable(d, whole.at, whole.length) : "";
	return http_add_line(d, w, &fields[UNKNOWN], line->whole, (struct http_text){ (const uint8_t *)shown, (uint32_t)strlen(shown) });
}

/* The same beside the field that the line is; the cursor stands behind it. */
static void add_line_too(struct dissection *d, const struct wire *w, enum http_kind kind, const struct http_line *line)
{
	struct wire from = *w;

	if (!SHOWING(d, w) || (kind != HTTP_REQUEST && kind != HTTP_RESPONSE))
		return;
	from.at -= line->whole;
	http_add_line(d, &from, &fields[kind == HTTP_REQUEST ? REQUEST_LINE_TOO : RESPONSE_LINE_TOO], line->whole,
	              (struct http_text){ line->text, line->whole });
}

static void read_field(struct dissection *d, struct wire *w, struct http_message *message, const struct http_line *line,
                       struct http_text name, struct http_text text)
{
	const struct row *row = find_row(name);
	struct value value = { d, w, message, text, line->whole };
	node_ref node = row ? http_add_line(d, w, &fields[row->field], line->whole, text) : add_unknown(d, w, message->kind, line);

	open_subtree(d);
	if (!row && SHOWING(d, w) && has_stray(line))
		add_note(d, w, &fields[NOTE_STRAY]);
	if (!is_token(name))
		add_note(d, w, &fields[NOTE_NAME]);
	if (row && row->read)
		row->read(&value);
	close_subtree(d, node, NULL);
	if (row)
		add_line_too(d, w, message->kind, line);
}

void http_read_header(struct dissection *d, struct wire *w, struct http_message *message)
{
	struct http_text name, value;

	while (wire_captured(w)) {
		const struct http_line line = http_line_at(wire_here(w), wire_captured(w));
		if (!line.length) {
			http_add_line(d, w, &http_fields[HTTP_END_OF_HEAD], line.whole, (struct http_text){ 0 });
			return;
		}
		if (!http_split_field(&line, &name, &value)) {
			if (line.is_open) /* its end is looked for in vain */
				wire_need(w, wire_captured(w) + 1);
			return;
		}
		read_field(d, w, message, &line, name, value);
		if (line.is_open && wire_left(w))
			return;
	}
	if (wire_left(w))
		wire_need(w, 1);
}

const struct protocol protocol_http_header = {
	.name = "Hypertext Transfer Protocol", .short_name = "HTTP", .filter = "http", .fields = fields,
	.field_count = N_FIELDS,
};
