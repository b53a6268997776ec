/* filter_check.c: the fields that a display filter names, the types of what it compares, the values of what it writes out. */

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "dissect/filter_private.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/field_names.h"
#include "dissect/text.h"

enum value_type filter_value_type(const struct field *field)
{
	static const uint8_t types[] = {
		[SUBTREE] = VALUE_NONE, [NOTE] = VALUE_NONE, [PROTOCOL] = VALUE_OCTETS, [BOOLEAN] = VALUE_UNSIGNED,
		[UINT8] = VALUE_UNSIGNED, [UINT16] = VALUE_UNSIGNED, [UINT24] = VALUE_UNSIGNED, [UINT32] = VALUE_UNSIGNED,
		[UINT40] = VALUE_UNSIGNED, [UINT48] = VALUE_UNSIGNED, [UINT56] = VALUE_UNSIGNED, [UINT64] = VALUE_UNSIGNED,
		[INT8] = VALUE_SIGNED, [INT16] = VALUE_SIGNED, [INT24] = VALUE_SIGNED, [INT32] = VALUE_SIGNED,
		[INT64] = VALUE_SIGNED, [CHAR] = VALUE_UNSIGNED, [FLOAT] = VALUE_REAL, [DOUBLE] = VALUE_REAL,
		[IPV4] = VALUE_IPV4, [IPV6] = VALUE_IPV6, [MAC] = VALUE_OCTETS, [EUI64] = VALUE_OCTETS, [GUID] = VALUE_OCTETS,
		[OCTETS] = VALUE_OCTETS, [STRING] = VALUE_STRING, [ABSOLUTE_TIME] = VALUE_TIME, [RELATIVE_TIME] = VALUE_SPAN,
		[FRAME_NUMBER] = VALUE_UNSIGNED,
	};
	return types[field->type];
}

/* What values of a type are called where they cannot be compared. */
static const char *const type_names[] = {
	[VALUE_NONE] = "a heading", [VALUE_UNSIGNED] = "a number", [VALUE_SIGNED] = "a signed number",
	[VALUE_REAL] = "a floating-point number", [VALUE_IPV4] = "an IPv4 address", [VALUE_IPV6] = "an IPv6 address",
	[VALUE_OCTETS] = "octets", [VALUE_STRING] = "a text", [VALUE_TIME] = "a date", [VALUE_SPAN] = "a time in seconds",
};

enum { BITS_NUMBERS = 1 << VALUE_UNSIGNED | 1 << VALUE_SIGNED, BITS_TEXTS = 1 << VALUE_OCTETS | 1 << VALUE_STRING };

static bool is_one_of(enum value_type type, unsigned bits)
{
	return bits >> type & 1;
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

	add_use(referrer->filter, field, (struct use){ .as = as, .reference = referrer->reference });
}

static void refer_to_top(void *context, const struct field *top)
{
	const struct referrer *referrer = context;

	add_use(referrer->filter, top, (struct use){ .reference = referrer->reference, .is_top = true });
}

static bool is_field_name(const struct token *token)
{
	return token->type == TOKEN_WORD && !token->is_forced_value &&
	       (pseudo_of(token->text) || fields_named(token->text, NULL, NULL));
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
		reference->value_type = VALUE_STRING;
		return number;
	}
	struct referrer referrer = { filter, number };
	reference->field = fields_named(name, refer_to_field, &referrer);
	reference->value_type = filter_value_type(reference->field);
	if (has_layers) /* told by the top line of the protocol that the field belongs to, by the name before its first dot */
		tops_named(name, strcspn(name, "."), refer_to_top, &referrer);
	return number;
}

static void say_unknown(const struct token *token, struct filter_error *error)
{
	char near[256] = "";

	format_near_names(near, sizeof near - 1, token->text);
	filter_fault(error, token->span, "\"%s\" is neither a field nor a protocol%s", token->text, near);
}

/* ---- operands ---- */

/* What stands on the other side, by which literals are understood. */
struct wanted {
	const struct field *field;
	enum value_type type;
	bool is_known;
};

