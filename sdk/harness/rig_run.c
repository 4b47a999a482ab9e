// SPDX-License-Identifier: ISC
// Which inputs go into which call: media time first, then slot order.
#include "fake_private.h"
#include "rig_private.h"

static struct rill_buffer*
head_of(const struct rig_in* in)
{
  return rig_has_queue(in) ? in->queue[in->head] : NULL;
}

static int
is_aligned(const struct rig* rig, uint32_t slot)
{
  return (rig_in_port(rig, slot)->flags & RILL_PORT_ALIGNED) &&
         rig->in[slot].slot.connected;
}

// Frames that all aligned inputs can give; 0 while one has to wait.
static uint32_t
aligned_frames(struct rig* rig)
{
  uint32_t n = UINT32_MAX;
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    if (!is_aligned(rig, i)) {
      continue;
    }
    const struct rill_buffer* const head = head_of(&rig->in[i]);
    if (!head && !rig->in[i].ended) {
      return 0;
    }
    n = head && head->n_frames < n ? head->n_frames : n;
  }
  return n == UINT32_MAX ? 0 : n;
}

static void
check_aligned(struct rig* rig)
{
  const struct rill_buffer* first = NULL;
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    const struct rill_buffer* const head = head_of(&rig->in[i]);
    if (!head || !is_aligned(rig, i)) {
      continue;
    }
    if (first && head->media_pos != first->media_pos) {
      rig_breach(rig, "the test gave aligned inputs at different positions");
    }
    first = head;
  }
}

// Takes *n_frames* from the queue; a larger buffer stays with its rest.
static void
deliver(struct rig* rig, struct rig_in* in, uint32_t n_frames)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  struct rill_buffer* const head = in->queue[in->head];
  if (head->n_frames <= n_frames) {
    in->io.buffer = head;
    ++in->head;
  } else {
    in->io.buffer = rig_slice(rig, head, 0, n_frames);
    in->queue[in->head] =
      rig_slice(rig, head, n_frames, head->n_frames - n_frames);
    host->buffers->unref(host, head);
  }
}

static void
deliver_aligned(struct rig* rig, uint32_t n_frames)
{
  check_aligned(rig);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    if (is_aligned(rig, i) && head_of(&rig->in[i])) {
      deliver(rig, &rig->in[i], n_frames);
    }
  }
}

static int
is_unordered(const struct rig* rig, uint32_t slot)
{
  return rig->want_disorder &&
         (rig_in_port(rig, slot)->flags & RILL_PORT_UNORDERED);
}

// The slot with the earliest buffer, or n_in. If that is an aligned one that
// has to wait for others, all that is later waits too.
static uint32_t
earliest(struct rig* rig, uint32_t n_aligned)
{
  int64_t best = INT64_MAX;
  uint32_t slot = rig->n_in;
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    const struct rill_buffer* const head = head_of(&rig->in[i]);
    if (head && is_unordered(rig, i)) {
      best = INT64_MIN; // the last of these wins
      slot = i;
    } else if (head && head->pts_ns < best) {
      best = head->pts_ns;
      slot = i;
    }
  }
  return slot < rig->n_in && is_aligned(rig, slot) && !n_aligned ? rig->n_in
                                                                 : slot;
}

static int
deliver_next(struct rig* rig)
{
  const uint32_t n_aligned = aligned_frames(rig);
  const uint32_t slot = earliest(rig, n_aligned);
  if (slot >= rig->n_in) {
    return 0;
  }
  if (is_aligned(rig, slot)) {
    deliver_aligned(rig, n_aligned);
  } else {
    deliver(rig, &rig->in[slot], UINT32_MAX);
  }
  return 1;
}

void
rig_set_ends(struct rig* rig)
{
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rig_in* const in = &rig->in[i];
    const int end = in->ended && !rig_has_queue(in);
    in->io.flags = end || !in->slot.connected ? RILL_IO_END : 0;
  }
}

int32_t
rig_try_run(struct rig* rig)
{
  rig_check_running(rig);
  while (deliver_next(rig)) {
    const struct rill_buffer* const b = rig->in[0].io.buffer;
    rig_set_ends(rig);
    const int32_t status = rig_call(rig, 0, b ? b->n_frames : 0);
    if (status < RILL_OK) {
      return status;
    }
  }
  return RILL_OK;
}
