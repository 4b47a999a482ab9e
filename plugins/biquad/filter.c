// SPDX-License-Identifier: ISC
#include "filter.h"

#include <rill/util/clones.h>

#include <math.h>
#include <string.h>

// In silence the memory fades for ever, at last through denormal numbers, which
// are a hundred times as slow. Nobody hears -600 dB.
#define INAUDIBLE 1e-30

static inline int
is_still(double x, const struct memory* m)
{
  return x == 0.0 && fabs(m->s1) < INAUDIBLE && fabs(m->s2) < INAUDIBLE;
}

// Looked at after each sample: after each block would depend on block sizes.
void
filter_run(const struct coefficients* k,
           struct memory* memory,
           float* out,
           const float* in,
           uint32_t n_frames)
{
  struct memory m = *memory;
  for (uint32_t i = 0; i < n_frames; ++i) {
    const double x = in[i];
    const double y = k->b0 * x + m.s1;
    m.s1 = (k->b1 * x + m.s2) - k->a1 * y;
    m.s2 = k->b2 * x - k->a2 * y;
    out[i] = (float)y;
    if (!isfinite(y) || is_still(x, &m)) {
      m = (struct memory){ 0.0, 0.0 };
    }
  }
  *memory = m;
}

enum { CHUNK = 64 };

typedef double four __attribute__((vector_size(32)));
typedef int64_t four_masks __attribute__((vector_size(32)));

struct lanes {
  double s1[FILTER_LANES];
  double s2[FILTER_LANES];
};

static inline __attribute__((always_inline)) void
mark_tiny(four_masks* mask, const four* x)
{
  const four_masks bits = (four_masks)*x & INT64_MAX;
  *mask = *mask & ((four)bits < INAUDIBLE);
}

// Whether in any lane and frame the memory would have had to start anew: then
// nothing of this counts.
RILL_CLONES static int
chunk_run(const struct coefficients* k, struct lanes* lanes,
          const float* const* in, float (*out)[CHUNK], uint32_t n)
{
  const float* const a = in[0];
  const float* const b = in[1];
  const float* const c = in[2];
  const float* const d = in[3];
  four s1, s2;
  four_masks odd = { 0 };
  memcpy(&s1, lanes->s1, sizeof s1);
  memcpy(&s2, lanes->s2, sizeof s2);
  for (uint32_t i = 0; i < n; ++i) {
    const four x = { (double)a[i], (double)b[i], (double)c[i], (double)d[i] };
    const four y = k->b0 * x + s1;
    s1 = (k->b1 * x + s2) - k->a1 * y;
    s2 = k->b2 * x - k->a2 * y;
    four_masks still = x == 0.0;
    mark_tiny(&still, &s1);
    mark_tiny(&still, &s2);
    odd |= still | (y - y != 0.0); // what is not finite less itself is NaN
    out[0][i] = (float)y[0];
    out[1][i] = (float)y[1];
    out[2][i] = (float)y[2];
    out[3][i] = (float)y[3];
  }
  memcpy(lanes->s1, &s1, sizeof s1);
  memcpy(lanes->s2, &s2, sizeof s2);
  return (odd[0] | odd[1] | odd[2] | odd[3]) != 0;
}

// Lanes without a channel do what the first one does. 0: silence, which the
// plain loop must do.
static int
load_lanes(struct lanes* lanes, const struct memory* memory, uint32_t n)
{
  int sounds = 1;
  for (uint32_t c = 0; c < FILTER_LANES; ++c) {
    const struct memory* const m = &memory[c < n ? c : 0];
    lanes->s1[c] = m->s1;
    lanes->s2[c] = m->s2;
    sounds &= m->s1 != 0.0 || m->s2 != 0.0;
  }
  return sounds;
}

static void
give_lanes(const struct lanes* lanes, float (*from)[CHUNK],
           struct memory* memory, float* const* out, uint32_t n_channels,
           uint32_t first, uint32_t n)
{
  for (uint32_t c = 0; c < n_channels; ++c) {
    memory[c] = (struct memory){ lanes->s1[c], lanes->s2[c] };
    if (n == CHUNK) {
      memcpy(out[c] + first, from[c], sizeof *from); // a size known beforehand
    } else {
      memcpy(out[c] + first, from[c], n * sizeof **from);
    }
  }
}

void
filter_run_side_by_side(const struct coefficients* k,
                        struct memory* memory,
                        float* const* out,
                        const float* const* in,
                        uint32_t n_channels,
                        uint32_t n_frames)
{
  float y[FILTER_LANES][CHUNK]; // *out* may be *in*, which may be needed again
  struct lanes lanes;
  for (uint32_t i = 0; i < n_frames; i += CHUNK) {
    const uint32_t n = n_frames - i < CHUNK ? n_frames - i : CHUNK;
    const float* x[FILTER_LANES];
    for (uint32_t c = 0; c < FILTER_LANES; ++c) {
      x[c] = in[c < n_channels ? c : 0] + i;
    }
    if (load_lanes(&lanes, memory, n_channels) &&
        !chunk_run(k, &lanes, x, y, n)) {
      give_lanes(&lanes, y, memory, out, n_channels, i, n);
      continue;
    }
    for (uint32_t c = 0; c < n_channels; ++c) {
      filter_run(k, &memory[c], out[c] + i, x[c], n);
    }
  }
}
