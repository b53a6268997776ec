# shellcheck shell=bash
# TCP: read by ../make.

# dialogue: runs the script on its standard input, which has both ends in hand (dialogue.py).
dialogue() {
	{
		echo 'from dialogue import *'
		cat
	} | PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here server4=$server4 server6=$server6 \
		/usr/bin/python3 -
}

# Ten milliseconds each way, as between towns: without, an acknowledgement could not be late.
slow=(--delay ab:frame:all=10 --delay ba:frame:all=10)

title[tcp-close]='TCP: handshake, a question, an answer, orderly close; then a half-closed connection that still answers'
make_tcp-close() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect()
	one.sendall(b"who are you?\n")
	read(other, 13)
	other.sendall(b"the server\n")
	read(one, 11)
	close_orderly(one, other)
	one, other = connect()
	one.sendall(b"and now?\n")
	one.shutdown(SHUT_WR)
	while other.recv(100):
	    pass
	time.sleep(0.2)
	other.sendall(b"still here\n")
	other.close()
	while one.recv(100):
	    pass
	PYTHON
	keep
	shows 'tcp.flags.fin == 1' 4
	shows 'tcp.flags.reset == 1' 0
}

title[tcp-close-both]='TCP: both ends close at once, the FINs cross'
make_tcp-close-both() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect()
	time.sleep(0.1)
	one.shutdown(SHUT_WR)
	other.shutdown(SHUT_WR)
	time.sleep(0.1)
	PYTHON
	keep
	shows 'tcp.flags.fin == 1' 2
	shows 'tcp.flags.fin == 1 && tcp.ack == 1' 2
}

title[tcp-reset]='TCP: a connection refused, one aborted by the server, one by the client with data unread'
make_tcp-reset() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	try:
	    dial(9999)
	except ConnectionRefusedError:
	    pass
	one, other = connect()
	one.sendall(b"hello\n")
	read(other, 6)
	abort(other)
	time.sleep(0.1)
	one.close()
	one, other = connect(9001)
	other.sendall(b"you will not read this\n")
	time.sleep(0.1)
	one.close()
	time.sleep(0.1)
	PYTHON
	keep
	shows 'tcp.flags.reset == 1' 3
}

# transfer LENGTH: the server sends so much text to the client, then both close.
transfer() {
	dialogue <<-PYTHON
	one, other = connect()
	data = lines($1)
	other.sendall(data)
	other.shutdown(SHUT_WR)
	assert read(one, len(data)) == data
	close_orderly(other, one)
	PYTHON
}

title[tcp-fast-retransmit]='TCP: one segment is lost; selective acknowledgements, three duplicates, fast retransmission'
make_tcp-fast-retransmit() {
	wire "${slow[@]}" --drop ba:data:4
	record tcp
	transfer 24000
	keep
	shows 'tcp.analysis.lost_segment'
	shows 'tcp.analysis.duplicate_ack'
	shows 'tcp.analysis.fast_retransmission || tcp.analysis.out_of_order || tcp.analysis.retransmission'
	shows 'tcp.options.sack_le'
}

title[tcp-fast-retransmit-sender]='the same as tcp-fast-retransmit, seen where it was sent'
make_tcp-fast-retransmit-sender() {
	wire "${slow[@]}" --drop ba:data:4
	record --in $server tcp
	transfer 24000
	keep
	shows 'tcp.analysis.duplicate_ack'
	shows 'tcp.analysis.fast_retransmission'
}

title[tcp-rto]='TCP: a segment is lost three times; the sender waits twice as long each time'
make_tcp-rto() {
	wire "${slow[@]}" --drop ab:data:2,3,4
	c sysctl -qw net.ipv4.tcp_early_retrans=0
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect()
	for text in b"first\n", b"second\n", b"third\n":
	    one.sendall(text)
	    read(other, len(text))
	close_orderly(one, other)
	PYTHON
	keep
	shows 'tcp.analysis.retransmission' 3
	shows 'tcp.analysis.rto'
}

title[tcp-syn-loss]='TCP: the SYN is lost, then the SYN-ACK'
make_tcp-syn-loss() {
	wire "${slow[@]}" --drop ab:syn:1 --drop ba:syn:1
	record tcp
	dialogue <<-'PYTHON'
	close_orderly(*connect())
	PYTHON
	keep
	shows 'tcp.flags.syn == 1 && tcp.flags.ack == 0' 3
	shows 'tcp.analysis.retransmission'
}

title[tcp-spurious]='TCP: data that came is sent again, as its acknowledgement was lost; the receiver says so (D-SACK)'
make_tcp-spurious() {
	wire "${slow[@]}" --drop ab:ack:2,3
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect()
	other.sendall(b"did you get this?\n")
	read(one, 18)
	time.sleep(0.8)
	other.sendall(b"good\n")
	read(one, 5)
	close_orderly(one, other)
	PYTHON
	keep
	shows 'tcp.analysis.spurious_retransmission'
	shows 'tcp.options.sack.dsack'
}

