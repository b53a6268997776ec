/*
 * tls_certificates.c: what the handshake carries of X.509 (RFC 5280) and OCSP (RFC 6960).
 */

#include "dissect/tls_fields.h"
#include "dissect/x509.h"

#define F(name) TLS_FIELD(h, name)

/* The octets up to `end`, for a function that reads all of them. */
static struct wire take_until(struct wire *w, uint32_t end)
{
	return wire_take(w, end > w->at ? end - w->at : 0);
}

void tls_add_certificate(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct wire part = take_until(w, end);

	dissect_certificate(h->d, &part, F(CERTIFICATE));
	wire_join(w, &part);
}

void tls_add_ocsp(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct wire part = take_until(w, end);
	node_ref top = open_heading(h->d, &part, F(OCSP));

	dissect_ocsp_response(h->d, &part);
	close_subtree(h->d, top, NULL);
	wire_join(w, &part);
}

/* RFC 5246, section 7.4.4; RFC 8446, section 4.2.4 */
void tls_add_distinguished_names(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t list_stop, stop;

	if (!tls_add_vector(h, w, F(NAMES_LENGTH), end, 0, UINT16_MAX, &list_stop) || list_stop == w->at)
		return;
	node_ref top = open_heading(d, w, F(DNAMES));
	append_text(d, w, top, " (%u byte%s)", list_stop - w->at, list_stop - w->at == 1 ? "" : "s");
	while (w->state == WIRE_GOOD && w->at < list_stop &&
	       tls_add_vector(h, w, F(NAME_LENGTH), list_stop, 1, UINT16_MAX, &stop)) {
		struct wire part = take_until(w, stop);
		dissect_rdn_sequence(d, &part, F(DNAME));
		wire_join(w, &part);
	}
	close_subtree(d, top, w);
}
