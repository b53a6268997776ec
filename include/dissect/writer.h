#ifndef DISSECT_WRITER_H
#define DISSECT_WRITER_H
/* writer: frames of a capture as another capture. */

#include <stdio.h>

#include "dissect/capture.h"

struct writer;

/*
 * Writes to a file, or to standard output if it is called "-". pcapng keeps interfaces, names, secrets and what is told of each
 * frame; pcap the octets and times of frames of one link type. NULL with *error set: it cannot be made.
 */
struct writer *writer_open(const char *path, enum capture_format format,
                           const struct capture *capture, struct capture_error *error);

/* The same of frames that come from one interface, without a capture that tells of it: its beginning is written at once. */
struct writer *writer_of_interface(FILE *to, const struct interface *interface);

/* False, once and for all: see writer_close(). */
bool writer_add(struct writer *writer, const struct frame *frame);

/* What is not yet written: for those who read along. */
bool writer_flush(struct writer *writer);

/* False with *error set: not everything could be written, though somebody would have read it. */
bool writer_close(struct writer *writer, struct capture_error *error);

#endif
