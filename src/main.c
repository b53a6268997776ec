/* main.c: options in, exit status out. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dissect/engine.h"
#include "dissect/key_log.h"
#include "dissect/live.h"
#include "dissect/options.h"
#include "dissect/palette.h"
#include "dissect/resolver.h"
#include "dissect/terminal.h"
#include "dissect/writer.h"

/* The secrets in a file; NULL: it cannot be read, and that was said. */
static struct key_log *read_key_log(const char *path)
{
	FILE *from = fopen(path, "r");
	struct key_log *log = key_log_new();
	const bool good = from && key_log_read(log, from, path, stderr);

	if (!good) {
		fprintf(stderr, "dissect: %s: the key log cannot be read: %s\n", path,
		        strerror(errno));
		key_log_free(log);
	}
	if (from)
		fclose(from);
	return good ? log : NULL;
}

/* The first check that does not hold is said. */
static int look_at_checks(const struct session *session)
{
	for (unsigned i = 0; i < session->options.check_count; i++) {
		const struct check *check = &session->options.checks[i];
		const char *text = check->text;
		const uint32_t first = session->matches[i];
		if (check->unless && !first)
			fprintf(stderr, "dissect: --fail-unless: no frame matches %s\n", text);
		else if (!check->unless && first)
			fprintf(stderr, "dissect: --fail-if: frame %u matches %s\n", first, text);
		else
			continue;
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

/*
 * The capture that the options name, or the frames of the interface, which *live then captures.
 * NULL with *error set: there is none.
 */
static struct capture *open_capture(const struct options *options, struct live **live,
                                    struct capture_error *error)
{
	const struct live_options wanted = {
		.interface = options->interface,
		.filter = options->capture_filter,
		.snap_length = options->snap_length,
		.not_promiscuous = options->not_promiscuous,
		.seconds = options->seconds,
		.octets = options->octets,
	};

	if (!options->interface)
		return capture_open(options->path,
		                    options->one_pass ? CAPTURE_ONE_PASS : CAPTURE_TWO_PASS, error);
	if (!(*live = live_start(&wanted, error)))
		return NULL;
	if (!options->silent)
		fprintf(stderr, "dissect: capturing from %s\n", live_name(*live));
	return live_capture(*live, error);
}

/* Ends it, and says how it went. EXIT_DONE, unless it ended by itself. */
static int end_live(struct live *live, const struct session *session)
{
	char name[64];

	snprintf(name, sizeof name, "%s", live_name(live));
	const struct live_report report = live_end(live);
	if (*report.fault)
		fprintf(stderr, "dissect: %s: %s\n", name, report.fault);
	if (report.dropped || !session->options.silent)
		fprintf(stderr, "dissect: %s: %u frames captured, %u dropped\n", name,
		        session->frame_count, report.dropped);
	return *report.fault ? EXIT_CAPTURE : EXIT_DONE;
}

/* Forms for programs have none. */
static bool wants_colors(const struct options *options)
{
	if (options->format || options->color == WHEN_NEVER)
		return false;
	return options->color == WHEN_ALWAYS || terminal_has_colors();
}

/* What frames go through, and where to. EXIT_DONE, or *error says why not. */
static int set_up(struct session *session, struct capture_error *error)
{
	const struct options *options = &session->options;
	const char *filter = options->interface ? NULL : options->capture_filter;
	const enum capture_format format = options->output_format;
	const char *output = options->output;

	if (wants_colors(options))
		session->palette = palette_new();
	if (session->palette && !options->interface) /* there, interrupts end the capture alone */
		terminal_keeps_colors();
	if (filter && !capture_set_filter(session->capture, filter, error))
		return EXIT_USAGE;
	if (output && !(session->writer = writer_open(output, format, session->capture, error)))
		return EXIT_CAPTURE;
	return options->interface && !live_drop_privileges(error) ? EXIT_CAPTURE : EXIT_DONE;
}

/* Shows what there is to be shown. The exit status, with *error set unless it is EXIT_DONE. */
static int show(struct session *session, struct capture_error *error)
{
	const struct options *options = &session->options;
	const bool pages = !options->no_pager && !options->quiet && !options->one_pass;
	struct progress *progress = progress_start(session); /* a pager is no terminal */
	const pid_t pager = pages ? pager_start() : 0;
	int status = engine_run(session, STDOUT_FILENO, error);
	struct capture_error later = { "" };

	progress_end(progress);
	const bool written = !session->writer || writer_close(session->writer, &later);
	if (!pager_end(pager) && written)
		snprintf(later.text, sizeof later.text,
		         "the pager cannot be run; --no-pager does without it");
	if (!status && *later.text) {
		*error = later;
		status = EXIT_CAPTURE;
	}
	return status;
}

static int run(const struct options *options)
{
	struct capture_error error = { "" };
	struct key_log *keys = options->key_log ? read_key_log(options->key_log) : NULL;
	struct live *live = NULL;
	struct session session;

	if (options->key_log && !keys)
		return EXIT_USAGE;
	struct capture *capture = open_capture(options, &live, &error);
	if (!capture) {
		fprintf(stderr, "dissect: %s\n", error.text);
		key_log_free(keys);
		if (live)
			live_end(live);
		return EXIT_CAPTURE;
	}
	if (options->names & RESOLVE_EXTERNAL)
		fputs("dissect: -N N: names are never asked for over the network: /etc/hosts alone"
		      " is looked at\n", stderr);
	session_begin(&session, capture, *options);
	session.keys = keys;
	int status = set_up(&session, &error);
	if (!status)
		status = show(&session, &error);
	if (status)
		fprintf(stderr, "dissect: %s\n", error.text);
	palette_free(session.palette);
	session_end(&session);
	capture_close(capture);
	if (live)
		status = end_live(live, &session) && !status ? EXIT_CAPTURE : status;
	return status ? status : look_at_checks(&session);
}

int main(int argc, char **argv)
{
	struct options options;

	signal(SIGPIPE, SIG_IGN); /* a reader that goes away ends us quietly: write() tells */
	int status = options_read(&options, argc, argv);
	if (status == GO_ON) {
		status = run(&options);
	} else if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) {
		fprintf(stderr, "dissect: standard output: not all was written: %s\n",
		        strerror(errno));
		status = EXIT_CAPTURE;
	}
	options_free(&options);
	return status;
}
