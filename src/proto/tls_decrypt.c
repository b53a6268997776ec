/*
 * tls_decrypt.c: which keys protect which records, as handshake messages and Change Cipher Specs tell in pass 1: TLS 1.2 and before by the
 * master secret (RFC 5246, section 8.1; RFC 7627), of a resumed session, too (RFC 5077); TLS 1.3 by its traffic secrets (RFC 8446,
 * section 7). What pass 1 could decrypt, pass 2 decrypts again: of records that follow one another under the same keys a fact
 * says where they began.
 *
 * Left out: keys that follow from a private key.
 */

#include <stdlib.h>

#include "dissect/key_log.h"
#include "dissect/session.h"
#include "dissect/tls_keys.h"

enum { RANDOM = 32, ID_LARGEST = 32, MESSAGES_LARGEST = 1 << 18, FROM_CLIENT = 0, FROM_SERVER = 1 };

enum extension {
	EXTENSION_ENCRYPT_THEN_MAC = 22, EXTENSION_EXTENDED_MASTER_SECRET = 23, EXTENSION_SESSION_TICKET = 35,
	EXTENSION_EARLY_DATA = 42,
};

/* What protects the records of one direction. Keys by their number + 1; 0: none. */
struct direction {
	uint32_t keys, next; /* in use, and from the next change on */
	uint32_t epoch;      /* of DTLS: of those in use */
	uint64_t sequence;   /* of the next record */
};

/* An id of a session, or the digest of its ticket. */
struct session_name {
	uint8_t length;
	uint8_t octets[ID_LARGEST];
};

struct tls_protection {
	struct tls_keys *keys;         /* all there were; frozen in pass 2 */
	uint32_t count, capacity;
	struct direction from[2];

	/* the handshake that is under way */
	uint8_t randoms[2 * RANDOM];   /* the server's, the client's */
	bool has_client, has_server, has_master;
	bool extended_master_secret, encrypt_then_mac, early_data;
	uint8_t master[TLS_MASTER_SECRET], encrypted[8];
	struct session_name id, ticket;
	bool has_exchange;             /* the Client Key Exchange */
	uint8_t *messages;             /* up to the Client Key Exchange, for RFC 7627 */
	uint32_t messages_length, messages_capacity;
};

static uint8_t *random_of(struct tls_protection *p, unsigned side)
{
	return p->randoms + (side == FROM_SERVER ? 0 : RANDOM);
}

void tls_protection_end(struct tls_protection *p)
{
	for (uint32_t i = 0; p && i < p->count; i++)
		tls_keys_end(&p->keys[i]);
	if (p) {
		free(p->keys);
		free(p->messages);
	}
	free(p);
}

/* Room for two more keys. */
static struct tls_keys *new_keys(struct tls_protection *p)
{
	if (p->count + 2 > p->capacity) {
		p->capacity = p->capacity ? p->capacity * 2 : 4;
		p->keys = must_realloc(p->keys, p->capacity * sizeof *p->keys);
	}
	return &p->keys[p->count];
}

static void use_keys(struct direction *direction, uint32_t keys)
{
	direction->keys = keys;
	direction->next = 0;
	direction->sequence = 0;
}

/* ---- secrets ---- */

/* A message on its way through pass 1. */
struct learning {
	struct tls_handshake *h;
	struct tls_protection *p;
	const struct key_log *log;
	struct wire body;
	uint32_t end;
};

static const struct secret *find_secret(const struct learning *l, enum secret_label label)
{
	return l->p->has_client ? key_log_find(l->log, label, random_of(l->p, FROM_CLIENT)) : NULL;
}

/* The number + 1 of the keys that a traffic secret gives; 0: it is not known. */
static uint32_t traffic_keys(const struct learning *l, enum secret_label label, uint16_t suite)
{
	const struct secret *secret = find_secret(l, label);

	if (!secret || !tls_derive_traffic_keys(crypto_of(l->h->d), new_keys(l->p), l->h->choice.version, suite, secret->octets,
	                                        secret->length))
		return 0;
	return ++l->p->count;
}

