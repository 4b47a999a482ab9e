// SPDX-License-Identifier: ISC
// Nodes that take and give planar f32, beside memcpy of the same traffic.
//   bench_nodes [--json] [PART-OF-A-JOB'S-NAME]
// Times are for a million samples that come in, in blocks of 4096 frames.
#include "copy.h"
#include "node_call.h"
#include "rows.h"

#include <stdio.h>

enum { BLOCK = 4096, N_SAMPLES = 1000000, N_TURNS = 25 };

#define PARAMS(...) ((const char* const[]){ __VA_ARGS__, NULL })

static const struct job {
  const char* name;
  const char* plugin;
  const char* const* params;
  uint32_t channels;
  uint32_t unread; // outputs, a bit each
} jobs[] = {
  { "gain -6 dB, mono", "plugins/gain/gain", PARAMS("gain", "-6dB"), 1, 0 },
  { "gain -6 dB, stereo", "plugins/gain/gain", PARAMS("gain", "-6dB"), 2, 0 },
  { "remix 2 to 1", "plugins/remix/remix", PARAMS("channels", "1"), 2, 0 },
  { "remix 1 to 2", "plugins/remix/remix", PARAMS("channels", "2"), 1, 0 },
  { "remix 6 to 2", "plugins/remix/remix", PARAMS("channels", "2"), 6, 0 },
  { "biquad, mono", "plugins/biquad/biquad", NULL, 1, 0 },
  { "biquad, stereo", "plugins/biquad/biquad", NULL, 2, 0 },
  { "biquad, 6 channels", "plugins/biquad/biquad", NULL, 6, 0 },
  { "meter, stereo", "plugins/meter/meter", NULL, 2, 3 },
  { "meter, no true peak", "plugins/meter/meter",
    PARAMS("true_peak", "false"), 2, 3 },
};

static void
measure(const struct job* job, const struct rows_wish* wish)
{
  const struct rill_format format = {
    .kind = RILL_KIND_AUDIO,
    .encoding = RILL_ENC_F32,
    .rate = 48000,
    .rate_den = 1,
    .channels = job->channels,
    .layout = job->channels == 2 ? RILL_CH_FL | RILL_CH_FR : 0,
  };
  struct node_call call;
  struct copy copy;
  node_call_open(&call, job->plugin, NULL, job->params, &format, BLOCK,
                 job->unread);
  copy_open(&copy, (size_t)BLOCK * job->channels * sizeof(float));
  struct row rows[] = {
    { "memcpy of the input", copy_run, &copy, { 0 }, 0, 0, 0 },
    { "rill", node_call_run, &call, { 0 }, 0, 0, 0 },
  };
  rows_measure(rows, 2, N_TURNS, (double)N_SAMPLES / (BLOCK * job->channels));
  rows_print(job->name, rows, 2, wish->as_json);
  copy_close(&copy);
  node_call_close(&call);
}

int
main(int argc, char** argv)
{
  const struct rows_wish wish = rows_read_words(argc, argv);
  rows_begin("rill.bench.nodes/1", wish.as_json);
  for (uint32_t i = 0; i < RILL_COUNT(jobs); ++i) {
    if (strstr(jobs[i].name, wish.part)) {
      measure(&jobs[i], &wish);
    }
  }
  rows_end(wish.as_json);
  return EXIT_SUCCESS;
}
