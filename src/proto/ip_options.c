/*
 * ip_options.c: options of the IPv4 header: RFC 791, section 3.1; RFC 1108 (security), RFC 1063 (MTU), RFC 1393
 * (traceroute), RFC 2113 (router alert), RFC 4782 (quick-start), the CIPSO draft, RFC 6814 (what is obsolete).
 */

#include "dissect/ip.h"
#include "dissect/resolver.h"
#include "dissect/session.h"

enum {
	OPTIONS, OPTION_EOL, OPTION_NOP, OPTION_RECORD_ROUTE, OPTION_MTU_PROBE, OPTION_MTU_REPLY,
	OPTION_QS, OPTION_STAMPS, OPTION_TRACEROUTE, OPTION_SECURITY, OPTION_LOOSE_ROUTE,
	OPTION_EXT_SECURITY, OPTION_CIPSO, OPTION_SID, OPTION_STRICT_ROUTE, OPTION_ALERT, OPTION_SDB,
	OPTION, UNKNOWN, TYPE, TYPE_COPY, TYPE_CLASS, TYPE_NUMBER, LENGTH, POINTER, RECORDED, EMPTY, DESTINATION, SOURCE_ROUTE,
	STREAM_ID, MTU, ID_NUMBER, OUTBOUND, RETURN, ORIGINATOR, ROUTER_ALERT, ADDRESS, PADDING,
	QUICK_START, QUICK_START_LAST = QUICK_START + N_QUICK_START_FIELDS - 1,
	SEC_SECURITY, SEC_COMPARTMENTS, SEC_HANDLING, SEC_TCC,
	SEC_LEVEL, SEC_FLAGS, SEC_GENSER, SEC_SIOP, SEC_SCI, SEC_NSA, SEC_DOE, SEC_UNASSIGNED, SEC_FTI, SEC_UNASSIGNED_MORE, SEC_FTI_MORE,
	EXT_FORMAT, EXT_INFO, DOI, TAG_TYPE, SENSITIVITY, CATEGORIES, OVERFLOW, FLAG, TIME_STAMP, TIME_STAMP_ADDRESS,
	TOO_LONG, POINTER_BEFORE, POINTER_MIDDLE, BAD_LENGTH, EXTRANEOUS, FTI_AT_END, SUBOPTION_TEXT, N_FIELDS
};

static const struct name classes[] = {
	{ 0, "Control" }, { 1, "Reserved for future use" }, { 2, "Debugging and measurement" },
	{ 3, "Reserved for future use" },
};
static const struct name numbers[] = {
	{ 0, "End of Option List (EOL)" },
	{ 1, "No-Operation (NOP)" },
	{ 2, "Security" },
	{ 3, "Loose source route" },
	{ 4, "Time stamp" },
	{ 5, "Extended security" },
	{ 6, "Commercial IP security option" },
	{ 7, "Record route" },
	{ 8, "Stream identifier" },
	{ 9, "Strict source route" },
	{ 10, "Experimental Measurement" },
	{ 11, "MTU probe" },
	{ 12, "MTU Reply" },
	{ 13, "Experimental Flow Control" },
	{ 14, "Experimental Access Control" },
	{ 15, "Ask Estrin" },
	{ 16, "IMI Traffic Descriptor" },
	{ 17, "Extended Internet Protocol" },
	{ 18, "Traceroute" },
	{ 19, "Address Extension" },
	{ 20, "Router Alert" },
	{ 21, "Selective Directed Broadcast" },
	{ 22, "Unassigned" },
	{ 23, "Dynamic Packet State" },
	{ 24, "Upstream Multicast Packet" },
	{ 25, "Quick-Start" },
	{ 30, "RFC 3692-style experiment" },
};
static const struct name alerts[] = { { 0, "Router shall examine packet" }, { 1, "Reserved", 65535 } };
static const struct name levels[] = {
	{ 0x01, "Reserved 4" }, { 0x3d, "Top secret" },   { 0x5a, "Secret" },       { 0x66, "Reserved 3" },
	{ 0x96, "Confidential" }, { 0xab, "Unclassified" }, { 0xcc, "Reserved 2" }, { 0xf1, "Reserved 1" },
};
static const struct name securities[] = {
	{ 0x0000, "Unclassified" }, { 0x135e, "Reserved" }, { 0x24bd, "Reserved" }, { 0x35e2, "Reserved" },
	{ 0x4d78, "Reserved" }, { 0x5e26, "PROG" }, { 0x6bc5, "Top secret" }, { 0x789a, "EFTO" },
	{ 0x89af, "Reserved" }, { 0x9af1, "Reserved" }, { 0xaf13, "Restricted" }, { 0xbc4d, "MMMM" },
	{ 0xc4d6, "Reserved" }, { 0xd788, "Secret" }, { 0xe26b, "Reserved" }, { 0xf135, "Confidential" },
};
static const struct name protections[] = {
	{ 0, "Datagram not protected in accordance with its rules" },
	{ 1, "Datagram protected in accordance with its rules" },
};
static const struct name terminations[] = { { 0, "Final octet" }, { 1, "Additional octet present" } };
static const struct name tags[] = {
	{ 1, "Restrictive Category Bitmap" }, { 2, "Enumerated Categories" }, { 5, "Ranged Categories" },
	{ 6, "Permissive Categories" }, { 7, "Free Form" },
};
static const struct name stamp_flags[] = {
	{ 0, "Time stamps only" }, { 1, "Time stamp and address" }, { 3, "Time stamps for prespecified addresses" },
};

