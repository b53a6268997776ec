/*
 * quic_connection.c: the connections of QUIC, RFC 9000, section 5: which one a packet belongs to.
 *
 * A connection begins with an Initial packet. It is followed by the ids that its sides choose for themselves, in the headers of
 * their packets and (where those can be opened) in NEW_CONNECTION_ID frames, and by the conversation of its first packet.
 * A short header does not say how long its id is: all lengths that were seen are tried.
 */

#include <stdlib.h>

#include "dissect/quic.h"

/* A side of a connection chose an id: known by both, and by the id alone. */
struct id_key {
	uint32_t connection; /* + 1; 0: any */
	uint32_t side;
	struct quic_id id;
};

/* A side of a connection told a token of stateless resets. */
struct token_key {
	uint32_t connection, side;
	uint8_t token[QUIC_TAG];
};

void quic_state_begin(void *where)
{
	struct quic_state *state = where;

	map_init(&state->connections, sizeof(uint32_t), sizeof(struct quic_connection));
	map_init(&state->first_ids, sizeof(struct quic_id), sizeof(uint32_t));
	map_init(&state->ids, sizeof(struct id_key), sizeof(uint32_t));
	map_init(&state->tokens, sizeof(struct token_key), 0);
	map_init(&state->keys, sizeof(uint32_t), sizeof(struct quic_keys));
	map_init(&state->talks, sizeof(uint32_t), sizeof(struct quic_talk));
}

void quic_state_end(void *where)
{
	struct quic_state *state = where;

	for (uint32_t i = 0; i < state->talks.count; i++)
		free(((struct quic_talk *)map_value(&state->talks, i))->session.choices);
	for (uint32_t i = 0; i < state->connections.count; i++)
		free(((struct quic_connection *)map_value(&state->connections, i))->opened);
	map_free(&state->connections);
	map_free(&state->first_ids);
	map_free(&state->ids);
	map_free(&state->tokens);
	map_free(&state->keys);
	map_free(&state->talks);
}

/* ---- ids ---- */

static struct id_key key_of(uint32_t connection, enum quic_side side, const struct quic_id *id)
{
	struct id_key key;

	memset(&key, 0, sizeof key);
	key.connection = connection;
	key.side = side;
	key.id = *id;
	return key;
}

static struct token_key token_key_of(const struct quic_connection *c, enum quic_side side, const uint8_t *token)
{
	struct token_key key = { c->number + 1, side, { 0 } };

	memcpy(key.token, token, sizeof key.token);
	return key;
}

struct quic_connection *quic_connection_at(const struct quic_state *state, uint32_t number)
{
	return number ? map_value(&state->connections, number - 1) : NULL;
}

static struct quic_connection *connection_by(const struct quic_state *state, enum quic_side side, const struct quic_id *id)
{
	const struct id_key key = key_of(0, side, id);
	const uint32_t *number = map_get(&state->ids, &key);

	return number ? quic_connection_at(state, *number) : NULL;
}

static struct quic_connection *connection_by_first(const struct quic_state *state, const struct quic_id *id)
{
	const uint32_t *number = map_get(&state->first_ids, id);

	return number ? quic_connection_at(state, *number) : NULL;
}

void quic_learn_token(struct quic_state *state, const struct quic_connection *c, enum quic_side side,
                      const uint8_t token[QUIC_TAG])
{
	const struct token_key key = token_key_of(c, side, token);

	map_put(&state->tokens, &key, NULL);
}

void quic_learn_id(struct quic_state *state, struct quic_connection *c, enum quic_side side, const struct quic_id *id)
{
	const struct id_key key = key_of(c->number + 1, side, id), any = key_of(0, side, id);

	map_put(&state->ids, &key, NULL);
	if (id->length)
		*(uint32_t *)map_put(&state->ids, &any, NULL) = c->number + 1;
	state->id_lengths[side] |= 1u << id->length;
	state->id_starts[side][be16(id->octets) / 64] |= 1ULL << be16(id->octets) % 64;
	if (!c->has_id[side])
		c->ids[side] = *id;
	c->has_id[side] = true;
}

