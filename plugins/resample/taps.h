// SPDX-License-Identifier: ISC
// Resampling as a sum for each output frame: little delay, any ratio.
//
// Output frame i lies i * in / out input frames after the start: some whole
// ones and a fraction, which picks the weights. A ratio of few phases has the
// kernel's values for each; the others find theirs between the phases that are
// there, by cubic interpolation.
#ifndef RESAMPLE_TAPS_H
#define RESAMPLE_TAPS_H

#include "dot.h"
#include "plan.h"

struct taps {
  struct plan plan;
  float* weights; // a row of n_taps for each phase
  const struct dot_ops* dot;
};

/// 0 when memory is exhausted. For a plan of PLAN_TAPS.
int
taps_init(struct taps* t, const struct plan* plan);

/// Takes a zeroed one.
void
taps_fini(struct taps* t);

/// The output frame *fraction* / out behind a frame; *in* are the n_taps frames
/// around it.
float
taps_run(const struct taps* t, const float* in, uint32_t fraction);

#endif
