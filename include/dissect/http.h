#ifndef DISSECT_HTTP_H
#define DISSECT_HTTP_H
/* http: what the files of HTTP/1.x (RFC 9112) share. */

#include "dissect/dissection.h"
#include "dissect/map.h"

/* ---- http_framing.c: where lines, heads and bodies end; functions of octets alone ---- */

struct http_line {
	const uint8_t *text;
	uint32_t length; /* octets without what ends it */
	uint32_t whole;  /* with that */
	bool is_open;    /* it may go on: nothing ends it, or a CR at the very end, which an LF may follow */
};

/* The line that begins at the first of n octets. CR LF, LF or CR end it. */
struct http_line http_line_at(const uint8_t *octets, uint32_t n);

enum http_kind { HTTP_OTHER, HTTP_REQUEST, HTTP_NOTIFICATION, HTTP_RESPONSE };

/* What a message is by its first line. */
enum http_kind http_kind_of(const uint8_t *line, uint32_t n);

/* Some octets, without the white space around them. */
struct http_text {
	const uint8_t *at;
	uint32_t length;
};

/* "name: value". False: the line has no colon. */
bool http_split_field(const struct http_line *line, struct http_text *name, struct http_text *value);

bool http_is(struct http_text text, const char *lower_case);
bool http_begins(struct http_text text, const char *lower_case);

/* Decimal digits and nothing else. */
bool http_number(struct http_text text, uint64_t *number);

/* The text up to the first white space. */
struct http_text http_first_word(struct http_text text);

/* The next word of a line, up to a space; moves *from behind it. */
struct http_text http_word(const struct http_line *line, uint32_t *from);

/* The number that the first three octets of a status code are. False: it has fewer. */
bool http_status(struct http_text word, uint16_t *status);

/* What the head of a message says of where the message ends. */
struct http_head {
	uint32_t length; /* octets, the empty line included; 0: that has not come yet */
	uint16_t status; /* of a response */
	bool is_chunked;
	bool is_channel; /* of a remote procedure call: its content has no end */
	bool has_content_length;
	uint32_t content_length;
};
struct http_head http_read_head(const uint8_t *octets, uint32_t n);

/* RFC 9110, section 6.4.1: responses with these status codes have no content. */
static inline bool http_has_no_content(uint16_t status)
{
	return status / 100 == 1 || status == 204 || status == 304;
}

struct http_chunk {
	uint32_t size;        /* octets of data; 0: the last chunk */
	uint32_t size_length; /* octets of the line that says so */
};

enum { HTTP_CHUNK_END = 2, HTTP_CHUNK_LARGEST = INT32_MAX };

/* RFC 9112, section 7.1. False: the line with its size is empty or has not come whole. */
bool http_chunk_at(const uint8_t *octets, uint32_t n, struct http_chunk *chunk);

/* How many octets at least a chunked body lacks, of which n are there. */
uint32_t http_chunks_missing(const uint8_t *octets, uint32_t n);

/* ---- http_stream.c: what pass 1 knows of the messages of a conversation ---- */

/* A request and its response, as far as they were seen. */
struct http_exchange {
	uint32_t request, response; /* frames; 0: none */
	const char *uri;            /* of the request; NULL: not known */
	struct timestamp time;      /* of the request */
};

struct http_stream {
	uint32_t number;
	struct http_exchange *exchanges;
	uint32_t count, capacity;
	const char *uri;          /* the last one asked for */
	bool has_full_uri;        /* with its host */
	bool is_http;             /* a request was seen */
	bool is_head, is_connect; /* the method of its last request */
	uint16_t client_port;     /* of its last request */
	uint32_t tunnel_frame;    /* RFC 9110, section 9.3.6: whose response made it a tunnel; 0: none */
	const char *tunnel_host;
	uint16_t tunnel_port;
	uint32_t upgrade_frame;   /* section 7.8: whose response changed the protocol; 0: none */
	struct websocket *websocket; /* that is WebSocket now, RFC 6455; NULL: it is something else */
};

/* A frame's part in a conversation. */
struct http_fact {
	uint32_t stream;   /* number + 1; 0: none */
	uint32_t exchange; /* of the last message in the frame; number + 1; 0: none */
};

