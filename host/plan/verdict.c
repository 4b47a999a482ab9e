// SPDX-License-Identifier: ISC
#include "plan/verdict.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

__attribute__((format(printf, 1, 0))) static char*
print_line(const char* format, va_list args)
{
  va_list again;
  va_copy(again, args);
  const int n = vsnprintf(NULL, 0, format, args);
  char* const line = n < 0 ? NULL : mem_zeroed((size_t)n + 1, 1);
  if (line) {
    vsnprintf(line, (size_t)n + 1, format, again);
  }
  va_end(again);
  return line;
}

static void
add(struct verdict* v, enum severity severity, const struct finding* f,
    char* line)
{
  if (!line) {
    verdict_no_memory(v);
    return;
  }
  diags_add(v->diags, severity, f->code, f->place, f->hint, f->other, "%s",
            line);
  mem_free(line);
}

void
verdict_refuse(struct verdict* v, const struct finding* f, const char* format,
               ...)
{
  va_list args;
  va_start(args, format);
  add(v, SEVERITY_ERROR, f, print_line(format, args));
  va_end(args);
  if (!v->status) {
    v->status = f->status ? f->status : STATUS_BAD_GRAPH;
  }
}

void
verdict_warn(struct verdict* v, const struct finding* f, const char* format,
             ...)
{
  va_list args;
  va_start(args, format);
  add(v, SEVERITY_WARNING, f, print_line(format, args));
  va_end(args);
}

void
verdict_no_memory(struct verdict* v)
{
  v->status = STATUS_NO_MEMORY;
}

int
verdict_is_long(const struct verdict* v)
{
  return diags_count(v->diags, SEVERITY_ERROR) > DIAGS_MAX_SHOWN;
}
