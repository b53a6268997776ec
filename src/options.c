/* options.c: what the command line may say, a row for each option. */

#include "dissect/options.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "dissect/filter.h"
#include "dissect/live.h"
#include "dissect/format.h"
#include "dissect/resolver.h"

/* ---- what options set: each function returns what is wrong with the value, or NULL ---- */

struct row;
typedef const char *set_option(struct options *options, const struct row *row, const char *value);

/* What is wrong was said already. */
static const char said[] = "";

struct row {
	char letter;          /* 0: none */
	const char *name;     /* behind --; NULL: none */
	const char *argument; /* what the help calls it; in brackets: may be left out; NULL: there is none */
	const char *help;     /* a row with nothing else: what the next ones are about */
	set_option *set;      /* NULL: accepted, without effect */
	size_t member;        /* of struct options, for functions that several options have */
};

static void *member_of(struct options *options, const struct row *row)
{
	return (char *)options + row->member;
}

static const char *set_flag(struct options *options, const struct row *row, const char *value)
{
	(void)value;
	*(bool *)member_of(options, row) = true;
	return NULL;
}

static const char *set_word(struct options *options, const struct row *row, const char *value)
{
	*(const char **)member_of(options, row) = value;
	return NULL;
}

/* A whole decimal number of 32 bits, from 1. */
static bool parse_number(const char *text, char **end, uint32_t *value)
{
	if (*text < '0' || *text > '9')
		return false;
	unsigned long long v = strtoull(text, end, 10);
	*value = (uint32_t)v;
	return v >= 1 && v <= UINT32_MAX;
}

static const char *set_number(struct options *options, const struct row *row, const char *value)
{
	char *end;

	if (!parse_number(value, &end, member_of(options, row)) || *end)
		return "a number from 1 on is wanted";
	return NULL;
}

static const char *set_jobs(struct options *options, const struct row *row, const char *value)
{
	enum { MOST = 1024 };

	return set_number(options, row, value) || options->jobs > MOST ? "a number of threads is wanted, 1 to 1024" : NULL;
}

static const char *set_range(struct options *options, const struct row *row, const char *value)
{
	static const char fault[] = "a frame number or a range N-M is wanted";
	char *end;

	(void)row;
	if (!parse_number(value, &end, &options->first))
		return fault;
	options->last = options->first;
	if (*end == '-' && !parse_number(end + 1, &end, &options->last))
		return fault;
	return *end || options->last < options->first ? fault : NULL;
}

static bool parse_boolean(const char *text, void *value)
{
	*(bool *)value = !strcasecmp(text, "TRUE");
	return *(bool *)value || !strcasecmp(text, "FALSE");
}

static bool parse_path(const char *text, void *value)
{
	*(const char **)value = *text ? text : NULL;
	return true;
}

/* What -o sets: under tshark's name, read by what its type wants, a member of struct options. */
static const struct preference {
	const char *name;
	bool (*parse)(const char *text, void *value);
	size_t member;
} preferences[] = {
	{ "ip.check_checksum", parse_boolean, offsetof(struct options, check_ip) },
	{ "tcp.check_checksum", parse_boolean, offsetof(struct options, check_tcp) },
	{ "tls.keylog_file", parse_path, offsetof(struct options, key_log) },
	{ "udp.check_checksum", parse_boolean, offsetof(struct options, check_udp) },
};

static const char *set_preference(struct options *options, const struct row *row, const char *text)
{
	size_t length = strcspn(text, ":");

	(void)row;
	if (!text[length])
		return "-o takes a preference and its value, NAME:VALUE";
	for (unsigned i = 0; i < sizeof preferences / sizeof *preferences; i++) {
		const struct preference *p = &preferences[i];
		if (strlen(p->name) == length && !strncmp(p->name, text, length)) {
			const char *value = text + length + 1;
			value += strspn(value, " ");
			return p->parse(value, (char *)options + p->member) ? NULL : "-o takes TRUE or FALSE for this preference";
		}
	}
	return "-o knows no such preference";
}

