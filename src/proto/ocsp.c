/* ocsp.c: the Online Certificate Status Protocol (RFC 6960). */

#include "dissect/x509.h"

enum {
	OCSP, TBS_REQUEST, OPTIONAL_SIGNATURE, VERSION, REQUESTOR_NAME, REQUEST_LIST, REQUEST, REQUEST_EXTENSIONS,
	SIGNATURE_ALGORITHM, SIGNATURE, CERTS, CERTIFICATE, REQ_CERT, SINGLE_REQUEST_EXTENSIONS, HASH_ALGORITHM,
	ISSUER_NAME_HASH, ISSUER_KEY_HASH, SERIAL_NUMBER, RESPONSE_STATUS, RESPONSE_BYTES, RESPONSE_TYPE, BASIC_RESPONSE,
	TBS_RESPONSE_DATA, RESPONDER_ID, BY_NAME, BY_KEY, PRODUCED_AT, RESPONSES, SINGLE_RESPONSE, RESPONSE_EXTENSIONS,
	CERT_ID, CERT_STATUS, GOOD, REVOKED, UNKNOWN, REVOCATION_TIME, REVOCATION_REASON, THIS_UPDATE, NEXT_UPDATE,
	SINGLE_EXTENSIONS, NONCE, CRL_ID, CRL_URL, CRL_NUM, CRL_TIME, ACCEPTABLE, ACCEPTABLE_ITEM, NO_CHECK,
	ARCHIVE_CUTOFF, SERVICE_LOCATOR, ISSUER, LOCATOR, N_FIELDS
};

static const struct name versions[] = { { 0, "v1" }, { 1, "v2" }, { 2, "v3" } };
static const struct name general_names[] = {
	{ 0, "otherName" }, { 1, "rfc822Name" }, { 2, "dNSName" }, { 3, "x400Address" }, { 4, "directoryName" },
	{ 5, "ediPartyName" }, { 6, "uniformResourceIdentifier" }, { 7, "iPAddress" }, { 8, "registeredID" },
};
static const struct name statuses[] = {
	{ 0, "successful" }, { 1, "malformedRequest" }, { 2, "internalError" }, { 3, "tryLater" }, { 5, "sigRequired" },
	{ 6, "unauthorized" },
};
static const struct name responder_ids[] = { { 1, "byName" }, { 2, "byKey" } };
static const struct name cert_statuses[] = { { 0, "good" }, { 1, "revoked" }, { 2, "unknown" } };

