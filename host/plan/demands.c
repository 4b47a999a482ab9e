// SPDX-License-Identifier: ISC
#include "plan/demands.h"

#include "plan/ports.h"

#include <string.h>

// A slot in its node.
struct view {
  const struct plan_node* node;
  const struct plan_slot* slot;
};

static const struct rill_port_desc*
port_of(const struct plan_node* node, const struct plan_slot* slot)
{
  return node->type->desc->ports[slot->slot.port];
}

static const struct plan_slot*
find_in(const struct view* v, const struct plan_slot* slots, uint32_t n,
        uint32_t port_id)
{
  for (uint32_t i = 0; i < n; ++i) {
    if (port_of(v->node, &slots[i])->id == port_id && &slots[i] != v->slot &&
        slots[i].slot.format.kind != RILL_KIND_NONE) {
      return &slots[i];
    }
  }
  return NULL;
}

// The first other slot of the port with *port_id* that has a format.
static const struct rill_format*
find_format(const struct view* v, uint32_t port_id)
{
  const struct plan_node* const n = v->node;
  const struct plan_slot* found = find_in(v, n->in, n->n_in, port_id);
  found = found ? found : find_in(v, n->out, n->n_out, port_id);
  return found ? &found->slot.format : NULL;
}

// The formats differ in kind so that the field is not there: no way.
static int
demand_same(const struct view* v, const struct rill_constraint* c,
            struct format_set* set, struct numbers* out)
{
  const struct rill_format* const f = find_format(v, c->port);
  if (!f) {
    return 1; // open for now
  }
  if (!format_has_field(f->kind, c->field)) {
    return 0;
  }
  *out = numbers_one(format_get(f, c->field));
  if (c->field == RILL_FIELD_RATE && f->rate) {
    set->rate_den = f->rate_den;
  } else if (c->field == RILL_FIELD_CHANNELS) {
    set->layout = f->layout;
  } else if (c->field == RILL_FIELD_RANK) {
    memcpy(set->shape, f->shape, sizeof set->shape);
  }
  return 1;
}

static uint32_t
number_of(const struct rill_value* value, uint32_t field)
{
  if (value->text) {
    return field == RILL_FIELD_ENCODING  ? encoding_find(value->text)
           : field == RILL_FIELD_PACKING ? packing_find(value->text)
                                         : 0;
  }
  return value->i > 0 && value->i <= UINT32_MAX ? (uint32_t)value->i : 0;
}

static void
demand_param(const struct view* v, const struct rill_constraint* c,
             struct numbers* out)
{
  const struct plan_node* const node = v->node;
  const uint32_t k = param_find(node->type->desc, c->param);
  if (k == node->type->desc->n_params) {
    return;
  }
  const uint32_t number = number_of(&node->params[k], c->field);
  const int is_packing = c->field == RILL_FIELD_PACKING;
  if (is_packing ? number != UINT32_MAX && node->params[k].text : number != 0) {
    *out = numbers_one(number);
  }
}

static int
apply(const struct view* v, const struct rill_constraint* c,
      struct format_set* set)
{
  struct numbers demand = numbers_all();
  if (c->field < 1 || c->field > FORMAT_FIELDS) {
    return 1; // of a later version: the plugin's derive and configure look
  }
  switch (c->op) {
    case RILL_RANGE: demand = numbers_range(c->min, c->max, c->prefer); break;
    case RILL_ONE_OF:
      demand = c->n_values ? numbers_list(c->values, c->n_values) : demand;
      break;
    case RILL_SAME_AS:
      if (!demand_same(v, c, set, &demand)) {
        return 0;
      }
      break;
    case RILL_PARAM: demand_param(v, c, &demand); break;
    default: break;
  }
  struct numbers* const field = format_set_field(set, c->field);
  return numbers_intersect(field, &demand, field);
}

static int
resolve_set(const struct view* v, const struct rill_format_set* from,
            struct format_set* out)
{
  *out = format_set_all(from->kind);
  out->uri = RILL_HAS(from, uri) ? from->uri : NULL;
  for (uint32_t i = 0; i < from->n_constraints; ++i) {
    if (!apply(v, &from->constraints[i], out)) {
      return 0;
    }
  }
  return 1;
}

// The first ALIGNED input that is connected, unless that is this one.
static const struct plan_slot*
find_leader(const struct view* v)
{
  const struct plan_node* const node = v->node;
  for (uint32_t i = 0; i < node->n_in && &node->in[i] != v->slot; ++i) {
    if ((port_of(node, &node->in[i])->flags & RILL_PORT_ALIGNED) &&
        node->in[i].slot.format.rate) {
      return &node->in[i];
    }
  }
  return NULL;
}

// ALIGNED inputs have one rate. What is not timed does not count.
static void
align(const struct view* v, struct format_sets* sets)
{
  const struct plan_slot* const leader = find_leader(v);
  uint32_t n = 0;
  if (!leader) {
    return;
  }
  const struct rill_format* const f = &leader->slot.format;
  const struct numbers rate = numbers_one(f->rate);
  for (uint32_t i = 0; i < sets->n; ++i) {
    struct format_set set = sets->at[i];
    struct numbers* const own = format_set_field(&set, RILL_FIELD_RATE);
    const int is_timed = set.kind <= RILL_KIND_TENSOR;
    if (is_timed && !numbers_intersect(own, &rate, own)) {
      continue;
    }
    set.rate_den = is_timed ? f->rate_den : set.rate_den;
    sets->at[n++] = set;
  }
  sets->n = n;
}

void
demands_resolve(const struct plan_node* node, const struct plan_slot* slot,
                struct format_sets* out)
{
  const struct view v = { node, slot };
  const struct rill_port_desc* const port = port_of(node, slot);

  out->n = 0;
  for (uint32_t i = 0; i < port->n_formats && out->n < SETS_MAX; ++i) {
    out->n += resolve_set(&v, port->formats[i], &out->at[out->n]);
  }
  if (!port->n_formats) {
    out->at[out->n++] = format_set_all(RILL_KIND_NONE);
  }
  if (port->direction == RILL_IN && (port->flags & RILL_PORT_ALIGNED)) {
    align(&v, out);
  }
}

const struct plan_slot*
demands_model(const struct plan_node* node, const struct plan_slot* slot)
{
  const struct view v = { node, slot };
  const uint32_t pair = port_of(node, slot)->in_place_pair;
  const struct plan_slot* const found =
    pair ? find_in(&v, node->in, node->n_in, pair) : NULL;

  for (uint32_t i = 0; !found && i < node->n_in; ++i) {
    if (node->in[i].slot.format.kind != RILL_KIND_NONE) {
      return &node->in[i];
    }
  }
  return found;
}

int
demands_is_asked(const struct plan_node* node, const struct plan_slot* slot,
                 uint32_t field)
{
  const struct rill_port_desc* const port = port_of(node, slot);
  for (uint32_t i = 0; i < port->n_formats; ++i) {
    const struct rill_format_set* const set = port->formats[i];
    for (uint32_t k = 0; k < set->n_constraints; ++k) {
      const struct rill_constraint* const c = &set->constraints[k];
      const uint32_t p = c->op == RILL_PARAM && c->field == field
                           ? param_find(node->type->desc, c->param)
                           : node->type->desc->n_params;
      if (p < node->type->desc->n_params && node->given[p]) {
        return 1;
      }
    }
  }
  return 0;
}
