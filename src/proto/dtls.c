/*
 * dtls.c: records of DTLS 1.0 (RFC 4347) and 1.2 (RFC 6347) over UDP, and the fragments of handshake messages in them. What the
 * messages carry is in tls_handshake.c.
 *
 * Left out: the unified header of DTLS 1.3 (RFC 9147, section 4).
 */

#include "dissect/assembly_tree.h"
#include "dissect/session.h"
#include "dissect/tls_fields.h"

enum { TOP = TLS_HANDSHAKE_FIELDS, EPOCH, SEQUENCE, MESSAGE_SEQUENCE, OFFSET, LENGTH, PIECES, PIECE, OVERLAP, CONFLICT,
       SECOND_END, TOO_LONG, COUNT, WHOLE, WHOLE_IN, SPECIAL_TYPE, CONNECTION_ID, ENCRYPTED, ERROR, NOTE_ERROR,
       NOTE_FRAGMENT_TOO_LONG, NOTE_PAST_END, N_FIELDS };

#define OVERLAPS "New fragment overlaps old data (retransmission?)"

static const struct field fields[N_FIELDS] = {
	TLS_HANDSHAKE_ROWS("dtls")
	[TOP]              = { "dtls", "Datagram Transport Layer Security", PROTOCOL },
	[EPOCH]            = { "dtls.record.epoch", "Epoch", UINT16 },
	[SEQUENCE]         = { "dtls.record.sequence_number", "Sequence Number", UINT64 },
	[MESSAGE_SEQUENCE] = { "dtls.handshake.message_seq", "Message Sequence", UINT16 },
	[OFFSET]           = { "dtls.handshake.fragment_offset", "Fragment Offset", UINT24 },
	[LENGTH]           = { "dtls.handshake.fragment_length", "Fragment Length", UINT24 },
	[PIECES]           = { "dtls.fragments", "Message fragments", SUBTREE, .generated = true },
	[PIECE]            = { "dtls.fragment", "Frame", FRAME_NUMBER, .generated = true },
	[OVERLAP]          = { "dtls.fragment.overlap", "Message fragment overlap", BOOLEAN, .generated = true },
	[CONFLICT]         = { "dtls.fragment.overlap.conflicts", "Message fragment overlapping with conflicting data",
	                       BOOLEAN, .generated = true },
	[SECOND_END]       = { "dtls.fragment.multiple_tails", "Message has multiple tail fragments", BOOLEAN,
	                       .generated = true },
	[TOO_LONG]         = { "dtls.fragment.too_long_fragment", "Message fragment too long", BOOLEAN, .generated = true },
	[COUNT]            = { "dtls.fragment.count", "Message fragment count", UINT32, .generated = true },
	[WHOLE]            = { "dtls.reassembled.length", "Reassembled DTLS length", UINT32, .generated = true },
	[WHOLE_IN]         = { "dtls.reassembled.in", "Reassembled in", FRAME_NUMBER, .generated = true },
	[SPECIAL_TYPE]     = { "dtls.record.special_type", "Special Type", UINT8, .names = &tls_content_types },
	[CONNECTION_ID]    = { "dtls.record.connection_id", "Connection ID", OCTETS },
	[ENCRYPTED]        = { "dtls.enc_content", "Encrypted Record Content", OCTETS },
	[ERROR]            = { "_ws.malformed", "Reassembly error, protocol DTLS: " OVERLAPS, PROTOCOL, .generated = true },
	[NOTE_ERROR]       = { "_ws.malformed.reassembly", OVERLAPS, NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_MALFORMED },
	[NOTE_FRAGMENT_TOO_LONG] = { "dtls.handshake.fragment_length.too_long",
	                             "Fragment length is larger than message length", NOTE, .severity = SEVERITY_ERROR,
	                             .group = GROUP_PROTOCOL },
	[NOTE_PAST_END]    = { "dtls.handshake.fragment_past_end_msg", "Fragment runs past the end of the message", NOTE,
	                       .severity = SEVERITY_ERROR, .group = GROUP_PROTOCOL },
};

