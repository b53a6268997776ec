/*
 * netbios.c: NetBIOS frames over LLC (IBM Local Area Network Technical Reference, SC30-3383, chapter 5).
 *
 *	+---------------+---------------+---------------+---------------+
 *	|            LENGTH             |       DELIMITER: 0xefff       |
 *	+---------------+---------------+---------------+---------------+
 *	|    COMMAND    |     DATA1     |             DATA2             |
 *	+---------------+---------------+---------------+---------------+
 *	|      TRANSMIT CORRELATOR      |      RESPONSE CORRELATOR      |
 *	+---------------+---------------+---------------+---------------+
 *	| destination and source name, or session numbers; data         |
 *
 * All in little-endian order. What Data First Middle frames begin is not put together.
 */

#include "dissect/flags.h"
#include "dissect/netbios.h"

enum {
	NETBIOS, LENGTH, DELIMITER, COMMAND, TRANSMIT, RESPONSE, RECEIVER, SENDER, QUERIED, CONFLICTING,
	GROUP_TO_ADD, NAME_TO_ADD, NAME_ADDED, NAME, NAME_SUFFIX, REMOTE_SESSION, LOCAL_SESSION, STATE, CALLER_TYPE,
	STATUS_REQUEST, BUFFER_LENGTH, STATUS_RESPONSE, DATA2, DATA2_FRAME, DATA2_USER, DATA2_LENGTH, STATUS,
	NAME_TYPE, FLAGS, FLAG_NO_ACK, FLAG_LARGEST, FLAG_ACK, FLAG_ACK_DATA, FLAG_ACK_EXPECTED,
	FLAG_CONTINUE, FLAG_VERSION, RECEIVED_FLAGS, FLAG_RECEIVED, RESYNC, RECEIVE_SIZE, TERMINATION,
	ACCEPTED, UNKNOWN, NOTE_UNKNOWN, N_FIELDS
};

/* Octets from the start. */
enum {
	AT_DELIMITER = 2, AT_COMMAND = 4, AT_DATA1 = 5, AT_DATA2 = 6, AT_CALLER_TYPE = 7, AT_TRANSMIT = 8, AT_RESPONSE = 10,
	AT_RECEIVER = 12, AT_SENDER = 28, AT_REMOTE = 12, AT_LOCAL = 13,
};

enum { NETBIOS_DELIMITER = 0xefff, NAME_QUERY = 0x0a, NAME_RECOGNIZED = 0x0e, FIRST_BEYOND = 0x20 };

static const struct name commands[] = {
	{ 0x00, "Add Group Name Query" },
	{ 0x01, "Add Name Query" },
	{ 0x02, "Name In Conflict" },
	{ 0x03, "Status Query" },
	{ 0x07, "Terminate Trace" },
	{ 0x08, "Datagram" },
	{ 0x09, "Broadcast Datagram" },
	{ 0x0a, "Name Query" },
	{ 0x0d, "Add Name Response" },
	{ 0x0e, "Name Recognized" },
	{ 0x0f, "Status Response" },
	{ 0x13, "Terminate Trace" },
	{ 0x14, "Data Ack" },
	{ 0x15, "Data First Middle" },
	{ 0x16, "Data Only Last" },
	{ 0x17, "Session Confirm" },
	{ 0x18, "Session End" },
	{ 0x19, "Session Initialize" },
	{ 0x1a, "No Receive" },
	{ 0x1b, "Receive Outstanding" },
	{ 0x1c, "Receive Continue" },
	{ 0x1f, "Session Alive" },
};

static const struct name name_types[] = { { 0, "Unique name" }, { 1, "Group name" } };
static const struct name add_states[] = { { 0, "Add name not in process" }, { 1, "Add name in process" } };
static const struct name frame_sizes[] = {
	{ 0, "516" }, { 1, "1500" }, { 2, "2052" }, { 3, "4472" }, { 4, "8144" }, { 5, "11407" }, { 6, "17800" },
	{ 7, "65535" },
};
static const struct name terminations[] = { { 0, "Normal session end" }, { 1, "Abnormal session end" } };
static const struct name states[] = {
	{ 0x00, "No LISTEN pending, or FIND.NAME response" },
	{ 0xff, "LISTEN pending, but insufficient resources to establish session" },
};

