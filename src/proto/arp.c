/*
 * arp.c: Address Resolution Protocol, RFC 826, with reverse (RFC 903), inverse (RFC 2390) and dynamic reverse ARP, and
 * the address conflicts of RFC 5227. Leaves out the packet formats of ATM (RFC 2225).
 *
 *	+--------+--------+--------+--------+
 *	|  hardware type  |  protocol type  |
 *	+--------+--------+--------+--------+
 *	| size   | size   |     opcode      |
 *	+--------+--------+--------+--------+
 *	| sender hardware, sender protocol, target hardware and target protocol address
 */

#include "dissect/link.h"

#include "dissect/map.h"
#include "dissect/resolver.h"
#include "dissect/session.h"
#include "dissect/text.h"

enum {
	ARP, HARDWARE_TYPE, PROTOCOL_TYPE, HARDWARE_SIZE, PROTOCOL_SIZE, OPCODE, GRATUITOUS, PROBE, ANNOUNCEMENT,
	SENDER_HARDWARE, SENDER_MAC, SENDER_PROTOCOL, SENDER_IPV4,
	TARGET_HARDWARE, TARGET_MAC, TARGET_PROTOCOL, TARGET_IPV4, DRARP_STATUS,
	DUPLICATE, DUPLICATE_FRAME, DUPLICATE_SECONDS, DUPLICATE_NOTE, N_FIELDS
};

static const struct name opcodes[] = {
	{ 0, "reserved" },          { 1, "request" },           { 2, "reply" },
	{ 3, "reverse request" },   { 4, "reverse reply" },     { 5, "drarp request" },
	{ 6, "drarp reply" },       { 7, "drarp error" },       { 8, "inverse request" },
	{ 9, "inverse reply" },     { 10, "arp nak" },          { 11, "mars request" },
	{ 12, "mars multi" },       { 13, "mars mserv" },       { 14, "mars join" },
	{ 15, "mars leave" },       { 16, "mars nak" },         { 17, "mars unserv" },
	{ 18, "mars sjoin" },       { 19, "mars sleave" },      { 20, "mars grouplist request" },
	{ 21, "mars grouplist reply" }, { 22, "mars redirect map" }, { 23, "mapos unarp" },
	{ 24, "experimental 1" },   { 25, "experimental 2" },   { 65535, "reserved" },
};
static const struct name drarp_statuses[] = {
	{ 1, "restricted" }, { 2, "no address" }, { 3, "serverdown" }, { 4, "moved" }, { 5, "failure" },
};

static const struct field fields[N_FIELDS] = {
	[ARP]             = { "arp", "Address Resolution Protocol", PROTOCOL },
	[HARDWARE_TYPE]   = { "arp.hw.type", "Hardware type", UINT16, DEC, .names = &hardware_type_names },
	[PROTOCOL_TYPE]   = { "arp.proto.type", "Protocol type", UINT16, HEX, .names = &ethertype_names },
	[HARDWARE_SIZE]   = { "arp.hw.size", "Hardware size", UINT8 },
	[PROTOCOL_SIZE]   = { "arp.proto.size", "Protocol size", UINT8 },
	[OPCODE]          = { "arp.opcode", "Opcode", UINT16, DEC, .names = NAMES(opcodes) },
	[GRATUITOUS]      = { "arp.isgratuitous", "Is gratuitous", BOOLEAN, .generated = true },
	[PROBE]           = { "arp.isprobe", "Is probe", BOOLEAN, .generated = true },
	[ANNOUNCEMENT]    = { "arp.isannouncement", "Is announcement", BOOLEAN, .generated = true },
	[SENDER_HARDWARE] = { "arp.src.hw", "Sender hardware address", OCTETS },
	[SENDER_MAC]      = { "arp.src.hw_mac", "Sender MAC address", MAC },
	[SENDER_PROTOCOL] = { "arp.src.proto", "Sender protocol address", OCTETS },
	[SENDER_IPV4]     = { "arp.src.proto_ipv4", "Sender IP address", IPV4 },
	[TARGET_HARDWARE] = { "arp.dst.hw", "Target hardware address", OCTETS },
	[TARGET_MAC]      = { "arp.dst.hw_mac", "Target MAC address", MAC },
	[TARGET_PROTOCOL] = { "arp.dst.proto", "Target protocol address", OCTETS },
	[TARGET_IPV4]     = { "arp.dst.proto_ipv4", "Target IP address", IPV4 },
	[DRARP_STATUS]    = { "arp.dst.drarp_error_status", "DRARP error status", UINT16, DEC,
	                      .names = NAMES(drarp_statuses) },
	[DUPLICATE]       = { NULL, "Duplicate IP address detected", SUBTREE, .generated = true },
	[DUPLICATE_FRAME] = { "arp.duplicate-address-frame", "Frame showing earlier use of IP address", FRAME_NUMBER,
	                      .generated = true },
	[DUPLICATE_SECONDS] = { "arp.seconds-since-duplicate-address-frame", "Seconds since earlier frame seen", UINT32,
	                        .generated = true },
	[DUPLICATE_NOTE]  = { "arp.duplicate-address-detected", "Duplicate IP address configured", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_SEQUENCE },
};

