// SPDX-License-Identifier: ISC
#include "plan/offer.h"

#include "plan/answer.h"
#include "plan/demands.h"
#include "plan/derive.h"

enum {
  OFFERS_MAX = 64,
  COST_NO_WAY = 1000000,   // no converter helps
  COST_NOT_PASSED = 50000000 // not what is passed through
};

// Formats that an output could have, and what each costs its consumers.
struct offers {
  uint32_t n;
  struct rill_format formats[OFFERS_MAX];
  uint64_t costs[OFFERS_MAX];
};

static void
offers_add(struct offers* o, const struct rill_format* format)
{
  if (format->kind != RILL_KIND_NONE && o->n < OFFERS_MAX) {
    o->costs[o->n] = 0;
    o->formats[o->n++] = *format;
  }
}

static struct format_set
set_of_format(const struct rill_format* f)
{
  struct format_set set = format_set_all(f->kind);
  set.uri = f->uri;
  set.rate_den = f->rate_den;
  for (uint32_t field = 1; field <= FORMAT_FIELDS; ++field) {
    *format_set_field(&set, field) = numbers_one(format_get(f, field));
  }
  return set;
}

// A port that passes buffers on makes what it gets, as far as its sets let it.
static void
add_passed(struct offers* o, const struct format_sets* own,
           const struct rill_format* model)
{
  const struct format_set as_model = set_of_format(model);
  for (uint32_t i = 0; i < own->n; ++i) {
    struct format_set set = own->at[i];
    format_set_narrow(&set, &as_model);
    const struct rill_format picked = format_set_pick(&set, model);
    offers_add(o, format_set_has(&own->at[i], model) ? model : &picked);
  }
  for (uint32_t i = 0; i < o->n; ++i) {
    o->costs[i] = o->formats[i].kind == model->kind ? 0 : COST_NOT_PASSED;
  }
}

// What each set can do for each wish, and what it likes best itself.
static void
add_wished(struct offers* o, const struct format_sets* own,
           const struct wish* wish, const struct rill_format* like)
{
  for (uint32_t i = 0; i < own->n; ++i) {
    for (uint32_t k = 0; k < wish->n; ++k) {
      struct format_set set = own->at[i];
      format_set_narrow(&set, &wish->sets[k]);
      const struct rill_format format = format_set_pick(&set, like);
      offers_add(o, &format);
    }
    const struct rill_format liked = format_set_pick(&own->at[i], like);
    offers_add(o, &liked);
  }
}

static uint64_t
cost_to_take(const struct rill_format* format, const struct format_sets* sets)
{
  uint64_t least = COST_NO_WAY;
  if (format_sets_have(sets, format)) {
    return 0;
  }
  for (uint32_t i = 0; format->kind == RILL_KIND_AUDIO && i < sets->n; ++i) {
    if (sets->at[i].kind == RILL_KIND_AUDIO ||
        sets->at[i].kind == RILL_KIND_NONE) {
      const struct rill_format to =
        format_set_nearest(&sets->at[i], NULL, format);
      const uint64_t cost = chain_cost(format, &to);
      least = cost < least ? cost : least;
    }
  }
  return least;
}

static void
add_costs(const struct draft* draft, uint32_t node, uint32_t slot,
          struct offers* o)
{
  const struct plan* const plan = draft->plan;
  uint32_t n = 0;
  const uint32_t* const fan = draft_fan(draft, node, slot, &n);
  struct format_sets accepted;

  for (uint32_t i = 0; i < n; ++i) {
    const struct plan_link* const link = &plan->links[fan[i]];
    const struct plan_node* const to = &plan->nodes[link->to];
    demands_resolve(to, &to->in[link->to_slot], &accepted);
    for (uint32_t k = 0; k < o->n; ++k) {
      o->costs[k] += cost_to_take(&o->formats[k], &accepted);
    }
  }
}

static const struct rill_format*
cheapest(const struct offers* o)
{
  uint32_t best = 0;
  for (uint32_t i = 1; i < o->n; ++i) {
    best = o->costs[i] < o->costs[best] ? i : best;
  }
  return &o->formats[best];
}

static int
is_passed(const struct plan_node* node, const struct plan_slot* slot)
{
  const struct rill_port_desc* const port =
    node->type->desc->ports[slot->slot.port];
  return !port->n_formats || (port->flags & RILL_PORT_PASSTHROUGH);
}

// Chooses among all that the port can do; leaves no format when that is
// nothing.
static void
choose(const struct draft* draft, uint32_t index, uint32_t slot_index)
{
  struct plan_node* const node = &draft->plan->nodes[index];
  struct plan_slot* const slot = &node->out[slot_index];
  const struct plan_slot* const model = demands_model(node, slot);
  struct format_sets own;
  struct offers offers = { .n = 0 };

  demands_resolve(node, slot, &own);
  if (model && is_passed(node, slot)) {
    add_passed(&offers, &own, &model->slot.format);
  } else {
    add_wished(&offers, &own, draft_wish(draft, index, slot_index),
               model ? &model->slot.format : NULL);
  }
  if (offers.n > 1) {
    add_costs(draft, index, slot_index, &offers);
  }
  if (offers.n) {
    slot->slot.format = *cheapest(&offers);
  }
}

static int
is_allowed(const struct plan_node* node, const struct plan_slot* slot)
{
  struct format_sets own;
  demands_resolve(node, slot, &own);
  return format_is_sound(&slot->slot.format) &&
         format_sets_have(&own, &slot->slot.format);
}

static void
check_outputs(struct node_state* state, struct plan_node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    struct plan_slot* const slot = &node->out[i];
    if (!slot->slot.connected) {
      slot->slot.format = (struct rill_format){ 0 };
    } else if (slot->slot.format.kind == RILL_KIND_NONE) {
      state->trouble = TROUBLE_OUTPUT;
      state->slot = i;
    } else if (!is_allowed(node, slot)) {
      state->trouble = TROUBLE_NONSENSE;
      state->slot = i;
    }
  }
}

static void
clear_outputs(struct plan_node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    node->out[i].slot.format = (struct rill_format){ 0 };
  }
}

enum status
offer_make(struct draft* draft, uint32_t index)
{
  struct plan_node* const node = &draft->plan->nodes[index];
  struct node_state* const state = &draft->states[index];
  enum status st = STATUS_OK;

  clear_outputs(node);
  if (state->trouble) {
    return STATUS_OK; // its inputs are wrong
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    if (node->out[i].slot.connected) {
      choose(draft, index, i);
    }
  }
  if (derive_is_there(node)) {
    st = answer_get(state, node);
  }
  if (!st && !state->trouble) {
    check_outputs(state, node);
  }
  return st;
}

enum status
offer_converted(struct plan_node* node)
{
  char error[DERIVE_ERROR_BYTES] = "";
  struct format_sets own;
  uint64_t n_frames = 0;
  struct plan_slot* const slot = &node->out[0];

  demands_resolve(node, slot, &own);
  if (!own.n) {
    return STATUS_BAD_PLUGIN;
  }
  slot->slot.format = format_set_pick(&own.at[0], &node->in[0].slot.format);
  if (derive_is_there(node) &&
      derive_ask(node, &n_frames, error, sizeof error)) {
    return STATUS_BAD_PLUGIN;
  }
  return is_allowed(node, slot) ? STATUS_OK : STATUS_BAD_PLUGIN;
}
