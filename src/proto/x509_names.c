/*
 * x509_names.c: distinguished names (X.501, RFC 5280 4.1.2.4) and the attributes that they are made of (X.520, RFC 4519,
 * RFC 2985, RFC 3739).
 *
 * A name is also shown as text, at its own line, at each of its parts, and at the certificate whose subject it is. The attributes of
 * directories that no certificate has (search guides, telex numbers, presentation addresses, ...) are left out.
 */

#include "dissect/text.h"
#include "dissect/x509.h"

enum {
	RDN_SEQUENCE, RDN, ATTRIBUTE_VALUE, ATTRIBUTE_ID, ATTRIBUTE_VALUES, DIRECTORY_STRING, TELETEX_STRING_CHOICE,
	PRINTABLE_STRING_CHOICE, UNIVERSAL_STRING_CHOICE, BMP_STRING_CHOICE, UTF8_STRING_CHOICE, USERID, COUNTRY_NAME,
	POSTAL_ADDRESS, TELEPHONE_NUMBER, X121_ADDRESS, ISDN_NUMBER, DESTINATION_INDICATOR, UNIQUE_IDENTIFIER,
	NAME_AND_UID, NAME_DN, NAME_UID, OBJECT_IDENTIFIER, OCTET_STRING, INTEGER, GENERALIZED_TIME, UTC_TIME,
	PRINTABLE_STRING, IA5_STRING, BMP_STRING, UTF8_STRING, DISTINGUISHED_NAME, N_FIELDS
};

static const struct name string_choices[] = {
	{ 0, "teletexString" }, { 1, "printableString" }, { 2, "universalString" }, { 3, "bmpString" },
	{ 4, "uTF8String" },
};

static const struct field fields[N_FIELDS] = {
	[RDN_SEQUENCE]            = { "x509if.rdnSequence", "rdnSequence", UINT32 },
	[RDN]                     = { "x509if.RDNSequence_item", "RDNSequence item", UINT32 },
	[ATTRIBUTE_VALUE]         = { "x509if.RelativeDistinguishedName_item_element",
	                              "RelativeDistinguishedName item", SUBTREE },
	[ATTRIBUTE_ID]            = { "x509if.oid", "Object Id", OID },
	[ATTRIBUTE_VALUES]        = { "x509if.values", "values", UINT32 },
	[DIRECTORY_STRING]        = { "x509sat.DirectoryString", "DirectoryString", UINT32,
	                              .names = NAMES(string_choices) },
	[TELETEX_STRING_CHOICE]   = { "x509sat.teletexString", "teletexString", STRING },
	[PRINTABLE_STRING_CHOICE] = { "x509sat.printableString", "printableString", STRING },
	[UNIVERSAL_STRING_CHOICE] = { "x509sat.universalString", "universalString", STRING },
	[BMP_STRING_CHOICE]       = { "x509sat.bmpString", "bmpString", STRING },
	[UTF8_STRING_CHOICE]      = { "x509sat.uTF8String", "uTF8String", STRING },
	[USERID]                  = { "x509af.Userid", "Userid", STRING },
	[COUNTRY_NAME]            = { "x509sat.CountryName", "CountryName", STRING },
	[POSTAL_ADDRESS]          = { "x509sat.PostalAddress", "PostalAddress", UINT32 },
	[TELEPHONE_NUMBER]        = { "x509sat.TelephoneNumber", "TelephoneNumber", STRING },
	[X121_ADDRESS]            = { "x509sat.X121Address", "X121Address", STRING },
	[ISDN_NUMBER]             = { "x509sat.InternationalISDNNumber", "InternationalISDNNumber", STRING },
	[DESTINATION_INDICATOR]   = { "x509sat.DestinationIndicator", "DestinationIndicator", STRING },
	[UNIQUE_IDENTIFIER]       = { "x509sat.UniqueIdentifier", "UniqueIdentifier", OCTETS },
	[NAME_AND_UID]            = { "x509sat.NameAndOptionalUID_element", "NameAndOptionalUID", SUBTREE },
	[NAME_DN]                 = { "x509sat.dn", "dn", UINT32 },
	[NAME_UID]                = { "x509sat.uid", "uid", OCTETS },
	[OBJECT_IDENTIFIER]       = { "x509sat.ObjectIdentifier", "ObjectIdentifier", OID },
	[OCTET_STRING]            = { "x509sat.OctetString", "OctetString", OCTETS },
	[INTEGER]                 = { "x509sat.Integer", "Integer", INT32 },
	[GENERALIZED_TIME]        = { "x509sat.GeneralizedTime", "GeneralizedTime", ABSOLUTE_TIME },
	[UTC_TIME]                = { "x509sat.UTCTime", "UTCTime", STRING },
	[PRINTABLE_STRING]        = { "x509sat.PrintableString", "PrintableString", STRING },
	[IA5_STRING]              = { "x509sat.IA5String", "IA5String", STRING },
	[BMP_STRING]              = { "x509sat.BMPString", "BMPString", STRING },
	[UTF8_STRING]             = { "x509sat.UTF8String", "UTF8String", STRING },
	[DISTINGUISHED_NAME]      = { "x509if.DistinguishedName", "DistinguishedName", UINT32 },
};

