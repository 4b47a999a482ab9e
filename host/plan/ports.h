// SPDX-License-Identifier: ISC
// Looking at the ports of a node type.
#ifndef PLAN_PORTS_H
#define PLAN_PORTS_H

#include <rill/node.h>

/// How many ports of *direction* (enum rill_direction) there are.
uint32_t
port_count(const struct rill_node_desc* desc, uint32_t direction);

/// The index of the port *symbol*, or of the first one of *direction* when
/// *symbol* is empty. n_ports: there is none.
uint32_t
port_find(const struct rill_node_desc* desc, uint32_t direction,
          const char* symbol);

/// The parameter *symbol* as an index, n_params: there is none.
uint32_t
param_find(const struct rill_node_desc* desc, const char* symbol);

#endif
