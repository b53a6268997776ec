/*
 * tls_application.c: decrypted application data, and what they carry: they are a stream of octets as those of TCP are, but in order
 * and each of them once; the protocol above asks for more of a PDU by the same interface (tcp_reassembly.h).
 *
 * A PDU stands behind the records of its frame, shown from what pass 1 found out about every record.
 */

#include <stdlib.h>

#include "dissect/assembly_tree.h"
#include "dissect/session.h"
#include "dissect/tcp_reassembly.h"
#include "dissect/tls.h"

enum { SEGMENT_DATA, REASSEMBLED_IN, SEGMENTS, SEGMENT, COUNT, LENGTH, DATA, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[SEGMENT_DATA]   = { "tls.segment.data", "TLS segment data", OCTETS, COUNTED },
	[REASSEMBLED_IN] = { "tls.reassembled_in", "Reassembled PDU in frame", FRAME_NUMBER, .generated = true },
	[SEGMENTS]       = { "tls.segments", "Reassembled TLS segments", SUBTREE, .generated = true },
	[SEGMENT]        = { "tls.segment", "Frame", FRAME_NUMBER, .generated = true },
	[COUNT]          = { "tls.segment.count", "Segment count", UINT32, .generated = true },
	[LENGTH]         = { "tls.reassembled.length", "Reassembled PDU length", UINT32, .generated = true },
	[DATA]           = { "tls.reassembled.data", "Reassembled PDU data", OCTETS, .generated = true },
};

enum {
	RECORDS_NOTED = 80,        /* of one frame */
	OFFERED_LARGEST = 1 << 26, /* octets that may be offered in vain before a PDU is whole */
};

/* The PDU that a direction is in the middle of. */
struct pdu {
	uint32_t assembly; /* its number + 1; 0: there is none */
	uint32_t missing;  /* octets */
	uint64_t offered;  /* that the protocol was given in vain */
	bool takes_all;    /* what the next record has: its length is not known */
	bool until_end;    /* of the stream: it is not kept */
};

struct tls_stream {
	struct pdu pdus[2]; /* of client, server */
	bool is_chosen;     /* what reads them was, by the port or by what they look like; for pass 2 that holds from the beginning */
	const struct protocol *protocol; /* NULL: nothing here does */
};

/* What a record has to do with PDUs that more than one record carries. */
struct data_fact {
	uint32_t record;      /* its number in its dissection */
	uint32_t ends;        /* number of the assembly that its first octets belong to, + 1; 0: none */
	uint32_t ends_length; /* how many of them */
	uint32_t pdu_length;  /* octets of that which the protocol was given at last; 0: it is not whole yet */
	uint32_t begins;      /* that which its last octets begin */
	uint32_t begins_at;   /* from where on */
	bool has_rest;        /* there is something to begin, or in the middle */
	bool until_end;       /* they belong to what ends with the stream */
	bool is_first;        /* what begins does so where the protocol was given octets from */
};

struct data_facts {
	uint32_t count;
	struct data_fact all[];
};

void tls_stream_end(struct tls_stream *stream)
{
	free(stream);
}

/* ---- the protocol above ---- */

extern const struct protocol protocol_http, protocol_dns;

static const struct protocol *reader_of(const char *name)
{
	static const struct protocol *const readers[] = { &protocol_http, &protocol_dns };

	for (unsigned i = 0; i < sizeof readers / sizeof *readers; i++)
		if (!strcmp(readers[i]->name, name))
			return readers[i];
	return NULL;
}

/* Pass 1: what looks like HTTP is that on whatever port, but where the protocol of the port began without TLS. */
static void choose(struct tls_handshake *h, struct tls_stream *stream, struct wire octets)
{
	const char *name = tls_application_name(h);
	const bool is_http = !tls_is_started_on(h->from_server ? h->d->source_port : h->d->destination_port) &&
	                     protocol_http.resembles(h->d, octets);

	stream->is_chosen = is_http || name;
	stream->protocol = is_http ? &protocol_http : name ? reader_of(name) : NULL;
}

