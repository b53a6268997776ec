/*
 * tcp.c: Transmission Control Protocol, RFC 9293: the header and the payload.
 *
 * Its options are in tcp_options.c, the streams that segments belong to in tcp_stream.c, what pass 1 found about a segment's
 * place in its stream in tcp_findings.c.
 */

#include "dissect/tcp.h"

#include "dissect/checksum_fields.h"
#include "dissect/ip.h"
#include "dissect/mptcp.h"
#include "dissect/session.h"
#include "dissect/tcp_reassembly.h"
#include "dissect/text.h"

enum {
	TCP, SOURCE_PORT, DESTINATION_PORT, STREAM, COMPLETENESS, SHORT, SEGMENT_LENGTH,
	SEQUENCE_QUOTED, SEQUENCE, SEQUENCE_RAW, NEXT_SEQUENCE, ACKNOWLEDGMENT_UNUSED,
	ACKNOWLEDGMENT, ACKNOWLEDGMENT_RAW, HEADER_LENGTH, FLAGS, FLAG_RESERVED, FLAG_AE, FLAG_CWR,
	FLAG_ECE, FLAG_ACE, FLAG_URG, FLAG_ACK, FLAG_PSH, FLAG_RST, FLAG_SYN, FLAG_FIN, FLAG_STRING,
	WINDOW, WINDOW_SIZE, WINDOW_SCALE, CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, CALCULATED, URGENT_POINTER, TIMESTAMPS,
	SINCE_FIRST, SINCE_PREVIOUS, RESET_CAUSE, NOTE_SHORT, NOTE_ACK_NONZERO,
	NOTE_FAST_OPEN_ACCEPTED, NOTE_FAST_OPEN_IGNORED, NOTE_HEADER_LENGTH, NOTE_RST, NOTE_SYN,
	NOTE_SYN_ACK, NOTE_FIN, NOTE_CLOSES, NOTE_IS_CLOSED, NOTE_URGENT_NONZERO, NOTE_STRAY,
	N_FIELDS
};

static const struct name header_lengths[] = {
	{ 0, "0 bytes" },   { 1, "4 bytes" },   { 2, "8 bytes" },   { 3, "12 bytes" },  { 4, "16 bytes" },  { 5, "20 bytes" },
	{ 6, "24 bytes" },  { 7, "28 bytes" },  { 8, "32 bytes" },  { 9, "36 bytes" },  { 10, "40 bytes" }, { 11, "44 bytes" },
	{ 12, "48 bytes" }, { 13, "52 bytes" }, { 14, "56 bytes" }, { 15, "60 bytes" },
};
static const struct name scales[] = {
	{ (uint64_t)SCALE_UNUSED, "no window scaling used" }, { (uint64_t)SCALE_UNKNOWN, "unknown" },
};

/* A connection is complete when it was opened and closed. */
static const struct name completenesses[] = {
	{ 0, "Incomplete" },
	{ 1, "Incomplete, SYN_SENT" },
	{ 2, "Incomplete" },
	{ 3, "Incomplete, CLIENT_ESTABLISHED" },
	{ 4, "Incomplete", 6 },
	{ 7, "Incomplete, ESTABLISHED" },
	{ 8, "Incomplete", 14 },
	{ 15, "Incomplete, DATA" },
	{ 16, "Incomplete", 22 },
	{ 23, "Complete, NO_DATA" },
	{ 24, "Incomplete", 30 },
	{ 31, "Complete, WITH_DATA" },
	{ 32, "Incomplete", 38 },
	{ 39, "Complete, NO_DATA" },
	{ 40, "Incomplete", 46 },
	{ 47, "Complete, WITH_DATA" },
	{ 48, "Incomplete", 54 },
	{ 55, "Complete, NO_DATA" },
	{ 56, "Incomplete", 62 },
	{ 63, "Complete, WITH_DATA" },
};

