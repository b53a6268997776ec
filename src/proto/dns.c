/*
 * dns.c: Domain Name System, RFC 1035, over UDP and TCP, and its relatives that use its messages:
 * multicast DNS (RFC 6762) and Link-local Multicast Name Resolution (RFC 4795).
 *
 *	+---------------------+
 *	|        Header       |
 *	+---------------------+
 *	|       Question      | the question for the name server
 *	+---------------------+
 *	|        Answer       | RRs answering the question
 *	+---------------------+
 *	|      Authority      | RRs pointing toward an authority
 *	+---------------------+
 *	|      Additional     | RRs holding additional information
 *	+---------------------+
 */

#include "dissect/dns.h"
#include "dissect/map.h"
#include "dissect/session.h"
#include "dissect/tcp_reassembly.h"

#define F DNS_FIELD

enum {
	TYPE_SRV = 33,
	TYPE_OPT = 41,
	OPCODE_UPDATE = 5,
	OPCODE_STATEFUL = 6,
	STEPS = 4096,         /* labels read behind compression pointers, in a message */
	STEPS_PER_OCTET = 64,
	RESPONSE = 0x8000,
	AUTHENTIC = 0x20,
	HEADER = 12,          /* octets */
	MANY_ANSWERS = 100,   /* more than these do not look like DNS */
	MANY_OTHERS = 10,
	RESEND_SECONDS = 5, /* a request that comes later than this is no retransmission */
};

/* What tells the relatives apart. */
struct variant {
	const struct field *top;
	const uint16_t *query_flags, *response_flags; /* ended by 0 */
	bool multicast; /* the class's high bit: a unicast response is wanted; caches are to be flushed */
};

/* ---- requests and responses ---- */

/* Of one conversation and transaction id: the request that was seen last. */
struct transaction {
	uint32_t request, response; /* frames; 0: none */
	struct timestamp time;      /* of the request */
	fact_ref fact;              /* of the request */
};

struct transaction_key {
	uint32_t conversation;
	uint32_t id;
};

extern const struct protocol protocol_dns;

struct state {
	struct map transactions;
};

/* What is known of a message. */
struct fact {
	uint32_t frame; /* of its counterpart; of the original, when it was sent again; 0: none */
	bool resent;
};

/* Of the response that a request asked for. */
struct response_fact {
	struct fact fact;
	int32_t nanoseconds;
	int64_t seconds;
};

static void state_begin(void *state)
{
	map_init(&((struct state *)state)->transactions, sizeof(struct transaction_key), sizeof(struct transaction));
}

static void state_end(void *state)
{
	map_free(&((struct state *)state)->transactions);
}

static void meet_request(struct dissection *d, struct transaction *t)
{
	struct fact *fact;

	if (t->request && !t->response) {
		struct timestamp age = timestamp_span(d->frame->time, t->time);
		if (timestamp_compare(age, (struct timestamp){ RESEND_SECONDS, 0 }) <= 0) {
			fact = add_fact(d, FACT_DNS, sizeof *fact, NULL);
			if (fact)
				*fact = (struct fact){ t->request, true };
			return;
		}
	}
	*t = (struct transaction){ d->frame->number, 0, d->frame->time, 0 };
	add_fact(d, FACT_DNS, sizeof *fact, &t->fact);
}

static void meet_response(struct dissection *d, struct transaction *t)
{
	if (!t->request)
		return;
	if (t->response) {
		struct fact *fact = add_fact(d, FACT_DNS, sizeof *fact, NULL);
		if (fact)
			*fact = (struct fact){ t->response, true };
		return;
	}
	struct timestamp span = timestamp_span(d->frame->time, t->time);
	struct response_fact *fact = add_fact(d, FACT_DNS, sizeof *fact, NULL);
	if (fact)
		*fact = (struct response_fact){ { t->request, false }, span.nanoseconds, span.seconds };
	t->response = d->frame->number;
	struct fact *request = facts_at(&d->session->facts, t->fact);
	if (request)
		request->frame = d->frame->number;
}

