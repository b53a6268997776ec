/* test_capture.c: captures made in memory, and what the reader must give of them. */

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cmocka.h>

#include "dissect/capture.h"

/* ---- making captures ---- */

struct bytes {
	uint8_t *octets;
	size_t length;
	bool big;
};

static void put(struct bytes *b, const void *from, size_t length)
{
	b->octets = realloc(b->octets, b->length + length + 1);
	assert_non_null(b->octets);
	if (length)
		memcpy(b->octets + b->length, from, length);
	b->length += length;
}

static void put_number(struct bytes *b, uint64_t value, unsigned octets)
{
	for (unsigned i = 0; i < octets; i++) {
		uint8_t o = (uint8_t)(value >> 8 * (b->big ? octets - 1 - i : i));
		put(b, &o, 1);
	}
}

static void put16(struct bytes *b, uint64_t value)
{
	put_number(b, value, 2);
}
static void put32(struct bytes *b, uint64_t value)
{
	put_number(b, value, 4);
}
static void put64(struct bytes *b, uint64_t value)
{
	put_number(b, value, 8);
}

static void pad(struct bytes *b)
{
	while (b->length % 4)
		put(b, "", 1);
}

static void release(struct bytes *b)
{
	free(b->octets);
	*b = (struct bytes){0};
}

static struct bytes pcap(bool big, uint32_t magic, unsigned minor, uint32_t network)
{
	struct bytes b = {.big = big};
	put32(&b, magic);
	put16(&b, 2);
	put16(&b, minor);
	put64(&b, 0);
	put32(&b, 65535);
	put32(&b, network);
	return b;
}

static struct bytes plain_pcap(void)
{
	return pcap(false, 0xa1b2c3d4, 4, 1);
}

static void put_record(struct bytes *b, uint32_t seconds, uint32_t fraction, uint32_t captured,
                       uint32_t length)
{
	put32(b, seconds);
	put32(b, fraction);
	put32(b, captured);
	put32(b, length);
}

static void put_frame(struct bytes *b, uint32_t seconds, const char *data)
{
	put_record(b, seconds, 0, (uint32_t)strlen(data), (uint32_t)strlen(data));
	put(b, data, strlen(data));
}

/* A block's start; end_block() fills in the lengths. */
static size_t begin_block(struct bytes *b, uint32_t type)
{
	size_t at = b->length;
	put32(b, type);
	put32(b, 0);
	return at;
}

static void end_block(struct bytes *b, size_t at)
{
	pad(b);
	uint32_t total = (uint32_t)(b->length - at + 4);
	put32(b, total);
	memcpy(b->octets + at + 4, b->octets + b->length - 4, 4);
}

static void put_option(struct bytes *b, uint16_t code, const void *value, size_t length)
{
	put16(b, code);
	put16(b, length);
	put(b, value, length);
	pad(b);
}

static void put_option_number(struct bytes *b, uint16_t code, uint64_t value, unsigned octets)
{
	put16(b, code);
	put16(b, octets);
	put_number(b, value, octets);
	pad(b);
}

static void put_section(struct bytes *b, int64_t length)
{
	size_t at = begin_block(b, 0x0a0d0d0a);
	put32(b, 0x1a2b3c4d);
	put16(b, 1);
	put16(b, 0);
	put64(b, (uint64_t)length);
	end_block(b, at);
}

static size_t begin_interface(struct bytes *b, uint16_t link_type, uint32_t snap_length)
{
	size_t at = begin_block(b, 1);
	put16(b, link_type);
	put16(b, 0);
	put32(b, snap_length);
	return at;
}

static void put_interface(struct bytes *b, uint16_t link_type, const char *name)
{
	size_t at = begin_interface(b, link_type, 0);
	if (name)
		put_option(b, 2, name, strlen(name));
	end_block(b, at);
}

static size_t begin_enhanced(struct bytes *b, uint32_t interface, uint64_t ticks, const char *data)
{
	size_t at = begin_block(b, 6);
	put32(b, interface);
	put32(b, ticks >> 32);
	put32(b, ticks);
	put32(b, strlen(data));
	put32(b, strlen(data));
	put(b, data, strlen(data));
	pad(b);
	return at;
}

static void put_enhanced(struct bytes *b, uint32_t interface, uint64_t ticks, const char *data)
{
	end_block(b, begin_enhanced(b, interface, ticks, data));
}

static struct bytes pcapng(bool big)
{
	struct bytes b = {.big = big};
	put_section(&b, -1);
	return b;
}

/* ---- opening them ---- */

