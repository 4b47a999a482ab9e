// SPDX-License-Identifier: ISC
// The parts against their slow definitions. This program has the loops as
// plain as they can be; what the plugin gives must be the same bytes.
#include "blocks.h"
#include "give.h"
#include "reference.h"
#include "stream.h"
#include "turns.h"

#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>

enum { MAX_N = 60000 };

static float noise[2][MAX_N];

static void
fill_noise(void)
{
  uint32_t x = 1;
  for (uint32_t i = 0; i < MAX_N; ++i) {
    for (uint32_t c = 0; c < 2; ++c) {
      x = x * 1664525u + 1013904223u;
      noise[c][i] = (float)(int32_t)x * 0x1p-32f;
    }
  }
}

START_TEST(turns_are_those_of_libm)
{
  for (int i = 0; i < 100000; ++i) {
    const double x = i * 1.234567e-4;
    ck_assert_double_le(fabs(turns_sin(x) - sin(2.0 * M_PI * x)), 2e-14);
    ck_assert_double_le(fabs(turns_cos(x) - cos(2.0 * M_PI * x)), 2e-14);
  }
  ck_assert_double_eq(turns_sin(0.5), 0.0);
  ck_assert_double_eq(turns_cos(0.25), 0.0);
  ck_assert_double_eq(turns_cos(7.0), 1.0);
}
END_TEST

// -- plans --------------------------------------------------------------------

static const struct {
  uint32_t in;
  uint32_t out;
  uint32_t low_latency;
  enum plan_way way;
} plans[] = {
  { 48000, 48000, 0, PLAN_COPY },  { 44100, 16000, 0, PLAN_BLOCKS },
  { 16000, 44100, 0, PLAN_BLOCKS }, { 48000, 16000, 0, PLAN_BLOCKS },
  { 8000, 48000, 0, PLAN_BLOCKS }, { 1, 3, 0, PLAN_BLOCKS },
  { 44100, 16000, 1, PLAN_TAPS },  { 44100, 44101, 0, PLAN_TAPS },
  { 768000, 1, 0, PLAN_TAPS },     { 1, 768000, 0, PLAN_TAPS },
};

START_TEST(plans_keep_what_they_promise)
{
  for (int q = 0; q < N_QUALITIES; ++q) {
    struct plan p;
    plan_init(&p, plans[_i].in, plans[_i].out, 1 + q % 2, (enum quality)q,
              plans[_i].low_latency);
    ck_assert_int_eq(p.way, plans[_i].way);
    if (p.way == PLAN_COPY) {
      continue;
    }
    ck_assert_double_ge(p.half, kernel_half(&p.demand));
    ck_assert_uint_eq((uint64_t)p.in * plans[_i].out,
                      (uint64_t)p.out * plans[_i].in);
    if (p.way == PLAN_BLOCKS) {
      ck_assert_uint_eq((uint64_t)p.n_in * p.out, (uint64_t)p.n_out * p.in);
      ck_assert_uint_eq((uint64_t)p.hop_in * p.out, (uint64_t)p.hop_out * p.in);
      ck_assert(fft_can(p.n_in) && fft_can(p.n_out));
    } else {
      ck_assert_uint_eq(p.n_taps % 8, 0);
    }
  }
}
END_TEST

// -- transforms ---------------------------------------------------------------

static const uint32_t lengths[] = { 24,   32,   40,   56,   64,   72,  128,
                                    216,  320,  392,  448,  640,  1176, 1280,
                                    2560, 3528, 3840, 7680, 8192, 12960 };

