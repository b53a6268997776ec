#ifndef DISSECT_PALETTE_H
#define DISSECT_PALETTE_H
/* palette: the colours of frames on a terminal, told by display filters. */

#include "dissect/dissection.h"
#include "dissect/field_set.h"
#include "dissect/text.h"

struct palette;

struct palette *palette_new(void);
void palette_free(struct palette *palette);

/* The fields that its filters ask for. */
const struct field_set *palette_fields(const struct palette *palette);

/* Appends the text of a frame: its row, and the lines of its tree that are not indented, in colours. */
void palette_paint(const struct palette *palette, const struct dissection *d,
                   const struct text *plain, struct text *out);

#endif
