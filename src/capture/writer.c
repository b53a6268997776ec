/*
 * writer.c: frames of a capture as another capture: pcapng (draft-ietf-opsawg-pcapng), or pcap
 * (draft-ietf-opsawg-pcap).
 *
 * Sections become one, with what the first tells of the capture: interfaces stand one behind the
 * other in it. Left out: statistics of interfaces.
 */

#include "dissect/writer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"
#include "dissect/capture_private.h"
#include "dissect/text.h"

enum { SECTION_HEADER = 0x0a0d0d0a, INTERFACE = 1, SIMPLE_PACKET = 3, NAMES = 4,
       ENHANCED_PACKET = 6, SECRETS = 10, CUSTOM = 0xbad, CUSTOM_NO_COPY = 0x40000bad };
enum { OPTION_END = 0, OPTION_COMMENT = 1 };
enum { IF_NAME = 2, IF_DESCRIPTION = 3, IF_TSRESOL = 9, IF_FCSLEN = 13 };
enum { EPB_FLAGS = 2, EPB_DROPCOUNT = 4, EPB_PACKETID = 5, EPB_QUEUE = 6 };
enum { NANOSECONDS = 9 };

struct writer {
	FILE *to;
	const struct capture *capture; /* NULL: it has one interface, which was written */
	char name[256];
	enum capture_format format;
	bool begun;
	const char *fault;    /* NULL: none so far */
	uint16_t link_type;   /* pcap: of all frames */
	int error;            /* errno of the write that failed; 0: none did */
	uint32_t interfaces;  /* that were written */
	size_t names;         /* as capture_names() counts */
	uint32_t secrets;
	struct text block;
};

/* ---- blocks ---- */

static void put32(struct writer *w, uint32_t value)
{
	text_put(&w->block, &value, sizeof value);
}

static void put_padded(struct writer *w, const void *octets, size_t n)
{
	static const uint8_t zeros[4];

	text_put(&w->block, octets, n);
	text_put(&w->block, zeros, -n & 3);
}

static void put_option(struct writer *w, uint16_t code, const void *value, size_t n)
{
	if (n > UINT16_MAX)
		return;
	text_put(&w->block, &code, sizeof code);
	text_put(&w->block, &(uint16_t){ (uint16_t)n }, sizeof code);
	put_padded(w, value, n);
}

static void put_kept(struct writer *w, struct kept_options kept)
{
	if (kept.length)
		text_put(&w->block, kept.octets, kept.length);
}

/* Options end with one that says so, where there are any. */
static void end_options(struct writer *w, size_t before)
{
	if (w->block.length > before)
		put32(w, OPTION_END);
}

/* Its length is written when it is known. */
static void begin_block(struct writer *w, uint32_t type)
{
	w->block.length = 0;
	put32(w, type);
	put32(w, 0);
}

static void end_block(struct writer *w)
{
	const uint32_t length = (uint32_t)w->block.length + 4;

	put32(w, length);
	memcpy(w->block.data + 4, &length, sizeof length);
	fwrite(w->block.data, 1, w->block.length, w->to);
}

/* ---- what comes before frames ---- */

static void put_section(struct writer *w)
{
	static const int64_t length_unknown = -1;

	begin_block(w, SECTION_HEADER);
	put32(w, 0x1a2b3c4d);
	put32(w, 1); /* version 1.0 */
	text_put(&w->block, &length_unknown, sizeof length_unknown);
	const size_t before = w->block.length;
	if (w->capture)
		put_kept(w, capture_section_options(w->capture));
	end_options(w, before);
	end_block(w);
}

static uint64_t power_of_ten(unsigned n)
{
	uint64_t power = 1;

	while (n--)
		power *= 10;
	return power;
}

/* The interface of a frame of a capture that names none. */
static struct interface interface_of(const struct frame *frame)
{
	return (struct interface){
		.link_type = frame->link_type,
		.fcs_length = frame->fcs_length,
		.time_digits = frame->time_digits,
		.units = power_of_ten(frame->time_digits),
	};
}

/* Decimals of a second in the times of an interface's frames, as they are written. */
static uint8_t digits_of(const struct interface *interface)
{
	const uint8_t digits = interface->time_digits;
	const bool decimal = power_of_ten(digits) == interface->units;

	return decimal && digits <= NANOSECONDS ? digits : NANOSECONDS;
}

