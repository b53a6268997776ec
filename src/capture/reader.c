/* reader.c: a window over the octets of a capture, how it moves on, and how it ends. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/capture_private.h"

/*
 * How much to fetch at once. Who jumps from run to run of frames, as the workers of pass 2 do,
 * would throw most of a whole window away: from a jump on, it grows to that from something small.
 */
enum { WINDOW = 256 * 1024, AFTER_SEEK = 16 * 1024 };

struct reader *reader_open(struct capture *c)
{
	if (c->opened && !store_is_seekable(c->store))
		return NULL;
	struct reader *r = calloc(1, sizeof(*r));
	if (!r || !(r->buffer = malloc(WINDOW))) {
		free(r);
		return NULL;
	}
	r->room = r->ask = WINDOW;
	r->capture = c;
	r->discovers = !c->opened;
	if (r->discovers)
		c->opened = true; /* not again: workers open theirs at the same time */
	r->number = 1;
	r->outcome = 1;
	r->big_endian = c->big_endian;
	r->section = c->pcapng ? UINT32_MAX : 0;
	if (!c->pcapng && !reader_skip(r, PCAP_HEADER))
		r->at = r->have; /* it has shrunk since it was opened: the next call says so */
	r->record = reader_offset(r);
	return r;
}

/* Later readers end where this one did: what it has not reached is not in the tables. */
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
	const uint64_t end = c->frozen ? c->end : UINT64_MAX;
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
		uint64_t from = reader_last(r);
		if (from >= end)
			return false;
		if (want > r->ask)
			want = r->ask;
		if (want > end - from)
			want = (size_t)(end - from);
		ssize_t n = store_read(c->store, from, r->buffer + r->have, want);
		if (n < 0)
			r->failure = errno;
		if (n <= 0)
			return false;
		r->have += (size_t)n;
	}
	r->ask = r->ask < WINDOW ? r->ask * 2 : WINDOW;
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

/* The same with the octet where the record starts. */
static int end_at_record(struct reader *r, struct capture_error *error, const char *how,
                         const char *format, va_list arguments)
{
	char what[256];
	int n = snprintf(what, sizeof(what), "%s octet %llu: ", how, (unsigned long long)r->record);
	vsnprintf(what + n, sizeof(what) - (size_t)n, format, arguments);
	return end_by(r, error, what);
}

int reader_damage(struct reader *r, struct capture_error *error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int status = end_at_record(r, error, "damaged at", format, arguments);
	va_end(arguments);
	return status;
}

int reader_refuses(struct reader *r, struct capture_error *error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int status = end_at_record(r, error, "not read on from", format, arguments);
	va_end(arguments);
	return status;
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
		snprintf(what, sizeof(what), "cannot be read at octet %llu: %s", last,
		         strerror(r->failure));
	} else if (c->frozen && between && last == c->end) {
		r->outcome = c->outcome;
		*error = r->error = c->error;
		return r->outcome;
	} else if (c->frozen) {
		snprintf(what, sizeof(what), "has been cut to %llu octets while it was read", last);
	} else if (damage) {
		snprintf(what, sizeof(what), "%s: that was octet %llu of the capture%s%s", damage,
		         last, between ? "" : ", inside ", inside);
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
	int got = r->capture->next(r, frame, error);
	while (__builtin_expect(r->capture->filter != NULL, 0) && got > 0 && !capture_passes(r->capture, frame)) {
		r->number--;
		got = r->capture->next(r, frame, error);
	}
	return got;
}

struct position reader_position(const struct reader *r)
{
	return (struct position){.offset = reader_offset(r), .section = r->section};
}

void reader_seek(struct reader *r, struct position position, uint32_t number)
{
	struct capture *c = r->capture;
	if (!store_is_seekable(c->store))
		return;
	if (r->discovers && !c->frozen && reader_offset(r) > c->known_to)
		c->known_to = reader_offset(r);
	/* What the first reader has fetched beyond the end that it then set is not to be seen. */
	if (c->frozen && reader_last(r) > c->end)
		r->have = r->start < c->end ? (size_t)(c->end - r->start) : 0;
	if (position.offset != reader_offset(r))
		r->ask = AFTER_SEEK;
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
