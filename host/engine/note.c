// SPDX-License-Identifier: ISC
#include "engine/note.h"

#include "engine/deque.h"
#include "engine/park.h"
#include "engine/segment.h"

int
note_is_ours(struct node* head)
{
  return !atomic_fetch_or(&head->state, NODE_NOTED);
}

int
note_try_claim(struct node* node)
{
  unsigned expected = 0;
  return atomic_compare_exchange_strong(&node->state, &expected, NODE_CLAIMED);
}

void
note_claim(struct node* node)
{
  atomic_exchange(&node->state, NODE_CLAIMED);
}

// Whether the node was let go; if not, something has changed meanwhile.
int
note_let_go(struct node* node)
{
  unsigned expected = NODE_CLAIMED;
  return atomic_compare_exchange_strong(&node->state, &expected, 0);
}

void
note_wake_blocking(struct node* node)
{
  if (atomic_exchange(&node->deferred, 0)) {
    unpark(node->thread);
  }
}

// A BLOCKING consumer is woken when its queue is half full, or when this
// worker has nothing else to do: one wake-up for several buffers.
static void
dispatch_blocking(struct thread* thread, struct node* node)
{
  atomic_store(&node->deferred, 1);
  if (thread && !thread->only && thread->n_deferred < thread->engine->plan->n_nodes) {
    thread->deferred[thread->n_deferred++] = node;
  } else {
    note_wake_blocking(node);
  }
}

void
note_flush_deferred(struct thread* thread)
{
  while (thread->n_deferred) {
    note_wake_blocking(thread->deferred[--thread->n_deferred]);
  }
}

// Queues a node whose note is ours, or has its thread woken.
static void
dispatch(struct thread* thread, struct node* node)
{
  if (node->is_blocking) {
    dispatch_blocking(thread, node);
  } else if (thread && !thread->only) {
    deque_push(&thread->deque, node);
  } else {
    struct engine* const engine = node->engine;
    deque_push(&engine->injected, node);
    const uint32_t n_parked = atomic_load(&engine->n_parked_workers);
    const int64_t cost = atomic_load_explicit(&node->cost_ns, memory_order_relaxed);
    if (n_parked == atomic_load(&engine->n_started_workers) ||
        (n_parked && cost >= DEQUE_MIN_COST_NS)) {
      call_worker(engine);
    }
  }
}

void
note_leave(struct thread* thread, struct node* node)
{
  struct node* head;
  do { // a segment that is being cut has two heads; the right one is noted
    head = segment_head(node);
    if (note_is_ours(head)) {
      dispatch(thread, head);
    }
  } while (head != segment_head(node));
}

void
note_requeue(struct thread* thread, struct node* head)
{
  atomic_exchange(&head->state, NODE_NOTED);
  dispatch(thread, head);
}

// The first consumer that is ours to run is run next, without a queue.
static struct node*
note_consumer(struct thread* thread, struct link* link, struct node* next)
{
  struct node* const to = link->to;
  if (!next && !to->is_blocking && !thread->only && note_try_claim(to)) {
    return to;
  }
  note_leave(thread, to);
  if (to->is_blocking && link_count(link) * 2 >= link->capacity) {
    note_wake_blocking(to);
  }
  return next;
}

static struct node*
note_consumers(struct thread* thread, struct node* last)
{
  struct node* next = NULL;
  for (uint32_t i = 0; last->noted_out && i < last->n_out; ++i) {
    for (uint32_t k = 0; k < last->out[i].n_links; ++k) {
      next = note_consumer(thread, last->out[i].links[k], next);
    }
  }
  return next;
}

// Not put off as consumers are: without its input this worker soon runs dry.
static void
note_producer(struct thread* thread, struct node* from)
{
  if (!from->is_blocking) {
    note_leave(thread, from);
  } else if (note_is_ours(from)) {
    unpark(from->thread);
  }
}

// A producer that waits for room is noted when half of the queue is free, so
// that one wake-up is good for several buffers; or when the consumer has to
// wait for something else, and would not come to half.
static void
note_producers(struct thread* thread, struct node* head, int is_ready)
{
  for (uint32_t i = 0; i < head->n_in; ++i) {
    struct link* const link = head->in[i].link;
    if (link && atomic_load(&link->want_room) && link_has_room(link) &&
        (!is_ready || link_count(link) * 2 <= link->capacity) &&
        atomic_exchange(&link->want_room, 0)) {
      note_producer(thread, link->from);
    }
  }
}

struct node*
note_neighbours(struct thread* thread, struct node* head, int is_ready)
{
  struct node* const next = note_consumers(thread, head->segment.last);
  note_producers(thread, head, is_ready);
  return next;
}
