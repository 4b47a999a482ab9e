// SPDX-License-Identifier: ISC
#include "plugins/state_test.h"
#include "sdk/harness/fake_host.h"
#include "tests/suite.h"

#include <math.h>

#define PATH "plugins/biquad/biquad"
#define P(...) (const char* const[]){ __VA_ARGS__, NULL }

enum { RATE = 48000, N = 10000, N_PULSE = 1 << 16, CHANNELS = 2 };

static float signal[N_PULSE];
static struct blob blob;

static struct rig*
open_biquad(const char* const* params, uint32_t channels)
{
  struct rig* const rig = rig_open(PATH, "biquad");
  rig_set_all(rig, params);
  rig_audio(rig, 0, RATE, channels);
  return rig;
}

static struct rig*
start(const char* const* params, uint32_t channels, uint32_t block)
{
  struct rig* const rig = open_biquad(params, channels);
  for (uint32_t i = 0; i < N_PULSE; ++i) {
    signal[i] = sinf((float)i * 0.7f) + cosf((float)(i * i % 977));
  }
  rig_start(rig, 4096);
  rig_block(rig, block);
  return rig;
}

static const char* const too_high[] = { "24kHz", "30kHz" };

START_TEST(a_frequency_above_half_the_rate_is_refused)
{
  struct rig* const rig = open_biquad(P("frequency", too_high[_i]), 1);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "a rate of 48000Hz"));
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "below 24000Hz"));
  rig_close(rig);
}
END_TEST

START_TEST(a_change_to_such_a_frequency_is_left_out_and_logged)
{
  struct rig* const whole = start(P("type", "highpass"), CHANNELS, 64);
  struct rig* const rig = start(P("type", "highpass"), CHANNELS, 64);
  rig_event(rig, 100, "frequency", "24kHz");
  rig_push_f32(rig, 0, signal, 1000);
  rig_drain(rig);
  rig_push_f32(whole, 0, signal, 1000);
  rig_drain(whole);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 1), rig_out_f32(whole, 0, 1), 4000);
  ck_assert_ptr_nonnull(fake_host_find_log(rig_host(rig), "half the rate"));
  rig_close(rig);
  rig_close(whole);
}
END_TEST

enum { HEAD = 2 * 32 + 8 };

static const struct {
  uint32_t version;
  int32_t n_more;
  uint32_t at;
  uint64_t word;
} damages[] = {
  { 2, 0, 0, 0 },                           // a version that is not known
  { 1, -1, 0, 0 },                          // cut
  { 1, 16, 0, 0 },                          // of three channels
  { 1, 0, 32, 8 },                          // a type that is not there
  { 1, 0, 32 + 8, 0x40d7700000000000u },    // 24 kHz
  { 1, 0, 32 + 16, 0 },                     // q is 0
  { 1, 0, 32 + 24, 0x7ff8000000000000u },   // gain is NaN
  { 1, 0, 64, 0x0000bb8000000003u },        // channels
  { 1, 0, 64, 0x0000ac4400000002u },        // rate
  { 1, 0, HEAD + 24, 0x7ff0000000000000u }, // memory is infinite
};

START_TEST(damaged_state_is_refused_and_leaves_the_node_fresh)
{
  struct rig* const other = start(P("q", "2"), CHANNELS, 64);
  struct rig* const rig = start(P("q", "2"), CHANNELS, 64);
  struct rig* const fresh = start(P("q", "2"), CHANNELS, 64);
  rig_push_f32(other, 0, signal, 1000);
  rig_run(other);
  blob_export(other, &blob);
  ck_assert_uint_eq(blob.n, HEAD + 16 * CHANNELS);
  memcpy(blob.data + damages[_i].at, &damages[_i].word, 8);
  blob.n = (uint64_t)((int64_t)blob.n + damages[_i].n_more);
  ck_assert_int_eq(blob_import(rig, damages[_i].version, &blob),
                   RILL_ERR_BAD_STATE_BLOB);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), "saved state"));

  rig_push_f32(rig, 0, signal, 1000);
  rig_drain(rig);
  rig_push_f32(fresh, 0, signal, 1000);
  rig_drain(fresh);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), rig_out_f32(fresh, 0, 0), 4000);
  rig_close(other);
  rig_close(rig);
  rig_close(fresh);
}
END_TEST

