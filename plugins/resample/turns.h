// SPDX-License-Identifier: ISC
// Sine and cosine of parts of a turn. Additions and multiplications in a fixed
// order only: the same bits wherever doubles are IEEE's, unlike those of libm.
#ifndef RESAMPLE_TURNS_H
#define RESAMPLE_TURNS_H

/// cos(2 pi x), 0 <= x < 2^50; within 2e-16 of the angle given.
double
turns_cos(double x);

/// sin(2 pi x), the same.
double
turns_sin(double x);

#endif
