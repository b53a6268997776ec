#ifndef DISSECT_DISSECTION_H
#define DISSECT_DISSECTION_H
/*
 * dissection: the interface that dissectors are written against.
 *
 * A dissector reads its octets through a cursor in wire order. Each add_ function reads one field, moves the cursor, adds a
 * node when a tree is being built (pass 2), and returns the value in both passes. Every function that takes a cursor does
 * nothing once that cursor has ended, so that dissectors need no checks between fields: what stood on the wire is
 * shown, what did not is not.
 *
 *	node_ref top = open_protocol(d, w, &fields[UDP]);
 *	uint16_t src = add_uint16(d, w, &fields[SRC_PORT]);
 *	...
 *	append_text(d, w, top, ", Src Port: %u, Dst Port: %u", src, dst);
 *	close_subtree(d, top, w);
 *	dissect_next(d, w, BY_UDP_PORT, dst);
 *
 * d->last is the node that was added last: for text behind a value, or to open a subtree below it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/address.h"
#include "dissect/arena.h"
#include "dissect/capture.h"
#include "dissect/columns.h"
#include "dissect/facts.h"
#include "dissect/field.h"
#include "dissect/protocol.h"
#include "dissect/tree.h"
#include "dissect/wire.h"

struct crypto;
struct session;
struct ipv6_header;
struct media_type;
struct tcp_offer;
struct websocket_segment;

enum {
	LAYERS = 255,        /* protocols in one frame; deeper ones are not dissected */
	NESTING = 200,       /* protocols within protocols at one time */
	SOURCES = 255,        /* byte sources of one frame: itself, reassembled, decrypted, ... */
	NO_SOURCE = SOURCES,  /* of nodes that stand nowhere */
};

/* A byte source: the frame, or what was put together or decrypted from it. */
struct source {
	const uint8_t *data;
	uint32_t length;
	const char *name;        /* Frame, Reassembled IPv4, ... */
	uint64_t capture_offset; /* where data stands in the capture; UINT64_MAX: nowhere in one piece */
	const struct assembly *assembly; /* what it was put together from, or NULL */
};

/* One frame on its way through the dissectors. */
struct dissection {
	struct session *session;
	const struct frame *frame;
	struct arena *arena; /* emptied for the next frame */
	struct tree *tree;   /* NULL: no tree is wanted (pass 1) */
	struct columns *columns; /* what the packet list says of the frame; NULL: nothing is listed */
	bool headers_only;   /* what is asked for stands up to the transport layer: applications are left out */
	bool first_pass;     /* facts are being written; else they are frozen */
	bool quoted;         /* inside a packet that an error message quotes: it is no packet of its own */
	const struct protocol *cut_quote; /* named when reading ends: the quoted packet that was cut, or what a value in DER is of */
	uint8_t depth;       /* of the node that is added next */
	uint8_t nesting;
	uint8_t end_said;    /* enum wire_state: how the protocol ended that say_end() was last called for */
	bool too_deep;       /* LAYERS or NESTING has kept a protocol from being dissected, and the tree says so */
	node_ref last;       /* the node added last; 0: it could not be read, or there is no tree */
	node_ref anchor;     /* see reopen() */

	struct source sources[SOURCES];
	unsigned source_count;

	const struct protocol *layers[LAYERS]; /* the protocols met so far, in order */
	unsigned layer_count;
	unsigned layer;      /* ordinal of the protocol that is running: what facts are kept under */
	const char *trail[LAYERS]; /* [Protocols in frame: ...] */
	unsigned trail_count;

	struct address link_source, link_destination;
	bool link_is_inner; /* they stand within the network layer whose addresses follow */
	struct address source, destination; /* of the innermost network layer so far */
	uint16_t source_port, destination_port;
	uint8_t ip_protocol;                /* what carries the ports */
	uint8_t ip_ttl;                     /* time to live or hop limit of the innermost network layer */
	struct ipv6_header *ipv6;           /* whose extension headers are being read; NULL: none (see ip.h) */
	uint32_t conversation;              /* id of the transport conversation, where has_conversation */
	bool has_conversation;

