/*
 * nbns.c: NetBIOS Name Service, RFC 1002, section 4.2, over UDP.
 *
 * Its messages are those of DNS (RFC 1035) with operations, flags and types of their own. Records of
 * types other than NB and NBSTAT are shown as octets.
 */

#include "dissect/flags.h"
#include "dissect/netbios.h"

enum {
	NBNS, ID, FLAGS, RESPONSE, OPCODE, AUTHORITATIVE, TRUNCATED, RECURSION_DESIRED,
	RECURSION_AVAILABLE, BROADCAST, RCODE, QUESTIONS, ANSWERS, AUTHORITIES, ADDITIONALS, SECTION,
	RECORD, NAME, TYPE, CLASS, TTL, LENGTH, NB_FLAGS, NB_GROUP, NB_NODE_TYPE, ADDRESS, NAME_COUNT,
	NODE_NAME, NAME_FLAGS, NAME_GROUP, NAME_NODE_TYPE, DEREGISTERED, CONFLICT, ACTIVE, PERMANENT,
	UNIT_ID, JUMPERS, TEST_RESULT, VERSION, PERIOD, CRC_ERRORS, ALIGNMENT_ERRORS, COLLISIONS,
	SEND_ABORTS, GOOD_SENDS, GOOD_RECEIVES, RETRANSMITS, NO_RESOURCES, COMMAND_BLOCKS,
	PENDING_SESSIONS, MOST_PENDING_SESSIONS, MOST_SESSIONS, SESSION_PACKET_SIZE, DATA, INCOMPLETE,
	NOTE_INCOMPLETE, N_FIELDS
};

enum { TYPE_NB = 32, TYPE_NBSTAT = 33, OPCODE_WACK = 7 };

static const struct name opcodes[] = {
	{ 0, "Name query" },
	{ 5, "Registration" },
	{ 6, "Release" },
	{ 7, "Wait for acknowledgment" },
	{ 8, "Refresh" },
	{ 9, "Refresh (alternate opcode)" },
	{ 15, "Multi-homed registration" },
};

static const struct name rcodes[] = {
	{ 0, "No error" },
	{ 1, "Request was invalidly formatted" },
	{ 2, "Server failure" },
	{ 3, "Requested name does not exist" },
	{ 4, "Request is not implemented" },
	{ 5, "Request was refused" },
	{ 6, "Name is owned by another node" },
	{ 7, "Name is in conflict" },
};

static const struct name types[] = { { TYPE_NB, "NB" }, { TYPE_NBSTAT, "NBSTAT" } };

static const struct name classes[] = {
	{ 1, "IN" }, { 2, "CS" }, { 3, "CH" }, { 4, "HS" }, { 254, "NONE" }, { 255, "ANY" },
};

/* tshark knows the others by values that they cannot have. */
static const struct name owner_node_types[] = { { 0, "B-node" } };

