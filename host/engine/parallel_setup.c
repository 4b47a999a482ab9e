// SPDX-License-Identifier: ISC
// Lanes of PARALLEL nodes: made before a run, emptied after it.
#include "engine/parallel.h"

#include "base/mem.h"
#include "engine/services.h"

// So many for each worker: one that takes long does not keep others waiting.
enum { LANES_PER_WORKER = 2, MAX_LANES = 64 };

static enum status
lanes_init(struct parallel* self, uint32_t n, uint64_t scratch_bytes)
{
  self->lanes = mem_new_array(struct lane, n);
  if (!self->lanes) {
    return STATUS_NO_MEMORY;
  }
  self->n_lanes = n;
  self->scratch_bytes = scratch_bytes;
  for (uint32_t i = 0; i < n; ++i) {
    struct lane* const lane = &self->lanes[i];
    lane->error_text = mem_new_array(char, ERROR_TEXT_BYTES);
    lane->scratch = scratch_bytes ? mem_aligned(scratch_bytes) : NULL;
    if (!lane->error_text || (scratch_bytes && !lane->scratch)) {
      return STATUS_NO_MEMORY;
    }
  }
  return STATUS_OK;
}

enum status
parallel_init(struct node* node)
{
  const uint32_t threads = node->engine->plan->threads;
  const uint32_t n = threads < MAX_LANES / LANES_PER_WORKER
                       ? threads * LANES_PER_WORKER
                       : MAX_LANES;
  if (!(node->plan->type->desc->flags & RILL_NODE_PARALLEL) || threads < 2 ||
      node->is_blocking || !node->single) {
    return STATUS_OK;
  }
  node->parallel = mem_new(struct parallel);
  return node->parallel ? lanes_init(node->parallel, n, node->block.scratch_bytes)
                        : STATUS_NO_MEMORY;
}

// What the call left as its output may be the node's own.
static void
empty(struct lane* lane)
{
  struct rill_buffer* const out = lane->frame.out.buffer;
  if (out && (!lane->in || out != &lane->in->shown) &&
      (!lane->bound || out != &lane->bound->shown)) {
    buffer_unref(buffer_of(out));
  }
  if (lane->bound != lane->in) {
    buffer_unref(lane->bound);
  }
  buffer_unref(lane->in);
  lane->in = lane->bound = NULL;
  lane->frame.out.buffer = NULL;
}

void
parallel_reset(struct node* node)
{
  struct parallel* const self = node->parallel;
  for (uint32_t i = 0; self && i < self->n_lanes; ++i) {
    empty(&self->lanes[i]);
  }
  if (self) {
    self->n_taken = self->n_sent = 0;
    self->is_on = 0;
  }
}

void
parallel_fini(struct node* node)
{
  struct parallel* const self = node->parallel;
  for (uint32_t i = 0; self && i < self->n_lanes; ++i) {
    mem_free_aligned(self->lanes[i].scratch);
    mem_free(self->lanes[i].error_text);
  }
  if (self) {
    mem_free(self->lanes);
    mem_free(self);
    node->parallel = NULL;
  }
}
