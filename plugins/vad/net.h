// SPDX-License-Identifier: ISC
// A small neural net that hears speech: levels of bands in, one logit a hop
// out. Three layers of dilated causal convolution over time (a TDNN), trained
// by train/; its reference is `logits` of train/model.py.
#ifndef VAD_NET_H
#define VAD_NET_H

#include "bands.h"

enum {
  NET_TAPS = 3,
  NET_FIRST = 24, // outputs of each layer
  NET_SECOND = 24,
  NET_THIRD = 16,
  NET_SECOND_STEP = 3, // hops between taps; 1 in the first layer
  NET_THIRD_STEP = 9,
  NET_HISTORY = 2 * (1 + NET_SECOND_STEP + NET_THIRD_STEP), // hops
  NET_SPAN = 3 // logits whose mean decides
};

/// Matrices are [tap][input][output], the oldest tap first.
struct net_weights {
  float first_w[NET_TAPS * BANDS * NET_FIRST];
  float first_bias[NET_FIRST];
  float second_w[NET_TAPS * NET_FIRST * NET_SECOND];
  float second_bias[NET_SECOND];
  float third_w[NET_TAPS * NET_SECOND * NET_THIRD];
  float third_bias[NET_THIRD];
  float out_w[NET_THIRD];
  float out_bias[1];
};

/// Plain data, no pointers: a copy goes on where the original was. Rings hold
/// what each layer sees of the past, frame t at t modulo their length.
struct net {
  uint64_t n_frames;
  uint64_t n_steps;  // frames that went through the layers: NET_HISTORY more
  float mean[BANDS]; // of each band, natural logarithm, over 2 s
  float in[NET_TAPS][BANDS];
  float first[2 * NET_SECOND_STEP + 1][NET_FIRST];
  float second[2 * NET_THIRD_STEP + 1][NET_SECOND];
  float recent[NET_SPAN]; // logits, the newest last
};

/// The net that looks some 87 ms ahead, and the one that looks 47 ms.
enum net_latency { NET_NORMAL, NET_LOW };

const struct net_weights*
net_weights_of(enum net_latency latency);

/// Hops that must follow the one that is judged.
uint32_t
net_ahead(enum net_latency latency);

void
net_reset(struct net* net, const struct net_weights* weights);

/// Takes the levels of the next hop in dB; gives the mean of the last NET_SPAN
/// logits, which speaks of the hop net_ahead before it: above 0 is speech.
float
net_push(struct net* net,
         const struct net_weights* weights,
         const float* decibels);

/// The same when nothing follows: the last logit stands for the next.
float
net_repeat(struct net* net);

#endif
