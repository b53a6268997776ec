#ifndef DISSECT_DER_H
#define DISSECT_DER_H
/*
 * der: values in ASN.1's Basic and Distinguished Encoding Rules (X.690), read by a description of their types.
 *
 * A type is constant data that reads like its ASN.1:
 *
 *	static const struct der_member validity_members[] = {          Validity ::= SEQUENCE {
 *		{ &fields[NOT_BEFORE], &time },                            notBefore  Time,
 *		{ &fields[NOT_AFTER], &time },                             notAfter   Time }
 *	};
 *	static const struct der_type validity = DER_SEQUENCE_TYPE(validity_members);
 *
 * What departs from the description is said in the tree and skipped; what ends early ends the cursor.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissect/dissection.h"

enum der_class { DER_UNIVERSAL, DER_APPLICATION, DER_CONTEXT, DER_PRIVATE };

/* Universal tags, and two kinds of types that have none of their own. */
enum der_kind {
	DER_END, DER_BOOLEAN, DER_INTEGER, DER_BIT_STRING, DER_OCTET_STRING, DER_NULL, DER_OBJECT_IDENTIFIER,
	DER_ENUMERATED = 10, DER_UTF8_STRING = 12, DER_SEQUENCE = 16, DER_SET, DER_NUMERIC_STRING,
	DER_PRINTABLE_STRING, DER_TELETEX_STRING, DER_VIDEOTEX_STRING, DER_IA5_STRING, DER_UTC_TIME,
	DER_GENERALIZED_TIME, DER_GRAPHIC_STRING, DER_VISIBLE_STRING, DER_GENERAL_STRING,
	DER_UNIVERSAL_STRING, DER_BMP_STRING = 30,
	DER_CHOICE = 64, /* one of its members */
	DER_ANY,         /* left to a function */
};

enum der_tagging { DER_OWN, DER_IMPLICIT, DER_EXPLICIT };

struct der;
struct der_member;

struct der_type {
	uint8_t kind;  /* enum der_kind: the tag that is expected */
	bool of;       /* SEQUENCE OF, SET OF: any number of the one member */
	uint8_t count; /* of members, or of bits */
	const struct der_member *members;
	const struct field *bits;     /* of a BIT STRING that has names for them */
	const struct der_type *base;  /* what a type with a function is for the rest */

	/*
	 * Reads a value in place of the reader, which it may call for `base`: of DER_ANY with its tag, of others too unless
	 * `implicit`. False: these octets are none of this type, and nothing was read.
	 */
	bool (*read)(struct der *der, struct wire *w, const struct der_type *type, const struct field *field, bool implicit);
};

/* A component of a SEQUENCE or SET, an alternative of a CHOICE, the element of a SEQUENCE OF. */
struct der_member {
	const struct field *field; /* NULL: it has no line of its own */
	const struct der_type *type;
	uint8_t tagging; /* enum der_tagging */
	uint8_t tag;     /* context-specific, unless the type's own */
	bool optional;
};

#define IMPLICIT(n) .tagging = DER_IMPLICIT, .tag = n
#define EXPLICIT(n) .tagging = DER_EXPLICIT, .tag = n
#define OPTIONAL    .optional = true

#define DER_MEMBERS(array)       .members = array, .count = sizeof(array) / sizeof(array)[0]
#define DER_SEQUENCE_TYPE(array) { .kind = DER_SEQUENCE, DER_MEMBERS(array) }
#define DER_SET_TYPE(array)      { .kind = DER_SET, DER_MEMBERS(array) }
#define DER_CHOICE_TYPE(array)   { .kind = DER_CHOICE, DER_MEMBERS(array) }
#define DER_SEQUENCE_OF(array)   { .kind = DER_SEQUENCE, .of = true, DER_MEMBERS(array) }
#define DER_SET_OF(array)        { .kind = DER_SET, .of = true, DER_MEMBERS(array) }
#define DER_BITS(first, n)       { .kind = DER_BIT_STRING, .bits = first, .count = n }

extern const struct der_type der_boolean, der_integer, der_enumerated, der_bit_string, der_octet_string, der_null,
	der_object_identifier, der_utf8_string, der_numeric_string, der_printable_string, der_teletex_string,
	der_ia5_string, der_utc_time, der_generalized_time, der_visible_string, der_general_string,
	der_universal_string, der_bmp_string;

enum {
	DER_NESTING = 64, /* types within types: deeper ones are not read */
	OID_TEXT = 512,   /* octets of an identifier as text: what is longer is cut */
};

/* An OBJECT IDENTIFIER as text: 1.2.840.113549.1.1.11; "": malformed. */
struct oid {
	char text[OID_TEXT];
};

/* What is read, and where in the tree. */
struct der {
	struct dissection *d;
	unsigned nesting;
	node_ref node;  /* of the constructed value that is being read */
	uint32_t promised; /* length of the value that is read next, by the header that was read before it */
	bool has_oid;   /* there was one */
	struct oid oid; /* the identifier read last: what kind of value an open type has */
};

/* One value with its tag. False when the octets are none of this type: nothing was read then. */
bool der_read(struct der *der, struct wire *w, const struct der_type *type, const struct field *field);

/* The same by the reader that a type with a function has for `base`. */
bool der_read_base(struct der *der, struct wire *w, const struct der_type *type, const struct field *field, bool implicit);

/* Identifier and length octets. */
struct der_header {
	uint8_t class; /* enum der_class */
	bool constructed;
	bool indefinite; /* two more octets stand behind the value */
	uint32_t tag;
	uint32_t length; /* of the value */
};

/* Reads them: false when they end the cursor. */
bool der_header(struct wire *w, struct der_header *header);

/* A string of any kind, or octets that may hold one. */
bool der_is_text(const struct der_header *header);

/* ---- identifiers ---- */

void oid_read(struct oid *oid, const uint8_t *octets, size_t n);

/* Whether it is this one. */
bool oid_is(const struct oid *oid, const char *text);

/* Its name: "sigAlgs.17" where only a beginning has one. In the frame's arena. */
const char *oid_name(struct dissection *d, const struct oid *oid);

/* A name that is known, exactly: NULL when there is none (oids.c). */
const char *oid_known(const char *text, size_t n);

/* ---- open types: values whose type an identifier says ---- */

struct der_syntax {
	const char *oid;
	const struct field *field;
	const struct der_type *type;
};

/* A table of them, in rising order of their text (strcmp()), and the protocol that is named when one ends early. */
struct der_syntaxes {
	const struct der_syntax *rows;
	size_t count;
	const struct protocol *protocol;
};
#define DER_SYNTAXES(array, protocol) { array, sizeof(array) / sizeof(array)[0], protocol }

/* Every table there is; the last has no rows. */
extern const struct der_syntaxes *const der_syntaxes[];

/* A value of the type that der->oid says. */
extern const struct der_type der_open_type;

/* The octets of w as such a value: all of it. */
void der_open(struct der *der, struct wire *w);

#endif
