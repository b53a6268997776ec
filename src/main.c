/* main.c: options in, exit status out. */

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "dissect/engine.h"
#include "dissect/filter.h"
#include "dissect/key_log.h"
#include "dissect/resolver.h"

enum { EXIT_USAGE = 1, EXIT_CAPTURE = 2 };

enum { OPTION_ONE_PASS = 256, OPTION_FRAME, OPTION_JOBS, OPTION_KEY_LOG, OPTION_SUMMARY, OPTION_GEOIP, OPTION_HELP, OPTION_VERSION };

static const struct option long_options[] = {
	{ "one-pass", no_argument, NULL, OPTION_ONE_PASS },
	{ "frame", required_argument, NULL, OPTION_FRAME },
	{ "jobs", required_argument, NULL, OPTION_JOBS },
	{ "keylog", required_argument, NULL, OPTION_KEY_LOG },
	{ "summary", no_argument, NULL, OPTION_SUMMARY },
	{ "geoip", required_argument, NULL, OPTION_GEOIP },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ 0 },
};

static const char usage[] = "usage: dissect [-nVx2] [-N LETTERS] [-H FILE] [--geoip FILE] [-c N] [-o NAME:VALUE] [--frame N[-M]] [--jobs N]"
                            " [--keylog FILE] [--one-pass] FILE\n";

static int wrong(const char *what, const char *value)
{
	fprintf(stderr, "dissect: %s: %s\n%s", value, what, usage);
	return EXIT_USAGE;
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

static bool parse_range(const char *text, uint32_t *first, uint32_t *last)
{
	char *end;
	if (!parse_number(text, &end, first))
		return false;
	*last = *first;
	if (*end == '-' && !parse_number(end + 1, &end, last))
		return false;
	return !*end && *last >= *first;
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

/* NAME:VALUE; what is wrong with it, or NULL. */
static const char *set_preference(struct options *options, const char *text)
{
	size_t length = strcspn(text, ":");

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

/* The letters of -N; what is wrong with them, or NULL. As in tshark, they replace those of an earlier one. */
static const char *set_names(struct options *options, const char *letters)
{
	static const char known[] = "mndtvN";
	static const unsigned kinds[] = {
		RESOLVE_MAC, RESOLVE_NETWORK, RESOLVE_CAPTURED, RESOLVE_PORTS, RESOLVE_VLANS, RESOLVE_EXTERNAL,
	};

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

/* One more file of those that an option may name several times; what is wrong with it, or NULL. */
static const char *add_path(struct paths *paths, const char *path)
{
	if (access(path, R_OK) != 0)
		return strerror(errno);
	if (paths->count == PATHS_MOST)
		return "too many files of one kind";
	paths->at[paths->count++] = path;
	return NULL;
}

/* The secrets in a file; NULL: it cannot be read, and that was said. */
static struct key_log *read_key_log(const char *path)
{
	FILE *from = fopen(path, "r");
	struct key_log *log = key_log_new();
	const bool good = from && key_log_read(log, from, path, stderr);

	if (!good) {
		fprintf(stderr, "dissect: %s: the key log cannot be read: %s\n", path, strerror(errno));
		key_log_free(log);
	}
	if (from)
		fclose(from);
	return good ? log : NULL;
}

/* The display filter; NULL: it is wrong, and that was said. */
static struct filter *compile_filter(const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, &error);

	if (!filter) {
		fprintf(stderr, "dissect: -Y: %s\n    %s\n    %*s", error.text, text, (int)error.at, "");
		for (uint32_t i = 0; i < error.length || !i; i++)
			fputc(i ? '~' : '^', stderr);
		fputc('\n', stderr);
	}
	return filter;
}

static int run(const char *path, struct options options)
{
	struct capture_error error = { "" };
	struct key_log *keys = options.key_log ? read_key_log(options.key_log) : NULL;

	if (options.key_log && !keys)
		return EXIT_USAGE;
	struct capture *capture = capture_open(path, options.one_pass ? CAPTURE_ONE_PASS : CAPTURE_TWO_PASS, &error);

	if (!capture) {
		fprintf(stderr, "dissect: %s\n", error.text);
		key_log_free(keys);
		return EXIT_CAPTURE;
	}
	if (options.names & RESOLVE_EXTERNAL)
		fputs("dissect: -N N: names are never asked for over the network: /etc/hosts alone is looked at\n", stderr);
	struct session session;
	session_begin(&session, capture, options);
	session.keys = keys;
	int status = engine_run(&session, STDOUT_FILENO, &error);
	if (status)
		fprintf(stderr, "dissect: %s\n", error.text);
	session_end(&session);
	capture_close(capture);
	filter_free(options.filter);
	return status;
}

int main(int argc, char **argv)
{
	struct options options = { .names = RESOLVE_MAC | RESOLVE_CAPTURED };
	const char *fault;
	char *end;
	int option;

	signal(SIGPIPE, SIG_IGN); /* a reader that goes away ends us quietly: write() tells */
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":nPVx2c:o:r:N:H:Y:", long_options, NULL)) != -1) {
		switch (option) {
		case 'n':
			options.names = 0;
			break;
		case 'N':
			if ((fault = set_names(&options, optarg)))
				return wrong(fault, optarg);
			break;
		case 'H':
			if ((fault = add_path(&options.hosts, optarg)))
				return wrong(fault, optarg);
			break;
		case 'V': /* trees are what we print anyway */
		case '2':
			break;
		case 'Y':
			filter_free(options.filter);
			if (!(options.filter = compile_filter(optarg)))
				return EXIT_USAGE;
			break;
		case 'P':
			options.view = VIEW_BOTH;
			break;
		case OPTION_SUMMARY:
			options.view = VIEW_LIST;
			break;
		case 'x':
			options.hex = true;
			break;
		case 'c':
			if (!parse_number(optarg, &end, &options.count) || *end)
				return wrong("-c takes the number of frames to read", optarg);
			break;
		case 'o':
			if ((fault = set_preference(&options, optarg)))
				return wrong(fault, optarg);
			break;
		case OPTION_FRAME:
			if (!parse_range(optarg, &options.first, &options.last))
				return wrong("--frame takes a frame number or a range N-M", optarg);
			break;
		case OPTION_JOBS:
			if (!parse_number(optarg, &end, &options.jobs) || *end || options.jobs > 1024)
				return wrong("--jobs takes a number of threads, 1 to 1024", optarg);
			break;
		case OPTION_KEY_LOG:
			options.key_log = optarg;
			break;
		case OPTION_GEOIP:
			if ((fault = add_path(&options.geoip, optarg)))
				return wrong(fault, optarg);
			break;
		case OPTION_ONE_PASS:
			options.one_pass = true;
			break;
		case OPTION_HELP:
			fputs(usage, stdout);
			return 0;
		case OPTION_VERSION:
			puts("dissect 0.1.0");
			return 0;
		case ':':
			return wrong("the option wants a value", argv[optind - 1]);
		default:
			return wrong("no such option", argv[optind - 1]);
		}
	}
	if (optind + 1 != argc)
		return wrong(optind == argc ? "which capture? none was named" : "one capture at a time", argc > optind ? argv[optind + 1] : "FILE");
	return run(argv[optind], options);
}
