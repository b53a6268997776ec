#ifndef DISSECT_IPX_H
#define DISSECT_IPX_H
/* ipx: what the protocols over IPX share. */

#include "dissect/dissection.h"

extern const struct names ipx_socket_names;

enum { IPX_HEADER = 30, IPX_NETBIOS_BROADCAST = 0x14 };

/* The packet type in the header in front of a payload that begins at the cursor. */
uint8_t ipx_packet_type(const struct wire *w);

/* The number of a network. */
uint32_t ipx_add_network(struct dissection *d, struct wire *w, const struct field *field);

/* The networks that a broadcast has crossed, up to eight: those that are not zero. */
void ipx_add_crossed_networks(struct dissection *d, struct wire *w, const struct field *field);

#endif