enum { RECORD_HEADER = 13, MESSAGE_HEADER = 12, PIECES_OF_FRAME = 16, LARGEST_RECORD = (1 << 14) + 2048 };

/* A fragment that pass 1 met, and which message it belongs to. */
struct fragment {
	uint32_t at;
	uint32_t assembly;
	bool is_late; /* that was whole before */
};

struct fragments_fact {
	uint32_t count;
	struct fragment all[PIECES_OF_FRAME];
};

/* The records of a datagram. */
struct datagram {
	struct tls_handshake h; /* first: records point to it */
	struct fragments_fact found;          /* pass 1 */
	const struct fragments_fact *fact;    /* pass 2 */
	struct tls_openings openings;
	struct tls_data_list data;
	bool has_late;                        /* a fragment of a message that was whole before ended the reading */
};

/* A message's header, RFC 6347, section 4.2.2. */
struct header {
	uint8_t type;
	uint32_t length;
	uint16_t sequence;
	uint32_t offset, fragment_length;
};

/* ---- fragments ---- */

/* Pass 1: adds a fragment, whose octets the cursor stands at. */
static const struct fragment *learn_fragment(struct datagram *datagram, struct wire *w, const struct header *header)
{
	struct dissection *d = datagram->h.d;
	struct reassembly *reassembly = &d->session->reassembly;
	struct { uint32_t kind, conversation; uint16_t sequence, port; struct address sender; } parts = {
		FACT_DTLS, d->conversation, header->sequence, d->source_port, d->source,
	};
	uint8_t key[ASSEMBLY_KEY] = { 0 };
	memcpy(key, &parts, sizeof parts);

	if (datagram->found.count == PIECES_OF_FRAME)
		return NULL;
	const uint32_t number = reassembly_open(reassembly, key);
	struct fragment *fragment = &datagram->found.all[datagram->found.count++];
	*fragment = (struct fragment){ w->at, number, reassembly_at(reassembly, number)->frame };
	if (fragment->is_late)
		return fragment;
	const uint64_t from = d->sources[w->source].capture_offset;
	struct piece piece = { .frame = d->frame->number, .at = header->offset, .length = header->fragment_length,
		               .from = from == UINT64_MAX ? from : from + w->at };
	reassembly_add(reassembly, d->session->capture, number, piece, wire_here(w),
	               header->offset + header->fragment_length == header->length);
	return fragment;
}

/* Pass 2: what pass 1 kept of the fragment at the cursor. */
static const struct fragment *find_fragment(const struct datagram *datagram, const struct wire *w)
{
	const struct fragments_fact *fact = datagram->fact;

	for (uint32_t i = 0; fact && i < fact->count; i++)
		if (fact->all[i].at == w->at)
			return &fact->all[i];
	return NULL;
}

static const struct assembly_look fragments_look = {
	.top = &fields[PIECES], .piece = &fields[PIECE], .overlap = &fields[OVERLAP], .conflict = &fields[CONFLICT],
	.second_end = &fields[SECOND_END], .too_long = &fields[TOO_LONG], .count = &fields[COUNT],
	.length = &fields[WHOLE],
};

/* ---- handshake ---- */

static void name_message(struct tls_record *r, const struct wire *w, node_ref top, bool is_first, const char *name,
                         const char *part)
{
	if (r->d->first_pass)
		return;
	if (is_first)
		tls_set_title(r, w, text_of(r->d, "Handshake Protocol: %s%s", name, part));
	else
		tls_set_title(r, w, "Handshake Protocol: Multiple Handshake Messages");
	append_text(r->d, w, top, ": %s%s", name, part);
	tls_list(r, w, text_of(r->d, "%s%s", name, part));
}

/* A whole message, and behind its heading the fragments that it was put together from. */
static void read_whole(struct tls_record *r, struct wire *w, uint8_t type, const struct assembly *assembly)
{
	struct dissection *d = r->d;
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);

	if (!octets)
		return;
	struct wire whole = wire_over(octets, assembly->length, assembly->length, 0);
	if (!d->first_pass)
		whole = add_source(d, "Reassembled DTLS", octets, assembly->length);
	struct wire body = whole;
	tls_dissect_body(r->h, &body, type, assembly->length);
	d->depth -= !d->first_pass ? 1 : 0;
	if (!d->first_pass)
		show_assembly(d, &whole, assembly, &fragments_look);
	d->depth += !d->first_pass ? 1 : 0;
	wire_join(w, &body);
}

