/* filter_lexer.c: the words of a display filter. */

#include "dissect/filter_private.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <string.h>

#include "dissect/text.h"

void filter_fault(struct filter_error *error, struct span where, const char *format, ...)
{
	va_list arguments;

	if (error->text[0])
		return;
	va_start(arguments, format);
	size_t n = text_vformat(error->text, sizeof error->text - 1, format, arguments);
	va_end(arguments);
	error->text[n < sizeof error->text - 1 ? n : sizeof error->text - 1] = 0;
	error->at = where.at;
	error->length = where.length;
}

/* Signs and what they mean; a longer one stands before those that it begins with. */
static const struct sign {
	const char *text;
	enum operator operator;
} signs[] = {
	{ "===", OPERATOR_ALL_EQUAL }, { "!==", OPERATOR_ANY_NOT_EQUAL },
	{ "==", OPERATOR_EQUAL }, { "!=", OPERATOR_NOT_EQUAL }, { "~=", OPERATOR_ANY_NOT_EQUAL },
	{ ">=", OPERATOR_GREATER_EQUAL }, { "<=", OPERATOR_LESS_EQUAL },
	{ "||", OPERATOR_OR }, { "&&", OPERATOR_AND }, { "..", OPERATOR_THROUGH },
	{ ">", OPERATOR_GREATER }, { "<", OPERATOR_LESS }, { "!", OPERATOR_NOT }, { "~", OPERATOR_MATCHES },
	{ "&", OPERATOR_BITWISE_AND }, { "+", OPERATOR_PLUS }, { "-", OPERATOR_MINUS }, { "*", OPERATOR_TIMES },
	{ "/", OPERATOR_DIVIDE }, { "%", OPERATOR_REMAINDER }, { "(", OPERATOR_OPEN }, { ")", OPERATOR_CLOSE },
	{ "{", OPERATOR_OPEN_SET }, { "}", OPERATOR_CLOSE_SET }, { "[", OPERATOR_OPEN_SLICE },
	{ "]", OPERATOR_CLOSE_SLICE }, { ",", OPERATOR_COMMA }, { "#", OPERATOR_LAYER },
};

