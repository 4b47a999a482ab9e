// SPDX-License-Identifier: ISC
#include "npy.h"

#include <inttypes.h>
#include <stdio.h>

// Little-endian, as everything in rill.
static const char* const dtypes[] = {
  [RILL_ENC_U8] = "|u1",  [RILL_ENC_S16] = "<i2", [RILL_ENC_S32] = "<i4",
  [RILL_ENC_F32] = "<f4", [RILL_ENC_F64] = "<f8", [RILL_ENC_S8] = "|i1",
  [RILL_ENC_S64] = "<i8", [RILL_ENC_F16] = "<f2",
};

enum { PREFIX_BYTES = 10, TEXT_BYTES = NPY_HEADER_BYTES - PREFIX_BYTES };

int
npy_header(const struct rill_format* format, uint64_t n_rows, char* out)
{
  const char* const dtype =
    format->encoding < RILL_COUNT(dtypes) ? dtypes[format->encoding] : NULL;
  if (!dtype) {
    return -1;
  }
  char text[TEXT_BYTES + 1];
  int n = snprintf(text, sizeof text,
                   "{'descr': '%s', 'fortran_order': False, 'shape': (%" PRIu64
                   ",",
                   dtype, n_rows);
  for (uint32_t i = 0; i < format->rank && i < RILL_MAX_RANK; ++i) {
    n += snprintf(text + n, sizeof text - (size_t)n, " %u,", format->shape[i]);
  }
  n += snprintf(text + n, sizeof text - (size_t)n, "), }");
  memset(text + n, ' ', (size_t)(TEXT_BYTES - n));
  text[TEXT_BYTES - 1] = '\n';
  memcpy(out, "\x93NUMPY\x01\x00", 8);
  out[8] = (char)(TEXT_BYTES & 0xff);
  out[9] = (char)(TEXT_BYTES >> 8);
  memcpy(out + PREFIX_BYTES, text, TEXT_BYTES);
  return 0;
}
