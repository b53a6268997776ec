/*
 * dtls.c: records of DTLS 1.0 (RFC 4347) and 1.2 (RFC 6347) over UDP, and the fragments of handshake messages in them. What the
 * messages carry is in tls_handshake.c.
 *
 * Left out: the unified header of DTLS 1.3 (RFC 9147, section 4), connection ids (RFC 9146).
 */

#include "dissect/assembly_tree.h"
#include "dissect/session.h"
#include "dissect/tls_fields.h"

enum { TOP = TLS_HANDSHAKE_FIELDS, EPOCH, SEQUENCE, MESSAGE_SEQUENCE, OFFSET, LENGTH, PIECES, PIECE, COUNT, WHOLE, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	TLS_HANDSHAKE_ROWS("dtls")
	[TOP]              = { "dtls", "Datagram Transport Layer Security", PROTOCOL },
	[EPOCH]            = { "dtls.record.epoch", "Epoch", UINT16 },
	[SEQUENCE]         = { "dtls.record.sequence_number", "Sequence Number", UINT48 },
	[MESSAGE_SEQUENCE] = { "dtls.handshake.message_seq", "Message Sequence", UINT16 },
	[OFFSET]           = { "dtls.handshake.fragment_offset", "Fragment Offset", UINT24 },
	[LENGTH]           = { "dtls.handshake.fragment_length", "Fragment Length", UINT24 },
	[PIECES]           = { "dtls.fragments", "Message fragments", SUBTREE, .generated = true },
	[PIECE]            = { "dtls.fragment", "Frame", FRAME_NUMBER, .generated = true },
	[COUNT]            = { "dtls.fragment.count", "Message fragment count", UINT32, .generated = true },
	[WHOLE]            = { "dtls.reassembled.length", "Reassembled DTLS length", UINT32, .generated = true },
};

enum { RECORD_HEADER = 13, MESSAGE_HEADER = 12, PIECES_OF_FRAME = 16 };

/* A fragment that pass 1 met: which message it belongs to, and whether it completes it. */
struct fragment {
	uint32_t at;
	uint32_t assembly;
	bool is_last;
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
};

/* A message's header, RFC 6347, section 4.2.2. */
struct header {
	uint8_t type;
	uint32_t length;
	uint16_t sequence;
	uint32_t offset, fragment_length;
};

/* ---- fragments ---- */

/* Pass 1: adds a fragment, whose octets the cursor stands at; the message's number where it is whole now, else NULL. */
static struct assembly *learn_fragment(struct tls_record *r, struct wire *w, const struct header *header)
{
	struct datagram *datagram = (struct datagram *)r->h;
	struct dissection *d = r->d;
	struct reassembly *reassembly = &d->session->reassembly;
	struct { uint32_t kind, conversation, length; uint16_t sequence; bool from_server; } parts = {
		FACT_DTLS, d->conversation, header->length, header->sequence, r->h->from_server,
	};
	uint8_t key[ASSEMBLY_KEY] = { 0 };
	memcpy(key, &parts, sizeof parts);

	const uint32_t number = reassembly_open(reassembly, key);
	const uint64_t from = d->sources[w->source].capture_offset;
	struct piece piece = { .frame = d->frame->number, .at = header->offset, .length = header->fragment_length,
		               .from = from == UINT64_MAX ? from : from + w->at };
	const bool ends = header->offset + header->fragment_length == header->length;
	const bool is_last = reassembly_add(reassembly, d->session->capture, number, piece, wire_here(w), ends) ==
	                     PIECE_COMPLETES;
	if (is_last)
		reassembly_close(reassembly, key);
	if (datagram->found.count < PIECES_OF_FRAME)
		datagram->found.all[datagram->found.count++] = (struct fragment){ w->at, number, is_last };
	return is_last ? reassembly_at(reassembly, number) : NULL;
}

/* Pass 2: the message that the fragment at the cursor completes. */
static struct assembly *find_whole(const struct tls_record *r, const struct wire *w)
{
	const struct fragments_fact *fact = ((const struct datagram *)r->h)->fact;

	for (uint32_t i = 0; fact && i < fact->count; i++)
		if (fact->all[i].at == w->at && fact->all[i].is_last)
			return reassembly_at(&r->d->session->reassembly, fact->all[i].assembly);
	return NULL;
}

static const struct assembly_look fragments_look = {
	.top = &fields[PIECES], .piece = &fields[PIECE], .count = &fields[COUNT], .length = &fields[WHOLE],
};

/* ---- handshake ---- */

static void name_message(struct tls_record *r, const struct wire *w, node_ref top, const char *name, const char *part)
{
	if (!r->d->tree)
		return;
	tls_set_title(r, w, text_of(r->d, "Handshake Protocol: %s%s", name, part));
	append_text(r->d, w, top, ": %s%s", name, part);
}

static void read_whole(struct tls_record *r, struct wire *w, const struct header *header,
                       const struct assembly *assembly)
{
	struct dissection *d = r->d;
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);

	if (!octets)
		return;
	struct wire whole = wire_over(octets, assembly->length, assembly->length, 0);
	if (d->tree)
		whole = add_source(d, "Reassembled DTLS", octets, assembly->length);
	struct wire body = whole;
	tls_dissect_body(r->h, &body, header->type, assembly->length);
	d->depth -= d->tree ? 1 : 0;
	if (d->tree)
		show_assembly(d, &whole, assembly, &fragments_look);
	d->depth += d->tree ? 1 : 0;
	wire_join(w, &body);
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