/* A message is shown where its last octets are, if the others were there by then. */
static void read_fragment(struct tls_record *r, struct wire *w, const struct header *header, node_ref top, bool is_first)
{
	struct datagram *datagram = (struct datagram *)r->h;
	struct dissection *d = r->d;
	const struct fragment *fragment = d->first_pass ? learn_fragment(datagram, w, header) : find_fragment(datagram, w);
	const struct assembly *assembly = fragment ? reassembly_at(&d->session->reassembly, fragment->assembly) : NULL;
	const bool is_whole = assembly && assembly->frame &&
	                      header->offset + header->fragment_length == assembly->length;

	if (fragment && fragment->is_late) {
		datagram->has_late = true;
		return;
	}
	name_message(r, w, top, is_first, tls_handshake_name(header->type), is_whole ? " (Reassembled)" : " (Fragment)");
	if (!is_whole)
		return;
	if (assembly->frame == d->frame->number)
		read_whole(r, w, header->type, assembly);
	else if (!d->first_pass) {
		d->depth--;
		add_number(d, w, &fields[WHOLE_IN], assembly->frame);
		d->depth++;
	}
}

static struct header add_header(struct dissection *d, struct wire *w)
{
	struct header header;

	header.type = add_uint8(d, w, &fields[TLS_HS_TYPE]);
	header.length = add_uint24(d, w, &fields[TLS_HS_LENGTH]);
	header.sequence = add_uint16(d, w, &fields[MESSAGE_SEQUENCE]);
	header.offset = add_uint24(d, w, &fields[OFFSET]);
	header.fragment_length = add_uint24(d, w, &fields[LENGTH]);
	return header;
}

static void read_message(struct tls_record *r, struct wire *w, bool is_first)
{
	struct dissection *d = r->d;
	node_ref top = open_heading(d, w, &fields[TLS_HANDSHAKE]);
	const struct header header = add_header(d, w);
	r->h->message = header.sequence;
	const uint32_t end = w->at + header.fragment_length;
	const bool is_too_long = header.fragment_length > header.length;

	if (is_too_long || header.fragment_length == header.length) {
		if (is_too_long)
			note_on(d, d->last, &fields[NOTE_FRAGMENT_TOO_LONG]);
		name_message(r, w, top, is_first, tls_handshake_name(header.type), "");
		tls_dissect_body(r->h, w, header.type, header.length);
	} else if (header.offset > header.length - header.fragment_length) {
		note_on(d, d->last, &fields[NOTE_PAST_END]);
		name_message(r, w, top, is_first, tls_handshake_name(header.type), "");
	} else if (wire_need(w, header.fragment_length)) {
		read_fragment(r, w, &header, top, is_first);
	} else {
		name_message(r, w, top, is_first, tls_handshake_name(header.type), "");
	}
	if (w->state == WIRE_GOOD)
		w->at = end;
	close_subtree(d, top, w);
}

static void read_handshake(struct tls_record *r, struct wire *w)
{
	for (bool is_first = true; w->state == WIRE_GOOD && w->at < r->end; is_first = false) {
		const bool is_clear = r->end - w->at >= MESSAGE_HEADER && wire_has(w, MESSAGE_HEADER) &&
		                      tls_is_handshake_type(*wire_here(w)) && (!r->epoch || r->is_decrypted) &&
		                      be24(wire_here(w) + 9) <= r->end - w->at - MESSAGE_HEADER;
		if (is_clear) {
			read_message(r, w, is_first);
			if (((struct datagram *)r->h)->has_late)
				return;
			continue;
		}
		add_node(r->d, w, &fields[TLS_HANDSHAKE], w->at, r->end - w->at, 0);
		tls_list(r, w, "Encrypted Handshake Message");
		wire_skip(w, r->end - w->at);
	}
}

/* ---- records ---- */

