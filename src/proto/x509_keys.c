/*
 * x509_keys.c: algorithm identifiers, their parameters, and public keys (RFC 3279, RFC 4055, RFC 5480, RFC 8017, RFC 3370).
 *
 * Keys other than those of RSA are shown as octets.
 */

#include "dissect/x509.h"

enum {
	ALGORITHM_ID, ALGORITHM, SUBJECT_PUBLIC_KEY, MODULUS, PUBLIC_EXPONENT, DSS_PARAMS, DSS_P, DSS_Q, DSS_G,
	EC_PARAMETERS, SPECIFIED_CURVE, NAMED_CURVE, EC_VERSION, FIELD_ID, FIELD_TYPE, CURVE, CURVE_A, CURVE_B,
	CURVE_SEED, BASE, ORDER, COFACTOR, PRIME_P, DOMAIN_PARAMETERS, DOMAIN_P, DOMAIN_G, DOMAIN_Q, DOMAIN_J,
	VALIDATION, VALIDATION_SEED, VALIDATION_COUNTER, HASH_ALGORITHM, PSS_PARAMS, PSS_HASH, PSS_MASK, PSS_SALT,
	PSS_TRAILER, RC2_PARAMETERS, RC2_WRAP, RC2_CBC, RC2_VERSION, RC2_IV, IV, AES_IV, SHAKE_LENGTH, CAPABILITIES,
	CAPABILITY, CAPABILITY_TYPE, N_FIELDS
};

static const struct name ec_parameters[] = { { 0, "specifiedCurve" }, { 1, "namedCurve" } };
static const struct name ec_versions[] = { { 1, "ecpVer1" } };
static const struct name rc2_parameters[] = { { 0, "rc2WrapParameter" }, { 1, "rc2CBCParameter" } };

static const struct field fields[N_FIELDS] = {
	[ALGORITHM_ID]       = { "x509af.algorithm.id", "Algorithm Id", OID },
	[ALGORITHM]          = { "x509af.algorithm_element", "algorithm", SUBTREE },
	[SUBJECT_PUBLIC_KEY] = { "x509af.subjectPublicKey", "subjectPublicKey", OCTETS },
	[MODULUS]            = { "pkcs1.modulus", "modulus", OCTETS },
	[PUBLIC_EXPONENT]    = { "pkcs1.publicExponent", "publicExponent", INT32 },
	[DSS_PARAMS]         = { "x509af.DSS_Params_element", "DSS-Params", SUBTREE },
	[DSS_P]              = { "x509af.p", "p", OCTETS },
	[DSS_Q]              = { "x509af.q", "q", OCTETS },
	[DSS_G]              = { "x509af.g", "g", OCTETS },
	[EC_PARAMETERS]      = { "pkcs1.ECParameters", "ECParameters", UINT32, .names = NAMES(ec_parameters) },
	[SPECIFIED_CURVE]    = { "pkcs1.specifiedCurve_element", "specifiedCurve", SUBTREE },
	[NAMED_CURVE]        = { "pkcs1.namedCurve", "namedCurve", OID },
	[EC_VERSION]         = { "pkcs1.version", "version", INT32, .names = NAMES(ec_versions) },
	[FIELD_ID]           = { "pkcs1.fieldID_element", "fieldID", SUBTREE },
	[FIELD_TYPE]         = { "pkcs1.fieldType", "fieldType", OID },
	[CURVE]              = { "pkcs1.curve_element", "curve", SUBTREE },
	[CURVE_A]            = { "pkcs1.a", "a", OCTETS },
	[CURVE_B]            = { "pkcs1.b", "b", OCTETS },
	[CURVE_SEED]         = { "pkcs1.seed", "seed", OCTETS },
	[BASE]               = { "pkcs1.base", "base", OCTETS },
	[ORDER]              = { "pkcs1.order", "order", INT32 },
	[COFACTOR]           = { "pkcs1.cofactor", "cofactor", INT32 },
	[PRIME_P]            = { "pkcs1.Prime_p", "Prime-p", INT32 },
	[DOMAIN_PARAMETERS]  = { "pkix1explicit.DomainParameters_element", "DomainParameters", SUBTREE },
	[DOMAIN_P]           = { "pkix1explicit.p", "p", INT32 },
	[DOMAIN_G]           = { "pkix1explicit.g", "g", INT32 },
	[DOMAIN_Q]           = { "pkix1explicit.q", "q", INT32 },
	[DOMAIN_J]           = { "pkix1explicit.j", "j", INT32 },
	[VALIDATION]         = { "pkix1explicit.validationParms_element", "validationParms", SUBTREE },
	[VALIDATION_SEED]    = { "pkix1explicit.seed", "seed", OCTETS },
	[VALIDATION_COUNTER] = { "pkix1explicit.pgenCounter", "pgenCounter", INT32 },
	[HASH_ALGORITHM]     = { "pkcs1.HashAlgorithm_element", "HashAlgorithm", SUBTREE },
	[PSS_PARAMS]         = { "pkcs1.RSASSA_PSS_params_element", "RSASSA-PSS-params", SUBTREE },
	[PSS_HASH]           = { "pkcs1.hashAlgorithm_element", "hashAlgorithm", SUBTREE },
	[PSS_MASK]           = { "pkcs1.maskGenAlgorithm_element", "maskGenAlgorithm", SUBTREE },
	[PSS_SALT]           = { "pkcs1.saltLength", "saltLength", INT32 },
	[PSS_TRAILER]        = { "pkcs1.trailerField", "trailerField", INT32 },
	[RC2_PARAMETERS]     = { "cms.RC2CBCParameters", "RC2CBCParameters", UINT32, .names = NAMES(rc2_parameters) },
	[RC2_WRAP]           = { "cms.rc2WrapParameter", "rc2WrapParameter", INT32 },
	[RC2_CBC]            = { "cms.rc2CBCParameter_element", "rc2CBCParameter", SUBTREE },
	[RC2_VERSION]        = { "cms.rc2ParameterVersion", "rc2ParameterVersion", INT32 },
	[RC2_IV]             = { "cms.iv", "iv", OCTETS },
	[IV]                 = { "cms.IV", "IV", OCTETS },
	[AES_IV]             = { "nist-csor.AES_IV", "AES-IV", OCTETS },
	[SHAKE_LENGTH]       = { "nist-csor.ShakeOutputLen", "ShakeOutputLen", INT32 },
	[CAPABILITIES]       = { "cms.SMIMECapabilities", "SMIMECapabilities", UINT32 },
	[CAPABILITY]         = { "cms.SMIMECapability_element", "SMIMECapability", SUBTREE },
	[CAPABILITY_TYPE]    = { "cms.attrType", "attrType", OID },
};

