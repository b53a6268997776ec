/*
 * browser.c: Microsoft Windows Browser Protocol: MS-BRWS, section 2.2, written to mailslots, and what LAN
 * Manager wrote to one of its own.
 */

#include "dissect/flags.h"
#include "dissect/netbios.h"
#include "dissect/text.h"

enum {
	BROWSER, COMMAND, UPDATE_COUNT, PERIOD, SERVER, WINDOWS_VERSION, OS_MAJOR, OS_MINOR, SERVER_TYPE,
	TYPE_WORKSTATION, TYPE_SERVER, TYPE_SQL, TYPE_CONTROLLER, TYPE_BACKUP_CONTROLLER, TYPE_TIME,
	TYPE_APPLE, TYPE_NOVELL, TYPE_MEMBER, TYPE_PRINT, TYPE_DIALIN, TYPE_XENIX, TYPE_NT_WORKSTATION,
	TYPE_WFW, TYPE_NT_SERVER, TYPE_POTENTIAL, TYPE_BACKUP, TYPE_MASTER, TYPE_DOMAIN_MASTER, TYPE_OSF,
	TYPE_VMS, TYPE_WINDOWS_95, TYPE_DFS, TYPE_LOCAL, TYPE_DOMAIN_ENUM, PROTOCOL_MAJOR, PROTOCOL_MINOR,
	SIGNATURE, COMMENT, MYSTERIOUS, MASTER_NAME, UNUSED, RESPONSE_NAME, ELECTION_VERSION,
	ELECTION_CRITERIA, DESIRE, DESIRE_BACKUP, DESIRE_STANDBY, DESIRE_MASTER, DESIRE_DOMAIN_MASTER,
	DESIRE_WINS, DESIRE_NT, ELECTION_OS, OS_WFW, OS_NT_WORKSTATION, OS_NT_SERVER, UPTIME, SERVER_NAME,
	BACKUP_COUNT, BACKUP_TOKEN, BACKUP_SERVER, PROMOTED, RESET, RESET_DEMOTE, RESET_FLUSH, RESET_STOP,
	N_FIELDS
};

enum { SERVER_NAME_LENGTH = 16, BROWSER_SIGNATURE = 0xaa55 };

enum {
	HOST = 1, REQUEST_ANNOUNCEMENT, ELECTION = 8, BACKUP_REQUEST, BACKUP_RESPONSE, BECOME_BACKUP,
	DOMAIN, MASTER, RESET_STATE, LOCAL_MASTER, COMMANDS
};

static const struct name commands[] = {
	{ HOST, "Host Announcement" },
	{ REQUEST_ANNOUNCEMENT, "Request Announcement" },
	{ ELECTION, "Browser Election Request" },
	{ BACKUP_REQUEST, "Get Backup List Request" },
	{ BACKUP_RESPONSE, "Get Backup List Response" },
	{ BECOME_BACKUP, "Become Backup Browser" },
	{ DOMAIN, "Domain/Workgroup Announcement" },
	{ MASTER, "Master Announcement" },
	{ RESET_STATE, "Reset Browser State Announcement" },
	{ LOCAL_MASTER, "Local Master Announcement" },
};

static const struct name resets[] = {
	{ 0x01, "Stop being a master browser and become a backup browser" },
	{ 0x02, "Discard browse lists, stop being a master browser, and try again" },
	{ 0x04, "Stop being a master browser for ever" },
};

/* By major and minor version, as two octets. */
static const struct name windows_versions[] = {
	{ 0x0500, "Windows 2000" },
	{ 0x0501, "Windows XP" },
	{ 0x0502, "Windows Server 2003 R2 or Windows Server 2003" },
	{ 0x0600, "Windows Vista or Windows Server 2008" },
	{ 0x0601, "Windows 7 or Windows Server 2008 R2" },
};

#define TYPE(what) EITHER("This is NOT " what, "This is " what)

