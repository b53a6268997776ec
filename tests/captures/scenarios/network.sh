# shellcheck shell=bash
# Link and network layer: read by ../make.

title[arp]='address resolution both ways, gratuitous requests and replies, a probe for a free address'
make_arp() {
	cold_wire
	record arp
	c ping -qc 1 -W 1 $server4 >/dev/null
	c arping -qc 2 -I eth0 $server4
	c arping -qU -c 1 -I eth0 $client4 || true
	c arping -qA -c 1 -I eth0 $client4 || true
	c arping -qD -c 2 -w 2 -I eth0 192.0.2.77 || true
	keep
	shows 'arp.isgratuitous' 2
	shows 'arp.src.proto_ipv4 == 0.0.0.0 && arp.dst.proto_ipv4 == 192.0.2.77' 2
	shows "arp.opcode == 2 && arp.src.proto_ipv4 == $server4"
}

title[arp-conflict]='two hosts claim one address: a probe that is answered, then replies from both (duplicate use)'
make_arp-conflict() {
	cold_wire
	record arp
	# The client asks before it takes the address, is told no, and takes it all the same.
	c arping -qD -c 1 -w 1 -I eth0 $server4 || true
	ip -n $client address add $server4/24 dev eth0
	c arping -qU -c 1 -I eth0 $server4 || true
	s arping -qU -c 1 -I eth0 $server4 || true
	keep
	shows 'arp.src.proto_ipv4 == 0.0.0.0' 1
	shows 'arp.duplicate-address-detected'
}

title[ping]='ICMP echo over IPv4; the second reply is lost'
make_ping() {
	wire --drop ba:echo:2
	record
	c ping -qc 4 -i 0.2 -W 1 $server4 >/dev/null || true
	keep
	shows 'icmp.type == 8' 4
	shows 'icmp.type == 0' 3
	shows 'icmp.type == 8 && icmp.seq == 2 && !icmp.resp_in' 1
}

title[ping6]='ICMPv6 echo; the second reply is lost'
make_ping6() {
	wire --drop ba:echo:2
	record
	c ping -6 -qc 4 -i 0.2 -W 1 $server6 >/dev/null || true
	keep
	shows 'icmpv6.type == 128' 4
	shows 'icmpv6.type == 129' 3
}

title[ip-options]='IPv4 options: record route, timestamps with addresses, loose source route, router alert'
make_ip-options() {
	routed
	m sysctl -qw net.ipv4.conf.all.accept_source_route=1 net.ipv4.conf.left.accept_source_route=1
	s sysctl -qw net.ipv4.conf.all.accept_source_route=1 net.ipv4.conf.eth0.accept_source_route=1
	record
	c ping -qR -c 1 $server4 >/dev/null
	c ping -q -T tsonly -c 1 $server4 >/dev/null
	c ping -q -T tsandaddr -c 1 $server4 >/dev/null
	c traceroute -n -I -q 1 -m 2 -N 1 -w 0.3 -g 192.0.2.254 $server4 >/dev/null || true
	c /usr/bin/python3 - <<-PYTHON
	import socket
	s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
	s.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, bytes([0x94, 4, 0, 0]))
	s.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0xb8)
	s.sendto(b"look inside, router", ("$server4", 9))
	PYTHON
	keep
	shows 'ip.opt.type == 7'
	shows 'ip.opt.type == 68'
	shows 'ip.opt.type == 131'
	shows 'ip.opt.type == 148'
}

fragments() {
	wire "$@"
	record
}

title[frag4]='IPv4 fragments: two echoes of 4000 bytes and a UDP datagram of 3000'
make_frag4() {
	fragments
	c ping -qc 2 -i 0.2 -s 4000 $server4 >/dev/null
	head -c 3000 /dev/zero | tr '\0' 'x' | c socat -u -b 4000 - UDP4-SENDTO:$server4:9
	keep
	shows 'ip.fragments && icmp' 4
	shows 'ip.fragments && udp'
}

title[frag4-reordered]='IPv4 fragments of which the first comes last'
make_frag4-reordered() {
	fragments --hold ba:fragment:1=3
	c ping -qc 1 -s 4000 $server4 >/dev/null
	keep
	shows "ip.src == $server4 && ip.frag_offset == 0 && frame.number == 6"
}