const struct protocol protocol_x509_keys = {
	.name = "X.509 algorithms and keys",
	.short_name = "PKCS-1",
	.filter = "pkcs1",
	.fields = fields,
	.field_count = N_FIELDS,
};

/* ---- AlgorithmIdentifier ---- */

static bool read_algorithm_id(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                              bool implicit)
{
	der_read_base(der, w, type->base, field, implicit);
	if (w->state != WIRE_GOOD)
		return true;
	x509_of(der)->rsa = oid_is(&der->oid, "1.2.840.113549.1.1.1");
	append_text(der->d, w, der->node, " (%s)", oid_name(der->d, &der->oid));
	return true;
}

static const struct der_type algorithm_id = {
	.kind = DER_OBJECT_IDENTIFIER, .base = &der_object_identifier, .read = read_algorithm_id,
};

static const struct der_member algorithm_members[] = {
	{ &fields[ALGORITHM_ID], &algorithm_id },
	{ NULL, &der_open_type, OPTIONAL },
};
const struct der_type x509_algorithm_identifier = DER_SEQUENCE_TYPE(algorithm_members);

/* ---- public keys ---- */

static const struct der_member rsa_key_members[] = {
	{ &fields[MODULUS], &der_integer },
	{ &fields[PUBLIC_EXPONENT], &der_integer },
};
static const struct der_type rsa_key = DER_SEQUENCE_TYPE(rsa_key_members);

/* A BIT STRING; that of RSA holds a key in its octets. */
static bool read_public_key(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                            bool implicit)
{
	struct der_header header;
	struct wire value = *w;

	if (!der_header(&value, &header) || !wire_need(&value, header.length)) {
		wire_join(w, &value);
		return true;
	}
	if (!x509_of(der)->rsa || !header.length)
		return der_read_base(der, w, type->base, field, implicit);
	wire_skip(&value, 1);
	der_read(der, &value, &rsa_key, field);
	wire_join(w, &value);
	if (w->state == WIRE_GOOD)
		w->at = w->end;
	return true;
}

static const struct der_type public_key = { .kind = DER_BIT_STRING, .base = &der_bit_string, .read = read_public_key };

static const struct der_member public_key_info_members[] = {
	{ &fields[ALGORITHM], &x509_algorithm_identifier },
	{ &fields[SUBJECT_PUBLIC_KEY], &public_key },
};
const struct der_type x509_public_key_info = DER_SEQUENCE_TYPE(public_key_info_members);

/* ---- parameters ---- */

