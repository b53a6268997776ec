/*
 * quic_parameters.c: the transport parameters of QUIC, by IANA's registry "QUIC Transport Parameters": a type, a length and a
 * value; all numbers of one to eight octets, RFC 9000, section 16. Each is a row of one table.
 *
 * A value may be read past its end, as other parts of the handshake may: that is said afterwards.
 */

#include "dissect/quic.h"
#include "dissect/tls_fields.h"

#define F(name) TLS_FIELD(h, name)

struct parameter;

/* A parameter's value: it starts at the cursor and should end at `end`; `top` is the node of the parameter. */
struct value {
	struct tls_handshake *h;
	const struct parameter *row;
	uint32_t end;
	node_ref top;
};

struct parameter {
	uint64_t type;
	const char *name;
	void (*read)(const struct value *v, struct wire *w);
	enum tls_field field;
	const char *unit; /* of the value in the title; NULL: it does not stand there */
	bool is_all;      /* its value has no end that counts */
};

static void read_octets(const struct value *v, struct wire *w)
{
	tls_add_rest(v->h, w, &v->h->fields[v->row->field], v->end);
}

static void read_number(const struct value *v, struct wire *w)
{
	uint64_t value = quic_add_varint(v->h->d, w, &v->h->fields[v->row->field]);

	if (v->row->unit)
		append_text(v->h->d, w, v->top, " %lu%s", (unsigned long)value, v->row->unit);
}

/* Only its first octet counts. */
static void read_loss_bits(const struct value *v, struct wire *w)
{
	const uint32_t start = w->at;

	read_number(v, w);
	if (w->state == WIRE_GOOD)
		w->at = start + 1;
}

static void read_flag(const struct value *v, struct wire *w)
{
	(void)v, (void)w;
}

static void read_label(const struct value *v, struct wire *w)
{
	add_node(v->h->d, w, &v->h->fields[v->row->field], w->at, v->end - w->at, 0);
	wire_skip(w, v->end - w->at);
}

static void read_rest(const struct value *v, struct wire *w)
{
	wire_skip(w, v->end - w->at);
}

static void read_token(const struct value *v, struct wire *w)
{
	add_octets(v->h->d, w, &v->h->fields[v->row->field], 16);
}

/* RFC 9000, section 18.2 */
static void read_preferred_address(const struct value *v, struct wire *w)
{
	struct tls_handshake *h = v->h;
	uint32_t stop;

	add_ipv4(h->d, w, F(QP_IPV4));
	add_uint16(h->d, w, F(QP_IPV4_PORT));
	add_ipv6(h->d, w, F(QP_IPV6));
	add_uint16(h->d, w, F(QP_IPV6_PORT));
	if (!tls_add_vector(h, w, F(QP_PREFERRED_ID_LENGTH), v->end, 1, 20, &stop))
		return;
	tls_add_rest(h, w, F(QP_PREFERRED_ID), stop);
	add_octets(h->d, w, F(QP_PREFERRED_TOKEN), 16);
}

/* Versions of the form 0x?a?a?a?a stand for none, RFC 9000, section 15. */
static void add_version(struct tls_handshake *h, struct wire *w, const struct field *field)
{
	uint32_t version = add_uint32(h->d, w, field);

	if ((version & 0x0f0f0f0f) == 0x0a0a0a0a)
		append_literal(h->d, w, h->d->last, " (GREASE)");
}

/* RFC 9368, section 3 */
static void read_version_information(const struct value *v, struct wire *w)
{
	struct tls_handshake *h = v->h;

	add_version(h, w, F(QP_CHOSEN));
	while (w->state == WIRE_GOOD && w->at < v->end)
		add_version(h, w, F(QP_OTHER));
}

static void read_google_version(const struct value *v, struct wire *w)
{
	struct tls_handshake *h = v->h;
	uint32_t stop;

	add_version(h, w, F(QP_GOOGLE_VERSION));
	if (h->type != TLS_ENCRYPTED_EXTENSIONS ||
	    !tls_add_vector(h, w, F(QP_SUPPORTED_LENGTH), v->end, 4, UINT8_MAX, &stop))
		return;
	while (w->state == WIRE_GOOD && w->at < stop)
		add_version(h, w, F(QP_SUPPORTED));
}

