/* hex.c: hex dumps of byte sources. */

#include "dissect/output.h"

enum { ROW = 16, HEX_WIDTH = 3 * ROW };

/* Offsets have four digits up to 64 KiB, then as many as the last one needs, in steps of two. */
static unsigned offset_digits(size_t n)
{
	return n - 1 > 0xffffff ? 8 : n - 1 > 0xffff ? 6 : 4;
}

void render_hex_rows(struct text *out, const uint8_t *octets, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	unsigned width = n ? offset_digits(n) : 4;

	for (size_t row = 0; row < n; row += ROW) {
		size_t count = n - row < ROW ? n - row : ROW;
		char *line = text_room(out, 8 + 2 + HEX_WIDTH + 2 + ROW + 1), *to = line;
		to = put_hex(to, row, width);
		to = put_literal(to, "  ");
		memset(to, ' ', HEX_WIDTH + 2);
		for (size_t i = 0; i < count; i++) {
			to[3 * i] = digits[octets[row + i] >> 4];
			to[3 * i + 1] = digits[octets[row + i] & 15];
		}
		to += HEX_WIDTH + 2;
		for (size_t i = 0; i < count; i++) {
			uint8_t c = octets[row + i];
			*to++ = c >= 0x20 && c < 0x7f ? (char)c : '.';
		}
		*to++ = '\n';
		out->length += (size_t)(to - line);
	}
}

void render_hex(const struct dissection *d, struct text *out)
{
	for (unsigned i = 0; i < d->source_count; i++) {
		const struct source *source = &d->sources[i];
		if (d->source_count > 1) {
			char *line = text_room(out, 128);
			out->length += text_format(line, 128, "%s (%u byte%s):\n", source->name, source->length,
			                           source->length == 1 ? "" : "s");
		}
		render_hex_rows(out, source->data, source->length);
		text_put(out, "\n", 1);
	}
}