title[tcp-reordering]='TCP: one segment is overtaken by two, another by one'
make_tcp-reordering() {
	wire --hold ba:data:3=5 --hold ba:data:9=10 --delay ab:frame:all=10
	record tcp
	transfer 24000
	keep
	shows 'tcp.analysis.out_of_order'
}

title[tcp-duplicate]='TCP: frames that the wire delivers twice: SYN-ACK, data, FIN'
make_tcp-duplicate() {
	wire "${slow[@]}" --duplicate ba:syn:1 --duplicate ba:data:2 --duplicate ba:fin:1
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect()
	for text in b"first\n", b"second\n", b"third\n":
	    other.sendall(text)
	    read(one, len(text))
	    time.sleep(0.05)
	close_orderly(one, other)
	time.sleep(0.1)
	PYTHON
	keep
	shows 'tcp.analysis.retransmission' 3
}

title[tcp-repacketized]='TCP: small segments are lost and sent again as one larger segment that overlaps what came'
make_tcp-repacketized() {
	wire "${slow[@]}" --drop ba:data:2,3
	s sysctl -qw net.ipv4.tcp_early_retrans=0 net.ipv4.tcp_sack=0
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect()
	for text in b"one ", b"two ", b"three ", b"four ":
	    other.sendall(text)
	    time.sleep(0.02)
	assert read(one, 19) == b"one two three four "
	close_orderly(one, other)
	PYTHON
	keep
	shows 'tcp.len == 15'
	shows 'tcp.len == 5'
}

title[tcp-zero-window]='TCP: the receiver does not read: window full, zero window, probes, window update'
make_tcp-zero-window() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect(server=[(SOL_SOCKET, SO_RCVBUF, 4096)])
	data = lines(12000)
	one.sendall(data)
	time.sleep(2)
	assert read(other, len(data)) == data
	close_orderly(one, other)
	PYTHON
	keep
	shows 'tcp.analysis.zero_window'
	# Linux probes with an old number and no data, which tshark takes for a keep-alive.
	shows 'tcp.analysis.keep_alive'
	shows 'tcp.analysis.window_full'
	shows 'tcp.analysis.window_update'
}

title[tcp-keep-alive]='TCP: keep-alives on an idle connection, answered; then the answers are lost and the client gives up'
make_tcp-keep-alive() {
	wire "${slow[@]}" --drop ba:ack:5,6,7,8,9
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect(client=[(SOL_SOCKET, SO_KEEPALIVE, 1), (IPPROTO_TCP, TCP_KEEPIDLE, 1),
	                             (IPPROTO_TCP, TCP_KEEPINTVL, 1), (IPPROTO_TCP, TCP_KEEPCNT, 2)])
	one.sendall(b"hello\n")
	read(other, 6)
	other.sendall(b"hello\n")
	read(one, 6)
	try:
	    one.recv(1)
	except TimeoutError:
	    pass
	PYTHON
	keep
	shows 'tcp.analysis.keep_alive'
	shows 'tcp.analysis.keep_alive_ack'
	shows 'tcp.flags.reset == 1'
}

title[tcp-port-reuse]='TCP: a second connection with the same four numbers'
make_tcp-port-reuse() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	listening = listener()
	for text in b"first\n", b"second\n":
	    one = dial(source=40000)
	    other, _ = listening.accept()
	    one.sendall(text)
	    read(other, len(text))
	    # The server's end waits out its time: the client's must be free for the same again.
	    other.shutdown(SHUT_WR)
	    one.recv(1)
	    abort(one)
	    time.sleep(0.2)
	PYTHON
	keep
	shows 'tcp.analysis.reused_ports'
}

title[tcp-ipv6]='TCP over IPv6: handshake, data both ways, orderly close'
make_tcp-ipv6() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect(family=AF_INET6)
	one.sendall(lines(3000))
	read(other, 3000)
	other.sendall(lines(3000))
	read(one, 3000)
	close_orderly(one, other)
	PYTHON
	keep
	shows 'ipv6 && tcp.flags.fin == 1' 2
}

title[tcp-urgent]='TCP: urgent data'
make_tcp-urgent() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	one, other = connect()
	one.sendall(b"wait ")
	one.send(b"stop!", MSG_OOB)
	time.sleep(0.1)
	close_orderly(one, other)
	PYTHON
	keep
	shows 'tcp.flags.urg == 1'
}

title[tcp-options]='TCP: connections with explicit congestion notification, without timestamps, without scaling and SACK, with a small MSS'
make_tcp-options() {
	wire "${slow[@]}"
	record tcp
	local ns
	for ns in $client $server; do
		ip netns exec $ns sysctl -qw net.ipv4.tcp_ecn=1
	done
	echo 'close_orderly(*connect(9001))' | dialogue
	c sysctl -qw net.ipv4.tcp_timestamps=0
	echo 'close_orderly(*connect(9002))' | dialogue
	c sysctl -qw net.ipv4.tcp_window_scaling=0 net.ipv4.tcp_sack=0
	echo 'close_orderly(*connect(9003))' | dialogue
	echo 'close_orderly(*connect(9004, client=[(IPPROTO_TCP, TCP_MAXSEG, 536)]))' | dialogue
	keep
	shows 'tcp.flags.syn == 1 && tcp.flags.ack == 0 && tcp.flags.ece == 1 && tcp.flags.cwr == 1'
	shows 'tcp.options.mss_val == 536'
	shows 'tcp.flags.syn == 1 && !tcp.options.timestamp.tsval'
}