static void read_user_agent(const struct value *v, struct wire *w)
{
	struct tls_handshake *h = v->h;
	const uint32_t n = v->end - w->at;
	const uint8_t *p = add_string(h->d, w, F(QP_USER_AGENT), n);

	for (uint32_t i = p ? (uint32_t)strnlen((const char *)p, n) : n; i < n; i++) {
		if (p[i]) {
			note_on(h->d, h->d->last, F(NOTE_STRAY));
			return;
		}
	}
}

/* The tags of gQUIC; only their beginning is told. */
static void read_google_parameters(const struct value *v, struct wire *w)
{
	struct tls_handshake *h = v->h;

	tls_add_rest(h, w, F(QP_GOOGLE), v->end);
}

/* draft-banks-quic-cibir */
static void read_cibir(const struct value *v, struct wire *w)
{
	struct tls_handshake *h = v->h;

	uint64_t length = quic_add_varint(h->d, w, F(QP_CIBIR_LENGTH));
	append_text(h->d, w, v->top, " Length: %lu", (unsigned long)length);
	uint64_t offset = quic_add_varint(h->d, w, F(QP_CIBIR_OFFSET));
	append_text(h->d, w, v->top, ", Offset: %lu", (unsigned long)offset);
}

static const struct parameter parameters[] = {
	{ 0x00, "original_destination_connection_id", read_octets, TLS_QP_ORIGINAL_ID },
	{ 0x01, "max_idle_timeout", read_number, TLS_QP_IDLE, " ms" },
	{ 0x02, "stateless_reset_token", read_token, TLS_QP_RESET_TOKEN },
	{ 0x03, "max_udp_payload_size", read_number, TLS_QP_PAYLOAD, "" },
	{ 0x04, "initial_max_data", read_number, TLS_QP_DATA, "" },
	{ 0x05, "initial_max_stream_data_bidi_local", read_number, TLS_QP_BIDI_LOCAL, "" },
	{ 0x06, "initial_max_stream_data_bidi_remote", read_number, TLS_QP_BIDI_REMOTE, "" },
	{ 0x07, "initial_max_stream_data_uni", read_number, TLS_QP_UNI, "" },
	{ 0x08, "initial_max_streams_bidi", read_number, TLS_QP_STREAMS_BIDI, "" },
	{ 0x09, "initial_max_streams_uni", read_number, TLS_QP_STREAMS_UNI, "" },
	{ 0x0a, "ack_delay_exponent", read_number, TLS_QP_EXPONENT },
	{ 0x0b, "max_ack_delay", read_number, TLS_QP_ACK_DELAY, "" },
	{ 0x0c, "disable_active_migration", read_flag },
	{ 0x0d, "preferred_address", read_preferred_address },
	{ 0x0e, "active_connection_id_limit", read_number, TLS_QP_ID_LIMIT, "" },
	{ 0x0f, "initial_source_connection_id", read_octets, TLS_QP_INITIAL_ID },
	{ 0x10, "retry_source_connection_id", read_octets, TLS_QP_RETRY_ID },
	{ 0x11, "version_information", read_version_information },
	{ 0x20, "max_datagram_frame_size", read_number, TLS_QP_DATAGRAM, "" },
	{ 0x1000, "cibir_encoding", read_cibir },
	{ 0x1057, "loss_bits", read_loss_bits, TLS_QP_LOSS_BITS },
	{ 0x2ab2, "grease_quic_bit", read_rest },
	{ 0x3127, "google_initial_rtt", read_number, TLS_QP_RTT, " us" },
	{ 0x3128, "google_connection_options", read_octets, TLS_QP_OPTIONS },
	{ 0x3129, "google_user_agent", read_user_agent },
	{ 0x312a, "google_support_handshake_done", read_label, TLS_QP_DONE },
	{ 0x312b, "google_key_update_not_yet_supported", read_label, TLS_QP_KEY_UPDATE },
	{ 0x4751, "google_quic_params", read_google_parameters },
	{ 0x4752, "google_quic_version", read_google_version },
	{ 0x7157, "enable_time_stamp", read_flag },
	{ 0x7158, "enable_time_stamp_v2", read_number, TLS_QP_TIMESTAMPS, .is_all = true },
	{ 0xde1a, "min_ack_delay", read_number, TLS_QP_MIN_ACK_DELAY, "" },
	{ 0xff00, "facebook_partial_reliability", read_number, TLS_QP_RELIABILITY, .is_all = true },
	{ 0xff02de1a, "GREASE", read_rest },
	{ 0xff03de1a, "min_ack_delay", read_number, TLS_QP_MIN_ACK_DELAY, "" },
};

