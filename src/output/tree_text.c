/*
 * tree_text.c: a dissected frame as the lines of a field tree.
 *
 * Most lines of a capture were printed before: the same field, the same value, at the same depth. Those that a field and a number
 * make are kept ready in a small table, so that a line costs one look-up and one copy.
 */

#include "dissect/output.h"

#include <stdlib.h>

#include "dissect/resolver.h"

enum {
	INDENT = 4,
	LINES = 2048,         /* a power of two */
	LINE_LARGEST = 100,   /* longer ones are not kept */
	LABEL_LARGEST = 238,  /* octets of a label; longer ones are cut, as Wireshark does */
	OCTETS_SHOWN = 36,
	LINE_ROOM = 1024,     /* more than any line without a long text takes */
};

struct line {
	const struct field *field;
	uint64_t number;
	uint8_t depth;
	bool generated;
	uint8_t bits;         /* width of the octets, where the field has a mask */
	uint8_t length;       /* of text */
	char text[LINE_LARGEST];
};

struct renderer {
	const struct resolver *resolver;
	struct line lines[LINES];
};

struct renderer *renderer_new(const struct resolver *resolver)
{
	struct renderer *renderer = must_zero(1, sizeof *renderer);
	renderer->resolver = resolver;
	return renderer;
}

void renderer_free(struct renderer *renderer)
{
	free(renderer);
}

/* ".... ..0. = ": the bits of the mask where they stand, in groups of four. */
static char *put_bits(char *to, uint64_t mask, uint64_t value, unsigned bits)
{
	value <<= __builtin_ctzll(mask);
	for (unsigned i = bits; i--;) {
		*to++ = mask >> i & 1 ? (char)('0' + (value >> i & 1)) : '.';
		if (i % 4 == 0)
			*to++ = ' ';
	}
	return put_literal(to, "= ");
}

static unsigned hex_digits(const struct field *field)
{
	if (field->mask)
		return ((unsigned)__builtin_popcountll(field->mask) + 3) / 4;
	return 2 * field_width(field);
}

static char *put_plain_number(char *to, const struct field *field, uint64_t number, enum show show)
{
	switch (show) {
	case HEX:
		to = put_literal(to, "0x");
		return put_hex(to, number, hex_digits(field));
	case OCT: {
		if (number)
			*to++ = '0';
		return to + text_format(to, 24, "%lo", (unsigned long)number);
	}
	default:
		if (field->type >= INT8 && field->type <= INT64) {
			unsigned width = field->mask ? (unsigned)__builtin_popcountll(field->mask) : 8 * field_width(field);
			unsigned unused = 64 - width;
			return put_signed(to, (int64_t)(number << unused) >> unused);
		}
		return put_decimal(to, number);
	}
}

/* "53 bytes", "1 byte" */
static char *put_count(char *to, uint64_t n)
{
	to = put_decimal(to, n);
	return n == 1 ? put_literal(to, " byte") : put_literal(to, " bytes");
}

static char *put_number(char *to, const struct field *field, uint64_t number)
{
	if (field->show == OCTETS_BITS) {
		to = put_count(to, number);
		to = put_literal(to, " (");
		to = put_decimal(to, number * 8);
		return put_literal(to, " bits)");
	}
	const char *name = name_of(field->names, number);

	if (field->show == NUMBER_NAME) {
		to = put_plain_number(to, field, number, DEC);
		if (!name)
			return to;
		to = put_literal(to, " (");
		to = put_bytes(to, name, strlen(name));
		*to++ = ')';
		return to;
	}
	if (field->names && (name || !field->names_only)) {
		if (!name)
			name = "Unknown";
		to = put_bytes(to, name, strlen(name));
		if (field->show == NAME)
			return to;
		to = put_literal(to, " (");
		to = put_plain_number(to, field, number,
		                      field->show == DEC_HEX ? DEC : field->show == HEX_DEC ? HEX : field->show);
		*to++ = ')';
		return to;
	}
	if (field->show == DEC_HEX || field->show == HEX_DEC) {
		to = put_plain_number(to, field, number, field->show == DEC_HEX ? DEC : HEX);
		to = put_literal(to, " (");
		to = put_plain_number(to, field, number, field->show == DEC_HEX ? HEX : DEC);
		*to++ = ')';
	} else {
		to = put_plain_number(to, field, number, field->show);
	}
	if (field->unit)
		to = put_bytes(to, field->unit, strlen(field->unit));
	return to;
}

