/*
 * x509_pkix.c: the private extensions of PKIX and what they need: access to information and policy qualifiers (RFC 5280, 4.2.1.4
 * and 4.2.2), qualified certificates (RFC 3739), addresses and autonomous systems (RFC 3779), logotypes (RFC 3709),
 * proxies (RFC 3820), features of TLS (RFC 7633), usage descriptions (RFC 8520). Attribute certificates are left out.
 */

#include "dissect/link.h"
#include "dissect/tls.h"
#include "dissect/x509.h"

enum {
	ACCESS, ACCESS_DESCRIPTION, ACCESS_METHOD, ACCESS_LOCATION, CPS_URI, USER_NOTICE, NOTICE_REF, ORGANIZATION,
	NOTICE_NUMBERS, NOTICE_NUMBER, EXPLICIT_TEXT, IA5_TEXT, VISIBLE_TEXT, BMP_TEXT, UTF8_TEXT, DUMMY, QC_STATEMENTS,
	QC_STATEMENT, QC_ID, QC_SEMANTICS, QC_SEMANTICS_ID, QC_AUTHORITIES, QC_NAME, BIOMETRICS, BIOMETRIC,
	BIOMETRIC_TYPE, BIOMETRIC_PREDEFINED, BIOMETRIC_OID, BIOMETRIC_ALGORITHM, BIOMETRIC_HASH, BIOMETRIC_URI,
	XMPP_ADDRESS, SRV_NAME, BUNDLE_EID, IP_BLOCKS, IP_FAMILY, ADDRESS_FAMILY, AFI, SAFI, IP_CHOICE, INHERIT, ADDRESSES,
	ADDRESS_OR_RANGE, ADDRESS_PREFIX, ADDRESS_RANGE, ADDRESS_MIN, ADDRESS_MAX, AS_IDENTIFIERS, AS_NUMBERS, AS_RDI,
	AS_IDS, AS_ID_OR_RANGE, AS_ID, AS_RANGE, AS_MIN, AS_MAX, LOGOTYPES, COMMUNITY_LOGOS, LOGOTYPE, ISSUER_LOGO,
	SUBJECT_LOGO, OTHER_LOGOS, OTHER_LOGO, OTHER_LOGO_TYPE, OTHER_LOGO_INFO, DIRECT, INDIRECT, IMAGES, IMAGE, AUDIOS,
	AUDIO, IMAGE_DETAILS, IMAGE_INFO, AUDIO_DETAILS, AUDIO_INFO, MEDIA_TYPE, LOGO_HASHES, HASH_AND_VALUE, HASH_ALGORITHM,
	HASH_VALUE, LOGO_URIS, LOGO_URI, IMAGE_TYPE, FILE_SIZE, X_SIZE, Y_SIZE, RESOLUTION, NUM_BITS, TABLE_SIZE, LANGUAGE,
	PLAY_TIME, CHANNELS, SAMPLE_RATE, REF_HASHES, REF_URIS, REF_URI, PROXY, PROXY_PATH, PROXY_POLICY, POLICY_LANGUAGE,
	POLICY, FEATURES, FEATURE, MUD_URL, EXTENSIONS, EXTENSION, EXTENSION_ID, CRITICAL, N_FIELDS
};

static const struct name texts[] = {
	{ 0, "ia5String" }, { 1, "visibleString" }, { 2, "bmpString" }, { 3, "utf8String" },
};
static const struct name general_names[] = {
	{ 0, "otherName" }, { 1, "rfc822Name" }, { 2, "dNSName" }, { 3, "x400Address" }, { 4, "directoryName" },
	{ 5, "ediPartyName" }, { 6, "uniformResourceIdentifier" }, { 7, "iPAddress" }, { 8, "registeredID" },
};
static const struct name biometric_types[] = { { 0, "predefinedBiometricType" }, { 1, "biometricDataOid" } };
static const struct name biometrics_predefined[] = { { 0, "picture" }, { 1, "handwritten-signature" } };
static const struct name ip_choices[] = { { 0, "inherit" }, { 1, "addressesOrRanges" } };
static const struct name address_choices[] = { { 0, "addressPrefix" }, { 1, "addressRange" } };
static const struct name as_choices[] = { { 0, "inherit" }, { 1, "asIdsOrRanges" } };
static const struct name as_id_choices[] = { { 0, "id" }, { 1, "range" } };
static const struct name logo_choices[] = { { 0, "direct" }, { 1, "indirect" } };
static const struct name image_types[] = { { 0, "grayScale" }, { 1, "color" } };
static const struct name resolutions[] = { { 1, "numBits" }, { 2, "tableSize" } };