static const struct field fields[N_FIELDS] = {
	[BROWSER]            = { "browser", "Microsoft Windows Browser Protocol", PROTOCOL },
	[COMMAND]            = { "browser.command", "Command", UINT8, HEX, .names = NAMES(commands) },
	[UPDATE_COUNT]       = { "browser.update_count", "Update Count", UINT8 },
	[PERIOD]             = { "browser.period", "Update Periodicity", UINT32 },
	[SERVER]             = { "browser.server", "Host Name", STRING },
	[WINDOWS_VERSION]    = { "browser.windows_version", "Windows version", STRING },
	[OS_MAJOR]           = { "browser.os_major", "OS Major Version", UINT8 },
	[OS_MINOR]           = { "browser.os_minor", "OS Minor Version", UINT8 },
	[SERVER_TYPE]        = { "browser.server_type", "Server Type", UINT32, HEX },
	[TYPE_WORKSTATION]   = { "browser.server_type.workstation", "Workstation", BOOLEAN, .mask = 0x00000001,
	                         TYPE("a Workstation") },
	[TYPE_SERVER]        = { "browser.server_type.server", "Server", BOOLEAN, .mask = 0x00000002,
	                         TYPE("a Server") },
	[TYPE_SQL]           = { "browser.server_type.sql", "SQL", BOOLEAN, .mask = 0x00000004,
	                         TYPE("an SQL server") },
	[TYPE_CONTROLLER]    = { "browser.server_type.domain_controller", "Domain Controller", BOOLEAN,
	                         .mask = 0x00000008, TYPE("a Domain Controller") },
	[TYPE_BACKUP_CONTROLLER] = { "browser.server_type.backup_controller", "Backup Controller", BOOLEAN,
	                         .mask = 0x00000010, TYPE("a Backup Controller") },
	[TYPE_TIME]          = { "browser.server_type.time", "Time Source", BOOLEAN, .mask = 0x00000020,
	                         TYPE("a Time Source") },
	[TYPE_APPLE]         = { "browser.server_type.apple", "Apple", BOOLEAN, .mask = 0x00000040,
	                         TYPE("an Apple host") },
	[TYPE_NOVELL]        = { "browser.server_type.novell", "Novell", BOOLEAN, .mask = 0x00000080,
	                         TYPE("a Novell server") },
	[TYPE_MEMBER]        = { "browser.server_type.member", "Member", BOOLEAN, .mask = 0x00000100,
	                         TYPE("a Domain Member server") },
	[TYPE_PRINT]         = { "browser.server_type.print", "Print", BOOLEAN, .mask = 0x00000200,
	                         TYPE("a Print Queue server") },
	[TYPE_DIALIN]        = { "browser.server_type.dialin", "Dialin", BOOLEAN, .mask = 0x00000400,
	                         TYPE("a Dialin server") },
	[TYPE_XENIX]         = { "browser.server_type.xenix", "Xenix", BOOLEAN, .mask = 0x00000800,
	                         TYPE("a Xenix server") },
	[TYPE_NT_WORKSTATION] = { "browser.server_type.ntw", "NT Workstation", BOOLEAN, .mask = 0x00001000,
	                         TYPE("an NT Workstation") },
	[TYPE_WFW]           = { "browser.server_type.wfw", "WfW", BOOLEAN, .mask = 0x00002000,
	                         TYPE("a WfW host") },
	[TYPE_NT_SERVER]     = { "browser.server_type.nts", "NT Server", BOOLEAN, .mask = 0x00008000,
	                         TYPE("an NT Server") },
	[TYPE_POTENTIAL]     = { "browser.server_type.browser.potential", "Potential Browser", BOOLEAN,
	                         .mask = 0x00010000, TYPE("a Potential Browser") },
	[TYPE_BACKUP]        = { "browser.server_type.browser.backup", "Backup Browser", BOOLEAN,
	                         .mask = 0x00020000, TYPE("a Backup Browser") },
	[TYPE_MASTER]        = { "browser.server_type.browser.master", "Master Browser", BOOLEAN,
	                         .mask = 0x00040000, TYPE("a Master Browser") },
	[TYPE_DOMAIN_MASTER] = { "browser.server_type.browser.domain_master", "Domain Master Browser", BOOLEAN,
	                         .mask = 0x00080000, TYPE("a Domain Master Browser") },
	[TYPE_OSF]           = { "browser.server_type.osf", "OSF", BOOLEAN, .mask = 0x00100000,
	                         TYPE("an OSF host") },
	[TYPE_VMS]           = { "browser.server_type.vms", "VMS", BOOLEAN, .mask = 0x00200000,
	                         TYPE("a VMS host") },
	[TYPE_WINDOWS_95]    = { "browser.server_type.w95", "Windows 95+", BOOLEAN, .mask = 0x00400000,
	                         TYPE("a Windows 95 or above host") },
	[TYPE_DFS]           = { "browser.server_type.dfs", "DFS", BOOLEAN, .mask = 0x00800000,
	                         EITHER("THis is NOT a DFS server", "This is a DFS server") },
	[TYPE_LOCAL]         = { "browser.server_type.local", "Local", BOOLEAN, .mask = 0x40000000,
	                         TYPE("a local list only request") },
	[TYPE_DOMAIN_ENUM]   = { "browser.server_type.domainenum", "Domain Enum", BOOLEAN, .mask = 0x80000000,
	                         TYPE("a Domain Enum request") },
	[PROTOCOL_MAJOR]     = { "browser.proto_major", "Browser Protocol Major Version", UINT8 },
	[PROTOCOL_MINOR]     = { "browser.proto_minor", "Browser Protocol Minor Version", UINT8 },
	[SIGNATURE]          = { "browser.sig", "Signature", UINT16, HEX },
	[COMMENT]            = { "browser.comment", "Host Comment", STRING, NUL_ENDED },
	[MYSTERIOUS]         = { "browser.mysterious_field", "Mysterious Field", UINT32, HEX },
	[MASTER_NAME]        = { "browser.mb_server", "Master Browser Server Name", STRING },
	[UNUSED]             = { "browser.unused", "Unused flags", UINT8, HEX },
	[RESPONSE_NAME]      = { "browser.response_computer_name", "Response Computer Name", STRING, NUL_ENDED },
	[ELECTION_VERSION]   = { "browser.election.version", "Election Version", UINT8 },
	[ELECTION_CRITERIA]  = { "browser.election.criteria", "Election Criteria", UINT32, HEX },
	[DESIRE]             = { "browser.election.desire", "Election Desire", UINT8, HEX },
	[DESIRE_BACKUP]      = { "browser.election.desire.backup", "Backup", BOOLEAN, .mask = 0x01,
	                         EITHER("NOT Backup Browse Server", "Backup Browse Server") },
	[DESIRE_STANDBY]     = { "browser.election.desire.standby", "Standby", BOOLEAN, .mask = 0x02,
	                         EITHER("NOT Standby Browse Server", "Standby Browse Server") },
	[DESIRE_MASTER]      = { "browser.election.desire.master", "Master", BOOLEAN, .mask = 0x04,
	                         EITHER("NOT Master Browser", "Master Browser") },
	[DESIRE_DOMAIN_MASTER] = { "browser.election.desire.domain_master", "Domain Master", BOOLEAN, .mask = 0x08,
	                         EITHER("NOT Domain Master Browse Server", "Domain Master Browse Server") },
	[DESIRE_WINS]        = { "browser.election.desire.wins", "WINS", BOOLEAN, .mask = 0x20,
	                         EITHER("NOT WINS Client", "WINS Client") },
	[DESIRE_NT]          = { "browser.election.desire.nt", "NT", BOOLEAN, .mask = 0x80,
	                         EITHER("NOT Windows NT Advanced Server", "Windows NT Advanced Server") },
	[ELECTION_OS]        = { "browser.election.os", "Election OS", UINT8, HEX },
	[OS_WFW]             = { "browser.election.os.wfw", "WfW", BOOLEAN, .mask = 0x01,
	                         EITHER("Not Windows for Workgroups", "Windows for Workgroups") },
	[OS_NT_WORKSTATION]  = { "browser.election.os.ntw", "NT Workstation", BOOLEAN, .mask = 0x10,
	                         EITHER("Not Windows NT Workstation", "Windows NT Workstation") },
	[OS_NT_SERVER]       = { "browser.election.os.nts", "NT Server", BOOLEAN, .mask = 0x20,
	                         EITHER("Not Windows NT Server", "Windows NT Server") },
	[UPTIME]             = { "browser.uptime", "Uptime", UINT32 },
	[SERVER_NAME]        = { "browser.server", "Server Name", STRING },
	[BACKUP_COUNT]       = { "browser.backup.count", "Backup List Requested Count", UINT8 },
	[BACKUP_TOKEN]       = { "browser.backup.token", "Backup Request Token", UINT32 },
	[BACKUP_SERVER]      = { "browser.backup.server", "Backup Server", STRING },
	[PROMOTED]           = { "browser.browser_to_promote", "Browser to Promote", STRING, NUL_ENDED },
	[RESET]              = { "browser.reset_cmd", "ResetBrowserState Command", UINT8, HEX,
	                         .names = NAMES(resets) },
	[RESET_DEMOTE]       = { "browser.reset_cmd.demote", "Demote LMB", BOOLEAN, .mask = 0x01,
	                         EITHER("Do not demote an LMB to a Backup Browser",
	                                "Demote an LMB to a Backup Browser") },
	[RESET_FLUSH]        = { "browser.reset_cmd.flush", "Flush Browse List", BOOLEAN, .mask = 0x02,
	                         EITHER("Do not Flush the Browse List", "Flush the Browse List") },
	[RESET_STOP]         = { "browser.reset_cmd.stop_lmb", "Stop Being LMB", BOOLEAN, .mask = 0x04,
	                         EITHER("Do not Stop Being a Local Master Browser",
	                                "Stop Being a Local Master Browser") },
};