static const char *set_no_names(struct options *options, const struct row *row, const char *value)
{
	(void)row, (void)value;
	options->names = 0;
	return NULL;
}

/* As in tshark, the letters replace those of an earlier -N. */
static const char *set_names(struct options *options, const struct row *row, const char *letters)
{
	static const char known[] = "mndtvN";
	static const unsigned kinds[] = {
		RESOLVE_MAC, RESOLVE_NETWORK, RESOLVE_CAPTURED, RESOLVE_PORTS, RESOLVE_VLANS, RESOLVE_EXTERNAL,
	};

	(void)row;
	options->names = 0;
	for (; *letters; letters++) {
		const char *at = strchr(known, *letters);
		if (!at)
			return "-N takes letters: m (MAC addresses), n (network addresses), d (those also by DNS answers in the capture),"
			       " t (ports), v (VLANs), N (network addresses also by /etc/hosts)";
		options->names |= kinds[at - known];
	}
	return NULL;
}

/* One more file of those that an option may name several times. */
static const char *add_path(struct options *options, const struct row *row, const char *path)
{
	struct paths *paths = member_of(options, row);

	if (access(path, R_OK) != 0)
		return strerror(errno);
	if (paths->count == PATHS_MOST)
		return "too many files of one kind";
	paths->at[paths->count++] = path;
	return NULL;
}

/* TYPE, TYPE.N or .N: what the Time column counts from, and its decimals. */
static const char *set_time(struct options *options, const struct row *row, const char *value)
{
	static const struct {
		const char *name;
		struct time_format format;
	} types[] = {
		{ "", { .base = TIME_SINCE_FIRST } },
		{ "a", { .base = TIME_OF_DAY, .local = true } },
		{ "ad", { .base = TIME_OF_DAY, .local = true, .date = YEAR_MONTH_DAY } },
		{ "adoy", { .base = TIME_OF_DAY, .local = true, .date = YEAR_DAY } },
		{ "d", { .base = TIME_SINCE_PREVIOUS } },
		{ "dd", { .base = TIME_SINCE_SHOWN } },
		{ "e", { .base = TIME_SINCE_EPOCH } },
		{ "r", { .base = TIME_SINCE_FIRST } },
		{ "u", { .base = TIME_OF_DAY } },
		{ "ud", { .base = TIME_OF_DAY, .date = YEAR_MONTH_DAY } },
		{ "udoy", { .base = TIME_OF_DAY, .date = YEAR_DAY } },
	};
	static const char fault[] = "-t takes a, ad, adoy, d, dd, e, r, u, ud or udoy, and .N for N decimals, 0 to 9";
	const size_t length = strcspn(value, ".");
	const char *digits = value + length + (value[length] == '.');

	(void)row;
	if (*digits && (*digits < '0' || *digits > '9' || digits[1]))
		return fault;
	for (unsigned i = 0; i < sizeof types / sizeof *types; i++) {
		if (strlen(types[i].name) != length || strncmp(types[i].name, value, length))
			continue;
		const bool hms = options->time.hms;
		options->time = types[i].format;
		options->time.hms = hms;
		options->time.has_digits = *digits;
		options->time.digits = *digits ? (uint8_t)(*digits - '0') : 0;
		return NULL;
	}
	return fault;
}

static const char *set_seconds(struct options *options, const struct row *row, const char *value)
{
	(void)row;
	options->time.hms = !strcmp(value, "hms");
	return options->time.hms || !strcmp(value, "s") ? NULL : "-u takes s (seconds) or hms (hours, minutes and seconds)";
}

