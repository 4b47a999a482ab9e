// SPDX-License-Identifier: ISC
#include "engine/recorder.h"

#include "base/mem.h"
#include "engine/node_setup.h"
#include "engine/seam_word.h"

enum { SPARE_CALLS = 16, MAX_CALLS = 65536 };

// Enough kept, or all that there ever was.
static int
has_enough(const struct recorder* recorder)
{
  const struct tape* const tape = &recorder->tape;
  return (recorder->has_all && tape->n < tape->capacity) ||
         tape->n_frames >= recorder->n_wanted;
}

static int32_t
recorder_process(struct rill_node* face, const struct rill_process* block)
{
  struct recorder* const self = (struct recorder*)(void*)face;
  if (!self->in_call) {
    tape_push(&self->tape, self->node);
  }
  const int32_t rc = self->process(self->instance, block);
  self->in_call = rc == RILL_MORE;
  if (!self->in_call && !atomic_load(&self->is_ready) && has_enough(self)) {
    atomic_store(&self->is_ready, 1);
    seam_tell_editors(self->node->engine);
  }
  return rc;
}

static const struct rill_node_ops recorder_ops = {
  .size = sizeof recorder_ops,
  .process = recorder_process,
};

// Blocks may be short: judged by those that came so far.
static uint32_t
calls_for(const struct node* node, uint64_t n_frames)
{
  const uint64_t n_calls = stat_get(&node->stats.n_calls) + 1;
  const uint64_t frames = stat_get(&node->stats.frames_in) / n_calls + 1;
  const uint64_t n = n_frames / frames * 2 + SPARE_CALLS;
  return n < MAX_CALLS ? (uint32_t)n : MAX_CALLS;
}

enum status
recorder_new(const struct node* node, uint64_t n_frames, struct recorder** out)
{
  struct recorder* const self = mem_new(struct recorder);
  if (!self || tape_init(&self->tape, node->n_in, calls_for(node, n_frames))) {
    mem_free(self);
    return STATUS_NO_MEMORY;
  }
  self->face.ops = &recorder_ops;
  self->n_wanted = n_frames;
  *out = self;
  return STATUS_OK;
}

void
recorder_begin(struct recorder* self, struct node* node)
{
  self->node = node;
  self->has_all = !stat_get(&node->stats.n_calls);
  atomic_store(&self->is_ready, has_enough(self));
  self->face.host = node->instance->host;
  self->instance = node->instance;
  self->process = node->process;
  node->instance = &self->face;
  node->process = recorder_process;
  node->is_aside = 1;
  node_allow_in_place(node, 0);
}

void
recorder_end(struct recorder* self)
{
  if (self->node) {
    self->node->instance = self->instance;
    self->node->process = self->process;
    self->node->is_aside = 0;
    node_allow_in_place(self->node, 1);
    self->node = NULL;
  }
}

void
recorder_free(struct recorder* self)
{
  if (self) {
    tape_fini(&self->tape);
    mem_free(self);
  }
}
