/*
 * filter_parser.c: a display filter as a tree of expressions.
 *
 *	or          and { "||" and }
 *	and         not { "&&" not }
 *	not         "!" not | "(" or ")" | relation
 *	relation    [ "any" | "all" ] sum { comparison sum }       a < b < c: both must hold
 *	            [ "any" | "all" ] operand ( "contains" | "matches" ) operand
 *	            [ "any" | "all" ] operand [ "not" ] "in" "{" element { "," element } "}"
 *	element     signed [ ".." signed ]
 *	sum, product: & weakest, then + and -, then * / %
 *	unary       signed | "{" sum "}"
 *	signed      [ "-" | "+" ] operand
 *	operand     field [ "#" layers ] [ "[" slice "]" ] | value | function "(" sum { "," sum } ")" | "${" field "}"
 */

#include "dissect/filter_private.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 200 }; /* parentheses in each other */

struct parser {
	struct lexer lexer;
	struct token token; /* the next one */
	unsigned depth;
	struct arena *arena;
	struct filter_error *error;
};

static bool is_wrong(const struct parser *p)
{
	return p->error->text[0] != 0;
}

static void advance(struct parser *p)
{
	p->token = lexer_next(&p->lexer);
}

static bool is_at(const struct parser *p, enum operator operator)
{
	return p->token.type == TOKEN_OPERATOR && p->token.operator == operator;
}

static bool accept(struct parser *p, enum operator operator)
{
	if (!is_at(p, operator))
		return false;
	advance(p);
	return true;
}

static void unexpected(struct parser *p)
{
	if (p->token.type == TOKEN_END)
		filter_fault(p->error, (struct span){ p->token.span.at, 0 }, "the expression ends where more of it is expected");
	else
		filter_fault(p->error, p->token.span, "\"%.*s\" is not expected here", (int)p->token.span.length,
		             p->lexer.expression + p->token.span.at);
}

static void expect(struct parser *p, enum operator operator)
{
	if (!accept(p, operator))
		unexpected(p);
}

/* Operands that are made of more parts than that are no filter. */
static bool is_long(struct parser *p, unsigned count)
{
	if (count >= DEEPEST)
		filter_fault(p->error, p->token.span, "the calculation is too long");
	return is_wrong(p);
}

/* Only as deep as the stack allows. */
static bool descend(struct parser *p)
{
	if (p->depth < DEEPEST) {
		p->depth++;
		return true;
	}
	filter_fault(p->error, p->token.span, "the expression is nested too deep");
	return false;
}

static struct expression *new_expression(struct parser *p, enum expression_type type, struct span span)
{
	struct expression *e = arena_zero(p->arena, sizeof *e);

	e->type = type;
	e->span = span;
	return e;
}

static struct span span_over(const struct expression *left, const struct expression *right)
{
	return (struct span){ left->span.at, right->span.at + right->span.length - left->span.at };
}

static struct expression *join(struct parser *p, enum expression_type type, enum operator operator,
                               struct expression *left, struct expression *right)
{
	if (!left || !right)
		return NULL;
	struct expression *e = new_expression(p, type, span_over(left, right));
	e->operator = operator;
	e->left = left;
	e->right = right;
	return e;
}

/* ---- slices and layers ---- */

/* A whole number, decimal or as C writes it, with a sign. */
static bool read_integer(const char **s, int64_t *value)
{
	char *end;

	*s += strspn(*s, " ");
	*value = strtoll(*s, &end, 0);
	if (end == *s || *value > INT32_MAX || *value < INT32_MIN)
		return false;
	*s = end + strspn(end, " ");
	return true;
}

