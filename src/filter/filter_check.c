/* filter_check.c: the fields that a display filter names, the types of what it compares, the values of what it writes out. */

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "dissect/filter_private.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/field_names.h"
#include "dissect/protocol.h"
#include "dissect/text.h"

enum {
	NUMBERS = CAN_AND | CAN_ADD | CAN_MULTIPLY | CAN_REMAIN | CAN_NEGATE | CAN_ABS | CAN_STRING | CAN_COMPARE | CAN_BE_THERE,
	REALS = CAN_ADD | CAN_MULTIPLY | CAN_NEGATE | CAN_ABS | CAN_STRING | CAN_COMPARE | CAN_BE_THERE,
	LONE = CAN_COMPARE | CAN_BE_THERE,
	SLICED = CAN_SLICE | CAN_BE_SLICED_WITH | LONE,
	ADDRESSES = SLICED | CAN_AND | CAN_STRING,
	SOUGHT = SLICED | CAN_CONTAIN | CAN_MATCH,
};

#define NUMBER_ROW(type, wide) [type] = { "a number", VALUE_UNSIGNED, KIN_NUMBER, wide, NUMBERS }
#define SIGNED_ROW(type, wide) [type] = { "a signed number", VALUE_SIGNED, KIN_NUMBER, wide, NUMBERS }

const struct type filter_types[] = {
	[SUBTREE] = { "a heading", VALUE_NONE, NO_KIN, false, CAN_BE_THERE },
	[NOTE] = { "an expert note", VALUE_NONE, NO_KIN, false, CAN_BE_THERE },
	[PROTOCOL] = { "a protocol", VALUE_OCTETS, KIN_PROTOCOL, false, SOUGHT },
	[BOOLEAN] = { "a flag", VALUE_UNSIGNED, KIN_FLAG, false, LONE | CAN_ABS },
	NUMBER_ROW(UINT8, false), NUMBER_ROW(UINT16, false), NUMBER_ROW(UINT24, false), NUMBER_ROW(UINT32, false),
	NUMBER_ROW(UINT40, true), NUMBER_ROW(UINT48, true), NUMBER_ROW(UINT56, true), NUMBER_ROW(UINT64, true),
	SIGNED_ROW(INT8, false), SIGNED_ROW(INT16, false), SIGNED_ROW(INT24, false), SIGNED_ROW(INT32, false),
	SIGNED_ROW(INT64, true), NUMBER_ROW(CHAR, false), NUMBER_ROW(FRAME_NUMBER, false),
	[EUI64] = { "an EUI-64 address", VALUE_UNSIGNED, KIN_NUMBER, true, NUMBERS & ~(CAN_MULTIPLY | CAN_REMAIN) },
	[FLOAT] = { "a floating-point number", VALUE_REAL, KIN_REAL, false, REALS },
	[DOUBLE] = { "a floating-point number", VALUE_REAL, KIN_REAL, false, REALS },
	[IPV4] = { "an IPv4 address", VALUE_IPV4, KIN_IPV4, false, ADDRESSES },
	[IPV6] = { "an IPv6 address", VALUE_IPV6, KIN_IPV6, false, ADDRESSES },
	[MAC] = { "a MAC address", VALUE_OCTETS, KIN_OCTETS, false, SOUGHT | CAN_AND | CAN_STRING },
	[GUID] = { "a GUID", VALUE_OCTETS, KIN_OCTETS, false, LONE | CAN_STRING | CAN_BE_SLICED_WITH },
	[OID] = { "an object identifier", VALUE_OCTETS, KIN_OCTETS, false, (SOUGHT & ~CAN_MATCH) | CAN_AND | CAN_STRING },
	[OCTETS] = { "octets", VALUE_OCTETS, KIN_OCTETS, false, SOUGHT | CAN_AND },
	[STRING] = { "a text", VALUE_STRING, KIN_STRING, false, SOUGHT | CAN_CASE },
	[ABSOLUTE_TIME] = { "a date", VALUE_TIME, KIN_TIME, false, LONE },
	[RELATIVE_TIME] = { "a time in seconds", VALUE_SPAN, KIN_SPAN, false, LONE | CAN_ADD | CAN_NEGATE | CAN_ABS },
};

enum field_type filter_type(const struct field *field)
{
	return field->is_octets ? OCTETS : field->type;
}