/* ---- strings and times ---- */

/* A string up to and with its NUL. */
static void add_text(struct dissection *d, struct wire *w, const struct field *field)
{
	if (w->state == WIRE_GOOD)
		add_string(d, w, field, (uint32_t)strnlen((const char *)wire_here(w), wire_captured(w)) + 1);
}

static void add_milliseconds(struct dissection *d, struct wire *w, const struct field *field)
{
	uint32_t milliseconds = add_le32(d, w, field);

	netbios_show_span(d, w, (int32_t)milliseconds);
}

/* The characters of code page 437 from 0x80 on. */
static const uint16_t code_page_437[128] = {
	0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, 0x00ea, 0x00eb, 0x00e8, 0x00ef, 0x00ee,
	0x00ec, 0x00c4, 0x00c5, 0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2, 0x00fb, 0x00f9, 0x00ff, 0x00d6,
	0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, 0x00e1, 0x00ed, 0x00f3, 0x00fa, 0x00f1, 0x00d1, 0x00aa,
	0x00ba, 0x00bf, 0x2310, 0x00ac, 0x00bd, 0x00bc, 0x00a1, 0x00ab, 0x00bb, 0x2591, 0x2592, 0x2593, 0x2502,
	0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255d, 0x255c, 0x255b, 0x2510, 0x2514,
	0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f, 0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550,
	0x256c, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256b, 0x256a, 0x2518, 0x250c,
	0x2588, 0x2584, 0x258c, 0x2590, 0x2580, 0x03b1, 0x00df, 0x0393, 0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4,
	0x03a6, 0x0398, 0x03a9, 0x03b4, 0x221e, 0x03c6, 0x03b5, 0x2229, 0x2261, 0x00b1, 0x2265, 0x2264, 0x2320,
	0x2321, 0x00f7, 0x2248, 0x00b0, 0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0,
};

