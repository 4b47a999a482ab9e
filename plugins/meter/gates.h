// SPDX-License-Identifier: ISC
// From the energies of tenths of a second to loudness: windows, gates and range
// (ITU-R BS.1770-4, EBU Tech 3341 and 3342). Energies are means of squares,
// summed over the channels.
#ifndef METER_GATES_H
#define METER_GATES_H

#include <stdint.h>

enum { GATES_MOMENTARY = 4, GATES_SHORT_TERM = 30 }; // steps of a window

/// Energies of windows above -70 LUFS: all of them, or how many there are of
/// each tenth of a LU.
struct energies {
  double* values;
  uint64_t n;
  uint64_t room;
  uint64_t* counts; // a histogram; or null
};

struct gates {
  double steps[GATES_SHORT_TERM]; // the last ones; step i at i % 30
  uint64_t n_steps;
  struct energies blocks;      // 400 ms, ten a second
  struct energies short_terms; // 3 s, one a second
};

/// 0 without memory.
int
gates_init(struct gates* gates, int with_histogram);

/// Forgets all, keeps the memory.
void
gates_reset(struct gates* gates);

/// Takes zeroed memory.
void
gates_fini(struct gates* gates);

/// The next tenth of a second. 0 without memory.
int
gates_push(struct gates* gates, double energy);

/// Loudness of the last *n_steps* steps; -infinity when there are not so many.
double
gates_window(const struct gates* gates, uint32_t n_steps);

/// -infinity where nothing passed the gates.
double
gates_integrated(const struct gates* gates);

/// The loudness range; 0 where there is nothing to compare. Sorts what it has.
double
gates_range(struct gates* gates);

#endif
