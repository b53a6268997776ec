/*
 * fuzz_quic.c: the frames of one QUIC connection, which this target protects with its keys: so the input reaches what stands
 * behind the protection, in both directions and at every level of encryption.
 *
 * The input is which version and whether hellos come first (1 octet), and packets: what each is (1 octet, struct packet),
 * how long (2), its octets. Secrets are the same always, and in the key log.
 */

#include <openssl/evp.h>

#include "dissect/quic.h"
#include "fuzz.h"

enum { HEADERS = IP_HEADER + UDP_HEADER, LARGEST = 1400, ID = 8, PORT = 443, AES_128_GCM = 0x1301, ZERO_SECRET = 32 };

enum kind { INITIAL, EARLY, HANDSHAKE, SHORT, RAW };

/* A packet of the input. */
struct packet {
	uint8_t kind;         /* RAW and others: the octets as they are */
	bool from_server;
	bool is_updated;      /* with the next keys, in the other key phase */
	bool is_coalesced;    /* in the datagram of the one before */
	bool has_id;          /* its first octets are the connection id */
	uint16_t length;
	const uint8_t *octets;
};

/* A datagram that is being filled. */
struct datagram {
	uint8_t octets[HEADERS + LARGEST];
	size_t n; /* behind the headers */
	bool from_server;
};

struct sender {
	FILE *file;
	uint64_t time;
	uint32_t version;
	struct crypto *crypto;
	struct quic_keys keys[QUIC_SIDES][SHORT + 2]; /* by kind; the last: of 1-RTT packets after an update */
	uint64_t numbers[QUIC_SIDES][SHORT + 1];
	struct datagram datagram;
};

static const char key_log[] =
#define RANDOM " 0101010101010101010101010101010101010101010101010101010101010101 "
#define SECRET "0000000000000000000000000000000000000000000000000000000000000000\n"
	"CLIENT_EARLY_TRAFFIC_SECRET" RANDOM SECRET "CLIENT_HANDSHAKE_TRAFFIC_SECRET" RANDOM SECRET
	"SERVER_HANDSHAKE_TRAFFIC_SECRET" RANDOM SECRET "CLIENT_TRAFFIC_SECRET_0" RANDOM SECRET
	"SERVER_TRAFFIC_SECRET_0" RANDOM SECRET;

static const uint8_t ids[QUIC_SIDES][ID] = { "CLIENT01", "SERVER01" };

static void derive(struct sender *s)
{
	struct quic_id id = { .length = ID };

	memcpy(id.octets, ids[QUIC_SERVER], ID);
	for (unsigned side = 0; side < QUIC_SIDES; side++) {
		struct quic_secret secret = quic_initial_secret(s->crypto, s->version, &id, side);
		quic_derive(s->crypto, &s->keys[side][INITIAL], s->version, AES_128_GCM, &secret);
		secret = (struct quic_secret){ .length = ZERO_SECRET };
		for (unsigned kind = EARLY; kind <= SHORT; kind++)
			quic_derive(s->crypto, &s->keys[side][kind], s->version, AES_128_GCM, &secret);
		s->keys[side][SHORT + 1] = s->keys[side][SHORT];
		quic_update(s->crypto, &s->keys[side][SHORT + 1], s->version, &secret);
	}
}

static void flush(struct sender *s)
{
	struct datagram *g = &s->datagram;

	if (!g->n)
		return;
	put_headers(g->octets, HEADERS + g->n, 17, PORT, g->from_server);
	put16(g->octets + IP_HEADER + 4, (uint32_t)(UDP_HEADER + g->n));
	put_frame(s->file, g->octets, HEADERS + g->n, s->time += 1000, 0);
	g->n = 0;
}

/* The header up to the packet number, of one octet: how long it is. */
static size_t put_header(uint8_t *to, const struct sender *s, const struct packet *p, const uint8_t *id, size_t id_length,
                         size_t length)
{
	static const uint8_t types[] = { 0, 1, 2 };
	uint8_t *at = to;

	if (p->kind == SHORT) {
		*at++ = (uint8_t)(0x40 | p->is_updated << 2);
		memcpy(at, id, id_length);
		return (size_t)(at - to) + id_length;
	}
	*at++ = (uint8_t)(0xc0 | ((types[p->kind] + (s->version == QUIC_VERSION_2)) & 3) << 4);
	put_number(at, s->version);
	at += 4;
	*at++ = (uint8_t)id_length;
	memcpy(at, id, id_length);
	at += id_length;
	*at++ = ID;
	memcpy(at, ids[p->from_server], ID);
	at += ID;
	if (p->kind == INITIAL)
		*at++ = 0; /* length of the token */
	put16(at, (uint32_t)(0x4000 | (1 + length + QUIC_TAG)));
	return (size_t)(at + 2 - to);
}

