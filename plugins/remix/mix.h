// SPDX-License-Identifier: ISC
// Planes times a matrix.
#ifndef REMIX_MIX_H
#define REMIX_MIX_H

#include <stdint.h>

/// One output of n_frames: the sum of factors[c] * in[c] over those channels
/// whose factor is not 0, in their order. *in* are planes of n_in channels.
void
mix_row(float* out,
        const float* const* in,
        const float* factors,
        uint32_t n_in,
        uint32_t n_frames);

#endif
