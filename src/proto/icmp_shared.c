/* icmp_shared.c: checksums, echo pairs and extended echo (RFC 8335) of ICMP and ICMPv6. */

#include "dissect/icmp.h"

#include "dissect/checksum.h"
#include "dissect/checksum_fields.h"
#include "dissect/session.h"
#include "dissect/text.h"

/* ---- checksums ---- */

uint16_t add_icmp_checksum(struct dissection *d, struct wire *w, const struct field *fields, uint32_t start,
                           uint32_t length, uint16_t sum)
{
	if (d->quoted)
		return add_unverified_checksum(d, w, fields, " [unverified] [in ICMP error packet]");
	if (w->fragment || w->end < w->reported)
		return add_unverified_checksum(d, w, fields, " [unverified] [fragmented datagram]");
	return add_checksum(d, w, fields, d->tree ? checksum_add(sum, w->data + start, length) : 0);
}

/* ---- echo pairs ---- */

struct echo_key {
	uint32_t conversation;
	uint16_t id, sequence;
	uint16_t checksum, pad;
};

struct echo_waiting {
	fact_ref fact; /* of the request */
	int64_t seconds;
	int32_t nanoseconds;
	uint32_t frame; /* 0: it has its reply */
};

struct request_fact {
	uint32_t response; /* frame; 0: none */
};

struct reply_fact {
	uint32_t request;
	int32_t nanoseconds; /* since the request */
	int64_t seconds;
};

void echo_begin(void *state)
{
	struct echo_state *echoes = state;
	map_init(&echoes->waiting, sizeof(struct echo_key), sizeof(struct echo_waiting));
}

void echo_end(void *state)
{
	struct echo_state *echoes = state;
	map_free(&echoes->waiting);
}

static struct echo_key key_of(struct dissection *d, uint8_t ip_protocol, struct echo echo)
{
	struct conversation *c = conversation_find(&d->session->conversations, ip_protocol, &d->source, 0,
	                                           &d->destination, 0, NULL);
	return (struct echo_key){ c->id, echo.id, echo.sequence, echo.checksum, 0 };
}

static void learn_request(struct dissection *d, struct echo_state *state, struct echo_key key, enum fact_kind kind)
{
	struct echo_waiting *waiting = map_put(&state->waiting, &key, NULL);
	fact_ref ref = 0;

	add_fact(d, kind, sizeof(struct request_fact), &ref);
	*waiting = (struct echo_waiting){ ref, d->frame->time.seconds, d->frame->time.nanoseconds, d->frame->number };
}

static void learn_reply(struct dissection *d, struct echo_state *state, struct echo_key key, enum fact_kind kind)
{
	struct echo_waiting *waiting = map_get(&state->waiting, &key);

	if (!waiting || !waiting->frame)
		return;
	struct request_fact *request = facts_at(&d->session->facts, waiting->fact);
	if (request)
		request->response = d->frame->number;
	struct reply_fact *reply = add_fact(d, kind, sizeof *reply, NULL);
	if (reply) {
		struct timestamp then = { waiting->seconds, waiting->nanoseconds };
		struct timestamp span = timestamp_span(d->frame->time, then);
		*reply = (struct reply_fact){ waiting->frame, span.nanoseconds, span.seconds };
	}
	waiting->frame = 0;
}

void learn_echo(struct dissection *d, const struct echo_kind *kind, struct echo echo, bool is_request)
{
	struct echo_state *state = protocol_state(d, d->layers[d->layer]);
	const uint8_t types_apart[] = { (uint8_t)(kind->types_apart >> 8), (uint8_t)kind->types_apart };

	if (is_request)
		echo.checksum = checksum_add(echo.checksum, types_apart, sizeof types_apart);
	struct echo_key key = key_of(d, kind->ip_protocol, echo);
	if (is_request)
		learn_request(d, state, key, kind->fact);
	else
		learn_reply(d, state, key, kind->fact);
}

void show_echo_request(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind,
                       const char *note)
{
	const struct request_fact *fact = find_fact(d, kind);

	if (fact && fact->response) {
		add_number(d, w, &fields[RESPONSE_IN], fact->response);
		place_nowhere(d);
		append_info(d, w, " (reply in %u)", fact->response);
	} else if (note && !d->session->options.one_pass) {
		add_node(d, NOWHERE, &fields[NO_RESPONSE], 0, 0, 0);
		note_text_on(d, d->last, &fields[NO_RESPONSE_NOTE], "%s", note);
		append_info(d, w, " (no response found!)");
	}
}

void show_echo_reply(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind)
{
	const struct reply_fact *fact = find_fact(d, kind);

	if (!fact || !SHOWING(d, w))
		return;
	add_number(d, w, &fields[RESPONSE_TO], fact->request);
	place_nowhere(d);
	append_info(d, w, " (request in %u)", fact->request);
	double milliseconds = (double)fact->seconds * 1000 + (double)fact->nanoseconds / 1000000;
	char text[FIXED_LARGEST];
	*put_fixed(text, milliseconds, 3) = 0;
	add_real(d, w, &fields[RESPONSE_TIME], milliseconds);
	place_nowhere(d);
	value_text(d, w, d->last, "%s ms", text);
}

/* ---- extended echo ---- */

static const struct name states[] = {
	{ 0, "Reserved" }, { 1, "Incomplete" }, { 2, "Reachable" }, { 3, "Stale" }, { 4, "Delay" }, { 5, "Probe" },
	{ 6, "Failed" },
};
const struct names extended_states = { states, sizeof states / sizeof *states };

static const struct name request_codes[] = { { 0, "No error" } };
const struct names extended_request_codes = { request_codes, sizeof request_codes / sizeof *request_codes };

static const struct name reply_codes[] = {
	{ 0, "No error" }, { 1, "Malformed Query" }, { 2, "No Such Interface" }, { 3, "No Such Table Entry" },
	{ 4, "Multiple Interfaces Satisfy Query" },
};
const struct names extended_reply_codes = { reply_codes, sizeof reply_codes / sizeof *reply_codes };

void add_extended_flags(struct dissection *d, struct wire *w, const struct field *fields, bool is_reply)
{
	add_uint8(d, w, &fields[EXTENDED_NUMBER]);
	uint8_t bits = wire_u8(w);
	if (is_reply)
		add_bits(d, w, &fields[EXTENDED_STATE], &fields[EXTENDED_IPV6], 1, bits);
	else
		add_bits(d, w, &fields[EXTENDED_REQUEST_RESERVED], &fields[EXTENDED_IS_LOCAL], 1, bits);
}
