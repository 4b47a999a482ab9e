// SPDX-License-Identifier: ISC
#include "plugins/state_test.h"
#include "tests/suite.h"

#include <math.h>

#define PATH "plugins/tone/tone"
#define P(...) (const char* const[]){ __VA_ARGS__, NULL }

static struct blob blob;

static struct rig*
open_tone(const char* const* params)
{
  struct rig* const rig = rig_open(PATH, "tone");
  rig_set_all(rig, params);
  return rig;
}

static struct rig*
start(const char* const* params)
{
  struct rig* const rig = open_tone(params);
  rig_start(rig, 4096);
  return rig;
}

static const struct {
  const char* const* params;
  const char* text; // in the message
} refusals[] = {
  { P("frequency", "24kHz"), "frequency is 24000Hz, which a rate of 48000Hz" },
  { P("rate", "8kHz", "frequency", "5kHz", "wave", "saw"), "below 4000Hz" },
  { P("wave", "sweep", "length", "1s", "to", "30kHz"), "to is 30000Hz" },
  { P("wave", "sweep"), "set length" },
  { P("length", "1us"), "less than a frame" },
};

START_TEST(what_cannot_be_made_is_refused)
{
  struct rig* const rig = open_tone(refusals[_i].params);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  ck_assert_msg(strstr(rig_error(rig), refusals[_i].text) != NULL, "%s",
                rig_error(rig));
  rig_close(rig);
}
END_TEST

START_TEST(noise_needs_no_frequency)
{
  struct rig* const rig = start(P("wave", "noise", "rate", "1kHz"));
  rig_pull(rig, 10);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 10);
  rig_close(rig);
}
END_TEST

START_TEST(state_behind_the_end_is_refused)
{
  struct rig* const rig = start(P("length", "1s"));
  const uint64_t far = 48001;
  blob_export(rig, &blob);
  ck_assert_int_eq(blob_import(rig, 2, &blob), RILL_ERR_BAD_STATE_BLOB);
  memcpy(blob.data, &far, sizeof far);
  ck_assert_int_eq(blob_import(rig, 1, &blob), RILL_ERR_BAD_STATE_BLOB);
  blob.n = 7;
  ck_assert_int_eq(blob_import(rig, 1, &blob), RILL_ERR_BAD_STATE_BLOB);
  rig_close(rig);
}
END_TEST

static const struct {
  const char* const* params;
  float frames[5];
} shapes[] = {
  { P("frequency", "12kHz", "level", "0dB"), { 0, 1, 0, -1, 0 } },
  { P("frequency", "6kHz", "level", "-6dB"),
    { 0, 0.354392891f, 0.501187234f, 0.354392891f, 0 } },
  { P("wave", "square", "frequency", "12kHz", "level", "0dB"),
    { 1, 1, -1, -1, 1 } },
  { P("wave", "saw", "frequency", "12kHz", "level", "0dB"),
    { 0, 0.5f, -1, -0.5f, 0 } },
  { P("wave", "impulse", "level", "-20dB"), { 0.1f, 0, 0, 0, 0 } },
  { P("wave", "silence"), { 0, 0, 0, 0, 0 } },
  { P("wave", "sweep", "length", "1s", "level", "0dB", "frequency", "12kHz",
      "to", "12kHz"),
    { 0, 1, 0, -1, 0 } },
};

START_TEST(waves_have_their_shape)
{
  struct rig* const rig = start(shapes[_i].params);
  rig_pull(rig, 5);
  for (uint32_t i = 0; i < 5; ++i) {
    ck_assert_float_eq_tol(rig_out_f32(rig, 0, 0)[i], shapes[_i].frames[i],
                           1e-6f);
  }
  rig_close(rig);
}
END_TEST

