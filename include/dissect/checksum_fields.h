#ifndef DISSECT_CHECKSUM_FIELDS_H
#define DISSECT_CHECKSUM_FIELDS_H
/* checksum_fields: how trees show a checksum, and what came of verifying it. checksum.h is the arithmetic. */

#include "dissect/dissection.h"

enum checksum_status {
	CHECKSUM_STATUS_BAD, CHECKSUM_STATUS_GOOD, CHECKSUM_STATUS_UNVERIFIED, CHECKSUM_STATUS_ABSENT, CHECKSUM_STATUS_ILLEGAL,
};
extern const struct names checksum_status_names;

/* The declarations by which a protocol shows a checksum, in this order. */
enum {
	CHECKSUM_VALUE, CHECKSUM_VERDICT, CHECKSUM_BAD_NOTE, N_CHECKSUM_FIELDS,
	CHECKSUM_CALCULATED = N_CHECKSUM_FIELDS, N_CALCULATED_CHECKSUM_FIELDS /* where it says what it should have been */
};

/* A checksum, and what came of verifying it: `sum` is made over all octets that it protects. */
uint16_t add_checksum(struct dissection *d, struct wire *w, const struct field *fields, uint16_t sum);

/* A checksum that was not verified. `why` stands behind the value: " [unverified]" at least. */
uint16_t add_unverified_checksum(struct dissection *d, struct wire *w, const struct field *fields, const char *why);

/*
 * A checksum that hosts leave to their interfaces: what is captured before those have made it is wrong without
 * a fault, so that it is verified only when asked for (-o).
 */
struct offloaded_checksum {
	const struct field *fields; /* N_CALCULATED_CHECKSUM_FIELDS of them */
	const char *excuse;         /* behind what it should have been */
	uint8_t protocol;           /* the IP protocol whose pseudo header is summed, too */
	bool calculated_below;      /* what it should have been stands below the value, else behind the verdict */
};

/* add_checksum() of one. */
void add_offloaded_checksum(struct dissection *d, struct wire *w, const struct offloaded_checksum *look, uint16_t sum);

/*
 * That of a segment or datagram of `length` octets from `start`, with its pseudo header: verified if
 * `is_asked`, and if all of it is there.
 */
void add_transport_checksum(struct dissection *d, struct wire *w, const struct offloaded_checksum *look, bool is_asked,
                            uint32_t start, uint32_t length);

#endif