// What is not finite comes out once and is forgotten.
START_TEST(nan_and_infinity_do_no_lasting_harm)
{
  struct rig* const rig = start(P("frequency", "100Hz"), 1, 64);
  signal[500] = _i ? INFINITY : NAN;
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  for (uint32_t i = 0; i < N; ++i) {
    ck_assert_int_eq(!isfinite(rig_out_f32(rig, 0, 0)[i]), i == 500);
  }
  rig_close(rig);
}
END_TEST

// Noise with what is special here and there: NaN, infinity, zeros, silence.
static void
fill_odd(float* x, uint32_t n, uint32_t channel)
{
  for (uint32_t i = 0; i < n; ++i) {
    x[i] = sinf((float)(i * (channel + 3u)) * 0.01f) * 0.5f;
    x[i] = (i + 31 * channel) % 97 == 0 ? 0.0f : x[i];
    x[i] = i > 3000 && i < 5000 + 700 * channel ? 0.0f : x[i];
  }
  x[700 + channel] = channel % 2 ? NAN : INFINITY;
  x[6100] = channel == 1 ? -INFINITY : x[6100];
}

static const struct {
  const char* const* params;
  uint32_t channels;
} together[] = {
  { NULL, 2 },
  { P("frequency", "15kHz"), 2 },
  { P("type", "highpass", "frequency", "23kHz"), 3 },
  { P("type", "peaking", "q", "8", "gain", "12dB"), 4 },
  { P("type", "notch", "frequency", "12kHz"), 5 },
  { P("type", "lowshelf", "gain", "-20dB"), 6 },
};

START_TEST(channels_together_are_as_each_alone)
{
  const uint32_t n_channels = together[_i].channels;
  struct rig* const all = start(together[_i].params, n_channels, 1000);
  float* const x = calloc((size_t)n_channels * N, sizeof *x);
  for (uint32_t c = 0; c < n_channels; ++c) {
    fill_odd(x + (size_t)c * N, N, c);
  }
  rig_push_f32(all, 0, x, N);
  rig_drain(all);
  for (uint32_t c = 0; c < n_channels; ++c) {
    struct rig* const one = start(together[_i].params, 1, 1000);
    rig_push_f32(one, 0, x + (size_t)c * N, N);
    rig_drain(one);
    ck_assert_mem_eq(rig_out_f32(all, 0, c), rig_out_f32(one, 0, 0),
                     N * sizeof(float));
    rig_close(one);
  }
  free(x);
  rig_close(all);
}
END_TEST

START_TEST(silence_becomes_silence)
{
  struct rig* const rig = start(P("frequency", "5Hz", "q", "10"), 1, 4096);
  memset(signal, 0, sizeof signal);
  signal[0] = 1.0f;
  for (uint32_t i = 0; i < 40; ++i) {
    rig_push_f32(rig, 0, signal, N_PULSE);
    signal[0] = 0.0f;
  }
  rig_drain(rig);
  const float* const out = rig_out_f32(rig, 0, 0);
  uint32_t n_denormal = 0;
  for (uint32_t i = 0; i < 40 * N_PULSE; ++i) {
    n_denormal += fpclassify(out[i]) == FP_SUBNORMAL;
  }
  ck_assert_uint_eq(n_denormal, 0);
  ck_assert_float_eq(out[40 * N_PULSE - 1], 0.0f);
  rig_close(rig);
}
END_TEST

