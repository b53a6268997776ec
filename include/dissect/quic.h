#ifndef DISSECT_QUIC_H
#define DISSECT_QUIC_H
/* quic: what the files of QUIC share: headers, connections, keys, what pass 1 learned of a datagram. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/crypto.h"
#include "dissect/dissection.h"
#include "dissect/reassembly.h"
#include "dissect/tls.h"

enum {
	QUIC_ID_LARGEST = 20, /* octets of a connection id, RFC 9000, section 17.2 */
	QUIC_TAG = 16,        /* octets of an authentication tag */
	QUIC_SAMPLE = 16,     /* octets that header protection is made from, RFC 9001, section 5.4.2 */
	QUIC_MASK = 5,        /* octets that are made of them */
};

enum quic_version {
	QUIC_VERSION_NEGOTIATION = 0,
	QUIC_VERSION_1 = 1,
	QUIC_VERSION_2 = 0x6b3343cf,
	QUIC_GOOGLE_50 = 0x51303530,
	QUIC_GOOGLE_TLS_50 = 0x54303530,
	QUIC_GOOGLE_TLS_51 = 0x54303531,
};

enum quic_side { QUIC_CLIENT, QUIC_SERVER, QUIC_SIDES };

/* Of encryption, RFC 9001, section 2.1. */
enum quic_level { QUIC_INITIAL, QUIC_EARLY, QUIC_HANDSHAKE, QUIC_APPLICATION, QUIC_LEVELS };

/* A connection id; comparable by memcmp(): what lies behind it is zero. */
struct quic_id {
	uint8_t length;
	uint8_t octets[QUIC_ID_LARGEST];
};

