/* text_lines.c: text, line by line; what begins as XML does is shown so, where it is more than a few octets. */

#include "dissect/http.h"
#include "dissect/media.h"

enum { LINES, LINE, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[LINES] = { "data-text-lines", "Line-based text data", PROTOCOL },
	[LINE]  = { NULL, "Line", STRING },
};

extern const struct protocol protocol_xml;

static bool is_xml(const struct wire *w)
{
	enum { SHORTEST = 39 };

	return wire_has(w, SHORTEST) && !memcmp(wire_here(w), "<?xml", 5);
}

static void dissect(struct dissection *d, struct wire *w)
{
	unsigned count = 0;

	if (d->first_pass)
		return;
	if (is_xml(w)) {
		dissect_protocol(d, *w, &protocol_xml);
		return;
	}
	node_ref top = open_protocol(d, w, &fields[LINES]);
	list_media(d, w);
	for (; wire_captured(w); count++) {
		const struct http_line line = http_line_at(wire_here(w), wire_captured(w));
		http_add_line(d, w, &fields[LINE], line.whole, (struct http_text){ line.text, line.length });
	}
	if (d->media)
		append_text(d, w, top, ": %s", d->media->name);
	append_text(d, w, top, " (%u lines)", count);
	close_subtree(d, top, w);
}

const struct protocol protocol_text_lines = {
	.name = "Line-based text data", .short_name = "Line-based text data", .filter = "data-text-lines",
	.fields = fields, .field_count = N_FIELDS, .dissect = dissect,
};