static const struct protocol *protocol_of(const struct tls_stream *stream, const struct tls_data *data)
{
	return data->is_chosen ? data->protocol : stream && stream->is_chosen ? stream->protocol : NULL;
}

/* Gives octets to the protocol; what that asks for. When it has read nothing of them, pass 2 will not give it any. */
static struct tcp_offer hand_up(struct dissection *d, struct wire w, const struct protocol *protocol)
{
	struct tcp_offer *outer = d->offer;
	struct tcp_offer offer = { .can_ask = d->first_pass, .is_decrypted = true, .source = w.source,
		                   .segment = outer ? outer->segment : 0 };
	const unsigned layer_count = d->layer_count;

	if (!wire_captured(&w))
		return offer;
	d->offer = &offer;
	if (!protocol || (protocol->accepts && !protocol->accepts(d, w)))
		dissect_data(d, w);
	else
		dissect_protocol(d, w, protocol);
	d->offer = outer;
	if (offer.more && offer.at == w.at)
		d->layer_count = layer_count;
	return offer;
}

/* ---- pass 1 ---- */

/* How far a PDU reaches behind what there is of it. */
static void set_reach(struct pdu *pdu, const struct tcp_offer *offer)
{
	pdu->until_end = offer->more == (uint32_t)TCP_UNTIL_END;
	pdu->takes_all = offer->more == (uint32_t)TCP_ONE_SEGMENT || offer->whole_segments;
	pdu->missing = offer->more;
}

/* Adds the octets from there on to the PDU. False: a limit was reached. */
static bool add_piece(struct dissection *d, struct pdu *pdu, const struct wire *w, uint32_t from, uint32_t n, bool is_last)
{
	struct reassembly *reassembly = &d->session->reassembly;
	const struct piece piece = { .from = UINT64_MAX, .frame = d->frame->number, .length = n,
		                     .at = reassembly_at(reassembly, pdu->assembly - 1)->filled };

	return reassembly_add(reassembly, d->session->capture, pdu->assembly - 1, piece, wire_here(w) + from, is_last) !=
	       PIECE_REFUSED;
}

static void begin_pdu(struct dissection *d, struct pdu *pdu, const struct wire *w, struct data_fact *fact, uint32_t from,
                      const struct tcp_offer *offer)
{
	*pdu = (struct pdu){ 0 };
	set_reach(pdu, offer);
	fact->has_rest = true;
	fact->begins_at = from;
	fact->until_end = pdu->until_end;
	if (pdu->until_end)
		return;
	pdu->assembly = reassembly_new(&d->session->reassembly) + 1;
	fact->begins = pdu->assembly;
	add_piece(d, pdu, w, from, wire_captured(w) - from, false);
}

/* The PDU has all that it asked for, with octets of this record from `at` on in it: how many it turned out to be. 0: it needs more. */
static uint32_t read_whole(struct dissection *d, struct pdu *pdu, const struct protocol *protocol, uint32_t at, struct tcp_offer *offer)
{
	struct reassembly *reassembly = &d->session->reassembly;
	const uint32_t number = pdu->assembly - 1, length = reassembly_at(reassembly, number)->length;
	const uint8_t *octets = reassembly_hold(reassembly, d->session->capture, number);
	const unsigned source_count = d->source_count;

	*offer = octets ? hand_up(d, add_source(d, "Reassembled TLS", octets, length), protocol) : (struct tcp_offer){ 0 };
	d->source_count = source_count;
	struct assembly *assembly = reassembly_at(reassembly, number);
	if (offer->more && offer->at <= at && (pdu->offered += length) <= OFFERED_LARGEST &&
	    offer->more != (uint32_t)TCP_UNTIL_END) {
		set_reach(pdu, offer);
		assembly_reopen(assembly);
		return 0;
	}
	reassembly_release(reassembly, number);
	pdu->assembly = 0;
	return offer->more && offer->at > at ? offer->at : length;
}