/* "4", "4:2" (two from the fourth on), "4-5", ":2" (the first two), "4:" (all from there on). */
static bool read_range(const char **s, struct range *range)
{
	int64_t value;

	*s += strspn(*s, " ");
	*range = (struct range){ 0, -1 };
	if (**s != ':' && !read_integer(s, &range->from))
		return false;
	if (**s == ':') {
		++*s;
		*s += strspn(*s, " ");
		if (**s == ',' || !**s)
			return true;
		if (!read_integer(s, &value) || value < 1)
			return false;
		range->to = range->from + value - 1;
		if (range->from < 0 && range->to >= 0) /* beyond the end, wherever that is */
			range->to = INT64_MAX / 2;
		return true;
	}
	if (**s == '-') {
		++*s;
		return read_integer(s, &range->to) && range->to > range->from;
	}
	range->to = range->from;
	return true;
}

static void read_ranges(struct parser *p, const struct token *text, const struct range **ranges, uint32_t *count)
{
	const char *s = text->text;
	uint32_t most = 1;

	if (is_wrong(p))
		return;
	for (const char *c = s; *c; c++)
		most += *c == ',';
	struct range *all = arena_alloc(p->arena, most * sizeof *all);
	bool is_good;
	*count = 0;
	do
		is_good = read_range(&s, &all[(*count)++]);
	while (is_good && *s == ',' && s++);
	if (!is_good || *s)
		filter_fault(p->error, text->span, "\"%s\" is no slice: [start:length], [start-end], [start], [:length], [start:]",
		             text->text);
	*ranges = all;
}

/* "#2", "#[1,3-4]" */
static void parse_layers(struct parser *p, struct expression *field)
{
	struct lexer *lexer = &p->lexer;
	const uint32_t behind = p->token.span.at + p->token.span.length;

	if (lexer->expression[lexer->at] == '[') {
		lexer->at++;
		struct token text = lexer_slice(lexer);
		read_ranges(p, &text, &field->ranges, &field->range_count);
		advance(p);
		return;
	}
	advance(p);
	if (p->token.type != TOKEN_WORD || p->token.span.at != behind || p->token.text[strspn(p->token.text, "0123456789")]) {
		filter_fault(p->error, p->token.span, "behind # stands the number of a layer, or numbers in brackets");
		return;
	}
	read_ranges(p, &p->token, &field->ranges, &field->range_count);
	advance(p);
}

static struct expression *parse_slice(struct parser *p, struct expression *of)
{
	struct expression *e = new_expression(p, OPERAND_SLICE, of->span);
	struct token text = lexer_slice(&p->lexer);

	e->left = of;
	e->span.length = p->lexer.at - e->span.at;
	read_ranges(p, &text, &e->ranges, &e->range_count);
	advance(p);
	return e;
}

/* ---- operands ---- */

static struct expression *parse_sum(struct parser *p);

static struct expression *parse_call(struct parser *p, struct expression *e)
{
	struct expression **end = &e->elements;

	e->type = OPERAND_CALL;
	advance(p);
	if (!is_at(p, OPERATOR_CLOSE)) {
		do {
			if (!(*end = parse_sum(p)))
				return NULL;
			end = &(*end)->next;
		} while (accept(p, OPERATOR_COMMA));
	}
	e->span.length = p->token.span.at + p->token.span.length - e->span.at;
	expect(p, OPERATOR_CLOSE);
	return e;
}

/* The type of a word that is neither called nor sliced is settled when its meaning is looked up. */
static struct expression *parse_operand(struct parser *p)
{
	if (p->token.type == TOKEN_END || p->token.type == TOKEN_OPERATOR) {
		unexpected(p);
		return NULL;
	}
	struct expression *e = new_expression(p, p->token.type == TOKEN_REFERENCE ? OPERAND_REFERENCE : OPERAND_LITERAL,
	                                      p->token.span);
	e->token = p->token;
	advance(p);
	if (e->token.type == TOKEN_WORD && is_at(p, OPERATOR_OPEN))
		e = parse_call(p, e);
	else if (e->token.type == TOKEN_WORD && is_at(p, OPERATOR_LAYER))
		parse_layers(p, e);
	for (unsigned depth = 0; e && is_at(p, OPERATOR_OPEN_SLICE) && !is_long(p, depth); depth++)
		e = parse_slice(p, e);
	return e;
}

