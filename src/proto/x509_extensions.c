/*
 * x509_extensions.c: the standard extensions of certificates and revocation lists (RFC 5280, sections 4.2.1 and 5.2), those of
 * Microsoft, Netscape and Entrust. What else PKIX has is in x509_pkix.c.
 *
 * Delta lists, list scopes, referrals and targets (X.509, clause 8.5 and after) are left out.
 */

#include "dissect/x509.h"

enum {
	AUTHORITY_KEY_ID, KEY_ID, AUTHORITY_ISSUER, AUTHORITY_SERIAL, SUBJECT_KEY_ID, KEY_USAGE, DIGITAL_SIGNATURE,
	CONTENT_COMMITMENT, KEY_ENCIPHERMENT, DATA_ENCIPHERMENT, KEY_AGREEMENT, KEY_CERT_SIGN, CRL_SIGN, ENCIPHER_ONLY,
	DECIPHER_ONLY, KEY_PURPOSES, KEY_PURPOSE, KEY_PERIOD, KEY_NOT_BEFORE, KEY_NOT_AFTER, POLICIES, POLICY_INFORMATION,
	POLICY_ID, QUALIFIERS, QUALIFIER_INFO, QUALIFIER_ID, MAPPINGS, MAPPING, ISSUER_POLICY, SUBJECT_POLICY,
	GENERAL_NAMES, GENERAL_NAME, OTHER_NAME, TYPE_ID, RFC822_NAME, DNS_NAME, X400_ADDRESS, DIRECTORY_NAME, EDI_PARTY,
	NAME_ASSIGNER, PARTY_NAME, URI, IP_ADDRESS_4, IP_ADDRESS_6, REGISTERED_ID, ATTRIBUTES, ATTRIBUTE,
	BASIC_CONSTRAINTS, CA, PATH_LENGTH, NAME_CONSTRAINTS, PERMITTED, EXCLUDED, GENERAL_SUBTREE, SUBTREE_BASE, MINIMUM,
	MAXIMUM, POLICY_CONSTRAINTS, REQUIRE_POLICY, INHIBIT_MAPPING, SKIP_CERTS, CRL_POINTS, CRL_POINT, POINT_NAME,
	FULL_NAME, RELATIVE_NAME, REASONS, CRL_ISSUER, UNUSED, KEY_COMPROMISE, CA_COMPROMISE, AFFILIATION_CHANGED,
	SUPERSEDED, CESSATION, CERTIFICATE_HOLD, PRIVILEGE_WITHDRAWN, AA_COMPROMISE, ISSUING_POINT, ONLY_USERS, ONLY_CAS,
	ONLY_REASONS, INDIRECT_CRL, CRL_NUMBER, BASE_CRL_NUMBER, CRL_STREAM, CRL_REASON, HOLD_INSTRUCTION,
	INVALIDITY_DATE, BASE_UPDATE, EXPIRED_ON_CRL, TEMPLATE, TEMPLATE_ID, TEMPLATE_MAJOR, TEMPLATE_MINOR, ENTRUST,
	ENTRUST_VERSION, ENTRUST_FLAGS, ENTRUST_KEY_UPDATE, ENTRUST_NEW, ENTRUST_PKIX, ENTRUST_ENTERPRISE, ENTRUST_WEB,
	ENTRUST_SET, CERT_TYPE, SSL_CLIENT, SSL_SERVER, SMIME, OBJECT_SIGNING, RESERVED_TYPE, SSL_CA, SMIME_CA,
	OBJECT_SIGNING_CA, BASE_URL, REVOCATION_URL, CA_REVOCATION_URL, RENEWAL_URL, CA_POLICY_URL, SERVER_NAME, COMMENT,
	N_FIELDS
};

