// SPDX-License-Identifier: ISC
#include "bench/reuse.h"

#include "app/clips.h"
#include "base/mem.h"
#include "base/sys.h"
#include "bench/series.h"
#include "report/figures.h"

#include <math.h>

static const char graph_text[] =
  "rill: 1\nname: reuse\nnodes:\n"
  "  a: {type: clip.in}\n"
  "  b: {type: vad, in: a, with: {mode: energy}}\n"
  "  c: {type: resample, in: b.out, with: {rate: 16kHz}}\n"
  "  d: {type: convert, in: c, with: {encoding: s16}}\n"
  "  z: {type: clip.out, in: d}\n";

static const struct {
  const char* name;
  uint32_t n_frames;
} lengths[] = { { "clip of 1 s", 44100 }, { "clip of 0.1 s", 4410 } };

static const char* const ways[] = { "one graph, reset", "a graph each" };
static const char step[] = "run";

enum { N_LENGTHS = sizeof lengths / sizeof lengths[0], TURNS = 101, QUICK = 5 };

/// One length of clip.
struct race {
  struct clips* clips;
  struct clip_options options;
  struct clip_memory clip;
  struct clip_graph* kept;
  struct series reset;
  struct series anew;
};

static enum status
race_open(struct race* self, uint32_t n_frames, uint32_t n_turns)
{
  self->options = (struct clip_options){
    .format = { .kind = RILL_KIND_AUDIO, .encoding = RILL_ENC_F32,
                .rate = 44100, .rate_den = 1, .channels = 2 },
    .engine = { .checks = 1 },
  };
  if (!series_init(&self->reset, n_turns) || !series_init(&self->anew, n_turns)) {
    return STATUS_NO_MEMORY;
  }
  enum status st =
    clip_memory_init(&self->clip, &self->options.format, n_frames);
  for (uint32_t c = 0; !st && c < 2; ++c) {
    for (uint32_t i = 0; i < n_frames; ++i) {
      ((float*)self->clip.planes[c].data)[i] = sinf((float)(i * (c + 1)) * 0.05f);
    }
  }
  st = st ? st
          : clips_plan(self->clips, graph_text, &self->options, &self->kept);
  st = st ? st : clips_start(self->kept);
  return st ? st : clips_run(self->kept, &self->clip.clip, NULL);
}

static void
race_close(struct race* self)
{
  clips_close(self->kept);
  clip_memory_fini(&self->clip);
  series_fini(&self->reset);
  series_fini(&self->anew);
}

static enum status
run_anew(struct race* self)
{
  struct clip_graph* graph = NULL;
  enum status st = clips_plan(self->clips, graph_text, &self->options, &graph);
  st = st ? st : clips_start(graph);
  st = st ? st : clips_run(graph, &self->clip.clip, NULL);
  clips_close(graph);
  return st;
}

static enum status
race_turn(struct race* self)
{
  const int64_t begin = sys.now_ns();
  enum status st = clips_run(self->kept, &self->clip.clip, NULL);
  const int64_t middle = sys.now_ns();
  st = st ? st : run_anew(self);
  series_add(&self->reset, (double)(middle - begin));
  series_add(&self->anew, (double)(sys.now_ns() - middle));
  return st;
}

static enum status
add_row(struct bench_rows* rows, const char* subject, const char* way,
        struct series* series)
{
  const struct bench_row row = { .subject = subject,
                                 .way = way,
                                 .step = step,
                                 .median_ns = series_median(series),
                                 .least_ns = series_least(series),
                                 .n_turns = series->n };
  return bench_rows_add(rows, &row);
}

static enum status
race(struct clips* clips, int which, uint32_t n_turns, struct bench_rows* rows)
{
  struct race self = { .clips = clips };
  enum status st = race_open(&self, lengths[which].n_frames, n_turns);
  for (uint32_t t = 0; !st && t < n_turns; ++t) {
    st = race_turn(&self);
  }
  if (!st) {
    st = add_row(rows, lengths[which].name, ways[0], &self.reset);
  }
  if (!st) {
    st = add_row(rows, lengths[which].name, ways[1], &self.anew);
  }
  race_close(&self);
  return st;
}

enum status
reuse_run(const struct bench_options* options, struct bench_rows* rows)
{
  const uint32_t usual = options->quick ? QUICK : TURNS;
  const uint32_t n_turns = options->n_turns ? options->n_turns : usual;
  struct clips* clips = NULL;
  enum status st = clips_new(NULL, &clips);
  for (int i = 0; !st && i < N_LENGTHS; ++i) {
    st = race(clips, i, n_turns, rows);
  }
  clips_free(clips);
  return st;
}

enum status
reuse_print(const struct bench_rows* rows, FILE* to)
{
  enum status st = bench_print_rows(rows, to);
  for (int i = 0; !st && i < N_LENGTHS; ++i) {
    const struct bench_row* const kept =
      bench_rows_find(rows, lengths[i].name, ways[0], step);
    const struct bench_row* const anew =
      bench_rows_find(rows, lengths[i].name, ways[1], step);
    if (kept && anew) {
      fprintf(to, "%s%s: %s by reuse\n", i ? "" : "\n", lengths[i].name,
              figure_speed(anew->median_ns / kept->median_ns).text);
    }
  }
  return st;
}