static const char *called(const struct expression *e)
{
	return filter_types[e->field_type].name;
}

static bool can(const struct expression *e, uint32_t what)
{
	return (filter_types[e->field_type].can & what) == what;
}

/* ---- names ---- */

static void add_use(struct filter *filter, const struct field *field, struct use use)
{
	const struct field_set_slot *slot = field_set_find(&filter->fields, field);

	filter->uses = must_realloc(filter->uses, (filter->use_count + 1) * sizeof *filter->uses);
	if (slot) { /* behind its first */
		use.next = filter->uses[slot->number].next;
		filter->uses[slot->number].next = filter->use_count + 1;
	} else {
		field_set_add(&filter->fields, field, filter->use_count);
	}
	filter->uses[filter->use_count++] = use;
}

static const struct pseudo_name {
	const char *name;
	enum pseudo_field pseudo;
} pseudo_names[] = {
	{ "_ws.col.protocol", COLUMN_PROTOCOL }, { "_ws.col.Protocol", COLUMN_PROTOCOL },
	{ "_ws.col.info", COLUMN_INFO }, { "_ws.col.Info", COLUMN_INFO },
};

static enum pseudo_field pseudo_of(const char *name)
{
	for (unsigned i = 0; i < sizeof pseudo_names / sizeof *pseudo_names; i++)
		if (!strcmp(pseudo_names[i].name, name))
			return pseudo_names[i].pseudo;
	return NO_PSEUDO_FIELD;
}

/* The reference that a name makes. */
struct referrer {
	struct filter *filter;
	uint32_t reference;
};

static void refer_to_field(void *context, const struct field *field, const struct field *as)
{
	const struct referrer *referrer = context;
	struct reference *reference = &referrer->filter->references[referrer->reference];
	const struct type *first = &filter_types[reference->type], *type = &filter_types[filter_type(as)];

	add_use(referrer->filter, field, (struct use){ .as = as, .reference = referrer->reference });
	/* of several types the last that has a value counts, of numbers of several widths the first */
	if (!reference->field || (type->can & CAN_COMPARE && !(first->kin == KIN_NUMBER && type->kin == KIN_NUMBER))) {
		reference->field = as;
		reference->type = filter_type(as);
	}
}

/* Expert notes and the like are called protocols, but are parts of those. */
bool filter_is_layer(const struct field *field)
{
	return field->type == PROTOCOL && strncmp(field->filter, "_ws.", 4);
}

static void count_layers(struct filter *filter)
{
	if (filter->has_layers)
		return;
	filter->has_layers = true;
	for (const struct protocol *const *protocol = protocols; *protocol; protocol++)
		for (unsigned i = 0; i < (*protocol)->field_count; i++)
			if (filter_is_layer(&(*protocol)->fields[i]))
				add_use(filter, &(*protocol)->fields[i], (struct use){ .as = NULL });
}

static bool is_field_name(const struct token *token)
{
	return token->type == TOKEN_WORD && (pseudo_of(token->text) || fields_named(token->text, NULL, NULL));
}

static uint32_t reference_to(struct filter *filter, const char *name, bool has_layers)
{
	for (uint32_t i = 0; i < filter->reference_count; i++)
		if (!strcmp(filter->references[i].name, name) && filter->references[i].has_layers == has_layers)
			return i;
	const uint32_t number = filter->reference_count++;
	filter->references = must_realloc(filter->references, filter->reference_count * sizeof *filter->references);
	struct reference *reference = &filter->references[number];
	*reference = (struct reference){ .name = name, .has_layers = has_layers, .pseudo = pseudo_of(name) };
	if (reference->pseudo) {
		filter->needs_columns = true;
		reference->type = STRING;
		return number;
	}
	struct referrer referrer = { filter, number };
	if (has_layers)
		count_layers(filter);
	fields_named(name, refer_to_field, &referrer);
	return number;
}

static void say_unknown(const struct token *token, struct filter_error *error)
{
	char near[256] = "";

	format_near_names(near, sizeof near - 1, token->text);
	filter_fault(error, token->span, "\"%s\" is neither a field nor a protocol%s", token->text, near);
}

/* ---- operands ---- */

static bool check_operand(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error);

/* A word that is a field becomes one. */
static void find_field(struct expression *e)
{
	if (e->type == OPERAND_LITERAL && (is_field_name(&e->token) || e->token.is_forced_field || e->ranges))
		e->type = OPERAND_FIELD;
}

