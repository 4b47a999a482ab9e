// SPDX-License-Identifier: ISC
// What the parameters ask for, and the factors that follow from it.
#ifndef REMIX_WISH_H
#define REMIX_WISH_H

#include "layout.h"

#include <rill/host.h>

struct wish {
  uint32_t channels;
  uint32_t layout; // index of its name
  uint32_t n_matrix;
  uint32_t normalise;
  float* matrix; // as given; not needed for shapes
};

/// The channels that come as *in* and those that go out. What cannot be meant
/// is refused, and *host* has been told why.
int32_t
wish_shapes(const struct wish* w,
            const struct rill_host* host,
            const struct rill_format* in,
            struct shape* from,
            struct shape* to);

/// Fills *matrix*, zeroed: a row of from.n factors for each output. Refuses
/// what there is no rule for.
int32_t
wish_matrix(const struct wish* w,
            const struct rill_host* host,
            struct shape from,
            struct shape to,
            float* matrix);

#endif
