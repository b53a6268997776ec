/* tree.c: the array of nodes. */

#include "dissect/tree.h"

#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"

enum { FIRST_CAPACITY = 512 };

void tree_reset(struct tree *tree, const struct field_set *wanted)
{
	static const struct field unwanted = { NULL, "", SUBTREE };

	if (!tree->capacity) {
		tree->capacity = FIRST_CAPACITY;
		tree->nodes = must_alloc(tree->capacity * sizeof *tree->nodes);
		tree->nodes[0] = (struct node){ 0 };
	}
	tree->count = 1;
	tree->anchored = 0;
	tree->wanted = wanted;
	tree->hints = wanted ? wanted->hints : UINT64_MAX;
	if (wanted)
		tree->nodes[tree->count++] = (struct node){ .field = &unwanted };
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

enum { FEW = 16 };

/*
 * A few late nodes: each group of them (a node and the nodes below it, which carry the same anchor) is taken out and put behind the last
 * child of its anchor, one after the other.
 */
static void move_few(struct tree *tree)
{
	struct node *nodes = tree->nodes;
	struct node group[FEW];

	for (uint32_t i = 1; i < tree->count; i++) {
		node_ref anchor = nodes[i].anchor;
		if (!anchor)
			continue;
		uint32_t n = 1;
		while (i + n < tree->count && nodes[i + n].anchor == anchor)
			n++;
		uint32_t place = end_of(nodes, i, anchor);
		memcpy(group, nodes + i, n * sizeof *group);
		memmove(nodes + place + n, nodes + place, (i - place) * sizeof *nodes);
		memcpy(nodes + place, group, n * sizeof *group);
		for (uint32_t late = place; late < place + n; late++)
			nodes[late].anchor = 0;
		for (uint32_t late = i + n; late < tree->count; late++)
			nodes[late].anchor += nodes[late].anchor >= place && nodes[late].anchor < i ? n : 0;
		i += n - 1;
	}
}

/*
 * Many: the groups for a place are listed under it, deeper anchors that end there first, and all nodes are sorted in one go.
 */
static void move_many(struct tree *tree)
{
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

char *shorten_label(char *label, size_t name_length)
{
	static const char mark[] = " [truncated]";
	enum { MARK = sizeof mark - 1 };
	size_t keep = LABEL_LARGEST - 1 - MARK;

	while (keep > name_length && ((uint8_t)label[keep] & 0xc0) == 0x80)
		keep--;
	memmove(label + name_length + MARK, label + name_length, keep - name_length);
	memcpy(label + name_length, mark, MARK);
	return label + keep + MARK;
}

size_t fitting(const char *text, size_t n, size_t room)
{
	if (n <= room)
		return n;
	while (room && ((uint8_t)text[room] & 0xc0) == 0x80)
		room--;
	return room;
}

void tree_finish(struct tree *tree)
{
	if (!tree->anchored)
		return;
	if (tree->anchored <= FEW)
		move_few(tree);
	else
		move_many(tree);
	tree->anchored = 0;
}
