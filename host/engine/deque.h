// SPDX-License-Identifier: ISC
// Nodes that wait to be run. Newest first for the owner, so that a consumer
// finds its input in the cache; oldest first for who comes to help.
#ifndef ENGINE_DEQUE_H
#define ENGINE_DEQUE_H

#include "base/status.h"
#include "engine/state.h"

/// Cheaper calls are not worth a trip to another core: the data would have to
/// follow, and a wake-up costs several times as much.
enum { DEQUE_MIN_COST_NS = 3000 };

/// Room for *n_nodes* nodes: each is in at most one deque, once.
enum status
deque_init(struct deque* deque, uint32_t n_nodes);

void
deque_fini(struct deque* deque);

void
deque_push(struct deque* deque, struct node* node);

/// The newest, or null.
struct node*
deque_pop(struct deque* deque);

/// The oldest whose call is worth a trip to another core, or null. A node that
/// was never timed is left to its owner. *min_cost_ns* 0 takes any.
struct node*
deque_steal(struct deque* deque, int64_t min_cost_ns);

/// Whether deque_steal would find something.
int
deque_is_worth_help(struct deque* deque, int64_t min_cost_ns);

static inline int
deque_is_empty(const struct deque* deque)
{
  return !atomic_load(&deque->n);
}

#endif
