#ifndef DISSECT_NAMES_FILE_H
#define DISSECT_NAMES_FILE_H
/* names_file: files with a name on each line: hosts, services, ethers, vlans. */

#include <stdbool.h>
#include <stddef.h>

enum {
	NAME_OCTETS = 63,             /* of a name; what is more is cut off, as in tshark */
	NAME_ROOM = 4 * NAME_OCTETS,  /* characters of one that is printable */
};

/*
 * Calls `each` for every line: its first word, and what stands behind that, blanks around it taken off. What # begins is a
 * comment. Lines with one word are left out. False, and errno set, when the file cannot be read.
 */
bool names_file_read(const char *path, void (*each)(void *context, const char *word, const char *rest), void *context);

/* The same for the file of that name in Wireshark's folder, and in the user's own. */
bool names_file_read_shared(const char *name, void (*each)(void *context, const char *word, const char *rest), void *context);
bool names_file_read_own(const char *name, void (*each)(void *context, const char *word, const char *rest), void *context);

/* Octets from anywhere as a name that may be shown; returns its length. */
size_t printable_name(char to[NAME_ROOM], const void *octets, size_t n);

/* The length of the first word. */
size_t word_length(const char *text);

#endif