static const struct name general_names[] = {
	{ 0, "otherName" }, { 1, "rfc822Name" }, { 2, "dNSName" }, { 3, "x400Address" }, { 4, "directoryName" },
	{ 5, "ediPartyName" }, { 6, "uniformResourceIdentifier" }, { 7, "iPAddress" }, { 8, "registeredID" },
};
static const struct name names[] = { { 0, "rdnSequence" } };
static const struct name strings[] = {
	{ 0, "teletexString" }, { 1, "printableString" }, { 2, "universalString" }, { 3, "bmpString" },
	{ 4, "uTF8String" },
};
static const struct name points[] = { { 0, "fullName" }, { 1, "nameRelativeToCRLIssuer" } };
static const struct name reason_rows[] = {
	{ 0, "unspecified" }, { 1, "keyCompromise" }, { 2, "cACompromise" }, { 3, "affiliationChanged" },
	{ 4, "superseded" }, { 5, "cessationOfOperation" }, { 6, "certificateHold" }, { 8, "removeFromCRL" },
	{ 9, "privilegeWithdrawn" }, { 10, "aaCompromise" },
};
const struct names crl_reasons = { reason_rows, sizeof reason_rows / sizeof *reason_rows };

#define BIT(filter, label, bit) { "x509ce." filter "." label, label, BOOLEAN, .mask = bit }

