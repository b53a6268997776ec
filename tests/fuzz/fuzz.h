#ifndef DISSECT_FUZZ_H
#define DISSECT_FUZZ_H
/* fuzz.h: a capture made of an input, and dissected in every way. Two hosts speak in it: a client and a server. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <fcntl.h>
#include <unistd.h>

#include "dissect/engine.h"
#include "dissect/filter.h"
#include "dissect/format.h"
#include "dissect/key_log.h"

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

enum { LINK_RAW = 101, IP_HEADER = 20, UDP_HEADER = 8, TCP_HEADER = 20, CLIENT_PORT = 40000 };

static inline void put16(uint8_t *to, uint32_t value)
{
	to[0] = (uint8_t)(value >> 8);
	to[1] = (uint8_t)value;
}

static inline void put_number(uint8_t *to, uint32_t value)
{
	put16(to, value >> 16);
	put16(to + 2, value);
}

/* The headers of IPv4 and the ports behind it, of a packet of n octets. */
static inline void put_headers(uint8_t *packet, size_t n, uint8_t protocol, uint16_t port, bool from_server)
{
	packet[0] = 0x45;
	put16(packet + 2, (uint32_t)n);
	packet[8] = 64;
	packet[9] = protocol;
	put_number(packet + 12, 0x0a000001u + from_server);
	put_number(packet + 16, 0x0a000002u - from_server);
	put16(packet + 20, from_server ? port : CLIENT_PORT);
	put16(packet + 22, from_server ? CLIENT_PORT : port);
}

/* A segment of TCP, with room for its headers in front of its payload of n octets. */
static inline void put_tcp_headers(uint8_t *packet, size_t n, uint16_t port, bool from_server, uint32_t seq, uint32_t ack,
                                   uint8_t flags)
{
	put_headers(packet, IP_HEADER + TCP_HEADER + n, 6, port, from_server);
	put_number(packet + 24, seq);
	put_number(packet + 28, ack);
	packet[32] = 5 << 4;
	packet[33] = flags;
	put16(packet + 34, 1000);
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

/* Lines of a key log that every session has; NULL: none. */
static const char *secrets;

static struct key_log *read_secrets(void)
{
	struct key_log *log = key_log_new();
	FILE *lines = fmemopen((char *)(uintptr_t)secrets, strlen(secrets), "r");

	key_log_read(log, lines, "secrets", NULL);
	fclose(lines);
	return log;
}

static void dissect_as(int fd, int out, struct options options)
{
	char path[64];
	struct capture_error error;
	struct session session;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct capture *capture = capture_open(path, options.one_pass ? CAPTURE_ONE_PASS : CAPTURE_TWO_PASS, &error);
	if (!capture)
		return;
	options.jobs = 1;
	session_begin(&session, capture, options);
	if (secrets)
		session.keys = read_secrets();
	engine_run(&session, out, &error);
	session_end(&session);
	capture_close(capture);
}

/*
 * As trees in two passes and in one; as a list, for which none is built; by a filter that has few nodes of each frame built; as JSON, with
 * all the values that trees do not show. Takes the descriptor.
 */
static inline void dissect_capture(int fd)
{
	static int out = -1;
	static struct filter *filter;
	struct filter_error error;

	if (out < 0) {
		out = open("/dev/null", O_WRONLY);
		filter = filter_compile("tcp.analysis.flags || udp.length > 8 || _ws.malformed", &error);
	}
	dissect_as(fd, out, (struct options){ .hex = true });
	dissect_as(fd, out, (struct options){ .hex = true, .one_pass = true });
	dissect_as(fd, out, (struct options){ .view = VIEW_LIST });
	dissect_as(fd, out, (struct options){ .view = VIEW_LIST, .filter = filter });
	dissect_as(fd, out, (struct options){ .format = format_named("json") });
	close(fd);
}

#endif
