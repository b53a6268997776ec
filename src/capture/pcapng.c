/*
 * pcapng.c: https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/.
 *
 *     0                   1                   2                   3
 *    +---------------------------------------------------------------+
 *    |                          block type                           |
 *    +---------------------------------------------------------------+
 *    |                      block total length                       |
 *    +---------------------------------------------------------------+
 *    |                body, padded to 32 bits: fields, then options   |
 *    +---------------------------------------------------------------+
 *    |                  block total length once more                 |
 *    +---------------------------------------------------------------+
 *
 * A section header block sets the byte order of its section and forgets the interfaces of the one
 * before. What counts as damage is what tshark 4.0 takes for it (it was tried, case by case), so
 * that both show the same frames of a damaged file. Left out: statistics, hashes, verdicts, and the
 * blocks of sysdig and of systemd's journal.
 */

#include <stdlib.h>
#include <string.h>

#include "dissect/capture_private.h"

enum block_type {
	INTERFACE_DESCRIPTION = 1,
	OLD_PACKET = 2,
	SIMPLE_PACKET = 3,
	NAME_RESOLUTION = 4,
	STATISTICS = 5,
	ENHANCED_PACKET = 6,
	DECRYPTION_SECRETS = 10,
	CUSTOM = 0xbad,
	CUSTOM_NO_COPY = 0x40000bad,
	SECTION_HEADER = 0x0a0d0d0a, /* reads the same in both byte orders */
};

enum option_code {
	OPT_END = 0,
	OPT_COMMENT = 1,
	SHB_HARDWARE = 2,
	SHB_OS = 3,
	SHB_USERAPPL = 4,
	IF_NAME = 2,
	IF_DESCRIPTION = 3,
	IF_IPV4 = 4,
	IF_IPV6 = 5,
	IF_MAC = 6,
	IF_EUI = 7,
	IF_TSRESOL = 9,
	IF_FILTER = 11,
	IF_OS = 12,
	IF_FCSLEN = 13,
	IF_TSOFFSET = 14,
	IF_HARDWARE = 15,
	PACKET_FLAGS = 2,
	PACKET_DROP_COUNT = 4,
	PACKET_ID = 5,
	PACKET_QUEUE = 6,
	PACKET_VERDICT = 7,
};

#define BYTE_ORDER_MAGIC 0x1a2b3c4dU

enum {
	BLOCK_FRAME = 12,                                   /* type and twice the length */
	MOST_PACKET_BLOCK = (128 << 20) + (128 << 10) + 32, /* tshark's limit for any block */
	MOST_OTHER_BLOCK = 16 << 20, /* of those that we keep whole while we read them */
	MOST_INTERFACES = 1 << 16,
	MOST_INTERFACE_TEXT = 16 << 20, /* octets of names and descriptions */
	MOST_SECTIONS = 1 << 20,
	MOST_NAMES = 16 << 20,   /* octets */
	MOST_SECRETS = 16 << 20, /* octets */
	MOST_SECRETS_BLOCKS = 1 << 16,
};

/* A whole block, its lengths agreed. */
struct block {
	uint32_t type;
	uint32_t total;  /* rounded up to 32 bits, as tshark does */
	uint32_t length; /* of body */
	const uint8_t *body;
	uint64_t offset; /* of the block in the capture */
};

struct option {
	uint16_t code, length;
	const uint8_t *value;
};

/* Takes the option at *at: 1. 0: that was the last one. -1: it is longer than what is left. */
static int next_option(const uint8_t **at, const uint8_t *end, bool big, struct option *option)
{
	const uint8_t *p = *at;
	if (end - p < 4)
		return 0;
	*option = (struct option){get16(p, big), get16(p + 2, big), p + 4};
	if (option->code == OPT_END)
		return 0;
	size_t padded = (option->length + 3U) & ~3U;
	if (padded > (size_t)(end - p - 4))
		return -1;
	*at = p + 4 + padded;
	return 1;
}

/* The options of `codes` (a bit for each) at `to`, which has room for all; the others may be of another byte order. */
static struct kept_options keep_options(uint8_t *to, uint32_t codes, const uint8_t *at, const uint8_t *end, bool big)
{
	struct kept_options kept = { .octets = to };
	struct option o;