title[frag4-duplicate]='IPv4 fragments of which one comes twice'
make_frag4-duplicate() {
	fragments --duplicate ba:fragment:2
	c ping -qc 1 -s 4000 $server4 >/dev/null
	keep
	shows "ip.src == $server4" 4
}

title[frag4-lost]='an IPv4 fragment is lost: after a while the receiver says so (time exceeded, code 1)'
make_frag4-lost() {
	fragments --drop ab:fragment:2
	s sysctl -qw net.ipv4.ipfrag_time=1
	c ping -qc 1 -W 2 -s 4000 $server4 >/dev/null || true
	keep
	shows 'icmp.type == 11 && icmp.code == 1' 1
}

title[frag6]='IPv6 fragments: two echoes of 4000 bytes and a UDP datagram of 3000'
make_frag6() {
	fragments
	c ping -6 -qc 2 -i 0.2 -s 4000 $server6 >/dev/null
	head -c 3000 /dev/zero | tr '\0' 'x' | c socat -u -b 4000 - UDP6-SENDTO:[$server6]:9
	keep
	shows 'ipv6.fragments && icmpv6' 4
	shows 'ipv6.fragments && udp'
}

title[frag6-reordered]='IPv6 fragments of which the first comes last'
make_frag6-reordered() {
	fragments --hold ba:fragment:1=3
	c ping -6 -qc 1 -s 4000 $server6 >/dev/null
	keep
	shows 'icmpv6.type == 129'
}

title[frag6-duplicate]='IPv6 fragments of which one comes twice'
make_frag6-duplicate() {
	fragments --duplicate ba:fragment:2
	c ping -6 -qc 1 -s 4000 $server6 >/dev/null
	keep
	shows "ipv6.src == $server6" 4
}

title[frag6-lost]='an IPv6 fragment is lost: after a while the receiver says so (time exceeded, code 1)'
make_frag6-lost() {
	fragments --drop ab:fragment:2
	s sysctl -qw net.ipv6.ip6frag_time=1
	c ping -6 -qc 1 -W 2 -s 4000 $server6 >/dev/null || true
	keep
	shows 'icmpv6.type == 3 && icmpv6.code == 1' 1
}

title[icmp-unreachable]='ICMP and ICMPv6 destination unreachable: port, network, host, prohibited, protocol'
make_icmp-unreachable() {
	routed
	# No limit to how many errors a second: each refusal is to be seen.
	local ns
	for ns in $middle $server; do
		ip netns exec $ns sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
	done
	ip -n $middle route add unreachable 203.0.113.1
	ip -n $middle route add prohibit 203.0.113.2
	ip -n $middle route add unreachable 2001:db8:3::1
	ip -n $middle route add prohibit 2001:db8:3::2
	record
	local to
	for to in $server4 203.0.113.1 203.0.113.2 203.0.113.3; do
		echo hello | c socat -u - UDP4-SENDTO:$to:9999
	done
	echo hello | c socat -u - IP4-SENDTO:$server4:254
	for to in $server6 2001:db8:3::1 2001:db8:3::2 2001:db8:4::1; do
		echo hello | c socat -u - UDP6-SENDTO:[$to]:9999
	done
	echo hello | c socat -u - IP6-SENDTO:[$server6]:254
	# Nobody answers for this one: the router says so after three seconds.
	c ping -qc 1 -W 4 198.51.100.9 >/dev/null || true
	keep
	local code
	for code in 0 1 2 3 13; do
		shows "icmp.type == 3 && icmp.code == $code"
	done
	for code in 0 1 4; do
		shows "icmpv6.type == 1 && icmpv6.code == $code"
	done
	shows 'icmpv6.type == 4'
}

