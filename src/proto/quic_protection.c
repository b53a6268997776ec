/*
 * quic_protection.c: which keys a packet of QUIC is protected with, and what it says without its protection: RFC 9001, sections 5
 * and 6.
 *
 * Those of Initial packets follow from the client's first Destination Connection ID, all others from the secrets of its TLS
 * connection, which a key log tells. Pass 1 opens every packet that it has keys for, since any may announce connection
 * ids, and notes keys and packet number; with these pass 2 opens it again, by itself.
 */

#include "dissect/key_log.h"
#include "dissect/quic.h"
#include "dissect/session.h"

enum suite { AES_128_GCM = 0x1301, AES_256_GCM = 0x1302 };

/* ---- keys, pass 1 ---- */

static const struct quic_keys *keys_at(const struct quic_state *state, uint32_t number)
{
	return map_value(&state->keys, number - 1);
}

/* Their number + 1. */
static uint32_t add_keys(struct quic_state *state, const struct quic_keys *keys)
{
	const uint32_t number = state->keys.count;

	*(struct quic_keys *)map_put(&state->keys, &number, NULL) = *keys;
	return number + 1;
}

/* What keeps a packet from being opened whose secret is not known. */
static enum quic_outcome without_secret(const struct quic_packet *p)
{
	struct quic_connection *c = p->connection;
	const bool has_cipher = p->session && p->session->now.suite;

	if (p->h->type == QUIC_EARLY)
		return QUIC_NO_SECRETS;
	if (p->h->type == QUIC_HANDSHAKE)
		return has_cipher ? QUIC_NO_SECRETS : QUIC_NO_CIPHER;
	if (c->has_given_up)
		return QUIC_SILENT;
	c->has_given_up = has_cipher;
	return has_cipher ? QUIC_NO_SECRETS : QUIC_NO_HANDSHAKE;
}

static bool find_secret(const struct quic_packet *p, struct quic_secret *to)
{
	static const uint8_t labels[QUIC_LEVELS][QUIC_SIDES] = {
		[QUIC_EARLY]       = { SECRET_CLIENT_EARLY_TRAFFIC, SECRET_CLIENT_EARLY_TRAFFIC },
		[QUIC_HANDSHAKE]   = { SECRET_CLIENT_HANDSHAKE_TRAFFIC, SECRET_SERVER_HANDSHAKE_TRAFFIC },
		[QUIC_APPLICATION] = { SECRET_CLIENT_TRAFFIC, SECRET_SERVER_TRAFFIC },
	};
	const struct quic_connection *c = p->connection;
	const enum secret_label label = labels[p->h->type][p->from_server];

	if (!c->has_random || (!c->suite && p->h->type != QUIC_EARLY))
		return false;
	const struct secret *secret = key_log_find(key_log_now(p->d->session), label, c->random);
	if (!secret || secret->length > DIGEST_LARGEST)
		return false;
	to->length = (uint8_t)secret->length;
	memcpy(to->octets, secret->octets, secret->length);
	return true;
}

/* The server has not chosen yet when 0-RTT packets come, but how long a secret is says its hash. */
static uint16_t suite_of(const struct quic_packet *p, const struct quic_secret *secret)
{
	if (p->h->type == QUIC_INITIAL)
		return AES_128_GCM;
	if (p->h->type == QUIC_EARLY)
		return secret->length == DIGEST_LARGEST ? AES_256_GCM : AES_128_GCM;
	return p->connection->suite;
}

static struct quic_opened *open_connection(struct quic_connection *c)
{
	if (!c->opened) {
		c->opened = must_alloc(sizeof *c->opened);
		memset(c->opened, 0, sizeof *c->opened);
	}
	return c->opened;
}

/* The space of the packet, which has keys; NULL where they are not known. */
static struct quic_space *find_keys(struct quic_packet *p)
{
	struct quic_connection *c = p->connection;
	const enum quic_level level = p->h->type;
	struct quic_space *space = quic_space_of(c, level, p->from_server);
	struct quic_secret secret;
	struct quic_keys keys;

	if (space && space->keys)
		return space;
	if (level == QUIC_INITIAL)
		secret = quic_initial_secret(crypto_of(p->d), c->version, &c->original, p->from_server);
	else if (!find_secret(p, &secret))
		return NULL;
	memset(&keys, 0, sizeof keys);
	if (!quic_derive(crypto_of(p->d), &keys, c->version, suite_of(p, &secret), &secret))
		return NULL;
	if (level == QUIC_APPLICATION)
		open_connection(c)->phases[p->from_server].secret = secret;
	else if (level != QUIC_INITIAL)
		open_connection(c);
	space = quic_space_of(c, level, p->from_server);
	space->keys = add_keys(p->state, &keys);
	return space;
}