static const struct field fields[N_FIELDS] = {
	[NBNS]                = { "nbns", "NetBIOS Name Service", PROTOCOL },
	[ID]                  = { "nbns.id", "Transaction ID", UINT16, HEX },
	[FLAGS]               = { "nbns.flags", "Flags", UINT16, HEX },
	[RESPONSE]            = { "nbns.flags.response", "Response", BOOLEAN, .mask = 0x8000,
	                          EITHER("Message is a query", "Message is a response") },
	[OPCODE]              = { "nbns.flags.opcode", "Opcode", UINT16, .mask = 0x7800, .names = NAMES(opcodes) },
	[AUTHORITATIVE]       = { "nbns.flags.authoritative", "Authoritative", BOOLEAN, .mask = 0x0400,
	                          EITHER("Server is not an authority for domain", "Server is an authority for domain") },
	[TRUNCATED]           = { "nbns.flags.truncated", "Truncated", BOOLEAN, .mask = 0x0200,
	                          EITHER("Message is not truncated", "Message is truncated") },
	[RECURSION_DESIRED]   = { "nbns.flags.recdesired", "Recursion desired", BOOLEAN, .mask = 0x0100,
	                          EITHER("Don't do query recursively", "Do query recursively") },
	[RECURSION_AVAILABLE] = { "nbns.flags.recavail", "Recursion available", BOOLEAN, .mask = 0x0080,
	                          EITHER("Server can't do recursive queries", "Server can do recursive queries") },
	[BROADCAST]           = { "nbns.flags.broadcast", "Broadcast", BOOLEAN, .mask = 0x0010,
	                          EITHER("Not a broadcast packet", "Broadcast packet") },
	[RCODE]               = { "nbns.flags.rcode", "Reply code", UINT16, .mask = 0x000f, .names = NAMES(rcodes) },
	[QUESTIONS]           = { "nbns.count.queries", "Questions", UINT16 },
	[ANSWERS]             = { "nbns.count.answers", "Answer RRs", UINT16 },
	[AUTHORITIES]         = { "nbns.count.auth_rr", "Authority RRs", UINT16 },
	[ADDITIONALS]         = { "nbns.count.add_rr", "Additional RRs", UINT16 },
	[SECTION]             = { NULL, "Section", SUBTREE },
	[RECORD]              = { NULL, "Record", SUBTREE },
	[NAME]                = { "nbns.name", "Name", STRING },
	[TYPE]                = { "nbns.type", "Type", UINT16, .names = NAMES(types) },
	[CLASS]               = { "nbns.class", "Class", UINT16, .names = NAMES(classes) },
	[TTL]                 = { "nbns.ttl", "Time to live", UINT32 },
	[LENGTH]              = { "nbns.data_length", "Data length", UINT16 },
	[NB_FLAGS]            = { "nbns.nb_flags", "Name flags", UINT16, HEX },
	[NB_GROUP]            = { "nbns.nb_flags.group", "Name type", BOOLEAN, .mask = 0x8000,
	                          EITHER("Unique name", "Group name") },
	[NB_NODE_TYPE]        = { "nbns.nb_flags.ont", "ONT", UINT16, .mask = 0x6000,
	                          .names = NAMES(owner_node_types) },
	[ADDRESS]             = { "nbns.addr", "Addr", IPV4 },
	[NAME_COUNT]          = { "nbns.number_of_names", "Number of names", UINT8 },
	[NODE_NAME]           = { "nbns.netbios_name", "Name", STRING },
	[NAME_FLAGS]          = { "nbns.name_flags", "Name flags", UINT16, HEX },
	[NAME_GROUP]          = { "nbns.name_flags.group", "Name type", BOOLEAN, .mask = 0x8000,
	                          EITHER("Unique name", "Group name") },
	[NAME_NODE_TYPE]      = { "nbns.name_flags.ont", "ONT", UINT16, .mask = 0x6000,
	                          .names = NAMES(owner_node_types) },
	[DEREGISTERED]        = { "nbns.name_flags.drg", "Name is being deregistered", BOOLEAN, .mask = 0x1000,
	                          .names = &yes_or_no },
	[CONFLICT]            = { "nbns.name_flags.cnf", "Name is in conflict", BOOLEAN, .mask = 0x0800,
	                          .names = &yes_or_no },
	[ACTIVE]              = { "nbns.name_flags.act", "Name is active", BOOLEAN, .mask = 0x0400,
	                          .names = &yes_or_no },
	[PERMANENT]           = { "nbns.name_flags.prm", "Permanent node name", BOOLEAN, .mask = 0x0200,
	                          .names = &yes_or_no },
	[UNIT_ID]             = { "nbns.unit_id", "Unit ID", MAC },
	[JUMPERS]             = { "nbns.jumpers", "Jumpers", UINT8, HEX },
	[TEST_RESULT]         = { "nbns.test_result", "Test result", UINT8, HEX },
	[VERSION]             = { "nbns.version_number", "Version number", UINT16, HEX },
	[PERIOD]              = { "nbns.period_of_statistics", "Period of statistics", UINT16, HEX },
	[CRC_ERRORS]          = { "nbns.num_crcs", "Number of CRCs", UINT16 },
	[ALIGNMENT_ERRORS]    = { "nbns.num_alignment_errors", "Number of alignment errors", UINT16 },
	[COLLISIONS]          = { "nbns.num_collisions", "Number of collisions", UINT16 },
	[SEND_ABORTS]         = { "nbns.num_send_aborts", "Number of send aborts", UINT16 },
	[GOOD_SENDS]          = { "nbns.num_good_sends", "Number of good sends", UINT32 },
	[GOOD_RECEIVES]       = { "nbns.num_good_receives", "Number of good receives", UINT32 },
	[RETRANSMITS]         = { "nbns.numretransmits", "Number of retransmits", UINT16 },
	[NO_RESOURCES]        = { "nbns.num_no_resource_conditions", "Number of no resource conditions", UINT16 },
	[COMMAND_BLOCKS]      = { "nbns.numcommand_blocks", "Number of command blocks", UINT16 },
	[PENDING_SESSIONS]    = { "nbns.numpending_sessions", "Number of pending sessions", UINT16 },
	[MOST_PENDING_SESSIONS] = { "nbns.max_num_pending_sessions", "Max number of pending sessions", UINT16 },
	[MOST_SESSIONS]       = { "nbns.max_total_sessions_possible", "Max total sessions possible", UINT16 },
	[SESSION_PACKET_SIZE] = { "nbns.session_data_packet_size", "Session data packet size", UINT16 },
	[DATA]                = { "nbns.data", "Data", OCTETS },
	[INCOMPLETE]          = { NULL, "incomplete entry", SUBTREE },
	[NOTE_INCOMPLETE]     = { "nbns.incomplete_entry", "incomplete entry", NOTE, .severity = SEVERITY_ERROR,
	                          .group = GROUP_MALFORMED },
};

