// SPDX-License-Identifier: ISC
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PATH "plugins/meter/meter"

enum { RATE = 48000 };

// -- signals ----------------------------------------------------------------

/// A sine on all channels: level in dBFS of its peak, for so many seconds.
struct tone {
  double db;
  double seconds;
};

enum { MAX_TONES = 8 };

struct signal {
  struct tone tones[MAX_TONES]; // up to one of 0 s
  double hz;                    // 0: 1000
  double phase;                 // turns
  uint32_t channels;            // 0: 2
  uint32_t rate;                // 0: RATE
};

static uint32_t
channels_of(const struct signal* s)
{
  return s->channels ? s->channels : 2;
}

static uint32_t
rate_of(const struct signal* s)
{
  return s->rate ? s->rate : RATE;
}

static uint32_t
frames_of(const struct signal* s)
{
  double n = 0.0;
  for (int i = 0; i < MAX_TONES; ++i) {
    n += floor(s->tones[i].seconds * rate_of(s) + 0.5);
  }
  return (uint32_t)n;
}

static float*
render(const struct signal* s)
{
  const uint32_t n = frames_of(s);
  float* const x = calloc((size_t)n * channels_of(s) + 1, sizeof *x);
  uint32_t at = 0;
  for (int i = 0; i < MAX_TONES; ++i) {
    const uint32_t end =
      at + (uint32_t)floor(s->tones[i].seconds * rate_of(s) + 0.5);
    for (; at < end; ++at) {
      const double turns = (s->hz > 0.0 ? s->hz : 1000.0) * at / rate_of(s);
      x[at] = (float)(pow(10.0, s->tones[i].db / 20.0) *
                      sin(2.0 * M_PI * (turns + s->phase)));
    }
  }
  for (uint32_t c = 1; c < channels_of(s); ++c) {
    memcpy(x + (size_t)c * n, x, n * sizeof *x);
  }
  return x;
}

static struct rig*
rig_of(const struct signal* s, const char* const* params)
{
  struct rig* const rig = rig_open(PATH, "meter");
  rig_set_all(rig, params);
  rig_audio(rig, 0, rate_of(s), channels_of(s));
  rig_start(rig, 4096);
  return rig;
}

static struct rig*
measure(const struct signal* s, const char* const* params)
{
  float* const x = render(s);
  struct rig* const rig = rig_of(s, params);
  rig_push_f32(rig, 0, x, frames_of(s));
  rig_drain(rig);
  free(x);
  return rig;
}

// A number of a report, or NaN for null.
static double
number(struct rig* rig, uint32_t report, const char* key)
{
  const char* const text = rig_out_text(rig, 1, report);
  char quoted[64];
  snprintf(quoted, sizeof quoted, "\"%s\":", key);
  const char* const at = strstr(text, quoted);
  ck_assert_msg(at != NULL, "no %s in %s", key, text);
  const char* const value = at + strlen(quoted);
  return strncmp(value, "null", 4) ? strtod(value, NULL) : (double)NAN;
}

static void
check(struct rig* rig, const char* key, double want, double tolerance)
{
  const uint32_t last = rig_out_items(rig, 1) - 1;
  const double got = number(rig, last, key);
  ck_assert_msg(isnan(want) ? isnan(got) : fabs(got - want) <= tolerance,
                "%s is %f, not %f", key, got, want);
}

// -- failures ---------------------------------------------------------------

START_TEST(silence_has_no_level)
{
  const struct signal s = { .tones = { { -HUGE_VAL, 5.0 } } };
  struct rig* const rig = measure(&s, NULL);
  ck_assert_uint_eq(rig_out_items(rig, 1), 1);
  ck_assert_str_eq(
    rig_out_text(rig, 1, 0),
    "{\"time_s\":5.0,\"final\":true,\"peak_dbfs\":null,"
    "\"true_peak_dbtp\":null,\"rms_dbfs\":null,\"integrated_lufs\":null,"
    "\"range_lu\":null,\"momentary_lufs\":null,\"momentary_max_lufs\":null,"
    "\"short_term_lufs\":null,\"short_term_max_lufs\":null,"
    "\"not_finite_samples\":0}");
  rig_close(rig);
}
END_TEST

START_TEST(nothing_has_no_level_either)
{
  const struct signal s = { .hz = 0.0 };
  struct rig* const rig = measure(&s, NULL);
  ck_assert_uint_eq(rig_out_items(rig, 1), 1);
  check(rig, "time_s", 0.0, 0.0);
  check(rig, "peak_dbfs", NAN, 0.0);
  check(rig, "rms_dbfs", NAN, 0.0);
  rig_close(rig);
}
END_TEST

