#ifndef DISSECT_GQUIC_H
#define DISSECT_GQUIC_H
/* gquic: what the files of gQUIC, Google's QUIC before the IETF's, share. */

#include "dissect/dissection.h"

enum gquic_field {
	GQUIC_GQUIC, GQUIC_FORM, GQUIC_FIXED, GQUIC_TYPE, GQUIC_TYPE_RESERVED, GQUIC_NUMBER_LENGTH,
	GQUIC_DCIL, GQUIC_SCIL, GQUIC_FLAGS, GQUIC_FLAG_VERSION, GQUIC_FLAG_RESET,
	GQUIC_FLAG_NONCE, GQUIC_FLAG_CID, GQUIC_CID_LENGTH, GQUIC_FLAG_NUMBER,
	GQUIC_FLAG_MULTIPATH, GQUIC_FLAG_RESERVED, GQUIC_CID, GQUIC_VERSION, GQUIC_NONCE,
	GQUIC_NUMBER, GQUIC_PRIVATE, GQUIC_PRIVATE_ENTROPY, GQUIC_PRIVATE_GROUP, GQUIC_PRIVATE_FEC,
	GQUIC_PRIVATE_RESERVED, GQUIC_HASH, GQUIC_FRAME, GQUIC_FRAME_TYPE, GQUIC_PADDING_LENGTH,
	GQUIC_FRAME_PADDING, GQUIC_RESET_STREAM, GQUIC_RESET_OFFSET, GQUIC_RESET_ERROR,
	GQUIC_CLOSE_ERROR, GQUIC_CLOSE_LENGTH, GQUIC_CLOSE_REASON, GQUIC_AWAY_ERROR,
	GQUIC_AWAY_STREAM, GQUIC_AWAY_LENGTH, GQUIC_AWAY_REASON, GQUIC_WINDOW_STREAM,
	GQUIC_WINDOW_OFFSET, GQUIC_BLOCKED_STREAM, GQUIC_WAIT_ENTROPY, GQUIC_WAIT_DELTA,
	GQUIC_CRYPTO_OFFSET, GQUIC_CRYPTO_LENGTH, GQUIC_CRYPTO_DATA, GQUIC_STREAM,
	GQUIC_STREAM_FIN, GQUIC_STREAM_LENGTH, GQUIC_STREAM_OFFSET_SIZE, GQUIC_STREAM_ID_SIZE,
	GQUIC_ACK, GQUIC_ACK_NACK, GQUIC_ACK_UNUSED, GQUIC_ACK_TRUNCATED, GQUIC_ACK_LARGEST_SIZE,
	GQUIC_ACK_MISSING_SIZE, GQUIC_ACK_ENTROPY, GQUIC_ACK_OBSERVED, GQUIC_ACK_DELAY,
	GQUIC_ACK_TIMES, GQUIC_ACK_DELTA_OBSERVED, GQUIC_ACK_FIRST_TIME, GQUIC_ACK_TIME,
	GQUIC_ACK_RANGES, GQUIC_ACK_MISSING, GQUIC_ACK_RANGE, GQUIC_ACK_REVIVALS,
	GQUIC_ACK_REVIVED, GQUIC_ACK_LARGEST, GQUIC_ACK_LARGEST_DELAY, GQUIC_ACK_BLOCKS,
	GQUIC_ACK_FIRST_BLOCK, GQUIC_ACK_GAP, GQUIC_ACK_BLOCK, GQUIC_ACK_DELTA_ACKED,
	GQUIC_ACK_SINCE_LARGEST, GQUIC_STREAM_ID, GQUIC_STREAM_OFFSET, GQUIC_DATA_LENGTH,
	GQUIC_MESSAGE, GQUIC_TAG_COUNT, GQUIC_TAG, GQUIC_TAG_TYPE, GQUIC_TAG_END, GQUIC_TAG_LENGTH,
	GQUIC_TAG_VALUE, GQUIC_TAG_SNI, GQUIC_TAG_PAD, GQUIC_TAG_VERSION, GQUIC_TAG_PDMD,
	GQUIC_TAG_CCS, GQUIC_TAG_UAID, GQUIC_TAG_STK, GQUIC_TAG_SNO, GQUIC_TAG_PROF,
	GQUIC_TAG_SCFG, GQUIC_SCFG_COUNT, GQUIC_TAG_RREJ, GQUIC_TAG_CRT, GQUIC_TAG_AEAD,
	GQUIC_TAG_SCID, GQUIC_TAG_PUBS, GQUIC_TAG_KEXS, GQUIC_TAG_OBIT, GQUIC_TAG_EXPY,
	GQUIC_TAG_NONC, GQUIC_TAG_MSPC, GQUIC_TAG_TCID, GQUIC_TAG_SRBF, GQUIC_TAG_ICSL,
	GQUIC_TAG_SCLS, GQUIC_TAG_COPT, GQUIC_TAG_CCRT, GQUIC_TAG_IRTT, GQUIC_TAG_CFCW,
	GQUIC_TAG_SFCW, GQUIC_TAG_CETV, GQUIC_TAG_XLCT, GQUIC_TAG_NONP, GQUIC_TAG_CSCT,
	GQUIC_TAG_CTIM, GQUIC_TAG_RNON, GQUIC_TAG_RSEQ, GQUIC_CADR_TYPE, GQUIC_CADR_IPV4,
	GQUIC_CADR_IPV6, GQUIC_CADR_OTHER, GQUIC_CADR_PORT, GQUIC_TAG_MIDS, GQUIC_TAG_FHOL,
	GQUIC_TAG_STTL, GQUIC_TAG_SMHL, GQUIC_TAG_TBKP, GQUIC_TAG_MAD0, GQUIC_TAG_QLVE,
	GQUIC_TAG_CGST, GQUIC_TAG_EPID, GQUIC_TAG_SRST, GQUIC_TAG_UNKNOWN, GQUIC_MESSAGE_PADDING,
	GQUIC_STREAM_DATA, GQUIC_PAYLOAD, GQUIC_NOTE_TAG, GQUIC_NOTE_TRUNCATED, GQUIC_NOTE_UNKNOWN,
	GQUIC_NOTE_VERSION, GQUIC_NOTE_PARAMETER, GQUIC_NOTE_LENGTH,
	GQUIC_NOTE_INTEGER, GQUIC_NOTE_STRAY, GQUIC_UNKNOWN_DATA, N_GQUIC_FIELDS
};

