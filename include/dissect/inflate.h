#ifndef DISSECT_INFLATE_H
#define DISSECT_INFLATE_H
/* inflate: what zlib and brotli decompress, in an arena. */

#include <stdint.h>
#include <zlib.h>

#include "dissect/arena.h"

struct inflated {
	uint8_t *octets;
	uint32_t length, capacity;
};

enum { INFLATED_RATIO = 1100 }; /* more than DEFLATE (RFC 1951) can reach */

/* Puts what the stream's input holds behind what is there already, up to `most` octets in all. zlib's last result. */
int inflate_more(struct arena *arena, z_stream *stream, uint32_t most, struct inflated *inflated);

/* Is that result one of a stream that is sound, if not complete? */
static inline bool inflate_is_sound(int result)
{
	return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
}

/* What n octets of Brotli (RFC 7932) hold, up to `most` octets; *complete: they end it, and nothing stands behind. False: they are none. */
bool unpack_brotli(struct arena *arena, const uint8_t *octets, size_t n, uint32_t most, struct inflated *unpacked, bool *complete);

/* Makes room for more, up to `most` octets in all. False: there is no more. */
bool inflated_grow(struct arena *arena, struct inflated *inflated, uint32_t most);

#endif
