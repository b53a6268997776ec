/* field.c: names and widths. */

#include "dissect/field.h"

static const struct name set_rows[] = { { 0, "Not set" }, { 1, "Set" } };
static const struct name yes_rows[] = { { 0, "No" }, { 1, "Yes" } };
const struct names set_or_not = { set_rows, 2 };
const struct names yes_or_no = { yes_rows, 2 };

const char *name_of(const struct names *names, uint64_t value)
{
	if (!names || !names->count || value < names->rows[0].value)
		return NULL;

	/* Most tables are dense: look where the value would then stand. */
	const struct name *rows = names->rows;
	uint64_t guess = value - rows[0].value;
	if (guess < names->count && rows[guess].value == value)
		return rows[guess].text;

	uint32_t low = 0, high = names->count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (rows[middle].value <= value)
			low = middle;
		else
			high = middle;
	}
	return rows[low].value == value || value <= rows[low].through ? rows[low].text : NULL;
}

const char *name_or(const struct names *names, uint64_t value, const char *otherwise)
{
	const char *name = name_of(names, value);
	return name ? name : otherwise;
}

unsigned field_width(const struct field *field)
{
	static const uint8_t widths[] = {
		[UINT8] = 1, [UINT16] = 2, [UINT24] = 3, [UINT32] = 4, [UINT40] = 5, [UINT48] = 6,
		[UINT56] = 7, [UINT64] = 8, [INT8] = 1, [INT16] = 2, [INT24] = 3, [INT32] = 4,
		[INT64] = 8, [CHAR] = 1, [FLOAT] = 4, [DOUBLE] = 8, [IPV4] = 4, [IPV6] = 16,
		[MAC] = 6, [EUI64] = 8, [GUID] = 16, [FRAME_NUMBER] = 4, [NOTE] = 0,
	};
	return field->type < sizeof widths ? widths[field->type] : 0;
}