/* Compiles a filter for the option that names it. What is wrong with it takes three lines to show. */
static const char *compile(struct filter **filter, const struct row *row, const char *text)
{
	struct filter_error error;
	char letter[] = { row->letter, 0 };

	if ((*filter = filter_compile(text, &error)))
		return NULL;
	fprintf(stderr, "dissect: -%s%s: %s\n    %s\n    %*s", row->letter ? "" : "-", row->letter ? letter : row->name, error.text, text, (int)error.at, "");
	for (uint32_t i = 0; i < error.length || !i; i++)
		fputc(i ? '~' : '^', stderr);
	fputc('\n', stderr);
	return said;
}

static const char *set_filter(struct options *options, const struct row *row, const char *text)
{
	filter_free(options->filter);
	return compile(&options->filter, row, text);
}

/* A check: see struct check. --fail-unless is the one whose row says so. */
static const char *add_check(struct options *options, const struct row *row, const char *text)
{
	struct check *check = &options->checks[options->check_count];

	if (options->check_count == CHECKS_MOST)
		return "too many conditions";
	const char *fault = compile(&check->filter, row, text);
	if (fault)
		return fault;
	check->text = text;
	check->unless = !strcmp(row->name, "fail-unless");
	options->check_count++;
	return NULL;
}

static const char *set_hexdump(struct options *options, const struct row *row, const char *value)
{
	static const char *const names[] = { "ascii", "delimit", "noascii", "all", "frames" }; /* enum hex_ascii, and the others */

	(void)row;
	options->hex = true;
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(value, names[i]))
			continue;
		if (i <= HEX_NO_ASCII)
			options->hex_ascii = (enum hex_ascii)i;
		else
			options->hex_frames = i > HEX_NO_ASCII + 1;
		return NULL;
	}
	return "--hexdump takes all, frames, ascii, delimit or noascii";
}

/* KIND:VALUE: when to stop. */
static const char *set_stop(struct options *options, const struct row *row, const char *text)
{
	static const char fault[] = "-a takes duration:SECONDS, filesize:KB or packets:N";
	const char *value = strchr(text, ':');
	char *end;
	uint32_t number;

	(void)row;
	if (!value)
		return fault;
	value++;
	if (!strncmp(text, "duration:", (size_t)(value - text)) && value - text == 9) {
		options->seconds = strtod(value, &end);
		return *end || !(options->seconds > 0 && options->seconds < INT32_MAX) ? fault : NULL;
	}
	if (!parse_number(value, &end, &number) || *end)
		return fault;
	if (!strncmp(text, "packets:", (size_t)(value - text)))
		options->count = number;
	else if (!strncmp(text, "filesize:", (size_t)(value - text)))
		options->octets = number * 1000ull;
	else
		return fault;
	return NULL;
}

/* -w writes: in which format. */
static const char *set_format(struct options *options, const struct row *row, const char *value)
{
	(void)row;
	options->plain_pcap = !strcmp(value, "pcap");
	return options->plain_pcap || !strcmp(value, "pcapng") ? NULL : "-F takes pcapng or pcap";
}

static const char *set_color(struct options *options, const struct row *row, const char *value)
{
	static const char *const names[] = { "auto", "always", "never" }; /* enum when */

	(void)row;
	options->color = WHEN_ALWAYS;
	for (unsigned i = 0; value && i < sizeof names / sizeof *names; i++) {
		options->color = (enum when)i;
		if (!strcmp(value, names[i]))
			return NULL;
	}
	return value ? "--color takes auto, always or never" : NULL;
}

static const char *set_list(struct options *options, const struct row *row, const char *value)
{
	(void)row, (void)value;
	options->view = VIEW_LIST;
	options->wants_text = true;
	return NULL;
}

static const char *set_both(struct options *options, const struct row *row, const char *value)
{
	(void)row, (void)value;
	options->view = VIEW_BOTH;
	options->wants_text = true;
	return NULL;
}

static const char *set_form(struct options *options, const struct row *row, const char *name)
{
	static char fault[160];

	(void)row;
	options->format = format_named(name);
	if (options->format || !strcmp(name, "text"))
		return NULL;
	snprintf(fault, sizeof fault, "-T takes one of %s", format_names);
	return fault;
}

