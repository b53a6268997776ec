/* dissection.c: nodes, texts, notes, and the way from one protocol to the next. */

#include "dissect/dissection.h"

#include "dissect/crypto.h"
#include "dissect/resolver.h"
#include "dissect/session.h"
#include "dissect/text.h"

/* ---- nodes ---- */

static struct node *node_at(struct dissection *d, node_ref node)
{
	return &d->tree->nodes[node];
}

static node_ref new_node(struct dissection *d, const struct field *field, const struct wire *w, uint32_t at,
                         uint32_t length)
{
	struct tree *tree = d->tree;

	d->last = 0;
	if (tree->wanted && !field_set_find(tree->wanted, field))
		return d->last = NODE_UNWANTED;
	if (__builtin_expect(tree->count == tree->capacity, 0) && !tree_grow(tree))
		return 0;
	tree->anchored += d->anchor != 0;
	tree->nodes[tree->count] = (struct node){ .field = field, .offset = at, .length = length, .anchor = d->anchor,
		                                  .depth = d->depth, .source = w->source,
		                                  .generated = field->generated };
	return d->last = tree->count++;
}

node_ref build_node(struct dissection *d, const struct wire *w, const struct field *field, uint32_t at, uint32_t length,
                    uint64_t number)
{
	node_ref ref = new_node(d, field, w, at, length);
	if (field->mask)
		number = (number & field->mask) >> __builtin_ctzll(field->mask);
	if (ref)
		node_at(d, ref)->number = number;
	return ref;
}

node_ref build_node_octets(struct dissection *d, const struct wire *w, const struct field *field, uint32_t at,
                           uint32_t length, const uint8_t *octets, uint32_t octets_length)
{
	node_ref ref = new_node(d, field, w, at, length);
	if (ref) {
		node_at(d, ref)->octets = octets;
		node_at(d, ref)->value_length = octets_length;
	}
	return ref;
}

const uint8_t *add_string(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *p = wire_bytes(w, n);

	d->last = 0;
	if (p && d->tree)
		add_node_octets(d, w, field, w->at - n, n, p, (uint32_t)strnlen((const char *)p, n));
	return p;
}

uint32_t add_seconds(struct dissection *d, struct wire *w, const struct field *field)
{
	uint32_t seconds = wire_u32(w);

	d->last = 0;
	if (BUILDING(d, w)) {
		node_ref ref = new_node(d, field, w, w->at - 4, 4);
		node_at(d, ref)->seconds = ref ? (int64_t)seconds : 0;
	}
	return seconds;
}

void add_bits(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
              uint64_t value)
{
	if (!BUILDING(d, w))
		return;
	for (const struct field *field = first; field <= last; field++)
		add_node(d, w, field, w->at - n, n, value);
}

static uint32_t place_of(const struct wire *w, const struct field *field)
{
	return field->generated ? AT_PARENT : w->at;
}

node_ref build_number(struct dissection *d, const struct wire *w, const struct field *field, uint64_t number)
{
	return build_node(d, w, field, place_of(w, field), 0, number);
}

node_ref add_real(struct dissection *d, const struct wire *w, const struct field *field, double value)
{
	node_ref ref = add_node(d, w, field, place_of(w, field), 0, 0);
	if (ref)
		node_at(d, ref)->real = value;
	return ref;
}

node_ref build_time(struct dissection *d, const struct wire *w, const struct field *field, struct timestamp time)
{
	node_ref ref = new_node(d, field, w, place_of(w, field), 0);
	if (ref) {
		node_at(d, ref)->seconds = time.seconds;
		node_at(d, ref)->nanoseconds = time.nanoseconds;
	}
	return ref;
}

node_ref build_string(struct dissection *d, const struct wire *w, const struct field *field, const char *octets, size_t n)
{
	return build_node_octets(d, w, field, place_of(w, field), 0, arena_copy(d->arena, octets, n), (uint32_t)n);
}

void place(struct dissection *d, uint32_t at, uint32_t length)
{
	if (d->last && d->tree) {
		node_at(d, d->last)->offset = at;
		node_at(d, d->last)->length = length;
	}
}

