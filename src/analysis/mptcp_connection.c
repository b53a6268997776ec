/*
 * mptcp_connection.c: which TCP streams are subflows of which Multipath TCP connection: RFC 8684,
 * and RFC 6824 before it.
 *
 * A connection begins with the first key in an MP_CAPABLE option, or with whatever other option
 * comes first in a stream; a stream joins one by the token of either key. Of its two sides, the
 * first is that of the first key that was told.
 */

#include "dissect/mptcp.h"

#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"
#include "dissect/wire.h"

void mptcp_connections_begin(void *memory)
{
	struct mptcp_connections *c = memory;

	map_init(&c->all, sizeof(uint32_t), sizeof(struct mptcp_connection));
	map_init(&c->subflows, sizeof(uint32_t), sizeof(struct mptcp_subflow));
	map_init(&c->tokens, sizeof(uint32_t), sizeof(uint32_t));
}

void mptcp_connections_end(void *memory)
{
	struct mptcp_connections *c = memory;

	for (uint32_t i = 0; i < c->all.count; i++)
		free(((struct mptcp_connection *)map_value(&c->all, i))->streams);
	map_free(&c->all);
	map_free(&c->subflows);
	map_free(&c->tokens);
}

/*
 * The token is the first 32 bits of the key's hash, the initial data sequence number its last 64:
 * of SHA-1 in version 0, of SHA-256 since.
 */
struct mptcp_names mptcp_names_of(uint64_t key, unsigned version)
{
	uint8_t octets[8], hash[SHA256_DIGEST_LENGTH];

	for (unsigned i = 0; i < sizeof octets; i++)
		octets[i] = (uint8_t)(key >> (56 - 8 * i));
	if (version == 0)
		SHA1(octets, sizeof octets, hash);
	else if (version == 1)
		SHA256(octets, sizeof octets, hash);
	else
		return (struct mptcp_names){ 0 };
	const uint8_t *end = hash + (version == 0 ? SHA_DIGEST_LENGTH : SHA256_DIGEST_LENGTH);
	return (struct mptcp_names){ be32(hash), be64(end - 8) };
}

/*
 * Without a long acknowledgment, only those upper bits of the initial number are taken off that the
 * number has, too: none where it has 4 octets. It is not expanded to 8: numbers that went around
 * show as what they are short of the initial one.
 */
uint64_t mptcp_relative(uint64_t number, uint64_t idsn, bool is_long)
{
	return number - (is_long ? idsn : idsn & (number | UINT32_MAX));
}

/*
 * Nothing in an MP_JOIN says which side sends it, and tshark always takes it for the first: right
 * in version 0, where the client's key comes first, and not in version 1, where that is the
 * server's; but there, too, if no other key is known.
 */
unsigned mptcp_side_of(const struct mptcp_subflow *subflow, unsigned direction)
{
	const struct mptcp_connection *connection = subflow->connection;
	const bool is_lone = subflow->has_joined && connection->version == 1 && !connection->sides[1].has_key;

	return direction ^ subflow->first ^ is_lone;
}

/* ---- connections ---- */

static struct mptcp_connection *new_connection(struct mptcp_connections *c)
{
	bool is_new;
	uint32_t number = c->all.count;
	struct mptcp_connection *connection = map_put(&c->all, &number, &is_new);

	connection->number = number;
	connection->master = NO_STREAM;
	return connection;
}

static struct mptcp_connection *connection_by(const struct mptcp_connections *c, uint32_t token)
{
	const uint32_t *number = map_get(&c->tokens, &token);

	return number ? map_value(&c->all, *number) : NULL;
}

static void add_token(struct mptcp_connections *c, uint32_t token, const struct mptcp_connection *connection)
{
	bool is_new;
	uint32_t *number = map_put(&c->tokens, &token, &is_new);

	if (is_new)
		*number = connection->number;
}