static const struct {
  const char* const* params; // at 1 kHz
  double hz;
  double db;
  double tolerance;
} responses[] = {
  { P("type", "lowpass"), 1000, -3.0103, 1e-3 },
  { P("type", "lowpass"), 20, 0.0, 1e-3 },
  { P("type", "lowpass"), 10000, -42.6, 0.5 }, // 12 dB an octave and more
  { P("type", "lowpass", "q", "4"), 1000, 12.0412, 1e-3 }, // q itself
  { P("type", "highpass"), 1000, -3.0103, 1e-3 },
  { P("type", "highpass"), 20000, 0.0, 1e-3 },
  { P("type", "highpass"), 100, -40.03, 0.05 },
  { P("type", "bandpass", "q", "3"), 1000, 0.0, 1e-3 },
  { P("type", "bandpass", "q", "1"), 50, -26.0, 0.3 },
  { P("type", "notch"), 1000, -100.0, 0.0 }, // or less
  { P("type", "notch"), 20, 0.0, 0.01 },
  { P("type", "allpass"), 400, 0.0, 1e-3 },
  { P("type", "allpass"), 1000, 0.0, 1e-3 },
  { P("type", "allpass"), 9000, 0.0, 1e-3 },
  { P("type", "peaking", "gain", "6dB"), 1000, 6.0, 1e-3 },
  { P("type", "peaking", "gain", "-12dB", "q", "5"), 1000, -12.0, 1e-3 },
  { P("type", "peaking", "gain", "6dB", "q", "5"), 20, 0.0, 0.01 },
  { P("type", "peaking", "gain", "0dB"), 3000, 0.0, 1e-6 },
  { P("type", "lowshelf", "gain", "6dB"), 20, 6.0, 0.01 },
  { P("type", "lowshelf", "gain", "6dB"), 1000, 3.0, 1e-3 },
  { P("type", "lowshelf", "gain", "6dB"), 20000, 0.0, 0.01 },
  { P("type", "highshelf", "gain", "-9dB"), 20, 0.0, 0.01 },
  { P("type", "highshelf", "gain", "-9dB"), 1000, -4.5, 1e-3 },
  { P("type", "highshelf", "gain", "-9dB"), 20000, -9.0, 0.01 },
};

// The spectrum of the answer to a pulse, at one frequency.
static double
response(struct rig* rig, double hz)
{
  double re = 0.0;
  double im = 0.0;
  for (uint32_t i = 0; i < N_PULSE; ++i) {
    const double w = 2.0 * M_PI * hz / RATE * i;
    re += rig_out_f32(rig, 0, 0)[i] * cos(w);
    im -= rig_out_f32(rig, 0, 0)[i] * sin(w);
  }
  return 20.0 * log10(hypot(re, im) + 1e-12);
}

START_TEST(filters_have_the_response_of_the_book)
{
  struct rig* const rig = start(responses[_i].params, 1, 4096);
  memset(signal, 0, sizeof signal);
  signal[0] = 1.0f;
  rig_push_f32(rig, 0, signal, N_PULSE);
  rig_drain(rig);
  const double db = response(rig, responses[_i].hz);
  if (responses[_i].tolerance > 0.0) {
    ck_assert_double_eq_tol(db, responses[_i].db, responses[_i].tolerance);
  } else {
    ck_assert_double_le(db, responses[_i].db);
  }
  rig_close(rig);
}
END_TEST

static void
play_changes(struct rig* rig)
{
  rig_event(rig, 1001, "frequency", "3kHz");
  rig_event(rig, 1001, "q", "4");
  rig_event(rig, 2500, "type", "peaking");
  rig_event(rig, 2501, "gain", "12dB");
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
}

static const uint32_t blocks[] = { 1, 64, 1000, 1001, 4096 };

START_TEST(changes_are_exact_in_blocks_of_any_size)
{
  struct rig* const still = start(NULL, CHANNELS, 4096);
  struct rig* const whole = start(NULL, CHANNELS, 4096);
  struct rig* const cut = start(NULL, CHANNELS, blocks[_i]);
  rig_in_place(cut, 1);
  rig_push_f32(still, 0, signal, N);
  rig_drain(still);
  play_changes(whole);
  play_changes(cut);
  ck_assert_mem_eq(rig_out_f32(whole, 0, 1), rig_out_f32(cut, 0, 1),
                   N * sizeof(float));
  ck_assert_mem_eq(rig_out_f32(whole, 0, 1), rig_out_f32(still, 0, 1),
                   1001 * sizeof(float));
  ck_assert_float_ne(rig_out_f32(whole, 0, 1)[1001],
                     rig_out_f32(still, 0, 1)[1001]);
  rig_close(still);
  rig_close(whole);
  rig_close(cut);
}
END_TEST

