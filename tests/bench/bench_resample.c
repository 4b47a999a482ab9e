// SPDX-License-Identifier: ISC
// The resample node beside other resamplers, on the same blocks.
//   bench_resample [--json] [PART-OF-A-JOB'S-NAME]
// Times are for one second of audio. "stream": blocks of 4096 frames through an
// instance that lives; "one shot": an instance made, fed a second, drained and
// unmade. Ratios are against libsoxr of the like quality, where it is there.
#include "node_call.h"
#include "resample_peers.h"
#include "rows.h"

#include "sdk/harness/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096, N_TURNS = 25, MAX_WAYS = 8 };

struct job {
  const char* name;
  uint32_t in_rate;
  const char* out_rate;
  uint32_t channels;
  const char* quality;
  const char* latency;
  const char* likes[MAX_WAYS]; // the like of it first
  double goal;                 // of the first's time, at most; 0: none
};

#define ALL "libswresample", "speexdsp q5", "libsamplerate fastest"

static const struct job jobs[] = {
  { "44.1k -> 16k mono, high", 44100, "16000", 1, "high", "normal",
    { "libsoxr HQ", ALL }, 0.57 },
  { "44.1k -> 16k mono, medium", 44100, "16000", 1, "medium", "normal",
    { "libsoxr MQ" }, 0.49 },
  { "44.1k -> 16k mono, low", 44100, "16000", 1, "low", "normal",
    { "libsoxr LQ" }, 0 },
  { "44.1k -> 16k mono, very-high", 44100, "16000", 1, "very-high", "normal",
    { "libsoxr VHQ" }, 0 },
  { "44.1k -> 16k mono, low latency", 44100, "16000", 1, "medium", "low",
    { "libsoxr MQ" }, 0 },
  { "44.1k -> 16k stereo, high", 44100, "16000", 2, "high", "normal",
    { "libsoxr HQ", ALL }, 0.45 },
  { "44.1k -> 16k 6 channels, high", 44100, "16000", 6, "high", "normal",
    { "libsoxr HQ" }, 0 },
  { "48k -> 16k mono, high", 48000, "16000", 1, "high", "normal",
    { "libsoxr HQ", ALL }, 0 },
  { "44.1k -> 48k mono, high", 44100, "48000", 1, "high", "normal",
    { "libsoxr HQ", ALL }, 0 },
  { "8k -> 48k mono, high", 8000, "48000", 1, "high", "normal",
    { "libsoxr HQ", ALL }, 0 },
  { "96k -> 44.1k mono, high", 96000, "44100", 1, "high", "normal",
    { "libsoxr HQ", ALL }, 0 },
  { "44.1k -> 22.05k mono, high", 44100, "22050", 1, "high", "normal",
    { "libsoxr HQ", ALL }, 0 },
  { "44.1k -> 44101 mono, high", 44100, "44101", 1, "high", "normal",
    { "libsoxr HQ" }, 0 },
};

// About a second, in blocks.
static uint32_t
blocks_of(const struct job* job)
{
  return (job->in_rate + BLOCK - 1) / BLOCK;
}

struct ours {
  struct node_call call;
  uint32_t n_blocks;
};

static void
ours_stream(void* arg)
{
  struct ours* const ours = arg;
  for (uint32_t i = 0; i < ours->n_blocks; ++i) {
    node_call_run(&ours->call);
  }
}

static void
ours_one_shot(void* arg)
{
  struct ours* const ours = arg;
  struct rill_node* const node = ours->call.node;
  struct rill_activation a = *rig_activation(ours->call.rig);
  struct rill_io no_input = { sizeof no_input, RILL_IO_END, NULL };
  struct rill_io* const ins[] = { &no_input };
  struct rill_process last = ours->call.block;

  node->ops->deactivate(node);
  if (node->ops->activate(node, &a) < 0) {
    abort();
  }
  ours_stream(ours);
  last.flags |= RILL_PROCESS_DRAINING;
  last.n_frames = 0;
  last.in = ins;
  do {
    ours->call.out_io[0].buffer = ours->call.out[0];
    ours->call.out[0]->n_frames = 0;
  } while (node->ops->process(node, &last) == RILL_TAIL);
}

struct theirs {
  struct peer_job job;
  const struct peer* peer;
  uint32_t n_blocks;
};

