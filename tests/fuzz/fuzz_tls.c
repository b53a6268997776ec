/*
 * fuzz_tls.c: records of TLS over TCP, or of DTLS over UDP, in both directions, in segments that do not end where records do.
 *
 * The input is the server's port (2 octets), one octet (bit 0: DTLS), and turns: whose it is and how long its segments are (1 octet:
 * bit 7, from the server; the rest in eights of octets, 0: one segment), how many octets it has (2), and those.
 */

#include "fuzz.h"

enum { HEAD = 3, TURN = 3, LARGEST = 16384 };

/* A connection on its way. */
struct connection {
	FILE *file;
	uint64_t time;
	uint32_t sent[2]; /* octets of TCP by the client, by the server */
	uint16_t port;
	bool is_datagrams;
};

static void put_payload(struct connection *c, bool from_server, const uint8_t *payload, size_t n)
{
	static uint8_t packet[IP_HEADER + TCP_HEADER + LARGEST];
	const size_t headers = IP_HEADER + (c->is_datagrams ? UDP_HEADER : TCP_HEADER);

	memset(packet, 0, headers);
	if (c->is_datagrams) {
		put_headers(packet, headers + n, 17, c->port, from_server);
		put16(packet + 24, (uint32_t)(UDP_HEADER + n));
	} else {
		put_tcp_headers(packet, n, c->port, from_server, 1 + c->sent[from_server], 1 + c->sent[!from_server], 0x18);
		c->sent[from_server] += (uint32_t)n;
	}
	memcpy(packet + headers, payload, n);
	c->time += 1000;
	put_frame(c->file, packet, headers + n, c->time, 0);
}

/* One turn; returns where the next begins. */
static const uint8_t *put_turn(struct connection *c, const uint8_t *turn, const uint8_t *end)
{
	const bool from_server = *turn & 0x80;
	const uint8_t *at = turn + TURN;
	size_t n = (size_t)(turn[1] << 8 | turn[2]), most = (size_t)(*turn & 0x7f) * 8;

	if (n > (size_t)(end - at))
		n = (size_t)(end - at);
	if (n > LARGEST)
		n = LARGEST;
	if (!most)
		most = LARGEST;
	const uint8_t *stop = at + n;
	for (; at < stop; at += n) {
		n = (size_t)(stop - at) < most ? (size_t)(stop - at) : most;
		put_payload(c, from_server, at, n);
	}
	return stop;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD || size > 65536)
		return 0;
	struct connection c = { .port = (uint16_t)(data[0] << 8 | data[1]), .is_datagrams = data[2] & 1 };
	const uint8_t *end = data + size;
	const int fd = begin_capture(LINK_RAW, &c.file);
	for (const uint8_t *turn = data + HEAD; end - turn >= TURN;)
		turn = put_turn(&c, turn, end);
	fclose(c.file);
	dissect_capture(fd);
	return 0;
}
