#ifndef DISSECT_GEOIP_H
#define DISSECT_GEOIP_H
/* geoip: where addresses are, by databases of MaxMind's format. Opened when the first address is looked up. */

#include <stdbool.h>
#include <stdint.h>

#include "dissect/address.h"

struct geoip;

/* A string in a database, any octets. */
struct place_text {
	const char *at; /* NULL: not told */
	uint32_t length;
};

struct place {
	struct place_text city, country, country_code, organization;
	uint32_t as_number; /* 0: not told */
	bool has_latitude, has_longitude;
	double latitude, longitude; /* degrees, to six decimals */
};

/* `paths` are databases, or folders of them; NULL: the usual folders. Lasts as long as they do. */
struct geoip *geoip_new(const char *const *paths, unsigned count);
void geoip_free(struct geoip *geoip);

/* What the databases say of an address; of several, the last one counts. False: none knows it. Thread-safe. */
bool geoip_find(struct geoip *geoip, const struct address *address, struct place *place);

#endif
