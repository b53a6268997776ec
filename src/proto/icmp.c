/*
 * icmp.c: Internet Control Message Protocol, RFC 792, with router discovery (RFC 1256), address masks (RFC
 * 950), mobility agent advertisements (RFC 5944), Photuris errors (RFC 2521), extensions (RFC 4884) and
 * extended echo (RFC 8335).
 *
 *	 0                   1                   2                   3
 *	|     Type      |     Code      |           Checksum            |
 *	|                       depends on the type                     |
 */

#include <string.h>

#include "dissect/checksum.h"
#include "dissect/icmp.h"
#include "dissect/ip.h"
#include "dissect/text.h"

enum {
	ICMP, TYPE,
	CODE, CODE_UNREACHABLE, CODE_REDIRECT, CODE_ALTERNATE, CODE_ADVERTISEMENT, CODE_EXCEEDED, CODE_PARAMETER,
	CODE_PHOTURIS, CODE_EXTENDED_REQUEST, CODE_EXTENDED_REPLY,
	CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, /* N_CHECKSUM_FIELDS of them */
	IDENTIFIER, IDENTIFIER_LE, SEQUENCE, SEQUENCE_LE,
	RESPONSE_FRAME, REQUEST_FRAME, DELAY, NO_RESPONSE_SEEN, NOT_FOUND, /* N_ECHO_FIELDS of them */
	DATA_TIME, DATA_TIME_RELATIVE,
	UNUSED, LENGTH, ORIGINAL_LENGTH, NEXT_HOP_MTU, POINTER, GATEWAY,
	ADDRESS_COUNT, ADDRESS_SIZE, LIFETIME, ROUTER, PREFERENCE,
	ORIGINATED, RECEIVED, TRANSMITTED, ADDRESS_MASK,
	EXTENDED, EXTENDED_LAST = EXTENDED + N_EXTENDED_ECHO_FIELDS - 1,
	AGENT, AGENT_TYPE, AGENT_LENGTH, AGENT_PREFIX, AGENT_SEQUENCE, AGENT_LIFETIME, AGENT_FLAGS,
	FLAG_R, FLAG_B, FLAG_H, FLAG_F, FLAG_M, FLAG_G, FLAG_V, FLAG_T, FLAG_U, FLAG_X, FLAG_RESERVED,
	AGENT_ADDRESS, AGENT_CHALLENGE, AGENT_CONTENT,
	N_FIELDS
};

/* Message types that this file has more to say about than their name. */
enum {
	ECHO_REPLY = 0, UNREACHABLE = 3, SOURCE_QUENCH = 4, REDIRECT = 5, ALTERNATE_ADDRESS = 6,
	ECHO_REQUEST = 8, ROUTER_ADVERTISEMENT = 9, TIME_EXCEEDED = 11, PARAMETER_PROBLEM = 12,
	TIMESTAMP_REQUEST = 13, TIMESTAMP_REPLY = 14, INFORMATION_REQUEST = 15, INFORMATION_REPLY = 16,
	MASK_REQUEST = 17, MASK_REPLY = 18, PHOTURIS = 40, EXTENDED_REQUEST = 42, EXTENDED_REPLY = 43,
};