static const struct field fields[N_FIELDS] = {
	[NETBIOS]         = { "netbios", "NetBIOS", PROTOCOL },
	[LENGTH]          = { "netbios.hdr_len", "Length", UINT16, .unit = " bytes" },
	[DELIMITER]       = { "netbios.delimiter", "Delimiter", UINT16, HEX },
	[COMMAND]         = { "netbios.command", "Command", UINT8, HEX, .names = NAMES(commands) },
	[TRANSMIT]        = { "netbios.xmit_corrl", "Transmit Correlator", UINT16, HEX },
	[RESPONSE]        = { "netbios.resp_corrl", "Response Correlator", UINT16, HEX },
	[RECEIVER]        = { NULL, "Receiver's Name", SUBTREE },
	[SENDER]          = { NULL, "Sender's Name", SUBTREE },
	[QUERIED]         = { NULL, "Query Name", SUBTREE },
	[CONFLICTING]     = { NULL, "Name In Conflict", SUBTREE },
	[GROUP_TO_ADD]    = { NULL, "Group name to add", SUBTREE },
	[NAME_TO_ADD]     = { NULL, "Name to add", SUBTREE },
	[NAME_ADDED]      = { NULL, "Name to be added", SUBTREE },
	[NAME]            = { "netbios.nb_name", "NetBIOS Name", STRING },
	[NAME_SUFFIX]     = { "netbios.nb_name_type", "NetBIOS Name Type", UINT8, HEX },
	[REMOTE_SESSION]          = { "netbios.remote_session", "Remote Session No.", UINT8, HEX },
	[LOCAL_SESSION]           = { "netbios.local_session", "Local Session No.", UINT8, HEX },
	[STATE]           = { "netbios.state_of_name", "State of name", UINT8, HEX },
	[CALLER_TYPE]     = { "netbios.call_name_type", "Caller's Name Type", UINT8, HEX, .names = NAMES(name_types) },
	[STATUS_REQUEST]  = { "netbios.status_request", "Status request", UINT8 },
	[BUFFER_LENGTH]   = { "netbios.status_buffer_len", "Length of status buffer", UINT16 },
	[STATUS_RESPONSE] = { "netbios.status_response", "Status response", UINT8 },
	[DATA2]           = { "netbios.data2", "DATA2 value", UINT16, HEX },
	[DATA2_FRAME]     = { "netbios.data2.frame", "Data length exceeds maximum frame size", BOOLEAN,
	                      .mask = 0x8000, .names = &yes_or_no },
	[DATA2_USER]      = { "netbios.data2.user", "Data length exceeds user's buffer", BOOLEAN, .mask = 0x4000,
	                      .names = &yes_or_no },
	[DATA2_LENGTH]    = { "netbios.data2.status", "Status data length", UINT16, .mask = 0x3fff },
	[STATUS]          = { "netbios.status", "Status", UINT8, .names = NAMES(add_states) },
	[NAME_TYPE]       = { "netbios.name_type", "Name type", UINT16, .names = NAMES(name_types) },
	[FLAGS]           = { "netbios.flags", "Flags", UINT8, HEX },
	[FLAG_NO_ACK]     = { "netbios.flags.send_no_ack", "Handle SEND.NO.ACK", BOOLEAN, .mask = 0x80,
	                      .names = &yes_or_no },
	[FLAG_LARGEST]    = { "netbios.largest_frame", "Largest Frame", UINT8, .mask = 0x0e,
	                      .names = NAMES(frame_sizes) },
	[FLAG_ACK]        = { "netbios.flags.ack", "Acknowledge", BOOLEAN, .mask = 0x08, EITHER("Not set", "Set") },
	[FLAG_ACK_DATA]   = { "netbios.flags.ack_with_data", "Acknowledge with data", BOOLEAN, .mask = 0x04,
	                      EITHER("Not Allowed", "Allowed") },
	[FLAG_ACK_EXPECTED] = { "netbios.flags.ack_expected", "Acknowledge expected", BOOLEAN, .mask = 0x02,
	                      .names = &yes_or_no },
	[FLAG_CONTINUE]   = { "netbios.flags.recv_cont_req", "RECEIVE_CONTINUE requested", BOOLEAN, .mask = 0x01,
	                      .names = &yes_or_no },
	[FLAG_VERSION]    = { "netbios.version", "NetBIOS Version", BOOLEAN, .mask = 0x01, EITHER("1.xx", "2.00 or higher") },
	[RECEIVED_FLAGS]  = { "netbios.no_receive_flags", "Flags", UINT8, HEX },
	[FLAG_RECEIVED]   = { "netbios.no_receive_flags.send_no_ack", "SEND.NO.ACK data received", BOOLEAN,
	                      .mask = 0x02, EITHER("Yes", "No") },
	[RESYNC]          = { "netbios.resync_indicator", "Re-sync indicator", UINT16, HEX },
	[RECEIVE_SIZE]    = { "netbios.max_data_recv_size", "Maximum data receive size", UINT16 },
	[TERMINATION]     = { "netbios.termination_indicator", "Termination indicator", UINT16, HEX,
	                      .names = NAMES(terminations) },
	[ACCEPTED]        = { "netbios.num_data_bytes_accepted", "Number of data bytes accepted", UINT16 },
	[UNKNOWN]         = { NULL, "Unknown NetBIOS command data", SUBTREE },
	[NOTE_UNKNOWN]    = { "netbios.unknown_command_data", "Unknown NetBIOS command data", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_UNDECODED },
};

