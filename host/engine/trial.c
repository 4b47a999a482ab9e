// SPDX-License-Identifier: ISC
#include "engine/trial.h"

#include "base/mem.h"
#include "engine/join.h"
#include "engine/judge.h"
#include "engine/node_setup.h"
#include "engine/outputs.h"
#include "engine/replay.h"
#include "engine/seam_word.h"
#include "engine/seat.h"
#include "engine/segment.h"
#include "engine/services.h"

#include <stdio.h>
#include <string.h>

static void
put_in_front(struct trial* trial)
{
  struct node* const node = trial->node;
  trial->face.host = node->instance->host;
  node->instance = &trial->face;
  node->process = trial->face.ops->process;
  node->is_aside = 1;
  node->is_stale = 1;
  node_allow_in_place(node, 0); // the inputs of each call are kept
}

// The node runs as any other.
static void
stand_back(struct node* node)
{
  node->is_aside = 0;
  node_allow_in_place(node, 1);
  if (!node->block.n_events) { // rows know of none
    node->is_stale = 0;
    segment_bind(node);
  }
}

static void
end(struct trial* trial, enum trial_end how)
{
  struct engine* const engine = trial->node->engine;
  tape_drop(&trial->tape, trial->tape.n);
  atomic_store(&trial->end, (int)how); // from here on it may be gone
  seam_tell_editors(engine);
}

void
trial_pass(struct trial* trial)
{
  struct node* const node = trial->node;
  node->instance = trial->is_seated ? trial->instance : trial->old_instance;
  node->process = trial->is_seated ? trial->process : trial->old_process;
  stand_back(node);
  atomic_store(&trial->left, 0);
  end(trial, TRIAL_PASSED);
}

// One that has given its tail has nothing left of what was before it.
static int32_t
start_afresh(struct node* node)
{
  const struct rill_node_ops* const ops = node->instance->ops;
  return RILL_HAS(ops, reset) && ops->reset ? ops->reset(node->instance) : RILL_OK;
}

// The old instance gets all that the new one has been given; the last of it is
// done for good.
static int32_t
take_over(struct trial* trial)
{
  struct node* const node = trial->node;
  int32_t rc = trial->drained ? start_afresh(node) : RILL_OK;
  const uint32_t last = trial->tape.n - 1;
  if (rc >= 0) {
    rc = replay_tape(&trial->tape, 0, last, node);
  }
  tape_present(&trial->tape, last, node);
  return rc < 0 ? rc : outputs_bind(node) ? RILL_ERR_NO_MEMORY : RILL_OK;
}

static int32_t
roll_back(struct trial* trial, const char* why)
{
  struct node* const node = trial->node;
  snprintf(trial->why, sizeof trial->why, "%s", why);
  outputs_discard(node);
  node->instance = trial->instance;
  node->process = trial->process;
  seat_exchange(node, trial->other);
  node->services->error_text[0] = '\0';
  int32_t rc = take_over(trial);
  stand_back(node);
  end(trial, TRIAL_TAKEN_BACK);
  if (rc >= 0) {
    rc = node->process(node->instance, &node->block);
  }
  return rc;
}

// The new instance takes the node over, with the input that is there.
static int32_t
sit_down(struct trial* trial)
{
  struct node* const node = trial->node;
  outputs_discard(node);
  node->instance = trial->old_instance;
  node->process = trial->old_process;
  seat_exchange(node, trial->other);
  put_in_front(trial);
  trial->is_seated = 1;
  return outputs_bind(node) ? RILL_ERR_NO_MEMORY : RILL_OK;
}

static void
count(struct trial* trial)
{
  atomic_fetch_add(&trial->n_blocks, 1);
  if (atomic_fetch_sub(&trial->left, 1) == 1) {
    trial_pass(trial);
  } else if (atomic_load(&trial->n_blocks) == 1) {
    seam_tell_editors(trial->node->engine);
  }
}

// What was good is made to fit to what the old instance gave.
static int32_t
accept_call(struct trial* trial, int32_t rc)
{
  int32_t joined = RILL_OK;
  trial->in_call = rc == RILL_MORE;
  if (trial->join.align && !trial->is_joined) {
    joined = join_cut(trial);
  }
  if (join_is_fading(trial)) {
    join_fade(trial);
  }
  if (!trial->in_call && !join_is_fading(trial)) {
    count(trial);
  }
  return joined < 0 ? joined : rc;
}

static int32_t
trial_process(struct rill_node* face, const struct rill_process* block)
{
  struct trial* const trial = (struct trial*)(void*)face;
  if (!trial->in_call) {
    tape_push(&trial->tape, trial->node);
    trial->in_call = 1;
  }
  if (!trial->is_seated) {
    const int32_t rc = trial->drained ? sit_down(trial) : join_drain(trial);
    if (rc) {
      return rc; // an error, or MORE: this input once again
    }
  }
  const int32_t rc = trial->process(trial->instance, block);
  const char* const why = judge_call(trial->node, rc);
  return why ? roll_back(trial, why) : accept_call(trial, rc);
}

static const struct rill_node_ops trial_ops = {
  .size = sizeof trial_ops,
  .process = trial_process,
};

enum status
trial_new(struct node* node, struct node* spare, uint32_t n_blocks,
          struct trial** out)
{
  struct trial* const trial = mem_new(struct trial);
  if (!trial || tape_init(&trial->tape, node->n_in, n_blocks + 1)) {
    mem_free(trial);
    return STATUS_NO_MEMORY;
  }
  trial->face.ops = &trial_ops;
  trial->node = node;
  trial->other = spare;
  trial->instance = spare->instance;
  trial->process = spare->process;
  atomic_store(&trial->left, n_blocks);
  *out = trial;
  return STATUS_OK;
}

void
trial_begin(struct trial* trial)
{
  struct node* const node = trial->node;
  trial->old_instance = node->instance;
  trial->old_process = node->process;
  trial->is_seated = !trial->join.drain_old;
  for (uint32_t i = 0; i < node->n_out && i < trial->other->n_out; ++i) {
    trial->other->out[i].shift = node->out[i].shift;
  }
  if (trial->is_seated) {
    seat_exchange(node, trial->other);
  }
  put_in_front(trial);
}

void
trial_free(struct trial* trial)
{
  if (trial) {
    tape_fini(&trial->tape);
    mem_free(trial);
  }
}
