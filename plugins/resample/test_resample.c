// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>

#define PATH "plugins/resample/resample"

enum { MAX_N = 200000 };

static float signal[MAX_N];

static struct rig*
start(uint32_t in_rate, const char* out_rate, const char* quality,
      uint32_t channels, uint32_t block)
{
  struct rig* const rig = rig_open(PATH, "resample");
  rig_set(rig, "rate", out_rate);
  rig_set(rig, "quality", quality);
  rig_audio(rig, 0, in_rate, channels);
  rig_start(rig, 4096);
  rig_block(rig, block);
  return rig;
}

static void
fill_noise(void)
{
  uint32_t x = 1;
  for (uint32_t i = 0; i < MAX_N; ++i) {
    x = x * 1664525u + 1013904223u;
    signal[i] = (float)(int32_t)x * 0x1p-32f;
  }
}

static void
fill_tone(double cycles_per_frame)
{
  for (uint32_t i = 0; i < MAX_N; ++i) {
    signal[i] = (float)(0.5 * sin(2.0 * M_PI * cycles_per_frame * i));
  }
}

// frames in, rates, frames out: n * out / in to the nearest, halves up
static const struct {
  uint32_t n_in;
  uint32_t in_rate;
  const char* out_rate;
  uint32_t n_out;
} lengths[] = {
  { 0, 44100, "16kHz", 0 },
  { 1, 44100, "16kHz", 0 }, // 0.36
  { 2, 44100, "16kHz", 1 }, // 0.73
  { 1, 8000, "48kHz", 6 },
  { 44100, 44100, "16kHz", 16000 }, // a second is a second
  { 44100, 44100, "48kHz", 48000 },
  { 48000, 48000, "44.1kHz", 44100 },
  { 30011, 16000, "8kHz", 15006 }, // 15005.5
  { 30011, 44100, "16001Hz", 10889 },
  { 5000, 1000, "768kHz", 3840000 },
  { 100000, 768000, "1kHz", 130 },
  { 3, 1, "3Hz", 9 },
  { 77, 96000, "96kHz", 77 }, // the same rate
};

START_TEST(the_length_is_exact)
{
  static const uint32_t blocks[] = { 64, 4096 };
  fill_noise();
  for (uint32_t i = 0; i < 2; ++i) {
    struct rig* const rig = start(lengths[_i].in_rate, lengths[_i].out_rate,
                                  "high", 1, blocks[i]);
    rig_push_f32(rig, 0, signal, lengths[_i].n_in);
    rig_drain(rig);
    ck_assert_uint_eq(rig_out_frames(rig, 0), lengths[_i].n_out);
    rig_close(rig);
  }
}
END_TEST

START_TEST(the_same_rate_passes_through)
{
  struct rig* const rig = start(44100, "44.1kHz", "low", 2, 1000);
  fill_noise();
  rig_push_f32(rig, 0, signal, 5000);
  rig_drain(rig);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), signal, 5000 * sizeof(float));
  ck_assert_mem_eq(rig_out_f32(rig, 0, 1), signal + 5000,
                   5000 * sizeof(float));
  rig_close(rig);
}
END_TEST

START_TEST(positions_count_output_frames)
{
  struct rig* const rig = start(44100, "16kHz", "high", 1, 1000);
  uint64_t n = 0;
  fill_noise();
  rig_push_f32(rig, 0, signal, 44100);
  rig_drain(rig);
  for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
    const struct rig_item* const item = rig_out_item(rig, 0, i);
    ck_assert_int_eq(item->media_pos, n);
    ck_assert_int_eq(item->pts_ns, n * 62500);
    n += item->n_frames;
  }
  ck_assert_uint_le(rig_activation(rig)->latency_frames, 0);
  rig_close(rig);
}
END_TEST

static const struct {
  uint32_t in_rate;
  const char* out_rate;
  const char* quality;
} ways[] = {
  { 44100, "16kHz", "low" },       { 44100, "16kHz", "medium" },
  { 44100, "16kHz", "high" },      { 44100, "16kHz", "very-high" },
  { 44100, "48kHz", "high" },      { 8000, "48kHz", "high" },
  { 48000, "44.1kHz", "very-high" }, { 44100, "44101Hz", "high" },
};

START_TEST(block_sizes_do_not_matter)
{
  const char* const params[] = { "rate", ways[_i].out_rate, "quality",
                                 ways[_i].quality, NULL };
  const struct rig_case c = { PATH,  "resample", params, signal, 20000,
                              ways[_i].in_rate, 2, 0, 0.0f };
  fill_noise();
  rig_check_blocks(&c);
}
END_TEST

START_TEST(the_tail_is_not_longer_than_reported)
{
  struct rig* const rig =
    start(ways[_i].in_rate, ways[_i].out_rate, ways[_i].quality, 1, 64);
  uint64_t n_most = 0;
  fill_noise();
  rig_push_f32(rig, 0, signal, 50000);
  rig_run(rig);
  const uint64_t before = rig_out_frames(rig, 0);
  rig_drain(rig);
  n_most = rig_out_frames(rig, 0) - before;
  ck_assert_uint_gt(n_most, 0);
  ck_assert_uint_le(n_most, rig_activation(rig)->tail_frames);
  rig_close(rig);
}
END_TEST

