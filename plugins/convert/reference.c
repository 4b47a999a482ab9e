// SPDX-License-Identifier: ISC
// One sample by the book. Slow, and meant to be read.
#include "samples.h"

#include <math.h>
#include <rill/helpers.h>
#include <string.h>

// u8 is s8 with its top bit turned over.
static int32_t
read_integer(uint32_t encoding, const unsigned char* in)
{
  const uint32_t n_bytes = rill_sample_bytes(encoding);
  uint32_t word = 0;
  for (uint32_t i = 0; i < n_bytes; ++i) {
    word |= (uint32_t)in[i] << (8 * (4 - n_bytes + i)); // little-endian
  }
  if (encoding == RILL_ENC_U8) {
    word ^= 0x80000000u;
  }
  return (int32_t)word >> (32 - 8 * n_bytes);
}

static void
write_integer(uint32_t encoding, unsigned char* out, int32_t value)
{
  uint32_t word = (uint32_t)value;
  if (encoding == RILL_ENC_U8) {
    word ^= 0x80u;
  }
  for (uint32_t i = 0; i < rill_sample_bytes(encoding); ++i) {
    out[i] = (unsigned char)(word >> (8 * i));
  }
}

static double
read_float(uint32_t encoding, const void* in)
{
  float f;
  double d;
  if (encoding == RILL_ENC_F32) {
    memcpy(&f, in, sizeof f);
    return f;
  }
  memcpy(&d, in, sizeof d);
  return d;
}

static double
decode(const struct conversion* c, const void* in)
{
  const uint32_t bits = sample_bits(c->from);
  if (!bits) {
    const double x = read_float(c->from, in);
    return c->scale == SCALE_FULL ? x : (float)x;
  }

  const int32_t x = read_integer(c->from, in);
  const double full = sample_full_scale(bits);
  switch (c->scale) {
    case SCALE_FULL: return x / full;
    case SCALE_LEGACY: return (float)x / (float)full;
    default: return (float)x / (float)(full - 1.0);
  }
}

static int32_t
clamp(double x, double full)
{
  return (int32_t)fmax(fmin(x, full - 1.0), -full);
}

static int32_t
encode(const struct conversion* c, double x, double noise)
{
  const double full = sample_full_scale(sample_bits(c->to));
  if (isnan(x)) {
    return 0;
  }
  if (c->scale == SCALE_FULL) {
    return clamp(nearbyint(x * full + noise), full);
  }
  const float limited = (float)fmax(fmin(x, 1.0), -1.0);
  const int to_full = c->scale == SCALE_LEGACY && limited < 0.0f;
  return clamp(trunc(limited * (float)(to_full ? full : full - 1.0)), full);
}

static int32_t
shift(const struct conversion* c, int32_t x)
{
  const double ratio = sample_full_scale(sample_bits(c->to)) /
                       sample_full_scale(sample_bits(c->from));
  return (int32_t)floor(x * ratio);
}

static void
write_float(uint32_t encoding, void* out, double x)
{
  const float f = (float)x;
  if (encoding == RILL_ENC_F32) {
    memcpy(out, &f, sizeof f);
  } else {
    memcpy(out, &x, sizeof x);
  }
}

void
reference_convert(const struct conversion* c,
                  void* out,
                  const void* in,
                  double noise)
{
  if (c->from == c->to) {
    memcpy(out, in, rill_sample_bytes(c->to));
  } else if (conversion_is_shift(c)) {
    write_integer(c->to, out, shift(c, read_integer(c->from, in)));
  } else if (sample_bits(c->to)) {
    write_integer(c->to, out, encode(c, decode(c, in), noise));
  } else {
    write_float(c->to, out, decode(c, in));
  }
}
