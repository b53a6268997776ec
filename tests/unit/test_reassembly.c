/* test_reassembly.c: messages in pieces, and PDUs over segments of TCP. */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/capture.h"
#include "dissect/engine.h"
#include "dissect/reassembly.h"
#include "dissect/session.h"

/* ---- pieces ---- */

static const uint8_t empty_capture[24] = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, [18] = 4, [20] = 1 };

static int file_of(const void *octets, size_t n)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	assert_int_equal(fwrite(octets, 1, n, file), n);
	fflush(file);
	int fd = dup(fileno(file));
	fclose(file);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static struct capture *capture_of(const void *octets, size_t n, enum capture_mode mode)
{
	struct capture_error error;
	struct capture *capture = capture_open_fd(file_of(octets, n), "test", mode, &error);
	assert_non_null(capture);
	return capture;
}

/* A piece whose octets the assembly has to keep. */
static enum piece_result add(struct reassembly *reassembly, const struct capture *capture, uint32_t number, uint32_t frame,
                             const uint8_t *message, uint32_t at, uint32_t n, bool last)
{
	struct piece piece = { .from = UINT64_MAX, .frame = frame, .at = at, .length = n };
	return reassembly_add(reassembly, capture, number, piece, message + at, last);
}

/* Random cuts of one message, that overlap and are sent again, in a random order. */
static void whole_when_nothing_lacks(void **state)
{
	enum { LENGTH = 64 };
	struct capture *capture = capture_of(empty_capture, sizeof empty_capture, CAPTURE_TWO_PASS);
	struct reassembly reassembly;
	uint8_t message[LENGTH];

	(void)state;
	srand(1);
	reassembly_begin(&reassembly);
	for (unsigned i = 0; i < LENGTH; i++)
		message[i] = (uint8_t)(i * 7);
	for (unsigned round = 0; round < 2000; round++) {
		uint32_t number = reassembly_new(&reassembly), frame = 0, lacking = LENGTH;
		bool there[LENGTH] = { false }, ended = false;
		while (lacking || !ended) {
			uint32_t at = (uint32_t)rand() % LENGTH, n = 1 + (uint32_t)rand() % (LENGTH - at);
			for (uint32_t i = at; i < at + n; i++) {
				lacking -= !there[i];
				there[i] = true;
			}
			ended |= at + n == LENGTH;
			assert_int_equal(add(&reassembly, capture, number, ++frame, message, at, n, at + n == LENGTH),
			                 lacking || !ended ? PIECE_KEPT : PIECE_COMPLETES);
		}
		const struct assembly *assembly = reassembly_at(&reassembly, number);
		struct arena arena = { 0 };
		assert_int_equal(assembly->frame, frame);
		assert_int_equal(assembly->length, LENGTH);
		assert_false(assembly->conflict);
		assert_memory_equal(assembly_octets(assembly, capture, &arena), message, LENGTH);
		for (uint32_t i = 1; i < assembly->piece_count; i++)
			assert_true(assembly->pieces[i - 1].at < assembly->pieces[i].at ||
			            (assembly->pieces[i - 1].at == assembly->pieces[i].at &&
			             assembly->pieces[i - 1].frame < assembly->pieces[i].frame));
		arena_free(&arena);
	}
	reassembly_end(&reassembly);
	capture_close(capture);
}

/* The worst orders must not cost the square of the pieces: minutes, if they did. */
static void any_order_is_cheap(void **state)
{
	enum { PIECES = ASSEMBLY_PIECES, ROUNDS = 16 };
	struct capture *capture = capture_of(empty_capture, sizeof empty_capture, CAPTURE_TWO_PASS);
	struct reassembly reassembly;
	static const uint8_t message[2 * PIECES];

	(void)state;
	reassembly_begin(&reassembly);
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint32_t number = reassembly_new(&reassembly);
		for (uint32_t i = PIECES; i--;) {
			/* backwards, or holes that grow from the middle on */
			uint32_t at = round & 1 ? i : i & 1 ? PIECES / 2 + i / 2 : PIECES / 2 - 1 - i / 2;
			enum piece_result result = add(&reassembly, capture, number, 1, message, at, 1, at == PIECES - 1);
			assert_int_equal(result, i ? PIECE_KEPT : PIECE_COMPLETES);
		}
		assert_int_equal(add(&reassembly, capture, number, 1, message, 0, 1, false), PIECE_REFUSED);
	}
	reassembly_end(&reassembly);
	capture_close(capture);
}