static int file_of(const void *octets, size_t length)
{
	char path[] = "/tmp/test-capture-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, octets, length), length);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static struct capture *open_as(const struct bytes *b, enum capture_mode mode)
{
	struct capture_error error;
	struct capture *c = capture_open_fd(file_of(b->octets, b->length), "x", mode, &error);
	if (!c)
		fail_msg("%s", error.text);
	assert_string_equal(error.text, "");
	assert_int_equal(capture_is_seekable(c), mode == CAPTURE_TWO_PASS);
	return c;
}

static struct capture *open_bytes(const struct bytes *b)
{
	return open_as(b, CAPTURE_TWO_PASS);
}

static void next_is(struct reader *r, struct frame *f, const char *data)
{
	struct capture_error error = {""};
	if (reader_next(r, f, &error) != 1)
		fail_msg("no frame \"%s\": %s", data, error.text);
	assert_int_equal(f->captured, strlen(data));
	assert_memory_equal(f->data, data, strlen(data));
}

static void ends(struct reader *r)
{
	struct frame f;
	struct capture_error error = {"not set"};
	for (int i = 0; i < 2; i++) {
		assert_int_equal(reader_next(r, &f, &error), 0);
		assert_string_equal(error.text, "");
	}
}

static void ends_by(struct reader *r, const char *text)
{
	struct frame f;
	struct capture_error error = {""};
	for (int i = 0; i < 2; i++) {
		if (reader_next(r, &f, &error) != -1)
			fail_msg("no error \"%s\"", text);
		if (!strstr(error.text, text))
			fail_msg("\"%s\" is not in \"%s\"", text, error.text);
		assert_memory_equal(error.text, "x: ", 3);
		assert_null(strchr(error.text, '\n'));
	}
}

/* Both modes, and a later reader, give `frames` frames and end in the same way; NULL: without an
 * error. */
static void gives(const struct bytes *b, uint32_t frames, const char *text)
{
	struct frame f;
	struct capture_error error;
	for (int mode = CAPTURE_TWO_PASS; mode <= CAPTURE_ONE_PASS; mode++) {
		struct capture *c = open_as(b, mode);
		for (int pass = 0; pass < (mode == CAPTURE_TWO_PASS ? 2 : 1); pass++) {
			struct reader *r = reader_open(c);
			assert_non_null(r);
			for (uint32_t i = 1; i <= frames; i++) {
				if (reader_next(r, &f, &error) != 1)
					fail_msg("frame %u: %s", i, error.text);
				assert_int_equal(f.number, i);
			}
			if (text)
				ends_by(r, text);
			else
				ends(r);
			reader_close(r);
		}
		capture_close(c);
	}
}

static void refused(const void *octets, size_t length, const char *text)
{
	struct capture_error error;
	for (int mode = CAPTURE_TWO_PASS; mode <= CAPTURE_ONE_PASS; mode++) {
		assert_null(capture_open_fd(file_of(octets, length), "x", mode, &error));
		if (!strstr(error.text, text))
			fail_msg("\"%s\" is not in \"%s\"", text, error.text);
	}
}

/* ---- pcap ---- */

static void pcap_orders_and_resolutions(void **state)
{
	(void)state;
	static const struct {
		uint32_t magic;
		int32_t nanoseconds;
	} kinds[] = {
	    {0xa1b2c3d4, 5000},
	    {0xa1b23c4d, 5},
	    {0xa1b2cd34, 5000},
	};
	for (unsigned i = 0; i < 6; i++) {
		bool modified = kinds[i / 2].magic == 0xa1b2cd34;
		struct bytes b = pcap(i % 2, kinds[i / 2].magic, 4, 113);
		for (int k = 0; k < 2; k++) {
			put_record(&b, 0xfffffffe, 5, 3, 70);
			put(&b, "8 more!", modified ? 8 : 0);
			put(&b, "abc", 3);
		}
		struct capture *c = open_bytes(&b);
		struct reader *r = reader_open(c);
		struct frame f;
		assert_false(capture_is_pcapng(c));
		next_is(r, &f, "abc");
		assert_int_equal(f.number, 1);
		assert_int_equal(f.length, 70);
		assert_true(f.has_time && f.time.seconds == 0xfffffffe);
		assert_int_equal(f.time.nanoseconds, kinds[i / 2].nanoseconds);
		assert_int_equal(f.link_type, 113);
		assert_int_equal(f.fcs_length, -1);
		assert_int_equal(f.data_offset, modified ? 48 : 40);
		assert_null(f.interface);
		assert_null(f.options);
		next_is(r, &f, "abc");
		assert_int_equal(f.number, 2);
		ends(r);
		reader_close(r);
		capture_close(c);
		release(&b);
	}
}

static void pcap_claims(void **state)
{
	(void)state;
	struct bytes b = plain_pcap();
	struct frame f;
	put_record(&b, 1, 1000000, 0, 0);
	put_record(&b, 1, 0xffffffff, 0, 0x80000000);
	put_record(&b, 1, 0x80000000, 3, 1);
	put(&b, "abc", 3);
	struct capture *c = open_bytes(&b);
	struct reader *r = reader_open(c);
	next_is(r, &f, "");
	assert_non_null(f.data);
	assert_int_equal(f.time.nanoseconds, 1000000000);
	next_is(r, &f, "");
	assert_int_equal(f.length, INT32_MAX);
	assert_int_equal(f.time.nanoseconds, -1000);
	next_is(r, &f, "abc");
	assert_int_equal(f.length, 1);
	ends(r);
	reader_close(r);
	capture_close(c);
	release(&b);
}

static void pcap_link_type_word(void **state)
{
	(void)state;
	static const struct {
		uint32_t network;
		int fcs_length;
	} words[] = {
	    {1, -1}, {0x24000001, 4}, {0x30000001, -1}, {0x04000001, 0}, {0x08000001, -1},
	};
	for (unsigned i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct bytes b = pcap(true, 0xa1b2c3d4, 4, words[i].network);
		struct frame f;
		put_frame(&b, 1, "abc");
		struct capture *c = open_bytes(&b);
		struct reader *r = reader_open(c);
		next_is(r, &f, "abc");
		assert_int_equal(f.link_type, 1);
		assert_int_equal(f.fcs_length, words[i].fcs_length);
		reader_close(r);
		capture_close(c);
		release(&b);
	}
}

static void pcap_old_versions_swap_lengths(void **state)
{
	(void)state;
	static const struct {
		unsigned minor;
		uint32_t first, second;
	} records[] = {
	    {4, 3, 70},
	    {3, 3, 70},
	    {3, 70, 3},
	    {2, 70, 3},
	};
	for (unsigned i = 0; i < sizeof(records) / sizeof(*records); i++) {
		struct bytes b = pcap(false, 0xa1b2c3d4, records[i].minor, 1);
		struct frame f;
		put_record(&b, 1, 0, records[i].first, records[i].second);
		put(&b, "abc", 3);
		struct capture *c = open_bytes(&b);
		struct reader *r = reader_open(c);
		next_is(r, &f, "abc");
		assert_int_equal(f.length, 70);
		ends(r);
		reader_close(r);
		capture_close(c);
		release(&b);
	}
}

static void pcap_damage(void **state)
{
	(void)state;
	struct bytes b = plain_pcap();
	gives(&b, 0, NULL);
	put_frame(&b, 1, "abc");
	gives(&b, 1, NULL);
	size_t whole = b.length;
	put_record(&b, 2, 0, 100, 100);
	put(&b, "abcdefg", 7);
	gives(&b, 1,
	      "cut short at octet 66, inside frame 2 (captured length 100, 7 octets there); the "
	      "one frame before it was read");
	b.length = whole + 16;
	gives(&b, 1, "cut short at octet 59, inside frame 2 (captured length 100, 0 octets there)");
	b.length = whole + 15;
	gives(&b, 1, "cut short at octet 58, inside the record header of frame 2");
	b.length = whole + 1;
	gives(&b, 1, "cut short at octet 44");
	b.length = whole;
	put_frame(&b, 1, "abc");
	put_record(&b, 2, 0, 262145, 262145);
	put(&b, "abcdefg", 7);
	gives(&b, 2,
	      "damaged at octet 62: frame 3 claims 262145 captured octets, where 262144 is the "
	      "most; the 2 frames before it were read");
	b.length = 24;
	put_record(&b, 2, 0, 0xffffffff, 0xffffffff);
	gives(&b, 0,
	      "damaged at octet 24: frame 1 claims 4294967295 captured octets, where 262144 is the "
	      "most; no whole frame is before it");
	release(&b);
}

/* More octets than the window holds, of lengths that put record boundaries everywhere. */
static void many_frames_and_positions(void **state)
{
	(void)state;
	enum { FRAMES = 20000 };
	struct bytes b = plain_pcap();
	uint32_t seed = 1;
	static uint8_t noise[2048];
	for (int i = 0; i < 2048; i++)
		noise[i] = (uint8_t)(i * 7 ^ i >> 3);
	uint8_t *all = malloc(FRAMES * 1100);
	size_t length = 0;
	for (int i = 0; i < FRAMES; i++) {
		seed = seed * 1103515245 + 12345;
		uint32_t n = seed >> 16 & 1023;
		uint8_t header[16] = {0};
		header[8] = (uint8_t)n;
		header[9] = (uint8_t)(n >> 8);
		memcpy(all + length, header, 16);
		memcpy(all + length + 16, noise + (seed >> 8 & 1023), n);
		length += 16 + n;
	}
	put(&b, all, length);
	free(all);

	struct capture *c = open_bytes(&b);
	struct reader *r = reader_open(c);
	struct position *positions = calloc(FRAMES, sizeof(*positions));
	struct frame f;
	struct capture_error error;
	uint8_t again[1024];
	for (int i = 0; i < FRAMES; i++) {
		positions[i] = reader_position(r);
		assert_int_equal(reader_next(r, &f, &error), 1);
		assert_memory_equal(f.data, b.octets + f.data_offset, f.captured);
		assert_int_equal(capture_read(c, f.data_offset, again, f.captured), f.captured);
		assert_memory_equal(f.data, again, f.captured);
	}
	ends(r);
	struct reader *later = reader_open(c);
	for (int i = FRAMES - 1; i > 0; i -= 97) {
		reader_seek(later, positions[i], (uint32_t)i + 1);
		reader_seek(r, positions[i], (uint32_t)i + 1);
		for (struct reader *each = later; each; each = each == later ? r : NULL) {
			assert_int_equal(reader_next(each, &f, &error), 1);
			assert_int_equal(f.number, i + 1);
			assert_int_equal(f.data_offset, positions[i].offset + 16);
			assert_memory_equal(f.data, b.octets + f.data_offset, f.captured);
		}
	}
	assert_int_equal(capture_read(c, b.length - 2, again, 10), 2);
	assert_int_equal(capture_read(c, b.length + 2, again, 10), 0);
	assert_int_equal(capture_read(c, UINT64_MAX, again, 10), 0);
	reader_close(later);
	reader_close(r);
	capture_close(c);
	free(positions);
	release(&b);
}

/* USB transfers may be larger than the window. */
static void frames_larger_than_the_window(void **state)
{
	(void)state;
	enum { LARGE = 3000000 };
	struct bytes b = pcap(false, 0xa1b2c3d4, 4, 220);
	char *large = malloc(LARGE + 1);
	memset(large, 'x', LARGE);
	large[LARGE] = '\0';
	put_frame(&b, 1, "abc");
	put_frame(&b, 2, large);
	put_frame(&b, 3, "def");
	gives(&b, 3, NULL);
	b.length -= 19 + 1;
	gives(&b, 1, "inside frame 2 (captured length 3000000, 2999999 octets there)");
	free(large);
	release(&b);
}

/* ---- pcapng ---- */

static void sections_and_interfaces(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct bytes b = pcapng(big);
		struct frame f;
		put_interface(&b, 1, "eth0");
		put_interface(&b, 113, NULL);
		put_enhanced(&b, 1, 0x123456789abULL, "first");
		put_enhanced(&b, 0, 1500000, "second");
		b.big = !big;
		put_section(&b, 20); /* of a length that lies: nobody looks */
		put_interface(&b, 9, "ppp0");
		put_enhanced(&b, 0, 1, "third");
		put_interface(&b, 12, "late");
		put_enhanced(&b, 1, 2, "fourth");
		struct capture *c = open_bytes(&b);
		assert_true(capture_is_pcapng(c));
		struct reader *r = reader_open(c);
		struct position at[4];
		for (int pass = 0; pass < 2; pass++) {
			at[0] = reader_position(r);
			next_is(r, &f, "first");
			assert_int_equal(f.section, 0);
			assert_int_equal(f.link_type, 113);
			assert_int_equal(f.interface->id, 1);
			assert_null(f.interface->name);
			assert_int_equal(f.time.seconds, 0x123456789abULL / 1000000);
			assert_int_equal(f.time.nanoseconds, 0x123456789abULL % 1000000 * 1000);
			at[1] = reader_position(r);
			next_is(r, &f, "second");
			assert_string_equal(f.interface->name, "eth0");
			at[2] = reader_position(r);
			next_is(r, &f, "third");
			assert_int_equal(f.section, 1);
			assert_int_equal(f.interface->id, 0);
			assert_int_equal(f.link_type, 9);
			assert_string_equal(f.interface->name, "eth0"); /* as in tshark */
			at[3] = reader_position(r);
			next_is(r, &f, "fourth");
			assert_int_equal(f.link_type, 12);
			assert_int_equal(f.number, 4);
			ends(r);
			reader_close(r);
			r = reader_open(c);
		}
		static const char *const data[] = {"first", "second", "third", "fourth"};
		for (unsigned i = 4; i-- > 0;) {
			reader_seek(r, at[i], i + 1);
			next_is(r, &f, data[i]);
			assert_int_equal(f.section, i / 2);
			assert_int_equal(f.number, i + 1);
		}
		assert_string_equal(capture_interface(c, 0)->name, "eth0");
		assert_int_equal(capture_interface(c, 3)->link_type, 12);
		assert_null(capture_interface(c, 4));
		reader_close(r);
		capture_close(c);
		release(&b);
	}
}