static bool check_operand(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error);

/* A word that is a field becomes one. */
static void find_field(struct expression *e)
{
	if (e->type == OPERAND_LITERAL && (is_field_name(&e->token) || e->token.is_forced_field || e->ranges))
		e->type = OPERAND_FIELD;
}

static bool is_constant(struct expression *e)
{
	find_field(e);
	if (e->type == OPERAND_CALCULATION)
		return is_constant(e->left) && is_constant(e->right);
	return e->type == OPERAND_LITERAL || (e->type == OPERAND_NEGATIVE && is_constant(e->left));
}

/* What a literal beside this operand is understood by. */
static struct wanted wanted_by(const struct filter *filter, const struct expression *e)
{
	const struct expression *field = e;

	while (field->type == OPERAND_NEGATIVE || field->type == OPERAND_CALCULATION)
		field = field->left;
	return (struct wanted){
		field->type == OPERAND_FIELD ? filter->references[field->reference].field : NULL, e->value_type, true,
	};
}

static bool check_field(struct filter *filter, struct expression *e, struct filter_error *error)
{
	if (!is_field_name(&e->token)) {
		say_unknown(&e->token, error);
		return false;
	}
	e->reference = reference_to(filter, e->token.text, e->range_count != 0);
	e->value_type = filter->references[e->reference].value_type;
	if (filter->references[e->reference].field)
		e->width = (uint8_t)field_width(filter->references[e->reference].field);
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
	e->value_type = wanted.type;
	return filter_literal(&filter->arena, &e->token, wanted.field, wanted.type, &e->value, error);
}

static bool check_slice(struct filter *filter, struct expression *e, struct filter_error *error)
{
	const unsigned slicable = BITS_TEXTS | 1 << VALUE_IPV4 | 1 << VALUE_IPV6;

	find_field(e->left);
	if (!check_operand(filter, e->left, (struct wanted){ 0 }, error))
		return false;
	if (!is_one_of(e->left->value_type, slicable)) {
		filter_fault(error, e->left->span, "%s has no octets to take a slice of", type_names[e->left->value_type]);
		return false;
	}
	e->value_type = e->left->value_type == VALUE_STRING ? VALUE_STRING : VALUE_OCTETS;
	return true;
}

static bool check_calculation(struct filter *filter, struct expression *e, struct wanted wanted,
                              struct filter_error *error)
{
	const unsigned octets = 1 << VALUE_OCTETS | 1 << VALUE_IPV4, sums = BITS_NUMBERS | 1 << VALUE_REAL | 1 << VALUE_SPAN;
	const bool is_and = e->operator == OPERATOR_BITWISE_AND;
	const bool is_sum = e->operator == OPERATOR_PLUS || e->operator == OPERATOR_MINUS;
	struct expression *first = is_constant(e->left) ? e->right : e->left, *second = first == e->left ? e->right : e->left;

	if (!check_operand(filter, first, wanted, error))
		return false;
	if (!check_operand(filter, second, wanted_by(filter, first), error))
		return false;
	const unsigned takes = is_and ? BITS_NUMBERS | octets : is_sum ? sums : BITS_NUMBERS | 1 << VALUE_REAL;
	e->value_type = first->value_type;
	if (!is_one_of(first->value_type, takes) || !is_one_of(second->value_type, takes)) {
		filter_fault(error, e->span, "%s cannot be calculated with like this",
		             type_names[is_one_of(first->value_type, takes) ? second->value_type : first->value_type]);
		return false;
	}
	return true;
}

static bool check_negative(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error)
{
	if (!check_operand(filter, e->left, wanted, error))
		return false;
	e->value_type = e->left->value_type;
	if (is_one_of(e->value_type, BITS_NUMBERS | 1 << VALUE_REAL | 1 << VALUE_SPAN) &&
	    !(wanted.field && wanted.field->type == BOOLEAN))
		return true;
	filter_fault(error, e->span, "%s has no sign", type_names[e->value_type]);
	return false;
}