extern const struct field gquic_fields[N_GQUIC_FIELDS];

/* Versions that changed what packets look like. */
enum gquic_change {
	GQUIC_HAS_NONCE = 33,  /* a nonce where the length of the connection id was told */
	GQUIC_NO_ENTROPY = 34, /* neither private flags nor entropy; ACK frames tell what was received */
	GQUIC_BIG_ENDIAN = 39,
	GQUIC_HAS_CRYPTO = 50, /* CRYPTO frames */
};

/* A packet on its way through a dissection. */
struct gquic_packet {
	struct dissection *d;
	uint8_t version;       /* as far as it could be read */
	bool is_valid;         /* the version could be read */
	bool is_big_endian;
	bool is_from_server;
	uint8_t number_length; /* octets of the packet number */
	uint8_t inner_messages; /* read so far */
	bool has_hello;        /* of a client, in the clear */
	bool has_id;
	uint64_t id, number;   /* of the connection, of the packet */
};

/* A number of n (at most 8) octets, in the packet's order. */
uint64_t gquic_add_number(const struct gquic_packet *p, struct wire *w, enum gquic_field field, unsigned n);

/* A string of n octets; what stands behind a NUL is noted. Its text as far as the NUL. */
const char *gquic_add_text(const struct gquic_packet *p, struct wire *w, enum gquic_field field, uint32_t n);

/* ---- gquic_frames.c ---- */

/* Are these frames that were not encrypted: with a message of the handshake, or closing the connection? */
bool gquic_is_clear(struct gquic_packet *p, struct wire w);

void gquic_dissect_frames(struct gquic_packet *p, struct wire *w);

/* ---- gquic_tags.c ---- */

enum { GQUIC_CHLO = 0x43484c4f };

/* A message of the handshake or a public reset. Its name is appended to `top`, when not 0. */
void gquic_dissect_message(struct gquic_packet *p, struct wire *w, node_ref top);

/* Is the tag ahead that of a message of the handshake? */
bool gquic_is_handshake(uint32_t tag);

extern const struct protocol protocol_gquic;

#endif