static const char *add_field(struct options *options, const struct row *row, const char *name)
{
	(void)row;
	if (!options->asked)
		options->asked = asked_new();
	return asked_add(options->asked, name);
}

static const char *set_field_form(struct options *options, const struct row *row, const char *setting)
{
	(void)row;
	if (!options->asked)
		options->asked = asked_new();
	return asked_set(options->asked, setting) ? NULL : "-E takes header=y|n, separator=, aggregator=, quote=d|s|n,"
	                                                   " occurrence=f|l|a or bom=y|n";
}

static const char *ask_for_list(struct options *options, const struct row *row, const char *prefix)
{
	(void)row;
	options->lists_fields = true;
	options->path = prefix;
	return NULL;
}

/* ---- the options ---- */

static const char *list_interfaces(struct options *options, const struct row *row, const char *value)
{
	struct capture_error error;

	(void)options, (void)row, (void)value;
	if (!live_list(stdout, &error))
		fprintf(stderr, "dissect: %s\n", error.text);
	return said;
}

static set_option show_help, show_version;

#define MEMBER(name) offsetof(struct options, name)

static const struct row rows[] = {
	{ .help = "What is read" },
	{ 'r', "read-file", "FILE", "read FILE; the same as naming it last; - is standard input", set_word, MEMBER(path) },
	{ 'c', NULL, "N", "read N frames at most", set_number, MEMBER(count) },
	{ 0, "one-pass", NULL, "show each frame as it comes, without what later ones tell", set_flag, MEMBER(one_pass) },
	{ '2', NULL, NULL, "accepted: two passes are made anyway" },

	{ 'f', NULL, "FILTER", "only frames that FILTER, in libpcap's language, lets pass; others do not count", set_word, MEMBER(capture_filter) },

	{ .help = "Live capture" },
	{ 'i', "interface", "INTERFACE", "frames as they come from INTERFACE; implies --one-pass", set_word, MEMBER(interface) },
	{ 'p', "no-promiscuous-mode", NULL, "only frames to or from this host", set_flag, MEMBER(not_promiscuous) },
	{ 's', "snapshot-length", "N", "N octets of each frame", set_number, MEMBER(snap_length) },
	{ 'a', "autostop", "WHEN", "stop after duration:SECONDS, filesize:KB or packets:N", set_stop },
	{ 'D', "list-interfaces", NULL, "list the interfaces", list_interfaces },

	{ .help = "What is shown of it" },
	{ 'Y', "display-filter", "FILTER", "the frames that FILTER selects", set_filter },
	{ 0, "frame", "N[-M]", "frame N, or frames N to M", set_range },
	{ 'V', NULL, NULL, "trees, which are shown anyway, but for -w", set_flag, MEMBER(wants_text) },
	{ 'P', "print", NULL, "the row of the packet list, and the tree", set_both },
	{ 0, "summary", NULL, "the packet list, no trees", set_list },
	{ 'O', NULL, "PROTOCOL,...", "the trees of these protocols in full, of others one line", set_word, MEMBER(details) },
	{ 'x', NULL, NULL, "a hex dump behind each tree", set_flag, MEMBER(hex) },
	{ 0, "hexdump", "HOW", "the same: all, frames (as captured only), ascii, delimit, noascii", set_hexdump },
	{ 'q', NULL, NULL, "no frame: for --fail-if and its like", set_flag, MEMBER(quiet) },
	{ 0, "color", "[=WHEN]", "colours: auto (on a terminal), always (the same as --color), never", set_color },

	{ 't', NULL, "TYPE[.N]", "times of the list: a ad adoy d dd e r u ud udoy; N decimals", set_time },
	{ 'u', NULL, "s|hms", "their seconds: plain, or hours, minutes and seconds", set_seconds },
	{ 0, "utc", NULL, "times of day in UTC, whatever the time zone", set_flag, MEMBER(utc) },

	{ .help = "Forms for programs" },
	{ 'T', NULL, "FORM", "text, fields, json, jsonraw, ek, ndjson, pdml, psml or tabs", set_form },
	{ 'e', NULL, "FIELD", "this field, and those of other -e, of each frame", add_field },
	{ 'E', NULL, "NAME=VALUE", "-T fields: header, separator, aggregator, quote, occurrence, bom", set_field_form },
	{ 0, "no-duplicate-keys", NULL, "-T json: keys that are the same are one, with an array", set_flag, MEMBER(unique_keys) },
	{ 0, "fields", "[PREFIX]", "list all fields, or those whose names begin so", ask_for_list },

	{ .help = "Names and places" },
	{ 'n', NULL, NULL, "no names", set_no_names },
	{ 'N', NULL, "LETTERS", "names: m MAC, n network, d by DNS, t ports, v VLANs, N /etc/hosts", set_names },
	{ 'H', NULL, "FILE", "names of network addresses, as /etc/hosts has them", add_path, MEMBER(hosts) },
	{ 0, "geoip", "FILE", "a database of places, or a folder of such", add_path, MEMBER(geoip) },

	{ .help = "How it is dissected" },
	{ 0, "keylog", "FILE", "decrypt TLS, DTLS and QUIC with the secrets in FILE", set_word, MEMBER(key_log) },
	{ 'o', NULL, "NAME:VALUE", "set a preference: ip., tcp., udp.check_checksum, tls.keylog_file", set_preference },
	{ 0, "jobs", "N", "use N threads, not one for each core", set_jobs, MEMBER(jobs) },

	{ 0, "no-pager", NULL, "no pager, even on a terminal", set_flag, MEMBER(no_pager) },

	{ .help = "What to make of it" },
	{ 'w', NULL, "FILE", "write the frames to FILE as a capture, and show none unless by -V, -P", set_word, MEMBER(output) },
	{ 'F', NULL, "FORMAT", "its format: pcapng (the default) or pcap", set_format },
	{ 0, "fail-if", "FILTER", "exit with status 3 if FILTER selects a frame; repeatable", add_check },
	{ 0, "fail-unless", "FILTER", "exit with status 3 unless FILTER selects a frame; repeatable", add_check },

	{ .help = "Others" },
	{ 'h', "help", NULL, "this list", show_help },
	{ 'v', "version", NULL, "the version", show_version },
};

