/*
 * ppp_control.c: the Link Control Protocol of PPP, RFC 1661 and RFC 1570, and the control protocols of IPv4, RFC 1332 and RFC 1877,
 * and of IPv6, RFC 5072. Leaves out options that are no longer in use, the suboptions of header compression, and the other
 * network control protocols.
 */

#include "dissect/flags.h"
#include "dissect/link.h"
#include "dissect/ppp.h"

enum {
	LCP, IPCP, IPV6CP, CODE, OTHER_CODE, IDENTIFIER, LENGTH, OPTIONS, OPTION, OPTION_LENGTH_NOTE, MAGIC, OUI, KIND, DATA,
	LCP_MAGIC, LCP_DATA, LCP_MESSAGE, SECONDS, REJECTED_PACKET, REJECTED_PROTOCOL, LCP_TYPE, LCP_LENGTH, OPTION_OUI,
	OPTION_KIND, OPTION_DATA, MRU, ACCM, ACCM_FIRST, ACCM_LAST = ACCM_FIRST + 31, AUTHENTICATION, ALGORITHM, QUALITY,
	OPTION_MAGIC, PERIOD, FCS, FCS_32, FCS_16, FCS_NULL, PAD, WINDOW, HDLC_ADDRESS, OPERATION, CALLBACK_MESSAGE, MRRU, CLASS,
	CLASS_IP, CLASS_MAC, CLASS_MAGIC, CLASS_NUMBER, MODE, UNUSED, DISCRIMINATOR, HEADER_CODE, HEADER_CLASSES, IPCP_TYPE,
	IPCP_LENGTH, SOURCE, DESTINATION, COMPRESSION, MAX_SLOT, COMPRESS_SLOT, TCP_SPACE, NON_TCP_SPACE, MAX_PERIOD, MAX_TIME,
	MAX_HEADER, IPCP_DATA, ADDRESS, HOME, DNS_1, NBNS_1, DNS_2, NBNS_2, IPV6CP_TYPE, IPV6CP_LENGTH, INTERFACE, N_FIELDS
};

static const struct name codes[] = {
	{ 0, "Vendor Specific" },     { 1, "Configuration Request" }, { 2, "Configuration Ack" }, { 3, "Configuration Nak" },
	{ 4, "Configuration Reject" }, { 5, "Termination Request" },  { 6, "Termination Ack" },   { 7, "Code Reject" },
	{ 8, "Protocol Reject" },     { 9, "Echo Request" },          { 10, "Echo Reply" },       { 11, "Discard Request" },
	{ 12, "Identification" },     { 13, "Time Remaining" },
};
/* The first of them are all that network control protocols have. */
static const struct names other_codes = { codes, 8 };

static const struct name algorithms[] = {
	{ 0, "Reserved", 4 }, { 5, "CHAP with MD5" }, { 6, "CHAP with SHA-1" }, { 128, "MS-CHAP" }, { 129, "MS-CHAP-2" },
};
static const struct name operations[] = {
	{ 0, "Location is determined by user authentication" },
	{ 1, "Message is dialing string" },
	{ 2, "Message is location identifier" },
	{ 3, "Message is E.164" },
	{ 4, "Message is distinguished name" },
	{ 5, "unassigned" },
	{ 6, "Location is determined during CBCP negotiation" },
};
static const struct name classes[] = {
	{ 0, "Null" },
	{ 1, "Locally assigned address" },
	{ 2, "Internet Protocol (IP) address" },
	{ 3, "IEEE 802.1 globally assigned MAC address" },
	{ 4, "PPP magic-number block" },
	{ 5, "Public switched network directory number" },
};
static const struct name modes[] = {
	{ 1, "Mode-1 (No Additional Negotiation)" }, { 2, "Mode-2 (Full PPP Negotiation and State Machine)" },
};
static const struct name header_codes[] = {
	{ 2, "Long sequence number fragment format with classes" }, { 6, "Short sequence number fragment format with classes" },
};
static const struct name compressions[] = {
	{ 0x03, "Robust Header Compression (ROHC)" }, { 0x2d, "VJ compression" },
	{ 0x37, "VJ compression (RFC1172-typo)" },    { 0x61, "IPHC compression" },
};

