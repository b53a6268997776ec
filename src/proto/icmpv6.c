/*
 * icmpv6.c: ICMPv6, RFC 4443: errors, echo, extended echo (RFC 8335). Families of other messages have files of
 * their own: multicast listeners (icmpv6_mld.c), neighbour discovery (icmpv6_nd.c, icmpv6_options.c), router
 * renumbering, node information, mobility, RPL, MPL.
 *
 *	 0                   1                   2                   3
 *	|     Type      |     Code      |           Checksum            |
 *	|                         Message body ...
 */

#include "dissect/icmpv6.h"

#include "dissect/checksum.h"
#include "dissect/checksum_fields.h"
#include "dissect/icmp.h"

enum {
	ICMPV6, TYPE, CODE,
	CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, /* N_CHECKSUM_FIELDS of them */
	RESPONSE_IN_FRAME, RESPONSE_TO_FRAME, DELAY, NO_RESPONSE_SEEN, NOT_FOUND, RESERVED, DATA, UNDECODED,
	ORIGINAL_LENGTH, MTU, POINTER, IDENTIFIER, SEQUENCE, TEREDO_NONCE, EXTENDED,
	EXTENDED_LAST = EXTENDED + N_EXTENDED_ECHO_FIELDS - 1, N_FIELDS
};

static const struct name types[] = {
	{ 1, "Destination Unreachable" },
	{ 2, "Packet Too Big" },
	{ 3, "Time Exceeded" },
	{ 4, "Parameter Problem" },
	{ 100, "Private experimentation", 101 },
	{ 127, "Reserved for expansion of ICMPv6 error messages" },
	{ 128, "Echo (ping) request" },
	{ 129, "Echo (ping) reply" },
	{ 130, "Multicast Listener Query" },
	{ 131, "Multicast Listener Report" },
	{ 132, "Multicast Listener Done" },
	{ 133, "Router Solicitation" },
	{ 134, "Router Advertisement" },
	{ 135, "Neighbor Solicitation" },
	{ 136, "Neighbor Advertisement" },
	{ 137, "Redirect" },
	{ 138, "Router Renumbering" },
	{ 139, "Node Information Query" },
	{ 140, "Node Information Reply" },
	{ 141, "Inverse Neighbor Discovery Solicitation" },
	{ 142, "Inverse Neighbor Discovery Advertisement" },
	{ 143, "Multicast Listener Report Message v2" },
	{ 144, "Home Agent Address Discovery Request" },
	{ 145, "Home Agent Address Discovery Reply" },
	{ 146, "Mobile Prefix Solicitation" },
	{ 147, "Mobile Prefix Advertisement" },
	{ 148, "Certification Path Solicitation" },
	{ 149, "Certification Path Advertisement" },
	{ 150, "Experimental Mobility" },
	{ 151, "Multicast Router Advertisement" },
	{ 152, "Multicast Router Solicitation" },
	{ 153, "Multicast Router Termination" },
	{ 154, "FMIPv6" },
	{ 155, "RPL Control" },
	{ 156, "Locator Update" },
	{ 157, "Duplicate Address Request" },
	{ 158, "Duplicate Address Confirmation" },
	{ 159, "MPL Control Message" },
	{ 160, "Extended Echo request" },
	{ 161, "Extended Echo reply" },
	{ 200, "Private experimentation", 201 },
	{ 255, "Reserved for expansion of ICMPv6 informational messages" },
};
static const struct name unreachable_codes[] = {
	{ 0, "no route to destination" },
	{ 1, "Administratively prohibited" },
	{ 2, "Beyond scope of source address" },
	{ 3, "Address unreachable" },
	{ 4, "Port unreachable" },
	{ 5, "Source address failed ingress/egress policy" },
	{ 6, "Reject route to destination" },
	{ 7, "Error in Source Routing Header" },
	{ 8, "Unknown", 255 },
};
static const struct name exceeded_codes[] = {
	{ 0, "hop limit exceeded in transit" }, { 1, "fragment reassembly time exceeded" },
};
static const struct name parameter_codes[] = {
	{ 0, "erroneous header field encountered" },
	{ 1, "unrecognized Next Header type encountered" },
	{ 2, "unrecognized IPv6 option encountered" },
	{ 3, "IPv6 First Fragment has incomplete IPv6 Header Chain" },
};

