#ifndef DISSECT_TERMINAL_H
#define DISSECT_TERMINAL_H
/* terminal: the pager that standard output goes through, and how far a run has come. */

#include <stdbool.h>
#include <sys/types.h>

struct session;
struct progress;

/* May standard output have colours? See https://no-color.org */
bool terminal_has_colors(void);

/* Colours come, which an interrupt must not leave to the shell's prompt. */
void terminal_keeps_colors(void);

/* Standard output goes through $DISSECT_PAGER, $PAGER or less, if it is a terminal. Its process, or 0. */
pid_t pager_start(void);

/* Waits for it. False: it could not be run. */
bool pager_end(pid_t pager);

/* A line on standard error that says how far the run is, if standard output is no terminal. NULL: there is none. */
struct progress *progress_start(struct session *session);
void progress_end(struct progress *progress);

#endif
