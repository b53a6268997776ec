/* udp.c: User Datagram Protocol, RFC 768, and UDP-Lite, RFC 3828. */

#include "dissect/checksum_fields.h"
#include "dissect/ip.h"
#include "dissect/session.h"
#include "dissect/text.h"

enum {
	UDP, LITE, SOURCE_PORT, DESTINATION_PORT, LENGTH, COVERAGE, LITE_LENGTH, CHECKSUM,
	CHECKSUM_STATUS, CHECKSUM_BAD, CALCULATED, /* N_CALCULATED_CHECKSUM_FIELDS of them */
	STREAM, TIMESTAMPS, SINCE_FIRST, SINCE_PREVIOUS, PAYLOAD, PDU_SIZE, LENGTH_SHORT, LENGTH_LONG,
	LENGTH_ZERO, COVERAGE_BAD, CHECKSUM_ZERO, TRACEROUTE, N_FIELDS
};

static const struct field port_too[] = { { "udp.port", "Source or Destination Port", UINT16, PORT_UDP } };

static const struct field fields[N_FIELDS] = {
	[UDP]              = { "udp", "User Datagram Protocol", PROTOCOL },
	[LITE]             = { "udplite", "Lightweight User Datagram Protocol", PROTOCOL },
	[SOURCE_PORT]      = { "udp.srcport", "Source Port", UINT16, PORT_UDP, .ALSO(port_too), .also_place = ALSO_BEHIND_NEXT },
	[DESTINATION_PORT] = { "udp.dstport", "Destination Port", UINT16, PORT_UDP, .ALSO(port_too) },
	[LENGTH]           = { "udp.length", "Length", UINT16 },
	[COVERAGE]         = { "udp.checksum_coverage", "Checksum coverage", UINT16 },
	[LITE_LENGTH]      = { "udp.length", "Length", UINT16, .generated = true },
	[CHECKSUM]         = { "udp.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS]  = { "udp.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                       .names = &checksum_status_names },
	[CHECKSUM_BAD]     = { "udp.checksum.bad", "Bad checksum", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_CHECKSUM },
	[CALCULATED]       = { "udp.checksum_calculated", "Calculated Checksum", UINT16, HEX, .generated = true },
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
	[COVERAGE_BAD]     = { "udplite.checksum_coverage.bad", "Bad checksum coverage length value", NOTE,
	                       .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[CHECKSUM_ZERO]    = { "udp.checksum.zero", "Illegal checksum value (0)", NOTE, .severity = SEVERITY_ERROR,
	                       .group = GROUP_CHECKSUM },
	[TRACEROUTE]       = { "udp.possible_traceroute", "Possible traceroute", NOTE, .severity = SEVERITY_CHAT,
	                       .group = GROUP_SEQUENCE },
};

enum { HEADER = 8, PROTOCOL_UDP = 17 };

/* What pass 1 knows of a datagram and its conversation; the rest stands in the conversation. */
struct udp_fact {
	int64_t since_previous; /* nanoseconds */
	uint32_t conversation;  /* its place */
	bool is_asked;          /* what the payload resembles is known: */
	uint8_t resembles;      /* its place among the heuristics */
};

/*
 * SNMP answers may come from another port, so tshark's SNMP opens a conversation beside that of its first
 * datagram, which takes over: the whole exchange then shows the stream that the second datagram began. It takes
 * for SNMP, on its ports (RFC 3417), a sequence (X.690) that is all there and begins with an integer, the
 * version.
 */
static bool is_taken_over(const struct dissection *d, struct wire w)
{
	enum { SNMP = 161, SNMP_TRAP = 162, SEQUENCE = 0x30, INTEGER = 0x02, LONG_FORM = 0x80 };
	uint16_t low = d->source_port < d->destination_port ? d->source_port : d->destination_port;

	if ((low != SNMP && low != SNMP_TRAP) || wire_u8(&w) != SEQUENCE)
		return false;
	uint8_t first = wire_u8(&w);
	uint64_t length = first;
	if (first & LONG_FORM) {
		uint32_t octets = first & 7;
		const uint8_t *p = octets ? wire_bytes(&w, octets) : NULL; /* else it ends by a mark */
		length = p ? be_value(p, octets) : UINT64_MAX;
	}
	return length <= wire_left(&w) && wire_peek_u8(&w, 0) == INTEGER;
}

/*
 * The cursor stands on the payload. What an error message quotes has a stream, but no part in its times; what
 * has no payload, only in when the conversation began. NULL: there is no room for more.
 */
static struct udp_fact *meet(struct dissection *d, const struct wire *w, bool has_payload)
{
	bool is_new;
	struct conversation *c = conversation_find(&d->session->conversations, d->ip_protocol, &d->source, d->source_port,
	                                           &d->destination, d->destination_port, &is_new);
	const int64_t time = timestamp_nanoseconds(d->frame->time);
	int64_t since_previous = 0;

	d->conversation = c->id;
	d->has_conversation = !d->quoted;
	if (is_new) {
		c->is_taken_over = is_taken_over(d, *w);
	} else if (c->is_taken_over) {
		conversation_begin_stream(&d->session->conversations, c, d->frame);
		c->is_taken_over = false;
	}
	if (!d->quoted) {
		if (!c->first_frame) {
			c->first_time = c->last_time = time;
			c->first_frame = d->frame->number;
		}
		since_previous = nanoseconds_between(time, c->last_time);
		if (has_payload)
			c->last_time = time;
		c->last_frame = d->frame->number;
	}
	struct udp_fact *fact = add_fact(d, FACT_UDP, sizeof *fact, NULL);
	if (fact)
		*fact = (struct udp_fact){ .since_previous = since_previous, .conversation = c->place };
	return fact;
}

static void show_conversation(struct dissection *d, const struct wire *w, bool has_payload)
{
	const struct udp_fact *fact = find_fact(d, FACT_UDP);

	if (!fact)
		return;
	const struct conversation *c = conversation_at(&d->session->conversations, fact->conversation);
	d->conversation = c->id;
	d->has_conversation = !d->quoted;
	add_node(d, w, &fields[STREAM], w->at, 0, c->stream);
	if (d->quoted || !has_payload)
		return;
	node_ref times = open_heading(d, w, &fields[TIMESTAMPS]);
	add_time(d, w, &fields[SINCE_FIRST],
	         timestamp_of(nanoseconds_between(timestamp_nanoseconds(d->frame->time), c->first_time)));
	add_time(d, w, &fields[SINCE_PREVIOUS], timestamp_of(fact->since_previous));
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
		append_info(d, w, " Len=%u [Jumbogram]", there - HEADER);
		return there;
	}
	if (length < HEADER) {
		value_text(d, w, d->last, "%u (bogus, must be >= %u)", length, HEADER);
		append_info(d, w, " [BAD UDP LENGTH %u < %u]", length, HEADER);
		note_text_on(d, d->last, &fields[LENGTH_SHORT], "Bad length value %u < %u", length, HEADER);
		*good = false;
		return there;
	}
	if (length > there && !w->fragment && !d->quoted) {
		value_text(d, w, d->last, "%u (bogus, payload length %u)", length, there);
		append_info(d, w, " [BAD UDP LENGTH %u > IP PAYLOAD LENGTH]", length);
		note_text_on(d, d->last, &fields[LENGTH_LONG], "Bad length value %u > IP payload length", length);
	}
	append_info_number(d, w, " Len=", length - HEADER);
	return length;
}

