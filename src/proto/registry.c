/*
 * registry.c: every protocol, and who sits on which type or port.
 *
 * To add a protocol: declare it, give it a line in `protocols`, and a row for each number that names it.
 */

#include "dissect/protocol.h"

#define PROTOCOLS(X)                                                                                        \
	X(frame) X(comment) X(ends) X(expert) X(data)                                                       \
	X(eth) X(ethertype) X(vlan) X(ieee8021ad) X(llc) X(basicxid) X(sll) X(sll2) X(null) X(loop) X(raw)  \
	X(ppp) X(arp)                                                                                       \
	X(ipv4) X(ipv6) X(ipv6_fragment) X(ipv6_hop_by_hop) X(ipv6_destination) X(ipv6_routing) X(ah) X(esp) X(mipv6) X(tcp) X(udp)                             \
	X(icmp) X(igmp) X(icmp_extensions) X(icmpv6) X(icmpv6_options) X(icmpv6_rpl) \
	X(dns) X(mdns) X(llmnr)

#define DECLARE(p) extern const struct protocol protocol_##p;
PROTOCOLS(DECLARE)
#undef DECLARE

#define LIST(p) &protocol_##p,
const struct protocol *const protocols[] = { PROTOCOLS(LIST) NULL };
#undef LIST

unsigned protocol_count(void)
{
	return sizeof protocols / sizeof *protocols - 1;
}

/* Each table's rows stand together, in rising order of key. */
static const struct table_row rows[] = {
	{ BY_LINK_TYPE, 0, &protocol_null },
	{ BY_LINK_TYPE, 1, &protocol_eth },
	{ BY_LINK_TYPE, 9, &protocol_ppp },
	{ BY_LINK_TYPE, 12, &protocol_raw },
	{ BY_LINK_TYPE, 14, &protocol_raw },
	{ BY_LINK_TYPE, 50, &protocol_ppp },
	{ BY_LINK_TYPE, 101, &protocol_raw },
	{ BY_LINK_TYPE, 108, &protocol_loop },
	{ BY_LINK_TYPE, 113, &protocol_sll },
	{ BY_LINK_TYPE, 228, &protocol_ipv4 },
	{ BY_LINK_TYPE, 229, &protocol_ipv6 },
	{ BY_LINK_TYPE, 276, &protocol_sll2 },
	{ BY_ETHERTYPE, 0x0800, &protocol_ipv4 },
	{ BY_ETHERTYPE, 0x0806, &protocol_arp },
	{ BY_ETHERTYPE, 0x8035, &protocol_arp },
	{ BY_ETHERTYPE, 0x8100, &protocol_vlan },
	{ BY_ETHERTYPE, 0x86dd, &protocol_ipv6 },
	{ BY_ETHERTYPE, 0x88a8, &protocol_ieee8021ad },
	{ BY_ETHERTYPE, 0x9100, &protocol_vlan },
	{ BY_PPP_PROTOCOL, 0x0021, &protocol_ipv4 },
	{ BY_PPP_PROTOCOL, 0x0057, &protocol_ipv6 },
	{ BY_NULL_FAMILY, 2, &protocol_ipv4 },
	{ BY_NULL_FAMILY, 24, &protocol_ipv6 },
	{ BY_IP_PROTOCOL, 0, &protocol_ipv6_hop_by_hop },
	{ BY_IP_PROTOCOL, 1, &protocol_icmp },
	{ BY_IP_PROTOCOL, 2, &protocol_igmp },
	{ BY_IP_PROTOCOL, 4, &protocol_ipv4 },
	{ BY_IP_PROTOCOL, 6, &protocol_tcp },
	{ BY_IP_PROTOCOL, 17, &protocol_udp },
	{ BY_IP_PROTOCOL, 41, &protocol_ipv6 },
	{ BY_IP_PROTOCOL, 43, &protocol_ipv6_routing },
	{ BY_IP_PROTOCOL, 44, &protocol_ipv6_fragment },
	{ BY_IP_PROTOCOL, 50, &protocol_esp },
	{ BY_IP_PROTOCOL, 51, &protocol_ah },
	{ BY_IP_PROTOCOL, 58, &protocol_icmpv6 },
	{ BY_IP_PROTOCOL, 60, &protocol_ipv6_destination },
	{ BY_IP_PROTOCOL, 62, &protocol_mipv6 },
	{ BY_IP_PROTOCOL, 135, &protocol_mipv6 },
	{ BY_UDP_PORT, 53, &protocol_dns },
	{ BY_UDP_PORT, 5353, &protocol_mdns },
	{ BY_UDP_PORT, 5355, &protocol_llmnr },
	{ BY_TCP_PORT, 53, &protocol_dns },
	{ BY_TCP_PORT, 5353, &protocol_dns },
};

const struct protocol *protocol_by(enum table table, uint32_t key)
{
	unsigned low = 0, high = sizeof rows / sizeof *rows;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		const struct table_row *row = &rows[middle];
		if (row->table == table && row->key == key)
			return row->protocol;
		if (row->table < table || (row->table == table && row->key < key))
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct protocol *const udp_heuristics[] = { NULL };
const struct protocol *const tcp_heuristics[] = { NULL };
