/*
 * tcp_reassembly.c: PDUs that segments of TCP (RFC 9293) do not end with, put together.
 *
 * Pass 1 decides which octets of a segment belong to which PDU, and writes that down; pass 2 shows it. What an earlier segment had
 * is not given to the protocols above again, nor is what came before its time: their PDUs would be read twice, or
 * without those before them.
 */

#include "dissect/assembly_tree.h"
#include "dissect/tcp_reassembly.h"

#include <stdlib.h>

#include "dissect/framings.h"
#include "dissect/session.h"

enum {
	PAYLOAD, SEGMENT_DATA, REPEATED_DATA, PDU_SIZE, REASSEMBLED_IN, SEGMENTS, SEGMENT, OVERLAP, CONFLICT,
	COUNT, LENGTH, DATA, ERROR, NOTE_ERROR, N_FIELDS
};

#define OVERLAPS "New fragment overlaps old data (retransmission?)"

static const struct field fields[N_FIELDS] = {
	[PAYLOAD]        = { "tcp.payload", "TCP payload", OCTETS, COUNTED },
	[SEGMENT_DATA]   = { "tcp.segment_data", "TCP segment data", OCTETS, COUNTED },
	[REPEATED_DATA]  = { "tcp.segment_data", "Retransmitted TCP segment data", OCTETS, COUNTED },
	[PDU_SIZE]       = { "tcp.pdu.size", "PDU Size", UINT32, .generated = true },
	[REASSEMBLED_IN] = { "tcp.reassembled_in", "Reassembled PDU in frame", FRAME_NUMBER, .generated = true },
	[SEGMENTS]       = { "tcp.segments", "Reassembled TCP Segments", SUBTREE, .generated = true },
	[SEGMENT]        = { "tcp.segment", "Frame", FRAME_NUMBER, .generated = true },
	[OVERLAP]        = { "tcp.segment.overlap", "Segment overlap", BOOLEAN, .generated = true },
	[CONFLICT]       = { "tcp.segment.overlap.conflict", "Conflicting data in segment overlap", BOOLEAN,
	                     .generated = true },
	[COUNT]          = { "tcp.segment.count", "Segment count", UINT32, .generated = true },
	[LENGTH]         = { "tcp.reassembled.length", "Reassembled TCP length", UINT32, .generated = true },
	[DATA]           = { "tcp.reassembled.data", "Reassembled TCP Data", OCTETS, .generated = true },
	[ERROR]          = { "_ws.malformed", "[Reassembly error, protocol TCP: " OVERLAPS "]", PROTOCOL },
	[NOTE_ERROR]     = { "_ws.malformed.reassembly", OVERLAPS, NOTE, .severity = SEVERITY_ERROR,
	                     .group = GROUP_MALFORMED },
};

/* ---- what the protocols above ask for ---- */

bool tcp_ask(struct dissection *d, const struct wire *w, uint32_t more)
{
	struct tcp_offer *offer = d->offer;

	if (!offer || !offer->can_ask || offer->source != w->source || w->state != WIRE_GOOD || w->fragment)
		return false;
	if (more == (uint32_t)TCP_UNTIL_END && offer->ends)
		return false;
	offer->at = w->at;
	offer->more = more;
	return true;
}

bool tcp_ask_at_least(struct dissection *d, const struct wire *w, uint32_t more)
{
	if (!tcp_ask(d, w, more))
		return false;
	d->offer->whole_segments = true;
	return true;
}

void tcp_reach_end(struct dissection *d, node_ref top, const struct wire *w)
{
	if (d->offer && d->offer->end && d->offer->source == w->source)
		set_length(d, top, d->offer->end - w->at);
}

static void show_size(struct dissection *d, const struct wire *w, uint32_t length)
{
	if (!d->offer || !BUILDING(d, w))
		return;
	node_ref saved = reopen(d, d->offer->segment);
	add_node(d, w, &fields[PDU_SIZE], w->at, length, length);
	close_late(d, saved);
}

uint32_t tcp_pdu_length(const struct tcp_framing *framing, const struct wire *w)
{
	const struct tcp_length_field *field = &framing->field;
	const uint8_t *header = wire_here(w);
	uint64_t length = 0;

	if (framing->length)
		return framing->length(header);
	if (framing->measure)
		return framing->measure(w);
	for (unsigned i = 0; i < field->octets; i++)
		length = length << 8 | header[field->at + (field->little_endian ? field->octets - 1 - i : i)];
	return length + field->more < UINT32_MAX ? (uint32_t)(length + field->more) : UINT32_MAX;
}

