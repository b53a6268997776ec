/* values.c: the nodes of a frame, and what they hold, as programs read them. */

#include "dissect/values.h"

#include "dissect/der.h"
#include "dissect/organizations.h"
#include "dissect/resolver.h"
#include "dissect/session.h"
#include "dissect/text.h"

/* ---- hidden fields ---- */

static struct address address_in(const struct node *node)
{
	uint8_t octets[8];

	if (node->field->type == IPV6)
		return address_of(ADDRESS_IPV6, node->octets);
	for (unsigned i = 0; i < 8; i++)
		octets[i] = (uint8_t)(node->number >> (56 - 8 * i));
	return node->field->type == IPV4 ? address_of(ADDRESS_IPV4, octets + 4) : address_of(ADDRESS_MAC, octets + 2);
}

static void name_address(const struct dissection *d, const struct node *node, struct node *beside)
{
	const struct address address = address_in(node);
	char *name = arena_alloc(d->arena, RESOLVED_LARGEST), *end = resolve_name(d->session->resolver, name, &address);

	arena_shrink(d->arena, end);
	beside->octets = (const uint8_t *)name;
	beside->value_length = (uint32_t)(end - name);
}

/* The first half of a MAC address says whose it is: his name, which needs room, or NULL. */
static const char *find_organization(const struct dissection *d, const struct node *node, char room[ORGANIZATION_LARGEST + 1])
{
	if (node->field->type != MAC || !organization_of(d->session->organizations, (uint32_t)(node->number >> 24), room))
		return NULL;
	return room;
}

static void name_organization(const struct dissection *d, const char *organization, struct node *beside)
{
	const size_t n = organization ? strlen(organization) : 0;

	beside->octets = arena_copy(d->arena, organization ? organization : "", n);
	beside->value_length = (uint32_t)n;
}

/* "00:0b:82 (Grandstream Networks,": tshark has room for so much of it. */
static void number_organization(const struct dissection *d, const struct node *node, const char *organization,
                                struct node *beside)
{
	enum { SHOWN_LARGEST = 31, OUI = 3, ROOM = 3 * OUI + ORGANIZATION_LARGEST + 4 }; /* OUI: its octets */
	const struct address address = address_in(node);
	char *text = arena_alloc(d->arena, ROOM), *to = text;

	to = put_octets(to, address.octets, OUI, ':');
	if (organization) {
		to = put_literal(to, " (");
		to = put_bytes(to, organization, strlen(organization));
		*to++ = ')';
	}
	beside->number = node->number >> 24;
	beside->length = OUI;
	beside->mode = TEXT_VALUE;
	beside->text = text;
	beside->text_length = (uint32_t)(to - text < SHOWN_LARGEST ? to - text : SHOWN_LARGEST);
	arena_shrink(d->arena, text + beside->text_length);
}

bool stands_beside(const struct dissection *d, const struct node *node, const struct field *as)
{
	char room[ORGANIZATION_LARGEST + 1];

	return as->show != OF_ORGANIZATION || find_organization(d, node, room);
}

/* Several of a node have its organization: it is looked for once. */
static struct node beside_of(const struct dissection *d, const struct node *node, const struct field *as,
                             const char *organization)
{
	struct node beside = *node;

	beside.field = as;
	beside.mode = TEXT_NONE;
	beside.text_length = 0;
	if (as->show == OF_ORGANIZATION)
		name_organization(d, organization, &beside);
	else if (as->type == STRING && node->field->type != STRING)
		name_address(d, node, &beside);
	else if (as->type == UINT24 && node->field->type == MAC)
		number_organization(d, node, organization, &beside);
	return beside;
}

struct node node_beside(const struct dissection *d, const struct node *node, const struct field *as)
{
	char room[ORGANIZATION_LARGEST + 1];

	return beside_of(d, node, as, find_organization(d, node, room));
}

/* ---- items ---- */

enum { DEPTHS = UINT8_MAX + 1, NO_OUI = UINT32_MAX };

/* Nodes whose hidden fields have their places behind a subtree that is not at its end yet, by their depth. */
struct waiting {
	const struct node *nodes[2];
	uint8_t count;
	bool for_next;
};

