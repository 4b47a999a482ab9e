// SPDX-License-Identifier: ISC
// A reason on its way up to the node, which hands it to the host.
#ifndef JSON_SHIM_WHY_H
#define JSON_SHIM_WHY_H

#include <rill/status.h>

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

enum { WHY_BYTES = 4096 };

struct why {
  char text[WHY_BYTES];
};

/// Writes the text and gives the status back, to be returned.
__attribute__((format(printf, 3, 4))) static inline int32_t
why_set(struct why* why, int32_t status, const char* format, ...)
{
  va_list args;
  va_start(args, format);
  vsnprintf(why->text, sizeof why->text, format, args);
  va_end(args);
  return status;
}

/// Takes out of a text from elsewhere what would steer a terminal, or begin a
/// line that seems to be another message.
static inline void
why_clean(char* text)
{
  for (unsigned char* c = (unsigned char*)text; *c; ++c) {
    const int is_c1 = *c == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f; // in UTF-8
    if (is_c1) {
      c[1] = '?';
    }
    *c = is_c1 || *c < ' ' || *c == 0x7f ? '?' : *c;
  }
}

#endif
