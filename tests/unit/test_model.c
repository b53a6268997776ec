/* test_model.c: nodes, late nodes, facts, conversations, reassembly, and what every declaration must keep to. */

#include "bench.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dissect/capture.h"
#include "dissect/conversation.h"
#include "dissect/reassembly.h"

/* ---- nodes and their text ---- */

static const struct name kinds[] = { { 1, "One" }, { 2, "Two" }, { 10, "Ten to twelve", 12 } };

enum { TOP, NUMBER, NAMED, FLAG, BITS, NAME_TEXT, WARN, N_FIELDS };
static const struct field fields[N_FIELDS] = {
	[TOP]       = { "t", "Test", PROTOCOL },
	[NUMBER]    = { "t.number", "Number", UINT16 },
	[NAMED]     = { "t.named", "Named", UINT8, HEX, .names = NAMES(kinds) },
	[FLAG]      = { "t.flag", "Flag", BOOLEAN, .mask = 0x02, .names = &set_or_not },
	[BITS]      = { "t.bits", "Bits", UINT8, HEX, .mask = 0xf0 },
	[NAME_TEXT] = { "t.name", "Name", STRING },
	[WARN]      = { "t.warn", "Something is odd", NOTE, .severity = SEVERITY_WARNING, .group = GROUP_PROTOCOL },
};

static void fields_say_how_they_are_shown(void **state)
{
	static const uint8_t octets[] = { 0x01, 0x02, 2, 5, 0xa2, 'h', 'i', '\n', 11 };
	struct bench *b = bench_begin();
	struct wire w = wire_over(octets, sizeof octets, sizeof octets, 0);
	(void)state;

	node_ref top = open_protocol(&b->d, &w, &fields[TOP]);
	assert_int_equal(add_uint16(&b->d, &w, &fields[NUMBER]), 0x0102);
	append_text(&b->d, &w, b->d.last, " [%s]", "checked");
	add_uint8(&b->d, &w, &fields[NAMED]);
	add_uint8(&b->d, &w, &fields[NAMED]);
	uint8_t bits = add_uint8(&b->d, &w, &fields[BITS]);
	node_ref sub = open_subtree(&b->d);
	add_bits(&b->d, &w, &fields[FLAG], &fields[BITS], 1, bits);
	close_subtree(&b->d, sub, &w);
	add_string(&b->d, &w, &fields[NAME_TEXT], 3);
	add_uint8(&b->d, &w, &fields[NAMED]);
	add_uint8(&b->d, &w, &fields[NUMBER]); /* past the end: nothing */
	append_text(&b->d, &w, top, ", never shown");
	close_subtree(&b->d, top, &w);
	assert_int_equal(w.state, WIRE_MALFORMED);
	bench_expect(b, "Test\n"
		  "    Number: 258 [checked]\n"
		  "    Named: Two (0x02)\n"
		  "    Named: Unknown (0x05)\n"
		  "    1010 .... = Bits: 0xa\n"
		  "        .... ..1. = Flag: Set\n"
		  "        1010 .... = Bits: 0xa\n"
		  "    Name: hi\\n\n"
		  "    Named: Ten to twelve (0x0b)\n"
		  "\n");
}

static void late_notes_go_below_their_node(void **state)
{
	static const uint8_t octets[] = { 0, 1, 0, 2, 0, 3 };
	struct bench *b = bench_begin();
	struct wire w = wire_over(octets, sizeof octets, sizeof octets, 0);
	(void)state;

	node_ref top = open_protocol(&b->d, &w, &fields[TOP]);
	add_uint16(&b->d, &w, &fields[NUMBER]);
	node_ref first = b->d.last;
	add_uint16(&b->d, &w, &fields[NUMBER]);
	note_on(&b->d, first, &fields[WARN]);
	close_subtree(&b->d, top, &w);
	add_uint16(&b->d, &w, &fields[NUMBER]); /* beside the top */
	note_text_on(&b->d, top, &fields[WARN], "Late by %u", 1u);
	bench_expect(b, "Test\n"
		  "    Number: 1\n"
		  "        [Expert Info (Warning/Protocol): Something is odd]\n"
		  "            [Something is odd]\n"
		  "            [Severity level: Warning]\n"
		  "            [Group: Protocol]\n"
		  "    Number: 2\n"
		  "    [Expert Info (Warning/Protocol): Late by 1]\n"
		  "        [Late by 1]\n"
		  "        [Severity level: Warning]\n"
		  "        [Group: Protocol]\n"
		  "Number: 3\n"
		  "\n");
}

