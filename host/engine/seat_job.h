// SPDX-License-Identifier: ISC
// Starting an instance under a time limit: on a thread of its own, which is
// left behind when the plugin does not come back.
#ifndef ENGINE_SEAT_JOB_H
#define ENGINE_SEAT_JOB_H

#include "base/status.h"
#include "engine/node.h"

struct seat_job;

/// instance_start of *spare*. STATUS_LIMIT: not within *limit_ns*; then *hung*
/// has it, and nobody else touches it any more. [control]
enum status
seat_start_within(int64_t limit_ns, struct node* spare, struct seat_job** hung);

/// Those that come back within *limit_ns* are freed; the others stay for good,
/// with their threads. [control]
void
seat_wait_hung(struct seat_job** hung, int64_t limit_ns);

#endif
