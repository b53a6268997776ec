/*
 * tls_session.c: what TLS connections have settled on: version, cipher suite, who is the server.
 *
 * A Server Hello says it. Where none was seen, the version is that of the first record that is not a Client Hello's, whose
 * version says little (RFC 8446, section 5.1).
 */

#include <stdlib.h>

#include "dissect/session.h"
#include "dissect/tls.h"

void tls_sessions_begin(void *state)
{
	map_init(state, sizeof(uint32_t), sizeof(struct tls_session));
}

static void end_session(struct tls_session *session)
{
	free(session->choices);
	tls_protection_end(session->protection);
	tls_stream_end(session->stream);
}

void tls_sessions_end(void *state)
{
	struct map *all = state;

	for (uint32_t i = 0; i < all->count; i++)
		end_session(map_value(all, i));
	map_free(all);
}

const struct tls_session *tls_known_session(const struct dissection *d, const struct protocol *owner)
{
	const struct map *all = find_state(d, owner);

	return all ? map_get(all, &d->conversation) : NULL;
}

struct tls_session *tls_session_of(const struct dissection *d, const struct protocol *owner)
{
	struct map *all = protocol_state(d, owner);
	bool is_new;

	if (!d->first_pass)
		return map_get(all, &d->conversation);
	struct tls_session *session = map_put(all, &d->conversation, &is_new);
	if (is_new)
		session->first_frame = d->frame->number;
	return session;
}

void tls_learn_client(struct tls_handshake *h)
{
	h->session->has_server = true;
	h->session->server = h->d->destination;
	h->session->server_port = h->d->destination_port;
}

/* The protocols behind ports that TLS is used for. */
static const struct name applications[] = {
	{ 324, "RPKI-Router Protocol" }, { 443, "Hypertext Transfer Protocol" }, { 465, "Simple Mail Transfer Protocol" },
	{ 636, "Lightweight Directory Access Protocol" }, { 802, "Modbus/TCP" }, { 853, "Domain Name System" },
	{ 993, "Internet Message Access Protocol" }, { 995, "Post Office Protocol" }, { 1300, "Q.931" },
	{ 2221, "EtherNet/IP (Industrial Protocol)" }, { 2443, "Skinny Client Control Protocol" },
	{ 3249, "Intel Omni-Path FE Header - Omni-Path Fabric Executive Header", 3252 }, { 3389, "TPKT - ISO on TCP - RFC1006" },
	{ 3496, "DoIP (ISO13400) Protocol" }, { 5061, "Session Initiation Protocol" },
	{ 5671, "Advanced Message Queuing Protocol" }, { 5684, "Constrained Application Protocol" },
	{ 5868, "Diameter Protocol" }, { 8883, "MQ Telemetry Transport Protocol" }, { 11207, "Couchbase Protocol" },
	{ 19999, "Distributed Network Protocol 3.0" }, { 27017, "Mongo Wire Protocol" },
};

/* And behind those where a command starts it: of the protocol itself, or to a proxy (SOCKS: mostly for HTTPS). */
static const struct name started_applications[] = {
	{ 21, "File Transfer Protocol (FTP)" }, { 25, "Simple Mail Transfer Protocol" }, { 80, "Hypertext Transfer Protocol" },
	{ 110, "Post Office Protocol" }, { 143, "Internet Message Access Protocol" },
	{ 389, "Lightweight Directory Access Protocol" }, { 587, "Simple Mail Transfer Protocol" }, { 1080, "Hypertext Transfer Protocol" },
	{ 3128, "Hypertext Transfer Protocol" }, { 3306, "MySQL Protocol" }, { 5432, "PostgreSQL" },
	{ 8080, "Hypertext Transfer Protocol" },
};

/* The same for DTLS. */
static const struct name datagram_applications[] = {
	{ 853, "Domain Name System" }, { 2221, "Common Industrial Protocol, I/O" },
	{ 5684, "Constrained Application Protocol" }, { 5868, "Diameter Protocol" },
};

const char *tls_application_on(uint16_t port, bool is_datagram)
{
	if (is_datagram)
		return name_of(NAMES(datagram_applications), port);
	const char *name = name_of(NAMES(applications), port);

	return name ? name : name_of(NAMES(started_applications), port);
}

bool tls_is_started_on(uint16_t port)
{
	return name_of(NAMES(started_applications), port) != NULL;
}

/* Without a Client Hello it is whoever speaks from a port of TLS. */
bool tls_is_from_server(const struct dissection *d, const struct tls_session *session)
{
	if (session && session->has_server)
		return d->source_port == session->server_port && address_equal(&d->source, &session->server);
	return name_of(NAMES(applications), d->source_port) != NULL;
}

/* Before the first Server Hello what the connection ended with counts: pass 2 knows it from the start. */
struct tls_choice tls_choice_at(const struct tls_session *session, uint32_t frame)
{
	struct tls_choice found = { 0 };

	if (!session)
		return found;
	uint32_t low = 0, high = session->choice_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (session->choices[middle].frame < frame)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? session->choices[low - 1] : session->now;
}

void tls_choose(struct tls_session *session, uint32_t frame, struct tls_choice choice)
{
	if (!choice.version)
		choice.version = session->now.version;
	choice.frame = frame;
	session->now = choice;
	if (session->choice_count == session->choice_capacity) {
		session->choice_capacity = session->choice_capacity ? session->choice_capacity * 2 : 1;
		session->choices = must_realloc(session->choices, session->choice_capacity * sizeof choice);
	}
	session->choices[session->choice_count++] = choice;
}

void tls_settle(struct tls_session *session, uint16_t version)
{
	if (!session->now.version)
		session->now.version = version;
}

unsigned tls_draft_of(uint16_t version)
{
	return version >> 8 == 0x7f || version >> 8 == 0xfb ? version & 0xff : 0;
}

bool tls_is_1_3(uint16_t version)
{
	return version == TLS_1_3 || tls_draft_of(version) != 0;
}

bool tls_is_version(uint16_t version)
{
	return (version >= TLS_SSL_3 && version <= TLS_1_3) || tls_is_1_3(version) || version == TLS_GM ||
	       version == DTLS_1_0 || version == DTLS_1_2 || version == DTLS_OPENSSL;
}

const char *tls_version_name(uint16_t version)
{
	static const struct name rows[] = {
		{ TLS_SSL_2, "SSLv2" }, { DTLS_OPENSSL, "DTLS 1.0 (OpenSSL pre 0.9.8f)" }, { TLS_GM, "GMTLSv1" },
		{ TLS_SSL_3, "SSLv3" }, { TLS_1_0, "TLSv1" }, { TLS_1_1, "TLSv1.1" }, { TLS_1_2, "TLSv1.2" },
		{ DTLS_1_2, "DTLSv1.2" }, { DTLS_1_0, "DTLSv1.0" },
	};

	return tls_is_1_3(version) ? "TLSv1.3" : name_or(NAMES(rows), version, "TLS");
}

struct tls_handshake tls_handshake_on(struct dissection *d, const struct wire *w, const struct protocol *owner)
{
	struct tls_session *session = d->has_conversation ? tls_session_of(d, owner) : NULL;
	struct tls_handshake h = { .d = d, .fields = owner->fields, .session = session, .base = w->at };

	h.from_server = tls_is_from_server(d, session);
	if (!d->first_pass)
		h.choice = tls_choice_at(session, d->frame->number);
	else if (session)
		h.choice = session->now;
	return h;
}
