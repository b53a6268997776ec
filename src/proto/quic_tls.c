/*
 * quic_tls.c: the TLS handshake in CRYPTO frames, RFC 9001, section 4: messages without records around them, some of them
 * in pieces.
 */

#include "dissect/assembly_tree.h"
#include "dissect/quic.h"
#include "dissect/session.h"
#include "dissect/tls_fields.h"

enum { HEADER = 4, RECORD = TLS_HANDSHAKE_FIELDS, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	TLS_HANDSHAKE_ROWS("tls")
	[RECORD] = { "tls", "TLSv1.3 Record Layer", PROTOCOL },
};

/* The messages in the octets of one CRYPTO frame, or of several put together. */
struct messages {
	struct tls_handshake h;
	struct quic_payload *p;
	struct quic_crypto_fact *fact;
	node_ref top;
	bool is_named;
};

static void name_messages(struct messages *o, const struct wire *w, const char *name)
{
	set_text(o->h.d, w, o->top, "TLSv1.3 Record Layer: Handshake Protocol: %s",
	         o->is_named ? "Multiple Handshake Messages" : name);
	o->is_named = true;
}

/* The server's token for a stateless reset, RFC 9000, section 18.2. */
static void learn_token(const struct quic_payload *p, struct wire parameters)
{
	enum { STATELESS_RESET_TOKEN = 2 };
	struct wire *w = &parameters;

	while (wire_more(w)) {
		uint64_t type = quic_read_varint(w), length = quic_read_varint(w);
		const uint8_t *value = wire_need(w, length) ? wire_bytes(w, (uint32_t)length) : NULL;
		if (value && type == STATELESS_RESET_TOKEN && length == QUIC_TAG)
			quic_learn_token(p->state, p->connection, QUIC_SERVER, value);
	}
}

/* The one application protocol that the server chose, RFC 7301, section 3.1. */
static bool is_dns(struct wire names)
{
	static const char prefix[] = "doq";

	wire_skip(&names, 2);
	uint8_t n = wire_u8(&names);
	const uint8_t *name = wire_bytes(&names, n);
	return name && n >= sizeof prefix - 1 && memcmp(name, prefix, sizeof prefix - 1) == 0;
}

/* Pass 1: Encrypted Extensions. */
static void learn_extensions(const struct quic_payload *p, struct wire w)
{
	enum { ALPN = 16, TRANSPORT_PARAMETERS = 57, TRANSPORT_PARAMETERS_OF_DRAFTS = 0xffa5 };

	wire_skip(&w, 2); /* the length of all */
	while (wire_more(&w)) {
		uint16_t type = wire_u16(&w);
		struct wire value = wire_take(&w, wire_u16(&w));
		if (type == ALPN)
			p->connection->carries_dns = is_dns(value);
		else if (type == TRANSPORT_PARAMETERS || type == TRANSPORT_PARAMETERS_OF_DRAFTS)
			learn_token(p, value);
	}
}

/* Pass 1: what further packets are opened with, and what streams carry. The message is whole at the cursor. */
static void learn_message(const struct messages *o, const struct wire *w)
{
	struct quic_connection *c = o->p->connection;
	struct wire body = *w;
	uint8_t type = wire_u8(&body);

	wire_shorten(&body, wire_u24(&body));
	if (type == TLS_CLIENT_HELLO && !c->has_random) {
		wire_skip(&body, 2);
		const uint8_t *random = wire_bytes(&body, sizeof c->random);
		if (random)
			memcpy(c->random, random, sizeof c->random);
		c->has_random = random;
	} else if (type == TLS_ENCRYPTED_EXTENSIONS) {
		learn_extensions(o->p, body);
	}
}

static void dissect_message(struct messages *o, struct wire *w)
{
	const bool is_learning = o->h.d->first_pass && o->p->connection;

	if (is_learning)
		learn_message(o, w);
	tls_dissect_message(&o->h, w);
	if (is_learning)
		o->p->connection->suite = o->h.session->now.suite;
}

static const struct assembly_look fragments_look = {
	.top = &fields[TLS_FRAGMENTS], .piece = &fields[TLS_FRAGMENT], .count = &fields[TLS_FRAGMENT_COUNT],
};

/* A message whose last piece was read. */
static void read_reassembled(struct messages *o, struct wire *w, const struct assembly *assembly)
{
	struct dissection *d = o->h.d;
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);

	if (!octets)
		return;
	struct wire whole = wire_over(octets, assembly->length, assembly->length, 0);
	if (!d->first_pass) {
		whole = add_source(d, "Reassembled TLS Handshake", octets, assembly->length);
		show_assembly(d, &whole, assembly, &fragments_look);
	}
	if (tls_is_handshake_type(*octets))
		dissect_message(o, &whole);
	wire_join(w, &whole);
}

/* Pass 1: the next n octets of a message in pieces, `pending`. True: they end it. */
static bool keep_piece(struct messages *o, const struct wire *w, uint32_t n, bool is_last)
{
	struct dissection *d = o->h.d;
	struct tls_pending *pending = &o->p->stream->pending;
	struct piece piece = { .from = UINT64_MAX, .frame = d->frame->number, .at = pending->have, .length = n };

	for (uint32_t i = 0; pending->have + i < HEADER && i < n; i++)
		pending->header[pending->have + i] = wire_here(w)[i];
	pending->have += n;
	enum piece_result result = reassembly_add(&d->session->reassembly, d->session->capture, pending->assembly - 1,
	                                          piece, wire_here(w), is_last);
	if (is_last || result == PIECE_REFUSED)
		pending->assembly = 0;
	return result == PIECE_COMPLETES;
}

