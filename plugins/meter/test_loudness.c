// SPDX-License-Identifier: ISC
// Our figures are those of libebur128.
#include "plugins/meter/loudness.h"
#include "tests/suite.h"

#include <ebur128.h>
#include <math.h>
#include <string.h>

enum { MAX_CHANNELS = 8 };

#define LAYOUT_51                                                              \
  (RILL_CH_FL | RILL_CH_FR | RILL_CH_FC | RILL_CH_LFE | RILL_CH_BL | RILL_CH_BR)

static const struct {
  uint32_t rate;
  uint32_t channels;
  uint64_t layout;
  double seconds;
  double tolerance_lu;
  uint32_t flags;
} cases[] = {
  { 48000, 1, RILL_CH_FC, 12.3, 1e-6, LOUDNESS_TRUE_PEAK },
  { 48000, 2, RILL_CH_FL | RILL_CH_FR, 25.0, 1e-6, LOUDNESS_TRUE_PEAK },
  { 44100, 2, 0, 25.77, 1e-6, LOUDNESS_TRUE_PEAK },
  { 48000, 6, LAYOUT_51, 8.0, 1e-6, LOUDNESS_TRUE_PEAK },
  { 48000, 5, 0, 8.0, 1e-6, 0 },
  { 48000, 4, 0, 8.0, 1e-6, 0 },
  { 4000, 2, 0, 30.0, 1e-6, LOUDNESS_TRUE_PEAK },
  { 11025, 1, 0, 30.0, 1e-6, LOUDNESS_TRUE_PEAK | LOUDNESS_DUAL_MONO },
  { 96000, 2, 0, 8.0, 1e-6, LOUDNESS_TRUE_PEAK },
  { 192000, 1, 0, 5.0, 1e-6, LOUDNESS_TRUE_PEAK },
  { 48000, 2, 0, 40.0, 1e-3, LOUDNESS_HISTOGRAM },
  { 48000, 2, 0, 3.95, 1e-6, LOUDNESS_TRUE_PEAK },
  { 48000, 2, 0, 0.35, 1e-6, LOUDNESS_TRUE_PEAK },
};

// Coloured noise that swells and fades over some 30 dB.
static float*
make_noise(uint32_t rate, uint32_t channels, uint32_t n)
{
  float* const x = calloc((size_t)channels * n + 1, sizeof *x);
  uint32_t state = 1;
  for (uint32_t c = 0; c < channels; ++c) {
    double slow = 0.0;
    for (uint32_t i = 0; i < n; ++i) {
      state = state * 1664525u + 1013904223u;
      const double white = (double)(int32_t)state / 2147483648.0;
      const double swell = sin(2.0 * M_PI * 0.11 * i / rate + c);
      slow += 0.2 * (white - slow);
      x[(size_t)c * n + i] = (float)(slow * pow(10.0, 0.8 * swell - 0.8));
    }
  }
  return x;
}

// What libebur128 says, its windows looked at after each tenth of a second.
struct oracle {
  ebur128_state* state;
  double momentary;
  double momentary_max;
  double short_term;
  double short_term_max;
};

static void
oracle_place(ebur128_state* state, uint64_t layout, uint32_t flags)
{
  static const int places[] = { EBUR128_LEFT, EBUR128_RIGHT, EBUR128_CENTER,
                                EBUR128_UNUSED, EBUR128_LEFT_SURROUND,
                                EBUR128_RIGHT_SURROUND };
  for (unsigned c = 0; layout == LAYOUT_51 && c < 6; ++c) {
    ebur128_set_channel(state, c, places[c]);
  }
  if (state->channels == 1) {
    ebur128_set_channel(state, 0, flags & LOUDNESS_DUAL_MONO ? EBUR128_DUAL_MONO
                                                             : EBUR128_CENTER);
  }
}

static void
oracle_look(struct oracle* o, uint32_t n_steps)
{
  if (n_steps >= GATES_MOMENTARY) {
    ebur128_loudness_momentary(o->state, &o->momentary);
    o->momentary_max = fmax(o->momentary_max, o->momentary);
  }
  if (n_steps >= GATES_SHORT_TERM) {
    ebur128_loudness_shortterm(o->state, &o->short_term);
    o->short_term_max = fmax(o->short_term_max, o->short_term);
  }
}

static struct oracle
ask(int row, const float* x, uint32_t n)
{
  const uint32_t channels = cases[row].channels;
  const uint32_t step = (cases[row].rate + 5) / 10;
  float* const woven = malloc((size_t)step * channels * sizeof *woven);
  struct oracle o = { NULL, -HUGE_VAL, -HUGE_VAL, -HUGE_VAL, -HUGE_VAL };
  o.state = ebur128_init(
    channels, cases[row].rate,
    EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK |
      (cases[row].flags & LOUDNESS_HISTOGRAM ? EBUR128_MODE_HISTOGRAM : 0));
  oracle_place(o.state, cases[row].layout, cases[row].flags);
  for (uint32_t i = 0; i < n; i += step) {
    const uint32_t some = n - i < step ? n - i : step;
    for (uint32_t k = 0; k < some * channels; ++k) {
      woven[k] = x[(size_t)(k % channels) * n + i + k / channels];
    }
    ebur128_add_frames_float(o.state, woven, some);
    if (some == step) {
      oracle_look(&o, i / step + 1);
    }
  }
  free(woven);
  return o;
}

