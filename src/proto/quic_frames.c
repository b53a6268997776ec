/*
 * quic_frames.c: the frames of QUIC packets, RFC 9000, section 19; DATAGRAM, RFC 9221; acknowledgment frequency, time
 * stamps and multipath, of the drafts of those names.
 *
 * CRYPTO frames that come in order are given to TLS as they are. One that comes too early opens a reassembly, which
 * ends as soon as there is no hole in it.
 *
 * Left out: what streams carry, but DNS; streams are not put together, so that a message in pieces is read in pieces.
 */

#include "dissect/assembly_tree.h"
#include "dissect/quic.h"
#include "dissect/session.h"

#define F(name) (&quic_fields[Q_##name])

/* A frame whose type has been read. */
struct quic_frame {
	struct quic_payload *p;
	struct dissection *d;
	uint64_t type;
	node_ref top;
};

typedef void read_frame(const struct quic_frame *f, struct wire *w);

/* The width is that of what the first octet says, even where less is there. */
uint64_t quic_peek_varint(struct wire *w, unsigned *width)
{
	*width = 1u << (wire_peek_u8(w, 0) >> 6);
	return wire_need(w, *width) ? be_value(wire_here(w), *width) & (UINT64_MAX >> 2 >> (64 - 8 * *width)) : 0;
}

uint64_t quic_read_varint(struct wire *w)
{
	unsigned width;
	uint64_t value = quic_peek_varint(w, &width);

	wire_skip(w, width);
	return value;
}

uint64_t quic_add_varint(struct dissection *d, struct wire *w, const struct field *field)
{
	unsigned width;
	uint64_t value = quic_peek_varint(w, &width);

	d->last = 0;
	if (w->state == WIRE_GOOD)
		add_node(d, w, field, w->at, width, value);
	wire_skip(w, width);
	return value;
}

static uint64_t add_varint(const struct quic_frame *f, struct wire *w, const struct field *field)
{
	return quic_add_varint(f->d, w, field);
}

/* As many octets as a number before them said, which may be more than there are. */
static void add_counted(const struct quic_frame *f, struct wire *w, const struct field *field, uint64_t n)
{
	if (wire_need(w, n))
		add_octets(f->d, w, field, (uint32_t)n);
}

static void read_nothing(const struct quic_frame *f, struct wire *w)
{
	(void)f, (void)w;
}

static void read_ack(const struct quic_frame *f, struct wire *w)
{
	enum { WITH_ECN = 0x03 };

	add_varint(f, w, F(LARGEST));
	add_varint(f, w, F(DELAY));
	uint64_t count = add_varint(f, w, F(RANGE_COUNT));
	add_varint(f, w, F(FIRST_RANGE));
	for (; count && w->state == WIRE_GOOD; count--) {
		add_varint(f, w, F(GAP));
		add_varint(f, w, F(RANGE));
	}
	if (f->type == WITH_ECN) {
		add_varint(f, w, F(ECT0));
		add_varint(f, w, F(ECT1));
		add_varint(f, w, F(CE));
	}
}

static void read_reset_stream(const struct quic_frame *f, struct wire *w)
{
	uint64_t stream = add_varint(f, w, F(RESET_STREAM)), error = add_varint(f, w, F(RESET_ERROR));

	add_varint(f, w, F(RESET_SIZE));
	append_text(f->d, w, f->top, " id=%lu Error code: 0x%lx", (unsigned long)stream, (unsigned long)error);
}

static void read_stop_sending(const struct quic_frame *f, struct wire *w)
{
	uint64_t stream = add_varint(f, w, F(STOP_STREAM)), error = add_varint(f, w, F(STOP_ERROR));

	append_text(f->d, w, f->top, " id=%lu Error code: 0x%lx", (unsigned long)stream, (unsigned long)error);
}

static void read_new_token(const struct quic_frame *f, struct wire *w)
{
	add_counted(f, w, F(NEW_TOKEN), add_varint(f, w, F(NEW_TOKEN_LENGTH)));
}

static void read_max_data(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(MAX_DATA));
}

static void read_max_stream_data(const struct quic_frame *f, struct wire *w)
{
	uint64_t stream = add_varint(f, w, F(MAX_STREAM_ID));

	add_varint(f, w, F(MAX_STREAM_DATA));
	append_text(f->d, w, f->top, " id=%lu", (unsigned long)stream);
}