/* Pass 1: how many of n octets belong to the message in pieces; *is_last: with them it ends. */
static uint32_t measure_head(const struct tls_pending *pending, const uint8_t *octets, uint32_t n, bool *is_last)
{
	uint8_t header[HEADER];

	for (uint32_t i = 0; i < HEADER; i++)
		header[i] = i < pending->have ? pending->header[i] : i - pending->have < n ? octets[i - pending->have] : 0;
	*is_last = false;
	if (pending->have + n < HEADER)
		return n;
	uint32_t left = HEADER + be24(header + 1) - pending->have;
	*is_last = left <= n;
	return left < n ? left : n;
}

static void show_piece(struct messages *o, struct wire *w, uint32_t n, uint32_t assembly_number, uint8_t type, bool is_last)
{
	struct dissection *d = o->h.d;
	const struct assembly *assembly = reassembly_at(&d->session->reassembly, assembly_number - 1);
	const char *name = tls_handshake_name(type);

	if (is_last && assembly && assembly->frame)
		name_messages(o, w, name);
	else
		name_messages(o, w, text_of(d, "%s (fragment)", name));
	add_node(d, w, &fields[TLS_HS_FRAGMENT], w->at, n, 0);
	append_text(d, w, d->last, ": %s (%s)", name, is_last ? "last fragment" : "fragment");
	if (!is_last && assembly && assembly->frame)
		add_node(d, w, &fields[TLS_REASSEMBLED_IN], w->at, 0, assembly->frame);
	wire_skip(w, n);
	if (is_last && assembly && assembly->frame)
		read_reassembled(o, w, assembly);
}

/* What the octets begin with, when it is the rest of a message. */
static void read_head(struct messages *o, struct wire *w)
{
	struct quic_crypto_fact *fact = o->fact;

	if (o->h.d->first_pass) {
		struct tls_pending *pending = &o->p->stream->pending;
		if (!pending->assembly)
			return;
		fact->head = pending->assembly;
		fact->head_length = measure_head(pending, wire_here(w), wire_captured(w), &fact->head_is_last);
		bool is_whole = keep_piece(o, w, fact->head_length, fact->head_is_last);
		fact->head_type = pending->header[0];
		wire_skip(w, fact->head_length);
		if (is_whole)
			read_reassembled(o, w, reassembly_at(&o->h.d->session->reassembly, fact->head - 1));
	} else if (fact->head && wire_need(w, fact->head_length)) {
		o->is_named = !fact->head_is_last; /* one in the middle has no name */
		show_piece(o, w, fact->head_length, fact->head, fact->head_type, fact->head_is_last);
	}
}

/* A message that the octets do not end. */
static void read_tail(struct messages *o, struct wire *w)
{
	struct dissection *d = o->h.d;
	uint32_t n = wire_captured(w);

	if (d->first_pass) {
		struct tls_pending *pending = &o->p->stream->pending;
		*pending = (struct tls_pending){ .assembly = reassembly_new(&d->session->reassembly) + 1 };
		o->fact->tail = pending->assembly;
		keep_piece(o, w, n, false);
		wire_skip(w, n);
	} else {
		show_piece(o, w, n, o->fact->tail, *wire_here(w), false);
	}
}

static void read_message(struct messages *o, struct wire *w)
{
	struct dissection *d = o->h.d;
	uint32_t left = wire_captured(w);
	uint32_t length = left < HEADER ? left + 1 : HEADER + be24(wire_here(w) + 1);

	if (!tls_is_handshake_type(*wire_here(w)) && !o->is_named && length <= left) {
		name_messages(o, w, "Encrypted Handshake Message");
		add_node(d, w, &fields[TLS_HANDSHAKE], w->at, left, 0);
		append_text(d, w, d->last, ": Encrypted Handshake Message");
		wire_skip(w, left);
	} else if (length > left) {
		read_tail(o, w);
	} else if (tls_is_handshake_type(*wire_here(w))) {
		name_messages(o, w, tls_message_name(w));
		dissect_message(o, w);
	} else {
		wire_skip(w, length);
	}
}

void quic_dissect_tls(struct quic_payload *p, struct quic_crypto_fact *fact, struct wire *w)
{
	struct dissection *d = p->d;
	struct messages o = { .h = { .d = d, .fields = fields, .session = p->session, .carrier = OVER_QUIC,
		                   .from_server = p->from_server, .base = w->at },
		            .p = p, .fact = fact };

	if (!wire_captured(w) || !p->session)
		return;
	o.h.choice = !d->first_pass ? tls_choice_at(p->session, d->frame->number) : p->session->now;
	if (!o.h.choice.version)
		o.h.choice.version = TLS_1_3; /* QUIC has no other, RFC 9001, section 4.2 */
	trail(d, "tls");
	o.top = open_heading(d, w, &fields[RECORD]);
	read_head(&o, w);
	while (wire_more(w))
		read_message(&o, w);
	close_subtree(d, o.top, w);
}

/* For those who look for fields: nothing is dissected by it. */
const struct protocol protocol_quic_tls = {
	.name = "TLS in QUIC", .short_name = "TLS in QUIC", .filter = "tls", .fields = fields, .field_count = N_FIELDS,
};
