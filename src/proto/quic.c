/*
 * quic.c: QUIC packets over UDP: RFC 9000, RFC 8999 (what all versions share), RFC 9001 (protection), RFC 9369 (version 2), and the
 * drafts from 11 on.
 *
 *  Long header:  1 1 type(2) ....  version(32)  dcil(8) dcid  scil(8) scid  ...
 *  Short header: 0 1 spin ....     dcid         ...
 *
 * A connection begins with an Initial packet. Pass 1 follows it by the connection ids that its sides tell each other, and
 * by the conversation of its first packet, and opens Initial packets, whose keys follow from the client's first
 * Destination Connection ID. Pass 2 opens them again.
 *
 * Left out: the keys of other packets, stateless resets, versions of Google.
 */

#include <stdlib.h>

#include "dissect/quic.h"
#include "dissect/session.h"
#include "dissect/text.h"
#include "dissect/tls.h"

#define F(name) (&quic_fields[Q_##name])

enum packet_type { INITIAL, EARLY, HANDSHAKE, RETRY, NEGOTIATION, SHORT };

enum { LONG = 0x80, CLIENT = 0, SERVER = 1, IDS = 4 };

/* What became of a packet's protection. */
enum outcome {
	SILENT,       /* nothing is said */
	OPENED,
	NO_NUMBER,
	BAD_TAG,
	NO_SECRETS,
	NO_CIPHER,
	NO_HANDSHAKE,
};

static const char *const complaints[] = {
	[NO_NUMBER]    = "Failed to decrypt packet number",
	[BAD_TAG]      = "Failed to create decryption context: Decryption (checktag) failed: Checksum error",
	[NO_SECRETS]   = "Failed to create decryption context: Secrets are not available",
	[NO_CIPHER]    = "Failed to create decryption context: Unable to retrieve cipher information",
	[NO_HANDSHAKE] = "Failed to create decryption context: Missing TLS handshake, unsupported ciphers or padding",
};

/* ---- what pass 1 keeps ---- */

struct connection {
	uint32_t number;
	struct address client;
	uint16_t client_port;
	bool has_given_up;         /* on packets with a short header */
	bool was_retried;
	bool is_anew;              /* after a Retry the server has not told its id yet */
	uint32_t version;          /* that it began with */
	struct quic_id original;   /* what its keys follow from */
	struct quic_id retried;    /* what they will after a Retry */
	struct quic_id ids[2][IDS]; /* that client, server chose for themselves */
	uint8_t id_count[2];
	uint64_t expected[2];      /* packet number */
	struct quic_crypto_stream crypto[2];
};

/* A conversation of UDP. tshark keeps what TLS knows by it, too, whatever connections it has. */
struct talk {
	uint32_t first_frame; /* from which on it is QUIC */
	uint32_t connection;  /* + 1; 0: none */
	struct tls_session session;
};

struct key_id {
	uint32_t version;
	struct quic_id id;
};

struct key_pair {
	uint32_t number; /* among all, + 1 */
	struct quic_keys keys[2];
};

struct state {
	struct map connections; /* by number */
	struct map first_ids;   /* id -> connection + 1: what clients called servers at first */
	struct map ids[2];      /* what clients, servers chose for themselves */
	struct map keys;        /* struct key_id -> struct key_pair */
	struct map talks;       /* by conversation */
};

/* A packet, as pass 1 found it. */
struct packet_fact {
	uint64_t number;
	uint32_t keys;    /* + 1 */
	uint8_t outcome;
};

/* What is known of a datagram: in a fact, as long as it needs to be. */
struct datagram_fact {
	uint32_t connection; /* + 1 */
	bool from_server;
	uint8_t packet_count, crypto_count;
	struct packet_fact packets[QUIC_PACKETS];
	struct quic_crypto_fact crypto[QUIC_CRYPTO];
};

_Static_assert(sizeof(struct datagram_fact) <= FACT_LARGEST, "a datagram's fact has to fit");

