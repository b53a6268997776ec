#ifndef DISSECT_LIVE_H
#define DISSECT_LIVE_H
/* live: frames from an interface, by a process of its own, which holds that and nothing else. */

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "dissect/capture.h"

struct live_options {
	const char *interface;   /* its name, or its number in live_list() */
	const char *filter;      /* in libpcap's language; NULL: all frames */
	uint32_t snap_length;    /* 0: all of each frame */
	bool not_promiscuous;
	double seconds;          /* to capture for; 0: no limit */
	uint64_t octets;         /* to capture; 0: no limit */
};

/* What the process tells when it ends. */
struct live_report {
	uint32_t dropped; /* frames that came too fast for it */
	char fault[256];  /* why it ended, unless it was told to */
};

struct live;

/*
 * Starts it; SIGINT and SIGTERM then end the capture: what came before can still be read. NULL with
 * *error set: it cannot be.
 */
struct live *live_start(const struct live_options *options, struct capture_error *error);

/* The interface's name. */
const char *live_name(const struct live *live);

/* Its frames; once: who asks owns it. NULL with *error set: there are none. */
struct capture *live_capture(struct live *live, struct capture_error *error);

/* Ends it, after its capture was closed, and frees it. */
struct live_report live_end(struct live *live);

/*
 * What only opening an interface needs, root's power and capabilities, is given up for good. False
 * with *error set: it cannot be.
 */
bool live_drop_privileges(struct capture_error *error);

/* Lists the interfaces, numbered. False with *error set. */
bool live_list(FILE *to, struct capture_error *error);

#endif