static void read_max_streams(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(MAX_STREAMS));
}

static void read_data_blocked(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(BLOCKED_LIMIT));
}

static void read_stream_data_blocked(const struct quic_frame *f, struct wire *w)
{
	uint64_t stream = add_varint(f, w, F(BLOCKED_STREAM));

	add_varint(f, w, F(BLOCKED_LIMIT));
	append_text(f->d, w, f->top, " id=%lu", (unsigned long)stream);
}

static void read_streams_blocked(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(STREAMS_LIMIT));
}

/* Octets, or that there are none. */
static void add_some(const struct quic_frame *f, struct wire *w, const struct field *field, uint32_t n)
{
	if (n)
		add_octets(f->d, w, field, n);
	else
		set_text(f->d, w, add_node(f->d, w, field, w->at, 0, 0), "%s: <MISSING>", field->label);
}

/* Pass 1: packets to the sender may have that id from now on. */
static void learn_id(const struct quic_payload *p, struct wire w, uint8_t length)
{
	struct quic_id id = { .length = length };
	const uint8_t *octets = wire_bytes(&w, length), *token = wire_bytes(&w, QUIC_TAG);

	if (!length || length > QUIC_ID_LARGEST || !token)
		return;
	memcpy(id.octets, octets, length);
	quic_learn_id(p->state, p->connection, p->from_server, &id);
	quic_learn_token(p->state, p->connection, p->from_server, token);
}

static void read_new_connection_id(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(SEQUENCE));
	add_varint(f, w, F(RETIRE_PRIOR));
	uint8_t length = add_uint8(f->d, w, F(ID_LENGTH));
	if (SHOWING(f->d, w) && (!length || length > QUIC_ID_LARGEST))
		note_on(f->d, f->d->last, F(ID_NOTE));
	if (f->d->first_pass)
		learn_id(f->p, *w, length);
	add_some(f, w, F(ID), length);
	add_octets(f->d, w, F(RESET_TOKEN), QUIC_TAG);
}

static void read_retire_connection_id(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(RETIRE));
}

static void read_path_challenge(const struct quic_frame *f, struct wire *w)
{
	add_octets(f->d, w, F(CHALLENGE), 8);
}

static void read_path_response(const struct quic_frame *f, struct wire *w)
{
	add_octets(f->d, w, F(RESPONSE), 8);
}

static void read_reason(const struct quic_frame *f, struct wire *w)
{
	uint64_t n = add_varint(f, w, F(REASON_LENGTH));

	if (wire_need(w, n))
		add_string(f->d, w, F(REASON), (uint32_t)n);
}

/* Errors from 0x100 to 0x1ff are alerts of TLS, RFC 9001, section 4.8. */
static void read_close(const struct quic_frame *f, struct wire *w)
{
	enum { ALERTS = 0x100, ALERT_BITS = 0xff };
	uint64_t error = add_varint(f, w, F(ERROR));
	const char *name = name_of(F(ERROR)->names, error), *alert = NULL;

	if (error >> 8 == ALERTS >> 8)
		alert = name_of(F(ALERT)->names, error & ALERT_BITS);
	if (alert)
		add_node(f->d, w, F(ALERT), w->at - 1, 1, error & ALERT_BITS);
	if (!name && SHOWING(f->d, w))
		name = text_of(f->d, "Unknown (%lu)", (unsigned long)error);
	if (alert)
		append_text(f->d, w, f->top, " Error code: %s (%s)", name, alert);
	else
		append_text(f->d, w, f->top, " Error code: %s", name);
	add_varint(f, w, F(ERROR_FRAME));
	read_reason(f, w);
}

static void read_application_close(const struct quic_frame *f, struct wire *w)
{
	uint64_t error = add_varint(f, w, F(APP_ERROR));

	append_text(f->d, w, f->top, " Error code: 0x%lx", (unsigned long)error);
	read_reason(f, w);
}

static void read_datagram(const struct quic_frame *f, struct wire *w)
{
	enum { WITH_LENGTH = 0x01 };

	add_counted(f, w, F(DATAGRAM), f->type & WITH_LENGTH ? add_varint(f, w, F(DATAGRAM_LENGTH)) : wire_left(w));
}

