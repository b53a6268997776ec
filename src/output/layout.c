/*
 * layout.c: the packet list with the columns that the user wants: as tshark has them by gui.column.format, or by --columns.
 *
 * Left out: columns of what is not dissected here (DCE/RPC calls, radio, VSAN, FW-1, TEI), which stay empty.
 */

#include "dissect/layout.h"

#include <stdlib.h>

#include "dissect/format.h"
#include "dissect/ip.h"
#include "dissect/resolver.h"

/* Where an address is looked for; a column of one and its neighbour of the other end have an arrow between them. */
enum family { NO_FAMILY, INNERMOST, LINK_LAYER, NETWORK_LAYER };
enum end { SOURCE, DESTINATION };

struct list_column;

/* What a column is made from. */
struct row_source {
	const struct dissection *d;
	const struct frame_times *times;
	const struct answer *answers; /* to the fields that all columns ask for */
};

/* A format of columns: a row for each that tshark has. */
struct column_form {
	const char *format;  /* %m */
	const char *meaning; /* in lists of them */
	const char *word;    /* in --columns; NULL: none */
	const char *title;   /* of the word */
	char *(*put)(char *to, const struct row_source *row, const struct column_form *form); /* short text; or: */
	struct text_span (*text)(const struct row_source *row, const struct list_column *column);
	const char *fields;  /* that are asked for it */
	int8_t width;        /* at least; negative: the text stands left */
	uint8_t family, end; /* of an address: enum family, enum end */
	bool unresolved;     /* an address or a port, without its name */
	struct time_format time;
};

struct list_column {
	const char *title;
	const struct column_form *form;
	unsigned first_field, field_count; /* in the layout's */
	int occurrence;                    /* of each field: 0: all; negative: from the last one on */
	bool unresolved;                   /* a value is shown without its name */
};

struct layout {
	const struct list_column *columns;
	unsigned count;
	struct asked *fields; /* of all columns; NULL: none */
};

enum { SHORT_LARGEST = RESOLVED_LARGEST + TIME_LARGEST, NUMBER_LARGEST = 24, OCTETS_SHOWN = 36, FAULT_LARGEST = 256 };

/* ---- columns by themselves ---- */

static char *put_frame_number(char *to, const struct row_source *row, const struct column_form *form)
{
	(void)form;
	return put_decimal(to, row->d->frame->number);
}

static char *put_frame_length(char *to, const struct row_source *row, const struct column_form *form)
{
	(void)form;
	return put_decimal(to, row->d->frame->length);
}

static char *put_octets_so_far(char *to, const struct row_source *row, const struct column_form *form)
{
	(void)form;
	return put_decimal(to, row->times->octets + row->d->frame->length);
}

static char *put_session_time(char *to, const struct row_source *row, const struct column_form *form)
{
	(void)form;
	return put_time_column(to, row->d, row->times, &row->d->session->options.time);
}

/* A time that does not depend on -t but for its decimals and the form of spans. */
static char *put_own_time(char *to, const struct row_source *row, const struct column_form *form)
{
	const struct time_format *wanted = &row->d->session->options.time;
	struct time_format time = form->time;

	time.hms = wanted->hms;
	time.has_digits = wanted->has_digits;
	time.digits = wanted->digits;
	return put_time_column(to, row->d, row->times, &time);
}

static char *put_address_column(char *to, const struct row_source *row, const struct column_form *form)
{
	const struct dissection *d = row->d;
	const struct address *link = form->end == SOURCE ? &d->link_source : &d->link_destination;
	const struct address *network = form->end == SOURCE ? &d->source : &d->destination;

	if (form->family == NETWORK_LAYER)
		return put_list_address(to, d, network, !form->unresolved);
	return put_row_address(to, d, form->family == INNERMOST ? network : link, link, !form->unresolved);
}

static char *put_port_column(char *to, const struct row_source *row, const struct column_form *form)
{
	const struct dissection *d = row->d;
	const uint16_t port = form->end == SOURCE ? d->source_port : d->destination_port;

	if (!d->source_port && !d->destination_port)
		return to;
	const char *name = form->unresolved ? NULL : port_name(d->session->resolver, d->ip_protocol, port);
	return name ? put_bytes(to, name, strlen(name)) : put_decimal(to, port);
}

