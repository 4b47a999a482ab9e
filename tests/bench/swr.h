// SPDX-License-Identifier: ISC
// libswresample as a peer, where it is installed.
#ifndef TESTS_BENCH_SWR_H
#define TESTS_BENCH_SWR_H

#include <rill/buffer.h>

struct swr_job {
  void* context;
  const struct rill_buffer* in;
  struct rill_buffer* out;
};

/// Converts *in* to the format of *out*. 0: not installed, or it cannot.
int
swr_job_open(struct swr_job* job,
             const struct rill_buffer* in,
             struct rill_buffer* out,
             int dither);

/// Takes what could not be opened.
void
swr_job_close(struct swr_job* job);

/// *job* is a struct swr_job.
void
swr_job_run(void* job);

/// Its version, or null: not installed.
const char*
swr_version(void);

#endif
