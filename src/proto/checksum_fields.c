/* checksum_fields.c: checksums as trees show them. */

#include "dissect/checksum_fields.h"

#include "dissect/checksum.h"

static const struct name statuses[] = {
	{ CHECKSUM_STATUS_BAD, "Bad" },
	{ CHECKSUM_STATUS_GOOD, "Good" },
	{ CHECKSUM_STATUS_UNVERIFIED, "Unverified" },
	{ CHECKSUM_STATUS_ABSENT, "Not present" },
	{ CHECKSUM_STATUS_ILLEGAL, "Illegal" },
};
const struct names checksum_status_names = { statuses, sizeof statuses / sizeof *statuses };

/* Says behind the value just added, and below it, whether it is what it should be. */
static enum checksum_status add_verdict(struct dissection *d, struct wire *w, const struct field *note, bool is_good,
                                        uint16_t expected, const char *excuse)
{
	if (is_good) {
		append_literal(d, w, d->last, " [correct]");
		return CHECKSUM_STATUS_GOOD;
	}
	append_text(d, w, d->last, " incorrect, should be 0x%04x%s", expected, excuse);
	note_text_on(d, d->last, note, "Bad checksum [should be 0x%04x]", expected);
	return CHECKSUM_STATUS_BAD;
}

/* It stands where the checksum does. */
static void add_status(struct dissection *d, const struct wire *w, const struct field *field, enum checksum_status status)
{
	add_node(d, w, field, w->at - 2, 0, status);
}

uint16_t add_checksum(struct dissection *d, struct wire *w, const struct field *fields, uint16_t sum)
{
	uint16_t found = add_uint16(d, w, &fields[CHECKSUM_VALUE]);

	if (BUILDING(d, w)) {
		enum checksum_status status = add_verdict(d, w, &fields[CHECKSUM_BAD_NOTE], sum == CHECKSUM_GOOD,
		                                          checksum_expected(sum, found), "");
		add_status(d, w, &fields[CHECKSUM_VERDICT], status);
	}
	return found;
}

uint16_t add_unverified_checksum(struct dissection *d, struct wire *w, const struct field *fields, const char *why)
{
	uint16_t found = add_uint16(d, w, &fields[CHECKSUM_VALUE]);

	if (BUILDING(d, w)) {
		node_literal(d, d->last, why, strlen(why));
		add_status(d, w, &fields[CHECKSUM_VERDICT], CHECKSUM_STATUS_UNVERIFIED);
	}
	return found;
}

void add_offloaded_checksum(struct dissection *d, struct wire *w, const struct offloaded_checksum *look, uint16_t sum)
{
	const struct field *calculated = &look->fields[CHECKSUM_CALCULATED];
	uint16_t found = add_uint16(d, w, &look->fields[CHECKSUM_VALUE]);

	if (!BUILDING(d, w))
		return;
	node_ref value = d->last;
	bool is_good = sum == CHECKSUM_GOOD;
	uint16_t expected = is_good ? found : checksum_expected(sum, found);
	enum checksum_status status = add_verdict(d, w, &look->fields[CHECKSUM_BAD_NOTE], is_good, expected, look->excuse);

	if (look->calculated_below) {
		d->last = value;
		open_subtree(d);
		add_node(d, w, calculated, w->at - 2, 2, expected);
		close_subtree(d, value, NULL);
	}
	add_status(d, w, &look->fields[CHECKSUM_VERDICT], status);
	if (!look->calculated_below)
		add_node(d, w, calculated, w->at - 2, 2, expected);
}

void add_transport_checksum(struct dissection *d, struct wire *w, const struct offloaded_checksum *look, bool is_asked,
                            uint32_t start, uint32_t length)
{
	bool is_there = w->state == WIRE_GOOD && w->end == w->reported && length <= w->end - start;

	if (!is_asked || !is_there || w->fragment) {
		add_unverified_checksum(d, w, look->fields, " [unverified]");
	} else if (d->tree) {
		uint16_t sum = checksum_pseudo_header(&d->source, &d->destination, look->protocol, length);
		add_offloaded_checksum(d, w, look, checksum_add(sum, w->data + start, length));
	} else {
		wire_skip(w, 2);
	}
}