START_TEST(a_tone_does_not_drift)
{
  struct rig* const rig = start(P("frequency", "997Hz", "level", "0dB"));
  const uint32_t n = 480000; // ten seconds hold 9970 whole cycles
  rig_pull(rig, n + 1000);
  for (uint32_t i = 0; i < 1000; ++i) {
    ck_assert_float_eq_tol(rig_out_f32(rig, 0, 0)[i],
                           rig_out_f32(rig, 0, 0)[n + i], 1e-7f);
  }
  rig_close(rig);
}
END_TEST

static uint32_t
count_crossings(const float* x, uint32_t n)
{
  uint32_t crossings = 0;
  for (uint32_t i = 1; i < n; ++i) {
    crossings += (x[i - 1] < 0.0f) != (x[i] < 0.0f);
  }
  return crossings;
}

START_TEST(a_sweep_goes_from_one_frequency_to_the_other)
{
  struct rig* const rig = start(P("wave", "sweep", "frequency", "100Hz", "to",
                                  "10kHz", "length", "10s"));
  ck_assert_int_eq(rig_pull(rig, 480000), RILL_OK);
  const float* const x = rig_out_f32(rig, 0, 0);
  // tenths of seconds: 100 Hz, half of the way 1 kHz, 10 kHz
  ck_assert_uint_ge(count_crossings(x, 4800), 20);
  ck_assert_uint_le(count_crossings(x, 4800), 22);
  ck_assert_uint_ge(count_crossings(x + 240000 - 2400, 4800), 198);
  ck_assert_uint_le(count_crossings(x + 240000 - 2400, 4800), 202);
  ck_assert_uint_ge(count_crossings(x + 480000 - 4800, 4800), 1940);
  ck_assert_uint_le(count_crossings(x + 480000 - 4800, 4800), 2000);
  rig_close(rig);
}
END_TEST

START_TEST(it_ends_after_its_length)
{
  struct rig* const rig =
    start(P("length", "0.5s", "rate", "16kHz", "channels", "3"));
  ck_assert_uint_eq(rig_out_format(rig, 0)->rate, 16000);
  ck_assert_uint_eq(rig_out_format(rig, 0)->channels, 3);
  ck_assert_int_eq(rig_pull(rig, 9000), RILL_DRAINED);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 8000);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), rig_out_f32(rig, 0, 2),
                   8000 * sizeof(float));
  rig_reset(rig);
  ck_assert_int_eq(rig_pull(rig, 9000), RILL_DRAINED);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 8000);
  rig_close(rig);
}
END_TEST

static const char* const* const cases[] = {
  P("frequency", "440Hz"),
  P("wave", "sweep", "length", "1s"),
  P("wave", "noise", "channels", "2"),
  P("wave", "noise", "colour", "pink"),
  P("wave", "square", "length", "0.1s"),
  P("wave", "saw"),
  P("wave", "impulse"),
};

START_TEST(block_sizes_do_not_matter)
{
  const struct rig_case c = { PATH, "tone", cases[_i], NULL, 10000, 0, 0, 0,
                              0.0f };
  rig_check_blocks(&c);
}
END_TEST

START_TEST(a_swapped_source_goes_on)
{
  struct rig* const whole = start(cases[_i]);
  struct rig* const first = start(cases[_i]);
  struct rig* const second = start(cases[_i]);
  rig_pull(whole, 4000);
  rig_pull(first, 1003);
  blob_export(first, &blob);
  ck_assert_int_eq(blob_import(second, 1, &blob), RILL_OK);
  rig_pull(second, 2997);
  ck_assert_mem_eq(rig_out_f32(whole, 0, 0) + 1003, rig_out_f32(second, 0, 0),
                   2997 * sizeof(float));
  rig_close(whole);
  rig_close(first);
  rig_close(second);
}
END_TEST

enum { N_NOISE = 1 << 18 };

