/*
 * ntp_private.c: private messages of NTP (mode 7), with which ntpdc talks to the reference implementation.
 *
 *	+-+-+-----+-----+-+-------------+---------------+---------------+
 *	|R|M| VN  |  7  |A|  Sequence   |Implementation |    Request    |
 *	+-+-+-----+-----+-+-------------+---------------+---------------+
 *	|  Err  |   Number of items     |  MBZ  |      Item size        |
 *	+-------+-----------------------+-------+-----------------------+
 *	|  items; behind those of a request with A at a fixed place: timestamp, key identifier, digest
 *	+---------------------------------------------------------------+
 */

#include "dissect/ascii.h"
#include "dissect/ntp.h"

#define F NTP_FIELD

enum {
	XNTPD = 3,
	MON_GETLIST = 20, MON_GETLIST_1 = 42, IF_STATS = 44, IF_RELOAD = 45,
	AUTHENTICATED = 0x80,
	AUTHENTICATION_AT = 184, /* offset of a request's */
};

/* ---- items ---- */

struct part {
	uint16_t field;
	uint16_t octets; /* 0: all that are left */
};

enum { REQUEST = 1, RESPONSE = 2, BOTH = REQUEST | RESPONSE };

struct item_row {
	uint8_t code;
	uint8_t where; /* in what it has this form */
	const struct part *parts;
	unsigned count;
};

#define PARTS(array) array, sizeof array / sizeof *array

