/*
 * A wire with faults: forwards frames between two interfaces and, by rules, drops, duplicates,
 * delays or reorders the chosen ones.
 *
 *	forwarder [RULE...] IF_A IF_B
 *
 * The kernels that these captures are made on often have no netem, and netem could not say "the
 * 7th segment with data" anyway. Each rule counts only the frames that it matches, so that a
 * scenario comes out the same each time it is made.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_RULES     32
#define MAX_NUMBERS   32
#define FRAME_MAX     65600
#define TAG_LENGTH    4
#define ADDRESSES     12
#define HOLD_LIMIT_MS 2000

enum direction { A_TO_B = 1, B_TO_A = 2 };

/* What a frame is, as bits: one frame belongs to several classes. */
enum class {
	C_FRAME = 1 << 0,
	C_ARP = 1 << 1,
	C_IP4 = 1 << 2,
	C_IP6 = 1 << 3,
	C_FRAGMENT = 1 << 4,
	C_ICMP = 1 << 5,
	C_UDP = 1 << 6,
	C_TCP = 1 << 7,
	C_DATA = 1 << 8,
	C_SYN = 1 << 9,
	C_FIN = 1 << 10,
	C_RST = 1 << 11,
	C_ACK = 1 << 12,
	C_ECHO = 1 << 13,
};

static const struct {
	const char *name;
	unsigned bit;
} classes[] = {
    {"frame", C_FRAME}, {"arp", C_ARP}, {"ip", C_IP4},  {"ip6", C_IP6},   {"fragment", C_FRAGMENT},
    {"icmp", C_ICMP},   {"udp", C_UDP}, {"tcp", C_TCP}, {"data", C_DATA}, {"syn", C_SYN},
    {"fin", C_FIN},     {"rst", C_RST}, {"ack", C_ACK}, {"echo", C_ECHO},
};

enum action { DROP, DUPLICATE, DELAY, HOLD };

struct rule {
	enum action action;
	unsigned directions;
	unsigned class;
	bool all;
	unsigned numbers[MAX_NUMBERS];
	unsigned nr_numbers;
	/* DELAY: milliseconds. HOLD: the number of the frame that lets the held ones go. */
	unsigned value;
	unsigned count;
};

struct held {
	struct held *next;
	int64_t due_ms;
	const struct rule *until;
	int to;
	size_t length;
	uint8_t bytes[];
};

static struct rule rules[MAX_RULES];
static unsigned nr_rules;
static struct held *queue;
static double loss;
static uint64_t random_state = 1;
static uint16_t push_type, push_tag;
static volatile sig_atomic_t count_anew;

static void usage(FILE *out)
{
	fputs(
	    "usage: forwarder [RULE...] IF_A IF_B\n"
	    "  --drop WHICH         lose these frames\n"
	    "  --duplicate WHICH    send these frames twice\n"
	    "  --delay WHICH=MS     keep these frames back for so long\n"
	    "  --hold WHICH=N       keep these frames back until the Nth of the class has passed\n"
	    "  --loss PERCENT       lose frames at random\n"
	    "  --seed N             ... the same ones each time\n"
	    "  --push TYPE:ID       tag frames from A to B (802.1Q: 8100:5), untag those back\n"
	    "SIGUSR1 makes every rule count from the start again.\n"
	    "WHICH is DIRECTION:CLASS:NUMBERS, as in ab:data:7 or any:frame:5,9 or ba:tcp:all.\n"
	    "DIRECTION is ab, ba or any; CLASS is one of",
	    out);
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		fprintf(out, " %s", classes[i].name);
	fputs(";\nNUMBERS count from 1 the frames of that direction and class.\n", out);
}

