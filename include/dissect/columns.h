#ifndef DISSECT_COLUMNS_H
#define DISSECT_COLUMNS_H
/*
 * columns: what the packet list says of a frame. Dissectors write to it by the macros of dissection.h, in the order in which
 * they read; a protocol that starts takes the row over, but for what lies in front of a fence.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COLUMN_LARGEST = 256, INFO_LARGEST = 4096 }; /* octets; what is more is left out */

/* Text that grows up to its room. */
struct column {
	char *text;
	uint32_t room, length;
	uint32_t fence; /* what stands before it stays */
};

struct columns {
	struct column protocol, info;
	bool is_point_to_point; /* a link without addresses */
	char protocol_text[COLUMN_LARGEST], info_text[INFO_LARGEST];
};

/* Empties both, for another frame. */
void columns_reset(struct columns *columns);

/* A protocol starts: its name for the one, nothing for the other. */
void columns_begin(struct columns *columns, const char *protocol);

/* The same for a link that has no addresses: what starts behind it may have some. */
void columns_begin_link(struct columns *columns, const char *protocol, const char *info);

/* The Protocol column between two texts. */
void column_wrap(struct columns *columns, const char *before, const char *behind);

/* What Info says so far stays, whatever sets it later; the Protocol column has no fence of its own. */
void columns_fence(struct columns *columns);

void column_set(struct columns *columns, const char *format, ...) __attribute__((format(printf, 2, 3)));
void column_append(struct columns *columns, const char *format, ...) __attribute__((format(printf, 2, 3)));
void info_set(struct columns *columns, const char *format, ...) __attribute__((format(printf, 2, 3)));
void info_append(struct columns *columns, const char *separator, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What goes behind the rest on every other frame is quicker so than by a format: octets as they are; those and a number. */
void info_put(struct columns *columns, const char *text, size_t n);
void info_put_number(struct columns *columns, const char *text, size_t n, uint32_t number);

void info_prepend(struct columns *columns, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
