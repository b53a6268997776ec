# shellcheck shell=bash
# HTTP, TLS, QUIC: read by ../make.

# test_authority: a certificate authority with a server's and a client's certificate, for this
# capture alone. ec- and rsa-, as the older key exchange of TLS 1.2 wants RSA.
test_authority() {
	local kind
	pki=$work/pki
	mkdir "$pki"
	cat >"$pki/server.ext" <<-CONF
	basicConstraints = critical, CA:FALSE
	keyUsage = critical, digitalSignature, keyEncipherment
	extendedKeyUsage = serverAuth
	subjectAltName = DNS:www.example.test, DNS:example.test, IP:192.0.2.2, IP:2001:db8:1::2
	CONF
	cat >"$pki/client.ext" <<-CONF
	basicConstraints = critical, CA:FALSE
	keyUsage = critical, digitalSignature
	extendedKeyUsage = clientAuth
	subjectAltName = email:client@example.test
	CONF
	(
		cd "$pki"
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
			-subj '/O=Example/CN=Test authority' -keyout ca.key -out ca.pem
		for kind in ec rsa; do
			local -a new=(-newkey ec -pkeyopt ec_paramgen_curve:P-256)
			[[ $kind = ec ]] || new=(-newkey rsa:2048)
			openssl req "${new[@]}" -nodes -subj '/O=Example/CN=www.example.test' \
				-keyout $kind-server.key -out server.csr
			openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial \
				-days 3650 -extfile server.ext -out $kind-server.pem
		done
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
			-subj '/O=Example/CN=A client' -keyout client.key -out client.csr
		openssl x509 -req -in client.csr -CA ca.pem -CAkey ca.key -CAcreateserial \
			-days 3650 -extfile client.ext -out client.pem
	) >"$work/pki.log" 2>&1
}

# keep_keys FILE: its secrets go beside the capture and are what tshark decrypts with. Only those of
# TLS: what else a key log may say, such as comments, stays out.
keep_keys() {
	grep -E '^(CLIENT|SERVER|EXPORTER|EARLY)_' "$1" >"$work/$capture.keys" || die 'no secrets'
	install -D -m 644 "$work/$capture.keys" "$work/kept/$capture.keys"
	keys=$work/kept/$capture.keys
}

# web_server [LINE...]: nginx in the server, on port 80, with these lines added to its http block.
web_server() {
	mkdir -p "$work/www/files" "$work/nginx"
	{
		echo '<!DOCTYPE html><title>Example</title><p>It works.'
	} >"$work/www/index.html"
	/usr/bin/python3 -c 'print("\n".join(f"{n:05d} a line of text" for n in range(1000)))' \
		>"$work/www/long.txt"
	printf '{"name": "example", "values": [1, 2, 3]}\n' >"$work/www/data.json"
	chmod -R a+rX "$work"
	chmod a+x "$work"
	cat >"$work/nginx.conf" <<-CONF
	daemon off; master_process off; pid $work/nginx.pid; error_log stderr notice; user root;
	events { }
	http {
		access_log off; server_tokens off; etag on; sendfile off;
		client_body_temp_path $work/nginx/1; proxy_temp_path $work/nginx/2;
		fastcgi_temp_path $work/nginx/3; uwsgi_temp_path $work/nginx/4;
		scgi_temp_path $work/nginx/5;
		types { text/html html; text/plain txt; application/json json; }
		server {
			listen 80; listen [::]:80; server_name www.example.test; root $work/www;
			location / { }
			location /old { return 301 /index.html; }
			location /post { return 200 "thank you\n"; }
			location /secret { auth_basic "Example"; auth_basic_user_file /dev/null; }
			location /zipped/ { alias $work/www/; gzip on; gzip_types *; gzip_min_length 0; }
			location /cookie { add_header Set-Cookie "id=42; Path=/; HttpOnly"; return 204; }
		}
		$*
	}
	CONF
	in_background $server epoll nginx -c "$work/nginx.conf"
	listens $server 80
}

get() {
	c curl -sS --max-time 10 -A curl --noproxy '*' --resolve www.example.test:80:$server4 \
		--resolve www.example.test:443:$server4 "$@" >/dev/null
}

