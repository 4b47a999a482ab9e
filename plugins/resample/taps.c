// SPDX-License-Identifier: ISC
#include "taps.h"

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
  const size_t n_bytes = n_rows * plan->n_taps * sizeof(float);
  struct kernel kernel;

  *t = (struct taps){ .plan = *plan, .dot = dot_pick(plan->wide) };
  t->weights = (float*)aligned_alloc(ALIGNMENT, (n_bytes + 63) / 64 * 64);
  if (!t->weights) {
    return 0;
  }
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

// How much four rows in a line count for a point after the second of them: the
// cubic through all four.
static void
weigh_rows(double at, double by[4])
{
  by[0] = -at * (at - 1.0) * (at - 2.0) / 6.0;
  by[1] = (at + 1.0) * (at - 1.0) * (at - 2.0) / 2.0;
  by[2] = -(at + 1.0) * at * (at - 2.0) / 2.0;
  by[3] = (at + 1.0) * at * (at - 1.0) / 6.0;
}

float
taps_run(const struct taps* t, const float* in, uint32_t fraction)
{
  const struct plan* const p = &t->plan;
  const size_t n = p->n_taps;
  if (p->exact) {
    return t->dot->one(in, t->weights + fraction * n, n);
  }
  const uint64_t place = (uint64_t)fraction * p->n_phases;
  double by[4];
  weigh_rows((double)(place % p->out) / p->out, by);
  return t->dot->four(in, t->weights + place / p->out * n, n, by);
}
