/* fields.c: fields that are asked for one by one (-e), as lines of columns (-T fields). */

#include "dissect/format.h"

#include <stdlib.h>

#include "dissect/field_names.h"
#include "dissect/layout.h"

/* A declaration whose nodes answer what was asked. */
struct answer_use {
	const struct field *as;
	uint32_t asked;
	uint32_t next; /* + 1 of the next use of the same declaration; 0: none */
};

struct asked_name {
	char *name;
	bool is_column;  /* of the packet list, by its title; else it is a field */
	unsigned column; /* in the layout */
};

struct asked {
	struct asked_name *names;
	unsigned count;
	struct answer_use *uses;
	uint32_t use_count;
	struct field_set fields; /* numbers: the first of their uses */
	struct field_set wanted; /* those, and what columns are made of */
	bool needs_columns;
	bool header, bom;
	char separator, aggregator, quote, occurrence;
	char fault[256];
};

struct asked *asked_new(void)
{
	struct asked *asked = must_zero(1, sizeof *asked);

	asked->separator = '\t';
	asked->aggregator = ',';
	asked->occurrence = 'a';
	return asked;
}

void asked_free(struct asked *asked)
{
	if (!asked)
		return;
	for (unsigned i = 0; i < asked->count; i++)
		free(asked->names[i].name);
	free(asked->names);
	free(asked->uses);
	field_set_free(&asked->fields);
	field_set_free(&asked->wanted);
	free(asked);
}

/* ---- what is asked for ---- */

static void add_use(void *context, const struct field *field, const struct field *as)
{
	struct asked *asked = context;
	const struct field_set_slot *slot = field_set_find(&asked->fields, field);
	const uint32_t number = asked->use_count++;

	asked->uses = must_realloc(asked->uses, asked->use_count * sizeof *asked->uses);
	asked->uses[number] = (struct answer_use){ .as = as, .asked = asked->count };
	if (!slot) {
		field_set_add(&asked->fields, field, number);
		return;
	}
	uint32_t last = slot->number;
	while (asked->uses[last].next)
		last = asked->uses[last].next - 1;
	asked->uses[last].next = number + 1;
}

static const char column_prefix[] = "_ws.col.";

const char *asked_add(struct asked *asked, const char *name)
{
	const bool is_column = !strncmp(name, column_prefix, sizeof column_prefix - 1);

	if (!is_column && !fields_named(name, add_use, asked)) {
		size_t n = text_format(asked->fault, sizeof asked->fault - 1, "there is no such field");
		n += format_near_names(asked->fault + n, sizeof asked->fault - 1 - n, name);
		asked->fault[n < sizeof asked->fault ? n : sizeof asked->fault - 1] = 0;
		return asked->fault;
	}
	asked->names = must_realloc(asked->names, (asked->count + 1) * sizeof *asked->names);
	const size_t size = strlen(name) + 1;
	asked->names[asked->count].name = memcpy(must_alloc(size), name, size);
	asked->names[asked->count++].is_column = is_column;
	asked->needs_columns |= is_column;
	return NULL;
}

const char *asked_settle(struct asked *asked, const struct layout *layout)
{
	field_set_add_all(&asked->wanted, &asked->fields);
	if (asked->needs_columns)
		layout_ask(layout, &asked->wanted);
	for (unsigned i = 0; i < asked->count; i++) {
		struct asked_name *name = &asked->names[i];
		if (!name->is_column)
			continue;
		name->column = layout_find(layout, name->name + sizeof column_prefix - 1);
		if (name->column == layout_count(layout))
			return name->name;
	}
	return NULL;
}

/* y or n, as the first letter says. */
static bool set_switch(bool *to, const char *value)
{
	*to = *value == 'y' || *value == 'Y';
	return *to || *value == 'n' || *value == 'N';
}

/* A character; /t and /s are a tab and a space. */
static bool set_character(char *to, const char *value)
{
	*to = value[0] != '/' ? value[0] : value[1] == 't' ? '\t' : value[1] == 's' ? ' ' : '\\';
	return *value;
}

bool asked_set(struct asked *asked, const char *setting)
{
	const size_t n = strcspn(setting, "=");
	const char *value = setting + n + 1;

	if (!setting[n])
		return false;
	if (n == 3 && !memcmp(setting, "bom", n))
		return set_switch(&asked->bom, value);
	if (n == 6 && !memcmp(setting, "header", n))
		return set_switch(&asked->header, value);
	if (n == 9 && !memcmp(setting, "separator", n))
		return set_character(&asked->separator, value);
	if (n == 10 && !memcmp(setting, "aggregator", n))
		return set_character(&asked->aggregator, value);
	if (n == 10 && !memcmp(setting, "occurrence", n)) {
		asked->occurrence = *value;
		return *value == 'f' || *value == 'l' || *value == 'a';
	}
	if (n == 5 && !memcmp(setting, "quote", n)) {
		asked->quote = *value == 'd' ? '"' : *value == 's' ? '\'' : 0;
		return *value == 'd' || *value == 's' || *value == 'n';
	}
	return false;
}

unsigned asked_count(const struct asked *asked)
{
	return asked ? asked->count : 0;
}

const struct field_set *asked_fields(const struct asked *asked)
{
	return &asked->wanted;
}

bool asked_needs_columns(const struct asked *asked)
{
	return asked->needs_columns;
}