title[http]='HTTP/1.1: GET, HEAD, POST, 404, 301, 304, 401, ranges, cookies, several requests on one connection'
make_http() {
	wire
	web_server
	record tcp
	local site=http://www.example.test
	get $site/ $site/data.json $site/nothing
	get -I $site/long.txt
	get -d 'name=value&other=two+words' $site/post
	get -H 'Content-Type: application/json' -d '{"a": 1}' $site/post
	get -r 100-199 $site/long.txt
	get -L $site/old
	get -z "$work/www/index.html" $site/index.html
	get -u user:word $site/secret
	get -c "$work/jar" $site/cookie
	get -X DELETE $site/index.html
	get --http1.0 $site/
	keep
	local code
	for code in 200 204 206 301 304 401 404 405; do
		shows "http.response.code == $code"
	done
	shows 'http.request.method == "POST"' 2
}

title[http-chunked]='HTTP/1.1: chunked and compressed answers, a chunked request, Expect: 100-continue, a form with a file'
make_http-chunked() {
	wire
	web_server
	record tcp
	local site=http://www.example.test
	get --compressed $site/zipped/index.html
	get --compressed $site/zipped/long.txt
	get -H 'Transfer-Encoding: chunked' -d @"$work/www/data.json" $site/post
	get -H 'Expect: 100-continue' -d @"$work/www/data.json" $site/post
	get -F 'title=Example' -F "file=@$work/www/data.json" $site/post
	keep
	shows 'http.transfer_encoding == "chunked"'
	shows 'http.content_encoding == "gzip"'
	shows 'mime_multipart'
}

title[http-pipelined]='HTTP/1.1: three requests in one segment, over IPv6'
make_http-pipelined() {
	wire
	web_server
	record tcp
	dialogue <<-'PYTHON'
	one = dial(80, AF_INET6)
	one.sendall(b"".join(b"GET %s HTTP/1.1\r\nHost: www.example.test\r\n%s\r\n" % request for request in (
	    (b"/", b""), (b"/data.json", b""), (b"/nothing", b"Connection: close\r\n"))))
	while one.recv(65536):
	    pass
	one.close()
	time.sleep(0.1)
	PYTHON
	keep
	shows 'http.request'
	shows 'http.response.code == 404'
}

title[http-long]='HTTP/1.1: an answer of many segments, one of them lost'
make_http-long() {
	wire "${slow[@]}" --drop ba:data:6
	web_server
	record tcp
	get http://www.example.test/long.txt
	keep
	shows 'http.response.code == 200' 1
	shows 'tcp.analysis.fast_retransmission || tcp.analysis.retransmission || tcp.analysis.out_of_order'
}

title[http2]='HTTP/2 without TLS, by prior knowledge: requests at once, padding, trailers, priorities'
make_http2() {
	wire
	web_server "server { listen 8080 http2; root $work/www;
		location /post { client_max_body_size 1m; return 200 'thank you'; } }"
	record tcp
	local site=http://$server4:8080
	c nghttp -n $site/ $site/data.json $site/nothing >/dev/null
	c nghttp -n --padding=16 $site/index.html >/dev/null
	c nghttp -n -d "$work/www/data.json" --trailer='checked: yes' $site/post >/dev/null
	c nghttp -n $site/long.txt >/dev/null
	keep
	local kind
	for kind in 0 1 2 4 7 8; do
		shows "http2.type == $kind"
	done
}

title[http2-continuation]='HTTP/2: a request whose header goes on in a CONTINUATION frame (tshark 4.0 loses its thread here)'
make_http2-continuation() {
	wire
	web_server "server { listen 8080 http2; root $work/www; large_client_header_buffers 4 64k; }"
	record tcp
	c nghttp -n --continuation http://$server4:8080/data.json >/dev/null
	keep
	shows 'http2.type == 1'
	# Its type, its flag END_HEADERS, stream 13.
	LC_ALL=C grep -Pqa '\x09\x04\x00\x00\x00\x0d' "$kept" || die 'no CONTINUATION'
}

# tls_server PORT OPTION...: openssl's, with the certificate of kind $kind (ec unless set).
tls_server() {
	local port=$1
	shift
	in_background $server ACCEPT openssl s_server -accept $port -www -no_dhe \
		-cert "$pki/${kind:-ec}-server.pem" -key "$pki/${kind:-ec}-server.key" \
		-CAfile "$pki/ca.pem" "$@"
	listens $server $port
}

# tls_client PORT OPTION...: asks for a page and closes.
tls_client() {
	local port=$1
	shift
	printf 'GET / HTTP/1.0\r\n\r\n' | timeout 5 ip netns exec $client openssl s_client \
		-connect $server4:$port -servername www.example.test -CAfile "$pki/ca.pem" \
		-keylogfile "$work/keylog" -ign_eof "$@" >"$work/s_client.log" 2>&1 || true
}

