#ifndef DISSECT_FRAMINGS_H
#define DISSECT_FRAMINGS_H
/*
 * framings: where the PDUs of protocols end that are not dissected themselves, so that segments of TCP
 * are put together for them. What is in a PDU is shown as Data.
 */

#include "dissect/tcp_reassembly.h"

struct framing {
	const char *name;         /* of the protocol */
	struct tcp_framing pdus;
	bool (*accepts)(const struct wire *w);   /* may these octets begin its PDUs? NULL: always */
	bool (*resembles)(const struct wire *w); /* do they, on whatever port? NULL: never asked */
	bool (*ends)(const struct wire *w);      /* are they the last of them, TLS to follow? NULL: never */
	bool whole_stream;        /* once they do, the rest of the stream is taken for the protocol's */
};

/* A port of a protocol, as a number of a row. */
struct framing_port {
	uint16_t port;
	uint8_t framing;
};

/* The rows, in rising order of name, and their ports, in rising order. */
const struct framing *framing_rows(unsigned *count);
const struct framing_port *framing_ports(unsigned *count);

/*
 * The PDUs of a protocol that sits on a port, or that they show by themselves: false when there is
 * no such protocol.
 */
bool dissect_framed(struct dissection *d, struct wire w, uint16_t port);
bool dissect_framed_heuristic(struct dissection *d, struct wire w);

/* Those of a stream that has shown its protocol already. */
bool dissect_framed_stream(struct dissection *d, struct wire w);

#endif
