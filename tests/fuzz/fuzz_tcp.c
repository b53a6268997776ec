/*
 * fuzz_tcp.c: the segments of one connection in any order, cut, doubled, overlapping, with wild numbers.
 *
 * The input is the server's port (2 octets), how many segments there are (1), those (8 octets each), and the octets that
 * the connection carries in either direction. So a mutated input is still a connection, and what it carries is
 * still the same wherever it is carried twice.
 */

#include "fuzz.h"

enum { HEADERS = IP_HEADER + TCP_HEADER, SEGMENT = 8, LARGEST = 1460 };

/* A segment of the input. */
struct move {
	uint8_t flags;     /* of the header; bit 6 is the direction, bit 7: the numbers are wild */
	uint8_t missing;   /* octets that the snapshot length cut */
	uint16_t place;    /* of its first octet in the stream */
	uint16_t length;   /* octets */
	uint8_t ack;       /* how far it acknowledges, in hundreds of octets */
	uint8_t time;      /* since the last, in eighths of a millisecond */
};

static void put_segment(FILE *file, const struct move *m, uint16_t port, const uint8_t *stream, size_t size, uint64_t time)
{
	uint8_t frame[HEADERS + LARGEST] = { 0 };
	const uint32_t wild = m->flags & 0x80 ? (uint32_t)m->time << 24 : 0, length = size ? m->length % (LARGEST + 1) : 0;
	const uint32_t missing = m->missing < length ? m->missing : 0;

	put_tcp_headers(frame, length, port, m->flags & 0x40, 0xffffff00u + m->place + wild,
	                m->flags & 0x10 ? 0xffffff00u + 100u * m->ack : 0, m->flags & 0x3f);
	put16(frame + 34, m->ack ? 1000 : 0);
	for (uint32_t i = 0; i < length; i++)
		frame[HEADERS + i] = stream[(m->place + i) % size];
	put_frame(file, frame, HEADERS + length - missing, time, missing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 3 || size > 65536 || size < 3 + (size_t)data[2] * SEGMENT)
		return 0;
	const uint8_t *stream = data + 3 + data[2] * SEGMENT;
	uint64_t time = 1000000;
	FILE *file;
	int fd = begin_capture(LINK_RAW, &file);
	for (const uint8_t *p = data + 3; p < stream; p += SEGMENT) {
		const struct move m = { p[0], p[1], (uint16_t)(p[2] << 8 | p[3]), (uint16_t)(p[4] << 8 | p[5]), p[6], p[7] };
		time += m.time * 125u;
		put_segment(file, &m, (uint16_t)(data[0] << 8 | data[1]), stream, (size_t)(data + size - stream), time);
	}
	fclose(file);
	dissect_capture(fd);
	return 0;
}
