/* esp.c: IP Encapsulating Security Payload, RFC 4303. What is encrypted stays so. */

#include "dissect/ip.h"

enum { HEADER, SPI, SEQUENCE, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[HEADER]   = { "esp", "Encapsulating Security Payload", PROTOCOL },
	[SPI]      = { "esp.spi", "ESP SPI", UINT32, HEX_DEC },
	[SEQUENCE] = { "esp.sequence", "ESP Sequence", UINT32 },
};

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[HEADER]);

	add_uint32(d, w, &fields[SPI]);
	add_uint32(d, w, &fields[SEQUENCE]);
	close_subtree(d, top, NULL);
	wire_skip(w, wire_captured(w));
}

const struct protocol protocol_esp = {
	.name = "Encapsulating Security Payload",
	.short_name = "ESP",
	.filter = "esp",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