/* RFC 5246, section 8.1; RFC 7627, section 4 */
static bool derive_master(struct learning *l, const struct secret *pre_master)
{
	struct tls_protection *p = l->p;
	struct crypto *crypto = crypto_of(l->h->d);
	const uint16_t version = l->h->choice.version;
	uint8_t seed[2 * RANDOM];
	struct octets octets = { seed, sizeof seed };
	struct tls_suite suite;

	if (!tls_suite_of(l->h->choice.suite, &suite))
		return false;
	if (p->extended_master_secret) {
		if (!p->messages || !tls_hash_messages(crypto, version, suite.derivation,
		                                       (struct octets){ p->messages, p->messages_length }, seed, &octets.length))
			return false;
	} else {
		memcpy(seed, random_of(p, FROM_CLIENT), RANDOM);
		memcpy(seed + RANDOM, random_of(p, FROM_SERVER), RANDOM);
	}
	return tls_derive(crypto, version, suite.derivation, (struct octets){ pre_master->octets, pre_master->length },
	                  p->extended_master_secret ? "extended master secret" : "master secret", octets, p->master,
	                  sizeof p->master);
}

static bool find_master(struct learning *l)
{
	struct tls_protection *p = l->p;
	const struct secret *master = find_secret(l, SECRET_MASTER);
	const struct secret *pre_master = master ? NULL : find_secret(l, SECRET_PRE_MASTER);

	if (!master && !pre_master)
		pre_master = key_log_find_encrypted(l->log, p->encrypted);
	if (!master && !pre_master && p->id.length)
		master = key_log_find_session(l->log, p->id.octets, p->id.length);
	if (!master && !pre_master && p->ticket.length)
		master = key_log_find_session(l->log, p->ticket.octets, p->ticket.length);
	if (master)
		memcpy(p->master, master->octets, sizeof p->master);
	return master || (pre_master && derive_master(l, pre_master));
}

/* Later connections may resume the session. */
static void keep_master(struct learning *l, const struct session_name *name)
{
	if (l->p->has_master)
		key_log_keep_session(key_log_now(l->h->d->session), name->octets, name->length, l->p->master);
}

/* TLS 1.2 and before: the keys of both directions, for when they change. */
static void prepare_keys(struct learning *l)
{
	struct tls_protection *p = l->p;

	if (!p->has_server || p->from[FROM_CLIENT].next || p->from[FROM_SERVER].next)
		return;
	p->has_master = p->has_client && find_master(l);
	if (!tls_derive_keys(crypto_of(l->h->d), new_keys(p), l->h->choice.version, l->h->choice.suite,
	                     p->has_master ? p->master : NULL, p->randoms, p->encrypt_then_mac))
		return;
	p->from[FROM_CLIENT].next = ++p->count;
	p->from[FROM_SERVER].next = ++p->count;
	p->has_server = false; /* once for a handshake */
	keep_master(l, &p->id);
}

/* ---- what handshake messages say ---- */

/* The extension at the cursor, which stands at their length. */
static bool find_extension(struct wire w, uint32_t end, enum extension type, struct wire *value)
{
	wire_skip(&w, 2);
	while (w.state == WIRE_GOOD && w.at + 4 <= end) {
		const uint16_t found = wire_u16(&w), length = wire_u16(&w);
		*value = wire_part(&w, length);
		if (w.state == WIRE_GOOD && found == type && wire_has(&w, length))
			return true;
		wire_skip(&w, length);
	}
	return false;
}

static bool has_extension(const struct learning *l, const struct wire *w, enum extension type)
{
	struct wire value;

	return find_extension(*w, l->end, type, &value);
}

static void read_session_id(struct wire *w, struct session_name *id)
{
	const uint8_t length = wire_u8(w), *octets = wire_bytes(w, length);

	id->length = octets && length <= ID_LARGEST ? length : 0;
	if (id->length)
		memcpy(id->octets, octets, id->length);
}

static void name_ticket(const struct learning *l, const struct wire *ticket, struct session_name *name)
{
	const struct octets octets = { wire_here(ticket), wire_captured(ticket) };

	name->length = octets.length && crypto_digest(crypto_of(l->h->d), DIGEST_SHA256, octets, name->octets) ? ID_LARGEST : 0;
}

