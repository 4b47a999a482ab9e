// SPDX-License-Identifier: ISC
// Apart from deque.c, which runs while audio flows and must not allocate.
#include "engine/deque.h"

#include "base/mem.h"

enum status
deque_init(struct deque* deque, uint32_t n_nodes)
{
  uint32_t n = 1;
  while (n < n_nodes) {
    n *= 2;
  }
  atomic_flag_clear(&deque->lock);
  deque->mask = n - 1;
  deque->items = mem_new_array(struct node*, n);
  return deque->items ? STATUS_OK : STATUS_NO_MEMORY;
}

void
deque_fini(struct deque* deque)
{
  mem_free(deque->items);
  deque->items = NULL;
}
