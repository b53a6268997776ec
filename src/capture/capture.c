/* capture.c: opens a capture, finds out what it is, and keeps what its headers and blocks told. */

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/capture_private.h"

void capture_fail(struct capture_error *error, const char *name, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int n = snprintf(error->text, sizeof(error->text), "%.200s: ", name);
	vsnprintf(error->text + n, sizeof(error->text) - (size_t)n, format, arguments);
	va_end(arguments);
	/* A file's name may hold anything, and this goes to a terminal. */
	for (char *p = error->text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = '?';
}

/* Link types whose "frames" are transfers or messages. */
enum {
	USB_LINUX = 189,
	USB_LINUX_MMAPPED = 220,
	DBUS = 231,
	USBPCAP = 249,
	EBHSCR = 279,
};

/* libpcap and tshark know the same limits. */
uint32_t capture_limit(uint16_t link_type)
{
	switch (link_type) {
	case USB_LINUX:
	case USB_LINUX_MMAPPED:
	case DBUS:
	case USBPCAP:
		return 128 * 1024 * 1024;
	case EBHSCR:
		return 8 * 1024 * 1024;
	default:
		return 256 * 1024;
	}
}

/* Finds the format by the first octets and reads the header. */
static bool set_up(struct capture *c, struct capture_error *error)
{
	uint8_t head[PCAP_HEADER];
	size_t n = store_peek(c->store, head, sizeof(head));
	if (pcapng_begins(head, n))
		return pcapng_set_up(c, head, n, error);
	if (pcap_begins(head, n))
		return pcap_set_up(c, head, n, error);
	if (store_damage(c->store))
		capture_fail(error, c->name, "cannot be read: %s", store_damage(c->store));
	else if (n == 0)
		capture_fail(error, c->name, "is empty: not even a file header is in it");
	else if (n < 4)
		capture_fail(error, c->name, "is no capture: it has %zu octet%s", n,
		             n == 1 ? "" : "s");
	else
		capture_fail(error, c->name,
		             "is no pcap or pcapng capture (it begins with %02x %02x %02x %02x); "
		             "editcap(1) converts many other formats",
		             head[0], head[1], head[2], head[3]);
	return false;
}

struct capture *capture_open_fd(int fd, const char *name, enum capture_mode mode,
                                struct capture_error *error)
{
	error->text[0] = '\0';
	struct capture *c = calloc(1, sizeof(*c));
	if (!c) {
		close(fd);
		capture_fail(error, name, "no memory to read it");
		return NULL;
	}
	snprintf(c->name, sizeof(c->name), "%s", name);
	c->store = store_open(fd, name, mode == CAPTURE_TWO_PASS, error);
	if (!c->store || !set_up(c, error)) {
		capture_close(c);
		return NULL;
	}
	return c;
}

struct capture *capture_open(const char *path, enum capture_mode mode, struct capture_error *error)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
	                  : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	const char *name = standard ? "standard input" : path;
	if (fd < 0) {
		capture_fail(error, name, "cannot be opened: %s", strerror(errno));
		return NULL;
	}
	return capture_open_fd(fd, name, mode, error);
}

void capture_close(struct capture *c)
{
	if (!c)
		return;
	store_close(c->store);
	capture_filter_free(c->filter);
	for (uint32_t i = 0; i < c->interface_count; i++)
		free(c->interfaces[i]);
	for (uint32_t i = 0; i < c->secrets_count; i++)
		free(c->secrets[i]);
	free(c->interfaces);
	free(c->secrets);
	free(c->sections);
	free(c->names.octets);
	free((void *)c->section_options.octets);
	free(c);
}

size_t capture_read(const struct capture *c, uint64_t offset, void *to, size_t length)
{
	if (!store_is_seekable(c->store) || length == 0)
		return 0;
	ssize_t n = store_read(c->store, offset, to, length);
	return n < 0 ? 0 : (size_t)n;
}

bool capture_is_seekable(const struct capture *c)
{
	return store_is_seekable(c->store);
}

bool capture_is_pcapng(const struct capture *c)
{
	return c->pcapng;
}

const struct interface *capture_interface(const struct capture *c, uint32_t index)
{
	return index < c->interface_count ? &c->interfaces[index]->shown : NULL;
}

const uint8_t *capture_secrets(const struct capture *c, uint32_t index, uint32_t *type,
                               size_t *length)
{
	if (index >= c->secrets_count)
		return NULL;
	*type = c->secrets[index]->type;
	*length = c->secrets[index]->length;
	return c->secrets[index]->octets;
}

size_t capture_names(const struct capture *c, size_t from,
                     void (*each)(void *context, int family, const uint8_t *address, const char *name), void *context)
{
	while (from < c->names.length) {
		const uint8_t *p = c->names.octets + from;
		const char *name = (const char *)p + 1 + 16;
		each(context, p[0], p + 1, name);
		from += 1 + 16 + strlen(name) + 1;
	}
	return from;
}
