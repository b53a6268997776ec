/* live.c: frames from an interface, by libpcap. */

#include "dissect/live.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dissect/arena.h"
#include "dissect/capture_private.h"
#include "dissect/writer.h"

/* The kernel's buffer has parts of 256 KiB: each comes to us when it is full, or after so long. */
enum { ALL_OCTETS = 262144, WAIT_MILLISECONDS = 100, BUFFER_OCTETS = 16 << 20 };

struct live {
	pid_t process;
	int frames; /* from it */
	char name[256];
	struct live_report *report; /* in memory that it shares */
};

/* For the signal handlers alone. */
static pcap_t *open_handle;
static pid_t capturing;

static void stop(int signal)
{
	(void)signal;
	pcap_breakloop(open_handle);
}

static void stop_process(int signal)
{
	(void)signal;
	kill(capturing, SIGTERM);
}

/* SIG_BLOCK, where those that come are to find another handler; SIG_UNBLOCK, where they may. */
static void hold_signals(int how)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGALRM);
	sigprocmask(how, &signals, NULL);
}

/* What the options call an interface may be its number. */
static void find_name(const char *given, char *name, size_t size)
{
	char text[PCAP_ERRBUF_SIZE], *end;
	pcap_if_t *interfaces;
	unsigned long number = strtoul(given, &end, 10);

	snprintf(name, size, "%s", given);
	if (*end || !number || pcap_findalldevs(&interfaces, text) < 0)
		return;
	for (const pcap_if_t *i = interfaces; i; i = i->next)
		if (!--number)
			snprintf(name, size, "%s", i->name);
	pcap_freealldevs(interfaces);
}

static void explain(struct capture_error *error, const char *name, int status, const char *why)
{
	if (status == PCAP_ERROR_NO_SUCH_DEVICE)
		capture_fail(error, name, "there is no such interface; dissect -D lists them");
	else if (status == PCAP_ERROR_PERM_DENIED)
		capture_fail(error, name, "to capture from it takes root, or CAP_NET_RAW");
	else
		capture_fail(error, name, "cannot be captured from: %s",
		             *why ? why : pcap_statustostr(status));
}

static bool set_filter(pcap_t *from, const char *filter, struct capture_error *error)
{
	struct bpf_program program = { 0 };
	const bool good = pcap_compile(from, &program, filter, 1, PCAP_NETMASK_UNKNOWN) == 0 &&
	                  pcap_setfilter(from, &program) == 0;

	if (!good)
		capture_fail(error, "-f", "%s: %s", filter, pcap_geterr(from));
	pcap_freecode(&program);
	return good;
}

static pcap_t *open_interface(const char *name, const struct live_options *options,
                              struct capture_error *error)
{
	char text[PCAP_ERRBUF_SIZE];
	pcap_t *from = pcap_create(name, text);

	if (!from) {
		capture_fail(error, name, "%s", text);
		return NULL;
	}
	pcap_set_snaplen(from, options->snap_length ? (int)options->snap_length : ALL_OCTETS);
	pcap_set_promisc(from, !options->not_promiscuous);
	pcap_set_timeout(from, WAIT_MILLISECONDS);
	pcap_set_buffer_size(from, BUFFER_OCTETS);
	pcap_set_tstamp_precision(from, PCAP_TSTAMP_PRECISION_NANO);
	const int status = pcap_activate(from);
	if (status < 0)
		explain(error, name, status, pcap_geterr(from));
	else if (!options->filter || set_filter(from, options->filter, error))
		return from;
	pcap_close(from);
	return NULL;
}

/* ---- the process that captures ---- */

enum { PACKET_BLOCK = 32, IF_FILTER = 11 };

struct recorder {
	struct writer *to;
	struct interface interface;
	uint64_t left;         /* octets; 0: no limit */
	struct timespec until; /* later frames do not count; 0: all do */
	bool ended;            /* by itself */
};

static void end_recording(struct recorder *recorder)
{
	recorder->ended = true;
	pcap_breakloop(open_handle);
}

