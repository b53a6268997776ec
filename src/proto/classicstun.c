/*
 * classicstun.c: Simple Traversal of UDP Through NAT, RFC 3489, and the drafts of TURN that came of it.
 *
 * Its messages are those of STUN without a magic cookie, so that the transaction id has 128 bits. stun.c takes the others.
 * Their attributes are not padded. What TURN carries is shown as Data.
 */

#include "dissect/dissection.h"
#include "dissect/map.h"
#include "dissect/session.h"

enum {
	TOP, RESPONSE_IN, RESPONSE_TO, TIME, TYPE, LENGTH, ID, ATTRIBUTES, ATTRIBUTE, ATT_TYPE, ATT_LENGTH, VALUE, FAMILY,
	PORT, IP_4, IP_6, XOR_PORT, XOR_IP_4, XOR_IP_6, CHANGE_IP, CHANGE_PORT, UNKNOWN, ERROR_CLASS, ERROR, REASON,
	SERVER, LIFETIME, MAGIC_COOKIE, BANDWIDTH, DATA, CONNECTION_REQUEST, STRAY, N_FIELDS
};

static const struct name types[] = {
	{ 0x0001, "Binding Request" },
	{ 0x0002, "Shared Secret Request" },
	{ 0x0003, "Allocate Request" },
	{ 0x0004, "Send Request" },
	{ 0x0006, "Set Active Destination Request" },
	{ 0x0101, "Binding Response" },
	{ 0x0102, "Shared Secret Response" },
	{ 0x0103, "Allocate Response" },
	{ 0x0104, "Send Response" },
	{ 0x0106, "Set Active Destination Response" },
	{ 0x0111, "Binding Error Response" },
	{ 0x0113, "Allocate Error Response" },
	{ 0x0114, "Send Error Response" },
	{ 0x0115, "Data Indication" },
	{ 0x0116, "Set Active Destination Error Response" },
	{ 0x1112, "Shared Secret Error Response" },
};
static const struct names type_names = { types, sizeof types / sizeof *types };

static const struct name attributes[] = {
	{ 0x0001, "MAPPED-ADDRESS" },
	{ 0x0002, "RESPONSE-ADDRESS" },
	{ 0x0003, "CHANGE-REQUEST" },
	{ 0x0004, "SOURCE-ADDRESS" },
	{ 0x0005, "CHANGED-ADDRESS" },
	{ 0x0006, "USERNAME" },
	{ 0x0007, "PASSWORD" },
	{ 0x0008, "MESSAGE-INTEGRITY" },
	{ 0x0009, "ERROR-CODE" },
	{ 0x000b, "REFLECTED-FROM" },
	{ 0x000d, "LIFETIME" },
	{ 0x000e, "ALTERNATE_SERVER" },
	{ 0x000f, "MAGIC_COOKIE" },
	{ 0x0010, "BANDWIDTH" },
	{ 0x0011, "DESTINATION_ADDRESS" },
	{ 0x0012, "REMOTE_ADDRESS" },
	{ 0x0013, "DATA" },
	{ 0x0014, "NONCE" },
	{ 0x0015, "REALM" },
	{ 0x0016, "REQUESTED_ADDRESS_TYPE" },
	{ 0x0021, "XOR_ONLY" },
	{ 0x8020, "XOR_MAPPED_ADDRESS" },
	{ 0x8022, "SERVER" },
	{ 0xc001, "CONNECTION-REQUEST-BINDING" },
	{ 0xc002, "BINDING-CHANGE" },
};
static const struct names attribute_names = { attributes, sizeof attributes / sizeof *attributes };
static const struct name families[] = { { 1, "IPv4" }, { 2, "IPv6" } };

