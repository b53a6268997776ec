/*
 * quic.c: QUIC packets over UDP: RFC 9000, RFC 8999 (what all versions share), RFC 9369 (version 2), and the drafts from 11 on.
 *
 *  Long header:  1 1 type(2) ....  version(32)  dcil(8) dcid  scil(8) scid  ...
 *  Short header: 0 1 spin ....     dcid         ...
 *
 * Pass 1 finds out which connection a datagram belongs to (quic_connection.c) and opens its packets (quic_protection.c); pass 2
 * opens them again.
 *
 * Left out: versions of Google before they had such headers; HTTP/3 and whatever else streams carry, but DNS (RFC 9250).
 */

#include "dissect/gquic.h"
#include "dissect/quic.h"
#include "dissect/session.h"
#include "dissect/text.h"

#define F(name) (&quic_fields[Q_##name])

extern const struct protocol protocol_dns;

enum { LONG = 0x80 }; /* bit of the first octet */

static const char *const complaints[] = {
	[QUIC_NO_NUMBER]    = "Failed to decrypt packet number",
	[QUIC_BAD_TAG]      = "Failed to create decryption context: Decryption (checktag) failed: Checksum error",
	[QUIC_NO_SECRETS]   = "Failed to create decryption context: Secrets are not available",
	[QUIC_NO_CIPHER]    = "Failed to create decryption context: Unable to retrieve cipher information",
	[QUIC_NO_HANDSHAKE] = "Failed to create decryption context: Missing TLS handshake, unsupported ciphers or padding",
};

/* What is known of a datagram: in a fact, as long as it needs to be. */
struct datagram_fact {
	uint32_t connection; /* + 1 */
	bool from_server;
	uint8_t packet_count, crypto_count;
	struct quic_packet_fact packets[QUIC_PACKETS];
	struct quic_crypto_fact crypto[QUIC_CRYPTO];
};

_Static_assert(sizeof(struct datagram_fact) <= FACT_LARGEST, "a datagram's fact has to fit");

/* ---- headers ---- */

