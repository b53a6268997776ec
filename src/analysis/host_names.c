/* host_names.c: names of network addresses, from files and from the capture. */

#include "dissect/host_names.h"

#include <arpa/inet.h>
#include <string.h>

#include "dissect/names_file.h"

void host_names_begin(struct host_names *names)
{
	*names = (struct host_names){ 0 };
	map_init(&names->ipv4, 4, sizeof(struct host_name));
	map_init(&names->ipv6, 16, sizeof(struct host_name));
}

void host_names_end(struct host_names *names)
{
	map_free(&names->ipv4);
	map_free(&names->ipv6);
	arena_free(&names->texts);
}

static const struct map *map_of(const struct host_names *names, enum address_kind kind)
{
	return kind == ADDRESS_IPV4 ? &names->ipv4 : kind == ADDRESS_IPV6 ? &names->ipv6 : NULL;
}

const struct host_name *host_name_of(const struct host_names *names, enum address_kind kind, const uint8_t *octets)
{
	const struct map *map = map_of(names, kind);
	const struct host_name *name = map ? map_get(map, octets) : NULL;
	return name && name->length ? name : NULL;
}

/* Where a name fits in the place of the one before, it goes there: a capture may name an address ever anew. */
static bool set_name(struct host_names *names, struct host_name *name, const char *text, size_t n)
{
	if (name->length == n && !memcmp(name->text, text, n))
		return false;
	if (n > name->room) {
		name->text = arena_alloc(&names->texts, n);
		name->room = (uint8_t)n;
		names->octets += n;
	}
	memcpy((char *)(uintptr_t)name->text, text, n);
	name->length = (uint8_t)n;
	return true;
}

bool host_names_learn(struct host_names *names, enum address_kind kind, const uint8_t *octets, const void *name,
                      size_t n)
{
	const struct map *map = map_of(names, kind);
	char text[NAME_ROOM];
	bool is_new;

	if (!map || !n || names->octets > HOST_NAMES_MOST)
		return false;
	n = printable_name(text, name, n);
	struct host_name *known = map_put((struct map *)(uintptr_t)map, octets, &is_new);
	if (is_new)
		names->octets += map->entry_size;
	return set_name(names, known, text, n);
}

static enum address_kind read_address(const char *text, uint8_t octets[16])
{
	if (inet_pton(AF_INET, text, octets) == 1)
		return ADDRESS_IPV4;
	return inet_pton(AF_INET6, text, octets) == 1 ? ADDRESS_IPV6 : ADDRESS_NONE;
}

/* "192.0.2.1 name alias": the first name is the host's. */
static void learn_line(void *context, const char *word, const char *rest)
{
	uint8_t octets[16];
	enum address_kind kind = read_address(word, octets);
	host_names_learn(context, kind, octets, rest, word_length(rest));
}

static void learn_new_line(void *context, const char *word, const char *rest)
{
	uint8_t octets[16];
	enum address_kind kind = read_address(word, octets);
	if (!host_name_of(context, kind, octets))
		host_names_learn(context, kind, octets, rest, word_length(rest));
}

bool host_names_read(struct host_names *names, const char *path)
{
	return names_file_read(path, learn_line, names);
}

void host_names_read_system(struct host_names *names)
{
	names_file_read("/etc/hosts", learn_new_line, names);
}

void host_names_read_usual(struct host_names *names)
{
	names_file_read_shared("hosts", learn_line, names);
	names_file_read_own("hosts", learn_line, names);
}
