// SPDX-License-Identifier: ISC
// Every fast loop gives the bytes of the reference.
#include "plugins/convert/samples.h"
#include "tests/suite.h"

#include <math.h>
#include <rill/helpers.h>
#include <string.h>

enum { N_RANDOM = 200000, N_HOT = 2000003, MANY = 65536 + 3 }; // odd, for the last samples

static const uint32_t encodings[] = { RILL_ENC_U8,  RILL_ENC_S8,  RILL_ENC_S16,
                                      RILL_ENC_S24, RILL_ENC_S32, RILL_ENC_F32,
                                      RILL_ENC_F64 };
enum { N_ENCODINGS = 7, N_SCALES = 3 };
enum { N_CONVERSIONS = N_ENCODINGS * N_ENCODINGS * N_SCALES };

static const double specials[] = {
  NAN,        -NAN,        INFINITY,       -INFINITY,  0.0,      -0.0,
  1.0,        -1.0,        0x1.fffffep-1,  -0x1.fffffep-1,       1.5,
  -1.5,       1e30,        -1e30,          0x1p-149,   -0x1p-149, 0x1p-126,
  0.5 / 32768, 1.5 / 32768, 2.5 / 32768,   -0.5 / 32768, -1.5 / 32768,
  0x1p-24,    0x1.8p-23,   0x1.4p-22,      0x1p-32,    0x1.8p-31, 127.5 / 128,
  32767.5 / 32768,         -32768.5 / 32768, 8388607.5 / 8388608,
};

static struct conversion
conversion_at(int index)
{
  const uint32_t pair = (uint32_t)index / N_SCALES;
  return (struct conversion){ encodings[pair / N_ENCODINGS],
                              encodings[pair % N_ENCODINGS],
                              (uint32_t)index % N_SCALES };
}

static uint64_t
next_random(uint64_t* state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (*state >> 33) ^ (*state << 20);
}

// Specials, then a mix of any bits and of numbers near -1 .. 1; integers of
// up to 16 bits: all there are.
static void
fill(uint8_t* out, uint32_t encoding, uint32_t n)
{
  const uint32_t size = rill_sample_bytes(encoding);
  uint64_t state = 42;
  for (uint32_t i = 0; i < n; ++i) {
    uint64_t bits = size <= 2 ? i : next_random(&state);
    const double near = (double)(int64_t)next_random(&state) * 0x1.1p-63;
    const double d = i < RILL_COUNT(specials) ? specials[i] : near;
    const float f = (float)d;
    if (encoding == RILL_ENC_F32 && (i % 2 || i < RILL_COUNT(specials))) {
      memcpy(&bits, &f, sizeof f);
    } else if (encoding == RILL_ENC_F64 &&
               (i % 2 || i < RILL_COUNT(specials))) {
      memcpy(&bits, &d, sizeof d);
    }
    memcpy(out + (size_t)i * size, &bits, size);
  }
}

static void
by_the_book(const struct conversion* c, uint8_t* out, const uint8_t* in,
            uint32_t n)
{
  const uint32_t out_size = rill_sample_bytes(c->to);
  const uint32_t in_size = rill_sample_bytes(c->from);
  for (uint32_t i = 0; i < n; ++i) {
    reference_convert(c, out + (size_t)i * out_size,
                      in + (size_t)i * in_size, 0.0);
  }
}

static void
ck_same(const struct conversion* c, const uint8_t* in, const uint8_t* expected,
        const uint8_t* found, uint32_t n)
{
  const uint32_t size = rill_sample_bytes(c->to);
  for (uint32_t i = 0; i < n; ++i) {
    if (memcmp(expected + (size_t)i * size, found + (size_t)i * size, size)) {
      uint64_t x = 0;
      uint64_t a = 0;
      uint64_t b = 0;
      const uint32_t from_size = rill_sample_bytes(c->from);
      memcpy(&x, in + (size_t)i * from_size, from_size);
      memcpy(&a, expected + (size_t)i * size, size);
      memcpy(&b, found + (size_t)i * size, size);
      ck_abort_msg("encoding %u to %u, scale %u: %llx gives %llx, not %llx",
                   c->from, c->to, c->scale, (unsigned long long)x,
                   (unsigned long long)b, (unsigned long long)a);
    }
  }
}

