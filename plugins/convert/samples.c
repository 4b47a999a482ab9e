// SPDX-License-Identifier: ISC
#include "samples.h"

uint32_t
sample_bits(uint32_t encoding)
{
  switch (encoding) {
    case RILL_ENC_U8:
    case RILL_ENC_S8: return 8;
    case RILL_ENC_S16: return 16;
    case RILL_ENC_S24: return 24;
    case RILL_ENC_S32: return 32;
    default: return 0;
  }
}

double
sample_full_scale(uint32_t bits)
{
  return (double)(1u << (bits - 1));
}

int
conversion_is_shift(const struct conversion* c)
{
  const uint32_t from = sample_bits(c->from);
  const uint32_t to = sample_bits(c->to);
  return from && to &&
         (c->scale == SCALE_FAST || (c->scale == SCALE_FULL && from <= to));
}
