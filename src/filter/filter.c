/* filter.c: display filters: made of their expressions, and asked of frames. */

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "dissect/filter_private.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/text.h"
#include "dissect/values.h"

/* ---- the values of a frame ---- */

/* A node that a reference asks for. */
struct found {
	uint32_t reference;
	uint32_t layer; /* that it stands in, from 1: how often the layer's protocol has come, where layers are asked for */
	node_ref node;
	const struct field *as;
};

struct evaluation {
	const struct filter *filter;
	const struct dissection *d;
	struct arena *arena;
	struct found *found;
	uint32_t found_count, found_room;
};

static void add_found(struct evaluation *e, struct found found)
{
	if (e->found_count == e->found_room) {
		e->found_room = e->found_room ? e->found_room * 2 : 16;
		struct found *larger = arena_alloc(e->arena, e->found_room * sizeof *larger);
		if (e->found_count)
			memcpy(larger, e->found, e->found_count * sizeof *larger);
		e->found = larger;
	}
	e->found[e->found_count++] = found;
}

/* Protocols that stand in each other around a node, the outermost first, and how often each has come so far. */
struct layers {
	uint32_t *counts; /* by the number of its declaration; NULL: nobody asks */
	unsigned depth;
	struct layer {
		const struct node *top; /* NULL: none */
		uint32_t count;
	} open[UINT8_MAX + 2]; /* the first is none */
};

/* Does what stands in one protocol belong to it by its name, as tcp.options.nop does to tcp? */
static bool is_part(const struct node *node, const struct node *in)
{
	const size_t n = in ? strlen(in->field->filter) : 0;

	return n && !strncmp(node->field->filter, in->field->filter, n) && node->field->filter[n] == '.';
}

/* The layer that a node stands in: of its own protocol, if it is a top line. */
static uint32_t layer_of(struct layers *layers, const struct node *node, const struct field_set_slot *slot)
{
	const bool is_top = slot && filter_is_layer(node->field);

	/* what stands beside the topmost line of a protocol is a part of that, too */
	while (layers->depth && layers->open[layers->depth].top->depth >= node->depth && (node->depth || is_top || layers->depth > 1))
		layers->depth--;
	if (is_top && !is_part(node, layers->open[layers->depth].top))
		layers->open[++layers->depth] = (struct layer){ node, ++layers->counts[slot->number] };
	return layers->open[layers->depth].count;
}

/* Lists the nodes that the filter asks for, in the order of the tree. */
static void find_nodes(struct evaluation *e)
{
	const struct filter *filter = e->filter;
	const struct tree *tree = e->d->tree;
	struct layers layers;

	layers.counts = filter->has_layers ? arena_zero(e->arena, filter->use_count * sizeof *layers.counts) : NULL;
	layers.depth = 0;
	layers.open[0] = (struct layer){ 0 };
	for (node_ref node = 1; tree && node < tree->count; node++) {
		const struct node *at = &tree->nodes[node];
		const struct field_set_slot *slot = field_set_find(&filter->fields, at->field);
		const uint32_t layer = layers.counts ? layer_of(&layers, at, slot) : 0;
		for (uint32_t next = slot ? slot->number + 1 : 0; next; next = filter->uses[next - 1].next) {
			const struct use *use = &filter->uses[next - 1];
			if (use->as && stands_beside(e->d, at, use->as))
				add_found(e, (struct found){ use->reference, layer, node, use->as });
		}
	}
}

/* Octets that a node reaches over, as far as they were captured. */
static struct value octets_under(const struct dissection *d, const struct node *node)
{
	const struct text_span octets = octets_of(d, node);

	return (struct value){
		.type = VALUE_OCTETS, .octets = (const uint8_t *)octets.at, .length = (uint32_t)octets.n,
		.reach = (uint32_t)octets_at(d, node, node->value_length).n,
	};
}

static struct value octets_of_number(struct arena *arena, uint64_t number, unsigned n)
{
	uint8_t *octets = arena_alloc(arena, 8);

	for (unsigned i = 0; i < n; i++)
		octets[i] = (uint8_t)(number >> 8 * (n - 1 - i));
	return (struct value){ .type = VALUE_OCTETS, .length = n, .octets = octets };
}

