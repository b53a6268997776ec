/*
 * registry.c: every protocol, and who sits on which type or port.
 *
 * To add a protocol: declare it, give it a line in `protocols`, and a row for each number that names it.
 */

#include "dissect/protocol.h"

#define PROTOCOLS(X)                                                                                        \
	X(frame) X(comment) X(ends) X(expert) X(data)                                                       \
	X(eth)                                                                                              \
	X(ipv4) X(udp)

#define DECLARE(p) extern const struct protocol protocol_##p;
PROTOCOLS(DECLARE)
#undef DECLARE

#define LIST(p) &protocol_##p,
const struct protocol *const protocols[] = { PROTOCOLS(LIST) NULL };
#undef LIST

unsigned protocol_count(void)
{
	return sizeof protocols / sizeof *protocols - 1;
}

/* Each table's rows stand together, in rising order of key. */
static const struct table_row rows[] = {
	{ BY_LINK_TYPE, 1, &protocol_eth },
	{ BY_ETHERTYPE, 0x0800, &protocol_ipv4 },
	{ BY_IP_PROTOCOL, 4, &protocol_ipv4 },
	{ BY_IP_PROTOCOL, 17, &protocol_udp },
};

const struct protocol *protocol_by(enum table table, uint32_t key)
{
	unsigned low = 0, high = sizeof rows / sizeof *rows;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		const struct table_row *row = &rows[middle];
		if (row->table == table && row->key == key)
			return row->protocol;
		if (row->table < table || (row->table == table && row->key < key))
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct protocol *const udp_heuristics[] = { NULL };
const struct protocol *const tcp_heuristics[] = { NULL };
