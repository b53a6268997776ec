/*
 * stun.c: Session Traversal Utilities for NAT, RFC 8489 (RFC 5389), and TURN, RFC 8656 (RFC 5766), over UDP and TCP.
 *
 *	 0                   1                   2                   3
 *	+---+---------------------------+-------------------------------+
 *	|0 0|     STUN Message Type     |         Message Length        |
 *	+---+---------------------------+-------------------------------+
 *	|                  Magic Cookie: 0x2112a442                     |
 *	+---------------------------------------------------------------+
 *	|                  Transaction ID (96 bits)                     |
 *	+---------------------------------------------------------------+
 *
 * TURN sends data over channels without such a header, RFC 8656, section 12.4:
 *
 *	+-------------------------------+-------------------------------+
 *	|    Channel Number (0x4000 on) |         Data Length           |
 *	+-------------------------------+-------------------------------+
 *
 * Messages of RFC 3489, which have no cookie, are those of classicstun.c. What TURN carries is shown as Data.
 */

#include "dissect/map.h"
#include "dissect/session.h"
#include "dissect/stun.h"
#include "dissect/tcp_reassembly.h"

#define F(name) (&stun_fields[STUN_##name])

enum {
	HEADER = 20, CHANNEL_HEADER = 4, /* octets */
	MAGIC_COOKIE = 0x2112a442,
	NO_MESSAGE = 0xc000,       /* the bits of a type that no message has */
	FIRST_CHANNEL = 0x4000, LAST_CHANNEL = 0x7fff,
	MULTIPLEXED_CHANNEL = 0xff10, /* MS-TURN, section 2.2.3: a session id stands before the data */
	SESSION_ID = 8,
	LAST_METHOD = 0xff,        /* methods from there on are not taken for STUN */
	VERSION = 3,               /* RFC 5389 and later */
	PROTOCOL_TCP = 6,
};

extern const struct protocol protocol_stun;

/* ---- types ---- */

/* RFC 8489, section 5: the bits of the class, C1 and C0, stand among those of the method. */
static unsigned class_of(uint16_t type)
{
	return (type >> 7 & 2) | (type >> 4 & 1);
}

static unsigned method_of(uint16_t type)
{
	return (type & 0x000f) | (type & 0x00e0) >> 1 | (type & 0x3e00) >> 2;
}

enum { REQUEST, INDICATION, SUCCESS, ERROR };
static const char *const classes[] = { "Request", "Indication", "Success Response", "Error Response" };
static const uint8_t class_bits[] = { 0x00, 0x01, 0x10, 0x11 };

static const struct name methods[] = {
	{ 0x001, "Binding" },
	{ 0x002, "SharedSecret" },
	{ 0x003, "Allocate" },
	{ 0x004, "Refresh" },
	{ 0x006, "Send" },
	{ 0x007, "Data" },
	{ 0x008, "CreatePermission" },
	{ 0x009, "Channel-Bind" },
	{ 0x00a, "Connect" },
	{ 0x00b, "ConnectionBind" },
	{ 0x00c, "ConnectionAttempt" },
	{ 0x080, "GooglePing" },
};

/* ---- requests and responses ---- */

/* A conversation's messages with one transaction id. */
struct transaction {
	uint32_t request, response; /* frames of the first of each; 0: none */
	uint32_t place;             /* its own, in the map */
	struct timestamp time;      /* of the first message */
};

struct transaction_key {
	uint32_t conversation;
	uint8_t id[12];
};

struct state {
	struct map transactions;
	struct map conversations; /* from the frame in which STUN was first seen on */
};

struct fact {
	uint32_t transaction; /* its place */
};

static void state_begin(void *from)
{
	struct state *state = from;

	map_init(&state->transactions, sizeof(struct transaction_key), sizeof(struct transaction));
	map_init(&state->conversations, sizeof(uint32_t), sizeof(uint32_t));
}

static void state_end(void *from)
{
	struct state *state = from;

	map_free(&state->transactions);
	map_free(&state->conversations);
}

/* Pass 1: what is carried by this conversation is STUN. */
static void claim_conversation(struct dissection *d)
{
	if (!d->first_pass || !d->has_conversation)
		return;
	struct state *state = protocol_state(d, &protocol_stun);
	uint32_t *since = map_put(&state->conversations, &d->conversation, NULL);
	if (!*since)
		*since = d->frame->number;
}

/* Has STUN been seen in the conversation? Over UDP, that also says what came before. */
static bool is_claimed(const struct dissection *d)
{
	const struct state *state = d->has_conversation ? find_state(d, &protocol_stun) : NULL;
	const uint32_t *since = state ? map_get(&state->conversations, &d->conversation) : NULL;

	return since && (d->ip_protocol != PROTOCOL_TCP || d->frame->number >= *since);
}

