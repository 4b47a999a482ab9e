// SPDX-License-Identifier: ISC
// Samples of all encodings as f32 and back.
#include "rig_private.h"

#include <math.h>

// What 1.0 is in an integer encoding of audio.
static double
scale_of(uint32_t encoding)
{
  switch (encoding) {
    case RILL_ENC_U8:
    case RILL_ENC_S8: return 128.0;
    case RILL_ENC_S16: return 32768.0;
    case RILL_ENC_S24: return 8388608.0;
    case RILL_ENC_S32: return 2147483648.0;
    case RILL_ENC_S64: return 9223372036854775808.0;
    default: return 1.0;
  }
}

static int64_t
read_int(const unsigned char* p, uint32_t n_bytes)
{
  uint64_t bits = 0;
  for (uint32_t i = 0; i < n_bytes; ++i) {
    bits |= (uint64_t)p[i] << 8 * i;
  }
  const uint64_t sign = (uint64_t)1 << (8 * n_bytes - 1);
  return (int64_t)((bits ^ sign) - sign);
}

static void
write_int(unsigned char* p, uint32_t n_bytes, int64_t value)
{
  for (uint32_t i = 0; i < n_bytes; ++i) {
    p[i] = (unsigned char)((uint64_t)value >> 8 * i);
  }
}

static float
half_to_float(uint32_t half)
{
  const int exponent = (int)(half >> 10 & 31);
  const float fraction = (float)(half & 1023);
  const float size = exponent == 31 ? (fraction > 0.0f ? NAN : INFINITY)
                     : exponent     ? ldexpf(1024.0f + fraction, exponent - 25)
                                    : ldexpf(fraction, -24);
  return half & 0x8000 ? -size : size;
}

float
rig_to_f32(const void* sample, uint32_t encoding, uint32_t is_audio)
{
  const double scale = is_audio ? scale_of(encoding) : 1.0;
  float f = 0.0f;
  double d = 0.0;
  switch (encoding) {
    case RILL_ENC_F32: memcpy(&f, sample, sizeof f); return f;
    case RILL_ENC_F64: memcpy(&d, sample, sizeof d); return (float)d;
    case RILL_ENC_F16:
      return half_to_float((uint32_t)(read_int(sample, 2) & 0xffff));
    case RILL_ENC_U8:
      d = *(const unsigned char*)sample;
      return (float)(is_audio ? (d - 128.0) / scale : d);
    default:
      d = (double)read_int(sample, rill_sample_bytes(encoding));
      return (float)(d / scale);
  }
}

void
rig_from_f32(float value, void* sample, uint32_t encoding, uint32_t is_audio)
{
  const uint32_t n_bytes = rill_sample_bytes(encoding);
  const double d = value;
  if (encoding == RILL_ENC_F32) {
    memcpy(sample, &value, sizeof value);
  } else if (encoding == RILL_ENC_F64) {
    memcpy(sample, &d, sizeof d);
  } else {
    const double half = ldexp(1.0, 8 * (int)n_bytes - 1);
    const double x = rint(is_audio ? d * scale_of(encoding) : d);
    const int is_u8 = encoding == RILL_ENC_U8;
    const double low = is_u8 && !is_audio ? 0.0 : -half;
    const double high = is_u8 && !is_audio ? 255.0 : half - 1.0;
    const double cut = x < low ? low : x > high ? high : x;
    const int64_t i =
      cut >= 0x1p63 ? INT64_MAX : (int64_t)cut; // half - 1 rounds for s64
    write_int(sample, n_bytes, is_u8 && is_audio ? i + 128 : i);
  }
}
