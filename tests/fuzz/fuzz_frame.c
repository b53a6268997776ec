/*
 * fuzz_frame.c: one frame of any link type through both passes and every renderer.
 *
 * The input is two octets of link type (little-endian), then a frame. It is shown whole, cut by the snapshot length, and in halves
 * that come twice, so that what pass 1 learns from one frame is shown in another.
 */

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

static void put_frame(FILE *file, const uint8_t *data, size_t n, uint32_t number, uint32_t missing)
{
	put32(file, number);
	put32(file, 0);
	put32(file, (uint32_t)n);
	put32(file, (uint32_t)n + missing);
	fwrite(data, 1, n, file);
}

/* A pcap file of the input's frames. */
static int make_capture(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", 0);
	FILE *file = fdopen(dup(fd), "wb");
	uint32_t header[6] = { 0xa1b2c3d4, 4 << 16 | 2, 0, 0, 262144, (uint32_t)(data[0] | data[1] << 8) };
	uint32_t number = 0;

	fwrite(header, sizeof header, 1, file);
	/* The whole as one frame, cut and uncut; then in two halves, twice. */
	put_frame(file, data + 2, size - 2, ++number, 0);
	put_frame(file, data + 2, size - 2, ++number, 100);
	size_t half = (size - 2) / 2;
	for (int i = 0; i < 2; i++) {
		put_frame(file, data + 2, half, ++number, 0);
		put_frame(file, data + 2 + half, size - 2 - half, ++number, 0);
	}
	fclose(file);
	return fd;
}

static void dissect_capture(int fd, int out, bool one_pass)
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int out = -1;

	if (size < 3 || size > 65536)
		return 0;
	if (out < 0)
		out = open("/dev/null", 1);
	int fd = make_capture(data, size);
	dissect_capture(fd, out, false);
	dissect_capture(fd, out, true);
	close(fd);
	return 0;
}