/* Pass 1: the first request and the first other message with a transaction id belong together, whichever comes first. */
static void meet(struct dissection *d, const uint8_t *id, uint16_t type)
{
	struct state *state = protocol_state(d, &protocol_stun);
	struct transaction_key key = { .conversation = d->conversation };
	bool is_new;

	memcpy(key.id, id, sizeof key.id);
	struct transaction *t = map_put(&state->transactions, &key, &is_new);
	if (is_new)
		*t = (struct transaction){ .place = state->transactions.count - 1, .time = d->frame->time };
	uint32_t *first = class_of(type) == REQUEST ? &t->request : &t->response;
	if (!*first)
		*first = d->frame->number;
	struct fact *fact = add_fact(d, FACT_STUN, sizeof *fact, NULL);
	if (fact)
		fact->transaction = t->place;
}

static void show_transaction(struct dissection *d, const struct wire *w, uint16_t type)
{
	const struct state *state = find_state(d, &protocol_stun);
	const struct fact *fact = find_fact(d, FACT_STUN);

	if (!fact || !state)
		return;
	const struct transaction *t = map_value(&state->transactions, fact->transaction);
	unsigned class = class_of(type);
	uint32_t first = class == REQUEST ? t->request : t->response;
	if (first != d->frame->number)
		add_number(d, w, F(DUPLICATE), first);
	if (class == REQUEST && t->response) {
		add_number(d, w, F(RESPONSE_IN), t->response);
	} else if (class >= SUCCESS && t->request) {
		add_number(d, w, F(RESPONSE_TO), t->request);
		add_time(d, w, F(TIME), timestamp_span(d->frame->time, t->time));
	}
}

/* ---- messages ---- */

static void add_type(struct dissection *d, struct wire *w)
{
	uint16_t type = add_uint16(d, w, F(TYPE));

	if (!SHOWING(d, w))
		return;
	unsigned class = class_of(type), method = method_of(type);
	const char *name = name_or(&(struct names){ methods, sizeof methods / sizeof *methods }, method, "Unknown");
	value_text(d, w, d->last, "0x%04x (%s %s)", type, name, classes[class]);
	set_info(d, w, "%s %s", name, classes[class]);
	node_ref node = open_subtree(d);
	add_bits(d, w, F(CLASS), F(CLASS), 2, type);
	value_text(d, w, d->last, "0x%02x %s (%u)", class_bits[class], classes[class], class);
	add_bits(d, w, F(METHOD), F(METHOD), 2, type);
	value_text(d, w, d->last, "0x%04x %s (0x%03x)", type & 0x3eef, name, method);
	add_bits(d, w, F(METHOD_ASSIGNMENT), F(METHOD_ASSIGNMENT), 2, type);
	close_subtree(d, node, NULL);
}

/* Attributes are padded to words, section 14; where their lengths show otherwise, all stand below a complaint. */
static void read_body(struct dissection *d, struct wire *w, uint16_t length, uint32_t start, const uint8_t *id)
{
	add_number(d, w, F(VERSION), VERSION);
	place(d, w->at, 0);
	if (length % 4 == 0) {
		stun_read_attributes(d, w, start, id);
		return;
	}
	node_ref node = open_heading(d, w, F(COMPLAINT));
	set_text(d, w, node, "%s", F(NOTE_LENGTH)->label);
	note_on(d, node, F(NOTE_LENGTH));
	stun_read_attributes(d, w, start, id);
	close_subtree(d, node, w);
}

/* `framed`: its length in two octets comes first, RFC 4571 */
static void read_message(struct dissection *d, struct wire *w, bool framed)
{
	const uint32_t start = w->at + (framed ? 2 : 0);
	const uint8_t *message = w->data + start;
	const uint16_t type = be16(message);

	claim_conversation(d);
	if (d->first_pass)
		meet(d, message + 8, type);
	if (d->first_pass) {
		wire_skip(w, wire_captured(w));
		return;
	}
	node_ref top = open_protocol(d, w, F(MESSAGE));
	show_transaction(d, w, type);
	if (framed)
		add_uint16(d, w, F(FRAME_LENGTH));
	add_type(d, w);
	uint16_t length = add_uint16(d, w, F(LENGTH));
	add_octets(d, w, F(COOKIE), 4);
	add_octets(d, w, F(ID), 12);
	if (length)
		read_body(d, w, length, start, message + 4);
	close_subtree(d, top, w);
}