static const struct part peer_list[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_PORT, 2 }, { NTP_PRIV_MODE7_HMODE, 1 },
	{ NTP_PRIV_MODE7_PEER_FLAGS, 1 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_ADDRESS6, 16 },
};
static const struct part peer_list_sum[] = {
	{ NTP_PRIV_MODE7_DSTADDRESS, 4 }, { NTP_PRIV_MODE7_SRCADDRESS, 4 }, { NTP_PRIV_MODE7_SRCPORT, 2 },
	{ NTP_STRATUM, 1 }, { NTP_PRIV_MODE7_HPOLL, 1 }, { NTP_PPOLL, 1 }, { NTP_PRIV_MODE7_REACH, 1 },
	{ NTP_PRIV_MODE7_PEER_FLAGS, 1 }, { NTP_PRIV_MODE7_HMODE, 1 }, { NTP_PRIV_MODE7_DELAY, 4 },
	{ NTP_PRIV_MODE7_OFFSET, 8 }, { NTP_PRIV_MODE7_DISPERSION, 4 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 },
	{ NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_DSTADDRESS6, 16 }, { NTP_PRIV_MODE7_SRCADDRESS6, 16 },
};
static const struct part peer_info_response[] = {
	{ NTP_PRIV_MODE7_DSTADDRESS, 4 }, { NTP_PRIV_MODE7_SRCADDRESS, 4 }, { NTP_PRIV_MODE7_SRCPORT, 2 },
	{ NTP_PRIV_MODE7_PEER_FLAGS, 1 }, { NTP_PRIV_MODE7_LEAP, 1 }, { NTP_PRIV_MODE7_HMODE, 1 },
	{ NTP_PRIV_MODE7_PMODE, 1 }, { NTP_STRATUM, 1 }, { NTP_PPOLL, 1 }, { NTP_PRIV_MODE7_HPOLL, 1 },
	{ NTP_PRECISION, 1 }, { NTP_PRIV_MODE7_VERSION, 1 }, { NTP_PRIV_MODE7_UNUSED, 1 },
	{ NTP_PRIV_MODE7_REACH, 1 }, { NTP_PRIV_MODE7_UNREACH, 1 }, { NTP_PRIV_MODE7_FLASH, 1 },
	{ NTP_PRIV_MODE7_TTL, 1 }, { NTP_PRIV_MODE7_FLASH2, 2 }, { NTP_PRIV_MODE7_ASSOCID, 2 },
	{ NTP_KEYID, 4 }, { NTP_PRIV_MODE7_PKEYID, 4 }, { NTP_REFID, 4 }, { NTP_PRIV_MODE7_TIMER, 4 },
	{ NTP_ROOTDELAY, 4 }, { NTP_ROOTDISPERSION, 4 }, { NTP_REFTIME, 8 }, { NTP_ORG, 8 }, { NTP_REC, 8 },
	{ NTP_XMT, 8 }, { NTP_PRIV_MODE7_FILTDELAY, 4 }, { NTP_PRIV_MODE7_FILTOFFSET, 8 },
	{ NTP_PRIV_MODE7_ORDER, 1 }, { NTP_PRIV_MODE7_DELAY, 4 }, { NTP_PRIV_MODE7_DISPERSION, 4 },
	{ NTP_PRIV_MODE7_OFFSET, 8 }, { NTP_PRIV_MODE7_SELECTDIS, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_ESTBDELAY, 4 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_DSTADDRESS6, 16 }, { NTP_PRIV_MODE7_SRCADDRESS6, 16 },
};
static const struct part peer_stats_response[] = {
	{ NTP_PRIV_MODE7_DSTADDRESS, 4 }, { NTP_PRIV_MODE7_SRCADDRESS, 4 }, { NTP_PRIV_MODE7_SRCPORT, 2 },
	{ NTP_PRIV_MODE7_PEER_FLAGS, 1 }, { NTP_PRIV_MODE7_TIMERESET, 4 }, { NTP_PRIV_MODE7_TIMERECEIVED, 4 },
	{ NTP_PRIV_MODE7_TIMETOSEND, 4 }, { NTP_PRIV_MODE7_TIMEREACHABLE, 4 }, { NTP_PRIV_MODE7_SENT, 4 },
	{ NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_PROCESSED, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_BADAUTH, 4 }, { NTP_PRIV_MODE7_BOGUSORG, 4 }, { NTP_PRIV_MODE7_OLDPKT, 4 },
	{ NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_SELDISP, 4 },
	{ NTP_PRIV_MODE7_SELBROKEN, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_CANDIDATE, 1 },
	{ NTP_PRIV_MODE7_UNUSED, 1 }, { NTP_PRIV_MODE7_UNUSED, 1 }, { NTP_PRIV_MODE7_UNUSED, 1 },
	{ NTP_PRIV_MODE7_IPV6_FLAG, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_DSTADDRESS6, 16 },
	{ NTP_PRIV_MODE7_SRCADDRESS6, 16 },
};
static const struct part sys_info[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_PMODE, 1 }, { NTP_PRIV_MODE7_LEAP, 1 },
	{ NTP_STRATUM, 1 }, { NTP_PRECISION, 1 }, { NTP_ROOTDELAY, 4 }, { NTP_ROOTDISPERSION, 4 },
	{ NTP_REFID, 4 }, { NTP_REFTIME, 8 }, { NTP_PRIV_MODE7_POLL, 4 }, { NTP_PRIV_MODE7_SYS_FLAGS8, 1 },
	{ NTP_PRIV_MODE7_UNUSED, 3 }, { NTP_PRIV_MODE7_BDELAY, 4 }, { NTP_PRIV_MODE7_FREQ, 4 },
	{ NTP_PRIV_MODE7_AUTHDELAY, 8 }, { NTP_PRIV_MODE7_STABILITY, 4 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 },
	{ NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_ADDRESS6, 16 },
};
static const struct part sys_stats[] = {
	{ NTP_PRIV_MODE7_TIMEUP, 4 }, { NTP_PRIV_MODE7_TIMERESET, 4 }, { NTP_PRIV_MODE7_DENIED, 4 },
	{ NTP_PRIV_MODE7_OLDVERSION, 4 }, { NTP_PRIV_MODE7_NEWVERSION, 4 }, { NTP_PRIV_MODE7_BAD_VERSION, 4 },
	{ NTP_PRIV_MODE7_BADLENGTH, 4 }, { NTP_PRIV_MODE7_PROCESSED, 4 }, { NTP_PRIV_MODE7_BADAUTH, 4 },
	{ NTP_PRIV_MODE7_TIMERECEIVED, 4 }, { NTP_PRIV_MODE7_LIMITREJECTED, 4 }, { NTP_PRIV_MODE7_LAMPORT, 4 },
	{ NTP_PRIV_MODE7_TSROUNDING, 4 },
};
static const struct part io_stats[] = {
	{ NTP_PRIV_MODE7_TIMERESET, 4 }, { NTP_PRIV_MODE7_TOTALRECVBUFS, 2 },
	{ NTP_PRIV_MODE7_FREERECVBUFS, 2 }, { NTP_PRIV_MODE7_FULLRECVBUFS, 2 }, { NTP_PRIV_MODE7_LOWWATER, 2 },
	{ NTP_PRIV_MODE7_DROPPED, 4 }, { NTP_PRIV_MODE7_IGNORED, 4 }, { NTP_PRIV_MODE7_RECEIVED, 4 },
	{ NTP_PRIV_MODE7_SENT, 4 }, { NTP_PRIV_MODE7_NOTSENT, 4 }, { NTP_PRIV_MODE7_INTERRUPTS, 4 },
	{ NTP_PRIV_MODE7_INT_RECEIVED, 4 },
};
static const struct part mem_stats[] = {
	{ NTP_PRIV_MODE7_TIMERESET, 4 }, { NTP_PRIV_MODE7_TOTALMEM, 2 }, { NTP_PRIV_MODE7_FREEMEM, 2 },
	{ NTP_PRIV_MODE7_FINDPEER_CALLS, 4 }, { NTP_PRIV_MODE7_ALLOCATIONS, 4 },
	{ NTP_PRIV_MODE7_DEMOBILIZATIONS, 4 }, { NTP_PRIV_MODE7_HASHCOUNT, 0 },
};
static const struct part loop_info[] = {
	{ NTP_PRIV_MODE7_LAST_OFFSET, 8 }, { NTP_PRIV_MODE7_DRIFT_COMP, 8 }, { NTP_PRIV_MODE7_COMPLIANCE, 4 },
	{ NTP_PRIV_MODE7_WATCHDOG_TIMER, 4 },
};
static const struct part timer_stats[] = {
	{ NTP_PRIV_MODE7_TIMERESET, 4 }, { NTP_PRIV_MODE7_ALARMS, 4 }, { NTP_PRIV_MODE7_OVERFLOWS, 4 },
	{ NTP_PRIV_MODE7_XMTCALLS, 4 },
};
static const struct part config[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_HMODE, 1 }, { NTP_PRIV_MODE7_VERSION, 1 },
	{ NTP_PRIV_MODE7_MINPOLL, 1 }, { NTP_PRIV_MODE7_MAXPOLL, 1 }, { NTP_PRIV_CONFIG_FLAGS, 1 },
	{ NTP_PRIV_MODE7_TTL, 1 }, { NTP_PRIV_MODE7_UNUSED, 2 }, { NTP_KEYID, 4 },
	{ NTP_PRIV_MODE7_KEY_FILE, 128 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_ADDRESS6, 16 },
};
static const struct part unconfig[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 }, { NTP_PRIV_MODE7_ADDRESS6, 16 },
};
static const struct part set_sys_flag[] = {
	{ NTP_PRIV_MODE7_SYS_FLAGS, 4 },
};
static const struct part get_restrict[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_MASK, 4 }, { NTP_PRIV_MODE7_COUNT, 4 },
	{ NTP_PRIV_MODE7_RFLAGS, 2 }, { NTP_PRIV_MODE7_MFLAGS, 2 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 },
	{ NTP_PRIV_MODE7_UNUSED, 4 }, { NTP_PRIV_MODE7_ADDRESS6, 16 }, { NTP_PRIV_MODE7_MASK6, 16 },
};
static const struct part resaddflags[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_MASK, 4 }, { NTP_PRIV_MODE7_IPPEERLIMIT, 2 },
	{ NTP_PRIV_MODE7_RESTRICT_FLAGS, 2 }, { NTP_PRIV_MODE7_MFLAGS, 2 }, { NTP_PRIV_MODE7_UNUSED, 4 },
	{ NTP_PRIV_MODE7_ADDRESS6, 16 }, { NTP_PRIV_MODE7_MASK6, 16 },
};
static const struct part mon_getlist[] = {
	{ NTP_PRIV_MONLIST_AVGINT, 4 }, { NTP_PRIV_MONLIST_LSINT, 4 }, { NTP_PRIV_MONLIST_RESTR, 4 },
	{ NTP_PRIV_MONLIST_COUNT, 4 }, { NTP_PRIV_MONLIST_REMOTE_ADDRESS, 4 }, { NTP_PRIV_MONLIST_PORT, 2 },
	{ NTP_PRIV_MONLIST_MODE, 1 }, { NTP_PRIV_MONLIST_VERSION, 1 }, { NTP_PRIV_MONLIST_IPV6, 4 },
	{ NTP_PRIV_MONLIST_UNUSED, 4 }, { NTP_PRIV_MONLIST_ADDR6, 16 },
};
static const struct part reset_stats[] = {
	{ NTP_PRIV_MODE7_RESET_STATS_FLAGS, 4 },
};
static const struct part trustkey[] = {
	{ NTP_PRIV_MODE7_KEY, 8 },
};
static const struct part authinfo[] = {
	{ NTP_PRIV_MODE7_TIMERESET, 4 }, { NTP_PRIV_MODE7_NUMKEYS, 4 }, { NTP_PRIV_MODE7_NUMFREEKEYS, 4 },
	{ NTP_PRIV_MODE7_KEYLOOKUPS, 4 }, { NTP_PRIV_MODE7_KEYNOTFOUND, 4 }, { NTP_PRIV_MODE7_ENCRYPTIONS, 4 },
	{ NTP_PRIV_MODE7_DECRYPTIONS, 4 }, { NTP_PRIV_MODE7_EXPIRED, 4 }, { NTP_PRIV_MODE7_KEYUNCACHED, 4 },
};
static const struct part traps[] = {
	{ NTP_PRIV_MODE7_LOCAL_ADDRESS, 4 }, { NTP_PRIV_MODE7_TRAP_ADDRESS, 4 },
	{ NTP_PRIV_MODE7_TRAP_PORT, 2 }, { NTP_PRIV_MODE7_SEQUENCE, 2 }, { NTP_PRIV_MODE7_SETTIME, 4 },
	{ NTP_PRIV_MODE7_ORIGTIME, 4 }, { NTP_PRIV_MODE7_RESETS, 4 }, { NTP_PRIV_TRAPS_FLAGS, 4 },
	{ NTP_PRIV_MODE7_IPV6_FLAG, 4 }, { NTP_PRIV_MODE7_LOCAL_ADDRESS6, 16 },
	{ NTP_PRIV_MODE7_TRAP_ADDRESS6, 16 },
};
static const struct part add_trap[] = {
	{ NTP_PRIV_MODE7_LOCAL_ADDRESS, 4 }, { NTP_PRIV_MODE7_TRAP_ADDRESS, 4 },
	{ NTP_PRIV_MODE7_TRAP_PORT, 2 }, { NTP_PRIV_MODE7_UNUSED, 2 }, { NTP_PRIV_MODE7_IPV6_FLAG, 4 },
	{ NTP_PRIV_MODE7_LOCAL_ADDRESS6, 16 }, { NTP_PRIV_MODE7_TRAP_ADDRESS6, 16 },
};
static const struct part request_key[] = {
	{ NTP_KEYID, 4 },
};
static const struct part get_ctlstats[] = {
	{ NTP_PRIV_MODE7_TIMERESET, 4 }, { NTP_PRIV_MODE7_REQUESTS, 4 }, { NTP_PRIV_MODE7_BAD_PACKETS, 4 },
	{ NTP_PRIV_MODE7_RESPONSES, 4 }, { NTP_PRIV_MODE7_FRAGMENTS, 4 }, { NTP_PRIV_MODE7_ERRORS, 4 },
	{ NTP_PRIV_MODE7_TOO_SHORT, 4 }, { NTP_PRIV_MODE7_INPUT_RESPONSES, 4 },
	{ NTP_PRIV_MODE7_INPUT_FRAGMENTS, 4 }, { NTP_PRIV_MODE7_INPUT_ERRORS, 4 },
	{ NTP_PRIV_MODE7_BAD_OFFSET, 4 }, { NTP_PRIV_MODE7_BAD_VERSION, 4 },
	{ NTP_PRIV_MODE7_DATA_TOO_SHORT, 4 }, { NTP_PRIV_MODE7_BADOP, 4 }, { NTP_PRIV_MODE7_ASYNC_MESSAGES, 4 },
};
static const struct part get_clockinfo[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 },
};
static const struct part get_clockinfo_response[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_TYPE, 1 }, { NTP_PRIV_MODE7_CLOCK_FLAGS, 1 },
	{ NTP_PRIV_MODE7_LASTEVENT, 1 }, { NTP_PRIV_MODE7_CURRENTSTATUS, 1 }, { NTP_PRIV_MODE7_POLLS, 4 },
	{ NTP_PRIV_MODE7_NORESPONSE, 4 }, { NTP_PRIV_MODE7_BADFORMAT, 4 }, { NTP_PRIV_MODE7_BADDATA, 4 },
	{ NTP_PRIV_MODE7_TIMESTARTED, 4 }, { NTP_PRIV_MODE7_FUDGETIME1, 8 }, { NTP_PRIV_MODE7_FUDGETIME2, 8 },
	{ NTP_PRIV_MODE7_FUDGEVAL1, 4 }, { NTP_PRIV_MODE7_FUDGEVAL2, 4 },
};
static const struct part set_clkfudge[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_WHICH, 4 }, { NTP_PRIV_MODE7_FUDGETIME, 8 },
	{ NTP_PRIV_MODE7_FUDGEVAL_FLAGS, 4 },
};
static const struct part get_kernel[] = {
	{ NTP_PRIV_MODE7_KERNEL_OFFSET, 4 }, { NTP_PRIV_MODE7_FREQ, 4 }, { NTP_PRIV_MODE7_MAXERROR, 4 },
	{ NTP_PRIV_MODE7_ESTERROR, 4 }, { NTP_PRIV_MODE7_STATUS, 2 }, { NTP_PRIV_MODE7_SHIFT, 2 },
	{ NTP_PRIV_MODE7_CONSTANT, 4 }, { NTP_PRIV_MODE7_PRECISION, 4 }, { NTP_PRIV_MODE7_TOLERANCE, 4 },
	{ NTP_PRIV_MODE7_PPSFREQ, 4 }, { NTP_PRIV_MODE7_JITTER, 4 }, { NTP_PRIV_MODE7_STABIL, 4 },
	{ NTP_PRIV_MODE7_JITCNT, 4 }, { NTP_PRIV_MODE7_CALCNT, 4 }, { NTP_PRIV_MODE7_ERRCNT, 4 },
	{ NTP_PRIV_MODE7_STBCNT, 4 },
};
static const struct part get_clkbuginfo_response[] = {
	{ NTP_PRIV_MODE7_ADDRESS, 4 }, { NTP_PRIV_MODE7_NVALUES, 1 }, { NTP_PRIV_MODE7_NTIMES, 1 },
	{ NTP_PRIV_MODE7_SVALUES, 2 }, { NTP_PRIV_MODE7_STIMES, 4 }, { NTP_PRIV_MODE7_VALUES, 64 },
	{ NTP_PRIV_MODE7_TIMES, 256 },
};
static const struct part mon_getlist_1[] = {
	{ NTP_PRIV_MONLIST_AVGINT, 4 }, { NTP_PRIV_MONLIST_LSINT, 4 }, { NTP_PRIV_MONLIST_RESTR, 4 },
	{ NTP_PRIV_MONLIST_COUNT, 4 }, { NTP_PRIV_MONLIST_REMOTE_ADDRESS, 4 },
	{ NTP_PRIV_MONLIST_LOCAL_ADDRESS, 4 }, { NTP_PRIV_MONLIST_FLAGS, 4 }, { NTP_PRIV_MONLIST_PORT, 2 },
	{ NTP_PRIV_MONLIST_MODE, 1 }, { NTP_PRIV_MONLIST_VERSION, 1 }, { NTP_PRIV_MONLIST_IPV6, 4 },
	{ NTP_PRIV_MONLIST_UNUSED, 4 }, { NTP_PRIV_MONLIST_ADDR6, 16 }, { NTP_PRIV_MONLIST_DADDR6, 16 },
};
static const struct part if_stats[] = {
	{ NTP_PRIV_MODE7_ADDRESS6, 16 }, { NTP_PRIV_MODE7_BCAST6, 16 }, { NTP_PRIV_MODE7_MASK6, 16 },
	{ NTP_PRIV_MODE7_IPV6_FLAG, 4 }, { NTP_PRIV_MODE7_INT_NAME, 32 }, { NTP_PRIV_MODE7_INT_FLAGS, 4 },
	{ NTP_PRIV_MODE7_LAST_TTL, 4 }, { NTP_PRIV_MODE7_NUM_MCAST, 4 }, { NTP_PRIV_MODE7_RECEIVED, 4 },
	{ NTP_PRIV_MODE7_SENT, 4 }, { NTP_PRIV_MODE7_NOTSENT, 4 }, { NTP_PRIV_MODE7_UPTIME, 4 },
	{ NTP_PRIV_MODE7_SCOPEID, 4 }, { NTP_PRIV_MODE7_IFINDEX, 4 }, { NTP_PRIV_MODE7_IFNUM, 4 },
	{ NTP_PRIV_MODE7_PEERCNT, 4 }, { NTP_PRIV_MODE7_FAMILY, 2 }, { NTP_PRIV_MODE7_IGNORE_PKTS, 1 },
	{ NTP_PRIV_MODE7_ACTION, 1 }, { NTP_PRIV_MODE7_UNUSED, 4 },
};

