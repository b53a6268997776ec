#ifndef DISSECT_CAPWAP_H
#define DISSECT_CAPWAP_H
/* capwap: what the control and the data channel of CAPWAP (RFC 5415) share. */

#include "dissect/dissection.h"

/* A packet of a channel, under its top line; what a control channel's packet carries is a message. */
void capwap_dissect(struct dissection *d, struct wire *w, const struct field *top, bool is_control);

/* A control message, RFC 5415, section 4.5. */
void capwap_dissect_message(struct dissection *d, struct wire *w);

/* Message elements up to the cursor's end. */
void capwap_add_elements(struct dissection *d, struct wire *w);

#endif
