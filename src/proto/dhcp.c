/*
 * dhcp.c: Dynamic Host Configuration Protocol, RFC 2131, and the Bootstrap Protocol, RFC 951, whose message it took over.
 *
 *	+---------------+---------------+---------------+---------------+
 *	|      op       |     htype     |     hlen      |     hops      |
 *	+---------------+---------------+---------------+---------------+
 *	|                              xid                              |
 *	+-------------------------------+-------------------------------+
 *	|             secs              |             flags             |
 *	+-------------------------------+-------------------------------+
 *	|          ciaddr, yiaddr, siaddr, giaddr (4 octets each)       |
 *	|     chaddr (16), sname (64), file (128), options or vend (64) |
 *	+---------------------------------------------------------------+
 *
 * The options are those of dhcp_options.c.
 */

#include "dissect/ascii.h"
#include "dissect/dhcp.h"

#define F DHCP_FIELD

enum {
	BOOTREQUEST = 1,
	HTYPE_ETHERNET = 1, HTYPE_IEEE_802 = 6,
	HLEN = 2, CHADDR = 28, SNAME = 44, FILE_NAME = 108, VEND = 236, OPTIONS = 240, /* offsets */
	CHADDR_OCTETS = 16, SNAME_OCTETS = 64, FILE_OCTETS = 128, VEND_OCTETS = 64,
	MAGIC_COOKIE = 0x63825363, /* RFC 2132, section 2 */
	OVERLOAD_FILE = 1, OVERLOAD_SNAME = 2, /* RFC 2132, section 9.3 */
};

/* Some clients count their seconds in the wrong order of octets. */
static void add_seconds_elapsed(struct dissection *d, struct wire *w)
{
	uint16_t seconds = add_uint16(d, w, F(SECS));

	if (seconds & 0xff || !seconds)
		return;
	value_text(d, w, d->last, "%u", seconds >> 8);
	note_on(d, d->last, F(SECS_LE));
}

static void add_flags(struct dissection *d, struct wire *w)
{
	uint16_t flags = add_uint16(d, w, F(FLAGS));

	append_text(d, w, d->last, "%s", flags & 0x8000 ? ", Broadcast flag (Broadcast)" : " (Unicast)");
	node_ref node = open_subtree(d);
	add_bits(d, w, F(FLAGS_BC), F(FLAGS_RESERVED), 2, flags);
	close_subtree(d, node, NULL);
}

static void add_client_address(struct dissection *d, struct wire *w, uint8_t type, uint8_t n)
{
	if (n == 0 || n > CHADDR_OCTETS) {
		add_octets(d, w, F(HW_ADDR), CHADDR_OCTETS);
		set_text(d, w, d->last, "Client address not given");
		note_on(d, d->last, F(CLIENT_ADDRESS_NOT_GIVEN));
		return;
	}
	if (n == 6 && (type == HTYPE_ETHERNET || type == HTYPE_IEEE_802))
		add_mac(d, w, F(HW_MAC_ADDR));
	else
		add_octets(d, w, F(HW_ADDR), n);
	if (n < CHADDR_OCTETS)
		add_octets(d, w, F(HW_ADDR_PADDING), CHADDR_OCTETS - n);
}

/* A name that may be missing, or whose room may be used for options. */
static void add_file_or_server(struct dissection *d, struct wire *w, const struct field *field, uint32_t n,
                               const struct field *overloaded, const char *missing)
{
	bool is_missing = !wire_peek_u8(w, 0);
	add_ascii(d, w, field, n);
	if (overloaded) {
		set_text(d, w, d->last, "%s", overloaded->label);
		note_on(d, d->last, overloaded);
	} else if (is_missing) {
		set_text(d, w, d->last, "%s", missing);
	}
}

/*
 * What later options change in the reading of earlier ones, read before all of them. False when the snapshot length has
 * cut the options.
 */
static bool look_ahead(struct dhcp_message *message, struct wire w)
{
	while (wire_more(&w)) {
		uint8_t code = wire_u8(&w);
		if (code == 0)
			continue;
		if (code == 255)
			break;
		uint8_t n = wire_u8(&w);
		const uint8_t *value = wire_here(&w);
		wire_skip(&w, n);
		if (w.state != WIRE_GOOD)
			break;
		if (code == 52 && value < w.data + w.end)
			message->overload = *value;
		else if (code == 53 && n && !message->type)
			message->type = *value;
		else if (code == 60)
			message->vendor = dhcp_vendor_of(value, n);
		else if (code == 119)
			message->search.pieces++;
		else if (code == 120)
			message->sip.pieces++;
	}
	return w.state != WIRE_CUT;
}

/* The octets of a request's hardware address are asked for first: without them nothing is shown. */
static bool has_client_address(struct wire *w)
{
	uint8_t n = wire_peek_u8(w, 2);
	return wire_peek_u8(w, 0) != BOOTREQUEST || wire_need(w, CHADDR + (uint64_t)n);
}