/* A name of fixed length, in the code page of MS-DOS. */
static void add_server(struct dissection *d, struct wire *w, const char *label)
{
	const uint8_t *octets = wire_bytes(w, SERVER_NAME_LENGTH);
	char text[SERVER_NAME_LENGTH * 3];
	char *to = text;

	if (!SHOWING(d, w))
		return;
	for (unsigned i = 0; i < SERVER_NAME_LENGTH && octets[i]; i++)
		to = put_utf8(to, octets[i] < 0x80 ? octets[i] : code_page_437[octets[i] - 0x80]);
	const char *name = printable(d, text, (size_t)(to - text));
	add_string_value(d, w, &fields[SERVER], text, (size_t)(to - text));
	cover(d, w, SERVER_NAME_LENGTH);
	set_text(d, w, d->last, "%s: %s", label, name);
	append_info(d, w, " %s", name);
}

/* ---- commands ---- */

static void add_os_version(struct dissection *d, struct wire *w)
{
	const char *windows = name_or(NAMES(windows_versions), wire_peek_u16(w, 0), "");

	add_string_value(d, w, &fields[WINDOWS_VERSION], windows, strlen(windows));
	place(d, w->at, 2);
	add_uint8(d, w, &fields[OS_MAJOR]);
	add_uint8(d, w, &fields[OS_MINOR]);
}