void place_nowhere(struct dissection *d)
{
	if (d->last && d->tree)
		node_at(d, d->last)->source = NO_SOURCE;
	place(d, 0, 0);
}

void cover(struct dissection *d, const struct wire *w, uint32_t n)
{
	if (w->at >= n)
		place(d, w->at - n, n);
}

/* ---- subtrees ---- */

node_ref build_heading(struct dissection *d, const struct wire *w, const struct field *field)
{
	const uint32_t length = field->generated ? 0 : w->reported - w->at;
	node_ref ref = build_node(d, w, field, place_of(w, field), length, 0);

	if (ref)
		node_at(d, ref)->value_length = length;
	return ref;
}

void close_subtree(struct dissection *d, node_ref node, const struct wire *w)
{
	if (d->depth)
		d->depth--;
	if (w)
		reach(d, node, w);
}

void reach(struct dissection *d, node_ref node, const struct wire *w)
{
	if (node && d->tree && node_at(d, node)->offset <= w->at && node_at(d, node)->source == w->source)
		node_at(d, node)->length = w->at - node_at(d, node)->offset;
}

node_ref reopen(struct dissection *d, node_ref node)
{
	node_ref saved = d->anchor << 8 | d->depth;
	if (node && d->tree) {
		d->anchor = node;
		d->depth = (uint8_t)(node_at(d, node)->depth + 1);
	}
	return saved;
}

void close_late(struct dissection *d, node_ref saved)
{
	d->anchor = saved >> 8;
	d->depth = saved & UINT8_MAX;
}

void set_length(struct dissection *d, node_ref node, uint32_t length)
{
	if (node && d->tree)
		node_at(d, node)->length = length;
}

void mark_generated(struct dissection *d, node_ref node)
{
	if (node && d->tree)
		node_at(d, node)->generated = true;
}

/* ---- text ---- */

enum { TEXT_GUESS = 240 };

/* Formats into the arena; *length is without the NUL behind it. */
static char *format_text(struct dissection *d, size_t *length, const char *format, va_list arguments)
{
	char guess[TEXT_GUESS];
	size_t n = text_vformat(guess, sizeof guess, format, arguments);
	char *text = arena_alloc(d->arena, n + 1);

	if (n <= sizeof guess)
		memcpy(text, guess, n);
	else
		text_vformat(text, n, format, arguments);
	text[n] = 0;
	*length = n;
	return text;
}

/* Appends to a whole text that gets longer than a label may be. */
static void append_clipped(struct dissection *d, struct node *node, const char *text, size_t n)
{
	char *line = arena_alloc(d->arena, LABEL_LARGEST + 16);
	size_t length = node->text_length;

	memcpy(line, node->text, length < LABEL_LARGEST ? length : LABEL_LARGEST);
	if (node->mode == TEXT_WHOLE && length > LABEL_LARGEST)
		length = (size_t)(shorten_label(line, 0) - line);
	n = fitting(text, n, LABEL_LARGEST - length);
	memcpy(line + length, text, n);
	node->text = line;
	node->text_length = (uint32_t)(length + n);
	node->mode = TEXT_CLIPPED;
}

/* Puts a text that outlives the frame where mode says: behind what a node has for a text, if it has one. */
static void set_node_text(struct dissection *d, node_ref ref, enum text_mode mode, const char *text, size_t n)
{
	struct node *node = node_at(d, ref);

	if (mode != TEXT_APPEND || node->mode == TEXT_NONE) {
		node->mode = (uint8_t)mode;
		node->text = text;
		node->text_length = (uint32_t)n;
		return;
	}
	if (node->mode != TEXT_WHOLE && node->text_length >= LABEL_LARGEST)
		return; /* nothing more of it is shown */
	if (node->mode >= TEXT_WHOLE && node->text_length + n > LABEL_LARGEST) {
		append_clipped(d, node, text, n);
		return;
	}
	/* In place when nothing else was given out since: a text that grows piece by piece stays linear. */
	char *both = arena_extend(d->arena, (char *)(uintptr_t)node->text, node->text_length, n);
	memcpy(both + node->text_length, text, n);
	node->text = both;
	node->text_length += (uint32_t)n;
}

