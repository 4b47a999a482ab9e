// SPDX-License-Identifier: ISC
// The story of a graph: from a file to a plan with instances, and its run.
#ifndef APP_APP_H
#define APP_APP_H

#include "base/status.h"
#include "engine/engine.h"
#include "load/registry.h"
#include "plan/graph.h"
#include "plan/plan.h"
#include "report/progress.h"
#include "spec/diag.h"
#include "spec/spec.h"

#include <stdint.h>

enum app_profile { APP_PROFILE_NONE, APP_PROFILE_TABLE, APP_PROFILE_JSON };

/// What the user asked for. Zero and null: nothing said.
struct app_options {
  const char* graph; // a file, "-", or a name on RILL_GRAPH_PATH
  const struct spec_setting* settings;
  uint32_t n_settings;
  uint32_t threads;
  uint32_t block;
  int strict;
  // Of a run:
  int dry_run;
  enum app_profile profile;
  const char* trace; // a file to write
  enum progress_mode progress;
  double timeout_s;
};

/// What belongs to one graph, in the order in which it is made. A step that
/// failed left its member null, and those after it.
struct app {
  char* path; // of the graph
  struct diags* diags;
  struct spec* spec;
  struct graph* graph;
  struct plan* plan;
  struct engine* engine;
};

/// Reads, binds and plans the graph and makes an instance of each node: all
/// that can be done without running it. What is wrong with the graph is in
/// app->diags, not yet printed; what else failed has been logged. The registry
/// must outlive *app*; app_close frees it in any case. [control]
enum status
app_open(const struct app_options* options, struct registry* registry,
         struct app* app);

void
app_close(struct app* app);

/// Puts the diagnostics on stderr.
void
app_print_diags(const struct app* app);

/// Puts the plan on stdout, for people.
enum status
app_print_plan(const struct app* app);

/// The whole of `rill run`: opens, runs until the end, a signal or the time
/// limit, reports, closes. All has been said. [control]
enum status
app_run(const struct app_options* options);

#endif
