/*
 * gquic_tags.c: messages of gQUIC's handshake ("QUIC Crypto", Google): a tag that names the message, and tags with values, of
 * which the ends are told before all of them. All numbers are little-endian.
 *
 *	tag(32)  count(16)  padding(16)  { tag(32) end of value(32) } * count  values
 *
 * A value is read as its tag says, whatever its length is, and may run into the next.
 *
 * Left out: what CRT and CETV hold, compressed or encrypted.
 */

#include "dissect/gquic.h"
#include "dissect/quic.h"

#define F(name) (&gquic_fields[GQUIC_##name])
#define TAG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

enum {
	ENTRY = 8,
	INNER_MESSAGES = 32, /* of one packet, which has one at most */
};

static const struct name messages[] = {
	{ GQUIC_CHLO, "Client Hello" },
	{ TAG('P', 'R', 'S', 'T'), "Public Reset" },
	{ TAG('R', 'E', 'J', 0), "Rejection" },
	{ TAG('S', 'H', 'L', 'O'), "Server Hello" },
};

static const struct name encryptions[] = {
	{ TAG('A', 'E', 'S', 'G'), "AES-GCM with a 12-byte tag and IV" },
	{ TAG('C', 'C', '1', '2'), "Salsa20 with Poly1305" },
	{ TAG('S', '2', '0', 'P'), "Salsa20 with Poly1305" },
};

static const struct name exchanges[] = {
	{ TAG('C', '2', '5', '5'), "Curve25519" },
	{ TAG('P', '2', '5', '6'), "P-256" },
};

/* A tag whose value is being read. */
struct tag {
	struct gquic_packet *p;
	const struct row *row;
	node_ref top;
	const char *name;
	uint32_t length;
};

struct row {
	uint32_t tag;
	const char *name;
	void (*read)(const struct tag *t, struct wire *v);
	enum gquic_field field;
	uint8_t octets;            /* of a value that has a fixed number of them, or of each of its parts */
	const char *before;        /* in the title before a value; NULL: values do not stand there */
	const struct names *names; /* of its parts */
};

bool gquic_is_handshake(uint32_t tag)
{
	return tag == GQUIC_CHLO || tag == TAG('R', 'E', 'J', 0) || tag == TAG('S', 'H', 'L', 'O');
}

/* ---- values ---- */

static void read_octets(const struct tag *t, struct wire *v)
{
	add_octets(t->p->d, v, &gquic_fields[t->row->field], t->row->octets ? t->row->octets : t->length);
}

static void read_unknown(const struct tag *t, struct wire *v)
{
	struct dissection *d = t->p->d;

	read_octets(t, v);
	if (SHOWING(d, v))
		add_note_text(d, v, F(NOTE_TAG), "Dissector for (Google) QUIC Tag %s (%s) code not implemented, "
		              "Contact Wireshark developers if you want this supported", t->name, t->row->name);
}

static void read_text(const struct tag *t, struct wire *v)
{
	const char *text = gquic_add_text(t->p, v, t->row->field, t->row->octets ? t->row->octets : t->length);

	append_text(t->p->d, v, t->top, ": %s", text);
}

static void read_number(const struct tag *t, struct wire *v)
{
	struct dissection *d = t->p->d;
	const struct field *field = &gquic_fields[t->row->field];
	uint64_t number = t->row->octets == 8 ? add_le64(d, v, field) : add_le32(d, v, field);

	if (t->row->before)
		append_text(d, v, t->top, "%s%lu", t->row->before, (unsigned long)number);
}

/* Tags of four characters, some with names. */
static void read_names(const struct tag *t, struct wire *v)
{
	struct dissection *d = t->p->d;
	const struct row *row = t->row;

	for (uint32_t left = t->length; left >= 4 && v->state == WIRE_GOOD; left -= 4) {
		uint32_t value = wire_has(v, 4) ? be32(wire_here(v)) : 0;
		const char *text = gquic_add_text(t->p, v, row->field, 4);
		if (row->names) {
			text = name_or(row->names, value, "Unknown");
			append_text(d, v, d->last, " (%s)", text);
		}
		if (row->before)
			append_text(d, v, t->top, "%s%s", left == t->length ? row->before : ", ", text);
	}
}

static void read_hashes(const struct tag *t, struct wire *v)
{
	for (uint32_t left = t->length; left >= 8 && v->state == WIRE_GOOD; left -= 8)
		add_uint64(t->p->d, v, F(TAG_CCS));
}

