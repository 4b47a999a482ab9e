// SPDX-License-Identifier: ISC
#include "engine/deque.h"

static void
lock(struct deque* deque)
{
  while (atomic_flag_test_and_set_explicit(&deque->lock, memory_order_acquire)) {
  }
}

static void
unlock(struct deque* deque)
{
  atomic_flag_clear_explicit(&deque->lock, memory_order_release);
}

void
deque_push(struct deque* deque, struct node* node)
{
  lock(deque);
  const uint32_t n = atomic_load_explicit(&deque->n, memory_order_relaxed);
  deque->items[(deque->first + n) & deque->mask] = node;
  atomic_store(&deque->n, n + 1);
  unlock(deque);
}

struct node*
deque_pop(struct deque* deque)
{
  struct node* node = NULL;
  if (deque_is_empty(deque)) {
    return NULL;
  }
  lock(deque);
  const uint32_t n = atomic_load_explicit(&deque->n, memory_order_relaxed);
  if (n) {
    node = deque->items[(deque->first + n - 1) & deque->mask];
    atomic_store(&deque->n, n - 1);
  }
  unlock(deque);
  return node;
}

// The oldest, if it is worth the trip. [locked]
static struct node*
worthwhile(const struct deque* deque, int64_t min_cost_ns)
{
  struct node* const oldest = atomic_load_explicit(&deque->n, memory_order_relaxed)
                                ? deque->items[deque->first & deque->mask]
                                : NULL;
  return oldest && atomic_load_explicit(&oldest->cost_ns,
                                        memory_order_relaxed) >= min_cost_ns
           ? oldest
           : NULL;
}

int
deque_is_worth_help(struct deque* deque, int64_t min_cost_ns)
{
  if (deque_is_empty(deque)) {
    return 0;
  }
  lock(deque);
  const int is = worthwhile(deque, min_cost_ns) != NULL;
  unlock(deque);
  return is;
}

struct node*
deque_steal(struct deque* deque, int64_t min_cost_ns)
{
  if (deque_is_empty(deque)) {
    return NULL;
  }
  lock(deque);
  struct node* const node = worthwhile(deque, min_cost_ns);
  if (node) {
    deque->first = (deque->first + 1) & deque->mask;
    atomic_store(&deque->n,
                 atomic_load_explicit(&deque->n, memory_order_relaxed) - 1);
  }
  unlock(deque);
  return node;
}
