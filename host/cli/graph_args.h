// SPDX-License-Identifier: ISC
// What verbs that take a graph have in common.
#ifndef CLI_GRAPH_ARGS_H
#define CLI_GRAPH_ARGS_H

#include "app/app.h"
#include "cli/args.h"

/// Options of one graph from the command line and the environment. USAGE when
/// a variable of the environment makes no sense (that has been said).
enum status
graph_args(const struct args* args, const char* graph, struct app_options* out);

#endif
