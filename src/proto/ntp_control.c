/*
 * ntp_control.c: NTP control messages (mode 6), RFC 9327 (RFC 1305, appendix B).
 *
 *	+--+-----+-----+-+-+-+---------+-------------------------------+
 *	|LI| VN  |  6  |R|E|M|  Opcode |           Sequence            |
 *	+--+-----+-----+-+-+-+---------+-------------------------------+
 *	|            Status             |        Association ID         |
 *	+-------------------------------+-------------------------------+
 *	|            Offset             |             Count             |
 *	+-------------------------------+-------------------------------+
 *	|    data, padded; authenticator (key, digest)                  |
 *	+---------------------------------------------------------------+
 */

#include "dissect/ascii.h"
#include "dissect/ntp.h"

#define F NTP_FIELD

enum opcode {
	READ_STATUS = 1, READ_VARIABLES, WRITE_VARIABLES, READ_CLOCK, WRITE_CLOCK, ASYNCHRONOUS = 7, CONFIGURE, SAVE_CONFIGURATION,
	READ_MRU, READ_ORDERED_LIST, REQUEST_NONCE,
};

enum { RESPONSE = 0x80, FAILED = 0x40, OPCODE = 0x1f };

/* ---- status words, RFC 9327, section 3 ---- */

static void add_status_bits(struct dissection *d, struct wire *w, const struct field *first, const struct field *last)
{
	uint16_t status = add_uint16(d, w, F(CTRL_STATUS));

	ntp_say_bits(d, w, d->last, first, last, status);
	node_ref node = open_subtree(d);
	add_bits(d, w, first, last, 2, status);
	close_subtree(d, node, NULL);
}

static void add_peer_status(struct dissection *d, struct wire *w)
{
	add_status_bits(d, w, F(CTRL_PEER_STATUS_CONFIG), F(CTRL_PEER_STATUS_CODE));
}

/* Which word it is depends on what was asked, and of whom. */
static void add_status(struct dissection *d, struct wire *w, uint8_t flags)
{
	uint8_t opcode = flags & OPCODE;
	uint16_t association = wire_has(w, 4) ? be16(wire_here(w) + 2) : 0;
	bool is_clock = opcode == READ_CLOCK || opcode == WRITE_CLOCK;
	bool is_of_peer = (opcode >= READ_STATUS && opcode <= WRITE_VARIABLES) || opcode == ASYNCHRONOUS;

	if (!(flags & RESPONSE) || !(flags & FAILED || is_clock || is_of_peer))
		add_uint16(d, w, F(CTRL_STATUS));
	else if (flags & FAILED)
		add_status_bits(d, w, F(CTRL_ERR_STATUS), F(CTRL_ERR_STATUS));
	else if (is_clock)
		add_status_bits(d, w, F(CTRL_CLOCK_STATUS_STATUS), F(CTRL_CLOCK_STATUS_CODE));
	else if (association)
		add_peer_status(d, w);
	else
		add_status_bits(d, w, F(CTRL_SYS_STATUS_LI), F(CTRL_SYS_STATUS_CODE));
}

/* ---- data ---- */

/* A piece of text, at `at`, as a heading, that often within itself. */
static void add_text(struct dissection *d, const struct wire *w, uint32_t at, uint32_t n, unsigned times)
{
	node_ref nodes[3];

	for (unsigned i = 0; i < times; i++) {
		add_node(d, w, F(CTRL_ITEM), at, n, 0);
		set_text(d, w, d->last, "%s", printable(d, w->data + at, n));
		nodes[i] = open_subtree(d);
	}
	while (times--)
		close_subtree(d, nodes[times], NULL);
}

static bool is_name(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
}

static bool is_value(uint8_t c)
{
	return c >= ' ' && c < 0x7f && !strchr("\"+,=():;", c);
}

static bool is_tail(uint8_t c)
{
	return c > ' ' && c < 0x7f && !strchr("\"+,=();", c);
}

static bool is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* How many octets, up to the end of the cursor, are of a kind. */
static uint32_t run(const struct wire *w, uint32_t at, bool (*is)(uint8_t c))
{
	uint32_t n = 0;

	while (at + n < w->end && is(w->data[at + n]))
		n++;
	return n;
}

static node_ref open_text(struct dissection *d, const struct wire *w, uint32_t at, uint32_t n)
{
	add_node(d, w, F(CTRL_ITEM), at, n, 0);
	set_text(d, w, d->last, "%s", printable(d, w->data + at, n));
	return open_subtree(d);
}

/* A value in quotation marks: n octets with them. */
static void add_quoted(struct dissection *d, const struct wire *w, uint32_t at, uint32_t n)
{
	node_ref outer = open_text(d, w, at, n), inner = open_text(d, w, at, n);
	node_ref content = open_text(d, w, at + 1, n - 2), parts = open_text(d, w, at, n);

	add_text(d, w, at, 1, 1);
	if (n > 2)
		add_text(d, w, at + 1, n - 2, 3);
	add_text(d, w, at + n - 1, 1, 1);
	close_subtree(d, parts, NULL);
	close_subtree(d, content, NULL);
	close_subtree(d, inner, NULL);
	close_subtree(d, outer, NULL);
}

/* The length of a value in quotation marks; 0: it is none. */
static uint32_t quoted_length(const struct wire *w, uint32_t at)
{
	const uint8_t *end = at < w->end && w->data[at] == '"' ? memchr(w->data + at + 1, '"', w->end - at - 1) : NULL;
	return end ? (uint32_t)(end - (w->data + at)) + 1 : 0;
}