/* What the type is of that a record with a connection id has is encrypted: RFC 9146, section 4. */
static void read_encrypted(struct tls_record *r, struct wire *w)
{
	tls_set_title(r, w, "Connection ID");
	tls_list(r, w, "Connection ID");
	add_octets(r->d, w, &fields[ENCRYPTED], r->end - w->at);
}

static void (*const contents[])(struct tls_record *r, struct wire *w) = {
	[TLS_CHANGE_CIPHER_SPEC] = tls_read_change_cipher_spec,
	[TLS_ALERT]              = tls_read_alert,
	[TLS_HANDSHAKE_RECORD]   = read_handshake,
	[TLS_APPLICATION_DATA]   = tls_read_application_data,
	[TLS_HEARTBEAT]          = tls_read_heartbeat,
	[TLS_CONNECTION_ID_RECORD] = read_encrypted,
};

static bool is_content_type(uint8_t type)
{
	return type >= TLS_CHANGE_CIPHER_SPEC && type <= TLS_CONNECTION_ID_RECORD;
}

static bool is_record_version(uint16_t version)
{
	return version == DTLS_1_0 || version == DTLS_1_2 || version == DTLS_OPENSSL;
}

static bool starts_client_hello(const struct wire *w)
{
	return *wire_here(w) == TLS_HANDSHAKE_RECORD && wire_has(w, RECORD_HEADER + 1) &&
	       wire_here(w)[RECORD_HEADER] == TLS_CLIENT_HELLO;
}

/* Octets of the connection id that records of a type have: their receiver chose it, RFC 9146, section 3. */
static uint8_t connection_id_length(const struct tls_session *session, uint8_t type, bool from_server)
{
	return type == TLS_CONNECTION_ID_RECORD && session ? session->connection_id_length[!from_server] : 0;
}

static uint8_t add_record_header(struct tls_record *r, struct wire *w)
{
	const uint8_t type = wire_peek_u8(w, 0);
	const uint8_t n = connection_id_length(r->h->session, type, r->h->from_server);

	add_uint8(r->d, w, &fields[type == TLS_CONNECTION_ID_RECORD ? SPECIAL_TYPE : TLS_CONTENT_TYPE]);
	add_uint16(r->d, w, &fields[TLS_RECORD_VERSION]);
	r->epoch = add_uint16(r->d, w, &fields[EPOCH]);
	r->number = (uint64_t)r->epoch << 48 | add_uint48(r->d, w, &fields[SEQUENCE]);
	if (type == TLS_CONNECTION_ID_RECORD)
		tls_add_rest(r->h, w, &fields[CONNECTION_ID], w->at + n);
	const uint16_t length = add_uint16(r->d, w, &fields[TLS_RECORD_LENGTH]);
	r->end = w->at + length;
	if (length > LARGEST_RECORD)
		note_text_on(r->d, r->d->last, &fields[TLS_NOTE_LENGTH], "TLSCiphertext length MUST NOT exceed 2^14 + 2048");
	if (!length)
		wire_skip(w, UINT32_MAX); /* there is no such record */
	return type;
}

/* The content of a record that was decrypted, `r` as it stands on the wire. Application data are shown as they stand there. */
static void read_decrypted(struct tls_record *r, struct wire *w, const uint8_t *octets, uint32_t length, uint8_t type)
{
	struct datagram *datagram = (struct datagram *)r->h;
	struct wire content = add_source(r->d, "Decrypted DTLS", octets, length);
	struct tls_record inner = *r;

	inner.is_decrypted = true;
	inner.end = length;
	if (type == TLS_APPLICATION_DATA) {
		tls_read_application_data(r, w);
		tls_add_data(r->h, &datagram->data, content, datagram->openings.record);
	} else {
		contents[type](&inner, &content);
		wire_join(w, &content);
	}
}

static void read_content(struct tls_record *r, struct wire *w, uint8_t type, uint16_t version)
{
	const uint32_t length = r->end - w->at;
	const struct tls_sealed sealed = { type, version, wire_here(w), length };
	uint32_t content_length;
	uint8_t content_type;

	if (w->state != WIRE_GOOD)
		return;
	const uint8_t *content = !wire_has(w, length) ? NULL :
		tls_decrypt(r->h, &((struct datagram *)r->h)->openings, &sealed, r->number, &content_length, &content_type);
	if (content)
		read_decrypted(r, w, content, content_length, content_type);
	else
		contents[type](r, w);
}

