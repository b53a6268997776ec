/*
 * dns_addresses.c: names of hosts, learned from the address records (A, RFC 1035, section 3.4.1, and AAAA, RFC 3596) of a DNS message,
 * whatever it is for and whichever section they stand in: as tshark does. Names that PTR records give to addresses are not learned.
 */

#include "dissect/dns.h"
#include "dissect/resolver.h"
#include "dissect/session.h"

enum { TYPE_A = 1, TYPE_AAAA = 28, CLASS_IN = 1, CLASS_MASK = 0x7fff };

static void learn_record(struct dissection *d, struct wire *w, struct dns_message *message)
{
	struct dns_name name;
	struct wire owner = *w;

	if (!dns_read_name(d, w, message, NULL))
		return;
	uint16_t type = wire_u16(w), class = wire_u16(w);
	wire_skip(w, 4);
	uint16_t length = wire_u16(w);
	uint32_t octets = type == TYPE_A ? 4 : type == TYPE_AAAA ? 16 : UINT16_MAX;
	if ((class & CLASS_MASK) == CLASS_IN && octets <= length && wire_has(w, octets) &&
	    dns_read_name(d, &owner, message, &name))
		resolver_learn(d->session->resolver, type == TYPE_A ? ADDRESS_IPV4 : ADDRESS_IPV6, wire_here(w),
		               name.octets, strnlen((const char *)name.octets, name.length));
	wire_skip(w, length);
}

void dns_learn_addresses(struct dissection *d, struct wire w, struct dns_message message)
{
	const struct resolver *resolver = d->session->resolver;

	if (!resolves(resolver, RESOLVE_CAPTURED) || !resolves(resolver, RESOLVE_NETWORK))
		return;
	wire_skip(&w, 2);
	uint32_t questions = wire_u16(&w), records = wire_u16(&w);
	records += wire_u16(&w);
	records += wire_u16(&w);
	for (; questions && wire_more(&w); questions--) {
		dns_read_name(d, &w, &message, NULL);
		wire_skip(&w, 4);
	}
	for (; records && wire_more(&w); records--)
		learn_record(d, &w, &message);
}
