/*
 * key_log.c: lines of a key log, as NSS defined them (draft-ietf-tls-keylogfile):
 *
 *	LABEL client_random secret
 *	RSA first_octets_of_the_encrypted_pre_master_secret pre_master_secret
 *	RSA Session-ID:id Master-Key:master_secret
 *
 * As in tshark, lines may go on behind the secret, of secrets given twice the last counts.
 */

#include "dissect/key_log.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"
#include "dissect/map.h"
#include "dissect/session.h"

enum {
	LINE_LARGEST = 2048,     /* characters that are looked at */
	KEY_LARGEST = 32,
	SECRETS_LARGEST = 1 << 20,
	MOST_COMPLAINTS = 20,    /* for one file */
	MASTER_SECRET = 48,      /* octets, RFC 5246, section 8.1 */
	ENCRYPTED = 8,
	BLOCK_TLS = 0x544c534b,  /* of decryption secrets: a TLS key log */
};

/* How secrets are found: by their label or in one of the ways that the label RSA has. */
enum { BY_ENCRYPTED = SECRET_LABELS, BY_SESSION };

static const struct form {
	const char *start;     /* of the line, up to the key */
	const char *between;   /* key and secret */
	uint8_t kind;          /* enum secret_label or BY_ */
	uint8_t key_least, key_most;
	uint16_t least, most;  /* octets of the secret */
} forms[] = {
	{ "CLIENT_RANDOM ", " ", SECRET_MASTER, 32, 32, MASTER_SECRET, MASTER_SECRET },
	{ "CLIENT_EARLY_TRAFFIC_SECRET ", " ", SECRET_CLIENT_EARLY_TRAFFIC, 32, 32, 32, 64 },
	{ "CLIENT_HANDSHAKE_TRAFFIC_SECRET ", " ", SECRET_CLIENT_HANDSHAKE_TRAFFIC, 32, 32, 32, 64 },
	{ "SERVER_HANDSHAKE_TRAFFIC_SECRET ", " ", SECRET_SERVER_HANDSHAKE_TRAFFIC, 32, 32, 32, 64 },
	{ "CLIENT_TRAFFIC_SECRET_0 ", " ", SECRET_CLIENT_TRAFFIC, 32, 32, 32, 64 },
	{ "SERVER_TRAFFIC_SECRET_0 ", " ", SECRET_SERVER_TRAFFIC, 32, 32, 32, 64 },
	{ "EARLY_EXPORTER_SECRET ", " ", SECRET_EARLY_EXPORTER, 32, 32, 32, 64 },
	{ "EXPORTER_SECRET ", " ", SECRET_EXPORTER, 32, 32, 32, 64 },
	{ "PMS_CLIENT_RANDOM ", " ", SECRET_PRE_MASTER, 32, 32, 1, LINE_LARGEST / 2 },
	{ "RSA Session-ID:", " Master-Key:", BY_SESSION, 1, KEY_LARGEST, MASTER_SECRET, MASTER_SECRET },
	{ "RSA ", " ", BY_ENCRYPTED, ENCRYPTED, ENCRYPTED, 1, LINE_LARGEST / 2 },
};

struct key {
	uint8_t kind, length;
	uint8_t octets[KEY_LARGEST];
};

struct key_log {
	struct map secrets; /* struct key to struct secret */
	struct arena octets;
	bool has_pre_masters;
	uint32_t blocks;    /* of the capture that have been read */
};

struct key_log *key_log_new(void)
{
	struct key_log *log = must_zero(1, sizeof *log);

	map_init(&log->secrets, sizeof(struct key), sizeof(struct secret));
	return log;
}

void key_log_free(struct key_log *log)
{
	if (!log)
		return;
	map_free(&log->secrets);
	arena_free(&log->octets);
	free(log);
}

/* ---- lines ---- */

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The octets that hex digits stand for, at most `most`; *line goes behind them. */
static uint32_t read_hex(const char **line, uint8_t *to, uint32_t most)
{
	uint32_t n = 0;
	const char *p = *line;

	for (; n < most && digit_of(p[0]) >= 0 && digit_of(p[1]) >= 0; p += 2)
		to[n++] = (uint8_t)(digit_of(p[0]) << 4 | digit_of(p[1]));
	*line = p;
	return n;
}

static bool skip(const char **line, const char *text)
{
	const size_t n = strlen(text);

	if (strncmp(*line, text, n) != 0)
		return false;
	*line += n;
	return true;
}

