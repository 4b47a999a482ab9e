// SPDX-License-Identifier: ISC
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>
#include <string.h>

#define PATH "plugins/spectrum/spectrum"

enum { RATE = 16000 };

static float
noise(void)
{
  static uint64_t state = 88172645463325252u;
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (float)((double)(state >> 11) / 4503599627370496.0 - 1.0);
}

static float*
noise_new(uint32_t n)
{
  float* const x = calloc(n + 1, sizeof *x);
  for (uint32_t i = 0; i < n; ++i) {
    x[i] = 0.5f * noise();
  }
  return x;
}

static struct rig*
rig_of(const char* const* params, uint32_t rate, uint32_t channels)
{
  struct rig* const rig = rig_open(PATH, "spectrum");
  rig_set_all(rig, params);
  rig_audio(rig, 0, rate, channels);
  rig_start(rig, 4096);
  return rig;
}

// -- failures ---------------------------------------------------------------

static const struct {
  const char* params[9];
  const char* says;
} refused[] = {
  { { "view", "logmel", "high", "9kHz", NULL }, "8000 Hz" },
  { { "view", "logmel", "low", "8kHz", NULL }, "low" },
  { { "view", "logmel", "low", "3kHz", "high", "2kHz", NULL }, "low" },
};

START_TEST(bands_beyond_the_spectrum_are_refused)
{
  struct rig* const rig = rig_open(PATH, "spectrum");
  rig_set_all(rig, refused[_i].params);
  rig_audio(rig, 0, RATE, 1);
  ck_assert_int_eq(rig_try_start(rig, 4096), RILL_ERR_BAD_PARAM);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), refused[_i].says));
  rig_close(rig);
}
END_TEST

START_TEST(stft_does_not_care_for_bands)
{
  const char* const params[] = { "high", "100kHz", NULL };
  rig_close(rig_of(params, RATE, 1));
}
END_TEST

START_TEST(empty_bands_are_told)
{
  const char* const many[] = { "view", "logmel", "size", "64", "bands", "128",
                               NULL };
  const char* const few[] = { "view", "logmel", "bands", "20", NULL };
  struct rig* rig = rig_of(many, RATE, 1);
  ck_assert_ptr_nonnull(fake_host_find_log(rig_host(rig), "of 128 bands"));
  rig_close(rig);
  rig = rig_of(few, RATE, 1);
  ck_assert_uint_eq(fake_host_n_log(rig_host(rig)), 0);
  rig_close(rig);
}
END_TEST

START_TEST(nan_stays_in_its_window)
{
  const char* const params[] = { "size", "100", "hop_frames", "100", "align",
                                 "left", NULL };
  float* const x = noise_new(1000);
  x[350] = NAN;
  struct rig* const rig = rig_of(params, RATE, 1);
  rig_push_f32(rig, 0, x, 1000);
  rig_drain(rig);
  for (uint32_t k = 0; k < 10; ++k) {
    ck_assert_int_eq(isnan(rig_out_f32(rig, 0, 0)[k * 51]), k == 3);
  }
  rig_close(rig);
  free(x);
}
END_TEST

// -- rows -------------------------------------------------------------------

static const struct {
  const char* hop; // or frames when it has no unit
  uint32_t rate;
  uint32_t n;
  uint32_t den;
  uint32_t rows;
} counts[] = {
  { "10ms", 16000, 0, 160, 0 },      { "10ms", 16000, 1, 160, 1 },
  { "10ms", 16000, 160, 160, 1 },    { "10ms", 16000, 161, 160, 2 },
  { "10ms", 16000, 16000, 160, 100 }, { "10ms", 44100, 44100, 441, 100 },
  { "10ms", 22050, 22050, 221, 100 }, { "10ms", 11025, 11025, 110, 101 },
  { "1", 16000, 700, 1, 700 },       { "2000", 16000, 9000, 2000, 5 },
  { "0.01ms", 8000, 50, 1, 50 },
};

