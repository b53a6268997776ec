/* ek.c: frames as Elasticsearch's bulk interface takes them (-T ek): two lines for each, keys flat within their protocol. */

#include "dissect/field_names.h"
#include "dissect/format.h"
#include "dissect/layout.h"

struct ek {
	const struct dissection *d;
	struct renderer *renderer;
	struct text *out;
	struct items items;
};

/* ---- keys ---- */

static char *put_underlined(char *to, const char *name, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*to++ = name[i] == '.' ? '_' : name[i];
	return to;
}

static struct text_span name_of_node(const struct node *node)
{
	return span_of(is_text(node) ? TEXT_NAME : node->field->filter);
}

static bool is_wanted(const struct ek *ek, const struct item *item)
{
	return is_named(&ek->d->session->options, &item->node, name_of_node(&item->node));
}

static bool is_object(const struct field *field)
{
	return field->type == PROTOCOL && !field->is_octets;
}

/* Fields whose names do not begin with that of their protocol, a dot behind it, by what they begin with. */
static const struct stray {
	const char *begin, *protocol;
} strays[] = {
	{ "dhcpv6.bulk_leasequery.", "dhcpv6_bulk_leasequery" },
	{ "ftp-data.", "ftp" },
	{ "gif.", "image-gif" },
	{ "ipv6.dstopts.", "ipv6_dstopts" },
	{ "ipv6.fraghdr.", "ipv6_fraghdr" },
	{ "ipv6.hopopts.", "ipv6_hopopts" },
	{ "ipv6.routing.", "ipv6_routing" },
	{ "mip6.", "mipv6" },
	{ "mptcp.connection.", "tcp" },
	{ "mptcp.dss.infinite", "tcp" },
	{ "mstp.", "stp" },
	{ "nist-csor.", "nist_csor" },
	{ "nmpi.", "nbipx" },
	{ "ns.cert.exts.", "ns_cert_exts" },
	{ "pkcs1.", "pkcs-1" },
	{ "pppoed.tag_length.", "pppoe" },
	{ "pwach.", "mpls" },
	{ "pweth.cw.", "pwethcw" },
	{ "udp.checksum_coverage", "udplite" },
	{ "udplite.checksum_coverage.", "udp" },
};

/* The protocol that a field belongs to. */
static struct text_span protocol_of(const char *name)
{
	for (const struct stray *stray = strays; stray < strays + sizeof strays / sizeof *strays; stray++)
		if (*stray->begin == *name && !strncmp(name, stray->begin, strlen(stray->begin)))
			return span_of(stray->protocol);
	const char *dot = *name == '_' ? strrchr(name, '.') : strchr(name, '.');
	return (struct text_span){ name, dot ? (size_t)(dot - name) : 0 };
}

/*
 * dns_dns_qry_name: the protocol, then the name, with "_" for dots. Protocols have nothing before them; headings are "text". A hidden
 * field is of the protocol of the one that it stands beside.
 */
static struct text_span key_of(const struct ek *ek, const struct item *item)
{
	const struct field *field = item->node.field;

	if (!field->filter)
		return span_of(TEXT_NAME);
	const struct text_span protocol = field->type == PROTOCOL ? span_of("") : protocol_of((item->beside ? item->beside : field)->filter);
	char *key = arena_alloc(ek->d->arena, protocol.n + 1 + strlen(field->filter)), *to = key;
	if (protocol.n) {
		to = put_underlined(to, protocol.at, protocol.n);
		*to++ = '_';
	}
	to = put_underlined(to, field->filter, strlen(field->filter));
	return (struct text_span){ key, (size_t)(to - key) };
}

/* ---- values ---- */

static void put_level(struct ek *ek, uint32_t from, uint32_t end);

static void put_value(struct ek *ek, const struct item *item)
{
	const struct node *node = &item->node;

	if (!is_wanted(ek, item)) {
		text_literal(ek->out, "{\"filtered\":");
		text_json(ek->out, name_of_node(node));
		text_literal(ek->out, "}");
		return;
	}
	if (is_object(node->field)) {
		text_literal(ek->out, "{");
		put_level(ek, (uint32_t)(item - ek->items.all) + 1, item->end);
		text_literal(ek->out, "}");
		return;
	}
	if (is_text(node)) {
		text_json(ek->out, node_label(ek->renderer, ek->d->arena, node));
		return;
	}
	switch (node->field->is_octets ? OCTETS : node->field->type) {
	case BOOLEAN:
		text_put_span(ek->out, span_of(node->number ? "true" : "false"));
		break;
	case ABSOLUTE_TIME:
		text_json(ek->out, rfc3339_of(ek->d, (struct timestamp){ node->seconds, node->nanoseconds }));
		break;
	case NOTE:
	case SUBTREE:
		text_literal(ek->out, "null");
		break;
	default:
		text_json(ek->out, shown_value(ek->d, node));
	}
}

/* Nodes that are written as one key each with all values of that name. */
struct level {
	uint32_t *places;
	struct text_span *names; /* what is above and their own */
	uint32_t count;
};

