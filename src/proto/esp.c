/*
 * esp.c: IP Encapsulating Security Payload, RFC 4303, and how the sequence numbers of an association follow each
 * other. What is encrypted stays so.
 */

#include "dissect/ip.h"
#include "dissect/frame.h"
#include "dissect/map.h"

extern const struct protocol protocol_esp;

enum { HEADER, SPI, SEQUENCE, EXPECTED, PREVIOUS_FRAME, WRONG_SEQUENCE, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[HEADER]         = { "esp", "Encapsulating Security Payload", PROTOCOL },
	[SPI]            = { "esp.spi", "ESP SPI", UINT32, HEX_DEC },
	[SEQUENCE]       = { "esp.sequence", "ESP Sequence", UINT32 },
	[EXPECTED]       = { "esp.sequence-analysis.expected-sn", "Expected SN", UINT32, .generated = true },
	[PREVIOUS_FRAME] = { "esp.sequence-analysis.previous-frame", "Previous Frame", FRAME_NUMBER,
	                     .generated = true },
	[WRONG_SEQUENCE] = { "esp.sequence-analysis.wrong-sequence-number", "Wrong Sequence Number", NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_SEQUENCE },
};

/* What was seen last of an association; in a fact: before a number that does not follow. */
struct last_seen {
	uint32_t sequence, frame;
};

struct state {
	struct map associations; /* SPI -> struct last_seen */
};

static void begin_state(void *state)
{
	map_init(&((struct state *)state)->associations, sizeof(uint32_t), sizeof(struct last_seen));
}

static void end_state(void *state)
{
	map_free(&((struct state *)state)->associations);
}

static void follow(struct dissection *d, uint32_t spi, uint32_t sequence)
{
	struct state *state = protocol_state(d, &protocol_esp);
	bool is_new;
	struct last_seen *last = map_put(&state->associations, &spi, &is_new);

	if (!is_new && sequence != last->sequence + 1) {
		struct last_seen *fact = add_fact(d, FACT_ESP, sizeof *fact, NULL);
		if (fact)
			*fact = *last;
	}
	*last = (struct last_seen){ sequence, d->frame->number };
}

static void show_wrong_sequence(struct dissection *d, const struct wire *w, uint32_t spi, uint32_t sequence,
                                const struct last_seen *last)
{
	uint32_t expected = last->sequence + 1;
	const char *fault = text_of(d, sequence == last->sequence ? "%u repeated" :
	                               sequence > expected ? "%u missing" : "%u less than expected",
	                            sequence == last->sequence ? sequence :
	                            sequence > expected ? sequence - expected : expected - sequence);

	add_number(d, w, &fields[EXPECTED], expected);
	if (sequence > expected)
		append_text(d, w, d->last, " (%u SNs missing)", sequence - expected);
	note_text_on(d, d->last, &fields[WRONG_SEQUENCE], "Wrong Sequence Number for SPI %08x - %s", spi, fault);
	add_number(d, w, &fields[PREVIOUS_FRAME], last->frame);
}

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[HEADER]);
	uint32_t spi = add_uint32(d, w, &fields[SPI]);
	uint32_t sequence = add_uint32(d, w, &fields[SEQUENCE]);

	if (w->state != WIRE_GOOD)
		return;
	set_info(d, w, "ESP (SPI=0x%08x)", spi);
	if (d->first_pass)
		follow(d, spi, sequence);
	const struct last_seen *last = find_fact(d, FACT_ESP);
	if (last && SHOWING(d, w))
		show_wrong_sequence(d, w, spi, sequence, last);
	close_subtree(d, top, NULL);
	wire_skip(w, wire_captured(w));
}

const struct protocol protocol_esp = {
	.name = "Encapsulating Security Payload",
	.short_name = "ESP",
	.filter = "esp",
	.is_lower = true,
	.column = "ESP",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.state_size = sizeof(struct state),
	.state_begin = begin_state,
	.state_end = end_state,
};
