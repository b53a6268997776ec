/* test_resolver.c: names of addresses, ports and virtual LANs. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dissect/host_names.h"
#include "dissect/names_file.h"
#include "dissect/resolver.h"

static char folder[] = "/tmp/dissect-test-XXXXXX";

static const char *path_of(const char *name)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/wireshark/%s", folder, name);
	return path;
}

static void write_file(const char *name, const char *text)
{
	FILE *to = fopen(path_of(name), "w");
	assert_non_null(to);
	fputs(text, to);
	fclose(to);
}

/* The user's own files, in a folder of this test's. */
static int make_folder(void **state)
{
	char path[64];

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "mkdir %s/wireshark", folder);
	return setenv("XDG_CONFIG_HOME", folder, 1) || system(path);
}

static int remove_folder(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -r %s", folder);
	return system(command);
}

static const uint8_t mac[6] = { 0x02, 0x00, 0x00, 0x00, 0x53, 0x01 };
static const uint8_t one[4] = { 192, 0, 2, 1 }, two[4] = { 192, 0, 2, 2 };
static const uint8_t six[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };

static struct resolver *resolver_of(unsigned kinds)
{
	return resolver_new(NULL, NULL, kinds, NULL, 0);
}

static const char *ipv4_of(const struct resolver *resolver, uint32_t address)
{
	static char text[RESOLVED_LARGEST + 1];
	*resolve_ipv4(resolver, text, address) = 0;
	return text;
}

static const char *mac_of(const struct resolver *resolver, uint32_t frame)
{
	static char text[RESOLVED_LARGEST + 1];
	*resolve_mac(resolver, frame, text, mac) = 0;
	return text;
}

static const char *port_of(const struct resolver *resolver, uint8_t protocol, uint16_t port)
{
	static char text[RESOLVED_LARGEST + 1];
	*resolve_port(resolver, text, protocol, port) = 0;
	return text;
}

static void note_line(void *context, const char *word, const char *rest)
{
	char *text = context;
	sprintf(text + strlen(text), "<%s><%s>", word, rest);
}

static void test_lines(void **state)
{
	char text[256] = "";

	(void)state;
	write_file("lines", "# comment\n\na b c # comment\n  \tlead\t rest  \r\nalone\nlast one");
	assert_true(names_file_read(path_of("lines"), note_line, text));
	assert_string_equal(text, "<a><b c><lead><rest><last><one>");
	assert_false(names_file_read(path_of("none"), note_line, text));
}

static void test_printable(void **state)
{
	char name[NAME_ROOM], octets[200];

	(void)state;
	assert_int_equal(printable_name(name, "a\x1b[1m", 5), 8);
	assert_memory_equal(name, "a\\033[1m", 8);
	memset(octets, 'x', sizeof octets);
	assert_int_equal(printable_name(name, octets, sizeof octets), NAME_OCTETS);
	memcpy(octets + NAME_OCTETS - 1, "\xc3\xa9", 2);
	assert_int_equal(printable_name(name, octets, sizeof octets), NAME_OCTETS - 1);
	memset(octets, 0xff, sizeof octets);
	assert_true(printable_name(name, octets, sizeof octets) <= NAME_ROOM);
}

static void test_hosts(void **state)
{
	(void)state;
	write_file("hosts", "192.0.2.1 first alias\n192.0.2.1 second\n2001:db8::1 six\nnonsense name\n");
	struct resolver *resolver = resolver_of(RESOLVE_NETWORK);
	char text[RESOLVED_LARGEST + 1];

	assert_string_equal(ipv4_of(resolver, 0xc0000201), "second (192.0.2.1)");
	assert_string_equal(ipv4_of(resolver, 0xc0000202), "192.0.2.2 (192.0.2.2)");
	*resolve_ipv6(resolver, text, six) = 0;
	assert_string_equal(text, "six (2001:db8::1)");
	const struct address address = address_of(ADDRESS_IPV4, one);
	*resolve_name(resolver, text, &address) = 0;
	assert_string_equal(text, "second");
	assert_string_equal(port_of(resolver, 6, 443), "443");
	resolver_free(resolver);
	assert_string_equal(ipv4_of(NULL, 0xc0000201), "192.0.2.1");
}

