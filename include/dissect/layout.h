#ifndef DISSECT_LAYOUT_H
#define DISSECT_LAYOUT_H
/* layout: which columns the packet list has: the usual ones, or those that the user names. */

#include "dissect/output.h"
#include "dissect/values.h"

struct layout;

/* Widths as in tshark: numbers stand right, addresses around the arrow. */
enum { NUMBER_WIDTH = 5, TIME_WIDTH = 10, ADDRESS_WIDTH = 12 };

/* Appends a line for each format of columns that there is, and what it means: "%m", a tab, "Number". */
void put_column_formats(struct text *out);

/* The columns that gui.column.format names: "TITLE","FORMAT",... NULL: they cannot be read. */
struct layout *layout_of_preference(const char *text);

/* The columns that --columns names: [TITLE=]COLUMN,... NULL: *fault says what is wrong; it lasts until the next call. */
struct layout *layout_of_list(const char *text, const char **fault);
void layout_free(struct layout *layout);

/* Those of the list that a session shows. */
const struct layout *layout_of(const struct options *options);

unsigned layout_count(const struct layout *layout);
const char *layout_title(const struct layout *layout, unsigned column);

/* The column with that title, or the count of all. */
unsigned layout_find(const struct layout *layout, const char *title);

/* Adds the fields whose nodes the columns are made of. */
void layout_ask(const struct layout *layout, struct field_set *set);

/* What the columns say of the frame, as it is: one text for each. In the frame's arena. */
const struct text_span *layout_texts(const struct layout *layout, const struct dissection *d, const struct frame_times *times);

/* Appends the frame's row. */
void render_layout(const struct layout *layout, const struct dissection *d, const struct frame_times *times, char separator,
                   struct text *out);

#endif
