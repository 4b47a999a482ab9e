// SPDX-License-Identifier: ISC
#include "engine/seam.h"

#include "base/sys.h"
#include "engine/futex.h"
#include "engine/inputs.h"
#include "engine/note.h"
#include "engine/park.h"
#include "engine/stuck.h"

// A run that halts wakes nobody here, so that is looked at now and then.
enum { LOOK_NS = 1000000 };

enum run_phase { RUN_NOT_BEGUN, RUN_GOES_ON, RUN_OVER };

// Changes whenever an editor may have something to see.
static void
tell_editors(struct engine* engine)
{
  atomic_fetch_add(&engine->seam_news, 1);
  futex_wake(&engine->seam_news);
}

// Lending ----------------------------------------------------------------------

int
seam_lend(struct node* node)
{
  unsigned asked = atomic_load(&node->seam);
  if (node->again || node->phase == NODE_FINISHED ||
      (asked == SEAM_ASKED_DRY && inputs_ready(node))) {
    return 0;
  }
  // Who asked may have given up meanwhile.
  while (asked == SEAM_ASKED || asked == SEAM_ASKED_DRY) {
    if (atomic_compare_exchange_weak(&node->seam, &asked, SEAM_LENT)) {
      tell_editors(node->engine);
      return 1;
    }
  }
  return 0;
}

void
seam_end(struct node* node)
{
  if (atomic_exchange(&node->seam, SEAM_ENDED) != SEAM_SHUT) {
    tell_editors(node->engine);
  }
}

// Borrowing ----------------------------------------------------------------------

// Whoever has the node looks at it again. Nobody: then the editor may have it.
static int
call_holder(struct node* node)
{
  unsigned asked = SEAM_ASKED;
  if (note_try_claim(node)) {
    if (atomic_compare_exchange_strong(&node->seam, &asked, SEAM_LENT) ||
        (asked == SEAM_ASKED_DRY && !inputs_ready(node) && !node->again &&
         atomic_compare_exchange_strong(&node->seam, &asked, SEAM_LENT))) {
      return 1;
    }
    atomic_exchange(&node->state, NODE_NOTED);
    note_dispatch(NULL, node);
  } else if (note_is_ours(node)) {
    note_dispatch(NULL, node);
  }
  if (node->is_blocking) {
    note_wake_blocking(node); // its wake-up may have been put off
  }
  return 0;
}

static enum status
wait_for(struct node* node, int64_t deadline_ns)
{
  struct engine* const engine = node->engine;
  for (;;) {
    const int news = atomic_load(&engine->seam_news);
    const unsigned seam = atomic_load(&node->seam);
    if (seam == SEAM_LENT) {
      return STATUS_OK;
    }
    if (seam == SEAM_ENDED || atomic_load(&engine->halt)) {
      return STATUS_REFUSED;
    }
    if (sys.now_ns() > deadline_ns) {
      return STATUS_LIMIT;
    }
    futex_wait(&engine->seam_news, news, LOOK_NS);
  }
}

enum status
seam_borrow(struct node* node, enum seam how, int64_t deadline_ns)
{
  unsigned expected = SEAM_SHUT;
  if (!atomic_compare_exchange_strong(&node->seam, &expected, how)) {
    return STATUS_REFUSED;
  }
  if (call_holder(node)) {
    return STATUS_OK;
  }
  const enum status st = wait_for(node, deadline_ns);
  expected = how;
  if (st && !atomic_compare_exchange_strong(&node->seam, &expected, SEAM_SHUT) &&
      expected == SEAM_LENT) {
    return STATUS_OK; // just now
  }
  return st;
}

void
seam_give_back(struct node* node)
{
  atomic_store(&node->seam, SEAM_SHUT);
  atomic_exchange(&node->state, NODE_NOTED);
  note_dispatch(NULL, node);
}

// Coming and going -------------------------------------------------------------

static void
set_phase(struct engine* engine, enum run_phase phase)
{
  atomic_store(&engine->run_phase, (int)phase);
  tell_editors(engine);
}

void
seam_begin_run(struct engine* engine)
{
  set_phase(engine, RUN_GOES_ON);
}

void
seam_end_run(struct engine* engine)
{
  pthread_mutex_lock(&engine->park_lock);
  set_phase(engine, RUN_OVER);
  uint32_t n = engine->n_editors;
  pthread_mutex_unlock(&engine->park_lock);
  while (n) {
    const int news = atomic_load(&engine->seam_news);
    pthread_mutex_lock(&engine->park_lock);
    n = engine->n_editors;
    pthread_mutex_unlock(&engine->park_lock);
    if (n) {
      futex_wait(&engine->seam_news, news, LOOK_NS);
    }
  }
}

static int
come_in(struct engine* engine)
{
  pthread_mutex_lock(&engine->park_lock);
  const int phase = atomic_load(&engine->run_phase);
  if (phase == RUN_GOES_ON) {
    ++engine->n_editors;
    ++engine->n_awake;
  }
  pthread_mutex_unlock(&engine->park_lock);
  return phase;
}

enum status
seam_enter(struct engine* engine, int64_t wait_ns)
{
  const int64_t deadline = sys.now_ns() + wait_ns;
  for (;;) {
    const int news = atomic_load(&engine->seam_news);
    const int phase = come_in(engine);
    if (phase != RUN_NOT_BEGUN) {
      return phase == RUN_GOES_ON ? STATUS_OK : STATUS_REFUSED;
    }
    if (sys.now_ns() > deadline) {
      return STATUS_LIMIT;
    }
    futex_wait(&engine->seam_news, news, LOOK_NS);
  }
}

void
seam_leave(struct engine* engine)
{
  pthread_mutex_lock(&engine->park_lock);
  if (!--engine->n_awake && !atomic_load(&engine->halt)) {
    stuck(engine);
  }
  --engine->n_editors;
  pthread_mutex_unlock(&engine->park_lock);
  tell_editors(engine);
}
