/* pbb.c: provider backbone bridges, which carry MAC frames in MAC frames: IEEE 802.1ah. */

#include "dissect/link.h"

enum {
	PBB, SERVICE_TAG, PRIORITY, DROP, NCA, RES1, RES2, SERVICE_ID, DESTINATION, SOURCE, TYPE, TRAILER, N_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[PBB]         = { "ieee8021ah", "IEEE 802.1ah", PROTOCOL },
	[SERVICE_TAG] = { NULL, "I-Tag", SUBTREE },
	[PRIORITY]    = { "ieee8021ah.priority", "Priority", UINT32, DEC, .mask = 0xe0000000 },
	[DROP]        = { "ieee8021ah.drop", "DROP", UINT32, DEC, .mask = 0x10000000 },
	[NCA]         = { "ieee8021ah.nca", "NCA", UINT32, DEC, .mask = 0x08000000 },
	[RES1]        = { "ieee8021ah.res1", "RES1", UINT32, DEC, .mask = 0x04000000 },
	[RES2]        = { "ieee8021ah.res2", "RES2", UINT32, DEC, .mask = 0x03000000 },
	[SERVICE_ID]  = { "ieee8021ah.isid", "I-SID", UINT32, DEC, .mask = 0x00ffffff },
	[DESTINATION] = { "ieee8021ah.cdst", "C-Destination", MAC },
	[SOURCE]      = { "ieee8021ah.csrc", "C-Source", MAC },
	[TYPE]        = { "ieee8021ah.etype", "Type", UINT16, HEX, .names = &ethertype_names },
	[TRAILER]     = { "ieee8021ah.trailer", "Trailer", OCTETS },
};

node_ref open_backbone(struct dissection *d, const struct wire *w)
{
	begin_columns(d, w, "802.1ah");
	return open_protocol(d, w, &fields[PBB]);
}

void dissect_backbone(struct dissection *d, struct wire *w, node_ref top)
{
	uint32_t tag = wire_u32(w);
	append_info(d, w, "PRI: %u  Drop: %u  NCA: %u  Res1: %u  Res2: %u  I-SID: %u", tag >> 29, tag >> 28 & 1,
	            tag >> 27 & 1, tag >> 26 & 1, tag >> 24 & 3, tag & 0xffffff);
	add_node(d, w, &fields[SERVICE_TAG], w->at - 4, 4, 0);
	append_text(d, w, d->last, ", I-SID: %u", tag & 0xffffff);
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[PRIORITY], &fields[SERVICE_ID], 4, tag);
	close_subtree(d, node, NULL);

	const uint8_t *destination = add_mac(d, w, &fields[DESTINATION]);
	const uint8_t *source = add_mac(d, w, &fields[SOURCE]);
	if (SHOWING(d, w))
		append_text(d, w, top, ", I-SID: %u, C-Src: %s, C-Dst: %s", tag & 0xffffff, mac_text(d, source),
		            mac_text(d, destination));
	uint16_t type = add_uint16(d, w, &fields[TYPE]);
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_ethertype(d, *w, type, top, &fields[TRAILER], 0);
}

static void dissect(struct dissection *d, struct wire *w)
{
	begin_columns(d, w, "802.1ah");
	if (wire_need(w, 4))
		dissect_backbone(d, w, open_backbone(d, w));
}

const struct protocol protocol_pbb = {
	.name = "IEEE 802.1ah",
	.short_name = "IEEE 802.1AH",
	.filter = "ieee8021ah",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
