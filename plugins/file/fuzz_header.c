// SPDX-License-Identifier: ISC
// Any bytes as an audio file: what the header check passes must be borne out
// by the file. libFuzzer.
//
//   make fuzz-header                       # needs clang; nothing else builds it
//   plugins/file/fuzz_header -max_len=4096 -timeout=2 -max_total_time=300
//
// What it finds becomes a row of a table in test_header.c.
#include "check_header.h"

#include <sys/mman.h>

int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t n_bytes);

int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t n_bytes)
{
  const int fd = memfd_create("fuzz", MFD_CLOEXEC);
  if (fd >= 0 && write(fd, data, n_bytes) == (ssize_t)n_bytes) {
    check_header(fd, n_bytes, 0);
    check_header(fd, n_bytes, 1);
  }
  close(fd);
  return 0;
}