title[traceroute]='time exceeded: traceroute with UDP, ICMP and TCP over IPv4, then UDP and ICMP over IPv6'
make_traceroute() {
	routed
	record
	c traceroute -n -q 2 -m 4 $server4 >/dev/null
	c traceroute -n -q 1 -m 4 -I $server4 >/dev/null
	c traceroute -n -q 1 -m 4 -T $server4 >/dev/null
	c traceroute -6 -n -q 2 -m 4 $server6 >/dev/null
	c traceroute -6 -n -q 1 -m 4 -I $server6 >/dev/null
	keep
	shows 'icmp.type == 11'
	shows 'icmpv6.type == 3'
	shows 'icmp.type == 3 && icmp.code == 3'
}

title[icmp-too-big]='a link of 1300 bytes on the way: fragmentation needed, packet too big, then path MTU is known'
make_icmp-too-big() {
	routed
	ip -n $middle link set right mtu 1300
	ip -n $server link set eth0 mtu 1300
	record
	c ping -qc 2 -i 0.2 -M do -s 1400 -W 1 $server4 >/dev/null 2>&1 || true
	c ping -qc 2 -i 0.2 -s 1400 -W 1 $server4 >/dev/null || true
	c ping -6 -qc 3 -i 0.2 -s 1400 -W 1 $server6 >/dev/null || true
	keep
	shows 'icmp.type == 3 && icmp.code == 4 && icmp.mtu == 1300'
	shows 'icmpv6.type == 2 && icmpv6.mtu == 1300'
}

title[icmp-redirect]='redirects over IPv4 and IPv6: the router knows a shorter way on the same wire'
make_icmp-redirect() {
	cold_wire
	# The server is the router here; the better way is a second address of the client's network.
	s sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
		net.ipv4.conf.all.send_redirects=1 net.ipv4.conf.eth0.send_redirects=1
	ip -n $client route add 203.0.113.0/24 via $server4
	ip -n $client route add 2001:db8:3::/64 via fe80::ff:fe00:301 dev eth0
	ip -n $server route add 203.0.113.0/24 via 192.0.2.3
	ip -n $server route add 2001:db8:3::/64 via fe80::3 dev eth0
	ip -n $server neighbour add 192.0.2.3 lladdr 02:00:00:00:04:01 dev eth0
	ip -n $server neighbour add fe80::3 lladdr 02:00:00:00:04:01 dev eth0
	record
	c ping -qc 2 -i 0.2 -W 1 203.0.113.5 >/dev/null || true
	c ping -6 -qc 2 -i 0.2 -W 1 2001:db8:3::5 >/dev/null || true
	keep
	shows 'icmp.type == 5'
	shows 'icmpv6.type == 137'
}

title[nd]='IPv6 neighbour discovery: a host comes up: DAD, MLD reports, router solicitation and advertisement (prefix, MTU, route, DNS), address resolution'
make_nd() {
	cold_wire
	ip -n $client address flush dev eth0
	ip -n $client link set eth0 down
	c sysctl -qw net.ipv6.conf.eth0.accept_dad=1 net.ipv6.conf.eth0.accept_ra=1 \
		net.ipv6.conf.eth0.router_solicitation_delay=0
	s sysctl -qw net.ipv6.conf.all.forwarding=1
	cat >"$work/radvd.conf" <<-CONF
	interface eth0 {
		AdvSendAdvert on;
		MinRtrAdvInterval 3; MaxRtrAdvInterval 4;
		AdvManagedFlag off; AdvOtherConfigFlag on;
		AdvLinkMTU 1480; AdvDefaultPreference high;
		prefix 2001:db8:1::/64 { AdvOnLink on; AdvAutonomous on; };
		route 2001:db8:2::/48 { AdvRoutePreference high; AdvRouteLifetime 600; };
		RDNSS 2001:db8:1::2 { AdvRDNSSLifetime 300; };
		DNSSL example.test { AdvDNSSLLifetime 300; };
	};
	CONF
	# Not on the client's own interface, which is still down.
	record --in $middle --on left
	ip -n $client link set eth0 up
	sleep 0.6
	ip netns exec $server radvd -n -m stderr -C "$work/radvd.conf" -p "$work/radvd.pid" \
		2>/dev/null &
	sleep 3
	c ping -6 -qc 1 -W 1 $server6 >/dev/null || true
	c rdisc6 -1 eth0 >/dev/null 2>&1 || true
	keep
	local type
	for type in 133 134 135 136; do
		shows "icmpv6.type == $type"
	done
	shows 'icmpv6.type == 143'
	shows 'icmpv6.type == 135 && ipv6.src == ::'
	shows 'icmpv6.opt.rdnss'
}

