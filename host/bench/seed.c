// SPDX-License-Identifier: ISC
#include "bench/seed.h"

#include "base/log.h"
#include "base/mem.h"
#include "bench/series.h"

#include <math.h>

const char* const seed_step_names[SEED_N_STEPS] = {
  [SEED_JSON] = "JSON creation",      [SEED_NODE] = "node creation",
  [SEED_INIT] = "init",               [SEED_SET_UP] = "set-up",
  [SEED_PROCESS] = "processing",      [SEED_OUTPUT] = "output serialisation",
  [SEED_FULL] = "full",               [SEED_GATHERED] = "full, gathered",
  [SEED_TOTAL] = "total with set-up",
};

static const struct seed_way* const ways[] = { &seed_values, &seed_shim,
                                               &seed_native, &seed_direct,
                                               &seed_numpy };

enum { N_WAYS = sizeof ways / sizeof ways[0], TURNS = 31, QUICK_TURNS = 3 };

/// A case while it is measured.
struct contest {
  struct seed_job job;
  void* selves[N_WAYS]; // null: not to be had
  struct series series[N_WAYS][SEED_N_STEPS];
};

// A tone with some noise, the same each time: pure noise would measure how a
// processor guesses signs.
static void
fill(const struct clip_memory* m)
{
  uint32_t state = 12345;
  const struct rill_format* const f = &m->clip.format;
  for (uint32_t c = 0; c < f->channels; ++c) {
    for (uint32_t i = 0; i < m->clip.n_frames; ++i) {
      state = state * 1664525u + 1013904223u;
      const double noise = (double)(state >> 16) / 65536 - 0.5;
      const double x = 0.7 * sin(i * (0.06 + 0.01 * c)) + 0.02 * noise;
      if (f->encoding == RILL_ENC_S16) {
        ((int16_t*)m->planes[c].data)[i] = (int16_t)(x * 32767);
      } else {
        ((float*)m->planes[c].data)[i] = (float)x;
      }
    }
  }
}

static enum status
contest_open(struct contest* self, struct clips* clips,
             const struct seed_case* what, const struct bench_options* options)
{
  const struct rill_format format = { .kind = RILL_KIND_AUDIO,
                                      .encoding = what->encoding,
                                      .rate = 44100,
                                      .rate_den = 1,
                                      .channels = what->channels };
  const uint32_t n = options->quick ? what->n_frames / 10 : what->n_frames;
  self->job.what = what;
  self->job.clips = clips;
  enum status st = clip_memory_init(&self->job.clip, &format, n);
  if (!st) {
    fill(&self->job.clip);
  }
  for (int w = 0; !st && w < N_WAYS; ++w) {
    st = ways[w]->open(&self->job, &self->selves[w]);
    for (int s = 0; !st && s < SEED_N_STEPS; ++s) {
      st = series_init(&self->series[w][s], options->n_turns)
             ? STATUS_OK
             : STATUS_NO_MEMORY;
    }
  }
  return st;
}

static void
contest_close(struct contest* self)
{
  for (int w = 0; w < N_WAYS; ++w) {
    if (self->selves[w]) {
      ways[w]->close(self->selves[w]);
    }
    for (int s = 0; s < SEED_N_STEPS; ++s) {
      series_fini(&self->series[w][s]);
    }
  }
  clip_memory_fini(&self->job.clip);
}

static enum status
contest_turn(struct contest* self, uint32_t t, uint32_t n_turns)
{
  const uint32_t pause = (n_turns + SEED_SLOW_TURNS - 1) / SEED_SLOW_TURNS;
  for (int w = 0; w < N_WAYS; ++w) {
    double ns[SEED_N_STEPS];
    if (ways[w]->is_slow && t % pause) {
      continue;
    }
    for (int s = 0; s < SEED_N_STEPS; ++s) {
      ns[s] = -1;
    }
    const enum status st =
      self->selves[w] ? ways[w]->turn(self->selves[w], ns) : STATUS_OK;
    if (st) {
      return st;
    }
    for (int s = 0; s < SEED_N_STEPS; ++s) {
      series_add(&self->series[w][s], ns[s]);
    }
  }
  return STATUS_OK;
}

static enum status
add_rows(struct contest* self, struct bench_rows* rows)
{
  const struct seed_case* const what = self->job.what;
  enum status st = STATUS_OK;
  for (int w = 0; w < N_WAYS; ++w) {
    const int is_numpy = ways[w] == &seed_numpy;
    for (int s = 0; !st && s < SEED_N_STEPS; ++s) {
      struct series* const series = &self->series[w][s];
      const struct bench_row row = {
        .subject = what->name,
        .way = ways[w]->name,
        .step = seed_step_names[s],
        .median_ns = series_median(series),
        .least_ns = series_least(series),
        .n_turns = series->n,
        .published_ns =
          is_numpy ? what->published_numpy_ns : what->published_ns[s],
        .note = s == SEED_FULL && !is_numpy ? what->note : NULL,
      };
      st = series->n ? bench_rows_add(rows, &row) : STATUS_OK;
    }
  }
  return st;
}

static enum status
run_case(struct clips* clips, const struct seed_case* what,
         const struct bench_options* options, struct bench_rows* rows)
{
  struct contest* const contest = mem_new(struct contest);
  enum status st = STATUS_NO_MEMORY;
  if (!contest) {
    return st;
  }
  log_debug("bench: %s", what->title);
  st = contest_open(contest, clips, what, options);
  for (uint32_t t = 0; !st && t < options->n_turns; ++t) {
    st = contest_turn(contest, t, options->n_turns);
  }
  if (!st) {
    st = add_rows(contest, rows);
  }
  contest_close(contest);
  mem_free(contest);
  return st;
}

enum status
seed_run(const struct bench_options* wanted, struct bench_rows* rows)
{
  struct bench_options options = *wanted;
  struct clips* clips = NULL;
  enum status st = clips_new(NULL, &clips);
  if (!options.n_turns) {
    options.n_turns = options.quick ? QUICK_TURNS : TURNS;
  }
  for (uint32_t i = 0; !st && i < seed_n_cases; ++i) {
    st = run_case(clips, &seed_cases[i], &options, rows);
  }
  clips_free(clips);
  return st;
}