static const struct {
  struct conversion c;
  double in; // a sample of `from`: integers as they are
  double out;
} rules[] = {
  // NaN is silence, infinity is the end of the range
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, NAN, 0 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_LEGACY }, NAN, 0 },
  { { RILL_ENC_F32, RILL_ENC_U8, SCALE_FULL }, NAN, 128 },
  { { RILL_ENC_F64, RILL_ENC_S32, SCALE_FAST }, NAN, 0 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, INFINITY, 32767 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, -INFINITY, -32768 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FAST }, -INFINITY, -32767 },
  { { RILL_ENC_F64, RILL_ENC_F32, SCALE_FULL }, 1e300, INFINITY },
  // full: full scale is 2^(bits-1), to the nearest, ties to even, clamped
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, 1.0, 32767 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, -1.0, -32768 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, 0.5 / 32768, 0 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, 1.5 / 32768, 2 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL }, -2.5 / 32768, -2 },
  { { RILL_ENC_F32, RILL_ENC_S32, SCALE_FULL }, 1.0, 2147483647 },
  { { RILL_ENC_F32, RILL_ENC_S24, SCALE_FULL }, -1.5, -8388608 },
  { { RILL_ENC_S16, RILL_ENC_F32, SCALE_FULL }, -32768, -1.0 },
  { { RILL_ENC_S16, RILL_ENC_F32, SCALE_FULL }, 16384, 0.5 },
  { { RILL_ENC_U8, RILL_ENC_S16, SCALE_FULL }, 129, 256 },
  { { RILL_ENC_S32, RILL_ENC_S16, SCALE_FULL }, 32768 * 3, 2 },
  { { RILL_ENC_S32, RILL_ENC_S16, SCALE_FULL }, 2147483647, 32767 },
  // legacy: x32767 above zero, x32768 below, truncated
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_LEGACY }, 1.0, 32767 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_LEGACY }, -1.0, -32768 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_LEGACY }, 0.5, 16383 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_LEGACY }, -0.5, -16384 },
  { { RILL_ENC_F32, RILL_ENC_S32, SCALE_LEGACY }, 1.0, 2147483647 },
  { { RILL_ENC_F32, RILL_ENC_S32, SCALE_LEGACY }, -0.5, -1073741824 },
  { { RILL_ENC_S16, RILL_ENC_F32, SCALE_LEGACY }, 16384, 0.5 },
  { { RILL_ENC_S32, RILL_ENC_F32, SCALE_LEGACY }, -1073741824, -0.5 },
  { { RILL_ENC_S16, RILL_ENC_S32, SCALE_LEGACY }, -16384, -1073741824 },
  // fast: x32767 both ways, integers are shifted
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FAST }, -1.0, -32767 },
  { { RILL_ENC_F32, RILL_ENC_S16, SCALE_FAST }, -0.5, -16383 },
  { { RILL_ENC_S16, RILL_ENC_F32, SCALE_FAST }, 32767, 1.0 },
  { { RILL_ENC_S16, RILL_ENC_S32, SCALE_FAST }, -2, -131072 },
  { { RILL_ENC_S32, RILL_ENC_S16, SCALE_FAST }, -1, -1 },
  { { RILL_ENC_S32, RILL_ENC_S16, SCALE_FAST }, 131071, 1 },
};

static void
write_sample(uint32_t encoding, void* out, double x)
{
  const float f = (float)x;
  const int64_t i = isfinite(x) ? (int64_t)x : 0;
  const void* const from = encoding == RILL_ENC_F32   ? (const void*)&f
                           : encoding == RILL_ENC_F64 ? (const void*)&x
                                                      : (const void*)&i;
  memcpy(out, from, rill_sample_bytes(encoding));
}

