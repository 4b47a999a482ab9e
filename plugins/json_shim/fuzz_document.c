// SPDX-License-Identifier: ISC
// Any bytes as a line of a child, against jansson. libFuzzer.
//
//   make fuzz-document                     # needs clang; nothing else builds it
//   plugins/json_shim/fuzz_document -max_len=4096 -timeout=2 -max_total_time=300
//
// What it finds becomes a row of a table in test_codec.c.
#include "test_document.h"

#include <stdio.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t n_bytes);

int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t n_bytes)
{
  const char* const wrong = check_document((const char*)data, n_bytes);
  if (wrong) {
    fprintf(stderr, "%s: %.*s\n", wrong, (int)n_bytes, (const char*)data);
    abort();
  }
  return 0;
}
