// SPDX-License-Identifier: ISC
#include "plan/demands.h"

#include "plan/ports.h"

#include <string.h>

// A slot in its node, and how many of the others count. Inputs are settled in
// order, then outputs: who comes first leads, so that two that can choose do
// not run after each other for ever.
struct view {
  const struct plan_node* node;
  const struct plan_slot* slot;
  uint32_t n_in;
  uint32_t n_out;
};

static const struct rill_port_desc*
port_of(const struct plan_node* node, const struct plan_slot* slot)
{
  return node->type->desc->ports[slot->slot.port];
}

static struct view
view_of(const struct plan_node* node, const struct plan_slot* slot)
{
  struct view v = { node, slot, 0, 0 };
  if (port_of(node, slot)->direction == RILL_IN) {
    v.n_in = (uint32_t)(slot - node->in);
  } else {
    v.n_in = node->n_in;
    v.n_out = (uint32_t)(slot - node->out);
  }
  return v;
}

static const struct plan_slot*
find_in(const struct plan_node* node, const struct plan_slot* slots, uint32_t n,
        uint32_t port_id)
{
  for (uint32_t i = 0; i < n; ++i) {
    if (port_of(node, &slots[i])->id == port_id &&
        slots[i].slot.format.kind != RILL_KIND_NONE) {
      return &slots[i];
    }
  }
  return NULL;
}

// The first slot of the port with *port_id* that counts and has a format.
static const struct rill_format*
find_format(const struct view* v, uint32_t port_id)
{
  const struct plan_node* const node = v->node;
  const struct plan_slot* found = find_in(node, node->in, v->n_in, port_id);
  found = found ? found : find_in(node, node->out, v->n_out, port_id);
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

// Leaves those sets that allow *value* for *field*, narrowed to it.
static void
keep_sets(struct format_sets* sets, uint32_t field,
          const struct rill_format* like)
{
  const struct numbers value = numbers_one(format_get(like, field));
  uint32_t n = 0;
  for (uint32_t i = 0; i < sets->n; ++i) {
    struct format_set* const set = &sets->at[i];
    struct numbers* const own = format_set_field(set, field);
    if (set->kind == RILL_KIND_NONE && field != RILL_FIELD_RATE) {
      set->kind = like->kind; // only such data has the field
    }
    const int has =
      set->kind == RILL_KIND_NONE || format_has_field(set->kind, field);
    if (has && !numbers_intersect(own, &value, own)) {
      continue;
    }
    if (has && field == RILL_FIELD_RATE) {
      set->rate_den = like->rate_den;
    }
    sets->at[n++] = *set;
  }
  sets->n = n;
}

// ALIGNED inputs have one rate: that of the first of them that is timed.
static void
align(const struct view* v, struct format_sets* sets)
{
  const struct plan_node* const node = v->node;
  for (uint32_t i = 0; i < v->n_in; ++i) {
    if ((port_of(node, &node->in[i])->flags & RILL_PORT_ALIGNED) &&
        node->in[i].slot.format.rate) {
      keep_sets(sets, RILL_FIELD_RATE, &node->in[i].slot.format);
      return;
    }
  }
}

// A port may demand to be the same as one that is settled after it: then that
// one follows.
static void
follow(const struct view* v, const struct plan_slot* before,
       struct format_sets* sets)
{
  const struct rill_port_desc* const port = port_of(v->node, before);
  const uint32_t id = port_of(v->node, v->slot)->id;
  for (uint32_t i = 0; id != port->id && i < port->n_formats; ++i) {
    const struct rill_format_set* const set = port->formats[i];
    for (uint32_t k = 0; k < set->n_constraints; ++k) {
      const struct rill_constraint* const c = &set->constraints[k];
      if (c->op == RILL_SAME_AS && c->port == id &&
          set->kind == before->slot.format.kind &&
          format_has_field(set->kind, c->field)) {
        keep_sets(sets, c->field, &before->slot.format);
      }
    }
  }
}

void
demands_resolve(const struct plan_node* node, const struct plan_slot* slot,
                struct format_sets* out)
{
  const struct view v = view_of(node, slot);
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
  // The slots of one MULTI port are all alike: one look is enough.
  for (uint32_t i = 0; port->direction == RILL_IN && i < v.n_in; ++i) {
    if (!i || node->in[i].slot.port != node->in[i - 1].slot.port) {
      follow(&v, &node->in[i], out);
    }
  }
}

const struct plan_slot*
demands_model(const struct plan_node* node, const struct plan_slot* slot)
{
  const uint32_t pair = port_of(node, slot)->in_place_pair;
  const struct plan_slot* const found =
    pair ? find_in(node, node->in, node->n_in, pair) : NULL;

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
