// SPDX-License-Identifier: ISC
#include "engine/replay.h"

#include "engine/node_setup.h"
#include "engine/outputs.h"

int32_t
replay_call(struct node* node)
{
  int32_t rc;
  do {
    if (outputs_bind(node)) {
      outputs_discard(node);
      return RILL_ERR_NO_MEMORY;
    }
    rc = node->process(node->instance, &node->block);
    outputs_discard(node);
    node->block.n_events = 0;
  } while (rc == RILL_MORE);
  return rc;
}

int32_t
replay_tape(const struct tape* tape, uint32_t first, uint32_t end,
            struct node* node)
{
  int32_t rc = RILL_OK;
  for (uint32_t i = first; rc >= 0 && i < end; ++i) {
    tape_present(tape, i, node);
    rc = replay_call(node);
  }
  node_let_inputs_go(node);
  return rc;
}