static const struct name types[] = {
	{ 0, "Echo (ping) reply" },
	{ 1, "Reserved", 2 },
	{ 3, "Destination unreachable" },
	{ 4, "Source quench (flow control)" },
	{ 5, "Redirect" },
	{ 6, "Alternate host address" },
	{ 7, "Unknown ICMP (obsolete or malformed?)" },
	{ 8, "Echo (ping) request" },
	{ 9, "Router advertisement" },
	{ 10, "Router solicitation" },
	{ 11, "Time-to-live exceeded" },
	{ 12, "Parameter problem" },
	{ 13, "Timestamp request" },
	{ 14, "Timestamp reply" },
	{ 15, "Information request" },
	{ 16, "Information reply" },
	{ 17, "Address mask request" },
	{ 18, "Address mask reply" },
	{ 19, "Reserved (for security)" },
	{ 20, "Unknown ICMP (obsolete or malformed?)", 29 },
	{ 30, "Traceroute" },
	{ 31, "Datagram Conversion Error" },
	{ 32, "Mobile Host Redirect" },
	{ 33, "IPv6 Where-Are-You" },
	{ 34, "IPv6 I-Am-Here" },
	{ 35, "Mobile Registration Request" },
	{ 36, "Mobile Registration Reply" },
	{ 37, "Domain Name Request" },
	{ 38, "Domain Name Reply" },
	{ 39, "SKIP" },
	{ 40, "Photuris" },
	{ 41, "Experimental mobility protocols" },
	{ 42, "Extended Echo request" },
	{ 43, "Extended Echo reply" },
	{ 44, "Unknown ICMP (obsolete or malformed?)", 255 },
};
static const struct name unreachable_codes[] = {
	{ 0, "Network unreachable" },
	{ 1, "Host unreachable" },
	{ 2, "Protocol unreachable" },
	{ 3, "Port unreachable" },
	{ 4, "Fragmentation needed" },
	{ 5, "Source route failed" },
	{ 6, "Destination network unknown" },
	{ 7, "Destination host unknown" },
	{ 8, "Source host isolated" },
	{ 9, "Network administratively prohibited" },
	{ 10, "Host administratively prohibited" },
	{ 11, "Network unreachable for TOS" },
	{ 12, "Host unreachable for TOS" },
	{ 13, "Communication administratively filtered" },
	{ 14, "Host precedence violation" },
	{ 15, "Precedence cutoff in effect" },
};
static const struct name redirect_codes[] = {
	{ 0, "Redirect for network" },
	{ 1, "Redirect for host" },
	{ 2, "Redirect for TOS and network" },
	{ 3, "Redirect for TOS and host" },
};
static const struct name alternate_codes[] = { { 0, "Alternate address for host" } };
static const struct name advertisement_codes[] = {
	{ 0, "Normal router advertisement" }, { 16, "Does not route common traffic" },
};
static const struct name exceeded_codes[] = {
	{ 0, "Time to live exceeded in transit" }, { 1, "Fragment reassembly time exceeded" },
};
static const struct name parameter_codes[] = {
	{ 0, "Pointer indicates the error" }, { 1, "Required option missing" }, { 2, "Bad length" },
};
static const struct name photuris_codes[] = {
	{ 0, "Bad SPI" }, { 1, "Authentication Failed" }, { 2, "Decompression Failed" },
	{ 3, "Decryption Failed" }, { 4, "Need Authentication" }, { 5, "Need Authorization" },
};
static const struct name agent_types[] = {
	{ 0, "One byte padding extension" },
	{ 16, "Mobility Agent Advertisement Extension" },
	{ 19, "Prefix Lengths Extension" },
	{ 24, "Challenge Extension" },
};

