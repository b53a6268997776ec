#ifndef DISSECT_FACTS_H
#define DISSECT_FACTS_H
/*
 * facts: what pass 1 learned about frames, for pass 2 to show.
 *
 * A fact is a small record under (frame, layer, kind): the layer is the ordinal of the protocol in its frame, so that a protocol met
 * twice has two. Records stand in the order of their frames in chunks that never move, so that a later frame may still
 * complete a fact of an earlier one (the frame of its response) until pass 1 ends. A frame without facts takes no space.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fact_kind {
	FACT_UDP = 1,
	FACT_TCP,
	FACT_TCP_REPEAT,
	FACT_MPTCP,
	FACT_ICMP,
	FACT_ICMPV6,
	FACT_ARP,
	FACT_DNS,
	FACT_FRAGMENT,   /* of an IPv4 or IPv6 datagram */
	FACT_SEGMENT,    /* of a PDU over TCP */
	FACT_ESP,
	FACT_STUN,
	FACT_TLS,        /* pieces of handshake messages */
	FACT_TLS_RECORDS, /* that can be decrypted */
	FACT_TLS_DATA,   /* pieces of application data */
	FACT_DTLS,
	FACT_HTTP,
	FACT_QUIC,
	FACT_NTP,
	FACT_GQUIC,
	FACT_WEBSOCKET,
	FACT_WEBSOCKET_INFLATED,
	FACT_L2TP,
	FACT_FTP,
};

enum {
	RUN_FRAMES = 64,  /* frames in a run: the step of the frame index */
	FACT_LARGEST = 8 * 255,
};

struct facts {
	char **chunks;
	uint32_t chunk_count;
	uint64_t end;  /* behind the last record: chunk number and offset as one number */
	uint64_t base; /* what stands before it is forgotten */
};

/* Where a record stands. 0: none. Later frames keep this, not a pointer. */
typedef uint64_t fact_ref;

void facts_free(struct facts *facts);

/*
 * A zeroed record of `size` octets (at most FACT_LARGEST), and in *ref, when not NULL, where it stands; NULL and 0 where
 * layer is too deep to have one.
 */
void *facts_add(struct facts *facts, uint32_t frame_number, unsigned layer, enum fact_kind kind, size_t size,
                fact_ref *ref);

/* The record at ref, to be completed by a later frame; NULL when ref is 0 or the record was forgotten. */
void *facts_at(const struct facts *facts, fact_ref ref);

/*
 * The record of that kind under the frame, or NULL. `*from` is where the records of its run, or of an earlier
 * frame of it, start; it moves on, so that the next search is short.
 */
const void *facts_find(const struct facts *facts, uint64_t *from, uint32_t frame_number, unsigned layer,
                       enum fact_kind kind);

/* Forgets every record so far: between the frames of a stream. */
void facts_forget(struct facts *facts);

#endif
