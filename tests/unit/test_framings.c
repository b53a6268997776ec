/* test_framings.c: where PDUs over TCP end, by the table of framings. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dissect/address.h"
#include "dissect/conversation.h"
#include "dissect/framings.h"

static const struct framing *row_named(const char *name)
{
	unsigned count;
	const struct framing *rows = framing_rows(&count);

	for (unsigned i = 0; i < count; i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	fail_msg("no framing is called %s", name);
	return NULL;
}

static void rows_and_ports_rise(void **state)
{
	unsigned count, port_count;
	const struct framing *rows = framing_rows(&count);
	const struct framing_port *ports = framing_ports(&port_count);
	(void)state;

	for (unsigned i = 0; i < count; i++) {
		const struct tcp_framing *pdus = &rows[i].pdus;
		if (i && strcmp(rows[i - 1].name, rows[i].name) >= 0)
			fail_msg("%s does not rise", rows[i].name);
		assert_non_null(pdus->protocol);
		assert_true(pdus->header > 0);
		if (!pdus->length && !pdus->measure)
			assert_in_range(pdus->field.at + pdus->field.octets, pdus->field.at + 1, pdus->header);
	}
	for (unsigned i = 0; i < port_count; i++) {
		assert_true(ports[i].framing < count);
		assert_true(!i || ports[i - 1].port < ports[i].port);
	}
}

static void every_row_is_reached(void **state)
{
	unsigned count, port_count;
	const struct framing *rows = framing_rows(&count);
	const struct framing_port *ports = framing_ports(&port_count);
	(void)state;

	for (unsigned i = 0; i < count; i++) {
		bool is_reached = rows[i].resembles;
		for (unsigned j = 0; j < port_count; j++)
			is_reached |= ports[j].framing == i;
		if (!is_reached)
			fail_msg("%s is on no port and resembles nothing", rows[i].name);
	}
}

#define SAMPLE(name, length, octets) { name, octets, sizeof(octets) - 1, length }

/* The first octets of a PDU, and how long it says that it is; 0: more octets are needed to tell. */
static const struct sample {
	const char *name;
	const char *octets;
	uint32_t count, length;
} samples[] = {
	SAMPLE("ajp13", 8, "\x12\x34\x00\x04"),
	SAMPLE("amqp", 8, "AMQP\x00\x00\x09\x01"),
	SAMPLE("amqp", 20, "\x01\x00\x00\x00\x00\x00\x0c\x00"),
	SAMPLE("amqp", 12, "\x00\x00\x00\x0c\x02\x00\x00\x00"),
	SAMPLE("bgp", 23, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x17\x02"),
	SAMPLE("bittorrent", 68, "\x13" "BitTorrent protocol"),
	SAMPLE("bittorrent", 4, "\x00\x00\x00\x00"),
	SAMPLE("bittorrent", 9, "\x00\x00\x00\x05\x04"),
	SAMPLE("bittorrent", 6, "\x00\x00\x00\x06\x04\x00"),
	SAMPLE("c1222", 5, "\x60\x03\x01\x02\x03"),
	SAMPLE("dcerpc", 72, "\x05\x00\x0b\x03\x10\x00\x00\x00\x48\x00\x00\x00\x01\x00\x00\x00"),
	SAMPLE("dcerpc", 72, "\x05\x00\x0b\x03\x00\x00\x00\x00\x00\x48\x00\x00\x00\x00\x00\x01"),
	SAMPLE("dnp3", 10, "\x05\x64\x05\xc4\x01\x00\x02\x00\x6c\x6f"),
	SAMPLE("dnp3", 28, "\x05\x64\x15\xc4\x01\x00\x02\x00\xad\x17"),
	SAMPLE("dnp3", 31, "\x05\x64\x16\xc4\x01\x00\x02\x00\xfd\x84"),
	SAMPLE("dsi", 26, "\x00\x02\x00\x01\x00\x00\x00\x00\x00\x00\x00\x0a\x00\x00\x00\x00"),
	SAMPLE("enip", 28,
	       "\x65\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
	SAMPLE("giop", 24, "GIOP\x01\x02\x00\x00\x00\x00\x00\x0c"),
	SAMPLE("giop", 24, "GIOP\x01\x02\x01\x00\x0c\x00\x00\x00"),
	SAMPLE("git", 26, "001agit"),
	SAMPLE("git", 4, "0000"),
	SAMPLE("git", 0, "PACK"),
	SAMPLE("iec104", 16, "\x68\x0e"),
	SAMPLE("imap", 9, "a1 NOOP\r\nb"),
	SAMPLE("imap", 0, "a1 NOOP"),
	SAMPLE("imap", 17, "a LOGIN {3}\r\nabc\n"),
	SAMPLE("imap", 18, "a LOGIN {3+}\r\nabc\n"),
	SAMPLE("imap", 0, "a LOGIN {3}\r\nab\n"),
	SAMPLE("kerberos", 14, "\x80\x00\x00\x0a"),
	SAMPLE("ldap", 7, "\x30\x05\x02\x01"),
	SAMPLE("ldap", 11, "\x30\x84\x00\x00\x00\x05"),
	SAMPLE("ldap", 0, "\x30\x84\x00\x00"),
	SAMPLE("ldap", 32, "\x00\x00\x00\x1c"),
	SAMPLE("mbtcp", 12, "\x00\x01\x00\x00\x00\x06\x01\x03"),
	SAMPLE("mqtt", 2, "\xc0\x00"),
	SAMPLE("mqtt", 132, "\x30\x81\x01"),
	SAMPLE("mysql", 78, "\x4a\x00\x00\x00"),
	SAMPLE("ncp", 16, "DmdT\x00\x00\x00\x10"),
	SAMPLE("pgsql", 8, "\x00\x00\x00\x08\x04\xd2\x16\x2f"),
	SAMPLE("pgsql", 13, "Q\x00\x00\x00\x0c"),
	SAMPLE("redis", 5, "+OK\r\n:1"),
	SAMPLE("redis", 9, "$3\r\nabc\r\n"),
	SAMPLE("redis", 5, "$-1\r\n"),
	SAMPLE("redis", 19, "*2\r\n$1\r\na\r\n*1\r\n:1\r\n"),
	SAMPLE("redis", 0, "*2\r\n$1\r\na\r\n"),
	SAMPLE("skinny", 12, "\x04\x00\x00\x00"),
	SAMPLE("tds", 20, "\x01\x01\x00\x14\x00\x00\x00\x00"),
	SAMPLE("tds", 25, "\x17\x03\x03\x00\x14\x00\x00\x00"),
	SAMPLE("tns", 20, "\x00\x14\x00\x00"),
	SAMPLE("tns", 20, "\x00\x00\x00\x14"),
};

static struct wire over(const char *octets, uint32_t count)
{
	return wire_over((const uint8_t *)octets, count, count, 0);
}

static void lengths(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct wire w = over(samples[i].octets, samples[i].count);
		uint32_t length = tcp_pdu_length(&row_named(samples[i].name)->pdus, &w);
		if (length != samples[i].length)
			fail_msg("sample %zu (%s): %u, not %u", i, samples[i].name, length, samples[i].length);
	}
}

/* However little there is of a PDU, nobody reads past it: for the sanitizers. */
static void cut_samples(void **state)
{
	unsigned row_count;
	const struct framing *rows = framing_rows(&row_count);
	(void)state;

	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		for (uint32_t n = 1; n <= samples[i].count; n++) {
			char *octets = test_malloc(n);
			memcpy(octets, samples[i].octets, n);
			struct wire w = over(octets, n);
			for (unsigned row = 0; row < row_count; row++) {
				if (rows[row].accepts)
					rows[row].accepts(&w);
				if (rows[row].resembles)
					rows[row].resembles(&w);
				if (rows[row].ends)
					rows[row].ends(&w);
				if (n >= rows[row].pdus.header)
					tcp_pdu_length(&rows[row].pdus, &w);
			}
			test_free(octets);
		}
	}
}

