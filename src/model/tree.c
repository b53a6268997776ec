/* tree.c: the array of nodes. */

#include "dissect/tree.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"

enum { FIRST_CAPACITY = 512 };

void tree_reset(struct tree *tree)
{
	if (!tree->capacity) {
		tree->capacity = FIRST_CAPACITY;
		tree->nodes = must_alloc(tree->capacity * sizeof *tree->nodes);
		tree->nodes[0] = (struct node){ 0 };
	}
	tree->count = 1;
	tree->anchored = 0;
}

void tree_free(struct tree *tree)
{
	free(tree->nodes);
	*tree = (struct tree){ 0 };
}

bool tree_grow(struct tree *tree)
{
	if (tree->capacity >= TREE_LARGEST)
		return false;
	tree->capacity *= 2;
	tree->nodes = must_realloc(tree->nodes, tree->capacity * sizeof *tree->nodes);
	return true;
}

/* Where the subtree of `node` ends among the nodes that are in place. */
static uint32_t end_of(const struct node *nodes, uint32_t count, uint32_t node)
{
	uint32_t i = node + 1;
	while (i < count && (nodes[i].anchor || nodes[i].depth > nodes[node].depth))
		i++;
	return i;
}

/*
 * Late nodes are few. Each group of them (a node and the nodes below it, which carry the same anchor) is taken out and put behind the
 * last child of its anchor: last group first, so that no reference that is still needed has moved.
 */
void tree_finish(struct tree *tree)
{
	if (!tree->anchored)
		return;
	struct node *nodes = tree->nodes;
	uint32_t count = tree->count;
	uint32_t *place = must_alloc(count * sizeof *place); /* the node before whose position each late node goes */
	struct node *sorted = must_alloc(count * sizeof *sorted);
	uint32_t *first = must_zero(count + 1, sizeof *first); /* head of the list of late nodes for a place */
	uint32_t *next = must_zero(count + 1, sizeof *next);

	for (uint32_t i = count - 1; i > 0; i--) {
		if (!nodes[i].anchor)
			continue;
		place[i] = end_of(nodes, count, nodes[i].anchor);
		next[i] = first[place[i]];
		first[place[i]] = i;
	}
	uint32_t out = 0;
	for (uint32_t i = 0; i <= count; i++) {
		/* Deeper anchors that end here come first. */
		for (int depth = 255; first[i] && depth > 0; depth--)
			for (uint32_t late = first[i]; late; late = next[late])
				if (nodes[nodes[late].anchor].depth + 1 == depth)
					sorted[out++] = nodes[late];
		if (i < count && !nodes[i].anchor)
			sorted[out++] = nodes[i];
	}
	memcpy(nodes, sorted, out * sizeof *nodes);
	tree->count = out;
	free(place);
	free(sorted);
	free(first);
	free(next);
}
