#ifndef DISSECT_OUTPUT_H
#define DISSECT_OUTPUT_H
/* output: functions from a dissected frame to text. Each worker has a renderer of its own. */

#include "dissect/dissection.h"
#include "dissect/frame.h"
#include "dissect/resolver.h"
#include "dissect/text.h"

struct renderer;
struct text_span;

/* With `dumps`, octets that no protocol claims are shown in hex within the tree. */
struct renderer *renderer_new(const struct resolver *resolver, bool dumps);

/* Only protocols that `details` names, by filter names and commas, in full; of others one line. NULL: all in full. */
void renderer_details(struct renderer *renderer, const char *details);
void renderer_free(struct renderer *renderer);

/* Appends the frame's tree, a line for each node that is not hidden, and an empty line. */
void render_tree(struct renderer *renderer, const struct dissection *d, struct text *out);

/* The line of a node, without indentation and brackets; in the arena. */
struct text_span node_label(struct renderer *renderer, struct arena *arena, const struct node *node);

enum { TIME_LARGEST = 64 };

/* The frame's time as options.time wants it; up to TIME_LARGEST. */
char *put_time_column(char *to, const struct dissection *d, const struct frame_times *times);

/* The columns of the packet list. */
enum list_column {
	NOT_LISTED, LIST_NUMBER, LIST_TIME, LIST_SOURCE, LIST_DESTINATION, LIST_PROTOCOL, LIST_LENGTH, LIST_INFO, LIST_END,
};

extern const char *const list_titles[LIST_END];

/* By the name that such a column has among fields: _ws.col.Info. */
enum list_column list_column_named(const char *name);

/* What a column says of the frame, as it is. In the frame's arena, or the dissection's. */
struct text_span list_column_text(const struct dissection *d, const struct frame_times *times, enum list_column column);

/* Appends the frame's row of the packet list. */
void render_row(const struct dissection *d, const struct frame_times *times, struct text *out);

/* The same with another separator between its columns. */
void render_columns(const struct dissection *d, const struct frame_times *times, char separator, struct text *out);

/* Appends a hex dump of every byte source of the frame, and an empty line. */
void render_hex(const struct dissection *d, struct text *out);

/* Appends rows of 16 octets: offset, hex, ASCII. */
void render_hex_rows(struct text *out, const uint8_t *octets, size_t n);

#endif
