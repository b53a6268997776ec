/*
 * websocket.c: WebSocket, RFC 6455: frames and the messages that they carry, and those that permessage-deflate (RFC 7692)
 * compressed. What subprotocols say in messages is shown as text lines or as data.
 *
 *	+-+---+-------+-+-------------+-------------------+--------------------+-------------+
 *	|F|RSV|opcode |M| length (7)  | length (16 or 64) | masking key (32)   | payload ... |
 *	+-+---+-------+-+-------------+-------------------+--------------------+-------------+
 */

#include "dissect/websocket.h"

#include <stdlib.h>

#include "dissect/assembly_tree.h"
#include "dissect/inflate.h"
#include "dissect/session.h"
#include "dissect/tcp_reassembly.h"
#include "dissect/text.h"

enum {
	WEBSOCKET, FIN, RESERVED, COMPRESSED, OPCODE, MASK, LENGTH, LENGTH_16, LENGTH_64, KEY, MASKED_PAYLOAD, PAYLOAD,
	CONTINUE, TEXT, CLOSE, STATUS, REASON, PING, PONG, UNKNOWN, FRAGMENTS, FRAGMENT, COUNT, WHOLE_LENGTH, FAILED,
	NOTE_OPCODE, NOTE_FAILED, NOTE_STRAY, N_FIELDS
};

enum opcode { OP_CONTINUATION, OP_TEXT, OP_BINARY, OP_CLOSE = 8, OP_PING, OP_PONG };

static const struct name opcodes[] = {
	{ OP_CONTINUATION, "Continuation" },
	{ OP_TEXT, "Text" },
	{ OP_BINARY, "Binary" },
	{ OP_CLOSE, "Connection Close" },
	{ OP_PING, "Ping" },
	{ OP_PONG, "Pong" },
};
static const struct name statuses[] = {
	{ 1000, "Normal Closure" },
	{ 1001, "Going Away" },
	{ 1002, "Protocol error" },
	{ 1003, "Unsupported Data" },
	{ 1004, "---Reserved----" },
	{ 1005, "No Status Rcvd" },
	{ 1006, "Abnormal Closure" },
	{ 1007, "Invalid frame payload data" },
	{ 1008, "Policy Violation" },
	{ 1009, "Message Too Big" },
	{ 1010, "Mandatory Ext." },
	{ 1011, "Internal Server" },
	{ 1015, "TLS handshake" },
};

