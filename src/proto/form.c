/* form.c: application/x-www-form-urlencoded, the fields of a form as HTML sends them (WHATWG URL, section 5). */

#include <ctype.h>

#include "dissect/media.h"

enum { FORM, ITEM, KEY, VALUE, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[FORM]  = { "urlencoded-form", "HTML Form URL Encoded", PROTOCOL },
	[ITEM]  = { NULL, "Form item", SUBTREE },
	[KEY]   = { "urlencoded-form.key", "Key", STRING, NUL_ENDED },
	[VALUE] = { "urlencoded-form.value", "Value", STRING, NUL_ENDED },
};

static unsigned hex_value(uint8_t c)
{
	return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/* Part of a form up to a mark, or to the end, decoded. */
struct part {
	const uint8_t *octets;
	uint32_t length; /* up to a NUL */
	uint32_t whole;  /* octets as they stand there, without the mark */
	bool is_bad;     /* a percent sign without two digits behind it */
};

static struct part decode(struct dissection *d, const struct wire *w, uint8_t mark)
{
	const uint8_t *at = wire_here(w), *end = at + wire_captured(w);
	const uint8_t *stop = memchr(at, mark, (size_t)(end - at));
	const uint32_t whole = (uint32_t)((stop ? stop : end) - at);
	uint8_t *octets = arena_alloc(d->arena, whole + 1), *to = octets;
	struct part part = { octets, 0, whole, false };

	for (uint32_t i = 0; i < whole; i++) {
		if (at[i] != '%') {
			*to++ = at[i] == '+' ? ' ' : at[i];
		} else if (i + 2 < whole && isxdigit(at[i + 1]) && isxdigit(at[i + 2])) {
			*to++ = (uint8_t)(hex_value(at[i + 1]) << 4 | hex_value(at[i + 2]));
			i += 2;
		} else {
			part.is_bad = true;
			break;
		}
	}
	part.length = (uint32_t)strnlen((const char *)octets, (size_t)(to - octets));
	return part;
}

static void add_part(struct dissection *d, struct wire *w, const struct field *field, const struct part *part)
{
	add_node_octets(d, w, field, w->at, part->whole, part->octets, part->length);
	wire_skip(w, part->whole);
	if (wire_captured(w))
		wire_skip(w, 1); /* the mark */
}

/* False: it cannot be decoded, nor what stands behind it. */
static bool read_item(struct dissection *d, struct wire *w)
{
	add_node(d, w, &fields[ITEM], w->at, 0, 0);
	const node_ref node = open_subtree(d);
	const struct part key = decode(d, w, '=');

	if (key.is_bad) {
		close_subtree(d, node, w);
		return false;
	}
	append_text(d, w, node, ": \"%s\"", printable(d, key.octets, key.length));
	add_part(d, w, &fields[KEY], &key);
	const struct part value = decode(d, w, '&');
	if (!value.is_bad) {
		append_text(d, w, node, " = \"%s\"", printable(d, value.octets, value.length));
		add_part(d, w, &fields[VALUE], &value);
	}
	close_subtree(d, node, w);
	return !value.is_bad;
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (d->first_pass)
		return;
	node_ref top = open_protocol(d, w, &fields[FORM]);
	list_media(d, w);
	append_text(d, w, top, ": %s", d->media->name);
	while (wire_captured(w) && read_item(d, w))
		;
	close_subtree(d, top, w);
}

const struct protocol protocol_form = {
	.name = "HTML Form URL Encoded", .short_name = "URL Encoded Form Data", .filter = "urlencoded-form",
	.fields = fields, .field_count = N_FIELDS, .dissect = dissect,
};
