/* gif.c: Graphics Interchange Format (GIF89a, CompuServe): its blocks. */

#include "dissect/dissection.h"

enum {
	GIF, VERSION, WIDTH, HEIGHT, SETTINGS, HAS_MAP, BITS_PER_COLOUR, IS_ORDERED, BITS_PER_PIXEL, BACKGROUND, ASPECT, MAP,
	EXTENSION, LABEL, IMAGE, LEFT, TOP, IMAGE_WIDTH, IMAGE_HEIGHT, LOCAL_SETTINGS, LOCAL_HAS_MAP,
	LOCAL_BITS_PER_COLOUR, LOCAL_IS_ORDERED, LOCAL_BITS_PER_PIXEL, LOCAL_MAP, CODE_SIZE, DATA_BLOCK, TRAILER, UNKNOWN,
	NOTE_UNKNOWN, N_FIELDS
};

static const struct name true_or_false[] = { { 0, "False" }, { 1, "True" } };
static const struct name labels[] = {
	{ 0x01, "Plain Text" }, { 0xf9, "Graphics Control" }, { 0xfe, "Comment" }, { 0xff, "Application" },
};

#define SETTINGS_FIELDS(at, filter, scope)                                                                             \
	[at] = { NULL, scope " settings:", SUBTREE },                                                                  \
	[at + 1] = { "image-gif." filter ".color_map.present", scope " color map is present", UINT8, .mask = 0x80,     \
	             .names = NAMES(true_or_false) },                                                                  \
	[at + 2] = { "image-gif." filter ".color_bpp", "Bits per color minus 1", UINT8, .mask = 0x70 },                \
	[at + 3] = { "image-gif." filter ".color_map.ordered", scope " color map is ordered", UINT8, .mask = 0x08,     \
	             .names = NAMES(true_or_false) },                                                                  \
	[at + 4] = { "image-gif." filter ".bpp", "Image bits per pixel minus 1", UINT8, .mask = 0x07 }

static const struct field fields[N_FIELDS] = {
	[GIF]          = { "image-gif", "Compuserve GIF", PROTOCOL },
	[VERSION]      = { "image-gif.version", "Version", STRING },
	[WIDTH]        = { "image-gif.screen.width", "Screen width", UINT16 },
	[HEIGHT]       = { "image-gif.screen.height", "Screen height", UINT16 },
	SETTINGS_FIELDS(SETTINGS, "global", "Global"),
	[BACKGROUND]   = { "image-gif.image_background_index", "Background color index", UINT8 },
	[ASPECT]       = { "image-gif.global.pixel_aspect_ratio", "Global pixel aspect ratio", UINT8 },
	[MAP]          = { "image-gif.global.color_map", "Global color map", OCTETS },
	[EXTENSION]    = { "image-gif.extension", "Extension", SUBTREE },
	[LABEL]        = { "image-gif.extension.label", "Extension label", UINT8, HEX, .names = NAMES(labels) },
	[IMAGE]        = { "image-gif.image", "Image", SUBTREE },
	[LEFT]         = { "image-gif.image.left", "Image left position", UINT16 },
	[TOP]          = { "image-gif.image.top", "Image top position", UINT16 },
	[IMAGE_WIDTH]  = { "image-gif.image.width", "Image width", UINT16 },
	[IMAGE_HEIGHT] = { "image-gif.image.height", "Image height", UINT16 },
	SETTINGS_FIELDS(LOCAL_SETTINGS, "local", "Local"),
	[LOCAL_MAP]    = { "image-gif.local.color_map", "Local color map", OCTETS },
	[CODE_SIZE]    = { "image-gif.image.code_size", "LZW minimum code size", UINT8 },
	[DATA_BLOCK]   = { "image-gif.data_block", "Data block", OCTETS },
	[TRAILER]      = { "image-gif.end", "Trailer (End of the GIF stream)", SUBTREE },
	[UNKNOWN]      = { NULL, "Unknown GIF data block type", SUBTREE },
	[NOTE_UNKNOWN] = { "gif.data_block_type.unknown", "Unknown GIF data block type", NOTE, .severity = SEVERITY_WARNING,
	                   .group = GROUP_PROTOCOL },
};

/* Sections 18 and 20. The octets of the colour table that follows; 0: none does. */
static uint32_t read_settings(struct dissection *d, struct wire *w, unsigned field, bool has_order)
{
	const uint8_t value = wire_u8(w);
	const unsigned colour = ((value & 0x60) >> 4) + 1, pixel = (value & 7) + 1; /* tshark leaves out one bit */
	const bool has_map = value & 0x80;

	add_node(d, w, &fields[field], w->at - 1, 1, 0);
	set_text(d, w, d->last, "%s%s (%u bit%s per color) (%u bit%s per pixel)", fields[field].label,
	         !has_map ? "" : field == SETTINGS ? " (Global color table present)" : " (Local color table present)",
	         colour, colour == 1 ? "" : "s", pixel, pixel == 1 ? "" : "s");
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[field + 1], &fields[field + 2], 1, value);
	if (has_order)
		add_bits(d, w, &fields[field + 3], &fields[field + 3], 1, value);
	add_bits(d, w, &fields[field + 4], &fields[field + 4], 1, value);
	close_subtree(d, node, NULL);
	return has_map ? 3u << pixel : 0;
}

