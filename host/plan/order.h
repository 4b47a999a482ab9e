// SPDX-License-Identifier: ISC
// The order in which nodes are visited: producers before their consumers, and
// otherwise as the file has them.
#ifndef PLAN_ORDER_H
#define PLAN_ORDER_H

#include "base/status.h"

#include <stdint.h>

/// Data flows from node *from* to node *to*.
struct order_link {
  uint32_t from;
  uint32_t to;
};

/// Fills *order* (room for *n_nodes*). With a cycle gives STATUS_BAD_GRAPH and
/// *n_cycle* > 0: then the first *n_cycle* of *order* are the nodes of one
/// cycle in the direction of flow, from its lowest node on.
enum status
order_sort(uint32_t n_nodes, const struct order_link* links, uint32_t n_links,
           uint32_t* order, uint32_t* n_cycle);

#endif
