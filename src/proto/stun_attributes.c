/*
 * stun_attributes.c: attributes of STUN, RFC 8489, section 14, with those of RFC 3489, TURN (RFC 8656), ICE (RFC 8445),
 * NAT behaviour discovery (RFC 5780), Microsoft's (MS-TURN, MS-TURNBWM, MS-ICE2) and Google's.
 *
 *	 0                   1                   2                   3
 *	+-------------------------------+-------------------------------+
 *	|             Type              |            Length             |
 *	+-------------------------------+-------------------------------+
 *	|                 Value (variable), padded to words          ....
 *	+---------------------------------------------------------------+
 *
 * MESSAGE-INTEGRITY is shown, not verified: that takes the password.
 */

#include <zlib.h>

#include "dissect/checksum_fields.h"
#include "dissect/stun.h"

#define F(name) (&stun_fields[STUN_##name])

enum { IP_4 = 1, IP_6 = 2, ADDRESS_OPENING = 4, FINGERPRINT_XOR = 0x5354554e };

/* The attribute that is being read. Its value may be longer than the message: what is read past its end ends the reading. */
struct attribute {
	struct dissection *d;
	const struct row *row;
	node_ref heading;
	uint32_t start;       /* where it stands */
	uint32_t length;      /* of the value */
	uint32_t message;     /* where the message begins */
	const uint8_t *id;    /* its magic cookie and transaction id */
};

/* A field of a value; `octets` 0: it shares the octets of the next. */
struct part {
	uint8_t field, octets;
};

struct row {
	uint16_t type;
	const char *name;
	void (*read)(const struct attribute *a, struct wire *w);
	uint8_t field;            /* of the whole value; 0: none */
	uint8_t least;            /* octets without which nothing of the value is shown */
	const struct part *parts; /* of the value; ended by a field 0 */
	bool deprecated;
	const char *listed;       /* what the packet list calls it */
};

/* ---- values ---- */

/* Any octets. */
static void read_octets(const struct attribute *a, struct wire *w)
{
	if (a->length >= a->row->least)
		add_octets(a->d, w, &stun_fields[a->row->field], a->length);
}

/* The fields of a value, one after the other. */
static void read_parts(const struct attribute *a, struct wire *w)
{
	if (a->length < a->row->least)
		return;
	for (const struct part *part = a->row->parts; part->field; part++) {
		const struct field *field = &stun_fields[part->field];
		const struct part *last = part;
		while (!last->octets)
			last++;
		if (field->type == OCTETS) {
			add_octets(a->d, w, field, part->octets);
			continue;
		}
		const uint8_t *p = wire_bytes(w, last->octets);
		for (; p && part <= last; part++)
			add_bits(a->d, w, &stun_fields[part->field], &stun_fields[part->field], last->octets,
			         be_value(p, last->octets));
		part = last;
	}
}

/* One number, which the heading repeats. */
static void read_counted(const struct attribute *a, struct wire *w)
{
	if (a->length < 4)
		return;
	uint32_t number = add_uint32(a->d, w, &stun_fields[a->row->field]);
	append_text(a->d, w, a->heading, " %u", number);
	append_info(a->d, w, " %s: %u", a->row->listed, number);
}

static const char *add_text(const struct attribute *a, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *p = add_string(a->d, w, field, n);

	if (!p || a->d->first_pass)
		return "";
	uint32_t length = (uint32_t)strnlen((const char *)p, n), end = length;
	while (end < n && !p[end])
		end++;
	if (end < n)
		note_on(a->d, a->d->last, F(NOTE_STRAY));
	return printable(a->d, p, length);
}

static void read_text(const struct attribute *a, struct wire *w)
{
	add_text(a, w, &stun_fields[a->row->field], a->length);
}

/* MS-ICE2, section 2.2.2: a foundation of four characters. */
static void read_foundation(const struct attribute *a, struct wire *w)
{
	add_text(a, w, &stun_fields[a->row->field], 4);
}