/* Pass 1: which request a response answers, and what was sent again. */
static void meet(struct dissection *d, uint16_t id, bool response)
{
	struct transaction_key key = { d->conversation, id };
	struct state *state = protocol_state(d, &protocol_dns);
	bool is_new;

	if (!d->has_conversation || d->quoted)
		return;
	if (response) {
		struct transaction *t = map_get(&state->transactions, &key);
		if (t)
			meet_response(d, t);
	} else {
		meet_request(d, map_put(&state->transactions, &key, &is_new));
	}
}

static void note_resent(struct dissection *d, node_ref id, const struct fact *fact, bool response)
{
	if (fact && fact->resent)
		note_text_on(d, id, response ? F(RETRANSMIT_RESPONSE) : F(RETRANSMIT_REQUEST),
		             response ? "DNS response retransmission. Original response in frame %u" :
		                        "DNS query retransmission. Original request in frame %u", fact->frame);
}

static void show_counterpart(struct dissection *d, const struct wire *w, const struct fact *fact, bool response)
{
	if (fact && fact->resent) {
		add_number(d, w, response ? F(RETRANSMIT_RESPONSE_IN) : F(RETRANSMIT_REQUEST_IN), fact->frame);
		add_number(d, w, F(RETRANSMISSION), 1);
	} else if (!response) {
		if (fact && fact->frame)
			add_number(d, w, F(RESPONSE_IN), fact->frame);
	} else if (fact) {
		const struct response_fact *answer = (const struct response_fact *)fact;
		add_number(d, w, F(RESPONSE_TO), fact->frame);
		add_time(d, w, F(TIME), (struct timestamp){ answer->seconds, answer->nanoseconds });
	} else {
		add_number(d, w, F(UNSOLICITED), 1);
	}
}

/* ---- the header ---- */

static const char *operation_name(struct dissection *d, unsigned opcode)
{
	const char *name = name_of(&dns_opcode_names, opcode);

	return name ? name : text_of(d, "Unknown operation (%u)", opcode);
}

static void add_flags(struct dissection *d, struct wire *w, const struct variant *variant, uint16_t flags)
{
	bool response = flags & RESPONSE;
	node_ref node = d->last;

	append_text(d, w, node, " %s", name_or(&dns_opcode_names, flags >> 11 & 15, "Unknown operation"));
	if (response)
		append_text(d, w, node, " response, %s", name_or(&dns_rcode_names, flags & 15, "Unknown error"));
	open_subtree(d);
	if (response && flags & 15)
		append_info(d, w, " %s", name_or(&dns_rcode_names, flags & 15, text_of(d, "Unknown error (%u)", flags & 15)));
	for (const uint16_t *field = response ? variant->response_flags : variant->query_flags; *field; field++) {
		if (*field != DNS_FLAGS_AUTHENTIC_QUERY || flags & AUTHENTIC)
			add_bits(d, w, &dns_fields[*field], &dns_fields[*field], 2, flags);
	}
	close_subtree(d, node, NULL);
}

/* ---- questions and records ---- */

/* What a question and a record begin with. */
struct opening {
	struct dns_name name;
	uint32_t name_at, name_length; /* octets on the wire */
	uint16_t type, class;
	const char *type_name; /* mnemonics */
	const char *class_name;
};

/* Records of these types are listed with their owner's name: RP to NSAP, PX, GPOS, APL, DHCID, NSEC3PARAM, TLSA. */
static bool lists_owner(uint16_t type)
{
	static const uint8_t types[] = { 3, 7, 8, 9, 10, 14, 17, 18, 19, 20, 21, 22, 23, 26, 27, 42, 49, 51, 52, 55 };

	return type <= UINT8_MAX && memchr(types, type, sizeof types);
}

