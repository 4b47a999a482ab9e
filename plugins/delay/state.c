// SPDX-License-Identifier: ISC
// The frames that are under way, so that a swap loses none.
#include "delay.h"

struct head {
  uint32_t channels;
  uint32_t n_frames;
  uint32_t at;
  uint32_t drained;
};

static uint64_t
ring_bytes(const struct delay* self)
{
  return (uint64_t)self->n_frames * self->channels * sizeof(float);
}

static int32_t
export_state(const struct rill_node* node, const struct rill_writer* to)
{
  const struct delay* const self = (const struct delay*)node;
  const struct head head = { self->channels, self->n_frames, self->at,
                             self->drained };
  const int32_t st = to->write(to->arg, &head, sizeof head);
  return st < 0 ? st : to->write(to->arg, self->ring, ring_bytes(self));
}

static int32_t
import_state(struct rill_node* node,
             uint32_t version,
             const void* data,
             uint64_t n_bytes)
{
  struct delay* const self = (struct delay*)node;
  struct head head;
  if (version != 1 || n_bytes < sizeof head) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is not one of delay, version 1");
  }
  memcpy(&head, data, sizeof head);
  if (head.channels != self->channels || head.n_frames != self->n_frames ||
      n_bytes != sizeof head + ring_bytes(self)) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is of another delay or other channels");
  }
  if ((head.at && head.at >= head.n_frames) || head.drained > head.n_frames) {
    return rill_fail(node, RILL_ERR_BAD_STATE_BLOB,
                     "the saved state is damaged: start without it");
  }

  memcpy(self->ring, (const char*)data + sizeof head, ring_bytes(self));
  self->at = head.at;
  self->drained = head.drained;
  return RILL_OK;
}

static uint64_t
history_frames(const struct rill_node* node)
{
  return ((const struct delay*)node)->n_frames;
}

const struct rill_state_ops delay_state_ops = {
  .size = sizeof delay_state_ops,
  .export_state = export_state,
  .import_state = import_state,
  .history_frames = history_frames,
};
