/*
 * bench.h: a dissection of one frame, on its own, with a tree.
 */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>

#include "dissect/dissection.h"
#include "dissect/facts.h"
#include "dissect/output.h"
#include "dissect/session.h"

struct bench {
	struct dissection d;
	struct arena arena;
	struct tree tree;
	struct session session;
	struct frame frame;
};

static struct bench *bench_begin(void)
{
	struct bench *b = calloc(1, sizeof *b);

	b->frame.number = 1;
	b->d.session = &b->session;
	b->d.arena = &b->arena;
	b->d.frame = &b->frame;
	tree_reset(&b->tree, NULL);
	b->d.tree = &b->tree;
	return b;
}

static void bench_end(struct bench *b)
{
	tree_free(&b->tree);
	arena_free(&b->arena);
	facts_free(&b->session.facts);
	free(b);
}

/* Ends it: the tree must read so. */
static void bench_expect(struct bench *b, const char *wanted)
{
	struct text out = { 0 };
	struct renderer *renderer = renderer_new(NULL, true);

	tree_finish(&b->tree);
	render_tree(renderer, &b->d, &out);
	text_put(&out, "", 1);
	assert_string_equal(out.data, wanted);
	text_free(&out);
	renderer_free(renderer);
	bench_end(b);
}
