/*
 * x509.c: certificates (RFC 5280, section 4). Names are in x509_names.c, keys in x509_keys.c, extensions in
 * x509_extensions.c.
 */

#include "dissect/x509.h"

enum {
	SIGNED_CERTIFICATE, ALGORITHM_IDENTIFIER, ENCRYPTED, VERSION, SERIAL_NUMBER, SIGNATURE, ISSUER, VALIDITY, SUBJECT, SUBJECT_RDN,
	PUBLIC_KEY_INFO, ISSUER_UID, SUBJECT_UID, EXTENSIONS, NOT_BEFORE, NOT_AFTER, UTC_TIME, GENERALIZED_TIME,
	EXTENSION, EXTENSION_ID, CRITICAL, N_FIELDS
};

static const struct name versions[] = { { 0, "v1" }, { 1, "v2" }, { 2, "v3" } };
static const struct name names[] = { { 0, "rdnSequence" } };
static const struct name times[] = { { 0, "utcTime" }, { 1, "generalizedTime" } };

static const struct field fields[N_FIELDS] = {
	[SIGNED_CERTIFICATE]   = { "x509af.signedCertificate_element", "signedCertificate", SUBTREE },
	[ALGORITHM_IDENTIFIER] = { "x509af.algorithmIdentifier_element", "algorithmIdentifier", SUBTREE },
	[ENCRYPTED]            = { "x509af.encrypted", "encrypted", OCTETS },
	[VERSION]              = { "x509af.version", "version", INT32, .names = NAMES(versions) },
	[SERIAL_NUMBER]        = { "x509af.serialNumber", "serialNumber", OCTETS },
	[SIGNATURE]            = { "x509af.signature_element", "signature", SUBTREE },
	[ISSUER]               = { "x509af.issuer", "issuer", UINT32, .names = NAMES(names) },
	[VALIDITY]             = { "x509af.validity_element", "validity", SUBTREE },
	[SUBJECT]              = { "x509af.subject", "subject", UINT32, .names = NAMES(names) },
	[SUBJECT_RDN]          = { "x509af.rdnSequence", "rdnSequence", UINT32 },
	[PUBLIC_KEY_INFO]      = { "x509af.subjectPublicKeyInfo_element", "subjectPublicKeyInfo", SUBTREE },
	[ISSUER_UID]           = { "x509af.issuerUniqueIdentifier", "issuerUniqueIdentifier", OCTETS },
	[SUBJECT_UID]          = { "x509af.subjectUniqueIdentifier", "subjectUniqueIdentifier", OCTETS },
	[EXTENSIONS]           = { "x509af.extensions", "extensions", UINT32 },
	[NOT_BEFORE]           = { "x509af.notBefore", "notBefore", UINT32, .names = NAMES(times) },
	[NOT_AFTER]            = { "x509af.notAfter", "notAfter", UINT32, .names = NAMES(times) },
	[UTC_TIME]             = { "x509af.utcTime", "utcTime", STRING },
	[GENERALIZED_TIME]     = { "x509af.generalizedTime", "generalizedTime", ABSOLUTE_TIME },
	[EXTENSION]            = { "x509af.Extension_element", "Extension", SUBTREE },
	[EXTENSION_ID]         = { "x509af.extension.id", "Extension Id", OID },
	[CRITICAL]             = { "x509af.critical", "critical", BOOLEAN },
};

const struct protocol protocol_x509 = {
	.name = "X.509 Authentication Framework",
	.short_name = "X509AF",
	.filter = "x509af",
	.fields = fields,
	.field_count = N_FIELDS,
};

const struct der_syntaxes *const der_syntaxes[] = {
	&x509_extension_syntaxes, &x509_pkix_syntaxes, &x509_key_syntaxes, &x509_attribute_syntaxes, &ocsp_syntaxes, NULL,
};

/* ---- extensions (4.2): an identifier, and octets that hold a value of the type that it says ---- */

static bool read_extension_id(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                              bool implicit)
{
	der_read_base(der, w, type->base, field, implicit);
	append_text(der->d, w, der->node, " (%s)", oid_name(der->d, &der->oid));
	return true;
}