static const struct field fields[N_FIELDS] = {
	[ICMP]               = { "icmp", "Internet Control Message Protocol", PROTOCOL },
	[TYPE]               = { "icmp.type", "Type", UINT8, NUMBER_NAME, .names = NAMES(types) },
	[CODE]               = { "icmp.code", "Code", UINT8 },
	[CODE_UNREACHABLE]   = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(unreachable_codes) },
	[CODE_REDIRECT]      = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(redirect_codes) },
	[CODE_ALTERNATE]     = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(alternate_codes) },
	[CODE_ADVERTISEMENT] = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(advertisement_codes) },
	[CODE_EXCEEDED]      = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(exceeded_codes) },
	[CODE_PARAMETER]     = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(parameter_codes) },
	[CODE_PHOTURIS]      = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = NAMES(photuris_codes) },
	[CODE_EXTENDED_REQUEST] = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = &extended_request_codes },
	[CODE_EXTENDED_REPLY] = { "icmp.code", "Code", UINT8, NUMBER_NAME, .names = &extended_reply_codes },
	[CHECKSUM]           = { "icmp.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS]    = { "icmp.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                         .names = &checksum_status_names },
	[CHECKSUM_BAD]       = { "icmp.checksum_bad", "Bad checksum", NOTE, .severity = SEVERITY_WARNING,
	                         .group = GROUP_CHECKSUM },
	[IDENTIFIER]         = { "icmp.ident", "Identifier (BE)", UINT16, DEC_HEX },
	[IDENTIFIER_LE]      = { "icmp.ident_le", "Identifier (LE)", UINT16, DEC_HEX },
	[SEQUENCE]           = { "icmp.seq", "Sequence Number (BE)", UINT16, DEC_HEX },
	[SEQUENCE_LE]        = { "icmp.seq_le", "Sequence Number (LE)", UINT16, DEC_HEX },
	[RESPONSE_FRAME]     = { "icmp.resp_in", "Response frame", FRAME_NUMBER, .generated = true },
	[REQUEST_FRAME]      = { "icmp.resp_to", "Request frame", FRAME_NUMBER, .generated = true },
	[DELAY]              = { "icmp.resptime", "Response time", DOUBLE, .generated = true },
	[NO_RESPONSE_SEEN]   = { "icmp.no_resp", "No response seen", SUBTREE, .generated = true },
	[NOT_FOUND]          = { "icmp.resp_not_found", "Response not found", NOTE, .severity = SEVERITY_WARNING,
	                         .group = GROUP_SEQUENCE },
	[DATA_TIME]          = { "icmp.data_time", "Timestamp from icmp data", ABSOLUTE_TIME },
	[DATA_TIME_RELATIVE] = { "icmp.data_time_relative", "Timestamp from icmp data (relative)", RELATIVE_TIME,
	                         .generated = true },
	[UNUSED]             = { "icmp.unused", "Unused", OCTETS },
	[LENGTH]             = { "icmp.length", "Length", UINT8 },
	[ORIGINAL_LENGTH]    = { "icmp.length.original_datagram", "Length of original datagram", UINT8, .generated = true },
	[NEXT_HOP_MTU]       = { "icmp.mtu", "MTU of next hop", UINT16 },
	[POINTER]            = { "icmp.pointer", "Pointer", UINT32 },
	[GATEWAY]            = { "icmp.redir_gw", "Gateway Address", IPV4 },
	[ADDRESS_COUNT]      = { "icmp.num_addrs", "Number of addresses", UINT8 },
	[ADDRESS_SIZE]       = { "icmp.addr_entry_size", "Address entry size", UINT8 },
	[LIFETIME]           = { "icmp.lifetime", "Lifetime", UINT16 },
	[ROUTER]             = { "icmp.router_address", "Router address", IPV4 },
	[PREFERENCE]         = { "icmp.pref_level", "Preference level", INT32 },
	[ORIGINATED]         = { "icmp.originate_timestamp", "Originate Timestamp", UINT32 },
	[RECEIVED]           = { "icmp.receive_timestamp", "Receive Timestamp", UINT32 },
	[TRANSMITTED]        = { "icmp.transmit_timestamp", "Transmit Timestamp", UINT32 },
	[ADDRESS_MASK]       = { "icmp.address_mask", "Address Mask", IPV4 },
	EXTENDED_ECHO_FIELDS(EXTENDED, "icmp.ext.echo.", "Sequence Number"),
	[AGENT]              = { NULL, "Ext", SUBTREE },
	[AGENT_TYPE]         = { "icmp.mip.type", "Extension Type", UINT8, .names = NAMES(agent_types) },
	[AGENT_LENGTH]       = { "icmp.mip.length", "Length", UINT8 },
	[AGENT_PREFIX]       = { "icmp.mip.prefixlength", "Prefix Length", UINT8 },
	[AGENT_SEQUENCE]     = { "icmp.mip.seq", "Sequence Number", UINT16 },
	[AGENT_LIFETIME]     = { "icmp.mip.life", "Registration Lifetime", UINT16 },
	[AGENT_FLAGS]        = { "icmp.mip.flags", "Flags", UINT16, HEX },
	[FLAG_R]             = { "icmp.mip.r", "Registration Required", BOOLEAN, .mask = 0x8000 },
	[FLAG_B]             = { "icmp.mip.b", "Busy", BOOLEAN, .mask = 0x4000 },
	[FLAG_H]             = { "icmp.mip.h", "Home Agent", BOOLEAN, .mask = 0x2000 },
	[FLAG_F]             = { "icmp.mip.f", "Foreign Agent", BOOLEAN, .mask = 0x1000 },
	[FLAG_M]             = { "icmp.mip.m", "Minimal Encapsulation", BOOLEAN, .mask = 0x0800 },
	[FLAG_G]             = { "icmp.mip.g", "GRE", BOOLEAN, .mask = 0x0400 },
	[FLAG_V]             = { "icmp.mip.v", "VJ Comp", BOOLEAN, .mask = 0x0200 },
	[FLAG_T]             = { "icmp.mip.rt", "Reverse tunneling", BOOLEAN, .mask = 0x0100 },
	[FLAG_U]             = { "icmp.mip.u", "UDP tunneling", BOOLEAN, .mask = 0x0080 },
	[FLAG_X]             = { "icmp.mip.x", "Revocation support", BOOLEAN, .mask = 0x0040 },
	[FLAG_RESERVED]      = { "icmp.mip.reserved", "Reserved", UINT16, HEX, .mask = 0x003f },
	[AGENT_ADDRESS]      = { "icmp.mip.coa", "Care-Of-Address", IPV4 },
	[AGENT_CHALLENGE]    = { "icmp.mip.challenge", "Challenge", OCTETS },
	[AGENT_CONTENT]      = { "icmp.mip.content", "Content", OCTETS },
};

