/* fuzz_filter.c: the input is a display filter; where it compiles, it is asked of a frame without a field. */

#include "dissect/arena.h"
#include "dissect/dissection.h"
#include "dissect/filter.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	static struct arena arena;
	static struct tree tree;
	static struct dissection d = { .arena = &arena, .tree = &tree };
	struct filter_error error;
	char *text = must_alloc(size + 1);

	memcpy(text, input, size);
	text[size] = 0;
	struct filter *filter = filter_compile(text, &error);
	if (filter) {
		arena_reset(&arena);
		tree_reset(&tree, filter_fields(filter));
		filter_selects(filter, &d);
	} else if (!error.text[0] || error.at > strlen(text) || error.length > strlen(text) - error.at) {
		abort(); /* it says what is wrong, and where */
	}
	filter_free(filter);
	free(text);
	return 0;
}
