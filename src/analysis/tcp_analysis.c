/* tcp_analysis.c: sequence and acknowledgment numbers held against those that went before. */

#include "dissect/tcp_analysis.h"

#include <stdlib.h>

#include "dissect/timestamp.h"

enum {
	FAST_RETRANSMISSION_WITHIN = 20 * 1000 * 1000, /* nanoseconds after the ACK that asks for it */
	SENT_LIMIT = 10000, /* segments of a flow that await acknowledgment */
	OUT_OF_ORDER_WITHIN = 3 * 1000 * 1000,         /* where the round trip is not known */
};

/* RFC 9293, section 3.4: numbers are compared modulo 2^32. */
static bool before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

static bool is_control(const struct tcp_segment *s)
{
	return s->flags & (TCP_SYN | TCP_FIN | TCP_RST);
}

/* ---- what awaits acknowledgment ---- */

void tcp_memory_free(struct tcp_memory *memory)
{
	free(memory->sent);
	arena_free(&memory->tracks);
}

/* The least and the greatest number among what awaits acknowledgment. */
static void widen(struct tcp_track *track, const struct tcp_sent *sent, uint32_t base)
{
	if (sent->seq - base < track->first)
		track->first = sent->seq - base;
	if (sent->end - base > track->last)
		track->last = sent->end - base;
}

static void remember(struct tcp_memory *memory, struct tcp_track *track, struct tcp_sent sent, uint32_t base)
{
	uint32_t place = memory->unused;

	if (place) {
		memory->unused = memory->sent[place].newer;
	} else {
		if (memory->count + 1 >= memory->capacity) {
			memory->capacity = memory->capacity ? memory->capacity * 2 : 256;
			memory->sent = must_realloc(memory->sent, memory->capacity * sizeof *memory->sent);
		}
		place = ++memory->count;
	}
	memory->sent[place] = sent;
	if (track->oldest) {
		track->is_disordered |= before(sent.seq, memory->sent[track->newest].end);
		memory->sent[track->newest].newer = place;
		widen(track, &sent, base);
	} else {
		track->is_disordered = false;
		track->oldest = place;
		track->first = sent.seq - base;
		track->last = sent.end - base;
	}
	track->newest = place;
	track->sent_count++;
}

static void forget(struct tcp_memory *memory, struct tcp_track *track, uint32_t older, uint32_t place)
{
	uint32_t newer = memory->sent[place].newer;

	if (older)
		memory->sent[older].newer = newer;
	else
		track->oldest = newer;
	if (!newer)
		track->newest = older;
	memory->sent[place].newer = memory->unused;
	memory->unused = place;
	track->sent_count--;
}

/* Forgets what an ACK covers; finds what it was sent for. */
static void take_ack(struct tcp_memory *memory, struct tcp_track *sender, uint32_t ack, uint32_t base, int64_t time,
                     struct tcp_finding *found)
{
	if (!sender->oldest)
		return;
	sender->first = UINT32_MAX;
	if (sender->is_disordered)
		sender->last = 0;
	for (uint32_t older = 0, place = sender->oldest, newer; place; place = newer) {
		struct tcp_sent *sent = &memory->sent[place];
		newer = sent->newer;
		if (!before(ack, sent->end)) {
			if (ack == sent->end && !found->acked_frame) {
				found->acked_frame = sent->frame;
				found->round_trip = nanoseconds_between(time, sent->time);
			}
			forget(memory, sender, older, place);
			continue;
		}
		if (before(sent->seq, ack))
			sent->seq = ack;
		widen(sender, sent, base);
		if (!sender->is_disordered)
			break;
		older = place;
	}
}

/* ---- segments that carry nothing: acknowledgments and windows ---- */

/* Says again what its sender said last: nothing new is sent, acknowledged or offered. */
static bool is_repeated_ack(const struct tcp_track *track, const struct tcp_segment *s)
{
	return s->length == 0 && !is_control(s) && track->has_next && s->seq == track->next && track->has_ack &&
	       s->ack == track->ack;
}

static uint32_t marks_of_probe(const struct tcp_track *track, const struct tcp_track *other, const struct tcp_segment *s)
{
	if (s->length == 1 && track->has_next && s->seq == track->next && other->has_window && other->window == 0)
		return MARK_ZERO_WINDOW_PROBE;
	if (s->length <= 1 && !is_control(s) && track->has_next && s->seq == track->next - 1)
		return MARK_KEEP_ALIVE;
	return 0;
}

static uint32_t marks_of_ack(const struct tcp_track *track, const struct tcp_track *other, const struct tcp_segment *s)
{
	if (!is_repeated_ack(track, s))
		return 0;
	if (s->window && s->window != track->window)
		return MARK_WINDOW_UPDATE;
	if (s->window == 0)
		return track->window == 0 && other->last_marks & MARK_ZERO_WINDOW_PROBE ? MARK_ZERO_WINDOW_PROBE_ACK : 0;
	return other->last_marks & MARK_KEEP_ALIVE ? MARK_KEEP_ALIVE_ACK : MARK_DUPLICATE_ACK;
}

