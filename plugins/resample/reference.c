// SPDX-License-Identifier: ISC
#include "reference.h"

#include <math.h>

double
reference_frame(const struct plan* plan,
                const float* in,
                size_t n_in,
                uint64_t at)
{
  const double squeeze =
    plan->in > plan->out ? (double)plan->out / plan->in : 1.0;
  const double place = (double)(at * plan->in) / plan->out;
  const double reach = plan->half / squeeze;
  struct kernel kernel;
  double sum = 0.0;

  kernel_init(&kernel, &plan->demand, plan->half);
  for (int64_t i = (int64_t)ceil(place - reach); i <= place + reach; ++i) {
    if (i >= 0 && i < (int64_t)n_in) {
      sum += in[i] * kernel_at(&kernel, ((double)i - place) * squeeze);
    }
  }
  return sum * squeeze;
}

struct reference_point
reference_bin(const float* re, const float* im, size_t n, size_t k)
{
  struct reference_point sum = { 0.0, 0.0 };
  for (size_t i = 0; i < n; ++i) {
    const double angle = -2.0 * M_PI * (double)(i * k % n) / (double)n;
    sum.re += re[i] * cos(angle) - im[i] * sin(angle);
    sum.im += re[i] * sin(angle) + im[i] * cos(angle);
  }
  return sum;
}
