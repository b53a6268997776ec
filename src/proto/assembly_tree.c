/* assembly_tree.c: the pieces that a message was put together from. */

#include "dissect/assembly_tree.h"

static const char *plural(uint32_t n)
{
	return n == 1 ? "" : "s";
}

static void say_if(struct dissection *d, const struct wire *whole, const struct field *field, bool is_so)
{
	if (field && is_so)
		add_number(d, whole, field, 1);
}

static void show_piece(struct dissection *d, const struct wire *whole, const struct piece *piece,
                       const struct assembly_look *look)
{
	node_ref node = add_node(d, whole, look->piece, piece->at, piece->length, piece->frame);

	if (!piece->length)
		append_literal(d, whole, node, " (no data)");
	else
		set_text(d, whole, node, "Frame: %u, payload: %u-%u (%u byte%s)", piece->frame, piece->at,
		         piece->at + piece->length - 1, piece->length, plural(piece->length));
	open_subtree(d);
	say_if(d, whole, look->overlap, piece->overlap);
	say_if(d, whole, look->conflict, piece->conflict);
	say_if(d, whole, look->second_end, piece->second_end);
	say_if(d, whole, look->too_long, piece->too_long);
	close_subtree(d, node, NULL);
}

void show_assembly(struct dissection *d, const struct wire *whole, const struct assembly *assembly,
                   const struct assembly_look *look)
{
	if (!BUILDING(d, whole))
		return;
	node_ref top = add_node_octets(d, whole, look->top, 0, assembly->length, whole->data, assembly->length);
	set_text(d, whole, top, "%u %s (%u byte%s): ", assembly->piece_count, look->top->label, assembly->length,
	         plural(assembly->length));
	open_subtree(d);
	for (uint32_t i = 0; i < assembly->piece_count; i++)
		append_text(d, whole, top, "%s#%u(%u)", i ? ", " : "", assembly->pieces[i].frame,
		            assembly->pieces[i].length);
	for (uint32_t i = 0; i < assembly->piece_count; i++)
		show_piece(d, whole, &assembly->pieces[i], look);
	add_number(d, whole, look->count, assembly->piece_count);
	if (look->length)
		add_number(d, whole, look->length, assembly->length);
	if (look->data)
		add_node_octets(d, whole, look->data, 0, assembly->length, whole->data, assembly->length);
	close_subtree(d, top, NULL);
}