static void learn_client_hello(struct learning *l)
{
	struct tls_protection *p = l->p;
	struct wire *w = &l->body, ticket;

	wire_skip(w, 2);
	const uint8_t *random = wire_bytes(w, RANDOM);
	p->has_client = random != NULL;
	if (random)
		memcpy(random_of(p, FROM_CLIENT), random, RANDOM);
	read_session_id(w, &p->id);
	if (l->h->carrier == OVER_DTLS)
		wire_skip(w, wire_u8(w));
	wire_skip(w, wire_u16(w));
	wire_skip(w, wire_u8(w));
	p->ticket.length = 0;
	if (find_extension(*w, l->end, EXTENSION_SESSION_TICKET, &ticket))
		name_ticket(l, &ticket, &p->ticket);
	p->early_data = has_extension(l, w, EXTENSION_EARLY_DATA) && find_secret(l, SECRET_CLIENT_EARLY_TRAFFIC);
	p->has_server = p->has_master = false;
}

/* RFC 8446, section 7.1: from here on both sides use handshake keys, the client behind its early data. */
static void use_handshake_keys(struct learning *l)
{
	struct direction *client = &l->p->from[FROM_CLIENT];
	const uint16_t suite = l->h->choice.suite;

	use_keys(&l->p->from[FROM_SERVER], traffic_keys(l, SECRET_SERVER_HANDSHAKE_TRAFFIC, suite));
	client->next = traffic_keys(l, SECRET_CLIENT_HANDSHAKE_TRAFFIC, suite);
	if (!l->p->early_data)
		use_keys(client, client->next);
}

static void learn_server_hello(struct learning *l)
{
	struct tls_protection *p = l->p;
	struct session_name id;
	struct wire *w = &l->body;

	if (l->h->is_retry)
		return;
	wire_skip(w, 2);
	const uint8_t *random = wire_bytes(w, RANDOM);
	if (!random)
		return;
	memcpy(random_of(p, FROM_SERVER), random, RANDOM);
	p->has_server = true;
	read_session_id(w, &id);
	wire_skip(w, 3);
	p->extended_master_secret = has_extension(l, w, EXTENSION_EXTENDED_MASTER_SECRET);
	p->encrypt_then_mac = has_extension(l, w, EXTENSION_ENCRYPT_THEN_MAC);
	if (tls_is_1_3(l->h->choice.version)) {
		use_handshake_keys(l);
		return;
	}
	p->from[FROM_CLIENT].next = p->from[FROM_SERVER].next = 0;
	p->id = id;
	memset(p->encrypted, 0, sizeof p->encrypted);
}

/* Early data that the server does not want is not ended by the client. */
static void learn_encrypted_extensions(struct learning *l)
{
	struct direction *client = &l->p->from[FROM_CLIENT];

	if (l->p->early_data && !has_extension(l, &l->body, EXTENSION_EARLY_DATA) && client->next) {
		l->p->early_data = false;
		use_keys(client, client->next);
	}
}

static void learn_end_of_early_data(struct learning *l)
{
	struct direction *client = &l->p->from[FROM_CLIENT];

	l->p->early_data = false;
	if (client->next)
		use_keys(client, client->next);
}

static void learn_client_key_exchange(struct learning *l)
{
	struct wire *w = &l->body;

	wire_skip(w, 2);
	const uint8_t *encrypted = wire_bytes(w, sizeof l->p->encrypted);
	if (encrypted)
		memcpy(l->p->encrypted, encrypted, sizeof l->p->encrypted);
}

static void learn_session_ticket(struct learning *l)
{
	struct wire *w = &l->body;

	if (tls_is_1_3(l->h->choice.version))
		return;
	prepare_keys(l); /* the ticket comes before the server changes its keys */
	wire_skip(w, 4);
	const struct wire ticket = wire_part(w, wire_u16(w));
	name_ticket(l, &ticket, &l->p->ticket);
	keep_master(l, &l->p->ticket);
}

static void learn_finished(struct learning *l)
{
	const bool from_server = l->h->from_server;

	if (tls_is_1_3(l->h->choice.version))
		use_keys(&l->p->from[from_server], traffic_keys(l, from_server ? SECRET_SERVER_TRAFFIC : SECRET_CLIENT_TRAFFIC,
		                                                l->h->choice.suite));
}

static void learn_key_update(struct learning *l)
{
	struct direction *direction = &l->p->from[l->h->from_server];
	struct tls_keys *next = new_keys(l->p);

	if (direction->keys && l->p->keys[direction->keys - 1].is_1_3 &&
	    tls_derive_next_keys(crypto_of(l->h->d), next, &l->p->keys[direction->keys - 1]))
		use_keys(direction, ++l->p->count);
}

