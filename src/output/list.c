/* list.c: the packet list, a row for each frame: No., Time, Source, Destination, Protocol, Length, Info. */

#include "dissect/layout.h"

enum { ROW_ROOM = 2 * RESOLVED_LARGEST + 128 }; /* the columns without a text of their own */

static char *put_blanks(char *to, size_t n)
{
	memset(to, ' ', n);
	return to + n;
}

/* Moves a text that was put at `from` to the right of its column. */
static char *put_right(char *from, char *to, size_t width)
{
	size_t n = (size_t)(to - from);

	if (n >= width)
		return to;
	memmove(from + width - n, from, n);
	memset(from, ' ', width - n);
	return from + width;
}

char *put_list_address(char *to, const struct dissection *d, const struct address *address, bool named)
{
	if (address->kind == ADDRESS_IPX)
		return put_ipx(to, address->octets);
	return resolve_name(named ? d->session->resolver : NULL, to, address);
}

char *put_row_address(char *to, const struct dissection *d, const struct address *network, const struct address *link,
                      bool named)
{
	const struct address *address = network->kind && !d->link_is_inner ? network : link;

	if (!address->kind && d->columns->is_point_to_point)
		return put_literal(to, "N/A");
	return put_list_address(to, d, address, named);
}

static void put_column(struct text *out, const struct column *column)
{
	memcpy(text_room(out, column->length), column->text, column->length);
	out->length += column->length;
}

void render_columns(const struct dissection *d, const struct frame_times *times, char separator, struct text *out)
{
	if (d->session->options.layout) {
		render_layout(d->session->options.layout, d, times, separator, out);
		return;
	}
	char *row = text_room(out, ROW_ROOM), *to = row, *from;

	to = put_right(to, put_decimal(to, d->frame->number), NUMBER_WIDTH);
	*to++ = separator;
	to = put_right(to, put_time_column(to, d, times, &d->session->options.time), TIME_WIDTH);
	*to++ = separator;
	to = put_right(to, put_row_address(to, d, &d->source, &d->link_source, true), ADDRESS_WIDTH);
	*to++ = separator;
	to = put_literal(to, "\xe2\x86\x92");
	*to++ = separator;
	from = to;
	to = put_row_address(to, d, &d->destination, &d->link_destination, true);
	if (to - from < ADDRESS_WIDTH)
		to = put_blanks(to, (size_t)(ADDRESS_WIDTH - (to - from)));
	*to++ = separator;
	out->length += (size_t)(to - row);
	put_column(out, &d->columns->protocol);
	to = row = text_room(out, ROW_ROOM);
	*to++ = separator;
	to = put_decimal(to, d->frame->length);
	*to++ = separator;
	out->length += (size_t)(to - row);
	put_column(out, &d->columns->info);
	*text_room(out, 1) = '\n';
	out->length++;
}

void render_row(const struct dissection *d, const struct frame_times *times, struct text *out)
{
	render_columns(d, times, ' ', out);
}
