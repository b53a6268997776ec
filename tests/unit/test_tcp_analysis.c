/*
 * test_tcp_analysis.c: each rule of the analysis of TCP sequence numbers, on a connection written down by hand.
 *
 * Sequence numbers start at 0 in either direction (the SYN), so that a first octet of data is 1.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dissect/tcp_analysis.h"

enum { CLIENT, SERVER };
enum { A = TCP_ACK, S = TCP_SYN, SA = TCP_SYN | TCP_ACK, FA = TCP_FIN | TCP_ACK, P = TCP_PSH | TCP_ACK, R = TCP_RST };
enum { WINDOW = 1000, MILLISECOND = 1000000 };

/* A connection under test. */
struct run {
	struct tcp_tracks tracks;
	struct tcp_memory memory;
	int8_t scales[2];
	uint32_t first; /* what the client counts from */
	uint32_t frame;
	int64_t time;
};

static struct run begin(void)
{
	return (struct run){ .scales = { SCALE_UNUSED, SCALE_UNUSED }, .time = 1000 * MILLISECOND };
}

/* The next segment, one millisecond after the last. */
static struct tcp_finding next_with(struct run *r, int direction, int flags, uint32_t seq, uint32_t ack, uint32_t length,
                                    uint16_t window, uint32_t sacked)
{
	const struct tcp_segment segment = {
		.seq = seq + (direction == CLIENT ? r->first : 0),
		.ack = flags & TCP_ACK ? ack + (direction == SERVER ? r->first : 0) : 0,
		.length = length,
		.flags = (uint16_t)flags,
		.window = window,
		.direction = (uint8_t)direction,
		.has_length = true,
	};
	const struct tcp_context context = {
		.time = r->time += MILLISECOND,
		.frame = ++r->frame,
		.bases = { r->first, 0 },
		.sacked = sacked,
		.scales = { r->scales[0], r->scales[1] },
	};
	return tcp_analyse(&r->tracks, &r->memory, &segment, &context);
}

static struct tcp_finding next(struct run *r, int direction, int flags, uint32_t seq, uint32_t ack, uint32_t length)
{
	return next_with(r, direction, flags, seq, ack, length, WINDOW, 0);
}

/* Frames 1 to 3. */
static struct run begin_with_handshake(uint32_t first)
{
	struct run r = begin();

	r.first = first;
	next(&r, CLIENT, S, 0, 0, 0);
	next(&r, SERVER, SA, 0, 1, 0);
	next(&r, CLIENT, A, 1, 1, 0);
	return r;
}

static void end(struct run *r)
{
	tcp_memory_free(&r->memory);
}

/* RFC 9293, section 3.5: SYN, SYN-ACK, ACK; each of the last two acknowledges the one before. */
static void handshake_gives_round_trips(void **state)
{
	struct run r = begin();
	(void)state;

	struct tcp_finding syn = next(&r, CLIENT, S, 0, 0, 0);
	assert_int_equal(syn.marks, 0);
	assert_int_equal(syn.acked_frame, 0);
	struct tcp_finding syn_ack = next(&r, SERVER, SA, 0, 1, 0);
	assert_int_equal(syn_ack.acked_frame, 1);
	assert_int_equal(syn_ack.round_trip, MILLISECOND);
	struct tcp_finding ack = next(&r, CLIENT, A, 1, 1, 0);
	assert_int_equal(ack.acked_frame, 2);
	assert_int_equal(ack.marks, 0);
	assert_int_equal(r.tracks.first_round_trip, 2 * MILLISECOND);
	end(&r);
}

/* RFC 9293, section 3.8: data is kept until acknowledged. FIN and SYN take a number but are no octets on their way. */
static void octets_in_flight_are_counted(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	assert_int_equal(next(&r, CLIENT, A, 1, 1, 10).in_flight, 10);
	struct tcp_finding second = next(&r, CLIENT, P, 11, 1, 10);
	assert_int_equal(second.in_flight, 20);
	assert_int_equal(second.since_push, 20);
	assert_int_equal(next(&r, SERVER, A, 1, 11, 0).acked_frame, 4);
	struct tcp_finding last = next(&r, CLIENT, FA, 21, 1, 5);
	assert_int_equal(last.in_flight, 15);
	assert_int_equal(last.since_push, 5);
	end(&r);
}

/* RFC 2018, section 4: octets acknowledged selectively have arrived. */
static void selective_acknowledgments_are_not_in_flight(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	next(&r, CLIENT, A, 1, 1, 100);
	next(&r, CLIENT, A, 101, 1, 100);
	next_with(&r, SERVER, A, 1, 1, 0, WINDOW, 100);
	assert_int_equal(next(&r, CLIENT, A, 201, 1, 100).in_flight, 200);
	end(&r);
}

