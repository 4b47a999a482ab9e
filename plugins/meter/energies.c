// SPDX-License-Identifier: ISC
#include "energies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Bins of a tenth of a LU from -70 to 30 LUFS.
enum { N_BINS = 1000, BINS_PER_LU = 10, FIRST_ROOM = 1024 };

static const double silence_lufs = -70.0;
static const double offset_lu = -0.691; // of BS.1770

static double
energy_of(double lufs)
{
  return pow(10.0, (lufs - offset_lu) / 10.0);
}

double
energies_lufs(double energy)
{
  return 10.0 * log10(energy) + offset_lu;
}

int
energies_init(struct energies* e, int with_histogram)
{
  *e = (struct energies){ .n = 0 };
  e->counts = with_histogram ? calloc(N_BINS, sizeof *e->counts) : NULL;
  return !with_histogram || e->counts;
}

void
energies_reset(struct energies* e)
{
  e->n = 0;
  if (e->counts) {
    memset(e->counts, 0, N_BINS * sizeof *e->counts);
  }
}

void
energies_fini(struct energies* e)
{
  free(e->values);
  free(e->counts);
  *e = (struct energies){ .n = 0 };
}

static uint32_t
bin_of(double energy)
{
  const double bin = (energies_lufs(energy) - silence_lufs) * BINS_PER_LU;
  return bin <= 0.0 ? 0 : bin >= N_BINS ? N_BINS - 1 : (uint32_t)bin;
}

// The middle of a bin stands for all in it.
static double
energy_of_bin(uint32_t bin)
{
  return energy_of(silence_lufs + (bin + 0.5) / BINS_PER_LU);
}

static int
grow(struct energies* e)
{
  const uint64_t room = e->room ? 2 * e->room : FIRST_ROOM;
  double* const values = realloc(e->values, room * sizeof *values);
  if (!values) {
    return 0;
  }
  e->values = values;
  e->room = room;
  return 1;
}

int
energies_add(struct energies* e, double energy)
{
  if (!(energy >= energy_of(silence_lufs))) {
    return 1;
  }
  if (e->counts) {
    ++e->counts[bin_of(energy)];
    ++e->n;
    return 1;
  }
  if (e->n == e->room && !grow(e)) {
    return 0;
  }
  e->values[e->n++] = energy;
  return 1;
}

static uint32_t
first_bin(double gate)
{
  uint32_t bin = 0;
  while (bin < N_BINS && energy_of_bin(bin) < gate) {
    ++bin;
  }
  return bin;
}

static double
mean_of_bins(const struct energies* e, double gate)
{
  double sum = 0.0;
  uint64_t n = 0;
  for (uint32_t i = first_bin(gate); i < N_BINS; ++i) {
    sum += energy_of_bin(i) * (double)e->counts[i];
    n += e->counts[i];
  }
  return n ? sum / (double)n : 0.0;
}

double
energies_mean(const struct energies* e, double gate)
{
  double sum = 0.0;
  uint64_t n = 0;
  if (e->counts) {
    return mean_of_bins(e, gate);
  }
  for (uint64_t i = 0; i < e->n; ++i) {
    if (e->values[i] >= gate) {
      sum += e->values[i];
      ++n;
    }
  }
  return n ? sum / (double)n : 0.0;
}

static int
by_value(const void* a, const void* b)
{
  const double x = *(const double*)a, y = *(const double*)b;
  return (x > y) - (x < y);
}

// The energy of the *nth* from bin *first* on.
static double
nth_of_bins(const struct energies* e, uint32_t first, uint64_t nth)
{
  uint32_t bin = first;
  for (uint64_t n = e->counts[bin]; n <= nth && bin + 1 < N_BINS;) {
    n += e->counts[++bin];
  }
  return energy_of_bin(bin);
}

static uint64_t
place(double part, uint64_t n)
{
  return (uint64_t)((double)(n - 1) * part + 0.5);
}

// The first of at least *gate* in sorted values or in bins, and how many follow
// it, itself included.
static uint64_t
find_gate(struct energies* e, double gate, uint64_t* n)
{
  uint64_t first = 0;
  *n = 0;
  if (e->counts) {
    first = first_bin(gate);
    for (uint64_t i = first; i < N_BINS; ++i) {
      *n += e->counts[i];
    }
  } else if (e->n) {
    qsort(e->values, e->n, sizeof *e->values, by_value);
    while (first < e->n && e->values[first] < gate) {
      ++first;
    }
    *n = e->n - first;
  }
  return first;
}

int
energies_percentiles(struct energies* e,
                     double gate,
                     double low,
                     double high,
                     double* low_energy,
                     double* high_energy)
{
  uint64_t n;
  const uint64_t first = find_gate(e, gate, &n);
  if (!n) {
    return 0;
  }
  const uint64_t a = place(low, n);
  const uint64_t b = place(high, n);
  *low_energy = e->counts ? nth_of_bins(e, (uint32_t)first, a)
                          : e->values[first + a];
  *high_energy = e->counts ? nth_of_bins(e, (uint32_t)first, b)
                           : e->values[first + b];
  return 1;
}