extern const struct protocol protocol_data;

static void announced_conversations(void **state)
{
	const struct address client = address_of(ADDRESS_IPV4, (const uint8_t *)"\x0a\0\0\x01");
	const struct address server = address_of(ADDRESS_IPV4, (const uint8_t *)"\x0a\0\0\x02");
	struct conversations all;
	(void)state;

	conversations_begin(&all);
	const struct announcement what = { .protocol = &protocol_data };

	conversation_announce(&all, 6, &server, 6000, &client, 0, what);
	conversation_announce(&all, 6, &client, 7000, &server, 20, what);
	assert_null(conversation_take_announced(&all, 6, &client, 50000, &server, 6001).protocol);
	assert_null(conversation_take_announced(&all, 17, &client, 50000, &server, 6000).protocol);
	assert_null(conversation_take_announced(&all, 6, &server, 21, &client, 7000).protocol);
	assert_non_null(conversation_take_announced(&all, 6, &client, 50000, &server, 6000).protocol);
	assert_null(conversation_take_announced(&all, 6, &client, 50001, &server, 6000).protocol);
	assert_non_null(conversation_take_announced(&all, 6, &server, 20, &client, 7000).protocol);
	conversations_end(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_ports_rise), cmocka_unit_test(every_row_is_reached),
		cmocka_unit_test(lengths),             cmocka_unit_test(cut_samples),
		cmocka_unit_test(announced_conversations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