enum { OPCODE_REQUEST = 1, OPCODE_REPLY = 2, OPCODE_DRARP_ERROR = 7 };
enum { MAC_ROOM = 18 };
enum { ETHERTYPE_IPV4 = 0x0800, HARDWARE_ETHERNET = 1, HARDWARE_IEEE_802 = 6 };

/* What a packet says. */
struct bindings {
	uint16_t opcode;
	bool is_ethernet;    /* its addresses are MAC and IPv4 addresses: */
	uint32_t sender, target;
	const uint8_t *sender_mac, *target_mac;
	/* what kind of request or reply it is */
	bool gratuitous, probe, announcement;
};

/* The address that an IPv4 address belonged to first, and when that was last seen. */
struct owner {
	uint8_t mac[6];
	uint32_t frame;
	uint32_t seconds;
};

/* The use of an address that another one had before. */
struct conflict {
	uint8_t mac[6]; /* the other one's */
	uint32_t frame; /* where it was seen; 0: no conflict */
	uint32_t seconds;
};

struct arp_fact {
	struct conflict sender, target;
};

struct arp_state {
	struct map owners; /* IPv4 address -> struct owner */
};

static void begin_state(void *state)
{
	struct arp_state *arp = state;
	map_init(&arp->owners, sizeof(uint32_t), sizeof(struct owner));
}

static void end_state(void *state)
{
	struct arp_state *arp = state;
	map_free(&arp->owners);
}

static bool is_zero(const uint8_t *mac)
{
	return be48(mac) == 0;
}

/* Can an address be owned by one station? */
static bool is_owned(uint32_t address, const uint8_t *mac)
{
	return address && !is_zero(mac) && !(mac[0] & 1);
}

/* Learns who owns an address, which stands behind his own; a conflict when somebody else does. */
static struct conflict learn_owner(struct dissection *d, struct map *owners, uint32_t address, const uint8_t *mac)
{
	struct conflict none = { .frame = 0 };
	uint32_t now = (uint32_t)d->frame->time.seconds;

	if (!is_owned(address, mac))
		return none;
	resolver_bind(d->session->resolver, d->frame->number, mac, mac + 6);
	bool is_new;
	struct owner *owner = map_put(owners, &address, &is_new);
	if (!is_new && memcmp(owner->mac, mac, 6) != 0) {
		struct conflict conflict = { .frame = owner->frame, .seconds = now - owner->seconds };
		memcpy(conflict.mac, owner->mac, 6);
		return conflict;
	}
	memcpy(owner->mac, mac, 6);
	owner->frame = d->frame->number;
	owner->seconds = now;
	return none;
}

/* Does it say what the target's hardware address is? */
static bool names_target(const struct bindings *b)
{
	return b->opcode == OPCODE_REPLY && !(b->gratuitous && is_owned(b->sender, b->sender_mac));
}

