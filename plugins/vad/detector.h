// SPDX-License-Identifier: ISC
// Samples in, verdicts out: cuts the stream into frames and judges them by one
// of three rules. Does not know of nodes and buffers.
#ifndef VAD_DETECTOR_H
#define VAD_DETECTOR_H

#include "bands.h"
#include "energy.h"
#include "gate.h"
#include "net.h"
#include "tracker.h"

/// The order of the parameter's names.
enum detector_mode { MODE_SPEECH, MODE_ADAPTIVE, MODE_ENERGY };

struct detector_options {
  uint32_t mode; // enum detector_mode
  double frame_s;
  double energy_threshold;
  double threshold_db;
  double strictness;  // of speech: a logit
  uint32_t latency;   // of speech: enum net_latency
  double hangover_s;
  double min_speech_s;
};

struct detector {
  struct detector_options options;
  uint32_t hop;    // samples from frame to frame
  uint32_t window; // samples of a frame
  uint32_t n_kept; // in *samples*
  uint64_t n_in;   // samples so far
  uint64_t n_hops; // frames so far
  float* samples;  // of the frame that is not complete
  float* pending;  // the gate's
  float levels[BANDS]; // of the last frame
  struct bands bands;
  struct energy energy;
  struct tracker tracker;
  struct net net;
  const struct net_weights* weights;
  struct gate gate;
};

/// Samples of a hop at *rate*; 1 or more.
uint32_t
detector_hop(const struct detector_options* options, uint32_t rate);

/// Hops that must follow one before its verdict comes.
uint32_t
detector_ahead(const struct detector* d);

/// 0 without memory.
int
detector_init(struct detector* d,
              const struct detector_options* options,
              uint32_t rate);

void
detector_fini(struct detector* d);

void
detector_reset(struct detector* d);

/// Most verdicts that one call with *n* samples, or detector_end, gives.
uint32_t
detector_max_verdicts(const struct detector* d, uint32_t n);

/// Room for at most *n* samples of what comes next, to be filled before
/// detector_advance; *n* becomes how many fit.
float*
detector_room(struct detector* d, uint32_t* n);

/// *n* samples were put there.
void
detector_advance(struct detector* d, uint32_t n, struct verdicts* out);

/// No more samples: the last verdicts.
void
detector_end(struct detector* d, struct verdicts* out);

#endif