static double
oracle_true_peak(const struct oracle* o)
{
  double most = 0.0;
  for (unsigned c = 0; c < o->state->channels; ++c) {
    double value = 0.0;
    ebur128_true_peak(o->state, c, &value);
    most = fmax(most, value);
  }
  return 20.0 * log10(most);
}

static void
ck_near(const char* what, double found, double expected, double tolerance)
{
  ck_assert_msg(found == expected || fabs(found - expected) <= tolerance,
                "%s is %.9f, not %.9f", what, found, expected);
}

static struct figures
measure(int row, const float* x, uint32_t n, uint32_t block)
{
  struct loudness l = { .flags = cases[row].flags };
  struct figures figures;
  const float* channels[MAX_CHANNELS];
  l.format.rate = cases[row].rate;
  l.format.channels = cases[row].channels;
  l.format.layout = cases[row].layout;
  ck_assert_int_ne(loudness_init(&l), 0);
  for (uint32_t c = 0; c < cases[row].channels; ++c) {
    channels[c] = x + (size_t)c * n;
  }
  for (uint32_t i = 0; i < n; i += block) {
    ck_assert_int_ne(
      loudness_add(&l, channels, i, n - i < block ? n - i : block), 0);
  }
  loudness_read(&l, &figures);
  loudness_fini(&l);
  return figures;
}

START_TEST(figures_are_those_of_libebur128)
{
  const uint32_t n = (uint32_t)(cases[_i].seconds * cases[_i].rate);
  const double tolerance = cases[_i].tolerance_lu;
  float* const x = make_noise(cases[_i].rate, cases[_i].channels, n);
  const struct figures f = measure(_i, x, n, 4096);
  struct oracle o = ask(_i, x, n);
  double integrated = 0.0;
  double range = 0.0;
  ebur128_loudness_global(o.state, &integrated);
  ebur128_loudness_range(o.state, &range);
  ck_near("integrated", f.integrated_lufs, integrated, tolerance);
  ck_near("momentary", f.momentary_lufs, o.momentary, 1e-6);
  ck_near("momentary_max", f.momentary_max_lufs, o.momentary_max, 1e-6);
  ck_near("short_term", f.short_term_lufs, o.short_term, 1e-6);
  ck_near("short_term_max", f.short_term_max_lufs, o.short_term_max, 1e-6);
  if (isfinite(f.range_lu)) {
    ck_near("range", f.range_lu, range, tolerance);
  }
  if (cases[_i].flags & LOUDNESS_TRUE_PEAK) {
    ck_near("true peak", f.true_peak_dbtp,
            fmax(oracle_true_peak(&o), f.peak_dbfs), 1e-4);
  }
  ebur128_destroy(&o.state);
  free(x);
}
END_TEST

START_TEST(the_cut_does_not_matter)
{
  static const uint32_t blocks[] = { 1, 7, 64, 1000, 4801, 20000 };
  const uint32_t n = (uint32_t)(cases[_i].seconds * cases[_i].rate);
  float* const x = make_noise(cases[_i].rate, cases[_i].channels, n);
  const struct figures whole = measure(_i, x, n, n);
  for (uint32_t i = 0; i < sizeof blocks / sizeof *blocks; ++i) {
    const struct figures f = measure(_i, x, n, blocks[i]);
    ck_assert_mem_eq(&f, &whole, sizeof f);
  }
  free(x);
}
END_TEST

START_TEST(peaks_between_are_those_of_the_plain_loop)
{
  static const uint32_t rates[] = { 8000, 96000, 192000 };
  enum { N = 1000 };
  struct peaks p;
  float* const x = make_noise(8000, 1, N + PEAKS_BEFORE);
  peaks_init(&p, rates[_i]);
  for (uint32_t n = 0; n < N; n += 13) {
    const float found = peaks_between(&p, x + PEAKS_BEFORE, n);
    const float expected = peaks_between_plain(&p, x + PEAKS_BEFORE, n);
    ck_assert_msg(found == expected, "%u: %.9g, not %.9g", n, (double)found,
                  (double)expected);
    ck_assert(_i == 2 ? found == 0.0f : n == 0 || found > 0.0f);
  }
  free(x);
}
END_TEST

START_TEST(what_is_no_number_is_cleaned)
{
  const float in[] = { 0.5f, NAN, -0.75f, INFINITY, 1e-42f, -INFINITY, -0.0f,
                       0.1f, -NAN };
  const float expected[] = { 0.5f, 0, -0.75f, 0, 1e-42f, 0, -0.0f, 0.1f, 0 };
  float out[9];
  uint64_t n_odd = 3;
  ck_assert(peaks_clean(out, in, 9, &n_odd) == 0.75f);
  ck_assert_mem_eq(out, expected, sizeof out);
  ck_assert_uint_eq(n_odd, 3 + 4);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  const int n = (int)(sizeof cases / sizeof *cases);
  tcase_add_loop_test(tcase, figures_are_those_of_libebur128, 0, n);
  tcase_add_loop_test(tcase, the_cut_does_not_matter, 0, n);
  tcase_add_loop_test(tcase, peaks_between_are_those_of_the_plain_loop, 0, 3);
  tcase_add_test(tcase, what_is_no_number_is_cleaned);
}

int
main(void)
{
  return suite_run("loudness", 60, add_tests);
}