static const struct field fields[N_FIELDS] = {
	[WEBSOCKET]      = { "websocket", "WebSocket", PROTOCOL },
	[FIN]            = { "websocket.fin", "Fin", BOOLEAN, .mask = 0x80 },
	[RESERVED]       = { "websocket.rsv", "Reserved", UINT8, .show = HEX, .mask = 0x70 },
	[COMPRESSED]     = { "websocket.pmc", "Per-Message Compressed", BOOLEAN, .mask = 0x40 },
	[OPCODE]         = { "websocket.opcode", "Opcode", UINT8, .mask = 0x0f, .names = NAMES(opcodes) },
	[MASK]           = { "websocket.mask", "Mask", BOOLEAN, .mask = 0x80 },
	[LENGTH]         = { "websocket.payload_length", "Payload length", UINT8, .mask = 0x7f },
	[LENGTH_16]      = { "websocket.payload_length_ext_16", "Extended Payload length (16 bits)", UINT16 },
	[LENGTH_64]      = { "websocket.payload_length_ext_64", "Extended Payload length (64 bits)", UINT64 },
	[KEY]            = { "websocket.masking_key", "Masking-Key", OCTETS },
	[MASKED_PAYLOAD] = { "websocket.masked_payload", "Masked payload", SUBTREE },
	[PAYLOAD]        = { "websocket.payload", "Payload", SUBTREE },
	[CONTINUE]       = { "websocket.payload.continue", "Continue", OCTETS },
	[TEXT]           = { "websocket.payload.text", "Text", STRING },
	[CLOSE]          = { "websocket.payload.close", "Close", SUBTREE },
	[STATUS]         = { "websocket.payload.close.status_code", "Status code", UINT16, .names = NAMES(statuses) },
	[REASON]         = { "websocket.payload.close.reason", "Reason", STRING },
	[PING]           = { "websocket.payload.ping", "Ping", OCTETS },
	[PONG]           = { "websocket.payload.pong", "Pong", OCTETS },
	[UNKNOWN]        = { "websocket.payload.unknown", "Unknown", OCTETS },
	[FRAGMENTS]      = { "websocket.fragments", "Reassembled websocket Fragments", SUBTREE, .generated = true },
	[FRAGMENT]       = { "websocket.fragment", "Websocket Fragment", FRAME_NUMBER, .generated = true },
	[COUNT]          = { "websocket.fragment.count", "Fragment count", UINT32, .generated = true },
	[WHOLE_LENGTH]   = { "websocket.reassembled.length", "Reassembled websocket Payload length", UINT32,
	                     .generated = true },
	[FAILED]         = { NULL, "Decompression failed", SUBTREE },
	[NOTE_OPCODE]    = { "websocket.payload.unknown.expert", "Dissector for Websocket Opcode", NOTE,
	                     .severity = SEVERITY_NOTE, .group = GROUP_UNDECODED },
	[NOTE_FAILED]    = { "websocket.decompression.failed.expert", "Decompression failed", NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[NOTE_STRAY]     = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

static const struct assembly_look fragments_look = {
	.top = &fields[FRAGMENTS], .piece = &fields[FRAGMENT], .count = &fields[COUNT], .length = &fields[WHOLE_LENGTH],
};

extern const struct protocol protocol_websocket, protocol_websocket_frame, protocol_text_lines, protocol_data;

/* ---- connections ---- */

/* What one side sends. */
struct sender {
	uint32_t assembly;     /* of the message whose fragments come; number + 1 */
	uint32_t filled;       /* octets of it */
	fact_ref first;        /* of the frame with its first fragment */
	z_stream *inflate;     /* RFC 7692, section 7.2.2; NULL: not begun */
	bool is_broken;        /* nothing more can be inflated */
	bool forgets;          /* what came before a message does not count for it */
};

struct websocket {
	bool is_deflated;         /* by permessage-deflate */
	uint8_t opcode;           /* of the last message that was fragmented, whoever sent it */
	struct sender senders[2]; /* the client is the first */
};

static bool names(struct http_text extensions, const char *name)
{
	return extensions.length && memmem(extensions.at, extensions.length, name, strlen(name));
}

/* As tshark has it, what a parameter says of one side counts for the other. */
struct websocket *websocket_new(struct http_text extensions)
{
	struct websocket *websocket = must_zero(1, sizeof *websocket);

	websocket->is_deflated = names(extensions, "permessage-deflate") || names(extensions, "x-webkit-deflate-frame");
	websocket->senders[0].forgets = names(extensions, "server_no_context_takeover");
	websocket->senders[1].forgets = names(extensions, "client_no_context_takeover");
	return websocket;
}

static void free_inflate(struct sender *sender)
{
	if (!sender->inflate)
		return;
	inflateEnd(sender->inflate);
	free(sender->inflate);
	sender->inflate = NULL;
}

void websocket_free(struct websocket *websocket)
{
	if (!websocket)
		return;
	free_inflate(&websocket->senders[0]);
	free_inflate(&websocket->senders[1]);
	free(websocket);
}

/* ---- what pass 1 knows of messages ---- */

/* The last message that became whole of fragments of which a frame has one. */
struct message_fact {
	uint32_t assembly; /* number + 1; 0: all of it is one fragment in the frame */
	uint16_t layer;    /* how many protocols the frame had had by then; 0: there is no message */
	uint8_t opcode;
};

/* What a message was before it was compressed. */
struct inflated_fact {
	const uint8_t *octets;
	uint32_t length;
	bool has_failed;
};

/* What pass 1 keeps: inflated messages, since what comes before a message is needed to inflate it. */
struct state {
	uint32_t frame;            /* that was read last */
	struct message_fact *fact; /* of that frame; NULL: none */
	fact_ref ref;
	struct arena inflated;
	uint32_t kept;             /* octets of them */
	uint32_t streams;          /* inflating */
};

enum {
	INFLATED_KEPT = 256 * 1024 * 1024,   /* octets, of all messages */
	INFLATED_LARGEST = 16 * 1024 * 1024, /* octets of one message */
	STREAMS = 2048,                      /* inflating at one time; each takes 40 KiB */
};

static void end_state(void *state)
{
	arena_free(&((struct state *)state)->inflated);
}

/* All messages of a frame share one fact, under the frame itself. */
enum { FRAME_LAYER = 0 };

static struct state *begin_frame(struct dissection *d)
{
	struct state *state = protocol_state(d, &protocol_websocket);

	if (state->frame == d->frame->number)
		return state;
	state->frame = d->frame->number;
	state->fact = NULL;
	state->ref = 0;
	if (!capture_is_seekable(d->session->capture)) {
		arena_reset(&state->inflated);
		state->kept = 0;
	}
	return state;
}

static void keep_message(struct dissection *d, struct state *state, const struct message_fact *message)
{
	if (!state->fact)
		state->fact = facts_add(&d->session->facts, d->frame->number, FRAME_LAYER, FACT_WEBSOCKET,
		                        sizeof *state->fact, &state->ref);
	if (state->fact)
		*state->fact = *message;
}

/* How many protocols the frame has had, where frames of WebSocket count for none; how many of those. */
static unsigned count_layers(const struct dissection *d, unsigned *frames)
{
	*frames = 0;
	for (unsigned i = 0; i < d->layer_count; i++)
		*frames += d->layers[i] == &protocol_websocket_frame;
	return d->layer_count - *frames;
}

/* Frames of WebSocket in a segment. */
struct websocket_segment {
	struct websocket *websocket;
	struct sender *sender;
	bool is_continued; /* with a fragment that was shown alone: whole messages behind it are not shown */
};

/* ---- frames ---- */

struct frame_header {
	uint8_t opcode;
	bool is_last, is_compressed, is_masked;
	uint8_t key[4];
};

enum { HEADER = 2, MASKED = 0x80, SHORT = 126, LONG = 127, KEY_SIZE = 4 };

/* RFC 6455, section 5.2: a length of 7 bits, or of 2 or 8 octets behind them; then the key of what is masked. */
static uint32_t frame_length(const struct wire *w)
{
	const uint8_t *p = wire_here(w);
	const uint32_t key = p[1] & MASKED ? KEY_SIZE : 0;
	const unsigned length = p[1] & ~MASKED;
	const uint32_t extended = length == SHORT ? 2 : length == LONG ? 8 : 0;

	if (wire_captured(w) < HEADER + extended)
		return 0;
	const uint64_t payload = length == SHORT ? be16(p + HEADER) : length == LONG ? be64(p + HEADER) : length;
	return (uint32_t)(HEADER + extended + key + payload);
}

/* How many octets of payload follow: as tshark counts them, in 32 bits. */
static uint32_t read_header(struct dissection *d, struct wire *w, struct frame_header *header)
{
	const uint8_t first = wire_peek_u8(w, 0), second = wire_peek_u8(w, 1);
	uint64_t length = second & ~MASKED;

	*header = (struct frame_header){ first & 0x0f, first & 0x80, false, second & MASKED, { 0 } };
	wire_skip(w, 1);
	add_bits(d, w, &fields[FIN], &fields[RESERVED], 1, first);
	if (d->websocket->websocket->is_deflated) {
		header->is_compressed = first & 0x40;
		add_bits(d, w, &fields[COMPRESSED], &fields[COMPRESSED], 1, first);
	}
	add_bits(d, w, &fields[OPCODE], &fields[OPCODE], 1, first);
	wire_skip(w, 1);
	add_bits(d, w, &fields[MASK], &fields[LENGTH], 1, second);
	if (length == SHORT) {
		append_literal(d, w, d->last, " Extended Payload Length (16 bits)");
		length = add_uint16(d, w, &fields[LENGTH_16]);
	} else if (length == LONG) {
		append_literal(d, w, d->last, " Extended Payload Length (64 bits)");
		length = add_uint64(d, w, &fields[LENGTH_64]);
	}
	const uint8_t *key = header->is_masked ? add_octets(d, w, &fields[KEY], KEY_SIZE) : NULL;
	if (key)
		memcpy(header->key, key, KEY_SIZE);
	return (uint32_t)length;
}

/* RFC 6455, section 5.3 */
static const uint8_t *unmask(struct dissection *d, const struct frame_header *header, const uint8_t *octets, uint32_t n)
{
	if (!header->is_masked)
		return octets;
	uint8_t *clear = arena_alloc(d->arena, n);
	for (uint32_t i = 0; i < n; i++)
		clear[i] = octets[i] ^ header->key[i % KEY_SIZE];
	return clear;
}

/* ---- messages ---- */

struct message {
	struct wire payload;
	uint8_t opcode;
	const struct assembly *assembly; /* NULL: the frame is all of it */
};

static void learn_whole(struct dissection *d, struct state *state, struct message_fact *message)
{
	struct sender *sender = d->websocket->sender;
	struct message_fact *first = facts_at(&d->session->facts, sender->first);

	if (first)
		*first = *message;
	keep_message(d, state, message);
	sender->assembly = 0;
}

/* Pass 1: a fragment. False: it does not complete a message. */
static bool learn_fragment(struct dissection *d, const struct frame_header *header, struct message *message)
{
	struct websocket *websocket = d->websocket->websocket;
	struct sender *sender = d->websocket->sender;
	struct state *state = begin_frame(d);
	struct reassembly *reassembly = &d->session->reassembly;
	const uint32_t n = wire_captured(&message->payload);
	const uint64_t from = header->is_masked ? UINT64_MAX : d->sources[message->payload.source].capture_offset;
	unsigned frames;

	if (header->opcode)
		websocket->opcode = header->opcode;
	message->opcode = websocket->opcode;
	struct message_fact fact = { .layer = (uint16_t)count_layers(d, &frames), .opcode = message->opcode };
	if (!sender->assembly) {
		if (header->is_last) {
			keep_message(d, state, &fact);
			return true;
		}
		keep_message(d, state, state->fact ? state->fact : &(struct message_fact){ 0 });
		sender->first = state->ref;
		sender->assembly = reassembly_new(reassembly) + 1;
		sender->filled = 0;
	}
	struct piece piece = { .frame = d->frame->number, .at = sender->filled, .length = n,
		               .from = from == UINT64_MAX ? from : from + message->payload.at };
	fact.assembly = sender->assembly;
	sender->filled += n;
	switch (reassembly_add(reassembly, d->session->capture, fact.assembly - 1, piece, wire_here(&message->payload),
	                       header->is_last)) {
	case PIECE_KEPT:
		return false;
	case PIECE_REFUSED:
		sender->assembly = 0;
		return false;
	case PIECE_COMPLETES:
		break;
	}
	learn_whole(d, state, &fact);
	message->assembly = reassembly_at(reassembly, fact.assembly - 1);
	return true;
}

/*
 * Pass 2: the message that is shown with a fragment. Like tshark this looks for the last one that has a fragment in the frame,
 * and shows it where as many protocols came before as when it became whole.
 */
static bool find_message(struct dissection *d, struct message *message)
{
	const struct message_fact *fact =
		facts_find(&d->session->facts, &d->facts_from, d->frame->number, FRAME_LAYER, FACT_WEBSOCKET);
	unsigned frames;

	if (!fact || !fact->layer || fact->layer != count_layers(d, &frames))
		return false;
	message->opcode = fact->opcode;
	message->assembly = fact->assembly ? reassembly_at(&d->session->reassembly, fact->assembly - 1) : NULL;
	return !message->assembly || message->assembly->frame == d->frame->number;
}

/* The payload becomes all of the message. */
static bool join_fragments(struct dissection *d, struct message *message)
{
	const struct assembly *assembly = message->assembly;

	if (!assembly)
		return true;
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);
	if (octets && !d->first_pass)
		message->payload = add_source(d, "Reassembled Message", octets, assembly->length);
	else if (octets)
		message->payload = wire_over(octets, assembly->length, assembly->length, message->payload.source);
	return octets;
}

/* False: the frame is a fragment that shows nothing but itself. */
static bool read_message(struct dissection *d, const struct frame_header *header, struct message *message)
{
	if (header->opcode >= OP_CLOSE)
		return true;
	if (header->is_last && header->opcode)
		return !d->websocket->is_continued;
	return (d->first_pass ? learn_fragment(d, header, message) : find_message(d, message)) &&
	       join_fragments(d, message);
}

/* ---- compressed messages ---- */

static void end_inflate(struct state *state, struct sender *sender)
{
	if (sender->inflate)
		state->streams--;
	free_inflate(sender);
}

static bool begin_inflate(struct state *state, struct sender *sender)
{
	if (sender->inflate)
		return true;
	if (state->streams >= STREAMS)
		return false;
	sender->inflate = must_zero(1, sizeof *sender->inflate);
	if (inflateInit2(sender->inflate, -MAX_WBITS) != Z_OK) {
		free(sender->inflate);
		sender->inflate = NULL;
		return false;
	}
	state->streams++;
	return true;
}

/* RFC 7692, section 7.2.2: the end of the last block was left out. */
static bool inflate_message(struct dissection *d, struct state *state, const struct wire *w, struct inflated *inflated)
{
	static const uint8_t end[] = { 0, 0, 0xff, 0xff };
	struct sender *sender = d->websocket->sender;

	if (!begin_inflate(state, sender))
		return false;
	sender->inflate->next_in = (uint8_t *)(uintptr_t)wire_here(w);
	sender->inflate->avail_in = wire_captured(w);
	int result = inflate_more(d->arena, sender->inflate, INFLATED_LARGEST, inflated);
	if (inflate_is_sound(result)) {
		sender->inflate->next_in = (uint8_t *)(uintptr_t)end;
		sender->inflate->avail_in = sizeof end;
		result = inflate_more(d->arena, sender->inflate, INFLATED_LARGEST, inflated);
	}
	if (sender->forgets)
		end_inflate(state, sender);
	return inflate_is_sound(result);
}

static const struct inflated_fact *learn_inflated(struct dissection *d, const struct wire *w, unsigned ordinal)
{
	struct state *state = begin_frame(d);
	struct inflated inflated = { 0 };
	struct inflated_fact *fact = facts_add(&d->session->facts, d->frame->number, ordinal, FACT_WEBSOCKET_INFLATED,
	                                       sizeof *fact, NULL);

	if (!fact)
		return NULL;
	fact->has_failed = !inflate_message(d, state, w, &inflated) || inflated.length > INFLATED_KEPT - state->kept;
	if (fact->has_failed)
		return fact;
	state->kept += inflated.length;
	fact->octets = arena_copy(&state->inflated, inflated.octets, inflated.length);
	fact->length = inflated.length;
	return fact;
}

/* False: it cannot be decompressed. What nothing comes out of is shown as it is. */
static bool decompress(struct dissection *d, struct message *message)
{
	unsigned ordinal;

	count_layers(d, &ordinal);
	const struct inflated_fact *fact =
		d->first_pass ? learn_inflated(d, &message->payload, ordinal) :
		                facts_find(&d->session->facts, &d->facts_from, d->frame->number, ordinal,
		                           FACT_WEBSOCKET_INFLATED);
	if (!fact || fact->has_failed)
		return false;
	if (fact->length && !d->first_pass)
		message->payload = add_source(d, "Decompressed payload", fact->octets, fact->length);
	return true;
}

/* ---- what payloads say ---- */

static void show_text(struct dissection *d, struct wire *w, const struct message *message)
{
	const uint32_t n = wire_left(w);
	const uint8_t *octets = add_string(d, w, &fields[message->opcode == OP_TEXT ? TEXT : REASON], n);

	if (octets && !d->first_pass && has_stray_characters(octets, n))
		note_on(d, d->last, &fields[NOTE_STRAY]);
}

static void show_close(struct dissection *d, struct wire *w, const struct message *message)
{
	node_ref node = add_node(d, w, &fields[CLOSE], w->at, wire_left(w), 0);

	open_subtree(d);
	if (wire_left(w) >= 2) {
		add_uint16(d, w, &fields[STATUS]);
		if (wire_left(w))
			show_text(d, w, message);
	}
	close_subtree(d, node, NULL);
}

static void show_ping(struct dissection *d, struct wire *w, const struct message *message)
{
	add_octets(d, w, &fields[message->opcode == OP_PING ? PING : PONG], wire_left(w));
}

static void show_unknown(struct dissection *d, struct wire *w, const struct message *message)
{
	add_octets(d, w, &fields[UNKNOWN], wire_left(w));
	note_text_on(d, d->last, &fields[NOTE_OPCODE],
	             "Dissector for Websocket Opcode (%u) code not implemented, "
	             "Contact Wireshark developers if you want this supported", message->opcode);
}

static const struct kind {
	uint8_t opcode;
	void (*show)(struct dissection *d, struct wire *w, const struct message *message);
	const struct protocol *protocol; /* that reads it */
} kinds[] = {
	{ OP_TEXT, show_text, &protocol_text_lines },
	{ OP_BINARY, NULL, &protocol_data },
	{ OP_CLOSE, show_close, NULL },
	{ OP_PING, show_ping, NULL },
	{ OP_PONG, show_ping, NULL },
};

static const struct kind *kind_of(uint8_t opcode)
{
	static const struct kind unknown = { 0, show_unknown, NULL };

	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].opcode == opcode)
			return &kinds[i];
	return &unknown;
}