static char *put_octet_value(char *to, const struct node *node)
{
	static const char separators[] = { [COLONS] = ':', [DOTS] = '.', [DASHES] = '-', [SPACES] = ' ' };
	char separator = node->field->show < sizeof separators ? separators[node->field->show] : 0;
	uint32_t n = node->value_length;
	uint32_t most = separator ? OCTETS_SHOWN * 2 / 3 : OCTETS_SHOWN;

	if (!n)
		return put_literal(to, "<MISSING>");
	to = put_octets(to, node->octets, n < most ? n : most, separator);
	return n > most ? put_literal(to, "\xe2\x80\xa6") : to;
}

static char *put_guid(char *to, const uint8_t *p)
{
	static const uint8_t groups[] = { 4, 2, 2, 2, 6 };
	for (unsigned g = 0; g < sizeof groups; p += groups[g++]) {
		if (g)
			*to++ = '-';
		to = put_octets(to, p, groups[g], 0);
	}
	return to;
}

/* The value of a node; strings are dealt with by the caller. */
static char *put_value(char *to, const struct renderer *renderer, const struct node *node)
{
	const struct field *field = node->field;
	uint8_t octets[8];

	switch (field->type) {
	case BOOLEAN: {
		const char *name = name_or(field->names, node->number != 0, node->number ? "True" : "False");
		return put_bytes(to, name, strlen(name));
	}
	case IPV4:
		return resolve_ipv4(renderer->resolver, to, (uint32_t)node->number);
	case IPV6:
		return resolve_ipv6(renderer->resolver, to, node->octets);
	case MAC:
	case EUI64: {
		unsigned n = field->type == MAC ? 6 : 8;
		for (unsigned i = 0; i < n; i++)
			octets[i] = (uint8_t)(node->number >> 8 * (n - 1 - i));
		return n == 6 ? resolve_mac(renderer->resolver, to, octets) : put_octets(to, octets, 8, ':');
	}
	case GUID:
		return put_guid(to, node->octets);
	case OCTETS:
		return put_octet_value(to, node);
	case ABSOLUTE_TIME:
		return put_date(to, (struct timestamp){ node->seconds, node->nanoseconds });
	case RELATIVE_TIME:
		to = put_span(to, (struct timestamp){ node->seconds, node->nanoseconds });
		return put_literal(to, " seconds");
	case FLOAT:
		return put_double(to, node->real, 6);
	case DOUBLE:
		return put_double(to, node->real, 15);
	case CHAR: {
		*to++ = '\'';
		uint8_t c = (uint8_t)node->number;
		to = put_escaped(to, &c, 1);
		return put_literal(to, "'");
	}
	default:
		return put_number(to, field, node->number);
	}
}

static bool has_value(const struct field *field)
{
	return field->type != SUBTREE && field->type != PROTOCOL && field->type != NOTE;
}

/*
 * Cuts a label that is too long, not within a character, and says so: behind the field's name, or in front of a text that has none.
 */
static char *shorten(char *label, size_t name_length)
{
	static const char mark[] = " [truncated]";
	enum { MARK = sizeof mark - 1 };
	size_t keep = LABEL_LARGEST - MARK;

	while (keep > name_length && ((uint8_t)label[keep] & 0xc0) == 0x80)
		keep--;
	memmove(label + name_length + MARK, label + name_length, keep - name_length);
	memcpy(label + name_length, mark, MARK);
	return label + keep + MARK;
}

