// SPDX-License-Identifier: ISC
// Swap: another instance for a node, and how the state gets into it.
#include "engine/edit_hold.h"
#include "engine/edit_ops.h"
#include "engine/edit_reap.h"
#include "engine/edit_state.h"
#include "engine/edit_swap.h"
#include "engine/edit_type.h"
#include "engine/edit_wait.h"
#include "engine/pass_node.h"
#include "engine/recorder.h"
#include "engine/replay.h"
#include "engine/seam.h"
#include "engine/seat.h"
#include "engine/seat_job.h"
#include "engine/services.h"

#include <stdio.h>
#include <string.h>

// Preparing --------------------------------------------------------------------------

enum status
swap_end_trial(struct op* op)
{
  struct editor* const editor = op->editor;
  struct node* const node = op->nodes[0];
  struct trial* const trial = edit_find_trial(editor, node);
  if (!trial) {
    return STATUS_OK;
  }
  struct transaction alone = { .editor = editor, .ops = op, .n = 1 };
  enum status st = edit_wait_first_block(editor, trial);
  if (st || (st = seam_enter(editor->engine, editor->options.border_ns))) {
    return op_refuse(op, st, "the last change of node '%s' has not settled yet: "
                     "try again later", record_of(editor, node)->plan->id);
  }
  if (!(st = edit_hold(&alone))) {
    edit_settle(editor, node);
    edit_let_go(&alone);
  }
  seam_leave(editor->engine);
  edit_reap(editor);
  return st;
}

// What undoes a call of a sink cannot be undone.
static uint32_t
probation_of(const struct op* op, const struct node_type* type)
{
  return type->desc->flags & RILL_NODE_COMMITS
           ? 1
           : op->editor->options.probation_blocks;
}

static enum status
refuse_start(struct op* op, const struct node_type* type, enum status st)
{
  if (st == STATUS_LIMIT) {
    op->spare = NULL; // lost
    return op_refuse(op, st, "type '%s': create did not return within %.3g s",
                     type->desc->name, (double)op->editor->options.prepare_ns / 1e9);
  }
  const char* const why = op->spare->services->error_text;
  return op_refuse(op, st == STATUS_NO_MEMORY ? st : STATUS_REFUSED, "type '%s': %s",
                   type->desc->name, why[0] ? why : status_text(st));
}

enum status
swap_make(struct op* op, struct node_type* type, struct generation* generation)
{
  struct plan_node plan;
  enum status st = edit_make_plan(op, type, &plan);
  if (st) {
    generation_unref(generation);
    return st;
  }
  st = seat_open(op->nodes[0], &plan, generation, &op->spare);
  if (!st && (st = seat_start_within(op->editor->options.prepare_ns, op->spare,
                                    &op->editor->hung))) {
    return refuse_start(op, type, st);
  }
  if (st || seat_complete(op->spare, op->nodes[0]) ||
      trial_new(op->nodes[0], op->spare, probation_of(op, type), &op->trial)) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  return STATUS_OK;
}

static enum status
swap_prepare(struct op* op)
{
  struct node_type* type = NULL;
  struct generation* generation = NULL;
  enum status st = op_take_node(op);
  if (st || (st = swap_end_trial(op))) {
    return st;
  }
  const struct node* const node = op->nodes[0];
  struct node_type* const same = record_of(op->editor, node)->plan->type;
  if ((st = edit_find_type(op, same, &type, &generation))) {
    return st;
  }
  if (!op->edit->type && node->seat) { // the same code
    generation = node->seat->generation;
    generation_ref(generation);
  }
  return swap_make(op, type, generation);
}

// Carrying -----------------------------------------------------------------------------

static int
wants(const struct op* op, enum edit_mode mode)
{
  const enum edit_mode asked = op->mode;
  return asked == mode || asked == EDIT_AUTO ||
         (asked == EDIT_CROSSFADE && mode == EDIT_PRIME);
}

static enum status
use_state(struct op* op)
{
  struct node* const node = op->nodes[0];
  char error[512];
  if (!state_can(node, op->spare)) {
    return op_refuse(op, STATUS_REFUSED,
                     "node '%s' cannot hand its state over: both must be of one "
                     "type that has rill.state/1; try prime or drain",
                     node->plan->id);
  }
  const int64_t later = (int64_t)op->spare->plan->latency_frames -
                        (int64_t)node->plan->latency_frames;
  if (later) {
    return op_refuse(op, STATUS_REFUSED,
                     "node '%s' would be late by another time: try prime or drain",
                     node->plan->id);
  }
  if (state_carry(node, op->spare, error, sizeof error)) {
    return op_refuse(op, STATUS_REFUSED, "%s", error);
  }
  op->reply->mode = EDIT_STATE;
  return STATUS_OK;
}

