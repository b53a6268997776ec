#ifndef DISSECT_TLS_FIELDS_H
#define DISSECT_TLS_FIELDS_H
/*
 * tls_fields: the fields of handshake messages. TLS and DTLS have each its own, with the same numbers: what they carry is the
 * same but for the filters' names.
 */

#include "dissect/field.h"
#include "dissect/tls.h"

enum tls_field {
	TLS_HANDSHAKE, TLS_HS_FRAGMENT, TLS_HS_TYPE, TLS_HS_LENGTH, TLS_HS_VERSION, TLS_RANDOM,
	TLS_RANDOM_TIME, TLS_RANDOM_BYTES, TLS_SESSION_ID_LENGTH, TLS_SESSION_ID,
	TLS_COOKIE_LENGTH, TLS_HELLO_COOKIE, TLS_SUITES_LENGTH, TLS_SUITES, TLS_SUITE,
	TLS_COMPRESSIONS_LENGTH, TLS_COMPRESSIONS, TLS_COMPRESSION, TLS_JA3_FULL, TLS_JA3,
	TLS_JA3S_FULL, TLS_JA3S, TLS_TICKET, TLS_TICKET_LIFETIME, TLS_TICKET_AGE_ADD,
	TLS_TICKET_NONCE_LENGTH, TLS_TICKET_NONCE, TLS_TICKET_LENGTH, TLS_TICKET_OCTETS,
	TLS_CONTEXT_LENGTH, TLS_CONTEXT, TLS_CERTIFICATES_LENGTH, TLS_CERTIFICATES,
	TLS_CERTIFICATE_LENGTH, TLS_CERTIFICATE, TLS_CLIENT_TYPES_COUNT, TLS_CLIENT_TYPES,
	TLS_CLIENT_TYPE, TLS_NAMES_LENGTH, TLS_DNAMES, TLS_NAME_LENGTH, TLS_DNAME, TLS_CURVE_TYPE,
	TLS_NAMED_CURVE, TLS_KEY_PARAMETERS, TLS_SERVER_POINT_LENGTH, TLS_SERVER_POINT,
	TLS_CLIENT_POINT_LENGTH, TLS_CLIENT_POINT, TLS_P_LENGTH, TLS_P, TLS_G_LENGTH, TLS_G,
	TLS_YS_LENGTH, TLS_YS, TLS_YC_LENGTH, TLS_YC, TLS_MODULUS_LENGTH, TLS_MODULUS,
	TLS_EXPONENT_LENGTH, TLS_EXPONENT, TLS_PREMASTER_LENGTH, TLS_PREMASTER, TLS_HINT_LENGTH,
	TLS_HINT, TLS_IDENTITY_LENGTH, TLS_IDENTITY, TLS_XS_LENGTH, TLS_XS, TLS_VS_LENGTH, TLS_VS,
	TLS_RS_LENGTH, TLS_RS, TLS_XC_LENGTH, TLS_XC, TLS_VC_LENGTH, TLS_VC, TLS_RC_LENGTH, TLS_RC,
	TLS_SIGNATURE_LENGTH, TLS_SIGNATURE, TLS_VERIFY_LENGTH, TLS_VERIFY, TLS_VERIFY_DATA,
	TLS_MD5_HASH, TLS_SHA_HASH, TLS_URL_TYPE, TLS_URL_LIST_LENGTH, TLS_URL_LIST,
	TLS_URL_LENGTH, TLS_URL, TLS_URL_PADDING, TLS_URL_SHA1, TLS_STATUS_TYPE, TLS_STATUS_LENGTH,
	TLS_STATUS_LIST_LENGTH, TLS_RESPONDERS_LENGTH, TLS_REQUEST_EXTENSIONS_LENGTH,
	TLS_OCSP_LIST_LENGTH, TLS_OCSP_LENGTH, TLS_OCSP, TLS_UPDATE_REQUEST,
	TLS_COMPRESSED_ALGORITHMS_LENGTH, TLS_COMPRESSED_ALGORITHM, TLS_UNCOMPRESSED_LENGTH,
	TLS_COMPRESSED_LENGTH, TLS_COMPRESSED, TLS_NPN_SELECTED_LENGTH, TLS_NPN_SELECTED,
	TLS_NPN_PADDING_LENGTH, TLS_NPN_PADDING, TLS_SIGNATURES_LENGTH, TLS_SIGNATURES, TLS_SCHEME,
	TLS_SCHEME_HASH, TLS_SCHEME_SIGNATURE, TLS_EXTENSIONS_LENGTH, TLS_EXTENSION, TLS_EXT_TYPE,
	TLS_EXT_LENGTH, TLS_EXT_DATA, TLS_SNI, TLS_SNI_LIST_LENGTH, TLS_SNI_TYPE, TLS_SNI_LENGTH,
	TLS_SNI_NAME, TLS_FRAGMENT_LENGTH, TLS_CERT_TYPES_LENGTH, TLS_CERT_TYPES, TLS_CERT_TYPE,
	TLS_GROUPS_LENGTH, TLS_GROUPS, TLS_GROUP, TLS_FORMATS_LENGTH, TLS_FORMATS, TLS_FORMAT,
	TLS_SRP_LENGTH, TLS_SRP, TLS_PROFILES_LENGTH, TLS_PROFILE, TLS_MKI_LENGTH, TLS_MKI,
	TLS_HEARTBEAT_MODE, TLS_ALPN_LENGTH, TLS_ALPN, TLS_ALPN_STRING_LENGTH, TLS_ALPN_STRING,
	TLS_NPN, TLS_NPN_LENGTH, TLS_NPN_STRING, TLS_ALPS_LENGTH, TLS_ALPS, TLS_ALPS_STRING_LENGTH,
	TLS_ALPS_STRING, TLS_ALPS_SETTINGS, TLS_SCT_LIST_LENGTH, TLS_SCT, TLS_SCT_LENGTH,
	TLS_SCT_VERSION, TLS_SCT_LOG, TLS_SCT_TIME, TLS_SCT_EXTENSIONS_LENGTH, TLS_SCT_EXTENSIONS,
	TLS_SCT_SIGNATURE_LENGTH, TLS_SCT_SIGNATURE, TLS_PADDING, TLS_RECORD_SIZE,
	TLS_CREDENTIAL_TIME, TLS_CREDENTIAL_KEY_LENGTH, TLS_CREDENTIAL_KEY,
	TLS_CREDENTIAL_SIGNATURE_LENGTH, TLS_CREDENTIAL_SIGNATURE, TLS_TICKET_DATA, TLS_PSK,
	TLS_PSK_IDENTITIES_LENGTH, TLS_PSK_IDENTITY, TLS_PSK_IDENTITY_LENGTH,
	TLS_PSK_IDENTITY_OCTETS, TLS_PSK_AGE, TLS_PSK_BINDERS_LENGTH, TLS_PSK_BINDERS,
	TLS_PSK_SELECTED, TLS_EARLY_DATA_SIZE, TLS_VERSIONS_LENGTH, TLS_SUPPORTED_VERSION,
	TLS_EXT_COOKIE_LENGTH, TLS_EXT_COOKIE, TLS_PSK_MODES_LENGTH, TLS_PSK_MODE,
	TLS_OID_FILTERS_LENGTH, TLS_OID_LENGTH, TLS_OID, TLS_OID_VALUES_LENGTH, TLS_OID_FILTER,
	TLS_KEY_SHARE, TLS_KEY_SHARE_LENGTH, TLS_KEY_SHARE_ENTRY, TLS_KEY_SHARE_GROUP,
	TLS_KEY_SHARE_KEY_LENGTH, TLS_KEY_SHARE_KEY, TLS_KEY_SHARE_SELECTED,
	TLS_CONNECTION_ID_LENGTH, TLS_CONNECTION_ID, TLS_RENEGOTIATION, TLS_RENEGOTIATION_LENGTH,
	TLS_RENEGOTIATION_INFO, TLS_ESNI_SUITE, TLS_ESNI_DIGEST_LENGTH, TLS_ESNI_DIGEST,
	TLS_ESNI_LENGTH, TLS_ESNI, TLS_ESNI_NONCE, TLS_QP_PARAMETERS_LENGTH, TLS_QP, TLS_QP_TYPE,
	TLS_QP_LENGTH, TLS_QP_VALUE, TLS_QP_ORIGINAL_ID, TLS_QP_IDLE, TLS_QP_RESET_TOKEN,
	TLS_QP_PAYLOAD, TLS_QP_DATA, TLS_QP_BIDI_LOCAL, TLS_QP_BIDI_REMOTE, TLS_QP_UNI,
	TLS_QP_STREAMS_BIDI, TLS_QP_STREAMS_UNI, TLS_QP_EXPONENT, TLS_QP_ACK_DELAY, TLS_QP_IPV4,
	TLS_QP_IPV4_PORT, TLS_QP_IPV6, TLS_QP_IPV6_PORT, TLS_QP_PREFERRED_ID_LENGTH,
	TLS_QP_PREFERRED_ID, TLS_QP_PREFERRED_TOKEN, TLS_QP_ID_LIMIT, TLS_QP_INITIAL_ID,
	TLS_QP_RETRY_ID, TLS_QP_DATAGRAM, TLS_QP_CIBIR_LENGTH, TLS_QP_CIBIR_OFFSET,
	TLS_QP_LOSS_BITS, TLS_QP_TIMESTAMPS, TLS_QP_MIN_ACK_DELAY, TLS_QP_USER_AGENT,
	TLS_QP_KEY_UPDATE, TLS_QP_GOOGLE_VERSION, TLS_QP_SUPPORTED_LENGTH, TLS_QP_SUPPORTED,
	TLS_QP_RTT, TLS_QP_DONE, TLS_QP_GOOGLE, TLS_QP_GOOGLE_UNKNOWN, TLS_QP_OPTIONS,
	TLS_QP_RELIABILITY, TLS_QP_CHOSEN, TLS_QP_OTHER, TLS_CONTENT_TYPE, TLS_RECORD_VERSION,
	TLS_RECORD, TLS_RECORD_LENGTH, TLS_APPLICATION_OCTETS, TLS_APPLICATION, TLS_SPEC_MESSAGE,
	TLS_ALERT_MESSAGE, TLS_ALERT_LEVEL, TLS_ALERT_DESCRIPTION, TLS_HEARTBEAT_MESSAGE,
	TLS_HEARTBEAT_TYPE, TLS_HEARTBEAT_LENGTH, TLS_HEARTBEAT_PAYLOAD, TLS_HEARTBEAT_PADDING,
	TLS_REASSEMBLED_IN, TLS_FRAGMENTS, TLS_FRAGMENT, TLS_FRAGMENT_COUNT, TLS_UNREAD,
	TLS_NOTE_VECTOR, TLS_NOTE_TRUNCATED, TLS_NOTE_ROOM, TLS_NOTE_TRAILING, TLS_NOTE_STATUS,
	TLS_NOTE_STRAY, TLS_NOTE_LENGTH, TLS_NOTE_HEARTBEAT, TLS_NOTE_DECOMPRESSION, TLS_NOTE_RESUMED,
	TLS_HANDSHAKE_FIELDS
};

