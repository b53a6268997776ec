/*
 * tls_handshake.c: handshake messages of SSL 3.0 (RFC 6101), TLS 1.0 to 1.2 (RFC 5246) and 1.3 (RFC 8446) with its drafts, as
 * records, DTLS (RFC 6347) or QUIC (RFC 9001) carry them.
 *
 * Left out: what was encrypted is not shown.
 */

#include <openssl/evp.h>

#include "dissect/text.h"
#include "dissect/tls_fields.h"

#define F(name) TLS_FIELD(h, name)

enum { ANY = UINT16_MAX, ANY_24 = (1 << 24) - 1, RANDOM = 32 };

/* SHA-256 of "HelloRetryRequest" */
static const uint8_t retry_random[RANDOM] = {
	0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
	0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
};

/* ---- fingerprints: github.com/salesforce/ja3 ---- */

/* Values that stand for nothing, RFC 8701: they belong to no fingerprint. */
static bool is_grease(uint32_t value)
{
	return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

/* Numbers of `width` octets with dashes in between. */
static char *put_numbers(char *to, struct tls_octets list, unsigned width)
{
	const char *start = to;

	for (uint32_t i = 0; i + width <= list.length; i += width) {
		uint32_t value = (uint32_t)be_value(list.octets + i, width);
		if (width > 1 && is_grease(value))
			continue;
		if (to != start)
			*to++ = '-';
		to = put_decimal(to, value);
	}
	return to;
}

/* The types in a list of extensions. */
static char *put_extension_types(char *to, struct tls_octets list)
{
	const char *start = to;

	for (uint32_t i = 0; i + 4 <= list.length; i += 4u + be16(list.octets + i + 2)) {
		uint32_t type = be16(list.octets + i);
		if (is_grease(type))
			continue;
		if (to != start)
			*to++ = '-';
		to = put_decimal(to, type);
	}
	return to;
}

/* They stand where the list of extensions does. */
static void add_fingerprint(struct tls_handshake *h, const struct wire *w, uint32_t extensions_at, const char *text,
                            size_t length, const struct field *full, const struct field *hash)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	char hex[2 * EVP_MAX_MD_SIZE];

	add_string_value(h->d, w, full, text, length);
	place(h->d, extensions_at, 0);
	if (!EVP_Digest(text, length, digest, NULL, EVP_md5(), NULL))
		return;
	add_string_value(h->d, w, hash, hex, (size_t)(put_octets(hex, digest, 16, 0) - hex));
	place(h->d, extensions_at, 0);
}

static void add_ja3(struct tls_handshake *h, const struct wire *w, uint32_t extensions_at, uint16_t version,
                    struct tls_octets suites)
{
	if (!SHOWING(h->d, w))
		return;
	/* at most five digits and a separator for two octets, or three and one for one */
	size_t room = 16 + 4 * ((size_t)suites.length + h->extensions.length + h->groups.length + h->formats.length);
	char *text = arena_alloc(h->d->arena, room), *to = put_decimal(text, version);

	*to++ = ',';
	to = put_numbers(to, suites, 2);
	*to++ = ',';
	if (!h->has_bad_extensions) {
		to = put_extension_types(to, h->extensions);
		*to++ = ',';
		to = put_numbers(to, h->groups, 2);
		*to++ = ',';
		to = put_numbers(to, h->formats, 1);
	}
	add_fingerprint(h, w, extensions_at, text, (size_t)(to - text), F(JA3_FULL), F(JA3));
}

static void add_ja3s(struct tls_handshake *h, const struct wire *w, uint32_t extensions_at, uint16_t version,
                     uint16_t suite)
{
	if (!SHOWING(h->d, w))
		return;
	char *text = arena_alloc(h->d->arena, 16 + 4 * (size_t)h->extensions.length);
	char *to = put_decimal(text, version);

	*to++ = ',';
	to = put_decimal(to, suite);
	*to++ = ',';
	to = put_extension_types(to, h->extensions);
	add_fingerprint(h, w, extensions_at, text, (size_t)(to - text), F(JA3S_FULL), F(JA3S));
}

