#ifndef DISSECT_STORE_H
#define DISSECT_STORE_H
/*
 * store: the octets of one input, uncompressed, by offset.
 *
 * A plain file is read where it lies. Of a pipe or a compressed file, a seekable store keeps a copy
 * in an unlinked temporary file; any other store hands the octets out once, in order. Nothing is
 * mapped into memory: a file may shrink while we read it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct capture_error;
struct store;

/*
 * Opens the input behind `fd`, which the store owns from here on, even on failure. `name` is for
 * errors. NULL with *error set: it is no file or stream, or cannot be read or spooled.
 */
struct store *store_open(int fd, const char *name, bool seekable, struct capture_error *error);
void store_close(struct store *store);

/*
 * Up to `length` (more than 0) octets at `offset` into `to`. Returns how many: fewer than `length`
 * only at the end in a seekable store, but whenever it would have to wait in another one; 0: at the
 * end; -1 with errno set. A seekable store may be read by any thread. Any other one must be read on
 * from where it stands.
 */
ssize_t store_read(struct store *store, uint64_t offset, void *to, size_t length);

/* The first octets, at most `length`, without moving on. Only before the first store_read(). */
size_t store_peek(struct store *store, void *to, size_t length);

bool store_is_seekable(const struct store *store);

/* Why the octets end where they do, when that is not where the input wanted to end; NULL: no such
 * thing known. */
const char *store_damage(const struct store *store);

#endif
