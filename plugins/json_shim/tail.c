// SPDX-License-Identifier: ISC
#include "tail.h"

#include <string.h>

void
tail_add(struct tail* tail, const char* bytes, size_t n)
{
  if (n > TAIL_BYTES) {
    tail->n += n - TAIL_BYTES;
    bytes += n - TAIL_BYTES;
    n = TAIL_BYTES;
  }
  const size_t at = (size_t)(tail->n % TAIL_BYTES);
  const size_t first = n < TAIL_BYTES - at ? n : TAIL_BYTES - at;
  memcpy(tail->bytes + at, bytes, first);
  memcpy(tail->bytes, bytes + first, n - first);
  tail->n += n;
}

static char
byte_at(const struct tail* tail, uint64_t i)
{
  return tail->bytes[i % TAIL_BYTES];
}

// Where the last lines begin: line breaks at the very end do not count.
static uint64_t
begin_of_lines(const struct tail* tail, uint64_t end)
{
  const uint64_t oldest = tail->n > TAIL_BYTES ? tail->n - TAIL_BYTES : 0;
  int n_lines = 0;
  uint64_t i = end;
  while (i > oldest) {
    n_lines += byte_at(tail, i - 1) == '\n';
    if (n_lines == TAIL_LINES) {
      break;
    }
    --i;
  }
  return i;
}

static uint64_t
end_of_lines(const struct tail* tail)
{
  const uint64_t oldest = tail->n > TAIL_BYTES ? tail->n - TAIL_BYTES : 0;
  uint64_t end = tail->n;
  while (end > oldest && strchr("\r\n", byte_at(tail, end - 1)) &&
         byte_at(tail, end - 1)) {
    --end;
  }
  return end;
}

// Of other encodings and of what steers terminals nothing is passed on; UTF-8
// is.
static char
printable(char c)
{
  const unsigned char u = (unsigned char)c;
  return c == '\t' ? ' ' : u < 0x20 || u == 0x7f || u >= 0xf8 ? '?' : c;
}

void
tail_print(const struct tail* tail, char* out, size_t n_bytes)
{
  static const char indent[] = "\n    ";
  const uint64_t end = end_of_lines(tail);
  uint64_t at = begin_of_lines(tail, end);
  size_t n = 0;
  while (at < end && n + sizeof indent + TAIL_LINE_BYTES < n_bytes) {
    memcpy(out + n, indent, sizeof indent - 1);
    n += sizeof indent - 1;
    for (int i = 0; at < end && byte_at(tail, at) != '\n'; ++at, ++i) {
      if (i < TAIL_LINE_BYTES && byte_at(tail, at) != '\r') {
        out[n++] = printable(byte_at(tail, at));
      }
    }
    ++at; // the line break
  }
  out[n] = '\0';
}
