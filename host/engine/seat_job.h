// SPDX-License-Identifier: ISC
// Making an instance under a time limit: on a thread of its own, which is left
// behind when the plugin does not come back.
#ifndef ENGINE_SEAT_JOB_H
#define ENGINE_SEAT_JOB_H

#include "engine/seat.h"

/// As seat_new. STATUS_LIMIT: not within *limit_ns*; then the thread, the plan
/// and the generation are lost for good. [control]
enum status
seat_new_within(int64_t limit_ns, struct node* node, struct plan_node* plan,
                struct generation* generation, struct node** out, char* error,
                size_t error_bytes);

#endif