/* A PDU is of the protocol that was named already; what it carries stays named. */
static void forget_name(struct dissection *d, unsigned at)
{
	if (at < d->trail_count)
		memmove(d->trail + at, d->trail + at + 1, (--d->trail_count - at) * sizeof *d->trail);
}

static void dissect_pdus(struct dissection *d, struct wire *w, const struct tcp_framing *framing)
{
	while (wire_more(w)) {
		const unsigned trail_count = d->trail_count;
		if (!tcp_has_header(d, w, framing->header) || !wire_need(w, framing->header))
			return;
		uint32_t length = tcp_pdu_length(framing, w);
		if (!length && tcp_ask(d, w, (uint32_t)TCP_ONE_SEGMENT))
			return;
		if (length < framing->header) {
			wire_fail(w, (uint64_t)UINT32_MAX + 1);
			return;
		}
		if (!tcp_has_pdu(d, w, length))
			return;
		if (!framing->is_unsized)
			show_size(d, w, length);
		struct wire pdu = wire_part(w, length);
		pdu.fragment |= length > wire_left(w);
		dissect_protocol(d, pdu, framing->protocol);
		forget_name(d, trail_count);
		if (length > wire_captured(w))
			return;
		wire_skip(w, length);
	}
}

void dissect_tcp_pdus(struct dissection *d, struct wire *w, const struct tcp_framing *framing)
{
	const uint32_t caught_at = d->caught_at;

	d->caught_at = w->at;
	dissect_pdus(d, w, framing);
	d->caught_at = caught_at;
}

/* The lower port first: it is more likely to be the service's. */
static void dissect_by_ports(struct dissection *d, struct wire w)
{
	uint16_t low = d->source_port, high = d->destination_port;

	if (low > high) {
		low = d->destination_port;
		high = d->source_port;
	}
	if (dissect_framed_stream(d, w) ||
	    dissect_by(d, w, BY_TCP_PORT, low) || dissect_framed(d, w, low) ||
	    dissect_by(d, w, BY_TCP_PORT, high) || dissect_framed(d, w, high) ||
	    dissect_heuristic(d, w, tcp_heuristics) || dissect_framed_heuristic(d, w))
		return;
	dissect_data(d, w);
}

/* Gives octets to the protocol above; what that asks for. */
static struct tcp_offer hand_up(struct dissection *d, struct wire w, struct tcp_offer offer)
{
	struct tcp_offer *outer = d->offer;

	offer.source = w.source;
	d->offer = &offer;
	dissect_by_ports(d, w);
	d->offer = outer;
	return offer;
}

/* ---- pass 1: which octets of a segment belong to which PDU ---- */

enum {
	PDUS_REMEMBERED = 64,     /* of one direction: what is sent again later than that is read again */
	FAR = 1 << 30,            /* octets: no PDU reaches further */
	OFFERED_LARGEST = 1 << 26, /* octets that may be offered in vain before a PDU is whole */
};

/* A PDU that several segments carry. */
struct tcp_pdu {
	uint32_t seq;      /* of its first octet */
	uint32_t next;     /* behind the last that it is known to have */
	uint32_t assembly;
	uint64_t offered;  /* octets that the protocol was given in vain */
	bool takes_all;    /* what it has not told its length yet */
	bool until_end;    /* it ends with the stream */
};

/* In the order of their sequence numbers. */
struct tcp_pdus {
	uint32_t count, capacity;
	struct tcp_pdu all[];
};

/* What a segment has to do with such PDUs. Octets between the two are whole PDUs. */
struct segment_fact {
	uint32_t ends;         /* number of the assembly that its first octets belong to, + 1; 0: none */
	uint32_t ends_length;  /* how many of them */
	uint32_t begins;       /* that which its last octets begin */
	uint32_t begins_at;    /* from where in the payload on */
	bool is_repeated;      /* all of it was there before; with `ends`: all behind that PDU */
	bool is_anew;          /* its first octets are the first of their PDU again, with more than were there before */
	bool is_late;          /* it belongs to a PDU that was whole before */
	bool until_end;        /* the PDU took all up to the FIN */
};

void tcp_pdus_free(struct tcp_pdus *pdus)
{
	free(pdus);
}