START_TEST(scaling_follows_the_rules)
{
  const struct conversion* const c = &rules[_i].c;
  const uint32_t size = rill_sample_bytes(c->to);
  uint8_t in[8];
  uint8_t expected[8];
  uint8_t out[8];
  write_sample(c->from, in, rules[_i].in);
  write_sample(c->to, expected, rules[_i].out);
  reference_convert(c, out, in, 0.0);
  ck_assert_mem_eq(out, expected, size);
  general_convert(c, out, in, 1, NULL);
  ck_assert_mem_eq(out, expected, size);
}
END_TEST

START_TEST(general_gives_the_bytes_of_the_reference)
{
  const struct conversion c = conversion_at(_i);
  if (c.from == c.to) {
    return;
  }
  const uint32_t n =
    rill_sample_bytes(c.from) <= 2 ? MANY : N_RANDOM;
  uint8_t* const in = malloc(8 * n);
  uint8_t* const expected = malloc(8 * n);
  uint8_t* const found = malloc(8 * n);
  fill(in, c.from, n);
  by_the_book(&c, expected, in, n);
  for (uint32_t i = 0; i < n; i += GENERAL_MAX) {
    general_convert(&c, found + (size_t)i * rill_sample_bytes(c.to),
                    in + (size_t)i * rill_sample_bytes(c.from),
                    n - i < GENERAL_MAX ? n - i : GENERAL_MAX, NULL);
  }
  ck_same(&c, in, expected, found, n);
  free(in);
  free(expected);
  free(found);
}
END_TEST

START_TEST(hot_loops_give_the_bytes_of_the_reference)
{
  const struct conversion c = conversion_at(_i);
  const struct hot* const hot = hot_find(&c);
  if (!hot) {
    return;
  }
  const uint32_t n = c.from == RILL_ENC_S16 ? MANY : N_HOT;
  uint8_t* const in = malloc(8 * n);
  uint8_t* const expected = malloc(8 * n);
  uint8_t* const found = malloc(8 * n);
  fill(in, c.from, n);
  by_the_book(&c, expected, in, n);
  hot->run(found, in, n, &hot->limits);
  ck_same(&c, in, expected, found, n);
  for (uint32_t few = 0; few < 40; ++few) {
    memset(found, 0xcb, 8 * n);
    hot->run(found, in, few, &hot->limits);
    ck_same(&c, in, expected, found, few);
    ck_assert_uint_eq(found[few * rill_sample_bytes(c.to)], 0xcb);
  }
  free(in);
  free(expected);
  free(found);
}
END_TEST

START_TEST(stereo_loops_give_the_bytes_of_the_reference)
{
  const struct conversion c = conversion_at(_i / 2);
  const uint32_t weaves = (uint32_t)_i % 2;
  const struct stereo* const stereo =
    stereo_find(&c, weaves ? RILL_INTERLEAVED : RILL_PLANAR);
  if (!stereo) {
    return;
  }
  const uint32_t n = MANY;
  const uint32_t in_size = rill_sample_bytes(c.from);
  const uint32_t out_size = rill_sample_bytes(c.to);
  uint8_t* const in = malloc(16 * n);
  uint8_t* const expected = malloc(16 * n);
  uint8_t* const found = malloc(16 * n);
  fill(in, c.from, 2 * n);
  // the reference writes the frames in the order of the input
  for (uint32_t i = 0; i < 2 * n; ++i) {
    const uint32_t to = weaves ? i % n * 2 + i / n : i / 2 + i % 2 * n;
    reference_convert(&c, expected + (size_t)to * out_size,
                      in + (size_t)i * in_size, 0.0);
  }
  uint8_t* const apart = weaves ? in : found;
  stereo->run(weaves ? found : in, apart,
              apart + (size_t)n * (weaves ? in_size : out_size), n,
              &stereo->limits);
  ck_assert_mem_eq(expected, found, 2 * n * out_size);
  free(in);
  free(expected);
  free(found);
}
END_TEST

