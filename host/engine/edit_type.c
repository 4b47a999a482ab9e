// SPDX-License-Identifier: ISC
#include "engine/edit_type.h"

#include "base/mem.h"
#include "harness/param_text.h"
#include "plan/demands.h"
#include "plan/plan_node.h"
#include "plan/ports.h"
#include "plan/values.h"

#include <stdio.h>
#include <string.h>

// Finding --------------------------------------------------------------------------

static enum status
find_in_file(struct op* op, struct node_type* same, struct node_type** out,
             struct generation** generation)
{
  char error[512];
  char path[4096];
  snprintf(path, sizeof path, "%s", op->edit->type);
  char* const hash = strrchr(path, '#');
  const char* name = hash ? hash + 1 : NULL;
  if (hash) {
    *hash = '\0';
  }
  const enum status st =
    generation_open(&op->editor->generations, path, generation, error, sizeof error);
  if (st) {
    return op_refuse(op, STATUS_REFUSED, "%s: %s", path, error);
  }
  *out = generation_find(*generation, name);
  if (!*out && !name && same) {
    *out = generation_find(*generation, same->desc->name);
  }
  if (!*out) {
    generation_unref(*generation);
    return op_refuse(op, STATUS_REFUSED,
                     "%s has no type '%s': say which with FILE#TYPE", path,
                     name ? name : "");
  }
  return STATUS_OK;
}

static enum status
find_by_name(struct op* op, struct node_type** out)
{
  struct registry* const registry = op->editor->options.registry;
  char error[512];
  struct node_type* const type =
    registry ? registry_find(registry, op->edit->type) : NULL;
  if (!type) {
    const char* const near =
      registry ? registry_suggest(registry, op->edit->type) : NULL;
    return near ? op_refuse(op, STATUS_REFUSED,
                            "there is no node type '%s' (did you mean '%s'?)",
                            op->edit->type, near)
                : op_refuse(op, STATUS_REFUSED, "there is no node type '%s'",
                            op->edit->type);
  }
  if (registry_load(registry, type, error, sizeof error)) {
    return op_refuse(op, STATUS_REFUSED, "%s: %s", type->path, error);
  }
  *out = type;
  return STATUS_OK;
}

enum status
edit_find_type(struct op* op, struct node_type* same, struct node_type** out,
               struct generation** generation)
{
  *generation = NULL;
  if (op->edit->type) {
    return strchr(op->edit->type, '/') ? find_in_file(op, same, out, generation)
                                       : find_by_name(op, out);
  }
  if (!same) {
    return op_refuse(op, STATUS_REFUSED, "say of which type the node is to be");
  }
  *out = same;
  return STATUS_OK;
}

// Slots ----------------------------------------------------------------------------

static uint32_t
count_ports(const struct rill_node_desc* desc, uint32_t direction)
{
  return port_count(desc, direction);
}

// The *k*-th slot of a direction belongs to the *k*-th port, or to the last.
static uint32_t
port_of_slot(const struct rill_node_desc* desc, uint32_t direction, uint32_t k)
{
  const uint32_t n = count_ports(desc, direction);
  const uint32_t first = direction == RILL_IN ? 0 : count_ports(desc, RILL_IN);
  return first + (k < n ? k : n - 1);
}

static enum status
refuse_ports(struct op* op, const struct node_type* type, const char* why,
             const char* port)
{
  return op_refuse(op, STATUS_REFUSED,
                   "type '%s' does not fit in place of '%s': %s '%s'",
                   type->desc->name, op->edit->node, why, port);
}

static enum status
check_slot(struct op* op, const struct node_type* type,
           const struct node_type* old_type, const struct plan_slot* old,
           uint32_t direction, uint32_t k)
{
  const struct rill_port_desc* const was = old_type->desc->ports[old->slot.port];
  const uint32_t n = count_ports(type->desc, direction);
  if (!old->slot.connected) {
    return STATUS_OK;
  }
  if (!n) {
    return refuse_ports(op, type, "it has no port for", was->symbol);
  }
  const struct rill_port_desc* const is =
    type->desc->ports[port_of_slot(type->desc, direction, k)];
  if ((k >= n && !(is->flags & RILL_PORT_MULTI)) ||
      (n > 1 && strcmp(is->symbol, was->symbol) != 0)) {
    return refuse_ports(op, type, "it has no port for", was->symbol);
  }
  return STATUS_OK;
}

// As many as the old one has, and the optional ones behind them.
static uint32_t
n_slots(const struct rill_node_desc* desc, uint32_t direction, uint32_t n_old)
{
  const uint32_t n = count_ports(desc, direction);
  return n > n_old || !n ? n : n_old;
}

static void
fill_slot(const struct rill_node_desc* desc, struct plan_slot* slot,
          const struct plan_slot* old, uint32_t direction, uint32_t k)
{
  slot->link = -1;
  slot->slot.size = sizeof slot->slot;
  if (old) {
    *slot = *old;
  }
  slot->slot.port = port_of_slot(desc, direction, k);
}

