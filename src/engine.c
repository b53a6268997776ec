/* engine.c: the two passes, the workers, and the writer that puts their text in order. */

#include "dissect/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/crypto.h"
#include "dissect/dissection.h"
#include "dissect/filter.h"
#include "dissect/format.h"
#include "dissect/frame.h"
#include "dissect/layout.h"
#include "dissect/output.h"
#include "dissect/palette.h"
#include "dissect/resolver.h"
#include "dissect/writer.h"

/* ---- one frame ---- */

/* What is to come of a frame. */
struct demand {
	const struct field_set *fields; /* nodes that trees are built of; NULL: all */
	bool columns;                   /* those of the packet list */
	bool headers_only;              /* all of it stands up to the transport layer */
};

/* Does a field stand up to the transport layer, whatever stands above? */
static bool is_of_headers(const struct field *field)
{
	for (const struct protocol *const *p = protocols; *p; p++)
		if ((*p)->is_lower && (*p)->field_count && field >= (*p)->fields && field <= &(*p)->fields[(*p)->field_count - 1])
			return !field->of_all;
	return false;
}

/* Nodes of such fields, and columns or none. */
static struct demand demand_for(const struct field_set *fields, bool columns)
{
	struct demand demand = { .fields = fields, .columns = columns, .headers_only = !columns };

	for (uint32_t i = 0; i < fields->capacity && demand.headers_only; i++)
		demand.headers_only = !fields->slots[i].field || is_of_headers(fields->slots[i].field);
	return demand;
}

/* What one thread needs to take frames through the dissectors. */
struct worker {
	struct dissection d;
	struct arena arena;
	struct tree tree;
	struct columns columns;
	struct demand demand;
	struct demand selecting; /* what the display filter and the checks ask for */
	struct renderer *renderer;
	struct text plain; /* what is to be coloured */
	struct frame_times times;
};

static void worker_begin(struct worker *worker, struct session *session)
{
	memset(worker, 0, sizeof *worker);
	worker->d.session = session;
	worker->d.arena = &worker->arena;
	worker->selecting = demand_for(&session->tested, session->tests_columns);
}

static void worker_end(struct worker *worker)
{
	crypto_free(worker->d.crypto);
	arena_free(&worker->arena);
	tree_free(&worker->tree);
	renderer_free(worker->renderer);
	text_free(&worker->plain);
}

/* Everything before the sources is reset by hand: clearing the whole of a dissection would cost more than a frame. */
static void begin_frame(struct worker *worker, const struct frame *frame, bool first_pass)
{
	struct dissection *d = &worker->d;

	arena_reset(&worker->arena);
	d->frame = frame;
	d->first_pass = first_pass;
	d->headers_only = !first_pass && worker->demand.headers_only;
	d->quoted = false;
	d->cut_quote = NULL;
	d->depth = d->nesting = 0;
	d->too_deep = false;
	d->end_said = WIRE_GOOD;
	d->last = d->anchor = 0;
	d->source_count = 0;
	d->layer_count = d->layer = d->trail_count = 0;
	d->link_source.kind = d->link_destination.kind = ADDRESS_NONE;
	d->source.kind = d->destination.kind = ADDRESS_NONE;
	d->source_port = d->destination_port = 0;
	d->has_conversation = false;
	d->tree = NULL;
	if (first_pass) {
		d->facts_from = d->session->facts.end;
	} else if (!worker->demand.fields || worker->demand.fields->count) {
		tree_reset(&worker->tree, worker->demand.fields);
		d->tree = &worker->tree;
	}
	d->columns = NULL;
	if (!first_pass && worker->demand.columns) {
		columns_reset(&worker->columns);
		d->columns = &worker->columns;
	}
}

static void run_dissectors(struct worker *worker, const struct frame *frame, bool first_pass)
{
	begin_frame(worker, frame, first_pass);
	dissect_frame(&worker->d, &worker->times);
	if (worker->d.tree)
		tree_finish(worker->d.tree);
}