START_TEST(reset_is_fresh)
{
  struct rig* const rig = start(44100, "16kHz", "high", 1, 1000);
  static float first[20000];
  fill_noise();
  rig_push_f32(rig, 0, signal, 44100);
  rig_drain(rig);
  memcpy(first, rig_out_f32(rig, 0, 0), 16000 * sizeof(float));
  rig_reset(rig);
  rig_push_f32(rig, 0, signal, 44100);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 16000);
  ck_assert_mem_eq(first, rig_out_f32(rig, 0, 0), 16000 * sizeof(float));
  rig_close(rig);
}
END_TEST

// A pulse stays where it is in time.
START_TEST(nothing_is_late)
{
  struct rig* const rig = start(48000, "16kHz", "high", 1, 1000);
  memset(signal, 0, sizeof signal);
  signal[3 * 5000] = 1.0f;
  rig_push_f32(rig, 0, signal, 48000);
  rig_drain(rig);
  for (uint32_t i = 0; i < 16000; ++i) {
    ck_assert_float_le(fabsf(rig_out_f32(rig, 0, 0)[i]),
                       rig_out_f32(rig, 0, 0)[5000]);
  }
  ck_assert_float_gt(rig_out_f32(rig, 0, 0)[5000], 0.2f);
  ck_assert_float_eq_tol(rig_out_f32(rig, 0, 0)[4990],
                         rig_out_f32(rig, 0, 0)[5010], 1e-6f);
  rig_close(rig);
}
END_TEST

START_TEST(nan_passes_by)
{
  struct rig* const rig = start(44100, "16kHz", "high", 1, 1000);
  fill_tone(0.01);
  signal[50000] = NAN;
  signal[50001] = INFINITY;
  rig_push_f32(rig, 0, signal, 100000);
  rig_drain(rig);
  const uint32_t there = 50000 * 160 / 441;
  uint32_t first = UINT32_MAX;
  uint32_t last = 0;
  for (uint32_t i = 0; i < rig_out_frames(rig, 0); ++i) {
    if (!isfinite(rig_out_f32(rig, 0, 0)[i])) {
      first = first < i ? first : i;
      last = i;
    }
  }
  ck_assert_uint_lt(there - first, 4096);
  ck_assert_uint_lt(last - there, 4096);
  rig_close(rig);
}
END_TEST

// The README's table. Bands in parts of half the lower rate, levels in dB.
static const struct {
  const char* quality;
  double pass_end;
  double ripple;
  double rejection;
} bands[] = {
  { "low", 0.65, 0.02, 100.0 },
  { "medium", 0.91, 0.25, 105.0 },
  { "high", 0.91, 0.02, 125.0 },
  { "very-high", 0.91, 0.02, 150.0 },
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
};

enum { N_BANDS = 4, N_RATES = 4 };

// The least squares fit of a tone to the middle half of the output: gives its
// level and the level of what is left, both against the tone that went in.
static void
measure(struct rig* rig, double cycles_per_frame, double* level, double* rest)
{
  const float* const out = rig_out_f32(rig, 0, 0);
  const size_t n = (size_t)rig_out_frames(rig, 0);
  double cosine = 0.0;
  double sine = 0.0;
  double square = 0.0;
  for (size_t i = n / 4; i < n / 4 * 3; ++i) {
    const double w = 2.0 * M_PI * cycles_per_frame * (double)i;
    cosine += out[i] * cos(w) / (double)(n / 4);
    sine += out[i] * sin(w) / (double)(n / 4);
  }
  for (size_t i = n / 4; i < n / 4 * 3; ++i) {
    const double w = 2.0 * M_PI * cycles_per_frame * (double)i;
    const double d = out[i] - cosine * cos(w) - sine * sin(w);
    square += d * d / (double)(n / 2);
  }
  *level = 20.0 * log10(hypot(cosine, sine) / 0.5);
  *rest = 20.0 * log10(sqrt(square) / (0.5 * M_SQRT1_2) + 1e-30);
}

static void
play_tone(int band, int rate, double part, double* level, double* rest)
{
  const uint32_t in = rates[rate].in_rate;
  const uint32_t out = rates[rate].out_rate;
  // a whole number of cycles in the half that is measured
  const double hz =
    4.0 * floor(part * (in < out ? in : out) / 2.0 / 4.0 + 0.5);
  struct rig* const rig =
    start(in, rates[rate].out_text, bands[band].quality, 1, 4096);
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
    // a float has 24 bits: no more can be seen beside the tone itself
    ck_assert_double_le(rest, -fmin(bands[band].rejection, 140.0));
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
  tcase_add_loop_test(tcase, the_length_is_exact, 0, RILL_COUNT(lengths));
  tcase_add_test(tcase, the_same_rate_passes_through);
  tcase_add_test(tcase, positions_count_output_frames);
  tcase_add_loop_test(tcase, block_sizes_do_not_matter, 0, RILL_COUNT(ways));
  tcase_add_loop_test(tcase, the_tail_is_not_longer_than_reported, 0,
                      RILL_COUNT(ways));
  tcase_add_test(tcase, reset_is_fresh);
  tcase_add_test(tcase, nothing_is_late);
  tcase_add_test(tcase, nan_passes_by);
  tcase_add_loop_test(tcase, the_pass_band_is_flat_and_has_no_images, 0,
                      N_BANDS * N_RATES);
  tcase_add_loop_test(tcase, the_stop_band_is_silent, 0, N_BANDS * N_RATES);
}

// Keeps the plugin loaded to the end: libgomp, which libsoxr is linked with,
// loses memory each time it is unloaded.
static struct rig* volatile pin;

int
main(void)
{
  pin = rig_open(PATH, NULL);
  return suite_run("resample", 60, add_tests);
}