/* The record goes on with a PDU. How many of its octets that leaves to others. */
static uint32_t continue_pdu(struct dissection *d, struct pdu *pdu, const struct wire *w, const struct protocol *protocol,
                             struct data_fact *fact)
{
	const uint32_t n = wire_captured(w), taken = pdu->takes_all || n < pdu->missing ? n : pdu->missing;
	const uint32_t at = reassembly_at(&d->session->reassembly, pdu->assembly - 1)->filled;
	const bool is_last = pdu->takes_all ? taken >= pdu->missing || pdu->missing == (uint32_t)TCP_ONE_SEGMENT : taken == pdu->missing;
	struct tcp_offer offer;

	fact->ends = pdu->assembly;
	fact->ends_length = taken;
	if (!add_piece(d, pdu, w, 0, taken, is_last)) {
		reassembly_release(&d->session->reassembly, pdu->assembly - 1);
		*pdu = (struct pdu){ 0 };
		return 0;
	}
	pdu->missing -= taken;
	if (!is_last)
		return 0;
	fact->pdu_length = read_whole(d, pdu, protocol, at, &offer);
	if (fact->pdu_length && offer.more && offer.at > at) {
		begin_pdu(d, pdu, w, fact, offer.at - at, &offer);
		return 0;
	}
	return fact->pdu_length ? n - taken : 0;
}

static struct data_fact learn(struct dissection *d, struct pdu *pdu, const struct tls_data *data, const struct protocol *protocol)
{
	struct data_fact fact = { .record = data->record };
	const struct wire *w = &data->octets;
	uint32_t rest = wire_captured(w);

	if (pdu->until_end)
		fact.has_rest = fact.until_end = true;
	else if (pdu->assembly)
		rest = continue_pdu(d, pdu, w, protocol, &fact);
	if (fact.has_rest || !rest)
		return fact;
	struct wire part = *w;
	part.at += wire_captured(w) - rest;
	const struct tcp_offer offer = hand_up(d, part, protocol);
	if (offer.more) {
		fact.is_first = offer.at == part.at;
		begin_pdu(d, pdu, w, &fact, offer.at - w->at, &offer);
	}
	return fact;
}

static void learn_data(struct tls_handshake *h, const struct tls_data *data)
{
	struct dissection *d = h->d;
	struct data_fact found[RECORDS_NOTED];
	uint32_t count = 0;

	if (!h->session->stream)
		h->session->stream = must_zero(1, sizeof *h->session->stream);
	struct tls_stream *stream = h->session->stream;
	for (; data; data = data->next) {
		if (!data->is_chosen && !stream->is_chosen)
			choose(h, stream, data->octets);
		const struct data_fact fact = learn(d, &stream->pdus[h->from_server], data, protocol_of(stream, data));
		if ((fact.ends || fact.has_rest) && count < RECORDS_NOTED)
			found[count++] = fact;
	}
	struct data_facts *facts = count ? add_fact(d, FACT_TLS_DATA, sizeof *facts + count * sizeof *found, NULL) : NULL;
	if (facts) {
		facts->count = count;
		memcpy(facts->all, found, count * sizeof *found);
	}
}

/* ---- pass 2 ---- */

static const struct data_fact *find(struct dissection *d, uint32_t record)
{
	const struct data_facts *facts = find_fact(d, FACT_TLS_DATA);

	for (uint32_t i = 0; facts && i < facts->count; i++)
		if (facts->all[i].record == record)
			return &facts->all[i];
	return NULL;
}

static const struct assembly *assembly_of(const struct dissection *d, uint32_t number)
{
	return number ? reassembly_at(&d->session->reassembly, number - 1) : NULL;
}

static void show_segment(struct dissection *d, const struct wire *w, const struct assembly *assembly, uint32_t from, uint32_t n)
{
	if (assembly && assembly->frame && assembly->frame != d->frame->number)
		add_number(d, w, &fields[REASSEMBLED_IN], assembly->frame);
	add_node_octets(d, w, &fields[SEGMENT_DATA], w->at + from, n, wire_here(w) + from, n);
}

