/*
 * gre.c: Generic Routing Encapsulation, RFC 2784 with the key and sequence number of RFC 2890 and the routing of RFC 1701, and
 * its version 1, which carries PPP (PPTP, RFC 2637). Leaves out the attributes of CDMA2000's packets (3GPP2).
 */

#include "dissect/checksum.h"
#include "dissect/ip.h"
#include "dissect/link.h"

enum {
	GRE, FLAGS, HAS_CHECKSUM, HAS_ROUTING, HAS_KEY, HAS_SEQUENCE, STRICT, RECURSION, RESERVED, VERSION, HAS_ACK,
	ACK_RESERVED, TYPE, CHECKSUM, CHECKSUM_STATUS, CHECKSUM_BAD, OFFSET, KEY, PAYLOAD_LENGTH, CALL_ID, SEQUENCE, ACK,
	ROUTING, FAMILY, ENTRY_OFFSET, ENTRY_LENGTH, INFORMATION,
	REDIRECT, DYNAMIC, ALTERNATIVE, VALID, SERVICE, ALTERNATIVE_BUCKET, PRIMARY_BUCKET, N_FIELDS
};

static const struct name versions[] = { { 0, "GRE" }, { 1, "Enhanced GRE" } };
static const struct name dynamic[] = { { 0, "Well-known service" }, { 1, "Dynamic service" } };
static const struct name alternative[] = { { 0, "Primary bucket used" }, { 1, "Alternative bucket used" } };
static const struct name valid[] = {
	{ 0, "Header contents are valid" }, { 1, "Header is present, but ignore contents" },
};
static const struct name services[] = { { 0, "HTTP" } };

static const struct field fields[N_FIELDS] = {
	[GRE]             = { "gre", "Generic Routing Encapsulation", PROTOCOL },
	[FLAGS]           = { "gre.flags_and_version", "Flags and Version", UINT16, HEX },
	[HAS_CHECKSUM]    = { "gre.flags.checksum", "Checksum Bit", BOOLEAN, .mask = 0x8000, .names = &yes_or_no },
	[HAS_ROUTING]     = { "gre.flags.routing", "Routing Bit", BOOLEAN, .mask = 0x4000, .names = &yes_or_no },
	[HAS_KEY]         = { "gre.flags.key", "Key Bit", BOOLEAN, .mask = 0x2000, .names = &yes_or_no },
	[HAS_SEQUENCE]    = { "gre.flags.sequence_number", "Sequence Number Bit", BOOLEAN, .mask = 0x1000,
	                      .names = &yes_or_no },
	[STRICT]          = { "gre.flags.strict_source_route", "Strict Source Route Bit", BOOLEAN, .mask = 0x0800,
	                      .names = &yes_or_no },
	[RECURSION]       = { "gre.flags.recursion_control", "Recursion control", UINT16, DEC, .mask = 0x0700 },
	[RESERVED]        = { "gre.flags.reserved", "Flags (Reserved)", UINT16, DEC, .mask = 0x00f8 },
	[VERSION]         = { "gre.flags.version", "Version", UINT16, DEC, .mask = 0x0007, .names = NAMES(versions) },
	[HAS_ACK]         = { "gre.flags.ack", "Acknowledgment", BOOLEAN, .mask = 0x0080, .names = &yes_or_no },
	[ACK_RESERVED]    = { "gre.flags.reserved", "Flags (Reserved)", UINT16, DEC, .mask = 0x0078 },
	[TYPE]            = { "gre.proto", "Protocol Type", UINT16, HEX, .names = &gre_protocol_names },
	[CHECKSUM]        = { "gre.checksum", "Checksum", UINT16, HEX },
	[CHECKSUM_STATUS] = { "gre.checksum.status", "Checksum Status", UINT8, NAME_ONLY, .generated = true,
	                      .names = &checksum_status_names },
	[CHECKSUM_BAD]    = { "gre.checksum.incorrect", "Incorrect GRE Checksum", NOTE, .severity = SEVERITY_WARNING,
	                      .group = GROUP_PROTOCOL },
	[OFFSET]          = { "gre.offset", "Offset", UINT16 },
	[KEY]             = { "gre.key", "Key", UINT32, HEX },
	[PAYLOAD_LENGTH]  = { "gre.key.payload_length", "Payload Length", UINT16 },
	[CALL_ID]         = { "gre.key.call_id", "Call ID", UINT16 },
	[SEQUENCE]        = { "gre.sequence_number", "Sequence Number", UINT32 },
	[ACK]             = { "gre.ack_number", "Acknowledgment Number", UINT32 },
	[ROUTING]         = { "gre.routing", "Routing", SUBTREE },
	[FAMILY]          = { "gre.routing.address_family", "Address Family", UINT16 },
	[ENTRY_OFFSET]    = { "gre.routing.sre_offset", "SRE Offset", UINT8 },
	[ENTRY_LENGTH]    = { "gre.routing.src_length", "SRE Length", UINT8 },
	[INFORMATION]     = { "gre.routing.information", "Routing Information", OCTETS },
	[REDIRECT]        = { "gre.wccp.redirect_header", "Redirect Header", SUBTREE },
	[DYNAMIC]         = { "gre.wccp.dynamic_service", "Dynamic Service", BOOLEAN, .mask = 0x01, .names = NAMES(dynamic) },
	[ALTERNATIVE]     = { "gre.wccp.alternative_bucket_used", "Alternative bucket used", BOOLEAN, .mask = 0x02,
	                      .names = NAMES(alternative) },
	[VALID]           = { "gre.wccp.redirect_header_valid", "WCCP Redirect header is valid", BOOLEAN, .mask = 0x04,
	                      .names = NAMES(valid) },
	[SERVICE]         = { "gre.wccp.service_id", "Service ID", UINT8, DEC, .names = NAMES(services) },
	[ALTERNATIVE_BUCKET] = { "gre.wccp.alternative_bucket", "Alternative Bucket", UINT8 },
	[PRIMARY_BUCKET]  = { "gre.wccp.primary_bucket", "Primary Bucket", UINT8 },
};

