#ifndef DISSECT_GEOIP_FIELDS_H
#define DISSECT_GEOIP_FIELDS_H
/* geoip_fields: what IPv4 and IPv6 show of the places of their addresses. */

#include "dissect/dissection.h"

/* The fields of one address. */
enum geoip_field {
	GEOIP_CITY, GEOIP_COUNTRY, GEOIP_COUNTRY_CODE, GEOIP_AS_NUMBER, GEOIP_ORGANIZATION, GEOIP_LATITUDE, GEOIP_LONGITUDE,
	GEOIP_SUMMARY, N_GEOIP_OF_ONE
};

/* Those of the source, of the destination, and of either, one behind the other. */
enum { GEOIP_DESTINATION = N_GEOIP_OF_ONE, GEOIP_EITHER = 2 * N_GEOIP_OF_ONE, N_GEOIP_FIELDS = GEOIP_EITHER + GEOIP_SUMMARY };

#define GEOIP_ROW(field, filter, label, type) [field] = { filter, label, type, .generated = true }
#define GEOIP_COMMON(first, filter, label)                                                           \
	GEOIP_ROW((first) + GEOIP_CITY, filter "city", label " City", STRING),                       \
	GEOIP_ROW((first) + GEOIP_COUNTRY, filter "country", label " Country", STRING),              \
	GEOIP_ROW((first) + GEOIP_COUNTRY_CODE, filter "country_iso", label " ISO Two Letter Country Code", STRING), \
	GEOIP_ROW((first) + GEOIP_AS_NUMBER, filter "asnum", label " AS Number", UINT32),            \
	GEOIP_ROW((first) + GEOIP_ORGANIZATION, filter "org", label " AS Organization", STRING),     \
	GEOIP_ROW((first) + GEOIP_LATITUDE, filter "lat", label " Latitude", DOUBLE),                \
	GEOIP_ROW((first) + GEOIP_LONGITUDE, filter "lon", label " Longitude", DOUBLE)

/* The declarations of N_GEOIP_FIELDS fields from `first` on, under a protocol's filter name. */
#define GEOIP_FIELDS(first, protocol)                                                                \
	GEOIP_COMMON(first, protocol ".geoip.src_", "Source GeoIP"),                                 \
	GEOIP_ROW((first) + GEOIP_SUMMARY, protocol ".geoip.src_summary", "Source GeoIP", STRING),   \
	GEOIP_COMMON((first) + GEOIP_DESTINATION, protocol ".geoip.dst_", "Destination GeoIP"),      \
	GEOIP_ROW((first) + GEOIP_DESTINATION + GEOIP_SUMMARY, protocol ".geoip.dst_summary", "Destination GeoIP", STRING), \
	GEOIP_COMMON((first) + GEOIP_EITHER, protocol ".geoip.", "Source or Destination GeoIP")

/* Shows where d->source and d->destination are, by the fields from `first` on. */
void add_places(struct dissection *d, const struct wire *w, const struct field *first);

#endif
