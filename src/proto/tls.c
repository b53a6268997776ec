/*
 * tls.c: records of SSL 3.0 (RFC 6101), TLS 1.0 to 1.2 (RFC 5246) and TLS 1.3 (RFC 8446) over TCP. Those of SSL 2.0 are in
 * sslv2.c, what handshake records carry in tls_handshake.c.
 *
 * A record is named for the version that its connection settled on, which pass 2 knows from the first record on. What is
 * encrypted is told from what is not by its looks, and by the Change Cipher Spec of an earlier frame: connections are caught
 * in the middle, too.
 */

#include "dissect/assembly_tree.h"
#include "dissect/session.h"
#include "dissect/tcp_reassembly.h"
#include "dissect/tls_fields.h"

enum { TOP = SSLV2_FIELDS, OPAQUE_TYPE, INNER_TYPE, NOTE_IGNORED, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	TLS_HANDSHAKE_ROWS("tls")
	SSLV2_ROWS
	[TOP]          = { "tls", "Transport Layer Security", PROTOCOL },
	[OPAQUE_TYPE]  = { "tls.record.opaque_type", "Opaque Type", UINT8, .names = &tls_content_types },
	[INNER_TYPE]   = { "tls.record.content_type", "Content Type", UINT8, .names = &tls_content_types, .generated = true },
	[NOTE_IGNORED] = { "tls.ignored_unknown_record", "Ignored Unknown Record", NOTE, .severity = SEVERITY_WARNING,
	                   .group = GROUP_PROTOCOL },
};

/* ---- a record and its content ---- */

/* A handshake message, or part of one, that stands in records of several frames or in several of one. */
struct fragment {
	uint32_t record;   /* its number in the dissection */
	uint32_t at;       /* in the byte source */
	uint32_t length;
	uint32_t assembly;
	uint8_t type;      /* of the message */
	bool is_first, is_last;
};

enum { FRAGMENTS = 32 }; /* of one frame */

struct fragments_fact {
	uint32_t count;
	struct fragment all[];
};

/* The records of a segment, or of several put together. */
struct records {
	struct tls_handshake h; /* first: records point to it */
	struct fragment fragments[FRAGMENTS]; /* pass 1 */
	uint32_t fragment_count;
	const struct fragments_fact *fact;    /* pass 2 */
	struct tls_openings openings;
	struct tls_data_list data;
};

static struct records *records_of(const struct tls_record *r)
{
	return (struct records *)r->h;
}

/* ---- handshake messages ---- */

/* The first message of a record names it. */
static void name_record(const struct tls_record *r, const struct wire *w, bool is_first, const char *name)
{
	if (!r->d->first_pass)
		tls_set_title(r, w, text_of(r->d, "Handshake Protocol: %s", is_first ? name : "Multiple Handshake Messages"));
}

static const struct assembly_look fragments_look = {
	.top = &fields[TLS_FRAGMENTS], .piece = &fields[TLS_FRAGMENT], .count = &fields[TLS_FRAGMENT_COUNT],
};

/* The message that ends with this piece. */
static void read_reassembled(struct tls_record *r, struct wire *w, const struct assembly *assembly, bool is_first)
{
	struct dissection *d = r->d;
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);

	if (!octets)
		return;
	struct wire whole = wire_over(octets, assembly->length, assembly->length, 0);
	if (!d->first_pass) {
		whole = add_source(d, "Reassembled TLS Handshake", octets, assembly->length);
		name_record(r, w, is_first, tls_message_name(&whole));
		tls_list(r, w, tls_message_name(&whole));
		show_assembly(d, &whole, assembly, &fragments_look);
	}
	const uint32_t base = r->h->base;
	r->h->base = 0;
	if (tls_is_handshake_type(*octets))
		tls_dissect_message(r->h, &whole);
	r->h->base = base;
	wire_join(w, &whole);
}