static void state_begin(void *where)
{
	struct state *state = where;

	map_init(&state->connections, sizeof(uint32_t), sizeof(struct connection));
	map_init(&state->first_ids, sizeof(struct quic_id), sizeof(uint32_t));
	map_init(&state->ids[CLIENT], sizeof(struct quic_id), sizeof(uint32_t));
	map_init(&state->ids[SERVER], sizeof(struct quic_id), sizeof(uint32_t));
	map_init(&state->keys, sizeof(struct key_id), sizeof(struct key_pair));
	map_init(&state->talks, sizeof(uint32_t), sizeof(struct talk));
}

static void state_end(void *where)
{
	struct state *state = where;

	for (uint32_t i = 0; i < state->talks.count; i++)
		free(((struct talk *)map_value(&state->talks, i))->session.choices);
	map_free(&state->connections);
	map_free(&state->first_ids);
	map_free(&state->ids[CLIENT]);
	map_free(&state->ids[SERVER]);
	map_free(&state->keys);
	map_free(&state->talks);
}

/* ---- headers ---- */

struct header {
	uint8_t first;
	enum packet_type type;
	uint32_t version;
	struct quic_id destination, source;
	uint32_t start;      /* offset of the packet */
	uint32_t length;     /* octets of the packet */
};

/* The types of version 2 stand one further, RFC 9369, section 3.2. */
static enum packet_type type_of(uint8_t first, uint32_t version)
{
	uint8_t bits = first >> 4 & 3;

	if (!version)
		return NEGOTIATION;
	return (enum packet_type)(version == QUIC_VERSION_2 ? (bits + 3) & 3 : bits);
}

static void read_id(struct wire *w, struct quic_id *id)
{
	uint8_t n = wire_u8(w);

	*id = (struct quic_id){ 0 };
	if (n > QUIC_ID_LARGEST)
		return; /* it is none, and what follows is no header */
	const uint8_t *p = wire_bytes(w, n);
	if (p) {
		id->length = n;
		memcpy(id->octets, p, n);
	}
}

static uint64_t read_varint(struct wire *w)
{
	unsigned width = 1u << (wire_peek_u8(w, 0) >> 6);
	const uint8_t *p = wire_bytes(w, width);

	return p ? be_value(p, width) & (UINT64_MAX >> 2 >> (64 - 8 * width)) : 0;
}

/* The part of the header that all versions share, RFC 8999, section 5. */
static struct wire read_header(const struct wire *packet, struct header *h)
{
	struct wire w = *packet;

	*h = (struct header){ .first = wire_u8(&w), .type = SHORT, .start = packet->at, .length = wire_left(packet) };
	if (h->first & LONG) {
		h->version = wire_u32(&w);
		h->type = type_of(h->first, h->version);
		read_id(&w, &h->destination);
		read_id(&w, &h->source);
	}
	return w;
}

/* How far the packet reaches: all but the last one of a datagram say it. */
static void measure(struct header *h, struct wire *w)
{
	if (h->type > HANDSHAKE)
		return;
	if (h->type == INITIAL)
		wire_skip(w, (uint32_t)read_varint(w));
	uint64_t length = read_varint(w);
	if (w->state == WIRE_GOOD && length < wire_left(w))
		h->length = w->at + (uint32_t)length - h->start;
}

/* ---- connections ---- */

static struct connection *connection_at(const struct state *state, uint32_t number)
{
	return number ? map_value(&state->connections, number - 1) : NULL;
}

static struct connection *connection_by(const struct state *state, const struct map *ids, const struct quic_id *id)
{
	const uint32_t *number = map_get(ids, id);

	return number ? connection_at(state, *number) : NULL;
}

static bool is_from_client(const struct dissection *d, const struct connection *c)
{
	return d->source_port == c->client_port && address_equal(&d->source, &c->client);
}

static struct connection *connection_of_talk(const struct dissection *d, const struct state *state, bool *from_server)
{
	const struct talk *talk = d->has_conversation ? map_get(&state->talks, &d->conversation) : NULL;
	struct connection *c = talk ? connection_at(state, talk->connection) : NULL;

	if (c)
		*from_server = !is_from_client(d, c);
	return c;
}

