#ifndef DISSECT_IP_H
#define DISSECT_IP_H
/* ip: what IPv4 (RFC 791) and IPv6 (RFC 8200) share: names, options, fragments. */

#include "dissect/dissection.h"

extern const struct names ip_protocol_names;     /* IANA's protocol numbers */
extern const struct names dscp_names, dscp_short_names; /* RFC 2474 */
extern const struct names ecn_names, ecn_short_names;   /* RFC 3168 */
extern const struct names checksum_status_names;

/*
 * The options of an IPv4 header (RFC 791, section 3.1): all octets of w. `destination` is the header's; a source route
 * that is not used up replaces it by its last address.
 */
void dissect_ip_options(struct dissection *d, struct wire *w);
bool ip_final_destination(struct wire options, uint32_t *destination);

/* The declarations by which a protocol shows its fragments, in this order. */
enum {
	FRAGMENTS, FRAGMENT, FRAGMENT_OVERLAP, FRAGMENT_CONFLICT, FRAGMENT_TAILS, FRAGMENT_TOO_LONG, FRAGMENT_COUNT, REASSEMBLED_LENGTH,
	REASSEMBLED_DATA, REASSEMBLED_IN, N_FRAGMENT_FIELDS
};

/* A fragment of a datagram. */
struct fragment {
	uint32_t id;     /* identification */
	uint32_t offset; /* octets */
	bool more;
	uint8_t protocol;
	const char *name;               /* IPv4, IPv6 */
	const struct field *fields;     /* N_FRAGMENT_FIELDS of them */
};

/*
 * Takes the fragment in w to its datagram. When this frame completes it, shows the fragments, makes *whole a cursor over
 * the datagram's payload and returns true. Else names the frame that does, and returns false.
 */
bool reassemble_fragment(struct dissection *d, const struct wire *w, const struct fragment *fragment,
                         struct wire *whole);

extern const struct protocol protocol_ipv6;

/* An IPv6 header whose extension headers are being read: d->ipv6. */
struct ipv6_header {
	uint16_t payload_length;
	bool is_jumbogram;      /* RFC 2675 */
	bool is_cut;            /* there is less than the payload length says */
	bool is_reassembled;    /* from fragments */
	bool goes_on;           /* what the header read last is followed by: */
	uint8_t next_header;
	struct wire rest;
};

/*
 * An extension header: in the tree of the IPv6 header in whose chain it stands, or a section of its own where there is
 * none (behind IPv4).
 */
node_ref open_extension(struct dissection *d, const struct wire *w, const struct field *field);
void close_extension(struct dissection *d, node_ref node, const struct wire *w);

/* Hands on what an extension header is followed by: for a chain of any length to be read one after the other. */
void dissect_ip_payload(struct dissection *d, struct wire w, uint8_t protocol);

/* ", Src Port: N, Dst Port: M" behind the title of a transport protocol, from d->source_port and d->destination_port. */
void append_ports(struct dissection *d, node_ref top);

#endif