static void read_rejections(const struct tag *t, struct wire *v)
{
	for (uint32_t left = t->length; left >= 4 && v->state == WIRE_GOOD; left -= 4) {
		uint32_t reason = add_le32(t->p->d, v, F(TAG_RREJ));
		append_text(t->p->d, v, t->top, ", Code %s", name_or(F(TAG_RREJ)->names, reason, "Unknown"));
	}
}

/* The first one is short by an octet. A length of less than that has no end. */
static void read_public_values(const struct tag *t, struct wire *v)
{
	struct dissection *d = t->p->d;

	if (wire_need(v, 2))
		add_node(d, v, F(TAG_PUBS), v->at, 2, le16(wire_here(v)));
	wire_skip(v, 2);
	for (uint32_t left = t->length - 2; left >= 3 && v->state == WIRE_GOOD; left -= 3)
		add_le24(d, v, F(TAG_PUBS));
}

static void read_time(const struct tag *t, struct wire *v)
{
	const uint8_t *octets = wire_bytes(v, 8);

	if (octets) {
		add_time(t->p->d, v, F(TAG_CTIM), (struct timestamp){ le32(octets), (int32_t)le32(octets + 4) });
		cover(t->p->d, v, 8);
	}
}

/* An address of no known kind has what is left of the value, and the port is looked for too far behind it. */
static void read_address(const struct tag *t, struct wire *v)
{
	enum { IP_4 = 2, IP_6 = 10, TYPE_AND_PORT = 4 };
	struct dissection *d = t->p->d;
	uint16_t type = add_le16(d, v, F(CADR_TYPE));

	if (type == IP_4) {
		add_ipv4(d, v, F(CADR_IPV4));
	} else if (type == IP_6) {
		add_ipv6(d, v, F(CADR_IPV6));
	} else if (t->length < TYPE_AND_PORT - 1) {
		wire_skip(v, wire_left(v) + 1);
	} else {
		struct wire address = *v;
		add_octets(d, &address, F(CADR_OTHER),
		           t->length < TYPE_AND_PORT ? wire_left(v) : t->length - TYPE_AND_PORT);
		wire_skip(v, t->length + TYPE_AND_PORT);
	}
	add_le16(d, v, F(CADR_PORT));
}

static bool dissect_tags(struct gquic_packet *p, struct wire *w, uint32_t count);

/* A message within the message: read as far as its count says. What it takes of the values behind is read once more. */
static void read_configuration(const struct tag *t, struct wire *v)
{
	struct gquic_packet *p = t->p;
	struct wire message = *v;

	gquic_add_text(p, &message, GQUIC_TAG_SCFG, 4);
	uint32_t count = add_le32(p->d, &message, F(SCFG_COUNT));
	if (p->inner_messages < INNER_MESSAGES) {
		p->inner_messages++;
		dissect_tags(p, &message, count);
	}
	wire_skip(v, t->length);
	wire_join(v, &message);
}

/* The Initial packet of another version that the message carries. */
static void read_encapsulated(const struct tag *t, struct wire *v)
{
	struct wire packet = wire_part(v, t->length);

	read_octets(t, v);
	dissect_protocol(t->p->d, packet, &protocol_quic);
}

/* ---- tags ---- */