title[tls12]='TLS 1.2: ECDHE with ECDSA and AES-GCM, a page asked for, close_notify; then resumed by a ticket'
make_tls12() {
	wire
	test_authority
	tls_server 443 -tls1_2
	record tcp
	tls_client 443 -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256 -sess_out "$work/session"
	tls_client 443 -tls1_2 -sess_in "$work/session"
	keep
	keep_keys "$work/keylog"
	shows 'tls.handshake.type == 1' 2
	shows 'tls.handshake.type == 11' 1
	shows 'tls.handshake.type == 4'
	shows 'http.request' 2
}

title[tls12-rsa]='TLS 1.2: RSA key exchange and AES-CBC; then resumed by a session identifier'
make_tls12-rsa() {
	wire
	test_authority
	kind=rsa tls_server 443 -tls1_2 -no_ticket
	record tcp
	tls_client 443 -tls1_2 -cipher AES128-SHA256 -no_ticket -sess_out "$work/session"
	tls_client 443 -tls1_2 -no_ticket -sess_in "$work/session"
	keep
	keep_keys "$work/keylog"
	shows 'tls.handshake.type == 16' 1
	shows 'tls.handshake.ciphersuite == 0x003c && tls.handshake.type == 2' 2
	shows 'http.request' 2
}

title[tls12-client]='TLS 1.2: the client shows a certificate too'
make_tls12-client() {
	wire
	test_authority
	tls_server 443 -tls1_2 -Verify 2
	record tcp
	tls_client 443 -tls1_2 -cert "$pki/client.pem" -key "$pki/client.key"
	keep
	keep_keys "$work/keylog"
	shows 'tls.handshake.type == 13'
	shows 'tls.handshake.type == 15'
}

title[tls13]='TLS 1.3: a page asked for with curl from nginx, ALPN, HTTP/1.1'
make_tls13() {
	wire
	test_authority
	web_server "server { listen 443 ssl; ssl_protocols TLSv1.3; root $work/www;
		ssl_certificate $pki/ec-server.pem; ssl_certificate_key $pki/ec-server.key; }"
	record tcp
	SSLKEYLOGFILE=$work/keylog get --http1.1 --cacert "$pki/ca.pem" https://www.example.test/
	keep
	keep_keys "$work/keylog"
	shows 'tls.handshake.type == 1' 1
	shows 'tls.handshake.type == 8'
	shows 'http.response.code == 200' 1
}

title[tls13-client]='TLS 1.3: the client shows a certificate too'
make_tls13-client() {
	wire
	test_authority
	tls_server 443 -tls1_3 -Verify 2
	record tcp
	tls_client 443 -tls1_3 -cert "$pki/client.pem" -key "$pki/client.key"
	keep
	keep_keys "$work/keylog"
	shows 'tls.handshake.type == 13'
	shows 'http.request' 1
}

title[tls13-retry]='TLS 1.3: the server asks for another group (hello retry request); the keys are updated'
make_tls13-retry() {
	wire
	test_authority
	tls_server 443 -tls1_3 -groups X448
	record tcp
	tls_client 443 -tls1_3 -groups P-256:X448
	# What s_client reads as a command: update both keys.
	{ sleep 0.5; echo K; sleep 0.5; echo Q; } | timeout 5 ip netns exec $client openssl s_client \
		-connect $server4:443 -servername www.example.test -CAfile "$pki/ca.pem" -tls1_3 \
		-keylogfile "$work/keylog" >/dev/null 2>&1 || true
	keep
	keep_keys "$work/keylog"
	shows 'tls.handshake.type == 2' 4
	shows 'tls.handshake.type == 24'
}

title[tls13-early]='TLS 1.3: a first connection, then a resumed one with early data'
make_tls13-early() {
	wire
	test_authority
	# Not -www: with it openssl takes no early data.
	in_background $server ACCEPT bash -c "sleep 30 | openssl s_server -accept 443 -tls1_3 \
		-early_data -cert '$pki/ec-server.pem' -key '$pki/ec-server.key' -CAfile '$pki/ca.pem'"
	record tcp
	printf 'early words\n' >"$work/early"
	tls_session() {
		{ sleep 0.5; echo "$1"; sleep 0.3; } | timeout 3 ip netns exec $client openssl s_client \
			-connect $server4:443 -servername www.example.test -CAfile "$pki/ca.pem" \
			-tls1_3 -keylogfile "$work/keylog" "${@:2}" >/dev/null 2>&1 || true
	}
	tls_session first -sess_out "$work/session"
	tls_session second -sess_in "$work/session" -early_data "$work/early"
	keep
	keep_keys "$work/keylog"
	shows 'tls.handshake.extension.type == 42'
	shows 'tls.handshake.type == 5'
}