static void learn(struct dissection *d, const struct bindings *b)
{
	struct arp_state *state = protocol_state(d, d->layers[d->layer]);
	struct arp_fact found = { 0 };

	found.sender = learn_owner(d, &state->owners, b->sender, b->sender_mac);
	if (names_target(b))
		found.target = learn_owner(d, &state->owners, b->target, b->target_mac);
	if (found.sender.frame || found.target.frame) {
		struct arp_fact *fact = add_fact(d, FACT_ARP, sizeof *fact, NULL);
		if (fact)
			*fact = found;
	}
}

static void show_conflict(struct dissection *d, const struct wire *w, const struct conflict *conflict, uint32_t address,
                          const uint8_t *mac)
{
	if (!conflict->frame)
		return;
	const char *text = ipv4_text(d, address);
	node_ref top = open_heading(d, w, &fields[DUPLICATE]);
	char own[MAC_ROOM], other[MAC_ROOM];
	*put_mac(own, mac) = *put_mac(other, conflict->mac) = 0;
	append_text(d, w, top, " for %s (%s) - also in use by %s (frame %u)", text, own, other, conflict->frame);
	add_number(d, w, &fields[DUPLICATE_FRAME], conflict->frame);
	note_text_on(d, d->last, &fields[DUPLICATE_NOTE], "Duplicate IP address configured (%s)", text);
	add_number(d, w, &fields[DUPLICATE_SECONDS], conflict->seconds);
	close_subtree(d, top, w);
}

/* One is listed: where both addresses are asked for, that of the target counts. */
static void list_conflict(struct dissection *d, const struct wire *w, const struct arp_fact *fact, const struct bindings *b)
{
	const bool is_target = names_target(b) && is_owned(b->target, b->target_mac);

	if ((is_target ? &fact->target : &fact->sender)->frame)
		append_info(d, w, " (duplicate use of %s detected!)", ipv4_text(d, is_target ? b->target : b->sender));
}

/*
 * What a packet is for, as RFC 5227 has it. Whatever their sizes, the protocol addresses are told by their first
 * four octets, the hardware address by its first six, as far as all of those are there.
 */
static void find_purpose(struct bindings *b, const uint8_t *addresses, unsigned hardware_size, unsigned protocol_size)
{
	static const uint8_t zeros[6];
	const uint8_t *sender = addresses + hardware_size;
	const uint8_t *target_hardware = sender + protocol_size, *target = target_hardware + hardware_size;
	const uint8_t *end = target + protocol_size;

	if (b->opcode != OPCODE_REQUEST && b->opcode != OPCODE_REPLY)
		return;
	bool is_asking = b->opcode == OPCODE_REQUEST && end - target_hardware >= 6 && memcmp(target_hardware, zeros, 6) == 0;
	b->gratuitous = end - target >= 4 && memcmp(sender, target, 4) == 0;
	b->announcement = b->gratuitous && is_asking;
	b->probe = is_asking && !b->gratuitous && end - sender >= 4 && memcmp(sender, zeros, 4) == 0;
}

static void show_purpose(struct dissection *d, struct wire *w, node_ref top, const struct bindings *b)
{
	const char *name = name_of(NAMES(opcodes), b->opcode);

	if (b->gratuitous)
		add_number(d, w, &fields[GRATUITOUS], true);
	if (b->probe)
		add_number(d, w, &fields[PROBE], true);
	if (b->announcement)
		add_number(d, w, &fields[ANNOUNCEMENT], true);
	if (b->probe)
		append_text(d, w, top, " (ARP Probe)");
	else if (b->announcement)
		append_text(d, w, top, " (ARP Announcement)");
	else if (name)
		append_text(d, w, top, b->gratuitous ? " (%s/gratuitous ARP)" : " (%s)", name);
	else
		append_text(d, w, top, " (opcode 0x%04x)", b->opcode);
}

/* ---- the packet list ---- */

