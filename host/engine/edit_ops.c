// SPDX-License-Identifier: ISC
#include "engine/edit_ops.h"

#include "base/mem.h"
#include "engine/edit_hold.h"
#include "engine/recorder.h"
#include "engine/seam.h"
#include "engine/seat.h"
#include "plan/plan_node.h"
#include "plan/values.h"

#include <harness/nearest.h>

static const char*
nearest_node(struct editor* editor, const char* id)
{
  const char** const ids = mem_new_array(const char*, editor->n_records);
  uint32_t n = 0;
  for (uint32_t i = 0; ids && i < editor->n_records; ++i) {
    const struct record* const record = &editor->records[i];
    if (record->plan && !record->is_removed) {
      ids[n++] = record->plan->id;
    }
  }
  const char* const nearest = n ? rill_nearest(id, ids, n) : NULL;
  mem_free(ids);
  return nearest;
}

enum status
op_take_node(struct op* op)
{
  const char* const id = op->edit->node ? op->edit->node : "";
  struct node* const node = editor_find(op->editor, id);
  if (!node) {
    const char* const near = nearest_node(op->editor, id);
    return near ? op_refuse(op, STATUS_REFUSED,
                            "there is no node '%s' (did you mean '%s'?)", id, near)
                : op_refuse(op, STATUS_REFUSED, "there is no node '%s'", id);
  }
  if (atomic_load(&node->seam) == SEAM_ENDED) {
    return op_refuse(op, STATUS_REFUSED, "node '%s' has come to its end", id);
  }
  op->nodes[0] = node;
  op->n_nodes = 1;
  return STATUS_OK;
}

static void
gift_free_own(struct gift* gift)
{
  if (gift) {
    values_free(gift->values, gift->n);
    mem_free(gift->events);
    mem_free(gift);
  }
}

// Nobody is called through it any more.
static void
take_out_recorder(struct op* op)
{
  struct transaction alone = { .editor = op->editor, .ops = op, .n = 1 };
  const struct edit_reply kept = *op->reply;
  while (op->recorder && op->recorder->node) {
    const int is_ended = atomic_load(&op->nodes[0]->seam) == SEAM_ENDED;
    const int is_in = !is_ended && !seam_enter(op->editor->engine, 0);
    if (is_in && !edit_hold(&alone)) {
      recorder_end(op->recorder);
      edit_let_go(&alone);
    } else if (!is_in) {
      recorder_end(op->recorder); // no worker runs the node any more
    }
    if (is_in) {
      seam_leave(op->editor->engine);
    }
  }
  *op->reply = kept;
}

void
op_fini(struct op* op)
{
  take_out_recorder(op);
  trial_free(op->trial);
  seat_free(op->spare);
  op_unmake(op);
  recorder_free(op->recorder);
  gift_free_own(op->gift);
  if (op->behind) {
    plan_node_fini(op->behind);
    mem_free(op->behind);
  }
}

// The error of a run outlives the editor.
static void
drop_id(struct engine* engine, struct record* record)
{
  if (record->own_id && engine->error.node == record->own_id) {
    engine->error.node = "(inserted)";
  }
  mem_free(record->own_id);
  record->own_id = NULL;
}

void
edit_unseat_all(struct editor* editor)
{
  struct engine* const engine = editor->engine;
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    record_drop_behind(&editor->records[i]);
    struct node* const node = &engine->nodes[i];
    if (node->seat) {
      seat_give_up(node->seat);
      node->seat = NULL;
      node->plan = i < engine->plan->n_nodes ? &engine->plan->nodes[i] : NULL;
    }
    drop_id(engine, &editor->records[i]);
  }
}

// Ending -------------------------------------------------------------------------

static enum status
drain_prepare(struct op* op)
{
  if (!op->edit->node) {
    return STATUS_OK;
  }
  const enum status st = op_take_node(op);
  if (!st && op->nodes[0]->n_connected) {
    return op_refuse(op, STATUS_REFUSED,
                     "node '%s' is no source: only sources can be drained",
                     op->edit->node);
  }
  return st;
}

static void
drain_publish(struct op* op)
{
  if (op->n_nodes) {
    op->nodes[0]->is_asked_to_end = 1;
  } else {
    engine_stop(op->editor->engine, ENGINE_STOP_DRAIN);
  }
}

const struct op_kind op_drain = { .prepare = drain_prepare,
                                  .publish = drain_publish };

static enum status
stop_prepare(struct op* op)
{
  (void)op;
  return STATUS_OK;
}

static void
stop_publish(struct op* op)
{
  engine_stop(op->editor->engine, ENGINE_STOP_NOW);
}

const struct op_kind op_stop = { .prepare = stop_prepare,
                                 .publish = stop_publish };