static void show_plain(struct worker *worker, struct text *out)
{
	const enum view view = worker->d.session->options.view;
	const struct format *format = worker->d.session->options.format;

	if (format) {
		format->frame(worker->renderer, &worker->d, &worker->times, out);
		return;
	}
	if (view != VIEW_TREES)
		render_row(&worker->d, &worker->times, out);
	if (view != VIEW_LIST)
		render_tree(worker->renderer, &worker->d, out);
	if (worker->d.session->options.hex && view == VIEW_LIST)
		text_put(out, "\n", 1);
	if (worker->d.session->options.hex)
		render_hex(&worker->d, out);
}

static void show_frame(struct worker *worker, struct text *out)
{
	const struct palette *palette = worker->d.session->palette;

	if (!palette) {
		show_plain(worker, out);
		return;
	}
	worker->plain.length = 0;
	show_plain(worker, &worker->plain);
	palette_paint(palette, &worker->d, &worker->plain, out);
}

/* What is shown. */
static struct demand demand_of(const struct session *session)
{
	const struct options *options = &session->options;
	const struct format *format = options->format;

	const bool columns = options->view != VIEW_TREES; /* -P goes with every form */

	if (format ? format->lists : options->view == VIEW_LIST)
		return demand_for(&session->listed, true);
	if (!format || !asked_count(options->asked))
		return (struct demand){ .columns = columns };
	return demand_for(asked_fields(options->asked), columns || asked_needs_columns(options->asked));
}

static void worker_shows(struct worker *worker)
{
	const struct session *session = worker->d.session;

	worker->renderer = renderer_new(session->resolver, !session->options.hex);
	renderer_details(worker->renderer, session->options.details);
	worker->demand = demand_of(session);
}

static bool is_in_range(const struct options *options, uint32_t number)
{
	return number >= options->first && (!options->last || number <= options->last);
}

/* Frames come to many threads in any order: the lowest number of a match stays. */
static void note_matches(struct session *session, const struct dissection *d)
{
	for (unsigned i = 0; i < session->options.check_count; i++) {
		uint32_t first = session->matches[i];
		if (!filter_selects(session->options.checks[i].filter, d))
			continue;
		while ((!first || d->frame->number < first) &&
		       !atomic_compare_exchange_weak(&session->matches[i], &first, d->frame->number))
			;
	}
}

/* Is the frame shown? The checks look at it in any case. */
static bool is_selected(struct worker *worker, const struct frame *frame)
{
	struct session *session = worker->d.session;
	const struct options *options = &session->options;
	const bool in_range = is_in_range(options, frame->number);

	if (!options->check_count && (!in_range || !options->filter))
		return in_range;
	const struct demand shown = worker->demand;

	worker->demand = worker->selecting;
	run_dissectors(worker, frame, false);
	worker->demand = shown;
	note_matches(session, &worker->d);
	return in_range && (!options->filter || filter_selects(options->filter, &worker->d));
}

static void ask_for(struct session *session, const struct filter *filter)
{
	field_set_add_all(&session->tested, filter_fields(filter));
	session->tests_columns |= filter_needs_columns(filter);
}

/* What the display filter and the checks need. */
static void ask_for_filters(struct session *session)
{
	if (session->options.filter)
		ask_for(session, session->options.filter);
	for (unsigned i = 0; i < session->options.check_count; i++)
		ask_for(session, session->options.checks[i].filter);
}

/* What the packet list is made of. */
static void ask_for_list(struct session *session)
{
	if (session->palette)
		field_set_add_all(&session->listed, palette_fields(session->palette));
	layout_ask(layout_of(&session->options), &session->listed);
}

/* The times that the next frames' deltas count from. A frame without a time counts as one at the epoch, as in tshark. */
static void note_time(struct frame_times *times, const struct frame *frame)
{
	const struct timestamp epoch = { 0, 0 };

	times->previous = frame->has_time ? frame->time : epoch;
	times->has_previous = true;
	if (!times->has_first)
		times->first = times->previous;
	times->has_first = true;
}

