/* timestamp.c: spans, order and civil dates. */

#include "dissect/timestamp.h"

enum { NANOSECONDS = 1000000000 };

struct timestamp timestamp_span(struct timestamp later, struct timestamp earlier)
{
	/* Damaged captures may claim any nanoseconds: what does not fit wraps. */
	struct timestamp span = { (int64_t)((uint64_t)later.seconds - (uint64_t)earlier.seconds),
		                  (int32_t)((uint32_t)later.nanoseconds - (uint32_t)earlier.nanoseconds) };
	if (span.seconds > 0 && span.nanoseconds < 0) {
		span.seconds--;
		span.nanoseconds += NANOSECONDS;
	} else if (span.seconds < 0 && span.nanoseconds > 0) {
		span.seconds++;
		span.nanoseconds -= NANOSECONDS;
	}
	return span;
}

int timestamp_compare(struct timestamp a, struct timestamp b)
{
	if (a.seconds != b.seconds)
		return a.seconds < b.seconds ? -1 : 1;
	return a.nanoseconds < b.nanoseconds ? -1 : a.nanoseconds > b.nanoseconds;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/*
 * Counts in eras of 400 years (146,097 days), each begun on 1 March, so that the leap day is the last of its year and the
 * months' lengths follow one linear rule.
 */
struct civil civil_from_seconds(int64_t seconds)
{
	static const unsigned before_month[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	int64_t days = floor_divide(seconds, 86400);
	unsigned clock = (unsigned)(seconds - days * 86400);
	int64_t shifted = days + 719468; /* since 0000-03-01 */
	int64_t era = floor_divide(shifted, 146097);
	unsigned day_of_era = (unsigned)(shifted - era * 146097);
	unsigned year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	unsigned day = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	unsigned march_month = (5 * day + 2) / 153; /* 0: March */

	struct civil c;
	c.month = march_month < 10 ? march_month + 3 : march_month - 9;
	c.year = era * 400 + year_of_era + (c.month <= 2);
	c.day = day - (153 * march_month + 2) / 5 + 1;
	c.day_of_year = before_month[c.month - 1] + c.day + (c.month > 2 && is_leap(c.year));
	c.weekday = (unsigned)((days % 7 + 11) % 7);
	c.hour = clock / 3600;
	c.minute = clock / 60 % 60;
	c.second = clock % 60;
	return c;
}
