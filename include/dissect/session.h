#ifndef DISSECT_SESSION_H
#define DISSECT_SESSION_H
/* session: everything that changes during a run. main makes one; tests and threads can have several. */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/capture.h"
#include "dissect/conversation.h"
#include "dissect/facts.h"
#include "dissect/protocol.h"
#include "dissect/reassembly.h"

struct organizations;
struct resolver;

/* What the user asked for. */
struct options {
	bool numeric;        /* -n: no names for addresses */
	bool one_pass;       /* what the future would tell is not shown */
	bool hex;            /* -x: a hex dump behind every tree */
	unsigned jobs;       /* threads of pass 2; 0: one for each core */
	uint32_t first, last; /* --frame N-M: the frames to show; last 0: no limit */
	uint32_t count;      /* -c: frames to read; 0: all */
	bool check_ip, check_tcp, check_udp; /* -o: checksums are verified */
};

/* Where a run of RUN_FRAMES frames begins: enough to dissect it by itself. */
struct run {
	struct position position;
	uint64_t facts;            /* facts_position() */
	struct timestamp previous; /* time of the last frame before it that has one */
	bool has_previous;
};

/* What pass 1 keeps for a protocol; made when it is asked for. */
struct protocol_slot {
	const struct protocol *protocol;
	void *state;
};

enum { STATE_SLOTS = 256 }; /* more than there are protocols that keep something */

struct session {
	struct options options;
	struct capture *capture;
	struct organizations *organizations; /* names that are shown even where addresses have none */
	struct resolver *resolver; /* NULL: no names */
	struct facts facts;
	struct conversations conversations;
	struct reassembly reassembly;
	struct protocol_slot states[STATE_SLOTS];
	struct protocol_index index;

	struct run *runs;
	uint32_t run_count, run_capacity;
	uint32_t frame_count;      /* frames that pass 1 has read */
	struct timestamp first_time; /* of the first frame that has a time */
	bool has_first_time;
};

/* Neither takes ownership of the capture. */
void session_begin(struct session *session, struct capture *capture, struct options options);
void session_end(struct session *session);

#endif