static const struct der_member dss_members[] = {
	{ &fields[DSS_P], &der_integer },
	{ &fields[DSS_Q], &der_integer },
	{ &fields[DSS_G], &der_integer },
};
static const struct der_type dss_params = DER_SEQUENCE_TYPE(dss_members);

static const struct der_member field_id_members[] = {
	{ &fields[FIELD_TYPE], &der_object_identifier },
	{ NULL, &der_open_type },
};
static const struct der_type field_id = DER_SEQUENCE_TYPE(field_id_members);

static const struct der_member curve_members[] = {
	{ &fields[CURVE_A], &der_octet_string },
	{ &fields[CURVE_B], &der_octet_string },
	{ &fields[CURVE_SEED], &der_bit_string, OPTIONAL },
};
static const struct der_type curve = DER_SEQUENCE_TYPE(curve_members);

static const struct der_member specified_curve_members[] = {
	{ &fields[EC_VERSION], &der_integer },
	{ &fields[FIELD_ID], &field_id },
	{ &fields[CURVE], &curve },
	{ &fields[BASE], &der_octet_string },
	{ &fields[ORDER], &der_integer },
	{ &fields[COFACTOR], &der_integer, OPTIONAL },
};
static const struct der_type specified_curve = DER_SEQUENCE_TYPE(specified_curve_members);

static const struct der_member ec_parameters_members[] = {
	{ &fields[SPECIFIED_CURVE], &specified_curve },
	{ &fields[NAMED_CURVE], &der_object_identifier },
};
static const struct der_type ec_parameters_type = DER_CHOICE_TYPE(ec_parameters_members);

static const struct der_member validation_members[] = {
	{ &fields[VALIDATION_SEED], &der_bit_string },
	{ &fields[VALIDATION_COUNTER], &der_integer },
};
static const struct der_type validation = DER_SEQUENCE_TYPE(validation_members);

static const struct der_member domain_members[] = {
	{ &fields[DOMAIN_P], &der_integer },
	{ &fields[DOMAIN_G], &der_integer },
	{ &fields[DOMAIN_Q], &der_integer },
	{ &fields[DOMAIN_J], &der_integer, OPTIONAL },
	{ &fields[VALIDATION], &validation, OPTIONAL },
};
static const struct der_type domain_parameters = DER_SEQUENCE_TYPE(domain_members);

static const struct der_member pss_members[] = {
	{ &fields[PSS_HASH], &x509_algorithm_identifier, EXPLICIT(0), OPTIONAL },
	{ &fields[PSS_MASK], &x509_algorithm_identifier, EXPLICIT(1), OPTIONAL },
	{ &fields[PSS_SALT], &der_integer, EXPLICIT(2), OPTIONAL },
	{ &fields[PSS_TRAILER], &der_integer, EXPLICIT(3), OPTIONAL },
};
static const struct der_type pss_params = DER_SEQUENCE_TYPE(pss_members);

static const struct der_member rc2_cbc_members[] = {
	{ &fields[RC2_VERSION], &der_integer },
	{ &fields[RC2_IV], &der_octet_string },
};
static const struct der_type rc2_cbc = DER_SEQUENCE_TYPE(rc2_cbc_members);

/* The bits of a key are shown at the capability. */
static bool read_wrap_parameter(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                                bool implicit)
{
	struct wire value = *w;
	struct der_header header;

	der_read_base(der, w, type->base, field, implicit);
	if (der_header(&value, &header) && header.length && header.length <= 4 && wire_has(&value, header.length))
		append_text(der->d, w, x509_of(der)->capability, " (%d bits)",
		            (int)be_value(wire_here(&value), header.length));
	return true;
}
static const struct der_type wrap_parameter = {
	.kind = DER_INTEGER, .base = &der_integer, .read = read_wrap_parameter,
};

static const struct der_member rc2_members[] = {
	{ &fields[RC2_WRAP], &wrap_parameter },
	{ &fields[RC2_CBC], &rc2_cbc },
};
static const struct der_type rc2_parameters_type = DER_CHOICE_TYPE(rc2_members);

/* ---- S/MIME capabilities (RFC 8551, 2.5.2) ---- */

static bool read_capability_type(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                                 bool implicit)
{
	der_read_base(der, w, type->base, field, implicit);
	x509_of(der)->capability = der->node;
	append_text(der->d, w, der->node, " %s", oid_name(der->d, &der->oid));
	return true;
}
static const struct der_type capability_type = {
	.kind = DER_OBJECT_IDENTIFIER, .base = &der_object_identifier, .read = read_capability_type,
};
static const struct der_member capability_members[] = {
	{ &fields[CAPABILITY_TYPE], &capability_type },
	{ NULL, &der_open_type, OPTIONAL },
};
static const struct der_type capability = DER_SEQUENCE_TYPE(capability_members);
static const struct der_member capabilities_members[] = { { &fields[CAPABILITY], &capability } };
static const struct der_type capabilities = DER_SEQUENCE_OF(capabilities_members);

