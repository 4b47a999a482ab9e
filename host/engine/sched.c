// SPDX-License-Identifier: ISC
#include "engine/sched.h"

#include "base/sys.h"
#include "engine/crash.h"
#include "engine/deque.h"
#include "engine/note.h"
#include "engine/parallel.h"
#include "engine/park.h"
#include "engine/seam.h"
#include "engine/segment.h"
#include "engine/share.h"
#include "engine/stuck.h"

// Measured: waking a sleeping thread costs some 20 us, so an idle worker looks
// around for about as long as that before it sleeps, and a sleeping one is
// called only when work has waited longer.
enum { SPIN_NS = 50000, HELP_AFTER_NS = 50000, ASK_EVERY = 64 };

static int
is_halted(const struct engine* engine)
{
  return atomic_load_explicit(&engine->halt, memory_order_relaxed);
}

static inline void
relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#endif
}

void
sched_note(struct thread* thread, struct node* node)
{
  note_leave(thread, node);
}

static void
nodes_ended(struct engine* engine, uint32_t n)
{
  if (atomic_fetch_sub(&engine->n_live, n) == n) {
    atomic_store(&engine->halt, 1);
    unpark_all(engine);
  }
}

// Makes one pass; what the thread should run next, or null. *is_ready* says
// whether the segment could go on.
static struct node*
pass(struct thread* thread, struct node* head, int* is_ready)
{
  const uint32_t n_ended = segment_pass(thread, head);
  *is_ready = segment_ready(head);
  struct node* const next = note_neighbours(thread, head, *is_ready);
  if (n_ended) {
    nodes_ended(thread->engine, n_ended);
  }
  return next;
}

// Workers --------------------------------------------------------------------

static int
is_worth_help(struct thread* thread)
{
  struct engine* const engine = thread->engine;
  return deque_is_worth_help(&thread->deque, DEQUE_MIN_COST_NS) ||
         deque_is_worth_help(&engine->injected, DEQUE_MIN_COST_NS);
}

static int
all_awake(const struct engine* engine)
{
  return atomic_load_explicit(&engine->n_started_workers, memory_order_relaxed) -
           atomic_load_explicit(&engine->n_parked_workers, memory_order_relaxed) >=
         atomic_load_explicit(&engine->n_workers, memory_order_relaxed);
}

// Another worker is called when work has waited in this worker's deque for
// longer than a wake-up takes. After a cheap call that is not even looked at.
static void
call_help(struct thread* thread, int64_t last_cost_ns)
{
  if (all_awake(thread->engine) ||
      (last_cost_ns < DEQUE_MIN_COST_NS && ++thread->n_unasked < ASK_EVERY)) {
    return;
  }
  thread->n_unasked = 0;
  if (!is_worth_help(thread)) {
    thread->busy_since_ns = 0;
    return;
  }
  const int64_t now = sys.now_ns();
  if (!thread->busy_since_ns) {
    thread->busy_since_ns = now;
  } else if (now - thread->busy_since_ns > HELP_AFTER_NS) {
    thread->busy_since_ns = 0;
    call_worker(thread->engine);
  }
}

// Whether an editor has got the segment's head.
static int
is_lent(struct thread* thread, struct node* head)
{
  return seam_is_asked(thread->engine) && seam_lend(thread, head);
}

// Work that came from outside must not wait until a stream ends.
static struct node*
take_injected(struct thread* thread, struct node* head)
{
  struct node* const node = deque_steal(&thread->engine->injected, 0);
  if (!node) {
    note_claim(head); // a note that came meanwhile is answered by running on
    return head;
  }
  note_requeue(thread, head);
  note_claim(node);
  return node;
}

// Lets go of a claimed segment or queues it; what to run next, claimed, or null.
static struct node*
leave(struct thread* thread, struct node* head, struct node* next, int is_ready)
{
  if (segment_is_over(head)) {
    return next; // stays claimed for ever
  }
  if (!is_ready && (is_lent(thread, head) || note_let_go(head))) {
    return next;
  }
  if (!next) {
    return take_injected(thread, head);
  }
  note_requeue(thread, head);
  return next;
}

// Others take the inputs behind this one meanwhile, or what was sent, or find
// more inputs, however cheap that is.
static void
offer(struct thread* thread, struct node* head, struct node* next, int is_ready)
{
  if (next) {
    note_requeue(thread, next);
  }
  if (is_ready || !note_let_go(head)) {
    note_requeue(thread, head);
  }
  atomic_store(&thread->is_away, 1);
  if (!deque_is_empty(&thread->deque) && !all_awake(thread->engine) &&
      atomic_load_explicit(&head->cost_ns, memory_order_relaxed) > HELP_AFTER_NS) {
    call_worker(thread->engine);
  }
}

// A turn of a node that is run in lanes.
static struct node*
run_parallel(struct thread* thread, struct node* head)
{
  uint32_t n_ended = 0;
  struct lane* const lane = parallel_turn(thread, head, &n_ended);
  const int is_ready = segment_ready(head);
  struct node* const next = note_neighbours(thread, head, is_ready);
  if (n_ended) {
    nodes_ended(thread->engine, n_ended);
  }
  if (!lane) {
    return leave(thread, head, next, is_ready);
  }
  offer(thread, head, next, is_ready);
  parallel_call(thread, head, lane);
  atomic_store(&thread->is_away, 0);
  if (note_try_claim(head)) {
    return head;
  }
  note_leave(thread, head);
  return NULL;
}