/* The same of a frame that is shown: called after note_time(). */
static void note_shown(struct frame_times *times, const struct frame *frame)
{
	times->octets += frame->length;
	times->shown = times->previous;
	times->has_shown = true;
}

/* False when the reader went away or the text cannot be written. */
static bool write_all(int fd, const char *from, size_t n)
{
	while (n) {
		ssize_t done = write(fd, from, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		from += done;
		n -= (size_t)done;
	}
	return true;
}

/* ---- where the text goes ---- */

struct sink {
	int fd;
	const struct format *format; /* NULL: frames stand by themselves */
	bool any;                    /* text of a frame was written */
	int error;                   /* errno of what could not be written; 0: all was */
};

static bool write_text(struct sink *sink, const char *from, size_t n)
{
	if (sink->error || write_all(sink->fd, from, n))
		return !sink->error;
	sink->error = errno;
	return false;
}

/* Texts of frames begin with what separates them from the one before, which the first does not have. */
static bool write_frames_text(struct sink *sink, const struct text *text)
{
	const size_t skip = sink->format && !sink->any ? strlen(sink->format->separator) : 0;

	if (!text->length)
		return true;
	sink->any = true;
	return write_text(sink, text->data + skip, text->length - skip);
}

static void begin_text_of(struct sink *sink, const struct session *session)
{
	struct text text = { 0 };

	if (!sink->format || !sink->format->begin)
		return;
	sink->format->begin(session, &text);
	write_text(sink, text.data, text.length);
	text_free(&text);
}

static void end_text_of(struct sink *sink)
{
	struct text text = { 0 };

	if (!sink->format || !sink->format->end)
		return;
	sink->format->end(&text, sink->any);
	write_text(sink, text.data, text.length);
	text_free(&text);
}

/* ---- pass 1 ---- */

static void add_run(struct session *session, struct position position, const struct frame_times *times)
{
	if (session->run_count == session->run_capacity) {
		session->run_capacity = session->run_capacity ? session->run_capacity * 2 : 64;
		session->runs = must_realloc(session->runs, session->run_capacity * sizeof *session->runs);
	}
	session->runs[session->run_count++] = (struct run){
		.position = position, .facts = session->facts.end, .previous = times->previous, .has_previous = times->has_previous,
		.octets = times->octets,
		.shown = UINT64_MAX,
	};
}

/* Reads everything, learns everything. Returns what reader_next() ended with. */
static int first_pass(struct session *session, struct capture_error *error)
{
	struct reader *reader = reader_open(session->capture);
	struct worker worker;
	struct frame frame;
	uint32_t most = session->options.count ? session->options.count : UINT32_MAX;
	int got = 0;

	worker_begin(&worker, session);
	while (session->frame_count < most) {
		struct position position = reader_position(reader);
		got = reader_next(reader, &frame, error);
		if (got <= 0)
			break;
		if (session->frame_count++ % RUN_FRAMES == 0) {
			add_run(session, position, &worker.times);
			session->progress_read = session->frame_count;
		}
		run_dissectors(&worker, &frame, true);
		note_time(&worker.times, &frame);
		note_shown(&worker.times, &frame);
	}
	session->progress_read = session->frame_count;
	resolver_catch_up(session->resolver);
	session->first_time = worker.times.first;
	session->has_first_time = worker.times.has_first;
	session->octets = worker.times.octets;
	worker_end(&worker);
	reader_close(reader);
	return got;
}

/* ---- which frames a display filter selects ---- */

struct selection {
	struct session *session;
	_Atomic uint32_t next_run;
};

static struct frame_times times_before(const struct session *session, const struct run *run)
{
	struct frame_times times = {
		.first = session->first_time, .has_first = session->has_first_time,
		.previous = run->previous, .has_previous = run->has_previous,
		.shown = run->previous_shown, .has_shown = run->has_previous_shown,
		.octets = session->octets + run->octets,
	};

	if (!session->options.filter) { /* all are shown */
		times.shown = times.previous;
		times.has_shown = times.has_previous;
	}
	return times;
}

/* Which frames of a run are shown, and when the last of them came. */
static void select_run(struct worker *worker, struct reader *reader, uint32_t number)
{
	struct session *session = worker->d.session;
	struct run *run = &session->runs[number];
	struct capture_error ignored;
	struct frame frame;
	uint32_t first = number * RUN_FRAMES + 1;

	reader_seek(reader, run->position, first);
	worker->d.facts_from = run->facts;
	worker->times = times_before(session, run);
	run->shown = 0;
	run->octets = 0;
	for (uint32_t i = first; i < first + RUN_FRAMES && i <= session->frame_count; i++) {
		if (reader_next(reader, &frame, &ignored) <= 0)
			return;
		const bool shown = is_selected(worker, &frame);
		note_time(&worker->times, &frame);
		if (!shown)
			continue;
		note_shown(&worker->times, &frame);
		run->shown |= 1ULL << (i - first);
		run->previous_shown = worker->times.shown;
		run->has_previous_shown = true;
		run->octets += frame.length;
	}
}

static void *select_runs(void *context)
{
	struct selection *selection = context;
	struct session *session = selection->session;
	struct reader *reader = reader_open(session->capture);
	struct worker worker;
	uint32_t run;

	worker_begin(&worker, session);
	while ((run = selection->next_run++) < session->run_count)
		select_run(&worker, reader, run);
	worker_end(&worker);
	reader_close(reader);
	return NULL;
}

/* When the last frame before each run was shown, from when the last in it was; how many octets were, from how many in it. */
static void carry_times(struct session *session)
{
	struct timestamp last = { 0, 0 };
	bool has_last = false;
	uint64_t octets = 0;

	for (uint32_t i = 0; i < session->run_count; i++) {
		struct run *run = &session->runs[i];
		const struct timestamp in_it = run->previous_shown;
		const bool has_any = run->has_previous_shown;
		const uint64_t octets_in_it = run->octets;
		run->previous_shown = last;
		run->has_previous_shown = has_last;
		run->octets = octets;
		octets += octets_in_it;
		if (has_any) {
			last = in_it;
			has_last = true;
		}
	}
}

/* The threads that a pass has: this one is the first of them. */
static void run_threads(unsigned jobs, void *(*work)(void *), void *context)
{
	pthread_t *threads = must_zero(jobs, sizeof *threads);
	unsigned started = 0;

	for (unsigned i = 1; i < jobs; i++)
		started += pthread_create(&threads[started], NULL, work, context) == 0;
	work(context);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	free(threads);
}

static unsigned job_count(const struct session *session)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned jobs = session->options.jobs ? session->options.jobs : cores > 0 ? (unsigned)cores : 1;
	return jobs < session->run_count ? jobs : session->run_count ? session->run_count : 1;
}