static void show_failure(struct dissection *d, const struct wire *w)
{
	add_node(d, w, &fields[FAILED], w->at, wire_left(w), 0);
	note_on(d, d->last, &fields[NOTE_FAILED]);
}

/* A fragment by itself. */
static void show_fragment(struct dissection *d, const struct frame_header *header, struct wire payload)
{
	if (header->opcode)
		return;
	d->websocket->is_continued = true;
	add_octets(d, &payload, &fields[CONTINUE], wire_left(&payload));
}

/* The payload as it was before it was masked. */
static struct wire clear_payload(struct dissection *d, struct wire *w, const struct frame_header *header, uint32_t n)
{
	struct wire payload = wire_take(w, n);

	if (!header->is_masked)
		return payload;
	add_node(d, w, &fields[MASKED_PAYLOAD], payload.at, n, 0);
	const uint8_t *clear = unmask(d, header, wire_here(&payload), n);
	return !d->first_pass ? add_source(d, "Unmasked data", clear, n) : wire_over(clear, n, n, w->source);
}

/* The cursor stands on a payload. Closes the frame's tree. */
static void read_payload(struct dissection *d, struct wire *w, const struct frame_header *header, uint32_t n,
                         node_ref top)
{
	const struct wire payload = clear_payload(d, w, header, n);
	struct message message = { .payload = payload, .opcode = header->opcode };
	const bool is_message = read_message(d, header, &message);
	const struct wire whole = message.payload;
	const bool is_clear = !is_message || !header->is_compressed || header->opcode >= OP_CLOSE ||
	                      decompress(d, &message);
	const struct kind *kind = kind_of(message.opcode);
	struct wire content = message.payload;

	add_node(d, &payload, &fields[PAYLOAD], payload.at, n, 0);
	node_ref node = open_subtree(d);
	if (is_message && is_clear && kind->show)
		kind->show(d, &content, &message);
	close_subtree(d, node, NULL);
	close_subtree(d, top, NULL);
	if (!is_message)
		show_fragment(d, header, payload);
	else if (message.assembly)
		show_assembly(d, &whole, message.assembly, &fragments_look);
	if (!is_clear)
		show_failure(d, &payload);
	else if (is_message && kind->protocol)
		dissect_protocol(d, message.payload, kind->protocol);
}

