// SPDX-License-Identifier: ISC
// Any encoding to any other, by way of doubles, which hold each exactly.
#include "samples.h"

#include <string.h>

// The bytes of integers as they lie in memory, at any address.
typedef int16_t __attribute__((may_alias)) mem16;
typedef int32_t __attribute__((may_alias)) mem32;
typedef float __attribute__((may_alias)) memf;

// Words that hold a byte too much, but for the last.
static void
load_s24(int32_t* out, const uint8_t* in, uint32_t n)
{
  uint32_t word = 0;
  for (uint32_t i = 0; i + 1 < n; ++i) {
    memcpy(&word, in + 3 * i, 4);
    out[i] = (int32_t)(word << 8) >> 8;
  }
  if (n) {
    word = 0;
    memcpy(&word, in + 3 * (n - 1), 3);
    out[n - 1] = (int32_t)(word << 8) >> 8;
  }
}

// What is too much of one, the next one overwrites.
static void
store_s24(uint8_t* out, const int32_t* in, uint32_t n)
{
  for (uint32_t i = 0; i + 1 < n; ++i) {
    memcpy(out + 3 * i, &in[i], 4);
  }
  if (n) {
    memcpy(out + 3 * (n - 1), &in[n - 1], 3);
  }
}

RILL_CLONES static void
load_integers(int32_t* out, uint32_t encoding, const void* in, uint32_t n)
{
  const uint8_t* const bytes = (const uint8_t*)in;
  const int8_t* const octets = (const int8_t*)in;

  switch (encoding) {
    case RILL_ENC_U8:
      for (uint32_t i = 0; i < n; ++i) {
        out[i] = bytes[i] - 128;
      }
      return;
    case RILL_ENC_S8:
      for (uint32_t i = 0; i < n; ++i) {
        out[i] = octets[i];
      }
      return;
    case RILL_ENC_S16:
      for (uint32_t i = 0; i < n; ++i) {
        out[i] = ((const mem16*)in)[i];
      }
      return;
    case RILL_ENC_S24: load_s24(out, bytes, n); return;
    default: memcpy(out, in, n * sizeof out[0]);
  }
}

RILL_CLONES static void
store_integers(void* out, uint32_t encoding, const int32_t* in, uint32_t n)
{
  uint8_t* const bytes = (uint8_t*)out;

  switch (encoding) {
    case RILL_ENC_U8:
      for (uint32_t i = 0; i < n; ++i) {
        bytes[i] = (uint8_t)(in[i] + 128);
      }
      return;
    case RILL_ENC_S8:
      for (uint32_t i = 0; i < n; ++i) {
        bytes[i] = (uint8_t)in[i];
      }
      return;
    case RILL_ENC_S16:
      for (uint32_t i = 0; i < n; ++i) {
        ((mem16*)out)[i] = (int16_t)in[i];
      }
      return;
    case RILL_ENC_S24: store_s24(bytes, in, n); return;
    default: memcpy(out, in, n * sizeof in[0]);
  }
}

RILL_CLONES static void
load_floats(double* out, const struct conversion* c, const void* in, uint32_t n)
{
  if (c->from == RILL_ENC_F32) {
    for (uint32_t i = 0; i < n; ++i) {
      out[i] = ((const memf*)in)[i];
    }
    return;
  }
  memcpy(out, in, n * sizeof out[0]);
  if (c->scale != SCALE_FULL) {
    for (uint32_t i = 0; i < n; ++i) {
      out[i] = (float)out[i];
    }
  }
}

RILL_CLONES static void
store_floats(void* out, uint32_t encoding, const double* in, uint32_t n)
{
  if (encoding == RILL_ENC_F64) {
    memcpy(out, in, n * sizeof in[0]);
    return;
  }
  for (uint32_t i = 0; i < n; ++i) {
    ((memf*)out)[i] = (float)in[i];
  }
}

RILL_CLONES static void
decode_exact(double* out, const int32_t* in, uint32_t n, double step)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = in[i] * step;
  }
}

RILL_CLONES static void
decode_single(double* out, const int32_t* in, uint32_t n, float full)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = (float)in[i] / full;
  }
}

static void
decode(double* out, const int32_t* in, uint32_t n, const struct conversion* c)
{
  const double full = sample_full_scale(sample_bits(c->from));
  if (c->scale == SCALE_FULL) {
    decode_exact(out, in, n, 1.0 / full);
  } else {
    decode_single(out, in, n,
                  (float)(c->scale == SCALE_LEGACY ? full : full - 1.0));
  }
}

// Adding 1.5 * 2^52 leaves no bits for a fraction: the sum is rounded to the
// nearest whole number, to even when there are two.
RILL_CLONES static void
encode_nearest(int32_t* out, const double* in, uint32_t n, double full)
{
  const double magic = 6755399441055744.0;
  for (uint32_t i = 0; i < n; ++i) {
    double x = in[i] == in[i] ? in[i] * full : 0.0;
    x = x > -full ? x : -full;
    x = x < full - 1.0 ? x : full - 1.0;
    out[i] = (int32_t)((x + magic) - magic);
  }
}

// Products as single floats, as the old system had them.
RILL_CLONES static void
encode_truncated(int32_t* out,
                 const double* in,
                 uint32_t n,
                 float positive,
                 float negative,
                 double most)
{
  for (uint32_t i = 0; i < n; ++i) {
    float x = in[i] == in[i] ? (float)in[i] : 0.0f;
    x = x > -1.0f ? x : -1.0f;
    x = x < 1.0f ? x : 1.0f;
    const double y = x * (x < 0.0f ? negative : positive);
    out[i] = (int32_t)(y < most ? y : most);
  }
}

static void
encode(int32_t* out, const double* in, uint32_t n, const struct conversion* c)
{
  const double full = sample_full_scale(sample_bits(c->to));
  const float less = (float)(full - 1.0);
  if (c->scale == SCALE_FULL) {
    encode_nearest(out, in, n, full);
  } else {
    encode_truncated(out, in, n, less,
                     c->scale == SCALE_LEGACY ? (float)full : less, full - 1.0);
  }
}

RILL_CLONES static void
shift(int32_t* x, uint32_t n, const struct conversion* c)
{
  const uint32_t from = sample_bits(c->from);
  const uint32_t to = sample_bits(c->to);
  for (uint32_t i = 0; i < n; ++i) {
    x[i] = (int32_t)((uint32_t)x[i] << (32 - from)) >> (32 - to);
  }
}

RILL_CLONES static void
add_noise(double* x, const double* noise, uint32_t n, uint32_t encoding)
{
  const double step = 1.0 / sample_full_scale(sample_bits(encoding));
  for (uint32_t i = 0; i < n; ++i) {
    x[i] += noise[i] * step;
  }
}

void
general_convert(const struct conversion* c,
                void* out,
                const void* in,
                uint32_t n,
                const double* noise)
{
  int32_t integers[GENERAL_MAX];
  double doubles[GENERAL_MAX];

  if (sample_bits(c->from)) {
    load_integers(integers, c->from, in, n);
    if (conversion_is_shift(c)) {
      shift(integers, n, c);
      store_integers(out, c->to, integers, n);
      return;
    }
    decode(doubles, integers, n, c);
  } else {
    load_floats(doubles, c, in, n);
  }

  if (!sample_bits(c->to)) {
    store_floats(out, c->to, doubles, n);
    return;
  }
  if (noise) {
    add_noise(doubles, noise, n, c->to);
  }
  encode(integers, doubles, n, c);
  store_integers(out, c->to, integers, n);
}
