#ifndef DISSECT_CAPTURE_H
#define DISSECT_CAPTURE_H
/*
 * capture: files and streams of captured frames.
 *
 * A `struct capture` is one opened input: what its headers and blocks told (interfaces, names,
 * secrets).
 * A `struct reader` walks its frames. The first reader discovers; once it has reached the end, the
 * capture is frozen: any number of readers may walk it at once, each from a `struct position` that
 * the first one noted, and each sees exactly what the first one saw.
 *
 * All lengths and offsets are in octets. Numbers of pcapng sections and interfaces count from 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/timestamp.h"

struct capture;
struct reader;

/*
 * Options of a pcapng block that a copy of it can have as they are: texts and addresses, in our byte order, each padded to 32 bits, without
 * the one that ends them.
 */
struct kept_options {
	const uint8_t *octets;
	size_t length;
};

/* A network interface as a pcapng section declares it; a pcap has none. Lasts as its capture. */
struct interface {
	uint32_t id;             /* its number within its section: tshark's "Interface id" */
	uint32_t section;        /* index of that section */
	const char *name;        /* if_name, or NULL; any octets but NUL. See capture_interface() */
	const char *description; /* if_description, or NULL; the same */
	struct kept_options kept; /* all but those two */
	uint16_t link_type;      /* LINKTYPE_ value */
	int8_t fcs_length;       /* of the check sequence that ends each frame; -1: not told */
	uint32_t snap_length;    /* 0: no limit */
	uint64_t units;          /* timestamp units a second (if_tsresol) */
	uint8_t time_digits;     /* that those make: 6 of microseconds */
	int64_t offset;          /* seconds to add to every timestamp (if_tsoffset) */
	uint64_t defined_at;     /* where its block starts: frames before it cannot be its */
};

/* Where a frame's record starts: enough for a reader to begin there. */
struct position {
	uint64_t offset;  /* of the record or block, in octets of the uncompressed capture */
	uint32_t section; /* pcapng: index of the section that holds it */
};

/* What a record holds. tshark numbers all of these as frames. */
enum record {
	RECORD_PACKET,
	RECORD_CUSTOM, /* pcapng custom block: data are what follows its enterprise number */
};

/* One frame as the capture tells it. Pointers last until the reader's next call. */
struct frame {
	uint32_t number; /* from 1 */
	enum record record;
	struct timestamp time; /* when has_time */
	bool has_time;         /* false in a simple packet block and a custom block */
	uint8_t time_digits;   /* decimals of a second that the capture tells */
	const uint8_t *data;   /* its captured octets; never NULL */
	uint32_t captured;     /* how many were captured: more than `length`, if so claimed */
	uint32_t length;      /* how many there were on the wire; at most INT32_MAX, as in tshark */
	uint64_t data_offset; /* of data, in the uncompressed capture: for capture_read() */
	uint16_t link_type;   /* LINKTYPE_ value of its interface */
	int8_t fcs_length;    /* of the check sequence that ends it; -1: not told */
	const struct interface *interface; /* NULL: pcap, custom block */
	uint32_t section;                  /* index of its pcapng section */
	bool has_flags;                    /* epb_flags was there */
	uint32_t flags;                    /* epb_flags: direction, reception, FCS length, errors */
	bool has_packet_id, has_drop_count, has_queue;
	uint64_t packet_id, drop_count;
	uint32_t queue;
	const uint8_t *options; /* the block's options, for frame_comment(); NULL: none */
	uint32_t options_length;
	bool big_endian;     /* byte order of those options */
	uint32_t enterprise; /* RECORD_CUSTOM: Private Enterprise Number */
	bool may_copy;       /* RECORD_CUSTOM: the block may be copied elsewhere */
};

/* What went wrong, as one line without a newline: what, where, what to do. Empty: nothing did. */
struct capture_error {
	char text[512];
};

/* pcap has one link type, and times in microseconds; NSECPCAP in nanoseconds. */
enum capture_format { CAPTURE_PCAPNG, CAPTURE_PCAP, CAPTURE_NSECPCAP };

