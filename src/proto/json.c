/* json.c: JavaScript Object Notation, RFC 8259. What is none is shown as text. */

#include "dissect/media.h"
#include "dissect/text.h"

enum {
	JSON, OBJECT, ARRAY, MEMBER, KEY, PATH, PATH_VALUE, MEMBER_VALUE, STRING_VALUE, NUMBER_VALUE, TRUE_VALUE,
	FALSE_VALUE, NULL_VALUE, N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[JSON]         = { "json", "JavaScript Object Notation", PROTOCOL },
	[OBJECT]       = { "json.object", "Object", SUBTREE },
	[ARRAY]        = { "json.array", "Array", SUBTREE },
	[MEMBER]       = { "json.member", "Member", STRING },
	[KEY]          = { "json.key", "Key", STRING },
	[PATH]         = { "json.path", "Path", STRING, .generated = true },
	[PATH_VALUE]   = { "json.path_with_value", "Path with value", STRING, .generated = true },
	[MEMBER_VALUE] = { "json.member_with_value", "Member with value", STRING, .generated = true },
	[STRING_VALUE] = { "json.value.string", "String value", STRING },
	[NUMBER_VALUE] = { "json.value.number", "Number value", STRING },
	[TRUE_VALUE]   = { "json.value.true", "True value", SUBTREE },
	[FALSE_VALUE]  = { "json.value.false", "False value", SUBTREE },
	[NULL_VALUE]   = { "json.value.null", "Null value", SUBTREE },
};

enum { DEEPEST = 64, PATH_LARGEST = 1024 };

extern const struct protocol protocol_text_lines;

/* ---- is it JSON? Octets up to the end of a value; NULL: they are none ---- */

static const uint8_t *skip_space(const uint8_t *at, const uint8_t *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
		at++;
	return at;
}

static const uint8_t *check_string(const uint8_t *at, const uint8_t *end)
{
	if (at == end || *at++ != '"')
		return NULL;
	while (at < end && *at != '"')
		at += *at == '\\' ? 2 : 1;
	return at < end ? at + 1 : NULL;
}

static const uint8_t *skip_digits(const uint8_t *at, const uint8_t *end)
{
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at;
}

static const uint8_t *check_number(const uint8_t *at, const uint8_t *end)
{
	at += at < end && *at == '-';
	const uint8_t *digits = at;

	at = skip_digits(at, end);
	if (at == digits)
		return NULL;
	if (at < end && *at == '.')
		at = skip_digits(at + 1, end);
	if (at < end && (*at | 0x20) == 'e') {
		at++;
		at += at < end && (*at == '+' || *at == '-');
		at = skip_digits(at, end);
	}
	return at;
}

/* true, false, null */
static const struct word {
	const char *text;
	uint8_t length, field;
} words[] = { { "true", 4, TRUE_VALUE }, { "false", 5, FALSE_VALUE }, { "null", 4, NULL_VALUE } };

static const struct word *word_at(const uint8_t *at, const uint8_t *end)
{
	for (unsigned i = 0; i < 3; i++)
		if (end - at >= words[i].length && memcmp(at, words[i].text, words[i].length) == 0)
			return &words[i];
	return NULL;
}

static const uint8_t *check_value(const uint8_t *at, const uint8_t *end, unsigned depth);

/* An object or an array. */
static const uint8_t *check_list(const uint8_t *at, const uint8_t *end, unsigned depth)
{
	const bool is_object = *at == '{';
	const uint8_t closing = is_object ? '}' : ']';

	at = skip_space(at + 1, end);
	if (depth >= DEEPEST || at == end)
		return NULL;
	if (*at == closing)
		return at + 1;
	for (;; at = skip_space(at + 1, end)) {
		if (is_object) {
			at = check_string(at, end);
			at = at ? skip_space(at, end) : end;
			if (at == end || *at != ':')
				return NULL;
			at = skip_space(at + 1, end);
		}
		at = check_value(at, end, depth + 1);
		at = at ? skip_space(at, end) : end;
		if (at == end || (*at != ',' && *at != closing))
			return NULL;
		if (*at == closing)
			return at + 1;
	}
}