enum { /* flags */
	CHECKSUM_FLAG = 0x8000, ROUTING_FLAG = 0x4000, KEY_FLAG = 0x2000, SEQUENCE_FLAG = 0x1000, ACK_FLAG = 0x0080,
};
enum {
	TYPE_PPP = 0x880b, TYPE_WCCP = 0x883e, TYPE_CDMA2000_STREAM = 0x8881, TYPE_ERSPAN = 0x88be,
	TYPE_CDMA2000_PACKET = 0x88d2,
};
enum { HEADER = 4 };

extern const struct protocol protocol_erspan_type_1;

/* PPTP (RFC 2637) is PPP in any version but 0; CDMA2000 took from it what it needed. */
static bool is_pptp(uint16_t type, uint16_t flags)
{
	return type == TYPE_PPP && flags & fields[VERSION].mask;
}

static bool has_acknowledgments(uint16_t type, uint16_t flags)
{
	return is_pptp(type, flags) || type == TYPE_CDMA2000_STREAM || type == TYPE_CDMA2000_PACKET;
}

static bool has_call_id(uint16_t type, uint16_t flags)
{
	return is_pptp(type, flags) || type == TYPE_CDMA2000_PACKET;
}

/* Payloads that are protocols of their own, whether or not we read them. */
static bool is_known(uint16_t type)
{
	enum { KEEPALIVE = 0, HUAWEI_BONDING = 0x0101, MPLS_UPSTREAM = 0x8848, ARUBA_LAST = 0x9000, AIROHIVE = 0xfeae };

	switch (type) {
	case KEEPALIVE:
	case ARUBA_LAST:
	case AIROHIVE:
		return false;
	case HUAWEI_BONDING:
	case MPLS_UPSTREAM:
		return true;
	default:
		return name_of(&gre_protocol_names, type);
	}
}

static void add_flags(struct dissection *d, struct wire *w, uint16_t type, uint16_t *flags)
{
	*flags = add_uint16(d, w, &fields[FLAGS]);
	if (!SHOWING(d, w))
		return;
	node_ref node = open_subtree(d);
	if (has_acknowledgments(type, *flags)) {
		add_bits(d, w, &fields[HAS_CHECKSUM], &fields[RECURSION], 2, *flags);
		add_bits(d, w, &fields[HAS_ACK], &fields[ACK_RESERVED], 2, *flags);
		add_bits(d, w, &fields[VERSION], &fields[VERSION], 2, *flags);
	} else {
		add_bits(d, w, &fields[HAS_CHECKSUM], &fields[VERSION], 2, *flags);
	}
	close_subtree(d, node, NULL);
}

/* The checksum is over header and payload, and can be checked when both are here in whole. */
static void add_gre_checksum(struct dissection *d, struct wire *w, uint32_t start, bool is_used)
{
	uint16_t found = add_uint16(d, w, &fields[CHECKSUM]);

	if (!SHOWING(d, w))
		return;
	node_ref node = d->last;
	enum checksum_status status = CHECKSUM_STATUS_UNVERIFIED;
	if (is_used && w->end == w->reported && !w->fragment) {
		uint16_t sum = checksum_add(0, w->data + start, w->end - start);
		uint16_t expected = checksum_expected(sum, found);
		status = sum == CHECKSUM_GOOD ? CHECKSUM_STATUS_GOOD : CHECKSUM_STATUS_BAD;
		if (status == CHECKSUM_STATUS_GOOD) {
			append_literal(d, w, node, " [correct]");
		} else {
			append_text(d, w, node, " incorrect, should be 0x%04x", expected);
			note_text_on(d, node, &fields[CHECKSUM_BAD], "Incorrect GRE Checksum [should be 0x%04x]", expected);
		}
	} else {
		append_literal(d, w, node, " [unverified]");
	}
	add_number(d, w, &fields[CHECKSUM_STATUS], status);
}

