/*
 * framings.c: where PDUs over TCP end, for protocols that are not dissected themselves.
 *
 * A row says how long the header of a PDU is, where in it the length stands or what computes it, and
 * on which octets the row is not to be asked at all. What a PDU holds is shown as Data. A protocol that
 * gets a dissector of its own takes its row along.
 */

#include "dissect/framings.h"

#include <ctype.h>
#include <strings.h>

#include "dissect/tcp.h"

extern const struct protocol protocol_data;

#define STARTS_WITH(w, literal) \
	(wire_captured(w) >= sizeof(literal) - 1 && !memcmp(wire_here(w), literal, sizeof(literal) - 1))

static uint16_t at16(const struct wire *w, unsigned at)
{
	return be16(wire_here(w) + at);
}

static uint32_t at32(const struct wire *w, unsigned at)
{
	return be32(wire_here(w) + at);
}

/* ---- lengths that are no plain number in a fixed place ---- */

/* A length beyond what can be counted is as good as one that never ends. */
static uint32_t sum(uint32_t length, uint32_t more)
{
	return length > UINT32_MAX - more ? UINT32_MAX : length + more;
}

/* Octets up to and with the first end of a line from there on; 0: there is none. */
static uint32_t line_end(const struct wire *w, uint32_t from)
{
	const uint8_t *start = wire_here(w);
	const uint8_t *end = from < wire_captured(w) ? memchr(start + from, '\n', wire_captured(w) - from) : NULL;

	return end ? (uint32_t)(end - start) + 1 : 0;
}

/* The number whose digits begin there; behind it stands *after. */
static uint32_t read_number(const struct wire *w, uint32_t at, uint32_t *after)
{
	const uint8_t *octets = wire_here(w);
	uint32_t number = 0;

	for (*after = at; *after < wire_captured(w) && isdigit(octets[*after]) && *after - at < 9; ++*after)
		number = number * 10 + (octets[*after] - '0');
	return number;
}

/*
 * AMQP 0-9-1, section 2.3.5, and 1.0, section 2.3: frames, and the header that comes before them.
 */
static uint32_t measure_amqp(const struct wire *w)
{
	if (STARTS_WITH(w, "AMQP"))
		return 8;
	return wire_here(w)[0] ? sum(at32(w, 3), 8) : at32(w, 0);
}

/*
 * BER, X.690, section 8.1.3: an octet, or the number of octets that follow it and hold the length.
 * 0 where it cannot be told.
 */
static uint32_t measure_ber(const struct wire *w)
{
	const uint8_t *octets = wire_here(w);
	const unsigned n = octets[1] & 0x7f;

	if (!(octets[1] & 0x80))
		return 2u + octets[1];
	if (!n || n > 4 || wire_captured(w) < 2 + n)
		return 0;
	return sum((uint32_t)be_value(octets + 2, n), 2 + n);
}

/* The peer wire protocol, BEP 3, 4, 6, 10: lengths that messages of a type may have. */
enum { HANDSHAKE = 68, MESSAGE_TYPES = 21 };

static const struct {
	uint32_t least, most;
} message_lengths[MESSAGE_TYPES] = {
	[0] = { 1, 0x7fff }, [1] = { 1, 1 }, [2] = { 1, 1 }, [3] = { 1, 1 }, [4] = { 5, 5 }, [5] = { 1, 0x7fff },
	[6] = { 13, 13 }, [7] = { 1, 0x7ffe }, [8] = { 13, 13 }, [9] = { 3, 3 }, [13] = { 5, 5 }, [14] = { 1, 1 },
	[15] = { 1, 1 }, [16] = { 13, 13 }, [17] = { 5, 5 }, [20] = { 1, 0x7ffe },
};

static bool is_bittorrent(const struct wire *w)
{
	return STARTS_WITH(w, "\x13" "BitTorrent protocol");
}

/* What is no message is the rest of the segment: an encrypted stream has none. */
static uint32_t measure_bittorrent(const struct wire *w)
{
	const uint32_t length = at32(w, 0), type = wire_captured(w) > 4 ? wire_here(w)[4] : MESSAGE_TYPES;

	if (is_bittorrent(w))
		return HANDSHAKE;
	if (!length)
		return 4;
	if (type < MESSAGE_TYPES && length >= message_lengths[type].least && length <= message_lengths[type].most)
		return 4 + length;
	return wire_left(w);
}