#define WARN .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL

#define PREFIX "IP Option - "
#define TITLE(name, label) { "ip.options." name, PREFIX label, PROTOCOL, .is_octets = true }

static const struct field recorded_too[] = { { "ip.rec_rt_host", "Recorded Route Host", STRING } };
static const struct field empty_too[] = { { "ip.empty_rt_host", "Empty Route Host", STRING } };
static const struct field source_route_too[] = { { "ip.src_rt_host", "Source Route Host", STRING } };

static const struct field fields[N_FIELDS] = {
	[OPTIONS]      = { NULL, "Options", SUBTREE },
	[OPTION_EOL] = TITLE("eol", "End of Options List (EOL)"),
	[OPTION_NOP] = TITLE("nop", "No-Operation (NOP)"),
	[OPTION_RECORD_ROUTE] = TITLE("record_route", "Record Route"),
	[OPTION_MTU_PROBE] = TITLE("mtu_probe", "MTU Probe"),
	[OPTION_MTU_REPLY] = TITLE("mtu_reply", "MTU Reply"),
	[OPTION_QS] = TITLE("qs", "Quick-Start"),
	[OPTION_STAMPS] = TITLE("timestamp", "Time Stamp"),
	[OPTION_TRACEROUTE] = TITLE("traceroute", "Traceroute"),
	[OPTION_SECURITY] = TITLE("security", "Security"),
	[OPTION_LOOSE_ROUTE] = TITLE("route", "Loose Source Route"),
	[OPTION_EXT_SECURITY] = TITLE("ext_security", "Extended Security"),
	[OPTION_CIPSO] = TITLE("cipso", "Commercial Security"),
	[OPTION_SID] = TITLE("sid", "Stream ID"),
	[OPTION_STRICT_ROUTE] = TITLE("source_route", "Strict Source Route"),
	[OPTION_ALERT] = TITLE("routeralert", "Router Alert"),
	[OPTION_SDB] = TITLE("sdb", "Selective Directed Broadcast"),
	[OPTION]       = { NULL, "Unknown", SUBTREE },
	[UNKNOWN]      = { "ip.opt.unknown", "Unknown", NOTE, WARN },
	[TYPE]         = { "ip.opt.type", "Type", UINT8 },
	[TYPE_COPY]    = { "ip.opt.type.copy", "Copy on fragmentation", BOOLEAN, .mask = 0x80, .names = &yes_or_no },
	[TYPE_CLASS]   = { "ip.opt.type.class", "Class", UINT8, DEC, .mask = 0x60, .names = NAMES(classes) },
	[TYPE_NUMBER]  = { "ip.opt.type.number", "Number", UINT8, DEC, .mask = 0x1f, .names = NAMES(numbers) },
	[LENGTH]       = { "ip.opt.len", "Length", UINT8 },
	[POINTER]      = { "ip.opt.ptr", "Pointer", UINT8 },
	[RECORDED]     = { "ip.rec_rt", "Recorded Route", IPV4, .ALSO(recorded_too) },
	[EMPTY]        = { "ip.empty_rt", "Empty Route", IPV4, .ALSO(empty_too) },
	[DESTINATION]  = { "ip.dst", "Destination Address", IPV4, .ALSO(ip_destination_too) },
	[SOURCE_ROUTE] = { "ip.src_rt", "Source Route", IPV4, .ALSO(source_route_too) },
	[STREAM_ID]    = { "ip.opt.sid", "Stream Identifier", UINT16 },
	[MTU]          = { "ip.opt.mtu", "MTU", UINT16 },
	[ID_NUMBER]    = { "ip.opt.id_number", "ID Number", UINT16 },
	[OUTBOUND]     = { "ip.opt.ohc", "Outbound Hop Count", UINT16 },
	[RETURN]       = { "ip.opt.rhc", "Return Hop Count", UINT16 },
	[ORIGINATOR]   = { "ip.opt.originator", "Originator IP Address", IPV4 },
	[ROUTER_ALERT] = { "ip.opt.ra", "Router Alert", UINT16, .names = NAMES(alerts) },
	[ADDRESS]      = { "ip.opt.addr", "IP Address", IPV4 },
	[PADDING]      = { "ip.opt.padding", "Padding", OCTETS },
	QUICK_START_FIELDS(QUICK_START, "ip.opt."),
	[SEC_SECURITY] = { "ip.opt.sec_rfc791_sec", "Security", UINT16, HEX, .names = NAMES(securities) },
	[SEC_COMPARTMENTS] = { "ip.opt.sec_rfc791_comp", "Compartments", UINT16 },
	[SEC_HANDLING] = { "ip.opt.sec_rfc791_hr", "Handling Restrictions", STRING },
	[SEC_TCC]      = { "ip.opt.sec_rfc791_tcc", "Transmission Control Code", STRING },
	[SEC_LEVEL]    = { "ip.opt.sec_cl", "Classification Level", UINT8, HEX, .names = NAMES(levels) },
	[SEC_FLAGS]    = { "ip.opt.sec_prot_auth_flags", "Protection Authority Flags", UINT8, HEX },
	[SEC_GENSER]   = { "ip.opt.sec_prot_auth_genser", "GENSER", BOOLEAN, .mask = 0x80, .names = NAMES(protections) },
	[SEC_SIOP]     = { "ip.opt.sec_prot_auth_siop_esi", "SIOP-ESI", BOOLEAN, .mask = 0x40, .names = NAMES(protections) },
	[SEC_SCI]      = { "ip.opt.sec_prot_auth_sci", "SCI", BOOLEAN, .mask = 0x20, .names = NAMES(protections) },
	[SEC_NSA]      = { "ip.opt.sec_prot_auth_nsa", "NSA", BOOLEAN, .mask = 0x10, .names = NAMES(protections) },
	[SEC_DOE]      = { "ip.opt.sec_prot_auth_doe", "DOE", BOOLEAN, .mask = 0x08, .names = NAMES(protections) },
	[SEC_UNASSIGNED] = { "ip.opt.sec_prot_auth_unassigned", "Unassigned", UINT8, HEX, .mask = 0x06 },
	[SEC_FTI]      = { "ip.opt.sec_prot_auth_fti", "Field Termination Indicator", BOOLEAN, .mask = 0x01,
	                   .names = NAMES(terminations) },
	[SEC_UNASSIGNED_MORE] = { "ip.opt.sec_prot_auth_unassigned", "Unassigned", UINT8, HEX, .mask = 0xfe },
	[SEC_FTI_MORE] = { "ip.opt.sec_prot_auth_fti", "Field Termination Indicator", BOOLEAN, .mask = 0x01,
	                   .names = NAMES(terminations) },
	[EXT_FORMAT]   = { "ip.opt.ext_sec_add_sec_info_format_code", "Additional Security Info Format Code", UINT8, HEX },
	[EXT_INFO]     = { "ip.opt.ext_sec_add_sec_info", "Additional Security Info", OCTETS },
	[DOI]          = { "ip.cipso.doi", "DOI", UINT32 },
	[TAG_TYPE]     = { "ip.cipso.tag_type", "Tag Type", UINT8, .names = NAMES(tags) },
	[SENSITIVITY]  = { "ip.cipso.sensitivity_level", "Sensitivity Level", UINT8 },
	[CATEGORIES]   = { "ip.cipso.categories", "Categories", STRING },
	[OVERFLOW]     = { "ip.opt.overflow", "Overflow", UINT8, DEC, .mask = 0xf0 },
	[FLAG]         = { "ip.opt.flag", "Flag", UINT8, HEX, .mask = 0x0f, .names = NAMES(stamp_flags) },
	[TIME_STAMP]   = { "ip.opt.time_stamp", "Time stamp", UINT32 },
	[TIME_STAMP_ADDRESS] = { "ip.opt.time_stamp_addr", "Address", IPV4 },
	[TOO_LONG]     = { "ip.subopt_too_long", "Suboption would go past end of option", NOTE, WARN },
	[POINTER_BEFORE] = { "ip.opt.ptr.before_address", "Pointer points before first address", NOTE, WARN },
	[POINTER_MIDDLE] = { "ip.opt.ptr.middle_address", "Pointer points to middle of address", NOTE, WARN },
	[BAD_LENGTH]   = { "ip.opt.len.invalid", "Invalid length for option", NOTE, WARN },
	[EXTRANEOUS]   = { "ip.opt.extraneous", "Extraneous data in option", NOTE, WARN },
	[FTI_AT_END]   = { "ip.opt.fti_at_end", "Field Termination Indicator set to 1 for last byte of option", NOTE, WARN },
	[SUBOPTION_TEXT] = { NULL, "Suboption would go past end of option", SUBTREE },
};