static void
theirs_stream(void* arg)
{
  struct theirs* const theirs = arg;
  for (uint32_t i = 0; i < theirs->n_blocks; ++i) {
    peer_run(&theirs->job);
  }
}

static void
theirs_one_shot(void* arg)
{
  struct theirs* const theirs = arg;
  peer_open(&theirs->job, theirs->peer);
  theirs_stream(theirs);
  peer_flush(&theirs->job);
  peer_close(&theirs->job);
}

static void
open_ours(struct ours* ours, const struct job* job)
{
  const struct rill_format format = {
    .kind = RILL_KIND_AUDIO,
    .encoding = RILL_ENC_F32,
    .rate = job->in_rate,
    .rate_den = 1,
    .channels = job->channels,
    .packing = RILL_PLANAR,
  };
  const char* const params[] = { "rate",    job->out_rate, "quality",
                                 job->quality, "latency",     job->latency,
                                 NULL };
  ours->n_blocks = blocks_of(job);
  node_call_open(&ours->call, "plugins/resample/resample", NULL, params,
                 &format, BLOCK, 0);
}

static void
set_theirs(struct theirs* theirs, const struct job* job,
           const struct ours* ours)
{
  theirs->n_blocks = ours->n_blocks;
  theirs->job.in_rate = job->in_rate;
  theirs->job.out_rate = (uint32_t)atoi(job->out_rate);
  theirs->job.channels = job->channels;
  theirs->job.n_frames = BLOCK;
  for (uint32_t c = 0; c < job->channels; ++c) {
    theirs->job.in[c] = ours->call.in->planes[c].data;
  }
}

// The first row is what the ratios are against.
static int
fill_rows(const struct job* job, int one_shot, struct ours* ours,
          struct theirs* theirs, struct row* rows)
{
  int n = 0;
  for (int i = 0; i < MAX_WAYS && job->likes[i]; ++i) {
    struct theirs* const t = &theirs[i];
    if ((t->peer = peer_find(job->likes[i]))) {
      set_theirs(t, job, ours);
      if (!one_shot) {
        peer_open(&t->job, t->peer);
      }
      rows[n++] = (struct row){ .name = job->likes[i],
                                .run = one_shot ? theirs_one_shot
                                                : theirs_stream,
                                .arg = t };
    }
  }
  rows[n++] = (struct row){ .name = "rill",
                            .run = one_shot ? ours_one_shot : ours_stream,
                            .arg = ours };
  return n;
}

static void
judge(const struct job* job, const struct row* first, const struct row* last)
{
  if (job->goal > 0.0 && !strcmp(first->name, job->likes[0])) {
    fprintf(stderr, "%s: %.2f of %s, at most %.2f: %s\n", job->name,
            last->ratio, first->name, job->goal,
            last->ratio <= job->goal ? "held" : "NOT held");
  }
}

static void
measure(const struct job* job, int one_shot, const struct rows_wish* wish)
{
  struct ours ours;
  struct theirs theirs[MAX_WAYS] = { { .peer = NULL } };
  struct row rows[MAX_WAYS + 1];
  char name[96];
  snprintf(name, sizeof name, "%s, %s", job->name,
           one_shot ? "one shot" : "stream");
  if (!strstr(name, wish->part)) {
    return;
  }
  open_ours(&ours, job);
  const int n = fill_rows(job, one_shot, &ours, theirs, rows);
  rows_measure(rows, n, N_TURNS,
               (double)job->in_rate / (ours.n_blocks * (double)BLOCK));
  rows_print(name, rows, n, wish->as_json);
  if (!one_shot) {
    judge(job, &rows[0], &rows[n - 1]);
  }

  for (int i = 0; i < MAX_WAYS && !one_shot; ++i) {
    if (theirs[i].peer) {
      peer_close(&theirs[i].job);
    }
  }
  node_call_close(&ours.call);
}

int
main(int argc, char** argv)
{
  const struct rows_wish wish = rows_read_words(argc, argv);
  rows_begin("rill.bench.resample/1", wish.as_json);
  for (uint32_t i = 0; i < RILL_COUNT(jobs); ++i) {
    measure(&jobs[i], 0, &wish);
    measure(&jobs[i], 1, &wish);
  }
  rows_end(wish.as_json);
  return EXIT_SUCCESS;
}