	for (const uint8_t *from = at; next_option(&at, end, big, &o) == 1; from = at) {
		if (o.code >= 32 || !(codes >> o.code & 1))
			continue;
		memcpy(to, &o.code, 2);
		memcpy(to + 2, &o.length, 2);
		memcpy(to + 4, from + 4, (size_t)(at - from) - 4);
		to += at - from;
	}
	kept.length = (size_t)(to - kept.octets);
	return kept;
}

/* Makes room for one more item. False: no memory. */
static bool more(void *items, uint32_t count, uint32_t *room, size_t size)
{
	if (count < *room)
		return true;
	uint32_t wanted = *room ? *room * 2 : 8;
	void *grown = realloc(*(void **)items, wanted * size);
	if (!grown)
		return false;
	*(void **)items = grown;
	*room = wanted;
	return true;
}

static int no_memory(struct reader *r, struct capture_error *error)
{
	return reader_refuses(r, error, "no memory for what is declared there");
}

static bool options_fit(const uint8_t *at, const uint8_t *end, bool big)
{
	struct option option;
	int status;
	while ((status = next_option(&at, end, big, &option)) == 1)
		;
	return status == 0;
}

static int long_option(struct reader *r, struct capture_error *error)
{
	return reader_damage(r, error, "an option is longer than the block that it stands in");
}

/* Whether the block's declarations are still to be put into the tables. */
static bool is_news(const struct reader *r, const struct block *b)
{
	return r->discovers && b->offset >= r->capture->known_to;
}

/* Each of the read_ functions below: 0: read, go on; 1: it is a frame; -1: damage. */

static bool keep_section_options(struct capture *c, const struct block *b, bool big)
{
	const uint32_t codes = 1 << OPT_COMMENT | 1 << SHB_HARDWARE | 1 << SHB_OS | 1 << SHB_USERAPPL;
	uint8_t *to = malloc(b->length);
	if (to)
		c->section_options = keep_options(to, codes, b->body + 16, b->body + b->length, big);
	return to != NULL;
}

static int read_section(struct reader *r, const struct block *b, struct frame *frame,
                        struct capture_error *error)
{
	(void)frame;
	struct capture *c = r->capture;
	uint16_t major = get16(b->body + 4, r->big_endian),
	         minor = get16(b->body + 6, r->big_endian);
	if (major != 1 || (minor != 0 && minor != 2))
		return reader_refuses(r, error, "pcapng version %u.%u is not known here", major,
		                      minor);
	if (!options_fit(b->body + 16, b->body + b->length, r->big_endian))
		return long_option(r, error);
	r->section++;
	if (!is_news(r, b))
		return 0;
	if (c->section_count == MOST_SECTIONS)
		return reader_refuses(r, error, "%d sections are the most", MOST_SECTIONS);
	if (!more(&c->sections, c->section_count, &c->section_room, sizeof(*c->sections)))
		return no_memory(r, error);
	if (!c->section_count && !keep_section_options(c, b, r->big_endian))
		return no_memory(r, error);
	c->sections[c->section_count++] = (struct section){
	    .first_interface = c->interface_count,
	    .big_endian = r->big_endian,
	};
	return 0;
}

/* if_tsresol: 10^-n, or 2^-n when its first bit is set; as fine as 64 bits can hold. */
static uint64_t units_of(uint8_t resolution)
{
	unsigned n = resolution & 0x7f;
	if (resolution & 0x80)
		return 1ULL << (n < 63 ? n : 63);
	uint64_t units = 1;
	for (unsigned i = 0; i < n && i < 19; i++)
		units *= 10;
	return units;
}

/* The decimals that such units make: as many as it takes to tell them apart, up to nanoseconds. */
static uint8_t digits_of(uint64_t units)
{
	uint8_t digits = 0;
	for (uint64_t reach = 1; reach < units && digits < 9; reach *= 10)
		digits++;
	return digits;
}

