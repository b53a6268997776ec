/* hex.c: hex dumps of byte sources. */

#include "dissect/output.h"

#include "dissect/session.h"

enum { ROW = 16, HEX_WIDTH = 3 * ROW, ROW_ROOM = 16 + 2 + HEX_WIDTH + 2 + ROW + 2 + 1 };

/* Offsets have four digits up to 64 KiB, then as many as the last one needs, in steps of two. */
static unsigned offset_digits(size_t n)
{
	return n - 1 > 0xfffffff ? 8 : n - 1 > 0xffffff ? 7 : n - 1 > 0xfffff ? 6 : n - 1 > 0xffff ? 5 : 4;
}

/* The printable form of 16 octets: a loop that compilers make a few vector instructions of. */
static void put_ascii(char *to, const uint8_t *octets)
{
	for (size_t i = 0; i < ROW; i++)
		to[i] = (uint8_t)(octets[i] - 0x20) < 0x5f ? (char)octets[i] : '.';
}

static void put_rows(struct text *out, const uint8_t *octets, size_t n, enum hex_ascii ascii)
{
	unsigned width = n ? offset_digits(n) : 4;

	for (size_t row = 0; row < n; row += ROW) {
		size_t count = n - row < ROW ? n - row : ROW;
		uint8_t last[ROW] = { 0 };
		const uint8_t *from = octets + row;
		char *line = text_room(out, ROW_ROOM), *to = line;

		if (count < ROW)
			from = memcpy(last, from, count);
		to = put_hex(to, row, width);
		to = put_literal(to, "  ");
		for (size_t i = 0; i < ROW; i++)
			memcpy(to + 3 * i, hex_octets[from[i]], 4);
		memset(to + 3 * count, ' ', HEX_WIDTH + 2 - 3 * count);
		to += HEX_WIDTH + 2;
		if (ascii == HEX_ASCII_DELIMITED)
			*to++ = '|';
		put_ascii(to, from);
		to += ascii == HEX_NO_ASCII ? 0 : count;
		if (ascii == HEX_ASCII_DELIMITED)
			*to++ = '|';
		*to++ = '\n';
		out->length += (size_t)(to - line);
	}
}

void render_hex_rows(struct text *out, const uint8_t *octets, size_t n)
{
	put_rows(out, octets, n, HEX_ASCII);
}

void render_hex(const struct dissection *d, struct text *out)
{
	const struct options *options = &d->session->options;
	const unsigned sources = options->hex_frames && d->source_count ? 1 : d->source_count;

	for (unsigned i = 0; i < sources; i++) {
		const struct source *source = &d->sources[i];
		if (sources > 1) {
			char *line = text_room(out, 128);
			out->length += text_format(line, 128, "%s (%u byte%s):\n", source->name, source->length,
			                           source->length == 1 ? "" : "s");
		}
		put_rows(out, source->data, source->length, options->hex_ascii);
	}
	text_put(out, "\n", 1);
}