static void keep(struct key_log *log, const struct key *key, const uint8_t *octets, uint32_t length)
{
	if (key->kind == SECRET_EARLY_EXPORTER || key->kind == SECRET_EXPORTER || log->secrets.count >= SECRETS_LARGEST)
		return;
	log->has_pre_masters |= key->kind == SECRET_PRE_MASTER || key->kind == BY_ENCRYPTED;
	struct secret *secret = map_put(&log->secrets, key, NULL);
	if (secret->length < length) /* else there is room where the one before it stands */
		secret->octets = arena_alloc(&log->octets, length);
	secret->length = length;
	memcpy(secret->octets, octets, length);
}

/* Reads what follows the start of a line. What is wrong with it, or NULL. */
static const char *read_form(struct key_log *log, const struct form *form, const char *line)
{
	struct key key = { .kind = form->kind };
	uint8_t octets[LINE_LARGEST / 2];

	key.length = (uint8_t)read_hex(&line, key.octets, form->key_most);
	if (key.length < form->key_least)
		return form->kind == BY_SESSION ? "the session id is no hex" :
		       form->kind == BY_ENCRYPTED ? "the start of the encrypted secret is not 16 hex digits" :
		                                    "the client random is not 64 hex digits";
	if (!skip(&line, form->between))
		return "the secret does not follow where it should";
	const uint32_t length = read_hex(&line, octets, form->most);
	if (length < form->least)
		return "the secret is too short, or no hex";
	keep(log, &key, octets, length);
	return digit_of(*line) >= 0 ? "the secret is too long, or ends within an octet" : NULL;
}

static const char *read_line(struct key_log *log, const char *line)
{
	for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
		if (skip(&line, forms[i].start))
			return read_form(log, &forms[i], line);
	return NULL;
}

/* What does not fit into `line` is passed over. */
static bool next_line(FILE *from, char line[LINE_LARGEST])
{
	size_t n = 0;
	int c = getc_unlocked(from);

	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc_unlocked(from))
		if (n < LINE_LARGEST - 1)
			line[n++] = (char)c;
	line[n] = '\0';
	return true;
}

bool key_log_read(struct key_log *log, FILE *from, const char *name, FILE *complaints)
{
	char line[LINE_LARGEST];
	unsigned damaged = 0;

	for (unsigned long number = 1; next_line(from, line); number++) {
		const char *fault = read_line(log, line);
		if (!fault || !complaints || damaged++ > MOST_COMPLAINTS)
			continue;
		if (damaged > MOST_COMPLAINTS)
			fault = "this and other lines are damaged";
		fprintf(complaints, "dissect: %s:%lu: %s\n", name, number, fault);
	}
	return !ferror(from);
}

/* ---- looking secrets up ---- */

static void read_block(struct key_log *log, const uint8_t *octets, size_t length)
{
	char name[64];
	FILE *from = length ? fmemopen((void *)(uintptr_t)octets, length, "r") : NULL;

	if (!from)
		return;
	snprintf(name, sizeof name, "decryption secrets block %u", log->blocks);
	key_log_read(log, from, name, stderr);
	fclose(from);
}

struct key_log *key_log_now(struct session *session)
{
	const uint32_t before = session->keys ? session->keys->blocks : 0;
	const uint8_t *octets;
	uint32_t type;
	size_t length;

	for (uint32_t i = before; (octets = capture_secrets(session->capture, i, &type, &length)); i++) {
		if (!session->keys)
			session->keys = key_log_new();
		session->keys->blocks = i + 1;
		if (type == BLOCK_TLS)
			read_block(session->keys, octets, length);
	}
	return session->keys;
}

static const struct secret *find(const struct key_log *log, uint8_t kind, const uint8_t *octets, uint32_t length)
{
	struct key key = { .kind = kind, .length = (uint8_t)length };

	if (!log || length > KEY_LARGEST)
		return NULL;
	memcpy(key.octets, octets, length);
	return map_get(&log->secrets, &key);
}

const struct secret *key_log_find(const struct key_log *log, enum secret_label label, const uint8_t client_random[32])
{
	return find(log, (uint8_t)label, client_random, KEY_LARGEST);
}

const struct secret *key_log_find_encrypted(const struct key_log *log, const uint8_t first[8])
{
	return find(log, BY_ENCRYPTED, first, ENCRYPTED);
}

const struct secret *key_log_find_session(const struct key_log *log, const uint8_t *id, uint32_t length)
{
	return find(log, BY_SESSION, id, length);
}

void key_log_keep_session(struct key_log *log, const uint8_t *id, uint32_t length, const uint8_t master[48])
{
	struct key key = { .kind = BY_SESSION, .length = (uint8_t)length };

	if (!log || !length || length > KEY_LARGEST)
		return;
	memcpy(key.octets, id, length);
	keep(log, &key, master, MASTER_SECRET);
}

bool key_log_has_pre_masters(const struct key_log *log)
{
	return log && log->has_pre_masters;
}

bool key_log_is_possible(const struct session *session)
{
	return session->keys || capture_is_pcapng(session->capture);
}
