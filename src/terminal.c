/* terminal.c: what is done where somebody looks on. */

#include "dissect/terminal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dissect/arena.h"
#include "dissect/session.h"

bool terminal_has_colors(void)
{
	const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || (refused && *refused))
		return false;
	return terminal && strcmp(terminal, "dumb") != 0;
}

/* Whom it interrupts. For the signal handlers alone. */
static pid_t interrupted_pager;

static void end_colors(int number)
{
	static const char reset[] = "\033[0m";
	const ssize_t ignored = write(STDOUT_FILENO, reset, sizeof reset - 1);

	(void)ignored;
	raise(number);
}

/* As git does it: no more text comes, and we end when the pager does. */
static void leave_to_pager(int number)
{
	int ends[2];

	if (pipe(ends) == 0) { /* that nobody reads: what writes stops, without a word */
		close(ends[0]);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[1]);
	}
	while (waitpid(interrupted_pager, NULL, 0) < 0 && errno == EINTR)
		;
	raise(number);
}

static void on_interrupt(void (*handler)(int))
{
	const struct sigaction action = {
		.sa_handler = handler, .sa_flags = SA_RESTART | SA_RESETHAND,
	};

	sigaction(SIGINT, &action, NULL);
}

void terminal_keeps_colors(void)
{
	if (isatty(STDOUT_FILENO))
		on_interrupt(end_colors);
}

/* ---- the pager ---- */

/* As git does it. Where there is no less, there is no pager. */
static const char *pager_command(void)
{
	static const char usual[] =
		"if command -v less >/dev/null; then exec less; else exec cat; fi";
	const char *own = getenv("DISSECT_PAGER"), *any = getenv("PAGER");

	return own ? own : any ? any : usual;
}

pid_t pager_start(void)
{
	const char *command = pager_command();
	int ends[2];

	if (!isatty(STDOUT_FILENO) || !*command || !strcmp(command, "cat") || pipe(ends) < 0)
		return 0;
	const pid_t pager = fork();
	if (!pager) {
		dup2(ends[0], STDIN_FILENO);
		close(ends[0]);
		close(ends[1]);
		setenv("LESS", "FRX", 0); /* not for one screen; colours; leave the text there */
		signal(SIGPIPE, SIG_DFL);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pager > 0) {
		dup2(ends[1], STDOUT_FILENO);
		interrupted_pager = pager;
		on_interrupt(leave_to_pager);
	}
	close(ends[0]);
	close(ends[1]);
	return pager > 0 ? pager : 0;
}

bool pager_end(pid_t pager)
{
	enum { NOT_EXECUTABLE = 126, NOT_FOUND }; /* the shell's */
	int status = 0;

	if (!pager)
		return true;
	fflush(stdout);
	close(STDOUT_FILENO);
	while (waitpid(pager, &status, 0) < 0 && errno == EINTR)
		;
	return !WIFEXITED(status) ||
	       (WEXITSTATUS(status) != NOT_EXECUTABLE && WEXITSTATUS(status) != NOT_FOUND);
}

/* ---- progress ---- */

enum { FIRST_MILLISECONDS = 1000, NEXT_MILLISECONDS = 200 };

struct progress {
	struct session *session;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool ended;
	bool shown; /* a line is there to be wiped */
};

static void show_progress(struct progress *progress)
{
	const struct session *session = progress->session;
	const uint32_t read = session->progress_read;
	const uint32_t shown = session->progress_shown < read ? session->progress_shown : read;

	if (shown)
		fprintf(stderr, "\r\033[Kdissect: %u of %u frames shown", shown, read);
	else
		fprintf(stderr, "\r\033[Kdissect: %u frames read", read);
	progress->shown = true;
}

static void *watch(void *context)
{
	struct progress *progress = context;
	struct timespec next;
	long wait = FIRST_MILLISECONDS;

	pthread_mutex_lock(&progress->lock);
	clock_gettime(CLOCK_REALTIME, &next);
	while (!progress->ended) {
		next.tv_nsec += wait * 1000000;
		next.tv_sec += next.tv_nsec / 1000000000;
		next.tv_nsec %= 1000000000;
		if (pthread_cond_timedwait(&progress->moved, &progress->lock, &next) == ETIMEDOUT) {
			show_progress(progress);
			wait = NEXT_MILLISECONDS;
		}
	}
	pthread_mutex_unlock(&progress->lock);
	return NULL;
}

struct progress *progress_start(struct session *session)
{
	if (isatty(STDOUT_FILENO) || !isatty(STDERR_FILENO) || session->options.one_pass)
		return NULL;
	struct progress *progress = must_zero(1, sizeof *progress);
	progress->session = session;
	pthread_mutex_init(&progress->lock, NULL);
	pthread_cond_init(&progress->moved, NULL);
	if (pthread_create(&progress->thread, NULL, watch, progress) == 0)
		return progress;
	free(progress);
	return NULL;
}

void progress_end(struct progress *progress)
{
	if (!progress)
		return;
	pthread_mutex_lock(&progress->lock);
	progress->ended = true;
	pthread_cond_signal(&progress->moved);
	pthread_mutex_unlock(&progress->lock);
	pthread_join(progress->thread, NULL);
	if (progress->shown)
		fputs("\r\033[K", stderr);
	pthread_mutex_destroy(&progress->lock);
	pthread_cond_destroy(&progress->moved);
	free(progress);
}