static const struct field fields[N_FIELDS] = {
	[AUTHORITY_KEY_ID]    = { "x509ce.AuthorityKeyIdentifier_element", "AuthorityKeyIdentifier", SUBTREE },
	[KEY_ID]              = { "x509ce.keyIdentifier", "keyIdentifier", OCTETS },
	[AUTHORITY_ISSUER]    = { "x509ce.authorityCertIssuer", "authorityCertIssuer", UINT32 },
	[AUTHORITY_SERIAL]    = { "x509ce.authorityCertSerialNumber", "authorityCertSerialNumber", OCTETS },
	[SUBJECT_KEY_ID]      = { "x509ce.SubjectKeyIdentifier", "SubjectKeyIdentifier", OCTETS },
	[KEY_USAGE]           = { "x509ce.KeyUsage", "KeyUsage", OCTETS },
	[DIGITAL_SIGNATURE]   = BIT("KeyUsage", "digitalSignature", 0x80),
	[CONTENT_COMMITMENT]  = BIT("KeyUsage", "contentCommitment", 0x40),
	[KEY_ENCIPHERMENT]    = BIT("KeyUsage", "keyEncipherment", 0x20),
	[DATA_ENCIPHERMENT]   = BIT("KeyUsage", "dataEncipherment", 0x10),
	[KEY_AGREEMENT]       = BIT("KeyUsage", "keyAgreement", 0x08),
	[KEY_CERT_SIGN]       = BIT("KeyUsage", "keyCertSign", 0x04),
	[CRL_SIGN]            = BIT("KeyUsage", "cRLSign", 0x02),
	[ENCIPHER_ONLY]       = BIT("KeyUsage", "encipherOnly", 0x01),
	[DECIPHER_ONLY]       = BIT("KeyUsage", "decipherOnly", 0x80),
	[KEY_PURPOSES]        = { "x509ce.KeyPurposeIDs", "KeyPurposeIDs", UINT32 },
	[KEY_PURPOSE]         = { "x509ce.KeyPurposeId", "KeyPurposeId", OID },
	[KEY_PERIOD]          = { "x509ce.PrivateKeyUsagePeriod_element", "PrivateKeyUsagePeriod", SUBTREE },
	[KEY_NOT_BEFORE]      = { "x509ce.notBefore", "notBefore", ABSOLUTE_TIME },
	[KEY_NOT_AFTER]       = { "x509ce.notAfter", "notAfter", ABSOLUTE_TIME },
	[POLICIES]            = { "x509ce.CertificatePoliciesSyntax", "CertificatePoliciesSyntax", UINT32 },
	[POLICY_INFORMATION]  = { "x509ce.PolicyInformation_element", "PolicyInformation", SUBTREE },
	[POLICY_ID]           = { "x509ce.policyIdentifier", "policyIdentifier", OID },
	[QUALIFIERS]          = { "x509ce.policyQualifiers", "policyQualifiers", UINT32 },
	[QUALIFIER_INFO]      = { "x509ce.PolicyQualifierInfo_element", "PolicyQualifierInfo", SUBTREE },
	[QUALIFIER_ID]        = { "x509ce.id", "Id", OID },
	[MAPPINGS]            = { "x509ce.PolicyMappingsSyntax", "PolicyMappingsSyntax", UINT32 },
	[MAPPING]             = { "x509ce.PolicyMappingsSyntax_item_element", "PolicyMappingsSyntax item", SUBTREE },
	[ISSUER_POLICY]       = { "x509ce.issuerDomainPolicy", "issuerDomainPolicy", OID },
	[SUBJECT_POLICY]      = { "x509ce.subjectDomainPolicy", "subjectDomainPolicy", OID },
	[GENERAL_NAMES]       = { "x509ce.GeneralNames", "GeneralNames", UINT32 },
	[GENERAL_NAME]        = { "x509ce.GeneralName", "GeneralName", UINT32, .names = NAMES(general_names) },
	[OTHER_NAME]          = { "x509ce.otherName_element", "otherName", SUBTREE },
	[TYPE_ID]             = { "x509ce.type_id", "type-id", OID },
	[RFC822_NAME]         = { "x509ce.rfc822Name", "rfc822Name", STRING },
	[DNS_NAME]            = { "x509ce.dNSName", "dNSName", STRING },
	[X400_ADDRESS]        = { "x509ce.x400Address_element", "x400Address", SUBTREE },
	[DIRECTORY_NAME]      = { "x509ce.directoryName", "directoryName", UINT32, .names = NAMES(names) },
	[EDI_PARTY]           = { "x509ce.ediPartyName_element", "ediPartyName", SUBTREE },
	[NAME_ASSIGNER]       = { "x509ce.nameAssigner", "nameAssigner", UINT32, .names = NAMES(strings) },
	[PARTY_NAME]          = { "x509ce.partyName", "partyName", UINT32, .names = NAMES(strings) },
	[URI]                 = { "x509ce.uniformResourceIdentifier", "uniformResourceIdentifier", STRING },
	[IP_ADDRESS_4]        = { "x509ce.IPAddress.ipv4", "iPAddress", IPV4 },
	[IP_ADDRESS_6]        = { "x509ce.IPAddress.ipv6", "iPAddress", IPV6 },
	[REGISTERED_ID]       = { "x509ce.registeredID", "registeredID", OID },
	[ATTRIBUTES]          = { "x509ce.AttributesSyntax", "AttributesSyntax", UINT32 },
	[ATTRIBUTE]           = { "x509ce.Attribute_element", "Attribute", SUBTREE },
	[BASIC_CONSTRAINTS]   = { "x509ce.BasicConstraintsSyntax_element", "BasicConstraintsSyntax", SUBTREE },
	[CA]                  = { "x509ce.cA", "cA", BOOLEAN },
	[PATH_LENGTH]         = { "x509ce.pathLenConstraint", "pathLenConstraint", UINT64 },
	[NAME_CONSTRAINTS]    = { "x509ce.NameConstraintsSyntax_element", "NameConstraintsSyntax", SUBTREE },
	[PERMITTED]           = { "x509ce.permittedSubtrees", "permittedSubtrees", UINT32 },
	[EXCLUDED]            = { "x509ce.excludedSubtrees", "excludedSubtrees", UINT32 },
	[GENERAL_SUBTREE]     = { "x509ce.GeneralSubtree_element", "GeneralSubtree", SUBTREE },
	[SUBTREE_BASE]        = { "x509ce.base", "base", UINT32, .names = NAMES(general_names) },
	[MINIMUM]             = { "x509ce.minimum", "minimum", UINT64 },
	[MAXIMUM]             = { "x509ce.maximum", "maximum", UINT64 },
	[POLICY_CONSTRAINTS]  = { "x509ce.PolicyConstraintsSyntax_element", "PolicyConstraintsSyntax", SUBTREE },
	[REQUIRE_POLICY]      = { "x509ce.requireExplicitPolicy", "requireExplicitPolicy", UINT64 },
	[INHIBIT_MAPPING]     = { "x509ce.inhibitPolicyMapping", "inhibitPolicyMapping", UINT64 },
	[SKIP_CERTS]          = { "x509ce.SkipCerts", "SkipCerts", UINT64 },
	[CRL_POINTS]          = { "x509ce.CRLDistPointsSyntax", "CRLDistPointsSyntax", UINT32 },
	[CRL_POINT]           = { "x509ce.DistributionPoint_element", "DistributionPoint", SUBTREE },
	[POINT_NAME]          = { "x509ce.distributionPoint", "distributionPoint", UINT32, .names = NAMES(points) },
	[FULL_NAME]           = { "x509ce.fullName", "fullName", UINT32 },
	[RELATIVE_NAME]       = { "x509ce.nameRelativeToCRLIssuer", "nameRelativeToCRLIssuer", UINT32 },
	[REASONS]             = { "x509ce.reasons", "reasons", OCTETS },
	[CRL_ISSUER]          = { "x509ce.cRLIssuer", "cRLIssuer", UINT32 },
	[UNUSED]              = BIT("ReasonFlags", "unused", 0x80),
	[KEY_COMPROMISE]      = BIT("ReasonFlags", "keyCompromise", 0x40),
	[CA_COMPROMISE]       = BIT("ReasonFlags", "cACompromise", 0x20),
	[AFFILIATION_CHANGED] = BIT("ReasonFlags", "affiliationChanged", 0x10),
	[SUPERSEDED]          = BIT("ReasonFlags", "superseded", 0x08),
	[CESSATION]           = BIT("ReasonFlags", "cessationOfOperation", 0x04),
	[CERTIFICATE_HOLD]    = BIT("ReasonFlags", "certificateHold", 0x02),
	[PRIVILEGE_WITHDRAWN] = BIT("ReasonFlags", "privilegeWithdrawn", 0x01),
	[AA_COMPROMISE]       = BIT("ReasonFlags", "aACompromise", 0x80),
	[ISSUING_POINT]       = { "x509ce.IssuingDistPointSyntax_element", "IssuingDistPointSyntax", SUBTREE },
	[ONLY_USERS]          = { "x509ce.onlyContainsUserPublicKeyCerts", "onlyContainsUserPublicKeyCerts", BOOLEAN },
	[ONLY_CAS]            = { "x509ce.onlyContainsCACerts", "onlyContainsCACerts", BOOLEAN },
	[ONLY_REASONS]        = { "x509ce.onlySomeReasons", "onlySomeReasons", OCTETS },
	[INDIRECT_CRL]        = { "x509ce.indirectCRL", "indirectCRL", BOOLEAN },
	[CRL_NUMBER]          = { "x509ce.CRLNumber", "CRLNumber", UINT64 },
	[BASE_CRL_NUMBER]     = { "x509ce.BaseCRLNumber", "BaseCRLNumber", UINT64 },
	[CRL_STREAM]          = { "x509ce.CRLStreamIdentifier", "CRLStreamIdentifier", UINT64 },
	[CRL_REASON]          = { "x509ce.CRLReason", "CRLReason", UINT32, .names = &crl_reasons },
	[HOLD_INSTRUCTION]    = { "x509ce.HoldInstruction", "HoldInstruction", OID },
	[INVALIDITY_DATE]     = { "x509ce.id_ce_invalidityDate", "invalidityDate", ABSOLUTE_TIME },
	[BASE_UPDATE]         = { "x509ce.id_ce_baseUpdateTime", "baseUpdateTime", ABSOLUTE_TIME },
	[EXPIRED_ON_CRL]      = { "x509ce.ExpiredCertsOnCRL", "ExpiredCertsOnCRL", ABSOLUTE_TIME },
	[TEMPLATE]            = { "x509ce.CertificateTemplate_element", "CertificateTemplate", SUBTREE },
	[TEMPLATE_ID]         = { "x509ce.templateID", "templateID", OID },
	[TEMPLATE_MAJOR]      = { "x509ce.templateMajorVersion", "templateMajorVersion", INT32 },
	[TEMPLATE_MINOR]      = { "x509ce.templateMinorVersion", "templateMinorVersion", INT32 },
	[ENTRUST]             = { "x509ce.EntrustVersionInfo_element", "EntrustVersionInfo", SUBTREE },
	[ENTRUST_VERSION]     = { "x509ce.entrustVers", "entrustVers", STRING },
	[ENTRUST_FLAGS]       = { "x509ce.entrustVersInfoFlags", "entrustVersInfoFlags", OCTETS },
	[ENTRUST_KEY_UPDATE]  = BIT("EntrustInfoFlags", "keyUpdateAllowed", 0x80),
	[ENTRUST_NEW]         = BIT("EntrustInfoFlags", "newExtensions", 0x40),
	[ENTRUST_PKIX]        = BIT("EntrustInfoFlags", "pKIXCertificate", 0x20),
	[ENTRUST_ENTERPRISE]  = BIT("EntrustInfoFlags", "enterpriseCategory", 0x10),
	[ENTRUST_WEB]         = BIT("EntrustInfoFlags", "webCategory", 0x08),
	[ENTRUST_SET]         = BIT("EntrustInfoFlags", "sETCategory", 0x04),
	[CERT_TYPE]           = { "ns_cert_exts.CertType", "CertType", OCTETS },
	[SSL_CLIENT]          = { "ns.cert.exts.CertType.ssl.client", "ssl-client", BOOLEAN, .mask = 0x80 },
	[SSL_SERVER]          = { "ns.cert.exts.CertType.ssl.server", "ssl-server", BOOLEAN, .mask = 0x40 },
	[SMIME]               = { "ns.cert.exts.CertType.smime", "smime", BOOLEAN, .mask = 0x20 },
	[OBJECT_SIGNING]      = { "ns.cert.exts.CertType.object.signing", "object-signing", BOOLEAN, .mask = 0x10 },
	[RESERVED_TYPE]       = { "ns.cert.exts.CertType.reserved.for.future.use", "reserved-for-future-use", BOOLEAN,
	                          .mask = 0x08 },
	[SSL_CA]              = { "ns.cert.exts.CertType.ssl.ca", "ssl-ca", BOOLEAN, .mask = 0x04 },
	[SMIME_CA]            = { "ns.cert.exts.CertType.smime.ca", "smime-ca", BOOLEAN, .mask = 0x02 },
	[OBJECT_SIGNING_CA]   = { "ns.cert.exts.CertType.object.signing.ca", "object-signing-ca", BOOLEAN, .mask = 0x01 },
	[BASE_URL]            = { "ns_cert_exts.BaseUrl", "BaseUrl", STRING },
	[REVOCATION_URL]      = { "ns_cert_exts.RevocationUrl", "RevocationUrl", STRING },
	[CA_REVOCATION_URL]   = { "ns_cert_exts.CaRevocationUrl", "CaRevocationUrl", STRING },
	[RENEWAL_URL]         = { "ns_cert_exts.CertRenewalUrl", "CertRenewalUrl", STRING },
	[CA_POLICY_URL]       = { "ns_cert_exts.CaPolicyUrl", "CaPolicyUrl", STRING },
	[SERVER_NAME]         = { "ns_cert_exts.SslServerName", "SslServerName", STRING },
	[COMMENT]             = { "ns_cert_exts.Comment", "Comment", STRING },
};

