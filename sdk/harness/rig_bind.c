// SPDX-License-Identifier: ISC
// Which buffers a rig's outputs get for a call.
#include "fake_private.h"
#include "rig_private.h"

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

void
rig_bind(struct rig* rig, uint32_t slot, uint32_t n_frames)
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
