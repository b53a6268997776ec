/*
 * socks.c: SOCKS, versions 4 and 5 (RFC 1928, RFC 1929).
 *
 * Follows the handshake of each connection up to what is sent through it, which counts as a TCP stream
 * of its own. Shows the handshake as Data, and what follows it where its octets do not tell its protocol.
 */

#include "dissect/conversation.h"
#include "dissect/dissection.h"
#include "dissect/session.h"

enum { PORT = 1080, IP_TCP = 6, CONNECT = 1, WITHOUT_PASSWORD = 0, WITH_PASSWORD = 2 };

/* What a connection is to bring next. */
enum step { GREETING, METHOD, PASSWORD, VERDICT, REQUEST, REPLY, PAYLOAD, NOTHING };

struct state {
	struct map steps; /* number of a conversation -> its step */
};

static void state_begin(void *memory)
{
	struct state *state = memory;

	map_init(&state->steps, sizeof(uint32_t), sizeof(uint8_t));
}

static void state_end(void *memory)
{
	struct state *state = memory;

	map_free(&state->steps);
}

extern const struct protocol protocol_socks;

static enum step step_behind(enum step step, bool from_client, uint8_t first, uint8_t second)
{
	if (from_client != (step == GREETING || step == PASSWORD || step == REQUEST) && step != PAYLOAD)
		return step;
	switch (step) {
	case GREETING:
		return first == 5 ? METHOD : first == 4 && second == CONNECT ? REPLY : NOTHING;
	case METHOD:
		return first != 5 ? NOTHING : second == WITHOUT_PASSWORD ? REQUEST :
		       second == WITH_PASSWORD ? PASSWORD : NOTHING;
	case PASSWORD:
		return VERDICT;
	case VERDICT:
		return REQUEST;
	case REQUEST:
		return first == 5 && second == CONNECT ? REPLY : NOTHING;
	case REPLY:
		return PAYLOAD;
	default:
		return NOTHING;
	}
}

static void follow(struct dissection *d, const struct wire *w)
{
	struct state *state = protocol_state(d, &protocol_socks);
	uint8_t *step = map_put(&state->steps, &d->conversation, NULL);
	const uint8_t *octets = wire_here(w);

	if (*step == PAYLOAD)
		conversation_count_stream(&d->session->conversations, IP_TCP);
	*step = (uint8_t)step_behind(*step, d->destination_port == PORT, octets[0],
	                             wire_captured(w) > 1 ? octets[1] : 0);
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (d->first_pass && d->has_conversation && !d->quoted && wire_captured(w))
		follow(d, w);
	if (!dissect_heuristic(d, *w, tcp_heuristics))
		dissect_data(d, *w);
}

const struct protocol protocol_socks = {
	.name = "Socks Protocol", .short_name = "Socks", .filter = "socks", .dissect = dissect,
	.state_size = sizeof(struct state), .state_begin = state_begin, .state_end = state_end,
};