const struct protocol protocol_x509_extensions = {
	.name = "X.509 Certificate Extensions",
	.short_name = "X509CE",
	.filter = "x509ce",
	.fields = fields,
	.field_count = N_FIELDS,
};

/* ---- GeneralName (4.2.1.6) ---- */

/* Addresses; with a mask, as name constraints have them, they are not shown. */
static bool read_ip_address(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                            bool implicit)
{
	(void)type, (void)field, (void)implicit;
	const uint32_t n = wire_left(w);
	if (n == 4)
		add_ipv4(der->d, w, &fields[IP_ADDRESS_4]);
	else if (n == 16)
		add_ipv6(der->d, w, &fields[IP_ADDRESS_6]);
	else
		wire_skip(w, n);
	return true;
}
static const struct der_type ip_address = { .kind = DER_OCTET_STRING, .read = read_ip_address };

static const struct der_member other_name_members[] = {
	{ &fields[TYPE_ID], &der_object_identifier },
	{ NULL, &der_open_type, EXPLICIT(0) },
};
static const struct der_type other_name = DER_SEQUENCE_TYPE(other_name_members);
static const struct der_type x400_address = { .kind = DER_SEQUENCE };

static const struct der_member edi_party_members[] = {
	{ &fields[NAME_ASSIGNER], &x509_directory_string, EXPLICIT(0), OPTIONAL },
	{ &fields[PARTY_NAME], &x509_directory_string, EXPLICIT(1) },
};
static const struct der_type edi_party = DER_SEQUENCE_TYPE(edi_party_members);