/* One kind of option; w holds what stands behind its length. */
struct option {
	uint8_t type;
	uint8_t length;   /* that it must have; 0: any */
	bool is_listed;   /* named in the heading of the options */
	uint8_t title;    /* its field */
	void (*dissect)(struct dissection *d, struct wire *w, node_ref node);
};

enum { LOOSE_SOURCE_ROUTE = 131, STRICT_SOURCE_ROUTE = 137, FIRST_POINTER = 4 };

/* A pointer counts from the option's type, which it calls 1: the first address stands at 4. */
static bool check_pointer(struct dissection *d, struct wire *w, uint8_t pointer, bool is_used)
{
	uint32_t length = w->reported - w->at + 3;

	if (pointer < FIRST_POINTER)
		note_on(d, d->last, &fields[POINTER_BEFORE]);
	else if (is_used && pointer <= length && pointer + 3u > length)
		note_on(d, d->last, &fields[TOO_LONG]);
	else if (pointer & 3)
		note_on(d, d->last, &fields[POINTER_MIDDLE]);
	else
		return true;
	return false;
}

static void dissect_route(struct dissection *d, struct wire *w, const struct field *ahead, bool marks_next)
{
	uint8_t pointer = add_uint8(d, w, &fields[POINTER]);

	if (w->state != WIRE_GOOD || !check_pointer(d, w, pointer, true))
		return;
	for (unsigned at = FIRST_POINTER; wire_left(w) >= 4; at += 4) {
		bool is_last = wire_left(w) < 8;
		if (at < pointer) {
			add_ipv4(d, w, &fields[RECORDED]);
			continue;
		}
		uint32_t address = add_ipv4(d, w, !marks_next && is_last ? &fields[DESTINATION] : ahead);
		if (at == pointer && (marks_next || !is_last))
			value_text(d, w, d->last, "%s <- (next)", ipv4_text(d, address));
	}
}

