#ifndef DISSECT_OUTPUT_H
#define DISSECT_OUTPUT_H
/* output: functions from a dissected frame to text. Each worker has a renderer of its own. */

#include "dissect/dissection.h"
#include "dissect/frame.h"
#include "dissect/resolver.h"
#include "dissect/session.h"
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

/* A number alone, in the base that `show` says; up to 24. */
char *put_plain_number(char *to, const struct field *field, uint64_t number, enum show show);

enum { TIME_LARGEST = 64 };

/* The frame's time; up to TIME_LARGEST. */
char *put_time_column(char *to, const struct dissection *d, const struct frame_times *times, const struct time_format *format);

/* An address in the packet list, with its name in place of it where there is one and it is wanted; up to RESOLVED_LARGEST. */
char *put_list_address(char *to, const struct dissection *d, const struct address *address, bool named);

/* The innermost one that the frame has: of its network layer, or of a link layer without or within one. */
char *put_row_address(char *to, const struct dissection *d, const struct address *network, const struct address *link,
                      bool named);

/* Appends the frame's row of the packet list. */
void render_row(const struct dissection *d, const struct frame_times *times, struct text *out);

/* The same with another separator between its columns. */
void render_columns(const struct dissection *d, const struct frame_times *times, char separator, struct text *out);

/* Appends a hex dump of every byte source of the frame, and an empty line. */
void render_hex(const struct dissection *d, struct text *out);

/* Appends rows of 16 octets: offset, hex, ASCII. */
void render_hex_rows(struct text *out, const uint8_t *octets, size_t n);

#endif
