/*
 * dns_name.c: domain names, RFC 1035, sections 3.1 and 4.1.4.
 *
 *	 0  1  2  3  4  5  6  7
 *	+--+--+--+--+--+--+--+--+
 *	| 0  0|      length     |  a label of that many octets; length 0 ends the name
 *	| 0  1|       type      |  an extended label (RFC 2673, withdrawn by RFC 6891); 1: a bit string
 *	| 1  1| 14 bits offset  |  the rest stands there, from the start of the message
 *	+--+--+--+--+--+--+--+--+
 */

#include "dissect/dns.h"

enum { POINTERS = 255 }; /* of one name */

/* A name that is being put together. */
struct building {
	uint8_t octets[DNS_NAME_LARGEST];
	uint32_t length;
	uint32_t labels;
	bool too_long;
	bool bits;      /* the last label was a bit string */
	bool ended;     /* behind a bit string and another label nothing more is shown */
};

static void put(struct building *name, const void *octets, uint32_t n)
{
	if (name->ended)
		return;
	if (n > sizeof name->octets - name->length) {
		name->too_long = true;
		return;
	}
	memcpy(name->octets + name->length, octets, n);
	name->length += n;
}

static void read_label(struct building *name, struct wire *at, uint32_t n)
{
	if (!wire_has(at, n)) {
		wire_fail(at, (uint64_t)wire_captured(at) + 1); /* octet by octet: the first missing one counts */
		return;
	}
	const uint8_t *octets = wire_bytes(at, n);
	if (name->bits) {
		put(name, "\\[", 2);
		name->ended = true;
	}
	if (name->labels++)
		put(name, ".", 1);
	put(name, octets, n);
	name->bits = false;
}

static void skip_bit_string(struct building *name, struct wire *at)
{
	unsigned bits = wire_u8(at);

	wire_skip(at, bits ? (bits + 7) / 8 : 1);
	name->bits = true;
	name->labels++;
}

/*
 * Reads labels up to the end of the name. Moves `w` over what stands in its place, and returns NULL, or what to say in
 * place of the name.
 */
static const char *read_labels(struct wire *w, struct dns_message *message, struct building *name)
{
	struct wire at = *w;
	unsigned pointers = 0; /* the name's own octets end behind the first */
	uint32_t start = w->at, mark = UINT32_MAX;

	for (;;) {
		uint8_t length = wire_u8(&at);
		if (at.state != WIRE_GOOD)
			break;
		if (length == 0)
			break;
		if (length < 0x40) {
			read_label(name, &at, length);
		} else if (length == 0x41) {
			skip_bit_string(name, &at);
		} else if (length < 0x80) {
			if (at.at < start + 2)
				wire_fail(&at, UINT32_MAX);
			*w = at;
			return "<Unknown extended label>";
		} else if (length < 0xc0) {
			wire_fail(&at, UINT32_MAX);
		} else {
			uint32_t target = message->base + ((length & 0x3fu) << 8 | wire_u8(&at));
			if (!pointers && at.state == WIRE_GOOD)
				*w = at;
			if (++pointers > POINTERS || target == mark)
				return "<Name contains a pointer that loops>";
			if ((pointers & (pointers - 1)) == 0)
				mark = target;
			if (at.state == WIRE_GOOD) {
				at.at = target < at.end ? target : at.end;
				if (target >= at.end)
					wire_need(&at, (uint64_t)target + 1 - at.end);
			}
		}
		if (pointers && at.state == WIRE_GOOD && !message->steps--) {
			message->steps = 0;
			return "<Name too long>";
		}
	}
	if (!pointers || at.state != WIRE_GOOD)
		*w = at;
	if (w->at - start <= 2 && (!name->length || !name->octets[0]))
		return "<Root>";
	if (!name->length)
		wire_fail(w, UINT32_MAX);
	return name->too_long ? "<Name too long>" : NULL;
}

static void keep_name(struct dissection *d, const struct building *built, const char *instead, struct dns_name *name)
{
	if (instead) {
		*name = (struct dns_name){ (const uint8_t *)instead, (uint32_t)strlen(instead), instead };
		return;
	}
	bool plain = true;
	for (uint32_t i = 0; i < built->length; i++)
		plain &= built->octets[i] >= 0x20 && built->octets[i] < 0x7f;
	char *text = arena_alloc(d->arena, built->length + 1);
	memcpy(text, built->octets, built->length);
	text[built->length] = 0;
	name->octets = (const uint8_t *)text;
	name->length = built->length;
	name->text = plain ? text : printable(d, text, built->length);
}

bool dns_read_name(struct dissection *d, struct wire *w, struct dns_message *message, struct dns_name *name)
{
	struct building built = { .length = 0 };
	const char *instead = read_labels(w, message, &built);

	if (w->state != WIRE_GOOD)
		return false;
	if (name)
		keep_name(d, &built, instead, name);
	return true;
}

bool dns_name(struct dissection *d, struct wire *w, struct dns_message *message, struct dns_name *name)
{
	return dns_read_name(d, w, message, !d->first_pass ? name : NULL);
}

bool dns_add_name(struct dissection *d, struct wire *w, struct dns_message *message, const struct field *field,
                  struct dns_name *name)
{
	uint32_t start = w->at;

	d->last = 0;
	if (!dns_name(d, w, message, name))
		return false;
	if (!d->first_pass)
		add_node_octets(d, w, field, start, w->at - start, name->octets, name->length);
	return true;
}