title[nd-duplicate]='duplicate address detection that finds a duplicate: solicitation from ::, advertisement to all nodes'
make_nd-duplicate() {
	cold_wire
	c sysctl -qw net.ipv6.conf.eth0.accept_dad=1
	record
	ip -n $client address add $server6/64 dev eth0
	sleep 1.2
	ip -n $client address show dev eth0 | grep -q dadfailed || die 'DAD found no duplicate'
	keep
	shows "icmpv6.type == 135 && ipv6.src == :: && icmpv6.nd.ns.target_address == $server6" 1
	shows 'icmpv6.type == 136 && ipv6.dst == ff02::1'
}

# join VERSION-AGNOSTIC: joins groups for a moment, some from chosen sources, in the client.
join_groups() {
	c /usr/bin/python3 - "$@" <<-'PYTHON'
	import socket, struct, sys, time
	IP_ADD_SOURCE_MEMBERSHIP, MCAST_JOIN_SOURCE_GROUP = 39, 46
	index = socket.if_nametoindex("eth0")
	four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
	six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
	def sockaddr6(address):
	    return struct.pack("=HHI16sI100x", socket.AF_INET6, 0, 0,
	                       socket.inet_pton(socket.AF_INET6, address), 0)
	for group in sys.argv[1:]:
	    source, _, group = group.rpartition("@")
	    if ":" not in group:
	        to, own = socket.inet_aton(group), socket.inet_aton("192.0.2.1")
	        if source:
	            four.setsockopt(socket.IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP,
	                            to + own + socket.inet_aton(source))
	        else:
	            four.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, to + own)
	    elif source:
	        six.setsockopt(socket.IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP,
	                       struct.pack("=I4x", index) + sockaddr6(group) + sockaddr6(source))
	    else:
	        six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
	                       socket.inet_pton(socket.AF_INET6, group) + struct.pack("=I", index))
	    time.sleep(0.3)
	time.sleep(1.5)
	PYTHON
}

querier=(mcast_snooping 1 mcast_querier 1 mcast_query_response_interval 100
	mcast_query_interval 200 mcast_last_member_interval 50 mcast_startup_query_interval 100)

# groups IGMP MLD FILTER GROUP...: the client joins and leaves; the bridge asks who is there.
groups() {
	local igmp=$1 mld=$2 filter=$3
	shift 3
	bridged "${querier[@]}" mcast_igmp_version $igmp mcast_mld_version $mld
	ip -n $middle address add 192.0.2.254/24 dev switch
	m sysctl -qw net.ipv6.conf.switch.accept_dad=0 net.ipv6.conf.switch.router_solicitations=0
	c sysctl -qw net.ipv4.conf.eth0.force_igmp_version=$igmp \
		net.ipv6.conf.eth0.force_mld_version=$mld
	record "$filter"
	ip -n $middle link set switch up
	join_groups "$@"
	keep
}

title[igmp2]='IGMPv2: general query, reports, leave, group-specific query'
make_igmp2() {
	groups 2 1 igmp 239.255.1.1 239.255.1.2
	shows 'igmp.type == 0x11'
	shows 'igmp.type == 0x16'
	shows 'igmp.type == 0x17'
}

title[igmp3]='IGMPv3: general query, reports with joins of groups and of single sources, leaves'
make_igmp3() {
	groups 3 2 igmp 239.255.1.1 198.51.100.7@232.1.1.1 198.51.100.8@232.1.1.1
	shows 'igmp.type == 0x11'
	shows 'igmp.type == 0x22 && igmp.record_type == 4'
	shows 'igmp.type == 0x22 && igmp.saddr == 198.51.100.7'
}

title[mld1]='MLDv1: query, reports, done'
make_mld1() {
	groups 2 1 ip6 ff15::1:1 ff15::1:2
	shows 'icmpv6.type == 130'
	shows 'icmpv6.type == 131'
	shows 'icmpv6.type == 132'
}