static const struct field fields[N_FIELDS] = {
	[ACCESS]               = { "pkix1implicit.AuthorityInfoAccessSyntax", "AuthorityInfoAccessSyntax", UINT32 },
	[ACCESS_DESCRIPTION]   = { "pkix1implicit.AccessDescription_element", "AccessDescription", SUBTREE },
	[ACCESS_METHOD]        = { "pkix1implicit.accessMethod", "accessMethod", OID },
	[ACCESS_LOCATION]      = { "pkix1implicit.accessLocation", "accessLocation", UINT32 },
	[CPS_URI]              = { "pkix1explicit.DirectoryString", "DirectoryString", STRING },
	[USER_NOTICE]          = { "pkix1implicit.UserNotice_element", "UserNotice", SUBTREE },
	[NOTICE_REF]           = { "pkix1implicit.noticeRef_element", "noticeRef", SUBTREE },
	[ORGANIZATION]         = { "pkix1implicit.organization", "organization", UINT32, .names = NAMES(texts) },
	[NOTICE_NUMBERS]       = { "pkix1implicit.noticeNumbers", "noticeNumbers", UINT32 },
	[NOTICE_NUMBER]        = { "pkix1implicit.noticeNumbers_item", "noticeNumbers item", INT32 },
	[EXPLICIT_TEXT]        = { "pkix1implicit.explicitText", "explicitText", UINT32, .names = NAMES(texts) },
	[IA5_TEXT]             = { "pkix1implicit.ia5String", "ia5String", STRING },
	[VISIBLE_TEXT]         = { "pkix1implicit.visibleString", "visibleString", STRING },
	[BMP_TEXT]             = { "pkix1implicit.bmpString", "bmpString", STRING },
	[UTF8_TEXT]            = { "pkix1implicit.utf8String", "utf8String", STRING },
	[DUMMY]                = { "pkix1implicit.Dummy_element", "Dummy", SUBTREE },
	[QC_STATEMENTS]        = { "pkixqualified.QCStatements", "QCStatements", UINT32 },
	[QC_STATEMENT]         = { "pkixqualified.QCStatement_element", "QCStatement", SUBTREE },
	[QC_ID]                = { "pkixqualified.statementId", "statementId", OID },
	[QC_SEMANTICS]         = { "pkixqualified.SemanticsInformation_element", "SemanticsInformation", SUBTREE },
	[QC_SEMANTICS_ID]      = { "pkixqualified.semanticsIdentifier", "semanticsIdentifier", OID },
	[QC_AUTHORITIES]       = { "pkixqualified.nameRegistrationAuthorities", "nameRegistrationAuthorities", UINT32 },
	[QC_NAME]              = { "pkixqualified.GeneralName", "GeneralName", UINT32, .names = NAMES(general_names) },
	[BIOMETRICS]           = { "pkixqualified.BiometricSyntax", "BiometricSyntax", UINT32 },
	[BIOMETRIC]            = { "pkixqualified.BiometricData_element", "BiometricData", SUBTREE },
	[BIOMETRIC_TYPE]       = { "pkixqualified.typeOfBiometricData", "typeOfBiometricData", UINT32,
	                           .names = NAMES(biometric_types) },
	[BIOMETRIC_PREDEFINED] = { "pkixqualified.predefinedBiometricType", "predefinedBiometricType", INT32,
	                           .names = NAMES(biometrics_predefined) },
	[BIOMETRIC_OID]        = { "pkixqualified.biometricDataOid", "biometricDataOid", OID },
	[BIOMETRIC_ALGORITHM]  = { "pkixqualified.hashAlgorithm_element", "hashAlgorithm", SUBTREE },
	[BIOMETRIC_HASH]       = { "pkixqualified.biometricDataHash", "biometricDataHash", OCTETS },
	[BIOMETRIC_URI]        = { "pkixqualified.sourceDataUri", "sourceDataUri", STRING },
	[XMPP_ADDRESS]         = { "pkixqualified.XmppAddr", "XmppAddr", STRING },
	[SRV_NAME]             = { "pkixqualified.SRVName", "SRVName", STRING },
	[BUNDLE_EID]           = { "pkixqualified.BundleEID", "BundleEID", STRING },
	[IP_BLOCKS]            = { "pkix1explicit.IPAddrBlocks", "IPAddrBlocks", UINT32 },
	[IP_FAMILY]            = { "pkix1explicit.IPAddressFamily_element", "IPAddressFamily", SUBTREE },
	[ADDRESS_FAMILY]       = { "pkix1explicit.addressFamily", "addressFamily", OCTETS },
	[AFI]                  = { "pkix1explicit.addressfamily", "Address family(AFN)", UINT16,
	                           .names = &address_family_names },
	[SAFI]                 = { "pkix1explicit.addressfamily.safi", "Subsequent Address Family Identifiers (SAFI)",
	                           UINT16 },
	[IP_CHOICE]            = { "pkix1explicit.ipAddressChoice", "ipAddressChoice", UINT32, .names = NAMES(ip_choices) },
	[INHERIT]              = { "pkix1explicit.inherit_element", "inherit", SUBTREE },
	[ADDRESSES]            = { "pkix1explicit.addressesOrRanges", "addressesOrRanges", UINT32 },
	[ADDRESS_OR_RANGE]     = { "pkix1explicit.IPAddressOrRange", "IPAddressOrRange", UINT32,
	                           .names = NAMES(address_choices) },
	[ADDRESS_PREFIX]       = { "pkix1explicit.addressPrefix", "addressPrefix", OCTETS },
	[ADDRESS_RANGE]        = { "pkix1explicit.addressRange_element", "addressRange", SUBTREE },
	[ADDRESS_MIN]          = { "pkix1explicit.min", "min", OCTETS },
	[ADDRESS_MAX]          = { "pkix1explicit.max", "max", OCTETS },
	[AS_IDENTIFIERS]       = { "pkix1explicit.ASIdentifiers_element", "ASIdentifiers", SUBTREE },
	[AS_NUMBERS]           = { "pkix1explicit.asnum", "asnum", UINT32, .names = NAMES(as_choices) },
	[AS_RDI]               = { "pkix1explicit.rdi", "rdi", UINT32, .names = NAMES(as_choices) },
	[AS_IDS]               = { "pkix1explicit.asIdsOrRanges", "asIdsOrRanges", UINT32 },
	[AS_ID_OR_RANGE]       = { "pkix1explicit.ASIdOrRange", "ASIdOrRange", UINT32, .names = NAMES(as_id_choices) },
	[AS_ID]                = { "pkix1explicit.id", "id", INT32 },
	[AS_RANGE]             = { "pkix1explicit.range_element", "range", SUBTREE },
	[AS_MIN]               = { "pkix1explicit.min", "min", INT32 },
	[AS_MAX]               = { "pkix1explicit.max", "max", INT32 },
	[LOGOTYPES]            = { "logotypecertextn.LogotypeExtn_element", "LogotypeExtn", SUBTREE },
	[COMMUNITY_LOGOS]      = { "logotypecertextn.communityLogos", "communityLogos", UINT32 },
	[LOGOTYPE]             = { "logotypecertextn.LogotypeInfo", "LogotypeInfo", UINT32, .names = NAMES(logo_choices) },
	[ISSUER_LOGO]          = { "logotypecertextn.issuerLogo", "issuerLogo", UINT32, .names = NAMES(logo_choices) },
	[SUBJECT_LOGO]         = { "logotypecertextn.subjectLogo", "subjectLogo", UINT32, .names = NAMES(logo_choices) },
	[OTHER_LOGOS]          = { "logotypecertextn.otherLogos", "otherLogos", UINT32 },
	[OTHER_LOGO]           = { "logotypecertextn.OtherLogotypeInfo_element", "OtherLogotypeInfo", SUBTREE },
	[OTHER_LOGO_TYPE]      = { "logotypecertextn.logotypeType", "logotypeType", OID },
	[OTHER_LOGO_INFO]      = { "logotypecertextn.info", "info", UINT32, .names = NAMES(logo_choices) },
	[DIRECT]               = { "logotypecertextn.direct_element", "direct", SUBTREE },
	[INDIRECT]             = { "logotypecertextn.indirect_element", "indirect", SUBTREE },
	[IMAGES]               = { "logotypecertextn.image", "image", UINT32 },
	[IMAGE]                = { "logotypecertextn.LogotypeImage_element", "LogotypeImage", SUBTREE },
	[AUDIOS]               = { "logotypecertextn.audio", "audio", UINT32 },
	[AUDIO]                = { "logotypecertextn.LogotypeAudio_element", "LogotypeAudio", SUBTREE },
	[IMAGE_DETAILS]        = { "logotypecertextn.imageDetails_element", "imageDetails", SUBTREE },
	[IMAGE_INFO]           = { "logotypecertextn.imageInfo_element", "imageInfo", SUBTREE },
	[AUDIO_DETAILS]        = { "logotypecertextn.audioDetails_element", "audioDetails", SUBTREE },
	[AUDIO_INFO]           = { "logotypecertextn.audioInfo_element", "audioInfo", SUBTREE },
	[MEDIA_TYPE]           = { "logotypecertextn.mediaType", "mediaType", STRING },
	[LOGO_HASHES]          = { "logotypecertextn.logotypeHash", "logotypeHash", UINT32 },
	[HASH_AND_VALUE]       = { "logotypecertextn.HashAlgAndValue_element", "HashAlgAndValue", SUBTREE },
	[HASH_ALGORITHM]       = { "logotypecertextn.hashAlg_element", "hashAlg", SUBTREE },
	[HASH_VALUE]           = { "logotypecertextn.hashValue", "hashValue", OCTETS },
	[LOGO_URIS]            = { "logotypecertextn.logotypeURI", "logotypeURI", UINT32 },
	[LOGO_URI]             = { "logotypecertextn.logotypeURI_item", "logotypeURI item", STRING },
	[IMAGE_TYPE]           = { "logotypecertextn.type", "type", INT32, .names = NAMES(image_types) },
	[FILE_SIZE]            = { "logotypecertextn.fileSize", "fileSize", INT32 },
	[X_SIZE]               = { "logotypecertextn.xSize", "xSize", INT32 },
	[Y_SIZE]               = { "logotypecertextn.ySize", "ySize", INT32 },
	[RESOLUTION]           = { "logotypecertextn.resolution", "resolution", UINT32, .names = NAMES(resolutions) },
	[NUM_BITS]             = { "logotypecertextn.numBits", "numBits", INT32 },
	[TABLE_SIZE]           = { "logotypecertextn.tableSize", "tableSize", INT32 },
	[LANGUAGE]             = { "logotypecertextn.language", "language", STRING },
	[PLAY_TIME]            = { "logotypecertextn.playTime", "playTime", INT32 },
	[CHANNELS]             = { "logotypecertextn.channels", "channels", INT32 },
	[SAMPLE_RATE]          = { "logotypecertextn.sampleRate", "sampleRate", INT32 },
	[REF_HASHES]           = { "logotypecertextn.refStructHash", "refStructHash", UINT32 },
	[REF_URIS]             = { "logotypecertextn.refStructURI", "refStructURI", UINT32 },
	[REF_URI]              = { "logotypecertextn.refStructURI_item", "refStructURI item", STRING },
	[PROXY]                = { "pkixproxy.ProxyCertInfoExtension_element", "ProxyCertInfoExtension", SUBTREE },
	[PROXY_PATH]           = { "pkixproxy.pCPathLenConstraint", "pCPathLenConstraint", INT32 },
	[PROXY_POLICY]         = { "pkixproxy.proxyPolicy_element", "proxyPolicy", SUBTREE },
	[POLICY_LANGUAGE]      = { "pkixproxy.policyLanguage", "policyLanguage", OID },
	[POLICY]               = { "pkixproxy.policy", "policy", OCTETS },
	[FEATURES]             = { "pkix1explicit.Features", "Features", UINT32 },
	[FEATURE]              = { "pkix1explicit.Features_item", "Features item", UINT16, .names = &tls_extension_types },
	[MUD_URL]              = { "mudurl.MUDURLSyntax", "MUDURLSyntax", STRING },
	[EXTENSIONS]           = { "pkix1explicit.Extensions", "Extensions", UINT32 },
	[EXTENSION]            = { "pkix1explicit.Extension_element", "Extension", SUBTREE },
	[EXTENSION_ID]         = { "pkix1explicit.id", "Id", STRING },
	[CRITICAL]             = { "pkix1explicit.critical", "critical", BOOLEAN },
};