/* Of an option given twice, the first one counts, and none of a wrong length, as in tshark. */
static int read_interface_options(struct reader *r, const struct block *b, struct interface *i,
                                  struct option *name, struct option *description)
{
	const bool big = r->big_endian;
	const uint8_t *at = b->body + 8, *end = b->body + b->length;
	bool has_units = false, has_offset = false, has_fcs = false;
	struct option o;
	int status;
	while ((status = next_option(&at, end, big, &o)) == 1) {
		if (o.code == IF_NAME && !name->value) {
			*name = o;
		} else if (o.code == IF_DESCRIPTION && !description->value) {
			*description = o;
		} else if (o.code == IF_TSRESOL && o.length == 1 && !has_units) {
			i->units = units_of(o.value[0]);
			i->time_digits = digits_of(i->units);
			has_units = true;
		} else if (o.code == IF_FCSLEN && o.length == 1 && !has_fcs) {
			i->fcs_length = o.value[0] <= INT8_MAX ? (int8_t)o.value[0] : -1;
			has_fcs = true;
		} else if (o.code == IF_TSOFFSET && o.length == 8 && !has_offset) {
			i->offset = (int64_t)get64(o.value, big);
			has_offset = true;
		}
	}
	return status;
}

/* The option's text into `to`, up to its end or to its first NUL. Returns what is behind it. */
static char *copy_text(char *to, const struct option *option, const char **text)
{
	if (!option->value)
		return to;
	size_t n = strnlen((const char *)option->value, option->length);
	memcpy(to, option->value, n);
	to[n] = '\0';
	*text = to;
	return to + n + 1;
}

static int read_interface(struct reader *r, const struct block *b, struct frame *frame,
                          struct capture_error *error)
{
	(void)frame;
	struct capture *c = r->capture;
	if (!is_news(r, b))
		return 0;
	struct section *section = &c->sections[r->section];
	struct interface found = {
	    .id = section->interfaces,
	    .section = r->section,
	    .link_type = get16(b->body, r->big_endian),
	    .fcs_length = -1,
	    .snap_length = get32(b->body + 4, r->big_endian),
	    .units = 1000000,
	    .time_digits = 6,
	    .defined_at = b->offset,
	};
	struct option name = {0}, description = {0};
	if (read_interface_options(r, b, &found, &name, &description) < 0)
		return long_option(r, error);
	if (c->interface_count == MOST_INTERFACES)
		return reader_refuses(r, error, "%d interfaces are the most", MOST_INTERFACES);
	const uint32_t kept = 1 << OPT_COMMENT | 1 << IF_IPV4 | 1 << IF_IPV6 | 1 << IF_MAC | 1 << IF_EUI |
	                      1 << IF_FILTER | 1 << IF_OS | 1 << IF_HARDWARE;
	size_t text = b->length; /* both with a NUL behind, and other options, are no longer */
	if (text > MOST_INTERFACE_TEXT - c->interface_text) {
		name.value = description.value = NULL;
		text = 0;
	}
	struct known_interface *i = malloc(sizeof(*i) + text);
	if (!i ||
	    !more(&c->interfaces, c->interface_count, &c->interface_room, sizeof(*c->interfaces))) {
		free(i);
		return no_memory(r, error);
	}
	*i = (struct known_interface){.shown = found};
	char *end = copy_text(copy_text(i->text, &name, &i->name), &description, &i->description);
	if (text)
		i->shown.kept = keep_options((uint8_t *)end, kept, b->body + 8, b->body + b->length, r->big_endian);
	c->interfaces[c->interface_count++] = i;
	c->interface_text += text;
	section->interfaces++;
	/* See capture_interface(). In the first section, this is the interface itself. */
	i->shown.name = c->interfaces[found.id]->name;
	i->shown.description = c->interfaces[found.id]->description;
	return 0;
}

/* The interface, if a block before this one declared it in this section. */
static const struct interface *find_interface(const struct reader *r, const struct block *b,
                                              uint32_t id)
{
	const struct capture *c = r->capture;
	if (r->section >= c->section_count || id >= c->sections[r->section].interfaces)
		return NULL;
	const struct known_interface *i =
	    c->interfaces[c->sections[r->section].first_interface + id];
	return i->shown.defined_at < b->offset ? &i->shown : NULL;
}

