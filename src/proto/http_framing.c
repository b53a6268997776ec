/* http_framing.c: where messages of HTTP/1.x end, RFC 9112: lines, heads, chunks. Knows octets only. */

#include <string.h>
#include <strings.h>

#include "dissect/http.h"

/* ---- lines ---- */

struct http_line http_line_at(const uint8_t *octets, uint32_t n)
{
	struct http_line line = { octets, 0, 0, false };
	uint32_t i = 0;

	while (i < n && octets[i] != '\r' && octets[i] != '\n')
		i++;
	line.length = i;
	line.is_open = i == n || (octets[i] == '\r' && i + 1 == n);
	line.whole = i == n ? n : octets[i] == '\r' && i + 1 < n && octets[i + 1] == '\n' ? i + 2 : i + 1;
	return line;
}

static bool is_space(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static struct http_text trim(const uint8_t *at, uint32_t n)
{
	while (n && is_space(at[0])) {
		at++;
		n--;
	}
	while (n && is_space(at[n - 1]))
		n--;
	return (struct http_text){ at, n };
}

bool http_split_field(const struct http_line *line, struct http_text *name, struct http_text *value)
{
	const uint8_t *colon = line->length ? memchr(line->text, ':', line->length) : NULL;

	if (!colon)
		return false;
	*name = (struct http_text){ line->text, (uint32_t)(colon - line->text) };
	*value = trim(colon + 1, line->length - name->length - 1);
	return true;
}

bool http_begins(struct http_text text, const char *lower_case)
{
	const size_t n = strlen(lower_case);

	return text.length >= n && strncasecmp((const char *)text.at, lower_case, n) == 0;
}

bool http_is(struct http_text text, const char *lower_case)
{
	return text.length == strlen(lower_case) && http_begins(text, lower_case);
}

bool http_number(struct http_text text, uint64_t *number)
{
	*number = 0;
	for (uint32_t i = 0; i < text.length; i++) {
		const uint8_t digit = (uint8_t)(text.at[i] - '0');
		if (digit > 9 || *number > (UINT64_MAX - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return text.length != 0;
}

struct http_text http_first_word(struct http_text text)
{
	uint32_t n = 0;

	while (n < text.length && !is_space(text.at[n]))
		n++;
	return (struct http_text){ text.at, n };
}

struct http_text http_word(const struct http_line *line, uint32_t *from)
{
	const uint32_t start = *from < line->length ? *from : line->length;
	const uint8_t *space = line->length > start ? memchr(line->text + start, ' ', line->length - start) : NULL;
	const uint32_t end = space ? (uint32_t)(space - line->text) : line->length;

	*from = end + (space != NULL);
	return (struct http_text){ line->text + start, end - start };
}

/* ---- start lines ---- */

/* RFC 9110, section 9, WebDAV and its extensions, UPnP, remote procedure calls; in the order of their names. */
static const struct method {
	const char *name;
	enum http_kind kind;
} methods[] = {
	{ "BASELINE-CONTROL", HTTP_REQUEST }, { "BCOPY", HTTP_REQUEST },       { "BDELETE", HTTP_REQUEST },
	{ "BMOVE", HTTP_REQUEST },            { "BPROPFIND", HTTP_REQUEST },   { "BPROPPATCH", HTTP_REQUEST },
	{ "CCM_POST", HTTP_REQUEST },         { "CHECKIN", HTTP_REQUEST },     { "CHECKOUT", HTTP_REQUEST },
	{ "CONNECT", HTTP_REQUEST },          { "COPY", HTTP_REQUEST },        { "DELETE", HTTP_REQUEST },
	{ "GET", HTTP_REQUEST },              { "HEAD", HTTP_REQUEST },        { "LABEL", HTTP_REQUEST },
	{ "LOCK", HTTP_REQUEST },             { "M-POST", HTTP_REQUEST },      { "M-SEARCH", HTTP_REQUEST },
	{ "MERGE", HTTP_REQUEST },            { "MKACTIVITY", HTTP_REQUEST },  { "MKCOL", HTTP_REQUEST },
	{ "MKWORKSPACE", HTTP_REQUEST },      { "MOVE", HTTP_REQUEST },        { "NOTIFY", HTTP_NOTIFICATION },
	{ "OPTIONS", HTTP_REQUEST },          { "PATCH", HTTP_REQUEST },       { "POLL", HTTP_REQUEST },
	{ "POST", HTTP_REQUEST },             { "PROPFIND", HTTP_REQUEST },    { "PROPPATCH", HTTP_REQUEST },
	{ "PUT", HTTP_REQUEST },              { "REPORT", HTTP_REQUEST },      { "RPC_CONNECT", HTTP_REQUEST },
	{ "RPC_IN_DATA", HTTP_REQUEST },      { "RPC_OUT_DATA", HTTP_REQUEST }, { "SEARCH", HTTP_REQUEST },
	{ "SSTP_DUPLEX_POST", HTTP_REQUEST }, { "SUBSCRIBE", HTTP_NOTIFICATION }, { "TRACE", HTTP_REQUEST },
	{ "UNCHECKOUT", HTTP_REQUEST },       { "UNLOCK", HTTP_REQUEST },      { "UNSUBSCRIBE", HTTP_NOTIFICATION },
	{ "UPDATE", HTTP_REQUEST },           { "VERSION-CONTROL", HTTP_REQUEST },
};

/* The order of a word and a method's name. */
static int compare_names(struct http_text word, const char *name)
{
	const size_t length = strlen(name);
	const int order = memcmp(word.at, name, word.length < length ? word.length : length);

	return order ? order : word.length < length ? -1 : word.length > length;
}

enum http_kind http_kind_of(const uint8_t *text, uint32_t n)
{
	const struct http_line line = { text, n, n, false };
	uint32_t from = 0;
	size_t first = 0, end = sizeof methods / sizeof *methods;

	if ((n >= 5 && memcmp(text, "HTTP/", 5) == 0) || (n >= 3 && memcmp(text, "ICY", 3) == 0))
		return HTTP_RESPONSE;
	const struct http_text word = http_word(&line, &from);
	while (first < end) {
		const size_t middle = first + (end - first) / 2;
		const int order = compare_names(word, methods[middle].name);
		if (!order)
			return methods[middle].kind;
		if (order < 0)
			end = middle;
		else
			first = middle + 1;
	}
	return HTTP_OTHER;
}

bool http_status(struct http_text word, uint16_t *status)
{
	*status = 0;
	if (word.length < 3)
		return false;
	for (unsigned i = 0; i < 3 && (uint8_t)(word.at[i] - '0') <= 9; i++)
		*status = (uint16_t)(*status * 10 + word.at[i] - '0');
	return true;
}

/* ---- heads ---- */

static void read_head_field(struct http_head *head, const struct http_line *line)
{
	struct http_text name, value;
	uint64_t number;

	if (!http_split_field(line, &name, &value))
		return;
	if (http_is(name, "content-length")) {
		head->has_content_length = http_number(value, &number) && number <= INT32_MAX;
		head->content_length = head->has_content_length ? (uint32_t)number : 0;
	} else if (http_is(name, "transfer-encoding")) {
		head->is_chunked = http_begins(value, "chunked");
	}
}

struct http_head http_read_head(const uint8_t *octets, uint32_t n)
{
	struct http_head head = { 0 };
	struct http_line line = http_line_at(octets, n);
	uint32_t at = line.whole, from = 0;
	const struct http_text first = http_word(&line, &from);

	head.is_channel = http_is(first, "rpc_in_data") || http_is(first, "rpc_out_data");
	while (from < line.length && line.text[from] == ' ')
		from++;
	http_status(http_word(&line, &from), &head.status);
	while (!line.is_open) {
		line = http_line_at(octets + at, n - at);
		if (line.is_open)
			break;
		at += line.whole;
		if (!line.length) {
			head.length = at;
			break;
		}
		read_head_field(&head, &line);
	}
	return head;
}

/* ---- chunks ---- */

static int hex_digit(uint8_t c)
{
	const uint8_t letter = c | 0x20;

	if (c >= '0' && c <= '9')
		return c - '0';
	return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* As lenient as readers are: white space, a sign and 0x may stand before it, anything behind it. */
static uint32_t read_size(const uint8_t *at, uint32_t n)
{
	uint64_t size = 0;
	uint32_t i = 0;
	int digit;

	while (i < n && is_space(at[i]))
		i++;
	const bool is_negative = i < n && at[i] == '-';
	i += is_negative;
	if (i + 1 < n && at[i] == '0' && (at[i + 1] | 0x20) == 'x')
		i += 2;
	for (; i < n && (digit = hex_digit(at[i])) >= 0; i++) {
		size = size << 4 | (unsigned)digit;
		if (size > UINT32_MAX)
			return 0;
	}
	return is_negative && size ? UINT32_MAX : (uint32_t)size;
}

bool http_chunk_at(const uint8_t *octets, uint32_t n, struct http_chunk *chunk)
{
	const struct http_line line = http_line_at(octets, n);

	if (line.is_open || !line.length)
		return false;
	*chunk = (struct http_chunk){ read_size(line.text, line.length), line.whole };
	return true;
}

uint32_t http_chunks_missing(const uint8_t *octets, uint32_t n)
{
	struct http_chunk chunk;
	uint32_t at = 0;

	while (http_chunk_at(octets + at, n - at, &chunk)) {
		const uint64_t end = (uint64_t)at + chunk.size_length + chunk.size + HTTP_CHUNK_END;
		if (chunk.size > HTTP_CHUNK_LARGEST)
			return 0;
		if (end > n)
			return (uint32_t)(end - n);
		if (!chunk.size)
			return 0;
		at = (uint32_t)end;
	}
	return http_line_at(octets + at, n - at).is_open;
}