const struct protocol protocol_x509_pkix = {
	.name = "PKIX1Implicit",
	.short_name = "PKIX1IMPLICIT",
	.filter = "pkix1implicit",
	.fields = fields,
	.field_count = N_FIELDS,
};

/* ---- access to information, policy qualifiers ---- */

static const struct der_member access_members[] = {
	{ &fields[ACCESS_METHOD], &der_object_identifier },
	{ &fields[ACCESS_LOCATION], &x509_general_name },
};
static const struct der_type access_description = DER_SEQUENCE_TYPE(access_members);
static const struct der_member accesses_members[] = { { &fields[ACCESS_DESCRIPTION], &access_description } };
const struct der_type x509_accesses = DER_SEQUENCE_OF(accesses_members);

static const struct der_member text_members[] = {
	{ &fields[IA5_TEXT], &der_ia5_string },
	{ &fields[VISIBLE_TEXT], &der_visible_string },
	{ &fields[BMP_TEXT], &der_bmp_string },
	{ &fields[UTF8_TEXT], &der_utf8_string },
};
static const struct der_type display_text = DER_CHOICE_TYPE(text_members);

static const struct der_member number_members[] = { { &fields[NOTICE_NUMBER], &der_integer } };
static const struct der_type notice_numbers = DER_SEQUENCE_OF(number_members);
static const struct der_member notice_ref_members[] = {
	{ &fields[ORGANIZATION], &display_text },
	{ &fields[NOTICE_NUMBERS], &notice_numbers },
};
static const struct der_type notice_ref = DER_SEQUENCE_TYPE(notice_ref_members);

