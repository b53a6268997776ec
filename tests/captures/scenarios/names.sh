# shellcheck shell=bash
# Names: read by ../make.

# name_server: BIND in the server, with example.test (signed, NSEC), hashed.test (signed, NSEC3)
# and dynamic.test (takes updates signed with TSIG). The keys last as long as the capture.
name_server() {
	local dir=$work/named zone key
	mkdir -p "$dir"
	cat >"$dir/example.test" <<-'ZONE'
	$ORIGIN example.test.
	$TTL 3600
	@        SOA   ns1 hostmaster 2024010101 7200 3600 1209600 300
	         NS    ns1
	         NS    ns2
	         MX    10 mail
	         MX    20 mail.backup
	         A     192.0.2.80
	         AAAA  2001:db8:1::80
	         TXT   "v=spf1 mx -all"
	         TXT   "two strings" "in one record"
	         CAA   0 issue "ca.example.test"
	         CAA   128 iodef "mailto:security@example.test"
	         HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.80 ipv6hint=2001:db8:1::80
	ns1      A     192.0.2.2
	         AAAA  2001:db8:1::2
	ns2      A     198.51.100.53
	         AAAA  2001:db8:2::53
	mail     A     192.0.2.25
	         AAAA  2001:db8:1::25
	mail.backup A  198.51.100.25
	www      CNAME web.example.test.
	web      A     192.0.2.80
	         A     192.0.2.81
	         AAAA  2001:db8:1::80
	many     A     192.0.2.100
	         A     192.0.2.101
	         A     192.0.2.102
	         A     192.0.2.103
	*.wild   A     192.0.2.42
	old      DNAME new.example.test.
	host.new A     192.0.2.43
	_sip._tcp SRV  10 60 5060 web
	         SRV   20 0 5061 mail
	_443._tcp.web TLSA 3 1 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
	_25._tcp.mail TLSA 2 0 2 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
	_dns.ns1 SVCB  1 ns1 alpn=dot,doq port=853 mandatory=alpn
	alias    SVCB  0 web
	_ftp._tcp URI  10 1 "ftp://web.example.test/public"
	phone    NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.test!" .
	         NAPTR 102 10 "s" "SIP+D2T" "" _sip._tcp
	shell    SSHFP 1 1 123456789abcdef67890123456789abcdef67890
	         SSHFP 4 2 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
	place    LOC   52 22 23.000 N 4 53 32.000 E -2.00m 1m 10000m 10m
	         HINFO "PDP-11" "UNIX"
	         RP    hostmaster people
	         AFSDB 1 ns1
	         X25   "311061700956"
	         ISDN  "150862028003217" "004"
	         RT    10 web
	         KX    10 web
	         PX    10 mail example
	         GPOS  "-32.6882" "116.8652" "10.0"
	         NSAP  0x47000580005a0000000001e133ffffff00016100
	         WKS   192.0.2.9 TCP ( 25 80 )
	         EUI48 02-00-00-00-03-01
	         EUI64 02-00-00-ff-fe-00-03-01
	         NID   10 0014:4fff:ff20:ee64
	         L32   10 10.1.2.0
	         L64   10 2001:0db8:1140:1000
	         LP    10 l64.example.test.
	         APL   1:192.0.2.0/24 !1:192.0.2.64/28 2:2001:db8::/32
	         SMIMEA 3 0 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
	         CERT  PGP 0 0 dGhpcyBpcyBub3QgYSBrZXk=
	         OPENPGPKEY dGhpcyBpcyBub3QgYSBrZXk=
	         IPSECKEY 10 1 2 192.0.2.38 dGhpcyBpcyBub3QgYSBrZXk=
	         DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=
	         TYPE65280 \# 4 0a000001
	people   TXT   "people who look after the place"
	child    NS    ns.child
	         DS    60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a
	ns.child A     192.0.2.60
	ZONE
	local number
	for ((number = 0; number < 40; number++)); do
		printf 'big TXT "%03d %s"\n' $number "$(printf '%0100d' $number)"
	done >>"$dir/example.test"
	cat >"$dir/hashed.test" <<-'ZONE'
	$ORIGIN hashed.test.
	$TTL 3600
	@   SOA ns1.example.test. hostmaster 1 7200 3600 1209600 300
	    NS  ns1.example.test.
	www A   192.0.2.80
	mx  MX  10 www
	ZONE
	cat >"$dir/dynamic.test" <<-'ZONE'
	$TTL 300
	@   SOA ns1.example.test. hostmaster.example.test. 1 7200 3600 1209600 300
	    NS  ns1.example.test.
	www A   192.0.2.80
	ZONE
	cat >"$dir/2.0.192.in-addr.arpa" <<-'ZONE'
	$ORIGIN 2.0.192.in-addr.arpa.
	$TTL 300
	@   SOA ns1.example.test. hostmaster.example.test. 1 7200 3600 1209600 300
	    NS  ns1.example.test.
	80  PTR web.example.test.
	ZONE
	cat >"$dir/0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa" <<-'ZONE'
	$ORIGIN 0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.
	$TTL 300
	@   SOA ns1.example.test. hostmaster.example.test. 1 7200 3600 1209600 300
	    NS  ns1.example.test.
	0.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR web.example.test.
	ZONE
	cp "$dir/dynamic.test" "$dir/refused.test"
	(
		cd "$dir"
		for zone in example.test hashed.test; do
			dnssec-keygen -q -a ECDSAP256SHA256 -f KSK $zone >/dev/null
			dnssec-keygen -q -a ED25519 $zone >/dev/null
			# One key of each algorithm would not do: each must sign all.
			dnssec-keygen -q -a ECDSAP256SHA256 $zone >/dev/null
			dnssec-keygen -q -a ED25519 -f KSK $zone >/dev/null
			for key in K$zone.*.key; do
				dnssec-settime -P sync now "$key" >/dev/null
			done
		done
		dnssec-signzone -S -o example.test example.test
		dnssec-signzone -S -3 aabbccdd -H 5 -o hashed.test hashed.test
		tsig-keygen -a hmac-sha256 updates
	) >"$dir/updates.key" 2>"$dir/signing.log"
	# What the signer says on its standard output stands before the key.
	sed -i -n '/^key/,$p' "$dir/updates.key"
	cat >"$dir/named.conf" <<-CONF
	include "$dir/updates.key";
	options {
		directory "$dir"; pid-file none; session-keyfile none; managed-keys-directory "$dir";
		listen-on { any; }; listen-on-v6 { any; };
		recursion no; dnssec-validation no; notify no; minimal-responses no;
		allow-transfer { any; }; ixfr-from-differences yes; max-udp-size 1232;
		server-id "ns1.example.test"; hostname "ns1.example.test"; version "1";
	};
	controls { };
	logging { category default { stderr_log; }; channel stderr_log { stderr; severity info; }; };
	zone "example.test" { type primary; file "example.test.signed"; };
	zone "hashed.test" { type primary; file "hashed.test.signed"; };
	zone "2.0.192.in-addr.arpa" { type primary; file "2.0.192.in-addr.arpa"; };
	zone "0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa" {
		type primary; file "0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
	};
	zone "dynamic.test" {
		type primary; file "dynamic.test"; journal "dynamic.jnl";
		notify explicit; also-notify { $client4; }; notify-delay 0;
		allow-update { key updates; };
	};
	zone "refused.test" {
		type primary; file "refused.test"; allow-query { none; };
	};
	CONF
	in_background $server 'all zones loaded' named -g -n 1 -c "$dir/named.conf"
	listens $server 53
}

