// SPDX-License-Identifier: ISC
#include "detector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOPS_PER_S = 50 }; // of all rules but energy: 20 ms

static const double window_s = 0.032; // 512 samples at 16 kHz
static const double off_ratio = 0.6;  // of the threshold: where speech ends

static uint32_t
hops_of(const struct detector* d, double seconds, uint32_t rate)
{
  return (uint32_t)lround(seconds * rate / d->hop);
}

uint32_t
detector_hop(const struct detector_options* o, uint32_t rate)
{
  // Whole samples, and 0.03 * 16000 is 480 in spite of binary fractions.
  const double n = o->mode == MODE_ENERGY ? floor(o->frame_s * rate + 1e-6)
                                         : round((double)rate / HOPS_PER_S);
  return n < 2.0 ? 2 : (uint32_t)n;
}

// Zeros before the first sample put the middle of a frame on that of its hop.
static uint32_t
n_before(const struct detector* d)
{
  return (d->window - d->hop) / 2;
}

uint32_t
detector_ahead(const struct detector* d)
{
  switch (d->options.mode) {
    case MODE_SPEECH: return net_ahead((enum net_latency)d->options.latency);
    case MODE_ADAPTIVE: return TRACKER_AHEAD;
    default: return 0;
  }
}

static void
init_gate(struct detector* d, uint32_t rate)
{
  const int is_speech = d->options.mode == MODE_SPEECH;
  d->gate.on = (float)(is_speech ? d->options.strictness
                                 : d->options.threshold_db);
  d->gate.off = is_speech ? d->gate.on
                          : (float)(d->options.threshold_db * off_ratio);
  d->gate.n_hangover = hops_of(d, d->options.hangover_s, rate);
  d->gate.n_least = hops_of(d, d->options.min_speech_s, rate);
}

static int
init_rule(struct detector* d, uint32_t rate)
{
  return d->options.mode == MODE_ENERGY
           ? energy_init(&d->energy, d->window)
           : bands_init(&d->bands, rate, d->window);
}

int
detector_init(struct detector* d,
              const struct detector_options* options,
              uint32_t rate)
{
  memset(d, 0, sizeof *d);
  d->options = *options;
  d->hop = detector_hop(options, rate);
  d->window = options->mode == MODE_ENERGY ? d->hop
                                          : (uint32_t)lround(window_s * rate);
  d->weights = net_weights_of((enum net_latency)options->latency);
  init_gate(d, rate);
  d->samples = calloc((size_t)d->window + d->gate.n_least + 1,
                      sizeof *d->samples);
  if (!d->samples || !init_rule(d, rate)) {
    detector_fini(d);
    return 0;
  }
  d->pending = d->samples + d->window;
  detector_reset(d);
  return 1;
}

void
detector_fini(struct detector* d)
{
  bands_fini(&d->bands);
  energy_fini(&d->energy);
  free(d->samples);
  d->samples = NULL;
}

void
detector_reset(struct detector* d)
{
  memset(&d->tracker, 0, sizeof d->tracker);
  if (d->options.mode == MODE_SPEECH) {
    net_reset(&d->net, d->weights);
  }
  gate_reset(&d->gate);
  d->gate.pending = d->pending;
  d->n_in = 0;
  d->n_hops = 0;
  d->n_kept = n_before(d);
  memset(d->samples, 0, d->n_kept * sizeof *d->samples);
}

uint32_t
detector_max_verdicts(const struct detector* d, uint32_t n)
{
  return n / d->hop + 3 + d->gate.n_least + detector_ahead(d);
}

float*
detector_room(struct detector* d, uint32_t* n)
{
  const uint32_t room = d->window - d->n_kept;
  *n = *n < room ? *n : room;
  return d->samples + d->n_kept;
}

// Sure is how far the sum is from the threshold: a logistic of its logarithm.
static void
judge_energy(struct detector* d, struct verdicts* out)
{
  const double sum = energy_of(&d->energy, d->samples);
  const double least = d->options.energy_threshold;
  const double sure = isfinite(sum) && sum > 0.0 ? sum / (sum + least) : 0.0;
  out->at[out->n++] =
    (struct verdict){ sum > least ? 1.0f : 0.0f, (float)sure };
}

static void
judge_levels(struct detector* d, struct verdicts* out)
{
  const int is_speech = d->options.mode == MODE_SPEECH;
  const float score = is_speech
                        ? net_push(&d->net, d->weights, d->levels)
                        : tracker_push(&d->tracker, d->levels, d->gate.on);
  if (d->n_hops > detector_ahead(d)) {
    gate_push(&d->gate, score, out);
  }
}

static void
judge(struct detector* d, struct verdicts* out)
{
  ++d->n_hops;
  if (d->options.mode == MODE_ENERGY) {
    judge_energy(d, out);
  } else {
    bands_measure(&d->bands, d->samples, d->levels);
    judge_levels(d, out);
  }
}

static void
take_frame(struct detector* d, struct verdicts* out)
{
  judge(d, out);
  d->n_kept = d->window - d->hop;
  memmove(d->samples, d->samples + d->hop, d->n_kept * sizeof *d->samples);
}

void
detector_advance(struct detector* d, uint32_t n, struct verdicts* out)
{
  d->n_in += n;
  d->n_kept += n;
  if (d->n_kept == d->window) {
    take_frame(d, out);
  }
}

// The last levels, or the last logit, stand for what is looked ahead to.
static void
judge_nothing(struct detector* d, struct verdicts* out)
{
  ++d->n_hops;
  if (d->options.mode != MODE_SPEECH) {
    judge_levels(d, out);
  } else {
    const float score = net_repeat(&d->net);
    if (d->n_hops > detector_ahead(d)) {
      gate_push(&d->gate, score, out);
    }
  }
}

// Hops that have begun are judged, with zeros for what is missing.
static void
end_levels(struct detector* d, struct verdicts* out)
{
  while (d->n_hops * d->hop < d->n_in) {
    memset(d->samples + d->n_kept, 0,
           (d->window - d->n_kept) * sizeof *d->samples);
    take_frame(d, out);
  }
  const uint32_t ahead = d->n_hops ? detector_ahead(d) : 0;
  for (uint32_t i = 0; i < ahead; ++i) {
    judge_nothing(d, out);
  }
  gate_flush(&d->gate, out);
}

void
detector_end(struct detector* d, struct verdicts* out)
{
  if (d->options.mode != MODE_ENERGY) {
    end_levels(d, out);
  }
}
