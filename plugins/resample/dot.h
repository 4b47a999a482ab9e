// SPDX-License-Identifier: ISC
// Sums of products in an order that no width of vectors changes: 32 sums of
// every 32nd product each, then these in a fixed order.
#ifndef RESAMPLE_DOT_H
#define RESAMPLE_DOT_H

#include <stddef.h>

/// Of *n* numbers, a multiple of 8.
typedef float dot_function(const float* a, const float* b, size_t n);

/// The fastest here.
dot_function*
dot_pick(void);

#endif
