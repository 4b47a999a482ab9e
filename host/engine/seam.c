// SPDX-License-Identifier: ISC
#include "engine/seam.h"

#include "base/sys.h"
#include "engine/futex.h"
#include "engine/inputs.h"
#include "engine/note.h"
#include "engine/parallel.h"
#include "engine/park.h"
#include "engine/segment.h"
#include "engine/stuck.h"

// A run that halts wakes nobody here, so that is looked at now and then.
enum { LOOK_NS = 1000000 };

enum run_phase { RUN_NOT_BEGUN, RUN_GOES_ON, RUN_OVER };

// Lending ----------------------------------------------------------------------

static int
may_lend(struct node* node, unsigned asked)
{
  return (asked == SEAM_ASKED || asked == SEAM_ASKED_DRY) && !node->again &&
         !parallel_n_called(node) &&
         node->phase != NODE_FINISHED &&
         (asked == SEAM_ASKED || !inputs_ready(node));
}

// Makes the node a segment by itself. What is behind it is run by anyone.
static void
isolate(struct thread* thread, struct node* node)
{
  if (segment_head(node) != node) {
    segment_cut(node);
  }
  if (node->step->next) {
    struct node* const rear = node->step->next->node;
    segment_cut(rear);
    if (!segment_is_over(rear)) {
      note_requeue(thread, rear);
    }
  }
}

// Who asked may have given up meanwhile.
static int
hand_over(struct node* node)
{
  unsigned asked = atomic_load(&node->seam);
  while (may_lend(node, asked)) {
    node->lent_ns = sys.now_ns();
    if (atomic_compare_exchange_weak(&node->seam, &asked, SEAM_LENT)) {
      atomic_fetch_sub(&node->engine->n_asked, 1);
      seam_tell_editors(node->engine);
      return 1;
    }
  }
  return 0;
}

int
seam_lend(struct thread* thread, struct node* head)
{
  struct step* step = head->step;
  while (step) {
    struct node* const node = step->node;
    step = step->next;
    if (!may_lend(node, atomic_load(&node->seam))) {
      continue;
    }
    isolate(thread, node);
    if (hand_over(node)) {
      return node == head;
    }
    if (node != head) {
      note_requeue(thread, node);
    }
    return 0;
  }
  return 0;
}

// Borrowing ----------------------------------------------------------------------

// Nobody has the segment, so the editor may take it and lend to itself.
static void
lend_idle(struct node* node)
{
  struct node* const head = segment_head(node);
  if (note_try_claim(head) && !seam_lend(NULL, head) && !segment_is_over(head)) {
    note_requeue(NULL, head);
  }
}

// Whoever has the node looks at it again.
static void
call_holder(struct node* node)
{
  lend_idle(node);
  note_leave(NULL, node);
  if (node->is_blocking) {
    note_wake_blocking(node); // its wake-up may have been put off
  }
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
    note_leave(NULL, node); // it may rest although it could run (link.h)
  }
}

static int
ask(struct node* node, enum seam how)
{
  unsigned expected = SEAM_SHUT;
  atomic_fetch_add(&node->engine->n_asked, 1);
  if (!atomic_compare_exchange_strong(&node->seam, &expected, how)) {
    atomic_fetch_sub(&node->engine->n_asked, 1);
    return 0;
  }
  atomic_fetch_or(&node->step->detour, DETOUR_EDIT);
  return 1;
}

// Whether it is too late: the node has just been lent.
static int
give_up(struct node* node, enum seam how)
{
  unsigned expected = how;
  if (atomic_compare_exchange_strong(&node->seam, &expected, SEAM_SHUT)) {
    atomic_fetch_sub(&node->engine->n_asked, 1);
  }
  return expected == SEAM_LENT;
}

enum status
seam_borrow(struct node* node, enum seam how, int64_t deadline_ns)
{
  if (!ask(node, how)) {
    return STATUS_REFUSED;
  }
  call_holder(node);
  const enum status st = wait_for(node, deadline_ns);
  return st && give_up(node, how) ? STATUS_OK : st;
}

void
seam_give_back(struct node* node)
{
  atomic_store(&node->seam, SEAM_SHUT);
  note_requeue(NULL, node);
}

// Coming and going -------------------------------------------------------------

static void
set_phase(struct engine* engine, enum run_phase phase)
{
  atomic_store(&engine->run_phase, (int)phase);
  seam_tell_editors(engine);
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
  seam_tell_editors(engine);
}

int
seam_run_goes_on(struct engine* engine)
{
  return atomic_load(&engine->run_phase) == RUN_GOES_ON;
}

int
seam_run_is_over(struct engine* engine)
{
  return atomic_load(&engine->run_phase) == RUN_OVER;
}