static const struct item_row rows[] = {
	{ 0, BOTH, PARTS(peer_list) },
	{ 1, BOTH, PARTS(peer_list_sum) },
	{ 2, REQUEST, PARTS(peer_list) },
	{ 2, RESPONSE, PARTS(peer_info_response) },
	{ 3, REQUEST, PARTS(peer_list) },
	{ 3, RESPONSE, PARTS(peer_stats_response) },
	{ 4, BOTH, PARTS(sys_info) },
	{ 5, BOTH, PARTS(sys_stats) },
	{ 6, BOTH, PARTS(io_stats) },
	{ 7, BOTH, PARTS(mem_stats) },
	{ 8, BOTH, PARTS(loop_info) },
	{ 9, BOTH, PARTS(timer_stats) },
	{ 10, BOTH, PARTS(config) },
	{ 11, BOTH, PARTS(unconfig) },
	{ 12, BOTH, PARTS(set_sys_flag) },
	{ 13, BOTH, PARTS(set_sys_flag) },
	{ 16, BOTH, PARTS(get_restrict) },
	{ 17, BOTH, PARTS(resaddflags) },
	{ 18, BOTH, PARTS(resaddflags) },
	{ 19, BOTH, PARTS(resaddflags) },
	{ 20, BOTH, PARTS(mon_getlist) },
	{ 21, BOTH, PARTS(reset_stats) },
	{ 22, BOTH, PARTS(unconfig) },
	{ 26, BOTH, PARTS(trustkey) },
	{ 27, BOTH, PARTS(trustkey) },
	{ 28, BOTH, PARTS(authinfo) },
	{ 29, BOTH, PARTS(traps) },
	{ 30, BOTH, PARTS(add_trap) },
	{ 31, BOTH, PARTS(add_trap) },
	{ 32, BOTH, PARTS(request_key) },
	{ 33, BOTH, PARTS(request_key) },
	{ 34, BOTH, PARTS(get_ctlstats) },
	{ 36, REQUEST, PARTS(get_clockinfo) },
	{ 36, RESPONSE, PARTS(get_clockinfo_response) },
	{ 37, BOTH, PARTS(set_clkfudge) },
	{ 38, BOTH, PARTS(get_kernel) },
	{ 39, REQUEST, PARTS(get_clockinfo) },
	{ 39, RESPONSE, PARTS(get_clkbuginfo_response) },
	{ 42, BOTH, PARTS(mon_getlist_1) },
	{ 44, BOTH, PARTS(if_stats) },
	{ 45, BOTH, PARTS(if_stats) },
};