// Starts to keep what the node is given.
static enum status
record(struct op* op, uint64_t n_frames)
{
  if (recorder_new(op->nodes[0], n_frames, &op->recorder)) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  recorder_begin(op->recorder, op->nodes[0]);
  if (!atomic_load(&op->recorder->is_ready)) {
    return STATUS_RESUMABLE;
  }
  recorder_end(op->recorder);
  return STATUS_OK;
}

// Where the output of the new one stands, against that of the old one: frames
// that it would give a second time.
static int64_t
overlap(const struct op* op)
{
  const struct node* const node = op->nodes[0];
  const struct node* const spare = op->spare;
  const int64_t late = (int64_t)spare->plan->latency_frames -
                       (int64_t)node->plan->latency_frames;
  return node->n_out ? late : 0;
}

static int32_t
replay(struct op* op)
{
  const struct tape* const tape = &op->recorder->tape;
  recorder_end(op->recorder);
  return replay_tape(tape, 0, tape->n, op->spare);
}

static enum status
use_prime(struct op* op)
{
  const int has_none = op->spare->plan->type == &pass_type; // no memory at all
  const uint64_t n = state_history(op->spare);
  if (!op->nodes[0]->n_connected || !(n || has_none)) {
    return op_refuse(op, STATUS_REFUSED,
                     "the memory of type '%s' is not known to be finite, so it "
                     "cannot be primed: try drain",
                     op->spare->plan->type->desc->name);
  }
  const int64_t more = overlap(op);
  if (more < 0) {
    return op_refuse(op, STATUS_REFUSED,
                     "type '%s' is less late than what runs, so frames would be "
                     "missing: try drain",
                     op->spare->plan->type->desc->name);
  }
  enum status st = op->recorder || has_none ? STATUS_OK : record(op, n);
  if (st) {
    return st;
  }
  if (!has_none && replay(op) < 0) {
    const char* const why = op->spare->services->error_text;
    return op_refuse(op, STATUS_REFUSED, "priming failed: %s",
                     why[0] ? why : "process gave an error");
  }
  op->join.align = more != 0;
  op->join.skip = (uint64_t)more;
  op->reply->mode = EDIT_PRIME;
  return STATUS_OK;
}

// A source or sink that starts afresh would begin its file once more.
static enum status
use_drain(struct op* op)
{
  const struct node* const node = op->nodes[0];
  if (!node->n_connected || !node->n_out) {
    return op_refuse(op, STATUS_REFUSED,
                     "node '%s' is a %s and cannot hand over where it is: its type "
                     "lacks rill.state/1",
                     node->plan->id, node->n_out ? "source" : "sink");
  }
  op->join.drain_old = 1;
  op->join.align = 1;
  op->join.skip = op->spare->plan->latency_frames;
  op->reply->mode = EDIT_DRAIN_OLD;
  return STATUS_OK;
}

static enum status
choose(struct op* op)
{
  enum status st = STATUS_REFUSED;
  if (wants(op, EDIT_STATE) && !op->recorder) {
    st = use_state(op);
  }
  if (st == STATUS_REFUSED && wants(op, EDIT_PRIME)) {
    st = use_prime(op);
  }
  if (st == STATUS_REFUSED && wants(op, EDIT_DRAIN_OLD)) {
    st = use_drain(op);
  }
  return st;
}

enum status
swap_carry(struct op* op)
{
  struct edit_reply* const reply = op->reply;
  const struct node* const node = op->nodes[0];
  if (node->phase != NODE_RUNNING) {
    return op_refuse(op, STATUS_REFUSED, "node '%s' drains: it has come to its end",
                     node->plan->id);
  }
  enum status st = choose(op);
  if (st == STATUS_RESUMABLE) {
    return st;
  }
  if (op->mode == EDIT_CROSSFADE && st != STATUS_NO_MEMORY) {
    op->join.fade = op->edit->crossfade_frames;
    reply->crossfade_frames = op->edit->crossfade_frames;
    reply->mode = EDIT_CROSSFADE;
    st = STATUS_OK;
  }
  return st;
}

void
swap_publish(struct op* op)
{
  struct editor* const editor = op->editor;
  struct node* const node = op->nodes[0];
  struct record* const record = record_of(editor, node);
  struct trial* const trial = op->trial;
  op->reply->probation_left = atomic_load(&trial->left);
  trial->join = op->join;
  trial_begin(trial);
  trial->generation = ++record->generation;
  struct seat* const seat = (trial->is_seated ? node : op->spare)->seat;
  record->plan = &seat->plan;
  record->code = seat->generation;
  trial->next = editor->trials;
  editor->trials = trial;
  ++editor->n_swaps;
  op->trial = NULL;
  op->spare = NULL;
}

const struct op_kind op_swap = { .prepare = swap_prepare,
                                 .carry = swap_carry,
                                 .publish = swap_publish };