const struct protocol protocol_x509_names = {
	.name = "X.509 names and attributes",
	.short_name = "X509SAT",
	.filter = "x509sat",
	.fields = fields,
	.field_count = N_FIELDS,
};

/* ---- attributes ---- */

static const struct der_member directory_string_members[] = {
	{ &fields[TELETEX_STRING_CHOICE], &der_teletex_string },
	{ &fields[PRINTABLE_STRING_CHOICE], &der_printable_string },
	{ &fields[UNIVERSAL_STRING_CHOICE], &der_universal_string },
	{ &fields[BMP_STRING_CHOICE], &der_bmp_string },
	{ &fields[UTF8_STRING_CHOICE], &der_utf8_string },
};
const struct der_type x509_directory_string = DER_CHOICE_TYPE(directory_string_members);

static const struct der_member attribute_members[] = {
	{ &fields[ATTRIBUTE_ID], &der_object_identifier },
	{ &fields[ATTRIBUTE_VALUES], &(const struct der_type)DER_SET_OF(((const struct der_member[]){
		{ NULL, &der_open_type } })) },
};
const struct der_type x509_attribute = DER_SEQUENCE_TYPE(attribute_members);

static const struct der_member postal_address_members[] = { { &fields[DIRECTORY_STRING], &x509_directory_string } };
static const struct der_type postal_address = DER_SEQUENCE_OF(postal_address_members);

static const struct der_member name_and_uid_members[] = {
	{ &fields[NAME_DN], &x509_rdn_sequence },
	{ &fields[NAME_UID], &der_bit_string, OPTIONAL },
};
static const struct der_type name_and_uid = DER_SEQUENCE_TYPE(name_and_uid_members);

/* ---- names as text ---- */

/* What a text has room for, behind the rest. */
static size_t append(char *text, size_t length, size_t largest, const char *more)
{
	const size_t n = strlen(more), room = largest - length;
	const size_t taken = n < room ? n : room;

	memcpy(text + length, more, taken);
	text[length + taken] = 0;
	return length + taken;
}

static void append_rdn(struct x509 *x, const char *more)
{
	x->rdn_length = append(x->rdn, x->rdn_length, RDN_LARGEST, more);
}

/* The type of an attribute: " (id-at-commonName=" behind its line. */
static bool read_attribute_type(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                                bool implicit)
{
	struct x509 *x = x509_of(der);

	der_read_base(der, w, type->base, field, implicit);
	if (!BUILDING(der->d, w))
		return true;
	const char *name = oid_name(der->d, &der->oid);
	if (x->rdn_length)
		append_rdn(x, "+");
	append_rdn(x, name);
	append_rdn(x, "=");
	append_text(der->d, w, der->node, " (%s=", name);
	return true;
}

