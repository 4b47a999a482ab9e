// SPDX-License-Identifier: ISC
// A discrete Fourier transform of any length, in double precision: plain
// Cooley and Tukey over the prime factors.
#ifndef LEGACY_FFT_H
#define LEGACY_FFT_H

#include <complex.h>
#include <stddef.h>

struct fft {
  size_t n;
  double complex* turns;   // e^(-2 pi i k / n)
  double complex* scratch; // n
};

/// 0, or -1 without memory. fft_fini in any case.
int
fft_init(struct fft* fft, size_t n);

void
fft_fini(struct fft* fft);

/// out[k] = sum of in[j] e^(-2 pi i j k / n).
void
fft_run(struct fft* fft, const double* in, double complex* out);

#endif
