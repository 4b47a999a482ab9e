// SPDX-License-Identifier: ISC
// The same signal in blocks of any size must give the same output.
#include "fake_private.h"
#include "rig_private.h"

#include <math.h>
#include <stdio.h>

#define LARGEST 4096u

static int
has_pair(const struct rill_node_desc* desc)
{
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    if (desc->ports[i]->in_place_pair) {
      return 1;
    }
  }
  return 0;
}

static struct rig*
run_case(const struct rig_case* c, uint32_t block, uint32_t in_place)
{
  struct rig* const rig = rig_open(c->path, c->type);
  rig_set_all(rig, c->params);
  rig_in_place(rig, in_place);
  if (c->samples) {
    rig_audio(rig, 0, c->rate, c->channels);
  }
  rig_start(rig, LARGEST);
  rig_block(rig, block);
  if (c->samples) {
    rig_push_f32(rig, 0, c->samples, c->n_frames);
    rig_drain(rig);
  } else {
    rig_pull(rig, c->n_frames);
  }
  return rig;
}

static int
same_samples(const struct rig_case* c,
             const struct rill_format* format,
             const void* a,
             const void* b,
             uint64_t n_bytes)
{
  const float* const x = a;
  const float* const y = b;
  if (!n_bytes || !memcmp(a, b, (size_t)n_bytes)) {
    return 1;
  }
  if (c->tolerance <= 0.0f || format->encoding != RILL_ENC_F32) {
    return 0;
  }
  for (uint64_t i = 0; i < n_bytes / sizeof *x; ++i) {
    if (!(fabsf(x[i] - y[i]) <= c->tolerance)) {
      return 0;
    }
  }
  return 1;
}

static uint64_t
first_difference(const void* a, const void* b, uint64_t n_bytes)
{
  uint64_t i = 0;
  while (i < n_bytes &&
         ((const char*)a)[i] == ((const char*)b)[i]) {
    ++i;
  }
  return i;
}

static void
compare_lanes(const struct rig_case* c,
              struct rig* a,
              struct rig* b,
              uint32_t slot)
{
  const struct rill_format* const f = rig_out_format(a, slot);
  const uint32_t n = f->kind == RILL_KIND_AUDIO ? f->channels : 1;
  const uint64_t frame =
    f->kind == RILL_KIND_AUDIO ? rill_sample_bytes(f->encoding)
                               : rill_tensor_row_bytes(f);
  if (rig_out_frames(a, slot) != rig_out_frames(b, slot)) {
    rig_breach(b, "output %u has %llu frames, and %llu in other blocks", slot,
               (unsigned long long)rig_out_frames(b, slot),
               (unsigned long long)rig_out_frames(a, slot));
  }
  for (uint32_t i = 0; i < n; ++i) {
    uint64_t n_bytes = 0;
    const void* const x = rig_out_bytes(a, slot, i, &n_bytes);
    const void* const y = rig_out_bytes(b, slot, i, NULL);
    if (!same_samples(c, f, x, y, n_bytes)) {
      rig_breach(b, "output %u, channel %u: differs from frame %llu on", slot,
                 i, (unsigned long long)(first_difference(x, y, n_bytes) /
                                         (frame ? frame : 1)));
    }
  }
}

static void
compare_texts(struct rig* a, struct rig* b, uint32_t slot)
{
  const uint32_t n = rig_out_items(a, slot);
  if (n != rig_out_items(b, slot)) {
    rig_breach(b, "output %u has %u texts, and %u in other blocks", slot,
               rig_out_items(b, slot), n);
  }
  for (uint32_t i = 0; i < n; ++i) {
    const struct rig_item* const x = rig_out_item(a, slot, i);
    const struct rig_item* const y = rig_out_item(b, slot, i);
    if (x->text_bytes != y->text_bytes ||
        memcmp(x->text, y->text, (size_t)x->text_bytes) != 0) {
      rig_breach(b, "output %u: text %u is '%.80s', and '%.80s' in other "
                    "blocks", slot, i, y->text, x->text);
    }
    if (x->media_pos != y->media_pos || x->pts_ns != y->pts_ns) {
      rig_breach(b, "output %u: text %u stands at %lld (%lld ns), and %lld "
                    "(%lld ns) in other blocks", slot, i,
                 (long long)y->media_pos, (long long)y->pts_ns,
                 (long long)x->media_pos, (long long)x->pts_ns);
    }
  }
}

static void
compare(const struct rig_case* c, struct rig* a, uint32_t block, uint32_t place)
{
  struct rig* const b = run_case(c, block, place);
  char where[64] = {0};
  snprintf(where, sizeof where, "blocks of %u%s", block,
           place ? " in place" : "");
  rig_where(b, where);
  for (uint32_t i = 0; i < a->n_out; ++i) {
    if (rig_is_payload(rig_out_format(a, i))) {
      compare_texts(a, b, i);
    } else {
      compare_lanes(c, a, b, i);
    }
  }
  rig_close(b);
}

void
rig_check_blocks(const struct rig_case* c)
{
  static const uint32_t blocks[] = {1, 64, 1000};
  struct rig* const whole = run_case(c, LARGEST, 0);
  for (size_t i = 0; i < RILL_COUNT(blocks); ++i) {
    if (blocks[i] >= c->min_block) {
      compare(c, whole, blocks[i], 0);
    }
  }
  if (has_pair(whole->desc)) {
    compare(c, whole, 64, 1);
  }
  rig_close(whole);
}
