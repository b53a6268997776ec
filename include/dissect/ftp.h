#ifndef DISSECT_FTP_H
#define DISSECT_FTP_H
/* ftp: what the control connections and the data connections of FTP (RFC 959) share. */

#include "dissect/dissection.h"

/* Octets that pass 1 keeps. */
struct ftp_text {
	const char *at;
	uint32_t length;
};

/*
 * A data connection, from its announcement on. Written by pass 1, frozen in pass 2: it stays where it is, facts
 * and streams point at it.
 */
struct ftp_transfer {
	const char *method;        /* PORT, PASV, EPASV */
	uint32_t setup_frame;      /* of the announcement */
	uint32_t command_frame;    /* of the first command behind it; 0: none */
	struct ftp_text command;
	struct ftp_text directory; /* the working directory when it was announced */
	uint32_t frames;           /* segments with data */
	uint32_t first_frame, last_frame;
	uint64_t octets;
	int64_t first_time, last_time; /* nanoseconds */
};

extern const struct protocol protocol_ftp, protocol_ftp_data;

#endif