// One pass of a claimed segment, which is then let go or queued; what to run
// next, claimed, or null.
static struct node*
run(struct thread* thread, struct node* head)
{
  if (is_lent(thread, head)) {
    return NULL;
  }
  if (!parallel_is_on(head)) {
    share_out(thread, head);
  }
  if (parallel_is_on(head)) {
    return run_parallel(thread, head);
  }
  int is_ready = segment_ready(head);
  struct node* const next = is_ready ? pass(thread, head, &is_ready) : NULL;
  return leave(thread, head, next, is_ready);
}

// What the calls in a worker's deque must cost to be worth a trip.
static int64_t
least_cost(const struct thread* thread)
{
  return atomic_load(&thread->is_away) ? 0 : DEQUE_MIN_COST_NS;
}

static struct node*
take_elsewhere(struct thread* thread)
{
  struct engine* const engine = thread->engine;
  struct node* node = deque_steal(&engine->injected, 0);
  const uint32_t n =
    atomic_load_explicit(&engine->n_started_workers, memory_order_relaxed);
  for (uint32_t i = 1; !node && i < n; ++i) {
    struct thread* const other = &engine->threads[(thread->index + i) % n];
    node = deque_steal(&other->deque, least_cost(other));
  }
  return node;
}

static int
is_idle(struct thread* thread)
{
  const struct engine* const engine = thread->engine;
  const uint32_t n = atomic_load(&engine->n_started_workers);
  int idle = deque_is_empty(&engine->injected) && deque_is_empty(&thread->deque);
  for (uint32_t i = 0; idle && i < n; ++i) {
    struct thread* const other = &engine->threads[i];
    idle = !deque_is_worth_help(&other->deque, least_cost(other));
  }
  return idle;
}

static struct node*
look_around(struct thread* thread)
{
  const int64_t until = sys.now_ns() + SPIN_NS;
  do {
    for (int i = 0; i < 64; ++i) {
      struct node* const node = take_elsewhere(thread);
      if (node || is_halted(thread->engine)) {
        return node;
      }
      relax();
    }
  } while (sys.now_ns() < until);
  return NULL;
}

// A node from a queue, claimed; null after a sleep.
static struct node*
next_noted(struct thread* thread)
{
  struct node* node = deque_pop(&thread->deque);
  if (!node && !(node = take_elsewhere(thread))) {
    note_flush_deferred(thread);
    thread->busy_since_ns = 0;
    node = look_around(thread);
  }
  if (node) {
    note_claim(node);
  } else {
    park(thread, is_idle, stuck);
  }
  return node;
}

static void
work(struct thread* thread)
{
  struct node* node = NULL;
  while (!is_halted(thread->engine)) {
    if (!node && !(node = next_noted(thread))) {
      continue;
    }
    const int64_t cost =
      atomic_load_explicit(&node->cost_ns, memory_order_relaxed);
    node = run(thread, node);
    call_help(thread, cost);
  }
}

void*
sched_worker(void* arg)
{
  frame_init(&((struct thread*)arg)->frame);
  crash_thread_begin(arg);
  pthread_cleanup_push(crash_thread_lost, arg);
  work(arg);
  pthread_cleanup_pop(0);
  crash_thread_end(arg);
  return NULL;
}

// BLOCKING nodes -------------------------------------------------------------

static int
has_no_note(struct thread* thread)
{
  return atomic_load(&thread->only->state) != NODE_NOTED; // or lent
}

static void
wait_for_note(struct thread* thread)
{
  const int64_t begin = sys.now_ns();
  park(thread, has_no_note, stuck);
  stat_add(&thread->only->stats.wait_ns, (uint64_t)(sys.now_ns() - begin));
}

enum turn { TURN_WAIT, TURN_ENDED };

// Runs the claimed node until it has nothing to do or is lent.
static enum turn
take_turn(struct thread* thread, struct node* node)
{
  int is_ready = segment_ready(node);
  for (;;) {
    if (is_lent(thread, node)) {
      return TURN_WAIT;
    }
    if (is_ready && !is_halted(thread->engine)) {
      pass(thread, node, &is_ready);
    } else if (note_let_go(node)) {
      return TURN_WAIT;
    } else {
      note_claim(node);
      is_ready = segment_ready(node);
    }
    if (node->phase == NODE_FINISHED) {
      return TURN_ENDED;
    }
    if (is_halted(thread->engine)) {
      return TURN_WAIT;
    }
  }
}

static void
serve(struct thread* thread)
{
  struct node* const node = thread->only;
  enum turn turn = TURN_WAIT;
  while (!is_halted(thread->engine) && turn != TURN_ENDED) {
    if (has_no_note(thread)) {
      wait_for_note(thread);
    } else {
      note_claim(node);
      turn = take_turn(thread, node);
    }
  }
  if (turn == TURN_ENDED) {
    park_for_good(thread, stuck);
  }
}

void*
sched_blocking(void* arg)
{
  crash_thread_begin(arg);
  pthread_cleanup_push(crash_thread_lost, arg);
  serve(arg);
  pthread_cleanup_pop(0);
  crash_thread_end(arg);
  return NULL;
}