static void list_stream(struct mptcp_subflow *subflow)
{
	struct mptcp_connection *connection = subflow->connection;
	uint32_t n = connection->stream_count;

	if (subflow->listed == connection)
		return;
	subflow->listed = connection;
	if ((n & (n - 1)) == 0)
		connection->streams = must_realloc(connection->streams, (n ? n * 2 : 1) * sizeof *connection->streams);
	connection->streams[connection->stream_count++] = subflow->stream;
}

/* The first key of a side stands, whatever comes later. */
static void tell_key(struct mptcp_connections *c, struct mptcp_connection *connection, unsigned side, uint64_t key,
                     unsigned version)
{
	if (connection->sides[side].has_key)
		return;
	if (!connection->sides[!side].has_key)
		connection->version = (uint8_t)version;
	const struct mptcp_names names = mptcp_names_of(key, version);
	connection->sides[side] = (struct mptcp_side){ key, names, true, true };
	add_token(c, names.token, connection);
}

/* ---- options ---- */

/* MP_CAPABLE, section 3.1: no key in a SYN of version 1, one in a SYN-ACK, both in an ACK. */
static void learn_capable(struct mptcp_connections *c, struct mptcp_subflow *subflow, unsigned direction,
                          const uint8_t *option, unsigned length, unsigned captured)
{
	if (!capable_has_key(length) || captured < CAPABLE_KEY)
		return;
	const unsigned version = option[2] & 0x0f;
	const uint64_t key = be64(option + 4);
	struct mptcp_connection *connection = subflow->connection;
	if (!connection)
		subflow->first = (uint8_t)direction;
	/* A key that others know by its token: the connection that they have joined. */
	if (!connection || !connection->sides[mptcp_side_of(subflow, direction)].has_key) {
		struct mptcp_connection *known = connection_by(c, mptcp_names_of(key, version).token);
		connection = known ? known : connection ? connection : new_connection(c);
	}
	subflow->connection = connection;
	const unsigned side = mptcp_side_of(subflow, direction);
	tell_key(c, connection, side, key, version);
	if (capable_has_keys(length) && captured >= CAPABLE_KEYS)
		tell_key(c, connection, !side, be64(option + 12), version);
	connection->master = subflow->stream;
	list_stream(subflow);
}

/*
 * MP_JOIN, section 3.2: a SYN has the token of the connection, which may have begun before the
 * capture.
 */
static void learn_join(struct mptcp_connections *c, struct mptcp_subflow *subflow, unsigned direction,
                       const uint8_t *option, unsigned captured)
{
	if (captured < 8)
		return;
	const uint32_t token = be32(option + 4);
	struct mptcp_connection *connection = connection_by(c, token);

	if (connection)
		subflow->connection = connection;
	else if (!subflow->connection)
		subflow->connection = new_connection(c);
	add_token(c, token, subflow->connection);
	subflow->first = (uint8_t)direction;
	subflow->has_joined = true;
	list_stream(subflow);
}

struct mptcp_subflow *mptcp_learn(struct mptcp_connections *c, uint32_t stream, unsigned direction,
                                  const uint8_t *option, unsigned length, unsigned captured)
{
	bool is_new;
	struct mptcp_subflow *subflow = map_put(&c->subflows, &stream, &is_new);

	subflow->stream = stream;
	if (captured < 3)
		return subflow;
	const unsigned subtype = option[2] >> 4;
	if (subtype == MPTCP_CAPABLE) {
		learn_capable(c, subflow, direction, option, length, captured);
	} else if (subtype == MPTCP_JOIN && length == JOIN_SYN) {
		learn_join(c, subflow, direction, option, captured);
	} else if (!subflow->connection) {
		subflow->connection = new_connection(c);
		subflow->first = (uint8_t)direction;
	}
	/* A number of 8 octets can be counted from 0 on where the initial one is not known. */
	const uint8_t wanted = DSS_MAPPING | DSS_LONG_SEQUENCE;
	if (subtype == MPTCP_DSS && captured > 3 && (option[3] & wanted) == wanted)
		subflow->connection->sides[mptcp_side_of(subflow, direction)].is_relative = true;
	return subflow;
}
