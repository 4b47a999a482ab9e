// SPDX-License-Identifier: ISC
// Where the time of a run went: figures of each node, the chain of nodes that
// took longest, and totals.
#ifndef REPORT_PROFILE_H
#define REPORT_PROFILE_H

#include "engine/engine.h"

#include <stdio.h>

/// One node. Texts belong to the plan.
struct profile_node {
  const char* id;
  const char* type;
  int is_inserted; // a converter that the plan put in
  int is_critical; // on the critical path
  struct engine_stats stats;
  double media_in_s; // -1: no input, or one without time
  double media_out_s;
  double share; // of the busy time of all nodes
  int64_t p50_ns;
  int64_t p99_ns;
  double speed; // media seconds for each busy second, -1: unknown
  struct engine_parts parts; // what the node itself says
};

struct profile {
  const char* name; // of the graph
  uint32_t block;
  uint32_t n_workers;
  struct engine_totals totals;
  struct profile_node* nodes; // in the plan's order
  uint32_t n_nodes;
  double media_s; // the longest source, -1: unknown
  double speed;   // media seconds for each second of the run
  double workers_busy; // share of the workers' time that was spent in nodes
  int64_t critical_ns; // busy time along the critical path
};

/// From figures, one of *stats* for each node of *plan*. The plan must outlive
/// the profile.
enum status
profile_make(const struct plan* plan, const struct engine_stats* stats,
             const struct engine_totals* totals, struct profile* out);

/// The same from an engine that has run.
enum status
profile_collect(const struct plan* plan, const struct engine* engine,
                struct profile* out);

void
profile_fini(struct profile* profile);

/// The time that a share *part* (0 to 1) of calls did not exceed, from a
/// histogram as engine_stats has it, to within a quarter; 0 without calls.
int64_t
profile_percentile(const struct engine_stats* stats, double part);

/// The table for people, with what it means below.
enum status
profile_print(const struct profile* profile, FILE* to);

/// JSON, schema rill.profile/1; times in nanoseconds.
enum status
profile_print_json(const struct profile* profile, FILE* to);

#endif