static void long_labels_are_cut_between_characters(void **state)
{
	char octets[400];
	struct bench *b = bench_begin();
	struct wire w = wire_over((const uint8_t *)octets, sizeof octets, sizeof octets, 0);
	(void)state;
	for (size_t i = 0; i < sizeof octets; i += 2)
		memcpy(octets + i, "\xc3\xa9", 2);
	add_octets(&b->d, &w, &fields[NAME_TEXT], sizeof octets);
	struct text out = { 0 };
	struct renderer *renderer = renderer_new(NULL, true);
	render_tree(renderer, &b->d, &out);
	assert_memory_equal(out.data, "Name [truncated]: \xc3\xa9", 20);
	size_t n = (size_t)((char *)memchr(out.data, '\n', out.length) - out.data);
	assert_in_range(n, 237, 238);
	assert_memory_equal(out.data + n - 2, "\xc3\xa9", 2);
	text_free(&out);
	renderer_free(renderer);
	bench_end(b);
}

/* ---- facts ---- */

static void facts_are_found_under_frame_and_layer(void **state)
{
	struct facts facts = { 0 };
	fact_ref refs[200];
	(void)state;
	for (uint32_t frame = 1; frame < 200; frame++) {
		if (frame % 3 == 0)
			continue; /* has none */
		*(uint32_t *)facts_add(&facts, frame, 2, FACT_UDP, 4, &refs[frame]) = frame;
		*(uint32_t *)facts_add(&facts, frame, 3, FACT_DNS, 4, NULL) = frame * 2;
	}
	*(uint32_t *)facts_at(&facts, refs[7]) = 777; /* a later frame completes an earlier one */
	uint64_t from = 0;
	for (uint32_t frame = 1; frame < 200; frame++) {
		const uint32_t *udp = facts_find(&facts, &from, frame, 2, FACT_UDP);
		const uint32_t *dns = facts_find(&facts, &from, frame, 3, FACT_DNS);
		if (frame % 3 == 0) {
			assert_null(udp);
			assert_null(dns);
			continue;
		}
		assert_int_equal(*udp, frame == 7 ? 777 : frame);
		assert_int_equal(*dns, frame * 2);
		assert_null(facts_find(&facts, &from, frame, 4, FACT_DNS));
	}
	facts_free(&facts);
}

static void forgotten_facts_are_not_completed(void **state)
{
	struct facts facts = { 0 };
	fact_ref old, young;
	(void)state;
	facts_add(&facts, 1, 1, FACT_UDP, 8, &old);
	facts_forget(&facts);
	facts_add(&facts, 2, 1, FACT_UDP, 8, &young);
	assert_null(facts_at(&facts, old));
	assert_non_null(facts_at(&facts, young));
	assert_null(facts_at(&facts, 0));
	facts_free(&facts);
}

static void facts_cross_chunks(void **state)
{
	struct facts facts = { 0 };
	(void)state;
	for (uint32_t frame = 1; frame < 50000; frame++)
		*(uint64_t *)facts_add(&facts, frame, 1, FACT_TCP, 104, NULL) = frame;
	uint64_t from = 0;
	for (uint32_t frame = 1; frame < 50000; frame++)
		assert_int_equal(*(const uint64_t *)facts_find(&facts, &from, frame, 1, FACT_TCP), frame);
	assert_null(facts_add(&facts, 1, 256, FACT_TCP, 8, NULL));
	facts_free(&facts);
}

