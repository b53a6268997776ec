/*
 * tcp_findings.c: what the analysis of a stream found about a TCP segment, shown as [SEQ/ACK analysis].
 */

#include "dissect/tcp.h"

enum {
	ANALYSIS, ACKED_FRAME, ROUND_TRIP, FIRST_ROUND_TRIP, IN_FLIGHT, SINCE_PUSH, FLAGS, DUPLICATE_ACK,
	DUPLICATE_COUNT, DUPLICATE_FRAME, TIMEOUT, TIMEOUT_FRAME, NOTE_DUPLICATE_ACK,
	NOTE_REUSED_PORTS, NOTE_FAST_RETRANSMISSION, NOTE_SPURIOUS, NOTE_OUT_OF_ORDER,
	NOTE_RETRANSMISSION, NOTE_PREVIOUS_LOST, NOTE_ACKED_LOST, NOTE_WINDOW_UPDATE,
	NOTE_WINDOW_FULL, NOTE_KEEP_ALIVE, NOTE_KEEP_ALIVE_ACK, NOTE_ZERO_WINDOW_PROBE, NOTE_ZERO_WINDOW,
	NOTE_ZERO_WINDOW_PROBE_ACK, N_FIELDS
};

#define SEQUENCE_NOTE(level, name, text) \
	{ "tcp.analysis." name, text, NOTE, .severity = SEVERITY_##level, .group = GROUP_SEQUENCE }

static const struct field fields[N_FIELDS] = {
	[ANALYSIS]         = { "tcp.analysis", "SEQ/ACK analysis", SUBTREE, .generated = true },
	[ACKED_FRAME]      = { "tcp.analysis.acks_frame", "This is an ACK to the segment in frame", FRAME_NUMBER,
	                       .generated = true },
	[ROUND_TRIP]       = { "tcp.analysis.ack_rtt", "The RTT to ACK the segment was", RELATIVE_TIME,
	                       .generated = true },
	[FIRST_ROUND_TRIP] = { "tcp.analysis.initial_rtt", "iRTT", RELATIVE_TIME, .generated = true },
	[IN_FLIGHT]        = { "tcp.analysis.bytes_in_flight", "Bytes in flight", UINT32, .generated = true },
	[SINCE_PUSH]       = { "tcp.analysis.push_bytes_sent", "Bytes sent since last PSH flag", UINT32,
	                       .generated = true },
	[FLAGS]            = { "tcp.analysis.flags", "TCP Analysis Flags", SUBTREE, .generated = true },
	[DUPLICATE_ACK]    = { "tcp.analysis.duplicate_ack", "This is a TCP duplicate ack", SUBTREE, .generated = true },
	[DUPLICATE_COUNT]  = { "tcp.analysis.duplicate_ack_num", "Duplicate ACK #", UINT32, .generated = true },
	[DUPLICATE_FRAME]  = { "tcp.analysis.duplicate_ack_frame", "Duplicate to the ACK in frame", FRAME_NUMBER,
	                       .generated = true },
	[TIMEOUT]          = { "tcp.analysis.rto", "The RTO for this segment was", RELATIVE_TIME, .generated = true },
	[TIMEOUT_FRAME]    = { "tcp.analysis.rto_frame", "RTO based on delta from frame", FRAME_NUMBER,
	                       .generated = true },
	[NOTE_DUPLICATE_ACK] = SEQUENCE_NOTE(NOTE, "duplicate_ack", "Duplicate ACK"),
	[NOTE_REUSED_PORTS] = SEQUENCE_NOTE(NOTE, "reused_ports",
	                                    "A new tcp session is started with the same ports as an earlier "
	                                    "session in this trace"),
	[NOTE_FAST_RETRANSMISSION] = SEQUENCE_NOTE(NOTE, "fast_retransmission",
	                                           "This frame is a (suspected) fast retransmission"),
	[NOTE_SPURIOUS]    = SEQUENCE_NOTE(NOTE, "spurious_retransmission",
	                                   "This frame is a (suspected) spurious retransmission"),
	[NOTE_OUT_OF_ORDER] = SEQUENCE_NOTE(WARNING, "out_of_order", "This frame is a (suspected) out-of-order segment"),
	[NOTE_RETRANSMISSION] = SEQUENCE_NOTE(NOTE, "retransmission", "This frame is a (suspected) retransmission"),
	[NOTE_PREVIOUS_LOST] = SEQUENCE_NOTE(WARNING, "lost_segment",
	                                     "Previous segment(s) not captured (common at capture start)"),
	[NOTE_ACKED_LOST]  = SEQUENCE_NOTE(WARNING, "ack_lost_segment",
	                                   "ACKed segment that wasn't captured (common at capture start)"),
	[NOTE_WINDOW_UPDATE] = SEQUENCE_NOTE(CHAT, "window_update", "TCP window update"),
	[NOTE_WINDOW_FULL] = SEQUENCE_NOTE(WARNING, "window_full",
	                                   "TCP window specified by the receiver is now completely full"),
	[NOTE_KEEP_ALIVE]  = SEQUENCE_NOTE(NOTE, "keep_alive", "TCP keep-alive segment"),
	[NOTE_KEEP_ALIVE_ACK] = SEQUENCE_NOTE(NOTE, "keep_alive_ack", "ACK to a TCP keep-alive segment"),
	[NOTE_ZERO_WINDOW_PROBE] = SEQUENCE_NOTE(NOTE, "zero_window_probe", "TCP Zero Window Probe"),
	[NOTE_ZERO_WINDOW] = SEQUENCE_NOTE(WARNING, "zero_window", "TCP Zero Window segment"),
	[NOTE_ZERO_WINDOW_PROBE_ACK] = SEQUENCE_NOTE(NOTE, "zero_window_probe_ack", "ACK to a TCP Zero Window Probe"),
};

/* Notes in the order in which they are shown; the packet list has the last one first. */
static const struct {
	uint16_t mark, note;
	const char *tag; /* in the packet list */
} notes[] = {
	{ MARK_REUSED_PORTS, NOTE_REUSED_PORTS, "TCP Port numbers reused" },
	{ MARK_FAST_RETRANSMISSION, NOTE_FAST_RETRANSMISSION, "TCP Fast Retransmission" },
	{ MARK_SPURIOUS, NOTE_SPURIOUS, "TCP Spurious Retransmission" },
	{ MARK_OUT_OF_ORDER, NOTE_OUT_OF_ORDER, "TCP Out-Of-Order" },
	{ MARK_RETRANSMISSION, NOTE_RETRANSMISSION, "TCP Retransmission" },
	{ MARK_PREVIOUS_LOST, NOTE_PREVIOUS_LOST, "TCP Previous segment not captured" },
	{ MARK_ACKED_LOST, NOTE_ACKED_LOST, "TCP ACKed unseen segment" },
	{ MARK_WINDOW_UPDATE, NOTE_WINDOW_UPDATE, "TCP Window Update" },
	{ MARK_WINDOW_FULL, NOTE_WINDOW_FULL, "TCP Window Full" },
	{ MARK_KEEP_ALIVE, NOTE_KEEP_ALIVE, "TCP Keep-Alive" },
	{ MARK_KEEP_ALIVE_ACK, NOTE_KEEP_ALIVE_ACK, "TCP Keep-Alive ACK" },
	{ MARK_DUPLICATE_ACK, NOTE_DUPLICATE_ACK, "TCP Dup ACK" },
	{ MARK_ZERO_WINDOW_PROBE, NOTE_ZERO_WINDOW_PROBE, "TCP ZeroWindowProbe" },
	{ MARK_ZERO_WINDOW, NOTE_ZERO_WINDOW, "TCP ZeroWindow" },
	{ MARK_ZERO_WINDOW_PROBE_ACK, NOTE_ZERO_WINDOW_PROBE_ACK, "TCP ZeroWindowProbeAck" },
};

static void show_timeout(struct dissection *d, const struct wire *w, const struct tcp_repeat_fact *repeat)
{
	if (!repeat || !repeat->timeout_frame)
		return;
	add_time(d, w, &fields[TIMEOUT], timestamp_of(repeat->timeout));
	add_number(d, w, &fields[TIMEOUT_FRAME], repeat->timeout_frame);
}

/* Its numbers stand beside the other flags, not among them. */
static void show_duplicate_ack(struct dissection *d, const struct wire *w, const struct tcp_repeat_fact *repeat,
                               node_ref flags)
{
	add_number(d, w, &fields[DUPLICATE_ACK], 0);
	close_subtree(d, flags, NULL);
	add_number(d, w, &fields[DUPLICATE_COUNT], repeat->duplicates);
	add_number(d, w, &fields[DUPLICATE_FRAME], repeat->duplicate_frame);
	note_text_on(d, d->last, &fields[NOTE_DUPLICATE_ACK], "Duplicate ACK (#%u)", repeat->duplicates);
}

/* The packet list tells the best reason for octets that come again, where there are several. */
static bool is_listed(uint32_t marks, uint32_t mark)
{
	enum { REASONS = MARK_FAST_RETRANSMISSION | MARK_SPURIOUS | MARK_OUT_OF_ORDER };

	return mark != MARK_RETRANSMISSION || !(marks & REASONS);
}

static void show_marks(struct dissection *d, const struct wire *w, uint32_t marks)
{
	const struct tcp_repeat_fact *repeat = find_fact(d, FACT_TCP_REPEAT);
	node_ref flags = open_heading(d, w, &fields[FLAGS]);

	for (unsigned i = 0; i < sizeof notes / sizeof *notes; i++) {
		if (!(marks & notes[i].mark))
			continue;
		if (notes[i].mark == MARK_DUPLICATE_ACK && repeat) {
			prepend_info(d, w, "[TCP Dup ACK %u#%u] ", repeat->duplicate_frame, repeat->duplicates);
			show_duplicate_ack(d, w, repeat, flags);
			return;
		}
		if (is_listed(marks, notes[i].mark))
			prepend_info(d, w, "[%s] ", notes[i].tag);
		add_note(d, w, &fields[notes[i].note]);
		if (notes[i].mark == MARK_RETRANSMISSION)
			show_timeout(d, w, repeat);
	}
	close_subtree(d, flags, NULL);
}

void show_tcp_findings(struct dissection *d, const struct wire *w, const struct tcp_fact *fact, uint32_t marks)
{
	if (!(marks || fact->acked_frame || fact->in_flight || fact->since_push))
		return;
	node_ref top = open_heading(d, w, &fields[ANALYSIS]);
	if (fact->acked_frame) {
		add_number(d, w, &fields[ACKED_FRAME], fact->acked_frame);
		if (fact->round_trip)
			add_time(d, w, &fields[ROUND_TRIP], timestamp_of(fact->round_trip));
	}
	if (fact->stream->first_round_trip)
		add_time(d, w, &fields[FIRST_ROUND_TRIP], timestamp_of(fact->stream->first_round_trip));
	if (fact->in_flight)
		add_number(d, w, &fields[IN_FLIGHT], fact->in_flight);
	if (fact->since_push)
		add_number(d, w, &fields[SINCE_PUSH], fact->since_push);
	if (marks & ~(uint32_t)MARK_NOTHING)
		show_marks(d, w, marks);
	close_subtree(d, top, NULL);
}

/* For those who look for fields: nothing is dissected by it. */
const struct protocol protocol_tcp_findings = {
	.name = "TCP analysis", .short_name = "TCP analysis", .filter = "tcp", .is_lower = true, .fields = fields, .field_count = N_FIELDS,
};