static const struct parameter grease = { 0, "GREASE", read_rest }, unknown = { 0, NULL, read_rest };

static const struct parameter *find_parameter(uint64_t type)
{
	for (unsigned i = 0; i < sizeof parameters / sizeof *parameters; i++)
		if (parameters[i].type == type)
			return &parameters[i];
	return type > 27 && type % 31 == 27 ? &grease : &unknown; /* RFC 9000, section 18.1 */
}

/* In drafts before 27 type and length had two octets each. */
static uint64_t peek_head(struct wire *w, bool is_old, unsigned *width)
{
	if (!is_old)
		return quic_peek_varint(w, width);
	*width = 2;
	return wire_peek_u16(w, 0);
}

/* Type and length; false: the value cannot be read. */
static bool add_head(struct tls_handshake *h, struct wire *w, struct value *value, uint64_t *type, bool is_old)
{
	struct dissection *d = h->d;
	unsigned width;

	*type = peek_head(w, is_old, &width);
	value->row = find_parameter(*type);
	add_node(d, w, F(QP_TYPE), w->at, width, *type);
	value_text(d, w, d->last, "%s (0x%02lx)", value->row->name ? value->row->name : "Unknown", (unsigned long)*type);
	wire_skip(w, width);
	const uint64_t length = peek_head(w, is_old, &width);
	add_node(d, w, F(QP_LENGTH), w->at, width, length);
	wire_skip(w, width);
	if (w->state != WIRE_GOOD)
		return false;
	if (w->at <= value->end && length > value->end - w->at) {
		tls_note_truncated(h, length, value->end - w->at);
		w->at = value->end;
		return false;
	}
	if (!wire_need(w, length))
		return false;
	value->end = w->at + (uint32_t)length;
	return true;
}

static void add_parameter(struct tls_handshake *h, struct wire *w, uint32_t end, bool is_old)
{
	struct dissection *d = h->d;
	uint64_t type;

	if (!wire_need(w, 1))
		return;
	node_ref top = open_heading(d, w, F(QP));
	struct value value = { h, NULL, end, top };
	if (add_head(h, w, &value, &type, is_old)) {
		const uint32_t start = w->at, length = value.end - start;
		if (value.row->name)
			append_text(d, w, top, ": %s (len=%u)", value.row->name, length);
		else
			append_text(d, w, top, ": Unknown 0x%04lx (len=%u)", (unsigned long)type, length);
		tls_add_rest(h, w, F(QP_VALUE), value.end);
		w->at = start;
		value.row->read(&value, w);
		if (value.row->is_all && w->state == WIRE_GOOD)
			w->at = value.end;
		tls_end_vector(h, w, value.end);
	}
	close_subtree(d, top, w);
}

void quic_add_parameters(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop = end;
	bool is_old = end - w->at >= 6 && wire_peek_u16(w, 0) == end - w->at - 2;

	if (is_old)
		tls_add_vector(h, w, F(QP_PARAMETERS_LENGTH), end, 0, UINT16_MAX, &stop);
	while (w->state == WIRE_GOOD && w->at < stop)
		add_parameter(h, w, stop, is_old);
}