static void read_ack_frequency(const struct quic_frame *f, struct wire *w)
{
	enum { IGNORE_CE = 0x01, IGNORE_ORDER = 0x02 };
	struct dissection *d = f->d;

	add_varint(f, w, F(AF_SEQUENCE));
	add_varint(f, w, F(AF_THRESHOLD));
	add_varint(f, w, F(AF_DELAY));
	uint8_t last = add_uint8(d, w, F(AF_LAST));
	append_text(d, w, d->last, "%s%s", last & IGNORE_CE ? ", Ignore CE" : "",
	            last & IGNORE_ORDER ? ", Ignore Order" : "");
	node_ref bits = open_subtree(d);
	add_bits(d, w, F(AF_RESERVED), F(AF_ORDER), 1, last);
	close_subtree(d, bits, NULL);
}

static void read_timestamp(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(TIMESTAMP));
}

/* ---- multipath, draft-deconinck-quic-multipath ---- */

static void read_mp_new_connection_id(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(MP_UNIFLOW));
	read_new_connection_id(f, w);
}

static void read_mp_retire_connection_id(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(MP_UNIFLOW));
	read_retire_connection_id(f, w);
}

static void read_mp_ack(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(MP_UNIFLOW));
	read_ack(f, w);
}

static void read_add_address(const struct quic_frame *f, struct wire *w)
{
	enum { HAS_PORT = 0x10, IP_VERSION = 0x0f };
	struct dissection *d = f->d;
	const uint8_t config = add_uint8(d, w, F(MP_CONFIG));

	append_text(d, w, d->last, "%s", config & HAS_PORT ? ", Port presence" : "");
	node_ref bits = open_subtree(d);
	add_bits(d, w, F(MP_RESERVED), F(MP_IP_VERSION), 1, config);
	close_subtree(d, bits, NULL);
	add_varint(f, w, F(MP_ADDRESS));
	add_varint(f, w, F(MP_SEQUENCE));
	add_varint(f, w, F(MP_INTERFACE));
	if ((config & IP_VERSION) == 6)
		add_ipv6(d, w, F(MP_IPV6));
	else
		add_ipv4(d, w, F(MP_IPV4));
	if (config & HAS_PORT)
		add_uint16(d, w, F(MP_PORT));
}

static void read_remove_address(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(MP_ADDRESS));
	add_varint(f, w, F(MP_SEQUENCE));
}

static void add_uniflows(const struct quic_frame *f, struct wire *w, const struct field *field, uint64_t n)
{
	node_ref all = open_heading(f->d, w, field);

	for (; n && w->state == WIRE_GOOD; n--) {
		node_ref one = open_heading(f->d, w, F(MP_INFORMATION));
		add_varint(f, w, F(MP_UNIFLOW));
		add_varint(f, w, F(MP_LOCAL));
		close_subtree(f->d, one, w);
	}
	close_subtree(f->d, all, w);
}

static void read_uniflows(const struct quic_frame *f, struct wire *w)
{
	add_varint(f, w, F(MP_SEQUENCE));
	uint64_t receiving = add_varint(f, w, F(MP_RECEIVING)), sending = add_varint(f, w, F(MP_SENDING));

	add_uniflows(f, w, F(MP_RECEIVERS), receiving);
	add_uniflows(f, w, F(MP_SENDERS), sending);
}

/* A message of DNS stands behind its length, RFC 9250, section 4.2; each frame counts as one. */
static void keep_message(struct quic_payload *p, const struct wire *w, uint64_t length)
{
	enum { LENGTH = 2 };
	struct wire part = *w;

	if (!p->connection || !p->connection->carries_dns || length <= LENGTH || !wire_has(w, length) ||
	    p->message_count == QUIC_MESSAGES)
		return;
	wire_shorten(&part, (uint32_t)length);
	wire_skip(&part, LENGTH);
	p->messages[p->message_count++] = part;
}

