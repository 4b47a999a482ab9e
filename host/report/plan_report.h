// SPDX-License-Identifier: ISC
// A plan for programs, and as a graph file again. For people: plan_print.
#ifndef REPORT_PLAN_REPORT_H
#define REPORT_PLAN_REPORT_H

#include "plan/plan.h"

#include <stdio.h>

/// JSON, schema rill.plan/1: all that decides what runs.
enum status
plan_print_json(const struct plan* plan, FILE* to);

/// A graph file that runs to the same bytes: converters are nodes, parameters
/// are complete, nothing is left to be chosen.
enum status
plan_print_yaml(const struct plan* plan, FILE* to);

/// The latency of the whole graph in seconds: of the node that is farthest
/// behind.
double
plan_latency_s(const struct plan* plan);

/// The symbol of the port that a slot of *node* belongs to.
const char*
plan_slot_symbol(const struct plan_node* node, const struct plan_slot* slot);

#endif
