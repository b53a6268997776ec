/*
 * gquic.c: gQUIC, Google's QUIC before the IETF's ("QUIC Wire Layout Specification"): versions Q020 to Q049.
 *
 *  Public flags:  0 0 number(2) id(2) reset(1) version(1)  id(64)  version(32)  nonce(256)  number(8..48)
 *  Long header:   1 1 type(2) reserved(2) number(2)  version(32)  dcil(4) scil(4)  id(64)  number(8..32)
 *  Short header:  0 1 ......  number(2)  id(64)  number(8..32)
 *
 * Packets that tell no version are of the one that the conversation told last, in the order of octets that it ever asked for. Pass
 * 1 keeps both, and which port is the server's: that which a client greets.
 *
 * Left out: what is encrypted; versions from Q050 on, which are in QUIC's files.
 */

#include "dissect/gquic.h"
#include "dissect/quic.h"
#include "dissect/session.h"

#define F(name) (&gquic_fields[GQUIC_##name])

enum {
	FLAG_VERSION = 0x01, FLAG_RESET = 0x02, FLAG_NONCE = 0x04, FLAG_ID = 0x08,
	HEADER_BITS = 0xc0, /* none: public flags; both: a long header */
	ID = 8, NONCE = 32, HASH = 12, VERSION = 4,
	HTTPS = 443,
};

/* What is known of a conversation. */
struct talk {
	bool is_gquic;
	bool is_valid;      /* its version could be read */
	bool is_big_endian;
	uint8_t version;    /* the last */
	uint16_t server_port;
};

struct state {
	struct map talks; /* by conversation */
};

/* The version of a packet that does not tell it. */
struct gquic_fact {
	uint8_t version;
	bool is_valid;
};

static void state_begin(void *where)
{
	map_init(&((struct state *)where)->talks, sizeof(uint32_t), sizeof(struct talk));
}

static void state_end(void *where)
{
	map_free(&((struct state *)where)->talks);
}

/* ---- versions ---- */

/* Where the version stands in a packet that tells it; 0: it does not. */
static uint32_t version_at(uint8_t first)
{
	if ((first & HEADER_BITS) == HEADER_BITS)
		return 1;
	if (first & HEADER_BITS || !(first & FLAG_VERSION))
		return 0;
	return 1 + (first & FLAG_ID ? ID : 0);
}

/* Three digits behind a letter, or fewer and NUL. */
static bool read_version(const uint8_t octets[VERSION], uint8_t *version)
{
	unsigned value = 0, at = 1;

	while (at < VERSION && (octets[at] == ' ' || (octets[at] >= '\t' && octets[at] <= '\r')))
		at++;
	const unsigned first = at;
	for (; at < VERSION && octets[at] >= '0' && octets[at] <= '9'; at++)
		value = value * 10 + octets[at] - '0';
	bool is_number = at > first && (at == VERSION || !octets[at]);
	*version = (uint8_t)(!is_number ? 0 : value > UINT8_MAX ? UINT8_MAX : value);
	return is_number && value <= UINT8_MAX;
}

/* Pass 1. */
static void learn_version(struct gquic_packet *p, struct talk *talk, const struct wire *w)
{
	const uint8_t *octets = wire_here(w);
	const bool is_new = !talk->is_gquic;
	uint32_t at = version_at(octets[0]);

	if (at && wire_has(w, at + VERSION)) {
		talk->is_valid = read_version(octets + at, &talk->version);
	} else {
		struct gquic_fact *fact = is_new ? NULL : add_fact(p->d, FACT_GQUIC, sizeof *fact, NULL);
		if (fact)
			*fact = (struct gquic_fact){ talk->version, talk->is_valid };
	}
	if (is_new)
		talk->server_port = HTTPS;
	if ((is_new || !(octets[0] & HEADER_BITS)) && (!at || wire_has(w, at + VERSION)) &&
	    talk->version >= GQUIC_BIG_ENDIAN)
		talk->is_big_endian = true;
	talk->is_gquic = true;
}

/* What the conversation says of the packet at w; of what has none, only the packet itself does. */
static void begin_packet(struct gquic_packet *p, struct talk *talk, const struct wire *w)
{
	struct dissection *d = p->d;
	const uint8_t *octets = wire_here(w);
	uint32_t at = version_at(octets[0]);

	if (d->first_pass || !talk->is_gquic)
		learn_version(p, talk, w);
	p->version = talk->version;
	p->is_valid = talk->is_valid;
	p->is_big_endian = talk->is_big_endian;
	p->is_from_server = d->source_port == HTTPS || d->source_port == talk->server_port;
	const struct gquic_fact *fact = d->first_pass ? NULL : find_fact(d, FACT_GQUIC);
	if (fact) {
		p->version = fact->version;
		p->is_valid = fact->is_valid;
	}
	if (at && wire_has(w, at + VERSION))
		p->is_valid = read_version(octets + at, &p->version);
}