static const struct field fields[N_FIELDS] = {
	[ICMPV6]            = { "icmpv6", "Internet Control Message Protocol v6", PROTOCOL },
	[TYPE]              = { "icmpv6.type", "Type", UINT8, .names = NAMES(types) },
	[CODE]              = { "icmpv6.code", "Code", UINT8 },
	[CHECKSUM]          = { "icmpv6.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS]   = { "icmpv6.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                        .names = &checksum_status_names },
	[CHECKSUM_BAD]      = { "icmpv6.checksum_bad.expert", "Bad checksum", NOTE, .severity = SEVERITY_WARNING,
	                        .group = GROUP_CHECKSUM },
	[RESPONSE_IN_FRAME] = { "icmpv6.resp_in", "Response In", FRAME_NUMBER, .generated = true },
	[RESPONSE_TO_FRAME] = { "icmpv6.resp_to", "Response To", FRAME_NUMBER, .generated = true },
	[DELAY]             = { "icmpv6.resptime", "Response Time", DOUBLE, .generated = true },
	[NO_RESPONSE_SEEN]  = { "icmpv6.no_resp", "No response seen", SUBTREE, .generated = true },
	[NOT_FOUND]         = { "icmpv6.resp_not_found", "Response not found", NOTE, .severity = SEVERITY_WARNING,
	                        .group = GROUP_SEQUENCE },
	[RESERVED]          = { "icmpv6.reserved", "Reserved", OCTETS },
	[DATA]              = { "icmpv6.data", "Data", OCTETS },
	[UNDECODED]         = { "icmpv6.undecoded.type", "Undecoded type", NOTE, .severity = SEVERITY_NOTE,
	                        .group = GROUP_UNDECODED },
	[ORIGINAL_LENGTH]   = { "icmpv6.length", "Length of original datagram", UINT8 },
	[MTU]               = { "icmpv6.mtu", "MTU", UINT32 },
	[POINTER]           = { "icmpv6.pointer", "Pointer", UINT32 },
	[IDENTIFIER]        = { "icmpv6.echo.identifier", "Identifier", UINT16, HEX },
	[SEQUENCE]          = { "icmpv6.echo.sequence_number", "Sequence", UINT16 },
	[TEREDO_NONCE]      = { "icmpv6.nonce", "Nonce", OCTETS },
	EXTENDED_ECHO_FIELDS(EXTENDED, "icmpv6.ext.echo.", "Sequence number"),
};

enum { PROTOCOL_ICMPV6 = 58, ECHO_REQUEST = 128, ECHO_REPLY = 129, EXTENDED_REPLY = 161 };

void icmpv6_flags(struct dissection *d, struct wire *w, const struct field *first, const struct field *last, unsigned n,
                  uint64_t value)
{
	node_ref node = open_subtree(d);

	for (const struct field *field = first; field <= last; field++)
		if (field->type == BOOLEAN && value & field->mask)
			append_text(d, w, node, ", %s", field->label);
	add_bits(d, w, first, last, n, value);
	close_subtree(d, node, NULL);
}

void icmpv6_flags8(struct dissection *d, struct wire *w, const struct field *flags, const struct field *last)
{
	uint8_t value = add_uint8(d, w, flags);
	icmpv6_flags(d, w, flags + 1, last, 1, value);
}

void icmpv6_flags16(struct dissection *d, struct wire *w, const struct field *flags, const struct field *last)
{
	uint16_t value = add_uint16(d, w, flags);
	icmpv6_flags(d, w, flags + 1, last, 2, value);
}

void icmpv6_flags32(struct dissection *d, struct wire *w, const struct field *flags, const struct field *last)
{
	uint32_t value = add_uint32(d, w, flags);
	icmpv6_flags(d, w, flags + 1, last, 4, value);
}

void icmpv6_reserved(struct dissection *d, struct wire *w, uint32_t n)
{
	add_octets(d, w, &fields[RESERVED], n);
}

