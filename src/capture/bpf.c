/* bpf.c: capture filters: frames that do not pass are as if they were not in the capture. */

#include <pcap/pcap.h>

#include <stdlib.h>

#include "dissect/arena.h"
#include "dissect/capture_private.h"

enum { LINK_TYPES_MOST = 16 };

/* One for each link type, made when the first frame of it comes: by the first reader. */
struct capture_filter {
	const char *text;
	unsigned count;
	struct {
		uint16_t link_type;
		bool good; /* else no frame of it passes */
		struct bpf_program program;
	} programs[LINK_TYPES_MOST];
};

static bool compile(const char *text, uint16_t link_type, struct bpf_program *program,
                    struct capture_error *error)
{
	pcap_t *dead = pcap_open_dead(link_type == LINKTYPE_RAW ? DLT_RAW : link_type, 262144);
	const bool good = dead && pcap_compile(dead, program, text, 1, PCAP_NETMASK_UNKNOWN) == 0;

	if (!good && error)
		capture_fail(error, "-f", "%s: %s", text, dead ? pcap_geterr(dead) : "no memory");
	if (dead)
		pcap_close(dead);
	return good;
}

bool capture_set_filter(struct capture *capture, const char *text, struct capture_error *error)
{
	static const uint16_t others[] = { DLT_IEEE802_11, DLT_RAW, DLT_LINUX_SLL };
	struct bpf_program program;
	bool good = compile(text, DLT_EN10MB, &program, error);

	for (unsigned i = 0; !good && i < sizeof others / sizeof *others; i++)
		good = compile(text, others[i], &program, NULL);
	if (!good)
		return false;
	pcap_freecode(&program);
	capture->filter = must_zero(1, sizeof *capture->filter);
	capture->filter->text = text;
	return true;
}

bool capture_passes(struct capture *capture, const struct frame *frame)
{
	struct capture_filter *filter = capture->filter;
	unsigned i;

	if (frame->record != RECORD_PACKET)
		return false;
	for (i = 0; i < filter->count && filter->programs[i].link_type != frame->link_type; i++)
		;
	if (i == filter->count) {
		if (i == LINK_TYPES_MOST)
			return false;
		filter->programs[i].link_type = frame->link_type;
		filter->programs[i].good = compile(filter->text, frame->link_type,
		                                   &filter->programs[i].program, NULL);
		filter->count++;
	}
	return filter->programs[i].good &&
	       bpf_filter(filter->programs[i].program.bf_insns, frame->data, frame->length,
	                  frame->captured) != 0;
}

void capture_filter_free(struct capture_filter *filter)
{
	if (!filter)
		return;
	for (unsigned i = 0; i < filter->count; i++)
		if (filter->programs[i].good)
			pcap_freecode(&filter->programs[i].program);
	free(filter);
}
