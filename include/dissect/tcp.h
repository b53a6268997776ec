#ifndef DISSECT_TCP_H
#define DISSECT_TCP_H
/* tcp: what the files of TCP share: its segments, and the streams that pass 1 sorts them into. */

#include "dissect/dissection.h"

enum {
	TCP_FIN = 0x001, TCP_SYN = 0x002, TCP_RST = 0x004, TCP_PSH = 0x008, TCP_ACK = 0x010, TCP_URG = 0x020,
	TCP_ECE = 0x040, TCP_CWR = 0x080, TCP_AE = 0x100, TCP_RESERVED = 0xe00,
};

enum { TCP_HEADER = 20 }; /* octets without options */

/* A segment's header. */
struct tcp_segment {
	uint32_t seq, ack;         /* as on the wire */
	uint32_t length;           /* octets of payload that were sent; 0 where has_length is not set */
	uint16_t source_port, destination_port;
	uint16_t flags, window;
	uint8_t header_length;     /* octets, by its own account */
	uint8_t direction;         /* 0 or 1: which of the stream's flows it belongs to */
	bool has_length;           /* the header fits, and nobody quotes it: what follows is its whole payload */
};

enum { SCALE_UNKNOWN = -1, SCALE_UNUSED = -2 };

/* A base that a later frame's SYN-ACK took back. */
struct tcp_base {
	uint32_t frame; /* whose SYN-ACK gave it */
	uint32_t seq;
};

/* One direction of a stream. Written by pass 1, frozen in pass 2. */
struct tcp_flow {
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
	uint32_t first_frame;
	struct timestamp first_time, last_time;
	struct tcp_flow flows[2];
	uint8_t completeness;
	uint8_t late_completeness; /* what the first frame adds: it counts behind that frame only */
	int8_t closer;             /* direction of the first FIN; -1: none */
	bool asks_accurate_ecn;    /* its SYN has all three bits set */
	bool has_accurate_ecn;     /* the three bits are a counter (ACE), but for SYNs */
};

/* What pass 1 knows of one segment. */
struct tcp_fact {
	struct tcp_stream *stream;
	int64_t since_previous;    /* seconds */
	int32_t since_previous_ns;
	uint32_t pad;
};

/* A segment as pass 2 shows it. */
struct tcp_view {
	struct tcp_segment segment;
	const struct tcp_fact *fact; /* NULL: its header is cut, or too many protocols stand before it */
	uint32_t base;               /* of its own sequence numbers */
	uint32_t other_base;         /* of those it acknowledges */
};

extern const struct protocol protocol_tcp;

/* ---- tcp_options.c ---- */

/* What pass 1 asks of the options. */
struct tcp_option_values {
	int8_t scale;        /* window scale, RFC 7323; SCALE_UNKNOWN: no such option */
	bool fast_open;      /* a cookie, RFC 7413 */
	bool accurate_ecn;   /* counters of octets by their mark */
};

struct tcp_option_values tcp_read_options(const uint8_t *options, uint32_t length);

/* Shows the options: the next `length` octets. Says whether they could be read; w moves behind them if so. */
enum wire_state dissect_tcp_options(struct dissection *d, struct wire *w, uint32_t length, const struct tcp_view *view);

#endif
