#ifndef DISSECT_ASCII_H
#define DISSECT_ASCII_H
/* ascii: strings whose protocol says that they are in ASCII: octets of eight bits are shown as U+FFFD. */

#include "dissect/dissection.h"

/* The n octets, or, where eight bits are among them, a copy in which each such octet is U+FFFD; *n is its length then. */
const uint8_t *ascii(struct arena *arena, const uint8_t *octets, uint32_t *n);

/* add_string() of n octets in ASCII: it ends earlier at a NUL, if there is one. */
const uint8_t *add_ascii(struct dissection *d, struct wire *w, const struct field *field, uint32_t n);

#endif