# ask ARGUMENT...: one query, without EDNS unless it is asked for.
ask() {
	c dig +time=2 +tries=1 +noedns +norecurse @$server4 "$@" >/dev/null
}

title[dns]='DNS over UDP: every common type of record, names compressed, CNAME, wildcard, both reverse trees'
make_dns() {
	wire
	name_server
	record port 53
	local type
	for type in SOA NS MX A AAAA TXT CAA HTTPS; do
		ask example.test $type
	done
	ask www.example.test A
	ask many.example.test A
	ask nobody.wild.example.test A
	ask web.example.test MX
	ask -x 192.0.2.80
	ask -x 2001:db8:1::80
	c dig +time=2 +tries=1 +noedns @$server6 web.example.test AAAA >/dev/null
	keep
	shows 'dns.flags.response == 0' 15
	shows 'dns.flags.response == 1' 15
	shows 'dns.ptr.domain_name'
}

title[dns-types]='DNS over UDP: the rarer types, from SRV and NAPTR to LOC, APL, CERT, SVCB, URI and one unknown'
make_dns-types() {
	wire
	name_server
	record port 53
	ask _sip._tcp.example.test SRV
	ask _443._tcp.web.example.test TLSA
	ask _25._tcp.mail.example.test TLSA
	ask _dns.ns1.example.test SVCB
	ask alias.example.test SVCB
	ask _ftp._tcp.example.test URI
	ask phone.example.test NAPTR
	ask shell.example.test SSHFP
	ask host.old.example.test A
	ask child.example.test DS
	ask www.child.example.test A
	local type
	for type in LOC HINFO RP AFSDB X25 ISDN RT KX PX GPOS NSAP WKS EUI48 EUI64 NID L32 L64 LP APL \
		SMIMEA CERT OPENPGPKEY IPSECKEY DHCID TYPE65280; do
		ask place.example.test $type
	done
	keep
	shows 'dns.flags.response == 1 && dns.flags.rcode == 0 && (dns.count.answers > 0 || dns.count.auth_rr > 0)' 36
}