/* a before b: sequence numbers wrap, RFC 9293, section 3.4 */
static bool is_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

/* The PDU that has the octet, or that the octet goes on. */
static struct tcp_pdu *pdu_around(struct tcp_pdus *pdus, uint32_t seq)
{
	for (uint32_t i = pdus->count; i--;) {
		struct tcp_pdu *pdu = &pdus->all[i];
		if (!is_before(seq, pdu->seq))
			return pdu->until_end || is_before(seq, pdu->next) ? pdu : NULL;
	}
	return NULL;
}

static struct tcp_pdu *pdu_of(struct tcp_pdus *pdus, uint32_t assembly)
{
	for (uint32_t i = pdus->count; i--;)
		if (pdus->all[i].assembly == assembly)
			return &pdus->all[i];
	return NULL;
}

/* Makes room for a PDU that begins at seq; the oldest one may have to go for it. */
static struct tcp_pdu *add_pdu(struct reassembly *reassembly, struct tcp_flow *flow, uint32_t seq)
{
	struct tcp_pdus *pdus = flow->pdus;
	uint32_t capacity = pdus ? pdus->capacity : 0, i;

	if (!pdus || (pdus->count == capacity && capacity < PDUS_REMEMBERED)) {
		capacity = capacity ? capacity * 2 : 2;
		flow->pdus = pdus = must_realloc(pdus, sizeof *pdus + capacity * sizeof *pdus->all);
		pdus->count = capacity == 2 ? 0 : pdus->count;
		pdus->capacity = capacity;
	}
	if (pdus->count == capacity) {
		reassembly_release(reassembly, pdus->all[0].assembly);
		memmove(pdus->all, pdus->all + 1, --pdus->count * sizeof *pdus->all);
	}
	for (i = pdus->count++; i && is_before(seq, pdus->all[i - 1].seq); i--)
		pdus->all[i] = pdus->all[i - 1];
	pdus->all[i] = (struct tcp_pdu){ .seq = seq };
	return &pdus->all[i];
}

/* A segment on its way through pass 1. */
struct learning {
	struct dissection *d;
	struct tcp_flow *flow;
	const struct tcp_segment *segment;
	struct wire payload;
	uint32_t marks;
	struct segment_fact found;
};

/* How far a PDU reaches, when its octets so far end before `end` and the protocol asked for more. */
static void set_reach(struct tcp_pdu *pdu, uint32_t end, const struct tcp_offer *offer)
{
	const bool is_open = offer->more == (uint32_t)TCP_ONE_SEGMENT || offer->more == (uint32_t)TCP_UNTIL_END;

	pdu->takes_all = offer->more == (uint32_t)TCP_ONE_SEGMENT || offer->whole_segments;
	pdu->until_end = offer->more == (uint32_t)TCP_UNTIL_END;
	pdu->next = end + (is_open ? 1 : offer->more < FAR ? offer->more : FAR);
}

/* Adds n octets of the payload to a PDU. */
static enum piece_result add_octets_to(const struct learning *l, const struct tcp_pdu *pdu, uint32_t from, uint32_t n,
                                       bool last)
{
	struct dissection *d = l->d;
	const uint64_t capture_offset = d->sources[l->payload.source].capture_offset;
	struct piece piece = { .frame = d->frame->number, .length = n, .at = l->segment->seq + from - pdu->seq,
		               .from = capture_offset == UINT64_MAX ? UINT64_MAX : capture_offset + l->payload.at + from };

	return reassembly_add(&d->session->reassembly, d->session->capture, pdu->assembly, piece,
	                      wire_here(&l->payload) + from, last);
}

/*
 * The PDU that begins at seq. When it began there before and did not become whole, this takes its place: segments that were
 * meant for that are said to be for this.
 */
static struct tcp_pdu *new_pdu(struct learning *l, uint32_t seq)
{
	struct reassembly *reassembly = &l->d->session->reassembly;
	struct tcp_pdu *pdu = l->flow->pdus ? pdu_around(l->flow->pdus, seq) : NULL;

	if (pdu && pdu->seq == seq && !reassembly_at(reassembly, pdu->assembly)->frame) {
		reassembly_restart(reassembly, pdu->assembly);
	} else {
		pdu = add_pdu(reassembly, l->flow, seq);
		pdu->assembly = reassembly_new(reassembly);
	}
	return pdu;
}

