// SPDX-License-Identifier: ISC
// The kernels against their plain references, bit for bit.
#define _GNU_SOURCE
#include "planar.h"
#include "tests/suite.h"
#include "words.h"

#include <math.h>
#include <rill/helpers.h>

enum { MAX_CHANNELS = 7, MAX_FRAMES = 1000 };

static const uint32_t channels[] = { 1, 2, 3, MAX_CHANNELS };
static const uint32_t lengths[] = { 1, 2, 31, 32, 129, MAX_FRAMES };
static const uint32_t file_encodings[] = { RILL_ENC_U8,  RILL_ENC_S16,
                                           RILL_ENC_S24, RILL_ENC_S32,
                                           RILL_ENC_F32, RILL_ENC_F64 };

// Numbers of a fixed seed.
static uint32_t
next_random(uint64_t* state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 32);
}

static void
fill_samples(uint32_t encoding, uint8_t* out, size_t n)
{
  uint64_t state = encoding;
  for (size_t i = 0; i < n; ++i) {
    const uint32_t r = next_random(&state);
    const double d = (int32_t)r * 0x1p-30; // also louder than full scale
    const float f = (float)d;
    switch (encoding) {
      case RILL_ENC_F32: memcpy(out + 4 * i, &f, 4); break;
      case RILL_ENC_F64: memcpy(out + 8 * i, &d, 8); break;
      default:
        memcpy(out + i * rill_sample_bytes(encoding), &r,
               rill_sample_bytes(encoding));
    }
  }
}

START_TEST(planes_are_those_of_the_reference)
{
  static uint8_t in[MAX_CHANNELS * MAX_FRAMES * 8];
  static float out[MAX_CHANNELS][MAX_FRAMES + 5];
  const uint32_t encoding = file_encodings[_i];
  const uint32_t bytes = rill_sample_bytes(encoding);
  float* planes[MAX_CHANNELS];
  fill_samples(encoding, in, MAX_CHANNELS * MAX_FRAMES);
  for (uint32_t c = 0; c < MAX_CHANNELS; ++c) {
    planes[c] = out[c];
  }
  for (size_t k = 0; k < RILL_COUNT(channels) * RILL_COUNT(lengths); ++k) {
    const uint32_t n_channels = channels[k % RILL_COUNT(channels)];
    const uint32_t n = lengths[k / RILL_COUNT(channels)];
    memset(out, 0, sizeof out);
    planar_from(encoding, in, n_channels, n, planes, 3);
    for (uint32_t c = 0; c < n_channels; ++c) {
      ck_assert_float_eq(out[c][2], 0.0f);
      ck_assert_float_eq(out[c][n + 3], 0.0f);
      for (uint32_t i = 0; i < n; ++i) {
        const float expected =
          planar_sample(encoding, in + (size_t)(i * n_channels + c) * bytes);
        ck_assert_mem_eq(&out[c][3 + i], &expected, 4);
      }
    }
  }
}
END_TEST

static const struct {
  uint32_t encoding;
  int64_t bits;
  float value;
} scales[] = {
  { RILL_ENC_U8, 0, -1.0f },          { RILL_ENC_U8, 128, 0.0f },
  { RILL_ENC_U8, 255, 127.0f / 128 }, { RILL_ENC_S16, -32768, -1.0f },
  { RILL_ENC_S16, 1, 0x1p-15f },      { RILL_ENC_S24, 0x800000, -1.0f },
  { RILL_ENC_S24, 1, 0x1p-23f },      { RILL_ENC_S24, 0xffffff, -0x1p-23f },
  { RILL_ENC_S32, INT32_MIN, -1.0f }, { RILL_ENC_S32, INT32_MAX, 1.0f },
};

START_TEST(full_scale_is_a_power_of_two)
{
  ck_assert_float_eq(planar_sample(scales[_i].encoding, &scales[_i].bits),
                     scales[_i].value);
}
END_TEST

START_TEST(one_odd_sample_is_found_anywhere)
{
  static const float odd[] = { NAN, INFINITY, -INFINITY };
  static float samples[70];
  ck_assert_int_eq(planar_has_nonfinite(samples, 70), 0);
  for (uint32_t i = 0; i < 70; ++i) {
    samples[i] = odd[i % 3];
    ck_assert_int_eq(planar_has_nonfinite(samples, 70), 1);
    ck_assert_int_eq(planar_has_nonfinite(samples, i), 0);
    samples[i] = i % 2 ? 0x1p-149f : 0x1.fffffep127f; // odd, but numbers
  }
}
END_TEST

