/* flags.c: bits below the number that they are of, summed up in its line. */

#include "dissect/flags.h"

void add_flag(struct dissection *d, struct wire *w, node_ref heading, const struct field *flag, unsigned n,
              uint64_t value)
{
	uint64_t bits = (value & flag->mask) >> __builtin_ctzll(flag->mask);

	add_bits(d, w, flag, flag, n, value);
	if (flag->type != BOOLEAN)
		append_text(d, w, heading, ", %s: %s", flag->label, name_or(flag->names, bits, "Unknown"));
	else if (bits)
		append_text(d, w, heading, ", %s", flag->label);
}

void add_flags(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
               uint64_t value)
{
	if (!BUILDING(d, w))
		return;
	node_ref heading = open_subtree(d);
	for (const struct field *flag = first; flag <= last; flag++)
		add_flag(d, w, heading, flag, n, value);
	close_subtree(d, heading, NULL);
}