static struct text_span info_text(const struct row_source *row, const struct list_column *column)
{
	(void)column;
	return (struct text_span){ row->d->columns->info.text, row->d->columns->info.length };
}

static struct text_span protocol_text(const struct row_source *row, const struct list_column *column)
{
	(void)column;
	return (struct text_span){ row->d->columns->protocol.text, row->d->columns->protocol.length };
}

/* ---- columns of fields ---- */

/* That of the frame's last note. */
static struct text_span severity_text(const struct row_source *row, const struct list_column *column)
{
	const struct tree *tree = row->d->tree;

	(void)column;
	for (node_ref i = tree->count - 1; i; i--)
		if (tree->nodes[i].field->type == NOTE)
			return span_of(severity_name((enum severity)tree->nodes[i].field->severity));
	return span_of("");
}

/* The last of the column's fields in the frame, but for what an error message quotes, which is deeper in the tree; or NULL. */
static const struct node *last_node(const struct row_source *row, const struct list_column *column)
{
	enum { DEEPEST = 2 };
	const struct node *last = NULL;

	for (unsigned i = column->first_field; i < column->first_field + column->field_count; i++)
		for (const struct occurrence *o = row->answers[i].first; o; o = o->next)
			if (o->node->depth <= DEEPEST && (!last || o->node > last))
				last = o->node;
	return last;
}

static struct text_span vlan_text(const struct row_source *row, const struct list_column *column)
{
	const struct node *node = last_node(row, column);

	return node ? shown_value(row->d, node) : span_of("");
}

static struct text_span dscp_text(const struct row_source *row, const struct list_column *column)
{
	const struct node *node = last_node(row, column);
	const char *name = node ? name_of(&dscp_short_names, node->number) : "";

	return name ? span_of(name) : shown_value(row->d, node);
}

/* Octets in hex, as many of them as a line of a tree has. */
static struct text_span octets_text(const struct dissection *d, struct text_span octets)
{
	static const char more[] = "\xe2\x80\xa6";
	const size_t n = octets.n < OCTETS_SHOWN ? octets.n : OCTETS_SHOWN;

	if (!n)
		return span_of("<MISSING>");
	char *text = arena_alloc(d->arena, 2 * OCTETS_SHOWN + sizeof more);
	char *to = put_octets(text, (const uint8_t *)octets.at, n, 0);
	to = put_bytes(to, more, octets.n > n ? sizeof more - 1 : 0);
	return (struct text_span){ text, (size_t)(to - text) };
}

/* A number as filters know it. */
static struct text_span plain_number(const struct dissection *d, const struct node *node)
{
	const struct field *field = node->field;
	const bool is_bit = field->type == BOOLEAN;
	const enum show show = is_bit ? DEC : field->show == HEX_DEC ? HEX : (enum show)field->show;
	const uint64_t number = is_bit ? node->number != 0 : node->number * (field->scale ? field->scale : 1);
	char *text = arena_alloc(d->arena, NUMBER_LARGEST), *to = put_plain_number(text, field, number, show);

	arena_shrink(d->arena, to);
	return (struct text_span){ text, (size_t)(to - text) };
}

/* A number in two bases or with its unit, or a port with its name. */
static struct text_span explained_number(const struct dissection *d, const struct node *node)
{
	const struct field *field = node->field;
	char *text = arena_alloc(d->arena, SHORT_LARGEST), *to = text;

	if (field->show == PORT_TCP || field->show == PORT_UDP) {
		to = resolve_port(d->session->resolver, to, field->show == PORT_TCP ? 6 : 17, (uint16_t)node->number);
	} else if (field->unit) {
		to = put_plain_number(to, field, node->number, (enum show)field->show);
		to = put_bytes(to, field->unit, strlen(field->unit));
	} else {
		to = put_plain_number(to, field, node->number, field->show == DEC_HEX ? DEC : HEX);
		to = put_literal(to, " (");
		to = put_plain_number(to, field, node->number, field->show == DEC_HEX ? HEX : DEC);
		*to++ = ')';
	}
	arena_shrink(d->arena, to);
	return (struct text_span){ text, (size_t)(to - text) };
}

