// SPDX-License-Identifier: ISC
#include "loudness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1024, LANE_SAMPLES = PEAKS_BEFORE + CHUNK };

// Weights of ITU-R BS.1770-4: with side channels present, the back ones are
// not the surrounds.
static double
weight_at(uint64_t channel, uint64_t layout)
{
  const double surround = 1.41;
  const int has_side = (layout & (RILL_CH_SL | RILL_CH_SR)) != 0;
  switch (channel) {
    case RILL_CH_FL:
    case RILL_CH_FR:
    case RILL_CH_FC:
    case RILL_CH_FLC:
    case RILL_CH_FRC:
    case RILL_CH_BC: return 1.0;
    case RILL_CH_BL:
    case RILL_CH_BR: return has_side ? 1.0 : surround;
    case RILL_CH_SL:
    case RILL_CH_SR: return surround;
    default: return 0.0;
  }
}

// Without a layout: L R C LFE Ls Rs, or L R C Ls Rs, or L R Ls Rs.
static double
usual_weight(uint32_t channel, uint32_t n_channels)
{
  static const double weights[][6] = { { 1, 1, 1.41, 1.41 },
                                       { 1, 1, 1, 1.41, 1.41 },
                                       { 1, 1, 1, 0, 1.41, 1.41 } };
  const uint32_t row = n_channels == 4 ? 0 : n_channels == 5 ? 1 : 2;
  return channel < 6 ? weights[row][channel] : 0.0;
}

static double
weight_of(const struct loudness* l, uint32_t channel)
{
  const uint64_t layout = l->format.layout;
  uint32_t c = 0;
  if (l->format.channels == 1) {
    return l->flags & LOUDNESS_DUAL_MONO ? 2.0 : 1.0;
  }
  for (uint64_t bit = 1; bit; bit <<= 1) {
    if ((layout & bit) && c++ == channel) {
      return weight_at(bit, layout);
    }
  }
  return usual_weight(channel, l->format.channels);
}

int
loudness_init(struct loudness* l)
{
  *l = (struct loudness){ .format = l->format, .flags = l->flags };
  l->step = (l->format.rate + 5) / 10;
  l->n_groups = (l->format.channels + WEIGHTING_LANES - 1) / WEIGHTING_LANES;
  l->groups = calloc(l->n_groups, sizeof *l->groups);
  l->samples = calloc((size_t)l->n_groups * WEIGHTING_LANES * LANE_SAMPLES,
                      sizeof *l->samples);
  if (!gates_init(&l->gates, l->flags & LOUDNESS_HISTOGRAM) || !l->groups ||
      !l->samples) {
    loudness_fini(l);
    return 0;
  }
  weighting_init(&l->weighting, l->format.rate);
  peaks_init(&l->peaks, l->format.rate);
  loudness_reset(l);
  return 1;
}

void
loudness_reset(struct loudness* l)
{
  const size_t n_lanes = (size_t)l->n_groups * WEIGHTING_LANES;
  gates_reset(&l->gates);
  memset(l->groups, 0, l->n_groups * sizeof *l->groups);
  memset(l->samples, 0, n_lanes * LANE_SAMPLES * sizeof *l->samples);
  l->n_frames = 0;
  l->n_not_finite = 0;
  l->peak = 0.0f;
  l->true_peak = 0.0f;
  l->momentary_max = -HUGE_VAL;
  l->short_term_max = -HUGE_VAL;
}

void
loudness_fini(struct loudness* l)
{
  gates_fini(&l->gates);
  free(l->groups);
  free(l->samples);
  l->groups = NULL;
  l->samples = NULL;
}

static float*
lane(const struct loudness* l, uint32_t channel)
{
  return l->samples + (size_t)channel * LANE_SAMPLES + PEAKS_BEFORE;
}

// A filter would never forget NaN or infinity: they are counted, and silence
// to all figures.
static void
take_channel(struct loudness* l, uint32_t channel, const float* in, uint32_t n)
{
  float* const x = lane(l, channel);
  const float peak = peaks_clean(x, in, n, &l->n_not_finite);
  l->peak = peak > l->peak ? peak : l->peak;
  if (l->flags & LOUDNESS_TRUE_PEAK) {
    const float between = peaks_between(&l->peaks, x, n);
    l->true_peak = between > l->true_peak ? between : l->true_peak;
  }
}