	struct crypto *crypto;              /* of this thread; NULL: it was not needed so far (see crypto_of()) */
	const struct media_type *media;     /* what the octets that are being read are said to be; NULL: nothing (see media.h) */
	struct websocket_segment *websocket; /* whose frames are being read; NULL: none */
	struct tcp_offer *offer;            /* octets of TCP that are being read; NULL: none (see tcp_reassembly.h) */

	uint64_t facts_from; /* where facts of this frame are looked for */

	uint32_t caught_at;     /* where the payload starts whose end is noticed first: behind an Ethernet type, of a TCP segment with PDUs */
	uint32_t claimed_end;   /* where the link layer's payload ends by its own account; see claim_length() */
	uint8_t claim_nesting;  /* of the protocol whose account counts */
};

/* ---- nodes for what stands on the wire ---- */

#define BUILDING(d, w) (__builtin_expect((d)->tree != NULL, 0) && (w)->state == WIRE_GOOD)

/* Pass 2, be there a tree or only the packet list: for what more than nodes comes of. */
#define SHOWING(d, w) (__builtin_expect(!(d)->first_pass, 0) && (w)->state == WIRE_GOOD)

/* A node over `length` octets at offset `at`, with a number for its value. The base of all others. */
node_ref build_node(struct dissection *d, const struct wire *w, const struct field *field, uint32_t at, uint32_t length,
                    uint64_t number);
node_ref build_node_octets(struct dissection *d, const struct wire *w, const struct field *field, uint32_t at,
                           uint32_t length, const uint8_t *octets, uint32_t octets_length);

#define ADD_NODE(d, w, field, build) \
	((d)->last = !BUILDING(d, w) ? 0 : tree_may_want((d)->tree, field) ? (build) : (node_ref)NODE_UNWANTED)

static inline node_ref add_node(struct dissection *d, const struct wire *w, const struct field *field, uint32_t at,
                                uint32_t length, uint64_t number)
{
	return ADD_NODE(d, w, field, build_node(d, w, field, at, length, number));
}
static inline node_ref add_node_octets(struct dissection *d, const struct wire *w, const struct field *field, uint32_t at,
                                       uint32_t length, const uint8_t *octets, uint32_t octets_length)
{
	return ADD_NODE(d, w, field, build_node_octets(d, w, field, at, length, octets, octets_length));
}

/* A number of n octets, moved over. The value is returned whole; its node holds the bits of the field's mask. */
#define DEFINE_ADD_NUMBER(name, type, n, value)                                                             \
	static inline type name(struct dissection *d, struct wire *w, const struct field *field)                \
	{                                                                                                       \
		d->last = 0;                                                                                    \
		const uint8_t *p = wire_bytes(w, n);                                                            \
		if (!p)                                                                                         \
			return 0;                                                                               \
		type v = (type)(value);                                                                         \
		if (__builtin_expect(d->tree != NULL, 0))                                                       \
			add_node(d, w, field, w->at - n, n, v);                                                 \
		return v;                                                                                       \
	}
DEFINE_ADD_NUMBER(add_uint8, uint8_t, 1, *p)
DEFINE_ADD_NUMBER(add_uint16, uint16_t, 2, be16(p))
DEFINE_ADD_NUMBER(add_uint24, uint32_t, 3, be24(p))
DEFINE_ADD_NUMBER(add_uint32, uint32_t, 4, be32(p))
DEFINE_ADD_NUMBER(add_uint48, uint64_t, 6, be48(p))
DEFINE_ADD_NUMBER(add_uint64, uint64_t, 8, be64(p))
DEFINE_ADD_NUMBER(add_le16, uint16_t, 2, le16(p))
DEFINE_ADD_NUMBER(add_le24, uint32_t, 3, le24(p))
DEFINE_ADD_NUMBER(add_le32, uint32_t, 4, le32(p))
DEFINE_ADD_NUMBER(add_le64, uint64_t, 8, le64(p))
DEFINE_ADD_NUMBER(add_ipv4, uint32_t, 4, be32(p))
#undef DEFINE_ADD_NUMBER