static const float edges[] = {
  0.0f, -0.0f, 1.0f, -1.0f, 1.5f, -1.5f, 1e30f, -1e30f, INFINITY, -INFINITY,
  0.5f / 32768, 1.5f / 32768, 2.5f / 32768, -0.5f / 32768, -1.5f / 32768,
  32766.5f / 32768, 32767.49f / 32768, -32767.5f / 32768, -32768.5f / 32768,
  0.5f / 128, 1.5f / 128, 0.5f / 8388608, 1.5f / 8388608, 1e-40f, NAN,
};

static float
sample_at(size_t i)
{
  uint64_t state = i;
  next_random(&state);
  return i < RILL_COUNT(edges) ? edges[i]
                               : (float)(int32_t)next_random(&state) * 0x1.1p-31f;
}

// A buffer of floats, planar or interleaved.
struct input {
  struct rill_format format;
  struct rill_plane planes[MAX_CHANNELS];
  struct rill_buffer buffer;
  float samples[MAX_CHANNELS * MAX_FRAMES];
};

static float
input_sample(uint32_t frame, uint32_t channel)
{
  return sample_at(frame * 5 + channel * 3);
}

static void
fill_input(struct input* in, uint32_t n_channels, uint32_t n, uint32_t packing)
{
  const int is_planar = packing == RILL_PLANAR;
  in->format = (struct rill_format){ .kind = RILL_KIND_AUDIO,
                                     .encoding = RILL_ENC_F32,
                                     .rate = 1,
                                     .rate_den = 1,
                                     .channels = n_channels,
                                     .packing = packing };
  for (uint32_t c = 0; c < n_channels; ++c) {
    float* const first = in->samples + (is_planar ? c * n : c);
    const uint32_t stride = is_planar ? 1 : n_channels;
    in->planes[c] =
      (struct rill_plane){ .data = first, .step = (int64_t)stride * 4 };
    for (uint32_t i = 0; i < n; ++i) {
      first[i * stride] = input_sample(i, c);
    }
  }
  in->buffer = (struct rill_buffer){ .format = &in->format,
                                     .planes = in->planes,
                                     .n_planes = n_channels,
                                     .n_frames = n };
}

static const struct {
  uint32_t encoding;
  uint32_t bits;
} targets[] = {
  { RILL_ENC_U8, 8 },   { RILL_ENC_S16, 8 },  { RILL_ENC_S16, 16 },
  { RILL_ENC_S24, 24 }, { RILL_ENC_S32, 24 }, { RILL_ENC_S32, 32 },
  { RILL_ENC_F32, 32 }, { RILL_ENC_F64, 32 },
};

static void
check_word(const uint8_t* at, int target, float x)
{
  const uint32_t bits = targets[target].bits;
  const int64_t q = words_integer((double)x, bits) * (INT64_C(1) << (32 - bits));
  const double d = (double)x;
  int16_t s16;
  int32_t s32;
  switch (targets[target].encoding) {
    case RILL_ENC_U8: ck_assert_int_eq(at[0], (q >> 24) + 128); break;
    case RILL_ENC_S16:
      memcpy(&s16, at, 2);
      ck_assert_int_eq(s16, q >> 16);
      break;
    case RILL_ENC_S24:
      s32 = (int32_t)((uint32_t)at[0] << 8 | (uint32_t)at[1] << 16 |
                      (uint32_t)at[2] << 24);
      ck_assert_int_eq(s32, q);
      break;
    case RILL_ENC_S32:
      memcpy(&s32, at, 4);
      ck_assert_int_eq(s32, q);
      break;
    case RILL_ENC_F32: ck_assert(isnan(x) || !memcmp(at, &x, 4)); break;
    default: ck_assert(isnan(x) || !memcmp(at, &d, 8));
  }
}

START_TEST(words_are_those_of_the_reference)
{
  static struct input in;
  static uint8_t out[MAX_CHANNELS * MAX_FRAMES * 8];
  const uint32_t bytes = rill_sample_bytes(targets[_i].encoding);
  for (size_t k = 0; k < 2 * RILL_COUNT(channels); ++k) {
    const uint32_t n_channels = channels[k / 2];
    struct words words = { .encoding = targets[_i].encoding,
                           .bits = targets[_i].bits };
    fill_input(&in, n_channels, MAX_FRAMES, k % 2);
    words_from(&words, &in.buffer, 0, 1, out);
    words_from(&words, &in.buffer, 1, MAX_FRAMES - 1, out + n_channels * bytes);
    for (uint32_t i = 0; i < MAX_FRAMES * n_channels; ++i) {
      check_word(out + i * bytes, _i,
                 input_sample(i / n_channels, i % n_channels));
    }
  }
}
END_TEST