/* Is there no node whose text would be seen? */
static bool is_textless(const struct dissection *d, node_ref ref)
{
	return !ref || !d->tree || ref >= d->tree->count || (ref == NODE_UNWANTED && d->tree->wanted);
}

void node_text(struct dissection *d, node_ref ref, enum text_mode mode, const char *format, ...)
{
	if (is_textless(d, ref))
		return;
	char guess[TEXT_GUESS];
	size_t n;
	va_list arguments;
	va_start(arguments, format);
	n = text_vformat(guess, sizeof guess, format, arguments);
	const char *text = guess;
	if (n > sizeof guess)
		text = format_text(d, &n, format, arguments);
	else if (mode != TEXT_APPEND || node_at(d, ref)->mode == TEXT_NONE)
		text = arena_copy(d->arena, guess, n);
	va_end(arguments);
	set_node_text(d, ref, mode, text, n);
}

char *begin_text(struct dissection *d, size_t n)
{
	return arena_alloc(d->arena, n);
}

void end_text(struct dissection *d, node_ref ref, enum text_mode mode, char *from, char *to)
{
	arena_shrink(d->arena, to);
	if (!is_textless(d, ref))
		set_node_text(d, ref, mode, from, (size_t)(to - from));
}

void node_literal(struct dissection *d, node_ref ref, const char *text, size_t n)
{
	if (!is_textless(d, ref))
		set_node_text(d, ref, TEXT_APPEND, text, n);
}

const char *text_of(struct dissection *d, const char *format, ...)
{
	size_t n;
	va_list arguments;
	va_start(arguments, format);
	char *text = format_text(d, &n, format, arguments);
	va_end(arguments);
	return text;
}

const char *printable(struct dissection *d, const void *octets, size_t n)
{
	char *text = arena_alloc(d->arena, ESCAPED_SIZE(n) + 1);
	*put_escaped(text, octets, n) = 0;
	return text;
}

enum { IPV4_ROOM = 16, IPV6_ROOM = 46 };

const char *ipv4_text(struct dissection *d, uint32_t address)
{
	char *text = arena_alloc(d->arena, IPV4_ROOM);
	*put_ipv4(text, address) = 0;
	return text;
}

const char *named_ipv4_text(struct dissection *d, uint32_t address)
{
	char *text = arena_alloc(d->arena, RESOLVED_LARGEST);
	*resolve_ipv4(d->session->resolver, text, address) = 0;
	return text;
}

const char *ipv6_text(struct dissection *d, const uint8_t *octets)
{
	char *text = arena_alloc(d->arena, IPV6_ROOM);
	*put_ipv6(text, octets) = 0;
	return text;
}

const char *named_ipv6_text(struct dissection *d, const uint8_t *octets)
{
	char *text = arena_alloc(d->arena, RESOLVED_LARGEST);
	*resolve_ipv6(d->session->resolver, text, octets) = 0;
	return text;
}

const char *mac_text(struct dissection *d, const uint8_t *octets)
{
	char *text = arena_alloc(d->arena, RESOLVED_LARGEST);
	*resolve_mac(d->session->resolver, d->frame->number - 1, text, octets) = 0;
	return text;
}

const char *mac_name(struct dissection *d, const uint8_t *octets)
{
	char *text = arena_alloc(d->arena, RESOLVED_LARGEST);
	*resolve_mac_name(d->session->resolver, d->frame->number - 1, text, octets) = 0;
	return text;
}

const char *address_text(struct dissection *d, const struct address *address)
{
	switch (address->kind) {
	case ADDRESS_MAC:
		return mac_text(d, address->octets);
	case ADDRESS_IPV4:
		return ipv4_text(d, be32(address->octets));
	case ADDRESS_IPV6:
		return ipv6_text(d, address->octets);
	default:
		return "";
	}
}

/* ---- expert notes ---- */

/* As filters compare them: higher is worse. */
static const uint32_t severity_numbers[] = {
	[SEVERITY_COMMENT] = 0x100000, [SEVERITY_CHAT] = 0x200000, [SEVERITY_NOTE] = 0x400000,
	[SEVERITY_WARNING] = 0x600000, [SEVERITY_ERROR] = 0x800000,
};