# dtls_server OPTION...: sends a line. dtls_client OPTION...: sends two and closes.
dtls_server() {
	in_background $server ACCEPT bash -c "{ echo third; sleep 30; } | openssl s_server -accept 4433 \
		-dtls1_2 -CAfile '$pki/ca.pem' $*"
	listens $server 4433
}
dtls_client() {
	{ sleep 0.3; echo first; sleep 0.2; echo second; sleep 0.2; } | timeout 5 ip netns exec $client \
		openssl s_client -connect $server4:4433 -dtls1_2 -CAfile "$pki/ca.pem" \
		-keylogfile "$work/keylog" "$@" >"$work/s_client.log" 2>&1 || true
}

title[dtls12]='DTLS 1.2: a cookie asked for, ECDHE with ECDSA and AES-GCM, lines both ways, close_notify'
make_dtls12() {
	wire
	test_authority
	dtls_server -listen -cert "$pki/ec-server.pem" -key "$pki/ec-server.key"
	record udp
	dtls_client -cipher ECDHE-ECDSA-AES128-GCM-SHA256
	keep
	keep_keys "$work/keylog"
	shows 'dtls.handshake.type == 3' 1
	shows 'dtls && data'
	shows 'dtls.alert_message.desc == 0'
}

title[dtls12-fragments]='DTLS 1.2: a long chain of certificates in many fragments; AES-CBC, encrypted before it is authenticated'
make_dtls12-fragments() {
	wire
	test_authority
	dtls_server -mtu 300 -cert "$pki/rsa-server.pem" -key "$pki/rsa-server.key" -cert_chain "$pki/ca.pem"
	record udp
	dtls_client -cipher ECDHE-RSA-AES128-SHA256
	keep
	keep_keys "$work/keylog"
	shows 'dtls.fragment.count > 3'
	shows 'dtls.handshake.type == 2 && dtls.handshake.extension.type == 22' 1
	shows 'dtls && data'
}

title[tls-alerts]='TLS: alerts: no cipher in common, no version in common, an authority unknown, no client certificate'
make_tls-alerts() {
	wire
	test_authority
	tls_server 443 -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256
	tls_server 444 -tls1_3 -Verify 2
	record tcp
	tls_client 443 -tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305
	tls_client 443 -tls1_3
	timeout 5 ip netns exec $client openssl s_client -connect $server4:443 -tls1_2 \
		-verify_return_error -keylogfile "$work/keylog" </dev/null >/dev/null 2>&1 || true
	tls_client 444 -tls1_3
	keep
	keep_keys "$work/keylog"
	local alert
	for alert in 40 70 48 116; do
		shows "tls.alert_message.desc == $alert"
	done
}

title[tls13-secrets]='TLS 1.3 in a pcapng that carries its own secrets (decryption secrets block)'
make_tls13-secrets() {
	wire
	test_authority
	tls_server 443 -tls1_3
	record tcp
	tls_client 443 -tls1_3
	stop
	grep -E '^(CLIENT|SERVER|EXPORTER)_' "$work/keylog" >"$work/secrets"
	editcap -F pcapng --inject-secrets "tls,$work/secrets" "$recorded" "$work/$capture.pcapng"
	anonymous "$work/$capture.pcapng"
	keep "$work/$capture.pcapng"
	shows 'http.request' 1
}

title[tls13-http2]='HTTP/2 in TLS 1.3: curl and nginx, ALPN h2, two requests at once'
make_tls13-http2() {
	wire
	test_authority
	web_server "server { listen 443 ssl http2; ssl_protocols TLSv1.3; root $work/www;
		ssl_certificate $pki/ec-server.pem; ssl_certificate_key $pki/ec-server.key; }"
	record tcp
	SSLKEYLOGFILE=$work/keylog get --http2 --cacert "$pki/ca.pem" -Z \
		https://www.example.test/ https://www.example.test/data.json 2>/dev/null
	keep
	keep_keys "$work/keylog"
	shows 'http2.headers.status == 200'
}

