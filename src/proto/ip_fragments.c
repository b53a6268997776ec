/* ip_fragments.c: fragments of IPv4 (RFC 791, section 3.2) and IPv6 (RFC 8200, section 4.5) put together. */

#include "dissect/ip.h"
#include "dissect/session.h"

struct fragment_fact {
	uint32_t assembly;
};

/* What fragments of one datagram have in common. */
struct fragment_key {
	struct address source, destination;
	uint32_t id;
	uint8_t protocol, pad;
};

_Static_assert(sizeof(struct fragment_key) <= ASSEMBLY_KEY, "the key does not fit");

static void collect(struct dissection *d, const struct wire *w, const struct fragment *fragment)
{
	struct reassembly *reassembly = &d->session->reassembly;
	const struct source *source = &d->sources[w->source];
	uint8_t octets[ASSEMBLY_KEY] = { 0 };
	struct fragment_key *key = (struct fragment_key *)octets;
	uint32_t n = wire_captured(w);

	key->source = d->source;
	key->destination = d->destination;
	key->id = fragment->id;
	key->protocol = fragment->protocol;
	uint32_t number = reassembly_open(reassembly, octets);
	struct piece piece = { .frame = d->frame->number, .at = fragment->offset, .length = n,
		               .from = source->capture_offset == UINT64_MAX ? UINT64_MAX : source->capture_offset + w->at };
	enum piece_result result =
		reassembly_add(reassembly, d->session->capture, number, piece, wire_here(w), !fragment->more);
	if (result == PIECE_REFUSED)
		return;
	struct fragment_fact *fact = add_fact(d, FACT_FRAGMENT, sizeof *fact, NULL);
	if (fact)
		fact->assembly = number;
	if (result == PIECE_COMPLETES)
		reassembly_close(reassembly, octets);
}

static void show_pieces(struct dissection *d, const struct wire *w, const struct assembly *assembly,
                        const struct fragment *fragment, struct wire whole)
{
	const struct field *fields = fragment->fields;

	if (!BUILDING(d, w))
		return;
	node_ref top = add_node(d, &whole, &fields[FRAGMENTS], 0, assembly->length, 0);
	set_text(d, w, top, "%u %s (%u byte%s): ", assembly->piece_count, fields[FRAGMENTS].label, assembly->length,
	         assembly->length == 1 ? "" : "s");
	open_subtree(d);
	for (uint32_t i = 0; i < assembly->piece_count; i++)
		append_text(d, w, top, "%s#%u(%u)", i ? ", " : "", assembly->pieces[i].frame,
		            assembly->pieces[i].length);
	for (uint32_t i = 0; i < assembly->piece_count; i++) {
		const struct piece *piece = &assembly->pieces[i];
		node_ref node = add_node(d, &whole, &fields[FRAGMENT], piece->at, piece->length, piece->frame);
		set_text(d, w, node, "Frame: %u, payload: %u-%u (%u byte%s)", piece->frame, piece->at,
		         piece->at + piece->length - 1, piece->length, piece->length == 1 ? "" : "s");
		open_subtree(d);
		if (piece->overlap)
			add_number(d, w, &fields[FRAGMENT_OVERLAP], 1);
		if (piece->conflict)
			add_number(d, w, &fields[FRAGMENT_CONFLICT], 1);
		if (piece->second_end)
			add_number(d, w, &fields[FRAGMENT_TAILS], 1);
		if (piece->too_long)
			add_number(d, w, &fields[FRAGMENT_TOO_LONG], 1);
		close_subtree(d, node, NULL);
	}
	add_number(d, w, &fields[FRAGMENT_COUNT], assembly->piece_count);
	add_number(d, w, &fields[REASSEMBLED_LENGTH], assembly->length);
	add_node_octets(d, &whole, &fields[REASSEMBLED_DATA], 0, assembly->length, whole.data, assembly->length);
	close_subtree(d, top, NULL);
}

bool reassemble_fragment(struct dissection *d, const struct wire *w, const struct fragment *fragment,
                         struct wire *whole)
{
	const struct reassembly *reassembly = &d->session->reassembly;

	if (d->first_pass)
		collect(d, w, fragment);
	const struct fragment_fact *fact = find_fact(d, FACT_FRAGMENT);
	const struct assembly *assembly = fact ? reassembly_at(reassembly, fact->assembly) : NULL;
	if (!assembly || !assembly->frame)
		return false;
	if (assembly->frame != d->frame->number) {
		add_number(d, w, &fragment->fields[REASSEMBLED_IN], assembly->frame);
		return false;
	}
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);
	if (!octets)
		return false;
	*whole = add_source(d, text_of(d, "Reassembled %s", fragment->name), octets, assembly->length);
	if (whole->state != WIRE_GOOD)
		return false;
	show_pieces(d, w, assembly, fragment, *whole);
	return true;
}