static const uint8_t *check_value(const uint8_t *at, const uint8_t *end, unsigned depth)
{
	if (at == end)
		return NULL;
	if (*at == '{' || *at == '[')
		return check_list(at, end, depth);
	if (*at == '"')
		return check_string(at, end);
	const struct word *word = word_at(at, end);
	return word ? at + word->length : check_number(at, end);
}

/* ---- what it says; all of it has been checked ---- */

struct string {
	const char *text;
	uint32_t length;
};

struct path {
	char text[PATH_LARGEST];
	uint32_t length;
};

static unsigned read_hex(const uint8_t *at, const uint8_t *end)
{
	unsigned value = 0;

	for (unsigned i = 0; i < 4; i++) {
		const uint8_t c = at + i < end ? at[i] : 0, letter = c | 0x20;
		if (c >= '0' && c <= '9')
			value = value << 4 | (unsigned)(c - '0');
		else if (letter >= 'a' && letter <= 'f')
			value = value << 4 | (unsigned)(letter - 'a' + 10);
		else
			return 0;
	}
	return value;
}

/*
 * The character behind \u, RFC 8259, section 7; moves *at behind it. Half a pair is nothing; nor is, in tshark, what the
 * string ends with.
 */
static char *put_unicode(char *to, const uint8_t **at, const uint8_t *end)
{
	const unsigned c = end - *at > 4 ? read_hex(*at, end) : 0;

	*at += end - *at < 4 ? end - *at : 4;
	if (c >= 0xd800 && c < 0xdc00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u') {
		const unsigned low = read_hex(*at + 2, end);
		if (low >= 0xdc00 && low < 0xe000) {
			*at += 6;
			return put_utf8(to, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
		}
	}
	return c && (c < 0xd800 || c >= 0xe000) ? put_utf8(to, c) : to;
}

static struct string read_string(struct dissection *d, const uint8_t *at, const uint8_t *end)
{
	static const char escapes[] = "bfnrt", meant[] = "\b\f\n\r\t";
	char *text = arena_alloc(d->arena, (size_t)(end - at) + 1), *to = text;

	while (at < end) {
		if (*at != '\\' || at + 1 == end) {
			*to++ = (char)*at++;
			continue;
		}
		const uint8_t c = at[1];
		at += 2;
		const char *escape = c ? strchr(escapes, c) : NULL;
		if (c == 'u')
			to = put_unicode(to, &at, end);
		else
			*to++ = escape ? meant[escape - escapes] : (char)c;
	}
	return (struct string){ text, (uint32_t)(to - text) };
}

/* The path goes one step down: /name. What is too much is left out. */
static void enter(struct path *path, struct string name)
{
	if (path->length < PATH_LARGEST)
		path->text[path->length++] = '/';
	const uint32_t room = PATH_LARGEST - path->length, n = name.length < room ? name.length : room;
	memcpy(path->text + path->length, name.text, n);
	path->length += n;
}

static void add_text(struct dissection *d, const struct wire *w, unsigned field, const uint8_t *at, uint32_t n,
                     const char *text, uint32_t length)
{
	add_node_octets(d, w, &fields[field], (uint32_t)(at - w->data), n, (const uint8_t *)text, length);
}

/* name:value, over the n octets of the value */
static void add_pair(struct dissection *d, const struct wire *w, unsigned field, const uint8_t *at, uint32_t n,
                     struct string name, struct string value)
{
	char *text = arena_alloc(d->arena, name.length + 1 + (size_t)value.length);

	memcpy(text, name.text, name.length);
	text[name.length] = ':';
	memcpy(text + name.length + 1, value.text, value.length);
	add_text(d, w, field, at, n, text, name.length + 1 + value.length);
}

static void add_leaf(struct dissection *d, const struct wire *w, const uint8_t *at, const uint8_t *end,
                     const struct path *path, struct string name)
{
	const struct word *word = word_at(at, end);
	const uint32_t n = (uint32_t)(end - at);
	const bool is_string = *at == '"';
	const struct string value = is_string ? read_string(d, at + 1, end - 1) :
	                                        (struct string){ (const char *)at, n };

	add_pair(d, w, PATH_VALUE, at, n, (struct string){ path->text, path->length }, value);
	add_pair(d, w, MEMBER_VALUE, at, n, name, value);
	if (word)
		add_node(d, w, &fields[word->field], (uint32_t)(at - w->data), n, 0);
	else
		add_text(d, w, is_string ? STRING_VALUE : NUMBER_VALUE, at, n, value.text, value.length);
}

static const uint8_t *show_value(struct dissection *d, const struct wire *w, const uint8_t *at, const uint8_t *end,
                                 struct path *path, struct string name);

static const uint8_t *show_member(struct dissection *d, const struct wire *w, const uint8_t *at, const uint8_t *end,
                                  struct path *path)
{
	const uint8_t *behind = check_string(at, end);
	const struct string name = read_string(d, at + 1, behind - 1);
	const uint32_t outer = path->length, whole = (uint32_t)(behind - at);

	add_text(d, w, MEMBER, at, whole, name.text, name.length);
	node_ref node = open_subtree(d);
	enter(path, name);
	const uint8_t *value = skip_space(skip_space(behind, end) + 1, end);
	value = show_value(d, w, value, end, path, name);
	add_text(d, w, KEY, at, whole, name.text, name.length);
	add_string_value(d, w, &fields[PATH], path->text, path->length);
	place(d, (uint32_t)(at - w->data), (uint32_t)(value - at));
	path->length = outer;
	set_length(d, node, (uint32_t)(value - at));
	close_subtree(d, node, NULL);
	return value;
}

/* Up to its end. */
static const uint8_t *show_list(struct dissection *d, const struct wire *w, const uint8_t *at, const uint8_t *end,
                                struct path *path)
{
	static const struct string item = { "[]", 2 };
	const uint8_t *start = at;
	const bool is_object = *at == '{';
	const uint32_t outer = path->length;

	add_node(d, w, &fields[is_object ? OBJECT : ARRAY], (uint32_t)(at - w->data), 0, 0);
	node_ref node = open_subtree(d);
	if (!is_object)
		enter(path, item);
	at = skip_space(at + 1, end);
	while (*at != '}' && *at != ']') {
		at = is_object ? show_member(d, w, at, end, path) : show_value(d, w, at, end, path, item);
		at = skip_space(at, end);
		if (*at == ',')
			at = skip_space(at + 1, end);
	}
	path->length = outer;
	set_length(d, node, (uint32_t)(at + 1 - start));
	close_subtree(d, node, NULL);
	return at + 1;
}

static const uint8_t *show_value(struct dissection *d, const struct wire *w, const uint8_t *at, const uint8_t *end,
                                 struct path *path, struct string name)
{
	if (*at == '{' || *at == '[')
		return show_list(d, w, at, end, path);
	const uint8_t *behind = check_value(at, end, 0);
	add_leaf(d, w, at, behind, path, name);
	return behind;
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (d->first_pass)
		return;
	const uint8_t *start = wire_here(w), *at = start, *end = at + wire_captured(w);
	struct path path = { .length = 0 };
	node_ref top = open_protocol(d, w, &fields[JSON]);
	append_column(d, w, "/JSON");
	list_info(d, w, ", ", "JavaScript Object Notation");
	append_text(d, w, top, ": %s", d->media->name);
	for (const uint8_t *behind; (at = skip_space(at, end)) < end; at = behind) {
		behind = *at == '{' || *at == '[' ? check_value(at, end, 0) : NULL;
		if (!behind)
			break;
		show_value(d, w, at, end, &path, (struct string){ "", 0 });
		wire_skip(w, (uint32_t)(behind - wire_here(w)));
	}
	set_length(d, top, (uint32_t)(at - start));
	close_subtree(d, top, NULL);
	if (at < end) {
		struct wire rest = *w;
		rest.at += (uint32_t)(at - wire_here(w));
		dissect_protocol(d, rest, &protocol_text_lines);
	} else {
		list_media(d, w);
	}
}

const struct protocol protocol_json = {
	.name = "JavaScript Object Notation", .short_name = "JSON", .filter = "json", .fields = fields,
	.field_count = N_FIELDS, .dissect = dissect,
};