static struct value value_of(const struct evaluation *e, const struct node *node, const struct field *as)
{
	struct node beside;
	if (as->type != node->field->type) { /* the name of an address, the organisation of one */
		beside = node_beside(e->d, node, as);
		node = &beside;
	}
	const struct field *field = node->field;
	const enum field_type field_type = filter_type(field);
	const struct type *type = &filter_types[field_type];
	struct value value = { .type = type->value_type, .is_wide = type->is_wide };

	switch (type->value_type) {
	case VALUE_SIGNED:
		value.integer = signed_number(field, node->number);
		break;
	case VALUE_REAL:
		value.real = node->real;
		break;
	case VALUE_IPV6:
		value.prefix = 128;
		value.octets = node->octets;
		value.length = 16;
		break;
	case VALUE_TIME:
	case VALUE_SPAN:
		value.time = (struct timestamp){ node->seconds, node->nanoseconds };
		break;
	case VALUE_OCTETS:
		if (field->type == PROTOCOL || field->is_octets)
			return octets_under(e->d, node);
		if (field->type == MAC)
			return octets_of_number(e->arena, node->number, 6);
		value.octets = node->octets;
		value.length = field->type == GUID ? 16 : node->value_length;
		break;
	case VALUE_STRING:
		value.octets = node->octets;
		value.length = node->value_length;
		break;
	default:
		value.prefix = 32;
		value.number = node->number * (field->scale ? field->scale : 1);
	}
	return value;
}

/* ---- operands ---- */

static struct values evaluate(struct evaluation *e, const struct expression *operand);

static struct values room_for(struct evaluation *e, size_t count)
{
	return (struct values){ arena_alloc(e->arena, (count + 1) * sizeof(struct value)), 0, count != 0 };
}

static bool is_wanted_layer(const struct expression *field, uint32_t layer, uint32_t last)
{
	for (uint32_t i = 0; i < field->range_count; i++) {
		const struct range *range = &field->ranges[i];
		const int64_t from = range->from < 0 ? range->from + last + 1 : range->from;
		const int64_t to = range->to < 0 ? range->to + last + 1 : range->to;
		if (layer >= from && layer <= to)
			return true;
	}
	return false;
}

/* The last layer that has the field; 0: none. */
static uint32_t last_layer(const struct evaluation *e, uint32_t reference)
{
	for (uint32_t i = e->found_count; i--;)
		if (e->found[i].reference == reference)
			return e->found[i].layer;
	return 0;
}

static struct values column_value(struct evaluation *e, enum pseudo_field pseudo)
{
	const struct columns *columns = e->d->columns;
	struct values values = room_for(e, 1);

	values.is_there = columns;
	if (!columns)
		return values;
	const struct column *column = pseudo == COLUMN_INFO ? &columns->info : &columns->protocol;
	values.all[values.count++] =
		(struct value){ .type = VALUE_STRING, .length = column->length, .octets = (const uint8_t *)column->text };
	return values;
}

static struct values field_values(struct evaluation *e, const struct expression *field)
{
	const struct reference *reference = &e->filter->references[field->reference];

	if (reference->pseudo)
		return column_value(e, reference->pseudo);
	struct values values = room_for(e, e->found_count);
	const uint32_t last = reference->has_layers ? last_layer(e, field->reference) : 0;
	for (uint32_t i = 0; i < e->found_count; i++) {
		const struct found *found = &e->found[i];
		if (found->reference == field->reference &&
		    (!reference->has_layers || is_wanted_layer(field, found->layer, last)))
			values.all[values.count++] = value_of(e, &e->d->tree->nodes[found->node], found->as);
	}
	values.is_there = values.count;
	return values;
}

/* Of an address its octets; what else can be sliced has them. */
static struct value as_octets(struct evaluation *e, struct value value)
{
	return value.type == VALUE_IPV4 ? octets_of_number(e->arena, value.number, 4) : value;
}

/* A range of n octets, by its first and the one behind its last. False: it is not within them. */
static bool place_range(const struct range *range, int64_t n, int64_t *from, int64_t *to)
{
	*from = range->from < 0 ? range->from + n : range->from;
	*to = range->to < 0 ? range->to + n + 1 : range->to + 1;
	return *from >= 0 && *from < *to && *to <= n;
}

/* Of each value the ranges that it has, up to the first that it has not: none may be left. */
static struct values slice_values(struct evaluation *e, const struct expression *slice)
{
	const struct values of = evaluate(e, slice->left);
	struct values values = room_for(e, of.count);

