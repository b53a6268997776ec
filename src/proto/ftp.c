/*
 * ftp.c: File Transfer Protocol, control connections: RFC 959, RFC 2428.
 *
 * Reads which data connections commands and replies announce. Their text is shown as Data.
 */

#include "dissect/conversation.h"
#include "dissect/dissection.h"
#include "dissect/session.h"

enum { CONTROL_PORT = 21, DATA_PORT = 20, ANY_PORT = 0, IP_TCP = 6 };

/* What is left of a line. */
struct text {
	const uint8_t *at, *end;
};

static bool skip_text(struct text *text, const char *expected)
{
	const size_t n = strlen(expected);

	if ((size_t)(text->end - text->at) < n || memcmp(text->at, expected, n))
		return false;
	text->at += n;
	return true;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool read_number(struct text *text, uint32_t *number)
{
	const uint8_t *start = text->at;

	for (*number = 0; text->at < text->end && is_digit(*text->at) && text->at - start < 5; text->at++)
		*number = *number * 10 + (*text->at - '0');
	return text->at > start;
}

/* h1,h2,h3,h4,p1,p2: RFC 959, section 4.1.2 */
static bool read_host_port(struct text text, struct address *host, uint32_t *port)
{
	uint32_t numbers[6];
	uint8_t octets[4];

	for (unsigned i = 0; i < 6; i++)
		if ((i && !skip_text(&text, ",")) || !read_number(&text, &numbers[i]))
			return false;
	for (unsigned i = 0; i < 4; i++)
		octets[i] = (uint8_t)numbers[i];
	*host = address_of(ADDRESS_IPV4, octets);
	*port = numbers[4] * 256 + numbers[5];
	return true;
}

/* A data connection to `host` will come from the receiver of this segment. */
static void announce(struct dissection *d, const struct address *host, uint32_t port, uint16_t from_port)
{
	conversation_announce(&d->session->conversations, IP_TCP, host, (uint16_t)port, &d->destination, from_port);
}

/* The server will come from its data port. */
static void read_port(struct dissection *d, struct text text)
{
	struct address host;
	uint32_t port;

	while (skip_text(&text, " "))
		;
	if (read_host_port(text, &host, &port))
		announce(d, &host, port, DATA_PORT);
}

/*
 * The client will come from any port. RFC 1123, section 4.1.2.6: the numbers stand anywhere in the
 * reply.
 */
static void read_passive(struct dissection *d, struct text text)
{
	struct address host;
	uint32_t port;

	for (; text.at < text.end; text.at++) {
		if (is_digit(*text.at) && read_host_port(text, &host, &port)) {
			announce(d, &host, port, ANY_PORT);
			return;
		}
	}
}

/* RFC 2428, section 3: (|||port|) with a delimiter of the server's choice. */
static void read_extended_passive(struct dissection *d, struct text text)
{
	uint32_t port;

	text.at = memchr(text.at, '(', (size_t)(text.end - text.at));
	if (!text.at || text.end - text.at < 5)
		return;
	const char delimiters[] = { (char)text.at[1], (char)text.at[1], (char)text.at[1], 0 };
	text.at++;
	if (skip_text(&text, delimiters) && read_number(&text, &port) && text.at < text.end &&
	    *text.at == (uint8_t)delimiters[0])
		announce(d, &d->source, port, ANY_PORT);
}

static void dissect(struct dissection *d, struct wire *w)
{
	static const struct {
		const char *start;
		bool is_reply;
		void (*read)(struct dissection *d, struct text text);
	} rows[] = {
		{ "227", true, read_passive },
		{ "229", true, read_extended_passive },
		{ "PORT ", false, read_port },
	};

	if (d->first_pass && !d->quoted) {
		for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
			struct text text = { wire_here(w), wire_here(w) + wire_captured(w) };
			if (rows[i].is_reply == (d->source_port == CONTROL_PORT) && skip_text(&text, rows[i].start))
				rows[i].read(d, text);
		}
	}
	d->trail_count--; /* RFC 4217: it may be TLS by now */
	if (!dissect_heuristic(d, *w, tcp_heuristics)) {
		d->trail_count++;
		dissect_data(d, *w);
	}
}

const struct protocol protocol_ftp = {
	.name = "File Transfer Protocol (FTP)", .short_name = "FTP", .filter = "ftp", .dissect = dissect,
};
