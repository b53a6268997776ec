/*
 * source.c: octets in order, from a plain, gzip (RFC 1952) or zstd (RFC 8878) file or stream.
 *
 * Members of gzip and frames of zstd may follow one another, as after `cat a.gz b.gz`: they are
 * read as one. Compressed data within compressed data are not looked into.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "dissect/source.h"
#include "dissect/wire.h"

enum { INPUT = 64 * 1024 };

enum kind { PLAIN, GZIP, ZSTD };

struct source {
	int fd;
	enum kind kind;
	const char *damage;
	bool at_end;     /* of the descriptor */
	bool unfinished; /* the decoder stands within a member or frame */
	bool pending;    /* the decoder filled all it was given: it may hold more */
	z_stream gzip;
	ZSTD_DStream *zstd;
	size_t wanted;   /* zstd: octets that the next step needs */
	size_t at, have; /* what of `input` is still to be used */
	uint8_t input[INPUT];
};

/* Waits for input. False: there is none any more. */
static bool fill_input(struct source *s)
{
	if (s->at_end)
		return false;
	ssize_t n;
	do {
		n = read(s->fd, s->input + s->have, INPUT - s->have);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		s->damage = strerror(errno);
	if (n <= 0) {
		s->at_end = true;
		return false;
	}
	s->have += (size_t)n;
	return true;
}

static bool refill_input(struct source *s)
{
	s->at = s->have = 0;
	return fill_input(s);
}

/* A zstd file may start with a skippable frame (RFC 8878, section 3.1.2) as well. */
static enum kind kind_of(const uint8_t *magic, size_t length)
{
	if (length >= 2 && be16(magic) == 0x1f8b)
		return GZIP;
	if (length >= 4 && (le32(magic) == 0xfd2fb528 || (le32(magic) & 0xfffffff0) == 0x184d2a50))
		return ZSTD;
	return PLAIN;
}

struct source *source_open(int fd)
{
	struct source *s = malloc(sizeof(*s));
	if (!s)
		return NULL;
	/* Not the input buffer: pages that are never written cost nothing. */
	memset(s, 0, offsetof(struct source, input));
	s->fd = fd;
	while (s->have < 4 && fill_input(s))
		;
	s->kind = kind_of(s->input, s->have);
	if (s->kind == GZIP && inflateInit2(&s->gzip, 16 + MAX_WBITS) != Z_OK) {
		free(s);
		return NULL;
	}
	if (s->kind == ZSTD) {
		s->zstd = ZSTD_createDStream();
		if (!s->zstd) {
			free(s);
			return NULL;
		}
		s->wanted = ZSTD_initDStream(s->zstd);
	}
	return s;
}

void source_close(struct source *s)
{
	if (!s)
		return;
	if (s->kind == GZIP)
		inflateEnd(&s->gzip);
	ZSTD_freeDStream(s->zstd);
	free(s);
}

static size_t read_plain(struct source *s, void *to, size_t length)
{
	if (s->at < s->have) {
		size_t n = s->have - s->at < length ? s->have - s->at : length;
		memcpy(to, s->input + s->at, n);
		s->at += n;
		return n;
	}
	if (s->at_end)
		return 0;
	ssize_t n;
	do {
		n = read(s->fd, to, length);
	} while (n < 0 && errno == EINTR);
	if (n > 0)
		return (size_t)n;
	if (n < 0)
		s->damage = strerror(errno);
	s->at_end = true;
	return 0;
}

/* One step of the decoder: how many octets came out. */
static size_t step_gzip(struct source *s, void *to, size_t length)
{
	if (!s->unfinished) {
		/* Padding of zeros after a member is usual on tapes: gzip(1) skips it too. */
		while (s->at < s->have && s->input[s->at] == 0)
			s->at++;
		if (s->at == s->have)
			return 0;
		inflateReset(&s->gzip);
		s->unfinished = true;
	}
	uInt room = length > INPUT * 16 ? INPUT * 16 : (uInt)length;
	s->gzip.next_in = s->input + s->at;
	s->gzip.avail_in = (uInt)(s->have - s->at);
	s->gzip.next_out = to;
	s->gzip.avail_out = room;
	int status = inflate(&s->gzip, Z_NO_FLUSH);
	s->at = s->have - s->gzip.avail_in;
	s->pending = s->gzip.avail_out == 0;
	if (status == Z_STREAM_END)
		s->unfinished = s->pending = false;
	else if (status != Z_OK && status != Z_BUF_ERROR)
		s->damage = "its gzip data are damaged";
	return room - s->gzip.avail_out;
}

/*
 * The same. What a call puts out before it finds damage is lost: so it is fed with one block at a
 * time, and only when it has put out all of the last one.
 */
static size_t step_zstd(struct source *s, void *to, size_t length)
{
	size_t feed = s->have - s->at < s->wanted ? s->have - s->at : s->wanted;
	size_t end = s->pending ? s->at : s->at + feed;
	ZSTD_inBuffer in = {s->input, end, s->at};
	ZSTD_outBuffer out = {to, length, 0};
	size_t status = ZSTD_decompressStream(s->zstd, &out, &in);
	if (ZSTD_isError(status))
		s->damage = ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge
		                ? "its zstd data want a window of more than 128 MiB"
		                : "its zstd data are damaged";
	else if (in.pos > s->at || out.pos > 0)
		s->unfinished = status != 0;
	s->wanted = status ? status : ZSTD_initDStream(s->zstd);
	s->at = in.pos;
	s->pending = out.pos == length;
	return out.pos;
}

size_t source_read(struct source *s, void *to, size_t length)
{
	if (s->kind == PLAIN)
		return read_plain(s, to, length);
	while (!s->damage) {
		size_t n = 0;
		if (s->at < s->have || s->pending)
			n = s->kind == GZIP ? step_gzip(s, to, length) : step_zstd(s, to, length);
		if (n > 0)
			return n;
		if (s->at < s->have || s->pending || s->damage || refill_input(s))
			continue;
		if (s->unfinished && !s->damage)
			s->damage = s->kind == GZIP ? "its gzip data are cut short"
			                            : "its zstd data are cut short";
		break;
	}
	return 0;
}

bool source_is_plain(const struct source *s)
{
	return s->kind == PLAIN;
}

const char *source_damage(const struct source *s)
{
	return s->damage;
}
