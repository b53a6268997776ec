/*
 * smb.c: Server Message Block, version 1: MS-CIFS, section 2.2.
 *
 * Reads the header and transactions without subcommands (section 2.2.4.33), which write to mailslots. The
 * words and octets of other commands and of responses are shown as they are; which response answers a
 * request is not told.
 */

#include "dissect/flags.h"
#include "dissect/netbios.h"
#include "dissect/smb.h"

enum {
	SMB, HEADING, BODY, COMPONENT, COMMAND, ERROR_CLASS, RESERVED, ERROR_CODE, STATUS, FLAGS,
	FLAG_RESPONSE, FLAG_NOTIFY, FLAG_OPLOCK, FLAG_CANONICAL, FLAG_CASELESS, FLAG_RECEIVE_BUFFER,
	FLAG_LOCK, FLAGS2, FLAG2_UNICODE, FLAG2_STATUS, FLAG2_EXECUTE, FLAG2_DFS, FLAG2_SECURITY,
	FLAG2_REPARSE, FLAG2_LONG_USED, FLAG2_SIGNATURE_REQUIRED, FLAG2_COMPRESSED, FLAG2_SIGNATURE,
	FLAG2_EXTENDED, FLAG2_LONG_ALLOWED, PROCESS_HIGH, SIGNATURE, TREE, PROCESS, USER, MULTIPLEX,
	WORD_COUNT, TOTAL_PARAMETERS, TOTAL_DATA, MOST_PARAMETERS, MOST_DATA, MOST_SETUP,
	TRANSACTION_FLAGS, FLAG_ONE_WAY, FLAG_DISCONNECT, TIMEOUT, PARAMETER_COUNT, PARAMETER_OFFSET,
	DATA_COUNT, DATA_OFFSET, SETUP_COUNT, BYTE_COUNT, TRANSACTION_NAME, PADDING, SETUP_WORD, PARAMETERS,
	DATA, WORDS, OCTETS_SHOWN, EXTRA, N_FIELDS
};

enum {
	HEADER = 32, /* octets */
	TRANSACTION = 0x25, NO_COMMAND = 0xff,
	RESPONSE = 0x80,                     /* of the flags */
	NT_STATUS = 0x4000, UNICODE = 0x8000, /* of the second flags */
};

static const struct name error_classes[] = {
	{ 0, "Success" }, { 1, "DOS Error" }, { 2, "Server Error" }, { 3, "Hardware Error" },
	{ 4, "Command Error - Not an SMB format command" },
};