static void timestamp_resolutions(void **state)
{
	(void)state;
	static const struct {
		uint8_t resolution;
		int64_t offset;
		uint64_t ticks;
		int64_t seconds;
		int32_t nanoseconds;
	} rows[] = {
	    {6, 0, 1234567890123456789, 1234567890123, 456789000},
	    {9, 0, 1234567890123456789, 1234567890, 123456789},
	    {0, 0, 77, 77, 0},
	    {0, 0, UINT64_MAX, -1, 0},
	    {3, 0, 1001, 1, 1000000},
	    {10, 0, 12345678901, 1, 234567890},
	    {12, 0, 1234567890123456789, 1234567, 890123456},
	    {19, 0, UINT64_MAX, 1, 844674407},
	    {127, 0, UINT64_MAX, 1, 844674407},
	    {0x80, 0, 77, 77, 0},
	    {0x81, 0, 3, 1, 500000000},
	    {0xa0, 0, UINT64_MAX, 4294967295, 999999999},
	    {0xa8, 0, 3ULL << 39, 1, 500000000},
	    {0xbf, 0, 3ULL << 62, 1, 500000000},
	    {0xff, 0, 3ULL << 62, 1, 500000000},
	    {6, -100, 12345678, -88, 345678000},
	    {6, INT64_MIN, 12345678, INT64_MIN + 12, 345678000},
	};
	for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct bytes b = pcapng(i % 2);
		struct frame f;
		size_t at = begin_interface(&b, 1, 0);
		put_option(&b, 9, &rows[i].resolution, 1);
		put_option_number(&b, 14, (uint64_t)rows[i].offset, 8);
		put_option(&b, 0, "", 0);
		end_block(&b, at);
		put_enhanced(&b, 0, rows[i].ticks, "abc");
		struct capture *c = open_bytes(&b);
		struct reader *r = reader_open(c);
		next_is(r, &f, "abc");
		assert_true(f.has_time);
		assert_true(f.time.seconds == rows[i].seconds);
		assert_int_equal(f.time.nanoseconds, rows[i].nanoseconds);
		reader_close(r);
		capture_close(c);
		release(&b);
	}
}

