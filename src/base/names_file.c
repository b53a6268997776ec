/* names_file.c: files with a name on each line, and where Wireshark's are. */

#include "dissect/names_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/text.h"

static const char blanks[] = " \t\r\n";

size_t word_length(const char *text)
{
	return strcspn(text, blanks);
}

/* The line in two: the word, ended by a NUL, and the rest, which is returned; NULL when one of them is not there. */
static const char *part_line(char *line, const char **word)
{
	line[strcspn(line, "#")] = 0;
	*word = line += strspn(line, blanks);
	line += word_length(line);
	if (!*line)
		return NULL;
	*line++ = 0;
	line += strspn(line, blanks);
	size_t n = strlen(line);
	while (n && strchr(blanks, line[n - 1]))
		n--;
	line[n] = 0;
	return n ? line : NULL;
}

bool names_file_read(const char *path, void (*each)(void *context, const char *word, const char *rest), void *context)
{
	FILE *from = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;

	if (!from)
		return false;
	while (getline(&line, &room, from) >= 0) {
		const char *word, *rest = part_line(line, &word);
		if (rest)
			each(context, word, rest);
	}
	bool good = !ferror(from);
	free(line);
	fclose(from);
	return good;
}

bool names_file_read_shared(const char *name, void (*each)(void *context, const char *word, const char *rest), void *context)
{
	char path[4096];

	snprintf(path, sizeof path, "/usr/share/wireshark/%s", name);
	return names_file_read(path, each, context);
}

bool names_file_read_own(const char *name, void (*each)(void *context, const char *word, const char *rest), void *context)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char path[4096];

	if (config && *config)
		snprintf(path, sizeof path, "%s/wireshark/%s", config, name);
	else if (home && *home)
		snprintf(path, sizeof path, "%s/.config/wireshark/%s", home, name);
	else
		return false;
	return names_file_read(path, each, context);
}

size_t printable_name(char to[NAME_ROOM], const void *octets, size_t n)
{
	const uint8_t *from = octets;

	if (n > NAME_OCTETS)
		for (n = NAME_OCTETS; n && (from[n] & 0xc0) == 0x80; n--) /* no character of UTF-8 is cut in two */
			;
	return (size_t)(put_escaped(to, octets, n) - to);
}