static bool read_extension_value(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                                 bool implicit)
{
	struct der_header header;

	(void)type, (void)field, (void)implicit;
	if (!der_header(w, &header))
		return true;
	struct wire value = wire_part(w, header.length);
	value.contained = value.reported;
	der_open(der, &value);
	wire_join(w, &value);
	return true;
}

static const struct der_type extension_id = {
	.kind = DER_OBJECT_IDENTIFIER, .base = &der_object_identifier, .read = read_extension_id,
};
const struct der_type x509_extension_value = { .kind = DER_OCTET_STRING, .read = read_extension_value };

static const struct der_member extension_members[] = {
	{ &fields[EXTENSION_ID], &extension_id },
	{ &fields[CRITICAL], &der_boolean, OPTIONAL },
	{ NULL, &x509_extension_value },
};
static const struct der_type extension = DER_SEQUENCE_TYPE(extension_members);
static const struct der_member extensions_members[] = { { &fields[EXTENSION], &extension } };
const struct der_type x509_extensions = DER_SEQUENCE_OF(extensions_members);

/* ---- the certificate (4.1) ---- */

static const struct der_member time_members[] = {
	{ &fields[UTC_TIME], &der_utc_time },
	{ &fields[GENERALIZED_TIME], &der_generalized_time },
};
static const struct der_type time = DER_CHOICE_TYPE(time_members);

static const struct der_member validity_members[] = {
	{ &fields[NOT_BEFORE], &time },
	{ &fields[NOT_AFTER], &time },
};
static const struct der_type validity = DER_SEQUENCE_TYPE(validity_members);

/* The subject's name is shown behind the certificate, too. */
static bool read_subject(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                         bool implicit)
{
	struct x509 *x = x509_of(der);
	const bool taken = der_read_base(der, w, type->base, field, implicit);

	append_text(der->d, w, x->certificate, " (%s)", x->dn);
	return taken;
}

static const struct der_member subject_members[] = { { &fields[SUBJECT_RDN], &x509_rdn_sequence } };
static const struct der_type subject_base = DER_CHOICE_TYPE(subject_members);
static const struct der_type subject = { .kind = DER_CHOICE, .base = &subject_base, .read = read_subject };

static const struct der_member signed_members[] = {
	{ &fields[VERSION], &der_integer, EXPLICIT(0), OPTIONAL },
	{ &fields[SERIAL_NUMBER], &der_integer },
	{ &fields[SIGNATURE], &x509_algorithm_identifier },
	{ &fields[ISSUER], &x509_name },
	{ &fields[VALIDITY], &validity },
	{ &fields[SUBJECT], &subject },
	{ &fields[PUBLIC_KEY_INFO], &x509_public_key_info },
	{ &fields[ISSUER_UID], &der_bit_string, IMPLICIT(1), OPTIONAL },
	{ &fields[SUBJECT_UID], &der_bit_string, IMPLICIT(2), OPTIONAL },
	{ &fields[EXTENSIONS], &x509_extensions, EXPLICIT(3), OPTIONAL },
};
static const struct der_type signed_base = DER_SEQUENCE_TYPE(signed_members);

static bool read_signed(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                        bool implicit)
{
	x509_of(der)->certificate = der->node;
	return der_read_base(der, w, type->base, field, implicit);
}

static const struct der_type signed_certificate = { .kind = DER_SEQUENCE, .base = &signed_base, .read = read_signed };

static const struct der_member certificate_members[] = {
	{ &fields[SIGNED_CERTIFICATE], &signed_certificate },
	{ &fields[ALGORITHM_IDENTIFIER], &x509_algorithm_identifier },
	{ &fields[ENCRYPTED], &der_bit_string },
};
const struct der_type x509_certificate = DER_SEQUENCE_TYPE(certificate_members);

void dissect_certificate(struct dissection *d, struct wire *w, const struct field *field)
{
	struct x509 x = { .der.d = d };

	der_read(&x.der, w, &x509_certificate, field);
}