static void packet_options(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct bytes b = pcapng(big);
		size_t at = begin_interface(&b, 1, 0);
		put_option(&b, 2, "eth\0cut", 7);
		put_option(&b, 2, "other", 5);
		put_option(&b, 3, "", 0);
		put_option(&b, 13, "\2", 1);
		end_block(&b, at);
		put_enhanced(&b, 0, 1, "plain");
		at = begin_enhanced(&b, 0, 1, "abc");
		put_option(&b, 1, "one", 3);
		put_option_number(&b, 2, 0x80000085, 4);
		put_option_number(&b, 2, 7, 4);
		put_option_number(&b, 4, 1ULL << 40, 8);
		put_option_number(&b, 5, 1ULL << 41, 8);
		put_option_number(&b, 6, 3, 4);
		put_option(&b, 1, "", 0);
		put_option(&b, 999, "unknown", 7);
		put_option(&b, 1, "t\0o", 3);
		put_option(&b, 0, "", 0);
		put_option(&b, 1, "behind", 6);
		end_block(&b, at);

		struct capture *c = open_bytes(&b);
		struct reader *r = reader_open(c);
		struct frame f;
		uint32_t cursor = 0;
		size_t length;
		next_is(r, &f, "plain");
		assert_false(f.has_flags || f.has_packet_id || f.has_drop_count || f.has_queue);
		assert_int_equal(f.fcs_length, 2);
		assert_null(frame_comment(&f, &cursor, &length));
		assert_string_equal(f.interface->name, "eth");
		assert_string_equal(f.interface->description, "");
		next_is(r, &f, "abc");
		assert_true(f.has_flags && f.has_packet_id && f.has_drop_count && f.has_queue);
		assert_int_equal(f.flags, 0x80000085);
		assert_int_equal(f.fcs_length, 4);
		assert_true(f.drop_count == 1ULL << 40 && f.packet_id == 1ULL << 41);
		assert_int_equal(f.queue, 3);
		assert_memory_equal(frame_comment(&f, &cursor, &length), "one", 3);
		assert_int_equal(length, 3);
		assert_non_null(frame_comment(&f, &cursor, &length));
		assert_int_equal(length, 0);
		assert_memory_equal(frame_comment(&f, &cursor, &length), "t", 1);
		assert_int_equal(length, 1);
		assert_null(frame_comment(&f, &cursor, &length));
		assert_null(frame_comment(&f, &cursor, &length));
		ends(r);
		reader_close(r);
		capture_close(c);
		release(&b);
	}
}

