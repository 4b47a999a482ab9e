// SPDX-License-Identifier: ISC
// The convert node beside memcpy of the same traffic, libswresample and numpy.
//   bench_convert [--json] [PART-OF-A-JOB'S-NAME]
// A million samples a job: all at once (warm: the data stays in the third
// cache), or in blocks of 4096 frames (it stays in the second).
#include "copy.h"
#include "node_call.h"
#include "rows.h"
#include "swr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_SAMPLES = 1000000, BLOCK = 4096, N_TURNS = 25, MAX_WAYS = 4 };

#define PLANAR RILL_PLANAR
#define WOVEN RILL_INTERLEAVED

static const struct job {
  const char* name;
  uint32_t channels;
  uint32_t from;
  uint32_t from_packing;
  const char* to;
  const char* to_packing;
  int dither;
} jobs[] = {
  { "f32 -> s16", 1, RILL_ENC_F32, PLANAR, "s16", "planar", 0 },
  { "s16 -> f32", 1, RILL_ENC_S16, PLANAR, "f32", "planar", 0 },
  { "f32 -> s24", 1, RILL_ENC_F32, PLANAR, "s24", "planar", 0 },
  { "s24 -> f32", 1, RILL_ENC_S24, PLANAR, "f32", "planar", 0 },
  { "f32 -> s32", 1, RILL_ENC_F32, PLANAR, "s32", "planar", 0 },
  { "s32 -> f32", 1, RILL_ENC_S32, PLANAR, "f32", "planar", 0 },
  { "interleave 2 x f32", 2, RILL_ENC_F32, PLANAR, "f32", "interleaved", 0 },
  { "deinterleave 2 x f32", 2, RILL_ENC_F32, WOVEN, "f32", "planar", 0 },
  { "2 x f32 -> s16, woven", 2, RILL_ENC_F32, PLANAR, "s16", "interleaved", 0 },
  { "2 x s16, woven -> f32", 2, RILL_ENC_S16, WOVEN, "f32", "planar", 0 },
  { "interleave 6 x f32", 6, RILL_ENC_F32, PLANAR, "f32", "interleaved", 0 },
  { "deinterleave 6 x f32", 6, RILL_ENC_F32, WOVEN, "f32", "planar", 0 },
  { "6 x s16, woven -> f32", 6, RILL_ENC_S16, WOVEN, "f32", "planar", 0 },
  { "u8 -> f32", 1, RILL_ENC_U8, PLANAR, "f32", "planar", 0 },
  { "s16 -> s24", 1, RILL_ENC_S16, PLANAR, "s24", "planar", 0 },
  { "s32 -> s16", 1, RILL_ENC_S32, PLANAR, "s16", "planar", 0 },
  { "f64 -> f32", 1, RILL_ENC_F64, PLANAR, "f32", "planar", 0 },
  { "f64 -> s16", 1, RILL_ENC_F64, PLANAR, "s16", "planar", 0 },
  { "f32 -> s16, TPDF dither", 1, RILL_ENC_F32, PLANAR, "s16", "planar", 1 },
  { "f32 -> s24, TPDF dither", 1, RILL_ENC_F32, PLANAR, "s24", "planar", 1 },
};

// What memcpy must copy to read and write as many bytes.
static size_t
half_traffic(const struct node_call* call)
{
  const uint32_t bytes = rill_sample_bytes(call->in->format->encoding) +
                         rill_sample_bytes(call->out[0]->format->encoding);
  return (size_t)call->in->n_frames * call->in->n_planes * bytes / 2;
}

static void
measure(const struct job* job, uint32_t n_frames, const char* how,
        const struct rows_wish* wish)
{
  const struct rill_format format = {
    .kind = RILL_KIND_AUDIO,
    .encoding = job->from,
    .rate = 48000,
    .rate_den = 1,
    .channels = job->channels,
    .packing = job->from_packing,
  };
  const char* const params[] = { "encoding", job->to,
                                 "packing",  job->to_packing,
                                 "dither",   job->dither ? "tpdf" : "none",
                                 NULL };
  struct node_call call;
  struct copy copy;
  struct swr_job swr;
  char name[64];
  int n = 0;
  snprintf(name, sizeof name, "%s, %s", job->name, how);
  if (!strstr(name, wish->part)) {
    return;
  }
  node_call_open(&call, "plugins/convert/convert", NULL, params, &format,
                 n_frames, 0);
  copy_open(&copy, half_traffic(&call));

  struct row rows[MAX_WAYS] = { { .run = NULL } };
  rows[n++] = (struct row){ "memcpy", copy_run, &copy, { 0 }, 0, 0, 0 };
  rows[n++] = (struct row){ "rill", node_call_run, &call, { 0 }, 0, 0, 0 };
  if (swr_job_open(&swr, call.in, call.out[0], job->dither)) {
    rows[n++] = (struct row){ "libswresample", swr_job_run, &swr, { 0 }, 0, 0, 0 };
  }
  rows_measure(rows, n, N_TURNS,
               (double)N_SAMPLES / ((double)n_frames * job->channels));
  rows_print(name, rows, n, wish->as_json);

  swr_job_close(&swr);
  copy_close(&copy);
  node_call_close(&call);
}

int
main(int argc, char** argv)
{
  const struct rows_wish wish = rows_read_words(argc, argv);
  if (!swr_version()) {
    fputs("libswresample is not installed: left out (libswresample-dev)\n",
          stderr);
  }
  rows_begin("rill.bench.convert/1", wish.as_json);
  for (uint32_t i = 0; i < RILL_COUNT(jobs); ++i) {
    measure(&jobs[i], N_SAMPLES / jobs[i].channels, "warm", &wish);
    measure(&jobs[i], BLOCK, "small", &wish);
  }
  rows_end(wish.as_json);
  return EXIT_SUCCESS;
}