static const struct der_member general_name_members[] = {
	{ &fields[OTHER_NAME], &other_name, IMPLICIT(0) },
	{ &fields[RFC822_NAME], &der_ia5_string, IMPLICIT(1) },
	{ &fields[DNS_NAME], &der_ia5_string, IMPLICIT(2) },
	{ &fields[X400_ADDRESS], &x400_address, IMPLICIT(3) },
	{ &fields[DIRECTORY_NAME], &x509_name, EXPLICIT(4) },
	{ &fields[EDI_PARTY], &edi_party, IMPLICIT(5) },
	{ &fields[URI], &der_ia5_string, IMPLICIT(6) },
	{ NULL, &ip_address, IMPLICIT(7) },
	{ &fields[REGISTERED_ID], &der_object_identifier, IMPLICIT(8) },
};
const struct der_type x509_general_name = DER_CHOICE_TYPE(general_name_members);

static const struct der_member general_names_members[] = { { &fields[GENERAL_NAME], &x509_general_name } };
const struct der_type x509_general_names = DER_SEQUENCE_OF(general_names_members);

/* ---- keys ---- */

static const struct der_member authority_key_members[] = {
	{ &fields[KEY_ID], &der_octet_string, IMPLICIT(0), OPTIONAL },
	{ &fields[AUTHORITY_ISSUER], &x509_general_names, IMPLICIT(1), OPTIONAL },
	{ &fields[AUTHORITY_SERIAL], &der_integer, IMPLICIT(2), OPTIONAL },
};
static const struct der_type authority_key = DER_SEQUENCE_TYPE(authority_key_members);

