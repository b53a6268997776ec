/* smb_mailslot.c: writes to mailslots, MS-MAIL, section 2.2.1, carried by transactions of SMB. */

#include "dissect/smb.h"

enum { MAILSLOT, OPCODE, PRIORITY, CLASS, SIZE, NAME, N_FIELDS };

static const struct name opcodes[] = { { 1, "Write Mail Slot" } };
static const struct name classes[] = { { 1, "Reliable" }, { 2, "Unreliable & Broadcast" } };

static const struct field fields[N_FIELDS] = {
	[MAILSLOT] = { "mailslot", "SMB MailSlot Protocol", PROTOCOL },
	[OPCODE]   = { "mailslot.opcode", "Opcode", UINT16, .names = NAMES(opcodes) },
	[PRIORITY] = { "mailslot.priority", "Priority", UINT16 },
	[CLASS]    = { "mailslot.class", "Class", UINT16, .names = NAMES(classes) },
	[SIZE]     = { "mailslot.size", "Size", UINT16 },
	[NAME]     = { "mailslot.name", "Mailslot Name", STRING },
};

static const char prefix[] = "\\MAILSLOT\\";

/* Who reads what is written, by how the name goes on. */
extern const struct protocol protocol_browser, protocol_lanman_browser;

static const struct {
	const char *name;
	const struct protocol *protocol;
} slots[] = {
	{ "BROWSE", &protocol_browser },
	{ "LANMAN", &protocol_lanman_browser },
};

const struct protocol protocol_smb_mailslot = {
	.name = "SMB MailSlot Protocol", .short_name = "SMB Mailslot", .filter = "mailslot", .fields = fields,
	.field_count = N_FIELDS,
};

bool smb_is_mailslot(const char *name)
{
	return !strncmp(name, prefix, sizeof prefix - 1);
}

static const struct protocol *reader_of(const char *name)
{
	name += sizeof prefix - 1;
	for (unsigned i = 0; i < sizeof slots / sizeof *slots; i++)
		if (!strncmp(name, slots[i].name, strlen(slots[i].name)))
			return slots[i].protocol;
	return NULL;
}

/* The first of the setup words alone are the mailslot's; the size is the transaction's count of octets. */
static void read_header(struct dissection *d, struct smb_mailslot *mailslot)
{
	enum { SETUP = 6 };
	struct wire *setup = &mailslot->setup, *w = &mailslot->header;
	node_ref top = open_protocol(d, w, &fields[MAILSLOT]);

	add_le16(d, setup, &fields[OPCODE]);
	add_le16(d, setup, &fields[PRIORITY]);
	add_le16(d, setup, &fields[CLASS]);
	wire_join(w, setup);
	wire_skip(w, SETUP);
	add_le16(d, w, &fields[SIZE]);
	if (w->state == WIRE_GOOD)
		add_string(d, w, &fields[NAME], (uint32_t)strnlen((const char *)wire_here(w), wire_captured(w)) + 1);
	close_subtree(d, top, w);
}

void smb_dissect_mailslot(struct dissection *d, struct smb_mailslot *mailslot)
{
	struct wire *w = &mailslot->header;

	if (wire_left(&mailslot->setup))
		read_header(d, mailslot);
	say_end(d, w, &protocol_smb_mailslot);
	if (w->state != WIRE_GOOD)
		return;
	const struct protocol *reader = reader_of(mailslot->name);
	if (reader)
		dissect_protocol(d, mailslot->data, reader);
	else
		dissect_data(d, mailslot->data);
}
