// SPDX-License-Identifier: ISC
// The vad node on a second of 16 kHz mono, beside the simplest loop there is:
// the sum of squares of each frame, a sample at a time.
//   bench_vad [--json] [PART-OF-A-JOB'S-NAME]
#include "node_call.h"
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 16000, N_TURNS = 25, FRAME = 480 };

static const struct job {
  const char* name;
  const char* mode;
  uint32_t block;
} jobs[] = {
  { "vad energy, 1 s at once", "energy", RATE },
  { "vad energy, blocks of 512", "energy", 512 },
  { "vad energy, blocks of 160", "energy", 160 },
  { "vad adaptive, 1 s at once", "adaptive", RATE },
  { "vad adaptive, blocks of 512", "adaptive", 512 },
};

struct loop {
  const float* samples;
  uint32_t n;
  volatile float result;
};

static void
loop_run(void* arg)
{
  struct loop* const loop = arg;
  for (uint32_t i = 0; i < loop->n; i += FRAME) {
    const uint32_t end = loop->n - i < FRAME ? loop->n : i + FRAME;
    float sum = 0.0f;
    for (uint32_t k = i; k < end; ++k) {
      sum += loop->samples[k] * loop->samples[k];
    }
    loop->result = sum;
  }
}

static void
measure(const struct job* job, const struct rows_wish* wish)
{
  const struct rill_format format = {
    .kind = RILL_KIND_AUDIO,
    .encoding = RILL_ENC_F32,
    .rate = RATE,
    .rate_den = 1,
    .channels = 1,
  };
  const char* const params[] = { "mode", job->mode, NULL };
  struct node_call call;
  node_call_open(&call, "plugins/vad/vad", NULL, params, &format, job->block,
                 1); // the verdicts alone
  struct loop loop = { (const float*)call.in->planes[0].data, job->block, 0 };
  struct row rows[] = {
    { "sum of squares, plain C", loop_run, &loop, { 0 }, 0, 0, 0 },
    { "rill", node_call_run, &call, { 0 }, 0, 0, 0 },
  };
  rows_measure(rows, 2, N_TURNS, (double)RATE / job->block);
  rows_print(job->name, rows, 2, wish->as_json);
  node_call_close(&call);
}

int
main(int argc, char** argv)
{
  const struct rows_wish wish = rows_read_words(argc, argv);
  rows_begin("rill.bench.vad/1", wish.as_json);
  for (uint32_t i = 0; i < RILL_COUNT(jobs); ++i) {
    if (strstr(jobs[i].name, wish.part)) {
      measure(&jobs[i], &wish);
    }
  }
  rows_end(wish.as_json);
  return EXIT_SUCCESS;
}
