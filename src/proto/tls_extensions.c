/*
 * tls_extensions.c: the extensions of hello messages, certificates and tickets, by IANA's registry "TLS ExtensionType Values".
 *
 * Each is a row of one table; what has no row is shown as octets. Those of fixed size may be read past their own end, into
 * what follows: that they were too short is said afterwards.
 */

#include "dissect/tls_fields.h"

#define F(name) TLS_FIELD(h, name)

enum { ANY = UINT16_MAX }; /* octets of a vector that has no limit of its own */

static bool is_client_hello(const struct tls_handshake *h)
{
	return h->type == TLS_CLIENT_HELLO;
}

/* Strings, each with its length in front, up to `end`; the first of them. */
static struct tls_octets add_strings(struct tls_handshake *h, struct wire *w, uint32_t end,
                                     const struct field *length, const struct field *string)
{
	struct tls_octets first = { NULL, 0 };
	uint32_t stop;

	while (w->state == WIRE_GOOD && w->at < end && tls_add_vector(h, w, length, end, 1, UINT8_MAX, &stop)) {
		const uint32_t n = stop - w->at;
		const uint8_t *octets = add_string(h->d, w, string, n);
		if (octets && !first.octets)
			first = (struct tls_octets){ octets, n };
	}
	return first;
}

/* ---- a function for each kind of extension: it starts behind the length, and should end at `end` ---- */

/* RFC 6066, section 3 */
static void read_server_name(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	const uint32_t from = w->at;
	uint32_t stop, name_stop;

	if (from == end)
		return;
	node_ref top = open_heading(d, w, F(SNI));
	if (tls_add_vector(h, w, F(SNI_LIST_LENGTH), end, 1, ANY, &stop)) {
		while (w->state == WIRE_GOOD && w->at < stop) {
			add_uint8(d, w, F(SNI_TYPE));
			if (tls_add_vector(h, w, F(SNI_LENGTH), stop, 1, ANY, &name_stop))
				add_string(d, w, F(SNI_NAME), name_stop - w->at);
		}
	}
	set_length(d, top, end - from);
	close_subtree(d, top, NULL);
}

/* RFC 6066, section 4 */
static void read_fragment_length(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_uint8(h->d, w, F(FRAGMENT_LENGTH));
}

/* The responders and extensions of an OCSP request, which are only counted. */
static bool read_status_body(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	const enum tls_field parts[] = { TLS_RESPONDERS_LENGTH, TLS_REQUEST_EXTENSIONS_LENGTH };

	for (unsigned i = 0; i < 2; i++) {
		uint32_t stop;
		if (!tls_add_vector(h, w, &h->fields[parts[i]], end, 0, ANY, &stop))
			return false;
		if (stop > w->at)
			note_on(h->d, h->d->last, F(NOTE_STATUS));
		w->at = stop;
	}
	return true;
}

/* RFC 6066, section 8; of a certificate, RFC 8446, section 4.4.2.1 */
static void read_status_request(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (h->type == TLS_CERTIFICATE_MESSAGE)
		tls_add_status(h, w, end);
	else if (is_client_hello(h) && w->at < end && add_uint8(h->d, w, F(STATUS_TYPE)) == TLS_STATUS_OCSP)
		read_status_body(h, w, end);
}

/* RFC 6961, section 2.2 */
static void read_status_request_v2(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t list_stop, stop;

	if (!is_client_hello(h) || !tls_add_vector(h, w, F(STATUS_LIST_LENGTH), end, 0, ANY, &list_stop))
		return;
	while (w->state == WIRE_GOOD && w->at < list_stop) {
		uint8_t type = add_uint8(h->d, w, F(STATUS_TYPE));
		uint16_t n = add_uint16(h->d, w, F(STATUS_LENGTH));
		stop = w->at + n;
		if (type != TLS_STATUS_OCSP && type != TLS_STATUS_OCSP_MULTI)
			wire_skip(w, n);
		else if (!read_status_body(h, w, list_stop))
			return;
		else
			tls_end_vector(h, w, stop);
	}
}

static void add_certificate_types(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;

	if (!is_client_hello(h)) {
		add_uint8(d, w, F(CERT_TYPE));
		return;
	}
	uint8_t n = add_uint8(d, w, F(CERT_TYPES_LENGTH));
	if (!n || w->state != WIRE_GOOD || w->at + n > end)
		return;
	add_node(d, w, F(CERT_TYPES), w->at, n, 0);
	node_ref top = open_subtree(d);
	append_text(d, w, top, " (%u)", n);
	for (; n && w->state == WIRE_GOOD; n--)
		add_uint8(d, w, F(CERT_TYPE));
	close_subtree(d, top, w);
}