START_TEST(block_sizes_do_not_matter)
{
  const struct rig_case c = { PATH, "biquad", P("type", "highshelf", "gain",
                              "3dB"), signal, N, RATE, CHANNELS, 0, 0.0f };
  rig_close(start(NULL, 1, 64)); // fills the signal
  signal[77] = NAN;
  rig_check_blocks(&c);
}
END_TEST

START_TEST(reset_is_fresh)
{
  struct rig* const rig = start(NULL, CHANNELS, 64);
  struct rig* const fresh = start(NULL, CHANNELS, 64);
  play_changes(rig);
  rig_reset(rig);
  rig_push_f32(rig, 0, signal, N);
  rig_drain(rig);
  rig_push_f32(fresh, 0, signal, N);
  rig_drain(fresh);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), rig_out_f32(fresh, 0, 0),
                   N * sizeof(float));
  rig_close(rig);
  rig_close(fresh);
}
END_TEST

static void
swap_at(uint32_t frame, struct rig* first, struct rig* second)
{
  rig_event(first, 1001, "frequency", "3kHz");
  rig_push_f32(first, 0, signal, frame);
  rig_run(first);
  blob_export(first, &blob);
  ck_assert_int_eq(blob_import(second, 1, &blob), RILL_OK);
  rig_push_f32(second, 0, signal + frame, N - frame);
  rig_drain(second);
}

START_TEST(a_swap_goes_on_exactly)
{
  struct rig* const whole = start(NULL, 1, 64);
  struct rig* const first = start(NULL, 1, 64);
  struct rig* const second = start(NULL, 1, 64);
  rig_event(whole, 1001, "frequency", "3kHz");
  rig_push_f32(whole, 0, signal, N);
  rig_drain(whole);
  swap_at(2345, first, second);
  ck_assert_mem_eq(rig_out_f32(whole, 0, 0) + 2345, rig_out_f32(second, 0, 0),
                   (N - 2345) * sizeof(float));
  rig_close(whole);
  rig_close(first);
  rig_close(second);
}
END_TEST

START_TEST(a_swap_to_other_parameters_keeps_them)
{
  struct rig* const whole = start(NULL, 1, 64);
  struct rig* const first = start(NULL, 1, 64);
  struct rig* const second = start(P("frequency", "500Hz"), 1, 64);
  rig_event(whole, 1001, "frequency", "3kHz");
  rig_event(whole, 2345, "frequency", "500Hz");
  rig_push_f32(whole, 0, signal, N);
  rig_drain(whole);
  swap_at(2345, first, second);
  ck_assert_mem_eq(rig_out_f32(whole, 0, 0) + 2345, rig_out_f32(second, 0, 0),
                   (N - 2345) * sizeof(float));
  rig_close(whole);
  rig_close(first);
  rig_close(second);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_frequency_above_half_the_rate_is_refused, 0,
                      RILL_COUNT(too_high));
  tcase_add_test(tcase, a_change_to_such_a_frequency_is_left_out_and_logged);
  tcase_add_loop_test(tcase,
                      damaged_state_is_refused_and_leaves_the_node_fresh, 0,
                      RILL_COUNT(damages));
  tcase_add_loop_test(tcase, nan_and_infinity_do_no_lasting_harm, 0, 2);
  tcase_add_loop_test(tcase, channels_together_are_as_each_alone, 0,
                      RILL_COUNT(together));
  tcase_add_test(tcase, silence_becomes_silence);
  tcase_add_loop_test(tcase, filters_have_the_response_of_the_book, 0,
                      RILL_COUNT(responses));
  tcase_add_loop_test(tcase, changes_are_exact_in_blocks_of_any_size, 0,
                      RILL_COUNT(blocks));
  tcase_add_test(tcase, block_sizes_do_not_matter);
  tcase_add_test(tcase, reset_is_fresh);
  tcase_add_test(tcase, a_swap_goes_on_exactly);
  tcase_add_test(tcase, a_swap_to_other_parameters_keeps_them);
}

int
main(void)
{
  return suite_run("biquad", 30, add_tests);
}