static const struct {
	uint8_t type;
	void (*learn)(struct learning *l);
} learners[] = {
	{ TLS_CLIENT_HELLO, learn_client_hello },
	{ TLS_SERVER_HELLO, learn_server_hello },
	{ TLS_NEW_SESSION_TICKET, learn_session_ticket },
	{ TLS_END_OF_EARLY_DATA, learn_end_of_early_data },
	{ TLS_ENCRYPTED_EXTENSIONS, learn_encrypted_extensions },
	{ TLS_CLIENT_KEY_EXCHANGE, learn_client_key_exchange },
	{ TLS_FINISHED, learn_finished },
	{ TLS_KEY_UPDATE, learn_key_update },
};

/* Those from the Client Hello to the Client Key Exchange, RFC 7627, section 3. Too many: none. */
static void keep_message(struct tls_protection *p, const struct tls_handshake *h, const struct wire *body, uint8_t type, uint32_t length)
{
	const uint8_t header[] = { type, (uint8_t)(length >> 16), (uint8_t)(length >> 8), (uint8_t)length };
	static const uint8_t whole[] = { 0, 0, 0 }; /* offset of a fragment of DTLS */
	uint8_t *to;

	const uint32_t before = type == TLS_CLIENT_HELLO ? 0 : p->messages_length, needed = before + 12 + length;
	if (type == TLS_HELLO_REQUEST || type == TLS_HELLO_VERIFY_REQUEST || needed > MESSAGES_LARGEST ||
	    (p->has_exchange && type != TLS_CLIENT_HELLO))
		return;
	p->has_exchange = type == TLS_CLIENT_KEY_EXCHANGE;
	if (needed > p->messages_capacity) {
		p->messages_capacity = 2 * needed;
		p->messages = must_realloc(p->messages, p->messages_capacity);
	}
	to = p->messages + before;
	memcpy(to, header, sizeof header);
	to += sizeof header;
	if (h->carrier == OVER_DTLS) {
		*to++ = (uint8_t)(h->message >> 8);
		*to++ = (uint8_t)h->message;
		memcpy(to, whole, 3);
		memcpy(to + 3, header + 1, 3);
		to += 6;
	}
	memcpy(to, wire_here(body), length);
	p->messages_length = (uint32_t)(to + length - p->messages);
}

/* Is there anything to be known of a connection at this message? */
static bool is_worth_it(const struct tls_handshake *h, uint8_t type)
{
	struct tls_suite suite;

	if (h->session->protection)
		return true;
	return h->carrier != OVER_QUIC &&
	       (type == TLS_CLIENT_HELLO ? key_log_is_possible(h->d->session) :
	        type == TLS_SERVER_HELLO && tls_suite_of(h->choice.suite, &suite) && suite.cipher == CIPHER_NONE && !suite.is_rc4);
}

void tls_learn_message(struct tls_handshake *h, struct wire body, uint8_t type, uint32_t length)
{
	struct learning l = { .h = h, .body = body, .end = body.at + length };

	if (!h->session || !wire_has(&body, length) || !is_worth_it(h, type))
		return;
	if (!h->session->protection)
		h->session->protection = must_zero(1, sizeof *h->session->protection);
	l.p = h->session->protection;
	l.log = key_log_now(h->d->session);
	if (key_log_has_pre_masters(l.log))
		keep_message(l.p, h, &body, type, length);
	for (unsigned i = 0; i < sizeof learners / sizeof *learners; i++)
		if (learners[i].type == type)
			learners[i].learn(&l);
}

void tls_learn_cipher_change(struct tls_handshake *h, uint16_t epoch)
{
	struct tls_protection *p = h->session->protection;
	struct learning l = { .h = h, .p = p };

	if (!p || tls_is_1_3(h->choice.version))
		return;
	struct direction *direction = &p->from[h->from_server];
	if (h->carrier == OVER_DTLS && direction->epoch > epoch)
		return;
	l.log = key_log_now(h->d->session);
	prepare_keys(&l);
	use_keys(direction, direction->next);
	direction->epoch = epoch + 1u;
}

/* ---- records ---- */

