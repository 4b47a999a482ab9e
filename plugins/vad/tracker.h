// SPDX-License-Identifier: ISC
// How far a frame stands out of what has been the background so far. Plain
// data, no pointers: a copy goes on where the original was.
#ifndef VAD_TRACKER_H
#define VAD_TRACKER_H

#include "bands.h"

enum {
  TRACKER_SPAN = 9,  // frames in the mean that is compared
  TRACKER_AHEAD = 3, // of them after the frame that is judged
  TRACKER_STILL = 100 // frames that may not stand still: 2 s
};

struct tracker {
  uint64_t n_frames;
  float floor[BANDS];        // background in dB
  float recent[BANDS];       // mean of the last half second
  float last[BANDS];         // the newest frame
  float excess[TRACKER_SPAN]; // over the floor: mean of bands, bounded
  float whole[TRACKER_SPAN];  // the same without bounds
  float still[TRACKER_STILL]; // means of `whole`
  uint32_t n_still;
};

/// Zeroed memory is a fresh tracker. Takes the levels of the next frame; gives
/// the excess in dB around the frame TRACKER_AHEAD before it, which means
/// nothing for the first of them. What stays above *threshold* without moving
/// for two seconds becomes background.
float
tracker_push(struct tracker* t, const float* decibels, float threshold);

#endif