/* ---- what both hellos have ---- */

static void add_random(struct tls_handshake *h, struct wire *w)
{
	struct dissection *d = h->d;
	const uint8_t *random = add_octets(d, w, F(RANDOM), RANDOM);

	if (!random)
		return;
	if (h->is_retry) {
		append_literal(d, w, d->last, " (HelloRetryRequest magic)");
	} else if (!tls_is_1_3(h->choice.version)) {
		node_ref top = open_subtree(d);
		w->at -= RANDOM;
		add_seconds(d, w, F(RANDOM_TIME));
		add_octets(d, w, F(RANDOM_BYTES), RANDOM - 4);
		close_subtree(d, top, NULL);
	}
}

static void add_session_id(struct tls_handshake *h, struct wire *w)
{
	uint8_t n = add_uint8(h->d, w, F(SESSION_ID_LENGTH));

	if (n)
		add_octets(h->d, w, F(SESSION_ID), n);
}

/* ---- Client Hello ---- */

static bool add_suites(struct tls_handshake *h, struct wire *w, uint32_t end, struct tls_octets *suites)
{
	struct dissection *d = h->d;
	uint32_t stop;

	if (!tls_add_vector(h, w, F(SUITES_LENGTH), end, 2, ANY - 1, &stop))
		return false;
	uint32_t count = (stop - w->at) / 2;
	*suites = (struct tls_octets){ wire_here(w), stop - w->at };
	node_ref top = open_heading(d, w, F(SUITES));
	append_text(d, w, top, " (%u suite%s)", count, count == 1 ? "" : "s");
	while (w->state == WIRE_GOOD && w->at + 2 <= stop)
		add_uint16(d, w, F(SUITE));
	tls_end_vector(h, w, stop);
	close_subtree(d, top, w);
	return true;
}

static bool add_compressions(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t stop;

	if (!tls_add_vector(h, w, F(COMPRESSIONS_LENGTH), end, 1, UINT8_MAX, &stop))
		return false;
	uint32_t count = stop - w->at;
	node_ref top = open_heading(d, w, F(COMPRESSIONS));
	append_text(d, w, top, " (%u method%s)", count, count == 1 ? "" : "s");
	while (w->state == WIRE_GOOD && w->at < stop)
		add_uint8(d, w, F(COMPRESSION));
	close_subtree(d, top, w);
	return true;
}

/* Who sends early data is sure of TLS 1.3, RFC 8446, section 4.2.10. */
static bool offers_early_data(struct wire w, uint32_t end)
{
	enum { EARLY_DATA = 42, TICKET_EARLY_DATA = 46 };

	wire_skip(&w, 2 + RANDOM);
	wire_skip(&w, wire_u8(&w));
	wire_skip(&w, wire_u16(&w));
	wire_skip(&w, wire_u8(&w));
	wire_skip(&w, 2);
	while (w.state == WIRE_GOOD && w.at + 4 <= end) {
		uint16_t type = wire_u16(&w);
		wire_skip(&w, wire_u16(&w));
		if (w.state == WIRE_GOOD && (type == EARLY_DATA || type == TICKET_EARLY_DATA))
			return true;
	}
	return false;
}

static void read_client_hello(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	struct tls_octets suites = { NULL, 0 };

	if (d->first_pass && h->session) {
		tls_learn_client(h);
		if (offers_early_data(*w, end))
			h->session->now.version = TLS_1_3;
	}
	if (d->first_pass && h->carrier != OVER_DTLS) /* whose connection ids count in pass 1 */
		return;
	uint16_t version = add_uint16(d, w, F(HS_VERSION));
	add_random(h, w);
	add_session_id(h, w);
	if (h->carrier == OVER_DTLS) {
		uint8_t n = add_uint8(d, w, F(COOKIE_LENGTH));
		if (n)
			add_octets(d, w, F(HELLO_COOKIE), n);
	}
	if (!add_suites(h, w, end, &suites) || !add_compressions(h, w, end))
		return;
	const uint32_t extensions_at = w->at;
	if (w->at < end)
		tls_add_extensions(h, w, end);
	add_ja3(h, w, extensions_at, version, suites);
}

