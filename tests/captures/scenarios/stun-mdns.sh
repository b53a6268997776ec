# shellcheck shell=bash
# STUN, mDNS: read by ../make.

stun_server() {
	in_background $server 'UDP listener opened\|IPv4. UDP' turnserver -n -v --no-cli --log-file=stdout \
		--listening-ip=$server4 --listening-ip=$server6 --relay-ip=$server4 \
		--relay-ip=$server6 --realm=example.test --lt-cred-mech --user=user:word \
		--no-tls --no-dtls --allow-loopback-peers --min-port=50000 --max-port=50100 \
		--db="$work/turn.db" --pidfile="$work/turn.pid"
	listens $server 3478
	sleep 0.3
}

turn_peer() {
	ip netns exec $server turnutils_peer -L $server4 -p 3480 >/dev/null 2>&1 </dev/null &
	listens $server 3480
}

title[stun]='STUN: binding requests over IPv4 and IPv6, one answer is lost'
make_stun() {
	wire --drop ba:udp:1
	stun_server
	# With what follows in fragments, which have no ports.
	record ip or ip6
	c timeout 3 turnutils_stunclient $server4 >/dev/null || true
	c timeout 3 turnutils_stunclient $server4 >/dev/null || true
	c timeout 3 turnutils_stunclient $server6 >/dev/null || true
	keep
	shows 'stun.type == 0x0001'
	shows 'stun.type == 0x0101'
}

title[turn]='TURN over UDP: allocation with credentials, permissions, channels, relayed data'
make_turn() {
	wire
	stun_server
	turn_peer
	record 'port 3478'
	c timeout 20 turnutils_uclient -u user -w word -m 1 -n 3 -l 100 -e $server4 -r 3480 \
		-L $client4 $server4 >/dev/null || true
	keep
	shows 'stun.type == 0x0003'
	shows 'stun.type == 0x0113'
	shows 'stun.type == 0x0103'
}

title[turn-tcp]='TURN over TCP: allocation with credentials, send and data indications'
make_turn-tcp() {
	wire
	stun_server
	turn_peer
	record 'port 3478'
	c timeout 20 turnutils_uclient -t -s -u user -w word -m 1 -n 3 -l 100 -e $server4 -r 3480 \
		-L $client4 $server4 >/dev/null || true
	keep
	shows 'tcp && stun.type == 0x0003'
	shows 'tcp && stun.type == 0x0016'
}

title[ice]='ICE, as WebRTC uses STUN: both sides check each other'"'"'s addresses over IPv4 and IPv6, one pair is nominated'
make_ice() {
	wire
	record 'udp'
	ip netns exec $server /usr/bin/python3 "$here/ice.py" "$work" answer offer >/dev/null 2>&1 </dev/null &
	c timeout 20 /usr/bin/python3 "$here/ice.py" "$work" offer answer controlling >/dev/null || true
	keep
	shows 'stun.att.type == 0x0025'
	shows 'stun.type == 0x0101'
}

# responder NAMESPACE NAME: avahi with a bus and folders of its own.
responder() {
	local ns=$1 name=$2 dir=$work/$2
	mkdir -p "$dir/services" "$dir/run"
	chmod a+rx "$work"
	cat >"$dir/bus.conf" <<-CONF
	<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
	 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
	<busconfig>
	<type>system</type><listen>unix:path=$dir/bus</listen><auth>EXTERNAL</auth>
	<policy context="default"><allow own="*"/><allow send_destination="*"/>
	<allow receive_sender="*"/><allow user="*"/></policy>
	</busconfig>
	CONF
	cat >"$dir/avahi.conf" <<-CONF
	[server]
	host-name=$name
	use-ipv4=yes
	use-ipv6=yes
	allow-interfaces=eth0
	enable-dbus=yes
	[publish]
	publish-hinfo=no
	publish-workstation=no
	publish-addresses=yes
	[rlimits]
	CONF
	if [[ $name = printer ]]; then
		cat >"$dir/services/print.service" <<-CONF
		<?xml version="1.0"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
		<service-group><name replace-wildcards="yes">Paper on %h</name>
		<service><type>_ipp._tcp</type><subtype>_universal._sub._ipp._tcp</subtype>
		<port>631</port><txt-record>txtvers=1</txt-record><txt-record>rp=ipp/print</txt-record>
		<txt-record>Color=T</txt-record></service>
		<service><type>_http._tcp</type><port>80</port></service></service-group>
		CONF
	fi
	ip netns exec $ns dbus-daemon --config-file="$dir/bus.conf" --nofork --nopidfile \
		>"$dir/bus.log" 2>&1 &
	for ((tries = 0; tries < 60; tries++)); do
		[[ ! -S $dir/bus ]] || break
		sleep 0.05
	done
	# ip netns exec gives a mount namespace too: these stay in it.
	DBUS_SYSTEM_BUS_ADDRESS=unix:path=$dir/bus ip netns exec $ns bash -c "
		mount --bind '$dir/services' /etc/avahi/services
		mkdir -p /run/avahi-daemon && mount --bind '$dir/run' /run/avahi-daemon
		exec avahi-daemon -f '$dir/avahi.conf' --no-drop-root --no-chroot --no-rlimits" \
		>"$dir/avahi.log" 2>&1 </dev/null &
}

title[mdns]='multicast DNS: probes, announcements, a browse and its answers (PTR, SRV, TXT, A, AAAA, NSEC), a one-shot query, goodbye'
make_mdns() {
	wire
	responder $client desk
	sleep 2.5
	record udp port 5353
	responder $server printer
	sleep 2.5
	export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$work/desk/bus
	c timeout 3 avahi-browse -rt _ipp._tcp >/dev/null || true
	c timeout 3 avahi-resolve -4n printer.local >/dev/null || true
	c timeout 3 avahi-resolve -a $server4 >/dev/null || true
	unset DBUS_SYSTEM_BUS_ADDRESS
	c dig +time=1 +tries=1 +noedns -p 5353 @224.0.0.251 printer.local A >/dev/null || true
	# Told to stop, the printer says goodbye.
	DBUS_SYSTEM_BUS_ADDRESS=unix:path=$work/printer/bus s dbus-send --system --type=method_call \
		--dest=org.freedesktop.Avahi / org.freedesktop.Avahi.Server.SetHostName string:plotter \
		2>/dev/null || true
	sleep 1.5
	keep
	shows 'mdns && dns.flags.response == 0 && dns.qry.type == 255'
	shows 'mdns && dns.flags.response == 1 && dns.resp.type == 33'
	shows 'mdns && dns.resp.ttl == 0'
}
#INSERT