/* ---- conversations ---- */

static void conversations_have_two_ends_and_no_side(void **state)
{
	struct conversations all;
	struct address a = address_of(ADDRESS_IPV4, (const uint8_t *)"\x0a\0\0\1");
	struct address b = address_of(ADDRESS_IPV4, (const uint8_t *)"\x0a\0\0\2");
	struct address c = address_of(ADDRESS_IPV6, (const uint8_t *)"\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1");
	bool is_new;
	(void)state;
	conversations_begin(&all);
	struct conversation *one = conversation_find(&all, 17, &a, 1000, &b, 53, &is_new);
	assert_true(is_new);
	assert_ptr_equal(one, conversation_find(&all, 17, &b, 53, &a, 1000, &is_new));
	assert_false(is_new);
	assert_ptr_not_equal(one, conversation_find(&all, 17, &b, 1000, &a, 53, &is_new));
	assert_ptr_not_equal(one, conversation_find(&all, 6, &a, 1000, &b, 53, &is_new));
	assert_ptr_equal(one, conversation_at(&all, one->place));
	struct conversation *wide = conversation_find(&all, 17, &c, 1, &c, 2, &is_new);
	assert_ptr_equal(wide, conversation_at(&all, wide->place));
	assert_int_not_equal(one->id, wide->id);
	struct frame frame = { .number = 7 };
	assert_int_equal(one->stream, 0);
	assert_int_equal(wide->stream, 2);
	conversation_begin_stream(&all, one, &frame);
	assert_int_equal(one->stream, 3);
	assert_ptr_equal(conversation_find(&all, 17, &c, 1, &c, 2, NULL), conversation_find(&all, 17, &c, 2, &c, 1, NULL));
	conversations_end(&all);
}

/* ---- reassembly ---- */

/* A capture of one frame whose octets count from 0, to read pieces from. */
static struct capture *counting_capture(char *path, uint64_t *offset)
{
	uint8_t file[24 + 16 + 256] = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, [16] = 0, 0, 4, 0, 1 };
	uint32_t n = 256;
	memcpy(file + 24 + 8, &n, 4);
	memcpy(file + 24 + 12, &n, 4);
	for (unsigned i = 0; i < 256; i++)
		file[40 + i] = (uint8_t)i;
	strcpy(path, "/tmp/test_model.XXXXXX");
	int fd = mkstemp(path);
	assert_int_equal(write(fd, file, sizeof file), sizeof file);
	close(fd);
	struct capture_error error;
	struct capture *capture = capture_open(path, CAPTURE_TWO_PASS, &error);
	assert_non_null(capture);
	*offset = 40;
	return capture;
}

static void pieces_make_a_message_in_any_order(void **state)
{
	static const uint8_t order[] = { 2, 0, 3, 1 };
	char path[32];
	uint64_t base;
	struct capture *capture = counting_capture(path, &base);
	struct reassembly reassembly;
	uint8_t key[ASSEMBLY_KEY] = { 1 }, octets[64];
	(void)state;
	reassembly_begin(&reassembly);
	uint32_t number = reassembly_open(&reassembly, key);
	assert_int_equal(number, reassembly_open(&reassembly, key));
	for (unsigned i = 0; i < 4; i++) {
		unsigned at = order[i] * 64u;
		for (unsigned j = 0; j < 64; j++)
			octets[j] = (uint8_t)(at + j);
		struct piece piece = { .frame = i + 1, .at = at, .length = 64, .from = base + at };
		assert_int_equal(reassembly_add(&reassembly, capture, number, piece, octets, order[i] == 3),
		                 i == 3 ? PIECE_COMPLETES : PIECE_KEPT);
	}
	struct assembly *assembly = reassembly_at(&reassembly, number);
	struct arena arena = { 0 };
	const uint8_t *whole = assembly_octets(assembly, capture, &arena);
	assert_int_equal(assembly->length, 256);
	assert_int_equal(assembly->frame, 4);
	assert_false(assembly->overlap);
	for (unsigned i = 0; i < 256; i++)
		assert_int_equal(whole[i], i);
	assert_null(assembly->kept);
	arena_free(&arena);
	reassembly_close(&reassembly, key);
	assert_int_not_equal(number, reassembly_open(&reassembly, key));
	reassembly_end(&reassembly);
	capture_close(capture);
	unlink(path);
}