static uint32_t next_keys(struct quic_packet *p, const struct quic_space *space, struct quic_phases *phases)
{
	struct quic_keys keys = *keys_at(p->state, space->keys);

	quic_update(crypto_of(p->d), &keys, p->connection->version, &phases->secret);
	return add_keys(p->state, &keys);
}

/* ---- opening ---- */

/* Removes header protection, RFC 9001, section 5.4. `w` stands on the packet number. */
static bool unmask(struct quic_packet *p, const struct quic_keys *keys, const struct wire *w)
{
	enum { SAMPLE_AT = 4, LONG_BITS = 0x0f, SHORT_BITS = 0x1f };
	uint8_t mask[QUIC_MASK];

	if (!wire_has(w, SAMPLE_AT + QUIC_SAMPLE) ||
	    !quic_header_mask(crypto_of(p->d), mask, keys, wire_here(w) + SAMPLE_AT))
		return false;
	p->first = p->h->first ^ (mask[0] & (p->h->type == QUIC_APPLICATION ? SHORT_BITS : LONG_BITS));
	p->number_length = (uint8_t)((p->first & 3) + 1);
	p->sent = 0;
	for (unsigned i = 0; i < p->number_length; i++)
		p->sent = p->sent << 8 | (wire_here(w)[i] ^ mask[1 + i]);
	return true;
}

/* False: the tag is wrong. */
static bool open_payload(struct quic_packet *p, uint32_t keys, const struct wire *w)
{
	uint32_t header_length = w->at - p->h->start + p->number_length, n = wire_captured(w) - p->number_length;

	if (n < QUIC_TAG)
		return false;
	uint8_t *header = arena_copy(p->d->arena, w->data + p->h->start, header_length);
	uint8_t *opened = arena_alloc(p->d->arena, n);
	header[0] = p->first;
	for (unsigned i = 0; i < p->number_length; i++)
		header[header_length - 1 - i] = (uint8_t)(p->sent >> 8 * i);
	if (!quic_open(crypto_of(p->d), opened, keys_at(p->state, keys), p->fact->number, header, header_length,
	               wire_here(w) + p->number_length, n))
		return false;
	p->fact->keys = keys;
	p->payload = opened;
	p->length = n - QUIC_TAG;
	return true;
}

/* A changed key phase says that the next keys are in use, or is that of a packet that comes late, RFC 9001, section 6.3. */
static bool open_phase(struct quic_packet *p, struct quic_space *space, const struct wire *w)
{
	enum { KEY_PHASE = 0x04 };
	struct quic_phases *phases = &p->connection->opened->phases[p->from_server];
	const bool phase = p->first & KEY_PHASE;

	if (phase == phases->phase)
		return open_payload(p, space->keys, w);
	if (!phases->next)
		phases->next = next_keys(p, space, phases);
	if (!open_payload(p, phases->next, w))
		return phases->before && open_payload(p, phases->before, w);
	phases->before = space->keys;
	space->keys = phases->next;
	phases->next = 0;
	phases->phase = phase;
	return true;
}

static void open_first(struct quic_packet *p, const struct wire *w)
{
	struct quic_packet_fact *fact = p->fact;
	struct quic_space *space = find_keys(p);

	if (!space) {
		fact->outcome = (uint8_t)without_secret(p);
		return;
	}
	if (!unmask(p, keys_at(p->state, space->keys), w)) {
		fact->outcome = p->h->type == QUIC_APPLICATION ? QUIC_SILENT : QUIC_NO_NUMBER;
		return;
	}
	fact->keys = space->keys;
	fact->number = quic_expand_number(space->expected, p->sent, p->number_length);
	fact->outcome = QUIC_BAD_TAG;
	if (!(p->h->type == QUIC_APPLICATION ? open_phase(p, space, w) : open_payload(p, space->keys, w)))
		return;
	fact->outcome = QUIC_OPENED;
	if (fact->number >= space->expected)
		space->expected = fact->number + 1;
	if (p->h->type == QUIC_EARLY) /* RFC 9000, section 12.3: 1-RTT packets go on with its numbers */
		quic_space_of(p->connection, QUIC_APPLICATION, QUIC_CLIENT)->expected = space->expected;
}

void quic_open_packet(struct quic_packet *p, const struct wire *number)
{
	const struct quic_packet_fact *fact = p->fact;

	if (p->d->first_pass && p->connection)
		open_first(p, number);
	else if (p->d->first_pass)
		p->fact->outcome = p->h->type == QUIC_EARLY || p->h->type == QUIC_HANDSHAKE ? QUIC_NO_NUMBER : QUIC_SILENT;
	else if (fact->keys && unmask(p, keys_at(p->state, fact->keys), number) && fact->outcome == QUIC_OPENED)
		open_payload(p, fact->keys, number);
}
