# shellcheck shell=bash
# NetBIOS over TCP and UDP: read by ../make.

# samba_host NAMESPACE NAME SETTING...: the folders and the configuration of a host, as $work/NAME/smb.conf.
samba_host() {
	local ns=$1 name=$2 dir=$work/$2 setting
	shift 2
	mkdir -p "$dir"/{run,lock,state,cache,private,log,ncalrpc}
	cat >"$dir/smb.conf" <<-CONF
	[global]
	netbios name = $name
	workgroup = EXAMPLE
	server string = Host of the sample captures
	server role = standalone server
	interfaces = eth0
	bind interfaces only = yes
	map to guest = bad user
	load printers = no
	pid directory = $dir/run
	lock directory = $dir/lock
	state directory = $dir/state
	cache directory = $dir/cache
	private dir = $dir/private
	ncalrpc dir = $dir/ncalrpc
	nmbd bind explicit broadcast = yes
	$(printf '%s\n' "$@")
	CONF
}

# name_server NAMESPACE NAME: nmbd of that host.
name_server() {
	ip netns exec "$1" nmbd --foreground --no-process-group --configfile="$work/$2/smb.conf" \
		--log-basename="$work/$2/log" >/dev/null 2>&1 </dev/null &
	started=$!
	listens "$1" 137
}

lookup() {
	c timeout 10 nmblookup --configfile="$work/FIRST/smb.conf" "$@" >/dev/null || true
}

title[netbios-names]='NetBIOS names: a WINS server registers, finds, misses and releases them; node status'
make_netbios-names() {
	wire
	samba_host $server SECOND 'wins support = yes' 'local master = no'
	samba_host $client FIRST "wins server = $server4" 'local master = no'
	record 'udp port 137'
	name_server $server SECOND
	sleep 1
	name_server $client FIRST
	local host=$started
	sleep 4
	lookup --broadcast=192.0.2.255 SECOND
	lookup --unicast=$server4 --recursion FIRST
	lookup --unicast=$server4 --recursion MISSING
	lookup --lookup-by-ip $server4
	kill -TERM $host
	sleep 2
	keep
	shows 'nbns.flags.opcode == 5 && nbns.flags.response == 0'
	shows 'nbns.flags.opcode == 5 && nbns.flags.response == 1'
	shows 'nbns.flags.opcode == 6'
	shows 'nbns.type == 33 && nbns.flags.response == 1'
	shows 'nbns.flags.rcode == 3'
}

title[netbios-browser]='Windows browsing: two hosts elect a local master, announcements'
make_netbios-browser() {
	wire
	samba_host $server SECOND 'preferred master = yes' 'os level = 65'
	samba_host $client FIRST 'preferred master = yes' 'os level = 20'
	record 'udp port 138'
	name_server $server SECOND
	name_server $client FIRST
	sleep 45
	keep
	shows 'browser.command == 8'
	shows 'browser.command == 1'
	shows 'browser.command == 15'
}

# session CALLED: asks for a session with a name, keeps it alive and ends it.
session() {
	c timeout 5 python3 - "$server4" "$1" <<-'PYTHON'
	import socket, struct, sys, time
	def name(text, suffix):
	    octets = text.encode().ljust(15) + bytes([suffix])
	    return b"\x20" + bytes(65 + half for octet in octets for half in (octet >> 4, octet & 15)) + b"\0"
	names = name(sys.argv[2], 0x20) + name("FIRST", 0)
	with socket.create_connection((sys.argv[1], 139)) as connection:
	    connection.send(struct.pack(">BBH", 0x81, 0, len(names)) + names)
	    connection.recv(64)
	    connection.send(b"\x85\0\0\0")
	    time.sleep(0.1)
	PYTHON
}

title[netbios-session]='NetBIOS sessions: requests, responses, a keep-alive'
make_netbios-session() {
	wire
	samba_host $server SECOND 'smb ports = 139'
	ip netns exec $server smbd --foreground --no-process-group --configfile="$work/SECOND/smb.conf" \
		--log-basename="$work/SECOND/log" >/dev/null 2>&1 </dev/null &
	listens $server 139
	record 'tcp port 139'
	session SECOND
	keep
	shows 'nbss.type == 0x81'
	shows 'nbss.type == 0x82'
	shows 'nbss.type == 0x85'
}