enum { ROWS = sizeof rows / sizeof *rows, FIRST_CODE = 256 };

static const char *show_help(struct options *options, const struct row *unused, const char *value)
{
	enum { INDENT = 2, HELP_AT = 30 };

	(void)options, (void)unused, (void)value;
	puts("usage: dissect [OPTION...] FILE");
	for (const struct row *row = rows; row < rows + ROWS; row++) {
		if (!row->letter && !row->name) {
			printf("\n%s:\n", row->help);
			continue;
		}
		const char *argument = row->argument ? row->argument : "";
		int at = printf("%*s", INDENT, "");
		at += row->letter ? printf("-%c%s", row->letter, row->name ? ", " : *argument ? " " : "") : printf("    ");
		at += row->name ? printf("--%s%s", row->name, *argument && *argument != '[' ? " " : "") : 0;
		at += printf("%s", argument);
		if (at >= HELP_AT)
			at = printf("\n") - 1;
		printf("%*s%s\n", HELP_AT - at, "", row->help);
	}
	return said;
}

static const char *show_version(struct options *options, const struct row *row, const char *value)
{
	(void)options, (void)row, (void)value;
	puts("dissect 0.1.0");
	return said;
}

/* ---- the command line ---- */

static int has_argument(const struct row *row)
{
	return !row->argument ? no_argument : *row->argument == '[' ? optional_argument : required_argument;
}