static void other_packet_blocks(void **state)
{
	(void)state;
	struct bytes b = pcapng(true);
	struct frame f;
	end_block(&b, begin_interface(&b, 1, 5));
	put_interface(&b, 9, NULL);
	size_t at = begin_block(&b, 3);
	put32(&b, 80);
	put(&b, "short", 5);
	end_block(&b, at);
	at = begin_block(&b, 2);
	put16(&b, 1);
	put16(&b, 7);
	put64(&b, 2000001);
	put32(&b, 3);
	put32(&b, 60);
	put(&b, "old", 3);
	pad(&b);
	put_option_number(&b, 2, 1, 4);
	end_block(&b, at);
	at = begin_block(&b, 0x40000bad);
	put32(&b, 32473);
	put(&b, "mine", 4);
	end_block(&b, at);
	at = begin_block(&b, 0x12345678);
	put(&b, "nobody knows", 12);
	end_block(&b, at);
	struct capture *c = open_bytes(&b);
	struct reader *r = reader_open(c);
	next_is(r, &f, "short");
	assert_false(f.has_time);
	assert_int_equal(f.length, 80);
	next_is(r, &f, "old");
	assert_true(f.has_time && f.time.seconds == 2 && f.time.nanoseconds == 1000);
	assert_int_equal(f.link_type, 9);
	assert_int_equal(f.length, 60);
	assert_true(f.has_drop_count && f.drop_count == 7);
	assert_true(f.has_flags && f.flags == 1);
	assert_int_equal(f.record, RECORD_PACKET);
	next_is(r, &f, "mine");
	assert_int_equal(f.record, RECORD_CUSTOM);
	assert_int_equal(f.enterprise, 32473);
	assert_false(f.may_copy);
	assert_null(f.interface);
	ends(r);
	reader_close(r);
	capture_close(c);
	release(&b);
}

static void note_name(void *context, int family, const uint8_t *address, const char *name)
{
	char *text = context;
	sprintf(text + strlen(text), "%d %d..%d %s;", family, address[0],
	        address[family == 4 ? 3 : 15], name);
}

static void names_and_secrets(void **state)
{
	(void)state;
	struct bytes b = pcapng(false);
	size_t at = begin_block(&b, 4), length;
	put_option(&b, 1, "\1\2\3\4one\0two", 12);
	put_option(&b, 2, "\5\0\0\0\0\0\0\0\0\0\0\0\0\0\0\6six", 20);
	put_option(&b, 77, "skipped", 7);
	put_option(&b, 0, "", 0);
	end_block(&b, at);
	for (int i = 0; i < 2; i++) {
		at = begin_block(&b, 10);
		put32(&b, 0x544c534b + i);
		put32(&b, 5);
		put(&b, i ? "lock." : "keys.", 5);
		end_block(&b, at);
	}
	struct capture *c = open_bytes(&b);
	uint32_t type;
	assert_null(capture_secrets(c, 0, &type, &length));
	for (int pass = 0; pass < 2; pass++) { /* the second pass must not add them again */
		struct reader *r = reader_open(c);
		char text[200] = "";
		ends(r);
		capture_names(c, 0, note_name, text);
		assert_string_equal(text, "4 1..4 one;4 1..4 two;6 5..6 six;");
		assert_memory_equal(capture_secrets(c, 0, &type, &length), "keys.", 5);
		assert_memory_equal(capture_secrets(c, 1, &type, &length), "lock.", 5);
		assert_int_equal(type, 0x544c534c);
		assert_int_equal(length, 5);
		assert_null(capture_secrets(c, 2, &type, &length));
		reader_close(r);
	}
	capture_close(c);
	release(&b);
}