/* ---- flags ---- */

/* Ended by 0. */
static const uint8_t query_flags[] = { RESPONSE, OPCODE, TRUNCATED, RECURSION_DESIRED, BROADCAST, 0 };
static const uint8_t response_flags[] = {
	RESPONSE, OPCODE, AUTHORITATIVE, TRUNCATED, RECURSION_DESIRED, RECURSION_AVAILABLE, BROADCAST, RCODE, 0,
};

static bool is_response(uint16_t flags)
{
	return flags & 0x8000;
}

static unsigned opcode_of(uint16_t flags)
{
	return flags >> 11 & 15;
}

/* Of a message; those that a WACK repeats (section 4.2.16) are without reply code. */
static uint16_t add_message_flags(struct dissection *d, struct wire *w, bool repeated)
{
	uint16_t flags = add_uint16(d, w, &fields[FLAGS]);

	if (!SHOWING(d, w))
		return flags;
	node_ref node = open_subtree(d);
	for (const uint8_t *flag = is_response(flags) ? response_flags : query_flags; *flag; flag++) {
		if (*flag != RCODE || !repeated)
			add_flag(d, w, node, &fields[*flag], 2, flags);
	}
	close_subtree(d, node, NULL);
	return flags;
}

static void add_nb_flags(struct dissection *d, struct wire *w)
{
	static const char *const node_types[] = { "B-node", "P-node", "M-node", "H-node" };
	uint16_t flags = add_uint16(d, w, &fields[NB_FLAGS]);
	node_ref node = d->last;

	add_flags(d, w, &fields[NB_GROUP], &fields[NB_NODE_TYPE], 2, flags);
	append_text(d, w, node, " (%s, %s)", node_types[flags >> 13 & 3], flags & 0x8000 ? "group" : "unique");
}

/* ---- the data of records ---- */

/* The `left` octets of a record's data are too few for what is next. */
static void note_incomplete(struct dissection *d, struct wire *w, uint32_t left)
{
	node_ref node = open_heading(d, w, &fields[INCOMPLETE]);

	set_length(d, node, left);
	note_on(d, node, &fields[NOTE_INCOMPLETE]);
	close_subtree(d, node, NULL);
	wire_need(w, left);
}