struct item_list {
	const struct dissection *d;
	struct items items;
	struct waiting waiting[DEPTHS];
	unsigned deepest; /* + 1 of the deepest that waits; what is deeper is not set yet */
	uint32_t oui;             /* that was looked for last: addresses stand there under two names */
	const char *organization; /* whose it is */
	char room[ORGANIZATION_LARGEST + 1];
	uint32_t places[DEPTHS + 1]; /* of the nodes above, by depth + 1; at depth 0 that of the protocol before it counts */
};

static void add_item(struct item_list *list, struct node node, const struct field *beside)
{
	if (node.offset == AT_PARENT)
		node.offset = list->places[node.depth ? node.depth : 1];
	list->places[node.depth + 1] = node.offset;
	list->items.all[list->items.count++] = (struct item){ .node = node, .beside = beside, .hidden = beside || node.field->hidden };
}

static const char *organization_beside(struct item_list *list, const struct node *node)
{
	const uint32_t oui = (uint32_t)(node->number >> 24);

	if (node->field->type != MAC)
		return NULL;
	if (oui != list->oui)
		list->organization = find_organization(list->d, node, list->room);
	list->oui = oui;
	return list->organization;
}

static void add_also(struct item_list *list, const struct node *node, unsigned deeper)
{
	const char *organization = organization_beside(list, node);

	for (unsigned i = 0; i < node->field->also_count; i++) {
		const struct field *as = &node->field->also[i];
		if (as->show == OF_ORGANIZATION && !organization)
			continue;
		struct node beside = beside_of(list->d, node, as, organization);
		beside.depth = (uint8_t)(node->depth + deeper);
		add_item(list, beside, node->field);
	}
}

/* The notes that stand first below a node, which come before its hidden fields; the node behind them. */
static node_ref add_first_notes(struct item_list *list, const struct tree *tree, node_ref at)
{
	const unsigned depth = tree->nodes[at].depth + 1u;
	node_ref next = at + 1;

	while (next < tree->count && (tree->nodes[next].depth > depth ||
	                              (tree->nodes[next].depth == depth && is_expert(&tree->nodes[next]))))
		add_item(list, tree->nodes[next++], NULL);
	return next;
}

/* A node at that depth comes: what waited for the end of others has come to it. */
static void end_waiting(struct item_list *list, unsigned depth)
{
	/* cppcheck-suppress ctuuninitvar; it is set: only what is deeper than `deepest` is not, which nobody reads */
	while (list->deepest > depth) {
		struct waiting *waiting = &list->waiting[list->deepest - 1];
		if (waiting->for_next && list->deepest - 1 == depth) {
			waiting->for_next = false;
			return;
		}
		for (unsigned i = 0; i < waiting->count; i++)
			add_also(list, waiting->nodes[i], 0);
		waiting->count = 0;
		waiting->for_next = false;
		list->deepest--;
	}
}

static void wait_for_end(struct item_list *list, const struct node *node)
{
	struct waiting *waiting = &list->waiting[node->depth];

	while (list->deepest <= node->depth)
		list->waiting[list->deepest++] = (struct waiting){ .count = 0 };
	if (waiting->count == 2)
		return;
	waiting->nodes[waiting->count++] = node;
	waiting->for_next = node->field->also_place == ALSO_BEHIND_NEXT;
}

static void find_ends(struct items items)
{
	for (uint32_t i = items.count; i--;) {
		uint32_t end = i + 1;
		while (end < items.count && items.all[end].node.depth > items.all[i].node.depth)
			end = items.all[end].end;
		items.all[i].end = end;
	}
}

struct items items_of(const struct dissection *d)
{
	const struct tree *tree = d->tree;
	struct item_list list;
	uint32_t room = tree->count;