static const struct der_type key_usage = DER_BITS(&fields[DIGITAL_SIGNATURE], 9);

static const struct der_member key_purposes_members[] = { { &fields[KEY_PURPOSE], &der_object_identifier } };
static const struct der_type key_purposes = DER_SEQUENCE_OF(key_purposes_members);

static const struct der_member key_period_members[] = {
	{ &fields[KEY_NOT_BEFORE], &der_generalized_time, IMPLICIT(0), OPTIONAL },
	{ &fields[KEY_NOT_AFTER], &der_generalized_time, IMPLICIT(1), OPTIONAL },
};
static const struct der_type key_period = DER_SEQUENCE_TYPE(key_period_members);

/* ---- policies ---- */

static const struct der_member qualifier_members[] = {
	{ &fields[QUALIFIER_ID], &der_object_identifier },
	{ NULL, &der_open_type, OPTIONAL },
};
static const struct der_type qualifier = DER_SEQUENCE_TYPE(qualifier_members);
static const struct der_member qualifiers_members[] = { { &fields[QUALIFIER_INFO], &qualifier } };
static const struct der_type qualifiers = DER_SEQUENCE_OF(qualifiers_members);

static const struct der_member policy_members[] = {
	{ &fields[POLICY_ID], &der_object_identifier },
	{ &fields[QUALIFIERS], &qualifiers, OPTIONAL },
};
static const struct der_type policy = DER_SEQUENCE_TYPE(policy_members);
static const struct der_member policies_members[] = { { &fields[POLICY_INFORMATION], &policy } };
static const struct der_type policies = DER_SEQUENCE_OF(policies_members);

static const struct der_member mapping_members[] = {
	{ &fields[ISSUER_POLICY], &der_object_identifier },
	{ &fields[SUBJECT_POLICY], &der_object_identifier },
};
static const struct der_type mapping = DER_SEQUENCE_TYPE(mapping_members);
static const struct der_member mappings_members[] = { { &fields[MAPPING], &mapping } };
static const struct der_type mappings = DER_SEQUENCE_OF(mappings_members);

