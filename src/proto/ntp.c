/*
 * ntp.c: Network Time Protocol, RFC 5905 (version 4), RFC 1305 (version 3) and before, with extension fields, RFC 7822
 * (those of Network Time Security, RFC 8915, as octets).
 *
 *	+--+-----+-----+---------------+---------------+---------------+
 *	|LI| VN  |Mode |    Stratum    |     Poll      |   Precision   |
 *	+--+-----+-----+---------------+---------------+---------------+
 *	|            Root Delay, Root Dispersion, Reference ID         |
 *	+--------------------------------------------------------------+
 *	|   Reference, Origin, Receive, Transmit Timestamp (64 each)   |
 *	+--------------------------------------------------------------+
 *	|   extension fields; key identifier and message digest        |
 *	+--------------------------------------------------------------+
 *
 * Control messages (mode 6) are read in ntp_control.c, private ones (mode 7) in ntp_private.c.
 */

#include "dissect/ascii.h"
#include "dissect/map.h"
#include "dissect/ntp.h"
#include "dissect/session.h"
#include "dissect/text.h"
#include "dissect/timestamp.h"

#define F NTP_FIELD

enum {
	POLL_SMALLEST = 4, POLL_LARGEST = 17,
	EXTENSION_SMALLEST = 16, /* RFC 7822, section 7.5.1.1 */
	MAC_SMALLEST = 20,       /* octets of a key identifier and a digest */
	PRIMARY = 1,             /* stratum */
};

extern const struct protocol protocol_ntp;

/* ---- requests and responses ---- */

struct request_key {
	uint32_t conversation;
	uint16_t sequence;
	uint8_t mode;
	uint8_t unused;
};

/* The last request of its kind. */
struct request {
	uint32_t frame; /* 0: it has been answered */
	struct timestamp time;
	fact_ref fact;
};

struct fact {
	uint32_t request, response; /* frames; 0: not known */
	struct timestamp span;
};

static void state_begin(void *state)
{
	map_init(state, sizeof(struct request_key), sizeof(struct request));
}

static void state_end(void *state)
{
	map_free(state);
}

static struct request *request_of(struct dissection *d, uint8_t mode, uint16_t sequence)
{
	struct request_key key = { d->conversation, sequence, mode, 0 };
	bool is_new;
	struct request *request = map_put(protocol_state(d, &protocol_ntp), &key, &is_new);

	if (is_new)
		*request = (struct request){ 0 };
	return request;
}

void ntp_meet_request(struct dissection *d, uint8_t mode, uint16_t sequence)
{
	if (!d->first_pass || !d->has_conversation)
		return;
	struct request *request = request_of(d, mode, sequence);
	*request = (struct request){ d->frame->number, d->frame->time, 0 };
	add_fact(d, FACT_NTP, sizeof(struct fact), &request->fact);
}

void ntp_meet_response(struct dissection *d, uint8_t mode, uint16_t sequence)
{
	if (!d->first_pass || !d->has_conversation)
		return;
	struct request *request = request_of(d, mode, sequence);
	struct fact *fact = request->frame ? add_fact(d, FACT_NTP, sizeof *fact, NULL) : NULL;
	if (!fact)
		return;
	fact->request = request->frame;
	fact->span = timestamp_span(d->frame->time, request->time);
	struct fact *asked = facts_at(&d->session->facts, request->fact);
	if (asked && !asked->response)
		asked->response = d->frame->number;
	if (mode == NTP_SERVER)
		request->frame = 0;
}

void ntp_show_match(struct dissection *d, const struct wire *w)
{
	const struct fact *fact = find_fact(d, FACT_NTP);

	if (fact && fact->response)
		add_number(d, w, F(RESPONSE_IN), fact->response);
	if (fact && fact->request) {
		add_number(d, w, F(REQUEST_IN), fact->request);
		add_time(d, w, F(DELTA_TIME), fact->span);
	}
}

/* ---- values ---- */

/* Era 0 begins in 1900, and era 1, in 2036, where the first bit is not set. */
void ntp_add_timestamp(struct dissection *d, struct wire *w, const struct field *field)
{
	enum { ERA_0 = 2208988800u };
	const int64_t era_1 = 2085978496; /* seconds from 1970 */

	d->last = 0;
	const uint8_t *octets = wire_bytes(w, 8);
	if (!octets || !SHOWING(d, w))
		return;
	uint32_t seconds = be32(octets), fraction = be32(octets + 4);
	struct wire at = *w;
	at.at -= 8;
	struct timestamp time = {
		seconds & 0x80000000 ? (int64_t)seconds - ERA_0 : seconds + era_1,
		(int32_t)((uint64_t)fraction * 1000000000u >> 32),
	};
	node_ref node = add_time(d, &at, field, time);
	set_length(d, node, 8);
	if (!seconds && !fraction)
		value_text(d, w, node, "NULL");
}

