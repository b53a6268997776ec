#ifndef DISSECT_LINK_H
#define DISSECT_LINK_H
/*
 * link: what the link layers share: names of numbers, payloads under an ethertype, and what stands behind
 * payloads.
 */

#include "dissect/dissection.h"

extern const struct names ethertype_names;     /* IEEE's ethertypes */
extern const struct names address_family_names; /* IANA's address family numbers */
extern const struct names hardware_type_names; /* ARP hardware types (IANA), and those of Linux */
extern const struct names gre_protocol_names;  /* RFC 2784: mostly ethertypes */
extern const struct names ppp_protocol_names;  /* RFC 1661 */

enum {
	LENGTH_LARGEST = 1500, ETHERTYPE_SMALLEST = 0x0600, /* IEEE 802.3, section 3.2.6 */
	ETHERTYPE_IPX = 0x8137,
};

enum { FCS_UNKNOWN = -1, FCS_LENGTH = 4 }; /* of a frame check sequence, as struct frame tells it */

/*
 * Octets behind a payload: padding, trailer and frame check sequence, shown as the last children of `node`, the
 * link layer's. `trailer` is the link layer's field for octets of no known use; `reader` is blamed when octets
 * are missing.
 */
void show_trailer(struct dissection *d, struct wire w, node_ref node, const struct field *trailer, int fcs_length,
                  const struct protocol *reader);

/*
 * Gives a link layer's payload to the protocol of its ethertype, and shows what stands behind it. The cursor ends
 * where the link layer ends: behind the frame check sequence, if there is one.
 */
void dissect_ethertype(struct dissection *d, struct wire w, uint16_t type, node_ref node, const struct field *trailer,
                       int fcs_length);

/*
 * The payload of a tag in whose place for a type a length stands: LLC, or Novell's IPX without it. Closes the
 * tag's tree, `top`. How the length is shown, and what it leaves over:
 */
struct tag_length {
	const struct field *length, *past_end, *trailer;
	const struct protocol *protocol;
};
void dissect_tag_length(struct dissection *d, struct wire *w, node_ref top, const struct tag_length *show);

/* The header of a backbone service (IEEE 802.1ah), opened and then read; a backbone's own tag may stand between. */
node_ref open_backbone(struct dissection *d, const struct wire *w);
void dissect_backbone(struct dissection *d, struct wire *w, node_ref top);

/* An organisation's number (OUI) with its name. */
uint32_t add_oui(struct dissection *d, struct wire *w, const struct field *field);

/* The header of PPPoE: gives the payload's length. */
uint16_t add_pppoe_header(struct dissection *d, struct wire *w);

#endif