title[dns-edns]='EDNS: cookies, client subnet, name server identifier, padding, expire, TCP keep-alive, a version and an option unknown'
make_dns-edns() {
	wire
	name_server
	record port 53
	ask +edns=0 +bufsize=1232 +cookie example.test A
	local cookie
	cookie=$(c dig +time=2 @$server4 example.test SOA | sed -n 's/^; COOKIE: \([0-9a-f]*\).*/\1/p')
	ask +edns=0 +cookie=$cookie example.test SOA
	ask +edns=0 +nocookie +subnet=203.0.113.0/24 example.test A
	ask +edns=0 +nocookie +subnet=2001:db8:3::/48 example.test AAAA
	ask +edns=0 +nocookie +nsid example.test A
	ask +edns=0 +nocookie +padding=128 example.test A
	ask +edns=0 +nocookie +expire example.test SOA
	ask +edns=0 +nocookie +tcp +keepalive example.test A
	ask +edns=0 +nocookie +ednsopt=65001:c0ffee example.test A
	ask +edns=1 +noednsnegotiation +nocookie example.test A || true
	ask +edns=0 +nocookie refused.test A
	keep
	local option
	for option in 3 8 9 10 11 12; do
		shows "dns.opt.code == $option"
	done
	shows 'dns.resp.edns0_version == 1'
}

title[dns-dnssec]='DNSSEC: DNSKEY, RRSIG, NSEC, NSEC3, NSEC3PARAM, DS, CDS, CDNSKEY; proofs that a name is not there'
make_dns-dnssec() {
	wire
	name_server
	record port 53
	local options='+edns=0 +nocookie +bufsize=1232 +dnssec' type
	for type in DNSKEY CDS CDNSKEY NSEC SOA; do
		ask $options example.test $type
	done
	ask $options child.example.test DS
	ask $options web.example.test A
	ask $options nothing.example.test A
	ask $options web.example.test MX
	ask $options any.wild.example.test A
	ask $options hashed.test NSEC3PARAM
	ask $options www.hashed.test AAAA
	ask $options nothing.hashed.test A
	keep
	for type in 43 46 47 48 50 51 59 60; do
		shows "dns.resp.type == $type"
	done
}

title[dns-errors]='NXDOMAIN, REFUSED, NOTIMP, FORMERR, an empty answer, a query of class CH'
make_dns-errors() {
	wire
	name_server
	record port 53
	ask nothing.example.test A
	ask web.example.test MX
	ask somewhere.else.test A
	ask refused.test A
	ask +opcode=6 example.test A
	ask +header-only example.test A
	ask version.bind CH TXT
	ask id.server CH TXT
	keep
	local code
	for code in 1 3 4 5; do
		shows "dns.flags.rcode == $code"
	done
	shows 'dns.qry.class == 3'
}

