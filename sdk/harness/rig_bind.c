// SPDX-License-Identifier: ISC
// Which buffers a rig's outputs get for a call.
#include "fake_private.h"
#include "rig_private.h"

// Frames of one rate as frames of another, rounded down.
static int64_t
rescaled(int64_t frames,
         const struct rill_format* from,
         const struct rill_format* to)
{
  const int64_t n = (int64_t)to->rate * from->rate_den;
  const int64_t d = (int64_t)from->rate * to->rate_den;
  return n == d ? frames : frames / d * n + frames % d * n / d;
}

// Outputs stand where input 0 stands; without one (sources, drains) where they
// have come to.
static void
preset(struct rig* rig, const struct rig_out* out, struct rill_buffer* b)
{
  const struct rill_buffer* const from = &rig->last_in;
  const struct rill_format* const f = b->format;
  const struct rill_format* const in_f =
    rig->n_in ? &rig->in[0].slot.format : NULL;

  b->stream_id = from->stream_id;
  b->seq = out->seq;
  b->media_pos = from->media_pos;
  b->pts_ns = from->pts_ns;
  b->duration_ns = from->duration_ns;
  if (in_f && in_f->rate && f->rate) {
    b->media_pos = rescaled(from->media_pos, in_f, f);
  }
  if (out->seq && (!rig->n_in || !rig->in[0].io.buffer)) {
    b->media_pos = out->end_pos;
    b->pts_ns = out->end_ns;
  }
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
  for (const struct rig_out* o = rig->out; o < out; ++o) {
    if (b && o->bound == b) {
      return NULL; // one output has it already
    }
  }
  if (!b || fake_buffer_refs(b) != 1 || ((struct fake_buffer*)b)->parent ||
      !((struct fake_buffer*)b)->memory || room > b->capacity_frames ||
      !rill_same_format(b->format, &out->slot.format)) {
    return NULL;
  }
  b->flags |= RILL_BUFFER_WRITABLE;
  return b;
}

void
rig_bind(struct rig* rig, uint32_t slot, uint32_t n_frames)
{
  struct rig_out* const out = &rig->out[slot];
  const struct rill_port_desc* const port = rig->desc->ports[out->port];

  out->io.flags = 0;
  out->io.buffer = NULL;
  out->bound = NULL;
  if (out->unlinked || (port->flags & RILL_PORT_PASSTHROUGH)) {
    return;
  }
  if (!(out->bound = in_place_of(rig, out))) {
    out->bound = rig_alloc(rig, &out->slot.format,
                           rig->activation.out_frames[slot]);
    out->bound->n_frames = port->in_place_pair ? n_frames : 0;
    preset(rig, out, out->bound);
  }
  out->io.buffer = out->bound;
  out->before = *out->bound;
  memcpy(out->planes_before, out->bound->planes,
         out->bound->n_planes * sizeof *out->planes_before);
}