/*
 * DNP3 (IEEE 1815), section 9.2: octets behind the length but for checksums, one behind the header
 * and each 16 octets.
 */
static uint32_t measure_dnp3(const struct wire *w)
{
	const uint32_t length = wire_here(w)[2];

	return length < 5 ? 1 : 10 + length - 5 + (length - 5 + 15) / 16 * 2;
}

/*
 * DSI, of the Apple Filing Protocol: requests and replies of known commands; else the rest of the
 * segment.
 */
static uint32_t measure_dsi(const struct wire *w)
{
	const uint8_t *header = wire_here(w);

	return header[0] > 1 || header[1] < 1 || header[1] > 8 ? wire_left(w) : sum(at32(w, 8), 16);
}

/*
 * The protocol of Git, gitprotocol-common: four hexadecimal digits; fewer than 4 mark the end of
 * something.
 */
static uint32_t measure_git(const struct wire *w)
{
	uint32_t length = 0;

	for (unsigned i = 0; i < 4; i++) {
		const uint8_t c = wire_here(w)[i];
		if (!isxdigit(c))
			return 0;
		length = length * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return length < 4 ? 4 : length;
}

/* GIOP, CORBA 3, section 15.4.1: a flag tells the byte order. */
static uint32_t measure_giop(const struct wire *w)
{
	return sum(wire_here(w)[6] & 1 ? le32(wire_here(w) + 8) : at32(w, 8), 12);
}

/* IEC 60870-5-104, section 5; else the rest of the segment. */
static uint32_t measure_iec104(const struct wire *w)
{
	const uint8_t *octets = wire_here(w);

	return octets[0] != 0x68 ? wire_left(w) : octets[1] ? 2u + octets[1] : 1;
}

/* RFC 9051, section 4.3: a line goes on behind each literal in it. */
static uint32_t measure_imap(const struct wire *w)
{
	const uint8_t *octets = wire_here(w);

	for (uint32_t end, from = 0; (end = line_end(w, from)); from = end) {
		uint32_t brace = end, after;
		while (brace > from && octets[brace - 1] != '{')
			brace--;
		const uint32_t length = read_number(w, brace, &after);
		after += after < end && octets[after] == '+';
		if (brace == from || end - after != 3 || octets[after] != '}')
			return end;
		end += length;
	}
	return 0;
}

/* ISO 13400-2, section 9: its version stands there twice, once inverted. */
static uint32_t measure_doip(const struct wire *w)
{
	return (wire_here(w)[0] ^ wire_here(w)[1]) == 0xff ? sum(at32(w, 4), 8) : 1;
}

/*
 * Connection-oriented PDUs, C706, chapter 12.6.3: their length is in the byte order that the data
 * representation tells.
 */
static uint32_t measure_dcerpc(const struct wire *w)
{
	const uint8_t *header = wire_here(w);

	return header[4] & 0x10 ? le16(header + 8) : be16(header + 8);
}

/* RFC 4120, section 7.2.2; the top bit is for extensions. */
static uint32_t measure_kerberos(const struct wire *w)
{
	return (at32(w, 0) & 0x7fffffff) + 4;
}

/*
 * RFC 4511, section 5.2: a BER sequence; RFC 4422, section 3.7: or a buffer of a security layer
 * behind its length.
 */
static uint32_t measure_ldap(const struct wire *w)
{
	return wire_here(w)[0] == 0x30 ? measure_ber(w) : sum(at32(w, 0), 4);
}

/* Messages of LNet's socket driver: without and with one of its own. */
enum { LNET_EMPTY = 0xc0, LNET_MESSAGE = 0xc1 };

/* LNet over sockets: a message's header of 72 octets tells how long its payload is. */
static uint32_t measure_lnet(const struct wire *w)
{
	if (le32(wire_here(w)) == LNET_EMPTY)
		return 24;
	return wire_captured(w) < 56 ? 0 : sum(le32(wire_here(w) + 52), 24 + 72);
}

/* MQTT 5, section 1.5.5: seven bits an octet, the low ones first, four octets at most. */
static uint32_t measure_mqtt(const struct wire *w)
{
	const uint8_t *octets = wire_here(w);
	const uint32_t captured = wire_captured(w);
	uint32_t length = 0, n = 1;

	do {
		if (n == captured)
			return 1;
		length |= (octets[n] & 0x7fu) << 7 * (n - 1);
	} while (octets[n++] & 0x80 && n < 5);
	return n + length;
}

/*
 * NCP over TCP/IP: a signature and a length before each request or reply; else the rest of the
 * segment.
 */
static uint32_t measure_ncp(const struct wire *w)
{
	return STARTS_WITH(w, "DmdT") || STARTS_WITH(w, "tNcP") ? at32(w, 4) : wire_left(w);
}

/*
 * PostgreSQL's frontend/backend protocol 3.0: messages have a type, but for the first of a
 * connection.
 */
static uint32_t measure_pgsql(const struct wire *w)
{
	return wire_here(w)[0] ? sum(at32(w, 1), 1) : at32(w, 0);
}

/*
 * The protocol of Redis (RESP): a value, which may be an array of values, or a command on a line.
 */
static uint32_t measure_redis(const struct wire *w)
{
	uint32_t at = 0;

	for (uint32_t left = 1; left; left--) {
		const uint32_t end = line_end(w, at);
		if (!end)
			return 0;
		const uint8_t type = wire_here(w)[at];
		uint32_t after;
		const uint32_t number = read_number(w, at + 1, &after);
		const bool is_null = after == at + 1;
		at = type == '$' && !is_null ? sum(end, number + 2) : end;
		left += type == '*' ? number : 0;
	}
	return at;
}

/* RFC 5321: lines, whole ones at the start. */
static uint32_t measure_smtp(const struct wire *w)
{
	return line_end(w, 0) ? wire_left(w) : 0;
}

/* MS-TDS, section 2.2.3.1; a TLS record on its own has its length elsewhere. */
static uint32_t measure_tds(const struct wire *w)
{
	return wire_here(w)[0] == 0x17 ? at16(w, 3) + 5u : at16(w, 2);
}

/* Oracle Net: the length takes two octets or, since it could be larger than that, four. */
static uint32_t measure_tns(const struct wire *w)
{
	return at16(w, 0) ? at16(w, 0) : at32(w, 0);
}

/* ---- what octets have to look like ---- */

/*
 * RFC 6733, section 3; no message goes without one AVP of a session or an endpoint, which takes
 * four words.
 */
static bool may_be_diameter(const struct wire *w)
{
	const uint8_t *header = wire_here(w);
	const uint32_t n = wire_captured(w);

	return n < 5 || (header[0] == 1 && be24(header + 1) >= 36 && be24(header + 1) % 4 == 0 && !(header[4] & 0x0f));
}

/* A marker, RFC 4271, section 4.1. */
static bool may_be_bgp(const struct wire *w)
{
	const uint32_t n = wire_captured(w) < 16 ? wire_captured(w) : 16;

	for (uint32_t i = 0; i < n; i++)
		if (wire_here(w)[i] != 0xff)
			return false;
	return true;
}

static bool is_bitcoin(const struct wire *w)
{
	return STARTS_WITH(w, "\xf9\xbe\xb4\xd9");
}

/* Versions 3 and 4 of CQL, requests and responses. */
static bool may_be_cql(const struct wire *w)
{
	const uint8_t version = wire_here(w)[0] & 0x7f;

	return version == 3 || version == 4;
}

/* Types of PDUs, PS3.8, section 9.3. */
static bool may_be_dicom(const struct wire *w)
{
	return wire_here(w)[0] >= 1 && wire_here(w)[0] <= 7;
}

/* A request for an association: two titles in printable characters. */
static bool is_dicom(const struct wire *w)
{
	if (wire_captured(w) < 74 || at16(w, 0) != 0x0100 || at32(w, 6) != 0x00010000)
		return false;
	for (unsigned i = 10; i < 42; i++)
		if (wire_here(w)[i] < 0x20 || wire_here(w)[i] > 0x7e)
			return false;
	return true;
}

static bool is_giop(const struct wire *w)
{
	return wire_captured(w) >= 12 && STARTS_WITH(w, "GIOP");
}

/* Versions of HART-IP's header. */
static bool may_be_hartip(const struct wire *w)
{
	return wire_captured(w) >= 3 && wire_here(w)[0] <= 2;
}

/* RFC 5036, section 3.1 */
static bool may_be_ldp(const struct wire *w)
{
	return wire_captured(w) >= 2 && at16(w, 0) == 1;
}

static bool may_be_dcerpc(const struct wire *w)
{
	const uint8_t *header = wire_here(w);

	return wire_captured(w) >= 16 && header[0] == 5 && header[1] <= 1 && header[2] <= 20 &&
	       !(header[4] & 0xee) && header[5] <= 3 && measure_dcerpc(w) >= 16;
}

/* The checksum of DNP3's header: polynomial 0x3d65, its bits mirrored. */
static uint16_t dnp3_checksum(const uint8_t *octets, unsigned n)
{
	uint16_t sum_so_far = 0;

	while (n--) {
		sum_so_far ^= *octets++;
		for (unsigned bit = 0; bit < 8; bit++)
			sum_so_far = (uint16_t)(sum_so_far >> 1 ^ (sum_so_far & 1 ? 0xa6bc : 0));
	}
	return (uint16_t)~sum_so_far;
}

static bool may_be_dnp3(const struct wire *w)
{
	const uint8_t *header = wire_here(w);
	const uint32_t n = wire_captured(w);

	return header[0] == 0x05 && (n < 2 || header[1] == 0x64) &&
	       (n < 10 || dnp3_checksum(header, 8) == le16(header + 8));
}

static bool may_be_enip(const struct wire *w)
{
	return wire_captured(w) >= 2;
}

static bool may_be_lnet(const struct wire *w)
{
	const uint32_t type = wire_captured(w) >= 4 ? le32(wire_here(w)) : 0;

	return type == LNET_EMPTY || type == LNET_MESSAGE;
}

static bool may_be_ldap(const struct wire *w)
{
	return wire_captured(w) >= 4 &&
	       (wire_here(w)[0] == 0x30 ? wire_here(w)[1] != 0x80 : sum(at32(w, 0), 4) <= wire_captured(w));
}

/* The binary protocol of memcached: requests and responses. */
static bool may_be_memcache(const struct wire *w)
{
	return (wire_here(w)[0] & 0xfe) == 0x80;
}

static bool may_be_modbus(const struct wire *w)
{
	return wire_captured(w) >= 8 && at16(w, 2) == 0 && at16(w, 4) >= 2;
}

static bool may_be_fins(const struct wire *w)
{
	return STARTS_WITH(w, "FINS");
}

/* A single octet answers a request for encryption: it is no message. */
static bool may_be_pgsql(const struct wire *w)
{
	return wire_left(w) > 1 || (wire_captured(w) && wire_here(w)[0] != 'S' && wire_here(w)[0] != 'N');
}

/* Commands of SMPP 5.0, section 4.8; the top bit marks their answers. */
static bool may_be_smpp(const struct wire *w)
{
	if (wire_captured(w) < 16 || at32(w, 0) < 16)
		return false;
	const uint32_t command = at32(w, 4) & 0x7fffffff;
	return at32(w, 4) == 0x80000000 || (command >= 1 && command <= 9) || command == 0x0b || command == 0x15 ||
	       command == 0x21 || command == 0x103 || (command >= 0x111 && command <= 0x113);
}

/* Versions of the header that are in use. */
static bool may_be_skinny(const struct wire *w)
{
	if (wire_captured(w) < 8)
		return false;
	uint32_t length = le32(wire_here(w)), version = le32(wire_here(w) + 4);
	return length >= 4 && (version == 0 || version == 0x0a || (version >= 0x11 && version <= 0x16));
}

/* RFC 2126, section 4.3 */
static bool may_be_tpkt(const struct wire *w)
{
	return wire_captured(w) >= 4 && wire_here(w)[0] == 3;
}

static bool may_be_tns(const struct wire *w)
{
	return wire_captured(w) >= 4 &&
	       (wire_captured(w) < 5 || (wire_here(w)[4] >= 1 && wire_here(w)[4] <= 19));
}

static bool is_openwire(const struct wire *w)
{
	return wire_captured(w) >= 13 && wire_here(w)[4] == 1 && !memcmp(wire_here(w) + 5, "ActiveMQ", 8);
}

/* A call or its answer in the strict binary protocol, behind its length. */
static bool is_thrift(const struct wire *w)
{
	const uint8_t *octets = wire_here(w);
	const uint32_t n = wire_captured(w);

	if (n < 17 || at32(w, 0) > n - 4 || at16(w, 4) != 0x8001 || at32(w, 8) > n - 16)
		return false;
	if (octets[7] < 1 || octets[7] > 4)
		return false;
	for (uint32_t i = 0; i < at32(w, 8); i++)
		if (octets[12 + i] < 0x20 || octets[12 + i] > 0x7e)
			return false;
	return true;
}

static bool is_ymsg(const struct wire *w)
{
	return STARTS_WITH(w, "YMSG");
}

/* ---- octets behind which a stream is TLS's ---- */

/* A login that ends before the name of the user: what follows is sent again in TLS. */
static bool ends_mysql(const struct wire *w)
{
	enum { CLIENT_SSL = 0x0800 };

	return wire_left(w) == 36 && wire_has(w, 36) && le32(wire_here(w)) == (1u << 24 | 32) &&
	       le16(wire_here(w) + 4) & CLIENT_SSL;
}

/* RFC 3207, RFC 9051: the server will say yes. */
static bool ends_lines(const struct wire *w)
{
	static const char command[] = "STARTTLS\r\n";
	const uint32_t n = wire_captured(w), length = sizeof command - 1;

	return n >= length && !strncasecmp((const char *)wire_here(w) + n - length, command, length);
}

static bool ends_pgsql(const struct wire *w)
{
	return wire_left(w) == 1 && wire_has(w, 1) && wire_here(w)[0] == 'S';
}

/* ---- the rows ---- */

enum row {
	AJP13, AMQP, BGP, BITCOIN, BITTORRENT, C1222, COPS, CQL, DCERPC, DIAMETER, DICOM, DNP3, DOIP,
	DSI, ENIP, FINS, GIOP, GIT, HARTIP, IEC104, IMAP, KAFKA, KERBEROS, KNXIP, LDAP, LDP, LNET, MBTCP,
	MEMCACHE, MQTT, MYSQL, NCP, OPCUA, OPENFLOW, OPENWIRE, PCEP, PGSQL, REDIS, RPKI, SKINNY,
	SMPP, SMTP, TACACS, TDS, THRIFT, TNS, TPKT, YMSG, N_ROWS
};

#define DATA .protocol = &protocol_data

static const struct framing rows[N_ROWS] = {
	[AJP13]      = { "ajp13", { 4, .field = { 2, 2, false, 4 }, DATA } },
	[AMQP]       = { "amqp", { 8, .measure = measure_amqp, DATA } },
	[BGP]        = { "bgp", { 19, .field = { 16, 2 }, DATA, .is_unsized = true }, may_be_bgp },
	[BITCOIN]    = { "bitcoin", { 24, .field = { 16, 4, true, 24 }, DATA }, .resembles = is_bitcoin },
	[BITTORRENT] = { "bittorrent", { 4, .measure = measure_bittorrent, DATA },
	                 .resembles = is_bittorrent, .whole_stream = true },
	[C1222]      = { "c1222", { 5, .measure = measure_ber, DATA } },
	[COPS]       = { "cops", { 8, .field = { 4, 4 }, DATA } },
	[CQL]        = { "cql", { 9, .field = { 5, 4, false, 9 }, DATA }, may_be_cql },
	[DCERPC]     = { "dcerpc", { 16, .measure = measure_dcerpc, DATA }, .resembles = may_be_dcerpc },
	[DIAMETER]   = { "diameter", { 4, .field = { 1, 3 }, DATA }, may_be_diameter },
	[DICOM]      = { "dicom", { 6, .field = { 2, 4, false, 6 }, DATA, .is_unsized = true },
	                 may_be_dicom, is_dicom, .whole_stream = true },
	[DNP3]       = { "dnp3", { 10, .measure = measure_dnp3, DATA }, may_be_dnp3 },
	[DOIP]       = { "doip", { 8, .measure = measure_doip, DATA } },
	[DSI]        = { "dsi", { 16, .measure = measure_dsi, DATA } },
	[ENIP]       = { "enip", { 24, .field = { 2, 2, true, 24 }, DATA }, may_be_enip },
	[FINS]       = { "fins", { 8, .field = { 4, 4, false, 8 }, DATA }, may_be_fins },
	[GIOP]       = { "giop", { 12, .measure = measure_giop, DATA }, .resembles = is_giop },
	[GIT]        = { "git", { 4, .measure = measure_git, DATA } },
	[HARTIP]     = { "hartip", { 8, .field = { 6, 2 }, DATA }, may_be_hartip },
	[IEC104]     = { "iec104", { 2, .measure = measure_iec104, DATA } },
	[IMAP]       = { "imap", { 1, .measure = measure_imap, DATA, .is_unsized = true }, .ends = ends_lines },
	[KAFKA]      = { "kafka", { 4, .field = { 0, 4, false, 4 }, DATA } },
	[KERBEROS]   = { "kerberos", { 4, .measure = measure_kerberos, DATA } },
	[KNXIP]      = { "knxip", { 6, .field = { 4, 2 }, DATA } },
	[LDAP]       = { "ldap", { 4, .measure = measure_ldap, DATA }, may_be_ldap },
	[LDP]        = { "ldp", { 4, .field = { 2, 2, false, 4 }, DATA, .is_unsized = true }, may_be_ldp },
	[LNET]       = { "lnet", { 24, .measure = measure_lnet, DATA }, may_be_lnet },
	[MBTCP]      = { "mbtcp", { 6, .field = { 4, 2, false, 6 }, DATA }, may_be_modbus },
	[MEMCACHE]   = { "memcache", { 24, .field = { 8, 4, false, 24 }, DATA }, may_be_memcache },
	[MQTT]       = { "mqtt", { 2, .measure = measure_mqtt, DATA } },
	[MYSQL]      = { "mysql", { 4, .field = { 0, 3, true, 4 }, DATA }, .ends = ends_mysql },
	[NCP]        = { "ncp", { 8, .measure = measure_ncp, DATA } },
	[OPCUA]      = { "opcua", { 8, .field = { 4, 4, true }, DATA } },
	[OPENFLOW]   = { "openflow", { 8, .field = { 2, 2 }, DATA } },
	[OPENWIRE]   = { "openwire", { 5, .field = { 0, 4, false, 4 }, DATA },
	                 .resembles = is_openwire, .whole_stream = true },
	[PCEP]       = { "pcep", { 4, .field = { 2, 2 }, DATA } },
	[PGSQL]      = { "pgsql", { 5, .measure = measure_pgsql, DATA }, may_be_pgsql, .ends = ends_pgsql },
	[REDIS]      = { "redis", { 1, .measure = measure_redis, DATA, .is_unsized = true } },
	[RPKI]       = { "rpki", { 8, .field = { 4, 4 }, DATA } },
	[SKINNY]     = { "skinny", { 4, .field = { 0, 4, true, 8 }, DATA }, may_be_skinny },
	[SMPP]       = { "smpp", { 16, .field = { 0, 4 }, DATA }, may_be_smpp },
	[SMTP]       = { "smtp", { 1, .measure = measure_smtp, DATA, .is_unsized = true }, .ends = ends_lines },
	[TACACS]     = { "tacacs", { 12, .field = { 8, 4, false, 12 }, DATA } },
	[TDS]        = { "tds", { 8, .measure = measure_tds, DATA } },
	[THRIFT]     = { "thrift", { 4, .field = { 0, 4, false, 4 }, DATA }, .resembles = is_thrift },
	[TNS]        = { "tns", { 4, .measure = measure_tns, DATA }, may_be_tns },
	[TPKT]       = { "tpkt", { 4, .field = { 2, 2 }, DATA, .is_unsized = true }, may_be_tpkt },
	[YMSG]       = { "ymsg", { 20, .field = { 8, 2, false, 20 }, DATA }, .resembles = is_ymsg },
};

static const struct framing_port ports[] = {
	{ 25, SMTP }, { 49, TACACS }, { 88, KERBEROS }, { 102, TPKT }, { 104, DICOM }, { 143, IMAP },
	{ 179, BGP }, { 323, RPKI }, { 389, LDAP }, { 502, MBTCP }, { 524, NCP }, { 548, DSI },
	{ 587, SMTP }, { 646, LDP }, { 988, LNET }, { 1153, C1222 }, { 1433, TDS }, { 1521, TNS }, { 1883, MQTT },
	{ 2000, SKINNY }, { 2404, IEC104 }, { 2433, TDS }, { 2775, SMPP }, { 3268, LDAP }, { 3288, COPS },
	{ 3306, MYSQL }, { 3389, TPKT }, { 3671, KNXIP }, { 3868, DIAMETER }, { 4189, PCEP },
	{ 4840, OPCUA }, { 5094, HARTIP }, { 5432, PGSQL }, { 5672, AMQP }, { 6379, REDIS }, { 6633, OPENFLOW },
	{ 6653, OPENFLOW }, { 6881, BITTORRENT }, { 6882, BITTORRENT }, { 6883, BITTORRENT }, { 6884, BITTORRENT },
	{ 6885, BITTORRENT }, { 6886, BITTORRENT }, { 6887, BITTORRENT }, { 6888, BITTORRENT }, { 6889, BITTORRENT },
	{ 8009, AJP13 }, { 9042, CQL }, { 9092, KAFKA }, { 9418, GIT }, { 9600, FINS }, { 11211, MEMCACHE },
	{ 13400, DOIP }, { 20000, DNP3 }, { 44818, ENIP },
};

const struct framing *framing_rows(unsigned *count)
{
	*count = N_ROWS;
	return rows;
}

const struct framing_port *framing_ports(unsigned *count)
{
	*count = sizeof ports / sizeof *ports;
	return ports;
}

/* ---- which row it is ---- */

static struct tcp_stream *stream_of(struct dissection *d)
{
	const struct tcp_fact *fact = find_fact(d, FACT_TCP);

	return fact ? fact->stream : NULL;
}

static const struct framing *row_on(uint16_t port)
{
	unsigned from = 0, to = sizeof ports / sizeof *ports;

	while (from < to) {
		unsigned middle = (from + to) / 2;
		if (ports[middle].port == port)
			return &rows[ports[middle].framing];
		if (ports[middle].port < port)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

bool dissect_framed(struct dissection *d, struct wire w, uint16_t port)
{
	const struct framing *row = row_on(port);

	if (!row)
		return false;
	struct tcp_stream *stream = row->ends ? stream_of(d) : NULL;
	if (stream && stream->framed_until && stream->framed_until < d->frame->number)
		return false;
	if (stream && d->first_pass && row->ends(&w))
		stream->framed_until = d->frame->number;
	if (row->accepts && !row->accepts(&w))
		return false;
	dissect_tcp_pdus(d, &w, &row->pdus);
	return true;
}

bool dissect_framed_heuristic(struct dissection *d, struct wire w)
{
	for (unsigned i = 0; i < N_ROWS; i++) {
		if (!rows[i].resembles || !rows[i].resembles(&w))
			continue;
		struct tcp_stream *stream = d->first_pass && rows[i].whole_stream ? stream_of(d) : NULL;
		if (stream) {
			stream->framing = (uint8_t)(i + 1);
			stream->framed_from = d->frame->number;
		}
		dissect_tcp_pdus(d, &w, &rows[i].pdus);
		return true;
	}
	return false;
}

bool dissect_framed_stream(struct dissection *d, struct wire w)
{
	const struct tcp_stream *stream = stream_of(d);

	if (stream && stream->announced.protocol) {
		dissect_protocol(d, w, stream->announced.protocol);
		return true;
	}
	if (!stream || !stream->framing || d->frame->number < stream->framed_from)
		return false;
	const struct framing *row = &rows[stream->framing - 1];
	if (row->accepts && !row->accepts(&w))
		return false;
	dissect_tcp_pdus(d, &w, &row->pdus);
	return true;
}