title[starttls]='SMTP that turns to TLS 1.3 by STARTTLS, as openssl speaks it'
make_starttls() {
	wire
	test_authority
	tls_server 2525 -tls1_3
	cat >"$work/smtp" <<-SCRIPT
	printf '220 mail.example.test ESMTP\r\n'; read hello
	printf '250-mail.example.test\r\n250-SIZE 1000000\r\n250 STARTTLS\r\n'; read starttls
	printf '220 Go ahead\r\n'; exec socat - TCP4:127.0.0.1:2525
	SCRIPT
	in_background $server 'listening on' socat -d -d TCP4-LISTEN:25,fork EXEC:"bash $work/smtp"
	record tcp
	tls_client 25 -starttls smtp -name client.example.test
	keep
	keep_keys "$work/keylog"
	shows 'smtp.req && frame contains "STARTTLS"'
	shows 'tls.handshake.type == 1'
}

# quic_server OPTION...: ngtcp2's, HTTP/3
quic_server() {
	local address=$server4
	[[ ${1:-} != -6 ]] || { address=$server6; shift; }
	mkdir -p "$work/www"
	printf '<!DOCTYPE html><title>Example</title><p>It works.\n' >"$work/www/index.html"
	head -c 20000 /dev/zero | tr '\0' '.' >"$work/www/long.txt"
	ip netns exec $server gtlsserver --quiet --htdocs="$work/www" "$@" $address 4433 \
		"$pki/ec-server.key" "$pki/ec-server.pem" >"$work/quic-server.log" 2>&1 </dev/null &
	listens $server 4433
}

# quic_client PATH OPTION...
quic_client() {
	local path=$1 address=$server4
	shift
	[[ ${1:-} != -6 ]] || { address=$server6; shift; }
	SSLKEYLOGFILE=$work/keylog timeout 8 ip netns exec $client gtlsclient --quiet \
		--exit-on-all-streams-close --timeout=3s "$@" $address 4433 \
		https://www.example.test:4433$path >"$work/quic-client.log" 2>&1 </dev/null || true
}

keep_quic() {
	keep
	keep_keys "$work/keylog"
	shows 'quic.long.packet_type == 0'
	shows 'quic.long.packet_type == 2'
	shows 'quic.short'
}

title[quic]='QUIC version 1 and HTTP/3: handshake, one page, close'
make_quic() {
	wire
	test_authority
	quic_server
	record udp
	quic_client /
	keep_quic
	shows 'http3'
}

title[quic-ipv6]='QUIC over IPv6 with a longer answer'
make_quic-ipv6() {
	wire
	test_authority
	quic_server -6
	record udp
	quic_client /long.txt -6
	keep_quic
}

title[quic-retry]='QUIC: the server makes the client prove its address (Retry), then sends a new token'
make_quic-retry() {
	wire
	test_authority
	quic_server --validate-addr
	record udp
	quic_client /
	keep_quic
	shows 'quic.long.packet_type == 3' 1
}

title[quic-version2]='QUIC: version 1 turned into version 2 (by its number of the drafts, 0x709a50c4)'
make_quic-version2() {
	wire
	test_authority
	quic_server --other-versions=v2draft,v1 --preferred-versions=v2draft,v1
	record udp
	quic_client / --other-versions=v2draft,v1 --preferred-versions=v2draft,v1
	keep
	keep_keys "$work/keylog"
	shows 'quic.version != 1'
}

title[quic-negotiation]='QUIC: a version that the server does not speak: version negotiation'
make_quic-negotiation() {
	wire
	test_authority
	quic_server
	record udp
	quic_client / --version=0x1a2a3a4a
	keep
	shows 'quic.version == 0'
}

title[quic-early]='QUIC: a first connection, then a resumed one with 0-RTT data'
make_quic-early() {
	wire
	test_authority
	quic_server
	record udp
	quic_client / --session-file="$work/session" --tp-file="$work/parameters"
	quic_client / --session-file="$work/session" --tp-file="$work/parameters"
	keep_quic
	shows 'quic.long.packet_type == 1'
}

title[quic-update]='QUIC: the client updates the keys and changes its port'
make_quic-update() {
	wire "${slow[@]}"
	test_authority
	quic_server
	record udp
	quic_client /long.txt --key-update=25ms --change-local-addr=45ms --delay-stream=60ms
	keep_quic
	shows 'quic.key_phase == 1'
}

title[quic-loss]='QUIC: the first answer and some later datagrams are lost'
make_quic-loss() {
	wire "${slow[@]}" --drop ba:udp:1,6,9 --drop ab:udp:4
	test_authority
	quic_server
	record udp
	quic_client /long.txt
	keep_quic
}