static void overlaps_are_told_and_the_first_counts(void **state)
{
	char path[32];
	uint64_t base;
	struct capture *capture = counting_capture(path, &base);
	struct reassembly reassembly;
	uint8_t key[ASSEMBLY_KEY] = { 2 }, octets[128];
	(void)state;
	memset(octets, 0, sizeof octets);
	reassembly_begin(&reassembly);
	uint32_t number = reassembly_open(&reassembly, key);
	/* 0-63 of the capture, 32-95 twice (once from elsewhere in it: a conflict), 96-127 ends. */
	reassembly_add(&reassembly, capture, number, (struct piece){ .frame = 1, .at = 0, .length = 64, .from = base }, octets, false);
	reassembly_add(&reassembly, capture, number, (struct piece){ .frame = 2, .at = 32, .length = 64, .from = base + 32 }, octets, false);
	reassembly_add(&reassembly, capture, number, (struct piece){ .frame = 3, .at = 32, .length = 64, .from = base + 100 }, octets, false);
	assert_int_equal(reassembly_add(&reassembly, capture, number,
	                                (struct piece){ .frame = 4, .at = 96, .length = 32, .from = base + 96 }, octets, true),
	                 PIECE_COMPLETES);
	const struct assembly *assembly = reassembly_at(&reassembly, number);
	assert_true(assembly->pieces[1].overlap);
	assert_false(assembly->pieces[1].conflict);
	assert_true(assembly->pieces[2].overlap);
	assert_true(assembly->pieces[2].conflict);
	struct arena arena = { 0 };
	const uint8_t *whole = assembly_octets(assembly, capture, &arena);
	for (unsigned i = 0; i < 128; i++)
		assert_int_equal(whole[i], i);
	arena_free(&arena);
	reassembly_end(&reassembly);
	capture_close(capture);
	unlink(path);
}

static void limits_are_kept(void **state)
{
	char path[32];
	uint64_t base;
	struct capture *capture = counting_capture(path, &base);
	struct reassembly reassembly;
	uint8_t key[ASSEMBLY_KEY] = { 3 }, octet = 0;
	(void)state;
	reassembly_begin(&reassembly);
	uint32_t number = reassembly_open(&reassembly, key);
	assert_int_equal(reassembly_add(&reassembly, capture, number,
	                                (struct piece){ .frame = 1, .at = UINT32_MAX, .length = 1, .from = base }, &octet, true),
	                 PIECE_REFUSED);
	reassembly_end(&reassembly);
	capture_close(capture);
	unlink(path);
}

/* ---- declarations ---- */

static void tables_rise_and_fields_fit(void **state)
{
	(void)state;
	for (unsigned p = 0; protocols[p]; p++) {
		const struct protocol *protocol = protocols[p];
		assert_non_null(protocol->name);
		assert_non_null(protocol->short_name);
		assert_non_null(protocol->filter);
		for (unsigned i = 0; i < protocol->field_count; i++) {
			const struct field *field = &protocol->fields[i];
			if (!field->label)
				fail_msg("%s: field %u has no label", protocol->filter, i);
			if (field->type == NOTE && (!field->severity || !field->group))
				fail_msg("%s: note %s has no severity or group", protocol->filter, field->label);
			for (uint32_t row = 1; field->names && row < field->names->count; row++) {
				const struct name *before = &field->names->rows[row - 1], *here = before + 1;
				uint64_t end = before->through > before->value ? before->through : before->value;
				if (here->value <= end)
					fail_msg("%s: names of %s do not rise at %llu", protocol->filter, field->label,
					         (unsigned long long)here->value);
			}
		}
	}
}