#define CHARACTER(bit, filter, name) \
	[ACCM_FIRST + 31 - (bit)] = { "lcp.opt.asyncmap." filter, name, BOOLEAN, .bits = 32, .mask = 1u << (bit) }

static const struct field fields[N_FIELDS] = {
	[LCP]               = { "lcp", "PPP Link Control Protocol", PROTOCOL },
	[IPCP]              = { "ipcp", "PPP IP Control Protocol", PROTOCOL },
	[IPV6CP]            = { "ipv6cp", "PPP IPv6 Control Protocol", PROTOCOL },
	[CODE]              = { "ppp.code", "Code", UINT8, .names = NAMES(codes) },
	[OTHER_CODE]        = { "ppp.code", "Code", UINT8, .names = &other_codes },
	[IDENTIFIER]        = { "ppp.identifier", "Identifier", UINT8, DEC_HEX },
	[LENGTH]            = { "ppp.length", "Length", UINT16 },
	[OPTIONS]           = { NULL, "Options", SUBTREE },
	[OPTION]            = { NULL, "Option", SUBTREE },
	[OPTION_LENGTH_NOTE] = { "ppp.opt.len.invalid", "Invalid length for option", NOTE, .severity = SEVERITY_WARNING,
	                         .group = GROUP_PROTOCOL },
	[MAGIC]             = { "ppp.magic_number", "Magic Number", UINT32, HEX },
	[OUI]               = { "ppp.oui", "OUI", UINT24 },
	[KIND]              = { "ppp.kind", "Kind", UINT8, DEC_HEX },
	[DATA]              = { "ppp.data", "Data", OCTETS },
	[LCP_MAGIC]         = { "lcp.magic_number", "Magic Number", UINT32, HEX },
	[LCP_DATA]          = { "lcp.data", "Data", OCTETS },
	[LCP_MESSAGE]       = { "lcp.message", "Message", STRING },
	[SECONDS]           = { "lcp.secs_remaining", "Seconds Remaining", UINT32, .unit = " seconds" },
	[REJECTED_PACKET]   = { NULL, "Rejected Packet", OCTETS },
	[REJECTED_PROTOCOL] = { "lcp.rej_proto", "Rejected Protocol", UINT16, HEX, .names = &ppp_protocol_names },
	[LCP_TYPE]          = { "lcp.opt.type", "Type", UINT8 },
	[LCP_LENGTH]        = { "lcp.opt.length", "Length", UINT8 },
	[OPTION_OUI]        = { "lcp.opt.oui", "OUI", UINT24 },
	[OPTION_KIND]       = { "lcp.opt.kind", "Kind", UINT8, DEC_HEX },
	[OPTION_DATA]       = { "lcp.opt.data", "Data", OCTETS },
	[MRU]               = { "lcp.opt.mru", "Maximum Receive Unit", UINT16 },
	[ACCM]              = { "lcp.opt.asyncmap", "Async Control Character Map", UINT32, HEX },
	CHARACTER(31, "us", "US"), CHARACTER(30, "rs", "RS"), CHARACTER(29, "gs", "GS"), CHARACTER(28, "fs", "FS"),
	CHARACTER(27, "esc", "ESC"), CHARACTER(26, "sub", "SUB"), CHARACTER(25, "em", "EM"), CHARACTER(24, "can", "CAN"),
	CHARACTER(23, "etb", "ETB"), CHARACTER(22, "syn", "SYN"), CHARACTER(21, "nak", "NAK"), CHARACTER(20, "dc4", "DC4"),
	CHARACTER(19, "dc3", "DC3 (XOFF)"), CHARACTER(18, "dc2", "DC2"), CHARACTER(17, "dc1", "DC1 (XON)"),
	CHARACTER(16, "dle", "DLE"), CHARACTER(15, "si", "SI"), CHARACTER(14, "so", "SO"), CHARACTER(13, "cr", "CR"),
	CHARACTER(12, "ff", "FF"), CHARACTER(11, "vt", "VT"), CHARACTER(10, "lf", "LF"), CHARACTER(9, "ht", "HT"),
	CHARACTER(8, "bs", "BS"), CHARACTER(7, "bel", "BEL"), CHARACTER(6, "ack", "ACK"), CHARACTER(5, "enq", "ENQ"),
	CHARACTER(4, "eot", "EOT"), CHARACTER(3, "etx", "ETX"), CHARACTER(2, "stx", "STX"), CHARACTER(1, "soh", "SOH"),
	CHARACTER(0, "nul", "NUL"),
	[AUTHENTICATION]    = { "lcp.opt.auth_protocol", "Authentication Protocol", UINT16, HEX, .names = &ppp_protocol_names },
	[ALGORITHM]         = { "lcp.opt.algorithm", "Algorithm", UINT8, .names = NAMES(algorithms) },
	[QUALITY]           = { "lcp.opt.quality_protocol", "Quality Protocol", UINT16, HEX, .names = &ppp_protocol_names },
	[OPTION_MAGIC]      = { "lcp.opt.magic_number", "Magic Number", UINT32, HEX },
	[PERIOD]            = { "lcp.opt.reporting_period", "Reporting Period", UINT32, .unit = " microseconds" },
	[FCS]               = { "lcp.opt.fcs_alternatives", "FCS Alternatives", UINT8, HEX },
	[FCS_32]            = { "lcp.opt.fcs_alternatives.ccitt32", "CCITT 32-bit", BOOLEAN, .mask = 0x04 },
	[FCS_16]            = { "lcp.opt.fcs_alternatives.ccitt16", "CCITT 16-bit", BOOLEAN, .mask = 0x02 },
	[FCS_NULL]          = { "lcp.opt.fcs_alternatives.null", "NULL FCS", BOOLEAN, .mask = 0x01 },
	[PAD]               = { "lcp.opt.maximum", "Maximum", UINT8, .unit = " octets" },
	[WINDOW]            = { "lcp.opt.window", "Window", UINT8, .unit = " frames" },
	[HDLC_ADDRESS]      = { "lcp.opt.hdlc_address", "Address", OCTETS },
	[OPERATION]         = { "lcp.opt.operation", "Operation", UINT8, .names = NAMES(operations) },
	[CALLBACK_MESSAGE]  = { "lcp.opt.message", "Message", OCTETS },
	[MRRU]              = { "lcp.opt.mrru", "MRRU", UINT16 },
	[CLASS]             = { "lcp.opt.ep_disc_class", "Class", UINT8, .names = NAMES(classes) },
	[CLASS_IP]          = { "lcp.opt.ip_address", "IP Address", IPV4 },
	[CLASS_MAC]         = { "lcp.opt.802_1_address", "IEEE 802.1 Address", MAC },
	[CLASS_MAGIC]       = { "lcp.opt.magic_block", "PPP Magic-Number Block", OCTETS },
	[CLASS_NUMBER]      = { "lcp.opt.psndn", "Public Switched Network Directory Number", OCTETS },
	[MODE]              = { "lcp.opt.mode", "Mode", UINT8, .names = NAMES(modes) },
	[UNUSED]            = { "lcp.opt.unused", "Unused", OCTETS },
	[DISCRIMINATOR]     = { "lcp.opt.link_discrim", "Link Discriminator", UINT16, DEC_HEX },
	[HEADER_CODE]       = { "lcp.opt.code", "Code", UINT8, .names = NAMES(header_codes) },
	[HEADER_CLASSES]    = { "lcp.opt.max_susp_classes", "Max suspendable classes", UINT8 },
	[IPCP_TYPE]         = { "ipcp.opt.type", "Type", UINT8 },
	[IPCP_LENGTH]       = { "ipcp.opt.length", "Length", UINT8 },
	[SOURCE]            = { "ipcp.opt.src_address", "Source IP Address", IPV4 },
	[DESTINATION]       = { "ipcp.opt.dst_address", "Destination IP Address", IPV4 },
	[COMPRESSION]       = { "ipcp.opt.compress_proto", "IP Compression Protocol", UINT16, HEX, .names = NAMES(compressions) },
	[MAX_SLOT]          = { "ipcp.opt.max_slot_id", "Max Slot ID", UINT8 },
	[COMPRESS_SLOT]     = { "ipcp.opt.comp_slot_id", "Comp Slot ID", BOOLEAN, .mask = 0x01,
	                        EITHER("The slot identifier must not be compressed", "The slot identifier may be compressed") },
	[TCP_SPACE]         = { "ipcp.opt.tcp_space", "TCP Space", UINT16 },
	[NON_TCP_SPACE]     = { "ipcp.opt.non_tcp_space", "Non TCP Space", UINT16 },
	[MAX_PERIOD]        = { "ipcp.opt.f_max_period", "F Max Period", UINT16 },
	[MAX_TIME]          = { "ipcp.opt.f_max_time", "F Max Time", UINT16 },
	[MAX_HEADER]        = { "ipcp.opt.max_header", "Max Header", UINT16 },
	[IPCP_DATA]         = { "ipcp.data", "Data", OCTETS },
	[ADDRESS]           = { "ipcp.opt.ip_address", "IP Address", IPV4 },
	[HOME]              = { "ipcp.opt.mobilenodehomeaddress", "Mobile Node's Home Address", IPV4 },
	[DNS_1]             = { "ipcp.opt.pri_dns_address", "Primary DNS Address", IPV4 },
	[NBNS_1]            = { "ipcp.opt.pri_nbns_address", "Primary NBNS Address", IPV4 },
	[DNS_2]             = { "ipcp.opt.sec_dns_address", "Secondary DNS Address", IPV4 },
	[NBNS_2]            = { "ipcp.opt.sec_nbns_address", "Secondary NBNS Address", IPV4 },
	[IPV6CP_TYPE]       = { "ipv6cp.opt.type", "Type", UINT8 },
	[IPV6CP_LENGTH]     = { "ipv6cp.opt.length", "Length", UINT8 },
	[INTERFACE]         = { "ipv6cp.interface_identifier", "Interface Identifier", OCTETS, COLONS },
};