static void read_message(struct tls_record *r, struct wire *w)
{
	struct dissection *d = r->d;
	node_ref top = open_heading(d, w, &fields[TLS_HANDSHAKE]);
	const char *name = tls_handshake_name(wire_peek_u8(w, 0));
	const struct header header = add_header(d, w);
	const uint32_t end = w->at + header.fragment_length;

	if (header.fragment_length > header.length || header.offset > header.length - header.fragment_length ||
	    !wire_need(w, header.fragment_length)) {
		name_message(r, w, top, name, "");
	} else if (header.fragment_length == header.length) {
		name_message(r, w, top, name, "");
		tls_dissect_body(r->h, w, header.type, header.length);
	} else {
		struct assembly *whole = d->tree ? find_whole(r, w) : learn_fragment(r, w, &header);
		name_message(r, w, top, name, whole ? " (Reassembled)" : " (Fragment)");
		if (whole)
			read_whole(r, w, &header, whole);
	}
	if (w->state == WIRE_GOOD)
		w->at = end;
	close_subtree(d, top, w);
}

static void read_handshake(struct tls_record *r, struct wire *w)
{
	while (w->state == WIRE_GOOD && w->at < r->end) {
		const bool is_clear = r->end - w->at >= MESSAGE_HEADER && wire_has(w, MESSAGE_HEADER) &&
		                      tls_is_handshake_type(*wire_here(w)) && !r->epoch &&
		                      be24(wire_here(w) + 9) <= r->end - w->at - MESSAGE_HEADER;
		if (is_clear) {
			read_message(r, w);
			continue;
		}
		add_node(r->d, w, &fields[TLS_HANDSHAKE], w->at, r->end - w->at, 0);
		return;
	}
}

/* ---- records ---- */

static void (*const contents[])(struct tls_record *r, struct wire *w) = {
	[TLS_CHANGE_CIPHER_SPEC] = tls_read_change_cipher_spec,
	[TLS_ALERT]              = tls_read_alert,
	[TLS_HANDSHAKE_RECORD]   = read_handshake,
	[TLS_APPLICATION_DATA]   = tls_read_application_data,
	[TLS_HEARTBEAT]          = tls_read_heartbeat,
};

static bool is_content_type(uint8_t type)
{
	return type >= TLS_CHANGE_CIPHER_SPEC && type <= TLS_HEARTBEAT;
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

static bool read_record(struct datagram *datagram, struct wire *w)
{
	struct tls_handshake *h = &datagram->h;
	struct dissection *d = h->d;

	if (!wire_need(w, RECORD_HEADER))
		return false;
	const uint8_t *header = wire_here(w);
	if (!is_content_type(*header) || !is_record_version(be16(header + 1)))
		return false;
	if (d->first_pass && h->session && !starts_client_hello(w)) {
		tls_settle(h->session, be16(header + 1));
		h->choice.version = h->session->now.version;
	}
	struct tls_record r = { .h = h, .d = d, .top = open_heading(d, w, &fields[TLS_RECORD]) };
	uint8_t type = add_uint8(d, w, &fields[TLS_CONTENT_TYPE]);
	add_uint16(d, w, &fields[TLS_RECORD_VERSION]);
	r.epoch = add_uint16(d, w, &fields[EPOCH]);
	add_uint48(d, w, &fields[SEQUENCE]);
	uint16_t length = add_uint16(d, w, &fields[TLS_RECORD_LENGTH]);
	r.end = w->at + length;
	if (wire_need(w, length))
		contents[type](&r, w);
	if (w->state == WIRE_GOOD)
		w->at = r.end;
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
		.h = tls_handshake_on(d, w, &protocol_dtls), .fact = d->tree ? find_fact(d, FACT_DTLS) : NULL,
	};

	datagram.h.carrier = OVER_DTLS;
	node_ref top = open_protocol(d, w, &fields[TOP]);
	while (wire_more(w) && read_record(&datagram, w))
		;
	close_subtree(d, top, w);
	if (d->first_pass)
		keep_fragments(&datagram);
}

/* A record of a known kind and version, whose length is within the datagram. */
static bool resembles_dtls(const struct dissection *d, struct wire w)
{
	(void)d;
	if (!wire_has(&w, RECORD_HEADER))
		return false;
	const uint8_t *p = wire_here(&w);
	return is_content_type(*p) && is_record_version(be16(p + 1)) &&
	       be16(p + 11) <= wire_left(&w) - RECORD_HEADER;
}

const struct protocol protocol_dtls = {
	.name = "Datagram Transport Layer Security", .short_name = "DTLS", .filter = "dtls", .fields = fields,
	.field_count = N_FIELDS, .dissect = dissect_dtls, .resembles = resembles_dtls, .accepts = resembles_dtls,
	.state_size = sizeof(struct map), .state_begin = tls_sessions_begin, .state_end = tls_sessions_end,
};