static const struct name severities[] = {
	{ 0x100000, "Comment" }, { 0x200000, "Chat" }, { 0x400000, "Note" }, { 0x600000, "Warning" }, { 0x800000, "Error" },
};

const char *severity_name(enum severity severity)
{
	return name_or(NAMES(severities), severity_numbers[severity], "Unknown");
}

#define GROUP_ROW(number, name) { (uint64_t)(number) << 24, name }
static const struct name groups[] = {
	GROUP_ROW(GROUP_CHECKSUM, "Checksum"),     GROUP_ROW(GROUP_SEQUENCE, "Sequence"),
	GROUP_ROW(GROUP_RESPONSE, "Response"),     GROUP_ROW(GROUP_REQUEST, "Request"),
	GROUP_ROW(GROUP_UNDECODED, "Undecoded"),   GROUP_ROW(GROUP_REASSEMBLE, "Reassemble"),
	GROUP_ROW(GROUP_MALFORMED, "Malformed"),   GROUP_ROW(GROUP_DEBUG, "Debug"),
	GROUP_ROW(GROUP_PROTOCOL, "Protocol"),     GROUP_ROW(GROUP_SECURITY, "Security"),
	GROUP_ROW(GROUP_COMMENT, "Comment"),       GROUP_ROW(GROUP_DECRYPTION, "Decryption"),
	GROUP_ROW(GROUP_ASSUMPTION, "Assumption"), GROUP_ROW(GROUP_DEPRECATED, "Deprecated"),
};
#undef GROUP_ROW

enum { EXPERT, MESSAGE, SEVERITY, GROUP, MALFORMED_TOO, N_EXPERT };

static const struct field expert_fields[N_EXPERT] = {
	[EXPERT]   = { "_ws.expert", "Expert Info", PROTOCOL, .generated = true },
	[MESSAGE]  = { "_ws.expert.message", "Message", STRING, .generated = true, .hidden = true },
	[SEVERITY] = { "_ws.expert.severity", "Severity level", UINT32, .generated = true, .names = NAMES(severities) },
	[GROUP]    = { "_ws.expert.group", "Group", UINT32, .generated = true, .names = NAMES(groups) },
	[MALFORMED_TOO] = { "_ws.malformed", "Malformed Packet", PROTOCOL, .hidden = true }, /* beside a note that says so */
};

/* Adds the four lines of a note at the current depth. They stand nowhere. */
static void put_note(struct dissection *d, const struct field *note, const char *message, size_t length)
{
	const struct wire nowhere = { .source = NO_SOURCE };
	const uint64_t severity_number = severity_numbers[note->severity], group_number = (uint64_t)note->group << 24;
	const char *severity = severity_name((enum severity)note->severity);
	const char *group = name_or(NAMES(groups), group_number, "Unknown");
	node_ref top = new_node(d, &expert_fields[EXPERT], &nowhere, 0, 0);

	node_text(d, top, TEXT_WHOLE, "Expert Info (%s/%s): %s", severity, group, message);
	d->depth++;
	node_ref text = new_node(d, note, &nowhere, 0, 0);
	mark_generated(d, text);
	node_text(d, text, TEXT_CLIPPED, "%.*s", (int)fitting(message, length, LABEL_LARGEST), message);
	if (new_node(d, &expert_fields[MESSAGE], &nowhere, 0, 0)) {
		node_at(d, d->last)->octets = (const uint8_t *)message;
		node_at(d, d->last)->value_length = (uint32_t)length;
	}
	node_ref level = new_node(d, &expert_fields[SEVERITY], &nowhere, 0, 0);
	node_at(d, level)->number = level ? severity_number : 0;
	node_text(d, level, TEXT_VALUE, "%s", severity);
	node_ref kind = new_node(d, &expert_fields[GROUP], &nowhere, 0, 0);
	node_at(d, kind)->number = kind ? group_number : 0;
	node_text(d, kind, TEXT_VALUE, "%s", group);
	d->depth--;
	if (note->group == GROUP_MALFORMED)
		new_node(d, &expert_fields[MALFORMED_TOO], &nowhere, 0, 0);
	d->last = top;
}