/* ---- the parts of a frame ---- */

struct part;
typedef void show_part(struct dissection *d, struct wire *w, const struct part *part);

/* What stands at an offset, and how it is shown. */
struct part {
	uint8_t at, field;
	show_part *show;
	uint8_t flags[3]; /* of a field of flags; ended by 0 */
};

static void show_octet(struct dissection *d, struct wire *w, const struct part *part)
{
	add_uint8(d, w, &fields[part->field]);
}

static void show_number(struct dissection *d, struct wire *w, const struct part *part)
{
	add_le16(d, w, &fields[part->field]);
}

static void show_flags(struct dissection *d, struct wire *w, const struct part *part)
{
	uint8_t flags = add_uint8(d, w, &fields[part->field]);
	node_ref node = open_subtree(d);

	for (unsigned i = 0; i < sizeof part->flags && part->flags[i]; i++)
		add_bits(d, w, &fields[part->flags[i]], &fields[part->flags[i]], 1, flags);
	close_subtree(d, node, NULL);
}

static void show_name(struct dissection *d, struct wire *w, const struct part *part)
{
	netbios_add_name_heading(d, w, &fields[part->field], &fields[NAME], &fields[NAME_SUFFIX]);
}

/* A frame of NetBIOS 2.1 says how many names came before. */
static void show_status(struct dissection *d, struct wire *w, const struct part *part)
{
	uint8_t names = add_uint8(d, w, &fields[part->field]);

	if (!names)
		value_text(d, w, d->last, "NetBIOS 1.x or 2.0");
	else if (names == 1 && part->field == STATUS_REQUEST)
		value_text(d, w, d->last, "NetBIOS 2.1, initial status request");
	else
		value_text(d, w, d->last, "NetBIOS 2.1, %u names %s so far", names,
		           part->field == STATUS_REQUEST ? "received" : "sent");
}

static void show_data2(struct dissection *d, struct wire *w, const struct part *part)
{
	uint16_t value = add_le16(d, w, &fields[part->field]);
	node_ref node = open_subtree(d);

	add_bits(d, w, &fields[DATA2_FRAME], &fields[DATA2_LENGTH], 2, value);
	close_subtree(d, node, NULL);
}

static void show_resync(struct dissection *d, struct wire *w, const struct part *part)
{
	uint16_t value = add_le16(d, w, &fields[part->field]);

	if (value == 0)
		value_text(d, w, d->last, "No re-sync");
	else if (value == 1)
		value_text(d, w, d->last, "First 'DATA ONLY LAST' following 'Receive Outstanding'");
}

static void show_state(struct dissection *d, struct wire *w, const struct part *part)
{
	uint8_t state = add_uint8(d, w, &fields[part->field]);

	value_text(d, w, d->last, "%s", name_or(NAMES(states), state, ""));
}

static void show_find_name(struct dissection *d, struct wire *w, const struct part *part)
{
	add_uint8(d, w, &fields[part->field]);
	value_text(d, w, d->last, "0 (FIND.NAME request)");
}

static void show_unknown(struct dissection *d, struct wire *w, const struct part *part)
{
	node_ref node = open_heading(d, w, &fields[part->field]);

	note_on(d, node, &fields[NOTE_UNKNOWN]);
	close_subtree(d, node, NULL);
}

