#ifndef DISSECT_TLS_KEYS_H
#define DISSECT_TLS_KEYS_H
/*
 * tls_keys: what protects the records of one direction of a connection, until its keys change: derived in pass 1 once, then frozen.
 */

#include "dissect/crypto.h"
#include "dissect/tls.h"

enum { TLS_MASTER_SECRET = 48 };

/* What protects records in a cipher suite. */
struct tls_suite {
	enum cipher cipher;
	enum digest mac;       /* of a record; DIGEST_NONE: the cipher authenticates */
	enum digest derivation; /* that keys are derived by from TLS 1.2 on */
	uint8_t tag;           /* octets */
	bool is_aead, is_rc4;
};

/* False: there is no such suite, or none that is known here. */
bool tls_suite_of(uint16_t number, struct tls_suite *suite);

struct tls_keys {
	struct tls_suite suite;
	bool is_1_3;
	bool has_associated;   /* the header of a record is authenticated; not in early drafts of TLS 1.3 */
	bool has_implicit_iv;  /* CBC up to TLS 1.0: the last block of the record before it */
	bool encrypt_then_mac;
	bool is_blind;         /* nothing but the lengths is known: of a suite without encryption */
	uint8_t key[CIPHER_KEY_LARGEST], iv[CIPHER_IV_LARGEST], mac_key[DIGEST_LARGEST];
	uint8_t secret[DIGEST_LARGEST]; /* of TLS 1.3: what these were derived from */

	/* What each record begins with where that follows from those before it, by sequence number. */
	uint8_t (*ivs)[CIPHER_IV_LARGEST];
	struct tls_rc4_mark *marks;
	struct tls_rc4_state *states;
	uint32_t begun, begun_capacity, state_count, state_capacity;
};

void tls_keys_end(struct tls_keys *keys);

/* Those of TLS 1.3 by a traffic secret, RFC 8446, section 7.3. */
bool tls_derive_traffic_keys(struct crypto *crypto, struct tls_keys *keys, uint16_t version, uint16_t suite,
                             const uint8_t *secret, uint32_t length);

/* The next ones, section 7.2. */
bool tls_derive_next_keys(struct crypto *crypto, struct tls_keys *keys, const struct tls_keys *before);

/* The pseudo-random function of TLS up to 1.2, RFC 5246, section 5: n octets. */
bool tls_derive(struct crypto *crypto, uint16_t version, enum digest digest, struct octets secret, const char *label,
                struct octets seed, uint8_t *to, size_t n);

/* The hash of handshake messages that the extended master secret is derived from, RFC 7627, section 3. */
bool tls_hash_messages(struct crypto *crypto, uint16_t version, enum digest digest, struct octets messages, uint8_t *to,
                       size_t *length);

/* The keys of client and server by the master secret, section 6.3; `randoms` are the server's and the client's. */
bool tls_derive_keys(struct crypto *crypto, struct tls_keys keys[2], uint16_t version, uint16_t suite,
                     const uint8_t master[TLS_MASTER_SECRET], const uint8_t randoms[64], bool encrypt_then_mac);

/*
 * Decrypts the record with that sequence number into `to`, which has room for sealed->length octets; its length in *length, its
 * type in *type. False: it is not what it should be. In pass 1 records must be decrypted in their order, and their authentication codes
 * are checked.
 */
bool tls_unseal(struct crypto *crypto, struct tls_keys *keys, uint64_t sequence, const struct tls_sealed *sealed,
                bool first_pass, uint8_t *to, uint32_t *length, uint8_t *type);

#endif
