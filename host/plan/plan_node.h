// SPDX-License-Identifier: ISC
// Making and freeing the nodes of a plan.
#ifndef PLAN_PLAN_NODE_H
#define PLAN_PLAN_NODE_H

#include "plan/plan.h"

/// Gives *node*, whose type and numbers of slots are set, its slots, a copy of
/// *id* (null: none yet), its seed, and copies of *params* (null: of all
/// defaults). What it got on failure is freed by plan_node_fini.
enum status
plan_node_init(struct plan_node* node, const char* id,
               const struct rill_value* params);

/// Takes the id and makes the seed from it.
void
plan_node_name(struct plan_node* node, char* id);

/// Sets the parameter *symbol* from a text. STATUS_USAGE: there is none, or it
/// does not take this.
enum status
plan_node_set(struct plan_node* node, const char* symbol, const char* text);

/// FNV-1a, 64 bits, over the bytes of *text*.
uint64_t
plan_hash(const char* text);

void
plan_node_fini(struct plan_node* node);

#endif
