#ifndef DISSECT_OPTIONS_H
#define DISSECT_OPTIONS_H
/* options: the command line, read by a table that --help is written from, too. */

#include "dissect/session.h"

/* What the program ends with. */
enum {
	EXIT_DONE = 0,
	EXIT_USAGE = 1,   /* the options are wrong */
	EXIT_CAPTURE = 2, /* the capture cannot be read, or is damaged, or what is to be written cannot be */
	EXIT_FAILED = 3,  /* --fail-if or --fail-unless says so */
};

enum { GO_ON = -1 };

/* Reads the command line into *options. GO_ON, or the status to end with: all was said. In any case options_free() it. */
int options_read(struct options *options, int argc, char **argv);
void options_free(struct options *options);

#endif
