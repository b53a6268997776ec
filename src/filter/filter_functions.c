/* filter_functions.c: the functions of display filters, each a row in a table. */

#include "dissect/filter_private.h"

#include <string.h>

#include "dissect/der.h"
#include "dissect/text.h"

static struct values one(struct arena *arena, struct value value)
{
	struct values values = { arena_alloc(arena, sizeof value), 1, true };

	values.all[0] = value;
	return values;
}

static struct value number(uint64_t n)
{
	return (struct value){ .type = VALUE_UNSIGNED, .number = n };
}

/* len(): the octets of each value. */
static struct values call_len(struct arena *arena, const struct expression *e, const struct values *arguments, unsigned count)
{
	struct values values = *arguments;

	(void)arena;
	(void)count;
	for (uint32_t i = 0; i < values.count; i++) {
		struct value *value = &values.all[i];
		*value = number(value->type == VALUE_OCTETS || value->type == VALUE_STRING || value->type == VALUE_IPV6 ? value->length :
		                field_width(&(struct field){ .type = (uint8_t)e->elements->field_type }));
	}
	return values;
}

/* count(): how many values there are, if there are any. */
static struct values call_count(struct arena *arena, const struct expression *e, const struct values *arguments,
                                unsigned count)
{
	(void)e;
	(void)count;
	return arguments->count ? one(arena, number(arguments->count)) : *arguments;
}

static char *put_value_octets(char *to, enum field_type type, const struct value *value)
{
	struct oid oid;

	if (type == GUID && value->length == 16)
		return put_guid(to, value->octets);
	if (type != OID)
		return put_octets(to, value->octets, value->length, ':');
	oid_read(&oid, value->octets, value->length);
	return put_bytes(to, oid.text, strlen(oid.text));
}

static struct value text_of_value(struct arena *arena, enum field_type type, struct value value)
{
	char *text = arena_alloc(arena, value.length * 3 + OID_TEXT), *to = text;

	switch (value.type) {
	case VALUE_STRING:
		return value;
	case VALUE_IPV4:
		to = put_ipv4(to, (uint32_t)value.number);
		break;
	case VALUE_IPV6:
		to = put_ipv6(to, value.octets);
		break;
	case VALUE_OCTETS:
		to = put_value_octets(to, type, &value);
		break;
	case VALUE_SIGNED:
		to = put_signed(to, value.integer);
		break;
	case VALUE_REAL:
		to = put_double(to, value.real, 15);
		break;
	default:
		to = put_decimal(to, value.number);
	}
	return (struct value){ .type = VALUE_STRING, .length = (uint32_t)(to - text), .octets = (const uint8_t *)text };
}

static struct values call_string(struct arena *arena, const struct expression *e, const struct values *arguments,
                                 unsigned count)
{
	struct values values = *arguments;

	(void)count;
	for (uint32_t i = 0; i < values.count; i++)
		values.all[i] = text_of_value(arena, e->elements->field_type, values.all[i]);
	return values;
}

/* Letters of ASCII from the one case to the other. */
static struct values change_case(struct arena *arena, const struct values *arguments, char from)
{
	struct values values = *arguments;

	for (uint32_t i = 0; i < values.count; i++) {
		uint8_t *text = arena_copy(arena, values.all[i].octets, values.all[i].length);
		for (uint32_t k = 0; k < values.all[i].length; k++)
			if (text[k] >= from && text[k] < from + 26)
				text[k] ^= 0x20;
		values.all[i].octets = text;
	}
	return values;
}

static struct values call_upper(struct arena *arena, const struct expression *e, const struct values *arguments,
                                unsigned count)
{
	(void)e;
	(void)count;
	return change_case(arena, arguments, 'a');
}

static struct values call_lower(struct arena *arena, const struct expression *e, const struct values *arguments,
                                unsigned count)
{
	(void)e;
	(void)count;
	return change_case(arena, arguments, 'A');
}

/* abs(): of numbers; times are left as they are. */
static struct values call_abs(struct arena *arena, const struct expression *e, const struct values *arguments,
                              unsigned count)
{
	struct values values = *arguments;

	(void)arena;
	(void)e;
	(void)count;
	for (uint32_t i = 0; i < values.count; i++) {
		struct value *value = &values.all[i];
		if (value->type == VALUE_SIGNED && value->integer < 0)
			value->number = -value->number;
		else if (value->type == VALUE_REAL && value->real < 0)
			value->real = -value->real;
	}
	return values;
}

/* The one of all values of all arguments that stands at an end of their order. */
static struct values outermost(struct arena *arena, const struct values *arguments, unsigned count, int direction)
{
	const struct value *best = NULL;

	for (unsigned i = 0; i < count; i++)
		for (uint32_t k = 0; k < arguments[i].count; k++)
			if (!best || filter_compare(*best, arguments[i].all[k]) == -direction)
				best = &arguments[i].all[k];
	return best ? one(arena, *best) : (struct values){ NULL, 0, false };
}

static struct values call_max(struct arena *arena, const struct expression *e, const struct values *arguments,
                              unsigned count)
{
	(void)e;
	return outermost(arena, arguments, count, 1);
}

static struct values call_min(struct arena *arena, const struct expression *e, const struct values *arguments,
                              unsigned count)
{
	(void)e;
	return outermost(arena, arguments, count, -1);
}

enum { MANY = 1000 };

const struct function filter_functions[] = {
	{ "abs", 1, 1, SUBTREE, CAN_ABS, false, call_abs },
	{ "count", 1, 1, UINT32, CAN_BE_THERE, true, call_count },
	{ "len", 1, 1, UINT32, CAN_BE_THERE, true, call_len },
	{ "lower", 1, 1, STRING, CAN_CASE, true, call_lower },
	{ "max", 1, MANY, SUBTREE, CAN_COMPARE, false, call_max },
	{ "min", 1, MANY, SUBTREE, CAN_COMPARE, false, call_min },
	{ "string", 1, 1, STRING, CAN_STRING, true, call_string },
	{ "upper", 1, 1, STRING, CAN_CASE, true, call_upper },
};
const unsigned filter_function_count = sizeof filter_functions / sizeof *filter_functions;
