// SPDX-License-Identifier: ISC
// The README's table: what tones come out as.
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>

#define PATH "plugins/resample/resample"

enum { MAX_N = 48000 };

static float signal[MAX_N];

static void
fill_tone(double cycles_per_frame)
{
  for (uint32_t i = 0; i < MAX_N; ++i) {
    signal[i] = (float)(0.5 * sin(2.0 * M_PI * cycles_per_frame * i));
  }
}

static struct rig*
start(uint32_t in_rate, const char* out_rate, const char* quality,
      const char* latency)
{
  struct rig* const rig = rig_open(PATH, "resample");
  rig_set(rig, "rate", out_rate);
  rig_set(rig, "quality", quality);
  rig_set(rig, "latency", latency);
  rig_audio(rig, 0, in_rate, 1);
  rig_start(rig, 4096);
  return rig;
}

// Bands in parts of half the lower rate, levels in dB.
static const struct {
  const char* quality;
  const char* latency;
  double pass_end;
  double ripple;
  double sinad;
  double rejection;
} bands[] = {
  { "low", "normal", 0.85, 0.001, 100.0, 100.0 },
  { "medium", "normal", 0.91, 0.001, 105.0, 105.0 },
  { "high", "normal", 0.91, 0.0001, 133.0, 138.0 },
  { "very-high", "normal", 0.92, 0.0001, 141.0, 142.0 },
  { "low", "low", 0.75, 0.01, 80.0, 80.0 },
  { "medium", "low", 0.80, 0.001, 100.0, 100.0 },
  { "high", "low", 0.85, 0.0001, 125.0, 125.0 },
  { "very-high", "low", 0.91, 0.0001, 138.0, 140.0 },
};

static const struct {
  uint32_t in_rate;
  uint32_t out_rate;
  const char* out_text;
} rates[] = {
  { 44100, 16000, "16kHz" },
  { 48000, 16000, "16kHz" },
  { 16000, 48000, "48kHz" },
  { 44100, 48000, "48kHz" },
  { 44100, 22050, "22050Hz" },
  { 44100, 16001, "16001Hz" },
};

enum { N_BANDS = RILL_COUNT(bands), N_RATES = RILL_COUNT(rates) };

// The least squares fit of a tone to the middle half of the output: gives its
// level and the level of what is left, both against the tone that went in.
static void
measure(struct rig* rig, double cycles_per_frame, double* level, double* rest)
{
  const float* const out = rig_out_f32(rig, 0, 0);
  const size_t n = (size_t)rig_out_frames(rig, 0);
  const size_t from = n / 4;
  const size_t to = n / 4 * 3;
  double cc = 0.0, ss = 0.0, cs = 0.0, yc = 0.0, ys = 0.0, square = 0.0;
  for (size_t i = from; i < to; ++i) {
    const double w = 2.0 * M_PI * cycles_per_frame * (double)i;
    cc += cos(w) * cos(w);
    ss += sin(w) * sin(w);
    cs += cos(w) * sin(w);
    yc += out[i] * cos(w);
    ys += out[i] * sin(w);
  }
  const double det = cc * ss - cs * cs;
  const double cosine = (yc * ss - ys * cs) / det;
  const double sine = (ys * cc - yc * cs) / det;
  for (size_t i = from; i < to; ++i) {
    const double w = 2.0 * M_PI * cycles_per_frame * (double)i;
    const double d = out[i] - cosine * cos(w) - sine * sin(w);
    square += d * d / (double)(to - from);
  }
  *level = 20.0 * log10(hypot(cosine, sine) / 0.5);
  *rest = 20.0 * log10(sqrt(square) / (0.5 * M_SQRT1_2) + 1e-30);
}

static void
play_tone(int band, int rate, double part, double* level, double* rest)
{
  const uint32_t in = rates[rate].in_rate;
  const uint32_t out = rates[rate].out_rate;
  const double hz = floor(part * (in < out ? in : out) / 2.0 + 0.5);
  struct rig* const rig =
    start(in, rates[rate].out_text, bands[band].quality, bands[band].latency);
  fill_tone(hz / in);
  rig_push_f32(rig, 0, signal, in);
  rig_drain(rig);
  measure(rig, hz / out, level, rest);
  rig_close(rig);
}

START_TEST(the_pass_band_is_flat_and_has_no_images)
{
  const int band = _i / N_RATES;
  for (int k = 1; k <= 10; ++k) {
    double level = 0.0;
    double rest = 0.0;
    play_tone(band, _i % N_RATES, bands[band].pass_end * k / 10.0, &level,
              &rest);
    ck_assert_double_le(fabs(level), bands[band].ripple);
    ck_assert_double_le(rest, -bands[band].sinad);
  }
}
END_TEST

START_TEST(the_stop_band_is_silent)
{
  const int band = _i / N_RATES;
  const int rate = _i % N_RATES;
  const double end =
    (double)rates[rate].in_rate / (double)rates[rate].out_rate;
  for (int k = 0; k < 10 && end > 1.0; ++k) {
    double level = 0.0;
    double rest = 0.0;
    const double part = 1.003 + (end - 1.01) * k / 10.0;
    play_tone(band, rate, part, &level, &rest);
    ck_assert_double_le(rest, -bands[band].rejection);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, the_pass_band_is_flat_and_has_no_images, 0,
                      N_BANDS * N_RATES);
  tcase_add_loop_test(tcase, the_stop_band_is_silent, 0, N_BANDS * N_RATES);
}

int
main(void)
{
  return suite_run("resample_quality", 60, add_tests);
}
