// SPDX-License-Identifier: ISC
#include "engine/brief.h"

static int
is_brief(const struct node* node)
{
  const uint64_t n_frames = node->plan->media_frames;
  const int is_source = !node->n_connected;
  return (!node->is_blocking || node->is_prompt) &&
         (!is_source || (n_frames && n_frames <= BRIEF_FRAMES));
}

void
brief_decide(struct engine* engine)
{
  int all = 1;
  for (uint32_t i = 0; i < engine->n_nodes; ++i) {
    all = all && is_brief(&engine->nodes[i]);
  }
  for (uint32_t i = 0; all && i < engine->n_nodes; ++i) {
    engine->nodes[i].is_blocking = 0;
  }
}