enum { SHA, SPA, THA, TPA, NONE }; /* sender and target hardware and protocol addresses, in the order of the wire */

/* What a packet of an opcode says: two of its addresses, in words. */
static const struct sentence {
	uint16_t opcode;
	uint8_t first, second;
	const char *column, *before, *between;
} sentences[] = {
	{ 0, NONE, NONE, "ARP", "Reserved opcode 0", "" },
	{ 1, TPA, SPA, "ARP", "Who has ", "? Tell " },
	{ 2, SPA, SHA, "ARP", "", " is at " },
	{ 3, THA, SHA, "RARP", "Who is ", "? Tell " },
	{ 4, THA, TPA, "RARP", "", " is at " },
	{ 5, THA, SHA, "DRARP", "Who is ", "? Tell " },
	{ 6, THA, TPA, "DRARP", "", " is at " },
	{ 7, NONE, NONE, "DRARP", "DRARP Error", "" },
	{ 8, THA, SHA, "Inverse ARP", "Who is ", "? Tell " },
	{ 9, SHA, SPA, "Inverse ARP", "", " is at " },
	{ 10, NONE, NONE, "ARP", "ARP NAK", "" },
	{ 11, SHA, SPA, "MARS", "MARS request from ", " at " },
	{ 12, SHA, SPA, "MARS", "MARS MULTI request from ", " at " },
	{ 13, SHA, SPA, "MARS", "MARS MSERV request from ", " at " },
	{ 14, SHA, SPA, "MARS", "MARS JOIN request from ", " at " },
	{ 15, SHA, SPA, "MARS", "MARS LEAVE from ", " at " },
	{ 16, SHA, SPA, "MARS", "MARS NAK from ", " at " },
	{ 17, SHA, SPA, "MARS", "MARS UNSERV request from ", " at " },
	{ 18, SHA, SPA, "MARS", "MARS SJOIN request from ", " at " },
	{ 19, SHA, SPA, "MARS", "MARS SLEAVE from ", " at " },
	{ 20, SHA, SPA, "MARS", "MARS grouplist request from ", " at " },
	{ 21, SHA, SPA, "MARS", "MARS grouplist reply from ", " at " },
	{ 22, SHA, SPA, "MARS", "MARS redirect map from ", " at " },
	{ 23, SHA, SPA, "MAPOS", "MAPOS UNARP request from ", " at " },
	{ 24, NONE, NONE, "ARP", "Experimental 1 ( opcode 24 )", "" },
	{ 25, NONE, NONE, "ARP", "Experimental 2 ( opcode 25 )", "" },
	{ 65535, NONE, NONE, "ARP", "Reserved opcode 65535", "" },
};

/* The four addresses behind the header as text. */
static void address_texts(struct dissection *d, const uint8_t *p, const unsigned sizes[2], const bool known[2],
                          const char *texts[NONE + 1])
{
	for (unsigned i = SHA; i <= TPA; i++) {
		unsigned size = sizes[i & 1];

		if (known[i & 1]) {
			texts[i] = i & 1 ? ipv4_text(d, be32(p)) : mac_name(d, p);
		} else {
			char *text = arena_alloc(d->arena, 2 * size + 1);
			*put_octets(text, p, size, 0) = 0;
			texts[i] = size ? text : "<No address>";
		}
		p += size;
	}
	texts[NONE] = "";
}

static void list_packet(struct dissection *d, const struct wire *w, const struct bindings *b, const unsigned sizes[2],
                        const bool known[2])
{
	const char *texts[NONE + 1];
	unsigned i = 0, count = sizeof sentences / sizeof *sentences;

	address_texts(d, wire_here(w), sizes, known, texts);
	while (i < count && sentences[i].opcode != b->opcode)
		i++;
	if (i == count) {
		set_info(d, w, "Unknown ARP opcode 0x%04x", b->opcode);
		return;
	}
	const struct sentence *s = &sentences[i];
	set_column(d, w, "%s", s->column);
	if (b->announcement)
		set_info(d, w, "ARP Announcement for %s", texts[SPA]);
	else if (b->gratuitous)
		set_info(d, w, "Gratuitous ARP for %s (%s)", texts[SPA], b->opcode == OPCODE_REQUEST ? "Request" : "Reply");
	else if (b->probe)
		set_info(d, w, "Who has %s? (ARP Probe)", texts[TPA]);
	else
		set_info(d, w, "%s%s%s%s", s->before, texts[s->first], s->between, texts[s->second]);
}

