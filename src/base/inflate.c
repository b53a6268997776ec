/* inflate.c: what zlib and brotli decompress, in an arena. */

#include "dissect/inflate.h"

#include <brotli/decode.h>
#include <string.h>

enum { STEP = 16 * 1024 };

bool inflated_grow(struct arena *arena, struct inflated *inflated, uint32_t most)
{
	if (inflated->length < inflated->capacity)
		return true;
	if (inflated->capacity >= most)
		return false;
	const uint32_t capacity = inflated->capacity > UINT32_MAX / 2 - STEP ? most : 2 * inflated->capacity + STEP;
	uint8_t *octets = arena_alloc(arena, capacity);
	if (inflated->length)
		memcpy(octets, inflated->octets, inflated->length);
	*inflated = (struct inflated){ octets, inflated->length, capacity };
	return true;
}

int inflate_more(struct arena *arena, z_stream *stream, uint32_t most, struct inflated *inflated)
{
	int result = Z_OK;

	while (result == Z_OK && inflated_grow(arena, inflated, most)) {
		stream->next_out = inflated->octets + inflated->length;
		stream->avail_out = inflated->capacity - inflated->length;
		result = inflate(stream, Z_SYNC_FLUSH);
		inflated->length = inflated->capacity - stream->avail_out;
	}
	return result;
}

bool unpack_brotli(struct arena *arena, const uint8_t *octets, size_t n, uint32_t most, struct inflated *unpacked, bool *complete)
{
	BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;

	*unpacked = (struct inflated){ 0 };
	while (state && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && inflated_grow(arena, unpacked, most)) {
		uint8_t *to = unpacked->octets + unpacked->length;
		size_t room = unpacked->capacity - unpacked->length;
		result = BrotliDecoderDecompressStream(state, &n, &octets, &room, &to, NULL);
		unpacked->length = unpacked->capacity - (uint32_t)room;
	}
	BrotliDecoderDestroyInstance(state);
	*complete = result == BROTLI_DECODER_RESULT_SUCCESS && !n;
	return result != BROTLI_DECODER_RESULT_ERROR && (result != BROTLI_DECODER_RESULT_SUCCESS || !n);
}