void ntp_say_bits(struct dissection *d, const struct wire *w, node_ref node, const struct field *first,
                  const struct field *last, uint64_t value)
{
	for (const struct field *bit = first; bit <= last; bit++) {
		uint64_t number = (value & bit->mask) >> __builtin_ctzll(bit->mask);
		if (bit->type == BOOLEAN) {
			if (number)
				append_text(d, w, node, ", %s", bit->label);
		} else if (bit->names) {
			append_text(d, w, node, ", %s: %s", bit->label, name_or(bit->names, number, "Unknown"));
		}
	}
}

/* Seconds as six decimals. */
static void say_seconds(struct dissection *d, const struct wire *w, double seconds)
{
	char text[64];

	if (!SHOWING(d, w))
		return;
	*put_fixed(text, seconds, 6) = 0;
	value_text(d, w, d->last, "%s seconds", text);
}

static void add_poll(struct dissection *d, struct wire *w)
{
	uint8_t poll = add_uint8(d, w, F(PPOLL));

	if (poll >= POLL_SMALLEST && poll <= POLL_LARGEST)
		value_text(d, w, d->last, "%u (%u seconds)", poll, 1u << poll);
	else
		value_text(d, w, d->last, "invalid (%u)", poll);
}

static void add_precision(struct dissection *d, struct wire *w)
{
	int exponent = (int8_t)add_uint8(d, w, F(PRECISION));
	double seconds = 1;

	for (; exponent > 0; exponent--)
		seconds *= 2;
	for (; exponent < 0; exponent++)
		seconds /= 2;
	say_seconds(d, w, seconds);
}

static void add_short_span(struct dissection *d, struct wire *w, const struct field *field)
{
	uint32_t span = add_uint32(d, w, field);
	say_seconds(d, w, span / 65536.0);
}

/* RFC 5905, figure 12, RFC 1305 and others, in rising order. */
static const struct name clocks[] = {
	{ 0x31505053, "External 1 PPS input" },
	{ 0x41435453, "NIST telephone modem" },
	{ 0x41544f4d, "Atomic clock (calibrated)" },
	{ 0x4345534d, "calibrated Cesium clock" },
	{ 0x43485500, "HF Radio CHU Ottawa, Ontario" },
	{ 0x44434600, "LF Radio DCF77 Mainflingen, DE 77.5 kHz" },
	{ 0x44545300, "Digital Time Service" },
	{ 0x46524545, "(Internal clock)" },
	{ 0x47414c00, "Galileo Positioning System" },
	{ 0x474f4553, "Geostationary Orbit Environment Satellite" },
	{ 0x47505300, "Global Position System" },
	{ 0x48424700, "LF Radio HBG Prangins, HB 75 kHz" },
	{ 0x494e4954, "(Initialization)" },
	{ 0x49524947, "Inter-Range Instrumentation Group" },
	{ 0x4a4a5900, "LF Radio JJY Fukushima, JP 40 kHz, Saga, JP 60 kHz" },
	{ 0x4c4f434c, "uncalibrated local clock" },
	{ 0x4c4f5243, "MF Radio LORAN C station, 100 kHz" },
	{ 0x4d534600, "LF Radio MSF Anthorn, UK 60 kHz" },
	{ 0x4e495354, "NIST telephone modem" },
	{ 0x4f4d4547, "OMEGA radionavigation system" },
	{ 0x50505300, "Generic pulse-per-second" },
	{ 0x50544200, "European telephone modem" },
	{ 0x5242444d, "calibrated Rubidium clock" },
	{ 0x54444600, "MF Radio Allouis, FR 162 kHz" },
	{ 0x55534e4f, "USNO telephone modem" },
	{ 0x564c4600, "VLF radio (OMEGA,, etc.)" },
	{ 0x57575600, "HF Radio WWV Ft. Collins, CO" },
	{ 0x57575642, "LF Radio WWVB Ft. Collins, CO 60 kHz" },
	{ 0x57575648, "HF Radio WWVH Kauai, HI" },
};

/* Up to stratum 1 the name of a clock; else an address, or a hash of one. */
static void add_reference(struct dissection *d, struct wire *w, uint8_t stratum)
{
	const uint8_t *octets = add_octets(d, w, F(REFID), 4);

	if (!octets || !SHOWING(d, w))
		return;
	uint32_t id = be32(octets);
	const char *clock = name_of(NAMES(clocks), id);
	if (stratum > PRIMARY) {
		value_text(d, w, d->last, "%s", ipv4_text(d, id));
	} else if (!id) {
		value_text(d, w, d->last, "NULL");
	} else if (clock) {
		value_text(d, w, d->last, "%s", clock);
	} else {
		uint32_t n = (uint32_t)strnlen((const char *)octets, 4);
		const uint8_t *text = ascii(d->arena, octets, &n);
		value_text(d, w, d->last, "Unidentified reference source '%s'", printable(d, text, n));
	}
}