/* The id that one side chose for itself and that the octets behind a short header's first one begin with. */
static const struct quic_id *match_id(const struct connection *c, unsigned side, const struct wire *w)
{
	for (unsigned i = 0; i < c->id_count[side]; i++) {
		const struct quic_id *id = &c->ids[side][i];
		if (wire_has(w, 1u + id->length) && memcmp(wire_here(w) + 1, id->octets, id->length) == 0)
			return id;
	}
	return NULL;
}

/* Pass 1. */
static struct connection *find_short(const struct dissection *d, const struct state *state, const struct wire *packet,
                                     bool *from_server)
{
	struct connection *c = connection_of_talk(d, state, from_server);

	if (!c || !wire_has(packet, 1 + QUIC_ID_LARGEST))
		return NULL;
	unsigned receiver = *from_server ? CLIENT : SERVER;
	return !c->id_count[receiver] || match_id(c, receiver, packet) ? c : NULL;
}

static struct connection *find_long(const struct dissection *d, const struct state *state, const struct header *h,
                                    bool *from_server)
{
	struct connection *c = NULL;

	*from_server = false;
	if (!h->destination.length)
		return connection_of_talk(d, state, from_server);
	if (h->type == EARLY)
		return connection_by(state, &state->first_ids, &h->destination);
	c = connection_by(state, &state->ids[SERVER], &h->destination);
	if (c)
		return c;
	c = connection_by(state, &state->ids[CLIENT], &h->destination);
	if (c) {
		*from_server = true;
		return c;
	}
	if (h->type == INITIAL)
		c = connection_by(state, &state->first_ids, &h->destination);
	return c && !c->was_retried ? c : NULL;
}

static struct connection *begin_connection(const struct dissection *d, struct state *state, const struct header *h)
{
	uint32_t number = state->connections.count;
	struct connection *c = map_put(&state->connections, &number, NULL);

	c->number = number;
	c->client = d->source;
	c->client_port = d->source_port;
	c->version = h->version;
	c->original = h->destination;
	*(uint32_t *)map_put(&state->first_ids, &h->destination, NULL) = number + 1;
	if (d->has_conversation)
		((struct talk *)map_put(&state->talks, &d->conversation, NULL))->connection = number + 1;
	return c;
}

/* The sender of a packet with a long header tells its own id. */
static void learn_id(struct state *state, struct connection *c, unsigned side, const struct quic_id *id)
{
	for (unsigned i = 0; i < c->id_count[side]; i++) {
		if (quic_id_equal(&c->ids[side][i], id))
			return;
	}
	if (c->id_count[side] < IDS)
		c->ids[side][c->id_count[side]++] = *id;
	if (id->length)
		*(uint32_t *)map_put(&state->ids[side], id, NULL) = c->number + 1;
}

/* Pass 1: the connection of the first packet of a datagram. */
static struct connection *meet(const struct dissection *d, struct state *state, const struct header *h,
                               const struct wire *packet, bool *from_server)
{
	struct connection *c = h->type == SHORT ? find_short(d, state, packet, from_server) :
	                                          find_long(d, state, h, from_server);

	if (h->type == INITIAL && !c) {
		*from_server = false;
		c = begin_connection(d, state, h);
	}
	return c;
}

/* Pass 1: what a packet of a known connection tells. */
static void learn_packet(struct state *state, struct connection *c, const struct header *h, bool from_server)
{
	if (h->type == SHORT || h->type == NEGOTIATION)
		return;
	if (!from_server || !c->id_count[SERVER] || c->is_anew)
		learn_id(state, c, from_server, &h->source);
	if (from_server)
		c->is_anew = false;
	if (h->type == RETRY && from_server) {
		c->was_retried = true;
		c->retried = h->source;
	}
}

/* Pass 1: a client that was told to retry starts anew, with keys that follow from the id that it was told, RFC 9001, section 5.2. */
static void start_anew(struct connection *c, const struct header *h, bool from_server)
{
	if (h->type == INITIAL && !from_server && c->was_retried && quic_id_equal(&h->destination, &c->retried)) {
		c->is_anew = !quic_id_equal(&c->original, &c->retried) || c->is_anew;
		c->original = c->retried;
		c->version = h->version;
	}
}

