/*
 * tree_text.c: a dissected frame as the lines of a field tree.
 *
 * Most lines of a capture were printed before: the same field, the same value, at the same depth. Those that a field and a number
 * make are kept ready in a small table, so that a line costs one look-up and one copy.
 */

#include "dissect/output.h"

#include <stdlib.h>

#include "dissect/resolver.h"
#include "dissect/values.h"

enum {
	INDENT = 4,
	DEEPEST_INDENT = 40, /* levels: what is deeper stands as far to the right */
	LINES = 1024,         /* that are kept ready; a power of two */
	WAYS = 2,             /* places that a line may have among them */
	LINE_LARGEST = 104,   /* longer ones are not kept */
	HEADS = 512,          /* beginnings of lines that are kept ready; a power of two */
	HEAD_LARGEST = 48,
	OCTETS_SHOWN = 36,
	LINE_ROOM = 1024,     /* more than any line without a long text takes */
};

struct line {
	const struct field *field;
	uint64_t number;
	uint8_t depth;
	bool generated;
	uint8_t octets;       /* length of the node: with a mask it shows */
	uint8_t length;       /* of text */
	char text[LINE_LARGEST];
};

/* Indentation, bracket, label and colon. */
struct head {
	const struct field *field;
	uint8_t depth;
	bool generated;
	uint8_t length;
	char text[HEAD_LARGEST];
};

enum { CACHE_LINE = 64 };

struct renderer {
	_Alignas(CACHE_LINE) struct line lines[LINES];
	struct head heads[HEADS];
	unsigned victim; /* the way that gives up its line next */
	const struct resolver *resolver;
	uint32_t resolver_state; /* of what the kept lines show */
	uint32_t frame;
	bool has_bindings; /* lines of MAC addresses are not kept: they depend on the frame */
	const char *details; /* protocols that are shown in full; NULL: all */
	bool dumps; /* octets that no protocol claimed are shown in hex below their line */
};

struct renderer *renderer_new(const struct resolver *resolver, bool dumps)
{
	/* A kept line fills two lines of the processor's cache, and should touch no third. */
	struct renderer *renderer = must_aligned(CACHE_LINE, sizeof *renderer);
	renderer->resolver = resolver;
	renderer->resolver_state = resolver_state(resolver);
	renderer->dumps = dumps;
	return renderer;
}

void renderer_details(struct renderer *renderer, const char *details)
{
	renderer->details = details;
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
	if (field->mask) /* from its highest bit to its lowest, with what lies between */
		return (64u - (unsigned)__builtin_clzll(field->mask) - (unsigned)__builtin_ctzll(field->mask) + 3) / 4;
	return 2 * field_width(field);
}

char *put_plain_number(char *to, const struct field *field, uint64_t number, enum show show)
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
		if (field->type >= INT8 && field->type <= INT64)
			return put_signed(to, signed_number(field, number));
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
		if (field->show == NAME_ONLY)
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
		if (n == 6)
			return resolve_mac(renderer->resolver, renderer->frame, to, octets);
		to = put_octets(to, octets, 8, ':'); /* and its name, which it does not have */
		to = put_literal(to, " (");
		to = put_octets(to, octets, 8, ':');
		return put_literal(to, ")");
	}
	case GUID:
		return put_guid(to, node->octets);
	case OCTETS:
	case OID:
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
		if (field->show == PORT_TCP || field->show == PORT_UDP)
			return resolve_port(renderer->resolver, to, field->show == PORT_TCP ? 6 : 17, (uint16_t)node->number);
		return put_number(to, field, node->number);
	}
}

static bool has_value(const struct field *field)
{
	return field->type != SUBTREE && field->type != PROTOCOL && field->type != NOTE;
}

/* A hash of the address of a declaration. */
static uint64_t hash_field(const struct field *field)
{
	return (uintptr_t)field * 0x9e3779b97f4a7c15u;
}

static bool ends_in_colon(const struct node *node)
{
	return has_value(node->field) && node->field->show != COUNTED;
}

static size_t indent_of(const struct node *node)
{
	return (size_t)INDENT * (node->depth < DEEPEST_INDENT ? node->depth : DEEPEST_INDENT);
}

