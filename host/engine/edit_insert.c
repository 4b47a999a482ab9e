// SPDX-License-Identifier: ISC
// Insert: a node that passes on is put in front of an input, and what is wanted
// takes its place in the same moment; should that fail, the stream goes on as
// if nothing had been inserted.
#include "base/mem.h"
#include "engine/edit_ops.h"
#include "engine/edit_swap.h"
#include "engine/edit_type.h"
#include "engine/instance.h"
#include "engine/node_setup.h"
#include "engine/pass_node.h"
#include "engine/seam.h"
#include "engine/seat.h"
#include "engine/segment.h"
#include "plan/plan_node.h"
#include "plan/ports.h"

#include <string.h>

enum { MAX_ID = 64 };

static int
is_id(const char* id)
{
  const size_t n = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                              "0123456789-_");
  return n && n <= MAX_ID && !id[n];
}

enum status
op_take_input(struct op* op, struct link** out)
{
  struct editor* const editor = op->editor;
  const char* const id = op->edit->to ? op->edit->to : "";
  struct node* const node = editor_find(editor, id);
  if (!node) {
    return op_refuse(op, STATUS_REFUSED, "there is no node '%s'", id);
  }
  const struct plan_node* const plan = record_of(editor, node)->plan;
  const char* const port = op->edit->to_port;
  for (uint32_t i = 0; i < editor->engine->n_links; ++i) {
    struct link* const link = &editor->engine->links[i];
    const uint32_t k = link->to == node ? link->to_slot : UINT32_MAX;
    if (k < plan->n_in &&
        (!port ||
         !strcmp(plan->type->desc->ports[plan->in[k].slot.port]->symbol, port))) {
      *out = link;
      return STATUS_OK;
    }
  }
  return op_refuse(op, STATUS_REFUSED, "nothing is linked to %s '%s' of node '%s'",
                   "input", port ? port : "", id);
}

// Those of the same transaction count.
static int
is_taken(const struct editor* editor, const char* id)
{
  for (uint32_t i = 0; i < editor->n_records; ++i) {
    const struct record* const record = &editor->records[i];
    if (record->plan && !record->is_removed && !strcmp(record->plan->id, id)) {
      return 1;
    }
  }
  return 0;
}

static enum status
check(struct op* op)
{
  const struct engine* const engine = op->editor->engine;
  const char* const id = op->edit->node ? op->edit->node : "";
  if (!is_id(id)) {
    return op_refuse(op, STATUS_REFUSED,
                     "'%s' is no id: 1 to 64 of A-Z, a-z, 0-9, - and _", id);
  }
  if (is_taken(op->editor, id)) {
    return op_refuse(op, STATUS_REFUSED, "there is a node '%s' already", id);
  }
  if (engine->n_nodes == engine->n_room_nodes ||
      engine->n_links == engine->n_room_links) {
    return op_refuse(op, STATUS_REFUSED,
                     "no more nodes can be inserted into this run: %u is the limit",
                     engine->n_room_nodes - engine->plan->n_nodes);
  }
  return STATUS_OK;
}

// A plan of a node that passes on what *link* carries.
static enum status
plan_pass(struct op* op, const struct link* link, struct plan_node* plan)
{
  const struct plan_node* const to = record_of(op->editor, link->to)->plan;
  *plan = (struct plan_node){ .type = &pass_type, .n_in = 1, .n_out = 1 };
  if (plan_node_init(plan, op->edit->node, NULL)) {
    return STATUS_NO_MEMORY;
  }
  plan->in[0].slot = plan->out[0].slot = to->in[link->to_slot].slot;
  plan->in[0].slot.port = 0;
  plan->out[0].slot.port = 1;
  return STATUS_OK;
}

// The node behind the last one: nobody looks there before it is counted.
static enum status
make_node(struct op* op, struct link* link)
{
  struct engine* const engine = op->editor->engine;
  const uint32_t index = engine->n_nodes + op->n_before;
  struct node* const node = &engine->nodes[index];
  struct seat* const seat = mem_new(struct seat);
  *node = (struct node){ .seat = seat, .step = &engine->steps[index] };
  op->made = node;
  if (!seat || plan_pass(op, link, &seat->plan) ||
      node_init_as(node, engine, index, &seat->plan) || instance_start(node) ||
      !(node->out[0].links = mem_new_array(struct link*, 1)) ||
      link_init(op->link, link->capacity)) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  node->in[0].link = link;
  node->out[0].links[0] = op->link;
  node->out[0].n_links = 1;
  if (node_prepare(node)) {
    return op_refuse(op, STATUS_NO_MEMORY, "out of memory");
  }
  segment_init(node, node->step);
  atomic_store(&node->state, NODE_CLAIMED);
  atomic_store(&node->seam, SEAM_LENT);
  op->editor->records[index] = (struct record){ .plan = &seat->plan,
                                                .is_inserted = 1,
                                                .own_id = seat->plan.id };
  return STATUS_OK;
}

static enum status
insert_prepare(struct op* op)
{
  struct engine* const engine = op->editor->engine;
  struct link* link = NULL;
  struct node_type* type = NULL;
  struct generation* generation = NULL;
  enum status st = check(op);
  if (st || (st = op_take_input(op, &link)) ||
      (st = edit_find_type(op, NULL, &type, &generation))) {
    return st;
  }
  op->link = &engine->links[engine->n_links + op->n_before];
  if ((st = make_node(op, link))) {
    generation_unref(generation);
    return st;
  }
  op->nodes[0] = op->made;
  op->nodes[1] = link->from;
  op->nodes[2] = link->to;
  op->n_nodes = 3;
  op->mode = EDIT_DRAIN_OLD;
  return swap_make(op, type, generation);
}

// In the middle of a buffer that its reader has begun, nothing can come between.
static enum status
insert_carry(struct op* op)
{
  const struct link* const link = op->made->in[0].link;
  if (link->n_used) {
    return op_refuse(op, STATUS_REFUSED,
                     "node '%s' is in the middle of a buffer: try again",
                     record_of(op->editor, link->to)->plan->id);
  }
  return swap_carry(op);
}

static void
insert_publish(struct op* op)
{
  struct engine* const engine = op->editor->engine;
  struct node* const node = op->made;
  struct link* const front = node->in[0].link;
  struct link* const rear = op->link;
  rear->from = node;
  rear->from_slot = 0;
  rear->to = front->to;
  rear->to_slot = front->to_slot;
  rear->to->in[rear->to_slot].link = rear;
  front->to = node;
  front->to_slot = 0;
  const struct out_slot* const out = &front->from->out[front->from_slot];
  node->out[0].next_pos = out->next_pos;
  for (const struct buffer* b = link_peek(front); b; b = NULL) {
    node->out[0].next_pos = b->shown.media_pos;
  }
  ++engine->n_nodes;
  ++engine->n_links;
  atomic_fetch_add(&engine->n_live, 1);
  op->made = NULL;
  op->link = NULL;
  swap_publish(op);
}

const struct op_kind op_insert = { .prepare = insert_prepare,
                                   .carry = insert_carry,
                                   .publish = insert_publish };

void
op_unmake(struct op* op)
{
  struct node* const node = op->made;
  if (op->link) {
    link_fini(op->link);
    *op->link = (struct link){ 0 };
  }
  if (!node) {
    return;
  }
  node->in[0].link = NULL;
  instance_stop(node);
  node_fini(node);
  if (node->seat) {
    plan_node_fini(&node->seat->plan);
    mem_free(node->seat);
  }
  op->editor->records[node->index] = (struct record){ 0 };
  *node = (struct node){ 0 };
}
