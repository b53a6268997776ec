/*
 * ftp_data.c: File Transfer Protocol, data connections: RFC 959, section 3.
 *
 * Text is shown line by line, in the segments it came in; of other data only the size.
 */

#include "dissect/ftp.h"
#include "dissect/tcp.h"

extern const struct protocol protocol_text_lines;

enum { FTP_DATA, SETUP_FRAME, SETUP_METHOD, COMMAND, COMMAND_FRAME, DIRECTORY, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	[FTP_DATA]      = { "ftp-data", "FTP Data", PROTOCOL },
	[SETUP_FRAME]   = { "ftp-data.setup-frame", "Setup frame", FRAME_NUMBER, .generated = true },
	[SETUP_METHOD]  = { "ftp-data.setup-method", "Setup method", STRING, .generated = true },
	[COMMAND]       = { "ftp-data.command", "Command", STRING, .generated = true },
	[COMMAND_FRAME] = { "ftp-data.command-frame", "Command frame", FRAME_NUMBER },
	[DIRECTORY]     = { "ftp-data.current-working-directory", "Current working directory", STRING,
	                    .generated = true },
};

/* Text, as far as its beginning says. */
static bool is_text(const struct wire *w)
{
	enum { ENOUGH = 20 };
	const uint32_t n = wire_captured(w) < ENOUGH ? wire_captured(w) : ENOUGH;

	for (uint32_t i = 0; i < n; i++) {
		const uint8_t c = wire_here(w)[i];
		if ((c < ' ' || c > '~') && c != '\r' && c != '\n')
			return false;
	}
	return n > 0;
}

static void count_segment(const struct dissection *d, const struct wire *w, struct ftp_transfer *transfer)
{
	transfer->last_frame = d->frame->number;
	transfer->last_time = timestamp_nanoseconds(d->frame->time);
	if (!transfer->frames++) {
		transfer->first_frame = transfer->last_frame;
		transfer->first_time = transfer->last_time;
	}
	transfer->octets += wire_left(w);
}

static void show_transfer(struct dissection *d, const struct wire *w, const struct ftp_transfer *transfer)
{
	add_number(d, w, &fields[SETUP_FRAME], transfer->setup_frame);
	add_string_value(d, w, &fields[SETUP_METHOD], transfer->method, strlen(transfer->method));
	append_info(d, w, " (%s)", transfer->method);
	if (transfer->command_frame) {
		add_string_value(d, w, &fields[COMMAND], transfer->command.at, transfer->command.length);
		add_number(d, w, &fields[COMMAND_FRAME], transfer->command_frame);
		append_info(d, w, " (%s)", printable(d, transfer->command.at, transfer->command.length));
	}
	add_string_value(d, w, &fields[DIRECTORY], transfer->directory.at, transfer->directory.length);
}

static void dissect(struct dissection *d, struct wire *w)
{
	const struct tcp_stream *stream = tcp_stream_of(d);
	struct ftp_transfer *transfer =
		stream && stream->announced.protocol == &protocol_ftp_data ? stream->announced.about : NULL;

	if (d->first_pass && transfer && !d->quoted)
		count_segment(d, w, transfer);
	if (d->first_pass)
		return;
	node_ref top = open_protocol(d, w, &fields[FTP_DATA]);
	append_text(d, w, top, " (%u bytes data)", wire_left(w));
	set_info(d, w, "FTP Data: %u bytes", wire_left(w));
	close_subtree(d, top, NULL);
	if (transfer)
		show_transfer(d, w, transfer);
	else if (stream)
		add_number(d, w, &fields[SETUP_FRAME], stream->first_frame);
	if (is_text(w))
		dissect_protocol(d, *w, &protocol_text_lines);
}

const struct protocol protocol_ftp_data = {
	.name = "FTP Data", .short_name = "FTP-DATA", .filter = "ftp-data", .column = "FTP-DATA",
	.fields = fields, .field_count = N_FIELDS, .dissect = dissect,
};