/* RFC 8422, section 5.1.1; RFC 7919 */
static void read_groups(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t stop;

	if (!tls_add_vector(h, w, F(GROUPS_LENGTH), end, 2, ANY, &stop))
		return;
	uint32_t count = (stop - w->at) / 2;
	h->groups = (struct tls_octets){ wire_here(w), end - w->at };
	node_ref top = open_heading(d, w, F(GROUPS));
	append_text(d, w, top, " (%u group%s)", count, count == 1 ? "" : "s");
	while (w->state == WIRE_GOOD && w->at + 2 <= end)
		add_uint16(d, w, F(GROUP));
	tls_end_vector(h, w, stop);
	close_subtree(d, top, w);
}

/* RFC 8422, section 5.1.2 */
static void read_point_formats(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint8_t n = add_uint8(d, w, F(FORMATS_LENGTH));

	(void)end;
	if (!wire_need(w, n))
		return;
	h->formats = (struct tls_octets){ wire_here(w), n };
	add_node(d, w, F(FORMATS), w->at, n, 0);
	node_ref top = open_subtree(d);
	append_text(d, w, top, " (%u)", n);
	for (; n; n--)
		add_uint8(d, w, F(FORMAT));
	close_subtree(d, top, w);
}

/* RFC 5054, section 2.8.1 */
static void read_srp(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (tls_add_vector(h, w, F(SRP_LENGTH), end, 1, ANY, &stop))
		add_string(h->d, w, F(SRP), stop - w->at);
}

/* RFC 8446, section 4.2.3 */
static void read_schemes(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	tls_add_schemes(h, w, end);
}

/* RFC 5764, section 4.1.1: where datagrams carry media */
static void read_srtp(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (h->carrier != OVER_DTLS || !tls_add_vector(h, w, F(PROFILES_LENGTH), end, 2, ANY, &stop))
		return;
	while (w->state == WIRE_GOOD && w->at < stop)
		add_uint16(h->d, w, F(PROFILE));
	uint8_t n = add_uint8(h->d, w, F(MKI_LENGTH));
	if (n)
		add_octets(h->d, w, F(MKI), n);
}

/* RFC 6520, section 2 */
static void read_heartbeat(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_uint8(h->d, w, F(HEARTBEAT_MODE));
}

/* RFC 7301 */
static void read_alpn(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (!tls_add_vector(h, w, F(ALPN_LENGTH), end, 2, ANY, &stop))
		return;
	node_ref top = open_heading(h->d, w, F(ALPN));
	add_strings(h, w, stop, F(ALPN_STRING_LENGTH), F(ALPN_STRING));
	close_subtree(h->d, top, w);
}

/* RFC 6962, section 3.3 */
static void read_timestamps(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (!is_client_hello(h))
		tls_add_timestamps(h, w, end);
}

/* RFC 7685; the octets of any other extension, too */
static void read_padding(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	tls_add_rest(h, w, F(PADDING), end);
}

/* Nothing stands in it. */
static void read_nothing(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)h, (void)w, (void)end;
}

/* RFC 8879, section 3 */
static void read_compressions(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if ((!is_client_hello(h) && h->type != TLS_CERTIFICATE_REQUEST) ||
	    !tls_add_vector(h, w, F(COMPRESSED_ALGORITHMS_LENGTH), end, 1, UINT8_MAX - 1, &stop))
		return;
	while (w->state == WIRE_GOOD && w->at + 2 <= stop)
		add_uint16(h->d, w, F(COMPRESSED_ALGORITHM));
	tls_end_vector(h, w, stop);
}

/* RFC 8449 */
static void read_record_size(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	add_uint16(h->d, w, F(RECORD_SIZE));
}

/* RFC 9345, section 4 */
static void read_credentials(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (is_client_hello(h)) {
		tls_add_schemes(h, w, end);
		return;
	}
	/* its 32 bits under a field of 16 */
	uint32_t seconds = wire_u32(w);
	if (w->state != WIRE_GOOD)
		return;
	add_node(h->d, w, F(CREDENTIAL_TIME), w->at - 4, 4, seconds);
	tls_add_scheme(h, w);
	if (!tls_add_vector(h, w, F(CREDENTIAL_KEY_LENGTH), end, 1, (1u << 24) - 1, &stop))
		return;
	tls_add_rest(h, w, F(CREDENTIAL_KEY), stop);
	tls_add_scheme(h, w);
	if (tls_add_vector(h, w, F(CREDENTIAL_SIGNATURE_LENGTH), end, 1, ANY, &stop))
		tls_add_rest(h, w, F(CREDENTIAL_SIGNATURE), stop);
}