#define N(a, b, c, d, name, ...) { TAG(a, b, c, d), name, __VA_ARGS__ }
static const struct row rows[] = {
	N('A', 'E', 'A', 'D', "Authenticated encryption algorithms", read_names, GQUIC_TAG_AEAD, 4, ", ",
	  NAMES(encryptions)),
	N('C', 'A', 'D', 'R', "Client Address", read_address, GQUIC_CADR_TYPE),
	N('C', 'C', 'R', 'T', "Cached certificates", read_octets, GQUIC_TAG_CCRT),
	N('C', 'C', 'S', 0, "Common Certificate Sets", read_hashes, GQUIC_TAG_CCS),
	N('C', 'E', 'T', 'V', "Client encrypted tag-value", read_octets, GQUIC_TAG_CETV),
	N('C', 'F', 'C', 'W', "Initial session/connection", read_number, GQUIC_TAG_CFCW, 4, ": "),
	N('C', 'G', 'S', 'T', "Congestion Control Feedback Type", read_octets, GQUIC_TAG_CGST),
	N('C', 'O', 'P', 'T', "Connection options", read_names, GQUIC_TAG_COPT, 4),
	N('C', 'R', 'T', 0xff, "Certificate chain", read_octets, GQUIC_TAG_CRT),
	N('C', 'S', 'C', 'T', "Signed cert timestamp (RFC6962) of leaf cert", read_octets, GQUIC_TAG_CSCT),
	N('C', 'T', 'I', 'M', "Client Timestamp", read_time, GQUIC_TAG_CTIM, 8),
	N('E', 'P', 'I', 'D', "Endpoint Identifier", read_text, GQUIC_TAG_EPID),
	N('E', 'X', 'P', 'Y', "Expiry", read_number, GQUIC_TAG_EXPY, 8),
	N('F', 'H', 'O', 'L', "Force Head Of Line blocking", read_number, GQUIC_TAG_FHOL, 4, ": "),
	N('I', 'C', 'S', 'L', "Idle connection state", read_number, GQUIC_TAG_ICSL, 4),
	N('I', 'R', 'T', 'T', "Estimated initial RTT", read_number, GQUIC_TAG_IRTT, 4, ": "),
	N('K', 'E', 'X', 'S', "Key exchange algorithms", read_names, GQUIC_TAG_KEXS, 4, ", ", NAMES(exchanges)),
	N('M', 'A', 'D', 0, "Max Ack Delay (IETF QUIC)", read_number, GQUIC_TAG_MAD0, 4, ": "),
	N('M', 'I', 'D', 'S', "Max incoming dynamic streams", read_number, GQUIC_TAG_MIDS, 4, ": "),
	N('M', 'S', 'P', 'C', "Max streams per connection", read_number, GQUIC_TAG_MSPC, 4, ": "),
	N('N', 'O', 'N', 'C', "Client Nonce", read_octets, GQUIC_TAG_NONC, 32),
	N('N', 'O', 'N', 'P', "Client Proof Nonce", read_octets, GQUIC_TAG_NONP, 32),
	N('O', 'B', 'I', 'T', "Server Orbit", read_octets, GQUIC_TAG_OBIT),
	N('P', 'A', 'D', 0, "Padding", read_octets, GQUIC_TAG_PAD),
	N('P', 'D', 'M', 'D', "Proof Demand", read_text, GQUIC_TAG_PDMD),
	N('P', 'R', 'O', 'F', "Proof (Signature)", read_octets, GQUIC_TAG_PROF),
	N('P', 'U', 'B', 'S', "Public value", read_public_values, GQUIC_TAG_PUBS),
	N('Q', 'L', 'V', 'E', "Legacy Version Encapsulation", read_encapsulated, GQUIC_TAG_QLVE),
	N('R', 'N', 'O', 'N', "Public Reset Nonce Proof", read_number, GQUIC_TAG_RNON, 8),
	N('R', 'R', 'E', 'J', "Reasons for server sending", read_rejections, GQUIC_TAG_RREJ),
	N('R', 'S', 'E', 'Q', "Rejected Packet Number", read_number, GQUIC_TAG_RSEQ, 8),
	N('S', 'C', 'F', 'G', "Server Config", read_configuration, GQUIC_TAG_SCFG),
	N('S', 'C', 'I', 'D', "Server config ID", read_octets, GQUIC_TAG_SCID),
	N('S', 'C', 'L', 'S', "Silently close on timeout", read_number, GQUIC_TAG_SCLS, 4),
	N('S', 'F', 'C', 'W', "Initial stream flow control", read_number, GQUIC_TAG_SFCW, 4, ": "),
	N('S', 'M', 'H', 'L', "Support Max Header List (size)", read_number, GQUIC_TAG_SMHL, 4, ": "),
	N('S', 'N', 'I', 0, "Server Name Indication", read_text, GQUIC_TAG_SNI),
	N('S', 'N', 'O', 0, "Server nonce", read_octets, GQUIC_TAG_SNO),
	N('S', 'R', 'B', 'F', "Socket receive buffer", read_number, GQUIC_TAG_SRBF, 4),
	N('S', 'R', 'S', 'T', "Stateless Reset Token", read_octets, GQUIC_TAG_SRST),
	N('S', 'T', 'K', 0, "Source Address Token", read_octets, GQUIC_TAG_STK),
	N('S', 'T', 'T', 'L', "Server Config TTL", read_number, GQUIC_TAG_STTL, 8),
	N('T', 'B', 'K', 'P', "Token Binding Key Params", read_text, GQUIC_TAG_TBKP, 4),
	N('T', 'C', 'I', 'D', "Connection ID truncation", read_number, GQUIC_TAG_TCID, 4),
	N('U', 'A', 'I', 'D', "Client's User Agent ID", read_text, GQUIC_TAG_UAID),
	N('V', 'E', 'R', 0, "Version", read_names, GQUIC_TAG_VERSION, 4, ": "),
	N('X', 'L', 'C', 'T', "Expected leaf certificate", read_octets, GQUIC_TAG_XLCT, 8),
};
#undef N

