/*
 * tcp_stream.c: the streams that TCP segments belong to, and what pass 1 learns of a segment from those before it.
 *
 * RFC 9293; windows are scaled as RFC 7323 says.
 */

#include "dissect/tcp.h"

#include <stdlib.h>

#include "dissect/mptcp.h"
#include "dissect/session.h"
#include "dissect/tcp_reassembly.h"

enum { STREAM_CHUNK = 256 };

/* What only pass 1 needs of a stream. */
struct tcp_progress {
	struct tcp_tracks tracks;
	int64_t last_time; /* nanoseconds */
};

static struct tcp_stream *stream_at(const struct tcp_state *state, uint32_t number)
{
	return &state->streams[number / STREAM_CHUNK][number % STREAM_CHUNK];
}

struct tcp_stream *tcp_stream_of(struct dissection *d)
{
	unsigned layer = d->layer_count;

	while (layer && d->layers[layer - 1] != &protocol_tcp)
		layer--;
	const struct tcp_fact *fact =
		layer ? facts_find(&d->session->facts, &d->facts_from, d->frame->number, layer - 1, FACT_TCP) : NULL;
	return fact ? fact->stream : NULL;
}

static struct tcp_progress *progress_at(const struct tcp_state *state, uint32_t number)
{
	return &state->progress[number / STREAM_CHUNK][number % STREAM_CHUNK];
}

static void add_chunk(struct tcp_state *state)
{
	uint32_t chunk = state->count / STREAM_CHUNK;

	if ((chunk & (chunk - 1)) == 0) {
		size_t n = chunk ? chunk * 2 : 1;
		state->streams = must_realloc(state->streams, n * sizeof *state->streams);
		state->progress = must_realloc(state->progress, n * sizeof *state->progress);
	}
	state->streams[chunk] = must_zero(STREAM_CHUNK, sizeof **state->streams);
	state->progress[chunk] = must_zero(STREAM_CHUNK, sizeof **state->progress);
	state->count += STREAM_CHUNK;
}

static struct tcp_stream *new_stream(struct tcp_state *state, uint32_t number, const struct frame *frame)
{
	while (number >= state->count)
		add_chunk(state);
	struct tcp_stream *stream = stream_at(state, number);
	stream->number = number;
	stream->first_frame = frame->number;
	stream->first_time = progress_at(state, number)->last_time = timestamp_nanoseconds(frame->time);
	stream->flows[0].scale = stream->flows[1].scale = SCALE_UNKNOWN;
	stream->closer = -1;
	return stream;
}

void tcp_state_end(void *memory)
{
	struct tcp_state *state = memory;

	for (uint32_t i = 0; i < state->count; i++) {
		free(stream_at(state, i)->flows[0].older);
		free(stream_at(state, i)->flows[1].older);
		tcp_pdus_free(stream_at(state, i)->flows[0].pdus);
		tcp_pdus_free(stream_at(state, i)->flows[1].pdus);
	}
	for (uint32_t i = 0; i < state->count / STREAM_CHUNK; i++) {
		free(state->streams[i]);
		free(state->progress[i]);
	}
	free(state->streams);
	free(state->progress);
	tcp_memory_free(&state->memory);
}

/*
 * The stream of a segment, whether the segment is the first of that, and of any between its
 * endpoints. A SYN that does not start where the stream did opens another one on the same ports.
 * One that was announced is taken as begun already.
 */
static struct tcp_stream *find_stream(struct dissection *d, struct tcp_state *state, const struct tcp_segment *s,
                                      bool *is_new, bool *is_first)
{
	struct conversations *all = &d->session->conversations;
	struct conversation *c = conversation_find(all, 6, &d->source, s->source_port, &d->destination,
	                                           s->destination_port, is_first);

	*is_new = *is_first;
	if (!*is_new && (s->flags & (TCP_SYN | TCP_ACK)) == TCP_SYN && s->has_length) {
		const struct tcp_flow *flow = &stream_at(state, c->stream)->flows[s->direction];
		*is_new = flow->has_base && flow->base != s->seq;
		if (*is_new)
			conversation_renew(all, c, d->frame);
	}
	d->conversation = c->id;
	d->has_conversation = true;
	struct tcp_stream *stream = *is_new ? new_stream(state, c->stream, d->frame) : stream_at(state, c->stream);
	stream->conversation = c->id;
	if (*is_first)
		stream->announced = conversation_take_announced(all, 6, &d->source, s->source_port, &d->destination,
		                                                s->destination_port);
	return stream;
}

