/* resolver.c: names for addresses. */

#include "dissect/resolver.h"

#include <stdlib.h>

#include "dissect/arena.h"
#include "dissect/text.h"

struct resolver {
	char unused;
};

struct resolver *resolver_new(void)
{
	return must_zero(1, sizeof(struct resolver));
}

void resolver_free(struct resolver *resolver)
{
	free(resolver);
}

char *resolve_mac(const struct resolver *resolver, char *to, const uint8_t octets[6])
{
	(void)resolver;
	return put_mac(to, octets);
}

char *resolve_ipv4(const struct resolver *resolver, char *to, uint32_t address)
{
	(void)resolver;
	return put_ipv4(to, address);
}

char *resolve_ipv6(const struct resolver *resolver, char *to, const uint8_t octets[16])
{
	(void)resolver;
	return put_ipv6(to, octets);
}
