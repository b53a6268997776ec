/* fuzz_filter.c: the input is a display filter; where it compiles, it is asked of a frame. */

#include "fuzz.h"

#include "dissect/filter.h"

/* A request of HTTP. */
static int make_capture(void)
{
	static const char request[] = "GET /a?b=c HTTP/1.1\r\nHost: example.com\r\nContent-Length: 3\r\n\r\nabc";
	uint8_t packet[IP_HEADER + TCP_HEADER + sizeof request - 1] = { 0 };
	FILE *file;
	const int fd = begin_capture(LINK_RAW, &file);

	put_tcp_headers(packet, sizeof request - 1, 80, false, 1, 1, 0x18);
	memcpy(packet + IP_HEADER + TCP_HEADER, request, sizeof request - 1);
	put_frame(file, packet, sizeof packet, 1000000, 0);
	fclose(file);
	return fd;
}

static void ask(struct filter *filter)
{
	static char path[64];
	struct capture_error error;
	struct session session;

	if (!*path)
		snprintf(path, sizeof path, "/proc/self/fd/%d", make_capture());
	struct capture *capture = capture_open(path, CAPTURE_TWO_PASS, &error);
	if (!capture)
		abort();
	session_begin(&session, capture, (struct options){ .quiet = true, .jobs = 1, .filter = filter });
	engine_run(&session, STDOUT_FILENO, &error);
	session_end(&session);
	capture_close(capture);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	struct filter_error error;
	char *text = malloc(size + 1);

	memcpy(text, input, size);
	text[size] = 0;
	struct filter *filter = filter_compile(text, &error);
	if (filter)
		ask(filter);
	else if (!error.text[0] || error.at > strlen(text) || error.length > strlen(text) - error.at)
		abort(); /* it says what is wrong, and where */
	filter_free(filter);
	free(text);
	return 0;
}
