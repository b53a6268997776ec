#ifndef DISSECT_REASSEMBLY_H
#define DISSECT_REASSEMBLY_H
/*
 * reassembly: messages put together from pieces that many frames carry.
 *
 * Pass 1 collects pieces under a key until they are whole. What stays is an assembly: where in the capture each piece
 * stands. Its octets are read again from the capture whenever they are needed; in a stream, which cannot be read again,
 * the octets are kept until the message has been shown.
 */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/arena.h"
#include "dissect/map.h"

struct capture;

/* A part of a message, as one frame carries it. */
struct piece {
	uint64_t from;   /* where its octets stand in the capture; UINT64_MAX: nowhere in one piece */
	uint32_t frame;
	uint32_t at;     /* first octet within the message */
	uint32_t length;
	bool is_kept : 1;    /* `from` is a place among the octets that the assembly keeps, not in the capture */
	bool overlap : 1;    /* reaches over octets that an earlier piece had */
	bool conflict : 1;   /* and says something else about them */
	bool second_end : 1; /* says that the message ends elsewhere than an earlier piece said */
	bool too_long : 1;   /* reaches past the end of the message */
};

/*
 * A message in pieces. They stand in the order of their arrival until the message is whole, then in that of their place in it
 * (equal places: of arrival).
 */
struct assembly {
	uint32_t frame;  /* that completed it; 0: still in pieces */
	uint32_t length; /* octets of the message, once has_end */
	uint32_t filled; /* octets from the start that are there without a hole */
	uint64_t added;  /* octets of all pieces: more than there are places for where some overlap */
	uint32_t piece_count, piece_capacity;
	struct piece *pieces;
	uint32_t *waiting; /* pieces behind a hole: a heap, the foremost on top */
	uint32_t waiting_count, waiting_capacity;
	bool has_end;
	bool overlap, conflict; /* of any piece */
	uint8_t *kept;   /* octets that the capture cannot give again, one piece behind the other */
	uint32_t kept_length, kept_capacity;
	uint8_t *held;   /* the first of its octets, while it may go on; see reassembly_hold() */
	uint32_t held_length, held_capacity;
	uint32_t next_spent; /* see struct reassembly */
	bool is_spent;
	bool is_disordered; /* a piece came before one that stands before it */
};

enum {
	ASSEMBLY_KEY = 48,                   /* octets of a key */
	ASSEMBLY_LARGEST = 16 * 1024 * 1024, /* octets of a message */
	ASSEMBLY_PIECES = 65536,             /* of one message */
	ASSEMBLIES_KEPT = 256 * 1024 * 1024, /* octets that all messages together may keep */
	ASSEMBLIES_HELD = 64 * 1024 * 1024,  /* and hold */
};

struct reassembly {
	struct map open; /* key -> number of the assembly that takes its pieces */
	struct assembly *all;
	uint32_t count, capacity;
	uint64_t kept, held; /* octets, of all of them */
	uint32_t spent; /* in a stream: what the last frame completed, whose octets nobody asks for any more; a list by number + 1 */
};

void reassembly_begin(struct reassembly *reassembly);
void reassembly_end(struct reassembly *reassembly);

/* The number of the assembly that is open under a key; a new one where there was none. Numbers are for facts. */
uint32_t reassembly_open(struct reassembly *reassembly, const uint8_t key[ASSEMBLY_KEY]);

/* The number of a new assembly without a key. */
uint32_t reassembly_new(struct reassembly *reassembly);

/* The next piece under the key opens a new assembly. */
void reassembly_close(struct reassembly *reassembly, const uint8_t key[ASSEMBLY_KEY]);

/* Good until the next reassembly_open() or reassembly_new(); NULL: no such number. */
struct assembly *reassembly_at(const struct reassembly *reassembly, uint32_t number);

enum piece_result {
	PIECE_REFUSED,   /* a limit was reached */
	PIECE_KEPT,
	PIECE_COMPLETES, /* the message is whole now; assembly->frame is the piece's */
};

/*
 * Adds a piece. `octets` are its own, kept where the capture cannot give them again. `last`: the message ends with
 * it.
 */
enum piece_result reassembly_add(struct reassembly *reassembly, const struct capture *capture, uint32_t number,
                                 struct piece piece, const uint8_t *octets, bool last);

/* The message does not end where it was said to: it takes pieces again. */
void assembly_reopen(struct assembly *assembly);

/* A message that is not whole begins anew: it has no pieces. */
void reassembly_restart(struct reassembly *reassembly, uint32_t number);

/* A whole message ends after `length` octets already; what stands behind them belongs to no piece of it. */
void assembly_shorten(struct assembly *assembly, uint32_t length);

/*
 * The octets of a whole message, assembly->length of them, in the arena. Where pieces differ the first one in the message's
 * order counts. NULL when the capture cannot give them.
 */
const uint8_t *assembly_octets(const struct assembly *assembly, const struct capture *capture, struct arena *arena);

/*
 * The same for a message that may be taken up again: its octets are held, so that only what is new is read the next time, until
 * reassembly_release(). NULL also where too much is held.
 */
const uint8_t *reassembly_hold(struct reassembly *reassembly, const struct capture *capture, uint32_t number);
void reassembly_release(struct reassembly *reassembly, uint32_t number);

#endif
