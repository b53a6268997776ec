#ifndef DISSECT_FLAGS_H
#define DISSECT_FLAGS_H
/*
 * flags: bits below the number that they are of, whose line sums them up: what is set, and the names of
 * the values that take more than one bit.
 *
 *	Flags: 0x0110, Opcode: Name query, Recursion desired
 */

#include "dissect/dissection.h"

/* What the two values of a flag say, in its declaration. */
#define EITHER(no, yes) .names = NAMES(((const struct name[]){ { 0, no }, { 1, yes } }))

/* One of the flags in `value`, the last n octets read, below `heading`, which is open. */
void add_flag(struct dissection *d, struct wire *w, node_ref heading, const struct field *flag, unsigned n,
              uint64_t value);

/* A run of declarations, first to last, below the node added last. */
void add_flags(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
               uint64_t value);

#endif