/* Ticks of the interface's clock. Rounds down; multiplies nothing that could not be held. */
static struct timestamp time_of(const struct interface *i, uint64_t ticks)
{
	const uint64_t second = 1000000000;
	if (i->units == 1000000) /* what nearly all are, without a division by a variable */
		return (struct timestamp){(int64_t)(ticks / 1000000 + (uint64_t)i->offset),
		                          (int32_t)(ticks % 1000000 * 1000)};
	uint64_t seconds = ticks / i->units, part = ticks % i->units, nanoseconds;
	if (i->units <= second * 10) {
		nanoseconds = part * second / i->units;
	} else if (i->units % second == 0) {
		nanoseconds = part / (i->units / second);
	} else { /* 2^n, n from 34 to 63 */
		unsigned n = (unsigned)__builtin_ctzll(i->units);
		uint64_t high = (part >> 32) * second, low = (part & 0xffffffff) * second;
		nanoseconds = (high + (low >> 32)) >> (n - 32);
	}
	return (struct timestamp){(int64_t)(seconds + (uint64_t)i->offset), (int32_t)nanoseconds};
}

/* The value of an option that holds a number of `length` octets. False: it has another length. */
static bool number_of(const struct option *o, unsigned length, bool big, bool *has, uint64_t *value)
{
	if (o->length != length)
		return false;
	if (!*has)
		*value = length == 4 ? get32(o->value, big) : get64(o->value, big);
	*has = true;
	return true;
}

/* Of a packet block. False: an option has a length that it cannot have, damage to tshark. */
static bool read_packet_options(struct frame *f, const uint8_t *at, const uint8_t *end)
{
	const bool big = f->big_endian;
	bool has_drops = false; /* the option, as opposed to the field of an old packet block */
	uint64_t flags = 0, queue = 0;
	bool good = true;
	struct option o;
	int status;
	f->options = at;
	f->options_length = (uint32_t)(end - at);
	while (good && (status = next_option(&at, end, big, &o)) != 0) {
		if (status < 0)
			return false;
		switch (o.code) {
		case PACKET_FLAGS:
			good = number_of(&o, 4, big, &f->has_flags, &flags);
			break;
		case PACKET_DROP_COUNT:
			good = number_of(&o, 8, big, &has_drops, &f->drop_count);
			break;
		case PACKET_ID:
			good = number_of(&o, 8, big, &f->has_packet_id, &f->packet_id);
			break;
		case PACKET_QUEUE:
			good = number_of(&o, 4, big, &f->has_queue, &queue);
			break;
		case PACKET_VERDICT:
			good = o.length >= 1;
			break;
		default:
			break;
		}
	}
	f->has_drop_count |= has_drops;
	f->queue = (uint32_t)queue;
	f->flags = (uint32_t)flags;
	if (f->flags >> 5 & 0xf)
		f->fcs_length = (int8_t)(f->flags >> 5 & 0xf);
	return good;
}

static int no_interface(struct reader *r, uint32_t id, struct capture_error *error)
{
	return reader_damage(r, error,
	                     "frame %u is of interface %u, which its section has not declared",
	                     r->number, id);
}

/* The data start `fields` octets into the body, options behind them. Checks what may lie. */
static int take_packet(struct reader *r, const struct block *b, struct frame *frame,
                       uint32_t fields, struct capture_error *error)
{
	uint32_t room = b->length - fields;
	if (frame->captured > capture_limit(frame->link_type))
		return reader_damage(r, error,
		                     "frame %u claims %u captured octets, where %u is the most",
		                     r->number, frame->captured, capture_limit(frame->link_type));
	if (frame->captured > room)
		return reader_damage(
		    r, error, "frame %u claims %u captured octets, and its block has room for %u",
		    r->number, frame->captured, room);
	frame->number = r->number;
	frame->big_endian = r->big_endian;
	frame->section = r->section;
	frame->data = b->body + fields;
	frame->data_offset = b->offset + 8 + fields;
	frame->length = frame->length < INT32_MAX ? frame->length : INT32_MAX;
	uint32_t padded = (frame->captured + 3) & ~3U;
	if (b->type != SIMPLE_PACKET && room > padded &&
	    !read_packet_options(frame, frame->data + padded, b->body + b->length))
		return reader_damage(r, error, "an option of frame %u has a length that cannot be",
		                     r->number);
	r->number++;
	return 1;
}

static const uint16_t DROPS_UNKNOWN = 0xffff;

