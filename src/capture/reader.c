/* reader.c: a window over the octets of a capture, how it moves on, and how it ends. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/capture_private.h"

enum { WINDOW = 256 * 1024 };

struct reader *reader_open(struct capture *c)
{
	if (c->opened && !store_is_seekable(c->store))
		return NULL;
	struct reader *r = calloc(1, sizeof(*r));
	if (!r || !(r->buffer = malloc(WINDOW))) {
		free(r);
		return NULL;
	}
	r->room = WINDOW;
	r->capture = c;
	r->discovers = !c->opened;
	c->opened = true;
	r->number = 1;
	r->outcome = 1;
	r->big_endian = c->big_endian;
	r->section = c->pcapng ? UINT32_MAX : 0;
	if (!c->pcapng && !reader_skip(r, PCAP_HEADER))
		r->at = r->have; /* it has shrunk since it was opened: the next call says so */
	r->record = reader_offset(r);
	return r;
}

/* Later readers end where this one did. What it has not reached, they must not see: its tables lack it. */
static void freeze(struct reader *r)
{
	struct capture *c = r->capture;
	if (!r->discovers || c->frozen)
		return;
	c->end = r->record > c->known_to ? r->record : c->known_to;
	c->outcome = r->outcome;
	c->error = r->error;
	c->frozen = true;
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	if (r->outcome == 1) {
		r->outcome = 0;
		r->record = reader_offset(r);
		freeze(r);
	}
	free(r->buffer);
	free(r);
}

/* Grows with what has come, not with what was announced. */
static bool grow(struct reader *r)
{
	uint8_t *buffer = realloc(r->buffer, r->room * 2);
	if (!buffer)
		return false;
	r->buffer = buffer;
	r->room *= 2;
	return true;
}

bool reader_fill(struct reader *r, size_t need)
{
	const struct capture *c = r->capture;
	r->failure = 0;
	if (r->at > 0) {
		memmove(r->buffer, r->buffer + r->at, r->have - r->at);
		r->start += r->at;
		r->have -= r->at;
		r->at = 0;
	}
	while (r->have < need) {
		if (r->have == r->room && !grow(r)) {
			r->failure = ENOMEM;
			return false;
		}
		size_t want = r->room - r->have;
		uint64_t left = !c->frozen ? want : c->end > reader_last(r) ? c->end - reader_last(r) : 0;
		if (want > left)
			want = (size_t)left;
		ssize_t n = want ? store_read(c->store, reader_last(r), r->buffer + r->have, want) : 0;
		if (n < 0)
			r->failure = errno;
		if (n <= 0)
			return false;
		r->have += (size_t)n;
	}
	return true;
}

bool reader_skip(struct reader *r, uint64_t n)
{
	while (n > r->have - r->at) {
		n -= r->have - r->at;
		r->at = r->have;
		if (!reader_fill(r, 1))
			return false;
	}
	r->at += (size_t)n;
	return true;
}

/* Ends the reader by an error: `what` happened, after so many frames. */
static int end_by(struct reader *r, struct capture_error *error, const char *what)
{
	uint32_t frames = r->number - 1;
	char before[64];
	if (frames == 0)
		snprintf(before, sizeof(before), "no whole frame is before it");
	else if (frames == 1)
		snprintf(before, sizeof(before), "the one frame before it was read");
	else
		snprintf(before, sizeof(before), "the %u frames before it were read", frames);
	capture_fail(&r->error, r->capture->name, "%s; %s", what, before);
	r->outcome = -1;
	freeze(r);
	*error = r->error;
	return -1;
}

int reader_damage(struct reader *r, struct capture_error *error, const char *format, ...)
{
	char what[256];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	return end_by(r, error, what);
}

int reader_ends(struct reader *r, struct capture_error *error, const char *format, ...)
{
	const struct capture *c = r->capture;
	bool between = r->record == reader_last(r);
	const char *damage = store_damage(c->store);
	char inside[160] = "", what[256];
	if (!between) {
		va_list arguments;
		va_start(arguments, format);
		vsnprintf(inside, sizeof(inside), format, arguments);
		va_end(arguments);
	}
	unsigned long long last = reader_last(r);

	if (r->failure) {
		snprintf(what, sizeof(what), "cannot be read at octet %llu: %s", last, strerror(r->failure));
	} else if (c->frozen && between && last == c->end) {
		r->outcome = c->outcome;
		*error = r->error = c->error;
		return r->outcome;
	} else if (c->frozen) {
		snprintf(what, sizeof(what), "has been cut to %llu octets while it was read", last);
	} else if (damage) {
		snprintf(what, sizeof(what), "%s: that was octet %llu of the capture%s%s", damage, last,
			 between ? "" : ", inside ", inside);
	} else if (between) {
		r->outcome = 0;
		r->error.text[0] = error->text[0] = '\0';
		freeze(r);
		return 0;
	} else {
		snprintf(what, sizeof(what), "cut short at octet %llu, inside %s", last, inside);
	}
	return end_by(r, error, what);
}

int reader_next(struct reader *r, struct frame *frame, struct capture_error *error)
{
	if (__builtin_expect(r->outcome != 1, 0)) {
		*error = r->error;
		return r->outcome;
	}
	return r->capture->next(r, frame, error);
}

struct position reader_position(const struct reader *r)
{
	return (struct position){ .offset = reader_offset(r), .section = r->section };
}

void reader_seek(struct reader *r, struct position position, uint32_t number)
{
	struct capture *c = r->capture;
	if (!store_is_seekable(c->store))
		return;
	if (r->discovers && !c->frozen && reader_offset(r) > c->known_to)
		c->known_to = reader_offset(r);
	/* What the reader that froze the capture has fetched beyond its end is not to be seen again. */
	if (c->frozen && reader_last(r) > c->end)
		r->have = r->start < c->end ? (size_t)(c->end - r->start) : 0;
	if (position.offset >= r->start && position.offset <= reader_last(r)) {
		r->at = (size_t)(position.offset - r->start);
	} else {
		r->start = position.offset;
		r->at = r->have = 0;
	}
	r->record = position.offset;
	r->number = number;
	r->section = position.section;
	if (position.section < c->section_count)
		r->big_endian = c->sections[position.section].big_endian;
	r->outcome = 1;
	r->error.text[0] = '\0';
}
