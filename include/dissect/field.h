#ifndef DISSECT_FIELD_H
#define DISSECT_FIELD_H
/*
 * field: what a dissector can show, declared once as constant data.
 *
 * Trees, packet list, JSON, filters and the list of fields all come from these declarations.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum field_type {
	SUBTREE,       /* a heading: its text only */
	PROTOCOL,      /* a protocol's top line */
	BOOLEAN,       /* one bit of `mask`; without one, zero or not */
	UINT8, UINT16, UINT24, UINT32, UINT40, UINT48, UINT56, UINT64,
	INT8, INT16, INT24, INT32, INT64,
	CHAR,          /* one octet, shown as a character */
	FLOAT, DOUBLE,
	IPV4, IPV6, MAC, EUI64, GUID,
	OCTETS,        /* any octets, shown in hex */
	STRING,        /* any octets, shown as escaped UTF-8 */
	OID,           /* octets of an object identifier */
	ABSOLUTE_TIME, /* a struct timestamp, shown as a date in UTC */
	RELATIVE_TIME, /* a struct timestamp, shown in seconds */
	FRAME_NUMBER,  /* the number of another frame */
	NOTE,          /* an expert note */
};

/* How a value is shown. */
enum show {
	DEC,     /* 53 */
	HEX,     /* 0x0035, as many digits as the field is wide */
	DEC_HEX, /* 53 (0x0035) */
	HEX_DEC, /* 0x0035 (53) */
	OCT,     /* 065 */
	NAME_ONLY, /* the name alone */
	NUMBER_NAME, /* 53 (domain); 53 without a name */
	OCTETS_BITS, /* a count of octets: 53 bytes (424 bits) */
	COUNTED, /* octets: how many: label (53 bytes) */
	COLONS,  /* octets: 00:35 */
	DOTS, DASHES, SPACES, /* octets: 00.35, 00-35, 00 35 */
	PORT_TCP, PORT_UDP, /* with the name of its service, where such names are wanted */
	LOCAL,   /* absolute time in local time (we are always in UTC) */
	NUL_ENDED, NUL_PADDED, NUL_CUT, /* a STRING that ends at a NUL, that NULs fill up, that may end at one */
	OF_ORGANIZATION, /* a STRING beside a MAC address: whose it is, where that is known */
};

/* A value and its name; with `through`, every value from the first to that one. */
struct name {
	uint64_t value;
	const char *text;
	uint64_t through;
};

/* Names of values, in rising order of value. */
struct names {
	const struct name *rows;
	uint32_t count;
};

/* The names in an array of rows: `.names = NAMES(opcodes)`. */
#define NAMES(array) (&(const struct names){ array, sizeof(array) / sizeof(array)[0] })

enum severity { SEVERITY_COMMENT = 1, SEVERITY_CHAT, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

enum note_group {
	GROUP_CHECKSUM = 1, GROUP_SEQUENCE, GROUP_RESPONSE, GROUP_REQUEST, GROUP_UNDECODED,
	GROUP_REASSEMBLE, GROUP_MALFORMED, GROUP_DEBUG, GROUP_PROTOCOL, GROUP_SECURITY,
	GROUP_COMMENT, GROUP_DECRYPTION, GROUP_ASSUMPTION, GROUP_DEPRECATED,
};

enum { NO_BITS = 255 };

/* Where the hidden fields that a node stands for have their places. */
enum also_place {
	ALSO_BEHIND,      /* behind it and what is below it */
	ALSO_BELOW,       /* first among its children */
	ALSO_BEHIND_NEXT, /* behind the node that follows it: both ports before both hidden ones */
};

struct field {
	const char *filter; /* display filter name; NULL: none of its own */
	const char *label;  /* what stands before the colon; of a NOTE its message */
	uint8_t type;       /* enum field_type */
	uint8_t show;       /* enum show */
	bool generated;     /* not on the wire: shown in brackets */
	bool hidden;        /* only filters see it */
	bool of_all;        /* of a protocol up to the transport layer: what stands above has its part in it */
	bool is_octets;     /* of a heading: the octets that it reaches over are its value */
	bool dump;          /* its octets are shown in hex below its line */
	bool names_only;    /* a value without a name is shown as a bare number, one with as "name (number)" all the same */
	uint8_t severity;   /* of a NOTE: enum severity */
	uint8_t group;      /* of a NOTE: enum note_group */
	uint64_t mask;      /* the bits of the octets that belong to it; 0: all */
	const struct names *names;
	const char *unit;   /* behind the number: " bytes" */
	uint8_t bits;       /* how many the pattern of the mask has, where that is not all of its octets; 0: all; NO_BITS: none is shown */
	uint8_t scale;      /* filters know the value in such units: a header's length in octets, counted in words of 4; 0: 1 */
	uint8_t also_count;
	uint8_t also_place; /* enum also_place */
	const struct field *also; /* hidden fields with the same value: see ALSO() */
};

/*
 * Hidden fields that a node stands for, too, so that none need be added: ip.addr beside ip.src. One that is a STRING holds the
 * name of an address; UINT24 the organisation of a MAC address; others the same value: `.ALSO(source_too)`.
 */
#define ALSO(array) also = array, .also_count = sizeof(array) / sizeof(array)[0]

/* The name of a value, or NULL. */
const char *name_of(const struct names *names, uint64_t value);

/* The same, with what to say where there is none. */
const char *name_or(const struct names *names, uint64_t value, const char *otherwise);

/* The octets that a number of this type takes on the wire; 0: its length is not fixed. */
unsigned field_width(const struct field *field);

/* The number of a signed field, whose bits are in `number`: its sign reaches up to the highest bit. */
static inline int64_t signed_number(const struct field *field, uint64_t number)
{
	const unsigned width = field->mask ? (unsigned)__builtin_popcountll(field->mask) : 8 * field_width(field);

	return (int64_t)(number << (64 - width)) >> (64 - width);
}

extern const struct names set_or_not; /* Not set, Set */
extern const struct names yes_or_no;  /* No, Yes */

#endif