/* Could one of the nodes of a note be wanted? */
static bool is_note_wanted(const struct tree *tree, const struct field *note)
{
	if (!tree->wanted)
		return true;
	bool may = tree_may_want(tree, note);
	for (unsigned i = EXPERT; i < N_EXPERT; i++)
		may |= tree_may_want(tree, &expert_fields[i]);
	return may;
}

void add_note(struct dissection *d, const struct wire *w, const struct field *note)
{
	if (BUILDING(d, w) && is_note_wanted(d->tree, note))
		put_note(d, note, note->label, strlen(note->label));
}

void add_note_text(struct dissection *d, const struct wire *w, const struct field *note, const char *format, ...)
{
	if (!BUILDING(d, w) || !is_note_wanted(d->tree, note))
		return;
	size_t n;
	va_list arguments;
	va_start(arguments, format);
	char *message = format_text(d, &n, format, arguments);
	va_end(arguments);
	put_note(d, note, message, n);
}

void note_on(struct dissection *d, node_ref node, const struct field *note)
{
	note_text_on(d, node, note, "%s", note->label);
}

void note_text_on(struct dissection *d, node_ref node, const struct field *note, const char *format, ...)
{
	if (!d->tree || !node || !is_note_wanted(d->tree, note))
		return;
	size_t n;
	va_list arguments;
	va_start(arguments, format);
	char *message = format_text(d, &n, format, arguments);
	va_end(arguments);

	node_ref last = d->last;
	if (d->tree->wanted) { /* nobody looks at the order of its nodes */
		put_note(d, note, message, n);
		d->last = last;
		return;
	}
	/* Where nothing stands behind the node's subtree yet, its place is here. */
	uint32_t behind = node + 1;
	unsigned depth = node_at(d, node)->depth;
	while (behind < d->tree->count && (node_at(d, behind)->depth > depth || node_at(d, behind)->anchor))
		behind++;
	if (behind == d->tree->count && node_at(d, node)->anchor == d->anchor) {
		uint8_t saved = d->depth;
		d->depth = (uint8_t)(depth + 1);
		put_note(d, note, message, n);
		d->depth = saved;
	} else {
		node_ref saved = reopen(d, node);
		put_note(d, note, message, n);
		close_late(d, saved);
	}
	d->last = last;
}

/* ---- the next protocol ---- */

enum { MALFORMED, MALFORMED_NOTE, OVERRUN, CUT, UNREASSEMBLED, UNREASSEMBLED_NOTE, TOO_DEEP, TOO_DEEP_NOTE, N_END };