/* False: no record starts here. What is cut in its header ends the reading. */
static bool starts_record(struct wire *w)
{
	if (!is_content_type(wire_peek_u8(w, 0)) || !wire_need(w, 3) || !is_record_version(wire_peek_u16(w, 1)))
		return false;
	return wire_need(w, RECORD_HEADER);
}

static bool read_record(struct datagram *datagram, struct wire *w)
{
	struct tls_handshake *h = &datagram->h;
	struct dissection *d = h->d;

	if (!starts_record(w))
		return false;
	const uint16_t version = wire_peek_u16(w, 1);
	const bool is_hello = starts_client_hello(w);
	struct tls_record r = { .h = h, .d = d, .top = open_heading(d, w, &fields[TLS_RECORD]) };
	const uint8_t type = add_record_header(&r, w);
	struct wire content = *w;
	if (d->first_pass && h->session && !is_hello && w->state == WIRE_GOOD) {
		tls_settle(h->session, version);
		h->choice.version = h->session->now.version;
	}
	read_content(&r, &content, type, version);
	wire_join(w, &content);
	const uint32_t left = wire_left(w), length = r.end - w->at;
	if (length >= left) /* what was cut from the end of the last record is not missed */
		wire_shorten(w, wire_captured(w));
	wire_skip(w, length < left ? length : wire_left(w));
	close_subtree(d, r.top, w);
	return true;
}

static void keep_fragments(const struct datagram *datagram)
{
	struct fragments_fact *fact = datagram->found.count ?
		add_fact(datagram->h.d, FACT_DTLS, sizeof *fact, NULL) : NULL;

	if (fact)
		*fact = datagram->found;
}

static void dissect_dtls(struct dissection *d, struct wire *w)
{
	struct datagram datagram = {
		.h = tls_handshake_on(d, w, &protocol_dtls), .fact = !d->first_pass ? find_fact(d, FACT_DTLS) : NULL,
	};

	datagram.h.carrier = OVER_DTLS;
	node_ref top = open_protocol(d, w, &fields[TOP]);
	while (wire_more(w) && !datagram.has_late && read_record(&datagram, w))
		;
	close_subtree(d, top, w);
	if (datagram.has_late) {
		add_node(d, w, &fields[ERROR], w->at, 0, 0);
		note_on(d, d->last, &fields[NOTE_ERROR]);
	}
	if (d->first_pass) {
		keep_fragments(&datagram);
		tls_keep_openings(d, &datagram.openings);
	}
	tls_dissect_data(&datagram.h, &datagram.data);
}

/* Records of known kinds and versions, up to the datagram's end. */
static bool resembles_dtls(const struct dissection *d, struct wire w)
{
	const struct tls_session *session = d->has_conversation ? tls_known_session(d, &protocol_dtls) : NULL;
	const bool from_server = tls_is_from_server(d, session);

	do {
		if (!wire_has(&w, RECORD_HEADER))
			return false;
		const uint8_t *p = wire_here(&w);
		const uint32_t header = RECORD_HEADER + connection_id_length(session, *p, from_server);
		if (!is_content_type(*p) || !is_record_version(be16(p + 1)) || !wire_has(&w, header))
			return false;
		const uint32_t length = be16(p + header - 2);
		if (length > wire_left(&w) - header)
			return false;
		wire_skip(&w, header + length);
	} while (wire_left(&w) && wire_captured(&w));
	return true;
}

const struct protocol protocol_dtls = {
	.name = "Datagram Transport Layer Security", .short_name = "DTLS", .filter = "dtls", .column = "DTLS", .fields = fields,
	.field_count = N_FIELDS, .dissect = dissect_dtls, .resembles = resembles_dtls,
	.state_size = sizeof(struct map), .state_begin = tls_sessions_begin, .state_end = tls_sessions_end,
};
