/* options.c: what the command line may say, a row for each option. */

#include "dissect/options.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dissect/filter.h"
#include "dissect/live.h"
#include "dissect/format.h"
#include "dissect/layout.h"
#include "dissect/listing.h"
#include "dissect/resolver.h"
#include "dissect/values.h"

/* ---- what options set: each function returns what is wrong with the value, or NULL ---- */

struct row;
typedef const char *set_option(struct options *options, const struct row *row, const char *value);

/* Instead of what is wrong: that was said; or, nothing is, and that is all there is to do. */
static const char said[] = "", done[] = "";

struct row {
	char letter;      /* 0: none */
	const char *name; /* behind --; NULL: none */
	/* What the help calls its value, or the values, by |; in brackets: optional; NULL: none. */
	const char *argument;
	const char *help; /* a row with nothing else: what the next ones are about */
	set_option *set;  /* NULL: accepted, without effect */
	size_t member;    /* of struct options, for functions that several options have */
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

/* Which of the values that an option takes this is (its first n octets): their number, or -1. */
static int find_value(const struct row *row, const char *text, size_t n)
{
	const char *at = row->argument + strspn(row->argument, "[=");

	for (int i = 0;; i++) {
		const size_t length = strcspn(at, "|]");
		if (length == n && !memcmp(at, text, n))
			return i;
		if (at[length] != '|')
			return -1;
		at += length + 1;
	}
}

static int value_number(const struct row *row, const char *text)
{
	return find_value(row, text, strlen(text));
}

static const char *one_of(const struct row *row)
{
	static char fault[160];
	const char *values = row->argument + strspn(row->argument, "[=");

	snprintf(fault, sizeof fault, "one of %.*s is wanted", (int)strcspn(values, "]"), values);
	return fault;
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

static const char number_wanted[] = "a number is wanted, 1 to 4294967295";

static const char *set_number(struct options *options, const struct row *row, const char *value)
{
	char *end;

	if (!parse_number(value, &end, member_of(options, row)) || *end)
		return number_wanted;
	return NULL;
}

/* 0 is all, as in tcpdump. */
static const char *set_octets(struct options *options, const struct row *row, const char *value)
{
	if (!strcmp(value, "0"))
		*(uint32_t *)member_of(options, row) = 0;
	else if (set_number(options, row, value))
		return "a number of octets is wanted, or 0: all";
	return NULL;
}

static const char one_capture[] = "one capture at a time; -Y is for display filters";

static const char *set_path(struct options *options, const struct row *row, const char *path)
{
	(void)row;
	if (options->path)
		return one_capture;
	options->path = path;
	return NULL;
}

static const char *set_jobs(struct options *options, const struct row *row, const char *value)
{
	enum { MOST = 1024 };

	if (set_number(options, row, value) || options->jobs > MOST)
		return "a number of threads is wanted, 1 to 1024";
	return NULL;
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

static bool parse_layout(const char *text, void *value)
{
	struct layout **layout = value;

	layout_free(*layout);
	*layout = layout_of_preference(text);
	return *layout;
}

#define MEMBER(name)  offsetof(struct options, name)
#define BOOLEAN(name) parse_boolean, MEMBER(name), "TRUE or FALSE is wanted"

/* What -o sets: under tshark's name, read by what its type wants, a member of struct options. */
static const struct preference {
	const char *name;
	bool (*parse)(const char *text, void *value);
	size_t member;
	const char *wanted; /* to be said of other values */
} preferences[] = {
	{ "gui.column.format", parse_layout, MEMBER(layout), "\"TITLE\",\"FORMAT\",... is wanted" },
	{ "ip.check_checksum", BOOLEAN(check_ip) },
	{ "tcp.check_checksum", BOOLEAN(check_tcp) },
	{ "tls.keylog_file", parse_path, MEMBER(key_log) },
	{ "udp.check_checksum", BOOLEAN(check_udp) },
};

static const char *set_preference(struct options *options, const struct row *row, const char *text)
{
	size_t length = strcspn(text, ":");

	(void)row;
	if (!text[length])
		return "a preference and its value are wanted, NAME:VALUE";
	for (unsigned i = 0; i < sizeof preferences / sizeof *preferences; i++) {
		const struct preference *p = &preferences[i];
		if (strlen(p->name) == length && !strncmp(p->name, text, length)) {
			const char *value = text + length + 1;
			value += strspn(value, " ");
			return p->parse(value, (char *)options + p->member) ? NULL : p->wanted;
		}
	}
	return "there is no such preference";
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
		RESOLVE_MAC,   RESOLVE_NETWORK, RESOLVE_CAPTURED,
		RESOLVE_PORTS, RESOLVE_VLANS,   RESOLVE_EXTERNAL,
	};

	(void)row;
	options->names = 0;
	for (; *letters; letters++) {
		const char *at = strchr(known, *letters);
		if (!at)
			return "letters are wanted: m (MAC addresses), n (network addresses),"
			       " d (those also by DNS answers in the capture), t (ports),"
			       " v (VLANs), N (network addresses also by /etc/hosts)";
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

/* TYPE, TYPE.N or .N: what times count from, and their decimals. The types stand as in the row. */
static const char *set_time(struct options *options, const struct row *row, const char *value)
{
	static const struct time_format types[] = {
		{ .base = TIME_OF_DAY, .local = true },
		{ .base = TIME_OF_DAY, .local = true, .date = YEAR_MONTH_DAY },
		{ .base = TIME_OF_DAY, .local = true, .date = YEAR_DAY },
		{ .base = TIME_SINCE_PREVIOUS },
		{ .base = TIME_SINCE_SHOWN },
		{ .base = TIME_SINCE_EPOCH },
		{ .base = TIME_SINCE_FIRST },
		{ .base = TIME_OF_DAY },
		{ .base = TIME_OF_DAY, .date = YEAR_MONTH_DAY },
		{ .base = TIME_OF_DAY, .date = YEAR_DAY },
	};
	const size_t length = strcspn(value, ".");
	const char *digits = value + length + (value[length] == '.');
	const int type = find_value(row, length ? value : "r", length ? length : 1);
	const bool hms = options->time.hms;

	if (*digits && (*digits < '0' || *digits > '9' || digits[1]))
		return "after the dot stands a number of decimals, 0 to 9";
	if (type < 0)
		return one_of(row);
	options->time = types[type];
	options->time.hms = hms;
	options->time.has_digits = *digits;
	options->time.digits = *digits ? (uint8_t)(*digits - '0') : 0;
	return NULL;
}

static const char *set_seconds(struct options *options, const struct row *row, const char *value)
{
	const int which = value_number(row, value);

	options->time.hms = which == 1;
	return which < 0 ? one_of(row) : NULL;
}

/* Compiles a filter for the option that names it. What is wrong takes three lines to show. */
static const char *compile(struct filter **filter, const struct row *row, const char *text)
{
	struct filter_error error;
	char letter[] = { row->letter, 0 };

	if ((*filter = filter_compile(text, &error)))
		return NULL;
	fprintf(stderr, "dissect: -%s%s: %s\n    %s\n    %*s", row->letter ? "" : "-",
	        row->letter ? letter : row->name, error.text, text, (int)error.at, "");
	for (uint32_t i = 0; i < error.length || !i; i++)
		fputc(i ? '~' : '^', stderr);
	fputc('\n', stderr);
	return said;
}

static const char *set_filter(struct options *options, const struct row *row, const char *text)
{
	const bool selects_all = !text[strspn(text, " \t")]; /* as in tshark */

	filter_free(options->filter);
	options->filter = NULL;
	return selects_all ? NULL : compile(&options->filter, row, text);
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

/* The sources, then the characters: enum hex_ascii. */
static const char *set_hexdump(struct options *options, const struct row *row, const char *value)
{
	enum { ALL, FRAMES, FIRST_ASCII };
	const int which = value_number(row, value);

	options->hex = true;
	if (which < FIRST_ASCII)
		options->hex_frames = which == FRAMES;
	else
		options->hex_ascii = (enum hex_ascii)(which - FIRST_ASCII);
	return which < 0 ? one_of(row) : NULL;
}

static const char *set_duration(struct options *options, const char *value)
{
	char *end;

	options->seconds = strtod(value, &end);
	if (*end || !(options->seconds > 0 && options->seconds < INT32_MAX))
		return "a number of seconds is wanted";
	return NULL;
}

/* KIND:VALUE: when to stop. */
static const char *set_stop(struct options *options, const struct row *row, const char *text)
{
	const char *value = strchr(text, ':');
	const size_t length = value ? (size_t)(++value - text) : 0;
	uint32_t number;
	char *end;

	if (length == 9 && !strncmp(text, "duration:", length))
		return set_duration(options, value);
	if (length == 6 && !strncmp(text, "files:", length))
		return "a capture is written to one file, never to several";
	const bool octets = length == 9 && !strncmp(text, "filesize:", length);
	if (!octets && (length != 8 || strncmp(text, "packets:", length)))
		return one_of(row);
	if (!parse_number(value, &end, &number) || *end)
		return number_wanted;
	if (octets)
		options->octets = number * 1000ull;
	else
		options->count = number;
	return NULL;
}

/* -w writes: in which format. */
static const char *set_output_format(struct options *options, const struct row *row,
                                     const char *value)
{
	const int which = value_number(row, value);

	options->output_format = (enum capture_format)which;
	return which < 0 ? one_of(row) : NULL;
}

static const char *set_color(struct options *options, const struct row *row, const char *value)
{
	const int which = value ? value_number(row, value) : WHEN_ALWAYS;

	options->color = (enum when)which;
	return which < 0 ? one_of(row) : NULL;
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

/* It is the list that has columns. */
static const char *set_columns(struct options *options, const struct row *row, const char *list)
{
	const char *fault;

	(void)row;
	layout_free(options->layout);
	options->layout = layout_of_list(list, &fault);
	if (options->view == VIEW_TREES)
		options->view = VIEW_LIST;
	options->wants_text = true;
	return fault;
}

static const char *set_form(struct options *options, const struct row *row, const char *name)
{
	options->format = format_named(name);
	return options->format || !strcmp(name, "text") ? NULL : one_of(row);
}

/* The last -j or -J counts. */
static const char *set_named(struct options *options, const struct row *row, const char *names)
{
	options->named = names;
	options->names_whole = row->letter == 'J';
	return NULL;
}

static const char *add_field(struct options *options, const struct row *row, const char *name)
{
	(void)row;
	if (!options->asked)
		options->asked = asked_new();
	return asked_add(options->asked, name);
}

static const char *set_field_form(struct options *options, const struct row *row,
                                  const char *setting)
{
	(void)row;
	if (!options->asked)
		options->asked = asked_new();
	if (asked_set(options->asked, setting))
		return NULL;
	return "one of header=y|n, separator=, aggregator=, quote=d|s|n, occurrence=f|l|a and"
	       " bom=y|n is wanted";
}

static const char *ask_for_listing(struct options *options, const struct row *row, const char *name)
{
	options->listing = name;
	return value_number(row, name) < 0 ? one_of(row) : NULL;
}

static const char *ask_for_fields(struct options *options, const struct row *row,
                                  const char *prefix)
{
	(void)row;
	options->listing = "fields";
	options->path = prefix;
	return NULL;
}

/* ---- the options ---- */

static set_option show_help, show_version;

static const struct row rows[] = {
	{ .help = "What is read" },
	{ 'r', "read-file", "FILE", "read FILE; the same as naming it last; - is standard input",
	  set_path },
	{ 'c', NULL, "N", "read N frames at most", set_number, MEMBER(count) },
	{ 'f', NULL, "CAPTURE-FILTER",
	  "only frames that libpcap's filter lets pass; others do not count",
	  set_word, MEMBER(capture_filter) },
	{ 0, "one-pass", NULL, "show each frame as it comes, without what later ones tell",
	  set_flag, MEMBER(one_pass) },
	{ 'l', NULL, NULL, "show each frame at once: of standard input, implies --one-pass",
	  set_flag, MEMBER(flushed) },
	{ '2', NULL, NULL, "accepted: two passes are made anyway" },

	{ .help = "Live capture" },
	{ 'i', "interface", "INTERFACE", "frames as they come from INTERFACE; implies --one-pass",
	  set_word, MEMBER(interface) },
	{ 'p', "no-promiscuous-mode", NULL, "only frames to or from this host",
	  set_flag, MEMBER(not_promiscuous) },
	{ 's', "snapshot-length", "N", "N octets of each frame; 0: all",
	  set_octets, MEMBER(snap_length) },
	{ 'a', "autostop", "duration:SECONDS|filesize:KB|packets:N", "stop then", set_stop },
	{ 'D', "list-interfaces", NULL, "list the interfaces", set_flag, MEMBER(lists_interfaces) },

	{ .help = "What is shown of it" },
	{ 'Y', "display-filter", "FILTER", "the frames that FILTER selects", set_filter },
	{ 0, "frame", "N[-M]", "frame N, or frames N to M", set_range },
	{ 'V', NULL, NULL, "trees, which are shown anyway, but for -w",
	  set_flag, MEMBER(wants_text) },
	{ 'P', "print", NULL, "the row of the packet list, and the tree", set_both },
	{ 0, "summary", NULL, "the packet list, no trees", set_list },
	{ 0, "columns", "COLUMN,...",
	  "the packet list with these columns; see COLUMNS in the manual page", set_columns },
	{ 't', NULL, "a|ad|adoy|d|dd|e|r|u|ud|udoy", "times of the list; .N behind: N decimals",
	  set_time },
	{ 'u', NULL, "s|hms", "their seconds: plain, or hours, minutes and seconds", set_seconds },
	{ 0, "utc", NULL, "times of day in UTC, whatever the time zone", set_flag, MEMBER(utc) },
	{ 'O', NULL, "PROTOCOL,...", "the trees of these protocols in full, of others one line",
	  set_word, MEMBER(details) },
	{ 'x', NULL, NULL, "a hex dump behind each tree", set_flag, MEMBER(hex) },
	{ 0, "hexdump", "all|frames|ascii|delimit|noascii",
	  "the same: of which octets, with which characters", set_hexdump },
	{ 'q', NULL, NULL, "no frame: for --fail-if and its like", set_flag, MEMBER(quiet) },
	{ 0, "color", "[=auto|always|never]",
	  "colours: on a terminal, always (--color alone), never", set_color },
	{ 0, "no-pager", NULL, "no pager, even on a terminal", set_flag, MEMBER(no_pager) },

	{ .help = "Forms for programs" },
	{ 'T', NULL, "text|fields|json|jsonraw|ek|ndjson|pdml|psml|tabs", "trees, or such a form",
	  set_form },
	{ 'e', NULL, "FIELD", "this field, and those of other -e, of each frame", add_field },
	{ 'E', NULL, "header=|separator=|aggregator=|quote=|occurrence=|bom=",
	  "how -T fields shows them", set_field_form },
	{ 'j', NULL, "NAME ...",
	  "-T json, ek, pdml: these protocols, and what is below them only where it is named, too",
	  set_named },
	{ 'J', NULL, "NAME ...", "the same: these protocols, and all that is below them",
	  set_named },
	{ 0, "no-duplicate-keys", NULL, "-T json: keys that are the same are one, with an array",
	  set_flag, MEMBER(unique_keys) },
	{ 'w', NULL, "FILE",
	  "write the frames to FILE as a capture, and show none unless by -V, -P",
	  set_word, MEMBER(output) },
	{ 'F', NULL, "pcapng|pcap|nsecpcap", "its format", set_output_format },

	{ .help = "Names and places" },
	{ 'n', NULL, NULL, "no names", set_no_names },
	{ 'N', NULL, "LETTERS", "names: m MAC, n network, d by DNS, t ports, v VLANs, N /etc/hosts",
	  set_names },
	{ 'H', NULL, "FILE", "names of network addresses, as /etc/hosts has them",
	  add_path, MEMBER(hosts) },
	{ 0, "geoip", "FILE", "a database of places, or a folder of such",
	  add_path, MEMBER(geoip) },

	{ .help = "How it is dissected" },
	{ 0, "keylog", "FILE", "decrypt TLS, DTLS and QUIC with the secrets in FILE",
	  set_word, MEMBER(key_log) },
	{ 'o', NULL, "NAME:VALUE",
	  "set a preference: ip., tcp., udp.check_checksum, tls.keylog_file", set_preference },
	{ 0, "jobs", "N", "use N threads, not one for each core", set_jobs, MEMBER(jobs) },

	{ .help = "Checks" },
	{ 0, "fail-if", "FILTER", "exit with status 3 if FILTER selects a frame; repeatable",
	  add_check },
	{ 0, "fail-unless", "FILTER",
	  "exit with status 3 unless FILTER selects a frame; repeatable", add_check },

	{ .help = "Lists" },
	{ 0, "fields", "[=PREFIX]", "the fields, or those whose names begin so", ask_for_fields },
	{ 'G', NULL, LISTING_NAMES "|options", "what there is; behind it, a prefix of names",
	  ask_for_listing },
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
		const char *space = *argument && *argument != '[' ? " " : "";
		int at = printf("%*s", INDENT, "");
		if (row->letter)
			at += printf("-%c%s", row->letter, row->name ? ", " : space);
		else
			at += printf("    ");
		at += row->name ? printf("--%s%s", row->name, space) : 0;
		at += printf("%s", argument);
		if (at >= HELP_AT)
			at = printf("\n") - 1;
		printf("%*s%s\n", HELP_AT - at, "", row->help);
	}
	return done;
}

/* What completion needs to know: letter and name, value, what it does. */
static void put_options(struct text *out)
{
	for (const struct row *row = rows; row < rows + ROWS; row++) {
		if (row->letter)
			text_print(out, "-%c%s", row->letter, row->name ? " " : "");
		if (row->name)
			text_print(out, "--%s", row->name);
		if (row->letter || row->name)
			text_print(out, "\t%s\t%s\n", row->argument ? row->argument : "",
			           row->help);
	}
}

static const char *show_version(struct options *options, const struct row *row, const char *value)
{
	(void)options, (void)row, (void)value;
	puts("dissect 0.1.0");
	return done;
}

/* ---- the command line ---- */

static int has_argument(const struct row *row)
{
	if (!row->argument)
		return no_argument;
	return *row->argument == '[' ? optional_argument : required_argument;
}

/* The table as getopt_long() wants it. */
static void make_getopt(char *letters, struct option *names)
{
	*letters++ = ':';
	for (const struct row *row = rows; row < rows + ROWS; row++) {
		const int argument = has_argument(row);
		const int code = FIRST_CODE + (int)(row - rows);
		if (row->letter)
			*letters++ = row->letter;
		if (row->letter && argument == required_argument)
			*letters++ = ':';
		if (row->name)
			*names++ = (struct option){ row->name, argument, NULL, code };
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
	const char *where = optopt && optopt < FIRST_CODE ? letter : argv[optind - 1];

	if (code == ':')
		return wrong(where, "the option wants a value");
	return wrong(where, optopt >= FIRST_CODE ? "the option takes no value" : "no such option");
}

/* A value that its option does not take. */
static int wrong_value(const struct row *row, const char *value, const char *what)
{
	if (row->letter)
		fprintf(stderr, "dissect: -%c %s: %s\n", row->letter, value, what);
	else
		fprintf(stderr, "dissect: --%s=%s: %s\n", row->name, value, what);
	return EXIT_USAGE;
}

/* A listing of what there is; the options, if of nothing else. The prefix may be an operand. */
static int show_listing(const struct options *options, const char *operand)
{
	struct text text = { 0 };

	if (!put_listing(options->listing, options->path ? options->path : operand, &text))
		put_options(&text);
	fwrite(text.data, 1, text.length, stdout);
	text_free(&text);
	return EXIT_DONE;
}

static int show_interfaces(void)
{
	struct capture_error error = { "" };

	if (live_list(stdout, &error))
		return EXIT_DONE;
	fprintf(stderr, "dissect: %s\n", error.text);
	return EXIT_CAPTURE;
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

/* Where frames are written to. */
static int check_output(const struct options *options)
{
	struct stat from, to;

	if (!options->output)
		return GO_ON;
	if (!strcmp(options->output, "-") && isatty(STDOUT_FILENO))
		return wrong("-w -", "a capture is nothing for a terminal");
	if (!strcmp(options->output, "-") && !options->quiet)
		return wrong("-w -", "frames cannot be shown where they are written");
	if (options->path && stat(options->path, &from) == 0 && stat(options->output, &to) == 0 &&
	    S_ISREG(to.st_mode) && from.st_dev == to.st_dev && from.st_ino == to.st_ino)
		return wrong(options->output, "a capture cannot be written over itself");
	return GO_ON;
}

/* Where frames come from: the captures that no option names. */
static int read_operands(struct options *options, int argc, char **argv)
{
	if (optind < argc && !options->path)
		options->path = argv[optind++];
	if (optind < argc)
		return wrong(argv[optind], one_capture);
	const bool is_stream = options->path && !strcmp(options->path, "-");
	options->one_pass |= options->interface || (options->flushed && is_stream);
	if (options->interface && options->path)
		return wrong(options->path, "a capture and an interface: one of them");
	if (!options->interface && (options->seconds > 0 || options->octets))
		return wrong("-a", "durations and sizes are those of a live capture: -i names one");
	if (!options->interface && !options->path)
		return wrong("FILE", "which capture? none was named");
	if (is_stream && isatty(STDIN_FILENO))
		return wrong("-", "a capture is nothing that a terminal gives");
	return check_output(options);
}

/* Reads what begins with - of the command line. GO_ON, or the status to end with. */
static int read_options(struct options *options, int argc, char **argv)
{
	char letters[2 * ROWS + 2];
	struct option names[ROWS + 1];
	int code;

	make_getopt(letters, names);
	opterr = 0;
	while ((code = getopt_long(argc, argv, letters, names, NULL)) != -1) {
		const struct row *row = code == ':' || code == '?' ? NULL : find_row(code);
		if (!row)
			return wrong_option(code, argv);
		const char *fault = row->set ? row->set(options, row, optarg) : NULL;
		if (fault == done || fault == said)
			return fault == done ? EXIT_DONE : EXIT_USAGE;
		if (fault)
			return wrong_value(row, optarg, fault);
	}
	return GO_ON;
}

int options_read(struct options *options, int argc, char **argv)
{
	*options = (struct options){ .names = RESOLVE_MAC | RESOLVE_CAPTURED };
	const int status = read_options(options, argc, argv);
	if (status != GO_ON)
		return status;
	if (options->listing)
		return show_listing(options, argv[optind]);
	if (options->lists_interfaces)
		return show_interfaces();
	const char *fault = check_fields(options);
	if (fault)
		return wrong("-e", fault);
	struct asked *asked = options->asked;
	const char *column = asked ? asked_settle(asked, layout_of(options)) : NULL;
	if (column)
		return wrong(column, "the packet list has no such column");
	options->silent = options->quiet;
	options->quiet |= options->output && !options->wants_text; /* as in tshark */
	return read_operands(options, argc, argv);
}

void options_free(struct options *options)
{
	filter_free(options->filter);
	asked_free(options->asked);
	layout_free(options->layout);
	for (unsigned i = 0; i < options->check_count; i++)
		filter_free(options->checks[i].filter);
}