static void show_fragment(struct tls_record *r, struct wire *w, const struct fragment *fragment, bool is_first)
{
	struct dissection *d = r->d;
	const struct assembly *assembly = reassembly_at(&d->session->reassembly, fragment->assembly);
	const char *name = tls_handshake_name(fragment->type);

	if (!fragment->is_last)
		name_record(r, w, is_first && fragment->is_first, text_of(d, "%s (fragment)", name));
	if (!fragment->is_last && is_first && fragment->is_first)
		tls_list(r, w, text_of(d, "[%s Fragment]", name));
	add_node(d, w, &fields[TLS_HS_FRAGMENT], w->at, fragment->length, 0);
	append_text(d, w, d->last, ": %s (%s)", name, fragment->is_last ? "last fragment" : "fragment");
	if (!fragment->is_last && assembly->frame)
		add_node(d, w, &fields[TLS_REASSEMBLED_IN], w->at, 0, assembly->frame);
	wire_skip(w, fragment->length);
	if (fragment->is_last && assembly->frame == d->frame->number)
		read_reassembled(r, w, assembly, is_first);
}

/* Counts octets that belong to a message, up to its end. */
static uint32_t take_octets(struct tls_pending *pending, const uint8_t *octets, uint32_t n)
{
	uint32_t taken = 0;

	while (pending->have < TLS_MESSAGE_HEADER && taken < n)
		pending->header[pending->have++] = octets[taken++];
	if (pending->have < TLS_MESSAGE_HEADER)
		return taken;
	uint32_t left = TLS_MESSAGE_HEADER + be24(pending->header + 1) - pending->have;
	if (left > n - taken)
		left = n - taken;
	pending->have += left;
	return taken + left;
}

static bool is_whole(const struct tls_pending *pending)
{
	return pending->have >= TLS_MESSAGE_HEADER &&
	       pending->have == TLS_MESSAGE_HEADER + be24(pending->header + 1);
}

/* Pass 1: octets at the cursor begin a message that the record does not end, or go on with one. */
static void learn_fragment(struct tls_record *r, struct wire *w)
{
	struct records *all = records_of(r);
	struct dissection *d = r->d;
	struct reassembly *reassembly = &d->session->reassembly;
	struct tls_pending *pending = &all->h.session->pending[all->h.from_server];
	const bool is_first = !pending->assembly;

	if (is_first)
		*pending = (struct tls_pending){ .assembly = reassembly_new(reassembly) + 1 };
	const uint32_t at = pending->have, number = pending->assembly - 1;
	const uint32_t n = take_octets(pending, wire_here(w), r->end - w->at);
	const bool is_last = is_whole(pending);
	const uint64_t from = d->sources[w->source].capture_offset;
	struct piece piece = { .frame = d->frame->number, .at = at, .length = n,
		               .from = from == UINT64_MAX ? from : from + w->at };
	if (all->fragment_count < FRAGMENTS)
		all->fragments[all->fragment_count++] =
			(struct fragment){ all->openings.record, w->at, n, number, pending->header[0], is_first, is_last };
	enum piece_result result =
		reassembly_add(reassembly, d->session->capture, number, piece, wire_here(w), is_last);
	if (is_last || result == PIECE_REFUSED)
		pending->assembly = 0;
	wire_skip(w, n);
	if (result == PIECE_COMPLETES)
		read_reassembled(r, w, reassembly_at(reassembly, number), false);
}

/* Pass 2: what pass 1 found at the cursor. */
static const struct fragment *find_fragment(const struct records *all, const struct wire *w)
{
	for (uint32_t i = 0; all->fact && i < all->fact->count; i++)
		if (all->fact->all[i].record == all->openings.record && all->fact->all[i].at == w->at)
			return &all->fact->all[i];
	return NULL;
}

/* A piece of a message at the cursor. Without a fact, what is left of the record is the first of a message that nobody knows. */
static void read_fragment(struct tls_record *r, struct wire *w, bool is_first)
{
	if (r->d->first_pass && r->h->session) {
		learn_fragment(r, w);
		return;
	}
	const struct fragment *fragment = find_fragment(records_of(r), w);
	if (fragment) {
		show_fragment(r, w, fragment, is_first);
		return;
	}
	const char *message = tls_handshake_name(*wire_here(w)), *name = text_of(r->d, "%s (fragment)", message);
	name_record(r, w, is_first, name);
	if (is_first)
		tls_list(r, w, text_of(r->d, "[%s Fragment]", message));
	add_node(r->d, w, &fields[TLS_HS_FRAGMENT], w->at, r->end - w->at, 0);
	append_text(r->d, w, r->d->last, ": %s", name);
	wire_skip(w, r->end - w->at);
}

