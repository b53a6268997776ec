/* test_tls.c: what TLS connections settle on. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "dissect/tls.h"

/* The first record that tells a version counts, until a Server Hello says it. */
static void settles_once(void **state)
{
	struct tls_session session = { 0 };

	(void)state;
	tls_settle(&session, TLS_1_0);
	tls_settle(&session, TLS_1_2);
	assert_int_equal(session.now.version, TLS_1_0);
	tls_choose(&session, 7, (struct tls_choice){ .version = TLS_1_3, .suite = 0x1301 });
	assert_int_equal(session.now.version, TLS_1_3);
	free(session.choices);
}

/* Before any Server Hello the last one counts, as pass 2 knows it; behind one, that one. */
static void chooses_by_frame(void **state)
{
	struct tls_session session = { 0 };

	(void)state;
	tls_choose(&session, 10, (struct tls_choice){ .version = TLS_1_1, .suite = 1 });
	tls_choose(&session, 20, (struct tls_choice){ .version = TLS_1_2, .suite = 2 });
	assert_int_equal(tls_choice_at(&session, 1).version, TLS_1_2);
	assert_int_equal(tls_choice_at(&session, 10).version, TLS_1_2);
	assert_int_equal(tls_choice_at(&session, 11).version, TLS_1_1);
	assert_int_equal(tls_choice_at(&session, 20).version, TLS_1_1);
	assert_int_equal(tls_choice_at(&session, 21).version, TLS_1_2);
	assert_int_equal(tls_choice_at(NULL, 21).version, 0);
	free(session.choices);
}

/* A Server Hello of a version that nobody knows leaves what was known. */
static void keeps_known_version(void **state)
{
	struct tls_session session = { 0 };

	(void)state;
	tls_settle(&session, TLS_1_2);
	tls_choose(&session, 3, (struct tls_choice){ .suite = 0x2f });
	assert_int_equal(session.now.version, TLS_1_2);
	assert_int_equal(session.now.suite, 0x2f);
	free(session.choices);
}

static void names_versions(void **state)
{
	(void)state;
	assert_string_equal(tls_version_name(TLS_1_0), "TLSv1");
	assert_string_equal(tls_version_name(0x7f12), "TLSv1.3");
	assert_string_equal(tls_version_name(0xfb1a), "TLSv1.3");
	assert_string_equal(tls_version_name(DTLS_1_2), "DTLSv1.2");
	assert_true(tls_is_1_3(TLS_1_3));
	assert_false(tls_is_1_3(TLS_1_2));
	assert_int_equal(tls_draft_of(0x7f17), 23);
	assert_int_equal(tls_draft_of(TLS_1_3), 0);
	assert_false(tls_is_version(0x0305));
}

/* Every table of names is in rising order, as look-ups need it. */
static void sorts_names(void **state)
{
	const struct names *const all[] = {
		&tls_cipher_suites, &tls_cipher_specs, &tls_groups, &tls_signature_schemes, &tls_extension_types,
		&tls_alert_descriptions, &tls_handshake_types, &tls_versions, &tls_quic_versions,
	};

	(void)state;
	for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
		for (uint32_t k = 1; k < all[i]->count; k++)
			assert_true(all[i]->rows[k - 1].value < all[i]->rows[k].value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settles_once), cmocka_unit_test(chooses_by_frame),
		cmocka_unit_test(keeps_known_version), cmocka_unit_test(names_versions),
		cmocka_unit_test(sorts_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
