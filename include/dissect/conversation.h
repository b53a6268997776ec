#ifndef DISSECT_CONVERSATION_H
#define DISSECT_CONVERSATION_H
/* conversation: who talks with whom over a transport protocol. Written by pass 1, frozen in pass 2. */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/address.h"
#include "dissect/map.h"
#include "dissect/timestamp.h"

struct conversation {
	uint32_t id;     /* among all conversations: what transactions are matched under */
	uint32_t place;  /* of the record, for conversation_at() */
	uint32_t stream; /* among those of its transport protocol: [Stream index: N] */
	uint32_t first_frame, last_frame;
	uint8_t protocol;   /* IP protocol number */
	bool is_taken_over; /* its next packet begins a stream anew (see udp.c) */
	int64_t first_time, last_time; /* nanoseconds */
};

struct frame;
struct protocol;

/* What a conversation was announced to be. */
struct announcement {
	const struct protocol *protocol; /* its payload's; NULL: it was not announced */
	void *about;                     /* what that protocol knows of it */
};

struct conversations {
	struct map narrow; /* IPv4 */
	struct map wide;   /* every other kind of address */
	struct map announced;
	uint32_t count;
	uint32_t streams[256]; /* next stream index, for each IP protocol */
};

void conversations_begin(struct conversations *all);
void conversations_end(struct conversations *all);

/* The conversation of two endpoints, whichever speaks; a new one where they had none yet. */
struct conversation *conversation_find(struct conversations *all, uint8_t ip_protocol, const struct address *a,
                                       uint16_t port_a, const struct address *b, uint16_t port_b, bool *is_new);

/* The next stream index of its protocol, beginning with this frame. */
void conversation_begin_stream(struct conversations *all, struct conversation *conversation, const struct frame *frame);

/* A stream of that protocol without a conversation takes the next index. */
void conversation_count_stream(struct conversations *all, uint8_t ip_protocol);

/* The conversation with that place. */
struct conversation *conversation_at(const struct conversations *all, uint32_t place);

/* Pass 1 has ended: conversations that were to begin a stream anew do. */
void conversations_freeze(struct conversations *all);

/* The endpoints start anew: a conversation and a stream of their own, in the place of what they had. */
void conversation_renew(struct conversations *all, struct conversation *conversation, const struct frame *frame);

/*
 * What one protocol says in advance: endpoint a will talk with endpoint b, whose port may be any (0). The first conversation
 * that it is true of takes it back.
 */
void conversation_announce(struct conversations *all, uint8_t ip_protocol, const struct address *a, uint16_t port_a,
                           const struct address *b, uint16_t port_b, struct announcement what);
struct announcement conversation_take_announced(struct conversations *all, uint8_t ip_protocol, const struct address *a,
                                                uint16_t port_a, const struct address *b, uint16_t port_b);

#endif
