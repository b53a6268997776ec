/*
 * gquic_frames.c: frames of gQUIC ("QUIC Wire Layout Specification", Google), of packets that are not encrypted.
 *
 *	STREAM:  1 fin(1) has_length(1) offset_size(3) id_size(2)  id offset length data
 *	ACK:     0 1 has_more(1) unused(1) largest_size(2) block_size(2)  ...
 *
 * Nothing says that a packet is not encrypted: it is known by what it holds.
 *
 * Left out: HTTP/2 in stream 3, which is never sent in the clear.
 */

#include "dissect/ascii.h"
#include "dissect/gquic.h"
#include "dissect/quic.h"

#define F(name) (&gquic_fields[GQUIC_##name])

enum frame_type {
	PADDING, RST_STREAM, CONNECTION_CLOSE, GOAWAY, WINDOW_UPDATE, BLOCKED, STOP_WAITING, PING, CRYPTO,
	CONGESTION_FEEDBACK = 0x20, ACK = 0x40, STREAM = 0x80,
};

enum {
	STREAM_LENGTH = 0x20, ACK_MORE = 0x20,
	HANDSHAKE_STREAM = 1, HEADERS_STREAM = 3,
	FIRST_TIME = 5, NEXT_TIME = 3, /* octets of the timestamps of an ACK frame */
};

static const uint8_t number_sizes[] = { 1, 2, 4, 6 };

static unsigned largest_size(uint8_t type)
{
	return number_sizes[type >> 2 & 3];
}

static unsigned block_size(uint8_t type)
{
	return number_sizes[type & 3];
}

static unsigned stream_id_size(uint8_t type)
{
	return (type & 3) + 1;
}

static unsigned offset_size(uint8_t type)
{
	unsigned bits = type >> 2 & 7;

	return bits ? bits + 1 : 0;
}

static bool has_entropy(const struct gquic_packet *p)
{
	return p->version < GQUIC_NO_ENTROPY;
}

static uint64_t peek_number(const struct gquic_packet *p, const struct wire *w, unsigned n)
{
	const uint8_t *octets = wire_here(w);
	uint64_t value = 0;

	if (p->is_big_endian)
		return be_value(octets, n);
	for (unsigned i = n; i-- > 0;)
		value = value << 8 | octets[i];
	return value;
}

uint64_t gquic_add_number(const struct gquic_packet *p, struct wire *w, enum gquic_field field, unsigned n)
{
	uint64_t value = wire_need(w, n) ? peek_number(p, w, n) : 0;

	add_node(p->d, w, &gquic_fields[field], w->at, n, value);
	wire_skip(w, n);
	return value;
}

const char *gquic_add_text(const struct gquic_packet *p, struct wire *w, enum gquic_field field, uint32_t n)
{
	struct dissection *d = p->d;
	const uint8_t *octets = add_ascii(d, w, &gquic_fields[field], n);

	if (!octets || d->first_pass)
		return "";
	uint32_t length = (uint32_t)strnlen((const char *)octets, n);
	const uint8_t *text = ascii(d->arena, octets, &length);
	for (uint32_t i = length + 1; i < n; i++) {
		if (octets[i]) {
			note_on(d, d->last, F(NOTE_STRAY));
			break;
		}
	}
	return printable(d, text, length);
}

/* ---- is a packet not encrypted? ---- */

/* A look at the frames ahead. What one has that others may have, too, those without it are taken to have as well. */
struct look {
	struct gquic_packet *p;
	struct wire w;
	bool has_length; /* of a STREAM frame that is no message */
	uint8_t blocks;  /* of an ACK frame */
};

/* As read_old_ack() and read_new_ack() read it. */
static void skip_ack(struct look *l, uint8_t type)
{
	const unsigned largest = largest_size(type), block = block_size(type);
	const bool is_old = has_entropy(l->p);
	struct wire *w = &l->w;

	wire_skip(w, is_old + largest + 2);
	if (!is_old) {
		if (type & ACK_MORE)
			l->blocks = wire_u8(w);
		wire_skip(w, block + l->blocks * (1 + block));
	}
	uint8_t times = wire_u8(w);
	if (times)
		wire_skip(w, FIRST_TIME + NEXT_TIME * (times - 1u));
	if (is_old && type & ACK_MORE) {
		wire_skip(w, wire_u8(w) * (block + 1));
		wire_skip(w, wire_u8(w) * largest);
	}
}

