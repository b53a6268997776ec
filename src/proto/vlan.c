/* vlan.c: tags of virtual LANs: IEEE 802.1Q, and provider bridges (two tags, QinQ), IEEE 802.1ad. */

#include "dissect/link.h"
#include "dissect/resolver.h"
#include "dissect/session.h"

enum { VLAN, PRIORITY, DEI, ID, NAME, TYPE, LENGTH, PAST_END, TRAILER, N_FIELDS };
enum { BRIDGE, BRIDGE_PRIORITY, BRIDGE_DEI, BRIDGE_TYPE, BRIDGE_ID, BRIDGE_SVID, BRIDGE_CVID, BACKBONE_TAG, N_BRIDGE };

static const struct name priorities[] = {
	{ 0, "Best Effort (default)" },
	{ 1, "Background" },
	{ 2, "Excellent Effort" },
	{ 3, "Critical Applications" },
	{ 4, "Video, < 100ms latency and jitter" },
	{ 5, "Voice, < 10ms latency and jitter" },
	{ 6, "Internetwork Control" },
	{ 7, "Network Control" },
};
static const struct name dei[] = { { 0, "Ineligible" }, { 1, "Eligible" } };

static const struct field fields[N_FIELDS] = {
	[VLAN]     = { "vlan", "802.1Q Virtual LAN", PROTOCOL },
	[PRIORITY] = { "vlan.priority", "Priority", UINT16, DEC, .mask = 0xe000, .names = NAMES(priorities) },
	[DEI]      = { "vlan.dei", "DEI", BOOLEAN, .mask = 0x1000, .names = NAMES(dei) },
	[ID]       = { "vlan.id", "ID", UINT16, DEC, .mask = 0x0fff },
	[NAME]     = { "vlan.id_name", "Name", STRING, .generated = true },
	[TYPE]     = { "vlan.etype", "Type", UINT16, HEX, .names = &ethertype_names },
	[LENGTH]   = { "vlan.len", "Length", UINT16 },
	[PAST_END] = { "vlan.len.past_end", "Length field value goes past the end of the payload", NOTE,
	               .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[TRAILER]  = { "vlan.trailer", "Trailer", OCTETS },
};

static const struct field bridge_fields[N_BRIDGE] = {
	[BRIDGE]          = { "ieee8021ad", "IEEE 802.1ad", PROTOCOL },
	[BRIDGE_PRIORITY] = { "ieee8021ad.priority", "Priority", UINT16, DEC, .mask = 0xe000, .bits = 16 },
	[BRIDGE_DEI]      = { "ieee8021ad.dei", "DEI", UINT16, DEC, .mask = 0x1000, .bits = 16 },
	[BRIDGE_TYPE]     = { "ieee8021ah.etype", "Type", UINT16, HEX, .names = &ethertype_names },
	[BRIDGE_ID]       = { "ieee8021ad.id", "ID", UINT16, DEC, .mask = 0x0fff },
	[BRIDGE_SVID]     = { "ieee8021ad.svid", "ID", UINT16, DEC, .mask = 0x0fff },
	[BRIDGE_CVID]     = { "ieee8021ad.cvid", "ID", UINT16, DEC, .mask = 0x0fff },
	[BACKBONE_TAG]    = { NULL, "B-Tag", SUBTREE },
};

extern const struct protocol protocol_vlan, protocol_llc;

enum { ETHERTYPE_BRIDGE = 0x88a8, ETHERTYPE_BACKBONE = 0x88e7 };

void dissect_tag_length(struct dissection *d, struct wire *w, node_ref top, const struct tag_length *show)
{
	uint16_t length = add_uint16(d, w, show->length);
	struct wire rest = *w;
	bool is_raw = wire_has(w, 2) && be16(wire_here(w)) == 0xffff;

	if (length > wire_left(w))
		note_on(d, d->last, show->past_end);
	close_subtree(d, top, w);
	wire_shorten(w, length);
	wire_skip(&rest, wire_captured(w));
	if (is_raw)
		dissect_next(d, *w, BY_ETHERTYPE, ETHERTYPE_IPX);
	else
		dissect_protocol(d, *w, &protocol_llc);
	if (wire_captured(&rest))
		show_trailer(d, rest, top, show->trailer, 0, show->protocol);
}

static void add_name(struct dissection *d, struct wire *w, uint16_t id)
{
	const char *name = vlan_name(d->session->resolver, id);

	if (!name)
		name = text_of(d, "<%u>", id);
	add_string_value(d, w, &fields[NAME], name, strlen(name));
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 2))
		return;
	node_ref top = open_protocol(d, w, &fields[VLAN]);
	uint16_t tag = wire_u16(w);
	append_text(d, w, top, ", PRI: %u, DEI: %u, ID: %u", tag >> 13, tag >> 12 & 1, tag & 0xfff);
	set_info(d, w, "PRI: %u  DEI: %u  ID: %u", tag >> 13, tag >> 12 & 1, tag & 0xfff);
	add_bits(d, w, &fields[PRIORITY], &fields[ID], 2, tag);
	if (resolves(d->session->resolver, RESOLVE_VLANS))
		add_name(d, w, tag & 0xfff);
	uint16_t type = wire_peek_u16(w, 0);

	if (w->state != WIRE_GOOD)
		return;
	if (type <= LENGTH_LARGEST) {
		static const struct tag_length show = { &fields[LENGTH], &fields[PAST_END], &fields[TRAILER], &protocol_vlan };
		dissect_tag_length(d, w, top, &show);
	} else {
		add_uint16(d, w, &fields[TYPE]);
		close_subtree(d, top, w);
		dissect_ethertype(d, *w, type, top, &fields[TRAILER], 0);
	}
}

