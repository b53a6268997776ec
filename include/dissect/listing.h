#ifndef DISSECT_LISTING_H
#define DISSECT_LISTING_H
/* listing: what there is to ask for, in lines and columns, as `tshark -G` lists it. */

#include "dissect/text.h"

/*
 * Appends the listing of that name, of what has filter names that begin with `prefix` (NULL: of all). False: there is none of that
 * name.
 */
bool put_listing(const char *name, const char *prefix, struct text *out);

/* All of them, as -G has them. */
#define LISTING_NAMES "fields|protocols|values|column-formats"

#endif
