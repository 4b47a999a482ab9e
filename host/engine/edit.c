// SPDX-License-Identifier: ISC
// A transaction from asking to answering.
#include "engine/edit.h"

#include "base/mem.h"
#include "base/sys.h"
#include "engine/edit_hold.h"
#include "engine/edit_ops.h"
#include "engine/edit_reap.h"
#include "engine/edit_wait.h"
#include "engine/edit_work.h"
#include "engine/quiet.h"
#include "engine/seam.h"
#include "engine/seat_job.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const int64_t DEFAULT_PREPARE_NS = 10000000000;
static const int64_t DEFAULT_BORDER_NS = 2000000000;
static const int64_t HUNG_NS = 1000000000; // a last chance when all is over
enum { DEFAULT_PROBATION = 64, MAX_WAITING = 2 };

static const struct op_kind* const kinds[] = {
  [EDIT_SET] = &op_set,       [EDIT_SWAP] = &op_swap,
  [EDIT_INSERT] = &op_insert, [EDIT_REMOVE] = &op_remove, [EDIT_BYPASS] = &op_bypass,
  [EDIT_DRAIN] = &op_drain,   [EDIT_STOP] = &op_stop,
};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

// Opening and closing ----------------------------------------------------------

static void
init_records(struct editor* editor)
{
  struct engine* const engine = editor->engine;
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    editor->records[i] = (struct record){ .plan = engine->nodes[i].plan,
                                          .generation = 1 };
  }
}

enum status
edit_open(struct engine* engine, const struct edit_options* options,
          struct editor** out)
{
  struct editor* const editor = mem_new(struct editor);
  if (!editor) {
    return STATUS_NO_MEMORY;
  }
  editor->engine = engine;
  editor->options = *options;
  if (!editor->options.prepare_ns) {
    editor->options.prepare_ns = DEFAULT_PREPARE_NS;
  }
  if (!editor->options.border_ns) {
    editor->options.border_ns = DEFAULT_BORDER_NS;
  }
  if (!editor->options.probation_blocks) {
    editor->options.probation_blocks = DEFAULT_PROBATION;
  }
  editor->n_records = engine->n_room_nodes;
  editor->records = mem_new_array(struct record, editor->n_records);
  if (!editor->records) {
    mem_free(editor);
    return STATUS_NO_MEMORY;
  }
  init_records(editor);
  pthread_mutex_init(&editor->turn_lock, NULL);
  pthread_mutex_init(&editor->lock, NULL);
  pthread_mutex_init(&editor->events_lock, NULL);
  *out = editor;
  return STATUS_OK;
}

void
edit_close(struct editor* editor)
{
  if (!editor) {
    return;
  }
  while (editor->trials) {
    struct trial* const trial = editor->trials;
    editor->trials = trial->next;
    if (!atomic_load(&trial->end)) {
      trial_pass(trial);
    }
    edit_retire(editor, trial->other);
    trial_free(trial);
  }
  seat_wait_hung(&editor->hung, HUNG_NS);
  engine_quiet(editor->engine);
  edit_reap_all(editor);
  edit_unseat_all(editor);
  generations_fini(&editor->generations);
  pthread_mutex_destroy(&editor->turn_lock);
  pthread_mutex_destroy(&editor->lock);
  pthread_mutex_destroy(&editor->events_lock);
  mem_free(editor->records);
  mem_free(editor);
}

// Small things -------------------------------------------------------------------

enum status
op_refuse(struct op* op, enum status status, const char* format, ...)
{
  va_list args;
  va_start(args, format);
  vsnprintf(op->reply->error, sizeof op->reply->error, format, args);
  va_end(args);
  op->reply->status = status;
  return status;
}

struct node*
editor_find(struct editor* editor, const char* id)
{
  for (uint32_t i = 0; id && i < editor->engine->n_nodes; ++i) {
    const struct record* const record = &editor->records[i];
    if (record->plan && !record->is_removed && !strcmp(record->plan->id, id)) {
      return &editor->engine->nodes[i];
    }
  }
  return NULL;
}

const char*
edit_mode_name(enum edit_mode mode)
{
  static const char* const names[] = {
    [EDIT_AUTO] = "auto",       [EDIT_STATE] = "state",
    [EDIT_PRIME] = "prime",     [EDIT_DRAIN_OLD] = "drain",
    [EDIT_CROSSFADE] = "crossfade", [EDIT_NONE] = "none",
  };
  return names[mode];
}

// One transaction ------------------------------------------------------------------

static void
begin_reply(struct edit_reply* reply)
{
  *reply = (struct edit_reply){ .status = STATUS_REFUSED, .mode = EDIT_NONE };
  snprintf(reply->error, sizeof reply->error,
           "not done: another edit of the transaction was refused");
}

static enum status
prepare(struct transaction* tx)
{
  for (uint32_t i = 0; i < tx->n; ++i) {
    struct op* const op = &tx->ops[i];
    const int64_t begin = sys.now_ns();
    const enum status st =
      op->kind ? op->kind->prepare(op)
               : op_refuse(op, STATUS_REFUSED, "there is no such edit");
    op->reply->prepare_ns = sys.now_ns() - begin;
    if (st) {
      return st;
    }
  }
  return STATUS_OK;
}

