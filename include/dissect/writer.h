#ifndef DISSECT_WRITER_H
#define DISSECT_WRITER_H
/* writer: frames of a capture as another capture. */

#include "dissect/capture.h"

struct writer;

/*
 * Writes to a file, or to standard output if it is called "-". pcapng keeps interfaces, names, secrets and what is told of each
 * frame; pcap, with `plain`, the octets and times of frames of one link type. NULL with *error set: it cannot be made.
 */
struct writer *writer_open(const char *path, bool plain, const struct capture *capture, struct capture_error *error);

/* False, once and for all: see writer_close(). */
bool writer_add(struct writer *writer, const struct frame *frame);

/* What is not yet written: for those who read along. */
bool writer_flush(struct writer *writer);

/* False with *error set: not everything could be written. */
bool writer_close(struct writer *writer, struct capture_error *error);

#endif