static bool is_late(const struct recorder *recorder, const struct frame *frame)
{
	const struct timespec *until = &recorder->until;
	const struct timestamp *time = &frame->time;

	if (!until->tv_sec || time->seconds != until->tv_sec)
		return until->tv_sec && time->seconds > until->tv_sec;
	return time->nanoseconds > until->tv_nsec;
}

static void record(u_char *context, const struct pcap_pkthdr *header, const u_char *octets)
{
	struct recorder *recorder = (struct recorder *)context;
	const uint64_t size = PACKET_BLOCK + (uint64_t)header->caplen;
	const int32_t unit = recorder->interface.time_digits > 6 ? 1 : 1000; /* nanoseconds */
	const struct frame frame = {
		.interface = &recorder->interface,
		.has_time = true,
		.time = { header->ts.tv_sec, (int32_t)header->ts.tv_usec * unit },
		.data = octets,
		.captured = header->caplen,
		.length = header->len,
	};

	if (is_late(recorder, &frame) || !writer_add(recorder->to, &frame))
		end_recording(recorder);
	else if (recorder->left && recorder->left <= size)
		end_recording(recorder);
	else if (recorder->left)
		recorder->left -= size;
}

/* What has come, at once: somebody is watching. As pcap_dispatch(). */
static int take_frames(pcap_t *from, struct recorder *recorder)
{
	const int got = pcap_dispatch(from, -1, record, (u_char *)recorder);

	if (!writer_flush(recorder->to))
		end_recording(recorder);
	return got;
}

/* A signal has ended it: what came before still waits in the kernel. */
static void take_rest(pcap_t *from, struct recorder *recorder)
{
	enum { LONGEST = 2 * WAIT_MILLISECONDS };
	struct pollfd more = { .fd = pcap_get_selectable_fd(from), .events = POLLIN };
	char text[PCAP_ERRBUF_SIZE];

	hold_signals(SIG_BLOCK); /* after the whole group's comes that of the process that shows */
	clock_gettime(CLOCK_REALTIME, &recorder->until);
	if (pcap_setnonblock(from, 1, text) < 0)
		return;
	while (!recorder->ended && poll(&more, 1, LONGEST) > 0 && more.revents == POLLIN)
		take_frames(from, recorder);
}

/* The option if_filter: 0, which says that it is libpcap's, and its text. */
static struct kept_options filter_option(const char *filter)
{
	const uint16_t head[] = { IF_FILTER, (uint16_t)(strlen(filter) + 1) };
	uint8_t *octets = must_zero(1, sizeof head + head[1] + 3u);

	memcpy(octets, head, sizeof head);
	memcpy(octets + sizeof head + 1, filter, head[1] - 1u);
	return (struct kept_options){ octets, sizeof head + ((head[1] + 3u) & ~3u) };
}

static struct interface describe(pcap_t *from, const char *name, const char *filter)
{
	const bool nanoseconds = pcap_get_tstamp_precision(from) == PCAP_TSTAMP_PRECISION_NANO;
	const int link_type = pcap_datalink(from);

	struct interface interface = {
		.name = name,
		.link_type = link_type == DLT_RAW ? LINKTYPE_RAW : (uint16_t)link_type,
		.snap_length = (uint32_t)pcap_snapshot(from),
		.fcs_length = -1,
		.time_digits = nanoseconds ? 9 : 6,
		.units = nanoseconds ? 1000000000 : 1000000,
	};

	if (filter && strlen(filter) < UINT16_MAX)
		interface.kept = filter_option(filter);
	return interface;
}

/* What ends it: a signal that interrupts waiting for frames, but not the writing of one. */
static void await_end(double seconds)
{
	const struct sigaction action = { .sa_handler = stop, .sa_flags = SA_RESTART };
	const time_t whole = (time_t)seconds;
	const struct itimerval timer = {
		.it_value = { whole, (suseconds_t)((seconds - (double)whole) * 1e6) },
	};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGALRM, &action, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	hold_signals(SIG_UNBLOCK);
	if (seconds > 0)
		setitimer(ITIMER_REAL, &timer, NULL);
}

