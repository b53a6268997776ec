#ifndef DISSECT_MPTCP_H
#define DISSECT_MPTCP_H
/*
 * mptcp: connections of Multipath TCP (RFC 8684, and RFC 6824 before it), over the TCP streams that
 * are their subflows. Written by pass 1, frozen in pass 2.
 */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/map.h"
#include "dissect/tree.h"

struct dissection;
struct tcp_view;
struct wire;

enum { KIND_NOP = 1, KIND_MULTIPATH = 30 }; /* TCP options */

enum mptcp_subtype {
	MPTCP_CAPABLE, MPTCP_JOIN, MPTCP_DSS, MPTCP_ADD_ADDRESS, MPTCP_REMOVE_ADDRESS, MPTCP_PRIORITY, MPTCP_FAIL,
	MPTCP_FAST_CLOSE, MPTCP_RESET,
};

/* Flags of a Data Sequence Signal, RFC 8684, section 3.3. */
enum { DSS_ACK = 0x01, DSS_LONG_ACK = 0x02, DSS_MAPPING = 0x04, DSS_LONG_SEQUENCE = 0x08, DSS_FIN = 0x10 };

/* Octets of the options that have certain parts. */
enum {
	CAPABLE_KEY = 12, CAPABLE_KEYS = 20, CAPABLE_LENGTH = 22, CAPABLE_CHECKSUM = 24,
	JOIN_SYN = 12, JOIN_SYN_ACK = 16, JOIN_ACK = 24,
};

/*
 * Has an MP_CAPABLE option the sender's key, the receiver's, too? Of other lengths it has neither.
 */
static inline bool capable_has_key(unsigned length)
{
	return length == CAPABLE_KEY || length == CAPABLE_KEYS || length == CAPABLE_LENGTH || length == CAPABLE_CHECKSUM;
}
static inline bool capable_has_keys(unsigned length)
{
	return length != CAPABLE_KEY && capable_has_key(length);
}

/* What a key stands for. */
struct mptcp_names {
	uint32_t token;  /* the connection, to those that join it */
	uint64_t idsn;   /* initial data sequence number of the key's owner */
};

/* One end of a connection: what it sent. */
struct mptcp_side {
	uint64_t key;
	struct mptcp_names names;
	bool has_key;
	bool is_relative; /* its numbers are shown from the initial one on, or from 0 if not known */
};

struct mptcp_subflow {
	uint32_t stream;    /* of TCP */
	uint8_t first;      /* direction of the stream that belongs to sides[0]: see mptcp_side_of() */
	bool has_joined;    /* by a token */
	struct mptcp_connection *connection; /* NULL: none yet */
	struct mptcp_connection *listed;     /* which has it among its streams */
};

struct mptcp_connection {
	uint32_t number;    /* [Stream index: N] */
	uint32_t master;    /* stream of the last key that was told; NO_STREAM: none */
	uint8_t version;    /* that told its first key */
	struct mptcp_side sides[2];
	uint32_t *streams;  /* its subflows, in the order in which they came */
	uint32_t stream_count;
};

enum { NO_STREAM = UINT32_MAX };

struct mptcp_connections {
	struct map all;      /* number -> connection */
	struct map subflows; /* stream -> subflow */
	struct map tokens;   /* token -> number of the connection */
};

void mptcp_connections_begin(void *memory);
void mptcp_connections_end(void *memory);

/*
 * RFC 6824 (version 0) and RFC 8684 (version 1), section 3.2; zeroes for other versions, which do
 * not exist.
 */
struct mptcp_names mptcp_names_of(uint64_t key, unsigned version);

/*
 * A data sequence number or acknowledgment from the initial number on, as tshark reckons: octets
 * may be 4 or 8; is_long says that the acknowledgment of the same option has 8.
 */
uint64_t mptcp_relative(uint64_t number, uint64_t idsn, bool is_long);

/* Which of its connection's sides sends in that direction of a stream. */
unsigned mptcp_side_of(const struct mptcp_subflow *subflow, unsigned direction);

/*
 * What one option in a direction of a stream tells. Of its `length` octets `captured` are there; it
 * is told as far as those go. The stream as a subflow.
 */
struct mptcp_subflow *mptcp_learn(struct mptcp_connections *connections, uint32_t stream, unsigned direction,
                                  const uint8_t *option, unsigned length, unsigned captured);

/* ---- proto/mptcp.c ---- */

extern const struct protocol protocol_mptcp;

/*
 * Pass 1: what the options of a segment tell, in a list that begins with one of Multipath TCP; of
 * its `length` octets `captured` are there.
 */
void mptcp_follow(struct dissection *d, uint32_t stream, unsigned direction,
                  const uint8_t *options, uint32_t length, uint32_t captured);

/* Pass 2: an option, its title being there; w stands behind its length. */
void show_mptcp_option(struct dissection *d, struct wire *w, const struct tcp_view *view, node_ref title);

/* Pass 2: [MPTCP analysis], for a segment that has such options. */
void show_mptcp_analysis(struct dissection *d, const struct wire *w);

#endif
