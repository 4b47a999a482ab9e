// SPDX-License-Identifier: ISC
// What is said about a finished file, as one line of JSON.
#ifndef FILE_REPORT_H
#define FILE_REPORT_H

#include <stddef.h>
#include <stdint.h>

struct report {
  const char* path;
  int64_t first; // position of the first frame in the stream that was cut
  uint64_t n_frames;
  uint32_t rate;
  uint32_t channels;
  const char* object; // JSON whose members are added, and win; or null
  size_t object_bytes;
};

/// Free it. Null without memory. Members in the order start, end, confidence,
/// file, frames, rate, channels, then others of *object* in their order. What
/// is no JSON object adds nothing.
char*
report_text(const struct report* report);

#endif
