/*
 * media.c: which protocol reads octets of a media type (RFC 9110, section 8.3.1), and what is shown of those that none
 * reads.
 */

#include "dissect/media.h"

#include <ctype.h>
#include <strings.h>

extern const struct protocol protocol_data, protocol_text_lines, protocol_form, protocol_json, protocol_multipart,
	protocol_media, protocol_ocsp_request, protocol_ocsp_response, protocol_xml, protocol_png, protocol_gif;

/* By name. */
static const struct row {
	const char *name;
	const struct protocol *protocol;
} rows[] = {
	{ "application/3gpp-ims+xml", &protocol_xml },
	{ "application/atom+xml", &protocol_xml },
	{ "application/auth-policy+xml", &protocol_xml },
	{ "application/ccmp+xml", &protocol_xml },
	{ "application/conference-info+xml", &protocol_xml },
	{ "application/cpim-pidf+xml", &protocol_xml },
	{ "application/cpl+xml", &protocol_xml },
	{ "application/im-iscomposing+xml", &protocol_xml },
	{ "application/json", &protocol_json },
	{ "application/json-rpc", &protocol_json },
	{ "application/jsonrequest", &protocol_json },
	{ "application/load-control+xml", &protocol_xml },
	{ "application/mathml+xml", &protocol_xml },
	{ "application/media_control+xml", &protocol_xml },
	{ "application/mediaservercontrol+xml", &protocol_xml },
	{ "application/note+xml", &protocol_xml },
	{ "application/ocsp-request", &protocol_ocsp_request },
	{ "application/ocsp-response", &protocol_ocsp_response },
	{ "application/octet-stream", &protocol_data },
	{ "application/pidf+xml", &protocol_xml },
	{ "application/pidf-diff+xml", &protocol_xml },
	{ "application/poc-settings+xml", &protocol_xml },
	{ "application/rdf+xml", &protocol_xml },
	{ "application/reginfo+xml", &protocol_xml },
	{ "application/resource-lists+xml", &protocol_xml },
	{ "application/rlmi+xml", &protocol_xml },
	{ "application/rls-services+xml", &protocol_xml },
	{ "application/rss+xml", &protocol_xml },
	{ "application/simple-filter+xml", &protocol_xml },
	{ "application/simservs+xml", &protocol_xml },
	{ "application/smil", &protocol_xml },
	{ "application/soap+xml", &protocol_xml },
	{ "application/vnd.wv.csp+xml", &protocol_xml },
	{ "application/vnd.wv.csp.xml", &protocol_xml },
	{ "application/watcherinfo+xml", &protocol_xml },
	{ "application/x-crd+xml", &protocol_xml },
	{ "application/x-javascript", &protocol_text_lines },
	{ "application/x-ndjson", &protocol_json },
	{ "application/x-ns-proxy-autoconfig", &protocol_text_lines },
	{ "application/x-wms-logconnectstats", &protocol_xml },
	{ "application/x-wms-sendevent", &protocol_xml },
	{ "application/x-www-form-urlencoded", &protocol_form },
	{ "application/xcap-error+xml", &protocol_xml },
	{ "application/xcap-ns+xml", &protocol_xml },
	{ "application/xml", &protocol_xml },
	{ "application/xml-dtd", &protocol_xml },
	{ "application/xslt+xml", &protocol_xml },
	{ "image/gif", &protocol_gif },
	{ "image/png", &protocol_png },
	{ "image/svg+xml", &protocol_xml },
	{ "text/css", &protocol_text_lines },
	{ "text/html", &protocol_text_lines },
	{ "text/javascript", &protocol_text_lines },
	{ "text/plain", &protocol_text_lines },
	{ "text/richtext", &protocol_text_lines },
	{ "text/vnd.sun.j2me.app-descriptor", &protocol_text_lines },
	{ "text/vnd.wap.wml", &protocol_xml },
	{ "text/xml", &protocol_xml },
};

/* What shows by its first octets what it is. */
static const struct protocol *const media_heuristics[] = { &protocol_png, &protocol_gif, NULL };

static const struct protocol *protocol_for(const char *name)
{
	for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++)
		if (strcmp(row->name, name) == 0)
			return row->protocol;
	return strncmp(name, "multipart/", 10) == 0 ? &protocol_multipart : &protocol_media;
}