/* What both kinds of blocks have behind the interface: time, captured length, length, octets. */
static int read_packet(struct reader *r, const struct block *b, uint32_t id, uint16_t drops, struct frame *frame,
                       struct capture_error *error)
{
	const bool big = r->big_endian;
	const uint8_t *p = b->body;
	const struct interface *i = find_interface(r, b, id);
	if (!i)
		return no_interface(r, id, error);
	*frame = (struct frame){
	    .time = time_of(i, (uint64_t)get32(p + 4, big) << 32 | get32(p + 8, big)),
	    .has_time = true,
	    .time_digits = i->time_digits,
	    .captured = get32(p + 12, big),
	    .length = get32(p + 16, big),
	    .link_type = i->link_type,
	    .fcs_length = i->fcs_length,
	    .interface = i,
	    .has_drop_count = drops != DROPS_UNKNOWN,
	    .drop_count = drops,
	};
	return take_packet(r, b, frame, 20, error);
}

static int read_enhanced_packet(struct reader *r, const struct block *b, struct frame *frame,
                                struct capture_error *error)
{
	return read_packet(r, b, get32(b->body, r->big_endian), DROPS_UNKNOWN, frame, error);
}

/* Obsolete, but still around: the same with 16 bits of interface and a count of drops. */
static int read_old_packet(struct reader *r, const struct block *b, struct frame *frame,
                           struct capture_error *error)
{
	const bool big = r->big_endian;
	return read_packet(r, b, get16(b->body, big), get16(b->body + 2, big), frame, error);
}

/* No time, no captured length: it is what the snapshot length of interface 0 left. */
static int read_simple_packet(struct reader *r, const struct block *b, struct frame *frame,
                              struct capture_error *error)
{
	const struct interface *i = find_interface(r, b, 0);
	if (!i)
		return no_interface(r, 0, error);
	uint32_t length = get32(b->body, r->big_endian);
	*frame = (struct frame){
	    .captured = i->snap_length && i->snap_length < length ? i->snap_length : length,
	    .length = length,
	    .link_type = i->link_type,
	    .fcs_length = i->fcs_length,
	    .interface = i,
	};
	return take_packet(r, b, frame, 4, error);
}

/* tshark numbers these blocks like frames and shows their octets, options and all. */
static int read_custom(struct reader *r, const struct block *b, struct frame *frame,
                       struct capture_error *error)
{
	(void)error;
	*frame = (struct frame){
	    .number = r->number++,
	    .record = RECORD_CUSTOM,
	    .data = b->body + 4,
	    .captured = b->length - 4,
	    .length = b->length - 4,
	    .data_offset = b->offset + 8 + 4,
	    .fcs_length = -1,
	    .section = r->section,
	    .enterprise = get32(b->body, r->big_endian),
	    .may_copy = b->type == CUSTOM,
	};
	return 1;
}

/* Keeps the names of a record: an address, then names, each with its NUL. False: no memory. */
static bool keep_names(struct capture *c, uint8_t family, const uint8_t *value, size_t length)
{
	size_t octets = family == 4 ? 4 : 16;
	const char *name = (const char *)value + octets, *end = (const char *)value + length;
	struct heap *names = &c->names;
	while (name < end) {
		size_t n = strlen(name) + 1, needed = names->length + 1 + 16 + n;
		if (needed > MOST_NAMES)
			return true;
		if (needed > names->room) {
			uint8_t *grown = realloc(names->octets, needed * 2);
			if (!grown)
				return false;
			names->octets = grown;
			names->room = needed * 2;
		}
		uint8_t *to = names->octets + names->length;
		memset(to, 0, 1 + 16);
		to[0] = family;
		memcpy(to + 1, value, octets);
		memcpy(to + 1 + 16, name, n);
		names->length = needed;
		name += n;
	}
	return true;
}