/* What the packet list calls them, by bit. */
static const char *const server_types[32] = {
	"Workstation", "Server", "SQL Server", "Domain Controller", "Backup Controller", "Time Source", "Apple Server",
	"Novell Server", "Domain Member Server", "Print Queue Server", "Dialin Server", "Xenix Server", "NT Workstation",
	"Windows for Workgroups", NULL, "NT Server", "Potential Browser", "Backup Browser", "Master Browser",
	"Domain Master Browser", "OSF", "VMS", "Windows 95 or above", "DFS server", [30] = "Local List Only", [31] = "Domain Enum",
};

static void add_server_type(struct dissection *d, struct wire *w)
{
	uint32_t type = add_le32(d, w, &fields[SERVER_TYPE]);

	add_flags(d, w, &fields[TYPE_WORKSTATION], &fields[TYPE_DOMAIN_ENUM], 4, type);
	for (unsigned i = 0; i < sizeof server_types / sizeof *server_types; i++)
		if (type >> i & 1 && server_types[i])
			append_info(d, w, ", %s", server_types[i]);
}

/* Sections 2.2.1, 2.2.6 and 2.2.10 begin alike. */
static void read_announced(struct dissection *d, struct wire *w, const char *label)
{
	add_uint8(d, w, &fields[UPDATE_COUNT]);
	add_milliseconds(d, w, &fields[PERIOD]);
	add_server(d, w, label);
	add_os_version(d, w);
	add_server_type(d, w);
}

static void read_protocol_version(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[PROTOCOL_MAJOR]);
	add_uint8(d, w, &fields[PROTOCOL_MINOR]);
	add_le16(d, w, &fields[SIGNATURE]);
}

static void read_host(struct dissection *d, struct wire *w)
{
	read_announced(d, w, "Host Name");
	read_protocol_version(d, w);
	add_text(d, w, &fields[COMMENT]);
}

static void read_domain(struct dissection *d, struct wire *w)
{
	read_announced(d, w, "Domain/Workgroup");
	if (wire_has(w, 4) && le16(wire_here(w) + 2) == BROWSER_SIGNATURE)
		read_protocol_version(d, w);
	else
		add_le32(d, w, &fields[MYSTERIOUS]);
	add_text(d, w, &fields[MASTER_NAME]);
}

static void read_announcement_request(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[UNUSED]);
	const uint8_t *name = wire_here(w);
	const size_t n = w->state == WIRE_GOOD ? strnlen((const char *)name, wire_captured(w)) : 0;
	add_text(d, w, &fields[RESPONSE_NAME]);
	if (LISTING(d, w))
		append_info(d, w, " %s", printable(d, name, n));
}

/* Section 2.2.3: four octets that are compared as one number. */
static void read_criteria(struct dissection *d, struct wire *w)
{
	struct wire ahead = *w;

	add_le32(d, &ahead, &fields[ELECTION_CRITERIA]);
	wire_join(w, &ahead);
	node_ref node = open_subtree(d);
	uint8_t desire = add_uint8(d, w, &fields[DESIRE]);
	add_flags(d, w, &fields[DESIRE_BACKUP], &fields[DESIRE_NT], 1, desire);
	add_uint8(d, w, &fields[PROTOCOL_MAJOR]);
	add_uint8(d, w, &fields[PROTOCOL_MINOR]);
	uint8_t os = add_uint8(d, w, &fields[ELECTION_OS]);
	add_flags(d, w, &fields[OS_WFW], &fields[OS_NT_SERVER], 1, os);
	close_subtree(d, node, w);
}

