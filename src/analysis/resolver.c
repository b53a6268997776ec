/*
 * resolver.c: names for addresses.
 *
 * MAC addresses get the name of a well-known address, or that of the organisation that the address block was given
 * to and the octets behind the block. The blocks (24, 28 and 36 bits, IEEE's MA-L, MA-M and MA-S) come from
 * Wireshark's `manuf` and `wka` where they are installed, else from Debian's ieee-data. They are read when the first
 * name is asked for.
 */

#include "dissect/resolver.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"
#include "dissect/text.h"

enum {
	ADDRESS_BITS = 48,
	LARGE = 24, MEDIUM = 28, SMALL = 36, /* bits of the three kinds of blocks */
	NAME_LARGEST = 60,
	FILE_LARGEST = 64 * 1024 * 1024,
};

struct block {
	uint64_t prefix;         /* an address whose other bits are zero */
	const char *name;        /* up to NAME_LARGEST characters */
	const char *organization; /* NULL: the name says all */
};

/* Blocks of one size, in rising order of prefix. */
struct blocks {
	struct block *rows;
	uint32_t count, capacity;
};

struct organizations {
	pthread_mutex_t lock;
	bool is_open;
	struct blocks large, medium, small;
	struct blocks addresses; /* well-known ones */
	struct blocks groups;    /* well-known prefixes */
	struct arena names;
};

struct resolver {
	struct organizations *organizations;
};

/* Where there is no list of well-known addresses. */
static const char well_known[] =
	"01-00-0C-CC-CC-CC CDP/VTP/DTP/PAgP/UDLD\n"
	"01-00-0C-CC-CC-CD PVST+\n"
	"01-00-0C-DD-DD-DD CGMP\n"
	"01-00-5E/25 IPv4mcast\n"
	"01-80-C2-00-00-00/44 Spanning-tree-(for-bridges)\n"
	"01-80-C2-00-00-01 MAC-specific-ctrl-proto-01\n"
	"01-80-C2-00-00-02 Slow-Protocols\n"
	"01-80-C2-00-00-03 Nearest-non-TPMR-bridge\n"
	"01-80-C2-00-00-0E LLDP_Multicast\n"
	"00-00-0C-07-AC/40 All-HSRP-routers\n"
	"00-00-5E-00-01/40 IETF-VRRP-VRID\n"
	"33-33-00-00-00-00/16 IPv6mcast\n"
	"CF-00-00-00-00-00 Ethernet-Configuration-Test-protocol-(Loopback)\n"
	"FF-FF-FF-FF-FF-FF Broadcast\n";

/* ---- reading ---- */

static void add_block(struct blocks *blocks, uint64_t prefix, const char *name, const char *organization)
{
	if (blocks->count == blocks->capacity) {
		blocks->capacity = blocks->capacity ? blocks->capacity * 2 : 256;
		blocks->rows = must_realloc(blocks->rows, blocks->capacity * sizeof *blocks->rows);
	}
	blocks->rows[blocks->count++] = (struct block){ prefix, name, organization };
}

static int compare_blocks(const void *a, const void *b)
{
	const struct block *x = a, *y = b;
	return x->prefix < y->prefix ? -1 : x->prefix > y->prefix;
}

/* The lists are in order already, but for a few. */
static void sort_blocks(struct blocks *blocks)
{
	for (uint32_t i = 1; i < blocks->count; i++) {
		if (blocks->rows[i - 1].prefix > blocks->rows[i].prefix) {
			qsort(blocks->rows, blocks->count, sizeof *blocks->rows, compare_blocks);
			return;
		}
	}
}

