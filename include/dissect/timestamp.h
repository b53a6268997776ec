#ifndef DISSECT_TIMESTAMP_H
#define DISSECT_TIMESTAMP_H
/* timestamp: points in time and spans between them, to the nanosecond. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Seconds since 1970-01-01 00:00 UTC (or a span), and nanoseconds that count in the same direction.
 * A capture file may claim more than 999,999,999 nanoseconds: such a claim is kept as it was read.
 */
struct timestamp {
	int64_t seconds;
	int32_t nanoseconds;
};

/* later - earlier, normalised so that seconds and nanoseconds have one sign. */
struct timestamp timestamp_span(struct timestamp later, struct timestamp earlier);

/* All in nanoseconds, modulo 2^64: spans of up to 292 years come out right. */
static inline int64_t timestamp_nanoseconds(struct timestamp time)
{
	return (int64_t)((uint64_t)time.seconds * 1000000000u + (uint64_t)(int64_t)time.nanoseconds);
}

/* later - earlier, both in nanoseconds. */
static inline int64_t nanoseconds_between(int64_t later, int64_t earlier)
{
	return (int64_t)((uint64_t)later - (uint64_t)earlier);
}

/* A span of nanoseconds. */
static inline struct timestamp timestamp_of(int64_t nanoseconds)
{
	return (struct timestamp){ nanoseconds / 1000000000, (int32_t)(nanoseconds % 1000000000) };
}

/* <0, 0, >0: the order of a and b. */
int timestamp_compare(struct timestamp a, struct timestamp b);

/* A civil date and clock reading. */
struct civil {
	int64_t year;
	unsigned month;       /* 1 to 12 */
	unsigned day;         /* 1 to 31 */
	unsigned day_of_year; /* 1 to 366 */
	unsigned weekday;     /* 0: Sunday */
	unsigned hour, minute, second;
};

/* The proleptic Gregorian date of `seconds` since 1970 in UTC. */
struct civil civil_from_seconds(int64_t seconds);

#endif
