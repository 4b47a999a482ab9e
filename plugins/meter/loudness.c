// SPDX-License-Identifier: ISC
#include "loudness.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_CHUNK = 1024 };

// Windows of momentary and short-term loudness.
enum { MOMENTARY_STEPS = 4, SHORT_TERM_STEPS = 30 };

// Weights of ITU-R BS.1770-4: with side channels present, the back ones are
// not the surrounds.
static int
place_of(uint64_t channel, uint64_t layout)
{
  const int has_side = (layout & (RILL_CH_SL | RILL_CH_SR)) != 0;
  switch (channel) {
    case RILL_CH_FL: return EBUR128_LEFT;
    case RILL_CH_FR: return EBUR128_RIGHT;
    case RILL_CH_FC: return EBUR128_CENTER;
    case RILL_CH_LFE: return EBUR128_UNUSED;
    case RILL_CH_BL: return has_side ? EBUR128_Mp135 : EBUR128_LEFT_SURROUND;
    case RILL_CH_BR: return has_side ? EBUR128_Mm135 : EBUR128_RIGHT_SURROUND;
    case RILL_CH_FLC: return EBUR128_MpSC;
    case RILL_CH_FRC: return EBUR128_MmSC;
    case RILL_CH_BC: return EBUR128_Mp180;
    case RILL_CH_SL: return EBUR128_Mp090;
    case RILL_CH_SR: return EBUR128_Mm090;
    default: return EBUR128_UNUSED;
  }
}

static void
place_channels(struct loudness* l)
{
  const uint64_t layout = l->format.layout;
  uint32_t c = 0;
  for (uint64_t bit = 1; bit && c < l->format.channels; bit <<= 1) {
    if (layout & bit) {
      ebur128_set_channel(l->state, c++, place_of(bit, layout));
    }
  }
  if (l->format.channels == 1) {
    ebur128_set_channel(l->state, 0, l->flags & LOUDNESS_DUAL_MONO
                                       ? EBUR128_DUAL_MONO
                                       : EBUR128_CENTER);
  }
}

int
loudness_init(struct loudness* l)
{
  const int mode =
    EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_SAMPLE_PEAK |
    (l->flags & LOUDNESS_TRUE_PEAK ? EBUR128_MODE_TRUE_PEAK : 0) |
    (l->flags & LOUDNESS_HISTOGRAM ? EBUR128_MODE_HISTOGRAM : 0);
  *l = (struct loudness){ .format = l->format, .flags = l->flags };
  l->step = (l->format.rate + 5) / 10;
  l->momentary_max = -HUGE_VAL;
  l->short_term_max = -HUGE_VAL;
  l->state = ebur128_init(l->format.channels, l->format.rate, mode);
  l->interleaved =
    calloc((size_t)MAX_CHUNK * l->format.channels, sizeof *l->interleaved);
  if (!l->state || !l->interleaved) {
    loudness_fini(l);
    return 0;
  }
  place_channels(l);
  return 1;
}

void
loudness_fini(struct loudness* l)
{
  if (l->state) {
    ebur128_destroy(&l->state);
  }
  free(l->interleaved);
  l->interleaved = NULL;
}

// A filter would never forget NaN or infinity: they are counted, and silence
// to all figures.
static void
interleave(struct loudness* l, const float* const* in, uint32_t first, uint32_t n)
{
  const uint32_t channels = l->format.channels;
  for (uint32_t i = 0; i < n; ++i) {
    for (uint32_t c = 0; c < channels; ++c) {
      const float x = in[c][first + i];
      const int ok = isfinite(x);
      l->interleaved[(size_t)i * channels + c] = ok ? x : 0.0f;
      l->n_not_finite += !ok;
      l->sum_of_squares += ok ? (double)x * (double)x : 0.0;
    }
  }
}

// EBU Tech 3341 wants the maxima from at least ten values a second.
static void
watch_maxima(struct loudness* l)
{
  const uint64_t n_steps = l->n_frames / l->step;
  double value = -HUGE_VAL;
  if (n_steps >= MOMENTARY_STEPS &&
      !ebur128_loudness_momentary(l->state, &value)) {
    l->momentary_max = fmax(l->momentary_max, value);
  }
  if (n_steps >= SHORT_TERM_STEPS &&
      !ebur128_loudness_shortterm(l->state, &value)) {
    l->short_term_max = fmax(l->short_term_max, value);
  }
}

int
loudness_add(struct loudness* l,
             const float* const* channels,
             uint32_t first,
             uint32_t n)
{
  while (n) {
    const uint32_t left = l->step - (uint32_t)(l->n_frames % l->step);
    uint32_t some = n < MAX_CHUNK ? n : MAX_CHUNK;
    some = some < left ? some : left;
    interleave(l, channels, first, some);
    if (ebur128_add_frames_float(l->state, l->interleaved, some)) {
      return 0;
    }
    l->n_frames += some;
    if (l->n_frames % l->step == 0) {
      watch_maxima(l);
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

static void
read_peaks(const struct loudness* l, struct figures* out)
{
  double peak = 0.0;
  double true_peak = 0.0;
  for (uint32_t c = 0; c < l->format.channels; ++c) {
    double value = 0.0;
    ebur128_sample_peak(l->state, c, &value);
    peak = fmax(peak, value);
    if (l->flags & LOUDNESS_TRUE_PEAK) {
      ebur128_true_peak(l->state, c, &value);
      true_peak = fmax(true_peak, value);
    }
  }
  out->peak_dbfs = decibels(peak);
  out->true_peak_dbtp = decibels(
    l->flags & LOUDNESS_TRUE_PEAK ? fmax(peak, true_peak) : 0.0);
}

static void
read_present(const struct loudness* l, struct figures* out)
{
  const uint64_t n_steps = l->n_frames / l->step;
  out->momentary_lufs = -HUGE_VAL;
  out->short_term_lufs = -HUGE_VAL;
  if (n_steps >= MOMENTARY_STEPS) {
    ebur128_loudness_momentary(l->state, &out->momentary_lufs);
  }
  if (n_steps >= SHORT_TERM_STEPS) {
    ebur128_loudness_shortterm(l->state, &out->short_term_lufs);
  }
}

void
loudness_read(const struct loudness* l, struct figures* out)
{
  const double n = (double)l->n_frames * l->format.channels;
  *out = (struct figures){ .n_not_finite = l->n_not_finite };
  read_peaks(l, out);
  read_present(l, out);
  out->rms_dbfs = n > 0.0 ? decibels(sqrt(l->sum_of_squares / n)) : -HUGE_VAL;
  out->momentary_max_lufs = l->momentary_max;
  out->short_term_max_lufs = l->short_term_max;
  out->integrated_lufs = -HUGE_VAL;
  ebur128_loudness_global(l->state, &out->integrated_lufs);
  // The library says 0 where there is nothing to compare.
  out->range_lu = -HUGE_VAL;
  if (isfinite(out->integrated_lufs) && isfinite(out->short_term_max_lufs)) {
    ebur128_loudness_range(l->state, &out->range_lu);
  }
}
