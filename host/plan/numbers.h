// SPDX-License-Identifier: ISC
// Small sets of numbers: what one field of a format may be.
#ifndef PLAN_NUMBERS_H
#define PLAN_NUMBERS_H

#include <stdint.h>

enum { NUMBERS_MAX = 16 }; // intervals; a longer list is cut at its end

struct interval {
  uint32_t low;
  uint32_t high; // included
};

/// The union of intervals, the best liked first; none: the empty set.
struct numbers {
  uint32_t n;
  uint32_t prefer; // the number nearest to this is liked best; 0: none
  struct interval at[NUMBERS_MAX];
};

struct numbers
numbers_all(void);

struct numbers
numbers_one(uint32_t value);

struct numbers
numbers_range(uint32_t low, uint32_t high, uint32_t prefer);

struct numbers
numbers_list(const uint32_t* values, uint32_t n);

int
numbers_has(const struct numbers* set, uint32_t value);

int
numbers_is_all(const struct numbers* set);

/// What is in both, in the order that *a* likes; *a* also decides what to
/// prefer, unless it has no opinion. Gives whether there is anything. *out* may
/// be *a* or *b*.
int
numbers_intersect(const struct numbers* a, const struct numbers* b,
                  struct numbers* out);

/// The number of *set*, which is not empty, that is liked best. *usual* stands
/// in when the set has no opinion.
uint32_t
numbers_pick(const struct numbers* set, uint32_t usual);

/// The number of *set*, which is not empty, with the least distance to *value*.
uint32_t
numbers_nearest(const struct numbers* set, uint32_t value);

/// The smallest number of *set* that is not below *value*; else the largest.
uint32_t
numbers_reach(const struct numbers* set, uint32_t value);

#endif
