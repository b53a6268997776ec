/*
 * fabricpath.c: Cisco FabricPath, Ethernet frames within Ethernet frames whose addresses name switches: 12 bits
 * of switch, 8 of sub-switch, 16 of port. It has no published specification.
 */

#include "dissect/checksum_fields.h"
#include "dissect/link.h"

enum {
	CFP, DESTINATION, GROUP_DESTINATION, SOURCE, END_NODE, UL_BIT, IG_BIT, OOO_BIT, SWITCH, SUB_SWITCH,
	LOCAL_ID, TAG_TYPE, TAG_PRIORITY, TAG_DEI, TAG_ID, TYPE, TREE, TTL, FCS, FCS_STATUS, N_FIELDS
};

static const struct name ul[] = {
	{ 0, "Globally unique address (factory default)" },
	{ 1, "Locally administered address (this is NOT the factory default)" },
};
static const struct name ig[] = {
	{ 0, "Individual address (unicast)" }, { 1, "Group address (multicast/broadcast)" },
};
static const struct name orders[] = {
	{ 0, "Deliver in order (If DA) or Learn (If SA)" },
	{ 1, "Out of order delivery (If DA) or Do not learn (If SA)" },
};

static const struct field fields[N_FIELDS] = {
	[CFP]          = { "cfp", "Cisco FabricPath", PROTOCOL },
	[DESTINATION]  = { "cfp.d_hmac", "Destination", SUBTREE },
	[GROUP_DESTINATION] = { "cfp.d_hmac_mc", "MC Destination", MAC },
	[SOURCE]       = { "cfp.s_hmac", "Source", SUBTREE },
	[END_NODE]     = { "cfp.eid", "End Node ID", UINT24, DEC_HEX, .mask = 0xfcc000 },
	[UL_BIT]       = { "cfp.ul", "U/L bit", BOOLEAN, .mask = 0x020000, .names = NAMES(ul) },
	[IG_BIT]       = { "cfp.ig", "I/G bit", BOOLEAN, .mask = 0x010000, .names = NAMES(ig) },
	[OOO_BIT]      = { "cfp.ooodl", "OOO/DL Bit", BOOLEAN, .mask = 0x001000, .names = NAMES(orders) },
	[SWITCH]       = { "cfp.swid", "switch-id", UINT24, DEC_HEX, .mask = 0x000fff },
	[SUB_SWITCH]   = { "cfp.sswid", "sub-switch-id", UINT8, DEC_HEX },
	[LOCAL_ID]     = { "cfp.lid", "Source LID", UINT16, DEC_HEX },
	[TAG_TYPE]     = { "cfp.1ad.etype", "IEEE 802.1ad Ethertype", UINT16, HEX, .names = &ethertype_names },
	[TAG_PRIORITY] = { "cfp.1ad.priority", "Priority", UINT16, DEC, .mask = 0xe000 },
	[TAG_DEI]      = { "cfp.1ad.dei", "DEI", UINT16, DEC, .mask = 0x1000 },
	[TAG_ID]       = { "cfp.1ad.id", "ID", UINT16, DEC, .mask = 0x0fff },
	[TYPE]         = { "cfp.etype", "FP Ethertype", UINT16, HEX, .names = &ethertype_names },
	[TREE]         = { "cfp.ftag", "FTAG", UINT16, DEC, .mask = 0xffc0 },
	[TTL]          = { "cfp.ttl", "TTL", UINT16, DEC, .mask = 0x003f },
	[FCS]          = { "cfp.fcs", "Frame check sequence", UINT32, HEX },
	[FCS_STATUS]   = { "cfp.fcs.status", "FCS status", UINT8, NAME_ONLY, .generated = true,
	                   .names = &checksum_status_names },
};

enum { GROUP_BIT = 0x01, ADDRESS = 6, BRIDGE_TYPE = 0x88a8 };

/* A hierarchical address, and its text. The end node is 0, says tshark of every address. */
static const char *add_address(struct dissection *d, struct wire *w, unsigned field)
{
	if (!wire_need(w, ADDRESS))
		return "";
	const uint8_t *p = wire_here(w);
	const char *text = text_of(d, "%03x.%02x.%04x", be16(p + 1) & 0xfff, p[3], be16(p + 4));

	add_node(d, w, &fields[field], w->at, ADDRESS, 0);
	append_text(d, w, d->last, ": %s", text);
	node_ref node = open_subtree(d);
	uint32_t first = wire_u24(w);
	add_node(d, w, &fields[END_NODE], w->at - 3, 3, 0);
	add_bits(d, w, &fields[UL_BIT], &fields[SWITCH], 3, first);
	add_uint8(d, w, &fields[SUB_SWITCH]);
	add_uint16(d, w, &fields[LOCAL_ID]);
	close_subtree(d, node, NULL);
	return text;
}

static const char *add_destination(struct dissection *d, struct wire *w)
{
	if (!(wire_peek_u8(w, 0) & GROUP_BIT))
		return add_address(d, w, DESTINATION);
	const uint8_t *p = add_mac(d, w, &fields[GROUP_DESTINATION]);
	return p ? mac_text(d, p) : "";
}

static void dissect(struct dissection *d, struct wire *w)
{
	set_info(d, w, "Cisco FabricPath MiM Encapsulated Frame");
	node_ref top = open_protocol(d, w, &fields[CFP]);
	const char *destination = add_destination(d, w);
	const char *source = add_address(d, w, SOURCE);

	append_text(d, w, top, ", Src: %s, Dst: %s", source, destination);
	if (wire_peek_u16(w, 0) == BRIDGE_TYPE) {
		add_uint16(d, w, &fields[TAG_TYPE]);
		uint16_t tag = wire_u16(w);
		add_bits(d, w, &fields[TAG_PRIORITY], &fields[TAG_ID], 2, tag);
	}
	add_uint16(d, w, &fields[TYPE]);
	uint16_t tag = wire_u16(w);
	add_bits(d, w, &fields[TREE], &fields[TTL], 2, tag);
	if (w->state != WIRE_GOOD)
		return;
	struct wire frame = *w;
	wire_shorten(&frame, wire_left(w) > FCS_LENGTH ? wire_left(w) - FCS_LENGTH : 0);
	wire_skip(w, wire_left(&frame));
	if (wire_need(w, FCS_LENGTH)) {
		add_uint32(d, w, &fields[FCS]);
		append_literal(d, w, d->last, " [unverified]");
		add_number(d, w, &fields[FCS_STATUS], CHECKSUM_STATUS_UNVERIFIED);
	}
	close_subtree(d, top, NULL);
	dissect_next(d, frame, BY_ETHERTYPE, 0x6558);
}

const struct protocol protocol_fabricpath = {
	.name = "Cisco FabricPath",
	.short_name = "CFP",
	.filter = "cfp",
	.column = "FabricPath",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
