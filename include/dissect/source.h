#ifndef DISSECT_SOURCE_H
#define DISSECT_SOURCE_H
/* source: the octets of a descriptor in order, decompressed when they are gzip or zstd. In bounded
 * memory. */

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct source;

/* Reads from `fd`, which stays the caller's. NULL: no memory. */
struct source *source_open(int fd);
void source_close(struct source *source);

/* True when the octets are those of the file as it is. */
bool source_is_plain(const struct source *source);

/*
 * Up to `length` (more than 0) octets into `to`: how many, at least 1. Waits only when there is
 * none. 0: at the end, or at damage: source_damage() tells.
 */
size_t source_read(struct source *source, void *to, size_t length);

/* What ended the octets too early, such as "its gzip data are cut short"; NULL: nothing did. */
const char *source_damage(const struct source *source);

#endif