enum { HEADER = 4, OPTION_HEADER = 2 };

/* What an option's heading says of its first value. */
enum summary { NOTHING, NUMBER, HEX_2, HEX_8, NUMBER_HEX, MICROSECONDS, NUMBER_OCTETS, NUMBER_FRAMES, NAME, PROTOCOL_NAME, CLASS_NAME };

/* An option: one that has no function of its own is read as its fields in turn, octets without a width up to its end. */
struct option {
	const char *name;
	uint8_t code;
	uint8_t first, last; /* fields; 0: none */
	uint8_t length;      /* that it has to have; 0: any */
	uint8_t least;
	uint8_t summary;
	void (*add)(struct dissection *d, struct wire *w);
};

static void add_value(struct dissection *d, struct wire *w, const struct field *field)
{
	const unsigned width = field_width(field);

	if (width) {
		const uint8_t *p = wire_bytes(w, width);
		if (p)
			add_node(d, w, field, w->at - width, width, be_value(p, width));
	} else if (wire_left(w)) {
		add_octets(d, w, field, wire_left(w));
	}
}

static void add_oui_kind(struct dissection *d, struct wire *w, unsigned first)
{
	const uint8_t *p = wire_bytes(w, 3);

	if (p) {
		add_node(d, w, &fields[first], w->at - 3, 3, be24(p));
		value_text(d, w, d->last, "%02x:%02x:%02x", p[0], p[1], p[2]);
	}
	add_uint8(d, w, &fields[first + 1]);
	add_value(d, w, &fields[first + 2]);
}