static const struct block *find_block(const struct blocks *blocks, uint64_t prefix)
{
	uint32_t low = 0, high = blocks->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (blocks->rows[middle].prefix == prefix)
			return &blocks->rows[middle];
		if (blocks->rows[middle].prefix < prefix)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "28-37-37", "00:1B:C5:00:00:00/36": the prefix, and in *bits how much of it counts. Returns what stands behind, or NULL. */
static const char *read_prefix(const char *at, uint64_t *prefix, unsigned *bits)
{
	unsigned digits = 0;

	*prefix = 0;
	for (; digits < ADDRESS_BITS / 4; at++) {
		int digit = hex_digit(*at);
		if (digit < 0 && (!digits || (*at != ':' && *at != '-')))
			break;
		if (digit >= 0) {
			*prefix = *prefix << 4 | (unsigned)digit;
			digits++;
		}
	}
	if (!digits)
		return NULL;
	*prefix <<= ADDRESS_BITS - 4 * digits;
	*bits = 4 * digits;
	if (*at == '/') {
		*bits = (unsigned)strtoul(at + 1, (char **)&at, 10);
		if (!*bits || *bits > ADDRESS_BITS)
			return NULL;
		*prefix &= ~(uint64_t)0 << (ADDRESS_BITS - *bits);
	}
	return at;
}

/* Cuts off the next line; NULL behind the last. */
static char *next_line(char **rest)
{
	char *line = *rest, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	*rest = end ? end + 1 : NULL;
	if (end)
		*end = 0;
	return line;
}

/* Cuts off the next part of a line, which ends at one of `ends`; "" behind the last. */
static char *next_part(char **rest, const char *ends)
{
	char *part = *rest + strspn(*rest, ends);
	char *end = part + strcspn(part, ends);

	*rest = *end ? end + 1 : end;
	*end = 0;
	return part;
}

static struct blocks *blocks_of(struct organizations *o, unsigned bits)
{
	return bits == LARGE ? &o->large : bits == MEDIUM ? &o->medium : bits == SMALL ? &o->small : NULL;
}

/* Wireshark's format: a prefix, a short name and a long one, parted by tabs; # begins a comment. */
static void read_manuf(struct organizations *o, char *text)
{
	for (char *line; (line = next_line(&text));) {
		uint64_t prefix;
		unsigned bits;
		char *rest = (char *)read_prefix(line, &prefix, &bits);
		struct blocks *blocks = rest ? blocks_of(o, bits) : NULL;
		if (!blocks)
			continue;
		char *name = next_part(&rest, "\t");
		char *organization = next_part(&rest, "\t");
		if (*name)
			add_block(blocks, prefix, name, *organization && *organization != '#' ? organization : NULL);
	}
}

/* Well-known addresses and prefixes: a name goes up to the next space. */
static void read_well_known(struct organizations *o, char *text)
{
	for (char *line; (line = next_line(&text));) {
		uint64_t prefix;
		unsigned bits;
		char *rest = (char *)read_prefix(line, &prefix, &bits);
		if (!rest)
			continue;
		char *name = next_part(&rest, " \t#");
		if (*name)
			add_block(bits == ADDRESS_BITS ? &o->addresses : &o->groups, prefix, name, NULL);
	}
}

/* A field of comma-separated values, perhaps in quotes, in which two quotes stand for one; *rest moves behind it. */
static char *next_value(char **rest)
{
	char *value = *rest, *from = value, *to = value;
	bool quoted = *from == '"';

	for (from += quoted; *from; from++) {
		if (quoted && *from == '"') {
			if (from[1] != '"')
				quoted = false;
			else
				*to++ = *from++;
		} else if (!quoted && *from == ',') {
			from++;
			break;
		} else {
			*to++ = *from;
		}
	}
	*rest = from;
	*to = 0;
	return value;
}

static bool is_legal_form(const char *word, size_t n)
{
	static const char *const forms[] = {
		"inc", "ltd", "llc", "co", "corp", "corporation", "company", "limited", "gmbh", "ag", "ab", "bv", "sa", "srl",
		"spa", "as", "oy", "kg", "kk", "pty", "pte", "plc", "the", "incorporated", "sas", "international",
	};
	for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strlen(forms[i]) == n && strncasecmp(forms[i], word, n) == 0)
			return true;
	}
	return false;
}

/* A short name: the first eight letters and digits of an organisation's, without its legal form. */
static const char *shorten_name(struct arena *arena, const char *organization)
{
	enum { SHORT = 8 };
	char *name = arena_alloc(arena, SHORT + 1);
	size_t length = 0;

	for (const char *at = organization; *at && length < SHORT;) {
		size_t n = strcspn(at, " ,.()/&-");
		if (!length || !is_legal_form(at, n)) {
			for (size_t i = 0; i < n && length < SHORT; i++)
				name[length++] = !i && at[i] >= 'a' && at[i] <= 'z' ? (char)(at[i] - 'a' + 'A') : at[i];
		}
		at += n;
		at += strspn(at, " ,.()/&-");
	}
	name[length] = 0;
	return name;
}

/* IEEE's registry: kind of block, its prefix in hex digits, organisation, address. */
static void read_registry(struct organizations *o, char *text)
{
	for (char *line; (line = next_line(&text));) {
		uint64_t prefix;
		unsigned bits;
		next_value(&line);
		const char *assignment = next_value(&line);
		const char *organization = next_value(&line);
		const char *end = read_prefix(assignment, &prefix, &bits);
		struct blocks *blocks = end && !*end ? blocks_of(o, bits) : NULL;
		if (blocks && *organization)
			add_block(blocks, prefix, shorten_name(&o->names, organization), organization);
	}
}

/* The text of a file, which lasts as long as the names; NULL: there is none. */
static char *read_file(struct organizations *o, const char *path)
{
	FILE *file = fopen(path, "rbe");
	char *text = NULL;

	if (!file)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0) {
		long size = ftell(file);
		rewind(file);
		if (size > 0 && size < FILE_LARGEST) {
			text = arena_alloc(&o->names, (size_t)size + 1);
			text[fread(text, 1, (size_t)size, file)] = 0;
		}
	}
	fclose(file);
	return text;
}

static bool read_with(struct organizations *o, const char *path, void (*read)(struct organizations *o, char *text))
{
	char *text = read_file(o, path);

	if (text)
		read(o, text);
	return text != NULL;
}

