/* time_column.c: the Time column of the packet list. */

#include <time.h>

#include "dissect/output.h"
#include "dissect/session.h"

enum { NANOSECONDS = 9, HOUR = 3600, MINUTE = 60 };

/* "." and the decimals, as many as are wanted. A capture may claim more nanoseconds than a second has: then the last of the digits go. */
static char *put_fraction(char *to, int32_t nanoseconds, unsigned digits)
{
	if (!digits)
		return to;
	*to++ = '.';
	return put_nanoseconds(to, nanoseconds < 0 ? -(uint32_t)nanoseconds : (uint32_t)nanoseconds) - (NANOSECONDS - digits);
}

/* "26h  1m 23.999995s": the first number takes no more room than it needs. */
static char *put_hms(char *to, struct timestamp span, unsigned digits)
{
	const uint64_t seconds = span.seconds < 0 ? -(uint64_t)span.seconds : (uint64_t)span.seconds;

	if (span.seconds < 0 || span.nanoseconds < 0)
		to = put_literal(to, "- ");
	if (seconds >= HOUR) {
		to = put_decimal(to, seconds / HOUR);
		to = put_literal(to, "h ");
	}
	if (seconds >= MINUTE)
		to += text_format(to, TIME_LARGEST, seconds >= HOUR ? "%2um " : "%um ", (unsigned)(seconds % HOUR / MINUTE));
	to += text_format(to, TIME_LARGEST, seconds >= MINUTE ? "%2u" : "%u", (unsigned)(seconds % MINUTE));
	to = put_fraction(to, span.nanoseconds, digits);
	*to++ = 's';
	return to;
}

static char *put_time_of_day(char *to, struct timestamp time, const struct time_format *format, bool local, unsigned digits)
{
	struct civil c;
	struct tm there;

	if (local && localtime_r(&(time_t){ time.seconds }, &there))
		c = civil_from_seconds((int64_t)((uint64_t)time.seconds + (uint64_t)there.tm_gmtoff));
	else
		c = civil_from_seconds(time.seconds);
	if (format->date == YEAR_MONTH_DAY)
		to += text_format(to, TIME_LARGEST, "%04lld-%02u-%02u ", (long long)c.year, c.month, c.day);
	else if (format->date == YEAR_DAY)
		to += text_format(to, TIME_LARGEST, "%04lld/%03u ", (long long)c.year, c.day_of_year);
	to += text_format(to, TIME_LARGEST, "%02u:%02u:%02u", c.hour, c.minute, c.second);
	return put_fraction(to, time.nanoseconds, digits);
}

/* What the time is told against; the time itself where there is nothing. */
static struct timestamp origin(const struct dissection *d, const struct frame_times *times, enum time_base base)
{
	const struct timestamp epoch = { 0, 0 };

	switch (base) {
	case TIME_SINCE_PREVIOUS:
		return times->has_previous ? times->previous : d->frame->time;
	case TIME_SINCE_SHOWN:
		return times->has_shown ? times->shown : d->frame->time;
	case TIME_SINCE_FIRST:
		return times->has_first ? times->first : d->frame->time;
	default:
		return epoch;
	}
}

char *put_time_column(char *to, const struct dissection *d, const struct frame_times *times, const struct time_format *format)
{
	const unsigned digits = format->has_digits ? format->digits : d->frame->time_digits;

	if (!d->frame->has_time)
		return to;
	if (format->base == TIME_OF_DAY)
		return put_time_of_day(to, d->frame->time, format, format->local && !d->session->options.utc, digits);
	const struct timestamp span = timestamp_span(d->frame->time, origin(d, times, format->base));
	if (format->hms && format->base != TIME_SINCE_EPOCH)
		return put_hms(to, span, digits);
	to = put_span(to, span) - (NANOSECONDS - digits);
	return digits ? to : to - 1;
}