static void select_frames(struct session *session)
{
	struct selection selection = { .session = session };

	run_threads(job_count(session), select_runs, &selection);
	carry_times(session);
}

/* ---- pass 2 ---- */

enum { RUNS_PER_JOB = 4 }; /* that may be under way or wait for their turn */

/*
 * The text of a run. Its octets stay with the worker that fills it, whoever writes them: its part of the cache holds them, and getting
 * them over from another's costs more than to make them.
 */
struct buffer {
	struct text text;
	struct buffer *next;  /* another spare one */
	struct buffer **home; /* the spare ones of its worker, the one used last first */
};

struct second_pass {
	struct session *session;
	struct sink *sink;
	pthread_mutex_t lock;
	pthread_cond_t moved;     /* a run was written */
	uint32_t next_run;        /* to be taken by a worker */
	uint32_t next_write;      /* to be written */
	uint32_t last_run;        /* behind the last */
	bool writing;             /* somebody is */
	bool stop;                /* nobody reads our text any more */
	struct buffer **finished; /* of every run that waits for its turn, by its number modulo their count */
	uint32_t most_finished;
	struct buffer **spare;    /* of every worker */
	unsigned workers;         /* that have begun */
};

static void show_run(struct second_pass *pass, struct worker *worker, struct reader *reader, uint32_t number,
                     struct text *out)
{
	struct session *session = pass->session;
	const struct run *run = &session->runs[number];
	struct capture_error ignored;
	struct frame frame;
	uint32_t first = number * RUN_FRAMES + 1;