static const struct field fields[N_FIELDS] = {
	[SMB]              = { "smb", "SMB (Server Message Block Protocol)", PROTOCOL },
	[HEADING]          = { NULL, "SMB Header", SUBTREE },
	[BODY]             = { NULL, "Command", SUBTREE },
	[COMPONENT]        = { "smb.server_component", "Server Component", UINT32, HEX },
	[COMMAND]          = { "smb.cmd", "SMB Command", UINT8, HEX, .names = &smb_command_names },
	[ERROR_CLASS]      = { "smb.error_class", "Error Class", UINT8, HEX, .names = NAMES(error_classes) },
	[RESERVED]         = { "smb.reserved", "Reserved", OCTETS },
	[ERROR_CODE]       = { "smb.error_code", "Error Code", UINT16, HEX },
	[STATUS]           = { "smb.nt_status", "NT Status", UINT32, HEX, .names = &smb_status_names },
	[FLAGS]            = { "smb.flags", "Flags", UINT8, HEX },
	[FLAG_RESPONSE]    = { "smb.flags.response", "Request/Response", BOOLEAN, .mask = 0x80,
	                       EITHER("Message is a request to the server",
	                              "Message is a response to the client/redirector") },
	[FLAG_NOTIFY]      = { "smb.flags.notify", "Notify", BOOLEAN, .mask = 0x40,
	                       EITHER("Notify client only on open", "Notify client on all modifications") },
	[FLAG_OPLOCK]      = { "smb.flags.oplock", "Oplocks", BOOLEAN, .mask = 0x20,
	                       EITHER("OpLock not requested/granted", "OpLock requested/granted") },
	[FLAG_CANONICAL]   = { "smb.flags.canon", "Canonicalized Pathnames", BOOLEAN, .mask = 0x10,
	                       EITHER("Pathnames are not canonicalized", "Pathnames are canonicalized") },
	[FLAG_CASELESS]    = { "smb.flags.caseless", "Case Sensitivity", BOOLEAN, .mask = 0x08,
	                       EITHER("Path names are case sensitive", "Path names are caseless") },
	[FLAG_RECEIVE_BUFFER] = { "smb.flags.receive_buffer", "Receive Buffer Posted", BOOLEAN, .mask = 0x02,
	                       EITHER("Receive buffer has not been posted", "Receive buffer has been posted") },
	[FLAG_LOCK]        = { "smb.flags.lock", "Lock and Read", BOOLEAN, .mask = 0x01,
	                       EITHER("Lock&Read, Write&Unlock are not supported",
	                              "Lock&Read, Write&Unlock are supported") },
	[FLAGS2]           = { "smb.flags2", "Flags2", UINT16, HEX },
	[FLAG2_UNICODE]    = { "smb.flags2.string", "Unicode Strings", BOOLEAN, .mask = 0x8000,
	                       EITHER("Strings are ASCII", "Strings are Unicode") },
	[FLAG2_STATUS]     = { "smb.flags2.nt_error", "Error Code Type", BOOLEAN, .mask = 0x4000,
	                       EITHER("Error codes are DOS error codes", "Error codes are NT error codes") },
	[FLAG2_EXECUTE]    = { "smb.flags2.roe", "Execute-only Reads", BOOLEAN, .mask = 0x2000,
	                       EITHER("Don't permit reads if execute-only", "Permit reads if execute-only") },
	[FLAG2_DFS]        = { "smb.flags2.dfs", "Dfs", BOOLEAN, .mask = 0x1000,
	                       EITHER("Don't resolve pathnames with Dfs", "Resolve pathnames with Dfs") },
	[FLAG2_SECURITY]   = { "smb.flags2.esn", "Extended Security Negotiation", BOOLEAN, .mask = 0x0800,
	                       EITHER("Extended security negotiation is not supported",
	                              "Extended security negotiation is supported") },
	[FLAG2_REPARSE]    = { "smb.flags2.reparse_path", "Reparse Path", BOOLEAN, .mask = 0x0400,
	                       EITHER("The request does not use a @GMT reparse path",
	                              "The request uses a @GMT reparse path") },
	[FLAG2_LONG_USED]  = { "smb.flags2.long_names_used", "Long Names Used", BOOLEAN, .mask = 0x0040,
	                       EITHER("Path names in request are not long file names",
	                              "Path names in request are long file names") },
	[FLAG2_SIGNATURE_REQUIRED] = { "smb.flags2.sec_sig_required", "Security Signatures Required", BOOLEAN,
	                       .mask = 0x0010, EITHER("Security signatures are not required",
	                                              "Security signatures are required") },
	[FLAG2_COMPRESSED] = { "smb.flags2.compressed", "Compressed", BOOLEAN, .mask = 0x0008,
	                       EITHER("Compression is not requested", "Compression is requested") },
	[FLAG2_SIGNATURE]  = { "smb.flags2.sec_sig", "Security Signatures", BOOLEAN, .mask = 0x0004,
	                       EITHER("Security signatures are not supported",
	                              "Security signatures are supported") },
	[FLAG2_EXTENDED]   = { "smb.flags2.ea", "Extended Attributes", BOOLEAN, .mask = 0x0002,
	                       EITHER("Extended attributes are not supported",
	                              "Extended attributes are supported") },
	[FLAG2_LONG_ALLOWED] = { "smb.flags2.long_names_allowed", "Long Names Allowed", BOOLEAN, .mask = 0x0001,
	                       EITHER("Long file names are not allowed in the response",
	                              "Long file names are allowed in the response") },
	[PROCESS_HIGH]     = { "smb.pid.high", "Process ID High", UINT16 },
	[SIGNATURE]        = { "smb.signature", "Signature", OCTETS },
	[TREE]             = { "smb.tid", "Tree ID", UINT16 },
	[PROCESS]          = { "smb.pid", "Process ID", UINT16 },
	[USER]             = { "smb.uid", "User ID", UINT16 },
	[MULTIPLEX]        = { "smb.mid", "Multiplex ID", UINT16 },
	[WORD_COUNT]       = { "smb.wct", "Word Count (WCT)", UINT8 },
	[TOTAL_PARAMETERS] = { "smb.tpc", "Total Parameter Count", UINT32 },
	[TOTAL_DATA]       = { "smb.tdc", "Total Data Count", UINT32 },
	[MOST_PARAMETERS]  = { "smb.mpc", "Max Parameter Count", UINT32 },
	[MOST_DATA]        = { "smb.mdc", "Max Data Count", UINT32 },
	[MOST_SETUP]       = { "smb.msc", "Max Setup Count", UINT8 },
	[TRANSACTION_FLAGS] = { "smb.transaction.flags", "Flags", UINT16, HEX },
	[FLAG_ONE_WAY]     = { "smb.transaction.flags.owt", "One Way Transaction", BOOLEAN, .mask = 0x0002,
	                       EITHER("Two way transaction", "One Way Transaction (NO RESPONSE)") },
	[FLAG_DISCONNECT]  = { "smb.transaction.flags.dtid", "Disconnect TID", BOOLEAN, .mask = 0x0001,
	                       EITHER("Do NOT disconnect TID", "Also DISCONNECT TID") },
	[TIMEOUT]          = { "smb.timeout", "Timeout", UINT32 },
	[PARAMETER_COUNT]  = { "smb.pc", "Parameter Count", UINT16 },
	[PARAMETER_OFFSET] = { "smb.po", "Parameter Offset", UINT16 },
	[DATA_COUNT]       = { "smb.dc", "Data Count", UINT16 },
	[DATA_OFFSET]      = { "smb.data_offset", "Data Offset", UINT16 },
	[SETUP_COUNT]      = { "smb.sc", "Setup Count", UINT8 },
	[BYTE_COUNT]       = { "smb.bcc", "Byte Count (BCC)", UINT16 },
	[TRANSACTION_NAME] = { "smb.trans_name", "Transaction Name", STRING },
	[PADDING]          = { "smb.padding", "Padding", OCTETS },
	[SETUP_WORD]       = { "smb.trans_data.setup_word", "Setup Word", UINT16, HEX },
	[PARAMETERS]       = { "smb.trans_data.parameters", "Parameters", OCTETS },
	[DATA]             = { "smb.trans_data", "Data", OCTETS },
	[WORDS]            = { "smb.word_parameters", "Word parameters", OCTETS },
	[OCTETS_SHOWN]     = { "smb.byte_parameters", "Byte parameters", OCTETS },
	[EXTRA]            = { "smb.extra_byte_parameters", "Extra byte parameters", OCTETS },
};