static const struct der_member policy_constraints_members[] = {
	{ &fields[REQUIRE_POLICY], &der_integer, IMPLICIT(0), OPTIONAL },
	{ &fields[INHIBIT_MAPPING], &der_integer, IMPLICIT(1), OPTIONAL },
};
static const struct der_type policy_constraints = DER_SEQUENCE_TYPE(policy_constraints_members);

/* ---- constraints ---- */

static const struct der_member attributes_members[] = { { &fields[ATTRIBUTE], &x509_attribute } };
static const struct der_type attributes = DER_SEQUENCE_OF(attributes_members);

static const struct der_member basic_constraints_members[] = {
	{ &fields[CA], &der_boolean, OPTIONAL },
	{ &fields[PATH_LENGTH], &der_integer, OPTIONAL },
};
static const struct der_type basic_constraints = DER_SEQUENCE_TYPE(basic_constraints_members);

static const struct der_member subtree_members[] = {
	{ &fields[SUBTREE_BASE], &x509_general_name },
	{ &fields[MINIMUM], &der_integer, IMPLICIT(0), OPTIONAL },
	{ &fields[MAXIMUM], &der_integer, IMPLICIT(1), OPTIONAL },
};
static const struct der_type subtree = DER_SEQUENCE_TYPE(subtree_members);
static const struct der_member subtrees_members[] = { { &fields[GENERAL_SUBTREE], &subtree } };
static const struct der_type subtrees = DER_SEQUENCE_OF(subtrees_members);

static const struct der_member name_constraints_members[] = {
	{ &fields[PERMITTED], &subtrees, IMPLICIT(0), OPTIONAL },
	{ &fields[EXCLUDED], &subtrees, IMPLICIT(1), OPTIONAL },
};
static const struct der_type name_constraints = DER_SEQUENCE_TYPE(name_constraints_members);

/* ---- revocation lists ---- */

static const struct der_type reason_flags = DER_BITS(&fields[UNUSED], 9);

static const struct der_member point_name_members[] = {
	{ &fields[FULL_NAME], &x509_general_names, IMPLICIT(0) },
	{ &fields[RELATIVE_NAME], &x509_rdn, IMPLICIT(1) },
};
static const struct der_type point_name = DER_CHOICE_TYPE(point_name_members);

static const struct der_member point_members[] = {
	{ &fields[POINT_NAME], &point_name, EXPLICIT(0), OPTIONAL },
	{ &fields[REASONS], &reason_flags, IMPLICIT(1), OPTIONAL },
	{ &fields[CRL_ISSUER], &x509_general_names, IMPLICIT(2), OPTIONAL },
};
static const struct der_type point = DER_SEQUENCE_TYPE(point_members);
static const struct der_member points_members[] = { { &fields[CRL_POINT], &point } };
static const struct der_type crl_points = DER_SEQUENCE_OF(points_members);

static const struct der_member issuing_point_members[] = {
	{ &fields[POINT_NAME], &point_name, EXPLICIT(0), OPTIONAL },
	{ &fields[ONLY_USERS], &der_boolean, IMPLICIT(1), OPTIONAL },
	{ &fields[ONLY_CAS], &der_boolean, IMPLICIT(2), OPTIONAL },
	{ &fields[ONLY_REASONS], &reason_flags, IMPLICIT(3), OPTIONAL },
	{ &fields[INDIRECT_CRL], &der_boolean, IMPLICIT(4), OPTIONAL },
};
static const struct der_type issuing_point = DER_SEQUENCE_TYPE(issuing_point_members);

/* ---- Microsoft, Entrust, Netscape ---- */

static const struct der_member template_members[] = {
	{ &fields[TEMPLATE_ID], &der_object_identifier },
	{ &fields[TEMPLATE_MAJOR], &der_integer },
	{ &fields[TEMPLATE_MINOR], &der_integer, OPTIONAL },
};
static const struct der_type template = DER_SEQUENCE_TYPE(template_members);

static const struct der_type entrust_flags = DER_BITS(&fields[ENTRUST_KEY_UPDATE], 6);
static const struct der_member entrust_members[] = {
	{ &fields[ENTRUST_VERSION], &der_general_string, OPTIONAL },
	{ &fields[ENTRUST_FLAGS], &entrust_flags, OPTIONAL },
};
static const struct der_type entrust = DER_SEQUENCE_TYPE(entrust_members);

