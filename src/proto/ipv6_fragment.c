/* ipv6_fragment.c: the fragment header of IPv6, RFC 8200, section 4.5. */

#include "dissect/ip.h"

enum {
	HEADER, NEXT_HEADER, RESERVED, OFFSET, RESERVED_BITS, MORE_FRAGMENTS, IDENTIFICATION, JUMBO,
	FIRST_FRAGMENT, N_FIELDS = FIRST_FRAGMENT + N_FRAGMENT_FIELDS
};

static const struct field fields[N_FIELDS] = {
	[HEADER]         = { "ipv6.fraghdr", "Fragment Header for IPv6", PROTOCOL },
	[NEXT_HEADER]    = { "ipv6.fraghdr.nxt", "Next header", UINT8, DEC, .names = &ip_protocol_names },
	[RESERVED]       = { "ipv6.fraghdr.reserved_octet", "Reserved octet", UINT8, HEX },
	[OFFSET]         = { "ipv6.fraghdr.offset", "Offset", UINT16, DEC, .mask = 0xfff8 },
	[RESERVED_BITS]  = { "ipv6.fraghdr.reserved_bits", "Reserved bits", UINT16, DEC, .mask = 0x0006 },
	[MORE_FRAGMENTS] = { "ipv6.fraghdr.more", "More Fragments", BOOLEAN, .mask = 0x0001, .names = &yes_or_no },
	[IDENTIFICATION] = { "ipv6.fraghdr.ident", "Identification", UINT32, HEX },
	[JUMBO]          = { "ipv6.opt.jumbo.fragment", "Jumbo Payload option cannot be used with a fragment header",
	                     NOTE,
	                     .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },

	[FIRST_FRAGMENT + FRAGMENTS] = { "ipv6.fragments", "IPv6 Fragments", SUBTREE, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT] = { "ipv6.fragment", "IPv6 Fragment", FRAME_NUMBER, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_OVERLAP] = { "ipv6.fragment.overlap", "Fragment overlap", BOOLEAN,
	                                        .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_CONFLICT] = { "ipv6.fragment.overlap.conflict",
	                                         "Conflicting data in fragment overlap",
	                                         BOOLEAN, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_TAILS] = { "ipv6.fragment.multipletails", "Multiple tail fragments found", BOOLEAN,
	                                      .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_TOO_LONG] = { "ipv6.fragment.toolongfragment", "Fragment too long", BOOLEAN, .generated = true },
	[FIRST_FRAGMENT + FRAGMENT_COUNT] = { "ipv6.fragment.count", "Fragment count", UINT32, .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_LENGTH] = { "ipv6.reassembled.length", "Reassembled IPv6 length", UINT32,
	                                          .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_DATA] = { "ipv6.reassembled.data", "Reassembled IPv6 data", OCTETS,
	                                        .generated = true },
	[FIRST_FRAGMENT + REASSEMBLED_IN] = { "ipv6.reassembled.in", "Reassembled IPv6 in frame", FRAME_NUMBER,
	                                      .generated = true },
};

static void dissect(struct dissection *d, struct wire *w)
{
	struct wire whole;
	if (!wire_need(w, 8))
		return;
	node_ref top = open_extension(d, w, &fields[HEADER]);
	if (d->ipv6 && d->ipv6->is_jumbogram)
		add_note(d, w, &fields[JUMBO]);
	uint8_t next_header = add_uint8(d, w, &fields[NEXT_HEADER]);
	add_uint8(d, w, &fields[RESERVED]);
	uint16_t value = add_uint16(d, w, &fields[OFFSET]);
	append_text(d, w, d->last, " (%u bytes)", value & 0xfff8);
	add_bits(d, w, &fields[RESERVED_BITS], &fields[MORE_FRAGMENTS], 2, value);
	struct fragment fragment = { .header = w->at - 4, .offset = value & 0xfff8, .more = value & 1, .name = "IPv6",
		                     .fields = &fields[FIRST_FRAGMENT] };
	fragment.id = add_uint32(d, w, &fields[IDENTIFICATION]);
	close_extension(d, top, w);
	set_info(d, w, "IPv6 fragment (off=%u more=%c ident=0x%08x nxt=%u)", fragment.offset, fragment.more ? 'y' : 'n',
	         fragment.id, next_header);

	struct ipv6_header *header = d->ipv6;
	bool is_whole = (!fragment.more && !fragment.offset) || !wire_left(w);
	if (is_whole || (header && (header->is_jumbogram || header->is_reassembled))) {
		dissect_ip_payload(d, *w, next_header);
		return;
	}
	/* Only what was captured whole can be put together. */
	bool is_complete = wire_captured(w) == wire_left(w) && !(header && header->is_cut);
	d->depth += header != NULL;
	bool is_reassembled = is_complete && reassemble_fragment(d, w, &fragment, &whole);
	d->depth -= header != NULL;
	if (!is_reassembled) {
		dissect_data(d, *w);
		return;
	}
	if (header)
		header->is_reassembled = true;
	dissect_ip_payload(d, whole, next_header);
}

const struct protocol protocol_ipv6_fragment = {
	.name = "Fragment Header for IPv6",
	.short_name = "IPv6 Fragment",
	.filter = "ipv6.fraghdr",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
