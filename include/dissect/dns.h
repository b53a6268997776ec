#ifndef DISSECT_DNS_H
#define DISSECT_DNS_H
/*
 * dns: what the files of the Domain Name System share, and its relatives that use its messages (multicast DNS, LLMNR; NBNS its
 * names).
 */

#include "dissect/dissection.h"

/* The fields, named as their filters. Those of one record stand in the order of the wire where that helps. */
enum dns_field {
	DNS, DNS_SECTION, DNS_RECORD, DNS_RR_BITMAP_TYPE, DNS_LENGTH, DNS_FLAGS, DNS_FLAGS_RESPONSE,
	DNS_FLAGS_OPCODE, DNS_FLAGS_AUTHORITATIVE, DNS_FLAGS_CONFLICT, DNS_FLAGS_CONFLICT_RESPONSE,
	DNS_FLAGS_TRUNCATED, DNS_FLAGS_RECDESIRED, DNS_FLAGS_TENTATIVE, DNS_FLAGS_RECAVAIL, DNS_FLAGS_Z,
	DNS_FLAGS_AUTHENTICATED, DNS_FLAGS_AUTHENTIC_QUERY, DNS_FLAGS_CHECKDISABLE, DNS_FLAGS_RCODE,
	DNS_ID, DNS_QRY_TYPE, DNS_QRY_CLASS, DNS_QRY_CLASS_MULTICAST, DNS_QRY_QU, DNS_QRY_NAME,
	DNS_QRY_NAME_LEN, DNS_COUNT_LABELS, DNS_RESP_TYPE, DNS_RESP_CLASS, DNS_RESP_CLASS_MULTICAST,
	DNS_RESP_CACHE_FLUSH, DNS_RESP_EXT_RCODE, DNS_RESP_EDNS0_VERSION, DNS_RESP_Z, DNS_RESP_Z_DO,
	DNS_RESP_Z_RESERVED, DNS_SRV_SERVICE, DNS_SRV_PROTO, DNS_SRV_NAME, DNS_SRV_PRIORITY,
	DNS_SRV_WEIGHT, DNS_SRV_PORT, DNS_SRV_TARGET, DNS_NAPTR_ORDER, DNS_NAPTR_PREFERENCE,
	DNS_NAPTR_FLAGS_LENGTH, DNS_NAPTR_FLAGS, DNS_NAPTR_SERVICE_LENGTH, DNS_NAPTR_SERVICE,
	DNS_NAPTR_REGEX_LENGTH, DNS_NAPTR_REGEX, DNS_NAPTR_REPLACEMENT_LENGTH, DNS_NAPTR_REPLACEMENT,
	DNS_RESP_NAME, DNS_RESP_TTL, DNS_RESP_LEN, DNS_A, DNS_MD, DNS_MF, DNS_MB, DNS_MG, DNS_MR,
	DNS_NULL, DNS_AAAA, DNS_CNAME, DNS_RR_UDP_PAYLOAD_SIZE, DNS_RR_UDP_PAYLOAD_SIZE_MULTICAST,
	DNS_SOA_MNAME, DNS_SOA_RNAME, DNS_SOA_SERIAL_NUMBER, DNS_SOA_REFRESH_INTERVAL,
	DNS_SOA_RETRY_INTERVAL, DNS_SOA_EXPIRE_LIMIT, DNS_SOA_MINIMUM_TTL, DNS_PTR_DOMAIN_NAME,
	DNS_WKS_ADDRESS, DNS_WKS_PROTOCOL, DNS_WKS_BITS, DNS_HINFO_CPU_LENGTH, DNS_HINFO_CPU,
	DNS_HINFO_OS_LENGTH, DNS_HINFO_OS, DNS_MINFO_R, DNS_MINFO_E, DNS_MX_PREFERENCE,
	DNS_MX_MAIL_EXCHANGE, DNS_TXT_LENGTH, DNS_TXT, DNS_OPENPGPKEY, DNS_CSYNC_SOA, DNS_CSYNC_FLAGS,
	DNS_CSYNC_FLAGS_IMMEDIATE, DNS_CSYNC_FLAGS_SOAMINIMUM, DNS_CSYNC_TYPE_BITMAP, DNS_ZONEMD_SERIAL,
	DNS_ZONEMD_SCHEME, DNS_ZONEMD_HASH_ALGO, DNS_ZONEMD_DIGEST, DNS_SVCB_SVCPRIORITY,
	DNS_SVCB_TARGETNAME, DNS_SVCB_SVCPARAM_KEY, DNS_SVCB_SVCPARAM_VALUE_LENGTH,
	DNS_SVCB_SVCPARAM_VALUE, DNS_SVCB_SVCPARAM, DNS_SVCB_SVCPARAM_MANDATORY_KEY,
	DNS_SVCB_SVCPARAM_ALPN_LENGTH, DNS_SVCB_SVCPARAM_ALPN, DNS_SVCB_SVCPARAM_PORT,
	DNS_SVCB_SVCPARAM_IPV4HINT_IP, DNS_SVCB_SVCPARAM_ECHCONFIG, DNS_SVCB_SVCPARAM_IPV6HINT_IP,
	DNS_SVCB_SVCPARAM_ODOHCONFIG, DNS_SPF_LENGTH, DNS_SPF, DNS_ILNP_NID_PREFERENCE, DNS_ILNP_NID,
	DNS_ILNP_L32_PREFERENCE, DNS_ILNP_L32, DNS_ILNP_L64_PREFERENCE, DNS_ILNP_L64,
	DNS_ILNP_LP_PREFERENCE, DNS_ILNP_LP, DNS_EUI48, DNS_EUI64, DNS_RRSIG_TYPE_COVERED,
	DNS_RRSIG_ALGORITHM, DNS_RRSIG_LABELS, DNS_RRSIG_ORIGINAL_TTL, DNS_RRSIG_SIGNATURE_EXPIRATION,
	DNS_RRSIG_SIGNATURE_INCEPTION, DNS_RRSIG_KEY_TAG, DNS_RRSIG_SIGNERS_NAME, DNS_RRSIG_SIGNATURE,
	DNS_DNSKEY_FLAGS, DNS_DNSKEY_FLAGS_ZONE_KEY, DNS_DNSKEY_FLAGS_KEY_REVOKED,
	DNS_DNSKEY_FLAGS_SECURE_ENTRY_POINT, DNS_DNSKEY_FLAGS_RESERVED, DNS_DNSKEY_PROTOCOL,
	DNS_DNSKEY_ALGORITHM, DNS_DNSKEY_KEY_ID, DNS_DNSKEY_PUBLIC_KEY, DNS_KEY_FLAGS,
	DNS_KEY_FLAGS_AUTHENTICATION, DNS_KEY_FLAGS_CONFIDENTIALITY, DNS_KEY_FLAGS_REQUIRED,
	DNS_KEY_FLAGS_ASSOCIATED_USER, DNS_KEY_FLAGS_ASSOCIATED_NAMED_ENTITY, DNS_KEY_FLAGS_IPSEC,
	DNS_KEY_FLAGS_MIME, DNS_KEY_FLAGS_SIGNATORY, DNS_KEY_PROTOCOL, DNS_KEY_ALGORITHM,
	DNS_KEY_KEY_ID, DNS_KEY_PUBLIC_KEY, DNS_PX_PREFERENCE, DNS_PX_MAP822, DNS_PX_MAP400,
	DNS_TKEY_ALGO_NAME, DNS_TKEY_SIGNATURE_EXPIRATION, DNS_TKEY_SIGNATURE_INCEPTION, DNS_TKEY_MODE,
	DNS_TKEY_ERROR, DNS_TKEY_KEY_SIZE, DNS_TKEY_KEY_DATA, DNS_TKEY_OTHER_SIZE, DNS_TKEY_OTHER_DATA,
	DNS_IPSECKEY_GATEWAY_PRECEDENCE, DNS_IPSECKEY_GATEWAY_ALGORITHM, DNS_IPSECKEY_GATEWAY_TYPE,
	DNS_IPSECKEY_GATEWAY_IPV4, DNS_IPSECKEY_GATEWAY_IPV6, DNS_IPSECKEY_GATEWAY_DNS,
	DNS_IPSECKEY_PUBLIC_KEY, DNS_XPF_IP_VERSION, DNS_XPF_PROTOCOL, DNS_XPF_SOURCE_IPV4,
	DNS_XPF_DESTINATION_IPV4, DNS_XPF_SOURCE_IPV6, DNS_XPF_DESTINATION_IPV6, DNS_XPF_SPORT,
	DNS_XPF_DPORT, DNS_A6_PREFIX_LEN, DNS_A6_ADDRESS_SUFFIX, DNS_A6_PREFIX_NAME, DNS_DNAME,
	DNS_LOC_VERSION, DNS_LOC_SIZE, DNS_LOC_HORIZONTAL_PRECISION, DNS_LOC_VERTICAL_PRECISION,
	DNS_LOC_LATITUDE, DNS_LOC_LONGITUDE, DNS_LOC_ALTITUDE, DNS_LOC_UNKNOWN_DATA,
	DNS_NXT_NEXT_DOMAIN_NAME, DNS_KX_PREFERENCE, DNS_KX_KEY_EXCHANGE, DNS_CERT_TYPE,
	DNS_CERT_KEY_TAG, DNS_CERT_ALGORITHM, DNS_CERT_CERTIFICATE, DNS_NSEC_NEXT_DOMAIN_NAME, DNS_NS,
	DNS_OPT, DNS_OPT_CODE, DNS_OPT_LEN, DNS_OPT_DATA, DNS_OPT_DAU, DNS_OPT_DHU, DNS_OPT_N3U,
	DNS_OPT_CLIENT_FAMILY, DNS_OPT_CLIENT_NETMASK, DNS_OPT_CLIENT_SCOPE, DNS_OPT_CLIENT_ADDR,
	DNS_OPT_CLIENT_ADDR4, DNS_OPT_CLIENT_ADDR6, DNS_OPT_COOKIE_CLIENT, DNS_OPT_COOKIE_SERVER,
	DNS_OPT_EDNS_TCP_KEEPALIVE_TIMEOUT, DNS_OPT_PADDING, DNS_OPT_CHAIN_FQDN,
	DNS_OPT_EXT_ERROR_INFO_CODE, DNS_OPT_EXT_ERROR_EXTRA_TEXT, DNS_COUNT_QUERIES, DNS_COUNT_ZONES,
	DNS_COUNT_ANSWERS, DNS_COUNT_PREREQUISITES, DNS_COUNT_AUTH_RR, DNS_COUNT_UPDATES,
	DNS_NSEC3_ALGO, DNS_NSEC3_FLAGS, DNS_NSEC3_FLAGS_OPT_OUT, DNS_NSEC3_ITERATIONS,
	DNS_NSEC3_SALT_LENGTH, DNS_NSEC3_SALT_VALUE, DNS_NSEC3_HASH_LENGTH, DNS_NSEC3_HASH_VALUE,
	DNS_TLSA_CERTIFICATE_USAGE, DNS_TLSA_SELECTOR, DNS_TLSA_MATCHING_TYPE,
	DNS_TLSA_CERTIFICATE_ASSOCIATION_DATA, DNS_TSIG_ALGORITHM_NAME, DNS_TSIG_TIME_SIGNED,
	DNS_TSIG_ORIGINAL_ID, DNS_TSIG_ERROR, DNS_TSIG_FUDGE, DNS_TSIG_MAC_SIZE, DNS_TSIG_OTHER_LEN,
	DNS_TSIG_MAC, DNS_TSIG_OTHER_DATA, DNS_RESPONSE_IN, DNS_RESPONSE_TO, DNS_RETRANSMISSION,
	DNS_RETRANSMIT_REQUEST_IN, DNS_RETRANSMIT_RESPONSE_IN, DNS_TIME, DNS_UNSOLICITED,
	DNS_COUNT_ADD_RR, DNS_SSHFP_ALGORITHM, DNS_SSHFP_FINGERPRINT_TYPE, DNS_SSHFP_FINGERPRINT,
	DNS_HIP_HIT_LENGTH, DNS_HIP_HIT_PK_ALGO, DNS_HIP_PK_LENGTH, DNS_HIP_HIT, DNS_HIP_PK,
	DNS_HIP_RENDEZVOUS_SERVER, DNS_DHCID_RDATA, DNS_DS_KEY_ID, DNS_DS_ALGORITHM, DNS_DS_DIGEST_TYPE,
	DNS_DS_DIGEST, DNS_APL_ADDRESS_FAMILY, DNS_APL_CODED_PREFIX, DNS_APL_NEGATION,
	DNS_APL_AFDLENGTH, DNS_APL_AFDPART_IPV4, DNS_APL_AFDPART_IPV6, DNS_APL_AFDPART_DATA,
	DNS_GPOS_LONGITUDE_LENGTH, DNS_GPOS_LONGITUDE, DNS_GPOS_LATITUDE_LENGTH, DNS_GPOS_LATITUDE,
	DNS_GPOS_ALTITUDE_LENGTH, DNS_GPOS_ALTITUDE, DNS_RP_MAILBOX, DNS_RP_TXT_RR, DNS_AFSDB_SUBTYPE,
	DNS_AFSDB_HOSTNAME, DNS_X25_LENGTH, DNS_X25_PSDN_ADDRESS, DNS_IDSN_LENGTH, DNS_IDSN_ADDRESS,
	DNS_IDSN_SA_LENGTH, DNS_IDSN_SA_ADDRESS, DNS_RT_SUBTYPE, DNS_RT_INTERMEDIATE_HOST,
	DNS_NSAP_RDATA, DNS_NSAP_PTR_OWNER, DNS_CAA_FLAGS, DNS_CAA_FLAGS_ISSUER_CRITICAL, DNS_CAA_ISSUE,
	DNS_CAA_ISSUEWILD, DNS_CAA_IODEF, DNS_CAA_UNKNOWN, DNS_CAA_TAG_LENGTH, DNS_CAA_TAG,
	DNS_CAA_VALUE, DNS_EXTRANEOUS_DATA, DNS_EXTRANEOUS_LENGTH, DNS_WINS_LOCAL_FLAG,
	DNS_WINS_LOOKUP_TIMEOUT, DNS_WINS_CACHE_TIMEOUT, DNS_WINS_NB_WINS_SERVERS, DNS_WINS_WINS_SERVER,
	DNS_WINSR_LOCAL_FLAG, DNS_WINSR_LOOKUP_TIMEOUT, DNS_WINSR_CACHE_TIMEOUT,
	DNS_WINSR_NAME_RESULT_DOMAIN, DNS_DATA, DNS_DSO, DNS_DSO_TLV, DNS_DSO_TLV_TYPE,
	DNS_DSO_TLV_LENGTH, DNS_DSO_TLV_DATA, DNS_DSO_TLV_KEEPALIVE_INACTIVITY,
	DNS_DSO_TLV_KEEPALIVE_INTERVAL, DNS_DSO_TLV_RETRYDELAY_RETRYDELAY, DNS_DSO_TLV_ENCPAD_PADDING,
	DNS_RR_OPT_BAD_LENGTH, DNS_UNDECODED_TYPE, DNS_DEPR_OPC, DNS_TTL_HIGH_BIT_SET, DNS_TSIG_NOALG,
	DNS_STRAY, DNS_KEY_ID_BUFFER_TOO_SHORT, DNS_RETRANSMIT_REQUEST, DNS_RETRANSMIT_RESPONSE,
	DNS_EXTRANEOUS, DNS_FIELDS
};
extern const struct field dns_fields[DNS_FIELDS];

