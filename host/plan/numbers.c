// SPDX-License-Identifier: ISC
#include "plan/numbers.h"

struct numbers
numbers_all(void)
{
  return numbers_range(0, UINT32_MAX, 0);
}

struct numbers
numbers_one(uint32_t value)
{
  return numbers_range(value, value, 0);
}

struct numbers
numbers_range(uint32_t low, uint32_t high, uint32_t prefer)
{
  struct numbers set = { .prefer = prefer };
  if (low <= high) {
    set.n = 1;
    set.at[0] = (struct interval){ low, high };
  }
  return set;
}

struct numbers
numbers_list(const uint32_t* values, uint32_t n)
{
  struct numbers set = { 0 };
  for (uint32_t i = 0; i < n && set.n < NUMBERS_MAX; ++i) {
    set.at[set.n++] = (struct interval){ values[i], values[i] };
  }
  return set;
}

int
numbers_has(const struct numbers* set, uint32_t value)
{
  for (uint32_t i = 0; i < set->n; ++i) {
    if (value >= set->at[i].low && value <= set->at[i].high) {
      return 1;
    }
  }
  return 0;
}

int
numbers_is_all(const struct numbers* set)
{
  return set->n == 1 && set->at[0].low == 0 && set->at[0].high == UINT32_MAX;
}

int
numbers_intersect(const struct numbers* a, const struct numbers* b,
                  struct numbers* out)
{
  struct numbers both = { .prefer = a->prefer ? a->prefer : b->prefer };
  // Where *a* takes anything, the order of *b* counts.
  const struct numbers* const x = numbers_is_all(a) ? b : a;
  const struct numbers* const y = x == a ? b : a;

  for (uint32_t i = 0; i < x->n; ++i) {
    for (uint32_t k = 0; k < y->n && both.n < NUMBERS_MAX; ++k) {
      const struct interval p = x->at[i];
      const struct interval q = y->at[k];
      const uint32_t low = p.low > q.low ? p.low : q.low;
      const uint32_t high = p.high < q.high ? p.high : q.high;
      if (low <= high) {
        both.at[both.n++] = (struct interval){ low, high };
      }
    }
  }
  *out = both;
  return both.n > 0;
}

static uint32_t
distance(uint32_t a, uint32_t b)
{
  return a > b ? a - b : b - a;
}

static uint32_t
clamp(struct interval interval, uint32_t value)
{
  return value < interval.low    ? interval.low
         : value > interval.high ? interval.high
                                 : value;
}

uint32_t
numbers_nearest(const struct numbers* set, uint32_t value)
{
  uint32_t best = clamp(set->at[0], value);
  for (uint32_t i = 1; i < set->n; ++i) {
    const uint32_t here = clamp(set->at[i], value);
    best = distance(here, value) < distance(best, value) ? here : best;
  }
  return best;
}

uint32_t
numbers_pick(const struct numbers* set, uint32_t usual)
{
  if (set->prefer) {
    return numbers_nearest(set, set->prefer);
  }
  return clamp(set->at[0], usual);
}

uint32_t
numbers_reach(const struct numbers* set, uint32_t value)
{
  uint32_t best = 0;
  for (uint32_t i = 0; i < set->n; ++i) {
    const uint32_t here = clamp(set->at[i], value);
    const int reaches = here >= value;
    if (!i || (reaches && (best < value || here < best)) ||
        (!reaches && best < value && here > best)) {
      best = here;
    }
  }
  return best;
}