static void read_titled_text(const struct attribute *a, struct wire *w)
{
	const char *text = add_text(a, w, &stun_fields[a->row->field], a->length);

	append_text(a->d, w, a->heading, ": %s", text);
	if (a->row->field == STUN_NONCE)
		append_info(a->d, w, " with nonce");
	else
		append_info(a->d, w, " %s: %s", a->row->listed, text);
}

/* Section 14.1: what all addresses begin with. The family; 0: there is no address. */
static uint8_t add_address_opening(const struct attribute *a, struct wire *w)
{
	uint8_t family = 0;

	if (a->length >= 1)
		add_octets(a->d, w, F(RESERVED), 1);
	if (a->length >= 2)
		family = add_uint8(a->d, w, F(FAMILY));
	return a->length < ADDRESS_OPENING + (family == IP_4 ? 4u : 16u) ? 0 : family;
}

static void say_address(const struct attribute *a, const struct wire *w, const char *address, unsigned port)
{
	append_text(a->d, w, a->heading, "%s: %s:%u", a->row->deprecated ? " (Deprecated)" : "", address, port);
	if (!a->row->deprecated)
		append_info(a->d, w, " %s: %s:%u", a->row->name, address, port);
}

static void read_address(const struct attribute *a, struct wire *w)
{
	uint8_t family = add_address_opening(a, w);
	uint16_t port = a->length >= ADDRESS_OPENING ? add_uint16(a->d, w, F(PORT)) : 0;

	if (family == IP_4) {
		uint32_t address = add_ipv4(a->d, w, F(IPV4));
		if (SHOWING(a->d, w))
			say_address(a, w, ipv4_text(a->d, address), port);
	} else if (family == IP_6) {
		const uint8_t *address = add_ipv6(a->d, w, F(IPV6));
		if (SHOWING(a->d, w) && !a->row->deprecated)
			say_address(a, w, ipv6_text(a->d, address), port);
	}
}

/* Section 14.2: XOR'd with the magic cookie and the transaction id, so that no NAT takes it for an address to change. */
static void read_xor_address(const struct attribute *a, struct wire *w)
{
	struct dissection *d = a->d;
	uint8_t family = add_address_opening(a, w);
	const uint8_t *p = a->length >= ADDRESS_OPENING ? add_octets(d, w, F(XOR_PORT), 2) : NULL;

	if (!p)
		return;
	uint16_t port = be16(p) ^ be16(a->id);
	mark_generated(d, add_node(d, w, F(PORT), w->at - 2, 2, port));
	if (family == IP_4 && (p = add_octets(d, w, F(XOR_IPV4), 4)) && !d->first_pass) {
		uint32_t address = be32(p) ^ be32(a->id);
		mark_generated(d, add_node(d, w, F(IPV4), w->at - 4, 4, address));
		say_address(a, w, ipv4_text(d, address), port);
	} else if (family == IP_6 && (p = add_octets(d, w, F(XOR_IPV6), 16)) && !d->first_pass) {
		uint8_t *address = arena_alloc(d->arena, 16);
		for (unsigned i = 0; i < 16; i++)
			address[i] = p[i] ^ a->id[i];
		mark_generated(d, add_node_octets(d, w, F(IPV6), w->at - 16, 16, address, 16));
		say_address(a, w, ipv6_text(d, address), port);
	}
}

/* Section 14.8: hundreds and the rest apart. */
static void read_error(const struct attribute *a, struct wire *w)
{
	if (a->length < 2)
		return;
	add_octets(a->d, w, F(RESERVED), 2);
	if (a->length < 3)
		return;
	unsigned code = add_uint8(a->d, w, F(ERROR_CLASS)) * 100u;
	if (a->length < 4)
		return;
	code += add_uint8(a->d, w, F(ERROR));
	append_text(a->d, w, a->heading, " %u (%s)", code, name_or(&stun_error_names, code, "*Unknown error code*"));
	append_info(a->d, w, " error-code: %u (%s)", code, name_or(&stun_error_names, code, "*Unknown error code*"));
	if (a->length > 4) {
		const char *reason = add_text(a, w, F(REASON), a->length - 4);
		append_text(a->d, w, a->heading, ": %s", reason);
		append_info(a->d, w, " %s", reason);
	}
}