/* Parameters of which nothing is shown. */
#define SILENT(oid) { oid, NULL, NULL }

static const struct der_syntax syntaxes[] = {
	{ "1.2.840.10040.4.1", &fields[DSS_PARAMS], &dss_params },
	{ "1.2.840.10045.1.1", &fields[PRIME_P], &der_integer },
	{ "1.2.840.10045.2.1", &fields[EC_PARAMETERS], &ec_parameters_type },
	{ "1.2.840.10045.2.13", &fields[EC_PARAMETERS], &ec_parameters_type },
	SILENT("1.2.840.10045.4.1"),
	SILENT("1.2.840.10045.4.3.1"),
	SILENT("1.2.840.10045.4.3.2"),
	SILENT("1.2.840.10045.4.3.3"),
	SILENT("1.2.840.10045.4.3.4"),
	{ "1.2.840.10046.2.1", &fields[DOMAIN_PARAMETERS], &domain_parameters },
	SILENT("1.2.840.113549.1.1.1"),
	{ "1.2.840.113549.1.1.10", &fields[PSS_PARAMS], &pss_params },
	SILENT("1.2.840.113549.1.1.11"),
	SILENT("1.2.840.113549.1.1.12"),
	SILENT("1.2.840.113549.1.1.13"),
	SILENT("1.2.840.113549.1.1.14"),
	SILENT("1.2.840.113549.1.1.2"),
	SILENT("1.2.840.113549.1.1.3"),
	SILENT("1.2.840.113549.1.1.4"),
	SILENT("1.2.840.113549.1.1.5"),
	SILENT("1.2.840.113549.1.1.6"),
	{ "1.2.840.113549.1.1.8", &fields[HASH_ALGORITHM], &x509_algorithm_identifier },
	{ "1.2.840.113549.1.9.15", &fields[CAPABILITIES], &capabilities },
	SILENT("1.2.840.113549.2.2"),
	SILENT("1.2.840.113549.2.4"),
	SILENT("1.2.840.113549.2.5"),
	{ "1.2.840.113549.3.2", &fields[RC2_PARAMETERS], &rc2_parameters_type },
	{ "1.2.840.113549.3.4", &fields[RC2_PARAMETERS], &rc2_parameters_type },
	{ "1.2.840.113549.3.7", &fields[IV], &der_octet_string },
	SILENT("1.3.14.3.2.11"),
	SILENT("1.3.14.3.2.14"),
	SILENT("1.3.14.3.2.15"),
	SILENT("1.3.14.3.2.16"),
	SILENT("1.3.14.3.2.17"),
	SILENT("1.3.14.3.2.18"),
	SILENT("1.3.14.3.2.19"),
	SILENT("1.3.14.3.2.2"),
	SILENT("1.3.14.3.2.20"),
	SILENT("1.3.14.3.2.21"),
	SILENT("1.3.14.3.2.22"),
	SILENT("1.3.14.3.2.23"),
	SILENT("1.3.14.3.2.24"),
	SILENT("1.3.14.3.2.25"),
	SILENT("1.3.14.3.2.26"),
	SILENT("1.3.14.3.2.27"),
	SILENT("1.3.14.3.2.28"),
	SILENT("1.3.14.3.2.29"),
	SILENT("1.3.14.3.2.3"),
	SILENT("1.3.14.3.2.4"),
	SILENT("1.3.14.3.2.6"),
	{ "2.16.840.1.101.3.4.1.2", &fields[AES_IV], &der_octet_string },
	{ "2.16.840.1.101.3.4.1.22", &fields[AES_IV], &der_octet_string },
	{ "2.16.840.1.101.3.4.1.23", &fields[AES_IV], &der_octet_string },
	{ "2.16.840.1.101.3.4.1.3", &fields[AES_IV], &der_octet_string },
	{ "2.16.840.1.101.3.4.1.42", &fields[AES_IV], &der_octet_string },
	{ "2.16.840.1.101.3.4.1.43", &fields[AES_IV], &der_octet_string },
	{ "2.16.840.1.101.3.4.2.17", &fields[SHAKE_LENGTH], &der_integer },
	{ "2.16.840.1.101.3.4.2.18", &fields[SHAKE_LENGTH], &der_integer },
	SILENT("2.16.840.1.101.3.4.3.1"),
	SILENT("2.16.840.1.101.3.4.3.2"),
};
const struct der_syntaxes x509_key_syntaxes = DER_SYNTAXES(syntaxes, &protocol_x509_keys);
