// SPDX-License-Identifier: ISC
// Metas of the fake host's buffers: each owns copies of all it points to.
#include "fake_private.h"

#include <stdlib.h>
#include <string.h>

static void*
copy_of(const void* data, size_t n_bytes)
{
  void* const copy = fake_zeroed(n_bytes + 1);
  memcpy(copy, data, n_bytes);
  return copy;
}

static void
meta_free(struct rill_meta* meta)
{
  free((void*)(uintptr_t)meta->uri);
  free((void*)(uintptr_t)meta->data);
  free(meta);
}

void
fake_metas_add(struct fake_buffer* to, const struct rill_meta* meta)
{
  const uint32_t n = to->b.n_metas;
  struct rill_meta* const copy = fake_zeroed(sizeof *copy);
  const struct rill_meta** const metas = fake_zeroed((n + 1) * sizeof *metas);

  memcpy(copy, meta, meta->size < sizeof *copy ? meta->size : sizeof *copy);
  copy->size = sizeof *copy;
  copy->uri = copy->uri ? copy_of(copy->uri, strlen(copy->uri)) : NULL;
  copy->data =
    copy->data ? copy_of(copy->data, (size_t)copy->data_bytes) : NULL;

  for (uint32_t i = 0; i < n; ++i) {
    metas[i] = to->b.metas[i];
  }
  metas[n] = copy;
  free((void*)(uintptr_t)to->b.metas);
  to->b.metas = metas;
  to->b.n_metas = n + 1;
}

void
fake_metas_copy(struct fake_buffer* to,
                const struct rill_buffer* from,
                uint32_t first,
                uint32_t n_frames)
{
  const uint64_t end = (uint64_t)first + n_frames;
  for (uint32_t i = 0; i < from->n_metas; ++i) {
    struct rill_meta meta = *from->metas[i];
    const uint64_t meta_end = (uint64_t)meta.offset + meta.n_frames;
    // One about no frames is a mark on the frame at its offset.
    if (meta.offset >= end || (meta.n_frames ? meta_end <= first
                                             : meta.offset < first)) {
      continue;
    }
    const uint32_t begin = meta.offset > first ? meta.offset : first;
    const uint64_t cut_end = meta_end < end ? meta_end : end;
    meta.n_frames = meta.n_frames ? (uint32_t)(cut_end - begin) : 0;
    meta.offset = begin - first;
    fake_metas_add(to, &meta);
  }
}

void
fake_metas_fini(struct fake_buffer* buffer)
{
  for (uint32_t i = 0; i < buffer->b.n_metas; ++i) {
    meta_free((struct rill_meta*)(uintptr_t)buffer->b.metas[i]);
  }
  free((void*)(uintptr_t)buffer->b.metas);
  buffer->b.metas = NULL;
  buffer->b.n_metas = 0;
}
