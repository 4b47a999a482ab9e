// SPDX-License-Identifier: ISC
// Power spectrum of a real frame. Plain C that vectorises; the same bytes on
// every machine.
#ifndef VAD_FFT_H
#define VAD_FFT_H

#include <stdint.h>

// Variants of a loop for wider vectors; the loader picks one. All give the
// same bytes.
#if !defined(VAD_PLAIN) && defined(__x86_64__) && defined(__gnu_linux__) &&    \
  !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&                     \
  !defined(__SANITIZE_THREAD__)
#define VAD_FAST                                                               \
  __attribute__(                                                               \
    (optimize("O3"),                                                           \
     target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VAD_FAST
#endif

enum { FFT_MIN = 32 };

/// Tables and work space for one length.
struct fft {
  uint32_t n_frame;
  uint32_t n_points; // complex: half of a power of two from n_frame on
  float* memory;     // all below
  float* twiddles;   // e^(-2 pi i k p / n_points), k = 1..3, p < n_points / 4:
                     // six runs of real and imaginary parts
  float* turns;      // e^(-pi i k / n_points), k <= n_points: two runs
  float* work[4];    // real, imaginary parts: from one to the other and back
};

/// For frames of *n_frame* samples, followed by zeros up to a power of two.
/// 0 without memory.
int
fft_init(struct fft* fft, uint32_t n_frame);

void
fft_fini(struct fft* fft);

/// |X[k]|^2 of *samples* times *window* for k < *n_bins*, which is at most
/// n_points + 1.
void
fft_power(struct fft* fft,
          const float* samples,
          const float* window,
          float* power,
          uint32_t n_bins);

#endif