/* What stands behind a number only in trees is no unit. */
static bool has_unit(const struct field *field)
{
	return field->unit && !strchr(field->unit, '(');
}

/* A number as trees show it, but by its name alone where it has one. */
static struct text_span resolved_number(const struct dissection *d, const struct node *node)
{
	const struct field *field = node->field;
	const char *name = field->type == BOOLEAN ? name_or(field->names, node->number != 0, node->number ? "True" : "False") :
	                   name_of(field->names, node->number);

	if (node->mode == TEXT_VALUE && node->field->type == UINT24) /* half an address */
		return (struct text_span){ node->text, node->text_length };
	if (name && !field->scale)
		return span_of(name);
	if (has_unit(field) || field->show == PORT_TCP || field->show == PORT_UDP || field->show == DEC_HEX || field->show == HEX_DEC)
		return explained_number(d, node);
	return plain_number(d, node);
}

/* A name that stands for the value in filters, too: in quotes. */
static struct text_span quoted_name(const struct dissection *d, const struct node *node)
{
	const char *name = name_of(node->field->names, node->number);
	const size_t n = name ? strlen(name) : 0;

	if (!name)
		return plain_number(d, node);
	char *text = arena_alloc(d->arena, n + 2), *to = text;
	*to++ = '"';
	to = put_bytes(to, name, n);
	*to++ = '"';
	return (struct text_span){ text, n + 2 };
}

static struct text_span occurrence_text(const struct dissection *d, const struct list_column *column,
                                        const struct occurrence *occurrence)
{
	static const char present[] = "\xe2\x9c\x93";
	struct node beside;
	const struct node *node = occurrence_node(d, occurrence, &beside);
	const struct field *field = node->field;

	if (!has_own_value(field))
		return span_of(present);
	if (field->is_octets)
		return octets_text(d, octets_of(d, node));
	if (field->type == OCTETS)
		return octets_text(d, (struct text_span){ (const char *)node->octets, node->value_length });
	if (field->type > CHAR)
		return answer_text(NULL, d, occurrence);
	if (!column->unresolved)
		return resolved_number(d, node);
	if (field->show == NAME_ONLY)
		return quoted_name(d, node);
	return plain_number(d, node);
}

/* The wanted ones of a field's occurrences: *count of them. */
static const struct occurrence *wanted_occurrences(const struct occurrence *first, int which, unsigned *count)
{
	int all = 0;

	for (const struct occurrence *o = first; o; o = o->next)
		all++;
	*count = which ? 1 : (unsigned)all;
	if (which < 0)
		which += all + 1;
	else if (!which)
		return first;
	if (which < 1 || which > all)
		return NULL;
	while (--which)
		first = first->next;
	return first;
}

/* "1,2": what was collected, in one text. */
static struct text_span joined(struct arena *arena, const struct text_span *texts, unsigned count)
{
	size_t room = count;

	for (unsigned i = 0; i < count; i++)
		room += texts[i].n;
	char *text = arena_alloc(arena, room), *to = text;
	for (unsigned i = 0; i < count; i++) {
		if (i)
			*to++ = ',';
		to = put_bytes(to, texts[i].at, texts[i].n);
	}
	return (struct text_span){ text, (size_t)(to - text) };
}

static struct text_span custom_text(const struct row_source *row, const struct list_column *column)
{
	const unsigned end = column->first_field + column->field_count;
	unsigned most = 0, found = 0;

	for (unsigned i = column->first_field; i < end; i++)
		for (const struct occurrence *o = row->answers[i].first; o; o = o->next)
			most++;
	struct text_span *texts = arena_alloc(row->d->arena, most * sizeof *texts);
	for (unsigned i = column->first_field; i < end; i++) {
		unsigned count;
		const struct occurrence *o = wanted_occurrences(row->answers[i].first, column->occurrence, &count);
		for (; o && count--; o = o->next) {
			texts[found++] = occurrence_text(row->d, column, o);
			if (!has_own_value(o->as)) /* once is enough to say that it is there */
				break;
		}
	}
	return joined(row->d->arena, texts, found);
}