title[mld2]='MLDv2: query, reports with joins of groups and of single sources, leaves'
make_mld2() {
	groups 3 2 ip6 ff15::1:1 2001:db8:9::7@ff35::1:1 2001:db8:9::8@ff35::1:1
	shows 'icmpv6.type == 130'
	shows 'icmpv6.type == 143 && icmpv6.mldr.mar.source_address == 2001:db8:9::7'
}

title[stp]='a bridge that speaks spanning tree: configuration BPDUs (IEEE 802.3 and LLC)'
make_stp() {
	bridged stp_state 1 forward_delay 200 hello_time 100 mcast_snooping 0
	record stp
	ip -n $middle link set switch up
	sleep 3.2
	keep
	shows 'stp'
}

title[vlan]='802.1Q: echoes over IPv4 and IPv6 with address resolution, VLAN 5, on the trunk'
make_vlan() {
	trunk 8100:5
	record --in $middle --on $trunk_interface
	c ping -qc 2 -i 0.2 -W 1 $server4 >/dev/null
	c ping -6 -qc 1 -W 1 $server6 >/dev/null
	keep
	shows 'vlan.id == 5 && arp'
	shows 'vlan.id == 5 && icmp' 4
	shows '!vlan' 0
}

title[qinq]='802.1ad: customer VLAN 5 (802.1Q) inside service VLAN 100'
make_qinq() {
	trunk 8100:5 88a8:100
	record --in $middle --on $trunk_interface
	c ping -qc 2 -i 0.2 -W 1 $server4 >/dev/null
	c ping -6 -qc 1 -W 1 $server6 >/dev/null
	keep
	shows 'ieee8021ad && vlan.id == 5 && icmp' 4
}

routed_pings() {
	c ping -qc 2 -i 0.2 -W 1 $server4 >/dev/null
	c ping -6 -qc 1 -W 1 $server6 >/dev/null
	m ping -qc 1 -W 1 127.0.0.1 >/dev/null
}

title[sll]='Linux cooked capture, version 1: all interfaces of a router, each frame in and out'
make_sll() {
	routed
	record --in $middle --on any -y LINUX_SLL
	routed_pings
	keep
	shows 'sll && icmp'
	[[ $(capinfos -TmrE "$kept") == *,linux-sll ]] || die 'not cooked'
}

title[sll2]='Linux cooked capture, version 2: all interfaces of a router, each frame in and out'
make_sll2() {
	routed
	record --in $middle --on any -y LINUX_SLL2
	routed_pings
	keep
	shows 'sll && icmp'
}

