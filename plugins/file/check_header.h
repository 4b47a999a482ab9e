// SPDX-License-Identifier: ISC
// What holds of every header that is passed, whatever the bytes. For the
// fuzzer, and for the test that mutates headers.
#ifndef FILE_CHECK_HEADER_H
#define FILE_CHECK_HEADER_H

#include "header.h"

#include <rill/helpers.h>
#include <stdlib.h>
#include <unistd.h>

static inline void
require(int condition)
{
  if (!condition) {
    abort();
  }
}

/// Aborts when a promise is broken; gives whether the header was passed.
static inline int
check_header(int fd, uint64_t n_bytes, int accept_truncated)
{
  struct header h;
  struct why why = { "" };
  const struct probe probe = { fd, n_bytes, accept_truncated };
  const int32_t st = header_check(&probe, &h, &why);
  if (st) {
    require(st == RILL_ERR_INPUT && why.text[0]);
    return 0;
  }
  require(accept_truncated || !h.missing_frames);
  if (h.encoding) {
    require(h.rate && h.rate <= HEADER_MAX_RATE);
    require(h.channels && h.channels <= HEADER_MAX_CHANNELS);
    require(h.frame_bytes == h.channels * rill_sample_bytes(h.encoding));
    require(h.data_at <= n_bytes);
    require(h.n_frames <= (n_bytes - h.data_at) / h.frame_bytes);
  }
  return 1;
}

#endif