/* The id of n octets behind the first octet; false: they are not all there. */
static bool take_id(const struct wire *packet, uint8_t n, struct quic_id *id)
{
	*id = (struct quic_id){ .length = n };
	if (!wire_has(packet, 1u + n))
		return false;
	memcpy(id->octets, wire_here(packet) + 1, n);
	return true;
}

bool quic_match_id(const struct quic_state *state, const struct quic_connection *c, enum quic_side side,
                   const struct wire *packet, struct quic_id *id)
{
	if (c->has_id[side] && take_id(packet, c->ids[side].length, id) && quic_id_equal(id, &c->ids[side]))
		return true;
	for (uint8_t n = QUIC_ID_LARGEST + 1; n-- > 0;) {
		if (!(state->id_lengths[side] >> n & 1) || !take_id(packet, n, id))
			continue;
		const struct id_key key = key_of(c->number + 1, side, id);
		if (map_get(&state->ids, &key))
			return true;
	}
	return false;
}

struct quic_connection *quic_find_moved(const struct quic_state *state, const struct wire *packet, bool *from_server)
{
	enum { LEAST = 1 + QUIC_TAG }; /* octets behind the id: of the number, the tag */

	for (unsigned i = 0; i < QUIC_SIDES; i++) {
		const enum quic_side receiver = i ? QUIC_CLIENT : QUIC_SERVER;
		for (uint8_t n = QUIC_ID_LARGEST; n > 0; n--) {
			struct quic_id id;
			if (!(state->id_lengths[receiver] >> n & 1) || !wire_has(packet, 1u + n + LEAST) ||
			    !take_id(packet, n, &id))
				continue;
			if (!(state->id_starts[receiver][be16(id.octets) / 64] >> be16(id.octets) % 64 & 1))
				continue;
			struct quic_connection *c = connection_by(state, receiver, &id);
			*from_server = receiver == QUIC_CLIENT;
			if (c)
				return c;
		}
	}
	return NULL;
}

static bool is_token(const struct quic_state *state, const struct quic_connection *c, enum quic_side side,
                     const uint8_t *octets)
{
	const struct token_key key = token_key_of(c, side, octets);

	return map_get(&state->tokens, &key);
}

bool quic_is_reset(const struct quic_state *state, const struct quic_connection *c, const struct wire *packet)
{
	enum { SHORTEST = 5 + QUIC_TAG };
	const uint32_t n = wire_captured(packet);

	if (n < SHORTEST || n < wire_left(packet))
		return false;
	const uint8_t *token = wire_here(packet) + n - QUIC_TAG;
	return is_token(state, c, QUIC_SERVER, token) || is_token(state, c, QUIC_CLIENT, token);
}

/* ---- which connection ---- */

static bool is_from_client(const struct dissection *d, const struct quic_connection *c)
{
	return d->source_port == c->client_port && address_equal(&d->source, &c->client);
}

struct quic_talk *quic_talk_of(const struct dissection *d, const struct quic_state *state)
{
	return d->has_conversation ? map_get(&state->talks, &d->conversation) : NULL;
}

static struct quic_connection *connection_of_talk(const struct dissection *d, const struct quic_state *state,
                                                  bool *from_server)
{
	const struct quic_talk *talk = quic_talk_of(d, state);
	struct quic_connection *c = talk ? quic_connection_at(state, talk->connection) : NULL;

	if (c)
		*from_server = !is_from_client(d, c);
	return c;
}

static struct quic_connection *find_short(const struct dissection *d, const struct quic_state *state,
                                          const struct wire *packet, bool *from_server)
{
	struct quic_connection *c = connection_of_talk(d, state, from_server);
	struct quic_id id;

	if (c && wire_has(packet, 1 + QUIC_ID_LARGEST)) {
		const enum quic_side receiver = *from_server ? QUIC_CLIENT : QUIC_SERVER;
		if (!c->has_id[receiver] || quic_match_id(state, c, receiver, packet, &id) ||
		    quic_is_reset(state, c, packet))
			return c;
	}
	return quic_find_moved(state, packet, from_server);
}

