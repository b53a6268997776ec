#ifndef DISSECT_KEY_LOG_H
#define DISSECT_KEY_LOG_H
/*
 * key_log: secrets of TLS connections in the NSS key log format, from a file or from the decryption secrets blocks of a
 * pcapng.
 *
 * What pass 1 derives from secrets it keeps: only it looks them up, since blocks count from where they stand on, as in
 * tshark. A secret lasts as its key log.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct session;

/* What a secret is for: the labels of the key log's lines. */
enum secret_label {
	SECRET_MASTER, /* CLIENT_RANDOM: the master secret of TLS 1.2 and before */
	SECRET_PRE_MASTER, /* PMS_CLIENT_RANDOM */
	SECRET_CLIENT_EARLY_TRAFFIC,
	SECRET_CLIENT_HANDSHAKE_TRAFFIC,
	SECRET_SERVER_HANDSHAKE_TRAFFIC,
	SECRET_CLIENT_TRAFFIC,
	SECRET_SERVER_TRAFFIC,
	SECRET_EARLY_EXPORTER, SECRET_EXPORTER, /* they are read, but not kept: they protect no records */
	SECRET_LABELS
};

struct secret {
	uint32_t length;
	uint8_t *octets;
};

struct key_log;

/* The caller gives it back by key_log_free(). */
struct key_log *key_log_new(void);
void key_log_free(struct key_log *log);

/*
 * Reads lines up to the end. Each that begins as one of the format does and is damaged has a line in `complaints`
 * (NULL: none is wanted) that names it, "dissect: NAME:LINE: what is wrong"; comments and what is unknown are passed over.
 * False: reading failed, errno says why.
 */
bool key_log_read(struct key_log *log, FILE *from, const char *name, FILE *complaints);

/* The secrets that hold in pass 1 at this moment: of the file, and of the blocks that were read so far. NULL: none. */
struct key_log *key_log_now(struct session *session);

/*
 * The secret of the connection whose Client Hello has this random, or NULL; a secret is at least 32 octets long, the master
 * secret 48. A NULL log has none.
 */
const struct secret *key_log_find(const struct key_log *log, enum secret_label label, const uint8_t client_random[32]);

/* The pre-master secret whose encrypted form, RFC 5246, section 7.4.7.1, begins so. */
const struct secret *key_log_find_encrypted(const struct key_log *log, const uint8_t first[8]);

/*
 * The master secret of a session: by its id, or by what tells it from others of that length; both at most 32 octets. It may have been
 * kept when the session began.
 */
const struct secret *key_log_find_session(const struct key_log *log, const uint8_t *id, uint32_t length);
void key_log_keep_session(struct key_log *log, const uint8_t *id, uint32_t length, const uint8_t master[48]);

/* Has it secrets that master secrets follow from? */
bool key_log_has_pre_masters(const struct key_log *log);

/* Can there be secrets in this session, now or later? */
bool key_log_is_possible(const struct session *session);

#endif
