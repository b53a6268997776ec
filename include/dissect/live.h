#ifndef DISSECT_LIVE_H
#define DISSECT_LIVE_H
/* live: frames from an interface, by a process of its own: it alone holds the interface, and nothing else. */

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "dissect/capture.h"

struct live_options {
	const char *interface;
	const char *filter;      /* in libpcap's language; NULL: all frames */
	uint32_t snap_length;    /* 0: all of each frame */
	bool not_promiscuous;
	double seconds;          /* to capture for; 0: no limit */
	uint64_t octets;         /* to capture; 0: no limit */
};

/* Starts it: a descriptor that the frames come from, as a pcap; -1 with *error set. */
int live_start(const struct live_options *options, pid_t *process, struct capture_error *error);
void live_end(pid_t process);

/* What only opening an interface needs: root's power, given up for good. False with *error set: it cannot be. */
bool live_drop_privileges(struct capture_error *error);

/* Lists the interfaces. False with *error set. */
bool live_list(FILE *to, struct capture_error *error);

#endif
