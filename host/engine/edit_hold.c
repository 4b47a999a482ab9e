// SPDX-License-Identifier: ISC
#include "engine/edit_hold.h"

#include "base/mem.h"
#include "base/sys.h"
#include "engine/edit_reap.h"
#include "engine/seam.h"
#include "engine/segment.h"

#include <string.h>

/// What is known of each node while a cut is looked for.
struct cut {
  uint8_t* is_asked; // by an operation
  uint8_t* is_after; // gets something from one that is asked
  uint8_t* is_before;
  uint8_t* is_held;
  uint32_t n;
};

static void
cut_fini(struct cut* cut)
{
  mem_free(cut->is_asked);
  mem_free(cut->is_after);
  mem_free(cut->is_before);
  mem_free(cut->is_held);
}

static enum status
cut_init(struct cut* cut, uint32_t n)
{
  *cut = (struct cut){ .n = n };
  cut->is_asked = mem_new_array(uint8_t, n);
  cut->is_after = mem_new_array(uint8_t, n);
  cut->is_before = mem_new_array(uint8_t, n);
  cut->is_held = mem_new_array(uint8_t, n);
  return cut->is_asked && cut->is_after && cut->is_before && cut->is_held
           ? STATUS_OK
           : STATUS_NO_MEMORY;
}

// Until nothing changes: links are in no order once the graph has been edited.
static void
spread(struct cut* cut, const struct engine* engine)
{
  for (int changed = 1; changed;) {
    changed = 0;
    for (uint32_t i = 0; i < engine->n_links; ++i) {
      const struct link* const link = &engine->links[i];
      if (!link->from) {
        continue;
      }
      const uint32_t a = link->from->index;
      const uint32_t b = link->to->index;
      if ((cut->is_asked[a] || cut->is_after[a]) && !cut->is_after[b]) {
        cut->is_after[b] = 1;
        changed = 1;
      }
      if ((cut->is_asked[b] || cut->is_before[b]) && !cut->is_before[a]) {
        cut->is_before[a] = 1;
        changed = 1;
      }
    }
  }
}

static int
is_wanted(const struct cut* cut, uint32_t i)
{
  return cut->is_asked[i] || (cut->is_after[i] && cut->is_before[i]);
}

// Whether all that it reads and that is wanted is held.
static int
is_next(const struct cut* cut, const struct engine* engine, uint32_t node)
{
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    const struct link* const link = &engine->links[i];
    if (link->from && link->to->index == node) {
      const uint32_t from = link->from->index;
      if (is_wanted(cut, from) && !cut->is_held[from]) {
        return 0;
      }
    }
  }
  return is_wanted(cut, node) && !cut->is_held[node];
}

static struct op*
op_of(struct transaction* tx, const struct node* node)
{
  for (uint32_t i = 0; i < tx->n; ++i) {
    for (uint32_t k = 0; k < tx->ops[i].n_nodes; ++k) {
      if (tx->ops[i].nodes[k] == node) {
        return &tx->ops[i];
      }
    }
  }
  return &tx->ops[0];
}

static enum status
hold_node(struct transaction* tx, const struct cut* cut, struct node* node,
          int64_t deadline)
{
  const enum seam how = cut->is_after[node->index] ? SEAM_ASKED_DRY : SEAM_ASKED;
  const enum status st = seam_borrow(node, how, deadline);
  if (!st) {
    tx->held[tx->n_held++] = node;
    edit_look_at_gifts(tx->editor, node);
    cut->is_held[node->index] = 1;
    return STATUS_OK;
  }
  return op_refuse(op_of(tx, node), st,
                   st == STATUS_LIMIT
                     ? "node '%s' did not come to the end of a block in time: "
                       "it waits for something, try again later"
                     : "node '%s' has come to its end",
                   node->plan->id);
}

static enum status
hold_all(struct transaction* tx, struct cut* cut)
{
  struct engine* const engine = tx->editor->engine;
  const int64_t deadline = sys.now_ns() + tx->editor->options.border_ns;
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < cut->n;) {
    if (is_next(cut, engine, i)) {
      st = hold_node(tx, cut, &engine->nodes[i], deadline);
      i = 0;
    } else {
      ++i;
    }
  }
  return st;
}

// Nodes that are to be inserted belong to nobody yet.
static void
hold_made(struct transaction* tx)
{
  const int64_t now = sys.now_ns();
  for (uint32_t i = 0; i < tx->n; ++i) {
    struct node* const made = tx->ops[i].made;
    if (made) {
      made->lent_ns = now;
      tx->held[tx->n_held++] = made;
    }
  }
}

enum status
edit_hold(struct transaction* tx)
{
  struct engine* const engine = tx->editor->engine;
  struct cut cut;
  enum status st = cut_init(&cut, engine->n_nodes);
  tx->held = mem_new_array(struct node*, engine->n_room_nodes);
  tx->n_held = 0;
  if (st || !tx->held) {
    st = op_refuse(&tx->ops[0], STATUS_NO_MEMORY, "out of memory");
  }
  for (uint32_t i = 0; !st && i < tx->n; ++i) {
    for (uint32_t k = 0; k < tx->ops[i].n_nodes; ++k) {
      const struct node* const node = tx->ops[i].nodes[k];
      if (node != tx->ops[i].made) {
        cut.is_asked[node->index] = 1;
      }
    }
  }
  if (!st) {
    spread(&cut, engine);
    st = hold_all(tx, &cut);
  }
  if (!st) {
    hold_made(tx);
  }
  cut_fini(&cut);
  if (st) {
    edit_let_go(tx);
  }
  return st;
}

// Rows may pass, or must not: a call that read the events of an earlier edit
// may have let them pass while this one was waiting for the node.
static void
set_detour(struct node* node)
{
  if (!node->is_aside && !node->block.n_events) {
    node->is_stale = 0;
    segment_bind(node);
  } else {
    atomic_fetch_or(&node->step->detour, DETOUR_EDIT);
  }
}

static int
is_in_graph(const struct transaction* tx, const struct node* node)
{
  return node < tx->editor->engine->nodes + tx->editor->engine->n_nodes;
}

void
edit_let_go(struct transaction* tx)
{
  const int64_t now = sys.now_ns();
  for (uint32_t i = 0; i < tx->n; ++i) {
    struct op* const op = &tx->ops[i];
    op->reply->stall_ns = op->n_nodes ? now - op->nodes[0]->lent_ns : 0;
    if (op->reply->stall_ns > tx->editor->max_stall_ns) {
      tx->editor->max_stall_ns = op->reply->stall_ns;
    }
  }
  for (uint32_t i = 0; i < tx->n_held; ++i) {
    if (is_in_graph(tx, tx->held[i])) {
      set_detour(tx->held[i]);
      seam_give_back(tx->held[i]);
    }
  }
  mem_free(tx->held);
  tx->held = NULL;
  tx->n_held = 0;
}
