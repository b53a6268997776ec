#ifndef DISSECT_FILTER_H
#define DISSECT_FILTER_H
/*
 * filter: display filters, in the language that Wireshark 4.0 has for them: which frames are wanted, told by their fields.
 *
 * An expression is compiled once. What it asks for decides which nodes a tree needs for it (filter_fields()), so that frames can be
 * sorted out before their trees are built.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/field.h"

struct dissection;
struct filter;

/* What is wrong with an expression: a line without a newline, and where: octets of the expression; length 0: at its end. */
struct filter_error {
	char text[384];
	uint32_t at, length;
};

/* NULL: *error says why not. The expression may be given back afterwards. */
struct filter *filter_compile(const char *expression, struct filter_error *error);
void filter_free(struct filter *filter);

/* The fields that it asks for. They last as the filter. */
const struct field_set *filter_fields(const struct filter *filter);

/* Does it ask for what the packet list says? */
bool filter_needs_columns(const struct filter *filter);

/*
 * Is the frame wanted? Its tree is finished and has the fields that the filter asks for, at least. Reads the filter only: any number of
 * threads may share it. What it needs for a while comes from the frame's arena.
 */
bool filter_selects(const struct filter *filter, const struct dissection *d);

#endif