/* ---- Server Hello ---- */

/* Drafts up to 21 said their version where older ones do, and had no session id, RFC 8446, appendix D.1. */
static bool is_early_draft(uint16_t version)
{
	return version >> 8 == 0x7f && (version & 0xff) < 22;
}

/* The protocol that an ALPN extension chooses, by its name there. */
static const char *application_of(const uint8_t *alpn, uint32_t length)
{
	static const struct { const char *id, *name; bool is_prefix; } applications[] = {
		{ "http/1.1", "Hypertext Transfer Protocol", false },
		{ "h2", "HyperText Transfer Protocol 2", false },
		{ "h2-", "HyperText Transfer Protocol 2", true },
		{ "spdy/", "SPDY", true },
		{ "dot", "Domain Name System", false },
		{ "stun.turn", "TURN Channel", false },
		{ "coap", "Constrained Application Protocol", false },
	};

	if (length < 3 || alpn[2] > length - 3)
		return NULL;
	for (unsigned i = 0; i < sizeof applications / sizeof *applications; i++) {
		size_t n = strlen(applications[i].id);
		if ((applications[i].is_prefix ? alpn[2] > n : alpn[2] == n) && !memcmp(alpn + 3, applications[i].id, n))
			return applications[i].name;
	}
	return NULL;
}

/* What a server chooses by extensions, from the first to the last. */
static void read_choices(struct wire *w, uint32_t end, struct tls_choice *choice)
{
	while (w->state == WIRE_GOOD && w->at + 4 <= end) {
		uint16_t type = wire_u16(w), length = wire_u16(w);
		const uint8_t *value = wire_bytes(w, length);
		if (value && type == 43 && length == 2 && tls_is_version(be16(value)))
			choice->version = be16(value);
		else if (value && type == 16)
			choice->application = application_of(value, length);
	}
}

/* What a Server Hello chooses, before it is shown: the version stands at its end. */
static struct tls_choice choice_of(struct wire w, uint32_t end, bool *is_retry)
{
	struct tls_choice choice = { 0 };
	uint16_t version = wire_u16(&w);
	const uint8_t *random = wire_bytes(&w, RANDOM);

	*is_retry = random && !memcmp(random, retry_random, RANDOM);
	choice.version = tls_is_version(version) ? version : 0;
	if (!is_early_draft(version))
		wire_skip(&w, wire_u8(&w));
	choice.suite = wire_u16(&w);
	wire_skip(&w, is_early_draft(version) ? 2 : 3);
	read_choices(&w, end, &choice);
	return choice;
}

static void read_server_hello(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	const struct tls_choice choice = choice_of(*w, end, &h->is_retry);
	const uint16_t before = h->choice.version;

	h->is_retry &= h->carrier != OVER_DTLS;
	if (w->state == WIRE_GOOD) {
		h->choice = choice;
		if (!choice.version)
			h->choice.version = before;
		if (d->first_pass && h->session)
			tls_choose(h->session, d->frame->number, choice);
	}
	if (d->first_pass && h->carrier != OVER_DTLS) /* whose connection ids count in pass 1 */
		return;
	uint16_t version = add_uint16(d, w, F(HS_VERSION));
	add_random(h, w);
	if (!is_early_draft(version))
		add_session_id(h, w);
	uint16_t suite = add_uint16(d, w, F(SUITE));
	if (!is_early_draft(version))
		add_uint8(d, w, F(COMPRESSION));
	const uint32_t extensions_at = w->at;
	if (w->at < end)
		tls_add_extensions(h, w, end);
	add_ja3s(h, w, extensions_at, version, suite);
}