#define FLAG(name, label, bit) { "tcp.flags." name, label, BOOLEAN, .mask = bit, .bits = 12, .names = &set_or_not }
#define CHAT .severity = SEVERITY_CHAT, .group = GROUP_SEQUENCE
#define NOTICE .severity = SEVERITY_NOTE, .group = GROUP_SEQUENCE
#define PROTOCOL_NOTICE .severity = SEVERITY_NOTE, .group = GROUP_PROTOCOL
#define SHORT_TEXT                                                                                           \
	"Short segment. Segment/fragment does not contain a full TCP header (might be NMAP or someone else " \
	"deliberately sending unusual packets)"

static const struct field port_too[] = { { "tcp.port", "Source or Destination Port", UINT16, PORT_TCP } };

static const struct field fields[N_FIELDS] = {
	[TCP]              = { "tcp", "Transmission Control Protocol", PROTOCOL },
	[SOURCE_PORT]      = { "tcp.srcport", "Source Port", UINT16, PORT_TCP, .ALSO(port_too), .also_place = ALSO_BEHIND_NEXT },
	[DESTINATION_PORT] = { "tcp.dstport", "Destination Port", UINT16, PORT_TCP, .ALSO(port_too) },
	[STREAM]           = { "tcp.stream", "Stream index", UINT32, .generated = true },
	[COMPLETENESS]     = { "tcp.completeness", "Conversation completeness", UINT8, .generated = true,
	                       .names = NAMES(completenesses) },
	[SHORT]            = { NULL, SHORT_TEXT, SUBTREE },
	[SEGMENT_LENGTH]   = { "tcp.len", "TCP Segment Len", UINT32, .generated = true },
	[SEQUENCE_QUOTED]  = { "tcp.seq", "Sequence Number", UINT32 },
	[SEQUENCE]         = { "tcp.seq", "Sequence Number", UINT32, .unit = "    (relative sequence number)" },
	[SEQUENCE_RAW]     = { "tcp.seq_raw", "Sequence Number (raw)", UINT32 },
	[NEXT_SEQUENCE]    = { "tcp.nxtseq", "Next Sequence Number", UINT32, .generated = true,
	                       .unit = "    (relative sequence number)" },
	[ACKNOWLEDGMENT_UNUSED] = { "tcp.ack", "Acknowledgment Number", UINT32 },
	[ACKNOWLEDGMENT]   = { "tcp.ack", "Acknowledgment Number", UINT32, .unit = "    (relative ack number)" },
	[ACKNOWLEDGMENT_RAW] = { "tcp.ack_raw", "Acknowledgment number (raw)", UINT32 },
	[HEADER_LENGTH]    = { "tcp.hdr_len", "Header Length", UINT8, .mask = 0xf0, .names = NAMES(header_lengths), .scale = 4 },
	[FLAGS]            = { "tcp.flags", "Flags", UINT16, HEX, .mask = TCP_FLAGS, .bits = NO_BITS },
	[FLAG_RESERVED]    = FLAG("res", "Reserved", TCP_RESERVED),
	[FLAG_AE]          = FLAG("ae", "Accurate ECN", TCP_AE),
	[FLAG_CWR]         = FLAG("cwr", "Congestion Window Reduced", TCP_CWR),
	[FLAG_ECE]         = FLAG("ece", "ECN-Echo", TCP_ECE),
	[FLAG_ACE]         = { "tcp.flags.ace", "ACE", UINT16, .mask = TCP_AE | TCP_CWR | TCP_ECE, .bits = 12 },
	[FLAG_URG]         = FLAG("urg", "Urgent", TCP_URG),
	[FLAG_ACK]         = FLAG("ack", "Acknowledgment", TCP_ACK),
	[FLAG_PSH]         = FLAG("push", "Push", TCP_PSH),
	[FLAG_RST]         = FLAG("reset", "Reset", TCP_RST),
	[FLAG_SYN]         = FLAG("syn", "Syn", TCP_SYN),
	[FLAG_FIN]         = FLAG("fin", "Fin", TCP_FIN),
	[FLAG_STRING]      = { "tcp.flags.str", "TCP Flags", STRING, .generated = true },
	[WINDOW]           = { "tcp.window_size_value", "Window", UINT16 },
	[WINDOW_SIZE]      = { "tcp.window_size", "Calculated window size", UINT32, .generated = true },
	[WINDOW_SCALE]     = { "tcp.window_size_scalefactor", "Window size scaling factor", INT32, NUMBER_NAME,
	                       .generated = true, .names = NAMES(scales) },
	[CHECKSUM]         = { "tcp.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS]  = { "tcp.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                       .names = &checksum_status_names },
	[CHECKSUM_BAD]     = { "tcp.checksum_bad.expert", "Bad checksum", NOTE,
	                       .severity = SEVERITY_ERROR, .group = GROUP_CHECKSUM },
	[CALCULATED] = { "tcp.checksum_calculated", "Calculated Checksum", UINT16, HEX, .generated = true },
	[URGENT_POINTER]   = { "tcp.urgent_pointer", "Urgent Pointer", UINT16 },
	[TIMESTAMPS]       = { NULL, "Timestamps", SUBTREE, .generated = true },
	[SINCE_FIRST]      = { "tcp.time_relative", "Time since first frame in this TCP stream", RELATIVE_TIME,
	                       .generated = true },
	[SINCE_PREVIOUS]   = { "tcp.time_delta", "Time since previous frame in this TCP stream", RELATIVE_TIME,
	                       .generated = true },
	[RESET_CAUSE]      = { "tcp.reset_cause", "Reset cause", STRING },
	[NOTE_SHORT]       = { "tcp.short_segment", SHORT_TEXT, NOTE, .severity = SEVERITY_WARNING,
	                       .group = GROUP_MALFORMED },
	[NOTE_ACK_NONZERO] = { "tcp.ack.nonzero", "The acknowledgment number field is nonzero while the ACK flag is not set",
	                       NOTE, PROTOCOL_NOTICE },
	[NOTE_FAST_OPEN_ACCEPTED] = { "tcp.analysis.tfo_ack", "TCP SYN-ACK accepting TFO data", NOTE, NOTICE },
	[NOTE_FAST_OPEN_IGNORED] = { "tcp.analysis.tfo_ignored", "TCP SYN-ACK ignoring TFO data", NOTE, NOTICE },
	[NOTE_HEADER_LENGTH] = { "tcp.bogus_header_length", "Bogus TCP Header length", NOTE, .severity = SEVERITY_ERROR,
	                         .group = GROUP_PROTOCOL },
	[NOTE_RST]         = { "tcp.connection.rst", "Connection reset (RST)", NOTE, .severity = SEVERITY_WARNING,
	                       .group = GROUP_SEQUENCE },
	[NOTE_SYN]         = { "tcp.connection.syn", "Connection establish request (SYN)", NOTE, CHAT },
	[NOTE_SYN_ACK]     = { "tcp.connection.synack", "Connection establish acknowledge (SYN+ACK)", NOTE, CHAT },
	[NOTE_FIN]         = { "tcp.connection.fin", "Connection finish (FIN)", NOTE, CHAT },
	[NOTE_CLOSES]      = { "tcp.connection.fin_active", "This frame initiates the connection closing", NOTE, NOTICE },
	[NOTE_IS_CLOSED]   = { "tcp.connection.fin_passive", "This frame undergoes the connection closing", NOTE, NOTICE },
	[NOTE_URGENT_NONZERO] = { "tcp.urgent_pointer.non_zero",
	                          "The urgent pointer field is nonzero while the URG flag is not set", NOTE,
	                          PROTOCOL_NOTICE },
	[NOTE_STRAY]       = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                       .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

/* ---- what a segment shows: pass 2 ---- */

static void show_stream(struct dissection *d, const struct wire *w, const struct tcp_view *view)
{
	if (!view->fact)
		return;
	const struct tcp_stream *stream = view->fact->stream;
	uint8_t completeness = stream->completeness;
	if (d->frame->number != stream->first_frame)
		completeness |= stream->late_completeness;
	add_number(d, w, &fields[STREAM], stream->number);
	add_number(d, w, &fields[COMPLETENESS], completeness);
	place_nowhere(d);
}

static void show_sequence(struct dissection *d, struct wire *w, const struct tcp_view *view, node_ref top)
{
	const struct tcp_segment *s = &view->segment;
	uint32_t seq = s->seq - view->base;

	append_text(d, w, top, ", Seq: %u", seq);
	if (d->quoted && d->source.kind == ADDRESS_IPV4)
		return;
	add_node(d, w, &fields[SEQUENCE], w->at, 4, seq);
	add_node(d, w, &fields[SEQUENCE_RAW], w->at, 4, s->seq);
	if (s->has_length && s->header_length >= TCP_HEADER) {
		uint32_t next = seq + s->length + !!(s->flags & (TCP_SYN | TCP_FIN));
		add_number(d, w, &fields[NEXT_SEQUENCE], next);
	}
}

static void show_acknowledgment(struct dissection *d, struct wire *w, const struct tcp_view *view, node_ref top)
{
	const struct tcp_segment *s = &view->segment;
	uint32_t ack = s->ack - view->other_base;

	if (!(s->flags & TCP_ACK)) {
		add_node(d, w, &fields[ACKNOWLEDGMENT_UNUSED], w->at, 4, s->ack);
		if (s->ack)
			note_on(d, d->last, &fields[NOTE_ACK_NONZERO]);
	} else {
		append_text(d, w, top, ", Ack: %u", ack);
		add_node(d, w, &fields[ACKNOWLEDGMENT], w->at, 4, ack);
		if (s->flags & TCP_SYN && ack > 1)
			note_on(d, d->last, &fields[NOTE_FAST_OPEN_ACCEPTED]);
		else if (s->flags & TCP_SYN && ack == 1 && view->fact &&
		         view->fact->stream->flows[!s->direction].fast_open)
			note_on(d, d->last, &fields[NOTE_FAST_OPEN_IGNORED]);
	}
	add_node(d, w, &fields[ACKNOWLEDGMENT_RAW], w->at, 4, s->ack);
	wire_skip(w, 4);
}

/* Enough for every name. */
enum { FLAG_NAMES = 80 };

/* "ACK, FIN". Where three of them are a counter, that stands in their place. */
static char *put_flag_names(char *to, uint16_t flags, bool has_ace)
{
	static const char names[][5] = { "FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE" };
	enum { COUNT = sizeof names / sizeof *names, ECE = 6 };
	const char *start = to;

	for (unsigned i = 0; i < (has_ace ? ECE : COUNT); i++) {
		if (!(flags & 1u << i))
			continue;
		if (to != start)
			to = put_literal(to, ", ");
		to = put_bytes(to, names[i], strlen(names[i]));
	}
	if (has_ace) {
		to = put_literal(to, ", ACE=");
		*to++ = (char)('0' + (flags >> ECE & 7));
	}
	if (flags & TCP_RESERVED) {
		if (to != start)
			to = put_literal(to, ", ");
		to = put_literal(to, "Reserved");
	}
	return to == start ? put_literal(to, "<None>") : to;
}

/* A letter for each bit that is set, a dot in the middle of the line for others; "-3-" for the counter. */
static void add_flag_string(struct dissection *d, const struct wire *w, uint16_t flags, bool has_ace)
{
	static const char letters[] = "RRRACEUAPRSF";
	char text[2 * sizeof letters], *to = text;

	for (unsigned i = 0; i < 12; i++) {
		if (has_ace && i >= 3 && i < 6)
			*to++ = i == 4 ? (char)('0' + (flags >> 6 & 7)) : '-';
		else if (flags & 0x800u >> i)
			*to++ = letters[i];
		else
			to = put_literal(to, "\xc2\xb7");
	}
	add_string_value(d, w, &fields[FLAG_STRING], text, (size_t)(to - text));
	cover(d, w, 2);
}

static void note_flag(struct dissection *d, unsigned flag, const struct tcp_segment *s)
{
	switch (flag) {
	case FLAG_RST:
		note_on(d, d->last, &fields[NOTE_RST]);
		break;
	case FLAG_SYN: {
		bool is_ack = s->flags & TCP_ACK;
		const struct field *note = &fields[is_ack ? NOTE_SYN_ACK : NOTE_SYN];
		note_text_on(d, d->last, note, "%s: server port %u", note->label,
		             is_ack ? s->source_port : s->destination_port);
		break;
	}
	case FLAG_FIN:
		note_on(d, d->last, &fields[NOTE_FIN]);
		break;
	}
}

static void say_flags(struct dissection *d, uint16_t flags, bool has_ace)
{
	char *text = begin_text(d, FLAG_NAMES), *to = put_hex(put_literal(text, "0x"), flags, 3);

	to = put_flag_names(put_literal(to, " ("), flags, has_ace);
	end_text(d, d->last, TEXT_VALUE, text, put_literal(to, ")"));
}

/* A bit stands in one of the two octets that are read as one; the counter stands in both. */
static void add_flag(struct dissection *d, const struct wire *w, const struct field *field, uint16_t flags)
{
	const bool is_first = field->mask > UINT8_MAX, is_both = is_first && field->mask & UINT8_MAX;

	add_node(d, w, field, w->at + !is_first, 1 + is_both, flags);
}

static void show_flags(struct dissection *d, struct wire *w, const struct tcp_view *view)
{
	const struct tcp_segment *s = &view->segment;
	const struct tcp_stream *stream = view->fact ? view->fact->stream : NULL;
	const bool has_ace = stream && stream->has_accurate_ecn && !(s->flags & TCP_SYN);

	if (!BUILDING(d, w)) {
		wire_skip(w, 2);
		return;
	}
	add_node(d, w, &fields[FLAGS], w->at, 2, s->flags);
	if (SAYING(d, w, d->last))
		say_flags(d, s->flags, has_ace);
	node_ref node = open_subtree(d);
	for (unsigned i = FLAG_RESERVED; i <= FLAG_FIN; i++) {
		if (has_ace ? i >= FLAG_AE && i <= FLAG_ECE : i == FLAG_ACE)
			continue;
		add_flag(d, w, &fields[i], s->flags);
		if (s->flags & fields[i].mask)
			note_flag(d, i, s);
	}
	wire_skip(w, 2);
	add_flag_string(d, w, s->flags, has_ace);
	if (s->flags & TCP_FIN && stream)
		note_on(d, d->last, &fields[stream->closer == s->direction ? NOTE_CLOSES : NOTE_IS_CLOSED]);
	close_subtree(d, node, NULL);
}

static void show_window(struct dissection *d, struct wire *w, const struct tcp_view *view)
{
	const struct tcp_segment *s = &view->segment;
	int scale = view->fact ? view->fact->stream->flows[s->direction].scale : SCALE_UNKNOWN;
	bool is_scaled = scale >= 0 && !(s->flags & TCP_SYN) && s->has_length;

	add_node(d, w, &fields[WINDOW], w->at, 2, s->window);
	add_node(d, w, &fields[WINDOW_SIZE], w->at, 2, (uint64_t)s->window << (is_scaled ? scale : 0));
	if (!(s->flags & TCP_SYN))
		add_node(d, w, &fields[WINDOW_SCALE], w->at, 2, (uint64_t)(scale < 0 ? scale : 1 << scale));
	wire_skip(w, 2);
}

static void show_times(struct dissection *d, const struct wire *w, const struct tcp_fact *fact)
{
	if (!fact || !d->tree)
		return;
	node_ref times = open_heading(d, w, &fields[TIMESTAMPS]);
	add_time(d, w, &fields[SINCE_FIRST], timestamp_of(nanoseconds_between(timestamp_nanoseconds(d->frame->time), fact->stream->first_time)));
	add_time(d, w, &fields[SINCE_PREVIOUS], timestamp_of(fact->since_previous));
	close_subtree(d, times, NULL);
}

/* What the packet list says of the header without its options: "[SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0". */
static void list_header(struct dissection *d, struct wire *w, const struct tcp_view *view)
{
	const struct tcp_segment *s = &view->segment;
	const int scale = view->fact ? view->fact->stream->flows[s->direction].scale : SCALE_UNKNOWN;
	const bool has_ace = view->fact && view->fact->stream->has_accurate_ecn && !(s->flags & TCP_SYN);
	char text[FLAG_NAMES], *to = put_literal(text, " [");

	if (!LISTING(d, w))
		return;
	to = put_flag_names(to, s->flags, has_ace);
	info_put(d->columns, text, (size_t)(put_literal(to, "]") - text));
	append_info_number(d, w, " Seq=", s->seq - view->base);
	if (s->flags & TCP_ACK)
		append_info_number(d, w, " Ack=", s->ack - view->other_base);
	const bool is_scaled = scale >= 0 && !(s->flags & TCP_SYN) && s->has_length;
	append_info_number(d, w, " Win=", (uint32_t)s->window << (is_scaled ? scale : 0));
}

/* The header behind its ports; false when it does not go on. `start` is where it starts, w stands behind it then. */
static bool show_header(struct dissection *d, struct wire *w, const struct tcp_view *view, uint32_t start, node_ref top)
{
	static const struct offloaded_checksum look = {
		.fields = &fields[CHECKSUM], .protocol = 6,
		.excuse = "(maybe caused by \"TCP checksum offload\"?)",
	};
	const struct tcp_segment *s = &view->segment;

	show_stream(d, w, view);
	if (s->has_length) {
		add_number(d, w, &fields[SEGMENT_LENGTH], s->length);
	} else if (!d->quoted) {
		add_node(d, w, &fields[SHORT], w->at, 0, 0);
		note_on(d, d->last, &fields[NOTE_SHORT]);
	}
	show_sequence(d, w, view, top);
	list_header(d, w, view);
	wire_skip(w, 4);
	if (s->header_length < TCP_HEADER) {
		append_info(d, w, ", bogus TCP header length (%u, must be at least %u)", s->header_length, TCP_HEADER);
		wire_skip(w, 4);
		add_uint8(d, w, &fields[HEADER_LENGTH]);
		note_text_on(d, d->last, &fields[NOTE_HEADER_LENGTH],
		             "Bogus TCP header length (%u, must be at least %u)", s->header_length, TCP_HEADER);
		return false;
	}
	show_acknowledgment(d, w, view, top);
	if (s->has_length)
		append_text(d, w, top, ", Len: %u", s->length);
	add_node(d, w, &fields[HEADER_LENGTH], w->at, 1, *wire_here(w));
	show_flags(d, w, view);
	show_window(d, w, view);
	add_transport_checksum(d, w, &look, d->session->options.check_tcp, start, w->reported - start);
	uint16_t urgent = add_uint16(d, w, &fields[URGENT_POINTER]);
	if (urgent && !(s->flags & TCP_URG))
		note_on(d, d->last, &fields[NOTE_URGENT_NONZERO]);
	if (s->flags & TCP_URG)
		append_info_number(d, w, " Urg=", urgent);
	if (s->has_length)
		append_info_number(d, w, " Len=", s->length);
	if (w->state != WIRE_GOOD)
		return false;
	enum wire_state end = WIRE_GOOD;
	if (s->header_length > TCP_HEADER)
		end = dissect_tcp_options(d, w, s->header_length - (uint32_t)TCP_HEADER, view);
	show_times(d, w, view->fact);
	if (view->fact && end == WIRE_GOOD)
		show_tcp_findings(d, w, view->fact, tcp_marks_at(view->fact, s, d->frame->number));
	if (end != WIRE_GOOD) {
		w->state = (uint8_t)end;
		w->at = w->end;
	}
	show_mptcp_analysis(d, w);
	return end == WIRE_GOOD;
}

/* ---- a segment ---- */

/* The header behind the ports, of which 12 octets are there. `start` is where the header starts. */
static struct tcp_segment read_segment(const struct dissection *d, const struct wire *w, uint32_t start)
{
	const uint8_t *p = wire_here(w);
	struct tcp_segment s = {
		.seq = be32(p),
		.ack = be32(p + 4),
		.source_port = d->source_port,
		.destination_port = d->destination_port,
		.flags = be16(p + 8) & TCP_FLAGS,
		.window = be16(p + 10),
		.header_length = (uint8_t)(p[8] >> 4 << 2),
	};
	uint32_t sent = w->reported - start;
	int order = memcmp(&d->source, &d->destination, sizeof d->source);

	s.direction = order > 0 || (order == 0 && s.source_port > s.destination_port);
	s.has_length = s.header_length <= sent && !d->quoted && !w->fragment;
	s.length = s.has_length ? sent - s.header_length : 0;
	return s;
}

/* RFC 9293, section 3.5.2: a reset may say why, in ASCII. */
static void add_reset_cause(struct dissection *d, struct wire *w)
{
	uint32_t n = wire_captured(w);
	const uint8_t *octets = wire_bytes(w, n);

	if (d->first_pass)
		return;
	uint32_t length = (uint32_t)strnlen((const char *)octets, n);
	char *text = arena_alloc(d->arena, 3 * (size_t)length + 1), *to = text;
	for (uint32_t i = 0; i < length; i++) {
		if (octets[i] < 0x80)
			*to++ = (char)octets[i];
		else
			to = put_literal(to, "\xef\xbf\xbd");
	}
	add_node_octets(d, w, &fields[RESET_CAUSE], w->at - n, n, (const uint8_t *)text, (uint32_t)(to - text));
	while (length < n && !octets[length])
		length++;
	if (length < n)
		note_on(d, d->last, &fields[NOTE_STRAY]);
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;

	if (!wire_need(w, 4))
		return;
	begin_columns(d, w, "TCP");
	node_ref top = open_protocol(d, w, &fields[TCP]);
	d->source_port = add_uint16(d, w, &fields[SOURCE_PORT]);
	d->destination_port = add_uint16(d, w, &fields[DESTINATION_PORT]);
	d->ip_protocol = 6;
	if (SAYING(d, w, top))
		append_ports(d, top);
	if (LISTING(d, w))
		list_ports(d);
	if (d->quoted && d->source.kind == ADDRESS_IPV4 && wire_has(w, 4))
		add_node(d, w, &fields[SEQUENCE_QUOTED], w->at, 4, be32(wire_here(w)));
	if (!wire_need(w, 12))
		return;

	struct tcp_view view = { .segment = read_segment(d, w, start) };
	const struct tcp_segment *s = &view.segment;
	if (d->first_pass) {
		struct wire options = *w;
		options.at += 12;
		tcp_follow(d, &options, s);
	}
	view.fact = find_fact(d, FACT_TCP);
	if (view.fact) {
		d->conversation = view.fact->stream->conversation;
		d->has_conversation = true;
	}
	if (!d->first_pass) {
		if (view.fact && s->has_length) {
			view.base = tcp_base_at(&view.fact->stream->flows[s->direction], d->frame->number);
			view.other_base = tcp_base_at(&view.fact->stream->flows[!s->direction], d->frame->number);
		}
		if (!show_header(d, w, &view, start, top))
			return;
	} else {
		if (s->header_length < TCP_HEADER)
			return;
		wire_skip(w, s->header_length - 4u);
	}

	uint32_t n = wire_left(w);
	if (wire_captured(w) && s->flags & TCP_RST) {
		add_reset_cause(d, w);
		return;
	}
	tcp_dissect_payload(d, w, wire_part(w, n), &view, top);
}

const struct protocol protocol_tcp = {
	.name = "Transmission Control Protocol",
	.short_name = "TCP",
	.filter = "tcp",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.state_size = sizeof(struct tcp_state),
	.state_end = tcp_state_end,
};
