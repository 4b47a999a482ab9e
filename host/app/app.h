// SPDX-License-Identifier: ISC
// The story of a graph: from a file to a plan with instances, and its run.
#ifndef APP_APP_H
#define APP_APP_H

#include "app/session.h"

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