enum {
	PROTOCOL_ICMP = 1, HEADER = 8,
	LEAST_QUOTE = 128,  /* RFC 4884, section 4: octets of the quoted datagram where no length is given */
	MIP_ADVERTISEMENT = 16, MIP_PREFIXES = 19, MIP_CHALLENGE = 24, MIP_PADDING = 0,
	DAY = 86400,
};

/* A message, as far as its parts need to know of the whole. */
struct message {
	uint32_t start, length; /* of the message in its byte source */
	uint32_t original;      /* octets of the quoted datagram, as the message says; 0: it does not */
	uint8_t type, code;
	uint16_t checksum;
	node_ref top;
};

/* ---- echo, and others with an identifier ---- */

/* Not behind an authentication header. */
static bool is_straight_in_ip(const struct dissection *d)
{
	return d->layer && strcmp(d->layers[d->layer - 1]->filter, "ip") == 0;
}

static struct echo add_identity(struct dissection *d, struct wire *w)
{
	struct echo echo = { 0 };

	echo.id = add_uint16(d, w, &fields[IDENTIFIER]);
	add_node(d, w, &fields[IDENTIFIER_LE], w->at - 2, 2, __builtin_bswap16(echo.id));
	echo.sequence = add_uint16(d, w, &fields[SEQUENCE]);
	add_node(d, w, &fields[SEQUENCE_LE], w->at - 2, 2, __builtin_bswap16(echo.sequence));
	append_info(d, w, " id=0x%04x, seq=%u/%u", echo.id, echo.sequence, __builtin_bswap16(echo.sequence));
	if (LISTING(d, w) && is_straight_in_ip(d))
		append_info(d, w, ", ttl=%u", d->ip_ttl);
	return echo;
}

static bool is_group(const struct address *a)
{
	return a->kind == ADDRESS_IPV4 && (a->octets[0] >> 4 == 0xe || be32(a->octets) == 0xffffffff);
}

/*
 * Many a ping starts its data with the time: seconds and microseconds, in the order of its host. Within a day
 * we believe it.
 */
static bool data_time(const struct dissection *d, uint32_t seconds, uint32_t microseconds, struct timestamp *time)
{
	int64_t apart = d->frame->time.seconds - (int64_t)seconds;

	if ((int32_t)microseconds >= 1000000 || apart <= -DAY || apart >= DAY)
		return false;
	*time = (struct timestamp){ seconds, (int32_t)(microseconds * 1000) };
	return true;
}

static void add_data(struct dissection *d, struct wire *w)
{
	struct timestamp time;

	if (wire_has(w, 8)) {
		const uint8_t *p = wire_here(w);
		if (data_time(d, be32(p), be32(p + 4), &time) || data_time(d, le32(p), le32(p + 4), &time)) {
			wire_skip(w, 8);
			add_time(d, w, &fields[DATA_TIME], time);
			cover(d, w, 8);
			add_time(d, w, &fields[DATA_TIME_RELATIVE], timestamp_span(d->frame->time, time));
			cover(d, w, 8);
		}
	}
	dissect_data(d, wire_take(w, wire_left(w)));
}

static void add_echo(struct dissection *d, struct wire *w, const struct message *m)
{
	static const struct echo_kind kind = { PROTOCOL_ICMP, FACT_ICMP, ECHO_REQUEST << 8 };
	struct echo echo = add_identity(d, w);
	bool request = m->type == ECHO_REQUEST;

	echo.checksum = m->checksum;
	if (w->state != WIRE_GOOD)
		return;
	if (d->first_pass && !d->quoted)
		learn_echo(d, &kind, echo, request);
	if (d->first_pass)
		return;
	if (request && is_group(&d->destination))
		append_info(d, w, be32(d->destination.octets) == 0xffffffff ? " (broadcast)" : " (multicast)");
	if (!d->quoted && request)
		show_echo_request(d, w, &fields[RESPONSE_FRAME], FACT_ICMP,
		                  is_group(&d->destination) ? NULL : "No response seen to ICMP request");
	else if (!d->quoted && !request)
		show_echo_reply(d, w, &fields[RESPONSE_FRAME], FACT_ICMP);
	add_data(d, w);
}

