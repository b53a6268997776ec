#ifndef DISSECT_ASSEMBLY_TREE_H
#define DISSECT_ASSEMBLY_TREE_H
/* assembly_tree: the pieces that a message was put together from, as every protocol shows them. */

#include "dissect/dissection.h"
#include "dissect/reassembly.h"

/* The declarations that a protocol shows them by. NULL: it does not say that. */
struct assembly_look {
	const struct field *top;   /* "3 LABEL (4000 bytes): #1(1480), ..." */
	const struct field *piece; /* "Frame: 1, payload: 0-1479 (1480 bytes)" */
	const struct field *overlap, *conflict, *second_end, *too_long; /* what is wrong with one */
	const struct field *count, *length, *data;
};

/* Shows a whole message in `whole`, the byte source that holds it. */
void show_assembly(struct dissection *d, const struct wire *whole, const struct assembly *assembly,
                   const struct assembly_look *look);

#endif