static void dissect_record_route(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	dissect_route(d, w, &fields[EMPTY], true);
}

static void dissect_source_route(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	dissect_route(d, w, &fields[SOURCE_ROUTE], false);
}

/* Shown by name alone, where it has one. */
static void add_stamp_address(struct dissection *d, struct wire *w)
{
	char name[RESOLVED_LARGEST + 1] = "-";

	if (add_ipv4(d, w, &fields[TIME_STAMP_ADDRESS]) && BUILDING(d, w)) {
		const struct address address = address_of(ADDRESS_IPV4, wire_here(w) - 4);
		*resolve_name(d->session->resolver, name, &address) = 0;
	}
	value_text(d, w, d->last, "%s", name);
}

static void dissect_time_stamp(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	add_uint8(d, w, &fields[POINTER]);
	uint8_t flag = wire_peek_u8(w, 0);
	add_node(d, w, &fields[OVERFLOW], w->at, 1, flag);
	add_uint8(d, w, &fields[FLAG]);
	unsigned step = (flag & 0xf) == 1 || (flag & 0xf) == 3 ? 8 : 4;
	while (wire_more(w)) {
		if (wire_left(w) < step) {
			add_node(d, w, &fields[SUBOPTION_TEXT], w->at, wire_left(w), 0);
			note_on(d, d->last, &fields[TOO_LONG]);
			return;
		}
		if (step == 8)
			add_stamp_address(d, w);
		add_uint32(d, w, &fields[TIME_STAMP]);
	}
}

