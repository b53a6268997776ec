/*
 * cmd.c: Cisco MetaData, a tag before the ethertype that carries a security group. It has no published
 * specification.
 */

#include "dissect/link.h"

enum { CMD, VERSION, LENGTH, OPTIONS, SECURITY_GROUP, TYPE, TRAILER, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[CMD]            = { "cmd", "Cisco MetaData", PROTOCOL },
	[VERSION]        = { "cmd.version", "Version", UINT8 },
	[LENGTH]         = { "cmd.length", "Length", UINT8 },
	[OPTIONS]        = { "cmd.options", "Options", UINT16, HEX },
	[SECURITY_GROUP] = { "cmd.sgt", "SGT", UINT16 },
	[TYPE]           = { "cmd.type", "Type", UINT16, HEX, .names = &ethertype_names },
	[TRAILER]        = { "cmd.trailer", "Trailer", OCTETS },
};

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[CMD]);

	add_uint8(d, w, &fields[VERSION]);
	add_uint8(d, w, &fields[LENGTH]);
	add_uint16(d, w, &fields[OPTIONS]);
	add_uint16(d, w, &fields[SECURITY_GROUP]);
	uint16_t type = add_uint16(d, w, &fields[TYPE]);
	close_subtree(d, top, w);
	if (w->state == WIRE_GOOD)
		dissect_ethertype(d, *w, type, top, &fields[TRAILER], 0);
}

const struct protocol protocol_cmd = {
	.name = "Cisco MetaData",
	.short_name = "Cisco MetaData",
	.filter = "cmd",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