/* A field by what its filter says behind "dns.". */
#define DNS_FIELD(name) (&dns_fields[DNS_##name])

extern const struct names dns_type_names, dns_opcode_names, dns_rcode_names, dns_class_names;

/* A message on its way through the functions that read its parts. */
struct dns_message {
	bool multicast; /* classes have a high bit of their own, RFC 6762, sections 5.4 and 10.2 */
	uint32_t base;  /* where it starts in its byte source: compression pointers count from there */
	/* What may still be read twice: behind pointers, or behind the end of a record. Keeps hostile messages linear. */
	uint32_t steps;
};

/* Takes steps for what may lie behind the end of its record; ends the cursor when there are none left. */
static inline void dns_take_steps(struct dns_message *message, struct wire *w, uint32_t steps)
{
	if (message->steps < steps)
		wire_fail(w, UINT32_MAX);
	else
		message->steps -= steps;
}

/* ---- dns_name.c: domain names ---- */

enum { DNS_NAME_LARGEST = 253 }; /* octets of a name as text */

struct dns_name {
	const uint8_t *octets; /* labels with dots between them, as on the wire otherwise */
	uint32_t length;
	const char *text;      /* the same, printable */
};

/*
 * The name at the cursor, moved over. False, and the cursor ended, when it cannot be read. Without a tree it is moved
 * over and nothing more.
 */