/* Section 4.2.13: the flags of the message that is to wait; of others, addresses. */
static void read_addresses(struct dissection *d, struct wire *w, unsigned opcode, uint32_t left, bool is_listed)
{
	while (left && w->state == WIRE_GOOD) {
		if (left < 2)
			break;
		left -= 2;
		if (opcode == OPCODE_WACK) {
			add_message_flags(d, w, true);
			continue;
		}
		add_nb_flags(d, w);
		if (left < 4) {
			note_incomplete(d, w, left);
			return;
		}
		const uint32_t address = add_ipv4(d, w, &fields[ADDRESS]);
		if (is_listed && LISTING(d, w))
			append_info(d, w, " %s", ipv4_text(d, address));
		is_listed = false; /* the first of them only */
		left -= 4;
	}
	if (left)
		note_incomplete(d, w, left);
}

static uint32_t add_statistic(struct dissection *d, struct wire *w, const struct field *field)
{
	unsigned width = field_width(field);
	const uint8_t *octets = wire_bytes(w, width);

	if (octets)
		add_node(d, w, field, w->at - width, width, be_value(octets, width));
	return width;
}

/* Section 4.2.18. The octet of the count is not counted: tshark takes data that lacks one octet for whole. */
static void read_status(struct dissection *d, struct wire *w, uint32_t left)
{
	if (!left) {
		note_incomplete(d, w, left);
		return;
	}
	for (unsigned n = add_uint8(d, w, &fields[NAME_COUNT]); n && w->state == WIRE_GOOD; n--) {
		if (left >= NETBIOS_NAME)
			netbios_add_plain_name(d, w, &fields[NODE_NAME]);
		if (left < NETBIOS_NAME + 2) {
			note_incomplete(d, w, left % NETBIOS_NAME);
			return;
		}
		uint16_t flags = add_uint16(d, w, &fields[NAME_FLAGS]);
		add_flags(d, w, &fields[NAME_GROUP], &fields[PERMANENT], 2, flags);
		left -= NETBIOS_NAME + 2;
	}
	for (const struct field *field = &fields[UNIT_ID]; w->state == WIRE_GOOD; field++) {
		if (left < field_width(field)) {
			note_incomplete(d, w, left);
			return;
		}
		left -= add_statistic(d, w, field);
		if (field == &fields[SESSION_PACKET_SIZE])
			break;
	}
	if (w->state == WIRE_GOOD)
		w->at -= 2; /* where tshark looks for the next record */
}

/* ---- questions and records ---- */

/* What a question and a record begin with. */
struct opening {
	struct netbios_name name;
	uint32_t name_at, name_length; /* octets on the wire */
	uint16_t type, class;
};

/* Reads ahead what the heading says: all of it, and a record's data, must be there. */
static bool read_opening(struct dissection *d, struct wire *w, struct dns_message *message, bool is_record,
                         struct opening *opening)
{
	struct wire ahead = *w;

	opening->name_at = w->at;
	if (netbios_name(d, &ahead, message, &opening->name)) {
		opening->name_length = ahead.at - w->at;
		opening->type = wire_u16(&ahead);
		opening->class = wire_u16(&ahead);
		if (is_record) {
			wire_skip(&ahead, 4);
			wire_skip(&ahead, wire_u16(&ahead));
		}
	}
	wire_join(w, &ahead);
	return w->state == WIRE_GOOD;
}

static node_ref add_opening(struct dissection *d, struct wire *w, const struct opening *opening, const char *suffix,
                            bool is_record)
{
	node_ref node = open_heading(d, w, &fields[RECORD]);

	set_text(d, w, node, "%s: type %s, class %s", printable(d, opening->name.text, opening->name.length),
	         name_or(NAMES(types), opening->type, "Unknown"), name_or(NAMES(classes), opening->class, "Unknown"));
	wire_skip(w, opening->name_length);
	const char *name = opening->name.text;
	if (is_record && suffix && SHOWING(d, w))
		name = text_of(d, "%.*s (%s)", (int)opening->name.length, name, suffix);
	const uint32_t skipped = is_record; /* the first octet of a record's name, as tshark has it */
	add_node_octets(d, w, &fields[NAME], opening->name_at + skipped, opening->name_length - skipped, (const uint8_t *)name,
	                (uint32_t)(name == opening->name.text ? opening->name.length : strlen(name)));
	if (!is_record && suffix)
		append_text(d, w, d->last, " (%s)", suffix);
	add_uint16(d, w, &fields[TYPE]);
	add_uint16(d, w, &fields[CLASS]);
	return node;
}