static void die(const char *what)
{
	fprintf(stderr, "forwarder: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void bad_rule(const char *text)
{
	fprintf(stderr, "forwarder: cannot read the rule '%s'\n", text);
	exit(2);
}

static void on_usr1(int number)
{
	(void)number;
	count_anew = 1;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* xorshift64*, not random(): the frames lost must not depend on the C library. */
static double random_percent(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (double)((random_state * 0x2545f4914f6cdd1dull) >> 11) / (double)(1ull << 53) * 100;
}

static void parse_rule(enum action action, const char *text)
{
	char copy[256];
	char *direction, *class, *numbers, *value, *save;
	struct rule *rule;

	if (nr_rules == MAX_RULES || strlen(text) >= sizeof(copy))
		bad_rule(text);
	rule = &rules[nr_rules++];
	strcpy(copy, text);
	direction = strtok_r(copy, ":", &save);
	class = strtok_r(NULL, ":", &save);
	numbers = strtok_r(NULL, "=", &save);
	value = strtok_r(NULL, "", &save);
	if (!direction || !class || !numbers || !value != (action == DROP || action == DUPLICATE))
		bad_rule(text);
	rule->action = action;
	rule->value = value ? (unsigned)strtoul(value, NULL, 10) : 0;
	if (!strcmp(direction, "ab"))
		rule->directions = A_TO_B;
	else if (!strcmp(direction, "ba"))
		rule->directions = B_TO_A;
	else if (!strcmp(direction, "any"))
		rule->directions = A_TO_B | B_TO_A;
	else
		bad_rule(text);
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (!strcmp(class, classes[i].name))
			rule->class = classes[i].bit;
	if (!rule->class)
		bad_rule(text);
	if (!strcmp(numbers, "all")) {
		rule->all = true;
		return;
	}
	for (char *n = strtok_r(numbers, ",", &save); n; n = strtok_r(NULL, ",", &save)) {
		if (rule->nr_numbers == MAX_NUMBERS)
			bad_rule(text);
		rule->numbers[rule->nr_numbers++] = (unsigned)strtoul(n, NULL, 10);
	}
}

static bool rule_has(const struct rule *rule, unsigned number)
{
	if (rule->all)
		return true;
	for (unsigned i = 0; i < rule->nr_numbers; i++)
		if (rule->numbers[i] == number)
			return true;
	return false;
}

static unsigned load16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static unsigned classify_transport(unsigned protocol, const uint8_t *p, size_t length)
{
	unsigned bits, header;

	switch (protocol) {
	case 1:
		return length && (p[0] == 0 || p[0] == 8) ? C_ICMP | C_ECHO : C_ICMP;
	case 58:
		return length && (p[0] == 128 || p[0] == 129) ? C_ICMP | C_ECHO : C_ICMP;
	case 17:
		return C_UDP;
	case 6:
		break;
	default:
		return 0;
	}
	if (length < 20)
		return C_TCP;
	bits = C_TCP;
	header = (p[12] >> 4) * 4u;
	if (length > header)
		bits |= C_DATA;
	else if (!(p[13] & 7))
		bits |= C_ACK;
	if (p[13] & 1)
		bits |= C_FIN;
	if (p[13] & 2)
		bits |= C_SYN;
	if (p[13] & 4)
		bits |= C_RST;
	return bits;
}

static unsigned classify(const uint8_t *frame, size_t length)
{
	unsigned bits = C_FRAME, protocol, offset, total;
	const uint8_t *p = frame + ETH_HLEN;

	if (length < ETH_HLEN)
		return bits;
	length -= ETH_HLEN;
	switch (load16(frame + 2 * ETH_ALEN)) {
	case ETHERTYPE_ARP:
		return bits | C_ARP;
	case ETHERTYPE_IP:
		if (length < 20)
			return bits;
		bits |= C_IP4;
		offset = (p[0] & 15) * 4u;
		/* Short frames are padded: what follows the datagram is not data. */
		total = load16(p + 2);
		if (total < length)
			length = total;
		if (load16(p + 6) & 0x3fff)
			bits |= C_FRAGMENT;
		if (load16(p + 6) & 0x1fff || offset > length)
			return bits;
		return bits | classify_transport(p[9], p + offset, length - offset);
	case ETHERTYPE_IPV6:
		if (length < 40)
			return bits;
		bits |= C_IP6;
		protocol = p[6];
		offset = 40;
		if (protocol == 0 && length >= offset + 8) {
			protocol = p[offset];
			offset += (p[offset + 1] + 1u) * 8;
		}
		if (protocol == 44 && length >= offset + 8) {
			bits |= C_FRAGMENT;
			if (load16(p + offset + 2) & 0xfff8)
				return bits;
			protocol = p[offset];
			offset += 8;
		}
		if (offset > length)
			return bits;
		return bits | classify_transport(protocol, p + offset, length - offset);
	}
	return bits;
}

static int open_interface(const char *name)
{
	struct sockaddr_ll address = {
	    .sll_family = AF_PACKET,
	    .sll_protocol = htons(ETH_P_ALL),
	    .sll_ifindex = (int)if_nametoindex(name),
	};
	struct packet_mreq promiscuous = {
	    .mr_ifindex = address.sll_ifindex,
	    .mr_type = PACKET_MR_PROMISC,
	};
	int one = 1;
	int fd;

	if (!address.sll_ifindex)
		die(name);
	/* No protocol until bound: else frames of every other interface would come in first. */
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(one)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof(promiscuous)) ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address)))
		die(name);
	return fd;
}

