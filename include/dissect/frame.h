#ifndef DISSECT_FRAME_H
#define DISSECT_FRAME_H
/* frame: the tree's first block, which tells what the capture says about a frame, and the way into its link layer. */

#include "dissect/dissection.h"

/* The times that a frame's own are told against. */
struct frame_times {
	struct timestamp first, previous, shown; /* of the capture's first frame; of the one before; of the one shown before */
	bool has_first, has_previous, has_shown;
};

/* Dissects the frame that d->frame names, all of it. */
void dissect_frame(struct dissection *d, const struct frame_times *times);

#endif