/* RFC 9000, section 19.8: the type's lowest bits say what is there. */
static void read_stream(const struct quic_frame *f, struct wire *w)
{
	enum { FIN = 1, LENGTH = 2, OFFSET = 4, SERVER = 1, UNIDIRECTIONAL = 2 };
	struct dissection *d = f->d;
	uint64_t offset = 0, length;

	node_ref bits = open_subtree(d);
	add_bits(d, w, F(FIN), F(OFF), 1, f->type);
	close_subtree(d, bits, NULL);
	uint64_t id = add_varint(f, w, F(STREAM_ID));
	append_info(d, w, ", STREAM(%lu)", (unsigned long)id);
	node_ref parts = open_subtree(d);
	add_node(d, w, F(INITIATOR), w->at - 1, 1, id);
	add_node(d, w, F(DIRECTION), w->at - 1, 1, id);
	close_subtree(d, parts, NULL);
	if (f->type & OFFSET)
		offset = add_varint(f, w, F(STREAM_OFFSET));
	length = f->type & LENGTH ? add_varint(f, w, F(STREAM_LENGTH)) : wire_left(w);
	append_text(d, w, f->top, " id=%lu fin=%u off=%lu len=%lu dir=%s origin=%s", (unsigned long)id,
	            (unsigned)(f->type & FIN), (unsigned long)offset, (unsigned long)length,
	            id & UNIDIRECTIONAL ? "Unidirectional" : "Bidirectional",
	            id & SERVER ? "Server-initiated" : "Client-initiated");
	keep_message(f->p, w, length);
	if (wire_need(w, length))
		add_some(f, w, F(STREAM_DATA), (uint32_t)length);
}

/* ---- CRYPTO ---- */

/* Has a waiting frame begun there, which was no shorter? */
static bool waits_already(const struct assembly *assembly, uint64_t at, uint32_t length)
{
	for (uint32_t i = 0; i < assembly->piece_count; i++) {
		if (assembly->pieces[i].at == at && assembly->pieces[i].length >= length)
			return true;
	}
	return false;
}

/* A frame while others wait, or the first that comes too early. */
static struct quic_crypto_fact keep_waiting(struct quic_payload *p, uint64_t offset, const uint8_t *octets, uint32_t n)
{
	enum { PIECES = 256, LARGEST = 1 << 18 }; /* that a handshake may have; more is not put together */
	struct dissection *d = p->d;
	struct reassembly *all = &d->session->reassembly;
	struct quic_crypto_stream *stream = p->stream;

	if (!stream->assembly) {
		stream->assembly = reassembly_new(all) + 1;
		stream->end = stream->next;
	}
	struct quic_crypto_fact fact = { .assembly = stream->assembly, .outcome = CRYPTO_WAITS };
	struct assembly *assembly = reassembly_at(all, stream->assembly - 1);
	uint64_t at = offset - stream->next, end = offset + n;
	if (waits_already(assembly, at, n))
		return (struct quic_crypto_fact){ .outcome = CRYPTO_REPEATS };
	if (at + n > LARGEST || assembly->piece_count >= PIECES)
		return fact;
	bool is_last = end > stream->end;
	if (is_last) {
		assembly->has_end = false; /* it has a later one */
		stream->end = end;
	}
	struct piece piece = { .from = UINT64_MAX, .frame = d->frame->number, .at = (uint32_t)at, .length = n };
	if (reassembly_add(all, d->session->capture, stream->assembly - 1, piece, octets, is_last) == PIECE_COMPLETES) {
		stream->assembly = 0;
		stream->next = stream->end;
		fact.outcome = CRYPTO_COMPLETES;
	}
	return fact;
}

/* Pass 1: what becomes of n octets of a CRYPTO frame. */
static struct quic_crypto_fact meet_crypto(struct quic_payload *p, uint64_t offset, const uint8_t *octets, uint32_t n)
{
	struct quic_crypto_stream *stream = p->stream;
	struct quic_crypto_fact fact = { .outcome = CRYPTO_IN_ORDER };
	bool overlaps = false;

	if (offset + n <= stream->next && n) {
		fact.outcome = CRYPTO_REPEATS;
	} else if (stream->assembly || offset > stream->next) {
		if (offset < stream->next) {
			octets += stream->next - offset;
			n -= (uint32_t)(stream->next - offset);
			offset = stream->next;
			overlaps = true;
		}
		fact = keep_waiting(p, offset, octets, n);
		fact.overlaps = overlaps;
	} else {
		if (offset < stream->next) {
			fact.overlaps = true;
			fact.skipped = (uint32_t)(stream->next - offset);
		}
		stream->next = offset + n;
	}
	return fact;
}