static void read_channel_data(struct dissection *d, struct wire *w)
{
	claim_conversation(d);
	node_ref top = open_protocol(d, w, F(MESSAGE));
	append_literal(d, w, top, ", TURN ChannelData Message");
	set_info(d, w, "ChannelData TURN Message");
	uint16_t channel = add_uint16(d, w, F(CHANNEL));
	uint32_t length = add_uint16(d, w, F(LENGTH));
	if (channel == MULTIPLEXED_CHANNEL && length >= SESSION_ID) {
		add_uint64(d, w, F(SESSION_ID));
		length -= SESSION_ID;
	}
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD && length)
		dissect_data(d, wire_part(w, length));
}

/* ---- which octets are STUN ---- */

static bool is_channel(uint16_t type)
{
	return (type >= FIRST_CHANNEL && type <= LAST_CHANNEL) || type == MULTIPLEXED_CHANNEL;
}

/* A message that takes all octets. */
static bool is_message(const struct wire *w)
{
	if (!wire_has(w, HEADER))
		return false;
	const uint8_t *p = wire_here(w);
	return !(be16(p) & NO_MESSAGE) && method_of(be16(p)) <= LAST_METHOD && be32(p + 4) == MAGIC_COOKIE &&
	       wire_left(w) == HEADER + (uint32_t)be16(p + 2);
}

/* Channel data that takes all octets. Over UDP it need not be padded, RFC 8656, section 12.5. */
static bool is_channel_data(const struct wire *w)
{
	if (!wire_has(w, CHANNEL_HEADER) || !is_channel(be16(wire_here(w))))
		return false;
	uint32_t length = CHANNEL_HEADER + (uint32_t)be16(wire_here(w) + 2);
	return wire_left(w) == length || wire_left(w) == ((length + 3) & ~3u);
}

/* A message behind its length. */
static bool is_framed(const struct wire *w)
{
	if (!wire_has(w, HEADER + 2) || be16(wire_here(w)) != wire_left(w) - 2)
		return false;
	struct wire message = *w;
	message.at += 2;
	return is_message(&message);
}

static bool accepts(const struct dissection *d, struct wire w)
{
	return d->ip_protocol == PROTOCOL_TCP || is_message(&w) || is_channel_data(&w);
}

/* A whole message at the start of a segment, of any type. */
static bool resembles_stream(const struct wire *w)
{
	if (!wire_has(w, HEADER))
		return false;
	const uint8_t *p = wire_here(w);
	if (be32(p + 4) == MAGIC_COOKIE && !(be16(p) & NO_MESSAGE))
		return wire_left(w) >= HEADER + (uint32_t)be16(p + 2);
	return wire_has(w, HEADER + 2) && be32(p + 6) == MAGIC_COOKIE && !(be16(p + 2) & NO_MESSAGE) &&
	       wire_left(w) >= 2 + (uint32_t)be16(p);
}

static bool resembles(const struct dissection *d, struct wire w)
{
	if (d->ip_protocol == PROTOCOL_TCP)
		return is_claimed(d) || resembles_stream(&w);
	return is_message(&w) || (is_channel_data(&w) && is_claimed(d));
}

/* ---- over UDP and TCP ---- */

static void dissect_pdu(struct dissection *d, struct wire *w)
{
	claim_conversation(d);
	if (is_message(w))
		read_message(d, w, false);
	else if (is_channel_data(w))
		read_channel_data(d, w);
	else if (is_framed(w))
		read_message(d, w, true);
}

static const struct protocol pdu = {
	.name = "Session Traversal Utilities for NAT", .short_name = "STUN", .filter = "stun", .column = "STUN", .dissect = dissect_pdu,
};

/* Whatever is no message has the length of channel data, which is padded over TCP. */
static uint32_t measure(const struct wire *w)
{
	const uint8_t *p = wire_here(w);

	if (wire_has(w, 10) && be32(p + 6) == MAGIC_COOKIE)
		return 2 + (uint32_t)be16(p);
	if (!(be16(p) & NO_MESSAGE))
		return HEADER + (uint32_t)be16(p + 2);
	return CHANNEL_HEADER + ((be16(p + 2) + 3u) & ~3u);
}

static void dissect(struct dissection *d, struct wire *w)
{
	static const struct tcp_framing framing = { CHANNEL_HEADER, .measure = measure, .protocol = &pdu };

	if (d->ip_protocol == PROTOCOL_TCP)
		dissect_tcp_pdus(d, w, &framing);
	else
		dissect_pdu(d, w);
}

const struct protocol protocol_stun = {
	.name = "Session Traversal Utilities for NAT",
	.short_name = "STUN",
	.filter = "stun",
	.is_application = true,
	.column = "STUN",
	.fields = stun_fields,
	.field_count = STUN_FIELDS,
	.dissect = dissect,
	.accepts = accepts,
	.resembles = resembles,
	.state_size = sizeof(struct state),
	.state_begin = state_begin,
	.state_end = state_end,
};