	if (!run->shown)
		return;
	reader_seek(reader, run->position, first);
	worker->d.facts_from = run->facts;
	worker->times = times_before(session, run);
	for (uint32_t i = first; i < first + RUN_FRAMES && i <= session->frame_count; i++) {
		if (reader_next(reader, &frame, &ignored) <= 0)
			return;
		const bool shown = is_in_range(&session->options, i) && run->shown >> (i - first) & 1;
		if (shown) {
			run_dissectors(worker, &frame, false);
			show_frame(worker, out);
		}
		note_time(&worker->times, &frame);
		if (shown || !session->options.filter)
			note_shown(&worker->times, &frame);
	}
}

static struct buffer *take_buffer(struct buffer **home)
{
	struct buffer *buffer = *home;

	if (!buffer) {
		buffer = must_zero(1, sizeof *buffer);
		buffer->home = home;
	} else {
		*home = buffer->next;
	}
	return buffer;
}

static void give_back(struct buffer *buffer)
{
	buffer->text.length = 0;
	buffer->next = *buffer->home;
	*buffer->home = buffer;
}

/* Writes every run whose turn has come. Called and left with the lock held. */
static void write_finished(struct second_pass *pass)
{
	struct buffer **next;

	if (pass->writing)
		return;
	pass->writing = true;
	while (!pass->stop && *(next = &pass->finished[pass->next_write % pass->most_finished])) {
		struct buffer *buffer = *next;
		pthread_mutex_unlock(&pass->lock);
		bool good = write_frames_text(pass->sink, &buffer->text);
		pthread_mutex_lock(&pass->lock);
		*next = NULL;
		give_back(buffer);
		pass->stop |= !good;
		pass->next_write++;
		pass->session->progress_shown = pass->next_write * RUN_FRAMES;
		pthread_cond_broadcast(&pass->moved);
	}
	pass->writing = false;
}

static void *work(void *context)
{
	struct second_pass *pass = context;
	struct reader *reader = reader_open(pass->session->capture);
	struct worker worker;

	worker_begin(&worker, pass->session);
	worker_shows(&worker);
	pthread_mutex_lock(&pass->lock);
	struct buffer **spare = &pass->spare[pass->workers++];
	for (;;) {
		while (!pass->stop && pass->next_run < pass->last_run &&
		       pass->next_run - pass->next_write >= pass->most_finished)
			pthread_cond_wait(&pass->moved, &pass->lock);
		if (pass->stop || pass->next_run >= pass->last_run)
			break;
		uint32_t run = pass->next_run++;
		struct buffer *buffer = take_buffer(spare);
		pthread_mutex_unlock(&pass->lock);
		show_run(pass, &worker, reader, run, &buffer->text);
		pthread_mutex_lock(&pass->lock);
		pass->finished[run % pass->most_finished] = buffer;
		write_finished(pass);
	}
	pthread_cond_broadcast(&pass->moved);
	pthread_mutex_unlock(&pass->lock);
	worker_end(&worker);
	reader_close(reader);
	return NULL;
}

/* Where the reader went away, some are left that were never written. */
static void free_buffers(struct second_pass *pass, unsigned jobs)
{
	for (uint32_t i = 0; i < pass->most_finished; i++) {
		if (pass->finished[i])
			give_back(pass->finished[i]);
	}
	for (unsigned i = 0; i < jobs; i++) {
		for (struct buffer *buffer; (buffer = pass->spare[i]);) {
			pass->spare[i] = buffer->next;
			text_free(&buffer->text);
			free(buffer);
		}
	}
	free(pass->finished);
	free(pass->spare);
}

