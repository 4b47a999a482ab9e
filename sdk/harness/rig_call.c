// SPDX-License-Identifier: ISC
// One process call, with everything that a host would rely on checked.
#include "fake_private.h"
#include "rig_private.h"

#include <stdio.h>

static int
is_input(const struct rig* rig, const struct rill_buffer* b)
{
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    if (b && rig->in[i].io.buffer == b) {
      return 1;
    }
  }
  return 0;
}

static int
is_in_place(const struct rig* rig, const struct rill_buffer* b)
{
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    if (b && rig->out[i].bound == b) {
      return 1;
    }
  }
  return 0;
}

static uint32_t
take_output(struct rig* rig, uint32_t slot)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  struct rig_out* const out = &rig->out[slot];
  struct rill_buffer* const b = out->io.buffer;
  uint32_t n_frames = 0;

  if (out->bound) {
    rig_check_bound(rig, slot);
  }
  if (b) {
    if (out->unlinked) {
      rig_breach(rig, "output %u is not connected, yet got a buffer", slot);
    }
    fake_buffer_check(rig->host, b);
    rig_check_output(rig, slot, b);
    n_frames = b->n_frames;
    rig_collect(rig, out, b);
  }
  if (b && b != out->bound && !is_input(rig, b)) {
    host->buffers->unref(host, b);
  }
  if (out->bound && !is_input(rig, out->bound)) {
    host->buffers->unref(host, out->bound);
  }
  out->io.buffer = NULL;
  return n_frames;
}

// Nothing in it is kept between calls. Of much memory the begin must do.
static void
spoil_scratch(struct rig* rig)
{
  const size_t n = (size_t)rig->activation.scratch_bytes;
  memset(rig->scratch, RIG_SCRATCH_GARBAGE, n < 65536 ? n : 65536);
  memset(rig->scratch + n, RIG_SCRATCH_GARBAGE, (n + 127) / 64 * 64 - n);
}

// One call and nothing more: binds, runs, checks, collects.
static int32_t
call_once(struct rig* rig, struct rill_process* block, uint32_t* n_made)
{
  struct rig_snapshot* const before = fake_zeroed(rig->n_in * sizeof *before);
  char where[64] = {0};

  snprintf(where, sizeof where, "process call %llu%s",
           (unsigned long long)rig->n_calls,
           block->flags & RILL_PROCESS_DRAINING ? " (draining)" : "");
  rig_where(rig, where);
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    rig_bind(rig, i, block->n_frames);
  }
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rill_buffer* const b = rig->in[i].io.buffer;
    if (b && !is_in_place(rig, b)) {
      fake_buffer_lend(b, 1);
      before[i] = rig_snapshot(b);
    }
  }
  spoil_scratch(rig);

  block->block = rig->n_calls++;
  const int32_t status = rig->node->ops->process(rig->node, block);

  rig_check_status(rig, block->flags, status);
  rig_check_scratch(rig);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rill_buffer* const b = rig->in[i].io.buffer;
    if (b && !is_in_place(rig, b)) {
      rig_check_input(rig, i, &before[i]);
    }
  }
  *n_made = 0;
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    const uint32_t n = take_output(rig, i);
    *n_made += n;
    if (!i && (block->flags & RILL_PROCESS_DRAINING)) {
      rig->drained_frames += n;
    }
  }
  free(before);
  return status;
}

static void
remember_input(struct rig* rig)
{
  const struct rill_buffer* const b = rig->n_in ? rig->in[0].io.buffer : NULL;
  if (b) {
    rig->last_in = *b;
  }
}

// What comes without an input stands behind the last one.
static void
pass_input(struct rig* rig)
{
  struct rill_buffer* const last = &rig->last_in;
  last->media_pos += last->n_frames;
  last->pts_ns += last->duration_ns;
  last->n_frames = 0;
  last->duration_ns = 0;
}

static void
release_inputs(struct rig* rig)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rill_io* const io = &rig->in[i].io;
    if (io->buffer) {
      fake_buffer_lend(io->buffer, 0);
      host->buffers->unref(host, io->buffer);
      io->buffer = NULL;
    }
  }
}

int32_t
rig_call(struct rig* rig, uint32_t flags, uint32_t n_frames)
{
  struct rill_process block = {
    .size = sizeof block,
    .flags = flags | (rig->want_realtime ? 0 : RILL_PROCESS_OFFLINE),
    .n_frames = n_frames,
    .n_in = rig->n_in,
    .n_out = rig->n_out,
    .in = rig->in_ios,
    .out = rig->out_ios,
    .scratch = rig->activation.scratch_bytes ? rig->scratch : NULL,
    .scratch_bytes = rig->activation.scratch_bytes};
  struct rill_event* const events =
    rig_take_events(rig, flags, n_frames, &block.n_events);
  int32_t status = RILL_MORE;
  uint32_t n_idle = 0;
  uint32_t n_made = 0;

  block.events = events;
  remember_input(rig);
  while (status == RILL_MORE) {
    status = call_once(rig, &block, &n_made);
    block.n_events = 0;
    n_idle = n_made ? 0 : n_idle + 1;
    if (status == RILL_MORE && n_idle > 1) {
      rig_breach(rig, "gave MORE twice without any output");
    }
    for (uint32_t i = 0; status == RILL_MORE && i < rig->n_out; ++i) {
      if (rig->out[i].bound && is_input(rig, rig->out[i].bound)) {
        rig_breach(rig, "gave MORE, but its input was overwritten in place");
      }
    }
  }
  free(events);
  release_inputs(rig);
  pass_input(rig);
  rig->position += rig->n_in ? n_frames : 0;
  rig->status = status;
  return status;
}