static void add_vendor(struct dissection *d, struct wire *w)
{
	add_oui_kind(d, w, OPTION_OUI);
}

static void add_accm(struct dissection *d, struct wire *w)
{
	const uint32_t map = add_uint32(d, w, &fields[ACCM]);

	add_flags(d, w, &fields[ACCM_FIRST], &fields[ACCM_LAST], 4, map);
}

static void add_fcs(struct dissection *d, struct wire *w)
{
	const uint8_t flags = add_uint8(d, w, &fields[FCS]);

	add_flags(d, w, &fields[FCS_32], &fields[FCS_NULL], 1, flags);
}

static void add_authentication(struct dissection *d, struct wire *w)
{
	enum { CHAP = 0xc223 };
	const uint16_t number = add_uint16(d, w, &fields[AUTHENTICATION]);

	if (number == CHAP && wire_left(w))
		add_uint8(d, w, &fields[ALGORITHM]);
	add_value(d, w, &fields[OPTION_DATA]);
}

/* RFC 1990, section 5.1.3. */
static void add_discriminator(struct dissection *d, struct wire *w)
{
	enum { NONE, LOCAL_ADDRESS, IP, MAC_ADDRESS, MAGIC_BLOCK, DIRECTORY };
	const uint8_t class = add_uint8(d, w, &fields[CLASS]);
	const uint32_t n = wire_left(w);

	if (class == NONE)
		return;
	if (class == IP && n >= 4)
		add_ipv4(d, w, &fields[CLASS_IP]);
	else if (class == MAC_ADDRESS && n >= 6)
		add_mac(d, w, &fields[CLASS_MAC]);
	else if (class == MAGIC_BLOCK && n && n % 4 == 0) {
		struct wire numbers = *w;
		add_value(d, w, &fields[CLASS_MAGIC]);
		const node_ref block = open_subtree(d);
		while (wire_more(&numbers))
			add_uint32(d, &numbers, &fields[OPTION_MAGIC]);
		close_subtree(d, block, NULL);
	} else
		add_value(d, w, &fields[class == DIRECTORY ? CLASS_NUMBER : OPTION_DATA]);
}