/* A SYN-ACK says where its direction starts, whatever was taken for it before. */
static void set_base(struct tcp_flow *flow, uint32_t seq, uint32_t frame)
{
	if (flow->base_frame && flow->base != seq) {
		if ((flow->older_count & (flow->older_count - 1)) == 0)
			flow->older = must_realloc(flow->older, (flow->older_count ? flow->older_count * 2u : 1u) *
			                                                sizeof *flow->older);
		flow->older[flow->older_count++] = (struct tcp_base){ flow->base_frame, flow->base };
	}
	if (!flow->base_frame || flow->base != seq)
		flow->base_frame = frame;
	flow->base = seq;
	flow->has_base = true;
}

/* Whether a SYN-ACK took back what its flow counted from. */
static bool follow_bases(struct tcp_stream *stream, const struct tcp_segment *s, uint32_t frame)
{
	struct tcp_flow *flow = &stream->flows[s->direction], *other = &stream->flows[!s->direction];
	bool is_reused = false;

	if ((s->flags & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK)) {
		is_reused = flow->has_base && flow->base != s->seq;
		set_base(flow, s->seq, frame);
	} else if (!flow->has_base) {
		flow->base = s->flags & TCP_SYN ? s->seq : s->seq - 1;
		flow->has_base = true;
	}
	if (s->flags & TCP_ACK && !other->has_base) {
		other->base = s->ack - 1;
		other->has_base = true;
	}
	return is_reused;
}

/* RFC 7323, section 1.3: windows are scaled when both SYNs say so. One not seen may have said so. */
static void follow_options(struct tcp_stream *stream, const struct tcp_segment *s, struct tcp_option_values options)
{
	struct tcp_flow *flow = &stream->flows[s->direction], *other = &stream->flows[!s->direction];

	if (options.scale != SCALE_UNKNOWN)
		flow->scale = options.scale;
	if (!(s->flags & TCP_SYN))
		return;
	if (flow->scale == SCALE_UNKNOWN || (s->flags & TCP_ACK && other->scale == SCALE_UNUSED))
		flow->scale = other->scale = SCALE_UNUSED;
	if (options.fast_open && s->length)
		flow->fast_open = true;
}

/* draft-ietf-tcpm-accurate-ecn, section 3.1: a SYN asks for it, a SYN-ACK's bits grant it or not. */
static void follow_accurate_ecn(struct tcp_stream *stream, const struct tcp_segment *s,
                                struct tcp_option_values options)
{
	const uint16_t bits = s->flags & (TCP_AE | TCP_CWR | TCP_ECE);

	stream->has_accurate_ecn |= options.accurate_ecn;
	if (!(s->flags & TCP_SYN))
		return;
	if (!(s->flags & TCP_ACK))
		stream->asks_accurate_ecn |= bits == (TCP_AE | TCP_CWR | TCP_ECE);
	else if (stream->asks_accurate_ecn)
		stream->has_accurate_ecn |= bits == TCP_CWR || bits == (TCP_CWR | TCP_ECE) || bits == TCP_AE ||
		                            bits == (TCP_AE | TCP_CWR);
}

static void follow_completeness(struct tcp_stream *stream, const struct tcp_segment *s, bool is_new,
                                bool is_first)
{
	uint8_t seen = 0;

	if (s->flags & TCP_ACK) {
		seen = s->flags & TCP_SYN ? COMPLETE_SYN_ACK : s->length ? COMPLETE_DATA : COMPLETE_ACK;
		if (s->flags & TCP_FIN)
			seen |= COMPLETE_FIN;
	}
	if (s->flags & TCP_RST)
		seen |= COMPLETE_RST;
	if (is_new && (s->flags & (TCP_SYN | TCP_ACK)) == TCP_SYN)
		stream->completeness = COMPLETE_SYN | (s->length ? COMPLETE_DATA : 0);
	if (is_first)
		stream->late_completeness = seen;
	else
		stream->completeness |= seen;
}

static struct tcp_option_values read_options(const struct wire *w, const struct tcp_segment *s)
{
	const uint32_t before = 4, length = s->header_length - TCP_HEADER, there = wire_captured(w) - before;