/* ---- errors ---- */

void icmpv6_quoted(struct dissection *d, struct wire *w, struct wire quoted)
{
	uint8_t first = wire_peek_u8(&quoted, 0);

	wire_join(w, &quoted);
	if (w->state != WIRE_GOOD)
		return;
	if (first >> 4 == 6)
		dissect_quoted(d, w, quoted, protocol_by(BY_ETHERTYPE, 0x86dd));
	else
		dissect_data(d, quoted);
}

/* Extensions; where they are of a version that nobody knows, their octets as they are. */
static void add_extensions(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	unsigned version = wire_left(w) >= 4 ? wire_peek_u8(w, 0) >> 4 : 0;
	bool known = version == 1 || version == 2;

	if (known)
		trail(d, "icmp");
	dissect_icmp_extensions(d, w);
	if (known || w->state != WIRE_GOOD)
		return;
	w->at = start;
	dissect_data(d, wire_take(w, wire_left(w)));
}

/* Destination unreachable, time exceeded: RFC 4884, section 4 says how long the quoted packet is. */
static void add_sized_error(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	uint32_t words = wire_peek_u8(w, 0);

	if (words)
		add_uint8(d, w, &fields[ORIGINAL_LENGTH]);
	icmpv6_reserved(d, w, words ? 3 : 4);
	uint32_t start = w->at;
	icmpv6_quoted(d, w, *w);
	if (!words || w->state != WIRE_GOOD)
		return;
	node_ref saved = reopen(d, m->top);
	/* A length beyond the message leaves its very beginning to be read. */
	w->at = words * 8 <= w->reported - start ? start + words * 8 : m->start;
	if (w->at > w->end)
		wire_fail(w, 1);
	add_extensions(d, w);
	close_late(d, saved);
}

static void add_too_big(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	add_uint32(d, w, &fields[MTU]);
	icmpv6_quoted(d, w, *w);
}

static void add_parameter_problem(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	(void)m;
	add_uint32(d, w, &fields[POINTER]);
	icmpv6_quoted(d, w, *w);
}

/* ---- echo ---- */

extern const struct protocol protocol_teredo;

/*
 * A request straight within Teredo asks whether its way is open: RFC 4380, section 5.2.9. Of its nonce tshark
 * shows four octets, and looks for no reply.
 */
static bool is_teredo_test(const struct dissection *d, const struct icmpv6_message *m)
{
	return m->type == ECHO_REQUEST && d->layer >= 2 && d->layers[d->layer - 2] == &protocol_teredo;
}

static void add_echo(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	static const struct echo_kind kind = { PROTOCOL_ICMPV6, FACT_ICMPV6, 0xfeff /* -1 in the upper octet */ };
	struct echo echo = { .checksum = m->checksum };
	bool request = m->type == ECHO_REQUEST;

	echo.id = add_uint16(d, w, &fields[IDENTIFIER]);
	echo.sequence = add_uint16(d, w, &fields[SEQUENCE]);
	if (w->state != WIRE_GOOD)
		return;
	append_info(d, w, " id=0x%04x, seq=%u, hop limit=%u", echo.id, echo.sequence, d->ip_ttl);
	if (is_teredo_test(d, m)) {
		set_column(d, w, "Teredo");
		set_info(d, w, "Direct IPv6 Connectivity Test id=0x%04x, seq=%u, hop limit=%u", echo.id, echo.sequence,
		         d->ip_ttl);
		add_octets(d, w, &fields[TEREDO_NONCE], 4);
		return;
	}
	if (d->first_pass && !d->quoted)
		learn_echo(d, &kind, echo, request);
	if (d->first_pass)
		return;
	if (request && d->destination.octets[0] == 0xff)
		append_info(d, w, " (multicast)");
	if (!d->quoted && request)
		show_echo_request(d, w, &fields[RESPONSE_IN_FRAME], FACT_ICMPV6,
		                  d->destination.octets[0] == 0xff ? NULL :
		                  text_of(d, "No response seen to ICMPv6 request in frame %u", d->frame->number));
	else if (!d->quoted && !request)
		show_echo_reply(d, w, &fields[RESPONSE_IN_FRAME], FACT_ICMPV6);
	dissect_data(d, wire_take(w, wire_left(w)));
}