static const struct der_member user_notice_members[] = {
	{ &fields[NOTICE_REF], &notice_ref, OPTIONAL },
	{ &fields[EXPLICIT_TEXT], &display_text, OPTIONAL },
};
static const struct der_type user_notice = DER_SEQUENCE_TYPE(user_notice_members);

/* ---- extensions of other things than certificates ---- */

static const struct der_member extension_members[] = {
	{ &fields[EXTENSION_ID], &der_object_identifier },
	{ &fields[CRITICAL], &der_boolean, OPTIONAL },
	{ NULL, &x509_extension_value },
};
static const struct der_type extension = DER_SEQUENCE_TYPE(extension_members);
static const struct der_member extensions_members[] = { { &fields[EXTENSION], &extension } };
const struct der_type pkix_extensions = DER_SEQUENCE_OF(extensions_members);

/* ---- qualified certificates ---- */

static const struct der_member statement_members[] = {
	{ &fields[QC_ID], &der_object_identifier },
	{ NULL, &der_open_type, OPTIONAL },
};
static const struct der_type statement = DER_SEQUENCE_TYPE(statement_members);
static const struct der_member statements_members[] = { { &fields[QC_STATEMENT], &statement } };
static const struct der_type statements = DER_SEQUENCE_OF(statements_members);