/* RFC 6298, section 5: what the timer sends again, counted from what awaits its acknowledgment longest. */
static void retransmission_names_the_oldest_segment(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	next(&r, CLIENT, A, 1, 1, 10);
	next(&r, CLIENT, A, 11, 1, 10);
	r.time += 300 * MILLISECOND;
	struct tcp_finding again = next(&r, CLIENT, A, 11, 1, 10);
	assert_int_equal(again.marks, MARK_RETRANSMISSION);
	assert_int_equal(again.timeout_frame, 4);
	assert_int_equal(again.timeout, 302 * MILLISECOND);
	end(&r);
}

/* RFC 5681, section 3.2: duplicate ACKs ask for the segment that is missing, before its timer ends. */
static void duplicate_acks_lead_to_a_fast_retransmission(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	for (uint32_t i = 0; i < 4; i++)
		next(&r, CLIENT, A, 1 + 10 * i, 1, 10);
	assert_int_equal(next(&r, SERVER, A, 1, 1, 0).marks, MARK_DUPLICATE_ACK);
	struct tcp_finding second = next(&r, SERVER, A, 1, 1, 0);
	assert_int_equal(second.duplicates, 2);
	assert_int_equal(second.duplicate_frame, 2);
	assert_int_equal(next(&r, CLIENT, A, 1, 1, 10).marks, MARK_FAST_RETRANSMISSION | MARK_RETRANSMISSION);
	r.time += 20 * MILLISECOND;
	assert_int_equal(next(&r, CLIENT, A, 1, 1, 10).marks, MARK_RETRANSMISSION);
	end(&r);
}

/* RFC 5681, section 2: an ACK that brings data, a window or a new number is no duplicate. */
static void other_acks_are_no_duplicates(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	assert_int_equal(next(&r, SERVER, A, 1, 1, 10).marks, 0);
	assert_int_equal(next_with(&r, SERVER, A, 11, 1, 0, 2 * WINDOW, 0).marks, MARK_WINDOW_UPDATE);
	assert_int_equal(next_with(&r, SERVER, A, 11, 1, 0, 2 * WINDOW, 0).marks, MARK_DUPLICATE_ACK);
	next(&r, CLIENT, A, 1, 11, 10);
	assert_int_equal(next_with(&r, SERVER, A, 11, 11, 0, 2 * WINDOW, 0).marks, 0);
	assert_int_equal(next_with(&r, SERVER, A, 11, 11, 0, 2 * WINDOW, 0).duplicates, 1);
	end(&r);
}

/* What the other side has acknowledged already need not be sent again. */
static void retransmission_of_acknowledged_data_is_spurious(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	next(&r, CLIENT, A, 1, 1, 10);
	next(&r, SERVER, A, 1, 11, 0);
	struct tcp_finding again = next(&r, CLIENT, A, 1, 1, 10);
	assert_int_equal(again.marks, MARK_SPURIOUS | MARK_RETRANSMISSION);
	assert_int_equal(again.timeout_frame, 0);
	end(&r);
}

/* A segment that fills a hole within a round trip was overtaken, not sent again. */
static void late_segment_is_out_of_order(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	struct tcp_finding ahead = next(&r, CLIENT, A, 11, 1, 10);
	assert_int_equal(ahead.marks, MARK_PREVIOUS_LOST);
	assert_int_equal(ahead.in_flight, 0);
	assert_int_equal(next(&r, CLIENT, A, 1, 1, 10).marks, MARK_OUT_OF_ORDER);
	assert_int_equal(next(&r, SERVER, A, 1, 21, 0).marks, 0);
	next(&r, CLIENT, A, 31, 1, 10);
	r.time += 2 * MILLISECOND;
	assert_int_equal(next(&r, CLIENT, A, 21, 1, 10).marks, MARK_RETRANSMISSION);
	end(&r);
}

/* An ACK of what this capture lacks: said once for each hole. */
static void acknowledgment_of_a_hole_is_said_once(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	next(&r, SERVER, A, 101, 1, 10);
	assert_int_equal(next(&r, CLIENT, A, 1, 111, 0).marks, MARK_ACKED_LOST);
	assert_int_equal(next(&r, SERVER, A, 111, 1, 10).marks, 0);
	assert_int_equal(next(&r, CLIENT, A, 1, 121, 0).marks, 0);
	assert_int_equal(next(&r, CLIENT, A, 1, 200, 0).marks, MARK_ACKED_LOST);
	assert_int_equal(next(&r, CLIENT, A, 1, 300, 0).marks, MARK_NOTHING);
	end(&r);
}

/* RFC 9293, section 3.8.4: a keep-alive sends the number before the next one, with an octet or without. */
static void keep_alives_are_told_from_data(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	next(&r, CLIENT, A, 1, 1, 10);
	next(&r, SERVER, A, 1, 11, 0);
	assert_int_equal(next(&r, CLIENT, A, 10, 1, 0).marks, MARK_KEEP_ALIVE);
	assert_int_equal(next(&r, SERVER, A, 1, 11, 0).marks, MARK_KEEP_ALIVE_ACK);
	assert_int_equal(next(&r, CLIENT, A, 10, 1, 1).marks, MARK_KEEP_ALIVE);
	assert_int_equal(next(&r, SERVER, A, 1, 11, 0).marks, MARK_KEEP_ALIVE_ACK);
	end(&r);
}

