/* eth.c: Ethernet II and IEEE 802.3 frames. Leaves out the check of the frame check sequence. */

#include "dissect/link.h"
#include "dissect/resolver.h"
#include "dissect/session.h"
#include "dissect/text.h"

enum {
	ETH, DESTINATION, DESTINATION_ADDRESS, DESTINATION_LG, DESTINATION_IG,
	SOURCE, SOURCE_ADDRESS, SOURCE_LG, SOURCE_IG, GROUP_SOURCE, TYPE, LENGTH, PAST_END, INVALID_TYPE,
	INVALID_NOTE, TRAILER, N_FIELDS
};

static const struct name lg[] = {
	{ 0, "Globally unique address (factory default)" },
	{ 1, "Locally administered address (this is NOT the factory default)" },
};
static const struct name ig[] = {
	{ 0, "Individual address (unicast)" },
	{ 1, "Group address (multicast/broadcast)" },
};

static const struct field destination_too[] = {
	{ "eth.dst_resolved", "Destination (resolved)", STRING },
	{ "eth.dst.oui", "Destination OUI", UINT24 },
	{ "eth.dst.oui_resolved", "Destination OUI (resolved)", STRING, OF_ORGANIZATION },
};
static const struct field source_too[] = {
	{ "eth.src_resolved", "Source (resolved)", STRING },
	{ "eth.src.oui", "Source OUI", UINT24 },
	{ "eth.src.oui_resolved", "Source OUI (resolved)", STRING, OF_ORGANIZATION },
};
static const struct field address_too[] = {
	{ "eth.addr_resolved", "Address (resolved)", STRING },
	{ "eth.addr.oui", "Address OUI", UINT24 },
	{ "eth.addr.oui_resolved", "Address OUI (resolved)", STRING, OF_ORGANIZATION },
};
static const struct field lg_too[] = { { "eth.lg", "LG bit", BOOLEAN, .mask = 0x020000, .names = NAMES(lg) } };
static const struct field ig_too[] = { { "eth.ig", "IG bit", BOOLEAN, .mask = 0x010000, .names = NAMES(ig) } };