static void
run_both(uint32_t n, const float* re, const float* im, uint32_t wide,
         double* out_re, double* out_im)
{
  struct fft fft;
  ck_assert(fft_init(&fft, n, wide));
  const size_t room = fft_room(&fft);
  double* const p = calloc(6 * room, sizeof *p);
  const struct fft_planes work[2] = { { p, p + room },
                                      { p + 2 * room, p + 3 * room } };
  struct fft_planes in = { (void*)(uintptr_t)re, (void*)(uintptr_t)im };
  for (uint32_t i = 0; wide && i < n; ++i) {
    p[4 * room + i] = (double)re[i];
    p[5 * room + i] = (double)im[i];
  }
  if (wide) {
    in = (struct fft_planes){ p + 4 * room, p + 5 * room };
  }
  const struct fft_planes out = wide ? fft_run_f64(&fft, in, work, FFT_ALL_ROWS)
                                     : fft_run_f32(&fft, in, work, FFT_ALL_ROWS);
  for (uint32_t k = 0; k < n; ++k) {
    const size_t at = k / fft.row * fft.pitch + k % fft.row;
    out_re[k] = wide ? ((double*)out.re)[at] : (double)((float*)out.re)[at];
    out_im[k] = wide ? ((double*)out.im)[at] : (double)((float*)out.im)[at];
  }
  fft_fini(&fft);
  free(p);
}

START_TEST(transforms_are_what_they_should_be)
{
  const uint32_t n = lengths[_i];
  static double re[16384], im[16384];
  fill_noise();
  for (uint32_t wide = 0; wide < 2; ++wide) {
    const double near = sqrt(n) * (wide ? 1e-13 : 4e-7);
    run_both(n, noise[0], noise[1], wide, re, im);
    for (uint32_t k = 0; k < n; k += 1 + n / 97) {
      const struct reference_point p =
        reference_bin(noise[0], noise[1], n, k);
      ck_assert_double_le(hypot(re[k] - p.re, im[k] - p.im), near);
    }
  }
}
END_TEST

START_TEST(other_lengths_are_refused)
{
  static const uint32_t bad[] = { 0, 1, 7, 8, 12, 16, 88, 100, 44104 };
  for (uint32_t i = 0; i < RILL_COUNT(bad); ++i) {
    ck_assert(!fft_can(bad[i]));
  }
}
END_TEST

START_TEST(rows_of_the_kernel_are_the_kernel)
{
  const struct demand demand = kernel_demand(QUALITY_HIGH, 0);
  struct kernel kernel;
  float row[301];
  kernel_init(&kernel, &demand, 102.3);
  kernel_row(&kernel, -105.25, 0.7, RILL_COUNT(row), 2.0, row);
  for (uint32_t i = 0; i < RILL_COUNT(row); ++i) {
    const double there = 2.0 * kernel_at(&kernel, -105.25 + 0.7 * i);
    ck_assert_double_le(fabs((double)row[i] - there), 1e-7 * fabs(there) + 1e-10);
  }
}
END_TEST

// -- streams ------------------------------------------------------------------

static const struct {
  uint32_t in;
  uint32_t out;
  const char* out_text;
  enum quality quality;
  const char* quality_text;
  uint32_t low_latency;
  double near; // of the reference, which is exact but for what both cut off
} streams[] = {
  { 44100, 16000, "16kHz", QUALITY_LOW, "low", 0, 2e-6 },
  { 44100, 16000, "16kHz", QUALITY_HIGH, "high", 0, 3e-7 },
  { 44100, 16000, "16kHz", QUALITY_VERY_HIGH, "very-high", 0, 4e-8 },
  { 44100, 48000, "48kHz", QUALITY_MEDIUM, "medium", 0, 2e-6 },
  { 8000, 48000, "48kHz", QUALITY_HIGH, "high", 0, 3e-7 },
  { 44100, 44101, "44101Hz", QUALITY_HIGH, "high", 0, 3e-7 },
  { 44100, 16001, "16001Hz", QUALITY_VERY_HIGH, "very-high", 0, 6e-8 },
  { 44100, 16000, "16kHz", QUALITY_HIGH, "high", 1, 2e-7 },
  { 16000, 48000, "48kHz", QUALITY_VERY_HIGH, "very-high", 1, 6e-8 },
};

enum { N_IN = 20000 };

