/* format.c: the forms by name, and what several of them share. */

#include "dissect/format.h"

static const struct format *const formats[] = {
	&format_fields, &format_json, &format_jsonraw, &format_ek, &format_pdml, &format_psml, &format_tabs, &format_ndjson,
};

const struct format *format_named(const char *name)
{
	for (unsigned i = 0; i < sizeof formats / sizeof *formats; i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

/* ---- -j, -J ---- */

static bool has_word(const char *words, struct text_span word)
{
	for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
		const size_t n = strcspn(words, " ");
		if (n == word.n && !memcmp(words, word.at, n))
			return true;
		words += n;
	}
	return false;
}

bool is_named(const struct options *options, const struct node *node, struct text_span name)
{
	return !options->named || (options->names_whole && node->depth) || has_word(options->named, name);
}

/* ---- items by name ---- */

static uint64_t hash_of(struct text_span name)
{
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */

	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (uint8_t)name.at[i]) * 0x100000001b3u;
	return hash ^ hash >> 32;
}

static bool is_same(struct text_span a, struct text_span b)
{
	return a.n == b.n && (a.at == b.at || !memcmp(a.at, b.at, a.n));
}

struct groups groups_of(struct arena *arena, const struct text_span *names, uint32_t count, bool together)
{
	struct groups groups = { .all = arena_alloc(arena, (count + 1) * sizeof *groups.all) };
	uint32_t slots = 8;

	while (slots < 2 * count)
		slots *= 2;
	uint32_t *table = arena_zero(arena, slots * sizeof *table); /* + 1 of a group */
	groups.next = arena_zero(arena, (count + 1) * sizeof *groups.next);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t slot = (uint32_t)hash_of(names[i]) & (slots - 1);
		while (together && table[slot] && !is_same(groups.all[table[slot] - 1].name, names[i]))
			slot = (slot + 1) & (slots - 1);
		if (!together || !table[slot]) {
			groups.all[groups.count++] = (struct group){ names[i], i, i, 1 };
			table[slot] = groups.count;
			continue;
		}
		struct group *group = &groups.all[table[slot] - 1];
		groups.next[group->last] = i + 1;
		group->last = i;
		group->count++;
	}
	return groups;
}
