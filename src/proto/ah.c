/* ah.c: IP Authentication Header, RFC 4302. Nothing is verified. */

#include "dissect/ip.h"

enum { HEADER, NEXT_HEADER, LENGTH, RESERVED, SPI, SEQUENCE, ICV, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[HEADER]      = { "ah", "Authentication Header", PROTOCOL },
	[NEXT_HEADER] = { "ah.next_header", "Next header", UINT8, DEC, .names = &ip_protocol_names },
	[LENGTH]      = { "ah.length", "Length", UINT8 },
	[RESERVED]    = { "ah.reserved", "Reserved", OCTETS },
	[SPI]         = { "ah.spi", "AH SPI", UINT32, HEX },
	[SEQUENCE]    = { "ah.sequence", "AH Sequence", UINT32 },
	[ICV]         = { "ah.icv", "AH ICV", OCTETS },
};

enum { FIXED = 12 };

static void dissect(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 2))
		return;
	node_ref top = open_extension(d, w, &fields[HEADER]);
	uint8_t next_header = add_uint8(d, w, &fields[NEXT_HEADER]);
	uint8_t length = add_uint8(d, w, &fields[LENGTH]);
	uint32_t octets = (length + 2u) * 4; /* RFC 4302, section 2.2 */

	append_text(d, w, d->last, " (%u bytes)", octets);
	add_octets(d, w, &fields[RESERVED], 2);
	set_info(d, w, "AH (SPI=0x%08x)", wire_peek_u32(w, 0));
	add_uint32(d, w, &fields[SPI]);
	add_uint32(d, w, &fields[SEQUENCE]);
	add_octets(d, w, &fields[ICV], octets > FIXED ? octets - FIXED : 0);
	close_extension(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_ip_payload(d, *w, next_header);
}

const struct protocol protocol_ah = {
	.name = "Authentication Header",
	.short_name = "AH",
	.filter = "ah",
	.is_lower = true,
	.column = "AH",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
