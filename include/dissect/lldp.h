#ifndef DISSECT_LLDP_H
#define DISSECT_LLDP_H
/* lldp: what the files of the Link Layer Discovery Protocol (IEEE 802.1AB) share. */

#include "dissect/dissection.h"

/*
 * Reads the numbers of a run of declarations, first to last. Those with a mask are parts of a number: of the one without a mask
 * before them, below which they stand, or of one of their own. The node of the first.
 */
node_ref lldp_read_run(struct dissection *d, struct wire *w, const struct field *first, const struct field *last);

/* add_string(), and a note where something stands behind its end. */
void lldp_add_string(struct dissection *d, struct wire *w, const struct field *field, uint32_t n);

/* An element of an organization, behind type and length; `node` is the element's. */
void lldp_read_organization(struct dissection *d, struct wire *w, node_ref node);

#endif