/* n octets, moved over: OCTETS, STRING, IPV6, GUID. NULL when they are not all there. */
static inline const uint8_t *add_octets(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	d->last = 0;
	const uint8_t *p = wire_bytes(w, n);
	if (p && __builtin_expect(d->tree != NULL, 0))
		add_node_octets(d, w, field, w->at - n, n, p, n);
	return p;
}
static inline const uint8_t *add_ipv6(struct dissection *d, struct wire *w, const struct field *field)
{
	return add_octets(d, w, field, 16);
}
static inline const uint8_t *add_mac(struct dissection *d, struct wire *w, const struct field *field)
{
	d->last = 0;
	const uint8_t *p = wire_bytes(w, 6);
	if (p && __builtin_expect(d->tree != NULL, 0))
		add_node(d, w, field, w->at - 6, 6, be48(p));
	return p;
}

/* A string of n octets that ends earlier at a NUL, if there is one. */
const uint8_t *add_string(struct dissection *d, struct wire *w, const struct field *field, uint32_t n);

/* Seconds (32 bits, since 1970, or a span) as a time. */
uint32_t add_seconds(struct dissection *d, struct wire *w, const struct field *field);

/*
 * The fields of a run of declarations, first to last, each with its mask, all over the `n` octets that were just read as
 * `value`: the bits of a flags field. Does not move the cursor.
 */
void add_bits(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
              uint64_t value);

/* ---- nodes for what was worked out: they take no octets; those that are generated stand where the node above them does ---- */

node_ref build_number(struct dissection *d, const struct wire *w, const struct field *field, uint64_t number);
static inline node_ref add_number(struct dissection *d, const struct wire *w, const struct field *field, uint64_t number)
{
	return ADD_NODE(d, w, field, build_number(d, w, field, number));
}
node_ref add_real(struct dissection *d, const struct wire *w, const struct field *field, double value);
node_ref build_time(struct dissection *d, const struct wire *w, const struct field *field, struct timestamp time);
static inline node_ref add_time(struct dissection *d, const struct wire *w, const struct field *field, struct timestamp time)
{
	return ADD_NODE(d, w, field, build_time(d, w, field, time));
}
node_ref build_string(struct dissection *d, const struct wire *w, const struct field *field, const char *octets, size_t n);
static inline node_ref add_string_value(struct dissection *d, const struct wire *w, const struct field *field,
                                        const char *octets, size_t n) /* copied */
{
	return ADD_NODE(d, w, field, build_string(d, w, field, octets, n));
}

/* In place of the cursor, for a node that stands nowhere. */
#define NOWHERE (&(const struct wire){ .source = NO_SOURCE })

/* The node added last stands there: it was worked out of those octets alone. */
void place(struct dissection *d, uint32_t at, uint32_t length);

/* It stands nowhere. */
void place_nowhere(struct dissection *d);

/* It stands over the n octets before the cursor. */
void cover(struct dissection *d, const struct wire *w, uint32_t n);

/* ---- subtrees ---- */

/* What is added next goes below the node added last, until close_subtree(). */
static inline node_ref open_subtree(struct dissection *d)
{
	if (d->depth < UINT8_MAX)
		d->depth++;
	return d->last;
}

/* A heading or a protocol's top line; it reaches from the cursor to the end until it is closed. Opens it. */
node_ref build_heading(struct dissection *d, const struct wire *w, const struct field *field);
static inline node_ref open_heading(struct dissection *d, const struct wire *w, const struct field *field)
{
	ADD_NODE(d, w, field, build_heading(d, w, field));
	return open_subtree(d);
}
static inline node_ref open_protocol(struct dissection *d, const struct wire *w, const struct field *field)
{
	return open_heading(d, w, field);
}

/* Ends a subtree. With a cursor, the node reaches up to where that stands. Works when the cursor has ended, too. */
void close_subtree(struct dissection *d, node_ref node, const struct wire *w);

/*
 * What is added next goes behind the last child of a node that was closed before, until close_late(): for what is known only
 * after later nodes were added. References to nodes stay good.
 */
node_ref reopen(struct dissection *d, node_ref node);
void close_late(struct dissection *d, node_ref saved);

