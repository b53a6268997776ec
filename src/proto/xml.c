/*
 * xml.c: Extensible Markup Language (XML 1.0, W3C Recommendation): its tags, attributes and texts, as they stand there: entities
 * are left as they are, names of opening and closing tags are not compared.
 */

#include <ctype.h>
#include <strings.h>

#include "dissect/http.h"
#include "dissect/text.h"

enum {
	XML, PI, XML_PI, VERSION, ENCODING, STANDALONE, CDATA_SECTION, COMMENT, ATTRIBUTE, DOCTYPE, DTD_TAG, TEXT, TAG, END_TAG, UNOPENED, UNRECOGNIZED, NOTE_UNOPENED,
	NOTE_UNRECOGNIZED, NOTE_STRAY, N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[XML]           = { "xml", "eXtensible Markup Language", PROTOCOL },
	[PI]            = { "xml.xmlpi", "XMLPI", STRING },
	[XML_PI]        = { "xml.xmlpi.xml", "xml.xmlpi.xml", STRING },
	[VERSION]       = { "xml.xmlpi.xml.version", "version", STRING },
	[ENCODING]      = { "xml.xmlpi.xml.encoding", "encoding", STRING },
	[STANDALONE]    = { "xml.xmlpi.xml.standalone", "standalone", STRING },
	[CDATA_SECTION] = { "xml.cdatasection", "CDATASection", STRING },
	[COMMENT]       = { "xml.comment", "Comment", STRING },
	[ATTRIBUTE]     = { "xml.attribute", "Attribute", STRING },
	[DOCTYPE]       = { "xml.doctype", "Doctype", STRING },
	[DTD_TAG]       = { "xml.dtdtag", "DTD Tag", STRING },
	[TEXT]          = { "xml.cdata", "CDATA", STRING },
	[TAG]           = { "xml.tag", "Tag", STRING },
	[END_TAG]       = { NULL, "End of a tag", STRING },
	[UNOPENED]      = { NULL, "Closing an unopened tag", SUBTREE },
	[UNRECOGNIZED]  = { NULL, "Unrecognized text", SUBTREE },
	[NOTE_UNOPENED] = { "xml.closing_unopened_tag", "Closing an unopened tag", NOTE, .severity = SEVERITY_ERROR,
	                    .group = GROUP_MALFORMED },
	[NOTE_UNRECOGNIZED] = { "xml.unrecognized_text", "Unrecognized text", NOTE, .severity = SEVERITY_WARNING,
	                        .group = GROUP_PROTOCOL },
	[NOTE_STRAY]    = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                    .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

/* How markup ends that a search is made for. */
enum end { END_OF_TAG, END_OF_COMMENT, END_OF_SECTION, N_ENDS };

enum { DEEPEST = 200 }; /* tags within tags that are shown so */

/* A document on its way through the reader. */
struct reader {
	struct dissection *d;
	struct wire *w;
	node_ref open[DEEPEST];
	unsigned depth;
	bool is_missing[N_ENDS]; /* nothing ends so any more: nobody looks for it again */
	unsigned doctype; /* at which depth there is one open; 0: there is none */
};

/* ---- characters ---- */

static uint32_t spaces(const uint8_t *at, uint32_t n)
{
	uint32_t i = 0;

	while (i < n && isspace(at[i]))
		i++;
	return i;
}

static uint32_t name_at(const uint8_t *at, uint32_t n)
{
	uint32_t i = 0;

	while (i < n && (isalnum(at[i]) || (at[i] && strchr("_:.-", at[i]))))
		i++;
	return i;
}

static bool begins(const uint8_t *at, uint32_t n, const char *text)
{
	return n >= strlen(text) && !memcmp(at, text, strlen(text));
}

/* Octets up to and with the end of markup; 0: it does not come. */
static uint32_t up_to(struct reader *r, const uint8_t *at, uint32_t n, enum end end)
{
	static const char *const ends[N_ENDS] = { ">", "-->", "]]>" };
	const uint8_t *found = r->is_missing[end] ? NULL : memmem(at, n, ends[end], strlen(ends[end]));

	r->is_missing[end] = !found;
	return found ? (uint32_t)(found - at + strlen(ends[end])) : 0;
}

/* name = "value"; 0: there is none. */
static uint32_t attribute_at(const uint8_t *at, uint32_t n)
{
	const uint32_t name = name_at(at, n);
	uint32_t i = name + spaces(at + name, n - name);

	if (!name || i == n || at[i] != '=')
		return 0;
	i++;
	i += spaces(at + i, n - i);
	if (i == n)
		return 0;
	if (at[i] == '"' || at[i] == '\'') {
		const uint8_t *end = memchr(at + i + 1, at[i], n - i - 1);
		return end ? (uint32_t)(end - at) + 1 : 0;
	}
	const uint32_t value = name_at(at + i, n - i);
	return value ? i + value : 0;
}

/* ---- nodes ---- */

/* Its line shows n octets, its value is more of them. */
static node_ref add_part(struct reader *r, unsigned field, uint32_t n, struct http_text value)
{
	const uint8_t *at = wire_here(r->w);
	const node_ref node = http_add_line(r->d, r->w, &fields[field], n, value);

	if (has_stray_characters(at, n))
		note_on(r->d, node, &fields[NOTE_STRAY]);
	return node;
}

static node_ref add_token(struct reader *r, unsigned field, uint32_t n)
{
	return add_part(r, field, n, (struct http_text){ wire_here(r->w), n });
}

static void add_remark(struct reader *r, unsigned field, unsigned note, uint32_t n)
{
	add_node(r->d, r->w, &fields[field], r->w->at, n, 0);
	note_on(r->d, r->d->last, &fields[note]);
}

static void push(struct reader *r, node_ref node)
{
	r->open[r->depth++] = node;
	r->d->last = node;
	open_subtree(r->d);
}

static void pop(struct reader *r)
{
	close_subtree(r->d, r->open[--r->depth], r->w);
}

/* ---- tags ---- */

/* How an opening tag is made. */
struct tag {
	uint32_t name;       /* octets up to the end of its name */
	uint32_t attributes; /* and up to that of its attributes */
	uint32_t length;     /* of all of it; 0: it is none */
	const char *end;     /* how it ends */
};

static struct tag tag_at(const uint8_t *at, uint32_t n)
{
	const bool is_pi = n > 5 && !strncasecmp((const char *)at, "<?xml", 5);
	struct tag tag = { .name = is_pi ? 2 : 1 };

