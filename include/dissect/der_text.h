#ifndef DISSECT_DER_TEXT_H
#define DISSECT_DER_TEXT_H
/* der_text: the strings and times of ASN.1 (X.680 clauses 41 to 47) as UTF-8. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/timestamp.h"

struct dissection;

struct der_text {
	const char *octets; /* in the byte source or the frame's arena */
	size_t length;
	bool stray;         /* characters stood behind a NUL, and are left out */
};

/* A string of a kind (enum der_kind) as UTF-8; what is no character of it becomes U+FFFD. */
struct der_text der_text(struct dissection *d, unsigned kind, const uint8_t *octets, size_t n);

/* A UTCTime: "2013-06-04 14:30:00 (UTC)". Where it is none, the octets as they are, and *wrong says why. */
struct der_text der_utc_text(struct dissection *d, const uint8_t *octets, size_t n, const char **wrong);

enum { GENERALIZED_TIME_LEAST = 12 }; /* octets: YYYYMMDDhhmm */

/* False when it is none. */
bool der_generalized_time_value(const uint8_t *octets, size_t n, struct timestamp *time);

#endif