/* A PDU begins at `from` in the payload and is not whole at its end. */
static void begin_pdu(struct learning *l, uint32_t from, const struct tcp_offer *offer)
{
	struct tcp_pdu *pdu = new_pdu(l, l->segment->seq + from);
	const uint32_t n = wire_captured(&l->payload);

	set_reach(pdu, l->segment->seq + n, offer);
	add_octets_to(l, pdu, from, n - from, false);
	l->found.begins = pdu->assembly + 1;
	l->found.begins_at = from;
}

/* What stands from there on begins with the start of a PDU. */
static void read_from(struct learning *l, uint32_t from)
{
	struct wire part = l->payload;

	part.at += from;
	struct tcp_offer offer = hand_up(l->d, part, (struct tcp_offer){
		.can_ask = true, .ends = l->segment->flags & TCP_FIN, .is_reassembled = l->found.ends,
	});
	if (offer.more)
		begin_pdu(l, offer.at - l->payload.at, &offer);
}

/* The protocol needs more still. */
static void reopen_pdu(struct reassembly *reassembly, struct tcp_pdu *pdu, const struct tcp_offer *offer)
{
	struct assembly *assembly = reassembly_at(reassembly, pdu->assembly);

	set_reach(pdu, pdu->seq + assembly->length, offer);
	pdu->offered += assembly->length;
	assembly_reopen(assembly);
	if (pdu->offered > OFFERED_LARGEST) { /* it is not taken up again */
		pdu->next = pdu->seq + assembly->length;
		reassembly_release(reassembly, pdu->assembly);
	}
}

/* The PDU ends within this segment, whose octets stand in it from `at` on. */
static void split_segment(struct learning *l, struct tcp_pdu *pdu, struct assembly *assembly, uint32_t at,
                          const struct tcp_offer *offer)
{
	const uint32_t taken = offer->at - at;

	assembly_shorten(assembly, offer->at);
	pdu->next = pdu->seq + offer->at;
	if (taken >= l->found.ends_length)
		return;
	l->found.ends_length = taken;
	begin_pdu(l, taken, offer);
}

/* A PDU has all that it asked for, this segment's octets from `at` on. */
static void read_whole(struct learning *l, struct tcp_pdu *pdu, uint32_t at)
{
	struct dissection *d = l->d;
	struct reassembly *reassembly = &d->session->reassembly;
	const uint32_t number = pdu->assembly;
	const uint32_t length = reassembly_at(reassembly, number)->length;
	const bool may_ask = !pdu->until_end;
	struct tcp_offer offer = { 0 };

	l->found.until_end = pdu->until_end;
	pdu->takes_all = pdu->until_end = false;
	pdu->next = pdu->seq + length;
	const uint8_t *octets = l->marks & MARK_OUT_OF_ORDER ? NULL :
	                        reassembly_hold(reassembly, d->session->capture, number);
	if (octets)
		offer = hand_up(d, add_source(d, "Reassembled TCP", octets, length),
		                (struct tcp_offer){ .can_ask = may_ask, .ends = l->segment->flags & TCP_FIN,
		                                    .is_reassembled = true });
	/* What it carries may have come to this very place, by a tunnel: nothing stands where it did. */
	struct assembly *assembly = reassembly_at(reassembly, number);
	pdu = pdu_of(l->flow->pdus, number);
	if (pdu && offer.more && offer.at <= at) {
		reopen_pdu(reassembly, pdu, &offer);
		return;
	}
	reassembly_release(reassembly, number);
	if (pdu && offer.more)
		split_segment(l, pdu, assembly, at, &offer);
}

/* Is what stands from there on the beginning of a PDU that began in an earlier segment? */
static bool is_again(const struct learning *l, const struct tcp_pdu *pdu, uint32_t from)
{
	const uint32_t end = l->segment->seq + wire_captured(&l->payload);

	return pdu && pdu->seq == l->segment->seq + from && !is_before(pdu->next, end);
}

/* What stands behind the octets of a PDU that ends here. */
static void read_rest(struct learning *l)
{
	const uint32_t from = l->found.ends_length;
	const struct tcp_pdu *pdu = pdu_around(l->flow->pdus, l->segment->seq + from);

	if (is_again(l, pdu, from))
		l->found.is_repeated = true;
	else if (!pdu && !(l->marks & MARK_OUT_OF_ORDER))
		read_from(l, from);
}