static char *put_indent(char *to, const struct node *node)
{
	const size_t n = indent_of(node);

	memset(to, ' ', n);
	to += n;
	if (node->generated)
		*to++ = '[';
	return to;
}

static char *put_label(char *to, const struct node *node)
{
	to = put_bytes(to, node->field->label, strlen(node->field->label));
	return ends_in_colon(node) ? put_literal(to, ": ") : to;
}

/*
 * Everything before the value of a node whose field has no mask. A kept beginning is copied whole, whatever its length: what is too much
 * is written over.
 */
static char *put_head(char *to, struct renderer *renderer, const struct node *node)
{
	struct head *head = &renderer->heads[(hash_field(node->field) >> 40 ^ node->depth * 37u) & (HEADS - 1)];

	if (head->field == node->field && head->depth == node->depth && head->generated == node->generated) {
		memcpy(to, head->text, HEAD_LARGEST);
		return to + head->length;
	}
	char *end = put_label(put_indent(to, node), node);
	if (end - to <= HEAD_LARGEST) {
		*head = (struct head){ node->field, node->depth, node->generated, (uint8_t)(end - to), { 0 } };
		memcpy(head->text, to, (size_t)(end - to));
	}
	return end;
}

static char *put_own_value(char *to, const struct renderer *renderer, const struct node *node)
{
	const struct field *field = node->field;
	uint32_t most = 4 * LABEL_LARGEST;

	if (field->show == COUNTED) {
		to = put_literal(to, " (");
		to = put_count(to, node->length);
		*to++ = ')';
		return to;
	}
	if (!has_value(field) || node->mode == TEXT_VALUE)
		return to;
	if (field->type == STRING)
		return put_escaped(to, node->octets, node->value_length < most ? node->value_length : most);
	return put_value(to, renderer, node);
}

/* One line into room that is large enough for it. */
static char *put_line(char *to, struct renderer *renderer, const struct node *node)
{
	const struct field *field = node->field;
	char *label = to + indent_of(node) + node->generated;
	size_t name_length = 0;

	if (field->mask && field->bits != NO_BITS) {
		to = put_indent(to, node);
		to = put_bits(to, field->mask, node->number, field->bits ? field->bits : 8 * node->length);
		if (node->mode < TEXT_WHOLE) {
			to = put_label(to, node);
			name_length = (size_t)(to - label) - 2;
			to = put_own_value(to, renderer, node);
		}
	} else if (node->mode < TEXT_WHOLE) {
		to = put_head(to, renderer, node);
		name_length = (size_t)(to - label) - (ends_in_colon(node) ? 2 : 0);
		to = put_own_value(to, renderer, node);
	} else {
		to = put_indent(to, node);
	}
	if (node->mode == TEXT_APPEND) {
		if (to - label > LABEL_LARGEST)
			to = shorten_label(label, name_length);
		size_t room = (size_t)(LABEL_LARGEST - (to - label));
		to = put_bytes(to, node->text, fitting(node->text, node->text_length, room));
	} else if (node->text_length) {
		to = put_bytes(to, node->text, node->text_length);
	}
	if (to - label > LABEL_LARGEST && node->mode != TEXT_CLIPPED)
		to = shorten_label(label, name_length);
	if (node->generated)
		*to++ = ']';
	*to++ = '\n';
	return to;
}

/*
 * Lines worth keeping: a field and a number make them by themselves, and the same are likely to come again: bits, names, addresses,
 * ports and lengths; not identifications and checksums.
 */
static bool is_keepable(const struct renderer *renderer, const struct node *node)
{
	const struct field *field = node->field;

	if (node->mode != TEXT_NONE)
		return false;
	switch (field->type) {
	case SUBTREE:
		return field->show != COUNTED;
	case BOOLEAN:
	case IPV4:
		return true;
	case MAC:
		return !renderer->has_bindings;
	case RELATIVE_TIME:
		return node->seconds == 0 && node->nanoseconds == 0;
	case PROTOCOL:
	case FLOAT:
	case DOUBLE:
		return false;
	default:
		if (field->type > CHAR)
			return false;
		return field->mask || field->names || node->number < 256 ||
		       (node->number <= UINT16_MAX && field->show != HEX && field->show != HEX_DEC);
	}
}

/* Those that show, as dots, what is not of the field. */
static uint8_t mask_octets(const struct node *node)
{
	return node->field->mask ? (uint8_t)node->length : 0;
}

