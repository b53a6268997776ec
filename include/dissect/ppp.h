#ifndef DISSECT_PPP_H
#define DISSECT_PPP_H
/* ppp: what other protocols carry of PPP's. */

#include "dissect/dissection.h"

/* Options of the Link Control Protocol (RFC 1661, section 6): all octets of w. Their names go behind `list`. */
void ppp_read_lcp_options(struct dissection *d, struct wire *w, node_ref list);

#endif