static const struct field end_fields[N_END] = {
	[MALFORMED]          = { "_ws.malformed", "Malformed Packet", PROTOCOL },
	[MALFORMED_NOTE]     = { "_ws.malformed.expert", "Malformed Packet (Exception occurred)", NOTE,
	                         .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[OVERRUN]            = { "_ws.malformed", "Malformed Packet", PROTOCOL },
	[CUT]                = { "_ws.short", "Packet size limited during capture", PROTOCOL },
	[UNREASSEMBLED]      = { "_ws.unreassembled", "BoundError Unreassembled Packet", PROTOCOL },
	[UNREASSEMBLED_NOTE] = { "_ws.unreassembled.expert",
	                         "Unreassembled fragment (change preferences to enable reassembly)", NOTE,
	                         .severity = SEVERITY_NOTE, .group = GROUP_REASSEMBLE },
	[TOO_DEEP]           = { "_ws.too_deep", "Nested too deep", PROTOCOL, .generated = true },
	[TOO_DEEP_NOTE]      = { "_ws.too_deep.expert", "Too many protocols in one frame: the rest is not dissected", NOTE,
	                         .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

const struct protocol protocol_ends = {
	.name = "Reading ended", .short_name = "End", .filter = "_ws.end", .fields = end_fields, .field_count = N_END,
};
const struct protocol protocol_expert = {
	.name = "Expert Info", .short_name = "Expert", .filter = "_ws.expert", .fields = expert_fields, .field_count = N_EXPERT,
};

void say_end(struct dissection *d, const struct wire *w, const struct protocol *protocol)
{
	if (w->state == WIRE_GOOD)
		return;
	d->end_said = (uint8_t)w->state;
	if (d->columns)
		info_append(d->columns, "", "%s", w->state == WIRE_CUT ? "[Packet size limited during capture]" :
		            w->state == WIRE_UNREASSEMBLED ? "[BoundErrorUnreassembled Packet]" : w->state == WIRE_OVERRUN ?
		            "[Malformed Packet: length of contained item exceeds length of containing item]" :
		            "[Malformed Packet]");
	if (!d->tree)
		return;
	/* That the capture cut it is noticed last, for the whole frame. */
	const uint32_t at = w->state == WIRE_CUT ? 0 : d->caught_at;
	node_ref node;
	switch (w->state) {
	case WIRE_CUT:
		node = new_node(d, &end_fields[CUT], w, at, 0);
		node_text(d, node, TEXT_WHOLE, "[Packet size limited during capture: %s truncated]", protocol->short_name);
		break;
	case WIRE_OVERRUN:
		node = new_node(d, &end_fields[OVERRUN], w, at, 0);
		node_text(d, node, TEXT_WHOLE, "[Malformed Packet: %s: length of contained item exceeds length of containing item]",
		          protocol->short_name);
		note_on(d, node, &end_fields[MALFORMED_NOTE]);
		break;
	case WIRE_UNREASSEMBLED:
		node = new_node(d, &end_fields[UNREASSEMBLED], w, at, 0);
		node_text(d, node, TEXT_WHOLE, "[BoundError Unreassembled Packet: %s]", protocol->short_name);
		note_on(d, node, &end_fields[UNREASSEMBLED_NOTE]);
		break;
	default:
		node = new_node(d, &end_fields[MALFORMED], w, at, 0);
		node_text(d, node, TEXT_WHOLE, "[Malformed Packet: %s]", protocol->short_name);
		note_on(d, node, &end_fields[MALFORMED_NOTE]);
	}
}

void trail(struct dissection *d, const char *name)
{
	if (d->trail_count < LAYERS)
		d->trail[d->trail_count++] = name;
}

/* Said once: what is left of the frame may try many times. */
static void say_too_deep(struct dissection *d, const struct wire *w, const struct protocol *protocol)
{
	if (!d->tree || d->too_deep)
		return;
	d->too_deep = true;
	node_ref node = new_node(d, &end_fields[TOO_DEEP], w, w->at, wire_captured(w));
	node_text(d, node, TEXT_WHOLE, "Nested too deep: %s not dissected", protocol->short_name);
	note_on(d, node, &end_fields[TOO_DEEP_NOTE]);
}

void dissect_protocol(struct dissection *d, struct wire w, const struct protocol *protocol)
{
	if (d->headers_only && protocol->is_application)
		return;
	if (d->nesting >= NESTING || d->layer_count >= LAYERS) {
		say_too_deep(d, &w, protocol);
		return;
	}
	uint8_t depth = d->depth;
	unsigned layer = d->layer;

	d->nesting++;
	d->layer = d->layer_count;
	d->layers[d->layer_count++] = protocol;
	trail(d, protocol->filter);
	if (d->columns && protocol->column)
		columns_begin(d->columns, protocol->column);
	protocol->dissect(d, &w);
	d->depth = depth;
	d->layer = layer;
	d->nesting--;
	if (w.state == WIRE_GOOD)
		return;
	if (!d->quoted) {
		say_end(d, &w, d->cut_quote ? d->cut_quote : protocol);
		d->cut_quote = NULL;
	} else if (w.state == WIRE_CUT) {
		d->cut_quote = protocol;
	}
}

void dissect_quoted(struct dissection *d, struct wire *w, struct wire quoted, const struct protocol *protocol)
{
	/* What the outer packet says of itself: the quoted one writes over it. */
	const struct address source = d->source, destination = d->destination;
	const uint16_t source_port = d->source_port, destination_port = d->destination_port;
	const uint32_t conversation = d->conversation;
	const bool has_conversation = d->has_conversation, was_quoted = d->quoted;
	const uint8_t ip_protocol = d->ip_protocol, ip_ttl = d->ip_ttl;
	struct columns *const columns = d->columns;

	d->quoted = true;
	d->columns = NULL;
	dissect_protocol(d, quoted, protocol);
	d->columns = columns;
	d->quoted = was_quoted;
	d->source = source;
	d->destination = destination;
	d->source_port = source_port;
	d->destination_port = destination_port;
	d->conversation = conversation;
	d->has_conversation = has_conversation;
	d->ip_protocol = ip_protocol;
	d->ip_ttl = ip_ttl;
	if (d->cut_quote) {
		d->cut_quote = protocol;
		w->state = WIRE_CUT;
		w->at = w->end;
	}
}

bool dissect_by(struct dissection *d, struct wire w, enum table table, uint32_t key)
{
	const struct protocol *protocol = protocol_indexed(&d->session->index, table, key);
	if (!protocol || (protocol->accepts && !protocol->accepts(d, w)))
		return false;
	dissect_protocol(d, w, protocol);
	return true;
}

void dissect_next(struct dissection *d, struct wire w, enum table table, uint32_t key)
{
	if (!dissect_by(d, w, table, key))
		dissect_data(d, w);
}

const struct protocol *resembled(const struct dissection *d, const struct wire *w, const struct protocol *const *list)
{
	while (*list && !(*list)->resembles(d, *w))
		list++;
	return *list;
}

bool dissect_heuristic(struct dissection *d, struct wire w, const struct protocol *const *list)
{
	const struct protocol *protocol = resembled(d, &w, list);

	if (protocol)
		dissect_protocol(d, w, protocol);
	return protocol;
}

void claim_length(struct dissection *d, const struct wire *w, uint32_t end)
{
	(void)w;
	if (d->nesting == d->claim_nesting)
		d->claimed_end = end;
}

uint32_t dissect_claiming(struct dissection *d, struct wire w, enum table table, uint32_t key)
{
	uint32_t outer_end = d->claimed_end;
	uint8_t outer_nesting = d->claim_nesting;

	d->claimed_end = w.reported;
	d->claim_nesting = (uint8_t)(d->nesting + 1);
	dissect_next(d, w, table, key);
	uint32_t end = d->claimed_end < w.reported ? d->claimed_end : w.reported;
	d->claimed_end = outer_end;
	d->claim_nesting = outer_nesting;
	return end;
}

/* ---- byte sources ---- */

struct wire add_source(struct dissection *d, const char *name, const uint8_t *data, uint32_t length)
{
	if (d->source_count == SOURCES)
		return (struct wire){ .state = WIRE_MALFORMED };
	d->sources[d->source_count] = (struct source){ data, length, name, UINT64_MAX, NULL };
	return wire_over(data, length, length, (uint8_t)d->source_count++);
}

struct crypto *crypto_of(struct dissection *d)
{
	if (!d->crypto)
		d->crypto = crypto_new();
	return d->crypto;
}

/* ---- facts and states ---- */

void *add_fact(struct dissection *d, enum fact_kind kind, size_t size, fact_ref *ref)
{
	return facts_add(&d->session->facts, d->frame->number, d->layer, kind, size, ref);
}

const void *find_fact(struct dissection *d, enum fact_kind kind)
{
	return facts_find(&d->session->facts, &d->facts_from, d->frame->number, d->layer, kind);
}

void *protocol_state(const struct dissection *d, const struct protocol *protocol)
{
	struct protocol_slot *slots = d->session->states;
	unsigned i = (uintptr_t)protocol / sizeof *protocol % STATE_SLOTS;

	while (slots[i].protocol && slots[i].protocol != protocol)
		i = (i + 1) % STATE_SLOTS;
	if (!slots[i].protocol) {
		slots[i].protocol = protocol;
		slots[i].state = must_zero(1, protocol->state_size);
		if (protocol->state_begin)
			protocol->state_begin(slots[i].state);
	}
	return slots[i].state;
}

const void *find_state(const struct dissection *d, const struct protocol *protocol)
{
	const struct protocol_slot *slots = d->session->states;
	unsigned i = (uintptr_t)protocol / sizeof *protocol % STATE_SLOTS;

	while (slots[i].protocol && slots[i].protocol != protocol)
		i = (i + 1) % STATE_SLOTS;
	return slots[i].state;
}
