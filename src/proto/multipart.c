/* multipart.c: several bodies in one, RFC 2046, section 5.1, each with fields that say what it is. */

#include "dissect/http.h"
#include "dissect/media.h"

enum {
	MULTIPART, TYPE, PREAMBLE, FIRST_BOUNDARY, PART, HEADER, BOUNDARY, LAST_BOUNDARY, TRAILER, NO_BOUNDARY,
	NOTE_NO_BOUNDARY, N_FIELDS
};

#define PARAMETER_MISSING "The multipart dissector could not find a required parameter."

static const struct field fields[N_FIELDS] = {
	[MULTIPART]        = { "mime_multipart", "MIME Multipart Media Encapsulation", PROTOCOL },
	[TYPE]             = { "mime_multipart.type", "Type", STRING, .generated = true },
	[PREAMBLE]         = { "mime_multipart.preamble", "Preamble", OCTETS },
	[FIRST_BOUNDARY]   = { "mime_multipart.first_boundary", "First boundary", STRING },
	[PART]             = { "mime_multipart.part", "Encapsulated multipart part: ", SUBTREE },
	[HEADER]           = { "mime_multipart.header", "Header", STRING },
	[BOUNDARY]         = { "mime_multipart.boundary", "Boundary", STRING },
	[LAST_BOUNDARY]    = { "mime_multipart.last_boundary", "Last boundary", STRING },
	[TRAILER]          = { "mime_multipart.trailer", "Trailer", OCTETS },
	[NO_BOUNDARY]      = { NULL, PARAMETER_MISSING, SUBTREE },
	[NOTE_NO_BOUNDARY] = { "mime_multipart.no_required_parameter", PARAMETER_MISSING, NOTE,
	                       .severity = SEVERITY_ERROR, .group = GROUP_PROTOCOL },
};

enum { DEEPEST = 8 }; /* parts within parts: all of them read the same octets */

/* A line that parts two parts, with the end of the line before it, which belongs to it. */
struct boundary {
	uint32_t before; /* octets from the cursor up to it */
	uint32_t length;
	bool is_last;
};

/* The next one. False: none is there. */
static bool find_boundary(const struct wire *w, const char *name, bool is_first, struct boundary *found)
{
	const uint8_t *start = wire_here(w), *end = start + wire_captured(w);
	const size_t n = strlen(name);

	for (const uint8_t *at = start; (at = memmem(at, (size_t)(end - at), name, n)); at++) {
		const uint8_t *dashes = at - 2;
		if (dashes < start || dashes[0] != '-' || dashes[1] != '-')
			continue;
		if (dashes > start && dashes[-1] != '\n' && dashes[-1] != '\r')
			continue;
		const uint8_t *from = dashes;
		if (!is_first && from > start && from[-1] == '\n')
			from--;
		if (!is_first && from > start && from[-1] == '\r')
			from--;
		const uint8_t *behind = at + n;
		found->is_last = end - behind >= 2 && behind[0] == '-' && behind[1] == '-';
		behind += found->is_last ? 2 : 0;
		const struct http_line rest = http_line_at(behind, (uint32_t)(end - behind));
		found->before = (uint32_t)(from - start);
		found->length = (uint32_t)(behind + rest.whole - from);
		return true;
	}
	return false;
}

/* Fields, the last of them with the empty line behind it. */
static void read_fields(struct dissection *d, struct wire *w, node_ref part, const struct media_type **type)
{
	while (wire_captured(w)) {
		const uint8_t *at = wire_here(w);
		const uint32_t n = wire_captured(w);
		const struct http_line line = http_line_at(at, n);
		struct http_text name, value;
		uint32_t whole = line.whole;
		if (!line.length || !http_split_field(&line, &name, &value))
			return;
		while (whole < n && (at[whole] == ' ' || at[whole] == '\t'))
			whole += http_line_at(at + whole, n - whole).whole;
		const struct http_line next = http_line_at(at + whole, n - whole);
		const bool is_last = next.whole && !next.length;
		whole += is_last ? next.whole : 0;
		http_add_line(d, w, &fields[HEADER], whole, value);
		if (http_is(name, "content-type")) {
			*type = read_media_type(d, value.at, (size_t)(at + whole - value.at) < value.length ? 0 : value.length);
			append_text(d, w, part, " (%s)", printable(d, (*type)->name, strlen((*type)->name)));
		}
		if (is_last)
			return;
	}
}

static void read_part(struct dissection *d, struct wire *w, const struct boundary *next)
{
	const struct media_type *type = NULL;
	struct wire part = wire_take(w, next->before);

	add_node(d, &part, &fields[PART], part.at, next->before, 0);
	const node_ref node = open_subtree(d);
	read_fields(d, &part, node, &type);
	if (type)
		dissect_media(d, part, type);
	else
		dissect_data(d, part);
	close_subtree(d, node, NULL);
}

static void add_boundary(struct dissection *d, struct wire *w, const struct boundary *boundary, bool is_first)
{
	add_octets(d, w, &fields[is_first ? FIRST_BOUNDARY : boundary->is_last ? LAST_BOUNDARY : BOUNDARY],
	           boundary->length);
}

static void read_parts(struct dissection *d, struct wire *w, const char *name)
{
	struct boundary boundary;

	if (!find_boundary(w, name, true, &boundary)) {
		dissect_data(d, *w);
		return;
	}
	if (boundary.before)
		add_octets(d, w, &fields[PREAMBLE], boundary.before);
	add_boundary(d, w, &boundary, true);
	while (!boundary.is_last && w->state == WIRE_GOOD) {
		if (!find_boundary(w, name, false, &boundary)) {
			add_node(d, w, &fields[PART], w->at, wire_captured(w), 0);
			return;
		}
		read_part(d, w, &boundary);
		add_boundary(d, w, &boundary, false);
	}
	if (boundary.is_last && wire_captured(w))
		add_octets(d, w, &fields[TRAILER], wire_captured(w));
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (d->first_pass)
		return;
	const char *boundary = media_parameter(d, d->media, "boundary");
	if (!boundary || !*boundary || d->media->depth > DEEPEST) {
		add_node(d, w, &fields[NO_BOUNDARY], w->at, 0, 0);
		note_on(d, d->last, &fields[NOTE_NO_BOUNDARY]);
		dissect_data(d, *w);
		return;
	}
	node_ref top = open_protocol(d, w, &fields[MULTIPART]);
	append_text(d, w, top, ", Type: %s, Boundary: \"%s\"", d->media->name,
	            printable(d, boundary, strlen(boundary)));
	add_string_value(d, w, &fields[TYPE], d->media->name, strlen(d->media->name));
	read_parts(d, w, boundary);
	close_subtree(d, top, NULL);
}

const struct protocol protocol_multipart = {
	.name = "MIME Multipart Media Encapsulation", .short_name = "MIME multipart", .filter = "mime_multipart",
	.fields = fields, .field_count = N_FIELDS, .dissect = dissect,
};