/* ---- the formats ---- */

#define NUMBER_FORM .put = put_frame_number, .width = NUMBER_WIDTH
#define TIME_FORM(...) .put = put_own_time, .time = { __VA_ARGS__ }
#define SOURCE_FORM(layer) .put = put_address_column, .width = ADDRESS_WIDTH, .family = layer
#define DESTINATION_FORM(layer) .put = put_address_column, .width = -ADDRESS_WIDTH, .family = layer, .end = DESTINATION

#define FORM(...) (&(const struct column_form){ __VA_ARGS__ })

static const struct column_form
	number_form = { "%m", "Number", "number", "No.", NUMBER_FORM },
	time_form = { "%t", "Time (format as specified)", "time", "Time", .put = put_session_time, .width = TIME_WIDTH },
	source_form = { "%s", "Source address", "source", "Source", SOURCE_FORM(INNERMOST) },
	destination_form = { "%d", "Destination address", "destination", "Destination", DESTINATION_FORM(INNERMOST) },
	protocol_form = { "%p", "Protocol", "protocol", "Protocol", .text = protocol_text },
	length_form = { "%L", "Packet length (bytes)", "length", "Length", .put = put_frame_length },
	info_form = { "%i", "Information", "info", "Info", .text = info_text },
	custom_form = { "%Cus", "Custom", .text = custom_text };

/* All of them, in the order in which tshark lists them. */
static const struct column_form *const forms[] = {
	FORM("%q", "802.1Q VLAN id", "vlan", "VLAN", .text = vlan_text, .fields = "vlan.id or ieee8021ad.id"),
	FORM("%Yt", "Absolute date, as YYYY-MM-DD, and time", "date", "Date", TIME_FORM(TIME_OF_DAY, YEAR_MONTH_DAY, true)),
	FORM("%YDOYt", "Absolute date, as YYYY/DOY, and time", TIME_FORM(TIME_OF_DAY, YEAR_DAY, true)),
	FORM("%At", "Absolute time", TIME_FORM(TIME_OF_DAY, .local = true)),
	FORM("%V", "Cisco VSAN"),
	FORM("%B", "Cumulative Bytes", "octets", "Octets", .put = put_octets_so_far),
	&custom_form,
	FORM("%y", "DCE/RPC call (cn_call_id / dg_seqnum)"),
	FORM("%Tt", "Delta time", "delta", "Delta", TIME_FORM(TIME_SINCE_PREVIOUS)),
	FORM("%Gt", "Delta time displayed", "delta-shown", "Delta shown", TIME_FORM(TIME_SINCE_SHOWN)),
	FORM("%rd", "Dest addr (resolved)", DESTINATION_FORM(INNERMOST)),
	FORM("%ud", "Dest addr (unresolved)", DESTINATION_FORM(INNERMOST), .unresolved = true),
	FORM("%rD", "Dest port (resolved)", .put = put_port_column, .end = DESTINATION),
	FORM("%uD", "Dest port (unresolved)", .put = put_port_column, .end = DESTINATION, .unresolved = true),
	&destination_form,
	FORM("%D", "Destination port", "destination-port", "Destination port", .put = put_port_column, .end = DESTINATION),
	FORM("%a", "Expert Info Severity", "severity", "Severity", .text = severity_text),
	FORM("%I", "FW-1 monitor if/direction"),
	FORM("%F", "Frequency/Channel"),
	FORM("%hd", "Hardware dest addr", "destination-mac", "Destination MAC", DESTINATION_FORM(LINK_LAYER)),
	FORM("%hs", "Hardware src addr", "source-mac", "Source MAC", SOURCE_FORM(LINK_LAYER)),
	FORM("%rhd", "Hw dest addr (resolved)", DESTINATION_FORM(LINK_LAYER)),
	FORM("%uhd", "Hw dest addr (unresolved)", DESTINATION_FORM(LINK_LAYER), .unresolved = true),
	FORM("%rhs", "Hw src addr (resolved)", SOURCE_FORM(LINK_LAYER)),
	FORM("%uhs", "Hw src addr (unresolved)", SOURCE_FORM(LINK_LAYER), .unresolved = true),
	FORM("%e", "IEEE 802.11 RSSI"),
	FORM("%x", "IEEE 802.11 TX rate"),
	FORM("%f", "IP DSCP Value", "dscp", "DSCP", .text = dscp_text, .fields = "ip.dsfield.dscp or ipv6.tclass.dscp"),
	&info_form,
	FORM("%rnd", "Net dest addr (resolved)", DESTINATION_FORM(NETWORK_LAYER)),
	FORM("%und", "Net dest addr (unresolved)", DESTINATION_FORM(NETWORK_LAYER), .unresolved = true),
	FORM("%rns", "Net src addr (resolved)", SOURCE_FORM(NETWORK_LAYER)),
	FORM("%uns", "Net src addr (unresolved)", SOURCE_FORM(NETWORK_LAYER), .unresolved = true),
	FORM("%nd", "Network dest addr", DESTINATION_FORM(NETWORK_LAYER)),
	FORM("%ns", "Network src addr", SOURCE_FORM(NETWORK_LAYER)),
	&number_form,
	&length_form,
	&protocol_form,
	FORM("%Rt", "Relative time", "relative", "Relative", TIME_FORM(TIME_SINCE_FIRST), .width = TIME_WIDTH),
	&source_form,
	FORM("%S", "Source port", "source-port", "Source port", .put = put_port_column),
	FORM("%rs", "Src addr (resolved)", SOURCE_FORM(INNERMOST)),
	FORM("%us", "Src addr (unresolved)", SOURCE_FORM(INNERMOST), .unresolved = true),
	FORM("%rS", "Src port (resolved)", .put = put_port_column),
	FORM("%uS", "Src port (unresolved)", .put = put_port_column, .unresolved = true),
	FORM("%E", "TEI"),
	FORM("%Yut", "UTC date, as YYYY-MM-DD, and time", "utc", "UTC", TIME_FORM(TIME_OF_DAY, YEAR_MONTH_DAY)),
	FORM("%YDOYut", "UTC date, as YYYY/DOY, and time", TIME_FORM(TIME_OF_DAY, YEAR_DAY)),
	FORM("%Aut", "UTC time", TIME_FORM(TIME_OF_DAY)),
	&time_form,
};

