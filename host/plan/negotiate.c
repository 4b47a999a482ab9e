// SPDX-License-Identifier: ISC
#include "plan/negotiate.h"

#include "base/mem.h"
#include "plan/demands.h"
#include "plan/offer.h"
#include "plan/wishes.h"

#include <rill/helpers.h>

// Formats come to rest in two rounds, three when inputs that must be the same
// are fed by sources that can choose.
enum { MAX_ROUNDS = 4 };

static void
drop_chain(struct draft* draft, uint32_t link)
{
  if (draft->chains[link]) {
    chain_fini(draft->chains[link]);
    mem_free(draft->chains[link]);
    draft->chains[link] = NULL;
  }
}

// Of all that the input takes, what loses least of *from*, then what costs
// least. Gives whether there is any audio in the sets.
static int
choose_target(const struct draft* draft, const struct plan_link* link,
              const struct format_sets* sets, struct rill_format* to)
{
  const struct plan_node* const from = &draft->plan->nodes[link->from];
  const struct rill_format* const given =
    &from->out[link->from_slot].slot.format;
  struct format_sets wishes;
  uint32_t least = UINT32_MAX;

  wishes_of_link(draft, link, &wishes);
  for (uint32_t i = 0; i < sets->n; ++i) {
    const struct format_set* const set = &sets->at[i];
    if (set->kind != RILL_KIND_AUDIO && set->kind != RILL_KIND_NONE) {
      continue;
    }
    const struct format_set* const wish = i < wishes.n ? &wishes.at[i] : NULL;
    const struct rill_format near = format_set_nearest(set, wish, given);
    const uint32_t cost = chain_cost(given, &near);
    if (cost < least) {
      least = cost;
      *to = near;
    }
  }
  return least != UINT32_MAX;
}

static enum status
add_chain(struct draft* draft, uint32_t index, const struct rill_format* from,
          const struct rill_format* to)
{
  struct chain* const chain = mem_new(struct chain);
  if (!chain) {
    return STATUS_NO_MEMORY;
  }
  draft->chains[index] = chain;
  return chain_make(&draft->converters, from, to, chain) == CHAIN_NO_MEMORY
           ? STATUS_NO_MEMORY
           : STATUS_OK;
}

// Gives the input of a link the format of its producer, or the nearest that it
// takes; none when there is no way.
static enum status
bring(struct draft* draft, uint32_t index)
{
  const struct plan_link* const link = &draft->plan->links[index];
  const struct rill_format* const given =
    &draft->plan->nodes[link->from].out[link->from_slot].slot.format;
  struct plan_node* const node = &draft->plan->nodes[link->to];
  struct plan_slot* const slot = &node->in[link->to_slot];
  struct format_sets sets;
  struct rill_format to;

  demands_resolve(node, slot, &sets);
  if (given->kind == RILL_KIND_NONE || format_sets_have(&sets, given)) {
    slot->slot.format = *given;
    return STATUS_OK;
  }
  if (given->kind != RILL_KIND_AUDIO ||
      !choose_target(draft, link, &sets, &to)) {
    return STATUS_OK;
  }
  if (add_chain(draft, index, given, &to)) {
    return STATUS_NO_MEMORY;
  }
  if (!draft->chains[index]->result) {
    slot->slot.format = *chain_gives(draft->chains[index]);
  }
  return STATUS_OK;
}

static enum status
bring_inputs(struct draft* draft, uint32_t index)
{
  struct plan_node* const node = &draft->plan->nodes[index];
  struct node_state* const state = &draft->states[index];

  state->trouble = TROUBLE_NONE;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    node->in[i].slot.format = (struct rill_format){ 0 };
  }
  for (uint32_t i = 0; i < node->n_out; ++i) {
    node->out[i].slot.format = (struct rill_format){ 0 };
  }
  for (uint32_t i = 0; i < node->n_in; ++i) {
    const int32_t link = node->in[i].link;
    if (link < 0) {
      continue;
    }
    drop_chain(draft, (uint32_t)link);
    if (bring(draft, (uint32_t)link)) {
      return STATUS_NO_MEMORY;
    }
    if (node->in[i].slot.format.kind == RILL_KIND_NONE) {
      state->trouble = TROUBLE_INPUT;
    }
  }
  return STATUS_OK;
}

// One round. *changed*: some output has another format than before.
static enum status
forward(struct draft* draft, struct rill_format* before, int* changed)
{
  for (uint32_t i = 0; i < draft->plan->n_nodes; ++i) {
    const struct plan_node* const node = &draft->plan->nodes[i];
    enum status st = bring_inputs(draft, i);
    st = st ? st : offer_make(draft, i);
    if (st) {
      return st;
    }
    for (uint32_t k = 0; k < node->n_out; ++k) {
      struct rill_format* const old = &before[draft->first_slot[i] + k];
      *changed |= !rill_same_format(old, &node->out[k].slot.format);
      *old = node->out[k].slot.format;
    }
  }
  return STATUS_OK;
}

enum status
negotiate(struct draft* draft)
{
  const uint32_t n = draft->first_slot[draft->plan->n_nodes];
  struct rill_format* const before = mem_new_array(struct rill_format, n);
  enum status st = before ? STATUS_OK : STATUS_NO_MEMORY;
  int changed = 1;

  for (int round = 0; !st && changed && round < MAX_ROUNDS; ++round) {
    changed = 0;
    st = wishes_make(draft);
    st = st ? st : forward(draft, before, &changed);
  }
  mem_free(before);
  return st;
}
