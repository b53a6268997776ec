/* columns.c: the texts of the packet list's columns while a frame is dissected. */

#include "dissect/columns.h"

#include <stdarg.h>
#include <string.h>

#include "dissect/text.h"
#include "dissect/tree.h"

void columns_reset(struct columns *columns)
{
	columns->protocol = (struct column){ columns->protocol_text, sizeof columns->protocol_text, 0, 0 };
	columns->is_point_to_point = false;
	columns->info = (struct column){ columns->info_text, sizeof columns->info_text, 0, 0 };
}

/* Formats behind what the column has; what does not fit is left out, by whole characters. */
static void append(struct column *column, const char *format, va_list arguments)
{
	char *text = column->text + column->length;
	size_t room = column->room - column->length - 1; /* one octet is kept for the end of a string */
	size_t n = text_vformat(text, room + 1, format, arguments);

	column->length += (uint32_t)fitting(text, n, room);
}

#define APPEND(column, format)                       \
	do {                                             \
		va_list arguments;                           \
		va_start(arguments, format);                 \
		append(column, format, arguments);           \
		va_end(arguments);                           \
	} while (0)

static void append_octets(struct column *column, const char *text, size_t n)
{
	n = fitting(text, n, column->room - column->length - 1);
	memcpy(column->text + column->length, text, n);
	column->length += (uint32_t)n;
}

static void append_plain(struct column *column, const char *text)
{
	append_octets(column, text, strlen(text));
}

void columns_begin(struct columns *columns, const char *protocol)
{
	columns->protocol.length = columns->protocol.fence;
	columns->info.length = columns->info.fence;
	append_plain(&columns->protocol, protocol);
}

void columns_begin_link(struct columns *columns, const char *protocol, const char *info)
{
	columns_begin(columns, protocol);
	append_plain(&columns->info, info);
	columns->is_point_to_point = true;
}

void column_wrap(struct columns *columns, const char *before, const char *behind)
{
	char within[COLUMN_LARGEST + 1];
	const uint32_t n = columns->protocol.length;

	memcpy(within, columns->protocol.text, n);
	within[n] = 0;
	columns->protocol.length = 0;
	append_plain(&columns->protocol, before);
	append_plain(&columns->protocol, within);
	append_plain(&columns->protocol, behind);
}

void columns_fence(struct columns *columns)
{
	columns->info.fence = columns->info.length;
}

void column_set(struct columns *columns, const char *format, ...)
{
	columns->protocol.length = columns->protocol.fence;
	APPEND(&columns->protocol, format);
}

void column_append(struct columns *columns, const char *format, ...)
{
	APPEND(&columns->protocol, format);
}

void info_set(struct columns *columns, const char *format, ...)
{
	columns->info.length = columns->info.fence;
	APPEND(&columns->info, format);
}

void info_append(struct columns *columns, const char *separator, const char *format, ...)
{
	if (columns->info.length)
		append_plain(&columns->info, separator);
	APPEND(&columns->info, format);
}

void info_put(struct columns *columns, const char *text, size_t n)
{
	append_octets(&columns->info, text, n);
}

void info_put_number(struct columns *columns, const char *text, size_t n, uint32_t number)
{
	char digits[20];

	append_octets(&columns->info, text, n);
	append_octets(&columns->info, digits, (size_t)(put_decimal(digits, number) - digits));
}

void info_prepend(struct columns *columns, const char *format, ...)
{
	char behind[INFO_LARGEST + 1];
	const uint32_t n = columns->info.length, fence = columns->info.fence;

	memcpy(behind, columns->info.text, n);
	behind[n] = 0;
	columns->info.length = 0;
	APPEND(&columns->info, format);
	columns->info.fence = fence + columns->info.length;
	append_plain(&columns->info, behind);
}
