// SPDX-License-Identifier: ISC
#include "engine/join.h"

#include "engine/node_setup.h"
#include "engine/outputs.h"
#include "engine/services.h"

#include <math.h>

// Draining -----------------------------------------------------------------------

// The call has no input; outputs stand behind what was sent last.
static void
show_nothing(struct node* node)
{
  node->block.flags |= RILL_PROCESS_DRAINING;
  node->block.n_frames = 0;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    node->io_pointers[i]->buffer = NULL;
    node->io_pointers[i]->flags = RILL_IO_END;
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    struct buffer* const b = node->out[i].bound;
    if (b) {
      b->shown.n_frames = 0;
      b->shown.n_metas = 0;
      b->shown.media_pos = node->out[i].next_pos;
    }
  }
}

int32_t
join_drain(struct trial* trial)
{
  struct node* const node = trial->node;
  show_nothing(node);
  const int32_t rc = trial->old_process(trial->old_instance, &node->block);
  tape_present(&trial->tape, trial->tape.n - 1, node);
  trial->drained = rc != RILL_TAIL && rc != RILL_MORE;
  return rc < 0 ? rc : RILL_MORE;
}

// Cutting --------------------------------------------------------------------------

// Positions go on where they stood, whatever the new instance is late by.
static void
go_on(struct out_slot* out, struct rill_buffer* b)
{
  out->shift += b->media_pos - out->next_pos;
  b->media_pos = out->next_pos;
  if (b->format->rate) {
    b->pts_ns =
      rill_frames_to_ns(b->media_pos, b->format->rate, b->format->rate_den);
  }
}

// Frames from *first* on, without a copy.
static int32_t
cut_front(struct node* node, uint32_t i, uint32_t first)
{
  struct out_slot* const out = &node->out[i];
  struct rill_io* const io = node->io_pointers[node->n_in + i];
  struct buffer* const whole = buffer_of(io->buffer);
  if (out->bound != whole) {
    buffer_ref(whole); // an input, or the node's own: given back below
  }
  struct buffer* const part = services_slice(
    node->services, whole, first, whole->shown.n_frames - first);
  if (!part) {
    return RILL_ERR_NO_MEMORY;
  }
  if (out->bound == whole) {
    out->bound = NULL;
  } else {
    outputs_drop(node, i);
  }
  io->buffer = &part->shown;
  return RILL_OK;
}

int32_t
join_cut(struct trial* trial)
{
  struct node* const node = trial->node;
  int32_t rc = RILL_OK;
  uint64_t skipped = 0;
  for (uint32_t i = 0; i < node->n_out && rc >= 0; ++i) {
    struct rill_buffer* const b = node->io_pointers[node->n_in + i]->buffer;
    const uint64_t left = trial->join.skip - trial->n_skipped;
    if (!b || !b->n_frames) {
      continue;
    }
    skipped = left < b->n_frames ? left : b->n_frames;
    if (skipped == b->n_frames) {
      outputs_drop(node, i);
    } else if (skipped) {
      rc = cut_front(node, i, (uint32_t)skipped);
    }
    struct rill_buffer* const rest = node->io_pointers[node->n_in + i]->buffer;
    if (rc >= 0 && rest) {
      go_on(&node->out[i], rest);
      trial->is_joined = 1;
    }
  }
  trial->n_skipped += skipped;
  return rc;
}

// Fading ---------------------------------------------------------------------------

static const float QUARTER_TURN = 1.57079632679489662f;

static int
is_plain(const struct rill_buffer* b)
{
  return b && b->format->kind == RILL_KIND_AUDIO &&
         b->format->encoding == RILL_ENC_F32 && b->format->packing == RILL_PLANAR;
}

// Equal power: the squares of both factors add up to one.
static void
mix(const struct trial* trial, struct rill_buffer* to, const struct rill_buffer* from)
{
  const uint32_t n = to->n_frames < from->n_frames ? to->n_frames : from->n_frames;
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t at = trial->n_faded + i;
    const float turn = at < trial->join.fade
                         ? ((float)at + 0.5f) / (float)trial->join.fade
                         : 1.0f;
    const float in = sinf(turn * QUARTER_TURN);
    const float out = cosf(turn * QUARTER_TURN);
    for (uint32_t c = 0; at < trial->join.fade && c < to->n_planes; ++c) {
      float* const a = to->planes[c].data;
      const float* const b = from->planes[c].data;
      a[i] = a[i] * in + b[i] * out;
    }
  }
}

void
join_fade(struct trial* trial)
{
  struct node* const node = trial->node;
  struct node* const old = trial->other;
  uint32_t n_frames = 0;
  tape_present(&trial->tape, trial->tape.n - 1, old);
  if (outputs_bind(old)) {
    outputs_discard(old);
    trial->n_faded = trial->join.fade;
    return;
  }
  const int32_t rc = old->process(old->instance, &old->block);
  for (uint32_t i = 0; rc >= 0 && i < node->n_out && i < old->n_out; ++i) {
    struct rill_buffer* const to = node->io_pointers[node->n_in + i]->buffer;
    const struct rill_buffer* const from = old->io_pointers[old->n_in + i]->buffer;
    if (is_plain(to) && is_plain(from) && node->out[i].bound == buffer_of(to)) {
      mix(trial, to, from);
      n_frames = to->n_frames;
    }
  }
  outputs_discard(old);
  node_let_inputs_go(old);
  trial->n_faded += n_frames ? n_frames : trial->join.fade - trial->n_faded;
  tape_drop(&trial->tape, trial->tape.n); // the old one has seen it all
}