static void a_message_can_go_on(void **state)
{
	struct capture *capture = capture_of(empty_capture, sizeof empty_capture, CAPTURE_TWO_PASS);
	struct reassembly reassembly;
	struct arena arena = { 0 };
	static const uint8_t message[] = "abcdefghij";

	(void)state;
	reassembly_begin(&reassembly);
	uint32_t number = reassembly_new(&reassembly);
	struct assembly *assembly = reassembly_at(&reassembly, number);
	assert_int_equal(add(&reassembly, capture, number, 1, message, 0, 4, true), PIECE_COMPLETES);
	assembly_reopen(assembly);
	assert_int_equal(assembly->frame, 0);
	assert_int_equal(add(&reassembly, capture, number, 2, message, 6, 4, true), PIECE_KEPT);
	assert_int_equal(add(&reassembly, capture, number, 3, message, 4, 2, false), PIECE_COMPLETES);
	assert_int_equal(assembly->frame, 3);
	assert_memory_equal(assembly_octets(assembly, capture, &arena), message, 10);

	assembly_shorten(assembly, 5);
	assert_int_equal(assembly->length, 5);
	assert_int_equal(assembly->pieces[0].length, 4);
	assert_int_equal(assembly->pieces[1].length, 1);
	assert_int_equal(assembly->pieces[2].length, 0);
	assert_memory_equal(assembly_octets(assembly, capture, &arena), message, 5);

	number = reassembly_new(&reassembly);
	assert_int_equal(add(&reassembly, capture, number, 1, message, 4, 4, false), PIECE_KEPT);
	reassembly_restart(&reassembly, number);
	assert_int_equal(add(&reassembly, capture, number, 2, message, 0, 10, true), PIECE_COMPLETES);
	assert_int_equal(reassembly_at(&reassembly, number)->piece_count, 1);
	arena_free(&arena);
	reassembly_end(&reassembly);
	capture_close(capture);
}

static void streams_forget_what_was_shown(void **state)
{
	struct capture *capture = capture_of(empty_capture, sizeof empty_capture, CAPTURE_ONE_PASS);
	struct reassembly reassembly;
	struct arena arena = { 0 };
	static const uint8_t message[] = "abcdefghij";

	(void)state;
	reassembly_begin(&reassembly);
	uint32_t number = reassembly_new(&reassembly);
	add(&reassembly, capture, number, 1, message, 0, 4, false);
	assert_int_equal(add(&reassembly, capture, number, 2, message, 4, 6, true), PIECE_COMPLETES);
	assert_memory_equal(assembly_octets(reassembly_at(&reassembly, number), capture, &arena), message, 10);
	assert_int_equal(reassembly.kept, 10);
	add(&reassembly, capture, reassembly_new(&reassembly), 3, message, 0, 4, false);
	assert_int_equal(reassembly.kept, 4);
	assert_null(assembly_octets(reassembly_at(&reassembly, number), capture, &arena));
	arena_free(&arena);
	reassembly_end(&reassembly);
	capture_close(capture);
}

/* ---- segments ---- */

enum { ISN = 0x1000, FROM_SERVER = 53 };

/* A capture that grows by frames of one connection: IPv4 without a link layer (LINKTYPE_RAW). */
struct script {
	uint8_t octets[65536];
	size_t length;
	uint32_t frames;
	uint32_t isn;
};

static void put32(uint8_t *to, uint32_t value, bool big_endian)
{
	for (unsigned i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> 8 * (big_endian ? 3 - i : i));
}

static void begin_script(struct script *script, uint32_t isn)
{
	memcpy(script->octets, empty_capture, sizeof empty_capture);
	script->octets[20] = 101;
	script->length = sizeof empty_capture;
	script->frames = 0;
	script->isn = isn;
}

/* The next segment of the server's, a second after the one before it. */
static void segment(struct script *script, uint32_t at, const uint8_t *stream, uint32_t n, uint8_t flags)
{
	uint8_t *record = script->octets + script->length, *ip = record + 16, *tcp = ip + 20;
	uint32_t length = 40 + n;

	memset(record, 0, 56);
	put32(record, ++script->frames, false);
	put32(record + 8, length, false);
	put32(record + 12, length, false);
	ip[0] = 0x45;
	ip[2] = (uint8_t)(length >> 8);
	ip[3] = (uint8_t)length;
	ip[8] = 64;
	ip[9] = 6;
	put32(ip + 12, 0x0a000001, true);
	put32(ip + 16, 0x0a000002, true);
	tcp[1] = FROM_SERVER;
	tcp[2] = 0x80;
	put32(tcp + 4, script->isn + at, true);
	put32(tcp + 8, 1, true);
	tcp[12] = 0x50;
	tcp[13] = flags;
	if (n)
		memcpy(tcp + 20, stream + at, n);
	script->length += 16 + length;
}

