/* palette.c: the colours of frames. The first rule whose filter selects a frame has it. */

#include "dissect/palette.h"

#include <assert.h>
#include <stdlib.h>

#include "dissect/filter.h"
#include "dissect/session.h"

/* Colours are those of the terminal's table of 256: foreground, background. */
static const struct rule {
	const char *filter;
	uint8_t foreground, background;
} rules[] = {
	{ "_ws.malformed", 203, 16 },
	{ "tcp.analysis.flags && !tcp.analysis.window_update && !tcp.analysis.keep_alive && !tcp.analysis.keep_alive_ack", 210, 16 },
	{ "icmp.type in {3, 4, 5, 11, 12} || icmpv6.type in {1, 2, 3, 4}", 156, 16 },
	{ "tcp.flags.reset == 1", 229, 124 },
	{ "ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0", 203, 16 },
	{ "arp", 16, 230 },
	{ "icmp || icmpv6 || igmp", 16, 225 },
	{ "http || tcp.port == 80", 16, 193 },
	{ "tcp.flags.syn == 1 || tcp.flags.fin == 1", 16, 248 },
	{ "tcp", 16, 189 },
	{ "udp", 16, 195 },
	{ "eth.ig == 1", 231, 246 },
};

enum { RULES = sizeof rules / sizeof *rules, SEQUENCE_LARGEST = 32 };

struct palette {
	struct filter *filters[RULES];
	struct field_set fields;
};

struct palette *palette_new(void)
{
	struct palette *palette = must_zero(1, sizeof *palette);
	struct filter_error error;

	for (unsigned i = 0; i < RULES; i++) {
		palette->filters[i] = filter_compile(rules[i].filter, &error);
		assert(palette->filters[i]);
		field_set_add_all(&palette->fields, filter_fields(palette->filters[i]));
	}
	return palette;
}

void palette_free(struct palette *palette)
{
	if (!palette)
		return;
	for (unsigned i = 0; i < RULES; i++)
		filter_free(palette->filters[i]);
	field_set_free(&palette->fields);
	free(palette);
}

const struct field_set *palette_fields(const struct palette *palette)
{
	return &palette->fields;
}

/* The rule of a frame, or NULL. */
static const struct rule *find_rule(const struct palette *palette, const struct dissection *d)
{
	for (unsigned i = 0; i < RULES; i++)
		if (filter_selects(palette->filters[i], d))
			return &rules[i];
	return NULL;
}

void palette_paint(const struct palette *palette, const struct dissection *d, const struct text *plain, struct text *out)
{
	static const char reset[] = "\033[0m";
	const struct rule *rule = find_rule(palette, d);
	char sequence[SEQUENCE_LARGEST] = "\033[";
	const size_t length = rule ? 2 + text_format(sequence + 2, sizeof sequence - 2, "38;5;%u;48;5;%um", rule->foreground, rule->background) : 0;

	bool is_row = d->session->options.view != VIEW_TREES;
	for (const char *line = plain->data, *end = plain->data + plain->length; line < end; is_row = false) {
		const char *next = memchr(line, '\n', (size_t)(end - line));
		const size_t n = (size_t)((next ? next : end) - line);
		if (!n) /* dumps may follow */
			rule = NULL;
		const bool painted = rule && (is_row || *line != ' ');
		if (painted)
			text_put(out, sequence, length);
		text_put(out, line, n);
		if (painted)
			text_put(out, reset, sizeof reset - 1);
		text_put(out, "\n", 1);
		line += n + 1;
	}
}
