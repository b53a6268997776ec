/* geoip.c: where addresses are, by libmaxminddb. Reads what the databases called City, Country and ASN hold. */

#include "dissect/geoip.h"

#include <arpa/inet.h>
#include <glob.h>
#include <math.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "dissect/arena.h"

struct geoip {
	pthread_mutex_t lock;
	bool is_open;
	const char *const *paths;
	unsigned path_count;
	MMDB_s *databases;
	unsigned count;
};

struct geoip *geoip_new(const char *const *paths, unsigned count)
{
	struct geoip *geoip = must_zero(1, sizeof *geoip);

	geoip->paths = paths;
	geoip->path_count = count;
	pthread_mutex_init(&geoip->lock, NULL);
	return geoip;
}

void geoip_free(struct geoip *geoip)
{
	if (!geoip)
		return;
	for (unsigned i = 0; i < geoip->count; i++)
		MMDB_close(&geoip->databases[i]);
	free(geoip->databases);
	pthread_mutex_destroy(&geoip->lock);
	free(geoip);
}

/* ---- databases ---- */

static void open_database(struct geoip *geoip, const char *path)
{
	geoip->databases = must_realloc(geoip->databases, (geoip->count + 1) * sizeof *geoip->databases);
	int status = MMDB_open(path, MMDB_MODE_MMAP, &geoip->databases[geoip->count]);

	if (status == MMDB_SUCCESS)
		geoip->count++;
	else
		fprintf(stderr, "dissect: %s: not used: %s\n", path, MMDB_strerror(status));
}

/* In the order of their names. */
static void open_folder(struct geoip *geoip, const char *path)
{
	char pattern[4096];
	glob_t found;

	snprintf(pattern, sizeof pattern, "%s/*.mmdb", path);
	if (glob(pattern, 0, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc; i++)
		open_database(geoip, found.gl_pathv[i]);
	globfree(&found);
}

static void open_path(struct geoip *geoip, const char *path)
{
	struct stat about;

	if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
		open_folder(geoip, path);
	else
		open_database(geoip, path);
}

static void open_once(struct geoip *geoip)
{
	if (__atomic_load_n(&geoip->is_open, __ATOMIC_ACQUIRE))
		return;
	pthread_mutex_lock(&geoip->lock);
	if (!geoip->is_open) {
		for (unsigned i = 0; i < geoip->path_count; i++)
			open_path(geoip, geoip->paths[i]);
		if (!geoip->path_count) {
			open_folder(geoip, "/usr/share/GeoIP");
			open_folder(geoip, "/var/lib/GeoIP");
		}
	}
	__atomic_store_n(&geoip->is_open, true, __ATOMIC_RELEASE);
	pthread_mutex_unlock(&geoip->lock);
}

/* ---- what they say ---- */

static bool read_value(MMDB_entry_s *entry, const char *const *path, MMDB_entry_data_s *data)
{
	return MMDB_aget_value(entry, data, path) == MMDB_SUCCESS && data->has_data;
}

static bool read_text(MMDB_entry_s *entry, const char *const *path, struct place_text *text)
{
	MMDB_entry_data_s data;

	if (!read_value(entry, path, &data) || data.type != MMDB_DATA_TYPE_UTF8_STRING)
		return false;
	*text = (struct place_text){ data.utf8_string, data.data_size };
	return true;
}

/* Degrees up to `most`, as many decimals as tshark takes over. */
static bool read_degrees(MMDB_entry_s *entry, const char *const *path, double most, double *degrees, bool *has)
{
	MMDB_entry_data_s data;

	if (!read_value(entry, path, &data) || data.type != MMDB_DATA_TYPE_DOUBLE)
		return false;
	if (fabs(data.double_value) <= most) {
		char text[32];
		snprintf(text, sizeof text, "%.6f", data.double_value);
		*degrees = strtod(text, NULL);
		*has = true;
	}
	return true;
}

static bool read_place(MMDB_entry_s *entry, struct place *place)
{
	static const char *const city[] = { "city", "names", "en", NULL };
	static const char *const country[] = { "country", "names", "en", NULL };
	static const char *const code[] = { "country", "iso_code", NULL };
	static const char *const organization[] = { "autonomous_system_organization", NULL };
	static const char *const number[] = { "autonomous_system_number", NULL };
	static const char *const latitude[] = { "location", "latitude", NULL };
	static const char *const longitude[] = { "location", "longitude", NULL };
	MMDB_entry_data_s data;
	bool found = false;

	found |= read_text(entry, city, &place->city);
	found |= read_text(entry, country, &place->country);
	found |= read_text(entry, code, &place->country_code);
	found |= read_text(entry, organization, &place->organization);
	found |= read_degrees(entry, latitude, 90, &place->latitude, &place->has_latitude);
	found |= read_degrees(entry, longitude, 180, &place->longitude, &place->has_longitude);
	if (read_value(entry, number, &data) && data.type == MMDB_DATA_TYPE_UINT32) {
		place->as_number = data.uint32;
		found = true;
	}
	return found;
}

bool geoip_find(struct geoip *geoip, const struct address *address, struct place *place)
{
	struct sockaddr_in ipv4 = { .sin_family = AF_INET };
	struct sockaddr_in6 ipv6 = { .sin6_family = AF_INET6 };
	const struct sockaddr *to = (const struct sockaddr *)(address->kind == ADDRESS_IPV4 ? (const void *)&ipv4 : &ipv6);
	bool found = false;

	open_once(geoip);
	if (!geoip->count)
		return false;
	memcpy(&ipv4.sin_addr, address->octets, 4);
	memcpy(&ipv6.sin6_addr, address->octets, 16);
	*place = (struct place){ .as_number = 0 };
	for (unsigned i = 0; i < geoip->count; i++) {
		int fault;
		MMDB_lookup_result_s result = MMDB_lookup_sockaddr(&geoip->databases[i], to, &fault);
		if (fault == MMDB_SUCCESS && result.found_entry)
			found |= read_place(&result.entry, place);
	}
	return found;
}
