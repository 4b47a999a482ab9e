// SPDX-License-Identifier: ISC
#include "load/reason.h"

#include <stdarg.h>
#include <stdio.h>

enum status
reason_set(struct reason* reason, enum status status, const char* format, ...)
{
  va_list args;
  va_start(args, format);
  vsnprintf(reason->text, sizeof reason->text, format, args);
  va_end(args);
  return status;
}

enum status
reason_give(const struct reason* reason, enum status status, char* error,
            size_t error_bytes)
{
  if (error && error_bytes) {
    snprintf(error, error_bytes, "%s",
             reason->text[0] ? reason->text : status_text(status));
  }
  return status;
}
