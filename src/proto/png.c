/* png.c: Portable Network Graphics, ISO/IEC 15948: its chunks. What compressed ones hold is not shown. */

#include "dissect/http.h"
#include "dissect/text.h"

enum {
	PNG, SIGNATURE, CHUNK, LENGTH, TYPE, ANCILLARY, PRIVATE, SAFE, DATA, CRC,
	HEADER, HEADER_LAST = HEADER + 6, INTENT, KEYWORD, STRING_TEXT, TIME, TIME_LAST = TIME + 5,
	SIZE, SIZE_LAST = SIZE + 2, PALETTE_INDEX, GREYSCALE, COLOURS, COLOURS_LAST = COLOURS + 2,
	CHROMATICITIES, CHROMATICITIES_LAST = CHROMATICITIES + 7, GAMMA, N_FIELDS
};

static const struct name ancillary[] = { { 0, "This is a CRITICAL chunk" }, { 1, "This is an ANCILLARY chunk" } };
static const struct name private_names[] = { { 0, "This is a PUBLIC chunk" }, { 1, "This is a PRIVATE chunk" } };
static const struct name safe[] = { { 0, "This chunk is NOT safe to copy" }, { 1, "This chunk is SAFE TO COPY" } };
static const struct name colour_types[] = {
	{ 0, "Greyscale" },
	{ 2, "Truecolour" },
	{ 3, "Indexed-colour" },
	{ 4, "Greyscale with alpha" },
	{ 6, "Truecolour with alpha" },
};
static const struct name compressions[] = { { 0, "Deflate" } };
static const struct name filters[] = { { 0, "Adaptive" } };
static const struct name interlaces[] = { { 0, "No interlace" }, { 1, "Adam7" } };
static const struct name intents[] = {
	{ 0, "Perceptual" }, { 1, "Relative colorimetric" }, { 2, "Saturation" }, { 3, "Absolute colorimetric" },
};
static const struct name units[] = { { 0, "Unit is unknown" }, { 1, "Unit is METRE" } };

static const struct field fields[N_FIELDS] = {
	[PNG]           = { "png", "Portable Network Graphics", PROTOCOL },
	[SIGNATURE]     = { "png.signature", "PNG Signature", OCTETS },
	[CHUNK]         = { NULL, "Chunk", SUBTREE },
	[LENGTH]        = { "png.chunk.len", "Len", UINT32 },
	[TYPE]          = { "png.chunk.type", "Chunk", STRING },
	[ANCILLARY]     = { "png.chunk.flag.ancillary", "Ancillary", BOOLEAN, .mask = 0x20000000, .names = NAMES(ancillary) },
	[PRIVATE]       = { "png.chunk.flag.private", "Private", BOOLEAN, .mask = 0x200000, .names = NAMES(private_names) },
	[SAFE]          = { "png.chunk.flag.stc", "Safe To Copy", BOOLEAN, .mask = 0x20, .names = NAMES(safe) },
	[DATA]          = { "png.chunk.data", "Data", SUBTREE },
	[CRC]           = { "png.chunk.crc", "CRC", UINT32, HEX },
	[HEADER]        = { "png.ihdr.width", "Width", UINT32 },
	{ "png.ihdr.height", "Height", UINT32 },
	{ "png.ihdr.bitdepth", "Bit Depth", UINT8 },
	{ "png.ihdr.colour_type", "Colour Type", UINT8, .names = NAMES(colour_types) },
	{ "png.ihdr.compression_method", "Compression Method", UINT8, .names = NAMES(compressions) },
	{ "png.ihdr.filter_method", "Filter Method", UINT8, .names = NAMES(filters) },
	{ "png.ihdr.interlace_method", "Interlace Method", UINT8, .names = NAMES(interlaces) },
	[INTENT]        = { "png.srgb.intent", "Intent", UINT8, .names = NAMES(intents) },
	[KEYWORD]       = { "png.text.keyword", "Keyword", STRING },
	[STRING_TEXT]   = { "png.text.string", "String", STRING },
	[TIME]          = { "png.time.year", "Year", UINT16 },
	{ "png.time.month", "Month", UINT8 },
	{ "png.time.day", "Day", UINT8 },
	{ "png.time.hour", "Hour", UINT8 },
	{ "png.time.minute", "Minute", UINT8 },
	{ "png.time.second", "Second", UINT8 },
	[SIZE]          = { "png.phys.horiz", "Horizontal pixels per unit", UINT32 },
	{ "png.phys.vert", "Vertical pixels per unit", UINT32 },
	{ "png.phys.unit", "Unit", UINT8, .names = NAMES(units) },
	[PALETTE_INDEX] = { "png.bkgd.palette_index", "Palette Index", UINT8 },
	[GREYSCALE]     = { "png.bkgd.greyscale", "Greyscale", UINT16, HEX },
	[COLOURS]       = { "png.bkgd.red", "Red", UINT16, HEX },
	{ "png.bkgd.green", "Green", UINT16, HEX },
	{ "png.bkgd.blue", "Blue", UINT16, HEX },
	[CHROMATICITIES] = { "png.chrm.white.x", "White X", FLOAT },
	{ "png.chrm.white.y", "White Y", FLOAT },
	{ "png.chrm.red.x", "Red X", FLOAT },
	{ "png.chrm.red.y", "Red Y", FLOAT },
	{ "png.chrm.green.x", "Green X", FLOAT },
	{ "png.chrm.green.y", "Green Y", FLOAT },
	{ "png.chrm.blue.x", "Blue X", FLOAT },
	{ "png.chrm.blue.y", "Blue Y", FLOAT },
	[GAMMA]         = { "png.gama.gamma", "Gamma", FLOAT },
};