	for (uint32_t i = 0; i < of.count; i++) {
		const struct value whole = as_octets(e, of.all[i]);
		uint8_t *octets = NULL;
		uint32_t length = 0;
		int64_t from, to;
		for (uint32_t n = 0; n < slice->range_count && place_range(&slice->ranges[n], whole.length, &from, &to); n++) {
			octets = arena_extend(e->arena, octets, length, (size_t)(to - from));
			memcpy(octets + length, whole.octets + from, (size_t)(to - from));
			length += (uint32_t)(to - from);
		}
		values.all[values.count++] = (struct value){ .type = VALUE_OCTETS, .length = length, .octets = octets };
	}
	return values;
}

/* Of a number without a sign: the difference may have one, but what else does not fit does not exist. */
static bool calculate_unsigned(enum operator operator, struct value a, uint64_t b, struct value *result)
{
	const uint64_t most = a.is_wide ? UINT64_MAX : UINT32_MAX;

	switch (operator) {
	case OPERATOR_PLUS:
		return !__builtin_add_overflow(a.number, b, &result->number) && result->number <= most;
	case OPERATOR_MINUS:
		if (a.number < b)
			result->type = VALUE_SIGNED;
		result->number = a.number - b;
		return a.number >= b || b <= most / 2;
	case OPERATOR_TIMES:
		return !__builtin_mul_overflow(a.number, b, &result->number) && result->number <= most;
	case OPERATOR_DIVIDE:
		result->number = b ? a.number / b : 0;
		return b;
	case OPERATOR_REMAINDER:
		result->number = b ? a.number % b : 0;
		return b;
	default:
		result->number = a.number & b;
		return true;
	}
}

static bool calculate_signed(enum operator operator, struct value a, int64_t b, struct value *result)
{
	bool is_good = true;
	int64_t *to = &result->integer;

	switch (operator) {
	case OPERATOR_PLUS:
		is_good = !__builtin_add_overflow(a.integer, b, to);
		break;
	case OPERATOR_MINUS:
		is_good = !__builtin_sub_overflow(a.integer, b, to);
		break;
	case OPERATOR_TIMES:
		is_good = !__builtin_mul_overflow(a.integer, b, to);
		break;
	case OPERATOR_DIVIDE:
	case OPERATOR_REMAINDER:
		is_good = b && (b != -1 || a.integer != INT64_MIN);
		if (is_good)
			*to = operator == OPERATOR_DIVIDE ? a.integer / b : a.integer % b;
		break;
	default:
		*to = a.integer & b;
	}
	return is_good && (a.is_wide || *to == (int32_t)*to);
}

/* The second number is taken as one of the first's kind. */
static bool calculate_numbers(enum operator operator, struct value a, struct value b, struct value *result)
{
	if (a.type == VALUE_UNSIGNED)
		return calculate_unsigned(operator, a, a.is_wide ? b.number : (uint32_t)b.number, result);
	if (b.type == VALUE_UNSIGNED && b.number > (a.is_wide ? INT64_MAX : INT32_MAX))
		return false;
	return calculate_signed(operator, a, b.integer, result);
}

static double calculate_reals(enum operator operator, double a, double b)
{
	return operator == OPERATOR_PLUS ? a + b : operator == OPERATOR_MINUS ? a - b : operator == OPERATOR_TIMES ? a * b : a / b;
}

static struct timestamp sum_of(struct timestamp a, struct timestamp b, bool is_difference)
{
	const uint64_t from = (uint64_t)timestamp_nanoseconds(a), by = (uint64_t)timestamp_nanoseconds(b);

	return timestamp_of((int64_t)(is_difference ? from - by : from + by));
}

/* Octet by octet, as far as both reach. */
static struct value and_octets(struct evaluation *e, struct value a, struct value b)
{
	const uint32_t n = a.length < b.length ? a.length : b.length;
	uint8_t *octets = arena_alloc(e->arena, n + 1);

	for (uint32_t i = 0; i < n; i++)
		octets[i] = a.octets[i] & b.octets[i];
	return (struct value){ .type = VALUE_OCTETS, .length = n, .octets = octets };
}

static uint32_t ipv4_mask(unsigned bits)
{
	return bits ? UINT32_MAX << (32 - bits) : 0;
}

/* As far as both prefixes reach. */
static struct value and_ipv4(struct value a, struct value b)
{
	a.number &= b.number & ipv4_mask(a.prefix) & ipv4_mask(b.prefix);
	a.prefix = 32;
	return a;
}