static void second_pass(struct session *session, struct sink *sink)
{
	unsigned jobs = job_count(session);
	struct second_pass pass = { .session = session, .sink = sink, .most_finished = jobs * RUNS_PER_JOB };
	uint32_t first = session->options.first ? (session->options.first - 1) / RUN_FRAMES : 0;

	pass.next_run = pass.next_write = first;
	pass.last_run = session->run_count;
	if (session->options.last && (session->options.last - 1) / RUN_FRAMES + 1 < pass.last_run)
		pass.last_run = (session->options.last - 1) / RUN_FRAMES + 1;
	pass.finished = must_zero(pass.most_finished, sizeof *pass.finished);
	pass.spare = must_zero(jobs, sizeof *pass.spare);
	pthread_mutex_init(&pass.lock, NULL);
	pthread_cond_init(&pass.moved, NULL);

	run_threads(jobs, work, &pass);
	free_buffers(&pass, jobs);
	pthread_cond_destroy(&pass.moved);
	pthread_mutex_destroy(&pass.lock);
}

/* ---- -w ---- */

static void write_frames(struct session *session)
{
	struct reader *reader = reader_open(session->capture);
	struct capture_error ignored;
	struct frame frame;

	for (uint32_t i = 0; i < session->frame_count && reader_next(reader, &frame, &ignored) > 0; i++)
		if (is_in_range(&session->options, i + 1) && session->runs[i / RUN_FRAMES].shown >> i % RUN_FRAMES & 1)
			if (!writer_add(session->writer, &frame))
				break;
	reader_close(reader);
}

/* ---- a stream: both passes, frame by frame ---- */

static int stream_pass(struct session *session, struct sink *sink, struct capture_error *error)
{
	struct reader *reader = reader_open(session->capture);
	struct worker worker;
	struct frame frame;
	struct text out = { 0 };
	bool good = true;
	uint32_t most = session->options.count ? session->options.count : UINT32_MAX;
	int got = 0;

	worker_begin(&worker, session);
	worker_shows(&worker);
	while (session->frame_count < most) {
		got = reader_next(reader, &frame, error);
		if (got <= 0)
			break;
		session->frame_count++;
		uint64_t facts = session->facts.end;
		run_dissectors(&worker, &frame, true);
		resolver_catch_up(session->resolver);
		worker.d.facts_from = facts;
		const bool shown = is_selected(&worker, &frame);
		if (shown && !session->options.quiet) {
			worker.d.facts_from = facts;
			run_dissectors(&worker, &frame, false);
			show_frame(&worker, &out);
			good = write_frames_text(sink, &out);
			out.length = 0;
		}
		if (shown && session->writer)
			good &= writer_add(session->writer, &frame) && writer_flush(session->writer);
		if (!good) {
			got = 0;
			break;
		}
		note_time(&worker.times, &frame);
		if (shown || !session->options.filter)
			note_shown(&worker.times, &frame);
		facts_forget(&session->facts);
	}
	text_free(&out);
	worker_end(&worker);
	reader_close(reader);
	return got;
}

/* A pipe of 64 KiB makes writer and reader wait for each other at every turn. */
static void widen_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
	fcntl(fd, F_SETPIPE_SZ, 1024 * 1024);
#else
	(void)fd;
#endif
}

int engine_run(struct session *session, int fd, struct capture_error *error)
{
	struct sink sink = { .fd = fd, .format = session->options.quiet ? NULL : session->options.format };
	int got;

	widen_pipe(fd);
	begin_text_of(&sink, session);
	ask_for_filters(session);
	ask_for_list(session);

	if (session->options.one_pass) {
		got = stream_pass(session, &sink, error);
	} else {
		got = first_pass(session, error);
		conversations_freeze(&session->conversations);
		if (session->options.filter || session->options.check_count)
			select_frames(session);
		if (!session->options.quiet)
			second_pass(session, &sink);
		if (session->writer)
			write_frames(session);
	}
	end_text_of(&sink);
	if (got < 0 || !sink.error || sink.error == EPIPE)
		return got < 0 ? 2 : 0;
	text_format(error->text, sizeof error->text, "standard output: not all was written: %s", strerror(sink.error));
	return 2;
}
