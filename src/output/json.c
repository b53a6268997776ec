/* json.c: frames as one array of objects, whose keys are nested as the tree is (-T json); with their octets (-T jsonraw). */

#include "dissect/format.h"

enum { LAYERS_DEPTH = 4 }; /* of the keys of protocols */

struct json {
	const struct dissection *d;
	struct renderer *renderer;
	struct text *out;
	struct items items;
	bool raw;    /* octets, not values */
	bool unique; /* keys that are the same are one, with an array */
};

static void new_line(struct text *out, unsigned depth)
{
	char *to = text_room(out, 1 + 2 * depth);

	*to = '\n';
	memset(to + 1, ' ', 2 * depth);
	out->length += 1 + 2 * depth;
}

static void put_key(struct text *out, struct text_span name, const char *suffix)
{
	text_json(out, name);
	if (*suffix) {
		out->length--; /* the quote */
		text_print(out, "%s\"", suffix);
	}
	text_literal(out, ": ");
}

/* What tells one key, or one value, from the next. */
static void next_key(struct text *out, bool *first, unsigned depth)
{
	if (!*first)
		text_literal(out, ",");
	*first = false;
	new_line(out, depth);
}

static struct text_span key_of(struct json *j, const struct node *node)
{
	return is_text(node) ? node_label(j->renderer, j->d->arena, node) : span_of(node->field->filter);
}

/* What has no name is its own key. */
static struct text_span value_of(struct json *j, const struct node *node)
{
	if (is_text(node))
		return (struct text_span){ "", 0 };
	if (node->field->type == PROTOCOL && !node->field->is_octets)
		return node_label(j->renderer, j->d->arena, node);
	return shown_value(j->d, node);
}

static void put_value(struct json *j, const struct item *item, unsigned depth)
{
	(void)depth;
	text_json(j->out, value_of(j, &item->node));
}

/* Wireshark's number of a type. */
static unsigned type_number(const struct field *field)
{
	static const uint8_t strings[] = { [NUL_ENDED] = 27, [NUL_PADDED] = 43, [NUL_CUT] = 44 };
	static const uint8_t types[] = {
		[SUBTREE] = 0, [PROTOCOL] = 1, [BOOLEAN] = 2, [CHAR] = 3, [UINT8] = 4, [UINT16] = 5, [UINT24] = 6, [UINT32] = 7,
		[UINT40] = 8, [UINT48] = 9, [UINT56] = 10, [UINT64] = 11, [INT8] = 12, [INT16] = 13, [INT24] = 14, [INT32] = 15,
		[INT64] = 19, [FLOAT] = 22, [DOUBLE] = 23, [ABSOLUTE_TIME] = 24, [RELATIVE_TIME] = 25, [STRING] = 26, [MAC] = 29,
		[OCTETS] = 30, [IPV4] = 32, [IPV6] = 33, [FRAME_NUMBER] = 35, [GUID] = 36, [OID] = 37, [EUI64] = 38, [NOTE] = 0,
	};

	if (field->type == STRING && field->show >= NUL_ENDED && field->show <= NUL_CUT)
		return strings[field->show];
	return types[field->is_octets ? OCTETS : field->type];
}

/* Octets, where they stand, the bits that count, the type. */
static void put_raw(struct json *j, const struct item *item, unsigned depth)
{
	const struct node *node = &item->node;
	const bool is_masked = node->field->mask && !node->field->scale, stands_nowhere = node->source == NO_SOURCE;
	const unsigned long long numbers[] = { node->offset, octets_of(j->d, node).n, is_masked ? node->field->mask : 0,
	                                       type_number(node->field) };
	bool first = true;

	text_literal(j->out, "[");
	if (!stands_nowhere) {
		next_key(j->out, &first, depth + 1);
		if (is_masked)
			text_print(j->out, "\"%llX\"", (unsigned long long)node->number);
		else
			text_json(j->out, hex_of(j->d, node));
	}
	for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		next_key(j->out, &first, depth + 1);
		text_print(j->out, "%llu", numbers[i]);
	}
	new_line(j->out, depth);
	text_literal(j->out, "]");
}

static void put_level(struct json *j, uint32_t from, uint32_t to, unsigned depth);

static void put_children(struct json *j, const struct item *item, unsigned depth)
{
	const uint32_t at = (uint32_t)(item - j->items.all);
	const struct text_span key = key_of(j, &item->node);
	bool first = true;

	if (at + 1 == item->end) {
		text_literal(j->out, "{}");
	} else if (is_named(&j->d->session->options, &item->node, key)) {
		put_level(j, at + 1, item->end, depth + 1);
	} else {
		text_literal(j->out, "{");
		next_key(j->out, &first, depth + 1);
		put_key(j->out, span_of("filtered"), "");
		text_json(j->out, key);
		new_line(j->out, depth);
		text_literal(j->out, "}");
	}
}

static bool has_children(const struct json *j, const struct item *item)
{
	return item->end > (uint32_t)(item - j->items.all) + 1;
}

typedef void put_item(struct json *j, const struct item *item, unsigned depth);

