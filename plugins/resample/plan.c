// SPDX-License-Identifier: ISC
#include "plan.h"

#include "fft.h"

#include <math.h>

enum { LARGEST = 32768 };   // window of either side
enum { MOST_WEIGHTS = 262144 }; // of an exact table
enum { BETWEEN = 128 };     // phases when there is none for each frame
// Frames of the lower rate in a window, at most. Larger windows are computed for
// a little less, but have to be waited for and take longer to prepare.
enum { LOW_FRAMES = 1920 };

static uint32_t
common_divisor(uint32_t a, uint32_t b)
{
  while (b) {
    const uint32_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// Of a window of *groups*, for each group that it yields.
static double
cost(const struct plan* p, uint32_t groups, uint32_t hop)
{
  const double in = (double)groups * p->in;
  const double out = (double)groups * p->out;
  return (in * log2(in) + out * log2(out)) / hop;
}

static void
set_window(struct plan* p, uint32_t groups, uint32_t hop)
{
  const uint32_t low = p->in < p->out ? p->in : p->out;
  const uint32_t lost = groups - hop;
  p->way = PLAN_BLOCKS;
  p->half = 0.5 * lost * low;
  p->n_in = groups * p->in;
  p->n_out = groups * p->out;
  p->hop_in = hop * p->in;
  p->hop_out = hop * p->out;
  p->before = (lost + 1) / 2 * p->in;
  p->first = lost * p->out / 2;
}

// The window with the least work for a group; PLAN_TAPS when there is none.
static void
find_window(struct plan* p, double half)
{
  const uint32_t low = p->in < p->out ? p->in : p->out;
  const uint32_t high = p->in < p->out ? p->out : p->in;
  const uint32_t lost = (uint32_t)ceil(2.0 * half / low);
  double least = INFINITY;

  p->way = PLAN_TAPS;
  for (uint32_t groups = lost + 1;
       (uint64_t)groups * high <= LARGEST && groups * low <= LOW_FRAMES;
       ++groups) {
    if (!fft_can(groups * low) || !fft_can(groups * high)) {
      continue;
    }
    const double price = cost(p, groups, groups - lost);
    if (price < least) {
      least = price;
      set_window(p, groups, groups - lost);
    }
  }
}

static void
set_taps(struct plan* p, double half)
{
  const double stretch = p->in > p->out ? (double)p->in / p->out : 1.0;
  p->way = PLAN_TAPS;
  p->half = half;
  // one more on both sides: the phases next to those between two frames
  p->ahead = (uint32_t)(half * stretch) + 2;
  p->n_taps = (2 * p->ahead + 7) / 8 * 8;
  p->exact = (uint64_t)p->n_taps * p->out <= MOST_WEIGHTS;
  p->n_phases = p->exact ? p->out : BETWEEN;
}

void
plan_init(struct plan* plan,
          uint32_t in_rate,
          uint32_t out_rate,
          uint32_t channels,
          enum quality quality,
          uint32_t low_latency)
{
  const uint32_t divisor = common_divisor(in_rate, out_rate);
  *plan = (struct plan){ .in = in_rate / divisor,
                         .out = out_rate / divisor,
                         .windows = 1 + channels % 2,
                         .wide = quality == QUALITY_VERY_HIGH,
                         .demand = kernel_demand(quality, low_latency) };
  if (in_rate == out_rate) {
    return;
  }
  const double half = kernel_half(&plan->demand);
  if (!low_latency) {
    find_window(plan, half);
  }
  if (plan->way != PLAN_BLOCKS) {
    set_taps(plan, half);
  }
}