/* What pass 1 found, in the order of the frames. One that it did not remember says nothing. */
static struct quic_crypto_fact *crypto_fact(struct quic_payload *p, uint64_t offset, const uint8_t *octets, uint32_t n,
                                            struct quic_crypto_fact *spare)
{
	struct quic_crypto_fact *fact = spare;

	*spare = (struct quic_crypto_fact){ .outcome = CRYPTO_WAITS };
	if (!p->stream)
		return p->crypto_at < p->crypto_count ? &p->crypto[p->crypto_at++] : spare;
	if (p->crypto_count < QUIC_CRYPTO)
		fact = &p->crypto[p->crypto_count++];
	*fact = meet_crypto(p, offset, octets, n);
	return fact;
}

static const struct assembly_look fragments_look = {
	.top = F(FRAGMENTS), .piece = F(FRAGMENT), .overlap = F(OVERLAP), .conflict = F(CONFLICT), .count = F(FRAGMENT_COUNT),
};

static void read_waited(const struct quic_frame *f, struct quic_crypto_fact *fact, const struct assembly *assembly)
{
	struct dissection *d = f->d;
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);

	if (!octets)
		return;
	struct wire whole = wire_over(octets, assembly->length, assembly->length, 0);
	if (!d->first_pass) {
		whole = add_source(d, "Reassembled QUIC CRYPTO", octets, assembly->length);
		show_assembly(d, &whole, assembly, &fragments_look);
	}
	quic_dissect_tls(f->p, fact, &whole);
}

/* On the octets at the cursor. */
static void note_below(const struct quic_frame *f, struct wire *w, const struct field *note)
{
	add_node(f->d, w, F(FRAME_NOTE), w->at, wire_left(w), 0);
	set_text(f->d, w, f->d->last, "%s", note->label);
	node_ref top = open_subtree(f->d);
	add_note(f->d, w, note);
	close_subtree(f->d, top, NULL);
}

static void read_crypto(const struct quic_frame *f, struct wire *w)
{
	struct dissection *d = f->d;
	uint64_t offset = add_varint(f, w, F(CRYPTO_OFFSET)), length = add_varint(f, w, F(CRYPTO_LENGTH));

	if (!wire_need(w, length))
		return;
	add_node(d, w, F(CRYPTO_DATA), w->at, (uint32_t)length, 0);
	struct wire part = wire_take(w, (uint32_t)length);
	struct quic_crypto_fact spare, *fact = crypto_fact(f->p, offset, wire_here(&part), (uint32_t)length, &spare);
	const struct assembly *assembly = NULL;
	if (fact->assembly)
		assembly = reassembly_at(&d->session->reassembly, fact->assembly - 1);
	if (fact->overlaps)
		note_below(f, &part, F(OVERLAP_NOTE));
	switch (fact->outcome) {
	case CRYPTO_REPEATS:
		note_below(f, &part, F(REPEAT_NOTE));
		break;
	case CRYPTO_IN_ORDER:
		wire_skip(&part, fact->skipped);
		quic_dissect_tls(f->p, fact, &part);
		break;
	case CRYPTO_COMPLETES:
		if (assembly)
			read_waited(f, fact, assembly);
		break;
	default:
		if (assembly && assembly->frame && assembly->frame != d->frame->number)
			add_number(d, w, F(REASSEMBLED_IN), assembly->frame);
	}
}

/* ---- the table ---- */