/* ---- commands, by their parts ---- */

enum { PARTS = 8 }; /* of a command */

struct command {
	bool has_payload;
	struct part parts[PARTS]; /* ended by one without a function */
};

#define TRANSMITTED { AT_TRANSMIT, TRANSMIT, show_number }
#define RESPONDED   { AT_RESPONSE, RESPONSE, show_number }
#define RECEIVED_BY { AT_RECEIVER, RECEIVER, show_name }
#define SENT_BY     { AT_SENDER, SENDER, show_name }
#define SESSION     { AT_LOCAL - 1, REMOTE_SESSION, show_octet }, { AT_LOCAL, LOCAL_SESSION, show_octet }
#define TYPED       { AT_CALLER_TYPE, CALLER_TYPE, show_octet }

/* FIND_NAME and NAME_STATE are queries and answers that ask for no session. */
enum { FIND_NAME = 0x20, NAME_STATE, UNKNOWN_COMMAND, N_COMMANDS };

static const struct command by_command[N_COMMANDS] = {
	[0x00] = { false, { RESPONDED, { AT_SENDER, GROUP_TO_ADD, show_name } } },
	[0x01] = { false, { RESPONDED, { AT_SENDER, NAME_TO_ADD, show_name } } },
	[0x02] = { false, { { AT_RECEIVER, CONFLICTING, show_name }, SENT_BY } },
	[0x03] = { false, { { AT_DATA1, STATUS_REQUEST, show_status }, { AT_DATA2, BUFFER_LENGTH, show_number },
	                    RESPONDED, RECEIVED_BY, SENT_BY } },
	[0x08] = { true, { RECEIVED_BY, SENT_BY } },
	[0x09] = { true, { SENT_BY } },
	[NAME_QUERY] = { false, { { AT_DATA2, LOCAL_SESSION, show_octet }, TYPED, RESPONDED,
	                          { AT_RECEIVER, QUERIED, show_name }, SENT_BY } },
	[FIND_NAME] = { false, { { AT_DATA2, LOCAL_SESSION, show_find_name }, TYPED, RESPONDED,
	                         { AT_RECEIVER, QUERIED, show_name } } },
	[0x0d] = { false, { { AT_DATA1, STATUS, show_octet }, { AT_DATA2, NAME_TYPE, show_number }, TRANSMITTED,
	                    { AT_RECEIVER, NAME_ADDED, show_name }, { AT_SENDER, NAME_ADDED, show_name } } },
	[NAME_RECOGNIZED] = { false, { { AT_DATA2, LOCAL_SESSION, show_octet }, TYPED, TRANSMITTED, RESPONDED,
	                               RECEIVED_BY, SENT_BY } },
	[NAME_STATE] = { false, { { AT_DATA2, STATE, show_state }, TYPED, TRANSMITTED, RECEIVED_BY } },
	[0x0f] = { false, { TYPED, { AT_DATA1, STATUS_RESPONSE, show_status }, { AT_DATA2, DATA2, show_data2 },
	                    TRANSMITTED, RECEIVED_BY, SENT_BY } },
	[0x14] = { false, { TRANSMITTED, SESSION } },
	[0x15] = { true, { { AT_DATA1, FLAGS, show_flags, { FLAG_ACK, FLAG_ACK_EXPECTED, FLAG_CONTINUE } },
	                   { AT_DATA2, RESYNC, show_resync }, TRANSMITTED, RESPONDED, SESSION } },
	[0x16] = { true, { { AT_DATA1, FLAGS, show_flags, { FLAG_ACK, FLAG_ACK_DATA, FLAG_ACK_EXPECTED } },
	                   { AT_DATA2, RESYNC, show_resync }, TRANSMITTED, RESPONDED, SESSION } },
	[0x17] = { false, { { AT_DATA1, FLAGS, show_flags, { FLAG_NO_ACK, FLAG_VERSION } },
	                    { AT_DATA2, RECEIVE_SIZE, show_number }, TRANSMITTED, RESPONDED, SESSION } },
	[0x18] = { false, { { AT_DATA2, TERMINATION, show_number }, SESSION } },
	[0x19] = { false, { { AT_DATA1, FLAGS, show_flags, { FLAG_NO_ACK, FLAG_LARGEST, FLAG_VERSION } },
	                    { AT_DATA2, RECEIVE_SIZE, show_number }, RESPONDED, TRANSMITTED, SESSION } },
	[0x1a] = { false, { { AT_DATA1, RECEIVED_FLAGS, show_flags, { FLAG_RECEIVED } },
	                    { AT_DATA2, ACCEPTED, show_number }, SESSION } },
	[0x1b] = { false, { { AT_DATA2, ACCEPTED, show_number }, SESSION } },
	[0x1c] = { false, { TRANSMITTED, SESSION } },
	[0x1f] = { false, { SESSION } },
	[UNKNOWN_COMMAND] = { false, { { AT_COMMAND, UNKNOWN, show_unknown } } },
};

