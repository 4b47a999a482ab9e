// SPDX-License-Identifier: ISC
// Each band has a floor that follows a quantile of its level: it rises by a
// fixed step when the level is above and falls by another when it is below, so
// it settles where RISE / (RISE + FALL) of the time, 35 %, is below it. Speech,
// which leaves gaps in every band, stays above; noise and steady music do not.
#include "tracker.h"

#include <math.h>

static const float rise_db = 0.030f; // a frame, so 1.5 dB/s
static const float fall_db = 0.056f;
static const float least_excess_db = -2.0f; // one frame must not decide alone
static const float most_excess_db = 6.5f;
static const float still_range_db = 4.3f;
static const float still_margin_db = 0.4f;

enum { LEARN_FRAMES = 50 }; // the first second learns faster

static float
clamp(float x, float low, float high)
{
  return x < low ? low : x > high ? high : x;
}

static void
begin(struct tracker* t, const float* decibels)
{
  for (uint32_t b = 0; b < BANDS; ++b) {
    t->floor[b] = decibels[b];
    t->recent[b] = decibels[b];
  }
}

// While learning, a part of the difference is added, downwards all of it:
// whoever begins to record often speaks at once.
static void
follow(struct tracker* t, const float* decibels)
{
  const float learn =
    t->n_frames < LEARN_FRAMES ? 0.5f / (float)(t->n_frames + 1) : 0.0f;
  for (uint32_t b = 0; b < BANDS; ++b) {
    const float d = decibels[b] - t->floor[b];
    const float step = d > 0.0f ? rise_db : -fall_db;
    t->floor[b] += step + learn * clamp(d, -40.0f, 2.0f);
    t->recent[b] += 0.04f * (decibels[b] - t->recent[b]);
    t->last[b] = decibels[b];
  }
}

static float
excess_of(const struct tracker* t)
{
  float sum = 0.0f;
  for (uint32_t b = 0; b < BANDS; ++b) {
    sum += t->last[b] - t->floor[b];
  }
  return sum / BANDS;
}

static float
mean(const float* x, uint32_t n)
{
  float sum = 0.0f;
  for (uint32_t i = 0; i < n; ++i) {
    sum += x[i];
  }
  return sum / (float)n;
}

static int
stands_still(const struct tracker* t, float threshold)
{
  float low = t->still[0];
  float high = t->still[0];
  if (t->n_still < TRACKER_STILL) {
    return 0;
  }
  for (uint32_t i = 1; i < TRACKER_STILL; ++i) {
    low = fminf(low, t->still[i]);
    high = fmaxf(high, t->still[i]);
  }
  return low > threshold && high - low < still_range_db;
}

// A louder background would be taken for speech until the floor has risen to
// it. But speech is never as even as that.
static void
watch_stillness(struct tracker* t, float level, float threshold)
{
  t->still[t->n_frames % TRACKER_STILL] = level;
  t->n_still += t->n_still < TRACKER_STILL;
  if (level > threshold && stands_still(t, threshold)) {
    t->n_still = 0;
    for (uint32_t b = 0; b < BANDS; ++b) {
      t->floor[b] = t->recent[b] - still_margin_db;
    }
  }
}

float
tracker_push(struct tracker* t, const float* decibels, float threshold)
{
  if (!t->n_frames) {
    begin(t, decibels);
  }
  follow(t, decibels);

  const float excess = excess_of(t);
  const uint32_t at = (uint32_t)(t->n_frames % TRACKER_SPAN);
  t->excess[at] = clamp(excess, least_excess_db, most_excess_db);
  t->whole[at] = excess;
  const uint32_t n =
    t->n_frames < TRACKER_SPAN ? (uint32_t)t->n_frames + 1 : TRACKER_SPAN;
  watch_stillness(t, mean(t->whole, n), threshold);
  ++t->n_frames;
  return mean(t->excess, n);
}