static struct expression *parse_signed(struct parser *p)
{
	const struct span start = p->token.span;

	if (!accept(p, OPERATOR_MINUS)) {
		accept(p, OPERATOR_PLUS);
		return parse_operand(p);
	}
	struct expression *of = parse_operand(p);
	if (!of)
		return NULL;
	struct expression *e = new_expression(p, OPERAND_NEGATIVE,
	                                      (struct span){ start.at, of->span.at + of->span.length - start.at });
	e->left = of;
	return e;
}

static struct expression *parse_unary(struct parser *p)
{
	if (!is_at(p, OPERATOR_OPEN_SET))
		return parse_signed(p);
	if (!descend(p))
		return NULL;
	advance(p);
	struct expression *e = parse_sum(p);
	expect(p, OPERATOR_CLOSE_SET);
	p->depth--;
	return e;
}

/* Operators of calculations, by how closely they bind: the loosest first. */
static const struct level {
	unsigned count;
	enum operator operators[3];
} levels[] = {
	{ 1, { OPERATOR_BITWISE_AND } },
	{ 2, { OPERATOR_PLUS, OPERATOR_MINUS } },
	{ 3, { OPERATOR_TIMES, OPERATOR_DIVIDE, OPERATOR_REMAINDER } },
};
enum { LEVELS = sizeof levels / sizeof *levels };

static bool is_at_any(const struct parser *p, const struct level *level)
{
	unsigned i = 0;

	while (i < level->count && !is_at(p, level->operators[i]))
		i++;
	return i < level->count;
}

static struct expression *parse_level(struct parser *p, unsigned level)
{
	if (level == LEVELS)
		return parse_unary(p);
	struct expression *e = parse_level(p, level + 1);

	for (unsigned count = 0; e && !is_long(p, count) && is_at_any(p, &levels[level]); count++) {
		const enum operator operator = p->token.operator;
		advance(p);
		e = join(p, OPERAND_CALCULATION, operator, e, parse_level(p, level + 1));
	}
	return e;
}

static struct expression *parse_sum(struct parser *p)
{
	return parse_level(p, 0);
}

/* ---- tests ---- */

static bool is_comparison(const struct token *token)
{
	return token->type == TOKEN_OPERATOR && token->operator >= OPERATOR_EQUAL && token->operator <= OPERATOR_MATCHES;
}

static struct expression *parse_set(struct parser *p, struct expression *of, bool for_all)
{
	struct expression *e = new_expression(p, TEST_IN, of->span);
	struct expression **end = &e->elements;

	e->left = of;
	e->operator = OPERATOR_IN;
	e->for_all = for_all;
	expect(p, OPERATOR_OPEN_SET);
	do {
		if (!(*end = parse_signed(p)))
			return NULL;
		if (accept(p, OPERATOR_THROUGH) && !((*end)->through = parse_signed(p)))
			return NULL;
		end = &(*end)->next;
	} while (accept(p, OPERATOR_COMMA));
	e->span.length = p->token.span.at + p->token.span.length - e->span.at;
	expect(p, OPERATOR_CLOSE_SET);
	return e;
}

static struct expression *negate(struct parser *p, struct expression *of)
{
	if (!of)
		return NULL;
	struct expression *e = new_expression(p, LOGIC_NOT, of->span);
	e->left = of;
	return e;
}

/* Which values must fulfil a comparison, where it does not say. */
static bool holds_for_all(enum operator operator)
{
	return operator == OPERATOR_NOT_EQUAL || operator == OPERATOR_ALL_EQUAL;
}

static bool is_search(const struct token *token)
{
	return token->type == TOKEN_OPERATOR && (token->operator == OPERATOR_CONTAINS || token->operator == OPERATOR_MATCHES);
}