/* What a good capture of two frames turns into, and what is to be said of it. */
static const struct damage {
	size_t keep; /* octets of the capture, counted from the start of frame 2's block; 0: all */
	size_t at;   /* offset in that block of a number to change; 99: nothing */
	uint32_t value;   /* of that number */
	const char *text; /* part of the error */
} damages[] = {
    {3, 99, 0,
     "cut short at octet 87, inside the header of a block; the one frame before it was read"},
    {9, 99, 0, "cut short at octet 93, inside frame 2 (a block of 36 octets, 9 there)"},
    {35, 99, 0, "cut short at octet 119, inside frame 2 (a block of 36 octets, 35 there)"},
    {0, 4, 0, "damaged at octet 84: a block of type 0x00000006 claims a length of 0"},
    {0, 4, 11, "claims a length of 11, where 32 to 134348832 can be"},
    {0, 4, 0xfffffff0, "claims a length of 4294967280"},
    {0, 4, 0xffffffff, "claims a length of 4294967295"},
    {0, 4, 40, "cut short at octet 120, inside frame 2 (a block of 40 octets, 36 there)"},
    {0, 32, 40, "has length 36 at its start and 40 at its end"},
    {0, 32, 0xffffffff, "has length 36 at its start and 4294967295 at its end"},
    {0, 8, 1, "frame 2 is of interface 1, which its section has not declared"},
    {0, 8, 0xffffffff, "frame 2 is of interface 4294967295"},
    {0, 20, 5, "frame 2 claims 5 captured octets, and its block has room for 4"},
    {0, 20, 262145, "frame 2 claims 262145 captured octets, where 262144 is the most"},
    {0, 20, 0xffffffff, "frame 2 claims 4294967295 captured octets"},
    {0, 20, 0, "an option of frame 2 has a length that cannot be"},
    {0, 0, 0x0a0d0d0a, "its section header block has no byte-order magic"},
    {0, 0, 5, "an option is longer than the block that it stands in"}, /* as statistics */
    {0, 0, 99, NULL}, /* a type that nobody knows is passed over */
    {0, 99, 0, NULL},
};

static void pcapng_damage(void **state)
{
	(void)state;
	for (unsigned i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
		const struct damage *d = &damages[i];
		struct bytes b = pcapng(false);
		put_interface(&b, 1, NULL);
		put_enhanced(&b, 0, 1, "abcd");
		size_t start = b.length;
		assert_int_equal(start, 84);
		put_enhanced(&b, 0, 1,
		             "\1\1\377\377"); /* an option, should they be taken for one */
		if (d->keep)
			b.length = start + d->keep;
		if (d->at != 99) {
			struct bytes number = {0};
			put32(&number, d->value);
			memcpy(b.octets + start + d->at, number.octets, 4);
			release(&number);
		}
		gives(&b, d->text || d->at != 99 ? 1 : 2, d->text);
		release(&b);
	}
}

/* Option lengths, and blocks other than packets. */
static void pcapng_damaged_blocks(void **state)
{
	(void)state;
	static const struct {
		uint32_t type;
		const char *body;
		size_t length;
		const char *text;
	} blocks[] = {
	    {1, "\1\0\0\0", 4, "claims a length of 16, where 20 to 16777216 can be"},
	    {1, "\1\0\0\0\0\0\0\0\2\0\144\0name", 16, "an option is longer than the block"},
	    {3, "\50\0\0\0abcd", 8,
	     "frame 2 claims 40 captured octets, and its block has room for 4"},
	    {4, "\1\0\2\0\1\2\0\0", 8, "lacks its address or its end"},
	    {4, "\1\0\10\0\1\2\3\4abcd", 12, "lacks its address or its end"},
	    {4, "\1\0\100\0\1\2\3\4abcd", 12, "an option is longer than the block"},
	    {5, "", 0, "claims a length of 12, where 24"},
	    {10, "KSLT\10\0\0\0abcd", 12, "8 octets of secrets in a block with room for 4"},
	    {0xbad, "", 0, "claims a length of 12, where 16"},
	    {0x0a0d0d0a, "\115\74\53\32\2\0\0\0\377\377\377\377\377\377\377\377", 16,
	     "not read on from octet 84: pcapng version 2.0 is not known here"},
	};
	for (unsigned i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
		struct bytes b = pcapng(false);
		put_interface(&b, 1, NULL);
		put_enhanced(&b, 0, 1, "abcd");
		size_t at = begin_block(&b, blocks[i].type);
		put(&b, blocks[i].body, blocks[i].length);
		end_block(&b, at);
		put_enhanced(&b, 0, 1, "efgh");
		gives(&b, 1, blocks[i].text);
		release(&b);
	}
	static const struct {
		uint16_t code;
		unsigned length;
	} options[] = {
	    {2, 2}, {2, 8}, {4, 4}, {5, 4}, {6, 8}, {7, 0},
	};
	for (unsigned i = 0; i < sizeof(options) / sizeof(*options); i++) {
		struct bytes b = pcapng(true);
		put_interface(&b, 1, NULL);
		size_t at = begin_enhanced(&b, 0, 1, "abc");
		put_option_number(&b, options[i].code, 1, options[i].length);
		end_block(&b, at);
		gives(&b, 0, "an option of frame 1 has a length that cannot be");
		release(&b);
	}
}

/* A block may be of any size as long as it is passed over: it is not kept. */
static void large_unknown_block(void **state)
{
	(void)state;
	struct bytes b = pcapng(false);
	put_interface(&b, 1, NULL);
	size_t at = begin_block(&b, 0x777);
	uint8_t *zeros = calloc(1, 2000000);
	put(&b, zeros, 2000000);
	free(zeros);
	end_block(&b, at);
	put_enhanced(&b, 0, 1, "abc");
	gives(&b, 1, NULL);
	b.length = at + 1999999;
	gives(&b, 0, "inside a block of type 0x00000777 (2000012 octets, 1999999 there)");
	release(&b);
}

/* ---- readers ---- */

