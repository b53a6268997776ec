/* store.c: the octets of an input by offset: of a file, a spooled copy, or a stream read once. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dissect/capture_private.h"
#include "dissect/source.h"
#include "dissect/store.h"

enum { HEAD = 64, COPY = 256 * 1024 };

struct store {
	int fd;
	bool seekable;
	uint64_t base;         /* seekable: where in the file the input starts */
	struct source *source; /* stream */
	uint64_t at;           /* stream: offset of the next octet */
	uint8_t head[HEAD];    /* stream: its first octets, kept for store_peek() */
	size_t head_length;
	const char *damage;
};

/* Waits out signals and short writes. False with errno set. */
static bool write_all(int fd, const uint8_t *from, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, from, length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		from += n;
		length -= (size_t)n;
	}
	return true;
}

/* A file that nobody else can open and that vanishes with us. -1 with errno set. */
static int open_unlinked(const char *folder)
{
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s/dissect-XXXXXX", folder);
	if (n < 0 || (size_t)n >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

/* Copies the whole source into a temporary file. -1 with *error set. */
static int spool(struct source *source, const char *name, struct capture_error *error)
{
	const char *folder = getenv("TMPDIR");
	if (!folder || !*folder)
		folder = "/tmp";
	int fd = open_unlinked(folder);
	uint8_t *buffer = fd >= 0 ? malloc(COPY) : NULL;
	bool good = buffer;
	size_t n;
	while (good && (n = source_read(source, buffer, COPY)) > 0)
		good = write_all(fd, buffer, n);
	if (!good) {
		capture_fail(error, name,
		             "cannot be spooled to a temporary file in %.200s: %s; name a roomier "
		             "folder by TMPDIR or read it in one pass",
		             folder, strerror(errno));
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	free(buffer);
	return fd;
}

/* Finds out what the input is, and makes it seekable if that is wanted. */
static bool prepare(struct store *s, const char *name, bool seekable, struct capture_error *error)
{
	struct stat about;
	if (fstat(s->fd, &about) < 0) {
		capture_fail(error, name, "cannot be read: %s", strerror(errno));
		return false;
	}
	if (S_ISDIR(about.st_mode)) {
		capture_fail(error, name, "is a folder; name a capture file in it");
		return false;
	}
	/* Standard input may be a file of which someone has read a part. */
	off_t base = S_ISREG(about.st_mode) ? lseek(s->fd, 0, SEEK_CUR) : -1;
	s->source = source_open(s->fd);
	if (!s->source) {
		capture_fail(error, name, "no memory to read it");
		return false;
	}
	s->seekable = seekable;
	if (!seekable)
		return true;
	if (base >= 0 && source_is_plain(s->source)) {
		s->base = (uint64_t)base;
		s->damage = source_damage(s->source);
	} else {
		int copy = spool(s->source, name, error);
		if (copy < 0)
			return false;
		s->damage = source_damage(s->source);
		close(s->fd);
		s->fd = copy;
	}
	source_close(s->source);
	s->source = NULL;
	return true;
}

struct store *store_open(int fd, const char *name, bool seekable, struct capture_error *error)
{
	struct store *s = calloc(1, sizeof(*s));
	if (!s) {
		close(fd);
		capture_fail(error, name, "no memory to read it");
		return NULL;
	}
	s->fd = fd;
	if (!prepare(s, name, seekable, error)) {
		store_close(s);
		return NULL;
	}
	return s;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	source_close(s->source);
	close(s->fd);
	free(s);
}

static ssize_t read_at(const struct store *s, uint64_t offset, uint8_t *to, size_t length)
{
	if (offset > (uint64_t)INT64_MAX - s->base - length)
		return 0;
	size_t got = 0;
	while (got < length) {
		ssize_t n = pread(s->fd, to + got, length - got, (off_t)(s->base + offset + got));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && got == 0)
			return -1;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

static ssize_t read_on(struct store *s, uint64_t offset, uint8_t *to, size_t length)
{
	if (offset != s->at) {
		errno = ESPIPE;
		return -1;
	}
	size_t n;
	if (s->at < s->head_length) {
		n = s->head_length - (size_t)s->at;
		if (n > length)
			n = length;
		memcpy(to, s->head + s->at, n);
	} else {
		n = source_read(s->source, to, length);
		if (n == 0)
			s->damage = source_damage(s->source);
	}
	s->at += n;
	return (ssize_t)n;
}

ssize_t store_read(struct store *s, uint64_t offset, void *to, size_t length)
{
	return s->seekable ? read_at(s, offset, to, length) : read_on(s, offset, to, length);
}

size_t store_peek(struct store *s, void *to, size_t length)
{
	if (s->seekable) {
		ssize_t n = read_at(s, 0, to, length);
		return n < 0 ? 0 : (size_t)n;
	}
	if (length > HEAD)
		length = HEAD;
	while (s->head_length < length) {
		size_t n =
		    source_read(s->source, s->head + s->head_length, length - s->head_length);
		if (n == 0)
			break;
		s->head_length += n;
	}
	if (s->head_length < length)
		s->damage = source_damage(s->source);
	else
		s->head_length = length;
	memcpy(to, s->head, s->head_length);
	return s->head_length;
}

bool store_is_seekable(const struct store *s)
{
	return s->seekable;
}

const char *store_damage(const struct store *s)
{
	return s->damage;
}