/* RFC 1332, section 4, RFC 2509 and RFC 3241. */
static void add_compression(struct dissection *d, struct wire *w)
{
	enum { VAN_JACOBSON = 0x2d, HEADER_COMPRESSION = 0x61 };
	const uint16_t number = add_uint16(d, w, &fields[COMPRESSION]);

	if (number == VAN_JACOBSON) {
		add_uint8(d, w, &fields[MAX_SLOT]);
		add_uint8(d, w, &fields[COMPRESS_SLOT]);
	} else if (number == HEADER_COMPRESSION) {
		for (unsigned i = TCP_SPACE; i <= MAX_HEADER; i++)
			add_uint16(d, w, &fields[i]);
	} else {
		add_value(d, w, &fields[IPCP_DATA]);
	}
}

static const struct option lcp_options[] = {
	{ "Vendor Specific", 0, .least = 6, .add = add_vendor },
	{ "Maximum Receive Unit", 1, MRU, MRU, 4, .summary = NUMBER },
	{ "Async Control Character Map", 2, .length = 6, .summary = HEX_8, .add = add_accm },
	{ "Authentication Protocol", 3, .least = 4, .summary = PROTOCOL_NAME, .add = add_authentication },
	{ "Quality Protocol", 4, QUALITY, QUALITY, 0, 4, PROTOCOL_NAME },
	{ "Magic Number", 5, OPTION_MAGIC, OPTION_MAGIC, 6, .summary = HEX_8 },
	{ "Link Quality Monitoring", 6, PERIOD, PERIOD, 6, .summary = MICROSECONDS },
	{ "Protocol Field Compression", 7, .length = 2 },
	{ "Address and Control Field Compression", 8, .length = 2 },
	{ "FCS Alternatives", 9, .length = 3, .summary = HEX_2, .add = add_fcs },
	{ "Self Describing Pad", 10, PAD, PAD, 3, .summary = NUMBER_OCTETS },
	{ "Numbered Mode", 11, WINDOW, HDLC_ADDRESS, 0, 3, NUMBER_FRAMES },
	{ "Callback", 13, OPERATION, CALLBACK_MESSAGE, 0, 3, NAME },
	{ "Compound Frames (Deprecated)", 15, .length = 2 },
	{ "Nominal Data Encapsulation (Deprecated)", 16, .length = 2 },
	{ "Multilink MRRU", 17, MRRU, MRRU, 4, .summary = NUMBER },
	{ "Multilink Short Sequence Number Header", 18, .length = 2 },
	{ "Multilink Endpoint Discriminator", 19, .least = 3, .summary = CLASS_NAME, .add = add_discriminator },
	{ "DCE Identifier", 21, MODE, MODE, 3, .summary = NAME },
	{ "Multi Link Plus Procedure", 22, UNUSED, UNUSED, 4 },
	{ "Link Discriminator for BACP", 23, DISCRIMINATOR, DISCRIMINATOR, 4, .summary = NUMBER_HEX },
	{ "Multilink header format", 27, HEADER_CODE, HEADER_CLASSES, 4 },
	{ "Simple Data Link on SONET/SDH", 29, .length = 2 },
	{ NULL },
};
static const struct option ipcp_options[] = {
	{ "IP Addresses (deprecated)", 1, SOURCE, DESTINATION, 10 },
	{ "IP Compression Protocol", 2, .add = add_compression },
	{ "IP Address", 3, ADDRESS, ADDRESS, 6 },
	{ "Mobile Node's Home IP Address", 4, HOME, HOME, 6 },
	{ "Primary DNS Server IP Address", 129, DNS_1, DNS_1, 6 },
	{ "Primary NBNS Server IP Address", 130, NBNS_1, NBNS_1, 6 },
	{ "Secondary DNS Server IP Address", 131, DNS_2, DNS_2, 6 },
	{ "Secondary NBNS Server IP Address", 132, NBNS_2, NBNS_2, 6 },
	{ NULL },
};
static const struct option ipv6cp_options[] = {
	{ "Interface Identifier", 1, INTERFACE, INTERFACE, 10 },
	{ NULL },
};

