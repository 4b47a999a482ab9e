// SPDX-License-Identifier: ISC
#include "engine/edit_wait.h"

#include "base/sys.h"
#include "engine/edit_reap.h"
#include "engine/futex.h"
#include "engine/recorder.h"
#include "engine/seam.h"

#include <stdio.h>

enum { LOOK_NS = 2000000 };

// Sleeps until there is news, or for a little while: frames are not news.
static void
nap(struct engine* engine, int news)
{
  futex_wait(&engine->seam_news, news, LOOK_NS);
}

static int
run_is_over(struct engine* engine)
{
  return atomic_load(&engine->halt) || seam_run_is_over(engine);
}

enum status
edit_wait_first_block(struct editor* editor, struct trial* trial)
{
  struct engine* const engine = editor->engine;
  const int64_t deadline = sys.now_ns() + editor->options.border_ns;
  for (;;) {
    const int news = atomic_load(&engine->seam_news);
    if (atomic_load(&trial->n_blocks) || atomic_load(&trial->end)) {
      return STATUS_OK;
    }
    if (run_is_over(engine) || atomic_load(&trial->node->seam) == SEAM_ENDED) {
      return STATUS_REFUSED;
    }
    if (sys.now_ns() > deadline) {
      return STATUS_LIMIT;
    }
    nap(engine, news);
  }
}

static struct op*
find_unready(struct transaction* tx)
{
  for (uint32_t i = 0; i < tx->n; ++i) {
    struct recorder* const recorder = tx->ops[i].recorder;
    if (recorder && !atomic_load(&recorder->is_ready)) {
      return &tx->ops[i];
    }
  }
  return NULL;
}

enum status
edit_wait_recorders(struct transaction* tx)
{
  struct engine* const engine = tx->editor->engine;
  const int64_t deadline = sys.now_ns() + tx->editor->options.prepare_ns;
  for (;;) {
    const int news = atomic_load(&engine->seam_news);
    struct op* const op = find_unready(tx);
    if (!op) {
      return STATUS_OK;
    }
    const char* const id = op->nodes[0]->plan->id;
    if (run_is_over(engine) || atomic_load(&op->nodes[0]->seam) == SEAM_ENDED) {
      return op_refuse(op, STATUS_REFUSED, "node '%s' has come to its end", id);
    }
    if (sys.now_ns() > deadline) {
      return op_refuse(op, STATUS_LIMIT,
                       "node '%s' has not been given the %llu frames in time that "
                       "the new instance must have seen: try drain", id,
                       (unsigned long long)op->recorder->n_wanted);
    }
    nap(engine, news);
  }
}

// After a transaction ------------------------------------------------------------------

// Whether the edit is as far as that; *reply* says how it stands.
static int
is_there(struct editor* editor, const struct edit* edit, enum edit_until until,
         struct edit_reply* reply)
{
  struct node* const node = editor_find(editor, edit->node);
  if (!node || reply->mode == EDIT_NONE) {
    return 1;
  }
  const struct record* const record = record_of(editor, node);
  const struct trial* trial = editor->trials;
  while (trial && trial->node != node) {
    trial = trial->next;
  }
  if (trial && atomic_load(&trial->end)) {
    return 0; // just now: how it ended is seen at the next look
  }
  if (record->generation < reply->generation) {
    reply->status = STATUS_REFUSED;
    snprintf(reply->error, sizeof reply->error, "rolled back: %.480s",
             record->rolled_back_why);
    reply->generation = record->generation;
    reply->probation_left = 0;
    return 1;
  }
  if (!trial || record->generation > reply->generation) {
    reply->probation_left = 0;
    return 1;
  }
  reply->probation_left = atomic_load(&trial->left);
  return until == EDIT_UNTIL_FIRST && atomic_load(&trial->n_blocks);
}

static int
all_there(struct editor* editor, const struct edit* edits, uint32_t n,
          enum edit_until until, struct edit_reply* replies)
{
  int all = 1;
  pthread_mutex_lock(&editor->lock);
  edit_reap(editor);
  for (uint32_t i = 0; i < n; ++i) {
    all = (replies[i].status || is_there(editor, &edits[i], until, &replies[i])) &&
          all;
  }
  pthread_mutex_unlock(&editor->lock);
  return all;
}

enum status
edit_wait_until(struct editor* editor, const struct edit* edits, uint32_t n,
                enum edit_until until, struct edit_reply* replies)
{
  struct engine* const engine = editor->engine;
  for (;;) {
    const int news = atomic_load(&engine->seam_news);
    if (until == EDIT_UNTIL_APPLIED ||
        all_there(editor, edits, n, until, replies) || run_is_over(engine)) {
      break;
    }
    nap(engine, news);
  }
  for (uint32_t i = 0; i < n; ++i) {
    if (replies[i].status) {
      return replies[i].status;
    }
  }
  return STATUS_OK;
}

// For whoever asks -----------------------------------------------------------------------

// 1: it has come so far; -1: it never will; 0: not yet.
static int
look(struct editor* editor, struct node* node, enum edit_wait_for what, int64_t frame)
{
  struct engine* const engine = editor->engine;
  const int over = seam_run_is_over(engine) ||
                   (node && atomic_load(&node->seam) == SEAM_ENDED);
  if (what == EDIT_WAIT_ENDED) {
    return over;
  }
  if (what == EDIT_WAIT_FRAME && node) {
    const uint64_t at = node->n_out ? stat_get(&node->stats.frames_out)
                                    : stat_get(&node->stats.frames_in);
    return (int64_t)at >= frame ? 1 : -over;
  }
  edit_reap(editor);
  return node ? !edit_find_trial(editor, node) : !editor->trials;
}

enum status
edit_wait(struct editor* editor, const char* node, enum edit_wait_for what,
          int64_t frame, int64_t timeout_ns)
{
  struct engine* const engine = editor->engine;
  const int64_t deadline = sys.now_ns() + timeout_ns;
  for (;;) {
    const int news = atomic_load(&engine->seam_news);
    pthread_mutex_lock(&editor->lock);
    struct node* const found = editor_find(editor, node);
    const int is = node && !found ? -1 : look(editor, found, what, frame);
    pthread_mutex_unlock(&editor->lock);
    if (is || sys.now_ns() > deadline) {
      return is > 0 ? STATUS_OK : is ? STATUS_REFUSED : STATUS_LIMIT;
    }
    nap(engine, news);
  }
}