/* Does the record begin with the rest of a message? */
static bool goes_on(const struct tls_record *r, const struct wire *w)
{
	const struct records *all = records_of(r);

	if (r->d->first_pass)
		return all->h.session && all->h.session->pending[all->h.from_server].assembly;
	const struct fragment *fragment = find_fragment(all, w);
	return fragment && !fragment->is_first;
}

/* Is what a record carries no message in the clear, by its looks and by what came before? */
static bool is_encrypted(const struct tls_record *r, const struct wire *w)
{
	enum { SHORTEST = 16, LONGEST_MESSAGE = 0xffff };
	const struct tls_handshake *h = r->h;
	const uint32_t spec = h->session ? h->session->cipher_spec_frame[h->from_server] : 0;

	if (r->end - w->at < SHORTEST || !wire_has(w, SHORTEST))
		return false;
	if (!be_value(wire_here(w), 5)) /* the nonce of one of the first records in AES-GCM, RFC 5288, section 3 */
		return true;
	return !tls_is_handshake_type(*wire_here(w)) || be24(wire_here(w) + 1) > LONGEST_MESSAGE ||
	       (spec && spec < r->d->frame->number && !tls_is_1_3(h->choice.version));
}

static void show_encrypted(struct tls_record *r, struct wire *w)
{
	name_record(r, w, true, "Encrypted Handshake Message");
	tls_list(r, w, "Encrypted Handshake Message");
	add_node(r->d, w, &fields[TLS_HANDSHAKE], w->at, r->end - w->at, 0);
	append_literal(r->d, w, r->d->last, ": Encrypted Handshake Message");
	wire_skip(w, r->end - w->at);
}

static void read_handshake(struct tls_record *r, struct wire *w)
{
	bool is_first = true;

	if (goes_on(r, w)) {
		read_fragment(r, w, true);
		is_first = false;
	} else if (!r->is_decrypted && is_encrypted(r, w)) {
		show_encrypted(r, w);
		return;
	}
	for (; w->state == WIRE_GOOD && w->at < r->end; is_first = false) {
		const uint32_t left = r->end - w->at;
		if (!wire_need(w, left < TLS_MESSAGE_HEADER ? left : TLS_MESSAGE_HEADER))
			return;
		const uint32_t length = left < TLS_MESSAGE_HEADER ? 0 : be24(wire_here(w) + 1);
		if (left < TLS_MESSAGE_HEADER || length > left - TLS_MESSAGE_HEADER) {
			read_fragment(r, w, is_first);
		} else if (tls_is_handshake_type(*wire_here(w))) {
			name_record(r, w, is_first, tls_message_name(w));
			tls_list(r, w, tls_message_name(w));
			tls_dissect_message(r->h, w);
		} else if (is_first) {
			show_encrypted(r, w);
		} else {
			wire_skip(w, TLS_MESSAGE_HEADER + length);
		}
	}
}

/* ---- records ---- */

static void (*const contents[])(struct tls_record *r, struct wire *w) = {
	[TLS_CHANGE_CIPHER_SPEC]   = tls_read_change_cipher_spec,
	[TLS_ALERT]                = tls_read_alert,
	[TLS_HANDSHAKE_RECORD]     = read_handshake,
	[TLS_APPLICATION_DATA]     = tls_read_application_data,
	[TLS_HEARTBEAT]            = tls_read_heartbeat,
	[TLS_CONNECTION_ID_RECORD] = NULL,
};

static bool is_content_type(uint8_t type)
{
	return type >= TLS_CHANGE_CIPHER_SPEC && type <= TLS_CONNECTION_ID_RECORD;
}

/* A version that a record can have when nothing is known of its connection. */
static bool is_record_version(uint16_t version)
{
	return (version >= TLS_SSL_3 && version <= TLS_1_2) || version == TLS_GM;
}

/*
 * A record that was decrypted, `r` as it stands on the wire: its content is read from there, under its true type. Application data are
 * shown as they stand on the wire.
 */