/* A control protocol. */
struct control {
	const char *column;
	uint8_t top, code, type, length; /* fields */
	const struct option *options;
};

static const struct control lcp = { "PPP LCP", LCP, CODE, LCP_TYPE, LCP_LENGTH, lcp_options };
static const struct control ipcp = { "PPP IPCP", IPCP, OTHER_CODE, IPCP_TYPE, IPCP_LENGTH, ipcp_options };
static const struct control ipv6cp = { "PPP IPV6CP", IPV6CP, OTHER_CODE, IPV6CP_TYPE, IPV6CP_LENGTH, ipv6cp_options };

/* `value` is the option's value: what it begins with goes behind the heading. */
static void summarize(struct dissection *d, const struct wire *value, node_ref node, const struct option *option)
{
	const uint8_t *p = wire_here(value);
	const uint32_t n = wire_captured(value);

	if (!SHOWING(d, value) || !n)
		return;
	switch ((enum summary)option->summary) {
	case NOTHING:
		return;
	case NUMBER:
		append_text(d, value, node, ": %u", be16(p));
		return;
	case NUMBER_HEX:
		append_text(d, value, node, ": %u (0x%04x)", be16(p), be16(p));
		return;
	case HEX_2:
		append_text(d, value, node, ": 0x%02x", *p);
		return;
	case HEX_8:
		append_text(d, value, node, ": 0x%08x", be32(p));
		return;
	case MICROSECONDS:
		append_text(d, value, node, ": %u microsecond%s", be32(p), be32(p) == 1 ? "" : "s");
		return;
	case NUMBER_OCTETS:
		append_text(d, value, node, ": %u octet%s", *p, *p == 1 ? "" : "s");
		return;
	case NUMBER_FRAMES:
		append_text(d, value, node, ": %u frame%s", *p, *p == 1 ? "" : "s");
		return;
	case NAME:
		append_text(d, value, node, ": %s", name_or(fields[option->first].names, *p, "Unknown"));
		return;
	case CLASS_NAME:
		append_text(d, value, node, ": Class: %s", name_or(fields[CLASS].names, *p, "Unknown"));
		return;
	case PROTOCOL_NAME:
		append_text(d, value, node, ": %s (0x%02x)", name_or(&ppp_protocol_names, be16(p), "Unknown"), be16(p));
		return;
	}
}

