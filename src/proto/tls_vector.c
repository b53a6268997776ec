/*
 * tls_vector.c: variable-length vectors, RFC 8446, section 3.4: a length, and as many octets; and what is made of them all over
 * the handshake.
 *
 * A length that does not fit is said to be wrong, and what it counts is left unread. Parts of fixed size may reach past the
 * end of a vector: that is said when the vector ends.
 */

#include "dissect/tls_fields.h"

#define F(name) TLS_FIELD(h, name)

void tls_say(struct tls_handshake *h, const struct wire *w, uint32_t n, const struct field *note, const char *text)
{
	struct dissection *d = h->d;

	if (!SHOWING(d, w))
		return;
	add_node(d, w, F(UNREAD), w->at, n, 0);
	set_text(d, w, d->last, "%s", text);
	note_text_on(d, d->last, note, "%s", text);
}

void tls_note_truncated(struct tls_handshake *h, uint64_t length, uint32_t room)
{
	note_text_on(h->d, h->d->last, F(NOTE_TRUNCATED), "Vector length %lu is too large, truncating it to %u",
	             (unsigned long)length, room);
}

bool tls_add_vector(struct tls_handshake *h, struct wire *w, const struct field *field, uint32_t end, uint32_t least,
                    uint32_t most, uint32_t *stop)
{
	struct dissection *d = h->d;
	const unsigned width = field_width(field);

	*stop = end;
	if (w->state != WIRE_GOOD)
		return false;
	if (w->at > end) {
		add_note_text(d, w, F(NOTE_ROOM), "Vector offset is past buffer end offset (%u > %u)", w->at - h->base,
		              end - h->base);
		w->at = end;
		return false;
	}
	const uint32_t room = end - w->at;
	if (room < width) {
		tls_say(h, w, room, F(NOTE_ROOM), text_of(d, "No more room for vector of length %u", width));
		w->at = end;
		return false;
	}
	const uint32_t length = width == 1 ? add_uint8(d, w, field) : width == 2 ? add_uint16(d, w, field)
	                                                                          : add_uint24(d, w, field);
	const node_ref node = d->last;
	*stop = w->at + length;
	if (length < least)
		note_text_on(d, node, F(NOTE_VECTOR), "Vector length %u is smaller than minimum %u", length, least);
	else if (length > most)
		note_text_on(d, node, F(NOTE_VECTOR), "Vector length %u is larger than maximum %u", length, most);
	if (length > room - width) {
		d->last = node;
		tls_note_truncated(h, length, room - width);
		*stop = end;
		if (w->state == WIRE_GOOD)
			w->at = end;
		return false;
	}
	return w->state == WIRE_GOOD;
}

void tls_end_vector(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	if (w->state != WIRE_GOOD || w->at == end)
		return;
	if (w->at < end) {
		uint32_t n = end - w->at;
		tls_say(h, w, n, F(NOTE_TRAILING), text_of(h->d, n == 1 ? "%u trailing byte was unprocessed" :
		                                             "%u trailing bytes were unprocessed", n));
	} else {
		uint32_t n = w->at - end;
		tls_say(h, w, 0, F(NOTE_ROOM), text_of(h->d, "Dissector processed too much data (%u byte%s)", n,
		                                   n == 1 ? "" : "s"));
	}
	w->at = end;
}

void tls_add_rest(struct tls_handshake *h, struct wire *w, const struct field *field, uint32_t end)
{
	add_octets(h->d, w, field, end > w->at ? end - w->at : 0);
}

void tls_add_scheme(struct tls_handshake *h, struct wire *w)
{
	struct dissection *d = h->d;
	uint16_t scheme = wire_peek_u16(w, 0);

	if (w->state != WIRE_GOOD)
		return;
	add_uint16(d, w, F(SCHEME));
	if (!name_of(&tls_signature_schemes, scheme))
		value_text(d, w, d->last, "%s %s (0x%04x)", name_or(&tls_hashes, scheme >> 8, "Unknown"),
		           name_or(&tls_signatures, scheme & 0xff, "Unknown"), scheme);
	node_ref top = open_subtree(d);
	w->at -= 2;
	add_uint8(d, w, F(SCHEME_HASH));
	add_uint8(d, w, F(SCHEME_SIGNATURE));
	close_subtree(d, top, NULL);
}

bool tls_add_schemes(struct tls_handshake *h, struct wire *w, uint32_t end)
{
	struct dissection *d = h->d;
	uint32_t stop;

	if (!tls_add_vector(h, w, F(SIGNATURES_LENGTH), end, 2, UINT16_MAX - 1, &stop))
		return false;
	uint32_t count = (stop - w->at) / 2;
	node_ref top = open_heading(d, w, F(SIGNATURES));
	set_text(d, w, top, "Signature Hash Algorithms (%u algorithm%s)", count, count == 1 ? "" : "s");
	while (w->state == WIRE_GOOD && w->at + 2 <= stop)
		tls_add_scheme(h, w);
	tls_end_vector(h, w, stop);
	close_subtree(d, top, w);
	return true;
}

/* In TLS 1.2 a scheme stands in front, RFC 5246, section 4.7. */
static bool has_scheme(const struct tls_handshake *h)
{
	return h->choice.version == TLS_1_2 || h->choice.version == DTLS_1_2 || tls_is_1_3(h->choice.version);
}

void tls_add_signature(struct tls_handshake *h, struct wire *w, uint32_t end, const struct field *length,
                       const struct field *signature)
{
	uint32_t stop;

	if (has_scheme(h))
		tls_add_scheme(h, w);
	if (tls_add_vector(h, w, length, end, 0, UINT16_MAX, &stop))
		tls_add_rest(h, w, signature, stop);
}