/* Reads ahead what the heading says. All that belongs to it must be there. */
static bool read_opening(struct dissection *d, struct wire *w, struct dns_message *message, bool record,
                         struct opening *opening)
{
	opening->name_at = w->at;
	if (!dns_name(d, w, message, &opening->name))
		return false;
	opening->name_length = w->at - opening->name_at;
	struct wire ahead = *w;
	opening->type = wire_u16(&ahead);
	opening->class = wire_u16(&ahead);
	opening->type_name = dns_type_mnemonic(opening->type);
	if (!opening->type_name && SHOWING(d, &ahead))
		opening->type_name = text_of(d, "Unknown (%u)", opening->type);
	if (record) {
		wire_skip(&ahead, 4);
		const uint16_t length = wire_u16(&ahead);
		append_info(d, &ahead, " %s%s", opening->type_name,
		            message->multicast && opening->class & 0x8000 ? ", cache flush" : "");
		if (lists_owner(opening->type))
			append_info(d, &ahead, " %s", opening->name.text);
		wire_skip(&ahead, length);
	}
	wire_join(w, &ahead);
	if (!SHOWING(d, w))
		return false;
	uint16_t class = opening->class & (message->multicast ? INT16_MAX : UINT16_MAX);
	opening->class_name = name_or(&dns_class_names, class, "Unknown");
	return true;
}

static void add_opening_name(struct dissection *d, struct wire *w, const struct field *field,
                             const struct opening *opening)
{
	add_node_octets(d, w, field, opening->name_at, opening->name_length, opening->name.octets,
	                opening->name.length);
}

static void read_question(struct dissection *d, struct wire *w, struct dns_message *message)
{
	struct opening opening;
	uint32_t start = w->at, dots = 0;

	if (!read_opening(d, w, message, false, &opening))
		return;
	add_node(d, w, F(RECORD), start, w->at - start, 0);
	node_ref node = open_subtree(d);
	set_text(d, w, node, "%s: type %s, class %s", opening.name.text, opening.type_name, opening.class_name);
	if (message->multicast)
		append_text(d, w, node, ", \"%s\" question", opening.class & 0x8000 ? "QU" : "QM");
	add_opening_name(d, w, F(QRY_NAME), &opening);
	for (uint32_t i = 0; i < opening.name.length; i++)
		dots += opening.name.octets[i] == '.';
	bool counted = opening.name.length > 1;
	add_number(d, w, F(QRY_NAME_LEN), counted ? opening.name.length : 0);
	place(d, opening.name_at, opening.name_length);
	add_number(d, w, F(COUNT_LABELS), counted ? dots + 1 : 0);
	place(d, opening.name_at, opening.name_length);
	add_uint16(d, w, F(QRY_TYPE));
	if (message->multicast) {
		uint16_t class = add_uint16(d, w, F(QRY_CLASS_MULTICAST));
		add_bits(d, w, F(QRY_QU), F(QRY_QU), 2, class);
	} else {
		add_uint16(d, w, F(QRY_CLASS));
	}
	append_info(d, w, " %s %s", opening.type_name, opening.name.text);
	if (message->multicast)
		append_info(d, w, ", \"%s\" question", opening.class & 0x8000 ? "QU" : "QM");
	close_subtree(d, node, w);
}

/* The parts of a service's name, RFC 2782: _service._protocol.name */
static void add_service(struct dissection *d, struct wire *w, const struct opening *opening)
{
	static const uint16_t parts[] = { DNS_SRV_SERVICE, DNS_SRV_PROTO, DNS_SRV_NAME };
	const uint8_t *from = opening->name.octets, *end = from + opening->name.length;

	for (unsigned i = 0; i < 3 && from && from < end; i++) {
		const uint8_t *dot = i < 2 ? memchr(from, '.', (size_t)(end - from)) : NULL;
		const uint8_t *stop = dot ? dot : end;
		add_node_octets(d, w, &dns_fields[parts[i]], opening->name_at, opening->name_length, from,
		                (uint32_t)(stop - from));
		from = dot ? dot + 1 : NULL;
	}
}

