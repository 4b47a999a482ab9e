// SPDX-License-Identifier: ISC
#include "taps.h"

#include "clones.h"
#include "kernel.h"

#include <stdlib.h>

enum { ALIGNMENT = 64 };

static void
fill_row(const struct taps* t,
         const struct kernel* kernel,
         double phase,
         float* row)
{
  const struct plan* const p = &t->plan;
  const double squeeze = p->in > p->out ? (double)p->out / p->in : 1.0;
  const double first = 1.0 + p->ahead - (double)p->n_taps - phase;
  kernel_row(kernel, first * squeeze, squeeze, p->n_taps, squeeze, row);
}

int
taps_init(struct taps* t, const struct plan* plan)
{
  const size_t n_rows = plan->exact ? plan->n_phases : plan->n_phases + 3;
  const size_t n_bytes = (n_rows + 1) * plan->n_taps * sizeof(float);
  struct kernel kernel;

  *t = (struct taps){ .plan = *plan, .dot = dot_pick() };
  t->weights = (float*)aligned_alloc(ALIGNMENT, (n_bytes + 63) / 64 * 64);
  if (!t->weights) {
    return 0;
  }
  t->blend = t->weights + n_rows * plan->n_taps;
  kernel_init(&kernel, &plan->demand, plan->half);
  for (size_t i = 0; i < n_rows; ++i) {
    const double at = plan->exact ? (double)i : (double)i - 1.0;
    fill_row(t, &kernel, at / plan->n_phases, t->weights + i * plan->n_taps);
  }
  return 1;
}

void
taps_fini(struct taps* t)
{
  free(t->weights);
  t->weights = NULL;
}

// The cubic through four rows.
RESAMPLE_CLONES static void
blend_rows(const float* rows, size_t n, double at, float* out)
{
  const float w0 = (float)(-at * (at - 1.0) * (at - 2.0) / 6.0);
  const float w1 = (float)((at + 1.0) * (at - 1.0) * (at - 2.0) / 2.0);
  const float w2 = (float)(-(at + 1.0) * at * (at - 2.0) / 2.0);
  const float w3 = (float)((at + 1.0) * at * (at - 1.0) / 6.0);
  const float* restrict r0 = rows;
  const float* restrict r1 = rows + n;
  const float* restrict r2 = rows + 2 * n;
  const float* restrict r3 = rows + 3 * n;
  float* restrict o = out;
  for (size_t i = 0; i < n; ++i) {
    o[i] = (r0[i] * w0 + r3[i] * w3) + (r1[i] * w1 + r2[i] * w2);
  }
}

const float*
taps_row(const struct taps* t, uint32_t fraction)
{
  const struct plan* const p = &t->plan;
  if (p->exact) {
    return t->weights + (size_t)fraction * p->n_taps;
  }
  const uint64_t place = (uint64_t)fraction * p->n_phases;
  const size_t row = (size_t)(place / p->out);
  blend_rows(t->weights + row * p->n_taps, p->n_taps,
             (double)(place % p->out) / p->out, t->blend);
  return t->blend;
}