// The whole of the noise through the plain loops; *out* is the caller's.
static uint64_t
run_plain(int which, uint32_t channels, float* out[2], uint32_t room)
{
  struct stream s = { .in_rate = streams[which].in,
                      .out_rate = streams[which].out,
                      .channels = channels };
  struct rill_plane in_planes[2] = { { .data = noise[0] }, { .data = noise[1] } };
  struct rill_plane planes[2] = { { .data = out[0] }, { .data = out[1] } };
  const struct rill_buffer in = { .planes = in_planes, .n_frames = N_IN };
  struct rill_buffer made = { .planes = planes, .capacity_frames = room };

  plan_init(&s.plan, s.in_rate, s.out_rate, channels, streams[which].quality,
            streams[which].low_latency);
  ck_assert(stream_open(&s));
  ck_assert(!stream_take(&s, &in, &made));
  for (uint32_t c = 0; c < channels; ++c) {
    planes[c].data = out[c] + made.n_frames;
  }
  made.capacity_frames -= made.n_frames;
  stream_flush(&s, &made);
  ck_assert_uint_eq(stream_missing(&s), 0);
  stream_close(&s);
  return s.now.n_out;
}

static void
new_outputs(float* out[2], uint32_t* room)
{
  *room = 8 * N_IN;
  for (uint32_t c = 0; c < 2; ++c) {
    out[c] = calloc(*room, sizeof(float));
    ck_assert_ptr_nonnull(out[c]);
  }
}

START_TEST(streams_are_the_sum_that_they_should_be)
{
  float* out[2];
  uint32_t room = 0;
  struct plan plan;
  fill_noise();
  new_outputs(out, &room);
  for (uint32_t channels = 1; channels <= 2; ++channels) {
    plan_init(&plan, streams[_i].in, streams[_i].out, channels,
              streams[_i].quality, streams[_i].low_latency);
    const uint64_t n = run_plain(_i, channels, out, room);
    for (uint64_t i = 0; i < n; i += i < 200 || i + 200 > n ? 1 : 37) {
      for (uint32_t c = 0; c < channels; ++c) {
        const double there = reference_frame(&plan, noise[c], N_IN, i);
        ck_assert_double_le(fabs((double)out[c][i] - there), streams[_i].near);
      }
    }
  }
  free(out[0]);
  free(out[1]);
}
END_TEST

START_TEST(the_plugin_gives_the_same_bytes)
{
  static float both[2 * N_IN];
  const uint32_t channels = 1 + (uint32_t)_i % 2;
  float* out[2];
  uint32_t room = 0;
  fill_noise();
  new_outputs(out, &room);
  struct rig* const rig = rig_open("plugins/resample/resample", "resample");
  rig_set(rig, "rate", streams[_i].out_text);
  rig_set(rig, "quality", streams[_i].quality_text);
  rig_set(rig, "latency", streams[_i].low_latency ? "low" : "normal");
  rig_audio(rig, 0, streams[_i].in, channels);
  rig_start(rig, 777);
  memcpy(both, noise[0], sizeof both / 2);
  memcpy(both + N_IN, noise[1], sizeof both / 2);
  rig_push_f32(rig, 0, both, N_IN);
  rig_drain(rig);
  const uint64_t n = run_plain(_i, channels, out, room);
  ck_assert_uint_eq(rig_out_frames(rig, 0), n);
  for (uint32_t c = 0; c < channels; ++c) {
    ck_assert_mem_eq(rig_out_f32(rig, 0, c), out[c], (size_t)n * sizeof(float));
  }
  rig_close(rig);
  free(out[0]);
  free(out[1]);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_test(tcase, turns_are_those_of_libm);
  tcase_add_loop_test(tcase, plans_keep_what_they_promise, 0,
                      RILL_COUNT(plans));
  tcase_add_test(tcase, other_lengths_are_refused);
  tcase_add_loop_test(tcase, transforms_are_what_they_should_be, 0,
                      RILL_COUNT(lengths));
  tcase_add_test(tcase, rows_of_the_kernel_are_the_kernel);
  tcase_add_loop_test(tcase, streams_are_the_sum_that_they_should_be, 0,
                      RILL_COUNT(streams));
  tcase_add_loop_test(tcase, the_plugin_gives_the_same_bytes, 0,
                      RILL_COUNT(streams));
}

int
main(void)
{
  return suite_run("resample_parts", 60, add_tests);
}
