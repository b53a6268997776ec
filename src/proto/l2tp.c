/*
 * l2tp.c: the Layer Two Tunneling Protocol over UDP and over IP: version 2, RFC 2661, and version 3, RFC 3931. What a session of
 * version 3 carries is learned from the messages that set it up. Leaves out Ericsson's LAPD.
 */

#include "dissect/flags.h"
#include "dissect/l2tp.h"
#include "dissect/map.h"

extern const struct protocol protocol_l2tp, protocol_ppp, protocol_eth, protocol_chdlc, protocol_ip;

enum { IS_CONTROL = 0x8000, HAS_LENGTH = 0x4000, HAS_SEQUENCE = 0x0800, HAS_OFFSET = 0x0200, VERSION = 0x000f };
enum { NO_BODY = 12 }; /* the length of a control message that only acknowledges */
enum { PSEUDOWIRE_ETHERNET = 5, PSEUDOWIRE_HDLC = 6, PSEUDOWIRE_PPP = 7, PSEUDOWIRE_IP = 11 };

/* Who reads packets of a session, by the id that they have. */
struct end {
	struct address address;
	uint32_t id;
};

/* What such packets are; the fact of a data message, too. */
struct carries {
	uint16_t pseudowire;
	uint8_t cookie, sublayer;
};

static void state_begin(void *state)
{
	map_init(state, sizeof(struct end), sizeof(struct carries));
}

static void state_end(void *state)
{
	map_free(state);
}

static struct carries *find_end(struct map *ends, const struct address *address, uint32_t id)
{
	struct end end;

	memset(&end, 0, sizeof end);
	end.address = *address;
	end.id = id;
	return map_get(ends, &end);
}

/* RFC 3931, section 3.4.1: a request has its sender's id, the reply both. */
static void learn_session(struct dissection *d, const struct l2tp_message *message)
{
	const struct l2tp_session *session = &message->session;
	struct map *ends = protocol_state(d, &protocol_l2tp);
	struct end end;
	bool is_new;

	if (!session->has_local || !session->local)
		return;
	memset(&end, 0, sizeof end);
	end.address = d->source;
	end.id = session->local;
	const struct carries *peer = session->has_remote ? find_end(ends, &d->destination, session->remote) : NULL;
	const struct carries other = peer ? *peer : (struct carries){ 0 };
	struct carries *carries = map_put(ends, &end, &is_new);
	if (!carries)
		return;
	if (session->has_pseudowire || is_new)
		carries->pseudowire = session->has_pseudowire ? session->pseudowire : other.pseudowire;
	if (session->has_sublayer || is_new)
		carries->sublayer = session->has_sublayer ? session->sublayer : other.sublayer;
	if (session->has_cookie)
		carries->cookie = session->cookie;
}

static void add_header_flags(struct dissection *d, struct wire *w)
{
	const uint16_t flags = add_uint16(d, w, &l2tp_fields[L2TP_FLAGS]);

	if (!SHOWING(d, w))
		return;
	const node_ref heading = open_subtree(d);
	const unsigned last = (flags & VERSION) == 3 ? L2TP_SEQ_BIT : L2TP_PRIORITY;
	for (unsigned i = L2TP_TYPE; i <= last; i++)
		add_flag(d, w, heading, &l2tp_fields[i], 2, flags);
	add_bits(d, w, &l2tp_fields[L2TP_VERSION], &l2tp_fields[L2TP_VERSION], 2, flags);
	close_subtree(d, heading, NULL);
}

/*
 * Says in the packet list what a control message is, before it is read: the type stands in the first AVP. The cursor ends where
 * it is not there.
 */
static void list_control(struct dissection *d, struct wire *w, uint16_t flags, const char *of)
{
	const bool is_v3 = (flags & VERSION) == 3;
	const uint32_t ids = flags & HAS_LENGTH ? 4 : 2, body = ids + 4 + (flags & HAS_SEQUENCE ? 4 : 0);

	if (flags & HAS_LENGTH && wire_peek_u16(w, 2) == NO_BODY) {
		set_info(d, w, is_v3 ? "Control Message - ZLB %s" : "Control Message - ZLB      %s", of);
		return;
	}
	const uint16_t attribute = wire_peek_u16(w, body + 4);
	const uint16_t type = attribute ? 0 : wire_peek_u16(w, body + 6);
	if (attribute)
		set_info(d, w, "Control Message %s", of);
	else if (LISTING(d, w))
		set_info(d, w, "Control Message - %s %s", l2tp_message_name(d, type), of);
}

