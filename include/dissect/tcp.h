#ifndef DISSECT_TCP_H
#define DISSECT_TCP_H
/* tcp: what the files of TCP share: its segments, and the streams that pass 1 sorts them into. */

#include "dissect/conversation.h"
#include "dissect/dissection.h"
#include "dissect/tcp_analysis.h"

enum { TCP_HEADER = 20 }; /* octets without options */

/* A base that a later frame's SYN-ACK took back. */
struct tcp_base {
	uint32_t frame; /* whose SYN-ACK gave it */
	uint32_t seq;
};

/* One direction of a stream. Written by pass 1, frozen in pass 2. */
struct tcp_flow {
	struct tcp_pdus *pdus;     /* that several of its segments carry; NULL: none. Pass 1 only */
	uint32_t base;             /* what relative sequence numbers count from: the SYN's */
	uint32_t base_frame;       /* whose SYN-ACK gave it; 0: none */
	struct tcp_base *older;    /* bases before that, in order of frame */
	uint32_t older_count;
	bool has_base;
	bool fast_open;            /* its SYN carried data and a cookie, RFC 7413 */
	int8_t scale;              /* shift of its windows, SCALE_UNKNOWN or SCALE_UNUSED */
};

/* Bits of [Conversation completeness: ...]. */
enum {
	COMPLETE_SYN = 1, COMPLETE_SYN_ACK = 2, COMPLETE_ACK = 4, COMPLETE_DATA = 8, COMPLETE_FIN = 16,
	COMPLETE_RST = 32,
};

/* A connection. Written by pass 1, frozen in pass 2. */
struct tcp_stream {
	uint32_t number;           /* [Stream index: N] */
	uint32_t conversation;     /* its id */
	uint32_t first_frame;
	int64_t first_time;        /* nanoseconds */
	int64_t first_round_trip;  /* nanoseconds from the SYN to the ACK that ends the handshake; 0: not known */
	struct tcp_flow flows[2];
	uint8_t completeness;
	uint8_t late_completeness; /* what the first frame adds: it counts behind that frame only */
	struct announcement announced; /* what another connection said it would be */
	uint32_t framed_from;      /* frame whose octets showed it to have a framing (framings.h) */
	uint32_t framed_until;     /* frame behind which it has none: TLS follows; 0: none */
	uint8_t framing;           /* the number of that framing, + 1; 0: none */
	int8_t closer;             /* direction of the first FIN; -1: none */
	bool asks_accurate_ecn;    /* its SYN has all three bits set */
	bool has_accurate_ecn;     /* the three bits are a counter (ACE), but for SYNs */
};

/* What pass 1 knows of one segment. Times are nanoseconds. */
struct tcp_fact {
	struct tcp_stream *stream;
	int64_t since_previous;
	int64_t round_trip;
	uint32_t marks;            /* enum tcp_mark */
	uint32_t acked_frame;
	uint32_t in_flight, since_push;
};

/* And of one that repeats something; its members as in struct tcp_finding. */
struct tcp_repeat_fact {
	int64_t timeout;
	uint32_t timeout_frame;
	uint32_t duplicates, duplicate_frame;
};

/* A segment as pass 2 shows it. */
struct tcp_view {
	struct tcp_segment segment;
	const struct tcp_fact *fact; /* NULL: its header is cut, or too many protocols stand before it */
	uint32_t base;               /* of its own sequence numbers */
	uint32_t other_base;         /* of those it acknowledges */
};

extern const struct protocol protocol_tcp;

/* The stream of the innermost TCP segment that was met; NULL: there is none. */
struct tcp_stream *tcp_stream_of(struct dissection *d);

/* ---- tcp_stream.c: pass 1 ---- */

/* Every stream, in the order of their numbers. They stay where they are: facts point at them. */
struct tcp_state {
	struct tcp_stream **streams; /* chunks */
	struct tcp_progress **progress;
	uint32_t count;
	struct tcp_memory memory;
};

/* Writes what this segment tells of its stream, and the facts of its frame; w stands behind its window. */
void tcp_follow(struct dissection *d, const struct wire *w, const struct tcp_segment *segment);

/* The base of a flow's sequence numbers as a frame knows it. */
uint32_t tcp_base_at(const struct tcp_flow *flow, uint32_t frame);

/* What is said about a segment, once all of its stream is known. */
uint32_t tcp_marks_at(const struct tcp_fact *fact, const struct tcp_segment *segment, uint32_t frame);

void tcp_state_end(void *memory);

/* ---- tcp_findings.c ---- */

/* [SEQ/ACK analysis], with the marks that pass 2 sees. */
void show_tcp_findings(struct dissection *d, const struct wire *w, const struct tcp_fact *fact, uint32_t marks);

/* ---- tcp_options.c ---- */

/* What pass 1 asks of the options. */
struct tcp_option_values {
	int8_t scale;        /* window scale, RFC 7323; SCALE_UNKNOWN: no such option */
	bool fast_open;      /* a cookie, RFC 7413 */
	bool accurate_ecn;   /* counters of octets by their mark */
	const uint8_t *multipath; /* the list from the first option of Multipath TCP on; NULL: none */
	uint32_t multipath_length, multipath_captured;
	uint32_t sacked;     /* octets within the edges of selective acknowledgments, RFC 2018 */
};

struct tcp_option_values tcp_read_options(const uint8_t *options, uint32_t length, uint32_t captured);

/* Shows the options: the next `length` octets. Says whether they could be read; w moves behind them if so. */
enum wire_state dissect_tcp_options(struct dissection *d, struct wire *w, uint32_t length, const struct tcp_view *view);

#endif
