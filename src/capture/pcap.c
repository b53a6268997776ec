/*
 * pcap.c: the classic capture file, https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/.
 *
 *    file header, 24 octets: magic, version, zone, accuracy, snapshot length, link type
 *    record, 16 octets:      seconds, fraction, captured length, length; then the data
 *
 * libpcap reads the file header, so that a file which it refuses is refused here too. The records
 * we walk ourselves: pass 2 has to find them by their offset, and libpcap clips a frame at the
 * snapshot length, where tshark shows all that was captured.
 */

#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>

#include "dissect/capture_private.h"

enum {
	RECORD = 16,
	MODIFIED_RECORD = 24, /* interface index, protocol and packet type follow */
};

#define MICROSECONDS 0xa1b2c3d4U
#define NANOSECONDS  0xa1b23c4dU
#define MODIFIED     0xa1b2cd34U

/* Magic octets in either order. */
static bool is_magic(const uint8_t *head, uint32_t magic)
{
	return be32(head) == magic || le32(head) == magic;
}

bool pcap_begins(const uint8_t *head, size_t length)
{
	return length >= 4 && (is_magic(head, MICROSECONDS) || is_magic(head, NANOSECONDS) ||
	                       is_magic(head, MODIFIED));
}

/* What libpcap says against the header into *error. */
static bool libpcap_accepts(const struct capture *c, const uint8_t *head,
                            struct capture_error *error)
{
	uint8_t copy[PCAP_HEADER];
	char complaint[PCAP_ERRBUF_SIZE] = "no memory";
	memcpy(copy, head, sizeof(copy));
	FILE *file = fmemopen(copy, sizeof(copy), "r");
	pcap_t *p = file ? pcap_fopen_offline_with_tstamp_precision(
	                       file, PCAP_TSTAMP_PRECISION_NANO, complaint)
	                 : NULL;
	if (p) {
		pcap_close(p); /* closes the file as well */
		return true;
	}
	if (file)
		fclose(file);
	capture_fail(error, c->name, "cannot be read: libpcap says \"%s\"", complaint);
	return false;
}

bool pcap_set_up(struct capture *c, const uint8_t *head, size_t length, struct capture_error *error)
{
	if (length < PCAP_HEADER) {
		capture_fail(error, c->name,
		             "cut short at octet %zu, inside its file header of %d octets", length,
		             PCAP_HEADER);
		return false;
	}
	if (!libpcap_accepts(c, head, error))
		return false;
	c->next = pcap_next_frame;
	c->big_endian = head[0] == 0xa1;
	c->nanoseconds = is_magic(head, NANOSECONDS);
	c->modified = is_magic(head, MODIFIED);

	/* Old writers had the lengths the other way around, those of 2.3 only some of the time. */
	uint16_t major = get16(head + 4, c->big_endian), minor = get16(head + 6, c->big_endian);
	if (major == 543 || (major == 2 && minor < 3))
		c->order = LENGTH_FIRST;
	else if (major == 2 && minor == 3)
		c->order = LESSER_FIRST;

	/* 4 bits of FCS length in units of 16 bits, 1 unused, "is valid", 10 unused, link type */
	uint32_t network = get32(head + 20, c->big_endian);
	if (network & 0x03ff0000) {
		capture_fail(error, c->name,
		             "cannot be read: reserved bits are set in its link type (0x%08x)",
		             network);
		return false;
	}
	c->link_type = (uint16_t)network;
	c->fcs_length = network & 0x04000000 ? (int8_t)(network >> 28 << 1) : -1;
	return true;
}

int pcap_next_frame(struct reader *r, struct frame *frame, struct capture_error *error)
{
	const struct capture *c = r->capture;
	const bool big = c->big_endian;
	const size_t header = c->modified ? MODIFIED_RECORD : RECORD;

	r->record = reader_offset(r);
	if (!reader_has(r, header))
		return reader_ends(r, error, "the record header of frame %u", r->number);
	const uint8_t *p = r->buffer + r->at;
	uint32_t captured = get32(p + 8, big), length = get32(p + 12, big);
	if (__builtin_expect(c->order != CAPTURED_FIRST, 0) &&
	    (c->order == LENGTH_FIRST || captured > length)) {
		uint32_t swap = captured;
		captured = length;
		length = swap;
	}
	if (captured > capture_limit(c->link_type))
		return reader_damage(r, error,
		                     "frame %u claims %u captured octets, where %u is the most",
		                     r->number, captured, capture_limit(c->link_type));
	if (!reader_has(r, header + captured))
		return reader_ends(r, error, "frame %u (captured length %u, %llu octets there)",
		                   r->number, captured,
		                   (unsigned long long)(reader_last(r) - r->record - header));

	p = r->buffer + r->at;
	/* Unsigned, then signed: tshark shows fractions beyond 2^31 ns as negative ones. */
	uint32_t fraction = get32(p + 4, big) * (c->nanoseconds ? 1 : 1000);
	*frame = (struct frame){
	    .number = r->number++,
	    .time = {get32(p, big), (int32_t)fraction},
	    .has_time = true,
	    .time_digits = c->nanoseconds ? 9 : 6,
	    .data = p + header,
	    .captured = captured,
	    .length = length < INT32_MAX ? length : INT32_MAX,
	    .data_offset = r->record + header,
	    .link_type = c->link_type,
	    .fcs_length = c->fcs_length,
	};
	r->at += header + captured;
	return 1;
}
