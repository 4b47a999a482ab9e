// SPDX-License-Identifier: ISC
// What was asked for, and what belongs to one graph.
#ifndef APP_SESSION_H
#define APP_SESSION_H

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
  unsigned allows; // bits of enum spec_allow
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

#endif