/* As drafts of TLS 1.3 up to 21 had it */
static void read_retry_request(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	h->is_retry = true;
	uint16_t version = add_uint16(h->d, w, F(HS_VERSION));
	if (!tls_draft_of(version) || tls_draft_of(version) >= 19)
		add_uint16(h->d, w, F(SUITE));
	if (w->at < end)
		tls_add_extensions(h, w, end);
}

/* RFC 6347, section 4.2.1 */
static void read_verify_request(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	if (h->carrier != OVER_DTLS)
		return;
	add_uint16(h->d, w, F(HS_VERSION));
	uint8_t n = add_uint8(h->d, w, F(COOKIE_LENGTH));
	if (n)
		add_octets(h->d, w, F(HELLO_COOKIE), n);
}

/* ---- what follows the hellos ---- */

/* RFC 8446, section 4.3.1: the application's protocol is chosen here. */
static void read_encrypted_extensions(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct tls_choice choice = { 0 };
	struct wire extensions = *w;

	wire_skip(&extensions, 2);
	read_choices(&extensions, end, &choice);
	if (choice.application) {
		h->choice.application = choice.application;
		if (h->d->first_pass && h->session)
			tls_choose(h->session, h->d->frame->number, h->choice);
	}
	if (!h->d->first_pass)
		tls_add_extensions(h, w, end);
}

/* RFC 5077, section 3.3; RFC 8446, section 4.6.1 */
static void read_session_ticket(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	const bool is_1_3 = tls_is_1_3(h->choice.version);
	uint32_t stop;

	node_ref top = open_heading(d, w, F(TICKET));
	uint32_t seconds = add_uint32(d, w, F(TICKET_LIFETIME));
	append_text(d, w, d->last, " second%s", seconds == 1 ? "" : "s");
	if (seconds >= 60) {
		char words[96];
		append_text(d, w, d->last, " (%.*s)", (int)(put_duration(words, seconds * 1000ull) - words), words);
	}
	if (is_1_3) {
		add_uint32(d, w, F(TICKET_AGE_ADD));
		if (tls_add_vector(h, w, F(TICKET_NONCE_LENGTH), end, 0, UINT8_MAX, &stop))
			tls_add_rest(h, w, F(TICKET_NONCE), stop);
	}
	if (tls_add_vector(h, w, F(TICKET_LENGTH), end, is_1_3, ANY, &stop)) {
		tls_add_rest(h, w, F(TICKET_OCTETS), stop);
		if (is_1_3)
			tls_add_extensions(h, w, end);
	}
	close_subtree(d, top, w);
}

/* The context of a certificate or of the request for one, RFC 8446, section 4.3.2 */
static bool add_context(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (!tls_add_vector(h, w, F(CONTEXT_LENGTH), end, 0, UINT8_MAX, &stop))
		return false;
	if (stop > w->at)
		tls_add_rest(h, w, F(CONTEXT), stop);
	return true;
}

static void read_certificates(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	const bool is_1_3 = tls_is_1_3(h->choice.version);
	uint32_t list_stop, stop;

	if ((is_1_3 && !add_context(h, w, end)) || !tls_add_vector(h, w, F(CERTIFICATES_LENGTH), end, 0, ANY_24, &list_stop) ||
	    list_stop == w->at)
		return;
	node_ref top = open_heading(d, w, F(CERTIFICATES));
	append_text(d, w, top, " (%u byte%s)", list_stop - w->at, list_stop - w->at == 1 ? "" : "s");
	while (w->state == WIRE_GOOD && w->at < list_stop) {
		if (!tls_add_vector(h, w, F(CERTIFICATE_LENGTH), list_stop, 1, ANY_24, &stop))
			break;
		tls_add_certificate(h, w, stop);
		if (is_1_3)
			tls_add_extensions(h, w, list_stop);
	}
	close_subtree(d, top, w);
}

/* ---- key exchange ---- */

enum key_exchange {
	EXCHANGE_UNKNOWN, EXCHANGE_RSA, EXCHANGE_DH, EXCHANGE_DHE, EXCHANGE_DH_ANON, EXCHANGE_ECDH,
	EXCHANGE_ECDH_ANON, EXCHANGE_PSK, EXCHANGE_RSA_PSK, EXCHANGE_ECJPAKE,
};