/* ---- packets ---- */

static void add_packet_number(struct gquic_packet *p, struct wire *w, uint8_t octets)
{
	p->number_length = octets;
	p->number = gquic_add_number(p, w, GQUIC_NUMBER, octets);
}

static void add_id(struct gquic_packet *p, struct wire *w, unsigned octets)
{
	p->has_id = true;
	p->id = gquic_add_number(p, w, GQUIC_CID, octets);
}

static void list_numbers(const struct gquic_packet *p, const struct wire *w)
{
	append_info(p->d, w, ", PKN: %lu", (unsigned long)p->number);
	if (p->has_id)
		append_info(p->d, w, ", CID: %lu", (unsigned long)p->id);
}

/* Behind the packet number. */
static void dissect_payload(struct gquic_packet *p, struct wire *w)
{
	struct dissection *d = p->d;
	struct wire clear = *w;

	if (!wire_need(w, 1))
		return;
	wire_skip(&clear, HASH + (p->version < GQUIC_NO_ENTROPY));
	if (!gquic_is_clear(p, clear)) {
		add_octets(d, w, F(PAYLOAD), wire_captured(w));
		set_info(d, w, "Payload (Encrypted)");
		list_numbers(p, w);
		return;
	}
	add_octets(d, w, F(HASH), HASH);
	if (p->version < GQUIC_NO_ENTROPY) {
		uint8_t flags = add_uint8(d, w, F(PRIVATE));
		node_ref bits = open_subtree(d);
		add_bits(d, w, F(PRIVATE_ENTROPY), F(PRIVATE_RESERVED), 1, flags);
		close_subtree(d, bits, NULL);
	}
	gquic_dissect_frames(p, w);
	list_numbers(p, w);
}

static uint8_t add_public_flags(const struct gquic_packet *p, struct wire *w)
{
	struct dissection *d = p->d;
	uint8_t flags = add_uint8(d, w, F(FLAGS));
	node_ref bits = open_subtree(d);

	add_bits(d, w, F(FLAG_VERSION), F(FLAG_RESET), 1, flags);
	if (p->is_valid && p->version < GQUIC_HAS_NONCE)
		add_bits(d, w, F(CID_LENGTH), F(CID_LENGTH), 1, flags);
	else if (p->is_valid)
		add_bits(d, w, F(FLAG_NONCE), F(FLAG_CID), 1, flags);
	add_bits(d, w, F(FLAG_NUMBER), F(FLAG_RESERVED), 1, flags);
	close_subtree(d, bits, NULL);
	return flags;
}

static void dissect_public(struct gquic_packet *p, struct wire *w)
{
	static const uint8_t number_lengths[] = { 1, 2, 4, 6 };
	struct dissection *d = p->d;
	uint32_t at = version_at(*wire_here(w));

	if (at && !wire_need(w, at + VERSION))
		return;
	if (at && !p->is_valid)
		add_note(d, w, F(NOTE_VERSION));
	uint8_t flags = add_public_flags(p, w);
	if (flags & FLAG_ID)
		add_id(p, w, ID);
	if (flags & FLAG_VERSION)
		gquic_add_text(p, w, GQUIC_VERSION, VERSION);
	if (flags & FLAG_VERSION && p->is_from_server) {
		while (wire_more(w))
			gquic_add_text(p, w, GQUIC_VERSION, VERSION);
		return;
	}
	if (flags & FLAG_RESET) {
		gquic_dissect_message(p, w, 0);
		return;
	}
	if (flags & FLAG_NONCE && p->is_from_server && p->is_valid && p->version >= GQUIC_HAS_NONCE)
		add_octets(d, w, F(NONCE), NONCE);
	add_packet_number(p, w, number_lengths[flags >> 4 & 3]);
	dissect_payload(p, w);
}

