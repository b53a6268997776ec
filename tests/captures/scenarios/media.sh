# shellcheck shell=bash
# What HTTP carries, and who finds whom by it: read by ../make. Needs web.sh.

title[websocket]='WebSocket: messages in text and octets, fragments, ping, close; the same compressed by permessage-deflate'
make_websocket() {
	wire
	cat >"$work/server.py" <<-PYTHON
	import asyncio, websockets

	async def echo(socket):
	    async for message in socket:
	        await socket.send(message)

	async def main():
	    async with websockets.serve(echo, None, 80), websockets.serve(echo, None, 8080, compression=None):
	        print("ready", flush=True)
	        await asyncio.Future()

	asyncio.run(main())
	PYTHON
	cat >"$work/client.py" <<-PYTHON
	import asyncio, sys, websockets

	async def talk(port, compression):
	    async with websockets.connect(f"ws://$server4:{port}/echo", compression=compression) as socket:
	        for message in "hello", "hello again", b"\x00\x01\x02", "x" * 300, "", ["in ", "three ", "pieces"]:
	            await socket.send(message)
	            await socket.recv()
	        await (await socket.ping(b"are you there"))
	        await socket.close(1001, "that is all")

	asyncio.run(talk(8080, None))
	asyncio.run(talk(80, "deflate"))
	PYTHON
	in_background $server ready /usr/bin/python3 "$work/server.py"
	record tcp
	c /usr/bin/python3 "$work/client.py"
	keep
	shows 'websocket.opcode == 9' 2
	shows 'websocket.pmc == 1'
	shows 'websocket.fin == 0'
	shows 'websocket.payload.close.status_code == 1001' 4
}

# pictures: the smallest that there are, and a document, to be served.
pictures() {
	/usr/bin/python3 - "$work/www" <<-PYTHON
	import struct, sys, zlib
	folder = sys.argv[1]
	def chunk(kind, data):
	    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
	open(folder + "/dot.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) +
	    chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1)) +
	    chunk(b"tEXt", b"Title\0A dot") + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b""))
	open(folder + "/dot.gif", "wb").write(b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\xff\0\0\0\0\0" +
	    b"!\xf9\4\1\0\0\0\0" + b"!\xfe\5a dot\0" + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x4c\1\0;")
	open(folder + "/note.xml", "w").write('<?xml version="1.0" encoding="UTF-8"?>\n<!-- a note -->\n'
	    '<note date="today"><to>everybody</to><![CDATA[<b>]]><empty/>&amp; so on</note>\n')
	PYTHON
}

title[http-media]='HTTP/1.1: a document in XML, pictures in PNG and GIF, and a text compressed by Brotli'
make_http-media() {
	wire
	mkdir -p "$work/www"
	pictures
	printf 'a line of text\n%.0s' {1..40} | brotli -c >"$work/www/text.br"
	web_server "server {
		listen 8080; root $work/www;
		types { text/xml xml; image/png png; image/gif gif; text/plain br; }
		location /text.br { add_header Content-Encoding br; }
	}"
	listens $server 8080
	record tcp
	local site=http://$server4:8080
	get $site/note.xml $site/dot.png $site/dot.gif $site/text.br
	keep
	shows xml 1
	shows png 1
	shows image-gif 1
	shows data-text-lines 1
}

title[ocsp]='OCSP over HTTP: is a certificate good? One is, one was revoked'
make_ocsp() {
	wire
	test_authority
	local good revoked
	good=$(openssl x509 -in "$work/pki/ec-server.pem" -noout -serial | cut -d= -f2)
	revoked=$(openssl x509 -in "$work/pki/client.pem" -noout -serial | cut -d= -f2)
	{
		printf 'V\t350101000000Z\t\t%s\tunknown\t/O=Example/CN=www.example.test\n' "$good"
		printf 'R\t350101000000Z\t240101000000Z,keyCompromise\t%s\tunknown\t/O=Example/CN=A client\n' "$revoked"
	} >"$work/pki/index.txt"
	in_background $server 'waiting for' openssl ocsp -index "$work/pki/index.txt" -port 80 \
		-rsigner "$work/pki/ca.pem" -rkey "$work/pki/ca.key" -CA "$work/pki/ca.pem"
	listens $server 80
	record tcp
	local name
	for name in ec-server client; do
		c openssl ocsp -issuer "$work/pki/ca.pem" -cert "$work/pki/$name.pem" -CAfile "$work/pki/ca.pem" \
			-url http://$server4/ >/dev/null 2>&1
	done
	keep
	shows 'http.content_type == "application/ocsp-request"' 2
	shows ocsp.certStatus 2
}

title[ssdp]='SSDP: a media server tells of itself and is found; its description over HTTP'
make_ssdp() {
	wire
	mkdir -p "$work/media" "$work/dlna"
	cat >"$work/dlna.conf" <<-CONF
	media_dir=$work/media
	db_dir=$work/dlna
	log_dir=$work/dlna
	network_interface=eth0
	friendly_name=Example
	uuid=00000000-0000-4000-8000-000000000001
	port=8200
	notify_interval=2
	inotify=no
	CONF
	record 'udp port 1900 or tcp port 8200'
	ip netns exec $server minidlnad -S -r -f "$work/dlna.conf" -P "$work/dlna.pid" >"$work/dlna.log" 2>&1 &
	listens $server 8200
	sleep 1
	c upnpc -m eth0 -l >/dev/null 2>&1 || true
	keep
	shows 'ssdp && http.request.method == "NOTIFY"'
	shows 'ssdp && http.request.method == "M-SEARCH"'
	shows 'ssdp && http.response.code == 200'
}
