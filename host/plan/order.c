// SPDX-License-Identifier: ISC
#include "plan/order.h"

#include "base/mem.h"

#include <string.h>

static const uint32_t nobody = UINT32_MAX;

// The links by producer: those of node k are to[first[k]] and on, up to
// to[first[k + 1]], which is the next node's.
struct fans {
  uint32_t* first;
  uint32_t* to;
};

struct sorter {
  uint32_t n_nodes;
  struct fans fans;
  uint32_t* n_waits; // producers that have not been visited
  unsigned char* ready;
};

static void
sorter_fini(struct sorter* s)
{
  mem_free(s->fans.first);
  mem_free(s->fans.to);
  mem_free(s->n_waits);
  mem_free(s->ready);
}

static void
fill_fans(struct fans* fans, uint32_t n_nodes, const struct order_link* links,
          uint32_t n_links)
{
  for (uint32_t i = 0; i < n_links; ++i) {
    ++fans->first[links[i].from + 1];
  }
  for (uint32_t i = 0; i < n_nodes; ++i) {
    fans->first[i + 1] += fans->first[i];
  }
  // Filled from the end, each first[k + 1] moves down to where k's begin.
  for (uint32_t i = n_links; i-- > 0;) {
    fans->to[--fans->first[links[i].from + 1]] = links[i].to;
  }
  memmove(fans->first, fans->first + 1, n_nodes * sizeof *fans->first);
  fans->first[n_nodes] = n_links;
}

static enum status
sorter_init(struct sorter* s, const struct order_link* links, uint32_t n_links)
{
  const size_t n = s->n_nodes;
  s->fans.first = mem_new_array(uint32_t, n + 1);
  s->fans.to = mem_new_array(uint32_t, n_links);
  s->n_waits = mem_new_array(uint32_t, n);
  s->ready = mem_new_array(unsigned char, n);
  if (!s->fans.first || !s->fans.to || !s->n_waits || !s->ready) {
    return STATUS_NO_MEMORY;
  }
  fill_fans(&s->fans, s->n_nodes, links, n_links);
  for (uint32_t i = 0; i < n_links; ++i) {
    ++s->n_waits[links[i].to];
  }
  for (uint32_t i = 0; i < n; ++i) {
    s->ready[i] = s->n_waits[i] == 0;
  }
  return STATUS_OK;
}

// Kahn's way, always taking the lowest node that waits for nobody. Gives how
// many could be taken.
static uint32_t
visit(struct sorter* s, uint32_t* order)
{
  uint32_t n = 0;
  uint32_t low = 0; // nothing is ready below
  unsigned char* at = NULL;

  while ((at = memchr(s->ready + low, 1, s->n_nodes - low))) {
    const uint32_t node = (uint32_t)(at - s->ready);
    order[n++] = node;
    *at = 0;
    low = node;
    for (uint32_t i = s->fans.first[node]; i < s->fans.first[node + 1]; ++i) {
      const uint32_t to = s->fans.to[i];
      if (--s->n_waits[to] == 0) {
        s->ready[to] = 1;
        low = to < low ? to : low;
      }
    }
  }
  return n;
}

// Each node that still waits does so for another that waits: of each the first
// such producer.
static void
find_blockers(const struct sorter* s, const struct order_link* links,
              uint32_t n_links, uint32_t* blockers)
{
  for (uint32_t i = 0; i < s->n_nodes; ++i) {
    blockers[i] = nobody;
  }
  for (uint32_t i = 0; i < n_links; ++i) {
    const struct order_link l = links[i];
    if (s->n_waits[l.from] && s->n_waits[l.to] && blockers[l.to] == nobody) {
      blockers[l.to] = l.from;
    }
  }
}

// Going from blocker to blocker must come back to a node seen before.
static uint32_t
find_member(const struct sorter* s, const uint32_t* blockers)
{
  uint32_t node = 0;
  while (!s->n_waits[node]) {
    ++node;
  }
  for (uint32_t steps = 0; steps < s->n_nodes; ++steps) {
    node = blockers[node];
  }
  return node;
}

// Writes the cycle through *member* against the flow, then turns it round.
static uint32_t
write_cycle(const uint32_t* blockers, uint32_t member, uint32_t* cycle)
{
  uint32_t n = 0;
  uint32_t lowest = member;
  for (uint32_t k = blockers[member]; k != member; k = blockers[k]) {
    lowest = k < lowest ? k : lowest;
  }
  cycle[n++] = lowest;
  for (uint32_t k = blockers[lowest]; k != lowest; k = blockers[k]) {
    cycle[n++] = k;
  }
  for (uint32_t i = 1, j = n - 1; i < j; ++i, --j) {
    const uint32_t swapped = cycle[i];
    cycle[i] = cycle[j];
    cycle[j] = swapped;
  }
  return n;
}

static enum status
explain(const struct sorter* s, const struct order_link* links,
        uint32_t n_links, uint32_t* cycle, uint32_t* n_cycle)
{
  uint32_t* const blockers = mem_new_array(uint32_t, s->n_nodes);
  if (!blockers) {
    return STATUS_NO_MEMORY;
  }
  find_blockers(s, links, n_links, blockers);
  *n_cycle = write_cycle(blockers, find_member(s, blockers), cycle);
  mem_free(blockers);
  return STATUS_BAD_GRAPH;
}

enum status
order_sort(uint32_t n_nodes, const struct order_link* links, uint32_t n_links,
           uint32_t* order, uint32_t* n_cycle)
{
  struct sorter s = { .n_nodes = n_nodes };
  enum status st = sorter_init(&s, links, n_links);

  *n_cycle = 0;
  if (!st && visit(&s, order) < n_nodes) {
    st = explain(&s, links, n_links, order, n_cycle);
  }
  sorter_fini(&s);
  return st;
}