	list.d = d;
	list.items.count = 0;
	list.deepest = 0;
	list.oui = NO_OUI;
	memset(list.places, 0, sizeof list.places);
	for (node_ref i = 1; i < tree->count; i++)
		room += tree->nodes[i].field->also_count;
	list.items.all = arena_alloc(d->arena, room * sizeof *list.items.all);
	for (node_ref i = 1; i < tree->count;) {
		const node_ref at = i++;
		const struct node *node = &tree->nodes[at];
		end_waiting(&list, node->depth);
		add_item(&list, *node, NULL);
		if (!node->field->also_count)
			continue;
		if (node->field->also_place == ALSO_BELOW) {
			i = add_first_notes(&list, tree, at);
			add_also(&list, node, 1);
		} else {
			wait_for_end(&list, node);
		}
	}
	end_waiting(&list, 0);
	find_ends(list.items);
	return list.items;
}

/* ---- values ---- */

bool has_own_value(const struct field *field)
{
	return field->is_octets || (field->type != SUBTREE && field->type != PROTOCOL && field->type != NOTE);
}

struct text_span octets_at(const struct dissection *d, const struct node *node, uint32_t n)
{
	const struct source *source = &d->sources[node->source];

	if (node->source == NO_SOURCE || node->offset >= source->length)
		return (struct text_span){ "", 0 };
	const uint32_t most = source->length - node->offset;
	return (struct text_span){ (const char *)source->data + node->offset, n < most ? n : most };
}

struct text_span octets_of(const struct dissection *d, const struct node *node)
{
	return octets_at(d, node, node->length);
}

struct text_span in_hex(const struct dissection *d, const void *octets, size_t n, char separator)
{
	char *text = arena_alloc(d->arena, 3 * n + 1), *end = put_octets(text, octets, n, separator);

	arena_shrink(d->arena, end);
	return (struct text_span){ text, (size_t)(end - text) };
}

struct text_span hex_of(const struct dissection *d, const struct node *node)
{
	const struct text_span octets = octets_of(d, node);

	return in_hex(d, octets.at, octets.n, 0);
}

static char *put_plain(char *to, const struct field *field, uint64_t number)
{
	if (field->scale)
		number *= field->scale;
	const bool is_named_octet = field->names && field_width(field) > 4; /* tshark has names of such numbers by another base */
	if ((field->show == HEX && !is_named_octet) || field->show == HEX_DEC || field->type == CHAR) {
		to = put_literal(to, "0x");
		return put_hex(to, number, 2 * field_width(field));
	}
	if (field->type >= INT8 && field->type <= INT64)
		return put_signed(to, signed_number(field, number));
	return put_decimal(to, number);
}

static char *put_short_value(char *to, const struct node *node)
{
	const struct timestamp time = { node->seconds, node->nanoseconds };
	struct address address;

	switch (node->field->type) {
	case BOOLEAN:
		*to = node->number ? '1' : '0';
		return to + 1;
	case IPV4:
		return put_ipv4(to, (uint32_t)node->number);
	case IPV6:
		return put_ipv6(to, node->octets);
	case MAC:
		address = address_in(node);
		return put_mac(to, address.octets);
	case EUI64:
		for (unsigned i = 0; i < 8; i++) {
			const uint8_t octet = (uint8_t)(node->number >> (56 - 8 * i));
			if (i)
				*to++ = ':';
			to = put_octets(to, &octet, 1, 0);
		}
		return to;
	case GUID:
		return put_guid(to, node->octets);
	case ABSOLUTE_TIME:
		return put_date(to, time);
	case RELATIVE_TIME:
		return put_span(to, time);
	case FLOAT:
		return put_double(to, node->real, 6);
	case DOUBLE:
		return put_double(to, node->real, 15);
	default:
		return put_plain(to, node->field, node->number);
	}
}

static struct text_span dotted(const struct dissection *d, const struct node *node)
{
	struct oid oid = { "" };

	oid_read(&oid, node->octets, node->value_length);
	const size_t n = strlen(oid.text);
	return (struct text_span){ arena_copy(d->arena, oid.text, n), n };
}

enum { VALUE_LARGEST = 96 };