/* ---- protection ---- */

/* A datagram on its way through a dissection. */
struct datagram {
	struct dissection *d;
	struct state *state;
	struct datagram_fact fact; /* pass 1 fills it */
	unsigned packet_at;        /* which packet is being read */
	struct quic_payload payload;
};

/* A packet whose header was read up to its number. */
struct sealed {
	const struct quic_keys *keys;
	uint8_t first;           /* without protection */
	uint8_t number_length;
	uint64_t sent;           /* what stood there of the number */
};

/* Removes header protection, RFC 9001, section 5.4. `w` stands on the packet number. */
static bool unmask(struct sealed *s, const struct header *h, const struct wire *w)
{
	uint8_t mask[5];
	enum { SAMPLE_AT = 4, TYPE_BITS = 0x0f };

	if (!wire_has(w, SAMPLE_AT + QUIC_SAMPLE) || !quic_header_mask(mask, s->keys, wire_here(w) + SAMPLE_AT))
		return false;
	s->first = h->first ^ (mask[0] & TYPE_BITS);
	s->number_length = (uint8_t)((s->first & 3) + 1);
	s->sent = 0;
	for (unsigned i = 0; i < s->number_length; i++)
		s->sent = s->sent << 8 | (wire_here(w)[i] ^ mask[1 + i]);
	return true;
}

/* The payload, opened, in the arena; NULL: its tag is wrong. */
static uint8_t *open_payload(struct dissection *d, const struct sealed *s, const struct header *h, const struct wire *w,
                             uint64_t number, uint32_t *length)
{
	uint32_t header_length = w->at - h->start + s->number_length, n = wire_captured(w) - s->number_length;

	if (n < QUIC_TAG)
		return NULL;
	uint8_t *header = arena_copy(d->arena, w->data + h->start, header_length), *opened = arena_alloc(d->arena, n);
	header[0] = s->first;
	for (unsigned i = 0; i < s->number_length; i++)
		header[header_length - 1 - i] = (uint8_t)(s->sent >> 8 * i);
	*length = n - QUIC_TAG;
	return quic_open(opened, s->keys, number, header, header_length, wire_here(w) + s->number_length, n) ? opened : NULL;
}

/* Pass 1: what keeps other packets than Initial ones from being opened. */
static enum outcome outcome_of(const struct datagram *g, struct connection *c, enum packet_type type)
{
	if (!c)
		return type == SHORT ? SILENT : NO_NUMBER;
	bool has_cipher = g->payload.session && g->payload.session->now.suite;
	if (type == EARLY)
		return NO_SECRETS;
	if (type == HANDSHAKE)
		return has_cipher ? NO_SECRETS : NO_CIPHER;
	if (c->has_given_up)
		return SILENT;
	c->has_given_up = has_cipher;
	return has_cipher ? NO_SECRETS : NO_HANDSHAKE;
}

/* Pass 1: which keys an Initial packet has. */
static uint32_t find_keys(struct state *state, const struct connection *c)
{
	struct key_id id;
	bool is_new;

	memset(&id, 0, sizeof id);
	id.version = c->version;
	id.id = c->original;
	struct key_pair *pair = map_put(&state->keys, &id, &is_new);
	if (is_new) {
		pair->number = state->keys.count;
		quic_initial_keys(pair->keys, c->version, &c->original);
	}
	return pair->number;
}

static void dissect_opened(struct datagram *g, struct connection *c, struct wire *w, const uint8_t *octets, uint32_t n)
{
	struct dissection *d = g->d;
	struct wire opened = wire_over(octets, n, n, 0);

	if (d->tree)
		opened = add_source(d, "Decrypted QUIC", octets, n);
	g->payload.stream = d->first_pass ? &c->crypto[g->fact.from_server] : NULL;
	quic_dissect_frames(&g->payload, &opened);
	wire_join(w, &opened);
}