static bool is_line_of(const struct line *line, const struct node *node)
{
	return line->field == node->field && line->number == node->number && line->depth == node->depth &&
	       line->generated == node->generated && line->octets == mask_octets(node);
}

static char *put_kept_line(char *to, struct renderer *renderer, const struct node *node)
{
	uint64_t hash = hash_field(node->field) ^ (node->number * 0xc2b2ae3d27d4eb4fu + node->depth) * 0x9e3779b97f4a7c15u;
	struct line *line = &renderer->lines[hash >> 45 & (LINES - WAYS)];

	if (!is_line_of(line, node))
		line++;
	if (is_line_of(line, node)) {
		/* In two steps of a known length: faster than one of the line's. */
		memcpy(to, line->text, 64);
		if (line->length > 64)
			memcpy(to + 64, line->text + 64, LINE_LARGEST - 64);
		return to + line->length;
	}
	char *end = put_line(to, renderer, node);
	if (end - to <= LINE_LARGEST) {
		line -= renderer->victim;
		renderer->victim ^= 1;
		*line = (struct line){ node->field, node->number, node->depth, node->generated, mask_octets(node),
			               (uint8_t)(end - to), { 0 } };
		memcpy(line->text, to, (size_t)(end - to));
	}
	return end;
}

struct text_span node_label(struct renderer *renderer, struct arena *arena, const struct node *node)
{
	const size_t escaped = node->field->type == STRING ? ESCAPED_SIZE(4 * LABEL_LARGEST) : 0;
	char *text = arena_alloc(arena, LINE_ROOM + escaped + node->text_length);
	struct node plain = *node;

	plain.depth = 0;
	plain.generated = false;
	char *end = put_line(text, renderer, &plain) - 1;
	arena_shrink(arena, end);
	return (struct text_span){ text, (size_t)(end - text) };
}

/* The octets of a node in hex, below its line. */
static void put_dump(const struct dissection *d, const struct node *node, struct text *out)
{
	const struct text_span octets = octets_of(d, node);

	text_put(out, "\n", 1);
	render_hex_rows(out, (const uint8_t *)octets.at, (uint32_t)octets.n);
}

/* Names are learned as a stream goes on. */
static void forget_old_names(struct renderer *renderer)
{
	const uint32_t state = resolver_state(renderer->resolver);

	if (state != renderer->resolver_state)
		memset(renderer->lines, 0, sizeof renderer->lines);
	renderer->resolver_state = state;
	renderer->has_bindings = resolver_has_bindings(renderer->resolver);
}

/* Is a protocol among those that are to be shown in full? */
static bool is_detailed(const struct renderer *renderer, const struct node *node)
{
	const char *filter = node->field->filter ? node->field->filter : "";
	const size_t n = strlen(filter);

	for (const char *name = renderer->details; *name; name += name[strcspn(name, ",")] ? strcspn(name, ",") + 1 : strlen(name))
		if (strcspn(name, ",") == n && !strncmp(name, filter, n))
			return true;
	return false;
}

void render_tree(struct renderer *renderer, const struct dissection *d, struct text *out)
{
	const struct node *nodes = d->tree->nodes;
	const uint32_t count = d->tree->count;

	forget_old_names(renderer);
	renderer->frame = d->frame->number;
	for (uint32_t i = 1; i < count; i++) {
		const struct node *node = &nodes[i];
		if (node->field->hidden)
			continue;
		char *to, *end;
		if (is_keepable(renderer, node)) {
			to = text_room(out, LINE_ROOM + INDENT * UINT8_MAX);
			end = put_kept_line(to, renderer, node);
		} else {
			size_t text = node->field->type == STRING ? ESCAPED_SIZE(4 * LABEL_LARGEST) : 0;
			to = text_room(out, LINE_ROOM + INDENT * UINT8_MAX + text + node->text_length);
			end = put_line(to, renderer, node);
		}
		out->length += (size_t)(end - to);
		if (renderer->details && !node->depth && !is_detailed(renderer, node))
			while (i + 1 < count && nodes[i + 1].depth)
				i++;
		else if (node->field->dump && renderer->dumps)
			put_dump(d, node, out);
	}
	text_put(out, "\n", 1);
}
