/* udp.c: User Datagram Protocol, RFC 768, and UDP-Lite, RFC 3828. */

#include "dissect/ip.h"
#include "dissect/session.h"
#include "dissect/text.h"

enum {
	UDP, SOURCE_PORT, DESTINATION_PORT, LENGTH, COVERAGE, CHECKSUM, CHECKSUM_STATUS, STREAM, TIMESTAMPS, SINCE_FIRST,
	SINCE_PREVIOUS, PAYLOAD, PDU_SIZE, LENGTH_SHORT, LENGTH_LONG, LENGTH_ZERO, CHECKSUM_ZERO, TRACEROUTE, N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[UDP]              = { "udp", "User Datagram Protocol", PROTOCOL },
	[SOURCE_PORT]      = { "udp.srcport", "Source Port", UINT16 },
	[DESTINATION_PORT] = { "udp.dstport", "Destination Port", UINT16 },
	[LENGTH]           = { "udp.length", "Length", UINT16 },
	[COVERAGE]         = { "udp.checksum_coverage", "Checksum coverage", UINT16 },
	[CHECKSUM]         = { "udp.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS]  = { "udp.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                       .names = &checksum_status_names },
	[STREAM]           = { "udp.stream", "Stream index", UINT32, .generated = true },
	[TIMESTAMPS]       = { NULL, "Timestamps", SUBTREE, .generated = true },
	[SINCE_FIRST]      = { "udp.time_relative", "Time since first frame", RELATIVE_TIME, .generated = true },
	[SINCE_PREVIOUS]   = { "udp.time_delta", "Time since previous frame", RELATIVE_TIME, .generated = true },
	[PAYLOAD]          = { "udp.payload", "UDP payload", OCTETS, COUNTED },
	[PDU_SIZE]         = { "udp.pdu.size", "PDU Size", UINT32, .generated = true },
	[LENGTH_SHORT]     = { "udp.length.bad", "Bad length value", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_MALFORMED },
	[LENGTH_LONG]      = { "udp.length.bad", "Bad length value", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_MALFORMED },
	[LENGTH_ZERO]      = { "udp.length.bad_zero", "Length is zero but payload < 65536", NOTE,
	                       .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[CHECKSUM_ZERO]    = { "udp.checksum.zero", "Illegal checksum value (0)", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_CHECKSUM },
	[TRACEROUTE]       = { "udp.possible_traceroute", "Possible traceroute", NOTE, .severity = SEVERITY_CHAT,
	                       .group = GROUP_SEQUENCE },
};

enum { HEADER = 8 };

/* What pass 1 knows of a datagram's conversation; the rest stands in the conversation. */
struct udp_fact {
	uint32_t conversation; /* its place */
	int32_t since_previous_ns;
	int64_t since_previous; /* seconds */
};

/*
 * SNMP answers may come from another port, so tshark's SNMP opens a conversation beside that of its first datagram, which takes over:
 * the whole exchange then shows the stream that the second datagram began.
 */
static bool is_taken_over(const struct dissection *d)
{
	enum { SNMP = 161, SNMP_TRAP = 162 };
	uint16_t low = d->source_port < d->destination_port ? d->source_port : d->destination_port;

	return low == SNMP || low == SNMP_TRAP;
}

static void keep_time(struct dissection *d, struct conversation *c)
{
	if (!c->first_frame) {
		c->first_time = c->last_time = d->frame->time;
		c->first_frame = d->frame->number;
		c->is_taken_over = is_taken_over(d);
	} else if (c->is_taken_over) {
		conversation_begin_stream(&d->session->conversations, c, d->frame);
		c->is_taken_over = false;
	}
}

/* What an error message quotes has a stream, but no part in its times. */
static void meet(struct dissection *d)
{
	struct conversation *c = conversation_find(&d->session->conversations, d->ip_protocol, &d->source, d->source_port,
	                                           &d->destination, d->destination_port, NULL);
	struct timestamp previous = { 0, 0 };

	d->conversation = c->id;
	d->has_conversation = !d->quoted;
	if (!d->quoted) {
		keep_time(d, c);
		previous = timestamp_span(d->frame->time, c->last_time);
		c->last_time = d->frame->time;
		c->last_frame = d->frame->number;
	}
	struct udp_fact *fact = add_fact(d, FACT_UDP, sizeof *fact, NULL);
	if (fact)
		*fact = (struct udp_fact){ c->place, previous.nanoseconds, previous.seconds };
}

static void show_conversation(struct dissection *d, const struct wire *w)
{
	const struct udp_fact *fact = find_fact(d, FACT_UDP);

	if (!fact)
		return;
	const struct conversation *c = conversation_at(&d->session->conversations, fact->conversation);
	add_number(d, w, &fields[STREAM], c->stream);
	if (d->quoted)
		return;
	struct timestamp previous = { fact->since_previous, fact->since_previous_ns };
	node_ref times = open_heading(d, w, &fields[TIMESTAMPS]);
	add_time(d, w, &fields[SINCE_FIRST], timestamp_span(d->frame->time, c->first_time));
	add_time(d, w, &fields[SINCE_PREVIOUS], previous);
	close_subtree(d, times, NULL);
}

/* The octets of header and payload that are to be read: all there are, or the fewer that the length says. */
static uint32_t add_length(struct dissection *d, struct wire *w, uint32_t start, bool *good)
{
	uint32_t there = w->reported - start;
	uint16_t length = add_uint16(d, w, &fields[LENGTH]);

	*good = true;
	if (w->state != WIRE_GOOD)
		return there;
	if (length == 0 && d->source.kind == ADDRESS_IPV6) {
		/* A jumbogram, RFC 2675, section 4. */
		if (there < 65536)
			note_on(d, d->last, &fields[LENGTH_ZERO]);
		return there;
	}
	if (length < HEADER) {
		value_text(d, w, d->last, "%u (bogus, must be >= %u)", length, HEADER);
		note_text_on(d, d->last, &fields[LENGTH_SHORT], "Bad length value %u < %u", length, HEADER);
		*good = false;
		return there;
	}
	if (length > there && !w->fragment && !d->quoted) {
		value_text(d, w, d->last, "%u (bogus, payload length %u)", length, there);
		note_text_on(d, d->last, &fields[LENGTH_LONG], "Bad length value %u > IP payload length", length);
	}
	return length;
}

static void add_checksum(struct dissection *d, struct wire *w)
{
	uint16_t checksum = add_uint16(d, w, &fields[CHECKSUM]);

	if (!BUILDING(d, w))
		return;
	if (checksum) {
		append_literal(d, w, d->last, " [unverified]");
		add_number(d, w, &fields[CHECKSUM_STATUS], 2);
		return;
	}
	/* None was made: RFC 768. IPv6 does not allow that: RFC 8200, section 8.1. */
	bool is_illegal = d->source.kind == ADDRESS_IPV6;
	node_ref node = d->last;
	if (is_illegal)
		append_literal(d, w, node, " [zero-value illegal]");
	else
		append_literal(d, w, node, " [zero-value ignored]");
	open_subtree(d);
	if (is_illegal)
		add_note(d, w, &fields[CHECKSUM_ZERO]);
	add_number(d, w, &fields[CHECKSUM_STATUS], is_illegal ? 4 : 3);
	close_subtree(d, node, NULL);
}

/* The lower port first: it is more likely to be the service's. */
static void dissect_payload(struct dissection *d, struct wire w)
{
	uint16_t low = d->source_port, high = d->destination_port;

	if (low > high) {
		low = d->destination_port;
		high = d->source_port;
	}
	if (dissect_by(d, w, BY_UDP_PORT, low) || dissect_by(d, w, BY_UDP_PORT, high) ||
	    dissect_heuristic(d, w, udp_heuristics))
		return;
	dissect_data(d, w);
}

/* traceroute(8) sends three probes for each hop, and counts the port up with every one. */
static void note_traceroute(struct dissection *d, const struct wire *w)
{
	enum { FIRST = 33435, LAST = 33464, PROBES = 3 };

	if (!BUILDING(d, w) || d->destination_port < FIRST || d->destination_port > LAST)
		return;
	unsigned probe = d->destination_port - FIRST;
	note_text_on(d, d->last, &fields[TRACEROUTE], "Possible traceroute: hop #%u, attempt #%u", probe / PROBES + 1,
	             probe % PROBES + 1);
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	node_ref top = open_protocol(d, w, &fields[UDP]);
	d->source_port = add_uint16(d, w, &fields[SOURCE_PORT]);
	d->destination_port = add_uint16(d, w, &fields[DESTINATION_PORT]);
	note_traceroute(d, w);
	if (BUILDING(d, w))
		append_ports(d, top);
	d->ip_protocol = 17;
	bool good;
	uint32_t length = add_length(d, w, start, &good);
	if (!good)
		return;
	add_checksum(d, w);
	if (w->state != WIRE_GOOD)
		return;
	if (d->first_pass)
		meet(d);
	if (d->tree)
		show_conversation(d, w);

	uint32_t left = wire_left(w), said = start + length - w->at;
	struct wire payload = wire_part(w, said < left ? said : left);
	if (length > HEADER && !wire_captured(&payload))
		wire_need(w, 1); /* says why there is no payload */
	if (wire_captured(&payload) && BUILDING(d, w)) {
		uint32_t n = wire_captured(&payload);
		add_node_octets(d, w, &fields[PAYLOAD], w->at, n, wire_here(w), n);
	}
	close_subtree(d, top, w);
	if (d->quoted)
		d->depth = 0; /* where tshark shows what a datagram quoted by an error carries */
	if (wire_captured(&payload))
		dissect_payload(d, payload);
}

const struct protocol protocol_udp = {
	.name = "User Datagram Protocol",
	.short_name = "UDP",
	.filter = "udp",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