static void later_readers_end_where_the_first_did(void **state)
{
	(void)state;
	struct bytes b = pcapng(false);
	struct frame f;
	put_interface(&b, 1, "a");
	put_enhanced(&b, 0, 1, "one");
	put_interface(&b, 1, "b");
	put_enhanced(&b, 1, 1, "two");
	struct capture *c = open_bytes(&b);
	struct reader *first = reader_open(c), *second = reader_open(c);
	next_is(first, &f, "one");
	assert_null(capture_interface(c, 1));
	reader_close(first);
	next_is(second, &f, "one");
	ends(second);
	reader_close(second);
	capture_close(c);
	release(&b);

	b = plain_pcap();
	put_frame(&b, 1, "one");
	put_frame(&b, 2, "two");
	c = open_bytes(&b);
	first = reader_open(c);
	struct position start = reader_position(first);
	next_is(first, &f, "one");
	next_is(first, &f, "two");
	reader_seek(first, start, 1);
	next_is(first, &f, "one");
	reader_close(first);
	second = reader_open(c);
	next_is(second, &f, "one");
	next_is(second, &f, "two");
	ends(second);
	reader_close(second);
	capture_close(c);
	release(&b);
}

static void file_shrinks_under_us(void **state)
{
	(void)state;
	struct bytes b = plain_pcap();
	struct frame f;
	struct capture_error error;
	put_frame(&b, 1, "one");
	put_frame(&b, 2, "two");
	int fd = file_of(b.octets, b.length), same = dup(fd);
	struct capture *c = capture_open_fd(fd, "x", CAPTURE_TWO_PASS, &error);
	struct reader *r = reader_open(c);
	next_is(r, &f, "one");
	next_is(r, &f, "two");
	ends(r);
	reader_close(r);
	assert_int_equal(ftruncate(same, 50), 0);
	r = reader_open(c);
	next_is(r, &f, "one");
	ends_by(r, "has been cut to 50 octets while it was read; the one frame before it was read");
	reader_close(r);
	assert_int_equal(ftruncate(same, 10), 0);
	r = reader_open(c);
	ends_by(r, "has been cut to 10 octets while it was read");
	reader_close(r);
	close(same);
	capture_close(c);
	release(&b);
}

/* ---- compressed files, pipes ---- */

static struct bytes gzipped(const void *octets, size_t length)
{
	struct bytes b = {0};
	uint8_t *to = malloc(length + 1000);
	z_stream z = {0};
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
	                 Z_OK);
	z.next_in = (Bytef *)(uintptr_t)octets;
	z.avail_in = (uInt)length;
	z.next_out = to;
	z.avail_out = (uInt)length + 1000;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	put(&b, to, length + 1000 - z.avail_out);
	deflateEnd(&z);
	free(to);
	return b;
}

static struct bytes zstandard(const void *octets, size_t length)
{
	struct bytes b = {0};
	size_t room = ZSTD_compressBound(length);
	uint8_t *to = malloc(room);
	size_t n = ZSTD_compress(to, room, octets, length, 3);
	assert_false(ZSTD_isError(n));
	put(&b, to, n);
	free(to);
	return b;
}

/* Two compressed parts, `between` them; what a cut in the second one leaves. */
static void compressed(struct bytes (*compress)(const void *, size_t), const void *between,
                       size_t length, const char *cut)
{
	struct bytes b = plain_pcap();
	for (int i = 0; i < 2000; i++)
		put_frame(&b, 1, i % 2 ? "some frame" : "another frame");
	size_t half = b.length / 2;
	struct bytes first = compress(b.octets, half);
	struct bytes second = compress(b.octets + half, b.length - half);
	gives(&first, 999, "inside the record header of frame 1000");
	size_t alone = first.length;
	put(&first, between, length);
	put(&first, second.octets, second.length);
	gives(&first, 2000, NULL);
	first.length = alone + length + 3;
	gives(&first, 999, cut);
	release(&b);
	release(&first);
	release(&second);
}

static void gzip_files(void **state)
{
	(void)state;
	compressed(gzipped, "", 0, "its gzip data are cut short: that was octet");
	compressed(gzipped, "\0\0\0", 3, "its gzip data are cut short: that was octet");
	struct bytes b = plain_pcap();
	put_frame(&b, 1, "abc");
	struct bytes z = gzipped(b.octets, b.length);
	z.octets[z.length - 5] ^= 1; /* of the checksum */
	gives(&z, 1, "its gzip data are damaged");
	release(&z);
	z = gzipped(b.octets, 20);
	refused(z.octets, z.length, "inside its file header");
	refused(z.octets, 12, "gzip data are cut short");
	release(&z);
	release(&b);
}

static void zstd_files(void **state)
{
	(void)state;
	compressed(zstandard, "", 0, "its zstd data are cut short: that was octet");
	compressed(zstandard, "\x52\x2a\x4d\x18\3\0\0\0xyz", 11,
	           "its zstd data are cut short: that was octet");
	struct bytes b = plain_pcap(), skipped = {0};
	put_frame(&b, 1, "abc");
	struct bytes z = zstandard(b.octets, b.length);
	put(&skipped, "\x50\x2a\x4d\x18\3\0\0\0xyz", 11);
	put(&skipped, z.octets, z.length);
	gives(&skipped, 1, NULL);
	put(&skipped, "rubbish", 7);
	gives(&skipped, 1, "its zstd data are damaged");
	release(&z);
	release(&skipped);
	release(&b);
}