static const struct der_member authorities_members[] = { { &fields[QC_NAME], &x509_general_name } };
static const struct der_type authorities = DER_SEQUENCE_OF(authorities_members);
static const struct der_member semantics_members[] = {
	{ &fields[QC_SEMANTICS_ID], &der_object_identifier, OPTIONAL },
	{ &fields[QC_AUTHORITIES], &authorities, OPTIONAL },
};
static const struct der_type semantics = DER_SEQUENCE_TYPE(semantics_members);

static const struct der_member biometric_type_members[] = {
	{ &fields[BIOMETRIC_PREDEFINED], &der_integer },
	{ &fields[BIOMETRIC_OID], &der_object_identifier },
};
static const struct der_type biometric_type = DER_CHOICE_TYPE(biometric_type_members);
static const struct der_member biometric_members[] = {
	{ &fields[BIOMETRIC_TYPE], &biometric_type },
	{ &fields[BIOMETRIC_ALGORITHM], &x509_algorithm_identifier },
	{ &fields[BIOMETRIC_HASH], &der_octet_string },
	{ &fields[BIOMETRIC_URI], &der_ia5_string, OPTIONAL },
};
static const struct der_type biometric = DER_SEQUENCE_TYPE(biometric_members);
static const struct der_member biometrics_members[] = { { &fields[BIOMETRIC], &biometric } };
static const struct der_type biometrics = DER_SEQUENCE_OF(biometrics_members);

/* ---- addresses and autonomous systems ---- */