static uint32_t take_reason_length(struct look *l)
{
	uint32_t length = wire_need(&l->w, 2) ? (uint32_t)peek_number(l->p, &l->w, 2) : 0;

	wire_skip(&l->w, 2);
	return length;
}

/* A STREAM frame ahead, behind its type: does it hold a message, or the begin of one? */
static bool is_message(struct look *l, uint8_t type)
{
	l->has_length = l->has_length || type & STREAM_LENGTH;
	wire_skip(&l->w, stream_id_size(type) + offset_size(type) + (l->has_length ? 2 : 0));
	if (!wire_has(&l->w, 5))
		return false;
	uint32_t tag = be32(wire_here(&l->w));
	l->p->has_hello = l->p->has_hello || tag == GQUIC_CHLO;
	return gquic_is_handshake(tag);
}

/* A CONNECTION_CLOSE frame: does it end the packet, with a reason? */
static bool is_end(struct look *l)
{
	wire_skip(&l->w, 4);
	uint32_t length = take_reason_length(l);
	return length && length == wire_left(&l->w);
}

bool gquic_is_clear(struct gquic_packet *p, struct wire w)
{
	const uint8_t octets[] = {
		[RST_STREAM] = 16, [GOAWAY] = 8, [WINDOW_UPDATE] = 12, [BLOCKED] = 4,
		[STOP_WAITING] = (uint8_t)(p->number_length + has_entropy(p)),
	};
	struct look l = { .p = p, .w = w };

	while (wire_captured(&l.w)) {
		uint8_t type = wire_u8(&l.w);
		if (type == PADDING)
			return false;
		if (type >= STREAM && is_message(&l, type))
			return true;
		if (type == CONNECTION_CLOSE && is_end(&l))
			return true;
		if (type >= ACK && type < STREAM)
			skip_ack(&l, type);
		if (type < sizeof octets)
			wire_skip(&l.w, octets[type]);
		if (type == GOAWAY)
			wire_skip(&l.w, take_reason_length(&l));
	}
	return false;
}

/* ---- frames ---- */

static void read_padding(struct gquic_packet *p, struct wire *w, node_ref top)
{
	struct dissection *d = p->d;
	uint32_t n = wire_left(w);

	append_text(d, w, top, " Length: %u", n);
	add_number(d, w, F(PADDING_LENGTH), n);
	place(d, w->at, 0);
	if (n)
		add_octets(d, w, F(FRAME_PADDING), n);
}

static const char *error_text(struct dissection *d, const struct field *field, uint32_t error)
{
	const char *name = name_of(field->names, error);

	if (name || d->first_pass)
		return name;
	return text_of(d, "Unknown (%d)", (int)error);
}

static void read_reset(struct gquic_packet *p, struct wire *w, node_ref top)
{
	uint32_t id = (uint32_t)gquic_add_number(p, w, GQUIC_RESET_STREAM, 4);

	gquic_add_number(p, w, GQUIC_RESET_OFFSET, 8);
	uint32_t error = (uint32_t)gquic_add_number(p, w, GQUIC_RESET_ERROR, 4);
	append_text(p->d, w, top, " Stream ID: %u, Error code: %s", id, error_text(p->d, F(RESET_ERROR), error));
}

static void add_reason(const struct gquic_packet *p, struct wire *w, enum gquic_field length, enum gquic_field text)
{
	uint32_t n = (uint32_t)gquic_add_number(p, w, length, 2);

	gquic_add_text(p, w, text, n);
}

static void read_close(struct gquic_packet *p, struct wire *w, node_ref top)
{
	uint32_t error = (uint32_t)gquic_add_number(p, w, GQUIC_CLOSE_ERROR, 4);

	set_info(p->d, w, "Connection Close");
	add_reason(p, w, GQUIC_CLOSE_LENGTH, GQUIC_CLOSE_REASON);
	append_text(p->d, w, top, " Error code: %s", error_text(p->d, F(CLOSE_ERROR), error));
}