static const struct field fields[N_FIELDS] = {
	[OCSP]                      = { "ocsp", "Online Certificate Status Protocol", PROTOCOL },
	[TBS_REQUEST]               = { "ocsp.tbsRequest_element", "tbsRequest", SUBTREE },
	[OPTIONAL_SIGNATURE]        = { "ocsp.optionalSignature_element", "optionalSignature", SUBTREE },
	[VERSION]                   = { "ocsp.version", "version", INT32, .names = NAMES(versions) },
	[REQUESTOR_NAME]            = { "ocsp.requestorName", "requestorName", UINT32, .names = NAMES(general_names) },
	[REQUEST_LIST]              = { "ocsp.requestList", "requestList", UINT32 },
	[REQUEST]                   = { "ocsp.Request_element", "Request", SUBTREE },
	[REQUEST_EXTENSIONS]        = { "ocsp.requestExtensions", "requestExtensions", UINT32 },
	[SIGNATURE_ALGORITHM]       = { "ocsp.signatureAlgorithm_element", "signatureAlgorithm", SUBTREE },
	[SIGNATURE]                 = { "ocsp.signature", "signature", OCTETS },
	[CERTS]                     = { "ocsp.certs", "certs", UINT32 },
	[CERTIFICATE]               = { "ocsp.Certificate_element", "Certificate", SUBTREE },
	[REQ_CERT]                  = { "ocsp.reqCert_element", "reqCert", SUBTREE },
	[SINGLE_REQUEST_EXTENSIONS] = { "ocsp.singleRequestExtensions", "singleRequestExtensions", UINT32 },
	[HASH_ALGORITHM]            = { "ocsp.hashAlgorithm_element", "hashAlgorithm", SUBTREE },
	[ISSUER_NAME_HASH]          = { "ocsp.issuerNameHash", "issuerNameHash", OCTETS },
	[ISSUER_KEY_HASH]           = { "ocsp.issuerKeyHash", "issuerKeyHash", OCTETS },
	[SERIAL_NUMBER]             = { "ocsp.serialNumber", "serialNumber", OCTETS },
	[RESPONSE_STATUS]           = { "ocsp.responseStatus", "responseStatus", UINT32, .names = NAMES(statuses) },
	[RESPONSE_BYTES]            = { "ocsp.responseBytes_element", "responseBytes", SUBTREE },
	[RESPONSE_TYPE]             = { "ocsp.responseType.id", "ResponseType Id", STRING },
	[BASIC_RESPONSE]            = { "ocsp.BasicOCSPResponse_element", "BasicOCSPResponse", SUBTREE },
	[TBS_RESPONSE_DATA]         = { "ocsp.tbsResponseData_element", "tbsResponseData", SUBTREE },
	[RESPONDER_ID]              = { "ocsp.responderID", "responderID", UINT32, .names = NAMES(responder_ids) },
	[BY_NAME]                   = { "ocsp.byName", "byName", UINT32 },
	[BY_KEY]                    = { "ocsp.byKey", "byKey", OCTETS },
	[PRODUCED_AT]               = { "ocsp.producedAt", "producedAt", ABSOLUTE_TIME },
	[RESPONSES]                 = { "ocsp.responses", "responses", UINT32 },
	[SINGLE_RESPONSE]           = { "ocsp.SingleResponse_element", "SingleResponse", SUBTREE },
	[RESPONSE_EXTENSIONS]       = { "ocsp.responseExtensions", "responseExtensions", UINT32 },
	[CERT_ID]                   = { "ocsp.certID_element", "certID", SUBTREE },
	[CERT_STATUS]               = { "ocsp.certStatus", "certStatus", UINT32, .names = NAMES(cert_statuses) },
	[GOOD]                      = { "ocsp.good_element", "good", SUBTREE },
	[REVOKED]                   = { "ocsp.revoked_element", "revoked", SUBTREE },
	[UNKNOWN]                   = { "ocsp.unknown_element", "unknown", SUBTREE },
	[REVOCATION_TIME]           = { "ocsp.revocationTime", "revocationTime", ABSOLUTE_TIME },
	[REVOCATION_REASON]         = { "ocsp.revocationReason", "revocationReason", UINT32, .names = &crl_reasons },
	[THIS_UPDATE]               = { "ocsp.thisUpdate", "thisUpdate", ABSOLUTE_TIME },
	[NEXT_UPDATE]               = { "ocsp.nextUpdate", "nextUpdate", ABSOLUTE_TIME },
	[SINGLE_EXTENSIONS]         = { "ocsp.singleExtensions", "singleExtensions", UINT32 },
	[NONCE]                     = { "ocsp.ReOcspNonce", "ReOcspNonce", OCTETS },
	[CRL_ID]                    = { "ocsp.CrlID_element", "CrlID", SUBTREE },
	[CRL_URL]                   = { "ocsp.crlUrl", "crlUrl", STRING },
	[CRL_NUM]                   = { "ocsp.crlNum", "crlNum", INT32 },
	[CRL_TIME]                  = { "ocsp.crlTime", "crlTime", ABSOLUTE_TIME },
	[ACCEPTABLE]                = { "ocsp.AcceptableResponses", "AcceptableResponses", UINT32 },
	[ACCEPTABLE_ITEM]           = { "ocsp.AcceptableResponses_item", "AcceptableResponses item", OID },
	[NO_CHECK]                  = { "ocsp.NULL_element", "NULL", SUBTREE },
	[ARCHIVE_CUTOFF]            = { "ocsp.ArchiveCutoff", "ArchiveCutoff", ABSOLUTE_TIME },
	[SERVICE_LOCATOR]           = { "ocsp.ServiceLocator_element", "ServiceLocator", SUBTREE },
	[ISSUER]                    = { "ocsp.issuer", "issuer", UINT32 },
	[LOCATOR]                   = { "ocsp.locator", "locator", UINT32 },
};

/* ---- requests (4.1.1) ---- */

static const struct der_member cert_id_members[] = {
	{ &fields[HASH_ALGORITHM], &x509_algorithm_identifier },
	{ &fields[ISSUER_NAME_HASH], &der_octet_string },
	{ &fields[ISSUER_KEY_HASH], &der_octet_string },
	{ &fields[SERIAL_NUMBER], &der_integer },
};
static const struct der_type cert_id = DER_SEQUENCE_TYPE(cert_id_members);