/* An address as what it is, or as octets; nothing where it has none. Returns its octets. */
static const uint8_t *add_address(struct dissection *d, struct wire *w, unsigned field, unsigned size, bool is_known)
{
	if (!is_known)
		return size ? add_octets(d, w, &fields[field], size) : wire_here(w);
	if (fields[field + 1].type == MAC)
		return add_mac(d, w, &fields[field + 1]);
	const uint8_t *p = wire_here(w);
	add_ipv4(d, w, &fields[field + 1]);
	return p;
}

static void dissect(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 2))
		return;
	uint32_t start = w->at;
	node_ref top = open_protocol(d, w, &fields[ARP]);
	uint16_t hardware = add_uint16(d, w, &fields[HARDWARE_TYPE]);
	uint16_t protocol = add_uint16(d, w, &fields[PROTOCOL_TYPE]);
	uint8_t hardware_size = add_uint8(d, w, &fields[HARDWARE_SIZE]);
	uint8_t protocol_size = add_uint8(d, w, &fields[PROTOCOL_SIZE]);
	struct bindings b = { .opcode = add_uint16(d, w, &fields[OPCODE]) };

	claim_length(d, w, start + 8 + 2u * (hardware_size + protocol_size));
	if (!wire_need(w, 2u * (hardware_size + protocol_size)))
		return;
	bool is_mac = hardware_size == 6 && (hardware == HARDWARE_ETHERNET || hardware == HARDWARE_IEEE_802);
	bool is_ipv4 = protocol_size == 4 && protocol == ETHERTYPE_IPV4;
	const uint8_t *p = wire_here(w);
	find_purpose(&b, p, hardware_size, protocol_size);
	b.is_ethernet = is_mac && is_ipv4;
	if (b.is_ethernet) {
		b.sender_mac = p;
		b.sender = be32(p + 6);
		b.target_mac = p + 10;
		b.target = be32(p + 16);
		if (d->first_pass && (b.opcode == OPCODE_REQUEST || b.opcode == OPCODE_REPLY))
			learn(d, &b);
	}
	if (d->first_pass)
		return;
	show_purpose(d, w, top, &b);
	if (LISTING(d, w))
		list_packet(d, w, &b, (unsigned[]){ hardware_size, protocol_size }, (bool[]){ is_mac, is_ipv4 });
	add_address(d, w, SENDER_HARDWARE, hardware_size, is_mac);
	add_address(d, w, SENDER_PROTOCOL, protocol_size, is_ipv4);
	add_address(d, w, TARGET_HARDWARE, hardware_size, is_mac);
	if (b.opcode == OPCODE_DRARP_ERROR && protocol_size) {
		add_uint8(d, w, &fields[DRARP_STATUS]);
		wire_skip(w, protocol_size - 1u);
	} else {
		add_address(d, w, TARGET_PROTOCOL, protocol_size, is_ipv4);
	}
	close_subtree(d, top, w);
	const struct arp_fact *fact = b.is_ethernet ? find_fact(d, FACT_ARP) : NULL;
	if (fact) {
		show_conflict(d, w, &fact->sender, b.sender, b.sender_mac);
		show_conflict(d, w, &fact->target, b.target, b.target_mac);
		list_conflict(d, w, fact, &b);
	}
}

const struct protocol protocol_arp = {
	.name = "Address Resolution Protocol",
	.short_name = "ARP/RARP",
	.filter = "arp",
	.is_lower = true,
	.column = "ARP",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
	.state_size = sizeof(struct arp_state),
	.state_begin = begin_state,
	.state_end = end_state,
};