// Uniform: mean 0, variance 1/3 of the peak's square; no two alike.
START_TEST(white_noise_is_white)
{
  struct rig* const rig = start(P("wave", "noise", "level", "0dB", "channels",
                                  "2"));
  double sum = 0.0;
  double square = 0.0;
  double next = 0.0;
  double cross = 0.0;
  rig_pull(rig, N_NOISE + 1);
  const float* const a = rig_out_f32(rig, 0, 0);
  const float* const b = rig_out_f32(rig, 0, 1);
  for (uint32_t i = 0; i < N_NOISE; ++i) {
    ck_assert_float_le(fabsf(a[i]), 1.0f);
    sum += a[i];
    square += a[i] * a[i];
    next += a[i] * a[i + 1];
    cross += a[i] * b[i];
  }
  ck_assert_double_lt(fabs(sum / N_NOISE), 0.005);
  ck_assert_double_eq_tol(square / N_NOISE, 1.0 / 3.0, 0.003);
  ck_assert_double_lt(fabs(next / N_NOISE), 0.003);
  ck_assert_double_lt(fabs(cross / N_NOISE), 0.003);
  rig_close(rig);
}
END_TEST

// As much power in each octave: the Haar wavelet at twice the length sees
// twice the energy in a coefficient.
START_TEST(pink_noise_falls_by_3_db_an_octave)
{
  struct rig* const rig =
    start(P("wave", "noise", "colour", "pink", "level", "0dB"));
  static double sums[N_NOISE];
  double energy[11];
  rig_pull(rig, N_NOISE);
  for (uint32_t i = 0; i < N_NOISE; ++i) {
    sums[i] = rig_out_f32(rig, 0, 0)[i];
    ck_assert_double_le(fabs(sums[i]), 1.0);
  }
  for (uint32_t k = 0; k < 11; ++k) {
    const uint32_t n = (uint32_t)N_NOISE >> (k + 1);
    energy[k] = 0.0;
    for (uint32_t i = 0; i < n; ++i) {
      const double d = (sums[2 * i] - sums[2 * i + 1]) * M_SQRT1_2;
      sums[i] = (sums[2 * i] + sums[2 * i + 1]) * M_SQRT1_2;
      energy[k] += d * d / n;
    }
  }
  // per octave over three octaves, which evens out the ripple of the method
  for (uint32_t k = 1; k + 3 < 11; ++k) {
    const double fall = 10.0 * log10(energy[k + 3] / energy[k]) / 3.0;
    ck_assert_msg(fabs(fall - 3.01) < 0.6, "octave %u: %g dB", k, fall);
  }
  rig_close(rig);
}
END_TEST

START_TEST(the_seed_decides)
{
  struct rig* const a = start(P("wave", "noise", "seed", "7"));
  struct rig* const b = start(P("wave", "noise", "seed", "7"));
  struct rig* const c = start(P("wave", "noise", "seed", "8"));
  rig_pull(a, 1000);
  rig_pull(b, 1000);
  rig_pull(c, 1000);
  ck_assert_mem_eq(rig_out_f32(a, 0, 0), rig_out_f32(b, 0, 0), 4000);
  ck_assert_mem_ne(rig_out_f32(a, 0, 0), rig_out_f32(c, 0, 0), 4000);
  rig_close(a);
  rig_close(b);
  rig_close(c);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, what_cannot_be_made_is_refused, 0,
                      RILL_COUNT(refusals));
  tcase_add_test(tcase, noise_needs_no_frequency);
  tcase_add_test(tcase, state_behind_the_end_is_refused);
  tcase_add_loop_test(tcase, waves_have_their_shape, 0, RILL_COUNT(shapes));
  tcase_add_test(tcase, a_tone_does_not_drift);
  tcase_add_test(tcase, a_sweep_goes_from_one_frequency_to_the_other);
  tcase_add_test(tcase, it_ends_after_its_length);
  tcase_add_loop_test(tcase, block_sizes_do_not_matter, 0, RILL_COUNT(cases));
  tcase_add_loop_test(tcase, a_swapped_source_goes_on, 0, RILL_COUNT(cases));
  tcase_add_test(tcase, white_noise_is_white);
  tcase_add_test(tcase, pink_noise_falls_by_3_db_an_octave);
  tcase_add_test(tcase, the_seed_decides);
}

int
main(void)
{
  return suite_run("tone", 20, add_tests);
}
