// SPDX-License-Identifier: ISC
// Plans for engine tests, written in one line:
//   "s:count frames=1000; a:add amount=2 < s; h:hash < a"
// Nodes in order, separated by ';': id:type, parameters, '<', the nodes it
// reads in the order of its slots. Types are those of fake_nodes.h.
#ifndef TESTS_ENGINE_KIT_H
#define TESTS_ENGINE_KIT_H

#include "engine/engine.h"
#include "plan/plan.h"

struct kit_options {
  uint32_t block;    // 0: 64
  uint32_t threads;  // 0: 1
  uint32_t capacity; // of links, 0: PLAN_QUEUE
  struct engine_options engine;
};

/// Aborts the test on a text that it cannot read.
struct plan*
kit_plan(const char* text, const struct kit_options* options);

void
kit_plan_free(struct plan* plan);

/// A whole run of *text*: fake_seen tells what came out. *error* and *totals*
/// may be null. Instances and plan are gone afterwards.
enum status
kit_run(const char* text, const struct kit_options* options,
        struct engine_error* error, struct engine_totals* totals);

#endif
