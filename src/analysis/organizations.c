/*
 * organizations.c: whose a MAC address is.
 *
 * MAC addresses get the name of a well-known address, or that of the organisation that the address block was given
 * to and the octets behind the block. The blocks (24, 28 and 36 bits, IEEE's MA-L, MA-M and MA-S) come from
 * Wireshark's `manuf` and `wka` where they are installed, else from Debian's ieee-data. They are read when the first
 * name is asked for. `manuf` is in order: it is searched as it stands. Of IEEE's lists an index is made.
 */

#include "dissect/organizations.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dissect/arena.h"
#include "dissect/text.h"

enum {
	ADDRESS_BITS = 48,
	LARGE = 24, MEDIUM = 28, SMALL = 36, /* bits of the three kinds of blocks */
	SHORTEST = 8,                        /* bits by which a group is looked for, whatever its own count */
	NAME_LARGEST = 60,
	FILE_LARGEST = 64 * 1024 * 1024,
};

/* A text that ends where another begins. */
struct part {
	const char *at;
	size_t n;
};

/* What a list says of a block or an address: the place where its names stand. */
struct row {
	uint64_t key;
	const char *names;
	uint32_t next; /* row with the same hash: its number + 1; 0: there is none */
};

enum { HASHES = 16384 }; /* a power of two */

struct index {
	struct row *rows;
	uint32_t count, capacity;
	uint32_t first[HASHES]; /* as `next` */
};

enum { MANUF, WELL_KNOWN, FIRST_REGISTRY, N_FILES = FIRST_REGISTRY + 4 };

static const char *const paths[N_FILES] = {
	"/usr/share/wireshark/manuf", "/usr/share/wireshark/wka", "/usr/share/ieee-data/oui.csv", "/usr/share/ieee-data/mam.csv",
	"/usr/share/ieee-data/oui36.csv", "/usr/share/ieee-data/iab.csv",
};

struct organizations {
	pthread_mutex_t lock;
	bool is_open;
	struct part files[N_FILES];
	struct index index; /* well-known addresses; IEEE's lists, where Wireshark's is not there */
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

/* ---- the index ---- */

/* The key of a block: where it begins, and how many bits of that count. */
static uint64_t block_key(uint64_t prefix, unsigned bits)
{
	return prefix << 8 | bits;
}

/* Of a well-known group: how many bits count is found out by trying. */
static uint64_t group_key(uint64_t prefix)
{
	return block_key(prefix, 0);
}

static uint32_t *first_of(struct index *index, uint64_t key)
{
	return &index->first[key * 0x9e3779b97f4a7c15u >> 40 & (HASHES - 1)];
}

static void add_row(struct index *index, uint64_t key, const char *names)
{
	if (index->count == index->capacity) {
		index->capacity = index->capacity ? index->capacity * 2 : 512;
		index->rows = must_realloc(index->rows, index->capacity * sizeof *index->rows);
	}
	uint32_t *first = first_of(index, key);
	index->rows[index->count++] = (struct row){ key, names, *first };
	*first = index->count;
}

static const char *find_row(const struct index *index, uint64_t key)
{
	for (uint32_t i = *first_of((struct index *)(uintptr_t)index, key); i; i = index->rows[i - 1].next) {
		if (index->rows[i - 1].key == key)
			return index->rows[i - 1].names;
	}
	return NULL;
}

/* ---- lists ---- */

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

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');
	return end ? end + 1 : line + strlen(line);
}

/* The next part of a line, which ends at one of `ends`; "" behind the last. *rest moves behind it. */
static struct part next_part(const char **rest, const char *ends)
{
	const char *at = *rest + strspn(*rest, ends);
	struct part part = { at, 0 };

	while (at[part.n] && at[part.n] != '\n' && !strchr(ends, at[part.n]))
		part.n++;
	*rest = at + part.n;
	return part;
}

/* Well-known addresses and prefixes. */
static void index_well_known(struct organizations *o, const char *text)
{
	for (; *text; text = next_line(text)) {
		uint64_t prefix;
		unsigned bits;
		const char *names = read_prefix(text, &prefix, &bits);
		if (names)
			add_row(&o->index, bits == ADDRESS_BITS ? block_key(prefix, bits) : group_key(prefix), names);
	}
}