static bool check_call(struct filter *filter, struct expression *e, struct filter_error *error)
{
	struct wanted wanted = { 0 };
	unsigned count = 0;

	for (unsigned i = 0; i < filter_function_count; i++)
		if (!strcmp(filter_functions[i].name, e->token.text))
			e->function = &filter_functions[i];
	if (!e->function) {
		filter_fault(error, e->token.span, "there is no function \"%s\": len, count, string, upper, lower, abs, min, max",
		             e->token.text);
		return false;
	}
	for (struct expression *argument = e->elements; argument; argument = argument->next, count++) {
		find_field(argument);
		if (!check_operand(filter, argument, wanted, error))
			return false;
		if (!count && !is_one_of(argument->value_type, e->function->takes)) {
			filter_fault(error, argument->span, "%s() cannot be asked of %s", e->function->name,
			             type_names[argument->value_type]);
			return false;
		}
		wanted = wanted_by(filter, e->elements);
	}
	if (count < e->function->least || count > e->function->most) {
		filter_fault(error, e->span, "%s() takes %u argument%s", e->function->name, e->function->least,
		             e->function->most > 1 ? " or more" : "");
		return false;
	}
	e->value_type = e->function->gives ? e->function->gives : e->elements->value_type;
	return true;
}

static bool check_operand(struct filter *filter, struct expression *e, struct wanted wanted, struct filter_error *error)
{
	find_field(e);
	switch (e->type) {
	case OPERAND_FIELD:
		return check_field(filter, e, error);
	case OPERAND_SLICE:
		return check_slice(filter, e, error);
	case OPERAND_CALCULATION:
		return check_calculation(filter, e, wanted, error);
	case OPERAND_NEGATIVE:
		return check_negative(filter, e, wanted, error);
	case OPERAND_CALL:
		return check_call(filter, e, error);
	default:
		return check_literal(filter, e, wanted, error);
	}
}

/* ---- tests ---- */

static bool are_comparable(enum value_type a, enum value_type b)
{
	return a == b ? a != VALUE_NONE : (is_one_of(a, BITS_NUMBERS) && is_one_of(b, BITS_NUMBERS)) ||
	                                  (is_one_of(a, BITS_TEXTS) && is_one_of(b, BITS_TEXTS));
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
	const bool seeks = e->operator == OPERATOR_CONTAINS || e->operator == OPERATOR_MATCHES;

	if (!check_operand(filter, e->left, (struct wanted){ 0 }, error))
		return false;
	if (seeks && !is_one_of(e->left->value_type, BITS_TEXTS)) {
		filter_fault(error, e->left->span, "%s cannot be searched", type_names[e->left->value_type]);
		return false;
	}
	if (e->operator == OPERATOR_MATCHES)
		return compile_pattern(e, error);
	struct wanted wanted = wanted_by(filter, e->left);
	if (seeks)
		wanted.field = NULL; /* what is sought may be shorter than the field */
	if (!check_operand(filter, e->right, wanted, error))
		return false;
	if (are_comparable(e->left->value_type, e->right->value_type))
		return true;
	filter_fault(error, e->span, "%s cannot be compared with %s", type_names[e->left->value_type],
	             type_names[e->right->value_type]);
	return false;
}

static bool check_set(struct filter *filter, struct expression *e, struct filter_error *error)
{
	if (!check_operand(filter, e->left, (struct wanted){ 0 }, error))
		return false;
	const struct wanted wanted = wanted_by(filter, e->left);
	for (struct expression *element = e->elements; element; element = element->next) {
		for (struct expression *end = element; end; end = end == element ? element->through : NULL) {
			if (!check_operand(filter, end, wanted, error))
				return false;
			if (!are_comparable(e->left->value_type, end->value_type)) {
				filter_fault(error, end->span, "%s cannot be compared with %s", type_names[e->left->value_type],
				             type_names[end->value_type]);
				return false;
			}
		}
	}
	return true;
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
		return check_operand(filter, e->left, (struct wanted){ 0 }, error);
	}
}