/* RFC 3489, section 11.2.10, has a last one repeated where their number is odd: it stands in the padding. */
static void read_unknown_attributes(const struct attribute *a, struct wire *w)
{
	for (uint32_t i = 0; i < a->length && w->state == WIRE_GOOD; i += 2)
		add_uint16(a->d, w, F(UNKNOWN));
}

static void read_channel_number(const struct attribute *a, struct wire *w)
{
	if (a->length < 4)
		return;
	uint16_t channel = add_uint16(a->d, w, F(CHANNEL_NUMBER));
	append_text(a->d, w, a->heading, ": 0x%x", channel);
	append_info(a->d, w, " ChannelNumber=0x%x", channel);
	add_octets(a->d, w, F(RESERVED), 2);
}

static void read_transport(const struct attribute *a, struct wire *w)
{
	if (a->length < 1)
		return;
	uint8_t transport = add_uint8(a->d, w, F(TRANSPORT));
	if (a->length < 4)
		return;
	const char *name = name_of(F(TRANSPORT)->names, transport);
	if (!name)
		name = text_of(a->d, "Unknown (0x%8x)", transport);
	append_text(a->d, w, a->heading, ": %s", name);
	append_info(a->d, w, " %s", name);
	add_octets(a->d, w, F(RESERVED), 3);
}

static void read_family(const struct attribute *a, struct wire *w)
{
	if (a->length < 1)
		return;
	add_uint8(a->d, w, F(FAMILY));
	if (a->length >= 4)
		add_octets(a->d, w, F(RESERVED), 3);
}

/* What TURN carries, RFC 8656, section 18.4. */
static void read_data(const struct attribute *a, struct wire *w)
{
	if (!a->length || !add_octets(a->d, w, F(VALUE), a->length))
		return;
	struct wire data = *w;
	data.at -= a->length;
	dissect_data(a->d, wire_part(&data, a->length));
}

static void read_padding(const struct attribute *a, struct wire *w)
{
	add_node(a->d, w, F(PADDING), w->at, a->length, a->length);
}

/* A line with a note about itself below it. */
static void add_complaint(const struct attribute *a, const struct wire *w, const struct field *note, uint32_t left,
                          uint32_t wanted)
{
	if (!SHOWING(a->d, w))
		return;
	const char *text = text_of(a->d, "%s (%u < %u)", note->label, left, wanted);
	add_node(a->d, w, F(COMPLAINT), w->at, 0, 0);
	set_text(a->d, w, a->d->last, "%s", text);
	note_text_on(a->d, a->d->last, note, "%s", text);
}

/*
 * Sections 14.11 and 14.12: algorithms and their parameters. tshark reads parameters only where nothing stands behind
 * them, and loses its way behind those with padding.
 */
static void read_algorithms(const struct attribute *a, struct wire *w)
{
	uint32_t left = a->length;

	while (left && w->state == WIRE_GOOD) {
		if (left < 4) {
			add_complaint(a, w, F(NOTE_HEADER_SHORT), left, 4);
			return;
		}
		add_uint16(a->d, w, F(ALGORITHM));
		uint32_t n = add_uint16(a->d, w, F(ALGORITHM_LENGTH));
		left -= 4;
		if (!n)
			continue;
		if (n < left) {
			add_complaint(a, w, F(NOTE_DATA_SHORT), left, n);
			return;
		}
		add_octets(a->d, w, F(ALGORITHM_DATA), n);
		if (n % 4) {
			add_number(a->d, w, F(PADDING), 4 - n % 4);
			wire_fail(w, (uint64_t)UINT32_MAX + 1);
		}
		left = 0;
	}
}

/* The first four octets of the value, or of what stands in its place. */
static void read_ms_version(const struct attribute *a, struct wire *w)
{
	uint32_t version = add_uint32(a->d, w, &stun_fields[a->row->field]);
	const char *name = name_of(stun_fields[a->row->field].names, version);

	if (name)
		append_text(a->d, w, a->heading, ": %s", name);
	else
		append_text(a->d, w, a->heading, ": Unknown (0x%u)", version);
}

