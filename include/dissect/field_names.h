#ifndef DISSECT_FIELD_NAMES_H
#define DISSECT_FIELD_NAMES_H
/* field_names: declarations by their filter names, and the hidden ones that stand behind others. */

#include "dissect/field.h"

/* Those without a filter name, which are only shown, are called so. */
#define TEXT_NAME "text"

/*
 * Calls `each`, unless it is NULL, for every declaration that a name means: the field whose nodes are added, and the one of that name,
 * which is another where that stands for it, too. The first one of that name; NULL: there is none.
 */
const struct field *fields_named(const char *name,
                                 void (*each)(void *context, const struct field *field, const struct field *as),
                                 void *context);

enum { NAMES_NEAR = 3 };

/* The names that come nearest to one that is unknown: "; near it: ip.src, ip.dst", or nothing. What text_format() returns. */
size_t format_near_names(char *to, size_t size, const char *name);

#endif
