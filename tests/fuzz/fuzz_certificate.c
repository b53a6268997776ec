/*
 * fuzz_certificate.c: a certificate (RFC 5280), a response of OCSP (RFC 6960) or names of authorities, in a handshake message
 * of TLS.
 *
 * The input is one octet that says which, and the value in DER.
 */

#include "fuzz.h"

enum { LARGEST = 16000, RECORD = 5, MESSAGE = 4, IN_FRONT = 8 };

/* What stands between a message's header and the value; ## the lengths of all that follows. */
struct shape {
	uint8_t type;
	const char *front; /* 3 and 2: a length of so many octets; other characters as they are */
	size_t n;
};

static const struct shape shapes[] = {
	{ 11, "33", 2 },            /* Certificate: certificate_list, a certificate */
	{ 22, "\001" "3", 2 },      /* CertificateStatus: ocsp, a response */
	{ 13, "\001\001" "22", 4 }, /* CertificateRequest: rsa_sign, certificate_authorities, a name */
};

/* Writes what stands in front of n octets; returns how long it is. */
static size_t put_front(uint8_t *to, const struct shape *shape, size_t n)
{
	uint8_t *at = to;
	size_t left = n;

	for (size_t i = 0; i < shape->n; i++)
		left += shape->front[i] >= '2' ? (size_t)(shape->front[i] - '0') : 1;
	for (size_t i = 0; i < shape->n; i++) {
		const char c = shape->front[i];
		left -= c >= '2' ? (size_t)(c - '0') : 1;
		if (c == '3')
			*at++ = (uint8_t)(left >> 16);
		if (c >= '2') {
			put16(at, (uint32_t)left);
			at += 2;
		} else
			*at++ = (uint8_t)c;
	}
	return (size_t)(at - to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t packet[IP_HEADER + TCP_HEADER + RECORD + MESSAGE + IN_FRONT + LARGEST];
	uint8_t *record = packet + IP_HEADER + TCP_HEADER, *message = record + RECORD;
	FILE *file;

	if (size < 1 || --size > LARGEST)
		return 0;
	const struct shape *shape = &shapes[*data % (sizeof shapes / sizeof *shapes)];
	const size_t front = put_front(message + MESSAGE, shape, size);
	memcpy(message + MESSAGE + front, data + 1, size);
	put16(message + 2, (uint32_t)(front + size));
	message[0] = shape->type;
	memcpy(record, "\x16\x03\x01", 3);
	put16(record + 3, (uint32_t)(MESSAGE + front + size));
	put_tcp_headers(packet, RECORD + MESSAGE + front + size, 443, true, 1, 1, 0x18);
	const int fd = begin_capture(LINK_RAW, &file);
	put_frame(file, packet, (size_t)(message - packet) + MESSAGE + front + size, 1000000, 0);
	fclose(file);
	dissect_capture(fd);
	return 0;
}
