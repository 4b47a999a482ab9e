// SPDX-License-Identifier: ISC
// Design rule: J. F. Kaiser, "Nonrecursive digital filter design using the
// I0-sinh window function", 1974.
#include "kernel.h"

#include "turns.h"

#include <rill/util/clones.h>

#include <math.h>

#define PI 3.14159265358979323846

static const struct demand demands[2][N_QUALITIES] = {
  { { 100.0, 0.85 }, { 105.0, 0.91 }, { 140.0, 0.91 }, { 160.0, 0.92 } },
  { { 80.0, 0.75 }, { 100.0, 0.80 }, { 125.0, 0.85 }, { 150.0, 0.91 } },
};

struct demand
kernel_demand(enum quality quality, uint32_t low_latency)
{
  return demands[low_latency != 0][quality];
}

// Width of the transition, in cycles a frame, times the half length.
static double
width_by_half(const struct demand* d)
{
  return (d->rejection_db - 8.0) / 28.714;
}

double
kernel_half(const struct demand* demand)
{
  return width_by_half(demand) / (0.5 * (1.0 - demand->pass));
}

// The modified Bessel function of order 0 by its power series: a polynomial in
// what stands under the window's root.
static void
set_window(struct kernel* k, double beta)
{
  double term = 1.0;
  double sum = 0.0;
  for (k->n_terms = 0; k->n_terms < KERNEL_TERMS; ++k->n_terms) {
    const double i = k->n_terms + 1;
    k->terms[k->n_terms] = term;
    sum += term;
    term *= 0.25 * beta * beta / (i * i);
  }
  while (k->terms[k->n_terms - 1] < sum * 1e-17) {
    --k->n_terms;
  }
  for (uint32_t i = 0; i < k->n_terms; ++i) {
    k->terms[i] *= k->twice_cutoff / sum;
  }
}

void
kernel_init(struct kernel* k, const struct demand* demand, double half)
{
  k->half = half;
  k->twice_cutoff = 1.0 - width_by_half(demand) / half;
  set_window(k, 0.1102 * (demand->rejection_db - 8.7));
}

static double
window_at(const struct kernel* k, double t)
{
  const double part = t / k->half;
  const double y = 1.0 - part * part;
  double sum = 0.0;
  for (uint32_t i = k->n_terms; i; --i) {
    sum = sum * y + k->terms[i - 1];
  }
  return y > 0.0 ? sum : 0.0;
}

double
kernel_at(const struct kernel* k, double t)
{
  const double x = fabs(t) * k->twice_cutoff;
  const double sinc = x < 1e-9 ? 1.0 : turns_sin(0.5 * x) / (PI * x);
  return window_at(k, t) * sinc;
}

enum { AT_ONCE = 16 };

// The windows of a few times, side by side.
RILL_CLONES static void
windows_at(const struct kernel* k, double from, double step, double* out)
{
  double y[AT_ONCE];
  double sum[AT_ONCE] = { 0.0 };
  for (uint32_t v = 0; v < AT_ONCE; ++v) {
    const double part = (from + (int32_t)v * step) / k->half;
    y[v] = 1.0 - part * part;
  }
  for (uint32_t i = k->n_terms; i; --i) {
    const double term = k->terms[i - 1];
    for (uint32_t v = 0; v < AT_ONCE; ++v) {
      sum[v] = sum[v] * y[v] + term;
    }
  }
  for (uint32_t v = 0; v < AT_ONCE; ++v) {
    out[v] = y[v] > 0.0 ? sum[v] : 0.0;
  }
}

// A vector that turns by the same angle from time to time.
struct hand {
  double re;
  double im;
};

static struct hand
hand_at(double t, const struct kernel* k)
{
  const double x = 0.5 * fabs(t) * k->twice_cutoff;
  return (struct hand){ turns_cos(x), t < 0.0 ? -turns_sin(x) : turns_sin(x) };
}

void
kernel_row(const struct kernel* k,
           double from,
           double step,
           uint32_t n,
           double gain,
           float* out)
{
  const struct hand turn = hand_at(step, k);
  double windows[AT_ONCE];

  for (uint32_t i = 0; i < n; i += AT_ONCE) {
    const double first = from + i * step;
    struct hand hand = hand_at(first, k);
    windows_at(k, first, step, windows);
    for (uint32_t v = 0; v < AT_ONCE && i + v < n; ++v) {
      const double t = first + v * step;
      const double x = t * k->twice_cutoff;
      const double sinc = fabs(x) < 1e-6 ? 1.0 : hand.im / (PI * x);
      const double re = hand.re * turn.re - hand.im * turn.im;
      out[i + v] = (float)(gain * windows[v] * sinc);
      hand.im = hand.re * turn.im + hand.im * turn.re;
      hand.re = re;
    }
  }
}