/* One line into room that is large enough for it. */
static char *put_line(char *to, const struct renderer *renderer, const struct node *node)
{
	const struct field *field = node->field;
	unsigned depth = node->depth;

	memset(to, ' ', (size_t)INDENT * depth);
	to += (size_t)INDENT * depth;
	if (node->generated)
		*to++ = '[';
	char *label = to;
	if (field->mask)
		to = put_bits(to, field->mask, node->number, 8 * node->length);
	size_t name_length = 0;
	if (node->mode != TEXT_WHOLE) {
		to = put_bytes(to, field->label, strlen(field->label));
		name_length = (size_t)(to - label);
		if (field->show == COUNT) {
			to = put_literal(to, " (");
			to = put_count(to, node->length);
			*to++ = ')';
		} else if (has_value(field)) {
			to = put_literal(to, ": ");
			if (node->mode == TEXT_VALUE)
				;
			else if (field->type == STRING)
				to = put_escaped(to, node->octets, node->value_length < 4 * LABEL_LARGEST ? node->value_length : 4 * LABEL_LARGEST);
			else
				to = put_value(to, renderer, node);
		}
	}
	to = put_bytes(to, node->text, node->text_length);
	if (to - label > LABEL_LARGEST)
		to = shorten(label, name_length);
	if (node->generated)
		*to++ = ']';
	*to++ = '\n';
	return to;
}

/* A line that a field and a number make by themselves. */
static bool is_keepable(const struct node *node)
{
	const struct field *field = node->field;

	return node->mode == TEXT_NONE && field->type <= MAC && field->type != IPV6 &&
	       field->type != FLOAT && field->type != DOUBLE && field->type != PROTOCOL;
}

static char *put_kept_line(char *to, struct renderer *renderer, const struct node *node)
{
	uint64_t hash = ((uintptr_t)node->field >> 3) * 0x9e3779b97f4a7c15u ^ node->number * 0xc2b2ae3d27d4eb4fu ^
	                (uint64_t)node->depth << 57;
	struct line *line = &renderer->lines[(hash ^ hash >> 32) * 0x9e3779b97f4a7c15u >> 53 & (LINES - 1)];

	if (line->field == node->field && line->number == node->number && line->depth == node->depth &&
	    line->generated == node->generated && line->bits == (uint8_t)(8 * node->length))
		return put_bytes(to, line->text, line->length);

	char *end = put_line(to, renderer, node);
	if (end - to <= LINE_LARGEST) {
		*line = (struct line){ node->field, node->number, node->depth, node->generated,
			               (uint8_t)(8 * node->length), (uint8_t)(end - to), { 0 } };
		memcpy(line->text, to, (size_t)(end - to));
	}
	return end;
}

/* The octets of a node in hex, below its line. */
static void put_dump(const struct dissection *d, const struct node *node, struct text *out)
{
	const struct source *source = &d->sources[node->source];
	if (node->offset > source->length)
		return;
	uint32_t n = node->length < source->length - node->offset ? node->length : source->length - node->offset;
	text_put(out, "\n", 1);
	render_hex_rows(out, source->data + node->offset, n);
}

void render_tree(struct renderer *renderer, const struct dissection *d, struct text *out)
{
	const struct tree *tree = d->tree;

	for (uint32_t i = 1; i < tree->count; i++) {
		const struct node *node = &tree->nodes[i];
		if (node->field->hidden)
			continue;
		size_t text = (size_t)node->text_length + (node->field->type == STRING ? ESCAPED_SIZE(4 * LABEL_LARGEST) : 0);
		char *to = text_room(out, LINE_ROOM + INDENT * UINT8_MAX + text);
		char *end = is_keepable(node) ? put_kept_line(to, renderer, node) : put_line(to, renderer, node);
		out->length += (size_t)(end - to);
		if (node->field->dump)
			put_dump(d, node, out);
	}
	text_put(out, "\n", 1);
}