static const struct command *command_of(uint8_t command, const struct wire *start)
{
	uint8_t session = wire_has(start, AT_DATA2 + 1) ? wire_here(start)[AT_DATA2] : 0;

	if (!name_of(NAMES(commands), command))
		return &by_command[UNKNOWN_COMMAND];
	if (command == NAME_QUERY && !session)
		return &by_command[FIND_NAME];
	if (command == NAME_RECOGNIZED && name_of(NAMES(states), session))
		return &by_command[NAME_STATE];
	return &by_command[command];
}

static void read_parts(struct dissection *d, struct wire *w, const struct wire *start, const struct command *command)
{
	for (const struct part *part = command->parts; part->show && w->state == WIRE_GOOD; part++) {
		struct wire at = *start;
		wire_skip(&at, part->at);
		part->show(d, &at, part);
		wire_join(w, &at);
	}
}

/* What the list says of a command, and of the name that it is about. */
static void list_command(struct dissection *d, struct wire *w, const struct wire *start, uint8_t code)
{
	static const struct { uint8_t command, at; const char *between; } about[] = {
		{ 0x00, AT_SENDER, " - " },
		{ 0x01, AT_SENDER, " - " },
		{ NAME_QUERY, AT_RECEIVER, " for " },
		{ NAME_RECOGNIZED, AT_SENDER, " - " },
	};
	const char *name = name_of(NAMES(commands), code);

	if (!LISTING(d, w))
		return;
	if (!name)
		name = text_of(d, "Unknown (0x%02x)", code > FIRST_BEYOND ? FIRST_BEYOND + 1 : code);
	set_info(d, w, "%s", name);
	for (unsigned i = 0; i < sizeof about / sizeof *about; i++)
		if (code == about[i].command && wire_has(start, about[i].at + NETBIOS_NAME))
			append_info(d, w, "%s%s", about[i].between, netbios_plain_name(d, wire_here(start) + about[i].at));
}

static void dissect(struct dissection *d, struct wire *w)
{
	const struct wire start = *w;

	if (d->first_pass || !wire_more(w) || !wire_need(w, AT_COMMAND))
		return;
	if (le16(wire_here(w) + AT_DELIMITER) != NETBIOS_DELIMITER) {
		set_info(d, w, "Bad packet, no 0xEFFF marker");
		return;
	}
	if (!wire_need(w, AT_COMMAND + 1))
		return;
	node_ref top = open_protocol(d, w, &fields[NETBIOS]);
	uint16_t length = add_le16(d, w, &fields[LENGTH]);
	add_le16(d, w, &fields[DELIMITER]);
	value_text(d, w, d->last, "EFFF (NetBIOS)");
	uint8_t code = add_uint8(d, w, &fields[COMMAND]);
	if (code > FIRST_BEYOND)
		value_text(d, w, d->last, "Unknown (0x%02x)", FIRST_BEYOND + 1); /* whichever it is, as in tshark */
	list_command(d, w, &start, code);
	const struct command *command = command_of(code, &start);
	if (code <= FIRST_BEYOND)
		read_parts(d, w, &start, command);
	set_length(d, top, length);
	close_subtree(d, top, NULL);
	if (!command->has_payload || w->state != WIRE_GOOD)
		return;
	*w = start;
	wire_skip(w, length);
	if (w->state == WIRE_GOOD)
		netbios_dissect_payload(d, *w);
}

const struct protocol protocol_netbios = {
	.name = "NetBIOS",
	.short_name = "NetBIOS",
	.filter = "netbios",
	.column = "NetBIOS",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
