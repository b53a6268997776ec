/*
 * tls_content.c: what records of TLS and DTLS carry beside handshake messages: Change Cipher Spec, alerts (RFC 5246, section 7),
 * application data, heartbeats (RFC 6520).
 */

#include "dissect/tls_fields.h"

#define R(name) TLS_FIELD(r->h, name)

static const char *version_name(const struct tls_record *r)
{
	const uint16_t version = r->h->choice.version;
	const char *unknown = r->h->carrier == OVER_DTLS ? "DTLS" : tls_version_name(r->version);

	return version ? tls_version_name(version) : unknown;
}

void tls_set_title(const struct tls_record *r, const struct wire *w, const char *what)
{
	set_text(r->d, w, r->top, "%s Record Layer: %s", version_name(r), what);
}

void tls_list(const struct tls_record *r, const struct wire *w, const char *what)
{
	set_column(r->d, w, "%s", version_name(r));
	list_info(r->d, w, ", ", "%s", what);
}

static void learn_cipher_spec(struct tls_handshake *h, uint16_t epoch)
{
	struct tls_session *session = h->session;

	tls_learn_cipher_change(h, epoch);
	if (tls_is_1_3(session->now.version) || session->cipher_spec_frame[h->from_server])
		return;
	session->cipher_spec_frame[h->from_server] = h->d->frame->number;
	if (h->from_server && session->choice_count && !session->server_hello_done)
		session->is_resumed = true;
}

/* RFC 5246, section 7.1 */
void tls_read_change_cipher_spec(struct tls_record *r, struct wire *w)
{
	const struct tls_handshake *h = r->h;
	const struct tls_session *session = h->session;

	if (r->d->first_pass && session)
		learn_cipher_spec(r->h, r->epoch);
	if (r->d->first_pass)
		return;
	tls_set_title(r, w, "Change Cipher Spec Protocol: Change Cipher Spec");
	tls_list(r, w, "Change Cipher Spec");
	add_node(r->d, w, R(SPEC_MESSAGE), w->at, r->end - w->at, 0);
	if (session && h->from_server && session->is_resumed && session->cipher_spec_frame[1] == r->d->frame->number)
		note_on(r->d, r->d->last, R(NOTE_RESUMED));
}

/* RFC 5246, section 7.2 */
void tls_read_alert(struct tls_record *r, struct wire *w)
{
	enum { ALERT = 2 }; /* octets; of an encrypted one tshark shows so many in DTLS */
	struct dissection *d = r->d;

	if (d->first_pass)
		return;
	add_node(d, w, R(ALERT_MESSAGE), w->at, r->h->carrier == OVER_DTLS ? ALERT : r->end - w->at, 0);
	if (r->end - w->at != ALERT) {
		tls_set_title(r, w, "Encrypted Alert");
		tls_list(r, w, "Encrypted Alert");
		append_literal(d, w, d->last, ": Encrypted Alert");
		return;
	}
	node_ref top = open_subtree(d);
	uint8_t level = add_uint8(d, w, R(ALERT_LEVEL));
	uint8_t description = add_uint8(d, w, R(ALERT_DESCRIPTION));
	const char *title = text_of(d, "Alert (Level: %s, Description: %s)", name_or(&tls_alert_levels, level, "Unknown"),
	                            name_or(&tls_alert_descriptions, description, "Unknown"));
	tls_set_title(r, w, title);
	tls_list(r, w, title);
	close_subtree(d, top, NULL);
}

const char *tls_application_name(const struct tls_handshake *h)
{
	const struct dissection *d = h->d;

	if (h->choice.application)
		return h->choice.application;
	const uint16_t port = h->session && h->session->has_server ? h->session->server_port :
	                      h->from_server ? d->source_port : d->destination_port;
	return tls_application_on(port, h->carrier == OVER_DTLS);
}

void tls_read_application_data(struct tls_record *r, struct wire *w)
{
	if (r->d->first_pass)
		return;
	const char *name = tls_application_name(r->h);
	tls_list(r, w, "Application Data");
	tls_set_title(r, w, text_of(r->d, "Application Data Protocol: %s", name ? name : "Application Data"));
	add_octets(r->d, w, R(APPLICATION_OCTETS), r->end - w->at);
	if (!name)
		return;
	add_string_value(r->d, w, R(APPLICATION), name, strlen(name));
	place(r->d, r->h->base, 0);
}

/* RFC 6520, section 4 */
void tls_read_heartbeat(struct tls_record *r, struct wire *w)
{
	enum { HEADER = 3, PADDING = 16 };
	struct dissection *d = r->d;

	if (d->first_pass)
		return;
	const char *type = name_of(&tls_heartbeat_types, wire_peek_u8(w, 0));

	add_node(d, w, R(HEARTBEAT_MESSAGE), w->at, r->end - w->at, 0);
	if (!type || r->end - w->at < HEADER) {
		tls_set_title(r, w, "Encrypted Heartbeat");
		tls_list(r, w, "Encrypted Heartbeat");
		set_text(d, w, d->last, "Encrypted Heartbeat Message");
		return;
	}
	node_ref top = open_subtree(d);
	const char *title = text_of(d, "Heartbeat %s", type);
	tls_set_title(r, w, title);
	tls_list(r, w, title);
	add_uint8(d, w, R(HEARTBEAT_TYPE));
	uint32_t length = add_uint16(d, w, R(HEARTBEAT_LENGTH)), left = r->end - w->at;
	if (length + PADDING > left) {
		append_text(d, w, d->last, " (invalid, using %u to decode payload)", left);
		note_text_on(d, d->last, R(NOTE_HEARTBEAT), "Invalid heartbeat payload length (%u)", length);
		length = left;
	}
	add_octets(d, w, R(HEARTBEAT_PAYLOAD), length);
	if (w->at < r->end)
		add_octets(d, w, R(HEARTBEAT_PADDING), r->end - w->at);
	close_subtree(d, top, NULL);
}