enum { FORMS = sizeof forms / sizeof *forms };

static const struct list_column usual_columns[] = {
	{ "No.", &number_form }, { "Time", &time_form }, { "Source", &source_form }, { "Destination", &destination_form },
	{ "Protocol", &protocol_form }, { "Length", &length_form }, { "Info", &info_form },
};
static const struct layout usual = { .columns = usual_columns, .count = sizeof usual_columns / sizeof *usual_columns };

void put_column_formats(struct text *out)
{
	for (unsigned i = 0; i < FORMS; i++)
		text_print(out, "%s\t%s\n", forms[i]->format, forms[i]->meaning);
}

/* ---- which columns are wanted ---- */

static char *copy_text(const char *text, size_t n)
{
	char *copy = memcpy(must_alloc(n + 1), text, n);

	copy[n] = 0;
	return copy;
}

/* The fields in "a or b || c". What is wrong with the last that there is not; NULL: there are all. */
static const char *ask_for_fields(struct layout *layout, struct list_column *column, const char *text, size_t n)
{
	char *names = copy_text(text, n), *rest = names;
	const char *fault = NULL;

	if (!layout->fields)
		layout->fields = asked_new();
	column->first_field = asked_count(layout->fields);
	for (char *name; (name = strtok_r(rest, " |", &rest));)
		if (strcmp(name, "or"))
			fault = asked_add(layout->fields, name);
	column->field_count = asked_count(layout->fields) - column->first_field;
	free(names);
	return fault;
}

