#ifndef DISSECT_VALUES_H
#define DISSECT_VALUES_H
/* values: the nodes of a frame, and what they hold, as programs read them. */

#include "dissect/dissection.h"
#include "dissect/text.h"

/* Characters that belong to somebody else. */
struct text_span {
	const char *at;
	size_t n;
};

/* A node, or a hidden field that one stands for. */
struct item {
	struct node node;
	const struct field *beside; /* declaration of the node that a hidden field stands beside; NULL: it is a node */
	uint32_t end; /* behind the last item below it */
	bool hidden;
};

struct items {
	struct item *all;
	uint32_t count;
};

/* All nodes of a finished tree, hidden ones too, each in its place. In the frame's arena. */
struct items items_of(const struct dissection *d);

/* Would a hidden field have a node, were it added? What nothing is known of has none. */
bool stands_beside(const struct dissection *d, const struct node *node, const struct field *as);

/* That node. */
struct node node_beside(const struct dissection *d, const struct node *node, const struct field *as);

static inline bool is_expert(const struct node *node)
{
	return node->field->type == PROTOCOL && !strcmp(node->field->filter, "_ws.expert");
}

/* Does it have a value of its own? Else it is a heading or a note: it is there. */
bool has_own_value(const struct field *field);

/* n octets from where a node begins, as far as they were captured. */
struct text_span octets_at(const struct dissection *d, const struct node *node, uint32_t n);

/* Octets that a node reaches over, as far as they were captured. */
struct text_span octets_of(const struct dissection *d, const struct node *node);

/* Octets in hex, with that between them, unless it is 0. */
struct text_span in_hex(const struct dissection *d, const void *octets, size_t n, char separator);

/* Those that a node reaches over. */
struct text_span hex_of(const struct dissection *d, const struct node *node);

/*
 * The value, without a name or a unit: 53, 0x0035 as the field's base has it, 1 or 0, an address, octets with colons; a string as it
 * is: not escaped. Nothing, where the field has no value.
 */
struct text_span shown_value(const struct dissection *d, const struct node *node);

/* 2020-09-09T21:24:12.555538000Z (RFC 3339). */
struct text_span rfc3339_of(const struct dissection *d, struct timestamp time);

/* ---- escapes: what JSON (RFC 8259) and XML have no characters for ---- */

void text_put_span(struct text *out, struct text_span span);
void text_json(struct text *out, struct text_span span); /* with its quotes */
void text_xml(struct text *out, struct text_span span);
void text_print(struct text *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define text_literal(out, literal) text_put(out, literal, sizeof(literal) - 1)

static inline struct text_span span_of(const char *text)
{
	return (struct text_span){ text, strlen(text) };
}

#endif
