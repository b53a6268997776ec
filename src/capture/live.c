/* live.c: frames from an interface, by libpcap. */

#include "dissect/live.h"

#include <errno.h>
#include <grp.h>
#include <pcap/pcap.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dissect/capture_private.h"

enum { ALL_OCTETS = 262144, WAIT_MILLISECONDS = 100, RECORD_HEADER = 16 };

static pcap_t *open_handle; /* for the signal handler alone */

static void stop(int signal)
{
	(void)signal;
	pcap_breakloop(open_handle);
}

static pcap_t *open_interface(const struct live_options *options, struct capture_error *error)
{
	char text[PCAP_ERRBUF_SIZE];
	struct bpf_program program;
	pcap_t *from = pcap_create(options->interface, text);

	if (!from) {
		capture_fail(error, options->interface, "%s", text);
		return NULL;
	}
	pcap_set_snaplen(from, options->snap_length ? (int)options->snap_length : ALL_OCTETS);
	pcap_set_promisc(from, !options->not_promiscuous);
	pcap_set_timeout(from, WAIT_MILLISECONDS);
	pcap_set_immediate_mode(from, 1);
	const int status = pcap_activate(from);
	if (status < 0) {
		const char *why = pcap_geterr(from);
		capture_fail(error, options->interface, "cannot be captured from: %s", *why ? why : pcap_statustostr(status));
	} else if (options->filter && pcap_compile(from, &program, options->filter, 1, PCAP_NETMASK_UNKNOWN) < 0) {
		capture_fail(error, "-f", "%s", pcap_geterr(from));
	} else if (options->filter && pcap_setfilter(from, &program) < 0) {
		capture_fail(error, "-f", "%s", pcap_geterr(from));
	} else {
		return from;
	}
	pcap_close(from);
	return NULL;
}

struct recorder {
	pcap_dumper_t *to;
	uint64_t left; /* octets; 0: no limit */
};

/* Each at once: somebody is watching. */
static void record(u_char *context, const struct pcap_pkthdr *header, const u_char *octets)
{
	struct recorder *recorder = (struct recorder *)context;
	const uint64_t size = RECORD_HEADER + (uint64_t)header->caplen;

	pcap_dump((u_char *)recorder->to, header, octets);
	if (pcap_dump_flush(recorder->to) < 0)
		pcap_breakloop(open_handle);
	if (recorder->left && recorder->left <= size)
		pcap_breakloop(open_handle);
	else if (recorder->left)
		recorder->left -= size;
}

static void capture_frames(pcap_t *from, int fd, const struct live_options *options)
{
	const struct sigaction action = { .sa_handler = stop };
	const struct itimerval timer = {
		.it_value = { (time_t)options->seconds, (suseconds_t)((options->seconds - (double)(time_t)options->seconds) * 1e6) },
	};
	struct recorder recorder = { .left = options->octets };
	FILE *to = fdopen(fd, "wb");

	open_handle = from;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGALRM, &action, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (options->seconds > 0)
		setitimer(ITIMER_REAL, &timer, NULL);
	if (to && (recorder.to = pcap_dump_fopen(from, to)) && pcap_dump_flush(recorder.to) == 0)
		pcap_loop(from, -1, record, (u_char *)&recorder);
}

int live_start(const struct live_options *options, pid_t *process, struct capture_error *error)
{
	int ends[2];
	pcap_t *from = open_interface(options, error);

	if (!from)
		return -1;
	if (pipe(ends) < 0 || (*process = fork()) < 0) {
		capture_fail(error, options->interface, "%s", strerror(errno));
		pcap_close(from);
		return -1;
	}
	if (!*process) {
		close(ends[0]);
		if (live_drop_privileges(error))
			capture_frames(from, ends[1], options);
		_exit(0);
	}
	close(ends[1]);
	pcap_close(from);
	signal(SIGINT, SIG_IGN); /* it ends the capture: what came before is still shown */
	return ends[0];
}

void live_end(pid_t process)
{
	kill(process, SIGTERM);
	while (waitpid(process, NULL, 0) < 0 && errno == EINTR)
		;
}

/* Who called sudo, or else nobody. */
static void find_user(uid_t *user, gid_t *group)
{
	const char *sudo_user = getenv("SUDO_UID"), *sudo_group = getenv("SUDO_GID");
	const struct passwd *nobody = getpwnam("nobody");

	*user = sudo_user ? (uid_t)strtoul(sudo_user, NULL, 10) : 0;
	*group = sudo_group ? (gid_t)strtoul(sudo_group, NULL, 10) : 0;
	if (!*user || !*group) {
		*user = nobody ? nobody->pw_uid : 65534;
		*group = nobody ? nobody->pw_gid : 65534;
	}
}

bool live_drop_privileges(struct capture_error *error)
{
	uid_t user;
	gid_t group;

	if (geteuid() != 0)
		return true;
	find_user(&user, &group);
	if (setgroups(0, NULL) == 0 && setgid(group) == 0 && setuid(user) == 0 && setuid(0) != 0)
		return true;
	capture_fail(error, "-i", "root's privileges cannot be given up: %s", strerror(errno));
	return false;
}

bool live_list(FILE *to, struct capture_error *error)
{
	char text[PCAP_ERRBUF_SIZE];
	pcap_if_t *interfaces;
	unsigned number = 0;

	if (pcap_findalldevs(&interfaces, text) < 0) {
		capture_fail(error, "-D", "%s", text);
		return false;
	}
	for (const pcap_if_t *i = interfaces; i; i = i->next)
		fprintf(to, i->description ? "%u. %s (%s)\n" : "%u. %s\n", ++number, i->name, i->description);
	pcap_freealldevs(interfaces);
	return true;
}