START_TEST(wider_and_back_is_the_same)
{
  const struct conversion wider[] = {
    { RILL_ENC_U8, RILL_ENC_F32, SCALE_FULL },
    { RILL_ENC_S16, RILL_ENC_F32, SCALE_FULL },
    { RILL_ENC_S24, RILL_ENC_F32, SCALE_FULL },
    { RILL_ENC_S32, RILL_ENC_F64, SCALE_FULL },
    { RILL_ENC_S16, RILL_ENC_S32, SCALE_FULL },
    { RILL_ENC_F32, RILL_ENC_F64, SCALE_LEGACY },
    { RILL_ENC_S16, RILL_ENC_S24, SCALE_FAST },
  };
  for (uint32_t k = 0; k < RILL_COUNT(wider); ++k) {
    const struct conversion* const c = &wider[k];
    const struct conversion back = { c->to, c->from, c->scale };
    uint64_t state = 1;
    for (uint32_t i = 0; i < 100000; ++i) {
      const float f = (float)(int64_t)next_random(&state) * 0x1p-63f;
      uint64_t in = next_random(&state);
      uint64_t there = 0;
      uint64_t here = 0;
      if (c->from == RILL_ENC_F32) {
        memcpy(&in, &f, sizeof f);
      }
      general_convert(c, &there, &in, 1, NULL);
      general_convert(&back, &here, &there, 1, NULL);
      ck_assert_mem_eq(&in, &here, rill_sample_bytes(c->from));
    }
  }
}
END_TEST

START_TEST(noise_is_added_before_rounding)
{
  const struct conversion c = { RILL_ENC_F32, RILL_ENC_S16, SCALE_FULL };
  float in[GENERAL_MAX];
  double noise[GENERAL_MAX];
  int16_t found[GENERAL_MAX];
  fill((uint8_t*)in, RILL_ENC_F32, GENERAL_MAX);
  noise_fill(noise, noise_key(7, 1), 12345, GENERAL_MAX);
  general_convert(&c, found, in, GENERAL_MAX, noise);
  for (uint32_t i = 0; i < GENERAL_MAX; ++i) {
    int16_t expected = 0;
    reference_convert(&c, &expected, &in[i], noise[i]);
    ck_assert_int_eq(found[i], expected);
  }
}
END_TEST

// Triangular on -1 .. 1: mean 0, variance 1/6; channels are independent.
START_TEST(noise_is_triangular_and_counts_frames)
{
  static double a[N_RANDOM];
  static double b[N_RANDOM];
  double sum = 0.0;
  double square = 0.0;
  double cross = 0.0;
  noise_fill(a, noise_key(1, 0), 1000, N_RANDOM);
  noise_fill(b, noise_key(1, 1), 1000, N_RANDOM);
  for (uint32_t i = 0; i < N_RANDOM; ++i) {
    ck_assert_double_lt(fabs(a[i]), 1.0);
    sum += a[i];
    square += a[i] * a[i];
    cross += a[i] * b[i];
  }
  ck_assert_double_lt(fabs(sum / N_RANDOM), 0.005);
  ck_assert_double_lt(fabs(square / N_RANDOM - 1.0 / 6.0), 0.002);
  ck_assert_double_lt(fabs(cross / N_RANDOM), 0.002);
  noise_fill(b, noise_key(1, 0), 1000 + 77, 10);
  ck_assert_mem_eq(b, a + 77, 10 * sizeof b[0]);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, scaling_follows_the_rules, 0, RILL_COUNT(rules));
  tcase_add_loop_test(tcase, general_gives_the_bytes_of_the_reference, 0,
                      N_CONVERSIONS);
  tcase_add_loop_test(tcase, hot_loops_give_the_bytes_of_the_reference, 0,
                      N_CONVERSIONS);
  tcase_add_loop_test(tcase, stereo_loops_give_the_bytes_of_the_reference, 0,
                      2 * N_CONVERSIONS);
  tcase_add_test(tcase, wider_and_back_is_the_same);
  tcase_add_test(tcase, noise_is_added_before_rounding);
  tcase_add_test(tcase, noise_is_triangular_and_counts_frames);
}

int
main(void)
{
  return suite_run("convert kernels", 30, add_tests);
}