/* One, or an array of all of a group. */
static void put_group(struct json *j, const struct groups *groups, const struct group *group, const uint32_t *places,
                      put_item *put, unsigned depth)
{
	if (group->count == 1) {
		put(j, &j->items.all[places[group->first]], depth);
		return;
	}
	bool first = true;
	text_literal(j->out, "[");
	for (uint32_t i = group->first + 1; i; i = groups->next[i - 1]) {
		next_key(j->out, &first, depth + 1);
		put(j, &j->items.all[places[i - 1]], depth + 1);
	}
	new_line(j->out, depth);
	text_literal(j->out, "]");
}

/* A value, and, under a key of its own, what is below it; of headings and protocols that alone. */
static void put_named(struct json *j, const struct groups *groups, const struct group *group, const uint32_t *places,
                      bool *first, unsigned depth)
{
	const struct item *item = &j->items.all[places[group->first]];
	const bool is_heading = is_text(&item->node) || !has_own_value(item->node.field), is_raw = j->raw && !is_text(&item->node);
	bool any = false;

	for (uint32_t i = group->first + 1; i && !any; i = groups->next[i - 1])
		any = has_children(j, &j->items.all[places[i - 1]]);
	if (is_raw || !is_heading || !any) {
		next_key(j->out, first, depth);
		put_key(j->out, group->name, is_raw ? "_raw" : "");
		put_group(j, groups, group, places, is_raw ? put_raw : put_value, depth);
	}
	if (!any)
		return;
	next_key(j->out, first, depth);
	put_key(j->out, group->name, is_heading ? "" : "_tree");
	put_group(j, groups, group, places, put_children, depth);
}

static void put_level(struct json *j, uint32_t from, uint32_t to, unsigned depth)
{
	uint32_t count = 0;
	bool first = true;

	for (uint32_t i = from; i < to; i = j->items.all[i].end)
		count++;
	struct text_span *names = arena_alloc(j->d->arena, (count + 1) * sizeof *names);
	uint32_t *places = arena_alloc(j->d->arena, (count + 1) * sizeof *places);
	count = 0;
	for (uint32_t i = from; i < to; i = j->items.all[i].end) {
		places[count] = i;
		names[count++] = key_of(j, &j->items.all[i].node);
	}
	const struct groups groups = groups_of(j->d->arena, names, count, j->unique);
	text_literal(j->out, "{");
	for (uint32_t i = 0; i < groups.count; i++)
		put_named(j, &groups, &groups.all[i], places, &first, depth);
	new_line(j->out, depth - 1);
	text_literal(j->out, "}");
}

/* The fields that were asked for: arrays of their values. */
static void put_answers(struct json *j, const struct frame_times *times)
{
	unsigned count;
	const struct answer *answers = answers_of(j->d->session->options.asked, j->d, times, &count);
	bool first = true, first_value;

	text_literal(j->out, "{");
	for (unsigned i = 0; i < count; i++) {
		if (!answers[i].first)
			continue;
		next_key(j->out, &first, LAYERS_DEPTH);
		put_key(j->out, span_of(answers[i].name), "");
		text_literal(j->out, "[");
		first_value = true;
		for (const struct occurrence *value = answers[i].first; value; value = value->next) {
			next_key(j->out, &first_value, LAYERS_DEPTH + 1);
			text_json(j->out, answer_text(j->renderer, j->d, value));
		}
		new_line(j->out, LAYERS_DEPTH);
		text_literal(j->out, "]");
	}
	if (!first)
		new_line(j->out, LAYERS_DEPTH - 1);
	text_literal(j->out, "}");
}

static void put_frame(struct json *j, const struct frame_times *times)
{
	struct text_span day = rfc3339_of(j->d, j->d->frame->time);

	day.n = strcspn(day.at, "T");
	text_literal(j->out, ",\n  {\n    \"_index\": \"packets-");
	text_put_span(j->out, day);
	text_literal(j->out, "\",\n    \"_type\": \"doc\",\n    \"_score\": null,\n    \"_source\": {\n      \"layers\": ");
	if (asked_count(j->d->session->options.asked)) {
		put_answers(j, times);
	} else {
		j->items = items_of(j->d);
		put_level(j, 0, j->items.count, LAYERS_DEPTH);
	}
	text_literal(j->out, "\n    }\n  }");
}

static void put_json(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	put_frame(&(struct json){ .d = d, .renderer = renderer, .out = out, .unique = d->session->options.unique_keys }, times);
}

static void put_jsonraw(struct renderer *renderer, const struct dissection *d, const struct frame_times *times,
                        struct text *out)
{
	put_frame(&(struct json){ .d = d, .renderer = renderer, .out = out, .raw = true,
	                          .unique = d->session->options.unique_keys }, times);
}

static void begin_json(const struct session *session, struct text *out)
{
	(void)session;
	text_literal(out, "[");
}

static void end_json(struct text *out, bool any)
{
	if (any)
		text_literal(out, "\n");
	text_literal(out, "]\n");
}

const struct format format_json = {
	.name = "json", .begin = begin_json, .frame = put_json, .end = end_json, .separator = ",", .fields = SOME_FIELDS,
};
const struct format format_jsonraw = {
	.name = "jsonraw", .begin = begin_json, .frame = put_jsonraw, .end = end_json, .separator = ",",
};