/* FIELD[:OCCURRENCE[:R|U]]. What is wrong with it, or NULL; fields that there are not have no occurrences. */
static const char *read_custom(struct layout *layout, struct list_column *column, const char *text, bool must_be)
{
	const size_t n = strcspn(text, ":");
	char *end = (char *)text + n;

	if (*end)
		column->occurrence = (int)strtol(end + 1, &end, 10);
	if (*end && (end[0] != ':' || (end[1] != 'R' && end[1] != 'U') || end[2]))
		return "a column of fields is FIELD, FIELD:OCCURRENCE, or FIELD:OCCURRENCE:R or :U";
	column->form = &custom_form;
	column->unresolved = *end && end[1] == 'U';
	const char *fault = ask_for_fields(layout, column, text, n);
	return must_be ? fault : NULL;
}

/* A format: "%s", "%Cus:ip.ttl:1:R". */
static bool read_format(struct layout *layout, struct list_column *column, const char *format)
{
	const size_t n = strcspn(format, ":");

	for (unsigned i = 0; i < FORMS; i++) {
		if (strlen(forms[i]->format) != n || strncmp(forms[i]->format, format, n))
			continue;
		column->form = forms[i];
		if (forms[i]->fields)
			ask_for_fields(layout, column, forms[i]->fields, strlen(forms[i]->fields));
		return column->form != &custom_form || !format[n] || !read_custom(layout, column, format + n + 1, false);
	}
	return false;
}

static struct list_column *add_column(struct layout *layout, const char *title, size_t n)
{
	struct list_column *columns =
		must_realloc((struct list_column *)layout->columns, (layout->count + 1) * sizeof *columns);

	columns[layout->count] = (struct list_column){ .title = copy_text(title, n) };
	layout->columns = columns;
	return &columns[layout->count++];
}

void layout_free(struct layout *layout)
{
	if (!layout)
		return;
	for (unsigned i = 0; i < layout->count; i++)
		free((char *)layout->columns[i].title);
	free((struct list_column *)layout->columns);
	asked_free(layout->fields);
	free(layout);
}

/* The next string of a list, with or without quotes, in which \ takes away what a character means; NULL: it has no end. */
static const char *next_string(const char *text, char *string)
{
	text += strspn(text, " ");
	const char quote = *text == '"' ? *text++ : 0;

	for (; *text && *text != (quote ? quote : ','); text++) {
		if (*text == '\\' && text[1])
			text++;
		*string++ = *text;
	}
	*string = 0;
	if (quote && *text++ != quote)
		return NULL;
	text += strspn(text, " ");
	return *text == ',' ? text + 1 : *text ? NULL : text;
}

/* Pairs of strings: a title and a format. */
static bool read_pairs(struct layout *layout, const char *text, char *string)
{
	do {
		text = next_string(text, string);
		if (!text || !*text)
			return false;
		struct list_column *column = add_column(layout, string, strlen(string));
		text = next_string(text, string);
		if (!text || !read_format(layout, column, string))
			return false;
	} while (*text);
	return true;
}

struct layout *layout_of_preference(const char *text)
{
	struct layout *layout = must_zero(1, sizeof *layout);
	char *string = must_alloc(strlen(text) + 1);
	const bool good = read_pairs(layout, text, string);

	free(string);
	if (good)
		return layout;
	layout_free(layout);
	return NULL;
}

static const struct column_form *form_of_word(const char *word)
{
	for (unsigned i = 0; i < FORMS; i++)
		if (forms[i]->word && !strcmp(forms[i]->word, word))
			return forms[i];
	return NULL;
}

/* [TITLE=]COLUMN: a word, a format, or fields. What is wrong with it, or NULL. */
static const char *read_item(struct layout *layout, const char *item)
{
	const char *equals = strchr(item, '='), *text = equals ? equals + 1 : item;
	const struct column_form *form = form_of_word(text);
	const char *title = equals ? item : form ? form->title : item;
	struct list_column *column = add_column(layout, title, equals ? (size_t)(equals - item) : strlen(title));

	column->form = form;
	if (*text == '%')
		return read_format(layout, column, text) ? NULL : "there is no such format of columns";
	if (form && form->fields)
		return ask_for_fields(layout, column, form->fields, strlen(form->fields));
	return form ? NULL : read_custom(layout, column, text, true);
}