static void add_extended_echo(struct dissection *d, struct wire *w, const struct icmpv6_message *m)
{
	add_uint16(d, w, &fields[IDENTIFIER]);
	add_extended_flags(d, w, &fields[EXTENDED], m->type == EXTENDED_REPLY);
	if (m->type != EXTENDED_REPLY && w->state == WIRE_GOOD)
		add_extensions(d, w);
}

/* ---- the message ---- */

static const struct icmpv6_body bodies[] = {
	{ 1, NAMES(unreachable_codes), add_sized_error },
	{ 2, NULL, add_too_big },
	{ 3, NAMES(exceeded_codes), add_sized_error },
	{ 4, NAMES(parameter_codes), add_parameter_problem },
	{ ECHO_REQUEST, NULL, add_echo },
	{ ECHO_REPLY, NULL, add_echo },
	{ 160, &extended_request_codes, add_extended_echo },
	{ EXTENDED_REPLY, &extended_reply_codes, add_extended_echo },
	{ 0 },
};

static const struct icmpv6_body *const families[] = {
	bodies, icmpv6_nd, icmpv6_mld, icmpv6_renumbering, icmpv6_information, icmpv6_mobility, icmpv6_rpl, icmpv6_mpl,
};

/* What is known of a type of message, or NULL. */
static const struct icmpv6_body *body_of(uint8_t type)
{
	for (unsigned i = 0; i < sizeof families / sizeof *families; i++)
		for (const struct icmpv6_body *body = families[i]; body->add; body++)
			if (body->type == type)
				return body;
	return NULL;
}

static uint16_t add_message_checksum(struct dissection *d, struct wire *w, uint32_t start)
{
	uint32_t length = w->end - start;
	uint16_t sum = d->tree ? checksum_pseudo_header(&d->source, &d->destination, PROTOCOL_ICMPV6, length) : 0;

	return add_icmp_checksum(d, w, &fields[CHECKSUM], start, length, sum);
}

static void add_undecoded(struct dissection *d, struct wire *w, uint8_t type)
{
	add_note_text(d, w, &fields[UNDECODED],
	              "Dissector for ICMPv6 Type (%u) code not implemented, Contact Wireshark developers if you want this supported",
	              type);
	if (wire_need(w, 1))
		add_octets(d, w, &fields[DATA], wire_left(w));
}

static void add_code(struct dissection *d, struct wire *w, struct icmpv6_message *m, const struct names *codes)
{
	m->code = add_uint8(d, w, &fields[CODE]);
	m->code_node = d->last;
	if (!codes || !SHOWING(d, w))
		return;
	const char *name = name_of(codes, m->code);
	if (!name)
		name = text_of(d, "Unknown (%u)", m->code);
	value_text(d, w, d->last, "%u (%s)", m->code, name);
	append_info(d, w, " (%s)", name);
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct icmpv6_message m = { .start = w->at };

	m.top = open_protocol(d, w, &fields[ICMPV6]);
	m.type = add_uint8(d, w, &fields[TYPE]);
	const struct icmpv6_body *body = body_of(m.type);
	const char *type = name_of(fields[TYPE].names, m.type);
	if (type)
		set_info(d, w, "%s", type);
	else
		set_info(d, w, "Unknown (%u)", m.type);
	add_code(d, w, &m, body ? body->codes : NULL);
	m.checksum = add_message_checksum(d, w, m.start);
	if (body)
		body->add(d, w, &m);
	else
		add_undecoded(d, w, m.type);
	close_subtree(d, m.top, NULL);
}

const struct protocol protocol_icmpv6 = {
	.name = "Internet Control Message Protocol v6",
	.short_name = "ICMPv6",
	.filter = "icmpv6",
	.is_lower = true,
	.column = "ICMPv6",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.state_size = sizeof(struct echo_state),
	.state_begin = echo_begin,
	.state_end = echo_end,
};