static void add_bridge_tag(struct dissection *d, struct wire *w, unsigned id, uint16_t *value)
{
	*value = wire_u16(w);
	add_node(d, w, &bridge_fields[BRIDGE_PRIORITY], w->at - 2, 1, *value);
	add_node(d, w, &bridge_fields[BRIDGE_DEI], w->at - 2, 1, *value);
	add_bits(d, w, &bridge_fields[id], &bridge_fields[id], 2, *value);
}

/* The tag of a backbone, IEEE 802.1ah, is one header with that of the service behind it. */
static void dissect_backbone_tag(struct dissection *d, struct wire *w)
{
	node_ref top = open_backbone(d, w);
	uint16_t tag;

	add_node(d, w, &bridge_fields[BACKBONE_TAG], w->at, 2, 0);
	node_ref node = open_subtree(d);
	add_bridge_tag(d, w, BRIDGE_ID, &tag);
	append_text(d, w, node, ", B-VID: %u", tag & 0xfff);
	append_text(d, w, top, ", B-VID: %u", tag & 0xfff);
	close_subtree(d, node, NULL);
	wire_skip(w, 2);
	dissect_backbone(d, w, top);
}

/* Two of these tags in a row are one header. */
static void dissect_bridge(struct dissection *d, struct wire *w)
{
	uint16_t next = wire_has(w, 4) ? be16(wire_here(w) + 2) : 0;
	if (next == ETHERTYPE_BACKBONE) {
		dissect_backbone_tag(d, w);
		return;
	}
	node_ref top = open_protocol(d, w, &bridge_fields[BRIDGE]);
	uint16_t service, customer;
	bool is_double = next == ETHERTYPE_BRIDGE;

	add_bridge_tag(d, w, is_double ? BRIDGE_SVID : BRIDGE_ID, &service);
	set_info(d, w, "PRI: %u  DROP: %u ID: %u", service >> 13, service >> 12 & 1, service & 0xfff);
	if (is_double) {
		wire_skip(w, 2);
		add_bridge_tag(d, w, BRIDGE_CVID, &customer);
		append_text(d, w, top, ", S-VID: %u, C-VID: %u", service & 0xfff, customer & 0xfff);
	} else {
		append_text(d, w, top, ", ID: %u", service & 0xfff);
	}
	uint16_t type = add_uint16(d, w, &bridge_fields[BRIDGE_TYPE]);
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_ethertype(d, *w, type, top, &fields[TRAILER], 0);
}

const struct protocol protocol_vlan = {
	.name = "802.1Q Virtual LAN",
	.short_name = "VLAN",
	.filter = "vlan",
	.is_lower = true,
	.column = "VLAN",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_ieee8021ad = {
	.name = "IEEE 802.1ad",
	.short_name = "IEEE 802.1ad",
	.filter = "ieee8021ad",
	.column = "802.1ad",
	.fields = bridge_fields,
	.field_count = N_BRIDGE,
	.dissect = dissect_bridge,
};