START_TEST(loud_samples_are_counted)
{
  static struct input in;
  static int16_t out[2 * 8];
  struct words words = { .encoding = RILL_ENC_S16, .bits = 16 };
  fill_input(&in, 2, 8, RILL_PLANAR);
  memset(in.samples, 0, sizeof in.samples);
  in.samples[0] = 1.0f; // full scale is not too loud
  in.samples[3] = 1.0001f;
  in.samples[9] = -INFINITY;
  in.samples[10] = NAN;
  words_from(&words, &in.buffer, 0, 8, out);
  ck_assert_uint_eq(words.n_clipped, 2);
  ck_assert_uint_eq(words.n_nan, 1);
}
END_TEST

static const uint32_t integer_inputs[] = { RILL_ENC_S16, RILL_ENC_S24,
                                           RILL_ENC_S32 };

// What has room for it comes out as it went in.
START_TEST(integers_stay_what_they_are)
{
  static uint8_t samples[4 * 64];
  static uint8_t out[4 * 64];
  const uint32_t encoding = integer_inputs[_i];
  const uint32_t bytes = rill_sample_bytes(encoding);
  struct rill_format format = { .kind = RILL_KIND_AUDIO,
                                .encoding = encoding,
                                .channels = 2,
                                .packing = RILL_INTERLEAVED };
  struct rill_plane planes[2] = {
    { .data = samples, .step = 2 * bytes },
    { .data = samples + bytes, .step = 2 * bytes },
  };
  struct rill_buffer buffer = { .format = &format, .planes = planes,
                                .n_planes = 2, .n_frames = 32 };
  fill_samples(encoding, samples, 64);
  struct words same = { .encoding = encoding, .bits = 8 * bytes };
  ck_assert(words_are_same(&same, &format));
  words_from(&same, &buffer, 0, 32, out);
  ck_assert_mem_eq(out, samples, 64 * bytes);

  struct words wide = { .encoding = RILL_ENC_S32, .bits = 32 };
  words_from(&wide, &buffer, 0, 32, out);
  for (int i = 0; i < 64; ++i) {
    ck_assert_mem_eq(out + 4 * i + 4 - bytes, samples + bytes * (unsigned)i,
                     bytes);
  }
}
END_TEST

// The mean of many dithered roundings is the sample: 0.25 LSB here.
START_TEST(dither_keeps_what_is_below_a_step)
{
  static struct input in;
  static int16_t out[MAX_FRAMES];
  static int16_t again[MAX_FRAMES];
  struct words words = { .encoding = RILL_ENC_S16, .bits = 16, .dither = 1,
                         .seed = 42 };
  struct words cut = words;
  int sum = 0;
  fill_input(&in, 1, MAX_FRAMES, RILL_PLANAR);
  for (int i = 0; i < MAX_FRAMES; ++i) {
    in.samples[i] = 0.25f / 32768;
  }
  words_from(&words, &in.buffer, 0, MAX_FRAMES, out);
  words_from(&cut, &in.buffer, 0, 77, again);
  words_from(&cut, &in.buffer, 77, MAX_FRAMES - 77, again + 77);
  ck_assert_mem_eq(out, again, sizeof out); // blocks do not matter
  for (int i = 0; i < MAX_FRAMES; ++i) {
    ck_assert_int_le(abs(out[i]), 1);
    sum += out[i];
  }
  ck_assert_int_gt(sum, MAX_FRAMES / 4 - 60);
  ck_assert_int_lt(sum, MAX_FRAMES / 4 + 60);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, planes_are_those_of_the_reference, 0,
                      RILL_COUNT(file_encodings));
  tcase_add_loop_test(tcase, full_scale_is_a_power_of_two, 0,
                      RILL_COUNT(scales));
  tcase_add_test(tcase, one_odd_sample_is_found_anywhere);
  tcase_add_loop_test(tcase, words_are_those_of_the_reference, 0,
                      RILL_COUNT(targets));
  tcase_add_test(tcase, loud_samples_are_counted);
  tcase_add_loop_test(tcase, integers_stay_what_they_are, 0,
                      RILL_COUNT(integer_inputs));
  tcase_add_test(tcase, dither_keeps_what_is_below_a_step);
}

int
main(void)
{
  return suite_run("file words", 20, add_tests);
}