	if (s->header_length <= TCP_HEADER || wire_captured(w) <= before)
		return (struct tcp_option_values){ .scale = SCALE_UNKNOWN };
	return tcp_read_options(wire_here(w) + before, length, length < there ? length : there);
}

static void write_facts(struct dissection *d, struct tcp_stream *stream, int64_t since_previous,
                        const struct tcp_finding *found)
{
	struct tcp_fact *fact = add_fact(d, FACT_TCP, sizeof *fact, NULL);

	if (fact)
		*fact = (struct tcp_fact){ stream, since_previous, found->round_trip, found->marks, found->acked_frame,
		                           found->in_flight, found->since_push };
	if (!found->timeout_frame && !found->duplicates)
		return;
	struct tcp_repeat_fact *repeat = add_fact(d, FACT_TCP_REPEAT, sizeof *repeat, NULL);
	if (repeat)
		*repeat = (struct tcp_repeat_fact){ found->timeout, found->timeout_frame, found->duplicates,
		                                    found->duplicate_frame };
}

static struct tcp_finding analyse(struct tcp_state *state, struct tcp_stream *stream, const struct tcp_segment *s,
                                  const struct tcp_option_values *options, uint32_t frame, int64_t time)
{
	struct tcp_progress *progress = progress_at(state, stream->number);
	const struct tcp_context context = {
		.time = time,
		.frame = frame,
		.bases = { stream->flows[0].base, stream->flows[1].base },
		.sacked = options->sacked,
		.scales = { stream->flows[0].scale, stream->flows[1].scale },
	};
	struct tcp_finding found = tcp_analyse(&progress->tracks, &state->memory, s, &context);

	stream->first_round_trip = progress->tracks.first_round_trip;
	return found;
}

void tcp_follow(struct dissection *d, const struct wire *w, const struct tcp_segment *s)
{
	bool is_new, is_first;
	struct tcp_state *state = protocol_state(d, &protocol_tcp);
	struct tcp_stream *stream = find_stream(d, state, s, &is_new, &is_first);
	const bool is_announced = is_first && stream->announced.protocol;
	struct tcp_progress *progress = progress_at(state, stream->number);
	const int64_t time = timestamp_nanoseconds(d->frame->time), since_previous = nanoseconds_between(time, progress->last_time);
	struct tcp_finding found = { 0 };

	progress->last_time = time;
	bool is_reused = is_new && !is_first;
	if (s->has_length)
		is_reused |= follow_bases(stream, s, d->frame->number);
	follow_completeness(stream, s, is_new && !is_announced, is_first && !is_announced);
	if (s->flags & TCP_FIN && stream->closer < 0)
		stream->closer = (int8_t)s->direction;
	if (s->header_length >= TCP_HEADER) {
		struct tcp_option_values options = read_options(w, s);
		follow_options(stream, s, options);
		follow_accurate_ecn(stream, s, options);
		if (options.multipath)
			mptcp_follow(d, stream->number, s->direction, options.multipath, options.multipath_length,
			             options.multipath_captured);
		if (s->has_length)
			found = analyse(state, stream, s, &options, d->frame->number, time);
	}
	if (is_reused)
		found.marks |= MARK_REUSED_PORTS;
	write_facts(d, stream, since_previous, &found);
}

/* The base of a flow's sequence numbers as this frame knows it. */
uint32_t tcp_base_at(const struct tcp_flow *flow, uint32_t frame)
{
	if (!flow->older_count || frame >= flow->base_frame || frame < flow->older[0].frame)
		return flow->base;
	uint32_t low = 0, high = flow->older_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (flow->older[middle].frame <= frame)
			low = middle;
		else
			high = middle;
	}
	return flow->older[low].seq;
}

/*
 * The first SYN-ACK is held against what its flow counts from in the end, as in any pass after the first: it is the odd one, too.
 */
uint32_t tcp_marks_at(const struct tcp_fact *fact, const struct tcp_segment *s, uint32_t frame)
{
	const struct tcp_flow *flow = &fact->stream->flows[s->direction];
	const bool is_first = flow->older_count && flow->older[0].frame == frame;

	return fact->marks | (is_first && flow->base != s->seq ? MARK_REUSED_PORTS : 0);
}