# tunnel PROTOCOL CARRIER [OPTIONS]: both hosts get a tunnel interface; what goes into it comes
# out of the other's, carried as that protocol over IPv4 or IPv6. This kernel need not know any.
tunnel() {
	local protocol=$1 carrier=$2 options=${3:-} to from
	wire
	for ns in $client $server; do
		to=$server4 from=10.0.0.1
		[[ $carrier = 4 ]] || to="[$server6]"
		if [[ $ns = $server ]]; then
			from=10.0.0.2 to=$client4
			[[ $carrier = 4 ]] || to="[$client6]"
		fi
		ip netns exec $ns sysctl -qw net.ipv6.conf.default.accept_dad=0 \
			net.ipv6.conf.default.router_solicitations=0
		# A raw socket takes what no protocol of the kernel's wants, whoever asked for it.
		in_background $ns 'starting data transfer' socat -d -d -d \
			TUN:$from/24,up,tun-name=tunnel,tun-type=tun${options:+,$options} \
			IP$carrier-DATAGRAM:$to:$protocol
		ip -n $ns link set tunnel mtu 1400
		ip -n $ns address add fd00::${from##*.}/64 dev tunnel nodad
	done
	sleep 0.5
}

title[ipip]='IPv4 in IPv4 (protocol 4): echoes, one of them in fragments inside'
make_ipip() {
	tunnel 4 4 iff-no-pi
	record not icmp6
	c ping -qc 2 -i 0.2 -W 1 10.0.0.2 >/dev/null
	c ping -qc 1 -s 2000 -W 1 10.0.0.2 >/dev/null
	keep
	shows 'ip.proto == 4 && icmp'
}

title[sit]='IPv6 in IPv4 (protocol 41): echoes'
make_sit() {
	tunnel 41 4 iff-no-pi
	record ip proto 41
	c ping -6 -qc 2 -i 0.2 -W 1 fd00::2 >/dev/null
	keep
	shows 'ip.proto == 41 && icmpv6.type == 128'
}

title[ip6ip6]='IPv6 in IPv6 (protocol 41): echoes'
make_ip6ip6() {
	tunnel 41 6 iff-no-pi
	record
	c ping -6 -qc 2 -i 0.2 -W 1 fd00::2 >/dev/null
	keep
	shows 'ipv6.nxt == 41 && icmpv6.type == 128'
}

# The four bytes that a tunnel interface puts before each packet unless it is told not to, flags
# and EtherType, are a GRE header without options.
title[gre]='GRE over IPv4: IPv4 and IPv6 echoes inside'
make_gre() {
	tunnel 47 4
	record
	c ping -qc 2 -i 0.2 -W 1 10.0.0.2 >/dev/null
	c ping -6 -qc 2 -i 0.2 -W 1 fd00::2 >/dev/null
	keep
	shows 'gre && icmp' 4
	shows 'gre && icmpv6'
}

title[gre6]='GRE over IPv6: IPv4 and IPv6 echoes inside'
make_gre6() {
	tunnel 47 6
	record
	c ping -qc 2 -i 0.2 -W 1 10.0.0.2 >/dev/null
	c ping -6 -qc 2 -i 0.2 -W 1 fd00::2 >/dev/null
	keep
	shows 'ipv6 && gre && icmp' 4
}

title[raw]='raw IP, no link layer (LINKTYPE_RAW), from a tunnel interface: IPv4 and IPv6 echoes'
make_raw() {
	tunnel 47 4
	record --on tunnel
	c ping -qc 2 -i 0.2 -W 1 10.0.0.2 >/dev/null
	c ping -6 -qc 2 -i 0.2 -W 1 fd00::2 >/dev/null
	keep
	shows '!eth && icmp' 4
	shows '!eth && icmpv6'
}

title[vxlan]='VXLAN 42 over IPv4: address resolution and echoes inside'
make_vxlan() {
	wire
	local ns number=1 to=$server4
	for ns in $client $server; do
		ip netns exec $ns sysctl -qw net.ipv6.conf.default.disable_ipv6=1
		ip -n $ns link add overlay address 02:00:00:00:0a:0$number type vxlan id 42 \
			remote $to dstport 4789 dev eth0
		ip -n $ns address add 10.0.0.$number/24 dev overlay
		ip netns exec $ns ethtool -K overlay tx off gro off >/dev/null 2>&1 || true
		ip -n $ns link set overlay up
		number=2 to=$client4
	done
	record
	c ping -qc 2 -i 0.2 -W 1 10.0.0.2 >/dev/null
	keep
	shows 'vxlan && arp'
	shows 'vxlan && icmp' 4
}

title[checksum-offload]='frames as a host with checksum offload records them: its own UDP and TCP sums are partial'
make_checksum-offload() {
	routed
	c ethtool -K eth0 tx on >/dev/null
	m ethtool -K left tx on >/dev/null
	in_background $server 'listening on' socat -d -d TCP4-LISTEN:9000,fork PIPE
	record
	echo hello | c socat -u - UDP4-SENDTO:$server4:9
	echo hello | c socat -t 1 - TCP4:$server4:9000 >/dev/null
	keep
	shows 'tcp'
	[[ $(tcpdump -nvr "$kept" 2>/dev/null) = *' (incorrect -> '* ]] || die 'the sums are whole'
}

title[carriers]='made up octet by octet: a datagram in LISP, NSH, Cisco MetaData, VN-Tag, 802.1ah, FabricPath, MACsec, AYIYA, GTP version 0, CAPWAP and PIM; ESP in UDP, UDP-Lite, every PIM message'
make_carriers() {
	python3 "$here/carriers.py" "$work/$capture.pcap"
	keep "$work/$capture.pcap"
	shows 'udp.dstport == 9' 20
	shows 'pim' 11
}