/* How a cipher suite exchanges keys stands in its name. The first row that fits counts. */
static enum key_exchange exchange_of(uint16_t suite)
{
	static const struct { const char *prefix; enum key_exchange exchange; } rows[] = {
		{ "TLS_RSA_PSK_", EXCHANGE_RSA_PSK }, { "TLS_RSA_", EXCHANGE_RSA }, { "SSL_RSA_", EXCHANGE_RSA },
		{ "TLS_DH_anon_", EXCHANGE_DH_ANON }, { "TLS_DH_", EXCHANGE_DH }, { "TLS_DHE_PSK_", EXCHANGE_UNKNOWN },
		{ "TLS_DHE_", EXCHANGE_DHE }, { "TLS_ECDH_anon_", EXCHANGE_ECDH_ANON },
		{ "TLS_ECDHE_PSK_", EXCHANGE_UNKNOWN }, { "TLS_ECDHE_", EXCHANGE_ECDH }, { "TLS_ECDH_", EXCHANGE_ECDH },
		{ "TLS_PSK_WITH_", EXCHANGE_PSK }, { "TLS_ECJPAKE_", EXCHANGE_ECJPAKE },
	};
	const char *name = name_or(&tls_cipher_suites, suite, "");
	const bool is_aria = strstr(name, "_ARIA_") != NULL, is_draft = suite >= 0xcc13 && suite <= 0xcc15;

	/* suites that tshark does not know in full */
	if (is_draft || (is_aria && !(strstr(name, "TLS_PSK_") && strstr(name, "_CBC_"))))
		return EXCHANGE_UNKNOWN;
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!strncmp(name, rows[i].prefix, strlen(rows[i].prefix)))
			return rows[i].exchange;
	return EXCHANGE_UNKNOWN;
}

/* A length and as many octets: a part of the keys. */
static void add_part(struct tls_handshake *h, struct wire *w, enum tls_field length)
{
	const struct field *field = &h->fields[length];
	uint32_t n = field_width(field) == 1 ? add_uint8(h->d, w, field) : add_uint16(h->d, w, field);

	add_octets(h->d, w, field + 1, n);
}

static bool add_curve(struct tls_handshake *h, struct wire *w)
{
	enum { NAMED = 3 };

	if (add_uint8(h->d, w, F(CURVE_TYPE)) != NAMED)
		return false;
	add_uint16(h->d, w, F(NAMED_CURVE));
	return true;
}

static void server_rsa(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	add_part(h, w, TLS_MODULUS_LENGTH);
	add_part(h, w, TLS_EXPONENT_LENGTH);
	tls_add_signature(h, w, end, F(SIGNATURE_LENGTH), F(SIGNATURE));
}

static void server_dh_anon(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_part(h, w, TLS_P_LENGTH);
	add_part(h, w, TLS_G_LENGTH);
	add_part(h, w, TLS_YS_LENGTH);
}

static void server_dhe(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	server_dh_anon(h, w, end);
	tls_add_signature(h, w, end, F(SIGNATURE_LENGTH), F(SIGNATURE));
}

static void server_ecdh_anon(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (add_curve(h, w) && w->at < end)
		add_part(h, w, TLS_SERVER_POINT_LENGTH);
}

static void server_ecdh(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (!add_curve(h, w) || w->at >= end)
		return;
	add_part(h, w, TLS_SERVER_POINT_LENGTH);
	tls_add_signature(h, w, end, F(SIGNATURE_LENGTH), F(SIGNATURE));
}

static void server_psk(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_part(h, w, TLS_HINT_LENGTH);
}

/* draft-cragie-tls-ecjpake */
static void server_ecjpake(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	if (!add_curve(h, w))
		return;
	add_part(h, w, TLS_XS_LENGTH);
	add_part(h, w, TLS_VS_LENGTH);
	add_part(h, w, TLS_RS_LENGTH);
}

