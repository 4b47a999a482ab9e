// SPDX-License-Identifier: ISC
// For tests of clips: a folder of their own, and what comes out, as bytes.
#ifndef TESTS_CLIP_KIT_H
#define TESTS_CLIP_KIT_H

#include "app/clips.h"
#include "base/log.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KIT_MAX_BYTES = 1 << 22 };

static char kit_folder[] = "/tmp/rill-test-clips-XXXXXX";
static struct clips* kit_clips;

static inline void
kit_set_up(void)
{
  char path[4096];
  const char* const build = getenv("top_builddir");
  ck_assert_ptr_nonnull(mkdtemp(kit_folder));
  setenv("RILL_CACHE_DIR", kit_folder, 1);
  setenv("RILL_RUNTIME_DIR", kit_folder, 1);
  snprintf(path, sizeof path, "%s/plugins/legacy/objects/.libs",
           build ? build : ".");
  setenv("RILL_LEGACY_PATH", path, 1);
  snprintf(path, sizeof path, "%s/plugins", build ? build : ".");
  ck_assert_int_eq(clips_new(path, &kit_clips), STATUS_OK);
}

static inline void
kit_tear_down(void)
{
  char command[128];
  clips_free(kit_clips);
  log_set_sink(NULL, NULL);
  snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", kit_folder,
           kit_folder);
  ck_assert_int_eq(system(command), 0);
}

/// All bytes that reached the sink, plane by plane of each buffer.
struct heap {
  unsigned char* bytes;
  size_t n;
};

static inline int32_t
heap_take(void* arg, const struct rill_buffer* b)
{
  struct heap* const heap = arg;
  const uint32_t kind = b->format->kind;
  const int has_frames = kind == RILL_KIND_AUDIO || kind == RILL_KIND_TENSOR;
  for (uint32_t c = 0; c < b->n_planes; ++c) {
    const struct rill_plane* const p = &b->planes[c];
    const size_t n = kind == RILL_KIND_AUDIO
                       ? rill_sample_bytes(b->format->encoding)
                     : has_frames ? rill_tensor_row_bytes(b->format)
                                  : p->used;
    const uint32_t n_items = has_frames ? b->n_frames : 1;
    for (uint32_t i = 0; i < n_items; ++i) {
      const int64_t step = p->step ? p->step : (int64_t)n;
      if (heap->n + n > KIT_MAX_BYTES) {
        return RILL_ERR_OUTPUT;
      }
      memcpy(heap->bytes + heap->n, (char*)p->data + i * step, n);
      heap->n += n;
    }
  }
  return RILL_OK;
}

static inline void
kit_run(struct clip_graph* graph, const struct clip* clip, struct heap* heap)
{
  const struct clip_taker taker = { heap_take, heap };
  heap->n = 0;
  ck_assert_int_eq(clips_run(graph, clip, &taker), STATUS_OK);
}

/// Through a graph of its own.
static inline void
kit_run_alone(const char* text, const struct clip_options* options,
              const struct clip* clip, struct heap* heap)
{
  struct clip_graph* graph = NULL;
  ck_assert_int_eq(clips_plan(kit_clips, text, options, &graph), STATUS_OK);
  ck_assert_int_eq(clips_start(graph), STATUS_OK);
  kit_run(graph, clip, heap);
  clips_close(graph);
}

#endif