/* Finds the options, and looks at all of them: without them only the protocol's name is shown. */
static bool find_options(struct dhcp_message *message, struct wire *w)
{
	if (!wire_has(w, OPTIONS) || be32(wire_here(w) + VEND) != MAGIC_COOKIE)
		return true;
	struct wire options = *w;
	wire_skip(&options, OPTIONS);
	message->options = options.at;
	if (!look_ahead(message, options))
		wire_fail(w, wire_left(w));
	return w->state == WIRE_GOOD;
}

static void read_header(struct dhcp_message *message, struct wire *w)
{
	struct dissection *d = message->d;
	uint8_t overload = message->overload;

	add_uint8(d, w, F(TYPE));
	uint8_t type = add_uint8(d, w, F(HW_TYPE));
	uint8_t n = add_uint8(d, w, F(HW_LEN));
	add_uint8(d, w, F(HOPS));
	add_uint32(d, w, F(ID));
	add_seconds_elapsed(d, w);
	add_flags(d, w);
	add_ipv4(d, w, F(IP_CLIENT));
	add_ipv4(d, w, F(IP_YOUR));
	add_ipv4(d, w, F(IP_SERVER));
	add_ipv4(d, w, F(IP_RELAY));
	add_client_address(d, w, type, n);
	add_file_or_server(d, w, F(SERVER), SNAME_OCTETS,
	                   overload & OVERLOAD_SNAME ? F(SERVER_NAME_OVERLOADED_BY_DHCP) : NULL,
	                   "Server host name not given");
	add_file_or_server(d, w, F(FILE), FILE_OCTETS, overload & OVERLOAD_FILE ? F(BOOT_FILENAME_OVERLOADED_BY_DHCP) : NULL,
	                   "Boot file name not given");
}

static void read_vendor_area(struct dhcp_message *message, struct wire *w)
{
	struct dissection *d = message->d;
	bool is_dhcp = message->options != 0;

	if (is_dhcp) {
		add_uint32(d, w, F(COOKIE));
		value_text(d, w, d->last, "DHCP");
	} else if (!wire_has(w, VEND_OCTETS)) {
		wire_fail(w, UINT32_MAX);
	} else {
		add_octets(d, w, F(VENDOR_SPECIFIC_OPTIONS), VEND_OCTETS);
	}
	bool has_options = wire_more(w);
	if (!dhcp_read_options(message, w) && has_options && is_dhcp)
		add_note(d, w, F(END_OPTION_MISSING));
	if (wire_more(w))
		add_octets(d, w, F(OPTION_PADDING), wire_left(w));
}

/* "DHCP ACK      - Transaction ID 0x7c0"; what has no message type is of BOOTP. */
static void list_message(const struct dhcp_message *message, struct wire *w, struct wire header)
{
	enum { WIDTH = 8, PROXY_PORT = 4011 }; /* a boot server of PXE 2.1 */
	static const char blanks[] = "        ";
	struct dissection *d = message->d;

	if (!LISTING(d, w))
		return;
	const uint8_t op = wire_peek_u8(&header, 0);
	set_column(d, w, "%s", message->type ? "DHCP" : "BOOTP");
	if (!message->type && op == BOOTREQUEST) {
		const char *client = wire_has(&header, CHADDR + 6) ? mac_text(d, wire_here(&header) + CHADDR) : "";
		if (wire_peek_u8(&header, HLEN))
			set_info(d, w, "Boot Request from %s (%s)", client, client);
		else
			set_info(d, w, "Boot Request from <No address>");
	} else if (!message->type) {
		set_info(d, w, op == 2 ? "Boot Reply" : "Unknown BOOTP message type (%u)", op);
	} else {
		const char *name = name_of(F(MESSAGE_TYPE)->names, message->type);
		if (!name)
			name = text_of(d, "Unknown Message Type (0x%02x)", message->type);
		const size_t n = strlen(name);
		const bool is_proxy = d->source_port == PROXY_PORT || d->destination_port == PROXY_PORT;
		set_info(d, w, "%sDHCP %s%s - Transaction ID 0x%x", is_proxy ? "proxy" : "", name,
		         blanks + (n < WIDTH ? n : WIDTH), wire_has(&header, 8) ? be32(wire_here(&header) + 4) : 0);
	}
}

static void dissect(struct dissection *d, struct wire *w)
{
	struct dhcp_message message = { .d = d, .start = w->at };

	const struct wire header = *w;

	if (d->first_pass || !has_client_address(w))
		return;
	node_ref top = message.node = open_protocol(d, w, F(DHCP));
	const bool is_whole = find_options(&message, w);
	list_message(&message, w, header);
	if (is_whole) {
		read_header(&message, w);
		read_vendor_area(&message, w);
	}
	close_subtree(d, top, w);
}

const struct protocol protocol_dhcp = {
	.name = "Dynamic Host Configuration Protocol",
	.short_name = "DHCP/BOOTP",
	.filter = "dhcp",
	.is_application = true,
	.column = "DHCP",
	.fields = dhcp_fields,
	.field_count = DHCP_FIELDS,
	.dissect = dissect,
};