/* ---- acknowledgments of what was not seen ---- */

/* The end of what was seen of a flow without a hole. What stood behind a hole counts once the hole is filled. */
static void follow_contiguous(struct tcp_track *track, const struct tcp_segment *s, uint32_t marks)
{
	if (marks & MARK_PREVIOUS_LOST)
		return;
	if (!track->has_highest || s->seq == track->highest)
		track->highest = track->next;
	track->has_highest = true;
}

/*
 * Said once for each hole. Of what no segment was seen beyond it is said once, too, until the sender acknowledges something
 * new; not at all when the sender waits itself: when it repeats its acknowledgments.
 */
static uint32_t marks_of_overtaking(struct tcp_track *sender, uint32_t ack)
{
	if (!sender->has_highest || !before(sender->highest, ack))
		return 0;
	if (sender->highest != sender->next) {
		sender->highest = sender->next;
		return MARK_ACKED_LOST;
	}
	const bool is_known = sender->is_overtaken || sender->duplicates;
	sender->is_overtaken = true;
	sender->duplicates = 0;
	return is_known ? MARK_NOTHING : MARK_ACKED_LOST;
}

/* ---- segments that carry something ---- */

enum { MARKS_OF_REPEAT = MARK_FAST_RETRANSMISSION | MARK_SPURIOUS | MARK_OUT_OF_ORDER | MARK_RETRANSMISSION };

/* The window of RFC 9293, section 3.3.1: SND.UNA + SND.WND. That of a SYN is not scaled, RFC 7323, section 2.2. */
static bool fills_window(const struct tcp_track *other, const struct tcp_segment *s, int8_t scale)
{
	return s->length && !is_control(s) && other->has_ack && scale != SCALE_UNKNOWN &&
	       s->seq + s->length == other->ack + ((uint32_t)other->window << (scale > 0 && !other->is_start ? scale : 0));
}

/*
 * A segment that carries what was sent before: why? One that starts at the octet before what is expected next follows a probe of
 * that octet, which the receiver may have dropped.
 */
static uint32_t marks_of_repeat(const struct tcp_track *track, const struct tcp_track *other, const struct tcp_segment *s,
                                uint32_t end, int64_t time, int64_t first_round_trip)
{
	const int64_t threshold = first_round_trip ? first_round_trip : OUT_OF_ORDER_WITHIN;

	if (s->length && other->has_ack && !before(other->ack, end))
		return MARK_SPURIOUS | MARK_RETRANSMISSION;
	if (!track->has_next || !before(s->seq, track->next) || (s->length > 1 && s->seq == track->next - 1))
		return 0;
	if ((other->duplicates >= 2 || other->is_overtaken) && other->ack == s->seq &&
	    (uint64_t)nanoseconds_between(time, other->ack_time) < FAST_RETRANSMISSION_WITHIN)
		return MARK_FAST_RETRANSMISSION | MARK_RETRANSMISSION;
	if (track->next != end && (uint64_t)nanoseconds_between(time, track->next_time) < (uint64_t)threshold)
		return MARK_OUT_OF_ORDER;
	return MARK_RETRANSMISSION;
}

/* RFC 6298: the timer runs for what has awaited its acknowledgment longest. */
static void find_timeout(const struct tcp_memory *memory, const struct tcp_track *track, int64_t time,
                         struct tcp_finding *found)
{
	const struct tcp_sent *oldest = track->oldest ? &memory->sent[track->oldest] : NULL;

	found->timeout = nanoseconds_between(time, oldest ? oldest->time : track->next_time);
	if (found->timeout)
		found->timeout_frame = oldest ? oldest->frame : track->next_frame;
}

/* ---- a segment ---- */

static uint32_t judge(const struct tcp_track *track, const struct tcp_track *other, const struct tcp_segment *s,
                      uint32_t end, const struct tcp_context *context, int64_t first_round_trip)
{
	uint32_t marks = marks_of_probe(track, other, s);

	if (!marks)
		marks = marks_of_ack(track, other, s);
	if (!(marks & MARK_ZERO_WINDOW_PROBE)) {
		if (s->window == 0 && !is_control(s))
			marks |= MARK_ZERO_WINDOW;
		if (fills_window(other, s, context->scales[!s->direction]))
			marks |= MARK_WINDOW_FULL;
	}
	if (track->has_next && before(track->next, s->seq) && !(s->flags & TCP_RST))
		marks |= MARK_PREVIOUS_LOST;
	if (end != s->seq && !(marks & MARK_KEEP_ALIVE))
		marks |= marks_of_repeat(track, other, s, end, context->time, first_round_trip);
	return marks;
}

