// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "report/profile.h"

enum status
profile_collect(const struct plan* plan, const struct engine* engine,
                struct profile* out)
{
  struct engine_totals totals;
  struct engine_stats* const stats =
    mem_new_array(struct engine_stats, plan->n_nodes);
  if (!stats) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    engine_get_stats(engine, i, &stats[i]);
  }
  engine_get_totals(engine, &totals);
  const enum status st = profile_make(plan, stats, &totals, out);
  for (uint32_t i = 0; !st && i < plan->n_nodes; ++i) {
    engine_get_parts(engine, i, &out->nodes[i].parts);
  }
  mem_free(stats);
  return st;
}
