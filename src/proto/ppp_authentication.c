/* ppp_authentication.c: the Password Authentication Protocol, RFC 1334, and Challenge Handshake Authentication, RFC 1994. */

#include "dissect/dissection.h"

enum {
	PAP, PAP_CODE, PAP_IDENTIFIER, PAP_LENGTH, PAP_DATA, PEER_LENGTH, PEER, PASSWORD_LENGTH, PASSWORD, MESSAGE_LENGTH, MESSAGE,
	PAP_STUFF, CHAP, CHAP_CODE, CHAP_IDENTIFIER, CHAP_LENGTH, CHAP_DATA, VALUE_SIZE, VALUE, NAME, CHAP_MESSAGE, CHAP_STUFF,
	N_FIELDS
};

static const struct name pap_codes[] = {
	{ 1, "Authenticate-Request" }, { 2, "Authenticate-Ack" }, { 3, "Authenticate-Nak" },
};
static const struct name chap_codes[] = { { 1, "Challenge" }, { 2, "Response" }, { 3, "Success" }, { 4, "Failure" } };

static const struct field fields[N_FIELDS] = {
	[PAP]             = { "pap", "PPP Password Authentication Protocol", PROTOCOL },
	[PAP_CODE]        = { "pap.code", "Code", UINT8, .names = NAMES(pap_codes) },
	[PAP_IDENTIFIER]  = { "pap.identifier", "Identifier", UINT8 },
	[PAP_LENGTH]      = { "pap.length", "Length", UINT16 },
	[PAP_DATA]        = { "pap.data", "Data", SUBTREE },
	[PEER_LENGTH]     = { "pap.peer_id.length", "Peer-ID-Length", UINT8 },
	[PEER]            = { "pap.peer_id", "Peer-ID", STRING },
	[PASSWORD_LENGTH] = { "pap.password.length", "Password-Length", UINT8 },
	[PASSWORD]        = { "pap.password", "Password", STRING },
	[MESSAGE_LENGTH]  = { "pap.message.length", "Message-Length", UINT8 },
	[MESSAGE]         = { "pap.message", "Message", STRING },
	[PAP_STUFF]       = { "pap.stuff", "stuff", OCTETS },
	[CHAP]            = { "chap", "PPP Challenge Handshake Authentication Protocol", PROTOCOL },
	[CHAP_CODE]       = { "chap.code", "Code", UINT8, .names = NAMES(chap_codes) },
	[CHAP_IDENTIFIER] = { "chap.identifier", "Identifier", UINT8 },
	[CHAP_LENGTH]     = { "chap.length", "Length", UINT16 },
	[CHAP_DATA]       = { "chap.data", "Data", SUBTREE },
	[VALUE_SIZE]      = { "chap.value_size", "Value Size", UINT8 },
	[VALUE]           = { "chap.value", "Value", OCTETS },
	[NAME]            = { "chap.name", "Name", STRING },
	[CHAP_MESSAGE]    = { "chap.message", "Message", STRING },
	[CHAP_STUFF]      = { "chap.stuff", "Stuff", OCTETS },
};

enum { HEADER = 4 };

/* A string behind its length: as text, when it is all there. */
static const char *read_counted(struct dissection *d, struct wire *w, unsigned length_field)
{
	const uint8_t n = add_uint8(d, w, &fields[length_field]);
	const uint8_t *p = add_string(d, w, &fields[length_field + 1], n);

	return p && LISTING(d, w) ? printable(d, p, n) : "";
}

