// SPDX-License-Identifier: ISC
#include "engine/stuck.h"

#include "engine/deque.h"
#include "engine/fail.h"
#include "engine/note.h"
#include "engine/park.h"
#include "engine/segment.h"

// Notes every segment that could run although nobody said so: queues are noted
// lazily. How many there are. Nobody is woken before all have been looked at,
// for who is awake changes what is looked at.
static int
note_ready_segments(struct engine* engine)
{
  int n = 0;
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    struct node* const node = &engine->nodes[i];
    if (segment_head(node) != node || !segment_ready(node) || !note_is_ours(node)) {
      continue;
    }
    if (node->is_blocking) {
      atomic_store(&node->deferred, 1);
    } else {
      deque_push(&engine->injected, node);
    }
    ++n;
  }
  return n;
}

static int
revive(struct engine* engine)
{
  if (!note_ready_segments(engine)) {
    return 0;
  }
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    struct node* const node = &engine->nodes[i];
    if (node->is_blocking && atomic_exchange(&node->deferred, 0)) {
      unpark_locked(node->thread);
    }
  }
  unpark_locked(&engine->threads[0]);
  return 1;
}

enum { MAX_CAPACITY = 1 << 16 };

// All wait for each other although no cycle is there: a queue is too short for
// the way its consumer reads. The result does not depend on the lengths (Kahn
// 1974), so the shortest full one is doubled (Parks 1995).
static struct link*
shortest_full_link(struct engine* engine)
{
  struct link* shortest = NULL;
  for (uint32_t i = 0; i < engine->n_links; ++i) {
    struct link* const link = &engine->links[i];
    if (link_count(link) >= link->capacity && !link_is_closed(link) &&
        (!shortest || link->capacity < shortest->capacity)) {
      shortest = link;
    }
  }
  return shortest;
}

void
stuck(struct engine* engine)
{
  ++engine->totals.rests;
  while (!atomic_load(&engine->halt) && !revive(engine)) {
    struct link* const link = shortest_full_link(engine);
    if (!link) {
      engine_fail(engine, NULL, STATUS_INTERNAL, "all nodes wait for each other");
    } else if (link->capacity >= MAX_CAPACITY) {
      engine_fail(engine, link->to, STATUS_LIMIT,
                  "one input runs so far ahead of another that 65536 buffers "
                  "wait; feed both from streams of equal length");
    } else if (link_grow(link)) {
      engine_fail(engine, link->to, STATUS_NO_MEMORY, "out of memory for a queue");
    } else {
      ++engine->totals.queue_growths;
    }
  }
}
