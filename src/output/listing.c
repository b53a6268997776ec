/* listing.c: the fields, protocols and names of values that there are, a line each, their columns parted by tabs. */

#include "dissect/listing.h"

#include <inttypes.h>
#include <string.h>

#include "dissect/field_names.h"
#include "dissect/layout.h"
#include "dissect/protocol.h"
#include "dissect/values.h"

/* ---- fields ---- */

static const char *type_name(const struct field *field)
{
	static const char *const names[] = {
		[SUBTREE] = "FT_NONE", [BOOLEAN] = "FT_BOOLEAN", [UINT8] = "FT_UINT8", [UINT16] = "FT_UINT16",
		[UINT24] = "FT_UINT24", [UINT32] = "FT_UINT32", [UINT40] = "FT_UINT40", [UINT48] = "FT_UINT48",
		[UINT56] = "FT_UINT56", [UINT64] = "FT_UINT64", [INT8] = "FT_INT8", [INT16] = "FT_INT16", [INT24] = "FT_INT24",
		[INT32] = "FT_INT32", [INT64] = "FT_INT64", [CHAR] = "FT_CHAR", [FLOAT] = "FT_FLOAT", [DOUBLE] = "FT_DOUBLE",
		[IPV4] = "FT_IPv4", [IPV6] = "FT_IPv6", [MAC] = "FT_ETHER", [EUI64] = "FT_EUI64", [GUID] = "FT_GUID",
		[OCTETS] = "FT_BYTES", [STRING] = "FT_STRING", [OID] = "FT_OID", [ABSOLUTE_TIME] = "FT_ABSOLUTE_TIME",
		[RELATIVE_TIME] = "FT_RELATIVE_TIME", [FRAME_NUMBER] = "FT_FRAMENUM", [NOTE] = "FT_NONE",
	};
	static const char *const strings[] = {
		[NUL_ENDED] = "FT_STRINGZ", [NUL_PADDED] = "FT_STRINGZPAD", [NUL_CUT] = "FT_STRINGZTRUNC",
	};
	if (field->type == STRING && field->show >= NUL_ENDED && field->show <= NUL_CUT)
		return strings[field->show];
	return field->is_octets ? "FT_BYTES" : names[field->type];
}

/* How many bits a boolean field shows: as many as the octets that its mask lies in. */
static unsigned pattern_bits(const struct field *field)
{
	unsigned bits = field->bits == NO_BITS ? 0 : field->bits;

	while (!field->bits && bits < 64 && field->mask >> bits)
		bits += 8;
	return bits;
}

static void put_base(const struct field *field, struct text *out)
{
	static const char *const names[] = {
		[HEX] = "BASE_HEX", [DEC_HEX] = "BASE_DEC_HEX", [HEX_DEC] = "BASE_HEX_DEC", [OCT] = "BASE_OCT",
		[PORT_TCP] = "BASE_PT_TCP", [PORT_UDP] = "BASE_PT_UDP",
	};
	const char *name = field->show < sizeof names / sizeof *names ? names[field->show] : NULL;

	if (field->type == BOOLEAN)
		text_print(out, "%u", pattern_bits(field));
	else if (field->type >= UINT8 && field->type <= CHAR)
		text_print(out, "%s", name ? name : "BASE_DEC");
}

/* How many octets of a field's name are its protocol's: those before the first dot, which in "_ws.malformed" parts nothing. */
static int protocol_length(const char *name)
{
	const size_t start = strncmp(name, "_ws.", 4) ? 0 : 4;

	return (int)(start + strcspn(name + start, "."));
}

/* F, label, name, type, protocol, base, mask, and what tshark explains in more words; P, title, name. */
static void put_field(const struct field *field, struct text *out)
{
	if (field->type == PROTOCOL) {
		text_print(out, "P\t%s\t%s\n", field->label, field->filter);
		return;
	}
	text_print(out, "F\t%s\t%s\t%s\t%.*s\t", field->label, field->filter, type_name(field), protocol_length(field->filter),
	           field->filter);
	put_base(field, out);
	text_print(out, "\t0x%" PRIx64 "\t\n", field->mask);
}