static void show_failure(struct dissection *d, struct wire *w, enum outcome outcome)
{
	if (complaints[outcome] && BUILDING(d, w))
		add_note_text(d, w, F(DECRYPTION), "%s", complaints[outcome]);
	if (wire_captured(w))
		add_octets(d, w, F(REMAINING), wire_captured(w));
}

/* ---- packets ---- */

static void add_version(struct dissection *d, struct wire *w, const struct field *field, const char *grease)
{
	enum { GREASE = 0x0a0a0a0a, GREASE_BITS = 0x0f0f0f0f }; /* RFC 9000, section 15 */
	uint32_t version = add_uint32(d, w, field);

	if ((version & GREASE_BITS) == GREASE)
		append_text(d, w, d->last, "%s", grease);
}

static void add_id(struct dissection *d, struct wire *w, const struct field *length, const struct field *id)
{
	uint8_t n = add_uint8(d, w, length);

	if (n)
		add_octets(d, w, id, n);
}

static void add_ids(struct dissection *d, struct wire *w)
{
	add_id(d, w, F(DCIL), F(DCID));
	add_id(d, w, F(SCIL), F(SCID));
}

/* RFC 9000, section 17.2.1 */
static void dissect_negotiation(struct dissection *d, struct wire *w)
{
	add_node(d, w, F(UNUSED), w->at, 1, wire_peek_u8(w, 0));
	wire_skip(w, 1);
	add_version(d, w, F(VERSION), "");
	add_ids(d, w);
	while (wire_more(w))
		add_version(d, w, F(SUPPORTED), " (GREASE)");
}

/* RFC 9000, section 17.2.5; before draft 25 it told the original id and had no tag. */
static void dissect_retry(struct dissection *d, struct wire *w, const struct header *h, const struct packet_fact *fact)
{
	enum { LAST_WITHOUT_TAG = 24 };
	unsigned draft = quic_draft_of(h->version);
	const bool has_tag = !draft || draft > LAST_WITHOUT_TAG;

	if (!has_tag)
		add_id(d, w, F(ODCIL), F(ODCID));
	uint32_t left = wire_captured(w);
	if (has_tag && left > QUIC_TAG)
		left -= QUIC_TAG;
	add_octets(d, w, F(RETRY_TOKEN), left);
	if (!has_tag)
		return;
	add_octets(d, w, F(RETRY_TAG), QUIC_TAG);
	if (!BUILDING(d, w))
		return;
	if (fact->outcome == OPENED)
		append_text(d, w, d->last, " [verified]");
	else if (fact->outcome == BAD_TAG)
		note_on(d, d->last, F(RETRY_BAD));
	else
		note_text_on(d, d->last, F(RETRY_BAD), "Cannot verify Retry Packet due to unknown ODCID");
}

/* Pass 1: is the tag of a Retry packet good? */
static void check_retry(struct packet_fact *fact, const struct connection *c, const struct header *h, const struct wire *w)
{
	enum { HEADER = 7 };
	uint32_t left = wire_captured(w);

	if (!c || left < HEADER + QUIC_TAG)
		return;
	const uint8_t *packet = w->data + h->start;
	fact->outcome = quic_retry_tag_is_good(h->version, &c->original, packet, left - QUIC_TAG, packet + left - QUIC_TAG) ?
	                OPENED : BAD_TAG;
}

/* Pass 1 opens an Initial packet by what is known of its connection, pass 2 by the fact. NULL: it cannot be. */
static uint8_t *open_initial(struct datagram *g, struct connection *c, struct packet_fact *fact, struct sealed *s,
                             const struct header *h, const struct wire *w, uint32_t *length)
{
	struct dissection *d = g->d;

	if (d->first_pass && c)
		fact->keys = find_keys(g->state, c);
	if (!fact->keys)
		return NULL;
	const struct key_pair *pair = map_value(&g->state->keys, fact->keys - 1);
	s->keys = &pair->keys[g->fact.from_server];
	if (!unmask(s, h, w)) {
		fact->outcome = NO_NUMBER;
		fact->keys = 0;
		return NULL;
	}
	uint64_t *expected = c ? &c->expected[g->fact.from_server] : NULL;
	if (d->first_pass && expected)
		fact->number = quic_expand_number(*expected, s->sent, s->number_length);
	uint8_t *opened = open_payload(d, s, h, w, fact->number, length);
	if (d->first_pass)
		fact->outcome = opened ? OPENED : BAD_TAG;
	if (d->first_pass && expected && opened && fact->number >= *expected)
		*expected = fact->number + 1;
	return opened;
}