/* Two octets of address family, and one of subsequent address family where it counts. */
static bool read_address_family(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                                bool implicit)
{
	struct dissection *d = der->d;
	struct wire value = *w;
	struct der_header header;

	der_read_base(der, w, type->base, field, implicit);
	if (!implicit && !der_header(&value, &header))
		return true;
	const node_ref node = d->last;
	open_subtree(d);
	const uint16_t family = add_uint16(d, &value, &fields[AFI]);
	if (wire_captured(&value)) /* the reference shows the second octet of the family here */
		add_node(d, &value, &fields[SAFI], value.at, 1, family & 0xff);
	close_subtree(d, node, NULL);
	wire_join(w, &value);
	return true;
}
static const struct der_type address_family = {
	.kind = DER_OCTET_STRING, .base = &der_octet_string, .read = read_address_family,
};

static const struct der_member address_range_members[] = {
	{ &fields[ADDRESS_MIN], &der_bit_string },
	{ &fields[ADDRESS_MAX], &der_bit_string },
};
static const struct der_type address_range = DER_SEQUENCE_TYPE(address_range_members);
static const struct der_member address_choice_members[] = {
	{ &fields[ADDRESS_PREFIX], &der_bit_string },
	{ &fields[ADDRESS_RANGE], &address_range },
};
static const struct der_type address_or_range = DER_CHOICE_TYPE(address_choice_members);
static const struct der_member addresses_members[] = { { &fields[ADDRESS_OR_RANGE], &address_or_range } };
static const struct der_type addresses = DER_SEQUENCE_OF(addresses_members);
static const struct der_member ip_choice_members[] = {
	{ &fields[INHERIT], &der_null },
	{ &fields[ADDRESSES], &addresses },
};
static const struct der_type ip_choice = DER_CHOICE_TYPE(ip_choice_members);
static const struct der_member ip_family_members[] = {
	{ &fields[ADDRESS_FAMILY], &address_family },
	{ &fields[IP_CHOICE], &ip_choice },
};
static const struct der_type ip_family = DER_SEQUENCE_TYPE(ip_family_members);
static const struct der_member ip_blocks_members[] = { { &fields[IP_FAMILY], &ip_family } };
static const struct der_type ip_blocks = DER_SEQUENCE_OF(ip_blocks_members);

static const struct der_member as_range_members[] = {
	{ &fields[AS_MIN], &der_integer },
	{ &fields[AS_MAX], &der_integer },
};
static const struct der_type as_range = DER_SEQUENCE_TYPE(as_range_members);
static const struct der_member as_id_members[] = {
	{ &fields[AS_ID], &der_integer },
	{ &fields[AS_RANGE], &as_range },
};
static const struct der_type as_id_or_range = DER_CHOICE_TYPE(as_id_members);
static const struct der_member as_ids_members[] = { { &fields[AS_ID_OR_RANGE], &as_id_or_range } };
static const struct der_type as_ids = DER_SEQUENCE_OF(as_ids_members);
static const struct der_member as_choice_members[] = {
	{ &fields[INHERIT], &der_null },
	{ &fields[AS_IDS], &as_ids },
};
static const struct der_type as_choice = DER_CHOICE_TYPE(as_choice_members);
static const struct der_member as_identifiers_members[] = {
	{ &fields[AS_NUMBERS], &as_choice, EXPLICIT(0), OPTIONAL },
	{ &fields[AS_RDI], &as_choice, EXPLICIT(1), OPTIONAL },
};
static const struct der_type as_identifiers = DER_SEQUENCE_TYPE(as_identifiers_members);

/* ---- logotypes ---- */

static const struct der_member hash_members[] = {
	{ &fields[HASH_ALGORITHM], &x509_algorithm_identifier },
	{ &fields[HASH_VALUE], &der_octet_string },
};
static const struct der_type hash_and_value = DER_SEQUENCE_TYPE(hash_members);
static const struct der_member hashes_members[] = { { &fields[HASH_AND_VALUE], &hash_and_value } };
static const struct der_type hashes = DER_SEQUENCE_OF(hashes_members);
static const struct der_member logo_uris_members[] = { { &fields[LOGO_URI], &der_ia5_string } };
static const struct der_type logo_uris = DER_SEQUENCE_OF(logo_uris_members);
static const struct der_member ref_uris_members[] = { { &fields[REF_URI], &der_ia5_string } };
static const struct der_type ref_uris = DER_SEQUENCE_OF(ref_uris_members);

static const struct der_member details_members[] = {
	{ &fields[MEDIA_TYPE], &der_ia5_string },
	{ &fields[LOGO_HASHES], &hashes },
	{ &fields[LOGO_URIS], &logo_uris },
};
static const struct der_type details = DER_SEQUENCE_TYPE(details_members);