/* Section 14.7: of the message before this attribute. */
static void read_fingerprint(const struct attribute *a, struct wire *w)
{
	if (a->length < 4)
		return;
	uint32_t found = add_uint32(a->d, w, F(CRC));
	if (!SHOWING(a->d, w))
		return;
	uint32_t crc = (uint32_t)crc32(0, w->data + a->message, a->start - a->message) ^ FINGERPRINT_XOR;
	if (crc == found) {
		append_literal(a->d, w, a->d->last, " [correct]");
	} else {
		append_text(a->d, w, a->d->last, " incorrect, should be 0x%08x", crc);
		note_text_on(a->d, a->d->last, F(NOTE_CRC), "Bad Fingerprint [should be 0x%08x]", crc);
	}
	add_number(a->d, w, F(CRC_STATUS), crc == found ? CHECKSUM_STATUS_GOOD : CHECKSUM_STATUS_BAD);
	place(a->d, w->at - 4, 0);
}

/* ---- the table ---- */

#define PARTS(...) (const struct part[]){ __VA_ARGS__, { 0, 0 } }

static const struct part change_parts[] = { { STUN_CHANGE_IP, 0 }, { STUN_CHANGE_PORT, 4 }, { 0, 0 } };
static const struct part icmp_parts[] = { { STUN_ICMP_TYPE, 1 }, { STUN_ICMP_CODE, 1 }, { 0, 0 } };
static const struct part sequence_parts[] = { { STUN_MS_CONNECTION, 20 }, { STUN_MS_SEQUENCE, 4 }, { 0, 0 } };
static const struct part quality_parts[] = { { STUN_MS_STREAM_TYPE, 2 }, { STUN_MS_QUALITY, 2 }, { 0, 0 } };
static const struct part admission_parts[] = { { STUN_RESERVED, 2 }, { STUN_ADMISSION_TYPE, 2 }, { 0, 0 } };
static const struct part amount_parts[] = {
	{ STUN_AMOUNT_MAX_SEND, 4 }, { STUN_AMOUNT_MIN_SEND, 4 }, { STUN_AMOUNT_MAX_RECEIVE, 4 },
	{ STUN_AMOUNT_MIN_RECEIVE, 4 }, { 0, 0 },
};
static const struct part site_parts[] = {
	{ STUN_SITE_VALID, 0 }, { STUN_SITE_PSTN, 0 }, { STUN_SITE_RESERVED, 4 }, { STUN_SITE_MAX_SEND, 4 },
	{ STUN_SITE_MAX_RECEIVE, 4 }, { 0, 0 },
};
static const struct part relay_parts[] = {
	{ STUN_SITE_VALID, 0 }, { STUN_RELAY_RESERVED, 4 }, { STUN_SITE_MAX_SEND, 4 }, { STUN_SITE_MAX_RECEIVE, 4 },
	{ 0, 0 },
};
static const struct part location_parts[] = {
	{ STUN_PEER_LOCATION, 1 }, { STUN_SELF_LOCATION, 1 }, { STUN_FEDERATION, 1 }, { STUN_RESERVED, 1 }, { 0, 0 },
};
static const struct part network_parts[] = { { STUN_NETWORK_ID, 2 }, { STUN_NETWORK_COST, 2 }, { 0, 0 } };
static const struct part tie_breaker_parts[] = { { STUN_TIE_BREAKER, 8 }, { 0, 0 } };

