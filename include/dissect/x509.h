#ifndef DISSECT_X509_H
#define DISSECT_X509_H
/*
 * x509: certificates (RFC 5280) and what other protocols take from them.
 *
 * Each function reads what w covers, to its end, and leaves what ended the reading, if anything did, in w's state.
 */

#include "dissect/der.h"

/*
 * A Certificate, as `field` (OCTETS): its octets, the subject's name behind them, and what is in it below. w covers it alone.
 */
void dissect_certificate(struct dissection *d, struct wire *w, const struct field *field);

/* A Name without its CHOICE, as TLS's CertificateRequest has them, as `field` (SUBTREE). */
void dissect_rdn_sequence(struct dissection *d, struct wire *w, const struct field *field);

/* An OCSPRequest and an OCSPResponse (RFC 6960), without a line of their own. */
void dissect_ocsp_request(struct dissection *d, struct wire *w);
void dissect_ocsp_response(struct dissection *d, struct wire *w);

/* ---- among the files of X.509 and OCSP ---- */

enum {
	RDN_LARGEST = 127, /* octets of a RelativeDistinguishedName as text */
	DN_LARGEST = 512,  /* octets of a name as text: more than a line shows */
};

/* What a certificate is read with: what a part says is shown at others. */
struct x509 {
	struct der der; /* first: readers of types are given its address */
	bool rsa;       /* the algorithm identifier that was read last is that of RSA keys */
	char dn[DN_LARGEST + 1]; /* the name that was read last, its last part first */
	char rdn[RDN_LARGEST + 1];
	size_t dn_length, rdn_length;
	node_ref certificate; /* whose subject is shown behind it */
	node_ref named;       /* where the RelativeDistinguishedName that is being read is shown as text; 0: at itself */
	node_ref capability;  /* the S/MIME capability that is being read */
	bool dn_begun;        /* it has a part */
};

static inline struct x509 *x509_of(struct der *der)
{
	return (struct x509 *)der;
}

extern const struct der_type x509_name, x509_rdn_sequence, x509_rdn, x509_attribute, x509_directory_string,
	x509_algorithm_identifier, x509_public_key_info, x509_general_name, x509_general_names, x509_extensions,
	x509_extension_value, x509_certificate, x509_sct_list, x509_accesses, pkix_extensions;

extern const struct der_syntaxes x509_attribute_syntaxes, x509_extension_syntaxes, x509_pkix_syntaxes,
	x509_key_syntaxes, ocsp_syntaxes;

/* Values of CRLReason. */
extern const struct names crl_reasons;

#endif
