#ifndef DISSECT_TLS_H
#define DISSECT_TLS_H
/*
 * tls: what the files of TLS share with each other, and with what else carries its handshake (DTLS, QUIC).
 *
 * Handshake messages are read by tls_dissect_message(), each from a cursor that starts with its type. What it has to know
 * of the connection stands in a struct tls_session: pass 1 writes it, by the same functions; pass 2 looks up in it what held
 * at its frame.
 */

#include "dissect/dissection.h"
#include "dissect/reassembly.h"

enum tls_version {
	TLS_SSL_2 = 0x0002, TLS_GM = 0x0101, TLS_SSL_3 = 0x0300, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3,
	DTLS_OPENSSL = 0x0100, DTLS_1_2 = 0xfefd, DTLS_1_0 = 0xfeff,
};

enum tls_content_type {
	TLS_CHANGE_CIPHER_SPEC = 20, TLS_ALERT, TLS_HANDSHAKE_RECORD, TLS_APPLICATION_DATA, TLS_HEARTBEAT,
	TLS_CONNECTION_ID_RECORD,
};

enum { TLS_RECORD_HEADER = 5, TLS_MESSAGE_HEADER = 4 };

enum tls_handshake_type {
	TLS_HELLO_REQUEST = 0, TLS_CLIENT_HELLO = 1, TLS_SERVER_HELLO = 2, TLS_HELLO_VERIFY_REQUEST = 3,
	TLS_NEW_SESSION_TICKET = 4, TLS_END_OF_EARLY_DATA = 5, TLS_HELLO_RETRY_REQUEST = 6,
	TLS_ENCRYPTED_EXTENSIONS = 8, TLS_CERTIFICATE_MESSAGE = 11, TLS_SERVER_KEY_EXCHANGE = 12,
	TLS_CERTIFICATE_REQUEST = 13, TLS_SERVER_HELLO_DONE = 14, TLS_CERTIFICATE_VERIFY = 15,
	TLS_CLIENT_KEY_EXCHANGE = 16, TLS_FINISHED = 20, TLS_CERTIFICATE_URL = 21,
	TLS_CERTIFICATE_STATUS = 22, TLS_SUPPLEMENTAL_DATA = 23, TLS_KEY_UPDATE = 24,
	TLS_COMPRESSED_CERTIFICATE = 25, TLS_NEXT_PROTOCOL = 67,
};

/* What is known from a Server Hello on. */
struct tls_choice {
	uint32_t frame;
	uint16_t version;   /* 0: it chose none that is known */
	uint16_t suite;
	const char *application; /* name of the protocol that is carried, by ALPN; NULL: it says nothing of it */
};

/* A handshake message whose first pieces have come. Pass 1. */
struct tls_pending {
	uint32_t assembly; /* + 1; 0: there is none */
	uint32_t have;     /* octets */
	uint8_t header[4];
};

/* A connection. Written by pass 1, frozen in pass 2. */
struct tls_session {
	uint32_t first_frame;
	bool has_server;          /* a Client Hello told who that is */
	bool server_hello_done;   /* was seen: the handshake is a full one */
	bool is_resumed;
	struct address server;
	uint16_t server_port;
	uint8_t connection_id_length[2]; /* of those that client, server chose for what they receive; RFC 9146 */
	uint32_t cipher_spec_frame[2]; /* of the first Change Cipher Spec by client, server; 0: none */
	struct tls_choice now;         /* after all that was seen: `frame` counts for nothing */
	struct tls_choice *choices;    /* by frame */
	uint32_t choice_count, choice_capacity;
	struct tls_pending pending[2]; /* from client, server */
	struct tls_protection *protection; /* NULL: nothing can be decrypted (see tls_decrypt.c) */
	struct tls_stream *stream;     /* what its application data are pieces of (see tls_application.c) */
};

/* What carries the handshake. */
enum tls_carrier { OVER_TLS, OVER_DTLS, OVER_QUIC };

/* Octets of a message. */
struct tls_octets {
	const uint8_t *octets;
	uint32_t length;
};

