/* palette.c: the colours of frames. The first rule whose filter selects a frame has it. */

#include "dissect/palette.h"

#include <assert.h>
#include <stdlib.h>

#include "dissect/filter.h"
#include "dissect/session.h"

/*
 * The rules of Wireshark and their order, as far as we have their fields; what is malformed comes
 * before them. Colours are those of the terminal's table of 256.
 */
static const struct rule {
	const char *filter;
	uint8_t foreground, background;
} rules[] = {
	{ "_ws.malformed", 203, 16 },
	{ "tcp.analysis.flags && !tcp.analysis.window_update && !tcp.analysis.keep_alive &&"
	  " !tcp.analysis.keep_alive_ack", 210, 16 },
	{ "stp.type == 0x80", 229, 16 },
	{ "icmp.type in {3..5, 11} || icmpv6.type in {1..4}", 156, 16 },
	{ "arp", 16, 230 },
	{ "icmp || icmpv6", 16, 225 },
	{ "tcp.flags.reset == 1", 229, 124 },
	/* A TTL that is low, or not that of what stays in its network: not of OSPF, PIM, VRRP. */
	{ "ip.dst != 224.0.0.0/4 && ip.ttl < 5 && !(ip.proto in {89, 103})", 255, 124 },
	{ "ip.dst == 224.0.0.0/24 && ip.dst != 224.0.0.251 && ip.ttl != 1 && ip.proto != 112",
	  255, 124 },
	{ "eth.fcs.status == 0 || ip.checksum.status == 0 || tcp.checksum.status == 0 ||"
	  " udp.checksum.status == 0", 203, 16 },
	{ "smb || nbss || nbns || netbios", 16, 229 },
	{ "http || tcp.port == 80", 16, 193 },
	{ "igmp", 16, 223 },
	{ "tcp.flags.syn == 1 || tcp.flags.fin == 1", 16, 248 },
	{ "tcp", 16, 189 },
	{ "udp", 16, 195 },
	{ "eth[0] & 1", 245, 231 },
};

enum { RULES = sizeof rules / sizeof *rules, SEQUENCE_LARGEST = 32 };

struct palette {
	struct filter *filters[RULES];
	struct field_set fields;
};

struct palette *palette_new(void)
{
	struct palette *palette = must_zero(1, sizeof *palette);
	struct filter_error error;

	for (unsigned i = 0; i < RULES; i++) {
		palette->filters[i] = filter_compile(rules[i].filter, &error);
		assert(palette->filters[i]);
		field_set_add_all(&palette->fields, filter_fields(palette->filters[i]));
	}
	return palette;
}

void palette_free(struct palette *palette)
{
	if (!palette)
		return;
	for (unsigned i = 0; i < RULES; i++)
		filter_free(palette->filters[i]);
	field_set_free(&palette->fields);
	free(palette);
}

const struct field_set *palette_fields(const struct palette *palette)
{
	return &palette->fields;
}

/* The rule of a frame, or NULL. */
static const struct rule *find_rule(const struct palette *palette, const struct dissection *d)
{
	for (unsigned i = 0; i < RULES; i++)
		if (filter_selects(palette->filters[i], d))
			return &rules[i];
	return NULL;
}

/* The sequence that begins the colours of a rule; its length. */
static size_t put_sequence(char *to, const struct rule *rule)
{
	return text_format(to, SEQUENCE_LARGEST, "\033[38;5;%u;48;5;%um", rule->foreground,
	                   rule->background);
}

void palette_paint(const struct palette *palette, const struct dissection *d,
                   const struct text *plain, struct text *out)
{
	static const char reset[] = "\033[0m";
	const struct rule *rule = find_rule(palette, d);
	char sequence[SEQUENCE_LARGEST];
	const size_t length = rule ? put_sequence(sequence, rule) : 0;
	const char *end = plain->data + plain->length;
	bool is_row = d->session->options.view != VIEW_TREES;

	for (const char *line = plain->data; line < end; is_row = false) {
		const char *next = memchr(line, '\n', (size_t)(end - line));
		const size_t n = (size_t)((next ? next : end) - line);
		if (!n) /* dumps may follow */
			rule = NULL;
		const bool painted = rule && (is_row || *line != ' ');
		if (painted)
			text_put(out, sequence, length);
		text_put(out, line, n);
		if (painted)
			text_put(out, reset, sizeof reset - 1);
		text_put(out, "\n", 1);
		line += n + 1;
	}
}
