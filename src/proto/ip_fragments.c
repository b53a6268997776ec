/* ip_fragments.c: fragments of IPv4 (RFC 791, section 3.2) and IPv6 (RFC 8200, section 4.5) put together. */

#include "dissect/assembly_tree.h"
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
		add_node(d, w, &fragment->fields[REASSEMBLED_IN], fragment->header, 0, assembly->frame);
		if (fragment->is_listed)
			append_info(d, w, " [Reassembled in #%u]", assembly->frame);
		return false;
	}
	const uint8_t *octets = assembly_octets(assembly, d->session->capture, d->arena);
	if (!octets)
		return false;
	*whole = add_source(d, text_of(d, "Reassembled %s", fragment->name), octets, assembly->length);
	if (whole->state != WIRE_GOOD)
		return false;
	const struct field *fields = fragment->fields;
	const struct assembly_look look = {
		&fields[FRAGMENTS], &fields[FRAGMENT], &fields[FRAGMENT_OVERLAP], &fields[FRAGMENT_CONFLICT],
		&fields[FRAGMENT_TAILS], &fields[FRAGMENT_TOO_LONG], &fields[FRAGMENT_COUNT],
		&fields[REASSEMBLED_LENGTH], &fields[REASSEMBLED_DATA],
	};
	show_assembly(d, whole, assembly, &look);
	return true;
}