/* A handshake message on its way through a dissection. */
struct tls_handshake {
	struct dissection *d;
	const struct field *fields;    /* of the carrier's protocol: the rows of TLS_HANDSHAKE_ROWS() */
	struct tls_session *session;   /* pass 2 must not write to it */
	enum tls_carrier carrier;
	struct tls_choice choice;      /* what holds here; a Server Hello changes it */
	bool from_server;
	uint16_t message;              /* of DTLS: its number */
	uint32_t base;                 /* offset in the byte source that notes on offsets count from */

	/* while a message is read */
	uint8_t type;
	bool is_retry;                 /* it is a Hello Retry Request, by whatever type */
	bool has_bad_extensions;       /* their length is wrong */
	struct tls_octets extensions, groups, formats; /* what a fingerprint is made of */
};

/*
 * What is known at the cursor of the connection that the frame belongs to, under the protocol that carries it, whose fields begin with
 * the rows of TLS_HANDSHAKE_ROWS(): over TCP, unless the caller sets another carrier.
 */
struct tls_handshake tls_handshake_on(struct dissection *d, const struct wire *w, const struct protocol *owner);

/* A field of the handshake, under the name of what carries it (see tls_fields.h). */
#define TLS_FIELD(h, name) (&(h)->fields[TLS_##name])

/* Decrypted application data of a record. */
struct tls_data {
	struct tls_data *next, *previous;
	struct wire octets;
	uint32_t record;                 /* number of the record in its dissection */
	bool is_chosen;                  /* what reads them was, by ALPN */
	const struct protocol *protocol; /* that reads them; NULL: nothing here does */
	const struct data_fact *fact;    /* pass 2: NULL: all that begins in them ends there */
	struct wire pdu;                 /* pass 2: that which they end */
};

struct tls_data_list {
	struct tls_data *first, *last;
};

/* A record: its content is what lies between the cursor and `end`. */
struct tls_record {
	struct tls_handshake *h;
	struct dissection *d;
	node_ref top;
	uint32_t end;
	uint16_t epoch;   /* of DTLS: what follows the first is encrypted */
	uint64_t number;  /* of DTLS: epoch and sequence number */
	bool is_decrypted;
	uint16_t version; /* that it is named for where that of the connection is not known */
};

/* ---- tls_decrypt.c ---- */

/* An encrypted record as it stands on the wire. */
struct tls_sealed {
	uint8_t type;
	uint16_t version;
	const uint8_t *octets;
	uint32_t length;
};

/* Records of a frame, by their numbers in it, that can be decrypted by the same keys one after the other. */
struct tls_run {
	uint32_t first, count;
	uint32_t keys;
	uint64_t sequence; /* of the first */
};

enum { TLS_RUNS = 32 }; /* of one frame: records of more of them are not decrypted */

struct tls_openings_fact {
	uint32_t count;
	struct tls_run runs[];
};

/* The records of a dissection, as far as they can be decrypted. */
struct tls_openings {
	uint32_t record; /* number of the one that is read, from 1 */
	struct tls_run *runs; /* pass 1; in the arena */
	uint32_t run_count;
	const struct tls_openings_fact *fact; /* pass 2 */
	bool is_sought;
};

/*
 * The next record, decrypted; its length, and of what type its content is. NULL: it is not encrypted, or nobody knows how. `number`:
 * epoch and sequence number of DTLS.
 */
const uint8_t *tls_decrypt(struct tls_handshake *h, struct tls_openings *o, const struct tls_sealed *sealed, uint64_t number,
                           uint32_t *length, uint8_t *type);

/* All records were read. Pass 1. */
void tls_keep_openings(struct dissection *d, const struct tls_openings *o);

/* Keys may follow from a message, whose body of `length` octets stands at the cursor; or come into use by a Change Cipher Spec. Pass 1. */
void tls_learn_message(struct tls_handshake *h, struct wire body, uint8_t type, uint32_t length);
void tls_learn_cipher_change(struct tls_handshake *h, uint16_t epoch);