static void continue_pdu(struct learning *l, struct tcp_pdu *pdu)
{
	const uint32_t seq = l->segment->seq, n = wire_captured(&l->payload), left = pdu->next - seq;
	const struct assembly *assembly = reassembly_at(&l->d->session->reassembly, pdu->assembly);
	const bool takes_all = pdu->takes_all || pdu->until_end;
	const uint32_t length = takes_all || n < left ? n : left;

	if (assembly->frame) {
		l->found.is_late = true;
		return;
	}
	l->found.ends = pdu->assembly + 1;
	l->found.ends_length = length;
	l->found.is_anew = seq == pdu->seq;
	bool last = pdu->until_end ? l->segment->flags & TCP_FIN : !is_before(seq + length, pdu->next);
	if (add_octets_to(l, pdu, 0, length, last) == PIECE_COMPLETES)
		read_whole(l, pdu, seq - pdu->seq);
	if (!l->found.begins && l->found.ends_length < n)
		read_rest(l);
}

/* Is it known, by the segments before it, that the segment is sent again? Its octets are not looked at then. */
static bool is_plain_repeat(uint32_t marks)
{
	return (marks & (MARK_RETRANSMISSION | MARK_SPURIOUS | MARK_FAST_RETRANSMISSION)) == MARK_RETRANSMISSION;
}

static void learn(struct dissection *d, struct wire payload, const struct tcp_view *view)
{
	const struct tcp_segment *s = &view->segment;
	struct learning l = { .d = d, .flow = &view->fact->stream->flows[s->direction], .segment = s,
		              .payload = payload, .marks = view->fact->marks };
	struct tcp_pdu *pdu = l.flow->pdus ? pdu_around(l.flow->pdus, s->seq) : NULL;
	const uint32_t n = wire_captured(&payload);

	if (!n && !(pdu && pdu->until_end && s->flags & TCP_FIN))
		return;
	if (is_again(&l, pdu, 0))
		l.found.is_repeated = true;
	else if (l.marks & MARK_SPURIOUS)
		return;
	else if (pdu)
		continue_pdu(&l, pdu);
	else if (l.marks & MARK_OUT_OF_ORDER)
		return;
	else if (l.marks & MARK_KEEP_ALIVE)
		dissect_data(d, payload);
	else
		read_from(&l, 0);
	if (l.found.ends || l.found.begins || l.found.is_repeated || l.found.is_late) {
		struct segment_fact *fact = add_fact(d, FACT_SEGMENT, sizeof *fact, NULL);
		if (fact)
			*fact = l.found;
	}
}

/* ---- pass 2 ---- */

static void show_segment_data(struct dissection *d, const struct wire *payload, node_ref top, const struct field *field,
                              uint32_t from, uint32_t n)
{
	node_ref saved = reopen(d, top);
	add_node_octets(d, payload, field, payload->at + from, n, wire_here(payload) + from, n);
	close_late(d, saved);
}

/* A part of the payload that belongs to a PDU of several segments. */
static void show_part(struct dissection *d, const struct wire *payload, node_ref top, const struct assembly *assembly,
                      uint32_t from, uint32_t n)
{
	if (assembly->frame && assembly->frame != d->frame->number) {
		node_ref saved = reopen(d, top);
		add_number(d, payload, &fields[REASSEMBLED_IN], assembly->frame);
		close_late(d, saved);
	}
	show_segment_data(d, payload, top, &fields[SEGMENT_DATA], from, n);
}

static const struct assembly_look segments_look = {
	.top = &fields[SEGMENTS], .piece = &fields[SEGMENT], .overlap = &fields[OVERLAP], .conflict = &fields[CONFLICT],
	.count = &fields[COUNT], .length = &fields[LENGTH], .data = &fields[DATA],
};

/* The PDU that ends here. */
static void show_whole(struct dissection *d, const struct assembly *assembly, uint32_t marks, node_ref top)
{
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);

	if (!octets)
		return;
	struct wire whole = add_source(d, "Reassembled TCP", octets, assembly->length);
	if (whole.state != WIRE_GOOD)
		return;
	show_assembly(d, &whole, assembly, &segments_look);
	if (!(marks & MARK_OUT_OF_ORDER))
		hand_up(d, whole, (struct tcp_offer){ .segment = top, .is_reassembled = true });
}

