// SPDX-License-Identifier: ISC
// What the channels remember and what events have changed, for swaps.
#include "biquad.h"

#include <math.h>

struct head {
  struct design created_with;
  struct design now;
  uint32_t channels;
  uint32_t rate;
};

static int32_t
export_state(const struct rill_node* node, const struct rill_writer* to)
{
  const struct biquad* const self = (const struct biquad*)node;
  const struct head head = { self->created_with, self->now, self->channels,
                             self->rate };
  const int32_t st = to->write(to->arg, &head, sizeof head);
  return st < 0 ? st
                : to->write(to->arg, self->memory,
                            self->channels * sizeof *self->memory);
}

static int
is_finite(const struct biquad* self, const char* memory)
{
  struct memory m;
  for (uint32_t c = 0; c < self->channels; ++c) {
    memcpy(&m, memory + c * sizeof m, sizeof m);
    if (!isfinite(m.s1) || !isfinite(m.s2)) {
      return 0;
    }
  }
  return 1;
}

// A filter that was created with other parameters keeps its own, and goes on
// with the old one's memory: that is the gentlest change.
static int32_t
import_state(struct rill_node* node,
             uint32_t version,
             const void* data,
             uint64_t n_bytes)
{
  struct biquad* const self = (struct biquad*)node;
  const size_t memory_bytes = self->channels * sizeof *self->memory;
  const char* const memory = (const char*)data + sizeof(struct head);
  struct head head;
  if (version != 1 || n_bytes != sizeof head + memory_bytes) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is not one of biquad, version 1, with as "
                     "many channels");
  }
  memcpy(&head, data, sizeof head);
  if (head.channels != self->channels || head.rate != self->rate ||
      !design_is_sound(&head.now, self->rate) || !is_finite(self, memory)) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is damaged or of another rate");
  }

  memcpy(self->memory, memory, memory_bytes);
  if (!memcmp(&head.created_with, &self->created_with,
              sizeof self->created_with)) {
    self->now = head.now;
    self->coefficients = design_solve(&self->now, self->rate);
  }
  return RILL_OK;
}

static uint64_t
history_frames(const struct rill_node* node)
{
  (void)node;
  return 0;
}

const struct rill_state_ops biquad_state_ops = {
  .size = sizeof biquad_state_ops,
  .export_state = export_state,
  .import_state = import_state,
  .history_frames = history_frames,
};