/* Its value: "Example)" behind that, when it is a string. */
static bool read_attribute_value(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                                 bool implicit)
{
	struct x509 *x = x509_of(der);
	struct wire value = *w;
	struct der_header header;

	(void)type, (void)implicit;
	if (BUILDING(der->d, w) && der_header(&value, &header) && der_is_text(&header)) {
		const uint32_t there = wire_captured(&value), n = there < header.length ? there : header.length;
		const char *text = printable(der->d, wire_here(&value), n < LABEL_LARGEST ? n : LABEL_LARGEST);
		append_rdn(x, text);
		append_text(der->d, w, der->node, "%s)", text);
	}
	return der_open_type.read(der, w, &der_open_type, field, false);
}

static const struct der_type attribute_type = {
	.kind = DER_OBJECT_IDENTIFIER, .base = &der_object_identifier, .read = read_attribute_type,
};
static const struct der_type attribute_value = { .kind = DER_ANY, .read = read_attribute_value };

static const struct der_member attribute_and_value_members[] = {
	{ &fields[ATTRIBUTE_ID], &attribute_type },
	{ NULL, &attribute_value },
};
static const struct der_type attribute_base = DER_SEQUENCE_TYPE(attribute_and_value_members);

static bool read_attribute(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                           bool implicit)
{
	x509_of(der)->named = 0;
	return der_read_base(der, w, type->base, field, implicit);
}

static const struct der_type attribute_and_value = { .kind = DER_SEQUENCE, .base = &attribute_base, .read = read_attribute };

static const struct der_member rdn_members[] = { { &fields[ATTRIBUTE_VALUE], &attribute_and_value } };
static const struct der_type rdn_base = DER_SET_OF(rdn_members);

/* Puts the part that was read before what the name has already. */
static void prepend_rdn(struct x509 *x)
{
	char rest[DN_LARGEST + 1];

	memcpy(rest, x->dn, x->dn_length + 1);
	const bool comma = x->dn_length;
	x->dn_length = append(x->dn, 0, DN_LARGEST, x->rdn);
	if (comma) {
		x->dn_length = append(x->dn, x->dn_length, DN_LARGEST, ",");
		x->dn_length = append(x->dn, x->dn_length, DN_LARGEST, rest);
	}
}

static bool read_rdn(struct der *der, struct wire *w, const struct der_type *type, const struct field *field, bool implicit)
{
	struct x509 *x = x509_of(der);
	struct dissection *d = der->d;
	const node_ref outer = der->node;
	const uint32_t before = d->tree ? d->tree->count : 0;

	x->rdn_length = 0;
	*x->rdn = 0;
	x->named = outer;
	der_read_base(der, w, type->base, field, implicit);
	if (!BUILDING(d, w))
		return true;
	/* A part without attributes is shown at the whole. */
	append_text(d, w, x->named ? x->named : before, " (%s)", x->rdn);
	prepend_rdn(x);
	x->dn_begun = true;
	return true;
}

const struct der_type x509_rdn = { .kind = DER_SET, .base = &rdn_base, .read = read_rdn };

static const struct der_member rdn_sequence_members[] = { { &fields[RDN], &x509_rdn } };
static const struct der_type rdn_sequence_base = DER_SEQUENCE_OF(rdn_sequence_members);

static bool read_rdn_sequence(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                              bool implicit)
{
	struct x509 *x = x509_of(der);
	struct dissection *d = der->d;
	const uint32_t node = d->tree ? d->tree->count : 0;

	x->dn_length = 0;
	*x->dn = 0;
	x->dn_begun = false;
	der_read_base(der, w, type->base, field, implicit);
	if (x->dn_begun)
		append_text(d, w, node, " (%s)", x->dn);
	return true;
}

const struct der_type x509_rdn_sequence = { .kind = DER_SEQUENCE, .base = &rdn_sequence_base, .read = read_rdn_sequence };

static const struct der_member name_members[] = { { &fields[RDN_SEQUENCE], &x509_rdn_sequence } };
const struct der_type x509_name = DER_CHOICE_TYPE(name_members);

