// SPDX-License-Identifier: ISC
#include "plan/frames.h"

#include "plan/formats.h"

// As many frames as last the same time; one more where they do not fit evenly.
static uint32_t
frames_through(uint32_t n, const struct rill_format* in,
               const struct rill_format* out)
{
  if (!in->rate || !out->rate ||
      (in->rate == out->rate && in->rate_den == out->rate_den)) {
    return n;
  }
  const uint64_t bottom = (uint64_t)in->rate * out->rate_den;
  uint64_t top = (uint64_t)n * in->rate_den;
  if (__builtin_mul_overflow(top, out->rate, &top)) {
    return UINT32_MAX;
  }
  const uint64_t frames = top / bottom + (top % bottom != 0) + 1;
  return frames > UINT32_MAX ? UINT32_MAX : (uint32_t)frames;
}

static void
size_outputs(const struct plan* plan, struct plan_node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    struct rill_slot* const out = &node->out[i].slot;
    int is_source = 1;
    out->max_frames = 0;
    for (uint32_t k = 0; k < node->n_in; ++k) {
      const struct rill_slot* const in = &node->in[k].slot;
      if (in->connected) {
        const uint32_t n =
          frames_through(in->max_frames, &in->format, &out->format);
        out->max_frames = n > out->max_frames ? n : out->max_frames;
        is_source = 0;
      }
    }
    out->max_frames = is_source ? plan->block : out->max_frames;
  }
}

void
plan_size(struct plan* plan)
{
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    struct plan_node* const node = &plan->nodes[i];
    for (uint32_t k = 0; k < node->n_in; ++k) {
      const int32_t l = node->in[k].link;
      if (l >= 0) {
        const struct plan_link* const link = &plan->links[l];
        node->in[k].slot.max_frames =
          plan->nodes[link->from].out[link->from_slot].slot.max_frames;
      }
    }
    size_outputs(plan, node);
  }
}

uint64_t
plan_buffer_bytes(const struct plan_slot* slot)
{
  return format_bytes(&slot->slot.format, slot->slot.max_frames);
}

// Whether the buffers of a slot are its producer's own.
static int
is_pooled(const struct plan_node* node, const struct plan_slot* slot)
{
  const struct rill_port_desc* const port =
    node->type->desc->ports[slot->slot.port];
  return slot->slot.connected &&
         (!node->n_in || !(port->flags & RILL_PORT_PASSTHROUGH));
}

uint64_t
plan_memory_bytes(const struct plan* plan)
{
  uint64_t n = 0;
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    const struct plan_node* const node = &plan->nodes[i];
    for (uint32_t k = 0; k < node->n_out; ++k) {
      if (is_pooled(node, &node->out[k])) {
        // A full queue, one that is being made and one that is being read.
        n += (PLAN_QUEUE + 2) * plan_buffer_bytes(&node->out[k]);
      }
    }
  }
  return n;
}