START_TEST(what_is_no_number_is_counted_and_forgotten)
{
  const struct signal s = { .tones = { { -23.0, 10.0 } } };
  float* const x = render(&s);
  struct rig* const rig = rig_of(&s, NULL);
  x[1000] = NAN;
  x[2000] = INFINITY;
  x[480000 + 5] = -INFINITY;
  rig_push_f32(rig, 0, x, 480000);
  rig_drain(rig);
  check(rig, "not_finite_samples", 3.0, 0.0);
  check(rig, "integrated_lufs", -23.0, 0.1);
  check(rig, "peak_dbfs", -23.0, 0.02);
  rig_close(rig);
  free(x);
}
END_TEST

// -- EBU Tech 3341 and 3342 -------------------------------------------------

// The cases of sines: what loudness and range they must have. The level of a
// sine is that of its peak.
static const struct {
  struct signal signal;
  double integrated;
  double range;
} ebu[] = {
  { { .tones = { { -23, 20 } } }, -23.0, 0.0 }, // 3341, case 1
  { { .tones = { { -33, 20 } } }, -33.0, 0.0 }, // 2
  { { .tones = { { -36, 10 }, { -23, 60 }, { -36, 10 } } }, -23.0, NAN }, // 3
  { { .tones = { { -72, 10 }, { -36, 10 }, { -23, 60 }, { -36, 10 },
                 { -72, 10 } } },
    -23.0, NAN }, // 4
  { { .tones = { { -26, 20 }, { -20, 20.1 }, { -26, 20 } } }, -23.0, NAN }, // 5
  { { .tones = { { -20, 20 }, { -30, 20 } } }, NAN, 10.0 }, // 3342, case 1
  { { .tones = { { -20, 20 }, { -15, 20 } } }, NAN, 5.0 },  // 2
  { { .tones = { { -40, 20 }, { -20, 20 } } }, NAN, 20.0 }, // 3
  { { .tones = { { -50, 20 }, { -35, 20 }, { -20, 20 }, { -35, 20 },
                 { -50, 20 } } },
    NAN, 15.0 }, // 4
  // and other rates
  { { .tones = { { -23, 20 } }, .rate = 44100 }, -23.0, 0.0 },
  { { .tones = { { -23, 20 } }, .rate = 16000 }, -23.0, 0.0 },
  { { .tones = { { -23, 20 } }, .rate = 192000 }, -23.0, 0.0 },
};

START_TEST(sines_are_as_loud_as_ebu_says)
{
  static const char* const ways[] = { "false", "true" };
  for (int i = 0; i < 2; ++i) {
    const char* const params[] = { "histogram", ways[i], NULL };
    struct rig* const rig = measure(&ebu[_i].signal, params);
    if (!isnan(ebu[_i].integrated)) {
      check(rig, "integrated_lufs", ebu[_i].integrated, 0.1);
    }
    if (!isnan(ebu[_i].range)) {
      check(rig, "range_lu", ebu[_i].range, 1.0);
    }
    rig_close(rig);
  }
}
END_TEST

START_TEST(maxima_are_those_of_the_loudest_window)
{
  const struct signal s = { .tones = { { -40, 5 }, { -20, 0.4 }, { -40, 5 },
                                       { -30, 3 }, { -40, 5 } } };
  struct rig* const rig = measure(&s, NULL);
  check(rig, "momentary_max_lufs", -20.0, 0.1);
  check(rig, "short_term_max_lufs", -28.5, 0.5); // 0.4 s at -20 in 3 s at -40
  check(rig, "momentary_lufs", -40.0, 0.1);
  check(rig, "short_term_lufs", -40.0, 0.1);
  rig_close(rig);
}
END_TEST

START_TEST(a_short_stream_has_no_short_term_loudness)
{
  const struct signal s = { .tones = { { -20, 1.0 } } };
  struct rig* const rig = measure(&s, NULL);
  check(rig, "momentary_max_lufs", -20.0, 0.1);
  check(rig, "short_term_max_lufs", NAN, 0.0);
  check(rig, "range_lu", NAN, 0.0);
  rig_close(rig);
}
END_TEST

// EBU Tech 3341, cases 15 and on: a sine of a quarter of the rate whose samples
// miss its peaks.
static const struct {
  double hz;
  double phase;
  double peak;
  double true_peak;
} peaks[] = {
  { RATE / 4.0, 0.0, -6.0, -6.0 },
  { RATE / 4.0, 0.125, -9.01, -6.0 },
  { RATE / 6.0, 1.0 / 6.0, -7.25, -6.0 },
  { 1000.0, 0.0, -6.0, -6.0 },
};

