// SPDX-License-Identifier: ISC
#include "gates.h"

#include "energies.h"

#include <math.h>

enum { STEPS_PER_S = 10 };

static const double relative_gate = 0.1; // 10 LU below the mean
static const double range_gate = 0.01;   // 20 LU

int
gates_init(struct gates* g, int with_histogram)
{
  *g = (struct gates){ .n_steps = 0 };
  if (!energies_init(&g->blocks, with_histogram) ||
      !energies_init(&g->short_terms, with_histogram)) {
    gates_fini(g);
    return 0;
  }
  return 1;
}

void
gates_reset(struct gates* g)
{
  g->n_steps = 0;
  energies_reset(&g->blocks);
  energies_reset(&g->short_terms);
}

void
gates_fini(struct gates* g)
{
  energies_fini(&g->blocks);
  energies_fini(&g->short_terms);
}

static double
mean_of_last(const struct gates* g, uint32_t n)
{
  double sum = 0.0;
  for (uint32_t i = 0; i < n; ++i) {
    sum += g->steps[(g->n_steps - 1 - i) % GATES_SHORT_TERM];
  }
  return sum / n;
}

int
gates_push(struct gates* g, double energy)
{
  int ok = 1;
  g->steps[g->n_steps++ % GATES_SHORT_TERM] = energy;
  if (g->n_steps >= GATES_MOMENTARY) {
    ok = energies_add(&g->blocks, mean_of_last(g, GATES_MOMENTARY));
  }
  if (g->n_steps >= GATES_SHORT_TERM && g->n_steps % STEPS_PER_S == 0) {
    ok &= energies_add(&g->short_terms, mean_of_last(g, GATES_SHORT_TERM));
  }
  return ok;
}

double
gates_window(const struct gates* g, uint32_t n_steps)
{
  return g->n_steps < n_steps ? -HUGE_VAL
                              : energies_lufs(mean_of_last(g, n_steps));
}

double
gates_integrated(const struct gates* g)
{
  const double gate = energies_mean(&g->blocks, 0.0) * relative_gate;
  return energies_lufs(energies_mean(&g->blocks, gate));
}

double
gates_range(struct gates* g)
{
  struct energies* const e = &g->short_terms;
  const double gate = energies_mean(e, 0.0) * range_gate;
  double low = 0.0;
  double high = 0.0;
  if (!energies_percentiles(e, gate, 0.1, 0.95, &low, &high)) {
    return 0.0;
  }
  return energies_lufs(high) - energies_lufs(low);
}