static const struct der_type cert_type = DER_BITS(&fields[SSL_CLIENT], 8);

static const struct der_syntax syntaxes[] = {
	{ "1.2.840.113533.7.65.0", &fields[ENTRUST], &entrust },
	{ "1.3.6.1.4.1.11129.2.4.2", NULL, &x509_sct_list },
	{ "1.3.6.1.4.1.11129.2.4.5", NULL, &x509_sct_list },
	{ "1.3.6.1.4.1.311.21.10", &fields[POLICIES], &policies },
	{ "1.3.6.1.4.1.311.21.7", &fields[TEMPLATE], &template },
	{ "2.16.840.1.113730.1.1", &fields[CERT_TYPE], &cert_type },
	{ "2.16.840.1.113730.1.12", &fields[SERVER_NAME], &der_ia5_string },
	{ "2.16.840.1.113730.1.13", &fields[COMMENT], &der_ia5_string },
	{ "2.16.840.1.113730.1.2", &fields[BASE_URL], &der_ia5_string },
	{ "2.16.840.1.113730.1.3", &fields[REVOCATION_URL], &der_ia5_string },
	{ "2.16.840.1.113730.1.4", &fields[CA_REVOCATION_URL], &der_ia5_string },
	{ "2.16.840.1.113730.1.7", &fields[RENEWAL_URL], &der_ia5_string },
	{ "2.16.840.1.113730.1.8", &fields[CA_POLICY_URL], &der_ia5_string },
	{ "2.5.29.14", &fields[SUBJECT_KEY_ID], &der_octet_string },
	{ "2.5.29.15", &fields[KEY_USAGE], &key_usage },
	{ "2.5.29.16", &fields[KEY_PERIOD], &key_period },
	{ "2.5.29.17", &fields[GENERAL_NAMES], &x509_general_names },
	{ "2.5.29.18", &fields[GENERAL_NAMES], &x509_general_names },
	{ "2.5.29.19", &fields[BASIC_CONSTRAINTS], &basic_constraints },
	{ "2.5.29.20", &fields[CRL_NUMBER], &der_integer },
	{ "2.5.29.21", &fields[CRL_REASON], &der_enumerated },
	{ "2.5.29.23", &fields[HOLD_INSTRUCTION], &der_object_identifier },
	{ "2.5.29.24", &fields[INVALIDITY_DATE], &der_generalized_time },
	{ "2.5.29.27", &fields[BASE_CRL_NUMBER], &der_integer },
	{ "2.5.29.28", &fields[ISSUING_POINT], &issuing_point },
	{ "2.5.29.29", &fields[GENERAL_NAMES], &x509_general_names },
	{ "2.5.29.3", &fields[POLICIES], &policies },
	{ "2.5.29.30", &fields[NAME_CONSTRAINTS], &name_constraints },
	{ "2.5.29.31", &fields[CRL_POINTS], &crl_points },
	{ "2.5.29.32", &fields[POLICIES], &policies },
	{ "2.5.29.33", &fields[MAPPINGS], &mappings },
	{ "2.5.29.35", &fields[AUTHORITY_KEY_ID], &authority_key },
	{ "2.5.29.36", &fields[POLICY_CONSTRAINTS], &policy_constraints },
	{ "2.5.29.37", &fields[KEY_PURPOSES], &key_purposes },
	{ "2.5.29.40", &fields[CRL_STREAM], &der_integer },
	{ "2.5.29.46", &fields[CRL_POINTS], &crl_points },
	{ "2.5.29.51", &fields[BASE_UPDATE], &der_generalized_time },
	{ "2.5.29.54", &fields[SKIP_CERTS], &der_integer },
	{ "2.5.29.60", &fields[EXPIRED_ON_CRL], &der_generalized_time },
	{ "2.5.29.9", &fields[ATTRIBUTES], &attributes },
};
const struct der_syntaxes x509_extension_syntaxes = DER_SYNTAXES(syntaxes, &protocol_x509_extensions);