/* What its sender acknowledges with it, and how often it has said so. */
static void follow_ack(struct tcp_track *track, const struct tcp_segment *s, const struct tcp_context *context,
                       struct tcp_finding *found)
{
	if (found->marks & MARK_DUPLICATE_ACK) {
		found->duplicates = ++track->duplicates;
		found->duplicate_frame = track->ack_frame;
	} else if (!track->has_ack || s->ack != track->ack) {
		track->duplicates = 0;
		track->ack_frame = context->frame;
		track->is_overtaken = false;
	}
	if (s->flags & TCP_ACK)
		track->sacked = context->sacked;
	track->has_ack = s->flags & TCP_ACK || s->ack;
	track->ack = s->ack;
	track->ack_time = context->time;
	track->window = s->window;
	track->is_start = (s->flags & TCP_SYN) != 0;
	track->has_window = true;
}

/* How far its sender has come with it. A reset may say 0 for want of a number: that is none. */
static void follow_sent(struct tcp_memory *memory, struct tcp_track *track, const struct tcp_segment *s, uint32_t end,
                        const struct tcp_context *context, uint32_t marks)
{
	const bool is_kept = end == s->seq || track->sent_count < SENT_LIMIT;

	if (end != s->seq && is_kept)
		remember(memory, track, (struct tcp_sent){ s->seq, end, context->frame, 0, context->time },
		         context->bases[s->direction]);
	if ((!track->has_next || before(track->next, end)) && !(marks & MARK_ZERO_WINDOW_PROBE)) {
		track->has_next = end != 0;
		track->next = end;
		track->next_frame = context->frame;
		track->next_time = context->time;
	}
	if (is_kept)
		follow_contiguous(track, s, marks);
	track->has_gap |= (marks & MARK_PREVIOUS_LOST) != 0;
}

/*
 * Octets on their way: from the first to the last that awaits acknowledgment (SYN and FIN are none), less what was
 * acknowledged selectively. Not known behind a hole, until the receiver says what it has.
 */
static void count_in_flight(struct tcp_track *track, const struct tcp_track *other, const struct tcp_segment *s,
                            struct tcp_finding *found)
{
	if (!s->length || track->has_gap || !track->oldest)
		return;
	track->since_push = (track->is_pushed ? 0 : track->since_push) + s->length;
	track->is_pushed = (s->flags & TCP_PSH) != 0;
	uint32_t in_flight = track->last - track->first - !!(s->flags & (TCP_SYN | TCP_FIN)) - other->sacked;
	if ((int32_t)in_flight > 0) {
		found->in_flight = in_flight;
		found->since_push = track->since_push;
	} else {
		found->marks |= MARK_NOTHING;
	}
}

/* The round trip from the SYN to the ACK that ends the handshake. */
static void follow_handshake(struct tcp_tracks *tracks, const struct tcp_segment *s, int64_t time)
{
	if ((s->flags & (TCP_SYN | TCP_ACK)) == TCP_SYN) {
		tracks->syn_time = time;
		tracks->has_syn = time != 0;
	} else if ((s->flags & (TCP_SYN | TCP_ACK)) == TCP_ACK && tracks->has_syn && !tracks->first_round_trip) {
		tracks->first_round_trip = nanoseconds_between(time, tracks->syn_time);
	}
}

static struct tcp_track *track_of(struct tcp_tracks *tracks, struct tcp_memory *memory, unsigned direction)
{
	if (!tracks->flows[direction])
		tracks->flows[direction] = arena_zero(&memory->tracks, sizeof(struct tcp_track));
	return tracks->flows[direction];
}

struct tcp_finding tcp_analyse(struct tcp_tracks *tracks, struct tcp_memory *memory, const struct tcp_segment *s,
                               const struct tcp_context *context)
{
	struct tcp_track nothing = { 0 };
	struct tcp_track *track = track_of(tracks, memory, s->direction);
	struct tcp_track *other = s->flags & TCP_ACK ? track_of(tracks, memory, !s->direction) :
	                          tracks->flows[!s->direction] ? tracks->flows[!s->direction] : &nothing;
	const uint32_t end = s->seq + s->length + !!(s->flags & (TCP_SYN | TCP_FIN));
	struct tcp_finding found = { .marks = judge(track, other, s, end, context, tracks->first_round_trip) };

	if (s->flags & TCP_ACK)
		found.marks |= marks_of_overtaking(other, s->ack);
	if ((found.marks & MARKS_OF_REPEAT) == MARK_RETRANSMISSION)
		find_timeout(memory, track, context->time, &found);
	follow_sent(memory, track, s, end, context, found.marks);
	follow_ack(track, s, context, &found);
	take_ack(memory, other, s->ack, context->bases[!s->direction], context->time, &found);
	if (s->flags & TCP_ACK)
		other->has_gap = false;
	count_in_flight(track, other, s, &found);
	follow_handshake(tracks, s, context->time);
	track->last_marks = (uint16_t)found.marks;
	return found;
}
