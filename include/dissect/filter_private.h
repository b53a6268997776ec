#ifndef DISSECT_FILTER_PRIVATE_H
#define DISSECT_FILTER_PRIVATE_H
/* filter_private: what the files of the filter share: tokens, expressions, values. */

#include "dissect/arena.h"
#include "dissect/dissection.h"
#include "dissect/field_set.h"
#include "dissect/filter.h"

/* ---- words (filter_lexer.c) ---- */

/* A part of the expression's text. */
struct span {
	uint32_t at, length;
};

enum token_type {
	TOKEN_END,
	TOKEN_WORD,      /* a field, a function, or a value without quotes */
	TOKEN_STRING,    /* "..." or r"..." */
	TOKEN_CHARACTER, /* 'a' */
	TOKEN_REFERENCE, /* ${field} */
	TOKEN_OPERATOR,
};

enum operator {
	OPERATOR_NONE,
	OPERATOR_OR, OPERATOR_AND, OPERATOR_NOT,
	OPERATOR_EQUAL, OPERATOR_NOT_EQUAL, OPERATOR_ALL_EQUAL, OPERATOR_ANY_NOT_EQUAL,
	OPERATOR_GREATER, OPERATOR_LESS, OPERATOR_GREATER_EQUAL, OPERATOR_LESS_EQUAL,
	OPERATOR_CONTAINS, OPERATOR_MATCHES, OPERATOR_IN,
	OPERATOR_ANY, OPERATOR_ALL,
	OPERATOR_PLUS, OPERATOR_MINUS, OPERATOR_TIMES, OPERATOR_DIVIDE, OPERATOR_REMAINDER, OPERATOR_BITWISE_AND,
	OPERATOR_OPEN, OPERATOR_CLOSE, OPERATOR_OPEN_SET, OPERATOR_CLOSE_SET, OPERATOR_OPEN_SLICE, OPERATOR_CLOSE_SLICE,
	OPERATOR_COMMA, OPERATOR_THROUGH, OPERATOR_LAYER,
};

struct token {
	enum token_type type;
	enum operator operator;
	struct span span;
	const char *text; /* of a word, a string, a character: without quotes and escapes; ends in NUL */
	uint32_t length;
	bool is_forced_field; /* a word behind a dot */
};

struct lexer {
	const char *expression;
	uint32_t at;
	struct arena *arena;
	struct filter_error *error; /* its text is not empty once something is wrong */
};

/* The next token. Once something is wrong: the end. */
struct token lexer_next(struct lexer *lexer);

/* What stands between brackets, up to the one that closes them: the cursor is behind the one that opened them. */
struct token lexer_slice(struct lexer *lexer);