/* Pieces are shown as they nest in the grammar: name, sign, value, and what ends it. False where there is none. */
static bool read_variable(struct dissection *d, struct wire *w)
{
	uint32_t name = w->at, name_length = run(w, name, is_name), at = name + name_length;
	uint32_t value = 0, value_length = 0, quoted = 0;
	uint32_t before = run(w, at, is_space);
	uint32_t sign = at + before;
	bool has_sign = sign < w->end && w->data[sign] == '=';

	if (!name_length)
		return false;
	if (has_sign) {
		value = sign + 1;
		value += run(w, value, is_space);
		quoted = quoted_length(w, value);
		value_length = quoted ? quoted : run(w, value, is_value);
		at = value + value_length;
	}
	uint32_t tail = run(w, at, is_tail), end = at + tail;
	node_ref item = open_text(d, w, name, end - name), expression = open_text(d, w, name, end - name);
	add_text(d, w, name, name_length, 1);
	if (has_sign) {
		add_text(d, w, sign, 1, 1);
		if (quoted)
			add_quoted(d, w, value, quoted);
		else
			add_text(d, w, value, value_length, value_length ? 3 : 1);
	}
	end += run(w, end, is_space);
	bool has_comma = end < w->end && w->data[end] == ',';
	add_text(d, w, at, tail, has_comma || tail ? 2 : 1);
	close_subtree(d, expression, NULL);
	close_subtree(d, item, NULL);
	end += has_comma;
	w->at = end + run(w, end, is_space);
	return true;
}

/* Pairs of an association and its status: all of the ones, then all of the others. */
static void read_associations(struct dissection *d, struct wire w)
{
	while (wire_more(&w)) {
		add_node(d, &w, F(CTRL_ITEM), w.at, 4, 0);
		node_ref node = open_subtree(d);
		add_uint16(d, &w, F(CTRL_ASSOCID));
		close_subtree(d, node, NULL);
		wire_skip(&w, 2);
	}
}

static void read_statuses(struct dissection *d, struct wire *w)
{
	while (wire_more(w)) {
		wire_skip(w, 2);
		add_peer_status(d, w);
	}
}

static void read_data(struct dissection *d, struct wire *w, uint8_t flags, uint16_t association, uint16_t n)
{
	static const uint16_t strings[OPCODE + 1] = {
		[ASYNCHRONOUS] = NTP_CTRL_TRAPMSG, [CONFIGURE] = NTP_CTRL_CONFIGURATION, [SAVE_CONFIGURATION] = NTP_CTRL_CONFIGURATION,
		[READ_MRU] = NTP_CTRL_MRU, [READ_ORDERED_LIST] = NTP_CTRL_ORDLIST, [REQUEST_NONCE] = NTP_CTRL_NONCE,
	};
	uint8_t opcode = flags & OPCODE;

	add_node(d, w, F(CTRL_DATA), w->at, n, 0);
	node_ref node = open_subtree(d);
	struct wire data = *w;
	wire_skip(w, n);
	if (w->state == WIRE_GOOD) {
		wire_shorten(&data, n);
		if (strings[opcode])
			add_ascii(d, &data, &ntp_fields[strings[opcode]], n);
		else if (opcode == READ_STATUS && !association)
			read_associations(d, data);
		else if (opcode >= READ_STATUS && opcode <= WRITE_CLOCK)
			while (data.at < data.end && read_variable(d, &data))
				;
	}
	close_subtree(d, node, NULL);
	if (opcode == READ_STATUS && !association && w->state == WIRE_GOOD) {
		read_statuses(d, &data);
		wire_join(w, &data);
	}
}

static void read_authenticator(struct dissection *d, struct wire *w)
{
	enum { MD5_OCTETS = 20, SHA_OCTETS = 24 }; /* with the key's index */
	uint32_t n = wire_left(w);

	node_ref node = open_heading(d, w, F(AUTHENTICATOR));
	if (n == MD5_OCTETS || n == SHA_OCTETS) {
		add_number(d, w, F(KEY_TYPE), n == SHA_OCTETS);
		add_uint32(d, w, F(KEY_INDEX));
		add_octets(d, w, F(KEY_SIGNATURE), n - 4);
	}
	close_subtree(d, node, w);
}

void ntp_read_control(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at - 1;
	uint8_t flags = add_uint8(d, w, F(CTRL_FLAGS2));

	ntp_say_bits(d, w, d->last, F(CTRL_FLAGS2_R), F(CTRL_FLAGS2_OPCODE), flags);
	node_ref node = open_subtree(d);
	add_bits(d, w, F(CTRL_FLAGS2_R), F(CTRL_FLAGS2_OPCODE), 1, flags);
	close_subtree(d, node, NULL);
	uint16_t sequence = add_uint16(d, w, F(CTRL_SEQUENCE));
	if (w->state != WIRE_GOOD)
		return;
	if (flags & RESPONSE)
		ntp_meet_response(d, NTP_CONTROL, sequence);
	else
		ntp_meet_request(d, NTP_CONTROL, sequence);
	if (d->first_pass)
		return;
	ntp_show_match(d, w);
	add_status(d, w, flags);
	uint16_t association = add_uint16(d, w, F(CTRL_ASSOCID));
	add_uint16(d, w, F(CTRL_OFFSET));
	uint16_t n = add_uint16(d, w, F(CTRL_COUNT));
	if (n)
		read_data(d, w, flags, association, n);
	uint32_t padding = (start - w->at) % 8;
	if (wire_left(w) <= padding)
		return;
	if (padding)
		add_octets(d, w, F(PADDING), padding);
	read_authenticator(d, w);
}
