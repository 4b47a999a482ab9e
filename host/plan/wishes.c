// SPDX-License-Identifier: ISC
#include "plan/wishes.h"

#include "base/mem.h"
#include "plan/demands.h"

#include <string.h>

enum { WISH_MAX = 4 }; // sets kept of one output; more would hardly differ

static const struct format_set*
find_kind(const struct wish* wish, uint32_t kind)
{
  for (uint32_t i = 0; i < wish->n; ++i) {
    if (wish->sets[i].kind == kind) {
      return &wish->sets[i];
    }
  }
  return NULL;
}

// Carries the wish for an output set to the fields of the input, with port id
// *port*, that must be the same.
static void
carry(const struct rill_format_set* output, uint32_t port,
      const struct wish* wish, struct format_set* input)
{
  const struct format_set* const wished = find_kind(wish, output->kind);
  for (uint32_t i = 0; wished && i < output->n_constraints; ++i) {
    const struct rill_constraint* const c = &output->constraints[i];
    if (c->op == RILL_SAME_AS && c->port == port && c->field >= 1 &&
        c->field <= FORMAT_FIELDS) {
      struct numbers* const field = format_set_field(input, c->field);
      struct numbers both;
      if (numbers_intersect(field, &wished->fields[c->field - 1], &both)) {
        *field = both;
      }
    }
  }
}

// An output without sets of its own is like its model: its whole wish counts.
static void
carry_whole(const struct wish* wish, struct format_sets* input)
{
  for (uint32_t i = 0; wish->n && i < input->n; ++i) {
    const struct format_set* const same =
      find_kind(wish, input->at[i].kind);
    format_set_narrow(&input->at[i], same ? same : &wish->sets[0]);
  }
}

static int
is_model(const struct plan_node* node, const struct rill_port_desc* out,
         const struct rill_port_desc* in)
{
  const struct rill_port_desc* const first =
    node->type->desc->ports[node->in[0].slot.port];
  return out->in_place_pair ? out->in_place_pair == in->id : in == first;
}

void
wishes_of_link(const struct draft* draft, const struct plan_link* link,
               struct format_sets* out)
{
  const struct plan_node* const node = &draft->plan->nodes[link->to];
  const struct plan_slot* const slot = &node->in[link->to_slot];
  const struct rill_node_desc* const desc = node->type->desc;
  const struct rill_port_desc* const port = desc->ports[slot->slot.port];

  demands_resolve(node, slot, out);
  for (uint32_t i = 0; i < node->n_out; ++i) {
    const struct rill_port_desc* const output =
      desc->ports[node->out[i].slot.port];
    const struct wish* const wish = draft_wish(draft, link->to, i);
    if (!output->n_formats && is_model(node, output, port)) {
      carry_whole(wish, out);
    }
    for (uint32_t k = 0; k < output->n_formats; ++k) {
      for (uint32_t s = 0; s < out->n; ++s) {
        carry(output->formats[k], port->id, wish, &out->at[s]);
      }
    }
  }
}

// Sets while they are gathered.
struct gathering {
  uint32_t n;
  struct format_set sets[WISH_MAX];
};

static void
gather_add(struct gathering* g, const struct format_set* set)
{
  if (g->n < WISH_MAX) {
    g->sets[g->n++] = *set;
  }
}

// What pleases one more consumer too comes first; if nothing pleases all, both
// stay as alternatives.
static void
gather(struct gathering* g, const struct format_sets* more)
{
  struct gathering both = { 0 };
  struct format_set common;

  for (uint32_t i = 0; i < g->n; ++i) {
    for (uint32_t k = 0; k < more->n; ++k) {
      if (format_set_intersect(&g->sets[i], &more->at[k], &common)) {
        gather_add(&both, &common);
      }
    }
  }
  if (both.n) {
    *g = both;
    return;
  }
  for (uint32_t k = 0; k < more->n; ++k) {
    gather_add(g, &more->at[k]);
  }
}

static enum status
keep(struct wish* wish, const struct gathering* g)
{
  mem_free(wish->sets);
  *wish = (struct wish){ 0 };
  if (!g->n) {
    return STATUS_OK;
  }
  if (!(wish->sets = mem_new_array(struct format_set, g->n))) {
    return STATUS_NO_MEMORY;
  }
  memcpy(wish->sets, g->sets, g->n * sizeof *wish->sets);
  wish->n = g->n;
  return STATUS_OK;
}

enum status
wishes_make(struct draft* draft)
{
  const struct plan* const plan = draft->plan;
  struct format_sets sets;

  for (uint32_t node = plan->n_nodes; node-- > 0;) {
    for (uint32_t slot = 0; slot < plan->nodes[node].n_out; ++slot) {
      struct gathering g = { 0 };
      uint32_t n = 0;
      const uint32_t* const fan = draft_fan(draft, node, slot, &n);
      for (uint32_t i = 0; i < n; ++i) {
        wishes_of_link(draft, &plan->links[fan[i]], &sets);
        gather(&g, &sets);
      }
      if (keep(draft_wish(draft, node, slot), &g)) {
        return STATUS_NO_MEMORY;
      }
    }
  }
  return STATUS_OK;
}
