// SPDX-License-Identifier: ISC
// The low-pass filter that every way of resampling applies: a sinc under a
// Kaiser window, linear in phase. Times count frames of the lower rate, so one
// kernel serves both directions.
#ifndef RESAMPLE_KERNEL_H
#define RESAMPLE_KERNEL_H

#include <stdint.h>

enum quality {
  QUALITY_LOW,
  QUALITY_MEDIUM,
  QUALITY_HIGH,
  QUALITY_VERY_HIGH,
  N_QUALITIES
};

/// What a quality asks for.
struct demand {
  double rejection_db; // from half the lower rate on
  double pass;         // flat up to this part of half the lower rate
};

enum { KERNEL_TERMS = 48 };

struct kernel {
  double half; // 0 from this time on, both ways
  double twice_cutoff; // of the sinc: cycles in two frames
  uint32_t n_terms;
  uint32_t reserved0;
  double terms[KERNEL_TERMS]; // the window by powers of 1 - (t / half)^2
};

/// *low_latency*: shorter filters, which have a wider transition.
struct demand
kernel_demand(enum quality quality, uint32_t low_latency);

/// Frames on each side that the demand needs, at least.
double
kernel_half(const struct demand* demand);

/// With *half* frames on each side: a longer kernel has a narrower transition,
/// which always ends at half the lower rate.
void
kernel_init(struct kernel* k, const struct demand* demand, double half);

/// At *t* frames from the middle. The sum over whole frames is 1.
double
kernel_at(const struct kernel* k, double t);

/// At from, from + step, ..., times *gain*: the same to 1e-11 of the middle.
void
kernel_row(const struct kernel* k,
           double from,
           double step,
           uint32_t n,
           double gain,
           float* out);

#endif
