// SPDX-License-Identifier: ISC
// Pages by RFC 3533, section 6.
#include "ogg_serial.h"

enum {
  HEAD_BYTES = 27,
  SERIAL_AT = 14,
  CRC_AT = 22,
  N_SEGMENTS_AT = 26,
  PAGE_BYTES = HEAD_BYTES + 255 + 255 * 255
};

static uint32_t
crc_of(const uint8_t* bytes, size_t n)
{
  uint32_t crc = 0;
  for (size_t i = 0; i < n; ++i) {
    crc ^= (uint32_t)bytes[i] << 24;
    for (int bit = 0; bit < 8; ++bit) {
      crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7u : 0);
    }
  }
  return crc;
}

static void
put_u32(uint8_t* at, uint32_t value)
{
  for (int i = 0; i < 4; ++i) {
    at[i] = (uint8_t)(value >> 8 * i);
  }
}

// Length of the page that *bytes* begin with, or 0.
static size_t
page_bytes(const uint8_t* bytes, size_t n)
{
  if (n < HEAD_BYTES || memcmp(bytes, "OggS", 4)) {
    return 0;
  }
  size_t size = HEAD_BYTES + (size_t)bytes[N_SEGMENTS_AT];
  for (size_t i = HEAD_BYTES; i < size && size <= n; ++i) {
    size += i < HEAD_BYTES + (size_t)bytes[N_SEGMENTS_AT] ? bytes[i] : 0;
  }
  return size <= n ? size : 0;
}

int32_t
ogg_set_serial(struct rill_atomic_file* file, uint32_t serial)
{
  uint8_t* const page = malloc(PAGE_BYTES);
  uint64_t at = 0;
  int32_t st = page ? RILL_OK : RILL_ERR_NO_MEMORY;
  while (!st) {
    const ssize_t n = pread(file->fd, page, PAGE_BYTES, (off_t)at);
    const size_t size = page_bytes(page, n > 0 ? (size_t)n : 0);
    if (!size) {
      st = n ? rill_atomic_fail(file, "%s: cannot be read back", file->path)
             : RILL_OK;
      break;
    }
    put_u32(page + SERIAL_AT, serial);
    put_u32(page + CRC_AT, 0);
    put_u32(page + CRC_AT, crc_of(page, size));
    st = rill_atomic_write_at(file, page, HEAD_BYTES, at);
    at += size;
  }
  free(page);
  return st;
}