static const struct row *find_row(uint32_t tag)
{
	static const struct row unknown = { 0, "Unknown", read_unknown, GQUIC_TAG_UNKNOWN };

	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].tag == tag)
			return &rows[i];
	return &unknown;
}

/* The value ahead of v; it is left behind its end. */
static void read_value(struct tag *t, struct wire *v)
{
	struct dissection *d = t->p->d;
	const uint32_t start = v->at;

	if (!wire_need(v, t->length))
		return;
	add_node_octets(d, v, F(TAG_VALUE), start, t->length, wire_here(v), t->length);
	t->row->read(t, v);
	if (v->state == WIRE_GOOD && v->at - start != t->length) {
		node_ref rest = open_heading(d, v, F(UNKNOWN_DATA));
		note_on(d, rest, F(NOTE_UNKNOWN));
		close_subtree(d, rest, v);
		if (!wire_need(v, t->length))
			return;
		v->at = start + t->length;
	}
}

/* w stands on what is told of a tag, v on its value, which begins `from` octets behind the first value. */
static void dissect_tag(struct gquic_packet *p, struct wire *w, struct wire *v, uint32_t from)
{
	struct dissection *d = p->d;
	uint32_t tag = wire_has(w, 4) ? be32(wire_here(w)) : 0;
	struct tag t = { .p = p, .row = find_row(tag), .top = open_heading(d, w, F(TAG)) };

	t.name = gquic_add_text(p, w, GQUIC_TAG_TYPE, 4);
	append_text(d, w, d->last, " (%s)", t.row->name);
	append_text(d, w, t.top, ": %s (%s)", t.name, t.row->name);
	uint32_t end = add_le32(d, w, F(TAG_END));
	t.length = end - from;
	add_number(d, w, F(TAG_LENGTH), t.length);
	cover(d, w, 4);
	append_text(d, w, t.top, " (l=%u)", t.length);
	if (t.length <= INT32_MAX && t.length > wire_left(v)) {
		note_on(d, d->last, F(NOTE_TRUNCATED));
		t.length = wire_left(v);
	}
	if (w->state == WIRE_GOOD)
		read_value(&t, v);
	set_length(d, t.top, ENTRY);
	close_subtree(d, t.top, NULL);
	wire_join(w, v);
}

/* The tags and their values; w is left behind the values. False: there are no values. */
static bool dissect_tags(struct gquic_packet *p, struct wire *w, uint32_t count)
{
	struct wire values = *w;

	wire_skip(&values, count < UINT32_MAX / ENTRY ? count * ENTRY : UINT32_MAX);
	const uint32_t start = values.at;
	while (count-- && w->state == WIRE_GOOD)
		dissect_tag(p, w, &values, values.at - start);
	if (w->state == WIRE_GOOD)
		*w = values;
	if (w->at == start)
		add_note_text(p->d, w, F(NOTE_LENGTH), "Invalid total tag length: 0");
	return w->at != start;
}

void gquic_dissect_message(struct gquic_packet *p, struct wire *w, node_ref top)
{
	struct dissection *d = p->d;
	uint32_t tag = wire_has(w, 4) ? be32(wire_here(w)) : 0;
	const char *name = name_or(NAMES(messages), tag, "Unknown Tag"), *text = gquic_add_text(p, w, GQUIC_MESSAGE, 4);

	append_text(d, w, d->last, " (%s)", name);
	set_info(d, w, "%s", name_or(NAMES(messages), tag, "Unknown"));
	append_text(d, w, top, ", Type: %s (%s)", text, name);
	uint16_t count = add_le16(d, w, F(TAG_COUNT));
	add_octets(d, w, F(MESSAGE_PADDING), 2);
	if (!dissect_tags(p, w, count))
		wire_skip(w, wire_captured(w));
}