enum capture_mode {
	CAPTURE_TWO_PASS, /* what cannot be read twice is spooled to an unlinked temporary file */
	CAPTURE_ONE_PASS, /* read as it comes: one reader, no positions, no capture_read() */
};

/*
 * Opens a pcap or pcapng file, plain or compressed by gzip or zstd; "-" is standard input.
 * With CAPTURE_TWO_PASS, a compressed file or a pipe is first read to its end (into $TMPDIR or
 * /tmp). Returns NULL with *error set when it is no capture, cannot be read or is empty. The caller
 * owns the result and gives it to capture_close() after all its readers are closed.
 */
struct capture *capture_open(const char *path, enum capture_mode mode, struct capture_error *error);

/* The same from an open descriptor, which the capture then owns; `name` is what errors call it. */
struct capture *capture_open_fd(int fd, const char *name, enum capture_mode mode,
                                struct capture_error *error);
void capture_close(struct capture *capture);

/*
 * Frames that do not pass the filter, in libpcap's language, are as if they were not there: others are numbered without them. Called before
 * the first reader is opened; the text lasts as the capture. False with *error set: the text is wrong.
 */
bool capture_set_filter(struct capture *capture, const char *text, struct capture_error *error);

/*
 * A reader at the first frame. The first one opened on a capture discovers its interfaces and
 * names; any other one is to be used only once that one has ended or has been closed. NULL: no
 * memory, or the second one of a capture that can be read only once.
 */
struct reader *reader_open(struct capture *capture);
void reader_close(struct reader *reader);

/*
 * The next frame into *frame: 1. At the end: 0. At damage (a file cut short, a block length that
 * lies): -1 with *error set to what is wrong at which octet; every whole frame before it has been
 * given. After 0 or -1 it stays so, until reader_seek().
 */
int reader_next(struct reader *reader, struct frame *frame, struct capture_error *error);

/* Where the frame that reader_next() gives next (or a block before it) starts. */
struct position reader_position(const struct reader *reader);

/* Goes to a position that an earlier reader had; `number` is that of the frame found there. */
void reader_seek(struct reader *reader, struct position position, uint32_t number);

/*
 * Reads `length` octets at `offset` of the uncompressed capture, from any thread. Returns how many
 * it got: fewer than asked when the capture ends there.
 */
size_t capture_read(const struct capture *capture, uint64_t offset, void *to, size_t length);

/* True where capture_read() and reader_seek() work. */
bool capture_is_seekable(const struct capture *capture);

/* True for pcapng (tshark then shows section numbers and interfaces). */
bool capture_is_pcapng(const struct capture *capture);

/*
 * The `index`th interface of the whole capture, of those seen so far; NULL: no more.
 * tshark takes the names of interface N of *any* section from here, that is mostly from the first
 * section: `name` and `description` follow it, so that our lines are its lines.
 */
const struct interface *capture_interface(const struct capture *capture, uint32_t index);

/* What the first section tells of the capture: comments, hardware, system, program. */
struct kept_options capture_section_options(const struct capture *capture);

/*
 * The frame's next comment (opt_comment): its first octet, its length in *length; NULL: no more.
 * *cursor is 0 before the first. Any octets but NUL may be in a comment: as in tshark, it ends
 * there.
 */
const char *frame_comment(const struct frame *frame, uint32_t *cursor, size_t *length);

/*
 * Calls `each` for every name of the name resolution blocks read so far, from place `from` on (0: the first): family 4 or 6,
 * address octets, name (any octets but NUL). Returns the place of what comes later. At most 16 MiB of them are kept: later ones are
 * left out.
 */
size_t capture_names(const struct capture *capture, size_t from,
                     void (*each)(void *context, int family, const uint8_t *address, const char *name), void *context);

/*
 * The `index`th decryption secrets block read so far: its octets, their number in *length, the kind
 * of secrets in *type (0x544c534b: TLS key log); NULL: no more. They last as the capture. At most
 * 16 MiB are kept: later ones are left out.
 */
const uint8_t *capture_secrets(const struct capture *capture, uint32_t index, uint32_t *type,
                               size_t *length);

#endif