static const struct der_member resolution_members[] = {
	{ &fields[NUM_BITS], &der_integer, IMPLICIT(1) },
	{ &fields[TABLE_SIZE], &der_integer, IMPLICIT(2) },
};
static const struct der_type resolution = DER_CHOICE_TYPE(resolution_members);
static const struct der_member image_info_members[] = {
	{ &fields[IMAGE_TYPE], &der_integer, IMPLICIT(0), OPTIONAL },
	{ &fields[FILE_SIZE], &der_integer },
	{ &fields[X_SIZE], &der_integer },
	{ &fields[Y_SIZE], &der_integer },
	{ &fields[RESOLUTION], &resolution, OPTIONAL },
	{ &fields[LANGUAGE], &der_ia5_string, IMPLICIT(4), OPTIONAL },
};
static const struct der_type image_info = DER_SEQUENCE_TYPE(image_info_members);
static const struct der_member image_members[] = {
	{ &fields[IMAGE_DETAILS], &details },
	{ &fields[IMAGE_INFO], &image_info, OPTIONAL },
};
static const struct der_type image = DER_SEQUENCE_TYPE(image_members);
static const struct der_member images_members[] = { { &fields[IMAGE], &image } };
static const struct der_type images = DER_SEQUENCE_OF(images_members);

static const struct der_member audio_info_members[] = {
	{ &fields[FILE_SIZE], &der_integer },
	{ &fields[PLAY_TIME], &der_integer },
	{ &fields[CHANNELS], &der_integer },
	{ &fields[SAMPLE_RATE], &der_integer, IMPLICIT(3), OPTIONAL },
	{ &fields[LANGUAGE], &der_ia5_string, IMPLICIT(4), OPTIONAL },
};
static const struct der_type audio_info = DER_SEQUENCE_TYPE(audio_info_members);
static const struct der_member audio_members[] = {
	{ &fields[AUDIO_DETAILS], &details },
	{ &fields[AUDIO_INFO], &audio_info, OPTIONAL },
};
static const struct der_type audio = DER_SEQUENCE_TYPE(audio_members);
static const struct der_member audios_members[] = { { &fields[AUDIO], &audio } };
static const struct der_type audios = DER_SEQUENCE_OF(audios_members);

static const struct der_member logo_data_members[] = {
	{ &fields[IMAGES], &images, OPTIONAL },
	{ &fields[AUDIOS], &audios, IMPLICIT(1), OPTIONAL },
};
static const struct der_type logo_data = DER_SEQUENCE_TYPE(logo_data_members);
static const struct der_member logo_reference_members[] = {
	{ &fields[REF_HASHES], &hashes },
	{ &fields[REF_URIS], &ref_uris },
};
static const struct der_type logo_reference = DER_SEQUENCE_TYPE(logo_reference_members);
static const struct der_member logo_members[] = {
	{ &fields[DIRECT], &logo_data, IMPLICIT(0) },
	{ &fields[INDIRECT], &logo_reference, IMPLICIT(1) },
};
static const struct der_type logotype = DER_CHOICE_TYPE(logo_members);
static const struct der_member community_members[] = { { &fields[LOGOTYPE], &logotype } };
static const struct der_type community_logos = DER_SEQUENCE_OF(community_members);
static const struct der_member other_logo_members[] = {
	{ &fields[OTHER_LOGO_TYPE], &der_object_identifier },
	{ &fields[OTHER_LOGO_INFO], &logotype },
};
static const struct der_type other_logo = DER_SEQUENCE_TYPE(other_logo_members);
static const struct der_member other_logos_members[] = { { &fields[OTHER_LOGO], &other_logo } };
static const struct der_type other_logos = DER_SEQUENCE_OF(other_logos_members);
static const struct der_member logotypes_members[] = {
	{ &fields[COMMUNITY_LOGOS], &community_logos, EXPLICIT(0), OPTIONAL },
	{ &fields[ISSUER_LOGO], &logotype, EXPLICIT(1), OPTIONAL },
	{ &fields[SUBJECT_LOGO], &logotype, EXPLICIT(2), OPTIONAL },
	{ &fields[OTHER_LOGOS], &other_logos, EXPLICIT(3), OPTIONAL },
};
static const struct der_type logotypes = DER_SEQUENCE_TYPE(logotypes_members);