static void add_bad_option(struct dissection *d, struct wire *w, uint32_t n, const char *text)
{
	add_node(d, w, &fields[OPTION], w->at, n, 0);
	set_text(d, w, d->last, "%s", text);
	note_text_on(d, d->last, &fields[OPTION_LENGTH_NOTE], "%s", text);
	wire_skip(w, n);
}

static const char *plural(unsigned n)
{
	return n == 1 ? "" : "s";
}

/* False: its length is not what it should be, and it is shown so. */
static bool check_length(struct dissection *d, struct wire *w, const struct option *option, uint8_t length)
{
	if (option->length && length != option->length)
		add_bad_option(d, w, length, text_of(d, "%s (with option length = %u byte%s; should be %u)", option->name, length,
		                                     plural(length), option->length));
	else if (length < option->least) /* tshark names the wrong option here */
		add_bad_option(d, w, length, text_of(d, "Vendor Specific (with option length = %u byte%s; should be at least 6)",
		                                     length, plural(length)));
	else
		return true;
	return false;
}

static void add_option(struct dissection *d, struct wire *w, const struct control *control, const struct option *option)
{
	const uint8_t length = wire_peek_u8(w, 1);
	struct wire part = wire_take(w, length);

	add_node(d, &part, &fields[OPTION], part.at, length, 0);
	set_text(d, &part, d->last, "%s", option->name);
	const node_ref node = open_subtree(d);
	add_uint8(d, &part, &fields[control->type]);
	value_text(d, &part, d->last, "%s (%u)", option->name, option->code);
	add_uint8(d, &part, &fields[control->length]);
	summarize(d, &part, node, option);
	if (option->add)
		option->add(d, &part);
	else if (option->first)
		for (unsigned i = option->first; i <= option->last; i++)
			add_value(d, &part, &fields[i]);
	close_subtree(d, node, NULL);
	wire_join(w, &part);
}

/* False: none can be read behind it. */
static bool read_option(struct dissection *d, struct wire *w, const struct control *control, node_ref list)
{
	const uint8_t code = *wire_here(w), length = wire_left(w) > 1 ? wire_peek_u8(w, 1) : 0;
	const struct option *option = control->options;

	while (option->name && option->code != code)
		option++;
	const char *name = option->name ? option->name : text_of(d, "Unknown (0x%02x)", code);
	const char *wrong = wire_left(w) < OPTION_HEADER ? text_of(d, "%s (length byte past end of options)", name)
	                  : length < OPTION_HEADER ? text_of(d, "%s (with too-short option length = %u byte%s)", name, length,
	                                                     plural(length))
	                  : length > wire_left(w) ? text_of(d, "%s (option length = %u byte%s says option goes past end of options)",
	                                                    name, length, plural(length)) : NULL;
	if (wrong) {
		add_bad_option(d, w, wire_left(w), wrong);
		return false;
	}
	if (!option->name) {
		add_node(d, w, &fields[OPTION], w->at, length, 0);
		set_text(d, w, d->last, "%s (%u bytes)", name, length);
		wire_skip(w, length);
		return true;
	}
	if (check_length(d, w, option, length))
		add_option(d, w, control, option);
	append_text(d, w, list, ", %s", name);
	return true;
}

static void read_options(struct dissection *d, struct wire *w, const struct control *control)
{
	const uint32_t n = wire_left(w);

	if (!n || !wire_need(w, n) || d->first_pass)
		return;
	const node_ref list = open_heading(d, w, &fields[OPTIONS]);
	append_text(d, w, list, ": (%u byte%s)", n, plural(n));
	while (wire_more(w) && read_option(d, w, control, list))
		;
	close_subtree(d, list, w);
}

void ppp_read_lcp_options(struct dissection *d, struct wire *w, node_ref list)
{
	while (wire_more(w) && read_option(d, w, &lcp, list))
		;
}

