#ifndef DISSECT_ICMP_H
#define DISSECT_ICMP_H
/* icmp: what ICMP (RFC 792), ICMPv6 (RFC 4443) and IGMP share. */

#include "dissect/dissection.h"
#include "dissect/map.h"

/*
 * The checksum of a message of `length` octets from `start`, unless some are missing or were not meant to be
 * whole. `sum` is that of what it protects beside them. Shown by N_CHECKSUM_FIELDS declarations.
 */
uint16_t add_icmp_checksum(struct dissection *d, struct wire *w, const struct field *fields, uint32_t start,
                           uint32_t length, uint16_t sum);

/*
 * Echo requests that wait for their reply, for each protocol. Addresses, identifier, sequence number and
 * checksum tell which reply is whose: a reply's checksum follows from the request's, as only the type differs.
 */
struct echo_state {
	struct map waiting;
};

struct echo {
	uint16_t id, sequence;
	uint16_t checksum;
};

void echo_begin(void *state);
void echo_end(void *state);

/* How a protocol's requests and replies are told from each other. */
struct echo_kind {
	uint8_t ip_protocol;
	enum fact_kind fact;
	uint16_t types_apart; /* what is added to a request's checksum for that of its reply */
};

/* Pass 1: a request, or a reply. What pass 2 shows of them are facts of the running protocol. */
void learn_echo(struct dissection *d, const struct echo_kind *kind, struct echo echo, bool is_request);

/* The declarations by which a protocol shows that, in this order. */
enum { RESPONSE_IN, RESPONSE_TO, RESPONSE_TIME, NO_RESPONSE, NO_RESPONSE_NOTE, N_ECHO_FIELDS };

/*
 * Pass 2: the frame of the reply; that there is none, with this text in a note (NULL: that is no wonder); the
 * frame of the request, and how long it took.
 */
void show_echo_request(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind,
                       const char *note);
void show_echo_reply(struct dissection *d, const struct wire *w, const struct field *fields, enum fact_kind kind);

/*
 * The declarations by which a protocol shows what is left of an extended echo (RFC 8335) behind its identifier,
 * in this order.
 */
enum {
	EXTENDED_NUMBER, EXTENDED_REQUEST_RESERVED, EXTENDED_IS_LOCAL, EXTENDED_STATE, EXTENDED_STATE_RESERVED,
	EXTENDED_ACTIVE, EXTENDED_IPV4, EXTENDED_IPV6, N_EXTENDED_ECHO_FIELDS
};
extern const struct names extended_states, extended_request_codes, extended_reply_codes;

#define EXTENDED_ECHO_FIELDS(first, prefix, number)                                                                     \
	[first + EXTENDED_NUMBER] = { prefix "seq", number, UINT8, DEC_HEX },                                           \
	[first + EXTENDED_REQUEST_RESERVED] = { prefix "req.res", "Reserved", UINT8, HEX, .mask = 0xfe },               \
	[first + EXTENDED_IS_LOCAL] = { prefix "req.local", "Local bit", BOOLEAN, .mask = 0x01, .names = &set_or_not }, \
	[first + EXTENDED_STATE] = { prefix "rsp.state", "State", UINT8, .mask = 0xe0, .names = &extended_states },     \
	[first + EXTENDED_STATE_RESERVED] = { prefix "rsp.res", "Reserved", UINT8, HEX, .mask = 0x18 },                 \
	[first + EXTENDED_ACTIVE] = { prefix "rsp.active", "Active bit", BOOLEAN, .mask = 0x04, .names = &set_or_not }, \
	[first + EXTENDED_IPV4] = { prefix "rsp.ipv4", "IPv4 bit", BOOLEAN, .mask = 0x02, .names = &set_or_not },       \
	[first + EXTENDED_IPV6] = { prefix "rsp.ipv6", "IPv6 bit", BOOLEAN, .mask = 0x01, .names = &set_or_not }

void add_extended_flags(struct dissection *d, struct wire *w, const struct field *fields, bool is_reply);

/* Extensions of an error message or an extended echo: RFC 4884, 4950, 5837, 8335. All octets of w. */
void dissect_icmp_extensions(struct dissection *d, struct wire *w);

#endif
