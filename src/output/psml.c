/* psml.c: the packet list as XML (-T psml), and with tabs between its columns (-T tabs). */

#include "dissect/format.h"

static void begin_psml(const struct session *session, struct text *out)
{
	(void)session;
	text_literal(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<psml version=\"0\" creator=\"dissect\">\n<structure>\n");
	for (unsigned i = LIST_NUMBER; i < LIST_END; i++)
		text_print(out, "<section>%s</section>\n", list_titles[i]);
	text_literal(out, "</structure>\n\n");
}

static void put_psml(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	(void)renderer;
	text_literal(out, "<packet>\n");
	for (unsigned i = LIST_NUMBER; i < LIST_END; i++) {
		text_literal(out, "<section>");
		text_xml(out, list_column_text(d, times, (enum list_column)i));
		text_literal(out, "</section>\n");
	}
	text_literal(out, "</packet>\n\n");
}

static void end_psml(struct text *out, bool any)
{
	(void)any;
	text_literal(out, "</psml>\n");
}

static void put_tabs(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	(void)renderer;
	render_columns(d, times, '\t', out);
}

const struct format format_psml = {
	.name = "psml", .begin = begin_psml, .frame = put_psml, .end = end_psml, .separator = "", .lists = true,
};
const struct format format_tabs = { .name = "tabs", .frame = put_tabs, .separator = "", .lists = true };
