/* ssdp.c: Simple Service Discovery Protocol, UPnP Device Architecture 1.1, section 1: messages of HTTP in datagrams. */

#include "dissect/http.h"

static void dissect(struct dissection *d, struct wire *w)
{
	http_read_message(d, w, &http_fields[HTTP_SSDP], "SSDP"); /* what stands behind it counts for nothing */
}

const struct protocol protocol_ssdp = {
	.name = "Simple Service Discovery Protocol", .short_name = "SSDP", .filter = "ssdp", .is_application = true, .dissect = dissect,
};
