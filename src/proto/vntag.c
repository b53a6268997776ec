/* vntag.c: Cisco's VN-Tag, which names the virtual interfaces of a frame; it became IEEE 802.1BR. */

#include "dissect/link.h"

enum {
	VNTAG, DIRECTION, POINTER, DESTINATION, LOOPED, RESERVED, VERSION, SOURCE, TYPE, LENGTH, PAST_END,
	TRAILER, N_FIELDS
};

static const struct name directions[] = { { 0, "To Bridge" }, { 1, "From Bridge" } };
static const struct name pointers[] = { { 0, "vif_id" }, { 1, "vif_list_id" } };

static const struct field fields[N_FIELDS] = {
	[VNTAG]       = { "vntag", "VN-Tag", PROTOCOL },
	[DIRECTION]   = { "vntag.dir", "Direction", BOOLEAN, .mask = 0x80000000, .names = NAMES(directions) },
	[POINTER]     = { "vntag.ptr", "Pointer", BOOLEAN, .mask = 0x40000000, .names = NAMES(pointers) },
	[DESTINATION] = { "vntag.dst", "Destination", UINT32, DEC, .mask = 0x3fff0000 },
	[LOOPED]      = { "vntag.looped", "Looped", BOOLEAN, .mask = 0x00008000, .names = &yes_or_no },
	[RESERVED]    = { "vntag.r", "Reserved", UINT32, DEC, .mask = 0x00004000 },
	[VERSION]     = { "vntag.version", "Version", UINT32, DEC, .mask = 0x00003000 },
	[SOURCE]      = { "vntag.src", "Source", UINT32, DEC, .mask = 0x00000fff },
	[TYPE]        = { "vntag.etype", "Type", UINT16, HEX, .names = &ethertype_names },
	[LENGTH]      = { "vntag.len", "Length", UINT16 },
	[PAST_END]    = { "vntag.len.past_end", "Length field value goes past the end of the payload", NOTE,
	                  .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[TRAILER]     = { "vntag.trailer", "Trailer", OCTETS },
};

extern const struct protocol protocol_vntag;

static void dissect(struct dissection *d, struct wire *w)
{
	static const struct tag_length length = { &fields[LENGTH], &fields[PAST_END], &fields[TRAILER], &protocol_vntag };
	node_ref top = open_protocol(d, w, &fields[VNTAG]);
	uint32_t tag = wire_u32(w);

	add_bits(d, w, &fields[DIRECTION], &fields[SOURCE], 4, tag);
	uint16_t type = wire_peek_u16(w, 0);
	if (w->state != WIRE_GOOD)
		return;
	if (type <= LENGTH_LARGEST) {
		dissect_tag_length(d, w, top, &length);
	} else {
		add_uint16(d, w, &fields[TYPE]);
		close_subtree(d, top, w);
		dissect_ethertype(d, *w, type, top, &fields[TRAILER], 0);
	}
}

const struct protocol protocol_vntag = {
	.name = "VN-Tag",
	.short_name = "VNTAG",
	.filter = "vntag",
	.column = "VNTAG",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