static void insert_tag(uint8_t *frame, size_t *length, uint16_t type, uint16_t tag)
{
	uint8_t *p = frame + ADDRESSES;

	memmove(p + TAG_LENGTH, p, *length - ADDRESSES);
	p[0] = (uint8_t)(type >> 8);
	p[1] = (uint8_t)type;
	p[2] = (uint8_t)(tag >> 8);
	p[3] = (uint8_t)tag;
	*length += TAG_LENGTH;
}

/* Returns the length of the frame, 0 if there was none. */
static size_t receive(int fd, uint8_t *frame)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	} control;
	struct iovec part = {.iov_base = frame, .iov_len = FRAME_MAX};
	struct msghdr message = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg;
	ssize_t got = recvmsg(fd, &message, MSG_DONTWAIT);
	size_t length;

	if (got < ETH_HLEN)
		return 0;
	length = (size_t)got;
	/* The kernel takes the outer tag out of a frame that comes in: put it back. */
	for (cmsg = CMSG_FIRSTHDR(&message); cmsg; cmsg = CMSG_NXTHDR(&message, cmsg)) {
		struct tpacket_auxdata aux;

		if (cmsg->cmsg_level != SOL_PACKET || cmsg->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(cmsg), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID)
			insert_tag(frame, &length, aux.tp_vlan_tpid, aux.tp_vlan_tci);
	}
	return length;
}

static void transmit(int fd, const uint8_t *frame, size_t length)
{
	/* A wire does not report what it loses: the hosts find out. */
	if (send(fd, frame, length, 0) < 0 && errno != ENOBUFS && errno != ENETDOWN)
		die("send");
}

static void keep(int to, const uint8_t *frame, size_t length, int64_t due_ms,
                 const struct rule *until)
{
	struct held *held = malloc(sizeof(*held) + length);
	struct held **place = &queue;

	if (!held)
		die("malloc");
	held->due_ms = due_ms;
	held->until = until;
	held->to = to;
	held->length = length;
	memcpy(held->bytes, frame, length);
	/* In the order of their time, those of the same time in the order they came. */
	while (*place && (*place)->due_ms <= due_ms)
		place = &(*place)->next;
	held->next = *place;
	*place = held;
}

static void release(const struct rule *until, int64_t due_ms)
{
	struct held **place = &queue;

	while (*place) {
		struct held *held = *place;

		if ((until && held->until == until) || held->due_ms <= due_ms) {
			*place = held->next;
			transmit(held->to, held->bytes, held->length);
			free(held);
		} else {
			place = &held->next;
		}
	}
}