static struct text_span pair_names(const struct ek *ek, struct text_span above, struct text_span own)
{
	char *pair = arena_alloc(ek->d->arena, above.n + own.n + 1);

	*put_bytes(pair, above.at, above.n) = 0;
	memcpy(pair + above.n + 1, own.at, own.n);
	return (struct text_span){ pair, above.n + own.n + 1 };
}

/* All that is below a node, but for what is below protocols in it and what is not wanted. */
static void list_below(const struct ek *ek, uint32_t from, uint32_t end, struct text_span above, struct level *level)
{
	for (uint32_t i = from; i < end; i = ek->items.all[i].end) {
		const struct item *item = &ek->items.all[i];
		const struct text_span name = name_of_node(&item->node);
		level->places[level->count] = i;
		level->names[level->count++] = pair_names(ek, above, name);
		if (!is_object(item->node.field) && is_wanted(ek, item))
			list_below(ek, i + 1, item->end, name, level);
	}
}

static void put_level(struct ek *ek, uint32_t from, uint32_t end)
{
	struct level level = {
		.places = arena_alloc(ek->d->arena, (end - from + 1) * sizeof *level.places),
		.names = arena_alloc(ek->d->arena, (end - from + 1) * sizeof *level.names),
	};

	list_below(ek, from, end, span_of(""), &level);
	const struct groups groups = groups_of(ek->d->arena, level.names, level.count, true);
	for (const struct group *group = groups.all; group < groups.all + groups.count; group++) {
		text_put(ek->out, ",", group > groups.all);
		text_json(ek->out, key_of(ek, &ek->items.all[level.places[group->first]]));
		text_put_span(ek->out, span_of(group->count > 1 ? ":[" : ":"));
		for (uint32_t i = group->first + 1; i; i = groups.next[i - 1]) {
			put_value(ek, &ek->items.all[level.places[i - 1]]);
			text_put(ek->out, ",", groups.next[i - 1] != 0);
		}
		text_put(ek->out, "]", group->count > 1);
	}
}

static void put_answers(struct ek *ek, const struct frame_times *times)
{
	unsigned count;
	const struct answer *answers = answers_of(ek->d->session->options.asked, ek->d, times, &count);
	bool first = true;

	for (unsigned i = 0; i < count; i++) {
		if (!answers[i].first)
			continue;
		const size_t n = strlen(answers[i].name);
		char *key = arena_alloc(ek->d->arena, n), *end = put_underlined(key, answers[i].name, n);
		text_put(ek->out, ",", !first);
		first = false;
		text_json(ek->out, (struct text_span){ key, (size_t)(end - key) });
		text_literal(ek->out, ":[");
		for (const struct occurrence *value = answers[i].first; value; value = value->next) {
			text_json(ek->out, answer_text(ek->renderer, ek->d, value));
			text_put(ek->out, ",", value->next != NULL);
		}
		text_literal(ek->out, "]");
	}
}

/* The row of the packet list: titles in lower case. */
static void put_columns(struct ek *ek, const struct frame_times *times)
{
	const struct layout *layout = layout_of(&ek->d->session->options);
	const struct text_span *texts = layout_texts(layout, ek->d, times);

	for (unsigned i = 0; i < layout_count(layout); i++) {
		const struct text_span title = span_of(layout_title(layout, i));
		char *key = arena_alloc(ek->d->arena, title.n), *end = put_underlined(key, title.at, title.n);
		for (char *c = key; c < end; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c |= 0x20;
		text_literal(ek->out, ",");
		text_json(ek->out, (struct text_span){ key, title.n });
		text_literal(ek->out, ":");
		text_json(ek->out, texts[i]);
	}
}

static void put_layers(struct ek *ek, const struct frame_times *times)
{
	text_literal(ek->out, ",\"layers\":{");
	if (asked_count(ek->d->session->options.asked)) {
		put_answers(ek, times);
	} else {
		ek->items = items_of(ek->d);
		put_level(ek, 0, ek->items.count);
	}
	text_literal(ek->out, "}");
}

static void put_frame(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	struct ek ek = { .d = d, .renderer = renderer, .out = out };
	struct text_span day = rfc3339_of(d, d->frame->time);
	const struct timestamp time = d->frame->time;

	day.n = strcspn(day.at, "T");
	text_literal(out, "{\"index\":{\"_index\":\"packets-");
	text_put_span(out, day);
	text_print(out, "\",\"_type\":\"doc\"}}\n{\"timestamp\":\"%lld%03u\"", (long long)time.seconds,
	           (unsigned)time.nanoseconds / 1000000);
	const enum view view = d->session->options.view;
	if (view != VIEW_TREES)
		put_columns(&ek, times);
	if (view != VIEW_LIST)
		put_layers(&ek, times);
	text_literal(out, "}\n");
}

const struct format format_ek = { .name = "ek", .frame = put_frame, .separator = "", .fields = SOME_FIELDS };
