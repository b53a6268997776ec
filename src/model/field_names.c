/* field_names.c: declarations by their filter names. */

#include "dissect/field_names.h"

#include <string.h>

#include "dissect/protocol.h"
#include "dissect/text.h"

static bool is_named(const struct field *field, const char *name)
{
	return !strcmp(field->filter ? field->filter : TEXT_NAME, name);
}

/* The field, or what it stands for, too, by a name. */
static const struct field *under_name(const struct field *field, const char *name)
{
	if (is_named(field, name))
		return field;
	for (unsigned i = 0; i < field->also_count; i++)
		if (is_named(&field->also[i], name))
			return &field->also[i];
	return NULL;
}

const struct field *fields_named(const char *name,
                                 void (*each)(void *context, const struct field *field, const struct field *as),
                                 void *context)
{
	const struct field *first = NULL;

	for (const struct protocol *const *protocol = protocols; *protocol; protocol++) {
		for (unsigned i = 0; i < (*protocol)->field_count; i++) {
			const struct field *field = &(*protocol)->fields[i], *as = under_name(field, name);
			if (!as)
				continue;
			if (!first)
				first = as;
			if (each)
				each(context, field, as);
		}
	}
	return first;
}

/* ---- names that come near ---- */

enum { NAME_LONGEST = 64 };

/* How many letters must be put in, left out or changed to make one name of the other (Levenshtein). */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[NAME_LONGEST + 1];
	const size_t n = strlen(b);

	if (n > NAME_LONGEST || strlen(a) > NAME_LONGEST)
		return UINT32_MAX;
	for (unsigned i = 0; i <= n; i++)
		row[i] = i;
	for (; *a; a++) {
		unsigned diagonal = row[0]++;
		for (unsigned i = 1; i <= n; i++) {
			const unsigned above = row[i], changed = diagonal + (*a != b[i - 1]);
			const unsigned least = above < row[i - 1] ? above : row[i - 1];
			row[i] = least + 1 < changed ? least + 1 : changed;
			diagonal = above;
		}
	}
	return row[n];
}

struct near {
	const char *wanted;
	const char *names[NAMES_NEAR]; /* the nearest first; "" : none */
	unsigned distances[NAMES_NEAR];
};

static void try_name(struct near *near, const char *name)
{
	const unsigned far = name ? distance(near->wanted, name) : UINT32_MAX;
	unsigned place = NAMES_NEAR;

	while (place && far < near->distances[place - 1])
		place--;
	for (unsigned i = 0; i < NAMES_NEAR; i++)
		if (name && !strcmp(name, near->names[i]))
			return;
	if (place == NAMES_NEAR)
		return;
	memmove(near->names + place + 1, near->names + place, (NAMES_NEAR - 1 - place) * sizeof *near->names);
	memmove(near->distances + place + 1, near->distances + place, (NAMES_NEAR - 1 - place) * sizeof *near->distances);
	near->names[place] = name;
	near->distances[place] = far;
}

size_t format_near_names(char *to, size_t size, const char *name)
{
	const unsigned most = (unsigned)strlen(name) / 3 + 2;
	struct near near = { name, { "", "", "" }, { most, most, most } };
	const char *const *names = near.names;

	for (const struct protocol *const *protocol = protocols; *protocol; protocol++) {
		for (unsigned i = 0; i < (*protocol)->field_count; i++) {
			const struct field *field = &(*protocol)->fields[i];
			try_name(&near, field->filter);
			for (unsigned k = 0; k < field->also_count; k++)
				try_name(&near, field->also[k].filter);
		}
	}
	return text_format(to, size, "%s%s%s%s%s%s", *names[0] ? "; near it: " : "", names[0], *names[1] ? ", " : "", names[1],
	                   *names[2] ? ", " : "", names[2]);
}