/* What a literal beside this operand is understood by. */
static struct wanted wanted_by(const struct filter *filter, const struct expression *e)
{
	const struct expression *field = e;

	while (field->type == OPERAND_NEGATIVE || field->type == OPERAND_CALCULATION)
		field = field->left;
	return (struct wanted){
		.field = field->type == OPERAND_FIELD ? filter->references[field->reference].field : NULL, .type = e->field_type,
		.is_known = true,
	};
}

static bool check_field(struct filter *filter, struct expression *e, struct filter_error *error)
{
	if (!is_field_name(&e->token)) {
		say_unknown(&e->token, error);
		return false;
	}
	e->reference = reference_to(filter, e->token.text, e->range_count != 0);
	e->field_type = filter->references[e->reference].type;
	return true;
}

/* Its values are those of a frame that somebody picked, which nobody can: it has none. */
static bool check_reference(struct expression *e, struct filter_error *error)
{
	const struct field *field = NULL;
	char name[256];
	const size_t n = strcspn(e->token.text, "#");

	if (n < sizeof name) {
		memcpy(name, e->token.text, n);
		name[n] = 0;
		field = fields_named(name, NULL, NULL);
	}
	if (!field || field->type == PROTOCOL) {
		filter_fault(error, e->token.span, "\"%s\" is not a field", e->token.text);
		return false;
	}
	e->field_type = filter_type(field);
	return true;
}

static bool check_literal(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error)
{
	if (!wanted.is_known) {
		if (e->token.type == TOKEN_WORD)
			say_unknown(&e->token, error);
		else
			filter_fault(error, e->span, "here stands a field or a function, not a value");
		return false;
	}
	e->field_type = wanted.type;
	return filter_literal(&filter->arena, &e->token, &wanted, &e->value, error);
}

static bool check_slice(struct filter *filter, struct expression *e, struct filter_error *error)
{
	if (!check_operand(filter, e->left, (struct wanted){ 0 }, error))
		return false;
	e->field_type = OCTETS;
	if (can(e->left, CAN_SLICE) && e->left->type != OPERAND_REFERENCE)
		return true;
	filter_fault(error, e->left->span, "%s has no octets to take a slice of", called(e->left));
	return false;
}

static uint32_t needed_for(enum operator operator)
{
	switch (operator) {
	case OPERATOR_BITWISE_AND:
		return CAN_AND;
	case OPERATOR_PLUS:
	case OPERATOR_MINUS:
		return CAN_ADD;
	case OPERATOR_REMAINDER:
		return CAN_REMAIN;
	default:
		return CAN_MULTIPLY;
	}
}

static bool are_kin(const struct expression *a, const struct expression *b)
{
	return filter_types[a->field_type].kin == filter_types[b->field_type].kin;
}

static bool check_calculation(struct filter *filter, struct expression *e, struct wanted wanted,
                              struct filter_error *error)
{
	const uint32_t needed = needed_for(e->operator);

	wanted.is_calculated = true;
	if (!check_operand(filter, e->left, wanted, error))
		return false;
	wanted = wanted_by(filter, e->left);
	wanted.is_calculated = true;
	if (!check_operand(filter, e->right, wanted, error))
		return false;
	e->field_type = e->left->field_type;
	for (const struct expression *part = e->left; part; part = part == e->left ? e->right : NULL) {
		if (can(part, needed))
			continue;
		filter_fault(error, part->span, "%s cannot be calculated with like this", called(part));
		return false;
	}
	if (!are_kin(e->left, e->right))
		filter_fault(error, e->span, "%s and %s do not go together", called(e->left), called(e->right));
	return are_kin(e->left, e->right);
}

static bool check_negative(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error)
{
	wanted.is_calculated = true;
	if (!check_operand(filter, e->left, wanted, error))
		return false;
	e->field_type = e->left->field_type;
	const int64_t most = filter_types[e->field_type].is_wide ? INT64_MAX : INT32_MAX;
	if (e->left->type == OPERAND_LITERAL && can(e, CAN_REMAIN) && e->left->value.number > (uint64_t)most) {
		filter_fault(error, e->left->span, "\"%s\" is too much for a negative number: %lld at most", e->left->token.text,
		             (long long)most);
		return false;
	}
	if (!can(e, CAN_NEGATE))
		filter_fault(error, e->span, "%s has no sign", called(e));
	return can(e, CAN_NEGATE);
}