/* RFC 9293, section 3.8.6.1: a closed window is probed with an octet of data. */
static void closed_windows_are_probed(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	next(&r, CLIENT, A, 1, 1, 10);
	assert_int_equal(next_with(&r, SERVER, A, 1, 11, 0, 0, 0).marks, MARK_ZERO_WINDOW);
	assert_int_equal(next(&r, CLIENT, A, 11, 1, 1).marks, MARK_ZERO_WINDOW_PROBE);
	assert_int_equal(next_with(&r, SERVER, A, 1, 11, 0, 0, 0).marks, MARK_ZERO_WINDOW_PROBE_ACK | MARK_ZERO_WINDOW);
	assert_int_equal(next(&r, CLIENT, A, 11, 1, 1).marks, MARK_ZERO_WINDOW_PROBE);
	assert_int_equal(next(&r, SERVER, A, 1, 11, 0).marks, MARK_WINDOW_UPDATE);
	assert_int_equal(next(&r, CLIENT, A, 11, 1, 20).marks, 0);
	end(&r);
}

/* RFC 7323, section 2.3: the window is scaled; where the scale is not known, nor is its end. */
static void full_windows_are_seen(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	r.scales[SERVER] = 1;
	assert_int_equal(next(&r, CLIENT, A, 1, 1, WINDOW).marks, MARK_WINDOW_FULL);
	next(&r, SERVER, A, 1, 1, 0);
	assert_int_equal(next(&r, CLIENT, A, 1 + WINDOW, 1, WINDOW).marks, MARK_WINDOW_FULL);
	next(&r, SERVER, A, 1, 1 + 2 * WINDOW, 0);
	r.scales[SERVER] = SCALE_UNKNOWN;
	assert_int_equal(next(&r, CLIENT, A, 1 + 2 * WINDOW, 1, WINDOW).marks, 0);
	end(&r);
}

/* RFC 9293, section 3.4: arithmetic on sequence numbers is modulo 2^32. */
static void numbers_wrap(void **state)
{
	struct run r = begin_with_handshake(UINT32_MAX - 15);
	(void)state;

	assert_int_equal(next(&r, CLIENT, A, 1, 1, 10).in_flight, 10);
	struct tcp_finding across = next(&r, CLIENT, A, 11, 1, 10);
	assert_int_equal(across.marks, 0);
	assert_int_equal(across.in_flight, 20);
	struct tcp_finding ack = next(&r, SERVER, A, 1, 21, 0);
	assert_int_equal(ack.acked_frame, 5);
	assert_int_equal(ack.marks, 0);
	assert_int_equal(next(&r, CLIENT, A, 1, 1, 10).marks, MARK_SPURIOUS | MARK_RETRANSMISSION);
	end(&r);
}

/* RFC 9293, section 3.5.2: a reset may say any number; it opens no hole. */
static void resets_open_no_hole(void **state)
{
	struct run r = begin_with_handshake(0);
	(void)state;

	assert_int_equal(next_with(&r, SERVER, R, 500, 0, 0, 0, 0).marks, 0);
	assert_int_equal(next(&r, CLIENT, A, 1, 1, 10).marks, 0);
	end(&r);
}

/* One side alone is never acknowledged: what is remembered of it is bounded. */
static void half_a_connection_stays_bounded(void **state)
{
	struct run r = begin();
	(void)state;

	for (uint32_t i = 0; i < 200000; i++)
		next(&r, CLIENT, A, 1 + 20 * (i ^ 1), 1, 10);
	assert_true(r.memory.capacity <= 32768);
	end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(handshake_gives_round_trips),
		cmocka_unit_test(octets_in_flight_are_counted),
		cmocka_unit_test(selective_acknowledgments_are_not_in_flight),
		cmocka_unit_test(retransmission_names_the_oldest_segment),
		cmocka_unit_test(duplicate_acks_lead_to_a_fast_retransmission),
		cmocka_unit_test(other_acks_are_no_duplicates),
		cmocka_unit_test(retransmission_of_acknowledged_data_is_spurious),
		cmocka_unit_test(late_segment_is_out_of_order),
		cmocka_unit_test(acknowledgment_of_a_hole_is_said_once),
		cmocka_unit_test(keep_alives_are_told_from_data),
		cmocka_unit_test(closed_windows_are_probed),
		cmocka_unit_test(full_windows_are_seen),
		cmocka_unit_test(numbers_wrap),
		cmocka_unit_test(resets_open_no_hole),
		cmocka_unit_test(half_a_connection_stays_bounded),
	};
	return cmocka_run_group_tests_name("tcp_analysis", tests, NULL, NULL);
}
