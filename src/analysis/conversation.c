/* conversation.c: endpoints in a fixed order, looked up in two tables: most traffic has short addresses. */

#include "dissect/conversation.h"

#include <string.h>

#include "dissect/capture.h"

struct narrow_key {
	uint32_t low, high;
	uint16_t low_port, high_port;
	uint32_t protocol;
};

struct wide_key {
	struct address low, high;
	uint16_t low_port, high_port;
	uint8_t protocol, pad;
};

void conversations_begin(struct conversations *all)
{
	*all = (struct conversations){ 0 };
	map_init(&all->narrow, sizeof(struct narrow_key), sizeof(struct conversation));
	map_init(&all->wide, sizeof(struct wide_key), sizeof(struct conversation));
	map_init(&all->announced, sizeof(struct wide_key), sizeof(struct announcement));
}

void conversations_end(struct conversations *all)
{
	map_free(&all->narrow);
	map_free(&all->wide);
	map_free(&all->announced);
}

static struct wide_key wide_key(uint8_t ip_protocol, const struct address *low, uint16_t low_port,
                                const struct address *high, uint16_t high_port)
{
	struct wide_key key;

	memset(&key, 0, sizeof key);
	key.low = *low;
	key.high = *high;
	key.low_port = low_port;
	key.high_port = high_port;
	key.protocol = ip_protocol;
	return key;
}

struct conversation *conversation_find(struct conversations *all, uint8_t ip_protocol, const struct address *a,
                                       uint16_t port_a, const struct address *b, uint16_t port_b, bool *is_new)
{
	int order = memcmp(a, b, sizeof *a);
	if (order > 0 || (order == 0 && port_a > port_b)) {
		const struct address *swap = a;
		uint16_t swap_port = port_a;
		a = b;
		b = swap;
		port_a = port_b;
		port_b = swap_port;
	}
	struct conversation *c;
	bool fresh;
	if (a->kind == ADDRESS_IPV4 && b->kind == ADDRESS_IPV4) {
		struct narrow_key key = { .low_port = port_a, .high_port = port_b, .protocol = ip_protocol };
		memcpy(&key.low, a->octets, 4);
		memcpy(&key.high, b->octets, 4);
		c = map_put(&all->narrow, &key, &fresh);
	} else {
		const struct wide_key key = wide_key(ip_protocol, a, port_a, b, port_b);
		c = map_put(&all->wide, &key, &fresh);
	}
	if (fresh) {
		bool is_wide = a->kind != ADDRESS_IPV4 || b->kind != ADDRESS_IPV4;
		c->id = all->count++;
		c->place = is_wide ? (all->wide.count - 1) << 1 | 1 : (all->narrow.count - 1) << 1;
		c->protocol = ip_protocol;
		c->stream = all->streams[ip_protocol]++;
	}
	if (is_new)
		*is_new = fresh;
	return c;
}

void conversation_begin_stream(struct conversations *all, struct conversation *c, const struct frame *frame)
{
	c->stream = all->streams[c->protocol]++;
	c->first_time = c->last_time = timestamp_nanoseconds(frame->time);
	c->first_frame = c->last_frame = frame->number;
}

struct conversation *conversation_at(const struct conversations *all, uint32_t place)
{
	return map_value(place & 1 ? &all->wide : &all->narrow, place >> 1);
}

static void freeze(struct conversations *all, struct map *map)
{
	for (uint32_t i = 0; i < map->count; i++) {
		struct conversation *c = map_value(map, i);
		if (c->is_taken_over)
			c->stream = all->streams[c->protocol]++;
	}
}

void conversations_freeze(struct conversations *all)
{
	freeze(all, &all->narrow);
	freeze(all, &all->wide);
}

void conversation_renew(struct conversations *all, struct conversation *c, const struct frame *frame)
{
	c->id = all->count++;
	conversation_begin_stream(all, c, frame);
}

void conversation_count_stream(struct conversations *all, uint8_t ip_protocol)
{
	all->streams[ip_protocol]++;
}

/* Announcements stand as they were made, a before b. */
void conversation_announce(struct conversations *all, uint8_t ip_protocol, const struct address *a, uint16_t port_a,
                           const struct address *b, uint16_t port_b, struct announcement what)
{
	const struct wide_key key = wide_key(ip_protocol, a, port_a, b, port_b);

	*(struct announcement *)map_put(&all->announced, &key, NULL) = what;
}

static bool take(struct conversations *all, struct wide_key key, struct announcement *what)
{
	const struct announcement *found = map_get(&all->announced, &key);

	if (!found)
		return false;
	*what = *found;
	map_remove(&all->announced, &key);
	return true;
}

struct announcement conversation_take_announced(struct conversations *all, uint8_t ip_protocol, const struct address *a,
                                                uint16_t port_a, const struct address *b, uint16_t port_b)
{
	struct announcement what = { 0 };

	(void)(all->announced.count && (take(all, wide_key(ip_protocol, a, port_a, b, port_b), &what) ||
	                                take(all, wide_key(ip_protocol, b, port_b, a, port_a), &what) ||
	                                take(all, wide_key(ip_protocol, a, port_a, b, 0), &what) ||
	                                take(all, wide_key(ip_protocol, b, port_b, a, 0), &what)));
	return what;
}
