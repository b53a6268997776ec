/*
 * fuzz_frame.c: one frame of any link type through both passes and every renderer.
 *
 * The input is two octets of link type (little-endian), then a frame. It is shown whole, cut by the snapshot length, and in halves
 * that come twice, so that what pass 1 learns from one frame is shown in another.
 */

#include "fuzz.h"

/* A pcap file of the input's frames. */
static int make_capture(const uint8_t *data, size_t size)
{
	FILE *file;
	int fd = begin_capture((uint32_t)(data[0] | data[1] << 8), &file);
	uint64_t second = 0;

	/* The whole as one frame, cut and uncut; then in two halves, twice. */
	put_frame(file, data + 2, size - 2, ++second * 1000000, 0);
	put_frame(file, data + 2, size - 2, ++second * 1000000, 100);
	size_t half = (size - 2) / 2;
	for (int i = 0; i < 2; i++) {
		put_frame(file, data + 2, half, ++second * 1000000, 0);
		put_frame(file, data + 2 + half, size - 2 - half, ++second * 1000000, 0);
	}
	fclose(file);
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 3 || size > 65536)
		return 0;
	dissect_capture(make_capture(data, size));
	return 0;
}
