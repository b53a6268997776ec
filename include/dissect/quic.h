#ifndef DISSECT_QUIC_H
#define DISSECT_QUIC_H
/* quic: what the files of QUIC share: versions, keys of Initial packets, what pass 1 learned of a datagram. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/dissection.h"
#include "dissect/reassembly.h"

enum {
	QUIC_ID_LARGEST = 20, /* octets of a connection id, RFC 9000, section 17.2 */
	QUIC_TAG = 16,        /* octets of an authentication tag */
	QUIC_SAMPLE = 16,     /* octets that header protection is made from, RFC 9001, section 5.4.2 */
};

enum quic_version {
	QUIC_VERSION_NEGOTIATION = 0,
	QUIC_VERSION_1 = 1,
	QUIC_VERSION_2 = 0x6b3343cf,
};

/* A connection id; comparable by memcmp(): what lies behind it is zero. */
struct quic_id {
	uint8_t length;
	uint8_t octets[QUIC_ID_LARGEST];
};

static inline bool quic_id_equal(const struct quic_id *a, const struct quic_id *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

/* ---- quic_crypto.c ---- */

/* What Initial packets of one side are protected with, RFC 9001, section 5.2: AES-128-GCM. */
struct quic_keys {
	uint8_t key[16], iv[12], header[16];
};

/* The keys of client and server that follow from the Destination Connection ID of the client's first Initial packet. */
void quic_initial_keys(struct quic_keys keys[2], uint32_t version, const struct quic_id *id);

/* The mask that a sample gives for the first octet and the packet number. */
bool quic_header_mask(uint8_t mask[5], const struct quic_keys *keys, const uint8_t sample[QUIC_SAMPLE]);

/* A packet number of which `octets` were sent, RFC 9000, appendix A.3; `expected`: one more than the largest so far. */
uint64_t quic_expand_number(uint64_t expected, uint64_t sent, unsigned octets);

/* Opens n octets, the last QUIC_TAG of which are the tag, into `to`, which has room for the others. False: the tag is wrong. */
bool quic_open(uint8_t *to, const struct quic_keys *keys, uint64_t number, const uint8_t *header, size_t header_length,
               const uint8_t *sealed, size_t n);

/* Is it the Retry Integrity Tag of the n octets before it, RFC 9001, section 5.8? */
bool quic_retry_tag_is_good(uint32_t version, const struct quic_id *original, const uint8_t *packet, size_t n,
                            const uint8_t tag[QUIC_TAG]);

/* The number of an IETF draft, 0 where it is none; Facebook's versions count as the draft that they follow. */
unsigned quic_draft_of(uint32_t version);

/* ---- quic_frames.c ---- */

/* What became of a CRYPTO frame's octets. */
enum quic_crypto_outcome {
	CRYPTO_IN_ORDER,  /* they follow those before them */
	CRYPTO_REPEATS,   /* seen before, all of them */
	CRYPTO_OVERLAPS,  /* seen before, some of them */
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
};

/* Octets of one side's CRYPTO frames of one level of encryption. Pass 1. */
struct quic_crypto_stream {
	uint64_t next;     /* offset behind those that were in order */
	uint64_t end;      /* of those that wait */
	uint32_t assembly; /* number + 1 of what waits; 0: nothing does */
};

enum {
	QUIC_PACKETS = 16, /* of one datagram that pass 1 remembers */
	QUIC_CRYPTO = 60,  /* CRYPTO frames of one */
};

struct tls_session;

/* The frames of one packet on their way through a dissection. */
struct quic_payload {
	struct dissection *d;
	bool from_server;
	struct tls_session *session;
	struct quic_crypto_stream *stream; /* pass 1; else NULL */

	/* of the datagram: pass 1 appends, pass 2 walks */
	struct quic_crypto_fact *crypto;
	unsigned crypto_at, crypto_count;
};

void quic_dissect_frames(struct quic_payload *p, struct wire *w);

/* A number of one to eight octets, RFC 9000, section 16. */
uint64_t quic_add_varint(struct dissection *d, struct wire *w, const struct field *field);

/* ---- quic_tls.c ---- */

/* Octets of CRYPTO frames that follow those before them: handshake messages, whole and in pieces. */
void quic_dissect_tls(struct quic_payload *p, struct quic_crypto_fact *fact, struct wire *w);

/* ---- quic_fields.c ---- */

enum quic_field {
	Q_QUIC, Q_INFORMATION, Q_NUMBER, Q_UNKNOWN, Q_PACKET_LENGTH, Q_FORM, Q_FIXED, Q_TYPE, Q_TYPE_2, Q_RESERVED,
	Q_NUMBER_LENGTH, Q_VERSION, Q_SUPPORTED, Q_UNUSED, Q_DCIL, Q_DCID, Q_SCIL, Q_SCID, Q_TOKEN_LENGTH, Q_TOKEN,
	Q_LENGTH, Q_PACKET_NUMBER, Q_PAYLOAD, Q_REMAINING, Q_ODCIL, Q_ODCID, Q_RETRY_TOKEN, Q_RETRY_TAG, Q_RETRY_BAD,
	Q_SHORT, Q_SPIN, Q_DECRYPTION, Q_PADDING_NOTE,
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
	N_QUIC_FIELDS,
};

extern const struct field quic_fields[N_QUIC_FIELDS];

extern const struct protocol protocol_quic;

#endif
