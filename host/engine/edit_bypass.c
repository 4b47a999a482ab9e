// SPDX-License-Identifier: ISC
// Bypass and remove: both put a node in that passes its input on.
#include "base/mem.h"
#include "engine/edit_ops.h"
#include "engine/edit_swap.h"
#include "engine/edit_type.h"
#include "engine/pass_node.h"
#include "plan/plan_node.h"
#include "plan/values.h"

#include <stdio.h>
#include <string.h>

// Only a node with one input and one output of the same format can be left out.
static enum status
check_shape(struct op* op)
{
  const struct plan_node* const plan = record_of(op->editor, op->nodes[0])->plan;
  if (plan->n_in != 1 || plan->n_out != 1) {
    return op_refuse(op, STATUS_REFUSED,
                     "node '%s' has not one input and one output: what reads it "
                     "would have nothing to read", plan->id);
  }
  if (!rill_same_format(&plan->in[0].slot.format, &plan->out[0].slot.format)) {
    char in[128];
    char out[128];
    format_print(&plan->in[0].slot.format, in, sizeof in);
    format_print(&plan->out[0].slot.format, out, sizeof out);
    return op_refuse(op, STATUS_REFUSED,
                     "node '%s' makes %s of %s: what reads it takes nothing else",
                     plan->id, out, in);
  }
  return STATUS_OK;
}

static enum status
take_plain_node(struct op* op)
{
  enum status st = op_take_node(op);
  if (st || (st = check_shape(op))) {
    return st;
  }
  return swap_end_trial(op);
}

// Removing -------------------------------------------------------------------------

static enum status
remove_prepare(struct op* op)
{
  const enum status st = take_plain_node(op);
  op->mode = EDIT_DRAIN_OLD;
  return st ? st : swap_make(op, &pass_type, NULL);
}

static void
remove_publish(struct op* op)
{
  record_of(op->editor, op->nodes[0])->is_removed = 1;
  swap_publish(op);
}

const struct op_kind op_remove = { .prepare = remove_prepare,
                                   .carry = swap_carry,
                                   .publish = remove_publish };

// Bypassing ------------------------------------------------------------------------

static enum status
put_away(struct op* op, const struct plan_node* plan)
{
  const uint32_t n = plan->type->desc->n_params;
  struct plan_node* const behind = mem_new(struct plan_node);
  if (!behind) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  *behind = (struct plan_node){ .type = plan->type, .origin = plan->origin };
  behind->id = mem_strdup(plan->id);
  behind->params = values_copy(plan->params, n);
  behind->given = mem_new_array(uint8_t, n);
  op->behind = behind;
  if (!behind->id || !behind->params || !behind->given) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  if (plan->given) {
    memcpy(behind->given, plan->given, n);
  }
  return STATUS_OK;
}

static enum status
bypass_on(struct op* op)
{
  const struct plan_node* const plan = record_of(op->editor, op->nodes[0])->plan;
  const enum status st = put_away(op, plan);
  if (st) {
    return st;
  }
  op->mode = EDIT_PRIME;
  op->like = plan;
  if (!plan->latency_frames) {
    return swap_make(op, &pass_type, NULL);
  }
  snprintf(op->number, sizeof op->number, "%u", plan->latency_frames);
  op->own_param = (struct edit_param){ "frames", op->number };
  op->params = &op->own_param;
  op->n_params = 1;
  return swap_make(op, &lag_type, NULL);
}

static enum status
bypass_off(struct op* op, struct record* record)
{
  op->mode = EDIT_AUTO;
  op->like = record->behind;
  generation_ref(record->code_behind);
  return swap_make(op, record->behind->type, record->code_behind);
}

static enum status
bypass_prepare(struct op* op)
{
  const enum status st = take_plain_node(op);
  if (st) {
    return st;
  }
  struct record* const record = record_of(op->editor, op->nodes[0]);
  if (op->edit->on == (record->behind != NULL)) {
    return op_refuse(op, STATUS_REFUSED, "node '%s' is %s bypassed",
                     record->plan->id, op->edit->on ? "already" : "not");
  }
  return op->edit->on ? bypass_on(op) : bypass_off(op, record);
}

void
record_drop_behind(struct record* record)
{
  if (record->behind) {
    plan_node_fini(record->behind);
    mem_free(record->behind);
    generation_unref(record->code_behind);
    record->behind = NULL;
    record->code_behind = NULL;
  }
}

static void
bypass_publish(struct op* op)
{
  struct record* const record = record_of(op->editor, op->nodes[0]);
  struct generation* const code = record->code;
  swap_publish(op);
  record_drop_behind(record);
  if (op->edit->on) {
    record->behind = op->behind;
    record->code_behind = code;
    generation_ref(code);
    op->behind = NULL;
  }
}

const struct op_kind op_bypass = { .prepare = bypass_prepare,
                                   .carry = swap_carry,
                                   .publish = bypass_publish };
