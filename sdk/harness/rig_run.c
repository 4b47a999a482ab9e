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

static struct rill_buffer*
slice(struct rig* rig, struct rill_buffer* b, uint32_t first, uint32_t n)
{
  const struct rill_host* const host = fake_host_table(rig->host);
  return host->buffers->slice(host, b, first, n);
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
    in->io.buffer = slice(rig, head, 0, n_frames);
    in->queue[in->head] =
      slice(rig, head, n_frames, head->n_frames - n_frames);
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

// The first slot with the earliest buffer that can go now, or n_in. What is
// later than an aligned buffer that waits has to wait too.
static uint32_t
earliest(struct rig* rig, uint32_t n_aligned)
{
  int64_t best = INT64_MAX;
  uint32_t slot = rig->n_in;
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    const struct rill_buffer* const head = head_of(&rig->in[i]);
    if (head && head->pts_ns < best) {
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
  const uint32_t first = earliest(rig, n_aligned);
  if (first >= rig->n_in) {
    return 0;
  }
  const int64_t time = head_of(&rig->in[first])->pts_ns;
  int aligned_done = 0;
  for (uint32_t i = first; i < rig->n_in; ++i) {
    const struct rill_buffer* const head = head_of(&rig->in[i]);
    if (!head || head->pts_ns != time || (i != first && rig->want_one_by_one)) {
      continue;
    }
    if (!is_aligned(rig, i)) {
      deliver(rig, &rig->in[i], UINT32_MAX);
    } else if (n_aligned && !aligned_done) {
      deliver_aligned(rig, n_aligned);
      aligned_done = 1;
    }
  }
  return 1;
}

static void
set_ends(struct rig* rig)
{
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rig_in* const in = &rig->in[i];
    const int end = in->ended && !rig_has_queue(in);
    in->io.flags = end || !in->slot.connected ? RILL_IO_END : 0;
  }
}

static void
check_running(struct rig* rig)
{
  if (!rig->is_active) {
    rig_breach(rig, "the rig has not been started");
  }
  if (rig->is_drained) {
    rig_breach(rig, "the node has drained: only rig_reset can follow");
  }
}

int32_t
rig_try_run(struct rig* rig)
{
  check_running(rig);
  while (deliver_next(rig)) {
    const struct rill_buffer* const b = rig->in[0].io.buffer;
    set_ends(rig);
    const int32_t status = rig_call(rig, 0, b ? b->n_frames : 0);
    if (status < RILL_OK) {
      return status;
    }
  }
  return RILL_OK;
}

static void
check_tail(struct rig* rig)
{
  const uint32_t tail = rig->activation.tail_frames;
  if (rig->n_out && rig->out[0].slot.connected &&
      !rig_is_payload(&rig->out[0].slot.format) &&
      rig->drained_frames > tail) {
    rig_breach(rig, "drained %llu frames on output 0, but activate reported a "
                    "tail of %u", (unsigned long long)rig->drained_frames,
               tail);
  }
}

static int32_t
drain_calls(struct rig* rig)
{
  int32_t status = RILL_TAIL;
  uint32_t n_idle = 0;
  while (status == RILL_TAIL) {
    const uint64_t before = rig->drained_frames;
    status = rig_call(rig, RILL_PROCESS_DRAINING, 0);
    n_idle = rig->drained_frames > before ? 0 : n_idle + 1;
    if (n_idle > RIG_PATIENCE) {
      rig_breach(rig, "the drain does not end");
    }
    check_tail(rig);
  }
  rig->is_drained = 1;
  return status < RILL_OK ? status : RILL_OK;
}

int32_t
rig_try_drain(struct rig* rig)
{
  int32_t status = RILL_OK;
  check_running(rig);
  if (!rig->n_in) {
    status = rig_pull(rig, UINT64_MAX);
    return status < RILL_OK ? status : RILL_OK;
  }
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    rig->in[i].ended = 1;
  }
  if ((status = rig_try_run(rig)) < RILL_OK) {
    return status;
  }
  set_ends(rig);
  return drain_calls(rig);
}

static void
expect_ok(struct rig* rig, int32_t status)
{
  if (status < RILL_OK) {
    rig_breach(rig, "failed with %d: %s", status, rig_error(rig));
  }
}

void
rig_run(struct rig* rig)
{
  expect_ok(rig, rig_try_run(rig));
}

void
rig_drain(struct rig* rig)
{
  expect_ok(rig, rig_try_drain(rig));
}

int32_t
rig_pull(struct rig* rig, uint64_t n_frames)
{
  const uint64_t end =
    n_frames > UINT64_MAX - rig->position ? UINT64_MAX
                                          : rig->position + n_frames;
  uint32_t n_idle = 0;
  check_running(rig);
  if (rig->n_in || !rig->n_out) {
    rig_breach(rig, "rig_pull is for sources");
  }
  while (rig->position < end) {
    const uint64_t left = end - rig->position;
    const uint64_t before = rig->position;
    const int32_t status = rig_call(
      rig, 0,
      left < rig->block_frames ? (uint32_t)left : rig->block_frames);
    rig->position = rig->out[0].made;
    if (status < RILL_OK || status == RILL_DRAINED) {
      rig->is_drained = status == RILL_DRAINED;
      return status;
    }
    n_idle = rig->position > before ? 0 : n_idle + 1;
    if (n_idle > RIG_PATIENCE) {
      rig_breach(rig, "the source neither produces nor ends");
    }
  }
  return RILL_OK;
}
