/* icmp_shared.c: checksums and echo pairs of ICMP, ICMPv6 and IGMP. */

#include "dissect/icmp.h"

#include "dissect/checksum.h"
#include "dissect/session.h"
#include "dissect/text.h"

/* ---- checksums ---- */

enum { STATUS_BAD, STATUS_GOOD, STATUS_UNVERIFIED };

uint16_t add_checksum(struct dissection *d, struct wire *w, const struct field *fields, uint16_t sum)
{
	uint16_t found = add_uint16(d, w, &fields[CHECKSUM_VALUE]);

	if (!BUILDING(d, w))
		return found;
	if (sum == CHECKSUM_GOOD) {
		append_literal(d, w, d->last, " [correct]");
		add_number(d, w, &fields[CHECKSUM_VERDICT], STATUS_GOOD);
		return found;
	}
	uint16_t expected = checksum_expected(sum, found);
	append_text(d, w, d->last, " incorrect, should be 0x%04x", expected);
	note_text_on(d, d->last, &fields[CHECKSUM_BAD_NOTE], "Bad checksum [should be 0x%04x]", expected);
	add_number(d, w, &fields[CHECKSUM_VERDICT], STATUS_BAD);
	return found;
}

uint16_t add_unverified_checksum(struct dissection *d, struct wire *w, const struct field *fields)
{
	uint16_t found = add_uint16(d, w, &fields[CHECKSUM_VALUE]);

	append_literal(d, w, d->last, " [unverified]");
	if (d->quoted)
		append_literal(d, w, d->last, " [in ICMP error packet]");
	else
		append_literal(d, w, d->last, " [fragmented datagram]");
	add_number(d, w, &fields[CHECKSUM_VERDICT], STATUS_UNVERIFIED);
	return found;
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

void echo_request(struct dissection *d, struct echo_state *state, uint8_t ip_protocol, struct echo echo,
                  enum fact_kind kind)
{
	struct echo_key key = key_of(d, ip_protocol, echo);
	struct echo_waiting *waiting = map_put(&state->waiting, &key, NULL);
	fact_ref ref = 0;

	add_fact(d, kind, sizeof(struct request_fact), &ref);
	*waiting = (struct echo_waiting){ ref, d->frame->time.seconds, d->frame->time.nanoseconds, d->frame->number };
}

void echo_reply(struct dissection *d, struct echo_state *state, uint8_t ip_protocol, struct echo echo,
                enum fact_kind kind)
{
	struct echo_key key = key_of(d, ip_protocol, echo);
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

void show_echo_request(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind,
                       const char *note)
{
	const struct request_fact *fact = find_fact(d, kind);

	if (fact && fact->response) {
		add_number(d, w, &fields[RESPONSE_IN], fact->response);
	} else if (note && !d->session->options.one_pass) {
		add_number(d, w, &fields[NO_RESPONSE], 0);
		note_text_on(d, d->last, &fields[NO_RESPONSE_NOTE], "%s", note);
	}
}

void show_echo_reply(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind)
{
	const struct reply_fact *fact = find_fact(d, kind);

	if (!fact || !BUILDING(d, w))
		return;
	add_number(d, w, &fields[RESPONSE_TO], fact->request);
	double milliseconds = (double)fact->seconds * 1000 + (double)fact->nanoseconds / 1000000;
	char text[FIXED_LARGEST];
	*put_fixed(text, milliseconds, 3) = 0;
	add_real(d, w, &fields[RESPONSE_TIME], milliseconds);
	value_text(d, w, d->last, "%s ms", text);
}