static void read_rejected_packet(struct dissection *d, struct wire *w)
{
	const uint32_t n = wire_left(w);
	const uint8_t *p = wire_bytes(w, n);

	if (!p || !n || !SHOWING(d, w))
		return;
	char *hex = arena_alloc(d->arena, 2 * (size_t)n + 1);
	for (uint32_t i = 0; i < n; i++) {
		hex[2 * i] = "0123456789abcdef"[p[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[p[i] & 15];
	}
	hex[2 * (size_t)n] = 0;
	add_node_octets(d, w, &fields[REJECTED_PACKET], w->at - n, n, p, n);
	set_text(d, w, d->last, "Rejected Packet (%u byte%s): %s", n, plural(n), hex);
}

static void read_rejected_protocol(struct dissection *d, struct wire *w)
{
	const uint16_t number = add_uint16(d, w, &fields[REJECTED_PROTOCOL]);

	if (!wire_more(w))
		return;
	const bool was_quoted = d->quoted;
	d->quoted = true;
	dissect_next(d, *w, BY_PPP_PROTOCOL, number);
	d->quoted = was_quoted;
}

static void read_body(struct dissection *d, struct wire *w, const struct control *control, uint8_t code)
{
	enum { VENDOR, REQUEST, REJECT = 4, CODE_REJECT = 7, PROTOCOL_REJECT, ECHO, DISCARD = 11, IDENTIFICATION, TIME };

	if (code >= REQUEST && code <= REJECT) {
		read_options(d, w, control);
	} else if (code == VENDOR) {
		add_uint32(d, w, &fields[MAGIC]);
		add_oui_kind(d, w, OUI);
	} else if (code == CODE_REJECT) {
		read_rejected_packet(d, w);
	} else if (code == PROTOCOL_REJECT) {
		read_rejected_protocol(d, w);
	} else if (code >= ECHO && code <= TIME) {
		add_uint32(d, w, &fields[LCP_MAGIC]);
		if (code == TIME)
			add_uint32(d, w, &fields[SECONDS]);
		if (code <= DISCARD)
			add_value(d, w, &fields[LCP_DATA]);
		else if (wire_left(w))
			add_string(d, w, &fields[LCP_MESSAGE], wire_left(w));
	} else {
		add_value(d, w, &fields[DATA]);
	}
}

static void dissect_control(struct dissection *d, struct wire *w, const struct control *control)
{
	if (!wire_need(w, HEADER))
		return;
	set_column(d, w, "%s", control->column);
	set_info(d, w, "%s", name_or(fields[control->code].names, *wire_here(w), "Unknown"));
	node_ref top = open_protocol(d, w, &fields[control->top]);
	const uint8_t code = add_uint8(d, w, &fields[control->code]);
	add_uint8(d, w, &fields[IDENTIFIER]);
	const uint16_t length = add_uint16(d, w, &fields[LENGTH]);
	if (length > HEADER && wire_need(w, length - HEADER)) {
		struct wire body = wire_take(w, length - HEADER);
		read_body(d, &body, control, code);
		wire_join(w, &body);
	}
	close_subtree(d, top, w);
}

static void dissect_lcp(struct dissection *d, struct wire *w)
{
	dissect_control(d, w, &lcp);
}

static void dissect_ipcp(struct dissection *d, struct wire *w)
{
	dissect_control(d, w, &ipcp);
}

static void dissect_ipv6cp(struct dissection *d, struct wire *w)
{
	dissect_control(d, w, &ipv6cp);
}

const struct protocol protocol_lcp = {
	.name = "PPP Link Control Protocol", .short_name = "PPP LCP", .filter = "lcp", .fields = fields, .field_count = N_FIELDS,
	.dissect = dissect_lcp,
};
const struct protocol protocol_ipcp = {
	.name = "PPP IP Control Protocol", .short_name = "PPP IPCP", .filter = "ipcp", .dissect = dissect_ipcp,
};
const struct protocol protocol_ipv6cp = {
	.name = "PPP IPv6 Control Protocol", .short_name = "PPP IPV6CP", .filter = "ipv6cp", .dissect = dissect_ipv6cp,
};