START_TEST(a_row_for_each_hop)
{
  static const char* const aligns[] = { "centre", "left" };
  for (int a = 0; a < 2; ++a) {
    const int is_time = strstr(counts[_i].hop, "ms") != NULL;
    const char* const params[] = { is_time ? "hop" : "hop_frames",
                                   counts[_i].hop, "align", aligns[a], NULL };
    float* const x = noise_new(counts[_i].n);
    struct rig* const rig = rig_of(params, counts[_i].rate, 1);
    const struct rill_format* const f = rig_out_format(rig, 0);
    ck_assert_uint_eq(f->rate, counts[_i].rate);
    ck_assert_uint_eq(f->rate_den, counts[_i].den);
    rig_push_f32(rig, 0, x, counts[_i].n);
    rig_drain(rig);
    ck_assert_uint_eq(rig_out_frames(rig, 0), counts[_i].rows);
    for (uint32_t i = 0; i < rig_out_items(rig, 0); ++i) {
      const struct rig_item* const item = rig_out_item(rig, 0, i);
      ck_assert_int_eq(item->media_pos, (int64_t)item->first);
      ck_assert_int_eq(item->pts_ns, rill_frames_to_ns(item->media_pos, f->rate,
                                                       f->rate_den));
    }
    rig_close(rig);
    free(x);
  }
}
END_TEST

static const struct {
  const char* params[7];
  uint32_t channels;
  uint32_t rank;
  uint32_t shape[2];
} shapes[] = {
  { { NULL }, 1, 1, { 257, 0 } },
  { { NULL }, 2, 2, { 2, 257 } },
  { { "size", "15", NULL }, 1, 1, { 8, 0 } },
  { { "size", "2", NULL }, 3, 2, { 3, 2 } },
  { { "view", "logmel", NULL }, 1, 1, { 40, 0 } },
  { { "view", "logmel", "bands", "80", NULL }, 5, 2, { 5, 80 } },
};

START_TEST(shapes_follow_channels_and_view)
{
  struct rig* const rig = rig_of(shapes[_i].params, RATE, shapes[_i].channels);
  const struct rill_format* const f = rig_out_format(rig, 0);
  ck_assert_uint_eq(f->kind, RILL_KIND_TENSOR);
  ck_assert_uint_eq(f->encoding, RILL_ENC_F32);
  ck_assert_uint_eq(f->rank, shapes[_i].rank);
  ck_assert_uint_eq(f->shape[0], shapes[_i].shape[0]);
  ck_assert_uint_eq(f->shape[1], shapes[_i].shape[1]);
  rig_close(rig);
}
END_TEST

// -- numbers ----------------------------------------------------------------

struct frame {
  const char* window;
  int is_centred;
  uint32_t size;
  uint32_t hop;
};

// |X[bin]|^2 of row k by the formulas of the README.
static double
power_by_the_book(const struct frame* f,
                  const float* x,
                  uint32_t n,
                  uint32_t row,
                  uint32_t bin)
{
  const int64_t first =
    (int64_t)row * f->hop - (f->is_centred ? f->size / 2 : 0);
  double re = 0.0, im = 0.0;
  for (uint32_t i = 0; i < f->size; ++i) {
    const int64_t at = first + i;
    const double c = cos(2.0 * M_PI * i / f->size);
    const double w = f->window[2] == 'n'   ? 0.5 - 0.5 * c
                     : f->window[0] == 'h' ? 0.54 - 0.46 * c
                                           : 1.0;
    const double angle =
      2.0 * M_PI * (double)((uint64_t)bin * i % f->size) / f->size;
    const double v = at >= 0 && at < (int64_t)n ? (double)x[at] * w : 0.0;
    re += v * cos(angle);
    im -= v * sin(angle);
  }
  return re * re + im * im;
}

static const struct {
  const char* params[13];
  struct frame frame;
  int is_magnitude;
} transforms[] = {
  { { "hop_frames", "160", NULL }, { "hann", 1, 512, 160 }, 0 },
  { { "size", "100", "hop_frames", "33", "align", "left", NULL },
    { "hann", 0, 100, 33 }, 0 },
  { { "size", "15", "hop_frames", "4", "window", "hamming", NULL },
    { "hamming", 1, 15, 4 }, 0 },
  { { "size", "33", "hop_frames", "40", "window", "rect", "values",
      "magnitude", NULL },
    { "rect", 1, 33, 40 }, 1 },
  { { "size", "64", "hop_frames", "200", "align", "left", NULL },
    { "hann", 0, 64, 200 }, 0 },
  { { "size", "1000", "hop_frames", "250", "window", "hamming", "values",
      "magnitude", NULL },
    { "hamming", 1, 1000, 250 }, 1 },
  { { "size", "2", "hop_frames", "1", "window", "rect", NULL },
    { "rect", 1, 2, 1 }, 0 },
};