/* RFC 5077, section 3.2 */
static void read_ticket(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	tls_add_rest(h, w, F(TICKET_DATA), end);
}

/* RFC 8446, section 4.2.11 */
static bool read_psk_identity(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t stop;
	node_ref top = open_heading(d, w, F(PSK_IDENTITY));

	append_literal(d, w, top, " (");
	const bool is_good = tls_add_vector(h, w, F(PSK_IDENTITY_LENGTH), end, 1, ANY, &stop);
	if (is_good) {
		append_text(d, w, top, "length: %u)", stop - w->at);
		tls_add_rest(h, w, F(PSK_IDENTITY_OCTETS), stop);
		add_uint32(d, w, F(PSK_AGE));
	}
	close_subtree(d, top, w);
	return is_good;
}

static void read_psk_offers(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t stop;

	if (!tls_add_vector(h, w, F(PSK_IDENTITIES_LENGTH), end, 7, ANY, &stop))
		return;
	while (w->state == WIRE_GOOD && w->at < stop)
		if (!read_psk_identity(h, w, stop))
			return;
	tls_end_vector(h, w, stop);
	if (!tls_add_vector(h, w, F(PSK_BINDERS_LENGTH), end, 33, ANY, &stop))
		return;
	add_node(d, w, F(PSK_BINDERS), w->at, stop - w->at, 0);
	wire_skip(w, stop - w->at);
}

static void read_psk(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	node_ref top = open_heading(h->d, w, F(PSK));

	if (is_client_hello(h))
		read_psk_offers(h, w, end);
	else if (h->type == TLS_SERVER_HELLO)
		add_uint16(h->d, w, F(PSK_SELECTED));
	close_subtree(h->d, top, w);
}

/* RFC 8446, section 4.2.10 */
static void read_early_data(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	(void)end;
	if (h->type == TLS_NEW_SESSION_TICKET)
		add_uint32(h->d, w, F(EARLY_DATA_SIZE));
}

/* RFC 8446, section 4.2.1 */
static void read_versions(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (!is_client_hello(h)) {
		add_uint16(h->d, w, F(SUPPORTED_VERSION));
		return;
	}
	if (!tls_add_vector(h, w, F(VERSIONS_LENGTH), end, 2, UINT8_MAX - 1, &stop))
		return;
	while (w->state == WIRE_GOOD && w->at + 2 <= stop)
		add_uint16(h->d, w, F(SUPPORTED_VERSION));
	tls_end_vector(h, w, stop);
}

/* RFC 8446, section 4.2.2 */
static void read_cookie(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (tls_add_vector(h, w, F(EXT_COOKIE_LENGTH), end, 1, ANY, &stop))
		tls_add_rest(h, w, F(EXT_COOKIE), stop);
}

/* RFC 8446, section 4.2.9 */
static void read_psk_modes(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (!tls_add_vector(h, w, F(PSK_MODES_LENGTH), end, 1, UINT8_MAX, &stop))
		return;
	while (w->state == WIRE_GOOD && w->at < stop)
		add_uint8(h->d, w, F(PSK_MODE));
}

/* RFC 8446, section 4.2.4 */
static void read_authorities(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	tls_add_distinguished_names(h, w, end);
}

/* RFC 8446, section 4.2.5 */
static void read_oid_filters(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t list_stop, stop;

	if (!tls_add_vector(h, w, F(OID_FILTERS_LENGTH), end, 0, ANY, &list_stop))
		return;
	while (w->state == WIRE_GOOD && w->at < list_stop) {
		node_ref top = open_heading(d, w, F(OID_FILTER));
		if (tls_add_vector(h, w, F(OID_LENGTH), list_stop, 1, UINT8_MAX, &stop)) {
			tls_add_rest(h, w, F(OID), stop);
			if (tls_add_vector(h, w, F(OID_VALUES_LENGTH), list_stop, 0, ANY, &stop))
				wire_skip(w, stop - w->at);
		}
		close_subtree(d, top, w);
	}
}