static void client_rsa(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (h->choice.version == TLS_SSL_3) /* RFC 6101, section 5.6.7.1 */
		tls_add_rest(h, w, F(PREMASTER), end);
	else
		add_part(h, w, TLS_PREMASTER_LENGTH);
}

static void client_dh(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_part(h, w, TLS_YC_LENGTH);
}

static void client_ecdh(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_part(h, w, TLS_CLIENT_POINT_LENGTH);
}

static void client_psk(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_part(h, w, TLS_IDENTITY_LENGTH);
}

static void client_rsa_psk(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_part(h, w, TLS_IDENTITY_LENGTH);
	add_part(h, w, TLS_PREMASTER_LENGTH);
}

static void client_ecjpake(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_part(h, w, TLS_XC_LENGTH);
	add_part(h, w, TLS_VC_LENGTH);
	add_part(h, w, TLS_RC_LENGTH);
}

struct exchange {
	const char *title; /* NULL: nothing is shown of it */
	void (*read)(struct tls_handshake *h, struct wire *w, uint32_t end);
};

static const struct exchange server_exchanges[] = {
	[EXCHANGE_RSA]       = { "RSA-EXPORT Server Params", server_rsa },
	[EXCHANGE_DHE]       = { "Diffie-Hellman Server Params", server_dhe },
	[EXCHANGE_DH_ANON]   = { "Diffie-Hellman Server Params", server_dh_anon },
	[EXCHANGE_ECDH]      = { "EC Diffie-Hellman Server Params", server_ecdh },
	[EXCHANGE_ECDH_ANON] = { "EC Diffie-Hellman Server Params", server_ecdh_anon },
	[EXCHANGE_PSK]       = { "PSK Server Params", server_psk },
	[EXCHANGE_RSA_PSK]   = { "PSK Server Params", server_psk },
	[EXCHANGE_ECJPAKE]   = { "EC J-PAKE Server Params", server_ecjpake },
};

static const struct exchange client_exchanges[] = {
	[EXCHANGE_RSA]       = { "RSA Encrypted PreMaster Secret", client_rsa },
	[EXCHANGE_DH]        = { "Diffie-Hellman Client Params", client_dh },
	[EXCHANGE_DHE]       = { "Diffie-Hellman Client Params", client_dh },
	[EXCHANGE_DH_ANON]   = { "Diffie-Hellman Client Params", client_dh },
	[EXCHANGE_ECDH]      = { "EC Diffie-Hellman Client Params", client_ecdh },
	[EXCHANGE_ECDH_ANON] = { "EC Diffie-Hellman Client Params", client_ecdh },
	[EXCHANGE_PSK]       = { "PSK Client Params", client_psk },
	[EXCHANGE_RSA_PSK]   = { "RSA PSK Client Params", client_rsa_psk },
	[EXCHANGE_ECJPAKE]   = { "EC J-PAKE Client Params", client_ecjpake },
};

static void add_exchange(struct tls_handshake *h, struct wire *w, uint32_t end, const struct exchange *exchange)
{
	if (!exchange->title)
		return;
	node_ref top = open_heading(h->d, w, F(KEY_PARAMETERS));
	set_text(h->d, w, top, "%s", exchange->title);
	set_length(h->d, top, end - w->at);
	exchange->read(h, w, end);
	close_subtree(h->d, top, NULL);
}

static void read_server_key_exchange(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	const enum key_exchange exchange = exchange_of(h->choice.suite);

	/* a hint that is not all of the message is none */
	if (server_exchanges[exchange].read == server_psk && wire_peek_u16(w, 0) + 2u != end - w->at)
		return;
	add_exchange(h, w, end, &server_exchanges[exchange]);
}

static void read_client_key_exchange(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	add_exchange(h, w, end, &client_exchanges[exchange_of(h->choice.suite)]);
}

/* ---- certificates, continued ---- */