void tls_protection_end(struct tls_protection *protection);

/* ---- tls_application.c ---- */

/* One more record has these octets: says what they are part of. */
void tls_add_data(struct tls_handshake *h, struct tls_data_list *list, struct wire octets, uint32_t record);

/* All records were read: gives their data to the protocols above. */
void tls_dissect_data(struct tls_handshake *h, const struct tls_data_list *list);

void tls_stream_end(struct tls_stream *stream);

/* ---- tls_content.c ---- */

/* In the packet list: the version that the record's connection settled on, and a part of its content. */
void tls_list(const struct tls_record *r, const struct wire *w, const char *what);

/* "TLSv1.2 Record Layer: ..." */
void tls_set_title(const struct tls_record *r, const struct wire *w, const char *what);

void tls_read_change_cipher_spec(struct tls_record *r, struct wire *w);
void tls_read_alert(struct tls_record *r, struct wire *w);
void tls_read_application_data(struct tls_record *r, struct wire *w);

/* The protocol that application data are of, by ALPN or else by the port; NULL: unknown. */
const char *tls_application_name(const struct tls_handshake *h);

void tls_read_heartbeat(struct tls_record *r, struct wire *w);

/* ---- tls_session.c ---- */

/*
 * The connection of a conversation: in pass 1 a new one where none was known; else NULL where none is. `owner` is the protocol that
 * keeps it, whose state is a struct map that tls_sessions_begin() has made.
 */
struct tls_session *tls_session_of(const struct dissection *d, const struct protocol *owner);
const struct tls_session *tls_known_session(const struct dissection *d, const struct protocol *owner); /* never a new one */
void tls_sessions_begin(void *state);
void tls_sessions_end(void *state);

/* The protocol that TLS carries on a port, or NULL. */
const char *tls_application_on(uint16_t port, bool is_datagram);

/* Is it one where TLS starts behind something else? */
bool tls_is_started_on(uint16_t port);

/* Does the frame come from the server? */
bool tls_is_from_server(const struct dissection *d, const struct tls_session *session);

/* What holds at the frame, in the order that frames are shown in. */
struct tls_choice tls_choice_at(const struct tls_session *session, uint32_t frame);

/* A Server Hello chose. Pass 1. */
void tls_choose(struct tls_session *session, uint32_t frame, struct tls_choice choice);

/* A record tells the version, if nothing did before. Pass 1. */
void tls_settle(struct tls_session *session, uint16_t version);

/* The message goes to the server. Pass 1. */
void tls_learn_client(struct tls_handshake *h);

/* What records of such a version are called: "TLSv1.2". */
const char *tls_version_name(uint16_t version);

bool tls_is_version(uint16_t version);   /* one that a connection can settle on */
bool tls_is_1_3(uint16_t version);       /* or one of its drafts */
unsigned tls_draft_of(uint16_t version); /* its number; 0: of none */

/* ---- tls_handshake.c ---- */

/* Is it a handshake message's type? */
bool tls_is_handshake_type(uint8_t type);

/* "Client Hello"; what is no type is encrypted. */
const char *tls_handshake_name(uint8_t type);

/* The same of a message whose header is at the cursor: a Hello Retry Request is a Server Hello with a random of its own. */
const char *tls_message_name(const struct wire *w);

/*
 * One message, whole at the cursor, which then stands behind it. Both passes: the first learns from it. Shows it under a heading of
 * its own.
 */
void tls_dissect_message(struct tls_handshake *h, struct wire *w);

/* The `length` octets behind a message's header. */
void tls_dissect_body(struct tls_handshake *h, struct wire *w, uint8_t type, uint32_t length);

/* ---- tls_certificates.c ---- */

/* A certificate, up to `end`; an OCSP response; names of authorities, with the length of all in front. */
void tls_add_certificate(struct tls_handshake *h, struct wire *w, uint32_t end);
void tls_add_ocsp(struct tls_handshake *h, struct wire *w, uint32_t end);
void tls_add_distinguished_names(struct tls_handshake *h, struct wire *w, uint32_t end);

