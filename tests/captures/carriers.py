#!/usr/bin/env python3
"""Writes a pcap of carriers that no program of a small host sends: carriers.py FILE.

Each carries the same datagram from 10.0.0.1 to 10.0.0.2. Checksums are right, times are fixed.
"""
import socket
import struct
import sys

ETHERNET = bytes.fromhex('020000000001' '020000000002')


def v4(text):
    return socket.inet_aton(text)


def v6(text):
    return socket.inet_pton(socket.AF_INET6, text)


def checksum(octets):
    octets += bytes(len(octets) % 2)
    total = sum(struct.unpack(f'>{len(octets) // 2}H', octets))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return struct.pack('>H', ~total & 0xffff)


def eth(payload, ethertype=0x0800):
    return ETHERNET + struct.pack('>H', ethertype) + payload


def ip(payload, protocol=17, destination='10.0.0.2', ttl=64):
    header = struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(payload), 1, 0, ttl, protocol, 0)
    addresses = v4('10.0.0.1') + v4(destination)
    return header[:10] + checksum(header + addresses) + addresses + payload


def ip6(payload, next_header=17):
    return struct.pack('>IHBB', 6 << 28, len(payload), next_header, 64) + v6('fe80::1') + v6('fe80::2') + payload


def udp(payload, destination, source=5000):
    return struct.pack('>HHHH', source, destination, 8 + len(payload), 0) + payload


DATAGRAM = ip(udp(b'hello', 9))
DATAGRAM6 = ip6(udp(b'hello', 9))


def over_udp(payload, port):
    return eth(ip(udp(payload, port)))


def unicast(address):
    return b'\1\0' + v4(address) if '.' in address else b'\2\0' + v6(address)


def masked(address, length, flags=0):
    return unicast(address)[:2] + bytes([flags, length]) + unicast(address)[2:]


def option(kind, value):
    return struct.pack('>HH', kind, len(value)) + value


def pim(kind, body, reserved=0):
    message = bytes([0x20 | kind, reserved, 0, 0]) + body
    return eth(ip(message[:2] + checksum(message[:8] if kind == 1 else message) + body, 103, '224.0.0.13', 1))


def capwap(words, flags, more=b'', place=0):
    return bytes(1) + struct.pack('>I', words << 19 | 1 << 14 | 1 << 9 | flags)[1:] + struct.pack('>HH', 7, place) + more


