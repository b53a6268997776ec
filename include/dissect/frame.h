#ifndef DISSECT_FRAME_H
#define DISSECT_FRAME_H
/* frame: the tree's first block, which tells what the capture says about a frame, and the way into its link layer. */

#include "dissect/dissection.h"

/* What a frame's own times and octets are told against. */
struct frame_times {
	struct timestamp first, previous, shown; /* of the capture's first frame; of the one before; of the one shown before */
	bool has_first, has_previous, has_shown;
	uint64_t octets; /* as sent, of the frames shown before; in two passes the whole capture's, too, as tshark counts them */
};

/* Dissects the frame that d->frame names, all of it. */
void dissect_frame(struct dissection *d, const struct frame_times *times);

#endif