/* The types of version 2 stand one further, RFC 9369, section 3.2. */
static uint8_t type_of(uint8_t first, uint32_t version)
{
	static const uint8_t types[] = { QUIC_INITIAL, QUIC_EARLY, QUIC_HANDSHAKE, QUIC_RETRY };
	uint8_t bits = first >> 4 & 3;

	if (version == QUIC_VERSION_NEGOTIATION)
		return QUIC_NEGOTIATION;
	return types[version == QUIC_VERSION_2 ? (bits + 3) & 3 : bits];
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

/* The part of the header that all versions share, RFC 8999, section 5. */
static struct wire read_header(const struct wire *packet, struct quic_header *h)
{
	struct wire w = *packet;

	*h = (struct quic_header){ .first = wire_u8(&w), .type = QUIC_APPLICATION, .start = packet->at };
	h->length = wire_left(packet);
	if (h->first & LONG) {
		h->version = wire_u32(&w);
		h->type = type_of(h->first, h->version);
		read_id(&w, &h->destination);
		read_id(&w, &h->source);
	}
	return w;
}

/* How far the packet reaches: all but the last one of a datagram say it. */
static void measure(struct quic_header *h, struct wire *w)
{
	if (h->type > QUIC_HANDSHAKE)
		return;
	if (h->type == QUIC_INITIAL) {
		uint64_t token = quic_read_varint(w);
		if (wire_need(w, token))
			wire_skip(w, (uint32_t)token);
	}
	uint64_t length = quic_read_varint(w);
	if (w->state == WIRE_GOOD && length < wire_left(w))
		h->length = w->at + (uint32_t)length - h->start;
}

/* A datagram on its way through a dissection. */
struct datagram {
	struct dissection *d;
	struct quic_state *state;
	struct datagram_fact fact; /* pass 1 fills it */
	unsigned packet_at;        /* which packet is being read */
	struct quic_payload payload;
};

/* A packet of it. */
static struct quic_packet packet_of(const struct datagram *g, const struct quic_header *h, struct quic_packet_fact *fact)
{
	return (struct quic_packet){ .d = g->d, .state = g->state, .session = g->payload.session, .h = h, .fact = fact,
		                     .connection = quic_connection_at(g->state, g->fact.connection),
		                     .from_server = g->fact.from_server };
}

static enum quic_side receiver_of(const struct datagram *g)
{
	return g->fact.from_server ? QUIC_CLIENT : QUIC_SERVER;
}

/* The last version of Google's that had frames and a handshake of its own. */
static void dissect_google(const struct quic_packet *p, struct wire *w)
{
	struct gquic_packet packet = { .d = p->d, .version = GQUIC_HAS_CRYPTO, .is_valid = true, .is_big_endian = true,
		                       .is_from_server = p->from_server, .number_length = p->number_length };

	if (!p->d->first_pass)
		gquic_dissect_frames(&packet, w);
}

/* What a packet says, or what keeps it from being opened. */
static void dissect_payload(struct datagram *g, const struct quic_packet *p, struct wire *w)
{
	struct dissection *d = g->d;

	if (!p->payload) {
		if (complaints[p->fact->outcome] && SHOWING(d, w))
			add_note_text(d, w, F(DECRYPTION), "%s", complaints[p->fact->outcome]);
		if (wire_captured(w))
			add_octets(d, w, F(REMAINING), wire_captured(w));
		return;
	}
	wire_skip(w, wire_captured(w));
	struct wire opened = wire_over(p->payload, p->length, p->length, 0);
	if (!d->first_pass)
		opened = add_source(d, "Decrypted QUIC", p->payload, p->length);
	if (p->h->version == QUIC_GOOGLE_50) {
		dissect_google(p, &opened);
		wire_join(w, &opened);
		return;
	}
	g->payload.connection = p->connection;
	if (d->first_pass)
		g->payload.stream = &quic_space_of(p->connection, p->h->type, p->from_server)->crypto;
	quic_dissect_frames(&g->payload, &opened);
	wire_join(w, &opened);
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
static void dissect_retry(struct dissection *d, struct wire *w, const struct quic_header *h, const struct quic_packet_fact *fact)
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
	if (!SHOWING(d, w))
		return;
	if (fact->outcome == QUIC_OPENED)
		append_text(d, w, d->last, " [verified]");
	else if (fact->outcome == QUIC_BAD_TAG)
		note_on(d, d->last, F(RETRY_BAD));
	else
		note_text_on(d, d->last, F(RETRY_BAD), "Cannot verify Retry Packet due to unknown ODCID");
}

/* Pass 1: is the tag of a Retry packet good? */
static void check_retry(const struct quic_packet *p, const struct wire *w)
{
	enum { HEADER = 7 };
	uint32_t left = wire_captured(w);

	if (!p->connection || left < HEADER + QUIC_TAG)
		return;
	const uint8_t *packet = w->data + p->h->start, *tag = packet + left - QUIC_TAG;
	const bool good = quic_retry_tag_is_good(crypto_of(p->d), p->h->version, &p->connection->original, packet,
	                                         left - QUIC_TAG, tag);
	p->fact->outcome = good ? QUIC_OPENED : QUIC_BAD_TAG;
}

static void add_type(struct dissection *d, const struct wire *w, const struct quic_header *h)
{
	if (h->type != QUIC_RETRY)
		add_node(d, w, F(FIXED), w->at, 1, h->first);
	add_node(d, w, h->version == QUIC_VERSION_2 ? F(TYPE_2) : F(TYPE), w->at, 1, h->first);
}

/* Initial, 0-RTT, Handshake: RFC 9000, sections 17.2.2 to 17.2.4. `number` stands on the packet number. */
static void dissect_protected(struct datagram *g, struct quic_packet *p, struct wire *w, const struct wire *number)
{
	struct dissection *d = g->d;

	quic_open_packet(p, number);
	if (p->number_length) {
		add_node(d, w, F(RESERVED), w->at, 1, p->first);
		add_node(d, w, F(NUMBER_LENGTH), w->at, 1, p->first);
	}
	wire_skip(w, 1);
	add_version(d, w, F(VERSION), " (Forcing Version Negotiation)");
	add_ids(d, w);
	if (p->h->type == QUIC_INITIAL) {
		uint64_t n = quic_add_varint(d, w, F(TOKEN_LENGTH));
		if (n && wire_need(w, n))
			add_octets(d, w, F(TOKEN), (uint32_t)n);
	}
	quic_add_varint(d, w, F(LENGTH));
	if (p->payload) {
		add_node(d, w, F(PACKET_NUMBER), w->at, p->number_length, p->fact->number);
		append_info(d, w, ", PKN: %lu", (unsigned long)p->fact->number);
		wire_skip(w, p->number_length);
		add_node_octets(d, w, F(PAYLOAD), w->at, wire_captured(w), wire_here(w), wire_captured(w));
	}
	dissect_payload(g, p, w);
}

static void dissect_long(struct datagram *g, struct quic_packet *p, struct wire *w, const struct wire *number)
{
	struct dissection *d = g->d;

	add_node(d, w, F(FORM), w->at, 1, p->h->first);
	if (p->h->type == QUIC_NEGOTIATION) {
		dissect_negotiation(d, w);
		return;
	}
	add_type(d, w, p->h);
	if (p->h->type != QUIC_RETRY) {
		dissect_protected(g, p, w, number);
		return;
	}
	if (d->first_pass)
		check_retry(p, w);
	wire_skip(w, 1);
	add_version(d, w, F(VERSION), " (Forcing Version Negotiation)");
	add_ids(d, w);
	dissect_retry(d, w, p->h, p->fact);
}

static void show_id(struct dissection *d, struct wire *w, node_ref top, uint8_t length)
{
	const uint8_t *octets = add_octets(d, w, F(DCID), length);
	char *text = begin_text(d, 8 + 3 * QUIC_ID_LARGEST), *to = put_literal(text, " DCID=");

	if (octets)
		to = put_octets(to, octets, length, 0);
	append_info(d, w, ",%.*s", (int)(to - text), text);
	end_text(d, top, TEXT_APPEND, text, to);
}

/* What nobody but the receiver can tell from a packet, RFC 9000, section 10.3: two bits, others that say nothing, a token. */
static void show_reset(struct dissection *d, struct wire *w, uint8_t first)
{
	enum { FIXED_BITS = 2 };

	add_node(d, w, F(FORM), w->at, 1, first);
	add_node(d, w, F(FIXED), w->at, 1, first);
	const uint32_t n = wire_captured(w) - QUIC_TAG;
	const uint8_t *from = wire_here(w);
	uint8_t *bits = arena_alloc(d->arena, n);
	for (uint32_t i = 0; i < n; i++)
		bits[i] = (uint8_t)(from[i] << FIXED_BITS | (i + 1 < n ? from[i + 1] >> (8 - FIXED_BITS) : 0));
	add_node_octets(d, w, F(UNPREDICTABLE), w->at, n, bits, n);
	wire_skip(w, n);
	add_octets(d, w, F(RESET), QUIC_TAG);
}

/* RFC 9000, section 17.3.1 */
static void show_short(struct quic_packet *p, struct wire *w, uint8_t id_length)
{
	struct dissection *d = p->d;
	node_ref top = open_heading(d, w, F(SHORT)); /* to the end of the datagram */

	add_node(d, w, F(FORM), w->at, 1, p->h->first);
	add_node(d, w, F(FIXED), w->at, 1, p->h->first);
	add_node(d, w, F(SPIN), w->at, 1, p->h->first);
	if (p->number_length) {
		add_node(d, w, F(RESERVED_SHORT), w->at, 1, p->first);
		add_node(d, w, F(KEY_PHASE), w->at, 1, p->first);
		add_node(d, w, F(NUMBER_LENGTH), w->at, 1, p->first);
	}
	wire_skip(w, 1);
	set_info(d, w, "Protected Payload (KP%u)", p->number_length ? p->first >> 2 & 1 : 0);
	if (id_length)
		show_id(d, w, top, id_length);
	if (p->payload) {
		append_info(d, w, ", PKN: %lu", (unsigned long)p->fact->number);
		append_text(d, w, top, " PKN=%lu", (unsigned long)p->fact->number);
		add_node(d, w, F(PACKET_NUMBER), w->at, p->number_length, p->fact->number);
		wire_skip(w, p->number_length);
		add_node_octets(d, w, F(PROTECTED), w->at, wire_captured(w), wire_here(w), wire_captured(w));
	}
	close_subtree(d, top, NULL);
}

static void dissect_short(struct datagram *g, struct quic_packet *p, struct wire *w)
{
	const struct quic_connection *c = p->connection;
	struct dissection *d = g->d;
	struct quic_id id = { 0 };

	if (c && !quic_match_id(g->state, c, receiver_of(g), w, &id)) {
		id = c->ids[receiver_of(g)]; /* told later: the length counts */
		if (d->first_pass && quic_is_reset(g->state, c, w))
			p->fact->outcome = QUIC_RESET;
	}
	if (p->fact->outcome == QUIC_RESET) {
		if (SHOWING(d, w))
			show_reset(d, w, p->h->first);
		return;
	}
	struct wire number = *w;
	wire_skip(&number, 1u + id.length);
	quic_open_packet(p, &number);
	if (!d->first_pass)
		show_short(p, w, id.length);
	dissect_payload(g, p, w);
}

/* ---- datagrams ---- */

static void show_connection(struct dissection *d, const struct wire *w, const struct quic_connection *c)
{
	node_ref top = open_heading(d, w, F(INFORMATION));

	if (c)
		add_number(d, w, F(NUMBER), c->number);
	else
		add_note(d, w, F(UNKNOWN));
	close_subtree(d, top, w);
}

/* What pass 1 knows of the next packet; a spare one when there are too many. */
static struct quic_packet_fact *next_fact(struct datagram *g, struct quic_packet_fact *spare)
{
	unsigned at = g->packet_at++;

	*spare = (struct quic_packet_fact){ 0 };
	if (at >= QUIC_PACKETS || (!g->d->first_pass && at >= g->fact.packet_count))
		return spare;
	if (g->d->first_pass)
		g->fact.packet_count = (uint8_t)(at + 1);
	return &g->fact.packets[at];
}

/* Does a packet behind another one go to the same connection? Else it is padding, RFC 9000, section 12.2. */
static bool goes_on(const struct datagram *g, const struct quic_connection *c, const struct quic_id *first,
                    const struct quic_header *h, const struct wire *w)
{
	struct quic_id id = h->destination;

	if (h->type == QUIC_APPLICATION && !c)
		return wire_has(w, 1u + first->length) && memcmp(wire_here(w) + 1, first->octets, first->length) == 0;
	if (h->type == QUIC_APPLICATION && !quic_match_id(g->state, c, receiver_of(g), w, &id))
		id = (struct quic_id){ 0 };
	return quic_id_equal(&id, first);
}

static void find_session(struct datagram *g)
{
	struct quic_talk *talk = quic_talk_of(g->d, g->state);

	g->payload.session = talk ? &talk->session : NULL;
}

static void learn_datagram(struct datagram *g, const struct quic_header *h, const struct wire *w)
{
	struct dissection *d = g->d;

	if (d->has_conversation)
		((struct quic_talk *)map_put(&g->state->talks, &d->conversation, NULL))->is_quic = true;
	find_session(g);
	const struct quic_connection *c = quic_meet(d, g->state, h, w, &g->fact.from_server);
	g->fact.connection = c ? c->number + 1 : 0;
}

/* What the first packet of a datagram tells of the others, too. */
static void begin_datagram(struct datagram *g, const struct quic_header *h, const struct wire *w, struct quic_id *first)
{
	if (g->d->first_pass)
		learn_datagram(g, h, w);
	const struct quic_connection *c = quic_connection_at(g->state, g->fact.connection);
	*first = h->destination;
	if (h->type == QUIC_APPLICATION && c && !quic_match_id(g->state, c, receiver_of(g), w, first))
		*first = h->destination;
	g->payload.from_server = g->fact.from_server;
	show_connection(g->d, w, c);
}

/* The octets of streams go to the protocol that they belong to. */
static void dissect_messages(struct datagram *g)
{
	struct quic_payload *p = &g->payload;

	for (unsigned i = 0; i < p->message_count; i++)
		dissect_protocol(g->d, p->messages[i], &protocol_dns);
	p->message_count = 0;
}

static void list_id(struct dissection *d, const struct wire *w, const char *label, const struct quic_id *id)
{
	char text[2 * QUIC_ID_LARGEST];

	if (LISTING(d, w) && id->length)
		append_info(d, w, ", %s=%.*s", label, (int)(put_octets(text, id->octets, id->length, 0) - text), text);
}

/* What a packet is, by its header: the last one of a datagram counts. */
static void list_packet(struct dissection *d, const struct wire *w, const struct quic_header *h)
{
	static const char *const names[] = {
		[QUIC_INITIAL] = "Initial", [QUIC_EARLY] = "0-RTT", [QUIC_HANDSHAKE] = "Handshake", [QUIC_RETRY] = "Retry",
		[QUIC_NEGOTIATION] = "Version Negotiation",
	};

	if (h->type == QUIC_APPLICATION)
		return;
	set_info(d, w, "%s", names[h->type]);
	list_id(d, w, "DCID", &h->destination);
	list_id(d, w, "SCID", &h->source);
}

/* The packet at the cursor, as far as it reaches; the cursor moves behind it. `number` stands behind the ids of its header. */
static void dissect_measured(struct datagram *g, struct wire *w, struct quic_header *h, struct wire number)
{
	struct dissection *d = g->d;
	struct quic_connection *c = quic_connection_at(g->state, g->fact.connection);
	struct quic_packet_fact spare, *fact = next_fact(g, &spare);

	if (d->first_pass && c)
		quic_start_anew(c, h, g->fact.from_server);
	measure(h, &number);
	if (number.state != WIRE_GOOD) {
		wire_join(w, &number);
		return;
	}
	struct wire packet = wire_take(w, h->length);
	if (number.end > packet.end)
		number.end = number.reported = number.contained = packet.end;
	add_node(d, &packet, F(PACKET_LENGTH), packet.at, 0, h->length);
	struct quic_packet p = packet_of(g, h, fact);
	list_packet(d, &packet, h);
	if (h->type == QUIC_APPLICATION)
		dissect_short(g, &p, &packet);
	else
		dissect_long(g, &p, &packet, &number);
	if (d->first_pass && c)
		quic_learn_packet(g->state, c, h, g->fact.from_server);
	wire_join(w, &packet);
}

static void dissect_packet(struct datagram *g, struct wire *w, struct quic_id *first)
{
	struct dissection *d = g->d;
	const bool is_first = !g->packet_at;
	struct quic_header h;
	node_ref top = open_protocol(d, w, F(QUIC));
	struct wire number = read_header(w, &h);

	if (number.state != WIRE_GOOD) {
		wire_join(w, &number);
		return;
	}
	if (is_first)
		begin_datagram(g, &h, w, first);
	const struct quic_connection *c = quic_connection_at(g->state, g->fact.connection);
	if (!is_first && h.type == QUIC_APPLICATION && !wire_need(w, 1u + first->length))
		return;
	if (is_first || goes_on(g, c, first, &h, w)) {
		dissect_measured(g, w, &h, number);
	} else {
		add_note(d, w, F(PADDING_NOTE));
		wire_skip(w, wire_captured(w));
	}
	close_subtree(d, top, w);
	dissect_messages(g);
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
	g.payload.state = g.state;
	g.payload.crypto = g.fact.crypto;
	if (!d->first_pass) {
		take_fact(&g);
		find_session(&g);
	}
	do {
		dissect_packet(&g, w, &first);
	} while (wire_more(w) && wire_captured(w));
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
	if (version == QUIC_GOOGLE_50 || version == QUIC_GOOGLE_TLS_50 || version == QUIC_GOOGLE_TLS_51)
		return true;
	return quic_draft_of(version) >= FIRST_DRAFT;
}

static bool is_long(struct wire w)
{
	enum { SHORTEST = 13 };

	if (wire_left(&w) < SHORTEST || !wire_has(&w, 1) || !(*wire_here(&w) & LONG))
		return false;
	wire_u8(&w);
	uint32_t version = wire_u32(&w);
	uint8_t n = wire_u8(&w);
	if (n > QUIC_ID_LARGEST)
		return false;
	wire_skip(&w, n);
	n = wire_u8(&w);
	return w.state == WIRE_GOOD && n <= QUIC_ID_LARGEST && is_known_version(version);
}

/* Of a connection that is known, or long enough to begin one. */
static bool resembles(const struct dissection *d, struct wire w)
{
	const struct quic_state *state = find_state(d, &protocol_quic);
	const struct quic_talk *talk = state ? quic_talk_of(d, state) : NULL;
	bool from_server;

	if ((talk && talk->is_quic) || is_long(w))
		return true;
	return state && wire_has(&w, 1) && !(*wire_here(&w) & LONG) && quic_find_moved(state, &w, &from_server);
}

const struct protocol protocol_quic = {
	.name = "QUIC IETF", .short_name = "QUIC", .filter = "quic", .is_application = true, .column = "QUIC", .fields = quic_fields, .field_count = N_QUIC_FIELDS,
	.dissect = dissect, .resembles = resembles, .state_size = sizeof(struct quic_state),
	.state_begin = quic_state_begin, .state_end = quic_state_end,
};