/* Their declarations, under the name of their protocol. */
#define TLS_HANDSHAKE_ROWS(tls) \
	[TLS_HANDSHAKE] = { tls ".handshake", "Handshake Protocol", SUBTREE }, \
	[TLS_HS_FRAGMENT] = { tls ".handshake", "Handshake Protocol", SUBTREE }, \
	[TLS_HS_TYPE] = { tls ".handshake.type", "Handshake Type", UINT8, \
		.names = &tls_handshake_types }, \
	[TLS_HS_LENGTH] = { tls ".handshake.length", "Length", UINT24 }, \
	[TLS_HS_VERSION] = { tls ".handshake.version", "Version", UINT16, \
		.show = HEX, .names = &tls_versions }, \
	[TLS_RANDOM] = { tls ".handshake.random", "Random", OCTETS }, \
	[TLS_RANDOM_TIME] = { tls ".handshake.random_time", "GMT Unix Time", ABSOLUTE_TIME }, \
	[TLS_RANDOM_BYTES] = { tls ".handshake.random_bytes", "Random Bytes", OCTETS }, \
	[TLS_SESSION_ID_LENGTH] = { tls ".handshake.session_id_length", \
		"Session ID Length", UINT8 }, \
	[TLS_SESSION_ID] = { tls ".handshake.session_id", "Session ID", OCTETS }, \
	[TLS_COOKIE_LENGTH] = { tls ".handshake.cookie_length", "Cookie Length", UINT8 }, \
	[TLS_HELLO_COOKIE] = { tls ".handshake.cookie", "Cookie", OCTETS }, \
	[TLS_SUITES_LENGTH] = { tls ".handshake.cipher_suites_length", \
		"Cipher Suites Length", UINT16 }, \
	[TLS_SUITES] = { tls ".handshake.ciphersuites", "Cipher Suites", SUBTREE }, \
	[TLS_SUITE] = { tls ".handshake.ciphersuite", "Cipher Suite", UINT16, \
		.show = HEX, .names = &tls_cipher_suites }, \
	[TLS_COMPRESSIONS_LENGTH] = { tls ".handshake.comp_methods_length", \
		"Compression Methods Length", UINT8 }, \
	[TLS_COMPRESSIONS] = { tls ".handshake.comp_methods", "Compression Methods", SUBTREE }, \
	[TLS_COMPRESSION] = { tls ".handshake.comp_method", "Compression Method", UINT8, \
		.names = &tls_compression_methods }, \
	[TLS_JA3_FULL] = { tls ".handshake.ja3_full", "JA3 Fullstring", STRING, \
		.generated = true }, \
	[TLS_JA3] = { tls ".handshake.ja3", "JA3", STRING, .generated = true }, \
	[TLS_JA3S_FULL] = { tls ".handshake.ja3s_full", "JA3S Fullstring", STRING, \
		.generated = true }, \
	[TLS_JA3S] = { tls ".handshake.ja3s", "JA3S", STRING, .generated = true }, \
	[TLS_TICKET] = { NULL, "TLS Session Ticket", SUBTREE }, \
	[TLS_TICKET_LIFETIME] = { tls ".handshake.session_ticket_lifetime_hint", \
		"Session Ticket Lifetime Hint", UINT32 }, \
	[TLS_TICKET_AGE_ADD] = { tls ".handshake.session_ticket_age_add", \
		"Session Ticket Age Add", UINT32 }, \
	[TLS_TICKET_NONCE_LENGTH] = { tls ".handshake.session_ticket_nonce_length", \
		"Session Ticket Nonce Length", UINT8 }, \
	[TLS_TICKET_NONCE] = { tls ".handshake.session_ticket_nonce", \
		"Session Ticket Nonce", OCTETS }, \
	[TLS_TICKET_LENGTH] = { tls ".handshake.session_ticket_length", \
		"Session Ticket Length", UINT16 }, \
	[TLS_TICKET_OCTETS] = { tls ".handshake.session_ticket", "Session Ticket", OCTETS }, \
	[TLS_CONTEXT_LENGTH] = { tls ".handshake.certificate_request_context_length", \
		"Certificate Request Context Length", UINT8 }, \
	[TLS_CONTEXT] = { tls ".handshake.certificate_request_context", \
		"Certificate Request Context", OCTETS }, \
	[TLS_CERTIFICATES_LENGTH] = { tls ".handshake.certificates_length", \
		"Certificates Length", UINT24 }, \
	[TLS_CERTIFICATES] = { tls ".handshake.certificates", "Certificates", SUBTREE }, \
	[TLS_CERTIFICATE_LENGTH] = { tls ".handshake.certificate_length", \
		"Certificate Length", UINT24 }, \
	[TLS_CERTIFICATE] = { tls ".handshake.certificate", "Certificate", OCTETS }, \
	[TLS_CLIENT_TYPES_COUNT] = { tls ".handshake.cert_types_count", \
		"Certificate types count", UINT8 }, \
	[TLS_CLIENT_TYPES] = { tls ".handshake.cert_types", "Certificate types", SUBTREE }, \
	[TLS_CLIENT_TYPE] = { tls ".handshake.cert_type", "Certificate type", UINT8, \
		.names = &tls_client_certificate_types }, \
	[TLS_NAMES_LENGTH] = { tls ".handshake.dnames_len", \
		"Distinguished Names Length", UINT16 }, \
	[TLS_DNAMES] = { tls ".handshake.dnames", "Distinguished Names", SUBTREE }, \
	[TLS_NAME_LENGTH] = { tls ".handshake.dname_len", "Distinguished Name Length", UINT16 }, \
	[TLS_DNAME] = { tls ".handshake.dname", "Distinguished Name", SUBTREE }, \
	[TLS_CURVE_TYPE] = { tls ".handshake.server_curve_type", "Curve Type", UINT8, \
		.show = HEX, .names = &tls_curve_types }, \
	[TLS_NAMED_CURVE] = { tls ".handshake.server_named_curve", "Named Curve", UINT16, \
		.show = HEX, .names = &tls_groups }, \
	[TLS_KEY_PARAMETERS] = { NULL, "Params", SUBTREE }, \
	[TLS_SERVER_POINT_LENGTH] = { tls ".handshake.server_point_len", "Pubkey Length", UINT8 }, \
	[TLS_SERVER_POINT] = { tls ".handshake.server_point", "Pubkey", OCTETS }, \
	[TLS_CLIENT_POINT_LENGTH] = { tls ".handshake.client_point_len", "Pubkey Length", UINT8 }, \
	[TLS_CLIENT_POINT] = { tls ".handshake.client_point", "Pubkey", OCTETS }, \
	[TLS_P_LENGTH] = { tls ".handshake.p_len", "p Length", UINT16 }, \
	[TLS_P] = { tls ".handshake.p", "p", OCTETS }, \
	[TLS_G_LENGTH] = { tls ".handshake.g_len", "g Length", UINT16 }, \
	[TLS_G] = { tls ".handshake.g", "g", OCTETS }, \
	[TLS_YS_LENGTH] = { tls ".handshake.ys_len", "Pubkey Length", UINT16 }, \
	[TLS_YS] = { tls ".handshake.ys", "Pubkey", OCTETS }, \
	[TLS_YC_LENGTH] = { tls ".handshake.yc_len", "Pubkey Length", UINT16 }, \
	[TLS_YC] = { tls ".handshake.yc", "Pubkey", OCTETS }, \
	[TLS_MODULUS_LENGTH] = { tls ".handshake.modulus_len", "Modulus Length", UINT16 }, \
	[TLS_MODULUS] = { tls ".handshake.modulus", "Modulus", OCTETS }, \
	[TLS_EXPONENT_LENGTH] = { tls ".handshake.exponent_len", "Exponent Length", UINT16 }, \
	[TLS_EXPONENT] = { tls ".handshake.exponent", "Exponent", OCTETS }, \
	[TLS_PREMASTER_LENGTH] = { tls ".handshake.epms_len", \
		"Encrypted PreMaster length", UINT16 }, \
	[TLS_PREMASTER] = { tls ".handshake.epms", "Encrypted PreMaster", OCTETS }, \
	[TLS_HINT_LENGTH] = { tls ".handshake.hint_len", "Hint Length", UINT16 }, \
	[TLS_HINT] = { tls ".handshake.hint", "Hint", OCTETS }, \
	[TLS_IDENTITY_LENGTH] = { tls ".handshake.identity_len", "Identity Length", UINT16 }, \
	[TLS_IDENTITY] = { tls ".handshake.identity", "Identity", OCTETS }, \
	[TLS_XS_LENGTH] = { tls ".handshake.xs_len", "Pubkey Length", UINT8 }, \
	[TLS_XS] = { tls ".handshake.xs", "Pubkey", OCTETS }, \
	[TLS_VS_LENGTH] = { tls ".handshake.vs_len", "Ephemeral Pubkey Length", UINT8 }, \
	[TLS_VS] = { tls ".handshake.vs", "Ephemeral Pubkey", OCTETS }, \
	[TLS_RS_LENGTH] = { tls ".handshake.rs_len", "Schnorr signature Length", UINT8 }, \
	[TLS_RS] = { tls ".handshake.rs", "Schnorr signature", OCTETS }, \
	[TLS_XC_LENGTH] = { tls ".handshake.xc_len", "Pubkey Length", UINT8 }, \
	[TLS_XC] = { tls ".handshake.xc", "Pubkey", OCTETS }, \
	[TLS_VC_LENGTH] = { tls ".handshake.vc_len", "Ephemeral Pubkey Length", UINT8 }, \
	[TLS_VC] = { tls ".handshake.vc", "Ephemeral Pubkey", OCTETS }, \
	[TLS_RC_LENGTH] = { tls ".handshake.rc_len", "Schnorr signature Length", UINT8 }, \
	[TLS_RC] = { tls ".handshake.rc", "Schnorr signature", OCTETS }, \
	[TLS_SIGNATURE_LENGTH] = { tls ".handshake.sig_len", "Signature Length", UINT16 }, \
	[TLS_SIGNATURE] = { tls ".handshake.sig", "Signature", OCTETS }, \
	[TLS_VERIFY_LENGTH] = { tls ".handshake.client_cert_vrfy.sig_len", \
		"Signature length", UINT16 }, \
	[TLS_VERIFY] = { tls ".handshake.client_cert_vrfy.sig", "Signature", OCTETS }, \
	[TLS_VERIFY_DATA] = { tls ".handshake.verify_data", "Verify Data", SUBTREE }, \
	[TLS_MD5_HASH] = { tls ".handshake.md5_hash", "MD5 Hash", SUBTREE }, \
	[TLS_SHA_HASH] = { tls ".handshake.sha_hash", "SHA-1 Hash", SUBTREE }, \
	[TLS_URL_TYPE] = { tls ".handshake.cert_url_type", "Certificate Chain Type", UINT8, \
		.names = &tls_url_types }, \
	[TLS_URL_LIST_LENGTH] = { tls ".handshake.cert_url.url_hash_len", \
		"URL and Hash list Length", UINT16 }, \
	[TLS_URL_LIST] = { tls ".handshake.cert_url.url_hash", "URL and Hash", SUBTREE }, \
	[TLS_URL_LENGTH] = { tls ".handshake.cert_url.url_len", "URL Length", UINT16 }, \
	[TLS_URL] = { tls ".handshake.cert_url.url", "URL", STRING }, \
	[TLS_URL_PADDING] = { tls ".handshake.cert_url.padding", "Padding", SUBTREE }, \
	[TLS_URL_SHA1] = { tls ".handshake.cert_url.sha1", "SHA1 Hash", OCTETS }, \
	[TLS_STATUS_TYPE] = { tls ".handshake.extensions_status_request_type", "Certificate Status Type", UINT8, \
		.names = &tls_status_types }, \
	[TLS_STATUS_LENGTH] = { tls ".handshake.extensions_status_request_len", \
		"Certificate Status Length", UINT16 }, \
	[TLS_STATUS_LIST_LENGTH] = { tls ".handshake.extensions_status_request_list_len", \
		"Certificate Status List Length", UINT16 }, \
	[TLS_RESPONDERS_LENGTH] = { tls ".handshake.extensions_status_request_responder_ids_len", \
		"Responder ID list Length", UINT16 }, \
	[TLS_REQUEST_EXTENSIONS_LENGTH] = { tls ".handshake.extensions_status_request_exts_len", \
		"Request Extensions Length", UINT16 }, \
	[TLS_OCSP_LIST_LENGTH] = { tls ".handshake.ocsp_response_list_len", \
		"OCSP Response List Length", UINT24 }, \
	[TLS_OCSP_LENGTH] = { tls ".handshake.ocsp_response_len", \
		"OCSP Response Length", UINT24 }, \
	[TLS_OCSP] = { "ocsp", "OCSP Response", PROTOCOL }, \
	[TLS_UPDATE_REQUEST] = { tls ".handshake.key_update.request_update", "Key Update Request", UINT8, \
		.names = &tls_key_update_requests }, \
	[TLS_COMPRESSED_ALGORITHMS_LENGTH] = { tls ".compress_certificate.algorithms_length", \
		"Algorithms Length", UINT8 }, \
	[TLS_COMPRESSED_ALGORITHM] = { tls ".compress_certificate.algorithm", "Algorithm", UINT16, \
		.names = &tls_certificate_compressions }, \
	[TLS_UNCOMPRESSED_LENGTH] = { tls ".compress_certificate.uncompressed_length", \
		"Uncompressed Length", UINT24 }, \
	[TLS_COMPRESSED_LENGTH] = { tls ".compress_certificate.compressed_certificate_message.length", \
		"Length", UINT24 }, \
	[TLS_COMPRESSED] = { tls ".compress_certificate.compressed_certificate_message", \
		"Compressed Certificate Message", OCTETS }, \
	[TLS_NPN_SELECTED_LENGTH] = { tls ".handshake.npn_selected_protocol_len", \
		"Selected Protocol Length", UINT8 }, \
	[TLS_NPN_SELECTED] = { tls ".handshake.npn_selected_protocol", \
		"Selected Protocol", STRING }, \
	[TLS_NPN_PADDING_LENGTH] = { tls ".handshake.npn_padding_len", "Padding Length", UINT8 }, \
	[TLS_NPN_PADDING] = { tls ".handshake.npn_padding", "Padding", OCTETS }, \
	[TLS_SIGNATURES_LENGTH] = { tls ".handshake.sig_hash_alg_len", \
		"Signature Hash Algorithms Length", UINT16 }, \
	[TLS_SIGNATURES] = { tls ".handshake.sig_hash_algs", \
		"Signature Hash Algorithms", SUBTREE }, \
	[TLS_SCHEME] = { tls ".handshake.sig_hash_alg", "Signature Algorithm", UINT16, \
		.show = HEX, .names = &tls_signature_schemes }, \
	[TLS_SCHEME_HASH] = { tls ".handshake.sig_hash_hash", "Signature Hash Algorithm Hash", UINT8, \
		.names = &tls_hashes }, \
	[TLS_SCHEME_SIGNATURE] = { tls ".handshake.sig_hash_sig", "Signature Hash Algorithm Signature", UINT8, \
		.names = &tls_signatures }, \
	[TLS_EXTENSIONS_LENGTH] = { tls ".handshake.extensions_length", \
		"Extensions Length", UINT16 }, \
	[TLS_EXTENSION] = { NULL, "Extension", SUBTREE }, \
	[TLS_EXT_TYPE] = { tls ".handshake.extension.type", "Type", UINT16, \
		.names = &tls_extension_types }, \
	[TLS_EXT_LENGTH] = { tls ".handshake.extension.len", "Length", UINT16 }, \
	[TLS_EXT_DATA] = { tls ".handshake.extension.data", "Data", OCTETS }, \
	[TLS_SNI] = { NULL, \
		"Server Name Indication extension", SUBTREE }, \
	[TLS_SNI_LIST_LENGTH] = { tls ".handshake.extensions_server_name_list_len", \
		"Server Name list length", UINT16 }, \
	[TLS_SNI_TYPE] = { tls ".handshake.extensions_server_name_type", "Server Name Type", UINT8, \
		.names = &tls_name_types }, \
	[TLS_SNI_LENGTH] = { tls ".handshake.extensions_server_name_len", \
		"Server Name length", UINT16 }, \
	[TLS_SNI_NAME] = { tls ".handshake.extensions_server_name", "Server Name", STRING }, \
	[TLS_FRAGMENT_LENGTH] = { tls ".handshake.max_fragment_length", "Maximum Fragment Length", UINT8, \
		.names = &tls_fragment_lengths }, \
	[TLS_CERT_TYPES_LENGTH] = { tls ".handshake.cert_type.types_len", \
		"Certificate Type List Length", UINT8 }, \
	[TLS_CERT_TYPES] = { tls ".handshake.cert_type.types", "Certificate Type List", SUBTREE }, \
	[TLS_CERT_TYPE] = { tls ".handshake.cert_type.type", "Certificate Type", UINT8, \
		.show = HEX, .names = &tls_certificate_types }, \
	[TLS_GROUPS_LENGTH] = { tls ".handshake.extensions_supported_groups_length", \
		"Supported Groups List Length", UINT16 }, \
	[TLS_GROUPS] = { tls ".handshake.extensions_supported_groups", \
		"Supported Groups", SUBTREE }, \
	[TLS_GROUP] = { tls ".handshake.extensions_supported_group", "Supported Group", UINT16, \
		.show = HEX, .names = &tls_groups }, \
	[TLS_FORMATS_LENGTH] = { tls ".handshake.extensions_ec_point_formats_length", \
		"EC point formats Length", UINT8 }, \
	[TLS_FORMATS] = { tls ".handshake.extensions_ec_point_formats", \
		"Elliptic curves point formats", SUBTREE }, \
	[TLS_FORMAT] = { tls ".handshake.extensions_ec_point_format", "EC point format", UINT8, \
		.names = &tls_point_formats }, \
	[TLS_SRP_LENGTH] = { tls ".handshake.extensions_srp_len", "SRP username length", UINT8 }, \
	[TLS_SRP] = { tls ".handshake.extensions_srp_username", "SRP username", STRING }, \
	[TLS_PROFILES_LENGTH] = { "dtls.use_srtp.protection_profiles_length", \
		"SRTP Protection Profiles Length", UINT16 }, \
	[TLS_PROFILE] = { "dtls.use_srtp.protection_profile", "SRTP Protection Profile", UINT16, \
		.show = HEX, .names = &tls_srtp_profiles }, \
	[TLS_MKI_LENGTH] = { "dtls.use_srtp.mki_length", "MKI Length", UINT8 }, \
	[TLS_MKI] = { "dtls.use_srtp.mki", "MKI", OCTETS }, \
	[TLS_HEARTBEAT_MODE] = { tls ".handshake.extension.heartbeat.mode", "Mode", UINT8, \
		.names = &tls_heartbeat_modes }, \
	[TLS_ALPN_LENGTH] = { tls ".handshake.extensions_alpn_len", \
		"ALPN Extension Length", UINT16 }, \
	[TLS_ALPN] = { tls ".handshake.extensions_alpn_list", "ALPN Protocol", SUBTREE }, \
	[TLS_ALPN_STRING_LENGTH] = { tls ".handshake.extensions_alpn_str_len", \
		"ALPN string length", UINT8 }, \
	[TLS_ALPN_STRING] = { tls ".handshake.extensions_alpn_str", \
		"ALPN Next Protocol", STRING }, \
	[TLS_NPN] = { NULL, "Next Protocol Negotiation", SUBTREE }, \
	[TLS_NPN_LENGTH] = { tls ".handshake.extensions_npn_str_len", \
		"Protocol string length", UINT8 }, \
	[TLS_NPN_STRING] = { tls ".handshake.extensions_npn", "Next Protocol", STRING }, \
	[TLS_ALPS_LENGTH] = { tls ".handshake.extensions_alps_len", \
		"ALPS Extension Length", UINT16 }, \
	[TLS_ALPS] = { tls ".handshake.extensions_alps_alpn_list", \
		"Supported ALPN List", SUBTREE }, \
	[TLS_ALPS_STRING_LENGTH] = { tls ".handshake.extensions_alps_alpn_str_len", \
		"Supported ALPN Length", UINT8 }, \
	[TLS_ALPS_STRING] = { tls ".handshake.extensions_alps_alpn_str", \
		"Supported ALPN", STRING }, \
	[TLS_ALPS_SETTINGS] = { tls ".handshake.extensions_alps.settings", \
		"ALPN Opaque Settings", OCTETS }, \
	[TLS_SCT_LIST_LENGTH] = { tls ".sct.scts_length", "Serialized SCT List Length", UINT16 }, \
	[TLS_SCT] = { NULL, "Signed Certificate Timestamp", SUBTREE }, \
	[TLS_SCT_LENGTH] = { tls ".sct.sct_length", "Serialized SCT Length", UINT16 }, \
	[TLS_SCT_VERSION] = { tls ".sct.sct_version", "SCT Version", UINT8 }, \
	[TLS_SCT_LOG] = { tls ".sct.sct_logid", "Log ID", OCTETS }, \
	[TLS_SCT_TIME] = { tls ".sct.sct_timestamp", "Timestamp", ABSOLUTE_TIME }, \
	[TLS_SCT_EXTENSIONS_LENGTH] = { tls ".sct.sct_extensions_length", \
		"Extensions length", UINT16 }, \
	[TLS_SCT_EXTENSIONS] = { tls ".sct.sct_extensions", "Extensions", SUBTREE }, \
	[TLS_SCT_SIGNATURE_LENGTH] = { tls ".sct.sct_signature_length", \
		"Signature Length", UINT16 }, \
	[TLS_SCT_SIGNATURE] = { tls ".sct.sct_signature", "Signature", OCTETS }, \
	[TLS_PADDING] = { tls ".handshake.extensions_padding_data", "Padding Data", OCTETS }, \
	[TLS_RECORD_SIZE] = { tls ".record_size_limit", "Record Size Limit", UINT16 }, \
	[TLS_CREDENTIAL_TIME] = { tls ".handshake.cred.valid_time", "Valid Time", UINT16 }, \
	[TLS_CREDENTIAL_KEY_LENGTH] = { tls ".handshake.cred.pubkey_len", \
		"Subject Public Key Info Length", UINT24 }, \
	[TLS_CREDENTIAL_KEY] = { tls ".handshake.cred.pubkey", \
		"Subject Public Key Info", OCTETS }, \
	[TLS_CREDENTIAL_SIGNATURE_LENGTH] = { tls ".handshake.cred.signature_len", \
		"Signature Length", UINT16 }, \
	[TLS_CREDENTIAL_SIGNATURE] = { tls ".handshake.cred.signature", "Signature", OCTETS }, \
	[TLS_TICKET_DATA] = { tls ".handshake.extension.data", "Data", OCTETS, .show = COUNTED }, \
	[TLS_PSK] = { NULL, "Pre-Shared Key extension", SUBTREE }, \
	[TLS_PSK_IDENTITIES_LENGTH] = { tls ".handshake.extensions.psk.identities.length", \
		"Identities Length", UINT16 }, \
	[TLS_PSK_IDENTITY] = { NULL, \
		"PSK Identity", SUBTREE }, \
	[TLS_PSK_IDENTITY_LENGTH] = { tls ".handshake.extensions.psk.identity.identity_length", \
		"Identity Length", UINT16 }, \
	[TLS_PSK_IDENTITY_OCTETS] = { tls ".handshake.extensions.psk.identity.identity", \
		"Identity", OCTETS }, \
	[TLS_PSK_AGE] = { tls ".handshake.extensions.psk.identity.obfuscated_ticket_age", \
		"Obfuscated Ticket Age", UINT32 }, \
	[TLS_PSK_BINDERS_LENGTH] = { tls ".handshake.extensions.psk.binders_len", \
		"PSK Binders length", UINT16 }, \
	[TLS_PSK_BINDERS] = { tls ".handshake.extensions.psk.binders", "PSK Binders", SUBTREE }, \
	[TLS_PSK_SELECTED] = { tls ".handshake.extensions.psk.identity.selected", \
		"Selected Identity", UINT16 }, \
	[TLS_EARLY_DATA_SIZE] = { tls ".early_data.max_early_data_size", \
		"Maximum Early Data Size", UINT32 }, \
	[TLS_VERSIONS_LENGTH] = { tls ".handshake.extensions.supported_versions_len", \
		"Supported Versions length", UINT8 }, \
	[TLS_SUPPORTED_VERSION] = { tls ".handshake.extensions.supported_version", "Supported Version", UINT16, \
		.show = HEX, .names = &tls_versions }, \
	[TLS_EXT_COOKIE_LENGTH] = { tls ".handshake.extensions.cookie_len", \
		"Cookie length", UINT16 }, \
	[TLS_EXT_COOKIE] = { tls ".handshake.extensions.cookie", "Cookie", OCTETS }, \
	[TLS_PSK_MODES_LENGTH] = { tls ".extension.psk_ke_modes_length", \
		"PSK Key Exchange Modes Length", UINT8 }, \
	[TLS_PSK_MODE] = { tls ".extension.psk_ke_mode", "PSK Key Exchange Mode", UINT8, \
		.names = &tls_psk_modes }, \
	[TLS_OID_FILTERS_LENGTH] = { tls ".extension.oid_filters_length", \
		"PSK Key Exchange Modes Length", UINT16 }, \
	[TLS_OID_LENGTH] = { tls ".extension.oid_filters.oid_length", \
		"Certificate Extension OID Length", UINT8 }, \
	[TLS_OID] = { tls ".extension.oid_filters.oid", "Certificate Extension OID", OID }, \
	[TLS_OID_VALUES_LENGTH] = { tls ".extension.oid_filters.values_length", \
		"Certificate Extension Values Length", UINT16 }, \
	[TLS_OID_FILTER] = { NULL, "OID Filter", SUBTREE }, \
	[TLS_KEY_SHARE] = { NULL, \
		"Key Share extension", SUBTREE }, \
	[TLS_KEY_SHARE_LENGTH] = { tls ".handshake.extensions_key_share_client_length", \
		"Client Key Share Length", UINT16 }, \
	[TLS_KEY_SHARE_ENTRY] = { NULL, \
		"Key Share Entry", SUBTREE }, \
	[TLS_KEY_SHARE_GROUP] = { tls ".handshake.extensions_key_share_group", "Group", UINT16, \
		.names = &tls_groups }, \
	[TLS_KEY_SHARE_KEY_LENGTH] = { tls ".handshake.extensions_key_share_key_exchange_length", \
		"Key Exchange Length", UINT16 }, \
	[TLS_KEY_SHARE_KEY] = { tls ".handshake.extensions_key_share_key_exchange", \
		"Key Exchange", OCTETS }, \
	[TLS_KEY_SHARE_SELECTED] = { tls ".handshake.extensions_key_share_selected_group", "Selected Group", UINT16, \
		.names = &tls_groups }, \
	[TLS_CONNECTION_ID_LENGTH] = { tls ".connection_id_length", \
		"Connection ID length", UINT8 }, \
	[TLS_CONNECTION_ID] = { tls ".connection_id", "Connection ID", OCTETS }, \
	[TLS_RENEGOTIATION] = { NULL, \
		"Renegotiation Info extension", SUBTREE }, \
	[TLS_RENEGOTIATION_LENGTH] = { tls ".handshake.extensions_reneg_info_len", \
		"Renegotiation info extension length", UINT8 }, \
	[TLS_RENEGOTIATION_INFO] = { tls ".handshake.extensions_reneg_info", \
		"Renegotiation info", OCTETS }, \
	[TLS_ESNI_SUITE] = { tls ".esni.suite", "Cipher Suite", UINT16, \
		.show = HEX, .names = &tls_cipher_suites }, \
	[TLS_ESNI_DIGEST_LENGTH] = { tls ".esni.record_digest_length", \
		"Record Digest Length", UINT16 }, \
	[TLS_ESNI_DIGEST] = { tls ".esni.record_digest", "Record Digest", OCTETS }, \
	[TLS_ESNI_LENGTH] = { tls ".esni.encrypted_sni_length", "Encrypted SNI Length", UINT16 }, \
	[TLS_ESNI] = { tls ".esni.encrypted_sni", "Encrypted SNI", OCTETS }, \
	[TLS_ESNI_NONCE] = { tls ".esni.nonce", "Nonce", OCTETS }, \
	[TLS_QP_PARAMETERS_LENGTH] = { tls ".quic.len", "Parameters Length", UINT16 }, \
	[TLS_QP] = { NULL, "Parameter", SUBTREE }, \
	[TLS_QP_TYPE] = { tls ".quic.parameter.type", "Type", UINT64 }, \
	[TLS_QP_LENGTH] = { tls ".quic.parameter.length", "Length", UINT64 }, \
	[TLS_QP_VALUE] = { tls ".quic.parameter.value", "Value", OCTETS }, \
	[TLS_QP_ORIGINAL_ID] = { tls ".quic.parameter.original_destination_connection_id", \
		"original_destination_connection_id", OCTETS }, \
	[TLS_QP_IDLE] = { tls ".quic.parameter.max_idle_timeout", "max_idle_timeout", UINT64 }, \
	[TLS_QP_RESET_TOKEN] = { tls ".quic.parameter.stateless_reset_token", \
		"stateless_reset_token", OCTETS }, \
	[TLS_QP_PAYLOAD] = { tls ".quic.parameter.max_udp_payload_size", \
		"max_udp_payload_size", UINT64 }, \
	[TLS_QP_DATA] = { tls ".quic.parameter.initial_max_data", "initial_max_data", UINT64 }, \
	[TLS_QP_BIDI_LOCAL] = { tls ".quic.parameter.initial_max_stream_data_bidi_local", \
		"initial_max_stream_data_bidi_local", UINT64 }, \
	[TLS_QP_BIDI_REMOTE] = { tls ".quic.parameter.initial_max_stream_data_bidi_remote", \
		"initial_max_stream_data_bidi_remote", UINT64 }, \
	[TLS_QP_UNI] = { tls ".quic.parameter.initial_max_stream_data_uni", \
		"initial_max_stream_data_uni", UINT64 }, \
	[TLS_QP_STREAMS_BIDI] = { tls ".quic.parameter.initial_max_streams_bidi", \
		"initial_max_streams_bidi", UINT64 }, \
	[TLS_QP_STREAMS_UNI] = { tls ".quic.parameter.initial_max_streams_uni", \
		"initial_max_streams_uni", UINT64 }, \
	[TLS_QP_EXPONENT] = { tls ".quic.parameter.ack_delay_exponent", \
		"ack_delay_exponent", UINT64 }, \
	[TLS_QP_ACK_DELAY] = { tls ".quic.parameter.max_ack_delay", "max_ack_delay", UINT64 }, \
	[TLS_QP_IPV4] = { tls ".quic.parameter.preferred_address.ipv4address", \
		"ipv4Address", IPV4 }, \
	[TLS_QP_IPV4_PORT] = { tls ".quic.parameter.preferred_address.ipv4port", \
		"ipv4Port", UINT16 }, \
	[TLS_QP_IPV6] = { tls ".quic.parameter.preferred_address.ipv6address", \
		"ipv6Address", IPV6 }, \
	[TLS_QP_IPV6_PORT] = { tls ".quic.parameter.preferred_address.ipv6port", \
		"ipv6Port", UINT16 }, \
	[TLS_QP_PREFERRED_ID_LENGTH] = { tls ".quic.parameter.preferred_address.connectionid.length", \
		"Length", UINT8 }, \
	[TLS_QP_PREFERRED_ID] = { tls ".quic.parameter.preferred_address.connectionid", \
		"connectionId", OCTETS }, \
	[TLS_QP_PREFERRED_TOKEN] = { tls ".quic.parameter.preferred_address.statelessresettoken", \
		"statelessResetToken", OCTETS }, \
	[TLS_QP_ID_LIMIT] = { tls ".quic.parameter.active_connection_id_limit", \
		"Active Connection ID Limit", UINT64 }, \
	[TLS_QP_INITIAL_ID] = { tls ".quic.parameter.initial_source_connection_id", \
		"Initial Source Connection ID", OCTETS }, \
	[TLS_QP_RETRY_ID] = { tls ".quic.parameter.retry_source_connection_id", \
		"Retry Source Connection ID", OCTETS }, \
	[TLS_QP_DATAGRAM] = { tls ".quic.parameter.max_datagram_frame_size", \
		"max_datagram_frame_size", UINT64 }, \
	[TLS_QP_CIBIR_LENGTH] = { tls ".quic.parameter.cibir_encoding.length", "length", UINT64 }, \
	[TLS_QP_CIBIR_OFFSET] = { tls ".quic.parameter.cibir_encoding.offset", "offset", UINT64 }, \
	[TLS_QP_LOSS_BITS] = { tls ".quic.parameter.loss_bits", "loss_bits", UINT64 }, \
	[TLS_QP_TIMESTAMPS] = { tls ".quic.parameter.enable_time_stamp_v2", "Enable TimestampV2", UINT64, \
		.names = &tls_quic_timestamp_modes }, \
	[TLS_QP_MIN_ACK_DELAY] = { tls ".quic.parameter.min_ack_delay", "min_ack_delay", UINT64 }, \
	[TLS_QP_USER_AGENT] = { tls ".quic.parameter.google.user_agent", \
		"Google UserAgent", STRING }, \
	[TLS_QP_KEY_UPDATE] = { tls ".quic.parameter.google.key_update_not_yet_supported", \
		"Google Key Update not yet supported", SUBTREE }, \
	[TLS_QP_GOOGLE_VERSION] = { tls ".quic.parameter.google.quic_version", "Google QUIC version", UINT32, \
		.show = HEX, .names = &tls_quic_versions }, \
	[TLS_QP_SUPPORTED_LENGTH] = { tls ".quic.parameter.google.supported_versions_length", \
		"Google Supported Versions Length", UINT8 }, \
	[TLS_QP_SUPPORTED] = { tls ".quic.parameter.google.supported_version", "Google Supported Version", UINT32, \
		.show = HEX, .names = &tls_quic_versions }, \
	[TLS_QP_RTT] = { tls ".quic.parameter.google.initial_rtt", "Google Initial RTT", UINT64 }, \
	[TLS_QP_DONE] = { tls ".quic.parameter.google.support_handshake_done", \
		"Google Support Handshake Done", SUBTREE }, \
	[TLS_QP_GOOGLE] = { tls ".quic.parameter.google.quic_params", \
		"Google QUIC parameters", OCTETS }, \
	[TLS_QP_GOOGLE_UNKNOWN] = { tls ".quic.parameter.google.quic_params_unknown_field", \
		"Google Unknown Field", OCTETS }, \
	[TLS_QP_OPTIONS] = { tls ".quic.parameter.google.connection_options", \
		"Google Connection options", OCTETS }, \
	[TLS_QP_RELIABILITY] = { tls ".quic.parameter.facebook.partial_reliability", \
		"Facebook Partial Reliability", UINT64 }, \
	[TLS_QP_CHOSEN] = { tls ".quic.parameter.vi.chosen_version", "Chosen Version", UINT32, \
		.show = HEX, .names = &tls_quic_versions }, \
	[TLS_QP_OTHER] = { tls ".quic.parameter.vi.other_version", "Other Version", UINT32, \
		.show = HEX, .names = &tls_quic_versions }, \
	[TLS_CONTENT_TYPE] = { tls ".record.content_type", "Content Type", UINT8, \
		.names = &tls_content_types }, \
	[TLS_RECORD_VERSION] = { tls ".record.version", "Version", UINT16, \
		.show = HEX, .names = &tls_versions }, \
	[TLS_RECORD] = { tls ".record", "Record Layer", SUBTREE }, \
	[TLS_RECORD_LENGTH] = { tls ".record.length", "Length", UINT16 }, \
	[TLS_APPLICATION_OCTETS] = { tls ".app_data", "Encrypted Application Data", OCTETS }, \
	[TLS_APPLICATION] = { tls ".app_data_proto", "Application Data Protocol", STRING, \
		.generated = true }, \
	[TLS_SPEC_MESSAGE] = { tls ".change_cipher_spec", "Change Cipher Spec Message", SUBTREE }, \
	[TLS_ALERT_MESSAGE] = { tls ".alert_message", "Alert Message", SUBTREE }, \
	[TLS_ALERT_LEVEL] = { tls ".alert_message.level", "Level", UINT8, \
		.names = &tls_alert_levels }, \
	[TLS_ALERT_DESCRIPTION] = { tls ".alert_message.desc", "Description", UINT8, \
		.names = &tls_alert_descriptions }, \
	[TLS_HEARTBEAT_MESSAGE] = { tls ".heartbeat_message", "Heartbeat Message", SUBTREE }, \
	[TLS_HEARTBEAT_TYPE] = { tls ".heartbeat_message.type", "Type", UINT8, \
		.names = &tls_heartbeat_types }, \
	[TLS_HEARTBEAT_LENGTH] = { tls ".heartbeat_message.payload_length", \
		"Payload Length", UINT16 }, \
	[TLS_HEARTBEAT_PAYLOAD] = { tls ".heartbeat_message.payload", "Payload", OCTETS, \
		.show = COUNTED }, \
	[TLS_HEARTBEAT_PADDING] = { tls ".heartbeat_message.padding", "Padding and HMAC", OCTETS, \
		.show = COUNTED }, \
	[TLS_REASSEMBLED_IN] = { tls ".handshake.reassembled_in", \
		"Reassembled Handshake Message in frame", FRAME_NUMBER }, \
	[TLS_FRAGMENTS] = { tls ".handshake.fragments", "Reassembled Handshake Fragments", SUBTREE, \
		.generated = true }, \
	[TLS_FRAGMENT] = { tls ".handshake.fragment", "Frame", FRAME_NUMBER, .generated = true }, \
	[TLS_FRAGMENT_COUNT] = { tls ".handshake.fragment.count", "Handshake Fragment count", UINT32, \
		.generated = true }, \
	[TLS_UNREAD] = { tls ".malformed", "Malformed", SUBTREE }, \
	[TLS_NOTE_VECTOR] = { tls ".malformed.vector_length", \
		"Variable vector length is outside the permitted range", NOTE, \
		.severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL }, \
	[TLS_NOTE_TRUNCATED] = { tls ".malformed.vector_length", \
		"Variable vector length is outside the permitted range", NOTE, \
		.severity = SEVERITY_ERROR, .group = GROUP_MALFORMED }, \
	[TLS_NOTE_ROOM] = { tls ".malformed.buffer_too_small", \
		"Malformed message, not enough data is available", NOTE, \
		.severity = SEVERITY_ERROR, .group = GROUP_MALFORMED }, \
	[TLS_NOTE_TRAILING] = { tls ".malformed.trailing_data", \
		"Undecoded trailing data is present", NOTE, \
		.severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL }, \
	[TLS_NOTE_STATUS] = { tls ".handshake.status_request.undecoded", \
		"Responder ID list or Request Extensions are not implemented, contact " \
		"Wireshark developers if you want this to be supported", NOTE, \
		.severity = SEVERITY_NOTE, .group = GROUP_UNDECODED }, \
	[TLS_NOTE_STRAY] = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE, \
		.severity = SEVERITY_WARNING, .group = GROUP_UNDECODED }, \
	[TLS_NOTE_LENGTH] = { tls ".record.length.invalid", \
		"Record fragment length is too small or too large", NOTE, \
		.severity = SEVERITY_ERROR, .group = GROUP_PROTOCOL }, \
	[TLS_NOTE_HEARTBEAT] = { tls ".heartbeat_message.payload_length.invalid", \
		"Invalid heartbeat payload length", NOTE, \
		.severity = SEVERITY_ERROR, .group = GROUP_MALFORMED }, \
	[TLS_NOTE_DECOMPRESSION] = { tls ".decompression_error", "Decompression error", NOTE, \
		.severity = SEVERITY_ERROR, .group = GROUP_PROTOCOL }, \
	[TLS_NOTE_RESUMED] = { tls ".resumed", \
		"This session reuses previously negotiated keys (Session resumption)", NOTE, \
		.severity = SEVERITY_NOTE, .group = GROUP_SEQUENCE },