static void show_segments(struct dissection *d, struct tls_data *data)
{
	const struct wire *w = &data->octets;
	const uint32_t n = wire_captured(w);

	data->fact = find(d, data->record);
	if (!data->fact)
		return;
	const struct data_fact *fact = data->fact;
	if (fact->ends)
		show_segment(d, w, assembly_of(d, fact->ends), 0, n);
	if (fact->has_rest)
		show_segment(d, w, fact->is_first ? assembly_of(d, fact->begins) : NULL, fact->begins_at, n - fact->begins_at);
}

static const struct assembly_look segments_look = {
	.top = &fields[SEGMENTS], .piece = &fields[SEGMENT], .count = &fields[COUNT], .length = &fields[LENGTH],
	.data = &fields[DATA],
};

static void show_pdu(struct dissection *d, struct tls_data *data)
{
	const struct data_fact *fact = data->fact;

	if (!fact || !fact->pdu_length)
		return;
	const struct assembly *assembly = assembly_of(d, fact->ends);
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);
	if (!octets)
		return;
	data->pdu = add_source(d, "Reassembled TLS", octets, assembly->length);
	show_assembly(d, &data->pdu, assembly, &segments_look);
	wire_shorten(&data->pdu, fact->pdu_length);
}

/* What PDUs were put together from comes first, of the last one before those before it. */
static void show_data(struct tls_handshake *h, const struct tls_data_list *list)
{
	struct dissection *d = h->d;

	for (struct tls_data *last = list->last; last; last = last->previous)
		show_pdu(d, last);
	for (struct tls_data *data = list->first; data; data = data->next) {
		const struct data_fact *fact = data->fact;
		const struct protocol *protocol = protocol_of(h->session ? h->session->stream : NULL, data);
		struct wire rest = data->octets;
		if (!fact) {
			hand_up(d, rest, protocol);
			continue;
		}
		if (fact->pdu_length && data->pdu.data)
			hand_up(d, data->pdu, protocol);
		const uint32_t from = fact->ends_length, end = fact->has_rest ? fact->begins_at : wire_captured(&rest);
		if (from < end && (!fact->ends || fact->pdu_length)) {
			wire_skip(&rest, from);
			wire_shorten(&rest, end - from);
			hand_up(d, rest, protocol);
		}
	}
}

/* ---- both ---- */

void tls_add_data(struct tls_handshake *h, struct tls_data_list *list, struct wire octets, uint32_t record)
{
	if (!wire_captured(&octets))
		return;
	const char *chosen = h->choice.application;
	struct tls_data *data = arena_zero(h->d->arena, sizeof *data);

	*data = (struct tls_data){ .previous = list->last, .octets = octets, .record = record, .is_chosen = chosen,
		                   .protocol = chosen ? reader_of(chosen) : NULL };
	if (list->last)
		list->last->next = data;
	else
		list->first = data;
	list->last = data;
	if (!h->d->first_pass && h->carrier == OVER_TLS)
		show_segments(h->d, data);
}

/* Each record of DTLS stands by itself. */
static void read_datagrams(struct tls_handshake *h, const struct tls_data *data)
{
	for (; data; data = data->next) {
		const char *name = tls_application_name(h);
		const struct protocol *protocol = data->is_chosen ? data->protocol : name ? reader_of(name) : NULL;
		if (protocol)
			dissect_protocol(h->d, data->octets, protocol);
		else
			dissect_data(h->d, data->octets);
	}
}

void tls_dissect_data(struct tls_handshake *h, const struct tls_data_list *list)
{
	if (!list->first)
		return;
	if (h->carrier == OVER_DTLS)
		read_datagrams(h, list->first);
	else if (!h->d->first_pass)
		show_data(h, list);
	else if (h->session)
		learn_data(h, list->first);
}

/* For those who look for fields: nothing is dissected by it. */
const struct protocol protocol_tls_application = {
	.name = "TLS application data", .short_name = "TLS application data", .filter = "tls", .fields = fields, .field_count = N_FIELDS,
};
