/*
 * ftp.c: File Transfer Protocol, control connections: RFC 959, RFC 2428.
 *
 * The first line of a segment is dissected; it may set up a data connection (ftp_data.c), and the first command
 * behind that is taken for what the data answers. TLS (RFC 4217) is recognised where it begins.
 */

#include "dissect/ftp.h"

#include <arpa/inet.h>

#include "dissect/http.h"
#include "dissect/session.h"
#include "dissect/text.h"

extern const struct protocol protocol_tls;

enum { CONTROL_PORT = 21, DATA_PORT = 20, ANY_PORT = 0, IP_TCP = 6 };

enum {
	DIRECTORY_LARGEST = 1024, /* octets of a working directory, */
	COMMAND_LARGEST = 1024,   /* of a command that are kept */
};

enum {
	FTP, LINE, REQUEST, RESPONSE, REQUEST_COMMAND, REQUEST_ARGUMENT, RESPONSE_CODE, RESPONSE_ARGUMENT,
	PASSIVE_ADDRESS, PASSIVE_PORT, PASSIVE_NAT, ACTIVE_ADDRESS, ACTIVE_PORT, ACTIVE_NAT, EPRT_FAMILY,
	EPRT_IPV4, EPRT_IPV6, EPRT_PORT, EPSV_IPV4, EPSV_IPV6, EPSV_PORT, DIRECTORY, RESPONSE_FRAMES,
	RESPONSE_OCTETS, RESPONSE_FIRST, RESPONSE_LAST, RESPONSE_DURATION, RESPONSE_RATE, SETUP_FRAME,
	COMMAND, COMMAND_FRAME, NOTE_EPRT, NOTE_EPSV, NOTE_STRAY, N_FIELDS
};

static const struct name codes[] = {
	{ 110, "Restart marker reply" }, { 120, "Service ready in nnn minutes" },
	{ 125, "Data connection already open; transfer starting" },
	{ 150, "File status okay; about to open data connection" }, { 200, "Command okay" },
	{ 202, "Command not implemented, superfluous at this site" },
	{ 211, "System status, or system help reply" }, { 212, "Directory status" },
	{ 213, "File status" }, { 214, "Help message" }, { 215, "NAME system type" },
	{ 220, "Service ready for new user" }, { 221, "Service closing control connection" },
	{ 225, "Data connection open; no transfer in progress" },
	{ 226, "Closing data connection" }, { 227, "Entering Passive Mode" },
	{ 229, "Entering Extended Passive Mode" }, { 230, "User logged in, proceed" },
	{ 232, "User logged in, authorized by security data exchange" },
	{ 234, "Security data exchange complete" },
	{ 235, "Security data exchange completed successfully" },
	{ 250, "Requested file action okay, completed" }, { 257, "PATHNAME created" },
	{ 331, "User name okay, need password" }, { 332, "Need account for login" },
	{ 334, "Requested security mechanism is ok" },
	{ 335, "Security data is acceptable, more is required" },
	{ 336, "Username okay, need password. Challenge is ..." },
	{ 350, "Requested file action pending further information" },
	{ 421, "Service not available, closing control connection" },
	{ 425, "Can't open data connection" }, { 426, "Connection closed; transfer aborted" },
	{ 431, "Need some unavailable resource to process security" },
	{ 450, "Requested file action not taken" },
	{ 451, "Requested action aborted: local error in processing" },
	{ 452, "Requested action not taken. Insufficient storage space in system" },
	{ 500, "Syntax error, command unrecognized" },
	{ 501, "Syntax error in parameters or arguments" }, { 502, "Command not implemented" },
	{ 503, "Bad sequence of commands" }, { 504, "Command not implemented for that parameter" },
	{ 522, "Network protocol not supported" }, { 530, "Not logged in" },
	{ 532, "Need account for storing files" },
	{ 533, "Command protection level denied for policy reasons" },
	{ 534, "Request denied for policy reasons" },
	{ 535, "Failed security check (hash, sequence, etc)" },
	{ 536, "Requested PROT level not supported by mechanism" },
	{ 537, "Command protection level not supported by security mechanism" },
	{ 550, "Requested action not taken: File unavailable" },
	{ 551, "Requested action aborted: page type unknown" },
	{ 552, "Requested file action aborted: Exceeded storage allocation" },
	{ 553, "Requested action not taken: File name not allowed" },
	{ 631, "Integrity protected reply" },
	{ 632, "Confidentiality and integrity protected reply" },
	{ 633, "Confidentiality protected reply" },
};