/* What pass 1 keeps for HTTP. */
struct http_state {
	struct map streams;     /* by conversation */
	struct arena texts;
	struct http_fact *fact; /* of the frame that was seen last */
	uint32_t frame;
};
void http_state_begin(void *state);
void http_state_end(void *state);

/* What is known of the frame's conversation; NULL: nothing. Pass 1 writes to it. */
struct http_stream *http_stream_of(struct dissection *d);
const struct http_fact *http_fact_of(struct dissection *d);

/* Was HTTP found in the conversation before (pass 1), or in this frame by pass 1 (pass 2)? */
bool http_is_known(const struct dissection *d);

struct http_message;
void http_meet(struct dissection *d, struct http_stream *stream, const struct http_message *message);
void http_show_exchange(struct dissection *d, const struct wire *w, const struct http_message *message);

/* ---- http.c, http_headers.c, http_body.c ---- */

enum {
	HTTP, HTTP_LEADING_CRLF, HTTP_START_LINE, HTTP_CHAT, HTTP_METHOD, HTTP_URI, HTTP_URI_PATH,
	HTTP_URI_QUERY, HTTP_URI_PARAMETER, HTTP_REQUEST_VERSION, HTTP_RESPONSE_VERSION, HTTP_STATUS,
	HTTP_STATUS_TEXT, HTTP_PHRASE, HTTP_END_OF_HEAD, HTTP_FULL_URI, HTTP_IS_REQUEST,
	HTTP_IS_RESPONSE, HTTP_IS_NOTIFICATION, HTTP_REQUEST_NUMBER,
	HTTP_RESPONSE_NUMBER, HTTP_TIME, HTTP_PREVIOUS_REQUEST, HTTP_PREVIOUS_RESPONSE, HTTP_REQUEST_IN,
	HTTP_RESPONSE_IN, HTTP_NEXT_REQUEST, HTTP_NEXT_RESPONSE, HTTP_RESPONSE_FOR, HTTP_TUNNEL_HOST,
	HTTP_TUNNEL_PORT, HTTP_CHUNKED, HTTP_CHUNK, HTTP_LAST_CHUNK, HTTP_CHUNK_SIZE, HTTP_CHUNK_DATA,
	HTTP_CHUNK_BOUNDARY, HTTP_TRAILER, HTTP_END_OF_TRAILER, HTTP_ENCODED, HTTP_FILE_DATA,
	HTTP_SSDP, HTTP_NOTE_LEADING_CRLF, HTTP_NOTE_DECODING, HTTP_NOTE_TLS_PORT, HTTP_NOTE_BODY, N_HTTP_FIELDS
};
extern const struct field http_fields[N_HTTP_FIELDS];
extern const struct protocol protocol_http;

/* A message on its way through the dissector. */
struct http_message {
	enum http_kind kind;
	node_ref top;
	uint16_t status;
	bool is_head, is_connect;  /* methods */
	struct http_text method, uri, host;
	const char *full_uri;      /* NULL: not known */
	bool has_content_length, has_transfer_coding;
	uint64_t content_length;
	bool is_chunked, is_coded; /* transfer codings */
	struct http_text content_type, content_encoding, upgrade, websocket_extensions;
};

/* A line of n octets, shown as it stands there; `value` is what of it counts. */
node_ref http_add_line(struct dissection *d, struct wire *w, const struct field *field, uint32_t n,
                       struct http_text value);

/* Octets of which each that is not ASCII is U+FFFD: a copy, where there are such. */
struct http_text http_ascii(struct dissection *d, struct http_text text);

/* Header fields up to the empty line, or up to a line that is none. */
void http_read_header(struct dissection *d, struct wire *w, struct http_message *message);

/* The body, in what is left of the message's octets; closes its top. */
void http_read_body(struct dissection *d, struct wire *w, struct http_message *message);

/* One message, or what stands in the place of one. */
enum http_result {
	HTTP_NOTHING,  /* nothing is to be shown, or more was asked for */
	HTTP_SHOWN,
	HTTP_UPGRADED, /* what follows is another protocol's */
};
enum http_result http_read_message(struct dissection *d, struct wire *w, const struct field *top, const char *column);

#endif
