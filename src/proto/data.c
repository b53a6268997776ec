/* data.c: octets that no protocol claims. */

#include "dissect/dissection.h"

enum { DATA, DATA_DATA, DATA_LENGTH, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[DATA]        = { "data", "Data", PROTOCOL, COUNTED, .dump = true },
	[DATA_DATA]   = { "data.data", "Data", OCTETS },
	[DATA_LENGTH] = { "data.len", "Length", INT32, .generated = true },
};

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t n = wire_captured(w);
	node_ref top = open_protocol(d, w, &fields[DATA]);

	set_length(d, top, n);
	add_octets(d, w, &fields[DATA_DATA], n);
	add_number(d, w, &fields[DATA_LENGTH], n);
	close_subtree(d, top, w);
}

const struct protocol protocol_data = {
	.name = "Data", .short_name = "Data", .filter = "data", .fields = fields, .field_count = N_FIELDS, .dissect = dissect,
};

void dissect_data(struct dissection *d, struct wire w)
{
	if (wire_captured(&w))
		dissect_protocol(d, w, &protocol_data);
}
