/* wire.c: the slow paths of the cursor. */

#include "dissect/wire.h"

void wire_fail(struct wire *w, uint64_t n)
{
	if (w->state != WIRE_GOOD)
		return;
	uint64_t wanted = w->at + n;
	if (wanted <= w->reported)
		w->state = WIRE_CUT;
	else if (w->fragment)
		w->state = WIRE_UNREASSEMBLED;
	else if (wanted <= w->contained)
		w->state = WIRE_OVERRUN;
	else
		w->state = WIRE_MALFORMED;
	w->at = w->end;
}

struct wire wire_part(const struct wire *w, uint32_t n)
{
	struct wire part = *w;
	uint64_t stop = (uint64_t)w->at + n;

	if (part.state != WIRE_GOOD)
		return part;
	part.contained = stop < UINT32_MAX ? (uint32_t)stop : UINT32_MAX;
	if (stop < w->reported)
		part.reported = (uint32_t)stop;
	if (part.end > part.reported)
		part.end = part.reported;
	return part;
}

struct wire wire_take(struct wire *w, uint32_t n)
{
	struct wire part = wire_part(w, n);
	w->at = part.end;
	return part;
}