/* In rising order of type. */
static const struct row rows[] = {
	{ 0x0001, "MAPPED-ADDRESS", read_address },
	{ 0x0002, "RESPONSE_ADDRESS", read_address, .deprecated = true },
	{ 0x0003, "CHANGE_REQUEST", read_parts, 0, 4, change_parts },
	{ 0x0004, "SOURCE_ADDRESS", read_address, .deprecated = true },
	{ 0x0005, "CHANGED_ADDRESS", read_address, .deprecated = true },
	{ 0x0006, "USERNAME", read_titled_text, STUN_USERNAME, .listed = "user" },
	{ 0x0007, "PASSWORD", read_octets, STUN_PASSWORD },
	{ 0x0008, "MESSAGE-INTEGRITY", read_octets, STUN_HMAC, 20 },
	{ 0x0009, "ERROR-CODE", read_error },
	{ 0x000a, "UNKNOWN-ATTRIBUTES", read_unknown_attributes },
	{ 0x000b, "REFLECTED-FROM", read_address, .deprecated = true },
	{ 0x000c, "CHANNEL-NUMBER", read_channel_number },
	{ 0x000d, "LIFETIME", read_counted, STUN_LIFETIME, .listed = "lifetime" },
	{ 0x000e, "MS-ALTERNATE-SERVER", read_address },
	{ 0x000f, "MAGIC-COOKIE", read_parts, 0, 4, PARTS({ STUN_MAGIC_COOKIE, 4 }) },
	{ 0x0010, "BANDWIDTH", read_counted, STUN_BANDWIDTH, .listed = "bandwidth" },
	{ 0x0011, "DESTINATION-ADDRESS", read_address, .deprecated = true },
	{ 0x0012, "XOR-PEER-ADDRESS", read_xor_address },
	{ 0x0013, "DATA", read_data },
	{ 0x0014, "REALM", read_titled_text, STUN_REALM, .listed = "realm" },
	{ 0x0015, "NONCE", read_titled_text, STUN_NONCE },
	{ 0x0016, "XOR-RELAYED-ADDRESS", read_xor_address },
	{ 0x0017, "REQUESTED-ADDRESS-FAMILY", read_family },
	{ 0x0018, "EVEN-PORT", read_parts, 0, 1, PARTS({ STUN_RESERVE_NEXT, 1 }) },
	{ 0x0019, "REQUESTED-TRANSPORT", read_transport },
	{ 0x001a, "DONT-FRAGMENT", read_octets, STUN_VALUE, 1 },
	{ 0x001b, "ACCESS-TOKEN", read_octets, STUN_VALUE, 1 },
	{ 0x001c, "MESSAGE-INTEGRITY-SHA256", read_octets, STUN_VALUE, 1 },
	{ 0x001d, "PASSWORD-ALGORITHM", read_algorithms },
	{ 0x001e, "USERHASH", read_octets, STUN_VALUE, 1 },
	{ 0x0020, "XOR-MAPPED-ADDRESS", read_xor_address },
	{ 0x0022, "RESERVATION-TOKEN", read_parts, 0, 8, PARTS({ STUN_TOKEN, 8 }) },
	{ 0x0024, "PRIORITY", read_parts, 0, 4, PARTS({ STUN_PRIORITY, 4 }) },
	{ 0x0025, "USE-CANDIDATE", read_octets, STUN_VALUE, 1 },
	{ 0x0026, "PADDING", read_padding },
	{ 0x0027, "XOR-RESPONSE-TARGET", read_xor_address },
	{ 0x0028, "XOR-REFELECTED-FROM", read_xor_address },
	{ 0x002a, "CONNECTION-ID", read_octets, STUN_VALUE, 1 },
	{ 0x0030, "LEGACY-ICMP", read_parts, 0, 4, icmp_parts },
	{ 0x8000, "ADDITIONAL-ADDRESS-FAMILY", read_octets, STUN_VALUE, 1 },
	{ 0x8001, "ADDRESS-ERROR-CODE", read_octets, STUN_VALUE, 1 },
	{ 0x8002, "PASSWORD-ALGORITHMS", read_algorithms },
	{ 0x8003, "ALTERNATE-DOMAIN", read_octets, STUN_VALUE, 1 },
	{ 0x8004, "ICMP", read_parts, 0, 4, icmp_parts },
	{ 0x8006, "MS-TURN UNKNOWN 8006", read_octets, STUN_MS_8006 },
	{ 0x8008, "MS-VERSION", read_ms_version, STUN_MS_VERSION },
	{ 0x8020, "XOR-MAPPED-ADDRESS", read_xor_address },
	{ 0x8022, "SOFTWARE", read_text, STUN_SOFTWARE },
	{ 0x8023, "ALTERNATE-SERVER", read_address },
	{ 0x8025, "TRANSACTION-TRANSMIT-COUNTER", read_octets, STUN_VALUE, 1 },
	{ 0x8027, "CACHE-TIMEOUT", read_parts, 0, 4, PARTS({ STUN_CACHE_TIMEOUT, 4 }) },
	{ 0x8028, "FINGERPRINT", read_fingerprint },
	{ 0x8029, "ICE-CONTROLLED", read_parts, 0, 8, tie_breaker_parts },
	{ 0x802a, "ICE-CONTROLLING", read_parts, 0, 8, tie_breaker_parts },
	{ 0x802b, "RESPONSE-ORIGIN", read_address },
	{ 0x802c, "OTHER-ADDRESS", read_address },
	{ 0x802d, "ECN-CHECK-STUN", read_octets, STUN_VALUE, 1 },
	{ 0x802e, "THIRD-PARTY-AUTHORIZATION", read_octets, STUN_VALUE, 1 },
	{ 0x8030, "MOBILITY-TICKET", read_octets, STUN_VALUE, 1 },
	{ 0x8032, "MS-ALTERNATE-HOST-NAME", read_octets, STUN_VALUE, 1 },
	{ 0x8037, "MS-APP-ID", read_octets, STUN_VALUE, 1 },
	{ 0x8039, "MS-SECURE-TAG", read_octets, STUN_VALUE, 1 },
	{ 0x8050, "MS-SEQUENCE-NUMBER", read_parts, 0, 0, sequence_parts },
	{ 0x8054, "MS-CANDIDATE-IDENTIFIER", read_foundation, STUN_MS_FOUNDATION },
	{ 0x8055, "MS-SERVICE-QUALITY", read_parts, 0, 0, quality_parts },
	{ 0x8056, "Bandwidth Admission Control Message", read_parts, 0, 0, admission_parts },
	{ 0x8057, "Bandwidth Reservation Identifier", read_parts, 0, 0, PARTS({ STUN_RESERVATION_ID, 16 }) },
	{ 0x8058, "Bandwidth Reservation Amount", read_parts, 0, 0, amount_parts },
	{ 0x8059, "Remote Site Address", read_xor_address },
	{ 0x805a, "Remote Relay Site Address", read_xor_address },
	{ 0x805b, "Local Site Address", read_xor_address },
	{ 0x805c, "Local Relay Site Address", read_xor_address },
	{ 0x805d, "Remote Site Address Response", read_parts, 0, 0, site_parts },
	{ 0x805e, "Remote Relay Site Address Response", read_parts, 0, 0, relay_parts },
	{ 0x805f, "Local Site Address Response", read_parts, 0, 0, site_parts },
	{ 0x8060, "Local Relay Site Address Response", read_parts, 0, 0, relay_parts },
	{ 0x8061, "SIP Dialog Identifier", read_octets, STUN_SIP_DIALOG },
	{ 0x8062, "SIP Call Identifier", read_octets, STUN_SIP_CALL },
	{ 0x8068, "Location Profile", read_parts, 0, 0, location_parts },
	{ 0x8070, "MS-IMPLEMENTATION-VERSION", read_ms_version, STUN_MS_ICE_VERSION },
	{ 0x8090, "MS-ALT-MAPPED-ADDRESS", read_address },
	{ 0x8095, "MS-MULTIPLEXED-TURN-SESSION-ID", read_parts, 0, 0, PARTS({ STUN_MS_MULTIPLEXED_ID, 8 }) },
	{ 0xc000, "CISCO-STUN-FLOWDATA", read_octets, STUN_VALUE, 1 },
	{ 0xc001, "ENF-FLOW-DESCRIPTION", read_octets, STUN_VALUE, 1 },
	{ 0xc002, "ENF-NETWORK-STATUS", read_octets, STUN_VALUE, 1 },
	{ 0xc057, "GOOG-NETWORK-INFO", read_parts, 0, 0, network_parts },
	{ 0xc058, "GOOG-LAST-ICE-CHECK-RECEIVED", read_octets, STUN_VALUE, 1 },
	{ 0xc059, "GOOG-MISC-INFO", read_octets, STUN_VALUE, 1 },
	{ 0xc05a, "GOOG-OBSOLETE-1", read_octets, STUN_VALUE, 1 },
	{ 0xc05b, "GOOG-CONNECTION-ID", read_octets, STUN_VALUE, 1 },
	{ 0xc05c, "GOOG-DELTA", read_octets, STUN_VALUE, 1 },
	{ 0xc05d, "GOOG-DELTA-ACK", read_octets, STUN_VALUE, 1 },
	{ 0xc060, "GOOG-MESSAGE_INTEGRITY-32", read_octets, STUN_VALUE, 1 },
	{ 0xff04, "GOOG-MULTI-MAPPING", read_octets, STUN_VALUE, 1 },
	{ 0xff05, "GOOG-LOGGING-ID", read_octets, STUN_VALUE, 1 },
};