	if (!is_pi)
		tag.name += spaces(at + 1, n - 1);
	const uint32_t name = name_at(at + tag.name, n - tag.name);
	tag.name += name;
	uint32_t i = tag.attributes = tag.name, length;
	for (i += spaces(at + i, n - i); (length = attribute_at(at + i, n - i)); i += spaces(at + i, n - i))
		tag.attributes = i += length;
	tag.end = is_pi ? "?>" : i < n && at[i] == '/' ? "/>" : ">";
	if (name && begins(at + i, n - i, tag.end))
		tag.length = i + (uint32_t)strlen(tag.end);
	return tag;
}

/* Those of the XML declaration have fields of their own, which hold their values without quotes. */
static node_ref read_attribute(struct reader *r, uint32_t n, bool is_declaration)
{
	const uint8_t *at = wire_here(r->w), *value = memchr(at, '=', n);

	for (unsigned field = VERSION; is_declaration && value && field <= STANDALONE; field++) {
		if (!begins(at, n, fields[field].label))
			continue;
		value += 1 + spaces(value + 1, n - (uint32_t)(value + 1 - at));
		const bool is_quoted = *value == '"' || *value == '\'';
		const uint32_t length = n - (uint32_t)(value - at) - (is_quoted ? 2 : 0);
		value += is_quoted;
		const node_ref node = add_part(r, field, n, (struct http_text){ value, length });
		place(r->d, (uint32_t)(value - r->w->data), length);
		return node;
	}
	return add_token(r, ATTRIBUTE, n);
}

static void read_attributes(struct reader *r, const struct tag *tag, node_ref top, bool is_declaration)
{
	const uint32_t end = r->w->at + tag->attributes - tag->name;
	node_ref last = top;

	while (r->w->at < end) {
		wire_skip(r->w, spaces(wire_here(r->w), end - r->w->at));
		last = read_attribute(r, attribute_at(wire_here(r->w), end - r->w->at), is_declaration);
	}
	const uint32_t behind = tag->length - tag->attributes;
	if (*tag->end == '?') {
		wire_skip(r->w, behind - 2);
		add_token(r, END_TAG, 2);
		return;
	}
	append_text(r->d, r->w, last, "%s", tag->end);
	wire_skip(r->w, behind);
}

static void read_opening(struct reader *r, const struct tag *tag)
{
	const bool is_pi = *tag->end == '?', is_whole = is_pi || *tag->end == '/';
	const uint8_t *at = wire_here(r->w);
	const bool is_declaration = is_pi && tag->name == 5;
	node_ref node = add_part(r, is_declaration ? XML_PI : is_pi ? PI : TAG, tag->name, (struct http_text){ at, tag->length });

	if (r->depth == DEEPEST) {
		wire_skip(r->w, tag->length - tag->name);
		return;
	}
	push(r, node);
	read_attributes(r, tag, node, is_declaration);
	if (is_whole)
		pop(r);
}

static void read_closing(struct reader *r, uint32_t n)
{
	add_token(r, END_TAG, n);
	if (r->depth)
		pop(r);
	else
		add_remark(r, UNOPENED, NOTE_UNOPENED, 0);
}

/* ---- tokens ---- */

/* Octets of "<!DOCTYPE name [", within which there are declarations; 0: it is none. */
static uint32_t doctype_at(const uint8_t *at, uint32_t n)
{
	static const char start[] = "<!DOCTYPE";
	uint32_t i = sizeof start - 1;

	if (n < i || strncasecmp((const char *)at, start, i) != 0)
		return 0;
	i += spaces(at + i, n - i);
	while (i < n && at[i] != ':' && name_at(at + i, 1))
		i++;
	i += spaces(at + i, n - i);
	return i < n && at[i] == '[' ? i + 1 : 0;
}

/* The ">" of a declaration is not the last octet of all. */
static bool read_declaration(struct reader *r, const uint8_t *at, uint32_t n)
{
	const uint32_t start = doctype_at(at, n), length = up_to(r, at, n, END_OF_TAG);

	if (start && r->depth < DEEPEST) {
		push(r, add_token(r, DOCTYPE, start));
		r->doctype = r->depth;
		return true;
	}
	if (!length || length == n)
		return false;
	add_token(r, DTD_TAG, length);
	return true;
}

/* Octets of the "]>" that ends what a DOCTYPE declares; 0: it is none. */
static uint32_t doctype_end_at(const uint8_t *at, uint32_t n)
{
	const uint32_t i = *at == ']' ? 1 + spaces(at + 1, n - 1) : 0;

	return i && i < n && at[i] == '>' ? i + 1 : 0;
}

static void read_doctype_end(struct reader *r, uint32_t n)
{
	add_token(r, DOCTYPE, n);
	if (r->doctype && r->doctype == r->depth) {
		pop(r);
		r->doctype = 0;
	} else {
		add_remark(r, UNOPENED, NOTE_UNOPENED, 0);
	}
}

static bool read_markup(struct reader *r, const uint8_t *at, uint32_t n)
{
	static const struct { const char *start; enum end end; uint8_t field; } rows[] = {
		{ "<!--", END_OF_COMMENT, COMMENT }, { "<![CDATA[", END_OF_SECTION, CDATA_SECTION },
	};

	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		const uint32_t length = begins(at, n, rows[i].start) ? up_to(r, at, n, rows[i].end) : 0;
		if (length) {
			add_token(r, rows[i].field, length);
			return true;
		}
	}
	if (begins(at, n, "<!"))
		return read_declaration(r, at, n);
	if (begins(at, n, "</")) {
		const uint32_t start = 2 + spaces(at + 2, n - 2), name = start + name_at(at + start, n - start);
		const uint32_t length = name + spaces(at + name, n - name);
		if (name == start || length == n || at[length] != '>')
			return false;
		read_closing(r, length + 1);
		return true;
	}
	const struct tag tag = tag_at(at, n);
	if (tag.length)
		read_opening(r, &tag);
	return tag.length;
}