static void read_question(struct dissection *d, struct wire *w, struct dns_message *message, bool is_listed)
{
	struct opening opening;

	if (!read_opening(d, w, message, false, &opening))
		return;
	node_ref node = add_opening(d, w, &opening, opening.name.suffix, false);
	if (is_listed)
		append_info(d, w, " %s %s", name_or(NAMES(types), opening.type, "Unknown"),
		            printable(d, opening.name.text, opening.name.length));
	close_subtree(d, node, w);
}

/* The next record stands where reading this one's data has ended. */
static void read_record(struct dissection *d, struct wire *w, struct dns_message *message, unsigned opcode, bool is_answer)
{
	struct opening opening;

	if (!read_opening(d, w, message, true, &opening))
		return;
	const char *suffix = opening.name.suffix ? opening.name.suffix : "Unknown";
	node_ref node = add_opening(d, w, &opening, opening.type == TYPE_NB ? suffix : NULL, true);
	if (is_answer)
		append_info(d, w, " %s", name_or(NAMES(types), opening.type, "Unknown"));
	uint32_t seconds = add_uint32(d, w, &fields[TTL]);
	netbios_show_span(d, w, (int64_t)(int32_t)seconds * 1000);
	uint16_t length = add_uint16(d, w, &fields[LENGTH]);
	if (opening.type == TYPE_NB)
		read_addresses(d, w, opcode, length, is_answer);
	else if (opening.type == TYPE_NBSTAT)
		read_status(d, w, length);
	else
		add_octets(d, w, &fields[DATA], length);
	close_subtree(d, node, w);
}

static void list_operation(struct dissection *d, const struct wire *w, uint16_t flags)
{
	const unsigned opcode = opcode_of(flags), rcode = is_response(flags) ? flags & 15 : 0;
	const char *name = name_of(NAMES(opcodes), opcode);

	if (!LISTING(d, w))
		return;
	set_info(d, w, "%s%s", name ? name : text_of(d, "Unknown operation (%u)", opcode), is_response(flags) ? " response" : "");
	if (rcode)
		append_info(d, w, ", %s", name_or(NAMES(rcodes), rcode, "Unknown"));
}

static void dissect(struct dissection *d, struct wire *w)
{
	static const char *const titles[] = {
		"Queries", "Answers", "Authoritative nameservers", "Additional records",
	};
	struct dns_message message = { .base = w->at, .steps = NETBIOS_NAME_STEPS };
	uint16_t counts[4];

	if (d->first_pass || !wire_need(w, 4))
		return;
	node_ref top = open_protocol(d, w, &fields[NBNS]);
	add_uint16(d, w, &fields[ID]);
	const uint16_t flags = add_message_flags(d, w, false);
	const unsigned opcode = opcode_of(flags);
	list_operation(d, w, flags);
	for (unsigned i = 0; i < 4; i++)
		counts[i] = add_uint16(d, w, &fields[QUESTIONS + i]);
	for (unsigned i = 0; i < 4; i++) {
		if (!counts[i] || !wire_need(w, 1))
			continue;
		node_ref section = open_heading(d, w, &fields[SECTION]);
		set_text(d, w, section, "%s", titles[i]);
		for (unsigned n = counts[i]; n && w->state == WIRE_GOOD; n--) {
			if (i)
				read_record(d, w, &message, opcode, i == 1);
			else
				read_question(d, w, &message, !is_response(flags));
		}
		close_subtree(d, section, w);
	}
	close_subtree(d, top, w);
}

const struct protocol protocol_nbns = {
	.name = "NetBIOS Name Service",
	.short_name = "NBNS",
	.filter = "nbns",
	.is_application = true,
	.column = "NBNS",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
