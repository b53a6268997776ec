/* pdml.c: frames as XML, elements nested as the tree is (-T pdml). */

#include <time.h>

#include "dissect/field_names.h"
#include "dissect/format.h"

struct pdml {
	const struct dissection *d;
	struct renderer *renderer;
	struct text *out;
	struct items items;
};

static void put_attribute(struct text *out, const char *name, struct text_span value)
{
	text_print(out, " %s=\"", name);
	text_xml(out, value);
	text_literal(out, "\"");
}

static void indent(struct text *out, unsigned levels)
{
	memset(text_room(out, 2 * levels), ' ', 2 * levels);
	out->length += 2 * levels;
}

/* What stands before what it is below, in octets of its own, is counted from there. */
static void put_place(struct pdml *p, const struct item *item, const struct item *above)
{
	const uint32_t from = above && item->node.offset < above->node.offset ? above->node.offset : 0;

	if (item->hidden)
		text_literal(p->out, " hide=\"yes\"");
	text_print(p->out, " size=\"%u\" pos=\"%u\"", (unsigned)octets_of(p->d, &item->node).n, from + item->node.offset);
}

/* Is it an element of a protocol? Data and notes are fields of those they stand in. */
static bool is_protocol(const struct node *node)
{
	return node->field->type == PROTOCOL && !node->field->is_octets && node->field->show != COUNTED && !is_expert(node);
}

/* A heading has no name; its text is what it shows. */
static void put_heading(struct pdml *p, const struct item *item, const struct item *above)
{
	const struct node *node = &item->node;

	text_literal(p->out, "<field name=\"\"");
	put_attribute(p->out, "show", node_label(p->renderer, p->d->arena, node));
	put_place(p, item, above);
	if (node->length)
		put_attribute(p->out, "value", hex_of(p->d, node));
}

/* The octets; of a part of them, its bits in hex, and the octets that they are in. */
static void put_octets_of(struct pdml *p, const struct node *node)
{
	const struct text_span octets = hex_of(p->d, node);

	if (!node->field->mask || node->field->scale) {
		put_attribute(p->out, "value", octets);
		return;
	}
	text_print(p->out, " value=\"%llX\"", (unsigned long long)node->number);
	put_attribute(p->out, "unmaskedvalue", octets);
}

static void put_field(struct pdml *p, const struct item *item, const struct item *above)
{
	const struct node *node = &item->node;

	if (is_text(node)) {
		put_heading(p, item, above);
		return;
	}
	text_print(p->out, is_protocol(node) ? "<proto name=\"%s\"" : "<field name=\"%s\"", node->field->filter);
	if (node->field->type == PROTOCOL && node->field->show == COUNTED) {
		put_attribute(p->out, "value", hex_of(p->d, node));
		return;
	}
	put_attribute(p->out, "showname", node_label(p->renderer, p->d->arena, node));
	put_place(p, item, above);
	if (node->field->type == PROTOCOL && !node->field->is_octets)
		return;
	put_attribute(p->out, "show", shown_value(p->d, node));
	if (!has_own_value(node->field))
		text_literal(p->out, " value=\"\"");
	else if (node->length)
		put_octets_of(p, node);
}

static void put_item(struct pdml *p, uint32_t at, const struct item *above, unsigned level)
{
	const struct item *item = &p->items.all[at];

	indent(p->out, level);
	put_field(p, item, above);
	if (item->end == at + 1) {
		text_literal(p->out, "/>\n");
		return;
	}
	text_literal(p->out, ">\n");
	const char *name = is_text(&item->node) ? TEXT_NAME : item->node.field->filter;
	if (!is_named(&p->d->session->options, &item->node, span_of(name))) {
		indent(p->out, level + 1);
		text_print(p->out, "<field name=\"filtered\" value=\"%s\" />\n", name);
	} else {
		for (uint32_t i = at + 1; i < item->end; i = p->items.all[i].end)
			put_item(p, i, item, level + 1);
	}
	indent(p->out, level);
	text_put_span(p->out, span_of(is_protocol(&item->node) ? "</proto>\n" : "</field>\n"));
}

/* What stands beside the protocols is none: an element stands for one. */
static void put_top(struct pdml *p, uint32_t at)
{
	if (is_protocol(&p->items.all[at].node)) {
		put_item(p, at, NULL, 1);
		return;
	}
	text_literal(p->out, "  <proto name=\"fake-field-wrapper\">\n");
	put_item(p, at, NULL, 2);
	text_literal(p->out, "  </proto>\n");
}

/* What is told of the frame before all protocols. */
static void put_general(struct pdml *p)
{
	const struct frame *frame = p->d->frame;
	const unsigned size = frame->captured;
	char date[64], seconds[64];

	*put_date(date, frame->time) = 0;
	*put_span(seconds, frame->time) = 0;
	text_print(p->out, "  <proto name=\"geninfo\" pos=\"0\" showname=\"General information\" size=\"%u\">\n", size);
	text_print(p->out, "    <field name=\"num\" pos=\"0\" show=\"%u\" showname=\"Number\" value=\"%x\" size=\"%u\"/>\n",
	           frame->number, frame->number, size);
	text_print(p->out, "    <field name=\"len\" pos=\"0\" show=\"%u\" showname=\"Frame Length\" value=\"%x\" size=\"%u\"/>\n",
	           frame->length, frame->length, size);
	text_print(p->out, "    <field name=\"caplen\" pos=\"0\" show=\"%u\" showname=\"Captured Length\" value=\"%x\" size=\"%u\"/>\n",
	           frame->captured, frame->captured, size);
	text_print(p->out, "    <field name=\"timestamp\" pos=\"0\" show=\"%s\" showname=\"Captured Time\" value=\"%s\" size=\"%u\"/>\n"
	                   "  </proto>\n", date, seconds, size);
}

static void put_answers(struct pdml *p, const struct frame_times *times)
{
	unsigned count;
	const struct answer *answers = answers_of(p->d->session->options.asked, p->d, times, &count);

	for (unsigned i = 0; i < count; i++) {
		for (const struct occurrence *value = answers[i].first; value; value = value->next) {
			text_literal(p->out, "  <field");
			put_attribute(p->out, "name", span_of(answers[i].name));
			put_attribute(p->out, "value", answer_text(p->renderer, p->d, value));
			text_literal(p->out, "/>\n");
		}
	}
}

static void put_frame(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	struct pdml p = { .d = d, .renderer = renderer, .out = out };

	text_literal(out, "<packet>\n");
	put_general(&p);
	if (asked_count(d->session->options.asked)) {
		put_answers(&p, times);
	} else {
		p.items = items_of(d);
		for (uint32_t i = 0; i < p.items.count; i = p.items.all[i].end)
			put_top(&p, i);
	}
	text_literal(out, "</packet>\n\n\n");
}

static void begin_pdml(const struct session *session, struct text *out)
{
	const time_t now = time(NULL);
	struct tm there;
	char date[64] = "";

	if (localtime_r(&now, &there))
		strftime(date, sizeof date, "%a %b %e %H:%M:%S %Y", &there);
	text_print(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<pdml version=\"0\" creator=\"dissect\" time=\"%s\"", date);
	put_attribute(out, "capture_file", span_of(session->options.path ? session->options.path : ""));
	text_literal(out, ">\n");
}

static void end_pdml(struct text *out, bool any)
{
	(void)any;
	text_literal(out, "</pdml>\n");
}

const struct format format_pdml = {
	.name = "pdml", .begin = begin_pdml, .frame = put_frame, .end = end_pdml, .separator = "", .fields = SOME_FIELDS,
};