/* RFC 5246, section 7.4.4 */
static void read_certificate_request(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	const unsigned draft = tls_draft_of(h->choice.version);
	uint32_t stop;

	if (tls_is_1_3(h->choice.version)) {
		if (!add_context(h, w, end))
			return;
		if (!draft || draft >= 19) {
			tls_add_extensions(h, w, end);
			return;
		}
	} else {
		if (!tls_add_vector(h, w, F(CLIENT_TYPES_COUNT), end, 1, UINT8_MAX, &stop))
			return;
		node_ref top = open_heading(d, w, F(CLIENT_TYPES));
		append_text(d, w, top, " (%u type%s)", stop - w->at, stop - w->at == 1 ? "" : "s");
		while (w->state == WIRE_GOOD && w->at < stop)
			add_uint8(d, w, F(CLIENT_TYPE));
		close_subtree(d, top, w);
	}
	if ((h->choice.version == TLS_1_2 || h->choice.version == DTLS_1_2 || draft) && !tls_add_schemes(h, w, end))
		return;
	tls_add_distinguished_names(h, w, end);
}

static void read_certificate_verify(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	tls_add_signature(h, w, end, F(VERIFY_LENGTH), F(VERIFY));
}

static void read_finished(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;

	if (h->choice.version == TLS_SSL_3) { /* RFC 6101, section 5.6.9 */
		add_node(d, w, F(MD5_HASH), w->at, 16, 0);
		wire_skip(w, 16);
		add_node(d, w, F(SHA_HASH), w->at, 20, 0);
		wire_skip(w, 20);
	} else {
		add_node(d, w, F(VERIFY_DATA), w->at, end - w->at, 0);
	}
}

/* RFC 6066, section 5 */
static void read_certificate_url(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t list_stop, stop;

	add_uint8(d, w, F(URL_TYPE));
	if (!tls_add_vector(h, w, F(URL_LIST_LENGTH), end, 0, ANY, &list_stop))
		return;
	while (w->state == WIRE_GOOD && w->at < list_stop) {
		node_ref top = open_heading(d, w, F(URL_LIST));
		if (tls_add_vector(h, w, F(URL_LENGTH), list_stop, 1, ANY, &stop)) {
			add_string(d, w, F(URL), stop - w->at);
			add_node(d, w, F(URL_PADDING), w->at, 1, 0);
			wire_skip(w, 1);
			add_octets(d, w, F(URL_SHA1), 20);
		}
		close_subtree(d, top, w);
	}
}

static void add_ocsp_response(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (!tls_add_vector(h, w, F(OCSP_LENGTH), end, 1, ANY_24, &stop))
		return;
	tls_add_ocsp(h, w, stop);
}

void tls_add_status(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint8_t type = add_uint8(h->d, w, F(STATUS_TYPE));
	uint32_t list_stop;

	if (type == TLS_STATUS_OCSP) {
		add_ocsp_response(h, w, end);
	} else if (type == TLS_STATUS_OCSP_MULTI &&
	           tls_add_vector(h, w, F(OCSP_LIST_LENGTH), end, 0, ANY_24, &list_stop)) {
		while (w->state == WIRE_GOOD && w->at < list_stop)
			add_ocsp_response(h, w, list_stop);
	}
}

/* RFC 8446, section 4.6.3; shown beside its message. */
static void read_key_update(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	h->d->depth--;
	add_uint8(h->d, w, F(UPDATE_REQUEST));
	h->d->depth++;
}

/* draft-agl-tls-nextprotoneg-04 */
static void read_next_protocol(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	uint8_t n = add_uint8(h->d, w, F(NPN_SELECTED_LENGTH));
	add_string(h->d, w, F(NPN_SELECTED), n);
	n = add_uint8(h->d, w, F(NPN_PADDING_LENGTH));
	add_octets(h->d, w, F(NPN_PADDING), n);
}

static void read_hello_done(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)w, (void)end;
	if (h->d->first_pass && h->session)
		h->session->server_hello_done = true;
}

static void read_nothing(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)h, (void)w, (void)end;
}

/* ---- the messages ---- */