/* UDP-Lite: how much of the datagram the checksum protects; 0: all. The datagram ends where IP's payload does. */
static uint32_t add_coverage(struct dissection *d, struct wire *w, uint32_t start)
{
	uint32_t length = w->reported - start;
	uint16_t coverage = add_uint16(d, w, &fields[COVERAGE]);

	if (coverage && (coverage < HEADER || coverage > length)) {
		value_text(d, w, d->last, "%u (bogus, must be >= %u and <= %u)", coverage, HEADER, length);
		note_text_on(d, d->last, &fields[COVERAGE_BAD], "Bad checksum coverage length value %u < %u or > %u",
		             coverage, HEADER, length);
		append_info(d, w, " [BAD LIGHTWEIGHT UDP CHECKSUM COVERAGE LENGTH %u < %u or > %u]", coverage, HEADER, length);
	}
	append_info_number(d, w, " Len=", length - HEADER);
	add_number(d, w, &fields[LITE_LENGTH], length);
	return length;
}

/* None was made: RFC 768. IPv6 does not allow that (RFC 8200, section 8.1), nor does UDP-Lite. */
static void add_absent_checksum(struct dissection *d, struct wire *w, bool is_illegal)
{
	add_uint16(d, w, &fields[CHECKSUM]);
	append_text(d, w, d->last, " [zero-value %s]", is_illegal ? "illegal" : "ignored");
	node_ref node = open_subtree(d);
	if (is_illegal) {
		add_note(d, w, &fields[CHECKSUM_ZERO]);
		append_info(d, w, " [ILLEGAL CHECKSUM (0)]");
	}
	add_node(d, w, &fields[CHECKSUM_STATUS], w->at - 2, 2,
	         is_illegal ? CHECKSUM_STATUS_ILLEGAL : CHECKSUM_STATUS_ABSENT);
	close_subtree(d, node, NULL);
}

