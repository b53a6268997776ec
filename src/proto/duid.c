/* duid.c: link-layer addresses in DHCP unique identifiers, as duid.h tells. */

#include "dissect/duid.h"
#include "dissect/text.h"

void add_hardware_address(struct dissection *d, struct wire *w, const struct field *field, uint32_t n, uint16_t type)
{
	enum { ETHERNET = 1, IEEE_802 = 6, LARGEST = 128 };
	const uint8_t *address = wire_bytes(w, n);
	char text[2 * LARGEST + 1], *end;

	if (!address || !BUILDING(d, w))
		return;
	bool is_mac = n == 6 && (type == ETHERNET || type == IEEE_802);
	if (n)
		end = put_octets(text, address, n < LARGEST ? n : LARGEST, is_mac ? ':' : 0);
	else
		end = put_literal(text, "<No address>");
	add_string_value(d, w, field, text, (size_t)(end - text));
	cover(d, w, n);
}