START_TEST(true_peaks_lie_between_samples)
{
  const struct signal s = { .tones = { { -6.0, 1.0 } }, .hz = peaks[_i].hz,
                            .phase = peaks[_i].phase };
  struct rig* const rig = measure(&s, NULL);
  check(rig, "peak_dbfs", peaks[_i].peak, 0.02);
  const double got = number(rig, 0, "true_peak_dbtp");
  // The tolerance of Tech 3341, and what the start of the sine adds to it.
  ck_assert(got >= peaks[_i].true_peak - 0.4 && got <= peaks[_i].true_peak + 0.4);
  rig_close(rig);
}
END_TEST

START_TEST(true_peak_can_be_left_out)
{
  const char* const params[] = { "true_peak", "false", NULL };
  const struct signal s = { .tones = { { -6.0, 4.0 } } };
  struct rig* const rig = measure(&s, params);
  check(rig, "true_peak_dbtp", NAN, 0.0);
  check(rig, "peak_dbfs", -6.0, 0.02);
  check(rig, "integrated_lufs", -6.0, 0.1);
  rig_close(rig);
}
END_TEST

START_TEST(rms_of_a_sine_is_3_db_below_its_peak)
{
  const struct signal s = { .tones = { { 0.0, 1.0 } } };
  struct rig* const rig = measure(&s, NULL);
  check(rig, "rms_dbfs", -3.01, 0.01);
  rig_close(rig);
}
END_TEST

// -- channels ---------------------------------------------------------------

static const struct {
  uint32_t channels;
  uint64_t layout;
  double lufs; // of a sine of -20 dBFS on the last channel alone
} places[] = {
  { 1, 0, -23.01 },
  { 2, RILL_CH_FL | RILL_CH_FR, -23.01 },
  { 3, RILL_CH_FL | RILL_CH_FR | RILL_CH_FC, -23.01 },
  { 3, RILL_CH_FL | RILL_CH_FR | RILL_CH_LFE, NAN },
  { 4, RILL_CH_FL | RILL_CH_FR | RILL_CH_BL | RILL_CH_BR, -21.52 },
  { 4, RILL_CH_FL | RILL_CH_FR | RILL_CH_SL | RILL_CH_SR, -21.52 },
  { 4, 0, -21.52 },
  { 5, RILL_CH_FL | RILL_CH_FR | RILL_CH_BL | RILL_CH_BR | RILL_CH_BC, -23.01 },
  { 6, 0, -21.52 },
};

START_TEST(channels_have_the_weight_of_their_place)
{
  const struct signal s = { .tones = { { -20.0, 5.0 } }, .channels = 1 };
  const uint32_t n = frames_of(&s);
  const uint32_t channels = places[_i].channels;
  const struct rill_format f = { .kind = RILL_KIND_AUDIO,
                                 .encoding = RILL_ENC_F32,
                                 .rate = RATE,
                                 .rate_den = 1,
                                 .channels = channels,
                                 .layout = places[_i].layout };
  float* const one = render(&s);
  float* const x = calloc((size_t)n * channels, sizeof *x);
  memcpy(x + (size_t)n * (channels - 1), one, n * sizeof *x);
  struct rig* const rig = rig_open(PATH, "meter");
  rig_format(rig, 0, &f);
  rig_start(rig, 4096);
  rig_push_f32(rig, 0, x, n);
  rig_drain(rig);
  check(rig, "integrated_lufs", places[_i].lufs, 0.1);
  rig_close(rig);
  free(x);
  free(one);
}
END_TEST

START_TEST(dual_mono_is_3_lu_louder)
{
  const char* const params[] = { "dual_mono", "true", NULL };
  const struct signal s = { .tones = { { -20.0, 5.0 } }, .channels = 1 };
  struct rig* const rig = measure(&s, params);
  check(rig, "integrated_lufs", -20.0, 0.1);
  rig_close(rig);
}
END_TEST

// -- reports ----------------------------------------------------------------

static const struct {
  const char* interval;
  double seconds;
  uint32_t n;
} intervals[] = {
  { "1s", 3.5, 4 }, { "1s", 3.0, 4 }, { "10ms", 0.1, 11 }, { "60s", 1.0, 1 },
};