static void read_decrypted(struct tls_record *r, struct wire *w, const uint8_t *octets, uint32_t length, uint8_t type)
{
	struct records *all = records_of(r);
	struct wire content = add_source(r->d, "Decrypted TLS", octets, length);
	struct tls_record inner = *r;
	const uint32_t base = r->h->base;

	inner.is_decrypted = true;
	inner.end = length;
	if (tls_is_1_3(r->h->choice.version)) {
		add_number(r->d, w, &fields[INNER_TYPE], type);
		place(r->d, w->at - TLS_RECORD_HEADER, 1);
	}
	if (type == TLS_APPLICATION_DATA) {
		tls_read_application_data(r, w);
		r->d->depth -= !r->d->first_pass; /* beside the record */
		tls_add_data(r->h, &all->data, content, all->openings.record);
		r->d->depth += !r->d->first_pass;
	} else if (is_content_type(type) && contents[type]) {
		r->h->base = 0;
		contents[type](&inner, &content);
		r->h->base = base;
		wire_join(w, &content);
	}
}

static void check_length(struct tls_record *r, uint8_t type, uint32_t length)
{
	/* RFC 5246, section 6.2.3; RFC 8446, section 5.2 */
	enum { LARGEST = (1 << 14) + 2048, LARGEST_1_3 = (1 << 14) + 256 };

	if (tls_is_1_3(r->h->choice.version) && length > LARGEST_1_3)
		note_text_on(r->d, r->d->last, &fields[TLS_NOTE_LENGTH], "TLSCiphertext length MUST NOT exceed 2^14 + 256");
	else if (length > LARGEST)
		note_text_on(r->d, r->d->last, &fields[TLS_NOTE_LENGTH], "TLSCiphertext length MUST NOT exceed 2^14 + 2048");
	else if (!length && type <= TLS_HANDSHAKE_RECORD)
		note_text_on(r->d, r->d->last, &fields[TLS_NOTE_LENGTH], "Zero-length %s fragments are not allowed",
		             name_or(&tls_content_types, type, ""));
}

static void read_content(struct tls_record *r, struct wire *w, uint8_t type, uint16_t length)
{
	const struct tls_sealed sealed = { type, r->version, wire_here(w), length };
	uint32_t content_length;
	uint8_t content_type;

	if (w->state != WIRE_GOOD)
		return;
	const uint8_t *content = !wire_has(w, length) ? NULL :
		tls_decrypt(r->h, &records_of(r)->openings, &sealed, 0, &content_length, &content_type);
	if (content)
		read_decrypted(r, w, content, content_length, content_type);
	else if (contents[type])
		contents[type](r, w);
}

static void dissect_record(struct records *all, struct wire *w)
{
	struct dissection *d = all->h.d;
	const bool is_opaque = *wire_here(w) == TLS_APPLICATION_DATA && tls_is_1_3(all->h.choice.version);
	struct tls_record r = { .h = &all->h, .d = d, .top = open_heading(d, w, &fields[TLS_RECORD]) };

	uint8_t type = add_uint8(d, w, &fields[is_opaque ? OPAQUE_TYPE : TLS_CONTENT_TYPE]);
	r.version = add_uint16(d, w, &fields[TLS_RECORD_VERSION]);
	uint16_t length = add_uint16(d, w, &fields[TLS_RECORD_LENGTH]);
	if (!length && !wire_more(w))
		wire_need(w, 1);
	else
		check_length(&r, type, length);
	r.end = w->at + length;
	set_length(d, r.top, TLS_RECORD_HEADER + length);
	read_content(&r, w, type, length);
	if (w->state == WIRE_GOOD && r.end <= w->end)
		w->at = r.end;
	else
		wire_need(w, (uint64_t)length);
	close_subtree(d, r.top, NULL);
}

/* What follows is no record. */
static void ignore_rest(struct records *all, struct wire *w)
{
	struct dissection *d = all->h.d;

	add_node(d, w, &fields[TLS_RECORD], w->at, wire_left(w), 0);
	set_text(d, w, d->last, "%s", fields[NOTE_IGNORED].label);
	note_on(d, d->last, &fields[NOTE_IGNORED]);
	list_info(d, w, ", ", "%s", fields[NOTE_IGNORED].label);
	w->at = w->end;
	w->reported = w->end;
}

/*
 * Does the record's version tell that of the connection? A Client Hello's says little, RFC 8446, section 5.1; what is
 * encrypted may look like any message.
 */
static bool tells_version(const struct wire *w)
{
	if (*wire_here(w) != TLS_HANDSHAKE_RECORD)
		return true;
	if (!wire_has(w, TLS_RECORD_HEADER + 1))
		return false;
	const uint8_t type = wire_here(w)[TLS_RECORD_HEADER];
	return type != TLS_CLIENT_HELLO && tls_is_handshake_type(type);
}

