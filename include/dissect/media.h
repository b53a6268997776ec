#ifndef DISSECT_MEDIA_H
#define DISSECT_MEDIA_H
/* media: octets that a media type (RFC 9110, section 8.3.1) says what they are. */

#include "dissect/dissection.h"

struct media_type {
	const char *name;          /* type/subtype, in lower case, as it stands there otherwise */
	const char *parameters;    /* as they were written, behind the semicolon; "" where there are none */
	unsigned depth;            /* types that it stands within */
};

/* A media type from a Content-Type header; in the frame's arena. */
const struct media_type *read_media_type(struct dissection *d, const uint8_t *octets, size_t n);

/* The value of a parameter, or NULL; in the frame's arena. */
const char *media_parameter(struct dissection *d, const struct media_type *media, const char *name);

/* Octets of that type: the protocol for it, or Media Type; false, then. */
bool dissect_media(struct dissection *d, struct wire w, const struct media_type *media);

/* Does the protocol for that type not accept the octets? */
bool media_is_refused(const struct dissection *d, struct wire w, const struct media_type *media);

/* The type of the octets that are being read, in the packet list. */
void list_media(struct dissection *d, const struct wire *w);

/* Octets of which nothing says what they are; false: they were Data. */
bool dissect_untyped_media(struct dissection *d, struct wire w);

#endif
