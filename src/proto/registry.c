/*
 * registry.c: every protocol, and who sits on which type or port.
 *
 * To add a protocol: put X(name) into PROTOCOLS, and into `rows`, in its order, a row for each number that leads to it.
 */

#include "dissect/protocol.h"

#define PROTOCOLS(X)                                                                                    \
	X(frame) X(comment) X(ends) X(expert) X(data) X(eth) X(ethertype) X(vlan) X(ieee8021ad)         \
	X(pbb) X(vntag) X(cmd) X(fabricpath) X(macsec) X(llc) X(basicxid) X(sll) X(sll2) X(null)        \
	X(loop) X(stp) X(lldp) X(lldp_organizations) X(raw) X(ppp) X(serial) X(ppp_bare) X(pppoes) X(pppoed) X(chdlc) X(wlan)                \
	X(wlan_swapped) X(wlan_aggregate) X(arp) X(ip) X(ipv4) X(ipv6) X(ipv6_fragment)                 \
	X(ipv6_hop_by_hop) X(ipv6_destination) X(ipv6_routing) X(ah) X(esp) X(mipv6) X(tcp) X(mptcp)    \
	X(ip_options) X(tcp_options) X(tcp_findings) X(tcp_reassembly) X(tls_application) X(quic_tls)                       \
	X(udp) X(udplite) X(icmp) X(igmp) X(pim) X(icmp_extensions) X(icmpv6) X(icmpv6_options)         \
	X(icmpv6_mld) X(icmpv6_nd) X(icmpv6_renumbering) X(icmpv6_information) X(icmpv6_mobility)       \
	X(icmpv6_rpl) X(icmpv6_mpl) X(gre) X(erspan) X(erspan_type_1) X(mpls) X(pseudowire)             \
	X(pseudowire_frame) X(pseudowire_control_word) X(pseudowire_channel) X(vxlan) X(vxlan_gpe)      \
	X(teredo) X(geneve) X(gtp) X(gtpprime) X(lisp_data) X(capwap_data) X(capwap_control) \
	X(nsh) X(udpencap)                                                                              \
	X(ayiya) X(quic) X(gquic) X(dns) X(mdns) X(llmnr) X(stun) X(classicstun) X(ber) X(x509) X(x509_names) X(x509_extensions) \
	X(x509_pkix) X(x509_keys) X(ocsp_request) X(ocsp_response) X(http) X(http_header)       \
	X(tls) X(dtls) X(ssdp) X(websocket) X(media) X(text_lines) X(form) X(multipart) X(json) X(xml) X(png) X(gif) X(ftp) X(ftp_data) X(socks) \
	X(ipx) X(ipxrip) X(ipxsap) X(nbipx) X(nmpi) X(netbios) X(nbns) X(nbds) X(nbss) X(smb) X(smb_mailslot) X(browser) X(lanman_browser) X(dhcp) X(dhcpv6) X(ntp) \
	X(l2tp) X(l2tp_over_ip) X(lcp) X(ipcp) X(ipv6cp) X(pap) X(chap)

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
	{ BY_LINK_TYPE, 9, &protocol_serial },
	{ BY_LINK_TYPE, 12, &protocol_raw },
	{ BY_LINK_TYPE, 14, &protocol_raw },
	{ BY_LINK_TYPE, 50, &protocol_serial },
	{ BY_LINK_TYPE, 51, &protocol_pppoes },
	{ BY_LINK_TYPE, 101, &protocol_raw },
	{ BY_LINK_TYPE, 104, &protocol_chdlc },
	{ BY_LINK_TYPE, 105, &protocol_wlan },
	{ BY_LINK_TYPE, 108, &protocol_loop },
	{ BY_LINK_TYPE, 113, &protocol_sll },
	{ BY_LINK_TYPE, 228, &protocol_ip },
	{ BY_LINK_TYPE, 229, &protocol_ipv6 },
	{ BY_LINK_TYPE, 276, &protocol_sll2 },
	{ BY_ETHERTYPE, 0x0800, &protocol_ipv4 },
	{ BY_ETHERTYPE, 0x0806, &protocol_arp },
	{ BY_ETHERTYPE, 0x6558, &protocol_eth },
	{ BY_ETHERTYPE, 0x8035, &protocol_arp },
	{ BY_ETHERTYPE, 0x8100, &protocol_vlan },
	{ BY_ETHERTYPE, 0x8137, &protocol_ipx },
	{ BY_ETHERTYPE, 0x86dd, &protocol_ipv6 },
	{ BY_ETHERTYPE, 0x8847, &protocol_mpls },
	{ BY_ETHERTYPE, 0x8848, &protocol_mpls },
	{ BY_ETHERTYPE, 0x8863, &protocol_pppoed },
	{ BY_ETHERTYPE, 0x8864, &protocol_pppoes },
	{ BY_ETHERTYPE, 0x88a8, &protocol_ieee8021ad },
	{ BY_ETHERTYPE, 0x88cc, &protocol_lldp },
	{ BY_ETHERTYPE, 0x88e5, &protocol_macsec },
	{ BY_ETHERTYPE, 0x88e7, &protocol_pbb },
	{ BY_ETHERTYPE, 0x8909, &protocol_cmd },
	{ BY_ETHERTYPE, 0x8926, &protocol_vntag },
	{ BY_ETHERTYPE, 0x894f, &protocol_nsh },
	{ BY_ETHERTYPE, 0x9100, &protocol_vlan },
	{ BY_LLC_SAP, 0x10, &protocol_ipx },
	{ BY_LLC_SAP, 0x42, &protocol_stp },
	{ BY_LLC_SAP, 0xe0, &protocol_ipx },
	{ BY_LLC_SAP, 0xf0, &protocol_netbios },
	{ BY_PPP_PROTOCOL, 0x0021, &protocol_ip },
	{ BY_PPP_PROTOCOL, 0x002b, &protocol_ipx },
	{ BY_PPP_PROTOCOL, 0x0057, &protocol_ipv6 },
	{ BY_PPP_PROTOCOL, 0x8021, &protocol_ipcp },
	{ BY_PPP_PROTOCOL, 0x8057, &protocol_ipv6cp },
	{ BY_PPP_PROTOCOL, 0xc021, &protocol_lcp },
	{ BY_PPP_PROTOCOL, 0xc023, &protocol_pap },
	{ BY_PPP_PROTOCOL, 0xc223, &protocol_chap },
	{ BY_NULL_FAMILY, 2, &protocol_ip },
	{ BY_NULL_FAMILY, 23, &protocol_ipx },
	{ BY_NULL_FAMILY, 24, &protocol_ipv6 },
	{ BY_IP_PROTOCOL, 0, &protocol_ipv6_hop_by_hop },
	{ BY_IP_PROTOCOL, 1, &protocol_icmp },
	{ BY_IP_PROTOCOL, 2, &protocol_igmp },
	{ BY_IP_PROTOCOL, 4, &protocol_ip },
	{ BY_IP_PROTOCOL, 6, &protocol_tcp },
	{ BY_IP_PROTOCOL, 17, &protocol_udp },
	{ BY_IP_PROTOCOL, 41, &protocol_ipv6 },
	{ BY_IP_PROTOCOL, 43, &protocol_ipv6_routing },
	{ BY_IP_PROTOCOL, 44, &protocol_ipv6_fragment },
	{ BY_IP_PROTOCOL, 47, &protocol_gre },
	{ BY_IP_PROTOCOL, 50, &protocol_esp },
	{ BY_IP_PROTOCOL, 51, &protocol_ah },
	{ BY_IP_PROTOCOL, 58, &protocol_icmpv6 },
	{ BY_IP_PROTOCOL, 60, &protocol_ipv6_destination },
	{ BY_IP_PROTOCOL, 62, &protocol_mipv6 },
	{ BY_IP_PROTOCOL, 103, &protocol_pim },
	{ BY_IP_PROTOCOL, 115, &protocol_l2tp_over_ip },
	{ BY_IP_PROTOCOL, 135, &protocol_mipv6 },
	{ BY_IP_PROTOCOL, 136, &protocol_udplite },
	{ BY_IP_PROTOCOL, 137, &protocol_mpls },
	{ BY_UDP_PORT, 53, &protocol_dns },
	{ BY_UDP_PORT, 67, &protocol_dhcp },
	{ BY_UDP_PORT, 68, &protocol_dhcp },
	{ BY_UDP_PORT, 123, &protocol_ntp },
	{ BY_UDP_PORT, 137, &protocol_nbns },
	{ BY_UDP_PORT, 138, &protocol_nbds },
	{ BY_UDP_PORT, 213, &protocol_ipx },
	{ BY_UDP_PORT, 546, &protocol_dhcpv6 },
	{ BY_UDP_PORT, 547, &protocol_dhcpv6 },
	{ BY_UDP_PORT, 853, &protocol_dtls },
	{ BY_UDP_PORT, 1701, &protocol_l2tp },
	{ BY_UDP_PORT, 1900, &protocol_ssdp },
	{ BY_UDP_PORT, 2152, &protocol_gtp },
	{ BY_UDP_PORT, 2221, &protocol_dtls },
	{ BY_UDP_PORT, 3386, &protocol_gtpprime },
	{ BY_UDP_PORT, 3478, &protocol_stun },
	{ BY_UDP_PORT, 3544, &protocol_teredo },
	{ BY_UDP_PORT, 4011, &protocol_dhcp },
	{ BY_UDP_PORT, 4341, &protocol_lisp_data },
	{ BY_UDP_PORT, 4500, &protocol_udpencap },
	{ BY_UDP_PORT, 4789, &protocol_vxlan },
	{ BY_UDP_PORT, 4790, &protocol_vxlan_gpe },
	{ BY_UDP_PORT, 5072, &protocol_ayiya },
	{ BY_UDP_PORT, 5246, &protocol_capwap_control },
	{ BY_UDP_PORT, 5247, &protocol_capwap_data },
	{ BY_UDP_PORT, 5353, &protocol_mdns },
	{ BY_UDP_PORT, 5355, &protocol_llmnr },
	{ BY_UDP_PORT, 5684, &protocol_dtls },
	{ BY_UDP_PORT, 5868, &protocol_dtls },
	{ BY_UDP_PORT, 6081, &protocol_geneve },
	{ BY_UDP_PORT, 6635, &protocol_mpls },
	{ BY_TCP_PORT, 20, &protocol_ftp_data },
	{ BY_TCP_PORT, 21, &protocol_ftp },
	{ BY_TCP_PORT, 53, &protocol_dns },
	{ BY_TCP_PORT, 80, &protocol_http },
	{ BY_TCP_PORT, 139, &protocol_nbss },
	{ BY_TCP_PORT, 324, &protocol_tls },
	{ BY_TCP_PORT, 443, &protocol_tls },
	{ BY_TCP_PORT, 445, &protocol_nbss },
	{ BY_TCP_PORT, 465, &protocol_tls },
	{ BY_TCP_PORT, 547, &protocol_dhcpv6 },
	{ BY_TCP_PORT, 631, &protocol_http },
	{ BY_TCP_PORT, 636, &protocol_tls },
	{ BY_TCP_PORT, 802, &protocol_tls },
	{ BY_TCP_PORT, 853, &protocol_tls },
	{ BY_TCP_PORT, 993, &protocol_tls },
	{ BY_TCP_PORT, 995, &protocol_tls },
	{ BY_TCP_PORT, 1080, &protocol_socks },
	{ BY_TCP_PORT, 1300, &protocol_tls },
	{ BY_TCP_PORT, 1900, &protocol_http },
	{ BY_TCP_PORT, 2221, &protocol_tls },
	{ BY_TCP_PORT, 2443, &protocol_tls },
	{ BY_TCP_PORT, 2710, &protocol_http },
	{ BY_TCP_PORT, 2869, &protocol_http },
	{ BY_TCP_PORT, 3128, &protocol_http },
	{ BY_TCP_PORT, 3132, &protocol_http },
	{ BY_TCP_PORT, 3249, &protocol_tls },
	{ BY_TCP_PORT, 3250, &protocol_tls },
	{ BY_TCP_PORT, 3251, &protocol_tls },
	{ BY_TCP_PORT, 3252, &protocol_tls },
	{ BY_TCP_PORT, 3478, &protocol_stun },
	{ BY_TCP_PORT, 3496, &protocol_tls },
	{ BY_TCP_PORT, 3689, &protocol_http },
	{ BY_TCP_PORT, 5061, &protocol_tls },
	{ BY_TCP_PORT, 5353, &protocol_dns },
	{ BY_TCP_PORT, 5671, &protocol_tls },
	{ BY_TCP_PORT, 5684, &protocol_tls },
	{ BY_TCP_PORT, 5868, &protocol_tls },
	{ BY_TCP_PORT, 5985, &protocol_http },
	{ BY_TCP_PORT, 8080, &protocol_http },
	{ BY_TCP_PORT, 8088, &protocol_http },
	{ BY_TCP_PORT, 8883, &protocol_tls },
	{ BY_TCP_PORT, 11207, &protocol_tls },
	{ BY_TCP_PORT, 11371, &protocol_http },
	{ BY_TCP_PORT, 19999, &protocol_tls },
	{ BY_TCP_PORT, 27017, &protocol_tls },
	{ BY_GRE_PROTOCOL, 0x0800, &protocol_ip },
	{ BY_GRE_PROTOCOL, 0x0806, &protocol_arp },
	{ BY_GRE_PROTOCOL, 0x22eb, &protocol_erspan },
	{ BY_GRE_PROTOCOL, 0x6400, &protocol_eth },
	{ BY_GRE_PROTOCOL, 0x6558, &protocol_eth },
	{ BY_GRE_PROTOCOL, 0x8137, &protocol_ipx },
	{ BY_GRE_PROTOCOL, 0x8200, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8210, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8220, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8230, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8240, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8250, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8260, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8270, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8280, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8290, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x82a0, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x82b0, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x82c0, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x82d0, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x82e0, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x82f0, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8300, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8310, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8320, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8330, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8340, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8350, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8360, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x8370, &protocol_wlan },
	{ BY_GRE_PROTOCOL, 0x86dd, &protocol_ipv6 },
	{ BY_GRE_PROTOCOL, 0x880b, &protocol_ppp },
	{ BY_GRE_PROTOCOL, 0x883e, &protocol_ip },
	{ BY_GRE_PROTOCOL, 0x8847, &protocol_mpls },
	{ BY_GRE_PROTOCOL, 0x8848, &protocol_mpls },
	{ BY_GRE_PROTOCOL, 0x88be, &protocol_erspan },
	{ BY_GRE_PROTOCOL, 0x894f, &protocol_nsh },
};

static uint64_t row_order(enum table table, uint32_t key)
{
	return (uint64_t)table << 32 | key;
}

/* The last row that is not behind the wanted one, by halving: without a branch that could be guessed wrong. */
const struct protocol *protocol_by(enum table table, uint32_t key)
{
	const struct table_row *row = rows;
	uint64_t wanted = row_order(table, key);

	for (unsigned left = sizeof rows / sizeof *rows; left > 1; left -= left / 2)
		row += row_order(row[left / 2].table, row[left / 2].key) <= wanted ? left / 2 : 0;
	return row_order(row->table, row->key) == wanted ? row->protocol : NULL;
}

const struct table_row *table_rows(unsigned *count)
{
	*count = sizeof rows / sizeof *rows;
	return rows;
}

const struct protocol *const udp_heuristics[] = { &protocol_gquic, &protocol_quic, &protocol_dtls, &protocol_stun, &protocol_classicstun, &protocol_dns, NULL };
const struct protocol *const tcp_heuristics[] = { &protocol_stun, &protocol_tls, &protocol_http, NULL };