enum { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2 };

static const struct name families[] = { { FAMILY_IPV4, "IPv4" }, { FAMILY_IPV6, "IPv6" } };

static const struct field fields[N_FIELDS] = {
	[FTP]               = { "ftp", "File Transfer Protocol (FTP)", PROTOCOL },
	[LINE]              = { NULL, "Line", SUBTREE },
	[REQUEST]           = { "ftp.request", "Request", BOOLEAN, .hidden = true },
	[RESPONSE]          = { "ftp.response", "Response", BOOLEAN, .hidden = true },
	[REQUEST_COMMAND]   = { "ftp.request.command", "Request command", STRING },
	[REQUEST_ARGUMENT]  = { "ftp.request.arg", "Request arg", STRING },
	[RESPONSE_CODE]     = { "ftp.response.code", "Response code", UINT32, .names = NAMES(codes) },
	[RESPONSE_ARGUMENT] = { "ftp.response.arg", "Response arg", STRING },
	[PASSIVE_ADDRESS]   = { "ftp.passive.ip", "Passive IP address", IPV4 },
	[PASSIVE_PORT]      = { "ftp.passive.port", "Passive port", UINT16 },
	[PASSIVE_NAT]       = { "ftp.passive.nat", "Passive IP NAT", BOOLEAN },
	[ACTIVE_ADDRESS]    = { "ftp.active.cip", "Active IP address", IPV4 },
	[ACTIVE_PORT]       = { "ftp.active.port", "Active port", UINT16 },
	[ACTIVE_NAT]        = { "ftp.active.nat", "Active IP NAT", BOOLEAN },
	[EPRT_FAMILY]       = { "ftp.eprt.af", "Extended active address family", UINT8, .names = NAMES(families) },
	[EPRT_IPV4]         = { "ftp.eprt.ip", "Extended active IP address", IPV4 },
	[EPRT_IPV6]         = { "ftp.eprt.ipv6", "Extended active IPv6 address", IPV6 },
	[EPRT_PORT]         = { "ftp.eprt.port", "Extended active port", UINT16 },
	[EPSV_IPV4]         = { "ftp.epsv.ip", "Extended passive IPv4 address", IPV4, .generated = true },
	[EPSV_IPV6]         = { "ftp.epsv.ipv6", "Extended passive IPv6 address", IPV6, .generated = true },
	[EPSV_PORT]         = { "ftp.epsv.port", "Extended passive port", UINT16 },
	[DIRECTORY]         = { "ftp.current-working-directory", "Current working directory", STRING,
	                        .generated = true },
	[RESPONSE_FRAMES]   = { "ftp.command-response.frames", "Command response frames", UINT32, .generated = true },
	[RESPONSE_OCTETS]   = { "ftp.command-response.bytes", "Command response bytes", UINT32, .generated = true },
	[RESPONSE_FIRST]    = { "ftp.command-response.first-frame-num", "Command response first frame", FRAME_NUMBER,
	                        .generated = true },
	[RESPONSE_LAST]     = { "ftp.command-response.last-frame-num", "Command response last frame", FRAME_NUMBER,
	                        .generated = true },
	[RESPONSE_DURATION] = { "ftp.command-response.duration", "Response duration", UINT32, .generated = true,
	                        .unit = "ms" },
	[RESPONSE_RATE]     = { "ftp.command-response.bitrate", "Response bitrate", UINT32, .generated = true,
	                        .unit = "Kbps" },
	[SETUP_FRAME]       = { "ftp.setup-frame", "Setup frame", FRAME_NUMBER, .generated = true },
	[COMMAND]           = { "ftp.command", "Command", STRING, .generated = true },
	[COMMAND_FRAME]     = { "ftp.command-frame", "Command frame", FRAME_NUMBER, .generated = true },
	[NOTE_EPRT]         = { "ftp.eprt.args_invalid",
	                        "EPRT arguments must have the form: |<family>|<addr>|<port>|", NOTE,
	                        .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },
	[NOTE_EPSV]         = { "ftp.epsv.args_invalid", "EPSV arguments must have the form (|||<port>|)", NOTE,
	                        .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },
	[NOTE_STRAY]        = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                        .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

/* A control connection, for pass 1. */
struct control {
	struct ftp_text directory;   /* where it works */
	struct ftp_text asked;       /* the directory that the last command asked for; empty: it did not */
	struct ftp_transfer *pending; /* set up, and waiting for its command */
};

struct ftp_state {
	struct map controls; /* by conversation */
	struct arena memory; /* transfers and texts */
};

/* What a frame has to show of that. */
struct ftp_fact {
	struct ftp_text directory;
	const struct ftp_transfer *setup;    /* that it sets up */
	const struct ftp_transfer *answered; /* whose command it is */
};

/* A line on its way through the dissector. Pass 2 has no state, control and fact to write to. */
struct line {
	struct http_text argument;
	struct ftp_state *state;
	struct control *control;
	struct ftp_fact *fact;
};

static void state_begin(void *state)
{
	map_init(&((struct ftp_state *)state)->controls, sizeof(uint32_t), sizeof(struct control));
}

static void state_end(void *memory)
{
	struct ftp_state *state = memory;

	map_free(&state->controls);
	arena_free(&state->memory);
}

static struct ftp_text keep(struct ftp_state *state, const void *octets, uint32_t n)
{
	return (struct ftp_text){ n ? arena_copy(&state->memory, octets, n) : NULL, n };
}

/* ---- where a connection works ---- */

/* A path behind another, without "." and "..": RFC 959 leaves paths to the server, most are like this. */
static struct ftp_text join(struct ftp_state *state, struct ftp_text base, struct ftp_text path)
{
	char joined[2 * DIRECTORY_LARGEST + 1], *to = joined;
	const struct ftp_text parts[] = { base, path };

	for (unsigned p = 0; p < 2; p++) {
		const char *at = parts[p].at, *end = at + parts[p].length;
		while (at < end) {
			const char *slash = memchr(at, '/', (size_t)(end - at)), *stop = slash ? slash : end;
			const size_t n = (size_t)(stop - at);
			if (n == 2 && !memcmp(at, "..", 2)) {
				while (to > joined && *--to != '/')
					;
			} else if (n && !(n == 1 && *at == '.')) {
				if (to > joined || *base.at == '/')
					*to++ = '/';
				to = put_bytes(to, at, n);
			}
			at = stop + (slash != NULL);
		}
	}
	if (to == joined && *base.at == '/')
		*to++ = '/';
	const uint32_t length = (uint32_t)(to - joined);
	return keep(state, joined, length < DIRECTORY_LARGEST ? length : DIRECTORY_LARGEST);
}

/* The command before was followed. */
static void change_directory(const struct line *line)
{
	struct control *control = line->control;

	if (!control || !control->asked.length)
		return;
	if (!control->directory.length || *control->asked.at == '/')
		control->directory = control->asked;
	else
		control->directory = join(line->state, control->directory, control->asked);
}

static void ask_directory(const struct line *line, const void *path, uint32_t length)
{
	if (line->control)
		line->control->asked = keep(line->state, path, length < DIRECTORY_LARGEST ? length : DIRECTORY_LARGEST);
}

/* RFC 959, appendix II: between quotes, of which those in the name are doubled. */
static void read_directory(const struct line *line)
{
	const uint8_t *at = line->argument.at, *end = at + line->argument.length;
	char name[DIRECTORY_LARGEST];
	uint32_t n = 0;

	if (!line->control || at == end || *at++ != '"')
		return;
	for (; at < end && *at && n < sizeof name; at++) {
		if (*at == '"' && (++at == end || *at != '"'))
			break;
		name[n++] = (char)*at;
	}
	if (n && (at == end ? at[-1] == '"' : *at != '"' || n < sizeof name))
		line->control->directory = keep(line->state, name, n);
}

/* ---- data connections ---- */

static void set_up(const struct dissection *d, const struct line *line, const char *method)
{
	if (!line->control)
		return;
	struct ftp_transfer *transfer = arena_zero(&line->state->memory, sizeof *transfer);
	transfer->method = method;
	transfer->setup_frame = d->frame->number;
	transfer->directory = line->control->directory;
	line->control->pending = transfer;
	line->fact->setup = transfer;
}

static void announce(struct dissection *d, const struct line *line, const struct address *a, uint16_t port_a,
                     const struct address *b)
{
	if (line->control)
		conversation_announce(&d->session->conversations, IP_TCP, a, port_a, b, ANY_PORT,
		                      (struct announcement){ &protocol_ftp_data, line->control->pending });
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* h1,h2,h3,h4,p1,p2: RFC 959, section 4.1.2 */
static bool read_host_port(const uint8_t *at, const uint8_t *end, uint8_t numbers[6])
{
	for (unsigned i = 0; i < 6; i++) {
		if (i && (at == end || *at++ != ','))
			return false;
		while (i && at < end && *at == ' ')
			at++;
		if (at == end || !is_digit(*at))
			return false;
		for (numbers[i] = 0; at < end && is_digit(*at); at++)
			numbers[i] = (uint8_t)(numbers[i] * 10 + (*at - '0'));
	}
	return true;
}

/* RFC 1123, section 4.1.2.6: the numbers stand anywhere. Shows them in three fields from that one on. */
static bool add_host_port(struct dissection *d, const struct wire *w, const struct line *line, unsigned field,
                          struct address *host, uint16_t *port)
{
	const uint8_t *at = line->argument.at, *end = at + line->argument.length;
	uint8_t numbers[6];

	for (bool in_number = false;; in_number = is_digit(*at++)) {
		if (at == end)
			return false;
		if (!in_number && is_digit(*at) && read_host_port(at, end, numbers))
			break;
	}
	*host = address_of(ADDRESS_IPV4, numbers);
	*port = be16(numbers + 4);
	add_number(d, w, &fields[field], be32(numbers));
	add_number(d, w, &fields[field + 1], *port);
	if (!address_equal(host, &d->source))
		add_number(d, w, &fields[field + 2], true);
	return true;
}

/* The server will come from its data port. */
static void read_port(struct dissection *d, const struct wire *w, const struct line *line)
{
	struct address host;
	uint16_t port;

	if (add_host_port(d, w, line, ACTIVE_ADDRESS, &host, &port)) {
		set_up(d, line, "PORT");
		announce(d, line, &d->destination, DATA_PORT, &host);
	}
}

static void read_passive(struct dissection *d, const struct wire *w, const struct line *line)
{
	struct address host;
	uint16_t port;

	if (add_host_port(d, w, line, PASSIVE_ADDRESS, &host, &port)) {
		set_up(d, line, "PASV");
		announce(d, line, &host, port, &d->destination);
	}
}

/* A note with a line of its own. */
static void add_noted_line(struct dissection *d, const struct wire *w, const struct field *note)
{
	node_ref node = open_heading(d, w, &fields[LINE]);

	set_text(d, w, node, "%s", note->label);
	add_note(d, w, note);
	close_subtree(d, node, w);
}

/* A number up to the delimiter; false: there is none, or no delimiter. */
static bool read_part(const uint8_t **at, const uint8_t *end, uint8_t delimiter, uint32_t *number)
{
	const uint8_t *start = *at;

	for (*number = 0; *at < end && is_digit(**at) && *number <= UINT16_MAX; ++*at)
		*number = *number * 10 + (**at - '0');
	return *at > start && *at < end && *(*at)++ == delimiter;
}

/* RFC 2428, section 2: |family|address|port| with a delimiter of the client's choice. */
static bool add_extended_port(struct dissection *d, const struct wire *w, const struct line *line)
{
	const uint8_t *at = line->argument.at, *end = at + line->argument.length;
	char text[INET6_ADDRSTRLEN] = "";
	uint8_t octets[16];
	uint32_t family, port;

	if (at == end)
		return false;
	const uint8_t delimiter = *at++;
	if (!read_part(&at, end, delimiter, &family) || (family != FAMILY_IPV4 && family != FAMILY_IPV6))
		return false;
	const uint8_t *stop = memchr(at, delimiter, (size_t)(end - at));
	if (!stop || (size_t)(stop - at) >= sizeof text)
		return false;
	memcpy(text, at, (size_t)(stop - at));
	at = stop + 1;
	if (inet_pton(family == FAMILY_IPV4 ? AF_INET : AF_INET6, text, octets) != 1 ||
	    !read_part(&at, end, delimiter, &port) || port > UINT16_MAX)
		return false;
	add_number(d, w, &fields[EPRT_FAMILY], family);
	if (family == FAMILY_IPV4)
		add_number(d, w, &fields[EPRT_IPV4], be32(octets));
	else
		add_node_octets(d, w, &fields[EPRT_IPV6], w->at, 0, octets, sizeof octets);
	add_number(d, w, &fields[EPRT_PORT], port);
	return true;
}

/* tshark does not expect the connection that this sets up. */
static void read_extended_port(struct dissection *d, const struct wire *w, const struct line *line)
{
	if (add_extended_port(d, w, line))
		set_up(d, line, "EPRT");
	else
		add_noted_line(d, w, &fields[NOTE_EPRT]);
}

/* RFC 2428, section 3: (|||port|) with a delimiter of the server's choice. */
static bool read_extended_passive_port(const struct line *line, uint32_t *port)
{
	const uint8_t *at = line->argument.at, *end = at + line->argument.length;

	at = at < end ? memchr(at, '(', (size_t)(end - at)) : NULL;
	end = at ? memchr(at, ')', (size_t)(end - at)) : NULL;
	if (!end || ++at == end)
		return false;
	const uint8_t delimiter = *at;
	for (unsigned i = 0; i < 3 && at < end && *at == delimiter && !is_digit(*at); i++)
		at++;
	if (delimiter <= ' ' || at == end || (!is_digit(*at) && *at != '|'))
		return false;
	for (*port = 0; at < end && is_digit(*at) && *port <= UINT16_MAX; at++)
		*port = *port * 10 + (*at - '0');
	if (*port > UINT16_MAX)
		*port = UINT16_MAX;
	return true;
}

static void read_extended_passive(struct dissection *d, const struct wire *w, const struct line *line)
{
	uint32_t port;

	if (!read_extended_passive_port(line, &port)) {
		add_noted_line(d, w, &fields[NOTE_EPSV]);
		return;
	}
	if (d->source.kind == ADDRESS_IPV4)
		add_number(d, w, &fields[EPSV_IPV4], be32(d->source.octets));
	else if (d->source.kind == ADDRESS_IPV6)
		add_node_octets(d, w, &fields[EPSV_IPV6], w->at, 0, d->source.octets, 16);
	add_number(d, w, &fields[EPSV_PORT], port);
	set_up(d, line, "EPASV");
	announce(d, line, &d->source, (uint16_t)port, &d->destination);
}

/* ---- lines ---- */

static void read_up(struct dissection *d, const struct wire *w, const struct line *line)
{
	(void)d, (void)w;
	ask_directory(line, "..", 2);
}

static void read_change(struct dissection *d, const struct wire *w, const struct line *line)
{
	(void)d, (void)w;
	ask_directory(line, line->argument.at, line->argument.length);
}

static void read_completed(struct dissection *d, const struct wire *w, const struct line *line)
{
	(void)d, (void)w;
	change_directory(line);
}

static void read_created(struct dissection *d, const struct wire *w, const struct line *line)
{
	(void)d, (void)w;
	read_directory(line);
}

/* Commands and replies that mean something for what follows. */
static const struct {
	const char *command;
	uint16_t code;
	void (*read)(struct dissection *d, const struct wire *w, const struct line *line);
} rows[] = {
	{ "CDUP", 0, read_up },
	{ "CWD", 0, read_change },
	{ "EPRT", 0, read_extended_port },
	{ "PORT", 0, read_port },
	{ NULL, 227, read_passive },
	{ NULL, 229, read_extended_passive },
	{ NULL, 250, read_completed },
	{ NULL, 257, read_created },
};

enum { N_ROWS = sizeof rows / sizeof *rows };

/* The first command behind a setup is what the data connection is for. */
static void follow_command(const struct dissection *d, const struct line *line, const struct http_line *text)
{
	if (!line->control)
		return;
	struct ftp_transfer *transfer = line->control->pending;
	line->control->pending = NULL;
	line->control->asked.length = 0;
	line->fact->answered = transfer;
	if (!transfer)
		return;
	transfer->command_frame = d->frame->number;
	transfer->command = keep(line->state, text->text,
	                         text->length < COMMAND_LARGEST ? text->length : COMMAND_LARGEST);
}

/* The next n octets of a line, up to a NUL: RFC 959, section 5.3, has them be ASCII. */
static void add_words(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *octets = n ? wire_bytes(w, n) : NULL;

	if (!octets || !SHOWING(d, w))
		return;
	const struct http_text words =
		http_ascii(d, (struct http_text){ octets, (uint32_t)strnlen((const char *)octets, n) });
	node_ref node = add_node_octets(d, w, field, w->at - n, n, words.at, words.length);
	if (has_stray_characters(octets, n))
		note_on(d, node, &fields[NOTE_STRAY]);
}

static void read_request(struct dissection *d, struct wire *w, struct line *line, const struct http_line *text)
{
	const uint8_t *start = wire_here(w), *space = memchr(start, ' ', text->length);
	const uint32_t n = space ? (uint32_t)(space - start) : text->length;
	uint32_t at = n;

	follow_command(d, line, text);
	add_words(d, w, &fields[REQUEST_COMMAND], n);
	while (at < text->length && start[at] == ' ')
		at++;
	wire_skip(w, at - n);
	line->argument = (struct http_text){ start + at, text->length - at };
	add_words(d, w, &fields[REQUEST_ARGUMENT], line->argument.length);
	for (unsigned i = 0; i < N_ROWS; i++)
		if (rows[i].command && n == strlen(rows[i].command) && !memcmp(start, rows[i].command, n))
			rows[i].read(d, w, line);
}

/* RFC 959, section 4.2: three digits, and a space or a hyphen. */
static void read_reply(struct dissection *d, struct wire *w, struct line *line, const struct http_line *text)
{
	const uint8_t *start = wire_here(w);
	uint32_t code = 0, at = 0;

	if (text->length >= 3 && is_digit(start[0]) && is_digit(start[1]) && is_digit(start[2])) {
		code = (start[0] - '0') * 100u + (start[1] - '0') * 10u + (start[2] - '0');
		at = text->length > 3 ? 4 : 3;
		add_node(d, w, &fields[RESPONSE_CODE], w->at, 3, code);
		wire_skip(w, at);
	}
	line->argument = (struct http_text){ start + at, text->length - at };
	add_words(d, w, &fields[RESPONSE_ARGUMENT], line->argument.length);
	for (unsigned i = 0; i < N_ROWS; i++)
		if (rows[i].code && rows[i].code == code)
			rows[i].read(d, w, line);
}

/* ---- what a frame shows of its connections ---- */

/* Milliseconds between two times: of whole seconds, and of what is left, each by itself, rounded. */
static uint32_t duration(int64_t from, int64_t to)
{
	enum { SECOND = 1000000000, MILLISECOND = 1000000 };

	return (uint32_t)((to / SECOND - from / SECOND) * 1000 +
	                  (to % SECOND - from % SECOND + MILLISECOND / 2) / MILLISECOND);
}

static void show_answer(struct dissection *d, const struct wire *w, const struct ftp_transfer *transfer)
{
	const struct ftp_transfer none = { 0 };
	const struct ftp_transfer *t = transfer->frames ? transfer : &none;

	add_number(d, w, &fields[RESPONSE_FRAMES], t->frames);
	add_number(d, w, &fields[RESPONSE_OCTETS], t->octets);
	add_number(d, w, &fields[RESPONSE_FIRST], t->first_frame);
	add_number(d, w, &fields[RESPONSE_LAST], t->last_frame);
	if (t->frames > 1) {
		const uint32_t milliseconds = duration(t->first_time, t->last_time);
		add_number(d, w, &fields[RESPONSE_DURATION], milliseconds);
		add_number(d, w, &fields[RESPONSE_RATE], milliseconds ? t->octets * 8 / milliseconds : 0);
	}
	add_number(d, w, &fields[SETUP_FRAME], t->setup_frame);
}

static void show_fact(struct dissection *d, const struct wire *w, const struct ftp_fact *fact)
{
	add_string_value(d, w, &fields[DIRECTORY], fact->directory.at, fact->directory.length);
	if (fact->setup && fact->setup->frames && fact->setup->command_frame) {
		add_string_value(d, w, &fields[COMMAND], fact->setup->command.at, fact->setup->command.length);
		add_number(d, w, &fields[COMMAND_FRAME], fact->setup->command_frame);
	}
	if (fact->answered && !fact->setup)
		show_answer(d, w, fact->answered);
}

static void begin_line(struct dissection *d, struct line *line)
{
	if (!d->first_pass || d->quoted || !d->has_conversation)
		return;
	line->fact = add_fact(d, FACT_FTP, sizeof *line->fact, NULL);
	if (!line->fact)
		return;
	line->state = protocol_state(d, &protocol_ftp);
	line->control = map_put(&line->state->controls, &d->conversation, NULL);
}

static void dissect(struct dissection *d, struct wire *w)
{
	const bool is_request = d->destination_port == CONTROL_PORT;
	node_ref top = open_protocol(d, w, &fields[FTP]);
	struct line line = { 0 };

	begin_line(d, &line);
	add_number(d, w, &fields[REQUEST], is_request);
	add_number(d, w, &fields[RESPONSE], !is_request);
	for (bool is_first = true; wire_captured(w) && (is_first || !d->first_pass); is_first = false) {
		const struct http_line text = http_line_at(wire_here(w), wire_captured(w));
		struct wire part = wire_take(w, text.whole);
		node_ref node = open_heading(d, &part, &fields[LINE]);
		set_text(d, &part, node, "%s", printable(d, text.text, text.whole));
		if (is_first) {
			set_info(d, w, "%s: %s", is_request ? "Request" : "Response",
			         printable(d, text.text, text.length));
			(is_request ? read_request : read_reply)(d, &part, &line, &text);
		}
		close_subtree(d, node, NULL);
	}
	if (line.fact)
		line.fact->directory = line.control->directory;
	close_subtree(d, top, w);
	const struct ftp_fact *fact = !d->first_pass ? find_fact(d, FACT_FTP) : NULL;
	if (fact)
		show_fact(d, w, fact);
}

/* RFC 4217: it may be TLS by now. */
static bool accepts(const struct dissection *d, struct wire w)
{
	return !protocol_tls.resembles(d, w);
}

const struct protocol protocol_ftp = {
	.name = "File Transfer Protocol (FTP)", .short_name = "FTP", .filter = "ftp", .column = "FTP",
	.fields = fields, .field_count = N_FIELDS, .dissect = dissect, .accepts = accepts,
	.state_size = sizeof(struct ftp_state), .state_begin = state_begin, .state_end = state_end,
};