static void add_type(struct dissection *d, const struct wire *w, const struct header *h)
{
	if (h->type != RETRY)
		add_node(d, w, F(FIXED), w->at, 1, h->first);
	add_node(d, w, h->version == QUIC_VERSION_2 ? F(TYPE_2) : F(TYPE), w->at, 1, h->first);
}

/* Initial, 0-RTT, Handshake: RFC 9000, sections 17.2.2 to 17.2.4. `number` stands on the packet number. */
static void dissect_protected(struct datagram *g, struct connection *c, struct packet_fact *fact,
                              const struct header *h, struct wire *w, struct wire number)
{
	struct dissection *d = g->d;
	struct sealed sealed = { 0 };
	uint32_t length = 0;
	uint8_t *opened = NULL;

	if (h->type == INITIAL && number.state == WIRE_GOOD)
		opened = open_initial(g, c, fact, &sealed, h, &number, &length);
	else if (d->first_pass)
		fact->outcome = (uint8_t)outcome_of(g, c, h->type);
	if (sealed.number_length) {
		add_node(d, w, F(RESERVED), w->at, 1, sealed.first);
		add_node(d, w, F(NUMBER_LENGTH), w->at, 1, sealed.first);
	}
	wire_skip(w, 1);
	add_version(d, w, F(VERSION), " (Forcing Version Negotiation)");
	add_ids(d, w);
	if (h->type == INITIAL) {
		uint64_t n = quic_add_varint(d, w, F(TOKEN_LENGTH));
		if (n && wire_need(w, n))
			add_octets(d, w, F(TOKEN), (uint32_t)n);
	}
	quic_add_varint(d, w, F(LENGTH));
	if (!opened || !c) {
		show_failure(d, w, fact->outcome);
		return;
	}
	add_node(d, w, F(PACKET_NUMBER), w->at, sealed.number_length, fact->number);
	wire_skip(w, sealed.number_length);
	add_octets(d, w, F(PAYLOAD), wire_captured(w));
	dissect_opened(g, c, w, opened, length);
}

static void dissect_long(struct datagram *g, struct connection *c, struct packet_fact *fact, const struct header *h,
                         struct wire *w, struct wire number)
{
	struct dissection *d = g->d;

	add_node(d, w, F(FORM), w->at, 1, h->first);
	if (h->type == NEGOTIATION) {
		dissect_negotiation(d, w);
		return;
	}
	add_type(d, w, h);
	if (h->type != RETRY) {
		dissect_protected(g, c, fact, h, w, number);
		return;
	}
	if (d->first_pass)
		check_retry(fact, c, h, w);
	wire_skip(w, 1);
	add_version(d, w, F(VERSION), " (Forcing Version Negotiation)");
	add_ids(d, w);
	dissect_retry(d, w, h, fact);
}

/* RFC 9000, section 17.3.1 */
static void dissect_short(struct datagram *g, struct connection *c, struct packet_fact *fact, const struct header *h,
                          struct wire *w)
{
	struct dissection *d = g->d;
	unsigned receiver = g->fact.from_server ? CLIENT : SERVER;
	const struct quic_id *id = c ? match_id(c, receiver, w) : NULL;

	if (c && !id && c->id_count[receiver])
		id = &c->ids[receiver][0]; /* told later: the length counts */
	if (d->first_pass)
		fact->outcome = (uint8_t)outcome_of(g, c, SHORT);
	if (!d->tree)
		return;
	node_ref top = open_heading(d, w, F(SHORT));
	add_node(d, w, F(FORM), w->at, 1, h->first);
	add_node(d, w, F(FIXED), w->at, 1, h->first);
	add_node(d, w, F(SPIN), w->at, 1, h->first);
	wire_skip(w, 1);
	if (id && id->length) {
		const uint8_t *octets = add_octets(d, w, F(DCID), id->length);
		char *text = begin_text(d, 8 + 3 * QUIC_ID_LARGEST), *to = put_literal(text, " DCID=");
		if (octets)
			to = put_octets(to, octets, id->length, 0);
		end_text(d, top, TEXT_APPEND, text, to);
	}
	close_subtree(d, top, w);
	show_failure(d, w, fact->outcome);
}