static void add_udp_checksum(struct dissection *d, struct wire *w, uint32_t start, uint32_t length, bool is_lite)
{
	static const struct offloaded_checksum look = {
		.fields = &fields[CHECKSUM], .protocol = PROTOCOL_UDP, .calculated_below = true,
		.excuse = " (maybe caused by \"UDP checksum offload\"?)",
	};

	if (wire_has(w, 2) && be16(wire_here(w)) == 0)
		add_absent_checksum(d, w, is_lite || d->source.kind == ADDRESS_IPV6);
	else
		add_transport_checksum(d, w, &look, d->session->options.check_udp && !is_lite, start, length);
}

/* What the payload resembles costs more to find than the rest of a datagram: pass 1 keeps it for pass 2. NULL: nothing. */
static const struct protocol *resembled_by(struct dissection *d, const struct wire *w, struct udp_fact *learnt)
{
	const struct udp_fact *known = d->first_pass ? NULL : find_fact(d, FACT_UDP);

	if (known && known->is_asked)
		return udp_heuristics[known->resembles];
	const struct protocol *protocol = resembled(d, w, udp_heuristics);
	if (!learnt)
		return protocol;
	while (udp_heuristics[learnt->resembles] != protocol)
		learnt->resembles++;
	learnt->is_asked = true;
	return protocol;
}

/* The lower port first: it is more likely to be the service's. */
static void dissect_payload(struct dissection *d, struct wire w, struct udp_fact *learnt)
{
	uint16_t low = d->source_port, high = d->destination_port;

	if (low > high) {
		low = d->destination_port;
		high = d->source_port;
	}
	if (dissect_by(d, w, BY_UDP_PORT, low) || dissect_by(d, w, BY_UDP_PORT, high))
		return;
	const struct protocol *protocol = resembled_by(d, &w, learnt);
	if (protocol)
		dissect_protocol(d, w, protocol);
	else
		dissect_data(d, w);
}

/* traceroute(8) sends three probes for each hop, and counts the port up with every one. */
static void note_traceroute(struct dissection *d, const struct wire *w, uint16_t port)
{
	enum { FIRST = 33435, LAST = 33464, PROBES = 3 };

	if (!SHOWING(d, w) || port < FIRST || port > LAST)
		return;
	unsigned probe = port - FIRST;
	note_text_on(d, d->last, &fields[TRACEROUTE], "Possible traceroute: hop #%u, attempt #%u", probe / PROBES + 1,
	             probe % PROBES + 1);
}

static void add_ports(struct dissection *d, struct wire *w, node_ref top)
{
	d->source_port = add_uint16(d, w, &fields[SOURCE_PORT]);
	note_traceroute(d, w, d->source_port);
	d->destination_port = add_uint16(d, w, &fields[DESTINATION_PORT]);
	note_traceroute(d, w, d->destination_port);
	d->ip_protocol = PROTOCOL_UDP; /* of both kinds: they share their conversations */
	if (SAYING(d, w, top))
		append_ports(d, top);
	if (LISTING(d, w))
		list_ports(d);
}

static void dissect_datagram(struct dissection *d, struct wire *w, bool is_lite)
{
	uint32_t start = w->at;
	bool good = true;

	if (!wire_need(w, 4))
		return;
	begin_columns(d, w, is_lite ? "UDP-Lite" : "UDP");
	node_ref top = open_protocol(d, w, &fields[is_lite ? LITE : UDP]);
	add_ports(d, w, top);
	uint32_t length = is_lite ? add_coverage(d, w, start) : add_length(d, w, start, &good);
	if (!good)
		return;
	add_udp_checksum(d, w, start, length, is_lite);
	if (w->state != WIRE_GOOD)
		return;
	struct udp_fact *learnt = d->first_pass ? meet(d, w, length > HEADER) : NULL;
	if (!d->first_pass)
		show_conversation(d, w, length > HEADER);

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
		dissect_payload(d, payload, learnt);
}

static void dissect(struct dissection *d, struct wire *w)
{
	dissect_datagram(d, w, false);
}

static void dissect_lite(struct dissection *d, struct wire *w)
{
	dissect_datagram(d, w, true);
}

const struct protocol protocol_udp = {
	.name = "User Datagram Protocol",
	.short_name = "UDP",
	.filter = "udp",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_udplite = {
	.name = "Lightweight User Datagram Protocol",
	.short_name = "UDP-Lite",
	.filter = "udplite",
	.is_lower = true,
	.dissect = dissect_lite,
};
