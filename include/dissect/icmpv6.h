#ifndef DISSECT_ICMPV6_H
#define DISSECT_ICMPV6_H
/* icmpv6: how the parts of ICMPv6 meet. */

#include "dissect/dissection.h"

/* icmpv6.c: the packet in a part of w, which is no further than a message or an option goes. */
void icmpv6_quoted(struct dissection *d, struct wire *w, struct wire quoted);

/*
 * icmpv6_options.c: options of neighbour discovery and its kind, up to the end of w. They belong below the node
 * `message`.
 */
void icmpv6_options(struct dissection *d, struct wire *w, node_ref message);

/* A message, as far as its parts need to know of the whole. */
struct icmpv6_message {
	uint32_t start;    /* in the byte source */
	uint8_t type, code;
	uint16_t checksum;
	node_ref top, code_node;
};

/* What follows the checksum of a type of message, and what its codes are called (NULL: they have no names). */
struct icmpv6_body {
	uint8_t type;
	const struct names *codes;
	void (*add)(struct dissection *d, struct wire *w, const struct icmpv6_message *m); /* NULL behind the last */
};

/* Families of messages, each in the file of its name. */
extern const struct icmpv6_body icmpv6_mld[], icmpv6_nd[], icmpv6_renumbering[], icmpv6_information[], icmpv6_mobility[],
	icmpv6_rpl[], icmpv6_mpl[];

/* Octets that are reserved. */
void icmpv6_reserved(struct dissection *d, struct wire *w, uint32_t n);

/* Flags: the labels of those that are set go behind the node that is open, then a line for each. */
void icmpv6_flags(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
                  uint64_t value);

/* The same for the flags behind the declaration `flags` of the field that holds them, which is read. */
void icmpv6_flags8(struct dissection *d, struct wire *w, const struct field *flags, const struct field *last);
void icmpv6_flags16(struct dissection *d, struct wire *w, const struct field *flags, const struct field *last);
void icmpv6_flags32(struct dissection *d, struct wire *w, const struct field *flags, const struct field *last);

#endif