static const struct row unknown = { 0, NULL, read_octets, STUN_VALUE, 1 };

static const struct row *row_of(uint16_t type)
{
	unsigned low = 0, high = sizeof rows / sizeof *rows;

	while (low < high) {
		unsigned middle = (low + high) / 2;
		if (rows[middle].type < type)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof rows / sizeof *rows && rows[low].type == type ? &rows[low] : &unknown;
}

/* ---- attributes ---- */

static void add_type(const struct attribute *a, struct wire *w)
{
	struct dissection *d = a->d;
	uint16_t type = wire_peek_u16(w, 0);

	if (!a->row->name) {
		set_text(d, w, a->heading, "Unknown attribute 0x%04x", type);
		note_text_on(d, a->heading, F(NOTE_ATTRIBUTE), "Unknown attribute 0x%04x", type);
		wire_skip(w, 2);
		return;
	}
	set_text(d, w, a->heading, "%s", a->row->name);
	add_uint16(d, w, F(ATT_TYPE));
	value_text(d, w, d->last, "%s", a->row->name);
	node_ref node = open_subtree(d);
	add_bits(d, w, F(ATT_COMPREHENSION), F(ATT_ASSIGNMENT), 2, type);
	close_subtree(d, node, NULL);
}

/* False when an attribute that we know goes past the end, padded: nothing behind its length is read then. */
static bool read_attribute(struct attribute *a, struct wire *w)
{
	struct dissection *d = a->d;

	a->start = w->at;
	if (!wire_need(w, 4))
		return false;
	a->row = row_of(wire_peek_u16(w, 0));
	a->length = wire_peek_u16(w, 2);
	a->heading = add_node(d, w, F(ATTRIBUTE), w->at, wire_left(w), wire_peek_u16(w, 0));
	open_subtree(d);
	add_type(a, w);
	uint16_t padded = (uint16_t)((a->length + 3) & ~3u);
	add_uint16(d, w, F(ATT_LENGTH));
	bool fits = a->row == &unknown || padded <= wire_left(w);
	if (!fits)
		value_text(d, w, d->last, "%u (bogus, goes past the end of the message)", padded);
	if (fits) {
		struct wire value = *w;
		a->row->read(a, &value);
		wire_join(w, &value);
		wire_skip(w, a->length);
		if (a->length % 4) {
			add_number(d, w, F(PADDING), 4 - a->length % 4);
			wire_skip(w, 4 - a->length % 4);
			cover(d, w, 4 - a->length % 4);
		}
	}
	close_subtree(d, a->heading, w);
	return fits;
}

void stun_read_attributes(struct dissection *d, struct wire *w, uint32_t start, const uint8_t *id)
{
	struct attribute a = { .d = d, .message = start, .id = id };

	node_ref top = open_heading(d, w, F(ATTRIBUTES));
	while (wire_more(w) && read_attribute(&a, w))
		;
	close_subtree(d, top, w);
}