/* Source route entries, RFC 1701, section 2: the last has neither a family nor a length. */
static void add_routing(struct dissection *d, struct wire *w)
{
	uint16_t family;
	uint8_t length;

	do {
		add_node(d, w, &fields[ROUTING], w->at, 0, 0);
		family = add_uint16(d, w, &fields[FAMILY]);
		add_uint8(d, w, &fields[ENTRY_OFFSET]);
		length = add_uint8(d, w, &fields[ENTRY_LENGTH]);
		if (family || length)
			add_octets(d, w, &fields[INFORMATION], length);
	} while ((family || length) && w->state == WIRE_GOOD);
}

/* What WCCP version 2 puts before the packet it redirects. */
static void add_redirect(struct dissection *d, struct wire *w)
{
	add_node(d, w, &fields[REDIRECT], w->at, 4, 0);
	node_ref node = open_subtree(d);
	uint8_t flags = wire_u8(w);
	add_bits(d, w, &fields[DYNAMIC], &fields[VALID], 1, flags);
	add_uint8(d, w, &fields[SERVICE]);
	add_uint8(d, w, &fields[ALTERNATIVE_BUCKET]);
	add_uint8(d, w, &fields[PRIMARY_BUCKET]);
	close_subtree(d, node, NULL);
}

static void add_optional(struct dissection *d, struct wire *w, uint16_t flags, uint16_t type, uint32_t start)
{
	if (flags & (CHECKSUM_FLAG | ROUTING_FLAG)) {
		add_gre_checksum(d, w, start, flags & CHECKSUM_FLAG);
		add_uint16(d, w, &fields[OFFSET]);
	}
	if (flags & KEY_FLAG) {
		if (has_call_id(type, flags)) {
			add_uint16(d, w, &fields[PAYLOAD_LENGTH]);
			add_uint16(d, w, &fields[CALL_ID]);
		} else {
			add_uint32(d, w, &fields[KEY]);
		}
	}
	if (flags & SEQUENCE_FLAG)
		add_uint32(d, w, &fields[SEQUENCE]);
	if (flags & ACK_FLAG && has_acknowledgments(type, flags))
		add_uint32(d, w, &fields[ACK]);
	if (flags & ROUTING_FLAG)
		add_routing(d, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	uint32_t start = w->at;
	uint16_t flags, type = wire_peek_u16(w, 2);
	/* Version 1 of WCCP has no header: the packet follows, and an IPv4 header begins with a 4. */
	bool is_redirected = type == TYPE_WCCP && wire_peek_u8(w, HEADER) >> 4 != 4;

	if (w->state != WIRE_GOOD)
		return;
	begin_columns(d, w, "GRE");
	node_ref top = open_protocol(d, w, &fields[GRE]);
	const char *name = !d->first_pass ? name_of(&gre_protocol_names, type) : NULL;
	if (name)
		append_text(d, w, top, " (%s)", name);
	else
		append_text(d, w, top, " (0x%04x - unknown)", type);
	if (name)
		set_info(d, w, "Encapsulated %s", name);
	else
		set_info(d, w, "Encapsulated 0x%04X (unknown)", type);
	add_flags(d, w, type, &flags);
	add_uint16(d, w, &fields[TYPE]);
	add_optional(d, w, flags, type, start);
	if (is_redirected)
		add_redirect(d, w);
	/* Only Enhanced GRE, RFC 2637, has packets without a payload. */
	if (w->state != WIRE_GOOD || w->reported == start + HEADER || (!wire_left(w) && is_pptp(type, flags))) {
		close_subtree(d, top, w);
		return;
	}
	if (!is_known(type)) {
		dissect_data(d, *w);
		close_subtree(d, top, w);
		return;
	}
	close_subtree(d, top, w);
	if (type == TYPE_ERSPAN && !(flags & SEQUENCE_FLAG))
		dissect_protocol(d, *w, &protocol_erspan_type_1);
	else
		dissect_next(d, *w, BY_GRE_PROTOCOL, type);
}

const struct protocol protocol_gre = {
	.name = "Generic Routing Encapsulation",
	.short_name = "GRE",
	.filter = "gre",
	.is_lower = true,
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