/* ---- the header, section 2.2.3.1 ---- */

struct header {
	uint32_t start; /* offsets count from there */
	uint8_t command;
	uint8_t flags;
	uint16_t flags2;
};

static void add_error(struct dissection *d, struct wire *w, bool is_status)
{
	if (is_status) {
		add_le32(d, w, &fields[STATUS]);
		return;
	}
	uint8_t class = add_uint8(d, w, &fields[ERROR_CLASS]);
	add_octets(d, w, &fields[RESERVED], 1);
	uint16_t code = add_le16(d, w, &fields[ERROR_CODE]);
	value_text(d, w, d->last, "%s", smb_error_text(d, class, code));
}

static void add_header(struct dissection *d, struct wire *w, struct header *header)
{
	const uint8_t *octets = wire_here(w);
	node_ref node = open_heading(d, w, &fields[HEADING]);

	*header = (struct header){ w->at, octets[4], octets[9], le16(octets + 10) };
	add_le32(d, w, &fields[COMPONENT]);
	value_text(d, w, d->last, "SMB");
	add_uint8(d, w, &fields[COMMAND]);
	set_info(d, w, "%s %s", name_or(fields[COMMAND].names, header->command, "<unknown>"),
	         header->flags & RESPONSE ? "Response" : "Request");
	add_error(d, w, header->flags2 & NT_STATUS);
	add_uint8(d, w, &fields[FLAGS]);
	add_flags(d, w, &fields[FLAG_RESPONSE], &fields[FLAG_LOCK], 1, header->flags);
	add_le16(d, w, &fields[FLAGS2]);
	add_flags(d, w, &fields[FLAG2_UNICODE], &fields[FLAG2_LONG_ALLOWED], 2, header->flags2);
	add_le16(d, w, &fields[PROCESS_HIGH]);
	add_octets(d, w, &fields[SIGNATURE], 8);
	add_octets(d, w, &fields[RESERVED], 2);
	add_le16(d, w, &fields[TREE]);
	add_le16(d, w, &fields[PROCESS]);
	add_le16(d, w, &fields[USER]);
	add_le16(d, w, &fields[MULTIPLEX]);
	close_subtree(d, node, w);
}