static const struct row {
	uint64_t first, last; /* types, in rising order */
	const char *name, *listed; /* in the packet list; NULL: the reader says it */
	read_frame *read;
} rows[] = {
	{ 0x01, 0x01, "PING", "PING", read_nothing },
	{ 0x02, 0x02, "ACK", "ACK", read_ack },
	{ 0x03, 0x03, "ACK", "ACK_ECN", read_ack },
	{ 0x04, 0x04, "RESET_STREAM", "RS", read_reset_stream },
	{ 0x05, 0x05, "STOP_SENDING", "SS", read_stop_sending },
	{ 0x06, 0x06, "CRYPTO", "CRYPTO", read_crypto },
	{ 0x07, 0x07, "NEW_TOKEN", "NT", read_new_token },
	{ 0x08, 0x0f, "STREAM", NULL, read_stream },
	{ 0x10, 0x10, "MAX_DATA", "MD", read_max_data },
	{ 0x11, 0x11, "MAX_STREAM_DATA", "MSD", read_max_stream_data },
	{ 0x12, 0x12, "MAX_STREAMS (BIDI)", "MS", read_max_streams },
	{ 0x13, 0x13, "MAX_STREAMS (UNI)", "MS", read_max_streams },
	{ 0x14, 0x14, "DATA_BLOCKED", "DB", read_data_blocked },
	{ 0x15, 0x15, "STREAM_DATA_BLOCKED", "SDB", read_stream_data_blocked },
	{ 0x16, 0x16, "STREAMS_BLOCKED (BIDI)", "SB", read_streams_blocked },
	{ 0x17, 0x17, "STREAMS_BLOCKED (UNI)", "SB", read_streams_blocked },
	{ 0x18, 0x18, "NEW_CONNECTION_ID", "NCI", read_new_connection_id },
	{ 0x19, 0x19, "RETIRE_CONNECTION_ID", "RC", read_retire_connection_id },
	{ 0x1a, 0x1a, "PATH_CHALLENGE", "PC", read_path_challenge },
	{ 0x1b, 0x1b, "PATH_RESPONSE", "PR", read_path_response },
	{ 0x1c, 0x1c, "CONNECTION_CLOSE (Transport)", "CC", read_close },
	{ 0x1d, 0x1d, "CONNECTION_CLOSE (Application)", "CC", read_application_close },
	{ 0x1e, 0x1e, "HANDSHAKE_DONE", "DONE", read_nothing },
	{ 0x30, 0x31, "DATAGRAM", "DG", read_datagram },
	{ 0x40, 0x40, "MP_NEW_CONNECTION_ID", "MP_NCI", read_mp_new_connection_id },
	{ 0x41, 0x41, "MP_RETIRE_CONNECTION_ID", "MP_RC", read_mp_retire_connection_id },
	{ 0x42, 0x43, "MP_ACK", "MP_ACK", read_mp_ack },
	{ 0x44, 0x44, "ADD_ADDRESS", "ADD_ADDRESS", read_add_address },
	{ 0x45, 0x45, "REMOVE_ADDRESS", "REMOVE_ADDRESS", read_remove_address },
	{ 0x46, 0x46, "UNIFLOWS", "UNIFLOWS", read_uniflows },
	{ 0xac, 0xac, "IMMEDIATE_ACK", "IA", read_nothing },
	{ 0xaf, 0xaf, "ACK_FREQUENCY", "AF", read_ack_frequency },
	{ 0x2f5, 0x2f5, "TIME_STAMP", "TS", read_timestamp },
};

static const struct row *row_of(uint64_t type)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (type >= rows[i].first && type <= rows[i].last)
			return &rows[i];
	}
	return NULL;
}

/* A run of PADDING frames counts as one. */
static void read_padding(struct dissection *d, struct wire *w, node_ref top)
{
	const uint32_t most = wire_captured(w);
	uint32_t n = 0;

	for (const uint8_t *p = wire_here(w); n < most && !p[n];)
		n++;
	wire_skip(w, n);
	if (!SHOWING(d, w))
		return;
	add_number(d, w, F(PADDING_LENGTH), n + 1);
	place(d, w->at - n, 0);
	set_text(d, w, top, "PADDING Length: %u", n + 1);
}

static void dissect_frame_of(struct quic_payload *p, struct wire *w)
{
	struct dissection *d = p->d;
	node_ref top = open_heading(d, w, F(FRAME));
	uint64_t type = quic_add_varint(d, w, F(FRAME_TYPE));
	const struct row *row = row_of(type);
	const struct quic_frame f = { p, d, type, top };

	if (w->state == WIRE_GOOD && !type) {
		append_info(d, w, ", PADDING");
		read_padding(d, w, top);
	} else if (row) {
		set_text(d, w, top, "%s", row->name);
		if (row->listed)
			append_info(d, w, ", %s", row->listed);
		row->read(&f, w);
	} else {
		set_text(d, w, top, "Unknown");
		if (SHOWING(d, w))
			add_note_text(d, w, F(UNKNOWN_FRAME), "Unknown Frame Type 0x%lx", (unsigned long)type);
	}
	close_subtree(d, top, w);
}

void quic_dissect_frames(struct quic_payload *p, struct wire *w)
{
	while (wire_more(w))
		dissect_frame_of(p, w);
}