static void open_lists(struct organizations *o)
{
	if (!read_with(o, "/usr/share/wireshark/manuf", read_manuf)) {
		static const char *const registries[] = {
			"/usr/share/ieee-data/oui.csv", "/usr/share/ieee-data/mam.csv", "/usr/share/ieee-data/oui36.csv",
			"/usr/share/ieee-data/iab.csv",
		};
		for (unsigned i = 0; i < sizeof registries / sizeof *registries; i++)
			read_with(o, registries[i], read_registry);
	}
	if (!read_with(o, "/usr/share/wireshark/wka", read_well_known))
		read_well_known(o, arena_copy(&o->names, well_known, sizeof well_known));
	sort_blocks(&o->large);
	sort_blocks(&o->medium);
	sort_blocks(&o->small);
	sort_blocks(&o->addresses);
	sort_blocks(&o->groups);
}

/* ---- organisations ---- */

struct organizations *organizations_new(void)
{
	struct organizations *o = must_zero(1, sizeof *o);
	pthread_mutex_init(&o->lock, NULL);
	return o;
}

void organizations_free(struct organizations *o)
{
	if (!o)
		return;
	free(o->large.rows);
	free(o->medium.rows);
	free(o->small.rows);
	free(o->addresses.rows);
	free(o->groups.rows);
	arena_free(&o->names);
	pthread_mutex_destroy(&o->lock);
	free(o);
}

static void open_once(struct organizations *o)
{
	pthread_mutex_lock(&o->lock);
	if (!o->is_open)
		open_lists(o);
	o->is_open = true;
	pthread_mutex_unlock(&o->lock);
}

const char *organization_of(struct organizations *o, uint32_t oui)
{
	if (!o)
		return NULL;
	open_once(o);
	const struct block *block = find_block(&o->large, (uint64_t)oui << (ADDRESS_BITS - LARGE));
	return !block ? NULL : block->organization ? block->organization : block->name;
}

/* ---- addresses ---- */

struct resolver *resolver_new(struct organizations *organizations)
{
	struct resolver *resolver = must_zero(1, sizeof *resolver);
	resolver->organizations = organizations;
	open_once(organizations);
	return resolver;
}

void resolver_free(struct resolver *resolver)
{
	free(resolver);
}

static char *put_name(char *to, const char *name)
{
	return put_bytes(to, name, strnlen(name, NAME_LARGEST));
}

/* "Name_6d:c8": the name of a block, and the octets of the address in which what is behind `bits` stands. */
static char *put_member(char *to, const char *name, uint64_t address, unsigned bits)
{
	to = put_name(to, name);
	address &= ((uint64_t)1 << (ADDRESS_BITS - bits)) - 1;
	for (unsigned i = bits / 8; i < 6; i++) {
		*to++ = i == bits / 8 ? '_' : ':';
		to = put_hex(to, address >> 8 * (5 - i) & 0xff, 2);
	}
	return to;
}

static uint64_t prefix_of(uint64_t address, unsigned bits)
{
	return address & ~(uint64_t)0 << (ADDRESS_BITS - bits);
}

/* The name of an address, or NULL. */
static char *put_mac_name(const struct organizations *o, char *to, uint64_t address)
{
	static const uint64_t group_bit = (uint64_t)1 << 40;
	const struct block *block = find_block(&o->addresses, address);

	if (block)
		return put_name(to, block->name);
	for (unsigned bits = ADDRESS_BITS - 1; bits >= 16; bits--) {
		block = find_block(&o->groups, prefix_of(address, bits));
		if (block)
			return put_member(to, block->name, address, bits);
		/* As long as a shorter prefix leaves out only zeros, it is the same address that is looked for. */
		uint64_t prefix = prefix_of(address, bits);
		while (bits > 16 && prefix_of(address, bits - 1) == prefix)
			bits--;
	}
	if ((block = find_block(&o->small, prefix_of(address, SMALL))))
		return put_member(to, block->name, address, SMALL);
	if ((block = find_block(&o->medium, prefix_of(address, MEDIUM))))
		return put_member(to, block->name, address, MEDIUM);
	if ((block = find_block(&o->large, prefix_of(address, LARGE))) ||
	    (block = find_block(&o->large, prefix_of(address, LARGE) & ~group_bit)))
		return put_member(to, block->name, address, LARGE);
	return NULL;
}

char *resolve_mac(const struct resolver *resolver, char *to, const uint8_t octets[6])
{
	if (!resolver)
		return put_mac(to, octets);
	uint64_t address = 0;
	for (unsigned i = 0; i < 6; i++)
		address = address << 8 | octets[i];
	char *end = put_mac_name(resolver->organizations, to, address);
	if (!end)
		end = put_mac(to, octets);
	end = put_literal(end, " (");
	end = put_mac(end, octets);
	*end++ = ')';
	return end;
}

char *resolve_ipv4(const struct resolver *resolver, char *to, uint32_t address)
{
	(void)resolver;
	return put_ipv4(to, address);
}

char *resolve_ipv6(const struct resolver *resolver, char *to, const uint8_t octets[16])
{
	(void)resolver;
	return put_ipv6(to, octets);
}
