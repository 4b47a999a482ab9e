// SPDX-License-Identifier: ISC
// One process call, with everything that a host would rely on checked.
#include "fake_private.h"
#include "rig_private.h"

#include <stdio.h>

#define SCRATCH_GARBAGE 0xa5

// What an input was before the call.
struct snapshot {
  struct rill_buffer b;
  uint64_t hash;
};

static uint64_t
hash_bytes(uint64_t hash, const void* data, size_t n_bytes)
{
  const unsigned char* p = data;
  uint64_t word = 0;
  for (; n_bytes >= sizeof word; n_bytes -= sizeof word, p += sizeof word) {
    memcpy(&word, p, sizeof word);
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  while (n_bytes--) {
    hash = (hash ^ *p++) * 0x100000001b3u;
  }
  return hash;
}

// The bytes of a plane that hold data.
static size_t
shown_bytes(const struct rill_buffer* b, const struct rill_plane* plane)
{
  const uint32_t n = b->n_frames;
  if (rig_is_payload(b->format)) {
    return (size_t)plane->used;
  }
  return !n ? 0
         : plane->step
           ? (size_t)(plane->step * (n - 1)) +
               rill_sample_bytes(b->format->encoding)
           : (size_t)(plane->row_stride * (n - 1)) +
               (size_t)rill_tensor_row_bytes(b->format);
}

static struct snapshot
snapshot_of(const struct rill_buffer* b)
{
  struct snapshot s = {*b, 1};
  for (uint32_t i = 0; i < b->n_planes; ++i) {
    s.hash = hash_bytes(s.hash, &b->planes[i], sizeof b->planes[i]);
    s.hash = hash_bytes(s.hash, b->planes[i].data,
                        shown_bytes(b, &b->planes[i]));
  }
  return s;
}

static void
check_input(struct rig* rig, uint32_t slot, const struct snapshot* before)
{
  const struct rill_buffer* const b = rig->in[slot].io.buffer;
  fake_buffer_check(rig->host, b);
  const struct snapshot now = snapshot_of(b);
  if (memcmp(&now.b, &before->b, sizeof now.b) != 0) {
    rig_breach(rig, "changed the descriptor of input %u, which is read-only",
               slot);
  }
  if (now.hash != before->hash) {
    rig_breach(rig, "changed the memory of input %u, which is read-only",
               slot);
  }
}

// Outputs stand where input 0 stands, or where they have come to.
static void
preset(struct rig* rig, struct rig_out* out, struct rill_buffer* b)
{
  const struct rill_buffer* const from = &rig->last_in;
  const struct rill_format* const f = b->format;
  const struct rill_format* const in_f =
    rig->n_in ? &rig->in[0].slot.format : NULL;

  b->media_pos = rig->n_in ? from->media_pos : (int64_t)out->made;
  b->pts_ns = rig->n_in
                ? from->pts_ns
                : rill_frames_to_ns(b->media_pos, f->rate, f->rate_den);
  b->duration_ns = from->duration_ns;
  if (in_f && in_f->rate && f->rate && in_f->rate != f->rate) {
    b->media_pos = (int64_t)((double)from->media_pos * f->rate *
                             (in_f->rate_den ? in_f->rate_den : 1) /
                             (in_f->rate * (f->rate_den ? f->rate_den : 1.0)));
  }
  b->stream_id = from->stream_id;
  b->seq = out->seq;
}

static struct rill_buffer*
in_place_of(struct rig* rig, const struct rig_out* out)
{
  const struct rill_port_desc* const port = rig->desc->ports[out->port];
  const uint32_t slot = rig_in_of_id(rig, port->in_place_pair);
  if (!rig->want_in_place || !port->in_place_pair || slot >= rig->n_in) {
    return NULL;
  }
  struct rill_buffer* const b = rig->in[slot].io.buffer;
  const uint32_t room =
    rig->activation.out_frames[(size_t)(out - rig->out)];
  if (!b || fake_buffer_refs(b) != 1 || ((struct fake_buffer*)b)->parent ||
      !((struct fake_buffer*)b)->memory || room > rig->max_frames ||
      !rill_same_format(b->format, &out->slot.format)) {
    return NULL;
  }
  b->flags |= RILL_BUFFER_WRITABLE;
  return b;
}

static void
bind(struct rig* rig, uint32_t slot, uint32_t n_frames)
{
  struct rig_out* const out = &rig->out[slot];
  const struct rill_host* const host = fake_host_table(rig->host);
  const struct rill_port_desc* const port = rig->desc->ports[out->port];

  out->io.flags = 0;
  out->io.buffer = NULL;
  out->bound = NULL;
  if (out->unlinked || (port->flags & RILL_PORT_PASSTHROUGH)) {
    return;
  }
  if (!(out->bound = in_place_of(rig, out))) {
    out->bound = host->buffers->alloc(host, &out->slot.format,
                                      rig->activation.out_frames[slot]);
    if (!out->bound) {
      rig_breach(rig, "no buffer for the format of output %u", slot);
    }
    out->bound->n_frames = port->in_place_pair ? n_frames : 0;
    preset(rig, out, out->bound);
  }
  out->io.buffer = out->bound;
  out->before = *out->bound;
  memcpy(out->planes_before, out->bound->planes,
         out->bound->n_planes * sizeof *out->planes_before);
}

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

// A plane but for *used*, which the node sets.
static int
is_same_plane(const struct rill_plane* a, const struct rill_plane* b)
{
  struct rill_plane x = *a;
  x.used = b->used;
  return !memcmp(&x, b, sizeof x);
}

static void
check_bound(struct rig* rig, uint32_t slot)
{
  const struct rig_out* const out = &rig->out[slot];
  const struct rill_buffer* const b = out->bound;

  fake_buffer_check(rig->host, b);
  if (b->size != out->before.size || b->planes != out->before.planes ||
      b->n_planes != out->before.n_planes || b->format != out->before.format ||
      b->capacity_frames != out->before.capacity_frames) {
    rig_breach(rig, "output %u: changed format, planes or capacity of the "
                    "bound buffer", slot);
  }
  for (uint32_t i = 0; i < b->n_planes; ++i) {
    if (!is_same_plane(&b->planes[i], &out->planes_before[i])) {
      rig_breach(rig, "output %u: changed plane %u of the bound buffer", slot,
                 i);
    }
  }
}

static void
check_output(struct rig* rig, uint32_t slot, const struct rill_buffer* b)
{
  const struct rig_out* const out = &rig->out[slot];
  if (!rill_same_format(b->format, &out->slot.format)) {
    rig_breach(rig, "output %u: a buffer of another format", slot);
  }
  if (b->n_frames > b->capacity_frames) {
    rig_breach(rig, "output %u: %u frames in a buffer for %u", slot,
               b->n_frames, b->capacity_frames);
  }
  if (rig_is_payload(b->format)) {
    if (b->planes[0].used > b->planes[0].capacity) {
      rig_breach(rig, "output %u: %llu bytes used of %llu", slot,
                 (unsigned long long)b->planes[0].used,
                 (unsigned long long)b->planes[0].capacity);
    }
    if (b->planes[0].used && !b->n_frames) {
      rig_breach(rig, "output %u: bytes are used, but n_frames is 0, so the "
                      "host would drop them: set it to 1", slot);
    }
  }
  for (uint32_t i = 0; i < b->n_metas; ++i) {
    const struct rill_meta* const m = b->metas[i];
    if (b->n_frames && (uint64_t)m->offset + m->n_frames > b->n_frames) {
      rig_breach(rig, "output %u: meta %u is about frames beyond the end",
                 slot, i);
    }
  }
}

static uint32_t
take_output(struct rig* rig, uint32_t slot)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  struct rig_out* const out = &rig->out[slot];
  struct rill_buffer* const b = out->io.buffer;
  uint32_t n_frames = 0;

  if (out->bound) {
    check_bound(rig, slot);
  }
  if (b) {
    if (out->unlinked) {
      rig_breach(rig, "output %u is not connected, yet got a buffer", slot);
    }
    fake_buffer_check(rig->host, b);
    check_output(rig, slot, b);
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

static void
check_status(struct rig* rig, uint32_t flags, int32_t status)
{
  const int draining = (flags & RILL_PROCESS_DRAINING) != 0;
  if (status < RILL_ERR_CORRUPT || status > RILL_MORE) {
    rig_breach(rig, "gave %d, which is no status", status);
  }
  if (status == RILL_TAIL && !draining) {
    rig_breach(rig, "gave TAIL, which is for DRAINING calls");
  }
  if (status == RILL_DRAINED && !draining && rig->n_in) {
    rig_breach(rig, "gave DRAINED although its inputs have not ended");
  }
}

static void
check_scratch(struct rig* rig)
{
  const size_t n = (size_t)rig->activation.scratch_bytes;
  for (size_t i = n; i < (n + 127) / 64 * 64; ++i) {
    if (rig->scratch[i] != SCRATCH_GARBAGE) {
      rig_breach(rig, "wrote behind its %zu bytes of scratch memory", n);
    }
  }
}

// Events of this block, with offsets into it.
static struct rill_event*
events_of(struct rig* rig,
          uint32_t flags,
          uint32_t n_frames,
          uint32_t* n_events)
{
  struct rill_event* const events =
    fake_zeroed((rig->n_events + 1) * sizeof *events);
  const uint64_t end = rig->position + n_frames;
  uint32_t n = 0;
  while (n < rig->n_events && (flags & RILL_PROCESS_EVENTS_ONLY ||
                               rig->events[n].frame < end)) {
    const uint64_t frame = rig->events[n].frame;
    events[n] = rig->events[n].event;
    events[n].offset =
      frame > rig->position ? (uint32_t)(frame - rig->position) : 0;
    ++n;
  }
  if (n) {
    memmove(rig->events, rig->events + n,
            (rig->n_events - n) * sizeof *rig->events);
  }
  rig->n_events -= n;
  *n_events = n;
  return events;
}

// One call and nothing more: binds, runs, checks, collects.
static int32_t
call_once(struct rig* rig, struct rill_process* block, uint32_t* n_made)
{
  struct snapshot* const before = fake_zeroed(rig->n_in * sizeof *before);
  const size_t n_scratch = (size_t)rig->activation.scratch_bytes;
  char where[64] = {0};

  snprintf(where, sizeof where, "process call %llu%s",
           (unsigned long long)rig->n_calls,
           block->flags & RILL_PROCESS_DRAINING ? " (draining)" : "");
  rig_where(rig, where);
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    bind(rig, i, block->n_frames);
  }
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rill_buffer* const b = rig->in[i].io.buffer;
    if (b && !is_in_place(rig, b)) {
      fake_buffer_lend(b, 1);
      before[i] = snapshot_of(b);
    }
  }
  memset(rig->scratch, SCRATCH_GARBAGE, (n_scratch + 127) / 64 * 64);

  block->block = rig->n_calls++;
  const int32_t status = rig->node->ops->process(rig->node, block);

  check_status(rig, block->flags, status);
  check_scratch(rig);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rill_buffer* const b = rig->in[i].io.buffer;
    if (b && !is_in_place(rig, b)) {
      check_input(rig, i, &before[i]);
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
    events_of(rig, flags, n_frames, &block.n_events);
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