void dissect_rdn_sequence(struct dissection *d, struct wire *w, const struct field *field)
{
	struct x509 x = { .der.d = d };

	der_read(&x.der, w, &x509_rdn_sequence, field);
}

/* ---- which attribute has what kind of value ---- */

#define DIRECTORY_STRING_OF(oid) { oid, &fields[DIRECTORY_STRING], &x509_directory_string }

static const struct der_syntax syntaxes[] = {
	{ "0.9.2342.19200300.100.1.1", &fields[USERID], &der_utf8_string },
	{ "0.9.2342.19200300.100.1.25", &fields[IA5_STRING], &der_ia5_string },
	{ "1.2.840.113549.1.9.1", &fields[IA5_STRING], &der_ia5_string },
	DIRECTORY_STRING_OF("1.2.840.113549.1.9.13"),
	{ "1.2.840.113549.1.9.20", &fields[BMP_STRING], &der_bmp_string },
	{ "1.2.840.113549.1.9.21", &fields[OCTET_STRING], &der_octet_string },
	{ "1.2.840.113549.1.9.25.3", &fields[OCTET_STRING], &der_octet_string },
	{ "1.2.840.113549.1.9.25.4", &fields[INTEGER], &der_integer },
	DIRECTORY_STRING_OF("1.2.840.113549.1.9.7"),
	DIRECTORY_STRING_OF("1.2.840.113549.1.9.8"),
	{ "1.3.6.1.4.1.311.17.1", &fields[BMP_STRING], &der_bmp_string },
	{ "1.3.6.1.4.1.311.20.2", &fields[BMP_STRING], &der_bmp_string },
	{ "1.3.6.1.4.1.311.20.2.3", &fields[UTF8_STRING], &der_utf8_string },
	{ "1.3.6.1.4.1.311.21.1", &fields[INTEGER], &der_integer },
	{ "1.3.6.1.4.1.311.21.2", &fields[OCTET_STRING], &der_octet_string },
	{ "1.3.6.1.4.1.311.21.3", &fields[INTEGER], &der_integer },
	{ "1.3.6.1.4.1.311.21.4", &fields[UTC_TIME], &der_utc_time },
	DIRECTORY_STRING_OF("1.3.6.1.4.1.311.60.2.1.1"),
	DIRECTORY_STRING_OF("1.3.6.1.4.1.311.60.2.1.2"),
	{ "1.3.6.1.4.1.311.60.2.1.3", &fields[COUNTRY_NAME], &der_printable_string },
	{ "1.3.6.1.5.5.7.9.1", &fields[GENERALIZED_TIME], &der_generalized_time },
	DIRECTORY_STRING_OF("1.3.6.1.5.5.7.9.2"),
	{ "1.3.6.1.5.5.7.9.3", &fields[PRINTABLE_STRING], &der_printable_string },
	{ "1.3.6.1.5.5.7.9.4", &fields[PRINTABLE_STRING], &der_printable_string },
	{ "1.3.6.1.5.5.7.9.5", &fields[PRINTABLE_STRING], &der_printable_string },
	DIRECTORY_STRING_OF("2.16.840.1.113730.3.1.1"),
	DIRECTORY_STRING_OF("2.16.840.1.113730.3.1.2"),
	DIRECTORY_STRING_OF("2.16.840.1.113730.3.1.3"),
	DIRECTORY_STRING_OF("2.16.840.1.113730.3.1.39"),
	DIRECTORY_STRING_OF("2.16.840.1.113730.3.1.4"),
	{ "2.5.4.0", &fields[OBJECT_IDENTIFIER], &der_object_identifier },
	{ "2.5.4.1", &fields[DISTINGUISHED_NAME], &x509_rdn_sequence },
	DIRECTORY_STRING_OF("2.5.4.10"),
	DIRECTORY_STRING_OF("2.5.4.10.1"),
	DIRECTORY_STRING_OF("2.5.4.11"),
	DIRECTORY_STRING_OF("2.5.4.11.1"),
	DIRECTORY_STRING_OF("2.5.4.12"),
	DIRECTORY_STRING_OF("2.5.4.13"),
	DIRECTORY_STRING_OF("2.5.4.15"),
	{ "2.5.4.16", &fields[POSTAL_ADDRESS], &postal_address },
	DIRECTORY_STRING_OF("2.5.4.17"),
	DIRECTORY_STRING_OF("2.5.4.17.1"),
	DIRECTORY_STRING_OF("2.5.4.18"),
	DIRECTORY_STRING_OF("2.5.4.18.1"),
	DIRECTORY_STRING_OF("2.5.4.19"),
	DIRECTORY_STRING_OF("2.5.4.19.1"),
	DIRECTORY_STRING_OF("2.5.4.2"),
	{ "2.5.4.20", &fields[TELEPHONE_NUMBER], &der_printable_string },
	{ "2.5.4.20.1", &fields[TELEPHONE_NUMBER], &der_printable_string },
	{ "2.5.4.24", &fields[X121_ADDRESS], &der_numeric_string },
	{ "2.5.4.25", &fields[ISDN_NUMBER], &der_numeric_string },
	{ "2.5.4.25.1", &fields[ISDN_NUMBER], &der_numeric_string },
	{ "2.5.4.26", &fields[POSTAL_ADDRESS], &postal_address },
	{ "2.5.4.27", &fields[DESTINATION_INDICATOR], &der_printable_string },
	DIRECTORY_STRING_OF("2.5.4.3"),
	{ "2.5.4.30", &fields[OBJECT_IDENTIFIER], &der_object_identifier },
	{ "2.5.4.31", &fields[DISTINGUISHED_NAME], &x509_rdn_sequence },
	{ "2.5.4.32", &fields[DISTINGUISHED_NAME], &x509_rdn_sequence },
	{ "2.5.4.33", &fields[DISTINGUISHED_NAME], &x509_rdn_sequence },
	{ "2.5.4.34", &fields[DISTINGUISHED_NAME], &x509_rdn_sequence },
	{ "2.5.4.35", &fields[OCTET_STRING], &der_octet_string },
	DIRECTORY_STRING_OF("2.5.4.4"),
	DIRECTORY_STRING_OF("2.5.4.41"),
	DIRECTORY_STRING_OF("2.5.4.42"),
	DIRECTORY_STRING_OF("2.5.4.43"),
	DIRECTORY_STRING_OF("2.5.4.44"),
	{ "2.5.4.45", &fields[UNIQUE_IDENTIFIER], &der_bit_string },
	{ "2.5.4.46", &fields[PRINTABLE_STRING], &der_printable_string },
	{ "2.5.4.49", &fields[DISTINGUISHED_NAME], &x509_rdn_sequence },
	{ "2.5.4.5", &fields[PRINTABLE_STRING], &der_printable_string },
	{ "2.5.4.50", &fields[NAME_AND_UID], &name_and_uid },
	DIRECTORY_STRING_OF("2.5.4.51"),
	{ "2.5.4.52", &fields[OBJECT_IDENTIFIER], &der_object_identifier },
	DIRECTORY_STRING_OF("2.5.4.54"),
	{ "2.5.4.56", &fields[OBJECT_IDENTIFIER], &der_object_identifier },
	{ "2.5.4.6", &fields[COUNTRY_NAME], &der_printable_string },
	DIRECTORY_STRING_OF("2.5.4.65"),
	{ "2.5.4.66", &fields[OBJECT_IDENTIFIER], &der_object_identifier },
	{ "2.5.4.67", &fields[OBJECT_IDENTIFIER], &der_object_identifier },
	DIRECTORY_STRING_OF("2.5.4.7"),
	DIRECTORY_STRING_OF("2.5.4.7.1"),
	DIRECTORY_STRING_OF("2.5.4.8"),
	DIRECTORY_STRING_OF("2.5.4.8.1"),
	DIRECTORY_STRING_OF("2.5.4.9"),
	DIRECTORY_STRING_OF("2.5.4.9.1"),
};
const struct der_syntaxes x509_attribute_syntaxes = DER_SYNTAXES(syntaxes, &protocol_x509_names);