static bool find_function(struct expression *e, struct filter_error *error)
{
	for (unsigned i = 0; i < filter_function_count; i++)
		if (!strcmp(filter_functions[i].name, e->token.text))
			e->function = &filter_functions[i];
	if (!e->function)
		filter_fault(error, e->token.span, "there is no function \"%s\": len, count, string, upper, lower, abs, min, max",
		             e->token.text);
	return e->function;
}

/* May the function be asked of what stands there? */
static bool check_argument(struct filter *filter, struct expression *argument, const struct function *function,
                           struct wanted wanted, struct filter_error *error)
{
	find_field(argument);
	const bool is_field = argument->type == OPERAND_FIELD, is_slice = argument->type == OPERAND_SLICE;
	const bool is_quoted = argument->type == OPERAND_LITERAL && argument->token.type != TOKEN_WORD;
	const bool is_reference = argument->type == OPERAND_REFERENCE && function->most == 1;

	if (function->takes_fields ? !is_field : is_slice || is_quoted || is_reference) {
		filter_fault(error, argument->span, "%s() is asked of %s", function->name,
		             function->takes_fields ? "a field alone" : "fields, numbers and what is worked out of them");
		return false;
	}
	if (!check_operand(filter, argument, wanted, error))
		return false;
	if (!can(argument, function->takes))
		filter_fault(error, argument->span, "%s() cannot be asked of %s", function->name, called(argument));
	return can(argument, function->takes);
}

static bool check_call(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error)
{
	unsigned count = 0;

	if (!find_function(e, error))
		return false;
	for (struct expression *argument = e->elements; argument; argument = argument->next, count++) {
		if (!check_argument(filter, argument, e->function, wanted, error))
			return false;
		if (count && argument->field_type != e->elements->field_type) {
			filter_fault(error, argument->span, "%s() is asked of values of one type: this is another", e->function->name);
			return false;
		}
		wanted = wanted_by(filter, e->elements);
	}
	if (count < e->function->least || count > e->function->most) {
		filter_fault(error, e->span, "%s() takes %u argument%s", e->function->name, e->function->least,
		             e->function->most > 1 ? " or more" : "");
		return false;
	}
	e->field_type = e->function->gives ? e->function->gives : e->elements->field_type;
	return true;
}

static bool check_operand(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error)
{
	find_field(e);
	switch (e->type) {
	case OPERAND_FIELD:
		return check_field(filter, e, error);
	case OPERAND_REFERENCE:
		return check_reference(e, error);
	case OPERAND_SLICE:
		return check_slice(filter, e, error);
	case OPERAND_CALCULATION:
		return check_calculation(filter, e, wanted, error);
	case OPERAND_NEGATIVE:
		return check_negative(filter, e, wanted, error);
	case OPERAND_CALL:
		return check_call(filter, e, wanted, error);
	default:
		return check_literal(filter, e, wanted, error);
	}
}

/* ---- tests ---- */

/* What is compared with a slice gives its octets: a slice of all of it. */
static void take_octets(struct filter *filter, struct expression **operand)
{
	static const struct range all = { 0, -1 };
	struct expression *slice = arena_zero(&filter->arena, sizeof *slice);

	*slice = (struct expression){
		.type = OPERAND_SLICE, .span = (*operand)->span, .left = *operand, .next = (*operand)->next,
		.ranges = &all, .range_count = 1, .field_type = OCTETS,
	};
	*operand = slice;
}

static bool compare_slices(struct filter *filter, struct expression **a, struct expression **b)
{
	if ((*a)->type != OPERAND_SLICE && (*b)->type != OPERAND_SLICE)
		return false;
	if (!can(*a, CAN_BE_SLICED_WITH) || !can(*b, CAN_BE_SLICED_WITH))
		return false;
	if ((*a)->type != OPERAND_SLICE && (*a)->type != OPERAND_LITERAL)
		take_octets(filter, a);
	if ((*b)->type != OPERAND_SLICE && (*b)->type != OPERAND_LITERAL)
		take_octets(filter, b);
	return true;
}