static void add_flags(struct dissection *d, struct wire *w, uint64_t value)
{
	static const struct { uint16_t field, first, last; } flags[] = {
		{ NTP_PRIV_MODE7_PEER_FLAGS, NTP_PRIV_MODE7_PEER_FLAGS_CONFIG, NTP_PRIV_MODE7_PEER_FLAGS_SHORTLIST },
		{ NTP_PRIV_CONFIG_FLAGS, NTP_PRIV_MODE7_CONFIG_FLAGS_AUTHENABLE, NTP_PRIV_MODE7_CONFIG_FLAGS_SKEY },
		{ NTP_PRIV_MODE7_SYS_FLAGS, NTP_PRIV_MODE7_SYS_FLAGS_BCLIENT, NTP_PRIV_MODE7_SYS_FLAGS_CAL },
		{ NTP_PRIV_MODE7_SYS_FLAGS8, NTP_PRIV_MODE7_SYS_FLAGS_BCLIENT, NTP_PRIV_MODE7_SYS_FLAGS_CAL },
		{ NTP_PRIV_MODE7_RESET_STATS_FLAGS, NTP_PRIV_MODE7_RESET_STATS_FLAGS_ALLPEERS,
		  NTP_PRIV_MODE7_RESET_STATS_FLAGS_CTL },
	};
	node_ref node = d->last;

	for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++) {
		const struct field *first = &ntp_fields[flags[i].first], *last = &ntp_fields[flags[i].last];
		if (!d->tree || d->tree->nodes[node].field != &ntp_fields[flags[i].field])
			continue;
		ntp_say_bits(d, w, node, first, last, value);
		open_subtree(d);
		add_bits(d, w, first, last, flags[i].field == NTP_PRIV_MODE7_RESET_STATS_FLAGS ? 4 : 1, value);
		close_subtree(d, node, NULL);
	}
}