static int read_names(struct reader *r, const struct block *b, struct frame *frame,
                      struct capture_error *error)
{
	(void)frame;
	struct capture *c = r->capture;
	const uint8_t *at = b->body, *end = b->body + b->length;
	struct option record; /* the same form: type, length, value; type 0 ends them */
	int status;
	if (!is_news(r, b))
		return 0;
	while ((status = next_option(&at, end, r->big_endian, &record)) == 1) {
		if (record.code != 1 && record.code != 2)
			continue;
		size_t octets = record.code == 1 ? 4 : 16;
		if (record.length < octets ||
		    (record.length > octets && record.value[record.length - 1]))
			return reader_damage(
			    r, error,
			    "a record of the name resolution block lacks its address or its end");
		if (!keep_names(c, record.code == 1 ? 4 : 6, record.value, record.length))
			return no_memory(r, error);
	}
	/* Behind the record that ends them stand options. */
	if (status < 0 || (end - at > 4 && !options_fit(at + 4, end, r->big_endian)))
		return long_option(r, error);
	return 0;
}

static int read_secrets(struct reader *r, const struct block *b, struct frame *frame,
                        struct capture_error *error)
{
	(void)frame;
	struct capture *c = r->capture;
	uint32_t length = get32(b->body + 4, r->big_endian);
	if (length > b->length - 8)
		return reader_damage(r, error, "%u octets of secrets in a block with room for %u",
		                     length, b->length - 8);
	if (!is_news(r, b) || length > MOST_SECRETS - c->secrets_octets ||
	    c->secrets_count == MOST_SECRETS_BLOCKS)
		return 0;
	struct secrets *s = malloc(sizeof(*s) + length);
	if (!s || !more(&c->secrets, c->secrets_count, &c->secrets_room, sizeof(*c->secrets))) {
		free(s);
		return no_memory(r, error);
	}
	s->type = get32(b->body, r->big_endian);
	s->length = length;
	memcpy(s->octets, b->body + 8, length);
	c->secrets[c->secrets_count++] = s;
	c->secrets_octets += length;
	return 0;
}

static int read_statistics(struct reader *r, const struct block *b, struct frame *frame,
                           struct capture_error *error)
{
	(void)frame;
	return options_fit(b->body + 12, b->body + b->length, r->big_endian)
	           ? 0
	           : long_option(r, error);
}

/* The blocks that we know, the commonest first. Others are passed over. */
static const struct block_kind {
	uint32_t type;
	uint32_t least, most; /* total length */
	int (*read)(struct reader *, const struct block *, struct frame *, struct capture_error *);
} kinds[] = {
    {ENHANCED_PACKET, 32, MOST_PACKET_BLOCK, read_enhanced_packet},
    {OLD_PACKET, 32, MOST_PACKET_BLOCK, read_old_packet},
    {SIMPLE_PACKET, 16, MOST_PACKET_BLOCK, read_simple_packet},
    {INTERFACE_DESCRIPTION, 20, MOST_OTHER_BLOCK, read_interface},
    {STATISTICS, 24, MOST_OTHER_BLOCK, read_statistics},
    {NAME_RESOLUTION, 16, MOST_OTHER_BLOCK, read_names},
    {SECTION_HEADER, 28, MOST_OTHER_BLOCK, read_section},
    {DECRYPTION_SECRETS, 20, MOST_OTHER_BLOCK, read_secrets},
    {CUSTOM, 16, MOST_OTHER_BLOCK, read_custom},
    {CUSTOM_NO_COPY, 16, MOST_OTHER_BLOCK, read_custom},
    {0, BLOCK_FRAME, MOST_PACKET_BLOCK, NULL},
};

static const struct block_kind *kind_of(uint32_t type)
{
	const struct block_kind *k = kinds;
	while (k->read && k->type != type)
		k++;
	return k;
}

/* The block's type and length. A section header tells its own byte order. */
static int read_block_header(struct reader *r, struct block *b, struct capture_error *error)
{
	r->record = reader_offset(r);
	if (!reader_has(r, 8))
		return reader_ends(r, error, "the header of a block");
	const uint8_t *p = r->buffer + r->at;
	*b = (struct block){.type = get32(p, r->big_endian), .offset = r->record};
	if (b->type == SECTION_HEADER) {
		if (!reader_has(r, 12))
			return reader_ends(r, error, "a section header block");
		p = r->buffer + r->at;
		r->big_endian = be32(p + 8) == BYTE_ORDER_MAGIC;
		if (get32(p + 8, r->big_endian) != BYTE_ORDER_MAGIC)
			return reader_damage(r, error,
			                     "its section header block has no byte-order magic");
	}
	b->total = get32(p + 4, r->big_endian);
	return 1;
}