/* The fields of SSL 2.0, behind those. */
enum sslv2_field {
	SSLV2_FIRST = TLS_HANDSHAKE_FIELDS - 1, SSLV2_VERSION, SSLV2_ESCAPE, SSLV2_PADDING,
	SSLV2_TYPE, SSLV2_SPEC_LENGTH, SSLV2_ID_LENGTH, SSLV2_CHALLENGE_LENGTH, SSLV2_SPECS,
	SSLV2_SPEC, SSLV2_ID, SSLV2_CHALLENGE, SSLV2_ID_HIT, SSLV2_CERTIFICATE_TYPE,
	SSLV2_CERTIFICATE_LENGTH, SSLV2_CONNECTION_LENGTH, SSLV2_CONNECTION, SSLV2_CLEAR_LENGTH,
	SSLV2_ENCRYPTED_LENGTH, SSLV2_ARGUMENT_LENGTH, SSLV2_CLEAR, SSLV2_ENCRYPTED,
	SSLV2_ARGUMENT,
	SSLV2_FIELDS
};

#define SSLV2_ROWS \
	[SSLV2_VERSION] = { "tls.record.version", "Version", UINT16, \
		.show = HEX, .generated = true, .names = &tls_versions }, \
	[SSLV2_ESCAPE] = { "tls.record.is_escape", "Is Escape", BOOLEAN }, \
	[SSLV2_PADDING] = { "tls.record.padding_length", "Padding Length", UINT8 }, \
	[SSLV2_TYPE] = { "tls.handshake.type", "Handshake Message Type", UINT8, \
		.names = &tls_sslv2_handshake_types }, \
	[SSLV2_SPEC_LENGTH] = { "tls.handshake.cipher_spec_len", "Cipher Spec Length", UINT16 }, \
	[SSLV2_ID_LENGTH] = { "tls.handshake.session_id_length", "Session ID Length", UINT16 }, \
	[SSLV2_CHALLENGE_LENGTH] = { "tls.handshake.challenge_length", "Challenge Length", UINT16 }, \
	[SSLV2_SPECS] = { "tls.handshake.cipherspec", "Cipher Specs", SUBTREE }, \
	[SSLV2_SPEC] = { "tls.handshake.cipherspec", "Cipher Spec", UINT24, \
		.show = HEX, .names = &tls_cipher_specs }, \
	[SSLV2_ID] = { "tls.handshake.session_id", "Session ID", SUBTREE }, \
	[SSLV2_CHALLENGE] = { "tls.handshake.challenge", "Challenge", SUBTREE }, \
	[SSLV2_ID_HIT] = { "tls.handshake.session_id_hit", "Session ID Hit", BOOLEAN }, \
	[SSLV2_CERTIFICATE_TYPE] = { "tls.handshake.cert_type", "Certificate Type", UINT8, \
		.names = &tls_sslv2_certificate_types }, \
	[SSLV2_CERTIFICATE_LENGTH] = { "tls.handshake.certificate_length", "Certificate Length", UINT16 }, \
	[SSLV2_CONNECTION_LENGTH] = { "tls.handshake.connection_id_length", "Connection ID Length", UINT16 }, \
	[SSLV2_CONNECTION] = { "tls.handshake.connection_id", "Connection ID", SUBTREE }, \
	[SSLV2_CLEAR_LENGTH] = { "tls.handshake.clear_key_length", "Clear Key Data Length", UINT16 }, \
	[SSLV2_ENCRYPTED_LENGTH] = { "tls.handshake.encrypted_key_length", "Encrypted Key Data Length", UINT16 }, \
	[SSLV2_ARGUMENT_LENGTH] = { "tls.handshake.key_arg_length", "Key Argument Length", UINT16 }, \
	[SSLV2_CLEAR] = { "tls.handshake.clear_key_data", "Clear Key Data", SUBTREE }, \
	[SSLV2_ENCRYPTED] = { "tls.handshake.encrypted_key", "Encrypted Key", SUBTREE }, \
	[SSLV2_ARGUMENT] = { "tls.handshake.key_arg", "Key Argument", SUBTREE },

#endif
