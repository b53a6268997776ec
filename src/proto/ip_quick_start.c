/* ip_quick_start.c: the Quick-Start option of IPv4 and IPv6, RFC 4782, section 3. */

#include "dissect/ip.h"

static const struct name functions[] = { { 0, "Rate request" }, { 8, "Rate report" } };
const struct names quick_start_functions = { functions, sizeof functions / sizeof *functions };

static const struct name rates[] = {
	{ 0, "0 bit/s" },        { 1, "80 Kbit/s" },      { 2, "160 Kbit/s" },     { 3, "320 Kbit/s" },
	{ 4, "640 Kbit/s" },     { 5, "1.28 Mbit/s" },    { 6, "2.56 Mbit/s" },    { 7, "5.12 Mbit/s" },
	{ 8, "10.24 Mbit/s" },   { 9, "20.48 Mbit/s" },   { 10, "40.96 Mbit/s" },  { 11, "81.92 Mbit/s" },
	{ 12, "163.84 Mbit/s" }, { 13, "327.68 Mbit/s" }, { 14, "655.36 Mbit/s" }, { 15, "1.31072 Gbit/s" },
};
const struct names quick_start_rates = { rates, sizeof rates / sizeof *rates };

enum { RATE_REQUEST = 0, RATE_REPORT = 8 };

void add_quick_start(struct dissection *d, struct wire *w, const struct field *fields, node_ref option)
{
	uint8_t first = wire_peek_u8(w, 0), function = first >> 4;
	const char *rate = name_or(&quick_start_rates, first & 0xf, "");

	add_node(d, w, &fields[QUICK_FUNCTION], w->at, 1, first);
	if (function != RATE_REQUEST && function != RATE_REPORT)
		return;
	add_uint8(d, w, &fields[QUICK_RATE]);
	if (function == RATE_REQUEST) {
		uint8_t ttl = add_uint8(d, w, &fields[QUICK_TTL]);
		uint8_t difference = (uint8_t)(d->ip_ttl - ttl);
		add_node(d, w, &fields[QUICK_TTL_DIFF], w->at - 1, 1, difference);
		append_text(d, w, option, ", %s, QS TTL %u, QS TTL diff %u", rate, ttl, difference);
	} else {
		add_uint8(d, w, &fields[QUICK_UNUSED]);
		append_text(d, w, option, ", %s", rate);
	}
	uint32_t nonce = add_uint32(d, w, &fields[QUICK_NONCE]);
	add_node(d, w, &fields[QUICK_RESERVED], w->at - 4, 4, nonce);
}