static void read_goaway(struct gquic_packet *p, struct wire *w, node_ref top)
{
	uint32_t error = (uint32_t)gquic_add_number(p, w, GQUIC_AWAY_ERROR, 4);
	uint32_t id = (uint32_t)gquic_add_number(p, w, GQUIC_AWAY_STREAM, 4);

	add_reason(p, w, GQUIC_AWAY_LENGTH, GQUIC_AWAY_REASON);
	append_text(p->d, w, top, " Stream ID: %u, Error code: %s", id, error_text(p->d, F(AWAY_ERROR), error));
}

static void read_window_update(struct gquic_packet *p, struct wire *w, node_ref top)
{
	uint32_t id = (uint32_t)gquic_add_number(p, w, GQUIC_WINDOW_STREAM, 4);

	gquic_add_number(p, w, GQUIC_WINDOW_OFFSET, 8);
	append_text(p->d, w, top, " Stream ID: %u", id);
}

static void read_blocked(struct gquic_packet *p, struct wire *w, node_ref top)
{
	uint32_t id = (uint32_t)gquic_add_number(p, w, GQUIC_BLOCKED_STREAM, 4);

	append_text(p->d, w, top, " Stream ID: %u", id);
}

static void read_stop_waiting(struct gquic_packet *p, struct wire *w, node_ref top)
{
	if (has_entropy(p)) {
		uint8_t entropy = add_uint8(p->d, w, F(WAIT_ENTROPY));
		append_text(p->d, w, top, " Send Entropy: %u", entropy);
	}
	gquic_add_number(p, w, GQUIC_WAIT_DELTA, p->number_length);
}

/* When packets came: the first as such, the others after the one before them. */
static void add_times(struct gquic_packet *p, struct wire *w, enum gquic_field delta, enum gquic_field first)
{
	struct dissection *d = p->d;
	uint8_t count = add_uint8(d, w, F(ACK_TIMES));

	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++) {
		add_uint8(d, w, &gquic_fields[delta]);
		if (i)
			gquic_add_number(p, w, GQUIC_ACK_TIME, 2);
		else
			gquic_add_number(p, w, first, 4);
	}
}

/* What was not received. */
static void read_old_ack(struct gquic_packet *p, struct wire *w, uint8_t type)
{
	struct dissection *d = p->d;

	add_uint8(d, w, F(ACK_ENTROPY));
	gquic_add_number(p, w, GQUIC_ACK_OBSERVED, largest_size(type));
	gquic_add_number(p, w, GQUIC_ACK_DELAY, 2);
	add_times(p, w, GQUIC_ACK_DELTA_OBSERVED, GQUIC_ACK_FIRST_TIME);
	if (!(type & ACK_MORE))
		return;
	for (unsigned n = add_uint8(d, w, F(ACK_RANGES)); n && w->state == WIRE_GOOD; n--) {
		gquic_add_number(p, w, GQUIC_ACK_MISSING, block_size(type));
		add_uint8(d, w, F(ACK_RANGE));
	}
	for (unsigned n = add_uint8(d, w, F(ACK_REVIVALS)); n && w->state == WIRE_GOOD; n--)
		gquic_add_number(p, w, GQUIC_ACK_REVIVED, largest_size(type));
}

/* What was received. */
static void read_new_ack(struct gquic_packet *p, struct wire *w, uint8_t type)
{
	struct dissection *d = p->d;
	uint8_t blocks = 0;

	gquic_add_number(p, w, GQUIC_ACK_LARGEST, largest_size(type));
	gquic_add_number(p, w, GQUIC_ACK_LARGEST_DELAY, 2);
	if (type & ACK_MORE)
		blocks = add_uint8(d, w, F(ACK_BLOCKS));
	gquic_add_number(p, w, GQUIC_ACK_FIRST_BLOCK, block_size(type));
	for (; blocks && w->state == WIRE_GOOD; blocks--) {
		add_uint8(d, w, F(ACK_GAP));
		gquic_add_number(p, w, GQUIC_ACK_BLOCK, block_size(type));
	}
	add_times(p, w, GQUIC_ACK_DELTA_ACKED, GQUIC_ACK_SINCE_LARGEST);
}

static void read_ack(struct gquic_packet *p, struct wire *w, uint8_t type)
{
	if (has_entropy(p))
		read_old_ack(p, w, type);
	else
		read_new_ack(p, w, type);
}

