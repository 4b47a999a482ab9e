// SPDX-License-Identifier: ISC
// How a ratio is best resampled: pure numbers, before any memory is asked for.
//
// *Blocks*: in each window of n_in input frames the spectrum is cut or
// lengthened to n_out frames and multiplied by the kernel's. Windows overlap,
// because the ends of each are spoilt by as much as the kernel is long, and
// follow each other by whole groups: *in* input frames last as long as *out*.
//
// *Taps*: each output frame is a sum over input frames, weighted by the kernel
// at its place between them.
#ifndef RESAMPLE_PLAN_H
#define RESAMPLE_PLAN_H

#include "kernel.h"

enum plan_way { PLAN_COPY, PLAN_BLOCKS, PLAN_TAPS };

struct plan {
  enum plan_way way;
  uint32_t in; // the ratio in lowest terms
  uint32_t out;
  uint32_t wide; // compute in double
  double half;   // of the kernel, frames of the lower rate
  struct demand demand;

  // blocks
  uint32_t windows; // of each channel in a step: two where channels are odd
  uint32_t n_in;    // of a window
  uint32_t n_out;
  uint32_t hop_in; // from window to window
  uint32_t hop_out;
  uint32_t before; // input frames of the first window before frame 0
  uint32_t first;  // of the n_out frames: the first that is used

  // taps
  uint32_t n_taps; // a multiple of 8
  uint32_t ahead;  // of them, for frames after the place
  uint32_t n_phases; // kernels between two input frames
  uint32_t exact;    // each output frame has a phase of its own
};

void
plan_init(struct plan* plan,
          uint32_t in_rate,
          uint32_t out_rate,
          uint32_t channels,
          enum quality quality,
          uint32_t low_latency);

#endif