/* IEEE's registry: kind of block, its prefix in hex digits, organisation, address. */
static void index_registry(struct organizations *o, const char *text)
{
	for (; *text; text = next_line(text)) {
		uint64_t prefix;
		unsigned bits;
		const char *assignment = text;
		while (*assignment && *assignment != ',' && *assignment != '\n')
			assignment++;
		const char *names = *assignment == ',' ? read_prefix(assignment + 1, &prefix, &bits) : NULL;
		if (names && *names == ',')
			add_row(&o->index, block_key(prefix, bits), names + 1);
	}
}

/*
 * The names in Wireshark's list: each line has a prefix, a short name and a long one, parted by tabs; # begins a comment. Halves what is
 * left of the text, at the beginning of the line there, or of the next one that has a prefix.
 */
static const char *find_in_manuf(const struct organizations *o, uint64_t key)
{
	const char *low = o->files[MANUF].at, *high = low + o->files[MANUF].n;

	while (low < high) {
		const char *middle = low + (high - low) / 2, *names = NULL;
		uint64_t prefix;
		unsigned bits;

		while (middle > low && middle[-1] != '\n')
			middle--;
		const char *line = middle;
		while (line < high && !(names = read_prefix(line, &prefix, &bits)))
			line = next_line(line);
		if (names && block_key(prefix, bits) == key)
			return names;
		if (names && block_key(prefix, bits) < key)
			low = next_line(line);
		else
			high = middle;
	}
	return NULL;
}

