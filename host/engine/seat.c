// SPDX-License-Identifier: ISC
#include "engine/seat.h"

#include "base/mem.h"
#include "engine/generation.h"
#include "engine/instance.h"
#include "engine/node_setup.h"
#include "engine/services.h"
#include "plan/plan_node.h"

#include <stdio.h>

static uint32_t
least(uint32_t a, uint32_t b)
{
  return a < b ? a : b;
}

// What node_prepare looks at. The spare must not keep it: links are the node's.
static void
show_links(struct node* spare, const struct node* node, int yes)
{
  for (uint32_t i = 0; i < least(spare->n_in, node->n_in); ++i) {
    spare->in[i].link = yes ? node->in[i].link : NULL;
  }
  for (uint32_t i = 0; i < least(spare->n_out, node->n_out); ++i) {
    spare->out[i].n_links = yes ? node->out[i].n_links : 0;
  }
}

// So that the first calls need not ask for memory on a worker.
static enum status
warm_pools(struct node* spare, const struct node* node)
{
  for (uint32_t i = 0; i < least(spare->n_out, node->n_out); ++i) {
    uint32_t n = 2;
    for (uint32_t k = 0; k < node->out[i].n_links; ++k) {
      const uint32_t capacity = node->out[i].links[k]->capacity + 2;
      n = capacity > n ? capacity : n;
    }
    if (!spare->out[i].passthrough && pool_warm(&spare->out[i].pool, n)) {
      return STATUS_NO_MEMORY;
    }
  }
  return STATUS_OK;
}

enum status
seat_open(struct node* node, struct plan_node* plan, struct generation* generation,
          struct node** out)
{
  struct node* const spare = mem_new(struct node);
  struct seat* const seat = mem_new(struct seat);
  if (!spare || !seat) {
    plan->id = NULL;
    plan_node_fini(plan);
    generation_unref(generation);
    mem_free(spare);
    mem_free(seat);
    return STATUS_NO_MEMORY;
  }
  *seat = (struct seat){ .plan = *plan, .generation = generation };
  *plan = (struct plan_node){ 0 };
  spare->seat = seat;
  snprintf(seat->id, sizeof seat->id, "%s", seat->plan.id);
  const enum status st = node_init_as(spare, node->engine, node->index, &seat->plan);
  if (st) {
    seat_free(spare);
    return st;
  }
  spare->services->id = seat->id;
  *out = spare;
  return STATUS_OK;
}

enum status
seat_complete(struct node* spare, const struct node* node)
{
  show_links(spare, node, 1);
  enum status st = node_prepare(spare);
  st = st ? st : warm_pools(spare, node);
  show_links(spare, node, 0);
  node_allow_in_place(spare, 0); // somebody will want to see its inputs
  return st;
}

#define EXCHANGE(field)                                                        \
  do {                                                                         \
    __typeof__(node->field) const kept = node->field;                          \
    node->field = spare->field;                                                \
    spare->field = kept;                                                       \
  } while (0)

static void
carry_inputs(struct node* node, struct node* spare)
{
  for (uint32_t i = 0; i < least(node->n_in, spare->n_in); ++i) {
    spare->in[i].link = node->in[i].link;
    spare->in[i].taken = node->in[i].taken;
    node->in[i].link = NULL;
    node->in[i].taken = NULL;
    *spare->io_pointers[i] = *node->io_pointers[i];
  }
}

static void
carry_outputs(struct node* node, struct node* spare)
{
  for (uint32_t i = 0; i < least(node->n_out, spare->n_out); ++i) {
    struct out_slot* const from = &node->out[i];
    struct out_slot* const to = &spare->out[i];
    to->links = from->links;
    to->n_links = from->n_links;
    to->n_produced = from->n_produced;
    to->next_pos = from->next_pos;
    to->stream_id = from->stream_id;
    to->n_sent = from->n_sent;
    from->links = NULL;
    from->n_links = 0;
  }
}

void
seat_exchange(struct node* node, struct node* spare)
{
  carry_inputs(node, spare);
  carry_outputs(node, spare);
  EXCHANGE(plan);
  EXCHANGE(seat);
  EXCHANGE(n_in);
  EXCHANGE(n_out);
  EXCHANGE(in);
  EXCHANGE(out);
  EXCHANGE(ios);
  EXCHANGE(io_pointers);
  EXCHANGE(instance);
  EXCHANGE(process);
  EXCHANGE(single);
  EXCHANGE(scratch);
  EXCHANGE(services);
  EXCHANGE(block.n_in);
  EXCHANGE(block.n_out);
  EXCHANGE(block.in);
  EXCHANGE(block.out);
  EXCHANGE(block.scratch);
  EXCHANGE(block.scratch_bytes);
}

int
seat_is_free(struct node* spare)
{
  if (!services_are_wrapped_home(spare->services)) {
    return 0; // memory of the plugin is still being looked at
  }
  instance_stop(spare);
  int is = services_are_home(spare->services);
  for (uint32_t i = 0; i < spare->n_out; ++i) {
    is = pool_is_home(&spare->out[i].pool) && is;
  }
  return is;
}

void
seat_give_up(struct seat* seat)
{
  if (seat) {
    seat->plan.id = NULL; // the node's
    plan_node_fini(&seat->plan);
    generation_unref(seat->generation);
    mem_free(seat);
  }
}

void
seat_free(struct node* spare)
{
  if (!spare) {
    return;
  }
  node_let_inputs_go(spare);
  instance_stop(spare);
  struct seat* const seat = spare->seat;
  node_fini(spare);
  seat_give_up(seat);
  mem_free(spare);
}