static bool ends_name(uint8_t c)
{
	return c == ';' || c == ' ' || c == '\t' || c == ',' || !c;
}

const struct media_type *read_media_type(struct dissection *d, const uint8_t *octets, size_t n)
{
	struct media_type *media = arena_alloc(d->arena, sizeof *media);
	size_t length = 0;

	while (length < n && !ends_name(octets[length]))
		length++;
	char *name = arena_alloc(d->arena, length + 1);
	for (size_t i = 0; i < length; i++)
		name[i] = (char)tolower(octets[i]);
	name[length] = 0;
	while (length < n && ends_name(octets[length]))
		length++;
	char *parameters = arena_alloc(d->arena, n - length + 1);
	memcpy(parameters, octets + length, n - length);
	parameters[n - length] = 0;
	*media = (struct media_type){ name, parameters, d->media ? d->media->depth + 1 : 0 };
	return media;
}

/* name=value or name="value", RFC 9110, section 5.6.6 */
const char *media_parameter(struct dissection *d, const struct media_type *media, const char *name)
{
	const size_t length = strlen(name);

	for (const char *at = media->parameters; *at;) {
		at += strspn(at, " \t;");
		const size_t word = strcspn(at, "=; \t");
		const char *value = at + word + strspn(at + word, " \t");
		if (*value != '=') {
			at += strcspn(at, ";");
			continue;
		}
		value += 1 + strspn(value + 1, " \t");
		const bool is_quoted = *value == '"';
		value += is_quoted;
		const size_t n = strcspn(value, is_quoted ? "\"" : "; \t");
		if (word == length && strncasecmp(at, name, length) == 0) {
			char *copy = arena_alloc(d->arena, n + 1);
			memcpy(copy, value, n);
			copy[n] = 0;
			return copy;
		}
		at = value + n;
		at += *at == '"';
		at += strcspn(at, ";");
	}
	return NULL;
}

bool media_is_refused(const struct dissection *d, struct wire w, const struct media_type *media)
{
	const struct protocol *protocol = protocol_for(media->name);

	return protocol->accepts && !protocol->accepts(d, w);
}

bool dissect_media(struct dissection *d, struct wire w, const struct media_type *media)
{
	const struct media_type *outer = d->media;

	if (!wire_left(&w))
		return false;
	d->media = media;
	const struct protocol *protocol = protocol_for(media->name);
	if (media_is_refused(d, w, media))
		protocol = &protocol_media;
	const bool is_known = protocol != &protocol_media, is_like = !is_known && dissect_heuristic(d, w, media_heuristics);
	if (!is_like)
		dissect_protocol(d, w, protocol);
	d->media = outer;
	return is_known || is_like;
}

bool dissect_untyped_media(struct dissection *d, struct wire w)
{
	if (!wire_left(&w))
		return false;
	const bool is_like = dissect_heuristic(d, w, media_heuristics);
	if (!is_like)
		dissect_data(d, w);
	return is_like;
}

void list_media(struct dissection *d, const struct wire *w)
{
	if (d->media && LISTING(d, w))
		append_info(d, w, " (%s)", printable(d, d->media->name, strlen(d->media->name)));
}

enum { MEDIA, TYPE, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[MEDIA] = { "media", "Media Type", PROTOCOL },
	[TYPE]  = { "media.type", "Media type", OCTETS },
};

static void dissect(struct dissection *d, struct wire *w)
{
	const uint32_t n = wire_captured(w);
	const struct media_type *media = d->media;
	node_ref top = open_protocol(d, w, &fields[MEDIA]);
	list_media(d, w);

	add_octets(d, w, &fields[TYPE], n);
	value_text(d, w, d->last, "%s%s%s (%u byte%s)", printable(d, media->name, strlen(media->name)),
	           *media->parameters ? "; " : "",
	           printable(d, media->parameters, strlen(media->parameters)), n, n == 1 ? "" : "s");
	close_subtree(d, top, w);
}

const struct protocol protocol_media = {
	.name = "Media Type", .short_name = "Media", .filter = "media", .fields = fields, .field_count = N_FIELDS,
	.dissect = dissect,
};