static const struct der_member request_members[] = {
	{ &fields[REQ_CERT], &cert_id },
	{ &fields[SINGLE_REQUEST_EXTENSIONS], &pkix_extensions, EXPLICIT(0), OPTIONAL },
};
static const struct der_type request = DER_SEQUENCE_TYPE(request_members);
static const struct der_member request_list_members[] = { { &fields[REQUEST], &request } };
static const struct der_type request_list = DER_SEQUENCE_OF(request_list_members);

static const struct der_member tbs_request_members[] = {
	{ &fields[VERSION], &der_integer, EXPLICIT(0), OPTIONAL },
	{ &fields[REQUESTOR_NAME], &x509_general_name, EXPLICIT(1), OPTIONAL },
	{ &fields[REQUEST_LIST], &request_list },
	{ &fields[REQUEST_EXTENSIONS], &pkix_extensions, EXPLICIT(2), OPTIONAL },
};
static const struct der_type tbs_request = DER_SEQUENCE_TYPE(tbs_request_members);

static const struct der_member certs_members[] = { { &fields[CERTIFICATE], &x509_certificate } };
static const struct der_type certs = DER_SEQUENCE_OF(certs_members);

static const struct der_member signature_members[] = {
	{ &fields[SIGNATURE_ALGORITHM], &x509_algorithm_identifier },
	{ &fields[SIGNATURE], &der_bit_string },
	{ &fields[CERTS], &certs, EXPLICIT(0), OPTIONAL },
};
static const struct der_type signature = DER_SEQUENCE_TYPE(signature_members);

static const struct der_member ocsp_request_members[] = {
	{ &fields[TBS_REQUEST], &tbs_request },
	{ &fields[OPTIONAL_SIGNATURE], &signature, EXPLICIT(0), OPTIONAL },
};
static const struct der_type ocsp_request = DER_SEQUENCE_TYPE(ocsp_request_members);

/* ---- responses (4.2.1) ---- */

/* Octets that hold a value of the type that the identifier before them says. */
static bool read_response(struct der *der, struct wire *w, const struct der_type *type, const struct field *field,
                          bool implicit)
{
	struct der_header header;

	(void)type, (void)field, (void)implicit;
	if (der_header(w, &header))
		der_open(der, w);
	return true;
}
static const struct der_type response = { .kind = DER_OCTET_STRING, .read = read_response };

static const struct der_member response_bytes_members[] = {
	{ &fields[RESPONSE_TYPE], &der_object_identifier },
	{ NULL, &response },
};
static const struct der_type response_bytes = DER_SEQUENCE_TYPE(response_bytes_members);

static const struct der_member ocsp_response_members[] = {
	{ &fields[RESPONSE_STATUS], &der_enumerated },
	{ &fields[RESPONSE_BYTES], &response_bytes, EXPLICIT(0), OPTIONAL },
};
static const struct der_type ocsp_response = DER_SEQUENCE_TYPE(ocsp_response_members);

static const struct der_member responder_id_members[] = {
	{ &fields[BY_NAME], &x509_name, EXPLICIT(1) },
	{ &fields[BY_KEY], &der_octet_string, EXPLICIT(2) },
};
static const struct der_type responder_id = DER_CHOICE_TYPE(responder_id_members);

static const struct der_member revoked_members[] = {
	{ &fields[REVOCATION_TIME], &der_generalized_time },
	{ &fields[REVOCATION_REASON], &der_enumerated, EXPLICIT(0), OPTIONAL },
};
static const struct der_type revoked = DER_SEQUENCE_TYPE(revoked_members);

static const struct der_member cert_status_members[] = {
	{ &fields[GOOD], &der_null, IMPLICIT(0) },
	{ &fields[REVOKED], &revoked, IMPLICIT(1) },
	{ &fields[UNKNOWN], &der_null, IMPLICIT(2) },
};
static const struct der_type cert_status = DER_CHOICE_TYPE(cert_status_members);

static const struct der_member single_response_members[] = {
	{ &fields[CERT_ID], &cert_id },
	{ &fields[CERT_STATUS], &cert_status },
	{ &fields[THIS_UPDATE], &der_generalized_time },
	{ &fields[NEXT_UPDATE], &der_generalized_time, EXPLICIT(0), OPTIONAL },
	{ &fields[SINGLE_EXTENSIONS], &pkix_extensions, EXPLICIT(1), OPTIONAL },
};
static const struct der_type single_response = DER_SEQUENCE_TYPE(single_response_members);
static const struct der_member responses_members[] = { { &fields[SINGLE_RESPONSE], &single_response } };
static const struct der_type responses = DER_SEQUENCE_OF(responses_members);