WLAN = bytes.fromhex('0108' '2c00' '020000000001' '020000000002' '020000000003' '3012' 'aaaa030000000800') + DATAGRAM
METRICS = struct.pack('>II', 0x80000064, 20)
FRAMES = [
    # LISP data, RFC 6830: flags alone, nonce and locator bits, versions and an instance
    over_udp(bytes(8) + DATAGRAM, 4341),
    over_udp(bytes.fromhex('c0010203' '00000005') + DATAGRAM, 4341),
    over_udp(bytes.fromhex('18010203' '00000a05') + DATAGRAM6, 4341),
    # NSH, RFC 8300: metadata of fixed and of variable length
    eth(struct.pack('>HBBI', 0x0fc6, 1, 1, 0x12ff) + bytes(16) + DATAGRAM, 0x894f),
    eth(struct.pack('>HBBI', 0x0fc5, 2, 2, 0x12ff) + bytes.fromhex('01020305') + b'hello' + bytes(3) + DATAGRAM6, 0x894f),
    # Cisco MetaData; VN-Tag; 802.1ah, behind a B-Tag too; FabricPath
    eth(bytes.fromhex('010100010007' '0800') + DATAGRAM, 0x8909),
    eth(bytes.fromhex('c0051006' '0800') + DATAGRAM, 0x8926),
    eth(bytes.fromhex('20123456' '0200000000aa' '0200000000bb' '0800') + DATAGRAM, 0x88e7),
    eth(bytes.fromhex('4123' '88e7' '20123456' '0200000000aa' '0200000000bb' '0800') + DATAGRAM, 0x88a8),
    bytes.fromhex('021234567890' '0201abcdef01' '8903' 'abcd') + eth(DATAGRAM) + bytes(4),
    # MACsec: integrity only, then encrypted
    eth(bytes.fromhex('2000' '00000005' '0200000000990001' '0800') + DATAGRAM + bytes(16), 0x88e5),
    eth(bytes.fromhex('2c00' '00000006' '0200000000990001') + DATAGRAM + bytes(16), 0x88e5),
    # ESP in UDP, RFC 3948: a keepalive, an encrypted packet; AYIYA
    over_udp(b'\xff', 4500),
    over_udp(struct.pack('>II', 0x1234, 1) + b'encrypted', 4500),
    over_udp(bytes.fromhex('41521129' '65530000') + b'I' * 16 + b'S' * 20 + DATAGRAM6, 5072),
    # GTP version 0; UDP-Lite, RFC 3828
    over_udp(struct.pack('>BBHHHB', 0x1e, 255, len(DATAGRAM), 1, 2, 255) + b'\xff' * 3 +
             bytes.fromhex('4200012143658709') + DATAGRAM, 3386),
    eth(ip(struct.pack('>HHHH', 5000, 9, 8, 0x1234) + b'hello', 136)),
    # CAPWAP: native and 802.3 frames, what was received, a radio's address, two fragments, a keepalive
    over_udp(capwap(2, 0x100) + WLAN, 5247),
    over_udp(capwap(2, 0) + eth(DATAGRAM), 5247),
    over_udp(capwap(4, 0x120, bytes.fromhex('04c823006c000000')) + WLAN, 5247),
    over_udp(capwap(4, 0x110, bytes.fromhex('060200000000aa00')) + WLAN, 5247),
    over_udp(capwap(2, 0x180) + WLAN[:32], 5247),
    over_udp(capwap(2, 0x1c0, place=32) + WLAN[32:], 5247),
    over_udp(capwap(2, 0x008) + struct.pack('>HHH', 22, 35, 16) + b'S' * 16, 5247),
    # PIM version 2: every message
    pim(0, option(1, b'\0\x69') + option(2, bytes.fromhex('80640320')) + option(19, struct.pack('>I', 1)) +
        option(20, b'gene') + option(21, bytes.fromhex('01020000')) + option(22, b'') +
        option(24, unicast('10.0.0.3') + unicast('fe80::3')) + option(65005, b'own')),
    pim(1, struct.pack('>I', 0x80000000) + DATAGRAM),
    pim(2, masked('225.0.0.1', 32) + unicast('10.0.0.3')),
    pim(3, unicast('10.0.0.8') + bytes.fromhex('0001002d') + masked('225.0.0.3', 32, 0x80) + struct.pack('>HH', 2, 1) +
        masked('10.0.0.3', 32, 7) + b'\1\1\4\x20' + v4('10.0.0.4') + bytes.fromhex('8004') + v4('10.0.0.9') +
        bytes.fromhex('460501') + v4('10.0.0.7') + masked('10.0.0.5', 32)),
    pim(4, bytes.fromhex('017c045d') + unicast('10.0.0.1') + masked('225.0.0.0', 8, 1) + bytes.fromhex('02020000') +
        unicast('10.0.0.5') + bytes.fromhex('00960100') + unicast('10.0.0.6') + bytes.fromhex('ffff0211')),
    pim(5, masked('225.0.0.1', 32) + unicast('10.0.0.3') + METRICS),
    pim(6, unicast('10.0.0.8') + bytes.fromhex('00010000') + masked('225.0.0.3', 32) + struct.pack('>HH', 0, 0)),
    pim(8, bytes.fromhex('01070096') + unicast('10.0.0.1') + masked('225.0.0.1', 32, 1)),
    pim(9, masked('225.0.0.1', 32) + unicast('10.0.0.3') + unicast('10.0.0.4') + METRICS + bytes([32, 5, 0xe0, 60])),
    pim(10, unicast('10.0.0.1') + struct.pack('>II', 100, 10), 0x20),
    pim(12, unicast('10.0.0.1') + option(0x8001, masked('225.0.0.1', 32) + struct.pack('>HH', 1, 60) + unicast('10.0.0.9')),
        0x80),
]

with open(sys.argv[1], 'wb') as out:
    out.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
    for seconds, frame in enumerate(FRAMES):
        out.write(struct.pack('<IIII', 1700000000 + seconds, 0, len(frame), len(frame)) + frame)