title[dns-truncated]='an answer too long for UDP: truncated, then asked again over TCP'
make_dns-truncated() {
	wire
	name_server
	record port 53
	ask big.example.test TXT
	ask +edns=0 +nocookie +bufsize=1232 big.example.test TXT
	keep
	shows 'dns.flags.truncated == 1 && udp' 2
	shows 'dns.flags.response == 1 && tcp' 2
}

title[dns-tcp]='DNS over TCP: several queries on one connection, over IPv4 and IPv6'
make_dns-tcp() {
	wire
	name_server
	record port 53
	local to
	for to in $server4 $server6; do
		c dig +tcp +keepopen +noedns @$to example.test SOA web.example.test A \
			nothing.example.test A big.example.test TXT >/dev/null
	done
	keep
	shows 'tcp.flags.syn == 1 && tcp.flags.ack == 0' 2
	shows 'dns.flags.response == 1' 8
}

title[dns-axfr]='zone transfer (AXFR) of a signed zone over TCP, in several messages'
make_dns-axfr() {
	wire
	name_server
	record port 53
	c dig +noedns @$server4 example.test AXFR >/dev/null
	keep
	shows 'dns.qry.type == 252'
}

title[dns-update]='dynamic update signed with TSIG, a wrong key refused, NOTIFY, incremental transfer (IXFR) to a secondary'
make_dns-update() {
	wire
	name_server
	mkdir "$work/secondary"
	cat >"$work/secondary/named.conf" <<-CONF
	options {
		directory "$work/secondary"; pid-file none; session-keyfile none;
		listen-on { any; }; listen-on-v6 { none; };
		recursion no; dnssec-validation no; notify no; request-expire no;
		managed-keys-directory "$work/secondary";
	};
	controls { };
	zone "dynamic.test" {
		type secondary; file "dynamic.test"; primaries { $server4; }; min-refresh-time 60;
	};
	CONF
	in_background $client 'zone dynamic.test/IN: Transfer started' \
		named -g -n 1 -c "$work/secondary/named.conf"
	sleep 0.5
	record port 53
	c nsupdate -k "$work/named/updates.key" <<-UPDATE
	server $server4
	zone dynamic.test
	prereq nxdomain new.dynamic.test
	update add new.dynamic.test 300 A 192.0.2.90
	update add new.dynamic.test 300 TXT "added"
	send
	prereq yxrrset www.dynamic.test A
	update delete www.dynamic.test A
	send
	UPDATE
	# The same name, another secret.
	tsig-keygen -a hmac-sha256 updates >"$work/wrong.key"
	c nsupdate -k "$work/wrong.key" >/dev/null 2>&1 <<-UPDATE || true
	server $server4
	zone dynamic.test
	update delete new.dynamic.test
	send
	UPDATE
	sleep 0.5
	c dig +noedns +notcp -k "$work/named/updates.key" @$server4 dynamic.test SOA >/dev/null
	sleep 0.5
	keep
	shows 'dns.flags.opcode == 5 && dns.flags.response == 1 && dns.flags.rcode == 0' 2
	shows 'dns.flags.opcode == 5 && dns.flags.rcode == 9' 1
	shows 'dns.flags.opcode == 4'
	shows 'dns.qry.type == 251'
}

title[dns-retransmit]='a reply is lost: the same query again; then a query, asked twice by the wire, answered twice; then one never answered'
make_dns-retransmit() {
	# The first answer is lost; the second query goes through; the third comes twice; the last is lost.
	wire --drop ba:udp:1 --duplicate ab:udp:3 --drop ab:udp:4
	name_server
	record port 53
	c dig +time=1 +tries=2 +noedns +norecurse @$server4 web.example.test A >/dev/null
	ask many.example.test A
	c dig +time=1 +tries=1 +noedns +norecurse @$server4 example.test MX >/dev/null || true
	keep
	shows 'dns.flags.response == 0' 4
	shows 'dns.flags.response == 1' 3
}
