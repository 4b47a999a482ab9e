// SPDX-License-Identifier: ISC
// What a host relies on, looked at after each call.
#include "fake_private.h"
#include "rig_private.h"

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

struct rig_snapshot
rig_snapshot(const struct rill_buffer* b)
{
  struct rig_snapshot s = {*b, 1};
  for (uint32_t i = 0; i < b->n_planes; ++i) {
    s.hash = hash_bytes(s.hash, &b->planes[i], sizeof b->planes[i]);
    s.hash = hash_bytes(s.hash, b->planes[i].data,
                        shown_bytes(b, &b->planes[i]));
  }
  return s;
}

void
rig_check_input(struct rig* rig,
                uint32_t slot,
                const struct rig_snapshot* before)
{
  const struct rill_buffer* const b = rig->in[slot].io.buffer;
  fake_buffer_check(rig->host, b);
  const struct rig_snapshot now = rig_snapshot(b);
  if (memcmp(&now.b, &before->b, sizeof now.b) != 0) {
    rig_breach(rig, "changed the descriptor of input %u, which is read-only",
               slot);
  }
  if (now.hash != before->hash) {
    rig_breach(rig, "changed the memory of input %u, which is read-only",
               slot);
  }
}

// A plane but for *used*, which the node sets.
static int
is_same_plane(const struct rill_plane* a, const struct rill_plane* b)
{
  struct rill_plane x = *a;
  x.used = b->used;
  return !memcmp(&x, b, sizeof x);
}

void
rig_check_bound(struct rig* rig, uint32_t slot)
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

// The flag promises zeros, and consumers skip work for it.
static int
keeps_silence(const struct rill_buffer* b)
{
  if (!(b->flags & RILL_BUFFER_SILENT) || b->format->kind != RILL_KIND_AUDIO) {
    return 1;
  }
  for (uint32_t c = 0; c < b->n_planes; ++c) {
    const struct rill_plane* const plane = &b->planes[c];
    for (uint32_t i = 0; i < b->n_frames; ++i) {
      const void* const at = (const char*)plane->data + i * plane->step;
      if (rig_to_f32(at, b->format->encoding, 1) != 0.0f) {
        return 0;
      }
    }
  }
  return 1;
}

void
rig_check_output(struct rig* rig, uint32_t slot, const struct rill_buffer* b)
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
  if (!keeps_silence(b)) {
    rig_breach(rig, "output %u: flagged SILENT, but not all samples are 0",
               slot);
  }
  for (uint32_t i = 0; i < b->n_metas; ++i) {
    const struct rill_meta* const m = b->metas[i];
    if (b->n_frames && (uint64_t)m->offset + m->n_frames > b->n_frames) {
      rig_breach(rig, "output %u: meta %u is about frames beyond the end",
                 slot, i);
    }
  }
}

void
rig_check_status(struct rig* rig, uint32_t flags, int32_t status)
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

void
rig_check_scratch(struct rig* rig)
{
  const size_t n = (size_t)rig->activation.scratch_bytes;
  for (size_t i = n; i < (n + 127) / 64 * 64; ++i) {
    if (rig->scratch[i] != RIG_SCRATCH_GARBAGE) {
      rig_breach(rig, "wrote behind its %zu bytes of scratch memory", n);
    }
  }
}
