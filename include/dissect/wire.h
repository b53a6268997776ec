#ifndef DISSECT_WIRE_H
#define DISSECT_WIRE_H
/*
 * wire: a cursor over the octets of one protocol, with a sticky end state.
 *
 * Reading moves it on. A read past the end yields zero and leaves the cursor ended: every later read yields zero
 * too, so that dissectors read in wire order without checks and loops stop by themselves. Whoever called the
 * dissector looks at `state` once. Offsets count from the first octet of the byte source, so that a node can
 * say where it stands; lengths are in octets.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum wire_state {
	WIRE_GOOD,
	WIRE_CUT,          /* past what was captured, within what was sent: the snapshot length cut it */
	WIRE_OVERRUN,      /* within what a part claims to have, past the end of its container */
	WIRE_UNREASSEMBLED, /* past the end of a fragment that was not reassembled */
	WIRE_MALFORMED,    /* past everything that was sent */
};

struct wire {
	const uint8_t *data; /* first octet of the byte source */
	uint32_t at;         /* offset of the next octet */
	uint32_t end;        /* offset behind the last captured octet that may be read */
	uint32_t reported;   /* offset behind the last octet that the protocol was said to have, captured or not */
	uint32_t contained;  /* offset behind the last octet that it claims for itself: past `reported` when its container has less */
	uint8_t source;      /* which byte source of the dissection `data` is */
	uint8_t state;       /* enum wire_state */
	bool fragment;       /* the octets are the first part of something that was not reassembled */
};

/* A cursor over `captured` octets of a source, of which `reported` were sent. */
static inline struct wire wire_over(const uint8_t *data, uint32_t captured, uint32_t reported, uint8_t source)
{
	return (struct wire){ .data = data, .end = captured, .reported = reported < captured ? captured : reported,
	                      .contained = reported < captured ? captured : reported, .source = source };
}

/* Ends the cursor: it stands at its end, and its state says why a read of n octets failed. */
void wire_fail(struct wire *w, uint64_t n);

/* True when n octets can be read; ends the cursor when not. */
static inline bool wire_need(struct wire *w, uint64_t n)
{
	if (__builtin_expect(n <= w->end - w->at && w->state == WIRE_GOOD, 1))
		return true;
	wire_fail(w, n);
	return false;
}

/* True when n octets were captured ahead; leaves the cursor as it is. */
static inline bool wire_has(const struct wire *w, uint64_t n)
{
	return w->state == WIRE_GOOD && n <= w->end - w->at;
}

/* Octets ahead, captured or not. */
static inline uint32_t wire_left(const struct wire *w)
{
	return w->state == WIRE_GOOD && w->reported > w->at ? w->reported - w->at : 0;
}

/* Captured octets ahead. */
static inline uint32_t wire_captured(const struct wire *w)
{
	return w->state == WIRE_GOOD ? w->end - w->at : 0;
}

/* True while there is something to read and nothing has failed: what loops ask. */
static inline bool wire_more(const struct wire *w)
{
	return w->state == WIRE_GOOD && w->at < w->reported;
}

/* The octets ahead, without moving. Only for as many as wire_has() or wire_captured() said. */
static inline const uint8_t *wire_here(const struct wire *w)
{
	return w->data + w->at;
}

/* n octets, moved over; NULL when they are not all there. */
static inline const uint8_t *wire_bytes(struct wire *w, uint32_t n)
{
	if (!wire_need(w, n))
		return NULL;
	w->at += n;
	return w->data + w->at - n;
}

static inline void wire_skip(struct wire *w, uint32_t n)
{
	(void)wire_bytes(w, n);
}

/* Big-endian and little-endian values of octets that are known to be there. */
static inline uint16_t be16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static inline uint32_t be24(const uint8_t *p) { return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]; }
static inline uint32_t be32(const uint8_t *p) { return (uint32_t)be16(p) << 16 | be16(p + 2); }
static inline uint64_t be48(const uint8_t *p) { return (uint64_t)be16(p) << 32 | be32(p + 2); }
static inline uint64_t be64(const uint8_t *p) { return (uint64_t)be32(p) << 32 | be32(p + 4); }
static inline uint16_t le16(const uint8_t *p) { return (uint16_t)(p[1] << 8 | p[0]); }
static inline uint32_t le24(const uint8_t *p) { return (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0]; }
static inline uint32_t le32(const uint8_t *p) { return (uint32_t)le16(p + 2) << 16 | le16(p); }
static inline uint64_t le64(const uint8_t *p) { return (uint64_t)le32(p + 4) << 32 | le32(p); }

/* The value of n (1 to 8) octets, big-endian. */
static inline uint64_t be_value(const uint8_t *p, unsigned n)
{
	uint64_t v = 0;
	for (unsigned i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

static inline uint8_t wire_u8(struct wire *w)
{
	const uint8_t *p = wire_bytes(w, 1);
	return p ? *p : 0;
}
static inline uint16_t wire_u16(struct wire *w)
{
	const uint8_t *p = wire_bytes(w, 2);
	return p ? be16(p) : 0;
}
static inline uint32_t wire_u24(struct wire *w)
{
	const uint8_t *p = wire_bytes(w, 3);
	return p ? be24(p) : 0;
}
static inline uint32_t wire_u32(struct wire *w)
{
	const uint8_t *p = wire_bytes(w, 4);
	return p ? be32(p) : 0;
}
static inline uint64_t wire_u64(struct wire *w)
{
	const uint8_t *p = wire_bytes(w, 8);
	return p ? be64(p) : 0;
}

/* A value `ahead` octets on, without moving. Zero, and the cursor ended, when it is not there. */
static inline uint8_t wire_peek_u8(struct wire *w, uint32_t ahead)
{
	return wire_need(w, (uint64_t)ahead + 1) ? w->data[w->at + ahead] : 0;
}
static inline uint16_t wire_peek_u16(struct wire *w, uint32_t ahead)
{
	return wire_need(w, (uint64_t)ahead + 2) ? be16(w->data + w->at + ahead) : 0;
}
static inline uint32_t wire_peek_u32(struct wire *w, uint32_t ahead)
{
	return wire_need(w, (uint64_t)ahead + 4) ? be32(w->data + w->at + ahead) : 0;
}

/*
 * A cursor over the next n octets, for a payload or a part with a length of its own; w stays where it is.
 * Where w has fewer, it covers what there is; a read past that, but within n, fails as WIRE_OVERRUN.
 */
struct wire wire_part(const struct wire *w, uint32_t n);

/* wire_part(), and w moves behind it. */
struct wire wire_take(struct wire *w, uint32_t n);

/* What the cursor covers ends n octets on, as if nothing stood behind: a length that the protocol says of itself. */
static inline void wire_shorten(struct wire *w, uint32_t n)
{
	uint64_t stop = (uint64_t)w->at + n;

	if (w->state != WIRE_GOOD || stop >= w->reported)
		return;
	w->reported = w->contained = (uint32_t)stop;
	if (w->end > w->reported)
		w->end = w->reported;
}

/* The part has been read: what ended it ends w too. */
static inline void wire_join(struct wire *w, const struct wire *part)
{
	if (part->state != WIRE_GOOD && w->state == WIRE_GOOD) {
		w->state = part->state;
		w->at = w->end;
	}
}

#endif