/* ---- datagrams ---- */

static void show_connection(struct dissection *d, const struct wire *w, const struct connection *c)
{
	node_ref top = open_heading(d, w, F(INFORMATION));

	if (c)
		add_number(d, w, F(NUMBER), c->number);
	else
		add_note(d, w, F(UNKNOWN));
	close_subtree(d, top, w);
}

/* What pass 1 knows of the next packet; a spare one when there are too many. */
static struct packet_fact *next_fact(struct datagram *g, struct packet_fact *spare)
{
	unsigned at = g->packet_at++;

	*spare = (struct packet_fact){ 0 };
	if (at >= QUIC_PACKETS || (!g->d->first_pass && at >= g->fact.packet_count))
		return spare;
	if (g->d->first_pass)
		g->fact.packet_count = (uint8_t)(at + 1);
	return &g->fact.packets[at];
}

/* Does a packet behind another one go to the same connection? Else it is padding, RFC 9000, section 12.2. */
static bool goes_on(const struct datagram *g, const struct connection *c, const struct quic_id *first,
                    const struct header *h, const struct wire *w)
{
	static const struct quic_id none;
	const struct quic_id *id = &h->destination;

	if (h->type == SHORT && !c)
		return wire_has(w, 1u + first->length) && memcmp(wire_here(w) + 1, first->octets, first->length) == 0;
	if (h->type == SHORT)
		id = match_id(c, g->fact.from_server ? CLIENT : SERVER, w);
	return quic_id_equal(id ? id : &none, first);
}

static void find_session(struct datagram *g)
{
	const struct dissection *d = g->d;
	struct talk *talk = d->has_conversation ? map_get(&g->state->talks, &d->conversation) : NULL;

	g->payload.session = talk ? &talk->session : NULL;
}

static void learn_datagram(struct datagram *g, const struct header *h, const struct wire *w)
{
	struct dissection *d = g->d;

	if (d->has_conversation) {
		struct talk *talk = map_put(&g->state->talks, &d->conversation, NULL);
		if (!talk->first_frame)
			talk->first_frame = d->frame->number;
	}
	find_session(g);
	const struct connection *c = meet(d, g->state, h, w, &g->fact.from_server);
	g->fact.connection = c ? c->number + 1 : 0;
}

/* One packet, and the cursor moves behind it. */
static void dissect_packet(struct datagram *g, struct wire *w, struct quic_id *first)
{
	struct dissection *d = g->d;
	struct packet_fact spare, *fact;
	struct header h;
	bool is_first = !g->packet_at;
	node_ref top = open_protocol(d, w, F(QUIC));
	struct wire number = read_header(w, &h);

	if (number.state != WIRE_GOOD) {
		wire_join(w, &number);
		return;
	}
	if (is_first && d->first_pass)
		learn_datagram(g, &h, w);
	struct connection *c = connection_at(g->state, g->fact.connection);
	if (is_first) {
		*first = h.destination;
		if (h.type == SHORT && c) {
			const struct quic_id *id = match_id(c, g->fact.from_server ? CLIENT : SERVER, w);
			*first = id ? *id : *first;
		}
		show_connection(d, w, c);
	} else if (h.type == SHORT && !wire_need(w, 1u + first->length)) {
		return;
	} else if (!goes_on(g, c, first, &h, w)) {
		add_note(d, w, F(PADDING_NOTE));
		wire_skip(w, wire_captured(w));
		close_subtree(d, top, w);
		return;
	}
	if (d->first_pass && c)
		start_anew(c, &h, g->fact.from_server);
	fact = next_fact(g, &spare);
	measure(&h, &number);
	if (number.state != WIRE_GOOD) {
		wire_join(w, &number);
		return;
	}
	struct wire packet = wire_take(w, h.length);
	if (number.end > packet.end)
		number.end = number.reported = number.contained = packet.end;
	add_node(d, &packet, F(PACKET_LENGTH), packet.at, 0, h.length);
	if (h.type == SHORT)
		dissect_short(g, c, fact, &h, &packet);
	else
		dissect_long(g, c, fact, &h, &packet, number);
	if (d->first_pass && c)
		learn_packet(g->state, c, &h, g->fact.from_server);
	wire_join(w, &packet);
	close_subtree(d, top, w);
}