/* A field of comma-separated values, perhaps in quotes, in which two quotes stand for one; cut to `most` octets. */
static void copy_value(char *to, const char *from, size_t most)
{
	bool quoted = *from == '"';
	char *end = to + most;

	for (from += quoted; *from && *from != '\n' && to < end; from++) {
		if (quoted && *from == '"') {
			if (from[1] != '"')
				quoted = false;
			else
				*to++ = *from++;
		} else if (!quoted && *from == ',') {
			break;
		} else {
			*to++ = *from;
		}
	}
	*to = 0;
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
static char *put_short_name(char *to, const char *organization)
{
	enum { SHORT = 8 };
	size_t length = 0;

	for (const char *at = organization; *at && length < SHORT;) {
		size_t n = strcspn(at, " ,.()/&-");
		if (!length || !is_legal_form(at, n)) {
			for (size_t i = 0; i < n && length < SHORT; i++)
				to[length++] = !i && at[i] >= 'a' && at[i] <= 'z' ? (char)(at[i] - 'a' + 'A') : at[i];
		}
		at += n;
		at += strspn(at, " ,.()/&-");
	}
	return to + length;
}

/* The text of a file, with a NUL behind it: a page of zeros that the file is laid over reaches further than the file. */
static struct part map_file(const char *path)
{
	struct stat about;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text = MAP_FAILED;
	size_t n = 0;

	if (fd >= 0 && fstat(fd, &about) == 0 && about.st_size > 0 && about.st_size < FILE_LARGEST) {
		n = (size_t)about.st_size;
		text = mmap(NULL, n + 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (text != MAP_FAILED && mmap(text, n, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) == MAP_FAILED) {
			munmap(text, n + 1);
			text = MAP_FAILED;
		}
	}
	if (fd >= 0)
		close(fd);
	return text == MAP_FAILED ? (struct part){ NULL, 0 } : (struct part){ text, n };
}

static void open_lists(struct organizations *o)
{
	o->files[MANUF] = map_file(paths[MANUF]);
	for (unsigned i = FIRST_REGISTRY; i < N_FILES && !o->files[MANUF].at; i++) {
		o->files[i] = map_file(paths[i]);
		if (o->files[i].at)
			index_registry(o, o->files[i].at);
	}
	o->files[WELL_KNOWN] = map_file(paths[WELL_KNOWN]);
	index_well_known(o, o->files[WELL_KNOWN].at ? o->files[WELL_KNOWN].at : well_known);
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
	free(o->index.rows);
	for (unsigned i = 0; i < N_FILES; i++) {
		if (o->files[i].at)
			munmap((void *)(uintptr_t)o->files[i].at, o->files[i].n + 1);
	}
	pthread_mutex_destroy(&o->lock);
	free(o);
}

static void open_once(struct organizations *o)
{
	if (__atomic_load_n(&o->is_open, __ATOMIC_ACQUIRE))
		return;
	pthread_mutex_lock(&o->lock);
	if (!o->is_open)
		open_lists(o);
	__atomic_store_n(&o->is_open, true, __ATOMIC_RELEASE);
	pthread_mutex_unlock(&o->lock);
}

static const char *find_block(const struct organizations *o, uint64_t prefix, unsigned bits)
{
	uint64_t key = block_key(prefix, bits);
	return o->files[MANUF].at ? find_in_manuf(o, key) : find_row(&o->index, key);
}

bool organization_of(struct organizations *o, uint32_t oui, char name[ORGANIZATION_LARGEST + 1])
{
	open_once(o);
	const char *names = find_block(o, (uint64_t)oui << (ADDRESS_BITS - LARGE), LARGE);

	if (!names)
		return false;
	if (!o->files[MANUF].at) {
		copy_value(name, names, ORGANIZATION_LARGEST);
		return true;
	}
	struct part part = next_part(&names, "\t"), whole = next_part(&names, "\t");
	if (whole.n && *whole.at != '#')
		part = whole;
	if (part.n > ORGANIZATION_LARGEST)
		part.n = ORGANIZATION_LARGEST;
	*put_bytes(name, part.at, part.n) = 0;
	return true;
}

/* ---- addresses ---- */

static char *put_part(char *to, struct part part)
{
	return put_bytes(to, part.at, part.n < NAME_LARGEST ? part.n : NAME_LARGEST);
}

/* The octets of an address in which what is behind `bits` stands: "_6d:c8". */
static char *put_rest(char *to, uint64_t address, unsigned bits)
{
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

static const char ends[] = " \t#"; /* of a well-known name */

static char *put_well_known(const struct organizations *o, char *to, uint64_t address)
{
	const char *names = find_row(&o->index, block_key(address, ADDRESS_BITS));
	return names ? put_part(to, next_part(&names, ends)) : NULL;
}

/* The group whose first `bits` the address shares, no fewer than `least` of them. */
static char *put_group(const struct organizations *o, char *to, uint64_t address, unsigned bits, unsigned least)
{
	for (; bits >= least; bits--) {
		uint64_t prefix = prefix_of(address, bits);
		const char *names = find_row(&o->index, group_key(prefix));
		if (names)
			return put_rest(put_part(to, next_part(&names, ends)), address, bits);
		/* As long as a shorter prefix leaves out only zeros, it is the same address that is looked for. */
		while (bits > least && prefix_of(address, bits - 1) == prefix)
			bits--;
	}
	return NULL;
}

static char *put_block_name(const struct organizations *o, char *to, uint64_t address)
{
	static const uint64_t group_bit = (uint64_t)1 << 40;
	unsigned bits = SMALL;
	const char *names = find_block(o, prefix_of(address, SMALL), SMALL);

	if (!names)
		names = find_block(o, prefix_of(address, bits = MEDIUM), MEDIUM);
	if (!names)
		names = find_block(o, prefix_of(address, bits = LARGE), LARGE);
	if (!names)
		names = find_block(o, prefix_of(address, LARGE) & ~group_bit, LARGE);
	if (!names)
		return NULL;
	if (o->files[MANUF].at) {
		to = put_part(to, next_part(&names, "\t"));
	} else {
		char organization[ORGANIZATION_LARGEST + 1];
		copy_value(organization, names, ORGANIZATION_LARGEST);
		to = put_short_name(to, organization);
	}
	return put_rest(to, address, bits);
}

char *organizations_put_name(struct organizations *o, char *to, uint64_t address)
{
	open_once(o);
	char *end = put_well_known(o, to, address);

	if (!end)
		end = put_group(o, to, address, ADDRESS_BITS - 1, LARGE);
	if (!end)
		end = put_block_name(o, to, address);
	if (!end)
		end = put_group(o, to, address, LARGE - 1, SHORTEST);
	return end;
}