static struct quic_connection *find_long(const struct dissection *d, const struct quic_state *state,
                                         const struct quic_header *h, bool *from_server)
{
	struct quic_connection *c = NULL;

	*from_server = false;
	if (!h->destination.length)
		return connection_of_talk(d, state, from_server);
	if (h->type == QUIC_EARLY)
		return connection_by_first(state, &h->destination);
	c = connection_by(state, QUIC_SERVER, &h->destination);
	if (c)
		return c;
	c = connection_by(state, QUIC_CLIENT, &h->destination);
	if (c) {
		*from_server = true;
		return c;
	}
	if (h->type == QUIC_INITIAL)
		c = connection_by_first(state, &h->destination);
	return c && !c->was_retried ? c : NULL;
}

static struct quic_connection *begin_connection(const struct dissection *d, struct quic_state *state,
                                                const struct quic_header *h)
{
	uint32_t number = state->connections.count;
	struct quic_connection *c = map_put(&state->connections, &number, NULL);

	c->number = number;
	c->client = d->source;
	c->client_port = d->source_port;
	c->version = h->version;
	c->original = h->destination;
	*(uint32_t *)map_put(&state->first_ids, &h->destination, NULL) = number + 1;
	if (d->has_conversation)
		((struct quic_talk *)map_put(&state->talks, &d->conversation, NULL))->connection = number + 1;
	return c;
}

struct quic_connection *quic_meet(const struct dissection *d, struct quic_state *state, const struct quic_header *h,
                                  const struct wire *packet, bool *from_server)
{
	struct quic_connection *c = h->type == QUIC_APPLICATION ? find_short(d, state, packet, from_server) :
	                                                          find_long(d, state, h, from_server);

	if (h->type == QUIC_INITIAL && !c) {
		*from_server = false;
		c = begin_connection(d, state, h);
	}
	return c;
}

void quic_learn_packet(struct quic_state *state, struct quic_connection *c, const struct quic_header *h, bool from_server)
{
	if (h->type == QUIC_APPLICATION || h->type == QUIC_NEGOTIATION)
		return;
	if (!from_server || !c->has_id[QUIC_SERVER] || c->is_anew)
		quic_learn_id(state, c, from_server, &h->source);
	if (from_server)
		c->is_anew = false;
	if (h->type == QUIC_RETRY && from_server) {
		c->was_retried = true;
		c->retried = h->source;
	}
}

/*
 * The keys of Initial packets change: for a client that was told to retry they follow from the id that it was told, RFC
 * 9001, section 5.2; and a server may go on with another version than the client began with, RFC 9368, section 2.3.
 */
void quic_start_anew(struct quic_connection *c, const struct quic_header *h, bool from_server)
{
	const bool was_told = c->was_retried && !from_server && quic_id_equal(&h->destination, &c->retried);
	const bool has_moved = was_told && !quic_id_equal(&c->original, &c->retried);

	if (h->type != QUIC_INITIAL)
		return;
	if (has_moved || c->version != h->version)
		c->initial[QUIC_CLIENT].keys = c->initial[QUIC_SERVER].keys = 0;
	c->version = h->version;
	if (has_moved) {
		c->is_anew = true;
		c->original = c->retried;
	}
}

/* 0-RTT and 1-RTT packets have one space for their numbers, RFC 9000, section 12.3; that of 0-RTT is kept for its keys. */
struct quic_space *quic_space_of(struct quic_connection *c, enum quic_level level, enum quic_side side)
{
	if (level == QUIC_INITIAL)
		return &c->initial[side];
	return c->opened ? &c->opened->spaces[side][level - QUIC_EARLY] : NULL;
}
