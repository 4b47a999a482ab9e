// SPDX-License-Identifier: ISC
#include "engine/fail.h"

#include "engine/park.h"

#include <stdio.h>

void
engine_fail(struct engine* engine, const struct node* node, enum status status,
            const char* text)
{
  int expected = 0;
  if (atomic_compare_exchange_strong(&engine->failed, &expected, 1)) {
    engine->error.status = status;
    engine->error.node = node ? node->plan->id : "";
    engine->error.block = node ? stat_get(&node->stats.n_calls) : 0;
    snprintf(engine->error.storage, sizeof engine->error.storage, "%s", text);
    engine->error.text = engine->error.storage;
  }
  atomic_store(&engine->halt, 1);
  unpark_all(engine);
}

const struct engine_error*
engine_get_error(const struct engine* engine)
{
  return atomic_load(&engine->failed) ? &engine->error : NULL;
}