START_TEST(reports_come_after_each_interval)
{
  const char* const params[] = { "interval", intervals[_i].interval, NULL };
  const struct signal s = { .tones = { { -20.0, intervals[_i].seconds } } };
  struct rig* const rig = measure(&s, params);
  const uint32_t n = rig_out_items(rig, 1);
  ck_assert_uint_eq(n, intervals[_i].n);
  for (uint32_t i = 0; i < n; ++i) {
    const struct rig_item* const item = rig_out_item(rig, 1, i);
    const double t = number(rig, i, "time_s");
    ck_assert_int_eq(item->media_pos, llround(t * RATE));
    ck_assert_int_eq(item->pts_ns, llround(t * 1e9));
    ck_assert_ptr_nonnull(
      strstr(item->text, i + 1 < n ? "\"final\":false" : "\"final\":true"));
  }
  check(rig, "time_s", intervals[_i].seconds, 1e-9);
  rig_close(rig);
}
END_TEST

START_TEST(audio_passes_untouched)
{
  const char* const params[] = { "interval", "20ms", NULL };
  const struct signal s = { .tones = { { -20.0, 1.0 } } };
  const uint32_t n = frames_of(&s);
  float* const x = render(&s);
  struct rig* const rig = measure(&s, params);
  ck_assert_uint_eq(rig_out_frames(rig, 0), n);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 1), x, n * sizeof *x);
  ck_assert_int_eq(rig_out_item(rig, 0, 1)->media_pos, 4096);
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(each_output_can_be_left_out)
{
  const struct signal s = { .tones = { { -20.0, 1.0 } } };
  float* const x = render(&s);
  struct rig* const rig = rig_open(PATH, "meter");
  rig_set(rig, "interval", "300ms");
  rig_audio(rig, 0, RATE, 2);
  rig_unlink_out(rig, (uint32_t)_i);
  rig_start(rig, 4096);
  rig_push_f32(rig, 0, x, RATE);
  rig_drain(rig);
  ck_assert_uint_eq(_i ? rig_out_frames(rig, 0) : rig_out_items(rig, 1),
                    _i ? RATE : 4);
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(blocks_do_not_matter)
{
  const char* const params[] = { "interval", "130ms", NULL };
  const struct signal s = { .tones = { { -20.0, 0.3 }, { -31.0, 0.3 } } };
  float* const x = render(&s);
  rig_check_blocks(&(struct rig_case){
    .path = PATH,
    .type = "meter",
    .params = params,
    .samples = x,
    .n_frames = frames_of(&s),
    .rate = RATE,
    .channels = 2,
  });
  free(x);
}
END_TEST

START_TEST(reset_is_as_fresh)
{
  const struct signal s = { .tones = { { -20.0, 4.0 } } };
  char first[1024];
  float* const x = render(&s);
  struct rig* const rig = measure(&s, NULL);
  snprintf(first, sizeof first, "%s", rig_out_text(rig, 1, 0));
  rig_reset(rig);
  rig_push_f32(rig, 0, x, frames_of(&s));
  rig_drain(rig);
  ck_assert_str_eq(rig_out_text(rig, 1, 0), first);
  rig_close(rig);
  free(x);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_test(tcase, silence_has_no_level);
  tcase_add_test(tcase, nothing_has_no_level_either);
  tcase_add_test(tcase, what_is_no_number_is_counted_and_forgotten);
  tcase_add_loop_test(tcase, sines_are_as_loud_as_ebu_says, 0,
                      sizeof ebu / sizeof ebu[0]);
  tcase_add_test(tcase, maxima_are_those_of_the_loudest_window);
  tcase_add_test(tcase, a_short_stream_has_no_short_term_loudness);
  tcase_add_loop_test(tcase, true_peaks_lie_between_samples, 0,
                      sizeof peaks / sizeof peaks[0]);
  tcase_add_test(tcase, true_peak_can_be_left_out);
  tcase_add_test(tcase, rms_of_a_sine_is_3_db_below_its_peak);
  tcase_add_loop_test(tcase, channels_have_the_weight_of_their_place, 0,
                      sizeof places / sizeof places[0]);
  tcase_add_test(tcase, dual_mono_is_3_lu_louder);
  tcase_add_loop_test(tcase, reports_come_after_each_interval, 0,
                      sizeof intervals / sizeof intervals[0]);
  tcase_add_test(tcase, audio_passes_untouched);
  tcase_add_loop_test(tcase, each_output_can_be_left_out, 0, 2);
  tcase_add_test(tcase, blocks_do_not_matter);
  tcase_add_test(tcase, reset_is_as_fresh);
}

int
main(void)
{
  return suite_run("meter", 60, add_tests);
}