START_TEST(rows_are_the_transform_by_its_definition)
{
  enum { N = 777 };
  const struct frame* const f = &transforms[_i].frame;
  const uint32_t n_bins = f->size / 2 + 1;
  float* const x = noise_new(2 * N);
  struct rig* const rig = rig_of(transforms[_i].params, RATE, 2);
  rig_push_f32(rig, 0, x, N);
  rig_drain(rig);
  const float* const rows = rig_out_f32(rig, 0, 0);
  ck_assert_uint_eq(rig_out_frames(rig, 0), (N + f->hop - 1) / f->hop);
  for (uint32_t k = 0; k < rig_out_frames(rig, 0); ++k) {
    for (uint32_t c = 0; c < 2; ++c) {
      for (uint32_t b = 0; b < n_bins; b += 1 + n_bins / 50) {
        const double power = power_by_the_book(f, x + c * N, N, k, b);
        const double got = (double)rows[(k * 2 + c) * n_bins + b];
        ck_assert_double_eq_tol(transforms[_i].is_magnitude ? got : sqrt(got),
                                sqrt(power), 1e-6 * f->size);
      }
    }
  }
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(a_sine_has_a_quarter_of_the_size)
{
  const char* const params[] = { "values", "magnitude", "hop_frames", "256",
                                 NULL };
  float x[4096];
  for (int i = 0; i < 4096; ++i) {
    x[i] = (float)sin(2.0 * M_PI * 32.0 * i / 512.0);
  }
  struct rig* const rig = rig_of(params, RATE, 1);
  rig_push_f32(rig, 0, x, 4096);
  rig_drain(rig);
  ck_assert_double_eq_tol(rig_out_f32(rig, 0, 0)[8 * 257 + 32], 128.0, 1e-3);
  rig_close(rig);
}
END_TEST

// -- mel --------------------------------------------------------------------

static double
mel(double hz)
{
  return 2595.0 * log10(1.0 + hz / 700.0);
}

// The weight of a bin in a band, from the points of the README.
static double
weight_by_the_book(double hz, double low, double high, int n_bands, int band)
{
  double point[3];
  for (int i = 0; i < 3; ++i) {
    const double m =
      mel(low) + (mel(high) - mel(low)) * (band + i) / (n_bands + 1);
    point[i] = 700.0 * (pow(10.0, m / 2595.0) - 1.0);
  }
  if (hz <= point[0] || hz >= point[2]) {
    return 0.0;
  }
  return hz < point[1] ? (hz - point[0]) / (point[1] - point[0])
                       : (point[2] - hz) / (point[2] - point[1]);
}

static const struct {
  const char* params[17];
  struct frame frame;
  int n_bands;
  double low;
  double high;
  double factor; // 10 for power, 20 for magnitude
} mels[] = {
  { { "view", "logmel", "hop_frames", "160", NULL },
    { "hann", 1, 512, 160 }, 40, 0.0, 8000.0, 10.0 },
  { { "view", "logmel", "hop_frames", "200", "size", "400", "bands", "23",
      "low", "20Hz", "high", "7600Hz", "window", "hamming", "values",
      "magnitude", NULL },
    { "hamming", 1, 400, 200 }, 23, 20.0, 7600.0, 20.0 },
  { { "view", "logmel", "hop_frames", "100", "size", "255", "bands", "1",
      "low", "1kHz", "high", "2kHz", "align", "left", NULL },
    { "hann", 0, 255, 100 }, 1, 1000.0, 2000.0, 10.0 },
};

START_TEST(bands_are_those_of_the_book)
{
  enum { N = 800 };
  const struct frame* const f = &mels[_i].frame;
  float* const x = noise_new(N);
  struct rig* const rig = rig_of(mels[_i].params, RATE, 1);
  rig_push_f32(rig, 0, x, N);
  rig_drain(rig);
  const float* const rows = rig_out_f32(rig, 0, 0);
  for (uint32_t k = 0; k < rig_out_frames(rig, 0); ++k) {
    for (int b = 0; b < mels[_i].n_bands; ++b) {
      double sum = 0.0;
      for (uint32_t i = 0; i <= f->size / 2; ++i) {
        const double hz = (double)i * RATE / f->size;
        const double w = weight_by_the_book(hz, mels[_i].low, mels[_i].high,
                                            mels[_i].n_bands, b);
        const double p = w > 0.0 ? power_by_the_book(f, x, N, k, i) : 0.0;
        sum += w * (mels[_i].factor < 15.0 ? p : sqrt(p));
      }
      const double db = fmax(-100.0, mels[_i].factor * log10(sum));
      ck_assert_double_eq_tol(rows[(int)k * mels[_i].n_bands + b], db, 0.01);
    }
  }
  rig_close(rig);
  free(x);
}
END_TEST

START_TEST(silence_is_the_floor)
{
  const char* const params[] = { "view", "logmel", "floor", "-37.5dB", NULL };
  float x[1000] = { 0 };
  struct rig* const rig = rig_of(params, RATE, 1);
  rig_push_f32(rig, 0, x, 1000);
  rig_drain(rig);
  for (uint32_t i = 0; i < 7 * 40; ++i) {
    ck_assert_double_eq(rig_out_f32(rig, 0, 0)[i], -37.5);
  }
  rig_close(rig);
}
END_TEST

// -- the rest ---------------------------------------------------------------

static const struct {
  const char* params[9];
  uint32_t channels;
} blocks[] = {
  { { NULL }, 1 },
  { { "view", "logmel", "size", "400", NULL }, 2 },
  { { "size", "100", "hop_frames", "333", "align", "left", NULL }, 1 },
  // rows of 64 KiB: a block takes several calls
  { { "size", "16384", "hop_frames", "40", NULL }, 2 },
};

START_TEST(blocks_do_not_matter)
{
  float* const x = noise_new(5000 * blocks[_i].channels);
  rig_check_blocks(&(struct rig_case){
    .path = PATH,
    .type = "spectrum",
    .params = blocks[_i].params,
    .samples = x,
    .n_frames = 5000,
    .rate = RATE,
    .channels = blocks[_i].channels,
  });
  free(x);
}
END_TEST

START_TEST(reset_is_as_fresh)
{
  static float first[257 * 20];
  float* const x = noise_new(3200);
  struct rig* const rig = rig_of(NULL, RATE, 1);
  rig_push_f32(rig, 0, x, 3200);
  rig_drain(rig);
  memcpy(first, rig_out_f32(rig, 0, 0), sizeof first);
  rig_reset(rig);
  rig_push_f32(rig, 0, x + 77, 3000);
  rig_run(rig);
  rig_reset(rig);
  rig_push_f32(rig, 0, x, 3200);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), 20);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), first, sizeof first);
  rig_close(rig);
  free(x);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, bands_beyond_the_spectrum_are_refused, 0,
                      sizeof refused / sizeof refused[0]);
  tcase_add_test(tcase, stft_does_not_care_for_bands);
  tcase_add_test(tcase, empty_bands_are_told);
  tcase_add_test(tcase, nan_stays_in_its_window);
  tcase_add_loop_test(tcase, a_row_for_each_hop, 0,
                      sizeof counts / sizeof counts[0]);
  tcase_add_loop_test(tcase, shapes_follow_channels_and_view, 0,
                      sizeof shapes / sizeof shapes[0]);
  tcase_add_loop_test(tcase, rows_are_the_transform_by_its_definition, 0,
                      sizeof transforms / sizeof transforms[0]);
  tcase_add_test(tcase, a_sine_has_a_quarter_of_the_size);
  tcase_add_loop_test(tcase, bands_are_those_of_the_book, 0,
                      sizeof mels / sizeof mels[0]);
  tcase_add_test(tcase, silence_is_the_floor);
  tcase_add_loop_test(tcase, blocks_do_not_matter, 0,
                      sizeof blocks / sizeof blocks[0]);
  tcase_add_test(tcase, reset_is_as_fresh);
}

int
main(void)
{
  return suite_run("spectrum", 60, add_tests);
}