static void dissect_frame(struct dissection *d, struct wire *w)
{
	struct frame_header header;
	node_ref top = open_protocol(d, w, &fields[WEBSOCKET]);
	const uint32_t n = read_header(d, w, &header);

	reach(d, top, w); /* the payload is beside it */
	set_column(d, w, "WebSocket");
	set_info(d, w, "WebSocket %s%s%s", name_or(fields[OPCODE].names, header.opcode, "Unknown Opcode"),
	            header.is_last ? " [FIN]" : "[FRAGMENT] ", header.is_masked ? " [MASKED]" : " ");
	if (n && wire_need(w, n))
		read_payload(d, w, &header, n, top);
	else
		close_subtree(d, top, NULL);
}

const struct protocol protocol_websocket_frame = {
	.name = "WebSocket frame", .short_name = "WebSocket", .filter = "websocket", .dissect = dissect_frame,
};

static void dissect(struct dissection *d, struct wire *w)
{
	static const struct tcp_framing frames = {
		.header = HEADER, .measure = frame_length, .protocol = &protocol_websocket_frame,
	};
	const struct http_stream *stream = http_stream_of(d);
	struct websocket_segment *outer = d->websocket;

	if (!stream || !stream->websocket)
		return;
	struct sender *sender = &stream->websocket->senders[d->source_port != stream->client_port];
	struct websocket_segment segment = { stream->websocket, sender, false };
	d->websocket = &segment;
	dissect_tcp_pdus(d, w, &frames);
	d->websocket = outer;
}

const struct protocol protocol_websocket = {
	.name = "WebSocket", .short_name = "WebSocket", .filter = "websocket", .fields = fields, .field_count = N_FIELDS,
	.dissect = dissect, .state_size = sizeof(struct state), .state_end = end_state,
};
