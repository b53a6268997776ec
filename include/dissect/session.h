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

struct filter;
struct geoip;
struct key_log;
struct organizations;
struct resolver;

/* What is shown of a frame. */
enum view { VIEW_TREES, VIEW_LIST, VIEW_BOTH };

enum { PATHS_MOST = 32 };

/* Files that were named. */
struct paths {
	const char *at[PATHS_MOST];
	unsigned count;
};

/* What the user asked for. */
struct options {
	unsigned names;      /* enum resolution: what names are shown for */
	struct paths hosts;  /* -H: names of network addresses */
	struct paths geoip;  /* --geoip: databases of what is where */
	bool one_pass;       /* what the future would tell is not shown */
	bool hex;            /* -x: a hex dump behind every tree */
	enum view view;      /* --summary: the packet list; -P: it, too */
	struct filter *filter; /* -Y: which frames are shown; NULL: all */
	unsigned jobs;       /* threads of pass 2; 0: one for each core */
	uint32_t first, last; /* --frame N-M: the frames to show; last 0: no limit */
	uint32_t count;      /* -c: frames to read; 0: all */
	bool check_ip, check_tcp, check_udp; /* -o: checksums are verified */
	const char *key_log; /* file with secrets of TLS; NULL: none */
};

/* Where a run of RUN_FRAMES frames begins: enough to dissect it by itself. */
struct run {
	struct position position;
	uint64_t facts;            /* facts_position() */
	struct timestamp previous; /* time of the last frame before it that has one */
	struct timestamp previous_shown; /* of the last before it that is shown; then, of the last in it */
	bool has_previous, has_previous_shown;
	uint64_t shown;            /* which of its frames the display filter selects, from the lowest bit on */
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
	struct geoip *geoip; /* where addresses are */
	struct key_log *keys; /* NULL: there are no secrets so far; see key_log_now() */
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
