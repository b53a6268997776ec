/*
 * vxlan.c: Virtual eXtensible Local Area Network, RFC 7348, with the group policy of draft-smith-vxlan-group-policy, and its
 * Generic Protocol Extension, draft-ietf-nvo3-vxlan-gpe.
 */

#include "dissect/dissection.h"

enum { VXLAN, FLAGS, POLICY, INSTANCE, DONT_LEARN, APPLIED, RESERVED_FLAGS, GROUP, VNI, RESERVED, N_FIELDS };
enum {
	GPE, GPE_FLAGS, GPE_VERSION, GPE_INSTANCE, GPE_NEXT, GPE_OAM, GPE_RESERVED_FLAGS, GPE_RESERVED, NEXT_PROTOCOL, N_GPE
};

static const struct name defined[] = { { 0, "Not defined" }, { 1, "Defined" } };
static const struct name next_protocols[] = {
	{ 1, "IPv4" }, { 2, "IPv6" }, { 3, "Ethernet" }, { 4, "Network Service Header" }, { 5, "MPLS" },
};

static const struct field fields[N_FIELDS] = {
	[VXLAN]          = { "vxlan", "Virtual eXtensible Local Area Network", PROTOCOL },
	[FLAGS]          = { "vxlan.flags", "Flags", UINT16, HEX },
	[POLICY]         = { "vxlan.flag_g", "GBP Extension", BOOLEAN, .mask = 0x8000, .names = NAMES(defined) },
	[INSTANCE]       = { "vxlan.flag_i", "VXLAN Network ID (VNI)", BOOLEAN, .mask = 0x0800 },
	[DONT_LEARN]     = { "vxlan.flag_d", "Don't Learn", BOOLEAN, .mask = 0x0040 },
	[APPLIED]        = { "vxlan.flag_a", "Policy Applied", BOOLEAN, .mask = 0x0008 },
	[RESERVED_FLAGS] = { "vxlan.flags_reserved", "Reserved(R)", UINT16, HEX, .mask = 0x77b7 },
	[GROUP]          = { "vxlan.gbp", "Group Policy ID", UINT16 },
	[VNI]            = { "vxlan.vni", "VXLAN Network Identifier (VNI)", UINT24 },
	[RESERVED]       = { "vxlan.reserved8", "Reserved", UINT8 },
};

static const struct field gpe_fields[N_GPE] = {
	[GPE]                = { "vxlan", "Virtual eXtensible Local Area Network", PROTOCOL },
	[GPE_FLAGS]          = { "vxlan.flags", "Flags", UINT8, HEX },
	[GPE_VERSION]        = { "vxlan.ver", "Version", UINT8, DEC, .mask = 0x30 },
	[GPE_INSTANCE]       = { "vxlan.i_bit", "Instance", UINT8, DEC, .mask = 0x08 },
	[GPE_NEXT]           = { "vxlan.p_bit", "Next Protocol Bit", UINT8, DEC, .mask = 0x04 },
	[GPE_OAM]            = { "vxlan.o_bit", "OAM bit", UINT8, DEC, .mask = 0x01 },
	[GPE_RESERVED_FLAGS] = { "vxlan.flags_reserved", "Reserved(R)", UINT8, DEC, .mask = 0xc2 },
	[GPE_RESERVED]       = { "vxlan.reserved_16", "Reserved", UINT16 },
	[NEXT_PROTOCOL]      = { "vxlan.next_proto", "Next Protocol", UINT8, DEC, .names = NAMES(next_protocols) },
};

extern const struct protocol protocol_eth, protocol_ip, protocol_ipv6, protocol_nsh, protocol_mpls;

static const struct protocol *const payloads[] = { NULL, &protocol_ip, &protocol_ipv6, &protocol_eth, &protocol_nsh, &protocol_mpls };

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[VXLAN]);
	uint16_t flags = add_uint16(d, w, &fields[FLAGS]);
	node_ref node = open_subtree(d);

	for (unsigned i = POLICY; i <= APPLIED; i++) {
		if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	}
	add_bits(d, w, &fields[POLICY], &fields[RESERVED_FLAGS], 2, flags);
	close_subtree(d, node, NULL);
	add_uint16(d, w, &fields[GROUP]);
	add_uint24(d, w, &fields[VNI]);
	add_uint8(d, w, &fields[RESERVED]);
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_protocol(d, *w, &protocol_eth);
}

static void dissect_gpe(struct dissection *d, struct wire *w)
{
	d->trail_count--; /* tshark does not count it among the frame's protocols */
	node_ref top = open_protocol(d, w, &gpe_fields[GPE]);
	uint8_t flags = add_uint8(d, w, &gpe_fields[GPE_FLAGS]);
	node_ref node = open_subtree(d);

	add_bits(d, w, &gpe_fields[GPE_VERSION], &gpe_fields[GPE_RESERVED_FLAGS], 1, flags);
	close_subtree(d, node, NULL);
	add_uint16(d, w, &gpe_fields[GPE_RESERVED]);
	uint8_t next = add_uint8(d, w, &gpe_fields[NEXT_PROTOCOL]);
	add_uint24(d, w, &fields[VNI]);
	add_uint8(d, w, &fields[RESERVED]);
	close_subtree(d, top, w);
	if (w->state != WIRE_GOOD)
		return;
	if (next < sizeof payloads / sizeof *payloads && payloads[next])
		dissect_protocol(d, *w, payloads[next]);
	else
		dissect_data(d, *w);
}

const struct protocol protocol_vxlan = {
	.name = "Virtual eXtensible Local Area Network",
	.short_name = "VXLAN",
	.filter = "vxlan",
	.column = "VxLAN",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_vxlan_gpe = {
	.name = "Virtual eXtensible Local Area Network (GPE)",
	.short_name = "UDP", /* what is missing is missing from that, says tshark */
	.filter = "vxlan_gpe",
	.column = "VxLAN",
	.fields = gpe_fields,
	.field_count = N_GPE,
	.dissect = dissect_gpe,
};