struct message {
	uint8_t type;
	bool is_learned_from; /* by pass 1, too */
	void (*read)(struct tls_handshake *h, struct wire *w, uint32_t end);
};

static const struct message messages[] = {
	{ TLS_HELLO_REQUEST, false, read_nothing },
	{ TLS_CLIENT_HELLO, true, read_client_hello },
	{ TLS_SERVER_HELLO, true, read_server_hello },
	{ TLS_HELLO_VERIFY_REQUEST, false, read_verify_request },
	{ TLS_NEW_SESSION_TICKET, false, read_session_ticket },
	{ TLS_END_OF_EARLY_DATA, false, read_nothing },
	{ TLS_HELLO_RETRY_REQUEST, false, read_retry_request },
	{ TLS_ENCRYPTED_EXTENSIONS, true, read_encrypted_extensions },
	{ TLS_CERTIFICATE_MESSAGE, false, read_certificates },
	{ TLS_SERVER_KEY_EXCHANGE, false, read_server_key_exchange },
	{ TLS_CERTIFICATE_REQUEST, false, read_certificate_request },
	{ TLS_SERVER_HELLO_DONE, true, read_hello_done },
	{ TLS_CERTIFICATE_VERIFY, false, read_certificate_verify },
	{ TLS_CLIENT_KEY_EXCHANGE, false, read_client_key_exchange },
	{ TLS_FINISHED, false, read_finished },
	{ TLS_CERTIFICATE_URL, false, read_certificate_url },
	{ TLS_CERTIFICATE_STATUS, false, tls_add_status },
	{ TLS_SUPPLEMENTAL_DATA, false, read_nothing },
	{ TLS_KEY_UPDATE, false, read_key_update },
	{ TLS_COMPRESSED_CERTIFICATE, false, tls_add_compressed_certificate },
	{ TLS_NEXT_PROTOCOL, false, read_next_protocol },
};

bool tls_is_handshake_type(uint8_t type)
{
	return name_of(&tls_handshake_types, type) != NULL;
}

const char *tls_handshake_name(uint8_t type)
{
	return name_or(&tls_handshake_types, type, "Encrypted Handshake Message");
}

const char *tls_message_name(const struct wire *w)
{
	enum { RANDOM_AT = TLS_MESSAGE_HEADER + 2 };

	if (!wire_captured(w))
		return "";
	if (*wire_here(w) == TLS_SERVER_HELLO && wire_has(w, RANDOM_AT + RANDOM) &&
	    !memcmp(wire_here(w) + RANDOM_AT, retry_random, RANDOM))
		return tls_handshake_name(TLS_HELLO_RETRY_REQUEST);
	return tls_handshake_name(*wire_here(w));
}

void tls_dissect_body(struct tls_handshake *h, struct wire *w, uint8_t type, uint32_t length)
{
	const uint32_t end = w->at + length;

	const struct wire body = *w;

	h->type = type;
	h->is_retry = false;
	h->has_bad_extensions = false;
	h->extensions = h->groups = h->formats = (struct tls_octets){ NULL, 0 };
	for (unsigned i = 0; i < sizeof messages / sizeof *messages; i++)
		if (messages[i].type == type && (!h->d->first_pass || messages[i].is_learned_from))
			messages[i].read(h, w, end);
	if (h->d->first_pass)
		tls_learn_message(h, body, type, length);
	if (w->state == WIRE_GOOD)
		w->at = end;
}

void tls_dissect_message(struct tls_handshake *h, struct wire *w)
{
	struct dissection *d = h->d;
	const char *name = tls_message_name(w);
	node_ref top = open_heading(d, w, F(HANDSHAKE));

	append_text(d, w, top, ": %s", name);
	uint8_t type = add_uint8(d, w, F(HS_TYPE));
	uint32_t length = add_uint24(d, w, F(HS_LENGTH));
	set_length(d, top, TLS_MESSAGE_HEADER + length);
	tls_dissect_body(h, w, type, length);
	close_subtree(d, top, w);
}