/* ---- what chunks hold ---- */

/* The numbers of a run of declarations. */
static void read_run(struct dissection *d, struct wire *w, unsigned first, unsigned last)
{
	for (unsigned i = first; i <= last; i++) {
		const unsigned n = field_width(&fields[i]);
		const uint8_t *p = wire_bytes(w, n);
		if (!p)
			return;
		add_node(d, w, &fields[i], w->at - n, n, be_value(p, n));
	}
}

static void read_header(struct dissection *d, struct wire *w)
{
	read_run(d, w, HEADER, HEADER_LAST);
}

static void read_intent(struct dissection *d, struct wire *w)
{
	read_run(d, w, INTENT, INTENT);
}

static void read_time(struct dissection *d, struct wire *w)
{
	read_run(d, w, TIME, TIME_LAST);
}

static void read_size(struct dissection *d, struct wire *w)
{
	read_run(d, w, SIZE, SIZE_LAST);
}

static void read_background(struct dissection *d, struct wire *w)
{
	switch (wire_left(w)) {
	case 1:
		read_run(d, w, PALETTE_INDEX, PALETTE_INDEX);
		break;
	case 2:
		read_run(d, w, GREYSCALE, GREYSCALE);
		break;
	case 6:
		read_run(d, w, COLOURS, COLOURS_LAST);
		break;
	}
}

/* In units of 1/100000. */
static void read_reals(struct dissection *d, struct wire *w, unsigned first, unsigned last)
{
	for (unsigned i = first; i <= last && wire_need(w, 4); i++)
		add_real(d, w, &fields[i], (double)(float)(wire_u32(w) / 100000.0f));
}

static void read_gamma(struct dissection *d, struct wire *w)
{
	read_reals(d, w, GAMMA, GAMMA);
}

static void read_chromaticities(struct dissection *d, struct wire *w)
{
	read_reals(d, w, CHROMATICITIES, CHROMATICITIES_LAST);
}

/* In ISO 8859-1. */
static void add_latin(struct dissection *d, const struct wire *w, unsigned field, const uint8_t *octets, uint32_t n)
{
	char *text = arena_alloc(d->arena, 2 * (size_t)n + 1), *to = text;

	for (uint32_t i = 0; i < n; i++)
		to = put_utf8(to, octets[i]);
	add_string_value(d, w, &fields[field], text, (size_t)(to - text));
}

