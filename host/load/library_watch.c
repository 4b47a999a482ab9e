// SPDX-License-Identifier: ISC
#include "base/log.h"
#include "load/library_steps.h"

#include <stdio.h>
#include <string.h>

void
library_watch_begin(struct library_watch* out)
{
  out->n_threads = process_n_threads();
  process_state_take(&out->before);
}

// Said now, and kept for who asks later.
static void
warn(struct library* self, const char* when, const char* what)
{
  const size_t n = strlen(self->warning);
  snprintf(self->warning + n, sizeof self->warning - n, "%s%s %s",
           n ? "; " : "", when, what);
  log_warning("%s: %s %s", self->path, when, what);
}

void
library_watch_end(struct library_watch* watch, struct library* library,
                  const char* when)
{
  char changes[REASON_BYTES - 16] = "";
  char text[REASON_BYTES];
  process_state_restore(&watch->before, changes, sizeof changes);
  if (changes[0]) {
    snprintf(text, sizeof text, "changed %s", changes);
    warn(library, when, text);
  }
  // Threads of the host may come and go meanwhile: a wrong guess only means
  // that the code stays mapped.
  if (process_n_threads() > watch->n_threads && !library->has_threads) {
    library->has_threads = 1;
    warn(library, when, "left a thread running, so its code stays loaded");
  }
}