/* The class of OPT, RFC 6891, section 6.1.2: how large a datagram may be */
static void add_payload_size(struct dissection *d, struct wire *w, const struct dns_message *message)
{
	if (!message->multicast) {
		add_uint16(d, w, F(RR_UDP_PAYLOAD_SIZE));
		return;
	}
	uint16_t size = add_uint16(d, w, F(RR_UDP_PAYLOAD_SIZE_MULTICAST));
	add_bits(d, w, F(RESP_CACHE_FLUSH), F(RESP_CACHE_FLUSH), 2, size);
}

/* And its time to live: flags */
static void add_extension(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, F(RESP_EXT_RCODE));
	add_uint8(d, w, F(RESP_EDNS0_VERSION));
	uint16_t flags = add_uint16(d, w, F(RESP_Z));
	node_ref node = open_subtree(d);
	add_bits(d, w, F(RESP_Z_DO), F(RESP_Z_RESERVED), 2, flags);
	close_subtree(d, node, NULL);
}

static void add_class(struct dissection *d, struct wire *w, const struct dns_message *message)
{
	if (!message->multicast) {
		add_uint16(d, w, F(RESP_CLASS));
		return;
	}
	uint16_t class = add_uint16(d, w, F(RESP_CLASS_MULTICAST));
	add_bits(d, w, F(RESP_CACHE_FLUSH), F(RESP_CACHE_FLUSH), 2, class);
}

static void add_time_to_live(struct dissection *d, struct wire *w)
{
	if (dns_add_span(d, w, F(RESP_TTL)) & 0x80000000)
		note_on(d, d->last, F(TTL_HIGH_BIT_SET));
}

static void read_record(struct dissection *d, struct wire *w, struct dns_message *message)
{
	struct opening opening;
	uint32_t start = w->at;

	if (!read_opening(d, w, message, true, &opening))
		return;
	add_node(d, w, F(RECORD), start, w->at - start, 0);
	node_ref node = open_subtree(d);
	if (opening.type == TYPE_OPT)
		set_text(d, w, node, "%s: type %s", opening.name.text, opening.type_name);
	else
		set_text(d, w, node, "%s: type %s, class %s", opening.name.text, opening.type_name,
		         opening.class_name);
	if (message->multicast && opening.class & 0x8000)
		append_literal(d, w, node, ", cache flush");
	if (opening.type == TYPE_SRV)
		add_service(d, w, &opening);
	else
		add_opening_name(d, w, F(RESP_NAME), &opening);
	add_uint16(d, w, F(RESP_TYPE));
	if (opening.type == TYPE_OPT) {
		add_payload_size(d, w, message);
		add_extension(d, w);
	} else {
		add_class(d, w, message);
		add_time_to_live(d, w);
	}
	uint16_t n = add_uint16(d, w, F(RESP_LEN));
	struct dns_record record = { .d = d, .message = message, .start = w->at, .end = w->at + n,
	                             .type = opening.type, .heading = node };
	struct wire data = *w;
	if (w->state == WIRE_GOOD)
		dns_read_data(&record, &data);
	wire_join(w, &data);
	wire_skip(w, n);
	close_subtree(d, node, w);
}

static void read_section(struct dissection *d, struct wire *w, struct dns_message *message, const char *title,
                         unsigned count, bool questions)
{
	if (!count || !wire_need(w, 1))
		return;
	node_ref node = open_heading(d, w, F(SECTION));
	set_text(d, w, node, "%s", title);
	for (; count && w->state == WIRE_GOOD; count--) {
		if (questions)
			read_question(d, w, message);
		else
			read_record(d, w, message);
	}
	close_subtree(d, node, w);
}

/* ---- the message ---- */

