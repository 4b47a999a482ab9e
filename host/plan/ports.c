// SPDX-License-Identifier: ISC
#include "plan/ports.h"

#include <string.h>

uint32_t
port_count(const struct rill_node_desc* desc, uint32_t direction)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    n += desc->ports[i]->direction == direction;
  }
  return n;
}

uint32_t
port_find(const struct rill_node_desc* desc, uint32_t direction,
          const char* symbol)
{
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    const struct rill_port_desc* const port = desc->ports[i];
    if (port->direction == direction &&
        (!symbol[0] || !strcmp(port->symbol, symbol))) {
      return i;
    }
  }
  return desc->n_ports;
}

uint32_t
param_find(const struct rill_node_desc* desc, const char* symbol)
{
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    if (!strcmp(desc->params[i]->symbol, symbol)) {
      return i;
    }
  }
  return desc->n_params;
}
