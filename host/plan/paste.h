// SPDX-License-Identifier: ISC
// Converters as the lines of a graph file that would make them.
#ifndef PLAN_PASTE_H
#define PLAN_PASTE_H

#include "base/text.h"
#include "plan/chain.h"
#include "plan/plan.h"

/// A line for each converter, as it stands under `nodes:`, and what to do with
/// the last: "conv1: {type: resample, in: src, with: {rate: 16kHz}}" and "let
/// 'fft' read conv1". *plan* has no converters in it.
void
paste_chain(const struct plan* plan, const struct plan_link* link,
            const struct chain* chain, struct text* out);

#endif