static const struct field fields[N_FIELDS] = {
	[ETH]            = { "eth", "Ethernet II", PROTOCOL },
	[DESTINATION]    = { "eth.dst", "Destination", MAC, .ALSO(destination_too), .also_place = ALSO_BELOW },
	[DESTINATION_ADDRESS] = { "eth.addr", "Address", MAC, .ALSO(address_too) },
	[DESTINATION_LG] = { "eth.dst.lg", "LG bit", BOOLEAN, .mask = 0x020000, .names = NAMES(lg), .ALSO(lg_too) },
	[DESTINATION_IG] = { "eth.dst.ig", "IG bit", BOOLEAN, .mask = 0x010000, .names = NAMES(ig), .ALSO(ig_too) },
	[SOURCE]         = { "eth.src", "Source", MAC, .ALSO(source_too), .also_place = ALSO_BELOW },
	[SOURCE_ADDRESS] = { "eth.addr", "Address", MAC, .ALSO(address_too) },
	[SOURCE_LG]      = { "eth.src.lg", "LG bit", BOOLEAN, .mask = 0x020000, .names = NAMES(lg), .ALSO(lg_too) },
	[SOURCE_IG]      = { "eth.src.ig", "IG bit", BOOLEAN, .mask = 0x010000, .names = NAMES(ig), .ALSO(ig_too) },
	[GROUP_SOURCE]   = { "eth.src_not_group",
	                     "Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)", NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
	[TYPE]           = { "eth.type", "Type", UINT16, HEX, .names = &ethertype_names },
	[LENGTH]         = { "eth.len", "Length", UINT16 },
	[PAST_END]       = { "eth.len.past_end", "Length field value goes past the end of the payload", NOTE,
	                     .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[INVALID_TYPE]   = { "eth.invalid_lentype", "Invalid length/type", UINT16, HEX_DEC },
	[INVALID_NOTE]   = { "eth.invalid_lentype.expert", "Invalid length/type", NOTE, .severity = SEVERITY_WARNING,
	                     .group = GROUP_PROTOCOL },
	[TRAILER]        = { "eth.trailer", "Trailer", OCTETS },
};

enum { HEADER = 14 };

extern const struct protocol protocol_eth, protocol_llc, protocol_fabricpath;

/* An address with its two flag bits below it. */
static const uint8_t *add_address(struct dissection *d, struct wire *w, unsigned first, bool may_be_group)
{
	const uint8_t *p = add_mac(d, w, &fields[first]);

	if (!BUILDING(d, w))
		return p;
	node_ref node = open_subtree(d);
	if (!may_be_group && p[0] & 1)
		add_note(d, w, &fields[GROUP_SOURCE]);
	add_node(d, w, &fields[first + 1], w->at - 6, 6, be48(p));
	add_node(d, w, &fields[first + 2], w->at - 6, 3, be24(p));
	add_node(d, w, &fields[first + 3], w->at - 6, 3, be24(p));
	close_subtree(d, node, NULL);
	return p;
}

/* The frames of IEEE 802.3: a length, then LLC, or Novell's IPX without it. */
static void dissect_length(struct dissection *d, struct wire *w, node_ref top, int fcs_length)
{
	uint16_t length = add_uint16(d, w, &fields[LENGTH]);
	node_ref length_node = d->last;
	struct wire all = *w;
	uint32_t fcs = fcs_length > 0 && wire_left(w) >= (uint32_t)fcs_length ? (uint32_t)fcs_length : 0;
	bool is_raw = wire_has(w, 2) && be16(wire_here(w)) == 0xffff;

	wire_shorten(w, wire_left(w) - fcs);
	if (length > wire_left(w))
		note_on(d, length_node, &fields[PAST_END]);
	set_text(d, w, top, "IEEE 802.3 Ethernet %s", is_raw ? "Raw " : "");
	set_info(d, w, "IEEE 802.3 Ethernet %s", is_raw ? "Raw " : "");
	close_subtree(d, top, w);
	wire_shorten(w, length);
	wire_skip(&all, wire_left(w) < wire_captured(&all) ? wire_left(w) : wire_captured(&all));
	if (is_raw)
		dissect_next(d, *w, BY_ETHERTYPE, ETHERTYPE_IPX);
	else
		dissect_protocol(d, *w, &protocol_llc);
	if (d->end_said != WIRE_CUT)
		show_trailer(d, all, top, &fields[TRAILER], fcs_length, &protocol_eth);
}

static void add_title(struct dissection *d, node_ref top, const uint8_t *source, const uint8_t *destination)
{
	const struct resolver *resolver = d->session->resolver;
	const uint32_t before = d->frame->number - 1; /* what ARP says in this frame is not known yet */
	char *text = begin_text(d, 2 * RESOLVED_LARGEST + 16), *to = text;

	to = put_literal(to, ", Src: ");
	to = resolve_mac(resolver, before, to, source);
	to = put_literal(to, ", Dst: ");
	to = resolve_mac(resolver, before, to, destination);
	end_text(d, top, TEXT_APPEND, text, to);
}

/* The addresses of a frame with that type, or with that behind a provider's tag, are none of this protocol. */
static bool is_fabricpath(const struct wire *w)
{
	enum { FABRICPATH = 0x8903, BRIDGE = 0x88a8, TAG = 4 };
	const uint8_t *type = wire_here(w) + HEADER - 2;

	return be16(type) == FABRICPATH ||
	       (be16(type) == BRIDGE && wire_has(w, HEADER + TAG) && be16(type + TAG) == FABRICPATH);
}

static void dissect_frame_with(struct dissection *d, struct wire *w, int fcs_length)
{
	if (!wire_has(w, HEADER))
		set_column(d, w, "Ethernet"); /* Info stays what the carrier said */
	if (!wire_need(w, HEADER))
		return;
	begin_columns(d, w, "Ethernet");
	if (is_fabricpath(w)) {
		dissect_protocol(d, *w, &protocol_fabricpath);
		return;
	}
	node_ref top = open_protocol(d, w, &fields[ETH]);
	uint16_t type = wire_peek_u16(w, HEADER - 2);
	/* Behind the source of an IEEE 802.3 frame a route may stand, IEEE 802.5 says by that bit. */
	bool is_ethernet_2 = !type || type >= ETHERTYPE_SMALLEST;
	const uint8_t *destination = add_address(d, w, DESTINATION, true);
	const uint8_t *source = add_address(d, w, SOURCE, !is_ethernet_2);

	d->link_destination = address_of(ADDRESS_MAC, destination);
	d->link_source = address_of(ADDRESS_MAC, source);
	d->link_is_inner = true;
	if (SAYING(d, w, top))
		add_title(d, top, source, destination);
	append_info_literal(d, w, "Ethernet II");
	if (type && type <= LENGTH_LARGEST) {
		dissect_length(d, w, top, fcs_length);
	} else if (type && type < ETHERTYPE_SMALLEST) {
		set_text(d, w, top, "Ethernet Unknown, Src: %s, Dst: %s", mac_text(d, source), mac_text(d, destination));
		set_info(d, w, "Ethernet Unknown: Invalid length/type: 0x%04x (%u)", type, type);
		add_uint16(d, w, &fields[INVALID_TYPE]);
		note_text_on(d, d->last, &fields[INVALID_NOTE], "Invalid length/type: 0x%04x (%u)", type, type);
		close_subtree(d, top, w);
		dissect_data(d, *w);
	} else {
		add_uint16(d, w, &fields[TYPE]);
		close_subtree(d, top, w);
		dissect_ethertype(d, *w, type, top, &fields[TRAILER], fcs_length);
	}
}

static void dissect(struct dissection *d, struct wire *w)
{
	bool is_outermost = d->layer_count == 1;

	/* Within other protocols frames come without their check sequence. */
	dissect_frame_with(d, w, is_outermost ? d->frame->fcs_length : 0);
}

const struct protocol protocol_eth = {
	.name = "Ethernet",
	.short_name = "Ethernet",
	.filter = "eth",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
