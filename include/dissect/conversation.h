#ifndef DISSECT_CONVERSATION_H
#define DISSECT_CONVERSATION_H
/* conversation: who talks with whom over a transport protocol. Written by pass 1, frozen in pass 2. */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/address.h"
#include "dissect/map.h"
#include "dissect/timestamp.h"

struct conversation {
	uint32_t id;     /* among all conversations */
	uint32_t stream; /* among those of its transport protocol: [Stream index: N] */
	uint32_t first_frame, last_frame;
	struct timestamp first_time, last_time;
};

struct conversations {
	struct map narrow; /* IPv4 */
	struct map wide;   /* every other kind of address */
	uint32_t count;
	uint32_t streams[256]; /* next stream index, for each IP protocol */
};

void conversations_begin(struct conversations *all);
void conversations_end(struct conversations *all);

/* The conversation of two endpoints, whichever speaks; a new one where they had none yet. */
struct conversation *conversation_find(struct conversations *all, uint8_t ip_protocol, const struct address *a,
                                       uint16_t port_a, const struct address *b, uint16_t port_b, bool *is_new);

#endif