/* ---- answers ---- */

struct answer_list {
	struct answer *answers;
	struct occurrence **last;
	struct arena *arena;
};

static struct occurrence *add_occurrence(struct answer_list *list, uint32_t number)
{
	struct occurrence *added = arena_zero(list->arena, sizeof *added);

	if (list->last[number])
		list->last[number]->next = added;
	else
		list->answers[number].first = added;
	return list->last[number] = added;
}

const struct answer *answers_of(const struct asked *asked, const struct dissection *d, const struct frame_times *times,
                                unsigned *count)
{
	struct answer_list list = {
		.answers = arena_zero(d->arena, (asked->count + 1) * sizeof *list.answers),
		.last = arena_zero(d->arena, (asked->count + 1) * sizeof *list.last),
		.arena = d->arena,
	};

	const struct text_span *columns =
		asked->needs_columns ? layout_texts(layout_of(&d->session->options), d, times) : NULL;
	*count = asked->count;
	for (unsigned i = 0; i < asked->count; i++) {
		list.answers[i].name = asked->names[i].name;
		if (asked->names[i].is_column)
			add_occurrence(&list, i)->column = columns[asked->names[i].column];
	}
	for (node_ref i = 1; d->tree && i < d->tree->count; i++) {
		const struct node *node = &d->tree->nodes[i];
		const struct field_set_slot *slot = field_set_find(&asked->fields, node->field);
		for (uint32_t use = slot ? slot->number + 1 : 0; use; use = asked->uses[use - 1].next) {
			if (!stands_beside(d, node, asked->uses[use - 1].as))
				continue;
			struct occurrence *occurrence = add_occurrence(&list, asked->uses[use - 1].asked);
			occurrence->node = node;
			occurrence->as = asked->uses[use - 1].as;
		}
	}
	return list.answers;
}

/* Its title, where it has one of this frame; else its name. Of Data, its octets. */
static struct text_span protocol_text(struct renderer *renderer, const struct dissection *d, const struct node *node)
{
	if (node->field->show == COUNTED)
		return hex_of(d, node);
	return node->mode == TEXT_NONE ? span_of(node->field->filter) : node_label(renderer, d->arena, node);
}

const struct node *occurrence_node(const struct dissection *d, const struct occurrence *occurrence, struct node *beside)
{
	if (occurrence->as == occurrence->node->field)
		return occurrence->node;
	*beside = node_beside(d, occurrence->node, occurrence->as);
	return beside;
}

struct text_span answer_text(struct renderer *renderer, const struct dissection *d, const struct occurrence *occurrence)
{
	if (!occurrence->node)
		return occurrence->column;
	struct node beside;
	const struct node *node = occurrence_node(d, occurrence, &beside);
	if (is_text(node))
		return node_label(renderer, d->arena, node);
	if (node->field->is_octets)
		return hex_of(d, node);
	switch (node->field->type) {
	case PROTOCOL:
		return protocol_text(renderer, d, node);
	case SUBTREE:
	case NOTE:
		return span_of("1");
	case OCTETS:
		return in_hex(d, node->octets, node->value_length, 0);
	case STRING: {
		char *text = arena_alloc(d->arena, ESCAPED_SIZE(node->value_length) + 1);
		char *end = put_escaped(text, node->octets, node->value_length);
		arena_shrink(d->arena, end);
		return (struct text_span){ text, (size_t)(end - text) };
	}
	default:
		return shown_value(d, node);
	}
}

/* ---- -T fields ---- */

static void put_character(struct text *out, char c)
{
	if (c)
		text_put(out, &c, 1);
}

static void begin_fields(const struct session *session, struct text *out)
{
	const struct asked *asked = session->options.asked;

	if (asked->bom)
		text_literal(out, "\xef\xbb\xbf");
	if (!asked->header)
		return;
	for (unsigned i = 0; i < asked->count; i++) {
		if (i)
			put_character(out, asked->separator);
		text_put_span(out, span_of(asked->names[i].name));
	}
	text_literal(out, "\n");
}

static void put_answer(struct renderer *renderer, const struct dissection *d, const struct asked *asked,
                       const struct occurrence *first, struct text *out)
{
	const struct occurrence *occurrence = first;

	while (asked->occurrence == 'l' && occurrence->next)
		occurrence = occurrence->next;
	put_character(out, asked->quote);
	text_put_span(out, answer_text(renderer, d, occurrence));
	for (occurrence = occurrence->next; occurrence && asked->occurrence == 'a'; occurrence = occurrence->next) {
		put_character(out, asked->aggregator);
		text_put_span(out, answer_text(renderer, d, occurrence));
	}
	put_character(out, asked->quote);
}

static void put_fields(struct renderer *renderer, const struct dissection *d, const struct frame_times *times,
                       struct text *out)
{
	const struct asked *asked = d->session->options.asked;
	unsigned count;
	const struct answer *answers = answers_of(asked, d, times, &count);

	for (unsigned i = 0; i < count; i++) {
		if (i)
			put_character(out, asked->separator);
		if (answers[i].first)
			put_answer(renderer, d, asked, answers[i].first, out);
	}
	text_literal(out, "\n");
}

const struct format format_fields = {
	.name = "fields", .begin = begin_fields, .frame = put_fields, .separator = "", .fields = ONLY_FIELDS,
};
