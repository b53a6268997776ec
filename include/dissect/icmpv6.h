#ifndef DISSECT_ICMPV6_H
#define DISSECT_ICMPV6_H
/* icmpv6: how the parts of ICMPv6 meet. */

#include "dissect/dissection.h"

/* icmpv6.c: the packet in a part of w, which is no further than a message or an option goes. */
void icmpv6_quoted(struct dissection *d, struct wire *w, struct wire quoted);

/* icmpv6_options.c: options of neighbour discovery and its kind, up to the end of w. They belong below the node `message`. */
void icmpv6_options(struct dissection *d, struct wire *w, node_ref message);

/* icmpv6_rpl.c: what follows the checksum of an RPL control message. */
extern const struct names icmpv6_rpl_codes;
void icmpv6_rpl(struct dissection *d, struct wire *w, uint8_t code);

/* Flags: the labels of those that are set go behind the node that is open, then a line for each. */
void icmpv6_flags(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
                  uint64_t value);

#endif
