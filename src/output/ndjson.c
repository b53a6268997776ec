/*
 * ndjson.c: each frame as one line of JSON (-T ndjson), for jq, DuckDB and their like: keys are the filter names of fields, each there
 * once; numbers are numbers, bits are true or false, dates are RFC 3339, what a frame has several times is an array. What has no value
 * is true; protocols and headings are left out: frame.protocols names them.
 */

#include "dissect/format.h"

/* A value to be written. */
struct cell {
	const struct node *node; /* NULL: text */
	struct text_span text;
};

static bool is_number(const struct field *field)
{
	return (field->type >= UINT8 && field->type <= INT64) || field->type == FRAME_NUMBER || field->type == RELATIVE_TIME ||
	       field->type == FLOAT || field->type == DOUBLE;
}

/* JSON has decimal numbers only, and none that is infinite. */
static void put_number(struct text *out, const struct dissection *d, const struct node *node)
{
	struct field decimal = *node->field;
	struct node plain = *node;
	const bool is_real = node->field->type == FLOAT || node->field->type == DOUBLE;

	decimal.show = DEC;
	plain.field = &decimal;
	if (is_real && node->real - node->real != 0)
		text_literal(out, "null");
	else
		text_put_span(out, shown_value(d, &plain));
}

static void put_cell(struct text *out, const struct dissection *d, const struct cell *cell)
{
	const struct node *node = cell->node;

	if (!node)
		text_json(out, cell->text);
	else if (!has_own_value(node->field) || (node->field->type == BOOLEAN && node->number))
		text_literal(out, "true");
	else if (node->field->type == BOOLEAN)
		text_literal(out, "false");
	else if (is_number(node->field))
		put_number(out, d, node);
	else if (node->field->type == ABSOLUTE_TIME)
		text_json(out, rfc3339_of(d, (struct timestamp){ node->seconds, node->nanoseconds }));
	else
		text_json(out, shown_value(d, node));
}

struct row {
	struct text_span *names;
	struct cell *cells;
	uint32_t count;
};

static struct row row_for(const struct dissection *d, uint32_t room)
{
	return (struct row){
		arena_alloc(d->arena, (room + 1) * sizeof(struct text_span)), arena_alloc(d->arena, (room + 1) * sizeof(struct cell)), 0,
	};
}

static struct row all_cells(const struct dissection *d)
{
	const struct items items = items_of(d);
	struct row row = row_for(d, items.count);

	for (uint32_t i = 0; i < items.count; i++) {
		const struct node *node = &items.all[i].node;
		if (is_text(node) || (node->field->type == PROTOCOL && !node->field->is_octets))
			continue;
		row.names[row.count] = span_of(node->field->filter);
		row.cells[row.count++] = (struct cell){ .node = node };
	}
	return row;
}

static struct cell cell_of(struct renderer *renderer, const struct dissection *d, const struct occurrence *value)
{
	if (!value->node || value->as->type == PROTOCOL || !value->as->filter)
		return (struct cell){ NULL, answer_text(renderer, d, value) };
	struct node *node = arena_alloc(d->arena, sizeof *node);
	*node = value->as == value->node->field ? *value->node : node_beside(d, value->node, value->as);
	return (struct cell){ .node = node };
}

static struct row asked_cells(struct renderer *renderer, const struct dissection *d, const struct frame_times *times)
{
	unsigned asked;
	uint32_t room = 0;
	const struct answer *answers = answers_of(d->session->options.asked, d, times, &asked);

	for (unsigned i = 0; i < asked; i++)
		for (const struct occurrence *value = answers[i].first; value; value = value->next)
			room++;
	struct row row = row_for(d, room);
	for (unsigned i = 0; i < asked; i++) {
		for (const struct occurrence *value = answers[i].first; value; value = value->next) {
			row.names[row.count] = span_of(answers[i].name);
			row.cells[row.count++] = cell_of(renderer, d, value);
		}
	}
	return row;
}

static void put_frame(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	const struct row row = asked_count(d->session->options.asked) ? asked_cells(renderer, d, times) : all_cells(d);
	const struct groups groups = groups_of(d->arena, row.names, row.count, true);

	text_literal(out, "{");
	for (const struct group *group = groups.all; group < groups.all + groups.count; group++) {
		text_put(out, ",", group != groups.all);
		text_json(out, group->name);
		text_put_span(out, span_of(group->count > 1 ? ":[" : ":"));
		for (uint32_t i = group->first + 1; i; i = groups.next[i - 1]) {
			put_cell(out, d, &row.cells[i - 1]);
			text_put(out, ",", groups.next[i - 1] != 0);
		}
		text_put(out, "]", group->count > 1);
	}
	text_literal(out, "}\n");
}

const struct format format_ndjson = { .name = "ndjson", .frame = put_frame, .separator = "", .fields = SOME_FIELDS };