static void add_extraneous(struct dissection *d, struct wire *w)
{
	uint32_t n = wire_left(w);

	if (!wire_need(w, n))
		return;
	add_node(d, w, F(EXTRANEOUS), w->at, n, 0);
	node_ref node = open_subtree(d);
	set_text(d, w, node, "Extraneous Data (%u bytes)", n);
	add_octets(d, w, F(EXTRANEOUS_DATA), n);
	add_number(d, w, F(EXTRANEOUS_LENGTH), n);
	close_subtree(d, node, NULL);
}

static void read_body(struct dissection *d, struct wire *w, struct dns_message *message, uint16_t flags)
{
	bool update = (flags >> 11 & 15) == OPCODE_UPDATE;
	uint16_t questions = add_uint16(d, w, update ? F(COUNT_ZONES) : F(COUNT_QUERIES));
	uint16_t answers = add_uint16(d, w, update ? F(COUNT_PREREQUISITES) : F(COUNT_ANSWERS));
	uint16_t authorities = add_uint16(d, w, update ? F(COUNT_UPDATES) : F(COUNT_AUTH_RR));
	uint16_t additions = add_uint16(d, w, F(COUNT_ADD_RR));

	if ((flags >> 11 & 15) == OPCODE_STATEFUL && !(questions | answers | authorities | additions)) {
		dns_read_stateful(d, w);
		return;
	}
	read_section(d, w, message, update ? "Zone" : "Queries", questions, true);
	read_section(d, w, message, update ? "Prerequisites" : "Answers", answers, false);
	read_section(d, w, message, update ? "Updates" : "Authoritative nameservers", authorities, false);
	read_section(d, w, message, "Additional records", additions, false);
}

/* A message, with its length in front where `has_length`. */
static void read_message(struct dissection *d, struct wire *w, const struct variant *variant, bool has_length)
{
	if (!wire_need(w, has_length ? 6 : 4))
		return;
	node_ref top = open_protocol(d, w, variant->top);
	if (has_length)
		add_uint16(d, w, F(LENGTH));
	struct dns_message message = { variant->multicast, w->at, STEPS + STEPS_PER_OCTET * wire_captured(w) };
	uint16_t id = add_uint16(d, w, F(ID));
	node_ref id_node = d->last;
	uint16_t flags = wire_peek_u16(w, 0);
	bool response = flags & RESPONSE;
	if (d->first_pass) {
		meet(d, id, response);
		dns_learn_addresses(d, *w, message);
	}
	if (d->first_pass)
		return;

	const struct fact *fact = find_fact(d, FACT_DNS);
	append_text(d, w, top, response ? " (response)" : " (query)");
	set_info(d, w, "%s%s 0x%04x", operation_name(d, flags >> 11 & 15), response ? " response" : "", id);
	add_uint16(d, w, F(FLAGS));
	add_flags(d, w, variant, flags);
	read_body(d, w, &message, flags);
	show_counterpart(d, w, fact, response);
	if (w->state == WIRE_GOOD)
		note_resent(d, id_node, fact, response);
	if (wire_more(w))
		add_extraneous(d, w);
	close_subtree(d, top, w);
}

/* ---- the relatives ---- */

static const uint16_t dns_query_flags[] = {
	DNS_FLAGS_RESPONSE, DNS_FLAGS_OPCODE, DNS_FLAGS_TRUNCATED, DNS_FLAGS_RECDESIRED, DNS_FLAGS_Z,
	DNS_FLAGS_AUTHENTIC_QUERY, DNS_FLAGS_CHECKDISABLE, 0,
};
static const uint16_t dns_response_flags[] = {
	DNS_FLAGS_RESPONSE, DNS_FLAGS_OPCODE, DNS_FLAGS_AUTHORITATIVE, DNS_FLAGS_TRUNCATED, DNS_FLAGS_RECDESIRED,
	DNS_FLAGS_RECAVAIL, DNS_FLAGS_Z, DNS_FLAGS_AUTHENTICATED, DNS_FLAGS_CHECKDISABLE, DNS_FLAGS_RCODE, 0,
};
static const uint16_t llmnr_query_flags[] = {
	DNS_FLAGS_RESPONSE, DNS_FLAGS_OPCODE, DNS_FLAGS_CONFLICT, DNS_FLAGS_TRUNCATED, DNS_FLAGS_TENTATIVE, 0,
};
static const uint16_t llmnr_response_flags[] = {
	DNS_FLAGS_RESPONSE, DNS_FLAGS_OPCODE, DNS_FLAGS_CONFLICT_RESPONSE, DNS_FLAGS_TRUNCATED, DNS_FLAGS_TENTATIVE,
	DNS_FLAGS_RCODE, 0,
};

