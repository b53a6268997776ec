/* ek.c: frames as Elasticsearch's bulk interface takes them (-T ek): two lines for each, keys flat within their protocol. */

#include "dissect/format.h"

struct ek {
	const struct dissection *d;
	struct renderer *renderer;
	struct text *out;
	struct items items;
};

/* ---- keys ---- */

static char *put_underlined(char *to, const char *name)
{
	for (; *name; name++)
		*to++ = *name == '.' ? '_' : *name;
	return to;
}

static bool is_object(const struct field *field)
{
	return field->type == PROTOCOL && !field->is_octets;
}

/*
 * dns_dns_qry_name: the protocol, which the name begins with, then the name, with "_" for dots. Protocols have nothing before them;
 * headings are "text".
 */
static struct text_span key_of(const struct ek *ek, const struct item *item)
{
	const char *name = item->node.field->filter;

	if (!name)
		return span_of("text");
	const char *dot = *name == '_' ? strrchr(name, '.') : strchr(name, '.');
	const size_t n = strlen(name), own = dot && item->node.field->type != PROTOCOL ? (size_t)(dot - name) : 0;
	char *key = arena_alloc(ek->d->arena, 2 * n + 1), *to = key;
	if (own) {
		to = put_underlined(to, name) - (n - own);
		*to++ = '_';
	}
	to = put_underlined(to, name);
	return (struct text_span){ key, (size_t)(to - key) };
}

/* ---- values ---- */

static void put_level(struct ek *ek, const uint32_t *places, uint32_t count, bool *first);

static void put_children(struct ek *ek, const struct item *item)
{
	bool first = true;
	uint32_t count = 0;
	const uint32_t from = (uint32_t)(item - ek->items.all) + 1;
	uint32_t *places;

	for (uint32_t i = from; i < item->end; i = ek->items.all[i].end)
		count++;
	places = arena_alloc(ek->d->arena, (count + 1) * sizeof *places);
	count = 0;
	for (uint32_t i = from; i < item->end; i = ek->items.all[i].end)
		places[count++] = i;
	text_literal(ek->out, "{");
	put_level(ek, places, count, &first);
	text_literal(ek->out, "}");
}

static void put_value(struct ek *ek, const struct item *item)
{
	const struct node *node = &item->node;

	if (is_object(node->field)) {
		put_children(ek, item);
		return;
	}
	switch (node->field->is_octets ? OCTETS : node->field->type) {
	case BOOLEAN:
		text_put_span(ek->out, span_of(node->number ? "true" : "false"));
		break;
	case ABSOLUTE_TIME:
		text_json(ek->out, rfc3339_of(ek->d, (struct timestamp){ node->seconds, node->nanoseconds }));
		break;
	case NOTE:
		text_literal(ek->out, "null");
		break;
	case SUBTREE:
		if (is_text(node))
			text_json(ek->out, node_label(ek->renderer, ek->d->arena, node));
		else
			text_literal(ek->out, "null");
		break;
	default:
		text_json(ek->out, shown_value(ek->d, node));
	}
}

/* What is below all items of a group follows them, flat. */
static void put_below(struct ek *ek, const struct groups *groups, const struct group *group, const uint32_t *places)
{
	uint32_t count = 0;

	for (uint32_t i = group->first + 1; i; i = groups->next[i - 1])
		for (uint32_t k = places[i - 1] + 1; k < ek->items.all[places[i - 1]].end; k = ek->items.all[k].end)
			count++;
	if (!count)
		return;
	uint32_t *below = arena_alloc(ek->d->arena, count * sizeof *below);
	count = 0;
	for (uint32_t i = group->first + 1; i; i = groups->next[i - 1])
		for (uint32_t k = places[i - 1] + 1; k < ek->items.all[places[i - 1]].end; k = ek->items.all[k].end)
			below[count++] = k;
	bool first = false;
	put_level(ek, below, count, &first);
}

static void put_level(struct ek *ek, const uint32_t *places, uint32_t count, bool *first)
{
	struct text_span *names = arena_alloc(ek->d->arena, (count + 1) * sizeof *names);

	for (uint32_t i = 0; i < count; i++)
		names[i] = key_of(ek, &ek->items.all[places[i]]);
	const struct groups groups = groups_of(ek->d->arena, names, count, true);
	for (const struct group *group = groups.all; group < groups.all + groups.count; group++) {
		text_put(ek->out, ",", !*first);
		*first = false;
		text_json(ek->out, group->name);
		text_put_span(ek->out, span_of(group->count > 1 ? ":[" : ":"));
		for (uint32_t i = group->first + 1; i; i = groups.next[i - 1]) {
			put_value(ek, &ek->items.all[places[i - 1]]);
			text_put(ek->out, ",", groups.next[i - 1] != 0);
		}
		text_put(ek->out, "]", group->count > 1);
		if (!is_object(ek->items.all[places[group->first]].node.field))
			put_below(ek, &groups, group, places);
	}
}

static void put_answers(struct ek *ek, const struct frame_times *times)
{
	unsigned count;
	const struct answer *answers = answers_of(ek->d->session->options.asked, ek->d, times, &count);
	bool first = true;

	for (unsigned i = 0; i < count; i++) {
		if (!answers[i].first)
			continue;
		char *key = arena_alloc(ek->d->arena, strlen(answers[i].name)), *end = put_underlined(key, answers[i].name);
		text_put(ek->out, ",", !first);
		first = false;
		text_json(ek->out, (struct text_span){ key, (size_t)(end - key) });
		text_literal(ek->out, ":[");
		for (const struct occurrence *value = answers[i].first; value; value = value->next) {
			text_json(ek->out, answer_text(ek->renderer, ek->d, value));
			text_put(ek->out, ",", value->next != NULL);
		}
		text_literal(ek->out, "]");
	}
}

static void put_frame(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	struct ek ek = { .d = d, .renderer = renderer, .out = out };
	struct text_span day = rfc3339_of(d, d->frame->time);
	const struct timestamp time = d->frame->time;

	day.n = strcspn(day.at, "T");
	text_literal(out, "{\"index\":{\"_index\":\"packets-");
	text_put_span(out, day);
	text_print(out, "\",\"_type\":\"doc\"}}\n{\"timestamp\":\"%lld%03u\",\"layers\":{", (long long)time.seconds,
	           (unsigned)time.nanoseconds / 1000000);
	if (asked_count(d->session->options.asked)) {
		put_answers(&ek, times);
	} else {
		ek.items = items_of(d);
		uint32_t *places = arena_alloc(d->arena, (ek.items.count + 1) * sizeof *places), count = 0;
		for (uint32_t i = 0; i < ek.items.count; i = ek.items.all[i].end)
			places[count++] = i;
		bool first = true;
		put_level(&ek, places, count, &first);
	}
	text_literal(out, "}}\n");
}

const struct format format_ek = { .name = "ek", .frame = put_frame, .separator = "", .fields = SOME_FIELDS };
