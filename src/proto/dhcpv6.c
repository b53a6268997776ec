/*
 * dhcpv6.c: Dynamic Host Configuration Protocol for IPv6, RFC 8415, over UDP; bulk leasequery, RFC 5460, over TCP.
 *
 *	+---------------+-----------------------------------------------+
 *	|   msg-type    |                transaction-id                 |
 *	+---------------+-----------------------------------------------+
 *	|   msg-type    |   hop-count   | link-address, peer-address    |  of relay agents
 *	+---------------+---------------+-------------------------------+
 *	|          options: code (16 bits), length (16), value          |
 *	+---------------------------------------------------------------+
 *
 * The options are those of dhcpv6_options.c.
 */

#include "dissect/dhcpv6.h"
#include "dissect/tcp_reassembly.h"

#define F DHCPV6_FIELD

enum {
	HOP_COUNT_LIMIT = 32,
	RELAY_HEADER = 34,   /* octets */
	SIZE = 2,            /* octets of what says, over TCP, how long a message is */
};

static bool is_relay(uint8_t type)
{
	return type == RELAY_FORW || type == RELAY_REPL;
}

/* The first octets of the message that is relayed, if there are so many. */
static const uint8_t *relayed(struct wire w)
{
	wire_skip(&w, RELAY_HEADER);
	while (wire_has(&w, 4)) {
		uint16_t code = be16(wire_here(&w)), n = be16(wire_here(&w) + 2);
		wire_skip(&w, 4);
		if (code == OPTION_RELAY_MSG && n >= 2 && wire_has(&w, 2))
			return wire_here(&w);
		wire_skip(&w, n);
	}
	return NULL;
}

static void add_hop_count(struct dissection *d, struct wire *w)
{
	struct wire message = *w;
	message.at--;
	uint8_t hops = add_uint8(d, w, F(HOPCOUNT));
	node_ref node = d->last;

	if (w->state != WIRE_GOOD)
		return;
	const uint8_t *inner = relayed(message);
	if (hops > HOP_COUNT_LIMIT)
		note_text_on(d, node, F(ERROR_HOPCOUNT), "Hopcount (%u) exceeds the maximum limit HOP_COUNT_LIMIT (%u)", hops,
		             HOP_COUNT_LIMIT);
	if (inner && is_relay(inner[0]) && hops != inner[1] + 1)
		note_text_on(d, node, F(ERROR_HOPCOUNT), "hopcount is not correctly incremented by 1 (expected : %u, actual : %u)",
		             inner[1] + 1, hops);
	else if (inner && !is_relay(inner[0]) && hops)
		note_text_on(d, node, F(ERROR_HOPCOUNT), "Hopcount of most inner message has to equal 0 instead of %u", hops);
}

void dhcpv6_read_message(struct dhcpv6_message *message, struct wire *w)
{
	struct dissection *d = message->d;

	if (message->depth >= DHCPV6_NESTING)
		return;
	message->type = wire_peek_u8(w, 0);
	add_uint8(d, w, F(MSGTYPE));
	const char *name = name_of(F(MSGTYPE)->names, message->type);
	append_info(d, w, "%s ", name ? name : text_of(d, "Message Type %u", message->type));
	if (is_relay(message->type)) {
		add_hop_count(d, w);
		const uint8_t *link = add_ipv6(d, w, F(LINKADDR));
		add_ipv6(d, w, F(PEERADDR));
		append_info(d, w, "L: %s ", ipv6_text(d, link));
	} else {
		const uint32_t id = add_uint24(d, w, F(XID));
		append_info(d, w, "XID: 0x%06x ", id);
	}
	dhcpv6_read_options(message, w);
}

static void dissect_datagram(struct dissection *d, struct wire *w)
{
	struct dhcpv6_message message = { .d = d };

	if (d->first_pass)
		return;
	node_ref top = open_protocol(d, w, F(DHCPV6));
	dhcpv6_read_message(&message, w);
	close_subtree(d, top, w);
}

/* ---- bulk leasequery ---- */

static void dissect_bulk(struct dissection *d, struct wire *w)
{
	struct dhcpv6_message message = { .d = d, .is_bulk = true };

	if (d->first_pass)
		return;
	node_ref top = open_protocol(d, w, F(BULK));
	add_uint16(d, w, F(BULK_LEASEQUERY_SIZE));
	message.type = add_uint8(d, w, F(BULK_LEASEQUERY_MSGTYPE));
	add_uint8(d, w, F(BULK_LEASEQUERY_RESERVED));
	add_uint16(d, w, F(BULK_LEASEQUERY_TRANS_ID));
	dhcpv6_read_options(&message, w);
	close_subtree(d, top, w);
}

static const struct protocol bulk = {
	.name = "DHCPv6 Bulk Leasequery", .short_name = "DHCPv6 Bulk Leasequery", .filter = "dhcpv6.bulk_leasequery",
	.dissect = dissect_bulk,
};

static void dissect(struct dissection *d, struct wire *w)
{
	enum { PROTOCOL_TCP = 6 };
	static const struct tcp_framing framing = {
		SIZE, .field = { .at = 0, .octets = SIZE, .more = SIZE }, .protocol = &bulk,
	};

	if (d->ip_protocol == PROTOCOL_TCP)
		dissect_tcp_pdus(d, w, &framing);
	else
		dissect_datagram(d, w);
}

const struct protocol protocol_dhcpv6 = {
	.name = "DHCPv6",
	.short_name = "DHCPv6",
	.filter = "dhcpv6",
	.is_application = true,
	.column = "DHCPv6",
	.fields = dhcpv6_fields,
	.field_count = DHCPV6_FIELDS,
	.dissect = dissect,
};