/* A CompressedCertificate, RFC 8879, section 4. */
void tls_add_compressed_certificate(struct tls_handshake *h, struct wire *w, uint32_t end);

enum { TLS_STATUS_OCSP = 1, TLS_STATUS_OCSP_MULTI = 2 };

/* A CertificateStatus, RFC 6066, section 8: also an extension of a certificate in TLS 1.3. */
void tls_add_status(struct tls_handshake *h, struct wire *w, uint32_t end);

/* ---- tls_extensions.c ---- */

/* The extensions of a message, with their length in front, up to `end`. */
void tls_add_extensions(struct tls_handshake *h, struct wire *w, uint32_t end);

/* A list of signed certificate timestamps, RFC 6962, section 3.3: as the extension of a certificate has it, too. */
void tls_add_timestamps(struct tls_handshake *h, struct wire *w, uint32_t end);

/* ---- tls_vector.c: parts whose length stands in front of them ---- */

/*
 * A length, in the octets that the field's type has, of what follows up to `end` at most: that ends at *stop. Says what is
 * wrong with it. False: what it counts cannot be read, and the cursor went to `end`.
 */
bool tls_add_vector(struct tls_handshake *h, struct wire *w, const struct field *field, uint32_t end, uint32_t least,
                    uint32_t most, uint32_t *stop);

/* A line that says what is wrong with n octets here, and a note that says it again. */
void tls_say(struct tls_handshake *h, const struct wire *w, uint32_t n, const struct field *note, const char *text);

/* Says that the vector whose length was added last has room for less. */
void tls_note_truncated(struct tls_handshake *h, uint64_t length, uint32_t room);

/* A part ends at `end`: says what was left or was read too much, and goes there. */
void tls_end_vector(struct tls_handshake *h, struct wire *w, uint32_t end);

/* The octets from here to `end`; "<MISSING>" where there are none. */
void tls_add_rest(struct tls_handshake *h, struct wire *w, const struct field *field, uint32_t end);

/* A signature scheme with its parts. */
void tls_add_scheme(struct tls_handshake *h, struct wire *w);

/* A list of them, with its length in front. False: it could not be read. */
bool tls_add_schemes(struct tls_handshake *h, struct wire *w, uint32_t end);

/* A signature, RFC 5246, section 4.7, with its scheme where the version has one. */
void tls_add_signature(struct tls_handshake *h, struct wire *w, uint32_t end, const struct field *length,
                       const struct field *signature);

/* ---- sslv2.c ---- */

/* Does a record of SSL 2.0 start here? Its header and what follows that are there as far as they have been captured. */
bool sslv2_resembles(const struct wire *w);

/* One record, where it is whole; false: more of it was asked for, or the reading ended. */
bool sslv2_dissect_record(struct tls_handshake *h, struct wire *w);

/* ---- quic_parameters.c ---- */

/* The extension that QUIC has its transport parameters in, RFC 9000, section 18. */
void quic_add_parameters(struct tls_handshake *h, struct wire *w, uint32_t end);

/* ---- tls_names.c ---- */

extern const struct names tls_content_types, tls_versions, tls_alert_levels, tls_alert_descriptions,
	tls_handshake_types, tls_sslv2_handshake_types, tls_extension_types, tls_cipher_suites, tls_cipher_specs,
	tls_compression_methods, tls_groups, tls_point_formats, tls_curve_types, tls_signature_schemes, tls_hashes,
	tls_signatures, tls_client_certificate_types, tls_certificate_types, tls_sslv2_certificate_types,
	tls_status_types, tls_psk_modes, tls_certificate_compressions, tls_fragment_lengths, tls_url_types,
	tls_heartbeat_types, tls_heartbeat_modes, tls_name_types, tls_key_update_requests, tls_quic_versions,
	tls_quic_timestamp_modes, tls_srtp_profiles;

/* A log of Certificate Transparency, RFC 6962 (x509_sct.c). */
const char *tls_log_name(const uint8_t id[32]);

extern const struct protocol protocol_tls, protocol_dtls;

#endif