/* The fact of a datagram is kept without the room that it does not need. */
static void keep_fact(struct datagram *g)
{
	const struct datagram_fact *from = &g->fact;
	size_t head = offsetof(struct datagram_fact, packets), packets = from->packet_count * sizeof *from->packets,
	       crypto = from->crypto_count * sizeof *from->crypto;
	uint8_t *to = add_fact(g->d, FACT_QUIC, head + packets + crypto, NULL);

	if (!to)
		return;
	memcpy(to, from, head);
	memcpy(to + head, from->packets, packets);
	memcpy(to + head + packets, from->crypto, crypto);
}

static void take_fact(struct datagram *g)
{
	struct datagram_fact *to = &g->fact;
	const uint8_t *from = find_fact(g->d, FACT_QUIC);
	size_t head = offsetof(struct datagram_fact, packets);

	if (!from)
		return;
	memcpy(to, from, head);
	memcpy(to->packets, from + head, to->packet_count * sizeof *to->packets);
	memcpy(to->crypto, from + head + to->packet_count * sizeof *to->packets, to->crypto_count * sizeof *to->crypto);
	g->payload.crypto_count = to->crypto_count;
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct datagram g = { .d = d, .state = protocol_state(d, &protocol_quic) };
	struct quic_id first;

	g.payload.d = d;
	g.payload.crypto = g.fact.crypto;
	if (!d->first_pass) {
		take_fact(&g);
		find_session(&g);
	}
	do {
		g.payload.from_server = g.fact.from_server;
		dissect_packet(&g, w, &first);
	} while (wire_more(w));
	if (d->first_pass) {
		g.fact.crypto_count = (uint8_t)g.payload.crypto_count;
		keep_fact(&g);
	}
}

/* ---- is it QUIC? ---- */

static bool is_known_version(uint32_t version)
{
	enum { FIRST_DRAFT = 11 };

	if (version == QUIC_VERSION_1 || version == QUIC_VERSION_2 || (version & 0x0f0f0f0f) == 0x0a0a0a0a)
		return true;
	if (version == 0x51303530 || version == 0x54303530 || version == 0x54303531) /* Google: Q050, T050, T051 */
		return true;
	return quic_draft_of(version) >= FIRST_DRAFT;
}

static bool resembles(const struct dissection *d, struct wire w)
{
	enum { SHORTEST = 13 };
	const struct state *state = find_state(d, &protocol_quic);
	const struct talk *talk = state && d->has_conversation ? map_get(&state->talks, &d->conversation) : NULL;
	struct header h;

	if (talk && talk->first_frame && talk->first_frame <= d->frame->number)
		return true;
	if (wire_left(&w) < SHORTEST || !wire_has(&w, 1) || !(*wire_here(&w) & LONG))
		return false;
	wire_u8(&w);
	h.version = wire_u32(&w);
	uint8_t n = wire_u8(&w);
	if (n > QUIC_ID_LARGEST)
		return false;
	wire_skip(&w, n);
	n = wire_u8(&w);
	return w.state == WIRE_GOOD && n <= QUIC_ID_LARGEST && is_known_version(h.version);
}

const struct protocol protocol_quic = {
	.name = "QUIC IETF", .short_name = "QUIC", .filter = "quic", .fields = quic_fields, .field_count = N_QUIC_FIELDS,
	.dissect = dissect, .resembles = resembles, .state_size = sizeof(struct state), .state_begin = state_begin,
	.state_end = state_end,
};