static enum status
carry(struct transaction* tx)
{
  for (uint32_t i = 0; i < tx->n; ++i) {
    struct op* const op = &tx->ops[i];
    const enum status st = op->kind->carry ? op->kind->carry(op) : STATUS_OK;
    if (st) {
      return st;
    }
  }
  return STATUS_OK;
}

static void
publish(struct transaction* tx)
{
  for (uint32_t i = 0; i < tx->n; ++i) {
    struct op* const op = &tx->ops[i];
    const struct node* const node = op->n_nodes ? op->nodes[0] : NULL;
    op->reply->status = STATUS_OK;
    op->reply->error[0] = '\0';
    if (node) {
      op->reply->in_frame = (int64_t)stat_get(&node->stats.frames_in);
      op->reply->out_frame = node->n_out ? node->out[0].n_produced : 0;
    }
    op->kind->publish(op);
    if (node) {
      op->reply->generation = record_of(tx->editor, node)->generation;
    }
  }
  ++tx->editor->n_transactions;
}

// STATUS_RESUMABLE: not yet, something has to be waited for first.
static enum status
cut_stream(struct transaction* tx)
{
  enum status st = edit_hold(tx);
  if (st) {
    return st;
  }
  if (!(st = carry(tx))) {
    publish(tx);
  }
  edit_let_go(tx);
  return st;
}

static enum status
enter(struct transaction* tx)
{
  struct editor* const editor = tx->editor;
  const enum status st = seam_enter(editor->engine, editor->options.border_ns);
  return st ? op_refuse(&tx->ops[0], st,
                        st == STATUS_LIMIT ? "the run has not begun"
                                           : "the run is over")
            : STATUS_OK;
}

static enum status
apply(struct transaction* tx)
{
  enum status st = enter(tx);
  if (st) {
    return st;
  }
  seam_leave(tx->editor->engine);
  st = prepare(tx);
  while (!st) {
    if ((st = enter(tx))) {
      return st;
    }
    st = cut_stream(tx);
    seam_leave(tx->editor->engine);
    if (st != STATUS_RESUMABLE) {
      return st;
    }
    st = edit_wait_recorders(tx);
  }
  return st;
}

static enum status
run_transaction(struct editor* editor, const struct edit* edits, uint32_t n,
                struct edit_reply* replies)
{
  struct transaction tx = { .editor = editor, .n = n };
  if (!(tx.ops = mem_new_array(struct op, n))) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t kind = (uint32_t)edits[i].kind;
    const uint32_t n_before = i && edits[i - 1].kind == EDIT_INSERT
                                ? tx.ops[i - 1].n_before + 1
                                : i ? tx.ops[i - 1].n_before
                                    : 0;
    tx.ops[i] = (struct op){ .kind = kind < N_KINDS ? kinds[kind] : NULL,
                             .editor = editor,
                             .edit = &edits[i],
                             .reply = &replies[i],
                             .n_before = n_before,
                             .mode = edits[i].mode,
                             .params = edits[i].params,
                             .n_params = edits[i].n_params };
  }
  edit_reap(editor);
  const enum status st = apply(&tx);
  for (uint32_t i = 0; i < n; ++i) {
    op_fini(&tx.ops[i]);
    editor_tell(editor, st ? EDIT_EVENT_REFUSED : EDIT_EVENT_APPLIED, &tx.ops[i],
                tx.ops[i].nodes[0], replies[i].error);
  }
  edit_reap(editor);
  mem_free(tx.ops);
  return st;
}

static int
take_turn(struct editor* editor)
{
  pthread_mutex_lock(&editor->turn_lock);
  const int is_free = editor->n_waiting < MAX_WAITING;
  editor->n_waiting += is_free;
  pthread_mutex_unlock(&editor->turn_lock);
  return is_free;
}

static void
give_turn(struct editor* editor)
{
  pthread_mutex_lock(&editor->turn_lock);
  --editor->n_waiting;
  pthread_mutex_unlock(&editor->turn_lock);
}

static enum status
refuse_all(struct edit_reply* replies, uint32_t n, const char* why)
{
  for (uint32_t i = 0; i < n; ++i) {
    snprintf(replies[i].error, sizeof replies[i].error, "%s", why);
  }
  return STATUS_REFUSED;
}

enum status
edit_apply(struct editor* editor, const struct edit* edits, uint32_t n,
           enum edit_until until, struct edit_reply* replies)
{
  for (uint32_t i = 0; i < n; ++i) {
    begin_reply(&replies[i]);
  }
  if (!n) {
    return STATUS_OK;
  }
  if (!take_turn(editor)) {
    return refuse_all(replies, n,
                      "busy: one transaction runs and one waits; try again");
  }
  pthread_mutex_lock(&editor->lock);
  const enum status st = run_transaction(editor, edits, n, replies);
  pthread_mutex_unlock(&editor->lock);
  give_turn(editor);
  return st ? st : edit_wait_until(editor, edits, n, until, replies);
}