static void add_identity_only(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_identity(d, w);
}

/*
 * Milliseconds since midnight; the highest bit says that they are something else (RFC 792, page 16). Some hosts
 * write theirs in the wrong order: of the two readings we take the one that is less than a day, else the one
 * that comes first after the time at which the frame was captured.
 */
static uint32_t time_of_day(const struct dissection *d, uint32_t timestamp)
{
	uint32_t now = (uint32_t)(d->frame->time.seconds % DAY) * 1000 + (uint32_t)d->frame->time.nanoseconds / 1000000;
	uint32_t time = timestamp & 0x7fffffff, swapped = __builtin_bswap32(timestamp) & 0x7fffffff;
	bool is_time = time < DAY * 1000, is_swapped = swapped < DAY * 1000;

	if (is_time != is_swapped)
		return is_time ? time : swapped;
	return time - now <= swapped - now ? time : swapped;
}

static void add_timestamps(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_identity(d, w);
	for (unsigned i = ORIGINATED; i <= TRANSMITTED; i++) {
		uint32_t timestamp = add_uint32(d, w, &fields[i]);
		if (!SHOWING(d, w))
			continue;
		char text[96];
		*put_duration(text, time_of_day(d, timestamp)) = 0;
		append_text(d, w, d->last, " (%s after midnight UTC)", text);
	}
}

static void add_mask(struct dissection *d, struct wire *w, const struct message *m)
{
	(void)m;
	add_identity(d, w);
	add_ipv4(d, w, &fields[ADDRESS_MASK]);
}

/* RFC 8335, sections 2 and 3. */
static void add_extended_echo(struct dissection *d, struct wire *w, const struct message *m)
{
	uint16_t id = add_uint16(d, w, &fields[IDENTIFIER]);
	add_node(d, w, &fields[IDENTIFIER_LE], w->at - 2, 2, __builtin_bswap16(id));
	add_extended_flags(d, w, &fields[EXTENDED], m->type == EXTENDED_REPLY);
	if (m->type == EXTENDED_REQUEST && wire_more(w))
		dissect_icmp_extensions(d, w);
}

/* ---- errors ---- */

/* The datagram that an error quotes, and what extensions stand behind it. */
static void add_quote(struct dissection *d, struct wire *w, const struct message *m, uint32_t most)
{
	uint32_t start = m->start + HEADER;

	if (!wire_more(w))
		return;
	uint16_t quoted_length = wire_has(w, 4) ? be16(wire_here(w) + 2) : 0;
	struct wire quoted = wire_part(w, most < wire_left(w) ? most : wire_left(w));
	bool is_ipv6 = wire_has(&quoted, 1) && wire_here(&quoted)[0] >> 4 == 6;
	dissect_quoted(d, w, quoted, protocol_by(BY_ETHERTYPE, is_ipv6 ? 0x86dd : 0x0800));

	/* Few quote more than they must, so that what stands behind 128 octets is no part of a short datagram. */
	if (w->state != WIRE_GOOD || m->length <= HEADER + LEAST_QUOTE || quoted_length > LEAST_QUOTE)
		return;
	uint32_t original = m->original ? m->original : LEAST_QUOTE;
	wire_skip(w, start + original - w->at);
	node_ref saved = reopen(d, m->top);
	dissect_icmp_extensions(d, w);
	close_late(d, saved);
}

/* RFC 4884, section 4: the quoted datagram's length in words, where there was nothing before. */
static void add_original_length(struct dissection *d, struct wire *w)
{
	uint8_t words = add_uint8(d, w, &fields[LENGTH]);
	add_node(d, w, &fields[ORIGINAL_LENGTH], w->at - 1, 1, words * 4u);
}

/* How much of a quote belongs to the datagram: its header and as many octets as the message says. */
static uint32_t quote_length(const struct wire *w, const struct message *m)
{
	return m->original && wire_has(w, 1) ? (wire_here(w)[0] & 0xf) * 4u + m->original : UINT32_MAX;
}