static void add_part(struct dissection *d, struct wire *w, const struct field *field, uint32_t n)
{
	switch (field->type) {
	case OCTETS: case IPV6:
		add_octets(d, w, field, n ? n : wire_left(w));
		return;
	case STRING:
		add_ascii(d, w, field, n);
		return;
	case ABSOLUTE_TIME:
		ntp_add_timestamp(d, w, field);
		return;
	default:
		break;
	}
	const uint8_t *octets = wire_bytes(w, n);
	if (!octets || !SHOWING(d, w))
		return;
	uint64_t value = field == F(PRIV_MODE7_KEY) ? le64(octets) : be_value(octets, n);
	add_node(d, w, field, w->at - n, n, value);
	if (field == F(PPOLL) || field == F(PRECISION) || field == F(ROOTDELAY) || field == F(ROOTDISPERSION))
		value_text(d, w, d->last, "%lu", (unsigned long)value);
	else if (field->mask)
		add_flags(d, w, value);
}

static const struct item_row *find_row(uint8_t code, unsigned where)
{
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].code == code && rows[i].where & where)
			return &rows[i];
	}
	return NULL;
}

static void title_item(struct dissection *d, struct wire *w, node_ref node, uint8_t code)
{
	uint32_t address = 16, port = code == MON_GETLIST ? 20 : 28; /* offsets */

	if (code != MON_GETLIST && code != MON_GETLIST_1)
		set_text(d, w, node, "%s Item", name_or(F(PRIV_REQCODE)->names, code, "Unknown"));
	else if (wire_need(w, port + 2))
		set_text(d, w, node, "Monlist item: address: %s:%u", ipv4_text(d, be32(wire_here(w) + address)),
		         be16(wire_here(w) + port));
}