/* False: it cannot be told, as with a divisor of 0. */
static bool calculate(struct evaluation *e, enum operator operator, struct value a, struct value b, struct value *result)
{
	*result = a;
	switch (a.type) {
	case VALUE_OCTETS:
		*result = and_octets(e, a, b);
		return true;
	case VALUE_REAL:
		result->real = calculate_reals(operator, a.real, b.real);
		return operator != OPERATOR_DIVIDE || b.real != 0;
	case VALUE_SPAN:
		result->time = sum_of(a.time, b.time, operator == OPERATOR_MINUS);
		return true;
	case VALUE_IPV4:
		*result = and_ipv4(a, b);
		return true;
	case VALUE_IPV6:
		*result = and_octets(e, a, b);
		result->type = VALUE_IPV6;
		result->prefix = 128;
		return true;
	default:
		return calculate_numbers(operator, a, b, result);
	}
}

enum { MOST_PAIRS = 1 << 16 }; /* of values that are calculated with: a frame may have thousands of a field */

static struct values calculated_values(struct evaluation *e, const struct expression *sum)
{
	const struct values left = evaluate(e, sum->left), right = evaluate(e, sum->right);
	const uint64_t pairs = (uint64_t)left.count * right.count;
	struct values values = room_for(e, pairs < MOST_PAIRS ? pairs : MOST_PAIRS);

	values.is_there = left.is_there && right.is_there;
	for (uint32_t i = 0; i < left.count; i++)
		for (uint32_t k = 0; k < right.count && values.count < MOST_PAIRS; k++)
			values.count += calculate(e, sum->operator, left.all[i], right.all[k], &values.all[values.count]);
	return values;
}

static bool negate(struct value *value)
{
	if (value->type == VALUE_REAL) {
		value->real = -value->real;
	} else if (value->type == VALUE_SPAN) {
		value->time = sum_of((struct timestamp){ 0, 0 }, value->time, true);
	} else {
		const struct value zero = { .type = VALUE_SIGNED, .is_wide = value->is_wide };
		return calculate_numbers(OPERATOR_MINUS, zero, *value, value) && (value->type = VALUE_SIGNED);
	}
	return true;
}

static struct values negative_values(struct evaluation *e, const struct expression *negative)
{
	struct values values = evaluate(e, negative->left);
	uint32_t kept = 0;

	for (uint32_t i = 0; i < values.count; i++) {
		values.all[kept] = values.all[i];
		kept += negate(&values.all[kept]);
	}
	values.count = kept;
	return values;
}

static struct values call_values(struct evaluation *e, const struct expression *call)
{
	enum { FEW = 8 };
	struct values few[FEW], *arguments = few;
	unsigned count = 0;

	for (const struct expression *argument = call->elements; argument; argument = argument->next)
		count++;
	if (count > FEW)
		arguments = arena_alloc(e->arena, count * sizeof *arguments);
	count = 0;
	for (const struct expression *argument = call->elements; argument; argument = argument->next)
		arguments[count++] = evaluate(e, argument);
	return call->function->call(e->arena, call, arguments, count);
}

static struct values evaluate(struct evaluation *e, const struct expression *operand)
{
	struct values values;

	switch (operand->type) {
	case OPERAND_FIELD:
		return field_values(e, operand);
	case OPERAND_REFERENCE:
		return (struct values){ NULL, 0, false };
	case OPERAND_SLICE:
		return slice_values(e, operand);
	case OPERAND_CALCULATION:
		return calculated_values(e, operand);
	case OPERAND_NEGATIVE:
		return negative_values(e, operand);
	case OPERAND_CALL:
		return call_values(e, operand);
	default:
		values = room_for(e, 1);
		values.all[values.count++] = operand->value;
		return values;
	}
}

/* ---- tests ---- */

static int sign_of(int order)
{
	return (order > 0) - (order < 0);
}

static int compare_strings(struct value a, struct value b)
{
	const uint32_t n = a.length < b.length ? a.length : b.length;
	const int order = n ? memcmp(a.octets, b.octets, n) : 0;

	return order ? sign_of(order) : (a.length > b.length) - (a.length < b.length);
}

/* The longer is greater. */
static int compare_octets(struct value a, struct value b)
{
	return a.length == b.length ? compare_strings(a, b) : a.length > b.length ? 1 : -1;
}