/* Only operands are looked for and looked into, with no sign and no braces: `from` is where this one begins. */
static bool is_bare(const struct expression *e, uint32_t from)
{
	return e->span.at == from && e->type != OPERAND_CALCULATION && e->type != OPERAND_NEGATIVE;
}

static struct expression *parse_relation(struct parser *p)
{
	const bool any = accept(p, OPERATOR_ANY), all = !any && accept(p, OPERATOR_ALL);
	const uint32_t from = p->token.span.at;
	struct expression *left = parse_sum(p), *tests = NULL, **end = &tests;
	unsigned count = 0;

	if (!left)
		return NULL;
	if ((is_search(&p->token) || is_at(p, OPERATOR_IN)) && !is_bare(left, from))
		unexpected(p);
	if (accept(p, OPERATOR_IN))
		return parse_set(p, left, all);
	if (is_at(p, OPERATOR_NOT)) {
		advance(p);
		expect(p, OPERATOR_IN);
		return is_wrong(p) ? NULL : negate(p, parse_set(p, left, false)); /* none of them may be, whatever is said of them */
	}
	while (is_comparison(&p->token)) {
		const enum operator operator = p->token.operator;
		advance(p);
		struct expression *right = operator == OPERATOR_CONTAINS || operator == OPERATOR_MATCHES ? parse_operand(p) : parse_sum(p);
		struct expression *test = join(p, TEST_RELATION, operator, left, right);
		if (!test)
			return NULL;
		test->for_all = all || (!any && holds_for_all(operator));
		*end = test;
		end = &test->next;
		left = right;
		count++;
	}
	if (count > 1) {
		struct expression *e = new_expression(p, LOGIC_AND, tests->span);
		e->elements = tests;
		return e;
	}
	if (tests)
		return tests;
	if (any || all) {
		unexpected(p);
		return NULL;
	}
	struct expression *exists = new_expression(p, TEST_EXISTS, left->span);
	exists->left = left;
	return exists;
}

static struct expression *parse_or(struct parser *p);

static struct expression *parse_not(struct parser *p)
{
	struct expression *e;

	if (!descend(p))
		return NULL;
	if (accept(p, OPERATOR_NOT)) {
		e = negate(p, parse_not(p));
	} else if (accept(p, OPERATOR_OPEN)) {
		e = parse_or(p);
		expect(p, OPERATOR_CLOSE);
	} else {
		e = parse_relation(p);
	}
	p->depth--;
	return e;
}

/* Parts with the same operator between them: a list, however long, so that nothing descends into it. */
static struct expression *parse_logic(struct parser *p, enum operator operator, enum expression_type type,
                                      struct expression *(*parse_part)(struct parser *p))
{
	struct expression *first = parse_part(p);

	if (!first || !is_at(p, operator))
		return first;
	struct expression *e = new_expression(p, type, first->span), **end = &first->next;
	e->elements = first;
	while (accept(p, operator)) {
		if (!(*end = parse_part(p)))
			return NULL;
		end = &(*end)->next;
	}
	return e;
}

static struct expression *parse_and(struct parser *p)
{
	return parse_logic(p, OPERATOR_AND, LOGIC_AND, parse_not);
}

static struct expression *parse_or(struct parser *p)
{
	return parse_logic(p, OPERATOR_OR, LOGIC_OR, parse_and);
}

struct expression *filter_parse(const char *text, struct arena *arena, struct filter_error *error)
{
	enum { LONGEST = 64 * 1024 };
	if (strlen(text) > LONGEST) {
		filter_fault(error, (struct span){ LONGEST, 0 }, "the expression is longer than %u octets", LONGEST);
		return NULL;
	}
	struct parser p = { .lexer = { text, 0, arena, error }, .arena = arena, .error = error };

	advance(&p);
	struct expression *e = parse_or(&p);
	if (!is_wrong(&p) && p.token.type != TOKEN_END)
		unexpected(&p);
	return is_wrong(&p) ? NULL : e;
}