/* What the program prints of it. */
static char *shown(const struct script *script, enum capture_mode mode)
{
	struct capture *capture = capture_of(script->octets, script->length, mode);
	struct options options = { .one_pass = mode == CAPTURE_ONE_PASS, .jobs = 2 };
	struct session *session = calloc(1, sizeof *session);
	struct capture_error error;
	static char text[1 << 20];
	int fd = file_of("", 0);

	session_begin(session, capture, options);
	assert_int_equal(engine_run(session, fd, &error), 0);
	session_end(session);
	free(session);
	capture_close(capture);
	lseek(fd, 0, SEEK_SET);
	ssize_t n = read(fd, text, sizeof text - 1);
	assert_true(n > 0);
	text[n] = 0;
	close(fd);
	return text;
}

static unsigned count(const char *text, const char *what)
{
	unsigned n = 0;
	while ((text = strstr(text, what))) {
		text += strlen(what);
		n++;
	}
	return n;
}

/* Messages of DNS: a header that says nothing, behind its length. */
enum { MESSAGE = 14, MESSAGES = 40 };
static uint8_t stream[MESSAGE * MESSAGES];

static int make_stream(void **state)
{
	(void)state;
	for (unsigned i = 0; i < MESSAGES; i++) {
		stream[i * MESSAGE + 1] = MESSAGE - 2;
		stream[i * MESSAGE + 3] = (uint8_t)i;
	}
	return 0;
}

/* However a stream is cut, each of its messages is shown once, in either mode; also where its numbers wrap. */
static void every_message_is_shown_once(void **state)
{
	static const uint32_t isns[] = { ISN, UINT32_MAX - MESSAGE * MESSAGES / 2 };
	struct script *script = malloc(sizeof *script);

	(void)state;
	srand(2);
	for (unsigned round = 0; round < 60; round++) {
		begin_script(script, isns[round & 1]);
		for (uint32_t at = 0, n; at < sizeof stream; at += n) {
			n = 1 + (uint32_t)rand() % (round < 30 ? 5 : 60);
			if (n > sizeof stream - at)
				n = sizeof stream - at;
			segment(script, at, stream, n, 0x18);
		}
		for (unsigned mode = 0; mode < 2; mode++) {
			const char *text = shown(script, mode ? CAPTURE_ONE_PASS : CAPTURE_TWO_PASS);
			assert_int_equal(count(text, "\nDomain Name System (query)"), MESSAGES);
			assert_int_equal(count(text, "[PDU Size: 14]"), MESSAGES);
			assert_int_equal(count(text, "[Malformed"), 0);
		}
	}
	free(script);
}

static void lost_segments_end_a_pdu(void **state)
{
	struct script *script = malloc(sizeof *script);

	(void)state;
	begin_script(script, ISN);
	segment(script, 0, stream, 6, 0x18);
	/* 6 to 9 is lost; the second message is whole, the third one is not */
	segment(script, 10, stream, 2 * MESSAGE, 0x18);
	segment(script, 10 + 2 * MESSAGE, stream, 4, 0x18);
	const char *text = shown(script, CAPTURE_TWO_PASS);
	assert_int_equal(count(text, "\nDomain Name System (query)"), 2);
	assert_int_equal(count(text, "TCP segment data (4 bytes)"), 2);
	assert_int_equal(count(text, "TCP segment data (10 bytes)"), 1);
	assert_int_equal(count(text, "Reassembled PDU in frame: 3"), 1);
	free(script);
}

static void what_is_sent_again_is_not_read_again(void **state)
{
	struct script *script = malloc(sizeof *script);

	(void)state;
	begin_script(script, ISN);
	segment(script, 0, stream, 6, 0x18);
	segment(script, 6, stream, 8, 0x18);
	segment(script, 0, stream, 6, 0x18);
	segment(script, 6, stream, 8, 0x18);
	const char *text = shown(script, CAPTURE_TWO_PASS);
	assert_int_equal(count(text, "\nDomain Name System (query)"), 1);
	assert_int_equal(count(text, "[2 Reassembled TCP Segments (14 bytes): #1(6), #2(8)]"), 1);
	free(script);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_when_nothing_lacks),
		cmocka_unit_test(any_order_is_cheap),
		cmocka_unit_test(a_message_can_go_on),
		cmocka_unit_test(streams_forget_what_was_shown),
		cmocka_unit_test(every_message_is_shown_once),
		cmocka_unit_test(lost_segments_end_a_pdu),
		cmocka_unit_test(what_is_sent_again_is_not_read_again),
	};
	return cmocka_run_group_tests_name("reassembly", tests, make_stream, NULL);
}
