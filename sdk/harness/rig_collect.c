// SPDX-License-Identifier: ISC
// What came out of a rig, in arrays that grow.
#include "fake_private.h"
#include "rig_private.h"

static unsigned char*
grow(struct rig* rig, struct rig_bytes* bytes, uint64_t n)
{
  if (bytes->n + n > bytes->capacity) {
    const uint64_t capacity = 2 * (bytes->n + n);
    unsigned char* const data = realloc(bytes->data, (size_t)capacity);
    if (!data) {
      rig_breach(rig, "out of memory");
    }
    bytes->data = data;
    bytes->capacity = capacity;
  }
  bytes->n += n;
  return bytes->data + bytes->n - n;
}

static void
collect_strided(struct rig* rig,
                struct rig_bytes* lane,
                const struct rill_buffer* b,
                uint32_t plane)
{
  const struct rill_plane* const p = &b->planes[plane];
  const int is_audio = b->format->kind == RILL_KIND_AUDIO;
  const int64_t stride = is_audio ? p->step : p->row_stride;
  const size_t item = is_audio ? rill_sample_bytes(b->format->encoding)
                               : (size_t)rill_tensor_row_bytes(b->format);
  unsigned char* to = grow(rig, lane, b->n_frames * item);
  for (uint32_t i = 0; i < b->n_frames; ++i, to += item) {
    memcpy(to, (const char*)p->data + i * stride, item);
  }
}

static struct rill_meta*
copy_metas(struct rig* rig, const struct rill_buffer* b)
{
  struct rill_meta* const metas =
    b->n_metas ? fake_zeroed(b->n_metas * sizeof *metas) : NULL;
  for (uint32_t i = 0; i < b->n_metas; ++i) {
    metas[i] = *b->metas[i];
    if (metas[i].uri) {
      metas[i].uri = rig_own(rig, strdup(metas[i].uri));
    }
    if (metas[i].data) {
      char* const data = fake_zeroed((size_t)metas[i].data_bytes + 1);
      memcpy(data, metas[i].data, (size_t)metas[i].data_bytes);
      metas[i].data = rig_own(rig, data);
    }
  }
  return metas;
}

static void
collect_item(struct rig* rig, struct rig_out* out, const struct rill_buffer* b)
{
  struct rig_item* const items =
    out->n_items & (out->n_items - 1)
      ? out->items
      : realloc(out->items, 2 * (out->n_items + 1) * sizeof *items);
  if (!items) {
    rig_breach(rig, "out of memory");
  }
  out->items = items;
  struct rig_item* const item = &items[out->n_items++];
  *item = (struct rig_item){.media_pos = b->media_pos,
                            .pts_ns = b->pts_ns,
                            .duration_ns = b->duration_ns,
                            .first = out->n_frames,
                            .n_frames = b->n_frames,
                            .flags = b->flags,
                            .stream_id = b->stream_id,
                            .n_metas = b->n_metas,
                            .metas = copy_metas(rig, b)};
  if (rig_is_payload(b->format)) {
    const size_t n = (size_t)b->planes[0].used;
    char* const text = fake_zeroed(n + 1);
    memcpy(text, b->planes[0].data, n);
    item->text = text;
    item->text_bytes = n;
  }
}

// Of timed frames what they last, else what the buffer says.
static int64_t
length_ns(const struct rill_buffer* b)
{
  const struct rill_format* const f = b->format;
  return rig_is_payload(f) || !f->rate
           ? b->duration_ns
           : rill_frames_to_ns(b->media_pos + b->n_frames, f->rate,
                               f->rate_den) -
               rill_frames_to_ns(b->media_pos, f->rate, f->rate_den);
}

void
rig_collect(struct rig* rig, struct rig_out* out, const struct rill_buffer* b)
{
  if (!b->n_frames) {
    return;
  }
  collect_item(rig, out, b);
  if (!rig_is_payload(b->format)) {
    for (uint32_t i = 0; i < out->n_lanes; ++i) {
      collect_strided(rig, &out->lanes[i], b, i);
    }
  }
  out->n_frames += b->n_frames;
  out->made += b->n_frames;
  out->end_pos = b->media_pos + b->n_frames;
  out->end_ns = b->pts_ns + length_ns(b);
  ++out->seq;
}

void
rig_clear(struct rig* rig)
{
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    struct rig_out* const out = &rig->out[i];
    for (uint32_t j = 0; j < out->n_items; ++j) {
      free((void*)(uintptr_t)out->items[j].metas);
      free((void*)(uintptr_t)out->items[j].text);
    }
    for (uint32_t j = 0; j < out->n_lanes; ++j) {
      free(out->lanes[j].data);
      out->lanes[j] = (struct rig_bytes){0};
    }
    free(out->items);
    out->items = NULL;
    out->n_items = 0;
    out->n_frames = 0;
  }
}

uint64_t
rig_out_frames(const struct rig* rig, uint32_t slot)
{
  return rig_out_at(rig, slot)->n_frames;
}

const void*
rig_out_bytes(const struct rig* rig,
              uint32_t slot,
              uint32_t channel,
              uint64_t* n_bytes)
{
  const struct rig_out* const out = rig_out_at(rig, slot);
  if (channel >= out->n_lanes) {
    rig_breach(rig, "output %u has no channel %u", slot, channel);
  }
  if (n_bytes) {
    *n_bytes = out->lanes[channel].n;
  }
  return out->lanes[channel].data;
}

const float*
rig_out_f32(struct rig* rig, uint32_t slot, uint32_t channel)
{
  struct rig_out* const out = rig_out_at(rig, slot);
  const uint32_t encoding = out->slot.format.encoding;
  const uint32_t sample = rill_sample_bytes(encoding);
  uint64_t n_bytes = 0;
  const unsigned char* const data =
    rig_out_bytes(rig, slot, channel, &n_bytes);

  if (encoding == RILL_ENC_F32 || !sample) {
    return (const float*)(const void*)data;
  }
  float* const floats =
    rig_own(rig, fake_zeroed((size_t)(n_bytes / sample) * sizeof *floats));
  for (uint64_t i = 0; i < n_bytes / sample; ++i) {
    floats[i] = rig_to_f32(data + i * sample, encoding,
                           out->slot.format.kind == RILL_KIND_AUDIO);
  }
  return floats;
}

uint32_t
rig_out_items(const struct rig* rig, uint32_t slot)
{
  return rig_out_at(rig, slot)->n_items;
}

const struct rig_item*
rig_out_item(const struct rig* rig, uint32_t slot, uint32_t index)
{
  const struct rig_out* const out = rig_out_at(rig, slot);
  if (index >= out->n_items) {
    rig_breach(rig, "output %u gave %u buffers, the test asks for number %u",
               slot, out->n_items, index);
  }
  return &out->items[index];
}

const char*
rig_out_text(const struct rig* rig, uint32_t slot, uint32_t index)
{
  return rig_out_item(rig, slot, index)->text;
}