/* RFC 8446, section 4.2.8 */
static void add_key_share(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t stop;

	if (!wire_need(w, 4))
		return;
	node_ref top = open_heading(d, w, F(KEY_SHARE_ENTRY));
	uint16_t group = add_uint16(d, w, F(KEY_SHARE_GROUP));
	const char *name = name_of(&tls_groups, group);
	if (name)
		append_text(d, w, top, ": Group: %s", name);
	else
		append_text(d, w, top, ": Group: Unknown (%u)", group);
	if (tls_add_vector(h, w, F(KEY_SHARE_KEY_LENGTH), end, 1, ANY, &stop)) {
		append_text(d, w, top, ", Key Exchange length: %u", stop - w->at);
		tls_add_rest(h, w, F(KEY_SHARE_KEY), stop);
	}
	close_subtree(d, top, w);
}

static void add_key_shares(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (!tls_add_vector(h, w, F(KEY_SHARE_LENGTH), end, 0, ANY, &stop))
		return;
	while (w->state == WIRE_GOOD && w->at + 4 <= stop)
		add_key_share(h, w, stop);
	tls_end_vector(h, w, stop);
}

static void read_key_share(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (end <= w->at)
		return;
	node_ref top = open_heading(h->d, w, F(KEY_SHARE));
	if (is_client_hello(h))
		add_key_shares(h, w, end);
	else if (h->is_retry)
		add_uint16(h->d, w, F(KEY_SHARE_SELECTED));
	else if (h->type == TLS_SERVER_HELLO)
		add_key_share(h, w, end);
	close_subtree(h->d, top, w);
}

/* RFC 9146, section 3 */
static void read_connection_id(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint8_t n = add_uint8(h->d, w, F(CONNECTION_ID_LENGTH));

	(void)end;
	if (h->d->first_pass && h->session)
		h->session->connection_id_length[h->type == TLS_SERVER_HELLO] = n;
	if (n)
		add_octets(h->d, w, F(CONNECTION_ID), n);
}

/* RFC 5746, section 3.2 */
static void read_renegotiation(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;
	node_ref top = open_heading(h->d, w, F(RENEGOTIATION));

	if (tls_add_vector(h, w, F(RENEGOTIATION_LENGTH), end, 0, UINT8_MAX, &stop) && stop > w->at)
		tls_add_rest(h, w, F(RENEGOTIATION_INFO), stop);
	close_subtree(h->d, top, w);
}

/* draft-agl-tls-nextprotoneg */
static void read_npn(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (w->at == end)
		return;
	node_ref top = open_heading(h->d, w, F(NPN));
	add_strings(h, w, end, F(NPN_LENGTH), F(NPN_STRING));
	close_subtree(h->d, top, w);
}

/* draft-vvv-tls-alps */
static void read_alps(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (h->type == TLS_ENCRYPTED_EXTENSIONS) {
		tls_add_rest(h, w, F(ALPS_SETTINGS), end);
		return;
	}
	if (!is_client_hello(h)) {
		wire_skip(w, end - w->at);
		return;
	}
	if (!tls_add_vector(h, w, F(ALPS_LENGTH), end, 2, ANY, &stop))
		return;
	node_ref top = open_heading(h->d, w, F(ALPS));
	add_strings(h, w, stop, F(ALPS_STRING_LENGTH), F(ALPS_STRING));
	close_subtree(h->d, top, w);
}

/* draft-ietf-tls-esni-01, section 5 */
static void read_esni(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	if (h->type == TLS_ENCRYPTED_EXTENSIONS) {
		add_octets(h->d, w, F(ESNI_NONCE), 16);
		return;
	}
	if (!is_client_hello(h))
		return;
	add_uint16(h->d, w, F(ESNI_SUITE));
	add_key_share(h, w, end);
	if (!tls_add_vector(h, w, F(ESNI_DIGEST_LENGTH), end, 0, ANY, &stop))
		return;
	if (stop > w->at)
		tls_add_rest(h, w, F(ESNI_DIGEST), stop);
	if (tls_add_vector(h, w, F(ESNI_LENGTH), end, 1, ANY, &stop))
		tls_add_rest(h, w, F(ESNI), stop);
}

/* ---- signed certificate timestamps ---- */

static void add_timestamp(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t stop;

	add_uint8(d, w, F(SCT_VERSION));
	add_octets(d, w, F(SCT_LOG), 32);
	const struct wire here = *w;
	const uint64_t milliseconds = wire_u64(w);
	if (w->state != WIRE_GOOD)
		return;
	add_time(d, &here, F(SCT_TIME),
	         (struct timestamp){ (int64_t)(milliseconds / 1000), (int32_t)(milliseconds % 1000 * 1000000) });
	set_length(d, d->last, 8);
	if (!tls_add_vector(h, w, F(SCT_EXTENSIONS_LENGTH), end, 0, ANY, &stop))
		return;
	if (stop > w->at) {
		add_node(d, w, F(SCT_EXTENSIONS), w->at, stop - w->at, 0);
		wire_skip(w, stop - w->at);
	}
	tls_add_signature(h, w, end, F(SCT_SIGNATURE_LENGTH), F(SCT_SIGNATURE));
}

