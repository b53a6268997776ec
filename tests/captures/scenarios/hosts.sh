# shellcheck shell=bash
# What a host asks for when it comes up, its addresses and the time: read by ../make.

# address_server OPTION...: dnsmasq, for addresses alone
address_server() {
	in_background $server 'DHCP, \|DHCPv6, ' dnsmasq --no-daemon --conf-file=/dev/null --port=0 --user=root \
		--pid-file --interface=eth0 --bind-interfaces --dhcp-leasefile="$work/leases" --log-dhcp "$@"
	sleep 0.2
}

# address_client OPTION...: dhclient, which sets nothing on its host
address_client() {
	cat >"$work/dhclient.conf" <<-'CONF'
	send host-name "client";
	send vendor-class-identifier "example-host";
	request subnet-mask, routers, domain-name-servers, domain-name, domain-search, ntp-servers,
		rfc3442-classless-static-routes, interface-mtu, dhcp6.name-servers, dhcp6.domain-search,
		dhcp6.fqdn, dhcp6.sntp-servers;
	option rfc3442-classless-static-routes code 121 = array of unsigned integer 8;
	send fqdn.fqdn "client.example.test";
	send fqdn.encoded on;
	send fqdn.server-update on;
	CONF
	c timeout 20 dhclient "$@" -sf /bin/true -cf "$work/dhclient.conf" -lf "$work/dhclient.leases" \
		-pf "$work/dhclient.pid" eth0 >/dev/null 2>&1 || true
}

title[dhcp]='DHCP: a lease with many options'
make_dhcp() {
	wire
	ip -n $client address flush dev eth0 to 192.0.2.0/24
	address_server --dhcp-range=192.0.2.50,192.0.2.99,1h --dhcp-authoritative \
		--domain=example.test --dhcp-option=option:router,192.0.2.254 \
		--dhcp-option=option:dns-server,192.0.2.53,192.0.2.54 \
		--dhcp-option=option:ntp-server,192.0.2.123 --dhcp-option=option:mtu,1400 \
		--dhcp-option=option:domain-search,example.test,sub.example.test \
		--dhcp-option=121,198.51.100.0/24,192.0.2.1,0.0.0.0/0,192.0.2.254 \
		--dhcp-boot=boot.file,boot-server,192.0.2.2
	record 'udp port 67 or udp port 68'
	address_client -4 -1
	keep
	shows 'dhcp.option.dhcp == 1'
	shows 'dhcp.option.dhcp == 5'
	shows 'dhcp.option.classless_static_route'
}

title[dhcpv6]='DHCPv6: an address and a prefix asked for, an address leased, and released'
make_dhcpv6() {
	wire
	ip -n $client address flush dev eth0 scope global
	address_server --dhcp-range=2001:db8:1::100,2001:db8:1::1ff,64,1h \
		--dhcp-option=option6:dns-server,[2001:db8:1::53] \
		--dhcp-option=option6:domain-search,example.test,sub.example.test \
		--dhcp-option=option6:sntp-server,[2001:db8:1::123]
	record 'udp port 546 or udp port 547'
	address_client -6 -1 -N -P
	address_client -6 -r
	keep
	shows 'dhcpv6.msgtype == 1'
	shows 'dhcpv6.msgtype == 7'
	shows 'dhcpv6.iaaddr.ip'
}

title[ntp]='NTP: a client asks a server over IPv4 and IPv6, and with a key'
make_ntp() {
	wire
	cat >"$work/chrony.conf" <<-CONF
	local stratum 2
	allow all
	keyfile $work/chrony.keys
	cmdport 0
	pidfile $work/chrony.pid
	CONF
	echo '7 SHA1 ASCII:example-key' >"$work/chrony.keys"
	chmod 600 "$work/chrony.keys"
	in_background $server 'chronyd version' chronyd -d -x -u root -f "$work/chrony.conf"
	listens $server 123
	echo '7 SHA1 example-key' >"$work/ntp.keys"
	record 'udp port 123'
	c ntpdig -p 2 $server4 >/dev/null || true
	c ntpdig $server6 >/dev/null || true
	c ntpdig -a 7 -k "$work/ntp.keys" $server4 >/dev/null || true
	keep
	shows 'ntp.flags.mode == 3'
	shows 'ntp.flags.mode == 4'
}
