// SPDX-License-Identifier: ISC
#include "engine/layout.h"

#include <string.h>

// Picture planes: size of one sample, and how much smaller chroma is.
static const struct pixels {
  uint32_t encoding;
  uint8_t n_planes;
  uint8_t bytes; // of a sample; of a whole pixel where packed
  uint8_t shift_x;
  uint8_t shift_y;
} pixels_table[] = {
  { RILL_ENC_GRAY8, 1, 1, 0, 0 },     { RILL_ENC_YUV420P8, 3, 1, 1, 1 },
  { RILL_ENC_YUV422P8, 3, 1, 1, 0 },  { RILL_ENC_YUV444P8, 3, 1, 0, 0 },
  { RILL_ENC_YUV420P10, 3, 2, 1, 1 }, { RILL_ENC_YUV422P10, 3, 2, 1, 0 },
  { RILL_ENC_YUV444P10, 3, 2, 0, 0 }, { RILL_ENC_RGB24, 1, 3, 0, 0 },
  { RILL_ENC_RGBA32, 1, 4, 0, 0 },
};

static const struct pixels*
find_pixels(uint32_t encoding)
{
  for (uint32_t i = 0; i < RILL_COUNT(pixels_table); ++i) {
    if (pixels_table[i].encoding == encoding) {
      return &pixels_table[i];
    }
  }
  return NULL;
}

static uint64_t
align_up(uint64_t n)
{
  return (n + LAYOUT_ALIGN - 1) & ~(uint64_t)(LAYOUT_ALIGN - 1);
}

// Channels lie a cache line further apart than they must: powers of two would
// put the same frame of all channels into the same cache set.
static uint64_t
channel_stride(const struct rill_format* f, uint64_t n_frames)
{
  return align_up(n_frames * rill_sample_bytes(f->encoding)) + LAYOUT_GUARD;
}

static uint64_t
picture_stride(const struct rill_format* f, const struct pixels* p, uint32_t i)
{
  const uint32_t shift = i ? p->shift_x : 0;
  return align_up((uint64_t)((f->width + (1u << shift) - 1) >> shift) * p->bytes);
}

static uint64_t
picture_rows(const struct rill_format* f, const struct pixels* p, uint32_t i)
{
  const uint32_t shift = i ? p->shift_y : 0;
  return (f->height + (1u << shift) - 1) >> shift;
}

uint32_t
layout_n_planes(const struct rill_format* f)
{
  const struct pixels* p;
  switch (f->kind) {
    case RILL_KIND_AUDIO:
      return rill_sample_bytes(f->encoding) && f->channels <= LAYOUT_MAX_PLANES
               ? f->channels
               : 0;
    case RILL_KIND_VIDEO:
      p = find_pixels(f->encoding);
      return p && f->width && f->height ? p->n_planes : 0;
    case RILL_KIND_TENSOR: return rill_tensor_row_bytes(f) ? 1 : 0;
    case RILL_KIND_NONE: return 0;
    default: return 1;
  }
}

uint64_t
layout_bytes(const struct rill_format* f, uint32_t n_frames)
{
  uint64_t n = 0;
  const struct pixels* p;
  switch (f->kind) {
    case RILL_KIND_AUDIO:
      n = f->packing == RILL_PLANAR
            ? channel_stride(f, n_frames) * f->channels - LAYOUT_GUARD
            : (uint64_t)n_frames * rill_sample_bytes(f->encoding) * f->channels;
      break;
    case RILL_KIND_VIDEO:
      p = find_pixels(f->encoding);
      for (uint32_t i = 0; p && i < p->n_planes; ++i) {
        n += picture_stride(f, p, i) * picture_rows(f, p, i);
      }
      break;
    case RILL_KIND_TENSOR:
      if (__builtin_mul_overflow(rill_tensor_row_bytes(f), n_frames, &n)) {
        return 0;
      }
      break;
    default: n = n_frames;
  }
  return n > INT64_MAX / 2 ? 0 : align_up(n) + LAYOUT_GUARD;
}

static void
audio_planes(const struct rill_format* f, uint32_t n_frames, char* base,
             struct rill_plane* planes)
{
  const uint64_t sample = rill_sample_bytes(f->encoding);
  const int planar = f->packing == RILL_PLANAR;
  const uint64_t step = planar ? sample : sample * f->channels;
  const uint64_t apart = planar ? channel_stride(f, n_frames) : sample;
  for (uint32_t c = 0; c < f->channels; ++c) {
    planes[c].data = base + c * apart;
    planes[c].step = (int64_t)step;
    planes[c].capacity = n_frames ? (n_frames - 1) * step + sample : 0;
  }
}

static void
picture_planes(const struct rill_format* f, char* base, struct rill_plane* planes)
{
  const struct pixels* const p = find_pixels(f->encoding);
  for (uint32_t i = 0; i < p->n_planes; ++i) {
    planes[i].data = base;
    planes[i].row_stride = (int64_t)picture_stride(f, p, i);
    planes[i].step = p->bytes;
    planes[i].capacity = picture_stride(f, p, i) * picture_rows(f, p, i);
    base += planes[i].capacity;
  }
}

void
layout_planes(const struct rill_format* f, uint32_t n_frames, void* base,
              struct rill_plane* planes)
{
  const uint32_t n_planes = layout_n_planes(f);
  memset(planes, 0, n_planes * sizeof *planes);
  for (uint32_t i = 0; i < n_planes; ++i) {
    planes[i].fd = -1;
  }
  if (f->kind == RILL_KIND_AUDIO) {
    audio_planes(f, n_frames, base, planes);
  } else if (f->kind == RILL_KIND_VIDEO) {
    picture_planes(f, base, planes);
  } else if (n_planes) {
    const uint64_t row = f->kind == RILL_KIND_TENSOR ? rill_tensor_row_bytes(f) : 1;
    planes[0].data = base;
    planes[0].row_stride = planes[0].step = (int64_t)row;
    planes[0].capacity = row * n_frames;
  }
}

int
layout_can_slice(const struct rill_format* f)
{
  return f->kind == RILL_KIND_AUDIO || f->kind == RILL_KIND_TENSOR;
}
