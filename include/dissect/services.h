#ifndef DISSECT_SERVICES_H
#define DISSECT_SERVICES_H
/* services: names of ports. Read when the first one is asked for. */

#include <stdint.h>

struct services;

struct services *services_new(void);
void services_free(struct services *services);

/* The service behind a port of an IP protocol (6: TCP), or NULL. Thread-safe. */
const char *service_name(struct services *services, uint8_t protocol, uint16_t port);

#endif
