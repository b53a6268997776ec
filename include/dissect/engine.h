#ifndef DISSECT_ENGINE_H
#define DISSECT_ENGINE_H
/* engine: takes a capture through both passes. */

#include "dissect/session.h"

/*
 * Pass 1 over the whole capture, then pass 2 on options.jobs threads, its text written to fd in the order of the frames.
 * In one-pass mode both passes run frame by frame. Returns the program's exit status: 0, or 2 with *error set
 * when the capture is damaged (what could be read has been written). A reader of fd that went away is no error.
 */
int engine_run(struct session *session, int fd, struct capture_error *error);

#endif
