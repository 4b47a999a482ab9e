// SPDX-License-Identifier: ISC
#include "samples.h"

#include <rill/helpers.h>

#include <string.h>

// A place in a buffer that goes through all channels of a frame, then on.
struct place {
  const struct rill_buffer* buffer;
  uint64_t frame;
  uint32_t channel;
};

static struct place
place_of(const struct rill_buffer* buffer, uint64_t i)
{
  return (struct place){ buffer, i / buffer->n_planes,
                         (uint32_t)(i % buffer->n_planes) };
}

static inline char*
next_address(struct place* p)
{
  const struct rill_plane* const plane = &p->buffer->planes[p->channel];
  char* const at = (char*)plane->data + (int64_t)p->frame * plane->step;
  if (++p->channel == p->buffer->n_planes) {
    p->channel = 0;
    ++p->frame;
  }
  return at;
}

// One run of memory from the sample on, as mono has it, or null.
static char*
run_from(const struct rill_buffer* buffer, uint64_t i, uint32_t bytes)
{
  const struct rill_plane* const plane = buffer->planes;
  return buffer->n_planes == 1 && plane->step == (int64_t)bytes
           ? (char*)plane->data + i * bytes
           : NULL;
}

void
samples_gather(struct samples* s,
               const struct rill_buffer* buffer,
               uint64_t first,
               uint64_t n_most)
{
  const uint32_t bytes = rill_sample_bytes(buffer->format->encoding);
  const char* const run = run_from(buffer, first, bytes);
  s->n = n_most < SAMPLES_AT_ONCE ? (uint32_t)n_most : SAMPLES_AT_ONCE;
  if (run) {
    memcpy(s->at.bytes, run, (size_t)s->n * bytes);
    return;
  }
  struct place p = place_of(buffer, first);
  if (bytes == 2) {
    for (uint32_t i = 0; i < s->n; ++i) {
      memcpy(&s->at.s16[i], next_address(&p), 2);
    }
    return;
  }
  for (uint32_t i = 0; i < s->n; ++i) {
    memcpy(&s->at.bits[i], next_address(&p), 4);
  }
}

void
samples_scatter(const struct samples* s, struct rill_buffer* buffer, uint64_t first)
{
  const uint32_t bytes = rill_sample_bytes(buffer->format->encoding);
  char* const run = run_from(buffer, first, bytes);
  if (run) {
    memcpy(run, s->at.bytes, (size_t)s->n * bytes);
    return;
  }
  struct place p = place_of(buffer, first);
  if (bytes == 2) {
    for (uint32_t i = 0; i < s->n; ++i) {
      memcpy(next_address(&p), &s->at.s16[i], 2);
    }
    return;
  }
  for (uint32_t i = 0; i < s->n; ++i) {
    memcpy(next_address(&p), &s->at.bits[i], 4);
  }
}

void
samples_swap_if_big_endian(struct samples* s, uint32_t encoding)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  const uint32_t bytes = rill_sample_bytes(encoding);
  for (uint32_t i = 0; i < s->n * bytes; i += bytes) {
    for (uint32_t k = 0; k < bytes / 2; ++k) {
      const uint8_t low = s->at.bytes[i + k];
      s->at.bytes[i + k] = s->at.bytes[i + bytes - 1 - k];
      s->at.bytes[i + bytes - 1 - k] = low;
    }
  }
#else
  (void)s;
  (void)encoding;
#endif
}
