/* fields.c: fields that are asked for one by one (-e), as lines of columns (-T fields); the list of all fields. */

#include "dissect/format.h"

#include <stdlib.h>

#include "dissect/field_names.h"

/* A declaration whose nodes answer what was asked. */
struct answer_use {
	const struct field *as;
	uint32_t asked;
	uint32_t next; /* + 1 of the next use of the same declaration; 0: none */
};

struct asked_name {
	char *name;
	enum list_column column; /* NOT_LISTED: it is a field */
};

struct asked {
	struct asked_name *names;
	unsigned count;
	struct answer_use *uses;
	uint32_t use_count;
	struct field_set fields; /* numbers: the first of their uses */
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

const char *asked_add(struct asked *asked, const char *name)
{
	const enum list_column column = list_column_named(name);

	if (column == NOT_LISTED && !fields_named(name, add_use, asked)) {
		size_t n = text_format(asked->fault, sizeof asked->fault - 1, "there is no such field");
		n += format_near_names(asked->fault + n, sizeof asked->fault - 1 - n, name);
		asked->fault[n < sizeof asked->fault ? n : sizeof asked->fault - 1] = 0;
		return asked->fault;
	}
	asked->names = must_realloc(asked->names, (asked->count + 1) * sizeof *asked->names);
	const size_t size = strlen(name) + 1;
	asked->names[asked->count].name = memcpy(must_alloc(size), name, size);
	asked->names[asked->count++].column = column;
	asked->needs_columns |= column != NOT_LISTED;
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
	return &asked->fields;
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

	*count = asked->count;
	for (unsigned i = 0; i < asked->count; i++) {
		list.answers[i].name = asked->names[i].name;
		if (asked->names[i].column != NOT_LISTED)
			add_occurrence(&list, i)->column = list_column_text(d, times, asked->names[i].column);
	}
	for (node_ref i = 1; d->tree && i < d->tree->count; i++) {
		const struct node *node = &d->tree->nodes[i];
		const struct field_set_slot *slot = field_set_find(&asked->fields, node->field);
		for (uint32_t use = slot ? slot->number + 1 : 0; use; use = asked->uses[use - 1].next) {
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

struct text_span answer_text(struct renderer *renderer, const struct dissection *d, const struct occurrence *occurrence)
{
	if (!occurrence->node)
		return occurrence->column;
	struct node beside;
	const struct node *node = occurrence->node;
	if (occurrence->as != node->field) {
		beside = node_beside(d, node, occurrence->as);
		node = &beside;
	}
	if (node->field->is_octets)
		return hex_of(d, node);
	switch (node->field->type) {
	case PROTOCOL:
		return protocol_text(renderer, d, node);
	case SUBTREE:
		return node->field->filter ? span_of("1") : node_label(renderer, d->arena, node);
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

/* ---- the list of fields ---- */

static const char *type_name(const struct field *field)
{
	static const char *const names[] = {
		[SUBTREE] = "FT_NONE", [BOOLEAN] = "FT_BOOLEAN", [UINT8] = "FT_UINT8", [UINT16] = "FT_UINT16",
		[UINT24] = "FT_UINT24", [UINT32] = "FT_UINT32", [UINT40] = "FT_UINT40", [UINT48] = "FT_UINT48",
		[UINT56] = "FT_UINT56", [UINT64] = "FT_UINT64", [INT8] = "FT_INT8", [INT16] = "FT_INT16", [INT24] = "FT_INT24",
		[INT32] = "FT_INT32", [INT64] = "FT_INT64", [CHAR] = "FT_CHAR", [FLOAT] = "FT_FLOAT", [DOUBLE] = "FT_DOUBLE",
		[IPV4] = "FT_IPv4", [IPV6] = "FT_IPv6", [MAC] = "FT_ETHER", [EUI64] = "FT_EUI64", [GUID] = "FT_GUID",
		[OCTETS] = "FT_BYTES", [STRING] = "FT_STRING", [ABSOLUTE_TIME] = "FT_ABSOLUTE_TIME",
		[RELATIVE_TIME] = "FT_RELATIVE_TIME", [FRAME_NUMBER] = "FT_FRAMENUM", [NOTE] = "FT_NONE",
	};
	return names[field->type];
}

static const char *base_name(const struct field *field)
{
	if (field->type < UINT8 || field->type > CHAR)
		return "";
	switch (field->show) {
	case HEX:
		return "BASE_HEX";
	case DEC_HEX:
		return "BASE_DEC_HEX";
	case HEX_DEC:
		return "BASE_HEX_DEC";
	case OCT:
		return "BASE_OCT";
	default:
		return "BASE_DEC";
	}
}

/* F, label, name, type, protocol, base, mask; P, name, short name for a protocol. */
static void list_field(const struct protocol *protocol, const struct field *field, const char *prefix, struct text *out)
{
	if (!field->filter || (prefix && strncmp(field->filter, prefix, strlen(prefix))))
		return;
	if (field->type == PROTOCOL)
		text_print(out, "P\t%s\t%s\n", field->label, field->filter);
	else
		text_print(out, "F\t%s\t%s\t%s\t%s\t%s\t0x%llx\n", field->label, field->filter, type_name(field), protocol->filter,
		           base_name(field), (unsigned long long)field->mask);
}

void list_fields(const char *prefix, struct text *out)
{
	for (const struct protocol *const *protocol = protocols; *protocol; protocol++) {
		for (unsigned i = 0; i < (*protocol)->field_count; i++) {
			const struct field *field = &(*protocol)->fields[i];
			list_field(*protocol, field, prefix, out);
			for (unsigned k = 0; k < field->also_count; k++)
				list_field(*protocol, &field->also[k], prefix, out);
		}
	}
}