/* Where in an item it stands whether its addresses are those of IPv6; 0: they are shown both ways. */
static uint32_t flag_offset(uint8_t code)
{
	switch (code) {
	case MON_GETLIST:
		return 24;
	case MON_GETLIST_1:
		return 32;
	case IF_STATS: case IF_RELOAD:
		return 48;
	default:
		return 0;
	}
}

/* An address of IPv4 in the room of one of IPv6; those of clients stand elsewhere. */
static void add_narrow(struct dissection *d, struct wire *w, uint16_t field)
{
	static const struct { uint16_t wide, narrow; } fields[] = {
		{ NTP_PRIV_MODE7_ADDRESS6, NTP_PRIV_MODE7_ADDRESS }, { NTP_PRIV_MODE7_BCAST6, NTP_PRIV_MODE7_BCAST },
		{ NTP_PRIV_MODE7_MASK6, NTP_PRIV_MODE7_MASK },
	};
	struct wire at = *w;

	for (unsigned i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (fields[i].wide == field)
			add_ipv4(d, &at, &ntp_fields[fields[i].narrow]);
	}
	wire_skip(w, 16);
}

static void read_item(struct dissection *d, struct wire *w, uint8_t code, unsigned where, uint32_t size)
{
	const struct item_row *row = find_row(code, where);
	uint32_t flag = flag_offset(code);

	if ((code == MON_GETLIST || code == MON_GETLIST_1) && !wire_need(w, code == MON_GETLIST ? 22 : 30))
		return;
	bool is_narrow = flag && wire_has(w, flag + 4) && !be32(wire_here(w) + flag);
	add_node(d, w, F(PRIV_MODE7_ITEM), w->at, size, 0);
	node_ref node = open_subtree(d);
	title_item(d, w, node, code);
	for (unsigned i = 0; row && i < row->count; i++) {
		const struct field *field = &ntp_fields[row->parts[i].field];
		if (is_narrow && field->type == IPV6)
			add_narrow(d, w, row->parts[i].field);
		else
			add_part(d, w, field, row->parts[i].octets);
	}
	close_subtree(d, node, NULL);
}

