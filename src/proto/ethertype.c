/*
 * ethertype.c: payloads that an ethertype names, and the padding, trailer and frame check sequence behind
 * them: IEEE 802.3, section 3.2.
 *
 * Nothing in a frame says what the octets behind its payload are. Of those that the payload does not claim, the
 * ones that fill a frame up to 60 octets are padding, if they are all zero; the last four of a frame of at least 64
 * octets are its check sequence; what is left is a trailer.
 */

#include "dissect/checksum_fields.h"
#include "dissect/link.h"

enum { PADDING, FCS, FCS_STATUS, PADDING_NOTE, N_FIELDS };
enum { SHORTEST = 60 }; /* octets of a frame without its check sequence */

static const struct field fields[N_FIELDS] = {
	[PADDING]      = { "eth.padding", "Padding", OCTETS },
	[FCS]          = { "eth.fcs", "Frame check sequence", UINT32, HEX },
	[FCS_STATUS]   = { "eth.fcs.status", "FCS Status", UINT8, .generated = true, .names = &checksum_status_names },
	[PADDING_NOTE] = { "eth.padding_bad",
	                   "Didn't find padding of zeros, and an undecoded trailer exists. There may be padding of non-zeros.",
	                   NOTE, .severity = SEVERITY_NOTE, .group = GROUP_PROTOCOL },
};

const struct protocol protocol_ethertype = {
	.name = "Ethertype",
	.short_name = "Ethertype",
	.filter = "ethertype",
	.fields = fields,
	.field_count = N_FIELDS,
};

/* Moves over n octets of zeros; leaves the cursor where it is when one is not zero. */
static bool add_padding(struct dissection *d, struct wire *w, uint32_t n)
{
	const uint8_t *p = wire_here(w);
	uint32_t captured = wire_captured(w) < n ? wire_captured(w) : n;

	for (uint32_t i = 0; i < captured; i++) {
		if (p[i])
			return false;
	}
	add_octets(d, w, &fields[PADDING], n);
	return true;
}

void show_trailer(struct dissection *d, struct wire w, node_ref node, const struct field *trailer, int fcs_length,
                  const struct protocol *reader)
{
	if (d->first_pass)
		return;
	bool padded = true;
	uint32_t frame = d->frame->length;
	node_ref saved = reopen(d, node);

	if (w.source == 0 && frame >= SHORTEST && w.at < SHORTEST) {
		uint32_t n = SHORTEST - w.at;
		padded = add_padding(d, &w, n < wire_left(&w) ? n : wire_left(&w));
	}
	bool has_fcs = fcs_length == FCS_LENGTH ||
	               (fcs_length && frame >= SHORTEST + FCS_LENGTH && wire_left(&w) >= FCS_LENGTH);
	uint32_t n = wire_left(&w);
	if (has_fcs)
		n = n > FCS_LENGTH ? n - FCS_LENGTH : 0;
	if (n && wire_captured(&w)) {
		add_octets(d, &w, trailer, n < wire_captured(&w) ? n : wire_captured(&w));
		if (!padded)
			note_on(d, d->last, &fields[PADDING_NOTE]);
	}
	if (has_fcs) {
		add_uint32(d, &w, &fields[FCS]);
		append_text(d, &w, d->last, " [unverified]");
		add_node(d, &w, &fields[FCS_STATUS], w.at - FCS_LENGTH, 0, 2);
		value_text(d, &w, d->last, "Unverified");
	}
	close_late(d, saved);
	say_end(d, &w, reader);
}

/* Extensible Authentication Protocol over LANs (IEEE 802.1X): version, type, length of what follows. */
static uint32_t eapol_length(struct wire w)
{
	return wire_has(&w, 4) ? 4u + be16(wire_here(&w) + 2) : UINT32_MAX;
}

/* Protocols that are not dissected yet, but say where they end. */
static const struct measure {
	uint16_t type;
	uint32_t (*length)(struct wire w); /* UINT32_MAX: to the end */
} measures[] = {
	{ 0x888e, eapol_length },
};

static void measure_payload(struct wire *payload, uint16_t type)
{
	for (unsigned i = 0; i < sizeof measures / sizeof *measures; i++) {
		if (measures[i].type == type && !protocol_by(BY_ETHERTYPE, type))
			wire_shorten(payload, measures[i].length(*payload));
	}
}

static void list_unknown(struct dissection *d, const struct wire *w, uint16_t type)
{
	const char *name = name_of(&ethertype_names, type);

	set_column(d, w, "0x%04x", type);
	if (name)
		set_info(d, w, "%s", name);
}

void dissect_ethertype(struct dissection *d, struct wire w, uint16_t type, node_ref node, const struct field *trailer,
                       int fcs_length)
{
	struct wire payload = w;

	if (fcs_length > 0 && wire_left(&w) >= (uint32_t)fcs_length)
		wire_shorten(&payload, wire_left(&w) - (uint32_t)fcs_length);
	measure_payload(&payload, type);
	trail(d, protocol_ethertype.filter);
	if (!protocol_by(BY_ETHERTYPE, type))
		list_unknown(d, &payload, type);
	const uint32_t caught_at = d->caught_at;
	d->caught_at = w.at;
	uint32_t end = dissect_claiming(d, payload, BY_ETHERTYPE, type);
	d->caught_at = caught_at;
	if (end >= w.end)
		return;
	w.at = end;
	show_trailer(d, w, node, trailer, fcs_length, &protocol_ethertype);
}
