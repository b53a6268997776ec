/* list.c: the packet list, a row for each frame: No., Time, Source, Destination, Protocol, Length, Info. */

#include "dissect/output.h"

enum { ROW_ROOM = 256 }; /* the columns without a text of their own */

/* Widths as in tshark: numbers stand right, addresses around the arrow. */
enum { NUMBER_WIDTH = 5, TIME_WIDTH = 10, ADDRESS_WIDTH = 12 };

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

/* The innermost address that the frame has: of its network layer, or else of its link layer. */
static char *put_address(char *to, const struct address *network, const struct address *link)
{
	const struct address *address = network->kind ? network : link;

	switch (address->kind) {
	case ADDRESS_IPV4:
		return put_ipv4(to, be32(address->octets));
	case ADDRESS_IPV6:
		return put_ipv6(to, address->octets);
	case ADDRESS_MAC:
		return put_mac(to, address->octets);
	default:
		return to;
	}
}

static char *put_time(char *to, const struct dissection *d, const struct frame_times *times)
{
	enum { NANOSECONDS = 9 };
	struct timestamp since = { 0, 0 };

	if (!d->frame->has_time)
		return to;
	if (times->has_first)
		since = timestamp_span(d->frame->time, times->first);
	to = put_span(to, since) - (NANOSECONDS - d->frame->time_digits);
	return d->frame->time_digits ? to : to - 1;
}

static void put_column(struct text *out, const struct column *column)
{
	memcpy(text_room(out, column->length), column->text, column->length);
	out->length += column->length;
}

void render_row(const struct dissection *d, const struct frame_times *times, struct text *out)
{
	char *row = text_room(out, ROW_ROOM), *to = row, *from;

	to = put_right(to, put_decimal(to, d->frame->number), NUMBER_WIDTH);
	*to++ = ' ';
	to = put_right(to, put_time(to, d, times), TIME_WIDTH);
	*to++ = ' ';
	to = put_right(to, put_address(to, &d->source, &d->link_source), ADDRESS_WIDTH);
	to = put_literal(to, " \xe2\x86\x92 ");
	from = to;
	to = put_address(to, &d->destination, &d->link_destination);
	if (to - from < ADDRESS_WIDTH)
		to = put_blanks(to, (size_t)(ADDRESS_WIDTH - (to - from)));
	*to++ = ' ';
	out->length += (size_t)(to - row);
	put_column(out, &d->columns->protocol);
	to = row = text_room(out, ROW_ROOM);
	*to++ = ' ';
	to = put_decimal(to, d->frame->length);
	*to++ = ' ';
	out->length += (size_t)(to - row);
	put_column(out, &d->columns->info);
	*text_room(out, 1) = '\n';
	out->length++;
}
