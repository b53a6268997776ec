/*
 * netbios_name.c: names of NetBIOS, RFC 1001, section 14.1, and RFC 1002, section 4.1.
 *
 * Each half of an octet is a letter, A to P; the 32 of them are the first label of a domain name, whose
 * others are the name's scope. What the suffix stands for is Microsoft's custom.
 */

#include "dissect/netbios.h"
#include "dissect/text.h"

enum {
	SUFFIX = 4,         /* characters of <20> */
	PLAIN_LARGEST = 33, /* characters that tshark shows before that of a name which is not encoded */
};

static const struct name suffixes[] = {
	{ 0x00, "Workstation/Redirector" },
	{ 0x01, "Browser" },
	{ 0x02, "Workstation/Redirector" },
	{ 0x03, "Messenger service/Main name" },
	{ 0x05, "Forwarded name" },
	{ 0x06, "RAS Server service" },
	{ 0x1b, "Domain Master Browser" },
	{ 0x1c, "Domain Controllers" },
	{ 0x1d, "Local Master Browser" },
	{ 0x1e, "Browser Election Service" },
	{ 0x1f, "Net DDE Service" },
	{ 0x20, "Server service" },
	{ 0x21, "RAS client service" },
	{ 0x22, "Exchange Interchange (MSMail Connector)" },
	{ 0x23, "Exchange Store" },
	{ 0x24, "Exchange Directory" },
	{ 0x2b, "Lotus Notes Server service" },
	{ 0x30, "Modem sharing server service" },
	{ 0x31, "Modem sharing client service" },
	{ 0x43, "SMS Clients Remote Control" },
	{ 0x44, "SMS Administrators Remote Control Tool" },
	{ 0x45, "SMS Clients Remote Chat" },
	{ 0x46, "SMS Clients Remote Transfer" },
	{ 0x4c, "DEC Pathworks TCP/IP Service on Windows NT" },
	{ 0x52, "DEC Pathworks TCP/IP Service on Windows NT" },
	{ 0x6a, "Microsoft Exchange IMC" },
	{ 0x87, "Microsoft Exchange MTA" },
	{ 0xbe, "Network Monitor Agent" },
	{ 0xbf, "Network Monitor Analyzer" },
};

static char *put_code(char *to, uint8_t octet)
{
	*to++ = '<';
	to = put_hex(to, octet, 2);
	*to++ = '>';
	return to;
}

/* HOST<20>: without the spaces that fill it up, unless it is nothing else. Up to 4 * NETBIOS_NAME characters. */
static char *put_name(char *to, const uint8_t *octets)
{
	unsigned n = NETBIOS_NAME - 1;

	while (n && octets[n - 1] == ' ')
		n--;
	if (!n)
		n = NETBIOS_NAME - 1;
	for (unsigned i = 0; i < n; i++) {
		if (octets[i] >= ' ' && octets[i] < 0x7f)
			*to++ = (char)octets[i];
		else
			to = put_code(to, octets[i]);
	}
	return put_code(to, octets[NETBIOS_NAME - 1]);
}

static const char *suffix_text(uint8_t suffix)
{
	return name_or(NAMES(suffixes), suffix, "Unknown");
}

/* A letter is needed at `i`; a domain name's text ends with its first NUL. */
static bool has_label_ended(const struct dns_name *domain, uint32_t i)
{
	return i >= domain->length || !domain->octets[i] || domain->octets[i] == '.';
}

static bool is_letter(uint8_t octet)
{
	return octet >= 'A' && octet <= 'Z';
}

/* The octets that the first label of a domain name stands for. What is wrong with it, or NULL. */
static const char *decode(struct dissection *d, const struct dns_name *domain, uint8_t octets[NETBIOS_NAME],
                          uint32_t *label)
{
	uint32_t n = 0, i;

	for (i = 0; !has_label_ended(domain, i); i += 2, n++) {
		if (!is_letter(domain->octets[i]))
			return "Illegal NetBIOS name (1st character not between A and Z in first-level encoding)";
		if (has_label_ended(domain, i + 1))
			return "Illegal NetBIOS name (odd number of bytes)";
		if (!is_letter(domain->octets[i + 1]))
			return "Illegal NetBIOS name (2nd character not between A and Z in first-level encoding)";
		if (n < NETBIOS_NAME)
			octets[n] = (uint8_t)(((domain->octets[i] - 'A') << 4) | (domain->octets[i + 1] - 'A'));
	}
	*label = i;
	return n < NETBIOS_NAME ? text_of(d, "Illegal NetBIOS name (%u bytes long)", n) : NULL;
}