/* The table as getopt_long() wants it. */
static void make_getopt(char *letters, struct option *names)
{
	*letters++ = ':';
	for (int i = 0; i < ROWS; i++) {
		if (rows[i].letter) {
			*letters++ = rows[i].letter;
			if (has_argument(&rows[i]) == required_argument)
				*letters++ = ':';
		}
		if (rows[i].name)
			*names++ = (struct option){ rows[i].name, has_argument(&rows[i]), NULL, FIRST_CODE + i };
	}
	*letters = 0;
	*names = (struct option){ 0 };
}

static const struct row *find_row(int code)
{
	if (code >= FIRST_CODE)
		return &rows[code - FIRST_CODE];
	for (const struct row *row = rows; row < rows + ROWS; row++)
		if (code && row->letter == code)
			return row;
	return NULL;
}

static int wrong(const char *where, const char *what)
{
	fprintf(stderr, "dissect: %s: %s; dissect --help lists the options\n", where, what);
	return EXIT_USAGE;
}

/* An option that getopt_long() does not know, or whose argument is missing. */
static int wrong_option(int code, char **argv)
{
	char letter[] = { '-', (char)optopt, 0 };
	const bool is_letter = optopt && optopt < FIRST_CODE;

	return wrong(is_letter ? letter : argv[optind - 1], code == ':' ? "the option wants a value" : "no such option");
}

/* The fields that there are. The prefix may be an operand. */
static int show_fields(const struct options *options, const char *operand)
{
	struct text text = { 0 };

	list_fields(options->path ? options->path : operand, &text);
	const bool good = fwrite(text.data, 1, text.length, stdout) == text.length;
	text_free(&text);
	return good ? EXIT_DONE : EXIT_CAPTURE;
}

/* Fields go with some forms, which others cannot do without. */
static const char *check_fields(const struct options *options)
{
	const enum takes_fields takes = options->format ? options->format->fields : NO_FIELDS;

	if (takes == ONLY_FIELDS && !asked_count(options->asked))
		return "-T fields shows fields, which -e names: none was";
	if (takes == NO_FIELDS && asked_count(options->asked))
		return "-e goes with -T fields, json, ek, ndjson or pdml";
	return NULL;
}

/* The captures that no option names. */
static int read_operands(struct options *options, int argc, char **argv)
{
	if (optind < argc && !options->path)
		options->path = argv[optind++];
	if (optind < argc)
		return wrong(argv[optind], "one capture at a time");
	if (options->interface) {
		options->one_pass = true;
		return options->path ? wrong(options->path, "a capture and an interface: one of them") : GO_ON;
	}
	return options->path ? GO_ON : wrong("FILE", "which capture? none was named");
}

int options_read(struct options *options, int argc, char **argv)
{
	char letters[2 * ROWS + 2];
	struct option names[ROWS + 1];
	int code;

	*options = (struct options){ .names = RESOLVE_MAC | RESOLVE_CAPTURED };
	make_getopt(letters, names);
	opterr = 0;
	while ((code = getopt_long(argc, argv, letters, names, NULL)) != -1) {
		const struct row *row = code == ':' || code == '?' ? NULL : find_row(code);
		if (!row)
			return wrong_option(code, argv);
		const char *fault = row->set ? row->set(options, row, optarg) : NULL;
		if (fault == said)
			return row->argument ? EXIT_USAGE : EXIT_DONE;
		if (fault)
			return wrong(optarg, fault);
	}
	if (options->lists_fields)
		return show_fields(options, argv[optind]);
	const char *fault = check_fields(options);
	if (fault)
		return wrong("-e", fault);
	options->quiet |= options->output && !options->wants_text; /* as in tshark */
	return read_operands(options, argc, argv);
}

void options_free(struct options *options)
{
	filter_free(options->filter);
	asked_free(options->asked);
	for (unsigned i = 0; i < options->check_count; i++)
		filter_free(options->checks[i].filter);
}