static const struct sign words[] = {
	{ "or", OPERATOR_OR }, { "and", OPERATOR_AND }, { "not", OPERATOR_NOT },
	{ "eq", OPERATOR_EQUAL }, { "any_eq", OPERATOR_EQUAL }, { "ne", OPERATOR_NOT_EQUAL },
	{ "all_ne", OPERATOR_NOT_EQUAL }, { "all_eq", OPERATOR_ALL_EQUAL }, { "any_ne", OPERATOR_ANY_NOT_EQUAL },
	{ "gt", OPERATOR_GREATER }, { "lt", OPERATOR_LESS }, { "ge", OPERATOR_GREATER_EQUAL },
	{ "le", OPERATOR_LESS_EQUAL }, { "contains", OPERATOR_CONTAINS }, { "matches", OPERATOR_MATCHES },
	{ "in", OPERATOR_IN }, { "any", OPERATOR_ANY }, { "all", OPERATOR_ALL },
	{ "bitwise_and", OPERATOR_BITWISE_AND },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Fields, numbers, addresses, dates. */
static bool is_word(char c)
{
	return is_letter(c) || is_digit(c) || c == '-';
}

static int hex_digit(char c)
{
	return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* So many hex digits at most, at s; how many there are. */
static unsigned read_hex(const char *s, unsigned most, uint32_t *value)
{
	unsigned n;

	*value = 0;
	for (n = 0; n < most && hex_digit(s[n]) >= 0; n++)
		*value = *value * 16 + (uint32_t)hex_digit(s[n]);
	return n;
}

/* A character that C lets \u and \U name. */
static bool is_universal(uint32_t character)
{
	return character >= 0xa0 ? character <= 0x10ffff && (character < 0xd800 || character > 0xdfff) :
	                           character == '$' || character == '@' || character == '`';
}

/* One escaped character behind a backslash at s[0], put at *to; how many octets of s it takes, or 0. A lone one is an octet. */
static unsigned unescape(const char *s, char **to, bool is_lone)
{
	static const char letters[] = "abfnrtv\\\"'", meanings[] = "\a\b\f\n\r\t\v\\\"'";
	const char *letter = *s ? strchr(letters, *s) : NULL;
	unsigned n = 0;
	uint32_t value = 0;

	if (letter) {
		*(*to)++ = meanings[letter - letters];
		return 1;
	}
	if (*s == 'u' || *s == 'U') {
		const unsigned digits = *s == 'u' ? 4 : 8;
		if (read_hex(s + 1, digits, &value) < digits || !is_universal(value))
			return 0;
		if (is_lone && value <= UINT8_MAX)
			*(*to)++ = (char)value;
		else
			*to = put_utf8(*to, value);
		return 1 + digits;
	}
	if (*s == 'x') {
		n = read_hex(s + 1, 2, &value);
		n += n != 0;
	} else {
		for (; n < 3 && s[n] >= '0' && s[n] <= '7'; n++)
			value = value * 8 + (uint32_t)(s[n] - '0');
	}
	if (!n || value > UINT8_MAX)
		return 0;
	*(*to)++ = (char)value;
	return n;
}

/* What stands between quotes, from the one at the cursor on. */
static struct token read_quoted(struct lexer *lexer, enum token_type type, bool is_raw)
{
	const char *all = lexer->expression, quote = all[lexer->at];
	struct token token = { .type = type, .span = { lexer->at - is_raw, 0 } };
	uint32_t at = lexer->at + 1;
	char *text = arena_alloc(lexer->arena, strlen(all + at) + 1), *to = text;

	while (all[at] && all[at] != quote) {
		if (all[at] != '\\') {
			*to++ = all[at++];
		} else if (is_raw) { /* a quote behind a backslash does not end it; both stay */
			*to++ = all[at++];
			if (all[at] == quote)
				*to++ = all[at++];
		} else {
			const unsigned n = unescape(all + at + 1, &to, type == TOKEN_CHARACTER);
			if (!n) {
				filter_fault(lexer->error, (struct span){ at, all[at + 1] ? 2 : 1 },
				             "no character is escaped like this: for a backslash write \\\\, or r\"...\"");
				return (struct token){ 0 };
			}
			at += 1 + n;
		}
	}
	token.span.length = at - token.span.at;
	if (!all[at]) {
		filter_fault(lexer->error, token.span, "the quote that ends the text is missing");
		return (struct token){ 0 };
	}
	token.span.length++;
	lexer->at = at + 1;
	*to = 0;
	arena_shrink(lexer->arena, to + 1);
	token.text = text;
	token.length = (uint32_t)(to - text);
	return token;
}

/* The length of a prefix, of so many digits at most, that stands at s: "/24". */
static uint32_t measure_prefix(const char *s, uint32_t most)
{
	const uint32_t digits = *s == '/' ? (uint32_t)strspn(s + 1, "0123456789") : 0;

	return digits ? 1 + (digits < most ? digits : most) : 0;
}

/* Pairs of hex digits with colons between them: n is behind the first. */
static uint32_t measure_pairs(const char *s, uint32_t n)
{
	while (s[n] == ':' && hex_digit(s[n + 1]) >= 0 && hex_digit(s[n + 2]) >= 0)
		n += 3;
	return n;
}

/* "fe80::1", "fe80::/10". 0: no address stands there. */
static uint32_t measure_ipv6(const char *s)
{
	char text[INET6_ADDRSTRLEN];
	uint8_t octets[16];
	uint32_t n = 0;

	while (hex_digit(s[n]) >= 0 || s[n] == ':' || (s[n] == '.' && s[n + 1] != '.'))
		n++;
	if (n >= sizeof text)
		return 0;
	memcpy(text, s, n);
	text[n] = 0;
	return inet_pton(AF_INET6, text, octets) == 1 ? n + measure_prefix(s + n, 3) : 0;
}

/* 0: none stands there. */
static uint32_t measure_word(const char *s)
{
	uint32_t n = measure_ipv6(s), dots = 0;

	if (n)
		return n;
	if (*s == ':') /* octets may begin with it */
		return hex_digit(s[1]) >= 0 ? measure_pairs(s, hex_digit(s[2]) >= 0 ? 3 : 2) : 0;
	if (hex_digit(s[0]) >= 0 && hex_digit(s[1]) >= 0 && (n = measure_pairs(s, 2)) > 2)
		return n;
	/* "1..9" are two words and what lies between; no word ends with a dot */
	for (n = 0; is_word(s[n]) || (s[n] == '.' && is_word(s[n + 1])); n++)
		dots += s[n] == '.';
	return n + (dots == 3 && strspn(s, "0123456789.") == n ? measure_prefix(s + n, 2) : 0);
}

static struct token read_word(struct lexer *lexer, uint32_t n)
{
	const char *from = lexer->expression + lexer->at;
	struct token token = { .type = TOKEN_WORD, .span = { lexer->at, n }, .length = n };

	lexer->at += n;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
		if (strlen(words[i].text) == n && !strncmp(words[i].text, from, n)) {
			token.type = TOKEN_OPERATOR;
			token.operator = words[i].operator;
		}
	}
	token.is_forced_field = *from == '.'; /* ".tcp" is a field whatever else it could be */
	from += token.is_forced_field;
	token.length -= token.is_forced_field;
	char *text = arena_copy(lexer->arena, from, token.length + 1);
	text[token.length] = 0;
	token.text = text;
	return token;
}

/* "${ip.src}": the field of a frame that was picked before. */
static struct token read_reference(struct lexer *lexer)
{
	const char *from = lexer->expression + lexer->at + 2;
	const uint32_t n = (uint32_t)strcspn(from, "}");
	struct token token = { .type = TOKEN_REFERENCE, .span = { lexer->at, n + 3 }, .length = n };

	if (!from[n]) {
		token.span.length = n + 2;
		filter_fault(lexer->error, token.span, "the brace that ends the reference is missing");
		return (struct token){ 0 };
	}
	char *text = arena_copy(lexer->arena, from, n + 1);
	text[n] = 0;
	token.text = text;
	lexer->at += n + 3;
	return token;
}

static void skip_blanks(struct lexer *lexer)
{
	lexer->at += (uint32_t)strspn(lexer->expression + lexer->at, " \t\r\n");
}

struct token lexer_next(struct lexer *lexer)
{
	skip_blanks(lexer);
	const char *from = lexer->expression + lexer->at;

	if (!*from || lexer->error->text[0])
		return (struct token){ .type = TOKEN_END, .span = { lexer->at, 0 } };
	if (*from == '"')
		return read_quoted(lexer, TOKEN_STRING, false);
	if (*from == '\'')
		return read_quoted(lexer, TOKEN_CHARACTER, false);
	if ((*from == 'r' || *from == 'R') && from[1] == '"') {
		lexer->at++;
		return read_quoted(lexer, TOKEN_STRING, true);
	}
	if (from[0] == '$' && from[1] == '{')
		return read_reference(lexer);
	const uint32_t length = *from == '-' ? 0 : measure_word(from);
	if (length)
		return read_word(lexer, length);
	for (unsigned i = 0; i < sizeof signs / sizeof *signs; i++) {
		const size_t n = strlen(signs[i].text);
		if (!strncmp(from, signs[i].text, n)) {
			struct token token = { TOKEN_OPERATOR, signs[i].operator, { lexer->at, (uint32_t)n }, "", 0, false };
			lexer->at += (uint32_t)n;
			return token;
		}
	}
	uint32_t whole = 1; /* octets of the character */
	while ((from[whole] & 0xc0) == 0x80)
		whole++;
	filter_fault(lexer->error, (struct span){ lexer->at, whole }, "\"%.*s\" means nothing here", (int)whole, from);
	return (struct token){ .type = TOKEN_END, .span = { lexer->at, whole } };
}

struct token lexer_slice(struct lexer *lexer)
{
	const char *from = lexer->expression + lexer->at;
	const uint32_t n = (uint32_t)strcspn(from, "]");
	struct token token = { .type = TOKEN_WORD, .span = { lexer->at, n }, .length = n };

	if (!from[n]) {
		filter_fault(lexer->error, (struct span){ lexer->at, n }, "the bracket that ends the slice is missing");
		return token;
	}
	char *text = arena_copy(lexer->arena, from, n + 1);
	text[n] = 0;
	token.text = text;
	lexer->at += n + 1;
	return token;
}