static void capture_frames(pcap_t *from, int fd, const struct live *live,
                           const struct live_options *options)
{
	struct recorder recorder = {
		.interface = describe(from, live->name, options->filter), .left = options->octets,
	};
	struct pcap_stat counts;
	FILE *to = fdopen(fd, "wb");
	int got;

	if (!to)
		return;
	recorder.to = writer_of_interface(to, &recorder.interface);
	if (!writer_flush(recorder.to))
		return;
	open_handle = from;
	await_end(options->seconds);
	do
		got = take_frames(from, &recorder);
	while (got >= 0);
	if (got == PCAP_ERROR)
		snprintf(live->report->fault, sizeof live->report->fault, "%s", pcap_geterr(from));
	else if (!recorder.ended)
		take_rest(from, &recorder);
	if (pcap_stats(from, &counts) == 0)
		live->report->dropped = counts.ps_drop + counts.ps_ifdrop;
}

/* ---- the process that shows ---- */

static void forward_signals(pid_t process)
{
	/* A second one ends us: so it does whatever waits for a reader. */
	const struct sigaction action = {
		.sa_handler = stop_process, .sa_flags = SA_RESTART | SA_RESETHAND,
	};

	capturing = process;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	hold_signals(SIG_UNBLOCK);
}

/* False: errno says why. */
static bool start_process(struct live *live, pcap_t *from, const struct live_options *options)
{
	struct capture_error error = { "" };
	int ends[2];

	live->report = mmap(NULL, sizeof *live->report, PROT_READ | PROT_WRITE,
	                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (live->report == MAP_FAILED || pipe(ends) < 0)
		return false;
	hold_signals(SIG_BLOCK);
	live->process = fork();
	if (!live->process) {
		close(ends[0]);
		if (live_drop_privileges(&error))
			capture_frames(from, ends[1], live, options);
		else
			snprintf(live->report->fault, sizeof live->report->fault, "%.250s",
			         error.text);
		_exit(0);
	}
	close(ends[1]);
	live->frames = ends[0];
	return live->process > 0;
}

struct live *live_start(const struct live_options *options, struct capture_error *error)
{
	struct live *live = must_zero(1, sizeof *live);

	find_name(options->interface, live->name, sizeof live->name);
	pcap_t *from = open_interface(live->name, options, error);
	const bool good = from && start_process(live, from, options);
	if (from && !good)
		capture_fail(error, live->name, "%s", strerror(errno));
	if (from)
		pcap_close(from);
	if (!good) {
		free(live);
		return NULL;
	}
	forward_signals(live->process);
	return live;
}

const char *live_name(const struct live *live)
{
	return live->name;
}

struct capture *live_capture(struct live *live, struct capture_error *error)
{
	return capture_open_fd(live->frames, live->name, CAPTURE_ONE_PASS, error);
}

struct live_report live_end(struct live *live)
{
	kill(live->process, SIGTERM);
	while (waitpid(live->process, NULL, 0) < 0 && errno == EINTR)
		;
	const struct live_report report = *live->report;
	munmap(live->report, sizeof *live->report);
	free(live);
	return report;
}

/* ---- privileges ---- */

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

/* From root to somebody else. In a user namespace without (EINVAL), root is nobody outside it. */
static bool change_user(void)
{
	uid_t user;
	gid_t group;

	find_user(&user, &group);
	if (setgid(group) < 0)
		return errno == EINVAL;
	return setgroups(0, NULL) == 0 && setuid(user) == 0 && setuid(0) != 0;
}

/* Those of root, and those that the program's file was given. */
static bool drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_capset, &header, none) == 0;
}

bool live_drop_privileges(struct capture_error *error)
{
	if ((geteuid() != 0 || change_user()) && drop_capabilities())
		return true;
	capture_fail(error, "-i", "privileges cannot be given up: %s", strerror(errno));
	return false;
}

/* ---- which interfaces there are ---- */

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
		fprintf(to, i->description ? "%u. %s (%s)\n" : "%u. %s\n", ++number, i->name,
		        i->description);
	pcap_freealldevs(interfaces);
	if (!number)
		capture_fail(error, "-D",
		             "none may be captured from: that takes root, or CAP_NET_RAW");
	return number;
}