title[tcp-fast-open]='TCP Fast Open: a cookie is asked for, then data in the SYN'
make_tcp-fast-open() {
	wire "${slow[@]}"
	c sysctl -qw net.ipv4.tcp_fastopen=1
	s sysctl -qw net.ipv4.tcp_fastopen=2
	record tcp
	dialogue <<-'PYTHON'
	listening = listener(options=[(IPPROTO_TCP, TCP_FASTOPEN, 5)])
	for text in b"first\n", b"second\n":
	    one = make("client")
	    # Else it would not wait for the handshake that has no cookie yet.
	    one.settimeout(None)
	    one.sendto(text, MSG_FASTOPEN, (SERVER4, 9000))
	    other, _ = listening.accept()
	    read(other, len(text))
	    close_orderly(one, other)
	PYTHON
	keep
	shows 'tcp.options.tfo.request'
	shows 'tcp.flags.syn == 1 && tcp.flags.ack == 0 && tcp.len > 0'
}

title[tcp-multipath]='Multipath TCP on one path: MP_CAPABLE, DSS, DATA_FIN'
make_tcp-multipath() {
	wire "${slow[@]}"
	record tcp
	dialogue <<-'PYTHON'
	MPTCP = 262
	listening = listener(protocol=MPTCP)
	one = dial(protocol=MPTCP)
	other, _ = listening.accept()
	one.sendall(b"hello\n")
	read(other, 6)
	other.sendall(b"hello\n")
	read(one, 6)
	close_orderly(one, other)
	time.sleep(0.2)
	PYTHON
	keep
	shows 'tcp.options.mptcp.subtype'
}

title[tcp-midstream]='TCP: a connection whose beginning was not recorded'
make_tcp-midstream() {
	wire "${slow[@]}"
	mkfifo "$work/go"
	dialogue <<-PYTHON &
	one, other = connect()
	one.sendall(lines(500))
	read(other, 500)
	open("$work/go").read()
	for text in b"here\n", b"we\n", b"are\n":
	    one.sendall(text)
	    read(other, len(text))
	    other.sendall(text.upper())
	    read(one, len(text))
	close_orderly(one, other)
	PYTHON
	local pid=$!
	sleep 0.5
	record tcp
	echo >"$work/go"
	wait $pid
	keep
	shows 'tcp.flags.syn == 1' 0
	shows 'tcp.flags.fin == 1' 2
}

title[tcp-half]='TCP: a connection recorded in one direction only, as where answers take another way'
make_tcp-half() {
	wire "${slow[@]}" --drop ba:data:4
	record "src host $server4 and tcp"
	transfer 24000
	keep
	shows 'tcp.srcport != 9000' 0
	shows 'tcp.analysis.retransmission || tcp.analysis.fast_retransmission || tcp.analysis.out_of_order'
	shows 'tcp.completeness != 31'
}

title[tcp-wrap]='TCP: sequence numbers that wrap around 2^32, in the middle of a transfer with a loss'
make_tcp-wrap() {
	wire "${slow[@]}" --drop ab:data:5
	record tcp
	dialogue <<-'PYTHON'
	TCP_REPAIR, TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, SEND_QUEUE = 19, 20, 21, 2
	listening = listener()
	one = make("client")
	# tcp(7) leaves them out: in repair mode a socket takes the sequence number that it is told.
	one.setsockopt(IPPROTO_TCP, TCP_REPAIR, 1)
	one.setsockopt(IPPROTO_TCP, TCP_REPAIR_QUEUE, SEND_QUEUE)
	one.setsockopt(IPPROTO_TCP, TCP_QUEUE_SEQ, struct.pack("I", 2**32 - 6000))
	one.setsockopt(IPPROTO_TCP, TCP_REPAIR, 0)
	one.connect((SERVER4, 9000))
	other, _ = listening.accept()
	data = lines(12000)
	one.sendall(data)
	assert read(other, len(data)) == data
	close_orderly(one, other)
	PYTHON
	keep
	shows 'tcp.seq_raw < 100000 && tcp.srcport != 9000'
	shows 'tcp.seq_raw > 4294900000'
	shows 'tcp.analysis.duplicate_ack'
}

title[tcp-loss]='TCP: a longer transfer with three percent of all frames lost'
make_tcp-loss() {
	wire "${slow[@]}" --loss 3 --seed 20
	record tcp
	transfer 50000
	keep
	shows 'tcp.analysis.retransmission || tcp.analysis.fast_retransmission || tcp.analysis.out_of_order'
}