/* As far as the shorter of the two prefixes reaches. */
static int compare_ipv4(struct value a, struct value b)
{
	const unsigned bits = a.prefix < b.prefix ? a.prefix : b.prefix;
	const uint32_t left = (uint32_t)a.number & ipv4_mask(bits), right = (uint32_t)b.number & ipv4_mask(bits);

	return (left > right) - (left < right);
}

static int compare_ipv6(struct value a, struct value b)
{
	const unsigned bits = a.prefix < b.prefix ? a.prefix : b.prefix;
	const int order = memcmp(a.octets, b.octets, bits / 8);

	if (order || bits % 8 == 0)
		return sign_of(order);
	return sign_of((a.octets[bits / 8] >> (8 - bits % 8)) - (b.octets[bits / 8] >> (8 - bits % 8)));
}

static int compare_integers(struct value a, struct value b)
{
	if (a.type == VALUE_SIGNED && b.type == VALUE_SIGNED)
		return (a.integer > b.integer) - (a.integer < b.integer);
	if (a.type == VALUE_SIGNED && a.integer < 0)
		return -1;
	if (b.type == VALUE_SIGNED && b.integer < 0)
		return BEYOND;
	return (a.number > b.number) - (a.number < b.number);
}

static bool is_integer(struct value value)
{
	return value.type == VALUE_UNSIGNED || value.type == VALUE_SIGNED;
}

int filter_compare(struct value a, struct value b)
{
	if (a.type != b.type && !(is_integer(a) && is_integer(b))) /* fields of one name, but of several types */
		return BEYOND;
	switch (a.type) {
	case VALUE_REAL:
		return (a.real > b.real) - (a.real < b.real);
	case VALUE_IPV4:
		return compare_ipv4(a, b);
	case VALUE_IPV6:
		return compare_ipv6(a, b);
	case VALUE_OCTETS:
		return compare_octets(a, b);
	case VALUE_STRING:
		return compare_strings(a, b);
	case VALUE_TIME:
	case VALUE_SPAN:
		return sign_of(timestamp_compare(a.time, b.time));
	default:
		return compare_integers(a, b);
	}
}

/* What is searched. */
static size_t reach_of(struct value value)
{
	return value.reach > value.length ? value.reach : value.length;
}

/* Nothing is found in octets alone. */
static bool contains(const struct expression *left, struct value a, struct value b)
{
	if (!b.length)
		return left->field_type == OCTETS;
	return reach_of(a) >= b.length && memmem(a.octets, reach_of(a), b.octets, b.length);
}

/* `otherwise` where it cannot be told. */
static bool holds(enum operator operator, struct value a, struct value b, bool otherwise)
{
	const int order = filter_compare(a, b);

	if (order == BEYOND)
		return otherwise;
	switch (operator) {
	case OPERATOR_EQUAL:
	case OPERATOR_ALL_EQUAL:
		return order == 0;
	case OPERATOR_GREATER:
		return order > 0;
	case OPERATOR_LESS:
		return order < 0;
	case OPERATOR_GREATER_EQUAL:
		return order >= 0;
	case OPERATOR_LESS_EQUAL:
		return order <= 0;
	default:
		return order != 0;
	}
}

/*
 * A pattern may take time without end over octets of an enemy's: so many steps are enough for any that is meant well, and what takes
 * more does not match.
 */
static bool matches(const struct expression *e, struct value a)
{
	enum { STEPS = 1000000, DEPTH = 10000 };
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);

	if (limits) {
		pcre2_set_match_limit(limits, STEPS);
		pcre2_set_depth_limit(limits, DEPTH);
	}
	const bool found = limits && data &&
	                   pcre2_match(e->pattern, (PCRE2_SPTR)(a.octets ? a.octets : (const uint8_t *)""), reach_of(a), 0, 0, data,
	                               limits) >= 0;
	pcre2_match_data_free(data);
	pcre2_match_context_free(limits);
	return found;
}

static bool fulfils(const struct expression *test, struct value a, struct value b)
{
	switch (test->operator) {
	case OPERATOR_MATCHES:
		return matches(test, a);
	case OPERATOR_CONTAINS:
		return contains(test->left, a, b);
	default:
		return holds(test->operator, a, b, test->for_all);
	}
}

