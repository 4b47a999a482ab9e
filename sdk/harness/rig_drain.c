// SPDX-License-Identifier: ISC
// To the last frame: draining nodes with inputs, pulling sources.
#include "rig_private.h"

void
rig_check_running(struct rig* rig)
{
  if (!rig->is_active) {
    rig_breach(rig, "the rig has not been started");
  }
  if (rig->is_drained) {
    rig_breach(rig, "the node has drained: only rig_reset can follow");
  }
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
  rig_check_running(rig);
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
  rig_set_ends(rig);
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
  rig_check_running(rig);
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
