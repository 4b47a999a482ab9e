// SPDX-License-Identifier: ISC
// How large the buffers of a plan are.
#ifndef PLAN_FRAMES_H
#define PLAN_FRAMES_H

#include "plan/plan.h"

/// Fills max_frames of all slots: sources make a block, others what their
/// rates make of it.
void
plan_size(struct plan* plan);

#endif
