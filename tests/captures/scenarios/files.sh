# shellcheck shell=bash
# Files: read by ../make.

# A pcapng says on what machine and kernel it was made, which is no business of its readers.
anonymous() {
	/usr/bin/python3 - "$1" <<-'PYTHON'
	import struct, sys
	def option(code, text):
	    return struct.pack("<HH", code, len(text)) + text + b"\0" * (-len(text) % 4)
	def rewrite(body, fixed, replace):
	    at, out = fixed, body[:fixed]
	    while at + 4 <= len(body):
	        code, length = struct.unpack_from("<HH", body, at)
	        value = replace.get(code, body[at + 4:at + 4 + length])
	        if code:
	            out += option(code, value)
	        at += 4 + length + -length % 4
	    return out + (b"\0\0\0\0" if len(out) > fixed else b"")
	data = open(sys.argv[1], "rb").read()
	out, at = b"", 0
	while at < len(data):
	    kind, length = struct.unpack_from("<II", data, at)
	    body = data[at + 8:at + length - 4]
	    if kind == 0x0a0d0d0a:
	        body = rewrite(body, 16, {2: b"x86-64", 3: b"Linux"})
	    elif kind == 1:
	        body = rewrite(body, 8, {12: b"Linux"})
	    size = len(body) + 12
	    out += struct.pack("<II", kind, size) + body + struct.pack("<I", size)
	    at += length
	open(sys.argv[1], "wb").write(out)
	PYTHON
}

# dump FILE OPTION...: dumpcap in the middle
dump() {
	local file=$1
	shift
	in_background $middle 'Capturing on' dumpcap -q -w "$file" "$@"
	recorder=$started
	sleep 0.5
}

title[pcapng]='pcapng: both wires of a router, with interface names, a comment on the file and on two frames'
make_pcapng() {
	routed
	dump "$work/raw.pcapng" -i left -i right --capture-comment 'Both sides of a router'
	c ping -qc 2 -i 0.2 -W 1 $server4 >/dev/null
	c ping -6 -qc 1 -W 1 $server6 >/dev/null
	stop
	# The recorder writes what each interface has gathered, not what came first.
	reordercap "$work/raw.pcapng" "$work/ordered.pcapng" >/dev/null
	editcap -a '1:The first request, as the client sent it' -a '2:The same with its TTL one less' \
		"$work/ordered.pcapng" "$work/$capture.pcapng"
	anonymous "$work/$capture.pcapng"
	keep "$work/$capture.pcapng"
	shows 'frame.interface_name == "left"' 6
	shows 'frame.interface_name == "right"' 6
	shows 'frame.comment' 2
}

title[pcapng-statistics]='pcapng as dumpcap leaves it: filters on the interfaces, interface statistics at the end'
make_pcapng-statistics() {
	routed
	dump "$work/$capture.pcapng" -i left -f 'icmp' -i right -f 'ip or ip6'
	c ping -qc 2 -i 0.2 -W 1 $server4 >/dev/null
	c ping -6 -qc 1 -W 1 $server6 >/dev/null
	stop
	anonymous "$work/$capture.pcapng"
	keep "$work/$capture.pcapng"
	shows 'frame.interface_name == "left"' 4
	shows 'frame.interface_name == "right"' 6
}

title[nanoseconds]='pcap with timestamps in nanoseconds'
make_nanoseconds() {
	wire
	record --time-stamp-precision=nano
	c ping -qc 3 -i 0.2 -W 1 $server4 >/dev/null
	keep
	shows 'icmp' 6
	[[ $(od -An -tx4 -N4 "$kept") = *a1b23c4d ]] || die 'not in nanoseconds'
}

title[snapped]='frames cut at 60 bytes when they were recorded'
make_snapped() {
	wire
	record -s 60
	c ping -qc 2 -i 0.2 -W 1 $server4 >/dev/null
	c ping -6 -qc 1 -W 1 $server6 >/dev/null
	keep
	shows 'frame.cap_len < frame.len' 6
}

pings() {
	wire
	record
	c ping -qc 3 -i 0.2 -W 1 $server4 >/dev/null
	stop
}

title[gzip]='a pcap compressed with gzip'
make_gzip() {
	pings
	gzip -9n "$recorded"
	keep "$recorded.gz"
	shows 'icmp' 6
}

title[zstd]='a pcap compressed with zstd'
make_zstd() {
	pings
	zstd -q -19 --rm "$recorded" -o "$recorded.zst"
	keep "$recorded.zst"
	[[ $(zstd -dc "$kept" | tcpdump -nr - 2>/dev/null | wc -l) = 6 ]] || die 'not six frames'
}

title[cut]='a pcap that ends within its last frame'
make_cut() {
	pings
	truncate -s -20 "$recorded"
	keep
	tshark -r "$kept" >/dev/null 2>&1 && die 'it does not look cut'
	shows 'icmp' 5
}

title[cut-header]='a pcap that ends within the header of its last frame'
make_cut-header() {
	pings
	truncate -s -$((98 + 6)) "$recorded"
	keep
	shows 'icmp' 5
}

title[cut-gzip]='a pcap compressed with gzip, whose end is missing'
make_cut-gzip() {
	pings
	gzip -9n "$recorded"
	truncate -s -40 "$recorded.gz"
	keep "$recorded.gz"
}

title[cut-pcapng]='a pcapng that ends within its last block'
make_cut-pcapng() {
	routed
	dump "$work/$capture.pcapng" -i left
	c ping -qc 2 -i 0.2 -W 1 $server4 >/dev/null
	stop
	anonymous "$work/$capture.pcapng"
	# The statistics of the one interface are the last block: past them into the last frame.
	truncate -s -120 "$work/$capture.pcapng"
	keep "$work/$capture.pcapng"
	shows 'icmp'
}