/* ---- proxies, features of TLS ---- */

static const struct der_member proxy_policy_members[] = {
	{ &fields[POLICY_LANGUAGE], &der_object_identifier },
	{ &fields[POLICY], &der_octet_string, OPTIONAL },
};
static const struct der_type proxy_policy = DER_SEQUENCE_TYPE(proxy_policy_members);
static const struct der_member proxy_members[] = {
	{ &fields[PROXY_PATH], &der_integer, OPTIONAL },
	{ &fields[PROXY_POLICY], &proxy_policy },
};
static const struct der_type proxy = DER_SEQUENCE_TYPE(proxy_members);

static const struct der_member features_members[] = { { &fields[FEATURE], &der_integer } };
static const struct der_type features_type = DER_SEQUENCE_OF(features_members);

/* Extended key usages that have nothing to say when they are extensions. */
#define NOTHING(oid) { oid, &fields[DUMMY], &der_null }

static const struct der_syntax syntaxes[] = {
	{ "1.2.840.113549.1.9.14", &fields[EXTENSIONS], &pkix_extensions },
	NOTHING("1.3.6.1.4.1.311.10.12.1"),
	NOTHING("1.3.6.1.4.1.311.20.1"),
	NOTHING("1.3.6.1.4.1.311.20.2.1"),
	NOTHING("1.3.6.1.4.1.311.20.2.2"),
	NOTHING("1.3.6.1.4.1.311.21.19"),
	NOTHING("1.3.6.1.4.1.311.21.5"),
	NOTHING("1.3.6.1.4.1.311.21.6"),
	{ "1.3.6.1.5.5.7.1.1", &fields[ACCESS], &x509_accesses },
	{ "1.3.6.1.5.5.7.1.12", &fields[LOGOTYPES], &logotypes },
	{ "1.3.6.1.5.5.7.1.14", &fields[PROXY], &proxy },
	{ "1.3.6.1.5.5.7.1.2", &fields[BIOMETRICS], &biometrics },
	{ "1.3.6.1.5.5.7.1.24", &fields[FEATURES], &features_type },
	{ "1.3.6.1.5.5.7.1.25", &fields[MUD_URL], &der_ia5_string },
	{ "1.3.6.1.5.5.7.1.3", &fields[QC_STATEMENTS], &statements },
	{ "1.3.6.1.5.5.7.1.7", &fields[IP_BLOCKS], &ip_blocks },
	{ "1.3.6.1.5.5.7.1.8", &fields[AS_IDENTIFIERS], &as_identifiers },
	{ "1.3.6.1.5.5.7.11.1", &fields[QC_SEMANTICS], &semantics },
	{ "1.3.6.1.5.5.7.11.2", &fields[QC_SEMANTICS], &semantics },
	{ "1.3.6.1.5.5.7.2.1", &fields[CPS_URI], &der_octet_string },
	{ "1.3.6.1.5.5.7.2.2", &fields[USER_NOTICE], &user_notice },
	{ "1.3.6.1.5.5.7.20.1", &fields[LOGOTYPES], &logotypes },
	{ "1.3.6.1.5.5.7.20.2", &fields[LOGOTYPES], &logotypes },
	NOTHING("1.3.6.1.5.5.7.3.1"),
	NOTHING("1.3.6.1.5.5.7.3.2"),
	NOTHING("1.3.6.1.5.5.7.3.3"),
	NOTHING("1.3.6.1.5.5.7.3.4"),
	NOTHING("1.3.6.1.5.5.7.3.5"),
	NOTHING("1.3.6.1.5.5.7.3.6"),
	NOTHING("1.3.6.1.5.5.7.3.7"),
	NOTHING("1.3.6.1.5.5.7.3.8"),
	NOTHING("1.3.6.1.5.5.7.3.9"),
	NOTHING("1.3.6.1.5.5.7.48.1"),
	NOTHING("1.3.6.1.5.5.7.48.2"),
	{ "1.3.6.1.5.5.7.8.11", &fields[BUNDLE_EID], &der_ia5_string },
	{ "1.3.6.1.5.5.7.8.5", &fields[XMPP_ADDRESS], &der_utf8_string },
	{ "1.3.6.1.5.5.7.8.7", &fields[SRV_NAME], &der_ia5_string },
};
const struct der_syntaxes x509_pkix_syntaxes = DER_SYNTAXES(syntaxes, &protocol_x509_pkix);