/* The connection id that is the sender's peer's, in the length that the header says. A client's or a server's other one is left out. */
static void add_long_id(struct gquic_packet *p, struct wire *w, uint8_t lengths)
{
	struct dissection *d = p->d;
	unsigned n = (p->is_from_server ? lengths & 0x0f : lengths >> 4) + 3u;

	if (n <= ID) {
		add_id(p, w, n);
	} else if (wire_need(w, n)) {
		add_note_text(d, w, F(NOTE_INTEGER), "Trying to fetch an unsigned integer with length %u", n);
		add_id(p, w, ID);
		wire_skip(w, n - ID);
	}
}

static void dissect_header(struct gquic_packet *p, struct wire *w)
{
	struct dissection *d = p->d;
	uint8_t first = add_uint8(d, w, F(FLAGS));
	const bool is_long = (first & HEADER_BITS) == HEADER_BITS;
	node_ref bits = open_subtree(d);

	add_bits(d, w, F(FORM), F(FIXED), 1, first);
	if (is_long && wire_need(w, VERSION + 1))
		add_bits(d, w, F(TYPE), F(TYPE_RESERVED), 1, first);
	add_bits(d, w, F(NUMBER_LENGTH), F(NUMBER_LENGTH), 1, first);
	close_subtree(d, bits, NULL);
	if (w->state != WIRE_GOOD)
		return;
	if (is_long) {
		uint8_t lengths = wire_here(w)[VERSION];
		if (!p->is_valid)
			add_note(d, w, F(NOTE_VERSION));
		if ((p->is_from_server ? lengths & 0x0f : lengths >> 4) + 3 != ID)
			add_note(d, w, F(NOTE_PARAMETER));
		gquic_add_text(p, w, GQUIC_VERSION, VERSION);
		wire_skip(w, 1);
		add_bits(d, w, F(DCIL), F(SCIL), 1, lengths);
		add_long_id(p, w, lengths);
	} else if (!p->is_from_server) {
		add_id(p, w, ID);
	}
	add_packet_number(p, w, (first & 3) + 1);
	dissect_payload(p, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct state *state = protocol_state(d, &protocol_gquic);
	struct gquic_packet packet = { .d = d };
	struct talk none = { 0 }, *talk = NULL;

	if (!wire_need(w, 1))
		return;
	if (d->has_conversation)
		talk = d->first_pass ? map_put(&state->talks, &d->conversation, NULL) :
		                       map_get(&state->talks, &d->conversation);
	begin_packet(&packet, talk ? talk : &none, w);
	node_ref top = open_protocol(d, w, F(GQUIC));
	if (*wire_here(w) & HEADER_BITS)
		dissect_header(&packet, w);
	else
		dissect_public(&packet, w);
	close_subtree(d, top, w);
	if (d->first_pass && talk && packet.has_hello)
		talk->server_port = d->destination_port;
}

/* ---- is it gQUIC? ---- */

/* By what begins a conversation: a packet that tells one of its versions. */
static bool tells_version(struct wire w)
{
	enum { LONG_SHORTEST = 14 };

	if (!wire_has(&w, 1))
		return false;
	uint8_t first = *wire_here(&w);
	uint32_t at = version_at(first);
	if (at == 1 && wire_left(&w) < LONG_SHORTEST)
		return false;
	if (!at || !wire_has(&w, at + VERSION))
		return false;
	const uint8_t *version = wire_here(&w) + at;
	if (first & HEADER_BITS)
		return memcmp(version, "Q046", VERSION) == 0;
	return first & FLAG_ID && memcmp(version, "Q0", 2) == 0 && version[2] >= '2' && version[2] <= '4';
}

static bool resembles(const struct dissection *d, struct wire w)
{
	enum { SHORTEST = 3 };
	const struct state *state = find_state(d, &protocol_gquic);
	const struct talk *talk = state && d->has_conversation ? map_get(&state->talks, &d->conversation) : NULL;

	if (talk && talk->is_gquic)
		return wire_left(&w) >= SHORTEST || (wire_has(&w, 1) && *wire_here(&w) & HEADER_BITS);
	const struct quic_state *ietf = find_state(d, &protocol_quic);
	const struct quic_talk *other = ietf ? quic_talk_of(d, ietf) : NULL;
	return !(other && other->is_quic) && tells_version(w);
}

const struct protocol protocol_gquic = {
	.name = "GQUIC (Google Quick UDP Internet Connections)", .short_name = "GQUIC", .filter = "gquic", .is_application = true, .column = "GQUIC",
	.fields = gquic_fields, .field_count = N_GQUIC_FIELDS, .dissect = dissect, .resembles = resembles,
	.state_size = sizeof(struct state), .state_begin = state_begin, .state_end = state_end,
};