static void read_control(struct dissection *d, struct wire *w, uint16_t flags, uint16_t length, uint32_t connection)
{
	struct l2tp_message message = { .version = flags & VERSION, .connection = connection };

	if (length == NO_BODY) {
		add_node(d, w, &l2tp_fields[L2TP_ZERO_LENGTH_BODY_MESSAGE], w->at, 0, 0);
		return;
	}
	if (!(flags & HAS_LENGTH))
		return; /* AVPs are looked for only within a length */
	l2tp_read_avps(d, w, &message);
	if (d->first_pass && message.version == 3)
		learn_session(d, &message);
}

/* The length counts from the first octet of the header, at `start`. */
static uint16_t read_length(struct dissection *d, struct wire *w, uint32_t start)
{
	const uint16_t length = add_uint16(d, w, &l2tp_fields[L2TP_LENGTH]);
	const uint32_t done = w->at - start;

	wire_shorten(w, length > done ? length - done : 0);
	return length;
}

/* RFC 2661, section 3.1. */
static void dissect_v2(struct dissection *d, struct wire *w)
{
	const uint16_t flags = wire_peek_u16(w, 0);
	const uint32_t start = w->at, ids = flags & HAS_LENGTH ? 4 : 2;
	const uint16_t tunnel = wire_peek_u16(w, ids), session = wire_peek_u16(w, ids + 2);
	const char *of = LISTING(d, w) ? text_of(d, "(tunnel id=%u, session id=%u)", tunnel, session) : "";
	uint16_t length = 0;

	if (flags & IS_CONTROL)
		list_control(d, w, flags, of);
	else
		set_info(d, w, "Data    Message            %s", of);
	node_ref top = open_protocol(d, w, &l2tp_fields[L2TP]);
	add_header_flags(d, w);
	if (flags & HAS_LENGTH)
		length = read_length(d, w, start);
	add_uint16(d, w, &l2tp_fields[L2TP_TUNNEL]);
	add_uint16(d, w, &l2tp_fields[L2TP_SESSION]);
	if (flags & HAS_SEQUENCE) {
		add_uint16(d, w, &l2tp_fields[L2TP_NS]);
		add_uint16(d, w, &l2tp_fields[L2TP_NR]);
	}
	if (flags & HAS_OFFSET) {
		const uint16_t offset = add_uint16(d, w, &l2tp_fields[L2TP_OFFSET]);
		if (offset) {
			add_node(d, w, &l2tp_fields[L2TP_OFFSET_PADDING], w->at, offset, 0);
			wire_skip(w, offset);
		}
	}
	if (flags & IS_CONTROL)
		read_control(d, w, flags, length, 0);
	close_subtree(d, top, w);
	if (!(flags & IS_CONTROL) && wire_more(w))
		dissect_protocol(d, *w, &protocol_ppp);
}

/* RFC 3931, section 3.2.1. Over IP it stands behind a session id of zero. */
static void control_v3(struct dissection *d, struct wire *w, bool is_over_ip)
{
	struct wire header = *w;

	wire_skip(&header, is_over_ip ? 4 : 0);
	const uint16_t flags = wire_peek_u16(&header, 0);
	const uint32_t ccid = wire_peek_u32(&header, flags & HAS_LENGTH ? 4 : 2);
	list_control(d, &header, flags, LISTING(d, &header) ? text_of(d, "(ccid=0x%08x)", ccid) : "");
	if (header.state != WIRE_GOOD) {
		wire_join(w, &header);
		return;
	}
	node_ref top = open_protocol(d, w, &l2tp_fields[L2TP]);
	set_text(d, w, top, "Layer 2 Tunneling Protocol version 3");
	if (is_over_ip)
		add_uint32(d, w, &l2tp_fields[L2TP_SID]);
	const uint32_t start = w->at;
	add_header_flags(d, w);
	const uint16_t length = flags & HAS_LENGTH ? read_length(d, w, start) : 0;
	add_uint32(d, w, &l2tp_fields[L2TP_CCID]);
	if (flags & HAS_SEQUENCE) {
		add_uint16(d, w, &l2tp_fields[L2TP_NS]);
		add_uint16(d, w, &l2tp_fields[L2TP_NR]);
	}
	read_control(d, w, flags, length, ccid);
	close_subtree(d, top, w);
}