static void put_interface(struct writer *w, const struct interface *interface)
{
	const char *name = interface->name, *description = interface->description;
	const uint8_t fcs_bits = (uint8_t)(interface->fcs_length * 8);
	const uint8_t digits = digits_of(interface);

	begin_block(w, INTERFACE);
	put32(w, interface->link_type);
	put32(w, interface->snap_length);
	if (name)
		put_option(w, IF_NAME, name, strlen(name));
	if (description)
		put_option(w, IF_DESCRIPTION, description, strlen(description));
	put_kept(w, interface->kept);
	put_option(w, IF_TSRESOL, &digits, 1);
	if (interface->fcs_length >= 0)
		put_option(w, IF_FCSLEN, &fcs_bits, 1);
	put32(w, OPTION_END);
	end_block(w);
	w->interfaces++;
}

static void put_name(void *context, int family, const uint8_t *address, const char *name)
{
	struct writer *w = context;
	const size_t octets = family == 4 ? 4 : 16;
	const uint16_t type = family == 4 ? 1 : 2, n = (uint16_t)(octets + strlen(name) + 1);
	struct text record = { 0 };

	if (strlen(name) > INT16_MAX)
		return;
	begin_block(w, NAMES);
	text_put(&w->block, &type, sizeof type);
	text_put(&w->block, &n, sizeof n);
	text_put(&record, address, octets);
	text_put(&record, name, strlen(name) + 1);
	put_padded(w, record.data, record.length);
	put32(w, 0); /* the end of the records */
	end_block(w);
	text_free(&record);
}

/* What the capture has told since the last frame that was written. */
static void put_news(struct writer *w)
{
	const struct interface *interface;
	const uint8_t *octets;
	uint32_t type;
	size_t length;

	if (!w->capture)
		return;
	while ((interface = capture_interface(w->capture, w->interfaces)))
		put_interface(w, interface);
	w->names = capture_names(w->capture, w->names, put_name, w);
	for (; (octets = capture_secrets(w->capture, w->secrets, &type, &length)); w->secrets++) {
		begin_block(w, SECRETS);
		put32(w, type);
		put32(w, (uint32_t)length);
		put_padded(w, octets, length);
		end_block(w);
	}
}

/* ---- frames ---- */

static uint32_t index_of(const struct writer *w, const struct interface *interface)
{
	for (uint32_t i = 0; interface && w->capture; i++) {
		const struct interface *other = capture_interface(w->capture, i);
		if (!other || other == interface)
			return other ? i : 0;
	}
	return 0;
}

static void put_frame_options(struct writer *w, const struct frame *frame)
{
	uint32_t cursor = 0;
	size_t length;
	const size_t before = w->block.length;

	for (const char *comment; (comment = frame_comment(frame, &cursor, &length));)
		put_option(w, OPTION_COMMENT, comment, length);
	if (frame->has_flags)
		put_option(w, EPB_FLAGS, &frame->flags, sizeof frame->flags);
	if (frame->has_drop_count)
		put_option(w, EPB_DROPCOUNT, &frame->drop_count, sizeof frame->drop_count);
	if (frame->has_packet_id)
		put_option(w, EPB_PACKETID, &frame->packet_id, sizeof frame->packet_id);
	if (frame->has_queue)
		put_option(w, EPB_QUEUE, &frame->queue, sizeof frame->queue);
	end_options(w, before);
}

static void put_custom(struct writer *w, const struct frame *frame)
{
	begin_block(w, frame->may_copy ? CUSTOM : CUSTOM_NO_COPY);
	put32(w, frame->enterprise);
	put_padded(w, frame->data, frame->captured);
	end_block(w);
}

static void put_packet(struct writer *w, const struct frame *frame)
{
	const uint32_t index = index_of(w, frame->interface);
	const struct interface own = interface_of(frame);

	if (!frame->has_time && !index) {
		begin_block(w, SIMPLE_PACKET);
	} else {
		const unsigned digits = digits_of(frame->interface ? frame->interface : &own);
		const uint64_t nanoseconds = (uint64_t)(int64_t)frame->time.nanoseconds;
		const uint64_t time = (uint64_t)frame->time.seconds * power_of_ten(digits) +
		                      nanoseconds / power_of_ten(NANOSECONDS - digits);
		begin_block(w, ENHANCED_PACKET);
		put32(w, index);
		put32(w, (uint32_t)(time >> 32));
		put32(w, (uint32_t)time);
		put32(w, frame->captured);
	}
	put32(w, frame->length);
	put_padded(w, frame->data, frame->captured);
	if (frame->has_time || index)
		put_frame_options(w, frame);
	end_block(w);
}

