/* pppoe.c: sessions of PPP over Ethernet, RFC 2516. How they are discovered: pppoe_discovery.c. */

#include "dissect/link.h"

enum { PPPOE, VERSION, TYPE, CODE, SESSION, LENGTH, BAD_LENGTH, N_FIELDS };

static const struct name codes[] = {
	{ 0x00, "Session Data" },
	{ 0x07, "Active Discovery Offer (PADO)" },
	{ 0x09, "Active Discovery Initiation (PADI)" },
	{ 0x0a, "Active Discovery Session-Grant (PADG)" },
	{ 0x0b, "Active Discovery Session-Credit Resp.(PADC)" },
	{ 0x0c, "Active Discovery Quality (PADQ)" },
	{ 0x19, "Active Discovery Request (PADR)" },
	{ 0x65, "Active Discovery Session-confirmation (PADS)" },
	{ 0xa7, "Active Discovery Terminate (PADT)" },
	{ 0xd3, "Active Discovery Message (PADM)" },
	{ 0xd4, "Active Discovery Network (PADN)" },
};

static const struct field fields[N_FIELDS] = {
	[PPPOE]      = { "pppoes", "PPP-over-Ethernet Session", PROTOCOL },
	[VERSION]    = { "pppoe.version", "Version", UINT8, DEC, .mask = 0xf0 },
	[TYPE]       = { "pppoe.type", "Type", UINT8, DEC, .mask = 0x0f },
	[CODE]       = { "pppoe.code", "Code", UINT8, HEX, .names = NAMES(codes) },
	[SESSION]    = { "pppoe.session_id", "Session ID", UINT16, HEX },
	[LENGTH]     = { "pppoe.payload_length", "Payload Length", UINT16 },
	[BAD_LENGTH] = { "pppoe.payload_length.bad", "Possible bad payload length", NOTE, .severity = SEVERITY_WARNING,
	                 .group = GROUP_MALFORMED },
};

enum { HEADER = 6, NUMBER = 2, PADDED = 40, PPP_FCS = 4 };

extern const struct protocol protocol_ppp_bare;

uint16_t add_pppoe_header(struct dissection *d, struct wire *w)
{
	uint8_t first = wire_u8(w);

	add_bits(d, w, &fields[VERSION], &fields[TYPE], 1, first);
	add_uint8(d, w, &fields[CODE]);
	add_uint16(d, w, &fields[SESSION]);
	return add_uint16(d, w, &fields[LENGTH]);
}

static void dissect(struct dissection *d, struct wire *w)
{
	set_info(d, w, "Session Data");
	if (!wire_need(w, HEADER))
		return;
	node_ref top = open_protocol(d, w, &fields[PPPOE]);
	uint16_t length = add_pppoe_header(d, w);
	uint32_t there = wire_left(w);

	/* Short frames are padded, and the four octets may be a frame check sequence. */
	if (there > PADDED && length != there && length != there - PPP_FCS) {
		append_text(d, w, d->last, " [incorrect, should be %u]", there);
		note_text_on(d, d->last, &fields[BAD_LENGTH], "Possible bad payload length %u != %u", length, there);
	}
	close_subtree(d, top, w);
	if (!wire_need(w, NUMBER)) /* PPP's */
		return;
	wire_shorten(w, length);
	dissect_protocol(d, *w, &protocol_ppp_bare);
}

const struct protocol protocol_pppoes = {
	.name = "PPP-over-Ethernet Session",
	.short_name = "PPPoES",
	.filter = "pppoes",
	.column = "PPPoES",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