/* Does the comparison hold of any value, or of all? Where there is nothing to compare it does not. */
static bool test_relation(struct evaluation *e, const struct expression *test)
{
	static struct value none;
	const struct values left = evaluate(e, test->left);
	struct values right = { &none, 1, true };

	if (!left.is_there)
		return false;
	if (test->operator != OPERATOR_MATCHES)
		right = evaluate(e, test->right);
	if (!right.is_there)
		return false;
	for (uint32_t i = 0; i < left.count; i++)
		for (uint32_t k = 0; k < right.count; k++)
			if (fulfils(test, left.all[i], right.all[k]) != test->for_all)
				return !test->for_all;
	return test->for_all;
}

/* Is it equal to any value of an element, or to all? In a range: at its ends, too. */
static bool is_element(struct evaluation *e, struct value value, const struct expression *element, bool for_all)
{
	const struct values from = evaluate(e, element);
	uint32_t i = 0;

	if (element->through) {
		const struct values to = evaluate(e, element->through);
		return from.count && to.count && holds(OPERATOR_GREATER_EQUAL, value, from.all[0], for_all) &&
		       holds(OPERATOR_LESS_EQUAL, value, to.all[0], for_all);
	}
	while (i < from.count && holds(OPERATOR_EQUAL, value, from.all[i], for_all) == for_all)
		i++;
	return from.count && (i == from.count) == for_all;
}

/* Is there an element that any value is, or all are? */
static bool test_set(struct evaluation *e, const struct expression *test)
{
	const struct values left = evaluate(e, test->left);

	for (const struct expression *element = test->elements; element && left.count; element = element->next) {
		uint32_t i = 0;
		while (i < left.count && is_element(e, left.all[i], element, test->for_all) == test->for_all)
			i++;
		if ((i == left.count) == test->for_all)
			return true;
	}
	return false;
}

static bool is_zero(struct value value)
{
	switch (value.type) {
	case VALUE_REAL:
		return value.real == 0;
	case VALUE_SPAN:
		return !value.time.seconds && !value.time.nanoseconds;
	case VALUE_OCTETS:
	case VALUE_IPV6:
		for (uint32_t i = 0; i < value.length; i++)
			if (value.octets[i])
				return false;
		return true;
	default:
		return !value.number;
	}
}

/* A field: is there one? A slice: has one octets? What is worked out: is one not zero? */
static bool test_exists(struct evaluation *e, const struct expression *test)
{
	const struct values values = evaluate(e, test->left);
	const bool is_worked_out = test->left->type == OPERAND_CALCULATION || test->left->type == OPERAND_NEGATIVE;

	for (uint32_t i = 0; i < values.count; i++)
		if (is_worked_out ? !is_zero(values.all[i]) : test->left->type != OPERAND_SLICE || values.all[i].length)
			return true;
	return false;
}

static bool test(struct evaluation *e, const struct expression *expression)
{
	const bool wanted = expression->type == LOGIC_OR;

	switch (expression->type) {
	case LOGIC_OR:
	case LOGIC_AND:
		for (const struct expression *part = expression->elements; part; part = part->next)
			if (test(e, part) == wanted)
				return wanted;
		return !wanted;
	case LOGIC_NOT:
		return !test(e, expression->left);
	case TEST_RELATION:
		return test_relation(e, expression);
	case TEST_IN:
		return test_set(e, expression);
	default:
		return test_exists(e, expression);
	}
}

bool filter_selects(const struct filter *filter, const struct dissection *d)
{
	struct evaluation e = { .filter = filter, .d = d, .arena = d->arena };

	find_nodes(&e);
	return test(&e, filter->root);
}

/* ---- filters ---- */

const struct field_set *filter_fields(const struct filter *filter)
{
	return &filter->fields;
}

bool filter_needs_columns(const struct filter *filter)
{
	return filter->needs_columns;
}

struct filter *filter_compile(const char *expression, struct filter_error *error)
{
	struct filter *filter = must_zero(1, sizeof *filter);

	*error = (struct filter_error){ 0 };
	filter->root = filter_parse(expression, &filter->arena, error);
	if (filter->root && filter_check(filter, filter->root, error))
		return filter;
	filter_free(filter);
	return NULL;
}

static void free_patterns(struct expression *e)
{
	if (!e)
		return;
	pcre2_code_free(e->pattern);
	if (e->type == LOGIC_NOT)
		free_patterns(e->left);
	for (struct expression *part = e->type == LOGIC_OR || e->type == LOGIC_AND ? e->elements : NULL; part; part = part->next)
		free_patterns(part);
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	free_patterns(filter->root);
	free(filter->references);
	free(filter->uses);
	field_set_free(&filter->fields);
	arena_free(&filter->arena);
	free(filter);
}