static void pipes(void **state)
{
	(void)state;
	struct bytes b = plain_pcap();
	struct frame f;
	struct capture_error error;
	put_frame(&b, 1, "one");
	put_frame(&b, 2, "two");
	for (int mode = CAPTURE_TWO_PASS; mode <= CAPTURE_ONE_PASS; mode++) {
		int ends_of[2];
		char path[40];
		assert_int_equal(pipe(ends_of), 0);
		assert_int_equal(write(ends_of[1], b.octets, b.length), b.length);
		snprintf(path, sizeof(path), "/dev/fd/%d", ends_of[0]);
		/* In one pass, the writer is still there, and nobody may wait for it. */
		if (mode == CAPTURE_TWO_PASS)
			close(ends_of[1]);
		struct capture *c = capture_open(path, mode, &error);
		if (!c)
			fail_msg("%s", error.text);
		struct reader *r = reader_open(c);
		next_is(r, &f, "one");
		next_is(r, &f, "two");
		if (mode == CAPTURE_ONE_PASS) {
			close(ends_of[1]);
			assert_null(reader_open(c));
			assert_int_equal(capture_read(c, 0, path, 4), 0);
		}
		ends(r);
		reader_close(r);
		close(ends_of[0]);
		capture_close(c);
	}
	release(&b);
}

/* Standard input may be a file of which a part has been read. */
static void file_read_from_the_middle(void **state)
{
	(void)state;
	struct bytes b = {0}, p = plain_pcap();
	struct frame f;
	struct capture_error error;
	put_frame(&p, 1, "one");
	put(&b, "before", 6);
	put(&b, p.octets, p.length);
	for (int mode = CAPTURE_TWO_PASS; mode <= CAPTURE_ONE_PASS; mode++) {
		int fd = file_of(b.octets, b.length);
		assert_int_equal(lseek(fd, 6, SEEK_SET), 6);
		struct capture *c = capture_open_fd(fd, "x", mode, &error);
		assert_non_null(c);
		struct reader *r = reader_open(c);
		next_is(r, &f, "one");
		assert_int_equal(f.data_offset, 40);
		ends(r);
		reader_close(r);
		capture_close(c);
	}
	release(&b);
	release(&p);
}

/* ---- what is no capture ---- */

static void refusals(void **state)
{
	(void)state;
	struct capture_error error;
	refused("", 0, "x: is empty");
	refused("ab", 2, "x: is no capture: it has 2 octets");
	refused("hello, world, nothing here", 26,
	        "x: is no pcap or pcapng capture (it begins with 68 65 6c 6c)");
	refused("\x0a\x0d\x0d\x0a\x1c\0\0\0wxyz\1\0\0\0", 16, "is no pcap or pcapng capture");
	assert_null(capture_open("/tmp", CAPTURE_TWO_PASS, &error));
	assert_string_equal(error.text, "/tmp: is a folder; name a capture file in it");
	assert_null(capture_open("/nowhere/a\nb", CAPTURE_TWO_PASS, &error));
	assert_string_equal(error.text,
	                    "/nowhere/a?b: cannot be opened: No such file or directory");

	struct bytes b = plain_pcap();
	refused(b.octets, 23, "x: cut short at octet 23, inside its file header of 24 octets");
	b.octets[22] = 1;
	refused(b.octets, 24, "reserved bits are set in its link type (0x00010001)");
	b.octets[22] = 0;
	b.octets[4] = 9;
	refused(b.octets, 24, "libpcap says \"unsupported pcap savefile version 9.4\"");
	release(&b);
	b = pcapng(true);
	refused(b.octets, 15, "cut short at octet 15, inside its first section header block");
	b.octets[13] = 2;
	refused(b.octets, b.length, "x: is of pcapng version 2.0, which is not known here");
	release(&b);
}

static void no_room_to_spool(void **state)
{
	(void)state;
	struct bytes b = plain_pcap(), z = gzipped(b.octets, b.length);
	struct capture_error error;
	char *old = getenv("TMPDIR") ? strdup(getenv("TMPDIR")) : NULL;
	setenv("TMPDIR", "/nowhere", 1);
	assert_null(capture_open_fd(file_of(z.octets, z.length), "x", CAPTURE_TWO_PASS, &error));
	assert_string_equal(error.text,
	                    "x: cannot be spooled to a temporary file in /nowhere: No such file or "
	                    "directory; name a roomier folder by TMPDIR or read it in one pass");
	if (old)
		setenv("TMPDIR", old, 1);
	else
		unsetenv("TMPDIR");
	free(old);
	release(&b);
	release(&z);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pcap_orders_and_resolutions),
	    cmocka_unit_test(pcap_claims),
	    cmocka_unit_test(pcap_link_type_word),
	    cmocka_unit_test(pcap_old_versions_swap_lengths),
	    cmocka_unit_test(pcap_damage),
	    cmocka_unit_test(many_frames_and_positions),
	    cmocka_unit_test(frames_larger_than_the_window),
	    cmocka_unit_test(sections_and_interfaces),
	    cmocka_unit_test(timestamp_resolutions),
	    cmocka_unit_test(packet_options),
	    cmocka_unit_test(other_packet_blocks),
	    cmocka_unit_test(names_and_secrets),
	    cmocka_unit_test(pcapng_damage),
	    cmocka_unit_test(pcapng_damaged_blocks),
	    cmocka_unit_test(large_unknown_block),
	    cmocka_unit_test(later_readers_end_where_the_first_did),
	    cmocka_unit_test(file_shrinks_under_us),
	    cmocka_unit_test(gzip_files),
	    cmocka_unit_test(zstd_files),
	    cmocka_unit_test(pipes),
	    cmocka_unit_test(file_read_from_the_middle),
	    cmocka_unit_test(refusals),
	    cmocka_unit_test(no_room_to_spool),
	};
	return cmocka_run_group_tests_name("capture", tests, NULL, NULL);
}