/* RFC 3931, section 4.6, RFC 4454 and DEPI: four octets, the last three a sequence number. */
static void add_sublayer(struct dissection *d, struct wire *w, uint8_t sublayer)
{
	static const struct { uint16_t node; uint16_t fields[6]; } forms[] = {
		[1] = { L2TP_L2_SPEC_DEF, { L2TP_L2_SPEC_S } },
		[2] = { L2TP_L2_SPEC_ATM, { L2TP_L2_SPEC_S, L2TP_L2_SPEC_T, L2TP_L2_SPEC_G, L2TP_L2_SPEC_C, L2TP_L2_SPEC_U } },
		[3] = { L2TP_L2_SPEC_DOCSIS_DMPT, { L2TP_L2_SPEC_V, L2TP_L2_SPEC_S, L2TP_L2_SPEC_H, L2TP_L2_SPEC_FLOW_ID } },
	};

	if (!sublayer || sublayer >= sizeof forms / sizeof *forms)
		return;
	const uint8_t flags = wire_peek_u8(w, 0);
	const node_ref node = open_heading(d, w, &l2tp_fields[forms[sublayer].node]);
	wire_skip(w, 1);
	for (const uint16_t *field = forms[sublayer].fields; *field; field++)
		add_bits(d, w, &l2tp_fields[*field], &l2tp_fields[*field], 1, flags);
	add_uint24(d, w, &l2tp_fields[L2TP_L2_SPEC_SEQUENCE]);
	close_subtree(d, node, w);
}

static void dissect_payload(struct dissection *d, struct wire *w, uint16_t pseudowire)
{
	switch (pseudowire) {
	case PSEUDOWIRE_ETHERNET:
		dissect_protocol(d, *w, &protocol_eth);
		break;
	case PSEUDOWIRE_HDLC:
		dissect_protocol(d, *w, &protocol_chdlc);
		break;
	case PSEUDOWIRE_PPP:
		dissect_protocol(d, *w, &protocol_ppp);
		break;
	case PSEUDOWIRE_IP:
		dissect_protocol(d, *w, &protocol_ip);
		break;
	default:
		dissect_data(d, *w);
	}
}

/* RFC 3931, section 4.1. */
static void data_v3(struct dissection *d, struct wire *w, bool is_over_ip)
{
	const uint32_t id = wire_peek_u32(w, is_over_ip ? 0 : 4);

	if (d->first_pass) {
		struct carries *fact, *found = find_end(protocol_state(d, &protocol_l2tp), &d->destination, id);
		if (found && (fact = add_fact(d, FACT_L2TP, sizeof *fact, NULL)))
			*fact = *found;
	}
	set_info(d, w, "D[S:0x%08X]", id);
	fence_info(d, w);
	node_ref top = open_protocol(d, w, &l2tp_fields[L2TP]);
	set_text(d, w, top, "Layer 2 Tunneling Protocol version 3");
	if (!is_over_ip) {
		add_header_flags(d, w);
		add_uint16(d, w, &l2tp_fields[L2TP_RES]);
	}
	add_uint32(d, w, &l2tp_fields[L2TP_SID]);
	const struct carries *fact = find_fact(d, FACT_L2TP);
	const struct carries carries = fact ? *fact : (struct carries){ 0 };
	add_number(d, w, &l2tp_fields[L2TP_PSEUDOWIRE], carries.pseudowire);
	if (carries.cookie)
		add_octets(d, w, &l2tp_fields[L2TP_COOKIE], carries.cookie);
	add_sublayer(d, w, carries.sublayer);
	close_subtree(d, top, w);
	if (wire_more(w))
		dissect_payload(d, w, carries.pseudowire);
}

static void dissect(struct dissection *d, struct wire *w)
{
	const uint16_t flags = wire_peek_u16(w, 0);

	if ((flags & VERSION) == 2) {
		dissect_v2(d, w);
		return;
	}
	set_column(d, w, "L2TPv3");
	if (flags & IS_CONTROL)
		control_v3(d, w, false);
	else
		data_v3(d, w, false);
}

static bool accepts(const struct dissection *d, struct wire w)
{
	const uint8_t version = wire_has(&w, 2) ? wire_here(&w)[1] & VERSION : 0;

	(void)d;
	return version == 2 || version == 3;
}

static void dissect_over_ip(struct dissection *d, struct wire *w)
{
	if (wire_peek_u32(w, 0))
		data_v3(d, w, true);
	else
		control_v3(d, w, true);
}

const struct protocol protocol_l2tp = {
	.name = "Layer 2 Tunneling Protocol", .short_name = "L2TP", .filter = "l2tp", .column = "L2TP",
	.fields = l2tp_fields, .field_count = L2TP_FIELDS, .dissect = dissect, .accepts = accepts,
	.state_size = sizeof(struct map), .state_begin = state_begin, .state_end = state_end,
};
const struct protocol protocol_l2tp_over_ip = {
	.name = "Layer 2 Tunneling Protocol version 3", .short_name = "L2TP", .filter = "l2tp", .column = "L2TPv3",
	.dissect = dissect_over_ip,
};