/* Up to white space. */
static void read_unrecognized(struct reader *r, const uint8_t *at, uint32_t n)
{
	uint32_t length = 1;

	while (length < n && !isspace(at[length]))
		length++;
	add_remark(r, UNRECOGNIZED, NOTE_UNRECOGNIZED, length);
	wire_skip(r->w, length);
}

static void read_text(struct reader *r, const uint8_t *at, uint32_t n)
{
	const uint8_t *end = memchr(at, '<', n);

	const uint32_t length = doctype_end_at(at, n);

	if (length)
		read_doctype_end(r, length);
	else
		add_token(r, TEXT, end ? (uint32_t)(end - at) : n);
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct reader r = { .d = d, .w = w };

	if (d->first_pass)
		return;
	node_ref top = open_protocol(d, w, &fields[XML]);
	append_column(d, w, "/XML");
	for (;;) {
		wire_skip(w, spaces(wire_here(w), wire_captured(w)));
		const uint8_t *at = wire_here(w);
		const uint32_t n = wire_captured(w);
		if (!n)
			break;
		if (*at != '<')
			read_text(&r, at, n);
		else if (!read_markup(&r, at, n))
			read_unrecognized(&r, at, n);
	}
	while (r.depth)
		pop(&r);
	close_subtree(d, top, w);
}

const struct protocol protocol_xml = {
	.name = "eXtensible Markup Language", .short_name = "XML", .filter = "xml", .fields = fields, .field_count = N_FIELDS,
	.dissect = dissect,
};