static void
weigh(struct loudness* l, uint32_t n)
{
  for (uint32_t g = 0; g < l->n_groups; ++g) {
    const float* in[WEIGHTING_LANES];
    for (uint32_t k = 0; k < WEIGHTING_LANES; ++k) {
      in[k] = lane(l, g * WEIGHTING_LANES + k);
    }
    weighting_run(&l->weighting, &l->groups[g], in, n);
  }
}

static void
keep_last(struct loudness* l, uint32_t n)
{
  for (uint32_t c = 0; c < l->format.channels; ++c) {
    float* const begin = lane(l, c) - PEAKS_BEFORE;
    memmove(begin, begin + n, PEAKS_BEFORE * sizeof *begin);
  }
}

// The energy of the step that is complete; the next one starts at 0.
static double
step_energy(struct loudness* l)
{
  double sum = 0.0;
  for (uint32_t c = 0; c < l->format.channels; ++c) {
    double* const weighted =
      &l->groups[c / WEIGHTING_LANES].weighted[c % WEIGHTING_LANES];
    sum += weight_of(l, c) * *weighted;
    *weighted = 0.0;
  }
  for (uint32_t g = 0; g < l->n_groups; ++g) {
    weighting_rest(&l->groups[g]);
  }
  return sum / l->step;
}

// EBU Tech 3341 wants the maxima from at least ten values a second.
static int
end_step(struct loudness* l)
{
  if (!gates_push(&l->gates, step_energy(l))) {
    return 0;
  }
  l->momentary_max =
    fmax(l->momentary_max, gates_window(&l->gates, GATES_MOMENTARY));
  l->short_term_max =
    fmax(l->short_term_max, gates_window(&l->gates, GATES_SHORT_TERM));
  return 1;
}

int
loudness_add(struct loudness* l,
             const float* const* channels,
             uint32_t first,
             uint32_t n)
{
  while (n) {
    const uint32_t left = l->step - (uint32_t)(l->n_frames % l->step);
    uint32_t some = n < CHUNK ? n : CHUNK;
    some = some < left ? some : left;
    for (uint32_t c = 0; c < l->format.channels; ++c) {
      take_channel(l, c, channels[c] + first, some);
    }
    weigh(l, some);
    keep_last(l, some);
    l->n_frames += some;
    if (l->n_frames % l->step == 0 && !end_step(l)) {
      return 0;
    }
    first += some;
    n -= some;
  }
  return 1;
}

static double
decibels(double amplitude)
{
  return 20.0 * log10(amplitude);
}

static double
rms_of(const struct loudness* l)
{
  const double n = (double)l->n_frames * l->format.channels;
  double sum = 0.0;
  for (uint32_t c = 0; c < l->format.channels; ++c) {
    sum += l->groups[c / WEIGHTING_LANES].square[c % WEIGHTING_LANES];
  }
  return n > 0.0 ? decibels(sqrt(sum / n)) : -HUGE_VAL;
}

void
loudness_read(struct loudness* l, struct figures* out)
{
  const int has_true_peak = (l->flags & LOUDNESS_TRUE_PEAK) != 0;
  *out = (struct figures){
    .peak_dbfs = decibels((double)l->peak),
    .true_peak_dbtp =
      decibels(has_true_peak ? (double)fmaxf(l->peak, l->true_peak) : 0.0),
    .rms_dbfs = rms_of(l),
    .integrated_lufs = gates_integrated(&l->gates),
    .momentary_lufs = gates_window(&l->gates, GATES_MOMENTARY),
    .momentary_max_lufs = l->momentary_max,
    .short_term_lufs = gates_window(&l->gates, GATES_SHORT_TERM),
    .short_term_max_lufs = l->short_term_max,
    .range_lu = -HUGE_VAL,
    .n_not_finite = l->n_not_finite,
  };
  if (isfinite(out->integrated_lufs) && isfinite(out->short_term_max_lufs)) {
    out->range_lu = gates_range(&l->gates);
  }
}