static int cut_in_block(struct reader *r, const struct block *b, struct capture_error *error)
{
	unsigned long long there = reader_last(r) - b->offset;
	if (b->type == ENHANCED_PACKET || b->type == OLD_PACKET || b->type == SIMPLE_PACKET)
		return reader_ends(r, error, "frame %u (a block of %u octets, %llu there)",
		                   r->number, b->total, there);
	return reader_ends(r, error, "a block of type 0x%08x (%u octets, %llu there)", b->type,
	                   b->total, there);
}

/*
 * The next block, and what kind it is. One that is to be read is there as a whole, and the reader
 * at its start; the reader has moved over any other.
 */
static int fetch_block(struct reader *r, struct block *b, const struct block_kind **k,
                       struct capture_error *error)
{
	int status = read_block_header(r, b, error);
	if (status != 1)
		return status;
	*k = kind_of(b->type);
	if (b->total < (*k)->least || b->total > (*k)->most)
		return reader_damage(
		    r, error, "a block of type 0x%08x claims a length of %u, where %u to %u can be",
		    b->type, b->total, (*k)->least, (*k)->most);
	uint32_t claimed = b->total;
	b->total = (b->total + 3) & ~3U;
	const uint8_t *again;
	if ((*k)->read) {
		if (!reader_has(r, b->total))
			return cut_in_block(r, b, error);
		b->body = r->buffer + r->at + 8;
		b->length = b->total - BLOCK_FRAME;
		again = b->body + b->length;
	} else {
		if (!reader_skip(r, b->total - 4) || !reader_has(r, 4))
			return cut_in_block(r, b, error);
		again = r->buffer + r->at;
		r->at += 4;
	}
	uint32_t trailing = get32(again, r->big_endian);
	if (trailing != claimed && ((uint64_t)trailing + 3) / 4 != b->total / 4)
		return reader_damage(
		    r, error, "a block of type 0x%08x has length %u at its start and %u at its end",
		    b->type, claimed, trailing);
	return 1;
}

int pcapng_next_frame(struct reader *r, struct frame *frame, struct capture_error *error)
{
	struct capture *c = r->capture;
	for (;;) {
		struct block b;
		const struct block_kind *kind;
		int status = fetch_block(r, &b, &kind, error);
		if (status != 1)
			return status;
		if (kind->read) {
			status = kind->read(r, &b, frame, error);
			if (status < 0)
				return status;
			r->at += b.total;
		}
		if (r->discovers && reader_offset(r) > c->known_to)
			c->known_to = reader_offset(r);
		if (kind->read && status == 1)
			return 1;
	}
}

bool pcapng_begins(const uint8_t *head, size_t length)
{
	return length >= 4 && be32(head) == SECTION_HEADER &&
	       (length < 12 || be32(head + 8) == BYTE_ORDER_MAGIC ||
	        le32(head + 8) == BYTE_ORDER_MAGIC);
}

bool pcapng_set_up(struct capture *c, const uint8_t *head, size_t length,
                   struct capture_error *error)
{
	if (length < 16) {
		capture_fail(error, c->name,
		             "cut short at octet %zu, inside its first section header block",
		             length);
		return false;
	}
	bool big = be32(head + 8) == BYTE_ORDER_MAGIC;
	uint16_t major = get16(head + 12, big), minor = get16(head + 14, big);
	if (major != 1 || (minor != 0 && minor != 2)) {
		capture_fail(error, c->name, "is of pcapng version %u.%u, which is not known here",
		             major, minor);
		return false;
	}
	c->pcapng = true;
	c->next = pcapng_next_frame;
	return true;
}

struct kept_options capture_section_options(const struct capture *c)
{
	return c->section_options;
}

const char *frame_comment(const struct frame *f, uint32_t *cursor, size_t *length)
{
	if (!f->options || *cursor >= f->options_length)
		return NULL;
	const uint8_t *at = f->options + *cursor, *end = f->options + f->options_length;
	struct option o;
	while (next_option(&at, end, f->big_endian, &o) == 1) {
		if (o.code != OPT_COMMENT)
			continue;
		*cursor = (uint32_t)(at - f->options);
		*length = strnlen((const char *)o.value, o.length);
		return (const char *)o.value;
	}
	*cursor = f->options_length;
	return NULL;
}
