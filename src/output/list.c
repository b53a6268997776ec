/* list.c: the packet list, a row for each frame: No., Time, Source, Destination, Protocol, Length, Info. */

#include "dissect/output.h"
#include "dissect/values.h"

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

/* The innermost address that the frame has: of its network layer, or of a link layer without or within one. */
static char *put_address(char *to, const struct dissection *d, const struct address *network, const struct address *link)
{
	const struct address *address = network->kind && !d->link_is_inner ? network : link;

	switch (address->kind) {
	case ADDRESS_IPV4:
		return put_ipv4(to, be32(address->octets));
	case ADDRESS_IPV6:
		return put_ipv6(to, address->octets);
	case ADDRESS_MAC:
		return put_mac(to, address->octets);
	case ADDRESS_IPX:
		return put_ipx(to, address->octets);
	default:
		return d->columns->is_point_to_point ? put_literal(to, "N/A") : to;
	}
}

static void put_column(struct text *out, const struct column *column)
{
	memcpy(text_room(out, column->length), column->text, column->length);
	out->length += column->length;
}

const char *const list_titles[LIST_END] = {
	[LIST_NUMBER] = "No.", [LIST_TIME] = "Time", [LIST_SOURCE] = "Source", [LIST_DESTINATION] = "Destination",
	[LIST_PROTOCOL] = "Protocol", [LIST_LENGTH] = "Length", [LIST_INFO] = "Info",
};

enum list_column list_column_named(const char *name)
{
	static const char prefix[] = "_ws.col.";

	if (strncmp(name, prefix, sizeof prefix - 1))
		return NOT_LISTED;
	for (unsigned i = LIST_NUMBER; i < LIST_END; i++)
		if (!strcmp(name + sizeof prefix - 1, list_titles[i]))
			return (enum list_column)i;
	return NOT_LISTED;
}

struct text_span list_column_text(const struct dissection *d, const struct frame_times *times, enum list_column column)
{
	if (column == LIST_PROTOCOL)
		return (struct text_span){ d->columns->protocol.text, d->columns->protocol.length };
	if (column == LIST_INFO)
		return (struct text_span){ d->columns->info.text, d->columns->info.length };
	char *text = arena_alloc(d->arena, TIME_LARGEST), *to = text;
	if (column == LIST_TIME)
		to = put_time_column(to, d, times);
	else if (column == LIST_SOURCE)
		to = put_address(to, d, &d->source, &d->link_source);
	else if (column == LIST_DESTINATION)
		to = put_address(to, d, &d->destination, &d->link_destination);
	else
		to = put_decimal(to, column == LIST_NUMBER ? d->frame->number : d->frame->length);
	arena_shrink(d->arena, to);
	return (struct text_span){ text, (size_t)(to - text) };
}

void render_columns(const struct dissection *d, const struct frame_times *times, char separator, struct text *out)
{
	char *row = text_room(out, ROW_ROOM), *to = row, *from;

	to = put_right(to, put_decimal(to, d->frame->number), NUMBER_WIDTH);
	*to++ = separator;
	to = put_right(to, put_time_column(to, d, times), TIME_WIDTH);
	*to++ = separator;
	to = put_right(to, put_address(to, d, &d->source, &d->link_source), ADDRESS_WIDTH);
	*to++ = separator;
	to = put_literal(to, "\xe2\x86\x92");
	*to++ = separator;
	from = to;
	to = put_address(to, d, &d->destination, &d->link_destination);
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