static enum status
fill_side(struct op* op, struct plan_node* plan, const struct plan_node* old,
          uint32_t direction)
{
  const int is_in = direction == RILL_IN;
  struct plan_slot* const slots = is_in ? plan->in : plan->out;
  const struct plan_slot* const olds = is_in ? old->in : old->out;
  const uint32_t n_olds = is_in ? old->n_in : old->n_out;
  const uint32_t n = is_in ? plan->n_in : plan->n_out;
  enum status st = STATUS_OK;
  for (uint32_t k = 0; k < n_olds; ++k) {
    if ((st = check_slot(op, plan->type, old->type, &olds[k], direction, k))) {
      return st;
    }
  }
  for (uint32_t k = 0; !st && k < n; ++k) {
    const struct plan_slot* const from = k < n_olds ? &olds[k] : NULL;
    fill_slot(plan->type->desc, &slots[k], from, direction, k);
    const struct rill_port_desc* const port =
      plan->type->desc->ports[slots[k].slot.port];
    if (!from && is_in && !(port->flags & RILL_PORT_OPTIONAL)) {
      st = refuse_ports(op, plan->type, "nothing is linked to its port", port->symbol);
    }
  }
  return st;
}

static enum status
check_formats(struct op* op, const struct plan_node* plan)
{
  for (uint32_t k = 0; k < plan->n_in + plan->n_out; ++k) {
    const struct plan_slot* const slot =
      k < plan->n_in ? &plan->in[k] : &plan->out[k - plan->n_in];
    struct format_sets sets;
    if (!slot->slot.connected || plan->type->live->derive) {
      continue; // derive has its own mind, and configure will say
    }
    demands_resolve(plan, slot, &sets);
    if (!format_sets_have(&sets, &slot->slot.format)) {
      char format[128];
      format_print(&slot->slot.format, format, sizeof format);
      return op_refuse(op, STATUS_REFUSED,
                       "type '%s' does not take %s on its port '%s': insert a "
                       "converter, or choose another type",
                       plan->type->desc->name, format,
                       plan->type->desc->ports[slot->slot.port]->symbol);
    }
  }
  return STATUS_OK;
}

// Parameters -------------------------------------------------------------------------

static enum status
set_param(struct op* op, struct plan_node* plan, const struct edit_param* param)
{
  const struct rill_node_desc* const desc = plan->type->desc;
  const uint32_t k = param_find(desc, param->symbol);
  struct rill_value value = { 0 };
  char error[256];
  if (k == desc->n_params) {
    return op_refuse(op, STATUS_REFUSED, "type '%s' has no parameter '%s'",
                     desc->name, param->symbol);
  }
  if (rill_param_read(desc->params[k], param->text, &value, error, sizeof error)) {
    return op_refuse(op, STATUS_REFUSED, "parameter '%s': %s", param->symbol, error);
  }
  if (value_own(&value)) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  value_fini(&plan->params[k]);
  plan->params[k] = value;
  plan->given[k] = 1;
  return STATUS_OK;
}

enum status
edit_set_params(struct op* op, struct plan_node* plan)
{
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < op->n_params; ++i) {
    st = set_param(op, plan, &op->params[i]);
  }
  return st;
}

// What the old node was given stays, where the new type has the same parameter.
static enum status
keep_params(struct op* op, struct plan_node* plan, const struct plan_node* old)
{
  const struct rill_node_desc* const was = old->type->desc;
  for (uint32_t i = 0; !op->edit->reset_params && i < was->n_params; ++i) {
    const uint32_t k = param_find(plan->type->desc, was->params[i]->symbol);
    struct rill_value value = old->params[i];
    if (k == plan->type->desc->n_params || !old->given || !old->given[i] ||
        plan->type->desc->params[k]->type != was->params[i]->type) {
      continue;
    }
    if (value_own(&value)) {
      return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
    }
    value_fini(&plan->params[k]);
    plan->params[k] = value;
    plan->given[k] = 1;
  }
  return STATUS_OK;
}

static enum status
check_required(struct op* op, const struct plan_node* plan)
{
  const struct rill_node_desc* const desc = plan->type->desc;
  for (uint32_t k = 0; k < desc->n_params; ++k) {
    if (!desc->params[k]->def && !plan->given[k]) {
      return op_refuse(op, STATUS_REFUSED, "type '%s' needs the parameter '%s'",
                       desc->name, desc->params[k]->symbol);
    }
  }
  return STATUS_OK;
}

// All of it ----------------------------------------------------------------------------

void
edit_free_plan(struct plan_node* plan)
{
  plan->id = NULL;
  plan_node_fini(plan);
}

enum status
edit_make_plan(struct op* op, struct node_type* type, struct plan_node* plan)
{
  const struct plan_node* const old = record_of(op->editor, op->nodes[0])->plan;
  *plan = (struct plan_node){ .type = type, .origin = old->origin,
                              .place = old->place,
                              .media_frames = old->media_frames };
  plan->n_in = n_slots(type->desc, RILL_IN, old->n_in);
  plan->n_out = n_slots(type->desc, RILL_OUT, old->n_out);
  enum status st = plan_node_init(plan, NULL, NULL)
                     ? op_refuse(op, STATUS_NO_MEMORY, "out of memory")
                     : STATUS_OK;
  plan->id = old->id;
  plan->seed = old->seed;
  if (st || (st = fill_side(op, plan, old, RILL_IN)) ||
      (st = fill_side(op, plan, old, RILL_OUT)) ||
      (st = keep_params(op, plan, op->like ? op->like : old)) || (st = edit_set_params(op, plan)) ||
      (st = check_required(op, plan)) || (st = check_formats(op, plan))) {
    edit_free_plan(plan);
  }
  return st;
}
