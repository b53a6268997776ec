#ifndef DISSECT_IP_H
#define DISSECT_IP_H
/* ip: what IPv4 (RFC 791) and IPv6 (RFC 8200) share: names, options, fragments. */

#include "dissect/checksum_fields.h"
#include "dissect/dissection.h"

extern const struct names ip_protocol_names;     /* IANA's protocol numbers */
extern const struct names dscp_names, dscp_short_names; /* RFC 2474 */
extern const struct names ecn_names, ecn_short_names;   /* RFC 3168 */

/*
 * The options of an IPv4 header (RFC 791, section 3.1): all octets of w. `destination` is the header's; a
 * source route that is not used up replaces it by its last address.
 */
void dissect_ip_options(struct dissection *d, struct wire *w);
bool ip_final_destination(struct wire options, uint32_t *destination);

/* The declarations by which a protocol shows the Quick-Start option (RFC 4782), from `first` on, in this order. */
enum {
	QUICK_FUNCTION, QUICK_RATE, QUICK_TTL, QUICK_TTL_DIFF, QUICK_UNUSED, QUICK_NONCE, QUICK_RESERVED,
	N_QUICK_START_FIELDS
};
extern const struct names quick_start_functions, quick_start_rates;

#define QUICK_START_FIELDS(first, prefix)                                                                               \
	[first + QUICK_FUNCTION] = { prefix "qs_func", "Function", UINT8, DEC, .mask = 0xf0,                            \
	                             .names = &quick_start_functions },                                                 \
	[first + QUICK_RATE] = { prefix "qs_rate", "Rate", UINT8, DEC, .mask = 0x0f, .names = &quick_start_rates },     \
	[first + QUICK_TTL] = { prefix "qs_ttl", "QS TTL", UINT8 },                                                     \
	[first + QUICK_TTL_DIFF] = { prefix "qs_ttl_diff", "TTL Diff", UINT8, .generated = true },                      \
	[first + QUICK_UNUSED] = { prefix "qs_unused", "Not Used", UINT8 },                                             \
	[first + QUICK_NONCE] = { prefix "qs_nonce", "QS Nonce", UINT32, HEX, .mask = 0xfffffffc },                     \
	[first + QUICK_RESERVED] = { prefix "qs_reserved", "Reserved", UINT32, HEX, .mask = 0x00000003 }

/* That option behind its length; what it says goes behind the node `option`, too. */
void add_quick_start(struct dissection *d, struct wire *w, const struct field *fields, node_ref option);

/* The declarations by which a protocol shows its fragments, in this order. */
enum {
	FRAGMENTS, FRAGMENT, FRAGMENT_OVERLAP, FRAGMENT_CONFLICT, FRAGMENT_TAILS, FRAGMENT_TOO_LONG,
	FRAGMENT_COUNT, REASSEMBLED_LENGTH, REASSEMBLED_DATA, REASSEMBLED_IN, N_FRAGMENT_FIELDS
};

/* A fragment of a datagram. */
struct fragment {
	uint32_t id;     /* identification */
	uint32_t offset; /* octets */
	bool more;
	uint32_t header; /* where the header starts that says that it is one */
	bool is_listed; /* the packet list says where the whole is */
	uint8_t protocol;
	const char *name;               /* IPv4, IPv6 */
	const struct field *fields;     /* N_FRAGMENT_FIELDS of them */
};

/*
 * Takes the fragment in w to its datagram. When this frame completes it, shows the fragments, makes *whole a
 * cursor over the datagram's payload and returns true. Else names the frame that does, and returns false.
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
	uint32_t last, end;     /* where the extension header read last ends, and the last one that another follows */
	uint8_t source;         /* in which it stands */
	bool goes_on;           /* what the header read last is followed by: */
	uint8_t next_header;
	struct wire rest;
};

/*
 * An extension header: in the tree of the IPv6 header in whose chain it stands, or a section of its own where
 * there is none (behind IPv4).
 */
node_ref open_extension(struct dissection *d, const struct wire *w, const struct field *field);
void close_extension(struct dissection *d, node_ref node, const struct wire *w);

/* Hands on what an extension header is followed by: for a chain of any length to be read one after the other. */
void dissect_ip_payload(struct dissection *d, struct wire w, uint8_t protocol);

/*
 * ", Src Port: N, Dst Port: M" behind the title of a transport protocol, from d->source_port and
 * d->destination_port.
 */
void append_ports(struct dissection *d, node_ref top);

/* Info: "N â M" by the same, where there is a list: LISTING(). */
void list_ports(struct dissection *d);

/* The hidden fields beside a destination: ip.addr, and the names. */
extern const struct field ip_destination_too[3];

#endif
