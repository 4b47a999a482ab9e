// SPDX-License-Identifier: ISC
#include "net.h"

#include "net_weights.h"

#include <string.h>

static const float memory_hops = 100.0f; // of the running mean: 2 s
static const float ln_per_decibel = 0.230258509f;

const struct net_weights*
net_weights_of(enum net_latency latency)
{
  return latency == NET_LOW ? &weights_low : &weights_normal;
}

// Trained to answer 3 hops or 1 hop late, and the mean takes one more.
uint32_t
net_ahead(enum net_latency latency)
{
  return latency == NET_LOW ? 2 : 4;
}

// Eight floats, which the compiler maps to what the processor has; in memory
// they lie anywhere. Written out, because it keeps sums of an array in memory.
typedef float lanes __attribute__((vector_size(32)));
typedef float loose __attribute__((vector_size(32), aligned(4), may_alias));

enum { LANES = 8, MAX_LANES = NET_FIRST / LANES };

// One layer over one frame: bias, three taps, nothing below 0. Each output is
// a sum of its own over each tap, whatever the width of vectors.
static inline __attribute__((always_inline)) void
layer(uint32_t n_in,
      uint32_t n_lanes,
      const float* const* taps,
      const float* restrict weights,
      const float* restrict bias,
      float* restrict out)
{
  const uint32_t n_tap = n_in * n_lanes * LANES;
  lanes sum[NET_TAPS][MAX_LANES] = { 0 };
  for (uint32_t i = 0; i < n_in; ++i, weights += n_lanes * LANES) {
#pragma GCC unroll 3
    for (uint32_t k = 0; k < NET_TAPS; ++k) {
#pragma GCC unroll 3
      for (uint32_t o = 0; o < n_lanes; ++o) {
        sum[k][o] += taps[k][i] * ((const loose*)(weights + k * n_tap))[o];
      }
    }
  }
#pragma GCC unroll 3
  for (uint32_t o = 0; o < n_lanes; ++o) {
    const lanes all =
      ((const loose*)bias)[o] + sum[0][o] + sum[1][o] + sum[2][o];
    for (uint32_t i = 0; i < LANES; ++i) {
      out[o * LANES + i] = all[i] > 0.0f ? all[i] : 0.0f;
    }
  }
}

// The oldest, middle and newest of the frames that a layer sees.
static void
find_taps(const float* ring,
          uint32_t width,
          uint32_t step,
          uint64_t t,
          const float* taps[NET_TAPS])
{
  const uint32_t length = (NET_TAPS - 1) * step + 1;
  for (uint32_t k = 0; k < NET_TAPS; ++k) {
    // One more than t - 2 * step + k * step, modulo the length.
    taps[k] = ring + (t + 1 + k * step) % length * width;
  }
}

VAD_FAST static void
layers(struct net* net, const struct net_weights* w, float* out)
{
  const uint64_t t = net->n_steps;
  const float* taps[NET_TAPS];
  find_taps(net->in[0], BANDS, 1, t, taps);
  layer(BANDS, NET_FIRST / LANES, taps, w->first_w, w->first_bias,
        net->first[t % (2 * NET_SECOND_STEP + 1)]);
  find_taps(net->first[0], NET_FIRST, NET_SECOND_STEP, t, taps);
  layer(NET_FIRST, NET_SECOND / LANES, taps, w->second_w, w->second_bias,
        net->second[t % (2 * NET_THIRD_STEP + 1)]);
  find_taps(net->second[0], NET_SECOND, NET_THIRD_STEP, t, taps);
  layer(NET_SECOND, NET_THIRD / LANES, taps, w->third_w, w->third_bias, out);
}

// Features of frame n_steps are in their ring: its logit.
static float
step(struct net* net, const struct net_weights* w)
{
  float last[NET_THIRD];
  layers(net, w, last);
  ++net->n_steps;
  float sum = w->out_bias[0];
  for (uint32_t i = 0; i < NET_THIRD; ++i) {
    sum += last[i] * w->out_w[i];
  }
  return sum;
}

void
net_reset(struct net* net, const struct net_weights* w)
{
  memset(net, 0, sizeof *net);
  for (uint32_t i = 0; i < NET_HISTORY; ++i) {
    step(net, w); // it was trained with silence before the beginning
  }
}

// A mean over all frames so far until there are enough to forget the first.
static void
put_features(struct net* net, const float* decibels)
{
  const float n = (float)(net->n_frames + 1);
  const float part = n < memory_hops ? 1.0f / n : 1.0f / memory_hops;
  float* const in = net->in[net->n_steps % NET_TAPS];
  for (uint32_t b = 0; b < BANDS; ++b) {
    const float level = ln_per_decibel * decibels[b];
    net->mean[b] += part * (level - net->mean[b]);
    in[b] = 0.5f * (level - net->mean[b]);
  }
  ++net->n_frames;
}

static float
mean_with(struct net* net, float logit)
{
  memmove(net->recent, net->recent + 1, (NET_SPAN - 1) * sizeof *net->recent);
  net->recent[NET_SPAN - 1] = logit;
  return (net->recent[0] + net->recent[1] + net->recent[2]) / NET_SPAN;
}

float
net_push(struct net* net, const struct net_weights* w, const float* decibels)
{
  put_features(net, decibels);
  return mean_with(net, step(net, w));
}

float
net_repeat(struct net* net)
{
  ++net->n_frames;
  return mean_with(net, net->recent[NET_SPAN - 1]);
}