static void names_are_found(void **state)
{
	(void)state;
	assert_string_equal(name_of(NAMES(kinds), 2), "Two");
	assert_string_equal(name_of(NAMES(kinds), 12), "Ten to twelve");
	assert_null(name_of(NAMES(kinds), 0));
	assert_null(name_of(NAMES(kinds), 5));
	assert_null(name_of(NAMES(kinds), 13));
	assert_null(name_of(NULL, 1));
	assert_string_equal(name_or(NAMES(kinds), 99, "?"), "?");
}

static void registry_finds_protocols(void **state)
{
	(void)state;
	assert_string_equal(protocol_by(BY_ETHERTYPE, 0x0800)->filter, "ip");
	assert_string_equal(protocol_by(BY_IP_PROTOCOL, 17)->filter, "udp");
	assert_null(protocol_by(BY_ETHERTYPE, 0x0801));

	unsigned count;
	const struct table_row *rows = table_rows(&count);
	struct protocol_index index;
	protocol_index_make(&index);
	assert_true(count * 2 <= INDEX_SLOTS);
	assert_null(protocol_indexed(&index, BY_ETHERTYPE, 0x0801));
	assert_null(protocol_indexed(&index, BY_IP_PROTOCOL, 0x0800));
	for (unsigned i = 0; i < count; i++) {
		if (i && (rows[i].table < rows[i - 1].table ||
		          (rows[i].table == rows[i - 1].table && rows[i].key <= rows[i - 1].key)))
			fail_msg("registry: row %u (%s) does not rise", i, rows[i].protocol->filter);
		assert_ptr_equal(protocol_by(rows[i].table, rows[i].key), rows[i].protocol);
		assert_ptr_equal(protocol_indexed(&index, rows[i].table, rows[i].key), rows[i].protocol);
	}
}

static void limits_on_protocols_say_so(void **state)
{
	static const uint8_t octets[] = { 1, 2, 3 };
	struct bench *b = bench_begin();
	struct wire w = wire_over(octets, sizeof octets, sizeof octets, 0);
	const struct protocol *ip = protocol_by(BY_ETHERTYPE, 0x0800);
	(void)state;

	b->d.nesting = NESTING;
	dissect_protocol(&b->d, w, ip);
	b->d.nesting = 0;
	b->d.layer_count = LAYERS;
	dissect_protocol(&b->d, w, ip);
	bench_expect(b, "[Nested too deep: IPv4 not dissected]\n"
		  "    [Expert Info (Warning/Undecoded): Too many protocols in one frame: the rest is not dissected]\n"
		  "        [Too many protocols in one frame: the rest is not dissected]\n"
		  "        [Severity level: Warning]\n"
		  "        [Group: Undecoded]\n"
		  "\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_say_how_they_are_shown),
		cmocka_unit_test(late_notes_go_below_their_node),
		cmocka_unit_test(long_labels_are_cut_between_characters),
		cmocka_unit_test(facts_are_found_under_frame_and_layer),
		cmocka_unit_test(forgotten_facts_are_not_completed),
		cmocka_unit_test(facts_cross_chunks),
		cmocka_unit_test(conversations_have_two_ends_and_no_side),
		cmocka_unit_test(pieces_make_a_message_in_any_order),
		cmocka_unit_test(overlaps_are_told_and_the_first_counts),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(tables_rise_and_fields_fit),
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(registry_finds_protocols),
		cmocka_unit_test(limits_on_protocols_say_so),
	};
	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
