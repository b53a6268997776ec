/*
 * fuzz_capture.c: any octets as a capture, read in one pass and in two.
 *
 * Whatever they are: both ways give the same frames, and a reader that starts at a noted position
 * gives the frame that was found there.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dissect/capture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOTED = 64 };

struct note {
	struct position position;
	uint32_t number;
	uint64_t digest;
};

struct walk {
	uint64_t digest; /* of all frames */
	uint32_t frames;
	int outcome;
	struct note notes[NOTED]; /* of the first frames */
	uint32_t noted;
};

#define REQUIRE(what)                                                                              \
	do {                                                                                       \
		if (!(what)) {                                                                     \
			fprintf(stderr, "%s does not hold\n", #what);                              \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

static uint64_t mix(uint64_t digest, const void *from, size_t length)
{
	const uint8_t *p = from;
	for (size_t i = 0; i < length; i++)
		digest = (digest ^ p[i]) * 0x100000001b3;
	return digest;
}

#define MIX(digest, value) mix(digest, &(value), sizeof(value))

static uint64_t digest_of(const struct frame *f)
{
	uint64_t d = mix(0xcbf29ce484222325, f->data, f->captured);
	d = MIX(d, f->number);
	d = MIX(d, f->time.seconds);
	d = MIX(d, f->time.nanoseconds);
	d = MIX(d, f->length);
	d = MIX(d, f->data_offset);
	d = MIX(d, f->link_type);
	d = MIX(d, f->section);
	d = MIX(d, f->flags);
	if (f->interface) {
		d = MIX(d, f->interface->id);
		d = mix(d, f->interface->name, f->interface->name ? strlen(f->interface->name) : 0);
	}
	uint32_t cursor = 0;
	size_t length;
	const char *comment;
	while ((comment = frame_comment(f, &cursor, &length)))
		d = mix(d, comment, length);
	return d;
}

static void walk(struct reader *r, struct walk *w)
{
	struct frame f;
	struct capture_error error;
	memset(w, 0, sizeof(*w));
	for (;;) {
		struct position before = reader_position(r);
		w->outcome = reader_next(r, &f, &error);
		if (w->outcome != 1)
			break;
		uint64_t digest = digest_of(&f);
		w->digest = MIX(w->digest, digest);
		w->frames++;
		if (w->noted < NOTED)
			w->notes[w->noted++] = (struct note){before, f.number, digest};
	}
	REQUIRE((w->outcome == 0) == (error.text[0] == '\0'));
	struct capture_error again;
	REQUIRE(reader_next(r, &f, &again) == w->outcome && strcmp(again.text, error.text) == 0);
}

static struct capture *open_input(const uint8_t *data, size_t size, enum capture_mode mode)
{
	int fd = memfd_create("capture", MFD_CLOEXEC);
	REQUIRE(fd >= 0);
	REQUIRE(write(fd, data, size) == (ssize_t)size);
	REQUIRE(lseek(fd, 0, SEEK_SET) == 0);
	struct capture_error error;
	struct capture *c = capture_open_fd(fd, "fuzz", mode, &error);
	REQUIRE(c || error.text[0]);
	return c;
}

static void count_name(void *context, int family, const uint8_t *address, const char *name)
{
	size_t *sum = context;
	*sum += strlen(name) + address[0] + (size_t)family;
}

static void seek_back(struct capture *c, const struct walk *first)
{
	struct reader *r = reader_open(c);
	struct frame f;
	struct capture_error error;
	for (uint32_t i = first->noted; i-- > 0;) {
		const struct note *n = &first->notes[i];
		reader_seek(r, n->position, n->number);
		REQUIRE(reader_next(r, &f, &error) == 1);
		REQUIRE(digest_of(&f) == n->digest);
		uint8_t last;
		if (f.captured)
			REQUIRE(capture_read(c, f.data_offset + f.captured - 1, &last, 1) == 1 &&
			        last == f.data[f.captured - 1]);
	}
	reader_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct capture *c = open_input(data, size, CAPTURE_TWO_PASS);
	struct capture *stream = open_input(data, size, CAPTURE_ONE_PASS);
	REQUIRE(!c == !stream);
	if (!c)
		return 0;
	struct walk first, second, streamed;
	struct reader *r = reader_open(c), *later = reader_open(c), *only = reader_open(stream);
	REQUIRE(!reader_open(stream));
	walk(r, &first);
	walk(later, &second);
	walk(only, &streamed);
	REQUIRE(first.frames == second.frames && first.digest == second.digest);
	REQUIRE(first.outcome == second.outcome);
	REQUIRE(first.frames == streamed.frames && first.digest == streamed.digest);
	REQUIRE(first.outcome == streamed.outcome);
	reader_close(r);
	reader_close(later);
	reader_close(only);
	seek_back(c, &first);

	size_t sum = 0, length;
	uint32_t type;
	capture_names(c, 0, count_name, &sum);
	for (uint32_t i = 0; capture_secrets(c, i, &type, &length); i++)
		sum += length;
	capture_close(c);
	capture_close(stream);
	return 0;
}