static void read_election(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[ELECTION_VERSION]);
	read_criteria(d, w);
	add_milliseconds(d, w, &fields[UPTIME]);
	wire_skip(w, 4);
	add_text(d, w, &fields[SERVER_NAME]);
}

static void read_backup_request(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[BACKUP_COUNT]);
	add_le32(d, w, &fields[BACKUP_TOKEN]);
}

static void read_backup_response(struct dissection *d, struct wire *w)
{
	uint8_t n = add_uint8(d, w, &fields[BACKUP_COUNT]);

	add_le32(d, w, &fields[BACKUP_TOKEN]);
	while (n-- && w->state == WIRE_GOOD)
		add_text(d, w, &fields[BACKUP_SERVER]);
}

static void read_promotion(struct dissection *d, struct wire *w)
{
	add_text(d, w, &fields[PROMOTED]);
}

static void read_master(struct dissection *d, struct wire *w)
{
	add_text(d, w, &fields[MASTER_NAME]);
}

static void read_reset(struct dissection *d, struct wire *w)
{
	uint8_t flags = add_uint8(d, w, &fields[RESET]);

	add_flags(d, w, &fields[RESET_DEMOTE], &fields[RESET_STOP], 1, flags);
}

typedef void reader(struct dissection *d, struct wire *w);

/* By command; those without a reader show no more than that. */
static reader *const readers[COMMANDS] = {
	[HOST] = read_host, [REQUEST_ANNOUNCEMENT] = read_announcement_request, [ELECTION] = read_election,
	[BACKUP_REQUEST] = read_backup_request, [BACKUP_RESPONSE] = read_backup_response,
	[BECOME_BACKUP] = read_promotion, [DOMAIN] = read_domain, [MASTER] = read_master,
	[RESET_STATE] = read_reset, [LOCAL_MASTER] = read_host,
};

/* ---- LAN Manager's: MS-BRWS, section 2.2.12 ---- */

static void read_lanman_announced(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[UPDATE_COUNT]);
	add_server_type(d, w);
	add_os_version(d, w);
	uint16_t seconds = add_le16(d, w, &fields[PERIOD]);
	netbios_show_span(d, w, seconds * INT64_C(1000));
	add_text(d, w, &fields[SERVER_NAME]);
}

static void read_lanman_host(struct dissection *d, struct wire *w)
{
	read_lanman_announced(d, w);
	add_text(d, w, &fields[COMMENT]);
}

static void read_lanman_domain(struct dissection *d, struct wire *w)
{
	read_lanman_announced(d, w);
	add_text(d, w, &fields[MASTER_NAME]);
}

static reader *const lanman_readers[COMMANDS] = {
	[HOST] = read_lanman_host, [DOMAIN] = read_lanman_domain, [LOCAL_MASTER] = read_lanman_host,
};

static void read_command(struct dissection *d, struct wire *w, reader *const *by_command)
{
	if (!wire_need(w, 1))
		return;
	node_ref top = open_protocol(d, w, &fields[BROWSER]);
	uint8_t command = add_uint8(d, w, &fields[COMMAND]);
	set_info(d, w, "%s", name_or(NAMES(commands), command, "Unknown command"));

	if (command < COMMANDS && by_command[command])
		by_command[command](d, w);
	close_subtree(d, top, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	read_command(d, w, readers);
}

static void dissect_lanman(struct dissection *d, struct wire *w)
{
	read_command(d, w, lanman_readers);
}

const struct protocol protocol_browser = {
	.name = "Microsoft Windows Browser Protocol",
	.short_name = "BROWSER",
	.filter = "browser",
	.column = "BROWSER",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
const struct protocol protocol_lanman_browser = {
	.name = "Microsoft Windows Browser Protocol",
	.short_name = "BROWSER",
	.filter = "browser",
	.column = "BROWSER",
	.dissect = dissect_lanman,
};
