// SPDX-License-Identifier: ISC
// Looking inside a rig.
#include "rig_private.h"

const struct rill_format*
rig_out_format(const struct rig* rig, uint32_t slot)
{
  return &rig_out_at(rig, slot)->slot.format;
}

const struct rill_activation*
rig_activation(const struct rig* rig)
{
  return &rig->activation;
}

int32_t
rig_status(const struct rig* rig)
{
  return rig->status;
}

uint64_t
rig_n_calls(const struct rig* rig)
{
  return rig->n_calls;
}

const char*
rig_error(const struct rig* rig)
{
  return fake_host_error(rig->host);
}

struct fake_host*
rig_host(struct rig* rig)
{
  return rig->host;
}

struct rill_node*
rig_node(struct rig* rig)
{
  return rig->node;
}

const struct rill_node_desc*
rig_desc(const struct rig* rig)
{
  return rig->desc;
}

static void
check_item(struct rig* rig, const struct rig_out* out, uint32_t index)
{
  const struct rill_format* const f = &out->slot.format;
  const struct rig_item* const item = &out->items[index];
  const struct rig_item* const last = item - 1;
  const int64_t pts = rill_frames_to_ns(item->media_pos, f->rate, f->rate_den);
  const int64_t frame = rill_frames_to_ns(1, f->rate, f->rate_den) + 1;

  if (index && !(item->flags & RILL_BUFFER_DISCONT) &&
      item->media_pos != last->media_pos + last->n_frames) {
    rig_breach(rig, "buffer %u begins at frame %lld, the one before it ended "
                    "at %lld", index, (long long)item->media_pos,
               (long long)(last->media_pos + last->n_frames));
  }
  if (item->pts_ns < pts - frame || item->pts_ns > pts + frame) {
    rig_breach(rig, "buffer %u begins at frame %lld, which is %lld ns, but its "
                    "pts_ns is %lld", index, (long long)item->media_pos,
               (long long)pts, (long long)item->pts_ns);
  }
}

void
rig_check_positions(struct rig* rig, uint32_t slot)
{
  const struct rig_out* const out = rig_out_at(rig, slot);
  rig_where(rig, "positions");
  if (!out->slot.format.rate) {
    rig_breach(rig, "output %u is not timed", slot);
  }
  for (uint32_t i = 0; i < out->n_items; ++i) {
    check_item(rig, out, i);
  }
}
