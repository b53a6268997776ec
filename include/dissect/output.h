#ifndef DISSECT_OUTPUT_H
#define DISSECT_OUTPUT_H
/* output: functions from a dissected frame to text. Each worker has a renderer of its own. */

#include "dissect/dissection.h"
#include "dissect/frame.h"
#include "dissect/resolver.h"
#include "dissect/text.h"

struct renderer;

/* With `dumps`, octets that no protocol claims are shown in hex within the tree. */
struct renderer *renderer_new(const struct resolver *resolver, bool dumps);
void renderer_free(struct renderer *renderer);

/* Appends the frame's tree, a line for each node that is not hidden, and an empty line. */
void render_tree(struct renderer *renderer, const struct dissection *d, struct text *out);

/* Appends the frame's row of the packet list. */
void render_row(const struct dissection *d, const struct frame_times *times, struct text *out);

/* Appends a hex dump of every byte source of the frame, and an empty line. */
void render_hex(const struct dissection *d, struct text *out);

/* Appends rows of 16 octets: offset, hex, ASCII. */
void render_hex_rows(struct text *out, const uint8_t *octets, size_t n);

#endif