/* A node reaches up to where the cursor stands. */
void reach(struct dissection *d, node_ref node, const struct wire *w);

/* Sets how far a node reaches. */
void set_length(struct dissection *d, node_ref node, uint32_t length);

/* ---- text: printf's conversions as text_format() has them; strings from the wire come through printable() ---- */

#define SAYING(d, w, node) (BUILDING(d, w) && !((d)->tree->wanted && (node) == NODE_UNWANTED))

void node_text(struct dissection *d, node_ref node, enum text_mode mode, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The whole text of a node; its value's text behind its label; something behind it. */
#define set_text(d, w, node, ...)    (SAYING(d, w, node) ? node_text(d, node, TEXT_WHOLE, __VA_ARGS__) : (void)0)
#define value_text(d, w, node, ...)  (SAYING(d, w, node) ? node_text(d, node, TEXT_VALUE, __VA_ARGS__) : (void)0)
#define append_text(d, w, node, ...) (SAYING(d, w, node) ? node_text(d, node, TEXT_APPEND, __VA_ARGS__) : (void)0)

/* append_text() of a text that outlives the frame, as it is: a literal. */
void node_literal(struct dissection *d, node_ref node, const char *text, size_t length);
#define append_literal(d, w, node, literal) \
	(BUILDING(d, w) ? node_literal(d, node, literal, sizeof(literal) - 1) : (void)0)

/*
 * The same without a format, for titles that every frame has: begin_text() gives room for n characters, put_ functions
 * (text.h) fill it, end_text() makes what lies between the node's text. Nothing else may be taken from the arena in between.
 */
char *begin_text(struct dissection *d, size_t n);
void end_text(struct dissection *d, node_ref node, enum text_mode mode, char *from, char *to);

/* Shows a node in brackets. */
void mark_generated(struct dissection *d, node_ref node);

/* A string in the frame's arena, as text_format() makes it. */
const char *text_of(struct dissection *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Octets from the wire as printable UTF-8 in the frame's arena. */
const char *printable(struct dissection *d, const void *octets, size_t n);

/* Addresses as text in the frame's arena, as most headings have them: without names. */
const char *ipv4_text(struct dissection *d, uint32_t address);
const char *ipv6_text(struct dissection *d, const uint8_t *octets);

/* With their names, where names are wanted, as fields have them: "Name (192.0.2.1)". */
const char *named_ipv4_text(struct dissection *d, uint32_t address);
const char *named_ipv6_text(struct dissection *d, const uint8_t *octets);
const char *mac_text(struct dissection *d, const uint8_t *octets);
const char *mac_name(struct dissection *d, const uint8_t *octets); /* the name alone; where there is none, the address */
const char *address_text(struct dissection *d, const struct address *address);

/* ---- expert notes ---- */

/*
 * An expert note: among the children of the subtree that is open (add_note()), or below a node (note_on()), which may have been
 * closed and followed by others. The field is a NOTE; its label is the message unless a format is given.
 */
void add_note(struct dissection *d, const struct wire *w, const struct field *note);
void add_note_text(struct dissection *d, const struct wire *w, const struct field *note, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void note_on(struct dissection *d, node_ref node, const struct field *note);
void note_text_on(struct dissection *d, node_ref node, const struct field *note, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* "Warning": what a note's severity is called. */
const char *severity_name(enum severity severity);

/* ---- the packet list (see columns.h) ---- */

#define LISTING(d, w) (__builtin_expect((d)->columns != NULL, 0) && (w)->state == WIRE_GOOD)

/*
 * The Info column: says this and nothing else; says this, too; says this in front of all; says this, behind ", " or what else
 * parts it from what was said before. What was said before fence_info() stays for good. printf's conversions as text_format() has
 * them; strings from the wire come through printable().
 */
#define set_info(d, w, ...)     (LISTING(d, w) ? info_set((d)->columns, __VA_ARGS__) : (void)0)
#define append_info(d, w, ...)  (LISTING(d, w) ? info_append((d)->columns, "", __VA_ARGS__) : (void)0)
#define prepend_info(d, w, ...) (LISTING(d, w) ? info_prepend((d)->columns, __VA_ARGS__) : (void)0)
#define list_info(d, w, separator, ...) (LISTING(d, w) ? info_append((d)->columns, separator, __VA_ARGS__) : (void)0)
#define append_info_literal(d, w, literal) \
	(LISTING(d, w) ? info_put((d)->columns, literal, sizeof(literal) - 1) : (void)0)
#define append_info_number(d, w, literal, number) \
	(LISTING(d, w) ? info_put_number((d)->columns, literal, sizeof(literal) - 1, number) : (void)0)
#define fence_info(d, w)        (LISTING(d, w) ? columns_fence((d)->columns) : (void)0)

/* The Protocol column, where it is not what struct protocol says for all messages. begin_columns() empties Info, too. */
#define set_column(d, w, ...)    (LISTING(d, w) ? column_set((d)->columns, __VA_ARGS__) : (void)0)
#define begin_columns(d, w, protocol) (LISTING(d, w) ? columns_begin((d)->columns, protocol) : (void)0)
#define append_column(d, w, ...) (LISTING(d, w) ? column_append((d)->columns, __VA_ARGS__) : (void)0)

/* ---- the next protocol ---- */

/* Gives the cursor's octets to a protocol, then says what ended the reading, if anything did. */
void dissect_protocol(struct dissection *d, struct wire w, const struct protocol *protocol);

/* Says what ended the reading of a protocol, if anything did: for what dissect_protocol() does not call. */
void say_end(struct dissection *d, const struct wire *w, const struct protocol *protocol);

/* The protocol that a table names, if it accepts the octets: false when none does. */
bool dissect_by(struct dissection *d, struct wire w, enum table table, uint32_t key);

/* That, or Data. */
void dissect_next(struct dissection *d, struct wire w, enum table table, uint32_t key);

/* The first of a list that the octets resemble: NULL when it is none. */
const struct protocol *resembled(const struct dissection *d, const struct wire *w, const struct protocol *const *list);

/* Gives the octets to that one: false when there is none. */
bool dissect_heuristic(struct dissection *d, struct wire w, const struct protocol *const *list);

/*
 * The packet in `quoted`, which an error message in w quotes. It may end early, as quotes do; where it was the snapshot
 * length that cut it, w ends.
 */
void dissect_quoted(struct dissection *d, struct wire *w, struct wire quoted, const struct protocol *protocol);

/* Octets that no protocol claims. Nothing when there are none. */
void dissect_data(struct dissection *d, struct wire w);

/*
 * A network layer's own account of where it ends, as an offset in its byte source: what stands behind it belongs to the link layer
 * (padding, trailer, frame check sequence), which asked for it by dissect_claiming().
 */
void claim_length(struct dissection *d, const struct wire *w, uint32_t end);

/* dissect_next(), and where the payload ended by its own account: the cursor's end, when it gave none or a later one. */
uint32_t dissect_claiming(struct dissection *d, struct wire w, enum table table, uint32_t key);

/* Adds a name to [Protocols in frame: ...] that no dissector stands for (ethertype). */
void trail(struct dissection *d, const char *name);

/* ---- byte sources ---- */

/* A cursor over further octets (in the frame's arena): reassembled, decrypted, unpacked. */
struct wire add_source(struct dissection *d, const char *name, const uint8_t *data, uint32_t length);

/* What decrypts for this thread (crypto.h). */
struct crypto *crypto_of(struct dissection *d);

/* ---- what pass 1 knows and pass 2 shows ---- */

/* A new record for the running protocol in this frame (pass 1 only). NULL where it cannot have one. */
void *add_fact(struct dissection *d, enum fact_kind kind, size_t size, fact_ref *ref);

/* The record that pass 1 wrote for the running protocol in this frame, or NULL. */
const void *find_fact(struct dissection *d, enum fact_kind kind);

/* What pass 1 keeps for a protocol: zeroed at first. Pass 2 must not write to it. */
void *protocol_state(const struct dissection *d, const struct protocol *protocol);

/* The same to be read, where there is one; else NULL. */
const void *find_state(const struct dissection *d, const struct protocol *protocol);

#endif
