/* chdlc.c: the header of Cisco's HDLC, RFC 1547 section 4.3.1. Leaves out its keepalives (SLARP). */

#include "dissect/link.h"

enum { CHDLC, ADDRESS, CONTROL, NUMBER, N_FIELDS };

static const struct name addresses[] = { { 0x0f, "Unicast" }, { 0x8f, "Multicast" } };
static const struct name numbers[] = {
	{ 0x0800, "IP" },
	{ 0x2000, "Cisco Discovery Protocol" },
	{ 0x4242, "Spanning Tree BPDU" },
	{ 0x6558, "Transparent Ethernet bridging" },
	{ 0x8035, "SLARP" },
	{ 0x8038, "DEC LanBridge" },
	{ 0x809b, "Appletalk" },
	{ 0x80f3, "AARP" },
	{ 0x8137, "Netware IPX/SPX" },
	{ 0x86dd, "IPv6" },
	{ 0x8847, "MPLS unicast" },
	{ 0x8848, "MPLS multicast" },
	{ 0xfefe, "OSI" },
};

static const struct field fields[N_FIELDS] = {
	[CHDLC]   = { "chdlc", "Cisco HDLC", PROTOCOL },
	[ADDRESS] = { "chdlc.address", "Address", UINT8, HEX, .names = NAMES(addresses) },
	[CONTROL] = { "chdlc.control", "Control", UINT8, HEX },
	[NUMBER]  = { "chdlc.protocol", "Protocol", UINT16, HEX, .names = NAMES(numbers) },
};

enum { HEADER = 4, SLARP = 0x8035 };

static void dissect(struct dissection *d, struct wire *w)
{
	if (LISTING(d, w))
		columns_begin_link(d->columns, "CHDLC", "");
	if (!wire_need(w, HEADER))
		return;
	node_ref top = open_protocol(d, w, &fields[CHDLC]);
	add_uint8(d, w, &fields[ADDRESS]);
	add_uint8(d, w, &fields[CONTROL]);
	uint16_t number = add_uint16(d, w, &fields[NUMBER]);
	close_subtree(d, top, w);
	/* The numbers are ethertypes, but for the one that RARP has there. */
	if (!protocol_by(BY_ETHERTYPE, number))
		set_column(d, w, "0x%04x", number);
	if (number == SLARP)
		dissect_data(d, *w);
	else
		dissect_next(d, *w, BY_ETHERTYPE, number);
}

const struct protocol protocol_chdlc = {
	.name = "Cisco HDLC",
	.short_name = "CHDLC",
	.filter = "chdlc",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
