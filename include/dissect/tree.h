#ifndef DISSECT_TREE_H
#define DISSECT_TREE_H
/*
 * tree: what was dissected, as a flat array of nodes in pre-order.
 *
 * A node's children are the nodes behind it that are deeper. Node 0 stands for "none": asking for its text to be changed changes
 * nothing, so that dissectors need not ask whether a tree is being built.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/field_set.h"
#include "dissect/timestamp.h"

typedef uint32_t node_ref;

/* What a node's text stands for. */
enum text_mode {
	TEXT_NONE,   /* label and value as the field says */
	TEXT_APPEND, /* those, then the text */
	TEXT_VALUE,  /* the label, then the text in place of the value */
	TEXT_WHOLE,  /* the text alone (behind the bits, where the field has a mask) */
	TEXT_CLIPPED, /* that, and it was cut already */
};

/* Octets of a label. A longer one is cut, to one less, and marked; what is appended to a label is cut silently. */
enum { LABEL_LARGEST = 239 };

/*
 * Cuts a label that is longer, not within a character, and says so behind its first `name_length` octets. The end of what
 * is left.
 */
char *shorten_label(char *label, size_t name_length);

/* How many of the n octets fit into `room` without cutting a character. */
size_t fitting(const char *text, size_t n, size_t room);

struct node {
	const struct field *field;
	union {
		uint64_t number;         /* numbers (those with a mask: shifted down), IPv4, MAC, EUI-64, booleans, frame numbers */
		int64_t seconds;         /* of a time */
		double real;
		const uint8_t *octets;   /* octets, strings, IPv6, GUID: in a byte source or the frame's arena */
	};
	const char *text;            /* in the frame's arena */
	uint32_t text_length;
	union {
		uint32_t value_length;   /* of octets; of a heading: what it had before it, of which it took `length` */
		int32_t nanoseconds;     /* of a time */
	};
	uint32_t offset, length;     /* where it stands in its byte source; offset AT_PARENT: where the node above it does */
	node_ref anchor;             /* not 0: belongs behind the last child of that node (see tree_finish()) */
	uint8_t depth;
	uint8_t mode;                /* enum text_mode */
	uint8_t source;
	bool generated;
};

/* The place of what was worked out from more than a field. */
#define AT_PARENT UINT32_MAX

struct tree {
	struct node *nodes; /* nodes[0] is the one that stands for none */
	uint32_t count;
	uint32_t capacity;
	uint32_t anchored;  /* nodes that have an anchor */
	const struct field_set *wanted; /* NULL: all; else nodes of these only, and dissectors run as for a whole tree */
	uint64_t hints;                 /* of those that are wanted */
};

/* Could a node of this field be wanted? Settles it for most of those that are not, where a call would cost more. */
static inline bool tree_may_want(const struct tree *tree, const struct field *field)
{
	return tree->hints & field_set_hint(field);
}

enum { TREE_LARGEST = 4 * 1024 * 1024 }; /* nodes of one frame; what is more is left out */

/*
 * Where only some nodes are wanted, the others are this one: dissectors go on as if they had been added, and what is written to it is lost.
 */
enum { NODE_UNWANTED = 1 };

/* Empties it, for nodes of these fields; NULL: of all. The set must last as long as nodes are added. */
void tree_reset(struct tree *tree, const struct field_set *wanted);
void tree_free(struct tree *tree);

/* Room for more nodes; false when the tree is as large as it may be. */
bool tree_grow(struct tree *tree);

/* Puts nodes that were added late where they belong. Call once, when the frame is dissected. */
void tree_finish(struct tree *tree);

#endif