/* ---- names of values ---- */

static void put_number(const struct field *field, uint64_t value, struct text *out)
{
	if (field->show == HEX || field->show == HEX_DEC)
		text_print(out, "\t0x%" PRIx64, value);
	else
		text_print(out, "\t%" PRIu64, value);
}

/* T: of a boolean, name, true, false. R: name, first and last value, what they are called. V: name, value, what it is called. */
static void put_values(const struct field *field, struct text *out)
{
	const struct names *names = field->names;
	bool ranges = false;

	if (field->type == BOOLEAN) {
		text_print(out, "T\t%s\t%s\t%s\n", field->filter, name_or(names, 1, "True"), name_or(names, 0, "False"));
		return;
	}
	for (uint32_t i = 0; names && i < names->count; i++)
		ranges |= names->rows[i].through != 0;
	for (uint32_t i = 0; names && i < names->count; i++) {
		const struct name *row = &names->rows[i];
		text_print(out, "%c\t%s", ranges ? 'R' : 'V', field->filter);
		put_number(field, row->value, out);
		if (ranges)
			put_number(field, row->through ? row->through : row->value, out);
		text_print(out, "\t%s\n", row->text);
	}
}

/* ---- the listings ---- */

static bool begins_with(const char *name, const char *prefix)
{
	return !prefix || !strncmp(name, prefix, strlen(prefix));
}

static void note_first(void *context, const struct field *field, const struct field *as)
{
	const struct field **first = context;

	(void)as;
	if (!*first)
		*first = field;
}

/* Of the fields that stand for this name, is this the first? */
static bool is_first(const struct field *field, const char *name)
{
	const struct field *first = NULL;

	fields_named(name, note_first, &first);
	return first == field;
}

/* Calls `put` for every field with such a name; for what many protocols have, and hidden ones that many stand for, once. */
static void each_field(const char *prefix, void (*put)(const struct field *field, struct text *out), struct text *out)
{
	for (const struct protocol *const *protocol = protocols; *protocol; protocol++) {
		for (unsigned i = 0; i < (*protocol)->field_count; i++) {
			const struct field *field = &(*protocol)->fields[i];
			if (field->filter && begins_with(field->filter, prefix) && (*field->filter != '_' || is_first(field, field->filter)))
				put(field, out);
			for (unsigned k = 0; k < field->also_count; k++)
				if (begins_with(field->also[k].filter, prefix) && is_first(field, field->also[k].filter))
					put(&field->also[k], out);
		}
	}
}

static void put_fields(const char *prefix, struct text *out)
{
	each_field(prefix, put_field, out);
}

/* Title, short name, name in filters. */
static void put_protocols(const char *prefix, struct text *out)
{
	for (const struct protocol *const *protocol = protocols; *protocol; protocol++) {
		for (unsigned i = 0; i < (*protocol)->field_count; i++) {
			const struct field *field = &(*protocol)->fields[i];
			const bool is_own = !strcmp(field->filter ? field->filter : "", (*protocol)->filter);
			if (field->type == PROTOCOL && begins_with(field->filter, prefix) && is_first(field, field->filter))
				text_print(out, "%s\t%s\t%s\n", field->label, is_own ? (*protocol)->short_name : field->label, field->filter);
		}
	}
}

static void put_all_values(const char *prefix, struct text *out)
{
	each_field(prefix, put_values, out);
}

/* Those of gui.column.format, whatever their names begin with. */
static void put_formats(const char *prefix, struct text *out)
{
	(void)prefix;
	put_column_formats(out);
}

bool put_listing(const char *name, const char *prefix, struct text *out)
{
	static const struct {
		const char *name;
		void (*put)(const char *prefix, struct text *out);
	} listings[] = {
		{ "column-formats", put_formats },
		{ "fields", put_fields },
		{ "protocols", put_protocols },
		{ "values", put_all_values },
	};

	for (unsigned i = 0; i < sizeof listings / sizeof *listings; i++) {
		if (strcmp(name, listings[i].name))
			continue;
		listings[i].put(prefix, out);
		return true;
	}
	return false;
}