static const struct der_member response_data_members[] = {
	{ &fields[VERSION], &der_integer, EXPLICIT(0), OPTIONAL },
	{ &fields[RESPONDER_ID], &responder_id },
	{ &fields[PRODUCED_AT], &der_generalized_time },
	{ &fields[RESPONSES], &responses },
	{ &fields[RESPONSE_EXTENSIONS], &pkix_extensions, EXPLICIT(1), OPTIONAL },
};
static const struct der_type response_data = DER_SEQUENCE_TYPE(response_data_members);

static const struct der_member basic_response_members[] = {
	{ &fields[TBS_RESPONSE_DATA], &response_data },
	{ &fields[SIGNATURE_ALGORITHM], &x509_algorithm_identifier },
	{ &fields[SIGNATURE], &der_bit_string },
	{ &fields[CERTS], &certs, EXPLICIT(0), OPTIONAL },
};
static const struct der_type basic_response = DER_SEQUENCE_TYPE(basic_response_members);

/* ---- extensions (4.4) ---- */

static const struct der_member crl_id_members[] = {
	{ &fields[CRL_URL], &der_ia5_string, EXPLICIT(0), OPTIONAL },
	{ &fields[CRL_NUM], &der_integer, EXPLICIT(1), OPTIONAL },
	{ &fields[CRL_TIME], &der_generalized_time, EXPLICIT(2), OPTIONAL },
};
static const struct der_type crl_id = DER_SEQUENCE_TYPE(crl_id_members);

static const struct der_member acceptable_members[] = { { &fields[ACCEPTABLE_ITEM], &der_object_identifier } };
static const struct der_type acceptable = DER_SEQUENCE_OF(acceptable_members);

static const struct der_member locator_members[] = {
	{ &fields[ISSUER], &x509_name },
	{ &fields[LOCATOR], &x509_accesses, OPTIONAL },
};
static const struct der_type service_locator = DER_SEQUENCE_TYPE(locator_members);

static const struct der_syntax syntaxes[] = {
	{ "1.3.6.1.5.5.7.48.1.1", &fields[BASIC_RESPONSE], &basic_response },
	{ "1.3.6.1.5.5.7.48.1.2", &fields[NONCE], &der_octet_string },
	{ "1.3.6.1.5.5.7.48.1.3", &fields[CRL_ID], &crl_id },
	{ "1.3.6.1.5.5.7.48.1.4", &fields[ACCEPTABLE], &acceptable },
	{ "1.3.6.1.5.5.7.48.1.5", &fields[NO_CHECK], &der_null },
	{ "1.3.6.1.5.5.7.48.1.6", &fields[ARCHIVE_CUTOFF], &der_generalized_time },
	{ "1.3.6.1.5.5.7.48.1.7", &fields[SERVICE_LOCATOR], &service_locator },
};
extern const struct protocol protocol_ocsp_request, protocol_ocsp_response;
const struct der_syntaxes ocsp_syntaxes = DER_SYNTAXES(syntaxes, &protocol_ocsp_response);

static void dissect_message(struct dissection *d, struct wire *w, const struct der_type *type)
{
	struct x509 x = { .der.d = d };

	der_read(&x.der, w, type, NULL);
}

void dissect_ocsp_request(struct dissection *d, struct wire *w)
{
	dissect_message(d, w, &ocsp_request);
}

void dissect_ocsp_response(struct dissection *d, struct wire *w)
{
	dissect_message(d, w, &ocsp_response);
}

static void dissect_ocsp(struct dissection *d, struct wire *w, const struct der_type *type)
{
	const node_ref top = open_protocol(d, w, &fields[OCSP]);

	set_info(d, w, "%s", type == &ocsp_request ? "Request" : "Response");
	dissect_message(d, w, type);
	close_subtree(d, top, w);
}

static void dissect_request_protocol(struct dissection *d, struct wire *w)
{
	dissect_ocsp(d, w, &ocsp_request);
}

static void dissect_response_protocol(struct dissection *d, struct wire *w)
{
	dissect_ocsp(d, w, &ocsp_response);
}

/* By the media types of RFC 6960, appendix A.1. */
const struct protocol protocol_ocsp_request = {
	.name = "Online Certificate Status Protocol",
	.short_name = "OCSP",
	.column = "OCSP",
	.filter = "ocsp", /* its fields are with the response */
	.dissect = dissect_request_protocol,
};
const struct protocol protocol_ocsp_response = {
	.name = "Online Certificate Status Protocol",
	.short_name = "OCSP",
	.column = "OCSP",
	.filter = "ocsp",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect_response_protocol,
};