static void dissect_pap(struct dissection *d, struct wire *w)
{
	enum { REQUEST = 1, ACK, NAK };
	const uint8_t code = wire_peek_u8(w, 0);
	node_ref top = open_protocol(d, w, &fields[PAP]);

	set_info(d, w, "%s", name_or(fields[PAP_CODE].names, code, "Unknown"));
	add_uint8(d, w, &fields[PAP_CODE]);
	add_uint8(d, w, &fields[PAP_IDENTIFIER]);
	add_uint16(d, w, &fields[PAP_LENGTH]);
	wire_need(w, 1);
	const node_ref data = open_heading(d, w, &fields[PAP_DATA]);
	if (code < REQUEST || code > NAK) {
		add_octets(d, w, &fields[PAP_STUFF], wire_left(w));
	} else if (code == REQUEST) {
		const char *peer = read_counted(d, w, PEER_LENGTH), *password = read_counted(d, w, PASSWORD_LENGTH);
		append_info(d, w, " (Peer-ID='%s', Password='%s')", peer, password);
	} else {
		const char *message = read_counted(d, w, MESSAGE_LENGTH);
		append_info(d, w, " (Message='%s')", message);
	}
	close_subtree(d, data, w);
	close_subtree(d, top, w);
}

/* RFC 1994, section 4.1. */
static void read_challenge(struct dissection *d, struct wire *w)
{
	const uint32_t most = wire_left(w) ? wire_left(w) - 1 : 0;
	const node_ref data = open_heading(d, w, &fields[CHAP_DATA]);
	const uint8_t size = add_uint8(d, w, &fields[VALUE_SIZE]);

	if (size > most) {
		value_text(d, w, d->last, "%u bytes (invalid, must be <= %u)", size, most);
	} else if (size) {
		const uint8_t *value = add_octets(d, w, &fields[VALUE], size);
		const uint32_t n = wire_left(w);
		const uint8_t *name = n ? add_string(d, w, &fields[NAME], n) : NULL;
		if (LISTING(d, w)) {
			char *hex = arena_alloc(d->arena, 2u * size + 1);
			for (unsigned i = 0; i < size; i++)
				for (unsigned half = 0; half < 2; half++)
					hex[2 * i + half] = "0123456789abcdef"[value[i] >> (half ? 0 : 4) & 15];
			hex[2 * size] = 0;
			append_info(d, w, " (NAME='%s', VALUE=0x%s)", name ? printable(d, name, n) : "", hex);
		}
	}
	close_subtree(d, data, w);
}

static void dissect_chap(struct dissection *d, struct wire *w)
{
	enum { CHALLENGE = 1, RESPONSE, SUCCESS, FAILURE };
	const uint8_t code = wire_peek_u8(w, 0);
	node_ref top = open_protocol(d, w, &fields[CHAP]);

	set_info(d, w, "%s", name_or(fields[CHAP_CODE].names, code, "Unknown"));
	add_uint8(d, w, &fields[CHAP_CODE]);
	add_uint8(d, w, &fields[CHAP_IDENTIFIER]);
	const uint16_t length = add_uint16(d, w, &fields[CHAP_LENGTH]);
	if (length < HEADER)
		value_text(d, w, d->last, "%u (invalid, must be >= %u)", length, HEADER);
	struct wire body = wire_take(w, length > HEADER ? length - HEADER : 0);
	const uint32_t n = length > HEADER ? wire_left(&body) : 0;
	if (!n) {
		if (code == SUCCESS || code == FAILURE)
			append_info(d, w, " (MESSAGE='')");
		close_subtree(d, top, w);
		return;
	}
	if (code == CHALLENGE || code == RESPONSE) {
		read_challenge(d, &body);
	} else if (code == SUCCESS || code == FAILURE) {
		const uint8_t *p = add_string(d, &body, &fields[CHAP_MESSAGE], n);
		if (p && LISTING(d, &body))
			append_info(d, &body, " (MESSAGE='%s')", printable(d, p, n));
	} else {
		add_octets(d, &body, &fields[CHAP_STUFF], n);
	}
	wire_join(w, &body);
	close_subtree(d, top, w);
}

const struct protocol protocol_pap = {
	.name = "PPP Password Authentication Protocol", .short_name = "PPP PAP", .filter = "pap", .column = "PPP PAP",
	.fields = fields, .field_count = N_FIELDS, .dissect = dissect_pap,
};
const struct protocol protocol_chap = {
	.name = "PPP Challenge Handshake Authentication Protocol", .short_name = "PPP CHAP", .filter = "chap",
	.column = "PPP CHAP", .dissect = dissect_chap,
};
