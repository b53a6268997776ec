#ifndef DISSECT_TCP_REASSEMBLY_H
#define DISSECT_TCP_REASSEMBLY_H
/*
 * tcp_reassembly: PDUs that segments of TCP do not end with.
 *
 * TCP carries a stream of octets; where a PDU of the protocol above ends, only that protocol knows. So it is given the octets of
 * a segment and, when they end within a PDU, asks for more: it leaves, and is given that PDU again from its start, once more
 * segments have come. It shows nothing of a PDU that it asks more of.
 *
 *	while (wire_more(w)) {
 *		if (!tcp_has_header(d, w, 5))
 *			return;
 *		uint32_t length = 5u + wire_peek_u16(w, 3);
 *		if (!tcp_has_pdu(d, w, length))
 *			return;
 *		... read it from wire_take(w, length)
 *	}
 *
 * Pass 1 notes what was asked for; pass 2 gives out the same PDUs whole, so that nobody needs to ask again. Where more may not be
 * asked for (the segment was cut by the snapshot length, it is quoted, the stream has ended) the protocol is told that
 * it has all: reading then ends where the octets do.
 */

#include "dissect/dissection.h"
#include "dissect/reassembly.h"
#include "dissect/tcp.h"

/* The octets that a protocol over TCP was given. */
struct tcp_offer {
	bool can_ask;
	bool ends;       /* with the FIN */
	bool is_decrypted; /* it was TLS that carried them */
	bool is_reassembled; /* several segments carry their PDU, or the one before it in this segment */
	uint8_t source;  /* byte source they are in */
	uint32_t at;     /* where the PDU begins that there is to be more of */
	uint32_t more;   /* octets missing, or one of those below; 0: it was not asked for more */
	bool whole_segments; /* those octets come with all that their segments have */
	uint32_t end;     /* of the segment's octets, where the last belong to a PDU that is shown later; 0: they are all offered */
	node_ref segment; /* TCP's node */
};

enum { TCP_ONE_SEGMENT = -1, TCP_UNTIL_END = -2 };

/*
 * Asks for more of the PDU at the cursor: that many octets behind those which are there; TCP_ONE_SEGMENT: at least one, to know
 * more; TCP_UNTIL_END: all up to the FIN. False when that cannot be.
 */
bool tcp_ask(struct dissection *d, const struct wire *w, uint32_t more);

/* The same, where the PDU does not end with them: it is given all of the segment that brings the last. */
bool tcp_ask_at_least(struct dissection *d, const struct wire *w, uint32_t more);

/* Are n octets there, or can no more be had? Else asks for one more segment. */
static inline bool tcp_has_header(struct dissection *d, const struct wire *w, uint32_t n)
{
	return wire_left(w) >= n || !tcp_ask(d, w, (uint32_t)TCP_ONE_SEGMENT);
}

/* The same for a PDU of which n octets are known to come. */
static inline bool tcp_has_pdu(struct dissection *d, const struct wire *w, uint32_t n)
{
	return wire_left(w) >= n || !tcp_ask(d, w, n - wire_left(w));
}

/* A top line that begins at the cursor: it reaches over what is left of the segment, be that of a PDU that is shown later. */
void tcp_reach_end(struct dissection *d, node_ref top, const struct wire *w);

/* A field of a header that tells the length of its PDU. */
struct tcp_length_field {
	uint8_t at, octets; /* where in the header it stands */
	bool little_endian;
	uint32_t more;      /* octets that it does not count */
};

/* PDUs with a header of one size that tells their length: by `length`, or `measure`, or else `field`. */
struct tcp_framing {
	uint32_t header;                           /* octets */
	uint32_t (*length)(const uint8_t *header); /* of the whole PDU; 0: that cannot be told yet */
	const struct protocol *protocol;           /* that reads a PDU */
	uint32_t (*measure)(const struct wire *w); /* as length(), where it takes more than the header to tell */
	struct tcp_length_field field;
	bool is_unsized;                           /* the tree does not say how long each PDU is */
};

/* The length of the PDU at the cursor, whose header was captured. 0: it takes more to tell. */
uint32_t tcp_pdu_length(const struct tcp_framing *framing, const struct wire *w);

/* All PDUs of a segment, one by one: what is wrong with one is no other's business. Says the size of each. */
void dissect_tcp_pdus(struct dissection *d, struct wire *w, const struct tcp_framing *framing);

/* ---- for tcp.c ---- */

/* The payload of a segment, which may be empty; `top` is the segment's node, which is closed here. */
void tcp_dissect_payload(struct dissection *d, struct wire *w, struct wire payload, const struct tcp_view *view,
                         node_ref top);

/* PDUs of one direction of a stream that several segments carry. Pass 1. */
struct tcp_pdus;
void tcp_pdus_free(struct tcp_pdus *pdus);

#endif
