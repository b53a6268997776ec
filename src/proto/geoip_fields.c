/* geoip_fields.c: where the addresses of a packet are, by databases of places. */

#include "dissect/geoip_fields.h"

#include "dissect/geoip.h"
#include "dissect/session.h"

/* One thing that is known of a place, as a field of its address and as one of either. */
static void add_text(struct dissection *d, const struct wire *w, const struct field *own, const struct field *either,
                     const struct place_text *text)
{
	if (!text->length)
		return;
	add_string_value(d, w, own, text->at, text->length);
	add_string_value(d, w, either, text->at, text->length);
}

static void add_degrees(struct dissection *d, const struct wire *w, const struct field *own, const struct field *either,
                        bool has, double degrees)
{
	if (!has)
		return;
	add_real(d, w, own, degrees);
	add_real(d, w, either, degrees);
}

/* "Oslo, NO, ASN 64496, Example" */
static const char *summary(struct dissection *d, const struct place *place)
{
	const struct place_text *country = place->country_code.length ? &place->country_code : &place->country;
	const struct place_text *parts[] = { &place->city, country, NULL, &place->organization };
	const char *text = "";

	for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *comma = *text ? ", " : "";
		if (!parts[i] && place->as_number)
			text = text_of(d, "%s%sASN %u", text, comma, place->as_number);
		else if (parts[i] && parts[i]->length)
			text = text_of(d, "%s%s%.*s", text, comma, (int)parts[i]->length, parts[i]->at);
	}
	return text;
}

static void add_place(struct dissection *d, const struct wire *w, const struct address *address, const struct field *own,
                      const struct field *either)
{
	struct place place;

	if (!geoip_find(d->session->geoip, address, &place))
		return;
	const char *text = summary(d, &place);
	add_string_value(d, w, &own[GEOIP_SUMMARY], text, strlen(text));
	node_ref node = open_subtree(d);
	add_text(d, w, &own[GEOIP_CITY], &either[GEOIP_CITY], &place.city);
	add_text(d, w, &own[GEOIP_COUNTRY], &either[GEOIP_COUNTRY], &place.country);
	add_text(d, w, &own[GEOIP_COUNTRY_CODE], &either[GEOIP_COUNTRY_CODE], &place.country_code);
	if (place.as_number) {
		add_number(d, w, &own[GEOIP_AS_NUMBER], place.as_number);
		add_number(d, w, &either[GEOIP_AS_NUMBER], place.as_number);
	}
	add_text(d, w, &own[GEOIP_ORGANIZATION], &either[GEOIP_ORGANIZATION], &place.organization);
	add_degrees(d, w, &own[GEOIP_LATITUDE], &either[GEOIP_LATITUDE], place.has_latitude, place.latitude);
	add_degrees(d, w, &own[GEOIP_LONGITUDE], &either[GEOIP_LONGITUDE], place.has_longitude, place.longitude);
	close_subtree(d, node, NULL);
}

void add_places(struct dissection *d, const struct wire *w, const struct field *first)
{
	add_place(d, w, &d->source, first, first + GEOIP_EITHER);
	add_place(d, w, &d->destination, first + GEOIP_DESTINATION, first + GEOIP_EITHER);
}