/* ---- messages ---- */

/* Four bits and a count of twelve share two octets. */
static uint16_t add_shared(struct dissection *d, struct wire *w, const struct field *bits, const struct field *field)
{
	uint16_t value = wire_has(w, 2) ? be16(wire_here(w)) : wire_has(w, 1) ? (uint16_t)(*wire_here(w) << 8) : 0;
	uint16_t count = value & 0xfff;
	char text[20];

	if (!wire_need(w, 1))
		return 0;
	add_node(d, w, bits, w->at, 1, value >> 12);
	for (unsigned i = 0; i < 16; i++)
		text[i] = (char)('0' + (value >> (15 - i) & 1));
	if (bits->names)
		set_text(d, w, d->last, "%.4s .... = %s: %s (0x%02x)", text, bits->label, name_or(bits->names, value >> 12, "Unknown"),
		         value >> 12);
	else
		set_text(d, w, d->last, "%.4s .... = %s: 0x%02x", text, bits->label, value >> 12);
	if (wire_need(w, 2)) {
		add_node(d, w, field, w->at, 2, count);
		set_text(d, w, d->last, ".... %.4s  %.4s %.4s = %s: %u", text + 4, text + 8, text + 12, field->label, count);
		wire_skip(w, 2);
	}
	return count;
}

