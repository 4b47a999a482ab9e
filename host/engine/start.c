// SPDX-License-Identifier: ISC
#include "engine/start.h"

#include "engine/fail.h"
#include "engine/instance.h"
#include "engine/services.h"

// The most frames of *to* that *n* frames of *from* can become in time; n where
// one of them has no rate.
static uint64_t
frames_at_rate(uint64_t n, const struct rill_format* from,
               const struct rill_format* to)
{
  const uint64_t a = (uint64_t)to->rate * from->rate_den;
  const uint64_t b = (uint64_t)from->rate * to->rate_den;
  return a == b || !a || !b ? n : (n * a + b - 1) / b + 1;
}

// What producers reported counts, not what the plan guessed: the largest buffer
// to expect, and so the largest one to make.
static void
spread_sizes(struct node* node)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    struct rill_slot* const in = &node->plan->in[i].slot;
    const struct link* const link = node->in[i].link;
    const uint32_t reported =
      link ? link->from->plan->out[link->from_slot].slot.max_frames : 0;
    in->max_frames = reported > in->max_frames ? reported : in->max_frames;
    for (uint32_t k = 0; link && k < node->n_out; ++k) {
      struct rill_slot* const out = &node->plan->out[k].slot;
      const uint64_t n = frames_at_rate(in->max_frames, &in->format, &out->format);
      out->max_frames = n > out->max_frames ? (uint32_t)n : out->max_frames;
    }
  }
}

// Texts have no length before they are written.
enum { PAYLOAD_BYTES = 65536 };

static void
size_payloads(struct node* node)
{
  for (uint32_t k = 0; k < node->n_out; ++k) {
    struct rill_slot* const out = &node->plan->out[k].slot;
    const uint32_t kind = out->format.kind;
    if (kind != RILL_KIND_AUDIO && kind != RILL_KIND_TENSOR &&
        kind != RILL_KIND_VIDEO) {
      out->max_frames = PAYLOAD_BYTES;
    }
  }
}

enum status
start_instances(struct engine* engine)
{
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    struct node* const node = &engine->nodes[i];
    spread_sizes(node);
    size_payloads(node);
    const enum status st = instance_start(node);
    if (st) {
      engine_fail(engine, node, st,
                  node->services->error_text[0] ? node->services->error_text
                                              : status_text(st));
      return st;
    }
  }
  return STATUS_OK;
}