/* One record; false: the reading ends here. */
static bool read_record(struct records *all, struct wire *w)
{
	struct tls_handshake *h = &all->h;
	struct tls_session *session = h->session;

	if (!tcp_has_header(h->d, w, TLS_RECORD_HEADER) || wire_left(w) < TLS_RECORD_HEADER ||
	    !wire_need(w, TLS_RECORD_HEADER))
		return false;
	const uint8_t *header = wire_here(w);
	const uint16_t version = be16(header + 1), length = be16(header + 3);
	if (h->choice.version == TLS_SSL_2 || sslv2_resembles(w))
		return sslv2_dissect_record(h, w);
	const bool is_strict = !h->choice.version || tls_is_1_3(h->choice.version);
	if (is_strict && (!is_content_type(*header) || !is_record_version(version))) {
		list_info(h->d, w, ", ", "Continuation Data");
		return false;
	}
	if (!is_content_type(*header)) {
		if (h->choice.version != TLS_SSL_3)
			ignore_rest(all, w);
		return false;
	}
	if (!tcp_has_pdu(h->d, w, (uint32_t)TLS_RECORD_HEADER + length))
		return false;
	if (h->d->first_pass && session && is_record_version(version)) {
		if (tells_version(w))
			tls_settle(session, version);
		h->choice.version = session->now.version;
	}
	dissect_record(all, w);
	return true;
}

static void keep_fragments(struct records *all)
{
	const size_t n = all->fragment_count * sizeof *all->fragments;
	struct fragments_fact *fact = n ? add_fact(all->h.d, FACT_TLS, sizeof *fact + n, NULL) : NULL;

	if (!fact)
		return;
	fact->count = all->fragment_count;
	memcpy(fact->all, all->fragments, n);
}

static void dissect_tls(struct dissection *d, struct wire *w)
{
	struct records all = {
		.h = tls_handshake_on(d, w, &protocol_tls), .fact = !d->first_pass ? find_fact(d, FACT_TLS) : NULL,
	};
	node_ref top = open_protocol(d, w, &fields[TOP]);
	tcp_reach_end(d, top, w);
	if (all.h.choice.version)
		set_column(d, w, "%s", tls_version_name(all.h.choice.version));
	while (wire_more(w) && read_record(&all, w))
		;
	close_subtree(d, top, NULL);
	if (d->first_pass) {
		keep_fragments(&all);
		tls_keep_openings(d, &all.openings);
	}
	tls_dissect_data(&all.h, &all.data);
}

/* ---- what is TLS at all ---- */

/* Four characters to begin with: it is some text, on a port that says otherwise. */
static bool accepts_tls(const struct dissection *d, struct wire w)
{
	(void)d;
	if (!wire_has(&w, 4))
		return true;
	for (unsigned i = 0; i < 4; i++)
		if (wire_here(&w)[i] < ' ' || wire_here(&w)[i] > '~')
			return true;
	return false;
}

/* Handshake or application data of a plausible length; or the connection is known already. */
static bool resembles_tls(const struct dissection *d, struct wire w)
{
	enum { LONGEST = (1 << 14) + 2047 };

	if (d->has_conversation && d->ip_protocol == 6) {
		const struct tls_session *session = tls_known_session(d, &protocol_tls);
		const bool is_started = tls_is_started_on(d->source_port) || tls_is_started_on(d->destination_port);
		if (session && (!is_started || session->first_frame <= d->frame->number))
			return accepts_tls(d, w);
	}
	if (d->ip_protocol != 6 || !wire_has(&w, TLS_RECORD_HEADER))
		return false;
	const uint8_t *p = wire_here(&w);
	const uint16_t length = be16(p + 3);
	return (*p == TLS_HANDSHAKE_RECORD || *p == TLS_APPLICATION_DATA) && is_record_version(be16(p + 1)) && length &&
	       length <= LONGEST;
}

const struct protocol protocol_tls = {
	.name = "Transport Layer Security", .short_name = "TLS", .filter = "tls", .column = "SSL", .fields = fields, .field_count = N_FIELDS,
	.dissect = dissect_tls, .accepts = accepts_tls, .resembles = resembles_tls,
	.state_size = sizeof(struct map), .state_begin = tls_sessions_begin, .state_end = tls_sessions_end,
};