static const struct field fields[N_FIELDS] = {
	[TOP]          = { "classicstun", "Simple Traversal of UDP Through NAT", PROTOCOL },
	[RESPONSE_IN]  = { "classicstun.response_in", "Response In", FRAME_NUMBER, .generated = true },
	[RESPONSE_TO]  = { "classicstun.response_to", "Request In", FRAME_NUMBER, .generated = true },
	[TIME]         = { "classicstun.time", "Time", RELATIVE_TIME, .generated = true },
	[TYPE]         = { "classicstun.type", "Message Type", UINT16, HEX, .names = &type_names },
	[LENGTH]       = { "classicstun.length", "Message Length", UINT16, HEX },
	[ID]           = { "classicstun.id", "Message Transaction ID", OCTETS },
	[ATTRIBUTES]   = { "classicstun.att", "Attributes", SUBTREE },
	[ATTRIBUTE]    = { NULL, "Attribute", SUBTREE },
	[ATT_TYPE]     = { "classicstun.att.type", "Attribute Type", UINT16, HEX, .names = &attribute_names },
	[ATT_LENGTH]   = { "classicstun.att.length", "Attribute Length", UINT16 },
	[VALUE]        = { "classicstun.att.value", "Value", OCTETS },
	[FAMILY]       = { "classicstun.att.family", "Protocol Family", UINT16, HEX, .names = NAMES(families) },
	[PORT]         = { "classicstun.att.port", "Port", UINT16 },
	[IP_4]         = { "classicstun.att.ipv4", "IP", IPV4 },
	[IP_6]         = { "classicstun.att.ipv6", "IP", IPV6 },
	[XOR_PORT]     = { "classicstun.att.port-xord", "Port (XOR-d)", UINT16 },
	[XOR_IP_4]     = { "classicstun.att.ipv4-xord", "IP (XOR-d)", IPV4 },
	[XOR_IP_6]     = { "classicstun.att.ipv6-xord", "IP (XOR-d)", IPV6 },
	[CHANGE_IP]    = { "classicstun.att.change.ip", "Change IP", BOOLEAN, .mask = 0x0004, .names = &set_or_not,
	                   .bits = 16 },
	[CHANGE_PORT]  = { "classicstun.att.change.port", "Change Port", BOOLEAN, .mask = 0x0002, .names = &set_or_not,
	                   .bits = 16 },
	[UNKNOWN]      = { "classicstun.att.unknown", "Unknown Attribute", UINT16, HEX },
	[ERROR_CLASS]  = { "classicstun.att.error.class", "Error Class", UINT8, .mask = 0x07 },
	[ERROR]        = { "classicstun.att.error", "Error Code", UINT8 },
	[REASON]       = { "classicstun.att.error.reason", "Error Reason Phase", STRING },
	[SERVER]       = { "classicstun.att.server", "Server version", STRING },
	[LIFETIME]     = { "classicstun.att.lifetime", "Lifetime", UINT32 },
	[MAGIC_COOKIE] = { "classicstun.att.magic.cookie", "Magic Cookie", UINT32, HEX },
	[BANDWIDTH]    = { "classicstun.att.bandwidth", "Bandwidth", UINT32 },
	[DATA]         = { "classicstun.att.data", "Data", OCTETS },
	[CONNECTION_REQUEST] = { "classicstun.att.connection_request_binding", "Connection Request Binding", STRING },
	[STRAY]        = { "_ws.string.trailing_stray_characters", "Trailing stray characters", NOTE,
	                   .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

enum { HEADER = 20, RESPONSE = 0x0100, ID_OCTETS = 16, FAMILY_IPV4 = 1, FAMILY_IPV6 = 2 };

extern const struct protocol protocol_classicstun;

/* ---- requests and responses ---- */

/* A conversation's messages with one transaction id. */
struct transaction {
	uint32_t request, response; /* frames of the last of each; 0: none */
	uint32_t place;             /* its own, in the map */
	struct timestamp time;      /* of the request */
};

struct transaction_key {
	uint32_t conversation;
	uint8_t id[ID_OCTETS];
};

struct fact {
	uint32_t transaction; /* its place */
};

static void state_begin(void *transactions)
{
	map_init(transactions, sizeof(struct transaction_key), sizeof(struct transaction));
}

static void state_end(void *transactions)
{
	map_free(transactions);
}

static void meet(struct dissection *d, const uint8_t *id, bool response)
{
	struct map *transactions = protocol_state(d, &protocol_classicstun);
	struct transaction_key key = { .conversation = d->conversation };
	bool is_new;

	memcpy(key.id, id, sizeof key.id);
	struct transaction *t = map_put(transactions, &key, &is_new);
	if (is_new)
		t->place = transactions->count - 1;
	if (response) {
		t->response = t->request ? d->frame->number : 0;
	} else {
		t->request = d->frame->number;
		t->time = d->frame->time;
	}
	struct fact *fact = add_fact(d, FACT_STUN, sizeof *fact, NULL);
	if (fact)
		fact->transaction = t->place;
}

static void show_transaction(struct dissection *d, const struct wire *w, bool response)
{
	const struct map *transactions = find_state(d, &protocol_classicstun);
	const struct fact *fact = find_fact(d, FACT_STUN);

	if (!fact || !transactions)
		return;
	const struct transaction *t = map_value(transactions, fact->transaction);
	if (!response && t->response) {
		add_number(d, w, &fields[RESPONSE_IN], t->response);
	} else if (response && t->request) {
		add_number(d, w, &fields[RESPONSE_TO], t->request);
		add_time(d, w, &fields[TIME], timestamp_span(d->frame->time, t->time));
	}
}

/* ---- values ---- */

static void read_value(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	(void)id;
	if (length)
		add_octets(d, w, &fields[VALUE], length);
}

/* What addresses begin with: section 11.2.1 */
static uint8_t add_family(struct dissection *d, struct wire *w, uint32_t length)
{
	if (length < 2)
		return 0;
	wire_skip(w, 1);
	return add_uint8(d, w, &fields[FAMILY]);
}

static void read_family(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	(void)id;
	add_family(d, w, length);
}

static void read_address(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	uint8_t family = add_family(d, w, length);

	(void)id;
	if (length >= 4)
		add_uint16(d, w, &fields[PORT]);
	if (family == FAMILY_IPV4 && length >= 8)
		add_ipv4(d, w, &fields[IP_4]);
	else if (family == FAMILY_IPV6 && length >= 20)
		add_ipv6(d, w, &fields[IP_6]);
}

/* XOR'd with the transaction id; that of an IPv6 address is left as it is. */
static void read_xor_address(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	uint8_t family = add_family(d, w, length);

	if (length < 4)
		return;
	uint16_t port = add_uint16(d, w, &fields[XOR_PORT]);
	mark_generated(d, add_node(d, w, &fields[PORT], w->at - 2, 2, port ^ be16(id)));
	if (family == FAMILY_IPV4 && length >= 8) {
		uint32_t address = add_ipv4(d, w, &fields[XOR_IP_4]);
		mark_generated(d, add_node(d, w, &fields[IP_4], w->at - 4, 4, address ^ be32(id)));
	} else if (family == FAMILY_IPV6 && length >= 20) {
		add_ipv6(d, w, &fields[XOR_IP_6]);
	}
}

static void read_change(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	(void)id;
	if (length >= 4)
		add_bits(d, w, &fields[CHANGE_IP], &fields[CHANGE_PORT], 4, wire_u32(w));
}

static void add_text(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	const uint8_t *p = add_string(d, w, field, n);
	uint32_t end = p ? (uint32_t)strnlen((const char *)p, n) : n;

	while (end < n && !p[end])
		end++;
	if (end < n)
		note_on(d, d->last, &fields[STRAY]);
}

static void read_error(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	(void)id;
	if (length < 3)
		return;
	wire_skip(w, 2);
	add_uint8(d, w, &fields[ERROR_CLASS]);
	if (length < 4)
		return;
	add_uint8(d, w, &fields[ERROR]);
	if (length > 4)
		add_text(d, w, &fields[REASON], length - 4);
}

static void read_unknown(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	(void)id;
	for (uint32_t i = 0; i < length && w->state == WIRE_GOOD; i += 2)
		add_uint16(d, w, &fields[UNKNOWN]);
}

static void read_data(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id)
{
	(void)id;
	if (!length || !wire_has(w, length))
		return;
	struct wire data = wire_part(w, length);
	add_octets(d, w, &fields[DATA], length);
	dissect_data(d, data);
}

struct row {
	uint16_t type;
	uint8_t number, text; /* the field that is the whole value, of 32 bits or a string; 0: neither */
	void (*read)(struct dissection *d, struct wire *w, uint32_t length, const uint8_t *id);
};

/* In rising order of type. What is missing has a value that is not shown. */
static const struct row rows[] = {
	{ 0x0001, .read = read_address },
	{ 0x0002, .read = read_address },
	{ 0x0003, .read = read_change },
	{ 0x0004, .read = read_address },
	{ 0x0005, .read = read_address },
	{ 0x0006, .read = read_value },
	{ 0x0007, .read = read_value },
	{ 0x0008, .read = read_value },
	{ 0x0009, .read = read_error },
	{ 0x000a, .read = read_unknown },
	{ 0x000b, .read = read_address },
	{ 0x000d, .number = LIFETIME },
	{ 0x000e, .read = read_address },
	{ 0x000f, .number = MAGIC_COOKIE },
	{ 0x0010, .number = BANDWIDTH },
	{ 0x0011, .read = read_address },
	{ 0x0012, .read = read_address },
	{ 0x0013, .read = read_data },
	{ 0x0014, .read = read_value },
	{ 0x0015, .read = read_value },
	{ 0x0016, .read = read_family },
	{ 0x8020, .read = read_xor_address },
	{ 0x8022, .text = SERVER },
	{ 0xc001, .text = CONNECTION_REQUEST },
};

static void read_row(struct dissection *d, struct wire *w, uint16_t type, uint32_t length, const uint8_t *id)
{
	const struct row *row = rows, *end = rows + sizeof rows / sizeof *rows;

	while (row < end && row->type != type)
		row++;
	if (row == end)
		return;
	if (row->read)
		row->read(d, w, length, id);
	else if (row->text)
		add_text(d, w, &fields[row->text], length);
	else if (length >= 4)
		add_uint32(d, w, &fields[row->number]);
}

/* ---- messages ---- */

static void read_attribute(struct dissection *d, struct wire *w, const uint8_t *id)
{
	if (!wire_need(w, 4))
		return;
	uint16_t type = wire_peek_u16(w, 0), length = wire_peek_u16(w, 2);
	if (!wire_need(w, 4u + length))
		return;
	node_ref node = open_heading(d, w, &fields[ATTRIBUTE]);
	const char *name = name_of(&attribute_names, type);
	if (name)
		set_text(d, w, node, "Attribute: %s", name);
	else
		set_text(d, w, node, "Attribute: Unknown (0x%04x)", type);
	add_uint16(d, w, &fields[ATT_TYPE]);
	add_uint16(d, w, &fields[ATT_LENGTH]);
	struct wire value = *w;
	read_row(d, &value, type, length, id);
	wire_join(w, &value);
	wire_skip(w, length);
	close_subtree(d, node, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, HEADER))
		return;
	const uint8_t *message = wire_here(w);
	const bool response = be16(message) & RESPONSE;
	if (d->first_pass)
		meet(d, message + 4, response);
	if (d->first_pass) {
		wire_skip(w, wire_captured(w));
		return;
	}
	node_ref top = open_protocol(d, w, &fields[TOP]);
	show_transaction(d, w, response);
	const uint16_t type = add_uint16(d, w, &fields[TYPE]);
	set_info(d, w, "Message: %s", name_or(&type_names, type, "Unknown"));
	add_uint16(d, w, &fields[LENGTH]);
	add_octets(d, w, &fields[ID], ID_OCTETS);
	if (wire_more(w)) {
		node_ref node = open_heading(d, w, &fields[ATTRIBUTES]);
		while (wire_more(w))
			read_attribute(d, w, message + 4);
		close_subtree(d, node, w);
	}
	close_subtree(d, top, w);
}

/* A message of a type that is known, and that takes all octets. */
static bool resembles(const struct dissection *d, struct wire w)
{
	(void)d;
	if (!wire_has(&w, HEADER) || wire_captured(&w) != wire_left(&w))
		return false;
	const uint8_t *p = wire_here(&w);
	return wire_left(&w) == HEADER + (uint32_t)be16(p + 2) && name_of(&type_names, be16(p));
}

const struct protocol protocol_classicstun = {
	.name = "Simple Traversal of UDP Through NAT",
	.short_name = "CLASSICSTUN",
	.filter = "classicstun",
	.is_application = true,
	.column = "CLASSIC-STUN",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.resembles = resembles,
	.state_size = sizeof(struct map),
	.state_begin = state_begin,
	.state_end = state_end,
};