static void read_items(struct dissection *d, struct wire *w, uint8_t code, unsigned where)
{
	uint16_t count = add_shared(d, w, F(PRIV_ERR), F(PRIV_NUMITEMS));
	uint16_t size = add_shared(d, w, F(PRIV_RESERVED), F(PRIV_ITEMSIZE));
	struct wire at = *w;
	for (unsigned i = 0; i < count && at.state == WIRE_GOOD; i++) {
		uint32_t start = at.at;
		read_item(d, &at, code, where, size);
		if (!size)
			break;
		if (at.state == WIRE_GOOD && start + size <= at.end)
			at.at = start + size;
	}
	wire_join(w, &at);
}

static void read_authentication(struct dissection *d, struct wire *w, uint32_t start)
{
	uint32_t at = start + AUTHENTICATION_AT;

	if (!wire_need(w, at - w->at))
		return;
	w->at = at;
	ntp_add_timestamp(d, w, F(PRIV_TSTAMP));
	add_octets(d, w, F(KEYID), 4);
	add_octets(d, w, F(MAC), wire_left(w));
}

void ntp_read_private(struct dissection *d, struct wire *w, bool is_response)
{
	uint32_t start = w->at - 1;
	uint8_t sequence = add_uint8(d, w, F(PRIV_AUTH_SEQ));

	node_ref node = open_subtree(d);
	add_bits(d, w, F(PRIV_AUTH), F(PRIV_SEQ), 1, sequence);
	close_subtree(d, node, NULL);
	uint8_t implementation = add_uint8(d, w, F(PRIV_IMPL));
	uint8_t code = add_uint8(d, w, F(PRIV_REQCODE));
	if (w->state != WIRE_GOOD)
		return;
	if (is_response)
		ntp_meet_response(d, NTP_PRIVATE, implementation);
	else
		ntp_meet_request(d, NTP_PRIVATE, implementation);
	if (d->first_pass)
		return;
	append_info(d, w, ", %s, %s", is_response ? "Response" : "Request", name_or(F(PRIV_REQCODE)->names, code, "Unknown"));
	ntp_show_match(d, w);
	if (implementation != XNTPD)
		return;
	struct wire items = *w;
	read_items(d, &items, code, is_response ? RESPONSE : REQUEST);
	wire_join(w, &items);
	if (!is_response && sequence & AUTHENTICATED)
		read_authentication(d, w, start);
	if (w->state == WIRE_GOOD)
		wire_skip(w, wire_captured(w));
}
