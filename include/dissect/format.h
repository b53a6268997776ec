#ifndef DISSECT_FORMAT_H
#define DISSECT_FORMAT_H
/* format: the forms in which frames are written for programs (-T), and the fields that are asked for one by one (-e). */

#include "dissect/output.h"
#include "dissect/session.h"
#include "dissect/values.h"

/* May fields be asked for, or must they? */
enum takes_fields { NO_FIELDS, SOME_FIELDS, ONLY_FIELDS };

/* A form: what is written before all frames, for each, between them, behind them. Each appends to *out. */
struct format {
	const char *name;
	void (*begin)(const struct session *session, struct text *out); /* NULL: nothing */
	void (*frame)(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out);
	void (*end)(struct text *out, bool any); /* was any frame written? NULL: nothing */
	const char *separator;         /* each frame's text begins with it; the first one's is left out. "": none */
	enum takes_fields fields;
	bool lists;                    /* it shows columns of the packet list, and no tree */
};

/* NULL: there is none of that name. */
const struct format *format_named(const char *name);

/* ---- fields that are asked for ---- */

struct asked;
struct layout;

struct asked *asked_new(void);
void asked_free(struct asked *asked);

/* How many; none of NULL. */
unsigned asked_count(const struct asked *asked);

/* One more of them. NULL; or what is wrong with the name, which lasts until the next call. */
const char *asked_add(struct asked *asked, const char *name);

/* An -E: "header=y". False: there is no such setting. */
bool asked_set(struct asked *asked, const char *setting);

/* Call when all are added: finds those that are columns of the packet list. NULL; or the name of one that it does not have. */
const char *asked_settle(struct asked *asked, const struct layout *layout);

/* The nodes that they need, once that is done. */
const struct field_set *asked_fields(const struct asked *asked);
bool asked_needs_columns(const struct asked *asked);

/* A value of an asked field in a frame. */
struct occurrence {
	const struct node *node;      /* NULL: of a column */
	const struct field *as;
	struct text_span column;
	const struct occurrence *next;
};

/* What a frame has of an asked field, in the order of the tree. */
struct answer {
	const char *name;
	const struct occurrence *first;
};

/* Of each asked field in the order of asking; *count of them. In the frame's arena. */
const struct answer *answers_of(const struct asked *asked, const struct dissection *d, const struct frame_times *times,
                                unsigned *count);

/* The node itself, or the one that a hidden field would have, in *beside. */
const struct node *occurrence_node(const struct dissection *d, const struct occurrence *occurrence, struct node *beside);

/* A value as -e shows it: strings escaped, octets without colons, titles of protocols, "1" of what has no value. */
struct text_span answer_text(struct renderer *renderer, const struct dissection *d, const struct occurrence *occurrence);

/* ---- items by name ---- */

/* Items of one level that have the same name. */
struct group {
	struct text_span name;
	uint32_t first, last; /* places in `next` */
	uint32_t count;
};

/* Those of a level, in the order in which their names first come. */
struct groups {
	struct group *all;
	uint32_t count;
	uint32_t *next; /* of every place in the level's list: + 1 of the next one in its group; 0: none */
};

/* Groups `count` names; without `together`, each is a group of its own. In the frame's arena. */
struct groups groups_of(struct arena *arena, const struct text_span *names, uint32_t count, bool together);

/* Is a key for it among those of its level its title? It has no name. */
static inline bool is_text(const struct node *node)
{
	return !node->field->filter;
}

/*
 * Is what is below a protocol, or a node in it, to be shown, by -j and -J? Its name says so; headings have none: their forms know how
 * they are called.
 */
bool is_named(const struct options *options, const struct node *node, struct text_span name);

extern const struct format format_fields, format_json, format_jsonraw, format_ek, format_pdml, format_psml, format_tabs,
	format_ndjson;

#endif