static void add_error(struct dissection *d, struct wire *w, const struct message *m)
{
	bool has_pointer = m->type == PARAMETER_PROBLEM, has_mtu = m->type == UNREACHABLE && m->code == 4;
	uint32_t rest = 4;

	if (has_pointer) {
		add_uint8(d, w, &fields[POINTER]);
		rest = 3;
	}
	if (m->original) {
		if (!has_pointer)
			add_octets(d, w, &fields[UNUSED], 1);
		add_original_length(d, w);
		rest = 2;
	}
	if (has_mtu) {
		if (rest > 2)
			add_octets(d, w, &fields[UNUSED], rest - 2);
		add_uint16(d, w, &fields[NEXT_HOP_MTU]);
	} else {
		add_octets(d, w, &fields[UNUSED], rest);
	}
	add_quote(d, w, m, quote_length(w, m));
}

static void add_source_quench(struct dissection *d, struct wire *w, const struct message *m)
{
	wire_skip(w, 4);
	add_quote(d, w, m, quote_length(w, m));
}

static void add_redirect(struct dissection *d, struct wire *w, const struct message *m)
{
	add_ipv4(d, w, &fields[GATEWAY]);
	uint8_t first = wire_peek_u8(w, 0);
	add_quote(d, w, m, (first & 0xf) * 4u + 8);
}

/* ---- router advertisements ---- */

/* RFC 5944, section 2.1.1. */
static void add_agent_advertisement(struct dissection *d, struct wire *w, uint8_t length)
{
	add_uint16(d, w, &fields[AGENT_SEQUENCE]);
	add_uint16(d, w, &fields[AGENT_LIFETIME]);
	uint16_t flags = add_uint16(d, w, &fields[AGENT_FLAGS]);
	node_ref node = open_subtree(d);
	for (unsigned i = FLAG_R; i < FLAG_RESERVED; i++)
		if (flags & fields[i].mask)
			append_text(d, w, node, ", %s", fields[i].label);
	add_bits(d, w, &fields[FLAG_R], &fields[FLAG_RESERVED], 2, flags);
	close_subtree(d, node, NULL);
	for (int n = (length - 6) / 4; n > 0; n--)
		add_ipv4(d, w, &fields[AGENT_ADDRESS]);
}

/* What nobody knows begins with four octets that are not shown; without them, it is broken. */
static void add_agent_content(struct dissection *d, struct wire *w, uint8_t length)
{
	const uint32_t hidden = 4;
	if (!length || !wire_need(w, length < hidden ? UINT32_MAX : length - hidden))
		return;
	add_octets(d, w, &fields[AGENT_CONTENT], length - hidden);
	wire_skip(w, wire_captured(w) < hidden ? wire_captured(w) : hidden);
}

static void add_agent_extension(struct dissection *d, struct wire *w)
{
	uint8_t type = wire_peek_u8(w, 0);
	const char *name = name_of(fields[AGENT_TYPE].names, type);

	if (type != MIP_PADDING && !wire_need(w, 2))
		return;
	node_ref top = open_heading(d, w, &fields[AGENT]);
	if (name)
		set_text(d, w, top, "Ext: %s", name);
	else
		set_text(d, w, top, "Ext: Unknown ext %u", type);
	add_uint8(d, w, &fields[AGENT_TYPE]);
	uint8_t length = type == MIP_PADDING ? 0 : add_uint8(d, w, &fields[AGENT_LENGTH]);
	switch (type) {
	case MIP_PADDING:
		break;
	case MIP_ADVERTISEMENT:
		add_agent_advertisement(d, w, length);
		break;
	case MIP_PREFIXES:
		for (unsigned i = 0; i < length; i++)
			add_uint8(d, w, &fields[AGENT_PREFIX]);
		break;
	case MIP_CHALLENGE:
		add_octets(d, w, &fields[AGENT_CHALLENGE], length);
		break;
	default:
		add_agent_content(d, w, length);
	}
	close_subtree(d, top, w);
}