bool netbios_name(struct dissection *d, struct wire *w, struct dns_message *message, struct netbios_name *name)
{
	struct dns_name domain;
	uint8_t octets[NETBIOS_NAME];
	uint32_t label;

	if (!dns_name(d, w, message, &domain) || d->first_pass)
		return false;
	const char *complaint = decode(d, &domain, octets, &label);
	if (complaint) {
		*name = (struct netbios_name){ complaint, (uint32_t)strlen(complaint), NULL };
		return true;
	}
	const char *scope = (const char *)domain.octets + label;
	size_t length = strnlen(scope, domain.length - label);
	char *text = arena_alloc(d->arena, 4 * NETBIOS_NAME + length + 1);
	char *end = put_bytes(put_name(text, octets), scope, length);
	*end = 0;
	*name = (struct netbios_name){ text, (uint32_t)(end - text), suffix_text(octets[NETBIOS_NAME - 1]) };
	return true;
}

const char *netbios_add_name(struct dissection *d, struct wire *w, const struct field *field)
{
	struct dns_message message = { .base = w->at, .steps = NETBIOS_NAME_STEPS };
	struct netbios_name name;
	uint32_t start = w->at;

	if (!netbios_name(d, w, &message, &name))
		return "";
	add_node_octets(d, w, field, start, w->at - start, (const uint8_t *)name.text, name.length);
	if (name.suffix)
		append_text(d, w, d->last, " (%s)", name.suffix);
	return printable(d, name.text, name.length);
}

/* What is not encoded: the characters, cut as tshark cuts them, and the suffix behind them. */
static char *put_plain_name(char text[4 * NETBIOS_NAME + 1], const uint8_t *octets)
{
	char *suffix = put_name(text, octets) - SUFFIX;
	size_t n = (size_t)(suffix - text);

	if (n > PLAIN_LARGEST) {
		memmove(text + PLAIN_LARGEST, suffix, SUFFIX);
		suffix = text + PLAIN_LARGEST;
	}
	suffix[SUFFIX] = 0;
	return suffix;
}

const char *netbios_plain_name(struct dissection *d, const uint8_t *octets)
{
	char *text = arena_alloc(d->arena, 4 * NETBIOS_NAME + 1);

	*put_name(text, octets) = 0;
	return text;
}

void netbios_add_plain_name(struct dissection *d, struct wire *w, const struct field *field)
{
	const uint8_t *octets = add_octets(d, w, field, NETBIOS_NAME);
	char text[4 * NETBIOS_NAME + 1];

	if (!SHOWING(d, w))
		return;
	put_plain_name(text, octets);
	value_text(d, w, d->last, "%s (%s)", text, suffix_text(octets[NETBIOS_NAME - 1]));
}

void netbios_add_name_heading(struct dissection *d, struct wire *w, const struct field *heading,
                              const struct field *characters, const struct field *suffix)
{
	char text[4 * NETBIOS_NAME + 1];

	if (!wire_need(w, NETBIOS_NAME))
		return;
	const uint8_t *octets = wire_here(w);
	const char *meaning = suffix_text(octets[NETBIOS_NAME - 1]);
	char *end = put_name(text, octets);
	*end = 0;
	node_ref node = open_heading(d, w, heading);
	set_text(d, w, node, "%s: %s (%s)", heading->label, text, meaning);
	wire_skip(w, NETBIOS_NAME - 1);
	add_string_value(d, w, characters, text, (size_t)(end - SUFFIX - text));
	cover(d, w, NETBIOS_NAME - 1);
	set_text(d, w, d->last, "%.*s", (int)(end - SUFFIX - text), text);
	add_uint8(d, w, suffix);
	set_text(d, w, d->last, "0x%02x (%s)", octets[NETBIOS_NAME - 1], meaning);
	close_subtree(d, node, w);
}

void netbios_show_span(struct dissection *d, const struct wire *w, int64_t milliseconds)
{
	uint64_t size = milliseconds < 0 ? (uint64_t)-milliseconds : (uint64_t)milliseconds;
	char words[96];

	if (!SHOWING(d, w))
		return;
	char *end = put_duration(words, size);
	value_text(d, w, d->last, "%s%.*s", milliseconds <= -1000 ? "-" : "", (int)(end - words), words);
}
