// SPDX-License-Identifier: ISC
#include "app/clip.h"

#include "base/mem.h"
#include "engine/layout.h"

#include <string.h>

enum status
clip_memory_init(struct clip_memory* out, const struct rill_format* format,
                 uint32_t n_frames)
{
  const uint32_t n_planes = layout_n_planes(format);
  const uint64_t n_bytes = layout_bytes(format, n_frames ? n_frames : 1);
  *out = (struct clip_memory){ 0 };
  if (!n_planes || !n_bytes ||
      !(out->planes = mem_new_array(struct rill_plane, n_planes)) ||
      !(out->memory = mem_aligned(n_bytes))) {
    return STATUS_NO_MEMORY;
  }
  memset(out->memory, 0, n_bytes);
  layout_planes(format, n_frames, out->memory, out->planes);
  out->clip = (struct clip){ *format, n_frames, out->planes };
  return STATUS_OK;
}

void
clip_memory_fini(struct clip_memory* memory)
{
  mem_free(memory->planes);
  mem_free_aligned(memory->memory);
  *memory = (struct clip_memory){ 0 };
}
