// SPDX-License-Identifier: ISC
// A bag of energies: their mean, and how they are spread.
#ifndef METER_ENERGIES_H
#define METER_ENERGIES_H

#include "gates.h"

/// 0 without memory.
int
energies_init(struct energies* e, int with_histogram);

/// Forgets all, keeps the memory.
void
energies_reset(struct energies* e);

/// Takes zeroed memory.
void
energies_fini(struct energies* e);

/// Leaves out what is below -70 LUFS. 0 without memory.
int
energies_add(struct energies* e, double energy);

/// Of those of at least *gate*; 0 when there are none.
double
energies_mean(const struct energies* e, double gate);

/// The energies that the parts *low* and *high* of those of at least *gate*
/// do not exceed. 0 when there are none. Sorts.
int
energies_percentiles(struct energies* e,
                     double gate,
                     double low,
                     double high,
                     double* low_energy,
                     double* high_energy);

/// -infinity for 0.
double
energies_lufs(double energy);

#endif
