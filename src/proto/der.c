/*
 * der.c: values in ASN.1's Basic and Distinguished Encoding Rules (X.690), by descriptions of their types (der.h).
 *
 * Strings in pieces (constructed encodings, which DER does not have) are not put together: they are shown as they stand.
 */

#include "dissect/der.h"

#include "dissect/der_text.h"
#include "dissect/text.h"

enum {
	PADDING, EMPTY, WRONG_FIELD, UNKNOWN_FIELD, WRONG_FIELD_OF, TOO_LONG, NOT_SEQUENCE, NOT_SET, NOT_SEQUENCE_OF,
	NOT_SET_OF, NOT_OCTETS, NOT_NULL, NULL_LENGTH, NOT_STRING, NOT_OBJECT_IDENTIFIER, NOT_UTC_TIME,
	NOT_GENERALIZED_TIME, NOT_BITS, BAD_LENGTH, BAD_BITS, BAD_UTC_TIME, BAD_GENERALIZED_TIME, NOT_KNOWN, NO_OID,
	UNKNOWN_BITS, PADDED_BITS, BAD_PADDING, STRAY_CHARACTERS, N_FIELDS
};

#define BER_ERROR(name, text) \
	{ "ber.error." name, "BER Error: " text, NOTE, .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED }

static const struct field fields[N_FIELDS] = {
	[PADDING]               = { "ber.bitstring.padding", "Padding", UINT8 },
	[EMPTY]                 = { "ber.bitstring.empty", "Empty", UINT8 },
	[WRONG_FIELD]           = BER_ERROR("sequence.field_wrong", "Wrong field in SEQUENCE"),
	[UNKNOWN_FIELD]         = BER_ERROR("unknown_field.sequence",
	                                    "This field lies beyond the end of the known sequence definition."),
	[WRONG_FIELD_OF]        = BER_ERROR("sequence.field_wrong", "Wrong field in SEQUENCE OF"),
	[TOO_LONG]              = BER_ERROR("length", "length is not valid"),
	[NOT_SEQUENCE]          = BER_ERROR("expected.sequence", "Sequence"),
	[NOT_SET]               = BER_ERROR("expected.set", "SET"),
	[NOT_SEQUENCE_OF]       = BER_ERROR("expected.sequence", "SEQUENCE OF"),
	[NOT_SET_OF]            = BER_ERROR("expected.set", "SET OF"),
	[NOT_OCTETS]            = BER_ERROR("expected.octet_string", "OctetString"),
	[NOT_NULL]              = BER_ERROR("expected.null", "NULL"),
	[NULL_LENGTH]           = BER_ERROR("expected.null_zero_length", "NULL type expects zero length data but Length"),
	[NOT_STRING]            = BER_ERROR("expected.string", "String"),
	[NOT_OBJECT_IDENTIFIER] = BER_ERROR("expected.object_identifier", "Object Identifier"),
	[NOT_UTC_TIME]          = BER_ERROR("expected.utc_time", "UTCTime"),
	[NOT_GENERALIZED_TIME]  = BER_ERROR("expected.generalized_time", "GeneralizedTime"),
	[NOT_BITS]              = BER_ERROR("expected.bitstring", "BitString"),
	[BAD_LENGTH]            = BER_ERROR("length", "length is not valid"),
	[BAD_BITS]              = BER_ERROR("constr_bitstr.len", "malformed Bitstring encoding"),
	[BAD_UTC_TIME]          = BER_ERROR("invalid_format.utctime", "malformed UTCTime encoding"),
	[BAD_GENERALIZED_TIME]  = BER_ERROR("invalid_format.generalized_time", "GeneralizedTime invalid format"),
	[NOT_KNOWN]             = { "ber.error.oid_not_implemented",
	                            "BER: Dissector for OID not implemented. Contact Wireshark developers if you want this"
	                            " supported", NOTE, .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
	[NO_OID]                = BER_ERROR("no_oid", "No OID supplied to call_ber_oid_callback"),
	[UNKNOWN_BITS]          = { "ber.error.bits_unknown", "Unknown bit(s)", NOTE, .severity = SEVERITY_WARNING,
	                            .group = GROUP_UNDECODED },
	[PADDED_BITS]           = { "ber.error.bits_set_padded", "Bits set in padded area", NOTE,
	                            .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
	[BAD_PADDING]           = { "ber.error.illegal_padding", "Illegal padding", NOTE, .severity = SEVERITY_WARNING,
	                            .group = GROUP_UNDECODED },
	[STRAY_CHARACTERS]      = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                            .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

const struct protocol protocol_ber = {
	.name = "Basic Encoding Rules (ASN.1 X.690)",
	.short_name = "BER",
	.filter = "ber",
	.fields = fields,
	.field_count = N_FIELDS,
};

const struct der_type der_boolean = { .kind = DER_BOOLEAN };
const struct der_type der_integer = { .kind = DER_INTEGER };
const struct der_type der_enumerated = { .kind = DER_ENUMERATED };
const struct der_type der_bit_string = { .kind = DER_BIT_STRING };
const struct der_type der_octet_string = { .kind = DER_OCTET_STRING };
const struct der_type der_null = { .kind = DER_NULL };
const struct der_type der_object_identifier = { .kind = DER_OBJECT_IDENTIFIER };
const struct der_type der_utf8_string = { .kind = DER_UTF8_STRING };
const struct der_type der_numeric_string = { .kind = DER_NUMERIC_STRING };
const struct der_type der_printable_string = { .kind = DER_PRINTABLE_STRING };
const struct der_type der_teletex_string = { .kind = DER_TELETEX_STRING };
const struct der_type der_ia5_string = { .kind = DER_IA5_STRING };
const struct der_type der_utc_time = { .kind = DER_UTC_TIME };
const struct der_type der_generalized_time = { .kind = DER_GENERALIZED_TIME };
const struct der_type der_visible_string = { .kind = DER_VISIBLE_STRING };
const struct der_type der_general_string = { .kind = DER_GENERAL_STRING };
const struct der_type der_universal_string = { .kind = DER_UNIVERSAL_STRING };
const struct der_type der_bmp_string = { .kind = DER_BMP_STRING };

/* ---- identifier and length octets (8.1) ---- */

static const char *const classes[] = { "UNIVERSAL", "APPLICATION", "CONTEXT", "PRIVATE" };

static const struct name kinds[] = {
	{ DER_END, "'end-of-content'" }, { DER_BOOLEAN, "BOOLEAN" }, { DER_INTEGER, "INTEGER" },
	{ DER_BIT_STRING, "BIT STRING" }, { DER_OCTET_STRING, "OCTET STRING" }, { DER_NULL, "NULL" },
	{ DER_OBJECT_IDENTIFIER, "OBJECT IDENTIFIER" }, { DER_ENUMERATED, "ENUMERATED" },
	{ DER_UTF8_STRING, "UTF8String" }, { DER_SEQUENCE, "SEQUENCE" }, { DER_SET, "SET" },
	{ DER_NUMERIC_STRING, "NumericString" }, { DER_PRINTABLE_STRING, "PrintableString" },
	{ DER_TELETEX_STRING, "TeletexString, T61String" }, { DER_VIDEOTEX_STRING, "VideotexString" },
	{ DER_IA5_STRING, "IA5String" }, { DER_UTC_TIME, "UTCTime" }, { DER_GENERALIZED_TIME, "GeneralizedTime" },
	{ DER_GRAPHIC_STRING, "GraphicString" }, { DER_VISIBLE_STRING, "VisibleString, ISO64String" },
	{ DER_GENERAL_STRING, "GeneralString" }, { DER_UNIVERSAL_STRING, "UniversalString" },
	{ DER_BMP_STRING, "BMPString" },
};

/* Tag and length, modulo 2^32 both: the length of an indefinite value is not known yet. */
static bool read_header(struct wire *w, struct der_header *header)
{
	uint8_t octet = wire_u8(w);

	*header = (struct der_header){ .class = octet >> 6, .constructed = octet & 0x20, .tag = octet & 0x1f };
	if (header->tag == 0x1f) {
		header->tag = 0;
		do {
			octet = wire_u8(w);
			header->tag = header->tag << 7 | (octet & 0x7f);
		} while (octet & 0x80);
	}
	octet = wire_u8(w);
	header->length = octet;
	if (octet & 0x80) {
		header->length = 0;
		header->indefinite = octet == 0x80;
		for (unsigned n = octet & 0x7f; n; n--)
			header->length = header->length << 8 | wire_u8(w);
	}
	return w->state == WIRE_GOOD;
}

static bool is_end(const struct der_header *header)
{
	return header->class == DER_UNIVERSAL && header->tag == DER_END;
}

/*
 * How many octets stand before the end-of-contents octets that belong to a value of indefinite length; w->at is behind its
 * length octet. Counts the open values in place of recursion.
 */
static uint32_t indefinite_length(struct wire w, struct wire *failed)
{
	const uint32_t from = w.at;
	unsigned open = 1;

	while (w.state == WIRE_GOOD) {
		struct der_header header;
		const uint32_t at = w.at;
		if (!read_header(&w, &header))
			break;
		if (is_end(&header) && !header.length) {
			if (!--open)
				return at - from;
		} else if (header.indefinite) {
			open++;
		} else {
			wire_skip(&w, header.length);
		}
	}
	wire_join(failed, &w);
	return 0;
}

bool der_header(struct wire *w, struct der_header *header)
{
	if (!read_header(w, header))
		return false;
	if (header->indefinite)
		header->length = indefinite_length(*w, w);
	else if ((uint64_t)w->at + header->length > INT32_MAX)
		wire_fail(w, header->length);
	return w->state == WIRE_GOOD;
}

static const uint32_t end_octets = 2;

/* All octets of the value whose header ends at w->at, having begun at `from`. */
static uint32_t whole_length(const struct wire *w, uint32_t from, const struct der_header *header)
{
	return w->at - from + header->length + (header->indefinite ? end_octets : 0);
}

/* A cursor over the next n octets or what there is of them: it ends there as if nothing had been promised beyond. */
static struct wire part_of(const struct wire *w, uint32_t n)
{
	struct wire part = wire_part(w, n);

	part.contained = part.reported;
	return part;
}

/* Behind a value, or as far as there is something: whoever it stands in minds what is missing. */
static void move_to(struct wire *w, uint64_t at)
{
	if (w->state == WIRE_GOOD)
		w->at = at < w->end ? (uint32_t)at : w->end;
}

/* ---- what is not as it should be ---- */

/* A line that says so, and a note below it. */
static void say(struct der *der, const struct wire *w, unsigned field, uint32_t at, uint32_t length, const char *text)
{
	struct dissection *d = der->d;

	add_node(d, w, &fields[field], at, length, 0);
	node_text(d, d->last, TEXT_WHOLE, "%s", text);
	note_text_on(d, d->last, &fields[field], "%s", text);
}

#define SAY(der, w, field, at, length, ...) \
	(BUILDING((der)->d, w) ? say(der, w, field, at, length, text_of((der)->d, __VA_ARGS__)) : (void)0)

static void say_unexpected(struct der *der, const struct wire *w, unsigned field, uint32_t at,
                           const struct der_header *header, const char *expected)
{
	SAY(der, w, field, at, header->length, "BER Error: %s expected but class:%s(%u) %s tag:%d was unexpected", expected,
	    classes[header->class], header->class, header->constructed ? "Constructed" : "Primitive", (int)header->tag);
}

/* ---- texts of primitive values ---- */

/* What stands in the tree for a field, with a value of its own. */
static void add_text(struct der *der, const struct wire *w, const struct field *field, uint32_t at, uint32_t length,
                     const struct der_text *text)
{
	struct dissection *d = der->d;

	add_node_octets(d, w, field, at, length, (const uint8_t *)text->octets, (uint32_t)text->length);
	if (text->stray)
		note_on(d, d->last, &fields[STRAY_CHARACTERS]);
}

/* "0x00c0ffee", as many octets as a line shows. */
static void number_text(struct der *der, const uint8_t *octets, uint32_t n)
{
	enum { OCTETS_SHOWN = 36 };
	struct dissection *d = der->d;
	char *text = begin_text(d, 2 + 3 * OCTETS_SHOWN + 4), *to = put_literal(text, "0x");

	to = put_octets(to, octets, n < OCTETS_SHOWN ? n : OCTETS_SHOWN, 0);
	if (n > OCTETS_SHOWN)
		to = put_literal(to, "\xe2\x80\xa6");
	end_text(d, d->last, TEXT_VALUE, text, to);
}

static void bad_length(struct der *der, const struct wire *w, const struct field *field, uint32_t length)
{
	SAY(der, w, BAD_LENGTH, w->at, length, "BER Error: %s: length of item (%u) is not valid", field->label, length);
}

/* ---- primitive types ----
 *
 * Each reads `w`, which covers the contents octets: as many as were promised, or fewer. `length` is what was promised.
 */

struct primitive {
	const struct der_type *type;
	const struct field *field;
	const struct der_header *header;
	uint32_t at; /* of the first octet, identifier octets included unless the tag was implicit */
};

static void read_boolean(struct der *der, struct wire *w, const struct primitive *p)
{
	if (p->header->length != 1) {
		bad_length(der, w, p->field, p->header->length);
		return;
	}
	add_uint8(der->d, w, p->field);
}

/* Also ENUMERATED. Numbers of more than 64 bits, and fields of octets, are shown in hex. */
static void read_integer(struct der *der, struct wire *w, const struct primitive *p)
{
	struct dissection *d = der->d;
	const uint32_t at = w->at, length = p->header->length;

	if (!length) {
		bad_length(der, w, p->field, length);
		return;
	}
	const uint8_t *octets = wire_bytes(w, length);
	if (!octets || !d->tree)
		return;
	if (p->field->type == OCTETS) {
		add_node_octets(d, w, p->field, at, length, octets, length);
		number_text(der, octets, length);
		return;
	}
	const bool is_signed = p->field->type >= INT8 && p->field->type <= INT64;
	uint64_t number = octets[0] & 0x80 && is_signed ? UINT64_MAX : 0;
	for (uint32_t i = 0; i < length; i++)
		number = number << 8 | octets[i];
	if (field_width(p->field) <= 4)
		number = is_signed ? (uint64_t)(int64_t)(int32_t)number : (uint32_t)number;
	add_node(d, w, p->field, at, length, number);
	if (length > 9 || (length == 9 && octets[0]))
		number_text(der, octets, length);
}

/* The bits of the i-th octet that have no name. */
static uint8_t unnamed_bits(const struct der_type *type, uint32_t i)
{
	const uint32_t named = type->count > 8 * i ? type->count - 8 * i : 0;

	return named < 8 ? (uint8_t)(0xff >> named) : 0;
}

/* The bits that have names, one line each; what other bits are set. */
static void add_named_bits(struct der *der, const struct wire *w, const struct der_type *type, uint32_t at,
                           const uint8_t *octets, uint32_t n)
{
	struct dissection *d = der->d;
	const node_ref node = open_subtree(d);
	const uint32_t shown = n < LABEL_LARGEST ? n : LABEL_LARGEST;
	char unknown[2 * LABEL_LARGEST + 1], *to = unknown;
	bool any = false;

	for (unsigned i = 0; i < type->count; i++) {
		const bool is_there = i / 8 < n; /* those that are not are false, and stand in the last octet that is */
		add_node(d, w, &type->bits[i], at + (is_there ? i / 8 : n - 1), 1, is_there ? octets[i / 8] : 0);
	}
	close_subtree(d, node, NULL);
	for (uint32_t i = 0; i < n; i++)
		any |= octets[i] & unnamed_bits(type, i);
	if (!any)
		return;
	for (uint32_t i = 0; i < shown; i++)
		to = put_hex(to, octets[i] & unnamed_bits(type, i), 2);
	*to = 0;
	note_text_on(d, node, &fields[UNKNOWN_BITS], "Unknown bit(s): 0x%s", unknown);
}

static void read_bit_string(struct der *der, struct wire *w, const struct primitive *p)
{
	struct dissection *d = der->d;
	const uint32_t length = p->header->length;

	if (!length) {
		SAY(der, w, BAD_BITS, w->at, 0,
		    "BER Error: dissect_ber_constrained_bitstring(): frame:%u offset:%u Was passed an illegal length of 0",
		    (unsigned)d->frame->number, (unsigned)(w->at - p->at));
		return;
	}
	if (length == 1) {
		const uint32_t at = w->at;
		uint8_t padding = wire_u8(w);
		add_node_octets(d, w, p->field, at, 1, wire_here(w) - 1, 1);
		add_node(d, w, &fields[EMPTY], at, 1, padding);
		return;
	}
	uint8_t padding = add_uint8(d, w, &fields[PADDING]);
	if (padding > 7)
		note_text_on(d, d->last, &fields[BAD_PADDING], "Illegal padding (0 .. 7): %u", padding);
	const uint32_t at = w->at;
	const uint8_t *octets = add_octets(d, w, p->field, length - 1);
	if (!octets || !d->tree)
		return;
	const node_ref node = d->last;
	if (p->type->bits)
		add_named_bits(der, w, p->type, at, octets, length - 1);
	const unsigned padded = octets[length - 2] & ((1u << (padding & 7)) - 1);
	if (padding < 8 && padded)
		note_text_on(d, node, &fields[PADDED_BITS], "Bits set in padded area: 0x%02x", padded);
}

/* How long a string is: all there is, were it less than its own header promised. */
static uint32_t octets_left(struct der *der, struct wire *w, const struct primitive *p)
{
	const uint32_t n = p->header->length, left = wire_left(w);

	if (n <= left)
		return n;
	if (p->at != w->at)
		return left;
	SAY(der, w, BAD_LENGTH, w->at, 0, "BER Error: length %u longer than tvb_reported_length_remaining: %u", (unsigned)n,
	    (unsigned)left);
	wire_fail(w, n);
	return 0;
}

static void read_octet_string(struct der *der, struct wire *w, const struct primitive *p)
{
	const uint32_t n = octets_left(der, w, p);
	add_octets(der->d, w, p->field, n);
}

static void read_null(struct der *der, struct wire *w, const struct primitive *p)
{
	if (p->header->length)
		SAY(der, w, NULL_LENGTH, w->at, p->header->length,
		    "BER Error: NULL type expects zero length data but Length=%u", (unsigned)p->header->length);
	add_node(der->d, w, p->field, w->at, p->header->length, 0);
}

static void read_object_identifier(struct der *der, struct wire *w, const struct primitive *p)
{
	struct dissection *d = der->d;
	const uint32_t n = p->header->length;
	const uint8_t *octets = wire_bytes(w, n);

	if (!octets)
		return;
	oid_read(&der->oid, octets, n);
	der->has_oid = true;
	if (p->field->type == STRING)
		add_string_value(d, w, p->field, der->oid.text, strlen(der->oid.text));
	else
		add_node_octets(d, w, p->field, w->at - n, n, octets, n);
	cover(d, w, n);
	const char *name = d->tree ? oid_name(d, &der->oid) : NULL;
	if (!n)
		value_text(d, w, d->last, "0 (itu-t)");
	else if (name)
		value_text(d, w, d->last, "%s (%s)", der->oid.text, name);
}

static void read_string(struct der *der, struct wire *w, const struct primitive *p)
{
	const uint32_t at = w->at, n = octets_left(der, w, p);
	const uint8_t *octets = wire_bytes(w, n);

	if (!octets || !der->d->tree)
		return;
	const struct der_text text = der_text(der->d, p->type->kind, octets, n);
	add_text(der, w, p->field, at, n, &text);
}

static void read_utc_time(struct der *der, struct wire *w, const struct primitive *p)
{
	struct dissection *d = der->d;
	const uint32_t at = w->at, n = p->header->length;
	const uint8_t *octets = wire_bytes(w, n);
	const char *wrong;

	if (!octets || !d->tree)
		return;
	const struct der_text text = der_utc_text(d, octets, n, &wrong);
	add_text(der, w, p->field, at, n, &text);
	if (wrong) {
		const node_ref node = d->last;
		open_subtree(d);
		SAY(der, w, BAD_UTC_TIME, at, n, "BER Error: %s", wrong);
		close_subtree(d, node, NULL);
	}
}

static void read_generalized_time(struct der *der, struct wire *w, const struct primitive *p)
{
	struct dissection *d = der->d;
	const uint32_t at = w->at, n = p->header->length;
	struct timestamp time;

	if (n < GENERALIZED_TIME_LEAST) {
		SAY(der, w, BAD_LENGTH, at, n, "BER Error: GeneralizedTime invalid length: %u", (unsigned)n);
		return;
	}
	const uint8_t *octets = wire_bytes(w, n);
	if (!octets || !d->tree)
		return;
	if (!der_generalized_time_value(octets, n, &time)) {
		SAY(der, w, BAD_GENERALIZED_TIME, at, n, "BER Error: GeneralizedTime invalid format: %s",
		    printable(d, octets, n < LABEL_LARGEST ? n : LABEL_LARGEST));
		return;
	}
	add_time(d, w, p->field, time);
	cover(d, w, n);
}

/* How the primitive types are read; those without a name accept any tag. */
static const struct {
	void (*read)(struct der *, struct wire *, const struct primitive *);
	const char *name;
	uint8_t wrong;
} primitives[] = {
	[DER_BOOLEAN]           = { read_boolean, NULL, 0 },
	[DER_INTEGER]           = { read_integer, NULL, 0 },
	[DER_ENUMERATED]        = { read_integer, NULL, 0 },
	[DER_BIT_STRING]        = { read_bit_string, "BitString", NOT_BITS },
	[DER_OCTET_STRING]      = { read_octet_string, "OctetString", NOT_OCTETS },
	[DER_NULL]              = { read_null, "NULL", NOT_NULL },
	[DER_OBJECT_IDENTIFIER] = { read_object_identifier, "Object Identifier", NOT_OBJECT_IDENTIFIER },
	[DER_UTC_TIME]          = { read_utc_time, "UTCTime", NOT_UTC_TIME },
	[DER_GENERALIZED_TIME]  = { read_generalized_time, "GeneralizedTime", NOT_GENERALIZED_TIME },
};

static bool is_string(uint32_t tag)
{
	return tag == DER_UTF8_STRING || (tag >= DER_NUMERIC_STRING && tag <= DER_BMP_STRING && tag != 29);
}

bool der_is_text(const struct der_header *header)
{
	return header->class == DER_UNIVERSAL && (header->tag == DER_OCTET_STRING || is_string(header->tag));
}

/* False, and said so, when the header is not one of the type. */
static bool is_expected(struct der *der, const struct wire *w, const struct primitive *p)
{
	const struct der_header *header = p->header;
	const unsigned kind = p->type->kind;

	if (header->class == DER_UNIVERSAL && header->tag == kind)
		return true;
	if (kind == DER_OCTET_STRING && der_is_text(header))
		return true;
	const bool listed = kind < sizeof primitives / sizeof *primitives && primitives[kind].read;
	if (listed && !primitives[kind].name)
		return true;
	if (listed)
		say_unexpected(der, w, primitives[kind].wrong, p->at, header, primitives[kind].name);
	else if (BUILDING(der->d, w))
		say_unexpected(der, w, NOT_STRING, p->at, header, text_of(der->d, "String with tag=%u", kind));
	return false;
}

static bool read_primitive(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                           bool implicit)
{
	struct der_header header = { .class = DER_UNIVERSAL, .tag = type->kind, .length = der->promised };
	const struct primitive p = { type, field, &header, w->at };

	if (!implicit && !der_header(w, &header))
		return true;
	if (!implicit && !is_expected(der, w, &p)) {
		wire_skip(w, header.length);
		return true;
	}
	struct wire value = part_of(w, header.length);
	const uint64_t end = (uint64_t)w->at + header.length + (header.indefinite ? end_octets : 0);
	if (type->kind < sizeof primitives / sizeof *primitives && primitives[type->kind].read)
		primitives[type->kind].read(der, &value, &p);
	else
		read_string(der, &value, &p);
	wire_join(w, &value);
	move_to(w, end);
	return true;
}

/* ---- constructed types ---- */

static bool read_value(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                       bool implicit);

/* A component that a header belongs to. */
static bool belongs(const struct der_member *member, const struct der_header *header)
{
	if (member->tagging != DER_OWN)
		return header->class == DER_CONTEXT && header->tag == member->tag;
	return header->class == DER_UNIVERSAL && header->tag == member->type->kind;
}

/* One whose own type has no tag: it says itself whether the octets are its. */
static bool is_open(const struct der_member *member)
{
	return member->tagging == DER_OWN && member->type->kind >= DER_CHOICE;
}

/* A value that stands in another, its header read already. */
struct element {
	struct der_header header;
	struct wire whole, value; /* with its header, and without; as much as there is of them */
	uint32_t size;            /* of the whole: of as much as it says there is */
};

/* Looks at the element that w stands at: false when that ends the cursor. */
static bool look_at(struct wire *w, struct element *element)
{
	struct wire value = *w;

	if (!der_header(&value, &element->header)) {
		wire_join(w, &value);
		return false;
	}
	element->size = whole_length(&value, w->at, &element->header);
	element->whole = part_of(w, element->size);
	element->value = part_of(&value, element->header.length);
	return true;
}

/* Reads an element as a component; false when it is not one. */
static bool read_member(struct der *der, const struct element *element, const struct der_member *member,
                        struct wire *outer)
{
	struct wire w = member->tagging == DER_OWN ? element->whole : element->value;

	der->promised = element->header.length;
	const bool taken = read_value(der, &w, member->type, member->field, member->tagging == DER_IMPLICIT);
	wire_join(outer, &w);
	return taken;
}

/* "class:CONTEXT(2) tag:0", "class:UNIVERSAL(0) tag:2(INTEGER)" */
static const char *tag_text(struct der *der, const struct der_member *member)
{
	if (member->tagging != DER_OWN)
		return text_of(der->d, "class:CONTEXT(2) tag:%u", member->tag);
	return text_of(der->d, "class:UNIVERSAL(0) tag:%u(%s)", member->type->kind,
	               name_or(NAMES(kinds), member->type->kind, "Unknown"));
}

static void say_wrong(struct der *der, const struct wire *w, unsigned field, uint32_t size,
                      const struct der_member *member, const struct der_header *header)
{
	if (!BUILDING(der->d, w))
		return;
	SAY(der, w, field, w->at, size, "%s: expected %s but found class:%s(%u) tag:%d", fields[field].label,
	    tag_text(der, member), classes[header->class], header->class, (int)header->tag);
}

/* The component of a SEQUENCE that an element is, from *member on; moves *member behind it. */
static void read_component(struct der *der, struct wire *w, const struct element *element,
                           const struct der_member **member, const struct der_member *last)
{
	while (*member < last) {
		const struct der_member *m = (*member)++;
		if (is_open(m) ? read_member(der, element, m, w) : belongs(m, &element->header)) {
			if (!is_open(m))
				read_member(der, element, m, w);
			return;
		}
		if (!m->optional) {
			if (!is_open(m))
				say_wrong(der, w, WRONG_FIELD, element->size, m, &element->header);
			return;
		}
	}
	SAY(der, w, UNKNOWN_FIELD, w->at, element->size, "%s", fields[UNKNOWN_FIELD].label);
}

/* The components of a SEQUENCE, from w->at to `end`. */
static void read_components(struct der *der, struct wire *w, const struct der_type *type, uint32_t end, bool indefinite)
{
	const struct der_member *member = type->members, *last = type->count ? member + type->count : member;
	struct element element;

	while (w->state == WIRE_GOOD && w->at < end && look_at(w, &element)) {
		if (is_end(&element.header) && !element.header.length) {
			if (!indefinite)
				append_literal(der->d, w, der->node, " 0 items");
			return;
		}
		read_component(der, w, &element, &member, last);
		wire_skip(w, element.size);
	}
	if (w->state == WIRE_GOOD && w->at > end)
		SAY(der, w, TOO_LONG, end, w->at - end, "BER Error: SEQUENCE is %u too many bytes long",
		    (unsigned)(w->at - end));
}

/* The components of a SET: in any order. */
static void read_set(struct der *der, struct wire *w, const struct der_type *type, uint32_t end)
{
	struct element element;

	while (w->state == WIRE_GOOD && w->at < end && look_at(w, &element)) {
		for (unsigned i = 0; i < type->count; i++) {
			const struct der_member *member = &type->members[i];
			if ((is_open(member) || belongs(member, &element.header)) && read_member(der, &element, member, w))
				break;
		}
		wire_skip(w, element.size);
	}
}

/* The elements from w->at to `end`, counted; false when looking for them ends the cursor. */
static bool count_elements(struct wire *w, uint32_t end, uint32_t *count)
{
	struct wire ahead = *w;

	for (*count = 0; ahead.state == WIRE_GOOD && ahead.at < end; ++*count) {
		struct der_header header;
		if (!der_header(&ahead, &header) || is_end(&header))
			break;
		const uint32_t n = header.length + (header.indefinite ? end_octets : 0);
		if (n >= end - ahead.at) {
			++*count;
			break;
		}
		wire_skip(&ahead, n);
	}
	wire_join(w, &ahead);
	return w->state == WIRE_GOOD;
}

static void read_elements(struct der *der, struct wire *w, const struct der_type *type, uint32_t end)
{
	const struct der_member *member = type->members;
	struct element element;

	while (w->state == WIRE_GOOD && w->at < end && look_at(w, &element)) {
		if (is_end(&element.header))
			return;
		if (is_open(member) || belongs(member, &element.header))
			read_member(der, &element, member, w);
		else
			say_wrong(der, w, WRONG_FIELD_OF, element.size, member, &element.header);
		wire_skip(w, element.size);
	}
	if (w->state == WIRE_GOOD && w->at > end)
		SAY(der, w, TOO_LONG, end, w->at - end, "BER Error: %s OF contained %u too many bytes",
		    type->kind == DER_SET ? "SET" : "SEQUENCE", (unsigned)(w->at - end));
}

/* What a value that should be a SEQUENCE and is not is said to be. */
static void say_not_constructed(struct der *der, const struct wire *w, const struct der_type *type, uint32_t at,
                                const struct der_header *header)
{
	static const struct {
		uint8_t field;
		const char *name;
	} wrong[2][2] = { /* [of][set]; the reference has the names of the two lists the other way round */
		{ { NOT_SEQUENCE, "Sequence" }, { NOT_SET, "SET" } },
		{ { NOT_SEQUENCE_OF, "SET OF" }, { NOT_SET_OF, "SEQUENCE OF" } },
	};
	const bool set = type->kind == DER_SET;

	say_unexpected(der, w, wrong[type->of][set].field, at, header, wrong[type->of][set].name);
}

/* Types that applications define stand for any. */
static bool is_constructed_as(const struct der_header *header, unsigned kind)
{
	if (header->class == DER_UNIVERSAL)
		return header->constructed && header->tag == kind;
	return header->class != DER_CONTEXT;
}

/* The line of a constructed value: its octets, the number of its elements, or a heading. */
static node_ref add_constructed(struct der *der, struct wire *w, const struct field *field, uint32_t at, uint32_t length,
                                const struct der_type *type, uint32_t count)
{
	struct dissection *d = der->d;

	if (!field)
		return 0;
	if (field->type == OCTETS) {
		struct wire whole = *w;
		whole.at = at;
		add_octets(d, &whole, field, length);
		wire_join(w, &whole);
		return d->last;
	}
	add_node(d, w, field, at, length, count);
	if (type->of && field->type == SUBTREE)
		set_text(d, w, d->last, "%s:", field->label);
	else if (type->of && count == 1)
		append_literal(d, w, d->last, " item");
	else if (type->of)
		append_literal(d, w, d->last, " items");
	return d->last;
}

/* SEQUENCE, SET, SEQUENCE OF, SET OF. */
static bool read_constructed(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                             bool implicit)
{
	struct dissection *d = der->d;
	struct der_header header = { .class = DER_UNIVERSAL, .tag = type->kind, .length = wire_left(w) };
	const uint32_t at = w->at;
	uint32_t count = 0;

	if (!implicit && !der_header(w, &header))
		return true;
	const uint32_t end = w->at + header.length, size = whole_length(w, at, &header);
	const bool expected = implicit || is_constructed_as(&header, type->kind);
	if (!expected && type->of) {
		say_not_constructed(der, w, type, at, &header);
		move_to(w, end);
		return true;
	}
	if (type->of && !count_elements(w, end, &count))
		return true;
	const uint8_t depth = d->depth;
	const uint32_t from = type->of ? w->at : at; /* lists stand where their elements do */
	const node_ref outer = der->node,
	               node = add_constructed(der, w, field, from, type->of ? header.length : size, type, count);
	if (field) {
		der->node = node;
		open_subtree(d);
	}
	if (!expected)
		say_not_constructed(der, w, type, at, &header);
	else if (!type->of && !header.length)
		append_literal(d, w, node, " [0 length]");
	else if (der->nesting >= DER_NESTING)
		wire_skip(w, header.length);
	else {
		der->nesting++;
		if (type->of)
			read_elements(der, w, type, end);
		else if (type->kind == DER_SET)
			read_set(der, w, type, end);
		else
			read_components(der, w, type, end, header.indefinite);
		der->nesting--;
	}
	d->depth = depth;
	der->node = outer;
	move_to(w, (uint64_t)at + size);
	return true;
}

/* The alternative that the octets at w are. */
static bool read_choice(struct der *der, struct wire *w, const struct der_type *type, const struct field *field)
{
	struct dissection *d = der->d;
	struct element element;

	if (!look_at(w, &element))
		return true;
	for (unsigned i = 0; i < type->count; i++) {
		const struct der_member *member = &type->members[i];
		if (!is_open(member) && !belongs(member, &element.header))
			continue;
		const uint8_t depth = d->depth;
		const node_ref outer = der->node;
		if (field) {
			const bool is_own = member->tagging == DER_OWN;
			const uint32_t number = is_own ? i : member->tag;
			der->node = add_node(d, w, field, is_own ? w->at : element.value.at,
			                     is_own ? element.size : element.header.length, number);
			open_subtree(d);
		}
		read_member(der, &element, member, w);
		d->depth = depth;
		der->node = outer;
		move_to(w, (uint64_t)w->at + element.size);
		return true;
	}
	return false;
}

bool der_read_base(struct der *der, struct wire *w, const struct der_type *type, const struct field *field, bool implicit)
{
	switch (type->kind) {
	case DER_SEQUENCE:
	case DER_SET:
		return read_constructed(der, w, type, field, implicit);
	case DER_CHOICE:
		return read_choice(der, w, type, field);
	default:
		return read_primitive(der, w, type, field, implicit);
	}
}

static bool read_value(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                       bool implicit)
{
	if (w->state != WIRE_GOOD)
		return true;
	return type->read ? type->read(der, w, type, field, implicit) : der_read_base(der, w, type, field, implicit);
}

bool der_read(struct der *der, struct wire *w, const struct der_type *type, const struct field *field)
{
	return read_value(der, w, type, field, false);
}

/* ---- open types ---- */

static const struct der_syntax *find_syntax(const char *oid, const struct protocol **protocol)
{
	for (const struct der_syntaxes *const *table = der_syntaxes; *table; table++) {
		size_t low = 0, high = (*table)->count;
		while (low < high) {
			const size_t middle = low + (high - low) / 2;
			const int order = strcmp(oid, (*table)->rows[middle].oid);
			if (!order) {
				*protocol = (*table)->protocol;
				return &(*table)->rows[middle];
			}
			if (order < 0)
				high = middle;
			else
				low = middle + 1;
		}
	}
	return NULL;
}

/* What [Protocols in frame: ...] calls a value: what stands before the first dot of its field's name, mostly. */
static const char *module_of(struct der *der, const struct field *field)
{
	if (!field)
		return "tls"; /* signed certificate timestamps, which have no line of their own */
	const char *module = text_of(der->d, "%.*s", (int)strcspn(field->filter, "."), field->filter);
	if (!strcmp(module, "pkcs1"))
		return "pkcs-1";
	return strcmp(module, "nist-csor") ? module : "nist_csor";
}

static bool read_syntax(struct der *der, struct wire *w, const struct der_syntax *syntax)
{
	struct dissection *d = der->d;
	const unsigned trail_count = d->trail_count;

	if (!syntax->type)
		return true;
	if (d->tree)
		trail(d, module_of(der, syntax->field));
	const bool taken = read_value(der, w, syntax->type, syntax->field, false);
	if (!taken)
		d->trail_count = trail_count;
	return taken;
}

static bool read_open(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                      bool implicit)
{
	const struct protocol *protocol = NULL;
	const struct der_syntax *syntax = find_syntax(der->oid.text, &protocol);
	struct der_header header;
	struct wire ahead = *w;
	const uint32_t at = w->at;

	(void)type, (void)field, (void)implicit;
	if (!der->has_oid) {
		SAY(der, w, NO_OID, at, 0, "%s", fields[NO_OID].label);
		return true;
	}
	if (syntax && read_syntax(der, w, syntax)) {
		if (w->state != WIRE_GOOD && !der->d->cut_quote && !der->d->quoted)
			der->d->cut_quote = protocol; /* whose value it is that ended early */
		return true;
	}
	if (read_header(&ahead, &header) && (header.class != DER_UNIVERSAL || header.tag != DER_NULL))
		SAY(der, w, NOT_KNOWN, at, ahead.at - at + header.length, "%s", fields[NOT_KNOWN].label);
	wire_join(w, &ahead);
	return true;
}

const struct der_type der_open_type = { .kind = DER_ANY, .read = read_open };

void der_open(struct der *der, struct wire *w)
{
	read_value(der, w, &der_open_type, NULL, false);
}