/* ---- transactions, section 2.2.4.33.1 ---- */

struct transaction {
	uint16_t parameter_count, parameter_offset, data_count, data_offset;
	uint16_t octets; /* left of those that the message counts; goes below zero, as it does in tshark */
	struct wire setup, header;
	const char *name;
};

static void add_timeout(struct dissection *d, struct wire *w)
{
	static const struct name reserved[] = { /* without their signs */
		{ 0, "Return immediately" }, { 1, "Wait indefinitely" }, { 2, "Use default timeout" },
	};
	int32_t milliseconds = (int32_t)add_le32(d, w, &fields[TIMEOUT]);

	if (milliseconds > 0)
		netbios_show_span(d, w, milliseconds);
	else
		value_text(d, w, d->last, "%s (%d)",
		           name_or(NAMES(reserved), (uint64_t)-(int64_t)milliseconds, "Unknown reserved value"),
		           milliseconds);
}

static void add_words(struct dissection *d, struct wire *w, struct transaction *t)
{
	add_le16(d, w, &fields[TOTAL_PARAMETERS]);
	add_le16(d, w, &fields[TOTAL_DATA]);
	add_le16(d, w, &fields[MOST_PARAMETERS]);
	add_le16(d, w, &fields[MOST_DATA]);
	add_uint8(d, w, &fields[MOST_SETUP]);
	add_octets(d, w, &fields[RESERVED], 1);
	uint16_t flags = add_le16(d, w, &fields[TRANSACTION_FLAGS]);
	add_flags(d, w, &fields[FLAG_ONE_WAY], &fields[FLAG_DISCONNECT], 2, flags);
	add_timeout(d, w);
	add_octets(d, w, &fields[RESERVED], 2);
	t->parameter_count = add_le16(d, w, &fields[PARAMETER_COUNT]);
	t->parameter_offset = add_le16(d, w, &fields[PARAMETER_OFFSET]);
	t->data_count = add_le16(d, w, &fields[DATA_COUNT]);
	t->data_offset = add_le16(d, w, &fields[DATA_OFFSET]);
	uint8_t words = add_uint8(d, w, &fields[SETUP_COUNT]);
	add_octets(d, w, &fields[RESERVED], 1);
	t->header = *w;
	t->setup = wire_take(w, words * 2u);
}

/* UTF-16, each character as one octet; those that have none as question marks, as tshark has it. */
static const char *read_wide_name(struct dissection *d, struct wire *w, uint32_t *length)
{
	char *name = arena_alloc(d->arena, wire_captured(w) / 2 + 1);

	for (*length = 0; wire_has(w, 2); ++*length) {
		uint16_t unit = le16(wire_bytes(w, 2));
		if (!unit)
			break;
		name[*length] = (char)(unit < 0x100 ? unit : '?');
	}
	name[*length] = 0;
	return name;
}

static const char *read_narrow_name(struct wire *w, uint32_t *length)
{
	const uint8_t *name = wire_here(w);

	*length = (uint32_t)strnlen((const char *)name, wire_captured(w));
	wire_skip(w, *length + 1);
	return (const char *)name;
}

static void add_name(struct dissection *d, struct wire *w, const struct header *header, struct transaction *t)
{
	uint32_t start = w->at, length;
	const char *name;

	if (header->flags2 & UNICODE) {
		if ((w->at - header->start) & 1) {
			wire_skip(w, 1);
			start++;
			t->octets--;
		}
		name = read_wide_name(d, w, &length);
	} else {
		name = read_narrow_name(w, &length);
	}
	if (w->state != WIRE_GOOD)
		return;
	t->name = name;
	t->octets = (uint16_t)(t->octets - (w->at - start));
	add_node_octets(d, w, &fields[TRANSACTION_NAME], start, w->at - start, (const uint8_t *)name, length);
}

/* What stands before a part that begins `offset` octets into the message. */
static void add_padding(struct dissection *d, struct wire *w, const struct header *header, struct transaction *t,
                        uint16_t offset)
{
	uint32_t at = w->at - header->start;

	if (w->state != WIRE_GOOD || offset <= at)
		return;
	uint16_t n = (uint16_t)(offset - at < t->octets ? offset - at : t->octets);
	add_octets(d, w, &fields[PADDING], n);
	t->octets = (uint16_t)(t->octets - n);
}

