/*
 * tls_certificates.c: what the handshake carries of X.509 (RFC 5280) and OCSP (RFC 6960), and compressed certificates (RFC 8879).
 *
 * Certificates that zlib or Zstandard compressed are not unpacked.
 */

#include "dissect/inflate.h"
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

/* ---- compressed certificates ---- */

enum { BROTLI = 2, CERTIFICATE_LARGEST = (1 << 24) - 1 };

static void add_unpacked(struct tls_handshake *h, struct wire *w, const struct wire *packed, uint32_t length)
{
	struct dissection *d = h->d;
	const node_ref top = d->last;
	struct inflated unpacked;
	bool complete;

	if (!unpack_brotli(d->arena, wire_here(packed), w->at - packed->at, CERTIFICATE_LARGEST, &unpacked, &complete))
		return;
	if (unpacked.length != length) {
		tls_say(h, w, 0, F(NOTE_DECOMPRESSION),
		        text_of(d, "Invalid uncompressed length %u (expected %u)", unpacked.length, length));
		return;
	}
	open_subtree(d);
	struct wire certificate = add_source(d, "Uncompressed certificate(s)", unpacked.octets, length);
	const uint32_t base = h->base;
	h->base = 0;
	tls_dissect_body(h, &certificate, TLS_CERTIFICATE_MESSAGE, length);
	h->base = base;
	close_subtree(d, top, NULL);
	wire_join(w, &certificate);
}

void tls_add_compressed_certificate(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	uint32_t stop;
	const uint16_t algorithm = add_uint16(h->d, w, F(COMPRESSED_ALGORITHM));
	const uint32_t length = add_uint24(h->d, w, F(UNCOMPRESSED_LENGTH));
	if (!tls_add_vector(h, w, F(COMPRESSED_LENGTH), end, 1, CERTIFICATE_LARGEST, &stop))
		return;
	const struct wire packed = *w;
	tls_add_rest(h, w, F(COMPRESSED), stop);
	if (algorithm == BROTLI && SHOWING(h->d, w))
		add_unpacked(h, w, &packed, length);
}
