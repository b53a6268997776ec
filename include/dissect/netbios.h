#ifndef DISSECT_NETBIOS_H
#define DISSECT_NETBIOS_H
/* netbios: what the services of NetBIOS over TCP and UDP (RFC 1001, RFC 1002), and over LLC, share. */

#include "dissect/dissection.h"
#include "dissect/dns.h"

enum {
	NETBIOS_NAME = 16, /* octets of a name: fifteen characters and a suffix, which tells whose it is */
	NETBIOS_NAME_STEPS = 16384, /* labels read behind compression pointers, in a message */
};

/* ---- netbios_name.c ---- */

struct netbios_name {
	const char *text;   /* HOST<20>.scope, or what is wrong with it; as on the wire otherwise */
	uint32_t length;
	const char *suffix; /* what its last octet says; NULL: it is no name */
};

/* The name at the cursor, moved over: RFC 1001, section 14.1. Nothing without a tree. */
bool netbios_name(struct dissection *d, struct wire *w, struct dns_message *message, struct netbios_name *name);

/* A name that stands alone; its text. */
const char *netbios_add_name(struct dissection *d, struct wire *w, const struct field *field);

/* The text of a name that is not encoded: HOST<20>. */
const char *netbios_plain_name(struct dissection *d, const uint8_t *octets);

/* A name that is not encoded: its sixteen octets. */
void netbios_add_plain_name(struct dissection *d, struct wire *w, const struct field *field);

/* The same as a heading, with fields for the fifteen characters and the suffix below it. */
void netbios_add_name_heading(struct dissection *d, struct wire *w, const struct field *heading,
                              const struct field *characters, const struct field *suffix);

/* Shows a number as the time that it is, in milliseconds. */
void netbios_show_span(struct dissection *d, const struct wire *w, int64_t milliseconds);

/* What is carried: SMB, or Data. */
void netbios_dissect_payload(struct dissection *d, struct wire w);

#endif