static void test_learning(void **state)
{
	(void)state;
	write_file("hosts", "192.0.2.1 file\n");
	struct resolver *resolver = resolver_of(RESOLVE_NETWORK | RESOLVE_CAPTURED);
	uint32_t before = resolver_state(resolver);

	resolver_learn(resolver, ADDRESS_IPV4, one, "answer", 6);
	assert_string_equal(ipv4_of(resolver, 0xc0000201), "answer (192.0.2.1)");
	assert_int_not_equal(resolver_state(resolver), before);
	before = resolver_state(resolver);
	resolver_learn(resolver, ADDRESS_IPV4, one, "answer", 6);
	assert_int_equal(resolver_state(resolver), before);
	resolver_learn(resolver, ADDRESS_IPV4, one, "longer answer", 13);
	resolver_learn(resolver, ADDRESS_IPV4, one, "short", 5);
	assert_string_equal(ipv4_of(resolver, 0xc0000201), "short (192.0.2.1)");
	resolver_free(resolver);
}

/* What may be learned has an end, however often a name changes. */
static void test_bounds(void **state)
{
	struct host_names names;
	char name[64];

	(void)state;
	host_names_begin(&names);
	for (uint32_t i = 0; i < 1000000; i++) {
		snprintf(name, sizeof name, "host-%u-%s", i % 1000, i & 1 ? "b" : "a");
		host_names_learn(&names, ADDRESS_IPV4, one, name, strlen(name));
	}
	assert_true(names.octets < 200);
	for (uint32_t i = 0; i < 2000000; i++)
		host_names_learn(&names, ADDRESS_IPV4, (const uint8_t *)&i, "a name of some length", 21);
	assert_true(names.octets < HOST_NAMES_MOST + 100);
	assert_true(names.ipv4.count < 2000000);
	host_names_end(&names);
}

static void test_stations(void **state)
{
	(void)state;
	write_file("hosts", "192.0.2.1 one\n");
	write_file("ethers", "02:00:00:00:53:01 ether\n02:00:00 block\n");
	struct resolver *resolver = resolver_new(NULL, NULL, RESOLVE_MAC | RESOLVE_NETWORK, NULL, 0);

	assert_string_equal(mac_of(resolver, 1), "ether (02:00:00:00:53:01)");
	resolver_bind(resolver, 2, mac, two); /* nobody has named it */
	assert_string_equal(mac_of(resolver, 2), "ether (02:00:00:00:53:01)");
	resolver_bind(resolver, 5, mac, one);
	assert_string_equal(mac_of(resolver, 5), "one (02:00:00:00:53:01)");
	assert_string_equal(mac_of(resolver, 1), "one (02:00:00:00:53:01)");
	resolver_bind(resolver, 7, mac, two);
	assert_string_equal(mac_of(resolver, 7), "one (02:00:00:00:53:01)");
	resolver_learn(resolver, ADDRESS_IPV4, two, "two", 3);
	resolver_bind(resolver, 8, mac, two);
	assert_string_equal(mac_of(resolver, 1), "two (02:00:00:00:53:01)");
	assert_string_equal(mac_of(resolver, 2), "two (02:00:00:00:53:01)");
	assert_string_equal(mac_of(resolver, 5), "one (02:00:00:00:53:01)");
	assert_string_equal(mac_of(resolver, 7), "two (02:00:00:00:53:01)");
	for (uint32_t i = 0; i < 200000; i++) {
		const uint8_t station[6] = { 2, 0, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i, 0 };
		resolver_bind(resolver, 9 + i, i & 1 ? station : mac, i & 2 ? one : two);
	}
	assert_non_null(strstr(mac_of(resolver, 300000), " (02:00:00:00:53:01)"));
	resolver_free(resolver);
}

static void test_ports(void **state)
{
	(void)state;
	write_file("services", "mine 443/tcp\nrange 65000-65002/udp/sctp\nbad 70000/tcp\nback 9-8/tcp\nhalf 10\n");
	struct resolver *resolver = resolver_of(RESOLVE_PORTS);

	assert_string_equal(port_of(resolver, 6, 443), "mine (443)");
	assert_string_equal(port_of(resolver, 17, 65001), "range (65001)");
	assert_string_equal(port_of(resolver, 132, 65002), "range (65002)");
	assert_string_equal(port_of(resolver, 6, 65001), "65001 (65001)");
	assert_string_equal(port_of(resolver, 99, 443), "443 (443)");
	resolver_free(resolver);
}

static void test_vlans(void **state)
{
	(void)state;
	write_file("vlans", "7 two words\n4096 none\nx none\n");
	struct resolver *resolver = resolver_of(RESOLVE_VLANS);

	assert_string_equal(vlan_name(resolver, 7), "two words");
	assert_null(vlan_name(resolver, 8));
	resolver_free(resolver);
	assert_null(resolver_of(0));
	assert_null(vlan_name(NULL, 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),    cmocka_unit_test(test_printable), cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_learning), cmocka_unit_test(test_bounds),    cmocka_unit_test(test_stations),
		cmocka_unit_test(test_ports),    cmocka_unit_test(test_vlans),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