static void add_ack_bits(const struct gquic_packet *p, struct wire *w, uint8_t type)
{
	struct dissection *d = p->d;
	const struct field *unused = has_entropy(p) ? F(ACK_TRUNCATED) : F(ACK_UNUSED);

	add_bits(d, w, F(ACK), F(ACK_NACK), 1, type);
	add_bits(d, w, unused, unused, 1, type);
	add_bits(d, w, F(ACK_LARGEST_SIZE), F(ACK_MISSING_SIZE), 1, type);
}

static void read_stream(struct gquic_packet *p, struct wire *w, uint8_t type, node_ref top)
{
	struct dissection *d = p->d;
	uint32_t id = (uint32_t)gquic_add_number(p, w, GQUIC_STREAM_ID, stream_id_size(type));
	const node_ref node = d->last;

	append_text(d, w, top, " Stream ID: %u", id);
	if (id == HANDSHAKE_STREAM)
		append_literal(d, w, node, " (Reserved for (G)QUIC handshake, crypto, config updates...)");
	else if (id == HEADERS_STREAM)
		append_literal(d, w, node, " (Reserved for H2 HEADERS)");
	if (offset_size(type))
		gquic_add_number(p, w, GQUIC_STREAM_OFFSET, offset_size(type));
	if (type & STREAM_LENGTH)
		gquic_add_number(p, w, GQUIC_DATA_LENGTH, 2);
	if (id == HANDSHAKE_STREAM)
		gquic_dissect_message(p, w, top);
	else
		add_octets(d, w, F(STREAM_DATA), wire_left(w));
}

static void read_special(struct gquic_packet *p, struct wire *w, uint8_t type, node_ref top)
{
	struct dissection *d = p->d;
	node_ref bits = open_subtree(d);

	add_bits(d, w, F(STREAM), F(STREAM), 1, type);
	if (type >= STREAM)
		add_bits(d, w, F(STREAM_FIN), F(STREAM_ID_SIZE), 1, type);
	else if (type >= ACK)
		add_ack_bits(p, w, type);
	close_subtree(d, bits, NULL);
	if (type >= STREAM)
		read_stream(p, w, type, top);
	else if (type >= ACK)
		read_ack(p, w, type);
}

/* From Q050 on: numbers are those of RFC 9000, section 16. */
static void read_crypto(struct gquic_packet *p, struct wire *w, node_ref top)
{
	struct dissection *d = p->d;
	node_ref bits = open_subtree(d);

	(void)top;
	add_node(d, w, F(STREAM), w->at - 1, 1, CRYPTO);
	close_subtree(d, bits, NULL);
	quic_add_varint(d, w, F(CRYPTO_OFFSET));
	uint64_t length = quic_add_varint(d, w, F(CRYPTO_LENGTH));
	if (!wire_need(w, length))
		return;
	add_node(d, w, F(CRYPTO_DATA), w->at, (uint32_t)length, 0);
	struct wire message = wire_take(w, (uint32_t)length);
	gquic_dissect_message(p, &message, 0);
	wire_join(w, &message);
}

static void dissect_frame(struct gquic_packet *p, struct wire *w)
{
	static void (*const readers[])(struct gquic_packet *p, struct wire *w, node_ref top) = {
		[PADDING] = read_padding, [RST_STREAM] = read_reset, [CONNECTION_CLOSE] = read_close,
		[GOAWAY] = read_goaway, [WINDOW_UPDATE] = read_window_update, [BLOCKED] = read_blocked,
		[STOP_WAITING] = read_stop_waiting, [CRYPTO] = read_crypto,
	};
	struct dissection *d = p->d;
	node_ref top = open_heading(d, w, F(FRAME));
	uint8_t type = add_uint8(d, w, F(FRAME_TYPE));

	set_text(d, w, top, "%s", name_or(F(FRAME_TYPE)->names, type, "Unknown"));
	if (type >= CONGESTION_FEEDBACK)
		read_special(p, w, type, top);
	else if (type < sizeof readers / sizeof *readers && readers[type] &&
	         (type != CRYPTO || p->version >= GQUIC_HAS_CRYPTO))
		readers[type](p, w, top);
	set_length(d, top, 1); /* tshark counts its type only */
	close_subtree(d, top, NULL);
}

void gquic_dissect_frames(struct gquic_packet *p, struct wire *w)
{
	while (wire_more(w))
		dissect_frame(p, w);
}
