// SPDX-License-Identifier: ISC
// Audio buffers on the stack, for tests without a host.
#ifndef JSON_SHIM_TEST_BUFFER_H
#define JSON_SHIM_TEST_BUFFER_H

#include <rill/buffer.h>
#include <rill/helpers.h>

enum { TEST_CHANNELS = 8 };

struct test_buffer {
  struct rill_buffer buffer;
  struct rill_format format;
  struct rill_plane planes[TEST_CHANNELS];
};

/// *memory* has n_frames samples of each channel, packed as *packing* says.
static inline struct rill_buffer*
test_buffer_init(struct test_buffer* t, uint32_t encoding, uint32_t packing,
                 uint32_t n_channels, uint32_t n_frames, void* memory)
{
  const uint32_t bytes = rill_sample_bytes(encoding);
  const int is_planar = packing == RILL_PLANAR;
  *t = (struct test_buffer){
    .format = { .kind = RILL_KIND_AUDIO, .encoding = encoding, .rate = 16000,
                .rate_den = 1, .channels = n_channels, .packing = packing },
  };
  for (uint32_t c = 0; c < n_channels; ++c) {
    t->planes[c].data = (char*)memory + (size_t)c * bytes * (is_planar ? n_frames : 1);
    t->planes[c].step = is_planar ? bytes : bytes * n_channels;
  }
  t->buffer = (struct rill_buffer){
    .size = sizeof t->buffer, .format = &t->format, .planes = t->planes,
    .n_planes = n_channels, .n_frames = n_frames,
  };
  return &t->buffer;
}

#endif