struct layout *layout_of_list(const char *text, const char **fault)
{
	struct layout *layout = must_zero(1, sizeof *layout);
	char *items = copy_text(text, strlen(text)), *rest = items;
	static char kept[FAULT_LARGEST];

	*fault = *text ? NULL : "columns are wanted, by commas: number, time, source, ..., fields";
	for (char *item; !*fault && (item = strtok_r(rest, ",", &rest));)
		*fault = read_item(layout, item);
	free(items);
	if (!*fault)
		return layout;
	*fault = memccpy(kept, *fault, 0, sizeof kept - 1) ? kept : ""; /* it may be the layout's own */
	layout_free(layout);
	return NULL;
}

/* ---- the layout of a session ---- */

const struct layout *layout_of(const struct options *options)
{
	return options->layout ? options->layout : &usual;
}

unsigned layout_count(const struct layout *layout)
{
	return layout->count;
}

const char *layout_title(const struct layout *layout, unsigned column)
{
	return layout->columns[column].title;
}

unsigned layout_find(const struct layout *layout, const char *title)
{
	unsigned i = 0;

	while (i < layout->count && strcmp(layout->columns[i].title, title))
		i++;
	return i;
}

static void ask_for_notes(struct field_set *set)
{
	for (const struct protocol *const *protocol = protocols; *protocol; protocol++)
		for (unsigned i = 0; i < (*protocol)->field_count; i++)
			if ((*protocol)->fields[i].type == NOTE)
				field_set_add(set, &(*protocol)->fields[i], 0);
}

void layout_ask(const struct layout *layout, struct field_set *set)
{
	if (layout->fields) {
		asked_settle(layout->fields, layout);
		field_set_add_all(set, asked_fields(layout->fields));
	}
	for (unsigned i = 0; i < layout->count; i++)
		if (layout->columns[i].form->text == severity_text)
			ask_for_notes(set);
}

/* ---- rows ---- */

const struct text_span *layout_texts(const struct layout *layout, const struct dissection *d, const struct frame_times *times)
{
	struct text_span *texts = arena_alloc(d->arena, layout->count * sizeof *texts);
	unsigned count;
	const struct row_source row = {
		d, times, layout->fields ? answers_of(layout->fields, d, times, &count) : NULL,
	};

	for (unsigned i = 0; i < layout->count; i++) {
		const struct column_form *form = layout->columns[i].form;
		texts[i] = (struct text_span){ "", 0 };
		if (form->text)
			texts[i] = form->text(&row, &layout->columns[i]);
		if (!form->put)
			continue;
		char *text = arena_alloc(d->arena, SHORT_LARGEST), *to = form->put(text, &row, form);
		arena_shrink(d->arena, to);
		texts[i] = (struct text_span){ text, (size_t)(to - text) };
	}
	return texts;
}

static void put_padding(struct text *out, size_t width, size_t n)
{
	if (n >= width)
		return;
	memset(text_room(out, width - n), ' ', width - n);
	out->length += width - n;
}

/* Between two columns: an arrow from an address to that of the other end. */
static void put_separator(struct text *out, const struct column_form *left, const struct column_form *right, char separator)
{
	text_put(out, &separator, 1);
	if (!left->family || left->family != right->family || left->end == right->end)
		return;
	text_put(out, left->end == SOURCE ? "\xe2\x86\x92" : "\xe2\x86\x90", 3);
	text_put(out, &separator, 1);
}

void render_layout(const struct layout *layout, const struct dissection *d, const struct frame_times *times, char separator,
                   struct text *out)
{
	const struct text_span *texts = layout_texts(layout, d, times);

	for (unsigned i = 0; i < layout->count; i++) {
		const struct column_form *form = layout->columns[i].form;
		if (i)
			put_separator(out, layout->columns[i - 1].form, form, separator);
		if (form->width > 0)
			put_padding(out, (size_t)form->width, texts[i].n);
		text_put_span(out, texts[i]);
		if (form->width < 0)
			put_padding(out, (size_t)-form->width, texts[i].n);
	}
	text_literal(out, "\n");
}
