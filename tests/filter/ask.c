/*
 * ask.c: asks the display filters of a file, one a line, of one capture, each as -Y does:
 *
 *	ask FILTERS CAPTURE [KEY_LOG]
 *
 * A line for each, as ask.lua has them of tshark: the numbers of the frames that it selects, or "refused"; a tab; the filter.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/dissection.h"
#include "dissect/engine.h"
#include "dissect/filter.h"
#include "dissect/format.h"
#include "dissect/key_log.h"

static void write_number(struct renderer *renderer, const struct dissection *d, const struct frame_times *times, struct text *out)
{
	(void)renderer;
	(void)times;
	text_print(out, " %u", d->frame->number);
}

static const struct format numbers = { .name = "numbers", .frame = write_number, .separator = " " };

static struct key_log *read_keys(const char *path)
{
	FILE *from = fopen(path, "r");
	struct key_log *keys = key_log_new();

	if (from) {
		key_log_read(keys, from, path, stderr);
		fclose(from);
	}
	return keys;
}

/* False: the capture cannot be opened. */
static bool ask(struct filter *filter, const char *path, const char *key_log)
{
	struct capture_error error = { "" };
	struct capture *capture = capture_open(path, CAPTURE_TWO_PASS, &error);
	struct session session;

	if (!capture) {
		fprintf(stderr, "ask: %s\n", error.text);
		return false;
	}
	session_begin(&session, capture, (struct options){ .path = path, .jobs = 1, .format = &numbers, .filter = filter });
	session.keys = key_log ? read_keys(key_log) : NULL;
	engine_run(&session, STDOUT_FILENO, &error);
	session_end(&session);
	capture_close(capture);
	return true;
}

int main(int argc, char **argv)
{
	FILE *filters = argc > 2 ? fopen(argv[1], "r") : NULL;
	struct filter_error error;
	bool is_good = true;
	char *line = NULL;
	size_t room = 0;

	if (!filters) {
		fputs("ask FILTERS CAPTURE [KEY_LOG]\n", stderr);
		return 2;
	}
	while (is_good && getline(&line, &room, filters) > 0) {
		line[strcspn(line, "\n")] = 0;
		struct filter *filter = filter_compile(line, &error);
		if (filter)
			is_good = ask(filter, argv[2], argv[3]);
		printf("%s\t%s\n", filter ? "" : "refused", line);
		fflush(stdout);
		filter_free(filter);
	}
	free(line);
	fclose(filters);
	return is_good ? 0 : 2;
}