static void put_pcap_header(struct writer *w, const struct frame *frame)
{
	w->link_type = frame ? frame->link_type : 1;
	put32(w, w->format == CAPTURE_NSECPCAP ? 0xa1b23c4d : 0xa1b2c3d4);
	put32(w, 2 | 4 << 16); /* version 2.4 */
	put32(w, 0);
	put32(w, 0);
	put32(w, 262144);
	put32(w, w->link_type);
}

static void put_record(struct writer *w, const struct frame *frame)
{
	put32(w, (uint32_t)frame->time.seconds);
	put32(w, (uint32_t)frame->time.nanoseconds / (w->format == CAPTURE_NSECPCAP ? 1 : 1000));
	put32(w, frame->captured);
	put32(w, frame->length);
	text_put(&w->block, frame->data, frame->captured);
}

/* ---- the interface ---- */

struct writer *writer_open(const char *path, enum capture_format format,
                           const struct capture *capture, struct capture_error *error)
{
	FILE *to = strcmp(path, "-") ? fopen(path, "wb") : stdout;

	if (!to) {
		capture_fail(error, path, "cannot be written: %s", strerror(errno));
		return NULL;
	}
	struct writer *w = must_zero(1, sizeof *w);
	*w = (struct writer){ .to = to, .format = format, .capture = capture };
	snprintf(w->name, sizeof w->name, "%s", path);
	return w;
}

struct writer *writer_of_interface(FILE *to, const struct interface *interface)
{
	struct writer *w = must_zero(1, sizeof *w);

	*w = (struct writer){ .to = to, .begun = true };
	put_section(w);
	put_interface(w, interface);
	return w;
}

/* What comes before the first frame; NULL: there is none. */
static void begin(struct writer *w, const struct frame *frame)
{
	w->begun = true;
	if (w->format != CAPTURE_PCAPNG) {
		put_pcap_header(w, frame);
		fwrite(w->block.data, 1, w->block.length, w->to);
		return;
	}
	put_section(w);
	if (frame && !capture_is_pcapng(w->capture)) {
		const struct interface own = interface_of(frame);
		put_interface(w, &own);
	}
}

/* Has all been written so far? */
static bool is_good(struct writer *w)
{
	if (ferror(w->to) && !w->error)
		w->error = errno;
	return !w->error && !w->fault;
}

static void add_record(struct writer *w, const struct frame *frame)
{
	if (frame->record == RECORD_CUSTOM || frame->link_type != w->link_type) {
		w->fault = "pcap holds frames of one link type only; -F pcapng holds all";
		return;
	}
	w->block.length = 0;
	put_record(w, frame);
	fwrite(w->block.data, 1, w->block.length, w->to);
}

bool writer_add(struct writer *w, const struct frame *frame)
{
	if (!w->begun)
		begin(w, frame);
	if (w->format != CAPTURE_PCAPNG) {
		add_record(w, frame);
		return is_good(w);
	}
	put_news(w);
	if (frame->record == RECORD_CUSTOM)
		put_custom(w, frame);
	else
		put_packet(w, frame);
	return is_good(w);
}

bool writer_flush(struct writer *w)
{
	fflush(w->to);
	return is_good(w);
}

bool writer_close(struct writer *w, struct capture_error *error)
{
	if (!w->begun)
		begin(w, NULL);
	if (w->format == CAPTURE_PCAPNG)
		put_news(w);
	writer_flush(w);
	if (w->to != stdout && fclose(w->to) != 0 && !w->error)
		w->error = errno;
	const bool good = (!w->error || w->error == EPIPE) && !w->fault; /* a reader may go away */
	if (!good)
		capture_fail(error, w->name, "not all was written: %s",
		             w->fault ? w->fault : strerror(w->error));
	text_free(&w->block);
	free(w);
	return good;
}