struct text_span shown_value(const struct dissection *d, const struct node *node)
{
	if (!has_own_value(node->field))
		return (struct text_span){ "", 0 };
	if (node->field->is_octets) {
		const struct text_span octets = octets_of(d, node);
		return in_hex(d, octets.at, octets.n, ':');
	}
	if (node->field->type == STRING)
		return (struct text_span){ (const char *)node->octets, node->value_length };
	if (node->field->type == OCTETS)
		return in_hex(d, node->octets, node->value_length, ':');
	if (node->field->type == OID)
		return dotted(d, node);
	char *text = arena_alloc(d->arena, VALUE_LARGEST), *end = put_short_value(text, node);
	arena_shrink(d->arena, end);
	return (struct text_span){ text, (size_t)(end - text) };
}

struct text_span rfc3339_of(const struct dissection *d, struct timestamp time)
{
	const struct civil c = civil_from_seconds(time.seconds);
	char *text = arena_alloc(d->arena, VALUE_LARGEST), *to = text;

	to += text_format(to, VALUE_LARGEST, "%04lld-%02u-%02uT%02u:%02u:%02u.", (long long)c.year, c.month, c.day, c.hour,
	                  c.minute, c.second);
	to = put_nanoseconds(to, (uint32_t)time.nanoseconds);
	*to++ = 'Z';
	arena_shrink(d->arena, to);
	return (struct text_span){ text, (size_t)(to - text) };
}

/* ---- escapes ---- */

void text_put_span(struct text *out, struct text_span span)
{
	text_put(out, span.at, span.n);
}

void text_print(struct text *out, const char *format, ...)
{
	enum { PRINTED_LARGEST = 1024 };
	va_list arguments;

	va_start(arguments, format);
	const size_t n = text_vformat(text_room(out, PRINTED_LARGEST), PRINTED_LARGEST, format, arguments);
	va_end(arguments);
	out->length += n < PRINTED_LARGEST ? n : PRINTED_LARGEST;
}

/* A run of what is not ASCII: as it is where it is UTF-8; else U+FFFD. The octets that it took. */
static size_t put_run(char **to, const char *at, size_t n)
{
	size_t length = 1;

	while (length < n && (uint8_t)at[length] >= 0x80)
		length++;
	*to = put_escaped(*to, at, length);
	return length;
}

static char *put_json_character(char *to, char c)
{
	static const char letters[] = "btn\0fr"; /* from 8 */

	*to++ = '\\';
	if (c == '"' || c == '\\' || c == '/') {
		*to++ = c;
	} else if (c >= 8 && c <= 13 && letters[c - 8]) {
		*to++ = letters[c - 8];
	} else {
		to = put_literal(to, "u00");
		to = put_hex(to, (uint8_t)c, 2);
	}
	return to;
}

void text_json(struct text *out, struct text_span span)
{
	enum { LARGEST = 6 }; /* \u0000 */
	char *to = text_room(out, LARGEST * span.n + 2), *from = to;

	*to++ = '"';
	for (size_t i = 0; i < span.n;) {
		const char c = span.at[i];
		if ((uint8_t)c >= 0x80) {
			i += put_run(&to, span.at + i, span.n - i);
			continue;
		}
		/* The end of an element of HTML must not end a script that the text is put into. */
		if ((uint8_t)c < 0x20 || c == '"' || c == '\\' || (c == '/' && i && span.at[i - 1] == '<'))
			to = put_json_character(to, c);
		else
			*to++ = c;
		i++;
	}
	*to++ = '"';
	out->length += (size_t)(to - from);
}

/* What XML writes for a character; NULL: itself. */
static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#x27;";
	default:
		return NULL;
	}
}

void text_xml(struct text *out, struct text_span span)
{
	enum { LARGEST = 6 };
	char *to = text_room(out, LARGEST * span.n), *from = to;

	for (size_t i = 0; i < span.n;) {
		const char c = span.at[i];
		const char *written = entity(c);
		if ((uint8_t)c >= 0x80) {
			i += put_run(&to, span.at + i, span.n - i);
			continue;
		}
		if (written)
			to = put_bytes(to, written, strlen(written));
		else if ((uint8_t)c >= 0x20 || c == '\n' || c == '\r' || c == '\t')
			*to++ = c;
		else
			to = put_hex(put_literal(to, "\\x"), (uint8_t)c, 1);
		i++;
	}
	out->length += (size_t)(to - from);
}