static void forward(int to, uint8_t *frame, size_t length, enum direction direction)
{
	unsigned bits = classify(frame, length), copies = 1;
	const struct rule *let_go = NULL;
	const struct rule *hold = NULL;
	int64_t delay = 0;

	for (unsigned i = 0; i < nr_rules; i++) {
		struct rule *rule = &rules[i];

		if (!(rule->directions & direction) || !(rule->class & bits))
			continue;
		rule->count++;
		if (rule->action == HOLD && rule->count == rule->value)
			let_go = rule;
		if (!rule_has(rule, rule->count))
			continue;
		switch (rule->action) {
		case DROP:
			copies = 0;
			break;
		case DUPLICATE:
			copies = 2;
			break;
		case DELAY:
			delay += rule->value;
			break;
		case HOLD:
			hold = rule;
			break;
		}
	}
	if (loss > 0 && random_percent() < loss)
		copies = 0;
	if (push_type && direction == A_TO_B)
		insert_tag(frame, &length, push_type, push_tag);
	if (push_type && direction == B_TO_A && load16(frame + ADDRESSES) == push_type) {
		length -= TAG_LENGTH;
		memmove(frame + ADDRESSES, frame + ADDRESSES + TAG_LENGTH, length - ADDRESSES);
	}
	for (; copies; copies--) {
		if (hold)
			keep(to, frame, length, now_ms() + HOLD_LIMIT_MS, hold);
		else if (delay)
			keep(to, frame, length, now_ms() + delay, NULL);
		else
			transmit(to, frame, length);
	}
	if (let_go)
		release(let_go, 0);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
	    {"drop", required_argument, NULL, 'd'},
	    {"duplicate", required_argument, NULL, 'u'},
	    {"delay", required_argument, NULL, 'y'},
	    {"hold", required_argument, NULL, 'h'},
	    {"loss", required_argument, NULL, 'l'},
	    {"seed", required_argument, NULL, 's'},
	    {"push", required_argument, NULL, 'p'},
	    {"help", no_argument, NULL, '?'},
	    {0},
	};
	static uint8_t frame[FRAME_MAX + TAG_LENGTH * 2];
	struct pollfd sides[2];
	unsigned type, tag;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'd':
			parse_rule(DROP, optarg);
			break;
		case 'u':
			parse_rule(DUPLICATE, optarg);
			break;
		case 'y':
			parse_rule(DELAY, optarg);
			break;
		case 'h':
			parse_rule(HOLD, optarg);
			break;
		case 'l':
			loss = strtod(optarg, NULL);
			break;
		case 's':
			random_state = strtoull(optarg, NULL, 10);
			/* Zero is the one state that xorshift never leaves. */
			random_state += !random_state;
			break;
		case 'p':
			if (sscanf(optarg, "%x:%u", &type, &tag) != 2)
				bad_rule(optarg);
			push_type = (uint16_t)type;
			push_tag = (uint16_t)tag;
			break;
		default:
			usage(stderr);
			return 2;
		}
	}
	if (argc - optind != 2) {
		usage(stderr);
		return 2;
	}
	for (int i = 0; i < 2; i++) {
		sides[i].fd = open_interface(argv[optind + i]);
		sides[i].events = POLLIN;
	}
	signal(SIGUSR1, on_usr1);
	/* The script waits for this line before it lets the hosts speak. */
	puts("ready");
	fflush(stdout);

	for (;;) {
		int64_t wait = queue ? queue->due_ms - now_ms() : -1;

		if (queue && wait < 0)
			wait = 0;
		if (poll(sides, 2, (int)wait) < 0 && errno != EINTR)
			die("poll");
		if (count_anew) {
			count_anew = 0;
			for (unsigned i = 0; i < nr_rules; i++)
				rules[i].count = 0;
		}
		for (int i = 0; i < 2; i++) {
			size_t length;

			while ((length = receive(sides[i].fd, frame)))
				forward(sides[!i].fd, frame, length, i ? B_TO_A : A_TO_B);
		}
		release(NULL, now_ms());
	}
}