/* A keyword, a NUL and a text. */
static void read_text(struct dissection *d, struct wire *w)
{
	const uint8_t *at = wire_here(w), *end = at + wire_captured(w);
	const uint8_t *separator = end > at ? memchr(at, 0, (size_t)(end - at)) : NULL;

	if (!separator || d->first_pass)
		return;
	add_latin(d, w, KEYWORD, at, (uint32_t)(separator - at));
	add_latin(d, w, STRING_TEXT, separator + 1, (uint32_t)(end - separator - 1));
}

static const struct kind {
	char type[5];
	const char *name;
	void (*read)(struct dissection *d, struct wire *w);
} kinds[] = {
	{ "IHDR", "Image Header", read_header },
	{ "PLTE", "Palette", NULL },
	{ "IDAT", "Image data chunk", NULL },
	{ "IEND", "Image Trailer", NULL },
	{ "bKGD", "Background colour", read_background },
	{ "cHRM", "Primary chromaticities and white point", read_chromaticities },
	{ "gAMA", "Image gamma", read_gamma },
	{ "iCCP", "Embedded ICC profile", NULL },
	{ "iTXt", "International textual data", NULL },
	{ "pHYs", "Physical pixel dimensions", read_size },
	{ "sBIT", "Significant bits", NULL },
	{ "sRGB", "Standard RGB colour space", read_intent },
	{ "tEXt", "Textual data", read_text },
	{ "tIME", "Image last-modification time", read_time },
	{ "tRNS", "Transparency", NULL },
};

static const struct kind *kind_of(const uint8_t *type)
{
	static const struct kind unknown = { "", "unknown", NULL };

	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!memcmp(kinds[i].type, type, 4))
			return &kinds[i];
	return &unknown;
}

/* ---- chunks ---- */

static void read_chunk(struct dissection *d, struct wire *w)
{
	enum { BEFORE = 8, AFTER = 4, TYPE_SIZE = 4 };
	const uint32_t n = wire_peek_u32(w, 0);

	if (!wire_need(w, (uint64_t)BEFORE + n + AFTER))
		return;
	const uint8_t *type = wire_here(w) + 4;
	const struct kind *kind = kind_of(type);
	add_node(d, w, &fields[CHUNK], w->at, BEFORE + n + AFTER, 0);
	node_ref node = open_subtree(d);
	add_uint32(d, w, &fields[LENGTH]);
	const struct http_text name =
		http_ascii(d, (struct http_text){ type, (uint32_t)strnlen((const char *)type, TYPE_SIZE) });
	add_node_octets(d, w, &fields[TYPE], w->at, TYPE_SIZE, name.at, name.length);
	if (!d->first_pass)
		set_text(d, w, node, "%s (%s)", kind->name, printable(d, name.at, name.length));
	wire_skip(w, TYPE_SIZE);
	add_bits(d, w, &fields[ANCILLARY], &fields[SAFE], TYPE_SIZE, be32(type));
	struct wire data = wire_take(w, n);
	if (kind->read)
		kind->read(d, &data);
	else if (n)
		add_node(d, &data, &fields[DATA], data.at, n, 0);
	if (data.state == WIRE_GOOD)
		add_uint32(d, w, &fields[CRC]);
	close_subtree(d, node, w);
	wire_join(w, &data);
}

static void dissect(struct dissection *d, struct wire *w)
{
	node_ref top = open_protocol(d, w, &fields[PNG]);
	append_info(d, w, " (PNG)");

	add_octets(d, w, &fields[SIGNATURE], 8);
	while (wire_more(w))
		read_chunk(d, w);
	close_subtree(d, top, w);
}

static bool resembles(const struct dissection *d, struct wire w)
{
	enum { SHORTEST = 20 };

	(void)d;
	return wire_has(&w, SHORTEST) && !memcmp(wire_here(&w), "\x89PNG\r\n\x1a\n", 8);
}

const struct protocol protocol_png = {
	.name = "Portable Network Graphics", .short_name = "PNG", .filter = "png", .fields = fields, .field_count = N_FIELDS,
	.dissect = dissect, .accepts = resembles, .resembles = resembles,
};