/* What the payload has to do with PDUs of several segments, and the whole ones between those. */
static void show_parts(struct dissection *d, struct wire payload, const struct segment_fact *fact, uint32_t marks,
                       node_ref top)
{
	const struct reassembly *reassembly = &d->session->reassembly;
	const struct assembly *ends = fact->ends ? reassembly_at(reassembly, fact->ends - 1) : NULL;
	const struct assembly *begins = fact->begins ? reassembly_at(reassembly, fact->begins - 1) : NULL;
	const uint32_t n = wire_captured(&payload), stop = begins ? fact->begins_at : n;
	const bool is_end = ends && ends->frame == d->frame->number;

	if (fact->is_anew && ends->frame != d->frame->number) {
		show_segment_data(d, &payload, top, &fields[REPEATED_DATA], 0, n);
		return;
	}
	if (is_end) {
		show_whole(d, ends, marks, top);
	} else if ((ends && !fact->until_end) || (begins && fact->begins_at == fact->ends_length)) {
		set_column(d, &payload, "TCP");
		append_info(d, &payload, " [TCP segment of a reassembled PDU]");
	}
	if (ends && !fact->until_end)
		show_part(d, &payload, top, ends, 0, fact->ends_length);
	if (fact->is_repeated) {
		show_segment_data(d, &payload, top, &fields[REPEATED_DATA], fact->ends_length, n - fact->ends_length);
	} else if (fact->ends_length < stop && !(ends && marks & MARK_OUT_OF_ORDER)) {
		struct wire part = payload;
		part.at += fact->ends_length;
		wire_shorten(&part, stop - fact->ends_length);
		if (is_end)
			fence_info(d, &part);
		hand_up(d, part, (struct tcp_offer){ .segment = top, .is_reassembled = ends, .end = payload.end });
	}
	if (begins)
		show_part(d, &payload, top, begins, stop, n - stop);
}

static void show_error(struct dissection *d, const struct wire *w)
{
	add_node(d, w, &fields[ERROR], d->caught_at, 0, 0);
	append_info(d, w, "%s", fields[ERROR].label);
	note_on(d, d->last, &fields[NOTE_ERROR]);
}

static void show(struct dissection *d, struct wire payload, const struct segment_fact *fact, uint32_t marks,
                 node_ref top)
{
	if (is_plain_repeat(marks))
		show_segment_data(d, &payload, top, &fields[REPEATED_DATA], 0, wire_captured(&payload));
	else if (fact && fact->is_late)
		show_error(d, &payload);
	else if (fact)
		show_parts(d, payload, fact, marks, top);
	else if (marks & (MARK_SPURIOUS | MARK_OUT_OF_ORDER))
		return;
	else if (marks & MARK_KEEP_ALIVE)
		dissect_data(d, payload);
	else
		hand_up(d, payload, (struct tcp_offer){ .segment = top });
}

/* ---- both ---- */

void tcp_dissect_payload(struct dissection *d, struct wire *w, struct wire payload, const struct tcp_view *view,
                         node_ref top)
{
	const uint32_t n = wire_captured(&payload), marks = view->fact ? view->fact->marks : 0;
	const bool ends = view->segment.flags & TCP_FIN;
	const struct segment_fact *fact = !d->first_pass && view->fact && (n || ends) ? find_fact(d, FACT_SEGMENT) : NULL;

	if (n && !(fact && fact->until_end))
		add_node_octets(d, w, &fields[PAYLOAD], w->at, wire_left(&payload), wire_here(w), n);
	close_subtree(d, top, w);
	if (d->headers_only || (!n && !ends)) /* no protocol over TCP has packets within */
		return;
	if (!d->first_pass && (n || fact)) {
		show(d, payload, fact, marks, top);
	} else if (!d->first_pass || is_plain_repeat(marks)) {
		return;
	} else if (view->fact && view->segment.has_length && n == view->segment.length) {
		learn(d, payload, view);
	} else if (!(marks & (MARK_SPURIOUS | MARK_OUT_OF_ORDER))) {
		hand_up(d, payload, (struct tcp_offer){ .segment = top });
	}
}

/* For those who look for fields: nothing is dissected by it. */
const struct protocol protocol_tcp_reassembly = {
	.name = "TCP reassembly", .short_name = "TCP reassembly", .filter = "tcp", .fields = fields, .field_count = N_FIELDS,
};
