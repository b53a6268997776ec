/* services.c: names of ports, from Wireshark's `services` and the user's, or, where they are not installed, from /etc/services. */

#include "dissect/services.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/arena.h"
#include "dissect/names_file.h"
#include "dissect/text.h"

enum { PORTS = 65536 };

static const struct transport {
	const char *name;
	uint8_t protocol;
} transports[] = { { "tcp", 6 }, { "udp", 17 }, { "sctp", 132 }, { "dccp", 33 } };

enum { TRANSPORTS = sizeof transports / sizeof *transports };

struct services {
	pthread_mutex_t lock;
	bool is_open;
	struct arena texts;
	const char *names[TRANSPORTS][PORTS]; /* pages that nothing is written to take no room */
};

struct services *services_new(void)
{
	struct services *services = must_zero(1, sizeof *services);
	pthread_mutex_init(&services->lock, NULL);
	return services;
}

void services_free(struct services *services)
{
	if (!services)
		return;
	arena_free(&services->texts);
	pthread_mutex_destroy(&services->lock);
	free(services);
}

static const char *keep(struct services *services, const char *name)
{
	char text[NAME_ROOM + 1];
	size_t n = printable_name(text, name, strlen(name));
	text[n] = 0;
	return arena_copy(&services->texts, text, n + 1);
}

/* "https 443/tcp/udp", "x11 6000-6063/tcp"; what is said last of a port counts. */
static void learn_line(void *context, const char *word, const char *rest)
{
	struct services *services = context;
	char *at;
	unsigned long first = strtoul(rest, &at, 10), last = first;

	if (at != rest && *at == '-')
		last = strtoul(at + 1, &at, 10);
	if (at == rest || *at != '/' || first > last || last >= PORTS)
		return;
	const char *name = keep(services, word);
	while (*at == '/') {
		size_t n = strcspn(++at, "/ \t");
		for (unsigned t = 0; t < TRANSPORTS; t++) {
			if (strlen(transports[t].name) != n || memcmp(transports[t].name, at, n))
				continue;
			for (unsigned long port = first; port <= last; port++)
				services->names[t][port] = name;
		}
		at += n;
	}
}

static void open_once(struct services *services)
{
	if (__atomic_load_n(&services->is_open, __ATOMIC_ACQUIRE))
		return;
	pthread_mutex_lock(&services->lock);
	if (!services->is_open) {
		if (!names_file_read_shared("services", learn_line, services))
			names_file_read("/etc/services", learn_line, services);
		names_file_read_own("services", learn_line, services);
	}
	__atomic_store_n(&services->is_open, true, __ATOMIC_RELEASE);
	pthread_mutex_unlock(&services->lock);
}

const char *service_name(struct services *services, uint8_t protocol, uint16_t port)
{
	open_once(services);
	for (unsigned t = 0; t < TRANSPORTS; t++) {
		if (transports[t].protocol == protocol)
			return services->names[t][port];
	}
	return NULL;
}