/* The part of the message that its words say where it is. Moves w over as many octets. */
static bool take_part(struct wire *w, const struct header *header, struct transaction *t, uint16_t offset,
                      uint16_t count, struct wire *part)
{
	if (t->octets < count)
		return false;
	if (!count)
		return true;
	*part = *w;
	part->at = header->start;
	wire_skip(part, offset);
	*part = wire_part(part, count);
	wire_skip(w, count < wire_captured(w) ? count : wire_captured(w));
	t->octets = (uint16_t)(t->octets - count);
	return true;
}

static void show_parts(struct dissection *d, struct wire *w, struct transaction *t, struct wire *parameters,
                       struct wire *data)
{
	for (unsigned i = 0; wire_more(&t->setup); i++) {
		uint16_t word = add_le16(d, &t->setup, &fields[SETUP_WORD]);
		set_text(d, &t->setup, d->last, "Setup Word %u: 0x%04x", i, word);
	}
	if (t->parameter_count)
		add_octets(d, parameters, &fields[PARAMETERS], t->parameter_count);
	if (t->data_count)
		add_octets(d, data, &fields[DATA], t->data_count);
	wire_join(w, parameters);
	wire_join(w, data);
}

static void read_transaction(struct dissection *d, struct wire *w, const struct header *header,
                             struct smb_mailslot *mailslot)
{
	struct transaction t = { .name = "" };
	struct wire parameters = *w, data = *w;

	add_words(d, w, &t);
	t.octets = add_le16(d, w, &fields[BYTE_COUNT]);
	if (w->state != WIRE_GOOD || !t.octets)
		return;
	add_name(d, w, header, &t);
	add_padding(d, w, header, &t, t.parameter_offset);
	if (!take_part(w, header, &t, t.parameter_offset, t.parameter_count, &parameters))
		return;
	add_padding(d, w, header, &t, t.data_offset);
	if (!take_part(w, header, &t, t.data_offset, t.data_count, &data) || w->state != WIRE_GOOD)
		return;
	if (t.data_count && smb_is_mailslot(t.name)) {
		*mailslot = (struct smb_mailslot){ t.name, t.setup, t.header, data };
		return;
	}
	if (!smb_is_mailslot(t.name))
		show_parts(d, w, &t, &parameters, &data);
	if (t.octets && wire_left(w))
		add_octets(d, w, &fields[EXTRA], t.octets < wire_left(w) ? t.octets : wire_left(w));
}

/* ---- commands ---- */

static void read_octets(struct dissection *d, struct wire *w, uint8_t words)
{
	if (words)
		add_octets(d, w, &fields[WORDS], words * 2u);
	uint16_t octets = add_le16(d, w, &fields[BYTE_COUNT]);
	if (octets)
		add_octets(d, w, &fields[OCTETS_SHOWN], octets);
}

static void read_command(struct dissection *d, struct wire *w, const struct header *header,
                         struct smb_mailslot *mailslot)
{
	bool is_response = header->flags & RESPONSE;

	if (!wire_need(w, 1))
		return;
	node_ref node = open_heading(d, w, &fields[BODY]);

	set_text(d, w, node, "%s %s (0x%02x)", name_or(&smb_command_names, header->command, "Unknown"),
	         is_response ? "Response" : "Request", header->command);
	uint8_t words = add_uint8(d, w, &fields[WORD_COUNT]);
	if (header->command == TRANSACTION && !is_response && words)
		read_transaction(d, w, header, mailslot);
	else
		read_octets(d, w, words);
	close_subtree(d, node, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct header header;
	struct smb_mailslot mailslot = { .name = NULL };

	if (d->first_pass || !wire_need(w, HEADER))
		return;
	node_ref top = open_protocol(d, w, &fields[SMB]);
	add_header(d, w, &header);
	if (header.command != NO_COMMAND)
		read_command(d, w, &header, &mailslot);
	close_subtree(d, top, w);
	if (mailslot.name)
		smb_dissect_mailslot(d, &mailslot);
}

const struct protocol protocol_smb = {
	.name = "SMB (Server Message Block Protocol)",
	.short_name = "SMB",
	.filter = "smb",
	.column = "SMB",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};

void netbios_dissect_payload(struct dissection *d, struct wire w)
{
	if (wire_has(&w, 4) && !memcmp(wire_here(&w), "\xffSMB", 4))
		dissect_protocol(d, w, &protocol_smb);
	else
		dissect_data(d, w);
}