/* Section 15. False: it is the last. */
static bool read_data_block(struct dissection *d, struct wire *w)
{
	const uint8_t n = wire_peek_u8(w, 0);

	if (!wire_need(w, 1u + n))
		return false;
	add_node_octets(d, w, &fields[DATA_BLOCK], w->at, 1u + n, wire_here(w) + 1, n);
	if (!n)
		value_text(d, w, d->last, "<none>");
	append_text(d, w, d->last, " (length = %u)", n);
	wire_skip(w, 1u + n);
	return n;
}

static void read_data_blocks(struct dissection *d, struct wire *w)
{
	while (wire_need(w, 1) && read_data_block(d, w))
		;
}

static void read_extension(struct dissection *d, struct wire *w)
{
	const uint8_t label = wire_peek_u8(w, 1);
	const char *name = name_of(fields[LABEL].names, label);

	if (w->state != WIRE_GOOD)
		return;
	add_node(d, w, &fields[EXTENSION], w->at, wire_left(w), 0);
	node_ref node = open_subtree(d);
	if (name)
		set_text(d, w, node, "Extension: %s", name);
	else
		set_text(d, w, node, "Extension: <Warning: Unknown extension 0x%02X>", label);
	wire_skip(w, 1);
	add_uint8(d, w, &fields[LABEL]);
	read_data_blocks(d, w);
	close_subtree(d, node, w);
}

static void read_image(struct dissection *d, struct wire *w, bool has_order)
{
	add_node(d, w, &fields[IMAGE], w->at, wire_left(w), 0);
	node_ref node = open_subtree(d);

	wire_skip(w, 1);
	for (unsigned i = LEFT; i <= IMAGE_HEIGHT; i++)
		add_le16(d, w, &fields[i]);
	const uint32_t map = read_settings(d, w, LOCAL_SETTINGS, has_order);
	if (map)
		add_octets(d, w, &fields[LOCAL_MAP], map);
	add_uint8(d, w, &fields[CODE_SIZE]);
	read_data_blocks(d, w);
	close_subtree(d, node, w);
}

/* False: nothing counts behind it. */
static bool read_block(struct dissection *d, struct wire *w, bool has_order)
{
	switch (*wire_here(w)) {
	case ',':
		read_image(d, w, has_order);
		return true;
	case '!':
		read_extension(d, w);
		return true;
	case ';':
		add_node(d, w, &fields[TRAILER], w->at, 1, 0);
		return false;
	default:
		add_node(d, w, &fields[UNKNOWN], w->at, 1, 0);
		note_on(d, d->last, &fields[NOTE_UNKNOWN]);
		wire_skip(w, 1);
		return true;
	}
}

static void dissect(struct dissection *d, struct wire *w)
{
	enum { VERSION_SIZE = 6 };
	const bool has_order = wire_peek_u8(w, 4) == '9';
	node_ref top = open_protocol(d, w, &fields[GIF]);

	if (SHOWING(d, w))
		append_text(d, w, top, ", Version: %s", printable(d, wire_here(w), VERSION_SIZE));
	if (LISTING(d, w))
		append_info(d, w, " (%s)", printable(d, wire_here(w), VERSION_SIZE));
	add_string(d, w, &fields[VERSION], VERSION_SIZE);
	add_le16(d, w, &fields[WIDTH]);
	add_le16(d, w, &fields[HEIGHT]);
	const uint32_t map = read_settings(d, w, SETTINGS, has_order);
	add_uint8(d, w, &fields[BACKGROUND]);
	const uint8_t aspect = wire_u8(w);
	if (aspect) {
		const unsigned hundredths = ((aspect + 15) * 100 + 32) / 64;
		add_node(d, w, &fields[ASPECT], w->at - 1, 1, aspect);
		set_text(d, w, d->last, "%u, yields an aspect ratio of (15 + %u) / 64 = %u.%02u", aspect, aspect,
		         hundredths / 100, hundredths % 100);
	}
	if (map)
		add_octets(d, w, &fields[MAP], map);
	while (wire_more(w) && wire_need(w, 1) && read_block(d, w, has_order))
		;
	close_subtree(d, top, w);
}

static bool resembles(const struct dissection *d, struct wire w)
{
	enum { SHORTEST = 20 };

	(void)d;
	return wire_has(&w, SHORTEST) &&
	       (!memcmp(wire_here(&w), "GIF87a", 6) || !memcmp(wire_here(&w), "GIF89a", 6));
}

const struct protocol protocol_gif = {
	.name = "Compuserve GIF", .short_name = "GIF image", .filter = "image-gif", .fields = fields,
	.field_count = N_FIELDS, .dissect = dissect, .accepts = resembles, .resembles = resembles,
};
