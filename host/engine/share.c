// SPDX-License-Identifier: ISC
#include "engine/share.h"

#include "engine/deque.h"
#include "engine/note.h"
#include "engine/parallel.h"
#include "engine/segment.h"

// Parts for each worker: with one each, the slowest would hold up all others.
enum { PARTS_PER_WORKER = 4, LOOK_EVERY = 32 };

// A call that is shorter is not worth a lane of its own.
enum { PARALLEL_MIN_COST_NS = 20000 };

static int64_t
cost_of(const struct node* head)
{
  return atomic_load_explicit(&head->cost_ns, memory_order_relaxed);
}

static uint32_t
n_workers(const struct engine* engine)
{
  return atomic_load_explicit(&engine->n_workers, memory_order_relaxed);
}

// What a part should cost at least.
static int64_t
part_cost(const struct engine* engine, int64_t total_ns)
{
  const int64_t part_ns = total_ns / (n_workers(engine) * PARTS_PER_WORKER);
  return part_ns > DEQUE_MIN_COST_NS ? part_ns : DEQUE_MIN_COST_NS;
}

static void
cut_off(struct thread* thread, struct node* node, int64_t cost_ns)
{
  segment_cut(node);
  atomic_store_explicit(&node->cost_ns, cost_ns, memory_order_relaxed);
  if (!segment_is_over(node)) {
    note_requeue(thread, node);
  }
}

// A dear PARALLEL node becomes a segment by itself, and is then run in lanes.
static int
set_apart(struct thread* thread, struct node* head)
{
  struct step* step = head->step;
  while (step && !(step->cost_ns >= PARALLEL_MIN_COST_NS &&
                   parallel_is_possible(step->node))) {
    step = step->next;
  }
  if (!step) {
    return 0;
  }
  if (step->next) {
    cut_off(thread, step->next->node, cost_of(head));
  }
  if (step->node != head) {
    segment_cut(step->node);
  }
  parallel_start(step->node);
  atomic_store_explicit(&step->node->cost_ns, step->cost_ns, memory_order_relaxed);
  if (step->node != head) {
    note_requeue(thread, step->node);
  }
  return 1;
}

// From the end on, so that whoever finds a part in the queue finds it whole.
static void
cut_up(struct thread* thread, struct node* head, int64_t part_ns)
{
  int64_t left_ns = cost_of(head);
  int64_t cost_ns = 0;
  for (struct node* node = head->segment.last; node != head;) {
    struct node* const from = node->in[0].link->from;
    cost_ns += node->step->cost_ns;
    if (cost_ns >= part_ns && left_ns - cost_ns >= part_ns) {
      cut_off(thread, node, cost_ns);
      left_ns -= cost_ns;
      cost_ns = 0;
    }
    node = from;
  }
  atomic_store_explicit(&head->cost_ns, left_ns, memory_order_relaxed);
}

// Who alone reads what the segment gives, and could be a part of it. Its slots
// are looked at only once it is claimed: an editor might have it.
static struct node*
claim_follower(const struct node* head)
{
  const struct node* const last = head->segment.last;
  struct node* const rear =
    last->n_out == 1 && last->out[0].n_links == 1 ? last->out[0].links[0]->to : NULL;
  return rear && !rear->is_blocking && note_try_claim(rear) ? rear : NULL;
}

static int
may_be_one(const struct node* head, const struct node* rear)
{
  const int64_t sum_ns = cost_of(head) + cost_of(rear);
  return n_workers(head->engine) == 1 ||
         (cost_of(rear) && sum_ns < DEQUE_MIN_COST_NS);
}

static void
lengthen(struct thread* thread, struct node* head)
{
  struct node* const rear = claim_follower(head);
  if (!rear) {
    return;
  }
  const int64_t sum_ns = cost_of(head) + cost_of(rear);
  if (!parallel_is_on(rear) && may_be_one(head, rear) && segment_join(rear)) {
    atomic_store_explicit(&head->cost_ns, sum_ns, memory_order_relaxed);
  } else {
    note_requeue(thread, rear);
  }
}

void
share_out(struct thread* thread, struct node* head)
{
  const uint64_t n = head->segment.n_passes;
  if (n < SEGMENT_LEARNS_FIRST || n % LOOK_EVERY != SEGMENT_LEARNS_FIRST ||
      set_apart(thread, head)) {
    return;
  }
  const int64_t total_ns = cost_of(head);
  const int64_t part_ns = part_cost(head->engine, total_ns);
  if (n_workers(head->engine) > 1 && head->step->next && total_ns >= 2 * part_ns) {
    cut_up(thread, head, part_ns);
  } else {
    lengthen(thread, head);
  }
}
