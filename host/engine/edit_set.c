// SPDX-License-Identifier: ISC
// Set: parameters of a node. What may change while it runs is sent as events at
// the first frame of its next block; anything else is a swap.
#include "base/mem.h"
#include "engine/edit_ops.h"
#include "engine/edit_type.h"
#include "harness/param_text.h"
#include "plan/ports.h"
#include "plan/values.h"

#include <string.h>

static int
is_live(const struct rill_node_desc* desc, const char* symbol)
{
  const uint32_t k = param_find(desc, symbol);
  return k == desc->n_params || (desc->params[k]->flags & RILL_PARAM_LIVE);
}

static int
all_live(const struct op* op, const struct rill_node_desc* desc)
{
  for (uint32_t i = 0; i < op->edit->n_params; ++i) {
    if (!is_live(desc, op->edit->params[i].symbol)) {
      return 0;
    }
  }
  return 1;
}

static struct gift*
new_gift(uint32_t n)
{
  struct gift* const gift = mem_new(struct gift);
  if (gift) {
    gift->events = mem_new_array(struct rill_event, n);
    gift->values = mem_new_array(struct rill_value, n);
    gift->n = gift->n_events = n;
  }
  if (gift && (!gift->events || !gift->values)) {
    mem_free(gift->events);
    mem_free(gift->values);
    mem_free(gift);
    return NULL;
  }
  return gift;
}

static enum status
read_event(struct op* op, const struct rill_node_desc* desc, uint32_t i)
{
  const struct edit_param* const param = &op->edit->params[i];
  const uint32_t k = param_find(desc, param->symbol);
  struct rill_value* const value = &op->gift->values[i];
  char error[256];
  if (k == desc->n_params) {
    return op_refuse(op, STATUS_REFUSED, "type '%s' has no parameter '%s'",
                     desc->name, param->symbol);
  }
  if (rill_param_read(desc->params[k], param->text, value, error, sizeof error)) {
    return op_refuse(op, STATUS_REFUSED, "parameter '%s': %s", param->symbol, error);
  }
  if (value_own(value)) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  op->gift->events[i] = (struct rill_event){ .type = RILL_EVENT_PARAM,
                                             .param = k,
                                             .value = *value };
  return STATUS_OK;
}

static enum status
set_prepare(struct op* op)
{
  enum status st = op_take_node(op);
  if (st) {
    return st;
  }
  const struct plan_node* const plan = record_of(op->editor, op->nodes[0])->plan;
  if (!op->edit->n_params) {
    return op_refuse(op, STATUS_REFUSED, "say which parameter is to be set");
  }
  if (!all_live(op, plan->type->desc)) {
    op->kind = &op_swap;
    return op->kind->prepare(op);
  }
  op->gift = new_gift(op->edit->n_params);
  if (!op->gift) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  op->gift->node = op->nodes[0];
  for (uint32_t i = 0; !st && i < op->edit->n_params; ++i) {
    st = read_event(op, plan->type->desc, i);
  }
  return st;
}

// Events that the node has not read yet come first.
static enum status
set_carry(struct op* op)
{
  struct gift* const gift = op->gift;
  const struct rill_process* const block = &op->nodes[0]->block;
  if (!block->n_events) {
    return STATUS_OK;
  }
  const uint32_t n = block->n_events + gift->n;
  struct rill_event* const all = mem_new_array(struct rill_event, n);
  if (!all) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  memcpy(all, block->events, block->n_events * sizeof *all);
  memcpy(all + block->n_events, gift->events, gift->n * sizeof *all);
  mem_free(gift->events);
  gift->events = all;
  gift->n_events = n;
  return STATUS_OK;
}

// Instances that come later get what this one was told.
static void
keep(struct op* op)
{
  struct plan_node* const plan = record_of(op->editor, op->nodes[0])->plan;
  for (uint32_t i = 0; i < op->gift->n; ++i) {
    struct rill_value value = op->gift->values[i];
    const uint32_t k = op->gift->events[op->gift->n_events - op->gift->n + i].param;
    if (!value_own(&value)) {
      if (plan->given) {
        value_fini(&plan->params[k]);
        plan->given[k] = 1;
      }
      plan->params[k] = value;
    }
  }
}

static void
set_publish(struct op* op)
{
  struct node* const node = op->nodes[0];
  struct gift* const gift = op->gift;
  keep(op);
  node->block.events = gift->events;
  node->block.n_events = gift->n_events;
  gift->next = op->editor->gifts;
  op->editor->gifts = gift;
  op->gift = NULL;
}

const struct op_kind op_set = { .prepare = set_prepare,
                                .carry = set_carry,
                                .publish = set_publish };