static inline bool quic_id_equal(const struct quic_id *a, const struct quic_id *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

/* The first four are levels of encryption, too; a short header has QUIC_APPLICATION. */
enum quic_type { QUIC_RETRY = QUIC_LEVELS, QUIC_NEGOTIATION };

/* The part of a header that pass 1 needs. */
struct quic_header {
	uint8_t first;
	uint8_t type;       /* enum quic_level or quic_type */
	uint32_t version;
	struct quic_id destination, source;
	uint32_t start;     /* offset of the packet */
	uint32_t length;    /* octets of the packet */
};

/* ---- quic_crypto.c ---- */

struct quic_secret {
	uint8_t length;
	uint8_t octets[DIGEST_LARGEST];
};

/* What packets of one side and level are protected with, RFC 9001, section 5. */
struct quic_keys {
	uint16_t suite; /* of TLS */
	uint8_t key[CIPHER_KEY_LARGEST], iv[12], header[CIPHER_KEY_LARGEST];
};

/* The secret of Initial packets of a side: it follows from the Destination Connection ID of the client's first one. */
struct quic_secret quic_initial_secret(struct crypto *crypto, uint32_t version, const struct quic_id *id,
                                       enum quic_side side);

/* The keys that follow from a secret. False: no such suite. */
bool quic_derive(struct crypto *crypto, struct quic_keys *keys, uint32_t version, uint16_t suite,
                 const struct quic_secret *secret);

/* The next secret and its keys, RFC 9001, section 6.1. */
void quic_update(struct crypto *crypto, struct quic_keys *keys, uint32_t version, struct quic_secret *secret);

/* The mask that a sample gives for the first octet and the packet number. */
bool quic_header_mask(struct crypto *crypto, uint8_t mask[QUIC_MASK], const struct quic_keys *keys,
                      const uint8_t sample[QUIC_SAMPLE]);

/* A packet number of which `octets` were sent, RFC 9000, appendix A.3; `expected`: one more than the largest so far. */
uint64_t quic_expand_number(uint64_t expected, uint64_t sent, unsigned octets);

/* Opens n octets, the last QUIC_TAG of which are the tag, into `to`, which has room for the others. False: the tag is wrong. */
bool quic_open(struct crypto *crypto, uint8_t *to, const struct quic_keys *keys, uint64_t number, const uint8_t *header,
               size_t header_length, const uint8_t *sealed, size_t n);

/* Is it the Retry Integrity Tag of the n octets before it, RFC 9001, section 5.8? */
bool quic_retry_tag_is_good(struct crypto *crypto, uint32_t version, const struct quic_id *original, const uint8_t *packet,
                            size_t n, const uint8_t tag[QUIC_TAG]);

/* The number of an IETF draft, 0 where it is none; Facebook's versions count as the draft that they follow. */
unsigned quic_draft_of(uint32_t version);

/* ---- quic_connection.c ---- */

/* Octets of one side's CRYPTO frames of one level of encryption. Pass 1. */
struct quic_crypto_stream {
	uint64_t next;     /* offset behind those that were in order */
	uint64_t end;      /* of those that wait */
	uint32_t assembly; /* number + 1 of what waits; 0: nothing does */
	struct tls_pending pending; /* a message in pieces */
};

/* What packets of one side and level have had so far. */
struct quic_space {
	uint32_t keys;     /* number + 1; 0: none so far */
	uint64_t expected; /* packet number */
	struct quic_crypto_stream crypto;
};

/* The keys of 1-RTT packets change, RFC 9001, section 6. */
struct quic_phases {
	bool phase;
	uint32_t before, next;    /* numbers + 1 of the keys before and after those of the space */
	struct quic_secret secret; /* of the last keys that were derived */
};

/* What most connections need no room for: theirs cannot be opened any further than their Initial packets. */
struct quic_opened {
	struct quic_space spaces[QUIC_SIDES][QUIC_LEVELS - QUIC_EARLY];
	struct quic_phases phases[QUIC_SIDES];
};

struct quic_connection {
	uint32_t number;
	struct address client;
	uint16_t client_port;
	uint16_t suite;             /* of TLS, that the server chose; 0: unknown */
	bool has_given_up;          /* on packets with a short header */
	bool was_retried;
	bool is_anew;               /* after a Retry the server has not told its id yet */
	bool has_random;
	bool carries_dns;           /* RFC 9250 */
	uint32_t version;           /* that it began with */
	struct quic_id original;    /* what its keys follow from */
	struct quic_id retried;     /* what they will after a Retry */
	bool has_id[QUIC_SIDES];
	struct quic_id ids[QUIC_SIDES]; /* the first one that client, server chose for themselves */
	uint8_t random[32];         /* of the Client Hello: what secrets are found by */
	struct quic_space initial[QUIC_SIDES];
	struct quic_opened *opened; /* NULL: no secrets are known */
};

/* A conversation of UDP. tshark keeps what TLS knows by it, too, whatever connections it has. */
struct quic_talk {
	bool is_quic;
	uint32_t connection;  /* + 1; 0: none */
	struct tls_session session;
};

/* What pass 1 keeps; pass 2 only reads it. */
struct quic_state {
	struct map connections; /* by number */
	struct map first_ids;   /* id -> connection + 1: what clients called servers at first */
	struct map ids;         /* what clients and servers chose for themselves: see quic_connection.c */
	struct map tokens;      /* of stateless resets -> connection + 1 */
	struct map keys;        /* by number: struct quic_keys */
	struct map talks;       /* by conversation */
	uint32_t id_lengths[QUIC_SIDES]; /* of all ids: bit n is set where one has n octets */
	uint64_t id_starts[QUIC_SIDES][(UINT16_MAX + 1) / 64]; /* a bit for the first two octets of each, so that few packets are looked for */
};

void quic_state_begin(void *state);
void quic_state_end(void *state);

struct quic_connection *quic_connection_at(const struct quic_state *state, uint32_t number);

/* Of the frame's conversation, or NULL. */
struct quic_talk *quic_talk_of(const struct dissection *d, const struct quic_state *state);

/* Pass 1: the connection of the first packet of a datagram, which may begin one; NULL: unknown. */
struct quic_connection *quic_meet(const struct dissection *d, struct quic_state *state, const struct quic_header *h,
                                  const struct wire *packet, bool *from_server);

/* Pass 1: what a packet of a known connection tells before and after it is opened. */
void quic_start_anew(struct quic_connection *c, const struct quic_header *h, bool from_server);
void quic_learn_packet(struct quic_state *state, struct quic_connection *c, const struct quic_header *h, bool from_server);

/* Pass 1: a side chose an id for itself; a token that it ends packets with to reset the connection. */
void quic_learn_id(struct quic_state *state, struct quic_connection *c, enum quic_side side, const struct quic_id *id);
void quic_learn_token(struct quic_state *state, const struct quic_connection *c, enum quic_side side,
                      const uint8_t token[QUIC_TAG]);

/* The id that a side of the connection chose for itself and that stands behind the first octet of a short header. */
bool quic_match_id(const struct quic_state *state, const struct quic_connection *c, enum quic_side side,
                   const struct wire *packet, struct quic_id *id);

/* The connection that a short header's id belongs to, whatever conversation it is in; NULL: none is known. */
struct quic_connection *quic_find_moved(const struct quic_state *state, const struct wire *packet, bool *from_server);

/* Does it end with a token that resets the connection, RFC 9000, section 10.3? */
bool quic_is_reset(const struct quic_state *state, const struct quic_connection *c, const struct wire *packet);

/* Its space for packets of a side and level; NULL: it has none. */
struct quic_space *quic_space_of(struct quic_connection *c, enum quic_level level, enum quic_side side);

/* ---- quic_protection.c ---- */

/* What became of a packet's protection. */
enum quic_outcome {
	QUIC_SILENT,       /* nothing is said */
	QUIC_OPENED,
	QUIC_NO_NUMBER,
	QUIC_BAD_TAG,
	QUIC_NO_SECRETS,
	QUIC_NO_CIPHER,
	QUIC_NO_HANDSHAKE,
	QUIC_RESET,        /* it is no packet, but a stateless reset */
};

/* A packet, as pass 1 found it. */
struct quic_packet_fact {
	uint64_t number;
	uint32_t keys;    /* + 1 */
	uint8_t outcome;
};

/* A protected packet. */
struct quic_packet {
	struct dissection *d;
	struct quic_state *state;
	struct quic_connection *connection;   /* NULL: unknown */
	const struct tls_session *session;    /* NULL: none */
	const struct quic_header *h;
	struct quic_packet_fact *fact;        /* written by pass 1 */
	bool from_server;

	/* as far as it was opened */
	uint8_t first;         /* the first octet without protection */
	uint8_t number_length; /* 0: still protected */
	uint64_t sent;         /* what stood there of the number */
	uint8_t *payload;      /* in the arena; NULL: it cannot be opened */
	uint32_t length;
};

/* Opens it: in pass 1 by what is known of its connection, in pass 2 by the fact. `number` stands on the packet number. */
void quic_open_packet(struct quic_packet *p, const struct wire *number);

/* ---- quic_frames.c ---- */

/* What became of a CRYPTO frame's octets. */
enum quic_crypto_outcome {
	CRYPTO_IN_ORDER,  /* they follow those before them */
	CRYPTO_REPEATS,   /* seen before, all of them */
	CRYPTO_WAITS,     /* for others that come before them */
	CRYPTO_COMPLETES, /* what waited */
};

struct quic_crypto_fact {
	uint32_t assembly;  /* number + 1 of what waits or waited; 0: none */
	uint32_t skipped;   /* octets that were seen before */
	uint32_t head;      /* assembly + 1 of the handshake message that its octets go on with; 0: none */
	uint32_t tail;      /* of the one that they begin and do not end; 0: none */
	uint32_t head_length;
	uint8_t outcome;    /* enum quic_crypto_outcome */
	uint8_t head_type;  /* of that message */
	bool head_is_last;  /* its end is there */
	bool overlaps;      /* some octets were seen before */
};

enum {
	QUIC_PACKETS = 16, /* of one datagram that pass 1 remembers */
	QUIC_CRYPTO = 60,  /* CRYPTO frames of one */
	QUIC_MESSAGES = 32, /* of applications, in one */
};

/* The frames of one packet on their way through a dissection. */
struct quic_payload {
	struct dissection *d;
	bool from_server;
	struct tls_session *session;

	/* pass 1; else NULL */
	struct quic_state *state;
	struct quic_connection *connection;
	struct quic_crypto_stream *stream;

	/* of the datagram: pass 1 appends, pass 2 walks */
	struct quic_crypto_fact *crypto;
	unsigned crypto_at, crypto_count;

	/* octets of streams for the protocol that they carry, which is shown behind the packet */
	struct wire messages[QUIC_MESSAGES];
	unsigned message_count;
};

void quic_dissect_frames(struct quic_payload *p, struct wire *w);

/* A number of one to eight octets, RFC 9000, section 16: its octets, and its value where it is there. */
uint64_t quic_peek_varint(struct wire *w, unsigned *width);
uint64_t quic_read_varint(struct wire *w);
uint64_t quic_add_varint(struct dissection *d, struct wire *w, const struct field *field);

/* ---- quic_tls.c ---- */

/* Octets of CRYPTO frames that follow those before them: handshake messages, whole and in pieces. */
void quic_dissect_tls(struct quic_payload *p, struct quic_crypto_fact *fact, struct wire *w);

/* ---- quic_fields.c ---- */

enum quic_field {
	Q_QUIC, Q_INFORMATION, Q_NUMBER, Q_UNKNOWN, Q_PACKET_LENGTH, Q_FORM, Q_FIXED, Q_TYPE, Q_TYPE_2, Q_RESERVED,
	Q_NUMBER_LENGTH, Q_VERSION, Q_SUPPORTED, Q_UNUSED, Q_DCIL, Q_DCID, Q_SCIL, Q_SCID, Q_TOKEN_LENGTH, Q_TOKEN,
	Q_LENGTH, Q_PACKET_NUMBER, Q_PAYLOAD, Q_REMAINING, Q_ODCIL, Q_ODCID, Q_RETRY_TOKEN, Q_RETRY_TAG, Q_RETRY_BAD,
	Q_SHORT, Q_SPIN, Q_RESERVED_SHORT, Q_KEY_PHASE, Q_PROTECTED, Q_UNPREDICTABLE, Q_RESET,
	 Q_DECRYPTION, Q_PADDING_NOTE,
	Q_FRAME, Q_FRAME_TYPE, Q_PADDING_LENGTH, Q_LARGEST, Q_DELAY, Q_RANGE_COUNT, Q_FIRST_RANGE, Q_GAP, Q_RANGE,
	Q_ECT0, Q_ECT1, Q_CE, Q_RESET_STREAM, Q_RESET_ERROR, Q_RESET_SIZE, Q_STOP_STREAM, Q_STOP_ERROR,
	Q_CRYPTO_OFFSET, Q_CRYPTO_LENGTH, Q_CRYPTO_DATA, Q_NEW_TOKEN_LENGTH, Q_NEW_TOKEN, Q_FIN, Q_LEN, Q_OFF,
	Q_STREAM_ID, Q_INITIATOR, Q_DIRECTION, Q_STREAM_OFFSET, Q_STREAM_LENGTH, Q_STREAM_DATA, Q_MAX_DATA,
	Q_MAX_STREAM_ID, Q_MAX_STREAM_DATA, Q_MAX_STREAMS, Q_BLOCKED_LIMIT, Q_BLOCKED_STREAM, Q_STREAMS_LIMIT,
	Q_RETIRE_PRIOR, Q_SEQUENCE, Q_ID_LENGTH, Q_ID, Q_RESET_TOKEN, Q_RETIRE, Q_CHALLENGE, Q_RESPONSE, Q_ERROR,
	Q_APP_ERROR, Q_ALERT, Q_ERROR_FRAME, Q_REASON_LENGTH, Q_REASON, Q_DATAGRAM_LENGTH, Q_DATAGRAM, Q_AF_SEQUENCE,
	Q_AF_THRESHOLD, Q_AF_DELAY, Q_AF_LAST, Q_AF_RESERVED, Q_AF_CE, Q_AF_ORDER, Q_TIMESTAMP,
	Q_FRAGMENTS, Q_FRAGMENT, Q_OVERLAP, Q_CONFLICT, Q_FRAGMENT_COUNT, Q_REASSEMBLED_IN, Q_REPEAT_NOTE,
	Q_OVERLAP_NOTE, Q_FRAME_NOTE, Q_ID_NOTE, Q_UNKNOWN_FRAME,
	Q_MP_UNIFLOW, Q_MP_CONFIG, Q_MP_RESERVED, Q_MP_HAS_PORT, Q_MP_IP_VERSION, Q_MP_ADDRESS, Q_MP_SEQUENCE, Q_MP_INTERFACE,
	Q_MP_IPV4, Q_MP_IPV6, Q_MP_PORT, Q_MP_RECEIVING, Q_MP_SENDING, Q_MP_RECEIVERS, Q_MP_SENDERS, Q_MP_INFORMATION,
	Q_MP_LOCAL,
	N_QUIC_FIELDS,
};

extern const struct field quic_fields[N_QUIC_FIELDS];

extern const struct protocol protocol_quic;

#endif
