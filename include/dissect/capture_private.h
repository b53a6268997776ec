#ifndef DISSECT_CAPTURE_PRIVATE_H
#define DISSECT_CAPTURE_PRIVATE_H
/* capture_private: what the files of src/capture share. Nobody else includes it. */

#include "dissect/capture.h"
#include "dissect/store.h"
#include "dissect/wire.h"

/* A pcapng section. Its interfaces stand one behind the other in the table of the whole capture. */
struct section {
	uint32_t first_interface, interfaces;
	bool big_endian;
};

/* An interface, and what its own block called it. */
struct known_interface {
	struct interface shown;
	const char *name, *description;
	char text[]; /* both, and the options that are kept */
};

struct secrets {
	uint32_t type;
	size_t length;
	uint8_t octets[];
};

/* Octets that only ever get more. */
struct heap {
	uint8_t *octets;
	size_t length, room;
};

struct capture {
	char name[256]; /* for errors: no control characters in it */
	struct store *store;
	struct capture_filter *filter; /* NULL: every frame counts */
	int (*next)(struct reader *, struct frame *, struct capture_error *); /* of its format */
	bool pcapng;
	bool opened; /* has had a reader */

	/* pcap: what the file header told. */
	bool big_endian, nanoseconds, modified;
	enum { CAPTURED_FIRST, LENGTH_FIRST, LESSER_FIRST } order; /* of a record's two lengths */
	uint16_t link_type;
	int8_t fcs_length;

	/* pcapng: what the blocks before `known_to` told. Only the first reader adds to it. */
	struct section *sections;
	uint32_t section_count, section_room;
	struct known_interface **interfaces; /* each stays where it is */
	uint32_t interface_count, interface_room;
	size_t interface_text; /* octets of their names and descriptions */
	struct kept_options section_options; /* of the first section; its own */
	struct heap names; /* 4 or 6, the address in 16 octets, the name with its NUL; and so on */
	struct secrets **secrets;
	uint32_t secrets_count, secrets_room;
	size_t secrets_octets;
	uint64_t known_to;

	/* How the first reader ended, and where: later ones end there in the same way. */
	bool frozen;
	uint64_t end;
	int outcome;
	struct capture_error error;
};

struct reader {
	struct capture *capture;
	uint8_t *buffer;
	size_t room, have; /* of buffer */
	size_t ask;        /* how much to fetch at once */
	size_t at;         /* in buffer: the next octet to be used */
	uint64_t start;    /* offset in the capture of buffer[0] */
	uint64_t record;   /* offset in the capture of the record (block) that is being read */
	uint32_t number;   /* of the next frame */
	uint32_t section;  /* pcapng: index of where it stands; UINT32_MAX: before the first */
	bool big_endian;
	bool discovers;
	int outcome; /* 1: there may be more frames; 0, -1: it has ended so, with `error` */
	int failure; /* errno of what kept reader_fill() from filling; 0: the input ended */
	struct capture_error error;
};

/* capture.c */

/* "<name>: <what>" into error, without control characters. */
__attribute__((format(printf, 3, 4))) void capture_fail(struct capture_error *error,
                                                        const char *name, const char *format, ...);

/* How many octets a frame of this link type can have: a captured length beyond it is damage. */
uint32_t capture_limit(uint16_t link_type);

/* reader.c */

/* Fetches until `need` octets stand at r->at. False: they do not come; reader_ends() tells why. */
bool reader_fill(struct reader *r, size_t need);

/* The buffer may move: pointers into it have to be taken anew. */
static inline bool reader_has(struct reader *r, size_t need)
{
	return __builtin_expect(r->have - r->at >= need, 1) || reader_fill(r, need);
}

/* Moves over n octets, however many. False: there are not so many. */
bool reader_skip(struct reader *r, uint64_t n);

static inline uint64_t reader_offset(const struct reader *r)
{
	return r->start + r->at;
}

/* What the record holds is damaged: the text says how. Returns -1. */
__attribute__((format(printf, 3, 4))) int
reader_damage(struct reader *r, struct capture_error *error, const char *format, ...);

/* What the record holds is more than we can read, or something else: the text says what. Returns
 * -1. */
__attribute__((format(printf, 3, 4))) int
reader_refuses(struct reader *r, struct capture_error *error, const char *format, ...);

/* reader_has() said no. 0: that is the end, between two records. -1: inside one; the text names it.
 */
__attribute__((format(printf, 3, 4))) int reader_ends(struct reader *r, struct capture_error *error,
                                                      const char *format, ...);

/* Offset behind the last octet there is. */
static inline uint64_t reader_last(const struct reader *r)
{
	return r->start + r->have;
}

/* bpf.c */

bool capture_passes(struct capture *capture, const struct frame *frame);
void capture_filter_free(struct capture_filter *filter);

/* pcap.c, pcapng.c: `head` holds the first PCAP_HEADER octets, or fewer when the file has fewer. */

bool pcap_begins(const uint8_t *head, size_t length);
bool pcap_set_up(struct capture *c, const uint8_t *head, size_t length,
                 struct capture_error *error);
int pcap_next_frame(struct reader *r, struct frame *frame, struct capture_error *error);
bool pcapng_begins(const uint8_t *head, size_t length);
bool pcapng_set_up(struct capture *c, const uint8_t *head, size_t length,
                   struct capture_error *error);

int pcapng_next_frame(struct reader *r, struct frame *frame, struct capture_error *error);

/* The one link type of Linux whose number in captures is not libpcap's. */
enum { LINKTYPE_RAW = 101 };

enum { PCAP_HEADER = 24 };

static inline uint16_t get16(const uint8_t *p, bool big_endian)
{
	return big_endian ? be16(p) : le16(p);
}
static inline uint32_t get32(const uint8_t *p, bool big_endian)
{
	return big_endian ? be32(p) : le32(p);
}
static inline uint64_t get64(const uint8_t *p, bool big_endian)
{
	return big_endian ? be64(p) : le64(p);
}

#endif