/* Protects n octets with the header before them; the tag goes behind. */
static void seal(const struct sender *s, const struct quic_keys *keys, uint64_t number, uint8_t *header, size_t header_length,
                 size_t n)
{
	uint8_t nonce[sizeof keys->iv], mask[5] = { 0 }, *payload = header + header_length;
	int length;
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

	memcpy(nonce, keys->iv, sizeof nonce);
	for (unsigned i = 0; i < 8; i++)
		nonce[4 + i] ^= (uint8_t)(number >> (56 - 8 * i));
	EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), NULL, keys->key, nonce);
	EVP_EncryptUpdate(context, NULL, &length, header, (int)header_length);
	EVP_EncryptUpdate(context, payload, &length, payload, (int)n);
	EVP_EncryptFinal_ex(context, payload + n, &length);
	EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, QUIC_TAG, payload + n);
	EVP_CIPHER_CTX_free(context);
	quic_header_mask(s->crypto, mask, keys, payload + 3);
	header[0] ^= mask[0] & (header[0] & 0x80 ? 0x0f : 0x1f);
	header[header_length - 1] ^= mask[1];
}

static void put_packet(struct sender *s, struct packet p)
{
	enum { ANNOUNCED = 4, LEAST = 3, OVERHEAD = 64 };
	struct datagram *g = &s->datagram;
	const uint8_t *id = ids[!p.from_server];
	size_t id_length = ID, n = p.length;

	if (!p.is_coalesced || g->n + n + OVERHEAD > LARGEST)
		flush(s);
	if (n + OVERHEAD > LARGEST)
		n = LARGEST - OVERHEAD;
	uint8_t *to = g->octets + HEADERS + g->n;
	g->from_server = p.from_server;
	if (p.kind > SHORT) {
		memcpy(to, p.octets, n);
		g->n += n;
		return;
	}
	if (p.has_id && n >= ANNOUNCED) {
		id = p.octets;
		id_length = ANNOUNCED;
		p.octets += ANNOUNCED;
		n -= ANNOUNCED;
	}
	const size_t padded = n < LEAST ? LEAST : n, at = put_header(to, s, &p, id, id_length, padded);
	const uint64_t number = s->numbers[p.from_server][p.kind]++;
	to[at] = (uint8_t)number;
	memset(to + at + 1, 0, padded);
	memcpy(to + at + 1, p.octets, n);
	seal(s, &s->keys[p.from_server][p.kind + (p.kind == SHORT && p.is_updated)], number, to, at + 1, padded);
	g->n += at + 1 + padded + QUIC_TAG;
}

/* What says by which secrets packets are opened. */
static void put_hellos(struct sender *s)
{
	uint8_t client[3 + 51] = { 6, 0, 51, 1, 0, 0, 47, 3, 3 }, server[3 + 50] = { 6, 0, 50, 2, 0, 0, 46, 3, 3 };

	memset(client + 9, 1, 32);
	memcpy(client + 42, "\0\2\x13\1\1\0\0\4\0\x2b\0\0", 12);
	memcpy(server + 42, "\x13\1\0\0\6\0\x2b\0\2\3\4", 11);
	put_packet(s, (struct packet){ .kind = INITIAL, .length = sizeof client, .octets = client });
	put_packet(s, (struct packet){ .kind = INITIAL, .from_server = true, .length = sizeof server, .octets = server });
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { HEAD = 3, NO_HELLOS = 0x80 };
	static const uint32_t versions[] = { QUIC_VERSION_1, QUIC_VERSION_2, 0xff00001d };
	static struct sender s;

	if (size < 1 || size > 65536)
		return 0;
	secrets = key_log;
	if (!s.crypto)
		s.crypto = crypto_new();
	s.version = versions[(data[0] & 0x7f) % (sizeof versions / sizeof *versions)];
	memset(s.numbers, 0, sizeof s.numbers);
	derive(&s);
	int fd = begin_capture(LINK_RAW, &s.file);
	if (!(data[0] & NO_HELLOS))
		put_hellos(&s);
	for (size_t at = 1; at + HEAD <= size;) {
		const uint8_t what = data[at];
		struct packet p = { what & 7, what & 8, what & 0x10, what & 0x20, what & 0x40, 0, data + at + HEAD };
		p.length = (uint16_t)(data[at + 1] << 8 | data[at + 2]);
		at += HEAD;
		if (p.length > size - at)
			p.length = (uint16_t)(size - at);
		at += p.length;
		put_packet(&s, p);
	}
	flush(&s);
	fclose(s.file);
	dissect_capture(fd);
	return 0;
}