static const struct field mdns_fields[] = { { "mdns", "Multicast Domain Name System", PROTOCOL } };
static const struct field llmnr_fields[] = { { "llmnr", "Link-local Multicast Name Resolution", PROTOCOL } };

static const struct variant dns = { &dns_fields[DNS], dns_query_flags, dns_response_flags, false };
static const struct variant mdns = { mdns_fields, dns_query_flags, dns_response_flags, true };
static const struct variant llmnr = { llmnr_fields, llmnr_query_flags, llmnr_response_flags, false };

static void dissect_message_in_stream(struct dissection *d, struct wire *w)
{
	read_message(d, w, &dns, true);
}

static const struct protocol message_in_stream = {
	.name = "Domain Name System", .short_name = "DNS", .filter = "dns", .column = "DNS", .dissect = dissect_message_in_stream,
};

/* RFC 1035, section 4.2.2: a length of two octets stands in front of every message. */
static uint32_t message_length(const uint8_t *header)
{
	return 2u + be16(header);
}

static const struct tcp_framing framing = { 2, message_length, &message_in_stream };

static void dissect_dns(struct dissection *d, struct wire *w)
{
	if (d->ip_protocol == 6)
		dissect_tcp_pdus(d, w, &framing);
	else
		read_message(d, w, &dns, false);
}

static void dissect_mdns(struct dissection *d, struct wire *w)
{
	read_message(d, w, &mdns, false);
}

static void dissect_llmnr(struct dissection *d, struct wire *w)
{
	read_message(d, w, &llmnr, false);
}

/*
 * Does a datagram on any port look like a standard query or its response? By its counts, which are small in a message
 * that a program made.
 */
static bool resembles_dns(const struct dissection *d, struct wire w)
{
	(void)d;
	if (wire_left(&w) <= HEADER || !wire_has(&w, HEADER))
		return false;
	const uint8_t *p = wire_here(&w);
	uint16_t flags = be16(p + 2), questions = be16(p + 4), answers = be16(p + 6);
	uint16_t authorities = be16(p + 8), additions = be16(p + 10);

	if (flags >> 11 & 15 || additions > MANY_OTHERS)
		return false;
	if (flags & RESPONSE)
		return questions <= 1 && answers <= MANY_ANSWERS && authorities <= MANY_OTHERS;
	return questions == 1 && !answers && !authorities;
}

const struct protocol protocol_dns = {
	.name = "Domain Name System", .short_name = "DNS", .filter = "dns", .is_application = true, .column = "DNS", .fields = dns_fields,
	.field_count = DNS_FIELDS, .dissect = dissect_dns, .resembles = resembles_dns,
	.state_size = sizeof(struct state), .state_begin = state_begin, .state_end = state_end,
};
const struct protocol protocol_mdns = {
	.name = "Multicast Domain Name System", .short_name = "mDNS", .filter = "mdns", .is_application = true, .column = "MDNS", .fields = mdns_fields,
	.field_count = 1, .dissect = dissect_mdns,
};
const struct protocol protocol_llmnr = {
	.name = "Link-local Multicast Name Resolution", .short_name = "LLMNR", .filter = "llmnr", .is_application = true, .column = "LLMNR",
	.fields = llmnr_fields, .field_count = 1, .dissect = dissect_llmnr,
};