void tls_add_timestamps(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t list_stop, stop;

	if (!tls_add_vector(h, w, F(SCT_LIST_LENGTH), end, 1, ANY, &list_stop))
		return;
	while (w->state == WIRE_GOOD && w->at < list_stop) {
		node_ref top = open_heading(d, w, F(SCT));
		const uint8_t *log = wire_has(w, 35) ? wire_here(w) + 3 : NULL;
		if (tls_add_vector(h, w, F(SCT_LENGTH), end, 1, ANY, &stop)) {
			if (log)
				append_text(d, w, top, " (%s)", tls_log_name(log));
			add_timestamp(h, w, stop);
			tls_end_vector(h, w, stop);
		}
		close_subtree(d, top, w);
	}
}

/* ---- the table ---- */

struct extension {
	uint16_t type;
	void (*read)(struct tls_handshake *h, struct wire *w, uint32_t end);
};

/* In rising order of type. */
static const struct extension extensions[] = {
	{ 0, read_server_name },
	{ 1, read_fragment_length },
	{ 5, read_status_request },
	{ 9, add_certificate_types },
	{ 10, read_groups },
	{ 11, read_point_formats },
	{ 12, read_srp },
	{ 13, read_schemes },
	{ 14, read_srtp },
	{ 15, read_heartbeat },
	{ 16, read_alpn },
	{ 17, read_status_request_v2 },
	{ 18, read_timestamps },
	{ 19, add_certificate_types },
	{ 20, add_certificate_types },
	{ 21, read_padding },
	{ 22, read_nothing },         /* encrypt_then_mac, RFC 7366 */
	{ 23, read_nothing },         /* extended_master_secret, RFC 7627 */
	{ 27, read_compressions },
	{ 28, read_record_size },
	{ 34, read_credentials },
	{ 35, read_ticket },
	{ 40, read_key_share },       /* as drafts had it */
	{ 41, read_psk },
	{ 42, read_early_data },
	{ 43, read_versions },
	{ 44, read_cookie },
	{ 45, read_psk_modes },
	{ 46, read_nothing },
	{ 47, read_authorities },
	{ 48, read_oid_filters },
	{ 49, read_nothing },         /* post_handshake_auth, RFC 8446, section 4.2.6 */
	{ 50, read_schemes },
	{ 51, read_key_share },
	{ 53, read_connection_id },
	{ 54, read_connection_id },
	{ 57, quic_add_parameters },
	{ 13172, read_npn },
	{ 17513, read_alps },
	{ 65281, read_renegotiation },
	{ 65445, quic_add_parameters }, /* as drafts had it */
	{ 65486, read_esni },
};

static const struct extension *find_extension(uint16_t type)
{
	for (unsigned i = 0; i < sizeof extensions / sizeof *extensions; i++)
		if (extensions[i].type >= type)
			return extensions[i].type == type ? &extensions[i] : NULL;
	return NULL;
}

static void add_extension(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	const uint16_t type = wire_peek_u16(w, 0), length = wire_peek_u16(w, 2);
	uint32_t stop;

	if (w->state != WIRE_GOOD || (!wire_has(w, 4u + length) && !wire_need(w, 4u + length)))
		return;
	const char *name = name_of(&tls_extension_types, type);
	node_ref top = open_heading(d, w, F(EXTENSION));
	if (name)
		append_text(d, w, top, ": %s (len=%u)", name, length);
	else
		append_text(d, w, top, ": Unknown type %u (len=%u)", type, length);
	add_uint16(d, w, F(EXT_TYPE));
	if (tls_add_vector(h, w, F(EXT_LENGTH), end, 0, ANY, &stop)) {
		const struct extension *extension = find_extension(type);
		if (extension)
			extension->read(h, w, stop);
		else
			tls_add_rest(h, w, F(EXT_DATA), stop);
		tls_end_vector(h, w, stop);
	}
	close_subtree(d, top, w);
}

void tls_add_extensions(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;

	h->has_bad_extensions = !tls_add_vector(h, w, F(EXTENSIONS_LENGTH), end, 0, ANY, &stop);
	if (h->has_bad_extensions)
		return;
	h->extensions = (struct tls_octets){ wire_here(w), stop - w->at };
	while (w->state == WIRE_GOOD && w->at + 4 <= stop)
		add_extension(h, w, stop);
	tls_end_vector(h, w, stop);
}