/* RFC 791's form has a fixed length; RFC 1108's is shorter, or begins with one of its levels. */
static void dissect_security(struct dissection *d, struct wire *w, node_ref node)
{
	static const char *const names[] = { "GENSER", "SIOP-ESI", "SCI", "NSA", "DOE" };

	(void)node;
	add_uint8(d, w, &fields[SEC_LEVEL]);
	if (!wire_more(w))
		return;
	uint8_t flags = add_uint8(d, w, &fields[SEC_FLAGS]);
	node_ref top = d->last;
	for (unsigned i = 0; i < 5; i++)
		if (flags & 0x80 >> i)
			append_text(d, w, top, ", %s", names[i]);
	if (flags & 1)
		append_text(d, w, top, ", Field Termination Indicator");
	open_subtree(d);
	add_bits(d, w, &fields[SEC_GENSER], &fields[SEC_FTI], 1, flags);
	close_subtree(d, top, NULL);
	while (flags & 1) {
		if (!wire_more(w)) {
			add_note(d, w, &fields[FTI_AT_END]);
			return;
		}
		flags = add_uint8(d, w, &fields[SEC_FLAGS]);
		node_ref more = open_subtree(d);
		add_bits(d, w, &fields[SEC_UNASSIGNED_MORE], &fields[SEC_FTI_MORE], 1, flags);
		close_subtree(d, more, NULL);
	}
	if (wire_more(w))
		add_note(d, w, &fields[EXTRANEOUS]);
}

static void dissect_extended_security(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	add_uint8(d, w, &fields[EXT_FORMAT]);
	if (wire_more(w))
		add_octets(d, w, &fields[EXT_INFO], wire_left(w));
}

/* Categories as one line: 1,2,3 or 9-2,7-5. */
static void add_categories(struct dissection *d, struct wire *w, uint8_t tag)
{
	const char *list = "";
	uint32_t start = w->at, length = wire_left(w);
	const char *gap = "";

	if (tag == 1) { /* a bit for each */
		for (unsigned number = 0; wire_more(w); number += 8) {
			uint8_t bits = wire_u8(w);
			for (unsigned i = 0; i < 8; i++) {
				if (!(bits & 0x80 >> i))
					continue;
				list = text_of(d, "%s%s%u", list, gap, number + i);
				gap = ",";
			}
		}
	} else {
		while (wire_left(w) >= 2) {
			uint16_t category = wire_u16(w);
			if (tag == 5)
				list = text_of(d, "%s%s%u-%u", list, gap, category, wire_left(w) >= 2 ? wire_u16(w) : 0);
			else
				list = text_of(d, "%s%s%u", list, gap, category);
			gap = ",";
		}
	}
	if (!*list)
		return;
	node_ref node = add_node_octets(d, w, &fields[CATEGORIES], start, length, (const uint8_t *)list,
	                                (uint32_t)strlen(list));
	(void)node;
}