bool dns_name(struct dissection *d, struct wire *w, struct dns_message *message, struct dns_name *name);

/* The same, with or without a tree; moved over and nothing more where name is NULL. */
bool dns_read_name(struct dissection *d, struct wire *w, struct dns_message *message, struct dns_name *name);

/* A name as a field's value. */
bool dns_add_name(struct dissection *d, struct wire *w, struct dns_message *message, const struct field *field,
                  struct dns_name *name);

/* ---- dns_records.c: the data of resource records ---- */

/* A record on its way through the function that reads its data. */
struct dns_record {
	struct dissection *d;
	struct dns_message *message;
	uint32_t start, end;       /* of the data, by its length */
	uint16_t type;
	node_ref heading;
	struct dns_summary { const char *label, *value; } summary[4]; /* what is going to be said about the data */
	unsigned summary_count;
};

/* The mnemonic of a record type; NULL: it has none. */
const char *dns_type_mnemonic(uint16_t type);

/* Reads the data of a record, from its start on. Names and numbers may reach beyond its end. */
void dns_read_data(struct dns_record *record, struct wire *w);

/*
 * Further octets of the record's data. Behind its end: more than there can be, so that reading them fails. The length
 * of a record lied then.
 */
static inline uint32_t dns_data_left(const struct dns_record *record, const struct wire *w)
{
	return w->state == WIRE_GOOD ? record->end - w->at : 0;
}

/* A string of n octets; says so when more than NULs stand behind its end. */
void dns_add_text(struct dissection *d, struct wire *w, const struct field *field, uint32_t n);

/* The seconds of a field, with what they come to: 300 (5 minutes). */
uint32_t dns_add_span(struct dissection *d, struct wire *w, const struct field *field);

/* ---- dns_addresses.c: names of the hosts of the capture ---- */

/* Learns them from the records of a message; the cursor stands on its flags. */
void dns_learn_addresses(struct dissection *d, struct wire w, struct dns_message message);

/* ---- dns_options.c: EDNS options (RFC 6891), service parameters (RFC 9460), stateful operations (RFC 8490) ---- */

void dns_read_options(struct dns_record *record, struct wire *w);
void dns_read_service_parameters(struct dns_record *record, struct wire *w);
void dns_read_stateful(struct dissection *d, struct wire *w);

#endif