/* Pass 1: notes that a record can be decrypted. */
static void note_record(struct tls_openings *o, struct arena *arena, uint32_t keys, uint64_t sequence)
{
	struct tls_run *run = o->run_count ? &o->runs[o->run_count - 1] : NULL;

	if (run && run->keys == keys && run->first + run->count == o->record && run->sequence + run->count == sequence) {
		run->count++;
		return;
	}
	if (!run)
		o->runs = arena_alloc(arena, TLS_RUNS * sizeof *o->runs);
	o->runs[o->run_count++] = (struct tls_run){ o->record, 1, keys, sequence };
}

/* Early data comes before the server has chosen: with the first record its suite is tried out. */
static void try_early_keys(struct tls_handshake *h, const struct tls_sealed *sealed, uint8_t *to)
{
	struct tls_protection *p = h->session->protection;
	struct learning l = { .h = h, .p = p, .log = key_log_now(h->d->session) };
	struct direction *client = &p->from[FROM_CLIENT];
	uint32_t length;
	uint8_t type;

	for (uint16_t suite = 0x1301; suite <= 0x1305; suite++) {
		const uint32_t keys = traffic_keys(&l, SECRET_CLIENT_EARLY_TRAFFIC, suite);
		if (keys && tls_unseal(crypto_of(h->d), &p->keys[keys - 1], 0, sealed, true, to, &length, &type)) {
			client->keys = keys;
			client->sequence = 0;
			return;
		}
		p->count -= keys != 0;
	}
}

static bool unseal_first(struct tls_handshake *h, struct tls_openings *o, const struct tls_sealed *sealed, uint64_t number,
                         uint8_t *to, uint32_t *length, uint8_t *type)
{
	struct tls_protection *p = h->session->protection;
	struct direction *direction = &p->from[h->from_server];

	if (!direction->keys && p->early_data && !h->from_server && sealed->type == TLS_APPLICATION_DATA)
		try_early_keys(h, sealed, to);
	if (!direction->keys || o->run_count == TLS_RUNS)
		return false;
	struct tls_keys *keys = &p->keys[direction->keys - 1];
	if ((keys->is_1_3 && sealed->type != TLS_APPLICATION_DATA) ||
	    (h->carrier == OVER_DTLS && number >> 48 != direction->epoch))
		return false;
	const uint64_t sequence = h->carrier == OVER_DTLS ? number : direction->sequence;
	if (!tls_unseal(crypto_of(h->d), keys, sequence, sealed, true, to, length, type))
		return false;
	note_record(o, h->d->arena, direction->keys - 1, sequence);
	direction->sequence++;
	return true;
}

static bool unseal_again(struct tls_handshake *h, const struct tls_openings *o, const struct tls_sealed *sealed, uint8_t *to,
                         uint32_t *length, uint8_t *type)
{
	for (uint32_t i = 0; i < o->fact->count; i++) {
		const struct tls_run *run = &o->fact->runs[i];
		if (o->record - run->first < run->count)
			return tls_unseal(crypto_of(h->d), &h->session->protection->keys[run->keys],
			                  run->sequence + o->record - run->first, sealed, false, to, length, type);
	}
	return false;
}

const uint8_t *tls_decrypt(struct tls_handshake *h, struct tls_openings *o, const struct tls_sealed *sealed, uint64_t number,
                           uint32_t *length, uint8_t *type)
{
	o->record++;
	if (!h->session || !h->session->protection || !sealed->length || h->d->source_count == SOURCES)
		return NULL;
	if (!h->d->first_pass && !o->is_sought) {
		o->fact = find_fact(h->d, FACT_TLS_RECORDS);
		o->is_sought = true;
	}
	if (!h->d->first_pass && !o->fact)
		return NULL;
	uint8_t *to = arena_alloc(h->d->arena, sealed->length);
	const bool good = h->d->first_pass ? unseal_first(h, o, sealed, number, to, length, type) :
	                                     unseal_again(h, o, sealed, to, length, type);
	return good ? to : NULL;
}

void tls_keep_openings(struct dissection *d, const struct tls_openings *o)
{
	const size_t n = o->run_count * sizeof *o->runs;
	struct tls_openings_fact *fact = n ? add_fact(d, FACT_TLS_RECORDS, sizeof *fact + n, NULL) : NULL;

	if (!fact)
		return;
	fact->count = o->run_count;
	memcpy(fact->runs, o->runs, n);
}