/* Says what is wrong, unless something was wrong before. */
void filter_fault(struct filter_error *error, struct span where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* ---- values ---- */

enum value_type {
	VALUE_NONE,     /* of a heading: it is there */
	VALUE_UNSIGNED, VALUE_SIGNED, VALUE_REAL,
	VALUE_IPV4, VALUE_IPV6,
	VALUE_OCTETS, VALUE_STRING,
	VALUE_TIME, VALUE_SPAN,
};

struct value {
	uint8_t type;   /* enum value_type */
	uint8_t prefix; /* of an IPv4 or IPv6 address: how many bits count */
	bool is_wide;   /* a number of 64 bits, not 32 */
	uint32_t length;
	uint32_t reach;  /* of a protocol's octets: with its payload, which is searched, too */
	union {
		uint64_t number; /* also IPv4 */
		int64_t integer;
		double real;
		struct timestamp time;
		const uint8_t *octets; /* `length` of them; 16 of IPv6 */
	};
};

struct values {
	struct value *all;
	uint32_t count;
	bool is_there; /* there was something to work with; what came of it may still be nothing */
};

/* ---- expressions (filter_parser.c) ---- */

enum expression_type {
	LOGIC_OR, LOGIC_AND, LOGIC_NOT,
	TEST_EXISTS,   /* of left: is there any; of what is worked out: is any not zero */
	TEST_RELATION, /* left operator right */
	TEST_IN,       /* left, the elements of a set */
	OPERAND_FIELD, OPERAND_REFERENCE, OPERAND_LITERAL, OPERAND_SLICE, OPERAND_CALCULATION, OPERAND_NEGATIVE, OPERAND_CALL,
};

/* Octets of a slice, or layers: counted from 0, or backwards from -1. */
struct range {
	int64_t from, to; /* the last one, too */
};

struct function;

struct expression {
	enum expression_type type;
	enum operator operator;
	bool for_all;                /* of a relation: every value must fulfil it; else any */
	struct span span;
	struct expression *left, *right;
	struct expression *elements; /* parts of "and" and "or", of a set, arguments of a call: listed by `next` */
	struct expression *next;
	struct expression *through;  /* an element is a range up to this */
	struct token token;          /* of a literal, a field, a call */
	const struct range *ranges;  /* of a slice; the layers of a field */
	uint32_t range_count;
	const struct function *function;
	uint32_t reference;          /* of a field: which of the filter's */
	enum field_type field_type;  /* whose values it gives */
	struct value value;          /* of a literal */
	struct pcre2_real_code_8 *pattern; /* of `matches` */
};

/* NULL: *error says why. */
struct expression *filter_parse(const char *text, struct arena *arena, struct filter_error *error);

/* ---- fields that are asked for (filter_check.c) ---- */

enum pseudo_field { NO_PSEUDO_FIELD, COLUMN_PROTOCOL, COLUMN_INFO };

/* A name of the expression. */
struct reference {
	const char *name;
	const struct field *field;   /* one of that name: what the values are */
	enum pseudo_field pseudo;    /* that it is, where it is no field */
	enum field_type type;
	bool has_layers;             /* asked for by layer */
};

/* One declaration belongs to references, or starts a layer. */
struct use {
	const struct field *as; /* the field itself, or one of those that it stands for, too; NULL: it starts a layer */
	uint32_t reference;
	uint32_t next; /* + 1 of the next use of the same declaration; 0: none */
};

struct filter {
	struct arena arena;
	struct expression *root;
	struct reference *references;
	uint32_t reference_count;
	struct use *uses;
	uint32_t use_count;
	struct field_set fields; /* numbers: the first of their uses */
	bool needs_columns;
	bool has_layers; /* it asks for some, by reference */
};

/* Finds the fields, settles the types, turns literals into values. False: *error says what is wrong. */
bool filter_check(struct filter *filter, struct expression *e, struct filter_error *error);

/* Does the field's node start a layer? */
bool filter_is_layer(const struct field *field);

/* What can be done with values. */
enum {
	CAN_SLICE = 1 << 0, CAN_CONTAIN = 1 << 1, CAN_MATCH = 1 << 2,
	CAN_AND = 1 << 3, CAN_ADD = 1 << 4, CAN_MULTIPLY = 1 << 5, CAN_REMAIN = 1 << 6, CAN_NEGATE = 1 << 7,
	CAN_ABS = 1 << 8, CAN_STRING = 1 << 9, CAN_CASE = 1 << 10,
	CAN_COMPARE = 1 << 11,
	CAN_BE_SLICED_WITH = 1 << 12, /* has octets that a slice is compared with */
	CAN_BE_THERE = 1 << 13,       /* every field can */
};

/* Types whose values are compared and calculated with each other are kin. */
enum kin { NO_KIN, KIN_NUMBER, KIN_FLAG, KIN_REAL, KIN_IPV4, KIN_IPV6, KIN_OCTETS, KIN_STRING, KIN_TIME, KIN_SPAN, KIN_PROTOCOL };

struct type {
	const char *name; /* what its values are called */
	uint8_t value_type;
	uint8_t kin;
	uint8_t is_wide;  /* numbers of more than 32 bits */
	uint32_t can;
};

extern const struct type filter_types[]; /* by enum field_type */

/* The type of a field: a heading that has octets counts as them. */
enum field_type filter_type(const struct field *field);

/* ---- literals (filter_literal.c) ---- */

/* What stands on the other side, by which literals are understood. */
struct wanted {
	const struct field *field; /* NULL: something worked out */
	enum field_type type;
	bool is_known;
	bool is_sought;     /* it may be shorter than values of the type */
	bool is_calculated; /* only numbers and what looks like them */
};

/* The value that a token means. False: none. */
bool filter_literal(struct arena *arena, const struct token *token, const struct wanted *wanted, struct value *value,
                    struct filter_error *error);

/* -1, 0, 1: the order of two values whose types go together; a negative number is beyond one without a sign. */
enum { BEYOND = 2 };
int filter_compare(struct value a, struct value b);

/* ---- functions (filter_functions.c) ---- */

struct function {
	const char *name;
	unsigned least, most;           /* arguments */
	enum field_type gives;          /* SUBTREE: what its arguments give */
	uint32_t takes;                 /* what can be done with its arguments */
	bool takes_fields;              /* its arguments are fields; else they may also be worked out or written */
	struct values (*call)(struct arena *arena, const struct expression *e, const struct values *arguments, unsigned count);
};

extern const struct function filter_functions[];
extern const unsigned filter_function_count;

#endif
