#ifndef DISSECT_TCP_ANALYSIS_H
#define DISSECT_TCP_ANALYSIS_H
/*
 * tcp_analysis: a segment's place among the segments before it: what it acknowledges, repeats, lacks.
 *
 * A machine without protocols above or below: segments of one connection go in, in the order in which they were captured;
 * what there is to say about each comes out. It sees what a third party between the endpoints sees: segments that it
 * missed, got twice or in another order than either endpoint did. So its findings are what is likely, not what is
 * certain. Numbers are those of RFC 9293, sections 3.4 and 3.10; they wrap.
 */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/arena.h"

enum {
	TCP_FIN = 0x001, TCP_SYN = 0x002, TCP_RST = 0x004, TCP_PSH = 0x008, TCP_ACK = 0x010, TCP_URG = 0x020,
	TCP_ECE = 0x040, TCP_CWR = 0x080, TCP_AE = 0x100, TCP_RESERVED = 0xe00, TCP_FLAGS = 0xfff,
};

enum { SCALE_UNKNOWN = -1, SCALE_UNUSED = -2 };

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

/* What is said about a segment. */
enum tcp_mark {
	MARK_REUSED_PORTS          = 1 << 0,
	MARK_FAST_RETRANSMISSION   = 1 << 1,
	MARK_SPURIOUS              = 1 << 2,
	MARK_OUT_OF_ORDER          = 1 << 3,
	MARK_RETRANSMISSION        = 1 << 4,
	MARK_PREVIOUS_LOST         = 1 << 5,
	MARK_ACKED_LOST            = 1 << 6,
	MARK_WINDOW_UPDATE         = 1 << 7,
	MARK_WINDOW_FULL           = 1 << 8,
	MARK_KEEP_ALIVE            = 1 << 9,
	MARK_KEEP_ALIVE_ACK        = 1 << 10,
	MARK_DUPLICATE_ACK         = 1 << 11,
	MARK_ZERO_WINDOW_PROBE     = 1 << 12,
	MARK_ZERO_WINDOW           = 1 << 13,
	MARK_ZERO_WINDOW_PROBE_ACK = 1 << 14,
	MARK_NOTHING               = 1 << 15, /* it was looked at, and that is all there is to say */
};

struct tcp_finding {
	uint32_t marks;
	uint32_t acked_frame;     /* whose data this acknowledges; 0: none that was seen */
	int64_t round_trip;       /* nanoseconds since that */
	uint32_t in_flight;       /* octets sent and not acknowledged, this segment's included; 0: not known */
	uint32_t since_push;      /* octets sent since the segment behind the last that had PSH, this one's included */
	uint32_t duplicates;      /* how many times an ACK was sent again */
	uint32_t duplicate_frame; /* which sent it first */
	uint32_t timeout_frame;   /* what this sends again, or what was sent last before; 0: not known */
	int64_t timeout;          /* nanoseconds since that */
};

/* A segment that awaits its acknowledgment. */
struct tcp_sent {
	uint32_t seq, end; /* SYN and FIN included */
	uint32_t frame;
	uint32_t newer; /* place of the next in its list; 0: none */
	int64_t time;
};

/* What all connections share. Ready when zeroed. */
struct tcp_memory {
	struct tcp_sent *sent; /* the segments that await their acknowledgment */
	uint32_t count, capacity;
	uint32_t unused;       /* first of a list */
	struct arena tracks;
};

void tcp_memory_free(struct tcp_memory *memory);

/* What one endpoint has sent so far. */
struct tcp_track {
	int64_t next_time;    /* of next_frame */
	int64_t ack_time;     /* of its last segment */
	uint32_t oldest, newest; /* places of what awaits acknowledgment; 0: nothing */
	uint32_t sent_count;
	uint32_t first, last; /* the least and the greatest number of that, counted from the flow's base */
	uint32_t next;        /* sequence number expected next: SND.NXT */
	uint32_t next_frame;  /* that raised it last */
	uint32_t highest;     /* end of what was seen without a hole */
	uint32_t ack;         /* acknowledged last */
	uint32_t ack_frame;   /* that acknowledged it first */
	uint32_t duplicates;
	uint32_t since_push;
	uint32_t sacked;      /* octets within the edges of its last selective acknowledgments, RFC 2018 */
	uint16_t last_marks;  /* of its last segment */
	uint16_t window;      /* as on the wire */
	bool has_next : 1, has_highest : 1, has_ack : 1, has_window : 1;
	bool is_pushed : 1;     /* its last segment had PSH */
	bool is_start : 1;      /* it was a SYN */
	bool is_overtaken : 1;  /* an ACK went beyond all that was seen */
	bool has_gap : 1;       /* something before its last segments is missing, and no ACK came since */
	bool is_disordered : 1; /* what awaits acknowledgment is not in order of sequence numbers */
};

/* Both, and what they share. Most that an attacker opens have one side only. */
struct tcp_tracks {
	struct tcp_track *flows[2]; /* NULL: nothing seen yet */
	int64_t syn_time;
	int64_t first_round_trip; /* from the SYN to the ACK that ends the handshake; 0: not known */
	bool has_syn;
};

/* What is known of a segment beside its header. */
struct tcp_context {
	int64_t time;      /* of its frame, nanoseconds */
	uint32_t frame;
	uint32_t bases[2]; /* of either flow's sequence numbers */
	uint32_t sacked;   /* octets within its selective acknowledgments */
	int8_t scales[2];  /* shifts of either flow's windows, SCALE_UNKNOWN or SCALE_UNUSED */
};

/* The next segment of a connection. */
struct tcp_finding tcp_analyse(struct tcp_tracks *tracks, struct tcp_memory *memory, const struct tcp_segment *segment,
                               const struct tcp_context *context);

#endif
