/*
 * sslv2.c: records and handshake messages of SSL 2.0 (draft-hickman-netscape-ssl-00). Its Client Hello was long the way to
 * offer later versions, too (RFC 5246, appendix E.2).
 *
 *	+---------------+---------------+        +---------------+---------------+---------------+
 *	|1|          Length             |   or   |0|E|        Length             |    Padding    |
 *	+---------------+---------------+        +---------------+---------------+---------------+
 */

#include "dissect/tcp_reassembly.h"
#include "dissect/tls_fields.h"

#define V2(name) (&h->fields[SSLV2_##name])

enum { ERROR = 0, CLIENT_HELLO = 1, CLIENT_MASTER_KEY = 2, SERVER_HELLO = 4, LENGTHS = 3 };

bool sslv2_resembles(const struct wire *w)
{
	if (!wire_has(w, 3))
		return false;
	const uint8_t *p = wire_here(w);
	return p[0] & 0x80 && (p[2] == ERROR || p[2] == CLIENT_HELLO || p[2] == CLIENT_MASTER_KEY || p[2] == SERVER_HELLO);
}

/* n octets that are only named. */
static void add_label(struct tls_handshake *h, struct wire *w, const struct field *field, uint32_t n)
{
	if (!n || !wire_need(w, n))
		return;
	add_node(h->d, w, field, w->at, n, 0);
	wire_skip(w, n);
}

static void add_specs(struct tls_handshake *h, struct wire *w, uint32_t n)
{
	struct dissection *d = h->d;

	node_ref top = open_heading(d, w, V2(SPECS));
	append_text(d, w, top, " (%u spec%s)", n / 3, n / 3 == 1 ? "" : "s");
	for (const uint32_t end = w->at + n; w->state == WIRE_GOOD && w->at + 3 <= end;)
		add_uint24(d, w, V2(SPEC));
	close_subtree(d, top, w);
}

static void read_client_hello(struct tls_handshake *h, struct wire *w)
{
	struct dissection *d = h->d;

	if (d->first_pass && h->session)
		tls_learn_client(h);
	add_uint16(d, w, &h->fields[TLS_HS_VERSION]);
	uint16_t specs = add_uint16(d, w, V2(SPEC_LENGTH));
	uint16_t id = add_uint16(d, w, V2(ID_LENGTH));
	uint16_t challenge = add_uint16(d, w, V2(CHALLENGE_LENGTH));
	add_specs(h, w, specs);
	add_label(h, w, V2(ID), id);
	if (id)
		append_text(d, w, d->last, " (%u byte%s)", id, id == 1 ? "" : "s");
	add_label(h, w, V2(CHALLENGE), challenge);
}

static void read_server_hello(struct tls_handshake *h, struct wire *w)
{
	struct dissection *d = h->d;

	if (d->first_pass && h->session)
		tls_settle(h->session, TLS_SSL_2);
	add_uint8(d, w, V2(ID_HIT));
	add_uint8(d, w, V2(CERTIFICATE_TYPE));
	add_uint16(d, w, &h->fields[TLS_HS_VERSION]);
	uint16_t certificate = add_uint16(d, w, V2(CERTIFICATE_LENGTH));
	uint16_t specs = add_uint16(d, w, V2(SPEC_LENGTH));
	uint16_t connection = add_uint16(d, w, V2(CONNECTION_LENGTH));
	if (certificate && wire_need(w, certificate))
		tls_add_certificate(h, w, w->at + certificate);
	add_specs(h, w, specs);
	add_label(h, w, V2(CONNECTION), connection);
}

static void read_master_key(struct tls_handshake *h, struct wire *w)
{
	struct dissection *d = h->d;

	add_uint24(d, w, V2(SPEC));
	uint16_t lengths[LENGTHS];
	for (unsigned i = 0; i < LENGTHS; i++)
		lengths[i] = add_uint16(d, w, V2(CLEAR_LENGTH) + i);
	for (unsigned i = 0; i < LENGTHS; i++)
		add_label(h, w, V2(CLEAR) + i, lengths[i]);
}

/* Is it a version that SSL has? Of a Client Hello, or of a Server Hello behind two more octets. */
static bool has_version(const uint8_t *p)
{
	return be16(p) == TLS_SSL_2 || p[0] == 3;
}

/* A handshake message in the clear, by its looks: p are at least six octets. */
static bool is_message(const uint8_t *p)
{
	return p[0] == CLIENT_MASTER_KEY || (p[0] == CLIENT_HELLO && has_version(p + 1)) ||
	       (p[0] == SERVER_HELLO && has_version(p + 3));
}

static void read_message(struct tls_handshake *h, struct wire *w)
{
	switch (add_uint8(h->d, w, V2(TYPE))) {
	case CLIENT_HELLO:
		read_client_hello(h, w);
		break;
	case CLIENT_MASTER_KEY:
		read_master_key(h, w);
		break;
	case SERVER_HELLO:
		read_server_hello(h, w);
		break;
	}
}

bool sslv2_dissect_record(struct tls_handshake *h, struct wire *w)
{
	struct dissection *d = h->d;
	const uint16_t head = wire_peek_u16(w, 0);
	const bool is_short = head & 0x8000;
	const uint32_t header = is_short ? 2 : 3, length = head & (is_short ? 0x7fff : 0x3fff);

	if (!tcp_has_pdu(d, w, header + length))
		return false;
	const uint32_t end = w->at + header + length;
	node_ref top = open_heading(d, w, &h->fields[TLS_RECORD]);
	const bool is_clear = length >= 6 && wire_has(w, header + 6) && is_message(wire_here(w) + header);
	const char *name = is_clear ? name_or(&tls_sslv2_handshake_types, wire_here(w)[header], "") : "Encrypted Data";
	set_text(d, w, top, "SSLv2 Record Layer: %s", name);
	set_column(d, w, "SSLv2");
	list_info(d, w, ", ", "%s", name);
	add_node(d, w, V2(VERSION), w->at, 0, TLS_SSL_2);
	if (is_clear) {
		add_node(d, w, &h->fields[TLS_RECORD_LENGTH], w->at, 2, length);
		if (!is_short) {
			add_node(d, w, V2(ESCAPE), w->at, 1, head & 0x4000);
			add_node(d, w, V2(PADDING), w->at + 2, 1, wire_here(w)[2]);
		}
		wire_skip(w, header);
		read_message(h, w);
	}
	if (w->state == WIRE_GOOD && wire_need(w, end > w->at ? end - w->at : 0))
		w->at = end;
	close_subtree(d, top, w);
	return w->state == WIRE_GOOD;
}