/* Numbers are compared with flags, but not flags with numbers. */
static bool check_pair(struct filter *filter, struct expression *e, struct expression **left, struct expression **right,
                       struct filter_error *error)
{
	const bool takes_flag = filter_types[(*left)->field_type].kin == KIN_NUMBER && (*right)->field_type == BOOLEAN;

	if (can(*left, CAN_COMPARE) && (are_kin(*left, *right) || takes_flag))
		return true;
	if (compare_slices(filter, left, right))
		return true;
	filter_fault(error, e->span, "%s cannot be compared with %s", called(*left), called(*right));
	return false;
}

static bool compile_pattern(struct expression *e, struct filter_error *error)
{
	int code;
	PCRE2_SIZE at;
	const struct expression *text = e->right;

	if (text->type != OPERAND_LITERAL || text->token.type != TOKEN_STRING) {
		filter_fault(error, text->span, "behind \"matches\" stands a regular expression in quotes");
		return false;
	}
	e->pattern = pcre2_compile((PCRE2_SPTR)text->token.text, text->token.length, PCRE2_CASELESS | PCRE2_NEVER_UTF, &code, &at,
	                           NULL);
	if (e->pattern) {
		pcre2_jit_compile(e->pattern, PCRE2_JIT_COMPLETE);
		return true;
	}
	PCRE2_UCHAR reason[120];
	pcre2_get_error_message(code, reason, sizeof reason);
	filter_fault(error, text->span, "the regular expression is wrong: %s", (const char *)reason);
	return false;
}

static bool check_relation(struct filter *filter, struct expression *e, struct filter_error *error)
{
	const bool matches = e->operator == OPERATOR_MATCHES, contains = e->operator == OPERATOR_CONTAINS;

	if (!check_operand(filter, e->left, (struct wanted){ 0 }, error))
		return false;
	if ((contains || matches) && !can(e->left, contains ? CAN_CONTAIN : CAN_MATCH)) {
		filter_fault(error, e->left->span, "%s cannot be searched", called(e->left));
		return false;
	}
	if (matches)
		return compile_pattern(e, error);
	struct wanted wanted = wanted_by(filter, e->left);
	wanted.is_sought = contains;
	if (!check_operand(filter, e->right, wanted, error) || !check_pair(filter, e, &e->left, &e->right, error))
		return false;
	if (contains && !can(e->right, CAN_CONTAIN))
		filter_fault(error, e->right->span, "%s cannot be sought", called(e->right));
	return !contains || can(e->right, CAN_CONTAIN);
}

static bool check_element(struct filter *filter, const struct expression *set, struct expression **element,
                          struct filter_error *error)
{
	struct expression *left = set->left;

	if (!check_operand(filter, *element, wanted_by(filter, left), error))
		return false;
	if ((*element)->type == OPERAND_SLICE) {
		filter_fault(error, (*element)->span, "a slice cannot be part of a set");
		return false;
	}
	return check_pair(filter, *element, &left, element, error);
}

static bool check_set(struct filter *filter, struct expression *e, struct filter_error *error)
{
	if (!check_operand(filter, e->left, (struct wanted){ 0 }, error))
		return false;
	if (e->left->type != OPERAND_FIELD) {
		filter_fault(error, e->left->span, "only a field can be looked for in a set");
		return false;
	}
	for (struct expression **element = &e->elements; *element; element = &(*element)->next)
		if (!check_element(filter, e, element, error) ||
		    ((*element)->through && !check_element(filter, e, &(*element)->through, error)))
			return false;
	return true;
}

static bool check_existence(struct filter *filter, struct expression *e, struct filter_error *error)
{
	if (!check_operand(filter, e->left, (struct wanted){ 0 }, error))
		return false;
	if (e->left->type != OPERAND_CALL && e->left->type != OPERAND_REFERENCE)
		return true;
	filter_fault(error, e->left->span, "this is no test: compare it with something");
	return false;
}

bool filter_check(struct filter *filter, struct expression *e, struct filter_error *error)
{
	switch (e->type) {
	case LOGIC_NOT:
		return filter_check(filter, e->left, error);
	case LOGIC_OR:
	case LOGIC_AND:
		for (struct expression *part = e->elements; part; part = part->next)
			if (!filter_check(filter, part, error))
				return false;
		return true;
	case TEST_RELATION:
		return check_relation(filter, e, error);
	case TEST_IN:
		return check_set(filter, e, error);
	default:
		return check_existence(filter, e, error);
	}
}