/* ---- behind the header ---- */

/* RFC 7822: is this an extension field, or the key identifier of a message authentication code? */
static bool is_extension(struct wire *w)
{
	uint32_t left = wire_left(w), n = wire_peek_u16(w, 2);

	return n >= EXTENSION_SMALLEST && n % 4 == 0 && n <= left && (n == left || left - n >= MAC_SMALLEST);
}

static void read_extension(struct dissection *d, struct wire *w)
{
	uint16_t n = wire_peek_u16(w, 2);

	add_node(d, w, F(EXT), w->at, n, 0);
	node_ref node = open_subtree(d);
	add_uint16(d, w, F(EXT_TYPE));
	add_uint16(d, w, F(EXT_LENGTH));
	add_octets(d, w, F(EXT_VALUE), n - 4u);
	close_subtree(d, node, NULL);
}

static void read_tail(struct dissection *d, struct wire *w)
{
	while (wire_left(w) >= 4 && is_extension(w))
		read_extension(d, w);
	if (wire_left(w) < 4)
		return;
	add_octets(d, w, F(KEYID), 4);
	if (wire_more(w))
		add_octets(d, w, F(MAC), wire_left(w));
}

static void read_clock(struct dissection *d, struct wire *w, uint8_t mode)
{
	if (mode == NTP_CLIENT)
		ntp_meet_request(d, NTP_SERVER, 0);
	else if (mode == NTP_SERVER)
		ntp_meet_response(d, NTP_SERVER, 0);
	if (d->first_pass)
		return;
	ntp_show_match(d, w);
	uint8_t stratum = add_uint8(d, w, F(STRATUM));
	add_poll(d, w);
	add_precision(d, w);
	add_short_span(d, w, F(ROOTDELAY));
	add_short_span(d, w, F(ROOTDISPERSION));
	add_reference(d, w, stratum);
	ntp_add_timestamp(d, w, F(REFTIME));
	ntp_add_timestamp(d, w, F(ORG));
	ntp_add_timestamp(d, w, F(REC));
	ntp_add_timestamp(d, w, F(XMT));
	read_tail(d, w);
}

static void add_flags(struct dissection *d, struct wire *w)
{
	uint8_t flags = add_uint8(d, w, F(FLAGS));
	bool is_private = (flags & 7) == NTP_PRIVATE;
	const struct field *first = is_private ? F(PRIV_FLAGS_R) : F(FLAGS_LI);
	const struct field *last = is_private ? F(PRIV_FLAGS_MORE) : first;

	ntp_say_bits(d, w, d->last, first, last, flags);
	ntp_say_bits(d, w, d->last, F(FLAGS_VN), F(FLAGS_MODE), flags);
	node_ref node = open_subtree(d);
	add_bits(d, w, first, last, 1, flags);
	add_bits(d, w, F(FLAGS_VN), F(FLAGS_MODE), 1, flags);
	close_subtree(d, node, NULL);
}

static void dissect(struct dissection *d, struct wire *w)
{
	static const char *const modes[] = {
		"reserved", "symmetric active", "symmetric passive", "client", "server", "broadcast", "control", "private",
	};
	uint8_t flags = wire_peek_u8(w, 0), mode = flags & 7;

	node_ref top = open_protocol(d, w, F(NTP));
	append_text(d, w, top, " (%s, %s)", name_or(F(FLAGS_VN)->names, flags >> 3 & 7, "reserved"), modes[mode]);
	set_info(d, w, "%s, %s", name_or(F(FLAGS_VN)->names, flags >> 3 & 7, "reserved"), modes[mode]);
	add_flags(d, w);
	if (mode == NTP_CONTROL)
		ntp_read_control(d, w);
	else if (mode == NTP_PRIVATE)
		ntp_read_private(d, w, flags & 0x80);
	else
		read_clock(d, w, mode);
	close_subtree(d, top, w);
}

const struct protocol protocol_ntp = {
	.name = "Network Time Protocol",
	.short_name = "NTP",
	.filter = "ntp",
	.is_application = true,
	.column = "NTP",
	.fields = ntp_fields,
	.field_count = NTP_FIELDS,
	.dissect = dissect,
	.state_size = sizeof(struct map),
	.state_begin = state_begin,
	.state_end = state_end,
};