static void dissect_cipso(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	add_uint32(d, w, &fields[DOI]);
	while (wire_left(w) >= 2) {
		uint8_t tag = add_uint8(d, w, &fields[TAG_TYPE]);
		uint8_t length = wire_u8(w);
		if (length < 2)
			return;
		struct wire body = wire_take(w, length - 2u);
		if (tag != 7) {
			wire_skip(&body, 1); /* alignment */
			add_uint8(d, &body, &fields[SENSITIVITY]);
			if (d->tree)
				add_categories(d, &body, tag);
		}
		wire_join(w, &body);
	}
}

static void dissect_stream_id(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	add_uint16(d, w, &fields[STREAM_ID]);
}

static void dissect_mtu(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	add_uint16(d, w, &fields[MTU]);
}

static void dissect_traceroute(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	add_uint16(d, w, &fields[ID_NUMBER]);
	add_uint16(d, w, &fields[OUTBOUND]);
	add_uint16(d, w, &fields[RETURN]);
	add_ipv4(d, w, &fields[ORIGINATOR]);
}

static void dissect_router_alert(struct dissection *d, struct wire *w, node_ref node)
{
	uint16_t value = add_uint16(d, w, &fields[ROUTER_ALERT]);
	append_text(d, w, node, ": %s (%u)", value ? "Reserved" : "Router shall examine packet", value);
}

static void dissect_directed_broadcast(struct dissection *d, struct wire *w, node_ref node)
{
	(void)node;
	while (wire_left(w) >= 4)
		add_ipv4(d, w, &fields[ADDRESS]);
	if (wire_more(w))
		add_octets(d, w, &fields[PADDING], wire_left(w));
}

static void dissect_quick_start(struct dissection *d, struct wire *w, node_ref node)
{
	uint8_t function = wire_peek_u8(w, 0) >> 4;

	append_text(d, w, node, ": %s (%u)",
	            name_or(&quick_start_functions, function, text_of(d, "Unknown (%u)", function)), function);
	add_quick_start(d, w, &fields[QUICK_START], node);
}

static const struct option options[] = {
	{ 0, 1, false, OPTION_EOL, NULL },
	{ 1, 1, false, OPTION_NOP, NULL },
	{ 7, 0, true, OPTION_RECORD_ROUTE, dissect_record_route },
	{ 11, 4, true, OPTION_MTU_PROBE, dissect_mtu },
	{ 12, 4, true, OPTION_MTU_REPLY, dissect_mtu },
	{ 25, 8, true, OPTION_QS, dissect_quick_start },
	{ 68, 0, true, OPTION_STAMPS, dissect_time_stamp },
	{ 82, 12, true, OPTION_TRACEROUTE, dissect_traceroute },
	{ 130, 0, true, OPTION_SECURITY, dissect_security },
	{ LOOSE_SOURCE_ROUTE, 0, true, OPTION_LOOSE_ROUTE, dissect_source_route },
	{ 133, 0, true, OPTION_EXT_SECURITY, dissect_extended_security },
	{ 134, 0, true, OPTION_CIPSO, dissect_cipso },
	{ 136, 4, true, OPTION_SID, dissect_stream_id },
	{ STRICT_SOURCE_ROUTE, 0, true, OPTION_STRICT_ROUTE, dissect_source_route },
	{ 148, 4, true, OPTION_ALERT, dissect_router_alert },
	{ 149, 0, true, OPTION_SDB, dissect_directed_broadcast },
};

static const struct option *option_of(uint8_t type)
{
	for (unsigned i = 0; i < sizeof options / sizeof *options; i++)
		if (options[i].type == type)
			return &options[i];
	return NULL;
}

static void add_type(struct dissection *d, struct wire *w)
{
	uint8_t type = add_uint8(d, w, &fields[TYPE]);
	node_ref node = open_subtree(d);
	add_bits(d, w, &fields[TYPE_COPY], &fields[TYPE_NUMBER], 1, type);
	close_subtree(d, node, NULL);
}

