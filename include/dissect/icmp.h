#ifndef DISSECT_ICMP_H
#define DISSECT_ICMP_H
/* icmp: what ICMP (RFC 792), ICMPv6 (RFC 4443) and IGMP share. */

#include "dissect/dissection.h"
#include "dissect/map.h"

/* The declarations by which a protocol shows a checksum, in this order. */
enum { CHECKSUM_VALUE, CHECKSUM_VERDICT, CHECKSUM_BAD_NOTE, N_CHECKSUM_FIELDS };

/* A checksum, and what came of verifying it: `sum` is made over all octets that it protects. */
uint16_t add_checksum(struct dissection *d, struct wire *w, const struct field *fields, uint16_t sum);

/* A checksum that cannot be verified: some octets are missing, or were not meant to be whole. */
uint16_t add_unverified_checksum(struct dissection *d, struct wire *w, const struct field *fields);

/*
 * Echo requests that wait for their reply, for each protocol. Addresses, identifier, sequence number and checksum tell which
 * reply is whose: a reply's checksum follows from the request's, as only the type differs.
 */
struct echo_state {
	struct map waiting;
};

struct echo {
	uint16_t id, sequence;
	uint16_t checksum; /* that of the reply */
};

void echo_begin(void *state);
void echo_end(void *state);

/* Pass 1: a request, a reply. What pass 2 shows of them are facts of the running protocol. */
void echo_request(struct dissection *d, struct echo_state *state, uint8_t ip_protocol, struct echo echo,
                  enum fact_kind kind);
void echo_reply(struct dissection *d, struct echo_state *state, uint8_t ip_protocol, struct echo echo,
                enum fact_kind kind);

/* The declarations by which a protocol shows that, in this order. */
enum { RESPONSE_IN, RESPONSE_TO, RESPONSE_TIME, NO_RESPONSE, NO_RESPONSE_NOTE, N_ECHO_FIELDS };

/*
 * Pass 2: the frame of the reply; that there is none, with this text in a note (NULL: that is no wonder); the frame of the
 * request, and how long it took.
 */
void show_echo_request(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind,
                       const char *note);
void show_echo_reply(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind);

/* Extensions of an error message or an extended echo: RFC 4884, 4950, 5837, 8335. All octets of w. */
void dissect_icmp_extensions(struct dissection *d, struct wire *w);

#endif