static void add_advertisement(struct dissection *d, struct wire *w, const struct message *m)
{
	uint8_t count = add_uint8(d, w, &fields[ADDRESS_COUNT]);
	uint8_t size = add_uint8(d, w, &fields[ADDRESS_SIZE]);
	uint16_t lifetime = add_uint16(d, w, &fields[LIFETIME]);

	if (SHOWING(d, w)) {
		char text[96];
		*put_duration(text, lifetime * 1000u) = 0;
		append_text(d, w, d->last, " (%s)", text);
	}
	if (size != 2) {
		dissect_data(d, wire_take(w, wire_left(w)));
		return;
	}
	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++) {
		add_ipv4(d, w, &fields[ROUTER]);
		add_uint32(d, w, &fields[PREFERENCE]);
	}
	if (m->code == 0 || m->code == 16)
		while (wire_more(w))
			add_agent_extension(d, w);
}

/* ---- the message ---- */

/* What follows the checksum, and which codes the type has. */
static const struct {
	uint8_t type, code;
	void (*add)(struct dissection *d, struct wire *w, const struct message *m);
} messages[] = {
	{ ECHO_REPLY, CODE, add_echo },
	{ UNREACHABLE, CODE_UNREACHABLE, add_error },
	{ SOURCE_QUENCH, CODE, add_source_quench },
	{ REDIRECT, CODE_REDIRECT, add_redirect },
	{ ALTERNATE_ADDRESS, CODE_ALTERNATE, NULL },
	{ ECHO_REQUEST, CODE, add_echo },
	{ ROUTER_ADVERTISEMENT, CODE_ADVERTISEMENT, add_advertisement },
	{ TIME_EXCEEDED, CODE_EXCEEDED, add_error },
	{ PARAMETER_PROBLEM, CODE_PARAMETER, add_error },
	{ TIMESTAMP_REQUEST, CODE, add_timestamps },
	{ TIMESTAMP_REPLY, CODE, add_timestamps },
	{ INFORMATION_REQUEST, CODE, add_identity_only },
	{ INFORMATION_REPLY, CODE, add_identity_only },
	{ MASK_REQUEST, CODE, add_mask },
	{ MASK_REPLY, CODE, add_mask },
	{ PHOTURIS, CODE_PHOTURIS, NULL },
	{ EXTENDED_REQUEST, CODE_EXTENDED_REQUEST, add_extended_echo },
	{ EXTENDED_REPLY, CODE_EXTENDED_REPLY, add_extended_echo },
};

static bool is_mobile(const struct message *m)
{
	return m->type == ROUTER_ADVERTISEMENT && (m->code == 0 || m->code == 16);
}

static void list_message(struct dissection *d, const struct wire *w, const struct message *m, const struct names *codes)
{
	set_info(d, w, "%-20s", is_mobile(m) ? "Mobile IP Advertisement" : name_or(fields[TYPE].names, m->type, ""));
	if (!codes)
		return;
	const char *name = name_of(codes, m->code);
	if (name)
		append_info(d, w, " (%s)", name);
	else
		append_info(d, w, " (Unknown code: %u)", m->code);
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct message m = { .start = w->at, .length = wire_left(w) };

	/* The length of what an error quotes is wanted first, of whatever message. */
	if (!m.length || !wire_need(w, 6))
		return;
	m.top = open_protocol(d, w, &fields[ICMP]);
	m.original = wire_peek_u8(w, 5) * 4u;
	m.type = add_uint8(d, w, &fields[TYPE]);
	m.code = wire_peek_u8(w, 0);
	if (is_mobile(&m))
		value_text(d, w, d->last, "9 (Mobile IP Advertisement)");

	unsigned i = 0, count = sizeof messages / sizeof *messages;
	while (i < count && messages[i].type != m.type)
		i++;
	const struct field *code = &fields[i < count ? messages[i].code : CODE];
	add_uint8(d, w, code);
	list_message(d, w, &m, code->names);
	if (code->names && !name_of(code->names, m.code))
		value_text(d, w, d->last, "%u (Unknown code: %u)", m.code, m.code);
	m.checksum = add_icmp_checksum(d, w, &fields[CHECKSUM], m.start, m.length, 0);
	if (i < count && messages[i].add)
		messages[i].add(d, w, &m);
	close_subtree(d, m.top, NULL);
}

const struct protocol protocol_icmp = {
	.name = "Internet Control Message Protocol",
	.short_name = "ICMP",
	.filter = "icmp",
	.is_lower = true,
	.column = "ICMP",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.state_size = sizeof(struct echo_state),
	.state_begin = echo_begin,
	.state_end = echo_end,
};