/* An option of a kind that is not in the table, or whose length cannot be: a line, and no more. */
static void add_unknown(struct dissection *d, struct wire *w, uint8_t type, unsigned length, unsigned left)
{
	const char *fault = NULL;

	add_node(d, w, &fields[OPTION], w->at, left < length ? left : length, 0);
	if (length < 2)
		fault = text_of(d, " (with too-short option length = %u byte%s)", length, length == 1 ? "" : "s");
	else if (length > left)
		fault = text_of(d, " (option length = %u bytes says option goes past end of options)", length);
	set_text(d, w, d->last, "Unknown (0x%02x)%s", type, fault ? fault : text_of(d, " (%u bytes)", length));
	if (fault)
		note_text_on(d, d->last, &fields[UNKNOWN], "Unknown (0x%02x)%s", type, fault);
}

/* One option; false when those behind it cannot be found. */
static bool dissect_option(struct dissection *d, struct wire *w, node_ref top)
{
	uint8_t type = wire_peek_u8(w, 0);
	const struct option *option = option_of(type);
	uint32_t left = wire_left(w);

	if (option && option->length == 1) {
		add_node(d, w, &fields[option->title], w->at, 1, 0);
		node_ref node = open_subtree(d);
		add_type(d, w);
		close_subtree(d, node, w);
		return type != 0;
	}
	unsigned length = left >= 2 ? wire_peek_u8(w, 1) : 0;
	if (!option || length < 2 || length > left) {
		add_unknown(d, w, type, length, left);
		wire_skip(w, length <= left ? length : left);
		return length >= 2 && length <= left;
	}
	bool is_bad = option->length && length != option->length;
	unsigned shown = is_bad ? option->length : length;
	add_node(d, w, &fields[option->title], w->at, shown, 0);
	node_ref node = d->last;
	const char *name = fields[option->title].label + sizeof PREFIX - 1;
	append_text(d, w, node, " (%u bytes)", shown);
	struct wire body = wire_take(w, length);
	open_subtree(d);
	add_type(d, &body);
	add_uint8(d, &body, &fields[LENGTH]);
	if (is_bad) {
		note_text_on(d, d->last, &fields[BAD_LENGTH], "%s (with option length = %u bytes; should be %u)", name,
		             length, option->length);
	} else if (wire_more(&body)) {
		if (option->is_listed)
			append_text(d, &body, top, ", %s", name);
		option->dissect(d, &body, node);
	}
	close_subtree(d, node, NULL);
	wire_join(w, &body);
	return true;
}

void dissect_ip_options(struct dissection *d, struct wire *w)
{
	if (!BUILDING(d, w))
		return;
	node_ref top = open_heading(d, w, &fields[OPTIONS]);
	set_text(d, w, top, "Options: (%u bytes)", wire_left(w));
	while (wire_more(w) && dissect_option(d, w, top))
		;
	close_subtree(d, top, NULL);
}

bool ip_final_destination(struct wire w, uint32_t *destination)
{
	while (wire_more(&w)) {
		uint8_t type = wire_u8(&w);
		if (type == 0)
			return false;
		if (type == 1)
			continue;
		uint8_t length = wire_u8(&w);
		if (length < 2)
			return false;
		struct wire body = wire_take(&w, length - 2u);
		if (type != LOOSE_SOURCE_ROUTE && type != STRICT_SOURCE_ROUTE)
			continue;
		uint8_t pointer = wire_u8(&body);
		if (length < 7 || pointer < FIRST_POINTER || pointer > length - 3 || !wire_has(&body, length - 3u))
			return false;
		*destination = be32(wire_here(&body) + (length - 3) / 4 * 4 - 4);
		return true;
	}
	return false;
}

/* For those who look for fields: nothing is dissected by it. */
const struct protocol protocol_ip_options = {
	.name = "IPv4 options", .short_name = "IPv4 options", .filter = "ip", .is_lower = true, .fields = fields, .field_count = N_FIELDS,
};
