/* macsec.c: MAC security, IEEE 802.1AE: the security tag, and what is not encrypted. Nothing is verified. */

#include "dissect/link.h"

enum {
	MACSEC, TCI, VERSION, END_STATION, HAS_SCI, SINGLE_COPY, ENCRYPTED, CHANGED, ASSOCIATION, SHORT_LENGTH,
	PACKET_NUMBER, SYSTEM, PORT, TYPE, ICV, N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[MACSEC]        = { "macsec", "802.1AE Security tag", PROTOCOL },
	[TCI]           = { "macsec.TCI", "TCI", UINT8, HEX, .mask = 0xfc },
	[VERSION]       = { "macsec.TCI.V", "VER", UINT8, HEX, .mask = 0x80 },
	[END_STATION]   = { "macsec.TCI.ES", "ES", BOOLEAN, .mask = 0x40, .names = &set_or_not },
	[HAS_SCI]       = { "macsec.TCI.SC", "SC", BOOLEAN, .mask = 0x20, .names = &set_or_not },
	[SINGLE_COPY]   = { "macsec.TCI.SCB", "SCB", BOOLEAN, .mask = 0x10, .names = &set_or_not },
	[ENCRYPTED]     = { "macsec.TCI.E", "E", BOOLEAN, .mask = 0x08, .names = &set_or_not },
	[CHANGED]       = { "macsec.TCI.C", "C", BOOLEAN, .mask = 0x04, .names = &set_or_not },
	[ASSOCIATION]   = { "macsec.AN", "AN", UINT8, HEX, .mask = 0x03 },
	[SHORT_LENGTH]  = { "macsec.SL", "Short length", UINT8 },
	[PACKET_NUMBER] = { "macsec.PN", "Packet number", UINT32 },
	[SYSTEM]        = { "macsec.SCI.system_identifier", "System Identifier", MAC },
	[PORT]          = { "macsec.SCI.port_identifier", "Port Identifier", UINT16 },
	[TYPE]          = { "macsec.etype", "Ethertype", UINT16, HEX },
	[ICV]           = { "macsec.ICV", "ICV", OCTETS },
};

extern const struct protocol protocol_macsec;

enum { VERSION_BIT = 0x80, SCI_BIT = 0x20, ENCRYPTED_BIT = 0x08, CHANGED_BIT = 0x04 };
enum { TAG = 6, SCI = 8, ICV_LENGTH = 16 }; /* octets: IEEE 802.1AE, sections 9.3, 9.9, 9.11 */

static uint8_t add_control(struct dissection *d, struct wire *w)
{
	uint8_t value = wire_u8(w);

	add_node(d, w, &fields[TCI], w->at - 1, 1, value);
	node_ref node = open_subtree(d);
	append_text(d, w, node, ", VER: 0x%x", value >> 7);
	for (unsigned i = END_STATION; i <= CHANGED; i++)
		if (value & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	add_bits(d, w, &fields[VERSION], &fields[CHANGED], 1, value);
	close_subtree(d, node, NULL);
	add_node(d, w, &fields[ASSOCIATION], w->at - 1, 1, value);
	return value;
}

/* Behind the payload stands the integrity check value; it is shown where the tag is. */
static void dissect_encrypted(struct dissection *d, struct wire w, node_ref top)
{
	struct wire icv = w;

	wire_shorten(&w, wire_left(&w) - ICV_LENGTH);
	wire_skip(&icv, wire_left(&w));
	add_octets(d, &icv, &fields[ICV], ICV_LENGTH);
	close_subtree(d, top, &icv);
	dissect_data(d, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	set_info(d, w, "MACsec frame");
	node_ref top = open_protocol(d, w, &fields[MACSEC]);
	uint8_t control = add_control(d, w);

	add_uint8(d, w, &fields[SHORT_LENGTH]);
	add_uint32(d, w, &fields[PACKET_NUMBER]);
	if (control & SCI_BIT) {
		add_mac(d, w, &fields[SYSTEM]);
		add_uint16(d, w, &fields[PORT]);
	}
	if (w->state != WIRE_GOOD)
		return;
	if (control & (ENCRYPTED_BIT | CHANGED_BIT)) {
		dissect_encrypted(d, *w, top);
		return;
	}
	uint16_t type = add_uint16(d, w, &fields[TYPE]);
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_ethertype(d, *w, type, top, &fields[ICV], 0);
}

static bool accepts(const struct dissection *d, struct wire w)
{
	uint8_t control = wire_peek_u8(&w, 0);
	uint32_t header = TAG + (control & SCI_BIT ? SCI : 0);

	(void)d;
	return w.state == WIRE_GOOD && !(control & VERSION_BIT) && wire_has(&w, header + ICV_LENGTH + 2);
}

const struct protocol protocol_macsec = {
	.name = "MACsec",
	.short_name = "MACsec",
	.filter = "macsec",
	.column = "MACSEC",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.accepts = accepts,
};
