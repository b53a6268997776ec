#ifndef DISSECT_SESSION_H
#define DISSECT_SESSION_H
/* session: everything that changes during a run. main makes one; tests and threads can have several. */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/capture.h"
#include "dissect/conversation.h"
#include "dissect/facts.h"
#include "dissect/field_set.h"
#include "dissect/protocol.h"
#include "dissect/reassembly.h"

struct asked;
struct filter;
struct format;
struct geoip;
struct key_log;
struct layout;
struct palette;
struct organizations;
struct resolver;
struct writer;

/* What the Time column counts from. */
enum time_base { TIME_SINCE_FIRST, TIME_SINCE_PREVIOUS, TIME_SINCE_SHOWN, TIME_SINCE_EPOCH, TIME_OF_DAY };
enum date_form { NO_DATE, YEAR_MONTH_DAY, YEAR_DAY };

struct time_format {
	enum time_base base;
	enum date_form date; /* before the time of day */
	bool local;          /* the time of day is that of the time zone, not UTC */
	bool hms;            /* spans in hours, minutes and seconds */
	bool has_digits;     /* else as many as the capture tells */
	uint8_t digits;      /* decimals of a second */
};

/* What is shown of a frame. */
enum view { VIEW_TREES, VIEW_LIST, VIEW_BOTH };

enum { PATHS_MOST = 32, CHECKS_MOST = 32 };

/* Files that were named. */
struct paths {
	const char *at[PATHS_MOST];
	unsigned count;
};

/* --fail-if: no frame may match; --fail-unless: one must. */
struct check {
	struct filter *filter;
	const char *text;
	bool unless;
};

/* The characters behind the octets of a hex dump. */
enum hex_ascii { HEX_ASCII, HEX_ASCII_DELIMITED, HEX_NO_ASCII };

enum when { WHEN_TERMINAL, WHEN_ALWAYS, WHEN_NEVER };

/* What the user asked for. */
struct options {
	const char *path;    /* the capture */
	unsigned names;      /* enum resolution: what names are shown for */
	struct paths hosts;  /* -H: names of network addresses */
	struct paths geoip;  /* --geoip: databases of what is where */
	bool one_pass;       /* what the future would tell is not shown */
	bool hex;            /* -x: a hex dump behind every tree */
	bool hex_frames;     /* --hexdump frames: of what was captured alone */
	enum hex_ascii hex_ascii;
	const char *details; /* -O: protocols, by filter names and commas, whose trees are shown in full; NULL: all */
	bool no_pager;       /* --no-pager */
	const char *interface; /* -i: frames come from it */
	bool flushed;        /* -l: frames are shown as they come */
	bool not_promiscuous; /* -p */
	uint32_t snap_length; /* -s; 0: all */
	double seconds;      /* -a duration:, of a live capture; 0: no limit */
	uint64_t octets;     /* -a filesize: */
	const char *capture_filter; /* -f: other frames are as if they were not there */
	const char *output;  /* -w: where frames are written to */
	enum capture_format output_format; /* -F */
	bool wants_text;     /* -V, -P: frames that are written are shown, too */
	bool quiet;          /* -q, or -w alone: no frame is shown */
	bool silent;         /* -q: nor is said how a live capture goes */
	enum when color;     /* --color */
	struct check checks[CHECKS_MOST];
	unsigned check_count;
	struct time_format time; /* -t, -u: the Time column */
	bool utc;            /* --utc: whatever -t says */
	struct layout *layout; /* --columns: those of the packet list; NULL: the usual ones */
	enum view view;      /* --summary: the packet list; -P: it, too */
	const struct format *format; /* -T: another form than text; NULL: view says what is shown */
	struct asked *asked; /* -e, -E: fields; NULL: all */
	bool unique_keys;    /* --no-duplicate-keys */
	const char *named;   /* -j, -J: what -T json and its like show, names with spaces between them; NULL: all */
	bool names_whole;    /* -J: those are protocols, and all of each is shown */
	bool lists_interfaces; /* -D */
	const char *listing; /* -G, --fields: what is listed; then the path is a prefix of its names, or NULL */
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
	uint64_t octets;           /* of the frames before it that are shown; for a while, of those in it */
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
	struct writer *writer;   /* NULL: frames are written nowhere */
	struct palette *palette; /* NULL: no colours */
	struct field_set tested; /* fields that the display filter and the checks test */
	bool tests_columns;      /* they test columns, too */
	struct field_set listed; /* that the packet list is made of */
	_Atomic uint32_t progress_read, progress_shown; /* frames, about */
	_Atomic uint32_t matches[CHECKS_MOST]; /* the first frame that each check's filter selects; 0: none */
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
	uint64_t octets; /* of all frames, as sent */
};

/* Neither takes ownership of the capture. */
void session_begin(struct session *session, struct capture *capture, struct options options);
void session_end(struct session *session);

#endif
