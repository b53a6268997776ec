#ifndef DISSECT_FUZZ_H
#define DISSECT_FUZZ_H
/* fuzz.h: a capture made of an input, and dissected in every way. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <fcntl.h>
#include <unistd.h>

#include "dissect/engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put32(FILE *file, uint32_t value)
{
	fwrite(&value, sizeof value, 1, file);
}

/* A frame of n octets, after which `missing` more were sent, captured so many microseconds after 1970 began. */
static void put_frame(FILE *file, const uint8_t *data, size_t n, uint64_t time, uint32_t missing)
{
	put32(file, (uint32_t)(time / 1000000));
	put32(file, (uint32_t)(time % 1000000));
	put32(file, (uint32_t)n);
	put32(file, (uint32_t)n + missing);
	fwrite(data, 1, n, file);
}

/* A capture file in memory: its descriptor, and in *file where frames are to be put. */
static int begin_capture(uint32_t link_type, FILE **file)
{
	int fd = memfd_create("fuzz", 0);
	const uint32_t header[6] = { 0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, link_type };

	*file = fdopen(dup(fd), "wb");
	fwrite(header, sizeof header, 1, *file);
	return fd;
}

static void dissect_passes(int fd, int out, bool one_pass)
{
	char path[64];
	struct capture_error error;
	struct options options = { .numeric = true, .one_pass = one_pass, .hex = true, .jobs = 1 };
	struct session session;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct capture *capture = capture_open(path, one_pass ? CAPTURE_ONE_PASS : CAPTURE_TWO_PASS, &error);
	if (!capture)
		return;
	session_begin(&session, capture, options);
	engine_run(&session, out, &error);
	session_end(&session);
	capture_close(capture);
}

/* In two passes and in one; takes the descriptor. */
static void dissect_capture(int fd)
{
	static int out = -1;

	if (out < 0)
		out = open("/dev/null", O_WRONLY);
	dissect_passes(fd, out, false);
	dissect_passes(fd, out, true);
	close(fd);
}

#endif
