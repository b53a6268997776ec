/* engine.c: the two passes, the workers, and the writer that puts their text in order. */

#include "dissect/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissect/dissection.h"
#include "dissect/frame.h"
#include "dissect/output.h"

/* ---- one frame ---- */

/* What one thread needs to take frames through the dissectors. */
struct worker {
	struct dissection d;
	struct arena arena;
	struct tree tree;
	struct renderer *renderer;
	struct frame_times times;
};

static void worker_begin(struct worker *worker, struct session *session)
{
	memset(worker, 0, sizeof *worker);
	worker->d.session = session;
	worker->d.arena = &worker->arena;
}

static void worker_end(struct worker *worker)
{
	arena_free(&worker->arena);
	tree_free(&worker->tree);
	renderer_free(worker->renderer);
}

/* Everything before the sources is reset by hand: clearing the whole of a dissection would cost more than a frame. */
static void begin_frame(struct worker *worker, const struct frame *frame, bool first_pass)
{
	struct dissection *d = &worker->d;

	arena_reset(&worker->arena);
	d->frame = frame;
	d->first_pass = first_pass;
	d->quoted = false;
	d->cut_quote = NULL;
	d->depth = d->nesting = 0;
	d->too_deep = false;
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
	} else {
		tree_reset(&worker->tree);
		d->tree = &worker->tree;
	}
}

static void run_dissectors(struct worker *worker, const struct frame *frame, bool first_pass)
{
	begin_frame(worker, frame, first_pass);
	dissect_frame(&worker->d, &worker->times);
	if (!first_pass)
		tree_finish(&worker->tree);
}

static void show_frame(struct worker *worker, struct text *out)
{
	render_tree(worker->renderer, &worker->d, out);
	if (worker->d.session->options.hex)
		render_hex(&worker->d, out);
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

static bool is_shown(const struct options *options, uint32_t number)
{
	return number >= options->first && (!options->last || number <= options->last);
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

/* ---- pass 1 ---- */

static void add_run(struct session *session, struct position position, const struct frame_times *times)
{
	if (session->run_count == session->run_capacity) {
		session->run_capacity = session->run_capacity ? session->run_capacity * 2 : 64;
		session->runs = must_realloc(session->runs, session->run_capacity * sizeof *session->runs);
	}
	session->runs[session->run_count++] = (struct run){ position, session->facts.end, times->previous, times->has_previous };
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
		if (session->frame_count++ % RUN_FRAMES == 0)
			add_run(session, position, &worker.times);
		run_dissectors(&worker, &frame, true);
		note_time(&worker.times, &frame);
	}
	session->first_time = worker.times.first;
	session->has_first_time = worker.times.has_first;
	worker_end(&worker);
	reader_close(reader);
	return got;
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
	int fd;
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

	reader_seek(reader, run->position, first);
	worker->d.facts_from = run->facts;
	worker->times = (struct frame_times){ session->first_time, run->previous, session->has_first_time, run->has_previous };
	for (uint32_t i = first; i < first + RUN_FRAMES && i <= session->frame_count; i++) {
		if (reader_next(reader, &frame, &ignored) <= 0)
			return;
		if (is_shown(&session->options, i)) {
			run_dissectors(worker, &frame, false);
			show_frame(worker, out);
		}
		note_time(&worker->times, &frame);
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
		bool good = write_all(pass->fd, buffer->text.data, buffer->text.length);
		pthread_mutex_lock(&pass->lock);
		*next = NULL;
		give_back(buffer);
		pass->stop |= !good;
		pass->next_write++;
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
	worker.renderer = renderer_new(pass->session->resolver, !pass->session->options.hex);
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

static unsigned job_count(const struct session *session)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned jobs = session->options.jobs ? session->options.jobs : cores > 0 ? (unsigned)cores : 1;
	return jobs < session->run_count ? jobs : session->run_count ? session->run_count : 1;
}

static void second_pass(struct session *session, int fd)
{
	unsigned jobs = job_count(session);
	struct second_pass pass = { .session = session, .fd = fd, .most_finished = jobs * RUNS_PER_JOB };
	uint32_t first = session->options.first ? (session->options.first - 1) / RUN_FRAMES : 0;

	pass.next_run = pass.next_write = first;
	pass.last_run = session->run_count;
	if (session->options.last && (session->options.last - 1) / RUN_FRAMES + 1 < pass.last_run)
		pass.last_run = (session->options.last - 1) / RUN_FRAMES + 1;
	pass.finished = must_zero(pass.most_finished, sizeof *pass.finished);
	pass.spare = must_zero(jobs, sizeof *pass.spare);
	pthread_mutex_init(&pass.lock, NULL);
	pthread_cond_init(&pass.moved, NULL);

	pthread_t *threads = must_zero(jobs, sizeof *threads);
	unsigned started = 0;
	for (unsigned i = 1; i < jobs; i++)
		started += pthread_create(&threads[started], NULL, work, &pass) == 0;
	work(&pass);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	free(threads);
	free_buffers(&pass, jobs);
	pthread_cond_destroy(&pass.moved);
	pthread_mutex_destroy(&pass.lock);
}

/* ---- a stream: both passes, frame by frame ---- */

static int stream_pass(struct session *session, int fd, struct capture_error *error)
{
	struct reader *reader = reader_open(session->capture);
	struct worker worker;
	struct frame frame;
	struct text out = { 0 };
	uint32_t most = session->options.count ? session->options.count : UINT32_MAX;
	int got = 0;

	worker_begin(&worker, session);
	worker.renderer = renderer_new(session->resolver, !session->options.hex);
	while (session->frame_count < most) {
		got = reader_next(reader, &frame, error);
		if (got <= 0)
			break;
		session->frame_count++;
		uint64_t facts = session->facts.end;
		run_dissectors(&worker, &frame, true);
		if (is_shown(&session->options, frame.number)) {
			worker.d.facts_from = facts;
			run_dissectors(&worker, &frame, false);
			show_frame(&worker, &out);
			if (!write_all(fd, out.data, out.length)) {
				got = 0;
				break;
			}
			out.length = 0;
		}
		note_time(&worker.times, &frame);
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
	int got;

	widen_pipe(fd);

	if (session->options.one_pass) {
		got = stream_pass(session, fd, error);
	} else {
		got = first_pass(session, error);
		conversations_freeze(&session->conversations);
		second_pass(session, fd);
	}
	return got < 0 ? 2 : 0;
}
