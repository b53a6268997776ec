/* psml.c: the packet list as XML (-T psml), and with tabs between its columns (-T tabs). */

#include "dissect/format.h"
#include "dissect/layout.h"

static void begin_psml(const struct session *session, struct text *out)
{
	const struct layout *layout = layout_of(&session->options);

	text_literal(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<psml version=\"0\" creator=\"dissect\">\n<structure>\n");
	for (unsigned i = 0; i < layout_count(layout); i++) {
		text_literal(out, "<section>");
		text_xml(out, span_of(layout_title(layout, i)));
		text_literal(out, "</section>\n");
	}
	text_literal(out, "</structure>\n\n");
}

static void put_psml(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	const struct layout *layout = layout_of(&d->session->options);
	const struct text_span *texts = layout_texts(layout, d, times);

	(void)renderer;
	text_literal(out, "<packet>\n");
	for (unsigned i = 0; i < layout_count(layout); i++) {
		text_literal(out, "<section>");
		text_xml(out, texts[i]);
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
